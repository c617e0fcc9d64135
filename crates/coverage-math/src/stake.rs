//! Stake by age: of one voter in lots, of a whole assembly in a ring of days.
//!
//! Stake counts from the first second of the day after it was made. So lots and ring know the same ages, and what a
//! ballot can count is known to the atom when it opens.

use crate::{day_of, start_of, stream::slot, sum};

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
            weight = sum(weight, amount)?;
        }
    }
    Some(weight)
}

/// Day slots of an assembly's ring: more than the longest minimum age.
pub const AGE_DAYS: usize = 128;

/// When stake made at `now` begins to age: the first second of the next day.
#[must_use]
pub fn ages_from(now: u64) -> Option<u64> {
    start_of(day_of(now).checked_add(1)?)
}

/// An assembly's stake by the day it ages from, of the last [`AGE_DAYS`] days up to `last_day`; what is older left it.
pub struct Ages<'a> {
    /// Atoms; slot day % 128.
    pub ring: &'a mut [u64; AGE_DAYS],
    /// The last day that has a slot.
    pub last_day: &'a mut u64,
}

impl Ages<'_> {
    /// Adds `amount` that ages from `time`.
    #[must_use]
    pub fn add(&mut self, time: u64, amount: u64) -> Option<()> {
        let day = day_of(time);
        let mut emptied = (*self.last_day).max(day.saturating_sub(128));
        while emptied < day {
            emptied = emptied.wrapping_add(1); // below `day`
            self.ring[slot::<AGE_DAYS>(emptied)] = 0;
        }
        *self.last_day = emptied;
        if self.holds(day) {
            let slot = slot::<AGE_DAYS>(day);
            self.ring[slot] = self.ring[slot].checked_add(amount)?;
        }
        Some(())
    }

    /// Takes `amount` out that ages from `time`.
    #[must_use]
    pub fn remove(&mut self, time: u64, amount: u64) -> Option<()> {
        let day = day_of(time);
        if self.holds(day) {
            let slot = slot::<AGE_DAYS>(day);
            self.ring[slot] = self.ring[slot].checked_sub(amount)?;
        }
        Some(())
    }

    fn holds(&self, day: u64) -> bool {
        day.saturating_add(128) > *self.last_day
    }
}

/// What of an assembly's stake, kept as in [`Ages`], does not count in a ballot that counts stake held at or before
/// `eligible_before`, atoms.
#[must_use]
pub fn too_young(ring: &[u64; AGE_DAYS], last_day: u64, eligible_before: u64) -> Option<u64> {
    let mut day = day_of(eligible_before).max(last_day.saturating_sub(128));
    let mut young: u64 = 0;
    while day < last_day {
        day = day.wrapping_add(1); // below `last_day`
        young = young.checked_add(ring[slot::<AGE_DAYS>(day)])?;
    }
    Some(young)
}
