// The words that Breakwater's documents and pages use: docs/glossary.md, as it is.
import markdown from '../../../docs/glossary.md?raw';

/** A word, its anchor and its meaning. */
export type Entry = { readonly anchor: string; readonly word: string; readonly meaning: string };

const ROW = /^\| <a id="([^"]+)"><\/a>(.+?) \| (.+?) \|$/gm;

export const GLOSSARY: readonly Entry[] = Array.from(
  markdown.matchAll(ROW),
  ([, anchor = '', word = '', meaning = '']) => ({
    anchor,
    word,
    meaning,
  }),
);
