// What the program's states and errors mean, in words.
import {
  attempt,
  BallotStanding,
  ballotStanding,
  BallotState,
  BREAKWATER_ERROR__BREACH_RUNNING,
  BREAKWATER_ERROR__INCIDENT_OPEN,
  BREAKWATER_ERROR__PRODUCT_DELISTED,
  BREAKWATER_ERROR__PRODUCT_NOT_LISTED,
  ChangeStanding,
  changeStanding,
  ChangeState,
  ClaimState,
  extensionProblem,
  FOR,
  getBreakwaterErrorMessage,
  hasWeakCourt,
  IncidentState,
  isPaid,
  isSome,
  isVariant,
  lapsesAt,
  NOBODY,
  overtakes,
  pausedUntil,
  PolicyStanding,
  policyStanding,
  readProposal,
  RISK_KIND_WORDS,
  RiskKind,
  Round,
  saleProblem,
  seasonsOf,
  sellingProblem,
  stayingCapital,
  Trigger,
  variantOf,
  type Assembly,
  type Ballot,
  type BreakwaterError,
  type Change,
  type Claim,
  type Incident,
  type Policy,
  type Pool,
  type payableFrom,
  type Product,
} from '@breakwater/client';
import { ALL_BPS, date, isPast, moment, money, percent, plural, type Unit } from './format';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';
export type Status = { readonly text: string; readonly tone: Tone };

const UNKNOWN: Status = { text: 'Unknown', tone: 'neutral' };
/** With a capital at the beginning. */
export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const TRIGGERS: Readonly<Record<Trigger, string>> = {
  [Trigger.Jury]: 'A jury of stakers',
  [Trigger.Price]: 'A price',
  [Trigger.Authority]: 'The covered program',
};

export const riskOf = ({ riskKind }: Pick<Product, 'riskKind'>): string =>
  upper(RISK_KIND_WORDS[variantOf(RiskKind, riskKind) ?? RiskKind.Other]);

export function triggerOf({ trigger }: Pick<Product, 'trigger'>): string {
  const known = variantOf(Trigger, trigger);
  return known === undefined ? UNKNOWN.text : TRIGGERS[known];
}

/** Why something cannot be done, in a sentence without its end; `undefined` when it can. */
export const problemWords = (problem: BreakwaterError | undefined): string | undefined =>
  problem === undefined ? undefined : getBreakwaterErrorMessage(problem);

/** Why a product is not sold: on its badge, and in a sentence. */
const NOT_SOLD: Readonly<Record<number, Status & { sentence: string }>> = {
  [BREAKWATER_ERROR__PRODUCT_NOT_LISTED]: {
    text: 'Draft: not for sale yet',
    tone: 'neutral',
    sentence: 'This product is a draft: it is not for sale yet.',
  },
  [BREAKWATER_ERROR__PRODUCT_DELISTED]: {
    text: 'No longer for sale',
    tone: 'neutral',
    sentence: 'This product is no longer for sale. Policies go on until they end.',
  },
  [BREAKWATER_ERROR__INCIDENT_OPEN]: {
    text: 'Incident open: no sale',
    tone: 'warn',
    sentence: 'Nothing is sold while an incident of this product is open. Policies of it can be extended.',
  },
  [BREAKWATER_ERROR__BREACH_RUNNING]: {
    text: 'Price below the strike: no sale',
    tone: 'warn',
    sentence: 'Nothing is sold until a price above the strike has been shown.',
  },
};

/** Where a product stands; `undefined` when it is simply for sale. */
export const productStatus = (product: Product): Status | undefined => NOT_SOLD[saleProblem(product) ?? 0];

const sentenceOf = (problem: BreakwaterError | undefined): string | undefined =>
  problem && (NOT_SOLD[problem]?.sentence ?? `${problemWords(problem)}.`);

/** Why a policy of a product cannot be extended, in a sentence; `undefined` when it can, as far as the product goes. */
export const notExtended = (product: Product): string | undefined => sentenceOf(extensionProblem(product));

/** Why a pool sells nothing yet, in a sentence; `undefined` when it does. */
export const notOpenWords = (pool: Pool, now: bigint): string | undefined =>
  sellingProblem(pool, now) === undefined
    ? undefined
    : isSome(pool.openedAt)
      ? `This pool was announced open; it sells cover from ${moment(pool.sellsFrom)}.`
      : 'This pool is not open yet: its authority announces when it sells cover.';

/**
 * How much of a pool's capital carries cover and from when the rest does, in sentences; `undefined` when all of it does. As of when
 * its books were read.
 */
export function seasonWords(pool: Pool, unit: Unit): string | undefined {
  const now = pool.accruedAt;
  const [first, ...more] = attempt(() => seasonsOf(pool, now)).value ?? [];
  const sells = sellingProblem(pool, now) === undefined;
  if (!first || !isSome(pool.shares) || (sells && more.length === 0)) return undefined;
  const begins = sells
    ? 'carry cover now'
    : `would carry cover when sales begin${isSome(pool.openedAt) ? '' : ', if it were announced open now'}: on ${date(first.from)}`;
  // The next day and the last one tell enough.
  const last = more.at(-1);
  const shown = [...more.slice(0, 1), ...(more.length > 1 && last ? [last] : [])];
  const rest = shown.map(({ from, capital }) => `${money(capital, unit)} from ${date(from)}`);
  return (
    `Of ${money(stayingCapital(pool, now), unit)} that stay in the pool ${money(first.capital, unit)} ${begins}` +
    `${rest.length > 0 ? `; ${rest.join(', and ')}` : ''}, if nobody comes or leaves. ` +
    `Capital carries cover once it has stayed for a season: ${plural(pool.seasonDays, 'whole day')}.`
  );
}

/** Why no cover of a product can be bought now, whose `court` decides on it, in a sentence; `undefined` when it can. */
export function saleWords(pool: Pool, product: Product, now: bigint, court?: Assembly): string | undefined {
  const paused = pausedUntil(pool, now);
  return (
    notOpenWords(pool, now) ??
    sentenceOf(saleProblem(product)) ??
    (paused === undefined ? undefined : `Sales are paused until ${moment(paused)}.`) ??
    (court && hasWeakCourt(pool, product, court, now)
      ? 'Nothing is sold until the court has as much stake as the pool asks for. Until then policies are cancelled without a fee.'
      : undefined)
  );
}

const POLICIES: Readonly<Record<PolicyStanding, Status>> = {
  [PolicyStanding.Waiting]: { text: 'Waiting period', tone: 'accent' },
  [PolicyStanding.Covered]: { text: 'Covered', tone: 'good' },
  [PolicyStanding.Ending]: { text: 'Cancelled, ends today', tone: 'neutral' },
  [PolicyStanding.Claimable]: { text: 'Ended, can still claim', tone: 'warn' },
  [PolicyStanding.Over]: { text: 'Over', tone: 'neutral' },
};

export const policyStatus = (policy: Policy, now: bigint): Status => POLICIES[policyStanding(policy, now)];

const INCIDENTS: Readonly<Record<IncidentState, Status>> = {
  [IncidentState.Open]: { text: 'Not decided', tone: 'warn' },
  [IncidentState.Accepted]: { text: 'Counts: to be settled', tone: 'accent' },
  [IncidentState.Refused]: { text: 'Does not count', tone: 'neutral' },
  [IncidentState.Settled]: { text: 'Settled', tone: 'good' },
  [IncidentState.Rejected]: { text: 'Rejected', tone: 'neutral' },
};

export function incidentStatus({ state }: Pick<Incident, 'state'>): Status {
  const known = variantOf(IncidentState, state);
  return known === undefined ? UNKNOWN : INCIDENTS[known];
}

const BOOKINGS: Readonly<Record<IncidentState, Status>> = {
  [IncidentState.Open]: { text: 'Challenged', tone: 'warn' },
  [IncidentState.Accepted]: { text: 'Being paid', tone: 'accent' },
  [IncidentState.Refused]: UNKNOWN,
  [IncidentState.Settled]: { text: 'Settled', tone: 'good' },
  [IncidentState.Rejected]: { text: 'Found false', tone: 'neutral' },
};

export function bookingStatus({ state }: Pick<Incident, 'state'>): Status {
  const known = variantOf(IncidentState, state);
  return known === undefined ? UNKNOWN : BOOKINGS[known];
}

const CLAIMS: Readonly<Record<ClaimState, Status>> = {
  [ClaimState.Filed]: { text: 'Filed', tone: 'accent' },
  [ClaimState.Disputed]: { text: 'Disputed', tone: 'warn' },
  [ClaimState.Settled]: { text: 'Settled', tone: 'good' },
  [ClaimState.Rejected]: { text: 'Rejected', tone: 'bad' },
  [ClaimState.Decided]: { text: 'Dispute decided', tone: 'accent' },
};

export function claimStatus(claim: Claim): Status {
  const state = variantOf(ClaimState, claim.state);
  if (isSome(claim.paid)) return { text: isPaid(claim) ? 'Paid' : 'Paid in part', tone: 'good' };
  // What a price decides was never disputed.
  if (state === ClaimState.Decided && claim.disputer === NOBODY) return CLAIMS[ClaimState.Filed];
  return state === undefined ? UNKNOWN : CLAIMS[state];
}

/** When a claim's money comes, and why then. */
export function paymentWords(
  { from, sureBps }: ReturnType<typeof payableFrom>,
  incident: Pick<Incident, 'state'>,
  claim: Pick<Claim, 'state'>,
  now: bigint,
): string {
  if (sureBps === 0)
    return `It is paid when the incident is settled${from === undefined ? '' : `, from ${moment(from)} on`}.`;
  const isWhole = sureBps === ALL_BPS;
  const paid = (verb: string) => (isWhole ? `it ${verb} paid in full` : `${percent(sureBps)} of it ${verb} paid`);
  const begin = (verb: string) => paid(verb).replace(/^i/, 'I');
  const rest = isWhole ? '' : '; what else there is comes at the settlement';
  if (from !== undefined) {
    return isPast(from, now)
      ? `${begin('can be')} now, before the incident is settled${rest}.`
      : `${begin('is')} from ${moment(from)} on, unless somebody disputes it${rest}.`;
  }
  if (isVariant(incident.state, IncidentState.Open))
    return `If the incident counts, ${paid('is')} before the settlement${rest}.`;
  return isVariant(claim.state, ClaimState.Disputed)
    ? 'It is paid as soon as a ballot has decided how much of it stands.'
    : `${begin('is')} once the earlier reports on the product have ended${rest}.`;
}

const RUNNING: Readonly<Partial<Record<BallotStanding, Status>>> = {
  [BallotStanding.Soon]: { text: 'Opens soon', tone: 'neutral' },
  [BallotStanding.Voting]: { text: 'Voting', tone: 'accent' },
  [BallotStanding.ToClose]: { text: 'Waits to be closed', tone: 'warn' },
};
const OUTCOMES: Readonly<Record<BallotState, Status>> = {
  [BallotState.Open]: UNKNOWN,
  [BallotState.Passed]: { text: 'Passed', tone: 'good' },
  [BallotState.Failed]: { text: 'Failed', tone: 'bad' },
  [BallotState.Decided]: { text: 'Decided', tone: 'accent' },
};

/** A part in sixteenths: `9/16`. */
export const sixteenths = (level: number): string => `${level}/${FOR}`;

export function ballotStatus(ballot: Ballot, now: bigint): Status {
  const appealed = isVariant(ballot.round, Round.Appeal);
  const standing = ballotStanding(ballot, now);
  const running = RUNNING[standing];
  if (running) {
    return appealed && standing === BallotStanding.Voting ? { ...running, text: 'Appeal: voting' } : running;
  }
  const state = variantOf(BallotState, ballot.state) ?? BallotState.Open;
  const ended = OUTCOMES[state];
  const outcome =
    state === BallotState.Decided ? { ...ended, text: `${ended.text}: ${sixteenths(ballot.level)} stand` } : ended;
  return appealed ? { ...outcome, text: `${outcome.text} on appeal` } : outcome;
}

/** Until when a ballot can be voted in, appealed or decided, in half a sentence. */
export function ballotWords(ballot: Ballot, now: bigint): string {
  switch (ballotStanding(ballot, now)) {
    case BallotStanding.Soon:
      return `votes are taken from ${moment(ballot.opensAt)} until ${moment(ballot.closesAt)}`;
    case BallotStanding.Voting:
      return `votes are taken until ${moment(ballot.closesAt)}`;
    case BallotStanding.ToClose:
      return `votes were taken until ${moment(ballot.closesAt)}`;
    case BallotStanding.Appealable:
      return `it can be appealed until ${moment(ballot.finalAt)}`;
    case BallotStanding.Arbitrable:
      return `too few voted; the arbiter can decide until ${moment(ballot.finalAt)}`;
    case BallotStanding.Final:
      return `final since ${moment(ballot.finalAt)}`;
  }
}

/** Whether a change is of the authority: the one it names applies it. */
export const isHandover = (change: Change): boolean => readProposal(change.proposal).__kind === 'Authority';

/** Where a change stands, and until when. */
export function changeStatus(change: Change, pool: Pool, now: bigint): Status & { note: string } {
  const handsOver = isHandover(change);
  switch (changeStanding(change, pool, now)) {
    case ChangeStanding.Voting:
      return { text: 'Being voted on', tone: 'accent', note: 'If it passes, it waits for the timelock.' };
    case ChangeStanding.Waiting:
      return {
        text: 'Waiting',
        tone: 'warn',
        note: handsOver
          ? `The one it names can take the authority over from ${moment(change.appliesAt)}.`
          : `It can be applied from ${moment(change.appliesAt)}.`,
      };
    case ChangeStanding.Ready: {
      const who = handsOver ? 'The one it names can take the authority over' : 'Anyone can apply it';
      return {
        text: 'Can be applied',
        tone: 'good',
        note: `${who} until ${moment(lapsesAt(change))}; then it lapses.`,
      };
    }
    case ChangeStanding.Lapsed:
      return { text: 'Lapsed', tone: 'neutral', note: `Nobody applied it until ${moment(lapsesAt(change))}.` };
    case ChangeStanding.Applied:
      return { text: 'Applied', tone: 'good', note: 'It holds now.' };
    case ChangeStanding.Refused:
      return { text: 'Refused', tone: 'bad', note: 'The vote did not pass it.' };
    case ChangeStanding.Withdrawn:
      return {
        text: 'Withdrawn',
        tone: 'neutral',
        note: isVariant(change.state, ChangeState.Withdrawn)
          ? 'The authority took it back.'
          : 'It fell with the authority that queued it.',
      };
  }
}

/** What is said of a queued change where others of `queued` set the same: which of them holds in the end. */
export function rivalWords(change: Change, queued: readonly Change[]): string {
  if (isHandover(change)) return '';
  const later = queued.filter((other) => overtakes(other, change));
  const earlier = queued.filter((other) => overtakes(change, other));
  const ids = (found: readonly Change[]) => found.map(({ id }) => `change ${id}`).join(', ');
  if (later.length > 0) return `The same is set by ${ids(later)}, queued later: in the end that holds.`;
  return earlier.length > 0 ? `The same is set by ${ids(earlier)}, queued before: in the end this one holds.` : '';
}

/** Who leaves before a change that is queued and can raise what LPs risk. */
export const leaversWords = ({ exitsUntil }: Change): string =>
  `Everybody who asks to leave until ${moment(exitsUntil)} leaves before it.`;

const PENDING: readonly ChangeStanding[] = [ChangeStanding.Voting, ChangeStanding.Waiting, ChangeStanding.Ready];

/** Whether something can still come of a change. */
export const isChangePending = (change: Change, pool: Pool, now: bigint): boolean =>
  PENDING.includes(changeStanding(change, pool, now));
