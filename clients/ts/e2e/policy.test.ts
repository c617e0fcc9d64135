// What becomes of a policy, and of a stake, through the TypeScript client: extended, given back in part, passed on, cancelled;
// taken out.
import { createSolanaRpcSubscriptions, type Address, type KeyPairSigner } from '@solana/kit';
import { beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, eventOf } from '../src';
import { Network } from './network';
import { TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
let world: World;
let product: Address;
let buyer: KeyPairSigner;
let heir: KeyPairSigner;

const policy = async () => (await client.listPolicies(rpc, { product }))[0]!;

beforeAll(async () => {
  world = await World.found(network);
  product = await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  const lp = await world.somebody(100_000n);
  [buyer, heir] = [await world.somebody(10_000n), await world.somebody(0n)];
  await world.deposit(lp, 100_000n);
  await world.open();
  const purchase = {
    id: 1n,
    amount: 20_000n * TOKEN,
    termDays: 60,
    maxPremium: 1_000n * TOKEN,
    terms: 0n,
    court: world.assemblyAddress,
    holder: buyer.address,
  };
  await network.send(buyer, await client.buyCover(await world.pool(), product, buyer, purchase));
  const kept = await client.cancelCover(await world.pool(), await world.product(0), await policy(), buyer, {
    minRefund: 0n,
  });
  const { failure } = await client.simulate(rpc, buyer.address, kept);
  expect(failure?.code).toBe(client.BREAKWATER_ERROR__BOUGHT_TODAY);
  await network.pass(10n * DAY);
}, 120_000);

describe.sequential('a policy', () => {
  test('is extended', async () => {
    const before = await policy();
    const request = { days: 30, maxPremium: 1_000n * TOKEN };
    const extended = await network.send(buyer, await client.extendCover(await world.pool(), before, buyer, request));
    expect(eventOf(extended.events, 'coverExtended').end).toBe(before.data.end + 30n * DAY);
    expect((await policy()).data.end).toBe(before.data.end + 30n * DAY);
  });

  test('is extended, and known to be, when no node says that the transaction landed', async () => {
    const before = await policy();
    const deaf = { rpc, rpcSubscriptions: createSolanaRpcSubscriptions('ws://127.0.0.1:1') };
    const request = await client.extendCover(await world.pool(), before, buyer, { days: 1, maxPremium: 100n * TOKEN });
    const { events } = await client.send(deaf, buyer, request);
    expect(eventOf(events, 'coverExtended').end).toBe(before.data.end + DAY);
  });

  test('is given back in part, and the rest goes on', async () => {
    const [pool, before, now] = [await world.pool(), await policy(), await network.now()];
    const part = 5_000n * TOKEN;
    const [risk, { data: court }] = [await world.product(0), await world.assembly()];
    const quote = (some: bigint) => client.quoteReduction(pool.data, risk.data, court, before.data, some, now);
    const { refund, fee } = quote(part);
    const all = client.attempt(() => quote(before.data.amount));
    expect(all.problem).toBe(client.BREAKWATER_ERROR__NOT_PART_OF_COVER);
    const args = { part, minRefund: client.atLeast(refund) };
    const reduced = await network.send(buyer, await client.reduceCover(pool, risk, before, buyer, args));
    // What she gave back is held until the second midnight.
    const event = eventOf(reduced.events, 'coverReduced');
    expect(event).toMatchObject({ amount: 15_000n * TOKEN, productActive: 20_000n * TOKEN });
    // Premium is earned by the second.
    expect([refund - event.refund < TOKEN, fee - event.fee < TOKEN]).toEqual([true, true]);
    const after = (await policy()).data;
    expect(after).toMatchObject({ amount: 15_000n * TOKEN, held: 15_000n * TOKEN, end: before.data.end });
    // It bears the deductible of all that was bought.
    expect(client.deductibleOf(after)).toBe(1_000n * TOKEN);
  });

  test('is passed on, by its holder only', async () => {
    const { address } = await policy();
    const stolen = client.transferCover(address, heir, heir.address);
    const { failure } = await client.simulate(rpc, heir.address, stolen);
    expect(failure?.code).toBe(client.BREAKWATER_ERROR__NOT_HOLDER);
    const passed = await network.send(buyer, client.transferCover(address, buyer, heir.address));
    expect(eventOf(passed.events, 'coverTransferred').newHolder).toBe(heir.address);
    expect(await client.listPolicies(rpc, { holder: heir.address })).toHaveLength(1);
  });

  test('is cancelled for the premium that is not earned', async () => {
    const pool = await world.pool();
    const risk = await world.product(0);
    const dear = await client.cancelCover(pool, risk, await policy(), heir, { minRefund: 1_000n * TOKEN });
    const { failure } = await client.simulate(rpc, heir.address, dear);
    expect(failure?.code).toBe(client.BREAKWATER_ERROR__REFUND_TOO_LOW);
    const cancelled = await network.send(
      heir,
      await client.cancelCover(pool, risk, await policy(), heir, { minRefund: 1n }),
    );
    const { refund, fee, end } = eventOf(cancelled.events, 'coverCancelled');
    // The fee is 5% of both, rounded up.
    expect([refund > 0n, fee]).toEqual([true, (refund + fee + 19n) / 20n]);
    expect(await network.balance(heir.address, world.asset)).toBe(refund);
    expect((await policy()).data).toMatchObject({ cancelRefund: refund, end });
  });
});

test('a stake is taken out after the delay', async () => {
  const staker = await world.somebody(0n);
  await network.give(world.founder, world.governance, staker.address, 500n * TOKEN);
  const assembly = await world.assembly();
  await network.send(staker, await client.stake(assembly, staker, 500n * TOKEN));
  await network.send(staker, await client.requestUnstake(assembly.address, staker, 200n * TOKEN));
  const take = () => client.unstake(assembly, staker);
  const { failure } = await client.simulate(rpc, staker.address, await take());
  expect(failure?.code).toBe(client.BREAKWATER_ERROR__UNSTAKE_NOT_READY);
  await network.pass(60n * DAY + 1n);
  expect(eventOf((await network.send(staker, await take())).events, 'unstaked').amount).toBe(200n * TOKEN);
  expect(await network.balance(staker.address, world.governance)).toBe(200n * TOKEN);
});
