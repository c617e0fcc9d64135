// Amounts as they are typed.
import { AmountError, exceeds, formatAmount, parseAmount } from '@breakwater/client';
import { useState, type ReactNode } from 'react';
import type { Unit } from '../lib/format';
import { Button, Field } from './ui';

export type Amount = {
  readonly text: string;
  readonly set: (text: string) => void;
  /** Atoms, once what is typed is an amount. */
  readonly atoms: bigint | undefined;
  /** What is wrong with what is typed; nothing is wrong with nothing. */
  readonly error: string | undefined;
};

export function useAmount(decimals: number, initial = ''): Amount {
  const [text, set] = useState(initial);
  if (text.trim() === '') return { text, set, atoms: undefined, error: undefined };
  try {
    return { text, set, atoms: parseAmount(text, decimals), error: undefined };
  } catch (error) {
    return { text, set, atoms: undefined, error: error instanceof AmountError ? error.message : String(error) };
  }
}

/** Whether more is typed than there is, as far as both are known. */
export const isTooMuch = ({ atoms }: Amount, most: bigint | undefined): boolean =>
  atoms !== undefined && most !== undefined && exceeds(atoms, most);

export function AmountField({
  label,
  amount,
  unit,
  max,
  hint,
  error,
}: {
  label: string;
  amount: Amount;
  unit: Unit;
  max?: bigint | undefined;
  hint?: ReactNode;
  error?: string | undefined;
}) {
  return (
    <Field
      label={label}
      inputMode="decimal"
      placeholder="0"
      value={amount.text}
      onChange={(event) => amount.set(event.target.value)}
      hint={hint}
      error={amount.error ?? error}
      suffix={
        max === undefined ? (
          <span className="pr-2">{unit.symbol}</span>
        ) : (
          <Button look="quiet" small onClick={() => amount.set(formatAmount(max, unit.decimals, { grouped: false }))}>
            Max
          </Button>
        )
      }
    />
  );
}
