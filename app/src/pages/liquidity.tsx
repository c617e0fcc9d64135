// What an LP does: deposit, watch the position, leave.
import {
  atLeast,
  atMost,
  attempt,
  countsFrom,
  deposit,
  depositProblem,
  formatPercent,
  incomeLeft,
  isSome,
  leavingAtOnceProblem,
  parseAmount,
  pausedUntil,
  quoteDeposit,
  quoteExit,
  seenOf,
  SHARE_DECIMALS,
  sharesWorth,
} from '@breakwater/client';
import { AmountField, isTooMuch, useAmount } from '../components/amount';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Word } from '../components/word';
import { Button, Card, Facts, Notice, Stat } from '../components/ui';
import { date, exact, moment, money, plural, short } from '../lib/format';
import { useBalance, useNow, useShares } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { sharesOf } from '../lib/views';
import { problemWords } from '../lib/words';
import { Exits, Leave, Line } from './exits';
import { useShared } from './frame';
import { Redeem } from './retired';

export function LiquidityPage() {
  return (
    <div className="space-y-6">
      <ConnectFirst what="deposit and to see your position">
        <Position />
        <Redeem />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Deposit />
          <Leave />
        </div>
        <Exits />
      </ConnectFirst>
      <Line />
      <Card title="What can go wrong">
        <ul className="list-disc space-y-2 pl-5 text-sm text-muted">
          <li>
            When an incident counts, its claims are paid from the capital, and every share is worth less. You can lose
            all of it.
          </li>
          <li>
            An exit is asked for days ahead and cannot be taken back. Until it is paid the shares earn and bear losses.
            Earlier days are paid first.
          </li>
          <li>
            No incident keeps you in, but your part of what it has set aside is <Word name="contested-part" />: it bears
            that incident’s payments, and the rest comes back as it ends. Capital that carries cover stays until enough
            of it ends.
          </li>
          <li>
            Be there, or run a keeper, on the day on which your exit can be paid. What nobody pays within a day has to
            be called, and is paid between one and two days after.
          </li>
          <li>The program is not audited.</li>
        </ul>
      </Card>
    </div>
  );
}

function Position() {
  const { pool, units } = useShared();
  const shares = useShares(pool.data);
  const unit = sharesOf(pool.data);
  const held = shares.data ?? 0n;
  const now = useNow(30);
  const inIncidents = attempt(() => quoteExit(pool.data, held, now).contested).value;
  return (
    <Card title="Your position">
      <dl className="grid grid-cols-2 gap-6 md:grid-cols-3">
        <Stat
          label="Worth now"
          value={shares.data === undefined ? '…' : money(sharesWorth(pool.data, held), units.asset)}
          hint={
            isSome(inIncidents)
              ? `${money(inIncidents, units.asset)} of it are set aside for incidents`
              : 'at today’s price, rounded down'
          }
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
  const leaves = leavingAtOnceProblem(pool.data, now) === undefined;
  // What the depositor has seen. Liens that exceed the capital grow with it by the second.
  const { terms, maxLiens } = seenOf(pool.data);
  const seen = { terms, maxLiens: atMost(maxLiens) };
  const counts = attempt(() => countsFrom(pool.data, pool.data.accruedAt)).value;
  const income = incomeLeft(pool.data, pool.data.accruedAt);
  const submit = () => {
    if (atoms === undefined) return;
    transact({
      title: 'Deposit',
      units,
      notes: [
        'The shares are yours to keep or hand on. Their price is what premiums and losses make of it.',
        `It is refused if the pool’s terms are no longer number ${terms}, or if more is set aside for incidents by then.`,
      ],
      build: (owner) =>
        deposit(pool, owner, { amount: atoms, minShares: atLeast(quoteDeposit(pool.data, atoms, now)), seen }),
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
        <Facts
          rows={[
            ...(quoted === undefined
              ? []
              : ([
                  ['Shares, about', short(quoted, pool.data.decimals + SHARE_DECIMALS)],
                  ['Price impact', 'none'],
                ] as const)),
            ...(counts === undefined ? [] : ([['Carries cover from', date(counts), { word: 'season' }]] as const)),
            ['On terms', `number ${terms}`, { word: 'terms-number' }],
            ['Set aside for incidents', money(maxLiens, units.asset)],
            [
              'Can leave',
              leaves
                ? 'at once, until a week after the opening'
                : `${plural(pool.data.exitDelayDays, 'day')} after asking, or later`,
            ],
          ]}
        />
        {isSome(income) && (
          <Notice>
            The price includes {money(income, units.asset)} of income that streams to the LPs already: you pay for your
            part of it, and earn it with them.
          </Notice>
        )}
        {isSome(maxLiens) && (
          <Notice tone="warn">
            You bear your part of {money(maxLiens, units.asset)} that are set aside for incidents reported already.
          </Notice>
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
