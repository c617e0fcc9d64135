// What a buyer does: a quote as one types, the terms in words, and the policies.
import { buyCover, errorWords, PRODUCT_STATUS, readText, type Found, type Product } from '@breakwater/client';
import clsx from 'clsx';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Button, Card, Empty, Facts, Field, Notice, Select, Skeleton } from '../components/ui';
import { exact, moment, money, percent, ppm, short, span } from '../lib/format';
import { useBalance, useNow, useQuote } from '../lib/queries';
import { atMost, useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { riskOf, saleProblem, TRIGGER, triggerOf } from '../lib/words';
import { productName, useShared } from './frame';
import { Policies } from './policies';
import { PriceState } from './price';

export function CoverPage() {
  const { products } = useShared();
  const [chosen, choose] = useState<string>();
  const offered = products.filter(({ data }) => data.status === PRODUCT_STATUS.onSale);
  const product = offered.find(({ address }) => address === chosen) ?? offered[0];
  return (
    <div className="space-y-6">
      {product ? (
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <Buy product={product} offered={offered} choose={choose} />
          <Terms product={product} />
        </div>
      ) : (
        <Empty title="Nothing is for sale now">
          {products.length === 0
            ? 'The pool’s authority lists products.'
            : 'Drafts are not offered, nor what was taken off sale.'}
        </Empty>
      )}
      <Card title="Your policies">
        <ConnectFirst what="see your policies">
          <Policies />
        </ConnectFirst>
      </Card>
    </div>
  );
}

const WHOLE = /^\d{1,3}$/;

function Buy({
  product,
  offered,
  choose,
}: {
  product: Found<Product>;
  offered: readonly Found<Product>[];
  choose: (address: string) => void;
}) {
  const { pool, units } = useShared();
  const now = useNow();
  const problem = saleProblem(pool.data, product.data, now);
  const signer = useSigner();
  const amount = useAmount(pool.data.decimals);
  const [term, setTerm] = useState('90');
  const days = WHOLE.test(term) ? Number(term) : undefined;
  const { minTermDays, maxTermDays, minAmount, maxAmount } = product.data;
  const badTerm = days === undefined || days < minTermDays || days > maxTermDays;
  const badAmount = amount.atoms !== undefined && (amount.atoms < minAmount || amount.atoms > maxAmount);
  const balance = useBalance(pool.data.assetMint, pool.data.tokenProgram);
  const asked = badAmount || problem !== undefined ? undefined : amount.atoms;
  const quote = useQuote(pool, product.address, asked, badTerm ? undefined : days);
  const transact = useTransact();
  const submit = () => {
    const [atoms, found] = [amount.atoms, quote.data];
    if (atoms === undefined || days === undefined || !found) return;
    transact({
      title: 'Buy cover',
      units,
      notes: [
        `It covers what happens from ${moment(found.coverFrom)} on. You pay at most one hundredth more than the quote.`,
      ],
      build: (payer) =>
        buyCover(pool, product.address, payer, {
          id: BigInt(Date.now()),
          amount: atoms,
          termDays: days,
          maxPremium: atMost(found.premium),
          holder: payer.address,
        }),
      onDone: () => amount.set(''),
    });
  };
  const lacking = quote.data !== undefined && balance.data !== undefined && quote.data.premium > balance.data;
  const limits = `${short(minAmount, units.asset.decimals, 0)} to ${money(maxAmount, units.asset, 0)}`;
  return (
    <Card
      title="Buy cover"
      aside={
        <Faucet
          mint={pool.data.assetMint}
          tokenProgram={pool.data.tokenProgram}
          unit={units.asset}
          balance={balance.data}
        />
      }
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Select label="Risk" value={product.address} onChange={(event) => choose(event.target.value)}>
          {offered.map(({ address, data }) => (
            <option key={address} value={address}>
              {productName(data)} ({riskOf(data).toLowerCase()})
            </option>
          ))}
        </Select>
        <div className="grid gap-4 sm:grid-cols-2">
          <AmountField
            label="Sum insured"
            amount={amount}
            unit={units.asset}
            hint={limits}
            error={badAmount ? `Only ${limits}` : undefined}
          />
          <Field
            label="Term"
            inputMode="numeric"
            value={term}
            onChange={(event) => setTerm(event.target.value)}
            suffix={<span className="pr-2">days</span>}
            hint={`${minTermDays} to ${maxTermDays} days`}
            error={badTerm ? `Only ${minTermDays} to ${maxTermDays} days` : undefined}
          />
        </div>
        <div aria-live="polite" className={clsx('rounded-xl', problem === undefined && 'bg-raised p-4')}>
          {problem !== undefined ? (
            <Notice tone="warn">{problem}</Notice>
          ) : amount.atoms === undefined || badAmount || badTerm ? (
            <p className="text-sm text-muted">The quote appears as you type.</p>
          ) : quote.error ? (
            <Notice tone="bad">{errorWords(quote.error)}.</Notice>
          ) : quote.data ? (
            <>
              <p className="text-sm text-muted">Premium</p>
              <p className="text-2xl font-semibold tabular-nums" data-testid="premium">
                {exact(quote.data.premium, units.asset)}
              </p>
              <Facts
                rows={[
                  ['A year', ppm(annualPpm(quote.data, amount.atoms))],
                  ['Covers from', moment(quote.data.coverFrom)],
                  ['Covers until', moment(quote.data.end)],
                  ['Could be bought', money(quote.data.capacity, units.asset, 0)],
                ]}
              />
            </>
          ) : (
            <Skeleton rows={3} />
          )}
        </div>
        {lacking && <Notice tone="warn">The premium is more than you have.</Notice>}
        <Button
          type="submit"
          look="primary"
          className="w-full"
          disabled={!signer || !quote.data || lacking || badAmount || badTerm || problem !== undefined}
        >
          {signer ? 'Review the purchase' : 'Connect a wallet to buy'}
        </Button>
      </form>
    </Card>
  );
}

/** The premium as an annual rate of the sum insured, for showing. */
function annualPpm(
  { premium, coverFrom, end }: { premium: bigint; coverFrom: bigint; end: bigint },
  amount: bigint,
): number {
  const seconds = end - coverFrom;
  return amount === 0n || seconds <= 0n ? 0 : Number((premium * 1_000_000n * 31_536_000n) / (amount * seconds));
}

function Terms({ product: found }: { product: Found<Product> }) {
  const { pool, units } = useShared();
  const product = found.data;
  const byPrice = product.trigger === TRIGGER.price;
  const uri = readText(product.termsUri);
  const safe = /^https?:\/\//.test(uri);
  return (
    <Card title={`The terms of ${productName(product)}`}>
      <ol className="list-decimal space-y-2.5 pl-5 text-sm text-muted marker:text-strong">
        <li>
          What counts stands in{' '}
          {safe ? (
            <a href={uri} target="_blank" rel="noreferrer" className="text-accent underline">
              the wording
            </a>
          ) : (
            <span className="break-all">{uri}</span>
          )}
          , whose SHA-256 your policy keeps. {triggerOf(product)} decides whether something does.
        </li>
        <li>
          Cover begins{' '}
          {product.waitingDays === 0
            ? 'at once'
            : `${product.waitingDays} day${product.waitingDays === 1 ? '' : 's'} after the purchase`}{' '}
          and ends at the first midnight (UTC) after the term.
        </li>
        <li>Of a loss you bear {percent(product.deductibleBps)} of the sum insured yourself.</li>
        {product.trigger === TRIGGER.jury && (
          <>
            <li>
              What happened must be reported within {product.reportWindowDays} days, with a bond of{' '}
              {money(product.incidentBond, units.asset, 0)}. You then have {product.filingWindowDays} days to claim,
              with a bond of {percent(product.claimBondBps)} of the claim; also for {product.graceDays} days after your
              cover’s end.
            </li>
            <li>Anyone may dispute a claim within {span(product.disputeWindow)}; stakers decide.</li>
          </>
        )}
        {byPrice && (
          <li>
            Anyone opens an incident by a breach of the price, within {product.reportWindowDays} days. You then have{' '}
            {product.filingWindowDays} days to claim, without a bond and without evidence. Anyone can challenge the
            incident with a bond of {money(product.incidentBond, units.asset, 0)}; then stakers decide.
          </li>
        )}
        {product.trigger === TRIGGER.authority && (
          <li>The covered program reports losses itself and draws on the policy, as far as the pool’s limits allow.</li>
        )}
        <li>
          All claims of an incident are paid by one factor. If the capital does not suffice, each gets the same part.
        </li>
        <li>
          Cancelling refunds what LPs would have earned, less {percent(pool.data.cancelFeeBps)} of it; not while an
          incident is open.
        </li>
      </ol>
      {byPrice && <PriceState product={found} />}
    </Card>
  );
}
