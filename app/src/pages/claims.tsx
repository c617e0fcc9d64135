// Incidents: reporting one, and each with its claims.
import { listProducts, NOBODY, openIncident, PRODUCT_STATUS, type Product } from '@breakwater/client';
import { useState } from 'react';
import { ConnectFirst } from '../components/connect-first';
import { EvidenceFields, useEvidence } from '../components/evidence';
import { Button, Card, Empty, Field, Loaded, Notice, Select } from '../components/ui';
import { useChain } from '../lib/connection';
import { moment, money } from '../lib/format';
import { useBallots, useIncidents, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { TRIGGER } from '../lib/words';
import { productName, useShared } from './frame';
import { IncidentCard } from './incident';

export function ClaimsPage() {
  const { pool } = useShared();
  const incidents = useIncidents(pool.address);
  const ballots = useBallots(pool.address);
  return (
    <div className="space-y-6">
      <section aria-labelledby="incidents" className="space-y-5">
        <h2 id="incidents" className="text-lg font-semibold">
          Incidents
        </h2>
        <Loaded query={incidents} rows={6}>
          {(found) =>
            found.length === 0 ? (
              <Empty title="Nothing has happened">
                Whoever learns of something that a product covers can report it below.
              </Empty>
            ) : (
              found.map((incident) => (
                <IncidentCard
                  key={incident.address}
                  incident={incident}
                  ballot={ballots.data?.find(({ address }) => address === incident.data.ballot)}
                />
              ))
            )
          }
        </Loaded>
      </section>
      <Card title="Report an incident">
        <ConnectFirst what="report an incident">
          <Report />
        </ConnectFirst>
      </Card>
    </div>
  );
}

/** A draft covers nobody. */
const hasSold = ({ status, policiesSold }: Product): boolean => status !== PRODUCT_STATUS.draft || policiesSold > 0n;

function Report() {
  const { pool, products, units } = useShared();
  const { rpc } = useChain();
  const now = useNow();
  const transact = useTransact();
  const evidence = useEvidence();
  const possible = products.filter(({ data }) => data.trigger === TRIGGER.jury && hasSold(data));
  const free = possible.filter(({ data }) => data.openIncident === NOBODY);
  const [chosen, choose] = useState<string>();
  const [when, setWhen] = useState('');
  const product = free.find(({ address }) => address === chosen) ?? free[0];
  if (!product) {
    return possible.length === 0 ? (
      <Empty title="There is nothing to report on">
        No product of this pool is decided by a jury. An incident that a price decides is opened where the product’s
        price is shown.
      </Empty>
    ) : (
      <Empty title="Every product has an open incident">One is decided before the next can be reported.</Empty>
    );
  }
  const parsed = when === '' ? Number.NaN : Date.parse(`${when}Z`);
  const occurredAt = Number.isNaN(parsed) ? undefined : BigInt(Math.floor(parsed / 1_000));
  const future = occurredAt !== undefined && occurredAt > now;
  const ready = evidence.evidence !== undefined && occurredAt !== undefined && !future;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        const proof = evidence.evidence;
        if (!proof || occurredAt === undefined) return;
        transact({
          title: 'Report an incident',
          units,
          notes: [
            'The bond comes back when the incident counts, or when nobody decides. When voters reject it, it is lost.',
          ],
          build: async (opener) => {
            const fresh = (await listProducts(rpc, { pool: pool.address })).find(
              ({ address }) => address === product.address,
            );
            return openIncident(pool, fresh ?? product, opener, { ...proof, occurredAt });
          },
          onDone: () => setWhen(''),
        });
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label="What happened to" value={product.address} onChange={(event) => choose(event.target.value)}>
          {free.map(({ address, data }) => (
            <option key={address} value={address}>
              {productName(data)}
            </option>
          ))}
        </Select>
        <Field
          label="When it happened (UTC)"
          type="datetime-local"
          step={1}
          required
          value={when}
          onChange={(event) => setWhen(event.target.value)}
          error={future ? 'That lies in the future' : undefined}
          hint={now === 0n ? undefined : `On the chain it is ${moment(now)}`}
        />
      </div>
      <EvidenceFields {...evidence} />
      <Notice>
        The bond is {money(product.data.incidentBond, units.asset)}
        {product.data.bondDoublings > 0 ? ', more after incidents that were rejected within 30 days' : ''}. Sales of the
        product stop until it is decided.
      </Notice>
      <Button type="submit" look="primary" disabled={!ready}>
        Review the report
      </Button>
    </form>
  );
}
