// One incident: where it stands, its claims, and what can be done.
import {
  attempt,
  BallotStanding,
  ballotStanding,
  BallotState,
  BondState,
  BREAKWATER_ERROR__ALREADY_REFUTED,
  challengeIncident,
  challengeProblem,
  claimBreach,
  collectIncidentBond,
  covers,
  decideIncident,
  deductibleOf,
  endFiling,
  filingEndProblem,
  filingProblem,
  formatPercent,
  incidentBondProblem,
  IncidentState,
  isBooking,
  isSome,
  isVariant,
  payBooking,
  placeInLine,
  quoteBooking,
  quoteBreachClaim,
  quoteClaim,
  refutationProblem,
  refuteIncident,
  restProblem,
  settleIncident,
  settlementProblem,
  settleRest,
  submitClaim,
  Trigger,
  unsettledOf,
  variantOf,
  verdictOf,
  type Ballot,
  type Found,
  type Incident,
  type Policy,
  type Product,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { Attached } from '../components/attach';
import { EvidenceFields, EvidenceLine, useEvidence } from '../components/evidence';
import { Steps, type Step } from '../components/steps';
import { Badge, Button, Card, Empty, Field, Loaded, Notice, Select, Stat, Stats } from '../components/ui';
import { Word } from '../components/word';
import { abbreviate, isPast, moment, money, ordinal, percent, plural, relative } from '../lib/format';
import { useBalance, useClaims, useMyPolicies, useNow, usePolicy } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { ballotStatus, ballotWords, bookingStatus, incidentStatus, problemWords, upper } from '../lib/words';
import { ClaimRow } from './claim';
import { useShared } from './frame';

type CardProps = { incident: Found<Incident>; ballot: Found<Ballot> | undefined };

export const IncidentCard = (props: CardProps) =>
  isBooking(props.incident.data) ? <BookingCard {...props} /> : <ReportCard {...props} />;

function ReportCard({ incident, ballot }: CardProps) {
  const { pool, products, units, nameOf } = useShared();
  const now = useNow();
  const claims = useClaims(incident.address);
  const { data } = incident;
  const product = products.find(({ address }) => address === data.product);
  const byPrice = isVariant(data.trigger, Trigger.Price);
  const undecided = isVariant(data.state, IncidentState.Open);
  const settled = isVariant(data.state, IncidentState.Settled);
  const ended = settled || isVariant(data.state, IncidentState.Rejected);
  const filing = filingProblem(data, now) === undefined;
  const place = product && placeInLine(product.data, data);
  return (
    <Card title={`${nameOf(data.product)}, ${moment(data.occurredAt)}`} aside={<Badge {...incidentStatus(data)} />}>
      <div className="space-y-5">
        <div>
          <Opening incident={data} challenged={ballot !== undefined} />
          {(!byPrice || ballot) && <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />}
          <Attached subject={incident.address} label="Evidence that others attached" units={units} />
        </div>
        <Steps label="How far it is" steps={stepsOf(data, ballot?.data, place, now)} />
        <Stats>
          <Stat
            label="Claims"
            value={data.claimCount}
            hint={`${money(data.filed, units.asset)}${!ended && isSome(data.settled) ? `, beside ${money(data.settled, units.asset)} settled before` : ''}`}
          />
          <Stat
            label={ended ? 'Settled' : 'Set aside'}
            value={money(ended ? data.settled : data.lien, units.asset)}
            hint={
              ended
                ? isSome(data.contested)
                  ? `${money(data.contested, units.asset)} of it from those who left`
                  : 'for its claims'
                : place
                  ? `with ${plural(place, 'report')} before it, when it was reported`
                  : 'when it was reported'
            }
          />
          <Stat
            label="Pay factor"
            value={settled ? formatPercent(data.settled, data.approved) : '—'}
            hint="one for all claims"
          />
          <Stat label="Paid" value={money(data.paid, units.asset)} />
        </Stats>
        {place !== undefined && place > 0 && (
          <Notice>
            {upper(ordinal(place))} in <Word name="line" />:{' '}
            {place === 1 ? 'an earlier report' : `${place} earlier reports`} on this product
            {place === 1 ? ' is' : ' are'} paid first. Its ballot and its filing go on meanwhile.
          </Notice>
        )}
        <Cranks incident={incident} product={product} ballot={ballot?.data} now={now} />
        {challengeProblem(data, now) === undefined && <Challenge incident={incident} />}
        {refutationProblem(data, now) === undefined && <Refute incident={incident} />}
        <section aria-label="Claims of this incident" className="border-t border-line pt-4">
          <h3 className="mb-2 text-sm font-semibold">Claims</h3>
          <Loaded query={claims} rows={2}>
            {(found) =>
              found.length === 0 ? (
                <Empty title="Nobody has claimed">
                  {!filing
                    ? undefined
                    : undecided
                      ? `Claims can be filed now, and until ${plural(data.filingWindowDays, 'day')} after it is decided.`
                      : `Claims can be filed until ${moment(data.filingEndsAt)}.`}
                </Empty>
              ) : (
                <ul className="divide-y divide-line">
                  {found.map((claim) => (
                    <ClaimRow key={claim.address} claim={claim} incident={incident} product={product} />
                  ))}
                </ul>
              )
            }
          </Loaded>
          {filing && <File incident={incident} claimed={claims.data?.map((claim) => claim.data.policy) ?? []} />}
        </section>
        {undecided && ballot && (
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
        Report {incident.index + 1} on this product, made by {who} {when}, with a bond of {bond}
        {isVariant(incident.bondState, BondState.Slashed) && ', which is lost'}.
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

function stepsOf(incident: Incident, ballot: Ballot | undefined, place: number | undefined, now: bigint): Step[] {
  const state = variantOf(IncidentState, incident.state);
  const ended = state === IncidentState.Settled || state === IncidentState.Rejected;
  const byPrice = isVariant(incident.trigger, Trigger.Price);
  const until = (label: string, end: bigint): Step => ({
    label,
    note: isPast(end, now) ? `ended ${relative(end, now)}` : `until ${moment(end)}`,
    done: isPast(end, now),
  });
  const waits = place ? `after ${plural(place, 'earlier report')}` : 'by anyone, once all before is over';
  const begun = [
    { label: 'Reported', note: moment(incident.openedAt), done: true },
    decisionOf(incident, ballot, now, state !== IncidentState.Open),
  ];
  const end: Step = ended
    ? { label: incidentStatus(incident).text, note: moment(incident.closedAt), done: true }
    : { label: state === IncidentState.Refused ? 'End' : 'Settlement', note: waits, done: false };
  switch (state) {
    case IncidentState.Open: {
      const days = plural(incident.filingWindowDays, 'day');
      return [...begun, { label: 'Claims', note: `from now on, until ${days} after it is decided`, done: false }, end];
    }
    case IncidentState.Refused:
    case IncidentState.Rejected:
      return [...begun, end];
    default:
      return [
        ...begun,
        until('Claims', incident.filingEndsAt),
        ...(byPrice ? [] : [until('Disputes', incident.disputesEndAt)]),
        end,
      ];
  }
}

/** How it is decided whether the incident counts: by a vote, or by the price that opened it. */
function decisionOf(incident: Incident, ballot: Ballot | undefined, now: bigint, decided: boolean): Step {
  const byPrice = isVariant(incident.trigger, Trigger.Price);
  const label = ballot || !byPrice ? 'Vote' : 'Price';
  if (decided) {
    const refused =
      isVariant(incident.state, IncidentState.Refused) || isVariant(incident.state, IncidentState.Rejected);
    return { label, note: `${refused ? 'it does not count' : 'it counts'}, ${moment(incident.decidedAt)}`, done: true };
  }
  if (ballot) {
    const words = ballotWords(ballot, now);
    const note = isVariant(ballot.state, BallotState.Open) ? words : `${ballotStatus(ballot, now).text}; ${words}`;
    return { label, note, done: ballotStanding(ballot, now) === BallotStanding.Final };
  }
  if (!byPrice) return { label, note: '…', done: false };
  const problem = refutationProblem(incident, now);
  const note =
    problem === undefined
      ? `counts, unless challenged until ${moment(incident.challengeEndsAt)}`
      : problem === BREAKWATER_ERROR__ALREADY_REFUTED
        ? 'refuted by another price'
        : 'not challenged';
  return { label, note, done: problem !== undefined };
}

/** What a policy has drawn and was not paid at once: it counts unless challenged, and is paid as the limit allows. */
function BookingCard({ incident, ballot }: CardProps) {
  const { pool, products, units, nameOf } = useShared();
  const now = useNow();
  const { data } = incident;
  const signer = useSigner();
  const transact = useTransact();
  const found = usePolicy(data.policy).data;
  const policy = found?.exists ? found : undefined;
  const product = products.find(({ address }) => address === data.product);
  const payable =
    policy && product && attempt(() => quoteBooking(pool.data, product.data, data, policy.data, now)).value;
  const waits = attempt(() => unsettledOf(data)).value ?? 0n;
  const challenged = isVariant(data.state, IncidentState.Open);
  return (
    <Card
      title={`Draw on ${nameOf(data.product)}, ${moment(data.openedAt)}`}
      aside={<Badge {...bookingStatus(data)} />}
    >
      <div className="space-y-5">
        <p className="text-sm text-muted">
          The covered program drew more for a policy of {policy ? abbreviate(policy.data.holder) : '…'} than its limit
          held. The rest was booked, and is paid to the holder as the limit allows.
          {isVariant(data.bondState, BondState.None) &&
            !isPast(data.challengeEndsAt, now) &&
            ` Until ${moment(data.challengeEndsAt)} it can be challenged, with a bond of ${money(data.bond, units.asset)}.`}
          {challenged && ballot && ` It was challenged: ${ballotWords(ballot.data, now)}. Meanwhile nothing is paid.`}
        </p>
        {!isVariant(data.bondState, BondState.None) && <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />}
        <Stats>
          <Stat label="Booked" value={money(data.lien, units.asset)} />
          <Stat
            label="Paid"
            value={money(data.paid, units.asset)}
            hint={
              isSome(data.contested) ? `${money(data.contested, units.asset)} settled from those who left` : undefined
            }
          />
          <Stat label="Waits for the limit" value={money(waits, units.asset)} />
        </Stats>
        <div className="flex flex-wrap gap-2 empty:hidden">
          {signer && policy && isSome(payable) && (
            <Button
              look="primary"
              onClick={() =>
                transact({
                  title: 'Pay the booking',
                  units,
                  notes: ['Anyone can do this. It goes to the holder of the policy; the last payment has a tip.'],
                  build: (caller) => payBooking(pool, incident, policy, caller),
                })
              }
            >
              Pay {money(payable, units.asset)}
            </Button>
          )}
        </div>
        <Cranks incident={incident} product={product} ballot={ballot?.data} policy={policy?.data} now={now} />
        {challengeProblem(data, now) === undefined && <Challenge incident={incident} />}
      </div>
    </Card>
  );
}

type CranksProps = {
  incident: Found<Incident>;
  product: Found<Product> | undefined;
  ballot: Ballot | undefined;
  /** Of a booking. */
  policy?: Policy | undefined;
  now: bigint;
};

function Cranks({ incident, product, ballot, policy, now }: CranksProps) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const signer = useSigner();
  const { data } = incident;
  if (!signer) return null;
  const counts = product && attempt(() => verdictOf(pool.data, product.data, data, ballot, now, policy)).value;
  const accepted = isVariant(data.state, IncidentState.Accepted);
  const tip = ['Anyone can do this, and gets a tip for it.'];
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {counts !== undefined && (
        <Button
          look="primary"
          onClick={() =>
            transact({
              title: 'Read the verdict',
              units,
              notes: tip,
              build: (caller) => decideIncident(pool, incident, caller.address),
            })
          }
        >
          Read the verdict: it {counts ? 'counts' : 'does not count'}
        </Button>
      )}
      {product && filingEndProblem(pool.data, product.data, data, now) === undefined && (
        <Button
          look="primary"
          onClick={() =>
            transact({
              title: 'End the filing',
              units,
              notes: [...tip, 'What nobody claimed is free again, unless later reports on the product need it.'],
              build: (caller) => endFiling(incident, caller.address),
            })
          }
        >
          End the filing
        </Button>
      )}
      {product && settlementProblem(product.data, data, now) === undefined && (
        <Button
          look="primary"
          onClick={() =>
            transact({
              title: accepted ? 'Settle the incident' : 'End the incident',
              units,
              notes: tip,
              build: (caller) => settleIncident(pool, product, incident, caller.address),
            })
          }
        >
          {accepted ? 'Settle' : 'End it: rejected'}
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
          {isBooking(data)
            ? 'Pay the bond out'
            : `Give the ${isVariant(data.trigger, Trigger.Price) ? 'challenger' : 'reporter'} the bond back`}
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

/** What a price opened, or a booking, counts, unless somebody has the jury decide. */
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
              isBooking(incident.data)
                ? 'The bond comes back when the jury finds the draw false. Otherwise it is lost, half of it to the holder.'
                : 'The bond comes back when the jury rejects the incident. Otherwise it is lost.',
            ],
            build: (challenger) => challengeIncident(pool, incident, challenger, proof),
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
            'It is paid to your token account. The bond comes back with the first payout, unless somebody disputes the claim and the court cuts it.',
            ...(isVariant(incident.data.state, IncidentState.Open)
              ? ['If the report comes to nothing the bond comes back at once, and you can claim in another report.']
              : []),
          ],
          build: (holder) => submitClaim(pool, incident.address, policy.address, holder, { ...proof, loss: atoms }),
          onDone: () => loss.set(''),
        });
      }}
    >
      <div className="space-y-1">
        <h4 className="text-sm font-semibold">File your claim</h4>
        <p className="text-sm text-muted">
          {isVariant(incident.data.state, IncidentState.Open) ? 'There is no need to wait for the verdict. ' : ''}A sum
          insured can be claimed in one report at a time: choose the one about your event.
        </p>
      </div>
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
              ? `You claim ${money(quoted.value.amount, units.asset)}${isSome(quoted.value.givesBack) ? `, of which ${money(quoted.value.givesBack, units.asset)} give back what your cancellation refunded` : ''}, with a bond of ${money(quoted.value.bond, units.asset)}; you have ${money(balance.data ?? 0n, units.asset)}.`
              : `You bear ${money(deductibleOf(policy.data), units.asset)} of it. The bond is ${percent(claimBondBps)} of the claim, and at least a tenth of the product’s own, or all that you claim.`
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
