use crate::prelude::*;

/// What a feed said at a time.
#[derive(Clone, Copy)]
pub struct Price {
    /// The least that it may have been: price less confidence, in units of the feed's exponent.
    pub low: u64,
    /// The most that it may have been: price and confidence.
    pub high: u64,
    /// When, unix seconds.
    pub published_at: u64,
}

impl Price {
    /// Whether it is no older than `max_age` seconds at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::PriceFromFuture`], [`BreakwaterError::PriceStale`].
    pub fn check_fresh(&self, max_age: u32, now: u64) -> Result<()> {
        let age = now.checked_sub(self.published_at).ok_or(BreakwaterError::PriceFromFuture)?;
        require!(age <= max_age.into(), BreakwaterError::PriceStale);
        Ok(())
    }

    /// Whether it shows that the price was not below `strike` at a second between `from` and `until`. A feed can publish
    /// several prices in a second: in the first and the last of a breach it may well have been on both sides.
    ///
    /// # Errors
    /// [`BreakwaterError::PriceOutsideBreach`], [`BreakwaterError::PriceBelowStrike`].
    pub fn check_refutes(&self, strike: u64, from: u64, until: u64) -> Result<()> {
        require!(from < self.published_at && self.published_at < until, BreakwaterError::PriceOutsideBreach);
        require!(self.low >= strike, BreakwaterError::PriceBelowStrike);
        Ok(())
    }
}
