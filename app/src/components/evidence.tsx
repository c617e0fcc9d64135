// Evidence: a file whose hash goes on the chain, and where others find it. The file itself stays in this browser.
import { LINK_BYTES, readText, type Evidence } from '@breakwater/client';
import type { ReadonlyUint8Array } from '@solana/kit';
import { useId, useState } from 'react';
import { hex } from '../lib/format';
import { Field } from './ui';

export type EvidenceInput = {
  readonly evidence: Evidence | undefined;
  readonly link: string;
  readonly setLink: (link: string) => void;
  readonly file: string | undefined;
  readonly hash: Uint8Array | undefined;
  readonly choose: (file: File | undefined) => void;
};

const fits = (link: string): boolean => new TextEncoder().encode(link).length <= LINK_BYTES;

export function useEvidence(): EvidenceInput {
  const [link, setLink] = useState('');
  const [chosen, setChosen] = useState<{ name: string; hash: Uint8Array }>();
  const choose = (file: File | undefined) => {
    if (!file) return setChosen(undefined);
    void file
      .arrayBuffer()
      .then((bytes) => crypto.subtle.digest('SHA-256', bytes))
      .then((hash) => setChosen({ name: file.name, hash: new Uint8Array(hash) }));
  };
  const evidence = chosen && fits(link) ? { evidenceHash: chosen.hash, evidenceUri: link } : undefined;
  return { evidence, link, setLink, file: chosen?.name, hash: chosen?.hash, choose };
}

export function EvidenceFields({ link, setLink, hash, choose }: EvidenceInput) {
  const id = useId();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="min-w-0 space-y-1.5">
        <label htmlFor={id} className="block text-sm font-medium">
          Evidence
        </label>
        <input
          id={id}
          type="file"
          required
          onChange={(event) => choose(event.target.files?.[0])}
          aria-describedby={`${id}-note`}
          className="block w-full rounded-lg border border-strong bg-surface p-1.5 text-sm file:mr-3 file:rounded-md file:border-0 file:bg-raised file:px-3 file:py-1 file:text-ink"
        />
        <p id={`${id}-note`} className="text-xs break-all text-muted">
          {hash ? `SHA-256 ${hex(hash)}` : 'Only its hash leaves this page.'}
        </p>
      </div>
      <Field
        label="Where others find it"
        type="url"
        placeholder="https://"
        value={link}
        onChange={(event) => setLink(event.target.value.trim())}
        error={fits(link) ? undefined : `At most ${LINK_BYTES} bytes`}
        hint="A link, so that voters can check it against the hash."
      />
    </div>
  );
}

export function EvidenceLine({
  hash,
  uri,
  label = 'Evidence',
}: {
  hash: ReadonlyUint8Array;
  uri: ReadonlyUint8Array;
  label?: string;
}) {
  const link = readText(uri);
  return (
    <p className="text-sm text-muted">
      {label}:{' '}
      {/^https?:\/\//.test(link) ? (
        <a href={link} target="_blank" rel="noreferrer" className="break-all text-accent underline">
          {link}
        </a>
      ) : (
        <span className="break-all">{link || 'no link'}</span>
      )}{' '}
      <span className="text-xs" title={hex(hash)}>
        (SHA-256 {hex(hash).slice(0, 12)}…)
      </span>
    </p>
  );
}
