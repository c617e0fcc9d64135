// The accounts and a transaction's log of a life on the local network, recorded by e2e/life.test.ts.
import { getBase64Encoder, type Address } from '@solana/kit';
import recorded from './life.json';

/** Everybody's addresses. */
export const actors = recorded.actors as Record<keyof typeof recorded.actors, Address>;
/** The mints. */
export const mints = recorded.mints as Record<keyof typeof recorded.mints, Address>;
/** The logs of a transaction. */
export const logs: readonly string[] = recorded.logs;

/** Kinds of accounts that were recorded. */
export type Kind = keyof typeof recorded.accounts;

/** Where an account was. */
export const addressOf = (kind: Kind): Address => recorded.accounts[kind].address as Address;

/** Its bytes. */
export const bytesOf = (kind: Kind): Uint8Array =>
  new Uint8Array(getBase64Encoder().encode(recorded.accounts[kind].data));
