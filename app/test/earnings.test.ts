import { DAY, EVENTS, type BreakwaterEvent } from '@breakwater/client';
import type { Signature } from '@solana/kit';
import { describe, expect, test } from 'vitest';
import { earningsOf, gainWords, ONE, stepOf, yearly, type Step } from '../src/lib/earnings';
import { fetchLedger, ledgerEarnings } from '../src/lib/ledger';
import { TOKEN } from './samples';

const NOW = 1_000n * DAY;
const step = (days: bigint, capital: bigint, flow = 0n, earned = 0n): Step => ({
  at: NOW - days * DAY,
  capital: capital * TOKEN,
  flow: flow * TOKEN,
  earned: earned * TOKEN,
});
const gain = (...steps: Step[]) => gainWords(earningsOf(steps, NOW)!.gain);

describe('what a share gained', () => {
  test('is not what LPs brought or took', () => {
    expect(gain(step(20n, 1_000n, 1_000n), step(10n, 3_000n, 2_000n), step(5n, 500n, -2_500n), step(0n, 500n))).toBe(
      '0.00%',
    );
  });
  test('multiplies what each step made of the capital', () => {
    // 1% on 1,000, then 2% on 10,100 after a deposit: 3.02% whoever held all the while.
    expect(gain(step(20n, 1_000n, 1_000n), step(10n, 10_100n, 9_090n), step(0n, 10_302n))).toBe('3.02%');
  });
  test('falls with a loss', () => {
    expect(gain(step(20n, 1_000n, 1_000n), step(10n, 900n), step(0n, 900n))).toBe('−10.00%');
    expect(gain(step(20n, 1_000n, 1_000n), step(10n, 0n))).toBe('−100.00%');
  });
  test('is of the last 30 days when the pool is older', () => {
    const earned = earningsOf([step(50n, 1_000n, 1_000n), step(10n, 1_040n, 0n, 40n), step(0n, 1_040n)], NOW)!;
    // Half of those 40 days lies before: half of what they earned does not count.
    expect(gainWords(earned.gain)).toBe('2.00%');
    expect(earned).toMatchObject({ since: NOW - 30n * DAY, whole: true });
  });
  test('counts a loss at the time it happened, however long nothing had', () => {
    expect(gain(step(50n, 1_000n, 1_000n), step(10n, 540n, 0n, 40n), step(0n, 540n))).toBe('−48.00%');
  });
  test('is of the time since the start when the pool is younger', () => {
    const earned = earningsOf([step(10n, 1_000n, 1_000n), step(0n, 1_010n)], NOW)!;
    expect(earned).toMatchObject({ since: NOW - 10n * DAY, whole: false, gain: ONE / 100n });
    expect(gainWords(yearly(earned, NOW)!)).toBe('36.50%');
    expect(yearly({ ...earned, since: NOW - DAY + 1n }, NOW)).toBeUndefined();
  });
  test('is nothing as long as nobody had shares', () => {
    expect(earningsOf([], NOW)).toBeUndefined();
    expect(earningsOf([step(10n, 0n), step(0n, 0n)], NOW)).toBeUndefined();
  });
});

test('a gain is never shown as nothing when it is something', () => {
  const words = [0n, 1n, ONE / 100n, -ONE / 40n, ONE / 10_000n, ONE / 1_000_000n, ONE * 12n].map(gainWords);
  expect(words).toEqual(['0.00%', '0.00%', '1.00%', '−2.50%', '0.0100%', '0.000100%', '1,200.00%']);
});

test('only events with books are steps', () => {
  const event = (name: keyof typeof EVENTS) =>
    ({ name, data: EVENTS[name].decoder().decode(new Uint8Array(4_000)) }) as BreakwaterEvent;
  expect(stepOf(event('poolCreated'), NOW)).toBeUndefined();
  expect(stepOf(event('coverBought'), NOW)).toEqual({ at: NOW, capital: 0n, flow: 0n, earned: 0n });
});

describe('a history', () => {
  /** A node that knows `count` transactions, one an hour, none with an event. */
  const node = (count: number) => {
    const asked = { pages: 0, transactions: 0 };
    const all = Array.from({ length: count }, (_, index) => ({
      signature: `${count}-${index}` as Signature,
      err: null,
      blockTime: NOW - BigInt(index) * 3_600n,
    }));
    const rpc = {
      getSignaturesForAddress: (_: string, { limit, before }: { limit: number; before?: Signature }) => ({
        send: () => {
          asked.pages += 1;
          const from = before ? all.findIndex(({ signature }) => signature === before) + 1 : 0;
          return Promise.resolve(all.slice(from, from + limit));
        },
      }),
      getTransaction: () => ({
        send: () => {
          asked.transactions += 1;
          return Promise.resolve({ meta: { logMessages: [], err: null } });
        },
      }),
    };
    return {
      asked,
      read: () => fetchLedger(rpc as unknown as Parameters<typeof fetchLedger>[0], 'pool' as never, NOW),
    };
  };

  test('is read to its beginning when it is short, and no transaction twice', async () => {
    const { asked, read } = node(30);
    expect(await read()).toEqual({ entries: [], complete: true });
    await read();
    expect(asked).toEqual({ pages: 2, transactions: 30 });
  });
  test('is read no further than public nodes like', async () => {
    const { asked, read } = node(2_000);
    expect((await read()).complete).toBe(false);
    expect(asked).toEqual({ pages: 1, transactions: 600 });
  });
  test('without events says nothing of earnings', async () => {
    expect(ledgerEarnings(await node(3).read(), { capital: 5n }, NOW)).toBeUndefined();
  });
});
