// All pools at a glance.
import {
  coverageBps,
  coverLimit,
  freeCapital,
  inOrder,
  IncidentState,
  isSome,
  isVariant,
  listIncidents,
  pausedUntil,
  total,
  utilisationBps,
  type Found,
  type Incident,
  type Pool,
} from '@breakwater/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { EarnedStat } from '../components/earned';
import { Badge, Card, Empty, Loaded, Meter, Notice, Skeleton, Stat, Stats } from '../components/ui';
import { useChain } from '../lib/connection';
import { abbreviate, moment, money, percent, plain, plural } from '../lib/format';
import { useNow, usePools } from '../lib/queries';
import { assetOf, poolName } from '../lib/views';
import { notOpenWords } from '../lib/words';

const CapitalChart = lazy(() => import('../components/charts').then((charts) => ({ default: charts.CapitalChart })));

export function Overview() {
  const pools = usePools();
  const { rpc } = useChain();
  const now = useNow(30);
  const incidents = useQuery({ queryKey: ['incidents'], queryFn: () => listIncidents(rpc), refetchInterval: 15_000 });
  const open = incidents.data?.filter(({ data }) => !hasEnded(data)) ?? [];
  const recent = incidents.data?.filter(({ data }) => hasEnded(data) && plain(now) - plain(data.closedAt) < MONTH);
  return (
    <div className="space-y-8">
      <div className="max-w-2xl">
        <h1 className="text-3xl font-semibold tracking-tight">Cover that pays by rule</h1>
        <p className="mt-2 text-muted">
          Liquidity providers earn premiums by the second. Buyers are covered against a listed risk. When something
          happens, stakers decide, and every claim is paid by one factor.
        </p>
      </div>
      <Loaded query={pools} rows={8}>
        {(found) =>
          found.length === 0 ? (
            <Empty title="There is no pool yet">Whoever creates the first one will find it here.</Empty>
          ) : (
            <>
              <Card title="The network">
                <Stats>
                  <Stat label="Pools" value={found.length} />
                  <Stat
                    label="Policies sold"
                    value={total(...found.map(({ data }) => data.policiesSold))?.toLocaleString('en')}
                  />
                  <Stat
                    label="Open incidents"
                    value={incidents.data ? open.length : '…'}
                    {...(open.length > 0 ? { tone: 'warn' as const } : {})}
                  />
                  <Stat label="Ended in 30 days" value={recent?.length ?? '…'} />
                </Stats>
              </Card>
              <div className="grid gap-5 lg:grid-cols-2">
                {[...found].sort(byCapital).map((pool) => (
                  <PoolCard key={pool.address} pool={pool} />
                ))}
              </div>
              {found.some(({ data }) => isSome(data.capital)) && (
                <Card title="Capital and cover">
                  <Suspense fallback={<Skeleton rows={8} />}>
                    <CapitalChart pools={[...found].sort(byCapital)} />
                  </Suspense>
                </Card>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

const hasEnded = ({ state }: Incident): boolean =>
  isVariant(state, IncidentState.Settled) || isVariant(state, IncidentState.Rejected);

const byCapital = (one: Found<Pool>, other: Found<Pool>) => inOrder(other.data.capital, one.data.capital);

/** For how long an incident that ended is counted, seconds: 30 days. */
const MONTH = 2_592_000;

function PoolCard({ pool }: { pool: Found<Pool> }) {
  const { address, data } = pool;
  const now = useNow(30);
  const paused = pausedUntil(data, now);
  const unit = assetOf(data);
  const coverage = coverageBps(data, data.accruedAt);
  const notOpen = notOpenWords(data, now);
  const used = utilisationBps(data, data.accruedAt) ?? 0;
  return (
    <Card
      title={
        <Link to="/pool/$pool" params={{ pool: address }} className="hover:underline">
          {poolName(address)}
        </Link>
      }
      aside={
        data.openIncidents > 0 ? (
          <Badge text={plural(data.openIncidents, 'open incident')} tone="warn" />
        ) : (
          <Badge text="No open incident" tone="good" />
        )
      }
    >
      <p className="-mt-3 mb-4 text-xs text-muted">
        Asset <span title={data.assetMint}>{abbreviate(data.assetMint)}</span>, {plural(data.productCount, 'product')}
      </p>
      {paused !== undefined && (
        <div className="mb-4">
          <Notice tone="warn">Sales and deposits are paused until {moment(paused)}.</Notice>
        </div>
      )}
      {notOpen !== undefined && (
        <div className="mb-4">
          <Notice>{notOpen}</Notice>
        </div>
      )}
      <dl className="grid grid-cols-2 gap-4">
        <Stat
          label="Capital"
          value={money(data.capital, unit, 0)}
          hint={`${money(freeCapital(data, data.accruedAt), unit, 0)} free`}
        />
        <Stat
          label="Active cover"
          value={money(data.activeCover, unit, 0)}
          hint={`of ${money(coverLimit(data, data.accruedAt), unit, 0)}`}
        />
        <EarnedStat pool={pool} />
        <Stat
          label="Coverage ratio"
          value={coverage === undefined ? '—' : percent(coverage)}
          hint={coverage === undefined ? 'nothing is covered yet' : 'free capital to active cover'}
        />
      </dl>
      <div className="mt-5 space-y-1.5">
        <div className="flex justify-between text-sm">
          <span className="text-muted">Utilisation</span>
          <span className="font-medium tabular-nums">{percent(used)}</span>
        </div>
        <Meter label="Utilisation" bps={used} tone={used > 9_000 ? 'warn' : 'accent'} />
      </div>
      <nav
        aria-label={poolName(address)}
        className="mt-5 flex flex-wrap gap-x-5 gap-y-2 text-sm font-medium text-accent"
      >
        <Link
          to="/pool/$pool/cover"
          params={{ pool: address }}
          className="inline-flex items-center gap-1 hover:underline"
        >
          Buy cover <ArrowRight className="size-4" aria-hidden />
        </Link>
        <Link
          to="/pool/$pool/provide"
          params={{ pool: address }}
          className="inline-flex items-center gap-1 hover:underline"
        >
          Provide capital <ArrowRight className="size-4" aria-hidden />
        </Link>
      </nav>
    </Card>
  );
}
