// Exits of a pool that is nearly sold out: paid too late they are called, and cover lets them go in parts.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, PHONE, sign } from './site';
import { Stage, visitAs } from './stage';

let stage: Stage;
const card = (name: string) => stage.main.getByRole('region', { name });
const line = () => card('Exits that wait');
const exits = () => card('Your exits');
const balance = () => stage.network.balance(stage.burner.signer.address, stage.world.asset);

beforeAll(async () => {
  stage = await Stage.open({ leverageBps: 10_000 });
  const { network, world, burner, lp } = stage;
  const { signer } = burner;
  await world.deposit(signer, 8_000n);
  await stage.passSeason();
  const holder = await network.somebody();
  await stage.cover(holder.address, 50_000n);
  await stage.cover(holder.address, 56_000n, 1);
  const ask = async (by: typeof signer, shares: bigint) => {
    const pool = await world.pool();
    const { number } = client.exitEpochNow(pool.data, await network.now());
    const request = { id: 1n, epoch: number, shares: shares * TOKEN * 1_000n };
    await network.send(by, await client.requestExit(pool, by, request));
  };
  await ask(signer, 8_000n);
  await network.pass(client.DAY);
  await ask(lp, 1_000n);
  const [first] = await client.listExitEpochs(network.rpc, { pool: world.poolAddress });
  await network.passTo(client.startOf(first!.data.day) + client.DAY);
});
afterAll(() => stage?.close());

describe.sequential('exits in line', () => {
  test('that nobody paid in time are called', async () => {
    await stage.go('/provide');
    await line()
      .getByText(/^Nobody paid them within a day of when they could be/)
      .waitFor();
    await line().getByRole('button', { name: 'Call them' }).click();
    expect(await sign(stage.page, 'Call the exits')).toMatch(/^Calls the exits that nobody paid in time/);
    const notice = line().getByText(/^Somebody called them: they can be paid from .* until /);
    await notice.waitFor();
    expect(await line().getByRole('button', { name: 'Call them' }).count()).toBe(0);
    await inspect(stage.page, 'exits-called');
  });

  test('are paid as far as cover lets them go', async () => {
    await stage.network.pass(client.DAY + 3_600n);
    await stage.go('/provide');
    await line()
      .getByText(/can be paid now/)
      .waitFor();
    await line().getByRole('button', { name: 'Pay them' }).click();
    expect(await sign(stage.page, 'Pay the exits')).toMatch(
      /^Pays exits: 2,\d{3}\.\d\d \S+ for 2,\d{3}\.\d\d shares; 5,\d{3}\.\d\d shares wait$/,
    );
    const before = await balance();
    await exits().getByRole('button', { name: 'Collect' }).click();
    await sign(stage.page, 'Collect');
    expect(await balance()).toBeGreaterThan(before + 2_000n * TOKEN);
    await exits().getByText('Paid in part').waitFor();
    await line().getByText('Cover needs the capital.', { exact: false }).waitFor();
    await line().getByRole('heading', { name: 'If nothing else happens' }).waitFor();
    await inspect(stage.page, 'exits-in-part');
    const phone = await visitAs(stage.site, stage.burner, PHONE);
    await stage.go('/provide', phone);
    await phone.getByRole('heading', { name: 'If nothing else happens' }).waitFor();
    await inspect(phone, 'phone-exits-in-part');
    await phone.context().close();
  });

  test('are seen to wait, and leave once cover has ended', async () => {
    const { network, world } = stage;
    await network.pass(client.DAY);
    await stage.go('/provide');
    await line().getByRole('button', { name: 'Note that they wait' }).click();
    expect(await sign(stage.page, 'Note that exits wait')).toMatch(/^Notes that exits wait/);
    const pool = await world.pool();
    const epochs = await client.listExitEpochs(network.rpc, { pool: pool.address });
    const [rest] = client.foreseeExits(pool.data, epochs, await network.now()).filter(({ all }) => all);
    await network.passTo(rest!.at);
    await stage.go('/provide');
    await line().getByRole('button', { name: 'Call them' }).click();
    await sign(stage.page, 'Call the exits');
    await network.pass(client.DAY + 3_600n);
    await stage.go('/provide');
    await line().getByRole('button', { name: 'Pay them' }).click();
    await sign(stage.page, 'Pay the exits');
    await exits().getByRole('button', { name: 'Collect' }).click();
    expect(await sign(stage.page, 'Collect')).toMatch(/^Pays 5,\d{3}/);
    await stage.main.getByText('No exit is on its way').waitFor();
    // Those of the day after are next.
    await line()
      .getByText(/1,000.00 shares wait/)
      .waitFor();
  });
});
