//! Sample points, and which reading of a source counts for one.

use super::Value;
use core::cmp::Ordering;

/// How far the time of a source may be ahead of the chain's clock, which runs behind, seconds.
pub const LEAD: u64 = 30;

/// The sample points of a product: the multiples of `step`, in unix seconds. Nobody chooses their phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Seconds from a point to the next.
    pub step: u32,
    /// How long after a point its readings can be written, seconds.
    pub max_gap: u32,
}

impl Grid {
    /// Whether `time` is a point.
    #[must_use]
    pub fn is_point(&self, time: u64) -> bool {
        time.checked_rem(self.step.into()) == Some(0)
    }

    /// The point for which readings can be written at `now`; `None` between the end of a gap and the next point.
    #[must_use]
    pub fn point_at(&self, now: u64) -> Option<u64> {
        let since = now.checked_rem(self.step.into())?;
        if since <= self.max_gap.into() { now.checked_sub(since) } else { None }
    }

    /// Whether the readings of `point` are final at `now`: none can be written or replaced any more. Nothing is proven by one before.
    #[must_use]
    pub fn is_final(&self, point: u64, now: u64) -> bool {
        now.checked_sub(point).is_some_and(|since| since > self.max_gap.into())
    }

    /// Whether a source's `time` is one for `point`: no older than `max_age` there, and not after its gap. The end of the gap is one on the chain's
    /// clock, so a source whose time is ahead of that has as much longer. This does not depend on when it is written.
    #[must_use]
    pub fn accepts(&self, point: u64, time: u64, max_age: u32) -> bool {
        let latest = point.saturating_add(self.max_gap.into()).saturating_add(LEAD);
        time <= latest && point.saturating_sub(time) <= max_age.into()
    }
}

/// What a source says at its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When, by the source itself, unix seconds.
    pub time: u64,
    /// The most that the price may have been.
    pub upper: Value,
}

impl Reading {
    /// Whether it counts for `point` instead of `other`: of readings at or before the point the latest, which is the value in force there, else the
    /// earliest after it, and of two at the same time the higher.
    ///
    /// It is a total order, so the best of several is the same in whatever order they are written, and one that is written again changes
    /// nothing.
    #[must_use]
    pub fn is_better(&self, other: &Self, point: u64) -> bool {
        self.rank(other, point) == Ordering::Greater
    }

    fn rank(&self, other: &Self, point: u64) -> Ordering {
        let by_time = match (self.time <= point, other.time <= point) {
            (true, true) => self.time.cmp(&other.time),
            (false, false) => other.time.cmp(&self.time),
            (in_force, _) => in_force.cmp(&!in_force),
        };
        by_time.then_with(|| self.upper.cmp(&other.upper))
    }
}
