// One claim: its amount, its dispute, its payout.
import {
  collectDisputeBond,
  core,
  disputeClaim,
  getRedirectClaimInstruction,
  openTokenAccount,
  payout,
  resolveDispute,
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
import { useDisputes, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { CLAIM, claimStatus, INCIDENT, TRIGGER } from '../lib/words';
import { useShared } from './frame';

/** What a claim has due of a settled incident, atoms. */
const dueOf = ({ amount, paid }: Claim, { state, settled, approved }: Incident): bigint =>
  state === INCIDENT.settled ? (core.due(amount, settled, approved, paid) ?? 0n) : 0n;

export function ClaimRow({ claim, incident }: { claim: Found<Claim>; incident: Found<Incident> }) {
  const { pool, units } = useShared();
  const now = useNow();
  const signer = useSigner();
  const transact = useTransact();
  const [asked, ask] = useState<'dispute' | 'redirect'>();
  const toggle = (what: 'dispute' | 'redirect') => ask(asked === what ? undefined : what);
  const { data } = claim;
  const disputes = useDisputes(claim.address, data.liveDisputes > 0);
  const due = dueOf(data, incident.data);
  const open = incident.data.state === INCIDENT.open;
  const first = data.state !== CLAIM.settled && data.state !== CLAIM.rejected;
  const payable = !open && (due > 0n || first);
  const byPrice = incident.data.trigger === TRIGGER.price;
  const disputable = open && now < data.disputesEndAt && (data.state === CLAIM.filed || data.state === CLAIM.disputed);
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
            {data.paid > 0n && `; ${money(data.paid, units.asset)} paid`}
            {due > 0n && `; ${money(due, units.asset)} due`}
            {data.state === CLAIM.disputed && `; disputed: worth ${money(data.counterAmount, units.asset)} instead`}.
          </p>
          {!byPrice && <EvidenceLine hash={data.evidenceHash} uri={data.evidenceUri} />}
        </div>
        {signer && (
          <div className="flex flex-wrap gap-2">
            {payable && (
              <Button
                small
                look="primary"
                onClick={() =>
                  transact({
                    title: 'Pay the claim out',
                    units,
                    notes: ['It goes to the account that the claim names, whoever does this.'],
                    build: (caller) => payout(pool, claim, caller.address),
                  })
                }
              >
                Pay out
              </Button>
            )}
            {disputable && (
              <Button small onClick={() => toggle('dispute')} aria-expanded={asked === 'dispute'}>
                Dispute
              </Button>
            )}
            {signer.address === data.claimant && data.state !== CLAIM.rejected && data.paid < data.amount && (
              <Button small onClick={() => toggle('redirect')} aria-expanded={asked === 'redirect'}>
                Pay elsewhere
              </Button>
            )}
            {open && data.state === CLAIM.disputed && now >= data.disputesEndAt && (
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
              ?.filter((dispute) => !open || dispute.address !== data.dispute || data.disputeOutcome !== 0)
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
      {asked === 'dispute' && <DisputeForm claim={claim} onDone={() => ask(undefined)} />}
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
            const accounts = { pool: pool.address, incident: claim.data.incident, claim: claim.address };
            return [
              receiver.instruction,
              getRedirectClaimInstruction({ claimant, ...accounts, receiver: receiver.address }),
            ];
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

function DisputeForm({ claim, onDone }: { claim: Found<Claim>; onDone: () => void }) {
  const { pool, units } = useShared();
  const transact = useTransact();
  const counter = useAmount(pool.data.decimals, '0');
  const evidence = useEvidence();
  const { data } = claim;
  const highest = data.state === CLAIM.disputed ? data.counterAmount : data.amount;
  const tooMuch = counter.atoms !== undefined && counter.atoms >= highest;
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
            'Stakers choose between the two amounts. Whoever loses loses the bond: half to the other side, half to the assessors.',
          ],
          build: (disputer) => disputeClaim(pool, claim, disputer, { ...proof, counterAmount: atoms }),
          onDone,
        });
      }}
    >
      <AmountField
        label="What it is worth instead"
        amount={counter}
        unit={units.asset}
        hint={`Less than ${money(highest, units.asset)}; 0 rejects it. The bond is ${money(data.disputeBond, units.asset)}. Until ${moment(data.disputesEndAt)}.`}
        error={tooMuch ? `Only less than ${money(highest, units.asset)}` : undefined}
      />
      <EvidenceFields {...evidence} />
      <Button type="submit" look="primary" disabled={counter.atoms === undefined || tooMuch || !evidence.evidence}>
        Review the dispute
      </Button>
    </form>
  );
}
