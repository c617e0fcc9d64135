import { expect, test } from 'vitest';
import { priceTerms, priceWords } from '../src/lib/views';
import { product } from './samples';

test('a price is written with its exponent', () => {
  expect(priceWords(95_000_000n, -8)).toBe('0.95');
  expect(priceWords(1_000n, 0)).toBe('1,000');
  const some = { strike: 95_000_000n, floor: 45_000_000n, exponent: -8, minDuration: 3_600, maxGap: 1_800 };
  expect(priceTerms({ ...product().price, ...some })).toContain(
    'below 0.95 for 1 hour, with no gap over 30 minutes between two prices',
  );
});
