use crate::prelude::*;

/// One voter's vote in one ballot. There can be no second one in the same round.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct VoteRecord {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// The side voted for: 0 against, 1 for.
    pub side: u8,
    /// 0 in the first vote, 1 in the appeal; a seed of this address.
    pub round: u8,
    /// Zero.
    pub reserved_head: [u8; 4],
    /// The ballot.
    pub ballot: Address,
    /// The voter.
    pub voter: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Weight cast, atoms of stake.
    pub weight: u64,
    /// When, unix seconds.
    pub voted_at: u64,
    /// Zero.
    pub reserved: [u8; 32],
}
