// What the pages of one pool share: its name, its tabs, and its data.
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import { CopyButton } from '../components/address';
import { Badge, Empty, Loaded, Notice } from '../components/ui';
import { useCluster } from '../lib/connection';
import type { Units } from '../lib/event-words';
import { money, moment, plural } from '../lib/format';
import { useAssembly, useNow, usePool, type PoolView } from '../lib/queries';
import { poolName, unitsOf } from '../lib/views';
import { pausedUntil, readText, setAside, type Assembly, type Found, type Product } from '@breakwater/client';
import type { Address } from '@solana/kit';

type Shared = PoolView & {
  readonly units: Units;
  readonly assembly: Found<Assembly> | undefined;
  readonly nameOf: (product: Address) => string;
};

const PoolContext = createContext<Shared | undefined>(undefined);

/** The pool of this page. */
export function useShared(): Shared {
  const shared = useContext(PoolContext);
  if (!shared) throw new Error('no pool here');
  return shared;
}

export const productName = (product: Product): string => readText(product.name) || `Product ${product.index}`;

const TABS = [
  ['/pool/$pool', 'Pool'],
  ['/pool/$pool/cover', 'Buy cover'],
  ['/pool/$pool/provide', 'Provide'],
  ['/pool/$pool/claims', 'Claims'],
  ['/pool/$pool/votes', 'Votes'],
] as const;

export function PoolFrame() {
  const { pool: address } = useParams({ from: '/pool/$pool' });
  const { name } = useCluster();
  const query = usePool(address);
  return (
    <div className="space-y-6">
      <div>
        <nav aria-label="Breadcrumb" className="text-sm text-muted">
          <Link to="/" className="hover:underline">
            All pools
          </Link>
        </nav>
        <h1 className="mt-1 flex items-center gap-1.5 text-2xl font-semibold tracking-tight" title={address}>
          {poolName(address)}
          <CopyButton text={address} what="the pool’s address" />
        </h1>
        <nav aria-label="Pages of this pool" className="-mx-4 mt-4 overflow-x-auto border-b border-line px-4">
          <ul className="flex gap-6 text-sm font-medium whitespace-nowrap">
            {TABS.map(([to, label]) => (
              <li key={to}>
                <Link
                  to={to}
                  params={{ pool: address }}
                  activeOptions={{ exact: true }}
                  className="inline-block border-b-2 pb-2.5"
                  activeProps={{ className: 'border-accent text-ink' }}
                  inactiveProps={{ className: 'border-transparent text-muted hover:text-ink' }}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {query.data === null ? (
        <Empty title="There is no such pool">
          Nothing of Breakwater lies at {address} on the {name} network.
        </Empty>
      ) : (
        <Loaded query={query} rows={8}>
          {(view) => <Inside view={view} />}
        </Loaded>
      )}
    </div>
  );
}

function Inside({ view }: { view: PoolView }) {
  const assembly = useAssembly(view.pool.data.assembly);
  const now = useNow();
  const found = assembly.data?.exists ? assembly.data : undefined;
  const names = new Map(view.products.map(({ address, data }) => [address, productName(data)]));
  const shared: Shared = {
    ...view,
    units: unitsOf(view.pool.data, found?.data),
    assembly: found,
    nameOf: (product) => names.get(product) ?? 'A product',
  };
  const { openIncidents } = view.pool.data;
  const paused = pausedUntil(view.pool.data, now);
  return (
    <PoolContext.Provider value={shared}>
      <div className="space-y-6">
        {paused !== undefined && (
          <Notice tone="warn">Sales and deposits are paused until {moment(paused)}. Everything else goes on.</Notice>
        )}
        {openIncidents > 0 && (
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <Badge text={plural(openIncidents, 'open incident')} tone="warn" />
            <span className="text-muted">
              What may be claimed is set aside, {money(setAside(view.pool.data), shared.units.asset)}. Exits go on.
            </span>
          </div>
        )}
        <Outlet />
      </div>
    </PoolContext.Provider>
  );
}
