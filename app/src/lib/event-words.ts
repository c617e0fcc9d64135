// Events in sentences: for what a transaction would do, and for a pool's history.
import {
  AGAINST,
  BALLOT_STATE_WORDS,
  BallotState,
  BondState,
  ChangeState,
  FOR,
  IncidentState,
  isSome,
  isVariant,
  NOBODY,
  Observation,
  ProductStatus,
  readProposal,
  SHARE_DECIMALS,
  startOf,
  variantOf,
  type BreakwaterEvent,
} from '@breakwater/client';
import { compare, proposalTitle, rowWords } from './change-words';
import { abbreviate, date, moment, money, plain, short, type Unit } from './format';
import { sixteenths } from './words';

/** What an event's amounts are in. */
export type Units = { readonly asset: Unit; readonly governance: Unit };

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** How a ballot ended. */
function outcomeOf(state: bigint, level: bigint): string {
  const known = variantOf(BallotState, state);
  if (known === BallotState.Open) return 'it goes on';
  if (known === BallotState.Decided) return `${sixteenths(plain(level))} stand`;
  return known === undefined ? 'unknown' : BALLOT_STATE_WORDS[known];
}

/** What a vote is for. */
function voteWords(level: bigint): string {
  const at = plain(level);
  if (at === AGAINST) return 'against it';
  return at === FOR ? 'for it' : `for ${sixteenths(at)}`;
}

/** A sentence on an event, without a subject: `Deposits 100 USDC …`; `at` is when it happened, if it has. */
export function eventWords({ name, data }: BreakwaterEvent, { asset, governance }: Units, at?: bigint): string {
  const tokens = (atoms: bigint) => money(atoms, asset);
  const kept = (atoms: bigint) =>
    isSome(atoms) ? `, of which ${tokens(atoms)} give the refund of a cancellation back` : '';
  const votes = (atoms: bigint) => money(atoms, governance);
  const shares = (atoms: bigint) => `${short(atoms, asset.decimals + SHARE_DECIMALS)} shares`;
  switch (name) {
    case 'deposited':
      return `Deposits ${tokens(data.amount)} for ${shares(data.shares)}`;
    case 'exitRequested':
      return `Puts ${shares(data.shares)} on their way out, to be paid from ${date(startOf(data.day))}`;
    case 'exitsPaid':
      return `Pays exits: ${tokens(data.paid)} for ${shares(data.burned)}${
        isSome(data.contested) ? `, of which ${tokens(data.contested)} stay in open incidents` : ''
      }${isSome(data.waiting) ? `; ${shares(data.waiting)} wait` : ''}`;
    case 'exitsCalled':
      return isSome(data.called)
        ? `Calls the exits that nobody paid in time: they can be paid from ${moment(data.payableFrom)}, for a day`
        : 'Notes that exits wait: they can be paid for a day once they can leave';
    case 'contestedReleased':
      return `Gives those who left ${tokens(data.amount)} back that an incident does not need`;
    case 'exitCollected':
      return `Pays ${tokens(data.amount)} for an exit`;
    case 'withdrawn':
      return `Takes ${tokens(data.amount)} out for ${shares(data.shares)}`;
    case 'sharesRetired':
      return `Retires ${shares(data.shares)}, worth ${tokens(data.capital)} together: new ones begin`;
    case 'retiredRedeemed':
      return `Redeems ${shares(data.shares)} that were retired for ${tokens(data.amount)}`;
    case 'coverBought':
      return `Buys cover of ${tokens(data.amount)} for a premium of ${tokens(data.premium)}, until ${date(data.end)}`;
    case 'coverExtended':
      return `Extends a cover until ${date(data.end)} for ${tokens(data.premium)}`;
    case 'coverCancelled':
      return `Cancels a cover with the end of ${date(data.end)}: ${tokens(data.refund)} come back, ${tokens(data.fee)} are the fee`;
    case 'coverReduced':
      return `Gives part of a cover back: ${tokens(data.refund)} come back, ${tokens(data.fee)} are the fee; ${tokens(data.amount)} stay insured`;
    case 'coverTransferred':
      return `Hands a policy to ${abbreviate(data.newHolder)}`;
    case 'policyClosed':
      return 'Closes a policy that is over';
    case 'incidentOpened':
      return `Reports an incident of ${moment(data.occurredAt)}${
        isSome(data.bond) ? ` with a bond of ${tokens(data.bond)}` : ''
      }; ${tokens(data.lien)} are set aside`;
    case 'incidentDecided':
      return isVariant(data.state, IncidentState.Accepted)
        ? `Accepts an incident: claims are filed until ${moment(data.filingEndsAt)}`
        : `Refuses an incident${isVariant(data.bondState, BondState.Slashed) ? '; its bond is lost' : ''}`;
    case 'filingEnded':
      return `Ends the filing of an incident: claims of ${tokens(data.filed)} stand, the rest is free`;
    case 'incidentSettled':
      return isVariant(data.state, IncidentState.Settled)
        ? `Settles an incident: ${tokens(data.settled)} for claims of ${tokens(data.approved)}${
            isSome(data.contested) ? `, ${tokens(data.contested)} of it from those who left` : ''
          }`
        : 'Ends an incident: rejected';
    case 'incidentBondCollected':
      return `Gives the bond of an incident back: ${tokens(data.bond)}`;
    case 'incidentClosed':
      return 'Closes an incident that is over';
    case 'claimSubmitted':
      return `Claims ${tokens(data.amount)} for a loss of ${tokens(data.loss)}, with a bond of ${tokens(data.bond)}`;
    case 'claimDisputed':
      return `Disputes a claim, with a bond of ${tokens(data.bond)}: votes on how much of it stands are taken until ${moment(data.closesAt)}`;
    case 'disputeResolved':
      return `Decides a dispute: ${sixteenths(plain(data.level))} of the claim stand, ${tokens(data.amount)}`;
    case 'disputeBondCollected':
      return `Pays the disputer of a claim ${tokens(data.paid)}`;
    case 'claimPaid':
      return `Pays a claim ${tokens(data.amount)}${kept(data.givenBack)}${isSome(data.bond) ? `, and its bond of ${tokens(data.bond)} back` : ''}`;
    case 'claimRedirected':
      return `Pays a claim to ${abbreviate(data.receiver)} from now on`;
    case 'claimClosed':
      return 'Closes a claim that is over';
    case 'recovered':
      return `Pays ${tokens(data.amount)} back for an incident: ${tokens(data.toClaims)} to the claims`;
    case 'restSettled':
      return `Settles what was held back for an incident: ${tokens(data.more)}`;
    case 'staked':
      return `Stakes ${votes(data.amount)}; the stake is now ${votes(data.staked)}`;
    case 'unstakeRequested':
      return `Puts ${votes(data.amount)} of stake on their way out, ready on ${moment(data.readyAt)}`;
    case 'unstaked':
      return `Takes ${votes(data.amount)} of stake out`;
    case 'voted':
      return `Votes ${voteWords(data.level)}${isSome(data.byDelegate) ? ' as a delegate' : ''}, weighing ${votes(data.weight)}`;
    case 'delegateSet':
      return data.delegate === NOBODY
        ? 'Lets nobody else vote with the stake any more'
        : `Lets ${abbreviate(data.delegate)} vote with the stake in ballots that open later`;
    case 'ballotClosed':
      return `Closes a ballot in which ${votes(data.weightCast)} were cast: ${outcomeOf(data.state, data.level)}`;
    case 'ballotAppealed':
      return `Appeals a ballot with a bond of ${tokens(data.bond)}; votes are taken until ${moment(data.closesAt)}`;
    case 'ballotArbitrated':
      return `Decides a ballot as its arbiter: ${outcomeOf(data.state, data.level)}; that can be appealed until ${moment(data.until)}`;
    case 'appealBondCollected':
      return `Gives ${tokens(data.bond)} of the bond of an appeal back`;
    case 'voteReleased':
      return `Releases a vote${isSome(data.reward) ? `, and pays its reward of ${tokens(data.reward)}` : ''}${
        isSome(data.slash) ? `; ${votes(data.slash)} of stake are lost` : ''
      }`;
    case 'evidenceAttached':
      return `Attaches evidence to ${abbreviate(data.subject)}, by ${abbreviate(data.author)}`;
    case 'surplusAbsorbed':
      return `Takes ${tokens(data.amount)} of surplus in`;
    case 'poolCreated':
      return 'Creates the pool';
    case 'poolOpened':
      return `Announces the pool open: cover is sold from ${moment(data.sellsFrom)}`;
    case 'productListed':
      return `Lists product ${data.index}${isVariant(data.status, ProductStatus.Draft) ? ' as a draft' : ''}`;
    case 'productClosed':
      return `Closes product ${data.index}`;
    case 'poolClosed':
      return `Closes the pool: ${tokens(data.amount)} go to its treasury`;
    case 'retiredClosed':
      return 'Closes the account of retired shares';
    case 'voterClosed':
      return 'Closes the account of a voter without stake';
    case 'assemblyClosed':
      return 'Closes the assembly';
    case 'productRolled':
      return 'Brings a product up to date';
    case 'assemblyCreated':
      return 'Creates the assembly';
    case 'slashBurned':
      return `Burns ${votes(data.amount)} of slashed stake`;
    case 'exitEpochClosed':
      return 'Closes an exit epoch that is over';
    case 'ballotReclaimed':
      return 'Closes a ballot that is over';
    case 'priceObserved':
      return isVariant(data.observation, Observation.Breached)
        ? 'Observes a price below the strike'
        : 'Observes a price';
    case 'breachRefuted':
      return 'Refutes a breach: a price inside it was not below the strike';
    case 'incidentRefuted':
      return 'Refutes an incident that a price had opened';
    case 'incidentChallenged':
      return `Challenges an incident or a booking, with a bond of ${tokens(data.bond)}: the jury decides`;
    case 'coverDrawn':
      return `Draws ${tokens(data.paid)} for a loss of ${tokens(data.loss)}${kept(data.givenBack)}${
        isSome(data.booked) ? `; ${tokens(data.booked)} are booked` : ''
      }`;
    case 'bookingPaid':
      return `Pays ${tokens(data.paid)} of a booking${kept(data.givenBack)}${isSome(data.unsettled) ? `; ${tokens(data.unsettled)} wait` : ''}`;
    case 'changeProposed': {
      const title = lower(proposalTitle(readProposal(data.proposal)));
      return data.ballot === NOBODY
        ? `Queues a change: ${title}, from ${moment(data.appliesAt)}`
        : `Puts a change to a ballot: ${title}, with a bond of ${tokens(data.bond)}`;
    }
    case 'changeDecided':
      return isVariant(data.state, ChangeState.Queued)
        ? `Queues a change that its ballot passed, from ${moment(data.appliesAt)}`
        : `Refuses a change that its ballot did not pass${isVariant(data.bondState, BondState.Slashed) ? '; its bond is lost' : ''}`;
    case 'changeApplied': {
      const [before, after] = [readProposal(data.before), readProposal(data.after)];
      const rows = before.__kind === after.__kind ? compare(before, after, { asset, governance }) : [];
      // The event tells the beginning of what wallets show of shares: of their link not all.
      const told = rows.filter(({ name }) => name !== 'Link');
      const words = told.map(rowWords).join(', ');
      return `Applies a change: ${words || lower(proposalTitle(after))}`;
    }
    case 'changeMarked':
      return 'Marks a change that can be applied: it lapses in 30 days';
    case 'changeWithdrawn':
      return 'Withdraws a change';
    case 'changeBondCollected':
      return `Gives the bond of a change back: ${tokens(data.bond)}`;
    case 'changeClosed':
      return 'Closes a change that is over';
    case 'authorityAccepted':
      return `Hands the authority over the pool to ${abbreviate(data.newAuthority)}`;
    case 'poolPaused':
      // A pause that is ended lasts until that moment.
      return at !== undefined && plain(data.pausedUntil) - plain(at) <= 60
        ? 'Ends the pause of sales and deposits'
        : `Pauses sales and deposits until ${moment(data.pausedUntil)}`;
    case 'feesCollected':
      return `Pays the protocol fees to the treasury: ${tokens(data.amount)}`;
    default:
      // A newer program logs what this page has no words for.
      return (name as string)
        .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
        .replace(/^./, (letter) => letter.toUpperCase());
  }
}
