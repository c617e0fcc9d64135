// A pool that is wiped out: its shares are retired and redeemed, and new ones begin.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { Stage } from './stage';

let stage: Stage;
const card = (name: string) => stage.main.getByRole('region', { name });

beforeAll(async () => {
  // Hardly a premium, and no deductible: nothing is left of the capital.
  const terms = { deductibleBps: 0, r0Ppm: 1, r1Ppm: 2, r2Ppm: 3 };
  stage = await Stage.open({
    products: [{ name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0, ...terms }],
  });
  const { network, world, burner } = stage;
  await stage.stake();
  await world.deposit(burner.signer, 5_000n);
  await stage.passSeason();
  const holder = await world.somebody(10_000n);
  const policy = await stage.cover(holder.address, 105_000n);
  await network.pass(2n * client.DAY);
  const incident = await stage.report(holder);
  await stage.claim(holder, incident.address, policy.address, 105_000n);
  await stage.decide(incident, client.FOR);
  await world.decide(incident.address);
  await world.endFiling(incident.address);
  await world.settle(await world.product(0), incident.address);
});
afterAll(() => stage?.close());

describe.sequential('a pool that was wiped out', () => {
  test('takes no deposits, and keeps its shares while cover needs them', async () => {
    await stage.go('/provide');
    await card('Deposit')
      .getByText(/^The pool is depleted and takes no deposits/)
      .waitFor();
    await stage.go('');
    await card('The books').waitFor();
    expect(await stage.button('Retire the shares').count()).toBe(0);
  });

  test('has its shares retired by anyone', async () => {
    await stage.network.pass(130n * client.DAY);
    await stage.go('');
    await card('Retired shares').getByText('This pool was wiped out.', { exact: false }).waitFor();
    await inspect(stage.page, 'wiped-out');
    await stage.button('Retire the shares').click();
    expect(await sign(stage.page, 'Retire the shares')).toMatch(/^Retires 105,000.00 shares, worth/);
    await card('Retired shares').getByText('1 time the pool was wiped out', { exact: false }).waitFor();
    await inspect(stage.page, 'retired');
  });

  test('pays the old shares what is left, and takes new capital', async () => {
    await stage.go('/provide');
    await card('Your retired shares')
      .getByText(/^5,000.00 shares, worth/)
      .waitFor();
    await inspect(stage.page, 'redeem');
    await stage.button('Redeem them').click();
    expect(await sign(stage.page, 'Redeem retired shares')).toMatch(/^Redeems 5,000.00 shares that were retired for/);
    await card('Your retired shares').waitFor({ state: 'detached' });
    await card('Deposit').getByLabel('Amount').fill('1,000');
    await stage.button('Review the deposit').click();
    expect(await sign(stage.page, 'Deposit')).toMatch(/^Deposits 1,000.00 \S+ for 1,000.00 shares$/);
    const { data } = await stage.world.pool();
    expect(data).toMatchObject({ generation: 1, capital: 1_000n * TOKEN });
  });
});
