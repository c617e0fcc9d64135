// Two reports on one product, in line: a claim is filed before the verdict, rejected with it, and filed again.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { FILE, LINK, Stage } from './stage';

let stage: Stage;
let first: client.Found<client.Incident>;

const balance = () => stage.network.balance(stage.burner.signer.address, stage.world.asset);
/** The card of a report, by how many there were before it: the latest is first. */
const card = (index: number) =>
  stage.main
    .getByRole('region', { name: /^Lending exploit, / })
    .filter({ hasText: 'Reported' })
    .nth(index);
const second = async () =>
  stage.world.incident(await client.incidentAddress((await stage.world.product(0)).address, 1));

/** Files a claim of the burner's in the page. */
async function file(at: ReturnType<typeof card>, loss: string): Promise<string> {
  const form = at.locator('form', { hasText: 'File your claim' });
  await form.getByLabel('Your loss').fill(loss);
  await form.getByLabel('Evidence').setInputFiles(FILE);
  await form.getByLabel('Where others find it').fill(LINK);
  await form.getByRole('button', { name: 'Review the claim' }).click();
  return sign(stage.page, 'File a claim');
}

beforeAll(async () => {
  stage = await Stage.open();
  await stage.stake();
  await stage.cover(stage.burner.signer.address, 5_000n);
  await stage.network.pass(3n * client.DAY);
  first = await stage.report(await stage.world.somebody(5_000n));
});
afterAll(() => stage?.close());

describe.sequential('reports in line', () => {
  test('a claim is filed before the verdict', async () => {
    await stage.go('/claims');
    await stage.main.getByText('There is no need to wait for the verdict.').waitFor();
    expect(await file(card(0), '2,250')).toMatch(/^Claims 2,000.00/);
  });

  test('another report stands in line, for twice the bond', async () => {
    const { network } = stage;
    const occurred = new Date(Number((await network.now()) - 7_200n) * 1_000).toISOString().slice(0, 19);
    const report = stage.main.getByRole('region', { name: 'Report an incident' });
    await report.getByText('1 report on this product can be found above.').waitFor();
    await report.getByText(/^The bond is 1,000.00/).waitFor();
    await report.getByLabel('When it happened (UTC)').fill(occurred);
    await report.getByLabel('Evidence').setInputFiles(FILE);
    await report.getByLabel('Where others find it').fill(LINK);
    await report.getByRole('button', { name: 'Review the report' }).click();
    expect(await sign(stage.page, 'Report an incident')).toMatch(/with a bond of 1,000.00/);
    await card(0)
      .getByText(/Second in line: an earlier report on this product is paid first/)
      .waitFor();
    await inspect(stage.page, 'reports-in-line');
    await stage.go('');
    await stage.main.getByText('2 reports in line').waitFor();
  });

  test('the first is rejected, and the claim’s bond comes back', async () => {
    await stage.decide(first, client.AGAINST);
    await stage.go('/claims');
    await card(1).getByRole('button', { name: 'Read the verdict: it does not count' }).click();
    expect(await sign(stage.page, 'Read the verdict')).toBe('Refuses an incident; its bond is lost');
    await card(1).getByText('Does not count', { exact: true }).waitFor();
    const before = await balance();
    await card(1).getByRole('button', { name: 'Bond back' }).click();
    await sign(stage.page, 'Give the bond back');
    expect(await balance()).toBe(before + 50n * TOKEN);
    expect(await file(card(0), '3,250')).toMatch(/^Claims 3,000.00/);
    await card(1).getByRole('button', { name: 'End it: rejected' }).click();
    expect(await sign(stage.page, 'End the incident')).toBe('Ends an incident: rejected');
    await card(1).getByText('Rejected', { exact: true }).first().waitFor();
    expect(await card(0).getByText('Second in line').count()).toBe(0);
  });

  test('the second counts and is paid', async () => {
    const { network, world } = stage;
    // Its ballot ran beside the first one’s.
    await stage.decide(await second(), client.FOR);
    await stage.go('/claims');
    await card(0).getByRole('button', { name: 'Read the verdict: it counts' }).click();
    await sign(stage.page, 'Read the verdict');
    await world.endFiling((await second()).address);
    await network.passTo((await second()).data.disputesEndAt);
    await stage.go('/claims');
    await card(0).getByRole('button', { name: 'Settle' }).click();
    expect(await sign(stage.page, 'Settle the incident')).toMatch(
      /^Settles an incident: 3,000.00 \S+ for claims of 3,000.00/,
    );
    const before = await balance();
    await card(0).getByRole('button', { name: 'Pay out' }).click();
    await sign(stage.page, 'Pay the claim out');
    expect(await balance()).toBe(before + 3_050n * TOKEN);
    await inspect(stage.page, 'reports-ended');
  });
});
