import * as client from '@breakwater/client';
import { ChangeState, ClaimState, DAY, ProductStatus } from '@breakwater/client';
import { describe, expect, test } from 'vitest';
import {
  ballotStatus,
  ballotWords,
  changeStatus,
  claimStatus,
  incidentStatus,
  isChangePending,
  isHandover,
  leaversWords,
  notExtended,
  notOpenWords,
  paymentWords,
  policyStatus,
  productStatus,
  riskOf,
  rivalWords,
  saleWords,
  triggerOf,
} from '../src/lib/words';
import { assembly, ballot, change, claim, policy, pool, product } from './samples';

const NOW = 1_800_000_000n;

/** A pool that sells. */
const open = pool({ openedAt: 1n, sellsFrom: 1n });

describe('products', () => {
  const onSale = product({ status: ProductStatus.OnSale });
  const reported = product({ status: ProductStatus.OnSale, line: { ...onSale.line, open: 1 } });
  const breach = { ...onSale.price, startedAt: 5n };

  test('say why they are not sold', () => {
    expect(productStatus(onSale)).toBeUndefined();
    expect(saleWords(open, onSale, NOW)).toBeUndefined();
    expect(productStatus(product({ status: ProductStatus.Draft }))?.text).toBe('Draft: not for sale yet');
    expect(saleWords(open, product({ status: ProductStatus.Draft }), NOW)).toMatch(/is a draft/);
    expect(productStatus(product({ status: ProductStatus.Delisted }))?.text).toBe('No longer for sale');
    expect(saleWords(open, reported, NOW)).toMatch(/incident of this product is open/);
    expect(saleWords(open, product({ price: breach }), NOW)).toMatch(/price above the strike/);
    expect(saleWords(open, product({ price: { ...onSale.price, awaitsRecovery: 1 } }), NOW)).toMatch(/strike/);
  });

  test('are not sold while the pool is paused, and that ends by itself; policies can be extended', () => {
    const paused = { ...open, pausedUntil: NOW + DAY };
    expect(saleWords(paused, onSale, NOW)).toBe('Sales are paused until 16 Jan 2027, 08:00 UTC.');
    expect(saleWords(paused, onSale, NOW + DAY)).toBeUndefined();
    expect(notExtended(onSale)).toBeUndefined();
  });

  test('with an open incident are not sold, but extended', () => {
    expect(saleWords(open, reported, NOW)).toBe(
      'Nothing is sold while an incident of this product is open. Policies of it can be extended.',
    );
    expect(notExtended(reported)).toBeUndefined();
    expect(notExtended(product({ status: ProductStatus.Delisted }))).toMatch(/no longer for sale/);
  });

  test('are not sold before the pool is open', () => {
    expect(saleWords(pool(), onSale, NOW)).toMatch(/^This pool is not open yet/);
    const announced = pool({ openedAt: NOW, sellsFrom: NOW + DAY });
    expect(saleWords(announced, onSale, NOW)).toBe(
      'This pool was announced open; it sells cover from 16 Jan 2027, 08:00 UTC.',
    );
    expect([NOW, NOW + DAY].map((now) => notOpenWords(announced, now) === undefined)).toEqual([false, true]);
  });

  test('are not sold while their court has less stake than the pool asks for', () => {
    const asks = product({ status: ProductStatus.OnSale, stakeFloor: 5n });
    const courts = [4n, 5n].map((totalStaked) => assembly({ totalStaked }));
    const words = courts.map((court) => saleWords(open, asks, NOW, court));
    expect(words).toEqual([expect.stringMatching(/^Nothing is sold until the court has as much stake/), undefined]);
  });

  test('name their risk and who decides', () => {
    const { Exploit, LiquidationShortfall } = client.RiskKind;
    const kinds = [Exploit, LiquidationShortfall, 99].map((riskKind) => riskOf({ riskKind }));
    expect(kinds).toEqual(['Exploit', 'Liquidation shortfall', 'Other']);
    const { Jury, Price, Authority } = client.Trigger;
    expect([Jury, Price, Authority].map((trigger) => triggerOf({ trigger }))).not.toContain('Unknown');
  });
});

describe('changes', () => {
  test('of the same say which of them holds in the end', () => {
    const [first, second, third] = [3n, 4n, 5n].map((id, at) =>
      change({ state: ChangeState.Queued, id, number: BigInt(at + 1) }),
    ) as [client.Change, client.Change, client.Change];
    const ofFees = { ...second, proposal: new Uint8Array(256).fill(client.ProposalKind.CancelFee, 0, 1) };
    const voted = change({ id: 9n });
    const told = (of: client.Change) => rivalWords(of, [first, ofFees, third, voted]);
    expect(told(first)).toBe('The same is set by change 5, queued later: in the end that holds.');
    expect(told(third)).toBe('The same is set by change 3, queued before: in the end this one holds.');
    expect([told(ofFees), told(voted)]).toEqual(['', '']);
  });

  const nine = pool({ timelock: 9n * DAY });
  const queued = change({ state: ChangeState.Queued, number: 1n, queuedAt: NOW, appliesAt: NOW + 9n * DAY });
  const marked = { ...queued, readyAt: NOW + 10n * DAY };
  const at = (now: bigint, in_ = nine, of = queued) => changeStatus(of, in_, now);

  test('wait, can be applied, and lapse', () => {
    expect(at(NOW).text).toBe('Waiting');
    expect(at(NOW).note).toBe('It can be applied from 24 Jan 2027, 08:00 UTC.');
    expect(at(NOW + 10n * DAY).text).toBe('Can be applied');
    const late = NOW + (9n + 575n + 30n) * DAY;
    expect([late - 1n, late].map((now) => at(now).text)).toEqual(['Can be applied', 'Lapsed']);
    expect([NOW, late].map((now) => isChangePending(queued, nine, now))).toEqual([true, false]);
    expect(at(NOW + 10n * DAY, nine, marked).note).toBe(
      'Anyone can apply it until 24 Feb 2027, 08:00 UTC; then it lapses.',
    );
    const lapsed = at(NOW + 40n * DAY, nine, marked);
    expect([lapsed.text, lapsed.note]).toEqual(['Lapsed', 'Nobody applied it until 24 Feb 2027, 08:00 UTC.']);
    expect(leaversWords({ ...queued, exitsUntil: NOW + DAY })).toBe(
      'Everybody who asks to leave until 16 Jan 2027, 08:00 UTC leaves before it.',
    );
  });

  test('are moved by no timelock that is set later', () => {
    expect(at(NOW + 9n * DAY, pool({ timelock: 20n * DAY })).text).toBe('Can be applied');
  });

  test('fall with the authority that queued them', () => {
    const { text, note } = changeStatus(queued, pool({ handedOver: queued.number }), NOW);
    expect([text, note]).toEqual(['Withdrawn', 'It fell with the authority that queued it.']);
  });

  test('of the authority are applied by the one they name', () => {
    const proposal = new Uint8Array(queued.proposal.length);
    proposal.set(client.getProposalEncoder().encode(client.proposal('Authority', { authority: client.NOBODY })));
    const handover = { ...marked, proposal };
    expect(isHandover(handover)).toBe(true);
    const note = (now: bigint) => changeStatus(handover, nine, now).note;
    expect(note(NOW)).toBe('The one it names can take the authority over from 24 Jan 2027, 08:00 UTC.');
    expect(note(NOW + 10n * DAY)).toMatch(/^The one it names can take the authority over until 24 Feb 2027/);
  });

  test('say how they ended', () => {
    const { Proposed, Queued, Applied, Refused, Withdrawn } = ChangeState;
    const texts = [Proposed, Queued, Applied, Refused, Withdrawn].map(
      (state) => changeStatus(change({ state, number: 1n }), pool(), NOW).text,
    );
    expect(texts).toEqual(['Being voted on', 'Lapsed', 'Applied', 'Refused', 'Withdrawn']);
  });
});

test('policies say whether they cover', () => {
  const today = client.dayOf(NOW);
  const until = client.startOf(today + 10n);
  const live = policy({ boughtAt: NOW - DAY, coverFrom: NOW, end: until, releaseDay: today + 40n });
  const at = (now: bigint, some: Partial<client.Policy> = {}) => policyStatus({ ...live, ...some }, now).text;
  const released = client.startOf(today + 40n);
  expect([NOW - 1n, NOW, until - 1n, until, released - 1n, released].map((now) => at(now))).toEqual([
    'Waiting period',
    'Covered',
    'Covered',
    'Ended, can still claim',
    'Ended, can still claim',
    'Over',
  ]);
  // One that was cancelled before its cover began has covered nothing.
  const early = { cancelledAt: NOW, end: NOW - 1n, releaseDay: today + 30n };
  expect(at(NOW - 2n, early)).toBe('Cancelled, ends today');
  expect(at(NOW, early)).toBe('Over');
  expect(at(NOW, { cancelledAt: NOW })).toBe('Cancelled, ends today');
  // What counts is the day of the release, which cancelling moves.
  expect(at(until, { cancelledAt: NOW, releaseDay: today + 10n })).toBe('Over');
});

test('incidents, claims and ballots have words for every state', () => {
  const { Open, Accepted, Refused, Settled, Rejected } = client.IncidentState;
  expect([Open, Accepted, Refused, Settled, Rejected, 99].map((state) => incidentStatus({ state }).text)).toEqual([
    'Not decided',
    'Counts: to be settled',
    'Does not count',
    'Settled',
    'Rejected',
    'Unknown',
  ]);
  const claims = (some: Partial<client.Claim>) => claimStatus(claim({ amount: 2n, ...some })).text;
  const disputed = { disputer: client.BREAKWATER_PROGRAM_ADDRESS };
  expect(claims({ state: ClaimState.Filed })).toBe('Filed');
  expect(claims({ state: ClaimState.Disputed })).toBe('Disputed');
  expect(claims({ state: ClaimState.Settled })).toBe('Settled');
  expect(claims({ state: ClaimState.Rejected, ...disputed })).toBe('Rejected');
  expect(claims({ state: ClaimState.Decided, ...disputed })).toBe('Dispute decided');
  // What a price decides was never disputed.
  expect(claims({ state: ClaimState.Decided })).toBe('Filed');
  expect(claims({ state: ClaimState.Settled, paid: 1n })).toBe('Paid in part');
  expect(claims({ state: ClaimState.Settled, paid: 2n })).toBe('Paid');
  expect(claims({ state: 99 })).toBe('Unknown');

  const comes = (state: ClaimState, incident: client.IncidentState, sureBps = 10_000, from?: bigint) =>
    paymentWords({ from, sureBps }, { state: incident }, { state }, NOW);
  const { Filed, Disputed, Decided: Stands } = ClaimState;
  const { Open: Undecided, Accepted: Counts } = client.IncidentState;
  expect(comes(Filed, Undecided, 0)).toBe('It is paid when the incident is settled.');
  expect(comes(Filed, Counts, 0, NOW)).toMatch(/^It is paid when the incident is settled, from .* UTC on\.$/);
  expect(comes(Filed, Undecided)).toBe('If the incident counts, it is paid in full before the settlement.');
  expect(comes(Filed, Counts, 10_000, NOW + 1n)).toMatch(
    /^It is paid in full from .* UTC on, unless somebody disputes/,
  );
  expect(comes(Stands, Counts, 10_000, NOW)).toBe('It can be paid in full now, before the incident is settled.');
  expect(comes(Disputed, Counts)).toBe('It is paid as soon as a ballot has decided how much of it stands.');
  expect(comes(Filed, Counts)).toBe('It is paid in full once the earlier reports on the product have ended.');
  // Where more is covered than there is, what is sure comes first.
  expect(comes(Filed, Undecided, 6_666)).toBe(
    'If the incident counts, 66.66% of it is paid before the settlement; what else there is comes at the settlement.',
  );
  expect(comes(Stands, Counts, 6_666, NOW)).toBe(
    '66.66% of it can be paid now, before the incident is settled; what else there is comes at the settlement.',
  );

  const { Passed, Failed, Decided } = client.BallotState;
  const open = ballot({ opensAt: NOW, closesAt: NOW + 10n, finalAt: NOW + 30n });
  expect([NOW - 1n, NOW, NOW + 10n].map((now) => ballotStatus(open, now).text)).toEqual([
    'Opens soon',
    'Voting',
    'Waits to be closed',
  ]);
  const ended = [Passed, Failed].map((state) => ({ ...open, state }));
  expect(ended.map((one) => ballotStatus(one, NOW).text)).toEqual(['Passed', 'Failed']);
  expect(ballotStatus({ ...open, state: Decided, level: 9 }, NOW).text).toBe('Decided: 9/16 stand');
  const appealed = { ...open, round: client.Round.Appeal };
  expect(ballotStatus(appealed, NOW).text).toBe('Appeal: voting');
  expect(ballotStatus({ ...appealed, state: Passed }, NOW).text).toBe('Passed on appeal');
  const asleep = { ...open, state: Failed, quorumWeight: 1n, arbiter: client.BREAKWATER_PROGRAM_ADDRESS };
  const words = [...ended, asleep].map((one) => ballotWords(one, NOW).replace(/ until .*/, ''));
  expect(words).toEqual(['it can be appealed', 'it can be appealed', 'too few voted; the arbiter can decide']);
  expect(ballotWords(ended[0]!, NOW + 30n)).toMatch(/^final since 15 Jan 2027/);
});

test('every error of the program has words', () => {
  const codes = Object.entries(client).flatMap(([name, code]) =>
    name.startsWith('BREAKWATER_ERROR__') && typeof code === 'number' ? [code] : [],
  );
  expect(codes.length).toBeGreaterThan(100);
  for (const code of codes) {
    const words = client.programErrorWords(client.BREAKWATER_PROGRAM_ADDRESS, code);
    expect(words, String(code)).not.toMatch(/refused with error|^$/);
  }
});
