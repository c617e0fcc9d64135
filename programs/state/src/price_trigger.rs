use crate::{Price, prelude::*};
use coverage_math::{seconds_of, trigger};

/// When a product counts as broken by the price of a feed, and the breach that is being watched.
///
/// A breach begins with a price whose upper end is below the strike and counts once it was seen for `min_duration` with
/// no gap longer than `max_gap`. Callers choose which prices they show; so only the seconds that are measured count, each
/// with the higher of the two prices around it, and a price that was not below the strike refutes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct PriceTrigger {
    /// Price below which the product is broken, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Price at which all of the sum insured is lost, in the same units.
    pub floor: u64,
    /// When the breach began, unix seconds: publish time of its first price; 0 when there is none.
    pub started_at: u64,
    /// From when it was seen without a gap, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Publish time of the latest price shown, unix seconds.
    pub seen_at: u64,
    /// Severity of every second measured, summed up, bps × seconds.
    pub severity_seconds: u64,
    /// Exponent of the feed's prices.
    pub exponent: i32,
    /// How old a price that is shown may be, seconds.
    pub max_age: u32,
    /// How long a breach must last, seconds.
    pub min_duration: u32,
    /// Longest time between two prices of a breach, seconds.
    pub max_gap: u32,
    /// Severity of the latest price measured, bps.
    pub severity_bps: u16,
    /// 1 after an incident was opened until a price shows that the breach is over: one breach is paid once.
    pub awaits_recovery: u8,
    /// Zero.
    pub reserved: [u8; 5],
}

stored_enum! {
    /// What a price that was shown is to a product.
    pub enum Observation {
        /// Not below the strike.
        Recovered = 0 "recovered",
        /// Below the strike.
        Breached = 1 "breached",
        /// Too uncertain to say.
        Inconclusive = 2 "inconclusive",
}
}

/// When a product counts as broken by a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct PriceParams {
    /// Price below which it is broken, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Price at which all of the sum insured is lost, below the strike, in the same units.
    pub floor: u64,
    /// Exponent of the feed's prices, -18 to 0.
    pub exponent: i32,
    /// How old a price that is shown may be, seconds, 1 to 3,600.
    pub max_age: u32,
    /// How long a breach must last, seconds, a minute to 7 days, and a day less than the report window.
    pub min_duration: u32,
    /// Longest time between two prices of a breach, seconds, at most `min_duration` and a day.
    pub max_gap: u32,
}

impl PriceParams {
    /// Of a product that no price decides on.
    pub const NONE: Self = Self { strike: 0, floor: 0, exponent: 0, max_age: 0, min_duration: 0, max_gap: 0 };
}

impl PriceTrigger {
    /// Puts the parameters in.
    pub fn set(&mut self, params: &PriceParams) {
        self.strike = params.strike;
        self.floor = params.floor;
        self.exponent = params.exponent;
        self.max_age = params.max_age;
        self.min_duration = params.min_duration;
        self.max_gap = params.max_gap;
    }

    /// The bounds of the parameters, for a product with a report window of `report_window_days`.
    ///
    /// # Errors
    /// [`BreakwaterError::BadTrigger`].
    pub fn check_params(&self, report_window_days: u16) -> Result<()> {
        let window = seconds_of(report_window_days);
        let least = u64::from(self.min_duration).checked_add(DAY).or_overflow()?;
        let bounded = PRICE_AGE.contains(&self.max_age)
            && BREACH_DURATION.contains(&self.min_duration)
            && self.max_gap > 0
            && self.max_gap <= self.min_duration.min(MAX_BREACH_GAP)
            && PRICE_EXPONENT.contains(&self.exponent);
        // Keepers have at least a day to open the incident.
        require!(bounded && self.floor < self.strike && least <= window, BreakwaterError::BadTrigger);
        Ok(())
    }

    /// Whether a breach has begun that nobody has seen end: then nothing is sold.
    pub fn is_breached(&self) -> bool {
        self.started_at != 0 || self.awaits_recovery == 1
    }

    /// Whether the breach has been seen for long enough to count.
    pub fn is_established(&self) -> Result<bool> {
        let end = self.measured_from.checked_add(self.min_duration.into()).or_overflow()?;
        Ok(self.started_at != 0 && self.measured_until >= end)
    }

    /// Takes in a fresh price of the feed that is newer than those before.
    ///
    /// # Errors
    /// [`BreakwaterError::PriceNotNewer`], [`BreakwaterError::PriceFromFuture`], [`BreakwaterError::PriceStale`].
    pub fn observe(&mut self, price: &Price, now: u64) -> Result<Observation> {
        require!(price.published_at > self.seen_at, BreakwaterError::PriceNotNewer);
        price.check_fresh(self.max_age, now)?;
        self.seen_at = price.published_at;
        // A breach that counts stays until its incident is opened: nobody wipes it out with a later price.
        let established = self.is_established()?;
        if price.low >= self.strike {
            self.awaits_recovery = 0;
            if !established {
                self.forget();
            }
            return Ok(Observation::Recovered);
        }
        if price.high >= self.strike {
            return Ok(Observation::Inconclusive);
        }
        // So little below that it would pay nothing says no more: what counts pays.
        let severity_bps = trigger::severity_bps(price.high, self.strike, self.floor).or_overflow()?;
        if severity_bps == 0 {
            return Ok(Observation::Inconclusive);
        }
        if !established && self.awaits_recovery == 0 {
            self.measure(price.published_at, severity_bps)?;
        }
        Ok(Observation::Breached)
    }

    /// Adds the seconds since the last price of the breach, or begins to measure anew after a gap.
    fn measure(&mut self, at: u64, severity_bps: u16) -> Result<()> {
        if self.started_at == 0 {
            self.started_at = at;
        }
        let gap = at.checked_sub(self.measured_until).or_overflow()?;
        if self.measured_from == 0 || gap > self.max_gap.into() {
            self.measured_from = at;
            self.severity_seconds = 0;
        } else {
            // What lies beyond the least duration changes nothing: opening early or late does not pay.
            let end = self.measured_from.checked_add(self.min_duration.into()).or_overflow()?;
            let seconds = at.min(end).checked_sub(self.measured_until).or_overflow()?;
            let severity = u64::from(severity_bps.min(self.severity_bps));
            let more = severity.checked_mul(seconds).or_overflow()?;
            self.severity_seconds = self.severity_seconds.checked_add(more).or_overflow()?;
        }
        self.measured_until = at;
        self.severity_bps = severity_bps;
        Ok(())
    }

    /// The part of a sum insured that a breach that counts pays, bps: the mean of the severities of its seconds, rounded
    /// down.
    ///
    /// # Errors
    /// [`BreakwaterError::NoBreach`] when none counts.
    pub fn mean_severity_bps(&self) -> Result<u16> {
        require!(self.is_established()?, BreakwaterError::NoBreach);
        trigger::mean_severity_bps(self.severity_seconds, self.min_duration).or_overflow()
    }

    /// Last second of a breach that counts, unix.
    pub fn breach_end(&self) -> Result<u64> {
        self.measured_from.checked_add(self.min_duration.into()).or_overflow()
    }

    /// Seconds of the breach that were measured, at most those it takes to count.
    pub fn measured(&self) -> u64 {
        self.measured_until.saturating_sub(self.measured_from).min(self.min_duration.into())
    }

    /// Whether there is a breach that a price could refute.
    ///
    /// # Errors
    /// [`BreakwaterError::NoBreach`].
    pub fn check_refutable(&self) -> Result<()> {
        require!(self.started_at != 0, BreakwaterError::NoBreach);
        Ok(())
    }

    /// Forgets the breach if `price`, however old, shows that the price was not below the strike while it was measured.
    ///
    /// # Errors
    /// [`BreakwaterError::NoBreach`], [`BreakwaterError::PriceOutsideBreach`], [`BreakwaterError::PriceBelowStrike`].
    pub fn refute(&mut self, price: &Price) -> Result<()> {
        self.check_refutable()?;
        let until = self.measured_until.min(self.breach_end()?);
        price.check_refutes(self.strike, self.measured_from, until)?;
        self.forget();
        Ok(())
    }

    /// Hands the breach over to an incident: the same breach opens no other.
    pub fn use_breach(&mut self) {
        self.forget();
        self.awaits_recovery = 1;
    }

    /// Forgets the breach.
    pub fn forget(&mut self) {
        self.started_at = 0;
        self.measured_from = 0;
        self.measured_until = 0;
        self.severity_seconds = 0;
        self.severity_bps = 0;
    }
}
