//! The states of an incident that prices opened.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, PAYOUT, SETTLE_INCIDENT, column};
use crate::{
    machine::{
        Cell, Machine,
        Outcome::{Fails, NoAccount, Taken, To},
        Row, TIME,
    },
    stage::{Act, COUNTER, Stage},
};
use State::*;
use coverage_client::BreakwaterError::{
    AlreadyRefuted, AppealWindowOpen, BallotOpen, ChallengeOpen, ChallengeOver, ExitBlocked, FilingOpen, FilingOver,
    IncidentClosed, IncidentNotOver, IncidentNotSettled, NotDisputable, NothingDue,
};

/// Where an incident that prices opened stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Contestable,
    Standing,
    Ready,
    Voting,
    FilingVoting,
    LateVoting,
    Upheld,
    UpheldReady,
    TurnedDown,
    Refuted,
    Settled,
    SettledOver,
    RejectedDue,
    Rejected,
    RejectedOver,
    Gone,
}

/// One that is open: nothing of it is disputed, paid or given back, and nobody leaves the pool.
const fn open(
    challenge: Cell<State>,
    refute: Cell<State>,
    claim: Cell<State>,
    settle: Cell<State>,
) -> [Cell<State>; 9] {
    [
        challenge,
        refute,
        claim,
        &[Fails(NotDisputable)],
        settle,
        &[Fails(IncidentNotSettled)],
        &[Fails(NothingDue)],
        &[Fails(ExitBlocked)],
        &[Fails(IncidentNotSettled)],
    ]
}

/// One that has ended; its dispute, payout, bond, exits and end as they are.
const fn ended(
    challenge: Cell<State>,
    dispute: Cell<State>,
    payout: Cell<State>,
    bond: Cell<State>,
    exits: Cell<State>,
    close: Cell<State>,
) -> [Cell<State>; 9] {
    let closed: Cell<State> = &[Fails(IncidentClosed)];
    [challenge, closed, closed, dispute, closed, payout, bond, exits, close]
}

const CLOSED: Cell<State> = &[Fails(IncidentClosed)];
const CLOSED_OR_TAKEN: Cell<State> = &[Fails(IncidentClosed), Taken];
const NOTHING: Cell<State> = &[Fails(NothingDue)];
const NOT_OVER: Cell<State> = &[Fails(IncidentNotOver)];
const NOT_YET: Cell<State> = &[Fails(BallotOpen), Fails(AppealWindowOpen)];

/// An incident that prices opened.
pub const MACHINE: Machine<State, 9> = Machine {
    name: "Price incidents",
    about: "An incident that prices opened is accepted already, at the severity that was measured; its claims need no \
            evidence and no bond. For as long as an appeal takes, one price from inside the breach refutes it, and a \
            bond brings the jury. It is settled once filing is over, unless the jury turns it down; when too few vote \
            it stands.",
    births: &[("open_price_incident", Contestable, Stage::depegged)],
    columns: [
        column("challenge_incident", "", |_| vec![Act::Challenge]),
        column("refute_incident", "by a price at the strike, of the first second that was measured", |_| {
            vec![Act::Refute]
        }),
        column("claim_breach", "of a policy that has filed none", |_| vec![Act::ClaimBreach("gwen")]),
        column("dispute_claim", "of one of its claims; *–* once its account is closed", |_| {
            vec![Act::Dispute("dan", COUNTER)]
        }),
        SETTLE_INCIDENT,
        column(
            "payout",
            "of one of its claims; `NothingDue` once that is paid, *–* once its account is closed",
            PAYOUT.tries,
        ),
        column("collect_incident_bond", "of whoever challenged it", |_| vec![Act::CollectBond]),
        column("settle_exit_epoch", "of an epoch that is due; `ExitBlocked` until two days after it ended", |_| {
            vec![Act::SettleExits]
        }),
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[CLOSE_BALLOT, APPEAL, ARBITRATE, CLOSE_CLAIM],
    rows: &[
        Row {
            state: Contestable,
            title: "can be challenged",
            meaning: "Claims are filed. It can be challenged, and refuted.",
            cells: open(&[To(Voting)], &[To(Refuted)], &[To(Contestable)], &[Fails(ChallengeOpen)]),
            passes: &[(TIME, Standing)],
        },
        Row {
            state: Standing,
            title: "stands",
            meaning: "Nobody challenged it in time. Claims are still filed.",
            cells: open(&[Fails(ChallengeOver)], &[Fails(ChallengeOver)], &[To(Standing)], &[Fails(FilingOpen)]),
            passes: &[(TIME, Ready)],
        },
        Row {
            state: Ready,
            title: "ready to settle",
            meaning: "Nobody challenged it, and filing is over: anyone may settle it.",
            cells: open(&[Fails(ChallengeOver)], &[Fails(ChallengeOver)], &[Fails(FilingOver)], &[To(Settled)]),
            passes: &[],
        },
        Row {
            state: Voting,
            title: "challenged",
            meaning: "The jury votes, or its vote can be appealed. It can still be refuted.",
            cells: open(&[Taken], &[To(Refuted)], &[To(Voting)], NOT_YET),
            passes: &[(TIME, FilingVoting), ("close_ballot", Upheld), ("close_ballot", TurnedDown)],
        },
        Row {
            state: FilingVoting,
            title: "challenged, not refuted in time",
            meaning: "The jury votes, its vote can be appealed, or the arbiter can decide. Claims are still filed.",
            cells: open(&[Taken], &[Fails(ChallengeOver)], &[To(FilingVoting)], NOT_YET),
            passes: &[
                (TIME, LateVoting),
                (TIME, Upheld),
                (TIME, TurnedDown),
                ("close_ballot", Upheld),
                ("close_ballot", TurnedDown),
                ("arbitrate", Upheld),
                ("arbitrate", TurnedDown),
            ],
        },
        Row {
            state: LateVoting,
            title: "filing over, challenged",
            meaning: "The jury votes, its vote can be appealed, or the arbiter can decide. Filing is over.",
            cells: open(&[Taken], &[Fails(ChallengeOver)], &[Fails(FilingOver)], NOT_YET),
            passes: &[
                (TIME, UpheldReady),
                (TIME, TurnedDown),
                ("close_ballot", UpheldReady),
                ("close_ballot", TurnedDown),
                ("arbitrate", UpheldReady),
                ("arbitrate", TurnedDown),
            ],
        },
        Row {
            state: Upheld,
            title: "upheld",
            meaning: "The ballot is final, and it passed or too few voted: it counts. Claims are still filed.",
            cells: open(&[Taken], &[To(Refuted), Fails(ChallengeOver)], &[To(Upheld)], &[Fails(FilingOpen)]),
            passes: &[(TIME, UpheldReady)],
        },
        Row {
            state: UpheldReady,
            title: "upheld, ready to settle",
            meaning: "It counts, and filing is over: anyone may settle it. Its challenger's bond is lost then.",
            cells: open(&[Taken], &[Fails(ChallengeOver)], &[Fails(FilingOver)], &[To(Settled)]),
            passes: &[],
        },
        Row {
            state: TurnedDown,
            title: "turned down",
            meaning: "The ballot is final, and it failed: anyone may reject it, though filing may not be over.",
            cells: open(
                &[Taken],
                &[To(Refuted), Fails(ChallengeOver)],
                &[To(TurnedDown), Fails(FilingOver)],
                &[To(RejectedDue)],
            ),
            passes: &[],
        },
        Row {
            state: Refuted,
            title: "refuted",
            meaning: "A price has shown that it did not happen: anyone may reject it, however a vote stands.",
            cells: open(
                &[Fails(AlreadyRefuted), Taken],
                &[Fails(AlreadyRefuted)],
                &[To(Refuted), Fails(FilingOver)],
                &[To(Rejected), To(RejectedDue)],
            ),
            passes: &[],
        },
        Row {
            state: Settled,
            title: "settled",
            meaning: "Claims are to be paid, or their accounts to be closed. A challenger's bond is lost.",
            cells: ended(
                CLOSED_OR_TAKEN,
                CLOSED,
                &[To(Settled), Fails(NothingDue)],
                NOTHING,
                &[Fails(ExitBlocked), To(Settled)],
                NOT_OVER,
            ),
            passes: &[("close_claim", SettledOver)],
        },
        Row {
            state: SettledOver,
            title: "settled, all closed",
            meaning: "The accounts of all its claims are closed.",
            cells: ended(
                CLOSED_OR_TAKEN,
                &[NoAccount],
                &[NoAccount],
                NOTHING,
                &[Fails(ExitBlocked), To(SettledOver)],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: RejectedDue,
            title: "rejected, bond due",
            meaning: "Its challenger's bond is to be given back.",
            cells: ended(
                &[Taken],
                &[Fails(IncidentClosed), NoAccount],
                &[To(RejectedDue), Fails(NothingDue), NoAccount],
                &[To(Rejected), To(RejectedOver)],
                &[Fails(ExitBlocked), To(RejectedDue)],
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: Rejected,
            title: "rejected",
            meaning: "There is no bond, or it was given back. The accounts of its claims are to be closed.",
            cells: ended(
                CLOSED_OR_TAKEN,
                CLOSED,
                &[To(Rejected), Fails(NothingDue)],
                NOTHING,
                &[Fails(ExitBlocked), To(Rejected)],
                NOT_OVER,
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedOver,
            title: "rejected, all closed",
            meaning: "There is no bond, or it was given back, and the accounts of all its claims are closed.",
            cells: ended(
                CLOSED_OR_TAKEN,
                &[NoAccount],
                &[NoAccount],
                NOTHING,
                &[Fails(ExitBlocked), To(RejectedOver)],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: Gone,
            title: "closed",
            meaning: "The account is closed.",
            cells: [
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[NoAccount],
                &[Fails(ExitBlocked), To(Gone)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
