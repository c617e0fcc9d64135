//! Sequences that once failed, at their shortest, and the rare states that random lives seldom reach.

use crate::{
    play,
    play::{BACKSTOP, VENUE},
    steps::{Limit, Sight, Size, Step},
    tally::Tally,
};
use coverage_model::DAY;
use harness::UNIT;

/// Plays a life and returns how its steps ended.
fn played(steps: &[Step]) -> Tally {
    let mut tally = Tally::default();
    play(steps, &mut tally);
    tally
}

/// A deposit once filled the supply up to 2^64 shares, and no price, which counts a thousand more, could be computed
/// any longer: nobody could leave, enter or buy.
#[test]
fn a_pool_that_is_full_of_shares_still_lets_everyone_leave() {
    let tally = played(&[
        Step::Deposit { pool: 1, who: 2, size: Size::Edge(1), limit: Limit::Free, sight: Sight::Clear },
        Step::Deposit { pool: 1, who: 2, size: Size::Edge(0), limit: Limit::Free, sight: Sight::Clear },
        Step::Deposit { pool: 1, who: 0, size: Size::Atoms(1), limit: Limit::Free, sight: Sight::Clear },
        Step::RequestExit { pool: 1, who: 2, size: Size::Edge(0), off: 0 },
    ]);
    assert_eq!(tally.get("Deposit", "MathOverflow"), 2, "no more shares than there can be");
    assert_eq!(tally.get("Deposit", "filled the pool"), 1);
    assert!(tally.get("PayExits", "done") > 0);
}

/// All that a pool covers goes wrong at once, which is more than it has: what it has is shared, and in that second it
/// takes no deposits.
#[test]
fn a_ruined_pool_takes_no_deposits() {
    let tally = played(&[
        // A court that is worth all of it.
        Step::Stake { who: 0, size: Size::Atoms(900 * UNIT) },
        Step::Wait { seconds: 3 * DAY },
        Step::Ruin { pool: 0, number: 0 },
        Step::Deposit { pool: 0, who: 1, size: Size::Part(5_000), limit: Limit::Free, sight: Sight::Clear },
        Step::RequestExit { pool: 0, who: 0, size: Size::Edge(0), off: 0 },
    ]);
    assert!(tally.get("Settle", "paid in part") > 0, "{:?}", tally.ends["Settle"]);
    assert_eq!(tally.get("Deposit", "PoolDepleted"), 1, "{:?}", tally.ends["Deposit"]);
    assert!(tally.get("PayExits", "done") > 0, "{:?}", tally.ends["PayExits"]);
}

/// What nobody claimed comes back to those who left once filing is over, before the incident ends.
#[test]
fn those_who_fled_get_back_what_nobody_claims() {
    let tally = played(&[Step::Flee { pool: 0, number: 11 }]);
    assert!(tally.get("EndFiling", "freed") > 0, "{:?}", tally.ends["EndFiling"]);
    assert!(tally.get("Release", "while it is open") > 0, "{:?}", tally.ends["Release"]);
}

/// Where the liens exceed the capital nobody leaves: what those who stay bear could not be paid.
#[test]
fn nobody_leaves_a_pool_whose_liens_exceed_its_capital() {
    let tally = played(&[
        Step::RequestExit { pool: 0, who: 0, size: Size::Part(5_000), off: 0 },
        Step::Ruin { pool: 0, number: 6 },
    ]);
    assert!(tally.get("PayExits", "LiensExceedCapital") > 0, "{:?}", tally.ends["PayExits"]);
}

/// Buys cover at the price there is, without a commission.
fn bought(product: usize, who: usize, holder: Option<usize>, size: Size, term_days: u16, limit: Limit) -> Step {
    Step::Buy { product, who, holder, size, term_days, commission_bps: 0, limit }
}

/// Paying an earlier incident of a line, after the index was doubled more than sixty times, once rounded what those who left
/// between the reports bear up by hundreds of atoms.
#[test]
fn those_who_left_between_two_reports_lose_nothing_to_roundings() {
    let tally = played(&[
        bought(0, 0, None, Size::Part(1), 1, Limit::Free),
        Step::Draw { policy: 1, by: None, size: Size::Part(5_333), limit: Limit::Free, books: true },
        Step::Doubt { number: 0, side: 0 },
        Step::Flee { pool: 1, number: 0 },
        bought(0, 0, None, Size::Edge(-1), 110, Limit::Beyond),
        bought(7, 8, None, Size::Atoms(172_899_131_994), 36, Limit::Free),
        Step::Ruin { pool: 0, number: 11 },
        bought(3, 10, Some(6), Size::Edge(-1), 87, Limit::Free),
        Step::Ruin { pool: 0, number: 27 },
        Step::Flee { pool: 1, number: 2 },
    ]);
    assert!(tally.fairness.with_parts > 0, "{}", tally.fairness);
}

/// Nobody pays a booking until the cover is over and nearly everybody has left: what is left of the capital would fill a bucket
/// with next to nothing a day, for ever, while what those who left have in the booking waits.
#[test]
fn a_booking_ends_though_nearly_everyone_has_left() {
    let (who, size, limit) = (1, Size::Part(9_000), Limit::Free);
    let tally = played(&[
        Step::Buy { product: VENUE, who, holder: Some(who), size, term_days: 30, commission_bps: 0, limit },
        Step::Wait { seconds: 2 * DAY },
        Step::Draw { policy: 1, by: None, size: Size::Edge(0), limit, books: true },
        Step::Wait { seconds: 400 * DAY },
        Step::RequestExit { pool: 1, who: 0, size: Size::Part(9_999), off: 0 },
    ]);
    assert_eq!(tally.get("Draw", "in part"), 1, "{:?}", tally.ends["Draw"]);
    assert!(tally.get("Meter", "those who left pay") > 0, "{:?}", tally.ends["Meter"]);
}

/// A pool is ruined in which nearly everything was booked: there is less than what is booked and claimed together. All of it is
/// paid, the booking ends short, and the pool is wiped out.
#[test]
fn a_booking_that_the_capital_cannot_pay_ends_short() {
    let (who, size, limit) = (1, Size::Part(9_000), Limit::Free);
    let tally = played(&[
        Step::Buy { product: BACKSTOP, who, holder: Some(who), size, term_days: 30, commission_bps: 0, limit },
        Step::Wait { seconds: 2 * DAY },
        Step::Ruin { pool: 0, number: 0 },
    ]);
    assert_eq!(tally.get("Meter", "short at its end"), 1, "{:?}", tally.ends["Meter"]);
    assert!(tally.get("Settle", "paid in part") > 0, "{:?}", tally.ends["Settle"]);
    // Nothing is left of the pool's shares: they are retired and redeemed, and what kept them is closed.
    let retired = ["Retire", "Redeem", "CloseRetired"].map(|step| tally.get(step, "done"));
    assert!(retired.iter().all(|times| *times > 0), "{retired:?}");
}

/// Where a pool has as much capital as it covers, claims are paid in full before their incident is settled; those who left since it was
/// reported pay their part of that.
#[test]
fn those_who_left_pay_claims_before_their_incident_is_settled() {
    let mut ends = [0; 2];
    for number in [1, 5, 7, 11, 13, 17] {
        let tally = played(&[Step::Line { product: 3, number }, Step::Line { product: 4, number }]);
        for (sum, end) in ends.iter_mut().zip(["on account", "on account, by those who left too"]) {
            *sum += tally.get("Pay", end);
        }
    }
    assert!(ends.iter().all(|times| *times > 0), "{ends:?}");
}

/// Cover that ends with this day cannot be cancelled: nothing of its premium is left.
#[test]
fn nothing_is_refunded_on_the_last_day_of_a_cover() {
    let (who, size, limit) = (1, Size::Part(1_000), Limit::Free);
    let tally = played(&[
        Step::Buy { product: 0, who, holder: Some(who), size, term_days: 3, commission_bps: 0, limit },
        Step::Wait { seconds: 3 * DAY },
        Step::Cancel { policy: 2, by: None, limit },
    ]);
    assert_eq!(tally.get("Cancel", "NothingToRefund"), 1, "{:?}", tally.ends["Cancel"]);
}
