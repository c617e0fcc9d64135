//! `tally` against its rule in exact integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::BPS;
use coverage_math::tally::{Outcome, appeal_quorum_bps, decided, outcome, reward};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, bps_to, ceil_of, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/tally.txt");

/// A ballot in which no more is cast than is eligible, and what is still to come.
#[derive(Clone, Copy, Debug)]
struct Ballot {
    weight_for: u64,
    against: u64,
    eligible: u64,
    quorum: u16,
    threshold: u16,
}

impl Ballot {
    fn to_come(self) -> u64 {
        self.eligible - self.weight_for - self.against
    }

    fn decided(self) -> Option<Outcome> {
        decided(self.weight_for, self.against, self.eligible, self.quorum, self.threshold)
    }

    /// How it ends when `more_for` and `more_against` are cast as well.
    fn ends(self, more_for: u64, more_against: u64) -> Outcome {
        let (weight_for, against) = (self.weight_for + more_for, self.against + more_against);
        outcome(weight_for, against, self.eligible, self.quorum, self.threshold)
    }
}

/// Ballots of every size; many of them so close to their threshold that a vote or two decide.
fn ballot() -> impl Strategy<Value = Ballot> + Clone {
    (word(), word(), word(), bps_to(BPS), bps_to(BPS), 0u8..6).prop_map(
        |(eligible, first, second, quorum, threshold, kind)| {
            // What must be exceeded for a pass however the rest votes.
            let bar = small(&floor_of(eligible, threshold.into(), BPS.into())).unwrap();
            let near = bar.saturating_sub(1).saturating_add(first % 3).min(eligible);
            let (weight_for, against) = match kind {
                0 => (near, within(second, eligible - near)),
                1 => (within(second, near), eligible - near),
                2 => (within(first, eligible), eligible - within(first, eligible)),
                _ => {
                    let weight_for = within(first, eligible);
                    (weight_for, within(second, eligible - weight_for))
                }
            };
            Ballot { weight_for, against, eligible, quorum, threshold }
        },
    )
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    /// With the quorum reached: passed when those for it are enough of all, failed when those who are not against it
    /// are not.
    #[test]
    fn decided_follows_the_rule(ballot in ballot()) {
        let Ballot { weight_for, against, eligible, quorum, threshold } = ballot;
        let (cast, bar) = (big(weight_for) + against, big(eligible) * threshold);
        let expected = if cast == big(0u8) || cast * BPS < big(eligible) * quorum {
            None
        } else if big(weight_for) * BPS > bar {
            Some(Outcome::Passed)
        } else if (big(eligible) - against) * BPS <= bar {
            Some(Outcome::Failed)
        } else {
            None
        };
        prop_assert_eq!(ballot.decided(), expected);
    }

    /// What is decided stays so, whatever the rest votes; what is not could still end in another way.
    #[test]
    fn no_vote_changes_what_is_decided_and_some_could_what_is_not(
        ballot in ballot(), completions in vec((word(), word()), 0..6),
    ) {
        let rest = ballot.to_come();
        let ways = completions.into_iter().map(|(more_for, more_against)| {
            let more_for = within(more_for, rest);
            (more_for, within(more_against, rest - more_for))
        });
        let (now, extremes) = (ballot.ends(0, 0), [(0, 0), (rest, 0), (0, rest), (rest / 2, rest - rest / 2)]);
        match ballot.decided() {
            Some(end) => {
                for (more_for, more_against) in ways.chain(extremes) {
                    prop_assert_eq!(ballot.ends(more_for, more_against), end);
                }
            }
            None => {
                let open = now == Outcome::NoQuorum || extremes.iter().any(|(a, b)| ballot.ends(*a, *b) != now);
                prop_assert!(open, "it is decided: {:?}", now);
            }
        }
    }

    /// Once decided, votes that come keep it decided, and the same.
    #[test]
    fn what_is_decided_stays_decided(ballot in ballot(), more in word(), against: bool) {
        if let Some(end) = ballot.decided() {
            let more = within(more, ballot.to_come());
            let later = if against {
                Ballot { against: ballot.against + more, ..ballot }
            } else {
                Ballot { weight_for: ballot.weight_for + more, ..ballot }
            };
            prop_assert_eq!(later.decided(), Some(end));
        }
    }

    #[test]
    fn an_appeal_takes_twice_the_quorum_at_most_halfway_to_all(quorum in bps_to(BPS)) {
        let (once, appeal) = (u32::from(quorum), u32::from(appeal_quorum_bps(quorum)));
        prop_assert_eq!(appeal, (once * 2).min((once + u32::from(BPS)) / 2));
        prop_assert!(once <= appeal && (appeal < u32::from(BPS) || quorum == BPS));
    }

    #[test]
    fn reward_follows_the_rule(pot in word(), weight in word(), cast in word(), fit: bool) {
        let weight = if fit { within(weight, cast) } else { weight };
        let expected = match (pot, cast) {
            (0, _) => Some(0),
            (_, 0) => None,
            _ => small(&floor_of(pot, weight, cast)),
        };
        prop_assert_eq!(reward(pot, weight, cast), expected);
    }

    /// All parts together never exceed the pot, and fall short of it by less than an atom for each voter.
    #[test]
    fn rewards_share_the_pot(pot in word(), weights in vec(word(), 1..=12)) {
        let weights: Vec<u64> = weights.into_iter().map(|weight| weight >> 4).collect();
        let cast: u64 = weights.iter().sum();
        if cast > 0 {
            let parts = weights.iter().map(|weight| reward(pot, *weight, cast).unwrap());
            let sum = parts.fold(big(0u8), |sum, part| sum + part);
            prop_assert!(sum <= big(pot));
            prop_assert!(sum + weights.len() > big(pot));
        }
    }

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

/// Every ballot of up to seven votes, with every completion.
#[test]
fn every_small_ballot() {
    for eligible in 0..=7 {
        for (quorum, threshold) in [(1, 5_000), (2_000, 5_000), (5_000, 6_000), (9_000, 9_000), (10_000, 5_000)] {
            for weight_for in 0..=eligible {
                for against in 0..=eligible - weight_for {
                    let ballot = Ballot { weight_for, against, eligible, quorum, threshold };
                    let now = ballot.ends(0, 0);
                    let rest = ballot.to_come();
                    let mut ways = (0..=rest).flat_map(|more| (0..=rest - more).map(move |other| (more, other)));
                    let fixed = now != Outcome::NoQuorum && ways.all(|(more, other)| ballot.ends(more, other) == now);
                    assert_eq!(ballot.decided(), fixed.then_some(now), "{ballot:?}");
                }
            }
        }
    }
}

#[test]
fn decided_examples() {
    use Outcome::{Failed, Passed};
    let table = [
        // for, against, eligible, quorum, threshold, decided
        (501, 0, 1_000, 2_000, 5_000, Some(Passed)),
        (500, 0, 1_000, 2_000, 5_000, None), // the rest can make it a tie
        (0, 500, 1_000, 2_000, 5_000, Some(Failed)),
        (0, 499, 1_000, 2_000, 5_000, None),
        (499, 500, 1_000, 2_000, 5_000, Some(Failed)), // one to come makes it a tie
        (600, 0, 1_000, 6_001, 5_000, None),           // a majority, but no quorum
        (0, 0, 0, 2_000, 5_000, None),
        (1, 0, 1, 10_000, 5_000, Some(Passed)),
        (u64::MAX / 2 + 1, 0, u64::MAX, 2_000, 5_000, Some(Passed)),
        (u64::MAX / 2, 0, u64::MAX, 2_000, 5_000, None),
    ];
    for (weight_for, against, eligible, quorum, threshold, expected) in table {
        let found = decided(weight_for, against, eligible, quorum, threshold);
        assert_eq!(found, expected, "{weight_for} to {against} of {eligible}");
    }
    assert_eq!([0, 2_000, 3_333, 3_334, 9_000].map(appeal_quorum_bps), [0, 4_000, 6_666, 6_667, 9_500]);
    assert_eq!(
        [(600, 1_000), (399, 1_000), (1, 1_000)].map(|(weight, cast)| reward(100, weight, cast).unwrap()),
        [60, 39, 0]
    );
}
