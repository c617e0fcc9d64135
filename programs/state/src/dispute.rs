use crate::prelude::*;

/// What a claim is worth instead, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct DisputeRequest {
    /// What the claim is worth, atoms: less than the claim, and less than earlier disputes say; 0 rejects it.
    pub counter_amount: u64,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// One person's dispute of one claim. The one with the lowest counter-amount goes to the ballot.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Dispute {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 6],
    /// The claim.
    pub claim: Address,
    /// Who disputes it, posted the bond, paid this account's rent and gets both back; a seed of this address.
    pub disputer: Address,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// What the claim is worth instead, atoms; 0 rejects it.
    pub counter_amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// When, unix seconds.
    pub disputed_at: u64,
    /// Zero.
    pub reserved: [u8; 32],
}

/// Where a new dispute is.
pub struct DisputeKeys<'a> {
    /// Its address.
    pub dispute: &'a Address,
    /// Bump of it.
    pub bump: u8,
    /// The claim.
    pub claim: &'a Address,
    /// Who disputes.
    pub disputer: &'a Address,
    /// The ballot that decides.
    pub ballot: &'a Address,
}
