// Changes of parameters, the authority, the pause, and the protocol fees.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import { NOBODY, type Found } from '../accounts';
import type { Change, Pool } from '../generated/accounts';
import { ballotAddress, changeAddress, voterAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import type { ProposalArgs } from '../generated/types';
import { readProposal } from '../rules/change';
import { firstExitOf } from './cover';
import { movement, receiverOf, tokenAddress, type Payer } from './tokens';

/** What is proposed. */
export type ChangeRequest = Payer & {
  /** What is to be set: `proposal('CancelFee', { cancelFeeBps: 100 })`. */
  readonly proposal: ProposalArgs;
  /** The product, for a change of one. */
  readonly product?: Address;
};

/** Where the next change of a pool will be, if `proposer` proposes it. */
export const nextChange = ({ address, data }: Found<Pool>, proposer: Address): Promise<Address> =>
  changeAddress(address, proposer, data.changeCount);

/** Queues a change at once; the pool's authority only. */
export async function proposeChange(
  pool: Found<Pool>,
  authority: TransactionSigner,
  { payer = authority, ...request }: ChangeRequest,
): Promise<Instruction[]> {
  const accounts = { authority, payer, pool: pool.address, change: await nextChange(pool, authority.address) };
  return [program.getProposeChangeInstruction({ ...accounts, id: pool.data.changeCount, ...request })];
}

/** Puts a change to a ballot: costs a bond and the voters' reward. A staker whose stake counts only. */
export async function petitionChange(
  pool: Found<Pool>,
  owner: TransactionSigner,
  { payer = owner, ...request }: ChangeRequest,
): Promise<Instruction[]> {
  const { assembly, assetMint, tokenProgram, changeCount } = pool.data;
  const change = await nextChange(pool, owner.address);
  const accounts = {
    owner,
    payer,
    voter: await voterAddress(assembly, owner.address),
    pool: pool.address,
    change,
    assembly,
    ballot: await ballotAddress(change),
    ownerToken: await tokenAddress(owner.address, assetMint, tokenProgram),
  };
  const petition = { ...accounts, ...movement(pool.data), id: changeCount, ...request };
  return [await program.getPetitionChangeInstructionAsync(petition)];
}

/** Queues or refuses a change by its final ballot. */
export const queueChange = (pool: Found<Pool>, change: Found<Change>, caller: Address): Instruction[] => {
  const { ballot } = change.data;
  const { vault } = pool.data;
  return [program.getQueueChangeInstruction({ caller, pool: pool.address, change: change.address, ballot, vault })];
};

/** Marks a queued change that can be applied: it lapses in 30 days. */
export const markChange = async (pool: Found<Pool>, change: Found<Change>): Promise<Instruction[]> => {
  const { product } = change.data;
  const accounts = { pool: pool.address, change: change.address, ...(product !== NOBODY && { product }) };
  return [program.getMarkChangeInstruction({ ...accounts, ...(await firstExitOf(pool)) })];
};

/** Applies a queued change that has waited long enough, unless it is of the authority. `payer` pays for longer words of the shares, and signs only then. */
export async function applyChange(
  pool: Found<Pool>,
  change: Found<Change>,
  payer: TransactionSigner,
): Promise<Instruction[]> {
  const { product, proposal } = change.data;
  const { shareMint, shareTokenProgram } = pool.data;
  const sets = readProposal(proposal);
  const renames = sets.__kind === 'Shares';
  const accounts = {
    pool: pool.address,
    change: change.address,
    ...(sets.__kind === 'Court' && { court: sets.assembly }),
    ...(product !== NOBODY && { product }),
    ...(await firstExitOf(pool)),
    ...(renames && { payer, shareMint, shareTokenProgram }),
  };
  return [program.getApplyChangeInstruction(accounts)];
}

/** Takes a change back that the pool's authority queued, which signs. */
export const withdrawChange = (change: Found<Change>, authority: TransactionSigner): Instruction[] => [
  program.getWithdrawChangeInstruction({ authority, pool: change.data.pool, change: change.address }),
];

/** Gives the bond of a change that its ballot was not against back to its proposer. */
export async function collectChangeBond(
  pool: Found<Pool>,
  change: Found<Change>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { proposer } = change.data;
  const { receiver, open } = await receiverOf(pool.data, proposer, caller);
  const accounts = { pool: pool.address, change: change.address, proposer, receiver };
  return [...open, program.getCollectChangeBondInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Closes the account of a change that is over. */
export const closeChange = (change: Found<Change>, caller: Address): Instruction[] => {
  const { pool, rentPayer } = change.data;
  return [program.getCloseChangeInstruction({ caller, pool, change: change.address, rentPayer })];
};

/** Takes the authority over a pool by a queued change that names the signer. What was queued by who had it falls. */
export const acceptAuthority = (change: Found<Change>, newAuthority: TransactionSigner): Instruction[] => [
  program.getAcceptAuthorityInstruction({ newAuthority, pool: change.data.pool, change: change.address }),
];

/** Pauses sales and deposits for `seconds`, or ends the pause with 0; the pool's guardian only. */
export const pause = (pool: Address, guardian: TransactionSigner, seconds: bigint): Instruction[] => [
  program.getPauseInstruction({ guardian, pool, seconds }),
];

/** Pays the protocol fees taken so far to the pool's treasury. */
export async function collectFees(pool: Found<Pool>, caller: TransactionSigner): Promise<Instruction[]> {
  const { treasury } = pool.data;
  const { receiver, open } = await receiverOf(pool.data, treasury, caller);
  const accounts = { pool: pool.address, treasury, receiver };
  return [...open, program.getCollectFeesInstruction({ ...accounts, ...movement(pool.data) })];
}
