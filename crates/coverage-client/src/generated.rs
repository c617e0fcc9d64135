//! Generated from `idls/breakwater.json` by `cargo xtask codegen`: do not edit.

use crate::{Pack, ZeroCopy};
use borsh::{BorshDeserialize, BorshSerialize};
use bytemuck::{Pod, Zeroable};
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};

/// Address of the program.
pub const ID: Address = Address::from_str_const("Breakwater111111111111111111111111111111111");

/// An appeal's bond was given back or shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AppealBondCollected {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// Who had appealed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub appellant: Address,
    /// The bond, atoms.
    pub bond: u64,
    /// 1 when it went back, 0 when it was lost: half to the LPs over seven days, half to the assessors.
    pub returned: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The stakers of one governance token. Many pools can share one assembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Assembly {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Bump of the stake vault.
    pub stake_vault_bump: u8,
    /// Decimals of the governance mint.
    pub decimals: u8,
    /// How often a ballot may be extended.
    pub max_extensions: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 3],
    /// Who created it; a seed of this address.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub creator: Address,
    /// Who may propose changes of its parameters.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Mint of the staked token.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub governance_mint: Address,
    /// Token program of that mint.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub token_program: Address,
    /// Token account that holds the stakes.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub stake_vault: Address,
    /// Stake that counts, atoms: without what is being unstaked. Written by stake and request_unstake.
    pub total_staked: u64,
    /// Stake on its way out, atoms.
    pub total_unstaking: u64,
    /// Length of a ballot's first round, seconds.
    pub voting_period: u64,
    /// How long a stake must have been held before a ballot opens to count in it, seconds.
    pub min_stake_age: u64,
    /// How long unstaking takes, seconds.
    pub unstake_delay: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// Voters that ever staked.
    pub voter_count: u64,
    /// Weight that must be cast, bps of the eligible stake.
    pub quorum_bps: u16,
    /// Weight for, above which a ballot passes, bps of the weight cast.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_params: [u8; 2],
    /// Stake lost by voters and not yet burned, atoms.
    pub slashed: u64,
    /// Last day that has a slot in `ages`, days since the epoch.
    pub last_age_day: u64,
    /// Ring: stake by the day it ages from, atoms; slot day % 128.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub ages: [u64; 128],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// An assembly was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssemblyCreated {
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// Its authority.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Mint of the staked token.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub governance_mint: Address,
}

/// Parameters of an assembly.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssemblyParams {
    /// Who may propose changes of these parameters.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Length of a ballot's first round, seconds, 1 to 14 days.
    pub voting_period: u64,
    /// How long a stake must have been held before a ballot opens to count in it, seconds, 1 second to 90 days.
    pub min_stake_age: u64,
    /// How long unstaking takes, seconds: at least as long as a ballot with appeal can last.
    pub unstake_delay: u64,
    /// Weight that must be cast, bps of the eligible stake, 1 to 9,000.
    pub quorum_bps: u16,
    /// Weight for, above which a ballot passes, bps of the weight cast, 5,000 to 9,000.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps, at most 2,000.
    pub overturn_slash_bps: u16,
}

/// Who had been offered the authority took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AuthorityAccepted {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Who had it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Who has it now.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub new_authority: Address,
}

/// One vote of an assembly, and an appeal of it. It does not know what it decides: who opened it reads its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Ballot {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 passed, 2 failed, 3 no quorum: see `BallotState`.
    pub state: u8,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u8,
    /// How it would end if it ended now: as `state`.
    pub leading: u8,
    /// How often this round was extended.
    pub extensions: u8,
    /// How often a round may be extended.
    pub max_extensions: u8,
    /// 1 once it goes on, twice as long, because too few had voted.
    pub prolonged: u8,
    /// The assembly that votes.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// What is voted on; a seed of this address.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub subject: Address,
    /// The pool whose assessors' fund rewards the voters and whose asset the bonds are in.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Who decides when too few voted twice; zero for nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub arbiter: Address,
    /// Who appealed and posted the bond; zero when nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub appellant: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// From when votes are taken, unix seconds.
    pub opens_at: u64,
    /// Until when votes are taken, unix seconds. Written by extensions.
    pub closes_at: u64,
    /// When the round was closed, unix seconds; 0 while open.
    pub closed_at: u64,
    /// When the outcome is final, unix seconds; 0 while open. Until then it can be appealed, or the arbiter can decide.
    pub final_at: u64,
    /// Stakes count that age since this or before, unix seconds.
    pub eligible_before: u64,
    /// The stake that counts, atoms: what the quorum is a part of.
    pub eligible_weight: u64,
    /// Weight cast for in this round, atoms.
    pub weight_for: u64,
    /// Weight cast against in this round, atoms.
    pub weight_against: u64,
    /// Weight cast for before the appeal, atoms.
    pub first_for: u64,
    /// Weight cast against before the appeal, atoms.
    pub first_against: u64,
    /// Length of the first round, seconds; a prolonged one and an appeal take twice as long.
    pub voting_period: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// How long the outcome can be appealed, and how long the arbiter has, seconds.
    pub appeal_window: u64,
    /// Reward of this round's voters, atoms of the pool's asset.
    pub reward_pot: u64,
    /// Reward of the voters before the appeal, atoms.
    pub first_pot: u64,
    /// Of both what is still reserved in the pool, atoms.
    pub reward_left: u64,
    /// Bond of an appeal, atoms of the pool's asset.
    pub appeal_bond: u64,
    /// Votes in this round.
    pub votes: u32,
    /// Vote records that are not closed.
    pub live_records: u32,
    /// Weight that must be cast, bps of `eligible_weight`.
    pub quorum_bps: u16,
    /// Weight for, above which it passes, bps of the weight cast.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// How the first round ended, once appealed: as `state`; 0 before.
    pub first_state: u8,
    /// 1 when the arbiter decided.
    pub arbitrated: u8,
    /// What becomes of the appeal's bond: 0 none, 1 held, 2 gone: see `AppealBond`.
    pub appeal_bond_state: u8,
    /// 1 once whoever opened it has read the final outcome.
    pub executed: u8,
    /// Tips set aside for whoever closes a round.
    pub tips: u8,
    /// 1 when what is voted on may become void: then votes are released only once whoever opened the ballot has read
    /// it.
    pub revocable: u8,
    /// 1 when it became void: voting in it pays nothing.
    pub void: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_params: [u8; 3],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// A ballot was appealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BallotAppealed {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// What is voted on.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub subject: Address,
    /// Who appealed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub appellant: Address,
    /// How the first vote ended: 1 passed, 2 failed.
    pub first_state: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Until when votes are taken, unix seconds.
    pub closes_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The arbiter decided a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BallotArbitrated {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// What was voted on.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub subject: Address,
    /// 1 passed, 2 failed.
    pub state: u64,
}

/// A ballot was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BallotClosed {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// What was voted on.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub subject: Address,
    /// 1 passed, 2 failed, 3 no quorum.
    pub state: u64,
    /// Weight for, atoms.
    pub weight_for: u64,
    /// Weight against, atoms.
    pub weight_against: u64,
    /// The stake that counted, atoms.
    pub eligible_weight: u64,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u64,
    /// Until when it can be appealed or arbitrated, unix seconds; until when votes are taken when it was prolonged.
    pub until: u64,
}

/// A ballot's account was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BallotReclaimed {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// What of its rewards nobody got, atoms: free again in the assessors' fund.
    pub unreserved: u64,
}

/// The seven buckets after an instruction, for events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Books {
    /// What LPs own, atoms.
    pub capital: u64,
    /// Premium and other income not yet earned, atoms.
    pub unearned: u64,
    /// Settled claims not yet collected, atoms.
    pub payable: u64,
    /// Settled exits not yet collected, atoms.
    pub exits_due: u64,
    /// Bonds, atoms.
    pub bonds: u64,
    /// Reward fund of the voters, atoms.
    pub assessors: u64,
    /// Protocol fees not yet collected, atoms.
    pub treasury_due: u64,
}

/// A breach was refuted before an incident was opened for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct BreachRefuted {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The price that refutes it, less confidence, in units of the feed's exponent.
    pub low: u64,
    /// When that was published, unix seconds.
    pub published_at: u64,
}

/// Why an incident that prices opened should not count.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChallengeRequest {
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// A change of parameters that waits for its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Change {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 proposed, 1 queued, 2 applied, 3 refused, 4 withdrawn: see `ChangeState`.
    pub state: u8,
    /// 0 held, 1 due to the proposer, 2 collected or none, 3 slashed: see `BondState`.
    pub bond_state: u8,
    /// Tips set aside for whoever reads its ballot.
    pub tips: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 3],
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The product, when the change is of one; zero otherwise.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// Who proposed it, and posted the bond.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub proposer: Address,
    /// The ballot that decides on it; zero when queued by the authority.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// Number within the pool; a seed of this address.
    pub id: u64,
    /// Bond posted, atoms; beside it the voters' reward was paid.
    pub bond: u64,
    /// When it was queued, unix seconds; 0 before.
    pub queued_at: u64,
    /// From when it can be applied, unix seconds; 0 before it is queued. A timelock that became longer since counts too.
    pub applies_at: u64,
    /// What is changed and the new values: a `Proposal` in Borsh, whose first byte is the kind, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::proposal"))]
    pub proposal: [u8; 64],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// A change was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeApplied {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// The product, when the change is of one; zero otherwise.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The values before it: a `Proposal` in Borsh, zero-filled, which would bring them back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::proposal"))]
    pub before: [u8; 64],
    /// The values after it, likewise.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::proposal"))]
    pub after: [u8; 64],
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The bond of a change was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeBondCollected {
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// Who had posted it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub proposer: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// The account of a change was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeClosed {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// How it ended: 1 lapsed, 2 applied, 3 refused, 4 withdrawn.
    pub state: u64,
}

/// The ballot on a change was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeDecided {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// 1 queued, 3 refused.
    pub state: u64,
    /// What becomes of the bond: 1 due to the proposer, 3 slashed.
    pub bond_state: u64,
    /// From when it can be applied, unix seconds; 0 when refused.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A change was proposed: queued by the authority, or put to a ballot by a staker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeProposed {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// The product, when the change is of one; zero otherwise.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// Who proposed it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub proposer: Address,
    /// The ballot that decides; zero when the authority queued it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// What is proposed: a `Proposal` in Borsh, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::proposal"))]
    pub proposal: [u8; 64],
    /// Bond posted, atoms, beside the voters' reward; 0 when the authority queued it.
    pub bond: u64,
    /// From when it can be applied, unix seconds; 0 while a ballot decides.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A queued change was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ChangeWithdrawn {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The change.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub change: Address,
    /// Who withdrew it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub by: Address,
}

/// One policy's demand in one incident. There can be no second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Claim {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 filed, 1 disputed, 2 settled, 3 rejected, 4 decided: see `ClaimState`.
    pub state: u8,
    /// How its dispute ended: 0 undecided, 1 lost, 2 won, 3 void: see `DisputeOutcome`.
    pub dispute_outcome: u8,
    /// Tips set aside for whoever pays it the first time or ends its dispute.
    pub tips: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 3],
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Who filed it: the holder then.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claimant: Address,
    /// Token account that is paid; the claimant can name another.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::text"))]
    pub evidence_uri: [u8; 128],
    /// The dispute with the lowest counter-amount; zero when nobody disputes it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub dispute: Address,
    /// The ballot on it; zero when none.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub dispute_ballot: Address,
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed, atoms: the loss less the deductible, or what a dispute left of it.
    pub amount: u64,
    /// Paid, atoms.
    pub paid: u64,
    /// Bond to be given back, atoms: what was posted, and half of a lost dispute's.
    pub bond: u64,
    /// Amount the lowest dispute holds against it, atoms.
    pub counter_amount: u64,
    /// Bond of a dispute, atoms: as much as the claim's, and at least a fifth of the incident's.
    pub dispute_bond: u64,
    /// Half of the claim's bond that whoever won the dispute gets, atoms.
    pub prize: u64,
    /// When it was filed, unix seconds.
    pub filed_at: u64,
    /// Until when it can be disputed, unix seconds; the ballot opens then.
    pub disputes_end_at: u64,
    /// Accounts of disputes that are not closed.
    pub live_disputes: u32,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_counts: [u8; 4],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// A claim's account was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimClosed {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// Paid on it, atoms.
    pub paid: u64,
}

/// A claim was disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimDisputed {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// The dispute.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub dispute: Address,
    /// Who disputes it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub disputer: Address,
    /// The ballot that decides.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// Amount held against the claim, atoms.
    pub counter_amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// When votes begin, unix seconds; a lower dispute can be made until then.
    pub opens_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was paid, or its bond given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimPaid {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// Token account that was paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Paid on the claim, atoms.
    pub amount: u64,
    /// Bond given back, atoms.
    pub bond: u64,
    /// Paid on the claim so far, atoms.
    pub paid: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim is paid to another token account from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimRedirected {
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// The token account.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
}

/// What was lost, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimRequest {
    /// The loss, atoms; the policy's deductible is taken off.
    pub loss: u64,
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// A claim was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimSubmitted {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Who filed it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claimant: Address,
    /// Token account that is to be paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// Cover was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverBought {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Its holder.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// Cover was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverCancelled {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Its holder.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// The covered program reported a loss and drew on its policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverDrawn {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Token account that was paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Loss reported, atoms.
    pub loss: u64,
    /// Paid now, atoms.
    pub paid: u64,
    /// Paid on the policy so far, atoms.
    pub drawn: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverExtended {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Who paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// What is bought.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverRequest {
    /// Sum insured, atoms.
    pub amount: u64,
    /// The most the buyer pays, the commission included, atoms.
    pub max_premium: u64,
    /// Who may claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub holder: Address,
    /// How long, days; the cover ends at the first day boundary after it.
    pub term_days: u16,
    /// What the distributor gets on top of the price, bps of it, at most 2,000.
    pub commission_bps: u16,
}

/// Cover was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CoverTransferred {
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Who held it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub holder: Address,
    /// Who holds it now.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub new_holder: Address,
}

/// An LP deposited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Deposited {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The LP.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Shares minted, atoms.
    pub shares: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// One person's dispute of one claim. The one with the lowest counter-amount goes to the ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Dispute {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 6],
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// Who disputes it, posted the bond, paid this account's rent and gets both back; a seed of this address.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub disputer: Address,
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::text"))]
    pub evidence_uri: [u8; 128],
    /// What the claim is worth instead, atoms; 0 rejects it.
    pub counter_amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// When, unix seconds.
    pub disputed_at: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 32],
}

/// A dispute ended: its bond was given back or lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DisputeBondCollected {
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// The dispute.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub dispute: Address,
    /// Who had disputed.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub disputer: Address,
    /// Paid, atoms: the bond, and half of the claim's when the dispute won.
    pub paid: u64,
    /// The books after it.
    pub books: Books,
}

/// What a claim is worth instead, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DisputeRequest {
    /// What the claim is worth, atoms: less than the claim, and less than earlier disputes say; 0 rejects it.
    pub counter_amount: u64,
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// A dispute was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DisputeResolved {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub claim: Address,
    /// 1 the claim stands, 2 the counter-amount stands, 3 nobody decided.
    pub outcome: u64,
    /// The claim after it, atoms.
    pub amount: u64,
    /// Claims filed in the incident after it, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// How much the program that a product covers may draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DrawLimit {
    /// Length of a period, seconds.
    pub period: u64,
    /// When the latest period began, unix seconds: with its first draw.
    pub started_at: u64,
    /// Drawn in it, atoms.
    pub drawn: u64,
    /// Most that is drawn in a period, bps of the free capital.
    pub limit_bps: u16,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 6],
}

/// How much the covered program may draw.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DrawParams {
    /// Length of a period, seconds, an hour to 30 days.
    pub period: u64,
    /// Most that is drawn in a period, bps of the free capital, 1 to 10,000.
    pub limit_bps: u16,
}

/// A ticket was taken through a settled exit epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitCollected {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The ticket.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ticket: Address,
    /// Its owner.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Token account that was paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// Shares that still wait, atoms.
    pub shares_left: u64,
    /// The books after it.
    pub books: Books,
}

/// The exits of one pool that settle on one day, at one price and one fill ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitEpoch {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 1 once settled.
    pub settled: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 5],
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// Day it settles, days since the epoch; a seed of this address.
    pub day: u64,
    /// Shares that want out: requested for this day and carried over, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms of the asset.
    pub paid: u64,
    /// Capital at the settlement, atoms: with `supply` the price.
    pub capital: u64,
    /// Share supply at the settlement, atoms.
    pub supply: u64,
    /// When it was settled, unix seconds.
    pub settled_at: u64,
    /// Tickets that point here, or will once they have walked through the epochs before.
    pub tickets: u64,
    /// Paid out to tickets, atoms of the asset.
    pub collected: u64,
    /// Day to which the rest was carried over; 0 when nothing was.
    pub carried_to_day: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// An exit epoch was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitEpochClosed {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The exit epoch.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// What roundings left of its payment, atoms: to the LPs over seven days.
    pub dust: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitEpochSettled {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The exit epoch.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// Shares that wanted out, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms.
    pub paid: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Day to which the rest was carried over; 0 when nothing was left.
    pub carried_to_day: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An LP put shares on their way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitRequested {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The ticket.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ticket: Address,
    /// The LP.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Shares, atoms.
    pub shares: u64,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Shares that want out on that day after it, atoms.
    pub epoch_shares: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// One LP's shares on their way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExitTicket {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 6],
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Whose shares they are.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Token account that is paid, unless the owner signs for another.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// Number given by the owner; a seed of this address.
    pub id: u64,
    /// Shares not yet burned, atoms.
    pub shares: u64,
    /// The next epoch that settles some of them, days since the epoch.
    pub epoch_day: u64,
    /// When it was requested, unix seconds.
    pub requested_at: u64,
    /// Paid so far, atoms of the asset.
    pub paid: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// How a cover is extended.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExtensionRequest {
    /// The most the payer pays, the commission included, atoms.
    pub max_premium: u64,
    /// How much longer, days.
    pub days: u16,
    /// What the distributor gets on top of the price, bps of it, at most 2,000.
    pub commission_bps: u16,
}

/// The fees of a pool.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fees {
    /// Part of a premium that goes to the treasury, bps, at most 2,000.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps, at most 1,000.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back, at most 2,000.
    pub cancel_fee_bps: u16,
}

/// Protocol fees were paid to the treasury.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FeesCollected {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The treasury.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub treasury: Address,
    /// Token account that was paid.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub receiver: Address,
    /// Paid, atoms.
    pub amount: u64,
    /// The books after it.
    pub books: Books,
}

/// One event on one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Incident {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 settled, 2 rejected: see `IncidentState`.
    pub state: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// 0 held, 1 due to whoever posted it, 2 collected, 3 slashed, 4 none: see `BondState`.
    pub bond_state: u8,
    /// Tips set aside for whoever settles it.
    pub tips: u8,
    /// Part of a claim that a price trigger pays, bps; 10,000 otherwise.
    pub severity_bps: u16,
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// Who opened it, paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub opener: Address,
    /// The ballot that counts; zero while nobody challenges what a price opened.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// SHA-256 of the evidence: of the opener, or of whoever challenges what a price opened.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::text"))]
    pub evidence_uri: [u8; 128],
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// When it was opened, unix seconds.
    pub opened_at: u64,
    /// Until when claims can be filed, unix seconds: a day boundary.
    pub filing_ends_at: u64,
    /// Until when claims can be disputed, unix seconds.
    pub disputes_end_at: u64,
    /// How long a claim can be disputed after it was filed, seconds.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond posted, or that a challenge takes, atoms.
    pub bond: u64,
    /// What may come of it, atoms: set aside until filing is over, `filed` of it until it ends.
    pub lien: u64,
    /// Sum of the claims as they stand, atoms.
    pub filed: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms. B4: paid ≤ settled ≤ approved. The pay factor is settled / approved.
    pub settled: u64,
    /// What the capital could have paid when it was settled and other incidents' liens kept, atoms: theirs once all of
    /// those have ended, as far as they leave it.
    pub held_back: u64,
    /// Of `settled`, what came back from outside, atoms.
    pub recovered: u64,
    /// Paid to them, atoms.
    pub paid: u64,
    /// When it was settled or rejected, unix seconds.
    pub closed_at: u64,
    /// Number within the product; a seed of this address.
    pub index: u32,
    /// Claims filed.
    pub claim_count: u32,
    /// Claims whose dispute is not decided.
    pub open_disputes: u32,
    /// Accounts of claims and disputes that are not closed.
    pub live_accounts: u32,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// 1 once a price has shown that what a price opened did not happen.
    pub refuted: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_params: [u8; 5],
    /// Who posted the bond; zero when nobody did.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub bond_owner: Address,
    /// Until when what a price opened can be challenged and refuted, unix seconds.
    pub challenge_ends_at: u64,
    /// From when the price was measured, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// An incident's bond was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentBondCollected {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// Who had posted it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub opener: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident that prices opened was challenged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentChallenged {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// Who posted the bond.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub challenger: Address,
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// Bond, atoms.
    pub bond: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident's account was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentClosed {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}

/// An incident was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentOpened {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// Who opened it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub opener: Address,
    /// The ballot that decides.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// An incident that prices opened was refuted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentRefuted {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// The price that refutes it, less confidence, in units of the feed's exponent.
    pub low: u64,
    /// When that was published, unix seconds.
    pub published_at: u64,
}

/// What happened, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentReport {
    /// When it happened, unix seconds: not in the future, and within the product's report window.
    pub occurred_at: u64,
    /// SHA-256 of the evidence.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// An incident was settled or rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IncidentSettled {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// 1 settled, 2 rejected.
    pub state: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms.
    pub settled: u64,
    /// What becomes of the bond: 1 due to its opener, 3 slashed.
    pub bond_state: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// One cover. Its terms are those of the product at the sale and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Policy {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 1 once cancelled: it ended early, and covers until `end` only.
    pub cancelled: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 5],
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// Who may claim.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub holder: Address,
    /// Who bought it and gets this account's rent back; a seed of this address.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub payer: Address,
    /// SHA-256 of the product's terms at the sale.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub terms_hash: [u8; 32],
    /// Number given by the payer; a seed of this address.
    pub id: u64,
    /// Sum insured, atoms.
    pub amount: u64,
    /// Sum of the claims filed and not rejected, atoms. B4: paid ≤ claimed ≤ amount.
    pub claimed: u64,
    /// Paid on claims, atoms.
    pub paid: u64,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to the LPs over time, atoms.
    pub unearned_premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// Of it to the treasury, atoms.
    pub protocol_fee: u64,
    /// Of it to the assessors, atoms.
    pub assessor_fee: u64,
    /// Of it refunded, atoms.
    pub refunded: u64,
    /// Rate at which `unearned_premium` is earned, atoms × 2^26 per second.
    pub rate: u64,
    /// When it was bought, unix seconds; the stream begins here.
    pub bought_at: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix: a day boundary. The stream ends here.
    pub end: u64,
    /// Day on which the capacity is released: end + grace, days since the epoch.
    pub release_day: u64,
    /// Capacity it holds until then, atoms: the sum insured, less what was claimed before it was last extended.
    pub held: u64,
    /// Claims that are neither settled nor rejected.
    pub open_claims: u32,
    /// What the holder bears, bps of the sum insured.
    pub deductible_bps: u16,
    /// After the end, while claims for what happened before can be filed, days.
    pub grace_days: u16,
    /// How long after an incident's opening claims can be filed, days.
    pub filing_window_days: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back.
    pub cancel_fee_bps: u16,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_params: [u8; 4],
    /// Losses that the covered program has reported, atoms.
    pub losses: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

/// A policy was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PolicyClosed {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// The policy.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub policy: Address,
    /// Who had bought it and got its rent back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub payer: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}

/// A pool: its people, its limits, its books and its rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pool {
    /// Layout version.
    pub version: u8,
    /// Bump of this address; signs for the vault, the share mint and the exit escrow.
    pub bump: u8,
    /// Bump of the vault.
    pub vault_bump: u8,
    /// Bump of the share mint.
    pub share_mint_bump: u8,
    /// Bump of the exit escrow.
    pub exit_escrow_bump: u8,
    /// Decimals of the asset.
    pub decimals: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 2],
    /// Who created it; a seed of this address.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub creator: Address,
    /// Who lists products and queues changes.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Who has been offered the authority; zero when nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pending_authority: Address,
    /// Who may pause sales and deposits; zero for nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub guardian: Address,
    /// Who decides what finds no quorum twice; zero for nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub arbiter: Address,
    /// Whose token account receives the protocol fees.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub treasury: Address,
    /// The assembly whose ballots decide here.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// Mint of the asset.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub asset_mint: Address,
    /// Token program of the asset and the shares.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub token_program: Address,
    /// Token account that holds everything.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub vault: Address,
    /// Mint of the LP shares.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub share_mint: Address,
    /// Token account of the shares on their way out.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub exit_escrow: Address,
    /// Number given by the creator; a seed of this address.
    pub id: u64,
    /// Bucket: what LPs own, atoms. Written by deposit, accrual, exits, settlements and draws.
    pub capital: u64,
    /// Bucket: premium and other income not yet earned, atoms.
    pub unearned: u64,
    /// Bucket: settled claims not yet collected, atoms.
    pub payable: u64,
    /// Bucket: settled exits not yet collected, atoms.
    pub exits_due: u64,
    /// Bucket: bonds of incidents, claims, disputes and appeals, atoms.
    pub bonds: u64,
    /// Bucket: reward fund of the voters, atoms.
    pub assessors: u64,
    /// Bucket: protocol fees not yet collected, atoms.
    pub treasury_due: u64,
    /// Sum of the open incidents' liens, atoms; may exceed the capital, see `Pool::liens`.
    pub lien_total: u64,
    /// Day to which the lien ring is emptied, days since the epoch.
    pub lien_day: u64,
    /// What settled incidents did not get because of others' liens, atoms: theirs as far as those leave it.
    pub held_back: u64,
    /// Settled incidents for which something is held back.
    pub held_incidents: u64,
    /// What stands of their claims, atoms.
    pub held_approved: u64,
    /// What they got of the capital, atoms.
    pub held_settled: u64,
    /// When something was last held back, unix seconds: incidents opened later come after it.
    pub held_at: u64,
    /// Until when exits wait for late reports, unix seconds.
    pub exits_wait_until: u64,
    /// Until when everything is earned, unix seconds.
    pub accrued_at: u64,
    /// Sum of the running streams' rates, atoms × 2^26 per second.
    pub rate: u64,
    /// Earned but less than an atom, × 2^26.
    pub rate_fraction: u64,
    /// Cover not yet released, atoms: sums insured of policies whose end + grace lies ahead.
    pub active_cover: u64,
    /// The same for each correlation group; too high until the group's products are rolled.
    pub group_active: [u64; 16],
    /// Counter: premiums paid, atoms.
    pub premiums_paid: u64,
    /// Counter: commissions paid out of premiums, atoms.
    pub commissions_paid: u64,
    /// Counter: protocol fees taken from premiums, atoms.
    pub protocol_fees: u64,
    /// Counter: assessor fees taken from premiums, atoms.
    pub assessor_fees: u64,
    /// Counter: premium and other income earned by the LPs, atoms.
    pub income_earned: u64,
    /// Counter: premium refunded to holders, atoms.
    pub premiums_refunded: u64,
    /// Counter: slashed bonds, recoveries, surpluses that entered `unearned`, atoms.
    pub other_income: u64,
    /// Counter: settled from capital to claims, atoms.
    pub claims_settled: u64,
    /// Counter: paid to claimants, atoms.
    pub claims_paid: u64,
    /// Counter: policies sold.
    pub policies_sold: u64,
    /// Counter: changes proposed.
    pub change_count: u64,
    /// Shares that were minted and not burned by exits, atoms: what prices are computed with. Whoever burns shares of
    /// their own gives them up without moving the price.
    pub shares: u64,
    /// Of them on their way out, atoms.
    pub exiting_shares: u64,
    /// Day of the first exit epoch that waits, days since the epoch; 0 when none does.
    pub exit_head_day: u64,
    /// Day of the last one.
    pub exit_tail_day: u64,
    /// The days on which exit epochs wait: bit day % 512.
    pub exit_days: [u64; 8],
    /// Least premium of a sale, atoms.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from `assessors`, atoms.
    pub vote_reward: u64,
    /// Of `assessors`, reserved for the voters of ballots, atoms.
    pub rewards_reserved: u64,
    /// How long a change waits, seconds.
    pub timelock: u64,
    /// Until when sales and deposits are paused, unix seconds.
    pub paused_until: u64,
    /// Before when no other pause can begin, unix seconds.
    pub next_pause_at: u64,
    /// Incidents that are neither settled nor rejected.
    pub open_incidents: u32,
    /// Products listed so far.
    pub product_count: u16,
    /// How long an exit waits at least, days.
    pub exit_delay_days: u16,
    /// Most active cover, bps of free capital.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back.
    pub cancel_fee_bps: u16,
    /// Most active cover of each correlation group, bps of free capital.
    pub group_caps_bps: [u16; 16],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 128],
    /// Ring: parts of liens that nobody claimed, freed on the day filing is over, atoms; slot day % 64.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub lien_ring: [u64; 64],
    /// Ring: rates that end on a day, atoms × 2^26 per second; slot day % 512.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub rate_ring: [u64; 512],
    /// Ring: cover released on a day, atoms; slot day % 512.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub cover_ring: [u64; 512],
}

/// A pool was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PoolCreated {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Its authority.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Mint of its asset.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub asset_mint: Address,
    /// Mint of its shares.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub share_mint: Address,
    /// The assembly that decides.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
}

/// The limits of a pool.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PoolLimits {
    /// Least premium of a sale, atoms, 1 to 2^56.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from the assessors' bucket, atoms.
    pub vote_reward: u64,
    /// How long a change waits, seconds: at least the exit delay and two days, at most 365 days.
    pub timelock: u64,
    /// How long an exit waits at least, days, 1 to 90.
    pub exit_delay_days: u16,
    /// Most active cover, bps of free capital, 1 to 50,000.
    pub leverage_bps: u16,
    /// Most active cover of each correlation group, bps of free capital, at most the leverage.
    pub group_caps_bps: [u16; 16],
}

/// Parameters of a pool.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PoolParams {
    /// Who lists products and queues changes, not zero.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub authority: Address,
    /// Who may pause sales and deposits; zero for nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub guardian: Address,
    /// Who decides what finds no quorum twice; zero for nobody.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub arbiter: Address,
    /// Whose token account receives the protocol fees, not zero.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub treasury: Address,
    /// Least premium of a sale, atoms, 1 to 2^56.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from the assessors' bucket, atoms.
    pub vote_reward: u64,
    /// How long a change waits, seconds: at least the exit delay and two days.
    pub timelock: u64,
    /// How long an exit waits at least, days, 1 to 90.
    pub exit_delay_days: u16,
    /// Most active cover, bps of free capital, 1 to 50,000.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps, at most 2,000.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps, at most 1,000.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back, at most 2,000.
    pub cancel_fee_bps: u16,
    /// Most active cover of each correlation group, bps of free capital, at most the leverage.
    pub group_caps_bps: [u16; 16],
}

/// Sales and deposits were paused, or a pause was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PoolPaused {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Until when they are paused, unix seconds: now, when a pause was ended.
    pub paused_until: u64,
    /// Before when no other pause can begin, unix seconds.
    pub next_pause_at: u64,
}

/// The price curve of a product.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceCurve {
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm, not below the first.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm, not below the second, at most 1,000,000.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
}

/// A product was shown a price of its feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceObserved {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// Price less confidence, in units of the feed's exponent.
    pub low: u64,
    /// Price and confidence, in the same units.
    pub high: u64,
    /// When it was published, unix seconds.
    pub published_at: u64,
    /// What it is: 0 not below the strike, 1 below, 2 uncertain.
    pub observation: u64,
    /// When the breach began, unix seconds; 0 when there is none.
    pub started_at: u64,
    /// From when it was seen without a gap, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Severity of every second measured, summed up, bps × seconds.
    pub severity_seconds: u64,
}

/// When a product counts as broken by a price.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceParams {
    /// Price below which it is broken, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Price at which all of the sum insured is lost, below the strike, in the same units.
    pub floor: u64,
    /// Exponent of the feed's prices, -18 to 0.
    pub exponent: i32,
    /// How old a price that is shown may be, seconds, 1 to 3,600.
    pub max_age: u32,
    /// How long a breach must last, seconds, a minute to 7 days, and a day less than the report window.
    pub min_duration: u32,
    /// Longest time between two prices of a breach, seconds, at most `min_duration` and a day.
    pub max_gap: u32,
}

/// When a product counts as broken by the price of a feed, and the breach that is being watched.
///
/// A breach begins with a price whose upper end is below the strike and counts once it was seen for `min_duration` with
/// no gap longer than `max_gap`. Callers choose which prices they show; so only the seconds that are measured count, each
/// with the higher of the two prices around it, and a price that was not below the strike refutes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceTrigger {
    /// Price below which the product is broken, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Price at which all of the sum insured is lost, in the same units.
    pub floor: u64,
    /// When the breach began, unix seconds: publish time of its first price; 0 when there is none.
    pub started_at: u64,
    /// From when it was seen without a gap, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Publish time of the latest price shown, unix seconds.
    pub seen_at: u64,
    /// Severity of every second measured, summed up, bps × seconds.
    pub severity_seconds: u64,
    /// Exponent of the feed's prices.
    pub exponent: i32,
    /// How old a price that is shown may be, seconds.
    pub max_age: u32,
    /// How long a breach must last, seconds.
    pub min_duration: u32,
    /// Longest time between two prices of a breach, seconds.
    pub max_gap: u32,
    /// Severity of the latest price measured, bps.
    pub severity_bps: u16,
    /// 1 after an incident was opened until a price shows that the breach is over: one breach is paid once.
    pub awaits_recovery: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 5],
}

/// A listed risk with its terms and price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Product {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 on sale, 1 delisted, 2 a draft: see `ProductStatus`. Live policies go on in any.
    pub status: u8,
    /// 0 exploit, 1 depeg, 2 slashing, 3 custody, 4 oracle, 5 bridge, 6 liquidation shortfall, 7 other.
    pub risk_kind: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// Correlation group, 0 to 15.
    pub group: u8,
    /// Number within the pool; a seed of this address.
    pub index: u16,
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The incident that is open; zero when none.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub open_incident: Address,
    /// Price trigger: the price feed. Authority trigger: the address that may draw. Jury: zero.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub trigger_source: Address,
    /// SHA-256 of the terms: what counts, in words.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub terms_hash: [u8; 32],
    /// Short name, UTF-8, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::text"))]
    pub name: [u8; 32],
    /// Where the terms are, UTF-8, zero-filled.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::text"))]
    pub terms_uri: [u8; 128],
    /// Cover not yet released as of `rolled_day`, atoms.
    pub active_cover: u64,
    /// Day to which the ring is emptied, days since the epoch.
    pub rolled_day: u64,
    /// Least sum insured of a sale, atoms.
    pub min_amount: u64,
    /// Largest sum insured of a sale, atoms.
    pub max_amount: u64,
    /// Bond of an incident, atoms.
    pub incident_bond: u64,
    /// How long claims can be disputed after filing ends, seconds.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Counter: policies sold.
    pub policies_sold: u64,
    /// When the first of the latest incidents was opened between which no late report was possible, unix seconds.
    pub blocked_from: u64,
    /// When the last of them ended, unix seconds; 0 before the first.
    pub blocked_until: u64,
    /// When an incident was last rejected, unix seconds.
    pub last_rejected_at: u64,
    /// Incidents opened so far.
    pub incident_count: u32,
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity.
    pub kink_bps: u16,
    /// Capacity, bps of the pool's free capital.
    pub weight_bps: u16,
    /// Shortest term, days.
    pub min_term_days: u16,
    /// Longest term, days.
    pub max_term_days: u16,
    /// From the sale until cover begins, days.
    pub waiting_days: u16,
    /// After the end, while claims for what happened before can be filed, days.
    pub grace_days: u16,
    /// What the holder bears, bps of the sum insured.
    pub deductible_bps: u16,
    /// How long after it happened an incident can be opened, days.
    pub report_window_days: u16,
    /// How long after opening claims can be filed, days.
    pub filing_window_days: u16,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// How often the bond of the next incident doubles, while the memory of `last_rejected_at` lasts.
    pub bond_doublings: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_params: [u8; 3],
    /// Price trigger: its strike and the breach that is being watched; zero otherwise.
    pub price: PriceTrigger,
    /// Authority trigger: how much may be drawn; zero otherwise.
    pub draws: DrawLimit,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_trigger: [u8; 16],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
    /// Ring: cover released on a day, atoms; slot day % 512.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub cover_ring: [u64; 512],
}

/// A product was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProductListed {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub product: Address,
    /// SHA-256 of its terms.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub terms_hash: [u8; 32],
    /// Its number within the pool.
    pub index: u64,
    /// 0 on sale, 2 a draft.
    pub status: u64,
}

/// Terms and price of a product.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProductParams {
    /// Short name, UTF-8, at most 32 bytes.
    pub name: String,
    /// Where the terms are, UTF-8, at most 128 bytes.
    pub terms_uri: String,
    /// SHA-256 of the terms.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::hex"))]
    pub terms_hash: [u8; 32],
    /// Kind of risk: 0 exploit, 1 depeg, 2 slashing, 3 custody, 4 oracle, 5 bridge, 6 liquidation shortfall, 7 other.
    pub risk_kind: u8,
    /// Correlation group, 0 to 15.
    pub group: u8,
    /// Capacity, bps of the pool's free capital, 1 to 10,000.
    pub weight_bps: u16,
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm, at most 1,000,000.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
    /// Shortest term, days, at least 1.
    pub min_term_days: u16,
    /// Longest term, days, at most 365.
    pub max_term_days: u16,
    /// From the sale until cover begins, days, at most 30.
    pub waiting_days: u16,
    /// After the end, while what happened before can be reported and claimed, days: at least the report window, at most
    /// 90.
    pub grace_days: u16,
    /// What the holder bears, bps of the sum insured, at most 5,000.
    pub deductible_bps: u16,
    /// How long after it happened an incident can be opened, days, 1 to 90.
    pub report_window_days: u16,
    /// How long after opening claims can be filed, days, 3 to 60.
    pub filing_window_days: u16,
    /// Bond of a claim, bps of the amount claimed, 1 to 2,000.
    pub claim_bond_bps: u16,
    /// How long claims can be disputed after filing ends, seconds, 1 to 14 days.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds, 1 to 14 days.
    pub appeal_window: u64,
    /// Least sum insured of a sale, atoms, not zero.
    pub min_amount: u64,
    /// Largest sum insured of a sale, atoms.
    pub max_amount: u64,
    /// Bond of an incident, or of challenging one that a price opened, atoms, not zero, at most `max_amount` and 2^56.
    pub incident_bond: u64,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// Price trigger: the price feed. Authority trigger: the address that may draw. Jury: zero.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub trigger_source: Address,
    /// Price trigger: when the product counts as broken; zero otherwise.
    pub price: PriceParams,
    /// Authority trigger: how much may be drawn; zero otherwise.
    pub draws: DrawParams,
}

/// A product was brought up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProductRolled {
    /// The product.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// What is to be changed, by kind, and the new values. Kinds keep their numbers: 0 the limits of the pool, 1 its fees, 2
/// puts a product on sale, 3 takes it off, 4 its weight, 5 its price curve, 6 offers the authority over the pool to
/// somebody, who then accepts it, 7 its guardian, 8 its arbiter, 9 its treasury.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Proposal {
    PoolLimits(PoolLimits),
    Fees(Fees),
    List,
    Delist,
    Weight {
        /// Capacity, bps of the pool's free capital, 1 to 10,000.
        weight_bps: u16,
    },
    Curve(PriceCurve),
    Authority {
        /// The address, not zero.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
        authority: Address,
    },
    Guardian {
        /// The address; zero for nobody.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
        guardian: Address,
    },
    Arbiter {
        /// The address; zero for nobody.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
        arbiter: Address,
    },
    Treasury {
        /// The address, not zero.
        #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
        treasury: Address,
    },
}

/// What a sale would cost now: the return data of `quote_cover`, little-endian.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Quote {
    /// Premium, atoms: what the sale takes beside a commission.
    pub premium: u64,
    /// The largest sum insured that the caps of product, group and pool leave room for, atoms.
    pub capacity: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix.
    pub end: u64,
}

/// Money came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Recovered {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub incident: Address,
    /// Who paid it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub payer: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Of it to the claims, atoms; the rest goes to the LPs over seven days.
    pub to_claims: u64,
    /// Set aside for the claims after it, atoms.
    pub settled: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// What was held back from an incident's claims went to them, as far as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RestSettled {
    /// The incident.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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

/// Stake that voters had lost was burned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SlashBurned {
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// Burned, atoms.
    pub amount: u64,
}

/// Stake was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Staked {
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub voter: Address,
    /// Owner of the stake.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Added, atoms.
    pub amount: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
}

/// What had been sent to the vault was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SurplusAbsorbed {
    /// The pool.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub pool: Address,
    /// Taken in, atoms: to the LPs over seven days.
    pub amount: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Stake was put on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnstakeRequested {
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Unstaked {
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub voter: Address,
    /// Taken out, atoms.
    pub amount: u64,
}

/// One voter's vote in one ballot. There can be no second one in the same round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 4],
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub voter: Address,
    /// Who paid this account's rent and gets it back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub rent_payer: Address,
    /// Weight cast, atoms of stake.
    pub weight: u64,
    /// When, unix seconds.
    pub voted_at: u64,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 32],
}

/// A vote was released: its reward paid, its lock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct VoteReleased {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub voter: Address,
    /// Reward paid, atoms of the pool's asset.
    pub reward: u64,
    /// Stake lost, atoms.
    pub slash: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
    /// The books after it.
    pub books: Books,
}

/// A vote was cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Voted {
    /// The ballot.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub ballot: Address,
    /// The voter.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub voter: Address,
    /// 0 against, 1 for.
    pub side: u64,
    /// Weight cast, atoms of stake.
    pub weight: u64,
    /// Weight for after it, atoms.
    pub weight_for: u64,
    /// Weight against after it, atoms.
    pub weight_against: u64,
    /// Until when votes are taken after it, unix seconds.
    pub closes_at: u64,
}

/// One person's stake in one assembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Voter {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_head: [u8; 6],
    /// The assembly.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub assembly: Address,
    /// Who staked, votes and gets the stake back.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::json::address"))]
    pub owner: Address,
    /// Amounts of the lots, atoms, oldest first; unused lots are zero.
    pub lot_amounts: [u64; 8],
    /// When each lot began to age, unix seconds: the first second of the day after it was staked.
    pub lot_times: [u64; 8],
    /// On its way out, atoms.
    pub unstaking: u64,
    /// When that can be taken, unix seconds.
    pub unstake_ready_at: u64,
    /// Slashed over time, atoms.
    pub slashed: u64,
    /// Votes in ballots that are not final: while there are any, the stake is locked.
    pub open_votes: u32,
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved_counts: [u8; 4],
    /// Zero.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub reserved: [u8; 64],
}

impl ZeroCopy for Assembly {
    const NAME: &'static str = "Assembly";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [128, 195, 50, 118, 116, 213, 225, 145];
}

impl ZeroCopy for Ballot {
    const NAME: &'static str = "Ballot";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [3, 232, 121, 204, 232, 137, 138, 164];
}

impl ZeroCopy for Change {
    const NAME: &'static str = "Change";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [93, 222, 240, 145, 239, 181, 231, 51];
}

impl ZeroCopy for Claim {
    const NAME: &'static str = "Claim";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [155, 70, 22, 176, 123, 215, 246, 102];
}

impl ZeroCopy for Dispute {
    const NAME: &'static str = "Dispute";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [36, 49, 241, 67, 40, 36, 241, 74];
}

impl ZeroCopy for ExitEpoch {
    const NAME: &'static str = "ExitEpoch";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [250, 24, 250, 166, 89, 254, 36, 135];
}

impl ZeroCopy for ExitTicket {
    const NAME: &'static str = "ExitTicket";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [137, 38, 96, 201, 22, 40, 172, 171];
}

impl ZeroCopy for Incident {
    const NAME: &'static str = "Incident";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [144, 81, 144, 130, 200, 193, 26, 111];
}

impl ZeroCopy for Policy {
    const NAME: &'static str = "Policy";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [222, 135, 7, 163, 235, 177, 33, 68];
}

impl ZeroCopy for Pool {
    const NAME: &'static str = "Pool";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [241, 154, 109, 4, 17, 177, 109, 188];
}

impl ZeroCopy for Product {
    const NAME: &'static str = "Product";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [102, 76, 55, 251, 38, 73, 224, 229];
}

impl ZeroCopy for VoteRecord {
    const NAME: &'static str = "VoteRecord";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [112, 9, 123, 165, 234, 9, 157, 167];
}

impl ZeroCopy for Voter {
    const NAME: &'static str = "Voter";
    /// First bytes of this account.
    const DISCRIMINATOR: [u8; 8] = [241, 93, 35, 191, 254, 147, 17, 202];
}

impl ZeroCopy for AppealBondCollected {
    const NAME: &'static str = "AppealBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [242, 51, 254, 135, 217, 234, 51, 101];
}

impl ZeroCopy for AssemblyCreated {
    const NAME: &'static str = "AssemblyCreated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [103, 98, 131, 174, 228, 100, 21, 242];
}

impl ZeroCopy for AuthorityAccepted {
    const NAME: &'static str = "AuthorityAccepted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [166, 192, 219, 188, 41, 209, 195, 26];
}

impl ZeroCopy for BallotAppealed {
    const NAME: &'static str = "BallotAppealed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [226, 242, 184, 55, 133, 172, 34, 116];
}

impl ZeroCopy for BallotArbitrated {
    const NAME: &'static str = "BallotArbitrated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [135, 252, 101, 23, 73, 160, 197, 224];
}

impl ZeroCopy for BallotClosed {
    const NAME: &'static str = "BallotClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [107, 216, 180, 104, 51, 179, 205, 107];
}

impl ZeroCopy for BallotReclaimed {
    const NAME: &'static str = "BallotReclaimed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [80, 12, 104, 80, 243, 216, 117, 120];
}

impl ZeroCopy for BreachRefuted {
    const NAME: &'static str = "BreachRefuted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [252, 32, 52, 148, 108, 129, 42, 164];
}

impl ZeroCopy for ChangeApplied {
    const NAME: &'static str = "ChangeApplied";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [226, 1, 224, 100, 192, 110, 58, 24];
}

impl ZeroCopy for ChangeBondCollected {
    const NAME: &'static str = "ChangeBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [122, 128, 178, 127, 126, 58, 23, 66];
}

impl ZeroCopy for ChangeClosed {
    const NAME: &'static str = "ChangeClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [229, 241, 17, 153, 60, 190, 10, 145];
}

impl ZeroCopy for ChangeDecided {
    const NAME: &'static str = "ChangeDecided";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [9, 94, 117, 75, 139, 230, 208, 242];
}

impl ZeroCopy for ChangeProposed {
    const NAME: &'static str = "ChangeProposed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [170, 10, 10, 8, 244, 196, 146, 151];
}

impl ZeroCopy for ChangeWithdrawn {
    const NAME: &'static str = "ChangeWithdrawn";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [92, 29, 221, 104, 192, 1, 31, 75];
}

impl ZeroCopy for ClaimClosed {
    const NAME: &'static str = "ClaimClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [73, 155, 63, 71, 195, 114, 28, 232];
}

impl ZeroCopy for ClaimDisputed {
    const NAME: &'static str = "ClaimDisputed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [109, 245, 47, 152, 254, 114, 248, 215];
}

impl ZeroCopy for ClaimPaid {
    const NAME: &'static str = "ClaimPaid";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [212, 155, 88, 118, 128, 99, 132, 42];
}

impl ZeroCopy for ClaimRedirected {
    const NAME: &'static str = "ClaimRedirected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [44, 180, 32, 197, 118, 127, 230, 220];
}

impl ZeroCopy for ClaimSubmitted {
    const NAME: &'static str = "ClaimSubmitted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [95, 1, 120, 227, 177, 240, 174, 52];
}

impl ZeroCopy for CoverBought {
    const NAME: &'static str = "CoverBought";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [128, 196, 83, 24, 47, 194, 179, 102];
}

impl ZeroCopy for CoverCancelled {
    const NAME: &'static str = "CoverCancelled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [99, 53, 12, 203, 184, 143, 180, 110];
}

impl ZeroCopy for CoverDrawn {
    const NAME: &'static str = "CoverDrawn";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [107, 248, 22, 33, 212, 174, 133, 224];
}

impl ZeroCopy for CoverExtended {
    const NAME: &'static str = "CoverExtended";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [166, 196, 160, 12, 173, 175, 73, 149];
}

impl ZeroCopy for CoverTransferred {
    const NAME: &'static str = "CoverTransferred";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [174, 156, 254, 67, 7, 153, 163, 137];
}

impl ZeroCopy for Deposited {
    const NAME: &'static str = "Deposited";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [111, 141, 26, 45, 161, 35, 100, 57];
}

impl ZeroCopy for DisputeBondCollected {
    const NAME: &'static str = "DisputeBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [42, 147, 126, 193, 17, 104, 50, 110];
}

impl ZeroCopy for DisputeResolved {
    const NAME: &'static str = "DisputeResolved";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [121, 64, 249, 153, 139, 128, 236, 187];
}

impl ZeroCopy for ExitCollected {
    const NAME: &'static str = "ExitCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [137, 58, 215, 3, 104, 190, 0, 60];
}

impl ZeroCopy for ExitEpochClosed {
    const NAME: &'static str = "ExitEpochClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [123, 234, 22, 174, 27, 92, 91, 238];
}

impl ZeroCopy for ExitEpochSettled {
    const NAME: &'static str = "ExitEpochSettled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [45, 250, 81, 15, 21, 132, 126, 13];
}

impl ZeroCopy for ExitRequested {
    const NAME: &'static str = "ExitRequested";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [92, 125, 6, 23, 233, 196, 149, 70];
}

impl ZeroCopy for FeesCollected {
    const NAME: &'static str = "FeesCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [233, 23, 117, 225, 107, 178, 254, 8];
}

impl ZeroCopy for IncidentBondCollected {
    const NAME: &'static str = "IncidentBondCollected";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [32, 36, 27, 34, 245, 158, 0, 122];
}

impl ZeroCopy for IncidentChallenged {
    const NAME: &'static str = "IncidentChallenged";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [144, 200, 81, 251, 127, 17, 157, 230];
}

impl ZeroCopy for IncidentClosed {
    const NAME: &'static str = "IncidentClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [22, 157, 204, 159, 155, 46, 23, 244];
}

impl ZeroCopy for IncidentOpened {
    const NAME: &'static str = "IncidentOpened";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [239, 42, 225, 83, 172, 22, 9, 71];
}

impl ZeroCopy for IncidentRefuted {
    const NAME: &'static str = "IncidentRefuted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [16, 112, 94, 11, 27, 171, 86, 169];
}

impl ZeroCopy for IncidentSettled {
    const NAME: &'static str = "IncidentSettled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [211, 150, 83, 161, 148, 56, 149, 254];
}

impl ZeroCopy for PolicyClosed {
    const NAME: &'static str = "PolicyClosed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [19, 126, 82, 173, 79, 86, 50, 51];
}

impl ZeroCopy for PoolCreated {
    const NAME: &'static str = "PoolCreated";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [202, 44, 41, 88, 104, 220, 157, 82];
}

impl ZeroCopy for PoolPaused {
    const NAME: &'static str = "PoolPaused";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [228, 218, 62, 53, 29, 211, 159, 236];
}

impl ZeroCopy for PriceObserved {
    const NAME: &'static str = "PriceObserved";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [124, 77, 145, 27, 60, 209, 156, 248];
}

impl ZeroCopy for ProductListed {
    const NAME: &'static str = "ProductListed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [56, 223, 22, 115, 220, 21, 154, 238];
}

impl ZeroCopy for ProductRolled {
    const NAME: &'static str = "ProductRolled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [225, 144, 53, 43, 72, 134, 32, 245];
}

impl ZeroCopy for Recovered {
    const NAME: &'static str = "Recovered";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [117, 0, 54, 192, 187, 24, 240, 130];
}

impl ZeroCopy for RestSettled {
    const NAME: &'static str = "RestSettled";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [79, 189, 128, 35, 148, 64, 100, 19];
}

impl ZeroCopy for SlashBurned {
    const NAME: &'static str = "SlashBurned";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [201, 125, 42, 158, 238, 252, 16, 174];
}

impl ZeroCopy for Staked {
    const NAME: &'static str = "Staked";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [11, 146, 45, 205, 230, 58, 213, 240];
}

impl ZeroCopy for SurplusAbsorbed {
    const NAME: &'static str = "SurplusAbsorbed";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [63, 108, 50, 58, 160, 101, 237, 20];
}

impl ZeroCopy for UnstakeRequested {
    const NAME: &'static str = "UnstakeRequested";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [21, 253, 177, 85, 129, 206, 42, 152];
}

impl ZeroCopy for Unstaked {
    const NAME: &'static str = "Unstaked";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [27, 179, 156, 215, 47, 71, 195, 7];
}

impl ZeroCopy for VoteReleased {
    const NAME: &'static str = "VoteReleased";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [176, 69, 134, 80, 77, 152, 221, 103];
}

impl ZeroCopy for Voted {
    const NAME: &'static str = "Voted";
    /// First bytes of this event.
    const DISCRIMINATOR: [u8; 8] = [189, 74, 101, 127, 109, 214, 95, 130];
}

/// What the program logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "event"))]
pub enum Event {
    /// See [`AppealBondCollected`].
    AppealBondCollected(AppealBondCollected),
    /// See [`AssemblyCreated`].
    AssemblyCreated(AssemblyCreated),
    /// See [`AuthorityAccepted`].
    AuthorityAccepted(AuthorityAccepted),
    /// See [`BallotAppealed`].
    BallotAppealed(BallotAppealed),
    /// See [`BallotArbitrated`].
    BallotArbitrated(BallotArbitrated),
    /// See [`BallotClosed`].
    BallotClosed(BallotClosed),
    /// See [`BallotReclaimed`].
    BallotReclaimed(BallotReclaimed),
    /// See [`BreachRefuted`].
    BreachRefuted(BreachRefuted),
    /// See [`ChangeApplied`].
    ChangeApplied(ChangeApplied),
    /// See [`ChangeBondCollected`].
    ChangeBondCollected(ChangeBondCollected),
    /// See [`ChangeClosed`].
    ChangeClosed(ChangeClosed),
    /// See [`ChangeDecided`].
    ChangeDecided(ChangeDecided),
    /// See [`ChangeProposed`].
    ChangeProposed(ChangeProposed),
    /// See [`ChangeWithdrawn`].
    ChangeWithdrawn(ChangeWithdrawn),
    /// See [`ClaimClosed`].
    ClaimClosed(ClaimClosed),
    /// See [`ClaimDisputed`].
    ClaimDisputed(ClaimDisputed),
    /// See [`ClaimPaid`].
    ClaimPaid(ClaimPaid),
    /// See [`ClaimRedirected`].
    ClaimRedirected(ClaimRedirected),
    /// See [`ClaimSubmitted`].
    ClaimSubmitted(ClaimSubmitted),
    /// See [`CoverBought`].
    CoverBought(CoverBought),
    /// See [`CoverCancelled`].
    CoverCancelled(CoverCancelled),
    /// See [`CoverDrawn`].
    CoverDrawn(CoverDrawn),
    /// See [`CoverExtended`].
    CoverExtended(CoverExtended),
    /// See [`CoverTransferred`].
    CoverTransferred(CoverTransferred),
    /// See [`Deposited`].
    Deposited(Deposited),
    /// See [`DisputeBondCollected`].
    DisputeBondCollected(DisputeBondCollected),
    /// See [`DisputeResolved`].
    DisputeResolved(DisputeResolved),
    /// See [`ExitCollected`].
    ExitCollected(ExitCollected),
    /// See [`ExitEpochClosed`].
    ExitEpochClosed(ExitEpochClosed),
    /// See [`ExitEpochSettled`].
    ExitEpochSettled(ExitEpochSettled),
    /// See [`ExitRequested`].
    ExitRequested(ExitRequested),
    /// See [`FeesCollected`].
    FeesCollected(FeesCollected),
    /// See [`IncidentBondCollected`].
    IncidentBondCollected(IncidentBondCollected),
    /// See [`IncidentChallenged`].
    IncidentChallenged(IncidentChallenged),
    /// See [`IncidentClosed`].
    IncidentClosed(IncidentClosed),
    /// See [`IncidentOpened`].
    IncidentOpened(IncidentOpened),
    /// See [`IncidentRefuted`].
    IncidentRefuted(IncidentRefuted),
    /// See [`IncidentSettled`].
    IncidentSettled(IncidentSettled),
    /// See [`PolicyClosed`].
    PolicyClosed(PolicyClosed),
    /// See [`PoolCreated`].
    PoolCreated(PoolCreated),
    /// See [`PoolPaused`].
    PoolPaused(PoolPaused),
    /// See [`PriceObserved`].
    PriceObserved(PriceObserved),
    /// See [`ProductListed`].
    ProductListed(ProductListed),
    /// See [`ProductRolled`].
    ProductRolled(ProductRolled),
    /// See [`Recovered`].
    Recovered(Recovered),
    /// See [`RestSettled`].
    RestSettled(RestSettled),
    /// See [`SlashBurned`].
    SlashBurned(SlashBurned),
    /// See [`Staked`].
    Staked(Staked),
    /// See [`SurplusAbsorbed`].
    SurplusAbsorbed(SurplusAbsorbed),
    /// See [`UnstakeRequested`].
    UnstakeRequested(UnstakeRequested),
    /// See [`Unstaked`].
    Unstaked(Unstaked),
    /// See [`VoteReleased`].
    VoteReleased(VoteReleased),
    /// See [`Voted`].
    Voted(Voted),
}

impl Event {
    /// The event that logged bytes hold, if they hold one.
    #[must_use]
    pub fn decode(data: &[u8]) -> Option<Self> {
        AppealBondCollected::decode(data)
            .map(Self::AppealBondCollected)
            .or_else(|| AssemblyCreated::decode(data).map(Self::AssemblyCreated))
            .or_else(|| AuthorityAccepted::decode(data).map(Self::AuthorityAccepted))
            .or_else(|| BallotAppealed::decode(data).map(Self::BallotAppealed))
            .or_else(|| BallotArbitrated::decode(data).map(Self::BallotArbitrated))
            .or_else(|| BallotClosed::decode(data).map(Self::BallotClosed))
            .or_else(|| BallotReclaimed::decode(data).map(Self::BallotReclaimed))
            .or_else(|| BreachRefuted::decode(data).map(Self::BreachRefuted))
            .or_else(|| ChangeApplied::decode(data).map(Self::ChangeApplied))
            .or_else(|| ChangeBondCollected::decode(data).map(Self::ChangeBondCollected))
            .or_else(|| ChangeClosed::decode(data).map(Self::ChangeClosed))
            .or_else(|| ChangeDecided::decode(data).map(Self::ChangeDecided))
            .or_else(|| ChangeProposed::decode(data).map(Self::ChangeProposed))
            .or_else(|| ChangeWithdrawn::decode(data).map(Self::ChangeWithdrawn))
            .or_else(|| ClaimClosed::decode(data).map(Self::ClaimClosed))
            .or_else(|| ClaimDisputed::decode(data).map(Self::ClaimDisputed))
            .or_else(|| ClaimPaid::decode(data).map(Self::ClaimPaid))
            .or_else(|| ClaimRedirected::decode(data).map(Self::ClaimRedirected))
            .or_else(|| ClaimSubmitted::decode(data).map(Self::ClaimSubmitted))
            .or_else(|| CoverBought::decode(data).map(Self::CoverBought))
            .or_else(|| CoverCancelled::decode(data).map(Self::CoverCancelled))
            .or_else(|| CoverDrawn::decode(data).map(Self::CoverDrawn))
            .or_else(|| CoverExtended::decode(data).map(Self::CoverExtended))
            .or_else(|| CoverTransferred::decode(data).map(Self::CoverTransferred))
            .or_else(|| Deposited::decode(data).map(Self::Deposited))
            .or_else(|| DisputeBondCollected::decode(data).map(Self::DisputeBondCollected))
            .or_else(|| DisputeResolved::decode(data).map(Self::DisputeResolved))
            .or_else(|| ExitCollected::decode(data).map(Self::ExitCollected))
            .or_else(|| ExitEpochClosed::decode(data).map(Self::ExitEpochClosed))
            .or_else(|| ExitEpochSettled::decode(data).map(Self::ExitEpochSettled))
            .or_else(|| ExitRequested::decode(data).map(Self::ExitRequested))
            .or_else(|| FeesCollected::decode(data).map(Self::FeesCollected))
            .or_else(|| IncidentBondCollected::decode(data).map(Self::IncidentBondCollected))
            .or_else(|| IncidentChallenged::decode(data).map(Self::IncidentChallenged))
            .or_else(|| IncidentClosed::decode(data).map(Self::IncidentClosed))
            .or_else(|| IncidentOpened::decode(data).map(Self::IncidentOpened))
            .or_else(|| IncidentRefuted::decode(data).map(Self::IncidentRefuted))
            .or_else(|| IncidentSettled::decode(data).map(Self::IncidentSettled))
            .or_else(|| PolicyClosed::decode(data).map(Self::PolicyClosed))
            .or_else(|| PoolCreated::decode(data).map(Self::PoolCreated))
            .or_else(|| PoolPaused::decode(data).map(Self::PoolPaused))
            .or_else(|| PriceObserved::decode(data).map(Self::PriceObserved))
            .or_else(|| ProductListed::decode(data).map(Self::ProductListed))
            .or_else(|| ProductRolled::decode(data).map(Self::ProductRolled))
            .or_else(|| Recovered::decode(data).map(Self::Recovered))
            .or_else(|| RestSettled::decode(data).map(Self::RestSettled))
            .or_else(|| SlashBurned::decode(data).map(Self::SlashBurned))
            .or_else(|| Staked::decode(data).map(Self::Staked))
            .or_else(|| SurplusAbsorbed::decode(data).map(Self::SurplusAbsorbed))
            .or_else(|| UnstakeRequested::decode(data).map(Self::UnstakeRequested))
            .or_else(|| Unstaked::decode(data).map(Self::Unstaked))
            .or_else(|| VoteReleased::decode(data).map(Self::VoteReleased))
            .or_else(|| Voted::decode(data).map(Self::Voted))
    }
}

impl Event {
    /// The pool's books after it, and what time had earned the LPs before it, atoms; `None` when it moved nothing.
    #[must_use]
    pub const fn books(&self) -> Option<(Books, u64)> {
        match self {
            Self::AppealBondCollected(event) => Some((event.books, event.earned)),
            Self::BallotAppealed(event) => Some((event.books, event.earned)),
            Self::ChangeApplied(event) => Some((event.books, event.earned)),
            Self::ChangeBondCollected(event) => Some((event.books, 0)),
            Self::ChangeDecided(event) => Some((event.books, event.earned)),
            Self::ChangeProposed(event) => Some((event.books, event.earned)),
            Self::ClaimDisputed(event) => Some((event.books, event.earned)),
            Self::ClaimPaid(event) => Some((event.books, 0)),
            Self::ClaimSubmitted(event) => Some((event.books, event.earned)),
            Self::CoverBought(event) => Some((event.books, event.earned)),
            Self::CoverCancelled(event) => Some((event.books, event.earned)),
            Self::CoverDrawn(event) => Some((event.books, event.earned)),
            Self::CoverExtended(event) => Some((event.books, event.earned)),
            Self::Deposited(event) => Some((event.books, event.earned)),
            Self::DisputeBondCollected(event) => Some((event.books, 0)),
            Self::DisputeResolved(event) => Some((event.books, event.earned)),
            Self::ExitCollected(event) => Some((event.books, 0)),
            Self::ExitEpochClosed(event) => Some((event.books, event.earned)),
            Self::ExitEpochSettled(event) => Some((event.books, event.earned)),
            Self::ExitRequested(event) => Some((event.books, event.earned)),
            Self::FeesCollected(event) => Some((event.books, 0)),
            Self::IncidentBondCollected(event) => Some((event.books, 0)),
            Self::IncidentChallenged(event) => Some((event.books, event.earned)),
            Self::IncidentOpened(event) => Some((event.books, event.earned)),
            Self::IncidentSettled(event) => Some((event.books, event.earned)),
            Self::ProductRolled(event) => Some((event.books, event.earned)),
            Self::Recovered(event) => Some((event.books, event.earned)),
            Self::RestSettled(event) => Some((event.books, event.earned)),
            Self::SurplusAbsorbed(event) => Some((event.books, event.earned)),
            Self::VoteReleased(event) => Some((event.books, 0)),
            _ => None,
        }
    }
}

/// Streams what was sent to the vault to the LPs. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct AbsorbSurplus {
    /// The pool.
    pub pool: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl AbsorbSurplus {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![38];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.pool, false), AccountMeta::new_readonly(self.vault, false)],
            data,
        }
    }
}

/// Takes the authority over a pool. Who has been offered it signs.
#[derive(Clone, Copy, Debug)]
pub struct AcceptAuthority {
    /// Who has been offered the authority.
    pub pending_authority: Address,
    /// The pool.
    pub pool: Address,
}

impl AcceptAuthority {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![132];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.pending_authority, true), AccountMeta::new(self.pool, false)],
            data,
        }
    }
}

/// Has a decided ballot voted on again, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Appeal {
    /// Pays the bond and the tip.
    pub appellant: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Where the bond comes from.
    pub appellant_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Appeal {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![6];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.appellant, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.appellant_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Applies a queued change that has waited long enough. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ApplyChange {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
}

impl ApplyChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![129];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                self.product.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Decides a ballot in which too few voted: 0 against, 1 for. The arbiter signs.
#[derive(Clone, Copy, Debug)]
pub struct Arbitrate {
    /// The ballot's arbiter.
    pub arbiter: Address,
    /// The ballot.
    pub ballot: Address,
}

impl Arbitrate {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, side: u8) -> Instruction {
        let mut data = vec![7];
        side.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.arbiter, true), AccountMeta::new(self.ballot, false)],
            data,
        }
    }
}

/// Burns the stake that voters have lost. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct BurnSlashed {
    /// The assembly.
    pub assembly: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl BurnSlashed {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![11];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Buys policy number `id` of its payer, for any holder. The payer signs.
#[derive(Clone, Copy, Debug)]
pub struct BuyCover {
    /// Pays the premium and the rent; a seed of the policy.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new policy.
    pub policy: Address,
    /// Where the premium comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Where the commission goes; none without a commission.
    pub distributor_token: Option<Address>,
    /// Token program of the asset.
    pub token_program: Address,
}

impl BuyCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, request: &CoverRequest) -> Instruction {
        let mut data = vec![48];
        id.pack(&mut data);
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                self.distributor_token
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Ends a policy with this day for a refund of at least `min_refund`. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct CancelCover {
    /// Holder of the policy.
    pub holder: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Where the refund goes; any token account the holder names.
    pub holder_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CancelCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, min_refund: u64) -> Instruction {
        let mut data = vec![50];
        min_refund.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.holder, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.holder_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Has the jury decide on an incident that prices opened, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ChallengeIncident {
    /// Pays the bond, the ballot's rent and its tips.
    pub challenger: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// The new ballot on the incident.
    pub ballot: Address,
    /// Where the bond comes from.
    pub challenger_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ChallengeIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ChallengeRequest) -> Instruction {
        let mut data = vec![99];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.challenger, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.challenger_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Files the claim of a policy in an incident that prices opened. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ClaimBreach {
    /// Pays the rent and the tip; may be the holder.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// The new claim: one per incident and policy.
    pub claim: Address,
    /// Holder of the policy; need not sign.
    pub holder: Address,
    /// Token account that is to be paid: the holder's associated one; any when the holder signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ClaimBreach {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![101];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.holder, false),
                AccountMeta::new_readonly(self.receiver, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Closes a ballot's round whose time is over, or whose outcome no vote can change. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseBallot {
    /// Gets a tip.
    pub caller: Address,
    /// The ballot.
    pub ballot: Address,
}

impl CloseBallot {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![3];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.caller, false), AccountMeta::new(self.ballot, false)],
            data,
        }
    }
}

/// Closes the account of a change of which nothing can come any more. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseChange {
    /// Gets the tip.
    pub caller: Address,
    /// The change.
    pub change: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![135];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes the account of a claim of which nothing can come any more. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseClaim {
    /// Gets the tip.
    pub caller: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl CloseClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![74];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Closes an exit epoch that every ticket has left. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseExitEpoch {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The epoch.
    pub epoch: Address,
    /// Who paid the epoch's rent and gets it back.
    pub rent_payer: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl CloseExitEpoch {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![37];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Closes the account of an incident of which nothing can come any more. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CloseIncident {
    /// Gets the tip.
    pub caller: Address,
    /// The incident.
    pub incident: Address,
    /// Who opened it and gets its rent back.
    pub opener: Address,
}

impl CloseIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![75];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.opener, false),
            ],
            data,
        }
    }
}

/// Closes a policy of which nothing can come any more. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ClosePolicy {
    /// Gets the tip.
    pub caller: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who bought it and gets its rent back.
    pub payer: Address,
}

impl ClosePolicy {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![52];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new_readonly(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.payer, false),
            ],
            data,
        }
    }
}

/// Gives an appeal's bond back, or shares it out when the appeal changed nothing. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectAppealBond {
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Who appealed; need not sign.
    pub appellant: Address,
    /// The appellant's associated token account; any when the appellant signs or the bond is lost.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectAppealBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![9];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new_readonly(self.appellant, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Gives a change's bond back to its proposer. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectChangeBond {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who proposed it; need not sign.
    pub proposer: Address,
    /// The proposer's associated token account; any when the proposer signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectChangeBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![136];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(self.proposer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Gives a dispute's bond back, as far as it did not lose it, and closes its account. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectDisputeBond {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The dispute.
    pub dispute: Address,
    /// Who disputed and gets the rent back; need not sign.
    pub disputer: Address,
    /// The disputer's associated token account; any when the disputer signs or nothing is due.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectDisputeBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![71];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.dispute, false),
                AccountMeta::new(self.disputer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays a ticket what a settled exit epoch has for it. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectExit {
    /// Gets the tip when the ticket ends.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The exit epoch in which the ticket stands.
    pub epoch: Address,
    /// The ticket.
    pub ticket: Address,
    /// Owner of the ticket; need not sign.
    pub owner: Address,
    /// Who paid the ticket's rent and gets it back.
    pub rent_payer: Address,
    /// The ticket's receiver; any token account when the owner signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectExit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![36];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.ticket, false),
                AccountMeta::new_readonly(self.owner, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Pays the protocol fees to the treasury. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectFees {
    /// The pool.
    pub pool: Address,
    /// The pool's treasury; need not sign.
    pub treasury: Address,
    /// The treasury's associated token account; any when the treasury signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectFees {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![134];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new_readonly(self.treasury, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Gives an incident's bond back to its opener. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectIncidentBond {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// Who posted the bond: the opener, or whoever challenged what a price opened; need not sign.
    pub bond_owner: Address,
    /// Their associated token account; any when they sign.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectIncidentBond {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![68];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.bond_owner, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Releases a vote of a final ballot and pays its reward. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CollectVoteReward {
    /// Gets the tip.
    pub caller: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The assembly that voted.
    pub assembly: Address,
    /// The ballot.
    pub ballot: Address,
    /// The vote.
    pub record: Address,
    /// The voter.
    pub voter: Address,
    /// Owner of the stake; need not sign.
    pub owner: Address,
    /// Who paid the record's rent and gets it back.
    pub rent_payer: Address,
    /// The owner's associated token account of the asset; any when the owner signs or nothing is due.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CollectVoteReward {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![8];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.record, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.owner, false),
                AccountMeta::new(self.rent_payer, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Creates an assembly of the stakers of a mint. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CreateAssembly {
    /// Pays the rent; a seed of the assembly.
    pub creator: Address,
    /// The new assembly.
    pub assembly: Address,
    /// Mint of the token to stake: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    pub governance_mint: Address,
    /// The assembly's new token account.
    pub stake_vault: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl CreateAssembly {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, params: &AssemblyParams) -> Instruction {
        let mut data = vec![0];
        params.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.creator, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Creates pool number `id` of its creator. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct CreatePool {
    /// Pays the rent; a seed of the pool.
    pub creator: Address,
    /// The new pool.
    pub pool: Address,
    /// The assembly whose ballots decide.
    pub assembly: Address,
    /// Mint of the asset: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    pub asset_mint: Address,
    /// The pool's new token account.
    pub vault: Address,
    /// The new mint of the LP shares.
    pub share_mint: Address,
    /// The new token account of the shares on their way out.
    pub exit_escrow: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl CreatePool {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, params: &PoolParams) -> Instruction {
        let mut data = vec![16];
        id.pack(&mut data);
        params.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.creator, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Deposits `amount` atoms for at least `min_shares`. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Deposit {
    /// Who pays and gets the shares.
    pub owner: Address,
    /// The pool.
    pub pool: Address,
    /// Where the asset comes from.
    pub owner_token: Address,
    /// Where the shares go; the owner's.
    pub owner_shares: Address,
    /// The pool's vault.
    pub vault: Address,
    /// The pool's share mint.
    pub share_mint: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Deposit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64, min_shares: u64) -> Instruction {
        let mut data = vec![32];
        amount.pack(&mut data);
        min_shares.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Disputes a claim with a counter-amount and a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct DisputeClaim {
    /// Pays the bond, the rent and the tips.
    pub disputer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The new dispute: one per claim and disputer.
    pub dispute: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// The ballot on the claim; created by the first dispute.
    pub ballot: Address,
    /// Where the bond comes from.
    pub disputer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl DisputeClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &DisputeRequest) -> Instruction {
        let mut data = vec![69];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.disputer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.dispute, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.disputer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Reports a `loss` of the covered program and pays what a policy has for it. The product's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// The address that the product lets draw; may be the holder.
    pub authority: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Holder of the policy; need not sign.
    pub holder: Address,
    /// Token account that is paid: the holder's associated one; any when the holder signs.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Draw {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, loss: u64, min_paid: u64) -> Instruction {
        let mut data = vec![112];
        loss.pack(&mut data);
        min_paid.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new_readonly(self.holder, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Lets a policy cover longer. Anyone may pay.
#[derive(Clone, Copy, Debug)]
pub struct ExtendCover {
    /// Pays the premium; anyone.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Where the premium comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Where the commission goes; none without a commission.
    pub distributor_token: Option<Address>,
    /// Token program of the asset.
    pub token_program: Address,
}

impl ExtendCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ExtensionRequest) -> Instruction {
        let mut data = vec![49];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                self.distributor_token
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Lists a product. The pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct ListProduct {
    /// The pool's authority.
    pub authority: Address,
    /// Pays the rent; may be the authority.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The new product.
    pub product: Address,
}

impl ListProduct {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, params: &ProductParams) -> Instruction {
        let mut data = vec![17];
        params.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Shows a product that a price decides on a price of its feed. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ObservePrice {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl ObservePrice {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![96];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(self.price_update, false),
            ],
            data,
        }
    }
}

/// Creates tomorrow's exit epoch, for what today's leave over. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct OpenExitEpoch {
    /// Pays the rent, and gets it back when the epoch is closed.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The new epoch.
    pub epoch: Address,
}

impl OpenExitEpoch {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, day: u64) -> Instruction {
        let mut data = vec![34];
        day.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.payer, true),
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Opens an incident on a product, with a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct OpenIncident {
    /// Pays the bond, the rent and the tips.
    pub opener: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new incident.
    pub incident: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// The new ballot on the incident.
    pub ballot: Address,
    /// Where the bond comes from.
    pub opener_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl OpenIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, report: &IncidentReport) -> Instruction {
        let mut data = vec![64];
        report.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.opener, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.opener_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Opens an incident by the breach that prices have shown, without a bond. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct OpenPriceIncident {
    /// Pays the rent and the tip.
    pub opener: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The new incident.
    pub incident: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl OpenPriceIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![98];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.opener, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Pauses sales and deposits for `seconds`, or with 0 ends the pause. The guardian signs.
#[derive(Clone, Copy, Debug)]
pub struct Pause {
    /// The pool's guardian.
    pub guardian: Address,
    /// The pool.
    pub pool: Address,
}

impl Pause {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, seconds: u64) -> Instruction {
        let mut data = vec![133];
        seconds.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.guardian, true), AccountMeta::new(self.pool, false)],
            data,
        }
    }
}

/// Pays a claim what it has due. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Payout {
    /// Gets the tip, the first time.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// The token account the claimant named.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Payout {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![67];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Puts a change to a ballot, with a bond. A staker signs.
#[derive(Clone, Copy, Debug)]
pub struct PetitionChange {
    /// A staker; pays the bond, the rent and the tips.
    pub owner: Address,
    /// The staker's voter account.
    pub voter: Address,
    /// The pool.
    pub pool: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The new change.
    pub change: Address,
    /// The pool's assembly.
    pub assembly: Address,
    /// The new ballot on the change.
    pub ballot: Address,
    /// Where the bond comes from.
    pub owner_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl PetitionChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, proposal: &Proposal) -> Instruction {
        let mut data = vec![137];
        proposal.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.owner, true),
                AccountMeta::new_readonly(self.voter, false),
                AccountMeta::new(self.pool, false),
                self.product
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(self.assembly, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Queues a change, to be applied once it has waited. The pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct ProposeChange {
    /// The pool's authority.
    pub authority: Address,
    /// Pays the rent; may be the authority.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The product, for a change of one.
    pub product: Option<Address>,
    /// The new change.
    pub change: Address,
}

impl ProposeChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, proposal: &Proposal) -> Instruction {
        let mut data = vec![128];
        proposal.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.authority, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                self.product
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new_readonly(address, false)),
                AccountMeta::new(self.change, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Queues or refuses a change by its final ballot. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct QueueChange {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The ballot that decides on it.
    pub ballot: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl QueueChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![130];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.change, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Returns what `amount` for `term_days` would cost now. Nothing is written.
#[derive(Clone, Copy, Debug)]
pub struct QuoteCover {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
}

impl QuoteCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64, term_days: u16) -> Instruction {
        let mut data = vec![53];
        amount.pack(&mut data);
        term_days.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.pool, false), AccountMeta::new_readonly(self.product, false)],
            data,
        }
    }
}

/// Closes the account of a ballot of which nothing can come any more. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ReclaimBallot {
    /// Gets the tip.
    pub caller: Address,
    /// The pool the ballot is about.
    pub pool: Address,
    /// The ballot.
    pub ballot: Address,
    /// Who paid its rent and gets it back.
    pub rent_payer: Address,
}

impl ReclaimBallot {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![10];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.rent_payer, false),
            ],
            data,
        }
    }
}

/// Pays `amount` back after a settled incident: to its claims, then to the LPs. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct Recover {
    /// Pays; anyone.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// Where the money comes from.
    pub payer_token: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl Recover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![73];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.payer_token, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Has a claim paid to another token account. Whoever filed it signs.
#[derive(Clone, Copy, Debug)]
pub struct RedirectClaim {
    /// Who filed the claim.
    pub claimant: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Token account that is to be paid from now on.
    pub receiver: Address,
}

impl RedirectClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![72];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.claimant, true),
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new_readonly(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new_readonly(self.receiver, false),
            ],
            data,
        }
    }
}

/// Has a product forget a breach by a price that was not below the strike. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RefuteBreach {
    /// The product.
    pub product: Address,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl RefuteBreach {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![97];
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new(self.product, false), AccountMeta::new_readonly(self.price_update, false)],
            data,
        }
    }
}

/// Voids an incident that prices opened by a price that was not below the strike. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RefuteIncident {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// A price of the product's feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: Address,
}

impl RefuteIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![100];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.price_update, false),
            ],
            data,
        }
    }
}

/// Puts `shares` on their way out as ticket `id`, in the exit epoch of `day`. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct RequestExit {
    /// Owner of the shares; pays the rent.
    pub owner: Address,
    /// The pool.
    pub pool: Address,
    /// The new ticket.
    pub ticket: Address,
    /// The exit epoch of the day; created by the first ticket.
    pub epoch: Address,
    /// Where the shares come from.
    pub owner_shares: Address,
    /// The pool's account of shares on their way out.
    pub exit_escrow: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// Token program of the shares.
    pub token_program: Address,
}

impl RequestExit {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, day: u64, shares: u64) -> Instruction {
        let mut data = vec![33];
        id.pack(&mut data);
        day.pack(&mut data);
        shares.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.owner, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.ticket, false),
                AccountMeta::new(self.epoch, false),
                AccountMeta::new(self.owner_shares, false),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new_readonly(self.receiver, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Puts `amount` atoms of a stake on their way out. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct RequestUnstake {
    /// Owner of the stake.
    pub owner: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account.
    pub voter: Address,
}

impl RequestUnstake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![4];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
            ],
            data,
        }
    }
}

/// Ends the dispute of a claim by its final ballot. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct ResolveDispute {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// The ballot on the claim.
    pub dispute_ballot: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl ResolveDispute {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![70];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.dispute_ballot, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Brings a pool's books and a product's active cover up to now. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct RollProduct {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl RollProduct {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![18];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Settles the first exit epoch that waits. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct SettleExitEpoch {
    /// The pool.
    pub pool: Address,
    /// The first exit epoch that waits.
    pub epoch: Address,
    /// Tomorrow's exit epoch, for what is left over; none when everything can leave.
    pub next_epoch: Option<Address>,
    /// The pool's account of shares on their way out.
    pub exit_escrow: Address,
    /// The pool's share mint.
    pub share_mint: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Token program of the shares.
    pub token_program: Address,
}

impl SettleExitEpoch {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![35];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.epoch, false),
                self.next_epoch
                    .map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new(self.exit_escrow, false),
                AccountMeta::new(self.share_mint, false),
                AccountMeta::new_readonly(self.vault, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Settles or rejects an incident whose ballot is final. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct SettleIncident {
    /// Gets the tip.
    pub caller: Address,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// The ballot that decides it; none when a price opened it and nobody challenged it.
    pub ballot: Option<Address>,
    /// The pool's vault.
    pub vault: Address,
}

impl SettleIncident {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![66];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.caller, false),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.product, false),
                AccountMeta::new(self.incident, false),
                self.ballot.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::new(address, false)),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Gives a settled incident what was held back for others, once no incident of the pool is open. Anyone may.
#[derive(Clone, Copy, Debug)]
pub struct SettleRest {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The pool's vault.
    pub vault: Address,
}

impl SettleRest {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![76];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new_readonly(self.vault, false),
            ],
            data,
        }
    }
}

/// Stakes `amount` atoms of the governance token. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Stake {
    /// Whose stake it is; pays the rent of the voter account the first time.
    pub owner: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account; created the first time.
    pub voter: Address,
    /// Where the stake comes from.
    pub owner_token: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl Stake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, amount: u64) -> Instruction {
        let mut data = vec![1];
        amount.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.owner, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Files a claim of a policy in an incident, with a bond. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct SubmitClaim {
    /// Holder of the policy; pays the bond.
    pub holder: Address,
    /// Pays the rent and the tip; may be the holder.
    pub payer: Address,
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// The new claim: one per incident and policy.
    pub claim: Address,
    /// Where the bond comes from.
    pub holder_token: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// The pool's vault.
    pub vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
}

impl SubmitClaim {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ClaimRequest) -> Instruction {
        let mut data = vec![65];
        request.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.holder, true),
                AccountMeta::new(self.payer, true),
                AccountMeta::new(self.pool, false),
                AccountMeta::new(self.incident, false),
                AccountMeta::new(self.policy, false),
                AccountMeta::new(self.claim, false),
                AccountMeta::new(self.holder_token, false),
                AccountMeta::new(self.receiver, false),
                AccountMeta::new(self.vault, false),
                AccountMeta::new_readonly(self.asset_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Passes a policy on to `new_holder`. The holder signs.
#[derive(Clone, Copy, Debug)]
pub struct TransferCover {
    /// Holder of the policy.
    pub holder: Address,
    /// The policy.
    pub policy: Address,
}

impl TransferCover {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, new_holder: &Address) -> Instruction {
        let mut data = vec![51];
        new_holder.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![AccountMeta::new_readonly(self.holder, true), AccountMeta::new(self.policy, false)],
            data,
        }
    }
}

/// Takes out what has been on its way for long enough. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Unstake {
    /// Owner of the stake.
    pub owner: Address,
    /// The assembly.
    pub assembly: Address,
    /// The owner's voter account.
    pub voter: Address,
    /// Where the stake goes; any token account the owner names.
    pub owner_token: Address,
    /// Where the stakes are.
    pub stake_vault: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of the mint.
    pub token_program: Address,
}

impl Unstake {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![5];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.owner, true),
                AccountMeta::new(self.assembly, false),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.owner_token, false),
                AccountMeta::new(self.stake_vault, false),
                AccountMeta::new_readonly(self.governance_mint, false),
                AccountMeta::new_readonly(self.token_program, false),
            ],
            data,
        }
    }
}

/// Casts the owner's weight on a side of a ballot: 0 against, 1 for. The owner signs.
#[derive(Clone, Copy, Debug)]
pub struct Vote {
    /// Owner of the stake; pays the record's rent.
    pub owner: Address,
    /// The owner's voter account.
    pub voter: Address,
    /// The ballot.
    pub ballot: Address,
    /// The vote: one per ballot, voter and round.
    pub record: Address,
}

impl Vote {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, side: u8) -> Instruction {
        let mut data = vec![2];
        side.pack(&mut data);
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new(self.owner, true),
                AccountMeta::new(self.voter, false),
                AccountMeta::new(self.ballot, false),
                AccountMeta::new(self.record, false),
                AccountMeta::new_readonly(Address::from_str_const("11111111111111111111111111111111"), false),
            ],
            data,
        }
    }
}

/// Withdraws a change that the authority queued. Its proposer or the pool's authority signs.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawChange {
    /// Who proposed it, or the pool's authority.
    pub proposer: Address,
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
}

impl WithdrawChange {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let data = vec![131];
        Instruction {
            program_id: ID,
            accounts: vec![
                AccountMeta::new_readonly(self.proposer, true),
                AccountMeta::new_readonly(self.pool, false),
                AccountMeta::new(self.change, false),
            ],
            data,
        }
    }
}

/// The name of the instruction that `data` is of.
#[must_use]
pub fn instruction_name(data: &[u8]) -> Option<&'static str> {
    match data.first()? {
        38 => Some("absorb_surplus"),
        132 => Some("accept_authority"),
        6 => Some("appeal"),
        129 => Some("apply_change"),
        7 => Some("arbitrate"),
        11 => Some("burn_slashed"),
        48 => Some("buy_cover"),
        50 => Some("cancel_cover"),
        99 => Some("challenge_incident"),
        101 => Some("claim_breach"),
        3 => Some("close_ballot"),
        135 => Some("close_change"),
        74 => Some("close_claim"),
        37 => Some("close_exit_epoch"),
        75 => Some("close_incident"),
        52 => Some("close_policy"),
        9 => Some("collect_appeal_bond"),
        136 => Some("collect_change_bond"),
        71 => Some("collect_dispute_bond"),
        36 => Some("collect_exit"),
        134 => Some("collect_fees"),
        68 => Some("collect_incident_bond"),
        8 => Some("collect_vote_reward"),
        0 => Some("create_assembly"),
        16 => Some("create_pool"),
        32 => Some("deposit"),
        69 => Some("dispute_claim"),
        112 => Some("draw"),
        49 => Some("extend_cover"),
        17 => Some("list_product"),
        96 => Some("observe_price"),
        34 => Some("open_exit_epoch"),
        64 => Some("open_incident"),
        98 => Some("open_price_incident"),
        133 => Some("pause"),
        67 => Some("payout"),
        137 => Some("petition_change"),
        128 => Some("propose_change"),
        130 => Some("queue_change"),
        53 => Some("quote_cover"),
        10 => Some("reclaim_ballot"),
        73 => Some("recover"),
        72 => Some("redirect_claim"),
        97 => Some("refute_breach"),
        100 => Some("refute_incident"),
        33 => Some("request_exit"),
        4 => Some("request_unstake"),
        70 => Some("resolve_dispute"),
        18 => Some("roll_product"),
        35 => Some("settle_exit_epoch"),
        66 => Some("settle_incident"),
        76 => Some("settle_rest"),
        1 => Some("stake"),
        65 => Some("submit_claim"),
        51 => Some("transfer_cover"),
        5 => Some("unstake"),
        2 => Some("vote"),
        131 => Some("withdraw_change"),
        _ => None,
    }
}

/// An error of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum BreakwaterError {
    /// Arithmetic overflow.
    MathOverflow = 6000,
    /// The vault holds less than the pool owes.
    VaultShort = 6001,
    /// The amount is zero.
    ZeroAmount = 6002,
    /// Fewer tokens arrived than were sent.
    TransferShort = 6003,
    /// The clock is not set.
    BadClock = 6004,
    /// The account holds an unknown state.
    UnknownState = 6005,
    /// The account belongs to another pool.
    WrongPool = 6020,
    /// The account belongs to another product.
    WrongProduct = 6021,
    /// The account belongs to another policy.
    WrongPolicy = 6022,
    /// The account belongs to another incident.
    WrongIncident = 6023,
    /// The account belongs to another assembly.
    WrongAssembly = 6024,
    /// The ballot decides something else.
    WrongBallot = 6025,
    /// The mint is not the expected one.
    WrongMint = 6026,
    /// The token account is not the vault.
    WrongVault = 6027,
    /// The mint is not the pool's share mint.
    WrongShareMint = 6028,
    /// The token program is not the mint's.
    WrongTokenProgram = 6029,
    /// The token account is owned by somebody else.
    WrongTokenOwner = 6030,
    /// The signer is not the pool's authority.
    NotPoolAuthority = 6031,
    /// The signer does not hold the policy.
    NotHolder = 6032,
    /// The signer does not own the stake.
    NotVoter = 6033,
    /// The mint has more decimals than supported.
    UnsupportedDecimals = 6035,
    /// The leverage is out of bounds.
    BadLeverage = 6040,
    /// A fee is above its bound.
    FeeTooHigh = 6041,
    /// The exit delay is out of bounds.
    BadExitDelay = 6042,
    /// The timelock must exceed the exit delay by two days and stay within a year.
    BadTimelock = 6043,
    /// A group cap is above the leverage.
    BadGroupCap = 6044,
    /// The least premium is zero or too high.
    BadMinPremium = 6045,
    /// The price curve is not valid.
    BadCurve = 6060,
    /// The weight is out of bounds.
    BadWeight = 6061,
    /// The term bounds are out of bounds.
    BadTermBounds = 6062,
    /// The amount bounds are out of order.
    BadAmountBounds = 6063,
    /// The waiting period is too long.
    BadWaiting = 6064,
    /// The grace is shorter than the report window, or too long.
    BadGrace = 6065,
    /// The deductible is too high.
    BadDeductible = 6066,
    /// The correlation group does not exist.
    BadGroup = 6067,
    /// The risk kind does not exist.
    BadRiskKind = 6068,
    /// A window is out of bounds.
    BadWindow = 6069,
    /// A bond is zero or too high.
    BadBond = 6070,
    /// The text is too long.
    TextTooLong = 6071,
    /// The pool can list no more products.
    TooManyProducts = 6072,
    /// The pool is depleted and takes no deposits.
    PoolDepleted = 6080,
    /// The deposit is worth less than one share.
    ZeroShares = 6081,
    /// The deposit yields fewer shares than asked for.
    TooFewShares = 6082,
    /// The pool can hold no more.
    CapitalTooLarge = 6083,
    /// The day of the exit is not the exit delay from today.
    WrongExitDay = 6084,
    /// The exits that wait reach too far back: settle them first.
    ExitQueueFull = 6085,
    /// The exit epoch's day has not come.
    ExitNotDue = 6086,
    /// The exits of an earlier day come first.
    EarlierExitWaits = 6087,
    /// An incident is open: exits wait until it ends.
    ExitBlocked = 6088,
    /// No capital can leave now.
    NothingToSettle = 6089,
    /// Tomorrow's exit epoch is needed for what is left over.
    NextEpochMissing = 6090,
    /// The exit epoch is settled.
    ExitSettled = 6091,
    /// The exit epoch is not settled.
    ExitNotSettled = 6092,
    /// The exit epoch is another one.
    WrongExitEpoch = 6093,
    /// The exit epoch still has shares or tickets.
    ExitEpochInUse = 6094,
    /// The vault holds no surplus.
    NothingToAbsorb = 6095,
    /// The token account is not the chosen one, and its owner does not sign.
    WrongReceiver = 6096,
    /// The rent goes back to who paid it.
    WrongRentPayer = 6097,
    /// An exit epoch is opened for tomorrow only.
    NotTomorrow = 6098,
    /// What is held back for settled incidents must be settled first.
    RestNotSettled = 6099,
    /// The product is not for sale.
    ProductDelisted = 6100,
    /// An incident of the product is open.
    IncidentOpen = 6101,
    /// The amount is outside the product's bounds.
    AmountOutOfBounds = 6102,
    /// The term is outside the product's bounds.
    TermOutOfBounds = 6103,
    /// The product has not enough capacity left.
    ProductCapacity = 6104,
    /// The correlation group has not enough capacity left.
    GroupCapacity = 6105,
    /// The pool has not enough capacity left.
    PoolCapacity = 6106,
    /// The premium is above the maximum given.
    PremiumTooHigh = 6107,
    /// The commission is above its bound.
    CommissionTooHigh = 6108,
    /// A commission needs a distributor's token account, and only then.
    CommissionAccount = 6109,
    /// The holder must not be the zero address.
    ZeroHolder = 6110,
    /// A claim of the policy is open.
    ClaimOpen = 6111,
    /// The policy has ended.
    PolicyEnded = 6112,
    /// All of the sum insured has been claimed.
    PolicyExhausted = 6113,
    /// The cover ends with this day: nothing is left to refund.
    NothingToRefund = 6114,
    /// The refund is below the minimum given.
    RefundTooLow = 6115,
    /// The policy's grace is not over.
    PolicyAlive = 6116,
    /// A claim of the policy is not paid in full.
    ClaimUnpaid = 6117,
    /// An earlier event may still be reported.
    LateReportPossible = 6118,
    /// The incident lies in the future.
    OccurredInFuture = 6120,
    /// The incident is older than the report window.
    ReportWindowOver = 6121,
    /// The product's trigger is another one.
    WrongTrigger = 6122,
    /// No cover of the product is active.
    NothingCovered = 6123,
    /// The incident is closed.
    IncidentClosed = 6124,
    /// The filing window is over.
    FilingOver = 6125,
    /// The policy did not cover the time of the incident.
    NotCovered = 6126,
    /// The loss does not exceed the deductible.
    BelowDeductible = 6127,
    /// The claim exceeds what is left of the sum insured.
    AboveSumInsured = 6128,
    /// The ballot is still open.
    BallotOpen = 6129,
    /// The appeal window is not over.
    AppealWindowOpen = 6130,
    /// Claims can still be filed.
    FilingOpen = 6131,
    /// Claims can still be disputed.
    DisputeWindowOpen = 6132,
    /// The incident is not settled.
    IncidentNotSettled = 6133,
    /// Nothing is due.
    NothingDue = 6134,
    /// More would be paid than is owed.
    Overpaid = 6136,
    /// The claim can no longer be disputed.
    NotDisputable = 6137,
    /// The dispute window of the claim is over.
    DisputeWindowOver = 6138,
    /// The counter-amount must be below the claim and below earlier disputes.
    CounterAmountTooHigh = 6139,
    /// No dispute of the claim waits to be decided.
    NotDisputed = 6140,
    /// The dispute is not decided.
    DisputeOpen = 6141,
    /// The signer did not file the claim.
    NotClaimant = 6142,
    /// The claim is not paid in full, or a dispute of it is not closed.
    ClaimNotOver = 6143,
    /// The incident's bond or an account of its claims is not closed.
    IncidentNotOver = 6144,
    /// The account belongs to another claim.
    WrongClaim = 6145,
    /// The voting period is out of bounds.
    BadVotingPeriod = 6160,
    /// The minimum age of a stake is zero or too long.
    BadStakeAge = 6161,
    /// The unstake delay is shorter than the longest ballot, or too long.
    BadUnstakeDelay = 6162,
    /// The quorum is out of bounds.
    BadQuorum = 6163,
    /// The threshold is out of bounds.
    BadThreshold = 6164,
    /// The slash is too high.
    BadSlash = 6165,
    /// The ballot takes no more votes.
    VotingOver = 6166,
    /// The ballot's time is not over.
    VotingOpen = 6167,
    /// The ballot is closed.
    BallotClosed = 6168,
    /// No stake is old enough to vote in this ballot.
    NoWeight = 6169,
    /// The side must be 0 (against) or 1 (for).
    BadSide = 6170,
    /// The ballot does not take votes yet.
    VotingNotOpen = 6171,
    /// The stake is locked until the ballots it voted in are final and released.
    StakeLocked = 6172,
    /// The stake is smaller than that.
    StakeTooSmall = 6173,
    /// The unstake delay is not over.
    UnstakeNotReady = 6174,
    /// The signer is not the ballot's arbiter.
    NotArbiter = 6175,
    /// Only a ballot without a quorum waits for the arbiter.
    NotArbitrable = 6176,
    /// The ballot cannot be appealed.
    NotAppealable = 6177,
    /// The appeal window is over.
    AppealWindowOver = 6178,
    /// Something can still come of the ballot.
    BallotNotOver = 6179,
    /// The vote belongs to another voter.
    WrongVoter = 6180,
    /// The ballot's outcome was not read yet.
    BallotNotRead = 6181,
    /// The trigger's source and parameters are incomplete, out of bounds, or not this trigger's.
    BadTrigger = 6190,
    /// The price account does not belong to Pyth's receiver program.
    WrongPriceOwner = 6191,
    /// The account is no price update.
    NotAPrice = 6192,
    /// The price update is not fully verified.
    PriceNotVerified = 6193,
    /// The price is of another feed than the product's.
    WrongFeed = 6194,
    /// The price has another exponent than the product's strike.
    WrongExponent = 6195,
    /// The price is not positive, or its confidence or time is out of range.
    BadPrice = 6196,
    /// The price was published later than now.
    PriceFromFuture = 6197,
    /// The price is older than the product allows.
    PriceStale = 6198,
    /// A price as new or newer was observed before.
    PriceNotNewer = 6199,
    /// No breach has lasted long enough.
    NoBreach = 6200,
    /// The price was published outside the breach.
    PriceOutsideBreach = 6201,
    /// The price may have been below the strike.
    PriceBelowStrike = 6202,
    /// The product's price is in breach: nothing is sold until it has recovered.
    BreachRunning = 6203,
    /// The incident was challenged already.
    AlreadyChallenged = 6204,
    /// The time to challenge the incident is over.
    ChallengeOver = 6205,
    /// The incident can still be challenged.
    ChallengeOpen = 6206,
    /// The incident was refuted already.
    AlreadyRefuted = 6207,
    /// The signer is not the address the product lets draw.
    NotTriggerAuthority = 6208,
    /// Less can be drawn now than the least the caller asked for.
    DrawLimited = 6209,
    /// The authority and the treasury must not be the zero address.
    ZeroAddress = 6220,
    /// A change of a product needs the product's account, and only such a change.
    ChangeProduct = 6221,
    /// The signer neither proposed the change nor is the pool's authority.
    NotProposer = 6222,
    /// The change does not wait for a ballot.
    ChangeNotProposed = 6223,
    /// The change is not queued.
    ChangeNotQueued = 6224,
    /// The wait of the change is not over.
    ChangeNotDue = 6225,
    /// The change has lapsed.
    ChangeLapsed = 6226,
    /// A change that a ballot decides on cannot be withdrawn.
    ChangeByBallot = 6227,
    /// The change can still be applied, or its bond is not collected.
    ChangeNotOver = 6228,
    /// The signer has not been offered the authority.
    NotPendingAuthority = 6229,
    /// The signer is not the pool's guardian.
    NotGuardian = 6230,
    /// Sales and deposits are paused.
    Paused = 6231,
    /// No pause can begin within seven days after another.
    PauseTooSoon = 6232,
    /// A pause must not be longer than seven days.
    PauseTooLong = 6233,
    /// No pause runs.
    NotPaused = 6234,
    /// The product is a draft: a change must list it first.
    ProductNotListed = 6235,
    /// Exits that were asked for in time must be settled first.
    ExitsWait = 6236,
    /// Mints with the extension TransferFeeConfig cannot be used.
    TransferFeeExtension = 6250,
    /// Mints with the extension MintCloseAuthority cannot be used.
    MintCloseAuthorityExtension = 6251,
    /// Mints with the extensions ConfidentialTransferMint, ConfidentialTransferFeeConfig or ConfidentialMintBurn cannot be used.
    ConfidentialTransferExtension = 6252,
    /// Mints with the extension DefaultAccountState cannot be used.
    DefaultAccountStateExtension = 6253,
    /// Mints with the extension NonTransferable cannot be used.
    NonTransferableExtension = 6254,
    /// Mints with the extension PermanentDelegate cannot be used.
    PermanentDelegateExtension = 6255,
    /// Mints with the extension TransferHook cannot be used.
    TransferHookExtension = 6256,
    /// Mints with the extensions GroupPointer, TokenGroup, GroupMemberPointer or TokenGroupMember cannot be used.
    GroupExtension = 6257,
    /// Mints with the extension Pausable cannot be used.
    PausableExtension = 6258,
    /// Mints with the extension PermissionedBurn cannot be used.
    PermissionedBurnExtension = 6259,
    /// The mint has an extension that this program does not know.
    UnknownExtension = 6260,
    /// The mint's extensions cannot be read.
    MalformedExtensions = 6261,
}

impl BreakwaterError {
    /// Its code, as transactions report it.
    #[must_use]
    pub const fn code(self) -> u32 {
        self as u32
    }

    /// The error with a code.
    #[must_use]
    pub const fn from_code(code: u32) -> Option<Self> {
        match code {
            6000 => Some(Self::MathOverflow),
            6001 => Some(Self::VaultShort),
            6002 => Some(Self::ZeroAmount),
            6003 => Some(Self::TransferShort),
            6004 => Some(Self::BadClock),
            6005 => Some(Self::UnknownState),
            6020 => Some(Self::WrongPool),
            6021 => Some(Self::WrongProduct),
            6022 => Some(Self::WrongPolicy),
            6023 => Some(Self::WrongIncident),
            6024 => Some(Self::WrongAssembly),
            6025 => Some(Self::WrongBallot),
            6026 => Some(Self::WrongMint),
            6027 => Some(Self::WrongVault),
            6028 => Some(Self::WrongShareMint),
            6029 => Some(Self::WrongTokenProgram),
            6030 => Some(Self::WrongTokenOwner),
            6031 => Some(Self::NotPoolAuthority),
            6032 => Some(Self::NotHolder),
            6033 => Some(Self::NotVoter),
            6035 => Some(Self::UnsupportedDecimals),
            6040 => Some(Self::BadLeverage),
            6041 => Some(Self::FeeTooHigh),
            6042 => Some(Self::BadExitDelay),
            6043 => Some(Self::BadTimelock),
            6044 => Some(Self::BadGroupCap),
            6045 => Some(Self::BadMinPremium),
            6060 => Some(Self::BadCurve),
            6061 => Some(Self::BadWeight),
            6062 => Some(Self::BadTermBounds),
            6063 => Some(Self::BadAmountBounds),
            6064 => Some(Self::BadWaiting),
            6065 => Some(Self::BadGrace),
            6066 => Some(Self::BadDeductible),
            6067 => Some(Self::BadGroup),
            6068 => Some(Self::BadRiskKind),
            6069 => Some(Self::BadWindow),
            6070 => Some(Self::BadBond),
            6071 => Some(Self::TextTooLong),
            6072 => Some(Self::TooManyProducts),
            6080 => Some(Self::PoolDepleted),
            6081 => Some(Self::ZeroShares),
            6082 => Some(Self::TooFewShares),
            6083 => Some(Self::CapitalTooLarge),
            6084 => Some(Self::WrongExitDay),
            6085 => Some(Self::ExitQueueFull),
            6086 => Some(Self::ExitNotDue),
            6087 => Some(Self::EarlierExitWaits),
            6088 => Some(Self::ExitBlocked),
            6089 => Some(Self::NothingToSettle),
            6090 => Some(Self::NextEpochMissing),
            6091 => Some(Self::ExitSettled),
            6092 => Some(Self::ExitNotSettled),
            6093 => Some(Self::WrongExitEpoch),
            6094 => Some(Self::ExitEpochInUse),
            6095 => Some(Self::NothingToAbsorb),
            6096 => Some(Self::WrongReceiver),
            6097 => Some(Self::WrongRentPayer),
            6098 => Some(Self::NotTomorrow),
            6099 => Some(Self::RestNotSettled),
            6100 => Some(Self::ProductDelisted),
            6101 => Some(Self::IncidentOpen),
            6102 => Some(Self::AmountOutOfBounds),
            6103 => Some(Self::TermOutOfBounds),
            6104 => Some(Self::ProductCapacity),
            6105 => Some(Self::GroupCapacity),
            6106 => Some(Self::PoolCapacity),
            6107 => Some(Self::PremiumTooHigh),
            6108 => Some(Self::CommissionTooHigh),
            6109 => Some(Self::CommissionAccount),
            6110 => Some(Self::ZeroHolder),
            6111 => Some(Self::ClaimOpen),
            6112 => Some(Self::PolicyEnded),
            6113 => Some(Self::PolicyExhausted),
            6114 => Some(Self::NothingToRefund),
            6115 => Some(Self::RefundTooLow),
            6116 => Some(Self::PolicyAlive),
            6117 => Some(Self::ClaimUnpaid),
            6118 => Some(Self::LateReportPossible),
            6120 => Some(Self::OccurredInFuture),
            6121 => Some(Self::ReportWindowOver),
            6122 => Some(Self::WrongTrigger),
            6123 => Some(Self::NothingCovered),
            6124 => Some(Self::IncidentClosed),
            6125 => Some(Self::FilingOver),
            6126 => Some(Self::NotCovered),
            6127 => Some(Self::BelowDeductible),
            6128 => Some(Self::AboveSumInsured),
            6129 => Some(Self::BallotOpen),
            6130 => Some(Self::AppealWindowOpen),
            6131 => Some(Self::FilingOpen),
            6132 => Some(Self::DisputeWindowOpen),
            6133 => Some(Self::IncidentNotSettled),
            6134 => Some(Self::NothingDue),
            6136 => Some(Self::Overpaid),
            6137 => Some(Self::NotDisputable),
            6138 => Some(Self::DisputeWindowOver),
            6139 => Some(Self::CounterAmountTooHigh),
            6140 => Some(Self::NotDisputed),
            6141 => Some(Self::DisputeOpen),
            6142 => Some(Self::NotClaimant),
            6143 => Some(Self::ClaimNotOver),
            6144 => Some(Self::IncidentNotOver),
            6145 => Some(Self::WrongClaim),
            6160 => Some(Self::BadVotingPeriod),
            6161 => Some(Self::BadStakeAge),
            6162 => Some(Self::BadUnstakeDelay),
            6163 => Some(Self::BadQuorum),
            6164 => Some(Self::BadThreshold),
            6165 => Some(Self::BadSlash),
            6166 => Some(Self::VotingOver),
            6167 => Some(Self::VotingOpen),
            6168 => Some(Self::BallotClosed),
            6169 => Some(Self::NoWeight),
            6170 => Some(Self::BadSide),
            6171 => Some(Self::VotingNotOpen),
            6172 => Some(Self::StakeLocked),
            6173 => Some(Self::StakeTooSmall),
            6174 => Some(Self::UnstakeNotReady),
            6175 => Some(Self::NotArbiter),
            6176 => Some(Self::NotArbitrable),
            6177 => Some(Self::NotAppealable),
            6178 => Some(Self::AppealWindowOver),
            6179 => Some(Self::BallotNotOver),
            6180 => Some(Self::WrongVoter),
            6181 => Some(Self::BallotNotRead),
            6190 => Some(Self::BadTrigger),
            6191 => Some(Self::WrongPriceOwner),
            6192 => Some(Self::NotAPrice),
            6193 => Some(Self::PriceNotVerified),
            6194 => Some(Self::WrongFeed),
            6195 => Some(Self::WrongExponent),
            6196 => Some(Self::BadPrice),
            6197 => Some(Self::PriceFromFuture),
            6198 => Some(Self::PriceStale),
            6199 => Some(Self::PriceNotNewer),
            6200 => Some(Self::NoBreach),
            6201 => Some(Self::PriceOutsideBreach),
            6202 => Some(Self::PriceBelowStrike),
            6203 => Some(Self::BreachRunning),
            6204 => Some(Self::AlreadyChallenged),
            6205 => Some(Self::ChallengeOver),
            6206 => Some(Self::ChallengeOpen),
            6207 => Some(Self::AlreadyRefuted),
            6208 => Some(Self::NotTriggerAuthority),
            6209 => Some(Self::DrawLimited),
            6220 => Some(Self::ZeroAddress),
            6221 => Some(Self::ChangeProduct),
            6222 => Some(Self::NotProposer),
            6223 => Some(Self::ChangeNotProposed),
            6224 => Some(Self::ChangeNotQueued),
            6225 => Some(Self::ChangeNotDue),
            6226 => Some(Self::ChangeLapsed),
            6227 => Some(Self::ChangeByBallot),
            6228 => Some(Self::ChangeNotOver),
            6229 => Some(Self::NotPendingAuthority),
            6230 => Some(Self::NotGuardian),
            6231 => Some(Self::Paused),
            6232 => Some(Self::PauseTooSoon),
            6233 => Some(Self::PauseTooLong),
            6234 => Some(Self::NotPaused),
            6235 => Some(Self::ProductNotListed),
            6236 => Some(Self::ExitsWait),
            6250 => Some(Self::TransferFeeExtension),
            6251 => Some(Self::MintCloseAuthorityExtension),
            6252 => Some(Self::ConfidentialTransferExtension),
            6253 => Some(Self::DefaultAccountStateExtension),
            6254 => Some(Self::NonTransferableExtension),
            6255 => Some(Self::PermanentDelegateExtension),
            6256 => Some(Self::TransferHookExtension),
            6257 => Some(Self::GroupExtension),
            6258 => Some(Self::PausableExtension),
            6259 => Some(Self::PermissionedBurnExtension),
            6260 => Some(Self::UnknownExtension),
            6261 => Some(Self::MalformedExtensions),
            _ => None,
        }
    }

    /// What it says.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::MathOverflow => "Arithmetic overflow",
            Self::VaultShort => "The vault holds less than the pool owes",
            Self::ZeroAmount => "The amount is zero",
            Self::TransferShort => "Fewer tokens arrived than were sent",
            Self::BadClock => "The clock is not set",
            Self::UnknownState => "The account holds an unknown state",
            Self::WrongPool => "The account belongs to another pool",
            Self::WrongProduct => "The account belongs to another product",
            Self::WrongPolicy => "The account belongs to another policy",
            Self::WrongIncident => "The account belongs to another incident",
            Self::WrongAssembly => "The account belongs to another assembly",
            Self::WrongBallot => "The ballot decides something else",
            Self::WrongMint => "The mint is not the expected one",
            Self::WrongVault => "The token account is not the vault",
            Self::WrongShareMint => "The mint is not the pool's share mint",
            Self::WrongTokenProgram => "The token program is not the mint's",
            Self::WrongTokenOwner => "The token account is owned by somebody else",
            Self::NotPoolAuthority => "The signer is not the pool's authority",
            Self::NotHolder => "The signer does not hold the policy",
            Self::NotVoter => "The signer does not own the stake",
            Self::UnsupportedDecimals => "The mint has more decimals than supported",
            Self::BadLeverage => "The leverage is out of bounds",
            Self::FeeTooHigh => "A fee is above its bound",
            Self::BadExitDelay => "The exit delay is out of bounds",
            Self::BadTimelock => "The timelock must exceed the exit delay by two days and stay within a year",
            Self::BadGroupCap => "A group cap is above the leverage",
            Self::BadMinPremium => "The least premium is zero or too high",
            Self::BadCurve => "The price curve is not valid",
            Self::BadWeight => "The weight is out of bounds",
            Self::BadTermBounds => "The term bounds are out of bounds",
            Self::BadAmountBounds => "The amount bounds are out of order",
            Self::BadWaiting => "The waiting period is too long",
            Self::BadGrace => "The grace is shorter than the report window, or too long",
            Self::BadDeductible => "The deductible is too high",
            Self::BadGroup => "The correlation group does not exist",
            Self::BadRiskKind => "The risk kind does not exist",
            Self::BadWindow => "A window is out of bounds",
            Self::BadBond => "A bond is zero or too high",
            Self::TextTooLong => "The text is too long",
            Self::TooManyProducts => "The pool can list no more products",
            Self::PoolDepleted => "The pool is depleted and takes no deposits",
            Self::ZeroShares => "The deposit is worth less than one share",
            Self::TooFewShares => "The deposit yields fewer shares than asked for",
            Self::CapitalTooLarge => "The pool can hold no more",
            Self::WrongExitDay => "The day of the exit is not the exit delay from today",
            Self::ExitQueueFull => "The exits that wait reach too far back: settle them first",
            Self::ExitNotDue => "The exit epoch's day has not come",
            Self::EarlierExitWaits => "The exits of an earlier day come first",
            Self::ExitBlocked => "An incident is open: exits wait until it ends",
            Self::NothingToSettle => "No capital can leave now",
            Self::NextEpochMissing => "Tomorrow's exit epoch is needed for what is left over",
            Self::ExitSettled => "The exit epoch is settled",
            Self::ExitNotSettled => "The exit epoch is not settled",
            Self::WrongExitEpoch => "The exit epoch is another one",
            Self::ExitEpochInUse => "The exit epoch still has shares or tickets",
            Self::NothingToAbsorb => "The vault holds no surplus",
            Self::WrongReceiver => "The token account is not the chosen one, and its owner does not sign",
            Self::WrongRentPayer => "The rent goes back to who paid it",
            Self::NotTomorrow => "An exit epoch is opened for tomorrow only",
            Self::RestNotSettled => "What is held back for settled incidents must be settled first",
            Self::ProductDelisted => "The product is not for sale",
            Self::IncidentOpen => "An incident of the product is open",
            Self::AmountOutOfBounds => "The amount is outside the product's bounds",
            Self::TermOutOfBounds => "The term is outside the product's bounds",
            Self::ProductCapacity => "The product has not enough capacity left",
            Self::GroupCapacity => "The correlation group has not enough capacity left",
            Self::PoolCapacity => "The pool has not enough capacity left",
            Self::PremiumTooHigh => "The premium is above the maximum given",
            Self::CommissionTooHigh => "The commission is above its bound",
            Self::CommissionAccount => "A commission needs a distributor's token account, and only then",
            Self::ZeroHolder => "The holder must not be the zero address",
            Self::ClaimOpen => "A claim of the policy is open",
            Self::PolicyEnded => "The policy has ended",
            Self::PolicyExhausted => "All of the sum insured has been claimed",
            Self::NothingToRefund => "The cover ends with this day: nothing is left to refund",
            Self::RefundTooLow => "The refund is below the minimum given",
            Self::PolicyAlive => "The policy's grace is not over",
            Self::ClaimUnpaid => "A claim of the policy is not paid in full",
            Self::LateReportPossible => "An earlier event may still be reported",
            Self::OccurredInFuture => "The incident lies in the future",
            Self::ReportWindowOver => "The incident is older than the report window",
            Self::WrongTrigger => "The product's trigger is another one",
            Self::NothingCovered => "No cover of the product is active",
            Self::IncidentClosed => "The incident is closed",
            Self::FilingOver => "The filing window is over",
            Self::NotCovered => "The policy did not cover the time of the incident",
            Self::BelowDeductible => "The loss does not exceed the deductible",
            Self::AboveSumInsured => "The claim exceeds what is left of the sum insured",
            Self::BallotOpen => "The ballot is still open",
            Self::AppealWindowOpen => "The appeal window is not over",
            Self::FilingOpen => "Claims can still be filed",
            Self::DisputeWindowOpen => "Claims can still be disputed",
            Self::IncidentNotSettled => "The incident is not settled",
            Self::NothingDue => "Nothing is due",
            Self::Overpaid => "More would be paid than is owed",
            Self::NotDisputable => "The claim can no longer be disputed",
            Self::DisputeWindowOver => "The dispute window of the claim is over",
            Self::CounterAmountTooHigh => "The counter-amount must be below the claim and below earlier disputes",
            Self::NotDisputed => "No dispute of the claim waits to be decided",
            Self::DisputeOpen => "The dispute is not decided",
            Self::NotClaimant => "The signer did not file the claim",
            Self::ClaimNotOver => "The claim is not paid in full, or a dispute of it is not closed",
            Self::IncidentNotOver => "The incident's bond or an account of its claims is not closed",
            Self::WrongClaim => "The account belongs to another claim",
            Self::BadVotingPeriod => "The voting period is out of bounds",
            Self::BadStakeAge => "The minimum age of a stake is zero or too long",
            Self::BadUnstakeDelay => "The unstake delay is shorter than the longest ballot, or too long",
            Self::BadQuorum => "The quorum is out of bounds",
            Self::BadThreshold => "The threshold is out of bounds",
            Self::BadSlash => "The slash is too high",
            Self::VotingOver => "The ballot takes no more votes",
            Self::VotingOpen => "The ballot's time is not over",
            Self::BallotClosed => "The ballot is closed",
            Self::NoWeight => "No stake is old enough to vote in this ballot",
            Self::BadSide => "The side must be 0 (against) or 1 (for)",
            Self::VotingNotOpen => "The ballot does not take votes yet",
            Self::StakeLocked => "The stake is locked until the ballots it voted in are final and released",
            Self::StakeTooSmall => "The stake is smaller than that",
            Self::UnstakeNotReady => "The unstake delay is not over",
            Self::NotArbiter => "The signer is not the ballot's arbiter",
            Self::NotArbitrable => "Only a ballot without a quorum waits for the arbiter",
            Self::NotAppealable => "The ballot cannot be appealed",
            Self::AppealWindowOver => "The appeal window is over",
            Self::BallotNotOver => "Something can still come of the ballot",
            Self::WrongVoter => "The vote belongs to another voter",
            Self::BallotNotRead => "The ballot's outcome was not read yet",
            Self::BadTrigger => {
                "The trigger's source and parameters are incomplete, out of bounds, or not this trigger's"
            }
            Self::WrongPriceOwner => "The price account does not belong to Pyth's receiver program",
            Self::NotAPrice => "The account is no price update",
            Self::PriceNotVerified => "The price update is not fully verified",
            Self::WrongFeed => "The price is of another feed than the product's",
            Self::WrongExponent => "The price has another exponent than the product's strike",
            Self::BadPrice => "The price is not positive, or its confidence or time is out of range",
            Self::PriceFromFuture => "The price was published later than now",
            Self::PriceStale => "The price is older than the product allows",
            Self::PriceNotNewer => "A price as new or newer was observed before",
            Self::NoBreach => "No breach has lasted long enough",
            Self::PriceOutsideBreach => "The price was published outside the breach",
            Self::PriceBelowStrike => "The price may have been below the strike",
            Self::BreachRunning => "The product's price is in breach: nothing is sold until it has recovered",
            Self::AlreadyChallenged => "The incident was challenged already",
            Self::ChallengeOver => "The time to challenge the incident is over",
            Self::ChallengeOpen => "The incident can still be challenged",
            Self::AlreadyRefuted => "The incident was refuted already",
            Self::NotTriggerAuthority => "The signer is not the address the product lets draw",
            Self::DrawLimited => "Less can be drawn now than the least the caller asked for",
            Self::ZeroAddress => "The authority and the treasury must not be the zero address",
            Self::ChangeProduct => "A change of a product needs the product's account, and only such a change",
            Self::NotProposer => "The signer neither proposed the change nor is the pool's authority",
            Self::ChangeNotProposed => "The change does not wait for a ballot",
            Self::ChangeNotQueued => "The change is not queued",
            Self::ChangeNotDue => "The wait of the change is not over",
            Self::ChangeLapsed => "The change has lapsed",
            Self::ChangeByBallot => "A change that a ballot decides on cannot be withdrawn",
            Self::ChangeNotOver => "The change can still be applied, or its bond is not collected",
            Self::NotPendingAuthority => "The signer has not been offered the authority",
            Self::NotGuardian => "The signer is not the pool's guardian",
            Self::Paused => "Sales and deposits are paused",
            Self::PauseTooSoon => "No pause can begin within seven days after another",
            Self::PauseTooLong => "A pause must not be longer than seven days",
            Self::NotPaused => "No pause runs",
            Self::ProductNotListed => "The product is a draft: a change must list it first",
            Self::ExitsWait => "Exits that were asked for in time must be settled first",
            Self::TransferFeeExtension => "Mints with the extension TransferFeeConfig cannot be used",
            Self::MintCloseAuthorityExtension => "Mints with the extension MintCloseAuthority cannot be used",
            Self::ConfidentialTransferExtension => {
                "Mints with the extensions ConfidentialTransferMint, ConfidentialTransferFeeConfig or ConfidentialMintBurn cannot be used"
            }
            Self::DefaultAccountStateExtension => "Mints with the extension DefaultAccountState cannot be used",
            Self::NonTransferableExtension => "Mints with the extension NonTransferable cannot be used",
            Self::PermanentDelegateExtension => "Mints with the extension PermanentDelegate cannot be used",
            Self::TransferHookExtension => "Mints with the extension TransferHook cannot be used",
            Self::GroupExtension => {
                "Mints with the extensions GroupPointer, TokenGroup, GroupMemberPointer or TokenGroupMember cannot be used"
            }
            Self::PausableExtension => "Mints with the extension Pausable cannot be used",
            Self::PermissionedBurnExtension => "Mints with the extension PermissionedBurn cannot be used",
            Self::UnknownExtension => "The mint has an extension that this program does not know",
            Self::MalformedExtensions => "The mint's extensions cannot be read",
        }
    }
}

impl core::fmt::Display for BreakwaterError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for BreakwaterError {}
