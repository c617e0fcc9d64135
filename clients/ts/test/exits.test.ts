// What the core says of leaving: epochs in their order, payments in time, and what a ticket has.
import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY } from '../src';
import { bytesOf } from './life';

const recorded = client.getPoolDecoder().decode(bytesOf('pool'));
const ticket = client.getExitTicketDecoder().decode(bytesOf('exitTicket'));
const paid = client.getExitEpochDecoder().decode(bytesOf('exitEpoch'));
const TODAY = client.dayOf(recorded.accruedAt) + 1n;
const NOW = client.startOf(TODAY);
const ring = (day?: bigint, amount = 0n) =>
  Array.from({ length: 512 }, (_, slot) => (day !== undefined && BigInt(slot) === day % 512n ? amount : 0n));

/** A million atoms, a thousand shares each; one epoch waits, of nine tenths of them. */
const pool: client.Pool = {
  ...recorded,
  accruedAt: NOW,
  capital: 1_000_000n,
  unearned: 0n,
  rate: 0n,
  rateFraction: 0n,
  rateRing: ring(),
  coverRing: ring(),
  shares: 1_000_000_000n,
  exitingShares: 900_000_000n,
  activeCover: 0n,
  leverageBps: 20_000,
  soldLeverageBps: 0,
  exitDelayDays: 7,
  exitHead: 3n,
  exitCount: 4n,
  exitTailDay: TODAY,
  exitSeenAt: 0n,
  exitCalledAt: 0n,
  exitsWaitUntil: 0n,
  filingsDue: 0,
};
const epoch: client.ExitEpoch = {
  ...paid,
  number: 3n,
  day: TODAY,
  shares: 900_000_000n,
  burned: 0n,
  paid: 0n,
};
const problem = (some: Partial<client.Pool>, of = epoch, now = NOW) =>
  client.attempt(() => client.quotePayment({ ...pool, ...some }, of, now)).problem;

describe('an exit', () => {
  test('joins the last epoch of its day, or makes the next', () => {
    const week = { ...pool, exitTailDay: TODAY + 7n };
    expect(client.exitEpochNow(week, NOW)).toEqual({ number: 3n, day: TODAY + 7n });
    // A second after midnight the delay ends a second after another.
    expect(client.exitEpochNow(week, NOW + 1n)).toEqual({ number: 4n, day: TODAY + 8n });
    expect(client.hasExits(pool)).toBe(true);
    expect(client.hasExits({ ...pool, exitHead: 4n })).toBe(false);
  });
  test('is worth its part of the capital', () => {
    const quoted = client.quoteExit(pool, 100_000_000n, NOW);
    expect(quoted).toEqual({ worth: client.sharesWorth(pool, 100_000_000n), cash: quoted.worth, contested: 0n });
  });
});

describe('an epoch', () => {
  test('is paid on its day, in its turn', () => {
    const worth = client.sharesWorth(pool, epoch.shares);
    const all = { shares: epoch.shares, worth, cash: worth, contested: 0n, all: true };
    expect(client.quotePayment(pool, epoch, NOW)).toEqual(all);
    expect(problem({}, epoch, NOW + DAY - 1n)).toBeUndefined();
    expect(problem({}, { ...epoch, day: TODAY + 1n })).toBe(client.BREAKWATER_ERROR__EXIT_NOT_DUE);
    expect(problem({ exitHead: 2n })).toBe(client.BREAKWATER_ERROR__EARLIER_EXIT_WAITS);
    expect(problem({ filingsDue: 1 })).toBe(client.BREAKWATER_ERROR__FILING_DUE);
  });
  test('is held by prices until a time', () => {
    expect(problem({ exitsWaitUntil: NOW + 1n })).toBe(client.BREAKWATER_ERROR__EXIT_HELD);
    expect(client.exitsHeldUntil({ ...pool, exitsWaitUntil: NOW + 1n }, NOW)).toBe(NOW + 1n);
    expect(client.exitsHeldUntil({ ...pool, exitsWaitUntil: NOW }, NOW)).toBeUndefined();
  });
  test('is paid in part while cover keeps the rest, and not at all for less than a hundredth', () => {
    // A million of cover needs half of the capital at a leverage of two.
    const part = client.quotePayment({ ...pool, activeCover: 1_000_000n }, epoch, NOW);
    expect([part.all, part.cash]).toEqual([false, 500_000n]);
    expect(problem({ activeCover: 2_000_000n })).toBe(client.BREAKWATER_ERROR__NOTHING_TO_PAY);
  });
  test('that nobody paid within a day is called, and can be paid a day later for a day', () => {
    const late = NOW + DAY;
    expect(problem({}, epoch, late)).toBe(client.BREAKWATER_ERROR__EXIT_NOT_CALLED);
    expect(client.quoteCall(pool, epoch, late)).toBe(true);
    expect(client.callProblem(pool, epoch, NOW)).toBe(client.BREAKWATER_ERROR__EXIT_NOT_LATE);
    const called = { ...pool, exitCalledAt: late };
    expect(client.callProblem(called, epoch, late)).toBe(client.BREAKWATER_ERROR__EXIT_NOT_LATE);
    const window = { from: late + DAY, until: late + 2n * DAY };
    expect(client.exitWindow(called, epoch, late + 5n)).toEqual(window);
    expect(
      [window.from - 1n, window.from, window.until - 1n, window.until].map((at) => problem(called, epoch, at)),
    ).toEqual([
      client.BREAKWATER_ERROR__EXIT_NOT_CALLED,
      undefined,
      undefined,
      client.BREAKWATER_ERROR__EXIT_NOT_CALLED,
    ]);
    expect(client.exitWindow(pool, epoch, late)).toBeUndefined();
    expect(client.exitWindow(pool, epoch, NOW + 7n)).toEqual({ from: NOW + 7n, until: NOW + DAY });
    expect(client.exitWindow(pool, { ...epoch, day: TODAY + 9n }, NOW)).toEqual({
      from: NOW + 9n * DAY,
      until: NOW + 10n * DAY,
    });
  });
  test('that cover keeps is seen to wait, twice a day', () => {
    const kept = { ...pool, activeCover: 2_000_000n };
    expect(client.quoteCall(kept, epoch, NOW)).toBe(false);
    expect(client.callProblem({ ...kept, exitSeenAt: NOW }, epoch, NOW + DAY / 2n - 1n)).toBe(
      client.BREAKWATER_ERROR__EXIT_NOT_LATE,
    );
    expect(client.callProblem({ ...kept, exitSeenAt: NOW }, epoch, NOW + DAY / 2n)).toBeUndefined();
  });
  test('is foreseen to be paid as cover ends, after those before it', () => {
    // Half of the cover ends in five days, the rest in nine.
    const coverRing = ring(TODAY + 5n, 1_000_000n);
    coverRing[Number((TODAY + 9n) % 512n)] = 1_000_000n;
    const kept = { ...pool, activeCover: 2_000_000n, coverRing, exitCount: 5n, exitingShares: 950_000_000n };
    const next = { ...epoch, number: 4n, day: TODAY + 1n, shares: 50_000_000n };
    const found = client.foreseeExits(
      kept,
      [epoch, next].map((data) => ({ address: client.NOBODY, data })),
      NOW,
    );
    const days = (count: bigint) => client.startOf(TODAY + count);
    expect(found.map(({ number, at, all }) => ({ number, at, all }))).toEqual([
      { number: 3n, at: days(5n), all: false },
      { number: 3n, at: days(9n), all: true },
      { number: 4n, at: days(9n), all: true },
    ]);
    expect(found[0]!.cash).toBe(500_000n);
    expect(client.foreseeExits({ ...kept, coverRing: ring() }, [{ address: client.NOBODY, data: epoch }], NOW)).toEqual(
      [],
    );
  });
});

describe('a ticket', () => {
  test('has its part of what its epoch has', () => {
    const state = client.exitState(ticket, paid);
    expect(state).toEqual({ waiting: 0n, due: paid.paid, isBegun: true, isPaid: true, isOver: true });
    expect(client.collectProblem(ticket, paid)).toBeUndefined();
    const [third, whole] = [
      { ...ticket, shares: 1n, paid: 0n, epoch: 3n },
      { ...epoch, shares: 3n, tickets: 2 },
    ];
    expect(client.exitPart(third, whole, 100n)).toBe(33n);
    const begun = { ...whole, burned: 1n, paid: 30n };
    expect(client.exitState(third, begun)).toEqual({
      waiting: 0n,
      due: 10n,
      isBegun: true,
      isPaid: false,
      isOver: false,
    });
    expect(client.collectProblem({ ...third, paid: 10n }, begun)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    // What is contested comes later: until then it is not over.
    expect(client.exitState(third, { ...begun, burned: 3n, contestedIncidents: 1 })).toMatchObject({
      isPaid: true,
      isOver: false,
    });
  });
  test('knows how many epochs are paid before it', () => {
    expect([3n, 5n].map((number) => client.epochsBefore(pool, { ...ticket, epoch: number }))).toEqual([0, 2]);
  });
});
