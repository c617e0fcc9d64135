// Ballots, votes and stakes.
import * as core from '../core';
import type { Assembly, Ballot, Pool, VoteRecord, Voter } from '../generated/accounts';
import { Side, type BallotStanding } from '../generated/enums';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, problemOf } from './ask';

/** The level against what is voted on: nothing of a claim stands. */
export const AGAINST = core.levelOf(Side.Against);
/** The level for what is voted on, the highest: all of a claim stands. */
export const FOR = core.levelOf(Side.For);

/** All levels of a ballot that asks how much: sixteenths that stand. */
export const LEVELS: readonly number[] = Array.from({ length: FOR + 1 }, (_, level) => level);

/** Where a ballot stands. */
export const ballotStanding = (ballot: Ballot, now: bigint): BallotStanding =>
  ask(core.ballotStanding, bytesOf.ballot(ballot), now);

/** Why the round of a ballot cannot be closed. */
export const closeProblem = (ballot: Ballot, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkClose, bytesOf.ballot(ballot), now);

/**
 * Whether a ballot asks how much, in sixteenths, instead of whether; the weight cast in its round, atoms; whether that is as much as must be cast; the level at which the rest of that counts, and
 * the one at which the round would end now; the least weight that, if nobody else votes, leads to another outcome than that default
 * (`undefined` where all that counts is too little); and whether the outcome was read.
 */
export const turnoutOf = (ballot: Ballot) => ask(core.turnout, bytesOf.ballot(ballot));

/** The weight cast in the round of a ballot at each of its levels, from 0 to 16, atoms. */
export const votesByLevel = (ballot: Ballot): readonly bigint[] => [...ask(core.votesByLevel, bytesOf.ballot(ballot))];

/**
 * What a vote comes to once its ballot is final: whether its stake is still locked by it, and what of that it loses; and once the outcome was
 * read, its reward and what it forfeits of it. Throws a `Refusal` before.
 */
export const voteReturn = (ballot: Ballot, record: VoteRecord, voter: Voter, assembly: Assembly, now: bigint) =>
  ask(
    core.voteReturn,
    bytesOf.ballot(ballot),
    bytesOf.record(record),
    bytesOf.voter(voter),
    bytesOf.assembly(assembly),
    now,
  );

/** For so much of a court's stake a pool says how much cover it carries, atoms. */
export const STAKE_OF_COVER = core.stakeOfCover();

/**
 * What the court of a pool is worth: its stake that counts at `now`, whether that is below the pool's floor, how much must vote, and what
 * is enough to decide how much of a claim stands where nobody else votes, atoms of the staked token; and the most active cover that
 * it carries, atoms of the asset, `undefined` where the pool sets no limit.
 */
export const courtWorth = (pool: Pool, assembly: Assembly, now: bigint) =>
  ask(core.courtWorth, bytesOf.pool(pool), bytesOf.assembly(assembly), now);

/** Why the arbiter cannot decide a ballot for a level. */
export const arbitrationProblem = (ballot: Ballot, level: number, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkArbitration, bytesOf.ballot(ballot), level, now);

/** Why the bond of an appeal cannot be collected. */
export const appealBondProblem = (ballot: Ballot): BreakwaterError | undefined =>
  problemOf(core.checkAppealBond, bytesOf.ballot(ballot));

/** Why a stake cannot vote in a ballot at `now`, by its delegate or its owner; `record` is its vote so far, which may be cast anew. */
export const voteProblem = (
  ballot: Ballot,
  voter: Voter,
  record: VoteRecord | undefined,
  byDelegate: boolean,
  now: bigint,
): BreakwaterError | undefined =>
  problemOf(
    core.checkVote,
    bytesOf.ballot(ballot),
    bytesOf.voter(voter),
    record && bytesOf.record(record),
    byDelegate,
    now,
  );

/** Stake that is not on its way out, atoms. */
export const stakedOf = (voter: Voter): bigint => ask(core.staked, bytesOf.voter(voter));

/** What of a stake counts in a ballot, atoms. */
export const weightOf = (voter: Voter, ballot: Ballot): bigint =>
  ask(core.weight, bytesOf.voter(voter), bytesOf.ballot(ballot));

/** What of a stake would count in a ballot that opened at `now`, atoms. */
export const weightNow = (voter: Voter, assembly: Assembly, now: bigint): bigint =>
  ask(core.weightNow, bytesOf.voter(voter), bytesOf.assembly(assembly), now);

/** Why no stake can be taken out. */
export const unstakeProblem = (voter: Voter, assembly: Assembly, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkUnstake, bytesOf.voter(voter), bytesOf.assembly(assembly), now);
