//! The only file that reads prices: `PriceUpdateV2` accounts of Pyth's pull oracle.
//!
//! Their layout is that of `pyth-solana-receiver-sdk`, borsh without padding. Only fully verified updates are read, and of
//! those every field lies at a fixed offset.

use anchor_lang::{bytemuck, prelude::*};
use breakwater_state::{BreakwaterError, Price};

/// Pyth's receiver program, on every cluster.
pub const RECEIVER: Address = Address::from_str_const("rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ");

/// A fully verified price of Pyth's receiver program.
pub type PriceAccount = Account<PriceUpdate>;

/// The fields of a fully verified `PriceUpdateV2`.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C)]
pub struct PriceUpdate {
    discriminator: [u8; 8],
    write_authority: Address,
    verification_level: u8,
    feed: Address,
    price: [u8; 8],
    confidence: [u8; 8],
    exponent: [u8; 4],
    publish_time: [u8; 8],
    prev_publish_time: [u8; 8],
    ema_price: [u8; 8],
    ema_confidence: [u8; 8],
    posted_slot: [u8; 8],
}

/// First bytes of a `PriceUpdateV2`: of the SHA-256 of `account:PriceUpdateV2`.
const DISCRIMINATOR: [u8; 8] = [34, 241, 35, 99, 157, 126, 244, 205];
/// The level of an update whose every signature was checked.
const FULL: u8 = 1;

impl SlabSchema for PriceUpdate {
    const DATA_OFFSET: usize = 0;
    const MIN_DATA_LEN: usize = size_of::<Self>();

    fn validate(view: &AccountView, data: &[u8]) -> Result<()> {
        require!(view.owned_by(&RECEIVER), BreakwaterError::WrongPriceOwner);
        require!(data.starts_with(&DISCRIMINATOR), BreakwaterError::NotAPrice);
        let level = data.get(core::mem::offset_of!(Self, verification_level));
        require!(level == Some(&FULL), BreakwaterError::PriceNotVerified);
        Ok(())
    }
}

impl IdlAccountType for PriceUpdate {}

impl PriceUpdate {
    /// The price, when it is one of `feed` in units of ten to the power of `exponent`.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongFeed`], [`BreakwaterError::WrongExponent`], [`BreakwaterError::BadPrice`].
    pub fn read(&self, feed: &Address, exponent: i32) -> Result<Price> {
        require!(anchor_lang::address_eq(&self.feed, feed), BreakwaterError::WrongFeed);
        require!(i32::from_le_bytes(self.exponent) == exponent, BreakwaterError::WrongExponent);
        Ok(Price::of(
            i64::from_le_bytes(self.price),
            u64::from_le_bytes(self.confidence),
            i64::from_le_bytes(self.publish_time),
        )?)
    }
}
