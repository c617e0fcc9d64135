// How far something is that takes its time.
import clsx from 'clsx';

export type Step = { readonly label: string; readonly note: string; readonly done: boolean };

export const Steps = ({ label, steps }: { label: string; steps: readonly Step[] }) => (
  <ol aria-label={label} className="grid gap-3 sm:auto-cols-fr sm:grid-flow-col">
    {steps.map(({ label: name, note, done }) => (
      <li
        key={name}
        className={clsx(
          'border-l-4 pl-3 sm:border-t-4 sm:border-l-0 sm:pt-2 sm:pl-0',
          done ? 'border-accent' : 'border-line',
        )}
      >
        <p className="text-sm font-medium">
          {name}
          {done && <span className="sr-only">, done</span>}
        </p>
        <p className="text-xs text-muted">{note}</p>
      </li>
    ))}
  </ol>
);
