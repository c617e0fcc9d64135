// What the covered program draws above its limit: the page shows the booking, anyone pays it or challenges it.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Network } from '../../clients/ts/e2e/network';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { FILE, LINK, Stage } from './stage';

let stage: Stage;
const bookings = () => client.listIncidents(stage.network.rpc, { pool: stage.world.poolAddress });

beforeAll(async () => {
  const venue = await new Network().somebody();
  stage = await Stage.open({
    products: [
      {
        name: 'Perps venue',
        riskKind: client.RiskKind.Other,
        group: 0,
        trigger: client.Trigger.Authority,
        triggerSource: venue.address,
        draws: { period: client.DAY, limitBps: 500 },
        deductibleBps: 0,
        waitingDays: 0,
      },
    ],
  });
  const { network, world } = stage;
  const policy = await stage.cover(stage.burner.signer.address, 20_000n);
  await network.pass(client.DAY);
  const args = { loss: 6_000n * TOKEN, minPaid: 0n, payer: venue };
  await network.send(venue, await client.draw(await world.pool(), await world.product(0), policy, venue, args));
});
afterAll(() => stage?.close());

describe.sequential('a booking', () => {
  test('is shown with what it waits for, and paid by anyone', async () => {
    await stage.network.pass(client.DAY / 4n);
    await stage.go('/claims');
    await stage.main.getByText('Being paid').waitFor();
    await inspect(stage.page, 'booking');
    await stage.button(/^Pay [\d,.]+/).click();
    expect(await sign(stage.page, 'Pay the booking')).toMatch(/^Pays [\d,.]+ \S+ of a booking; [\d,.]+ \S+ wait$/);
    const [booking] = await bookings();
    expect(booking!.data.paid).toBeGreaterThan(500n * TOKEN);
  });

  test('is challenged', async () => {
    await stage.main.getByText('Challenge it: have the jury decide').click();
    const form = stage.main.locator('form', { hasText: 'Review the challenge' });
    await form.getByLabel('Evidence').setInputFiles(FILE);
    await form.getByLabel('Where others find it').fill(LINK);
    await stage.button('Review the challenge').click();
    expect(await sign(stage.page, 'Challenge the incident')).toMatch(/with a bond of 500/);
    await stage.main.getByText('Challenged', { exact: true }).waitFor();
    expect((await bookings())[0]!.data.state).toBe(client.IncidentState.Open);
    await inspect(stage.page, 'booking-challenged');
  });
});
