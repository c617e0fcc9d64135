// What LPs earned, in words: from the capital that a pool's events tell, one after the other.
import { formatAmount, total, type BreakwaterEvent, type Step } from '@breakwater/client';

/** What an event at a time says of the capital; `undefined` when it says nothing of the books. */
export function stepOf(event: BreakwaterEvent, at: bigint): Step | undefined {
  const { name, data } = event;
  if (!('books' in data)) return undefined;
  return {
    at,
    capital: data.books.capital,
    brought: name === 'deposited' ? data.amount : 0n,
    taken: takenIn(event),
    earned: 'earned' in data ? data.earned : 0n,
  };
}

/** What LPs took out of the capital in an event, atoms: what stays in open incidents leaves it, too. */
function takenIn({ name, data }: BreakwaterEvent): bigint {
  switch (name) {
    case 'exitsPaid':
      return total(data.paid, data.contested) ?? 0n;
    case 'withdrawn':
      return data.amount;
    case 'sharesRetired':
      return data.capital;
    default:
      return 0n;
  }
}

/** A gain in parts of 10^12 has so many decimals as a percentage. */
const DECIMALS = 10;
/** With how many a gain begins to be something, and how many then are shown. */
const PLACES: readonly (readonly [RegExp, number])[] = [
  [/^-?0\.0{6}$/, 2],
  [/^-?0\.000/, 6],
  [/^-?0\.0/, 4],
];

/** A gain as a percentage, rounded towards zero: with two decimals, or as many as it takes to see that it is not zero. */
export function gainWords(gain: bigint): string {
  const exact = formatAmount(gain, DECIMALS, { places: 6 });
  const places = PLACES.find(([look]) => look.test(exact))?.[1] ?? 2;
  const words = formatAmount(gain, DECIMALS, { places });
  return `${words.replace('-', /[1-9]/.test(words) ? '−' : '')}%`;
}
