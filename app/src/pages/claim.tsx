// One claim: its amount, its dispute, its payout.
import {
  attempt,
  ClaimState,
  collectDisputeBond,
  disputeBelow,
  disputeClaim,
  disputeReturn,
  exceeds,
  fundsItself,
  isPaid,
  isSome,
  isVariant,
  openTokenAccount,
  payout,
  payoutOf,
  redirectClaim,
  resolutionProblem,
  resolveDispute,
  Trigger,
  type Claim,
  type Found,
  type Incident,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { EvidenceFields, EvidenceLine, useEvidence } from '../components/evidence';
import { Badge, Button, Field } from '../components/ui';
import { abbreviate, moment, money } from '../lib/format';
import { useBallots, useDisputes, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { claimStatus } from '../lib/words';
import { useShared } from './frame';

export function ClaimRow({ claim, incident }: { claim: Found<Claim>; incident: Found<Incident> }) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const [asked, ask] = useState<'dispute' | 'redirect'>();
  const toggle = (what: 'dispute' | 'redirect') => ask(asked === what ? undefined : what);
  const { data } = claim;
  const disputes = useDisputes(claim.address, data.liveDisputes > 0);
  const ballots = useBallots(pool.address);
  const ballot = ballots.data?.find(({ address }) => address === data.disputeBallot);
  const due = attempt(() => payoutOf(incident.data, data)).value;
  const byPrice = isVariant(incident.data.trigger, Trigger.Price);
  const below = attempt(() => disputeBelow(incident.data, data, now)).value;
  return (
    <li className="space-y-3 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 space-y-1">
          <p className="font-medium tabular-nums">
            {money(data.amount, units.asset)} <Badge {...claimStatus(data)} />
            {signer?.address === data.claimant && <span className="ml-2 text-xs text-muted">yours</span>}
          </p>
          <p className="text-sm text-muted">
            {byPrice
              ? `By the price ${abbreviate(data.claimant)} lost ${money(data.loss, units.asset)}`
              : `${abbreviate(data.claimant)} states a loss of ${money(data.loss, units.asset)}`}
            {isSome(data.paid) && `; ${money(data.paid, units.asset)} paid`}
            {due && isSome(due.claim) && `; ${money(due.claim, units.asset)} due`}
            {isVariant(data.state, ClaimState.Disputed) &&
              `; disputed: worth ${money(data.counterAmount, units.asset)} instead`}
            .{isSome(data.bond) && !fundsItself(data) && ` Its bond was posted by ${abbreviate(data.funder)}.`}
          </p>
          {!byPrice && <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />}
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
            {below !== undefined && (
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
            {disputes.data
              ?.filter((dispute) => attempt(() => disputeReturn(incident.data, data, dispute)).problem === undefined)
              .map((dispute) => (
                <Button
                  key={dispute.address}
                  small
                  onClick={() =>
                    transact({
                      title: 'End the dispute',
                      units,
                      build: (caller) => collectDisputeBond(pool, incident.address, dispute, caller),
                    })
                  }
                >
                  End the dispute of {abbreviate(dispute.data.disputer)}
                </Button>
              ))}
          </div>
        )}
      </div>
      {asked === 'dispute' && below !== undefined && (
        <DisputeForm incident={incident} claim={claim} below={below} onDone={() => ask(undefined)} />
      )}
      {asked === 'redirect' && <RedirectForm claim={claim} onDone={() => ask(undefined)} />}
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

function DisputeForm({
  incident,
  claim,
  below,
  onDone,
}: {
  incident: Found<Incident>;
  claim: Found<Claim>;
  below: bigint;
  onDone: () => void;
}) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const counter = useAmount(pool.data.decimals, '0');
  const evidence = useEvidence();
  const { data } = claim;
  const tooMuch = counter.atoms !== undefined && !exceeds(below, counter.atoms);
  return (
    <form
      className="space-y-4 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const [proof, atoms] = [evidence.evidence, counter.atoms];
        if (!proof || atoms === undefined) return;
        transact({
          title: 'Dispute the claim',
          units,
          notes: [
            'Stakers choose between the two amounts. The side that loses loses its bond: half to the other side, half to the assessors.',
          ],
          build: (disputer) => disputeClaim(pool, incident, claim, disputer, { ...proof, counterAmount: atoms }),
          onDone,
        });
      }}
    >
      <AmountField
        label="What it is worth instead"
        amount={counter}
        unit={units.asset}
        hint={`Less than ${money(below, units.asset)}; 0 rejects it. The bond is ${money(data.disputeBond, units.asset)}. Until ${moment(data.disputesEndAt)}.`}
        error={tooMuch ? `Only less than ${money(below, units.asset)}` : undefined}
      />
      <EvidenceFields {...evidence} />
      <Button type="submit" look="primary" disabled={counter.atoms === undefined || tooMuch || !evidence.evidence}>
        Review the dispute
      </Button>
    </form>
  );
}
