// What the pages read. Everything is asked of the RPC, again every few seconds and after every transaction.
import {
  fetchAccrued,
  fetchMaybeAssembly,
  fetchMaybeDispute,
  fetchMaybeVoter,
  fetchNow,
  findPool,
  listBallots,
  listChanges,
  listClaims,
  listDisputes,
  listExitEpochs,
  listExitTickets,
  listIncidents,
  listPolicies,
  listPools,
  listProducts,
  listVoteRecords,
  NOBODY,
  productAddress,
  quoteCover,
  tokenAddress,
  voterAddress,
  type Found,
  type Pool,
  type Product,
} from '@breakwater/client';
import { fetchMaybeToken } from '@solana-program/token';
import type { Address } from '@solana/kit';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useChain } from './connection';
import { useSigner } from './wallet';

const OFTEN = 10_000;
const CONFIRMED = { commitment: 'confirmed' } as const;

/** One clock for all who watch it. */
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watchClock(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    for (const each of watchers) each();
  }, 1_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Unix seconds on the chain, ticking every so many of them; 0 until it is known. */
export function useNow(every = 1): bigint {
  const { rpc } = useChain();
  const { data, dataUpdatedAt } = useQuery({ queryKey: ['now'], queryFn: () => fetchNow(rpc), refetchInterval: OFTEN });
  const tick = useSyncExternalStore(watchClock, () => Math.floor(Date.now() / (every * 1_000)) * every);
  if (data === undefined) return 0n;
  return data + BigInt(Math.max(0, tick - Math.floor(dataUpdatedAt / 1_000)));
}

/** All pools, as of now: see {@link usePool}. */
export const usePools = () => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['pools'],
    refetchInterval: OFTEN,
    queryFn: async (): Promise<Found<Pool>[]> => {
      const pools = await listPools(rpc);
      return Promise.all(
        pools.map(async (pool) => {
          if (pool.data.productCount === 0) return pool;
          const product = await productAddress(pool.address, 0);
          const now = await fetchAccrued(rpc, pool.data.creator, pool, product).catch(() => undefined);
          return { address: pool.address, data: now?.pool ?? pool.data };
        }),
      );
    },
  });
};

/** A pool and its products, as of now: the program accrues and rolls them in a simulation. */
export type PoolView = {
  readonly pool: Found<Pool>;
  readonly products: readonly Found<Product>[];
};

export const usePool = (address: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['pool', address],
    refetchInterval: OFTEN,
    queryFn: async (): Promise<PoolView | null> => {
      const pool = await findPool(rpc, address);
      if (!pool) return null;
      const products = await listProducts(rpc, { pool: address });
      const { creator } = pool.data;
      const rolled = await Promise.all(
        products.map(async (product) => {
          // A node that cannot simulate still shows what is stored.
          const now = await fetchAccrued(rpc, creator, pool, product.address).catch(() => undefined);
          return { pool: now?.pool, product: { address: product.address, data: now?.product ?? product.data } };
        }),
      );
      const accrued = rolled.find((one) => one.pool !== undefined)?.pool ?? pool.data;
      return { pool: { address, data: accrued }, products: rolled.map(({ product }) => product) };
    },
  });
};

export const useIncidents = (pool: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['incidents', pool],
    queryFn: () => listIncidents(rpc, { pool }),
    refetchInterval: OFTEN,
  });
};

export const useClaims = (incident: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['claims', incident],
    queryFn: () => listClaims(rpc, { incident }),
    refetchInterval: OFTEN,
  });
};

export const useDisputes = (claim: Address, enabled: boolean) => {
  const { rpc } = useChain();
  return useQuery({ queryKey: ['disputes', claim], queryFn: () => listDisputes(rpc, { claim }), enabled });
};

/** The dispute that stands of a claim. */
export const useDispute = (address: Address | undefined) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['dispute', address],
    enabled: address !== undefined && address !== NOBODY,
    queryFn: async () => {
      const dispute = await fetchMaybeDispute(rpc, address!, CONFIRMED);
      return dispute.exists ? dispute.data : null;
    },
  });
};

export const useBallots = (pool: Address) => {
  const { rpc } = useChain();
  return useQuery({ queryKey: ['ballots', pool], queryFn: () => listBallots(rpc, { pool }), refetchInterval: OFTEN });
};

/** The changes of a pool's parameters, the latest first. */
export const useChanges = (pool: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['changes', pool],
    queryFn: async () => (await listChanges(rpc, { pool })).reverse(),
    refetchInterval: OFTEN,
  });
};

/** The policies of a pool that the connected account holds. */
export const useMyPolicies = (pool: Address) => {
  const { rpc } = useChain();
  const holder = useSigner()?.address;
  return useQuery({
    queryKey: ['policies', pool, holder],
    queryFn: () => listPolicies(rpc, { pool, holder: holder! }),
    enabled: holder !== undefined,
    refetchInterval: OFTEN,
  });
};

export const useAssembly = (address: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['assembly', address],
    queryFn: () => fetchMaybeAssembly(rpc, address, CONFIRMED),
    refetchInterval: OFTEN,
  });
};

/** The connected account's stake, and its votes that are not released. */
export const useMyVoter = (assembly: Address) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['voter', assembly, owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: async () => {
      const address = await voterAddress(assembly, owner!);
      const [voter, records] = await Promise.all([
        fetchMaybeVoter(rpc, address, CONFIRMED),
        listVoteRecords(rpc, { voter: address }),
      ]);
      return { voter: voter.exists ? voter.data : undefined, records };
    },
  });
};

/** The connected account's exits of a pool, and the epochs they stand in. */
export const useMyExits = (pool: Address) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['exits', pool, owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: async () => {
      const [tickets, epochs] = await Promise.all([
        listExitTickets(rpc, { pool, owner: owner! }),
        listExitEpochs(rpc, { pool }),
      ]);
      return { tickets, epochs };
    },
  });
};

/** Tokens of the connected account, atoms; 0 without an account of them. */
export const useBalance = (mint: Address, tokenProgram: Address) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['balance', mint, owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: async () => {
      const token = await fetchMaybeToken(rpc, await tokenAddress(owner!, mint, tokenProgram), CONFIRMED);
      return token.exists ? token.data.amount : 0n;
    },
  });
};

/** Lamports of the connected account. */
export const useLamports = () => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['lamports', owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: async () => (await rpc.getBalance(owner!, CONFIRMED).send()).value,
  });
};

/** What a cover costs, asked of the program as one types. */
export const useQuote = (
  pool: Found<Pool>,
  product: Address | undefined,
  amount: bigint | undefined,
  termDays: number | undefined,
) => {
  const { rpc } = useChain();
  const payer = useSigner()?.address ?? pool.data.creator;
  const asked = useDebounced(`${product}/${amount}/${termDays}`);
  const ready = product !== undefined && amount !== undefined && amount > 0n && termDays !== undefined;
  const settled = asked === `${product}/${amount}/${termDays}`;
  return useQuery({
    queryKey: ['quote', pool.address, product, String(amount), termDays, payer],
    queryFn: () => quoteCover(rpc, payer, pool.address, product!, { amount: amount!, termDays: termDays! }),
    enabled: ready && settled,
    refetchInterval: OFTEN,
    retry: false,
  });
};

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
