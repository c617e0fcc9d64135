// Leaving: asking for it, the line in which exits are paid, and what comes of one's own.
import {
  atLeast,
  attempt,
  BREAKWATER_ERROR__EXIT_HELD,
  BREAKWATER_ERROR__EXIT_NOT_CALLED,
  BREAKWATER_ERROR__EXIT_NOT_DUE,
  BREAKWATER_ERROR__FILING_DUE,
  BREAKWATER_ERROR__LIENS_EXCEED_CAPITAL,
  BREAKWATER_ERROR__NOTHING_TO_PAY,
  callExits,
  callProblem,
  collectable,
  collectExit,
  contestedOf,
  endFiling,
  epochsBefore,
  exitEpochNow,
  exitState,
  exitWindow,
  filingEndProblem,
  foreseeExits,
  IncidentState,
  isSome,
  payExits,
  quoteExit,
  quotePayment,
  quoteWithdrawal,
  releaseContested,
  requestExit,
  sharesWorth,
  startOf,
  variantOf,
  waitingIn,
  withdraw,
  withdrawalEnds,
  leavingAtOnceProblem,
  type BreakwaterError,
  type ExitEpoch,
  type ExitTicket,
  type Found,
  type Incident,
} from '@breakwater/client';
import { useMemo } from 'react';
import { AmountField, isTooMuch, useAmount } from '../components/amount';
import { Steps, type Step } from '../components/steps';
import { Badge, Button, Card, Empty, Facts, Loaded, Notice } from '../components/ui';
import { Word } from '../components/word';
import { date, exact, isPast, moment, money, plural, relative, short } from '../lib/format';
import { useExitEpochs, useIncidents, useMyTickets, useNow, useShares } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { byNumber, firstOf, sharesOf } from '../lib/views';
import { problemWords, type Status } from '../lib/words';
import { useShared } from './frame';

/** Until some days after the opening LPs leave at once; then they ask for it. */
export function Leave() {
  const { pool } = useShared();
  const now = useNow();
  return leavingAtOnceProblem(pool.data, now) === undefined ? <Withdraw /> : <Ask />;
}

function useShareAmount() {
  const { pool } = useShared();
  const shares = useShares(pool.data);
  const unit = sharesOf(pool.data);
  const amount = useAmount(unit.decimals);
  const tooMuch = isTooMuch(amount, shares.data);
  const field = (
    <AmountField
      label="Shares"
      amount={amount}
      unit={unit}
      max={shares.data}
      hint={shares.data === undefined ? undefined : `You have ${exact(shares.data, unit)}`}
      error={tooMuch ? 'More than you have' : undefined}
    />
  );
  return { atoms: isSome(amount.atoms) && !tooMuch ? amount.atoms : undefined, field, clear: () => amount.set('') };
}

function Withdraw() {
  const { pool, units } = useShared();
  const now = useNow();
  const transact = useTransact();
  const { atoms, field, clear } = useShareAmount();
  const quoted = atoms === undefined ? undefined : attempt(() => quoteWithdrawal(pool.data, atoms, now)).value;
  const until = withdrawalEnds(pool.data);
  return (
    <Card title="Leave at once">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (atoms === undefined) return;
          transact({
            title: 'Withdraw',
            units,
            notes: ['It is paid with this transaction.'],
            build: (owner) =>
              withdraw(pool, owner, { shares: atoms, minAmount: atLeast(quoteWithdrawal(pool.data, atoms, now)) }),
            onDone: clear,
          });
        }}
      >
        {field}
        <Facts
          rows={[
            ['You get, about', money(quoted ?? 0n, units.asset)],
            ['Possible', until === undefined ? 'until seven days after the opening' : `until ${moment(until)}`],
          ]}
        />
        <p className="text-sm text-muted">
          After that you ask for an exit, which takes {plural(pool.data.exitDelayDays, 'day')} and waits for cover that
          needs the capital.
        </p>
        <Button type="submit" className="w-full" disabled={quoted === undefined}>
          Review the withdrawal
        </Button>
      </form>
    </Card>
  );
}

function Ask() {
  const { pool, units } = useShared();
  const now = useNow();
  const transact = useTransact();
  const { atoms, field, clear } = useShareAmount();
  const { number, day } = exitEpochNow(pool.data, now);
  const { value: quoted, problem } = attempt(() => quoteExit(pool.data, atoms ?? 0n, now));
  return (
    <Card title="Leave">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (atoms === undefined) return;
          transact({
            title: 'Request an exit',
            units,
            notes: [
              'There is no way back. Until it is paid the shares earn premiums and bear losses like all others.',
              'Earlier days are paid first, and capital that carries cover stays until enough of it ends.',
            ],
            build: (owner) => requestExit(pool, owner, { id: BigInt(Date.now()), epoch: number, shares: atoms }),
            onDone: clear,
          });
        }}
      >
        {field}
        <Facts
          rows={[
            ['Worth today', money(quoted?.worth ?? 0n, units.asset)],
            ...(isSome(quoted?.contested)
              ? [['Of it in open incidents', money(quoted.contested, units.asset)] as const]
              : []),
            ['Paid from', date(startOf(day))],
          ]}
        />
        {isSome(quoted?.contested) && (
          <p className="text-sm text-muted">
            What is in open incidents bears their payments; the rest of it comes back as they end.
          </p>
        )}
        {problem !== undefined && <Notice tone="warn">{problemWords(problem)}.</Notice>}
        <Button type="submit" className="w-full" disabled={atoms === undefined || problem !== undefined}>
          Review the exit
        </Button>
      </form>
    </Card>
  );
}

/** The exits that wait, of everybody: the first of them, and what it waits for. */
export function Line() {
  const { pool } = useShared();
  const epochs = useExitEpochs(pool.address);
  const first = firstOf(pool.data, epochs.data ?? []);
  const foretold = useForetold(epochs.data);
  if (!first) return null;
  return (
    <Card title="Exits that wait">
      <First epoch={first} />
      <Forecast foretold={foretold} />
    </Card>
  );
}

/** Releases, or ends of filings, that fit in one transaction. */
const AT_ONCE = 8;
/** Payments that are foretold. */
const FORETOLD = 8;

type Foretold = ReturnType<typeof foreseeExits>;

/** What is paid when if nothing else happens. It walks through all days ahead: once for every reading of the pool. */
function useForetold(epochs: readonly Found<ExitEpoch>[] | undefined): Foretold {
  const { data } = useShared().pool;
  return useMemo(() => (epochs ? foreseeExits(data, epochs, data.accruedAt) : []), [data, epochs]);
}

function Forecast({ foretold }: { foretold: Foretold }) {
  const { pool, units } = useShared();
  const unit = sharesOf(pool.data);
  if (foretold.length === 0) return null;
  return (
    <div className="mt-5 space-y-2">
      <h3 className="text-sm font-semibold">If nothing else happens</h3>
      <p className="text-sm text-muted">
        As cover ends, without sales, deposits and reports, and if somebody takes every step in time:
      </p>
      <Facts
        rows={foretold.slice(0, FORETOLD).map(({ at, shares, cash, contested, all }) => [
          date(at),
          <>
            {money(shares, unit)}
            {all ? '' : ', in part'}: {money(cash, units.asset)}
            {isSome(contested) && `, and ${money(contested, units.asset)} contested`}
          </>,
        ])}
      />
      {foretold.length > FORETOLD && (
        <p className="text-sm text-muted">… and {plural(foretold.length - FORETOLD, 'more payment')}.</p>
      )}
    </div>
  );
}

function First({ epoch }: { epoch: Found<ExitEpoch> }) {
  const { pool, products, units } = useShared();
  const now = useNow(5);
  const transact = useTransact();
  const incidents = useIncidents(pool.address);
  const unit = sharesOf(pool.data);
  const { data } = epoch;
  const { value: payment, problem } = attempt(() => quotePayment(pool.data, data, now));
  const calls = callProblem(pool.data, data, now) === undefined;
  const freed = incidents.data?.filter(({ data: incident }) => {
    const product = products.find(({ address }) => address === incident.product);
    return product && filingEndProblem(pool.data, product.data, incident, now) === undefined;
  });
  const window = exitWindow(pool.data, data, now);
  const waiting = waitingIn(data);
  const pay = (title: string, filings: readonly Found<Incident>[] = []) =>
    transact({
      title,
      units,
      notes: ['Anyone can do this. All of that day leave at one price; a payment in full has a tip.'],
      build: async (caller) => [
        ...filings.slice(0, AT_ONCE).flatMap((incident) => endFiling(incident, caller.address)),
        ...(await payExits(pool, caller.address)),
      ],
    });
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="min-w-0 flex-1 text-sm">
          The exits of {date(startOf(data.day))} are first: {money(waiting, unit)} wait, worth{' '}
          {money(sharesWorth(pool.data, waiting), units.asset)} today. Later days come after them.
        </p>
        {payment && (
          <Button look="primary" onClick={() => pay('Pay the exits')}>
            Pay them
          </Button>
        )}
        {problem === BREAKWATER_ERROR__FILING_DUE && freed && freed.length > 0 && (
          <Button look="primary" onClick={() => pay('Free what nobody claimed, and pay the exits', freed)}>
            Free it and pay them
          </Button>
        )}
        {calls && (
          <Button
            onClick={() =>
              transact({
                title: problem === BREAKWATER_ERROR__EXIT_NOT_CALLED ? 'Call the exits' : 'Note that exits wait',
                units,
                notes: [
                  problem === BREAKWATER_ERROR__EXIT_NOT_CALLED
                    ? 'Anyone can do this. Be there, or run a keeper, in the day that begins a day from now.'
                    : 'Anyone can do this. What was seen to wait can be paid within a day, once it can leave.',
                ],
                build: () => callExits(pool),
              })
            }
          >
            {problem === BREAKWATER_ERROR__EXIT_NOT_CALLED ? 'Call them' : 'Note that they wait'}
          </Button>
        )}
      </div>
      <Notice tone={payment ? 'good' : 'neutral'}>{payment ? payableWords(payment) : waitWords(problem, data)}</Notice>
    </div>
  );

  /** What can be paid of them, and until when. */
  function payableWords({ all, shares, worth, contested }: ReturnType<typeof quotePayment>): string {
    const parts = isSome(contested) ? `, of which ${money(contested, units.asset)} stay in open incidents` : '';
    const until = window ? ` Until ${moment(window.until)}; later they must be called.` : '';
    return `${all ? 'All of them' : money(shares, unit)} can be paid now: ${money(worth, units.asset)}${parts}.${until}`;
  }

  /** What the first exits wait for. */
  function waitWords(why: BreakwaterError, { day }: ExitEpoch): string {
    switch (why) {
      case BREAKWATER_ERROR__EXIT_NOT_DUE:
        return `They can be paid from ${moment(startOf(day))}, ${relative(startOf(day), now)}, within a day.`;
      case BREAKWATER_ERROR__FILING_DUE:
        return 'The filing of an incident is over: what nobody claimed is freed first.';
      case BREAKWATER_ERROR__EXIT_HELD:
        return `Prices begin to show an incident: exits wait until ${moment(pool.data.exitsWaitUntil)} for it, and no longer.`;
      case BREAKWATER_ERROR__LIENS_EXCEED_CAPITAL:
        return 'More is set aside for incidents than there is capital: exits wait until some of it is free.';
      case BREAKWATER_ERROR__NOTHING_TO_PAY:
        return 'Cover needs the capital. They are paid in parts as it ends, each at least a hundredth of the day’s.';
      case BREAKWATER_ERROR__EXIT_NOT_CALLED:
        return window
          ? `Somebody called them: they can be paid from ${moment(window.from)} until ${moment(window.until)}.`
          : 'Nobody paid them within a day of when they could be. Once called, they can be paid between one and two days later.';
      default:
        return `${problemWords(why)}.`;
    }
  }
}

export function Exits() {
  const { pool } = useShared();
  const tickets = useMyTickets(pool.address);
  const epochs = useExitEpochs(pool.address);
  const foretold = useForetold(epochs.data);
  // The last payment of each epoch.
  const ends = new Map(foretold.map(({ number, at }) => [number, at]));
  return (
    <Card title="Your exits">
      <Loaded query={{ ...tickets, data: epochs.data && tickets.data }} rows={2}>
        {(found) =>
          found.length === 0 ? (
            <Empty title="No exit is on its way" />
          ) : (
            <ul className="divide-y divide-line">
              {found.map((ticket) => (
                <Exit
                  key={ticket.address}
                  ticket={ticket}
                  epochs={epochs.data ?? []}
                  expected={ends.get(ticket.data.epoch)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

type ExitProps = {
  ticket: Found<ExitTicket>;
  epochs: readonly Found<ExitEpoch>[];
  /** When the last of it is paid if nothing else happens. */
  expected: bigint | undefined;
};

function Exit({ ticket, epochs, expected }: ExitProps) {
  const { pool, products, units, nameOf } = useShared();
  const now = useNow();
  const transact = useTransact();
  const incidents = useIncidents(pool.address);
  const { data } = ticket;
  const unit = sharesOf(pool.data);
  const epoch = byNumber(epochs).get(data.epoch);
  if (!epoch) return null;
  const reported = incidents.data ?? [];
  const { waiting, isBegun, isPaid } = exitState(data, epoch.data);
  const { due, isOver, releases } = collectable(pool.data, reported, epochs, data);
  const contested = reported
    .filter(({ address }) => !releases.some((release) => release.incident.address === address))
    .map((incident) => {
      const product = products.find(({ address }) => address === incident.data.product);
      const atoms = product && contestedOf(pool.data, product.data, incident.data, reported, epochs, data);
      return { incident, atoms };
    })
    .filter(({ atoms }) => isSome(atoms));
  const before = epochsBefore(pool.data, data);
  const collects = isSome(due) || isOver;
  const dayCame = isPast(startOf(epoch.data.day), now);
  return (
    <li className="space-y-4 py-5 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 space-y-1">
          <p className="font-medium tabular-nums">
            {short(data.shares, unit.decimals)} shares <Badge {...status()} />
          </p>
          <p className="text-sm text-muted">
            {[
              ...(isSome(waiting)
                ? [`${money(waiting, unit)} wait, worth ${money(sharesWorth(pool.data, waiting), units.asset)} today`]
                : []),
              ...(isSome(data.paid) ? [`${money(data.paid, units.asset)} paid so far`] : []),
              ...(isSome(due) ? [`${money(due, units.asset)} can be collected`] : []),
            ].join('; ')}
            .
          </p>
        </div>
        {collects && (
          <Button
            look="primary"
            onClick={() =>
              transact({
                title: 'Collect',
                units,
                notes: ['Anyone can do this. It goes to the account that you chose.'],
                build: async (caller) => [
                  ...releases
                    .slice(0, AT_ONCE)
                    .flatMap(({ incident, epoch: { address } }) => releaseContested(incident, address)),
                  // With more of them the rest is collected the next time.
                  ...(releases.length > AT_ONCE ? [] : await collectExit(pool, ticket, caller.address)),
                ],
              })
            }
          >
            Collect
          </Button>
        )}
      </div>
      <Steps label="How far the exit is" steps={steps()} />
      {contested.length > 0 && (
        <div className="space-y-1.5 rounded-xl bg-raised px-4 py-3 text-sm">
          <p className="font-medium">
            <Word name="contested-part">Contested</Word>: it comes back as far as these do not need it
          </p>
          <ul className="space-y-1.5 text-muted">
            {contested.map(({ incident, atoms }) => (
              <li key={incident.address}>
                At most <span className="tabular-nums">{money(atoms ?? 0n, units.asset)}</span> in{' '}
                {nameOf(incident.data.product)}, {moment(incident.data.occurredAt)}: {comesBack(incident.data)}.
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );

  function status(): Status {
    if (collects) return { text: 'Ready to collect', tone: 'good' };
    if (isPaid) return { text: 'Paid, a part is contested', tone: 'accent' };
    if (isBegun) return { text: 'Paid in part', tone: 'warn' };
    return dayCame ? { text: 'Due', tone: 'warn' } : { text: 'Waiting', tone: 'neutral' };
  }

  function steps(): Step[] {
    if (!epoch) return [];
    const day = startOf(epoch.data.day);
    const soonest = expected === undefined ? '' : `; by ${date(expected)} if nothing else happens`;
    const waits =
      before > 0
        ? `after the exits of ${plural(before, 'earlier day')}`
        : isBegun
          ? 'the rest as cover lets it go'
          : dayCame
            ? 'first in line, see below'
            : 'at the price of that moment';
    return [
      { label: 'Requested', note: moment(data.requestedAt), done: true },
      {
        label: 'Its day',
        note: dayCame ? `came on ${date(day)}` : `${date(day)}, ${relative(day, now)}`,
        done: dayCame,
      },
      { label: 'Payment', note: isPaid ? 'all of it' : `${waits}${soonest}`, done: isPaid },
      ...(epoch.data.contestedIncidents > 0 || isPaid
        ? [
            {
              label: 'Incidents',
              note:
                epoch.data.contestedIncidents > 0
                  ? `a part is in ${plural(epoch.data.contestedIncidents, 'incident')}`
                  : 'nothing is contested',
              done: isPaid && epoch.data.contestedIncidents < 1,
            },
          ]
        : []),
    ];
  }
}

/** When what is contested in an incident comes back. */
function comesBack({ state, filingEndsAt, disputesEndAt }: Incident): string {
  switch (variantOf(IncidentState, state)) {
    case IncidentState.Open:
      return 'after its verdict';
    case IncidentState.Accepted:
      return `what nobody claims from ${date(filingEndsAt)} on, the rest once its disputes are over, from ${date(disputesEndAt)} on`;
    case IncidentState.Refused:
      return 'once the incidents before it have ended';
    default:
      return 'now';
  }
}
