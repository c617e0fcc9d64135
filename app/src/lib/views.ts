// How a pool's tokens and prices are called and written.
import {
  formatAmount,
  hasExits,
  SHARE_DECIMALS,
  type ExitEpoch,
  type Found,
  type Pool,
  type Product,
} from '@breakwater/client';
import type { Address } from '@solana/kit';
import type { Units } from './event-words';
import { abbreviate, span, type Unit } from './format';

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

/** Shares have more decimals than the asset. */
export const sharesOf = ({ decimals }: Pick<Pool, 'decimals'>): Unit => ({
  decimals: decimals + SHARE_DECIMALS,
  symbol: 'shares',
});

/** The governance token's decimals are its assembly's; until that is read, six. */
export const unitsOf = (pool: Pool, governance?: { governanceMint: Address; decimals: number }): Units => ({
  asset: assetOf(pool),
  governance: governance
    ? unitOf(governance.governanceMint, governance.decimals, 'votes')
    : { decimals: 6, symbol: 'votes' },
});

export const poolName = (address: Address): string => `Pool ${abbreviate(address)}`;

/** Exit epochs by their numbers. */
export const byNumber = (epochs: readonly Found<ExitEpoch>[]) =>
  new Map(epochs.map((epoch) => [epoch.data.number, epoch]));

/** The first exit epoch that is not paid in full. */
export const firstOf = (pool: Pool, epochs: readonly Found<ExitEpoch>[]): Found<ExitEpoch> | undefined =>
  hasExits(pool) ? byNumber(epochs).get(pool.exitHead) : undefined;

type Price = Product['price'];

/** A price of a feed, `0.9525`, from its units. */
export const priceWords = (units: bigint, exponent: number): string => formatAmount(units, Math.max(0, -exponent));

/** When a product counts as broken by its price. */
export const priceTerms = ({ strike, floor, exponent, minDuration, maxGap }: Price): string =>
  `It counts as broken once its price was seen below ${priceWords(strike, exponent)} for ${span(minDuration)}, ` +
  `with no gap over ${span(maxGap)} between two prices. ` +
  `The lower the price, the more it pays: all of the sum insured at ${priceWords(floor, exponent)}.`;
