// A word of the glossary, with a link to what it means.
import { Link } from '@tanstack/react-router';

/** `name` is the word's anchor in docs/glossary.md. */
export const Word = ({ name, children }: { name: string; children?: string }) => (
  <Link
    to="/glossary/$word"
    params={{ word: name }}
    className="underline decoration-dotted underline-offset-2 hover:text-ink"
  >
    {children ?? name.replaceAll('-', ' ')}
  </Link>
);
