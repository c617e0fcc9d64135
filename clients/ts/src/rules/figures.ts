// Figures that are shown, and the slack of a quote.
import * as core from '../core';
import type { Policy, Pool } from '../generated/accounts';
import { ask, bytesOf } from './ask';

/** The most to pay where so much was quoted, the least to take, and how much worse than its quote that is, bps. */
export { atLeast, atMost } from '../core';
/** See {@link atMost}. */
export const SLACK_BPS = core.slackBps();

/** A part of a whole, bps, rounded down; `undefined` of nothing. */
export { partBps } from '../core';

/** The annual rate of a premium for so much cover from one time until another, ppm; `undefined` for no cover or no time. */
export { annualPpm } from '../core';

/** The sum of amounts, atoms; `undefined` when it does not fit. */
export const total = (...amounts: readonly bigint[]): bigint | undefined => core.total(BigUint64Array.from(amounts));

/** Active cover of what the free capital carries at `now`, bps; `undefined` without any. */
export const utilisationBps = (pool: Pool, now: bigint): number | undefined =>
  ask(core.utilisationBps, bytesOf.pool(pool), now);

/** Free capital of the active cover at `now`, bps; `undefined` without cover. */
export const coverageBps = (pool: Pool, now: bigint): number | undefined =>
  ask(core.coverageBps, bytesOf.pool(pool), now);

/** What the streams that run at `now` earn in a year of a pool's capital, bps; `undefined` without capital. */
export const yieldBps = (pool: Pool, now: bigint): number | undefined => ask(core.yieldBps, bytesOf.pool(pool), now);

/** How much of the time of a policy is gone, from its sale to its end, bps. */
export const goneBps = (policy: Policy, now: bigint): number => ask(core.goneBps, bytesOf.policy(policy), now);

/** What an event says of the capital of a pool. */
export type Step = {
  /** When, unix seconds. */
  readonly at: bigint;
  /** The capital after it, atoms. */
  readonly capital: bigint;
  /** What LPs brought in it, atoms. */
  readonly brought: bigint;
  /** What LPs took out in it, atoms. */
  readonly taken: bigint;
  /** What had been earned since the last accrual, atoms. */
  readonly earned: bigint;
};

/** What a share gained over a time. */
export type Earnings = {
  /** Gain per unit, in parts of 10^12; negative after a loss. */
  readonly gain: bigint;
  /** From when it is counted, unix seconds. */
  readonly since: bigint;
  /** Whether all of {@link EARNINGS_PERIOD} is counted: otherwise the steps begin later. */
  readonly whole: boolean;
};

/** For how long earnings are told, seconds: 30 days. */
export const EARNINGS_PERIOD = core.earningsPeriod();

/**
 * What a share gained in the last 30 days, or since the first step, without what LPs brought or took. Steps are in order of
 * time; `capital` is what there is at `now`. `undefined` when nobody has had shares.
 */
export const earningsOf = (steps: readonly Step[], capital: bigint, now: bigint): Earnings | undefined =>
  core.earnings(
    BigUint64Array.from(steps.flatMap((step) => [step.at, step.capital, step.brought, step.taken, step.earned])),
    capital,
    now,
  );

/** The gain of a year at this rate, without interest on interest; `undefined` of a loss, and before a day has passed. */
export const yearly = ({ gain, since }: Earnings, now: bigint): bigint | undefined => core.yearly(gain, since, now);
