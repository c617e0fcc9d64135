import { DAY, EVENTS, type BreakwaterEvent } from '@breakwater/client';
import type { Signature } from '@solana/kit';
import { describe, expect, test } from 'vitest';
import { gainWords, stepOf } from '../src/lib/earnings';
import { fetchLedger, ledgerEarnings, type Entry } from '../src/lib/ledger';
import { TOKEN } from './samples';

const NOW = 1_000n * DAY;
/** What a gain of one would be. */
const ONE = 1_000_000_000_000n;
const event = (name: keyof typeof EVENTS, some: object = {}): BreakwaterEvent => {
  const data = EVENTS[name].decoder().decode(new Uint8Array(4_000));
  return { name, data: { ...data, ...some } } as BreakwaterEvent;
};

test('a gain is never shown as nothing when it is something', () => {
  const words = [0n, 1n, ONE / 100n, -ONE / 40n, ONE / 10_000n, ONE / 1_000_000n, ONE * 12n].map(gainWords);
  expect(words).toEqual(['0.00%', '0.00%', '1.00%', '−2.50%', '0.0100%', '0.000100%', '1,200.00%']);
});

test('only events with books are steps, and say what LPs brought or took', () => {
  expect(stepOf(event('poolCreated'), NOW)).toBeUndefined();
  const step = { at: NOW, capital: 0n, brought: 0n, taken: 0n, earned: 0n };
  expect(stepOf(event('coverBought'), NOW)).toEqual(step);
  expect(stepOf(event('deposited', { amount: 5n }), NOW)).toEqual({ ...step, brought: 5n });
  const paid = { paid: 5n, contested: 3n, earned: 2n };
  expect(stepOf(event('exitsPaid', paid), NOW)).toEqual({ ...step, taken: 8n, earned: 2n });
  expect(stepOf(event('withdrawn', { amount: 5n }), NOW)).toEqual({ ...step, taken: 5n });
  expect(stepOf(event('contestedReleased', { amount: 5n }), NOW)).toEqual(step);
});

test('a history is what a share gained, whatever LPs brought', () => {
  const books = { ...event('deposited').data, ...({} as object) };
  const entry = (days: bigint, name: keyof typeof EVENTS, capital: bigint, some: object = {}): Entry => ({
    signature: 'S' as Signature,
    at: NOW - days * DAY,
    event: event(name, { ...some, books: { ...(books as { books: object }).books, capital: capital * TOKEN } }),
  });
  // 1% on 1,000, then 2% on 10,000 after a deposit: 3.02% for all who stayed.
  const entries = [
    entry(10n, 'deposited', 10_000n, { amount: 8_990n * TOKEN }),
    entry(20n, 'deposited', 1_000n, { amount: 1_000n * TOKEN }),
  ];
  const earned = ledgerEarnings({ entries, complete: true }, { capital: 10_200n * TOKEN }, NOW)!;
  expect(gainWords(earned.gain)).toBe('3.02%');
  expect(earned.since).toBe(NOW - 20n * DAY);
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
