// What the program that a product covers draws, through the TypeScript client: paid at once, booked, paid later, challenged.
import type { Address, KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf } from '../src';
import { Network } from './network';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let venue: KeyPairSigner;
let product: Address;
let policy: client.Found<client.Policy>;
let booking: client.Found<client.Incident>;

const drawFor = async (loss: bigint, minPaid = 0n) => {
  const args = { loss: loss * TOKEN, minPaid: minPaid * TOKEN, payer: venue };
  return client.draw(await world.pool(), await world.product(0), policy, venue, args);
};
const latest = async () => (await client.listPolicies(rpc, { product }))[0]!;
/** What a payment would pay now. */
const payable = async () => {
  const [pool, risk] = [await world.pool(), await world.product(0)];
  return client.quoteBooking(pool.data, risk.data, booking.data, (await latest()).data, await network.now());
};

beforeAll(async () => {
  world = await World.found(network);
  venue = await world.somebody(10_000n);
  product = await world.list(0, {
    name: 'Perps venue',
    riskKind: client.RiskKind.Other,
    group: 0,
    trigger: client.Trigger.Authority,
    triggerSource: venue.address,
    // 5% of the capital a day, half of it at once.
    draws: { period: DAY, limitBps: 500 },
    deductibleBps: 0,
    waitingDays: 0,
  });
  const lp = await world.somebody(100_000n);
  await world.deposit(lp, 100_000n);
  await world.open();
  const purchase = {
    id: 1n,
    amount: 20_000n * TOKEN,
    termDays: 60,
    maxPremium: 1_000n * TOKEN,
    terms: 0n,
    court: world.assemblyAddress,
    holder: venue.address,
  };
  await network.send(venue, await client.buyCover(await world.pool(), product, venue, purchase));
  policy = await latest();
  await network.pass(10n * DAY);
}, 120_000);

describe.sequential('a draw', () => {
  test('is paid at once as far as the limit holds it, and the rest is booked', async () => {
    const risk = await world.product(0);
    const { events } = await network.send(venue, await drawFor(6_000n, 2_400n));
    const drawn = eventOf(events, 'coverDrawn');
    // Half of 5% of what the capital was at midnight.
    expect(drawn.paid / TOKEN).toBe(2_500n);
    expect(drawn.paid + drawn.booked).toBe(6_000n * TOKEN);
    expect(drawn.booking).toBe(await client.incidentAddress(product, risk.data.incidentCount));
    booking = await world.incident(drawn.booking);
    expect(booking.data).toMatchObject({ policy: policy.address, lien: drawn.booked, paid: 0n });
    expect([client.isBooking(booking.data), client.unsettledOf(booking.data)]).toEqual([true, drawn.booked]);
  });

  test('is not paid at once while something is booked', async () => {
    const { failure } = await client.simulate(rpc, venue.address, await drawFor(1_000n, 1n));
    expect(failure?.code).toBe(client.BREAKWATER_ERROR__DRAW_LIMITED);
  });

  test('is paid as the limit allows, by anyone', async () => {
    await network.pass(DAY / 2n);
    const quoted = await payable();
    const payer = await network.somebody();
    const before = await network.balance(venue.address, world.asset);
    const pay = await client.payBooking(await world.pool(), booking, policy, payer);
    expect(pay).toHaveLength(1);
    const paid = eventOf((await network.send(payer, pay)).events, 'bookingPaid');
    expect(paid.paid).toBeGreaterThanOrEqual(quoted);
    expect(paid.unsettled).toBe(booking.data.lien - paid.paid);
    expect(await network.balance(venue.address, world.asset)).toBe(before + paid.paid);
    booking = await world.incident(booking.address);
    expect(booking.data.paid).toBe(paid.paid);
  });

  test('is challenged for a bond, and nothing is paid until the jury has decided', async () => {
    const challenger = await world.somebody(10_000n);
    const [now, pool] = [await network.now(), await world.pool()];
    expect(client.challengeProblem(booking.data, now)).toBeUndefined();
    const challenge = await client.challengeIncident(pool, booking, challenger, await evidence('no loss'));
    const { bond } = eventOf((await network.send(challenger, challenge)).events, 'incidentChallenged');
    // At least the product's.
    expect(bond).toBe(500n * TOKEN);
    booking = await world.incident(booking.address);
    expect(client.attempt(() => client.isBooking(booking.data)).value).toBe(true);
    await expect(payable()).rejects.toThrow(client.Refusal);
    const ballot = async () => client.fetchBallot(rpc, booking.data.ballot, { commitment: 'confirmed' });
    // A ballot that nobody votes in is prolonged once.
    while (client.isVariant((await ballot()).data.state, client.BallotState.Open)) {
      await network.passTo((await ballot()).data.closesAt);
      await network.send(challenger, client.closeBallot(booking.data.ballot, challenger.address));
    }
    await network.passTo((await ballot()).data.finalAt);
    const [books, risk, mine] = [await world.pool(), await world.product(0), await latest()];
    const told = client.verdictOf(
      books.data,
      risk.data,
      booking.data,
      (await ballot()).data,
      await network.now(),
      mine.data,
    );
    // Nobody voted: the draw stands.
    expect(told).toBe(true);
    booking = await world.decide(booking.address);
    const half = await client.collectIncidentBond(await world.pool(), booking, venue);
    expect(eventOf((await network.send(venue, half)).events, 'incidentBondCollected').bond).toBe(250n * TOKEN);
  });

  test('ends with its last payment', async () => {
    await network.pass(2n * DAY);
    const payer = await network.somebody();
    const pay = await client.payBooking(await world.pool(), booking, policy, payer);
    const paid = eventOf((await network.send(payer, pay)).events, 'bookingPaid');
    expect(paid).toMatchObject({ unsettled: 0n, settled: booking.data.lien });
    expect((await latest()).data).toMatchObject({ paid: 6_000n * TOKEN, claimed: 6_000n * TOKEN, openClaims: 0 });
    await network.send(payer, client.closeIncident(await world.incident(booking.address), payer.address));
    expect(await client.listIncidents(rpc, { product })).toEqual([]);
  });
});
