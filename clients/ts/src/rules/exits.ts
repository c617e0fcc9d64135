// Leaving a pool: exit epochs, tickets, and what leavers have in open incidents.
import type { Found } from '../accounts';
import * as core from '../core';
import type { ExitEpoch, ExitTicket, Incident, Pool, Product } from '../generated/accounts';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, joined, problemOf } from './ask';

/** Whether an exit epoch waits. */
export const hasExits = (pool: Pool): boolean => ask(core.hasExits, bytesOf.pool(pool));

/** Until when exits wait for an incident that prices begin to show, unix seconds; `undefined` when they do not. */
export const exitsHeldUntil = (pool: Pool, now: bigint): bigint | undefined =>
  ask(core.exitsHeldUntil, bytesOf.pool(pool), now);

/** The exit epoch that an exit requested at `now` joins: its number, and the day from which it is paid. */
export const exitEpochNow = (pool: Pool, now: bigint) => ask(core.exitEpoch, bytesOf.pool(pool), now);

/** What shares would get at the price of `now` if they left, atoms: in cash, and in open incidents; throws a `Refusal`. */
export const quoteExit = (pool: Pool, shares: bigint, now: bigint) =>
  ask(core.quoteExit, bytesOf.pool(pool), shares, now);

/** What a payment of an exit epoch would burn and pay, and whether that is all of it; throws a `Refusal`. */
export const quotePayment = (pool: Pool, epoch: ExitEpoch, now: bigint) =>
  ask(core.quotePayment, bytesOf.pool(pool), bytesOf.epoch(epoch), now);

/** Whether a call makes the first exit epoch payable a day later, or only sees that it waits; throws a `Refusal` when none helps. */
export const quoteCall = (pool: Pool, epoch: ExitEpoch, now: bigint): boolean =>
  ask(core.callExits, bytesOf.pool(pool), bytesOf.epoch(epoch), now);

/** Why no call helps the first exit epoch. */
export const callProblem = (pool: Pool, epoch: ExitEpoch, now: bigint): BreakwaterError | undefined =>
  problemOf(core.callExits, bytesOf.pool(pool), bytesOf.epoch(epoch), now);

/**
 * When the first exit epoch can be paid, if nothing happens until then: the next such time within two days of `now`, or of
 * its day; `undefined` when it cannot by then.
 */
export const exitWindow = (pool: Pool, epoch: ExitEpoch, now: bigint) =>
  ask(core.exitWindow, bytesOf.pool(pool), bytesOf.epoch(epoch), now);

/**
 * What exit epochs are paid when, from `now` on, if somebody takes every step in time and nothing else happens: no sale, no
 * deposit, no report. Of all epochs that wait, in order; none is foretold that waits for longer than cover can be sold for.
 */
export const foreseeExits = (pool: Pool, epochs: readonly Found<ExitEpoch>[], now: bigint) =>
  ask(core.foreseeExits, bytesOf.pool(pool), joined(bytesOf.epoch, epochs), now);

/** How many exit epochs are paid before that of a ticket. */
export const epochsBefore = (pool: Pool, ticket: ExitTicket): number =>
  ask(core.epochsBefore, bytesOf.pool(pool), bytesOf.ticket(ticket));

/**
 * Where a ticket stands in its epoch: its shares that wait, what it can collect, atoms; and whether some of the epoch was
 * paid, all was, and nothing more comes.
 */
export const exitState = (ticket: ExitTicket, epoch: ExitEpoch) =>
  ask(core.exitState, bytesOf.ticket(ticket), bytesOf.epoch(epoch));

/** Why a ticket has nothing to collect. */
export const collectProblem = (ticket: ExitTicket, epoch: ExitEpoch): BreakwaterError | undefined =>
  problemOf(core.checkCollection, bytesOf.ticket(ticket), bytesOf.epoch(epoch));

/** A ticket's part of what its epoch has or gets, atoms. */
export const exitPart = (ticket: ExitTicket, epoch: ExitEpoch, atoms: bigint): bigint =>
  ask(core.exitPart, bytesOf.ticket(ticket), bytesOf.epoch(epoch), atoms);

/** What an incident would give back to an exit epoch now, atoms; throws a `Refusal`. */
export const quoteRelease = (pool: Pool, incident: Incident, epoch: ExitEpoch): bigint =>
  ask(core.quoteRelease, bytesOf.pool(pool), bytesOf.incident(incident), bytesOf.epoch(epoch));

/** Why an incident gives nothing back to an exit epoch now. */
export const releaseProblem = (pool: Pool, incident: Incident, epoch: ExitEpoch): BreakwaterError | undefined =>
  problemOf(core.quoteRelease, bytesOf.pool(pool), bytesOf.incident(incident), bytesOf.epoch(epoch));

/** Shares of an exit epoch that wait, atoms. */
export const waitingIn = (epoch: ExitEpoch): bigint => ask(core.waitingIn, bytesOf.epoch(epoch));

/** What an incident gives back to an exit epoch. */
export type Release = { readonly incident: Found<Incident>; readonly epoch: Found<ExitEpoch> };

/**
 * What a ticket gets once all that incidents can give back to its epoch has come, atoms, whether that is all, and which releases
 * it takes, in their order: those to earlier epochs come first. All incidents and exit epochs of the pool are needed.
 */
export function collectable(
  pool: Pool,
  incidents: readonly Found<Incident>[],
  epochs: readonly Found<ExitEpoch>[],
  ticket: ExitTicket,
): { readonly due: bigint; readonly isOver: boolean; readonly releases: readonly Release[] } {
  const { due, isOver, releases } = ask(
    core.collectable,
    bytesOf.pool(pool),
    joined(bytesOf.incident, incidents),
    joined(bytesOf.epoch, epochs),
    bytesOf.ticket(ticket),
  );
  const found = releases.flatMap(({ incident, epoch }) => {
    const [from, to] = [incidents[incident], epochs[epoch]];
    return from && to ? [{ incident: from, epoch: to }] : [];
  });
  return { due, isOver, releases: found };
}

/**
 * What a ticket has in an incident of `product` at most, if nothing more of it is paid, atoms. All incidents and exit epochs
 * of the pool are needed.
 */
export const contestedOf = (
  pool: Pool,
  product: Product,
  incident: Incident,
  incidents: readonly Found<Incident>[],
  epochs: readonly Found<ExitEpoch>[],
  ticket: ExitTicket,
): bigint =>
  ask(
    core.contestedOf,
    bytesOf.pool(pool),
    bytesOf.product(product),
    bytesOf.incident(incident),
    joined(bytesOf.incident, incidents),
    joined(bytesOf.epoch, epochs),
    bytesOf.ticket(ticket),
  );
