// Incidents, claims and disputes.
import { getAddressEncoder } from '@solana/kit';
import type { Found } from '../accounts';
import * as core from '../core';
import type { Ballot, Claim, Dispute, Incident, Policy, Pool, Product } from '../generated/accounts';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, problemOf } from './ask';

/** Why no incident that occurred at `occurredAt` can be reported to the jury. */
export const reportProblem = (
  pool: Pool,
  product: Product,
  occurredAt: bigint,
  now: bigint,
): BreakwaterError | undefined =>
  problemOf(core.checkReport, bytesOf.pool(pool), bytesOf.product(product), occurredAt, now);

/** The bond of an incident that is opened at `now`, atoms. */
export const reportBond = (product: Product, now: bigint): bigint =>
  ask(core.reportBond, bytesOf.product(product), now);

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

/** Whether an incident counts, once it can be ended by its ballot, if it has one; throws a `Refusal` until then. */
export const verdictOf = (incident: Incident, ballot: Ballot | undefined, now: bigint): boolean =>
  ask(core.verdict, bytesOf.incident(incident), ballot && bytesOf.ballot(ballot), now);

/** Why what a price opened cannot be brought before the jury. */
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

/** What a policy could claim for a loss, and the bond that takes, atoms; throws a `Refusal`. */
export const quoteClaim = (incident: Incident, policy: Policy, loss: bigint) =>
  ask(core.quoteClaim, bytesOf.incident(incident), bytesOf.policy(policy), loss);

/** What a policy could claim of an incident that a price opened, atoms; throws a `Refusal`. */
export const quoteBreachClaim = (incident: Incident, policy: Policy): bigint =>
  ask(core.quoteBreachClaim, bytesOf.incident(incident), bytesOf.policy(policy));

/** What can be paid out on a claim: of it, and of its bond, atoms; throws a `Refusal`. */
export const payoutOf = (incident: Incident, claim: Claim) =>
  ask(core.payoutOf, bytesOf.incident(incident), bytesOf.claim(claim));

/** Whether nothing more is paid on a claim: it was paid in full, or rejected. */
export const isPaid = (claim: Claim): boolean => ask(core.isPaid, bytesOf.claim(claim));

/** What a counter-amount must be below to dispute a claim, atoms; throws a `Refusal`. */
export const disputeBelow = (incident: Incident, claim: Claim, now: bigint): bigint =>
  ask(core.disputeBelow, bytesOf.incident(incident), bytesOf.claim(claim), now);

/** Why the dispute of a claim cannot be decided by its ballot. */
export const resolutionProblem = (claim: Claim, ballot: Ballot, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkResolution, bytesOf.claim(claim), bytesOf.ballot(ballot), now);

/** What a dispute gets back when it is ended, atoms; throws a `Refusal`. */
export const disputeReturn = (incident: Incident, claim: Claim, dispute: Found<Dispute>): bigint =>
  ask(
    core.disputeReturn,
    bytesOf.incident(incident),
    bytesOf.claim(claim),
    bytesOf.dispute(dispute.data),
    getAddressEncoder().encode(dispute.address) as Uint8Array,
  );
