// Changes of a pool's parameters, a petition, a draft and a pause, as the page shows them.
import * as client from '@breakwater/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORDS } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { Stage } from './stage';

let stage: Stage;
const changes = () => stage.main.getByRole('region', { name: 'Changes of the parameters' });
const row = (title: string) => changes().getByRole('listitem').filter({ hasText: title });
const latest = async () => (await client.listChanges(stage.network.rpc, { pool: stage.world.poolAddress })).at(-1)!;
const fee = (cancelFeeBps: number) => client.proposal('CancelFee', { cancelFeeBps });

beforeAll(async () => {
  stage = await Stage.open();
  await stage.stake();
  await stage.network.pass(3n * client.DAY);
});
afterAll(() => stage?.close());

describe.sequential('a pool that changes', () => {
  test('shows what would change, and from when', async () => {
    const { network, world } = stage;
    const request = { proposal: fee(100) };
    await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, request));
    const guardian = { proposal: client.proposal('Guardian', { guardian: stage.burner.signer.address }) };
    await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, guardian));
    const renamed = client.shareWords({ name: 'Harbour shares', symbol: 'HRB', uri: WORDS.uri });
    const shares = { proposal: client.proposal('Shares', [renamed]) };
    await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, shares));
    await world.list(2, { name: 'Bridge halt', riskKind: client.RiskKind.Bridge, group: 2 });
    await stage.go('');
    await row('Another cancellation fee').getByText('Waiting', { exact: true }).waitFor();
    const words = (await row('Another cancellation fee').innerText()).replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/Cancellation fee 5% → becomes 1%/);
    const moment = String.raw`\d+ \w+ \d+, \d\d:\d\d UTC`;
    expect(words).toMatch(
      new RegExp(`It can be applied from ${moment}\\. Everybody who asks to leave until ${moment} leaves before`),
    );
    expect(await row('Another guardian').innerText()).not.toContain('leave');
    const named = (await row('Other words for the shares').innerText()).replaceAll(/\s+/g, ' ');
    expect(named).toMatch(/Name of the shares Story shares → becomes Harbour shares Symbol STORY → becomes HRB/);
    // A product that is listed after the opening is a draft.
    await stage.main.getByText('Draft: not for sale yet').waitFor();
    await changes().getByText('Which changes wait until those have left who asked in time?').click();
    await changes().getByRole('row', { name: 'Another cap of a group when it rises' }).waitFor();
    await changes().getByRole('row', { name: 'Take a product off sale never' }).waitFor();
    await inspect(stage.page, 'change-waiting');
    await stage.go('/cover');
    const options = stage.main.getByLabel('Risk').getByRole('option');
    await options.first().waitFor({ state: 'attached' });
    expect(await options.allInnerTexts()).toEqual(['Lending exploit (exploit)', 'Stablecoin depeg (depeg)']);
  });

  test('is changed by anyone when the time has come', async () => {
    const { network } = stage;
    const { data } = await latest();
    await network.passTo(data.appliesAt);
    await stage.go('');
    await row('Other words for the shares').getByRole('button', { name: 'Apply' }).click();
    expect(await sign(stage.page, 'Apply the change')).toBe(
      'Applies a change: name of the shares Harbour shares, symbol HRB',
    );
    await stage.main.getByText('Harbour shares, HRB', { exact: true }).waitFor();
    await row('Another cancellation fee').getByText('Can be applied', { exact: true }).waitFor();
    await row('Another cancellation fee').getByRole('button', { name: 'Apply' }).click();
    expect(await sign(stage.page, 'Apply the change')).toBe('Applies a change: cancellation fee 5% → 1%');
    await row('Another cancellation fee').getByText('Applied', { exact: true }).waitFor();
    await row('Another guardian').getByRole('button', { name: 'Apply' }).click();
    expect(await sign(stage.page, 'Apply the change')).toMatch(/^Applies a change: guardian \S+ → \S+$/);
    expect((await stage.world.pool()).data.cancelFeeBps).toBe(100);
    await stage.main.getByRole('region', { name: 'Parameters' }).getByText('1%', { exact: true }).waitFor();
  });

  test('shows the ballot of a petition, and reads it', async () => {
    const { network, world, burner } = stage;
    const { signer } = burner;
    const request = { proposal: fee(300) };
    await network.send(signer, await client.petitionChange(await world.pool(), signer, request));
    await stage.go('');
    await row('Change 3').getByText('Being voted on').waitFor();
    await row('Change 3').getByText('Voting', { exact: true }).waitFor();
    await row('Change 3').getByRole('link', { name: 'See the ballot' }).click();
    const ballot = stage.main.getByRole('region', { name: 'Should the pool change? Another cancellation fee' });
    await ballot.getByText(/It would set: .*Cancellation fee 3%/).waitFor();
    await inspect(stage.page, 'petition');
    await ballot.getByRole('button', { name: 'Vote for' }).click();
    await sign(stage.page, 'Vote for');
    await ballot.getByRole('button', { name: 'Close' }).click();
    expect(await sign(stage.page, 'Close the ballot')).toContain('passed');
    const [found] = await client.listBallots(network.rpc, { pool: world.poolAddress });
    await network.passTo(found!.data.finalAt);
    await stage.go('');
    await row('Change 3').getByRole('button', { name: 'Read the ballot' }).click();
    expect(await sign(stage.page, 'Read the ballot')).toMatch(/^Queues a change that its ballot passed, from/);
    await row('Change 3').getByText('Waiting', { exact: true }).waitFor();
    await row('Change 3')
      .getByRole('button', { name: /^Bond of/ })
      .click();
    await sign(stage.page, 'Give the bond back');
    expect((await latest()).data.bondState).toBe(client.BondState.Collected);
  });

  test('that is paused says so, and until when, wherever it matters', async () => {
    const { network } = stage;
    await stage.go('');
    await stage.main.getByLabel('Pause sales and deposits for').fill('9');
    await stage.main.getByText('1 to 7 days').waitFor();
    await stage.main.getByLabel('Pause sales and deposits for').fill('3');
    await stage.button('Review the pause').click();
    expect(await sign(stage.page, 'Pause sales and deposits')).toMatch(/^Pauses sales and deposits until/);
    const notice = stage.main.getByText(/^Sales and deposits are paused until \d+ \w+ \d+, \d\d:\d\d UTC\./);
    await notice.waitFor();
    await stage.go('/cover');
    await notice.waitFor();
    await stage.main.getByText(/^Sales are paused until/).waitFor();
    await stage.main.getByLabel('Sum insured').fill('1,000');
    expect(await stage.button('Review the purchase').isDisabled()).toBe(true);
    await inspect(stage.page, 'paused-cover');
    await stage.go('/provide');
    await stage.main.getByText(/^Deposits are paused until/).waitFor();
    await stage.main.getByLabel('Amount').fill('10');
    expect(await stage.button('Review the deposit').isDisabled()).toBe(true);
    await inspect(stage.page, 'paused-provide');
    await stage.site.go(stage.page, '/');
    await stage.main.getByText(/^Sales and deposits are paused until/).waitFor();
    await network.pass(3n * client.DAY);
    await stage.go('/cover');
    await stage.main.getByLabel('Sum insured').fill('1,000');
    await stage.page.getByTestId('premium').waitFor();
    expect(await notice.count()).toBe(0);
  });

  test('is handed over to the connected wallet, and what was queued before falls', async () => {
    const { network, world, burner } = stage;
    const authority = client.proposal('Authority', { authority: burner.signer.address });
    for (const proposal of [authority, client.proposal('MinPremium', { minPremium: 7n })]) {
      const request = { proposal };
      await network.send(world.founder, await client.proposeChange(await world.pool(), world.founder, request));
    }
    await stage.go('');
    const handover = row('Hand the authority to somebody else');
    await handover.getByText(/The one it names can take the authority over from/).waitFor();
    const accept = stage.button('Accept the authority');
    expect(await accept.count()).toBe(0);
    await network.passTo((await latest()).data.appliesAt);
    await stage.go('');
    await accept.waitFor();
    // Others cannot apply it.
    expect(await handover.getByRole('button', { name: 'Apply' }).count()).toBe(0);
    await inspect(stage.page, 'handover');
    await accept.click();
    expect(await sign(stage.page, 'Accept the authority')).toMatch(/^Hands the authority over the pool to/);
    await handover.getByText('Applied', { exact: true }).waitFor();
    await row('Another least premium').getByText('It fell with the authority that queued it.').waitFor();
    expect((await world.pool()).data.authority).toBe(burner.signer.address);
  });
});
