//! How a ballot is decided.

use crate::BPS;

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
