// Amounts: atoms as bigint inside, tokens with decimals for people. No number is ever a float.
import { partBps } from './core';

/** A text is no amount, or has more decimals than the token. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

/** Whether one amount is more than another. */
export const exceeds = (one: bigint, other: bigint): boolean => one > other;

/** Orders amounts and times, the smallest first. */
export const inOrder = (one: bigint, other: bigint): number => (exceeds(one, other) ? 1 : exceeds(other, one) ? -1 : 0);

/** Whether there is anything at all. */
export const isSome = (atoms: bigint | undefined): atoms is bigint => atoms !== undefined && exceeds(atoms, 0n);

const U64_MAX = 18_446_744_073_709_551_615n;

/** Atoms of an amount of tokens such as `1,234.5`; exact, or an {@link AmountError}. */
export function parseAmount(text: string, decimals: number): bigint {
  const digits = text.trim().replaceAll(/[,_\s]/g, '');
  const parts = /^(\d*)(?:\.(\d*))?$/.exec(digits);
  const whole = parts?.[1] ?? '';
  const fraction = parts?.[2] ?? '';
  if (!parts || whole + fraction === '') throw new AmountError(`“${text}” is not an amount`);
  if (fraction.length > decimals) throw new AmountError(`at most ${decimals} decimals`);
  const atoms = BigInt(whole + fraction.padEnd(decimals, '0') || '0');
  if (exceeds(atoms, U64_MAX)) throw new AmountError('the amount is too large');
  return atoms;
}

/** How {@link formatAmount} writes. */
export type AmountFormat = {
  /** Decimals shown, the rest is cut off; all that matter by default. */
  readonly places?: number;
  /** Whether thousands are set apart; by default they are. */
  readonly grouped?: boolean;
};

/** Tokens of an amount of atoms, without trailing zeros. */
export function formatAmount(atoms: bigint, decimals: number, { places, grouped = true }: AmountFormat = {}): string {
  const [, sign = '', size = ''] = /^(-?)(\d+)$/.exec(atoms.toString()) ?? [];
  const digits = size.padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  const shown = places === undefined ? fraction.replace(/0+$/, '') : fraction.slice(0, places);
  const text = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') : whole;
  return sign + text + (shown === '' ? '' : `.${shown}`);
}

/** `numerator / denominator` as a percentage with two decimals, rounded down: `12.34%`; nothing over nothing is 0. */
export const formatPercent = (numerator: bigint, denominator: bigint): string =>
  `${formatAmount(BigInt(partBps(numerator, denominator) ?? 0), 2)}%`;
