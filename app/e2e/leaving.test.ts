// Leaving in the page beside an open incident, until all of it is collected.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, PHONE, sign } from './site';
import { Stage, visitAs } from './stage';

const SHARE = TOKEN * 1_000n;
let stage: Stage;
let incident: client.Found<client.Incident>;
let before: bigint;

const exits = () => stage.main.getByRole('region', { name: 'Your exits' });
const balance = () => stage.network.balance(stage.burner.signer.address, stage.world.asset);

beforeAll(async () => {
  stage = await Stage.open();
  const { network, world, burner } = stage;
  await stage.stake();
  await world.deposit(burner.signer, 5_000n);
  before = await balance();
  const holder = await world.somebody(5_000n);
  const policy = await stage.cover(holder.address, 42_000n);
  await network.pass(2n * client.DAY);
  incident = await stage.report(holder);
  await stage.claim(holder, incident.address, policy.address, 23_100n);
  // Nobody reads the verdict yet.
  await stage.decide(incident, client.FOR);
});
afterAll(() => stage?.close());

describe.sequential('leaving', () => {
  test('is asked for beside an open incident, which bears a part', async () => {
    await stage.go('/provide');
    const card = stage.main.getByRole('region', { name: 'Leave' });
    await card.getByLabel('Shares').fill('5,000');
    // 42,000 of 105,000 are set aside.
    await card.getByText('Of it in open incidents').waitFor();
    await card.getByText(/^(1,999|2,000)\./).waitFor();
    await inspect(stage.page, 'leave-beside-incident');
    await card.getByRole('button', { name: 'Review the exit' }).click();
    expect(await sign(stage.page, 'Request an exit')).toMatch(
      /^Puts 5,000.00 shares on their way out, to be paid from/,
    );
    await exits().getByText('Waiting', { exact: true }).waitFor();
  });

  test('is paid on its day, in cash but for its part of the incident', async () => {
    const { network, world } = stage;
    const [epoch] = await client.listExitEpochs(network.rpc, { pool: world.poolAddress });
    await network.passTo(client.startOf(epoch!.data.day));
    await stage.go('/provide');
    await exits().getByText('Due', { exact: true }).waitFor();
    await stage.button('Pay them').click();
    const words = await sign(stage.page, 'Pay the exits');
    expect(words).toMatch(
      /^Pays exits: 3,[\d.]+ \S+ for 5,000.00 shares, of which (1,999|2,000)\.\d+ \S+ stay in open incidents$/,
    );
    await exits().getByText('Ready to collect').waitFor();
    await exits().getByRole('button', { name: 'Collect' }).click();
    expect(await sign(stage.page, 'Collect')).toMatch(/^Pays 3,[\d.]+ \S+ for an exit$/);
    await exits().getByText('Paid, a part is contested').waitFor();
    const part = await exits()
      .getByText(/^At most/)
      .innerText();
    expect(part).toMatch(/^At most (1,999|2,000)\.\d\d \S+ in Lending exploit, .*: after its verdict\.$/);
    await inspect(stage.page, 'exit-contested');
    const phone = await visitAs(stage.site, stage.burner, PHONE);
    await stage.go('/provide', phone);
    await phone.getByText(/^At most/).waitFor();
    await inspect(phone, 'phone-exit-contested');
    await phone.context().close();
  });

  test('gets back what nobody claimed once filing is over', async () => {
    const { world } = stage;
    await world.decide(incident.address);
    await stage.go('/provide');
    await exits()
      .getByText(/what nobody claims from \d+ \w+ \d+ on/)
      .waitFor();
    await world.endFiling(incident.address);
    await stage.go('/provide');
    await exits().getByRole('button', { name: 'Collect' }).click();
    // 21,000 of 42,000 are claimed: half of the contested part is free.
    const words = await sign(stage.page, 'Collect');
    expect(words).toMatch(
      /^Gives those who left (999|1,000)\.\d+ \S+ back that an incident does not need\s+Pays (999|1,000)/,
    );
    await exits()
      .getByText(/^At most (999|1,000)\./)
      .waitFor();
  });

  test('bears its part of the claims, and ends', async () => {
    const { world } = stage;
    const settled = await world.settle(await world.product(0), incident.address);
    expect(settled.contested).toBeGreaterThan(990n * TOKEN);
    await stage.go('/provide');
    await exits().getByRole('button', { name: 'Collect' }).click();
    await sign(stage.page, 'Collect');
    await stage.main.getByText('No exit is on its way').waitFor();
    // As one who stayed: 5,000 of 105,000, which lost 21,000, and premiums.
    const got = (await balance()) - before;
    expect(got).toBeGreaterThanOrEqual(4_000n * TOKEN);
    expect(got).toBeLessThan(4_020n * TOKEN);
    const { data } = await world.pool();
    const stayed = client.sharesWorth(client.accrue(data, data.accruedAt), 5_000n * SHARE);
    expect(got).toBeLessThan(stayed + 10n * TOKEN);
    expect(got).toBeGreaterThan(stayed - 10n * TOKEN);
  });
});
