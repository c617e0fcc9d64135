// Cover terms: those of wordings/ are found by their SHA-256 and loaded when somebody reads them.
import type { ReadonlyUint8Array } from '@solana/kit';
import INDEX from '../../../wordings/index.json';
import { hex } from './format';

/** Cover terms that this page has. */
export type Wording = (typeof INDEX)[number];

/** All of them, from the index. */
export const WORDINGS: readonly Wording[] = INDEX;

/** Each is a file of its own beside the page's scripts. */
const TEXTS = import.meta.glob<string>('../../../wordings/*@*.md', { query: '?raw', import: 'default' });

/** The wording with the SHA-256 of a product's or a policy's terms. */
export const wordingOf = (hash: ReadonlyUint8Array): Wording | undefined =>
  WORDINGS.find(({ sha256 }) => sha256 === hex(hash));

/** What a product covers: what its address of terms has behind the first `#`. */
export function subjectOf(uri: string): string | undefined {
  const at = uri.indexOf('#');
  return at < 0 ? undefined : uri.slice(at + 1) || undefined;
}

/** A text and its SHA-256, in hexadecimal digits. */
export type Words = { readonly text: string; readonly sha256: string };

async function hashed(bytes: ArrayBuffer): Promise<Words> {
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), sha256 };
}

/** The words of a wording, as they came. */
export async function loadWords({ file }: Wording): Promise<Words> {
  const text = await TEXTS[`../../../wordings/${file}`]?.();
  if (text === undefined) throw new Error(`${file} is not among this page’s files`);
  return hashed(new TextEncoder().encode(text).buffer);
}

/** The words that lie at an address now. Nobody is told who asks. */
export async function fetchWords(uri: string): Promise<Words> {
  const response = await fetch(uri, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`the site answers ${response.status}`);
  return hashed(await response.arrayBuffer());
}

/** A piece of a line: plain, strong or code. */
export type Piece = { readonly kind: 'plain' | 'strong' | 'code'; readonly text: string };
/** A heading, a paragraph or a list, of items. */
export type Block = {
  readonly kind: 'title' | 'heading' | 'paragraph' | 'bullets' | 'numbers';
  readonly items: readonly (readonly Piece[])[];
};

const MARKS = [
  ['title', /^# /],
  ['heading', /^## /],
  ['bullets', /^- /],
  ['numbers', /^\d+\. /],
] as const;

function piecesOf(line: string): Piece[] {
  const parts = line.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter((part) => part !== '');
  return parts.map((part) => {
    if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
    if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
    return { kind: 'plain', text: part };
  });
}

/** The Markdown that wordings are written in: headings, paragraphs, lists, strong words and code. */
export function blocksOf(text: string): Block[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [kind, mark] = MARKS.find(([, mark]) => mark.test(part)) ?? (['paragraph', undefined] as const);
      // A line that begins without the mark goes on with the item before it.
      const items: string[] = [];
      for (const line of part.split('\n')) {
        const last = items.length - 1;
        if (mark?.test(line) || last < 0) items.push(line.replace(mark ?? '', '').trim());
        else items[last] = `${items[last]} ${line.trim()}`;
      }
      return { kind, items: items.map(piecesOf) };
    });
}
