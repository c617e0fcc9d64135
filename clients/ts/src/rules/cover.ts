// Cover: products, what they cost, and policies.
import { getAddressDecoder, type Address } from '@solana/kit';
import * as core from '../core';
import type { Assembly, ExitEpoch, Policy, Pool, Product } from '../generated/accounts';
import type { PolicyStanding } from '../generated/enums';
import type { BreakwaterError } from '../generated/errors';
import { getQuoteDecoder, type Quote } from '../generated/types';
import { ask, bytesOf, problemOf } from './ask';

/** Why a product is not for sale, whatever the amount and the term. */
export const saleProblem = (product: Product): BreakwaterError | undefined =>
  problemOf(core.checkOnSale, bytesOf.product(product));

/** Why cover of a product cannot be extended, whatever the policy and the days. */
export const extensionProblem = (product: Product): BreakwaterError | undefined =>
  problemOf(core.checkExtendable, bytesOf.product(product));

/** The assembly that decides on what is sold of a product at `now`: a sale needs its account. */
export const courtOfSale = (pool: Pool, product: Product, now: bigint): Address =>
  getAddressDecoder().decode(ask(core.courtOfSale, bytesOf.pool(pool), bytesOf.product(product), now));

/** Whether the stake of an assembly that decides on a product is below the floor: nothing is sold then, and cancelling costs nothing. */
export const hasWeakCourt = (pool: Pool, product: Product, court: Assembly, now: bigint): boolean =>
  ask(core.hasWeakCourt, bytesOf.pool(pool), bytesOf.product(product), bytesOf.assembly(court), now);

/** What a cover would cost, and how much could be bought, with the court of `courtOfSale`; throws a `Refusal`. */
export const quoteCover = (
  pool: Pool,
  product: Product,
  court: Assembly,
  cover: { readonly amount: bigint; readonly termDays: number },
  now: bigint,
): Quote =>
  getQuoteDecoder().decode(
    ask(
      core.quoteCover,
      bytesOf.pool(pool),
      bytesOf.product(product),
      bytesOf.assembly(court),
      cover.amount,
      cover.termDays,
      now,
    ),
  );

/**
 * What `days` more of a policy would cost, and until when it would cover; throws a `Refusal`. The pool's first exit epoch is
 * needed, if one waits: those whose exit is due come first.
 */
export const quoteExtension = (
  pool: Pool,
  product: Product,
  policy: Policy,
  firstExit: ExitEpoch | undefined,
  days: number,
  now: bigint,
) =>
  ask(
    core.quoteExtension,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.policy(policy),
    firstExit && bytesOf.epoch(firstExit),
    days,
    now,
  );

/** What a cancellation of a policy would refund, and the fee it would cost, with the court of `courtOf`; throws a `Refusal`. */
export const quoteRefund = (pool: Pool, product: Product, court: Assembly, policy: Policy, now: bigint) =>
  ask(
    core.quoteRefund,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.assembly(court),
    bytesOf.policy(policy),
    now,
  );

/**
 * What giving `part` of a policy's sum insured back would refund, and the fee it would cost, with the court of `courtOf`; throws a
 * `Refusal`.
 */
export const quoteReduction = (
  pool: Pool,
  product: Product,
  court: Assembly,
  policy: Policy,
  part: bigint,
  now: bigint,
) =>
  ask(
    core.quoteReduction,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.assembly(court),
    bytesOf.policy(policy),
    part,
    now,
  );

/** What is left of the sum insured of a policy, atoms; throws a `Refusal` when nothing is. */
export const remainingOf = (policy: Policy): bigint => ask(core.remaining, bytesOf.policy(policy));

/** The most cover that a product may carry at `now`, atoms: its weight of the free capital. */
export const productCapacity = (pool: Pool, product: Product, now: bigint): bigint =>
  ask(core.capacity, bytesOf.pool(pool), bytesOf.product(product), now);

/** The most that can be bought of a product at `now`, atoms: the least of what product, group, pool and the court of `courtOfSale` have left. */
export const roomOf = (pool: Pool, product: Product, court: Assembly, now: bigint): bigint =>
  ask(core.room, bytesOf.pool(pool), bytesOf.product(product), bytesOf.assembly(court), now);

/** The annual rate of the next atom of cover at `now`, ppm, rounded up; the first one's when nothing can be sold. */
export const rateNow = (pool: Pool, product: Product, now: bigint): number =>
  ask(core.rateNow, bytesOf.pool(pool), bytesOf.product(product), now);

/** The annual rate of the next atom of cover at a utilisation of 0 to 10,000 bps, ppm, rounded up. */
export const rateAt = (product: Product, utilisationBps: number): number =>
  ask(core.rateAt, bytesOf.product(product), utilisationBps);

/** Where a policy stands. */
export const policyStanding = (policy: Policy, now: bigint): PolicyStanding =>
  ask(core.policyStanding, bytesOf.policy(policy), now);

/** Whether a policy covers an event at `occurredAt`. */
export const covers = (policy: Policy, occurredAt: bigint): boolean =>
  ask(core.covers, bytesOf.policy(policy), occurredAt);

/** What the holder of a policy bears of a loss, atoms. */
export const deductibleOf = (policy: Policy): bigint => ask(core.deductible, bytesOf.policy(policy));

/** Why a policy cannot be passed on. */
export const transferProblem = (policy: Policy): BreakwaterError | undefined =>
  problemOf(core.checkTransfer, bytesOf.policy(policy));
