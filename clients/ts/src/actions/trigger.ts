// What prices decide: anyone shows them to a product. The price is an account of Pyth's receiver program. And draws of the
// program that a product covers.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Incident, Policy, Pool, Product } from '../generated/accounts';
import { incidentAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { movement, receiverOf, tokenAddress } from './tokens';

/** Shows a product a price of its feed. */
export const observePrice = (product: Found<Product>, priceUpdate: Address): Instruction[] => [
  program.getObservePriceInstruction({ pool: product.data.pool, product: product.address, priceUpdate }),
];

/** Has a product forget a breach, by a price that was not below the strike while it was measured. */
export const refuteBreach = (product: Address, priceUpdate: Address): Instruction[] => [
  program.getRefuteBreachInstruction({ product, priceUpdate }),
];

/** Opens an incident by the breach that prices have shown for long enough. */
export async function openPriceIncident(
  pool: Found<Pool>,
  product: Found<Product>,
  payer: TransactionSigner,
): Promise<Instruction[]> {
  const incident = await incidentAddress(product.address, product.data.incidentCount);
  const accounts = { payer, pool: pool.address, product: product.address, incident, vault: pool.data.vault };
  return [program.getOpenPriceIncidentInstruction(accounts)];
}

/** Voids an incident that prices opened, by a price that was not below the strike while the breach was measured. */
export const refuteIncident = (incident: Found<Incident>, priceUpdate: Address): Instruction[] => [
  program.getRefuteIncidentInstruction({ product: incident.data.product, incident: incident.address, priceUpdate }),
];

/** A loss that the covered program reports. */
export type Draw = {
  /** Atoms. */
  readonly loss: bigint;
  /** The least that is paid at once, atoms. */
  readonly minPaid: bigint;
  /** Pays for the account of a booking. */
  readonly payer: TransactionSigner;
};

/**
 * Reports a loss on a policy of `product` and draws for it: what the product's limit holds is paid to the holder's token account,
 * which must be open, and the rest is booked. The address that the product lets draw signs, mostly one that its program derives.
 */
export async function draw(
  pool: Found<Pool>,
  product: Found<Product>,
  policy: Found<Policy>,
  authority: TransactionSigner,
  { payer, ...args }: Draw,
): Promise<Instruction[]> {
  const { holder } = policy.data;
  const accounts = {
    authority,
    pool: pool.address,
    product: product.address,
    policy: policy.address,
    holder,
    receiver: await tokenAddress(holder, pool.data.assetMint, pool.data.tokenProgram),
    payer,
    incident: await incidentAddress(product.address, product.data.incidentCount),
  };
  return [program.getDrawInstruction({ ...accounts, ...movement(pool.data), ...args })];
}

/** Pays what can be paid of a booking of a policy to its holder. Anyone may. */
export async function payBooking(
  pool: Found<Pool>,
  booking: Found<Incident>,
  policy: Found<Policy>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { receiver, open } = await receiverOf(pool.data, policy.data.holder, caller);
  const accounts = bookingAccounts(pool, booking, policy, caller.address);
  return [...open, program.getPayBookingInstruction({ ...accounts, receiver })];
}

/** Settles what can be settled of a booking of a policy without paying it: what is settled waits for `payBooking`. */
export const settleBooking = (
  pool: Found<Pool>,
  booking: Found<Incident>,
  policy: Found<Policy>,
  caller: Address,
): Instruction[] => [program.getPayBookingInstruction(bookingAccounts(pool, booking, policy, caller))];

function bookingAccounts(pool: Found<Pool>, booking: Found<Incident>, policy: Found<Policy>, caller: Address) {
  const { product } = booking.data;
  const of = { pool: pool.address, product, policy: policy.address, incident: booking.address };
  return { caller, ...of, holder: policy.data.holder, ...movement(pool.data) };
}
