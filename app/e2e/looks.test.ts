// How every page looks: on a phone, in light and in the dark, and when the network is not what it should be.
import * as client from '@breakwater/client';
import { getMintSize } from '@solana-program/token';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../clients/ts/e2e/network';
import { TOKEN } from '../../clients/ts/e2e/world';
import { ENDPOINT, inspect, PHONE, sign, type Look } from './site';
import { Stage, visitAs } from './stage';

const PAGES = ['', '/cover', '/provide', '/claims', '/votes'] as const;
const DARK: Look = { width: 1280, height: 900, scheme: 'dark' };
let stage: Stage;

/** Lets a page's node answer as one of mainnet does, and as `others` says. */
async function asMainnet(page: Page, others: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const answers: Readonly<Record<string, unknown>> = {
    getGenesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
    getVersion: { 'solana-core': '3.1.0', 'feature-set': 1 },
    ...others,
  };
  await page.route(`${ENDPOINT.rpc}/**`, async (route) => {
    const body = route.request().postData() ?? '';
    const method = Object.keys(answers).find((name) => body.includes(`"${name}"`));
    if (method === undefined) return route.fallback();
    const { id } = JSON.parse(body) as { id: unknown };
    return route.fulfill({ json: { jsonrpc: '2.0', id, result: answers[method] } });
  });
}

/** The mint is one of Token-2022. */
const createAsset = (founder: Parameters<Network['createMint']>[0]) =>
  new Network().createMint(founder, 6, {
    program: client.TOKEN_2022_PROGRAM_ADDRESS,
    extensions: () => [],
    space: getMintSize(),
  });

beforeAll(async () => {
  stage = await Stage.open({ createAsset });
  const { network, world, burner } = stage;
  const { signer } = burner;
  await stage.stake();
  const pool = await world.pool();
  await world.deposit(signer, 3_000n);
  await network.pass(3n * client.DAY);
  const policy = await stage.cover(signer.address, 20_000n);
  await stage.cover(signer.address, 40_000n, 1);
  const { number } = client.exitEpochNow(pool.data, await network.now());
  const exit = { id: 1n, epoch: number, shares: 1_000n * TOKEN * 1_000n };
  await network.send(signer, await client.requestExit(await world.pool(), signer, exit));
  const proposal = client.proposal('CancelFee', { cancelFeeBps: 100 });
  await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, { proposal }));
  await network.pass(2n * client.DAY);
  const incident = await stage.report(signer);
  await stage.claim(signer, incident.address, policy.address, 6_000n);
  await stage.report(await world.somebody(5_000n));
}, 180_000);
afterAll(() => stage?.close());

describe.sequential('the pages', () => {
  test.each([
    ['dark', DARK],
    ['phone', PHONE],
  ] as const)(
    'look well: %s',
    async (name, look) => {
      const page = await visitAs(stage.site, stage.burner, look);
      const lookAt = async (shot: string) => {
        await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
        await expect.poll(() => page.getByText('…', { exact: true }).count(), { timeout: 30_000 }).toBe(0);
        await inspect(page, `${name}-${shot}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, shot).toBeLessThanOrEqual(look.width);
      };
      await stage.site.go(page, '/');
      await page.getByRole('heading', { name: 'Cover that pays by rule' }).waitFor();
      await page
        .getByRole('link', { name: /^Pool / })
        .first()
        .waitFor();
      await lookAt('overview');
      for (const path of PAGES) {
        await stage.go(path, page);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await lookAt(path.replace('/', '') || 'pool');
      }
      await page.context().close();
    },
    120_000,
  );

  test('a word leads to its meaning', async () => {
    const { page } = stage;
    await stage.go('/provide');
    await stage.main.getByRole('link', { name: 'contested part' }).click();
    await page.getByRole('heading', { level: 1, name: 'Glossary' }).waitFor();
    await page.getByText('part of a lien, paid back as the incident ends').waitFor();
    await inspect(page, 'glossary');
  });

  test('a figure is explained, and Escape closes the explanation', async () => {
    const { page } = stage;
    await stage.go('');
    await page.getByTestId('earned').waitFor();
    await page.getByRole('button', { name: 'How this is found out' }).press('Enter');
    const note = page.getByRole('note', { name: 'How this is found out' });
    await note.waitFor();
    expect(await note.innerText()).toContain('What a share gained in the last 30 days, or since the start');
    await inspect(page, 'explained');
    await page.keyboard.press('Escape');
    await note.waitFor({ state: 'hidden' });
    const pool = await stage.world.pool();
    expect(pool.data.incomeEarned).toBeGreaterThan(0n);
    await page.getByText(/since the start \d+ days ago; [\d.]+% a year/).waitFor();
  });

  test('a pool over Token-2022 takes deposits, and the faucet fills its accounts', async () => {
    const { page, network, burner, world } = stage;
    const { data } = await world.pool();
    expect(data.tokenProgram).toBe(client.TOKEN_2022_PROGRAM_ADDRESS);
    await stage.go('/provide');
    const before = await network.balance(burner.signer.address, data.assetMint);
    await stage.button('Get 10,000 test tokens').click();
    await expect.poll(() => network.balance(burner.signer.address, data.assetMint)).toBe(before + 10_000n * TOKEN);
    await page.getByLabel('Amount').fill('500');
    await stage.button('Review the deposit').click();
    expect(await sign(page, 'Deposit')).toMatch(/^Deposits 500.00/);
  });

  test('a network that is not there is said', async () => {
    const lost = await stage.site.visit(DARK, (context) =>
      context.addInitScript(() =>
        localStorage.setItem(
          'breakwater.endpoint',
          JSON.stringify({ rpc: 'http://127.0.0.1:9', websocket: 'ws://127.0.0.1:9' }),
        ),
      ),
    );
    const before = stage.site.complaints.length;
    await stage.site.go(lost, '/');
    await lost.getByText('No network at http://127.0.0.1:9').waitFor();
    await inspect(lost, 'no-network');
    // The browser itself reports the refused connection.
    stage.site.complaints.splice(before);
    stage.site.origins.delete('http://127.0.0.1:9');
    await lost.context().close();
  });

  test('a network without the program is said, and so is another chain', async () => {
    const { site } = stage;
    const other = await site.visit(DARK);
    // Mainnet without the program.
    await asMainnet(other, { getAccountInfo: { context: { slot: 1 }, value: null } });
    await site.go(other, '/');
    await other.getByText('Breakwater is not on this network').waitFor();
    await other.getByRole('button', { name: 'Network: mainnet' }).waitFor();
    expect(await other.getByRole('button', { name: 'Connect' }).count()).toBe(0);
    await inspect(other, 'wrong-network');
    await other.context().close();
    const strange = await site.visit(DARK);
    await site.go(strange, '/pool/11111111111111111111111111111111');
    await strange.getByText('There is no such pool').waitFor();
    await strange.context().close();
  });

  test('on mainnet there is no burner, no faucet and no control of time', async () => {
    const { site, burner } = stage;
    const other = await visitAs(site, burner, DARK);
    await asMainnet(other);
    await site.go(other, `/pool/${stage.world.poolAddress}/provide`);
    await other.getByText('Connect a wallet').waitFor();
    expect(await other.getByRole('group', { name: 'Time on the local network' }).count()).toBe(0);
    await other.getByRole('button', { name: 'Connect' }).click();
    await other.getByText('No wallet for this network').waitFor();
    expect(await other.getByRole('button', { name: /Burner/ }).count()).toBe(0);
    await other.context().close();
  });
});
