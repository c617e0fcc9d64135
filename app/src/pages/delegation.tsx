// Those who vote with the stake of others.
import {
  listVoteRecords,
  listVoters,
  NOBODY,
  setDelegate,
  vote,
  voteProblem,
  weightOf,
  type Assembly,
  type Ballot,
  type Claim,
  type Found,
  type Voter,
} from '@breakwater/client';
import { isAddress, type Address } from '@solana/kit';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AddressLink } from '../components/address';
import { Button, Field, Notice } from '../components/ui';
import { useChain } from '../lib/connection';
import { abbreviate, moment, money } from '../lib/format';
import { OFTEN, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { useShared } from './frame';
import { VoteChoice } from './vote-choice';

/** Who votes with the connected account's stake, to be set or removed. */
export function Delegation({ assembly, voter }: { assembly: Found<Assembly>; voter: Voter }) {
  const { units } = useShared();
  const transact = useTransact();
  const [text, setText] = useState('');
  const to = isAddress(text) ? text : undefined;
  const own = to === voter.owner;
  if (voter.delegate !== NOBODY) {
    return (
      <Notice>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span>
            <AddressLink address={voter.delegate} what="the delegate" /> votes with your stake in ballots that opened
            after {moment(voter.delegatedAt)}. You can vote over them while votes are taken.
          </span>
          <Button
            small
            onClick={() =>
              transact({
                title: 'Remove the delegate',
                units,
                notes: ['What they voted in ballots that run stays, unless you vote there yourself.'],
                build: (owner) => setDelegate(assembly.address, owner, NOBODY),
              })
            }
          >
            Remove the delegate
          </Button>
        </div>
      </Notice>
    );
  }
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!to || own) return;
        transact({
          title: 'Set a delegate',
          units,
          notes: [
            'They vote with your stake in ballots that open from now on. You can vote over them while votes are taken, and remove them at any time.',
            'Your stake bears what they vote: it is locked until the ballot is final, and you lose a part of it for a vote that an appeal overturns. The rewards are yours.',
          ],
          build: (owner) => setDelegate(assembly.address, owner, to),
          onDone: () => setText(''),
        });
      }}
    >
      <div className="grow">
        <Field
          label="Who votes for you"
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
          hint="An address: a delegate votes where you do not"
          error={own ? 'That is you' : text && !to ? 'Not an address' : undefined}
        />
      </div>
      <Button type="submit" disabled={!to || own}>
        Review the delegate
      </Button>
    </form>
  );
}

/** The stakes that the connected account votes with as a delegate, and what they voted. */
function useDelegated(assembly: Address) {
  const { rpc } = useChain();
  const delegate = useSigner()?.address;
  return useQuery({
    queryKey: ['delegated', assembly, delegate],
    enabled: delegate !== undefined,
    refetchInterval: OFTEN,
    queryFn: async () => {
      const voters = await listVoters(rpc, { assembly, delegate: delegate! });
      return Promise.all(
        voters.map(async (voter) => ({ voter, records: await listVoteRecords(rpc, { voter: voter.address }) })),
      );
    },
  });
}

/** The votes that the connected account can cast in a ballot as the delegate of others. */
export function VotesForOthers({ ballot, claim }: { ballot: Found<Ballot>; claim: Claim | undefined }) {
  const { units } = useShared();
  const now = useNow();
  const transact = useTransact();
  const { data: delegated } = useDelegated(ballot.data.assembly);
  return delegated?.map(({ voter, records }) => {
    const record = records.find(({ data }) => data.ballot === ballot.address);
    if (voteProblem(ballot.data, voter.data, record?.data, true, now) !== undefined) return null;
    const { owner } = voter.data;
    const weight = money(weightOf(voter.data, ballot.data), units.governance);
    return (
      <div
        key={voter.address}
        role="group"
        aria-label={`Vote with the stake of ${abbreviate(owner)}`}
        className="flex flex-wrap items-center gap-2"
      >
        <VoteChoice
          ballot={ballot.data}
          claim={claim}
          words={`With the stake of ${abbreviate(owner)}, who made you their delegate: ${weight}.`}
          cast={(title, level) =>
            transact({
              title: `${title} for ${abbreviate(owner)}`,
              units,
              notes: [
                'The owner of the stake can vote over it while votes are taken. You pay the rent of the vote, which comes back.',
              ],
              build: (signer) => vote(ballot, signer, level, { owner }),
            })
          }
        />
      </div>
    );
  });
}
