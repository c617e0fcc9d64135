// Token accounts that actions need.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import { findAssociatedTokenPda, getCreateAssociatedTokenIdempotentInstruction } from '@solana-program/token';
import type { Pool } from '../generated/accounts';

/** What an action reads of its pool. */
export type PoolTokens = Pick<Pool, 'vault' | 'assetMint' | 'shareMint' | 'exitEscrow' | 'tokenProgram' | 'assembly'>;

/** The accounts that every movement of a pool's asset names. */
export const movement = ({ vault, assetMint, tokenProgram }: PoolTokens) => ({ vault, assetMint, tokenProgram });

/** The associated token account of an owner. */
export async function tokenAddress(owner: Address, mint: Address, tokenProgram: Address): Promise<Address> {
  const [address] = await findAssociatedTokenPda({ owner, mint, tokenProgram });
  return address;
}

/** Opens an owner's associated token account unless it is open. */
export async function openTokenAccount(
  payer: TransactionSigner,
  owner: Address,
  mint: Address,
  tokenProgram: Address,
): Promise<{ address: Address; instruction: Instruction }> {
  const ata = await tokenAddress(owner, mint, tokenProgram);
  return {
    address: ata,
    instruction: getCreateAssociatedTokenIdempotentInstruction({ payer, ata, owner, mint, tokenProgram }),
  };
}
