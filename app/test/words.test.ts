import * as client from '@breakwater/client';
import { CHANGE_STATE, DAY, NOBODY, PRODUCT_STATUS } from '@breakwater/client';
import { describe, expect, test } from 'vitest';
import {
  ballotStatus,
  changeStatus,
  claimStatus,
  incidentStatus,
  isChangePending,
  pausedUntil,
  policyStatus,
  productStatus,
  riskOf,
  saleProblem,
  triggerOf,
} from '../src/lib/words';
import { change, pool, product } from './samples';

const OTHER = client.BREAKWATER_PROGRAM_ADDRESS;
const NOW = 1_800_000_000n;

describe('products', () => {
  const onSale = product({ status: PRODUCT_STATUS.onSale });
  const breach = { ...onSale.price, startedAt: 5n };

  test('say why they are not sold', () => {
    expect(productStatus(onSale)).toBeUndefined();
    expect(saleProblem(pool(), onSale, NOW)).toBeUndefined();
    expect(productStatus(product({ status: PRODUCT_STATUS.draft }))?.text).toBe('Draft: not for sale yet');
    expect(saleProblem(pool(), product({ status: PRODUCT_STATUS.draft }), NOW)).toMatch(/is a draft/);
    expect(productStatus(product({ status: PRODUCT_STATUS.delisted }))?.text).toBe('No longer for sale');
    expect(saleProblem(pool(), product({ openIncident: OTHER }), NOW)).toMatch(/incident of this product is open/);
    expect(saleProblem(pool(), product({ price: breach }), NOW)).toMatch(/price above the strike/);
    expect(saleProblem(pool(), product({ price: { ...onSale.price, awaitsRecovery: 1 } }), NOW)).toMatch(/strike/);
  });

  test('are not sold while the pool is paused, and that ends by itself', () => {
    const paused = pool({ pausedUntil: NOW + DAY });
    expect(saleProblem(paused, onSale, NOW)).toBe('Sales are paused until 16 Jan 2027, 08:00 UTC.');
    expect(saleProblem(paused, onSale, NOW + DAY)).toBeUndefined();
    expect(pausedUntil(paused, 0n)).toBeUndefined();
  });

  test('name their risk and who decides', () => {
    expect([0, 7, 99].map((riskKind) => riskOf({ riskKind }))).toEqual(['Exploit', 'Other', 'Other']);
    expect([0, 1, 2].map((trigger) => triggerOf({ trigger }))).not.toContain('Unknown');
  });
});

describe('changes', () => {
  const queued = change({ state: CHANGE_STATE.queued, queuedAt: NOW, appliesAt: NOW + 9n * DAY, ballot: NOBODY });
  const at = (now: bigint, timelock = 9n * DAY) => changeStatus(queued, { timelock }, now);

  test('wait, can be applied, and lapse', () => {
    expect(at(NOW).text).toBe('Waiting');
    expect(at(NOW).note).toBe('It can be applied from 24 Jan 2027, 08:00 UTC and lapses on 23 Feb 2027, 08:00 UTC.');
    expect(at(NOW + 9n * DAY).text).toBe('Can be applied');
    expect(at(NOW + 39n * DAY).text).toBe('Lapsed');
    expect(isChangePending(queued, { timelock: 9n * DAY }, NOW + 39n * DAY)).toBe(false);
  });

  test('wait as long as the pool’s timelock says by now', () => {
    expect(at(NOW + 9n * DAY, 20n * DAY).text).toBe('Waiting');
    expect(at(NOW + 20n * DAY, 20n * DAY).text).toBe('Can be applied');
  });

  test('say how they ended', () => {
    const texts = Object.values(CHANGE_STATE).map(
      (state) => changeStatus(change({ state }), { timelock: 0n }, NOW).text,
    );
    expect(texts).toEqual(['Being voted on', 'Lapsed', 'Applied', 'Refused', 'Withdrawn']);
  });
});

test('policies say whether they cover', () => {
  const policy = { cancelled: 0, coverFrom: NOW, end: NOW + 10n * DAY, graceDays: 30 };
  const at = (days: bigint, some = {}) => policyStatus({ ...policy, ...some }, NOW + days * DAY).text;
  expect([-1n, 0n, 10n, 11n, 40n, 41n].map((days) => at(days))).toEqual([
    'Waiting period',
    'Covered',
    'Covered',
    'Ended, can still claim',
    'Ended, can still claim',
    'Over',
  ]);
  const early = { cancelled: 1, end: NOW - 1n };
  expect(at(-1n, early)).toBe('Cancelled, ends today');
  expect(at(1n, early)).toBe('Over');
  expect(at(5n, { cancelled: 1 })).toBe('Cancelled, ends today');
});

test('incidents, claims and ballots have words for every state', () => {
  expect([0, 1, 2].map((state) => incidentStatus({ state }).text)).toEqual(['Open', 'Settled', 'Rejected']);
  const claims = [0, 1, 2, 3, 4].map((state) => claimStatus({ state, amount: 2n, paid: 0n, dispute: OTHER }).text);
  expect(claims).toEqual(['Filed', 'Disputed', 'Settled', 'Rejected', 'Dispute decided']);
  expect(claimStatus({ state: 2, amount: 2n, paid: 1n, dispute: NOBODY }).text).toBe('Paid in part');
  expect(claimStatus({ state: 2, amount: 2n, paid: 2n, dispute: NOBODY }).text).toBe('Paid');
  expect(claimStatus({ state: 4, amount: 2n, paid: 0n, dispute: NOBODY }).text).toBe('Filed');
  const ballot = { opensAt: 10n, closesAt: 20n, round: 0 };
  expect([5n, 15n, 25n].map((now) => ballotStatus({ ...ballot, state: 0 }, now).text)).toEqual([
    'Opens soon',
    'Voting',
    'Waits to be closed',
  ]);
  expect([1, 2, 3].map((state) => ballotStatus({ ...ballot, state }, 30n).text)).toEqual([
    'Passed',
    'Failed',
    'No quorum',
  ]);
  expect(ballotStatus({ ...ballot, state: 1, round: 1 }, 30n).text).toBe('Passed on appeal');
});

test('every error of the program has words', () => {
  const codes = Object.entries(client).flatMap(([name, code]) =>
    name.startsWith('BREAKWATER_ERROR__') && typeof code === 'number' ? [code] : [],
  );
  expect(codes.length).toBeGreaterThan(100);
  for (const code of codes) {
    const words = client.programErrorWords(client.BREAKWATER_PROGRAM_ADDRESS, code);
    expect(words, String(code)).not.toMatch(/refused with error|^$/);
  }
});
