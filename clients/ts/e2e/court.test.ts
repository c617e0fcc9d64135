// The court through the TypeScript client: an appeal that changes nothing, a dispute that decides how much of a claim stands, and evidence.
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

/** Has the voter vote for a level, and closes the ballot. */
async function decideFor(subject: string, level: number): Promise<client.BallotClosedEvent> {
  await network.send(voter, await client.vote(await ballotOf(subject), voter, level));
  const closed = await network.send(lp, client.closeBallot((await ballotOf(subject)).address, lp.address));
  return eventOf(closed.events, 'ballotClosed');
}

/** Has the voter vote for what is asked, which passes. */
const pass = async (subject: string): Promise<void> =>
  expect((await decideFor(subject, client.FOR)).state).toBe(BigInt(client.BallotState.Passed));

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
    court: world.assemblyAddress,
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

  test('anyone attaches evidence, to what the program knows alone', async () => {
    const proof = await evidence('what a stranger saw');
    const attached = await network.send(rival, client.attachEvidence(incident.address, rival, proof));
    const said = eventOf(attached.events, 'evidenceAttached');
    expect(said).toMatchObject({ subject: incident.address, author: rival.address, evidenceHash: proof.evidenceHash });
    expect(client.readText(said.evidenceUri)).toBe(proof.evidenceUri);
    const { failure } = await client.simulate(
      rpc,
      rival.address,
      client.attachEvidence(world.governance, rival, proof),
    );
    expect(failure?.code).toBe(client.BREAKWATER_ERROR__BAD_SUBJECT);
  });

  test('a dispute cuts a claim to what the court says, and gets half of its bond', async () => {
    const pool = await world.pool();
    const policy = (await client.listPolicies(rpc, { holder: buyer.address }))[0]!;
    const demand = { loss: 6_000n * TOKEN, ...(await evidence('loss')) };
    await network.send(buyer, await client.submitClaim(pool, incident.address, policy.address, buyer, demand));
    incident = await world.incident(incident.address);
    const filed = await claimOf();
    expect(client.disputeProblem(incident.data, filed.data, await network.now())).toBeUndefined();
    const wrong = client.quoteLevel(filed.data, client.FOR);
    const quarter = client.quoteLevel(filed.data, 4);
    // All of the dispute's bond where the claim stands; a quarter is left of the claim, and nothing of its bond.
    expect(wrong).toMatchObject({ disputerLoses: filed.data.disputeBond, claimantLoses: 0n });
    expect(quarter).toMatchObject({ stands: 1_250n * TOKEN, claimantLoses: filed.data.bond, disputerLoses: 0n });
    const disputed = await network.send(
      rival,
      await client.disputeClaim(pool, incident, filed, rival, await evidence('less')),
    );
    expect(eventOf(disputed.events, 'claimDisputed')).toMatchObject({
      claim: filed.address,
      bond: filed.data.disputeBond,
    });

    const claim = await claimOf();
    expect(claim.data).toMatchObject({ disputer: rival.address, level: client.FOR, amount: 5_000n * TOKEN });
    const again = client.disputeProblem(incident.data, claim.data, await network.now());
    expect(again).toBe(client.BREAKWATER_ERROR__NOT_DISPUTABLE);
    const told = client.turnoutOf((await ballotOf(claim.address)).data);
    expect(told).toMatchObject({ cast: 0n, byDefault: client.FOR, leading: client.FOR });
    const closed = await decideFor(claim.address, 4);
    expect(closed).toMatchObject({ state: BigInt(client.BallotState.Decided), level: 4n, weightCast: 500n * TOKEN });
    await network.passTo((await ballotOf(claim.address)).data.finalAt);
    const resolved = await network.send(lp, client.resolveDispute(pool, claim, lp.address));
    expect(eventOf(resolved.events, 'disputeResolved')).toMatchObject({ level: 4n, amount: quarter.stands, bond: 0n });
    expect(client.disputeBondProblem((await claimOf()).data)).toBeUndefined();
    const ended = await network.send(lp, await client.collectDisputeBond(pool, await claimOf(), lp));
    const due = filed.data.disputeBond + quarter.disputerGets;
    expect(eventOf(ended.events, 'disputeBondCollected').paid).toBe(due);
  });

  test('a vote is released before its reward is collected', async () => {
    const pool = await world.pool();
    const ballot = await ballotOf((await claimOf()).address);
    const record = (await client.listVoteRecords(rpc, { ballot: ballot.address }))[0]!;
    const release = client.releaseVote(pool, ballot, record, voter.address, lp.address);
    const released = eventOf((await network.send(lp, release)).events, 'voteReleased');
    expect(released).toMatchObject({ reward: 0n, closed: 0n });
    const left = (await client.listVoteRecords(rpc, { ballot: ballot.address }))[0]!;
    const [found, assembly, now] = [
      (await client.listVoters(rpc, { owner: voter.address }))[0]!,
      await world.assembly(),
      await network.now(),
    ];
    const due = client.voteReturn(ballot.data, left.data, found.data, assembly.data, now);
    expect(due).toMatchObject({ locks: false, slash: 0n });
    const collect = await client.collectVoteReward(pool, ballot, left, voter.address, voter);
    const collected = eventOf((await network.send(voter, collect)).events, 'voteReleased');
    expect(collected).toMatchObject({ reward: due.reward, closed: 1n });
  });

  test('the incident is settled for what is left of the claim', async () => {
    await world.endFiling(incident.address);
    expect((await world.settle(await world.product(0), incident.address)).settled).toBe(1_250n * TOKEN);
    const pool = await world.pool();
    const paid = await network.send(lp, await client.payout(pool, product, await claimOf(), lp.address));
    expect(eventOf(paid.events, 'claimPaid').amount).toBe(1_250n * TOKEN);
  });
});
