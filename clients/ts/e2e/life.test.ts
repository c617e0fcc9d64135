// A pool's life through the TypeScript client: deposit, opening, cover, incident, claim, vote, settlement, payout, exit.
import { writeFileSync } from 'node:fs';
import { type Address, type KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf, type Found } from '../src';
import { Network } from './network';
import { evidence, TOKEN, WORDS, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let lp: KeyPairSigner;
let buyer: KeyPairSigner;
let voter: KeyPairSigner;
let product: Address;
let policy: Found<client.Policy>;
let incident: Found<client.Incident>;
let claim: Found<client.Claim>;
let ballot: Found<client.Ballot>;

const only = <Item>(items: readonly Item[]): Item => {
  expect(items).toHaveLength(1);
  return items[0]!;
};

beforeAll(async () => {
  world = await World.found(network);
  product = await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  lp = await world.somebody(100_000n);
  buyer = await world.somebody(10_000n);
  voter = await world.somebody(0n);
  await network.give(world.founder, world.governance, voter.address, 500n * TOKEN);
}, 120_000);

describe.sequential('a life', () => {
  test('an LP deposits', async () => {
    const amount = 100_000n * TOKEN;
    const receipt = await world.deposit(lp, 100_000n);
    const deposited = eventOf(receipt.events, 'deposited');
    expect(deposited.shares).toBe(amount * 1_000n);
    expect(deposited.books.capital).toBe(amount);
    expect(client.sharesWorth((await world.pool()).data, deposited.shares)).toBe(amount);
  });

  test('a refusal says why, before anything is signed', async () => {
    const seen = client.seenOf((await world.pool()).data);
    const again = client.deposit(await world.pool(), lp, { amount: TOKEN, minShares: 0n, seen });
    await expect(again.then((instructions) => network.send(lp, instructions))).rejects.toThrow(
      'The token account does not hold enough',
    );
    const nothing = client.deposit(await world.pool(), lp, { amount: 0n, minShares: 0n, seen });
    const { failure } = await client.simulate(rpc, lp.address, await nothing);
    expect(failure).toEqual({
      code: client.BREAKWATER_ERROR__ZERO_AMOUNT,
      program: client.BREAKWATER_PROGRAM_ADDRESS,
      words: 'The amount is zero',
    });
    const blind = client.deposit(await world.pool(), lp, { amount: 1n, minShares: 0n, seen: { ...seen, terms: 0n } });
    expect((await client.simulate(rpc, lp.address, await blind)).failure?.code).toBe(
      client.BREAKWATER_ERROR__TERMS_CHANGED,
    );
  });

  test('the shares have words, which wallets show', async () => {
    const { data } = await world.pool();
    expect(data.shareTokenProgram).toBe(client.TOKEN_2022_PROGRAM_ADDRESS);
    expect(await client.fetchShareWords(rpc, data)).toEqual(WORDS);
  });

  test('the pool opens; until seven days later LPs leave at once', async () => {
    const opening = client.sellsFromIfOpened((await world.pool()).data, await network.now());
    const opened = await network.send(world.founder, client.openPool(world.poolAddress, world.founder));
    const { openedAt, sellsFrom } = eventOf(opened.events, 'poolOpened');
    // The exit delay and two days are longer than the season, and than seven days; and the rest of the day.
    expect(sellsFrom).toBe(client.startOf(client.dayOf(openedAt + 9n * DAY) + 1n));
    expect(sellsFrom).toBeGreaterThanOrEqual(opening);
    const pool = await world.pool();
    expect(client.withdrawalEnds(pool.data)).toBe(openedAt + client.OPENING_EXITS);
    expect(client.sellingProblem(pool.data, openedAt)).toBe(client.BREAKWATER_ERROR__POOL_NOT_OPEN);
    const shares = 10_000n * TOKEN * 1_000n;
    const args = { shares, minAmount: client.quoteWithdrawal(pool.data, shares, await network.now()) };
    const out = await network.send(lp, await client.withdraw(pool, lp, args));
    expect(eventOf(out.events, 'withdrawn').amount).toBe(10_000n * TOKEN);
    await world.deposit(lp, 10_000n);
    await network.passTo(client.withdrawalEnds(pool.data)!);
    const late = await client.withdraw(pool, lp, { shares: 1_000n, minAmount: 0n });
    expect((await client.simulate(rpc, lp.address, late)).failure?.code).toBe(
      client.BREAKWATER_ERROR__LEAVING_TAKES_TIME,
    );
  });

  test('a voter stakes', async () => {
    const receipt = await network.send(voter, await client.stake(await world.assembly(), voter, 500n * TOKEN));
    expect(eventOf(receipt.events, 'staked').totalStaked).toBe(500n * TOKEN);
    await network.passTo((await world.pool()).data.sellsFrom);
  });

  test('a buyer takes the quoted cover', async () => {
    const pool = await world.pool();
    const cover = { amount: 20_000n * TOKEN, termDays: 90 };
    const now = await network.now();
    const [{ data: risk }, { data: court }] = [await world.product(0), await world.assembly()];
    expect(client.courtOfSale(pool.data, risk, now)).toBe(world.assemblyAddress);
    expect(client.courtWorth(pool.data, court, now)).toMatchObject({ stake: 500n * TOKEN, below: false });
    const quote = client.quoteCover(pool.data, risk, court, cover, now);
    expect(quote.capacity).toBe(100_000n * TOKEN);
    const purchase = {
      ...cover,
      id: 7n,
      maxPremium: client.atMost(quote.premium),
      terms: quote.terms,
      court: world.assemblyAddress,
      holder: buyer.address,
    };
    const receipt = await network.send(buyer, await client.buyCover(pool, product, buyer, purchase));
    const bought = eventOf(receipt.events, 'coverBought');
    expect(bought.policy).toBe(await client.policyAddress(product, buyer.address, 7n));
    expect(bought.premium).toBeLessThanOrEqual(quote.premium);
    policy = only(await client.listPolicies(rpc, { holder: buyer.address }));
    expect(policy).toMatchObject({ address: bought.policy, data: { amount: cover.amount, premium: bought.premium } });
    expect(await client.listPolicies(rpc, { holder: lp.address })).toEqual([]);
  });

  test('time earns premium, as the program accrues it', async () => {
    await network.pass(10n * DAY);
    const before = await world.pool();
    await network.standStill();
    const roll = client.getRollProductInstruction({ pool: before.address, product, vault: before.data.vault });
    const told = await client.simulate(rpc, lp.address, [roll], [before.address, product]);
    const stored = (await world.product(0)).data;
    const { pool, product: rolled } = client.roll(before.data, stored, await network.now());
    await network.goOn();
    expect(client.getPoolEncoder().encode(pool)).toEqual(told.accounts[0]);
    expect(client.getProductEncoder().encode(rolled)).toEqual(told.accounts[1]);
    expect(pool.capital).toBeGreaterThan(before.data.capital);
    expect(pool.capital + pool.unearned).toBe(before.data.capital + before.data.unearned);
    expect(rolled.activeCover).toBe(20_000n * TOKEN);
    expect(client.owed(pool)).toBe(await network.balanceOf(pool.vault));
  });

  test('an incident is opened, and its holder claims', async () => {
    const pool = await world.pool();
    const occurredAt = (await network.now()) - 3_600n;
    const report = { occurredAt, ...(await evidence('exploit')) };
    await network.send(buyer, await client.openIncident(pool, await world.product(0), buyer, report));
    incident = only(await client.listIncidents(rpc, { pool: pool.address }));
    expect(incident.data).toMatchObject({ occurredAt, lien: 20_000n * TOKEN, bond: 500n * TOKEN });
    expect(client.readText(incident.data.evidenceUri)).toBe('https://example.org/evidence/exploit');

    const demand = { loss: 11_000n * TOKEN, ...(await evidence('loss')) };
    await network.send(buyer, await client.submitClaim(pool, incident.address, policy.address, buyer, demand));
    claim = only(await client.listClaims(rpc, { incident: incident.address }));
    // Less the deductible: 5% of the sum insured.
    expect(claim.data).toMatchObject({ loss: 11_000n * TOKEN, amount: 10_000n * TOKEN, claimant: buyer.address });
  });

  test('the jury votes', async () => {
    ballot = only(await client.listBallots(rpc, { pool: world.poolAddress }));
    const receipt = await network.send(voter, await client.vote(ballot, voter, client.FOR));
    expect(eventOf(receipt.events, 'voted').weight).toBe(500n * TOKEN);
    const closed = await network.send(lp, client.closeBallot(ballot.address, lp.address));
    expect(eventOf(closed.events, 'ballotClosed').state).toBe(BigInt(client.BallotState.Passed));
    const early = client.decideIncident(await world.pool(), incident, lp.address);
    const { failure } = await client.simulate(rpc, lp.address, early);
    expect(failure?.code).toBe(client.BREAKWATER_ERROR__APPEAL_WINDOW_OPEN);
  });

  test('the incident settles and the claim is paid', async () => {
    const final = (await client.fetchBallot(rpc, ballot.address, { commitment: 'confirmed' })).data.finalAt;
    await network.passTo(final);
    const told = client.verdictOf(
      (await world.pool()).data,
      (await world.product(0)).data,
      incident.data,
      (await client.fetchBallot(rpc, ballot.address, { commitment: 'confirmed' })).data,
      await network.now(),
    );
    expect(told).toBe(true);
    incident = await world.decide(incident.address);
    expect(incident.data).toMatchObject({ state: client.IncidentState.Accepted });
    const waits = async () =>
      client.settlementProblem((await world.product(0)).data, incident.data, await network.now());
    expect(await waits()).toBe(client.BREAKWATER_ERROR__FILING_OPEN);
    await world.endFiling(incident.address);
    incident = await world.incident(incident.address);
    expect(await waits()).toBe(client.BREAKWATER_ERROR__DISPUTE_WINDOW_OPEN);
    expect(await world.settle(await world.product(0), incident.address)).toMatchObject({
      state: BigInt(client.IncidentState.Settled),
      approved: 10_000n * TOKEN,
      settled: 10_000n * TOKEN,
    });
    const pool = await world.pool();
    const before = await network.balance(buyer.address, world.asset);
    const paid = await network.send(lp, await client.payout(pool, product, claim, lp.address));
    expect(eventOf(paid.events, 'claimPaid')).toMatchObject({ amount: 10_000n * TOKEN, bond: 100n * TOKEN });
    expect(await network.balance(buyer.address, world.asset)).toBe(before + 10_100n * TOKEN);
    const bond = await network.send(lp, await client.collectIncidentBond(pool, incident, lp));
    expect(eventOf(bond.events, 'incidentBondCollected').bond).toBe(500n * TOKEN);
  });

  test('the voter is rewarded', async () => {
    const pool = await world.pool();
    const record = only(await client.listVoteRecords(rpc, { ballot: ballot.address }));
    // Their own step opens the token account for the reward: others pay nobody's rent.
    const collect = await client.collectVoteReward(pool, ballot, record, voter.address, voter);
    expect(await client.collectVoteReward(pool, ballot, record, voter.address, lp)).toHaveLength(1);
    const receipt = await network.send(voter, collect);
    const { reward, staked } = eventOf(receipt.events, 'voteReleased');
    expect(reward).toBeGreaterThan(0n);
    expect(staked).toBe(500n * TOKEN);
    expect(await network.balance(voter.address, world.asset)).toBe(reward);
  });

  test('the authority queues a change', async () => {
    const request = { proposal: client.proposal('CancelFee', { cancelFeeBps: 100 }) };
    const queue = await client.proposeChange(await world.pool(), world.founder, request);
    const receipt = await network.send(world.founder, queue);
    const { change, ballot, proposal } = eventOf(receipt.events, 'changeProposed');
    expect([change, ballot]).toEqual([
      await client.changeAddress(world.poolAddress, world.founder.address, 0n),
      client.NOBODY,
    ]);
    expect(client.readProposal(proposal)).toEqual(request.proposal);
  });

  test('the LP leaves with what is left', async () => {
    const pool = await world.pool();
    const shares = await network.balance(lp.address, pool.data.shareMint);
    const { number, day } = client.exitEpochNow(pool.data, await network.now());
    const exit = { id: 1n, epoch: number, shares: shares / 2n };
    const requested = await network.send(lp, await client.requestExit(pool, lp, exit));
    expect(eventOf(requested.events, 'exitRequested')).toMatchObject({ epoch: 0n, day });
    const epochs = () => client.listExitEpochs(rpc, { pool: world.poolAddress });
    const at = await network.now();
    const foreseen = only(client.foreseeExits((await world.pool()).data, await epochs(), at));
    expect(foreseen).toMatchObject({ number, at: client.startOf(day), shares: exit.shares, contested: 0n, all: true });
    await network.passTo(client.startOf(day));
    const epoch = only(await epochs());
    const window = client.exitWindow((await world.pool()).data, epoch.data, await network.now())!;
    expect(window.until).toBe(client.startOf(day) + DAY);
    const paid = eventOf(
      (await network.send(lp, await client.payExits(await world.pool(), lp.address))).events,
      'exitsPaid',
    );
    expect(paid).toMatchObject({ number, burned: exit.shares, contested: 0n, waiting: 0n });
    const ticket = only(await client.listExitTickets(rpc, { owner: lp.address }));
    if (process.env['BREAKWATER_RECORD']) await record();
    const collected = await network.send(buyer, await client.collectExit(pool, ticket, buyer.address));
    expect(eventOf(collected.events, 'exitCollected')).toMatchObject({ amount: paid.paid, isOver: 1n });
    expect(await network.balance(lp.address, world.asset)).toBe(paid.paid);
    expect(await client.listExitTickets(rpc, { owner: lp.address })).toEqual([]);
    await network.send(buyer, client.closeExitEpoch(pool, only(await epochs()), buyer.address));
    expect(await epochs()).toEqual([]);
  });
});

/** Writes the accounts of this life, as the node returns them, for the tests that run without a network. */
async function record(): Promise<void> {
  const voterAccount = only(await client.listVoters(rpc, { owner: voter.address }));
  const addresses = {
    pool: world.poolAddress,
    assembly: world.assemblyAddress,
    product,
    policy: policy.address,
    incident: incident.address,
    claim: claim.address,
    ballot: ballot.address,
    voter: voterAccount.address,
    exitTicket: only(await client.listExitTickets(rpc, { owner: lp.address })).address,
    change: only(await client.listChanges(rpc, { pool: world.poolAddress })).address,
    exitEpoch: only(await client.listExitEpochs(rpc, { pool: world.poolAddress })).address,
  };
  const accounts: Record<string, { address: string; data: string }> = {};
  for (const [kind, address] of Object.entries(addresses)) {
    const { value } = await rpc.getAccountInfo(address, { encoding: 'base64', commitment: 'confirmed' }).send();
    accounts[kind] = { address, data: value!.data[0] };
  }
  const actors = { founder: world.founder.address, lp: lp.address, buyer: buyer.address, voter: voter.address };
  const mints = { asset: world.asset, governance: world.governance };
  const latest = await rpc.getSignaturesForAddress(incident.address, { limit: 1, commitment: 'confirmed' }).send();
  const { logs } = (await client.fetchOutcome(rpc, latest[0]!.signature))!;
  const life = { actors, mints, accounts, logs };
  writeFileSync(new URL('../test/life.json', import.meta.url), `${JSON.stringify(life, null, 2)}\n`);
}
