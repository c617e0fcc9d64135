// A pool's life through the page: connect, deposit, stake, buy, report, claim, vote, settle, payout, exit.
import * as client from '@breakwater/client';
import { getAddressEncoder, type Address } from '@solana/kit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../clients/ts/e2e/network';
import { TOKEN, World } from '../../clients/ts/e2e/world';
import { injectRejectingWallet } from './rejecting-wallet';
import { DESKTOP, inspect, PHONE, sign, Site } from './site';

const network = new Network();
let world: World;
let site: Site;
let page: Page;
let burner: Address;
let pool: string;

const file = { name: 'evidence.txt', mimeType: 'text/plain', buffer: Buffer.from('what happened') };
const link = 'https://example.org/evidence';
const main = () => page.getByRole('main');
const button = (name: string) => main().getByRole('button', { name });
const open = (tab: string) =>
  page.getByRole('navigation', { name: 'Pages of this pool' }).getByRole('link', { name: tab, exact: true }).click();

/** Lets the page's own control move time. */
async function skip(days: 1 | 7): Promise<void> {
  const before = await network.now();
  await page.getByRole('button', { name: days === 1 ? '1 day' : '7 days' }).click();
  await expect
    .poll(() => network.now(), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(before + BigInt(days) * client.DAY);
  await page.getByRole('button', { name: '1 day' }).and(page.locator(':not([disabled])')).waitFor();
}

beforeAll(async () => {
  world = await World.found(network);
  await world.list(0, { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 });
  await world.list(1, { name: 'Stablecoin depeg', riskKind: client.RiskKind.Depeg, group: 1 });
  const lp = await world.somebody(100_000n);
  await world.deposit(lp, 100_000n);
  await world.open();
  pool = `/pool/${world.poolAddress}`;
  site = await Site.open();
  page = await site.visit(DESKTOP);
});

afterAll(() => site.close());

describe.sequential('a life in the page', () => {
  test('the overview loads within its budget', async () => {
    await site.go(page, '/');
    await page.getByRole('heading', { name: 'Cover that pays by rule' }).waitFor();
    await page
      .getByRole('link', { name: /^Pool / })
      .first()
      .waitFor();
    await page.getByLabel('Capital and active cover of each pool').waitFor();
    console.log(`scripts of the first page with its chart: ${site.scriptBytes} bytes compressed`);
    expect(site.scriptBytes).toBeLessThan(400 * 1_024);
    await page.getByText('reading the history').first().waitFor({ state: 'detached' });
    await inspect(page, 'overview');
  });

  test('a wallet connects', async () => {
    await page.getByRole('button', { name: 'Connect' }).click();
    await inspect(page, 'connect');
    await page.getByRole('button', { name: /Burner/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('banner').getByRole('button', { name: '…' }).click();
    const dialog = page.getByRole('dialog');
    burner = (await dialog.locator('p.font-mono').innerText()).trim() as Address;
    await dialog.getByRole('button', { name: 'Get SOL' }).click();
    await dialog.getByText('100.0000 SOL').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('an LP deposits, and what cannot be is refused', async () => {
    await site.go(page, `${pool}/provide`);
    const card = main().getByRole('region', { name: 'Deposit' });
    await card.getByRole('button', { name: 'Get 10,000 test tokens' }).click();
    await card.getByText('You have 10,000').waitFor();
    await card.getByLabel('Amount').fill('10,001');
    await card.getByText('More than you have').waitFor();
    expect(await card.getByRole('button', { name: 'Review the deposit' }).isDisabled()).toBe(true);
    await card.getByLabel('Amount').fill('1e3');
    await card.getByText('“1e3” is not an amount').waitFor();
    await card.getByLabel('Amount').fill('2,000');
    await card.getByRole('button', { name: 'Review the deposit' }).click();
    expect(await sign(page, 'Deposit')).toMatch(/^Deposits 2,000.00 \S+ for 2,000.00 shares$/);
    const { shareMint } = (await world.pool()).data;
    expect(await network.balance(burner, shareMint)).toBe(2_000n * TOKEN * 1_000n);
    await main().getByRole('region', { name: 'Your position' }).getByText('2,000.00', { exact: true }).waitFor();
    await inspect(page, 'provide');
  });

  test('a voter stakes', async () => {
    await open('Votes');
    const card = main().getByRole('region', { name: 'Your stake' });
    await card.getByRole('button', { name: 'Get 10,000 test tokens' }).click();
    await card.getByText('At most 10,000').waitFor();
    await card.getByLabel('Stake', { exact: true }).fill('500');
    await card.getByRole('button', { name: 'Review the stake' }).click();
    expect(await sign(page, 'Stake')).toContain('Stakes 500');
    await skip(7);
  });

  test('a buyer takes the quoted cover', async () => {
    await open('Buy cover');
    await main().getByLabel('Sum insured').fill('5,000');
    const premium = page.getByTestId('premium');
    await premium.waitFor();
    const cover = { amount: 5_000n * TOKEN, termDays: 90 };
    const quote = client.quoteCover(
      (await world.pool()).data,
      (await world.product(0)).data,
      (await world.assembly()).data,
      cover,
      await network.now(),
    );
    expect(await premium.innerText()).toContain(client.formatAmount(quote.premium, 6).slice(0, 5));
    await inspect(page, 'cover');
    await button('Review the purchase').click();
    expect(await sign(page, 'Buy cover')).toMatch(/^Buys cover of 5,000.00/);
    const [policy] = await client.listPolicies(network.rpc, { holder: burner });
    expect(policy?.data.amount).toBe(cover.amount);
    await main().getByText('Waiting period').waitFor();
    await inspect(page, 'cover-bought');
  });

  test('what the program refuses says why; a policy is extended', async () => {
    await main().getByRole('button', { name: 'Extend' }).click();
    await main().getByLabel('Days more').fill('999');
    await button('See the price').click();
    const refused = page.getByRole('dialog', { name: 'Extend cover' });
    await refused.getByText(/The term is outside the product.s bounds/).waitFor();
    await inspect(page, 'refused');
    await refused.getByRole('button', { name: 'Close', exact: true }).last().click();
    await refused.waitFor({ state: 'detached' });
    await main().getByLabel('Days more').fill('10');
    await button('See the price').click();
    expect(await sign(page, 'Extend cover')).toMatch(/^Extends a cover until/);
    await skip(7);
  });

  test('an incident is reported, and claimed', async () => {
    await open('Claims');
    const occurred = new Date(Number((await network.now()) - 3_600n) * 1_000).toISOString().slice(0, 19);
    await main().getByLabel('When it happened (UTC)').fill(occurred);
    await main().getByLabel('Evidence').setInputFiles(file);
    await main().getByLabel('Where others find it').fill(link);
    await button('Review the report').click();
    expect(await sign(page, 'Report an incident')).toMatch(/with a bond of 500.00/);
    const [incident] = await client.listIncidents(network.rpc, { pool: world.poolAddress });
    const digest = await crypto.subtle.digest('SHA-256', file.buffer);
    expect(incident?.data.evidenceHash).toEqual(new Uint8Array(digest));
    const form = main().locator('form', { hasText: 'File your claim' });
    await form.getByLabel('Your loss').fill('3,250');
    await form.getByLabel('Evidence').setInputFiles(file);
    await form.getByLabel('Where others find it').fill(link);
    await form.getByRole('button', { name: 'Review the claim' }).click();
    // Less the deductible: 5% of the sum insured.
    expect(await sign(page, 'File a claim')).toMatch(/^Claims 3,000.00 \S+ for a loss of 3,250.00/);
    await inspect(page, 'claims');
  });

  test('the jury votes', async () => {
    await open('Votes');
    await button('Vote for').click();
    expect(await sign(page, 'Vote for')).toContain('Votes for it, weighing 500.00 votes');
    await button('Close').click();
    expect(await sign(page, 'Close the ballot')).toContain('passed');
    await inspect(page, 'votes');
  });

  test('the incident settles and the claim is paid', async () => {
    await skip(7);
    await open('Claims');
    await button('Read the verdict: it counts').click();
    expect(await sign(page, 'Read the verdict')).toMatch(/^Accepts an incident: claims are filed until/);
    await main().getByText('Counts: to be settled').waitFor();
    for (let week = 0; week < 3; week += 1) await skip(7);
    await button('End the filing').click();
    expect(await sign(page, 'End the filing')).toMatch(/^Ends the filing of an incident: claims of 3,000.00/);
    await button('Settle').click();
    expect(await sign(page, 'Settle the incident')).toMatch(
      /^Settles an incident: 3,000.00 \S+ for claims of 3,000.00/,
    );
    const before = await network.balance(burner, world.asset);
    await button('Pay out').click();
    expect(await sign(page, 'Pay the claim out')).toMatch(/^Pays a claim 3,000.00 \S+, and its bond of 50.00/);
    expect(await network.balance(burner, world.asset)).toBe(before + 3_050n * TOKEN);
    await button('Give the reporter the bond back').click();
    await sign(page, 'Give the bond back');
    await open('Votes');
    await button('Collect the reward').click();
    expect(await sign(page, 'Release the vote')).toMatch(/^Releases a vote, and pays its reward of/);
  });

  test('the LP leaves', async () => {
    await open('Provide');
    const card = main().getByRole('region', { name: 'Leave' });
    await card.getByRole('button', { name: 'Max' }).click();
    await card.getByRole('button', { name: 'Review the exit' }).click();
    expect(await sign(page, 'Request an exit')).toMatch(/^Puts 2,000.00 shares on their way out/);
    await main().getByText('They can be paid from').waitFor();
    await inspect(page, 'exit-waits');
    const [epoch] = await client.listExitEpochs(network.rpc, { pool: world.poolAddress });
    await network.passTo(client.startOf(epoch!.data.day));
    await page.reload();
    await button('Pay them').click();
    expect(await sign(page, 'Pay the exits')).toMatch(/^Pays exits: [\d.,]+ \S+ for 2,000.00 shares$/);
    const before = await network.balance(burner, world.asset);
    await button('Collect').click();
    expect(await sign(page, 'Collect')).toMatch(/^Pays /);
    expect(await network.balance(burner, world.asset)).toBeGreaterThan(before);
    await main().getByText('No exit is on its way').waitFor();
  });

  test('the page shows the numbers of the accounts', async () => {
    await open('Pool');
    const { treasuryDue, assessors, payable } = client.accrue((await world.pool()).data, await network.now());
    for (const [bucket, atoms] of Object.entries({ treasuryDue, assessors, payable })) {
      const shown = await main().locator(`[data-bucket=${bucket}]`).innerText();
      expect(client.parseAmount(shown.split(' ')[0]!, 6), bucket).toBe(atoms);
    }
    await main().getByText('Creates the pool').waitFor();
    await inspect(page, 'pool');
  });

  test('what was sent before a refresh is not forgotten', async () => {
    const [latest] = await network.rpc
      .getSignaturesForAddress(world.poolAddress, { limit: 1, commitment: 'confirmed' })
      .send();
    const pending = JSON.stringify([{ signature: latest!.signature, title: 'Collect' }]);
    await page.evaluate((text) => localStorage.setItem('breakwater.pending', text), pending);
    await page.reload();
    await page.getByText('Collect: done', { exact: true }).first().waitFor();
    expect(await page.getByRole('link', { name: 'See the transaction' }).getAttribute('href')).toContain(
      latest!.signature,
    );
    await expect.poll(() => page.evaluate(() => localStorage.getItem('breakwater.pending'))).toBe('[]');
    // The wallet is still connected.
    await page.getByRole('banner').getByRole('button', { name: '…' }).waitFor();
  });

  test('a wallet that refuses leaves everything as it was', async () => {
    const somebody = await network.somebody();
    const publicKey = [...getAddressEncoder().encode(somebody.address)];
    const other = await site.visit(PHONE, (context) =>
      context.addInitScript(injectRejectingWallet, { address: somebody.address, publicKey }),
    );
    await network.give(world.founder, world.governance, somebody.address, 10n * TOKEN);
    await site.go(other, `${pool}/votes`);
    await other.getByRole('button', { name: 'Connect' }).click();
    await other.getByRole('button', { name: 'Nay' }).click();
    await other.getByText('At most 10').waitFor();
    await other.getByLabel('Stake', { exact: true }).fill('5');
    await other.getByRole('button', { name: 'Review the stake' }).click();
    const dialog = other.getByRole('dialog', { name: 'Stake' });
    await dialog.getByRole('button', { name: 'Sign and send' }).click();
    await dialog.getByText('The wallet did not sign: The user said no').waitFor();
    await inspect(other, 'phone-wallet-refuses');
    expect(await network.balance(somebody.address, world.governance)).toBe(10n * TOKEN);
    await other.context().close();
  });

  test('nothing was asked of anybody but the RPC, and nothing broke the policy', () => {
    site.check();
  });
});
