// Transactions: tried out before anything is signed, then sent with the compute limit that the trial showed.
import {
  appendTransactionMessageInstructions,
  assertIsTransactionWithBlockhashLifetime,
  compileTransaction,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getBase64Encoder,
  getSignatureFromTransaction,
  pipe,
  prependTransactionMessageInstructions,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayer,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type Address,
  type GetTransactionApi,
  type Instruction,
  type Rpc,
  type RpcSubscriptions,
  type Signature,
  type SignatureNotificationsApi,
  type SimulateTransactionApi,
  type SlotNotificationsApi,
  type SolanaRpcApi,
  type TransactionSigner,
} from '@solana/kit';
import { getSetComputeUnitLimitInstruction, getSetComputeUnitPriceInstruction } from '@solana-program/compute-budget';
import { describeFailure, TransactionFailure, type Failure } from './errors';
import { parseEvents, type BreakwaterEvent } from './events';

const COMMITMENT = 'confirmed';
/** What a transaction may take, and what a simulation is given. */
const MAX_UNITS = 1_400_000;
/** Beside what the simulation took: bumps and balances may differ by then. */
const UNITS_MARGIN = 1.15;
const UNITS_FLOOR = 3_000;

/** What a transaction would do. */
export type Simulation = {
  readonly events: readonly BreakwaterEvent[];
  readonly logs: readonly string[];
  readonly units: number;
  /** What the last program returned. */
  readonly returned: Uint8Array | undefined;
  /** The accounts asked for, as they would be afterwards. */
  readonly accounts: readonly (Uint8Array | undefined)[];
  /** Why it would fail. */
  readonly failure: Failure | undefined;
};

/** Tries instructions out without a signature; `watched` are accounts to read as they would be afterwards. */
export async function simulate(
  rpc: Rpc<SimulateTransactionApi>,
  feePayer: Address,
  instructions: readonly Instruction[],
  watched: readonly Address[] = [],
): Promise<Simulation> {
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayer(feePayer, empty),
    (paid) =>
      appendTransactionMessageInstructions(
        [getSetComputeUnitLimitInstruction({ units: MAX_UNITS }), ...instructions],
        paid,
      ),
  );
  const { value } = await rpc
    .simulateTransaction(getBase64EncodedWireTransaction(compileTransaction(message)), {
      accounts: { addresses: [...watched], encoding: 'base64' },
      commitment: COMMITMENT,
      encoding: 'base64',
      replaceRecentBlockhash: true,
      sigVerify: false,
    })
    .send();
  const logs = value.logs ?? [];
  const bytes = (text: string) => new Uint8Array(getBase64Encoder().encode(text));
  const failure = value.err === null ? undefined : describeFailure(value.err, logs);
  const after = value.accounts ?? [];
  return {
    events: failure ? [] : parseEvents(logs),
    logs,
    units: Number(value.unitsConsumed ?? 0n),
    returned: value.returnData ? bytes(value.returnData.data[0]) : undefined,
    accounts: after.map((account) => (account ? bytes(account.data[0]) : undefined)),
    failure,
  };
}

/** What sending takes. */
export type Connection = {
  readonly rpc: Rpc<SolanaRpcApi>;
  readonly rpcSubscriptions: RpcSubscriptions<SignatureNotificationsApi & SlotNotificationsApi>;
};

/** How to send. */
export type SendOptions = {
  /** Tried out already: its units set the limit. */
  readonly simulation?: Simulation;
  /** Priority fee, micro-lamports a compute unit. */
  readonly microLamports?: bigint;
  /** Called once signed, before it is sent. */
  readonly onSigned?: (signature: Signature) => void;
  readonly abortSignal?: AbortSignal;
};

/** A confirmed transaction. */
export type Receipt = { readonly signature: Signature; readonly events: readonly BreakwaterEvent[] };

/**
 * Tries out, signs, sends and confirms; throws a {@link TransactionFailure} with the reason when it fails. Any other error
 * says that its fate is unknown: `onSigned` told the signature to ask for.
 */
export async function send(
  { rpc, rpcSubscriptions }: Connection,
  payer: TransactionSigner,
  instructions: readonly Instruction[],
  { simulation, microLamports, onSigned, abortSignal }: SendOptions = {},
): Promise<Receipt> {
  const { units, failure, logs } = simulation ?? (await simulate(rpc, payer.address, instructions));
  if (failure) throw new TransactionFailure(failure, logs);
  const budget: Instruction[] = [getSetComputeUnitLimitInstruction({ units: limitOf(units) })];
  if (microLamports !== undefined) budget.push(getSetComputeUnitPriceInstruction({ microLamports }));
  const { value: blockhash } = await rpc.getLatestBlockhash({ commitment: COMMITMENT }).send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayerSigner(payer, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(blockhash, paid),
    (alive) => appendTransactionMessageInstructions(instructions, alive),
    (full) => prependTransactionMessageInstructions(budget, full),
  );
  const transaction = await signTransactionMessageWithSigners(message);
  assertIsTransactionWithBlockhashLifetime(transaction);
  const signature = getSignatureFromTransaction(transaction);
  onSigned?.(signature);
  const confirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
  try {
    // Tried out above: a second trial by the node would only hide the logs.
    await confirm(transaction, { commitment: COMMITMENT, skipPreflight: true, ...(abortSignal && { abortSignal }) });
  } catch (error) {
    const outcome = await lookFor(rpc, signature, { abortSignal });
    if (!outcome) throw error;
    if (outcome.failure) throw new TransactionFailure(outcome.failure, outcome.logs);
    // Only the node's answer was lost.
    return { signature, events: outcome.events };
  }
  const outcome = await lookFor(rpc, signature, { abortSignal });
  return { signature, events: outcome?.events ?? [] };
}

/** How long a transaction is looked for. */
export type Patience = {
  readonly looks?: number;
  /** Milliseconds between two of them. */
  readonly pause?: number;
  readonly abortSignal?: AbortSignal | undefined;
};

/** Asks for a transaction whose confirmation was lost until a node knows it; `undefined` when none did. */
export async function lookFor(
  rpc: Rpc<GetTransactionApi>,
  signature: Signature,
  { looks = 20, pause = 500, abortSignal }: Patience = {},
): Promise<Outcome | undefined> {
  for (let look = 1; ; look++) {
    const outcome = await fetchOutcome(rpc, signature).catch(() => undefined);
    if (outcome || look >= looks || abortSignal?.aborted) return outcome;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** What a confirmed transaction did. */
export type Outcome = Pick<Simulation, 'events' | 'logs' | 'failure'>;

/** What a confirmed transaction did; `undefined` when the node does not know it. */
export async function fetchOutcome(rpc: Rpc<GetTransactionApi>, signature: Signature): Promise<Outcome | undefined> {
  const found = await rpc
    .getTransaction(signature, { commitment: COMMITMENT, encoding: 'base64', maxSupportedTransactionVersion: 0 })
    .send();
  if (!found?.meta) return undefined;
  const logs = found.meta.logMessages ?? [];
  const failure = found.meta.err === null ? undefined : describeFailure(found.meta.err, logs);
  return { logs, failure, events: failure ? [] : parseEvents(logs) };
}

const limitOf = (units: number): number =>
  Math.min(MAX_UNITS, Math.ceil(Math.max(units * UNITS_MARGIN, units + UNITS_FLOOR)));
