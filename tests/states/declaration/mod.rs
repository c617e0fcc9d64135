//! What the program allows, and what it refuses with which error: the one place where it is written down.

pub mod ballot;
pub mod booking;
pub mod claim;
pub mod depeg;
pub mod incident;

use crate::{
    machine::Column,
    stage::{Act, Stage},
};

/// An instruction that is tried in the ways that a stage offers.
const fn column(instruction: &'static str, note: &'static str, tries: fn(&mut Stage) -> Vec<Act>) -> Column {
    Column { instruction, note, tries }
}

// Instructions of several kinds of accounts.
const CLOSE_BALLOT: Column = column("close_ballot", "", |_| vec![Act::CloseBallot]);
const APPEAL: Column = column("appeal", "", |_| vec![Act::Appeal]);
const ARBITRATE: Column =
    column("arbitrate", "by the arbiter, for every answer; `NotArbiter` where the pool has none", Stage::decisions);
const DECIDE_INCIDENT: Column = column("decide_incident", "", |_| vec![Act::Decide]);
const END_FILING: Column = column("end_filing", "", |_| vec![Act::EndFiling]);
const SETTLE_INCIDENT: Column = column("settle_incident", "", |_| vec![Act::Settle]);
const SETTLE_REST: Column = column("settle_rest", "", |_| vec![Act::SettleRest]);
const RESOLVE_DISPUTE: Column = column("resolve_dispute", "", |_| vec![Act::Resolve]);
const PAYOUT: Column = column("payout", "", Stage::payouts);
/// Of an epoch that was called the day before: nobody holds an option on when it is paid.
const PAY_EXITS: Column =
    column("pay_exits", "of an epoch that is due and was called a day before", |_| vec![Act::PayExits]);
const RELEASE_CONTESTED: Column = column(
    "release_contested",
    "to those who left while it was open; `NothingDue` where nobody did, or all was released",
    |_| vec![Act::Release],
);
const CLOSE_CLAIM: Column = column("close_claim", "", |_| vec![Act::CloseClaim]);
