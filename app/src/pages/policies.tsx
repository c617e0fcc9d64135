// The policies that the connected account holds, and what can be done with each.
import {
  atLeast,
  atMost,
  attempt,
  cancelCover,
  deductibleOf,
  extendCover,
  goneBps,
  isSome,
  PolicyStanding,
  policyStanding,
  quoteExtension,
  quoteReduction,
  quoteRefund,
  reduceCover,
  remainingOf,
  transferCover,
  transferProblem,
  type Assembly,
  type Found,
  type Policy,
  type Product,
} from '@breakwater/client';
import { isAddress } from '@solana/kit';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { Badge, Button, Empty, Field, Loaded, Meter, Notice } from '../components/ui';
import { date, isPast, money, relative } from '../lib/format';
import { useCourts, useExitEpochs, useMyPolicies, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { firstOf } from '../lib/views';
import { notExtended, policyStatus, problemWords } from '../lib/words';
import { useShared } from './frame';

export function Policies() {
  const { pool } = useShared();
  const policies = useMyPolicies(pool.address);
  return (
    <Loaded query={policies} rows={3}>
      {(found) =>
        found.length === 0 ? (
          <Empty title="You hold no policy of this pool">What you buy appears here, and what others hand to you.</Empty>
        ) : (
          <ul className="divide-y divide-line">
            {found.map((policy) => (
              <PolicyRow key={policy.address} policy={policy} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

type Action = 'extend' | 'reduce' | 'transfer';

function PolicyRow({ policy }: { policy: Found<Policy> }) {
  const { pool, products, units, nameOf } = useShared();
  const now = useNow();
  const transact = useTransact();
  const product = products.find(({ address }) => address === policy.data.product);
  const [action, setAction] = useState<Action>();
  const { data } = policy;
  const standing = policyStanding(data, now);
  const waiting = standing === PolicyStanding.Waiting;
  const covered = waiting || standing === PolicyStanding.Covered;
  const { own: court } = useCourts(pool, product?.data);
  const refund = product && court && attempt(() => quoteRefund(pool.data, product.data, court.data, data, now));
  const kept = problemWords(transferProblem(data));
  const toggle = (wanted: Action) => setAction(action === wanted ? undefined : wanted);
  return (
    <li className="space-y-3 py-5 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="font-semibold">
            {nameOf(data.product)} <Badge {...policyStatus(data, now)} />
          </p>
          <p className="mt-0.5 text-sm text-muted">
            {money(data.amount, units.asset)} insured until {date(data.end)} ({isPast(data.end, now) ? 'ended' : 'ends'}{' '}
            {relative(data.end, now)}); premium {money(data.premium, units.asset)}
            {isSome(data.paid) && `; ${money(data.paid, units.asset)} paid on claims`}
            {isSome(data.refunded) && `; ${money(data.refunded, units.asset)} refunded`}.
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {covered && product && court && (
            <>
              <Button small onClick={() => toggle('extend')} aria-expanded={action === 'extend'}>
                Extend
              </Button>
              <Button
                small
                disabled={refund?.problem !== undefined}
                title={problemWords(refund?.problem)}
                onClick={() =>
                  transact({
                    title: 'Cancel cover',
                    units,
                    notes: [
                      'You get back what LPs would have earned for what is left of it, less the fee.',
                      ...(waiting
                        ? [
                            'It has not begun to cover, and never will. What it holds is paid for until the second midnight.',
                          ]
                        : [
                            'The cover ends with this day. You can still claim for what happened before; what is paid for it gives this refund back first.',
                          ]),
                    ],
                    build: (holder) => {
                      const { refund: quoted } = quoteRefund(pool.data, product.data, court.data, data, now);
                      return cancelCover(pool, product, policy, holder, { minRefund: atLeast(quoted) });
                    },
                  })
                }
              >
                Cancel
              </Button>
              <Button
                small
                disabled={refund?.problem !== undefined}
                title={problemWords(refund?.problem)}
                onClick={() => toggle('reduce')}
                aria-expanded={action === 'reduce'}
              >
                Give part back
              </Button>
            </>
          )}
          <Button
            small
            disabled={kept !== undefined}
            title={kept}
            onClick={() => toggle('transfer')}
            aria-expanded={action === 'transfer'}
          >
            Transfer
          </Button>
          <Link
            to="/pool/$pool/claims"
            params={{ pool: pool.address }}
            className="inline-flex min-h-8 items-center rounded-lg border border-line bg-surface px-2.5 text-sm font-medium hover:bg-raised"
          >
            Claim
          </Link>
        </div>
      </div>
      {!isPast(data.end, now) && <Meter label="Time gone" bps={goneBps(data, now)} tone="good" />}
      {action === 'extend' && product && (
        <Extend policy={policy} product={product.data} onDone={() => setAction(undefined)} />
      )}
      {action === 'reduce' && product && court && (
        <Reduce policy={policy} product={product} court={court.data} onDone={() => setAction(undefined)} />
      )}
      {action === 'transfer' && <Transfer policy={policy} onDone={() => setAction(undefined)} />}
    </li>
  );
}

function Extend({ policy, product, onDone }: { policy: Found<Policy>; product: Product; onDone: () => void }) {
  const { pool, units } = useShared();
  const now = useNow();
  const [days, setDays] = useState('30');
  const transact = useTransact();
  const count = /^[1-9]\d{0,2}$/.test(days) ? Number(days) : undefined;
  const epochs = useExitEpochs(pool.address);
  const refused = notExtended(product);
  if (refused !== undefined) return <Notice tone="warn">{refused}</Notice>;
  const first = firstOf(pool.data, epochs.data ?? []);
  const quote = (more: number) => quoteExtension(pool.data, product, policy.data, first?.data, more, now);
  const asked = count === undefined || !epochs.data ? undefined : attempt(() => quote(count));
  const quoted = asked?.value;
  return (
    <form
      className="flex flex-wrap items-end gap-3 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (count === undefined) return;
        transact({
          title: 'Extend cover',
          units,
          notes: ['On the same terms, without a gap, at today’s price.'],
          build: (payer) => extendCover(pool, policy, payer, { days: count, maxPremium: atMost(quote(count).premium) }),
          onDone,
        });
      }}
    >
      <Field
        label="Days more"
        inputMode="numeric"
        value={days}
        onChange={(event) => setDays(event.target.value)}
        error={count === undefined ? 'A whole number of days' : problemWords(asked?.problem)}
        hint={quoted && `${money(quoted.premium, units.asset)}, until ${date(quoted.end)}`}
      />
      <Button type="submit" look="primary" disabled={!asked}>
        See the price
      </Button>
    </form>
  );
}

function Reduce({
  policy,
  product,
  court,
  onDone,
}: {
  policy: Found<Policy>;
  product: Found<Product>;
  court: Assembly;
  onDone: () => void;
}) {
  const { pool, units } = useShared();
  const now = useNow();
  const amount = useAmount(pool.data.decimals);
  const transact = useTransact();
  const left = attempt(() => remainingOf(policy.data)).value;
  const part = isSome(amount.atoms) ? amount.atoms : undefined;
  const quote = (atoms: bigint) => quoteReduction(pool.data, product.data, court, policy.data, atoms, now);
  const { value, problem } = part === undefined ? {} : attempt(() => quote(part));
  return (
    <form
      className="space-y-3 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (part === undefined) return;
        transact({
          title: 'Give part of the cover back',
          units,
          notes: ['Nothing can be claimed for this part any more, also not for what happened before: claim first.'],
          build: (holder) =>
            reduceCover(pool, product, policy, holder, { part, minRefund: atLeast(quote(part).refund) }),
          onDone,
        });
      }}
    >
      <AmountField
        label="Sum insured to give back"
        amount={amount}
        unit={units.asset}
        error={problemWords(problem)}
        hint={
          value
            ? `${money(value.refund, units.asset)} come back; ${money(value.fee, units.asset)} are the fee`
            : left !== undefined &&
              `A part of the ${money(left, units.asset)} that are left: more than the deductible of ${money(deductibleOf(policy.data), units.asset)} must stay`
        }
      />
      <Notice tone="warn">
        What you give back is gone at once: nothing can be claimed for it any more, also not for what happened before.
      </Notice>
      <Button type="submit" look="primary" disabled={!value}>
        Review it
      </Button>
    </form>
  );
}

function Transfer({ policy, onDone }: { policy: Found<Policy>; onDone: () => void }) {
  const { units } = useShared();
  const [to, setTo] = useState('');
  const transact = useTransact();
  const holder = isAddress(to) ? to : undefined;
  return (
    <form
      className="flex flex-wrap items-end gap-3 rounded-xl bg-raised p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!holder) return;
        transact({
          title: 'Transfer cover',
          units,
          notes: ['Only the new holder can claim then, and only they can hand it back.'],
          build: (owner) => transferCover(policy.address, owner, holder),
          onDone,
        });
      }}
    >
      <div className="min-w-64 flex-1">
        <Field
          label="New holder"
          value={to}
          onChange={(event) => setTo(event.target.value.trim())}
          error={to !== '' && !holder ? 'This is no address' : undefined}
        />
      </div>
      <Button type="submit" look="primary" disabled={!holder}>
        Review the transfer
      </Button>
    </form>
  );
}
