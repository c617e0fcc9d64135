// The connection to the chain, and which chain it is.
import { BREAKWATER_PROGRAM_ADDRESS, type Connection } from '@breakwater/client';
import { createSolanaRpc, createSolanaRpcSubscriptions } from '@solana/kit';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { isLoopback, loadEndpoint, type Endpoint } from './endpoint';

const GENESIS: Readonly<Record<string, Cluster['name']>> = {
  '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d': 'mainnet',
  EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG: 'devnet',
};

/** What is at the other end. */
export type Cluster = {
  readonly name: 'mainnet' | 'devnet' | 'local' | 'custom';
  /** Wallet Standard's name of the chain. */
  readonly chain: `solana:${string}`;
  /** Whether tokens can be made up and time can be moved: a surfpool network on this machine. */
  readonly playground: boolean;
  /** Whether Breakwater is there. */
  readonly deployed: boolean;
};

export type Chain = Connection & { readonly endpoint: Endpoint };

const endpoint = loadEndpoint();
const connection: Chain = {
  endpoint,
  rpc: createSolanaRpc(endpoint.rpc),
  rpcSubscriptions: createSolanaRpcSubscriptions(endpoint.websocket),
};

/** The chosen endpoint's connection. */
export const useChain = (): Chain => connection;

async function identify({ rpc, endpoint: { rpc: url } }: Chain): Promise<Cluster> {
  const [genesis, version, program] = await Promise.all([
    rpc.getGenesisHash().send(),
    rpc.getVersion().send(),
    rpc.getAccountInfo(BREAKWATER_PROGRAM_ADDRESS, { encoding: 'base64', dataSlice: { offset: 0, length: 0 } }).send(),
  ]);
  const surfnet = 'surfnet-version' in version;
  const known = GENESIS[genesis];
  // A mainnet behind a tunnel is on this machine too: what it says of itself decides, not where it seems to be.
  const local = isLoopback(url) && (surfnet || known === undefined);
  const name = local ? 'local' : (known ?? 'custom');
  const chain = name === 'local' ? 'solana:localnet' : name === 'devnet' ? 'solana:devnet' : 'solana:mainnet';
  return { name, chain, playground: local && surfnet, deployed: program.value?.executable === true };
}

/** Asks the endpoint what it is. */
export const useIdentify = () => {
  const chain = useChain();
  return useQuery({ queryKey: ['cluster'], queryFn: () => identify(chain), staleTime: 60_000, retry: 1 });
};

const ClusterContext = createContext<Cluster | undefined>(undefined);

export const ClusterProvider = ({ cluster, children }: { cluster: Cluster; children: ReactNode }) => (
  <ClusterContext.Provider value={cluster}>{children}</ClusterContext.Provider>
);

/** The cluster, below the gate that found it. */
export function useCluster(): Cluster {
  const cluster = useContext(ClusterContext);
  if (!cluster) throw new Error('no cluster here');
  return cluster;
}

/** Where an explorer shows a transaction or an account. */
export function useExplorer(): (kind: 'tx' | 'address', id: string) => string {
  const { name } = useCluster();
  const { endpoint } = useChain();
  const query =
    name === 'mainnet'
      ? ''
      : name === 'devnet'
        ? '?cluster=devnet'
        : `?cluster=custom&customUrl=${encodeURIComponent(endpoint.rpc)}`;
  return (kind, id) => `https://explorer.solana.com/${kind}/${id}${query}`;
}
