//! Generated from `idls/breakwater.json` by `cargo xtask codegen`: do not edit.

use crate::{Pack, ZeroCopy};
use breakwater_state::{events::*, *};
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};

impl ZeroCopy for Assembly {
    const NAME: &'static str = "Assembly";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [128, 195, 50, 118, 116, 213, 225, 145];
}

impl ZeroCopy for Ballot {
    const NAME: &'static str = "Ballot";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [3, 232, 121, 204, 232, 137, 138, 164];
}

impl ZeroCopy for Change {
    const NAME: &'static str = "Change";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [93, 222, 240, 145, 239, 181, 231, 51];
}

impl ZeroCopy for Claim {
    const NAME: &'static str = "Claim";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [155, 70, 22, 176, 123, 215, 246, 102];
}

impl ZeroCopy for ExitEpoch {
    const NAME: &'static str = "ExitEpoch";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [250, 24, 250, 166, 89, 254, 36, 135];
}

impl ZeroCopy for ExitTicket {
    const NAME: &'static str = "ExitTicket";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [137, 38, 96, 201, 22, 40, 172, 171];
}

impl ZeroCopy for Incident {
    const NAME: &'static str = "Incident";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [144, 81, 144, 130, 200, 193, 26, 111];
}

impl ZeroCopy for Policy {
    const NAME: &'static str = "Policy";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [222, 135, 7, 163, 235, 177, 33, 68];
}

impl ZeroCopy for Pool {
    const NAME: &'static str = "Pool";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [241, 154, 109, 4, 17, 177, 109, 188];
}

impl ZeroCopy for Product {
    const NAME: &'static str = "Product";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [102, 76, 55, 251, 38, 73, 224, 229];
}

impl ZeroCopy for Retired {
    const NAME: &'static str = "Retired";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [188, 174, 79, 164, 193, 177, 23, 78];
}

impl ZeroCopy for VoteRecord {
    const NAME: &'static str = "VoteRecord";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [112, 9, 123, 165, 234, 9, 157, 167];
}

impl ZeroCopy for Voter {
    const NAME: &'static str = "Voter";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [241, 93, 35, 191, 254, 147, 17, 202];
}

impl ZeroCopy for AppealBondCollected {
    const NAME: &'static str = "AppealBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [242, 51, 254, 135, 217, 234, 51, 101];
}

impl ZeroCopy for AssemblyClosed {
    const NAME: &'static str = "AssemblyClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [225, 123, 250, 155, 15, 27, 235, 184];
}

impl ZeroCopy for AssemblyCreated {
    const NAME: &'static str = "AssemblyCreated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [103, 98, 131, 174, 228, 100, 21, 242];
}

impl ZeroCopy for AuthorityAccepted {
    const NAME: &'static str = "AuthorityAccepted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [166, 192, 219, 188, 41, 209, 195, 26];
}

impl ZeroCopy for BallotAppealed {
    const NAME: &'static str = "BallotAppealed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [226, 242, 184, 55, 133, 172, 34, 116];
}

impl ZeroCopy for BallotArbitrated {
    const NAME: &'static str = "BallotArbitrated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [135, 252, 101, 23, 73, 160, 197, 224];
}

impl ZeroCopy for BallotClosed {
    const NAME: &'static str = "BallotClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [107, 216, 180, 104, 51, 179, 205, 107];
}

impl ZeroCopy for BallotReclaimed {
    const NAME: &'static str = "BallotReclaimed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [80, 12, 104, 80, 243, 216, 117, 120];
}

impl ZeroCopy for BookingPaid {
    const NAME: &'static str = "BookingPaid";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [208, 110, 185, 147, 7, 107, 180, 20];
}

impl ZeroCopy for BreachRefuted {
    const NAME: &'static str = "BreachRefuted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [252, 32, 52, 148, 108, 129, 42, 164];
}

impl ZeroCopy for ChangeApplied {
    const NAME: &'static str = "ChangeApplied";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [226, 1, 224, 100, 192, 110, 58, 24];
}

impl ZeroCopy for ChangeBondCollected {
    const NAME: &'static str = "ChangeBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [122, 128, 178, 127, 126, 58, 23, 66];
}

impl ZeroCopy for ChangeClosed {
    const NAME: &'static str = "ChangeClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [229, 241, 17, 153, 60, 190, 10, 145];
}

impl ZeroCopy for ChangeDecided {
    const NAME: &'static str = "ChangeDecided";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [9, 94, 117, 75, 139, 230, 208, 242];
}

impl ZeroCopy for ChangeMarked {
    const NAME: &'static str = "ChangeMarked";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [121, 89, 77, 6, 166, 91, 90, 229];
}

impl ZeroCopy for ChangeProposed {
    const NAME: &'static str = "ChangeProposed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [170, 10, 10, 8, 244, 196, 146, 151];
}

impl ZeroCopy for ChangeWithdrawn {
    const NAME: &'static str = "ChangeWithdrawn";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [92, 29, 221, 104, 192, 1, 31, 75];
}

impl ZeroCopy for ClaimClosed {
    const NAME: &'static str = "ClaimClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [73, 155, 63, 71, 195, 114, 28, 232];
}

impl ZeroCopy for ClaimDisputed {
    const NAME: &'static str = "ClaimDisputed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [109, 245, 47, 152, 254, 114, 248, 215];
}

impl ZeroCopy for ClaimPaid {
    const NAME: &'static str = "ClaimPaid";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [212, 155, 88, 118, 128, 99, 132, 42];
}

impl ZeroCopy for ClaimRedirected {
    const NAME: &'static str = "ClaimRedirected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [44, 180, 32, 197, 118, 127, 230, 220];
}

impl ZeroCopy for ClaimSubmitted {
    const NAME: &'static str = "ClaimSubmitted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [95, 1, 120, 227, 177, 240, 174, 52];
}

impl ZeroCopy for ContestedReleased {
    const NAME: &'static str = "ContestedReleased";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [56, 166, 170, 153, 192, 3, 18, 231];
}

impl ZeroCopy for CoverBought {
    const NAME: &'static str = "CoverBought";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [128, 196, 83, 24, 47, 194, 179, 102];
}

impl ZeroCopy for CoverCancelled {
    const NAME: &'static str = "CoverCancelled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [99, 53, 12, 203, 184, 143, 180, 110];
}

impl ZeroCopy for CoverDrawn {
    const NAME: &'static str = "CoverDrawn";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [107, 248, 22, 33, 212, 174, 133, 224];
}

impl ZeroCopy for CoverExtended {
    const NAME: &'static str = "CoverExtended";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [166, 196, 160, 12, 173, 175, 73, 149];
}

impl ZeroCopy for CoverReduced {
    const NAME: &'static str = "CoverReduced";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [181, 242, 117, 188, 181, 104, 16, 226];
}

impl ZeroCopy for CoverTransferred {
    const NAME: &'static str = "CoverTransferred";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [174, 156, 254, 67, 7, 153, 163, 137];
}

impl ZeroCopy for DelegateSet {
    const NAME: &'static str = "DelegateSet";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [103, 126, 239, 131, 201, 31, 212, 253];
}

impl ZeroCopy for Deposited {
    const NAME: &'static str = "Deposited";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [111, 141, 26, 45, 161, 35, 100, 57];
}

impl ZeroCopy for DisputeBondCollected {
    const NAME: &'static str = "DisputeBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [42, 147, 126, 193, 17, 104, 50, 110];
}

impl ZeroCopy for DisputeResolved {
    const NAME: &'static str = "DisputeResolved";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [121, 64, 249, 153, 139, 128, 236, 187];
}

impl ZeroCopy for EvidenceAttached {
    const NAME: &'static str = "EvidenceAttached";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [13, 155, 80, 97, 37, 198, 217, 214];
}

impl ZeroCopy for ExitCollected {
    const NAME: &'static str = "ExitCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [137, 58, 215, 3, 104, 190, 0, 60];
}

impl ZeroCopy for ExitEpochClosed {
    const NAME: &'static str = "ExitEpochClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [123, 234, 22, 174, 27, 92, 91, 238];
}

impl ZeroCopy for ExitRequested {
    const NAME: &'static str = "ExitRequested";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [92, 125, 6, 23, 233, 196, 149, 70];
}

impl ZeroCopy for ExitsCalled {
    const NAME: &'static str = "ExitsCalled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [233, 236, 123, 22, 34, 39, 117, 150];
}

impl ZeroCopy for ExitsPaid {
    const NAME: &'static str = "ExitsPaid";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [76, 68, 236, 178, 30, 237, 158, 214];
}

impl ZeroCopy for FeesCollected {
    const NAME: &'static str = "FeesCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [233, 23, 117, 225, 107, 178, 254, 8];
}

impl ZeroCopy for FilingEnded {
    const NAME: &'static str = "FilingEnded";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [250, 133, 83, 59, 63, 53, 130, 173];
}

impl ZeroCopy for IncidentBondCollected {
    const NAME: &'static str = "IncidentBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [32, 36, 27, 34, 245, 158, 0, 122];
}

impl ZeroCopy for IncidentChallenged {
    const NAME: &'static str = "IncidentChallenged";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [144, 200, 81, 251, 127, 17, 157, 230];
}

impl ZeroCopy for IncidentClosed {
    const NAME: &'static str = "IncidentClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [22, 157, 204, 159, 155, 46, 23, 244];
}

impl ZeroCopy for IncidentDecided {
    const NAME: &'static str = "IncidentDecided";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [156, 41, 121, 83, 222, 90, 80, 70];
}

impl ZeroCopy for IncidentOpened {
    const NAME: &'static str = "IncidentOpened";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [239, 42, 225, 83, 172, 22, 9, 71];
}

impl ZeroCopy for IncidentRefuted {
    const NAME: &'static str = "IncidentRefuted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [16, 112, 94, 11, 27, 171, 86, 169];
}

impl ZeroCopy for IncidentSettled {
    const NAME: &'static str = "IncidentSettled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [211, 150, 83, 161, 148, 56, 149, 254];
}

impl ZeroCopy for PolicyClosed {
    const NAME: &'static str = "PolicyClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [19, 126, 82, 173, 79, 86, 50, 51];
}

impl ZeroCopy for PoolClosed {
    const NAME: &'static str = "PoolClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [106, 46, 29, 231, 42, 44, 73, 119];
}

impl ZeroCopy for PoolCreated {
    const NAME: &'static str = "PoolCreated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [202, 44, 41, 88, 104, 220, 157, 82];
}

impl ZeroCopy for PoolOpened {
    const NAME: &'static str = "PoolOpened";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [44, 53, 197, 215, 31, 61, 56, 170];
}

impl ZeroCopy for PoolPaused {
    const NAME: &'static str = "PoolPaused";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [228, 218, 62, 53, 29, 211, 159, 236];
}

impl ZeroCopy for PriceObserved {
    const NAME: &'static str = "PriceObserved";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [124, 77, 145, 27, 60, 209, 156, 248];
}

impl ZeroCopy for ProductClosed {
    const NAME: &'static str = "ProductClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [212, 141, 16, 142, 153, 231, 8, 30];
}

impl ZeroCopy for ProductListed {
    const NAME: &'static str = "ProductListed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [56, 223, 22, 115, 220, 21, 154, 238];
}

impl ZeroCopy for ProductRolled {
    const NAME: &'static str = "ProductRolled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [225, 144, 53, 43, 72, 134, 32, 245];
}

impl ZeroCopy for Recovered {
    const NAME: &'static str = "Recovered";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [117, 0, 54, 192, 187, 24, 240, 130];
}

impl ZeroCopy for RestSettled {
    const NAME: &'static str = "RestSettled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [79, 189, 128, 35, 148, 64, 100, 19];
}

impl ZeroCopy for RetiredClosed {
    const NAME: &'static str = "RetiredClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [34, 127, 18, 52, 176, 248, 207, 175];
}

impl ZeroCopy for RetiredRedeemed {
    const NAME: &'static str = "RetiredRedeemed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [118, 88, 80, 175, 14, 34, 235, 121];
}

impl ZeroCopy for SharesRetired {
    const NAME: &'static str = "SharesRetired";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [0, 145, 81, 190, 135, 101, 2, 166];
}

impl ZeroCopy for SlashBurned {
    const NAME: &'static str = "SlashBurned";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [201, 125, 42, 158, 238, 252, 16, 174];
}

impl ZeroCopy for Staked {
    const NAME: &'static str = "Staked";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [11, 146, 45, 205, 230, 58, 213, 240];
}

impl ZeroCopy for SurplusAbsorbed {
    const NAME: &'static str = "SurplusAbsorbed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [63, 108, 50, 58, 160, 101, 237, 20];
}

impl ZeroCopy for UnstakeRequested {
    const NAME: &'static str = "UnstakeRequested";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [21, 253, 177, 85, 129, 206, 42, 152];
}

impl ZeroCopy for Unstaked {
    const NAME: &'static str = "Unstaked";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [27, 179, 156, 215, 47, 71, 195, 7];
}

impl ZeroCopy for VoteReleased {
    const NAME: &'static str = "VoteReleased";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [176, 69, 134, 80, 77, 152, 221, 103];
}

impl ZeroCopy for Voted {
    const NAME: &'static str = "Voted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [189, 74, 101, 127, 109, 214, 95, 130];
}

impl ZeroCopy for VoterClosed {
    const NAME: &'static str = "VoterClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [216, 186, 79, 181, 177, 108, 176, 138];
}

impl ZeroCopy for Withdrawn {
    const NAME: &'static str = "Withdrawn";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [20, 89, 223, 198, 194, 124, 219, 13];
}

/// What the program logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "copied whole, one at a time")]
pub enum Event {
    /// See [`AppealBondCollected`].
    AppealBondCollected(AppealBondCollected),
    /// See [`AssemblyClosed`].
    AssemblyClosed(AssemblyClosed),
    /// See [`AssemblyCreated`].
    AssemblyCreated(AssemblyCreated),
    /// See [`AuthorityAccepted`].
    AuthorityAccepted(AuthorityAccepted),
    /// See [`BallotAppealed`].
    BallotAppealed(BallotAppealed),
    /// See [`BallotArbitrated`].
    BallotArbitrated(BallotArbitrated),
    /// See [`BallotClosed`].
    BallotClosed(BallotClosed),
    /// See [`BallotReclaimed`].
    BallotReclaimed(BallotReclaimed),
    /// See [`BookingPaid`].
    BookingPaid(BookingPaid),
    /// See [`BreachRefuted`].
    BreachRefuted(BreachRefuted),
    /// See [`ChangeApplied`].
    ChangeApplied(ChangeApplied),
    /// See [`ChangeBondCollected`].
    ChangeBondCollected(ChangeBondCollected),
    /// See [`ChangeClosed`].
    ChangeClosed(ChangeClosed),
    /// See [`ChangeDecided`].
    ChangeDecided(ChangeDecided),
    /// See [`ChangeMarked`].
    ChangeMarked(ChangeMarked),
    /// See [`ChangeProposed`].
    ChangeProposed(ChangeProposed),
    /// See [`ChangeWithdrawn`].
    ChangeWithdrawn(ChangeWithdrawn),
    /// See [`ClaimClosed`].
    ClaimClosed(ClaimClosed),
    /// See [`ClaimDisputed`].
    ClaimDisputed(ClaimDisputed),
    /// See [`ClaimPaid`].
    ClaimPaid(ClaimPaid),
    /// See [`ClaimRedirected`].
    ClaimRedirected(ClaimRedirected),
    /// See [`ClaimSubmitted`].
    ClaimSubmitted(ClaimSubmitted),
    /// See [`ContestedReleased`].
    ContestedReleased(ContestedReleased),
    /// See [`CoverBought`].
    CoverBought(CoverBought),
    /// See [`CoverCancelled`].
    CoverCancelled(CoverCancelled),
    /// See [`CoverDrawn`].
    CoverDrawn(CoverDrawn),
    /// See [`CoverExtended`].
    CoverExtended(CoverExtended),
    /// See [`CoverReduced`].
    CoverReduced(CoverReduced),
    /// See [`CoverTransferred`].
    CoverTransferred(CoverTransferred),
    /// See [`DelegateSet`].
    DelegateSet(DelegateSet),
    /// See [`Deposited`].
    Deposited(Deposited),
    /// See [`DisputeBondCollected`].
    DisputeBondCollected(DisputeBondCollected),
    /// See [`DisputeResolved`].
    DisputeResolved(DisputeResolved),
    /// See [`EvidenceAttached`].
    EvidenceAttached(EvidenceAttached),
    /// See [`ExitCollected`].
    ExitCollected(ExitCollected),
    /// See [`ExitEpochClosed`].
    ExitEpochClosed(ExitEpochClosed),
    /// See [`ExitRequested`].
    ExitRequested(ExitRequested),
    /// See [`ExitsCalled`].
    ExitsCalled(ExitsCalled),
    /// See [`ExitsPaid`].
    ExitsPaid(ExitsPaid),
    /// See [`FeesCollected`].
    FeesCollected(FeesCollected),
    /// See [`FilingEnded`].
    FilingEnded(FilingEnded),
    /// See [`IncidentBondCollected`].
    IncidentBondCollected(IncidentBondCollected),
    /// See [`IncidentChallenged`].
    IncidentChallenged(IncidentChallenged),
    /// See [`IncidentClosed`].
    IncidentClosed(IncidentClosed),
    /// See [`IncidentDecided`].
    IncidentDecided(IncidentDecided),
    /// See [`IncidentOpened`].
    IncidentOpened(IncidentOpened),
    /// See [`IncidentRefuted`].
    IncidentRefuted(IncidentRefuted),
    /// See [`IncidentSettled`].
    IncidentSettled(IncidentSettled),
    /// See [`PolicyClosed`].
    PolicyClosed(PolicyClosed),
    /// See [`PoolClosed`].
    PoolClosed(PoolClosed),
    /// See [`PoolCreated`].
    PoolCreated(PoolCreated),
    /// See [`PoolOpened`].
    PoolOpened(PoolOpened),
    /// See [`PoolPaused`].
    PoolPaused(PoolPaused),
    /// See [`PriceObserved`].
    PriceObserved(PriceObserved),
    /// See [`ProductClosed`].
    ProductClosed(ProductClosed),
    /// See [`ProductListed`].
    ProductListed(ProductListed),
    /// See [`ProductRolled`].
    ProductRolled(ProductRolled),
    /// See [`Recovered`].
    Recovered(Recovered),
    /// See [`RestSettled`].
    RestSettled(RestSettled),
    /// See [`RetiredClosed`].
    RetiredClosed(RetiredClosed),
    /// See [`RetiredRedeemed`].
    RetiredRedeemed(RetiredRedeemed),
    /// See [`SharesRetired`].
    SharesRetired(SharesRetired),
    /// See [`SlashBurned`].
    SlashBurned(SlashBurned),
    /// See [`Staked`].
    Staked(Staked),
    /// See [`SurplusAbsorbed`].
    SurplusAbsorbed(SurplusAbsorbed),
    /// See [`UnstakeRequested`].
    UnstakeRequested(UnstakeRequested),
    /// See [`Unstaked`].
    Unstaked(Unstaked),
    /// See [`VoteReleased`].
    VoteReleased(VoteReleased),
    /// See [`Voted`].
    Voted(Voted),
    /// See [`VoterClosed`].
    VoterClosed(VoterClosed),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
}

impl Event {
    /// The event that logged bytes hold, if they hold one.
    #[must_use]
    pub fn decode(data: &[u8]) -> Option<Self> {
        AppealBondCollected::decode(data)
            .map(Self::AppealBondCollected)
            .or_else(|| AssemblyClosed::decode(data).map(Self::AssemblyClosed))
            .or_else(|| AssemblyCreated::decode(data).map(Self::AssemblyCreated))
            .or_else(|| AuthorityAccepted::decode(data).map(Self::AuthorityAccepted))
            .or_else(|| BallotAppealed::decode(data).map(Self::BallotAppealed))
            .or_else(|| BallotArbitrated::decode(data).map(Self::BallotArbitrated))
            .or_else(|| BallotClosed::decode(data).map(Self::BallotClosed))
            .or_else(|| BallotReclaimed::decode(data).map(Self::BallotReclaimed))
            .or_else(|| BookingPaid::decode(data).map(Self::BookingPaid))
            .or_else(|| BreachRefuted::decode(data).map(Self::BreachRefuted))
            .or_else(|| ChangeApplied::decode(data).map(Self::ChangeApplied))
            .or_else(|| ChangeBondCollected::decode(data).map(Self::ChangeBondCollected))
            .or_else(|| ChangeClosed::decode(data).map(Self::ChangeClosed))
            .or_else(|| ChangeDecided::decode(data).map(Self::ChangeDecided))
            .or_else(|| ChangeMarked::decode(data).map(Self::ChangeMarked))
            .or_else(|| ChangeProposed::decode(data).map(Self::ChangeProposed))
            .or_else(|| ChangeWithdrawn::decode(data).map(Self::ChangeWithdrawn))
            .or_else(|| ClaimClosed::decode(data).map(Self::ClaimClosed))
            .or_else(|| ClaimDisputed::decode(data).map(Self::ClaimDisputed))
            .or_else(|| ClaimPaid::decode(data).map(Self::ClaimPaid))
            .or_else(|| ClaimRedirected::decode(data).map(Self::ClaimRedirected))
            .or_else(|| ClaimSubmitted::decode(data).map(Self::ClaimSubmitted))
            .or_else(|| ContestedReleased::decode(data).map(Self::ContestedReleased))
            .or_else(|| CoverBought::decode(data).map(Self::CoverBought))
            .or_else(|| CoverCancelled::decode(data).map(Self::CoverCancelled))
            .or_else(|| CoverDrawn::decode(data).map(Self::CoverDrawn))
            .or_else(|| CoverExtended::decode(data).map(Self::CoverExtended))
            .or_else(|| CoverReduced::decode(data).map(Self::CoverReduced))
            .or_else(|| CoverTransferred::decode(data).map(Self::CoverTransferred))
            .or_else(|| DelegateSet::decode(data).map(Self::DelegateSet))
            .or_else(|| Deposited::decode(data).map(Self::Deposited))
            .or_else(|| DisputeBondCollected::decode(data).map(Self::DisputeBondCollected))
            .or_else(|| DisputeResolved::decode(data).map(Self::DisputeResolved))
            .or_else(|| EvidenceAttached::decode(data).map(Self::EvidenceAttached))
            .or_else(|| ExitCollected::decode(data).map(Self::ExitCollected))
            .or_else(|| ExitEpochClosed::decode(data).map(Self::ExitEpochClosed))
            .or_else(|| ExitRequested::decode(data).map(Self::ExitRequested))
            .or_else(|| ExitsCalled::decode(data).map(Self::ExitsCalled))
            .or_else(|| ExitsPaid::decode(data).map(Self::ExitsPaid))
            .or_else(|| FeesCollected::decode(data).map(Self::FeesCollected))
            .or_else(|| FilingEnded::decode(data).map(Self::FilingEnded))
            .or_else(|| IncidentBondCollected::decode(data).map(Self::IncidentBondCollected))
            .or_else(|| IncidentChallenged::decode(data).map(Self::IncidentChallenged))
            .or_else(|| IncidentClosed::decode(data).map(Self::IncidentClosed))
            .or_else(|| IncidentDecided::decode(data).map(Self::IncidentDecided))
            .or_else(|| IncidentOpened::decode(data).map(Self::IncidentOpened))
            .or_else(|| IncidentRefuted::decode(data).map(Self::IncidentRefuted))
            .or_else(|| IncidentSettled::decode(data).map(Self::IncidentSettled))
            .or_else(|| PolicyClosed::decode(data).map(Self::PolicyClosed))
            .or_else(|| PoolClosed::decode(data).map(Self::PoolClosed))
            .or_else(|| PoolCreated::decode(data).map(Self::PoolCreated))
            .or_else(|| PoolOpened::decode(data).map(Self::PoolOpened))
            .or_else(|| PoolPaused::decode(data).map(Self::PoolPaused))
            .or_else(|| PriceObserved::decode(data).map(Self::PriceObserved))
            .or_else(|| ProductClosed::decode(data).map(Self::ProductClosed))
            .or_else(|| ProductListed::decode(data).map(Self::ProductListed))
            .or_else(|| ProductRolled::decode(data).map(Self::ProductRolled))
            .or_else(|| Recovered::decode(data).map(Self::Recovered))
            .or_else(|| RestSettled::decode(data).map(Self::RestSettled))
            .or_else(|| RetiredClosed::decode(data).map(Self::RetiredClosed))
            .or_else(|| RetiredRedeemed::decode(data).map(Self::RetiredRedeemed))
            .or_else(|| SharesRetired::decode(data).map(Self::SharesRetired))
            .or_else(|| SlashBurned::decode(data).map(Self::SlashBurned))
            .or_else(|| Staked::decode(data).map(Self::Staked))
            .or_else(|| SurplusAbsorbed::decode(data).map(Self::SurplusAbsorbed))
            .or_else(|| UnstakeRequested::decode(data).map(Self::UnstakeRequested))
            .or_else(|| Unstaked::decode(data).map(Self::Unstaked))
            .or_else(|| VoteReleased::decode(data).map(Self::VoteReleased))
            .or_else(|| Voted::decode(data).map(Self::Voted))
            .or_else(|| VoterClosed::decode(data).map(Self::VoterClosed))
            .or_else(|| Withdrawn::decode(data).map(Self::Withdrawn))
    }
}

impl Event {
    /// The pool's books after it, and what time had earned the LPs before it, atoms; `None` when it moved nothing.
    #[must_use]
    pub const fn books(&self) -> Option<(Books, u64)> {
        match self {
            Self::AppealBondCollected(event) => Some((event.books, 0)),
            Self::BallotAppealed(event) => Some((event.books, event.earned)),
            Self::BookingPaid(event) => Some((event.books, event.earned)),
            Self::ChangeBondCollected(event) => Some((event.books, 0)),
            Self::ChangeDecided(event) => Some((event.books, event.earned)),
            Self::ChangeProposed(event) => Some((event.books, event.earned)),
            Self::ClaimDisputed(event) => Some((event.books, event.earned)),
            Self::ClaimPaid(event) => Some((event.books, event.earned)),
            Self::ClaimSubmitted(event) => Some((event.books, event.earned)),
            Self::ContestedReleased(event) => Some((event.books, event.earned)),
            Self::CoverBought(event) => Some((event.books, event.earned)),
            Self::CoverCancelled(event) => Some((event.books, event.earned)),
            Self::CoverDrawn(event) => Some((event.books, event.earned)),
            Self::CoverExtended(event) => Some((event.books, event.earned)),
            Self::CoverReduced(event) => Some((event.books, event.earned)),
            Self::Deposited(event) => Some((event.books, event.earned)),
            Self::DisputeBondCollected(event) => Some((event.books, 0)),
            Self::DisputeResolved(event) => Some((event.books, event.earned)),
            Self::ExitCollected(event) => Some((event.books, 0)),
            Self::ExitEpochClosed(event) => Some((event.books, event.earned)),
            Self::ExitRequested(event) => Some((event.books, event.earned)),
            Self::ExitsCalled(event) => Some((event.books, event.earned)),
            Self::ExitsPaid(event) => Some((event.books, event.earned)),
            Self::FeesCollected(event) => Some((event.books, 0)),
            Self::FilingEnded(event) => Some((event.books, event.earned)),
            Self::IncidentBondCollected(event) => Some((event.books, 0)),
            Self::IncidentChallenged(event) => Some((event.books, event.earned)),
            Self::IncidentDecided(event) => Some((event.books, event.earned)),
            Self::IncidentOpened(event) => Some((event.books, event.earned)),
            Self::IncidentSettled(event) => Some((event.books, event.earned)),
            Self::ProductClosed(event) => Some((event.books, event.earned)),
            Self::ProductRolled(event) => Some((event.books, event.earned)),
            Self::Recovered(event) => Some((event.books, event.earned)),
            Self::RestSettled(event) => Some((event.books, event.earned)),
            Self::RetiredClosed(event) => Some((event.books, event.earned)),
            Self::RetiredRedeemed(event) => Some((event.books, 0)),
            Self::SharesRetired(event) => Some((event.books, event.earned)),
            Self::SurplusAbsorbed(event) => Some((event.books, event.earned)),
            Self::VoteReleased(event) => Some((event.books, 0)),
            Self::Withdrawn(event) => Some((event.books, event.earned)),
            _ => None,
        }
    }
}

/// Streams what was sent to the vault to the LPs. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct AbsorbSurplus {
    /// The pool.
    pub pool: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl AbsorbSurplus {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![38];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.pool, false), AccountMeta::new_readonly(self.vault, false)],
            data,
        }
    }
}

/// Hands the authority over by a queued change. Who gets it signs.
#[derive(Clone, Copy, Debug)]
pub struct AcceptAuthority {
    /// Who gets the authority.
    pub new_authority: Address,
    /// The pool.
    pub pool: Address,
    /// The change of the authority.
    pub change: Address,
}

impl AcceptAuthority {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![132];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.new_authority, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
            ],
            data,
        }
    }
}

/// Has a decided ballot voted on again, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Appeal {
    /// Pays the bond.
    pub appellant: Address,
    /// Pays the tips; may be the appellant.
    pub payer: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Where the bond comes from.
    pub appellant_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Appeal {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![6];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.appellant, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.appellant_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Applies a queued change that has waited long enough. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ApplyChange {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The first exit epoch that is not paid in full; none when none waits.
    pub first_exit: Option<Address>,
    /// The new assembly; for a change of the court.
    pub court: Option<Address>,
    /// Pays for what the words of the shares grow by; for a change of those.
    pub payer: Option<Address>,
    /// Mint of the shares; for a change of what wallets show of them.
    pub share_mint: Option<Address>,
    /// Token program of the shares; for such a change.
    pub share_token_program: Option<Address>,
}

impl ApplyChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![129];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                self.product.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                self.first_exit
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                self.court.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                self.payer.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, true)),
                self.share_mint
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                self.share_token_program
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Decides a ballot in which too few voted: 0 against, 16 for, or between them. The arbiter signs.
#[derive(Clone, Copy, Debug)]
pub struct Arbitrate {
    /// The ballot's arbiter.
    pub arbiter: Address,
    /// The ballot.
    pub ballot: Address,
}

impl Arbitrate {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, level: u8) -> Instruction {
        let mut data = vec![7];
        level.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.arbiter, true), AccountMeta::new(self.ballot, false)],
            data,
        }
    }
}

/// Attaches evidence to what is voted on, or the reasons of a vote. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct AttachEvidence {
    /// Who attaches it.
    pub author: Address,
    /// What it is about: an incident, a claim, a change or a ballot.
    pub subject: Address,
}

impl AttachEvidence {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, evidence: &Evidence) -> Instruction {
        let mut data = vec![14];
        evidence.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.author, true),
                AccountMeta::new_readonly(self.subject, false),
            ],
            data,
        }
    }
}

/// Burns the stake that voters have lost. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct BurnSlashed {
    /// The assembly.
    pub assembly: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl BurnSlashed {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![11];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Buys policy number `id` of its payer, for any holder. The payer signs.
#[derive(Clone, Copy, Debug)]
pub struct BuyCover {
    /// Pays the premium and the rent; a seed of the policy.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new policy.
    pub policy: Address,
    /// The assembly that decides on it: the product's, or the pool's where the product covers nothing.
    pub assembly: Address,
    /// Where the premium comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Where the commission goes; none without a commission.
    pub distributor_token: Option<Address>,
    /// Token program of the asset.
    pub token_program: Address,
}

impl BuyCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, request: &CoverRequest) -> Instruction {
        let mut data = vec![48];
        id.pack(&mut data);
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                self.distributor_token
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Calls the first exit epoch, which nobody paid in time, a day ahead. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CallExits {
    /// The pool.
    pub pool: Address,
    /// The first exit epoch that is not paid in full.
    pub epoch: Address,
}

impl CallExits {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![35];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.pool, false), AccountMeta::new_readonly(self.epoch, false)],
            data,
        }
    }
}

/// Ends a policy with this day for a refund of at least `min_refund`. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct CancelCover {
    /// Holder of the policy.
    pub holder: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The product's assembly: giving cover up is free while it has less stake than the floor.
    pub assembly: Address,
    /// Where the refund goes; any token account the holder names.
    pub holder_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CancelCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, min_refund: u64) -> Instruction {
        let mut data = vec![50];
        min_refund.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.holder, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.holder_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Has the jury decide on an incident that prices opened, or on a booking, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ChallengeIncident {
    /// Pays the bond.
    pub challenger: Address,
    /// Pays the rent and the tips; may be the challenger.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// The incident's assembly.
    pub assembly: Address,
    /// The new ballot on the incident.
    pub ballot: Address,
    /// Where the bond comes from.
    pub challenger_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ChallengeIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, evidence: &Evidence) -> Instruction {
        let mut data = vec![99];
        evidence.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.challenger, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.challenger_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Files the claim of a policy in an incident that prices opened. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ClaimBreach {
    /// Pays the rent and the tip; may be the holder.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// The new claim: one per incident and policy.
    pub claim: Address,
    /// Holder of the policy; need not sign.
    pub holder: Address,
    /// Token account that is to be paid: the holder's associated one; any when the holder signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ClaimBreach {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![101];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new_readonly(self.holder, false),
                AccountMeta::new_readonly(self.receiver, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Closes an assembly that no pool and no voter needs. Its creator signs.
#[derive(Clone, Copy, Debug)]
pub struct CloseAssembly {
    /// Who created it.
    pub creator: Address,
    /// The assembly.
    pub assembly: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseAssembly {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![13];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.creator, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes a ballot's round whose time is over, or whose outcome no vote can change. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseBallot {
    /// Gets a tip.
    pub caller: Address,
    /// The ballot.
    pub ballot: Address,
}

impl CloseBallot {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![3];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.caller, false), AccountMeta::new(self.ballot, false)],
            data,
        }
    }
}

/// Closes the account of a change that is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseChange {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![135];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes the account of a claim that is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseClaim {
    /// Gets the tip.
    pub caller: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![74];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes an exit epoch that every ticket has left. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseExitEpoch {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The epoch.
    pub epoch: Address,
    /// Who paid the epoch's rent and gets it back.
    pub rent_payer: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl CloseExitEpoch {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![37];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Closes the account of an incident that is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseIncident {
    /// Gets the tip.
    pub caller: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![75];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes a policy that is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ClosePolicy {
    /// Gets the tip.
    pub caller: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who bought it and gets its rent back.
    pub payer: Address,
}

impl ClosePolicy {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![52];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.payer, false),
            ],
            data,
        }
    }
}

/// Closes a pool without shares, products and debts. Its authority signs, or the one who paid its rent.
#[derive(Clone, Copy, Debug)]
pub struct ClosePool {
    /// The pool's authority, or the one who paid its rent.
    pub closer: Address,
    /// The pool.
    pub pool: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// Who paid the rent and gets it back.
    pub rent_payer: Address,
    /// The pool's treasury; need not sign.
    pub treasury: Address,
    /// The treasury's associated token account; any when the treasury signs or the vault is empty.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the shares.
    pub share_mint: Address,
    /// The pool's account of shares on their way out.
    pub exit_escrow: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl ClosePool {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![21];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.closer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new_readonly(self.treasury, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.share_mint, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Closes a product whose policies and incidents are closed. Anyone may once it is delisted; before, the pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct CloseProduct {
    /// Gets the tip.
    pub caller: Address,
    /// The pool's authority; for a product that is not delisted.
    pub authority: Option<Address>,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl CloseProduct {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![20];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                self.authority
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, true)),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Closes the account of retired shares of which none are left. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseRetired {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// What is left for the shares.
    pub retired: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the retired shares.
    pub share_mint: Address,
    /// Their account of shares on their way out.
    pub exit_escrow: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl CloseRetired {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![43];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.retired, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(self.share_mint, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Closes a voter without stake. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseVoter {
    /// Gets the tip.
    pub caller: Address,
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseVoter {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![12];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Gives an appeal's bond back, or shares it out when the appeal changed nothing. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectAppealBond {
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Who appealed; need not sign.
    pub appellant: Address,
    /// The appellant's associated token account; any when the appellant signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectAppealBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![9];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new_readonly(self.appellant, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Gives a change's bond back to its proposer. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectChangeBond {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who proposed it; need not sign.
    pub proposer: Address,
    /// The proposer's associated token account; any when the proposer signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectChangeBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![136];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(self.proposer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays a disputer what a ballot left of the bond, and of the claim's. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectDisputeBond {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Who disputed it; need not sign.
    pub disputer: Address,
    /// The disputer's associated token account; any when the disputer signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectDisputeBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![71];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new_readonly(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new_readonly(self.disputer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays a ticket its part of what was paid to its exit epoch so far. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectExit {
    /// Gets the tip when the ticket ends.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The exit epoch of the ticket.
    pub epoch: Address,
    /// The ticket.
    pub ticket: Address,
    /// Owner of the ticket; need not sign.
    pub owner: Address,
    /// Who paid the ticket's rent and gets it back.
    pub rent_payer: Address,
    /// The ticket's receiver; any token account when the owner signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectExit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![36];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.ticket, false),
                AccountMeta::new_readonly(self.owner, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays the protocol fees to the treasury. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectFees {
    /// The pool.
    pub pool: Address,
    /// The pool's treasury; need not sign.
    pub treasury: Address,
    /// The treasury's associated token account; any when the treasury signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectFees {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![134];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new_readonly(self.treasury, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Gives an incident's bond back to its opener. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectIncidentBond {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// Who posted the bond: the opener, or who challenged; or the holder, of the half of a challenge that a booking outlived.
    /// Need not sign.
    pub bond_owner: Address,
    /// Their associated token account; any when they sign.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectIncidentBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![68];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.bond_owner, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Releases a vote of a final ballot, and pays its reward once that was read. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectVoteReward {
    /// Gets the tip.
    pub caller: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The assembly that voted.
    pub assembly: Address,
    /// The ballot.
    pub ballot: Address,
    /// The vote.
    pub record: Address,
    /// The voter.
    pub voter: Address,
    /// Owner of the stake; need not sign.
    pub owner: Address,
    /// Who paid the record's rent and gets it back.
    pub rent_payer: Address,
    /// The owner's associated token account of the asset; any when the owner signs. Without it the vote is released, and a reward waits.
    pub receiver: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectVoteReward {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![8];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.record, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new_readonly(self.owner, false),
                AccountMeta::new(self.rent_payer, false),
                self.receiver.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Creates an assembly of the stakers of a mint. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CreateAssembly {
    /// Who creates it; a seed of the assembly.
    pub creator: Address,
    /// Pays the rent; may be the creator.
    pub payer: Address,
    /// The new assembly.
    pub assembly: Address,
    /// Mint of the token to stake: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    pub governance_mint: Address,
    /// The assembly's new token account.
    pub stake_vault: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl CreateAssembly {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, params: &AssemblyParams) -> Instruction {
        let mut data = vec![0];
        params.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.creator, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Creates pool number `id` of its creator, whose shares show `words`, unless they are of SPL Token. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CreatePool {
    /// Who creates it; a seed of the pool.
    pub creator: Address,
    /// Pays the rent; may be the creator.
    pub payer: Address,
    /// The new pool.
    pub pool: Address,
    /// The assembly whose ballots decide.
    pub assembly: Address,
    /// Mint of the asset: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    pub asset_mint: Address,
    /// The pool's new token account.
    pub vault: Address,
    /// The new mint of the LP shares.
    pub share_mint: Address,
    /// The new token account of the shares on their way out.
    pub exit_escrow: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl CreatePool {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, params: &PoolParams, words: &ShareWords) -> Instruction {
        let mut data = vec![16];
        id.pack(&mut data);
        params.pack(&mut data);
        words.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.creator, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(self.share_token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Reads the final verdict on an incident. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct DecideIncident {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// The ballot that decides it; none when a price opened it and nobody challenged it.
    pub ballot: Option<Address>,
    /// The policy of a booking; none of others.
    pub policy: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
}

impl DecideIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![77];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                self.ballot.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                self.policy.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Deposits `amount` atoms for at least `min_shares`, on terms and beside liens that were `seen`. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Deposit {
    /// Who pays and gets the shares.
    pub owner: Address,
    /// The pool.
    pub pool: Address,
    /// Where the asset comes from.
    pub owner_token: Address,
    /// Where the shares go; the owner's.
    pub owner_shares: Address,
    /// The pool's vault.
    pub vault: Address,
    /// The pool's share mint.
    pub share_mint: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl Deposit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64, min_shares: u64, seen: &Seen) -> Instruction {
        let mut data = vec![32];
        amount.pack(&mut data);
        min_shares.pack(&mut data);
        seen.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Has a ballot decide how much of a claim stands, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct DisputeClaim {
    /// Who disputes: pays the bond.
    pub disputer: Address,
    /// Pays the rent and the tips; may be the disputer.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The incident's assembly.
    pub assembly: Address,
    /// The new ballot on the claim.
    pub ballot: Address,
    /// Where the bond comes from.
    pub disputer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl DisputeClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, evidence: &Evidence) -> Instruction {
        let mut data = vec![69];
        evidence.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.disputer, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.disputer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Reports a `loss` of the covered program, pays what a policy has for it as far as that goes at once, and books the rest.
/// The product's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// The address that the product lets draw; may be the holder.
    pub authority: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Holder of the policy; need not sign.
    pub holder: Address,
    /// Token account that is paid: the holder's associated one; any when the holder signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Pays the rent and the tip of a booking; none where nothing may have to be booked.
    pub payer: Option<Address>,
    /// Where the booking would be: the product's next incident; none where nothing may have to be booked.
    pub incident: Option<Address>,
}

impl Draw {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, loss: u64, min_paid: u64) -> Instruction {
        let mut data = vec![112];
        loss.pack(&mut data);
        min_paid.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new_readonly(self.holder, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                self.payer.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, true)),
                self.incident.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Ends the filing of an incident whose window is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct EndFiling {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
}

impl EndFiling {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![78];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
            ],
            data,
        }
    }
}

/// Lets a policy cover longer. Anyone may pay.
#[derive(Clone, Copy, Debug)]
pub struct ExtendCover {
    /// Pays the premium; anyone.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Where the premium comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Where the commission goes; none without a commission.
    pub distributor_token: Option<Address>,
    /// The pool's first exit epoch that is not paid in full; none when nobody waits.
    pub first_exit: Option<Address>,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ExtendCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ExtensionRequest) -> Instruction {
        let mut data = vec![49];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                self.distributor_token
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                self.first_exit
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Lists a product. The pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct ListProduct {
    /// The pool's authority.
    pub authority: Address,
    /// Pays the rent; may be the authority.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The new product.
    pub product: Address,
}

impl ListProduct {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, params: &ProductParams) -> Instruction {
        let mut data = vec![17];
        params.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Marks a queued change that can be applied: it lapses in 30 days. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct MarkChange {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The first exit epoch that is not paid in full; none when none waits.
    pub first_exit: Option<Address>,
}

impl MarkChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![138];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new(self.change, false),
                self.product
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                self.first_exit
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
            ],
            data,
        }
    }
}

/// Shows a product that a price decides on a price of its feed. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ObservePrice {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl ObservePrice {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![96];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(self.price_update, false),
            ],
            data,
        }
    }
}

/// Opens an incident on a product, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct OpenIncident {
    /// Who opens it: pays the bond.
    pub opener: Address,
    /// Pays the rent and the tips; may be the opener.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new incident.
    pub incident: Address,
    /// The product's assembly.
    pub assembly: Address,
    /// The new ballot on the incident.
    pub ballot: Address,
    /// Where the bond comes from.
    pub opener_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl OpenIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, report: &IncidentReport) -> Instruction {
        let mut data = vec![64];
        report.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.opener, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.opener_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Announces a pool open, once. Its authority signs.
#[derive(Clone, Copy, Debug)]
pub struct OpenPool {
    /// The pool's authority.
    pub authority: Address,
    /// The pool.
    pub pool: Address,
}

impl OpenPool {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![19];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.authority, true), AccountMeta::new(self.pool, false)],
            data,
        }
    }
}

/// Opens an incident by the breach that prices have shown, without a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct OpenPriceIncident {
    /// Who opens it: pays the rent and the tips.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new incident.
    pub incident: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl OpenPriceIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![98];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Pauses sales and deposits for `seconds`, or with 0 ends the pause. The guardian signs.
#[derive(Clone, Copy, Debug)]
pub struct Pause {
    /// The pool's guardian.
    pub guardian: Address,
    /// The pool.
    pub pool: Address,
}

impl Pause {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, seconds: u64) -> Instruction {
        let mut data = vec![133];
        seconds.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.guardian, true), AccountMeta::new(self.pool, false)],
            data,
        }
    }
}

/// Settles and pays what can be paid of a booking. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct PayBooking {
    /// Gets the tip of the call that ends it.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The booking.
    pub incident: Address,
    /// Holder of the policy; need not sign.
    pub holder: Address,
    /// Token account that is paid: the holder's associated one; any when the holder signs. None to settle without paying.
    pub receiver: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl PayBooking {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![113];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.holder, false),
                self.receiver.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays what can be paid of the first exit epoch that waits. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct PayExits {
    /// Gets the tip of the payment that completes the epoch.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The first exit epoch that is not paid in full.
    pub epoch: Address,
    /// The pool's account of shares on their way out.
    pub exit_escrow: Address,
    /// Mint of the shares.
    pub share_mint: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl PayExits {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![34];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Pays a claim what it has due. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Payout {
    /// Gets the tip, the first time.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// The token account the claimant named. Without it the claim ends, and what it has due waits.
    pub receiver: Option<Address>,
    /// Who posted the bond; need not sign.
    pub funder: Address,
    /// The funder's associated token account, to pay a bond that somebody else posted; any when the funder signs. Without it
    /// that bond waits.
    pub funder_token: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Payout {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![67];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.policy, false),
                self.receiver.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.funder, false),
                self.funder_token
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Puts a change to a ballot, with a bond. A staker signs.
#[derive(Clone, Copy, Debug)]
pub struct PetitionChange {
    /// A staker; pays the bond.
    pub owner: Address,
    /// Pays the rent and the tips; may be the staker.
    pub payer: Address,
    /// The staker's voter account.
    pub voter: Address,
    /// The pool.
    pub pool: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The new change.
    pub change: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// The new ballot on the change.
    pub ballot: Address,
    /// Where the bond comes from.
    pub owner_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl PetitionChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, proposal: &Proposal) -> Instruction {
        let mut data = vec![137];
        id.pack(&mut data);
        proposal.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new_readonly(self.voter, false),
                AccountMeta::new(self.pool, false),
                self.product
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Queues a change, to be applied once it has waited. The pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct ProposeChange {
    /// The pool's authority.
    pub authority: Address,
    /// Pays the rent; may be the authority.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The new change.
    pub change: Address,
}

impl ProposeChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, proposal: &Proposal) -> Instruction {
        let mut data = vec![128];
        id.pack(&mut data);
        proposal.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                self.product
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Queues or refuses a change by its final ballot. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct QueueChange {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The ballot that decides on it.
    pub ballot: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl QueueChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![130];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Returns what `amount` for `term_days` would cost now. Nothing is written.
#[derive(Clone, Copy, Debug)]
pub struct QuoteCover {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The assembly that decides on what is sold: the product's, or the pool's where the product covers nothing.
    pub assembly: Address,
}

impl QuoteCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64, term_days: u16) -> Instruction {
        let mut data = vec![53];
        amount.pack(&mut data);
        term_days.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new_readonly(self.product, false),
                AccountMeta::new_readonly(self.assembly, false),
            ],
            data,
        }
    }
}

/// Closes the account of a ballot that is over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ReclaimBallot {
    /// Gets the tip.
    pub caller: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl ReclaimBallot {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![10];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Pays `amount` back after a settled incident: to its claims, then to the LPs. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Recover {
    /// Pays; anyone.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// What is left for the shares that bore the incident, if they were retired since.
    pub retired: Option<Address>,
    /// Where the money comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Recover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![73];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                self.retired.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Redeems retired shares for their part of what was left. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct RedeemRetired {
    /// Owner of the shares.
    pub owner: Address,
    /// The pool.
    pub pool: Address,
    /// What is left for the shares.
    pub retired: Address,
    /// Where the shares are.
    pub owner_shares: Address,
    /// Token account that is paid.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the retired shares.
    pub share_mint: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl RedeemRetired {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, shares: u64) -> Instruction {
        let mut data = vec![42];
        shares.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.retired, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Has a claim paid to another token account. The one who filed it signs.
#[derive(Clone, Copy, Debug)]
pub struct RedirectClaim {
    /// Who filed the claim.
    pub claimant: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Token account that is to be paid from now on.
    pub receiver: Address,
}

impl RedirectClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![72];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.claimant, true),
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new_readonly(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new_readonly(self.receiver, false),
            ],
            data,
        }
    }
}

/// Gives `part` of a policy's sum insured back for a refund of at least `min_refund`. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct ReduceCover {
    /// Holder of the policy.
    pub holder: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The product's assembly: giving cover up is free while it has less stake than the floor.
    pub assembly: Address,
    /// Where the refund goes; any token account the holder names.
    pub holder_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ReduceCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, part: u64, min_refund: u64) -> Instruction {
        let mut data = vec![56];
        part.pack(&mut data);
        min_refund.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.holder, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.holder_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Has a product forget a breach by a price that was not below the strike. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RefuteBreach {
    /// The product.
    pub product: Address,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl RefuteBreach {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![97];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.product, false), AccountMeta::new_readonly(self.price_update, false)],
            data,
        }
    }
}

/// Voids an incident that prices opened by a price that was not below the strike. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RefuteIncident {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// A price of the product's feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl RefuteIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![100];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.price_update, false),
            ],
            data,
        }
    }
}

/// Gives an exit epoch back what it has in an incident. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseContested {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The exit epoch: the next that was paid while the incident was open.
    pub epoch: Address,
}

impl ReleaseContested {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![39];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.epoch, false),
            ],
            data,
        }
    }
}

/// Puts `shares` on their way out as ticket number `id` of the owner, in exit epoch `number`. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct RequestExit {
    /// Owner of the shares.
    pub owner: Address,
    /// Pays the rent and the tip; may be the owner.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The new ticket.
    pub ticket: Address,
    /// The exit epoch that the ticket joins; created by the first ticket.
    pub epoch: Address,
    /// Where the shares come from.
    pub owner_shares: Address,
    /// The pool's account of shares on their way out.
    pub exit_escrow: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl RequestExit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, number: u64, shares: u64) -> Instruction {
        let mut data = vec![33];
        id.pack(&mut data);
        number.pack(&mut data);
        shares.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ticket, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.receiver, false),
                AccountMeta::new_readonly(self.share_token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Puts `amount` atoms of a stake on their way out. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct RequestUnstake {
    /// Owner of the stake.
    pub owner: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account.
    pub voter: Address,
}

impl RequestUnstake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![4];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
            ],
            data,
        }
    }
}

/// Ends the dispute of a claim by its final ballot. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ResolveDispute {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// The ballot on the claim.
    pub dispute_ballot: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl ResolveDispute {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![70];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.dispute_ballot, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Retires the shares of a pool that was wiped out, and begins new ones. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RetireShares {
    /// Pays the rent.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The new account of what is retired.
    pub retired: Address,
    /// The new mint of the LP shares.
    pub share_mint: Address,
    /// The new token account of the shares on their way out.
    pub exit_escrow: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl RetireShares {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![41];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.retired, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(self.share_token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Brings a pool's books and a product's active cover up to now. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RollProduct {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl RollProduct {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![18];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Lets another vote with a stake from the next ballot on, or nobody: zero. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct SetDelegate {
    /// Owner of the stake.
    pub owner: Address,
    /// The owner's voter account.
    pub voter: Address,
}

impl SetDelegate {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, delegate: &Address) -> Instruction {
        let mut data = vec![15];
        delegate.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.owner, true), AccountMeta::new(self.voter, false)],
            data,
        }
    }
}

/// Ends a decided incident once those before it have: settles or rejects it. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct SettleIncident {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// The next incident of the product; none when it is the last.
    pub next_incident: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
}

impl SettleIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![66];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                self.next_incident
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Gives a settled incident what was held back for others, once no incident of the pool is open. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct SettleRest {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl SettleRest {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![76];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Stakes `amount` atoms of the governance token. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Stake {
    /// Owner of the stake.
    pub owner: Address,
    /// Pays the rent; may be the owner.
    pub payer: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account; created the first time.
    pub voter: Address,
    /// Where the stake comes from.
    pub owner_token: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl Stake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![1];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Files a claim of a policy in an incident, with a bond. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct SubmitClaim {
    /// Holder of the policy.
    pub holder: Address,
    /// Pays the bond and gets it back; may be the holder.
    pub funder: Address,
    /// Pays the rent and the tip; may be the holder or the funder.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// The new claim: one per incident and policy.
    pub claim: Address,
    /// Where the bond comes from.
    pub funder_token: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl SubmitClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ClaimRequest) -> Instruction {
        let mut data = vec![65];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.holder, true),
                AccountMeta::new_readonly(self.funder, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.funder_token, false),
                AccountMeta::new_readonly(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Passes a policy on to `new_holder`. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct TransferCover {
    /// Holder of the policy.
    pub holder: Address,
    /// The policy.
    pub policy: Address,
}

impl TransferCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, new_holder: &Address) -> Instruction {
        let mut data = vec![51];
        new_holder.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.holder, true), AccountMeta::new(self.policy, false)],
            data,
        }
    }
}

/// Takes out what has been on its way for long enough. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Unstake {
    /// Owner of the stake.
    pub owner: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account.
    pub voter: Address,
    /// Where the stake goes; any token account the owner names.
    pub owner_token: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl Unstake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![5];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Casts the owner's weight for a level of a ballot: 0 against, 16 for, or between them. The owner or a delegate signs.
#[derive(Clone, Copy, Debug)]
pub struct Vote {
    /// Owner of the stake, or the owner's delegate.
    pub signer: Address,
    /// Pays the record's rent; may be the signer.
    pub payer: Address,
    /// The owner's voter account.
    pub voter: Address,
    /// The ballot.
    pub ballot: Address,
    /// The vote: one per ballot and voter, cast anew in an appeal. It lies at the address that the System program makes of the voter and
    /// the ballot, which takes one hash.
    pub record: Address,
}

impl Vote {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, level: u8) -> Instruction {
        let mut data = vec![2];
        level.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.signer, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.record, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Burns `shares` for at least `min_amount` atoms at once, until seven days after the opening. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Withdraw {
    /// Owner of the shares.
    pub owner: Address,
    /// The pool.
    pub pool: Address,
    /// Where the shares are.
    pub owner_shares: Address,
    /// Token account that is paid.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the shares.
    pub share_mint: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
}

impl Withdraw {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, shares: u64, min_amount: u64) -> Instruction {
        let mut data = vec![40];
        shares.pack(&mut data);
        min_amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(self.share_token_program, false),
            ],
            data,
        }
    }
}

/// Withdraws a change that the authority queued. Its proposer or the pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawChange {
    /// The pool's authority.
    pub authority: Address,
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
}

impl WithdrawChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![131];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
            ],
            data,
        }
    }
}

/// The name of the instruction that `data` is of.
#[must_use]
pub fn instruction_name(data: &[u8]) -> Option<&'static str> {
    match data.first()? {
        38 => Some("absorb_surplus"),
        132 => Some("accept_authority"),
        6 => Some("appeal"),
        129 => Some("apply_change"),
        7 => Some("arbitrate"),
        14 => Some("attach_evidence"),
        11 => Some("burn_slashed"),
        48 => Some("buy_cover"),
        35 => Some("call_exits"),
        50 => Some("cancel_cover"),
        99 => Some("challenge_incident"),
        101 => Some("claim_breach"),
        13 => Some("close_assembly"),
        3 => Some("close_ballot"),
        135 => Some("close_change"),
        74 => Some("close_claim"),
        37 => Some("close_exit_epoch"),
        75 => Some("close_incident"),
        52 => Some("close_policy"),
        21 => Some("close_pool"),
        20 => Some("close_product"),
        43 => Some("close_retired"),
        12 => Some("close_voter"),
        9 => Some("collect_appeal_bond"),
        136 => Some("collect_change_bond"),
        71 => Some("collect_dispute_bond"),
        36 => Some("collect_exit"),
        134 => Some("collect_fees"),
        68 => Some("collect_incident_bond"),
        8 => Some("collect_vote_reward"),
        0 => Some("create_assembly"),
        16 => Some("create_pool"),
        77 => Some("decide_incident"),
        32 => Some("deposit"),
        69 => Some("dispute_claim"),
        112 => Some("draw"),
        78 => Some("end_filing"),
        49 => Some("extend_cover"),
        17 => Some("list_product"),
        138 => Some("mark_change"),
        96 => Some("observe_price"),
        64 => Some("open_incident"),
        19 => Some("open_pool"),
        98 => Some("open_price_incident"),
        133 => Some("pause"),
        113 => Some("pay_booking"),
        34 => Some("pay_exits"),
        67 => Some("payout"),
        137 => Some("petition_change"),
        128 => Some("propose_change"),
        130 => Some("queue_change"),
        53 => Some("quote_cover"),
        10 => Some("reclaim_ballot"),
        73 => Some("recover"),
        42 => Some("redeem_retired"),
        72 => Some("redirect_claim"),
        56 => Some("reduce_cover"),
        97 => Some("refute_breach"),
        100 => Some("refute_incident"),
        39 => Some("release_contested"),
        33 => Some("request_exit"),
        4 => Some("request_unstake"),
        70 => Some("resolve_dispute"),
        41 => Some("retire_shares"),
        18 => Some("roll_product"),
        15 => Some("set_delegate"),
        66 => Some("settle_incident"),
        76 => Some("settle_rest"),
        1 => Some("stake"),
        65 => Some("submit_claim"),
        51 => Some("transfer_cover"),
        5 => Some("unstake"),
        2 => Some("vote"),
        40 => Some("withdraw"),
        131 => Some("withdraw_change"),
        _ => None,
    }
}

#[cfg(feature = "serde")]
mod as_json {
    use super::*;
    use crate::json::{self, Json};
    use serde::{Serialize, Serializer, ser::SerializeMap};

    impl Serialize for Event {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            match self {
                Event::AppealBondCollected(it) => {
                    map.serialize_entry("event", "AppealBondCollected")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("appellant", &json::Text(it.appellant))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::AssemblyClosed(it) => {
                    map.serialize_entry("event", "AssemblyClosed")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("governance_mint", &json::Text(it.governance_mint))?;
                }
                Event::AssemblyCreated(it) => {
                    map.serialize_entry("event", "AssemblyCreated")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("governance_mint", &json::Text(it.governance_mint))?;
                }
                Event::AuthorityAccepted(it) => {
                    map.serialize_entry("event", "AuthorityAccepted")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("authority", &json::Text(it.authority))?;
                    map.serialize_entry("new_authority", &json::Text(it.new_authority))?;
                }
                Event::BallotAppealed(it) => {
                    map.serialize_entry("event", "BallotAppealed")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("subject", &json::Text(it.subject))?;
                    map.serialize_entry("appellant", &json::Text(it.appellant))?;
                    map.serialize_entry("first_level", &it.first_level)?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("closes_at", &it.closes_at)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::BallotArbitrated(it) => {
                    map.serialize_entry("event", "BallotArbitrated")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("subject", &json::Text(it.subject))?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("level", &it.level)?;
                    map.serialize_entry("until", &it.until)?;
                }
                Event::BallotClosed(it) => {
                    map.serialize_entry("event", "BallotClosed")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("subject", &json::Text(it.subject))?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("level", &it.level)?;
                    map.serialize_entry("weight_cast", &it.weight_cast)?;
                    map.serialize_entry("eligible_weight", &it.eligible_weight)?;
                    map.serialize_entry("round", &it.round)?;
                    map.serialize_entry("until", &it.until)?;
                }
                Event::BallotReclaimed(it) => {
                    map.serialize_entry("event", "BallotReclaimed")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("unreserved", &it.unreserved)?;
                }
                Event::BookingPaid(it) => {
                    map.serialize_entry("event", "BookingPaid")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("given_back", &it.given_back)?;
                    map.serialize_entry("settled", &it.settled)?;
                    map.serialize_entry("contested", &it.contested)?;
                    map.serialize_entry("unsettled", &it.unsettled)?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::BreachRefuted(it) => {
                    map.serialize_entry("event", "BreachRefuted")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("low", &it.low)?;
                    map.serialize_entry("published_at", &it.published_at)?;
                }
                Event::ChangeApplied(it) => {
                    map.serialize_entry("event", "ChangeApplied")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("before", &json::Brief(&it.before))?;
                    map.serialize_entry("after", &json::Brief(&it.after))?;
                }
                Event::ChangeBondCollected(it) => {
                    map.serialize_entry("event", "ChangeBondCollected")?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("proposer", &json::Text(it.proposer))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ChangeClosed(it) => {
                    map.serialize_entry("event", "ChangeClosed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("state", &it.state)?;
                }
                Event::ChangeDecided(it) => {
                    map.serialize_entry("event", "ChangeDecided")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("bond_state", &it.bond_state)?;
                    map.serialize_entry("applies_at", &it.applies_at)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ChangeMarked(it) => {
                    map.serialize_entry("event", "ChangeMarked")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("ready_at", &it.ready_at)?;
                }
                Event::ChangeProposed(it) => {
                    map.serialize_entry("event", "ChangeProposed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("proposer", &json::Text(it.proposer))?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("proposal", &json::Stored(&it.proposal))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("applies_at", &it.applies_at)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ChangeWithdrawn(it) => {
                    map.serialize_entry("event", "ChangeWithdrawn")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("change", &json::Text(it.change))?;
                    map.serialize_entry("by", &json::Text(it.by))?;
                }
                Event::ClaimClosed(it) => {
                    map.serialize_entry("event", "ClaimClosed")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("paid", &it.paid)?;
                }
                Event::ClaimDisputed(it) => {
                    map.serialize_entry("event", "ClaimDisputed")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("disputer", &json::Text(it.disputer))?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("closes_at", &it.closes_at)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ClaimPaid(it) => {
                    map.serialize_entry("event", "ClaimPaid")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("given_back", &it.given_back)?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ClaimRedirected(it) => {
                    map.serialize_entry("event", "ClaimRedirected")?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                }
                Event::ClaimSubmitted(it) => {
                    map.serialize_entry("event", "ClaimSubmitted")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("claimant", &json::Text(it.claimant))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                    map.serialize_entry("loss", &it.loss)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("filed", &it.filed)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ContestedReleased(it) => {
                    map.serialize_entry("event", "ContestedReleased")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("epoch", &json::Text(it.epoch))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverBought(it) => {
                    map.serialize_entry("event", "CoverBought")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("holder", &json::Text(it.holder))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("premium", &it.premium)?;
                    map.serialize_entry("commission", &it.commission)?;
                    map.serialize_entry("cover_from", &it.cover_from)?;
                    map.serialize_entry("end", &it.end)?;
                    map.serialize_entry("product_active", &it.product_active)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverCancelled(it) => {
                    map.serialize_entry("event", "CoverCancelled")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("holder", &json::Text(it.holder))?;
                    map.serialize_entry("refund", &it.refund)?;
                    map.serialize_entry("fee", &it.fee)?;
                    map.serialize_entry("end", &it.end)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverDrawn(it) => {
                    map.serialize_entry("event", "CoverDrawn")?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("loss", &it.loss)?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("given_back", &it.given_back)?;
                    map.serialize_entry("booked", &it.booked)?;
                    map.serialize_entry("booking", &json::Text(it.booking))?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverExtended(it) => {
                    map.serialize_entry("event", "CoverExtended")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("payer", &json::Text(it.payer))?;
                    map.serialize_entry("premium", &it.premium)?;
                    map.serialize_entry("commission", &it.commission)?;
                    map.serialize_entry("end", &it.end)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverReduced(it) => {
                    map.serialize_entry("event", "CoverReduced")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("holder", &json::Text(it.holder))?;
                    map.serialize_entry("refund", &it.refund)?;
                    map.serialize_entry("fee", &it.fee)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("product_active", &it.product_active)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::CoverTransferred(it) => {
                    map.serialize_entry("event", "CoverTransferred")?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("holder", &json::Text(it.holder))?;
                    map.serialize_entry("new_holder", &json::Text(it.new_holder))?;
                }
                Event::DelegateSet(it) => {
                    map.serialize_entry("event", "DelegateSet")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("delegate", &json::Text(it.delegate))?;
                    map.serialize_entry("since", &it.since)?;
                }
                Event::Deposited(it) => {
                    map.serialize_entry("event", "Deposited")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("shares", &it.shares)?;
                    map.serialize_entry("supply", &it.supply)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::DisputeBondCollected(it) => {
                    map.serialize_entry("event", "DisputeBondCollected")?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("disputer", &json::Text(it.disputer))?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::DisputeResolved(it) => {
                    map.serialize_entry("event", "DisputeResolved")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("claim", &json::Text(it.claim))?;
                    map.serialize_entry("level", &it.level)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("dispute_bond", &it.dispute_bond)?;
                    map.serialize_entry("filed", &it.filed)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::EvidenceAttached(it) => {
                    map.serialize_entry("event", "EvidenceAttached")?;
                    map.serialize_entry("subject", &json::Text(it.subject))?;
                    map.serialize_entry("author", &json::Text(it.author))?;
                    map.serialize_entry("evidence_hash", &json::Hex(&it.evidence_hash))?;
                    map.serialize_entry("evidence_uri", &json::Text(crate::text(&it.evidence_uri)))?;
                }
                Event::ExitCollected(it) => {
                    map.serialize_entry("event", "ExitCollected")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("ticket", &json::Text(it.ticket))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                    map.serialize_entry("epoch", &it.epoch)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("is_over", &it.is_over)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ExitEpochClosed(it) => {
                    map.serialize_entry("event", "ExitEpochClosed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("epoch", &json::Text(it.epoch))?;
                    map.serialize_entry("number", &it.number)?;
                    map.serialize_entry("dust", &it.dust)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ExitRequested(it) => {
                    map.serialize_entry("event", "ExitRequested")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("ticket", &json::Text(it.ticket))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("shares", &it.shares)?;
                    map.serialize_entry("epoch", &it.epoch)?;
                    map.serialize_entry("day", &it.day)?;
                    map.serialize_entry("epoch_shares", &it.epoch_shares)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ExitsCalled(it) => {
                    map.serialize_entry("event", "ExitsCalled")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("epoch", &json::Text(it.epoch))?;
                    map.serialize_entry("called", &it.called)?;
                    map.serialize_entry("payable_from", &it.payable_from)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ExitsPaid(it) => {
                    map.serialize_entry("event", "ExitsPaid")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("epoch", &json::Text(it.epoch))?;
                    map.serialize_entry("number", &it.number)?;
                    map.serialize_entry("burned", &it.burned)?;
                    map.serialize_entry("paid", &it.paid)?;
                    map.serialize_entry("contested", &it.contested)?;
                    map.serialize_entry("waiting", &it.waiting)?;
                    map.serialize_entry("supply", &it.supply)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::FeesCollected(it) => {
                    map.serialize_entry("event", "FeesCollected")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("treasury", &json::Text(it.treasury))?;
                    map.serialize_entry("receiver", &json::Text(it.receiver))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::FilingEnded(it) => {
                    map.serialize_entry("event", "FilingEnded")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("filed", &it.filed)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::IncidentBondCollected(it) => {
                    map.serialize_entry("event", "IncidentBondCollected")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::IncidentChallenged(it) => {
                    map.serialize_entry("event", "IncidentChallenged")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("challenger", &json::Text(it.challenger))?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::IncidentClosed(it) => {
                    map.serialize_entry("event", "IncidentClosed")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("paid", &it.paid)?;
                }
                Event::IncidentDecided(it) => {
                    map.serialize_entry("event", "IncidentDecided")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("filing_ends_at", &it.filing_ends_at)?;
                    map.serialize_entry("bond_state", &it.bond_state)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::IncidentOpened(it) => {
                    map.serialize_entry("event", "IncidentOpened")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("opener", &json::Text(it.opener))?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("occurred_at", &it.occurred_at)?;
                    map.serialize_entry("severity_bps", &it.severity_bps)?;
                    map.serialize_entry("lien", &it.lien)?;
                    map.serialize_entry("bond", &it.bond)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::IncidentRefuted(it) => {
                    map.serialize_entry("event", "IncidentRefuted")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("low", &it.low)?;
                    map.serialize_entry("published_at", &it.published_at)?;
                }
                Event::IncidentSettled(it) => {
                    map.serialize_entry("event", "IncidentSettled")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("state", &it.state)?;
                    map.serialize_entry("approved", &it.approved)?;
                    map.serialize_entry("settled", &it.settled)?;
                    map.serialize_entry("contested", &it.contested)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::PolicyClosed(it) => {
                    map.serialize_entry("event", "PolicyClosed")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("policy", &json::Text(it.policy))?;
                    map.serialize_entry("payer", &json::Text(it.payer))?;
                    map.serialize_entry("paid", &it.paid)?;
                }
                Event::PoolClosed(it) => {
                    map.serialize_entry("event", "PoolClosed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("treasury", &json::Text(it.treasury))?;
                    map.serialize_entry("amount", &it.amount)?;
                }
                Event::PoolCreated(it) => {
                    map.serialize_entry("event", "PoolCreated")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("authority", &json::Text(it.authority))?;
                    map.serialize_entry("asset_mint", &json::Text(it.asset_mint))?;
                    map.serialize_entry("share_mint", &json::Text(it.share_mint))?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                }
                Event::PoolOpened(it) => {
                    map.serialize_entry("event", "PoolOpened")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("opened_at", &it.opened_at)?;
                    map.serialize_entry("sells_from", &it.sells_from)?;
                }
                Event::PoolPaused(it) => {
                    map.serialize_entry("event", "PoolPaused")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("paused_until", &it.paused_until)?;
                    map.serialize_entry("next_pause_at", &it.next_pause_at)?;
                }
                Event::PriceObserved(it) => {
                    map.serialize_entry("event", "PriceObserved")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("low", &it.low)?;
                    map.serialize_entry("high", &it.high)?;
                    map.serialize_entry("published_at", &it.published_at)?;
                    map.serialize_entry("observation", &it.observation)?;
                    map.serialize_entry("started_at", &it.started_at)?;
                    map.serialize_entry("measured_from", &it.measured_from)?;
                    map.serialize_entry("measured_until", &it.measured_until)?;
                    map.serialize_entry("severity_seconds", &it.severity_seconds)?;
                }
                Event::ProductClosed(it) => {
                    map.serialize_entry("event", "ProductClosed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("index", &it.index)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::ProductListed(it) => {
                    map.serialize_entry("event", "ProductListed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("terms_hash", &json::Hex(&it.terms_hash))?;
                    map.serialize_entry("index", &it.index)?;
                    map.serialize_entry("status", &it.status)?;
                }
                Event::ProductRolled(it) => {
                    map.serialize_entry("event", "ProductRolled")?;
                    map.serialize_entry("product", &json::Text(it.product))?;
                    map.serialize_entry("product_active", &it.product_active)?;
                    map.serialize_entry("pool_active", &it.pool_active)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::Recovered(it) => {
                    map.serialize_entry("event", "Recovered")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("payer", &json::Text(it.payer))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("to_claims", &it.to_claims)?;
                    map.serialize_entry("settled", &it.settled)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::RestSettled(it) => {
                    map.serialize_entry("event", "RestSettled")?;
                    map.serialize_entry("incident", &json::Text(it.incident))?;
                    map.serialize_entry("more", &it.more)?;
                    map.serialize_entry("settled", &it.settled)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::RetiredClosed(it) => {
                    map.serialize_entry("event", "RetiredClosed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("share_mint", &json::Text(it.share_mint))?;
                    map.serialize_entry("dust", &it.dust)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::RetiredRedeemed(it) => {
                    map.serialize_entry("event", "RetiredRedeemed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("shares", &it.shares)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::SharesRetired(it) => {
                    map.serialize_entry("event", "SharesRetired")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("share_mint", &json::Text(it.share_mint))?;
                    map.serialize_entry("new_share_mint", &json::Text(it.new_share_mint))?;
                    map.serialize_entry("shares", &it.shares)?;
                    map.serialize_entry("capital", &it.capital)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::SlashBurned(it) => {
                    map.serialize_entry("event", "SlashBurned")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("amount", &it.amount)?;
                }
                Event::Staked(it) => {
                    map.serialize_entry("event", "Staked")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("staked", &it.staked)?;
                    map.serialize_entry("total_staked", &it.total_staked)?;
                }
                Event::SurplusAbsorbed(it) => {
                    map.serialize_entry("event", "SurplusAbsorbed")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::UnstakeRequested(it) => {
                    map.serialize_entry("event", "UnstakeRequested")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("unstaking", &it.unstaking)?;
                    map.serialize_entry("ready_at", &it.ready_at)?;
                    map.serialize_entry("total_staked", &it.total_staked)?;
                }
                Event::Unstaked(it) => {
                    map.serialize_entry("event", "Unstaked")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("amount", &it.amount)?;
                }
                Event::VoteReleased(it) => {
                    map.serialize_entry("event", "VoteReleased")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("reward", &it.reward)?;
                    map.serialize_entry("closed", &it.closed)?;
                    map.serialize_entry("slash", &it.slash)?;
                    map.serialize_entry("staked", &it.staked)?;
                    map.serialize_entry("total_staked", &it.total_staked)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
                Event::Voted(it) => {
                    map.serialize_entry("event", "Voted")?;
                    map.serialize_entry("ballot", &json::Text(it.ballot))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("level", &it.level)?;
                    map.serialize_entry("weight", &it.weight)?;
                    map.serialize_entry("closes_at", &it.closes_at)?;
                    map.serialize_entry("by_delegate", &it.by_delegate)?;
                }
                Event::VoterClosed(it) => {
                    map.serialize_entry("event", "VoterClosed")?;
                    map.serialize_entry("assembly", &json::Text(it.assembly))?;
                    map.serialize_entry("voter", &json::Text(it.voter))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                }
                Event::Withdrawn(it) => {
                    map.serialize_entry("event", "Withdrawn")?;
                    map.serialize_entry("pool", &json::Text(it.pool))?;
                    map.serialize_entry("owner", &json::Text(it.owner))?;
                    map.serialize_entry("shares", &it.shares)?;
                    map.serialize_entry("amount", &it.amount)?;
                    map.serialize_entry("supply", &it.supply)?;
                    map.serialize_entry("earned", &it.earned)?;
                    map.serialize_entry("books", &Json(&it.books))?;
                }
            }
            map.end()
        }
    }

    impl Serialize for Json<&Books> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let it = self.0;
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("capital", &it.capital)?;
            map.serialize_entry("unearned", &it.unearned)?;
            map.serialize_entry("payable", &it.payable)?;
            map.serialize_entry("exits_due", &it.exits_due)?;
            map.serialize_entry("contested", &it.contested)?;
            map.serialize_entry("bonds", &it.bonds)?;
            map.serialize_entry("assessors", &it.assessors)?;
            map.serialize_entry("treasury_due", &it.treasury_due)?;
            map.end()
        }
    }

    impl Serialize for Json<&PriceCurve> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let it = self.0;
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("r0_ppm", &it.r0_ppm)?;
            map.serialize_entry("r1_ppm", &it.r1_ppm)?;
            map.serialize_entry("r2_ppm", &it.r2_ppm)?;
            map.serialize_entry("kink_bps", &it.kink_bps)?;
            map.end()
        }
    }

    impl Serialize for Json<&ShareWords> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let it = self.0;
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("name", &json::Text(crate::text(&it.name)))?;
            map.serialize_entry("symbol", &json::Text(crate::text(&it.symbol)))?;
            map.serialize_entry("uri", &json::Text(crate::text(&it.uri)))?;
            map.end()
        }
    }

    impl Serialize for Json<&Proposal> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.0 {
                Proposal::MinPremium { min_premium } => {
                    json::under(serializer, "min_premium", &json::One("min_premium", *min_premium))
                }
                Proposal::VoteReward { vote_reward } => {
                    json::under(serializer, "vote_reward", &json::One("vote_reward", *vote_reward))
                }
                Proposal::AssessorsLimit { assessors_limit } => {
                    json::under(serializer, "assessors_limit", &json::One("assessors_limit", *assessors_limit))
                }
                Proposal::Timelock { timelock } => {
                    json::under(serializer, "timelock", &json::One("timelock", *timelock))
                }
                Proposal::ExitDelay { exit_delay_days } => {
                    json::under(serializer, "exit_delay", &json::One("exit_delay_days", *exit_delay_days))
                }
                Proposal::Season { season_days } => {
                    json::under(serializer, "season", &json::One("season_days", *season_days))
                }
                Proposal::Leverage { leverage_bps } => {
                    json::under(serializer, "leverage", &json::One("leverage_bps", *leverage_bps))
                }
                Proposal::ProtocolFee { protocol_fee_bps } => {
                    json::under(serializer, "protocol_fee", &json::One("protocol_fee_bps", *protocol_fee_bps))
                }
                Proposal::AssessorFee { assessor_fee_bps } => {
                    json::under(serializer, "assessor_fee", &json::One("assessor_fee_bps", *assessor_fee_bps))
                }
                Proposal::CancelFee { cancel_fee_bps } => {
                    json::under(serializer, "cancel_fee", &json::One("cancel_fee_bps", *cancel_fee_bps))
                }
                Proposal::Authority { authority } => {
                    json::under(serializer, "authority", &json::One("authority", json::Text(authority)))
                }
                Proposal::Guardian { guardian } => {
                    json::under(serializer, "guardian", &json::One("guardian", json::Text(guardian)))
                }
                Proposal::Arbiter { arbiter } => {
                    json::under(serializer, "arbiter", &json::One("arbiter", json::Text(arbiter)))
                }
                Proposal::Treasury { treasury } => {
                    json::under(serializer, "treasury", &json::One("treasury", json::Text(treasury)))
                }
                Proposal::Court { assembly } => {
                    json::under(serializer, "court", &json::One("assembly", json::Text(assembly)))
                }
                Proposal::Shares(it) => json::under(serializer, "shares", &Json(it)),
                Proposal::GroupCap { group, cap_bps } => json::under(
                    serializer,
                    "group_cap",
                    &json::Numbers(&[("group", u64::from(*group)), ("cap_bps", u64::from(*cap_bps))]),
                ),
                Proposal::List => serializer.serialize_str("list"),
                Proposal::Delist => serializer.serialize_str("delist"),
                Proposal::Weight { weight_bps } => {
                    json::under(serializer, "weight", &json::One("weight_bps", *weight_bps))
                }
                Proposal::Curve(it) => json::under(serializer, "curve", &Json(it)),
                Proposal::Bonds { incident_bond, claim_bond_bps } => json::under(
                    serializer,
                    "bonds",
                    &json::Numbers(&[
                        ("incident_bond", *incident_bond),
                        ("claim_bond_bps", u64::from(*claim_bond_bps)),
                    ]),
                ),
                Proposal::StakeFloor { stake_floor } => {
                    json::under(serializer, "stake_floor", &json::One("stake_floor", *stake_floor))
                }
                Proposal::CoverPerStake { cover_per_stake } => {
                    json::under(serializer, "cover_per_stake", &json::One("cover_per_stake", *cover_per_stake))
                }
            }
        }
    }
}
