// A pool that covers no more than it has: a claim is paid before its incident is settled.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, PHONE, sign } from './site';
import { Stage, visitAs } from './stage';

let stage: Stage;
let incident: client.Found<client.Incident>;
const claims = () => stage.main.getByRole('region', { name: 'Claims of this incident' });
const balance = () => stage.network.balance(stage.burner.signer.address, stage.world.asset);

beforeAll(async () => {
  stage = await Stage.open({ leverageBps: 10_000 });
  const { network, burner } = stage;
  const { signer } = burner;
  await stage.stake();
  const policy = await stage.cover(signer.address, 20_000n);
  await network.pass(2n * client.DAY);
  incident = await stage.report(signer);
  await stage.claim(signer, incident.address, policy.address, 11_000n);
}, 180_000);
afterAll(() => stage?.close());

describe.sequential('a claim on a pool that covers no more than it has', () => {
  test('has terms that say when it is paid', async () => {
    await stage.go('/cover');
    await stage.main
      .getByText(/as much capital as all it covers, as now, a claim is paid in full as soon as/)
      .waitFor();
    await stage.main.getByText(/the end of the vote, of 3 days, and 2 days for an appeal/).waitFor();
    expect(await stage.main.getByText('are paid by one factor', { exact: false }).count()).toBe(0);
  });

  test('waits for the verdict, and until nobody can dispute it', async () => {
    await stage.go('/claims');
    await claims().getByText('If the incident counts, it is paid in full before the settlement.').waitFor();
    await stage.decide(incident, client.FOR);
    incident = await stage.world.decide(incident.address);
    await stage.go('/claims');
    await claims()
      .getByText(/^It is paid in full from .* UTC on, unless somebody disputes it\.$/)
      .waitFor();
    expect(await stage.button('Pay out').count()).toBe(0);
    await inspect(stage.page, 'claim-before-account');
  });

  test('is paid in full while the incident goes on', async () => {
    const { network, world } = stage;
    const [claim] = await client.listClaims(network.rpc, { incident: incident.address });
    const [pool, product] = [await world.pool(), await world.product(0)];
    const { from } = client.payableFrom(pool.data, product.data, incident.data, claim!.data, await network.now());
    expect(from).toBe(client.disputableUntil(incident.data, claim!.data));
    await network.passTo(from!);
    await stage.go('/claims');
    await claims().getByText('It can be paid in full now, before the incident is settled.').waitFor();
    const before = await balance();
    await stage.button('Pay out').click();
    await sign(stage.page, 'Pay the claim out');
    expect(await balance()).toBe(before + 10_100n * TOKEN);
    await claims().getByText('Paid', { exact: true }).waitFor();
    await stage.main.getByText(/^0\.00 \S+, beside 10,000\.00 \S+ settled before$/).waitFor();
    expect((await world.incident(incident.address)).data).toMatchObject({
      state: client.IncidentState.Accepted,
      settled: 10_000n * TOKEN,
    });
    await inspect(stage.page, 'claim-on-account');
    const phone = await visitAs(stage.site, stage.burner, PHONE);
    await stage.go('/claims', phone);
    await phone.getByText(/settled before$/).waitFor();
    await inspect(phone, 'phone-claim-on-account');
    await phone.context().close();
  });

  test('gets nothing more at the settlement', async () => {
    const { world } = stage;
    await world.endFiling(incident.address);
    expect(await world.settle(await world.product(0), incident.address)).toMatchObject({
      approved: 10_000n * TOKEN,
      settled: 10_000n * TOKEN,
    });
    await stage.go('/claims');
    await claims().getByText('Paid', { exact: true }).waitFor();
    expect(await stage.button('Pay out').count()).toBe(0);
  });
});
