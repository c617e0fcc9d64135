// Failures in words: which program refused a transaction, with which code, and what that means.
import { isSolanaError, type Address } from '@solana/kit';
import { SYSTEM_PROGRAM_ADDRESS } from '@solana-program/system';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { TOKEN_2022_PROGRAM_ADDRESS } from './actions/tokens';
import { getBreakwaterErrorMessage, type BreakwaterError } from './generated/errors';
import { BREAKWATER_PROGRAM_ADDRESS } from './generated/programs';

/** Why a transaction failed. */
export type Failure = {
  /** What went wrong, for people. */
  readonly words: string;
  /** The program that refused, when one did. */
  readonly program?: Address;
  /** Its error code. */
  readonly code?: number;
};

/** A transaction that failed, in simulation or on the chain. */
export class TransactionFailure extends Error {
  override readonly name = 'TransactionFailure';
  constructor(
    readonly failure: Failure,
    readonly logs: readonly string[],
  ) {
    super(failure.words);
  }
}

/** Token and Token-2022 number these alike. */
const TOKEN_ERRORS: Readonly<Record<number, string>> = {
  0: 'The account would not be free of rent',
  1: 'The token account does not hold enough',
  3: 'The token account is of another mint',
  4: 'The token account is owned by somebody else',
  17: 'The token account is frozen',
};

const OTHERS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  [TOKEN_PROGRAM_ADDRESS]: TOKEN_ERRORS,
  [TOKEN_2022_PROGRAM_ADDRESS]: TOKEN_ERRORS,
  [SYSTEM_PROGRAM_ADDRESS]: {
    0: 'The account is in use already',
    1: 'Not enough SOL for the rent',
  },
};

/** Words of the transaction errors that no program raised. */
const CHAIN: Readonly<Record<string, string>> = {
  AccountNotFound: 'The account that pays the fee does not exist: it needs some SOL',
  AlreadyProcessed: 'The transaction was processed already',
  BlockhashNotFound: 'The transaction came too late: try again',
  InsufficientFundsForFee: 'Not enough SOL for the fee',
  InsufficientFundsForRent: 'Not enough SOL for the rent',
  ProgramAccountNotFound: 'Breakwater is not on this network',
};

/** What a program's error code means. */
export function programErrorWords(program: string, code: number): string {
  const words =
    program === BREAKWATER_PROGRAM_ADDRESS
      ? getBreakwaterErrorMessage(code as BreakwaterError)
      : OTHERS[program]?.[code];
  return words ?? `The program ${program} refused with error ${code}`;
}

/** A failed transaction's error, as JSON-RPC returns it, in words; its logs say which program refused. */
export function describeFailure(error: unknown, logs: readonly string[]): Failure {
  // A failure travels outwards: the program that raised it is the first to log it.
  for (const line of logs) {
    const [, program, hex] = /^Program (\S+) failed: custom program error: 0x([0-9a-f]+)$/.exec(line) ?? [];
    if (program === undefined || hex === undefined) continue;
    const code = Number.parseInt(hex, 16);
    return { words: programErrorWords(program, code), program: program as Address, code };
  }
  const name = typeof error === 'string' ? error : Object.keys(error ?? {})[0];
  const known = name === undefined ? undefined : CHAIN[name];
  if (known !== undefined) return { words: known };
  const refusal = logs.map((line) => /^Program (\S+) failed: (.+)$/.exec(line)).find((match) => match !== null);
  if (refusal) return { words: `The program refused: ${refusal[2]}`, program: refusal[1] as Address };
  const text = JSON.stringify(error, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return { words: `The network refused the transaction: ${text}` };
}

/** Anything thrown, in words. */
export function errorWords(error: unknown): string {
  if (error instanceof TransactionFailure) return error.failure.words;
  if (isSolanaError(error)) return error.message.split('\n')[0] ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
