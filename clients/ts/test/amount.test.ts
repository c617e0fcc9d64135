import { describe, expect, test } from 'vitest';
import { AmountError, exceeds, formatAmount, formatPercent, inOrder, isSome, parseAmount } from '../src';

describe('parseAmount', () => {
  test.each([
    ['1', 6, 1_000_000n],
    ['0.000001', 6, 1n],
    [' 1,234.5 ', 6, 1_234_500_000n],
    ['1_000', 0, 1_000n],
    ['.5', 2, 50n],
    ['5.', 2, 500n],
    ['0', 9, 0n],
    ['18446744073709.551615', 6, 2n ** 64n - 1n],
    // A float would lose this one.
    ['9007199.254740993', 9, 9_007_199_254_740_993n],
  ])('%s with %i decimals', (text, decimals, atoms) => {
    expect(parseAmount(text, decimals)).toBe(atoms);
  });

  test.each([
    ['', '“” is not an amount'],
    ['.', '“.” is not an amount'],
    ['-1', '“-1” is not an amount'],
    ['1e3', '“1e3” is not an amount'],
    ['1.2.3', '“1.2.3” is not an amount'],
    ['0.0000001', 'at most 6 decimals'],
    ['18446744073709.551616', 'the amount is too large'],
  ])('refuses %s', (text, words) => {
    expect(() => parseAmount(text, 6)).toThrow(new AmountError(words));
  });
});

describe('formatAmount', () => {
  test.each([
    [0n, 6, '0'],
    [1n, 6, '0.000001'],
    [1_234_500_000n, 6, '1,234.5'],
    [-1_234_500_000n, 6, '-1,234.5'],
    [1_000_000n, 0, '1,000,000'],
    [2n ** 64n - 1n, 6, '18,446,744,073,709.551615'],
  ])('%s with %i decimals', (atoms, decimals, text) => {
    expect(formatAmount(atoms, decimals)).toBe(text);
    if (atoms >= 0n) expect(parseAmount(text, decimals)).toBe(atoms);
  });

  test('cuts off, never rounds up', () => {
    expect(formatAmount(1_999_999n, 6, { places: 2 })).toBe('1.99');
    expect(formatAmount(1_999_999n, 6, { places: 0 })).toBe('1');
    expect(formatAmount(1_500_500_000n, 6, { places: 2, grouped: false })).toBe('1500.50');
  });
});

test('percentages round down', () => {
  expect(formatPercent(1n, 3n)).toBe('33.33%');
  expect(formatPercent(5n, 4n)).toBe('125%');
  expect(formatPercent(5n, 0n)).toBe('0%');
});

test('amounts are compared and ordered', () => {
  expect([exceeds(2n, 1n), exceeds(1n, 1n), isSome(1n), isSome(0n), isSome(undefined)]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
  expect([3n, 1n, 2n].sort(inOrder)).toEqual([1n, 2n, 3n]);
  expect(inOrder(1n, 1n)).toBe(0);
});
