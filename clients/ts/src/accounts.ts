// Reading accounts: all of a kind, filtered by the node on the addresses they hold.
import {
  addDecoderSizePrefix,
  getAddressDecoder,
  getBase58Decoder,
  getBase64Encoder,
  getStructDecoder,
  getU16Decoder,
  getU32Decoder,
  getUtf8Decoder,
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
import type { ShareWords } from './generated/types';
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

/** Shares that were retired, by their generation. */
export const listRetired = async (rpc: Reader, by: Lookup<'retired'> = {}) => {
  const retired = await list(rpc, generated.RETIRED_DISCRIMINATOR, generated.getRetiredDecoder(), LOOKUPS.retired, by);
  return retired.sort((one, other) => one.data.generation - other.data.generation);
};

/** Exit epochs, in the order in which they are paid. */
export const listExitEpochs = async (rpc: Reader, by: Lookup<'exitEpoch'> = {}) => {
  const epochs = await list(
    rpc,
    generated.EXIT_EPOCH_DISCRIMINATOR,
    generated.getExitEpochDecoder(),
    LOOKUPS.exitEpoch,
    by,
  );
  return epochs.sort((one, other) => inOrder(one.data.number, other.data.number));
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
  // Each proposer gives their own numbers.
  return changes.sort(
    (one, other) => inOrder(one.data.id, other.data.id) || inOrder(one.data.number, other.data.number),
  );
};

/** What wallets show of a pool's shares. */
export type ShareTexts = { readonly name: string; readonly symbol: string; readonly uri: string };

/** Extensions of a mint of Token-2022 begin here: each is its kind, its length, and its bytes. */
const EXTENSIONS = 166;
const METADATA_KIND = 19;
const text = () => addDecoderSizePrefix(getUtf8Decoder(), getU32Decoder());
const metadata = getStructDecoder([
  ['updateAuthority', getAddressDecoder()],
  ['mint', getAddressDecoder()],
  ['name', text()],
  ['symbol', text()],
  ['uri', text()],
]);

/** What wallets show of the shares, of their mint; `undefined` of a mint of SPL Token. */
export async function fetchShareWords(
  rpc: Rpc<GetAccountInfoApi>,
  { shareMint }: Pick<generated.Pool, 'shareMint'>,
): Promise<ShareTexts | undefined> {
  const { value } = await rpc.getAccountInfo(shareMint, { commitment: 'confirmed', encoding: 'base64' }).send();
  const bytes = value ? getBase64Encoder().encode(value.data[0]) : new Uint8Array();
  const number = getU16Decoder();
  for (let at = EXTENSIONS; at + 4 <= bytes.length;) {
    const [kind, length] = [number.decode(bytes, at), number.decode(bytes, at + 2)];
    if (kind === METADATA_KIND) {
      const { name, symbol, uri } = metadata.decode(bytes, at + 4);
      return { name, symbol, uri };
    }
    at += 4 + length;
  }
  return undefined;
}

/** A text that the program stores: UTF-8, zero-filled. */
export function readText(bytes: ReadonlyUint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(bytes.slice(0, end < 0 ? bytes.length : end));
}

/** The texts of words as they are stored. */
export const textsOf = ({ name, symbol, uri }: ShareWords): ShareTexts => ({
  name: readText(name),
  symbol: readText(symbol),
  uri: readText(uri),
});
