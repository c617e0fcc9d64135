// The books as of now: the program itself accrues them, in a simulation. What it computes is not computed twice here.
import type { Address, Rpc, SimulateTransactionApi } from '@solana/kit';
import type { Found } from './accounts';
import { assetsForShares, capacity, ratePpm, shareDecimals, sharesForDeposit } from './core';
import { TransactionFailure } from './errors';
import { getPoolDecoder, getProductDecoder, type Pool, type Product } from './generated/accounts';
import { getQuoteCoverInstruction, getRollProductInstruction } from './generated/instructions';
import { getQuoteDecoder, type Quote } from './generated/types';
import { simulate, simulateOrThrow } from './transaction';

/** Atoms of shares for an atom of the asset in an empty pool: 10^3, as in coverage-math. */
const SHARE_OFFSET = 1_000n;
/** What is counted of a pool's capital at most, atoms: as in coverage-math. */
const MAX_CAPITAL = 2n ** 60n;
/** Decimals of the shares beyond the asset's. */
export const SHARE_DECIMALS = shareDecimals();

type Simulator = Rpc<SimulateTransactionApi>;

/** The pool and a product of it, accrued and rolled to now. `payer` is any account that could pay a fee. */
export async function fetchAccrued(
  rpc: Simulator,
  payer: Address,
  pool: Found<Pool>,
  product: Address,
): Promise<{ pool: Pool; product: Product }> {
  const roll = getRollProductInstruction({ pool: pool.address, product, vault: pool.data.vault });
  const { accounts } = await simulateOrThrow(rpc, payer, [roll], [pool.address, product]);
  const [poolBytes, productBytes] = accounts;
  if (!poolBytes || !productBytes) throw new Error('the node returned no accounts');
  return { pool: getPoolDecoder().decode(poolBytes), product: getProductDecoder().decode(productBytes) };
}

/** What a cover costs now, and how much could be bought; throws a `TransactionFailure` when it cannot be. */
export async function quoteCover(
  rpc: Simulator,
  payer: Address,
  pool: Address,
  product: Address,
  cover: { readonly amount: bigint; readonly termDays: number },
): Promise<Quote> {
  const { returned, failure, logs } = await simulate(rpc, payer, [
    getQuoteCoverInstruction({ pool, product, ...cover }),
  ]);
  if (failure) throw new TransactionFailure(failure, logs);
  if (!returned) throw new Error('the node returned no quote');
  // Nodes leave out the zero bytes at the end of what a program returns.
  const decoder = getQuoteDecoder();
  const bytes = new Uint8Array(decoder.fixedSize);
  bytes.set(returned);
  return decoder.decode(bytes);
}

/** What shares are worth, atoms of the asset, rounded down: as the program prices an exit. */
export const sharesWorth = (shares: bigint, { capital, shares: supply }: Pick<Pool, 'capital' | 'shares'>): bigint =>
  assetsForShares(shares, capital, supply) ?? 0n;

/** The shares that a deposit of `amount` atoms mints, rounded down: as the program prices it. */
export const sharesFor = (amount: bigint, { capital, shares: supply }: Pick<Pool, 'capital' | 'shares'>): bigint =>
  sharesForDeposit(amount, capital, supply) ?? 0n;

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** Capital that is set aside for incidents, atoms: never more than there is. */
export const liens = ({ capital, lienTotal, heldBack }: Pick<Pool, 'capital' | 'lienTotal' | 'heldBack'>): bigint =>
  least(lienTotal + heldBack, capital);

/** Capital that carries new cover, atoms: what is neither set aside nor, rounded up, on its way out. */
export function freeCapital(
  pool: Pick<Pool, 'capital' | 'lienTotal' | 'heldBack' | 'exitingShares' | 'shares'>,
): bigint {
  const supply = pool.shares + SHARE_OFFSET;
  const leaving = (pool.exitingShares * (pool.capital + 1n) + supply - 1n) / supply;
  const free = pool.capital - liens(pool) - leaving;
  return free > 0n ? least(free, MAX_CAPITAL) : 0n;
}

/** All that the vault holds for somebody, atoms. */
export const bucketSum = (pool: Pool): bigint =>
  pool.capital + pool.unearned + pool.payable + pool.exitsDue + pool.bonds + pool.assessors + pool.treasuryDue;

/** What a product may cover at most, atoms: its weight of the free capital. */
export const productCapacity = (pool: Pool, product: Pick<Product, 'weightBps'>): bigint =>
  capacity(freeCapital(pool), product.weightBps) ?? 0n;

type Curve = Pick<Product, 'r0Ppm' | 'r1Ppm' | 'r2Ppm' | 'kinkBps'>;

/** The annual rate of the next atom of cover, ppm, rounded up; the first one's when nothing can be sold. */
export function rateNow(pool: Pool, product: Product): number {
  const { activeCover, r0Ppm, r1Ppm, r2Ppm, kinkBps } = product;
  const full = productCapacity(pool, product);
  return ratePpm(r0Ppm, r1Ppm, r2Ppm, kinkBps, full, least(activeCover, full)) ?? r0Ppm;
}

/** The marginal annual rate at a utilisation of 0 to 10,000 bps, ppm, rounded up. */
export const rateAt = ({ r0Ppm, r1Ppm, r2Ppm, kinkBps }: Curve, utilisationBps: number): number =>
  ratePpm(r0Ppm, r1Ppm, r2Ppm, kinkBps, 10_000n, BigInt(utilisationBps)) ?? r2Ppm;
