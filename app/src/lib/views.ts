// Figures that pages show of a pool.
import { core, formatAmount, freeCapital, type Ballot, type Pool, type Product, type Voter } from '@breakwater/client';
import type { Address } from '@solana/kit';
import type { Units } from './event-words';
import { abbreviate, span, type Unit } from './format';
import { BALLOT } from './words';

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

const U64_MAX = 2n ** 64n - 1n;
const BPS = 10_000n;
const YEAR = 31_536_000n;
/** Rates are in atoms × 2^26 a second. */
const RATE_ONE = 1n << 26n;

/** The most cover that the free capital may carry, atoms. */
export const coverLimit = (pool: Pool): bigint => core.capacity(freeCapital(pool), pool.leverageBps) ?? 0n;

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
export const stakedOf = (voter: Voter): bigint => weightOf(voter, U64_MAX);

/** Of it what had begun to age by then, atoms. */
export const weightOf = ({ lotAmounts, lotTimes }: Voter, before: bigint): bigint =>
  core.stakeWeight(lotAmounts, lotTimes, before) ?? 0n;

/**
 * Whether it may be time to close a ballot's round: its time is over, or as many voted as must. Whether another vote could
 * still change the outcome is for the program to say.
 */
export const mayClose = (
  ballot: Pick<Ballot, 'state' | 'closesAt' | 'weightFor' | 'weightAgainst' | 'eligibleWeight' | 'quorumBps'>,
  now: bigint,
): boolean => {
  const cast = ballot.weightFor + ballot.weightAgainst;
  const enough = cast > 0n && cast * BPS >= ballot.eligibleWeight * BigInt(ballot.quorumBps);
  return ballot.state === BALLOT.open && (now >= ballot.closesAt || enough);
};

type Price = Product['price'];

/** A price of a feed, `0.9525`, from its units. */
export const priceWords = (units: bigint, exponent: number): string => formatAmount(units, Math.max(0, -exponent));

/** When a product counts as broken by its price. */
export const priceTerms = ({ strike, floor, exponent, minDuration, maxGap }: Price): string =>
  `It counts as broken once its price was seen below ${priceWords(strike, exponent)} for ${span(BigInt(minDuration))}, ` +
  `with no gap over ${span(BigInt(maxGap))} between two prices. ` +
  `The lower the price, the more it pays: all of the sum insured at ${priceWords(floor, exponent)}.`;

/** How long a breach was seen, seconds, whether that is enough, and what it would pay of a sum insured then, bps. */
export function breachOf(price: Price): { measured: bigint; established: boolean; pays: number } {
  const { startedAt, measuredFrom, measuredUntil, minDuration, severitySeconds } = price;
  const least = BigInt(minDuration);
  const measured = measuredFrom === 0n ? 0n : measuredUntil - measuredFrom;
  const established = startedAt !== 0n && measuredUntil >= measuredFrom + least;
  const mean = core.meanSeverityBps(severitySeconds, minDuration) ?? 0;
  return { measured, established, pays: established ? mean : 0 };
}

/** What of a product can still be bought, atoms: the least of what product, group and pool have left. */
export function roomOf(pool: Pool, product: Product): bigint {
  const left = (cap: bigint, active: bigint): bigint => (cap > active ? cap - active : 0n);
  const free = freeCapital(pool);
  const rooms = [
    left(core.capacity(free, product.weightBps) ?? 0n, product.activeCover),
    left(core.capacity(free, pool.groupCapsBps[product.group] ?? 0) ?? 0n, pool.groupActive[product.group] ?? 0n),
    left(coverLimit(pool), pool.activeCover),
  ];
  return rooms.reduce((least, room) => (room < least ? room : least));
}
