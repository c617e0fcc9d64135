// Prices as Pyth's receiver program stores them: here they are written, not verified.
import {
  address,
  generateKeyPairSigner,
  getAddressEncoder,
  getBytesEncoder,
  getI32Encoder,
  getI64Encoder,
  getStructEncoder,
  getU64Encoder,
  getU8Encoder,
  type Address,
} from '@solana/kit';
import { NOBODY } from '../src';
import type { Network } from './network';

const RECEIVER = address('rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ');
const DISCRIMINATOR = new Uint8Array([34, 241, 35, 99, 157, 126, 244, 205]);
/** All signatures were checked. */
const FULL = 1;
/** Units of a dollar. */
export const EXPONENT = -8;
/** A cent in them. */
export const CENT = 1_000_000n;

const priceUpdate = getStructEncoder([
  ['discriminator', getBytesEncoder()],
  ['writeAuthority', getAddressEncoder()],
  ['verificationLevel', getU8Encoder()],
  ['feed', getAddressEncoder()],
  ['price', getI64Encoder()],
  ['confidence', getU64Encoder()],
  ['exponent', getI32Encoder()],
  ['publishTime', getI64Encoder()],
  ['previousPublishTime', getI64Encoder()],
  ['emaPrice', getI64Encoder()],
  ['emaConfidence', getU64Encoder()],
  ['postedSlot', getU64Encoder()],
  ['unused', getU8Encoder()],
]);

/** Posts a price of a feed, cents give or take one, published at a time; where it is. */
export async function post(network: Network, feed: Address, cents: bigint, publishTime: bigint): Promise<Address> {
  const { address: account } = await generateKeyPairSigner();
  const [price, confidence] = [cents * CENT, CENT];
  const data = priceUpdate.encode({
    discriminator: DISCRIMINATOR,
    writeAuthority: NOBODY,
    verificationLevel: FULL,
    feed,
    price,
    confidence,
    exponent: EXPONENT,
    publishTime,
    previousPublishTime: publishTime - 1n,
    emaPrice: price,
    emaConfidence: confidence,
    postedSlot: 1n,
    unused: 0,
  });
  await network.write(account, RECEIVER, data);
  return account;
}
