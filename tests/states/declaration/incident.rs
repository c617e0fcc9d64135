//! The states of an incident.

use super::{
    APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, PAYOUT, RESOLVE_DISPUTE, SETTLE_INCIDENT, SETTLE_REST, column,
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
    AppealWindowOpen, BallotOpen, DisputeOpen, DisputeWindowOpen, ExitBlocked, FilingOpen, FilingOver, IncidentClosed,
    IncidentNotOver, IncidentNotSettled, IncidentOpen, LateReportPossible, NothingDue, ProductCapacity,
};
use harness::UNIT;

/// Where an incident stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Filing,
    FilingCounted,
    Accepted,
    TurnedDown,
    LateVoting,
    LateCounted,
    LateTurnedDown,
    DisputeWindow,
    WaitsForDispute,
    Ready,
    SettledHeld,
    SettledPart,
    SettledFull,
    Paying,
    SettledOver,
    RejectedLost,
    RejectedUndecided,
    RejectedReturned,
    RejectedOver,
    Gone,
}

/// An incident that is open: it stops sales, exits and other incidents, and owes nothing.
const fn open(submit_claim: Cell<State>, settle_incident: Cell<State>) -> [Cell<State>; 11] {
    [
        &[Fails(IncidentOpen)],
        &[Fails(IncidentOpen)],
        submit_claim,
        settle_incident,
        &[Fails(NothingDue)],
        &[Fails(IncidentNotSettled)],
        &[Fails(NothingDue)],
        &[Fails(IncidentNotSettled)],
        &[Fails(ExitBlocked)],
        &[Fails(IncidentOpen)],
        &[Fails(IncidentNotSettled)],
    ]
}

/// An incident that has ended, in the state `same`, and for which nothing is held back: it stops nothing any more but,
/// for two days, exits and the closing of policies.
const fn ended(
    same: Cell<State>,
    for_two_days: [Cell<State>; 2],
    payout: Cell<State>,
    collect_incident_bond: Cell<State>,
    recover: Cell<State>,
    close_incident: Cell<State>,
) -> [Cell<State>; 11] {
    let (closed, nothing): (Cell<State>, Cell<State>) = (&[Fails(IncidentClosed)], &[Fails(NothingDue)]);
    let [exits, close_policy] = for_two_days;
    [same, same, closed, closed, nothing, payout, collect_incident_bond, recover, exits, close_policy, close_incident]
}

/// An incident.
pub const MACHINE: Machine<State, 11> = Machine {
    name: "Incidents",
    about: "An incident is reported with a bond. While its ballot decides whether it counts, holders file their \
            claims; then it is settled or rejected. While it is open, its product sells no cover and nobody leaves \
            the pool. For two days after it ended, people can report what they could not meanwhile: until those are \
            over, nobody leaves the pool either, and no policy of the product is closed.",
    births: &[("open_incident", Filing, || Stage::insured().then(Act::Report))],
    columns: [
        column("open_incident", "of the same product, of what happened an hour ago", |_| vec![Act::Report]),
        column("buy_cover", "of its product; `ProductCapacity` where all of the capital is set aside", |_| {
            vec![Act::Buy]
        }),
        column("submit_claim", "of a policy that has filed none", |_| vec![Act::File("gwen", 5_000 * UNIT)]),
        SETTLE_INCIDENT,
        column("settle_rest", "`IncidentOpen` while another incident of the pool is open", SETTLE_REST.tries),
        column(
            "payout",
            "of one of its claims; `NothingDue` once that is paid, *–* once its account is closed",
            PAYOUT.tries,
        ),
        column("collect_incident_bond", "", |_| vec![Act::CollectBond]),
        column("recover", "of a little and of more than is missing", |_| {
            vec![Act::Recover(UNIT), Act::Recover(1_000_000 * UNIT)]
        }),
        column("settle_exit_epoch", "of an epoch that is due; `ExitBlocked` until two days after it ended", |_| {
            vec![Act::SettleExits]
        }),
        column(
            "close_policy",
            "of a policy of its product whose grace is over; `LateReportPossible` until two days after it ended",
            |_| vec![Act::ClosePolicy],
        ),
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[CLOSE_BALLOT, APPEAL, ARBITRATE, RESOLVE_DISPUTE, CLOSE_CLAIM],
    rows: &[
        Row {
            state: Filing,
            title: "filing, ballot open",
            meaning: "Claims are filed while the first vote or an appeal is under way.",
            cells: open(&[To(Filing)], &[Fails(BallotOpen)]),
            passes: &[
                (TIME, LateVoting),
                ("close_ballot", FilingCounted),
                ("close_ballot", Accepted),
                ("close_ballot", TurnedDown),
            ],
        },
        Row {
            state: FilingCounted,
            title: "filing, ballot closed",
            meaning: "Claims are filed. The vote is counted, but can be appealed, or the arbiter can decide.",
            cells: open(&[To(FilingCounted)], &[Fails(AppealWindowOpen)]),
            passes: &[
                (TIME, Accepted),
                (TIME, TurnedDown),
                ("appeal", Filing),
                ("arbitrate", Accepted),
                ("arbitrate", TurnedDown),
            ],
        },
        Row {
            state: Accepted,
            title: "filing, accepted",
            meaning: "Its ballot is final, and it counts. Claims are still filed.",
            cells: open(&[To(Accepted)], &[Fails(FilingOpen)]),
            passes: &[(TIME, DisputeWindow)],
        },
        Row {
            state: TurnedDown,
            title: "filing, turned down",
            meaning: "Its ballot is final, and it failed or too few voted: anyone may reject it, though filing is \
                      not over.",
            cells: open(&[To(TurnedDown)], &[To(RejectedLost), To(RejectedUndecided)]),
            passes: &[(TIME, LateTurnedDown)],
        },
        Row {
            state: LateVoting,
            title: "filing over, ballot open",
            meaning: "Filing is over, but the ballot is not: the vote or an appeal took long, or nobody closed it.",
            cells: open(&[Fails(FilingOver)], &[Fails(BallotOpen)]),
            passes: &[
                ("close_ballot", LateCounted),
                ("close_ballot", DisputeWindow),
                ("close_ballot", WaitsForDispute),
                ("close_ballot", Ready),
                ("close_ballot", LateTurnedDown),
            ],
        },
        Row {
            state: LateCounted,
            title: "filing over, ballot closed",
            meaning: "Filing is over. The vote is counted, but can be appealed, or the arbiter can decide.",
            cells: open(&[Fails(FilingOver)], &[Fails(AppealWindowOpen)]),
            passes: &[
                (TIME, DisputeWindow),
                (TIME, WaitsForDispute),
                (TIME, Ready),
                (TIME, LateTurnedDown),
                ("appeal", LateVoting),
                ("arbitrate", DisputeWindow),
                ("arbitrate", WaitsForDispute),
                ("arbitrate", Ready),
                ("arbitrate", LateTurnedDown),
            ],
        },
        Row {
            state: LateTurnedDown,
            title: "filing over, turned down",
            meaning: "Its ballot is final, and it failed or too few voted: anyone may reject it.",
            cells: open(&[Fails(FilingOver)], &[To(RejectedLost), To(RejectedUndecided)]),
            passes: &[],
        },
        Row {
            state: DisputeWindow,
            title: "dispute window open",
            meaning: "It counts and filing is over, but the last claims can still be disputed.",
            cells: open(&[Fails(FilingOver)], &[Fails(DisputeWindowOpen)]),
            passes: &[(TIME, WaitsForDispute), (TIME, Ready)],
        },
        Row {
            state: WaitsForDispute,
            title: "waits for a dispute",
            meaning: "It counts and every window is over, but the dispute of a claim is not resolved.",
            cells: open(&[Fails(FilingOver)], &[Fails(DisputeOpen)]),
            passes: &[("resolve_dispute", Ready)],
        },
        Row {
            state: Ready,
            title: "ready to settle",
            meaning: "It counts, every window is over and every dispute is resolved: anyone may settle it.",
            cells: open(&[Fails(FilingOver)], &[To(SettledFull), To(SettledHeld), To(SettledPart)]),
            passes: &[],
        },
        Row {
            state: SettledHeld,
            title: "settled, part held back for others",
            meaning: "It was settled while another incident was open, and a part of what it could have had was left \
                      to that. Once no incident of the pool is open, `settle_rest` gives its claims what is left of \
                      it. Until then nobody leaves the pool. Its bond is given back meanwhile.",
            cells: [
                &[To(SettledHeld)],
                &[To(SettledHeld), Fails(ProductCapacity)],
                &[Fails(IncidentClosed)],
                &[Fails(IncidentClosed)],
                &[Fails(IncidentOpen), To(SettledPart), To(SettledFull), To(Paying)],
                &[To(SettledHeld), Fails(NothingDue)],
                &[To(SettledHeld), Fails(NothingDue)],
                &[To(SettledHeld), To(SettledFull), To(Paying)],
                &[Fails(ExitBlocked)],
                &[Fails(LateReportPossible), To(SettledHeld)],
                &[Fails(IncidentNotOver)],
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
                [&[Fails(ExitBlocked), To(SettledPart)], &[Fails(LateReportPossible), To(SettledPart)]],
                &[To(SettledPart)],
                &[To(Paying)],
                &[To(SettledPart), To(SettledFull)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: SettledFull,
            title: "settled in full",
            meaning: "All that was claimed is there to be paid. Its bond is to be given back.",
            cells: ended(
                &[To(SettledFull)],
                [&[Fails(ExitBlocked), To(SettledFull)], &[Fails(LateReportPossible), To(SettledFull)]],
                &[To(SettledFull), NoAccount],
                &[To(Paying), To(SettledOver)],
                &[To(SettledFull)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Paying,
            title: "settled, bond returned",
            meaning: "Its bond was given back. Claims are to be paid, or their accounts to be closed.",
            cells: ended(
                &[To(Paying)],
                [&[Fails(ExitBlocked), To(Paying)], &[Fails(LateReportPossible), To(Paying)]],
                &[To(Paying), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[To(Paying)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[("close_claim", SettledOver)],
        },
        Row {
            state: SettledOver,
            title: "settled, all closed",
            meaning: "Its bond was given back, and the accounts of all its claims are closed.",
            cells: ended(
                &[To(SettledOver)],
                [&[Fails(ExitBlocked), To(SettledOver)], &[Fails(LateReportPossible), To(SettledOver)]],
                &[NoAccount],
                &[Fails(NothingDue)],
                &[To(SettledOver)],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedLost,
            title: "rejected, bond lost",
            meaning: "Its ballot failed, and its bond is lost. Its claims' bonds are to be given back, or their \
                      accounts to be closed.",
            cells: ended(
                &[To(RejectedLost)],
                [&[Fails(ExitBlocked), To(RejectedLost)], &[Fails(LateReportPossible), To(RejectedLost)]],
                &[To(RejectedLost), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedUndecided,
            title: "rejected undecided, bond due",
            meaning: "Too few voted and nobody decided: its bond is to be given back, as are its claims'.",
            cells: ended(
                &[To(RejectedUndecided)],
                [&[Fails(ExitBlocked), To(RejectedUndecided)], &[Fails(LateReportPossible), To(RejectedUndecided)]],
                &[To(RejectedUndecided), NoAccount],
                &[To(RejectedReturned), To(RejectedOver)],
                &[Fails(IncidentNotSettled)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedReturned,
            title: "rejected undecided, bond returned",
            meaning: "Its bond was given back. Its claims' bonds are to be given back, or their accounts to be closed.",
            cells: ended(
                &[To(RejectedReturned)],
                [&[Fails(ExitBlocked), To(RejectedReturned)], &[Fails(LateReportPossible), To(RejectedReturned)]],
                &[To(RejectedReturned), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedOver,
            title: "rejected, all closed",
            meaning: "Its bond was given back or lost, and the accounts of all its claims are closed.",
            cells: ended(
                &[To(RejectedOver)],
                [&[Fails(ExitBlocked), To(RejectedOver)], &[Fails(LateReportPossible), To(RejectedOver)]],
                &[NoAccount],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[To(Gone)],
            ),
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
                &[Fails(ExitBlocked), To(Gone)],
                &[Fails(LateReportPossible), To(Gone)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
