// What a buyer and a holder do. Prices and refunds move by the second: `atMost` and `atLeast` bound them.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Policy, Pool, Product } from '../generated/accounts';
import { exitEpochAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { hasExits } from '../rules/exits';
import { courtOf } from '../rules/incident';
import { movement, openTokenAccount, tokenAddress } from './tokens';

/** Who gets a commission on top of the price. */
export type Commission = { readonly distributor: Address; readonly bps: number };

/** What is bought. */
export type Purchase = {
  /** Any number the payer has not used for this product. */
  readonly id: bigint;
  /** Sum insured, atoms. */
  readonly amount: bigint;
  readonly termDays: number;
  /** The most that is paid, the commission included, atoms. */
  readonly maxPremium: bigint;
  /** The number of the product's terms, as the quote says: under others the sale fails. */
  readonly terms: bigint;
  /** The assembly that decides, `courtOfSale`. */
  readonly court: Address;
  /** Who may claim. */
  readonly holder: Address;
  readonly commission?: Commission;
};

/** The account of a distributor, opened first, and what the program is told of the commission. */
async function commissionOf(pool: Pool, payer: TransactionSigner, commission: Commission | undefined) {
  if (!commission) return { open: [], args: { commissionBps: 0 } };
  const { assetMint, tokenProgram } = pool;
  const { address, instruction } = await openTokenAccount(payer, commission.distributor, assetMint, tokenProgram);
  return { open: [instruction], args: { commissionBps: commission.bps, distributorToken: address } };
}

/** Buys cover. */
export async function buyCover(
  pool: Found<Pool>,
  product: Address,
  payer: TransactionSigner,
  { commission, court, ...purchase }: Purchase,
): Promise<Instruction[]> {
  const { open, args } = await commissionOf(pool.data, payer, commission);
  const payerToken = await tokenAddress(payer.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { payer, pool: pool.address, product, assembly: court, payerToken, ...movement(pool.data) };
  return [...open, await program.getBuyCoverInstructionAsync({ ...accounts, ...purchase, ...args })];
}

/** The pool's first exit epoch, if one waits. */
export const firstExitOf = async ({ address, data }: Found<Pool>): Promise<{ firstExit?: Address }> =>
  hasExits(data) ? { firstExit: await exitEpochAddress(address, data.exitHead) } : {};

/** How a policy is extended. */
export type Extension = Pick<Purchase, 'maxPremium' | 'commission'> & { readonly days: number };

/** Extends a policy. */
export async function extendCover(
  pool: Found<Pool>,
  policy: Found<Policy>,
  payer: TransactionSigner,
  { commission, ...extension }: Extension,
): Promise<Instruction[]> {
  const { open, args } = await commissionOf(pool.data, payer, commission);
  const payerToken = await tokenAddress(payer.address, pool.data.assetMint, pool.data.tokenProgram);
  const firstExit = await firstExitOf(pool);
  const accounts = {
    payer,
    pool: pool.address,
    product: policy.data.product,
    policy: policy.address,
    payerToken,
    ...firstExit,
  };
  return [...open, program.getExtendCoverInstruction({ ...accounts, ...movement(pool.data), ...extension, ...args })];
}

/** Ends a policy with the day, or at once before it begins, for a refund of at least `minRefund` atoms. */
export async function cancelCover(
  pool: Found<Pool>,
  product: Found<Product>,
  policy: Found<Policy>,
  holder: TransactionSigner,
  args: { readonly minRefund: bigint },
): Promise<Instruction[]> {
  const receiver = await openTokenAccount(holder, holder.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    holder,
    pool: pool.address,
    product: product.address,
    policy: policy.address,
    assembly: courtOf(pool.data, product.data),
  };
  const cancel = { ...accounts, holderToken: receiver.address, ...movement(pool.data), ...args };
  return [receiver.instruction, program.getCancelCoverInstruction(cancel)];
}

/** Gives `part` of a policy's sum insured back, atoms, for a refund of at least `minRefund` atoms. */
export async function reduceCover(
  pool: Found<Pool>,
  product: Found<Product>,
  policy: Found<Policy>,
  holder: TransactionSigner,
  args: { readonly part: bigint; readonly minRefund: bigint },
): Promise<Instruction[]> {
  const receiver = await openTokenAccount(holder, holder.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    holder,
    pool: pool.address,
    product: product.address,
    policy: policy.address,
    assembly: courtOf(pool.data, product.data),
  };
  const reduce = { ...accounts, holderToken: receiver.address, ...movement(pool.data), ...args };
  return [receiver.instruction, program.getReduceCoverInstruction(reduce)];
}

/** Closes the account of a policy that is fully settled. */
export const closePolicy = (policy: Found<Policy>, caller: Address): Instruction[] => {
  const { product, payer } = policy.data;
  return [program.getClosePolicyInstruction({ caller, product, policy: policy.address, payer })];
};

/**
 * Asks the program what a cover would cost, with the court of `courtOfSale`: a simulation returns it. `quoteCover` says the same without
 * the network.
 */
export const askForQuote = (
  product: Found<Product>,
  court: Address,
  cover: { readonly amount: bigint; readonly termDays: number },
): Instruction[] => [
  program.getQuoteCoverInstruction({
    pool: product.data.pool,
    product: product.address,
    assembly: court,
    ...cover,
  }),
];

/** Hands a policy to another holder. */
export const transferCover = (policy: Address, holder: TransactionSigner, newHolder: Address): Instruction[] => [
  program.getTransferCoverInstruction({ policy, holder, newHolder }),
];
