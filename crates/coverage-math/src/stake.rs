//! A voter's stake by age.

/// Lots of different age that one voter's stake is kept in.
pub const STAKE_LOTS: usize = 8;

/// The weight of lots of (amount, staked at) in a ballot: what was staked at or before `eligible_before`.
///
/// `eligible_before` is the ballot's opening less the assembly's minimum age, so stake added after the opening, or
/// shortly ahead of it, does not count.
#[must_use]
pub fn weight(lots: impl IntoIterator<Item = (u64, u64)>, eligible_before: u64) -> Option<u64> {
    let mut weight: u64 = 0;
    for (amount, staked_at) in lots {
        if staked_at <= eligible_before {
            weight = weight.checked_add(amount)?;
        }
    }
    Some(weight)
}
