// Accounts to try words and figures on: all zero but for what a test says.
import {
  getAssemblyDecoder,
  getBallotDecoder,
  getChangeDecoder,
  getClaimDecoder,
  getPolicyDecoder,
  getPoolDecoder,
  getProductDecoder,
} from '@breakwater/client';
import type { Decoder } from '@solana/kit';
import type { Units } from '../src/lib/event-words';

/** Makes accounts of a kind. */
const kind =
  <Data extends object>(decoder: () => Decoder<Data>) =>
  (some: Partial<Data> = {}): Data => ({ ...decoder().decode(new Uint8Array(20_000)), ...some });

export const assembly = kind(getAssemblyDecoder);
export const ballot = kind(getBallotDecoder);
export const change = kind(getChangeDecoder);
export const claim = kind(getClaimDecoder);
export const policy = kind(getPolicyDecoder);
export const product = kind(getProductDecoder);
const emptyPool = kind(getPoolDecoder);
export const pool = (some: Parameters<typeof emptyPool>[0] = {}) => emptyPool({ decimals: 6, ...some });

export const UNITS: Units = {
  asset: { decimals: 6, symbol: 'USDC' },
  governance: { decimals: 6, symbol: 'votes' },
};
export const TOKEN = 1_000_000n;
