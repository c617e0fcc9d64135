// What stakers do: stake, vote, be rewarded.
import {
  isSome,
  requestUnstake,
  stake,
  stakedOf,
  unstake,
  unstakeProblem,
  weightNow,
  type Assembly,
  type Found,
  type Voter,
} from '@breakwater/client';
import { AmountField, isTooMuch, useAmount, type Amount } from '../components/amount';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Button, Card, Empty, Loaded, Notice, Skeleton, Stat, Stats } from '../components/ui';
import { Word } from '../components/word';
import { exact, moment, money, percent, relative, span } from '../lib/format';
import { useBalance, useBallots, useChanges, useIncidents, useMyVoter, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { BallotCard } from './ballot';
import { Delegation } from './delegation';
import { useShared } from './frame';

export function VotesPage() {
  const { pool, units, assembly } = useShared();
  const ballots = useBallots(pool.address);
  const incidents = useIncidents(pool.address);
  const changes = useChanges(pool.address);
  const mine = useMyVoter(pool.data.assembly);
  // What a ballot is about is known only once both are read.
  const subjects = incidents.data !== undefined && changes.data !== undefined ? true : undefined;
  if (!assembly) return <Skeleton rows={8} />;
  const { data } = assembly;
  return (
    <div className="space-y-6">
      <Card title="The assembly">
        <Stats>
          <Stat
            label="Staked"
            value={money(data.totalStaked, units.governance)}
            hint="can be staked by many, for many pools"
          />
          <Stat
            label={<Word name="quorum">Quorum</Word>}
            value={percent(data.quorumBps)}
            hint="of the stake that counts"
          />
          <Stat
            label="A vote takes"
            value={span(data.votingPeriod)}
            hint={`a stake counts after ${span(data.minStakeAge)}`}
          />
          <Stat
            label="Unstaking takes"
            value={span(data.unstakeDelay)}
            hint={`${percent(data.overturnSlashBps)} are lost by voting for what an appeal overturns`}
          />
        </Stats>
      </Card>
      <ConnectFirst what="stake and vote">
        <Staking assembly={assembly} voter={mine.data?.voter} />
      </ConnectFirst>
      <section aria-labelledby="ballots" className="space-y-5">
        <h2 id="ballots" className="text-lg font-semibold">
          Ballots
        </h2>
        <Loaded query={{ ...ballots, data: subjects && ballots.data }} rows={6}>
          {(found) =>
            found.length === 0 ? (
              <Empty title="There is nothing to vote on">
                A ballot opens with an incident, a disputed claim, or a change that a staker asks for.
              </Empty>
            ) : (
              found.map((ballot) => (
                <BallotCard
                  key={ballot.address}
                  ballot={ballot}
                  incident={incidents.data?.find(({ address }) => address === ballot.data.subject)}
                  change={changes.data?.find(({ address }) => address === ballot.data.subject)}
                  voter={mine.data?.voter}
                  records={mine.data?.records.filter((record) => record.data.ballot === ballot.address) ?? []}
                />
              ))
            )
          }
        </Loaded>
      </section>
    </div>
  );
}

function Staking({ assembly, voter }: { assembly: Found<Assembly>; voter: Voter | undefined }) {
  const { units } = useShared();
  const now = useNow();
  const transact = useTransact();
  const { governanceMint, tokenProgram, decimals } = assembly.data;
  const balance = useBalance(governanceMint, tokenProgram);
  const add = useAmount(decimals);
  const leave = useAmount(decimals);
  const staked = voter ? stakedOf(voter) : 0n;
  const counts = voter ? weightNow(voter, assembly.data, now) : 0n;
  const leaving = voter && isSome(voter.unstaking) ? voter : undefined;
  const ready = leaving && unstakeProblem(leaving, assembly.data, now) === undefined;
  return (
    <Card
      title="Your stake"
      aside={
        <Faucet mint={governanceMint} tokenProgram={tokenProgram} unit={units.governance} balance={balance.data} />
      }
    >
      <div className="space-y-5">
        <Stats>
          <Stat label="Staked" value={money(staked, units.governance)} />
          <Stat label="Would count in a ballot now" value={money(counts, units.governance)} />
          <Stat
            label="On its way out"
            value={money(leaving?.unstaking ?? 0n, units.governance)}
            hint={leaving && `ready ${relative(leaving.unstakeReadyAt, now)}`}
          />
          <Stat label="Votes that lock it" value={voter?.openVotes ?? 0} hint="until they are released" />
        </Stats>
        <div className="grid gap-5 md:grid-cols-2">
          <StakeForm
            label="Stake"
            amount={add}
            max={balance.data}
            button="Review the stake"
            onSubmit={(atoms) =>
              transact({
                title: 'Stake',
                units,
                notes: ['It ages from the next midnight (UTC). Voting locks it until the ballot is final.'],
                build: (owner) => stake(assembly, owner, atoms),
                onDone: () => add.set(''),
              })
            }
          />
          <StakeForm
            label="Unstake"
            amount={leave}
            max={staked}
            button="Review the request"
            onSubmit={(atoms) =>
              transact({
                title: 'Request to unstake',
                units,
                notes: [
                  'What is on its way out counts in no ballot. A further request begins the wait anew for all of it.',
                ],
                build: (owner) => requestUnstake(assembly.address, owner, atoms),
                onDone: () => leave.set(''),
              })
            }
          />
        </div>
        {voter && <Delegation assembly={assembly} voter={voter} />}
        {leaving &&
          (ready ? (
            <Button
              look="primary"
              onClick={() =>
                transact({ title: 'Take the stake out', units, build: (owner) => unstake(assembly, owner) })
              }
            >
              Take {money(leaving.unstaking, units.governance)} out
            </Button>
          ) : (
            <Notice>
              {money(leaving.unstaking, units.governance)} can be taken out from {moment(leaving.unstakeReadyAt)}.
            </Notice>
          ))}
      </div>
    </Card>
  );
}

function StakeForm({
  label,
  amount,
  max,
  button,
  onSubmit,
}: {
  label: string;
  amount: Amount;
  max: bigint | undefined;
  button: string;
  onSubmit: (atoms: bigint) => void;
}) {
  const { units } = useShared();
  const tooMuch = isTooMuch(amount, max);
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSome(amount.atoms)) onSubmit(amount.atoms);
      }}
    >
      <AmountField
        label={label}
        amount={amount}
        unit={units.governance}
        max={max}
        hint={max === undefined ? undefined : `At most ${exact(max, units.governance)}`}
        error={tooMuch ? 'More than there is' : undefined}
      />
      <Button type="submit" className="w-full" disabled={!isSome(amount.atoms) || tooMuch}>
        {button}
      </Button>
    </form>
  );
}
