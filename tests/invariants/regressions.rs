//! Sequences that once failed, at their shortest, and the rare states that random lives seldom reach.

use crate::{
    play,
    steps::{Limit, Sight, Size, Step},
    tally::Tally,
};

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
