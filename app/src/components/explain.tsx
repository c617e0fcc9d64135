// A question mark that explains a figure: the browser's own popover, which Escape and a click beside it close.
import { CircleHelp } from 'lucide-react';
import { useId, type ReactNode } from 'react';

export function Explain({ what, children }: { what: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={what}
        className="ml-1 inline-flex rounded-full align-[-2px] text-muted hover:text-ink"
      >
        <CircleHelp className="size-3.5" aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        role="note"
        aria-label={what}
        className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-4 text-sm font-normal text-ink shadow-xl"
      >
        {children}
      </div>
    </>
  );
}
