// One ballot: what it decides, how it stands, and what can be done.
import {
  AGAINST,
  appeal,
  closeBallot,
  collectAppealBond,
  collectVoteReward,
  fetchMaybeClaim,
  FOR,
  formatPercent,
  getArbitrateInstruction,
  NOBODY,
  readProposal,
  vote,
  type Ballot,
  type Change,
  type Found,
  type Incident,
  type Voter,
  type VoteRecord,
} from '@breakwater/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EvidenceLine } from '../components/evidence';
import { Badge, Button, Card, Meter, Notice } from '../components/ui';
import { useChain } from '../lib/connection';
import { moment, money, percent, relative } from '../lib/format';
import { useDispute, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { mayClose, weightOf } from '../lib/views';
import { proposalTitle, proposalWords } from '../lib/change-words';
import { BALLOT, ballotStatus } from '../lib/words';
import { useShared } from './frame';

/** What becomes of the appeal's bond, as the program stores it. */
const BOND_HELD = 1;

type Props = {
  ballot: Found<Ballot>;
  incident: Found<Incident> | undefined;
  change: Found<Change> | undefined;
  voter: Voter | undefined;
  records: readonly Found<VoteRecord>[];
};

export function BallotCard({ ballot, incident, change, voter, records }: Props) {
  const { pool, units, nameOf } = useShared();
  const { rpc } = useChain();
  const now = useNow();
  const { data } = ballot;
  const claim = useQuery({
    queryKey: ['claim', data.subject],
    queryFn: () => fetchMaybeClaim(rpc, data.subject, { commitment: 'confirmed' }),
    enabled: incident === undefined && change === undefined,
    retry: false,
  });
  const disputed = !incident && !change && claim.data?.exists ? claim.data.data : undefined;
  const dispute = useDispute(disputed?.dispute);
  const proposal = change && readProposal(change.data.proposal);
  const product = change?.data.product === NOBODY ? undefined : change && nameOf(change.data.product);
  const title = proposal
    ? `Should the pool change? ${proposalTitle(proposal, product)}`
    : incident
      ? `Does it count? ${nameOf(incident.data.product)}, ${moment(incident.data.occurredAt)}`
      : disputed
        ? `Is a claim of ${money(disputed.amount, units.asset)} worth ${money(disputed.counterAmount, units.asset)}?`
        : 'A ballot';
  const evidence = incident?.data ?? disputed;
  const cast = data.weightFor + data.weightAgainst;
  const quorum = (data.eligibleWeight * BigInt(data.quorumBps)) / 10_000n;
  const reached = data.eligibleWeight === 0n ? 0 : Number((cast * 10_000n) / data.eligibleWeight);
  return (
    <Card title={title} aside={<Badge {...ballotStatus(data, now)} />}>
      <div className="space-y-5">
        {proposal && (
          <p className="text-sm text-muted">
            It would set: {proposalWords(proposal, units)}.{' '}
            <Link
              to="/pool/$pool"
              params={{ pool: pool.address }}
              className="font-medium text-accent underline underline-offset-2"
            >
              Compare with what holds
            </Link>
          </p>
        )}
        {(evidence || dispute.data) && (
          <div>
            {evidence && (
              <EvidenceLine
                label={disputed ? 'Evidence of the claim' : 'Evidence'}
                hash={evidence.evidenceHash}
                uri={evidence.evidenceUri}
              />
            )}
            {dispute.data && (
              <EvidenceLine
                label="Evidence against it"
                hash={dispute.data.evidenceHash}
                uri={dispute.data.evidenceUri}
              />
            )}
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-3">
          <Bar
            label={disputed ? 'For the counter-amount' : proposal ? 'For the change' : 'For: it counts'}
            weight={data.weightFor}
            of={cast}
            tone="good"
          />
          <Bar
            label={disputed ? 'Against: the claim stands' : 'Against'}
            weight={data.weightAgainst}
            of={cast}
            tone="bad"
          />
          <div className="space-y-1.5">
            <div className="flex justify-between text-sm">
              <span className="text-muted">Quorum</span>
              <span className="tabular-nums">
                {percent(reached)} of {percent(data.quorumBps)}
              </span>
            </div>
            <Meter label="Votes cast, of the stake that counts" bps={reached} tone={cast >= quorum ? 'good' : 'warn'} />
          </div>
        </div>
        <p className="text-sm text-muted">
          {data.state === BALLOT.open
            ? now < data.opensAt
              ? `Votes are taken from ${moment(data.opensAt)} until ${moment(data.closesAt)}.`
              : `Votes are taken until ${moment(data.closesAt)}, ${relative(data.closesAt, now)}.`
            : now < data.finalAt
              ? windowWords(data)
              : `Final since ${moment(data.finalAt)}.`}{' '}
          {data.rewardPot > 0n
            ? `Its voters share ${money(data.rewardPot, units.asset)}.`
            : 'The fund had nothing left for its voters.'}
        </p>
        <Acts ballot={ballot} voter={voter} records={records} />
      </div>
    </Card>
  );
}

/** What can happen to a ballot that is closed and not final. */
function windowWords({ state, arbiter, round, finalAt }: Ballot): string {
  if (state === BALLOT.noQuorum) {
    return arbiter === NOBODY
      ? `Too few voted. That is final on ${moment(finalAt)}.`
      : `Too few voted. The arbiter can decide until ${moment(finalAt)}.`;
  }
  return round === 0
    ? `Closed. It can be appealed until ${moment(finalAt)}.`
    : `Closed. It is final on ${moment(finalAt)}.`;
}

function Bar({ label, weight, of, tone }: { label: string; weight: bigint; of: bigint; tone: 'good' | 'bad' }) {
  const { units } = useShared();
  return (
    <div className="space-y-1.5">
      <div className="flex justify-between gap-2 text-sm">
        <span className="text-muted">{label}</span>
        <span className="tabular-nums">{formatPercent(weight, of)}</span>
      </div>
      <Meter label={label} bps={of === 0n ? 0 : Number((weight * 10_000n) / of)} tone={tone} />
      <p className="text-xs text-muted tabular-nums">{money(weight, units.governance)}</p>
    </div>
  );
}

/** What a vote in the first round, or in the appeal, has coming. */
function rewardWords({ data: { round } }: Found<VoteRecord>, ballot: Ballot, several: boolean): string {
  const pot = ballot.round === 1 && round === 0 ? ballot.firstPot : ballot.rewardPot;
  const words = pot > 0n ? 'Collect the reward' : 'Release the vote';
  return several ? `${words} of the ${round === 0 ? 'first vote' : 'appeal'}` : words;
}

function Acts({ ballot, voter, records }: Omit<Props, 'incident' | 'change'>) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const { data } = ballot;
  if (!signer) return null;
  const voting = data.state === BALLOT.open && now >= data.opensAt && now < data.closesAt;
  const closed = data.state !== BALLOT.open;
  const final = closed && now >= data.finalAt;
  const mine = records.find((record) => record.data.round === data.round);
  const weight = voter ? weightOf(voter, data.eligibleBefore) : 0n;
  const cast = (side: number) =>
    transact({
      title: side === FOR ? 'Vote for' : 'Vote against',
      units,
      notes: ['A vote cannot be changed. It locks your stake until the ballot is final and the vote is released.'],
      build: (owner) => vote(ballot, owner, side),
    });
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      {mine && (
        <Notice tone="accent">
          You voted {mine.data.side === FOR ? 'for' : 'against'} with {money(mine.data.weight, units.governance)}.
        </Notice>
      )}
      {voting && !mine && weight > 0n && (
        <>
          <Button look="primary" onClick={() => cast(FOR)}>
            Vote for
          </Button>
          <Button onClick={() => cast(AGAINST)}>Vote against</Button>
          <span className="text-sm text-muted">Your weight is {money(weight, units.governance)}.</span>
        </>
      )}
      {voting && !mine && weight === 0n && (
        <span className="text-sm text-muted">None of your stake is old enough to count in this ballot.</span>
      )}
      {mayClose(data, now) && (
        <Button
          onClick={() =>
            transact({
              title: 'Close the ballot',
              units,
              notes: ['Anyone can, once its time is over or no vote could change it any more, and gets a tip for it.'],
              build: (caller) => closeBallot(ballot.address, caller.address),
            })
          }
        >
          Close the ballot
        </Button>
      )}
      {closed && !final && data.round === 0 && data.arbitrated === 0 && data.state !== BALLOT.noQuorum && (
        <Button
          onClick={() =>
            transact({
              title: 'Appeal',
              units,
              notes: [
                `The bond is ${money(data.appealBond, units.asset)}. It comes back when the appeal changes the outcome. Twice the quorum, twice the time, then it is final.`,
              ],
              build: (appellant) => appeal(pool, ballot.address, appellant),
            })
          }
        >
          Appeal
        </Button>
      )}
      {closed && !final && data.state === BALLOT.noQuorum && signer.address === data.arbiter && (
        <>
          {[FOR, AGAINST].map((side) => (
            <Button
              key={side}
              onClick={() =>
                transact({
                  title: 'Decide as the arbiter',
                  units,
                  notes: ['It is final at once.'],
                  build: (arbiter) => [getArbitrateInstruction({ arbiter, ballot: ballot.address, side })],
                })
              }
            >
              Decide {side === FOR ? 'for it' : 'against it'}
            </Button>
          ))}
        </>
      )}
      {final &&
        records.map((record) => (
          <Button
            key={record.address}
            look="primary"
            onClick={() =>
              transact({
                title: 'Release the vote',
                units,
                build: (caller) => collectVoteReward(pool, record, signer.address, caller),
              })
            }
          >
            {rewardWords(record, data, records.length > 1)}
          </Button>
        ))}
      {final && data.appealBondState === BOND_HELD && (
        <Button
          onClick={() =>
            transact({ title: 'End the appeal', units, build: (caller) => collectAppealBond(pool, ballot, caller) })
          }
        >
          End the appeal
        </Button>
      )}
    </div>
  );
}
