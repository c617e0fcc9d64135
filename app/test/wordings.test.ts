import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hex } from '../src/lib/format';
import { blocksOf, loadWords, subjectOf, WORDINGS, wordingOf } from '../src/lib/wordings';

const FOLDER = fileURLToPath(new URL('../../wordings', import.meta.url));
const bytesOf = (digits: string) => Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

test('every wording is known by its hash, and what is loaded has it', async () => {
  const files = readdirSync(FOLDER).filter((file) => file.includes('@'));
  expect(WORDINGS.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  for (const wording of WORDINGS) {
    const hash = bytesOf(wording.sha256);
    expect(hex(hash)).toBe(wording.sha256);
    expect(wordingOf(hash)).toBe(wording);
    const words = await loadWords(wording);
    expect(words.sha256, wording.name).toBe(wording.sha256);
    expect(words.text).toBe(readFileSync(`${FOLDER}/${wording.file}`, 'utf8'));
  }
  expect(wordingOf(new Uint8Array(32))).toBeUndefined();
});

test('what is covered stands behind the address', () => {
  expect(subjectOf('wording:exploit@1#A,B')).toBe('A,B');
  expect(subjectOf('https://example.org/terms.md#A#B')).toBe('A#B');
  for (const uri of ['wording:exploit@1', 'wording:exploit@1#', '']) expect(subjectOf(uri)).toBeUndefined();
});

test('the words are shown whole, without marks', async () => {
  const [first] = blocksOf('# A\n\nOne **two**\nthree `four`.\n\n- five\n  six\n- seven\n\n1. eight\n');
  expect(first).toEqual({ kind: 'title', items: [[{ kind: 'plain', text: 'A' }]] });
  expect(blocksOf('- five\n  six\n- seven').map(({ kind, items }) => [kind, items.length])).toEqual([['bullets', 2]]);
  for (const wording of WORDINGS) {
    const { text } = await loadWords(wording);
    const blocks = blocksOf(text);
    expect(blocks[0]).toEqual({ kind: 'title', items: [[{ kind: 'plain', text: wording.title }]] });
    expect(blocks.filter(({ kind }) => kind === 'heading')).toHaveLength(10);
    const shown = blocks.flatMap(({ items }) => items.map((pieces) => pieces.map(({ text }) => text).join('')));
    expect(shown.filter((line) => /\*\*|`|^#|^- /.test(line))).toEqual([]);
    // Nothing is lost but the marks.
    const letters = (line: string) => line.replaceAll(/[^\p{L}]/gu, '');
    expect(letters(shown.join(''))).toBe(letters(text));
  }
});
