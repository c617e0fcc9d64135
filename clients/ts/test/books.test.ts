import { expect, test } from 'vitest';
import * as client from '../src';
import { bytesOf } from './life';

const pool = client.getPoolDecoder().decode(bytesOf('pool'));
const product = client.getProductDecoder().decode(bytesOf('product'));

test('shares are minted and worth what the pool says, rounded down', () => {
  const founded = { capital: 0n, shares: 0n };
  expect(client.sharesFor(5n, founded)).toBe(5_000n);
  // 1,999 atoms back 1,000,000 shares: 5 atoms buy 5 × 1,001,000 / 2,000 of them.
  const grown = { capital: 1_999n, shares: 1_000_000n };
  expect(client.sharesFor(5n, grown)).toBe(2_502n);
  expect(client.sharesWorth(2_502n, grown)).toBe(4n);
});

test('the rate runs straight from 0 to the kink and on to 1', () => {
  const curve = { r0Ppm: 20_000, r1Ppm: 50_000, r2Ppm: 200_000, kinkBps: 8_000 };
  expect([0, 4_000, 8_000, 9_000, 10_000, 12_000].map((at) => client.rateAt(curve, at))).toEqual([
    20_000, 35_000, 50_000, 125_000, 200_000, 200_000,
  ]);
});

test('the rate of the next atom is exact and rounded up', () => {
  const rateOf = (activeCover: bigint, capital = 1_000_000n) =>
    client.rateNow(
      { ...pool, capital, lienTotal: 0n, heldBack: 0n, exitingShares: 0n },
      { ...product, weightBps: 10_000, activeCover },
    );
  expect([0n, 1n, 400_000n, 800_000n, 800_001n, 1_000_000n, 2_000_000n].map((active) => rateOf(active))).toEqual([
    20_000, 20_001, 35_000, 50_000, 50_001, 200_000, 200_000,
  ]);
  expect(rateOf(5n, 0n)).toBe(20_000);
});

test('free capital leaves out what is set aside and what is on its way out', () => {
  const books = { capital: 1_000n, lienTotal: 0n, heldBack: 0n, shares: 1_000_000n, exitingShares: 0n };
  expect(client.freeCapital(books)).toBe(1_000n);
  expect(client.freeCapital({ ...books, lienTotal: 300n, heldBack: 200n })).toBe(500n);
  // A share on its way out keeps a whole atom.
  expect(client.freeCapital({ ...books, exitingShares: 1n })).toBe(999n);
  expect(client.freeCapital({ ...books, lienTotal: 800n, exitingShares: 500_000n })).toBe(0n);
  expect(client.liens({ ...books, lienTotal: 900n, heldBack: 900n })).toBe(1_000n);
  expect(client.freeCapital({ ...books, capital: 2n ** 61n })).toBe(2n ** 60n);
});
