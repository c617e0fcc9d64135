// Ballots, votes and stakes.
import * as core from '../core';
import type { Assembly, Ballot, VoteRecord, Voter } from '../generated/accounts';
import type { BallotStanding, Side } from '../generated/enums';
import type { BreakwaterError } from '../generated/errors';
import { ask, bytesOf, problemOf } from './ask';

/** Where a ballot stands. */
export const ballotStanding = (ballot: Ballot, now: bigint): BallotStanding =>
  ask(core.ballotStanding, bytesOf.ballot(ballot), now);

/** Why the round of a ballot cannot be closed. */
export const closeProblem = (ballot: Ballot, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkClose, bytesOf.ballot(ballot), now);

/** The weight cast in the round of a ballot, atoms, for and against; whether that is as much as must be cast; the side for which the rest of those counts; whether the outcome was read. */
export const turnoutOf = (ballot: Ballot) => ask(core.turnout, bytesOf.ballot(ballot));

/** What a vote comes to: its reward, what it forfeits of it, and the stake it loses; throws a `Refusal` until it is released. */
export const voteReturn = (ballot: Ballot, record: VoteRecord, now: bigint) =>
  ask(core.voteReturn, bytesOf.ballot(ballot), bytesOf.record(record), now);

/** The side of a vote. */
export const voteSide = (record: VoteRecord): Side => ask(core.voteSide, bytesOf.record(record));

/** Why the bond of an appeal cannot be collected. */
export const appealBondProblem = (ballot: Ballot): BreakwaterError | undefined =>
  problemOf(core.checkAppealBond, bytesOf.ballot(ballot));

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
