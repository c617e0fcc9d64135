import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { BondState, ChangeStanding, ChangeState, DAY, ProductStatus, ProposalKind } from '../src';
import { actors, addressOf, bytesOf } from './life';

const pool = client.getPoolDecoder().decode(bytesOf('pool'));
const product = client.getProductDecoder().decode(bytesOf('product'));
const change = client.getChangeDecoder().decode(bytesOf('change'));

test('a real change says what it sets', () => {
  expect(change).toMatchObject({ pool: addressOf('pool'), proposer: actors.founder, product: client.NOBODY, id: 0n });
  expect(client.valuesNow('CancelFee', pool).cancelFeeBps).not.toBe(100);
  expect(client.readProposal(change.proposal)).toEqual({ __kind: 'CancelFee', cancelFeeBps: 100 });
});

describe('a queued change', () => {
  const from = change.appliesAt;
  const { Waiting, Ready, Lapsed, Withdrawn } = ChangeStanding;
  const standings = (of: client.Change, at: readonly bigint[]) => at.map((now) => client.changeStanding(of, pool, now));
  const over = (of: client.Change, at: readonly bigint[]) =>
    at.map((now) => client.changeOverProblem(of, pool, now) === undefined);

  test('waits, can be applied, and lapses', () => {
    // Exits take seven days, and a day more until those of that day are paid.
    expect([from, change.exitsUntil]).toEqual([change.queuedAt + 9n * DAY, change.queuedAt + DAY]);
    // The longest delay, waiting, term and grace after its time, and thirty days.
    const lapses = client.lapsesAt(change);
    expect(lapses).toBe(from + (90n + 30n + 365n + 90n + 30n) * DAY);
    const at = [from - 1n, from, lapses - 1n, lapses];
    expect(standings(change, at)).toEqual([Waiting, Ready, Ready, Lapsed]);
    expect(over(change, at)).toEqual([false, false, false, true]);
    expect(client.applicationProblem(change, pool, undefined, undefined, from - 1n)).toBe(
      client.BREAKWATER_ERROR__CHANGE_NOT_DUE,
    );
    expect(client.applicationProblem(change, pool, undefined, undefined, from)).toBeUndefined();
  });

  test('that is marked ready lapses thirty days later', () => {
    const marked = { ...change, readyAt: from + DAY };
    const lapses = from + 31n * DAY;
    expect(client.lapsesAt(marked)).toBe(lapses);
    expect(standings(marked, [lapses - 1n, lapses])).toEqual([Ready, Lapsed]);
    expect(over(marked, [lapses - 1n, lapses])).toEqual([false, true]);
  });

  test.each([DAY, 20n * DAY])('is not moved by a timelock of %i seconds that is set later', (timelock) => {
    expect(client.changeStanding(change, { ...pool, timelock }, from)).toBe(Ready);
  });

  test('falls with the authority that queued it; the one of a ballot does not', () => {
    // For good, also if the same authority has the pool again.
    const handedOver = { ...pool, handedOver: change.number };
    const by = (of: client.Change) => [
      client.changeStanding(of, handedOver, from),
      client.applicationProblem(of, handedOver, undefined, undefined, from),
      client.changeOverProblem(of, handedOver, from),
    ];
    expect(by(change)).toEqual([Withdrawn, client.BREAKWATER_ERROR__NOT_POOL_AUTHORITY, undefined]);
    const voted = { ...change, ballot: addressOf('ballot') };
    expect(by(voted)).toEqual([Ready, undefined, client.BREAKWATER_ERROR__CHANGE_NOT_OVER]);
  });

  test('is overtaken by one that was queued later and sets the same', () => {
    const setBy = [...pool.setBy];
    setBy[ProposalKind.CancelFee] = change.number;
    expect(client.applicationProblem(change, { ...pool, setBy }, undefined, undefined, from)).toBe(
      client.BREAKWATER_ERROR__CHANGE_OVERTAKEN,
    );
    const bytes = (proposal: client.ProposalArgs) => {
      const filled = new Uint8Array(256);
      filled.set(client.getProposalEncoder().encode(proposal));
      return filled;
    };
    const fee = client.proposal('CancelFee', { cancelFeeBps: 7 });
    const other = (proposal: client.ProposalArgs, more: Partial<client.Change> = {}) => {
      const later = { ...change, number: change.number + 1n, proposal: bytes(proposal), ...more };
      return [client.overtakes(later, change), client.overtakes(change, later)];
    };
    expect(other(fee)).toEqual([true, false]);
    // Of another product, of another kind, and one that a ballot decides on.
    expect(other(fee, { product: addressOf('product') })).toEqual([false, false]);
    expect(other(client.proposal('ProtocolFee', { protocolFeeBps: 7 }))).toEqual([false, false]);
    expect(other(fee, { number: 0n })).toEqual([false, false]);
  });

  test('waits for exits that were requested in time, and for no others', () => {
    const first = client.getExitEpochDecoder().decode(bytesOf('exitEpoch'));
    const waits = { ...pool, exitHead: first.number, exitCount: first.number + 1n, exitingShares: first.shares };
    const of = (askedAt: bigint, number = first.number) => ({ ...first, burned: 0n, number, askedAt });
    const { exitsUntil } = change;
    const problem = (epoch: client.ExitEpoch | undefined) =>
      client.applicationProblem(change, waits, undefined, epoch, from + 100n * DAY);
    expect(problem(of(exitsUntil))).toBe(client.BREAKWATER_ERROR__EXITS_WAIT);
    expect(problem(of(exitsUntil + 1n))).toBeUndefined();
    expect(problem(of(exitsUntil, 9n))).toBe(client.BREAKWATER_ERROR__WRONG_EXIT_EPOCH);
    expect(problem(undefined)).toBe(client.BREAKWATER_ERROR__WRONG_EXIT_EPOCH);
  });

  test('is withdrawn by the authority alone', () => {
    const other = { ...change, proposer: actors.lp };
    const by = (who: client.Pool['authority']) => client.withdrawalProblem(other, pool, who);
    expect([by(actors.founder), by(actors.lp)]).toEqual([undefined, client.BREAKWATER_ERROR__NOT_POOL_AUTHORITY]);
    const voted = { ...change, ballot: addressOf('ballot') };
    expect(client.withdrawalProblem(voted, pool, actors.founder)).toBe(client.BREAKWATER_ERROR__CHANGE_BY_BALLOT);
  });

  test.each([
    [ChangeState.Proposed, BondState.Held, ChangeStanding.Voting, false],
    [ChangeState.Applied, BondState.Collected, ChangeStanding.Applied, true],
    [ChangeState.Applied, BondState.Due, ChangeStanding.Applied, false],
    [ChangeState.Refused, BondState.Slashed, ChangeStanding.Refused, true],
    [ChangeState.Withdrawn, BondState.Collected, ChangeStanding.Withdrawn, true],
  ])('in state %i with a bond in state %i is %s', (state, bondState, standing, over) => {
    const other = { ...change, state, bondState };
    expect(client.changeStanding(other, pool, from)).toBe(standing);
    expect(client.changeOverProblem(other, pool, from) === undefined).toBe(over);
    expect(client.changeBondProblem(other) === undefined).toBe(bondState === BondState.Due);
  });
});

const KINDS = Object.keys(ProposalKind).filter((name) => Number.isNaN(Number(name))) as client.Proposal['__kind'][];
const OF_PRODUCT = ['List', 'Delist', 'Weight', 'Curve', 'Bonds'];

test.each(KINDS)('%s shows what holds now, and is stored as it is read', (kind) => {
  const ofProduct = OF_PRODUCT.includes(kind);
  const values = client.valuesNow(kind, pool, ofProduct ? product : undefined);
  // Of a product on sale, that it is on sale.
  expect(product.status).toBe(ProductStatus.OnSale);
  expect(values.__kind).toBe(kind === 'Delist' ? 'List' : kind);
  const stored = new Uint8Array(change.proposal.length);
  stored.set(client.getProposalEncoder().encode(values));
  expect(client.readProposal(stored)).toEqual(values);
  expect(() => client.valuesNow(kind, pool, ofProduct ? undefined : product)).toThrow(
    client.getBreakwaterErrorMessage(client.BREAKWATER_ERROR__CHANGE_PRODUCT),
  );
});

test('raises what LPs risk, or does not, by what holds now', () => {
  const { leverageBps } = pool;
  // It only falls.
  const leverage = (bps: number) => client.raisesRisk({ __kind: 'Leverage', leverageBps: bps }, pool);
  expect([leverage(leverageBps + 1), leverage(leverageBps), leverage(leverageBps - 1)]).toEqual([false, false, false]);
  const sale = (__kind: 'List' | 'Delist') => client.raisesRisk({ __kind }, pool, product);
  expect([sale('List'), sale('Delist')]).toEqual([true, false]);
});

test('of the authority is applied by the one it names', () => {
  const stored = new Uint8Array(change.proposal.length);
  stored.set(client.getProposalEncoder().encode(client.proposal('Authority', { authority: actors.lp })));
  const handover = { ...change, proposal: stored };
  const by = (who: client.Pool['authority'], now = change.appliesAt) =>
    client.handoverProblem(handover, pool, who, now);
  expect(by(actors.lp)).toBeUndefined();
  expect(by(actors.lp, change.appliesAt - 1n)).toBe(client.BREAKWATER_ERROR__CHANGE_NOT_DUE);
  expect(by(actors.buyer)).toBe(client.BREAKWATER_ERROR__NOT_NEW_AUTHORITY);
  expect(client.handoverProblem(change, pool, actors.lp, change.appliesAt)).toBe(
    client.BREAKWATER_ERROR__NOT_NEW_AUTHORITY,
  );
});

test('of what wallets show of the shares is words of the right lengths', () => {
  const texts = { name: 'Breakwater shares', symbol: 'BWS', uri: 'https://example.org' };
  const words = client.shareWords(texts);
  expect(client.textsOf(words)).toEqual(texts);
  expect(client.SHARE_WORD_BYTES).toEqual({ name: 32, symbol: 10, uri: 128 });
  const refused = (some: Partial<client.ShareTexts>) =>
    client.attempt(() => client.shareWords({ ...texts, ...some })).problem;
  expect(refused({ name: '' })).toBe(client.BREAKWATER_ERROR__BAD_SHARE_WORDS);
  expect(refused({ symbol: 'x'.repeat(11) })).toBe(client.BREAKWATER_ERROR__TEXT_TOO_LONG);
  expect(client.textsOf(client.NO_SHARE_WORDS)).toEqual({ name: '', symbol: '', uri: '' });
});
