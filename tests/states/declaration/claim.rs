//! The states of a claim.

use super::{
    APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, DECIDE_INCIDENT, PAYOUT, RESOLVE_DISPUTE, SETTLE_INCIDENT,
    SETTLE_REST, column,
};
use crate::{
    machine::{
        Cell, Machine,
        Outcome::{Fails, NoAccount, Taken, To},
        Row, TIME,
    },
    stage::{Act, Stage},
};
use State::*;
use coverage_client::BreakwaterError::{
    AppealWindowOpen, BallotOpen, ClaimNotOver, ClaimOpen, DisputeOpen, DisputeWindowOpen, DisputeWindowOver,
    ExitsWait, IncidentClosed, IncidentNotSettled, IncidentOpen, IncidentUndecided, NotDisputable, NotDisputed,
    NothingDue,
};
use harness::UNIT;

/// Where a claim stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Filed,
    Disputable,
    Standing,
    Voting,
    Counted,
    Resolvable,
    Stands,
    Reduced,
    Nothing,
    OnAccount,
    Unpaid,
    PaidPart,
    DueAgain,
    PaidFull,
    BondDue,
    DisputeLeft,
    BondWaits,
    Rejected,
    Gone,
}

/// A claim in the state `same` whose incident is open: its policy is not cancelled, but can be extended; `transfer` is what becomes of
/// passing it on.
const fn open(
    same: Cell<State>,
    [dispute_claim, resolve_dispute]: [Cell<State>; 2],
    payout: Cell<State>,
    collect_dispute_bond: Cell<State>,
    transfer: Cell<State>,
) -> [Cell<State>; 10] {
    let not_settled: Cell<State> = &[Fails(IncidentNotSettled)];
    [
        &[Taken],
        dispute_claim,
        resolve_dispute,
        payout,
        collect_dispute_bond,
        same,
        transfer,
        same,
        &[Fails(IncidentOpen)],
        not_settled,
    ]
}

/// A claim in the state `same` whose incident was settled, or does not count; `transfer` is what becomes of passing its
/// policy on, `extend` of its extension, `cancel` of its cancellation: `IncidentOpen` until an incident that does not count is rejected.
const fn ended(
    same: Cell<State>,
    [dispute_claim, resolve_dispute]: [Cell<State>; 2],
    payout: Cell<State>,
    collect_dispute_bond: Cell<State>,
    [transfer, extend, cancel]: [Cell<State>; 3],
    close_claim: Cell<State>,
) -> [Cell<State>; 10] {
    [
        &[Taken],
        dispute_claim,
        resolve_dispute,
        payout,
        collect_dispute_bond,
        same,
        transfer,
        extend,
        cancel,
        close_claim,
    ]
}

/// What becomes of disputing a claim whose incident takes none any more, and of resolving a dispute that is none: where nobody disputed it, of one
/// that was, and of both.
const UNDISPUTED: [Cell<State>; 2] = [&[Fails(IncidentClosed)], &[NoAccount]];
const WAS_DISPUTED: [Cell<State>; 2] = [&[Taken], &[Fails(NotDisputed)]];
const EITHER: [Cell<State>; 2] = [&[Fails(IncidentClosed), Taken], &[NoAccount, Fails(NotDisputed)]];
/// The same of one whose dispute is resolved while its incident is open: there is no second one, whether the ballot's account is closed or not.
const AGAIN: Cell<State> = &[Taken, Fails(NotDisputable)];
const RESOLVED: Cell<State> = &[Fails(NotDisputed), NoAccount];
const NOTHING: Cell<State> = &[Fails(NothingDue)];
const DISPUTED: Cell<State> = &[Fails(DisputeOpen)];

/// A claim.
pub const MACHINE: Machine<State, 10> = Machine {
    name: "Claims",
    about: "A claim is one policy's in one incident, filed with a bond. It stands unless somebody disputes it once it is known to \
            count; then a ballot decides how many sixteenths of it stand. What is paid, or given back, depends on how its incident \
            ends.",
    births: &[
        ("submit_claim", Filed, || Stage::insured().claimed()),
        ("submit_claim", Disputable, || Stage::insured().claimed_late(true)),
    ],
    columns: [
        column("submit_claim", "again, of the same policy", |_| vec![Act::File("dora", 100_000 * UNIT)]),
        column("dispute_claim", "*exists* where it was disputed and the account of its ballot is not closed", |_| {
            vec![Act::Dispute("gil")]
        }),
        column(
            "resolve_dispute",
            "*–* where the claim has no ballot: nobody has disputed it, or that is closed",
            RESOLVE_DISPUTE.tries,
        ),
        column(
            "payout",
            "without and with a token account of who posted the bond, where that is somebody else",
            PAYOUT.tries,
        ),
        column("collect_dispute_bond", "", |_| vec![Act::CollectDisputeBond]),
        column("redirect_claim", "by the one who filed it", |_| vec![Act::Redirect]),
        column("transfer_cover", "of its policy", |_| vec![Act::Transfer]),
        column("extend_cover", "of its policy", |_| vec![Act::Extend]),
        column("cancel_cover", "of its policy; `IncidentOpen` until the incident has ended", |_| vec![Act::Cancel]),
        CLOSE_CLAIM,
    ],
    others: &[
        DECIDE_INCIDENT,
        SETTLE_INCIDENT,
        SETTLE_REST,
        CLOSE_BALLOT,
        APPEAL,
        ARBITRATE,
        column("recover", "", |_| vec![Act::Recover(UNIT), Act::Recover(1_000_000 * UNIT)]),
    ],
    rows: &[
        Row {
            state: Filed,
            title: "filed",
            meaning: "Nobody has read yet whether its incident counts: nobody can dispute it.",
            cells: open(
                &[To(Filed)],
                [&[Fails(IncidentUndecided)], &[NoAccount]],
                &[Fails(IncidentNotSettled)],
                NOTHING,
                &[Fails(ClaimOpen)],
            ),
            passes: &[("decide_incident", Disputable), ("decide_incident", BondDue)],
        },
        Row {
            state: Disputable,
            title: "disputable",
            meaning: "Its incident counts. Anyone may dispute it, once, until its dispute window ends, and for a day after the verdict \
                      at least.",
            cells: open(
                &[To(Disputable)],
                [&[To(Voting)], &[NoAccount]],
                &[Fails(DisputeWindowOpen)],
                NOTHING,
                &[Fails(ClaimOpen)],
            ),
            passes: &[(TIME, Standing)],
        },
        Row {
            state: Standing,
            title: "window over",
            meaning: "Nobody disputed it in time: it stands as it was filed, and can be paid what it is sure of.",
            cells: open(
                &[To(Standing)],
                [&[Fails(DisputeWindowOver)], &[NoAccount]],
                &[To(OnAccount)],
                NOTHING,
                &[Fails(ClaimOpen)],
            ),
            passes: &[("settle_incident", Unpaid)],
        },
        Row {
            state: Voting,
            title: "disputed, voting",
            meaning: "The ballot on it is open, for the first time or in an appeal.",
            cells: open(&[To(Voting)], [&[Taken], &[Fails(BallotOpen)]], DISPUTED, NOTHING, &[Fails(ClaimOpen)]),
            passes: &[("close_ballot", Counted), ("close_ballot", Resolvable)],
        },
        Row {
            state: Counted,
            title: "disputed, counted",
            meaning: "The ballot on it is closed, but can be appealed, or the arbiter can decide, which can be appealed.",
            cells: open(&[To(Counted)], [&[Taken], &[Fails(AppealWindowOpen)]], DISPUTED, NOTHING, &[Fails(ClaimOpen)]),
            passes: &[(TIME, Resolvable), ("appeal", Voting)],
        },
        Row {
            state: Resolvable,
            title: "disputed, waits to be resolved",
            meaning: "The ballot on it is final: anyone may resolve the dispute.",
            cells: open(
                &[To(Resolvable)],
                [&[Taken], &[To(Stands), To(Reduced), To(Nothing)]],
                DISPUTED,
                NOTHING,
                &[Fails(ClaimOpen)],
            ),
            passes: &[],
        },
        Row {
            state: Stands,
            title: "decided for all of it",
            meaning: "It stands as it was filed. By a vote the dispute's bond is lost, and half of it is added to its own; where too few \
                      voted a quarter is.",
            cells: open(
                &[To(Stands)],
                [AGAIN, RESOLVED],
                &[To(OnAccount)],
                &[To(Stands), Fails(NothingDue)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("settle_incident", Unpaid)],
        },
        Row {
            state: Reduced,
            title: "decided for a part of it",
            meaning: "It is worth as many sixteenths as the vote says. It loses a quarter of its bond for each sixteenth less than all, \
                      the dispute the quarters that are left; half of that goes to the other side.",
            cells: open(
                &[To(Reduced)],
                [AGAIN, RESOLVED],
                &[To(OnAccount)],
                &[To(Reduced), Fails(NothingDue)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("settle_incident", Unpaid)],
        },
        Row {
            state: Nothing,
            title: "decided to nothing",
            meaning: "The vote leaves nothing of it: it is rejected, and its bond is lost.",
            cells: open(&[To(Nothing)], [AGAIN, RESOLVED], NOTHING, &[To(Nothing), Fails(NothingDue)], &[To(Nothing)]),
            passes: &[("settle_incident", DisputeLeft), ("settle_incident", Rejected)],
        },
        Row {
            state: OnAccount,
            title: "paid on account",
            meaning: "It got what its incident is sure of, before that is settled, and its bond; more whenever that rises. The rest comes with \
                      the settlement.",
            cells: open(
                &[To(OnAccount)],
                [&[Taken, Fails(NotDisputable)], &[Fails(NotDisputed), NoAccount]],
                &[To(OnAccount), Fails(NothingDue)],
                &[To(OnAccount), Fails(NothingDue)],
                &[To(OnAccount)],
            ),
            passes: &[("settle_incident", DueAgain), ("settle_incident", PaidFull)],
        },
        Row {
            state: Unpaid,
            title: "settled, unpaid",
            meaning: "The incident is settled: the claim's part is due, and its bond.",
            cells: ended(
                &[To(Unpaid)],
                EITHER,
                &[To(PaidPart), To(PaidFull), To(DisputeLeft), To(BondWaits)],
                &[To(Unpaid), Fails(NothingDue)],
                [&[Fails(ClaimOpen)], &[To(Unpaid), Fails(ExitsWait)], &[Fails(ClaimOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: PaidPart,
            title: "paid in part",
            meaning: "It got the part that the incident was settled by, and its bond. A recovery may bring more, or \
                      what was held back for other incidents.",
            cells: ended(
                &[To(PaidPart)],
                EITHER,
                NOTHING,
                &[To(PaidPart), Fails(NothingDue)],
                [&[To(PaidPart)], &[To(PaidPart)], &[To(PaidPart)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[("recover", DueAgain), ("settle_rest", DueAgain)],
        },
        Row {
            state: DueAgain,
            title: "paid in part, more due",
            meaning: "It got a part, and since then more has come for the incident's claims.",
            cells: ended(
                &[To(DueAgain)],
                EITHER,
                &[To(PaidPart), To(PaidFull), To(DisputeLeft)],
                &[To(DueAgain), Fails(NothingDue)],
                [&[To(DueAgain)], &[To(DueAgain)], &[To(DueAgain)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: PaidFull,
            title: "paid in full",
            meaning: "It got all it is worth, and nothing of the bond of its dispute is left.",
            cells: ended(
                &[To(PaidFull)],
                EITHER,
                NOTHING,
                NOTHING,
                [&[To(PaidFull)], &[To(PaidFull)], &[To(PaidFull)]],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: BondDue,
            title: "rejected, bond due",
            meaning: "The incident does not count: the claim's bond is to be given back.",
            cells: ended(
                &[To(BondDue)],
                UNDISPUTED,
                &[To(Rejected), To(BondWaits)],
                NOTHING,
                [&[Fails(ClaimOpen)], &[To(BondDue)], &[Fails(IncidentOpen), Fails(ClaimOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: DisputeLeft,
            title: "over, but for its dispute",
            meaning: "It is paid in full or rejected, but what its disputer has due is to be collected.",
            cells: ended(
                &[To(DisputeLeft)],
                WAS_DISPUTED,
                NOTHING,
                &[To(PaidFull), To(Rejected)],
                [&[To(DisputeLeft)], &[To(DisputeLeft)], &[To(DisputeLeft)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: BondWaits,
            title: "over, but for its bond",
            meaning: "It is paid in full or rejected, but its bond is to be given back to somebody else, who posted it: no \
                      payout waits for them.",
            cells: ended(
                &[To(BondWaits)],
                UNDISPUTED,
                &[Fails(NothingDue), To(PaidFull), To(Rejected)],
                NOTHING,
                [&[To(BondWaits)], &[To(BondWaits)], &[To(BondWaits), Fails(IncidentOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Rejected,
            title: "rejected",
            meaning: "Nothing is due to it any more, and nothing of the bond of its dispute is left.",
            cells: ended(
                &[To(Rejected)],
                EITHER,
                NOTHING,
                NOTHING,
                [&[To(Rejected)], &[To(Rejected)], &[To(Rejected), Fails(IncidentOpen)]],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: Gone,
            title: "closed",
            meaning: "The account is closed. Its incident takes no claims any more.",
            cells: [
                &[Fails(IncidentClosed)],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[To(Gone)],
                &[To(Gone)],
                &[To(Gone), Fails(IncidentOpen)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
