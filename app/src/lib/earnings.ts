// What LPs earned: from the capital that a pool's events tell, one after the other.
import { DAY, formatAmount, type BreakwaterEvent } from '@breakwater/client';

/** What an event says of the capital. */
export type Step = {
  readonly at: bigint;
  /** The capital after it, atoms. */
  readonly capital: bigint;
  /** What LPs brought in it, or, negative, took out; atoms. */
  readonly flow: bigint;
  /** What had been earned since the last accrual, atoms. */
  readonly earned: bigint;
};

/** The step of an event at a time; `undefined` when it says nothing of the books. */
export function stepOf({ name, data }: BreakwaterEvent, at: bigint): Step | undefined {
  if (!('books' in data)) return undefined;
  const flow = name === 'deposited' ? data.amount : name === 'exitEpochSettled' ? -data.paid : 0n;
  return { at, capital: data.books.capital, flow, earned: 'earned' in data ? data.earned : 0n };
}

/** What a share gained over a time. */
export type Earnings = {
  /** Gain per unit, in parts of {@link ONE}; negative after a loss. */
  readonly gain: bigint;
  /** From when it is counted, unix seconds. */
  readonly since: bigint;
  /** Whether all of the period is counted: otherwise the pool is younger, or not all of its history was read. */
  readonly whole: boolean;
};

/** The unit of {@link Earnings.gain}. */
export const ONE = 1_000_000_000_000n;
/** The period that pages tell of, seconds. */
export const PERIOD = 30n * DAY;
const YEAR = 365n * DAY;

/**
 * What a share gained in the last 30 days, or since the first step: the product of what each step made of the capital,
 * without what LPs brought or took. Steps are in order of time; the last is of now. What was earned between two steps
 * counts evenly, for the step that lies across the beginning.
 */
export function earningsOf(steps: readonly Step[], now: bigint): Earnings | undefined {
  const start = now - PERIOD;
  let factor = ONE;
  let since: bigint | undefined;
  let before: Step | undefined;
  for (const step of steps) {
    if (before && before.capital > 0n && step.at >= start) {
      since ??= before.at > start ? before.at : start;
      let gain = step.capital - step.flow - before.capital;
      if (before.at < start) {
        const [outside, all] = [start - before.at, step.at - before.at];
        gain -= (step.earned * outside) / all;
      }
      factor += (factor * gain) / before.capital;
    }
    before = step;
  }
  return since === undefined ? undefined : { gain: factor - ONE, since, whole: since === start };
}

/** A gain as a percentage, rounded towards zero: with two decimals, or as many as it takes to see that it is not zero. */
export function gainWords(gain: bigint): string {
  const size = (gain < 0n ? -gain : gain) / (ONE / 100_000_000n);
  const places = size === 0n || size >= 100_000n ? 2 : size >= 1_000n ? 4 : 6;
  return `${gain < 0n && size > 0n ? '−' : ''}${formatAmount(size, 6, { places })}%`;
}

/** The gain of a year at this rate, without interest on interest; not before a day has passed, nor of a loss. */
export const yearly = ({ gain, since }: Earnings, now: bigint): bigint | undefined =>
  now - since < DAY || gain < 0n ? undefined : (gain * YEAR) / (now - since);
