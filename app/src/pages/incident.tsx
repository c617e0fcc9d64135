// One incident: where it stands, its claims, and what can be done.
import {
  attempt,
  BallotStanding,
  ballotStanding,
  BallotState,
  BREAKWATER_ERROR__ALREADY_REFUTED,
  challengeIncident,
  challengeProblem,
  claimBreach,
  collectIncidentBond,
  covers,
  deductibleOf,
  filingProblem,
  formatPercent,
  incidentBondProblem,
  IncidentState,
  isSome,
  isVariant,
  quoteBreachClaim,
  quoteClaim,
  refutationProblem,
  refuteIncident,
  restProblem,
  settleIncident,
  settleRest,
  submitClaim,
  Trigger,
  verdictOf,
  type Ballot,
  type Found,
  type Incident,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { EvidenceFields, EvidenceLine, useEvidence } from '../components/evidence';
import { Steps, type Step } from '../components/steps';
import { Badge, Button, Card, Empty, Field, Loaded, Select, Stat, Stats } from '../components/ui';
import { abbreviate, isPast, moment, money, percent, relative } from '../lib/format';
import { useBalance, useClaims, useMyPolicies, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { ballotStatus, ballotWords, incidentStatus, problemWords } from '../lib/words';
import { ClaimRow } from './claim';
import { useShared } from './frame';

export function IncidentCard({ incident, ballot }: { incident: Found<Incident>; ballot: Found<Ballot> | undefined }) {
  const { pool, units, nameOf } = useShared();
  const now = useNow();
  const claims = useClaims(incident.address);
  const { data } = incident;
  const byPrice = isVariant(data.trigger, Trigger.Price);
  const open = isVariant(data.state, IncidentState.Open);
  const filing = filingProblem(data, now) === undefined;
  return (
    <Card title={`${nameOf(data.product)}, ${moment(data.occurredAt)}`} aside={<Badge {...incidentStatus(data)} />}>
      <div className="space-y-5">
        <div>
          <Opening incident={data} challenged={ballot !== undefined} />
          {(!byPrice || ballot) && <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />}
        </div>
        <Steps label="How far it is" steps={stepsOf(data, ballot?.data, now)} />
        <Stats>
          <Stat label="Claims" value={data.claimCount} hint={money(data.filed, units.asset)} />
          <Stat
            label="Set aside"
            value={money(open ? data.lien : data.settled, units.asset)}
            hint={open ? 'until it is decided' : 'settled'}
          />
          <Stat
            label="Pay factor"
            value={isVariant(data.state, IncidentState.Settled) ? formatPercent(data.settled, data.approved) : '—'}
            hint="one for all claims"
          />
          <Stat label="Paid" value={money(data.paid, units.asset)} />
        </Stats>
        <Cranks incident={incident} ballot={ballot?.data} now={now} />
        {challengeProblem(data, now) === undefined && <Challenge incident={incident} />}
        {refutationProblem(data, now) === undefined && <Refute incident={incident} />}
        <section aria-label="Claims of this incident" className="border-t border-line pt-4">
          <h3 className="mb-2 text-sm font-semibold">Claims</h3>
          <Loaded query={claims} rows={2}>
            {(found) =>
              found.length === 0 ? (
                <Empty title="Nobody has claimed">
                  {filing ? `Claims can be filed until ${moment(data.filingEndsAt)}.` : undefined}
                </Empty>
              ) : (
                <ul className="divide-y divide-line">
                  {found.map((claim) => (
                    <ClaimRow key={claim.address} claim={claim} incident={incident} />
                  ))}
                </ul>
              )
            }
          </Loaded>
          {filing && <File incident={incident} claimed={claims.data?.map((claim) => claim.data.policy) ?? []} />}
        </section>
        {open && ballot && (
          <Link
            to="/pool/$pool/votes"
            params={{ pool: pool.address }}
            className="text-sm font-medium text-accent hover:underline"
          >
            See the ballot
          </Link>
        )}
      </div>
    </Card>
  );
}

function Opening({ incident, challenged }: { incident: Incident; challenged: boolean }) {
  const { units } = useShared();
  const now = useNow();
  const who = abbreviate(incident.opener);
  const when = relative(incident.openedAt, now);
  const bond = money(incident.bond, units.asset);
  if (!isVariant(incident.trigger, Trigger.Price)) {
    return (
      <p className="text-sm text-muted">
        Reported by {who} {when}, with a bond of {bond}.
      </p>
    );
  }
  return (
    <p className="text-sm text-muted">
      Opened by the price, through {who}, {when}. It pays {percent(incident.severityBps)} of the sums insured.{' '}
      {challenged ? `It was challenged with a bond of ${bond}.` : `A challenge takes a bond of ${bond}.`}
    </p>
  );
}

function stepsOf(incident: Incident, ballot: Ballot | undefined, now: bigint): Step[] {
  const over = !isVariant(incident.state, IncidentState.Open);
  const byPrice = isVariant(incident.trigger, Trigger.Price);
  const until = (label: string, end: bigint): Step => ({
    label,
    note:
      over && !isPast(end, incident.closedAt)
        ? 'cut short'
        : isPast(end, now)
          ? `ended ${relative(end, now)}`
          : `until ${moment(end)}`,
    done: over || isPast(end, now),
  });
  const outcome: Step = over
    ? { label: incidentStatus(incident).text, note: moment(incident.closedAt), done: true }
    : { label: 'Settlement', note: 'by anyone, once all is decided', done: false };
  return [
    { label: 'Reported', note: moment(incident.openedAt), done: true },
    decisionOf(incident, ballot, now, over),
    until('Claims', incident.filingEndsAt),
    ...(byPrice ? [] : [until('Disputes', incident.disputesEndAt)]),
    outcome,
  ];
}

/** How it is decided whether the incident counts: by a vote, or by the price that opened it. */
function decisionOf(incident: Incident, ballot: Ballot | undefined, now: bigint, over: boolean): Step {
  if (ballot) {
    const words = ballotWords(ballot, now);
    const note = isVariant(ballot.state, BallotState.Open) ? words : `${ballotStatus(ballot, now).text}; ${words}`;
    return { label: 'Vote', note, done: over || ballotStanding(ballot, now) === BallotStanding.Final };
  }
  if (!isVariant(incident.trigger, Trigger.Price)) return { label: 'Vote', note: over ? 'over' : '…', done: over };
  const problem = refutationProblem(incident, now);
  const note =
    problem === undefined
      ? `counts, unless challenged until ${moment(incident.challengeEndsAt)}`
      : problem === BREAKWATER_ERROR__ALREADY_REFUTED
        ? 'refuted by another price'
        : 'not challenged';
  return { label: 'Price', note, done: problem !== undefined };
}

function Cranks({ incident, ballot, now }: { incident: Found<Incident>; ballot: Ballot | undefined; now: bigint }) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const signer = useSigner();
  const { data } = incident;
  if (!signer) return null;
  const counts = attempt(() => verdictOf(data, ballot, now)).value;
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {counts !== undefined && (
        <Button
          look="primary"
          onClick={() =>
            transact({
              title: counts ? 'Settle the incident' : 'End the incident',
              units,
              notes: ['Anyone can do this, and gets a tip for it.'],
              build: (caller) => settleIncident(pool, incident, caller.address),
            })
          }
        >
          {counts ? 'Settle' : 'End it: rejected'}
        </Button>
      )}
      {incidentBondProblem(data) === undefined && (
        <Button
          onClick={() =>
            transact({
              title: 'Give the bond back',
              units,
              build: (caller) => collectIncidentBond(pool, incident, caller),
            })
          }
        >
          Give the reporter the bond back
        </Button>
      )}
      {restProblem(data, pool.data) === undefined && (
        <Button
          onClick={() =>
            transact({ title: 'Settle what was held back', units, build: () => settleRest(pool, incident.address) })
          }
        >
          Settle what was held back
        </Button>
      )}
    </div>
  );
}

/** What a price opened counts, unless somebody has the jury decide. */
function Challenge({ incident }: { incident: Found<Incident> }) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const signer = useSigner();
  const evidence = useEvidence();
  if (!signer) return null;
  return (
    <details className="rounded-xl bg-raised p-4">
      <summary className="text-sm font-semibold">Challenge it: have the jury decide</summary>
      <form
        className="mt-4 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          const proof = evidence.evidence;
          if (!proof) return;
          transact({
            title: 'Challenge the incident',
            units,
            notes: [
              'The bond comes back when the jury rejects the incident, or when nobody decides. Otherwise it is lost.',
            ],
            build: (challenger) => challengeIncident(pool, incident.address, challenger, proof),
          });
        }}
      >
        <EvidenceFields {...evidence} />
        <Button type="submit" disabled={!evidence.evidence}>
          Review the challenge
        </Button>
      </form>
    </details>
  );
}

/** A price inside the breach that was not below the strike ends the incident without a vote. */
function Refute({ incident }: { incident: Found<Incident> }) {
  const { units } = useShared();
  const transact = useTransact();
  const signer = useSigner();
  const [account, setAccount] = useState('');
  if (!signer) return null;
  const update = isAddress(account) ? account : undefined;
  return (
    <details className="rounded-xl bg-raised p-4">
      <summary className="text-sm font-semibold">Refute it with a price</summary>
      <form
        className="mt-4 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!update) return;
          transact({
            title: 'Refute the incident',
            units,
            notes: ['It then counts no more, whatever anybody votes.'],
            build: () => refuteIncident(incident, update),
          });
        }}
      >
        <Field
          label="Price account"
          value={account}
          onChange={(event) => setAccount(event.target.value.trim())}
          hint={`A price of Pyth’s receiver program from ${moment(incident.data.occurredAt)} or later, inside the breach, that was not below the strike.`}
          error={account !== '' && !update ? 'This is no address' : undefined}
        />
        <Button type="submit" disabled={!update}>
          Review it
        </Button>
      </form>
    </details>
  );
}

function File({ incident, claimed }: { incident: Found<Incident>; claimed: readonly string[] }) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const policies = useMyPolicies(pool.address);
  const balance = useBalance(pool.data.assetMint, pool.data.tokenProgram);
  const evidence = useEvidence();
  const loss = useAmount(pool.data.decimals);
  const [chosen, choose] = useState<string>();
  const { product, occurredAt, claimBondBps } = incident.data;
  const fitting = (policies.data ?? []).filter(
    ({ address, data }) => data.product === product && covers(data, occurredAt) && !claimed.includes(address),
  );
  const policy = fitting.find(({ address }) => address === chosen) ?? fitting[0];
  if (!policy) return null;
  if (isVariant(incident.data.trigger, Trigger.Price)) {
    return (
      <div className="mt-4 space-y-3 rounded-xl bg-raised p-4">
        <p className="text-sm">
          A price decides here: a claim needs no evidence and no bond, and is {percent(incident.data.severityBps)} of
          the sum insured, less the deductible.
        </p>
        <div className="flex flex-wrap gap-2">
          {fitting.map((one) => {
            const { value, problem } = attempt(() => quoteBreachClaim(incident.data, one.data));
            return (
              <Button
                key={one.address}
                look="primary"
                disabled={value === undefined}
                title={problemWords(problem)}
                onClick={() =>
                  transact({
                    title: 'File a claim',
                    units,
                    build: (payer) => claimBreach(pool, incident.address, one, payer),
                  })
                }
              >
                Claim on {abbreviate(one.address)}: {money(value ?? 0n, units.asset)}
              </Button>
            );
          })}
        </div>
      </div>
    );
  }
  const { atoms } = loss;
  const quoted = isSome(atoms) ? attempt(() => quoteClaim(incident.data, policy.data, atoms)) : undefined;
  return (
    <form
      className="mt-4 space-y-4 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const proof = evidence.evidence;
        if (!proof || !isSome(atoms)) return;
        transact({
          title: 'File a claim',
          units,
          notes: [
            'It is paid to your token account. The bond comes back with the first payout, unless somebody disputes the claim and wins.',
          ],
          build: (holder) => submitClaim(pool, incident.address, policy.address, holder, { ...proof, loss: atoms }),
          onDone: () => loss.set(''),
        });
      }}
    >
      <h4 className="text-sm font-semibold">File your claim</h4>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select label="Policy" value={policy.address} onChange={(event) => choose(event.target.value)}>
          {fitting.map(({ address, data }) => (
            <option key={address} value={address}>
              {abbreviate(address)}: {money(data.amount, units.asset)}
            </option>
          ))}
        </Select>
        <AmountField
          label="Your loss"
          amount={loss}
          unit={units.asset}
          error={problemWords(quoted?.problem)}
          hint={
            quoted?.value
              ? `You claim ${money(quoted.value.amount, units.asset)}, with a bond of ${money(quoted.value.bond, units.asset)}; you have ${money(balance.data ?? 0n, units.asset)}.`
              : `You bear ${money(deductibleOf(policy.data), units.asset)} of it. The bond is ${percent(claimBondBps)} of the claim.`
          }
        />
      </div>
      <EvidenceFields {...evidence} />
      <Button type="submit" look="primary" disabled={!quoted?.value || !evidence.evidence}>
        Review the claim
      </Button>
    </form>
  );
}
