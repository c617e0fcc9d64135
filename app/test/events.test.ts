import { EVENTS, getProposalEncoder, NOBODY, type BreakwaterEvent, type ProposalArgs } from '@breakwater/client';
import { describe, expect, test } from 'vitest';
import { eventWords } from '../src/lib/event-words';
import { pool, TOKEN, UNITS } from './samples';

/** An event whose numbers are all zero but for what is said. */
const event = (name: keyof typeof EVENTS, some: object = {}): BreakwaterEvent => {
  const data = EVENTS[name].decoder().decode(new Uint8Array(4_000));
  return { name, data: { ...data, ...some } } as BreakwaterEvent;
};
const stored = (proposal: ProposalArgs): Uint8Array => {
  const bytes = new Uint8Array(64);
  bytes.set(getProposalEncoder().encode(proposal));
  return bytes;
};
const fees = (cancelFeeBps: number): ProposalArgs => ({
  __kind: 'Fees',
  fields: [{ protocolFeeBps: 500, assessorFeeBps: 500, cancelFeeBps }],
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

describe('changes', () => {
  test('that are queued say what and from when', () => {
    const queued = event('changeProposed', { proposal: stored(fees(100)), ballot: NOBODY, appliesAt: 1_800_000_000n });
    expect(eventWords(queued, UNITS)).toBe('Queues a change: other fees, from 15 Jan 2027, 08:00 UTC');
  });
  test('that are petitioned name their bond', () => {
    const asked = event('changeProposed', { proposal: stored(fees(100)), ballot: pool().vault, bond: 60n * TOKEN });
    expect(eventWords({ ...asked, data: { ...asked.data, ballot: 'B' } } as BreakwaterEvent, UNITS)).toBe(
      'Puts a change to a ballot: other fees, with a bond of 60.00 USDC',
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
