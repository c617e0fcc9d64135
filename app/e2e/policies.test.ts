// What a holder does: buys by keyboard, extends, cancels for a refund, hands over; and what a refresh must not lose.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { short } from '../src/lib/format';
import { ENDPOINT, inspect, sign } from './site';
import { Stage } from './stage';

let stage: Stage;
const mine = async () =>
  (
    await client.listPolicies(stage.network.rpc, {
      holder: stage.burner.signer.address,
      pool: stage.world.poolAddress,
    })
  ).filter(({ data }) => data.cancelledAt === 0n);

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const shares = async () =>
  stage.network.balance(stage.burner.signer.address, (await stage.world.pool()).data.shareMint).catch(() => 0n);

async function startDeposit(amount: string): Promise<void> {
  await stage.go('/provide');
  await stage.main.getByLabel('Amount').fill(amount);
  await stage.button('Review the deposit').click();
  await stage.page.getByRole('dialog', { name: 'Deposit' }).getByRole('button', { name: 'Sign and send' }).waitFor();
}

describe.sequential('a holder', () => {
  test('buys cover with the keyboard alone', async () => {
    const { page } = stage;
    await stage.go('/cover');
    await page.getByRole('banner').getByRole('button', { name: '…' }).waitFor();
    /** Tabs on to what has the focus then. */
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null;
          return element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
        });
        if (focused.trim() === name) return;
      }
      throw new Error(`Tab does not reach ${name}`);
    };
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo('Sum insured');
    await page.keyboard.type('2,000');
    await tabTo('Term');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('60');
    await page.getByTestId('premium').waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Buy cover' });
    await dialog.getByRole('button', { name: 'Sign and send' }).waitFor();
    await tabTo('Sign and send');
    await page.keyboard.press('Enter');
    await page.getByText('Buy cover: done', { exact: true }).first().waitFor();
    const [policy] = await mine();
    expect(policy?.data).toMatchObject({ amount: 2_000n * TOKEN, holder: stage.burner.signer.address });
  });

  test('extends it', async () => {
    const [before] = await mine();
    await stage.go('/cover');
    await stage.button('Extend').click();
    await stage.main.getByLabel('Days more').fill('30');
    await stage.button('See the price').click();
    expect(await sign(stage.page, 'Extend cover')).toMatch(/^Extends a cover until/);
    expect((await mine())[0]!.data.end).toBe(before!.data.end + 30n * client.DAY);
  });

  test('gives nothing back on the day of the purchase, and part of it from the next day on', async () => {
    const { network, world, burner } = stage;
    expect(await stage.button('Give part back').isDisabled()).toBe(true);
    expect(await stage.button('Cancel').getAttribute('title')).toBe(
      'Cover cannot be given up on the day it was bought',
    );
    await network.pass(client.DAY);
    await stage.go('/cover');
    await stage.button('Give part back').click();
    const amount = stage.main.getByLabel('Sum insured to give back');
    await amount.fill('2,000');
    await stage.main.getByText(/^A part of what is left .* more than the deductible stays/).waitFor();
    await amount.fill('500');
    await stage.main.getByText(/come back; .* are the fee$/).waitFor();
    await stage.main.getByText(/nothing can be claimed for it any more/).waitFor();
    await inspect(stage.page, 'reduce');
    const before = await network.balance(burner.signer.address, world.asset);
    await stage.button('Review it').click();
    expect(await sign(stage.page, 'Give part of the cover back')).toMatch(/^Gives part of a cover back: .* 1,500.00/);
    expect(await network.balance(burner.signer.address, world.asset)).toBeGreaterThan(before);
    expect((await mine())[0]!.data).toMatchObject({ amount: 1_500n * TOKEN, bought: 2_000n * TOKEN });
    await stage.main.getByText(/refunded/).waitFor();
  });

  test('sees the refund before it cancels', async () => {
    const { network, world, burner } = stage;
    const [policy] = await mine();
    await stage.button('Cancel').click();
    const dialog = stage.page.getByRole('dialog', { name: 'Cancel cover' });
    const words = dialog.getByRole('list').getByText(/come back/);
    await words.waitFor();
    await inspect(stage.page, 'cancel');
    const refund = client.parseAmount(/: ([\d.,]+) tokens come back/.exec(await words.innerText())![1]!, 6);
    expect(refund).toBeGreaterThan((policy!.data.premium * 40n) / 100n);
    const before = await network.balance(burner.signer.address, world.asset);
    await sign(stage.page, 'Cancel cover');
    const got = (await network.balance(burner.signer.address, world.asset)) - before;
    // Prices move by the second, and the words leave out what is below a cent.
    expect(got / 100_000n).toBe(refund / 100_000n);
    await stage.main.getByText('Cancelled, ends today').waitFor();
  });

  test('hands a policy to somebody', async () => {
    const friend = await stage.network.somebody();
    const policy = await stage.cover(stage.burner.signer.address, 3_000n, 1);
    await stage.go('/cover');
    const row = stage.main.getByRole('listitem').filter({ hasText: 'Stablecoin depeg' });
    await row.getByRole('button', { name: 'Transfer' }).click();
    await row.getByLabel('New holder').fill('nobody');
    await row.getByText('This is no address').waitFor();
    await row.getByLabel('New holder').fill(friend.address);
    await row.getByRole('button', { name: 'Review the transfer' }).click();
    expect(await sign(stage.page, 'Transfer cover')).toMatch(/^Hands a policy to/);
    const found = await client.listPolicies(stage.network.rpc, { holder: friend.address });
    expect(found.map(({ address }) => address)).toEqual([policy.address]);
    await row.waitFor({ state: 'detached' });
  });

  test('refreshes while a transaction is under way, and learns what became of it', async () => {
    const { page } = stage;
    await startDeposit('250');
    // It reaches the network, but the answer never reaches the page.
    await page.route(`${ENDPOINT.rpc}/**`, async (route) => {
      if (!route.request().postData()?.includes('"sendTransaction"')) return route.fallback();
      await route.fetch();
    });
    const dialog = page.getByRole('dialog', { name: 'Deposit' });
    await dialog.getByRole('button', { name: 'Sign and send' }).click();
    await dialog.getByText('waits to be confirmed').waitFor();
    await expect.poll(shares, { timeout: 20_000 }).toBeGreaterThan(0n);
    expect(await page.evaluate(() => localStorage.getItem('breakwater.pending'))).toContain('Deposit');
    // The request goes with the page: let go before, it would fail there.
    await page.reload();
    await page.getByText('Deposit: done', { exact: true }).first().waitFor();
    await stage.main
      .getByRole('region', { name: 'Your position' })
      .getByText(short(await shares(), 9), { exact: true })
      .waitFor();
    await expect.poll(() => page.evaluate(() => localStorage.getItem('breakwater.pending'))).toBe('[]');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('is told what happened, whatever the node answered', async () => {
    const { page } = stage;
    const before = await shares();
    await startDeposit('125');
    await page.route(`${ENDPOINT.rpc}/**`, async (route) => {
      if (!route.request().postData()?.includes('"sendTransaction"')) return route.fallback();
      await route.fetch();
      await route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' }, body: 'overloaded' });
    });
    const complaints = stage.site.complaints.length;
    await page.getByRole('dialog', { name: 'Deposit' }).getByRole('button', { name: 'Sign and send' }).click();
    await page.getByText('Deposit: done', { exact: true }).first().waitFor();
    expect(await shares()).toBeGreaterThan(before);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    // The browser itself reports the answer.
    stage.site.complaints.splice(complaints);
  });
});
