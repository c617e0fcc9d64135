// Charts. This file is loaded only where one is shown, because the chart library is large.
import { rateAt, type Found, type Pool, type Product } from '@breakwater/client';
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { date, plain, type Unit } from '../lib/format';
import type { Entry } from '../lib/ledger';
import { poolName } from '../lib/views';

const AXIS = { stroke: 'var(--c-muted)', fontSize: 12, tickLine: false } as const;
const BOX = {
  contentStyle: {
    background: 'var(--c-surface)',
    border: '1px solid var(--c-line)',
    borderRadius: 12,
    color: 'var(--c-ink)',
    fontSize: 13,
  },
  labelStyle: { color: 'var(--c-muted)' },
  isAnimationActive: false,
} as const;
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const full = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const tokens = (atoms: bigint, decimals: number) => plain(atoms) / 10 ** decimals;

export function CapitalChart({ pools }: { pools: readonly Found<Pool>[] }) {
  const rows = pools.map(({ address, data }) => ({
    name: poolName(address),
    Capital: tokens(data.capital, data.decimals),
    'Active cover': tokens(data.activeCover, data.decimals),
  }));
  return (
    <figure aria-label="Capital and active cover of each pool">
      <ResponsiveContainer width="100%" height={260}>
        <BarChart data={rows} accessibilityLayer={false} barGap={4}>
          <CartesianGrid vertical={false} stroke="var(--c-line)" />
          <XAxis dataKey="name" {...AXIS} />
          <YAxis tickFormatter={(value: number) => compact.format(value)} width={48} axisLine={false} {...AXIS} />
          <Tooltip {...BOX} cursor={{ fill: 'var(--c-raised)' }} formatter={(value) => compact.format(Number(value))} />
          <Legend itemSorter={null} wrapperStyle={{ fontSize: 13, color: 'var(--c-muted)' }} />
          <Bar
            dataKey="Capital"
            fill="var(--c-accent)"
            radius={[6, 6, 0, 0]}
            maxBarSize={56}
            isAnimationActive={false}
          />
          <Bar
            dataKey="Active cover"
            fill="var(--c-second)"
            radius={[6, 6, 0, 0]}
            maxBarSize={56}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}

export function CurveChart({ product, utilisationBps }: { product: Product; utilisationBps: number }) {
  const at = [0, product.kinkBps, 10_000, utilisationBps].sort((one, other) => one - other);
  const rows = at.map((bps) => ({ used: bps / 100, rate: rateAt(product, bps) / 10_000 }));
  const now = { x: utilisationBps / 100, y: rateAt(product, utilisationBps) / 10_000 };
  return (
    <figure aria-label={`Annual rate by utilisation; now ${now.y}% at ${now.x}%`}>
      <figcaption className="mb-1 flex justify-between text-xs text-muted">
        <span>Price a year</span>
        <span>by how much of the capacity is sold</span>
      </figcaption>
      <ResponsiveContainer width="100%" height={180}>
        <LineChart data={rows} accessibilityLayer={false} margin={{ top: 8, right: 12 }}>
          <CartesianGrid vertical={false} stroke="var(--c-line)" />
          <XAxis dataKey="used" type="number" domain={[0, 100]} ticks={[0, 25, 50, 75, 100]} unit="%" {...AXIS} />
          <YAxis unit="%" width={44} axisLine={false} {...AXIS} />
          <Tooltip
            {...BOX}
            labelFormatter={(used) => `at ${full.format(Number(used))}% sold`}
            formatter={(rate) => [`${full.format(Number(rate))}%`, 'a year']}
          />
          <Line dataKey="rate" stroke="var(--c-accent)" strokeWidth={2.5} dot={false} isAnimationActive={false} />
          <ReferenceDot x={now.x} y={now.y} r={5} fill="var(--c-accent)" stroke="var(--c-surface)" strokeWidth={2} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}

const DAY = 86_400;

/** A few days from first to last, none twice. */
function daysBetween(first: number, last: number): number[] {
  const step = Math.max(1, Math.ceil((last - first) / DAY / 5)) * DAY;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

export function HistoryChart({ entries, unit }: { entries: readonly Entry[]; unit: Unit }) {
  const rows = entries
    .flatMap(({ at, event }) =>
      'books' in event.data ? [{ at: plain(at), Capital: tokens(event.data.books.capital, unit.decimals) }] : [],
    )
    .reverse();
  const [first, last] = [rows.at(0)?.at ?? 0, rows.at(-1)?.at ?? 0];
  if (rows.length < 2 || first === last) return null;
  return (
    <figure aria-label="Capital after the latest events">
      <figcaption className="mb-2 text-sm text-muted">Capital, {unit.symbol}</figcaption>
      <ResponsiveContainer width="100%" height={200}>
        <AreaChart data={rows} accessibilityLayer={false} margin={{ top: 8, right: 12 }}>
          <CartesianGrid vertical={false} stroke="var(--c-line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, last]}
            ticks={daysBetween(first, last)}
            interval="preserveStartEnd"
            tickFormatter={(at: number) => date(BigInt(at))}
            minTickGap={32}
            {...AXIS}
          />
          <YAxis tickFormatter={(value: number) => compact.format(value)} width={48} axisLine={false} {...AXIS} />
          <Tooltip
            {...BOX}
            labelFormatter={(at) => date(BigInt(Number(at)))}
            formatter={(value) => [`${full.format(Number(value))} ${unit.symbol}`, 'Capital']}
          />
          <Area
            type="stepAfter"
            dataKey="Capital"
            stroke="var(--c-accent)"
            fill="var(--c-soft)"
            strokeWidth={2}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </figure>
  );
}
