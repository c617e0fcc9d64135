//! Bookings of dora's policy, of a product that a program draws on.

use super::{AGAINST, Act, FOR, Stage};
use crate::declaration::booking::State;

/// Bookings in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    let paid_part = || Stage::booked().after_hours(6).then(Act::PayBooking);
    match state {
        Booked => vec![Stage::booked(), Stage::booked().after_hours(6), little().after_hours(12)],
        Standing => vec![
            Stage::booked().after_days(1),
            Stage::booked().after_days(100),
            short().after_days(100),
            challenged().decided(FOR).read(),
            challenged().decided(FOR).read().then(Act::CollectBond),
        ],
        PaidPart => vec![
            paid_part(),
            paid_part().after_hours(6),
            paid_part().after_days(100),
            short().after_days(10).then(Act::PayBooking).after_days(100),
            Stage::booked().after_hours(6).then(Act::SettleBooking),
            paid_part().then(Act::Challenge).decided(FOR).read(),
            challenged().decided(FOR).read().then(Act::PayBooking),
        ],
        Voting => vec![
            challenged(),
            paid_part().then(Act::Challenge),
            challenged().then(Act::Vote("vera", FOR)),
            challenged().then(Act::Vote("vera", AGAINST)),
            challenged().decided(FOR),
            challenged().decided(AGAINST),
            challenged().without_quorum(),
            challenged().without_quorum().then(Act::Arbitrate(FOR)),
            challenged().decided(FOR).then(Act::Appeal).then(Act::Vote("vera", FOR)),
            challenged().decided(FOR).then(Act::Appeal).then(Act::Vote("vera", AGAINST)),
        ],
        Upheld => vec![
            challenged().decided(FOR).until_final(),
            paid_part().then(Act::Challenge).decided(FOR).until_final(),
            challenged().without_quorum().until_final(),
        ],
        TurnedDown => vec![
            challenged().decided(AGAINST).until_final(),
            paid_part().then(Act::Challenge).decided(AGAINST).until_final(),
            challenged().without_quorum().then(Act::Arbitrate(AGAINST)).until_final(),
        ],
        Unpaid => vec![
            Stage::booked().after_days(100).then(Act::SettleBooking),
            left().after_days(100).then(Act::SettleBooking),
        ],
        Full => vec![
            Stage::booked().after_days(100).then(Act::PayBooking),
            challenged().decided(FOR).read().after_days(100).then(Act::PayBooking),
            left().after_days(100).then(Act::PayBooking),
        ],
        Short => vec![short().after_days(100).then(Act::PayBooking)],
        RejectedDue => {
            vec![challenged().decided(AGAINST).read(), paid_part().then(Act::Challenge).decided(AGAINST).read()]
        }
        Rejected => vec![challenged().decided(AGAINST).read().then(Act::CollectBond)],
        Gone => vec![
            Stage::booked().after_days(100).then(Act::PayBooking).then(Act::CloseIncident),
            challenged().decided(AGAINST).read().then(Act::CollectBond).then(Act::CloseIncident),
        ],
    }
}

/// Opal challenges it at once.
fn challenged() -> Stage {
    Stage::booked().then(Act::Challenge)
}

/// Some of ada's shares leave a day after it was booked.
fn left() -> Stage {
    Stage::booked().after_days(1).then(Act::PayExits)
}

/// So little is booked that half a bucket pays it.
fn little() -> Stage {
    Stage::drawn_on(50_000)
}

/// More than there is once all that fay claims is paid.
fn short() -> Stage {
    Stage::drawn_on(1_300_000).without_fays()
}
