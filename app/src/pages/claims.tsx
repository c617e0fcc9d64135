// Incidents: reporting one, and each with its claims.
import {
  attempt,
  BREAKWATER_ERROR__OCCURRED_IN_FUTURE,
  listProducts,
  openIncident,
  quoteReport,
  reportProblem,
} from '@breakwater/client';
import { useState } from 'react';
import { ConnectFirst } from '../components/connect-first';
import { EvidenceFields, useEvidence } from '../components/evidence';
import { Button, Card, Empty, Field, Loaded, Notice, Select } from '../components/ui';
import { useChain } from '../lib/connection';
import { moment, money, plural } from '../lib/format';
import { useBallots, useIncidents, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { problemWords } from '../lib/words';
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
                Anyone who learns of something that a product covers can report it below.
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

function Report() {
  const { pool, products, units } = useShared();
  const { rpc } = useChain();
  const now = useNow();
  const transact = useTransact();
  const evidence = useEvidence();
  const problems = products.map((product) => ({
    product,
    // As if it happened now: whether then can be reported is asked once it is known.
    problem: reportProblem(pool.data, product.data, now, now),
  }));
  const free = problems.filter(({ problem }) => problem === undefined).map(({ product }) => product);
  const [chosen, choose] = useState<string>();
  const [when, setWhen] = useState('');
  const product = free.find(({ address }) => address === chosen) ?? free[0];
  if (!product) {
    return (
      <Empty title="There is nothing to report on">
        No product on which a jury decides covers anybody now. An incident that a price decides is opened where the
        product’s price is shown.
      </Empty>
    );
  }
  const parsed = when === '' ? Number.NaN : Date.parse(`${when}Z`);
  const occurredAt = Number.isNaN(parsed) ? undefined : BigInt(Math.floor(parsed / 1_000));
  const problem = occurredAt === undefined ? undefined : reportProblem(pool.data, product.data, occurredAt, now);
  const { open, undecided } = product.data.line;
  const quoted = attempt(() => quoteReport(pool.data, product.data, occurredAt ?? now, now)).value;
  const ready = evidence.evidence !== undefined && occurredAt !== undefined && problem === undefined;
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
            'The bond comes back when the incident counts. Otherwise it is lost: all of it where as many vote as must, else a quarter.',
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
          error={problem === BREAKWATER_ERROR__OCCURRED_IN_FUTURE ? 'That lies in the future' : problemWords(problem)}
          hint={`On the chain it is ${moment(now)}`}
        />
      </div>
      <EvidenceFields {...evidence} />
      {open > 0 && (
        <Notice tone="warn">
          {plural(open, 'report')} on this product can be found above. If one is about the same event, claim there:
          another report stands in line behind it.
        </Notice>
      )}
      {quoted && (
        <Notice>
          The bond is {money(quoted.bond, units.asset)}; reports that are not decided or were rejected lately make it
          higher. {money(quoted.lien, units.asset)} are set aside
          {open > 0 && ', together with the reports before it,'} and sales of the product stop until it has ended.
          {undecided > 0 && ` Not decided yet on it: ${plural(undecided, 'report')}.`}
        </Notice>
      )}
      <Button type="submit" look="primary" disabled={!ready}>
        Review the report
      </Button>
    </form>
  );
}
