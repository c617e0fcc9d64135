// What anyone knows of a case, or why they voted as they did: events that name it, and a form to add another.
import { attachEvidence } from '@breakwater/client';
import type { Address } from '@solana/kit';
import { useState } from 'react';
import { abbreviate, moment } from '../lib/format';
import type { Units } from '../lib/event-words';
import { useLedger } from '../lib/ledger';
import { useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { EvidenceFields, EvidenceLine, useEvidence } from './evidence';
import { Button, Loaded } from './ui';

/** `label` says what of it is shown and added. Nothing is read, and no form is there, before one asks. */
export function Attached({ subject, label, units }: { subject: Address; label: string; units: Units }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="space-y-3">
      <Button small look="quiet" className="-ml-2.5" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </Button>
      {open && <Inside subject={subject} units={units} />}
    </div>
  );
}

function Inside({ subject, units }: { subject: Address; units: Units }) {
  const now = useNow(30);
  const ledger = useLedger(subject, now);
  const transact = useTransact();
  const signer = useSigner();
  const evidence = useEvidence();
  return (
    <div className="space-y-4 rounded-xl bg-raised p-4">
      <Loaded query={ledger} rows={1}>
        {({ entries }) => {
          const found = entries.flatMap(({ signature, at, event }) =>
            event.name === 'evidenceAttached' && event.data.subject === subject
              ? [{ signature, at, data: event.data }]
              : [],
          );
          return found.length === 0 ? (
            <p className="text-sm text-muted">Nobody has attached anything yet.</p>
          ) : (
            <ul>
              {found.map(({ signature, at, data }) => (
                <li key={signature}>
                  <EvidenceLine
                    label={`${abbreviate(data.author)}, ${moment(at)}`}
                    hash={data.evidenceHash}
                    uri={data.evidenceUri}
                  />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {signer && (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            const proof = evidence.evidence;
            if (!proof) return;
            transact({
              title: 'Attach evidence',
              units,
              notes: ['It costs the network’s fee alone, and decides nothing: those who vote read it.'],
              build: (author) => attachEvidence(subject, author, proof),
            });
          }}
        >
          <EvidenceFields {...evidence} />
          <Button type="submit" disabled={!evidence.evidence}>
            Review it
          </Button>
        </form>
      )}
    </div>
  );
}
