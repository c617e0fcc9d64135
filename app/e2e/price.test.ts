// A product that a price decides on, in the page: what was seen, the incident it opens, the claim, and a challenge.
import * as client from '@breakwater/client';
import { generateKeyPairSigner, type Address } from '@solana/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CENT, EXPONENT, post } from '../../clients/ts/e2e/price';
import { TOKEN } from '../../clients/ts/e2e/world';
import { inspect, sign } from './site';
import { FILE, LINK, Stage } from './stage';

const STEP = 1_500n;
let stage: Stage;
let feed: Address;

const priceOf = () => stage.main.getByRole('region', { name: 'The price' });

async function observe(cents: bigint): Promise<void> {
  const { network, world, lp } = stage;
  const price = await post(network, feed, cents, await network.now());
  await network.send(lp, client.observePrice(await world.product(0), price));
}

beforeAll(async () => {
  feed = (await generateKeyPairSigner()).address;
  stage = await Stage.open({
    products: [
      {
        name: 'Dollar depeg',
        riskKind: client.RiskKind.Depeg,
        group: 1,
        trigger: client.Trigger.Price,
        triggerSource: feed,
        price: {
          strike: 95n * CENT,
          floor: 45n * CENT,
          exponent: EXPONENT,
          maxAge: 600,
          minDuration: 3_600,
          maxGap: 1_800,
        },
      },
    ],
  });
  await stage.cover(stage.burner.signer.address, 2_000n);
  await stage.network.pass(2n * client.DAY);
});
afterAll(() => stage?.close());

describe.sequential('a price', () => {
  test('is shown in the page', async () => {
    const { network } = stage;
    await stage.go('');
    await priceOf().getByText('below 0.95 for 1 hour').waitFor();
    await priceOf().getByText('nobody has shown a price yet').waitFor();
    await priceOf().getByText('Show a price').click();
    await priceOf().getByLabel('Price account').fill('no address');
    await priceOf().getByText('This is no address').waitFor();
    const price = await post(network, feed, 99n, await network.now());
    await priceOf().getByLabel('Price account').fill(price);
    await priceOf().getByRole('button', { name: 'Show it' }).click();
    expect(await sign(stage.page, 'Show a price')).toBe('Observes a price');
    await priceOf().getByText('the latest price shown is of').waitFor();
  });

  test('that is below the strike stops the sale, and opens an incident when it lasts', async () => {
    const { network } = stage;
    await network.pass(STEP);
    await observe(68n);
    await stage.go('/cover');
    await stage.main.getByText('Nothing is sold until a price above the strike has been shown.').waitFor();
    for (let step = 0; step < 3; step += 1) {
      await network.pass(STEP);
      await observe(68n);
    }
    await stage.go('');
    await priceOf()
      .getByText(/the breach counts and pays 52% of the sum insured/)
      .waitFor();
    await stage.main.getByText('Price below the strike: no sale').waitFor();
    await inspect(stage.page, 'price');
    await stage.button('Open an incident').click();
    expect(await sign(stage.page, 'Open an incident by the price')).toMatch(
      /^Reports an incident of .* UTC; 2,000.00 \S+ are set aside$/,
    );
  });

  test('gives whoever is covered a claim without a bond', async () => {
    await stage.go('/claims');
    await stage.button(/^Claim on /).click();
    // 52% of the sum insured, less the deductible: 5% of it.
    expect(await sign(stage.page, 'File a claim')).toMatch(/^Claims 940.00/);
    await stage.main.getByText('There is nothing to report on').waitFor();
    await inspect(stage.page, 'price-incident');
  });

  test('is challenged, and then the jury decides', async () => {
    await stage.main.getByText('Challenge it: have the jury decide').click();
    const form = stage.main.locator('form', { hasText: 'Review the challenge' });
    await form.getByLabel('Evidence').setInputFiles(FILE);
    await form.getByLabel('Where others find it').fill(LINK);
    await form.getByRole('button', { name: 'Review the challenge' }).click();
    expect(await sign(stage.page, 'Challenge the incident')).toMatch(/with a bond of 500.00 .*the jury decides/);
    const [incident] = await client.listIncidents(stage.network.rpc, { pool: stage.world.poolAddress });
    expect(incident!.data.ballot).not.toBe(client.NOBODY);
    expect(incident!.data.filed).toBe(940n * TOKEN);
  });
});
