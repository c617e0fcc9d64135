// Written by scripts/generate.mjs: do not edit.

import type { Decoder } from '@solana/kit';
import {
  getAppealBondCollectedEventDecoder,
  type AppealBondCollectedEvent,
  getAssemblyClosedEventDecoder,
  type AssemblyClosedEvent,
  getAssemblyCreatedEventDecoder,
  type AssemblyCreatedEvent,
  getAuthorityAcceptedEventDecoder,
  type AuthorityAcceptedEvent,
  getBallotAppealedEventDecoder,
  type BallotAppealedEvent,
  getBallotArbitratedEventDecoder,
  type BallotArbitratedEvent,
  getBallotClosedEventDecoder,
  type BallotClosedEvent,
  getBallotReclaimedEventDecoder,
  type BallotReclaimedEvent,
  getBookingPaidEventDecoder,
  type BookingPaidEvent,
  getBreachRefutedEventDecoder,
  type BreachRefutedEvent,
  getChangeAppliedEventDecoder,
  type ChangeAppliedEvent,
  getChangeBondCollectedEventDecoder,
  type ChangeBondCollectedEvent,
  getChangeClosedEventDecoder,
  type ChangeClosedEvent,
  getChangeDecidedEventDecoder,
  type ChangeDecidedEvent,
  getChangeMarkedEventDecoder,
  type ChangeMarkedEvent,
  getChangeProposedEventDecoder,
  type ChangeProposedEvent,
  getChangeWithdrawnEventDecoder,
  type ChangeWithdrawnEvent,
  getClaimClosedEventDecoder,
  type ClaimClosedEvent,
  getClaimDisputedEventDecoder,
  type ClaimDisputedEvent,
  getClaimPaidEventDecoder,
  type ClaimPaidEvent,
  getClaimRedirectedEventDecoder,
  type ClaimRedirectedEvent,
  getClaimSubmittedEventDecoder,
  type ClaimSubmittedEvent,
  getContestedReleasedEventDecoder,
  type ContestedReleasedEvent,
  getCoverBoughtEventDecoder,
  type CoverBoughtEvent,
  getCoverCancelledEventDecoder,
  type CoverCancelledEvent,
  getCoverDrawnEventDecoder,
  type CoverDrawnEvent,
  getCoverExtendedEventDecoder,
  type CoverExtendedEvent,
  getCoverReducedEventDecoder,
  type CoverReducedEvent,
  getCoverTransferredEventDecoder,
  type CoverTransferredEvent,
  getDelegateSetEventDecoder,
  type DelegateSetEvent,
  getDepositedEventDecoder,
  type DepositedEvent,
  getDisputeBondCollectedEventDecoder,
  type DisputeBondCollectedEvent,
  getDisputeResolvedEventDecoder,
  type DisputeResolvedEvent,
  getEvidenceAttachedEventDecoder,
  type EvidenceAttachedEvent,
  getExitCollectedEventDecoder,
  type ExitCollectedEvent,
  getExitEpochClosedEventDecoder,
  type ExitEpochClosedEvent,
  getExitRequestedEventDecoder,
  type ExitRequestedEvent,
  getExitsCalledEventDecoder,
  type ExitsCalledEvent,
  getExitsPaidEventDecoder,
  type ExitsPaidEvent,
  getFeesCollectedEventDecoder,
  type FeesCollectedEvent,
  getFilingEndedEventDecoder,
  type FilingEndedEvent,
  getIncidentBondCollectedEventDecoder,
  type IncidentBondCollectedEvent,
  getIncidentChallengedEventDecoder,
  type IncidentChallengedEvent,
  getIncidentClosedEventDecoder,
  type IncidentClosedEvent,
  getIncidentDecidedEventDecoder,
  type IncidentDecidedEvent,
  getIncidentOpenedEventDecoder,
  type IncidentOpenedEvent,
  getIncidentRefutedEventDecoder,
  type IncidentRefutedEvent,
  getIncidentSettledEventDecoder,
  type IncidentSettledEvent,
  getPolicyClosedEventDecoder,
  type PolicyClosedEvent,
  getPoolClosedEventDecoder,
  type PoolClosedEvent,
  getPoolCreatedEventDecoder,
  type PoolCreatedEvent,
  getPoolOpenedEventDecoder,
  type PoolOpenedEvent,
  getPoolPausedEventDecoder,
  type PoolPausedEvent,
  getPriceObservedEventDecoder,
  type PriceObservedEvent,
  getProductClosedEventDecoder,
  type ProductClosedEvent,
  getProductListedEventDecoder,
  type ProductListedEvent,
  getProductRolledEventDecoder,
  type ProductRolledEvent,
  getRecoveredEventDecoder,
  type RecoveredEvent,
  getRestSettledEventDecoder,
  type RestSettledEvent,
  getRetiredClosedEventDecoder,
  type RetiredClosedEvent,
  getRetiredRedeemedEventDecoder,
  type RetiredRedeemedEvent,
  getSharesRetiredEventDecoder,
  type SharesRetiredEvent,
  getSlashBurnedEventDecoder,
  type SlashBurnedEvent,
  getStakedEventDecoder,
  type StakedEvent,
  getSurplusAbsorbedEventDecoder,
  type SurplusAbsorbedEvent,
  getUnstakeRequestedEventDecoder,
  type UnstakeRequestedEvent,
  getUnstakedEventDecoder,
  type UnstakedEvent,
  getVoteReleasedEventDecoder,
  type VoteReleasedEvent,
  getVotedEventDecoder,
  type VotedEvent,
  getVoterClosedEventDecoder,
  type VoterClosedEvent,
  getWithdrawnEventDecoder,
  type WithdrawnEvent,
} from './types';

/** Everything the program logs, by name. */
export type BreakwaterEvents = {
  appealBondCollected: AppealBondCollectedEvent;
  assemblyClosed: AssemblyClosedEvent;
  assemblyCreated: AssemblyCreatedEvent;
  authorityAccepted: AuthorityAcceptedEvent;
  ballotAppealed: BallotAppealedEvent;
  ballotArbitrated: BallotArbitratedEvent;
  ballotClosed: BallotClosedEvent;
  ballotReclaimed: BallotReclaimedEvent;
  bookingPaid: BookingPaidEvent;
  breachRefuted: BreachRefutedEvent;
  changeApplied: ChangeAppliedEvent;
  changeBondCollected: ChangeBondCollectedEvent;
  changeClosed: ChangeClosedEvent;
  changeDecided: ChangeDecidedEvent;
  changeMarked: ChangeMarkedEvent;
  changeProposed: ChangeProposedEvent;
  changeWithdrawn: ChangeWithdrawnEvent;
  claimClosed: ClaimClosedEvent;
  claimDisputed: ClaimDisputedEvent;
  claimPaid: ClaimPaidEvent;
  claimRedirected: ClaimRedirectedEvent;
  claimSubmitted: ClaimSubmittedEvent;
  contestedReleased: ContestedReleasedEvent;
  coverBought: CoverBoughtEvent;
  coverCancelled: CoverCancelledEvent;
  coverDrawn: CoverDrawnEvent;
  coverExtended: CoverExtendedEvent;
  coverReduced: CoverReducedEvent;
  coverTransferred: CoverTransferredEvent;
  delegateSet: DelegateSetEvent;
  deposited: DepositedEvent;
  disputeBondCollected: DisputeBondCollectedEvent;
  disputeResolved: DisputeResolvedEvent;
  evidenceAttached: EvidenceAttachedEvent;
  exitCollected: ExitCollectedEvent;
  exitEpochClosed: ExitEpochClosedEvent;
  exitRequested: ExitRequestedEvent;
  exitsCalled: ExitsCalledEvent;
  exitsPaid: ExitsPaidEvent;
  feesCollected: FeesCollectedEvent;
  filingEnded: FilingEndedEvent;
  incidentBondCollected: IncidentBondCollectedEvent;
  incidentChallenged: IncidentChallengedEvent;
  incidentClosed: IncidentClosedEvent;
  incidentDecided: IncidentDecidedEvent;
  incidentOpened: IncidentOpenedEvent;
  incidentRefuted: IncidentRefutedEvent;
  incidentSettled: IncidentSettledEvent;
  policyClosed: PolicyClosedEvent;
  poolClosed: PoolClosedEvent;
  poolCreated: PoolCreatedEvent;
  poolOpened: PoolOpenedEvent;
  poolPaused: PoolPausedEvent;
  priceObserved: PriceObservedEvent;
  productClosed: ProductClosedEvent;
  productListed: ProductListedEvent;
  productRolled: ProductRolledEvent;
  recovered: RecoveredEvent;
  restSettled: RestSettledEvent;
  retiredClosed: RetiredClosedEvent;
  retiredRedeemed: RetiredRedeemedEvent;
  sharesRetired: SharesRetiredEvent;
  slashBurned: SlashBurnedEvent;
  staked: StakedEvent;
  surplusAbsorbed: SurplusAbsorbedEvent;
  unstakeRequested: UnstakeRequestedEvent;
  unstaked: UnstakedEvent;
  voteReleased: VoteReleasedEvent;
  voted: VotedEvent;
  voterClosed: VoterClosedEvent;
  withdrawn: WithdrawnEvent;
};

/** Discriminator and decoder of each event; the data follows the discriminator. */
export const EVENTS: {
  readonly [Name in keyof BreakwaterEvents]: {
    readonly discriminator: readonly number[];
    readonly decoder: () => Decoder<BreakwaterEvents[Name]>;
  };
} = {
  appealBondCollected: { discriminator: [242, 51, 254, 135, 217, 234, 51, 101], decoder: getAppealBondCollectedEventDecoder },
  assemblyClosed: { discriminator: [225, 123, 250, 155, 15, 27, 235, 184], decoder: getAssemblyClosedEventDecoder },
  assemblyCreated: { discriminator: [103, 98, 131, 174, 228, 100, 21, 242], decoder: getAssemblyCreatedEventDecoder },
  authorityAccepted: { discriminator: [166, 192, 219, 188, 41, 209, 195, 26], decoder: getAuthorityAcceptedEventDecoder },
  ballotAppealed: { discriminator: [226, 242, 184, 55, 133, 172, 34, 116], decoder: getBallotAppealedEventDecoder },
  ballotArbitrated: { discriminator: [135, 252, 101, 23, 73, 160, 197, 224], decoder: getBallotArbitratedEventDecoder },
  ballotClosed: { discriminator: [107, 216, 180, 104, 51, 179, 205, 107], decoder: getBallotClosedEventDecoder },
  ballotReclaimed: { discriminator: [80, 12, 104, 80, 243, 216, 117, 120], decoder: getBallotReclaimedEventDecoder },
  bookingPaid: { discriminator: [208, 110, 185, 147, 7, 107, 180, 20], decoder: getBookingPaidEventDecoder },
  breachRefuted: { discriminator: [252, 32, 52, 148, 108, 129, 42, 164], decoder: getBreachRefutedEventDecoder },
  changeApplied: { discriminator: [226, 1, 224, 100, 192, 110, 58, 24], decoder: getChangeAppliedEventDecoder },
  changeBondCollected: { discriminator: [122, 128, 178, 127, 126, 58, 23, 66], decoder: getChangeBondCollectedEventDecoder },
  changeClosed: { discriminator: [229, 241, 17, 153, 60, 190, 10, 145], decoder: getChangeClosedEventDecoder },
  changeDecided: { discriminator: [9, 94, 117, 75, 139, 230, 208, 242], decoder: getChangeDecidedEventDecoder },
  changeMarked: { discriminator: [121, 89, 77, 6, 166, 91, 90, 229], decoder: getChangeMarkedEventDecoder },
  changeProposed: { discriminator: [170, 10, 10, 8, 244, 196, 146, 151], decoder: getChangeProposedEventDecoder },
  changeWithdrawn: { discriminator: [92, 29, 221, 104, 192, 1, 31, 75], decoder: getChangeWithdrawnEventDecoder },
  claimClosed: { discriminator: [73, 155, 63, 71, 195, 114, 28, 232], decoder: getClaimClosedEventDecoder },
  claimDisputed: { discriminator: [109, 245, 47, 152, 254, 114, 248, 215], decoder: getClaimDisputedEventDecoder },
  claimPaid: { discriminator: [212, 155, 88, 118, 128, 99, 132, 42], decoder: getClaimPaidEventDecoder },
  claimRedirected: { discriminator: [44, 180, 32, 197, 118, 127, 230, 220], decoder: getClaimRedirectedEventDecoder },
  claimSubmitted: { discriminator: [95, 1, 120, 227, 177, 240, 174, 52], decoder: getClaimSubmittedEventDecoder },
  contestedReleased: { discriminator: [56, 166, 170, 153, 192, 3, 18, 231], decoder: getContestedReleasedEventDecoder },
  coverBought: { discriminator: [128, 196, 83, 24, 47, 194, 179, 102], decoder: getCoverBoughtEventDecoder },
  coverCancelled: { discriminator: [99, 53, 12, 203, 184, 143, 180, 110], decoder: getCoverCancelledEventDecoder },
  coverDrawn: { discriminator: [107, 248, 22, 33, 212, 174, 133, 224], decoder: getCoverDrawnEventDecoder },
  coverExtended: { discriminator: [166, 196, 160, 12, 173, 175, 73, 149], decoder: getCoverExtendedEventDecoder },
  coverReduced: { discriminator: [181, 242, 117, 188, 181, 104, 16, 226], decoder: getCoverReducedEventDecoder },
  coverTransferred: { discriminator: [174, 156, 254, 67, 7, 153, 163, 137], decoder: getCoverTransferredEventDecoder },
  delegateSet: { discriminator: [103, 126, 239, 131, 201, 31, 212, 253], decoder: getDelegateSetEventDecoder },
  deposited: { discriminator: [111, 141, 26, 45, 161, 35, 100, 57], decoder: getDepositedEventDecoder },
  disputeBondCollected: { discriminator: [42, 147, 126, 193, 17, 104, 50, 110], decoder: getDisputeBondCollectedEventDecoder },
  disputeResolved: { discriminator: [121, 64, 249, 153, 139, 128, 236, 187], decoder: getDisputeResolvedEventDecoder },
  evidenceAttached: { discriminator: [13, 155, 80, 97, 37, 198, 217, 214], decoder: getEvidenceAttachedEventDecoder },
  exitCollected: { discriminator: [137, 58, 215, 3, 104, 190, 0, 60], decoder: getExitCollectedEventDecoder },
  exitEpochClosed: { discriminator: [123, 234, 22, 174, 27, 92, 91, 238], decoder: getExitEpochClosedEventDecoder },
  exitRequested: { discriminator: [92, 125, 6, 23, 233, 196, 149, 70], decoder: getExitRequestedEventDecoder },
  exitsCalled: { discriminator: [233, 236, 123, 22, 34, 39, 117, 150], decoder: getExitsCalledEventDecoder },
  exitsPaid: { discriminator: [76, 68, 236, 178, 30, 237, 158, 214], decoder: getExitsPaidEventDecoder },
  feesCollected: { discriminator: [233, 23, 117, 225, 107, 178, 254, 8], decoder: getFeesCollectedEventDecoder },
  filingEnded: { discriminator: [250, 133, 83, 59, 63, 53, 130, 173], decoder: getFilingEndedEventDecoder },
  incidentBondCollected: { discriminator: [32, 36, 27, 34, 245, 158, 0, 122], decoder: getIncidentBondCollectedEventDecoder },
  incidentChallenged: { discriminator: [144, 200, 81, 251, 127, 17, 157, 230], decoder: getIncidentChallengedEventDecoder },
  incidentClosed: { discriminator: [22, 157, 204, 159, 155, 46, 23, 244], decoder: getIncidentClosedEventDecoder },
  incidentDecided: { discriminator: [156, 41, 121, 83, 222, 90, 80, 70], decoder: getIncidentDecidedEventDecoder },
  incidentOpened: { discriminator: [239, 42, 225, 83, 172, 22, 9, 71], decoder: getIncidentOpenedEventDecoder },
  incidentRefuted: { discriminator: [16, 112, 94, 11, 27, 171, 86, 169], decoder: getIncidentRefutedEventDecoder },
  incidentSettled: { discriminator: [211, 150, 83, 161, 148, 56, 149, 254], decoder: getIncidentSettledEventDecoder },
  policyClosed: { discriminator: [19, 126, 82, 173, 79, 86, 50, 51], decoder: getPolicyClosedEventDecoder },
  poolClosed: { discriminator: [106, 46, 29, 231, 42, 44, 73, 119], decoder: getPoolClosedEventDecoder },
  poolCreated: { discriminator: [202, 44, 41, 88, 104, 220, 157, 82], decoder: getPoolCreatedEventDecoder },
  poolOpened: { discriminator: [44, 53, 197, 215, 31, 61, 56, 170], decoder: getPoolOpenedEventDecoder },
  poolPaused: { discriminator: [228, 218, 62, 53, 29, 211, 159, 236], decoder: getPoolPausedEventDecoder },
  priceObserved: { discriminator: [124, 77, 145, 27, 60, 209, 156, 248], decoder: getPriceObservedEventDecoder },
  productClosed: { discriminator: [212, 141, 16, 142, 153, 231, 8, 30], decoder: getProductClosedEventDecoder },
  productListed: { discriminator: [56, 223, 22, 115, 220, 21, 154, 238], decoder: getProductListedEventDecoder },
  productRolled: { discriminator: [225, 144, 53, 43, 72, 134, 32, 245], decoder: getProductRolledEventDecoder },
  recovered: { discriminator: [117, 0, 54, 192, 187, 24, 240, 130], decoder: getRecoveredEventDecoder },
  restSettled: { discriminator: [79, 189, 128, 35, 148, 64, 100, 19], decoder: getRestSettledEventDecoder },
  retiredClosed: { discriminator: [34, 127, 18, 52, 176, 248, 207, 175], decoder: getRetiredClosedEventDecoder },
  retiredRedeemed: { discriminator: [118, 88, 80, 175, 14, 34, 235, 121], decoder: getRetiredRedeemedEventDecoder },
  sharesRetired: { discriminator: [0, 145, 81, 190, 135, 101, 2, 166], decoder: getSharesRetiredEventDecoder },
  slashBurned: { discriminator: [201, 125, 42, 158, 238, 252, 16, 174], decoder: getSlashBurnedEventDecoder },
  staked: { discriminator: [11, 146, 45, 205, 230, 58, 213, 240], decoder: getStakedEventDecoder },
  surplusAbsorbed: { discriminator: [63, 108, 50, 58, 160, 101, 237, 20], decoder: getSurplusAbsorbedEventDecoder },
  unstakeRequested: { discriminator: [21, 253, 177, 85, 129, 206, 42, 152], decoder: getUnstakeRequestedEventDecoder },
  unstaked: { discriminator: [27, 179, 156, 215, 47, 71, 195, 7], decoder: getUnstakedEventDecoder },
  voteReleased: { discriminator: [176, 69, 134, 80, 77, 152, 221, 103], decoder: getVoteReleasedEventDecoder },
  voted: { discriminator: [189, 74, 101, 127, 109, 214, 95, 130], decoder: getVotedEventDecoder },
  voterClosed: { discriminator: [216, 186, 79, 181, 177, 108, 176, 138], decoder: getVoterClosedEventDecoder },
  withdrawn: { discriminator: [20, 89, 223, 198, 194, 124, 219, 13], decoder: getWithdrawnEventDecoder },
};
