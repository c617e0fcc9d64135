// Changes of parameters: what they would set, and when.
import type { ReadonlyUint8Array } from '@solana/kit';
import type { Change, Pool, Product } from './generated/accounts';
import { getProposalDecoder, type Fees, type PoolLimits, type PriceCurve, type Proposal } from './generated/types';
import { DAY } from './time';

/** How a product stands: `Product.status`. */
export const PRODUCT_STATUS = { onSale: 0, delisted: 1, draft: 2 } as const;

/** How a change stands: `Change.state`. */
export const CHANGE_STATE = { proposed: 0, queued: 1, applied: 2, refused: 3, withdrawn: 4 } as const;

/** What becomes of a bond: `bondState` of what has one. */
export const BOND_STATE = { held: 0, due: 1, collected: 2, slashed: 3, none: 4 } as const;

/** A queued change can be applied for so long, seconds: as in the program. */
const LAPSES_AFTER = 30n * DAY;

/** What a change sets: of its account, or of its events. */
export const readProposal = (bytes: ReadonlyUint8Array): Proposal => getProposalDecoder().decode(bytes);

/** From when a queued change can be applied, unix seconds: a timelock that became longer since counts too. */
export function appliesFrom(
  { appliesAt, queuedAt }: Pick<Change, 'appliesAt' | 'queuedAt'>,
  { timelock }: Pick<Pool, 'timelock'>,
): bigint {
  const from = queuedAt + timelock;
  return from > appliesAt ? from : appliesAt;
}

/** When a queued change can be applied no more, unix seconds. */
export const lapsesAt = ({ appliesAt }: Pick<Change, 'appliesAt'>): bigint => appliesAt + LAPSES_AFTER;

/**
 * Where a change stands at a time: a ballot decides, it waits for its time, it can be applied, or it is over. One that
 * can be applied may still wait for exits that were requested in time: a simulation tells.
 */
export type ChangeStanding = 'voting' | 'waiting' | 'ready' | 'lapsed' | 'applied' | 'refused' | 'withdrawn';

/** See {@link ChangeStanding}. */
export function changeStanding(change: Change, pool: Pick<Pool, 'timelock'>, now: bigint): ChangeStanding {
  switch (change.state) {
    case CHANGE_STATE.proposed:
      return 'voting';
    case CHANGE_STATE.queued:
      if (now < appliesFrom(change, pool)) return 'waiting';
      return now < lapsesAt(change) ? 'ready' : 'lapsed';
    case CHANGE_STATE.applied:
      return 'applied';
    case CHANGE_STATE.refused:
      return 'refused';
    default:
      return 'withdrawn';
  }
}

/** Whether nothing can come of a change's account any more: it can be closed. */
export function isChangeOver(change: Change, now: bigint): boolean {
  const ended = change.state === CHANGE_STATE.queued ? now >= lapsesAt(change) : change.state !== CHANGE_STATE.proposed;
  return ended && (change.bondState === BOND_STATE.collected || change.bondState === BOND_STATE.slashed);
}

/** The limits of a pool, to change some of them. */
export const limitsOf = (pool: Pool): PoolLimits => ({
  minPremium: pool.minPremium,
  voteReward: pool.voteReward,
  timelock: pool.timelock,
  exitDelayDays: pool.exitDelayDays,
  leverageBps: pool.leverageBps,
  groupCapsBps: pool.groupCapsBps,
});

/** The fees of a pool, to change some of them. */
export const feesOf = ({ protocolFeeBps, assessorFeeBps, cancelFeeBps }: Pool): Fees => ({
  protocolFeeBps,
  assessorFeeBps,
  cancelFeeBps,
});

/** The price curve of a product, to change some of it. */
export const curveOf = ({ r0Ppm, r1Ppm, r2Ppm, kinkBps }: Product): PriceCurve => ({ r0Ppm, r1Ppm, r2Ppm, kinkBps });

/** Kinds of changes of a product; the others are of the pool. */
const OF_PRODUCT: readonly Proposal['__kind'][] = ['List', 'Delist', 'Weight', 'Curve'];

/** Whether a change of this kind is of a product: it is proposed with one. */
export const isOfProduct = (kind: Proposal['__kind']): boolean => OF_PRODUCT.includes(kind);

/** What holds now where a change would set something else; a kind of {@link isOfProduct} needs the product. */
export function valuesNow(kind: Proposal['__kind'], pool: Pool, product?: Product): Proposal {
  if (isOfProduct(kind) && !product) throw new Error(`a change of ${kind} is of a product`);
  switch (kind) {
    case 'PoolLimits':
      return { __kind: kind, fields: [limitsOf(pool)] };
    case 'Fees':
      return { __kind: kind, fields: [feesOf(pool)] };
    case 'List':
    case 'Delist':
      return { __kind: product!.status === PRODUCT_STATUS.onSale ? 'List' : 'Delist' };
    case 'Weight':
      return { __kind: kind, weightBps: product!.weightBps };
    case 'Curve':
      return { __kind: kind, fields: [curveOf(product!)] };
    case 'Authority':
      return { __kind: kind, authority: pool.authority };
    case 'Guardian':
      return { __kind: kind, guardian: pool.guardian };
    case 'Arbiter':
      return { __kind: kind, arbiter: pool.arbiter };
    case 'Treasury':
      return { __kind: kind, treasury: pool.treasury };
  }
}
