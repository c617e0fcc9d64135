// Token accounts that actions need.
//
// An action that pays its signer, or a distributor, opens the token account for it first, unless it is open. No other
// account is opened. The one who pays has the tokens in an account already, and a step that anyone may take pays others.
import {
  address,
  type Address,
  type GetAccountInfoApi,
  type Instruction,
  type Rpc,
  type TransactionSigner,
} from '@solana/kit';
import {
  findAssociatedTokenPda,
  getCreateAssociatedTokenIdempotentInstruction,
  TOKEN_PROGRAM_ADDRESS,
} from '@solana-program/token';
import type { Pool } from '../generated/accounts';

/** The program of tokens with extensions. */
export const TOKEN_2022_PROGRAM_ADDRESS = address('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');

/** The token program of a mint: SPL Token or Token-2022, whichever owns it; an error when it is no mint. */
export async function fetchTokenProgram(rpc: Rpc<GetAccountInfoApi>, mint: Address): Promise<Address> {
  const { value } = await rpc.getAccountInfo(mint, { commitment: 'confirmed', encoding: 'base64' }).send();
  const program = [TOKEN_PROGRAM_ADDRESS, TOKEN_2022_PROGRAM_ADDRESS].find((known) => known === value?.owner);
  if (program === undefined) throw new Error(`${mint} is not the mint of a token`);
  return program;
}

/** What an action reads of its pool. */
export type PoolTokens = Pick<Pool, 'vault' | 'assetMint' | 'tokenProgram'>;

/** The accounts that every movement of a pool's asset names. */
export const movement = ({ vault, assetMint, tokenProgram }: PoolTokens) => ({ vault, assetMint, tokenProgram });

/** Who pays rents and tips, apart from who decides or owns. */
export type Payer = {
  /** Signs too; the one who acts if nobody is named. */
  readonly payer?: TransactionSigner | undefined;
};

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

/** Where somebody is paid a pool's asset; opened first when they sign themselves. */
export async function receiverOf(
  pool: PoolTokens,
  owner: Address,
  signer: TransactionSigner,
): Promise<{ receiver: Address; open: readonly Instruction[] }> {
  const { address, instruction } = await openTokenAccount(signer, owner, pool.assetMint, pool.tokenProgram);
  return { receiver: address, open: owner === signer.address ? [instruction] : [] };
}
