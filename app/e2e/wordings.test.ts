// The words beside a product: those that the page knows, and those that it cannot vouch for.
import * as client from '@breakwater/client';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect } from './site';
import { Stage } from './stage';

const sha256 = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
const EXPLOIT = readFileSync(fileURLToPath(new URL('../../wordings/exploit@1.md', import.meta.url)), 'utf8');
const PROGRAM = 'KLend2g3cP87fffoy8q1mQqGKjrxjC8boSyAYavgmjD';
const OWN = 'Own words.\n\nWhat counts is what we say.\n';
const HOME = 'https://words.example';
let stage: Stage;

beforeAll(async () => {
  const exploit = { riskKind: client.RiskKind.Exploit, group: 0 };
  stage = await Stage.open({
    products: [
      { ...exploit, name: 'Known', termsUri: `wording:exploit@1#${PROGRAM}`, termsHash: sha256(EXPLOIT) },
      { ...exploit, name: 'Own', termsUri: `${HOME}/own.md`, termsHash: sha256(OWN) },
      { ...exploit, name: 'Swapped', termsUri: `${HOME}/swapped.md`, termsHash: sha256(OWN) },
      { ...exploit, name: 'Nowhere', termsUri: 'wording:exploit@1', termsHash: sha256('nothing') },
    ],
  });
  await stage.page.route(`${HOME}/**`, (route) =>
    route.fulfill({
      body: route.request().url().endsWith('/own.md') ? OWN : 'Other words.',
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
});
afterAll(() => {
  // The one whom a page may ask beside the RPC, for it was told to.
  expect(stage?.site.origins.delete(HOME)).toBe(true);
  return stage?.close();
});

async function choose(name: string): Promise<void> {
  await stage.main.getByLabel('Risk').selectOption({ label: `${name} (exploit)` });
  await stage.main.getByRole('heading', { name: `The terms of ${name}` }).waitFor();
}

describe.sequential('the words of a product', () => {
  test('are read beside it when the page knows them', async () => {
    await stage.go('/cover');
    await choose('Known');
    await stage.main.getByText(PROGRAM).waitFor();
    await stage.button('Read the wording').click();
    await stage.main.getByText('The SHA-256 of these words is that of the product.').waitFor();
    const words = stage.main.getByRole('region', { name: 'The wording' });
    await words.getByRole('heading', { name: 'Exploit of a program' }).waitFor();
    expect(await words.getByRole('heading', { level: 4 }).count()).toBe(10);
    expect(await words.innerText()).not.toContain('**');
    await inspect(stage.page, 'wording');
  });

  test('are fetched and compared when it does not', async () => {
    await choose('Own');
    await stage.main.getByText('none that this page knows').waitFor();
    expect(stage.site.origins).not.toContain(HOME);
    await stage.button('Fetch and compare them').click();
    await stage.main.getByText('What counts is what we say.').waitFor();
    await inspect(stage.page, 'wording-own');
  });

  test('are not shown when they are not the product’s', async () => {
    await choose('Swapped');
    await stage.button('Fetch and compare them').click();
    await stage.main.getByText('These are not the words that the product was listed with').waitFor();
    expect(await stage.main.getByText('Other words.').count()).toBe(0);
    expect(await stage.main.getByRole('region', { name: 'The wording' }).count()).toBe(0);
  });

  test('are not believed for their name', async () => {
    await choose('Nowhere');
    await stage.main.getByText('none that this page knows').waitFor();
    expect(await stage.button(/Read the wording|Fetch and compare/).count()).toBe(0);
  });
});
