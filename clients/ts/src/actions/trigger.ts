// What prices decide: anyone shows them to a product. The price is an account of Pyth's receiver program.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import type { Found } from '../accounts';
import type { Incident, Pool, Product } from '../generated/accounts';
import { incidentAddress } from '../generated/addresses';
import * as program from '../generated/instructions';

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
