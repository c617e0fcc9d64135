//! Events: pool.

use crate::{Books, prelude::*};

/// A pool was created.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolCreated {
    /// The pool.
    pub pool: Address,
    /// Its authority.
    pub authority: Address,
    /// Mint of its asset.
    pub asset_mint: Address,
    /// Mint of its shares.
    pub share_mint: Address,
    /// The assembly that decides.
    pub assembly: Address,
}

/// A product was listed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ProductListed {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// SHA-256 of its terms.
    pub terms_hash: [u8; 32],
    /// Its number within the pool.
    pub index: u64,
    /// 0 on sale, 2 a draft.
    pub status: u64,
}

/// A product was brought up to now.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ProductRolled {
    /// The product.
    pub product: Address,
    /// Its active cover after it, atoms.
    pub product_active: u64,
    /// The pool's active cover after it, atoms.
    pub pool_active: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A pool was announced open.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolOpened {
    /// The pool.
    pub pool: Address,
    /// When, unix seconds.
    pub opened_at: u64,
    /// From when cover is sold, unix seconds.
    pub sells_from: u64,
}

/// A product was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ProductClosed {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Its number within the pool, which is not given again.
    pub index: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A pool was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolClosed {
    /// The pool.
    pub pool: Address,
    /// The assembly that decided in it.
    pub assembly: Address,
    /// Its treasury.
    pub treasury: Address,
    /// What the vault still held, paid to the treasury, atoms.
    pub amount: u64,
}
