import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { GLOSSARY } from '../src/lib/glossary';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
/** Anchors that the pages link to. */
const linked = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) => [...readFileSync(`${SOURCE}/${file}`, 'utf8').matchAll(/<Word name="([^"]+)"|word: '([^']+)'/g)])
  .map(([, one, other]) => one ?? other);

test('the glossary is read whole', () => {
  expect(GLOSSARY.length).toBeGreaterThan(39);
  expect(GLOSSARY[0]).toEqual({
    anchor: 'active-cover',
    word: 'active cover',
    meaning: 'sums insured whose capacity is still held',
  });
});

test('every word that a page links to is in it', () => {
  expect(linked.length).toBeGreaterThan(5);
  const anchors = GLOSSARY.map(({ anchor }) => anchor);
  expect(linked.filter((word) => !anchors.includes(word!))).toEqual([]);
});
