// What a buyer and a holder do.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Policy, Pool } from '../generated/accounts';
import * as program from '../generated/instructions';
import { movement, openTokenAccount, tokenAddress } from './tokens';

/** What is bought. */
export type Purchase = {
  /** Any number the payer has not used for this product. */
  readonly id: bigint;
  /** Sum insured, atoms. */
  readonly amount: bigint;
  readonly termDays: number;
  /** The most that is paid, atoms. */
  readonly maxPremium: bigint;
  /** Who may claim. */
  readonly holder: Address;
};

/** Buys cover, without a distributor. */
export async function buyCover(
  pool: Found<Pool>,
  product: Address,
  payer: TransactionSigner,
  purchase: Purchase,
): Promise<Instruction[]> {
  const payerToken = await tokenAddress(payer.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { payer, pool: pool.address, product, payerToken, ...movement(pool.data) };
  return [await program.getBuyCoverInstructionAsync({ ...accounts, ...purchase, commissionBps: 0 })];
}

/** Extends a policy by `days`. */
export async function extendCover(
  pool: Found<Pool>,
  policy: Found<Policy>,
  payer: TransactionSigner,
  args: { readonly days: number; readonly maxPremium: bigint },
): Promise<Instruction[]> {
  const payerToken = await tokenAddress(payer.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { payer, pool: pool.address, product: policy.data.product, policy: policy.address, payerToken };
  return [program.getExtendCoverInstruction({ ...accounts, ...movement(pool.data), ...args, commissionBps: 0 })];
}

/** Ends a policy with the day, for a refund of at least `minRefund` atoms. */
export async function cancelCover(
  pool: Found<Pool>,
  policy: Found<Policy>,
  holder: TransactionSigner,
  args: { readonly minRefund: bigint },
): Promise<Instruction[]> {
  const receiver = await openTokenAccount(holder, holder.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { holder, pool: pool.address, product: policy.data.product, policy: policy.address };
  const cancel = { ...accounts, holderToken: receiver.address, ...movement(pool.data), ...args };
  return [receiver.instruction, program.getCancelCoverInstruction(cancel)];
}

/** Hands a policy to another holder. */
export const transferCover = (policy: Address, holder: TransactionSigner, newHolder: Address): Instruction[] => [
  program.getTransferCoverInstruction({ policy, holder, newHolder }),
];
