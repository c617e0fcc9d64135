// Written by scripts/generate.mjs: do not edit.

import {
  createAddressWithSeed,
  getAddressEncoder,
  getU16Encoder,
  getU32Encoder,
  getU64Encoder,
  getProgramDerivedAddress,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { BREAKWATER_PROGRAM_ADDRESS } from './programs';

const derive = async (...seeds: (string | ReadonlyUint8Array)[]): Promise<Address> => {
  const [address] = await getProgramDerivedAddress({ programAddress: BREAKWATER_PROGRAM_ADDRESS, seeds });
  return address;
};

/** The address that the System program makes of a base and, as seed, another address: its bytes without their highest bits. */
const seeded = (baseAddress: Address, seed: Address): Promise<Address> =>
  createAddressWithSeed({
    baseAddress,
    programAddress: BREAKWATER_PROGRAM_ADDRESS,
    seed: Uint8Array.from(getAddressEncoder().encode(seed), (byte) => byte & 0x7f),
  });

/** Assembly of a governance mint and its creator. */
export const assemblyAddress = (governanceMint: Address, creator: Address): Promise<Address> =>
  derive('assembly', getAddressEncoder().encode(governanceMint), getAddressEncoder().encode(creator));

/** Token account that holds an assembly's stakes. */
export const stakeVaultAddress = (assembly: Address): Promise<Address> =>
  derive('stake_vault', getAddressEncoder().encode(assembly));

/** Voter account of an owner in an assembly. */
export const voterAddress = (assembly: Address, owner: Address): Promise<Address> =>
  derive('voter', getAddressEncoder().encode(assembly), getAddressEncoder().encode(owner));

/** Ballot on a subject, which is the account that is voted on. */
export const ballotAddress = (subject: Address): Promise<Address> =>
  derive('ballot', getAddressEncoder().encode(subject));

/** Pool number `id` of its creator. */
export const poolAddress = (creator: Address, id: bigint): Promise<Address> =>
  derive('pool', getAddressEncoder().encode(creator), getU64Encoder().encode(id));

/** Token account that holds a pool's assets. */
export const vaultAddress = (pool: Address): Promise<Address> =>
  derive('vault', getAddressEncoder().encode(pool));

/** Mint of a pool's LP shares: 0 the first, one more each time they were renewed. */
export const shareMintAddress = (pool: Address, generation: number): Promise<Address> =>
  derive('shares', getAddressEncoder().encode(pool), getU32Encoder().encode(generation));

/** Token account that holds a pool's shares on their way out. */
export const exitEscrowAddress = (pool: Address, generation: number): Promise<Address> =>
  derive('exit_escrow', getAddressEncoder().encode(pool), getU32Encoder().encode(generation));

/** Shares of a generation that were retired. */
export const retiredAddress = (pool: Address, generation: number): Promise<Address> =>
  derive('retired', getAddressEncoder().encode(pool), getU32Encoder().encode(generation));

/** Product number `index` of a pool. */
export const productAddress = (pool: Address, index: number): Promise<Address> =>
  derive('product', getAddressEncoder().encode(pool), getU16Encoder().encode(index));

/** Policy number `id` of its payer. */
export const policyAddress = (product: Address, payer: Address, id: bigint): Promise<Address> =>
  derive('policy', getAddressEncoder().encode(product), getAddressEncoder().encode(payer), getU64Encoder().encode(id));

/** Exit epoch of a pool by its number. */
export const exitEpochAddress = (pool: Address, number: bigint): Promise<Address> =>
  derive('exit_epoch', getAddressEncoder().encode(pool), getU64Encoder().encode(number));

/** Exit ticket number `id` of its owner. */
export const exitTicketAddress = (pool: Address, owner: Address, id: bigint): Promise<Address> =>
  derive('exit_ticket', getAddressEncoder().encode(pool), getAddressEncoder().encode(owner), getU64Encoder().encode(id));

/** Incident number `index` of a product. */
export const incidentAddress = (product: Address, index: number): Promise<Address> =>
  derive('incident', getAddressEncoder().encode(product), getU32Encoder().encode(index));

/** Claim of a policy in an incident. */
export const claimAddress = (incident: Address, policy: Address): Promise<Address> =>
  derive('claim', getAddressEncoder().encode(incident), getAddressEncoder().encode(policy));

/** Change number `id` of a pool by its proposer. */
export const changeAddress = (pool: Address, proposer: Address, id: bigint): Promise<Address> =>
  derive('change', getAddressEncoder().encode(pool), getAddressEncoder().encode(proposer), getU64Encoder().encode(id));

/** Record of a voter's vote in a ballot: of the voter and the ballot, so that nobody has to search for it. */
export const voteRecordAddress = (ballot: Address, voter: Address): Promise<Address> =>
  seeded(voter, ballot);
