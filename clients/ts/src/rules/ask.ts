// How the core is asked: accounts go to it as they are stored, and what it refuses comes back as an error of the program.
import type { Decoder, Encoder, ReadonlyUint8Array } from '@solana/kit';
import {
  getAssemblyEncoder,
  getBallotEncoder,
  getChangeEncoder,
  getClaimEncoder,
  getExitEpochEncoder,
  getExitTicketEncoder,
  getIncidentEncoder,
  getPolicyEncoder,
  getPoolEncoder,
  getProductEncoder,
  getRetiredEncoder,
  getVoteRecordEncoder,
  getVoterEncoder,
} from '../generated/accounts';
import { getBreakwaterErrorMessage, type BreakwaterError } from '../generated/errors';

/** The core refuses what the program would refuse: with this error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly code: BreakwaterError) {
    super(getBreakwaterErrorMessage(code));
  }
}

/** What the core answers, or why it refuses. */
export type Answer<Value> =
  | { readonly value: Value; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: BreakwaterError };

/** Asks something that may be refused. */
export function attempt<Value>(question: () => Value): Answer<Value> {
  try {
    return { value: question() };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.code };
    throw error;
  }
}

/** What the core answers; throws a {@link Refusal}. */
export function ask<Args extends readonly unknown[], Value>(question: (...args: Args) => Value, ...args: Args): Value {
  try {
    return question(...args);
  } catch (error) {
    throw typeof error === 'number' ? new Refusal(error as BreakwaterError) : error;
  }
}

/** Why the core refuses; `undefined` when it does not. */
export const problemOf = <Args extends readonly unknown[]>(
  question: (...args: Args) => unknown,
  ...args: Args
): BreakwaterError | undefined => attempt(() => ask(question, ...args)).problem;

/** What accounts were decoded from, so that none is encoded again. */
const known = new WeakMap<object, Uint8Array>();

/** Decodes an account. */
export function decodeAccount<Data extends object>(decoder: Decoder<Data>, bytes: ReadonlyUint8Array): Data {
  const data = decoder.decode(bytes);
  known.set(data, bytes as Uint8Array);
  return data;
}

const encoded =
  <Data extends object>(encoder: () => Encoder<Data>) =>
  (data: Data): Uint8Array => {
    const found = known.get(data);
    if (found) return found;
    const bytes = encoder().encode(data) as Uint8Array;
    known.set(data, bytes);
    return bytes;
  };

/** An account as it is stored. */
export const bytesOf = {
  assembly: encoded(getAssemblyEncoder),
  ballot: encoded(getBallotEncoder),
  change: encoded(getChangeEncoder),
  claim: encoded(getClaimEncoder),
  epoch: encoded(getExitEpochEncoder),
  incident: encoded(getIncidentEncoder),
  policy: encoded(getPolicyEncoder),
  pool: encoded(getPoolEncoder),
  product: encoded(getProductEncoder),
  record: encoded(getVoteRecordEncoder),
  retired: encoded(getRetiredEncoder),
  ticket: encoded(getExitTicketEncoder),
  voter: encoded(getVoterEncoder),
} as const;

/** Accounts as they are stored, one after the other. */
export function joined<Data>(
  bytes: (data: Data) => Uint8Array,
  accounts: readonly { readonly data: Data }[],
): Uint8Array {
  const parts = accounts.map(({ data }) => bytes(data));
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}
