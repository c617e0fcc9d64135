// A pool: its books, deposits, exits and pauses.
import * as core from '../core';
import {
  getPoolDecoder,
  getProductDecoder,
  type ExitEpoch,
  type ExitTicket,
  type Pool,
  type Product,
} from '../generated/accounts';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, decodeAccount, problemOf } from './ask';

/** Decimals of the shares beyond the asset's. */
export const SHARE_DECIMALS = core.shareDecimals();
/** Longest pause of sales and deposits, seconds. */
export const MAX_PAUSE = core.maxPause();
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

/** Capital that is set aside for incidents, atoms: never more than there is. */
export const liens = (pool: Pool): bigint => ask(core.liens, bytesOf.pool(pool));

/** Capital that carries new cover, atoms: what is neither set aside nor on its way out. */
export const freeCapital = (pool: Pool): bigint => ask(core.freeCapital, bytesOf.pool(pool));

/** The most active cover that the free capital carries, atoms. */
export const coverLimit = (pool: Pool): bigint => ask(core.coverLimit, bytesOf.pool(pool));

/** The most active cover of a correlation group, atoms. */
export const groupLimit = (pool: Pool, group: number): bigint => ask(core.groupLimit, bytesOf.pool(pool), group);

/** What shares are worth, atoms of the asset, rounded down: as the program prices an exit. */
export const sharesWorth = (pool: Pool, shares: bigint): bigint => ask(core.worth, bytesOf.pool(pool), shares);

/** The shares that a deposit of `amount` atoms would mint; throws a `Refusal`. */
export const quoteDeposit = (pool: Pool, amount: bigint, now: bigint): bigint =>
  ask(core.quoteDeposit, bytesOf.pool(pool), amount, now);

/** Why no deposits are taken. */
export const depositProblem = (pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkDeposits, bytesOf.pool(pool), now);

/** Until when sales and deposits are paused, unix seconds; `undefined` when they are not. */
export const pausedUntil = (pool: Pool, now: bigint): bigint | undefined =>
  problemOf(core.checkNotPaused, bytesOf.pool(pool), now) && pool.pausedUntil;

/** Why the guardian cannot pause for so many seconds, or with 0 end the pause. */
export const pauseProblem = (pool: Pool, seconds: bigint, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkPause, bytesOf.pool(pool), seconds, now);

/** Why there are no protocol fees to collect. */
export const feesProblem = (pool: Pool): BreakwaterError | undefined => problemOf(core.checkFees, bytesOf.pool(pool));

/** The day on which an exit settles that is requested at `now`. */
export const exitDay = (pool: Pool, now: bigint): bigint => ask(core.exitDay, bytesOf.pool(pool), now);

/** What a settlement of an exit epoch would burn and pay, and whether all would leave; throws a `Refusal`. */
export const quoteSettlement = (pool: Pool, epoch: ExitEpoch, now: bigint) =>
  ask(core.settleExits, bytesOf.pool(pool), bytesOf.epoch(epoch), now);

/** What a ticket has due of the epoch in which it stands, atoms; throws a `Refusal` until that is settled. */
export const exitDue = (ticket: ExitTicket, epoch: ExitEpoch): bigint =>
  ask(core.exitDue, bytesOf.ticket(ticket), bytesOf.epoch(epoch));
