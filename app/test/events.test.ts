import {
  BallotState,
  BondState,
  BREAKWATER_PROGRAM_ADDRESS,
  EVENTS,
  getProposalEncoder,
  IncidentState,
  NOBODY,
  type BreakwaterEvent,
  type ProposalArgs,
} from '@breakwater/client';
import { describe, expect, test } from 'vitest';
import { eventWords } from '../src/lib/event-words';
import { pool, TOKEN, UNITS } from './samples';

/** An event whose numbers are all zero but for what is said. */
const event = (name: keyof typeof EVENTS, some: object = {}): BreakwaterEvent => {
  const data = EVENTS[name].decoder().decode(new Uint8Array(4_000));
  return { name, data: { ...data, ...some } } as BreakwaterEvent;
};
const stored = (proposal: ProposalArgs): Uint8Array => {
  const bytes = new Uint8Array(256);
  bytes.set(getProposalEncoder().encode(proposal));
  return bytes;
};
const fees = (cancelFeeBps: number): ProposalArgs => ({
  __kind: 'CancelFee',
  cancelFeeBps,
});

test.each(Object.keys(EVENTS) as (keyof typeof EVENTS)[])('%s has words of its own', (name) => {
  const words = eventWords(event(name), UNITS);
  const spelled = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  expect(words.toLowerCase()).not.toBe(spelled);
  expect(words).toMatch(/^[A-Z].{8,}$/);
  expect(words).not.toMatch(/undefined|null|NaN|\[object/);
});

describe('amounts are in their token', () => {
  test('of the asset', () => {
    const data = { amount: 2_000n * TOKEN, shares: 2_000n * TOKEN * 1_000n };
    expect(eventWords(event('deposited', data), UNITS)).toBe('Deposits 2,000.00 USDC for 2,000.00 shares');
  });
  test('of the assembly', () => {
    expect(eventWords(event('staked', { amount: TOKEN, staked: 2n * TOKEN }), UNITS)).toBe(
      'Stakes 1.00 votes; the stake is now 2.00 votes',
    );
  });
});

describe('leaving', () => {
  const SHARE = TOKEN * 1_000n;
  test('beside open incidents says what stays in them, and what waits', () => {
    const paid = { burned: 100n * SHARE, paid: 60n * TOKEN, contested: 40n * TOKEN };
    expect(eventWords(event('exitsPaid', paid), UNITS)).toBe(
      'Pays exits: 60.00 USDC for 100.00 shares, of which 40.00 USDC stay in open incidents',
    );
  });
  test('in part says what waits', () => {
    expect(eventWords(event('exitsPaid', { burned: SHARE, paid: TOKEN, waiting: 9n * SHARE }), UNITS)).toBe(
      'Pays exits: 1.00 USDC for 1.00 shares; 9.00 shares wait',
    );
  });
  test('late is called, or was only seen to wait', () => {
    const called = event('exitsCalled', { called: 1n, payableFrom: 1_800_000_000n });
    expect(eventWords(called, UNITS)).toBe(
      'Calls the exits that nobody paid in time: they can be paid from 15 Jan 2027, 08:00 UTC, for a day',
    );
    expect(eventWords(event('exitsCalled'), UNITS)).toMatch(/^Notes that exits wait/);
  });
});

test('a verdict that is read says whether it counts', () => {
  const decided = (state: number, some: object) =>
    eventWords(event('incidentDecided', { state: BigInt(state), ...some }), UNITS);
  expect(decided(IncidentState.Accepted, { filingEndsAt: 1_800_000_000n })).toBe(
    'Accepts an incident: claims are filed until 15 Jan 2027, 08:00 UTC',
  );
  expect(decided(IncidentState.Refused, { bondState: BigInt(BondState.Slashed) })).toBe(
    'Refuses an incident; its bond is lost',
  );
});

describe('votes', () => {
  const words = (name: keyof typeof EVENTS, some: object) => eventWords(event(name, some), UNITS);
  test('are for it, against it, or for a part', () => {
    const voted = [0n, 9n, 16n].map((level) =>
      words('voted', { level, weight: TOKEN, byDelegate: level === 9n ? 1n : 0n }),
    );
    expect(voted).toEqual([
      'Votes against it, weighing 1.00 votes',
      'Votes for 9/16 as a delegate, weighing 1.00 votes',
      'Votes for it, weighing 1.00 votes',
    ]);
  });
  test("can be another's to cast", () => {
    const set = [BREAKWATER_PROGRAM_ADDRESS, NOBODY].map((delegate) => words('delegateSet', { delegate }));
    expect(set[0]).toMatch(/^Lets .+ vote with the stake in ballots that open later$/);
    expect(set[1]).toBe('Lets nobody else vote with the stake any more');
  });
  test('close a ballot, or it goes on', () => {
    const closed = [BallotState.Open, BallotState.Passed, BallotState.Decided].map((state) =>
      words('ballotClosed', { state: BigInt(state), level: 9n, weightCast: 2n * TOKEN }),
    );
    expect(closed.map((text) => text.replace('Closes a ballot in which 2.00 votes were cast: ', ''))).toEqual([
      'it goes on',
      'passed',
      '9/16 stand',
    ]);
  });
  test('decide how much of a claim stands', () => {
    expect(words('disputeResolved', { level: 4n, amount: 5n * TOKEN })).toBe(
      'Decides a dispute: 4/16 of the claim stand, 5.00 USDC',
    );
  });
  test('are released with or without their reward', () => {
    expect(words('voteReleased', { slash: TOKEN })).toBe('Releases a vote; 1.00 votes of stake are lost');
    expect(words('voteReleased', { reward: TOKEN })).toBe('Releases a vote, and pays its reward of 1.00 USDC');
  });
});

describe('changes', () => {
  test('that are queued say what and from when', () => {
    const queued = event('changeProposed', { proposal: stored(fees(100)), ballot: NOBODY, appliesAt: 1_800_000_000n });
    expect(eventWords(queued, UNITS)).toBe('Queues a change: another cancellation fee, from 15 Jan 2027, 08:00 UTC');
  });
  test('that are petitioned name their bond', () => {
    const asked = event('changeProposed', { proposal: stored(fees(100)), ballot: pool().vault, bond: 60n * TOKEN });
    expect(eventWords({ ...asked, data: { ...asked.data, ballot: 'B' } } as BreakwaterEvent, UNITS)).toBe(
      'Puts a change to a ballot: another cancellation fee, with a bond of 60.00 USDC',
    );
  });
  test('that are applied say what was before and after', () => {
    const applied = event('changeApplied', { before: stored(fees(500)), after: stored(fees(100)) });
    expect(eventWords(applied, UNITS)).toBe('Applies a change: cancellation fee 5% → 1%');
  });
});

test('a pause that is ended is not one that begins', () => {
  const paused = event('poolPaused', { pausedUntil: 1_800_000_000n });
  expect(eventWords(paused, UNITS, 1_799_000_000n)).toBe('Pauses sales and deposits until 15 Jan 2027, 08:00 UTC');
  expect(eventWords(paused, UNITS, 1_800_000_000n)).toBe('Ends the pause of sales and deposits');
});
