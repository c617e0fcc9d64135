// The court through the TypeScript client: an appeal that changes nothing, and a dispute that wins.
import type { Address, KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf, type Found } from '../src';
import { Network } from './network';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let product: Address;
let lp: KeyPairSigner;
let buyer: KeyPairSigner;
let rival: KeyPairSigner;
let voter: KeyPairSigner;
let incident: Found<client.Incident>;

const ballotOf = async (subject: string) => {
  const found = (await client.listBallots(rpc, { pool: world.poolAddress })).find(
    ({ data }) => data.subject === subject,
  );
  return found!;
};
const claimOf = async () => (await client.listClaims(rpc, { incident: incident.address }))[0]!;

/** Has the voter vote for, and closes the ballot. */
async function pass(subject: string): Promise<void> {
  await network.send(voter, await client.vote(await ballotOf(subject), voter, client.Side.For));
  const closed = await network.send(lp, client.closeBallot((await ballotOf(subject)).address, lp.address));
  expect(eventOf(closed.events, 'ballotClosed').state).toBe(BigInt(client.BallotState.Passed));
}

beforeAll(async () => {
  world = await World.found(network);
  product = await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  [lp, buyer, rival, voter] = [
    await world.somebody(100_000n),
    await world.somebody(10_000n),
    await world.somebody(10_000n),
    await world.somebody(0n),
  ];
  await network.give(world.founder, world.governance, voter.address, 500n * TOKEN);
  await network.send(voter, await client.stake(await world.assembly(), voter, 500n * TOKEN));
  await world.deposit(lp, 100_000n);
  await world.open();
  const purchase = {
    id: 1n,
    amount: 20_000n * TOKEN,
    termDays: 90,
    maxPremium: 1_000n * TOKEN,
    terms: 0n,
    holder: buyer.address,
  };
  await network.send(buyer, await client.buyCover(await world.pool(), product, buyer, purchase));
  await network.pass(2n * DAY);
  const report = { occurredAt: (await network.now()) - 3_600n, ...(await evidence('exploit')) };
  await network.send(buyer, await client.openIncident(await world.pool(), await world.product(0), buyer, report));
  incident = (await client.listIncidents(rpc, { pool: world.poolAddress }))[0]!;
}, 120_000);

describe.sequential('the court', () => {
  test('an appeal that changes nothing loses its bond', async () => {
    const pool = await world.pool();
    await pass(incident.address);
    const ballot = (await ballotOf(incident.address)).address;
    const appealed = await network.send(rival, await client.appeal(pool, ballot, rival));
    expect(eventOf(appealed.events, 'ballotAppealed').bond).toBe(1_000n * TOKEN);
    await pass(incident.address);
    await network.passTo((await ballotOf(incident.address)).data.finalAt);
    const before = (await world.pool()).data;
    await world.decide(incident.address);
    const after = (await world.pool()).data;
    expect(before.bonds - after.bonds).toBe(1_000n * TOKEN);
    const { data } = await ballotOf(incident.address);
    expect(client.appealBondProblem(data)).toBe(client.BREAKWATER_ERROR__NOTHING_DUE);
  });

  test('a dispute that wins cuts the claim and gets half of its bond', async () => {
    const pool = await world.pool();
    const policy = (await client.listPolicies(rpc, { holder: buyer.address }))[0]!;
    const demand = { loss: 6_000n * TOKEN, ...(await evidence('loss')) };
    await network.send(buyer, await client.submitClaim(pool, incident.address, policy.address, buyer, demand));
    const request = { counterAmount: 1_000n * TOKEN, ...(await evidence('less')) };
    const disputed = await network.send(
      rival,
      await client.disputeClaim(pool, incident, await claimOf(), rival, request),
    );
    expect(eventOf(disputed.events, 'claimDisputed').counterAmount).toBe(1_000n * TOKEN);

    const claim = await claimOf();
    await network.passTo(claim.data.disputesEndAt);
    await pass(claim.address);
    await network.passTo((await ballotOf(claim.address)).data.finalAt);
    const resolved = await network.send(lp, client.resolveDispute(pool, claim, lp.address));
    expect(eventOf(resolved.events, 'disputeResolved').amount).toBe(1_000n * TOKEN);
    const dispute = (await client.listDisputes(rpc, { claim: claim.address }))[0]!;
    const ended = await network.send(lp, await client.collectDisputeBond(pool, incident.address, dispute, lp));
    expect(eventOf(ended.events, 'disputeBondCollected').paid).toBe(dispute.data.bond + claim.data.bond / 2n);
  });

  test('the incident is settled for what is left of the claim', async () => {
    await world.endFiling(incident.address);
    expect((await world.settle(await world.product(0), incident.address)).settled).toBe(1_000n * TOKEN);
    const pool = await world.pool();
    const paid = await network.send(lp, await client.payout(pool, product, await claimOf(), lp.address));
    expect(eventOf(paid.events, 'claimPaid').amount).toBe(1_000n * TOKEN);
  });
});
