import { describe, expect, test } from 'vitest';
import { abbreviate, date, exact, moment, money, percent, ppm, relative, short, span } from '../src/lib/format';

const USDC = { decimals: 6, symbol: 'USDC' };

describe('amounts', () => {
  test('are cut to a few decimals, and name their unit', () => {
    expect(money(1_234_567_899n, USDC)).toBe('1,234.56 USDC');
    expect(money(1_234_567_899n, USDC, 0)).toBe('1,234 USDC');
    expect(money(0n, USDC)).toBe('0.00 USDC');
  });
  test('that are tiny keep what they have', () => {
    expect(short(1n, 6)).toBe('0.000001');
    expect(short(9_999n, 6)).toBe('0.009999');
    expect(short(10_000n, 6)).toBe('0.01');
    expect(short(1_500n, 3, 2)).toBe('1.50');
    expect(short(7n, 0)).toBe('7');
  });
  test('in full end without zeros', () => {
    expect(exact(1_500_000n, USDC)).toBe('1.5 USDC');
    expect(exact(0n, USDC)).toBe('0 USDC');
    expect(exact(12_345_678_000_001n, USDC)).toBe('12,345,678.000001 USDC');
  });
});

test('ratios are percentages', () => {
  expect(percent(2_000)).toBe('20%');
  expect(percent(194_135n)).toBe('1,941.35%');
  expect(ppm(20_000)).toBe('2%');
  expect(ppm(21_875)).toBe('2.19%');
});

test('times are of UTC', () => {
  expect(date(1_795_302_456n)).toBe('21 Nov 2026');
  expect(moment(1_795_302_456n)).toBe('21 Nov 2026, 23:07 UTC');
});

test('spans are of their largest unit', () => {
  expect(span(86_400n)).toBe('1 day');
  expect(span(2n * 86_400n + 86_399n)).toBe('2 days');
  expect(span(7_200n)).toBe('2 hours');
  expect(span(59n)).toBe('less than a minute');
  expect(relative(100n + 3_600n, 100n)).toBe('in 1 hour');
  expect(relative(100n, 100n + 120n)).toBe('2 minutes ago');
});

test('addresses are shortened', () => {
  expect(abbreviate('So11111111111111111111111111111111111111112')).toBe('So11…1112');
});
