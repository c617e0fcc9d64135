// What the core says of accounts, most of them of the life that was recorded, some of them changed.
import { describe, expect, test } from 'vitest';
import * as client from '../src';
import { BallotState, BondState, ClaimState, DAY, IncidentState, PolicyStanding, ProductStatus } from '../src';
import { addressOf, bytesOf } from './life';

const pool = client.getPoolDecoder().decode(bytesOf('pool'));
const product = client.getProductDecoder().decode(bytesOf('product'));
const policy = client.getPolicyDecoder().decode(bytesOf('policy'));
const incident = client.getIncidentDecoder().decode(bytesOf('incident'));
const claim = client.getClaimDecoder().decode(bytesOf('claim'));
const ballot = client.getBallotDecoder().decode(bytesOf('ballot'));
const voter = client.getVoterDecoder().decode(bytesOf('voter'));
const assembly = client.getAssemblyDecoder().decode(bytesOf('assembly'));
const zero = <Data>(kind: { decode: (bytes: Uint8Array) => Data }): Data => kind.decode(new Uint8Array(20_000));
const record = zero(client.getVoteRecordDecoder());
/** The recorded life ends here. */
const NOW = pool.accruedAt;
const OTHER = client.BREAKWATER_PROGRAM_ADDRESS;
const open = { ...incident, state: IncidentState.Open, filingEndsAt: NOW + DAY, disputesEndAt: NOW + 2n * DAY };
/** A voter in the ballot, who voted for. */
const mine = { ...record, ballot: addressOf('ballot'), level: client.FOR, firstLevel: client.FOR, weight: 500n };

describe('an account', () => {
  test('is read once, and never again from other bytes', () => {
    expect(client.owed(pool)).toBe(client.owed(pool));
    expect(client.owed({ ...pool, capital: pool.capital + 1n })).toBe(client.owed(pool) + 1n);
  });
  test('that the program does not know is refused', () => {
    const unknown = { ...ballot, state: 9 };
    expect(client.attempt(() => client.ballotStanding(unknown, NOW)).problem).toBe(
      client.BREAKWATER_ERROR__UNKNOWN_STATE,
    );
    expect(() => client.ballotStanding(unknown, NOW)).toThrow('The account holds an unknown state');
  });
});

describe('a pool', () => {
  test('earns by the second, and what it earned was unearned before', () => {
    const later = client.accrue({ ...pool, rate: 5n << 26n, unearned: 1_000n, rateRing: pool.rateRing }, NOW + 10n);
    expect([later.capital - pool.capital, later.unearned]).toEqual([50n, 950n]);
    expect(later.accruedAt).toBe(NOW + 10n);
  });
  test('mints shares and pays for them what they are worth, rounded down', () => {
    const bare = { ...pool, incomeRate: 0n, incomeEndDay: 0n };
    expect(client.quoteDeposit({ ...bare, capital: 0n, shares: 0n }, 5n, NOW)).toBe(5_000n);
    // 1,999 atoms back 1,000,000 shares: 5 atoms buy 5 × 1,001,000 / 2,000 of them.
    const grown = { ...bare, capital: 1_999n, shares: 1_000_000n };
    expect(client.quoteDeposit(grown, 5n, NOW)).toBe(2_502n);
    expect(client.sharesWorth(grown, 2_502n)).toBe(4n);
  });
  test('asks more for shares while income streams of cover that was paid', () => {
    const bare = { ...pool, incomeRate: 0n, incomeEndDay: 0n };
    expect(pool.incomeRate).toBeGreaterThan(0n);
    expect(client.quoteDeposit(pool, 1_000n, NOW)).toBeLessThan(client.quoteDeposit(bare, 1_000n, NOW));
    expect(client.sharesWorth(pool, 1_000_000n)).toBe(client.sharesWorth(bare, 1_000_000n));
  });
  test('carries cover with what is neither set aside nor on its way out', () => {
    const books = {
      ...pool,
      capital: 1_000n,
      heldBack: 0n,
      shares: 1_000_000n,
      exitingShares: 0n,
      seasonedShares: 1_000_000n,
    };
    expect(client.freeCapital(books, NOW)).toBe(1_000n);
    expect(client.freeCapital({ ...books, heldBack: 500n }, NOW)).toBe(500n);
    // A share on its way out keeps a whole atom.
    expect(client.freeCapital({ ...books, exitingShares: 1n, seasonedShares: 999_999n }, NOW)).toBe(999n);
    expect(client.setAside({ ...books, heldBack: 1_800n })).toBe(1_000n);
    expect(client.coverLimit({ ...books, leverageBps: 20_000 }, NOW)).toBe(2_000n);
    expect(client.groupLimit({ ...books, groupCapsBps: Array<number>(16).fill(5_000) }, 3, NOW)).toBe(500n);
    expect(client.utilisationBps({ ...books, leverageBps: 20_000, activeCover: 500n }, NOW)).toBe(2_500);
    expect(client.coverageBps({ ...books, activeCover: 500n }, NOW)).toBe(20_000);
    expect(client.coverageBps({ ...books, activeCover: 0n }, NOW)).toBeUndefined();
  });
  test('carries cover with what stayed for a season, and says what does when', () => {
    const today = client.dayOf(NOW);
    // 1,000,000 shares until the day before yesterday, twice as many since yesterday, thrice since today.
    const seasonRing = Array.from({ length: 32 }, () => 1_000_000n);
    seasonRing[Number((today - 1n) % 32n)] = 2_000_000n;
    seasonRing[Number(today % 32n)] = 2_000_000n;
    const shares = 3_000_000n;
    const rising = { ...pool, capital: 3_000n, shares, exitingShares: 0n, seasonedShares: 1_000_000n };
    const books = { ...rising, seasonRing, seasonDays: 3, heldBack: 0n, unearned: 0n, rate: 0n };
    expect(client.freeCapital(books, NOW)).toBe(1_000n);
    const [now, soon, last] = client.seasonsOf(books, NOW);
    expect(now).toEqual({ from: NOW, capital: 1_000n });
    expect(soon?.from).toBe(client.startOf(today + 2n));
    expect(last?.from).toBe(client.startOf(today + 4n));
    expect(client.seasonsOf(books, NOW)).toHaveLength(3);
    // A pool that nobody touched says the same on the day as it said before.
    expect(client.freeCapital(books, last!.from)).toBe(last!.capital);
    expect(client.stayingCapital(books, NOW)).toBe(last!.capital);
    expect(client.countsFrom(books, NOW)).toBe(client.startOf(today + 4n));
    // Before the sales begin nothing carries cover.
    const later = client.startOf(today + 3n);
    const opening = { ...books, sellsFrom: later };
    expect(client.seasonsOf(opening, NOW)).toEqual([{ from: later, capital: soon!.capital }, last]);
  });
  test('is paused until a time, and not too long', () => {
    const paused = { ...pool, pausedUntil: NOW + 5n, nextPauseAt: NOW + 9n };
    expect([NOW + 4n, NOW + 5n].map((now) => client.pausedUntil(paused, now))).toEqual([NOW + 5n, undefined]);
    expect(client.depositProblem(paused, NOW)).toBe(client.BREAKWATER_ERROR__PAUSED);
    expect(client.pauseProblem(paused, DAY, NOW)).toBe(client.BREAKWATER_ERROR__PAUSE_TOO_SOON);
    expect(client.pauseProblem(paused, client.MAX_PAUSE + 1n, NOW)).toBe(client.BREAKWATER_ERROR__PAUSE_TOO_LONG);
    expect(client.pauseProblem(paused, client.MAX_PAUSE, NOW + 9n)).toBeUndefined();
  });
});

describe('an opening', () => {
  const closed = { ...pool, openedAt: 0n, sellsFrom: 0n, exitDelayDays: 7, seasonDays: 1 };
  test('is announced once, and cover is sold after the longest wait', () => {
    const midnight = (days: bigint) => client.startOf(client.dayOf(NOW) + days + 1n);
    expect(client.sellsFromIfOpened(closed, NOW)).toBe(midnight(9n));
    expect(client.sellsFromIfOpened({ ...closed, seasonDays: 14 }, NOW)).toBe(midnight(14n));
    expect(client.openingProblem(pool, NOW)).toBe(client.BREAKWATER_ERROR__POOL_IS_OPEN);
    const opened = { ...closed, openedAt: NOW, sellsFrom: NOW + 9n * DAY };
    expect([NOW + 9n * DAY - 1n, NOW + 9n * DAY].map((now) => client.sellingProblem(opened, now))).toEqual([
      client.BREAKWATER_ERROR__POOL_NOT_OPEN,
      undefined,
    ]);
  });
  test('lets LPs leave at once for seven days more', () => {
    const books = { ...closed, capital: 1_999n, shares: 1_000_000n };
    expect(client.withdrawalEnds(books)).toBeUndefined();
    expect(client.quoteWithdrawal(books, 2_502n, NOW)).toBe(4n);
    const opened = { ...books, openedAt: NOW - 7n * DAY + 1n };
    expect(client.withdrawalEnds(opened)).toBe(NOW + 1n);
    expect([NOW, NOW + 1n].map((now) => client.leavingAtOnceProblem(opened, now))).toEqual([
      undefined,
      client.BREAKWATER_ERROR__LEAVING_TAKES_TIME,
    ]);
    expect(() => client.quoteWithdrawal(opened, 1n, NOW + 1n)).toThrow(client.Refusal);
  });
});

describe('a depositor', () => {
  test('is refused on other terms, or beside more liens, than they have seen', () => {
    const seen = client.seenOf({ ...pool, heldBack: 5n });
    expect(seen).toEqual({ terms: pool.terms, maxLiens: 5n });
    expect(client.depositProblem(pool, NOW)).toBeUndefined();
    expect(client.depositProblem(pool, NOW, { ...seen, terms: seen.terms + 1n })).toBe(
      client.BREAKWATER_ERROR__TERMS_CHANGED,
    );
    expect(client.depositProblem({ ...pool, heldBack: 6n }, NOW, seen)).toBe(client.BREAKWATER_ERROR__LIENS_TOO_HIGH);
  });
});

describe('shares of a pool that was wiped out', () => {
  const wiped = {
    ...pool,
    capital: 399n,
    unearned: 0n,
    rate: 0n,
    shares: 1_000_000n * 1_000n,
    activeCover: 0n,
    coverRing: Array<bigint>(512).fill(0n),
    exitHead: pool.exitCount,
  };
  test('are retired, but for exits and cover, and redeemed for their part', () => {
    expect(client.depositProblem(wiped, NOW)).toBe(client.BREAKWATER_ERROR__POOL_DEPLETED);
    expect(client.quoteRetirement(wiped, NOW)).toEqual({ shares: wiped.shares, capital: 399n });
    const needed = client.BREAKWATER_ERROR__POOL_NOT_DEPLETED;
    expect(client.retirementProblem({ ...wiped, activeCover: 1n }, NOW)).toBe(needed);
    expect(client.retirementProblem({ ...wiped, exitHead: pool.exitCount - 1n }, NOW)).toBe(needed);
    expect(client.retirementProblem(pool, NOW)).toBe(needed);
    const retired = { ...zero(client.getRetiredDecoder()), shares: 1_000n, capital: 399n };
    expect(client.quoteRedemption(retired, 500n)).toBe(199n);
    expect(() => client.quoteRedemption(retired, 1_001n)).toThrow(client.Refusal);
  });
});

describe('cover', () => {
  const curve = { ...product, r0Ppm: 20_000, r1Ppm: 50_000, r2Ppm: 200_000, kinkBps: 8_000 };
  test('costs a rate that runs straight from 0 to the kink and on to 1', () => {
    expect([0, 4_000, 8_000, 9_000, 10_000, 12_000].map((at) => client.rateAt(curve, at))).toEqual([
      20_000, 35_000, 50_000, 125_000, 200_000, 200_000,
    ]);
    const books = { ...pool, capital: 1_000_000n, heldBack: 0n, exitingShares: 0n };
    const rateOf = (activeCover: bigint) => client.rateNow(books, { ...curve, weightBps: 10_000, activeCover }, NOW);
    expect([0n, 1n, 800_001n, 2_000_000n].map(rateOf)).toEqual([20_000, 20_001, 50_001, 200_000]);
  });
  test('is quoted as the program sells it, or refused as it refuses', () => {
    const cover = { amount: 1_000_000_000n, termDays: 30 };
    const quote = client.quoteCover(pool, product, assembly, cover, NOW);
    expect(quote.coverFrom).toBe(NOW + DAY);
    expect(quote.premium).toBeGreaterThan(0n);
    expect(client.productCapacity(pool, product, NOW)).toBe(client.freeCapital(pool, NOW));
    const refused = (other: Partial<typeof cover>, some: Partial<client.Product> = {}) =>
      client.attempt(() => client.quoteCover(pool, { ...product, ...some }, assembly, { ...cover, ...other }, NOW))
        .problem;
    expect(refused({ amount: 1n })).toBe(client.BREAKWATER_ERROR__AMOUNT_OUT_OF_BOUNDS);
    expect(refused({ termDays: 366 })).toBe(client.BREAKWATER_ERROR__TERM_OUT_OF_BOUNDS);
    expect(refused({}, { status: ProductStatus.Delisted })).toBe(client.BREAKWATER_ERROR__PRODUCT_DELISTED);
  });
  test('is sold while its court has the floor of stake, and as much as that carries', () => {
    const stake = client.courtWorth(pool, assembly, NOW).stake;
    expect(stake).toBe(500_000_000n);
    const at = (books: client.Pool, amount: bigint, risk = product) =>
      client.attempt(() => client.quoteCover(books, risk, assembly, { amount, termDays: 30 }, NOW)).problem;
    const floor = (stakeFloor: bigint) => ({ ...product, stakeFloor });
    const [books, amount] = [{ ...pool, stakeFloor: stake + 1n }, 1_000_000_000n];
    expect(at(pool, amount, { ...floor(stake), activeCover: 1n })).toBeUndefined();
    expect(at(books, amount, { ...floor(stake + 1n), activeCover: 1n })).toBe(
      client.BREAKWATER_ERROR__COURT_BELOW_FLOOR,
    );
    expect(client.roomOf(books, floor(stake + 1n), assembly, NOW)).toBe(0n);
    const weak = [stake, stake + 1n].map((least) => client.hasWeakCourt(pool, floor(least), assembly, NOW));
    expect(weak).toEqual([false, true]);
    // Half a billion atoms of stake carry half of what a billion does.
    const bound = { ...pool, activeCover: 0n, lienedCover: 0n, coverPerStake: 4_000_000_000n };
    expect(client.courtWorth(bound, assembly, NOW).carries).toBe(2_000_000_000n);
    expect(client.courtWorth(pool, assembly, NOW).carries).toBeUndefined();
    const none = { ...product, activeCover: 0n };
    expect(client.roomOf(bound, none, assembly, NOW)).toBe(2_000_000_000n);
    expect(at(bound, 2_000_000_000n, none)).toBeUndefined();
    expect(at(bound, 2_000_000_001n, none)).toBe(client.BREAKWATER_ERROR__COURT_CAPACITY);
    // What is under open incidents counts, too.
    expect(client.roomOf({ ...bound, lienedCover: 5n }, none, assembly, NOW)).toBe(1_999_999_995n);
  });
  test('is decided on by the court of its product, or the pool’s where that covers nothing', () => {
    const others = { ...product, assembly: OTHER, activeCover: 5n };
    const at = (some: Partial<client.Product>) => client.courtOfSale(pool, { ...others, ...some }, NOW);
    expect([at({}), at({ activeCover: 0n })]).toEqual([OTHER, pool.assembly]);
    // A court that twice could not decide gives way.
    expect([1, 2].map((courtFailed) => at({ courtFailed }))).toEqual([OTHER, pool.assembly]);
  });
  test('has a slack of half a percent, never more', () => {
    expect([client.atMost(1_999n), client.atLeast(1_999n)]).toEqual([2_008n, 1_990n]);
    expect(client.SLACK_BPS).toBe(50);
  });
  test('counts from the second after the sale, and can be claimed until its capacity is released', () => {
    expect(client.covers(policy, incident.occurredAt)).toBe(true);
    const atOnce = { ...policy, coverFrom: policy.boughtAt };
    expect([policy.boughtAt, policy.boughtAt + 1n].map((at) => client.covers(atOnce, at))).toEqual([false, true]);
    // A cancellation moves the day of the release: end and grace say nothing of it.
    const released = (releaseDay: bigint) => client.policyStanding({ ...policy, releaseDay }, policy.end + DAY);
    expect(released(client.dayOf(policy.end) + 2n)).toBe(PolicyStanding.Claimable);
    expect(released(client.dayOf(policy.end) + 1n)).toBe(PolicyStanding.Over);
  });
  test('is given back in part for its part of the refund, and all of it only by cancelling', () => {
    const fresh = { ...policy, claimed: 0n, paid: 0n, held: policy.amount };
    const risk = { ...product, activeCover: policy.amount };
    const ring = Array<bigint>(512).fill(0n);
    ring[Number(policy.releaseDay % 512n)] = policy.amount;
    const books = { ...pool, activeCover: policy.amount, coverRing: ring };
    const groups = { ...books, groupActive: Array<bigint>(16).fill(policy.amount) };
    const reduce = (part: bigint, of = fresh, now = NOW) =>
      client.attempt(() => client.quoteReduction(groups, { ...risk, coverRing: ring }, assembly, of, part, now));
    const [half, quarter] = [reduce(policy.amount / 2n).value!, reduce(policy.amount / 4n).value!];
    expect(half.refund).toBeGreaterThan(0n);
    expect(half.refund - 2n * quarter.refund).toBeLessThan(3n);
    for (const part of [0n, policy.amount]) {
      expect(reduce(part).problem).toBe(client.BREAKWATER_ERROR__NOT_PART_OF_COVER);
    }
    expect(reduce(1n, { ...fresh, boughtAt: NOW }).problem).toBe(client.BREAKWATER_ERROR__BOUGHT_TODAY);
    expect(client.remainingOf({ ...fresh, claimed: 1n })).toBe(policy.amount - 1n);
    // Nobody makes a deductible smaller by giving a part back after the event.
    expect(client.deductibleOf({ ...fresh, amount: policy.amount / 2n })).toBe(client.deductibleOf(fresh));
  });
  test('is extended after those whose exit is due and waits for capacity', () => {
    const epoch = { ...zero(client.getExitEpochDecoder()), number: 0n, day: client.dayOf(NOW), shares: pool.shares };
    const extend = (books: client.Pool, first?: client.ExitEpoch) =>
      client.attempt(() => client.quoteExtension(books, product, policy, first, 30, NOW));
    const alone = { ...pool, exitHead: 0n, exitCount: 0n, exitingShares: 0n };
    expect(extend(alone).value?.end).toBe(policy.end + 30n * DAY);
    const waiting = { ...pool, exitHead: 0n, exitCount: 1n, exitingShares: pool.shares };
    expect(extend(waiting, epoch).problem).toBe(client.BREAKWATER_ERROR__EXITS_WAIT);
  });
  test('bears a deductible that is rounded up', () => {
    const odd = { ...policy, amount: 10_001n, bought: 10_001n, deductibleBps: 1_000, claimed: 0n };
    expect(client.deductibleOf(odd)).toBe(1_001n);
    expect(client.quoteClaim(open, odd, 5_000n)).toEqual({ amount: 3_999n, givesBack: 0n, bond: 3_999n });
    // A cancellation refunded 500, of which 100 were given back.
    const refunded = { ...odd, cancelRefund: 500n, givenBack: 100n };
    expect(client.quoteClaim(open, refunded, 5_000n)).toEqual({ amount: 3_999n, givesBack: 400n, bond: 3_999n });
    expect(client.attempt(() => client.quoteClaim(open, odd, 1_001n)).problem).toBe(
      client.BREAKWATER_ERROR__BELOW_DEDUCTIBLE,
    );
    expect(client.quoteBreachClaim({ ...open, severityBps: 5_000 }, odd)).toBe(3_999n);
  });
});

describe('an incident', () => {
  const line = { ...product.line, head: incident.index, open: 1, undecided: 1, reported: pool.index };
  const risk = { ...product, line };
  const passed = { ...ballot, state: BallotState.Passed, finalAt: NOW };
  const verdict = (now: bigint, with_ = passed) => client.attempt(() => client.verdictOf(pool, risk, open, with_, now));

  test('has a verdict once its ballot is final', () => {
    expect(verdict(NOW - 1n).problem).toBe(client.BREAKWATER_ERROR__APPEAL_WINDOW_OPEN);
    expect(verdict(NOW).value).toBe(true);
    expect(verdict(NOW, { ...passed, state: BallotState.Failed }).value).toBe(false);
    expect(
      client.attempt(() => client.verdictOf(pool, risk, { ...open, state: IncidentState.Accepted }, passed, NOW))
        .problem,
    ).toBe(client.BREAKWATER_ERROR__INCIDENT_DECIDED);
  });
  test('takes claims before its verdict, and until the window after it ends', () => {
    expect(client.filingProblem({ ...open, filingEndsAt: 0n }, NOW + 1_000n * DAY)).toBeUndefined();
    const counts = { ...open, state: IncidentState.Accepted, filingEndsAt: NOW };
    expect(client.filingProblem(counts, NOW - 1n)).toBeUndefined();
    expect(client.filingProblem(counts, NOW)).toBe(client.BREAKWATER_ERROR__FILING_OVER);
    expect(client.filingProblem({ ...open, state: IncidentState.Refused }, NOW)).toBe(
      client.BREAKWATER_ERROR__INCIDENT_CLOSED,
    );
  });
  const accepted = {
    ...open,
    state: IncidentState.Accepted,
    filingEndsAt: NOW,
    disputesEndAt: NOW + DAY,
    filingEnded: 0,
    openDisputes: 0,
  };
  test('that counts settles once filing is ended, disputes are over, and those before it have ended', () => {
    const filing = (now: bigint, some: Partial<client.Incident> = {}) =>
      client.filingEndProblem({ ...pool, filingsDue: 1 }, risk, { ...accepted, ...some }, now);
    expect([filing(NOW - 1n), filing(NOW)]).toEqual([client.BREAKWATER_ERROR__FILING_OPEN, undefined]);
    expect(filing(NOW, { filingEnded: 1 })).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    const problem = (now: bigint, some: Partial<client.Incident> = {}, of = risk) =>
      client.settlementProblem(of, { ...accepted, filingEnded: 1, ...some }, now);
    expect(problem(NOW - 1n)).toBe(client.BREAKWATER_ERROR__FILING_OPEN);
    expect(problem(NOW, { filingEnded: 0 })).toBe(client.BREAKWATER_ERROR__FILING_DUE);
    expect(problem(NOW)).toBe(client.BREAKWATER_ERROR__DISPUTE_WINDOW_OPEN);
    expect(problem(NOW + DAY)).toBeUndefined();
    expect(problem(NOW + DAY, { openDisputes: 1 })).toBe(client.BREAKWATER_ERROR__DISPUTE_OPEN);
    expect(problem(NOW + DAY, { index: 5 })).toBe(client.BREAKWATER_ERROR__EARLIER_INCIDENT_OPEN);
    expect(problem(NOW, { state: IncidentState.Open })).toBe(client.BREAKWATER_ERROR__INCIDENT_UNDECIDED);
    expect(problem(NOW, { state: IncidentState.Refused })).toBeUndefined();
    expect(problem(NOW, { state: IncidentState.Settled })).toBe(client.BREAKWATER_ERROR__INCIDENT_CLOSED);
  });
  test('stands in line, until it has ended', () => {
    expect(client.placeInLine(risk, { ...open, index: line.head + 2 })).toBe(2);
    expect(client.placeInLine({ ...risk, line: { ...line, head: 1 } }, { ...open, index: 0 })).toBeUndefined();
    expect([client.hasOpenIncident(risk), client.hasOpenIncident(product)]).toEqual([true, false]);
  });
  test('can be reported while it is known and covered, whatever else is open', () => {
    const live = { ...product, activeCover: 5n, rolledDay: client.dayOf(NOW), incidentBond: 5n, lastRejectedAt: 0n };
    const report = (some: Partial<client.Product>, occurredAt = NOW) =>
      client.reportProblem(pool, { ...live, ...some }, occurredAt, NOW);
    expect(report({})).toBeUndefined();
    expect(report({ line: { ...line, claimable: 5n } })).toBeUndefined();
    expect(report({ activeCover: 0n })).toBe(client.BREAKWATER_ERROR__NOTHING_COVERED);
    expect(report({ trigger: client.Trigger.Price })).toBe(client.BREAKWATER_ERROR__WRONG_TRIGGER);
    expect(report({}, NOW + 1n)).toBe(client.BREAKWATER_ERROR__OCCURRED_IN_FUTURE);
    expect(report({}, NOW - 30n * DAY)).toBe(client.BREAKWATER_ERROR__REPORT_WINDOW_OVER);
    const bond = (some: Partial<client.Product>) => client.quoteReport(pool, { ...live, ...some }, NOW, NOW);
    expect(bond({})).toEqual({ bond: 5n, lien: 5n });
    // Twice as much for each that was lately rejected, and each that is undecided.
    expect(bond({ bondDoublings: 2, lastRejectedAt: NOW }).bond).toBe(20n);
    const undecided = { ...line, claimable: 5n };
    expect(bond({ bondDoublings: 2, lastRejectedAt: NOW, line: undecided }).bond).toBe(40n);
    // A quarter of a hundredth of what it sets aside, for the leverage is above one.
    expect(bond({ activeCover: 4_001n })).toEqual({ bond: 11n, lien: 4_001n });
  });
  test('that a price opened can be challenged once and refuted once', () => {
    const priced = {
      ...open,
      trigger: client.Trigger.Price,
      bondState: client.BondState.None,
      challengeEndsAt: NOW + 1n,
    };
    expect([client.challengeProblem(priced, NOW), client.refutationProblem(priced, NOW)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(client.challengeProblem(priced, NOW + 1n)).toBe(client.BREAKWATER_ERROR__CHALLENGE_OVER);
    const challenged = { ...priced, bondState: client.BondState.Held };
    expect(client.challengeProblem(challenged, NOW)).toBe(client.BREAKWATER_ERROR__ALREADY_CHALLENGED);
    expect(client.refutationProblem({ ...priced, refuted: 1 }, NOW)).toBe(client.BREAKWATER_ERROR__ALREADY_REFUTED);
  });
  test('gives its bond and what was held back when they are due', () => {
    expect(client.incidentBondProblem({ ...incident, bondState: client.BondState.Due })).toBeUndefined();
    expect(client.incidentBondProblem(incident)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    expect(client.restProblem({ ...incident, heldBack: 1n }, { ...pool, heldFor: 0 })).toBeUndefined();
    expect(client.restProblem(incident, pool)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
  });
});

describe('a price', () => {
  const price = { ...product.price, minDuration: 3_600, strike: 95n, floor: 45n };
  const of = (some: Partial<client.PriceTrigger>) => ({
    ...product,
    trigger: client.Trigger.Price,
    price: { ...price, ...some },
  });
  const seen = { startedAt: NOW, measuredFrom: NOW, severitySeconds: 5_200n * 3_600n };

  test('breaks a product once it was below for long enough', () => {
    const nothing = { seen: false, awaitsRecovery: false, measured: 0n, pays: undefined };
    expect(client.breachOf(of({}))).toEqual(nothing);
    expect(client.breachOf(of({ awaitsRecovery: 1 }))).toEqual({ ...nothing, awaitsRecovery: true });
    expect(client.breachOf(of({ ...seen, measuredUntil: NOW + 3_599n }))).toMatchObject({
      seen: true,
      measured: 3_599n,
    });
    const counts = of({ ...seen, measuredUntil: NOW + 9_000n });
    expect(client.breachOf(counts)).toEqual({ seen: true, awaitsRecovery: false, measured: 3_600n, pays: 5_200 });
    const covered = { ...counts, activeCover: 5n, rolledDay: client.dayOf(NOW) };
    expect(client.priceIncidentProblem(pool, covered, NOW + 9_000n)).toBeUndefined();
    expect(client.priceIncidentProblem(pool, of({}), NOW)).toBe(client.BREAKWATER_ERROR__NO_BREACH);
  });
});

describe('a claim', () => {
  const filed: client.Claim = { ...claim, state: ClaimState.Filed, disputesEndAt: NOW + 1n };
  const accepted = { ...open, state: IncidentState.Accepted, decidedAt: NOW - DAY + 1n };
  test('is disputed once, after the verdict, and for a day at least', () => {
    const at = (now: bigint, of = filed, in_ = accepted) => client.disputeProblem(in_, of, now);
    expect([at(NOW), at(NOW + 1n)]).toEqual([undefined, client.BREAKWATER_ERROR__DISPUTE_WINDOW_OVER]);
    expect(client.disputableUntil(accepted, filed)).toBe(NOW + 1n);
    const early = { ...filed, disputesEndAt: 0n };
    expect(client.disputableUntil({ ...accepted, decidedAt: NOW }, early)).toBe(NOW + DAY);
    expect(at(NOW, filed, open)).toBe(client.BREAKWATER_ERROR__INCIDENT_UNDECIDED);
    expect(at(NOW, { ...filed, state: ClaimState.Disputed })).toBe(client.BREAKWATER_ERROR__NOT_DISPUTABLE);
    expect(at(NOW, { ...filed, state: ClaimState.Decided })).toBe(client.BREAKWATER_ERROR__NOT_DISPUTABLE);
  });
  test('stands in sixteenths, and both lose of their bonds by how far it is cut', () => {
    const of = { ...filed, claimed: 33n, bond: 41n, disputeBond: 21n };
    const at = (level: number) => client.quoteLevel(of, level);
    // All of it stands: the disputer loses all, half of which is the claimant's, rounded down.
    expect(at(16)).toEqual({ stands: 33n, claimantLoses: 0n, claimantGets: 10n, disputerLoses: 21n, disputerGets: 0n });
    expect(at(14)).toEqual({
      stands: 28n,
      claimantLoses: 21n,
      claimantGets: 5n,
      disputerLoses: 11n,
      disputerGets: 10n,
    });
    const whole = { claimantLoses: 41n, claimantGets: 0n, disputerLoses: 0n, disputerGets: 20n };
    expect(at(12)).toEqual({ stands: 24n, ...whole });
    expect(at(0)).toEqual({ stands: 0n, ...whole });
    expect(() => at(17)).toThrow(client.Refusal);
  });
  test('is decided by the verdict of its ballot, whatever the time for disputes', () => {
    const disputed: client.Claim = {
      ...filed,
      state: ClaimState.Disputed,
      disputer: OTHER,
    };
    const closed = { ...ballot, state: BallotState.Decided, finalAt: NOW + 5n };
    const at = (now: bigint, of = disputed, by = closed) => client.resolutionProblem(of, by, now);
    expect(at(NOW + 4n)).toBe(client.BREAKWATER_ERROR__APPEAL_WINDOW_OPEN);
    expect(at(NOW + 5n)).toBeUndefined();
    expect(at(NOW + 5n, disputed, { ...closed, state: BallotState.Open })).toBe(client.BREAKWATER_ERROR__BALLOT_OPEN);
    expect(at(NOW + 5n, filed)).toBe(client.BREAKWATER_ERROR__NOT_DISPUTED);
  });
  test('is paid, and its bond with it the first time', () => {
    const settled = { ...incident, state: IncidentState.Settled, approved: 100n, settled: 50n, paid: 0n };
    const half = { ...filed, amount: 60n, paid: 0n, bond: 7n };
    const due = (of: client.Claim) => client.payoutOf(pool, product, settled, of, NOW);
    expect(due(half)).toEqual({ claim: 30n, bond: 7n });
    const again = { ...half, state: ClaimState.Settled, paid: 30n };
    expect(client.attempt(() => due(again)).problem).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    // A bond that somebody else posted keeps nobody from being paid.
    const funded = { ...half, funder: OTHER };
    expect([client.fundsItself(half), client.fundsItself(funded)]).toEqual([true, false]);
    expect(due(funded)).toEqual({ claim: 30n, bond: 0n });
    const waits = { ...again, funder: OTHER, bondWaits: 1 };
    expect([client.bondWaits(again), client.bondWaits(waits)]).toEqual([false, true]);
    expect(due(waits)).toEqual({ claim: 0n, bond: 7n });
    expect([half, again, { ...again, paid: 60n }, { ...half, state: ClaimState.Rejected }].map(client.isPaid)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
  /** A pool with capital for two thirds of what it covers, or all, and a product of it in the first incident of which `filed` was filed. */
  const nothing = { low: 0n, high: 0n };
  const short = {
    ...pool,
    capital: 1_000n,
    rate: 0n,
    heldBack: 0n,
    activeCover: 1_500n,
    lienedCover: 0n,
    liens: nothing,
    earlyPaid: nothing,
    sureLiens: nothing,
  };
  const covering = { ...short, activeCover: 1_000n };
  const first = {
    ...product,
    line: { ...product.line, head: accepted.index, setAside: nothing, sure: nothing, surePart: 0 },
  };
  const lent = { ...filed, amount: 60n, paid: 0n, bond: 7n };
  const payable = (from: client.Pool, of: client.Claim, in_ = accepted) =>
    client.payableFrom(from, first, in_, of, NOW);
  const pay = (from: client.Pool, of: client.Claim, now: bigint) =>
    client.attempt(() => client.payoutOf(from, first, accepted, of, now));
  const later = { ...accepted, index: accepted.index + 1 };
  test('is paid on account what it is sure of, once nobody can dispute it', () => {
    for (const [books, sureBps, claim] of [
      [covering, 10_000, 60n],
      [short, 6_666, 39n],
    ] as const) {
      expect(client.sureBps(books, NOW)).toBe(sureBps);
      expect(payable(books, lent)).toEqual({ from: NOW + 1n, sureBps });
      expect(pay(books, lent, NOW).problem).toBe(client.BREAKWATER_ERROR__DISPUTE_WINDOW_OPEN);
      expect(pay(books, lent, NOW + 1n).value).toEqual({ claim, bond: 7n });
      // What a ballot decided is paid at once; of what it has not, nobody knows when.
      const decided = { ...lent, state: ClaimState.Decided };
      expect(payable(books, decided)).toEqual({ from: accepted.decidedAt, sureBps });
      expect(pay(books, decided, NOW).value).toEqual({ claim, bond: 7n });
      const disputed = { ...lent, state: ClaimState.Disputed };
      expect(payable(books, disputed)).toEqual({ from: undefined, sureBps });
      expect(pay(books, disputed, NOW + 1n).problem).toBe(client.BREAKWATER_ERROR__DISPUTE_OPEN);
      // Nor before the verdict, or while another is before it.
      for (const in_ of [open, later]) expect(payable(books, lent, in_)).toEqual({ from: undefined, sureBps });
    }
  });
  test('is paid at the settlement where nothing is sure', () => {
    const empty = { ...short, capital: 0n };
    expect(payable(empty, lent)).toEqual({ from: accepted.disputesEndAt, sureBps: 0 });
    for (const in_ of [open, later]) expect(payable(empty, lent, in_)).toEqual({ from: undefined, sureBps: 0 });
    expect(pay(empty, lent, NOW + DAY).problem).toBe(client.BREAKWATER_ERROR__INCIDENT_NOT_SETTLED);
    // Of what has ended nothing is to come.
    const ended = { ...lent, state: ClaimState.Settled };
    expect(client.attempt(() => payable(short, ended)).problem).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    const settled = { ...accepted, state: IncidentState.Settled };
    expect(client.attempt(() => payable(short, lent, settled)).problem).toBe(client.BREAKWATER_ERROR__INCIDENT_CLOSED);
  });
  test('lets what the disputer has due be collected once', () => {
    const { Held, Due, Collected, Slashed, None } = BondState;
    const problems = [Held, Due, Collected, Slashed, None].map((disputeBondState) =>
      client.disputeBondProblem({ ...claim, disputeBondState }),
    );
    const nothing = client.BREAKWATER_ERROR__NOTHING_DUE;
    expect(problems).toEqual([nothing, undefined, nothing, nothing, nothing]);
  });
});

describe('a ballot', () => {
  const running = {
    ...ballot,
    state: BallotState.Open,
    opensAt: NOW,
    closesAt: NOW + DAY,
    eligibleWeight: 1_000n,
    executed: 0,
    quorumWeight: 200n,
    thresholdBps: 5_000,
  };
  /** Votes of so much for it. */
  const votedFor = (weight: bigint) => ({ fixed: [...Array<bigint>(16).fill(0n), weight] });
  test('closes when its time is over, or no vote that is to come could change it', () => {
    const at = (some: Partial<client.Ballot>, now = NOW) => client.closeProblem({ ...running, ...some }, now);
    expect(at({})).toBe(client.BREAKWATER_ERROR__VOTING_OPEN);
    expect(at({}, NOW + DAY)).toBeUndefined();
    // The quorum is reached, but those who are to come could still outvote them.
    expect(client.turnoutOf({ ...running, ...votedFor(400n) })).toEqual({
      graded: false,
      cast: 400n,
      reached: true,
      byDefault: client.AGAINST,
      leading: client.FOR,
      takes: 101n,
      read: false,
    });
    expect(at(votedFor(400n))).toBe(client.BREAKWATER_ERROR__VOTING_OPEN);
    expect(at(votedFor(501n))).toBeUndefined();
    expect(at({ state: BallotState.Passed })).toBe(client.BREAKWATER_ERROR__BALLOT_CLOSED);
  });
  test('on a claim ends at a level, which less than half of what must vote does not move', () => {
    const graded = { ...running, graded: 1, defaultLevel: client.FOR };
    const votes = (level: number, weight: bigint) =>
      Array.from({ length: 17 }, (_, at) => (at === level ? weight : 0n));
    const at = (level: number, weight: bigint) => client.turnoutOf({ ...graded, fixed: votes(level, weight) });
    expect(at(5, 0n)).toMatchObject({ graded: true, byDefault: 16, leading: 16, takes: 100n });
    expect([99n, 100n].map((weight) => at(5, weight).leading)).toEqual([16, 5]);
    expect(client.turnoutOf({ ...graded, eligibleWeight: 99n }).takes).toBeUndefined();
    const both = { ...graded, fixed: votes(5, 3n), movable: votes(7, 4n) };
    expect(client.votesByLevel(both)).toEqual(votes(5, 3n).map((weight, level) => weight + (level === 7 ? 4n : 0n)));
  });
  test('takes a vote of a delegate once a round, which the owner overrides', () => {
    const since = { delegate: OTHER, delegatedAt: NOW - 1n };
    const first = { ...running, firstOpensAt: NOW };
    const staker = { ...voter, ...since, lotAmounts: [500n, ...Array<bigint>(7).fill(0n)] };
    const at = (byDelegate: boolean, record?: client.VoteRecord, some: Partial<client.Voter> = {}) =>
      client.voteProblem(first, { ...staker, ...some }, record, byDelegate, NOW);
    expect([at(false), at(true)]).toEqual([undefined, undefined]);
    expect(at(true, undefined, { delegatedAt: NOW })).toBe(client.BREAKWATER_ERROR__DELEGATED_LATER);
    expect(at(true, undefined, { lotAmounts: Array<bigint>(8).fill(0n) })).toBe(client.BREAKWATER_ERROR__NO_WEIGHT);
    const cast = (byDelegate: number) => ({ ...mine, version: 1, weight: 0n, byDelegate, level: client.FOR, round: 0 });
    const voted = client.BREAKWATER_ERROR__ALREADY_VOTED;
    expect([at(false, cast(1)), at(true, cast(1))]).toEqual([undefined, voted]);
    expect([at(false, cast(0)), at(true, cast(0))]).toEqual([voted, voted]);
  });
  test('in which too few voted is left to the arbiter, between its default and what the votes say', () => {
    const asleep = { ...running, graded: 1, defaultLevel: client.FOR, state: BallotState.Decided, level: client.FOR };
    const nobody = Array<bigint>(17).fill(0n);
    const closed = { ...asleep, fixed: nobody, arbiter: OTHER, finalAt: NOW + 1n, undecided: 1 };
    const allowed = (some: Partial<client.Ballot>, now = NOW) =>
      client.LEVELS.filter((level) => client.arbitrationProblem({ ...closed, ...some }, level, now) === undefined);
    expect(allowed({})).toEqual(client.LEVELS);
    expect(allowed({ fixed: Array.from({ length: 17 }, (_, at) => (at === 13 ? 99n : 0n)) })).toEqual([13, 14, 15, 16]);
    expect(allowed({ arbiter: client.NOBODY })).toEqual([]);
    expect(allowed({}, NOW + 1n)).toEqual([]);
  });
  test('lets votes and bonds go when it is final and read', () => {
    const final = {
      ...running,
      state: BallotState.Passed,
      finalAt: NOW,
      ...votedFor(500n),
      rewardPot: 9n,
      rewardLeft: 9n,
      liveRecords: 1,
    };
    const staker = { ...voter, openVotes: 1, records: 1 };
    const at = (some: Partial<client.Ballot>, now = NOW, vote = mine) =>
      client.attempt(() => client.voteReturn({ ...final, executed: 1, ...some }, vote, staker, assembly, now));
    expect(at({}, NOW - 1n).problem).toBe(client.BREAKWATER_ERROR__APPEAL_WINDOW_OPEN);
    expect(at({}).value).toEqual({ locks: true, slash: 0n, reward: 9n, forfeited: 0n });
    // The stake is free as soon as it is final; what it is paid waits until the outcome is read.
    expect(at({ executed: 0 }).value).toEqual({ locks: true, slash: 0n, reward: undefined, forfeited: undefined });
    const released = { ...mine, released: 1 };
    expect(at({}, NOW, released).value).toEqual({ locks: false, slash: 0n, reward: 9n, forfeited: 0n });
    // An appeal overturned it: a part of the stake is lost, and the reward.
    const overturned = { round: client.Round.Appeal, firstLevel: client.FOR, level: client.AGAINST };
    expect(at({ ...overturned, overturnSlashBps: 500 }).value).toEqual({
      locks: true,
      slash: 25n,
      reward: 0n,
      forfeited: 9n,
    });
    const held = { ...final, appealBondState: client.AppealBond.Held };
    expect(client.appealBondProblem(held)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
    expect(client.appealBondProblem({ ...held, appealBondState: client.AppealBond.Due })).toBeUndefined();
  });
  test('is decided by more than half of what must vote, which is less than the pool’s floor would ask', () => {
    const worth = (stakeFloor: bigint) => client.courtWorth({ ...pool, stakeFloor }, assembly, NOW);
    // A fifth of 500 staked.
    expect(worth(1n)).toMatchObject({ below: false, quorum: 100_000_000n, majority: 50_000_000n });
    // A fifth of a floor that is twice as high, though there is only half of it.
    expect(worth(1_000_000_000n)).toMatchObject({ below: true, quorum: 200_000_000n, majority: 100_000_000n });
  });
  test('counts the stake that is old enough', () => {
    expect(client.stakedOf(voter)).toBe(500_000_000n);
    expect(client.weightOf(voter, ballot)).toBe(500_000_000n);
    const [time] = voter.lotTimes;
    expect(client.weightNow(voter, assembly, time! + assembly.minStakeAge)).toBe(500_000_000n);
    expect(client.weightNow(voter, assembly, time! + assembly.minStakeAge - 1n)).toBe(0n);
    const leaving = { ...voter, unstaking: 5n, unstakeReadyAt: NOW };
    const vault = { ...assembly, totalUnstaking: 5n };
    expect(client.unstakeProblem(leaving, vault, NOW - 1n)).toBe(client.BREAKWATER_ERROR__UNSTAKE_NOT_READY);
    expect(client.unstakeProblem(leaving, vault, NOW)).toBeUndefined();
  });
});

describe('figures', () => {
  test('are parts, sums and rates', () => {
    expect([client.partBps(1n, 3n), client.partBps(1n, 0n)]).toEqual([3_333, undefined]);
    expect(client.total(1n, 2n, 3n)).toBe(6n);
    expect(client.total(2n ** 64n - 1n, 1n)).toBeUndefined();
    expect(client.annualPpm(5n, 1_000n, NOW, NOW + 3_153_600n)).toBe(50_000);
    expect(client.yieldBps({ ...pool, capital: 63_072_000n, rate: 1n << 26n }, NOW)).toBe(5_000);
    expect(client.goneBps({ ...policy, boughtAt: NOW - 1n, end: NOW + 3n }, NOW)).toBe(2_500);
  });
  test('of earnings multiply, without what LPs brought', () => {
    const step = (days: bigint, capital: bigint, brought = 0n) => ({
      at: NOW - days * DAY,
      capital,
      brought,
      taken: 0n,
      earned: 0n,
    });
    const steps = [step(20n, 1_000n, 1_000n), step(10n, 10_000n, 8_990n)];
    const earned = client.earningsOf(steps, 10_200n, NOW)!;
    expect(earned).toEqual({ gain: 30_200_000_000n, since: NOW - 20n * DAY, whole: false });
    expect(client.yearly(earned, NOW)).toBe(551_150_000_000n);
    expect(client.earningsOf([], 0n, NOW)).toBeUndefined();
    expect(client.EARNINGS_PERIOD).toBe(30n * DAY);
  });
});

test('every enum has words, and numbers of accounts and events are its variants', () => {
  expect(client.variantOf(BallotState, 2n)).toBe(BallotState.Failed);
  expect(client.variantOf(BallotState, 9)).toBeUndefined();
  expect(client.BALLOT_STATE_WORDS[BallotState.Failed]).toBe('failed');
});
