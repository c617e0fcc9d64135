//! The states of an incident.

use super::{
    APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, DECIDE_INCIDENT, END_FILING, PAY_EXITS, PAYOUT, RELEASE_CONTESTED,
    RESOLVE_DISPUTE, SETTLE_INCIDENT, SETTLE_REST, column,
};
use crate::{
    machine::{
        Cell, Machine,
        Outcome::{Fails, NoAccount, To},
        Row, TIME,
    },
    stage::{Act, Stage},
};
use State::*;
use coverage_client::BreakwaterError::{
    AppealWindowOpen, BallotOpen, DisputeOpen, DisputeWindowOpen, EarlierIncidentOpen, FilingDue, FilingOpen,
    FilingOver, IncidentClosed, IncidentDecided, IncidentNotAccepted, IncidentNotOver, IncidentNotSettled,
    IncidentOpen, IncidentUndecided, LiensExceedCapital, NothingDue, ProductCapacity,
};
use harness::UNIT;

/// Where an incident stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Voting,
    Counted,
    Passed,
    Failed,
    Filing,
    ToFree,
    DisputeWindow,
    WaitsForDispute,
    WaitsInLine,
    Ready,
    Refused,
    RefusedInLine,
    SettledHeld,
    SettledPart,
    SettledFull,
    Paying,
    RejectedLost,
    RejectedUndecided,
    RejectedReturned,
    LeftBehind,
    SettledOver,
    RejectedOver,
    Gone,
}

/// One whose verdict nobody has read, in the state `same`: claims are filed.
const fn undecided(same: Cell<State>, decide_incident: Cell<State>) -> [Cell<State>; 14] {
    [
        same,
        &[Fails(IncidentOpen)],
        same,
        decide_incident,
        &[Fails(IncidentNotAccepted)],
        &[Fails(IncidentUndecided)],
        NOTHING,
        NOT_SETTLED,
        NOTHING,
        NOT_SETTLED,
        same,
        NOTHING,
        &[Fails(IncidentOpen)],
        NOT_SETTLED,
    ]
}

/// One that counts, in the state `same`.
const fn accepted(
    same: Cell<State>,
    [submit_claim, end_filing, settle_incident, payout]: [Cell<State>; 4],
    collect_incident_bond: Cell<State>,
    pay_exits: Cell<State>,
    release_contested: Cell<State>,
) -> [Cell<State>; 14] {
    [
        same,
        &[Fails(IncidentOpen)],
        submit_claim,
        &[Fails(IncidentDecided)],
        end_filing,
        settle_incident,
        NOTHING,
        payout,
        collect_incident_bond,
        NOT_SETTLED,
        pay_exits,
        release_contested,
        &[Fails(IncidentOpen)],
        NOT_SETTLED,
    ]
}

/// One that does not count and has not ended, in the state `same`: it is as good as over for its claims.
const fn refused(
    same: Cell<State>,
    settle_incident: Cell<State>,
    payout: Cell<State>,
    collect_incident_bond: Cell<State>,
) -> [Cell<State>; 14] {
    [
        same,
        &[Fails(IncidentOpen)],
        &[Fails(IncidentClosed)],
        &[Fails(IncidentDecided)],
        &[Fails(IncidentNotAccepted)],
        settle_incident,
        NOTHING,
        payout,
        collect_incident_bond,
        NOT_SETTLED,
        same,
        NOTHING,
        &[Fails(IncidentOpen)],
        NOT_SETTLED,
    ]
}

/// An incident that has ended, in the state `same`, and for which nothing is held back: it stops nothing any more.
const fn ended(
    same: Cell<State>,
    payout: Cell<State>,
    collect_incident_bond: Cell<State>,
    recover: Cell<State>,
    release_contested: Cell<State>,
    close_incident: Cell<State>,
) -> [Cell<State>; 14] {
    [
        same,
        same,
        &[Fails(IncidentClosed)],
        &[Fails(IncidentDecided)],
        &[Fails(IncidentNotAccepted)],
        &[Fails(IncidentClosed)],
        &[Fails(NothingDue)],
        payout,
        collect_incident_bond,
        recover,
        same,
        release_contested,
        same,
        close_incident,
    ]
}

const NOTHING: Cell<State> = &[Fails(NothingDue)];
const NOT_SETTLED: Cell<State> = &[Fails(IncidentNotSettled)];
const NOT_OVER: Cell<State> = &[Fails(IncidentNotOver)];
/// Before it is settled claims are paid only where it is the first in line.
const IN_LINE: Cell<State> = &[Fails(EarlierIncidentOpen)];

/// An incident.
pub const MACHINE: Machine<State, 14> = Machine {
    name: "Incidents",
    about: "An incident is reported with a bond. While its ballot decides whether it counts, holders file their \
            claims. Anyone who reads the verdict lets filing end a window later, or refuses it. The incidents of a product \
            stand in line: each is settled or rejected once those before it were. While one is open, its product sells no \
            cover and none of its policies is closed. Nobody is kept from reporting another or from leaving the pool: \
            those who leave take their part of what is set aside along, and it comes back as incidents end.",
    births: &[("open_incident", Voting, || Stage::insured().then(Act::Report))],
    columns: [
        column("open_incident", "of the same product, of what happened an hour ago", |_| vec![Act::Report]),
        column("buy_cover", "of its product; `ProductCapacity` where all of the capital is set aside", |_| {
            vec![Act::Buy]
        }),
        column("submit_claim", "of a policy that has filed none", |_| vec![Act::File("gwen", 5_000 * UNIT)]),
        DECIDE_INCIDENT,
        END_FILING,
        SETTLE_INCIDENT,
        column("settle_rest", "`IncidentOpen` while another incident of the pool is open", SETTLE_REST.tries),
        column(
            "payout",
            "of one of its claims, of a pool that sells more cover than it has capital; `NothingDue` once that is paid, *–* once \
             its account is closed",
            PAYOUT.tries,
        ),
        column("collect_incident_bond", "", |_| vec![Act::CollectBond]),
        column("recover", "of a little and of more than is missing", |_| {
            vec![Act::Recover(UNIT), Act::Recover(1_000_000 * UNIT)]
        }),
        column(
            "pay_exits",
            "of an epoch that is due and was called a day before; `LiensExceedCapital` where more is claimed of two \
             incidents than there is capital",
            PAY_EXITS.tries,
        ),
        RELEASE_CONTESTED,
        column("close_policy", "of a policy of its product whose grace is over", |_| vec![Act::ClosePolicy]),
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[
        CLOSE_BALLOT,
        APPEAL,
        ARBITRATE,
        RESOLVE_DISPUTE,
        CLOSE_CLAIM,
        column("settle_incident of the one before", "", Stage::end_of_the_one_before),
    ],
    rows: &[
        Row {
            state: Voting,
            title: "ballot open",
            meaning: "Claims are filed while the first vote or an appeal is under way.",
            cells: undecided(&[To(Voting)], &[Fails(BallotOpen)]),
            passes: &[("close_ballot", Counted), ("close_ballot", Passed), ("close_ballot", Failed)],
        },
        Row {
            state: Counted,
            title: "ballot closed",
            meaning: "Claims are filed. The vote is counted, but can be appealed, or the arbiter can decide, which can be appealed.",
            cells: undecided(&[To(Counted)], &[Fails(AppealWindowOpen)]),
            passes: &[(TIME, Passed), (TIME, Failed), ("appeal", Voting)],
        },
        Row {
            state: Passed,
            title: "passed, to be read",
            meaning: "Its ballot is final, and it counts: anyone may read the verdict. Claims are filed.",
            cells: undecided(&[To(Passed)], &[To(Filing)]),
            passes: &[],
        },
        Row {
            state: Failed,
            title: "failed, to be read",
            meaning: "Its ballot is final, and it failed, or too few voted for it: anyone may read the verdict. Claims are filed.",
            cells: undecided(&[To(Failed)], &[To(Refused), To(RefusedInLine)]),
            passes: &[],
        },
        Row {
            state: Filing,
            title: "accepted, filing",
            meaning: "It counts. Claims are filed for the window after the verdict was read, up to the end of the day. \
                      Its bond can be given back.",
            cells: accepted(
                &[To(Filing)],
                [
                    &[To(Filing)],
                    &[Fails(FilingOpen)],
                    &[Fails(FilingOpen)],
                    &[Fails(DisputeWindowOpen), Fails(EarlierIncidentOpen)],
                ],
                &[To(Filing), Fails(NothingDue)],
                &[To(Filing)],
                NOTHING,
            ),
            passes: &[(TIME, ToFree)],
        },
        Row {
            state: ToFree,
            title: "filing over",
            meaning: "Filing is over: anyone may free what nobody claimed. No exit is paid before: it would take its part of \
                      that along.",
            cells: accepted(
                &[To(ToFree)],
                [
                    &[Fails(FilingOver)],
                    &[To(DisputeWindow), To(WaitsForDispute), To(WaitsInLine), To(Ready)],
                    &[Fails(FilingDue)],
                    &[To(ToFree), Fails(DisputeOpen), Fails(EarlierIncidentOpen)],
                ],
                &[To(ToFree)],
                &[Fails(FilingDue)],
                NOTHING,
            ),
            passes: &[],
        },
        Row {
            state: DisputeWindow,
            title: "dispute window open",
            meaning: "What nobody claimed is free, but the last claims can still be disputed.",
            cells: accepted(
                &[To(DisputeWindow)],
                [
                    &[Fails(FilingOver)],
                    NOTHING,
                    &[Fails(DisputeWindowOpen)],
                    &[To(DisputeWindow), Fails(DisputeOpen), Fails(EarlierIncidentOpen)],
                ],
                &[To(DisputeWindow)],
                &[To(DisputeWindow)],
                &[To(DisputeWindow), Fails(NothingDue)],
            ),
            passes: &[(TIME, WaitsForDispute), (TIME, WaitsInLine), (TIME, Ready)],
        },
        Row {
            state: WaitsForDispute,
            title: "waits for a dispute",
            meaning: "Every window is over, but the dispute of a claim is not resolved.",
            cells: accepted(
                &[To(WaitsForDispute)],
                [&[Fails(FilingOver)], NOTHING, &[Fails(DisputeOpen)], &[Fails(DisputeOpen)]],
                &[To(WaitsForDispute)],
                &[To(WaitsForDispute)],
                NOTHING,
            ),
            passes: &[("resolve_dispute", Ready)],
        },
        Row {
            state: WaitsInLine,
            title: "waits in line",
            meaning: "Every window is over and every dispute is resolved, but an earlier incident of the product has not \
                      ended.",
            cells: accepted(
                &[To(WaitsInLine)],
                [&[Fails(FilingOver)], NOTHING, &[Fails(EarlierIncidentOpen)], IN_LINE],
                &[To(WaitsInLine)],
                &[To(WaitsInLine)],
                NOTHING,
            ),
            passes: &[("settle_incident of the one before", Ready)],
        },
        Row {
            state: Ready,
            title: "ready to settle",
            meaning: "Every window is over, every dispute is resolved and it is the first in line: anyone may settle it.",
            cells: accepted(
                &[To(Ready)],
                [
                    &[Fails(FilingOver)],
                    NOTHING,
                    &[To(SettledFull), To(SettledHeld), To(SettledPart), To(Paying)],
                    &[To(Ready)],
                ],
                &[To(Ready), Fails(NothingDue)],
                &[To(Ready), Fails(LiensExceedCapital)],
                &[To(Ready), Fails(NothingDue)],
            ),
            passes: &[],
        },
        Row {
            state: Refused,
            title: "refused",
            meaning: "It does not count, and it is the first in line: anyone may reject it. Its claims' bonds can be given \
                      back, and three quarters of its own where too few voted.",
            cells: refused(
                &[To(Refused)],
                &[To(RejectedLost), To(RejectedUndecided), To(RejectedReturned), To(RejectedOver)],
                &[To(Refused), NoAccount],
                &[To(Refused), Fails(NothingDue)],
            ),
            passes: &[],
        },
        Row {
            state: RefusedInLine,
            title: "refused, in line",
            meaning: "It does not count, but an earlier incident of the product has not ended.",
            cells: refused(&[To(RefusedInLine)], &[Fails(EarlierIncidentOpen)], &[To(RefusedInLine)], NOTHING),
            passes: &[("settle_incident of the one before", Refused)],
        },
        Row {
            state: SettledHeld,
            title: "settled, part held back for others",
            meaning: "It was settled while another incident was open, and a part of what it could have had was left \
                      to that. Once no incident of the pool is open, `settle_rest` gives its claims what is left of \
                      it. Nobody leaves with what is held back. Its bond is given back meanwhile.",
            cells: [
                &[To(SettledHeld)],
                &[To(SettledHeld), Fails(ProductCapacity)],
                &[Fails(IncidentClosed)],
                &[Fails(IncidentDecided)],
                &[Fails(IncidentNotAccepted)],
                &[Fails(IncidentClosed)],
                &[Fails(IncidentOpen), To(SettledPart), To(SettledFull), To(Paying)],
                &[To(SettledHeld), Fails(NothingDue)],
                &[To(SettledHeld), Fails(NothingDue)],
                &[To(SettledHeld), To(SettledFull), To(Paying)],
                &[To(SettledHeld)],
                NOTHING,
                &[To(SettledHeld)],
                NOT_OVER,
            ],
            passes: &[],
        },
        Row {
            state: SettledPart,
            title: "settled in part",
            meaning: "There was less capital than was claimed: every claim gets the same part, and only a recovery \
                      can bring more. Its bond is to be given back.",
            cells: ended(
                &[To(SettledPart)],
                &[To(SettledPart)],
                &[To(Paying)],
                &[To(SettledPart), To(SettledFull)],
                NOTHING,
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: SettledFull,
            title: "settled in full",
            meaning: "All that was claimed is there to be paid. Its bond is to be given back.",
            cells: ended(
                &[To(SettledFull)],
                &[To(SettledFull), NoAccount],
                &[To(Paying), To(LeftBehind), To(SettledOver)],
                &[To(SettledFull)],
                &[To(SettledFull), Fails(NothingDue)],
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: Paying,
            title: "settled, bond returned",
            meaning: "Its bond was given back. Claims are to be paid, or their accounts to be closed.",
            cells: ended(
                &[To(Paying)],
                &[To(Paying), Fails(NothingDue)],
                NOTHING,
                &[To(Paying)],
                &[To(Paying), Fails(NothingDue)],
                NOT_OVER,
            ),
            passes: &[("close_claim", LeftBehind), ("close_claim", SettledOver)],
        },
        Row {
            state: RejectedLost,
            title: "rejected, bond lost",
            meaning: "Its ballot failed, and its bond is lost. Its claims' bonds are to be given back, or their \
                      accounts to be closed.",
            cells: ended(
                &[To(RejectedLost)],
                &[To(RejectedLost), Fails(NothingDue)],
                NOTHING,
                NOT_SETTLED,
                &[To(RejectedLost), Fails(NothingDue)],
                NOT_OVER,
            ),
            passes: &[("close_claim", LeftBehind), ("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedUndecided,
            title: "rejected undecided, bond due",
            meaning: "Too few voted: a quarter of its bond is lost, the rest is to be given back, as are its claims'.",
            cells: ended(
                &[To(RejectedUndecided)],
                &[To(RejectedUndecided), NoAccount],
                &[To(RejectedReturned), To(RejectedOver)],
                NOT_SETTLED,
                NOTHING,
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: RejectedReturned,
            title: "rejected undecided, bond returned",
            meaning: "The rest of its bond was given back. Its claims' bonds are to be given back, or their accounts to be closed.",
            cells: ended(
                &[To(RejectedReturned)],
                &[To(RejectedReturned), Fails(NothingDue)],
                NOTHING,
                NOT_SETTLED,
                NOTHING,
                NOT_OVER,
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: LeftBehind,
            title: "over, but for those who left",
            meaning: "Its bond is gone, and the accounts of all its claims are closed. Somebody left while it was open, to \
                      whom the rest of their part is to be released.",
            cells: ended(
                &[To(LeftBehind)],
                &[NoAccount],
                NOTHING,
                &[To(LeftBehind), Fails(IncidentNotSettled)],
                &[To(SettledOver), To(RejectedOver)],
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: SettledOver,
            title: "settled, all closed",
            meaning: "Its bond was given back, the accounts of all its claims are closed, and everything was released to \
                      those who left.",
            cells: ended(&[To(SettledOver)], &[NoAccount], NOTHING, &[To(SettledOver)], NOTHING, &[To(Gone)]),
            passes: &[],
        },
        Row {
            state: RejectedOver,
            title: "rejected, all closed",
            meaning: "Its bond was given back or lost, the accounts of all its claims are closed, and everything was \
                      released to those who left.",
            cells: ended(&[To(RejectedOver)], &[NoAccount], NOTHING, NOT_SETTLED, NOTHING, &[To(Gone)]),
            passes: &[],
        },
        Row {
            state: Gone,
            title: "closed",
            meaning: "The account is closed.",
            cells: [
                &[To(Gone)],
                &[To(Gone)],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[To(Gone)],
                &[NoAccount],
                &[To(Gone)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
