//! Points in a row below the strike: how deep they lie, and what a policy gets for them.

use super::Grid;
use crate::{BPS, DAY, cover, trigger, wide::mul_div_floor};

/// Fewest and most points of a window.
pub const WINDOW_POINTS: core::ops::RangeInclusive<u32> = 4..=64;
/// Least step, seconds.
pub const LEAST_STEP: u32 = 60;
/// Longest gap in which a reading can be written, seconds.
pub const LONGEST_GAP: u32 = 30;
/// Least step for rates that are read from the chain's own state, seconds.
pub const LEAST_STATE_STEP: u32 = 600;
/// The highest strike, in units of the product: the shortfalls of all points of a window add up to less than 2^64.
pub const MAX_STRIKE: u64 = (1 << 58) - 1;

/// What prices a product goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// A price below it is one of a breach, in units of the product.
    pub strike: u64,
    /// Price at which all is lost, in the same units.
    pub floor: u64,
    /// Its sample points.
    pub grid: Grid,
    /// How long a breach must last, seconds: a window has as many points as it has steps.
    pub min_duration: u32,
}

impl Terms {
    /// Whether they lie within the bounds, for `n` sources of which the `k`-th lowest counts, the oldest reading no older than `max_age`
    /// seconds, and `of_state` when one is a rate that is read from the chain's own state.
    ///
    /// No reading is in force for more than a quarter of a window: a source that stops after one price proves nothing by it.
    #[must_use]
    pub fn are_valid(&self, n: u8, k: u8, max_age: u32, of_state: bool) -> bool {
        let Grid { step, max_gap } = self.grid;
        let (least_step, least_duration) = if of_state { (LEAST_STATE_STEP, DAY) } else { (LEAST_STEP, 0) };
        self.points().is_some_and(|points| WINDOW_POINTS.contains(&points))
            && (1..=3).contains(&n)
            && (1..=n).contains(&k)
            && step >= least_step
            && u64::from(self.min_duration) >= least_duration
            && (1..=LONGEST_GAP).contains(&max_gap)
            && (1..=self.min_duration / 4).contains(&max_age)
            && self.floor < self.strike
            && self.strike <= MAX_STRIKE
    }

    /// The points of a window; `None` when the duration is no multiple of the step.
    #[must_use]
    pub fn points(&self) -> Option<u32> {
        let rest = self.min_duration.checked_rem(self.grid.step)?;
        if rest == 0 { self.min_duration.checked_div(self.grid.step) } else { None }
    }

    /// By how much `price` lies below the strike, up to the floor, in units of the product; `None` when it does not lie below.
    #[must_use]
    pub fn shortfall(&self, price: u64) -> Option<u64> {
        self.strike.checked_sub(price.max(self.floor)).filter(|shortfall| *shortfall > 0)
    }
}

/// Points in a row, all below the strike, as far as they were taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first point, unix seconds; 0 while there is none.
    pub first: u64,
    /// How many.
    pub count: u32,
    /// Their shortfalls, added up, in units of the product.
    pub sum: u64,
}

impl Run {
    /// Of no point.
    pub const EMPTY: Self = Self { first: 0, count: 0, sum: 0 };

    /// The last point, unix seconds; `None` while there is none.
    #[must_use]
    pub fn last(&self, terms: &Terms) -> Option<u64> {
        let steps = u64::from(self.count).checked_sub(1)?;
        self.first.checked_add(steps.checked_mul(terms.grid.step.into())?)
    }

    /// The run with `point`, at a `price`, taken in. `None` when it is no point or not the one after the last, when the price is not
    /// below the strike, or when the run is a window already.
    #[must_use]
    pub fn with(&self, terms: &Terms, point: u64, price: u64) -> Option<Self> {
        let shortfall = terms.shortfall(price)?;
        let follows = match self.last(terms) {
            None => terms.grid.is_point(point),
            Some(last) => last.checked_add(terms.grid.step.into()) == Some(point),
        };
        if !follows || self.count >= terms.points()? {
            return None;
        }
        let first = if self.count == 0 { point } else { self.first };
        Some(Self { first, count: self.count.checked_add(1)?, sum: self.sum.checked_add(shortfall)? })
    }

    /// The window that it is; `None` while points are missing.
    ///
    /// Its severity is the mean of its shortfalls as a part of the way from strike to floor, bps, rounded down, once and at the end.
    ///
    /// Example: a strike of 98 and a floor of 88; 97, 93, 88 and 50 fall short by 1, 5, 10 and 10. Their mean is 6.5 of 10: 6,500 bps.
    #[must_use]
    pub fn window(&self, terms: &Terms) -> Option<Window> {
        if self.count != terms.points()? {
            return None;
        }
        let depth = terms.strike.checked_sub(terms.floor)?.checked_mul(self.count.into())?;
        let severity_bps = u16::try_from(mul_div_floor(self.sum, BPS.into(), depth)?).ok()?;
        Some(Window { first: self.first, severity_bps })
    }
}

/// A breach that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first point, unix seconds: when the breach happened.
    pub first: u64,
    /// What it stands for of a sum insured, bps.
    pub severity_bps: u16,
}

impl Window {
    /// Whether it takes the place of another that was handed in: it pays more.
    #[must_use]
    pub const fn is_deeper(&self, other: &Self) -> bool {
        self.severity_bps > other.severity_bps
    }

    /// Whether an incident is opened for it: it pays more than the deductible.
    #[must_use]
    pub const fn opens(&self, deductible_bps: u16) -> bool {
        self.severity_bps > deductible_bps
    }
}

/// What of a policy matters to prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// When it was bought, unix seconds.
    pub bought_at: u64,
    /// First covered second, unix.
    pub from: u64,
    /// Last covered second, unix.
    pub end: u64,
    /// Sum insured, atoms.
    pub amount: u64,
    /// What the holder bears, atoms.
    pub deductible: u64,
}

impl Cover {
    /// Whether it is paid by `window` in an incident that was opened at `opened_at`: it was bought before, and the window begins within
    /// its own cover and after its sale. So a buyer who came after a shallow window is not shut out by it, and nobody is paid for a
    /// depth that came after their cover.
    #[must_use]
    pub fn may_cite(&self, window: &Window, opened_at: u64) -> bool {
        self.bought_at < opened_at && window.first > self.bought_at && cover::covers(self.from, self.end, window.first)
    }

    /// What it is entitled to by a severity, atoms, rounded down: its loss less the deductible.
    #[must_use]
    pub fn entitled(&self, severity_bps: u16) -> Option<u64> {
        Some(trigger::breach_loss(self.amount, severity_bps)?.saturating_sub(self.deductible))
    }

    /// What it can claim by a severity once `claimed` was claimed of it, atoms: what it is entitled to less that.
    ///
    /// What was claimed is remembered in atoms, not as a severity: so it comes to the same in whatever steps, and to no more after a
    /// part of the cover was given back.
    #[must_use]
    pub fn owed(&self, severity_bps: u16, claimed: u64) -> Option<u64> {
        Some(self.entitled(severity_bps)?.saturating_sub(claimed))
    }
}
