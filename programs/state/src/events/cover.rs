//! Events: cover.

use crate::{Books, prelude::*};

/// Cover was bought.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverBought {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Its holder.
    pub holder: Address,
    /// Sum insured, atoms.
    pub amount: u64,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix.
    pub end: u64,
    /// The product's active cover after it, atoms.
    pub product_active: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was extended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverExtended {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who paid.
    pub payer: Address,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// Last covered second after it, unix.
    pub end: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was cancelled.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverCancelled {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Its holder.
    pub holder: Address,
    /// Refunded, atoms.
    pub refund: u64,
    /// Fee kept of the unearned premium, atoms: to the LPs over seven days.
    pub fee: u64,
    /// Last covered second after it, unix.
    pub end: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Part of a cover was given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverReduced {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Its holder.
    pub holder: Address,
    /// Refunded, atoms.
    pub refund: u64,
    /// Fee kept of the unearned premium, atoms: to the LPs over seven days.
    pub fee: u64,
    /// Sum insured after it, atoms.
    pub amount: u64,
    /// Active cover of the product after it, atoms.
    pub product_active: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was passed on.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverTransferred {
    /// The policy.
    pub policy: Address,
    /// Who held it.
    pub holder: Address,
    /// Who holds it now.
    pub new_holder: Address,
}

/// A policy was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PolicyClosed {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who had bought it and got its rent back.
    pub payer: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}
