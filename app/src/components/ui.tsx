// The pieces that every page is made of.
import { errorWords } from '@breakwater/client';
import clsx from 'clsx';
import { CircleAlert, LoaderCircle } from 'lucide-react';
import {
  useId,
  type ButtonHTMLAttributes,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
} from 'react';
import type { Status, Tone } from '../lib/words';
import { Word } from './word';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  small?: boolean;
  busy?: boolean;
};

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'border border-line bg-surface text-ink hover:bg-raised',
  quiet: 'text-accent hover:bg-soft',
  danger: 'border border-line bg-surface text-bad hover:bg-bad-soft',
};

export function Button({ look = 'plain', small, busy, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors',
        'disabled:cursor-not-allowed disabled:opacity-55',
        small ? 'min-h-8 px-2.5 py-1 text-sm' : 'min-h-10 px-4 py-2 text-sm',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {busy && <LoaderCircle className="size-4 animate-spin" aria-hidden />}
      {children}
    </button>
  );
}

export function Card({
  title,
  aside,
  children,
  className,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx(
        'rounded-2xl border border-line bg-surface p-5 shadow-[0_1px_2px_rgb(0_0_0/0.04)] sm:p-6',
        className,
      )}
    >
      {title && (
        <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-2">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

export function Stat({
  label,
  value,
  hint,
  tone,
}: {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  tone?: Tone;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className={clsx('mt-0.5 text-xl font-semibold tabular-nums break-words', tone && INK[tone])}>{value}</dd>
      {hint && <dd className="mt-0.5 text-xs text-muted">{hint}</dd>}
    </div>
  );
}

export const Stats = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">{children}</dl>
);

/** A name, its value, and where the glossary has the name. */
export type Fact = readonly [string, ReactNode, { word: string }?];

/** Names and values, one a line. */
export const Facts = ({ rows }: { rows: readonly Fact[] }) => (
  <dl className="divide-y divide-line text-sm">
    {rows.map(([name, value, link]) => (
      <div key={name} className="flex items-baseline justify-between gap-4 py-2">
        <dt className="text-muted">{link ? <Word name={link.word}>{name}</Word> : name}</dt>
        <dd className="text-right font-medium tabular-nums break-words">{value}</dd>
      </div>
    ))}
  </dl>
);

const INK: Record<Tone, string> = {
  neutral: 'text-ink',
  accent: 'text-accent',
  good: 'text-good',
  warn: 'text-warn',
  bad: 'text-bad',
};
const SOFT: Record<Tone, string> = {
  neutral: 'bg-raised text-muted',
  accent: 'bg-soft text-accent',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

export const Badge = ({ text, tone }: Status) => (
  <span
    className={clsx(
      'inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap',
      SOFT[tone],
    )}
  >
    {text}
  </span>
);

export function Notice({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : undefined}
      className={clsx('flex gap-2.5 rounded-lg px-3.5 py-2.5 text-sm', SOFT[tone])}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  );
}

const BOX =
  'w-full min-h-10 rounded-lg border bg-surface px-3 py-2 text-sm text-ink placeholder:text-muted disabled:opacity-60 aria-invalid:border-bad';

type FieldProps = { label: string; hint?: ReactNode; error?: string | undefined; suffix?: ReactNode };

export function Field({ label, hint, error, suffix, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={clsx(BOX, 'border-strong', suffix && 'pr-20')}
          {...rest}
        />
        {suffix && <div className="absolute inset-y-0 right-1.5 flex items-center text-sm text-muted">{suffix}</div>}
      </div>
      {note && (
        <p id={`${id}-note`} className={clsx('text-xs', error ? 'text-bad' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}

export function Select({ label, children, ...rest }: { label: string } & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      <select id={id} className={clsx(BOX, 'border-strong')} {...rest}>
        {children}
      </select>
    </div>
  );
}

/** A bar that is full to a part, with its value for screen readers. */
export function Meter({ label, bps, tone = 'accent' }: { label: string; bps: number; tone?: Tone }) {
  const width = Math.min(100, Math.max(0, bps / 100));
  const fill =
    tone === 'warn' ? 'fill-warn' : tone === 'bad' ? 'fill-bad' : tone === 'good' ? 'fill-good' : 'fill-accent';
  return (
    <svg
      role="img"
      aria-label={`${label}: ${Math.round(bps) / 100}%`}
      viewBox="0 0 100 3"
      preserveAspectRatio="none"
      className="h-2 w-full overflow-hidden rounded-full"
    >
      <rect width="100" height="3" className="fill-raised" />
      <rect width={width} height="3" className={fill} />
    </svg>
  );
}

export const Skeleton = ({ rows = 3 }: { rows?: number }) => (
  <div role="status" aria-label="Loading" className="animate-pulse space-y-3">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="h-5 rounded bg-raised" />
    ))}
  </div>
);

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="rounded-xl border border-dashed border-line px-4 py-8 text-center">
    <p className="font-medium">{title}</p>
    {children && <div className="mx-auto mt-1 max-w-prose text-sm text-muted">{children}</div>}
  </div>
);

/** A query's three ways: waiting, failed, there. */
export function Loaded<Data>({
  query,
  rows,
  children,
}: {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  rows?: number;
  children: (data: NonNullable<Data>) => ReactNode;
}) {
  if (query.data !== undefined && query.data !== null) return children(query.data);
  if (query.error) {
    return (
      <Notice tone="bad">
        <p>Could not be read: {errorWords(query.error)}</p>
        <Button small className="mt-2" onClick={() => query.refetch()}>
          Try again
        </Button>
      </Notice>
    );
  }
  return <Skeleton {...(rows === undefined ? {} : { rows })} />;
}
