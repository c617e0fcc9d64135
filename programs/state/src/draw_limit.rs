use crate::prelude::*;
use coverage_math::trigger;

/// How fast the program that a product covers is paid: out of a bucket that holds half of the limit, and into which the other
/// half flows within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct DrawLimit {
    /// Length of a period, seconds: how long the empty bucket takes to be full.
    pub period: u64,
    /// Until when the bucket was refilled, unix seconds: when it was last drawn from.
    pub refilled_at: u64,
    /// What it lacked then, atoms.
    pub lacked: u64,
    /// What it held then when full, atoms: when the capital has grown since, the same part is lacking.
    pub full: u64,
    /// Most that is paid in a period, bps of the capital at the last midnight, or now where that is less.
    pub limit_bps: u16,
    /// Zero.
    pub reserved: [u8; 6],
}

/// How much the covered program may draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct DrawParams {
    /// Length of a period, seconds, an hour to 30 days.
    pub period: u64,
    /// Most that is paid in a period, bps of the capital at the last midnight, or now where that is less, 1 to 10,000; half of
    /// it at once.
    pub limit_bps: u16,
}

impl DrawParams {
    /// Of a product on which no program draws.
    pub const NONE: Self = Self { period: 0, limit_bps: 0 };
}

impl DrawLimit {
    /// Puts the parameters in.
    pub fn set(&mut self, params: &DrawParams) {
        self.period = params.period;
        self.limit_bps = params.limit_bps;
    }

    /// The bounds of the parameters.
    ///
    /// # Errors
    /// [`BreakwaterError::BadTrigger`].
    pub fn check_params(&self) -> Result<()> {
        let bounded = DRAW_PERIOD.contains(&self.period) && self.limit_bps > 0 && self.limit_bps <= coverage_math::BPS;
        require!(bounded, BreakwaterError::BadTrigger);
        Ok(())
    }

    /// What the bucket of a pool with this capital holds when it is full, atoms.
    pub fn burst(&self, capital: u64) -> Result<u64> {
        trigger::burst(capital, self.limit_bps).or_overflow()
    }

    /// What the bucket lacks at `now` that holds `burst` atoms when full.
    fn lacking(&self, burst: u64, now: u64) -> Result<u64> {
        let elapsed = now.saturating_sub(self.refilled_at);
        trigger::lacking(self.lacked, self.full, burst, elapsed, self.period).or_overflow()
    }

    /// What can be paid at once at `now`, atoms, where buckets are parts of [`capital`](crate::Pool::capital_of_buckets).
    pub fn level(&self, capital: u64, now: u64) -> Result<u64> {
        let burst = self.burst(capital)?;
        Ok(burst.saturating_sub(self.lacking(burst, now)?))
    }

    /// What of `booked` atoms is due at `now` whatever the bucket holds, once they can no longer be challenged since `challenge_ends_at`:
    /// after a year at the latest all of it.
    pub fn matured(&self, booked: u64, challenge_ends_at: u64, now: u64) -> Result<u64> {
        let elapsed = now.saturating_sub(challenge_ends_at);
        trigger::matured(booked, elapsed, self.period, self.limit_bps, BOOKING_TERM).or_overflow()
    }

    /// Takes what the bucket holds of `wanted` atoms at `now`, where buckets are parts of
    /// [`capital`](crate::Pool::capital_of_buckets), and returns it. Nothing taken is nothing written: asking for nothing all the
    /// time would else lose what had flowed in.
    pub fn take(&mut self, wanted: u64, capital: u64, now: u64) -> Result<u64> {
        let burst = self.burst(capital)?;
        let lacking = self.lacking(burst, now)?;
        let taken = wanted.min(burst.saturating_sub(lacking));
        if taken > 0 {
            self.refilled_at = now;
            self.lacked = coverage_math::sum(lacking, taken).or_overflow()?;
            self.full = burst;
        }
        Ok(taken)
    }
}
