//! The states of an incident that prices opened.

use super::{
    APPEAL, ARBITRATE, CLOSE_BALLOT, CLOSE_CLAIM, DECIDE_INCIDENT, END_FILING, PAY_EXITS, PAYOUT, SETTLE_INCIDENT,
    column,
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
    AlreadyRefuted, AppealWindowOpen, BallotOpen, ChallengeOpen, ChallengeOver, ExitHeld, FilingDue, FilingOpen,
    FilingOver, IncidentClosed, IncidentDecided, IncidentNotAccepted, IncidentNotOver, IncidentNotSettled,
    IncidentUndecided, NotDisputable, NothingDue,
};

/// Where an incident that prices opened stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Contestable,
    Standing,
    Voting,
    LateVoting,
    Upheld,
    TurnedDown,
    Refuted,
    Filing,
    ToFree,
    Ready,
    Refused,
    Settled,
    SettledOver,
    RejectedDue,
    Rejected,
    RejectedOver,
    Gone,
}

/// One whose verdict nobody has read, in the state `same`: claims are filed, and nothing of it is disputed or paid.
const fn undecided(
    same: Cell<State>,
    challenge: Cell<State>,
    refute: Cell<State>,
    decide: Cell<State>,
    exits: Cell<State>,
) -> [Cell<State>; 11] {
    [
        challenge,
        refute,
        same,
        &[Fails(IncidentUndecided)],
        decide,
        &[Fails(IncidentNotAccepted)],
        &[Fails(IncidentUndecided)],
        NOT_SETTLED,
        NOTHING,
        exits,
        NOT_SETTLED,
    ]
}

/// One that counts, in the state `same`: claims are paid what they are sure of.
const fn accepted(
    same: Cell<State>,
    claim: Cell<State>,
    end_filing: Cell<State>,
    settle: Cell<State>,
    exits: Cell<State>,
) -> [Cell<State>; 11] {
    [
        DECIDED_OR_TAKEN,
        &[Fails(IncidentDecided)],
        claim,
        &[Fails(NotDisputable)],
        &[Fails(IncidentDecided)],
        end_filing,
        settle,
        same,
        NOTHING,
        exits,
        NOT_SETTLED,
    ]
}

/// One that does not count, or has ended; its challenge, dispute, settling, payout, bond, exits and end as they are.
const fn over(
    challenge: Cell<State>,
    dispute: Cell<State>,
    settle: Cell<State>,
    payout: Cell<State>,
    bond: Cell<State>,
    exits: Cell<State>,
    close: Cell<State>,
) -> [Cell<State>; 11] {
    [
        challenge,
        &[Fails(IncidentDecided)],
        CLOSED,
        dispute,
        &[Fails(IncidentDecided)],
        &[Fails(IncidentNotAccepted)],
        settle,
        payout,
        bond,
        exits,
        close,
    ]
}

const CLOSED: Cell<State> = &[Fails(IncidentClosed)];
const CLOSED_OR_GONE: Cell<State> = &[Fails(IncidentClosed), NoAccount];
const DECIDED_OR_TAKEN: Cell<State> = &[Fails(IncidentDecided), Taken];
const NOTHING: Cell<State> = &[Fails(NothingDue)];
const NOT_SETTLED: Cell<State> = &[Fails(IncidentNotSettled)];
const NOT_OVER: Cell<State> = &[Fails(IncidentNotOver)];
const NOT_YET: Cell<State> = &[Fails(BallotOpen), Fails(AppealWindowOpen)];

/// An incident that prices opened.
pub const MACHINE: Machine<State, 11> = Machine {
    name: "Price incidents",
    about: "An incident that prices opened has the severity that was measured; its claims need no evidence and no bond. \
            For as long as an appeal takes, one price from inside the breach refutes it, and a bond brings the jury. \
            Then it counts, unless the jury turns it down; those who do not vote count for it. It is settled once filing is \
            over. It stands in one line with the other incidents of its product, as any does.",
    births: &[("open_price_incident", Contestable, Stage::depegged)],
    columns: [
        column("challenge_incident", "", |_| vec![Act::Challenge]),
        column("refute_incident", "by a price at the strike, of the first second that was measured", |_| {
            vec![Act::Refute]
        }),
        column("claim_breach", "of a policy that has filed none", |_| vec![Act::ClaimBreach("gwen")]),
        column("dispute_claim", "of one of its claims; *–* once its account is closed", |_| {
            vec![Act::Dispute("dan")]
        }),
        DECIDE_INCIDENT,
        END_FILING,
        SETTLE_INCIDENT,
        column(
            "payout",
            "of one of its claims; `NothingDue` once that is paid, *–* once its account is closed",
            PAYOUT.tries,
        ),
        column("collect_incident_bond", "of the one who challenged it", |_| vec![Act::CollectBond]),
        column(
            "pay_exits",
            "of an epoch that is due and was called a day before; `ExitHeld` until a day after prices could open the \
             incident",
            PAY_EXITS.tries,
        ),
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[CLOSE_BALLOT, APPEAL, ARBITRATE, CLOSE_CLAIM],
    rows: &[
        Row {
            state: Contestable,
            title: "can be challenged",
            meaning: "Claims are filed. It can be challenged, and refuted.",
            cells: undecided(
                &[To(Contestable)],
                &[To(Voting)],
                &[To(Refuted)],
                &[Fails(ChallengeOpen)],
                &[Fails(ExitHeld), To(Contestable)],
            ),
            passes: &[(TIME, Standing)],
        },
        Row {
            state: Standing,
            title: "stands, to be read",
            meaning: "Nobody challenged it in time: anyone may read the verdict, that it counts. Claims are filed.",
            cells: undecided(
                &[To(Standing)],
                &[Fails(ChallengeOver)],
                &[Fails(ChallengeOver)],
                &[To(Filing)],
                &[To(Standing)],
            ),
            passes: &[],
        },
        Row {
            state: Voting,
            title: "challenged",
            meaning: "The jury votes, or its vote can be appealed. It can still be refuted. Claims are filed.",
            cells: undecided(&[To(Voting)], &[Taken], &[To(Refuted)], NOT_YET, &[Fails(ExitHeld), To(Voting)]),
            passes: &[(TIME, LateVoting), ("close_ballot", Upheld), ("close_ballot", TurnedDown)],
        },
        Row {
            state: LateVoting,
            title: "challenged, not refuted in time",
            meaning: "The jury votes, its vote can be appealed, or the arbiter can decide. Claims are filed.",
            cells: undecided(&[To(LateVoting)], &[Taken], &[Fails(ChallengeOver)], NOT_YET, &[To(LateVoting)]),
            passes: &[(TIME, Upheld), (TIME, TurnedDown), ("close_ballot", Upheld), ("close_ballot", TurnedDown)],
        },
        Row {
            state: Upheld,
            title: "upheld, to be read",
            meaning: "The ballot is final, and it passed, or too few voted against it: anyone may read the verdict, that it counts. \
                      Claims are filed.",
            cells: undecided(
                &[To(Upheld)],
                &[Taken],
                &[To(Refuted), Fails(ChallengeOver)],
                &[To(Filing)],
                &[Fails(ExitHeld), To(Upheld)],
            ),
            passes: &[],
        },
        Row {
            state: TurnedDown,
            title: "turned down, to be read",
            meaning: "The ballot is final, and it failed: anyone may read the verdict. Claims are filed.",
            cells: undecided(
                &[To(TurnedDown)],
                &[Taken],
                &[To(Refuted), Fails(ChallengeOver)],
                &[To(Refused)],
                &[Fails(ExitHeld), To(TurnedDown)],
            ),
            passes: &[],
        },
        Row {
            state: Refuted,
            title: "refuted, to be read",
            meaning: "A price has shown that it did not happen: anyone may read the verdict, however a vote stands.",
            cells: undecided(
                &[To(Refuted)],
                &[Fails(AlreadyRefuted), Taken],
                &[Fails(AlreadyRefuted)],
                &[To(Refused)],
                &[Fails(ExitHeld), To(Refuted)],
            ),
            passes: &[],
        },
        Row {
            state: Filing,
            title: "accepted, filing",
            meaning: "It counts, and the bond of a challenge is lost. Claims are filed for the window after the verdict \
                      was read, up to the end of the day.",
            cells: accepted(&[To(Filing)], &[To(Filing)], &[Fails(FilingOpen)], &[Fails(FilingOpen)], &[To(Filing)]),
            passes: &[(TIME, ToFree)],
        },
        Row {
            state: ToFree,
            title: "filing over",
            meaning: "Filing is over: anyone may free what nobody claimed. No exit is paid before.",
            cells: accepted(
                &[To(ToFree)],
                &[Fails(FilingOver)],
                &[To(Ready)],
                &[Fails(FilingDue)],
                &[Fails(FilingDue)],
            ),
            passes: &[],
        },
        Row {
            state: Ready,
            title: "ready to settle",
            meaning: "What nobody claimed is free: anyone may settle it.",
            cells: accepted(&[To(Ready)], &[Fails(FilingOver)], NOTHING, &[To(Settled)], &[To(Ready)]),
            passes: &[],
        },
        Row {
            state: Refused,
            title: "refused",
            meaning: "It does not count: anyone may reject it. The bond of a challenge can be given back.",
            cells: over(
                DECIDED_OR_TAKEN,
                CLOSED_OR_GONE,
                &[To(RejectedDue), To(Rejected), To(RejectedOver)],
                &[To(Refused), Fails(NothingDue), NoAccount],
                &[To(Refused), Fails(NothingDue)],
                &[To(Refused), Fails(ExitHeld)],
                NOT_SETTLED,
            ),
            passes: &[],
        },
        Row {
            state: Settled,
            title: "settled",
            meaning: "Claims are to be paid, or their accounts to be closed. A challenger's bond is lost.",
            cells: over(
                DECIDED_OR_TAKEN,
                CLOSED,
                CLOSED,
                &[To(Settled), Fails(NothingDue)],
                NOTHING,
                &[To(Settled)],
                NOT_OVER,
            ),
            passes: &[("close_claim", SettledOver)],
        },
        Row {
            state: SettledOver,
            title: "settled, all closed",
            meaning: "The accounts of all its claims are closed.",
            cells: over(DECIDED_OR_TAKEN, &[NoAccount], CLOSED, &[NoAccount], NOTHING, &[To(SettledOver)], &[To(Gone)]),
            passes: &[],
        },
        Row {
            state: RejectedDue,
            title: "rejected, bond due",
            meaning: "Its challenger's bond is to be given back.",
            cells: over(
                &[Taken],
                CLOSED_OR_GONE,
                CLOSED,
                &[To(RejectedDue), Fails(NothingDue), NoAccount],
                &[To(Rejected), To(RejectedOver)],
                &[To(RejectedDue), Fails(ExitHeld)],
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: Rejected,
            title: "rejected",
            meaning: "There is no bond, or it was given back. The accounts of its claims are to be closed.",
            cells: over(
                DECIDED_OR_TAKEN,
                CLOSED,
                CLOSED,
                &[To(Rejected), Fails(NothingDue)],
                NOTHING,
                &[To(Rejected), Fails(ExitHeld)],
                NOT_OVER,
            ),
            passes: &[("close_claim", RejectedOver)],
        },
        Row {
            state: RejectedOver,
            title: "rejected, all closed",
            meaning: "There is no bond, or it was given back, and the accounts of all its claims are closed.",
            cells: over(
                DECIDED_OR_TAKEN,
                &[NoAccount],
                CLOSED,
                &[NoAccount],
                NOTHING,
                &[To(RejectedOver), Fails(ExitHeld)],
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
                &[NoAccount],
                &[NoAccount],
                &[To(Gone), Fails(ExitHeld)],
                &[NoAccount],
            ],
            passes: &[],
        },
    ],
};
