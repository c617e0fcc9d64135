// What an LP does: deposit, watch the position, leave.
import {
  collectExit,
  DAY,
  deposit,
  exitDay,
  fetchMaybeExitEpoch,
  exitEpochAddress,
  formatPercent,
  requestExit,
  settleExitEpoch,
  SHARE_DECIMALS,
  sharesFor,
  sharesWorth,
  simulate,
  type ExitEpoch,
  type ExitTicket,
  type Found,
} from '@breakwater/client';
import { AmountField, useAmount } from '../components/amount';
import { Steps } from '../components/steps';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Badge, Button, Card, Empty, Facts, Loaded, Notice, Stat } from '../components/ui';
import { useChain } from '../lib/connection';
import { date, exact, moment, money, relative, short } from '../lib/format';
import { useBalance, useMyExits, useNow } from '../lib/queries';
import { atLeast, bounded, useTransact } from '../lib/transact';
import { pausedUntil, type Status } from '../lib/words';
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
          value={shares.data === undefined ? '…' : money(sharesWorth(held, pool.data), units.asset)}
          hint="at today’s price, rounded down"
        />
        <Stat
          label="Shares"
          value={short(held, unit.decimals)}
          hint={`each worth ${exact(sharesWorth(10n ** BigInt(unit.decimals), pool.data), units.asset)}`}
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
  const chain = useChain();
  const now = useNow();
  const paused = pausedUntil(pool.data, now);
  const tooMuch = amount.atoms !== undefined && balance.data !== undefined && amount.atoms > balance.data;
  const submit = () => {
    const atoms = amount.atoms;
    if (atoms === undefined) return;
    transact({
      title: 'Deposit',
      units,
      notes: ['The shares are yours to keep or hand on. Their price is what premiums and losses make of it.'],
      build: async (owner) =>
        bounded(chain, owner, await deposit(pool, owner, { amount: atoms, minShares: 0n }), 'deposited', ({ shares }) =>
          deposit(pool, owner, { amount: atoms, minShares: atLeast(shares) }),
        ),
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
        {amount.atoms !== undefined && (
          <Facts
            rows={[
              ['Shares, about', short(sharesFor(amount.atoms, pool.data), pool.data.decimals + SHARE_DECIMALS)],
              ['Price impact', 'none'],
              ['Can leave', `${pool.data.exitDelayDays} days after you ask, at the earliest`],
            ]}
          />
        )}
        {paused !== undefined && <Notice tone="warn">Deposits are paused until {moment(paused)}.</Notice>}
        <Button
          type="submit"
          look="primary"
          className="w-full"
          disabled={!amount.atoms || tooMuch || paused !== undefined}
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
  const tooMuch = amount.atoms !== undefined && shares.data !== undefined && amount.atoms > shares.data;
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
            ['Worth today', money(sharesWorth(amount.atoms ?? 0n, pool.data), units.asset)],
            ['Settles from', now === 0n ? '…' : date(day * DAY)],
          ]}
        />
        <Button type="submit" className="w-full" disabled={!amount.atoms || tooMuch}>
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
        {({ tickets, epochs }) =>
          tickets.length === 0 ? (
            <Empty title="No exit is on its way" />
          ) : (
            <ul className="divide-y divide-line">
              {tickets.map((ticket) => (
                <Exit
                  key={ticket.address}
                  ticket={ticket}
                  epoch={epochs.find(({ data }) => data.day === ticket.data.epochDay)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Exit({ ticket, epoch }: { ticket: Found<ExitTicket>; epoch: Found<ExitEpoch> | undefined }) {
  const { pool, units } = useShared();
  const { rpc } = useChain();
  const now = useNow();
  const transact = useTransact();
  const { data } = ticket;
  const due = data.epochDay * DAY;
  const settled = epoch?.data.settled === 1;
  const head = pool.data.exitHeadDay === data.epochDay;
  const status: Status = settled
    ? { text: 'Ready to collect', tone: 'good' }
    : now >= due
      ? { text: 'Due', tone: 'warn' }
      : { text: 'Waiting', tone: 'neutral' };
  const settle = () =>
    transact({
      title: 'Settle the exits of that day',
      units,
      notes: ['Anyone can do this. It settles everybody’s exits of the day at one price.'],
      build: async (payer) => {
        // Tomorrow's epoch is needed only when not everything can leave: the first trial shows it.
        const alone = await settleExitEpoch(pool, payer, { now, next: 'none' });
        if (!(await simulate(rpc, payer.address, alone)).failure) return alone;
        const tomorrow = await fetchMaybeExitEpoch(rpc, await exitEpochAddress(pool.address, now / DAY + 1n), {
          commitment: 'confirmed',
        });
        return settleExitEpoch(pool, payer, { now, next: tomorrow.exists ? 'open' : 'new' });
      },
    });
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 space-y-3">
        <p className="font-medium tabular-nums">
          {short(data.shares, pool.data.decimals + SHARE_DECIMALS)} shares <Badge {...status} />
        </p>
        {data.paid > 0n && <p className="text-sm text-muted">{money(data.paid, units.asset)} paid so far.</p>}
        <Steps
          label="How far the exit is"
          steps={[
            { label: 'Requested', note: moment(data.requestedAt), done: true },
            {
              label: 'Its day',
              note: now >= due ? `came on ${date(due)}` : `${date(due)}, ${relative(due, now)}`,
              done: now >= due,
            },
            {
              label: 'Settlement',
              note: settled
                ? 'done, at the price of that moment'
                : now >= due
                  ? 'as soon as anyone settles that day'
                  : 'at the price of that day',
              done: settled,
            },
            { label: 'Payment', note: settled ? 'can be collected' : 'after it is settled', done: false },
          ]}
        />
        {!settled && now >= due && pool.data.openIncidents > 0 && (
          <Notice tone="warn">An incident is open: exits wait until it ends.</Notice>
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
        now >= due && head && <Button onClick={settle}>Settle</Button>
      )}
    </li>
  );
}
