//! Events: incident.

use crate::{Books, prelude::*};

/// An incident was opened.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentOpened {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Who opened it.
    pub opener: Address,
    /// The ballot that decides.
    pub ballot: Address,
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// Part of a claim that is paid, bps: 10,000 unless a price opened it.
    pub severity_bps: u64,
    /// Capital set aside, atoms.
    pub lien: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was filed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimSubmitted {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// Who filed it.
    pub claimant: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed, atoms.
    pub amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Claims filed in the incident after it, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident was settled or rejected.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentSettled {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// 1 settled, 2 rejected.
    pub state: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms.
    pub settled: u64,
    /// Of it from those who left while it was open, atoms; the rest from the capital.
    pub contested: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was paid, or its bond given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimPaid {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Paid on the claim, atoms.
    pub amount: u64,
    /// Of it kept, for the refund of a cancellation, atoms.
    pub given_back: u64,
    /// Bond given back, atoms.
    pub bond: u64,
    /// Paid on the claim so far, atoms.
    pub paid: u64,
    /// Earned since the last accrual, atoms; 0 when it was not the first payment, which accrues nothing.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident's bond was given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentBondCollected {
    /// The incident.
    pub incident: Address,
    /// Who had posted it.
    pub owner: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was disputed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimDisputed {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Who disputes it.
    pub disputer: Address,
    /// The ballot that decides.
    pub ballot: Address,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Until when votes are taken, unix seconds.
    pub closes_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A dispute was decided.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct DisputeResolved {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// How many sixteenths of what was claimed stand.
    pub level: u64,
    /// The claim after it, atoms.
    pub amount: u64,
    /// The claim's bond after it, atoms.
    pub bond: u64,
    /// What the disputer has due, atoms.
    pub dispute_bond: u64,
    /// Claims filed in the incident after it, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A disputer was paid what a ballot left them.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct DisputeBondCollected {
    /// The claim.
    pub claim: Address,
    /// Who had disputed.
    pub disputer: Address,
    /// Paid, atoms: what is left of the bond, and half of what the claim's lost.
    pub paid: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim is paid to another token account from now on.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimRedirected {
    /// The claim.
    pub claim: Address,
    /// The token account.
    pub receiver: Address,
}

/// Money came back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Recovered {
    /// The incident.
    pub incident: Address,
    /// Who paid it.
    pub payer: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Of it to the claims, atoms; the rest goes to the LPs over seven days, or to the shares that were retired since.
    pub to_claims: u64,
    /// Set aside for the claims after it, atoms.
    pub settled: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimClosed {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Paid on it, atoms.
    pub paid: u64,
}

/// An incident's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentClosed {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}

/// What was held back from an incident's claims went to them, as far as it was left.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct RestSettled {
    /// The incident.
    pub incident: Address,
    /// Set aside for them now, atoms.
    pub more: u64,
    /// Set aside for them so far, atoms.
    pub settled: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The verdict on an incident was read.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentDecided {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// 3 accepted, 4 refused.
    pub state: u64,
    /// Until when claims can be filed, unix seconds; 0 when it does not count.
    pub filing_ends_at: u64,
    /// What becomes of the bond: 1 due to its owner, 3 slashed, 4 there is none.
    pub bond_state: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The filing of an incident ended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct FilingEnded {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Sum of the claims as they stand, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}
