// What an LP does: deposit, watch the position, leave.
import {
  atLeast,
  attempt,
  BREAKWATER_ERROR__EXIT_BLOCKED,
  BREAKWATER_ERROR__EXIT_NOT_DUE,
  collectExit,
  dayAfter,
  deposit,
  depositProblem,
  exitDay,
  exitDue,
  exitEpochAddress,
  fetchMaybeExitEpoch,
  formatPercent,
  isSome,
  parseAmount,
  pausedUntil,
  quoteDeposit,
  quoteSettlement,
  requestExit,
  settleExitEpoch,
  SHARE_DECIMALS,
  sharesWorth,
  startOf,
  type BreakwaterError,
  type ExitEpoch,
  type ExitTicket,
  type Found,
  type Pool,
} from '@breakwater/client';
import { AmountField, isTooMuch, useAmount } from '../components/amount';
import { Steps } from '../components/steps';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Badge, Button, Card, Empty, Facts, Loaded, Notice, Stat } from '../components/ui';
import { useChain } from '../lib/connection';
import { date, exact, moment, money, relative, short } from '../lib/format';
import { useBalance, useMyExits, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { problemWords, type Status } from '../lib/words';
import { useShared } from './frame';

export function LiquidityPage() {
  return (
    <div className="space-y-6">
      <ConnectFirst what="deposit and to see your position">
        <Position />
        <div className="grid gap-5 lg:grid-cols-2">
          <Deposit />
          <Leave />
        </div>
        <Exits />
      </ConnectFirst>
      <Card title="What can go wrong">
        <ul className="list-disc space-y-2 pl-5 text-sm text-muted">
          <li>
            When an incident counts, its claims are paid from the capital, and every share is worth less. You can lose
            all of it.
          </li>
          <li>
            An exit is requested for a day ahead and cannot be taken back. Until that day the shares earn and bear
            losses.
          </li>
          <li>
            No exit settles while an incident is open, nor for two days after. Capital that covers policies stays until
            they end.
          </li>
          <li>The program is not audited.</li>
        </ul>
      </Card>
    </div>
  );
}

const useShares = () => {
  const { pool } = useShared();
  return useBalance(pool.data.shareMint, pool.data.tokenProgram);
};

function Position() {
  const { pool, units } = useShared();
  const shares = useShares();
  const unit = { decimals: pool.data.decimals + SHARE_DECIMALS, symbol: 'shares' };
  const held = shares.data ?? 0n;
  return (
    <Card title="Your position">
      <dl className="grid grid-cols-2 gap-6 md:grid-cols-3">
        <Stat
          label="Worth now"
          value={shares.data === undefined ? '…' : money(sharesWorth(pool.data, held), units.asset)}
          hint="at today’s price, rounded down"
        />
        <Stat
          label="Shares"
          value={short(held, unit.decimals)}
          hint={`each worth ${exact(sharesWorth(pool.data, parseAmount('1', unit.decimals)), units.asset)}`}
        />
        <Stat label="Part of the pool" value={formatPercent(held, pool.data.shares)} />
      </dl>
    </Card>
  );
}

function Deposit() {
  const { pool, units } = useShared();
  const { assetMint, tokenProgram } = pool.data;
  const balance = useBalance(assetMint, tokenProgram);
  const amount = useAmount(pool.data.decimals);
  const transact = useTransact();
  const now = useNow();
  const paused = pausedUntil(pool.data, now);
  const closed =
    paused === undefined ? problemWords(depositProblem(pool.data, now)) : `Deposits are paused until ${moment(paused)}`;
  const tooMuch = isTooMuch(amount, balance.data);
  const atoms = isSome(amount.atoms) ? amount.atoms : undefined;
  const quoted = atoms === undefined ? undefined : attempt(() => quoteDeposit(pool.data, atoms, now)).value;
  const submit = () => {
    if (atoms === undefined) return;
    transact({
      title: 'Deposit',
      units,
      notes: ['The shares are yours to keep or hand on. Their price is what premiums and losses make of it.'],
      build: (owner) =>
        deposit(pool, owner, { amount: atoms, minShares: atLeast(quoteDeposit(pool.data, atoms, now)) }),
      onDone: () => amount.set(''),
    });
  };
  return (
    <Card
      title="Deposit"
      aside={<Faucet mint={assetMint} tokenProgram={tokenProgram} unit={units.asset} balance={balance.data} />}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <AmountField
          label="Amount"
          amount={amount}
          unit={units.asset}
          max={balance.data}
          hint={balance.data === undefined ? undefined : `You have ${exact(balance.data, units.asset)}`}
          error={tooMuch ? 'More than you have' : undefined}
        />
        {quoted !== undefined && (
          <Facts
            rows={[
              ['Shares, about', short(quoted, pool.data.decimals + SHARE_DECIMALS)],
              ['Price impact', 'none'],
              ['Can leave', `${pool.data.exitDelayDays} days after you ask, at the earliest`],
            ]}
          />
        )}
        {closed !== undefined && <Notice tone="warn">{closed}.</Notice>}
        <Button
          type="submit"
          look="primary"
          className="w-full"
          disabled={atoms === undefined || tooMuch || closed !== undefined}
        >
          Review the deposit
        </Button>
      </form>
    </Card>
  );
}

function Leave() {
  const { pool, units } = useShared();
  const shares = useShares();
  const now = useNow();
  const unit = { decimals: pool.data.decimals + SHARE_DECIMALS, symbol: 'shares' };
  const amount = useAmount(unit.decimals);
  const transact = useTransact();
  const day = exitDay(pool.data, now);
  const tooMuch = isTooMuch(amount, shares.data);
  const submit = () => {
    const atoms = amount.atoms;
    if (atoms === undefined) return;
    transact({
      title: 'Request an exit',
      units,
      notes: ['There is no way back. Until then the shares earn premiums and bear losses like all others.'],
      build: (owner) => requestExit(pool, owner, { id: BigInt(Date.now()), day, shares: atoms }),
      onDone: () => amount.set(''),
    });
  };
  return (
    <Card title="Leave">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <AmountField
          label="Shares"
          amount={amount}
          unit={unit}
          max={shares.data}
          hint={shares.data === undefined ? undefined : `You have ${exact(shares.data, unit)}`}
          error={tooMuch ? 'More than you have' : undefined}
        />
        <Facts
          rows={[
            ['Worth today', money(sharesWorth(pool.data, amount.atoms ?? 0n), units.asset)],
            ['Settles from', date(startOf(day))],
          ]}
        />
        <Button type="submit" className="w-full" disabled={!isSome(amount.atoms) || tooMuch}>
          Review the exit
        </Button>
      </form>
    </Card>
  );
}

function Exits() {
  const { pool } = useShared();
  const exits = useMyExits(pool.address);
  return (
    <Card title="Your exits">
      <Loaded query={exits} rows={2}>
        {(found) =>
          found.length === 0 ? (
            <Empty title="No exit is on its way" />
          ) : (
            <ul className="divide-y divide-line">
              {found.map(({ ticket, epoch }) => (
                <Exit key={ticket.address} ticket={ticket} epoch={epoch} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

/** Why an exit whose day has come is not settled. */
const waitWords = (problem: BreakwaterError, { openIncidents }: Pool): string | undefined =>
  openIncidents > 0 || problem !== BREAKWATER_ERROR__EXIT_BLOCKED
    ? problemWords(problem)
    : 'An incident ended lately: exits wait for late reports, and for what was held back';

function Exit({ ticket, epoch }: { ticket: Found<ExitTicket>; epoch: ExitEpoch | undefined }) {
  const { pool, units } = useShared();
  const { rpc } = useChain();
  const now = useNow();
  const transact = useTransact();
  const { data } = ticket;
  const day = startOf(data.epochDay);
  const settled = epoch !== undefined && attempt(() => exitDue(data, epoch)).problem === undefined;
  const quoted = epoch && attempt(() => quoteSettlement(pool.data, epoch, now));
  const due = settled || (quoted !== undefined && quoted.problem !== BREAKWATER_ERROR__EXIT_NOT_DUE);
  const status: Status = settled
    ? { text: 'Ready to collect', tone: 'good' }
    : due
      ? { text: 'Due', tone: 'warn' }
      : { text: 'Waiting', tone: 'neutral' };
  const settle = () =>
    transact({
      title: 'Settle the exits of that day',
      units,
      notes: ['Anyone can do this. It settles everybody’s exits of the day at one price.'],
      build: async (payer) => {
        const next = await exitEpochAddress(pool.address, dayAfter(now));
        const tomorrow = await fetchMaybeExitEpoch(rpc, next, { commitment: 'confirmed' });
        // Tomorrow's takes what cannot leave. By then the price may be another by an atom: where it is open, it is named.
        return settleExitEpoch(pool, payer, {
          now,
          next: tomorrow.exists ? 'open' : quoted?.value?.all ? 'none' : 'new',
        });
      },
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 space-y-3">
        <p className="font-medium tabular-nums">
          {short(data.shares, pool.data.decimals + SHARE_DECIMALS)} shares <Badge {...status} />
        </p>
        {isSome(data.paid) && <p className="text-sm text-muted">{money(data.paid, units.asset)} paid so far.</p>}
        <Steps
          label="How far the exit is"
          steps={[
            { label: 'Requested', note: moment(data.requestedAt), done: true },
            {
              label: 'Its day',
              note: due ? `came on ${date(day)}` : `${date(day)}, ${relative(day, now)}`,
              done: due,
            },
            {
              label: 'Settlement',
              note: settled
                ? 'done, at the price of that moment'
                : due
                  ? 'as soon as anyone settles that day'
                  : 'at the price of that day',
              done: settled,
            },
            { label: 'Payment', note: settled ? 'can be collected' : 'after it is settled', done: false },
          ]}
        />
        {!settled && due && quoted?.problem !== undefined && (
          <Notice tone="warn">{waitWords(quoted.problem, pool.data)}.</Notice>
        )}
      </div>
      {settled ? (
        <Button
          look="primary"
          onClick={() =>
            transact({ title: 'Collect', units, build: (caller) => collectExit(pool, ticket, caller.address) })
          }
        >
          Collect
        </Button>
      ) : (
        quoted?.value && <Button onClick={settle}>Settle</Button>
      )}
    </li>
  );
}
