// One pool: its books, products, groups, parameters and history.
import {
  collectFees,
  courtWorth,
  coverageBps,
  feesProblem,
  freeCapital,
  groupLimit,
  isSome,
  isVariant,
  NOBODY,
  owed,
  partBps,
  productCapacity,
  rateNow,
  roomOf,
  saleProblem,
  STAKE_OF_COVER,
  total,
  Trigger,
  utilisationBps,
  yieldBps,
  type Found,
  type Pool,
  type Product,
} from '@breakwater/client';
import clsx from 'clsx';
import { lazy, Suspense, useState } from 'react';
import { AddressLink } from '../components/address';
import { EarnedStat } from '../components/earned';
import { Badge, Button, Card, Empty, Facts, Loaded, Meter, Skeleton, Stat, Stats } from '../components/ui';
import { Word } from '../components/word';
import { useExplorer } from '../lib/connection';
import { carries } from '../lib/change-words';
import { eventWords } from '../lib/event-words';
import { exact, moment, money, percent, plural, ppm, span } from '../lib/format';
import { useLedger } from '../lib/ledger';
import { useCourts, useMintAuthority, useNow, useShareWords } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { productStatus, riskOf, seasonWords, triggerOf } from '../lib/words';
import { Changes, Offices } from './changes';
import { productName, useShared } from './frame';
import { Opening } from './opening';
import { PriceState } from './price';
import { RetiredShares } from './retired';

const charts = () => import('../components/charts');
const CurveChart = lazy(() => charts().then((module) => ({ default: module.CurveChart })));
const HistoryChart = lazy(() => charts().then((module) => ({ default: module.HistoryChart })));

export function PoolPage() {
  const { pool, products, units } = useShared();
  const { data } = pool;
  const coverage = coverageBps(data, data.accruedAt);
  return (
    <div className="space-y-6">
      <Card>
        <Stats>
          <Stat
            label="Capital"
            value={money(data.capital, units.asset)}
            hint={`${money(freeCapital(data, data.accruedAt), units.asset)} free`}
          />
          <Stat
            label={<Word name="active-cover">Active cover</Word>}
            value={money(data.activeCover, units.asset)}
            hint={
              isSome(data.lienedCover)
                ? `${percent(utilisationBps(data, data.accruedAt) ?? 0)} of what is possible; beside ${money(data.lienedCover, units.asset, 0)} under open incidents`
                : `${percent(utilisationBps(data, data.accruedAt) ?? 0)} of what is possible`
            }
          />
          <EarnedStat pool={pool} />
          <Stat
            label="Coverage ratio"
            value={coverage === undefined ? '—' : percent(coverage)}
            hint={
              coverage === undefined
                ? 'nothing is covered yet'
                : `free capital to active cover; premiums run at ${percent(yieldBps(data, data.accruedAt) ?? 0)} a year now`
            }
          />
        </Stats>
      </Card>
      <Opening />
      <Season />
      <RetiredShares />
      <BooksCard pool={data} />
      <section aria-labelledby="products" className="space-y-4">
        <h2 id="products" className="text-lg font-semibold">
          Products
        </h2>
        {products.length === 0 ? (
          <Empty title="Nothing is listed yet">The pool’s authority lists products.</Empty>
        ) : (
          <div className={clsx('grid gap-5', products.length > 1 && 'lg:grid-cols-2')}>
            {products.map((product) => (
              <ProductCard key={product.address} product={product} />
            ))}
          </div>
        )}
      </section>
      <Court />
      <Changes />
      <Offices />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Parameters />
        <Groups />
      </div>
      <History />
    </div>
  );
}

/** What of the capital carries cover, while not all of it does. */
function Season() {
  const { pool, units } = useShared();
  const words = seasonWords(pool.data, units.asset);
  return words === undefined ? null : (
    <Card title="What carries cover">
      <p className="text-sm" data-testid="season">
        {words}
      </p>
    </Card>
  );
}

const BUCKETS = [
  ['capital', 'Capital', 'What LPs own', 'var(--c-accent)'],
  ['unearned', 'Unearned', 'Premiums that LPs earn over time', 'var(--c-second)'],
  ['payable', 'Payable', 'Settled claims to be paid', 'var(--c-bad)'],
  ['exitsDue', 'Exits due', 'Paid exits to be collected', 'var(--c-third)'],
  ['contested', 'Contested', 'What those who left have in open incidents', 'var(--c-fourth)'],
  ['bonds', 'Bonds', 'Of incidents, claims, disputes, appeals and changes', 'var(--c-strong)'],
  ['assessors', 'Assessors', 'Reward fund of the voters', 'var(--c-good)'],
  ['treasuryDue', 'Treasury', 'Protocol fees to be collected', 'var(--c-muted)'],
] as const;

function BooksCard({ pool }: { pool: Pool }) {
  const { units, pool: found } = useShared();
  const signer = useSigner();
  const transact = useTransact();
  const all = owed(pool);
  const widths = BUCKETS.map(([key]) => {
    // What is there at all can be seen.
    return isSome(pool[key]) ? Math.max((partBps(pool[key], all) ?? 0) / 100, 0.4) : 0;
  });
  const parts = BUCKETS.map(([key, label, meaning, colour], index) => {
    const width = widths[index] ?? 0;
    const before = widths.slice(0, index).reduce((sum, other) => sum + other, 0);
    return { key, label, meaning, colour, width, from: Math.min(before, 100 - width), atoms: pool[key] };
  });
  return (
    <Card title="The books" aside={<span className="text-sm text-muted">{money(all, units.asset)} in the vault</span>}>
      <svg
        role="img"
        aria-label="Parts of the vault; the list below has the numbers"
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        className="h-5 w-full overflow-hidden rounded-lg"
      >
        <rect width="100" height="6" className="fill-raised" />
        {parts.map(({ key, from: x, width, colour }) => (
          <rect key={key} x={x} width={width} height="6" fill={colour} />
        ))}
      </svg>
      <dl className="mt-5 grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        {parts.map(({ key, label, meaning, colour, atoms }) => (
          <div key={key}>
            <dt className="flex items-center gap-2 text-sm text-muted">
              <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden>
                <rect width="10" height="10" rx="3" fill={colour} />
              </svg>
              {label}
            </dt>
            <dd className="mt-0.5 font-semibold tabular-nums" data-bucket={key}>
              {exact(atoms, units.asset)}
            </dd>
            <dd className="text-xs text-muted">
              {meaning}
              {key === 'treasuryDue' && signer && feesProblem(pool) === undefined && (
                <span className="block">
                  <Button
                    small
                    look="quiet"
                    className="-ml-2.5"
                    onClick={() =>
                      transact({
                        title: 'Pay the fees to the treasury',
                        units,
                        notes: ['Anyone can do this. It goes to the account of the pool’s treasury.'],
                        build: (caller) => collectFees(found, caller),
                      })
                    }
                  >
                    Pay them out
                  </Button>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function ProductCard({ product }: { product: Found<Product> }) {
  const { data } = product;
  const { pool, units } = useShared();
  const { sale: court } = useCourts(pool, data);
  const capacity = productCapacity(pool.data, data, pool.data.accruedAt);
  const used = Math.min(10_000, partBps(data.activeCover, capacity) ?? 0);
  const status = productStatus(data);
  return (
    <Card
      title={productName(data)}
      aside={
        <span className="flex flex-wrap gap-1.5">
          {status && <Badge {...status} />}
          {data.line.open > 1 && <Badge text={`${data.line.open} reports in line`} tone="warn" />}
          <Badge text={riskOf(data)} tone="accent" />
        </span>
      }
    >
      <dl className="grid grid-cols-2 gap-4">
        <Stat
          label="Price now"
          value={ppm(rateNow(pool.data, data, pool.data.accruedAt))}
          hint="a year, for the next bit of cover"
        />
        <Stat
          label="Capacity left"
          value={
            saleProblem(data) === undefined && court
              ? money(roomOf(pool.data, data, court.data, pool.data.accruedAt), units.asset, 0)
              : '—'
          }
          hint={`of ${money(capacity, units.asset, 0)}, as far as group, pool and court allow it`}
        />
      </dl>
      <div className="mt-4">
        <Meter label="Used" bps={used} tone={used > data.kinkBps ? 'warn' : 'accent'} />
      </div>
      <div className="mt-4">
        <Suspense fallback={<Skeleton rows={5} />}>
          <CurveChart product={data} utilisationBps={used} />
        </Suspense>
      </div>
      <Facts
        rows={[
          ['Decided by', triggerOf(data)],
          ['Term', `${data.minTermDays} to ${data.maxTermDays} days`],
          ['Deductible', percent(data.deductibleBps), { word: 'deductible' }],
          ['Correlation group', data.group],
        ]}
      />
      {isVariant(data.trigger, Trigger.Price) && <PriceState product={product} />}
    </Card>
  );
}

function Groups() {
  const { pool, products, units } = useShared();
  const used = [...new Set(products.map(({ data }) => data.group))].sort((one, other) => one - other);
  return (
    <Card title="Correlation groups">
      <p className="-mt-2 mb-4 text-sm text-muted">
        Risks that can strike together share a group, and what all of them may cover together has a cap.
      </p>
      {used.length === 0 ? (
        <Empty title="No group is used" />
      ) : (
        <ul className="space-y-5">
          {used.map((group) => {
            const active = pool.data.groupActive[group] ?? 0n;
            const cap = groupLimit(pool.data, group, pool.data.accruedAt);
            const bps = partBps(active, cap) ?? 0;
            const names = products.filter(({ data }) => data.group === group).map(({ data }) => productName(data));
            return (
              <li key={group} className="space-y-1.5">
                <div className="flex justify-between gap-4 text-sm">
                  <span className="font-medium">Group {group}</span>
                  <span className="text-muted tabular-nums">
                    {money(active, units.asset, 0)} of {money(cap, units.asset, 0)}
                  </span>
                </div>
                <Meter label={`Group ${group}`} bps={bps} tone={bps > 9_000 ? 'warn' : 'accent'} />
                <p className="text-xs text-muted">{names.join(', ')}</p>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

/** What those who decide must be worth, and are, beside what they decide on. */
function Court() {
  const { pool, units, assembly } = useShared();
  const { data } = pool;
  const minter = useMintAuthority(assembly?.data.governanceMint);
  if (!assembly) return <Skeleton rows={4} />;
  const { stake, below, quorum, majority, carries: limit } = courtWorth(data, assembly.data, data.accruedAt);
  const covered = total(data.activeCover, data.lienedCover) ?? 0n;
  return (
    <Card title="The court" aside={below ? <Badge text="Below its floor" tone="warn" /> : undefined}>
      <Stats>
        <Stat
          label="Stake that counts now"
          value={money(stake, units.governance)}
          tone={below ? 'warn' : 'neutral'}
          hint={`of ${money(assembly.data.totalStaked, units.governance)} staked`}
        />
        <Stat
          label="Floor of the stake"
          value={money(data.stakeFloor, units.governance)}
          hint={
            below
              ? 'there is less now: nothing is sold, and policies are cancelled without a fee'
              : 'below it nothing is sold, and policies are cancelled without a fee'
          }
        />
        <Stat
          label="A majority of the court"
          value={majority === undefined ? '—' : money(majority, units.governance)}
          hint={`half of the ${money(quorum, units.governance)} that must vote: enough to decide on claims where nobody else votes`}
        />
        <Stat
          label="What it decides on"
          value={money(data.capital, units.asset)}
          hint={`the capital; ${money(covered, units.asset)} are covered`}
        />
      </Stats>
      <div className="mt-5">
        <Facts
          rows={[
            [
              `Cover for each ${money(STAKE_OF_COVER, units.governance)} of stake`,
              limit === undefined
                ? carries(data.coverPerStake, units.asset)
                : `${carries(data.coverPerStake, units.asset)}: at most ${money(limit, units.asset)} now`,
            ],
            [
              'More of the staked token',
              minter.data === undefined ? (
                '…'
              ) : minter.data === null ? (
                'nobody can mint any'
              ) : (
                <span className="text-warn">
                  can be minted by <AddressLink address={minter.data} what="who can mint the staked token" />
                </span>
              ),
            ],
          ]}
        />
      </div>
      <p className="mt-3 text-sm text-muted">
        Whoever holds a majority of the court can decide what the pool pays. The dearer that is beside what it decides
        on, the safer the pool{minter.data ? '; who can mint the staked token can make it cheap' : ''}.
      </p>
    </Card>
  );
}

const PEOPLE = [
  ['assetMint', 'Asset'],
  ['shareMint', 'Shares'],
  ['vault', 'Vault'],
  ['authority', 'Authority'],
  ['guardian', 'Guardian'],
  ['arbiter', 'Arbiter'],
  ['treasury', 'Treasury'],
  ['assembly', 'Assembly'],
] as const;

function Parameters() {
  const { pool, units } = useShared();
  const { data } = pool;
  const words = useShareWords(pool);
  return (
    <Card title="Parameters" aside={<span className="text-sm text-muted">changes wait {span(data.timelock)}</span>}>
      <Facts
        rows={[
          ['Terms number', String(data.terms), { word: 'terms-number' }],
          ['Exit delay', plural(data.exitDelayDays, 'day')],
          ['Season', plural(data.seasonDays, 'day'), { word: 'season' }],
          ['Leverage', percent(data.leverageBps)],
          ['Protocol fee', percent(data.protocolFeeBps)],
          ['Assessor fee', percent(data.assessorFeeBps)],
          ['Cancellation fee', percent(data.cancelFeeBps)],
          ['Least premium', money(data.minPremium, units.asset)],
          ['Reward of a ballot', money(data.voteReward, units.asset)],
          ['Reward fund, at most', money(data.assessorsLimit, units.asset)],
          [
            'Name of the shares',
            words.data === undefined
              ? '…'
              : words.data
                ? `${words.data.name}, ${words.data.symbol}`
                : 'none: SPL Token',
          ],
          ...PEOPLE.map(
            ([key, name]) =>
              [
                name,
                data[key] === NOBODY ? (
                  'nobody'
                ) : (
                  <AddressLink key={key} address={data[key]} what={name.toLowerCase()} />
                ),
              ] as const,
          ),
        ]}
      />
    </Card>
  );
}

/** Events that are shown before one asks for more. */
const SOME = 25;

function History() {
  const { pool, units } = useShared();
  const now = useNow(30);
  const ledger = useLedger(pool.address, now);
  const explorer = useExplorer();
  const [shown, setShown] = useState(SOME);
  return (
    <Card title="History">
      <Loaded query={ledger} rows={6}>
        {({ entries, complete }) =>
          entries.length === 0 ? (
            <Empty title="Nothing has happened yet" />
          ) : (
            <>
              <Suspense fallback={<Skeleton rows={6} />}>
                <HistoryChart entries={entries} unit={units.asset} />
              </Suspense>
              <ol className="mt-4 divide-y divide-line text-sm">
                {entries.slice(0, shown).map(({ signature, at, event }, index) => (
                  <li
                    key={`${signature}${index}`}
                    className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2.5"
                  >
                    <span className="min-w-0 break-words">{eventWords(event, units, at)}</span>
                    <a
                      className="text-xs text-muted underline-offset-2 hover:underline"
                      href={explorer('tx', signature)}
                      target="_blank"
                      rel="noreferrer"
                      aria-label={`The transaction of ${moment(at)}`}
                    >
                      {moment(at)}
                    </a>
                  </li>
                ))}
              </ol>
              <div className="mt-3 flex flex-wrap items-center justify-between gap-3 text-xs text-muted">
                {entries.length > shown ? (
                  <Button small look="quiet" onClick={() => setShown(shown + 2 * SOME)}>
                    Show more
                  </Button>
                ) : (
                  <span>
                    {complete ? 'That is all since the pool was created.' : 'Older events are not read here.'}
                  </span>
                )}
              </div>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
