// The same numbers on the page, in the accounts and in the command-line tool.
import * as client from '@breakwater/client';
import { address } from '@solana/kit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../clients/ts/e2e/network';
import { demoPool, tool, type Row } from '../../clients/ts/e2e/tool';
import { exact, money, percent, ppm, short } from '../src/lib/format';
import { giveTokens } from '../src/lib/playground';
import { DESKTOP, ENDPOINT, inspect, Site } from './site';
import { makeBurner, visitAs } from './stage';

const network = new Network();
const { rpc } = network;
const UNIT = { decimals: 6, symbol: 'tokens' };
let pool: client.Pool;
let products: readonly client.Product[];
let site: Site;
let page: Page;

const main = () => page.getByRole('main');
/** A figure as the page shows it, by its label. */
const figure = (label: string) =>
  main()
    .locator('dt', { hasText: new RegExp(`^${label}`) })
    .first()
    .locator('xpath=following-sibling::dd[1]');
const printed = <Printed = Row>(command: string) => tool<Printed>(demoPool(), 'ada', command);
const atoms = (text: string | number | null | undefined, decimals = UNIT.decimals) =>
  client.parseAmount(String(text), decimals);

/** Ada's shares, as the tool tells them. */
const position = async () => (await printed<{ readonly position: Row }>('lp position')).position;
const ada = async () => atoms((await position())['shares'], UNIT.decimals + client.SHARE_DECIMALS);

beforeAll(async () => {
  await printed('lp deposit 4000.5');
  await printed('cover buy 0 1000 90');
  await printed('cover buy 1 123.456789 30');
  const burner = await makeBurner(network);
  const stored = await client.fetchPool(rpc, demoPool(), { commitment: 'confirmed' });
  // The page's wallet gets as many shares as Ada has: the same shares are worth the same.
  const { shareMint, shareTokenProgram } = stored.data;
  const held = await ada();
  await giveTokens(ENDPOINT.rpc, burner.signer.address, shareMint, held, shareTokenProgram);
  await network.pass(2n * client.DAY + 12_345n);
  await network.standStill();
  const listed = await client.listProducts(rpc, { pool: stored.address });
  const now = await network.now();
  pool = client.accrue(stored.data, now);
  products = listed.map(({ data }) => client.roll(stored.data, data, now).product);
  site = await Site.open();
  page = await visitAs(site, burner, DESKTOP);
});
afterAll(async () => {
  await network.goOn();
  await site?.close();
});

describe.sequential('numbers of the demo pool', () => {
  test('of its books', async () => {
    await site.go(page, `/pool/${demoPool()}`);
    const shown = await printed('pool show');
    const buckets = [
      ['capital', pool.capital, shown['capital']],
      ['unearned', pool.unearned, shown['unearned']],
      ['payable', pool.payable, shown['payable']],
      ['exitsDue', pool.exitsDue, shown['exits_due']],
      ['contested', pool.contested, shown['contested']],
      ['bonds', pool.bonds, shown['bonds']],
      ['assessors', pool.assessors, shown['assessors']],
      ['treasuryDue', pool.treasuryDue, shown['treasury']],
    ] as const;
    for (const [bucket, account, told] of buckets) {
      const text = await main().locator(`[data-bucket=${bucket}]`).innerText();
      expect(text, bucket).toBe(exact(account, UNIT));
      expect(client.parseAmount(text.split(' ')[0]!, UNIT.decimals), bucket).toBe(atoms(told));
    }
    expect(pool.capital).toBeGreaterThan(0n);
    expect(pool.unearned).toBeGreaterThan(0n);
  });

  test('of its capital and cover', async () => {
    const shown = await printed('pool show');
    expect(await figure('Capital').innerText()).toBe(money(atoms(shown['capital']), UNIT));
    expect(await figure('Active cover').innerText()).toBe(money(atoms(shown['active_cover']), UNIT));
    expect(await figure('Coverage ratio').innerText()).toBe(
      percent((atoms(shown['free_capital']) * 10_000n) / atoms(shown['active_cover'])),
    );
    expect(percent(client.coverageBps(pool, pool.accruedAt)!)).toBe(await figure('Coverage ratio').innerText());
    await main()
      .getByText(`${percent(client.utilisationBps(pool, pool.accruedAt)!)} of what is possible`)
      .waitFor();
    await inspect(page, 'demo-pool');
  });

  test('of its products', async () => {
    const listed = await printed<Row[]>('product list');
    expect(listed).toHaveLength(products.length);
    for (const [index, row] of listed.entries()) {
      const card = main().getByRole('region', { name: String(row['name']), exact: true });
      expect(await card.locator('dd').first().innerText(), String(row['name'])).toBe(ppm(Number(row['rate_now'])));
      expect(Number(row['rate_now'])).toBe(client.rateNow(pool, products[index]!, pool.accruedAt));
      await card.getByText(`of ${money(atoms(row['capacity']), UNIT, 0)}`).waitFor();
    }
  });

  test('of a quote', async () => {
    const quote = await printed('cover quote 0 250.5 45');
    await site.go(page, `/pool/${demoPool()}/cover`);
    await main().getByLabel('Sum insured').fill('250.5');
    await main().getByRole('textbox', { name: 'Term' }).fill('45');
    const premium = page.getByTestId('premium');
    await premium.waitFor();
    expect(await premium.innerText()).toBe(exact(atoms(quote['premium']), UNIT));
  });

  test('of a position', async () => {
    const { owner, worth } = await position();
    const held = await ada();
    expect(held).toBe(await network.balance(address(String(owner)), pool.shareMint));
    expect(atoms(worth)).toBe(client.sharesWorth(pool, held));
    await site.go(page, `/pool/${demoPool()}/provide`);
    const card = main().getByRole('region', { name: 'Your position' });
    await card.getByText(short(held, UNIT.decimals + client.SHARE_DECIMALS), { exact: true }).waitFor();
    await card.getByText(money(atoms(worth), UNIT), { exact: true }).waitFor();
  });
});
