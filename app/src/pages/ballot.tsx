// One ballot: what it decides, how it stands, and what can be done.
import {
  appeal,
  appealBondProblem,
  arbitrate,
  attempt,
  BallotStanding,
  ballotStanding,
  closeBallot,
  closeProblem,
  collectAppealBond,
  collectVoteReward,
  fetchMaybeClaim,
  formatPercent,
  isSome,
  isVariant,
  NOBODY,
  partBps,
  readProposal,
  Side,
  Trigger,
  turnoutOf,
  vote,
  voteReturn,
  voteSide,
  weightOf,
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
import { abbreviate, moment, money, percent } from '../lib/format';
import { useDispute, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { proposalTitle, proposalWords } from '../lib/change-words';
import { ballotStatus, ballotWords, upper } from '../lib/words';
import { useShared } from './frame';

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
  const { cast, inFavor, against, reached, byDefault, read } = turnoutOf(data);
  const turnout = partBps(cast, data.eligibleWeight) ?? 0;
  const quorum = partBps(data.quorumWeight, data.eligibleWeight) ?? 0;
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
        {incident && !isVariant(incident.data.trigger, Trigger.Price) && (
          <p className="text-sm text-muted">
            It is report {incident.data.index + 1} on the product, made by {abbreviate(incident.data.opener)}.
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
            weight={inFavor}
            of={cast}
            tone="good"
          />
          <Bar label={disputed ? 'Against: the claim stands' : 'Against'} weight={against} of={cast} tone="bad" />
          <div className="space-y-1.5">
            <div className="flex justify-between text-sm">
              <span className="text-muted">Quorum</span>
              <span className="tabular-nums">
                {percent(turnout)} of {percent(quorum)}
              </span>
            </div>
            <Meter label="Votes cast, of the stake that counts" bps={turnout} tone={reached ? 'good' : 'warn'} />
          </div>
        </div>
        <p className="text-sm text-muted">
          {upper(ballotWords(data, now))}.{' '}
          {!reached &&
            `What is missing to the quorum counts ${isVariant(byDefault, Side.For) ? 'for it' : 'against it'}. `}
          {rewardWords(data.rewardPot, read, (atoms) => money(atoms, units.asset))}
        </p>
        <Acts ballot={ballot} voter={voter} records={records} />
      </div>
    </Card>
  );
}

function Bar({ label, weight, of, tone }: { label: string; weight: bigint; of: bigint; tone: 'good' | 'bad' }) {
  const { units } = useShared();
  return (
    <div className="space-y-1.5">
      <div className="flex justify-between gap-2 text-sm">
        <span className="text-muted">{label}</span>
        <span className="tabular-nums">{formatPercent(weight, of)}</span>
      </div>
      <Meter label={label} bps={partBps(weight, of) ?? 0} tone={tone} />
      <p className="text-xs text-muted tabular-nums">{money(weight, units.governance)}</p>
    </div>
  );
}

/** What a vote has coming: `reward` atoms, and `slash` of its stake. */
function releaseWords({ reward, slash }: ReturnType<typeof voteReturn>): string {
  if (isSome(reward)) return 'Collect the reward';
  return isSome(slash) ? 'Release the vote, which loses stake' : 'Release the vote';
}

/** What the voters of a ballot share, before its outcome is read and after. */
function rewardWords(rewardPot: bigint, read: boolean, words: (atoms: bigint) => string): string {
  if (!isSome(rewardPot)) return 'The fund had nothing left for its voters.';
  if (read) return `Its voters share ${words(rewardPot)}.`;
  return `Its voters share ${words(rewardPot)} where as many vote as must, else a quarter of it, as far as the fund reaches.`;
}

function Acts({ ballot, voter, records }: Omit<Props, 'incident' | 'change'>) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const { data } = ballot;
  if (!signer) return null;
  const standing = ballotStanding(data, now);
  const [mine] = records;
  const votes = standing === BallotStanding.Voting && mine?.data.round !== data.round;
  const weight = voter ? weightOf(voter, data) : 0n;
  const cast = (side: Side) =>
    transact({
      title: side === Side.For ? 'Vote for' : 'Vote against',
      units,
      notes: [
        'A vote can be cast anew in an appeal alone. It locks your stake until the ballot is final and the vote is released.',
      ],
      build: (owner) => vote(ballot, owner, side),
    });
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      {mine && (
        <Notice tone="accent">
          You voted {voteSide(mine.data) === Side.For ? 'for' : 'against'} with{' '}
          {money(mine.data.weight, units.governance)}
          {votes && '. That counts in the appeal, unless you vote anew'}.
        </Notice>
      )}
      {votes && isSome(weight) && (
        <>
          <Button look="primary" onClick={() => cast(Side.For)}>
            Vote for
          </Button>
          <Button onClick={() => cast(Side.Against)}>Vote against</Button>
          <span className="text-sm text-muted">Your weight is {money(weight, units.governance)}.</span>
        </>
      )}
      {votes && !isSome(weight) && (
        <span className="text-sm text-muted">None of your stake is old enough to count in this ballot.</span>
      )}
      {closeProblem(data, now) === undefined && (
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
      {standing === BallotStanding.Appealable && (
        <Button
          onClick={() =>
            transact({
              title: 'Appeal',
              units,
              notes: [
                `The bond is ${money(data.appealBond, units.asset)}. It comes back when the appeal changes the outcome. All votes count on and can be cast anew, twice the quorum must vote, then it is final.`,
              ],
              build: (appellant) => appeal(pool, ballot.address, appellant),
            })
          }
        >
          Appeal
        </Button>
      )}
      {standing === BallotStanding.Arbitrable && signer.address === data.arbiter && (
        <>
          {[Side.For, Side.Against].map((side) => (
            <Button
              key={side}
              onClick={() =>
                transact({
                  title: 'Decide as the arbiter',
                  units,
                  notes: ['It can be appealed for as long as a closed round.'],
                  build: (arbiter) => arbitrate(ballot.address, arbiter, side),
                })
              }
            >
              Decide {side === Side.For ? 'for it' : 'against it'}
            </Button>
          ))}
        </>
      )}
      {records.map((record) => {
        const release = attempt(() => voteReturn(data, record.data, now)).value;
        return (
          release && (
            <Button
              key={record.address}
              look="primary"
              onClick={() =>
                transact({
                  title: 'Release the vote',
                  units,
                  build: (caller) => collectVoteReward(pool, ballot, record, signer.address, caller),
                })
              }
            >
              {releaseWords(release)}
            </Button>
          )
        );
      })}
      {appealBondProblem(data) === undefined && (
        <Button
          onClick={() =>
            transact({
              title: 'Collect the bond of the appeal',
              units,
              build: (caller) => collectAppealBond(pool, ballot, caller),
            })
          }
        >
          Collect the bond of the appeal
        </Button>
      )}
    </div>
  );
}
