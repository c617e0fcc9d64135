use crate::prelude::*;
use coverage_math::wide::mul_div_floor;

/// Shares of a pool that was wiped out, of one generation, and what is left for them.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Retired {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 2],
    /// Their generation; a seed of this address.
    pub generation: u32,
    /// The pool.
    pub pool: Address,
    /// Their mint.
    pub share_mint: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Shares that are not redeemed, atoms.
    pub shares: u64,
    /// What is left for them, atoms: in the bucket of exits.
    pub capital: u64,
    /// Zero.
    pub reserved: [u8; 32],
}

impl Retired {
    /// Redeems `shares` for their part, rounded down: the last get what is left. Returns the atoms, which are about to leave.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn redeem(&mut self, shares: u64) -> Result<u64> {
        let rest = self.shares.checked_sub(shares).ok_or(BreakwaterError::NothingDue)?;
        require!(shares > 0, BreakwaterError::NothingDue);
        let amount = mul_div_floor(self.capital, shares, self.shares).or_overflow()?;
        self.shares = rest;
        self.capital = self.capital.checked_sub(amount).or_overflow()?;
        Ok(amount)
    }

    /// Whether it can be closed: none of these shares exist any more, of which there are `share_supply` atoms, redeemed or burned
    /// by their owners. Returns what is left for them, which is nobody's.
    ///
    /// # Errors
    /// [`BreakwaterError::RetiredInUse`].
    pub fn dust(&self, share_supply: u64) -> Result<u64> {
        require!(share_supply == 0, BreakwaterError::RetiredInUse);
        Ok(self.capital)
    }
}
