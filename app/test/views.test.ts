import { describe, expect, test } from 'vitest';
import {
  breachOf,
  coverageBps,
  mayClose,
  priceTerms,
  priceWords,
  roomOf,
  utilisationBps,
  yieldBps,
} from '../src/lib/views';
import { pool, product, TOKEN } from './samples';

const CAPITAL = 100_000n * TOKEN;
const full = pool({ capital: CAPITAL, shares: CAPITAL * 1_000n, leverageBps: 20_000, groupCapsBps: [5_000] });

describe('capital', () => {
  test('is used as far as cover runs', () => {
    expect(utilisationBps({ ...full, activeCover: 50_000n * TOKEN })).toBe(2_500);
    expect(coverageBps({ ...full, activeCover: 50_000n * TOKEN })).toBe(20_000n);
    expect(utilisationBps(pool())).toBe(0);
    expect(coverageBps(full)).toBeUndefined();
  });
  test('that is set aside or on its way out carries no cover', () => {
    const busy = { ...full, lienTotal: 20_000n * TOKEN, heldBack: 5_000n * TOKEN, exitingShares: full.shares / 4n };
    expect(roomOf({ ...busy, groupCapsBps: [20_000] }, product({ weightBps: 10_000 }))).toBe(50_000n * TOKEN);
  });
  test('leaves room for the least of product, group and pool', () => {
    expect(roomOf(full, product({ weightBps: 10_000 }))).toBe(50_000n * TOKEN);
    expect(roomOf(full, product({ weightBps: 3_000, activeCover: 10_000n * TOKEN }))).toBe(20_000n * TOKEN);
    expect(roomOf({ ...full, activeCover: 200_000n * TOKEN }, product({ weightBps: 10_000 }))).toBe(0n);
  });
});

test('what runs now is an annual rate', () => {
  // 1,000 tokens a year on 100,000.
  const rate = ((1_000n * TOKEN) << 26n) / 31_536_000n;
  expect(yieldBps({ ...full, rate })).toBe(99n);
  expect(yieldBps(pool({ rate: 1n }))).toBe(0n);
});

test('a ballot may be closed once its time is over or enough voted', () => {
  const open = { state: 0, closesAt: 100n, weightFor: 0n, weightAgainst: 0n, eligibleWeight: 500n, quorumBps: 2_000 };
  expect(mayClose(open, 99n)).toBe(false);
  expect(mayClose(open, 100n)).toBe(true);
  expect(mayClose({ ...open, weightFor: 60n, weightAgainst: 39n }, 99n)).toBe(false);
  expect(mayClose({ ...open, weightFor: 60n, weightAgainst: 40n }, 99n)).toBe(true);
  expect(mayClose({ ...open, eligibleWeight: 0n }, 99n)).toBe(false);
  expect(mayClose({ ...open, state: 1 }, 100n)).toBe(false);
});

describe('a price', () => {
  const none = product().price;
  const depeg = { ...none, strike: 95_000_000n, floor: 45_000_000n, exponent: -8, minDuration: 3_600, maxGap: 1_800 };
  test('is written with its exponent', () => {
    expect(priceWords(95_000_000n, -8)).toBe('0.95');
    expect(priceWords(1_000n, 0)).toBe('1,000');
    expect(priceTerms(depeg)).toContain('below 0.95 for 1 hour, with no gap over 30 minutes');
  });
  test('counts once it was below for long enough', () => {
    const seen = { ...depeg, startedAt: 10n, measuredFrom: 10n, severitySeconds: 5_200n * 3_600n };
    expect(breachOf(depeg)).toEqual({ measured: 0n, established: false, pays: 0 });
    expect(breachOf({ ...seen, measuredUntil: 3_609n })).toMatchObject({ measured: 3_599n, established: false });
    expect(breachOf({ ...seen, measuredUntil: 3_610n })).toEqual({ measured: 3_600n, established: true, pays: 5_200 });
  });
});
