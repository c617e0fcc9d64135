// Founding: assemblies, pools and their products. The token program is the one that owns the mint.
import type { Address, GetAccountInfoApi, Instruction, Rpc, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Pool } from '../generated/accounts';
import { productAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { fetchTokenProgram } from './tokens';

type Reader = Rpc<GetAccountInfoApi>;

/** Parameters of an assembly. */
export type AssemblyParams = program.CreateAssemblyInstructionDataArgs & { readonly governanceMint: Address };

/** Creates an assembly: those who stake the governance token. */
export async function createAssembly(
  rpc: Reader,
  creator: TransactionSigner,
  params: AssemblyParams,
): Promise<Instruction[]> {
  const tokenProgram = await fetchTokenProgram(rpc, params.governanceMint);
  return [await program.getCreateAssemblyInstructionAsync({ creator, tokenProgram, ...params })];
}

/** Parameters of a pool. */
export type PoolParams = program.CreatePoolInstructionDataArgs & {
  readonly assembly: Address;
  readonly assetMint: Address;
};

/** Creates a pool of an asset. */
export async function createPool(rpc: Reader, creator: TransactionSigner, params: PoolParams): Promise<Instruction[]> {
  const tokenProgram = await fetchTokenProgram(rpc, params.assetMint);
  return [await program.getCreatePoolInstructionAsync({ creator, tokenProgram, ...params })];
}

/** Parameters of a product. */
export type ProductParams = program.ListProductInstructionDataArgs;

/** Lists a product; the pool's authority only. While somebody has shares it is a draft: a change puts it on sale. */
export async function listProduct(
  pool: Found<Pool>,
  authority: TransactionSigner,
  params: ProductParams,
): Promise<Instruction[]> {
  const product = await productAddress(pool.address, pool.data.productCount);
  return [program.getListProductInstruction({ authority, payer: authority, pool: pool.address, product, ...params })];
}
