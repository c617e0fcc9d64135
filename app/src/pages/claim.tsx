// One claim: its amount, its dispute, its payout.
import {
  attempt,
  BondState,
  ClaimState,
  collectDisputeBond,
  disputableUntil,
  disputeBondProblem,
  disputeClaim,
  disputeProblem,
  FOR,
  fundsItself,
  isPaid,
  isSome,
  isVariant,
  LEVELS,
  NOBODY,
  openTokenAccount,
  payableFrom,
  payout,
  payoutOf,
  quoteLevel,
  redirectClaim,
  resolutionProblem,
  resolveDispute,
  Trigger,
  type Claim,
  type Found,
  type Incident,
  type Product,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Attached } from '../components/attach';
import { EvidenceFields, EvidenceLine, useEvidence } from '../components/evidence';
import { Badge, Button, Field } from '../components/ui';
import { abbreviate, isPast, moment, money } from '../lib/format';
import { useBallots, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { claimStatus, paymentWords, sixteenths } from '../lib/words';
import { useShared } from './frame';

type RowProps = { claim: Found<Claim>; incident: Found<Incident>; product: Found<Product> | undefined };

export function ClaimRow({ claim, incident, product }: RowProps) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const [asked, ask] = useState<'dispute' | 'redirect'>();
  const toggle = (what: 'dispute' | 'redirect') => ask(asked === what ? undefined : what);
  const { data } = claim;
  const ballots = useBallots(pool.address);
  const ballot = ballots.data?.find(({ address }) => address === data.disputeBallot);
  const payment = product && attempt(() => payableFrom(pool.data, product.data, incident.data, data, now)).value;
  const due = product && attempt(() => payoutOf(pool.data, product.data, incident.data, data, now)).value;
  const byPrice = isVariant(incident.data.trigger, Trigger.Price);
  const until = attempt(() => disputableUntil(incident.data, data)).value;
  const disputable = disputeProblem(incident.data, data, now) === undefined;
  return (
    <li className="space-y-3 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 space-y-1">
          <p className="font-medium tabular-nums">
            {money(data.amount, units.asset)} <Badge {...claimStatus(data)} />
            {data.level !== FOR && (
              <span className="ml-2 text-xs font-normal text-muted">of {money(data.claimed, units.asset)} claimed</span>
            )}
            {signer?.address === data.claimant && <span className="ml-2 text-xs text-muted">yours</span>}
          </p>
          <p className="text-sm text-muted">
            {byPrice
              ? `By the price ${abbreviate(data.claimant)} lost ${money(data.loss, units.asset)}`
              : `${abbreviate(data.claimant)} states a loss of ${money(data.loss, units.asset)}`}
            {isSome(data.paid) && `; ${money(data.paid, units.asset)} paid`}
            {due && isSome(due.claim) && `; ${money(due.claim, units.asset)} due`}.
            {isSome(data.bond) && !fundsItself(data) && ` Its bond was posted by ${abbreviate(data.funder)}.`}
          </p>
          {payment && <p className="text-sm text-muted">{paymentWords(payment, incident.data, data, now)}</p>}
          {!byPrice && (
            <>
              <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />
              <Contest claim={data} until={until} />
            </>
          )}
        </div>
        {signer && (
          <div className="flex flex-wrap gap-2">
            {due && (
              <Button
                small
                look="primary"
                onClick={() =>
                  transact({
                    title: isSome(due.claim) ? 'Pay the claim out' : 'Give the bond back',
                    units,
                    notes: [
                      fundsItself(data)
                        ? 'Anyone can do this. It goes to the account that the claim names.'
                        : 'Anyone can do this. The claim goes to the account that it names, its bond to the one who posted it.',
                    ],
                    build: (caller) => payout(pool, incident.data.product, claim, caller.address),
                  })
                }
              >
                {isSome(due.claim) ? 'Pay out' : 'Bond back'}
              </Button>
            )}
            {disputable && (
              <Button small onClick={() => toggle('dispute')} aria-expanded={asked === 'dispute'}>
                Dispute
              </Button>
            )}
            {signer.address === data.claimant && !isPaid(data) && (
              <Button small onClick={() => toggle('redirect')} aria-expanded={asked === 'redirect'}>
                Pay elsewhere
              </Button>
            )}
            {ballot && resolutionProblem(data, ballot.data, now) === undefined && (
              <Button
                small
                onClick={() =>
                  transact({
                    title: 'Decide the dispute',
                    units,
                    build: (caller) => resolveDispute(pool, claim, caller.address),
                  })
                }
              >
                Decide the dispute
              </Button>
            )}
            {disputeBondProblem(data) === undefined && (
              <Button
                small
                onClick={() =>
                  transact({
                    title: 'Pay the disputer',
                    units,
                    notes: ['Anyone can do this: it is what the court left of the bond, and of the claim’s.'],
                    build: (caller) => collectDisputeBond(pool, claim, caller),
                  })
                }
              >
                Pay the disputer {money(data.disputeBond, units.asset)}
              </Button>
            )}
          </div>
        )}
      </div>
      {asked === 'dispute' && disputable && until !== undefined && (
        <DisputeForm incident={incident} claim={claim} until={until} onDone={() => ask(undefined)} />
      )}
      {asked === 'redirect' && <RedirectForm claim={claim} onDone={() => ask(undefined)} />}
      {!byPrice && <Attached subject={claim.address} label="Evidence that others attached" units={units} />}
    </li>
  );
}

/** Has the claim paid into another wallet's token account. */
function RedirectForm({ claim, onDone }: { claim: Found<Claim>; onDone: () => void }) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const [to, setTo] = useState('');
  const owner = isAddress(to) ? to : undefined;
  return (
    <form
      className="flex flex-wrap items-end gap-3 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!owner) return;
        transact({
          title: 'Pay the claim elsewhere',
          units,
          notes: ['All that is paid on this claim from now on goes there. You can change it again.'],
          build: async (claimant) => {
            const { assetMint, tokenProgram } = pool.data;
            const receiver = await openTokenAccount(claimant, owner, assetMint, tokenProgram);
            return [receiver.instruction, ...redirectClaim(pool, claim, claimant, receiver.address)];
          },
          onDone,
        });
      }}
    >
      <div className="min-w-64 flex-1">
        <Field
          label="Wallet that is to be paid"
          value={to}
          onChange={(event) => setTo(event.target.value.trim())}
          error={to !== '' && !owner ? 'This is no address' : undefined}
        />
      </div>
      <Button type="submit" look="primary" disabled={!owner}>
        Review it
      </Button>
    </form>
  );
}

/** Levels at which what both sides lose differs: from a quarter below all on, it does not. */
const TOLD = LEVELS.filter((level, at) => at % 4 === 0 || level > LEVELS.length - 6).reverse();

/** What of the claim stands at some of the levels, and what both sides lose and get. */
function Stakes({ claim }: { claim: Claim }) {
  const { units } = useShared();
  const words = (lost: bigint, got: bigint) =>
    isSome(lost) && isSome(got)
      ? `loses ${money(lost, units.asset)}, gets ${money(got, units.asset)}`
      : isSome(lost)
        ? `loses ${money(lost, units.asset)}`
        : `gets ${money(got, units.asset)}`;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm tabular-nums">
        <caption className="pb-2 text-left text-muted">
          Half of what one side loses of its bond goes to the other, half to the assessors.
        </caption>
        <thead className="text-muted">
          <tr>
            <th className="py-1 pr-4 font-medium">What stands</th>
            <th className="py-1 pr-4 font-medium">The claimant</th>
            <th className="py-1 font-medium">The disputer</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {TOLD.map((level) => {
            const at = quoteLevel(claim, level);
            return (
              <tr key={level}>
                <td className="py-1.5 pr-4">
                  {sixteenths(level)}: {money(at.stands, units.asset)}
                </td>
                <td className="py-1.5 pr-4">{words(at.claimantLoses, at.claimantGets)}</td>
                <td className="py-1.5">{words(at.disputerLoses, at.disputerGets)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function DisputeForm({
  incident,
  claim,
  until,
  onDone,
}: {
  incident: Found<Incident>;
  claim: Found<Claim>;
  until: bigint;
  onDone: () => void;
}) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const evidence = useEvidence();
  return (
    <form
      className="space-y-4 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const proof = evidence.evidence;
        if (!proof) return;
        transact({
          title: 'Dispute the claim',
          units,
          notes: [
            'Stakers decide how much of it stands, in sixteenths. You lose your bond where all of it does, and nothing where a quarter or more is cut. Where too few vote, it stands, and you lose a quarter.',
          ],
          build: (disputer) => disputeClaim(pool, incident, claim, disputer, proof),
          onDone,
        });
      }}
    >
      <p className="text-sm">
        Your bond is {money(claim.data.disputeBond, units.asset)}. A claim can be disputed once, this one until{' '}
        {moment(until)}.
      </p>
      <Stakes claim={claim.data} />
      <EvidenceFields {...evidence} />
      <Button type="submit" look="primary" disabled={!evidence.evidence}>
        Review the dispute
      </Button>
    </form>
  );
}

/** What became of a claim before the court, or may. */
function Contest({ claim, until }: { claim: Claim; until: bigint | undefined }) {
  const { pool, units } = useShared();
  const now = useNow();
  const disputed = claim.disputer !== NOBODY;
  if (isVariant(claim.state, ClaimState.Disputed)) {
    return (
      <div className="space-y-1">
        <p className="text-sm text-muted">
          {abbreviate(claim.disputer)} disputes it: voters decide how much of it stands.{' '}
          <Link
            to="/pool/$pool/votes"
            params={{ pool: pool.address }}
            className="font-medium text-accent underline underline-offset-2"
          >
            See the ballot
          </Link>
        </p>
        <EvidenceLine label="Evidence against it" hash={claim.disputeHash} uri={claim.disputeUri} />
        <details className="text-sm">
          <summary className="text-muted">What each side stands to lose</summary>
          <div className="mt-2 rounded-xl bg-raised p-4">
            <Stakes claim={claim} />
          </div>
        </details>
      </div>
    );
  }
  if (disputed) {
    const back = isVariant(claim.disputeBondState, BondState.Slashed)
      ? 'nothing'
      : money(claim.disputeBond, units.asset);
    return (
      <div className="space-y-1">
        <p className="text-sm text-muted">
          {abbreviate(claim.disputer)} disputed it, and the court decided that {sixteenths(claim.level)} of{' '}
          {money(claim.claimed, units.asset)} stand. Of the bonds, {money(claim.bond, units.asset)} are the claimant’s
          and {back} the disputer’s.
        </p>
        <EvidenceLine label="Evidence against it" hash={claim.disputeHash} uri={claim.disputeUri} />
      </div>
    );
  }
  if (!isVariant(claim.state, ClaimState.Filed)) return null;
  return (
    <p className="text-sm text-muted">
      {until === undefined
        ? 'Once the report counts, anyone can dispute it: for a day at least.'
        : isPast(until, now)
          ? 'Nobody disputed it in time.'
          : `Anyone can dispute it until ${moment(until)}. The claimant then stands to lose a bond of ${money(claim.bond, units.asset)}, the disputer one of ${money(claim.disputeBond, units.asset)}.`}
    </p>
  );
}
