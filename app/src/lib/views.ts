// Figures that pages show of a pool.
import { freeCapital, type Pool, type Voter } from '@breakwater/client';
import type { Address } from '@solana/kit';
import type { Units } from './event-words';
import { abbreviate, type Unit } from './format';

/** Mints that everybody knows; others are shown by their address. */
const SYMBOLS: Readonly<Record<string, string>> = {
  EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v: 'USDC',
  Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB: 'USDT',
  So11111111111111111111111111111111111111112: 'SOL',
};

export const unitOf = (mint: Address, decimals: number): Unit => ({
  decimals,
  symbol: SYMBOLS[mint] ?? `${mint.slice(0, 4)}…`,
});

/** The governance token's decimals are its assembly's; until that is read, six. */
export const unitsOf = (pool: Pool, governance?: { governanceMint: Address; decimals: number }): Units => ({
  asset: unitOf(pool.assetMint, pool.decimals),
  governance: governance ? unitOf(governance.governanceMint, governance.decimals) : { decimals: 6, symbol: 'votes' },
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
