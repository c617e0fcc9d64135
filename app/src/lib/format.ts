// How numbers, times and addresses look.
import { formatAmount, isSome } from '@breakwater/client';
import type { ReadonlyUint8Array } from '@solana/kit';

/** A token: how its atoms are written, and what it is called. */
export type Unit = { readonly decimals: number; readonly symbol: string };

/** `1,234.56 USDC`, cut to a few decimals; tiny amounts keep all of theirs. */
export function money(atoms: bigint, unit: Unit, places = 2): string {
  return `${short(atoms, unit.decimals, places)} ${unit.symbol}`;
}

/** As {@link money}, without the symbol. */
export function short(atoms: bigint, decimals: number, places = 2): string {
  const tiny = isSome(atoms) && atoms.toString().length <= decimals - places;
  return formatAmount(atoms, decimals, tiny ? {} : { places: Math.min(places, decimals) });
}

/** All that there is, without zeros at the end: `1,234.5 USDC`. */
export const exact = (atoms: bigint, { decimals, symbol }: Unit): string =>
  `${formatAmount(atoms, decimals)} ${symbol}`;

/** What words, pictures and the local network take: times, and amounts of which a picture may round the last digits. */
export const plain = (value: bigint): number => Number(value);

/** A ratio in bps as a percentage with at most two decimals. */
export const percent = (bps: bigint | number): string => `${formatAmount(BigInt(bps), 2)}%`;

/** ppm as a percentage. */
/** All of something, in basis points. */
export const ALL_BPS = 10_000;

export const ppm = (rate: number): string => `${(rate / 10_000).toLocaleString('en', { maximumFractionDigits: 2 })}%`;

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

export const date = (seconds: bigint): string => DATE.format(plain(seconds) * 1_000);
export const moment = (seconds: bigint): string => `${MOMENT.format(plain(seconds) * 1_000)} UTC`;

const PARTS: readonly (readonly [number, string])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
];

/** `1 day`, `3 days`. */
export const plural = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
/** `second`, of what has one before it. */
export const ordinal = (before: number): string => ORDINALS[before] ?? `${before + 1}th`;

/** `3 days`, the largest unit that fits, rounded down. */
export function span(seconds: bigint | number): string {
  const count = typeof seconds === 'number' ? seconds : plain(seconds);
  for (const [size, name] of PARTS) if (count >= size) return plural(Math.floor(count / size), name);
  return 'less than a minute';
}

/** Whether a time lies behind, for words. */
export const isPast = (seconds: bigint, now: bigint): boolean => plain(seconds) <= plain(now);

/** `in 3 days`, `2 hours ago`. */
export const relative = (seconds: bigint, now: bigint): string =>
  isPast(seconds, now) ? `${span(plain(now) - plain(seconds))} ago` : `in ${span(plain(seconds) - plain(now))}`;

/** `7xKX…2fPq` */
export const abbreviate = (address: string): string => `${address.slice(0, 4)}…${address.slice(-4)}`;

/** Bytes as hexadecimal digits. */
export const hex = (bytes: ReadonlyUint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
