// The same numbers in the accounts, in this client and in the command-line tool, to the last atom.
import type { Address } from '@solana/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as client from '../src';
import { DAY, formatAmount, type Found } from '../src';
import { Network } from './network';
import { demoPool, tool, type Row } from './tool';
import { evidence, TOKEN, World } from './world';

const network = new Network();
const { rpc } = network;
/** Who reads; any of the network's wallets. */
const READER = 'ada';

/** A pool with a wallet that has shares, and a cover to ask the price of. */
type Subject = { readonly pool: Address; readonly lp: Address; readonly cover: string };

/** A token in atoms as the tool writes it for programs. */
const plain = (atoms: bigint, decimals: number) => formatAmount(atoms, decimals, { grouped: false });

/** The pool with its products, as of now. */
async function accrued(address: Address) {
  const stored: Found<client.Pool> = await client.fetchPool(rpc, address, { commitment: 'confirmed' });
  const now = await network.now();
  const products = (await client.listProducts(rpc, { pool: address })).map(({ address, data }) => ({
    address,
    ...client.roll(stored.data, data, now),
  }));
  return { stored, pool: client.accrue(stored.data, now), products, now };
}

async function poolNumbers({ pool: address }: Subject) {
  const printed = await tool(address, READER, 'pool show');
  const { stored, pool } = await accrued(address);
  const token = (atoms: bigint) => plain(atoms, pool.decimals);
  const share = (atoms: bigint) => plain(atoms, pool.decimals + client.SHARE_DECIMALS);
  const oneShare = 10n ** BigInt(pool.decimals + client.SHARE_DECIMALS);
  expect(printed).toMatchObject({
    pool: address,
    vault: pool.vault,
    capital: token(pool.capital),
    free_capital: token(client.freeCapital(pool, pool.accruedAt)),
    set_aside: token(client.setAside(pool)),
    unearned: token(pool.unearned),
    payable: token(pool.payable),
    exits_due: token(pool.exitsDue),
    contested: token(pool.contested),
    bonds: token(pool.bonds),
    assessors: token(pool.assessors),
    treasury: token(pool.treasuryDue),
    shares: share(pool.shares),
    exiting_shares: share(pool.exitingShares),
    share_price: token(client.sharesWorth(pool, oneShare)),
    active_cover: token(pool.activeCover),
    liened_cover: token(pool.lienedCover),
    leverage: pool.leverageBps,
    products: pool.productCount,
    policies_sold: Number(pool.policiesSold),
    open_incidents: pool.openIncidents,
    premiums_paid: token(pool.premiumsPaid),
    claims_paid: token(pool.claimsPaid),
    exit_delay_days: pool.exitDelayDays,
    as_of: Number(await network.now()),
  });
  // What time moved is all that differs from what is stored, and the vault has all of it.
  expect(pool.capital + pool.unearned).toBe(stored.data.capital + stored.data.unearned);
  expect(client.owed(pool)).toBe(client.owed(stored.data));
  expect(await network.balanceOf(pool.vault)).toBe(client.owed(pool));
}

async function productNumbers({ pool: address }: Subject) {
  const printed = await tool<Row[]>(address, READER, 'product list');
  const { products } = await accrued(address);
  expect(printed).toMatchObject(
    products.map(({ address, pool, product }) => ({
      product: address,
      number: product.index,
      name: client.readText(product.name),
      active_cover: plain(product.activeCover, pool.decimals),
      capacity: plain(client.productCapacity(pool, product, pool.accruedAt), pool.decimals),
      rate_now: client.rateNow(pool, product, pool.accruedAt),
    })),
  );
}

/** What the tool prints of an LP. */
type Position = { readonly position: Row; readonly exits: readonly Row[]; readonly contested: readonly Row[] };

async function positionNumbers({ pool: address, lp }: Subject) {
  const printed = await tool<Position>(address, READER, `lp position --owner ${lp}`);
  const { pool, products } = await accrued(address);
  const held = await network.balance(lp, pool.shareMint);
  const tickets = await client.listExitTickets(rpc, { pool: address, owner: lp });
  const epochs = await client.listExitEpochs(rpc, { pool: address });
  const incidents = await client.listIncidents(rpc, { pool: address });
  const token = (atoms: bigint) => plain(atoms, pool.decimals);
  const share = (atoms: bigint) => plain(atoms, pool.decimals + client.SHARE_DECIMALS);
  expect([held > 0n, tickets.length > 0]).toEqual([true, true]);
  expect(printed.position).toMatchObject({
    owner: lp,
    shares: share(held),
    worth: token(client.sharesWorth(pool, held)),
    asset_in_wallet: token(await network.balance(lp, pool.assetMint)),
  });
  const contested = (ticket: client.ExitTicket) =>
    incidents.map((incident) => {
      const { product } = products.find((it) => it.address === incident.data.product)!;
      const atoms = client.contestedOf(pool, product, incident.data, incidents, epochs, ticket);
      return { incident: incident.address, atoms };
    });
  expect(printed.exits).toMatchObject(
    tickets.map(({ data }) => {
      const epoch = epochs.find((it) => it.data.number === data.epoch)!.data;
      const { waiting, due } = client.exitState(data, epoch);
      return {
        exit: Number(data.id),
        shares: share(data.shares),
        paid_from: Number(client.startOf(epoch.day)),
        waiting: share(waiting),
        waiting_worth: token(client.sharesWorth(pool, waiting)),
        due: token(due),
        collected: token(data.paid),
        contested: token(contested(data).reduce((sum, { atoms }) => sum + atoms, 0n)),
      };
    }),
  );
  expect(printed.contested).toMatchObject(
    tickets.flatMap(({ data }) =>
      contested(data)
        .filter(({ atoms }) => atoms > 0n)
        .map(({ incident, atoms }) => ({ exit: Number(data.id), incident, at_most: token(atoms) })),
    ),
  );
}

async function quoteNumbers({ pool: address, cover }: Subject) {
  const printed = await tool(address, READER, `cover quote ${cover}`);
  const [index, tokens, days] = cover.split(' ') as [string, string, string];
  const { stored, pool, products, now } = await accrued(address);
  const { product, address: productAddress } = products[Number(index)]!;
  const amount = client.parseAmount(tokens, pool.decimals);
  const request = { amount, termDays: Number(days) };
  const court = client.courtOfSale(stored.data, product, now);
  const { data: assembly } = await client.fetchAssembly(rpc, court, { commitment: 'confirmed' });
  const quote = client.quoteCover(stored.data, product, assembly, request, now);
  // The program itself says the same.
  const ask = client.askForQuote({ address: productAddress, data: product }, court, request);
  const { returned } = await client.simulate(rpc, pool.creator, ask);
  // Nodes leave out the zero bytes at the end of what a program returns.
  const told = new Uint8Array(client.getQuoteDecoder().fixedSize);
  told.set(returned!);
  expect(client.getQuoteDecoder().decode(told)).toEqual(quote);
  expect(printed).toEqual({
    product: client.readText(product.name),
    amount: plain(amount, pool.decimals),
    premium: plain(quote.premium, pool.decimals),
    capacity: plain(quote.capacity, pool.decimals),
    cover_from: Number(quote.coverFrom),
    end: Number(quote.end),
  });
}

/** The tool, the client and the accounts agree at a second that does not pass. */
function agree(subject: () => Subject): void {
  beforeAll(() => network.standStill());
  afterAll(() => network.goOn());
  test.each([
    ['the pool', poolNumbers],
    ['its products', productNumbers],
    ['an LP', positionNumbers],
    ['a quote', quoteNumbers],
  ])('of %s', (_, compare) => compare(subject()));
}

describe.sequential('numbers of the demo pool', () => {
  let demo: Subject;

  beforeAll(async () => {
    const pool = demoPool();
    // On a network that was played on before, exits may wait that are due.
    await tool(pool, 'walt', 'keeper --once');
    const { position } = await tool<Position>(pool, 'ada', 'lp position');
    await tool(pool, 'ada', 'lp deposit 40000.5');
    // What came now carries cover after a season.
    const { data } = await client.fetchPool(rpc, pool, { commitment: 'confirmed' });
    await network.passTo(client.countsFrom(data, await network.now()));
    await tool(pool, 'ben', 'cover buy 0 10000 90');
    await tool(pool, 'ben', 'cover buy 1 1234.567891 30');
    await tool(pool, 'ada', 'lp exit 1000.25');
    await network.pass(2n * DAY + 12_345n);
    demo = { pool, lp: position['owner'] as Address, cover: '0 2500.5 45' };
  }, 120_000);

  agree(() => demo);
});

describe.sequential('numbers of a pool with an open incident', () => {
  let hurt: Subject;

  beforeAll(async () => {
    const world = await World.found(network);
    for (const [index, name] of ['Lending exploit', 'Bridge exploit'].entries()) {
      await world.list(index, { name, riskKind: client.RiskKind.Exploit, group: index });
    }
    const [lp, buyer] = [await world.somebody(100_000n), await world.somebody(10_000n)];
    await world.deposit(lp, 77_777n);
    await world.open();
    const cover = {
      id: 1n,
      amount: 20_001n * TOKEN,
      termDays: 90,
      maxPremium: 1_000n * TOKEN,
      terms: 0n,
      court: world.assemblyAddress,
      holder: buyer.address,
    };
    const buy = await client.buyCover(await world.pool(), (await world.product(0)).address, buyer, cover);
    await network.send(buyer, buy);
    await network.pass(2n * DAY);
    const report = { occurredAt: (await network.now()) - 3_600n, ...(await evidence('exploit')) };
    await network.send(buyer, await client.openIncident(await world.pool(), await world.product(0), buyer, report));
    const pool = await world.pool();
    const { number, day } = client.exitEpochNow(pool.data, await network.now());
    await network.send(lp, await client.requestExit(pool, lp, { id: 1n, epoch: number, shares: 5_000_000_001n }));
    await network.passTo(client.startOf(day));
    await network.send(lp, await client.payExits(await world.pool(), lp.address));
    // Of it, a part waits for the incident; another exit waits for its day.
    const next = client.exitEpochNow((await world.pool()).data, await network.now()).number;
    await network.send(lp, await client.requestExit(pool, lp, { id: 2n, epoch: next, shares: 7_000_000_003n }));
    await network.pass(3_600n);
    hurt = { pool: world.poolAddress, lp: lp.address, cover: '1 333.333333 7' };
  }, 120_000);

  agree(() => hurt);
});
