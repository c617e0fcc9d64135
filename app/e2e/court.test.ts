// A dispute and an appeal through the page, evidence that somebody attaches, and a claim that is paid elsewhere.
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
  expect(await sign(stage.page, 'Vote for')).toContain('Votes for it, weighing 500.00 votes');
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

  test('evidence is attached to the ballot, and read by all', async () => {
    const ballot = card(/Does it count/);
    await ballot.getByRole('button', { name: 'Attached evidence and reasons' }).click();
    await ballot.getByText('Nobody has attached anything yet.').waitFor();
    await ballot.getByLabel('Evidence').setInputFiles(FILE);
    await ballot.getByLabel('Where others find it').fill(LINK);
    await ballot.getByRole('button', { name: 'Review it' }).click();
    expect(await sign(stage.page, 'Attach evidence')).toMatch(/^Attaches evidence to /);
    await ballot.getByRole('listitem').getByRole('link', { name: LINK }).waitFor();
    await inspect(stage.page, 'attached');
  });

  test('a claim is disputed, once its report counts', async () => {
    await stage.go('/claims');
    await stage.main.getByText('Once the report counts, anyone can dispute it').first().waitFor();
    expect(await stage.button('Dispute').count()).toBe(0);
    await stage.network.passTo((await ballotOf(incident.address)).data.finalAt);
    await stage.world.decide(incident.address);
    await stage.go('/claims');
    await stage.main
      .getByText(/The claimant then stands to lose a bond of 50.00/)
      .first()
      .waitFor();
    await stage.button('Dispute').first().click();
    const form = stage.main.locator('form', { hasText: 'Your bond is 50.00' });
    await form.getByRole('row', { name: /^4\/16: 1,250.00/ }).waitFor();
    await form.getByLabel('Evidence').setInputFiles(FILE);
    await form.getByLabel('Where others find it').fill(LINK);
    await inspect(stage.page, 'dispute-form');
    await form.getByRole('button', { name: 'Review the dispute' }).click();
    expect(await sign(stage.page, 'Dispute the claim')).toMatch(/^Disputes a claim, with a bond of 50.00/);
    await stage.main.getByText('disputes it: voters decide how much of it stands').waitFor();
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
      ({ data }) => data.disputer !== client.NOBODY,
    )!;
    await stage.go('/votes');
    const ballot = card(/How much of a claim of 5,000.00/);
    await ballot.getByText('Evidence against it').waitFor();
    await ballot.getByText('As the votes are now, this stands: 16/16: 5,000.00').waitFor();
    await ballot.getByLabel('How much of the claim stands').selectOption({ label: `4/16: 1,250.00 tokens` });
    await inspect(stage.page, 'dispute-ballot');
    await ballot.getByRole('button', { name: 'Review the vote' }).click();
    expect(await sign(stage.page, 'Vote')).toContain('Votes for 4/16, weighing 500.00 votes');
    await ballot.getByText('As the votes are now, this stands: 4/16: 1,250.00').waitFor();
    await ballot.getByRole('button', { name: 'Close the ballot' }).click();
    expect(await sign(stage.page, 'Close the ballot')).toContain('4/16 stand');
    await inspect(stage.page, 'dispute-voted');
    await network.passTo((await ballotOf(disputed.address)).data.finalAt);
    await stage.go('/votes');
    // The stake is free before anybody has read what came of it.
    await ballot.getByRole('button', { name: 'Release the vote' }).click();
    expect(await sign(stage.page, 'Release the vote')).toBe('Releases a vote');
    await stage.world.endFiling(incident.address);
    await network.passTo((await stage.world.incident(incident.address)).data.disputesEndAt);
    await stage.go('/claims');
    await stage.button('Decide the dispute').click();
    expect(await sign(stage.page, 'Decide the dispute')).toMatch(
      /^Decides a dispute: 4\/16 of the claim stand, 1,250.00/,
    );
    await stage.main.getByText('the court decided that 4/16 of 5,000.00').waitFor();
    await stage.button(/^Pay the disputer/).click();
    expect(await sign(stage.page, 'Pay the disputer')).toMatch(/^Pays the disputer of a claim 75.00/);
    await stage.button('Settle').click();
    expect(await sign(stage.page, 'Settle the incident')).toMatch(/^Settles an incident: 3,250.00/);
    await stage.button('Pay out').first().click();
    await sign(stage.page, 'Pay the claim out');
    await stage.button('Pay out').click();
    await sign(stage.page, 'Pay the claim out');
    const { receiver } = (await claimOf(stage.burner.signer.address)).data;
    // The loss less the deductible, 5% of the sum insured, and the bond of the claim.
    expect(await network.balanceOf(receiver)).toBe(2_050n * TOKEN);
    await inspect(stage.page, 'settled');
    await stage.go('/votes');
    await card(/How much of a claim of 5,000.00/)
      .getByRole('button', { name: 'Collect the reward' })
      .click();
    expect(await sign(stage.page, 'Release the vote')).toMatch(/^Releases a vote, and pays its reward of/);
  });

  test('nothing comes back of the appeal that changed nothing', async () => {
    await stage.go('/votes');
    await stage.main.getByText('Quorum').first().waitFor();
    expect(await stage.button('Collect the bond of the appeal').count()).toBe(0);
  });
});
