//! How a ballot is decided: votes at levels, those who stay away at the default, and a quantile of both.
//!
//! A ballot has levels from 0 to 16; one with two answers uses 0 (against) and 16 (for). Nobody gains by staying away, nor by
//! voting other than what they want most: a vote moves the outcome towards its level and never past it.

use crate::{BPS, wide::mul_div_floor};

/// The highest level.
pub const TOP: u8 = 16;

/// Weights by level, atoms of stake.
pub type Weights = [u64; 17];

/// Levels by which two outcomes of a ballot differ when the later one overturns the earlier.
const FAR: u8 = 4;

/// Levels by which the outcome must change in the last window to run on.
const MOVED: u8 = 2;

/// What is counted in a round of a ballot.
#[derive(Clone, Copy, Debug)]
pub struct Count<'a> {
    /// Votes that their owners cast in this round, atoms by level.
    pub fixed: &'a Weights,
    /// Votes that can still be cast anew: those of an earlier round and of delegates, atoms by level.
    pub movable: &'a Weights,
    /// What counts where fewer voted than must: the level for which their weight is taken.
    pub default: u8,
    /// The quorum weight: what is missing to it counts at the default, atoms.
    pub quorum: u64,
    /// Part of the weight that must be above a level for the outcome to be above it, bps: more than that.
    pub threshold_bps: u16,
}

impl Count<'_> {
    /// The weight cast, atoms.
    #[must_use]
    pub fn cast(&self) -> Option<u64> {
        sum(self.fixed)?.checked_add(sum(self.movable)?)
    }

    /// The level at which the round would end now: the lowest above which there is no more than the threshold of the weight, with
    /// what is missing to the quorum weight at the default. The default where nothing counts.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        let cast = self.cast()?;
        let ghosts = self.quorum.saturating_sub(cast);
        let all = cast.checked_add(ghosts)?;
        if all == 0 {
            return Some(self.default);
        }
        let weights = self.fixed.iter().zip(self.movable);
        first_level(
            self.threshold_bps,
            all,
            0,
            weights.zip(0..).map(|((fixed, movable), level)| {
                fixed.checked_add(*movable)?.checked_add(if level == self.default { ghosts } else { 0 })
            }),
        )
    }

    /// The level of the votes that were cast, without those who stayed away; `None` where nobody voted.
    #[must_use]
    pub fn level_of_votes(&self) -> Option<u8> {
        if self.cast()? == 0 { None } else { Count { quorum: 0, ..*self }.level() }
    }

    /// The level at which the round ends, once no vote that is still to come can change it: as many have voted themselves as must, and
    /// with all other weight of `eligible` at one end or the other the outcome is the same. Weight cast never exceeds `eligible`.
    #[must_use]
    pub fn decided(&self, eligible: u64) -> Option<u8> {
        let fixed = sum(self.fixed)?;
        if fixed < self.quorum || fixed == 0 {
            return None;
        }
        let to_come = eligible.checked_sub(fixed)?;
        let fixed = || self.fixed.iter().map(|weight| Some(*weight));
        let lowest = first_level(self.threshold_bps, eligible, to_come, fixed())?;
        let highest = first_level(self.threshold_bps, eligible, 0, fixed())?;
        (lowest == highest).then_some(lowest)
    }
}

/// The first level up to which at least the part of `all` is that the threshold leaves, `below` all levels and `weights` by level. The
/// highest where no other is.
fn first_level(threshold_bps: u16, all: u64, below: u64, weights: impl Iterator<Item = Option<u64>>) -> Option<u8> {
    let least = crate::bps_ceil(all, BPS.checked_sub(threshold_bps)?)?;
    let mut up_to = below;
    for (weight, level) in weights.zip(0..TOP) {
        up_to = up_to.checked_add(weight?)?;
        if up_to >= least {
            return Some(level);
        }
    }
    Some(TOP)
}

fn sum(weights: &Weights) -> Option<u64> {
    weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight))
}

/// The weight of `eligible` that must vote, atoms, rounded up: a part of it, and never nothing. Below `floor`, the stake under which nothing
/// is sold, it is the part of that which there is, and a quarter of the part at least: those who are left decide by a majority, and a
/// crumb decides nothing.
#[must_use]
pub fn quorum_weight(eligible: u64, quorum_bps: u16, floor: u64) -> Option<u64> {
    let of_floor = crate::bps_ceil(floor, quorum_bps)?;
    let least = of_floor.min(eligible).max(of_floor.div_ceil(4));
    Some(crate::bps_ceil(eligible, quorum_bps)?.max(least).max(1))
}

/// The least weight of at most `most` that `decides`, atoms, where more never decides less; `None` where all of it does not.
pub fn least(most: u64, decides: impl Fn(u64) -> bool) -> Option<u64> {
    let (mut too_little, mut enough) = (0, most);
    while enough.saturating_sub(too_little) > 1 {
        let middle = too_little.midpoint(enough);
        if decides(middle) {
            enough = middle;
        } else {
            too_little = middle;
        }
    }
    decides(enough).then_some(enough)
}

/// The least weight of at most `most` that, alone and at one `end` of the levels, has a round end at another level than its `default`,
/// atoms; `None` where all of it does not.
#[must_use]
pub fn least_alone(most: u64, end: u8, default: u8, quorum: u64, threshold_bps: u16) -> Option<u64> {
    least(most, |weight| {
        let (mut fixed, movable): (Weights, Weights) = ([0; 17], [0; 17]);
        let Some(at_end) = fixed.get_mut(usize::from(end)) else { return false };
        *at_end = weight;
        let count = Count { fixed: &fixed, movable: &movable, default, quorum, threshold_bps };
        count.level().is_some_and(|level| level != default)
    })
}

/// How much stake a pool says the cover of, atoms.
pub const STAKE_OF_COVER: u64 = 1_000_000_000;

/// The most cover that a court of `eligible` stake may decide on, atoms, rounded down: `cover_per_stake` for each [`STAKE_OF_COVER`] of it;
/// `None` where that is 0, for no limit.
#[must_use]
pub fn cover_of_court(eligible: u64, cover_per_stake: u64) -> Option<u64> {
    let limit = || mul_div_floor(eligible, cover_per_stake, STAKE_OF_COVER).unwrap_or(u64::MAX);
    (cover_per_stake > 0).then(limit)
}

/// The quorum weight of an appeal, atoms, rounded down: twice the first round's, and at most halfway from it to all of the
/// eligible weight, so that nobody who stays away makes every appeal fail.
#[must_use]
pub fn appeal_quorum(quorum: u64, eligible: u64) -> u64 {
    let halfway = quorum.saturating_add(eligible.saturating_sub(quorum) / 2);
    quorum.saturating_mul(2).min(halfway)
}

/// Whether the outcome moved so far, from what it was when the last window began, that the round runs on.
#[must_use]
pub fn has_moved(before: u8, now: u8) -> bool {
    before.abs_diff(now) >= MOVED
}

/// Whether an arbiter may choose `level` where too few voted: between what came of it and the level of those who did, or any where nobody
/// did. So nobody gains by staying away, or by another vote than for what they want most, whatever the arbiter does.
#[must_use]
pub fn may_choose(level: u8, outcome: u8, of_votes: Option<u8>) -> bool {
    let Some(of_votes) = of_votes else { return level <= TOP };
    (outcome.min(of_votes)..=outcome.max(of_votes)).contains(&level)
}

/// Whether a vote at `vote` in a round that ended at `first` was overturned by an appeal that ended at `last`, a quarter of the levels
/// or more from it: it was there or beyond, away from where the appeal ended.
#[must_use]
pub fn is_overturned(vote: u8, first: u8, last: u8) -> bool {
    first.abs_diff(last) >= FAR && if last > first { vote <= first } else { vote >= first }
}

/// What of an appeal's bond goes back, atoms, rounded down: a quarter for each level by which it changed the outcome.
#[must_use]
pub fn appeal_bond_back(bond: u64, first: u8, last: u8) -> Option<u64> {
    mul_div_floor(bond, first.abs_diff(last).min(FAR).into(), FAR.into())
}

/// What of a claim stands that was decided at `level`, atoms, rounded down: as many sixteenths of what was claimed.
#[must_use]
pub fn part_at(amount: u64, level: u8) -> Option<u64> {
    mul_div_floor(amount, level.into(), TOP.into())
}

/// What claimant and disputer lose of their bonds where a claim was decided at `level`, atoms, each rounded up: the claimant a quarter of
/// theirs for each level below the highest, the disputer the quarters that are left. A quarter of the levels below, all is lost by the one
/// and nothing by the other.
#[must_use]
pub fn bonds_lost(claim_bond: u64, dispute_bond: u64, level: u8) -> Option<(u64, u64)> {
    let quarters = TOP.checked_sub(level)?.min(FAR);
    let part = |bond, quarters: u8| crate::wide::mul_div_ceil(bond, quarters.into(), FAR.into());
    Some((part(claim_bond, quarters)?, part(dispute_bond, FAR.checked_sub(quarters)?)?))
}

/// A voter's part of a ballot's reward by weight, rounded down. Where fewer voted than must, what they would have got stays: being
/// alone earns no more. All parts together never exceed the pot.
#[must_use]
pub fn reward(pot: u64, weight: u64, cast: u64, quorum: u64) -> Option<u64> {
    if pot == 0 { Some(0) } else { mul_div_floor(pot, weight, cast.max(quorum)) }
}
