//! Events: assembly.

use crate::{Books, prelude::*};

/// An assembly was created.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AssemblyCreated {
    /// The assembly.
    pub assembly: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
}

/// Stake was added.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Staked {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Owner of the stake.
    pub owner: Address,
    /// Added, atoms.
    pub amount: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
}

/// A vote was cast.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Voted {
    /// The ballot.
    pub ballot: Address,
    /// The voter.
    pub voter: Address,
    /// The level: 0 against, 16 for, or between them.
    pub level: u64,
    /// Weight cast, atoms of stake.
    pub weight: u64,
    /// Until when votes are taken after it, unix seconds.
    pub closes_at: u64,
    /// 1 when the owner's delegate cast it, 0 when the owner did.
    pub by_delegate: u64,
}

/// The delegate of a stake was set.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct DelegateSet {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Who votes beside the owner; zero for nobody.
    pub delegate: Address,
    /// Since when, unix seconds: in ballots that open later. 0 where there is none.
    pub since: u64,
}

/// A ballot was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotClosed {
    /// The ballot.
    pub ballot: Address,
    /// What was voted on.
    pub subject: Address,
    /// 0 it goes on, 1 passed, 2 failed, 3 decided at a level.
    pub state: u64,
    /// The level at which it ended, or would have: 0 against, 16 for, or between them.
    pub level: u64,
    /// Weight cast, votes carried over included, atoms.
    pub weight_cast: u64,
    /// The stake that counted, atoms.
    pub eligible_weight: u64,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u64,
    /// Until when it can be appealed or arbitrated, unix seconds; until when votes are taken when it goes on.
    pub until: u64,
}

/// The arbiter decided a ballot.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotArbitrated {
    /// The ballot.
    pub ballot: Address,
    /// What was voted on.
    pub subject: Address,
    /// 1 passed, 2 failed, 3 decided at a level.
    pub state: u64,
    /// The level: 0 against, 16 for, or between them.
    pub level: u64,
    /// Until when that can be appealed, unix seconds.
    pub until: u64,
}

/// A ballot was appealed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotAppealed {
    /// The ballot.
    pub ballot: Address,
    /// What is voted on.
    pub subject: Address,
    /// Who appealed.
    pub appellant: Address,
    /// The level at which the first vote ended, or the arbiter set it: 0 against, 16 for.
    pub first_level: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Until when votes are taken, unix seconds.
    pub closes_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An appeal's bond was given back, as far as it was not lost.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AppealBondCollected {
    /// The ballot.
    pub ballot: Address,
    /// Who had appealed.
    pub appellant: Address,
    /// What went back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// Somebody attached evidence to an incident, a claim, a change or a ballot; a voter to a ballot: the reasons of a vote.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct EvidenceAttached {
    /// What it is about.
    pub subject: Address,
    /// Who attached it.
    pub author: Address,
    /// SHA-256 of it.
    pub evidence_hash: [u8; 32],
    /// Where it is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
}

/// A vote was released, or its reward paid.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct VoteReleased {
    /// The ballot.
    pub ballot: Address,
    /// The voter.
    pub voter: Address,
    /// Reward paid, atoms of the pool's asset.
    pub reward: u64,
    /// 1 once its record is closed: nothing more is due.
    pub closed: u64,
    /// Stake lost, atoms.
    pub slash: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
    /// The books after it.
    pub books: Books,
}

/// A ballot's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotReclaimed {
    /// The ballot.
    pub ballot: Address,
    /// What of its rewards nobody got, atoms: free again in the assessors' fund.
    pub unreserved: u64,
}

/// Stake was put on its way out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct UnstakeRequested {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Put on its way, atoms.
    pub amount: u64,
    /// All on its way, atoms.
    pub unstaking: u64,
    /// When that can be taken, unix seconds.
    pub ready_at: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
}

/// Stake was taken out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Unstaked {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Taken out, atoms.
    pub amount: u64,
}

/// Stake that voters had lost was burned.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct SlashBurned {
    /// The assembly.
    pub assembly: Address,
    /// Burned, atoms.
    pub amount: u64,
}

/// A voter without stake was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct VoterClosed {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Who had staked.
    pub owner: Address,
}

/// An assembly that nobody needs was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AssemblyClosed {
    /// The assembly.
    pub assembly: Address,
    /// Mint of what was staked in it.
    pub governance_mint: Address,
}
