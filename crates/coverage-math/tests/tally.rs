//! `tally` against its rule in exact integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::BPS;
use coverage_math::tally::{Outcome, outcome};
use proptest::prelude::*;
use reference::{big, bps_to, ceil_of, config, small, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/tally.txt");

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn outcome_follows_the_rule(
        votes in [word(), word()], eligible in word(), quorum in bps_to(u16::MAX), threshold in bps_to(u16::MAX),
    ) {
        let cast = big(votes[0]) + votes[1];
        let enough = cast > big(0u8) && &cast * BPS >= big(eligible) * quorum;
        let carried = big(votes[0]) * BPS > cast * threshold;
        let expected = match (enough, carried) {
            (false, _) => Outcome::NoQuorum,
            (true, true) => Outcome::Passed,
            (true, false) => Outcome::Failed,
        };
        prop_assert_eq!(outcome(votes[0], votes[1], eligible, quorum, threshold), expected);
    }

    #[test]
    fn a_tie_fails(each in word(), quorum in bps_to(BPS)) {
        let each = each >> 1;
        let expected = if each == 0 { Outcome::NoQuorum } else { Outcome::Failed };
        prop_assert_eq!(outcome(each, each, each * 2, quorum, 5_000), expected);
        // One more vote decides it.
        prop_assert_eq!(outcome(each + 1, each, each * 2, quorum, 5_000), Outcome::Passed);
    }

    #[test]
    fn no_votes_are_no_quorum(eligible in word(), quorum in bps_to(BPS), threshold in bps_to(BPS)) {
        prop_assert_eq!(outcome(0, 0, eligible, quorum, threshold), Outcome::NoQuorum);
    }

    #[test]
    fn a_quorum_is_met_by_its_last_vote(eligible in word(), quorum in bps_to(BPS), for_it: bool) {
        let least = small(&ceil_of(eligible, quorum.into(), BPS.into())).unwrap().max(1);
        let ballot = |cast| if for_it { (cast, 0) } else { (0, cast) };
        let decide = |(weight_for, against)| outcome(weight_for, against, eligible, quorum, 5_000);
        prop_assert_eq!(decide(ballot(least - 1)), Outcome::NoQuorum);
        prop_assert_eq!(decide(ballot(least)), if for_it { Outcome::Passed } else { Outcome::Failed });
    }

    /// More votes for it never turn a pass into a failure, more against it never a failure into a pass.
    #[test]
    fn votes_count_the_way_they_are_cast(
        votes in [word(), word()], more in word(), eligible in word(), quorum in bps_to(BPS), threshold in bps_to(BPS),
    ) {
        let [weight_for, against] = votes;
        let decide = |weight_for, against| outcome(weight_for, against, eligible, quorum, threshold);
        let now = decide(weight_for, against);
        if now == Outcome::Passed {
            prop_assert_eq!(decide(weight_for.saturating_add(more), against), Outcome::Passed);
        }
        if now == Outcome::Failed {
            prop_assert_eq!(decide(weight_for, against.saturating_add(more)), Outcome::Failed);
        }
    }
}

#[test]
fn examples() {
    use Outcome::{Failed, NoQuorum, Passed};
    let table = [
        // for, against, eligible, quorum, threshold, outcome
        (600, 400, 10_000, 1_000, 5_000, Passed),
        (500, 500, 10_000, 1_000, 5_000, Failed),   // a tie
        (600, 399, 10_000, 1_000, 5_000, NoQuorum), // one vote short
        (600, 300, 900, 10_000, 6_666, Passed),     // two thirds are more than 66.66%
        (600, 300, 900, 10_000, 6_667, Failed),     // and less than 66.67%
        (1, 0, 0, 10_000, 5_000, Passed),           // nobody was eligible, and yet one voted
        (1, 0, 1, 0, 10_000, Failed),               // more than all is impossible
        (0, 0, 0, 0, 0, NoQuorum),
        (u64::MAX, u64::MAX, u64::MAX, 10_000, 4_999, Passed),
        (u64::MAX, u64::MAX, u64::MAX, 10_000, 5_000, Failed),
    ];
    for (weight_for, against, eligible, quorum, threshold, expected) in table {
        let found = outcome(weight_for, against, eligible, quorum, threshold);
        assert_eq!(found, expected, "{weight_for} to {against} of {eligible}");
    }
}
