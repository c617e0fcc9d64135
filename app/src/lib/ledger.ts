// A pool's history: the events of the transactions that named it, read by RPC a page at a time.
import {
  DAY,
  earningsOf,
  EARNINGS_PERIOD,
  fetchOutcome,
  type BreakwaterEvent,
  type Earnings,
  type Pool,
} from '@breakwater/client';
import type { Address, GetSignaturesForAddressApi, GetTransactionApi, Rpc, Signature } from '@solana/kit';
import { useQuery } from '@tanstack/react-query';
import { useChain } from './connection';
import { stepOf } from './earnings';
import { plain } from './format';

/** One event of a pool's history. */
export type Entry = {
  readonly signature: Signature;
  readonly at: bigint;
  readonly event: BreakwaterEvent;
};

/** A pool's history, newest first. */
export type Ledger = {
  readonly entries: readonly Entry[];
  /** Whether it goes back to the pool's beginning. */
  readonly complete: boolean;
};

type Reader = Rpc<GetSignaturesForAddressApi & GetTransactionApi>;
type Signed = { readonly signature: Signature; readonly at: bigint };

/** What a node returns at once. */
const PAGE = 1_000;
/** Transactions that are read at most: public nodes count requests. */
const LIMIT = 600;
/** Transactions that are read however old they are. */
const LEAST = 40;
/** Requests at a time, of all pools together. */
const ABREAST = 6;

/** A transaction never changes: none is read twice. */
const known = new Map<Signature, readonly Entry[]>();

async function signaturesOf(rpc: Reader, pool: Address, until: number): Promise<{ all: Signed[]; complete: boolean }> {
  const all: Signed[] = [];
  let before: Signature | undefined;
  for (;;) {
    const page = await rpc
      .getSignaturesForAddress(pool, { limit: PAGE, commitment: 'confirmed', ...(before && { before }) })
      .send();
    for (const { signature, err, blockTime } of page) {
      const at: bigint = blockTime ?? 0n;
      const oldest = all.at(-1);
      // One that is older stays in: what was earned after it began before the period did.
      const old = oldest !== undefined && plain(oldest.at) < until;
      if ((old && all.length >= LEAST) || all.length >= LIMIT) return { all, complete: false };
      if (err === null) all.push({ signature, at });
    }
    before = page.at(-1)?.signature;
    if (page.length < PAGE || before === undefined) return { all, complete: true };
  }
}

let free = ABREAST;
const waiting: (() => void)[] = [];

/** Does something when it is its turn. */
async function inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await action();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

async function entriesOf(rpc: Reader, { signature, at }: Signed): Promise<readonly Entry[]> {
  const found = known.get(signature);
  if (found) return found;
  const outcome = await inTurn(() => fetchOutcome(rpc, signature));
  // A node that has not got it yet is asked again.
  if (!outcome) return [];
  const entries = outcome.events.map((event) => ({ signature, at, event })).reverse();
  known.set(signature, entries);
  return entries;
}

/** The events of at least the last 30 days of a pool, as far as its node and the limit above allow. */
export async function fetchLedger(rpc: Reader, pool: Address, now: bigint): Promise<Ledger> {
  const { all, complete } = await signaturesOf(rpc, pool, plain(now) - plain(EARNINGS_PERIOD) - plain(DAY));
  const entries = await Promise.all(all.map((signed) => entriesOf(rpc, signed)));
  return { entries: entries.flat(), complete };
}

const RARELY = 60_000;

export const useLedger = (pool: Address, now: bigint) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['ledger', pool],
    staleTime: 5_000,
    refetchInterval: RARELY,
    // What was read stays: a node that counts requests is asked for the rest a little later.
    retry: 5,
    queryFn: () => fetchLedger(rpc, pool, now),
  });
};

/** What LPs of a pool, accrued to `now`, earned; `undefined` when nobody has had shares in it. */
export const ledgerEarnings = (
  { entries }: Ledger,
  { capital }: Pick<Pool, 'capital'>,
  now: bigint,
): Earnings | undefined =>
  earningsOf(entries.flatMap(({ event, at }) => stepOf(event, at) ?? []).reverse(), capital, now);
