// What the words mean.
import { useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect } from 'react';
import { Card } from '../components/ui';
import { GLOSSARY } from '../lib/glossary';

export function GlossaryPage() {
  const { word } = useParams({ strict: false });
  useEffect(() => {
    if (word !== undefined) document.getElementById(word)?.scrollIntoView({ block: 'center' });
  }, [word]);
  return (
    <div className="space-y-6">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">Glossary</h1>
        <p className="mt-1 text-muted">What the words on these pages mean.</p>
      </div>
      <Card>
        <dl className="divide-y divide-line text-sm">
          {GLOSSARY.map(({ anchor, word: name, meaning }) => (
            <div
              key={anchor}
              id={anchor}
              className={clsx(
                'grid gap-x-6 gap-y-0.5 px-3 py-2.5 sm:grid-cols-[12rem_1fr]',
                anchor === word && 'rounded-lg bg-soft',
              )}
            >
              <dt className="font-medium">{name}</dt>
              <dd className="text-muted">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
