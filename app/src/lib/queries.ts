// What the pages read. Everything is asked of the RPC, again every few seconds and after every transaction.
import {
  accrue,
  attempt,
  courtOf,
  courtOfSale,
  fetchMaybeAssembly,
  fetchMaybePolicy,
  fetchMaybeVoter,
  fetchNow,
  fetchShareWords,
  findPool,
  isSome,
  listBallots,
  listChanges,
  listClaims,
  listExitEpochs,
  listExitTickets,
  listIncidents,
  listPolicies,
  listPools,
  listProducts,
  listRetired,
  listVoteRecords,
  roll,
  tokenAddress,
  voterAddress,
  type Found,
  type Pool,
  type Product,
} from '@breakwater/client';
import { fetchMaybeToken, fetchMint } from '@solana-program/token';
import { unwrapOption, type Address } from '@solana/kit';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useChain } from './connection';
import { useSigner } from './wallet';

export const OFTEN = 10_000;
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

/** The chain's clock, for the gate before all pages. */
export const useClock = () => {
  const { rpc } = useChain();
  return useQuery({ queryKey: ['now'], queryFn: () => fetchNow(rpc), refetchInterval: OFTEN });
};

/** Unix seconds on the chain, ticking every so many of them; below the gate that found the clock. */
export function useNow(every = 1): bigint {
  const { data, dataUpdatedAt } = useClock();
  const tick = useSyncExternalStore(watchClock, () => Math.floor(Date.now() / (every * 1_000)) * every);
  if (data === undefined) throw new Error('no clock here');
  const gone = BigInt(Math.max(0, tick - Math.floor(dataUpdatedAt / 1_000)));
  return data + gone;
}

/** A pool with its books accrued; as it is stored when the node's clock lags behind it. */
const accrued = (pool: Pool, now: bigint): Pool => attempt(() => accrue(pool, now)).value ?? pool;

/** All pools, as of now. */
export const usePools = () => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['pools'],
    refetchInterval: OFTEN,
    queryFn: async (): Promise<Found<Pool>[]> => {
      const pools = await listPools(rpc);
      const now = await fetchNow(rpc);
      return pools.map(({ address, data }) => ({ address, data: accrued(data, now) }));
    },
  });
};

/** A pool and its products, accrued and rolled to the time at which they were read: the pool's `accruedAt`. */
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
      const found = await findPool(rpc, address);
      if (!found) return null;
      const listed = await listProducts(rpc, { pool: address });
      const now = await fetchNow(rpc);
      let pool = accrued(found.data, now);
      const products = listed.map((product) => {
        const rolled = attempt(() => roll(pool, product.data, now)).value;
        if (!rolled) return product;
        // Each product releases cover of its group, too.
        pool = rolled.pool;
        return { address: product.address, data: rolled.product };
      });
      return { pool: { address, data: pool }, products };
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

/** A policy, whoever holds it. */
export const usePolicy = (address: Address | undefined) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['policy', address],
    enabled: address !== undefined,
    queryFn: () => fetchMaybePolicy(rpc, address!, CONFIRMED),
    refetchInterval: OFTEN,
  });
};

export const useAssembly = (address: Address | undefined) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['assembly', address],
    enabled: address !== undefined,
    queryFn: () => fetchMaybeAssembly(rpc, address!, CONFIRMED),
    refetchInterval: OFTEN,
  });
};

/** The assemblies that decide on a product: on what is sold of it now, and on what was sold already. */
export function useCourts({ data: pool }: Found<Pool>, product: Product | undefined) {
  const sale = useAssembly(product && courtOfSale(pool, product, pool.accruedAt));
  const own = useAssembly(product && courtOf(pool, product));
  return {
    sale: sale.data?.exists ? sale.data : undefined,
    own: own.data?.exists ? own.data : undefined,
  };
}

/** Who can mint more of a token; `null` when nobody can. */
export const useMintAuthority = (mint: Address | undefined) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['mint', mint],
    enabled: mint !== undefined,
    queryFn: async () => unwrapOption((await fetchMint(rpc, mint!, CONFIRMED)).data.mintAuthority),
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

/** The exit epochs of a pool, in their order. */
export const useExitEpochs = (pool: Address) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['epochs', pool],
    queryFn: () => listExitEpochs(rpc, { pool }),
    refetchInterval: OFTEN,
  });
};

/** The connected account's exits of a pool. */
export const useMyTickets = (pool: Address) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['tickets', pool, owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: () => listExitTickets(rpc, { pool, owner: owner! }),
  });
};

/** What is left for the retired shares of a pool; nothing is asked of one that was never wiped out. */
export const useRetired = ({ address, data: { generation } }: Found<Pool>) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['retired', address, generation],
    enabled: generation > 0,
    queryFn: () => listRetired(rpc, { pool: address }),
  });
};

/** The retired shares of a pool that the connected account holds. */
export const useMyRetired = (pool: Found<Pool>) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  const { data: retired } = useRetired(pool);
  return useQuery({
    queryKey: ['my retired', pool.address, owner, retired?.length],
    enabled: owner !== undefined && retired !== undefined,
    queryFn: async () => {
      const { shareTokenProgram } = pool.data;
      const balances = await Promise.all(
        retired!.map(async (one) => ({
          retired: one,
          shares: await balanceOf(rpc, owner!, one.data.shareMint, shareTokenProgram),
        })),
      );
      return balances.filter(({ shares }) => isSome(shares));
    },
  });
};

/** What wallets show of a pool's shares; nothing of shares of SPL Token. */
export const useShareWords = ({ address, data }: Found<Pool>) => {
  const { rpc } = useChain();
  return useQuery({
    queryKey: ['share words', address, data.shareMint],
    queryFn: async () => (await fetchShareWords(rpc, data)) ?? null,
  });
};

/** Shares of the connected account, atoms. */
export const useShares = ({ shareMint, shareTokenProgram }: Pick<Pool, 'shareMint' | 'shareTokenProgram'>) =>
  useBalance(shareMint, shareTokenProgram);

type TokenReader = Parameters<typeof fetchMaybeToken>[0];

async function balanceOf(rpc: TokenReader, owner: Address, mint: Address, tokenProgram: Address): Promise<bigint> {
  const token = await fetchMaybeToken(rpc, await tokenAddress(owner, mint, tokenProgram), CONFIRMED);
  return token.exists ? token.data.amount : 0n;
}

/** Tokens of the connected account, atoms; 0 without an account of them. */
export const useBalance = (mint: Address, tokenProgram: Address) => {
  const { rpc } = useChain();
  const owner = useSigner()?.address;
  return useQuery({
    queryKey: ['balance', mint, owner],
    enabled: owner !== undefined,
    refetchInterval: OFTEN,
    queryFn: () => balanceOf(rpc, owner!, mint, tokenProgram),
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
