// What a buyer does: a quote as one types, the terms in words, and the policies.
import {
  annualPpm,
  atMost,
  attempt,
  BREAKWATER_ERROR__AMOUNT_OUT_OF_BOUNDS,
  BREAKWATER_ERROR__GROUP_CAPACITY,
  BREAKWATER_ERROR__POOL_CAPACITY,
  BREAKWATER_ERROR__PRODUCT_CAPACITY,
  BREAKWATER_ERROR__TERM_OUT_OF_BOUNDS,
  buyCover,
  exceeds,
  isSome,
  isVariant,
  ProductStatus,
  quoteCover,
  SLACK_BPS,
  Trigger,
  type BreakwaterError,
  type Found,
  type Product,
  sureBps,
} from '@breakwater/client';
import clsx from 'clsx';
import { useState } from 'react';
import { AmountField, useAmount } from '../components/amount';
import { ConnectFirst, Faucet } from '../components/connect-first';
import { Button, Card, Empty, Facts, Field, Notice, Select } from '../components/ui';
import { WordingOf } from '../components/wording';
import { ALL_BPS, exact, moment, money, percent, plural, ppm, short, span } from '../lib/format';
import { useBalance, useCourts, useNow } from '../lib/queries';
import { useTransact } from '../lib/transact';
import { useSigner } from '../lib/wallet';
import { problemWords, riskOf, saleWords, seasonWords, triggerOf } from '../lib/words';
import { productName, useShared } from './frame';
import { Policies } from './policies';
import { PriceState } from './price';

export function CoverPage() {
  const { products } = useShared();
  const [chosen, choose] = useState<string>();
  const offered = products.filter(({ data }) => isVariant(data.status, ProductStatus.OnSale));
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

/** Whether more capital would let a sale through. */
const isFull = (problem: BreakwaterError | undefined): boolean =>
  problem === BREAKWATER_ERROR__PRODUCT_CAPACITY ||
  problem === BREAKWATER_ERROR__GROUP_CAPACITY ||
  problem === BREAKWATER_ERROR__POOL_CAPACITY;

const WHOLE = /^\d{1,4}$/;

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
  const { sale: court } = useCourts(pool, product.data);
  const closed = saleWords(pool.data, product.data, now, court?.data);
  const signer = useSigner();
  const amount = useAmount(pool.data.decimals);
  const [term, setTerm] = useState('90');
  const days = WHOLE.test(term) ? Number(term) : undefined;
  const { minTermDays, maxTermDays, minAmount, maxAmount, waitingDays, graceDays } = product.data;
  const season = seasonWords(pool.data, units.asset);
  const balance = useBalance(pool.data.assetMint, pool.data.tokenProgram);
  const typed = isSome(amount.atoms) ? amount.atoms : undefined;
  // As of when the books were read; as long as no amount is typed, the least one tells whether the term is possible.
  const cover = { amount: typed ?? minAmount, termDays: days ?? 0 };
  const asked = court && attempt(() => quoteCover(pool.data, product.data, court.data, cover, pool.data.accruedAt));
  const { value, problem } = asked ?? {};
  const quote = typed === undefined ? undefined : value;
  const badTerm = days === undefined || problem === BREAKWATER_ERROR__TERM_OUT_OF_BOUNDS;
  const badAmount = problem === BREAKWATER_ERROR__AMOUNT_OUT_OF_BOUNDS;
  const transact = useTransact();
  const submit = () => {
    if (!quote || !court) return;
    transact({
      title: 'Buy cover',
      units,
      notes: [
        `It covers what happens from ${moment(quote.coverFrom)} on. You pay at most ${percent(SLACK_BPS)} more than the quote.`,
      ],
      build: (payer) =>
        buyCover(pool, product.address, payer, {
          ...cover,
          id: BigInt(Date.now()),
          maxPremium: atMost(quote.premium),
          terms: quote.terms,
          court: court.address,
          holder: payer.address,
        }),
      onDone: () => amount.set(''),
    });
  };
  const lacking = quote !== undefined && balance.data !== undefined && exceeds(quote.premium, balance.data);
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
        <div aria-live="polite" className={clsx('rounded-xl', closed === undefined && 'bg-raised p-4')}>
          {closed !== undefined ? (
            <Notice tone="warn">{closed}</Notice>
          ) : quote ? (
            <>
              <p className="text-sm text-muted">Premium</p>
              <p className="text-2xl font-semibold tabular-nums" data-testid="premium">
                {exact(quote.premium, units.asset)}
              </p>
              <Facts
                rows={[
                  ['A year of cover', ppm(annualPpm(quote.premium, cover.amount, quote.coverFrom, quote.end) ?? 0)],
                  ['Covers from', moment(quote.coverFrom)],
                  ['Covers until', moment(quote.end)],
                  ['Could be bought', money(quote.capacity, units.asset, 0)],
                ]}
              />
              <p className="mt-3 text-sm text-muted">
                The premium is for all the time that capital is held for you:{' '}
                {waitingDays ? `${plural(waitingDays, 'day')} of waiting, ` : ''}the term, and{' '}
                {plural(graceDays, 'day')} of grace after it, in which you can still claim. A short term costs more for
                its days.
              </p>
            </>
          ) : typed === undefined || badAmount || badTerm || !asked ? (
            <p className="text-sm text-muted">The quote appears as you type.</p>
          ) : (
            <Notice tone="bad">
              {problemWords(problem)}.{season !== undefined && isFull(problem) && ` ${season}`}
            </Notice>
          )}
        </div>
        {lacking && <Notice tone="warn">The premium is more than you have.</Notice>}
        <Button
          type="submit"
          look="primary"
          className="w-full"
          disabled={!signer || !quote || lacking || closed !== undefined}
        >
          {signer ? 'Review the purchase' : 'Connect a wallet to buy'}
        </Button>
      </form>
    </Card>
  );
}

function Terms({ product: found }: { product: Found<Product> }) {
  const { pool, units } = useShared();
  const product = found.data;
  const byPrice = isVariant(product.trigger, Trigger.Price);
  const { sale: court } = useCourts(pool, product);
  const sure = attempt(() => sureBps(pool.data, pool.data.accruedAt)).value;
  return (
    <Card title={`The terms of ${productName(product)}`}>
      <WordingOf key={found.address} product={product} />
      <ol className="list-decimal space-y-2.5 pl-5 text-sm text-muted marker:text-strong">
        <li>
          {triggerOf(product)} decides whether something counts, by the wording above. Your policy keeps its SHA-256.
        </li>
        <li>
          Cover begins {product.waitingDays ? `${plural(product.waitingDays, 'day')} after the purchase` : 'at once'}{' '}
          and ends at the first midnight (UTC) after the term.
        </li>
        <li>Of a loss you bear {percent(product.deductibleBps)} of the sum insured yourself.</li>
        {isVariant(product.trigger, Trigger.Jury) && (
          <>
            <li>
              What happened must be reported within {product.reportWindowDays} days, with a bond of at least{' '}
              {money(product.incidentBond, units.asset, 0)}. You claim from the report on, until{' '}
              {product.filingWindowDays} days after the verdict, with a bond of {percent(product.claimBondBps)} of the
              claim, and at least a tenth of the report’s; also for {product.graceDays} days after your cover’s end.
              Reports of others never block yours.
            </li>
            <li>
              Anyone may dispute a claim once, until {span(product.disputeWindow)} after it was filed, and for a day
              after the verdict: stakers then decide how much of it stands, in sixteenths.
            </li>
          </>
        )}
        {byPrice && (
          <li>
            Anyone opens an incident by a breach of the price, within {product.reportWindowDays} days. You claim from
            then on, until {product.filingWindowDays} days after it is decided, without a bond and without evidence.
            Anyone can challenge the incident with a bond of at least {money(product.incidentBond, units.asset, 0)};
            then stakers decide.
          </li>
        )}
        {isVariant(product.trigger, Trigger.Authority) && (
          <li>
            The covered program reports losses itself and draws on the policy: it is paid at once as far as the limit of{' '}
            {percent(product.draws.limitBps)} of the capital in {span(product.draws.period)} goes, and the rest is
            booked and paid as the limit allows. Anyone can challenge a booking within a day; then stakers decide.
          </li>
        )}
        {sure && !isVariant(product.trigger, Trigger.Authority) ? (
          <li>
            {sure === ALL_BPS
              ? 'While the pool has as much capital as all it covers, as now, a claim is paid in full'
              : `The pool covers more than it has. What a claim is sure of, ${percent(sure)} of it as things are now, is paid`}
            {byPrice
              ? ' as soon as the incident counts.'
              : ` as soon as nobody can dispute it any more, a day after the verdict at the earliest. Where nobody contests anything the verdict comes with the end of the vote${court ? `, of ${span(court.data.votingPeriod)},` : ''} and ${span(product.appealWindow)} for an appeal.`}
            {sure !== ALL_BPS &&
              ' What else there is comes at the settlement: all claims of an incident get the same part.'}
          </li>
        ) : (
          <li>
            All claims of an incident are paid by one factor. If the capital does not suffice, each gets the same part.
          </li>
        )}
        <li>
          From the day after the purchase on you can cancel, or give a part back, while no incident is open: you get
          what LPs would have earned for what is left of it from the second midnight on, or later if what happened can
          still be reported, less {percent(pool.data.cancelFeeBps)}; while the court has less stake than the pool asks
          for, less nothing. What is paid for what happened before you cancelled gives the refund back first. For a part
          that was given back nothing can be claimed.
        </li>
      </ol>
      {byPrice && <PriceState product={found} />}
    </Card>
  );
}
