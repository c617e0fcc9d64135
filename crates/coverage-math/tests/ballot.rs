//! `ballot` against its rules in exact integers, and what the rules are for: nobody gains by staying away, nor by
//! voting other than what they want most, and a ballot that ends early ends as it would have.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::BPS;
use coverage_math::ballot::{
    self, Count, TOP, Weights, appeal_bond_back, appeal_quorum, bonds_lost, cover_of_court, has_moved, is_overturned,
    may_choose, part_at, quorum_weight, reward,
};
use coverage_math::settlement::split_bond;
use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, bps_to, ceil_of, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/ballot.txt");

const LEVELS: usize = 17;
const NOBODY: Weights = [0; LEVELS];
const HALF: u16 = 5_000;

/// A round of a ballot.
#[derive(Clone, Copy, Debug)]
struct Round {
    fixed: Weights,
    movable: Weights,
    default: u8,
    quorum: u64,
    threshold: u16,
}

impl Round {
    fn count(&self) -> Count<'_> {
        Count {
            fixed: &self.fixed,
            movable: &self.movable,
            default: self.default,
            quorum: self.quorum,
            threshold_bps: self.threshold,
        }
    }

    fn level(&self) -> u8 {
        self.count().level().unwrap()
    }

    fn level_of_votes(&self) -> Option<u8> {
        self.count().level_of_votes()
    }

    fn decided(&self, eligible: u64) -> Option<u8> {
        self.count().decided(eligible)
    }

    fn cast(&self) -> u64 {
        self.count().cast().unwrap()
    }

    /// With `weight` more at `at`; as it is where that weight stays away.
    fn with(mut self, weight: u64, at: impl Into<Option<u8>>) -> Self {
        if let Some(level) = at.into() {
            self.fixed[usize::from(level)] += weight;
        }
        self
    }

    /// How it ends when `votes` are cast as well, and nothing can be recast any more.
    fn ends(mut self, votes: &Weights) -> u8 {
        for (fixed, more) in self.fixed.iter_mut().zip(votes) {
            *fixed += more;
        }
        Self { movable: NOBODY, ..self }.level()
    }
}

/// Where a round ends: the least k for which S_k × 10⁴ ≥ (10⁴ − threshold) × W, with S_k the weight up to k and W all
/// of it, both with what is missing to the quorum weight at the default. The default where W is nothing.
fn quantile(round: &Round) -> u8 {
    let mut weights: Vec<BigUint> = round.fixed.iter().zip(round.movable).map(|(a, b)| big(*a) + b).collect();
    let cast: BigUint = weights.iter().sum();
    if cast < big(round.quorum) {
        weights[usize::from(round.default)] += big(round.quorum) - cast;
    }
    let all: BigUint = weights.iter().sum();
    if all == big(0u8) {
        return round.default;
    }
    let up_to = |k: u8| weights[..=usize::from(k)].iter().sum::<BigUint>();
    (0..=TOP).find(|k| up_to(*k) * BPS >= &all * (BPS - round.threshold)).unwrap()
}

fn sum_of<const N: usize>(weights: [&Weights; N]) -> BigUint {
    weights.into_iter().flatten().map(|weight| big(*weight)).sum()
}

fn total(weights: &Weights) -> u64 {
    weights.iter().sum()
}

/// Whether `one` is at least as good as `other` to everybody who wants `peak` most, whatever else they think: it lies
/// between the two.
fn as_good(one: u8, other: u8, peak: u8) -> bool {
    (peak.min(other)..=peak.max(other)).contains(&one)
}

/// What a voter can do: stay away, or vote at a level.
fn ways() -> impl Iterator<Item = Option<u8>> + Clone {
    core::iter::once(None).chain((0..=TOP).map(Some))
}

/// `total` in parts at levels from `from` to below `to`.
fn spread(total: u64, from: u8, to: u8, parts: &[(u8, u64)]) -> Weights {
    let mut weights = NOBODY;
    let at = |level: u8| usize::from(from + level % (to - from));
    let mut left = total;
    for (level, part) in parts {
        let part = within(*part, left);
        weights[at(*level)] += part;
        left -= part;
    }
    weights[at(parts.len() as u8)] += left;
    weights
}

fn joined(one: &Weights, other: &Weights) -> Weights {
    core::array::from_fn(|level| one[level] + other[level])
}

fn threshold() -> impl Strategy<Value = u16> + Clone {
    (bps_to(BPS), 0u8..8).prop_map(|(any, kind)| match kind {
        0..=2 => HALF,
        3 => 6_000,
        4 => 6_667,
        5 => 9_000,
        _ => any,
    })
}

fn parts() -> impl Strategy<Value = Vec<(u8, u64)>> + Clone {
    vec((0u8..17, word()), 0..4)
}

/// Least weight up to a level, of `all`, for a round to end there or below.
fn bar(all: u64, threshold: u16) -> u64 {
    small(&ceil_of(all, (BPS - threshold).into(), BPS.into())).unwrap()
}

/// `at`, or up to two below it or one above, or any where `near` says so, and at most `max`.
fn about(at: u64, near: u8, any: u64, max: u64) -> u64 {
    if near < 4 { at.saturating_add(near.into()).saturating_sub(2).min(max) } else { within(any, max) }
}

/// Rounds of every size below 2^62, most of them so close to an edge that a vote or two decide.
fn round() -> impl Strategy<Value = Round> + Clone {
    let sizes = (word(), word(), 0u8..8, threshold());
    let place = (0u8..TOP, 0u8..17, 0u8..6, 0u8..5, word());
    (sizes, place, parts(), parts(), parts()).prop_map(|(sizes, place, low, high, carried)| {
        let (cast, quorum, size, threshold) = sizes;
        let threshold = threshold.min(BPS - 1); // more than all is never reached: the lowest level stands then
        let (level, default, kind, near, any) = place;
        let (cast, quorum) = match size {
            0..=2 => (cast % 12, 1 + quorum % 16),
            3..=4 => (cast % 200, quorum % 300),
            5 => (cast >> 2, (cast >> 2).saturating_add(quorum % 5).saturating_sub(2)),
            _ => (cast >> 2, quorum >> 2),
        };
        let default = [0, TOP, level, level + 1].get(usize::from(kind)).copied().unwrap_or(default);
        let ghosts = quorum.saturating_sub(cast);
        let bar = bar(cast.max(quorum), threshold);
        // What is up to `level` of the votes, so that with the ghosts about the bar is.
        let below = about(bar.saturating_sub(if default <= level { ghosts } else { 0 }), near, any, cast);
        let votes = joined(&spread(below, 0, level + 1, &low), &spread(cast - below, level + 1, 17, &high));
        let mut movable = NOBODY;
        for (level, part) in carried {
            let level = usize::from(level);
            movable[level] = movable[level].max(within(part, votes[level]));
        }
        let fixed = core::array::from_fn(|level| votes[level] - movable[level]);
        Round { fixed, movable, default, quorum, threshold }
    })
}

/// Rounds and all that is eligible, most of them so that a vote or two decide whether the round can end.
fn closing(sizes: impl Strategy<Value = u64> + Clone) -> impl Strategy<Value = (Round, u64)> + Clone {
    let place = (0u8..17, 0u8..17, 0u8..4, 0u8..5, 0u8..5, threshold());
    (sizes, place, (word(), word(), word(), word()), parts(), parts(), parts()).prop_map(
        |(eligible, place, (any, rest, carried, quorum), low, high, movable)| {
            let (level, default, kind, near, nearer, threshold) = place;
            let bar = bar(eligible, threshold);
            // With the rest on top enough is up to `level`, with the rest at the bottom too little is below it.
            let up_to = if level == TOP { within(any, eligible) } else { about(bar, near, any, eligible) };
            let rest = within(rest, eligible - up_to);
            let below = if level == 0 { 0 } else { about((bar - 1.min(bar)).saturating_sub(rest), nearer, any, up_to) };
            let mut fixed = spread(eligible - up_to - rest, (level + 1).min(TOP), 17, &high);
            fixed[usize::from(level)] += up_to - below;
            if level > 0 {
                fixed = joined(&fixed, &spread(below, 0, level, &low));
            } else {
                fixed[0] += below;
            }
            let movable = spread(within(carried, rest), 0, 17, &movable);
            let cast = total(&fixed);
            let quorum = match kind {
                0 => cast.saturating_add(quorum % 4).saturating_sub(2),
                1 => within(quorum, eligible),
                2 => within(quorum, cast),
                _ => cast / 2,
            };
            (Round { fixed, movable, default, quorum, threshold }, eligible)
        },
    )
}

/// Calls `visit` for every way to put up to `units` at `levels`, at least `least` of them.
fn each_way(levels: &[u8], units: u64, least: u64, visit: &mut impl FnMut(&Weights)) {
    fn go(levels: &[u8], left: u64, must: u64, votes: &mut Weights, visit: &mut impl FnMut(&Weights)) {
        let Some((level, others)) = levels.split_first() else {
            if must == 0 {
                visit(votes);
            }
            return;
        };
        for units in 0..=left {
            votes[usize::from(*level)] = units;
            go(others, left - units, must.saturating_sub(units), votes, visit);
        }
        votes[usize::from(*level)] = 0;
    }
    go(levels, units, least, &mut NOBODY.clone(), visit);
}

/// What a round must be decided as: `None` unless as many voted themselves as must; else where it ends, if every way
/// leads there in which the rest of `eligible` is cast at `levels` or stays away. What was carried is cast in any case,
/// and can be anywhere.
fn decided_by_trying(round: &Round, eligible: u64, levels: &[u8]) -> Option<u8> {
    let cast = total(&round.fixed);
    if cast < round.quorum || cast == 0 {
        return None;
    }
    let (mut lowest, mut highest) = (TOP, 0);
    each_way(levels, eligible - cast, total(&round.movable), &mut |votes| {
        let end = round.ends(votes);
        (lowest, highest) = (lowest.min(end), highest.max(end));
    });
    (lowest == highest).then_some(lowest)
}

/// Where a round can end, from the first to the second, that has an arbiter who may choose when too few voted and
/// `open` is so.
fn with_arbiter(round: &Round, open: bool) -> (u8, u8) {
    let level = round.level();
    if round.cast() >= round.quorum || !open {
        return (level, level);
    }
    let mut choices = (0..=TOP).filter(|choice| may_choose(*choice, level, round.level_of_votes()));
    let lowest = choices.next().unwrap();
    (lowest, choices.next_back().unwrap_or(lowest))
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn level_is_the_quantile(round in round()) {
        prop_assert_eq!(round.level(), quantile(&round));
        let cast = sum_of([&round.fixed, &round.movable]);
        prop_assert_eq!(big(round.cast()), cast.clone());
        let of_votes = (cast > big(0u8)).then(|| quantile(&Round { quorum: 0, ..round }));
        prop_assert_eq!(round.level_of_votes(), of_votes);
    }

    /// Whatever the numbers are, the level is right, or there is none because more was cast than a word holds.
    #[test]
    fn level_is_right_or_none(
        fixed in parts(), movable in parts(), default in 0..=TOP, quorum in word(), threshold in bps_to(BPS + 1),
    ) {
        let put = |votes: Vec<(u8, u64)>| votes.into_iter().fold(NOBODY, |mut weights, (level, weight)| {
            weights[usize::from(level)] = weight;
            weights
        });
        let round = Round { fixed: put(fixed), movable: put(movable), default, quorum, threshold };
        let cast = sum_of([&round.fixed, &round.movable]);
        let nothing = cast == big(0u8) && quorum == 0;
        prop_assert_eq!(round.count().cast(), small(&cast));
        if small(&cast).is_none() || (threshold > BPS && !nothing) {
            prop_assert_eq!(round.count().level(), None);
        } else {
            prop_assert_eq!(round.count().level(), Some(quantile(&round)));
        }
        // Not more than what is eligible can have been cast; if it was, nothing is decided.
        for eligible in [0, quorum, u64::MAX] {
            prop_assert!(round.decided(eligible).is_none() || sum_of([&round.fixed]) <= big(eligible));
        }
    }

    /// Passed when more than the threshold of what was cast is for it, and of the quorum weight where less was cast,
    /// with those who stayed away for it where that is the default.
    #[test]
    fn two_answers_follow_the_rule(
        weights in [word(), word()], quorum in word(), near in 0u8..5, small_ones: bool, threshold in threshold(),
        for_it: bool,
    ) {
        let part = |weight: u64| if small_ones { weight % 12 } else { weight >> 2 };
        let (all, quorum) = (part(weights[0]), part(quorum).max(1));
        let most = all.max(quorum);
        let at = (most - bar(most, threshold)).saturating_sub(if for_it { quorum.saturating_sub(all) } else { 0 });
        let votes_for = about(at + 1, near, weights[1], all);
        let default = if for_it { TOP } else { 0 };
        let round = Round { fixed: NOBODY, movable: NOBODY, default, quorum, threshold };
        let round = round.with(votes_for, TOP).with(all - votes_for, 0);
        let ghosts_for = if for_it && big(quorum) > big(all) { big(quorum) - all } else { big(0u8) };
        let passes = (big(votes_for) + ghosts_for) * BPS > big(all.max(quorum)) * threshold;
        prop_assert_eq!(round.level(), if passes { TOP } else { 0 });
    }

    /// With the votes in a row by level, those who stayed away among them: the lower median at one half, else the one
    /// at the part that the threshold leaves.
    #[test]
    fn level_is_a_vote_in_the_middle(
        votes in vec(0..=TOP, 0..12), default in 0..=TOP, quorum in 0u64..16, threshold in threshold(),
    ) {
        let round = votes.iter().fold(
            Round { fixed: NOBODY, movable: NOBODY, default, quorum, threshold },
            |round, level| round.with(1, *level),
        );
        let mut row = votes;
        while (row.len() as u64) < quorum {
            row.push(default);
        }
        row.sort_unstable();
        let at = (row.len() * usize::from(BPS - threshold)).div_ceil(BPS.into()).saturating_sub(1);
        let expected = if row.is_empty() { default } else if threshold == BPS { 0 } else { row[at] };
        prop_assert_eq!(round.level(), expected);
        if threshold == HALF && !row.is_empty() {
            prop_assert_eq!(expected, row[(row.len() - 1) / 2]);
        }
    }

    /// A threshold of all can never be exceeded, and gives the lowest level.
    #[test]
    fn the_default_stands_where_nobody_votes(default in 0..=TOP, quorum in word(), threshold in threshold()) {
        let round = Round { fixed: NOBODY, movable: NOBODY, default, quorum, threshold };
        prop_assert_eq!(round.level(), if threshold == BPS && quorum > 0 { 0 } else { default });
        prop_assert_eq!(round.level_of_votes(), None);
        prop_assert!([0, 1, quorum, u64::MAX].iter().all(|eligible| round.decided(*eligible).is_none()));
    }

    /// A round is decided when, and only when, as many have voted themselves as must and it ends the same with the rest
    /// at either end; then no other way changes it, and it is where the round stands now.
    #[test]
    fn no_vote_changes_what_is_decided(
        (round, eligible) in closing(word()), others in vec((parts(), word()), 2), more in (0..=TOP, word()),
    ) {
        let cast = total(&round.fixed);
        let rest = eligible - cast;
        let at_end = |level| quantile(&Round { movable: NOBODY, ..round }.with(rest, level));
        let enough = cast >= round.quorum && cast > 0;
        let expected = (enough && at_end(0) == at_end(TOP)).then(|| at_end(0));
        prop_assert_eq!(round.decided(eligible), expected);
        if let Some(end) = expected {
            prop_assert_eq!(round.level(), end);
            let carried = total(&round.movable);
            for (parts, size) in others {
                let votes = spread(carried + within(size, rest - carried), 0, 17, &parts);
                prop_assert_eq!(round.ends(&votes), end);
            }
            // It stays decided, and so, when more comes.
            let later = Round { movable: NOBODY, ..round }.with(within(more.1, rest), more.0);
            prop_assert_eq!(later.decided(eligible), Some(end));
        }
    }

    /// All ways in which up to three votes are cast at any of the 17 levels, or stay away.
    #[test]
    fn decided_is_what_no_way_changes(
        (round, eligible) in closing(0u64..12), given in vec(0..=TOP, 0..12), carried in 0u64..4,
    ) {
        let levels: Vec<u8> = (0..=TOP).collect();
        let mut round = round;
        let mut rest = eligible - total(&round.fixed);
        // No more than three to come: the others vote as they are given, or near the middle.
        for level in given.into_iter().chain(core::iter::repeat(8)) {
            if rest <= 3 {
                break;
            }
            round = round.with(1, level);
            rest -= 1;
        }
        round.movable = NOBODY;
        round.movable[usize::from(round.default)] = carried.min(rest);
        let decided = round.decided(eligible);
        prop_assert_eq!(decided, decided_by_trying(&round, eligible, &levels));
        prop_assert!(decided.is_none_or(|end| round.level() == end));
    }

    /// To vote at one's peak is at least as good as to stay away or to vote anywhere else, to everybody with a single
    /// peak, whatever the others do, the default, the quorum weight and the threshold are. All 17 peaks and 18 ways in
    /// every case.
    #[test]
    fn nothing_beats_voting_at_ones_peak(round in round(), weight in word(), few in 0u64..6) {
        let weight = if few > 0 { few } else { weight >> 2 };
        let end = |way| round.with(weight, way).level();
        let ends: Vec<(Option<u8>, u8)> = ways().map(|way| (way, end(way))).collect();
        for peak in 0..=TOP {
            let truth = end(Some(peak));
            for (way, other) in &ends {
                prop_assert!(as_good(truth, *other, peak), "{peak}: {way:?} gives {other}, not {truth}");
            }
        }
    }

    /// The same in both rounds together, when the outcome is appealed: votes are carried and can be recast, those who
    /// stay away count for the first outcome. To vote at one's peak, and to leave it there, is at least as good as
    /// anything else in the first round followed by anything else in the second; and in the second alone, whatever one
    /// did in the first.
    #[test]
    fn nothing_beats_voting_at_ones_peak_in_an_appeal(
        first in round(), away in word(), weight in word(), few in 0u64..6,
        recast in vec((0..=TOP, 0..=TOP, word()), 0..3), came in vec((0..=TOP, word()), 0..3),
    ) {
        let weight = if few > 0 { few } else { weight >> 2 };
        let carried = joined(&first.fixed, &first.movable);
        let away = away >> 2;
        let eligible = (total(&carried) + weight + away).max(first.quorum);
        let quorum = appeal_quorum(first.quorum, eligible);
        prop_assert!(first.quorum <= quorum && quorum <= eligible);
        // The others' second round: some recast, some come, and no more than there are.
        let mut others = Round { fixed: NOBODY, movable: carried, default: 0, quorum, threshold: first.threshold };
        for (from, to, size) in recast {
            let moved = within(size, others.movable[usize::from(from)]);
            others.movable[usize::from(from)] -= moved;
            others.fixed[usize::from(to)] += moved;
        }
        let mut left = away;
        for (level, size) in came {
            let came = within(size, left);
            others.fixed[usize::from(level)] += came;
            left -= came;
        }
        // Where the appeal ends by what one does in the first round and in the second; nothing new in the second leaves
        // the first.
        let ends: Vec<Vec<u8>> = ways().map(|one| {
            let mut second = Round { default: first.with(weight, one).level(), ..others };
            let stays = match one {
                Some(level) => {
                    second.movable[usize::from(level)] += weight;
                    second.level()
                }
                None => second.level(),
            };
            second.movable = others.movable;
            core::iter::once(stays).chain((0..=TOP).map(|two| second.with(weight, two).level())).collect()
        }).collect();
        for peak in 0..=TOP {
            let voted = usize::from(peak) + 1; // its place among the ways
            let truth = ends[voted][0];
            prop_assert_eq!(ends[voted][voted], truth);
            for (one, seconds) in ends.iter().enumerate() {
                let recast = seconds[voted];
                for (two, other) in seconds.iter().enumerate() {
                    prop_assert!(as_good(truth, *other, peak), "{peak}: {one}, {two} give {other}, not {truth}");
                    prop_assert!(as_good(recast, *other, peak), "{peak}: {one}, {two} give {other}, not {recast}");
                }
            }
        }
    }

    #[test]
    fn an_appeal_takes_twice_the_quorum_at_most_halfway_to_all(first in word(), eligible in word()) {
        let halfway = (big(first) + eligible) / 2u8;
        let expected = (big(first) * 2u8).min(halfway).max(big(first));
        prop_assert_eq!(big(appeal_quorum(first, eligible)), expected.clone());
        prop_assert!(first > eligible || expected <= big(eligible));
    }

    #[test]
    fn a_quorum_is_a_part_rounded_up_and_never_nothing(eligible in word(), bps in bps_to(BPS)) {
        let expected = ceil_of(eligible, bps.into(), BPS.into()).max(big(1u8));
        prop_assert_eq!(quorum_weight(eligible, bps, 0).map(big), Some(expected));
    }

    /// Below the floor it is the part of the floor, as far as there is so much, and a quarter of that part in any case.
    #[test]
    fn a_quorum_below_the_floor_is_what_there_is_of_the_floors(
        stakes in [word(), word()], near in 0u8..8, more in word(), bps in bps_to(BPS),
    ) {
        let part = |stake: u64| ceil_of(stake, bps.into(), BPS.into());
        let [any, floor] = stakes;
        let of_floor = small(&part(floor)).unwrap();
        // All of the floor's part, a quarter of it, all of the floor, an atom beside them, or any.
        let around = [of_floor, of_floor.div_ceil(4), floor, any];
        let at = around[usize::from(near % 4)];
        let eligible = if near < 4 { at } else { at.saturating_sub(1) };
        let found = quorum_weight(eligible, bps, floor).unwrap();
        let quarter = (big(of_floor) + 3u8) / 4u8;
        let some = big(of_floor).min(big(eligible));
        let expected = part(eligible).max(some).max(quarter.clone()).max(big(1u8));
        prop_assert_eq!(big(found), expected);
        // Never more than either part, and never less than a quarter of the floor's.
        prop_assert!(big(found) <= part(eligible).max(big(of_floor)).max(big(1u8)));
        prop_assert!(big(found) >= quarter);
        if eligible >= floor {
            prop_assert_eq!(big(found), part(eligible).max(big(1u8)));
        }
        // As long as there is a quarter of the floor's part, those who are there are enough.
        prop_assert!(eligible == 0 || big(eligible) < quarter || found <= eligible);
        // More stake, and a higher floor, never take less.
        let richer = quorum_weight(eligible.saturating_add(more), bps, floor).unwrap();
        let higher = quorum_weight(eligible, bps, floor.saturating_add(more)).unwrap();
        prop_assert!(found <= richer && found <= higher);
    }

    #[test]
    fn a_court_is_worth_so_much_cover_for_each_billion_of_stake(
        eligible in word(), cover_per_stake in word(), more in word(),
    ) {
        let found = cover_of_court(eligible, cover_per_stake);
        let expected = floor_of(eligible, cover_per_stake, 1_000_000_000).min(big(u64::MAX));
        prop_assert_eq!(found.map(big), (cover_per_stake > 0).then_some(expected));
        prop_assert_eq!(cover_of_court(eligible, 0), None);
        // No limit is more than any.
        let most = |limit: Option<u64>| limit.unwrap_or(u64::MAX);
        prop_assert!(found.is_none() || found <= cover_of_court(eligible.saturating_add(more), cover_per_stake));
        prop_assert!(found.is_none() || most(found) <= most(cover_of_court(eligible, cover_per_stake.saturating_add(more))));
    }

    /// All levels, in every case.
    #[test]
    fn a_claim_stands_in_sixteenths(amount in word()) {
        let parts: Vec<u64> = (0..=TOP).map(|level| part_at(amount, level).unwrap()).collect();
        for (level, part) in parts.iter().enumerate() {
            prop_assert_eq!(big(*part), floor_of(amount, level as u64, 16));
        }
        prop_assert_eq!((parts[0], parts[16]), (0, amount));
        prop_assert!(parts.windows(2).all(|pair| pair[0] <= pair[1] && pair[1] - pair[0] <= amount.div_ceil(16)));
    }

    /// Bonds of any size, at all levels.
    #[test]
    fn bonds_are_lost_by_quarters(claim_bond in word(), dispute_bond in word()) {
        for level in 0..=TOP {
            let quarters = u64::from(TOP - level).min(4);
            let lost = bonds_lost(claim_bond, dispute_bond, level).unwrap();
            let expected = (ceil_of(claim_bond, quarters, 4), ceil_of(dispute_bond, 4 - quarters, 4));
            prop_assert_eq!((big(lost.0), big(lost.1)), expected);
            prop_assert!(lost.0 <= claim_bond && lost.1 <= dispute_bond);
        }
        prop_assert!((TOP + 1..=u8::MAX).all(|level| bonds_lost(claim_bond, dispute_bond, level).is_none()));
    }

    /// Whatever the bond of a dispute is, half of the claim's or more: the assessors get a quarter of the claim's at least, and so as much as
    /// the voters share; and no claimant gains by a dispute of their own, whoever gets what the voters share.
    #[test]
    fn nobody_gains_by_disputing_themselves(bond in word(), more in word()) {
        let (bond, stake) = (bond >> 1, (bond >> 1).div_ceil(2).saturating_add(more >> 1));
        for level in 0..=TOP {
            let (of_claim, of_dispute) = bonds_lost(bond, stake, level).unwrap();
            let ((to_disputer, one), (to_claimant, other)) = (split_bond(of_claim), split_bond(of_dispute));
            let assessors = big(one) + big(other);
            prop_assert!(&assessors * 4u8 >= big(bond), "{level}: {assessors} of {bond}");
            prop_assert_eq!(big(of_claim) + of_dispute, assessors + to_disputer + to_claimant);
            // Two levels or less below, who claimed gets less than they lose, unless the other bond is larger than half of theirs.
            let (lost, gained) = (of_claim, to_claimant);
            prop_assert!(level == TOP || lost >= gained || stake > bond.div_ceil(2));
        }
    }

    /// What a claim's bond and a dispute's of half as much come to, once half of what each loses is the other's: the
    /// assessors get a quarter of the claim's at least, and so as much as the voters share; who disputes what is two levels too
    /// high gets the bond back but for a few atoms, with three levels a quarter of the claim's beside it, and loses all where
    /// the claim is right; and no claimant gains, by whomever they are disputed.
    #[test]
    fn a_dispute_pays_from_three_sixteenths(bond in word()) {
        let stake = bond.div_ceil(2);
        let mut before = None;
        for level in (0..=TOP).rev() {
            let (of_claim, of_dispute) = bonds_lost(bond, stake, level).unwrap();
            let ((to_disputer, one), (to_claimant, other)) = (split_bond(of_claim), split_bond(of_dispute));
            let assessors = one + other;
            prop_assert!(big(assessors) * 4u8 >= big(bond), "{level}: {assessors} of {bond}");
            prop_assert!(assessors >= bond / 4);
            let disputer = i128::from(to_disputer) - i128::from(of_dispute);
            let claimant = i128::from(to_claimant) - i128::from(of_claim);
            prop_assert_eq!(disputer + claimant, -i128::from(assessors));
            // Both of them, and all that the voters share.
            prop_assert!(disputer + claimant + i128::from(bond / 4) <= 0);
            prop_assert!(bond == 0 || disputer + claimant < 0);
            let quarter = i128::from(bond / 4);
            match level {
                TOP => prop_assert_eq!((disputer, claimant), (-i128::from(stake), i128::from(stake / 2))),
                15 => prop_assert!(disputer <= 0 && (disputer + quarter).abs() <= 3, "{disputer} of {bond}"),
                14 => prop_assert!(disputer.abs() <= 2, "{disputer} of {bond}"),
                13 => prop_assert!((disputer - quarter).abs() <= 2, "{disputer} of {bond}"),
                _ => prop_assert_eq!((disputer, claimant), (i128::from(bond / 2), -i128::from(bond))),
            }
            prop_assert!(level == TOP || claimant <= 0, "{level}: {claimant} of {bond}");
            // The lower it stands, the better for who disputed, and the worse for who claimed.
            if let Some((more, less)) = before.replace((disputer, claimant)) {
                prop_assert!(more <= disputer && claimant <= less, "{level} of {bond}");
            }
        }
    }

    /// What an arbiter chooses lies between the default and the level of those who voted. So a choice above the default
    /// has more than the threshold of the votes at it or above, and one below the default has no more than the
    /// threshold above it.
    #[test]
    fn an_arbiter_never_goes_past_those_who_voted(round in round()) {
        let of_votes = round.level_of_votes();
        let votes = joined(&round.fixed, &round.movable);
        let cast = big(round.cast()) * round.threshold;
        let above = |from: u8| votes[usize::from(from)..].iter().map(|weight| big(*weight)).sum::<BigUint>() * BPS;
        let default = round.default;
        for choice in 0..=u8::MAX {
            let may = may_choose(choice, default, of_votes);
            match of_votes {
                None => prop_assert_eq!(may, choice <= TOP),
                Some(level) => prop_assert_eq!(may, as_good(choice, level, default)),
            }
            if may && of_votes.is_some() {
                prop_assert!(choice <= default || above(choice) > cast);
                prop_assert!(choice >= default || above(choice + 1) <= cast);
            }
        }
    }

    /// Where an arbiter can choose when too few voted and the default came of it, to vote at one's peak never makes the
    /// worst choice worse than to stay away. And a vote with which enough have voted leads to an outcome at least as
    /// good as every one that the arbiter could have chosen.
    #[test]
    fn with_an_arbiter_a_vote_never_makes_the_worst_worse(round in round(), weight in word(), few in 0u64..6) {
        let weight = if few > 0 { few } else { weight >> 2 };
        let (low, high) = with_arbiter(&round, round.level() == round.default);
        for peak in 0..=TOP {
            let voted = round.with(weight, peak);
            let (lowest, highest) = with_arbiter(&voted, voted.level() == round.default);
            for end in [lowest, highest] {
                prop_assert!(as_good(end, low, peak) || as_good(end, high, peak), "{peak}: {end} in {low}..={high}");
            }
            if weight > 0 && voted.cast() >= round.quorum {
                prop_assert!((low..=high).all(|other| as_good(voted.level(), other, peak)));
            }
        }
    }

    /// Where an arbiter can choose whenever too few voted, between what came of it and the level of those who voted,
    /// the same holds against every other vote, too, and with an arbiter who follows the votes nothing beats voting at
    /// one's peak. (Where they can choose only if the default came of it, a vote can shut them out: of a quorum weight
    /// of 19 with the default 16, 5 voted at 0 and 3 at 15. The round stands at 16, and an arbiter who follows the
    /// votes makes it 0. Two more votes, at 0 or at 15, make it 15, and the arbiter has no say.)
    #[test]
    fn with_an_arbiter_from_where_it_stands_nothing_beats_voting_at_ones_peak(
        round in round(), weight in word(), few in 0u64..6,
    ) {
        let weight = if few > 0 { few } else { weight >> 2 };
        let range = |way: Option<u8>| {
            let voted = round.with(weight, way);
            (with_arbiter(&voted, true), voted.level(), voted.level_of_votes())
        };
        let ranges: Vec<_> = ways().map(range).collect();
        for peak in 0..=TOP {
            let ((lowest, highest), level, of_votes) = ranges[usize::from(peak) + 1];
            let enough = round.cast() + weight >= round.quorum;
            for ((low, high), other, of_others) in &ranges {
                for end in [lowest, highest] {
                    prop_assert!(as_good(end, *low, peak) || as_good(end, *high, peak), "{peak}: {end} in {low}..={high}");
                }
                prop_assert!(as_good(level, *other, peak));
                if let (Some(level), Some(other)) = (of_votes, of_others) {
                    prop_assert!(as_good(level, *other, peak));
                }
                if enough && weight > 0 {
                    prop_assert!((*low..=*high).all(|other| as_good(level, other, peak)));
                }
            }
        }
    }

    #[test]
    fn an_appeals_bond_goes_back_by_what_it_changed(bond in word(), first in 0..=TOP, last in 0..=TOP) {
        let quarters = first.abs_diff(last).min(4);
        let back = appeal_bond_back(bond, first, last).unwrap();
        prop_assert_eq!(big(back), floor_of(bond, quarters.into(), 4));
        prop_assert!(quarters != 0 || back == 0);
        prop_assert!(quarters != 4 || back == bond);
    }

    #[test]
    fn reward_follows_the_rule(pot in word(), weight in word(), cast in word(), quorum in word(), fit: bool) {
        let weight = if fit { within(weight, cast) } else { weight };
        let expected = match (pot, cast.max(quorum)) {
            (0, _) => Some(0),
            (_, 0) => None,
            (_, whole) => small(&floor_of(pot, weight, whole)),
        };
        prop_assert_eq!(reward(pot, weight, cast, quorum), expected);
    }

    /// All parts together never exceed the pot. Where enough voted they fall short of it by less than an atom for each
    /// voter; where too few did, nobody gets more than with as many as must.
    #[test]
    fn rewards_share_the_pot(pot in word(), weights in vec(word(), 1..=12), quorum in word(), near in 0u64..8) {
        let weights: Vec<u64> = weights.into_iter().map(|weight| weight >> 4).collect();
        let cast: u64 = weights.iter().sum();
        let quorum = if near < 4 { (cast + near).saturating_sub(1).max(1) } else { quorum.max(1) };
        let parts: Vec<u64> = weights.iter().map(|weight| reward(pot, *weight, cast, quorum).unwrap()).collect();
        let sum: BigUint = parts.iter().map(|part| big(*part)).sum();
        prop_assert!(sum <= big(pot));
        if cast >= quorum {
            prop_assert!(sum + weights.len() > big(pot));
        }
        for (weight, part) in weights.iter().zip(parts) {
            prop_assert!(big(part) * quorum <= big(pot) * *weight);
            // Alone they would get no more than as many voters as must leave them.
            let alone = reward(pot, *weight, *weight, quorum).unwrap();
            prop_assert!(alone <= pot && (*weight > quorum || big(alone) == floor_of(pot, *weight, quorum)));
        }
    }
}

/// Every round of up to eight votes at four levels, with every completion, whatever part of the rest was carried.
#[test]
fn every_small_round_at_four_levels() {
    const FOUR: [u8; 4] = [0, 5, 6, TOP];
    let mut decided = 0;
    for eligible in 0..=8u64 {
        each_way(&FOUR, eligible, 0, &mut |fixed| {
            let rest = eligible - total(fixed);
            for threshold in [0, 1, 3_333, HALF, 6_667, 9_000, BPS] {
                for quorum in 1..=eligible + 1 {
                    for (default, carried) in [(0, 0), (5, rest.min(1)), (6, rest / 2), (TOP, rest)] {
                        let mut movable = NOBODY;
                        movable[usize::from(TOP - default)] = carried;
                        let round = Round { fixed: *fixed, movable, default, quorum, threshold };
                        let found = round.decided(eligible);
                        assert_eq!(found, decided_by_trying(&round, eligible, &FOUR), "{eligible}: {round:?}");
                        assert!(found.is_none_or(|end| round.level() == end), "{eligible}: {round:?}");
                        decided += u32::from(found.is_some());
                    }
                }
            }
        });
    }
    assert!(decided > 10_000, "{decided}");
}

/// Nobody within three levels of the end is slashed; with two answers, the side that was overturned and nobody else.
#[test]
fn every_overturned_vote() {
    for first in 0..=TOP {
        for last in 0..=TOP {
            for vote in 0..=TOP {
                let overturned = is_overturned(vote, first, last);
                let (vote, first, last) = (i16::from(vote), i16::from(first), i16::from(last));
                // How far the vote and the first outcome are from the last one, on the first one's side of it.
                let side = (first - last).signum();
                let (of_vote, of_first) = ((vote - last) * side, (first - last) * side);
                assert_eq!(overturned, of_first >= 4 && of_vote >= of_first, "{vote}, {first} to {last}");
                assert!(!overturned || (vote - last).abs() > 3, "{vote}, {first} to {last}");
            }
        }
    }
    for (first, last) in [(0, TOP), (TOP, 0)] {
        assert!(is_overturned(first, first, last) && !is_overturned(last, first, last));
        assert!(!is_overturned(first, last, last) && !is_overturned(last, last, last));
    }
}

#[test]
fn a_round_runs_on_from_two_levels() {
    for before in 0..=TOP {
        for now in 0..=TOP {
            assert_eq!(has_moved(before, now), !(-1..=1).contains(&(i16::from(before) - i16::from(now))));
        }
    }
}

#[test]
fn the_least_is_found() {
    let at = |least: u64| move |weight| weight >= least;
    assert_eq!(ballot::least(100, at(37)), Some(37));
    assert_eq!(ballot::least(100, at(1)), Some(1));
    assert_eq!(ballot::least(100, at(100)), Some(100));
    assert_eq!(ballot::least(100, at(101)), None);
    assert_eq!(ballot::least(u64::MAX / 2, at(1 << 40)), Some(1 << 40));
    // A quorum of 40, and ghosts at the other end: as much as those where a half decides, and more than three times as much at 75%.
    assert_eq!(ballot::least_alone(1_000, 0, 16, 40, 5_000), Some(20));
    assert_eq!(ballot::least_alone(1_000, 16, 0, 40, 7_500), Some(31));
    assert_eq!(ballot::least_alone(30, 16, 0, 40, 7_500), None);
}

#[test]
fn examples() {
    type Votes<'a> = &'a [(u8, u64)]; // level and weight
    let round = |votes: Votes<'_>, default, quorum, threshold| {
        let none = Round { fixed: NOBODY, movable: NOBODY, default, quorum, threshold };
        votes.iter().fold(none, |round, (level, weight)| round.with(*weight, *level))
    };
    let most = u64::MAX;
    let table: [(Votes<'_>, u8, u64, u16, u8); 14] = [
        // votes, default, quorum weight, threshold, level
        (&[], 0, 200, HALF, 0),
        (&[], TOP, 200, HALF, TOP),
        (&[], 7, 0, HALF, 7),
        (&[(TOP, 100)], 0, 200, HALF, 0), // half of the quorum weight is not more than half of it
        (&[(TOP, 101)], 0, 200, HALF, TOP),
        (&[(0, 99)], TOP, 200, HALF, TOP),
        (&[(0, 100)], TOP, 200, HALF, 0), // the claim stood with 100 of 200: not more than half
        (&[(TOP, 600), (0, 300)], 0, 200, 6_666, TOP),
        (&[(TOP, 600), (0, 300)], 0, 200, 6_667, 0),
        (&[(4, 100), (8, 100), (12, 100)], TOP, 300, HALF, 8),
        (&[(4, 100), (12, 100)], TOP, 200, HALF, 4),  // the lower median
        (&[(4, 100), (12, 100)], TOP, 201, HALF, 12), // with one who stayed away
        (&[(0, most / 2), (TOP, most / 2 + 1)], 0, most, HALF, TOP),
        (&[(0, most / 2 + 1), (TOP, most / 2)], TOP, most, HALF, 0),
    ];
    for (votes, default, quorum, threshold, expected) in table {
        assert_eq!(round(votes, default, quorum, threshold).level(), expected, "{votes:?} of {quorum}");
    }

    let table: [(Votes<'_>, u64, u64, Option<u8>); 13] = [
        // votes, quorum weight, eligible, decided
        (&[(TOP, 501)], 200, 1_000, Some(TOP)),
        (&[(TOP, 500)], 200, 1_000, None), // the rest can make it a tie
        (&[(0, 500)], 200, 1_000, Some(0)),
        (&[(0, 499)], 200, 1_000, None),
        (&[(0, 499), (8, 2)], 200, 1_000, None),
        (&[(0, 300), (8, 450), (TOP, 250)], 200, 1_000, Some(8)),
        (&[(0, 299), (8, 450), (TOP, 250)], 200, 1_000, Some(8)),
        (&[(0, 100), (8, 401), (TOP, 100)], 200, 1_000, Some(8)),
        (&[(0, 100), (8, 400), (TOP, 100)], 200, 1_000, None), // 399 to come could go to the bottom and make it 500
        (&[(TOP, 600)], 601, 1_000, None),                     // a majority of all, but not as many as must
        (&[(TOP, 600)], 200, 599, None),                       // more than there are
        (&[], 0, 0, None),
        (&[(TOP, most)], most, most, Some(TOP)),
    ];
    for (votes, quorum, eligible, expected) in table {
        assert_eq!(round(votes, 0, quorum, HALF).decided(eligible), expected, "{votes:?} of {eligible}");
    }

    // What can be recast decides nothing early, and the round stands where it is.
    let mut carried = round(&[(0, 400)], 0, 200, HALF);
    carried.movable[usize::from(TOP)] = 600;
    assert_eq!((carried.level(), carried.decided(1_000)), (TOP, None));
    assert_eq!((carried.cast(), carried.level_of_votes()), (1_000, Some(TOP)));

    assert_eq!(
        [(200, 1_000), (200, 500), (600, 1_000), (0, 9), (9, 3)].map(|(t, e)| appeal_quorum(t, e)),
        [400, 350, 800, 0, 9]
    );
    assert_eq!([(0, 2_000), (1, 1), (10_001, 2_000)].map(|(e, q)| quorum_weight(e, q, 0)), [1, 1, 2_001].map(Some));
    // A fifth of the floor is 200; below that all that there is, and 50 at least.
    assert_eq!(
        [2_000, 1_000, 999, 200, 199, 50, 49, 0].map(|eligible| quorum_weight(eligible, 2_000, 1_000)),
        [400, 200, 200, 200, 199, 50, 50, 50].map(Some)
    );
    assert_eq!(
        [(300, 4), (300, 0), (u64::MAX, 1 << 40)].map(|(e, c)| cover_of_court(e, c)),
        [Some(0), None, Some(u64::MAX)]
    );
    assert_eq!([(1_000_000_000, 5), (1_999_999_999, 5)].map(|(e, c)| cover_of_court(e, c)), [Some(5), Some(9)]);
    assert_eq!(
        [(100, 16), (100, 15), (100, 1), (15, 1)].map(|(a, level)| part_at(a, level)),
        [100, 93, 6, 0].map(Some)
    );
    // Of 100 and 50, rounded up.
    assert_eq!(
        [16, 15, 14, 13, 12, 0].map(|level| bonds_lost(100, 50, level)),
        [(0, 50), (25, 38), (50, 25), (75, 13), (100, 0), (100, 0)].map(Some)
    );
    assert_eq!(
        [(8, 8), (8, 9), (8, 5), (8, 12), (0, 16)].map(|(one, two)| appeal_bond_back(101, one, two)),
        [0, 25, 75, 101, 101].map(Some)
    );
    // A pot of 100, a quorum weight of 500: alone with 100 one gets a fifth of it.
    assert_eq!(
        [(100, 100), (100, 500), (100, 1_000)].map(|(weight, cast)| reward(100, weight, cast, 500)),
        [20, 20, 10].map(Some)
    );
}
