//! The one way to call a ballot.

use crate::rent;
use anchor_lang::prelude::*;
use breakwater_state::{Assembly, Ballot, Opening, Pool};

/// Opens `ballot` on what `opening` says at `now`, with the tips of its closings, which `payer` sets aside.
#[inline(always)]
pub fn call(
    ballot: &mut Account<Ballot>,
    assembly: &Account<Assembly>,
    pool: &mut Account<Pool>,
    payer: &mut Signer,
    opening: &Opening,
    now: u64,
) -> Result<()> {
    let pool_address = *pool.address();
    ballot.open((assembly.address(), assembly), (&pool_address, pool), opening, now)?;
    rent::set_tips_aside(payer, ballot, Ballot::TIPS)
}
