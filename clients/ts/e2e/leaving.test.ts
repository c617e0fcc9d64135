// Leaving through the TypeScript client while reports stand in line: the free part at once, the contested part as they end.
// And what becomes of a claim that somebody else funds, and of the shares of a pool that was wiped out.
import type { Address, KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf, IncidentState, type Found } from '../src';
import { Network } from './network';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let product: Address;
let leaver: KeyPairSigner;
let stayer: KeyPairSigner;
let holder: KeyPairSigner;
let friend: KeyPairSigner;
let voter: KeyPairSigner;

const incidents = () => client.listIncidents(rpc, { pool: world.poolAddress });
const epochs = () => client.listExitEpochs(rpc, { pool: world.poolAddress });
const ticketOf = async (owner: KeyPairSigner) => (await client.listExitTickets(rpc, { owner: owner.address }))[0]!;
const at = async (index: number): Promise<Found<client.Incident>> =>
  (await incidents()).find(({ data }) => data.index === index)!;
const contested = async (index: number) =>
  client.contestedOf(
    (await world.pool()).data,
    (await world.product(0)).data,
    (await at(index)).data,
    await incidents(),
    await epochs(),
    (await ticketOf(leaver)).data,
  );

/** Reports an event of an hour ago, with the friend's lamports; what that logged. */
async function report(name: string) {
  const now = await network.now();
  const [pool, on] = [await world.pool(), await world.product(0)];
  const quoted = client.quoteReport(pool.data, on.data, now - 3_600n, now);
  const request = { occurredAt: now - 3_600n, payer: friend, ...(await evidence(name)) };
  const { events } = await network.send(friend, await client.openIncident(pool, on, holder, request));
  const opened = eventOf(events, 'incidentOpened');
  expect(opened).toMatchObject(quoted);
  return opened;
}

const ballotOf = async (incident: Address) => (await client.listBallots(rpc, { subject: incident }))[0]!;

/** Has the voter vote on an incident. */
async function judge(incident: Address, level: number): Promise<void> {
  await network.send(friend, await client.vote(await ballotOf(incident), voter, level, { payer: friend }));
}

/** Closes the ballot on an incident, and reads the verdict once it is final. */
async function decide(incident: Address): Promise<void> {
  await network.send(friend, client.closeBallot((await ballotOf(incident)).address, friend.address));
  await network.passTo((await ballotOf(incident)).data.finalAt);
  await world.decide(incident);
}

beforeAll(async () => {
  world = await World.found(network, { leverageBps: 10_000 });
  product = await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  [leaver, stayer, holder, friend, voter] = [
    await world.somebody(25_000n),
    await world.somebody(75_000n),
    await world.somebody(10_000n),
    await world.somebody(10_000n),
    await world.somebody(0n),
  ];
  await network.give(world.founder, world.governance, voter.address, 500n * TOKEN);
  const stake = await client.stake(await world.assembly(), voter, 500n * TOKEN, { payer: friend });
  await network.send(friend, stake);
  await world.deposit(leaver, 25_000n);
  await world.deposit(stayer, 75_000n);
  await world.open();
  const cover = {
    id: 1n,
    amount: 40_000n * TOKEN,
    termDays: 200,
    maxPremium: 2_000n * TOKEN,
    terms: 0n,
    court: world.assemblyAddress,
    holder: holder.address,
  };
  await network.send(holder, await client.buyCover(await world.pool(), product, holder, cover));
  await network.pass(2n * DAY);
}, 120_000);

describe.sequential('an LP who leaves', () => {
  test('while two reports stand in line', async () => {
    const first = await report('exploit');
    expect(first).toMatchObject({ lien: 40_000n * TOKEN, bond: 500n * TOKEN });
    // The one before is undecided: twice the bond. What it set aside is shared.
    expect(await report('again')).toMatchObject({ lien: 40_000n * TOKEN, bond: 1_000n * TOKEN });
    const { data } = await world.product(0);
    expect(client.hasOpenIncident(data)).toBe(true);
    expect([client.placeInLine(data, (await at(0)).data), client.placeInLine(data, (await at(1)).data)]).toEqual([
      0, 1,
    ]);
    expect(client.setAsideFor((await world.pool()).data, data)).toBe(40_000n * TOKEN);

    await judge((await at(0)).address, client.FOR);
    await judge((await at(1)).address, client.AGAINST);
    const pool = await world.pool();
    const shares = await network.balance(leaver.address, pool.data.shareMint);
    const now = await network.now();
    const quoted = client.quoteExit(pool.data, shares, now);
    const { number, day } = client.exitEpochNow(pool.data, now);
    const request = { id: 1n, epoch: number, shares, payer: friend };
    await network.send(friend, await client.requestExit(pool, leaver, request));
    // A quarter of the lien.
    expect(quoted.contested).toBeGreaterThanOrEqual(10_000n * TOKEN - 5n);
    expect(quoted.contested).toBeLessThanOrEqual(10_000n * TOKEN + 5n);
    expect(quoted.cash + quoted.contested).toBe(quoted.worth);
    const [foreseen] = client.foreseeExits((await world.pool()).data, await epochs(), now);
    expect(foreseen).toMatchObject({ number, at: client.startOf(day), all: true });
    await network.passTo(client.startOf(day));
  });

  test('has the free part on the day the delay ends', async () => {
    const pool = await world.pool();
    const epoch = (await epochs())[0]!;
    const told = client.quotePayment(pool.data, epoch.data, await network.now());
    expect(told.all).toBe(true);
    const paid = eventOf((await network.send(friend, await client.payExits(pool, friend.address))).events, 'exitsPaid');
    expect([paid.contested, paid.burned]).toEqual([told.contested, told.shares]);
    const collected = await network.send(
      friend,
      await client.collectExit(pool, await ticketOf(leaver), friend.address),
    );
    expect(eventOf(collected.events, 'exitCollected')).toMatchObject({ amount: paid.paid, isOver: 0n });
    expect(await network.balance(leaver.address, world.asset)).toBe(paid.paid);
    // All of it is in the first report, until the second takes its place; both share one lien.
    expect((await contested(0)) + (await contested(1))).toBeGreaterThanOrEqual(10_000n * TOKEN - 5n);
    const { data } = await ticketOf(leaver);
    expect(client.collectProblem(data, (await epochs())[0]!.data)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
  });

  test('bears a part of what is claimed, and has the rest as the incidents end', async () => {
    // A holder without tokens or lamports: somebody else funds the bond and pays the rent.
    const pool = await world.pool();
    const policy = (await client.listPolicies(rpc, { holder: holder.address }))[0]!;
    const claim = { loss: 22_000n * TOKEN, funder: friend, payer: friend, ...(await evidence('loss')) };
    const first = await at(0);
    await network.send(friend, await client.submitClaim(pool, first.address, policy.address, holder, claim));
    await decide(first.address);
    await decide((await at(1)).address);
    expect((await at(1)).data.state).toBe(IncidentState.Refused);
    const waits = client.settlementProblem((await world.product(0)).data, (await at(1)).data, await network.now());
    expect(waits).toBe(client.BREAKWATER_ERROR__EARLIER_INCIDENT_OPEN);

    await world.endFiling(first.address);
    await network.passTo((await at(0)).data.disputesEndAt);
    const [now, on] = [await network.now(), await world.product(0)];
    const told = client.quoteSettlement((await world.pool()).data, on.data, (await at(0)).data, await incidents(), now);
    const settled = await world.settle(on, first.address);
    // 22,000 less the deductible of 2,000: a quarter of it is the leaver's.
    expect(settled).toMatchObject({ approved: 20_000n * TOKEN, settled: told.settled, contested: told.contested });
    expect(settled.contested).toBeGreaterThanOrEqual(5_000n * TOKEN - 5n);
    expect(client.placeInLine((await world.product(0)).data, (await at(0)).data)).toBeUndefined();
    expect((await world.settle(await world.product(0), (await at(1)).address)).state).toBe(
      BigInt(IncidentState.Rejected),
    );

    // One crank gives it back from each, and then the ticket has it.
    const books = (await world.pool()).data;
    const ticket = (await ticketOf(leaver)).data;
    const { due: back, isOver, releases } = client.collectable(books, await incidents(), await epochs(), ticket);
    expect(isOver).toBe(true);
    expect(back).toBeGreaterThanOrEqual(5_000n * TOKEN - 10n);
    for (const { incident, epoch } of releases) {
      const now = (await world.pool()).data;
      expect(client.releaseProblem(now, incident.data, epoch.data)).toBeUndefined();
      const { events } = await network.send(friend, client.releaseContested(incident, epoch.address));
      expect(eventOf(events, 'contestedReleased').epoch).toBe(epoch.address);
    }
    const collect = await client.collectExit(pool, await ticketOf(leaver), friend.address);
    const collected = eventOf((await network.send(friend, collect)).events, 'exitCollected');
    expect(collected).toMatchObject({ amount: back, isOver: 1n });
    expect(await client.listExitTickets(rpc, { owner: leaver.address })).toEqual([]);
  });

  test('while the claim is paid to its holder, and its bond to whoever funded it', async () => {
    const pool = await world.pool();
    const claim = async () => (await client.listClaims(rpc, { incident: (await at(0)).address }))[0]!;
    const before = await network.balance(holder.address, world.asset);
    const one = await client.payout(pool, product, await claim(), stayer.address);
    expect(eventOf((await network.send(stayer, one)).events, 'claimPaid')).toMatchObject({ bond: 0n });
    expect(await network.balance(holder.address, world.asset)).toBeGreaterThanOrEqual(before + 20_000n * TOKEN - 5n);
    const waiting = await claim();
    expect([client.bondWaits(waiting.data), client.fundsItself(waiting.data)]).toEqual([true, false]);
    const had = await network.balance(friend.address, world.asset);
    const two = await client.payout(pool, product, waiting, stayer.address);
    expect(eventOf((await network.send(stayer, two)).events, 'claimPaid')).toMatchObject({
      amount: 0n,
      bond: 200n * TOKEN,
    });
    expect(await network.balance(friend.address, world.asset)).toBe(had + 200n * TOKEN);
    // What comes back from outside is the LPs': the claim was paid in full.
    const recovery = await client.recover(await world.pool(), await at(0), friend, 50n * TOKEN);
    const { amount, toClaims } = eventOf((await network.send(friend, recovery)).events, 'recovered');
    expect([amount, toClaims < TOKEN]).toEqual([50n * TOKEN, true]);
  });
});

test('the shares of a pool that was wiped out are retired and redeemed', async () => {
  const lost = await World.found(network);
  const lp = await lost.somebody(2_000n);
  await lost.deposit(lp, 1_000n);
  const whole = await lost.pool();
  const shares = await network.balance(lp.address, whole.data.shareMint);
  expect(client.retirementProblem(whole.data, await network.now())).toBe(client.BREAKWATER_ERROR__POOL_NOT_DEPLETED);
  // As if claims had taken all but 400 atoms.
  const wiped = { ...whole.data, capital: 400n };
  await network.write(whole.address, client.BREAKWATER_PROGRAM_ADDRESS, client.getPoolEncoder().encode(wiped));
  const before = await lost.pool();
  const now = await network.now();
  expect(client.depositProblem(before.data, now)).toBe(client.BREAKWATER_ERROR__POOL_DEPLETED);
  expect(client.quoteRetirement(before.data, now)).toEqual({ shares, capital: 400n });
  await network.send(lp, await client.retireShares(before, lp));

  // New shares are worth what they bring; the old ones have what is left.
  await lost.deposit(lp, 1_000n);
  const after = await lost.pool();
  expect(await network.balance(lp.address, after.data.shareMint)).toBe(1_000n * TOKEN * 1_000n);
  expect(await client.fetchShareWords(rpc, after.data)).toMatchObject({ name: 'Renewed pool shares' });
  const retired = (await client.listRetired(rpc, { pool: after.address }))[0]!;
  expect(retired.data).toMatchObject({ generation: 0, shareMint: whole.data.shareMint, shares });
  expect(client.quoteRedemption(retired.data, shares)).toBe(400n);
  const redeemed = await network.send(lp, await client.redeemRetired(after, retired, lp, shares));
  expect(eventOf(redeemed.events, 'retiredRedeemed').amount).toBe(400n);
});
