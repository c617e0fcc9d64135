// What the program's numbers mean.
import {
  CHANGE_STATE,
  DAY,
  changeStanding,
  appliesFrom,
  lapsesAt,
  NOBODY,
  PRODUCT_STATUS,
  type Ballot,
  type Change,
  type Claim,
  type Incident,
  type Policy,
  type Pool,
  type Product,
} from '@breakwater/client';
import { moment } from './format';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';
export type Status = { readonly text: string; readonly tone: Tone };

const RISKS = ['Exploit', 'Depeg', 'Slashing', 'Custody', 'Oracle', 'Bridge', 'Liquidation shortfall', 'Other'];
const TRIGGERS = ['A jury of stakers', 'A price', 'The covered program'];

export const riskOf = ({ riskKind }: Pick<Product, 'riskKind'>): string => RISKS[riskKind] ?? 'Other';
export const triggerOf = ({ trigger }: Pick<Product, 'trigger'>): string => TRIGGERS[trigger] ?? 'Unknown';

export const TRIGGER = { jury: 0, price: 1, authority: 2 } as const;
export const INCIDENT = { open: 0, settled: 1, rejected: 2 } as const;
export const CLAIM = { filed: 0, disputed: 1, settled: 2, rejected: 3, decided: 4 } as const;
export const BALLOT = { open: 0, passed: 1, failed: 2, noQuorum: 3 } as const;

type Sale = Pick<Product, 'status' | 'openIncident' | 'price'>;

/** Whether a breach has begun that nobody has seen end. */
export const isBreached = ({ price }: Pick<Product, 'price'>): boolean =>
  price.startedAt !== 0n || price.awaitsRecovery === 1;

/** Where a product stands; `undefined` when it is simply for sale. */
export function productStatus(product: Sale): Status | undefined {
  if (product.status === PRODUCT_STATUS.draft) return { text: 'Draft: not for sale yet', tone: 'neutral' };
  if (product.status === PRODUCT_STATUS.delisted) return { text: 'No longer for sale', tone: 'neutral' };
  if (product.openIncident !== NOBODY) return { text: 'Incident open: no sale', tone: 'warn' };
  if (isBreached(product)) return { text: 'Price below the strike: no sale', tone: 'warn' };
  return undefined;
}

/** Until when sales and deposits are paused; `undefined` when they are not. */
export const pausedUntil = (pool: Pick<Pool, 'pausedUntil'>, now: bigint): bigint | undefined =>
  now > 0n && now < pool.pausedUntil ? pool.pausedUntil : undefined;

/** Why no cover of a product can be bought or extended now, in a sentence; `undefined` when it can. */
export function saleProblem(pool: Pick<Pool, 'pausedUntil'>, product: Sale, now: bigint): string | undefined {
  const paused = pausedUntil(pool, now);
  if (product.status === PRODUCT_STATUS.draft) return 'This product is a draft: it is not for sale yet.';
  if (product.status === PRODUCT_STATUS.delisted)
    return 'This product is no longer for sale. Policies go on until they end.';
  if (product.openIncident !== NOBODY) return 'Nothing is sold while an incident of this product is open.';
  if (isBreached(product)) return 'Nothing is sold until a price above the strike has been shown.';
  if (paused !== undefined) return `Sales are paused until ${moment(paused)}.`;
  return undefined;
}

export function policyStatus(
  { cancelled, coverFrom, end, graceDays }: Pick<Policy, 'cancelled' | 'coverFrom' | 'end' | 'graceDays'>,
  now: bigint,
): Status {
  if (now <= end) {
    if (cancelled) return { text: 'Cancelled, ends today', tone: 'neutral' };
    return now < coverFrom ? { text: 'Waiting period', tone: 'accent' } : { text: 'Covered', tone: 'good' };
  }
  // One that was cancelled before its cover began has covered nothing.
  if (coverFrom <= end && now <= end + BigInt(graceDays) * DAY) return { text: 'Ended, can still claim', tone: 'warn' };
  return { text: 'Over', tone: 'neutral' };
}

export function incidentStatus({ state }: Pick<Incident, 'state'>): Status {
  if (state === INCIDENT.settled) return { text: 'Settled', tone: 'good' };
  if (state === INCIDENT.rejected) return { text: 'Rejected', tone: 'neutral' };
  return { text: 'Open', tone: 'warn' };
}

export function claimStatus({
  state,
  amount,
  paid,
  dispute,
}: Pick<Claim, 'state' | 'amount' | 'paid' | 'dispute'>): Status {
  if (state === CLAIM.disputed) return { text: 'Disputed', tone: 'warn' };
  if (state === CLAIM.rejected) return { text: 'Rejected', tone: 'bad' };
  if (paid > 0n) return { text: paid >= amount ? 'Paid' : 'Paid in part', tone: 'good' };
  // What a price decides is not disputed.
  if (state === CLAIM.decided && dispute !== NOBODY) return { text: 'Dispute decided', tone: 'accent' };
  if (state === CLAIM.settled) return { text: 'Settled', tone: 'good' };
  return { text: 'Filed', tone: 'accent' };
}

export function ballotStatus(ballot: Pick<Ballot, 'state' | 'opensAt' | 'closesAt' | 'round'>, now: bigint): Status {
  const appeal = ballot.round === 1 ? ' on appeal' : '';
  if (ballot.state === BALLOT.passed) return { text: `Passed${appeal}`, tone: 'good' };
  if (ballot.state === BALLOT.failed) return { text: `Failed${appeal}`, tone: 'bad' };
  if (ballot.state === BALLOT.noQuorum) return { text: 'No quorum', tone: 'neutral' };
  if (now < ballot.opensAt) return { text: 'Opens soon', tone: 'neutral' };
  if (now > ballot.closesAt) return { text: 'Waits to be closed', tone: 'warn' };
  return { text: ballot.round === 1 ? 'Appeal: voting' : 'Voting', tone: 'accent' };
}

/** Where a change stands, and until when. */
export function changeStatus(change: Change, pool: Pick<Pool, 'timelock'>, now: bigint): Status & { note: string } {
  switch (changeStanding(change, pool, now)) {
    case 'voting':
      return { text: 'Being voted on', tone: 'accent', note: 'If it passes, it waits for the timelock.' };
    case 'waiting':
      return {
        text: 'Waiting',
        tone: 'warn',
        note: `It can be applied from ${moment(appliesFrom(change, pool))} and lapses on ${moment(lapsesAt(change))}.`,
      };
    case 'ready':
      return {
        text: 'Can be applied',
        tone: 'good',
        note: `Anyone can apply it until ${moment(lapsesAt(change))}; then it lapses.`,
      };
    case 'lapsed':
      return { text: 'Lapsed', tone: 'neutral', note: `Nobody applied it until ${moment(lapsesAt(change))}.` };
    case 'applied':
      return { text: 'Applied', tone: 'good', note: 'It holds now.' };
    case 'refused':
      return { text: 'Refused', tone: 'bad', note: 'The vote did not pass it.' };
    case 'withdrawn':
      return { text: 'Withdrawn', tone: 'neutral', note: 'The authority took it back.' };
  }
}

/** Whether something can still come of a change. */
export const isChangePending = (change: Change, pool: Pick<Pool, 'timelock'>, now: bigint): boolean =>
  change.state === CHANGE_STATE.proposed ||
  (change.state === CHANGE_STATE.queued && changeStanding(change, pool, now) !== 'lapsed');
