import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the examples of the README are those that are type-checked', () => {
  const examples = [...read('../README.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, example]) => example);
  const [, checked] = read('./readme.ts').split('// Below, as it stands there.\n\n');
  expect(examples.join('\n')).toBe(checked);
});
