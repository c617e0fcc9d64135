// Incidents and claims.
import { getAddressDecoder, type Address } from '@solana/kit';
import type { Found } from '../accounts';
import * as core from '../core';
import type { Ballot, Claim, Incident, Policy, Pool, Product } from '../generated/accounts';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, joined, problemOf } from './ask';

/**
 * What a report of an event at `occurredAt` to the jury takes and sets aside: its bond, and the lien that it shares with the
 * open reports before it, atoms; throws a `Refusal`.
 */
export const quoteReport = (pool: Pool, product: Product, occurredAt: bigint, now: bigint) =>
  ask(core.quoteReport, bytesOf.pool(pool), bytesOf.product(product), occurredAt, now);

/** Why no incident that occurred at `occurredAt` can be reported to the jury. */
export const reportProblem = (
  pool: Pool,
  product: Product,
  occurredAt: bigint,
  now: bigint,
): BreakwaterError | undefined =>
  problemOf(core.quoteReport, bytesOf.pool(pool), bytesOf.product(product), occurredAt, now);

/** The assembly whose ballots decide on a product's incidents to come: the pool's may be another by now. */
export const courtOf = (pool: Pool, product: Product): Address =>
  getAddressDecoder().decode(ask(core.court, bytesOf.pool(pool), bytesOf.product(product)));

/** What a product has set aside for its open incidents of the LPs' own capital, atoms. */
export const setAsideFor = (pool: Pool, product: Product): bigint =>
  ask(core.setAsideFor, bytesOf.pool(pool), bytesOf.product(product));

/** How many open incidents of its product are paid before one; `undefined` once it has ended. */
export const placeInLine = (product: Product, incident: Incident): number | undefined =>
  ask(core.placeInLine, bytesOf.product(product), bytesOf.incident(incident));

/** Whether an incident is open on a product. */
export const hasOpenIncident = (product: Product): boolean => ask(core.hasOpenIncident, bytesOf.product(product));

/**
 * What prices have shown of a product: whether a breach is seen, or the end of the last is awaited; how many seconds were
 * measured; and what part of a sum insured it pays, bps, once it counts.
 */
export const breachOf = (product: Product) => ask(core.breachOf, bytesOf.product(product));

/** Why the breach that prices have shown opens no incident. */
export const priceIncidentProblem = (pool: Pool, product: Product, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkPriceIncident, bytesOf.pool(pool), bytesOf.product(product), now);

/** Why no claims can be filed. */
export const filingProblem = (incident: Incident, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkFiling, bytesOf.incident(incident), now);

/**
 * Whether an incident counts, once its verdict can be read: of its ballot, if it has one; throws a `Refusal` until then. A
 * booking needs its policy, too.
 */
export const verdictOf = (
  pool: Pool,
  product: Product,
  incident: Incident,
  ballot: Ballot | undefined,
  now: bigint,
  policy?: Policy,
): boolean =>
  ask(
    core.verdict,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(incident),
    ballot && bytesOf.ballot(ballot),
    now,
    policy && bytesOf.policy(policy),
  );

/** Why the filing of an incident cannot be ended, which frees what nobody claimed. */
export const filingEndProblem = (
  pool: Pool,
  product: Product,
  incident: Incident,
  now: bigint,
): BreakwaterError | undefined =>
  problemOf(core.checkFilingEnd, bytesOf.pool(pool), bytesOf.product(product), bytesOf.incident(incident), now);

/** Why an incident cannot be settled, or rejected for good: what it waits for. */
export const settlementProblem = (product: Product, incident: Incident, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkSettlement, bytesOf.product(product), bytesOf.incident(incident), now);

/**
 * What a settlement of an incident would give its claims, of what they ask, what of that leavers bear, and what it would hold
 * back, atoms; throws a `Refusal`. The incidents of its product are needed.
 */
export const quoteSettlement = (
  pool: Pool,
  product: Product,
  incident: Incident,
  incidents: readonly Found<Incident>[],
  now: bigint,
) =>
  ask(
    core.quoteSettlement,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(incident),
    joined(bytesOf.incident, incidents),
    now,
  );

/** Whether an incident is a booking: what a policy has drawn and was not paid at once. */
export const isBooking = (incident: Incident): boolean => ask(core.isBooking, bytesOf.incident(incident));

/** What of a booking waits to be settled, as the product's limit allows, atoms. */
export const unsettledOf = (booking: Incident): bigint => ask(core.unsettled, bytesOf.incident(booking));

/** What a payment of a booking would pay its holder, atoms; throws a `Refusal`. */
export const quoteBooking = (pool: Pool, product: Product, booking: Incident, policy: Policy, now: bigint): bigint =>
  ask(
    core.quoteBooking,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(booking),
    bytesOf.policy(policy),
    now,
  );

/** Why what a price opened, or a booking, cannot be brought before the jury. */
export const challengeProblem = (incident: Incident, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkChallenge, bytesOf.incident(incident), now);

/** Why what a price opened cannot be refuted by another. */
export const refutationProblem = (incident: Incident, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkRefutation, bytesOf.incident(incident), now);

/** Why the bond of an incident cannot be collected. */
export const incidentBondProblem = (incident: Incident): BreakwaterError | undefined =>
  problemOf(core.checkIncidentBond, bytesOf.incident(incident));

/** Why what was held back for an incident cannot be settled. */
export const restProblem = (incident: Incident, pool: Pool): BreakwaterError | undefined =>
  problemOf(core.checkRest, bytesOf.incident(incident), bytesOf.pool(pool));

/**
 * What a policy could claim for a loss, what of it would give the refund of a cancellation back, and the bond that takes, atoms; throws a
 * `Refusal`.
 */
export const quoteClaim = (incident: Incident, policy: Policy, loss: bigint) =>
  ask(core.quoteClaim, bytesOf.incident(incident), bytesOf.policy(policy), loss);

/** What a policy could claim of an incident that a price opened, atoms; throws a `Refusal`. */
export const quoteBreachClaim = (incident: Incident, policy: Policy): bigint =>
  ask(core.quoteBreachClaim, bytesOf.incident(incident), bytesOf.policy(policy));

/**
 * What a payout would pay now: of the claim, and of its bond, atoms; throws a `Refusal`. A bond that somebody else posted is
 * paid by a second payout. Before its incident is settled a claim is paid on account what it is sure of.
 */
export const payoutOf = (pool: Pool, product: Product, incident: Incident, claim: Claim, now: bigint) =>
  ask(
    core.payoutOf,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(incident),
    bytesOf.claim(claim),
    now,
  );

/**
 * From when on a claim can be paid, unix seconds, and how much of it then, bps, rounded down: what it is sure of before the settlement, or
 * would be if its incident counted now. Where that is nothing, it is the earliest time of the settlement. The time is `undefined` while it
 * depends on what others do: on a ballot, or on earlier incidents. Throws a `Refusal` once the claim or its incident has ended.
 */
export const payableFrom = (pool: Pool, product: Product, incident: Incident, claim: Claim, now: bigint) =>
  ask(
    core.payableFrom,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(incident),
    bytesOf.claim(claim),
    now,
  );

/** Whether the bond of a claim that has ended waits for somebody else, who posted it. */
export const bondWaits = (claim: Claim): boolean => ask(core.bondWaits, bytesOf.claim(claim));

/** Whether the claimant posted the bond of a claim. */
export const fundsItself = (claim: Claim): boolean => ask(core.fundsItself, bytesOf.claim(claim));

/** Whether nothing more is paid on a claim: it was paid in full, or rejected. */
export const isPaid = (claim: Claim): boolean => ask(core.isPaid, bytesOf.claim(claim));

/** Until when a claim can be disputed, unix seconds; throws a `Refusal` unless its incident counts and is open. */
export const disputableUntil = (incident: Incident, claim: Claim): bigint =>
  ask(core.disputableUntil, bytesOf.incident(incident), bytesOf.claim(claim));

/** Why a claim cannot be disputed: it can be once, and only where its incident counts. */
export const disputeProblem = (incident: Incident, claim: Claim, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkDispute, bytesOf.incident(incident), bytesOf.claim(claim), now);

/**
 * What would stand of a claim whose dispute is not decided at a level, 0 to 16, and what claimant and disputer would lose of their own bond and
 * get of the other's, atoms.
 */
export const quoteLevel = (claim: Claim, level: number) => ask(core.quoteLevel, bytesOf.claim(claim), level);

/** Why the dispute of a claim cannot be decided by its ballot. */
export const resolutionProblem = (claim: Claim, ballot: Ballot, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkResolution, bytesOf.claim(claim), bytesOf.ballot(ballot), now);

/** Why the disputer of a claim has nothing to collect. */
export const disputeBondProblem = (claim: Claim): BreakwaterError | undefined =>
  problemOf(core.checkDisputeBond, bytesOf.claim(claim));
