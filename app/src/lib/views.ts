// Figures that pages show of a pool.
import { freeCapital, type Pool, type Voter } from '@breakwater/client';
import type { Address } from '@solana/kit';
import type { Units } from './event-words';
import { abbreviate, type Unit } from './format';

/** Mints that everybody knows. */
const SYMBOLS: Readonly<Record<string, string>> = {
  EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: 'USDC',
  Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB: 'USDT',
  So11111111111111111111111111111111111111112: 'SOL',
};

/** A token without a name that everybody knows is just called what it is for. */
const unitOf = (mint: Address, decimals: number, otherwise: string): Unit => ({
  decimals,
  symbol: SYMBOLS[mint] ?? otherwise,
});

export const assetOf = ({ assetMint, decimals }: Pick<Pool, 'assetMint' | 'decimals'>): Unit =>
  unitOf(assetMint, decimals, 'tokens');

/** The governance token's decimals are its assembly's; until that is read, six. */
export const unitsOf = (pool: Pool, governance?: { governanceMint: Address; decimals: number }): Units => ({
  asset: assetOf(pool),
  governance: governance
    ? unitOf(governance.governanceMint, governance.decimals, 'votes')
    : { decimals: 6, symbol: 'votes' },
});

export const poolName = (address: Address): string => `Pool ${abbreviate(address)}`;

const BPS = 10_000n;
const YEAR = 31_536_000n;
/** Rates are in atoms × 2^26 a second. */
const RATE_ONE = 1n << 26n;

/** The most cover that the free capital may carry, atoms. */
export const coverLimit = (pool: Pool): bigint => (freeCapital(pool) * BigInt(pool.leverageBps)) / BPS;

/** Active cover of what is possible, bps. */
export function utilisationBps(pool: Pool): number {
  const limit = coverLimit(pool);
  return limit === 0n ? 0 : Number((pool.activeCover * BPS) / limit);
}

/** Free capital for each atom of active cover, bps; `undefined` without cover. */
export const coverageBps = (pool: Pool): bigint | undefined =>
  pool.activeCover === 0n ? undefined : (freeCapital(pool) * BPS) / pool.activeCover;

/** What LPs earn now, as an annual rate of the capital, bps: the premiums and other income that run this second. */
export const yieldBps = (pool: Pool): bigint =>
  pool.capital === 0n ? 0n : (pool.rate * YEAR * BPS) / RATE_ONE / pool.capital;

/** Stake that is not on its way out, atoms. */
export const stakedOf = ({ lotAmounts }: Voter): bigint => lotAmounts.reduce((sum, lot) => sum + lot, 0n);

/** Of it what had begun to age by then, atoms. */
export const weightOf = ({ lotAmounts, lotTimes }: Voter, before: bigint): bigint =>
  lotAmounts.reduce((sum, lot, index) => ((lotTimes[index] ?? 0n) <= before ? sum + lot : sum), 0n);
