//! How a ballot is decided.

use crate::{BPS, wide::mul_div_floor};

/// How a ballot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Enough voted and more than the threshold of them for it.
    Passed,
    /// Enough voted, and not more than the threshold of them for it.
    Failed,
    /// Too few voted.
    NoQuorum,
}

/// The outcome of `weight_for` against `weight_against`, of `eligible` weight in all.
///
/// A quorum is reached when the weight cast is at least `quorum_bps` of the eligible weight and not zero. The ballot
/// passes when more than `threshold_bps` of the weight cast is for it: a tie at one half fails.
#[must_use]
pub fn outcome(weight_for: u64, weight_against: u64, eligible: u64, quorum_bps: u16, threshold_bps: u16) -> Outcome {
    let cast = u128::from(weight_for).saturating_add(u128::from(weight_against));
    let scaled = |weight: u128, bps: u16| weight.saturating_mul(u128::from(bps));
    if cast == 0 || scaled(cast, BPS) < scaled(u128::from(eligible), quorum_bps) {
        Outcome::NoQuorum
    } else if scaled(u128::from(weight_for), BPS) > scaled(cast, threshold_bps) {
        Outcome::Passed
    } else {
        Outcome::Failed
    }
}

/// The outcome, once no vote that is still to come can change it.
///
/// The quorum is reached, and even if all of the eligible weight that has not been cast went the other way the outcome
/// would be the same. Weight cast never exceeds `eligible`.
#[must_use]
pub fn decided(
    weight_for: u64,
    weight_against: u64,
    eligible: u64,
    quorum_bps: u16,
    threshold_bps: u16,
) -> Option<Outcome> {
    let to_come = eligible.saturating_sub(weight_for.saturating_add(weight_against));
    let now = outcome(weight_for, weight_against, eligible, quorum_bps, threshold_bps);
    let (all_for, all_against) = (weight_for.saturating_add(to_come), weight_against.saturating_add(to_come));
    let at_worst = match now {
        Outcome::Passed => outcome(weight_for, all_against, eligible, quorum_bps, threshold_bps),
        Outcome::Failed => outcome(all_for, weight_against, eligible, quorum_bps, threshold_bps),
        Outcome::NoQuorum => return None,
    };
    (at_worst == now).then_some(now)
}

/// The quorum of an appeal: twice the first ballot's, and at most halfway from it to all of the eligible weight, so
/// that no one who stays away makes every appeal fail.
#[must_use]
pub fn appeal_quorum_bps(quorum_bps: u16) -> u16 {
    quorum_bps.saturating_mul(2).min(quorum_bps.saturating_add(BPS) / 2)
}

/// A voter's part of a ballot's reward by weight, rounded down: all parts together never exceed the pot.
#[must_use]
pub fn reward(pot: u64, weight: u64, cast: u64) -> Option<u64> {
    if pot == 0 { Some(0) } else { mul_div_floor(pot, weight, cast) }
}
