// The cover terms of a product: which they are, whether they are the product's, and the words themselves.
import { readText, type Product } from '@breakwater/client';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { hex } from '../lib/format';
import {
  blocksOf,
  fetchWords,
  loadWords,
  subjectOf,
  wordingOf,
  type Block,
  type Piece,
  type Words,
} from '../lib/wordings';
import { Button, Loaded, Notice } from './ui';

const CODE = 'rounded bg-raised px-1 py-0.5 text-xs break-all';

const WAYS: Record<Piece['kind'], (text: string, key: number) => ReactNode> = {
  plain: (text) => text,
  strong: (text, key) => (
    <strong key={key} className="font-semibold text-ink">
      {text}
    </strong>
  ),
  code: (text, key) => (
    <code key={key} className={CODE}>
      {text}
    </code>
  ),
};

const line = (pieces: readonly Piece[]): ReactNode => pieces.map(({ kind, text }, at) => WAYS[kind](text, at));

const lines = ({ items }: Block): ReactNode => items.map((item, at) => <li key={at}>{line(item)}</li>);

function Part({ block }: { block: Block }) {
  const [first = []] = block.items;
  switch (block.kind) {
    case 'title':
      return <h3 className="text-lg font-semibold text-ink">{line(first)}</h3>;
    case 'heading':
      return <h4 className="pt-3 font-semibold text-ink">{line(first)}</h4>;
    case 'bullets':
      return <ul className="list-disc space-y-1.5 pl-5">{lines(block)}</ul>;
    case 'numbers':
      return <ol className="list-decimal space-y-1.5 pl-5">{lines(block)}</ol>;
    case 'paragraph':
      return <p>{line(first)}</p>;
  }
}

/** The words, or that they are not the product's. */
function Text({ words, product, plain }: { words: Words; product: Product; plain?: boolean }) {
  const wanted = hex(product.termsHash);
  if (words.sha256 !== wanted) {
    return (
      <Notice tone="bad">
        These are not the words that the product was listed with: their SHA-256 is{' '}
        <span className="break-all">{words.sha256}</span>, the product has <span className="break-all">{wanted}</span>.
        They are not shown, and they do not count.
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="good">The SHA-256 of these words is that of the product.</Notice>
      <section
        aria-label="The wording"
        tabIndex={0}
        className="mt-3 max-h-[32rem] space-y-2.5 overflow-y-auto rounded-xl border border-line p-4 text-sm text-muted"
      >
        {plain ? (
          <pre className="font-sans whitespace-pre-wrap">{words.text}</pre>
        ) : (
          blocksOf(words.text).map((block, at) => <Part key={at} block={block} />)
        )}
      </section>
    </>
  );
}

/** Words that are read when somebody asks for them. */
function Read({
  product,
  label,
  load,
  plain = false,
}: {
  product: Product;
  label: string;
  load: () => Promise<Words>;
  plain?: boolean;
}) {
  const [asked, ask] = useState(false);
  const query = useQuery({
    queryKey: ['wording', hex(product.termsHash), readText(product.termsUri)],
    queryFn: load,
    enabled: asked,
    retry: false,
    staleTime: Infinity,
  });
  if (!asked) {
    return (
      <Button small onClick={() => ask(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div>
      <Loaded query={query}>{(words) => <Text words={words} product={product} plain={plain} />}</Loaded>
    </div>
  );
}

/** What a product's words are, beside it. Give it the product's address as key: what was read is of one product. */
export function WordingOf({ product }: { product: Product }) {
  const uri = readText(product.termsUri);
  const wording = wordingOf(product.termsHash);
  const subject = subjectOf(uri);
  const link = /^https?:\/\//.test(uri);
  return (
    <div className="mb-4 space-y-3 text-sm text-muted">
      {wording ? (
        <>
          <p>
            What counts stands in the wording <code className={CODE}>{wording.name}</code>: {wording.title}.
          </p>
          <p>
            It covers{' '}
            {subject === undefined ? 'what the product’s name says.' : <code className={CODE}>{subject}</code>}
          </p>
          <Read product={product} label="Read the wording" load={() => loadWords(wording)} />
        </>
      ) : (
        <>
          <Notice tone="warn">
            The words of this product are none that this page knows. Whoever listed it may have written anything: read
            them before you buy, and compare their SHA-256 with the product’s,{' '}
            <span className="break-all">{hex(product.termsHash)}</span>.
          </Notice>
          <p>
            They should be at{' '}
            {link ? (
              <a href={uri} target="_blank" rel="noreferrer" className="break-all text-accent underline">
                {uri}
              </a>
            ) : (
              <span className="break-all">{uri}</span>
            )}
            .
          </p>
          {link && <Read product={product} label="Fetch and compare them" load={() => fetchWords(uri)} plain />}
        </>
      )}
    </div>
  );
}
