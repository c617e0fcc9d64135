import { expect, test } from 'vitest';
import { core } from '../src';

const MAX = 2n ** 64n - 1n;

test('the formulas answer at once, to the last atom', () => {
  expect(core.bpsFloor(999n, 5_000)).toBe(499n);
  expect(core.deductible(10_001n, 1_000)).toBe(1_001n);
  expect(core.claimable(5_000n, 10_001n, 1_000)).toBe(3_999n);
  expect(core.due(100n, 1n, 3n, 30n)).toBe(3n);
  expect(core.stakeWeight([5n, 7n, 11n], [100n, 101n, 0n], 100n)).toBe(16n);
  expect(core.capacity(MAX, 10_000)).toBe(MAX);
});

test('what exceeds its bounds is undefined, not cut', () => {
  expect(core.bpsFloor(MAX, 10_001)).toBeUndefined();
  expect(core.claimable(1n, 10n, 5_000)).toBeUndefined();
  expect(core.stakeWeight([MAX, 1n], [0n, 0n], 0n)).toBeUndefined();
  expect(core.ratePpm(1, 2, 3, 5_000, 0n, 0n)).toBeUndefined();
});
