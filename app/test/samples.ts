// Accounts to try words and figures on: all zero but for what a test says.
import {
  getChangeDecoder,
  getPoolDecoder,
  getProductDecoder,
  type Change,
  type Pool,
  type Product,
} from '@breakwater/client';
import type { Decoder } from '@solana/kit';
import type { Units } from '../src/lib/event-words';

const zero = <Data>(decoder: Decoder<Data>): Data => decoder.decode(new Uint8Array(20_000));

export const pool = (some: Partial<Pool> = {}): Pool => ({ ...zero(getPoolDecoder()), decimals: 6, ...some });
export const product = (some: Partial<Product> = {}): Product => ({ ...zero(getProductDecoder()), ...some });
export const change = (some: Partial<Change> = {}): Change => ({ ...zero(getChangeDecoder()), ...some });

export const UNITS: Units = {
  asset: { decimals: 6, symbol: 'USDC' },
  governance: { decimals: 6, symbol: 'votes' },
};
export const TOKEN = 1_000_000n;
