// Changes of a pool's parameters: what each would set, when, and what can be done about it.
import {
  acceptAuthority,
  applicationProblem,
  applyChange,
  BREAKWATER_ERROR__CHANGE_OVERTAKEN,
  BREAKWATER_ERROR__EXITS_WAIT,
  BREAKWATER_ERROR__PAUSE_TOO_LONG,
  changeBondProblem,
  changeOverProblem,
  closeChange,
  collectChangeBond,
  dayOf,
  decisionProblem,
  handoverProblem,
  isSome,
  MAX_PAUSE,
  NOBODY,
  pause,
  pausedUntil,
  pauseProblem,
  queueChange,
  raisesRisk,
  readProposal,
  secondsOf,
  shareWords,
  withdrawalProblem,
  withdrawChange,
  type Ballot,
  type Change,
  type Found,
} from '@breakwater/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Badge, Button, Card, Empty, Field, Loaded, Notice } from '../components/ui';
import { changeRows, proposalTitle, proposalWords, riskRows, type ChangeRow } from '../lib/change-words';
import { abbreviate, money, relative } from '../lib/format';
import { useBallots, useChanges, useExitEpochs, useNow, useShareWords } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { firstOf } from '../lib/views';
import { useSigner } from '../lib/wallet';
import {
  ballotStatus,
  ballotWords,
  changeStatus,
  isChangePending,
  isHandover,
  leaversWords,
  problemWords,
  rivalWords,
} from '../lib/words';
import { useShared } from './frame';

/** Old changes that are shown before one asks for more. */
const SOME = 5;

export function Changes() {
  const { pool } = useShared();
  const now = useNow();
  const changes = useChanges(pool.address);
  const ballots = useBallots(pool.address);
  const [all, setAll] = useState(false);
  return (
    <Card title="Changes of the parameters">
      <Loaded query={changes} rows={3}>
        {(found) => {
          const pending = found.filter(({ data }) => isChangePending(data, pool.data, now));
          const over = found.filter(({ data }) => !isChangePending(data, pool.data, now));
          const shown = [...pending, ...(all ? over : over.slice(0, SOME))];
          if (shown.length === 0) {
            return (
              <Empty title="No change is on its way">
                A change waits longer than an exit takes, so that anyone who does not like it can leave before.
              </Empty>
            );
          }
          return (
            <>
              <ul className="divide-y divide-line">
                {shown.map((change) => (
                  <ChangeItem
                    key={change.address}
                    change={change}
                    queued={pending.map(({ data }) => data)}
                    ballot={ballots.data?.find(({ address }) => address === change.data.ballot)}
                  />
                ))}
              </ul>
              {over.length > SOME && !all && (
                <Button small look="quiet" onClick={() => setAll(true)}>
                  Show {over.length - SOME} older
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
      <Risks />
    </Card>
  );
}

/** Which kinds of change wait for those who leave. */
const Risks = () => (
  <details className="mt-4 rounded-xl bg-raised p-4 text-sm">
    <summary className="cursor-pointer font-medium">
      Which changes wait until those have left who asked in time?
    </summary>
    <p className="mt-2 text-muted">
      Those that can raise what LPs risk, or lower what they get. All others wait for the timelock alone.
    </p>
    <table className="mt-3 w-full text-left">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="py-1 pr-4 font-normal">
            Change
          </th>
          <th scope="col" className="py-1 font-normal">
            It waits for them
          </th>
        </tr>
      </thead>
      <tbody>
        {riskRows().map(({ kind, title, raises }) => (
          <tr key={kind} className="border-t border-line">
            <th scope="row" className="py-1 pr-4 font-normal">
              {title}
            </th>
            <td className="py-1">{raises}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

function ChangeItem({
  change,
  queued,
  ballot,
}: {
  change: Found<Change>;
  queued: readonly Change[];
  ballot: Found<Ballot> | undefined;
}) {
  const { pool, products, units, nameOf } = useShared();
  const now = useNow();
  const { data } = change;
  const proposal = readProposal(data.proposal);
  const product = products.find(({ address }) => address === data.product);
  const status = changeStatus(data, pool.data, now);
  const pending = isChangePending(data, pool.data, now);
  const readable = data.product === NOBODY || product !== undefined;
  const texts = useShareWords(pool).data;
  const words = texts ? shareWords(texts) : undefined;
  const rows =
    pending && readable ? changeRows(proposal, units, { pool: pool.data, product: product?.data, words }) : [];
  const name = data.product === NOBODY ? undefined : nameOf(data.product);
  const risky = pending && readable && raisesRisk(proposal, pool.data, product?.data);
  return (
    <li className="space-y-3 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">
            {proposalTitle(proposal, name)} <Badge text={status.text} tone={status.tone} />
          </p>
          <p className="mt-0.5 text-sm text-muted">
            Change {String(data.id)}, {data.ballot === NOBODY ? 'queued' : 'put to a ballot'} by{' '}
            {abbreviate(data.proposer)}
            {isSome(data.queuedAt) && ` ${relative(data.queuedAt, now)}`}. {status.note}
            {risky && isSome(data.exitsUntil) && ` ${leaversWords(data)}`} {pending && rivalWords(data, queued)}
          </p>
        </div>
        <Acts change={change} ballot={ballot} />
      </div>
      {pending ? (
        <Rows rows={rows} />
      ) : (
        <p className="text-sm break-words text-muted">{proposalWords(proposal, units)}.</p>
      )}
      {ballot && pending && (
        <p className="text-sm text-muted">
          Its ballot: <Badge {...ballotStatus(ballot.data, now)} /> {ballotWords(ballot.data, now)}.{' '}
          <Link
            to="/pool/$pool/votes"
            params={{ pool: pool.address }}
            className="font-medium text-accent underline underline-offset-2"
          >
            See the ballot
          </Link>
        </p>
      )}
    </li>
  );
}

const Rows = ({ rows }: { rows: readonly ChangeRow[] }) =>
  rows.length === 0 ? (
    <p className="text-sm text-muted">It would set what holds already.</p>
  ) : (
    <dl className="grid gap-x-6 gap-y-1.5 rounded-xl bg-raised px-4 py-3 text-sm sm:grid-cols-[auto_1fr]">
      {rows.map(({ name, from, to }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 font-medium break-words tabular-nums">
            {from}{' '}
            <span aria-hidden className="text-muted">
              →
            </span>
            <span className="sr-only"> becomes </span> {to}
          </dd>
        </div>
      ))}
    </dl>
  );

function Acts({ change, ballot }: { change: Found<Change>; ballot: Found<Ballot> | undefined }) {
  const { pool, products, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const { data } = change;
  const product = products.find(({ address }) => address === data.product);
  const readable = data.product === NOBODY || product !== undefined;
  const epochs = useExitEpochs(pool.address);
  const firstExit = firstOf(pool.data, epochs.data ?? []);
  if (!signer) return null;
  const applies = readable ? applicationProblem(data, pool.data, product?.data, firstExit?.data, now) : null;
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {(applies === BREAKWATER_ERROR__EXITS_WAIT || applies === BREAKWATER_ERROR__CHANGE_OVERTAKEN) && (
        <Notice>{problemWords(applies)}.</Notice>
      )}
      {applies === undefined && !isHandover(data) && (
        <Button
          small
          look="primary"
          onClick={() =>
            transact({
              title: 'Apply the change',
              units,
              notes: ['Anyone can do this.'],
              build: (payer) => applyChange(pool, change, payer),
            })
          }
        >
          Apply
        </Button>
      )}
      {ballot && decisionProblem(data, pool.data, ballot.data, now) === undefined && (
        <Button
          small
          look="primary"
          onClick={() =>
            transact({
              title: 'Read the ballot',
              units,
              notes: ['Anyone can do this, and gets a tip for it.'],
              build: (caller) => queueChange(pool, change, caller.address),
            })
          }
        >
          Read the ballot
        </Button>
      )}
      {withdrawalProblem(data, pool.data, signer.address) === undefined && (
        <Button
          small
          look="danger"
          onClick={() => transact({ title: 'Withdraw the change', units, build: (by) => withdrawChange(change, by) })}
        >
          Withdraw
        </Button>
      )}
      {changeBondProblem(data) === undefined && (
        <Button
          small
          onClick={() =>
            transact({
              title: 'Give the bond back',
              units,
              build: (caller) => collectChangeBond(pool, change, caller),
            })
          }
        >
          Bond of {money(data.bond, units.asset)} back
        </Button>
      )}
      {changeOverProblem(data, pool.data, now) === undefined && signer.address === data.rentPayer && (
        <Button
          small
          look="quiet"
          onClick={() =>
            transact({
              title: 'Close the change',
              units,
              notes: ['Its rent comes back to you.'],
              build: (caller) => closeChange(change, caller.address),
            })
          }
        >
          Get the rent back
        </Button>
      )}
    </div>
  );
}

/** What only those can do who have a part in the pool. */
export function Offices() {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const [days, setDays] = useState('3');
  const { guardian } = pool.data;
  const paused = pausedUntil(pool.data, now);
  const changes = useChanges(pool.address);
  const guards = signer !== undefined && signer.address === guardian;
  const handover =
    signer &&
    changes.data?.find(
      ({ data }) => isHandover(data) && handoverProblem(data, pool.data, signer.address, now) === undefined,
    );
  if (!guards && !handover) return null;
  const seconds = /^[1-9]\d{0,2}$/.test(days) ? secondsOf(Number(days)) : undefined;
  const problem = seconds === undefined ? undefined : pauseProblem(pool.data, seconds, now);
  const badTime = seconds === undefined || problem === BREAKWATER_ERROR__PAUSE_TOO_LONG;
  return (
    <Card title="What you can do for this pool">
      <div className="space-y-5">
        {handover && (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-muted">
              Change {String(handover.data.id)} hands the authority over the pool to you.
            </p>
            <Button
              look="primary"
              onClick={() =>
                transact({
                  title: 'Accept the authority',
                  units,
                  notes: ['All that the authority of now has queued falls with it.'],
                  build: (by) => acceptAuthority(handover, by),
                })
              }
            >
              Accept the authority
            </Button>
          </div>
        )}
        {guards &&
          (paused !== undefined ? (
            <div className="flex flex-wrap items-center justify-between gap-3">
              <p className="text-sm text-muted">You are the guardian. Sales and deposits are paused.</p>
              <Button
                onClick={() => transact({ title: 'End the pause', units, build: (by) => pause(pool.address, by, 0n) })}
              >
                End the pause
              </Button>
            </div>
          ) : (
            <form
              className="flex flex-wrap items-end gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                if (seconds === undefined) return;
                transact({
                  title: 'Pause sales and deposits',
                  units,
                  notes: [
                    'It ends by itself. For seven days after it no other pause can begin. Exits and claims go on.',
                  ],
                  build: (by) => pause(pool.address, by, seconds),
                });
              }}
            >
              <Field
                label="Pause sales and deposits for"
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.target.value)}
                suffix={<span className="pr-2">days</span>}
                error={badTime ? `1 to ${dayOf(MAX_PAUSE)} days` : problemWords(problem)}
                hint="You are the guardian"
              />
              <Button type="submit" disabled={seconds === undefined || problem !== undefined}>
                Review the pause
              </Button>
            </form>
          ))}
      </div>
    </Card>
  );
}
