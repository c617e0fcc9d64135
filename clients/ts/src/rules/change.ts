// Changes of parameters: what they would set, and when.
import { getAddressEncoder, type Address, type ReadonlyUint8Array } from '@solana/kit';
import * as core from '../core';
import type { Ballot, Change, ExitEpoch, Pool, Product } from '../generated/accounts';
import { ProposalKind, type ChangeStanding, type Risk } from '../generated/enums';
import type { BreakwaterError } from '../generated/errors';
import {
  getProposalDecoder,
  getProposalEncoder,
  getShareWordsDecoder,
  type Proposal,
  type ProposalArgs,
  type ShareWords,
} from '../generated/types';
import type { ShareTexts } from '../accounts';
import { ask, bytesOf, problemOf } from './ask';

/** What a change sets: of its account, or of its events, which tell the beginning of it: of the words of shares not all. */
export const readProposal = (bytes: ReadonlyUint8Array): Proposal => {
  const filled = new Uint8Array(PROPOSAL_BYTES);
  filled.set(bytes);
  return getProposalDecoder().decode(filled);
};

/** Bytes in which every proposal fits. */
const PROPOSAL_BYTES = 256;

type Kind = Proposal['__kind'];
type Values<Of extends Kind> = Extract<Proposal, { __kind: Of extends 'List' | 'Delist' ? 'List' | 'Delist' : Of }>;

/**
 * What holds now where a change of a kind would set something else: `valuesNow('CancelFee', pool).cancelFeeBps`. A kind that is
 * about a product needs the product, that of a group's cap the group; throws a `Refusal`.
 */
export const valuesNow = <Of extends Kind>(kind: Of, pool: Pool, product?: Product, group = 0): Values<Of> =>
  readProposal(
    ask(core.valuesNow, ProposalKind[kind], bytesOf.pool(pool), product && bytesOf.product(product), group),
  ) as Values<Of>;

/**
 * Whether a proposal can raise what LPs risk, or lower what they get: it then waits until everybody who asked in time has left,
 * others for the timelock alone. One of a product needs it.
 */
export const raisesRisk = (proposal: ProposalArgs, pool: Pool, product?: Product): boolean =>
  ask(
    core.raisesRisk,
    getProposalEncoder().encode(proposal) as Uint8Array,
    bytesOf.pool(pool),
    product && bytesOf.product(product),
  );

/** Which changes of a kind can raise what LPs risk, or lower what they get: those wait as `raisesRisk` says. */
export const riskOf = (kind: Kind): Risk => ask(core.riskOf, ProposalKind[kind]);

/** Where a change stands. One that can be applied may still wait for exits that were requested in time. */
export const changeStanding = (change: Change, pool: Pool, now: bigint): ChangeStanding =>
  ask(core.changeStanding, bytesOf.change(change), bytesOf.pool(pool), now);

/** When a queued change can be applied no more, unix seconds. */
export const lapsesAt = (change: Change): bigint => ask(core.lapsesAt, bytesOf.change(change));

/** Why the ballot on a change cannot be read. */
export const decisionProblem = (change: Change, pool: Pool, ballot: Ballot, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkDecision, bytesOf.change(change), bytesOf.pool(pool), bytesOf.ballot(ballot), now);

/** Whether a change was queued after another one and sets the same, of the same product if they are of one: so it holds in the end. */
export const overtakes = (change: Change, other: Change): boolean =>
  ask(core.overtakes, bytesOf.change(change), bytesOf.change(other));

/**
 * Why a change cannot be applied; one of a product needs it, and while exits wait, the first exit epoch. One of
 * the authority is applied by the one it names alone: `handoverProblem`.
 */
export const applicationProblem = (
  change: Change,
  pool: Pool,
  product: Product | undefined,
  firstExit: ExitEpoch | undefined,
  now: bigint,
): BreakwaterError | undefined =>
  problemOf(
    core.checkApplication,
    bytesOf.change(change),
    bytesOf.pool(pool),
    product && bytesOf.product(product),
    firstExit && bytesOf.epoch(firstExit),
    now,
  );

/** Why somebody cannot take the authority over by a change. */
export const handoverProblem = (change: Change, pool: Pool, by: Address, now: bigint): BreakwaterError | undefined =>
  problemOf(
    core.checkHandover,
    bytesOf.change(change),
    bytesOf.pool(pool),
    getAddressEncoder().encode(by) as Uint8Array,
    now,
  );

/** Why somebody cannot take a change back. */
export const withdrawalProblem = (change: Change, pool: Pool, by: Address): BreakwaterError | undefined =>
  problemOf(
    core.checkWithdrawal,
    bytesOf.change(change),
    bytesOf.pool(pool),
    getAddressEncoder().encode(by) as Uint8Array,
  );

/** Why the bond of a change cannot be collected. */
export const changeBondProblem = (change: Change): BreakwaterError | undefined =>
  problemOf(core.checkChangeBond, bytesOf.change(change));

/** Why the account of a change cannot be closed. */
export const changeOverProblem = (change: Change, pool: Pool, now: bigint): BreakwaterError | undefined =>
  problemOf(core.checkChangeOver, bytesOf.change(change), bytesOf.pool(pool), now);

/** Longest name, symbol and link of a pool's shares, bytes. */
export const SHARE_WORD_BYTES = core.shareWordBytes();

/** What wallets are to show of a pool's shares: `proposal('Shares', [shareWords(…)])`; throws a `Refusal`. */
export const shareWords = ({ name, symbol, uri }: ShareTexts): ShareWords =>
  getShareWordsDecoder().decode(ask(core.shareWords, name, symbol, uri));

/** No words: of shares of SPL Token. */
export const NO_SHARE_WORDS: ShareWords = getShareWordsDecoder().decode(
  new Uint8Array(getShareWordsDecoder().fixedSize),
);
