// A product that a price decides on: when it counts as broken, what was seen, and what can be done.
import {
  breachOf,
  isSome,
  observePrice,
  openPriceIncident,
  partBps,
  priceIncidentProblem,
  refuteBreach,
  type Found,
  type Product,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { useState } from 'react';
import { Button, Field, Meter, Notice } from '../components/ui';
import { moment, percent, relative, span } from '../lib/format';
import { useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { priceTerms } from '../lib/views';
import { useSigner } from '../lib/wallet';
import { useShared } from './frame';

export function PriceState({ product }: { product: Found<Product> }) {
  const now = useNow();
  const { price } = product.data;
  const { seen, awaitsRecovery, measured, pays } = breachOf(product.data);
  return (
    <section aria-label="The price" className="mt-4 space-y-3 rounded-xl bg-raised p-4 text-sm">
      <p>{priceTerms(price)}</p>
      {seen ? (
        <>
          <Notice tone="warn">
            {pays !== undefined
              ? `It was below for long enough, from ${moment(price.startedAt)} on: the breach counts and pays ${percent(pays)} of the sum insured.`
              : `Seen below since ${moment(price.startedAt)}; ${span(measured)} of ${span(price.minDuration)} are measured.`}
          </Notice>
          <Meter
            label="Measured of what it takes"
            bps={partBps(measured, BigInt(price.minDuration)) ?? 0}
            tone="warn"
          />
        </>
      ) : awaitsRecovery ? (
        <Notice tone="warn">
          An incident was opened for the last breach. Nothing is sold until a price above the strike has been shown.
        </Notice>
      ) : (
        <p className="text-muted">
          No breach is seen
          {isSome(price.seenAt)
            ? `; the latest price shown is of ${moment(price.seenAt)}, ${relative(price.seenAt, now)}.`
            : '; nobody has shown a price yet.'}
        </p>
      )}
      <Acts product={product} refutable={seen} />
    </section>
  );
}

function Acts({ product, refutable }: { product: Found<Product>; refutable: boolean }) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const [account, setAccount] = useState('');
  if (!signer) return null;
  const opens = priceIncidentProblem(pool.data, product.data, now) === undefined;
  const update = isAddress(account) ? account : undefined;
  return (
    <>
      {opens && (
        <Button
          small
          look="primary"
          onClick={() =>
            transact({
              title: 'Open an incident by the price',
              units,
              notes: ['Anyone can do this. It counts, unless somebody challenges it or shows a price that refutes it.'],
              build: (opener) => openPriceIncident(pool, product, opener),
            })
          }
        >
          Open an incident
        </Button>
      )}
      <details>
        <summary className="font-medium">Show a price</summary>
        <div className="mt-3 space-y-3">
          <Field
            label="Price account"
            value={account}
            onChange={(event) => setAccount(event.target.value.trim())}
            hint="A fully verified price update of Pyth’s receiver program, of this product’s feed."
            error={account !== '' && !update ? 'This is no address' : undefined}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              small
              disabled={!update}
              onClick={() =>
                update && transact({ title: 'Show a price', units, build: () => observePrice(product, update) })
              }
            >
              Show it
            </Button>
            {refutable && (
              <Button
                small
                disabled={!update}
                onClick={() =>
                  update &&
                  transact({
                    title: 'Refute the breach',
                    units,
                    notes: ['A price inside the breach that was not below the strike ends it.'],
                    build: () => refuteBreach(product.address, update),
                  })
                }
              >
                Refute the breach with it
              </Button>
            )}
          </div>
        </div>
      </details>
    </>
  );
}
