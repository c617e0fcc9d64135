// A pool opens once, announced: what that means now, and the authority's announcement.
import {
  isSome,
  openPool,
  openingProblem,
  sellingProblem,
  sellsFromIfOpened,
  withdrawalEnds,
  leavingAtOnceProblem,
} from '@breakwater/client';
import { Button, Card } from '../components/ui';
import { Steps, type Step } from '../components/steps';
import { isPast, moment, relative } from '../lib/format';
import { useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { useShared } from './frame';

export function Opening() {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const { openedAt, sellsFrom, authority } = pool.data;
  const sells = sellingProblem(pool.data, now) === undefined;
  const leaves = leavingAtOnceProblem(pool.data, now) === undefined;
  if (sells && !leaves) return null;
  const opens = openingProblem(pool.data, now) === undefined;
  const announced = isSome(openedAt);
  const until = withdrawalEnds(pool.data);
  const steps: Step[] = [
    {
      label: 'Announced',
      note: announced ? moment(openedAt) : 'by its authority; until then it lists products freely',
      done: announced,
    },
    {
      label: 'LPs leave at once',
      note:
        until === undefined
          ? 'until seven days after the announcement'
          : isPast(until, now)
            ? `ended ${relative(until, now)}`
            : `until ${moment(until)}`,
      done: until !== undefined && isPast(until, now),
    },
    {
      label: 'Cover is sold',
      note: announced
        ? `from ${moment(sellsFrom)}, ${relative(sellsFrom, now)}`
        : 'once capital had time to come and to go',
      done: sells,
    },
  ];
  return (
    <Card title="The opening">
      <Steps label="How far the opening is" steps={steps} />
      <p className="mt-4 text-sm text-muted">
        {announced
          ? 'What is listed now can only be changed with a timelock. Read the terms while you can leave at once.'
          : 'Products are listed freely and LPs come and go at once. Announcing it open freezes the list; nothing is sold before.'}
      </p>
      {opens && signer?.address === authority && (
        <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 text-sm">
            You are the authority. Announced now, it would sell cover from {moment(sellsFromIfOpened(pool.data, now))}.
          </p>
          <Button
            look="primary"
            onClick={() =>
              transact({
                title: 'Announce the pool open',
                units,
                notes: ['Only once: from then on what is listed is a draft, until a change puts it on sale.'],
                build: (by) => openPool(pool.address, by),
              })
            }
          >
            Announce it open
          </Button>
        </div>
      )}
    </Card>
  );
}
