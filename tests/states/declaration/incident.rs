//! The states of an incident.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, PAYOUT, RESOLVE_DISPUTE, SETTLE_INCIDENT, column};
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
    AppealWindowOpen, BallotOpen, DisputeWindowOpen, ExitBlocked, FilingOpen, FilingOver, IncidentClosed,
    IncidentNotOver, IncidentNotSettled, IncidentOpen, LateReportPossible, NothingDue,
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
const fn open(submit_claim: Cell<State>, settle_incident: Cell<State>) -> [Cell<State>; 10] {
    [
        &[Fails(IncidentOpen)],
        &[Fails(IncidentOpen)],
        submit_claim,
        settle_incident,
        &[Fails(IncidentNotSettled)],
        &[Fails(NothingDue)],
        &[Fails(IncidentNotSettled)],
        &[Fails(ExitBlocked)],
        &[Fails(IncidentOpen)],
        &[Fails(IncidentNotSettled)],
    ]
}

/// An incident that has ended, in the state `same`: it stops nothing any more, but policies that may be reported late.
const fn ended(
    same: Cell<State>,
    payout: Cell<State>,
    collect_incident_bond: Cell<State>,
    recover: Cell<State>,
    close_policy: Cell<State>,
    close_incident: Cell<State>,
) -> [Cell<State>; 10] {
    let closed: Cell<State> = &[Fails(IncidentClosed)];
    [same, same, closed, closed, payout, collect_incident_bond, recover, same, close_policy, close_incident]
}

/// An incident.
pub const MACHINE: Machine<State, 10> = Machine {
    name: "Incidents",
    about: "An incident is reported with a bond. While its ballot decides whether it counts, holders file their \
            claims; then it is settled or rejected. While it is open, its product sells no cover and nobody leaves \
            the pool.",
    births: &[("open_incident", Filing, || Stage::insured().then(Act::Report))],
    columns: [
        column("open_incident", "of the same product, of what happened an hour ago", |_| vec![Act::Report]),
        column("buy_cover", "of its product", |_| vec![Act::Buy]),
        column("submit_claim", "of a policy that has filed none", |_| vec![Act::File("gwen", 5_000 * UNIT)]),
        SETTLE_INCIDENT,
        column("payout", "of a claim of it; `NothingDue` once it is paid, no account once it is closed", PAYOUT.tries),
        column("collect_incident_bond", "", |_| vec![Act::CollectBond]),
        column("recover", "of a little and of more than is missing", |_| {
            vec![Act::Recover(UNIT), Act::Recover(1_000_000 * UNIT)]
        }),
        column("settle_exit_epoch", "of an epoch that is due", |_| vec![Act::SettleExits]),
        column(
            "close_policy",
            "of a policy of its product whose grace is over; `LateReportPossible` until a report window after it ended",
            |_| vec![Act::ClosePolicy],
        ),
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[CLOSE_BALLOT, APPEAL, ARBITRATE, RESOLVE_DISPUTE, CLOSE_CLAIM],
    rows: &[
        Row {
            state: Filing,
            title: "filing, ballot open",
            meaning: "Claims are filed, and the first vote or an appeal is under way.",
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
            meaning: "Claims are filed. The vote is counted, and can be appealed or arbitrated.",
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
            meaning: "Claims are filed. It counts, for good.",
            cells: open(&[To(Accepted)], &[Fails(FilingOpen)]),
            passes: &[(TIME, DisputeWindow)],
        },
        Row {
            state: TurnedDown,
            title: "filing, turned down",
            meaning: "Claims could be filed still. It failed or found no quorum, for good.",
            cells: open(&[To(TurnedDown)], &[To(RejectedLost), To(RejectedUndecided)]),
            passes: &[(TIME, LateTurnedDown)],
        },
        Row {
            state: LateVoting,
            title: "filing over, ballot open",
            meaning: "Filing is over before the ballot: the vote or an appeal took long, or nobody closed it.",
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
            meaning: "Filing is over. The vote is counted, and can be appealed or arbitrated.",
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
            meaning: "It failed or found no quorum, for good.",
            cells: open(&[Fails(FilingOver)], &[To(RejectedLost), To(RejectedUndecided)]),
            passes: &[],
        },
        Row {
            state: DisputeWindow,
            title: "dispute window open",
            meaning: "It counts, filing is over, and the last claims can still be disputed.",
            cells: open(&[Fails(FilingOver)], &[Fails(DisputeWindowOpen)]),
            passes: &[(TIME, WaitsForDispute), (TIME, Ready)],
        },
        Row {
            state: WaitsForDispute,
            title: "waits for a dispute",
            meaning: "It counts, and every window is over, but a dispute of a claim is not resolved.",
            cells: open(&[Fails(FilingOver)], &[Fails(DisputeWindowOpen)]),
            passes: &[("resolve_dispute", Ready)],
        },
        Row {
            state: Ready,
            title: "ready to settle",
            meaning: "It counts, every window is over and every dispute resolved.",
            cells: open(&[Fails(FilingOver)], &[To(SettledFull), To(SettledPart)]),
            passes: &[],
        },
        Row {
            state: SettledPart,
            title: "settled in part",
            meaning: "There was less capital for it than was claimed: every claim gets the same part of it. Its bond \
                      is to be given back.",
            cells: ended(
                &[To(SettledPart)],
                &[To(SettledPart)],
                &[To(Paying)],
                &[To(SettledPart), To(SettledFull)],
                &[Fails(LateReportPossible), To(SettledPart)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: SettledFull,
            title: "settled in full",
            meaning: "There is money for all that was claimed. Its bond is to be given back.",
            cells: ended(
                &[To(SettledFull)],
                &[To(SettledFull), NoAccount],
                &[To(Paying), To(SettledOver)],
                &[To(SettledFull)],
                &[Fails(LateReportPossible), To(SettledFull)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Paying,
            title: "settled, bond returned",
            meaning: "Its bond was given back, and claims are to be paid or their accounts closed.",
            cells: ended(
                &[To(Paying)],
                &[To(Paying), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[To(Paying)],
                &[Fails(LateReportPossible), To(Paying)],
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
                &[NoAccount],
                &[Fails(NothingDue)],
                &[To(SettledOver)],
                &[Fails(LateReportPossible), To(SettledOver)],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedLost,
            title: "rejected, bond lost",
            meaning: "It failed: its bond is lost, and those of its claims are to be given back or their accounts \
                      closed.",
            cells: ended(
                &[To(RejectedLost)],
                &[To(RejectedLost), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[Fails(LateReportPossible), To(RejectedLost)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedUndecided,
            title: "rejected undecided, bond due",
            meaning: "Nobody decided: its bond is to be given back, as are those of its claims.",
            cells: ended(
                &[To(RejectedUndecided)],
                &[To(RejectedUndecided), NoAccount],
                &[To(RejectedReturned), To(RejectedOver)],
                &[Fails(IncidentNotSettled)],
                &[Fails(LateReportPossible), To(RejectedUndecided)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedReturned,
            title: "rejected undecided, bond returned",
            meaning: "Its bond was given back; those of its claims are to be given back or their accounts closed.",
            cells: ended(
                &[To(RejectedReturned)],
                &[To(RejectedReturned), Fails(NothingDue)],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[Fails(LateReportPossible), To(RejectedReturned)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedOver,
            title: "rejected, all closed",
            meaning: "Its bond is gone, and the accounts of all its claims are closed.",
            cells: ended(
                &[To(RejectedOver)],
                &[NoAccount],
                &[Fails(NothingDue)],
                &[Fails(IncidentNotSettled)],
                &[Fails(LateReportPossible), To(RejectedOver)],
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
                &[To(Gone)],
                &[Fails(LateReportPossible), To(Gone)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
