// What an LP does, and the cranks of exits. Every action returns the instructions of one transaction.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { ExitEpoch, ExitTicket, Incident, Pool, Retired } from '../generated/accounts';
import { exitEpochAddress, exitEscrowAddress, retiredAddress, shareMintAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import type { Seen } from '../rules/pool';
import { movement, openTokenAccount, tokenAddress, type Payer } from './tokens';

/** Deposits `amount` atoms for at least `minShares`, on terms and beside liens that were `seen`: `seenOf(pool)`. */
export async function deposit(
  pool: Found<Pool>,
  owner: TransactionSigner,
  { seen, ...args }: { readonly amount: bigint; readonly minShares: bigint; readonly seen: Seen },
): Promise<Instruction[]> {
  const { assetMint, shareMint, tokenProgram, shareTokenProgram } = pool.data;
  const shares = await openTokenAccount(owner, owner.address, shareMint, shareTokenProgram);
  const ownerToken = await tokenAddress(owner.address, assetMint, tokenProgram);
  const accounts = { owner, pool: pool.address, ownerToken, ownerShares: shares.address, shareMint, shareTokenProgram };
  return [shares.instruction, program.getDepositInstruction({ ...accounts, ...movement(pool.data), ...args, ...seen })];
}

/** Takes out at once what `shares` are worth, at least `minAmount` atoms: until seven days after the pool's opening. */
export async function withdraw(
  pool: Found<Pool>,
  owner: TransactionSigner,
  args: { readonly shares: bigint; readonly minAmount: bigint },
): Promise<Instruction[]> {
  const { assetMint, shareMint, tokenProgram, shareTokenProgram } = pool.data;
  const receiver = await openTokenAccount(owner, owner.address, assetMint, tokenProgram);
  const ownerShares = await tokenAddress(owner.address, shareMint, shareTokenProgram);
  const accounts = { owner, pool: pool.address, ownerShares, receiver: receiver.address, shareMint, shareTokenProgram };
  return [receiver.instruction, program.getWithdrawInstruction({ ...accounts, ...movement(pool.data), ...args })];
}

/** How an exit is requested. */
export type ExitRequest = Payer & {
  /** Any number the owner has not used. */
  readonly id: bigint;
  /** The exit epoch that it joins: `exitEpochNow(pool, now).number`. */
  readonly epoch: bigint;
  /** Atoms. */
  readonly shares: bigint;
};

/** Puts shares on their way out. */
export async function requestExit(
  pool: Found<Pool>,
  owner: TransactionSigner,
  { id, epoch: number, shares, payer = owner }: ExitRequest,
): Promise<Instruction[]> {
  const { assetMint, shareMint, tokenProgram, shareTokenProgram, exitEscrow } = pool.data;
  const receiver = await openTokenAccount(payer, owner.address, assetMint, tokenProgram);
  const accounts = {
    owner,
    payer,
    pool: pool.address,
    epoch: await exitEpochAddress(pool.address, number),
    ownerShares: await tokenAddress(owner.address, shareMint, shareTokenProgram),
    exitEscrow,
    receiver: receiver.address,
    shareTokenProgram,
  };
  return [receiver.instruction, await program.getRequestExitInstructionAsync({ ...accounts, id, number, shares })];
}

/** Pays what can be paid of the first exit epoch that waits. */
export async function payExits(pool: Found<Pool>, caller: Address): Promise<Instruction[]> {
  const { exitEscrow, shareMint, shareTokenProgram } = pool.data;
  const epoch = await exitEpochAddress(pool.address, pool.data.exitHead);
  const accounts = { caller, pool: pool.address, epoch, exitEscrow, shareMint, shareTokenProgram };
  return [program.getPayExitsInstruction(accounts)];
}

/** Calls the first exit epoch that waits, which nobody paid in time, a day ahead. */
export async function callExits(pool: Found<Pool>): Promise<Instruction[]> {
  const epoch = await exitEpochAddress(pool.address, pool.data.exitHead);
  return [program.getCallExitsInstruction({ pool: pool.address, epoch })];
}

/** Gives an exit epoch back what it has in an incident, as far as that is over. */
export const releaseContested = (incident: Found<Incident>, epoch: Address): Instruction[] => [
  program.getReleaseContestedInstruction({ pool: incident.data.pool, incident: incident.address, epoch }),
];

/** Pays a ticket its part of what was paid to its epoch so far. */
export async function collectExit(
  pool: Found<Pool>,
  ticket: Found<ExitTicket>,
  caller: Address,
): Promise<Instruction[]> {
  const { owner, rentPayer, receiver } = ticket.data;
  const epoch = await exitEpochAddress(pool.address, ticket.data.epoch);
  const accounts = { caller, pool: pool.address, epoch, ticket: ticket.address, owner, rentPayer, receiver };
  return [program.getCollectExitInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Closes an exit epoch that every ticket has left. */
export const closeExitEpoch = (pool: Found<Pool>, epoch: Found<ExitEpoch>, caller: Address): Instruction[] => {
  const { rentPayer } = epoch.data;
  const { vault } = pool.data;
  return [program.getCloseExitEpochInstruction({ caller, pool: pool.address, epoch: epoch.address, rentPayer, vault })];
};

/** Retires the shares of a pool that was wiped out, so that new capital need not pay for them. */
export async function retireShares(pool: Found<Pool>, payer: TransactionSigner): Promise<Instruction[]> {
  const { generation, vault, shareTokenProgram } = pool.data;
  const next = generation + 1;
  const accounts = {
    payer,
    pool: pool.address,
    retired: await retiredAddress(pool.address, generation),
    shareMint: await shareMintAddress(pool.address, next),
    exitEscrow: await exitEscrowAddress(pool.address, next),
    vault,
    shareTokenProgram,
  };
  return [program.getRetireSharesInstruction(accounts)];
}

/** Redeems shares that were retired for what is left for them. */
export async function redeemRetired(
  pool: Found<Pool>,
  retired: Found<Retired>,
  owner: TransactionSigner,
  shares: bigint,
): Promise<Instruction[]> {
  const { assetMint, tokenProgram, shareTokenProgram } = pool.data;
  const { shareMint } = retired.data;
  const receiver = await openTokenAccount(owner, owner.address, assetMint, tokenProgram);
  const accounts = {
    owner,
    pool: pool.address,
    retired: retired.address,
    ownerShares: await tokenAddress(owner.address, shareMint, shareTokenProgram),
    receiver: receiver.address,
    shareMint,
    shareTokenProgram,
  };
  return [receiver.instruction, program.getRedeemRetiredInstruction({ ...accounts, ...movement(pool.data), shares })];
}

/** Closes the account of retired shares of which none are left. */
export async function closeRetired(
  pool: Found<Pool>,
  retired: Found<Retired>,
  caller: Address,
): Promise<Instruction[]> {
  const { rentPayer, shareMint, generation } = retired.data;
  const { vault, shareTokenProgram } = pool.data;
  const exitEscrow = await exitEscrowAddress(pool.address, generation);
  const accounts = { caller, pool: pool.address, retired: retired.address, rentPayer, vault, shareMint, exitEscrow };
  return [program.getCloseRetiredInstruction({ ...accounts, shareTokenProgram })];
}
