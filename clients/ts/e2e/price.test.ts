// What a price decides, through the TypeScript client: a breach that pays without a jury, and one that is refuted.
import { generateKeyPairSigner, type Address, type KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf } from '../src';
import { Network } from './network';
import { CENT, EXPONENT, post } from './price';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
const STRIKE = 95n;
const FLOOR = 45n;
/** Seconds between two prices, of the hour that a breach must last. */
const STEP = 1_500n;
let world: World;
let product: Address;
let feed: Address;
let lp: KeyPairSigner;
let holder: KeyPairSigner;

/** Shows the product a new price. */
async function observe(cents: bigint): Promise<{ readonly price: Address; readonly at: bigint }> {
  const at = await network.now();
  const price = await post(network, feed, cents, at);
  await network.send(lp, client.observePrice(await world.product(0), price));
  return { price, at };
}

/** Shows prices below the strike for longer than an hour. */
async function breakOn(): Promise<void> {
  for (let step = 0; step < 3; step += 1) {
    await network.pass(STEP);
    await observe(68n);
  }
}

beforeAll(async () => {
  world = await World.found(network);
  feed = (await generateKeyPairSigner()).address;
  product = await world.list(0, {
    name: 'Dollar depeg',
    riskKind: client.RiskKind.Depeg,
    group: 1,
    trigger: client.Trigger.Price,
    triggerSource: feed,
    price: {
      strike: STRIKE * CENT,
      floor: FLOOR * CENT,
      exponent: EXPONENT,
      maxAge: 60,
      minDuration: 3_600,
      maxGap: 1_800,
    },
  });
  [lp, holder] = [await world.somebody(100_000n), await world.somebody(10_000n)];
  await world.deposit(lp, 100_000n);
  await world.open();
  const purchase = {
    id: 1n,
    amount: 20_000n * TOKEN,
    termDays: 90,
    maxPremium: 1_000n * TOKEN,
    terms: 0n,
    court: world.assemblyAddress,
    holder: holder.address,
  };
  await network.send(holder, await client.buyCover(await world.pool(), product, holder, purchase));
  await network.pass(2n * DAY);
}, 120_000);

describe.sequential('a price', () => {
  test('that was below the strike for an hour opens an incident', async () => {
    const pool = await world.pool();
    await observe(99n);
    await network.pass(STEP);
    const { at } = await observe(68n);
    const early = await client.openPriceIncident(pool, await world.product(0), lp);
    expect((await client.simulate(rpc, lp.address, early)).failure?.code).toBe(client.BREAKWATER_ERROR__NO_BREACH);
    await breakOn();
    const opened = await network.send(lp, await client.openPriceIncident(pool, await world.product(0), lp));
    // At 69 cents, the most that it was: 26 of the 50 cents between strike and floor, and so much of the cover.
    expect(eventOf(opened.events, 'incidentOpened')).toMatchObject({
      occurredAt: at,
      severityBps: 5_200n,
      lien: 20_000n * TOKEN,
      ballot: client.NOBODY,
    });
  });

  test('pays the holder, whoever claims', async () => {
    const pool = await world.pool();
    const incident = (await client.listIncidents(rpc, { pool: pool.address }))[0]!;
    const policy = (await client.listPolicies(rpc, { holder: holder.address }))[0]!;
    const filed = await network.send(lp, await client.claimBreach(pool, incident.address, policy, lp));
    // 52% of the sum insured, less the deductible: 5% of it.
    expect(eventOf(filed.events, 'claimSubmitted').amount).toBe(9_400n * TOKEN);
    await network.passTo(incident.data.challengeEndsAt);
    await world.decide(incident.address);
    await world.endFiling(incident.address);
    expect((await world.settle(await world.product(0), incident.address)).settled).toBe(9_400n * TOKEN);
    const before = await network.balance(holder.address, world.asset);
    const claim = (await client.listClaims(rpc, { incident: incident.address }))[0]!;
    await network.send(lp, await client.payout(pool, product, claim, lp.address));
    expect(await network.balance(holder.address, world.asset)).toBe(before + 9_400n * TOKEN);
  });

  test('within a breach that was not below the strike voids it', async () => {
    await observe(99n);
    await network.pass(STEP);
    const { at } = await observe(68n);
    await network.pass(STEP);
    await observe(68n);
    const inside = await post(network, feed, 99n, at + 600n);
    const refuted = await network.send(lp, client.refuteBreach(product, inside));
    expect(eventOf(refuted.events, 'breachRefuted')).toMatchObject({ low: 98n * CENT, publishedAt: at + 600n });
    expect((await world.product(0)).data.price.startedAt).toBe(0n);
  });

  test('voids a challenged incident, whose bond goes back', async () => {
    const pool = await world.pool();
    await network.pass(STEP);
    const { at } = await observe(68n);
    await breakOn();
    await network.send(lp, await client.openPriceIncident(pool, await world.product(0), lp));
    const incident = async () => (await client.listIncidents(rpc, { pool: pool.address }))[0]!;
    const opened = await incident();
    const { address } = opened;
    const challenge = await client.challengeIncident(pool, opened, holder, await evidence('never broken'));
    expect(eventOf((await network.send(holder, challenge)).events, 'incidentChallenged').bond).toBe(500n * TOKEN);
    const inside = await post(network, feed, 99n, at + 600n);
    const refuted = await network.send(lp, client.refuteIncident(await incident(), inside));
    expect(eventOf(refuted.events, 'incidentRefuted').incident).toBe(address);
    await world.decide(address);
    // Rejected: nothing is settled.
    expect(await world.settle(await world.product(0), address)).toMatchObject({
      state: BigInt(client.IncidentState.Rejected),
      settled: 0n,
    });
    const bond = await network.send(lp, await client.collectIncidentBond(pool, await incident(), lp));
    expect(eventOf(bond.events, 'incidentBondCollected')).toMatchObject({ owner: holder.address, bond: 500n * TOKEN });
  });
});
