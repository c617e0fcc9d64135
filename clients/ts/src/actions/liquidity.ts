// What an LP does, and the cranks of exits. Every action returns the instructions of one transaction.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import { dayAfter } from '../core';
import type { ExitTicket, Pool } from '../generated/accounts';
import { exitEpochAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { movement, openTokenAccount, tokenAddress } from './tokens';

/** Deposits `amount` atoms for at least `minShares`. */
export async function deposit(
  pool: Found<Pool>,
  owner: TransactionSigner,
  args: { readonly amount: bigint; readonly minShares: bigint },
): Promise<Instruction[]> {
  const { assetMint, shareMint, tokenProgram } = pool.data;
  const shares = await openTokenAccount(owner, owner.address, shareMint, tokenProgram);
  const ownerToken = await tokenAddress(owner.address, assetMint, tokenProgram);
  const accounts = {
    owner,
    pool: pool.address,
    ownerToken,
    ownerShares: shares.address,
    shareMint,
    ...movement(pool.data),
  };
  return [shares.instruction, program.getDepositInstruction({ ...accounts, ...args })];
}

/** Requests an exit of `shares` atoms; `id` is any number the owner has not used, `day` is `exitDay(pool, now)`. */
export async function requestExit(
  pool: Found<Pool>,
  owner: TransactionSigner,
  args: { readonly id: bigint; readonly day: bigint; readonly shares: bigint },
): Promise<Instruction[]> {
  const { assetMint, shareMint, tokenProgram, exitEscrow } = pool.data;
  const receiver = await openTokenAccount(owner, owner.address, assetMint, tokenProgram);
  const ownerShares = await tokenAddress(owner.address, shareMint, tokenProgram);
  const accounts = { owner, pool: pool.address, ownerShares, exitEscrow, receiver: receiver.address, tokenProgram };
  return [receiver.instruction, await program.getRequestExitInstructionAsync({ ...accounts, ...args })];
}

/** Tomorrow's exit epoch, which takes what does not fit: not needed, open already, or to be opened in passing. */
export type NextEpoch = 'none' | 'open' | 'new';

/** Settles the first exit epoch that waits. */
export async function settleExitEpoch(
  pool: Found<Pool>,
  payer: TransactionSigner,
  args: { readonly now: bigint; readonly next: NextEpoch },
): Promise<Instruction[]> {
  const { exitHeadDay, exitEscrow, shareMint, vault, tokenProgram } = pool.data;
  const epoch = await exitEpochAddress(pool.address, exitHeadDay);
  const accounts = { pool: pool.address, epoch, exitEscrow, shareMint, vault, tokenProgram };
  if (args.next === 'none') return [program.getSettleExitEpochInstruction(accounts)];
  const day = dayAfter(args.now);
  const nextEpoch = await exitEpochAddress(pool.address, day);
  const settle = program.getSettleExitEpochInstruction({ ...accounts, nextEpoch });
  if (args.next === 'open') return [settle];
  return [program.getOpenExitEpochInstruction({ payer, pool: pool.address, epoch: nextEpoch, day }), settle];
}

/** Pays a ticket what the settled epoch in which it stands has for it. */
export async function collectExit(
  pool: Found<Pool>,
  ticket: Found<ExitTicket>,
  caller: Address,
): Promise<Instruction[]> {
  const { owner, rentPayer, receiver, epochDay } = ticket.data;
  const epoch = await exitEpochAddress(pool.address, epochDay);
  const accounts = { caller, pool: pool.address, epoch, ticket: ticket.address, owner, rentPayer, receiver };
  return [program.getCollectExitInstruction({ ...accounts, ...movement(pool.data) })];
}
