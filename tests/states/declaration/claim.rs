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
    AppealWindowOpen, BallotOpen, ClaimNotOver, ClaimOpen, DisputeOpen, DisputeWindowOver, ExitsWait, IncidentClosed,
    IncidentNotSettled, IncidentOpen, NotDisputable, NotDisputed, NothingDue,
};
use harness::UNIT;

/// Where a claim stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Disputable,
    Standing,
    Disputed,
    Voting,
    Counted,
    Resolvable,
    Stands,
    Reduced,
    Nothing,
    Unpaid,
    PaidPart,
    DueAgain,
    PaidFull,
    BondDue,
    BondDueDisputed,
    RejectedDisputed,
    DisputeLeft,
    BondWaits,
    Rejected,
    Gone,
}

/// A claim in the state `same` whose incident is open: nothing is paid, and its policy is not cancelled, but can be extended;
/// `transfer` is what becomes of passing it on.
const fn open(
    same: Cell<State>,
    dispute_claim: Cell<State>,
    resolve_dispute: Cell<State>,
    collect_dispute_bond: Cell<State>,
    transfer: Cell<State>,
) -> [Cell<State>; 10] {
    let not_settled: Cell<State> = &[Fails(IncidentNotSettled)];
    [
        &[Taken],
        dispute_claim,
        resolve_dispute,
        not_settled,
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
    resolve_dispute: Cell<State>,
    payout: Cell<State>,
    collect_dispute_bond: Cell<State>,
    [transfer, extend, cancel]: [Cell<State>; 3],
    close_claim: Cell<State>,
) -> [Cell<State>; 10] {
    let closed: Cell<State> = &[Fails(IncidentClosed)];
    [&[Taken], closed, resolve_dispute, payout, collect_dispute_bond, same, transfer, extend, cancel, close_claim]
}

/// A claim.
pub const MACHINE: Machine<State, 10> = Machine {
    name: "Claims",
    about: "A claim is one policy's in one incident, filed with a bond. It stands unless somebody disputes it; then a \
            ballot decides between what was claimed and the lowest counter-amount. What is paid, or given back, \
            depends on how its incident ends.",
    births: &[("submit_claim", Disputable, || Stage::insured().claimed())],
    columns: [
        column("submit_claim", "again, of the same policy", |_| vec![Act::File("dora", 100_000 * UNIT)]),
        column("dispute_claim", "by somebody new, with a lower counter-amount", |_| {
            vec![Act::Dispute("gil", 10_000 * UNIT)]
        }),
        column("resolve_dispute", "*–* where nobody has disputed the claim: it has no ballot", RESOLVE_DISPUTE.tries),
        column(
            "payout",
            "without and with a token account of who posted the bond, where that is somebody else",
            PAYOUT.tries,
        ),
        column(
            "collect_dispute_bond",
            "of each dispute that has an account; one that a lower one displaced is free at once",
            Stage::disputes_to_collect,
        ),
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
            state: Disputable,
            title: "filed, disputable",
            meaning: "Anyone may dispute it until its dispute window ends.",
            cells: open(&[To(Disputable)], &[To(Disputed)], &[NoAccount], &[NoAccount], &[Fails(ClaimOpen)]),
            passes: &[(TIME, Standing), ("decide_incident", BondDue)],
        },
        Row {
            state: Standing,
            title: "filed, window over",
            meaning: "Nobody disputed it in time: it stands as it was filed.",
            cells: open(&[To(Standing)], &[Fails(DisputeWindowOver)], &[NoAccount], &[NoAccount], &[Fails(ClaimOpen)]),
            passes: &[("settle_incident", Unpaid), ("decide_incident", BondDue)],
        },
        Row {
            state: Disputed,
            title: "disputed, before the vote",
            meaning: "It was disputed, and disputes with a lower counter-amount are still taken. The lowest goes to \
                      the vote.",
            cells: open(
                &[To(Disputed)],
                &[To(Disputed)],
                &[Fails(BallotOpen)],
                &[Fails(DisputeOpen), To(Disputed)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[(TIME, Voting), ("decide_incident", BondDueDisputed)],
        },
        Row {
            state: Voting,
            title: "disputed, voting",
            meaning: "The ballot on it is open, for the first time or in an appeal.",
            cells: open(
                &[To(Voting)],
                &[Fails(DisputeWindowOver)],
                &[Fails(BallotOpen)],
                &[Fails(DisputeOpen)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("close_ballot", Counted), ("close_ballot", Resolvable), ("decide_incident", BondDueDisputed)],
        },
        Row {
            state: Counted,
            title: "disputed, counted",
            meaning: "The ballot on it is closed, but can be appealed, or the arbiter can decide, which can be appealed.",
            cells: open(
                &[To(Counted)],
                &[Fails(DisputeWindowOver)],
                &[Fails(AppealWindowOpen)],
                &[Fails(DisputeOpen)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[(TIME, Resolvable), ("appeal", Voting), ("decide_incident", BondDueDisputed)],
        },
        Row {
            state: Resolvable,
            title: "disputed, waits to be resolved",
            meaning: "The ballot on it is final: anyone may resolve the dispute.",
            cells: open(
                &[To(Resolvable)],
                &[Fails(DisputeWindowOver)],
                &[To(Stands), To(Reduced), To(Nothing)],
                &[Fails(DisputeOpen)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("decide_incident", BondDueDisputed)],
        },
        Row {
            state: Stands,
            title: "decided for the claim",
            meaning: "The dispute lost, by the vote or because too few voted: the claim stands as it was filed, and \
                      half of the dispute's bond is added to its own.",
            cells: open(
                &[To(Stands)],
                &[Fails(NotDisputable)],
                &[Fails(NotDisputed)],
                &[To(Stands)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("settle_incident", Unpaid), ("decide_incident", BondDue)],
        },
        Row {
            state: Reduced,
            title: "decided for the counter-amount",
            meaning: "The dispute won: the claim is worth the counter-amount, and its bond is lost.",
            cells: open(
                &[To(Reduced)],
                &[Fails(NotDisputable)],
                &[Fails(NotDisputed)],
                &[To(Reduced)],
                &[Fails(ClaimOpen)],
            ),
            passes: &[("settle_incident", Unpaid), ("decide_incident", BondDue)],
        },
        Row {
            state: Nothing,
            title: "decided to nothing",
            meaning: "The dispute won with a counter-amount of zero: the claim is rejected, and its bond is lost.",
            cells: open(
                &[To(Nothing)],
                &[Fails(NotDisputable)],
                &[Fails(NotDisputed)],
                &[To(Nothing), NoAccount],
                &[To(Nothing)],
            ),
            passes: &[
                ("settle_incident", DisputeLeft),
                ("settle_incident", Rejected),
                ("decide_incident", DisputeLeft),
            ],
        },
        Row {
            state: Unpaid,
            title: "settled, unpaid",
            meaning: "The incident is settled: the claim's part is due, and its bond.",
            cells: ended(
                &[To(Unpaid)],
                &[NoAccount, Fails(NotDisputed)],
                &[To(PaidPart), To(PaidFull), To(DisputeLeft), To(BondWaits)],
                &[NoAccount, To(Unpaid)],
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
                &[NoAccount, Fails(NotDisputed)],
                &[Fails(NothingDue)],
                &[NoAccount, To(PaidPart)],
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
                &[NoAccount, Fails(NotDisputed)],
                &[To(PaidPart), To(PaidFull), To(DisputeLeft)],
                &[NoAccount, To(DueAgain)],
                [&[To(DueAgain)], &[To(DueAgain)], &[To(DueAgain)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: PaidFull,
            title: "paid in full",
            meaning: "It got all it is worth, and the accounts of all its disputes are closed.",
            cells: ended(
                &[To(PaidFull)],
                &[NoAccount, Fails(NotDisputed)],
                &[Fails(NothingDue)],
                &[NoAccount],
                [&[To(PaidFull)], &[To(PaidFull)], &[To(PaidFull)]],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: BondDue,
            title: "rejected, bond due",
            meaning: "The incident does not count: the claim's bond is to be given back, unless a dispute took it.",
            cells: ended(
                &[To(BondDue)],
                &[NoAccount, Fails(NotDisputed)],
                &[To(Rejected), To(DisputeLeft), To(BondWaits)],
                &[NoAccount, To(BondDue)],
                [&[Fails(ClaimOpen)], &[To(BondDue)], &[Fails(IncidentOpen), Fails(ClaimOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: BondDueDisputed,
            title: "rejected, bond due, dispute void",
            meaning: "The incident was refused before the dispute was resolved, so that is void: whatever the vote \
                      says, the claim's bond and the dispute's go back. The claim's is to be given back.",
            cells: ended(
                &[To(BondDueDisputed)],
                &[Fails(BallotOpen), Fails(AppealWindowOpen), To(BondDue)],
                &[To(RejectedDisputed)],
                &[To(BondDueDisputed)],
                [&[Fails(ClaimOpen)], &[To(BondDueDisputed)], &[Fails(IncidentOpen), Fails(ClaimOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedDisputed,
            title: "rejected, dispute void",
            meaning: "The claim's bond was given back. The void dispute is to be resolved all the same, so that the \
                      votes on it can be released and its ballot closed.",
            cells: ended(
                &[To(RejectedDisputed)],
                &[Fails(BallotOpen), Fails(AppealWindowOpen), To(DisputeLeft), To(Rejected)],
                &[Fails(NothingDue)],
                &[To(RejectedDisputed), NoAccount],
                [&[Fails(ClaimOpen)], &[To(RejectedDisputed)], &[Fails(IncidentOpen), Fails(ClaimOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: DisputeLeft,
            title: "over, but for a dispute",
            meaning: "It is paid in full or rejected, but the account of a dispute is to be closed by collecting its \
                      bond.",
            cells: ended(
                &[To(DisputeLeft)],
                &[Fails(NotDisputed)],
                &[Fails(NothingDue)],
                &[To(PaidFull), To(Rejected)],
                [&[To(DisputeLeft)], &[To(DisputeLeft)], &[To(DisputeLeft), Fails(IncidentOpen)]],
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
                &[NoAccount],
                &[Fails(NothingDue), To(PaidFull), To(Rejected)],
                &[NoAccount],
                [&[To(BondWaits)], &[To(BondWaits)], &[To(BondWaits), Fails(IncidentOpen)]],
                &[Fails(ClaimNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Rejected,
            title: "rejected",
            meaning: "Nothing is due to it any more, and the accounts of all its disputes are closed.",
            cells: ended(
                &[To(Rejected)],
                &[NoAccount, Fails(NotDisputed)],
                &[Fails(NothingDue)],
                &[NoAccount],
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
