// A pool before and after it is announced open: LPs come and go at once, and nothing is sold.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../clients/ts/e2e/network';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { makeBurner, Stage, visitAs, type Burner } from './stage';

let stage: Stage;
let authority: Burner;

const balance = () => stage.network.balance(stage.burner.signer.address, stage.world.asset);
const card = (name: string) => stage.main.getByRole('region', { name });

beforeAll(async () => {
  authority = await makeBurner(new Network());
  stage = await Stage.open({ founder: authority.signer, unopened: true });
});
afterAll(() => stage?.close());

describe.sequential('a pool that is not open', () => {
  test('says so, and sells nothing', async () => {
    await stage.site.go(stage.page, '/');
    await stage.main.getByText('This pool is not open yet').first().waitFor();
    await stage.go('/cover');
    await stage.main.getByText('This pool is not open yet: its authority announces when it sells cover.').waitFor();
    await stage.go('');
    await card('The opening').getByText('by its authority; until then it lists products freely').waitFor();
    expect(await stage.button('Announce it open').count()).toBe(0);
    await stage.page
      .getByTestId('season')
      .getByText(
        /^Of 100,000.00 \S+ that stay in the pool 100,000.00 \S+ would carry cover when sales begin, if it were/,
      )
      .waitFor();
    await inspect(stage.page, 'opening');
  });

  test('takes deposits, and pays those who leave at once', async () => {
    await stage.go('/provide');
    await card('Deposit').getByLabel('Amount').fill('1,000');
    await stage.button('Review the deposit').click();
    await sign(stage.page, 'Deposit');
    const before = await balance();
    await card('Leave at once').getByLabel('Shares').fill('400');
    await card('Leave at once').getByText('400.00', { exact: false }).first().waitFor();
    await inspect(stage.page, 'withdraw');
    await stage.button('Review the withdrawal').click();
    expect(await sign(stage.page, 'Withdraw')).toMatch(/^Takes 400.00 \S+ out for 400.00 shares$/);
    expect(await balance()).toBe(before + 400n * TOKEN);
  });

  test('is announced open by its authority', async () => {
    const page = await visitAs(stage.site, authority);
    await stage.go('', page);
    await page.getByText('You are the authority.').waitFor();
    await inspect(page, 'opening-authority');
    await page.getByRole('button', { name: 'Announce it open' }).click();
    expect(await sign(page, 'Announce the pool open')).toMatch(/^Announces the pool open: cover is sold from/);
    await page.getByText(/^until \d+ \w+ \d+, \d\d:\d\d UTC$/).waitFor();
    await page.context().close();
    await stage.go('/cover');
    await stage.main.getByText(/^This pool was announced open; it sells cover from/).waitFor();
  });

  test('still lets LPs leave at once for seven days, and then asks for time', async () => {
    const { network, world } = stage;
    await stage.go('/provide');
    await card('Leave at once').getByLabel('Shares').fill('100');
    await stage.button('Review the withdrawal').click();
    expect(await sign(stage.page, 'Withdraw')).toMatch(/^Takes 100.00/);
    const { data } = await world.pool();
    await network.passTo(client.withdrawalEnds(data)!);
    await stage.go('/provide');
    await card('Leave').getByText('Paid from').waitFor();
    expect(await card('Leave at once').count()).toBe(0);
    await stage.go('');
    await card('The opening')
      .getByText(/^ended/)
      .waitFor();
    await network.passTo(data.sellsFrom);
    await stage.go('/cover');
    await stage.main.getByLabel('Sum insured').fill('1,000');
    await stage.page.getByTestId('premium').waitFor();
    await stage.go('');
    expect(await card('The opening').count()).toBe(0);
    // All of it has been there for a season.
    expect(await stage.page.getByTestId('season').count()).toBe(0);
  });

  test('says what carries cover, and from when the rest does', async () => {
    const { network, world } = stage;
    const late = await world.somebody(50_000n);
    await world.deposit(late, 50_000n);
    await stage.go('');
    const words = stage.page.getByTestId('season');
    await words
      .getByText(/^Of 150,500.00 \S+ that stay in the pool 100,\d\d\d.\d\d \S+ carry cover now; 150,/)
      .waitFor();
    await inspect(stage.page, 'season');
    const whole = client.seasonsOf((await world.pool()).data, await network.now()).at(-1)!;
    await network.passTo(whole.from);
    await stage.go('');
    expect(await words.count()).toBe(0);
  });
});
