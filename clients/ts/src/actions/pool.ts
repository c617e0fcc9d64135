// Founding assemblies, pools and their products, and closing them. The token program is the one that owns the mint.
import type { Address, GetAccountInfoApi, Instruction, Rpc, TransactionSigner } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import type { Found, ShareTexts } from '../accounts';
import type { Assembly, Pool, Product } from '../generated/accounts';
import { exitEscrowAddress, poolAddress, productAddress, shareMintAddress, vaultAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { NO_SHARE_WORDS, shareWords } from '../rules/change';
import { fetchTokenProgram, receiverOf, TOKEN_2022_PROGRAM_ADDRESS, type Payer } from './tokens';

type Reader = Rpc<GetAccountInfoApi>;

/** Parameters of an assembly. */
export type AssemblyParams = program.CreateAssemblyInstructionDataArgs & { readonly governanceMint: Address };

/** Creates an assembly: those who stake the governance token. */
export async function createAssembly(
  rpc: Reader,
  creator: TransactionSigner,
  { payer = creator, ...params }: AssemblyParams & Payer,
): Promise<Instruction[]> {
  const tokenProgram = await fetchTokenProgram(rpc, params.governanceMint);
  return [await program.getCreateAssemblyInstructionAsync({ creator, payer, tokenProgram, ...params })];
}

/** Parameters of a pool. */
export type PoolParams = Omit<program.CreatePoolInstructionDataArgs, 'words'> & {
  readonly assembly: Address;
  readonly assetMint: Address;
  /** What wallets show of the shares, a mint of Token-2022; without, they are a mint of SPL Token, which shows none. */
  readonly words?: ShareTexts;
};

/** Creates a pool of an asset. */
export async function createPool(
  rpc: Reader,
  creator: TransactionSigner,
  { payer = creator, words, ...params }: PoolParams & Payer,
): Promise<Instruction[]> {
  const pool = await poolAddress(creator.address, BigInt(params.id));
  const accounts = {
    creator,
    payer,
    pool,
    vault: await vaultAddress(pool),
    shareMint: await shareMintAddress(pool, 0),
    exitEscrow: await exitEscrowAddress(pool, 0),
    tokenProgram: await fetchTokenProgram(rpc, params.assetMint),
    shareTokenProgram: words ? TOKEN_2022_PROGRAM_ADDRESS : TOKEN_PROGRAM_ADDRESS,
  };
  const shown = words ? shareWords(words) : NO_SHARE_WORDS;
  return [program.getCreatePoolInstruction({ ...accounts, ...params, words: shown })];
}

/** Announces a pool open: listing is frozen, and cover is sold after a season; the pool's authority only. */
export const openPool = (pool: Address, authority: TransactionSigner): Instruction[] => [
  program.getOpenPoolInstruction({ authority, pool }),
];

/** Parameters of a product. */
export type ProductParams = program.ListProductInstructionDataArgs;

/** Lists a product; the pool's authority only. Once the pool was announced open it is a draft: a change puts it on sale. */
export async function listProduct(
  pool: Found<Pool>,
  authority: TransactionSigner,
  { payer = authority, ...params }: ProductParams & Payer,
): Promise<Instruction[]> {
  const product = await productAddress(pool.address, pool.data.productCount);
  return [program.getListProductInstruction({ authority, payer, pool: pool.address, product, ...params })];
}

/** Brings a pool and a product of it up to date. */
export const rollProduct = (pool: Found<Pool>, product: Address): Instruction[] => [
  program.getRollProductInstruction({ pool: pool.address, product, vault: pool.data.vault }),
];

/** Streams what a pool's vault holds beyond its books, and its reward fund beyond its limit, to the LPs. */
export const absorbSurplus = ({ address: pool, data: { vault } }: Found<Pool>): Instruction[] => [
  program.getAbsorbSurplusInstruction({ pool, vault }),
];

/** Closes a product whose policies and incidents are closed. The pool's authority signs for one that is not delisted. */
export async function closeProduct(
  product: Found<Product>,
  caller: Address,
  authority?: TransactionSigner,
): Promise<Instruction[]> {
  const { pool, rentPayer } = product.data;
  const vault = await vaultAddress(pool);
  const accounts = { caller, pool, product: product.address, rentPayer, vault, ...(authority && { authority }) };
  return [program.getCloseProductInstruction(accounts)];
}

/**
 * Closes a pool without shares, products and debts; its authority, or who paid its rent. What the vault still holds goes to the
 * treasury.
 */
export async function closePool(pool: Found<Pool>, closer: TransactionSigner): Promise<Instruction[]> {
  const { assembly, rentPayer, treasury, vault, shareMint, exitEscrow, assetMint, tokenProgram, shareTokenProgram } =
    pool.data;
  const { receiver, open } = await receiverOf(pool.data, treasury, closer);
  const tokens = { vault, shareMint, exitEscrow, assetMint, tokenProgram, shareTokenProgram };
  const accounts = { closer, pool: pool.address, assembly, rentPayer, treasury, receiver, ...tokens };
  return [...open, program.getClosePoolInstruction(accounts)];
}

/** Closes an assembly that no pool and no voter needs; its creator only. */
export const closeAssembly = (assembly: Found<Assembly>, creator: TransactionSigner): Instruction[] => {
  const { rentPayer } = assembly.data;
  return [program.getCloseAssemblyInstruction({ creator, assembly: assembly.address, rentPayer })];
};
