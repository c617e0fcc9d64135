//! The states of a booking.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, DECIDE_INCIDENT, RELEASE_CONTESTED, column};
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
    AppealWindowOpen, BallotOpen, ChallengeOver, IncidentClosed, IncidentDecided, IncidentNotOver, IncidentNotSettled,
    IncidentUndecided, NothingDue,
};

/// Where a booking stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Booked,
    Standing,
    PaidPart,
    Voting,
    Upheld,
    TurnedDown,
    Unpaid,
    Full,
    Short,
    RejectedDue,
    Rejected,
    Gone,
}

const NOTHING: Cell<State> = &[Fails(NothingDue)];

/// One that counts, by its challenge, payment and bond.
const fn counts(challenge: Cell<State>, pay: Cell<State>, bond: Cell<State>) -> [Cell<State>; 6] {
    [challenge, pay, &[Fails(IncidentDecided)], bond, NOTHING, &[Fails(IncidentNotSettled)]]
}

/// One that the jury decides, by its verdict.
const fn challenged(decide: Cell<State>) -> [Cell<State>; 6] {
    [&[Taken], &[Fails(IncidentUndecided)], decide, NOTHING, NOTHING, &[Fails(IncidentNotSettled)]]
}

/// One that has ended, by its challenge, payment, bond, release and end.
const fn ended(
    challenge: Cell<State>,
    pay: Cell<State>,
    bond: Cell<State>,
    release: Cell<State>,
    close: Cell<State>,
) -> [Cell<State>; 6] {
    [challenge, pay, &[Fails(IncidentDecided)], bond, release, close]
}

const CLOSED: Cell<State> = &[Fails(IncidentClosed)];
const CLOSED_OR_TAKEN: Cell<State> = &[Fails(IncidentClosed), Taken];

/// A booking.
pub const MACHINE: Machine<State, 6> = Machine {
    name: "Bookings",
    about: "What a covered program draws and is not paid at once is booked. A booking counts from the start; within a \
            day anyone may challenge it, and while the jury decides nothing of it is paid. Anyone pays it as the \
            product's bucket fills; once that day is over a part of it falls due each day whatever the bucket holds, \
            and all of it within a year. It ends when all of it is settled; or, short, with its share, when all of it is due \
            and for a day no accepted incident, no challenged booking and nothing held back could leave it more. Those who \
            leave meanwhile pay their part of it.",
    births: &[("draw", Booked, Stage::booked)],
    columns: [
        column("challenge_incident", "", |_| vec![Act::Challenge]),
        column("pay_booking", "with the holder's token account, and without: then it is settled and not paid", |_| {
            vec![Act::PayBooking, Act::SettleBooking]
        }),
        DECIDE_INCIDENT,
        column("collect_incident_bond", "of the one whose bond it is", |_| vec![Act::CollectBond]),
        RELEASE_CONTESTED,
        column("close_incident", "", |_| vec![Act::CloseIncident]),
    ],
    others: &[CLOSE_BALLOT, APPEAL, ARBITRATE],
    rows: &[
        Row {
            state: Booked,
            title: "booked",
            meaning: "Nothing of it is paid yet. It can be challenged until a day after it was booked.",
            cells: counts(&[To(Voting)], &[Fails(NothingDue), To(PaidPart), To(Full), To(Unpaid)], NOTHING),
            passes: &[(TIME, Standing)],
        },
        Row {
            state: Standing,
            title: "booked, stands",
            meaning: "Nothing of it is paid yet, and it cannot be challenged any more: nobody did in time, or the jury let \
                      it stand. Then half of the challenge's bond is the holder's.",
            cells: counts(
                &[Fails(ChallengeOver), Taken],
                &[To(PaidPart), To(Full), To(Short), To(Unpaid)],
                &[Fails(NothingDue), To(Standing)],
            ),
            passes: &[],
        },
        Row {
            state: PaidPart,
            title: "paid in part",
            meaning: "A part of it is settled; the rest waits for the bucket, for what is due each day, or for what others \
                      need of the capital. It can be challenged until a day after it was booked.",
            cells: counts(
                &[To(Voting), Fails(ChallengeOver), Taken],
                &[Fails(NothingDue), To(PaidPart), To(Full), To(Short), To(Unpaid)],
                &[Fails(NothingDue), To(PaidPart)],
            ),
            passes: &[],
        },
        Row {
            state: Voting,
            title: "challenged",
            meaning: "The jury votes, its vote can be appealed, or the arbiter can decide. Nothing more of it is settled.",
            cells: challenged(&[Fails(BallotOpen), Fails(AppealWindowOpen)]),
            passes: &[(TIME, Upheld), (TIME, TurnedDown), ("close_ballot", Upheld), ("close_ballot", TurnedDown)],
        },
        Row {
            state: Upheld,
            title: "upheld, to be read",
            meaning: "The ballot is final, and it passed, or too few voted against it: anyone may read the verdict, and it is paid on.",
            cells: challenged(&[To(Standing), To(PaidPart)]),
            passes: &[],
        },
        Row {
            state: TurnedDown,
            title: "turned down, to be read",
            meaning: "The ballot is final, and it failed: anyone may read the verdict, and it ends with what was settled.",
            cells: challenged(&[To(RejectedDue)]),
            passes: &[],
        },
        Row {
            state: Unpaid,
            title: "ended, to be paid",
            meaning: "It ended, but what was settled is not paid: anyone may pay it.",
            cells: ended(
                CLOSED,
                &[To(Full), Fails(IncidentClosed)],
                NOTHING,
                &[Fails(NothingDue), To(Unpaid)],
                &[Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Full,
            title: "paid in full",
            meaning: "All of it is paid.",
            cells: ended(
                CLOSED_OR_TAKEN,
                CLOSED,
                &[Fails(NothingDue), To(Full)],
                &[Fails(NothingDue), To(Full)],
                &[To(Gone), Fails(IncidentNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Short,
            title: "ended short",
            meaning: "The capital had no more for it: what it was short of is not owed any more, and the policy has that part of its \
                      sum insured again. Those who left pay their whole part.",
            cells: ended(CLOSED, CLOSED, NOTHING, NOTHING, &[To(Gone)]),
            passes: &[],
        },
        Row {
            state: RejectedDue,
            title: "rejected, bond due",
            meaning: "The jury turned it down: what was settled stays paid, and no more. The challenger's bond is to be given \
                      back.",
            cells: ended(&[Taken], CLOSED, &[To(Rejected)], NOTHING, &[Fails(IncidentNotOver)]),
            passes: &[],
        },
        Row {
            state: Rejected,
            title: "rejected",
            meaning: "The challenger's bond was given back.",
            cells: ended(&[Taken], CLOSED, NOTHING, NOTHING, &[To(Gone)]),
            passes: &[],
        },
        Row { state: Gone, title: "closed", meaning: "The account is closed.", cells: [&[NoAccount]; 6], passes: &[] },
    ],
};
