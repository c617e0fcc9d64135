use crate::prelude::*;

/// One voter's vote in one ballot. It can be cast anew in an appeal, once; a delegate's by the owner in the same round too.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct VoteRecord {
    /// Layout version.
    pub version: u8,
    /// Zero: this address has no bump.
    pub bump: u8,
    /// The level voted for: 0 to 16.
    pub level: u8,
    /// The round in which it was cast last: 0 the first, 1 the appeal.
    pub round: u8,
    /// The level voted for in the first round; 255 when the voter was not heard in that.
    pub first_level: u8,
    /// 1 once it locks the stake no more.
    pub released: u8,
    /// 1 while it is the vote of a delegate: the owner can cast it anew.
    pub by_delegate: u8,
    /// Zero.
    pub reserved_head: u8,
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

impl VoteRecord {
    /// What stands for the level of a round in which the voter did not vote.
    pub const NOT_CAST: u8 = u8::MAX;
}
