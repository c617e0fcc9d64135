// What a voter does, and the cranks of ballots.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Assembly, Ballot, Pool, Voter, VoteRecord } from '../generated/accounts';
import { voteRecordAddress, voterAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import type { Evidence } from '../generated/types';
import { movement, openTokenAccount, receiverOf, tokenAddress, type Payer } from './tokens';

/** Stakes `amount` atoms of the governance token. */
export async function stake(
  assembly: Found<Assembly>,
  owner: TransactionSigner,
  amount: bigint,
  { payer = owner }: Payer = {},
): Promise<Instruction[]> {
  const { governanceMint, stakeVault, tokenProgram } = assembly.data;
  const ownerToken = await tokenAddress(owner.address, governanceMint, tokenProgram);
  const accounts = { owner, payer, assembly: assembly.address, ownerToken, stakeVault, governanceMint, tokenProgram };
  return [await program.getStakeInstructionAsync({ ...accounts, amount })];
}

/** Puts stake on its way out. */
export async function requestUnstake(
  assembly: Address,
  owner: TransactionSigner,
  amount: bigint,
): Promise<Instruction[]> {
  const voter = await voterAddress(assembly, owner.address);
  return [program.getRequestUnstakeInstruction({ owner, assembly, voter, amount })];
}

/** Takes out what was put on its way, once the delay is over. */
export async function unstake(assembly: Found<Assembly>, owner: TransactionSigner): Promise<Instruction[]> {
  const { governanceMint, stakeVault, tokenProgram } = assembly.data;
  const receiver = await openTokenAccount(owner, owner.address, governanceMint, tokenProgram);
  const voter = await voterAddress(assembly.address, owner.address);
  const accounts = { owner, assembly: assembly.address, voter, ownerToken: receiver.address };
  return [
    receiver.instruction,
    program.getUnstakeInstruction({ ...accounts, stakeVault, governanceMint, tokenProgram }),
  ];
}

/**
 * Votes in the round that is open, in an appeal anew: for a level, 0 against and 16 for, or between them where the ballot asks how much. With
 * the signer's own stake, or as the delegate of its `owner`.
 */
export async function vote(
  ballot: Found<Ballot>,
  signer: TransactionSigner,
  level: number,
  { payer = signer, owner = signer.address }: Payer & { readonly owner?: Address } = {},
): Promise<Instruction[]> {
  const voter = await voterAddress(ballot.data.assembly, owner);
  const record = await voteRecordAddress(ballot.address, voter);
  return [program.getVoteInstruction({ signer, payer, voter, ballot: ballot.address, record, level })];
}

/** Lets `delegate` vote with the owner's stake in ballots that open later; `NOBODY` takes the vote from who had it, at once. */
export async function setDelegate(
  assembly: Address,
  owner: TransactionSigner,
  delegate: Address,
): Promise<Instruction[]> {
  const voter = await voterAddress(assembly, owner.address);
  return [program.getSetDelegateInstruction({ owner, voter, delegate })];
}

/** Decides a ballot in which too few voted, for a level; its arbiter only. */
export const arbitrate = (ballot: Address, arbiter: TransactionSigner, level: number): Instruction[] => [
  program.getArbitrateInstruction({ arbiter, ballot, level }),
];

/**
 * Attaches evidence to what is voted on: an incident, a claim, a change or a ballot; or the reasons of a vote to its ballot. Anyone may; an
 * event says who knows what, and nothing is stored.
 */
export const attachEvidence = (
  subject: Address,
  author: TransactionSigner,
  { evidenceHash, evidenceUri }: Evidence,
): Instruction[] => [
  program.getAttachEvidenceInstruction({ author, subject, evidence: { evidenceHash, evidenceUri } }),
];

/** Closes a ballot's round. */
export const closeBallot = (ballot: Address, caller: Address): Instruction[] => [
  program.getCloseBallotInstruction({ caller, ballot }),
];

/** Appeals a closed ballot, with a bond. */
export async function appeal(
  pool: Found<Pool>,
  ballot: Address,
  appellant: TransactionSigner,
  { payer = appellant }: Payer = {},
): Promise<Instruction[]> {
  const appellantToken = await tokenAddress(appellant.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { appellant, payer, pool: pool.address, ballot, appellantToken };
  return [program.getAppealInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Gives an appeal's bond where it belongs. */
export async function collectAppealBond(
  pool: Found<Pool>,
  ballot: Found<Ballot>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { appellant } = ballot.data;
  const { receiver, open } = await receiverOf(pool.data, appellant, caller);
  const accounts = { pool: pool.address, ballot: ballot.address, appellant, receiver };
  return [...open, program.getCollectAppealBondInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Pays the reward of a vote to the owner of the stake, once the outcome was read, and releases the vote if it is not yet. */
export async function collectVoteReward(
  pool: Found<Pool>,
  ballot: Found<Ballot>,
  record: Found<VoteRecord>,
  owner: Address,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { receiver, open } = await receiverOf(pool.data, owner, caller);
  const accounts = { ...releaseAccounts(pool, ballot, record, owner, caller.address), receiver };
  return [...open, program.getCollectVoteRewardInstruction(accounts)];
}

/**
 * Releases a vote of a final ballot, whether its outcome was read or not: the stake of `owner` is locked by it no more. What it is paid
 * waits for `collectVoteReward`.
 */
export const releaseVote = (
  pool: Found<Pool>,
  ballot: Found<Ballot>,
  record: Found<VoteRecord>,
  owner: Address,
  caller: Address,
): Instruction[] => [program.getCollectVoteRewardInstruction(releaseAccounts(pool, ballot, record, owner, caller))];

function releaseAccounts(
  pool: Found<Pool>,
  ballot: Found<Ballot>,
  record: Found<VoteRecord>,
  owner: Address,
  caller: Address,
) {
  const { voter, rentPayer } = record.data;
  const { assembly } = ballot.data;
  const of = { pool: pool.address, assembly, ballot: ballot.address, record: record.address, voter };
  return { caller, ...of, owner, rentPayer, ...movement(pool.data) };
}

/** Burns the stake that voters have lost. */
export const burnSlashed = ({ address: assembly, data }: Found<Assembly>): Instruction[] => {
  const { stakeVault, governanceMint, tokenProgram } = data;
  return [program.getBurnSlashedInstruction({ assembly, stakeVault, governanceMint, tokenProgram })];
};

/** Closes the account of a ballot that is over. */
export const reclaimBallot = (ballot: Found<Ballot>, caller: Address): Instruction[] => {
  const { pool, rentPayer } = ballot.data;
  return [program.getReclaimBallotInstruction({ caller, pool, ballot: ballot.address, rentPayer })];
};

/** Closes the account of a voter without stake. */
export const closeVoter = (voter: Found<Voter>, caller: Address): Instruction[] => {
  const { assembly, rentPayer } = voter.data;
  return [program.getCloseVoterInstruction({ caller, assembly, voter: voter.address, rentPayer })];
};
