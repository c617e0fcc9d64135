//! Streams that end at a day boundary, and the rings that remember where.
//!
//! Slot `d % 512` of a ring holds what ends at the first second of day `d`. A stream is a rate per second in atoms ×
//! 2^26 and the day at which it stops; what its division leaves over, less than one atom, is earned when it starts.

use crate::{
    DAY, RING_DAYS, day_of, start_of, sum,
    wide::{div_wide, join, mul_wide},
};

/// Fraction bits of a rate per second.
///
/// 26 is the largest that keeps the rates of 2^60 atoms of capital, five times leveraged at 100% a year, below 2^64,
/// and the smallest that keeps what a stream of 512 days leaves over below one atom.
pub const RATE_BITS: u32 = 26;

/// The part of a product with a rate that is less than an atom.
const FRACTION: u64 = (1 << RATE_BITS) - 1;

/// A ring of day slots.
pub type Ring = [u64; RING_DAYS];

/// A stream's rate and what the division left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Atoms × 2^26 per second, rounded down.
    pub rate: u64,
    /// What is left of `amount × 2^26` after `seconds` of the rate: less than `seconds`, so less than one atom.
    pub rest: u64,
}

/// Splits `amount` atoms over `seconds`: `rate × seconds + rest = amount × 2^26`, exactly.
///
/// `None` when `seconds` is zero or the rate exceeds 64 bits.
#[must_use]
pub fn stream(amount: u64, seconds: u64) -> Option<Stream> {
    let (rate, rest) = div_wide(amount >> 64u32.wrapping_sub(RATE_BITS), amount << RATE_BITS, seconds)?;
    Some(Stream { rate, rest })
}

/// What all streams of a pool together earn, and how far it has been counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Until when everything is earned, unix seconds.
    pub accrued_at: u64,
    /// Sum of the running streams' rates.
    pub rate: u64,
    /// Earned but less than an atom, × 2^26.
    pub fraction: u64,
    /// Cover not yet released.
    pub active: u64,
}

impl Flow {
    /// Moves to `now`, emptying the slots of the days that began, and returns the whole atoms earned.
    ///
    /// At most 512 days are walked: no slot lies further ahead, so what comes after earns nothing. A `now` that is
    /// not later changes nothing.
    #[must_use]
    pub fn advance(&mut self, now: u64, rates: &mut Ring, covers: &mut Ring) -> Option<u64> {
        if now <= self.accrued_at {
            return Some(0);
        }
        if day_of(now) == day_of(self.accrued_at) {
            let seconds = now.wrapping_sub(self.accrued_at); // now > accrued_at
            // Almost always in one word: below 2^46 × 2^17, for up to 2^20 atoms a second.
            if self.rate < 1 << 46
                && let Some(total) = sum(self.rate.wrapping_mul(seconds), self.fraction)
            {
                return Some(self.keep(now, total));
            }
            let earned = self.product(seconds);
            return self.earn(now, earned);
        }
        let earned = self.walk(now, rates, covers)?;
        self.earn(now, earned)
    }

    /// Walks the days that began since the last accrual and returns what they earned, × 2^26.
    fn walk(&mut self, now: u64, rates: &mut Ring, covers: &mut Ring) -> Option<u128> {
        let (first, today) = (day_of(self.accrued_at), day_of(now));
        let boundary = start_of(first.checked_add(1)?)?;
        let mut earned = self.product(boundary.checked_sub(self.accrued_at)?);
        let mut whole_days: u128 = 0;
        let last = today.min(first.checked_add(512)?);
        let mut day = first;
        while day < last {
            if last.wrapping_sub(day) >= STEP_DAYS
                && let (Some(ended), Some(released)) = (ends_after(rates, day), ends_after(covers, day))
            {
                empty_after(rates, day, &ended);
                empty_after(covers, day, &released);
                // Eight days of the old rate, less what has ended by each of them.
                whole_days = whole_days.wrapping_add(u128::from(self.rate) << STEP_BITS);
                whole_days = whole_days.checked_sub(u128::from(ended.by_days))?;
                self.rate = self.rate.checked_sub(ended.total)?;
                self.active = self.active.checked_sub(released.total)?;
                day = day.wrapping_add(STEP_DAYS);
                continue;
            }
            day = day.wrapping_add(1); // below `last`
            let slot = slot::<RING_DAYS>(day);
            self.rate = self.rate.checked_sub(take(rates, slot))?;
            self.active = self.active.checked_sub(take(covers, slot))?;
            whole_days = whole_days.wrapping_add(u128::from(self.rate)); // 512 × 2^64 at most
        }
        // The last day is not over: it counts by the second.
        whole_days = whole_days.checked_sub(u128::from(self.rate))?;
        if whole_days != 0 {
            earned = earned.checked_add(whole_days.checked_mul(u128::from(DAY))?)?;
        }
        earned.checked_add(self.product(now.checked_sub(start_of(today)?)?))
    }

    /// Counts `earned` atoms × 2^26 and returns the whole atoms; the rest is kept.
    fn earn(&mut self, now: u64, earned: u128) -> Option<u64> {
        self.accrued_at = now;
        let total = earned.checked_add(u128::from(self.fraction))?;
        // In 64 bits when that is enough: the SVM has no wider arithmetic.
        if let Ok(total) = u64::try_from(total) {
            return Some(self.keep(now, total));
        }
        self.fraction = u64::try_from(total & u128::from(FRACTION)).ok()?;
        u64::try_from(total >> RATE_BITS).ok()
    }

    /// [`Flow::earn`] in one word, what is kept included.
    fn keep(&mut self, now: u64, total: u64) -> u64 {
        self.accrued_at = now;
        self.fraction = total & FRACTION;
        total >> RATE_BITS
    }

    /// What the rate earns in `seconds`, × 2^26.
    fn product(&self, seconds: u64) -> u128 {
        let (high, low) = mul_wide(self.rate, seconds);
        join(high, low)
    }

    /// Adds a stream of `amount` atoms from `now`, where the flow must stand, until the first second of `end_day`.
    #[must_use]
    pub fn start(&mut self, amount: u64, end_day: u64, rates: &mut Ring) -> Option<Stream> {
        let seconds = start_of(end_day)?.checked_sub(self.accrued_at)?;
        let stream = stream(amount, seconds)?;
        self.rate = sum(self.rate, stream.rate)?;
        self.fraction = sum(self.fraction, stream.rest)?;
        add(rates, day_of(self.accrued_at), end_day, stream.rate)?;
        Some(stream)
    }

    /// Stops a stream of `rate` now that would have ended on `end_day`, and returns the whole atoms it will not earn,
    /// rounded down. What they leave over, less than an atom, is earned at once.
    #[must_use]
    pub fn stop(&mut self, rate: u64, end_day: u64, rates: &mut Ring) -> Option<u64> {
        remove(rates, day_of(self.accrued_at), end_day, rate)?;
        self.rate = self.rate.checked_sub(rate)?;
        let seconds = start_of(end_day)?.checked_sub(self.accrued_at)?;
        self.forgo(rate, seconds)
    }

    /// Lets a stream of `rate` end on `new_end_day` instead of `end_day`, and returns as [`Flow::stop`] does.
    ///
    /// `None` when the new day is not earlier, or not ahead.
    #[must_use]
    pub fn shorten(&mut self, rate: u64, end_day: u64, new_end_day: u64, rates: &mut Ring) -> Option<u64> {
        let today = day_of(self.accrued_at);
        let days = end_day.checked_sub(new_end_day).filter(|days| *days > 0)?;
        remove(rates, today, end_day, rate)?;
        add(rates, today, new_end_day, rate)?;
        self.forgo(rate, days.checked_mul(DAY)?)
    }

    /// The whole atoms that `rate` would have earned in `seconds`; the rest is earned at once.
    fn forgo(&mut self, rate: u64, seconds: u64) -> Option<u64> {
        let (high, low) = mul_wide(rate, seconds);
        self.fraction = self.fraction.checked_add(low & FRACTION)?;
        u64::try_from(join(high, low) >> RATE_BITS).ok()
    }
}

/// What a stream of `rate` earns from `now` until the first second of `end_day`, atoms, rounded up.
#[must_use]
pub fn left(rate: u64, now: u64, end_day: u64) -> Option<u64> {
    let seconds = start_of(end_day)?.checked_sub(now)?;
    if rate < 1 << 37 && seconds < 1 << RATE_BITS {
        return Some(rate.wrapping_mul(seconds).wrapping_add(FRACTION) >> RATE_BITS); // below 2^63 + 2^26
    }
    let (high, low) = mul_wide(rate, seconds);
    let (low, carry) = low.overflowing_add(FRACTION);
    let high = if carry { high.checked_add(1)? } else { high };
    u64::try_from(join(high, low) >> RATE_BITS).ok()
}

/// Empties the slots of the days after `rolled_day` up to `today` and returns what they held.
#[must_use]
pub fn roll<const DAYS: usize>(ring: &mut [u64; DAYS], rolled_day: u64, today: u64) -> Option<u64> {
    let last = today.min(rolled_day.checked_add(u64::try_from(DAYS).ok()?)?);
    let mut released: u64 = 0;
    let mut day = rolled_day;
    while day < last {
        if last.wrapping_sub(day) >= STEP_DAYS
            && let Some(ends) = ends_after(ring, day)
        {
            empty_after(ring, day, &ends);
            released = released.checked_add(ends.total)?;
            day = day.wrapping_add(STEP_DAYS);
            continue;
        }
        day = day.wrapping_add(1); // below `last`
        released = released.checked_add(take(ring, slot::<DAYS>(day)))?;
    }
    Some(released)
}

/// What [`roll`] would release of a ring, which stays as it is.
#[must_use]
pub fn releases<const DAYS: usize>(ring: &[u64; DAYS], rolled_day: u64, today: u64) -> Option<u64> {
    let last = today.min(rolled_day.checked_add(u64::try_from(DAYS).ok()?)?);
    let mut released: u64 = 0;
    let mut day = rolled_day;
    while day < last {
        day = day.wrapping_add(1); // below `last`
        released = released.checked_add(*ring.get(slot::<DAYS>(day))?)?;
    }
    Some(released)
}

/// How many slots of a ring are looked at in one step: most of a ring is empty.
const STEP: usize = 8;

/// Puts all that `part` holds into `whole`, slot by slot.
#[must_use]
pub fn put_in(whole: &mut Ring, part: &Ring) -> Option<()> {
    for (totals, parts) in held(whole, part) {
        for (total, part) in totals.iter_mut().zip(parts) {
            *total = sum(*total, *part)?;
        }
    }
    Some(())
}

/// Takes all that `part` holds out of `whole`, slot by slot.
#[must_use]
pub fn take_out(whole: &mut Ring, part: &Ring) -> Option<()> {
    for (totals, parts) in held(whole, part) {
        for (total, part) in totals.iter_mut().zip(parts) {
            *total = total.checked_sub(*part)?;
        }
    }
    Some(())
}

/// The slots of `whole` where `part` holds something, in steps: most of a ring is empty.
fn held<'a>(whole: &'a mut Ring, part: &'a Ring) -> impl Iterator<Item = (&'a mut [u64], &'a [u64])> {
    let steps = whole.chunks_exact_mut(STEP).zip(part.chunks_exact(STEP));
    steps.filter(|(_, parts)| parts.iter().fold(0, |any, part| any | part) != 0)
}

/// Adds `amount` to the slot of `day`, which must lie after `today` and within the ring.
#[must_use]
pub fn add<const DAYS: usize>(ring: &mut [u64; DAYS], today: u64, day: u64, amount: u64) -> Option<()> {
    let held = ahead(ring, today, day)?;
    *held = sum(*held, amount)?;
    Some(())
}

/// Takes `amount` out of the slot of `day`, which must lie after `today` and within the ring.
#[must_use]
pub fn remove<const DAYS: usize>(ring: &mut [u64; DAYS], today: u64, day: u64, amount: u64) -> Option<()> {
    let held = ahead(ring, today, day)?;
    *held = held.checked_sub(amount)?;
    Some(())
}

/// The slot of `day`, when it lies after `today` and within the ring.
#[inline(always)]
fn ahead<const DAYS: usize>(ring: &mut [u64; DAYS], today: u64, day: u64) -> Option<&mut u64> {
    let ahead = day.checked_sub(today)?;
    if ahead == 0 || ahead >= u64::try_from(DAYS).ok()? {
        return None;
    }
    ring.get_mut(slot::<DAYS>(day))
}

/// The slot of `day` in a ring of a power of two.
pub(crate) fn slot<const DAYS: usize>(day: u64) -> usize {
    const { assert!(DAYS.is_power_of_two() && DAYS <= 1 << 16, "two bytes of the day say its slot") };
    let [low, high, ..] = day.to_le_bytes();
    usize::from(u16::from_le_bytes([low, high])) & (DAYS.wrapping_sub(1))
}

/// How many days of a ring are walked in one step: 2^3.
const STEP_DAYS: u64 = 1 << STEP_BITS;
const STEP_BITS: u32 = 3;

/// What ends in a step's days.
struct Ends {
    /// All of it.
    total: u64,
    /// What has ended by each of the days, summed over them.
    by_days: u64,
}

/// What ends in the days after `day`. `None` where they lie on both ends of the ring, or hold so much that the sums could exceed
/// a word: these are walked day by day.
#[inline(always)]
fn ends_after<const DAYS: usize>(ring: &[u64; DAYS], day: u64) -> Option<Ends> {
    let days = ring.get(slot::<DAYS>(day.wrapping_add(1))..)?.first_chunk::<STEP>()?;
    let mut ends = Ends { total: 0, by_days: 0 };
    let mut any = 0;
    for held in days {
        any |= held;
        ends.total = ends.total.wrapping_add(*held);
        ends.by_days = ends.by_days.wrapping_add(ends.total);
    }
    // 36 × 2^58 < 2^64
    (any < 1 << 58).then_some(ends)
}

/// Empties the slots of the days after `day`, in which `ends` ends.
#[inline(always)]
fn empty_after<const DAYS: usize>(ring: &mut [u64; DAYS], day: u64, ends: &Ends) {
    let days = ring.get_mut(slot::<DAYS>(day.wrapping_add(1))..).and_then(|rest| rest.first_chunk_mut::<STEP>());
    if let Some(days) = days.filter(|_| ends.total != 0) {
        *days = [0; STEP];
    }
}

/// Empties a slot.
fn take<const DAYS: usize>(ring: &mut [u64; DAYS], slot: usize) -> u64 {
    core::mem::take(&mut ring[slot])
}
