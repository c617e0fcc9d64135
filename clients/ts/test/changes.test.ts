import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY } from '../src';
import { actors, addressOf, bytesOf } from './life';

const pool = client.getPoolDecoder().decode(bytesOf('pool'));
const product = client.getProductDecoder().decode(bytesOf('product'));
const change = client.getChangeDecoder().decode(bytesOf('change'));

test('a real change says what it sets', () => {
  expect(change).toMatchObject({ pool: addressOf('pool'), proposer: actors.founder, product: client.NOBODY, id: 0n });
  expect(client.readProposal(change.proposal)).toEqual({
    __kind: 'Fees',
    fields: [{ ...client.feesOf(pool), cancelFeeBps: 100 }],
  });
});

describe('a queued change', () => {
  const from = client.appliesFrom(change, pool);
  const lapses = from + 30n * DAY;

  test('waits, can be applied, and lapses', () => {
    expect(from).toBe(change.queuedAt + 9n * DAY);
    const at = [from - 1n, from, lapses - 1n, lapses];
    expect(at.map((now) => client.changeStanding(change, pool, now))).toEqual(['waiting', 'ready', 'ready', 'lapsed']);
    expect(at.map((now) => client.isChangeOver(change, now))).toEqual([false, false, false, true]);
  });

  test('waits longer when the timelock became longer, never shorter', () => {
    expect(client.appliesFrom(change, { timelock: 20n * DAY })).toBe(change.queuedAt + 20n * DAY);
    expect(client.appliesFrom(change, { timelock: DAY })).toBe(from);
  });

  test.each([
    [client.CHANGE_STATE.proposed, client.BOND_STATE.held, 'voting', false],
    [client.CHANGE_STATE.applied, client.BOND_STATE.collected, 'applied', true],
    [client.CHANGE_STATE.applied, client.BOND_STATE.due, 'applied', false],
    [client.CHANGE_STATE.refused, client.BOND_STATE.slashed, 'refused', true],
    [client.CHANGE_STATE.withdrawn, client.BOND_STATE.collected, 'withdrawn', true],
  ])('in state %i with a bond in state %i is %s', (state, bondState, standing, over) => {
    const other = { ...change, state, bondState };
    expect(client.changeStanding(other, pool, from)).toBe(standing);
    expect(client.isChangeOver(other, from)).toBe(over);
  });
});

const KINDS = [
  'PoolLimits',
  'Fees',
  'List',
  'Delist',
  'Weight',
  'Curve',
  'Authority',
  'Guardian',
  'Arbiter',
  'Treasury',
];

test.each(KINDS as client.Proposal['__kind'][])('%s shows what holds now, and is stored as it is read', (kind) => {
  const values = client.valuesNow(kind, pool, product);
  // Of a product on sale, that it is on sale.
  expect(values.__kind).toBe(kind === 'Delist' ? 'List' : kind);
  const stored = new Uint8Array(change.proposal.length);
  stored.set(client.getProposalEncoder().encode(values));
  expect(client.readProposal(stored)).toEqual(values);
  if (client.isOfProduct(kind)) expect(() => client.valuesNow(kind, pool)).toThrow('is of a product');
  else expect(client.valuesNow(kind, pool)).toEqual(values);
});
