//! The incidents of one product, which stand in line, and what is set aside for them.
//!
//! All of them share one lien, the product's cover as it was when the first was reported. Their ballots and their filing run
//! side by side; they are paid one after the other. A later report never frees or doubles what an earlier one set aside.
//!
//! Bookings of draws are paid and end independently: each has a line of its own, which sets aside what was booked. The line of
//! their product counts them.

use crate::prelude::*;
use coverage_math::contested::{self, Index, Position};

/// A number of 128 bits as two words, because one of its own would ask for another alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct Wide {
    /// The lower word.
    pub low: u64,
    /// The upper word.
    pub high: u64,
}

impl Wide {
    /// The number.
    #[must_use]
    pub fn get(self) -> u128 {
        coverage_math::wide::join(self.high, self.low)
    }

    /// A number.
    #[must_use]
    pub fn new(number: u128) -> Self {
        let (high, low) = coverage_math::wide::split(number);
        Self { low, high }
    }
}

/// An index of the pool as it is stored: see [`Index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct StoredIndex {
    /// From 2^63 to 2^64 − 1; 0 when none is stored.
    pub mantissa: u64,
    /// How often it was doubled to stay there.
    pub shift: u32,
    /// How often the index began anew before.
    pub era: u32,
}

impl StoredIndex {
    /// The index.
    #[must_use]
    pub fn get(self) -> Index {
        Index { mantissa: self.mantissa, shift: self.shift }
    }

    /// The index of a new pool.
    pub const START: Self = Self { mantissa: Index::START.mantissa, shift: Index::START.shift, era: 0 };

    /// A later index of the same era.
    #[must_use]
    pub fn then(self, index: Index) -> Self {
        Self { mantissa: index.mantissa, shift: index.shift, era: self.era }
    }

    /// Whether one is stored.
    #[must_use]
    pub fn is_set(self) -> bool {
        self.mantissa != 0
    }
}

/// What is set aside for the open incidents of a product, or for one booking. Amounts are per unit of the pool's index, × 2^127.
///
/// They are paid one after the other, so what is paid is kept in the shift of the first, which pays. In that of the last a payment
/// of the first would be rounded to whole units, each of them many atoms of what those bear who left between the two reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct Line {
    /// Set aside now, per unit.
    pub set_aside: Wide,
    /// Of that, what the first of them is sure to get, per unit: it comes before other incidents.
    pub sure: Wide,
    /// Paid since the line began, per unit in `paid_shift`, rounded up.
    pub paid: Wide,
    /// The index when the last of them was reported: its shift is that of `set_aside`.
    pub reported: StoredIndex,
    /// What can still be claimed in all of them at most, atoms: the cover when the line began, less what was paid since.
    pub claimable: u64,
    /// Number of the first incident that is not closed.
    pub head: u32,
    /// Incidents that are not closed.
    pub open: u32,
    /// Reports whose verdict nobody has read, and bookings that are challenged.
    pub undecided: u32,
    /// Accepted incidents that are not settled, and bookings that nobody challenges: while a product has one, draws on it are booked.
    /// In a booking's own line 1 until it ends. What is set aside comes before draws while it is not 0.
    pub accepted: u32,
    /// The shift of the index when the first of them was reported.
    pub paid_shift: u32,
    /// Which part of its claims the first of them is sure to get, in 65,536ths, once it counts; 0 before. It only rises.
    pub sure_part: u32,
}

impl Line {
    /// How often the index was doubled until `later` since the first of them was reported.
    fn doublings_until(&self, later: StoredIndex) -> u32 {
        later.shift.saturating_sub(self.paid_shift)
    }

    /// Makes the incident that was reported at `next` the first.
    pub(crate) fn pass_on(&mut self, next: StoredIndex) {
        self.paid = Wide::new(contested::rescale(self.paid.get(), self.doublings_until(next)));
        self.paid_shift = next.shift;
    }
}

/// What one incident's lien is to those who leave while it is open. Amounts are per unit of the pool's index when it was
/// reported, × 2^127.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct Part {
    /// The index when it was reported.
    pub reported: StoredIndex,
    /// The index when what nobody claimed was freed; not set before.
    pub freed_at: StoredIndex,
    /// The index when it was closed, or when the next report on the product took its place; not set before it is closed.
    pub ended_at: StoredIndex,
    /// Set aside when it was reported, per unit.
    pub set_aside: Wide,
    /// Paid on the product until then, per unit, rounded down.
    pub paid_before: Wide,
    /// Freed because nobody claimed it, per unit.
    pub freed: Wide,
    /// What was left when it was closed, per unit.
    pub rest: Wide,
    /// Down to which position what was freed has been released to those who left.
    pub freed_to: Wide,
    /// Down to which position what was left has been released to those who left.
    pub rest_to: Wide,
}

impl Part {
    /// Where it was reported, the highest position there is.
    fn top(&self) -> Position {
        let reported = self.reported.get();
        reported.seen_from(reported)
    }

    /// The position of an index, as far as it concerns this incident.
    fn position(&self, index: Index) -> Position {
        let reported = self.reported.get();
        // An index from before the report is above all that it knows.
        if index.shift < reported.shift {
            return self.top();
        }
        index.seen_from(reported).min(self.top())
    }

    /// Begins at the report.
    pub fn begin(&mut self, line: &Line) {
        self.reported = line.reported;
        self.set_aside = line.set_aside;
        self.paid_before = Wide::new(line.paid.get().checked_shr(line.doublings_until(self.reported)).unwrap_or(0));
        self.freed_to = Wide::new(self.top());
        self.rest_to = self.freed_to;
    }

    /// Frees all but `claimed` atoms of what is set aside; returns what that is, per unit.
    pub fn free_unclaimed(&mut self, line: &Line, claimed: u64, now: StoredIndex) -> Result<u128> {
        let claimed = self.reported.get().per_unit(claimed).or_overflow()?;
        let freed = line.set_aside.get().saturating_sub(claimed);
        self.freed = Wide::new(freed);
        self.freed_at = now;
        Ok(freed)
    }

    /// Ends it: what is left of it is what those who left get back.
    pub fn end(&mut self, line: &Line, at: StoredIndex) {
        let paid = contested::rescale(line.paid.get(), line.doublings_until(self.reported));
        let paid = paid.saturating_sub(self.paid_before.get());
        let rest = self.set_aside.get().saturating_sub(self.freed.get()).saturating_sub(paid);
        self.rest = Wide::new(rest);
        self.ended_at = at;
    }

    /// Whether all that is to be released was.
    #[must_use]
    pub fn is_released(&self) -> bool {
        self.ended_at.is_set() && self.rest_to.get() <= self.position(self.ended_at.get())
    }

    /// Whether somebody left while it was open, who gets back what is left of it.
    #[must_use]
    pub fn was_left(&self) -> bool {
        self.position(self.ended_at.get()) < self.top()
    }

    /// Takes what can be released to an exit epoch that was paid between two values of the index. Epochs come in their order.
    /// Returns the atoms, and whether that is all the epoch gets of this incident.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn release(&mut self, from: StoredIndex, to: StoredIndex) -> Result<(u64, bool)> {
        require!(from.is_set() && from.era == self.reported.era, BreakwaterError::NothingDue);
        let (high, low) = (self.position(from.get()), self.position(to.get()));
        let mut amount = 0u64;
        let mut moved = false;
        if self.freed_at.is_set() {
            let (part, to) =
                step(self.freed.get(), self.freed_to.get(), self.position(self.freed_at.get()), high, low)?;
            moved |= to != self.freed_to.get();
            self.freed_to = Wide::new(to);
            amount = amount.checked_add(part).or_overflow()?;
        }
        let mut over = false;
        if self.ended_at.is_set()
            && (!self.freed_at.is_set() || self.freed_to.get() <= low.max(self.position(self.freed_at.get())))
        {
            let end = self.position(self.ended_at.get());
            let (part, to) = step(self.rest.get(), self.rest_to.get(), end, high, low)?;
            over = to != self.rest_to.get();
            moved |= over;
            self.rest_to = Wide::new(to);
            amount = amount.checked_add(part).or_overflow()?;
        }
        require!(moved, BreakwaterError::NothingDue);
        Ok((amount, over))
    }
}

/// How far a cursor moves through what lies between `high` and `low`, down to `end`, and what that releases, atoms.
fn step(per_unit: u128, cursor: Position, end: Position, high: Position, low: Position) -> Result<(u64, Position)> {
    let to = low.max(end);
    if cursor > high || to >= cursor {
        return Ok((0, cursor));
    }
    Ok((contested::between(per_unit, cursor, to).or_overflow()?, to))
}
