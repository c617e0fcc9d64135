use crate::prelude::*;
use coverage_math::trigger;

/// How much the program that a product covers may draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct DrawLimit {
    /// Length of a period, seconds.
    pub period: u64,
    /// When the latest period began, unix seconds: with its first draw.
    pub started_at: u64,
    /// Drawn in it, atoms.
    pub drawn: u64,
    /// Most that is drawn in a period, bps of the free capital.
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
    /// Most that is drawn in a period, bps of the free capital, 1 to 10,000.
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

    /// Takes what can be drawn now of `due`, with `free` of the capital not set aside, and returns it, atoms.
    pub fn take(&mut self, due: u64, free: u64, now: u64) -> Result<u64> {
        if now >= self.started_at.checked_add(self.period).or_overflow()? {
            self.started_at = now;
            self.drawn = 0;
        }
        let drawn = trigger::draw(due, self.drawn, free, self.limit_bps).or_overflow()?;
        self.drawn = self.drawn.checked_add(drawn).or_overflow()?;
        Ok(drawn)
    }
}
