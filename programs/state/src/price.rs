use crate::prelude::*;

/// What a feed said at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The least that it may have been: price less confidence, in units of the feed's exponent.
    pub low: u64,
    /// The most that it may have been: price and confidence.
    pub high: u64,
    /// When, unix seconds.
    pub published_at: u64,
}

impl Price {
    /// What a feed says: a `price` that may be off by `confidence`, at a `publish_time` in unix seconds.
    ///
    /// # Errors
    /// [`BreakwaterError::BadPrice`].
    pub fn of(price: i64, confidence: u64, publish_time: i64) -> Result<Self> {
        let price = u64::try_from(price).map_err(|_| BreakwaterError::BadPrice)?;
        let high = price.checked_add(confidence).ok_or(BreakwaterError::BadPrice)?;
        let published_at = u64::try_from(publish_time).map_err(|_| BreakwaterError::BadPrice)?;
        require!(price > 0 && published_at > 0, BreakwaterError::BadPrice);
        Ok(Self { low: price.saturating_sub(confidence), high, published_at })
    }

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
