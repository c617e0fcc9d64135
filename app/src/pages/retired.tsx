// Shares of a pool that was wiped out: retired, so that new capital need not pay for them, and redeemed for what is left.
import {
  attempt,
  isSome,
  quoteRedemption,
  redeemRetired,
  retirementProblem,
  retireShares,
  type Found,
  type Retired,
} from '@breakwater/client';
import { Button, Card, Facts, Notice } from '../components/ui';
import { money, plural } from '../lib/format';
import { useMyRetired, useNow, useRetired } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { sharesOf } from '../lib/views';
import { useSigner } from '../lib/wallet';
import { useShared } from './frame';

/** The connected account's retired shares. */
export function Redeem() {
  const { pool, units } = useShared();
  const mine = useMyRetired(pool);
  const transact = useTransact();
  const held = mine.data ?? [];
  if (held.length === 0) return null;
  return (
    <Card title="Your retired shares">
      <p className="-mt-2 mb-4 text-sm text-muted">
        The pool was wiped out, and new shares began. What was left is for the old ones.
      </p>
      <ul className="divide-y divide-line">
        {held.map(({ retired, shares }) => (
          <li
            key={retired.address}
            className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0"
          >
            <p className="text-sm tabular-nums">
              {money(shares, sharesOf(pool.data))}, worth{' '}
              {money(attempt(() => quoteRedemption(retired.data, shares)).value ?? 0n, units.asset)}
            </p>
            <Button
              onClick={() =>
                transact({
                  title: 'Redeem retired shares',
                  units,
                  build: (owner) => redeemRetired(pool, retired, owner, shares),
                })
              }
            >
              Redeem them
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was left for retired shares, and whether those of now can be retired. */
export function RetiredShares() {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const retired = useRetired(pool);
  const found = retired.data ?? [];
  const isOver = retirementProblem(pool.data, now) === undefined;
  if (found.length === 0 && !isOver) return null;
  const rowOf = ({ data }: Found<Retired>) =>
    [
      `Generation ${data.generation}`,
      isSome(data.shares)
        ? `${money(data.shares, sharesOf(pool.data))}, ${money(data.capital, units.asset)} left for them`
        : 'all redeemed',
    ] as const;
  return (
    <Card title="Retired shares">
      {isOver && (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0 flex-1">
            <Notice tone="warn">
              This pool was wiped out. It takes deposits again once its shares are retired: what is left stays theirs,
              and new ones begin.
            </Notice>
          </div>
          {signer && (
            <Button
              look="primary"
              onClick={() =>
                transact({
                  title: 'Retire the shares',
                  units,
                  notes: ['Anyone can do this. Who holds the old shares redeems them for their part of what is left.'],
                  build: (payer) => retireShares(pool, payer),
                })
              }
            >
              Retire the shares
            </Button>
          )}
        </div>
      )}
      {found.length > 0 && (
        <>
          <p className="mb-2 text-sm text-muted">
            {plural(found.length, 'time')} the pool was wiped out and new shares began.
          </p>
          <Facts rows={found.map(rowOf)} />
        </>
      )}
    </Card>
  );
}
