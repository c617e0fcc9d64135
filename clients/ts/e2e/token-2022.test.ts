// A pool over a mint of Token-2022 through the TypeScript client: from the deposit to the exit, without a word about it.
import {
  AccountRole,
  getAddressEncoder,
  type Address,
  type Instruction,
  type KeyPairSigner,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf, TOKEN_2022_PROGRAM_ADDRESS as TOKEN_2022, type Found } from '../src';
import { Network, type MintProgram } from './network';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let product: Address;
let lp: KeyPairSigner;
let buyer: KeyPairSigner;
let voter: KeyPairSigner;
let incident: Found<client.Incident>;

/** A mint with one extension: its data, and the instruction that initializes it. */
const extended = (bytes: number, data: (mint: Address) => readonly (number | ReadonlyUint8Array)[]): MintProgram => ({
  program: TOKEN_2022,
  // Extensions begin where token accounts end, after a byte for the kind of account.
  space: 165 + 1 + 4 + bytes,
  extensions: (mint): Instruction[] => [
    {
      programAddress: TOKEN_2022,
      accounts: [{ address: mint, role: AccountRole.WRITABLE }],
      data: new Uint8Array(data(mint).flatMap((part) => (typeof part === 'number' ? part : [...part]))),
    },
  ],
});
const bytesOf = (address: Address) => getAddressEncoder().encode(address);
/** Says that the metadata is in the mint itself. */
const METADATA_POINTER = extended(64, (mint) => [39, 0, bytesOf(client.NOBODY), bytesOf(mint)]);
const PERMANENT_DELEGATE = extended(32, (mint) => [35, bytesOf(mint)]);

beforeAll(async () => {
  const createAsset = (founder: KeyPairSigner) => network.createMint(founder, 6, METADATA_POINTER);
  world = await World.found(network, { createAsset, plainShares: true });
  product = await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  [lp, buyer, voter] = [await world.somebody(100_000n), await world.somebody(10_000n), await world.somebody(0n)];
  await network.give(world.founder, world.governance, voter.address, 500n * TOKEN);
  await network.send(voter, await client.stake(await world.assembly(), voter, 500n * TOKEN));
  await world.deposit(lp, 100_000n);
  await world.open();
}, 120_000);

describe.sequential('a pool over Token-2022', () => {
  test('takes deposits and sells cover', async () => {
    const pool = await world.pool();
    expect(pool.data.tokenProgram).toBe(TOKEN_2022);
    // The creator picks the program of the shares: these show no words.
    expect(await client.fetchTokenProgram(rpc, pool.data.shareMint)).toBe(TOKEN_PROGRAM_ADDRESS);
    expect(await client.fetchShareWords(rpc, pool.data)).toBeUndefined();
    expect(await network.balance(lp.address, pool.data.shareMint)).toBe(100_000n * TOKEN * 1_000n);
    const cover = {
      id: 1n,
      amount: 20_000n * TOKEN,
      termDays: 90,
      maxPremium: 1_000n * TOKEN,
      terms: 0n,
      court: world.assemblyAddress,
      holder: buyer.address,
    };
    const bought = await network.send(buyer, await client.buyCover(pool, product, buyer, cover));
    const { premium } = eventOf(bought.events, 'coverBought');
    expect(await network.balance(buyer.address, world.asset)).toBe(10_000n * TOKEN - premium);
    const unpaid = await client.buyCover(pool, product, lp, { ...cover, id: 2n });
    await expect(network.send(lp, unpaid)).rejects.toThrow('The token account does not hold enough');
  });

  test('pays a claim', async () => {
    await network.pass(2n * DAY);
    const pool = await world.pool();
    const report = { occurredAt: (await network.now()) - 3_600n, ...(await evidence('exploit')) };
    await network.send(buyer, await client.openIncident(pool, await world.product(0), buyer, report));
    incident = (await client.listIncidents(rpc, { pool: pool.address }))[0]!;
    const policy = (await client.listPolicies(rpc, { holder: buyer.address }))[0]!;
    const demand = { loss: 11_000n * TOKEN, ...(await evidence('loss')) };
    await network.send(buyer, await client.submitClaim(pool, incident.address, policy.address, buyer, demand));
    const ballot = (await client.listBallots(rpc, { subject: incident.address }))[0]!;
    await network.send(voter, await client.vote(ballot, voter, client.FOR));
    await network.send(lp, client.closeBallot(ballot.address, lp.address));
    await network.passTo((await client.fetchBallot(rpc, ballot.address, { commitment: 'confirmed' })).data.finalAt);
    await world.decide(incident.address);
    await world.endFiling(incident.address);
    await world.settle(await world.product(0), incident.address);
    incident = await world.incident(incident.address);
    const before = await network.balance(buyer.address, world.asset);
    const claim = (await client.listClaims(rpc, { incident: incident.address }))[0]!;
    await network.send(lp, await client.payout(pool, product, claim, lp.address));
    await network.send(lp, await client.collectIncidentBond(pool, incident, lp));
    expect(await network.balance(buyer.address, world.asset)).toBe(before + (10_000n + 100n + 500n) * TOKEN);
    const record = (await client.listVoteRecords(rpc, { ballot: ballot.address }))[0]!;
    const collect = await client.collectVoteReward(pool, ballot, record, voter.address, voter);
    const rewarded = await network.send(voter, collect);
    expect(await network.balance(voter.address, world.asset)).toBe(eventOf(rewarded.events, 'voteReleased').reward);
  });

  test('lets the LP go', async () => {
    const pool = await world.pool();
    const shares = (await network.balance(lp.address, pool.data.shareMint)) / 2n;
    const { number, day } = client.exitEpochNow(pool.data, await network.now());
    await network.send(lp, await client.requestExit(pool, lp, { id: 1n, epoch: number, shares }));
    await network.passTo(client.startOf(day));
    const paying = await network.send(lp, await client.payExits(await world.pool(), lp.address));
    const ticket = (await client.listExitTickets(rpc, { owner: lp.address }))[0]!;
    await network.send(buyer, await client.collectExit(pool, ticket, buyer.address));
    const { paid } = eventOf(paying.events, 'exitsPaid');
    expect(paid).toBeGreaterThan(0n);
    expect(await network.balance(lp.address, world.asset)).toBe(paid);
    expect(await network.balanceOf(pool.data.vault)).toBeGreaterThanOrEqual(client.owed((await world.pool()).data));
  });
});

test('a mint from which somebody could take tokens is refused by name', async () => {
  const founder = await network.somebody();
  await expect(
    World.found(network, { createAsset: (authority) => network.createMint(authority, 6, PERMANENT_DELEGATE) }),
  ).rejects.toThrow(
    client.programErrorWords(client.BREAKWATER_PROGRAM_ADDRESS, client.BREAKWATER_ERROR__PERMANENT_DELEGATE_EXTENSION),
  );
  await expect(client.fetchTokenProgram(rpc, founder.address)).rejects.toThrow('is not the mint of a token');
});
