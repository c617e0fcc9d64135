// Reading accounts: all of a kind, filtered by the node on the addresses they hold.
import {
  getBase58Decoder,
  getBase64Encoder,
  type Address,
  type Base58EncodedBytes,
  type Decoder,
  type GetAccountInfoApi,
  type GetProgramAccountsApi,
  type ReadonlyUint8Array,
  type Rpc,
} from '@solana/kit';
import { SYSTEM_PROGRAM_ADDRESS } from '@solana-program/system';
import * as generated from './generated/accounts';
import { LOOKUPS } from './generated/lookups';
import { BREAKWATER_PROGRAM_ADDRESS } from './generated/programs';
import { inOrder } from './amount';
import { decodeAccount } from './rules/ask';

/** No account, nobody: the program writes the zero address for none. */
export const NOBODY: Address = SYSTEM_PROGRAM_ADDRESS;

/** An account of the program with its address. */
export type Found<Data> = { readonly address: Address; readonly data: Data };

type Lookup<Kind extends keyof typeof LOOKUPS> = { readonly [Field in keyof (typeof LOOKUPS)[Kind]]?: Address };

async function list<Data extends object>(
  rpc: Rpc<GetProgramAccountsApi>,
  discriminator: ReadonlyUint8Array,
  decoder: Decoder<Data>,
  offsets: Readonly<Record<string, number>> = {},
  wanted: Readonly<Record<string, Address | undefined>> = {},
): Promise<Found<Data>[]> {
  const kind = getBase58Decoder().decode(discriminator) as Base58EncodedBytes;
  const filters = [{ memcmp: { bytes: kind, encoding: 'base58' as const, offset: 0n } }];
  for (const [field, value] of Object.entries(wanted)) {
    const offset = offsets[field];
    if (value === undefined || offset === undefined) continue;
    filters.push({
      memcmp: { bytes: value as string as Base58EncodedBytes, encoding: 'base58', offset: BigInt(offset) },
    });
  }
  const found = await rpc
    .getProgramAccounts(BREAKWATER_PROGRAM_ADDRESS, { commitment: 'confirmed', encoding: 'base64', filters })
    .send();
  return found.map(({ pubkey, account }) => ({
    address: pubkey,
    data: decodeAccount(decoder, getBase64Encoder().encode(account.data[0])),
  }));
}

type Reader = Rpc<GetProgramAccountsApi>;

/** The pool at an address; `undefined` when there is none. */
export async function findPool(
  rpc: Rpc<GetAccountInfoApi>,
  address: Address,
): Promise<Found<generated.Pool> | undefined> {
  const { value } = await rpc.getAccountInfo(address, { commitment: 'confirmed', encoding: 'base64' }).send();
  if (value?.owner !== BREAKWATER_PROGRAM_ADDRESS) return undefined;
  const bytes = getBase64Encoder().encode(value.data[0]);
  const isPool = generated.POOL_DISCRIMINATOR.every((byte, index) => bytes[index] === byte);
  return isPool ? { address, data: decodeAccount(generated.getPoolDecoder(), bytes) } : undefined;
}

/** All pools. */
export const listPools = (rpc: Reader) => list(rpc, generated.POOL_DISCRIMINATOR, generated.getPoolDecoder());

/** All assemblies. */
export const listAssemblies = (rpc: Reader) =>
  list(rpc, generated.ASSEMBLY_DISCRIMINATOR, generated.getAssemblyDecoder());

/** Products, by their number. */
export const listProducts = async (rpc: Reader, by: Lookup<'product'> = {}) => {
  const products = await list(rpc, generated.PRODUCT_DISCRIMINATOR, generated.getProductDecoder(), LOOKUPS.product, by);
  return products.sort((one, other) => one.data.index - other.data.index);
};

/** Policies, the latest first. */
export const listPolicies = async (rpc: Reader, by: Lookup<'policy'> = {}) => {
  const policies = await list(rpc, generated.POLICY_DISCRIMINATOR, generated.getPolicyDecoder(), LOOKUPS.policy, by);
  return policies.sort((one, other) => inOrder(other.data.boughtAt, one.data.boughtAt));
};

/** Exit epochs, by their day. */
export const listExitEpochs = async (rpc: Reader, by: Lookup<'exitEpoch'> = {}) => {
  const epochs = await list(
    rpc,
    generated.EXIT_EPOCH_DISCRIMINATOR,
    generated.getExitEpochDecoder(),
    LOOKUPS.exitEpoch,
    by,
  );
  return epochs.sort((one, other) => inOrder(one.data.day, other.data.day));
};

/** Exit tickets, the earliest first. */
export const listExitTickets = async (rpc: Reader, by: Lookup<'exitTicket'> = {}) => {
  const tickets = await list(
    rpc,
    generated.EXIT_TICKET_DISCRIMINATOR,
    generated.getExitTicketDecoder(),
    LOOKUPS.exitTicket,
    by,
  );
  return tickets.sort((one, other) => inOrder(one.data.requestedAt, other.data.requestedAt));
};

/** Incidents, the latest first. */
export const listIncidents = async (rpc: Reader, by: Lookup<'incident'> = {}) => {
  const incidents = await list(
    rpc,
    generated.INCIDENT_DISCRIMINATOR,
    generated.getIncidentDecoder(),
    LOOKUPS.incident,
    by,
  );
  return incidents.sort((one, other) => inOrder(other.data.openedAt, one.data.openedAt));
};

/** Claims, the earliest first. */
export const listClaims = async (rpc: Reader, by: Lookup<'claim'> = {}) => {
  const claims = await list(rpc, generated.CLAIM_DISCRIMINATOR, generated.getClaimDecoder(), LOOKUPS.claim, by);
  return claims.sort((one, other) => inOrder(one.data.filedAt, other.data.filedAt));
};

/** Disputes. */
export const listDisputes = (rpc: Reader, by: Lookup<'dispute'> = {}) =>
  list(rpc, generated.DISPUTE_DISCRIMINATOR, generated.getDisputeDecoder(), LOOKUPS.dispute, by);

/** Ballots, the latest first. */
export const listBallots = async (rpc: Reader, by: Lookup<'ballot'> = {}) => {
  const ballots = await list(rpc, generated.BALLOT_DISCRIMINATOR, generated.getBallotDecoder(), LOOKUPS.ballot, by);
  return ballots.sort((one, other) => inOrder(other.data.opensAt, one.data.opensAt));
};

/** Voters. */
export const listVoters = (rpc: Reader, by: Lookup<'voter'> = {}) =>
  list(rpc, generated.VOTER_DISCRIMINATOR, generated.getVoterDecoder(), LOOKUPS.voter, by);

/** Vote records that are not closed. */
export const listVoteRecords = (rpc: Reader, by: Lookup<'voteRecord'> = {}) =>
  list(rpc, generated.VOTE_RECORD_DISCRIMINATOR, generated.getVoteRecordDecoder(), LOOKUPS.voteRecord, by);

/** Changes of parameters, by their number. */
export const listChanges = async (rpc: Reader, by: Lookup<'change'> = {}) => {
  const changes = await list(rpc, generated.CHANGE_DISCRIMINATOR, generated.getChangeDecoder(), LOOKUPS.change, by);
  return changes.sort((one, other) => inOrder(one.data.id, other.data.id));
};

/** A text that the program stores: UTF-8, zero-filled. */
export function readText(bytes: ReadonlyUint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.slice(0, end < 0 ? bytes.length : end));
}
