// What LPs of a pool earned lately, and how that is found out.
import { yearly, type Earnings, type Found, type Pool } from '@breakwater/client';
import { gainWords } from '../lib/earnings';
import { date, relative } from '../lib/format';
import { ledgerEarnings, useLedger } from '../lib/ledger';
import { useNow } from '../lib/queries';
import { Explain } from './explain';
import { Stat } from './ui';

/** In how long: all of the period, or less when the pool is younger or its history too long to read. */
const period = ({ whole, since }: Earnings, complete: boolean, now: bigint): string =>
  whole
    ? 'in the last 30 days'
    : complete
      ? `since the start ${relative(since, now)}`
      : `since ${date(since)}: no more of the history was read`;

export function EarnedStat({ pool }: { pool: Found<Pool> }) {
  const now = useNow(30);
  const ledger = useLedger(pool.address, now);
  const { accruedAt } = pool.data;
  const earned = ledger.data && ledgerEarnings(ledger.data, pool.data, accruedAt);
  const year = earned && yearly(earned, accruedAt);
  return (
    <Stat
      label={
        <>
          LPs earned
          <Explain what="How this is found out">
            <p>
              What a share gained in the last 30 days, or since the start when the pool is younger: read from the events
              of the pool’s transactions, which tell the capital after each, without what LPs brought or took. Premiums
              and other income raise it; settled claims lower it.
            </p>
            <p className="mt-2">
              The rate of a year is the same gain without interest on interest. Neither says what the next 30 days
              bring.
            </p>
          </Explain>
        </>
      }
      value={
        earned ? (
          <span data-testid="earned">{gainWords(earned.gain)}</span>
        ) : ledger.error ? (
          'not known'
        ) : ledger.data ? (
          '—'
        ) : (
          '…'
        )
      }
      hint={
        earned
          ? `${period(earned, ledger.data.complete, now)}${year === undefined ? '' : `; ${gainWords(year)} a year`}`
          : ledger.error
            ? 'the node did not tell the history'
            : ledger.data
              ? 'nobody has provided capital yet'
              : 'reading the history'
      }
    />
  );
}
