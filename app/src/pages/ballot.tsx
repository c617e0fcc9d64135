// One ballot: what it decides, how it stands, and what can be done.
import {
  AGAINST,
  appeal,
  appealBondProblem,
  arbitrate,
  arbitrationProblem,
  attempt,
  BallotStanding,
  ballotStanding,
  BallotState,
  BREAKWATER_ERROR__NO_WEIGHT,
  BREAKWATER_ERROR__VOTING_OVER,
  closeBallot,
  closeProblem,
  collectAppealBond,
  collectVoteReward,
  fetchMaybeClaim,
  FOR,
  formatPercent,
  isSome,
  isVariant,
  LEVELS,
  NOBODY,
  partBps,
  readProposal,
  releaseVote,
  Trigger,
  turnoutOf,
  vote,
  voteProblem,
  voteReturn,
  votesByLevel,
  weightOf,
  type Ballot,
  type Change,
  type Claim,
  type Found,
  type Incident,
  type Voter,
  type VoteRecord,
} from '@breakwater/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Attached } from '../components/attach';
import { EvidenceLine } from '../components/evidence';
import { Badge, Button, Card, Meter, Notice } from '../components/ui';
import { useChain } from '../lib/connection';
import { abbreviate, moment, money, percent } from '../lib/format';
import { useAssembly, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { proposalTitle, proposalWords } from '../lib/change-words';
import { ballotStatus, ballotWords, upper } from '../lib/words';
import { VotesForOthers } from './delegation';
import { useShared } from './frame';
import { useLevelWords, VoteChoice } from './vote-choice';

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
  const proposal = change && readProposal(change.data.proposal);
  const product = change?.data.product === NOBODY ? undefined : change && nameOf(change.data.product);
  const title = proposal
    ? `Should the pool change? ${proposalTitle(proposal, product)}`
    : incident
      ? `Does it count? ${nameOf(incident.data.product)}, ${moment(incident.data.occurredAt)}`
      : disputed
        ? `How much of a claim of ${money(disputed.claimed, units.asset)} stands?`
        : 'A ballot';
  const { graded, cast, reached, read } = turnoutOf(data);
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
        {incident && (
          <div>
            {!isVariant(incident.data.trigger, Trigger.Price) && (
              <p className="text-sm text-muted">
                It is report {incident.data.index + 1} on the product, made by {abbreviate(incident.data.opener)}.
              </p>
            )}
            <EvidenceLine hash={incident.data.evidenceHash} uri={incident.data.evidenceUri} />
          </div>
        )}
        {disputed && <Sides claim={disputed} />}
        {graded ? <Levels ballot={data} claim={disputed} /> : <TwoAnswers ballot={data} isChange={!!proposal} />}
        <div className="space-y-1.5">
          <div className="flex justify-between text-sm">
            <span className="text-muted">Quorum</span>
            <span className="tabular-nums">
              {percent(turnout)} of {percent(quorum)}
            </span>
          </div>
          <Meter label="Votes cast, of the stake that counts" bps={turnout} tone={reached ? 'good' : 'warn'} />
        </div>
        <p className="text-sm text-muted">
          {upper(ballotWords(data, now))}. <Default ballot={data} claim={disputed} />
          {rewardWords(data.rewardPot, read, (atoms) => money(atoms, units.asset))}
        </p>
        <Acts ballot={ballot} voter={voter} records={records} claim={disputed} />
        <Attached subject={ballot.address} label="Attached evidence and reasons" units={units} />
      </div>
    </Card>
  );
}

/** Who says what of a disputed claim. */
function Sides({ claim }: { claim: Claim }) {
  const { units } = useShared();
  return (
    <div>
      <p className="text-sm text-muted">
        {abbreviate(claim.claimant)} states a loss of {money(claim.loss, units.asset)}; {abbreviate(claim.disputer)}{' '}
        disputes the claim.
      </p>
      <EvidenceLine label="Evidence of the claim" hash={claim.evidenceHash} uri={claim.evidenceUri} />
      <EvidenceLine label="Evidence against it" hash={claim.disputeHash} uri={claim.disputeUri} />
    </div>
  );
}

/** What counts of those who do not vote, and how many votes change the outcome. */
function Default({ ballot, claim }: { ballot: Ballot; claim: Claim | undefined }) {
  const { units } = useShared();
  const levelWords = useLevelWords(claim);
  const { graded, byDefault, reached, takes } = turnoutOf(ballot);
  if (reached) return null;
  const side = graded ? `for ${levelWords(byDefault)}` : byDefault === FOR ? 'for it' : 'against it';
  const part = takes === undefined ? undefined : partBps(takes, ballot.eligibleWeight);
  return (
    <>
      What is missing to the quorum counts {side}.{' '}
      {takes === undefined
        ? 'All that counts together is too little for another outcome. '
        : `If nobody else votes, another outcome takes ${money(takes, units.governance)}${part === undefined ? '' : `, ${percent(part)} of the stake that counts`}. `}
    </>
  );
}

function TwoAnswers({ ballot, isChange }: { ballot: Ballot; isChange: boolean }) {
  const votes = votesByLevel(ballot);
  const { cast } = turnoutOf(ballot);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Bar label={isChange ? 'For the change' : 'For: it counts'} weight={votes[FOR] ?? 0n} of={cast} tone="good" />
      <Bar label="Against" weight={votes[AGAINST] ?? 0n} of={cast} tone="bad" />
    </div>
  );
}

/** What those who voted said, by level. */
function Levels({ ballot, claim }: { ballot: Ballot; claim: Claim | undefined }) {
  const levelWords = useLevelWords(claim);
  const { cast, leading } = turnoutOf(ballot);
  const isOpen = isVariant(ballot.state, BallotState.Open);
  const stands = isOpen ? leading : ballot.level;
  const votes = votesByLevel(ballot);
  const voted = LEVELS.filter((level) => isSome(votes[level]));
  return (
    <div className="space-y-3">
      <p className="text-sm font-medium" data-testid="leading">
        {isOpen ? `As the votes are now, this stands: ${levelWords(stands)}` : `What stands: ${levelWords(stands)}`}
      </p>
      {voted.length === 0 ? (
        <p className="text-sm text-muted">Nobody has voted yet.</p>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          {voted.map((level) => (
            <Bar
              key={level}
              label={levelWords(level)}
              weight={votes[level] ?? 0n}
              of={cast}
              tone={level === stands ? 'good' : 'accent'}
            />
          ))}
        </div>
      )}
    </div>
  );
}

type BarProps = { label: string; weight: bigint; of: bigint; tone: 'good' | 'bad' | 'accent' };

function Bar({ label, weight, of, tone }: BarProps) {
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

/** What a vote has coming: its reward once the outcome was read, and what it loses of its stake where it still locks that. */
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

type ActsProps = Omit<Props, 'incident' | 'change'> & { claim: Claim | undefined };

function Acts({ ballot, voter, records, claim }: ActsProps) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const { data } = ballot;
  const { data: assembly } = useAssembly(data.assembly);
  const levelWords = useLevelWords(claim);
  if (!signer) return null;
  const { graded } = turnoutOf(data);
  const answer = (level: number) => (graded ? `for ${levelWords(level)}` : level === FOR ? 'for it' : 'against it');
  const standing = ballotStanding(data, now);
  const [mine] = records;
  const isVoting = standing === BallotStanding.Voting;
  // Who has no stake has none that counts.
  const none = isVoting ? BREAKWATER_ERROR__NO_WEIGHT : BREAKWATER_ERROR__VOTING_OVER;
  const problem = voter ? voteProblem(data, voter, mine?.data, false, now) : none;
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      {mine && (
        <Notice tone="accent">
          {mine.data.byDelegate ? 'Your delegate' : 'You'} voted {answer(mine.data.level)} with{' '}
          {money(mine.data.weight, units.governance)}
          {problem === undefined && '. That counts, unless you vote anew'}.
        </Notice>
      )}
      {voter && problem === undefined && (
        <VoteChoice
          ballot={data}
          claim={claim}
          words={`Your weight is ${money(weightOf(voter, data), units.governance)}.`}
          cast={(title, level) =>
            transact({
              title,
              units,
              notes: [
                'A vote can be cast anew in an appeal alone. It locks your stake until the ballot is final and the vote is released.',
              ],
              build: (owner) => vote(ballot, owner, level),
            })
          }
        />
      )}
      {problem === BREAKWATER_ERROR__NO_WEIGHT && (
        <span className="text-sm text-muted">None of your stake is old enough to count in this ballot.</span>
      )}
      <VotesForOthers ballot={ballot} claim={claim} />
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
                `The bond is ${money(data.appealBond, units.asset)}. It comes back when the appeal changes the outcome. All votes count on and can be cast anew, up to twice the quorum must vote, then it is final.`,
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
          {LEVELS.filter((level) => arbitrationProblem(data, level, now) === undefined).map((level) => (
            <Button
              key={level}
              onClick={() =>
                transact({
                  title: 'Decide as the arbiter',
                  units,
                  notes: ['It can be appealed for as long as a closed round.'],
                  build: (arbiter) => arbitrate(ballot.address, arbiter, level),
                })
              }
            >
              Decide {answer(level)}
            </Button>
          ))}
        </>
      )}
      {records.map((record) => {
        if (!voter || !assembly?.exists) return null;
        const release = attempt(() => voteReturn(data, record.data, voter, assembly.data, now)).value;
        // What was released has nothing more to wait for than that the outcome is read.
        return (
          release &&
          (release.locks || release.reward !== undefined) && (
            <Button
              key={record.address}
              look="primary"
              onClick={() =>
                transact({
                  title: 'Release the vote',
                  units,
                  build: (caller) =>
                    isSome(release.reward)
                      ? collectVoteReward(pool, ballot, record, signer.address, caller)
                      : releaseVote(pool, ballot, record, signer.address, caller.address),
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
