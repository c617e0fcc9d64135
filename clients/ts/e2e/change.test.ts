// Changes through the TypeScript client: ordered by the authority, petitioned by a staker, waited for, applied.
import type { KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { ChangeStanding, DAY, eventOf, proposal, type Found } from '../src';
import { Network } from './network';
import { TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let lp: KeyPairSigner;
let staker: KeyPairSigner;

const changes = () => client.listChanges(rpc, { pool: world.poolAddress });
const latest = async (): Promise<Found<client.Change>> => (await changes()).at(-1)!;
const standing = async (change: Found<client.Change>) =>
  client.changeStanding(change.data, (await world.pool()).data, await network.now());
const codeOf = async (instructions: Parameters<typeof client.simulate>[2]) =>
  (await client.simulate(rpc, lp.address, instructions)).failure?.code;

/** Has the authority queue a change. */
async function queue(request: client.ChangeRequest): Promise<Found<client.Change>> {
  await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, request));
  return latest();
}

/** Waits for a change and applies it, as anyone may. */
async function apply(change: Found<client.Change>) {
  const pool = await world.pool();
  await network.passTo(change.data.appliesAt);
  return eventOf((await network.send(lp, await client.applyChange(pool, change, lp))).events, 'changeApplied');
}

beforeAll(async () => {
  world = await World.found(network);
  await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  [lp, staker] = [await world.somebody(100_000n), await world.somebody(1_000n)];
  await network.give(world.founder, world.governance, staker.address, 500n * TOKEN);
  await network.send(staker, await client.stake(await world.assembly(), staker, 500n * TOKEN));
  await world.deposit(lp, 90_000n);
  await world.open();
}, 120_000);

describe.sequential('a change', () => {
  test('of the authority waits for the timelock, and is seen in the pool', async () => {
    const pool = await world.pool();
    const fee = { cancelFeeBps: 100 };
    const change = await queue({ proposal: proposal('CancelFee', fee) });
    expect(client.readProposal(change.data.proposal)).toEqual({ __kind: 'CancelFee', ...fee });
    expect(client.valuesNow('CancelFee', pool.data).cancelFeeBps).toBe(500);
    expect(change.data.appliesAt).toBe(change.data.queuedAt + 9n * DAY);
    expect(await standing(change)).toBe(ChangeStanding.Waiting);
    expect(await codeOf(await client.applyChange(pool, change, lp))).toBe(client.BREAKWATER_ERROR__CHANGE_NOT_DUE);

    await network.passTo(change.data.appliesAt);
    expect(await standing(change)).toBe(ChangeStanding.Ready);
    const applied = await apply(change);
    expect(client.readProposal(applied.before)).toEqual(client.valuesNow('CancelFee', pool.data));
    expect((await world.pool()).data.cancelFeeBps).toBe(100);
    const after = await latest();
    expect(await standing(after)).toBe(ChangeStanding.Applied);
    expect(client.changeOverProblem(after.data, (await world.pool()).data, await network.now())).toBeUndefined();
    await network.send(lp, client.closeChange(after, lp.address));
    expect(await changes()).toEqual([]);
  });

  test('puts a draft on sale', async () => {
    const product = await world.list(1, { name: 'Bridge', riskKind: client.RiskKind.Bridge, group: 1 });
    expect((await world.product(1)).data.status).toBe(client.ProductStatus.Draft);
    const cover = { amount: 1_000n * TOKEN, termDays: 30 };
    const quote = async () => {
      const [pool, bridge, now] = [await world.pool(), await world.product(1), await network.now()];
      const court = (await world.assembly()).data;
      return client.attempt(() => client.quoteCover(pool.data, bridge.data, court, cover, now));
    };
    expect((await quote()).problem).toBe(client.BREAKWATER_ERROR__PRODUCT_NOT_LISTED);
    await apply(await queue({ proposal: proposal('List'), product }));
    expect((await world.product(1)).data.status).toBe(client.ProductStatus.OnSale);
    expect((await quote()).value!.premium).toBeGreaterThan(0n);
  });

  test('of a staker is queued by a ballot, and its bond comes back', async () => {
    const petition = { proposal: proposal('Leverage', { leverageBps: 15_000 }) };
    await network.send(staker, await client.petitionChange(await world.pool(), staker, petition));
    const change = await latest();
    expect([await standing(change), change.data.proposer]).toEqual([ChangeStanding.Voting, staker.address]);
    // Four times the voters' reward, a quarter of which is paid.
    expect(await network.balance(staker.address, world.asset)).toBe(920n * TOKEN);
    expect(change.data.bond).toBe(60n * TOKEN);

    const ballot = async () => (await client.listBallots(rpc, { subject: change.address }))[0]!;
    await network.send(staker, await client.vote(await ballot(), staker, client.FOR));
    await network.send(lp, client.closeBallot((await ballot()).address, lp.address));
    await network.passTo((await ballot()).data.finalAt);
    const pool = await world.pool();
    const decided = await network.send(lp, client.queueChange(pool, change, lp.address));
    expect(eventOf(decided.events, 'changeDecided')).toMatchObject({
      state: BigInt(client.ChangeState.Queued),
      bondState: BigInt(client.BondState.Due),
    });
    const returned = await network.send(lp, await client.collectChangeBond(pool, await latest(), lp));
    expect(eventOf(returned.events, 'changeBondCollected')).toMatchObject({
      proposer: staker.address,
      bond: 60n * TOKEN,
    });
    expect(await network.balance(staker.address, world.asset)).toBe(980n * TOKEN);
    await apply(await latest());
    expect((await world.pool()).data.leverageBps).toBe(15_000);
  });

  test('renames the shares, in the mint that wallets read', async () => {
    const words = { name: 'Renamed shares', symbol: 'NEW', uri: '' };
    await apply(await queue({ proposal: proposal('Shares', [client.shareWords(words)]) }));
    expect(await client.fetchShareWords(rpc, (await world.pool()).data)).toEqual(words);
  });

  test('waits for exits that were requested in time, and names the first', async () => {
    const before = await world.pool();
    const { number, day } = client.exitEpochNow(before.data, await network.now());
    await network.send(lp, await client.requestExit(before, lp, { id: 1n, epoch: number, shares: 1_000n * TOKEN }));
    const [change, treasury] = [
      await queue({ proposal: proposal('CancelFee', { cancelFeeBps: 200 }) }),
      await queue({ proposal: proposal('Treasury', { treasury: lp.address }) }),
    ];
    await network.passTo(change.data.appliesAt);
    const pool = await world.pool();
    const first = (await client.listExitEpochs(rpc, { pool: pool.address }))[0]!;
    expect(first.data.day).toBe(day);
    const problem = client.applicationProblem(change.data, pool.data, undefined, first.data, await network.now());
    expect(problem).toBe(client.BREAKWATER_ERROR__EXITS_WAIT);
    expect(await codeOf(await client.applyChange(pool, change, lp))).toBe(problem);
    expect(await codeOf(await client.markChange(pool, change))).toBe(problem);
    // One that raises nobody's risk does not wait for them.
    await apply(treasury);
    // Nobody paid it in time: it is called, and paid a day later.
    expect(await codeOf(await client.payExits(pool, lp.address))).toBe(client.BREAKWATER_ERROR__EXIT_NOT_CALLED);
    expect(client.quoteCall(pool.data, first.data, await network.now())).toBe(true);
    const called = eventOf((await network.send(lp, await client.callExits(pool))).events, 'exitsCalled');
    const window = client.exitWindow((await world.pool()).data, first.data, await network.now())!;
    expect(window).toEqual({ from: called.payableFrom, until: called.payableFrom + DAY });
    await network.passTo(window.from);
    await network.send(lp, await client.payExits(await world.pool(), lp.address));
    const marked = await network.send(lp, await client.markChange(await world.pool(), change));
    expect(eventOf(marked.events, 'changeMarked').change).toBe(change.address);
    await apply(change);
    const { treasury: paid, cancelFeeBps } = (await world.pool()).data;
    expect([paid, cancelFeeBps]).toEqual([lp.address, 200]);
  });

  test('of the authority can be taken back', async () => {
    const change = await queue({ proposal: proposal('Guardian', { guardian: lp.address }) });
    const taken = await network.send(world.founder, client.withdrawChange(change, world.founder));
    expect(eventOf(taken.events, 'changeWithdrawn')).toMatchObject({
      change: change.address,
      by: world.founder.address,
    });
    expect(await standing(await latest())).toBe(ChangeStanding.Withdrawn);
    const late = await client.applyChange(await world.pool(), change, lp);
    expect(await codeOf(late)).toBe(client.BREAKWATER_ERROR__CHANGE_NOT_QUEUED);
  });

  test('hands the authority to who takes it over, and what was queued before falls', async () => {
    const handover = await queue({ proposal: proposal('Authority', { authority: lp.address }) });
    const other = await queue({ proposal: proposal('CancelFee', { cancelFeeBps: 300 }) });
    await network.passTo(other.data.appliesAt);
    const pool = await world.pool();
    const newOne = client.BREAKWATER_ERROR__NOT_NEW_AUTHORITY;
    expect(await codeOf(await client.applyChange(pool, handover, lp))).toBe(newOne);
    expect(await codeOf(client.acceptAuthority(handover, staker))).toBe(newOne);
    const accepted = await network.send(lp, client.acceptAuthority(handover, lp));
    expect(eventOf(accepted.events, 'authorityAccepted')).toMatchObject({
      change: handover.address,
      authority: world.founder.address,
      newAuthority: lp.address,
    });
    expect((await world.pool()).data.authority).toBe(lp.address);
    expect(await standing(other)).toBe(ChangeStanding.Withdrawn);
    expect(await codeOf(await client.applyChange(await world.pool(), other, lp))).toBe(
      client.BREAKWATER_ERROR__NOT_POOL_AUTHORITY,
    );
    await network.send(lp, client.closeChange(other, lp.address));
  });
});

describe.sequential('the guardian', () => {
  test('pauses sales and deposits, and ends the pause', async () => {
    const paused = await network.send(world.founder, client.pause(world.poolAddress, world.founder, DAY));
    expect(eventOf(paused.events, 'poolPaused').pausedUntil).toBeGreaterThan(await network.now());
    const deposit = async () => {
      const pool = await world.pool();
      return client.deposit(pool, lp, { amount: TOKEN, minShares: 0n, seen: client.seenOf(pool.data) });
    };
    expect(await codeOf(await deposit())).toBe(client.BREAKWATER_ERROR__PAUSED);
    await network.send(world.founder, client.pause(world.poolAddress, world.founder, 0n));
    expect(await codeOf(await deposit())).toBeUndefined();
  });
});

describe.sequential('the treasury', () => {
  test('is paid its fees', async () => {
    const pool = await world.pool();
    const product = await world.product(0);
    const cover = {
      id: 1n,
      amount: 10_000n * TOKEN,
      termDays: 90,
      maxPremium: 1_000n * TOKEN,
      terms: product.data.terms + pool.data.saleTerms,
      court: world.assemblyAddress,
      holder: lp.address,
    };
    const bought = await network.send(lp, await client.buyCover(pool, product.address, lp, cover));
    const due = eventOf(bought.events, 'coverBought').books.treasuryDue;
    expect(due).toBeGreaterThan(0n);
    expect(client.feesProblem((await world.pool()).data)).toBeUndefined();
    // The treasury is paid by its own signature: its token account is opened first, unless it is open.
    const before = await network.balance(lp.address, world.asset);
    const collected = await network.send(lp, await client.collectFees(pool, lp));
    expect(eventOf(collected.events, 'feesCollected')).toMatchObject({ treasury: lp.address, amount: due });
    expect(await network.balance(lp.address, world.asset)).toBe(before + due);
  });
});
