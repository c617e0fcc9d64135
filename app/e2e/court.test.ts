// A dispute and an appeal through the page, and a claim that is paid elsewhere.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { FILE, LINK, Stage } from './stage';

let stage: Stage;
let incident: client.Found<client.Incident>;

const card = (name: string | RegExp) => stage.main.getByRole('region', { name });
const claimOf = async (owner: string) =>
  (await client.listClaims(stage.network.rpc, { incident: incident.address })).find(
    ({ data }) => data.claimant === owner,
  )!;
const ballotOf = async (subject: string) =>
  (await client.listBallots(stage.network.rpc, { pool: stage.world.poolAddress })).find(
    ({ data }) => data.subject === subject,
  )!;

/** Votes for in the page and closes. */
async function pass(name: RegExp): Promise<void> {
  await card(name).getByRole('button', { name: 'Vote for' }).click();
  expect(await sign(stage.page, 'Vote for')).toContain('Votes for, weighing 500.00 votes');
  await card(name).getByRole('button', { name: 'Close' }).click();
  expect(await sign(stage.page, 'Close the ballot')).toContain('passed');
}

beforeAll(async () => {
  stage = await Stage.open();
  const { network, world, burner } = stage;
  const { signer } = burner;
  await stage.stake();
  await network.pass(3n * client.DAY);
  const holder = await world.somebody(5_000n);
  const theirs = await stage.cover(holder.address, 20_000n);
  const ours = await stage.cover(signer.address, 5_000n);
  await network.pass(2n * client.DAY);
  incident = await stage.report(holder);
  await stage.claim(holder, incident.address, theirs.address, 6_000n);
  await stage.claim(signer, incident.address, ours.address, 2_250n);
});

afterAll(() => stage?.close());

describe.sequential('the court in the page', () => {
  test('what passed is appealed', async () => {
    await stage.go('/votes');
    await card(/Does it count/)
      .getByText('For: it counts')
      .waitFor();
    await pass(/Does it count/);
    await card(/Does it count/)
      .getByRole('button', { name: 'Appeal' })
      .click();
    expect(await sign(stage.page, 'Appeal')).toMatch(/^Appeals a ballot with a bond of 1,000.00/);
    await card(/Does it count/)
      .getByText('Appeal: voting')
      .waitFor();
    await inspect(stage.page, 'appeal');
    await pass(/Does it count/);
  });

  test('a claim is disputed', async () => {
    await stage.go('/claims');
    await stage.button('Dispute').first().click();
    const form = stage.main.locator('form', { hasText: 'What it is worth instead' });
    await form.getByLabel('What it is worth instead').fill('5,000');
    await form.getByText('Only less than 5,000.00').waitFor();
    await form.getByLabel('What it is worth instead').fill('1,000');
    await form.getByLabel('Evidence').setInputFiles(FILE);
    await form.getByLabel('Where others find it').fill(LINK);
    await form.getByRole('button', { name: 'Review the dispute' }).click();
    expect(await sign(stage.page, 'Dispute the claim')).toMatch(/^Disputes a claim, which is worth 1,000.00/);
    await stage.main.getByText('disputed: worth 1,000.00').waitFor();
    await inspect(stage.page, 'dispute');
  });

  test('a claim is paid to another wallet', async () => {
    const friend = await stage.network.somebody();
    await stage.button('Pay elsewhere').click();
    const form = stage.main.locator('form', { hasText: 'Wallet that is to be paid' });
    await form.getByLabel('Wallet that is to be paid').fill(friend.address);
    await form.getByRole('button', { name: 'Review it' }).click();
    await sign(stage.page, 'Pay the claim elsewhere');
    const { assetMint, tokenProgram } = (await stage.world.pool()).data;
    const account = await client.tokenAddress(friend.address, assetMint, tokenProgram);
    expect((await claimOf(stage.burner.signer.address)).data.receiver).toBe(account);
  });

  test('the dispute is decided, and what is left of the claims is paid', async () => {
    const { network } = stage;
    const disputed = (await client.listClaims(network.rpc, { incident: incident.address })).find(
      ({ data }) => data.liveDisputes > 0,
    )!;
    await network.passTo(disputed.data.disputesEndAt);
    await stage.go('/votes');
    await stage.main.getByText('Evidence against it').waitFor();
    await inspect(stage.page, 'dispute-ballot');
    await pass(/Is a claim of 5,000.00/);
    await network.passTo((await ballotOf(disputed.address)).data.finalAt);
    await stage.world.decide(incident.address);
    await stage.world.endFiling(incident.address);
    await network.passTo((await stage.world.incident(incident.address)).data.disputesEndAt);
    await stage.go('/claims');
    await stage.button('Decide the dispute').click();
    expect(await sign(stage.page, 'Decide the dispute')).toMatch(/^Decides a dispute: the claim is 1,000.00/);
    await stage.button(/^End the dispute of/).click();
    expect(await sign(stage.page, 'End the dispute')).toMatch(/go to the disputer$/);
    await stage.button('Settle').click();
    expect(await sign(stage.page, 'Settle the incident')).toMatch(/^Settles an incident: 3,000.00/);
    await stage.button('Pay out').first().click();
    await sign(stage.page, 'Pay the claim out');
    await stage.button('Pay out').click();
    await sign(stage.page, 'Pay the claim out');
    const { receiver } = (await claimOf(stage.burner.signer.address)).data;
    // The loss less the deductible, 5% of the sum insured, and the bond of the claim.
    expect(await network.balanceOf(receiver)).toBe(2_020n * TOKEN);
    await inspect(stage.page, 'settled');
  });

  test('nothing comes back of the appeal that changed nothing', async () => {
    await stage.go('/votes');
    await stage.main.getByText('Quorum').first().waitFor();
    expect(await stage.button('Collect the bond of the appeal').count()).toBe(0);
  });
});
