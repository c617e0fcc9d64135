// Time: unix seconds of the chain's clock as bigint; a day is unix seconds / 86,400.
import { address, getBase64Encoder, getI64Decoder, type GetAccountInfoApi, type Rpc } from '@solana/kit';
import { secondsOf } from './core';

/** Seconds of a day. */
export const DAY = secondsOf(1);

const CLOCK = address('SysvarC1ock11111111111111111111111111111111');

/** Unix seconds on the chain. */
export async function fetchNow(rpc: Rpc<GetAccountInfoApi>): Promise<bigint> {
  const { value } = await rpc.getAccountInfo(CLOCK, { encoding: 'base64', commitment: 'confirmed' }).send();
  if (!value) throw new Error('the chain has no clock');
  // The unix time is the last of five eight-byte fields.
  return getI64Decoder().decode(getBase64Encoder().encode(value.data[0]), 32);
}
