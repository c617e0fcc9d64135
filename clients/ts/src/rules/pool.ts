// A pool: its books, its opening, deposits and pauses.
import * as core from '../core';
import { getPoolDecoder, getProductDecoder, type Pool, type Product, type Retired } from '../generated/accounts';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, decodeAccount, problemOf } from './ask';

/** Decimals of the shares beyond the asset's. */
export const SHARE_DECIMALS = core.shareDecimals();
/** Longest pause of sales and deposits, seconds. */
export const MAX_PAUSE = core.maxPause();
/** How long LPs leave at once after the opening, seconds. */
export const OPENING_EXITS = core.openingExits();
/** Longest link to evidence or terms, bytes. */
export const LINK_BYTES = core.linkBytes();

/** The pool with its books accrued to `now`. */
export const accrue = (pool: Pool, now: bigint): Pool =>
  decodeAccount(getPoolDecoder(), ask(core.accrue, bytesOf.pool(pool), now));

/** The pool with its books accrued to `now`, and a product of it rolled. */
export function roll(pool: Pool, product: Product, now: bigint): { pool: Pool; product: Product } {
  const rolled = ask(core.roll, bytesOf.pool(pool), bytesOf.product(product), now);
  return {
    pool: decodeAccount(getPoolDecoder(), rolled.pool),
    product: decodeAccount(getProductDecoder(), rolled.product),
  };
}

/** All that the vault must hold, atoms: the sum of the buckets. */
export const owed = (pool: Pool): bigint => ask(core.owed, bytesOf.pool(pool));

/** Capital that is set aside for incidents, open or settled, atoms: never more than there is. */
export const setAside = (pool: Pool): bigint => ask(core.setAside, bytesOf.pool(pool));

/** Capital that carries new cover at `now`, atoms: what stayed for a season and is neither set aside nor on its way out. */
export const freeCapital = (pool: Pool, now: bigint): bigint => ask(core.freeCapital, bytesOf.pool(pool), now);

/** The most active cover that the free capital carries at `now`, atoms. */
export const coverLimit = (pool: Pool, now: bigint): bigint => ask(core.coverLimit, bytesOf.pool(pool), now);

/**
 * Which part of all that it covers a pool's capital could pay at `now`, bps, rounded down: of an incident that counts now, claims are sure of
 * it before the settlement.
 */
export const sureBps = (pool: Pool, now: bigint): number => ask(core.sureBps, bytesOf.pool(pool), now);

/** The most active cover of a correlation group at `now`, atoms. */
export const groupLimit = (pool: Pool, group: number, now: bigint): bigint =>
  ask(core.groupLimit, bytesOf.pool(pool), group, now);

/** From when on so much capital carries cover. */
export type Season = {
  /** Unix seconds. */
  readonly from: bigint;
  /** Atoms, at the price of now, what is set aside for incidents included. */
  readonly capital: bigint;
};

/**
 * How much capital carries cover from when on, if nobody comes or leaves: first `now`, or once cover is sold, then at every midnight
 * at which more of it has stayed for a season. Of a pool that was not announced open, as if it were now.
 */
export const seasonsOf = (pool: Pool, now: bigint): readonly Season[] => ask(core.seasons, bytesOf.pool(pool), now);

/** From when a deposit of `now` carries cover, if it stays, unix seconds. */
export const countsFrom = (pool: Pool, now: bigint): bigint => ask(core.countsFrom, bytesOf.pool(pool), now);

/** Capital of those who stay, atoms: what carries cover once all of it has stayed for a season. */
export const stayingCapital = (pool: Pool, now: bigint): bigint => ask(core.stayingCapital, bytesOf.pool(pool), now);

/** What streams to the LPs already and no premium paid for, atoms: a deposit pays for its part of it. */
export const incomeLeft = (pool: Pool, now: bigint): bigint => ask(core.incomeLeft, bytesOf.pool(pool), now);

/** What shares are worth, atoms of the asset, rounded down: as the program prices an exit. */
export const sharesWorth = (pool: Pool, shares: bigint): bigint => ask(core.worth, bytesOf.pool(pool), shares);

/** The shares that a deposit of `amount` atoms would mint; throws a `Refusal`. */
export const quoteDeposit = (pool: Pool, amount: bigint, now: bigint): bigint =>
  ask(core.quoteDeposit, bytesOf.pool(pool), amount, now);

/** What a depositor has seen of a pool: its terms number, and the most that may be set aside, atoms. */
export type Seen = { readonly terms: bigint; readonly maxLiens: bigint };

/** What a depositor sees of the pool as it is. */
export const seenOf = (pool: Pool): Seen => ask(core.seen, bytesOf.pool(pool));

/** Why no deposits are taken of somebody who has seen that; as the pool is if not given. */
export const depositProblem = (pool: Pool, now: bigint, seen: Seen = seenOf(pool)): BreakwaterError | undefined =>
  problemOf(core.checkDeposits, bytesOf.pool(pool), seen.terms, seen.maxLiens, now);

/** Why the pool cannot be announced open. */
export const openingProblem = (pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.quoteOpening, bytesOf.pool(pool), now);

/** From when cover would be sold if the pool were announced open at `now`, unix seconds; throws a `Refusal`. */
export const sellsFromIfOpened = (pool: Pool, now: bigint): bigint => ask(core.quoteOpening, bytesOf.pool(pool), now);

/** Until when LPs leave at once, unix seconds; `undefined` before the pool is announced open. */
export const withdrawalEnds = (pool: Pool): bigint | undefined => ask(core.withdrawalEnds, bytesOf.pool(pool));

/** Why no cover is sold, as far as the opening goes. */
export const sellingProblem = (pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkSelling, bytesOf.pool(pool), now);

/** Why LPs do not leave at once. */
export const leavingAtOnceProblem = (pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkLeavingAtOnce, bytesOf.pool(pool), now);

/** What shares that leave at once would get, atoms; throws a `Refusal`. */
export const quoteWithdrawal = (pool: Pool, shares: bigint, now: bigint): bigint =>
  ask(core.quoteWithdrawal, bytesOf.pool(pool), shares, now);

/** The shares that would be retired, and what would be left for them, atoms; throws a `Refusal`. */
export const quoteRetirement = (pool: Pool, now: bigint) => ask(core.quoteRetirement, bytesOf.pool(pool), now);

/** Why the shares of a pool cannot be retired: it was not wiped out, or is needed. */
export const retirementProblem = (pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.quoteRetirement, bytesOf.pool(pool), now);

/** What shares that were retired would get, atoms; throws a `Refusal`. */
export const quoteRedemption = (retired: Retired, shares: bigint): bigint =>
  ask(core.quoteRedemption, bytesOf.retired(retired), shares);

/** Until when sales and deposits are paused, unix seconds; `undefined` when they are not. */
export const pausedUntil = (pool: Pool, now: bigint): bigint | undefined =>
  problemOf(core.checkNotPaused, bytesOf.pool(pool), now) && pool.pausedUntil;

/** Why the guardian cannot pause for so many seconds, or with 0 end the pause. */
export const pauseProblem = (pool: Pool, seconds: bigint, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkPause, bytesOf.pool(pool), seconds, now);

/** Why there are no protocol fees to collect. */
export const feesProblem = (pool: Pool): BreakwaterError | undefined => problemOf(core.checkFees, bytesOf.pool(pool));
