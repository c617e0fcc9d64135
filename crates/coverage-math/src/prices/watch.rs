//! When points below the strike set cover aside before there is a window, and when sources are silent.

use super::{Run, Terms};
use crate::DAY;

/// How long after its last point's gap a run can set cover aside, seconds.
pub const LIEN_DELAY: u64 = 600;
/// A run sets cover aside when it is this part of a window: one in so many points, rounded up.
pub const LIEN_PART: u32 = 4;
/// How long before sources count as silent somebody must have declared it, seconds.
pub const SILENCE_NOTICE: u64 = 2 * DAY;

/// Cover that is set aside because points in a row lay below the strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lien {
    /// The first of them, unix seconds.
    pub first: u64,
    /// The last, unix seconds: those up to it set nothing aside again.
    pub last: u64,
}

impl Lien {
    /// The lien that a `run` makes at `now`, where points up to `used_until` have made one. `None` when it is shorter than a quarter of a window, when its
    /// last point's readings are not final or too old, or when a point of it was used.
    #[must_use]
    pub fn of(run: &Run, terms: &Terms, used_until: u64, now: u64) -> Option<Self> {
        let last = run.last(terms)?;
        let latest = last.saturating_add(terms.grid.max_gap.into()).saturating_add(LIEN_DELAY);
        let is_long = run.count >= terms.points()?.div_ceil(LIEN_PART);
        let is_new = terms.grid.is_final(last, now) && now <= latest && run.first > used_until;
        (is_long && is_new).then_some(Self { first: run.first, last })
    }

    /// When it ends by itself, unix seconds: a window that holds its last point has ended by then.
    #[must_use]
    pub fn ends_at(&self, terms: &Terms) -> u64 {
        self.last.saturating_add(terms.min_duration.into())
    }

    /// Whether points at which the price was not below the strike, one before it and one after, end it: no window fits between them.
    #[must_use]
    pub fn is_ended_by(&self, terms: &Terms, before: u64, after: u64) -> bool {
        let around = before < self.first && self.last < after;
        around && after.checked_sub(before).is_some_and(|apart| apart <= terms.min_duration.into())
    }
}

/// The sources of a product, declared silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// When it was declared, unix seconds.
    pub declared_at: u64,
}

impl Silence {
    /// Whether the jury may be called at `now`: two days have gone by, and no point has ended it.
    #[must_use]
    pub fn is_established(&self, now: u64) -> bool {
        now.checked_sub(self.declared_at).is_some_and(|silent| silent >= SILENCE_NOTICE)
    }

    /// Whether a point that has a price ends it: one after it was declared.
    #[must_use]
    pub const fn is_ended_by(&self, point: u64) -> bool {
        point > self.declared_at
    }

    /// Whether a point at which the price was not below the strike voids an incident that the jury was called to at `opened_at`: it lies inside.
    #[must_use]
    pub const fn is_refuted_by(&self, point: u64, opened_at: u64) -> bool {
        self.is_ended_by(point) && point <= opened_at
    }
}
