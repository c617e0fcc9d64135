import {
  BREAKWATER_PROGRAM_ADDRESS,
  NOBODY,
  ProductStatus,
  shareWords,
  type Proposal,
  type ShareWords,
} from '@breakwater/client';
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { changeRows, proposalTitle, proposalWords, riskRows, rowWords } from '../src/lib/change-words';
import { pool, product, TOKEN, UNITS } from './samples';

const caps = Array<number>(16).fill(20_000);
const now = pool({
  minPremium: TOKEN,
  voteReward: 20n * TOKEN,
  assessorsLimit: 1_000_000n * TOKEN,
  timelock: 9n * 86_400n,
  stakeFloor: TOKEN,
  exitDelayDays: 7,
  seasonDays: 14,
  leverageBps: 20_000,
  groupCapsBps: caps,
  protocolFeeBps: 500,
  assessorFeeBps: 500,
  cancelFeeBps: 500,
});
const lending = product({ weightBps: 10_000, r0Ppm: 20_000, r1Ppm: 50_000, r2Ppm: 200_000, kinkBps: 8_000 });
const rows = (proposal: Proposal) => changeRows(proposal, UNITS, { pool: now });
const productRows = (proposal: Proposal, of = lending) => changeRows(proposal, UNITS, { pool: now, product: of });

describe('old and new in words', () => {
  test('of the pool', () => {
    expect(rows({ __kind: 'CancelFee', cancelFeeBps: 100 })).toEqual([
      { name: 'Cancellation fee', from: '5%', to: '1%' },
    ]);
    expect(rows({ __kind: 'CancelFee', cancelFeeBps: 500 })).toEqual([]);
    expect(rows({ __kind: 'Timelock', timelock: 30n * 86_400n })).toEqual([
      { name: 'Changes wait', from: '9 days', to: '30 days' },
    ]);
  });
  test('of what its court must be worth', () => {
    expect(rows({ __kind: 'StakeFloor', stakeFloor: 2n * TOKEN })).toEqual([
      { name: 'Floor of the court’s stake', from: '1.00 votes', to: '2.00 votes' },
    ]);
    expect(rows({ __kind: 'CoverPerStake', coverPerStake: 500n * TOKEN })).toEqual([
      { name: 'Cover for each 1,000.00 votes staked', from: 'no limit', to: '500.00 USDC' },
    ]);
  });
  test('of one group', () => {
    expect(rows({ __kind: 'GroupCap', group: 3, capBps: 5_000 })).toEqual([
      { name: 'Cap of group 3', from: '200%', to: '50%' },
    ]);
  });
  test('of a product', () => {
    expect(productRows({ __kind: 'Weight', weightBps: 5_000 })).toEqual([
      { name: 'Capacity, of the free capital', from: '100%', to: '50%' },
    ]);
    const curve = { r0Ppm: 20_000, r1Ppm: 60_000, r2Ppm: 200_000, kinkBps: 8_000 };
    expect(productRows({ __kind: 'Curve', fields: [curve] })).toEqual([
      { name: 'Price at the kink', from: '5% a year', to: '6% a year' },
    ]);
    expect(productRows({ __kind: 'Delist' })).toEqual([{ name: 'Sale', from: 'for sale', to: 'not for sale' }]);
    const draft = product({ status: ProductStatus.Draft });
    expect(productRows({ __kind: 'List' }, draft)).toEqual([{ name: 'Sale', from: 'not for sale', to: 'for sale' }]);
  });
  test('of people, who may be nobody', () => {
    expect(rows({ __kind: 'Guardian', guardian: NOBODY })).toEqual([]);
    expect(rows({ __kind: 'Arbiter', arbiter: BREAKWATER_PROGRAM_ADDRESS })).toEqual([
      { name: 'Arbiter', from: 'nobody', to: 'Brea…1111' },
    ]);
  });
});

describe('what can raise the risk', () => {
  const page = readFileSync(new URL('../../docs/parameters.md', import.meta.url), 'utf8');
  const [, table = ''] = page.split('## Kinds of changes');
  const documented = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)];

  test('is what the documents say, of every kind', () => {
    expect(documented.length).toBe(riskRows().length);
    expect(Object.fromEntries(riskRows().map(({ kind, raises }) => [kind, raises]))).toEqual(
      Object.fromEntries(documented.map(([, kind, raises]) => [kind, raises])),
    );
  });
  test('names the changes as their list does', () => {
    expect(riskRows()).toContainEqual({ kind: 'Delist', title: proposalTitle({ __kind: 'Delist' }), raises: 'never' });
    expect(riskRows()).toContainEqual({ kind: 'GroupCap', title: 'Another cap of a group', raises: 'when it rises' });
  });
});

describe('the words of the shares', () => {
  const words = (name: string, symbol: string, uri = ''): ShareWords => shareWords({ name, symbol, uri });
  const proposal: Proposal = { __kind: 'Shares', fields: [words('Harbour shares', 'HRB')] };

  test('are compared with those of the mint', () => {
    const mint = words('Breakwater shares', 'HRB', 'https://example.org');
    expect(changeRows(proposal, UNITS, { pool: now, words: mint })).toEqual([
      { name: 'Name of the shares', from: 'Breakwater shares', to: 'Harbour shares' },
      { name: 'Link', from: 'https://example.org', to: 'none' },
    ]);
  });
  test('are said alone where those of the mint are not known', () => {
    expect(rows(proposal).map(rowWords)).toEqual(['name of the shares Harbour shares', 'symbol HRB', 'link none']);
  });
});

test('every kind has a title, which names its product', () => {
  expect(proposalTitle({ __kind: 'List' })).toBe('Put a product on sale');
  expect(proposalTitle({ __kind: 'Weight' }, 'Lending exploit')).toBe('Another capacity of Lending exploit');
  expect(proposalWords({ __kind: 'Weight', weightBps: 5_000 }, UNITS)).toBe('Capacity, of the free capital 50%');
});
