// Addresses: shortened for reading, whole for copying and in an explorer.
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useExplorer } from '../lib/connection';
import { abbreviate } from '../lib/format';

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? 'Copied' : `Copy ${what}`}
      title={copied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy().catch(() => undefined)}
      className="rounded p-1 text-muted hover:bg-raised hover:text-ink"
    >
      <Icon className="size-3.5" aria-hidden />
    </button>
  );
}

/** An address with a link to an explorer and a button that copies all of it. */
export function AddressLink({ address, what }: { address: string; what: string }) {
  const explorer = useExplorer();
  return (
    <span className="inline-flex items-center gap-0.5">
      <a
        href={explorer('address', address)}
        title={address}
        target="_blank"
        rel="noreferrer"
        className="text-accent hover:underline"
      >
        {abbreviate(address)}
      </a>
      <CopyButton text={address} what={what} />
    </span>
  );
}
