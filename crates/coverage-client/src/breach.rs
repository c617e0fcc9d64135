//! What prices have shown of a product, computed as the program computes it.

use crate::PriceTrigger;

/// Of the longest gap between two prices of a breach, the part after which showing another is worth its fee: a half.
const GAP_PARTS: u64 = 2;

impl PriceTrigger {
    /// Whether a breach has begun that nobody has seen end: then nothing is sold.
    #[must_use]
    pub fn is_breached(&self) -> bool {
        self.started_at != 0 || self.awaits_recovery == 1
    }

    /// Whether a breach was seen for long enough to count.
    #[must_use]
    pub fn is_established(&self) -> bool {
        self.started_at != 0 && self.measured_until >= self.breach_end()
    }

    /// Last second of a breach that counts, unix.
    fn breach_end(&self) -> u64 {
        self.measured_from.saturating_add(self.min_duration.into())
    }

    /// Whether a price whose lower end is `low`, `published_at` inside the breach, shows that there was none.
    #[must_use]
    pub fn is_refuted_by(&self, low: u64, published_at: u64) -> bool {
        let until = self.measured_until.min(self.breach_end());
        let inside = self.measured_from < published_at && published_at < until;
        self.started_at != 0 && inside && low >= self.strike
    }

    /// Whether a price between `low` and `high`, shown at `now`, begins a breach, takes it on by a good part of the
    /// longest gap, or ends it.
    #[must_use]
    pub fn is_moved_by(&self, low: u64, high: u64, published_at: u64, now: u64) -> bool {
        let fresh = published_at <= now && now.saturating_sub(published_at) <= self.max_age.into();
        if !fresh || published_at <= self.seen_at {
            return false;
        }
        if low >= self.strike {
            return self.awaits_recovery == 1 || (self.started_at != 0 && !self.is_established());
        }
        let pays = coverage_math::trigger::severity_bps(high, self.strike, self.floor).is_some_and(|bps| bps > 0);
        let counted = self.is_established() || self.awaits_recovery == 1;
        let later = published_at >= self.measured_until.saturating_add(u64::from(self.max_gap) / GAP_PARTS);
        pays && !counted && (self.started_at == 0 || later)
    }
}
