//! Breakwater: mutual coverage pools.
//!
//! LPs deposit a token into a pool and earn premiums by the second. Buyers pay a premium for cover against a listed
//! risk. When something happens, an incident is opened, an assembly of stakers decides whether it counts, holders file
//! claims, and everybody is paid by one factor. Every step that time allows can be taken by anyone.

extern crate alloc;

pub mod constants;
pub mod error;
pub mod events;
pub mod instructions;
pub mod seeds;
pub mod state;
pub mod token;

use anchor_lang::prelude::*;
pub use instructions::*;

declare_id!("Breakwater111111111111111111111111111111111");

/// The instructions. Their first data byte is fixed for good.
#[program]
pub mod breakwater {
    use super::*;

    /// Creates an assembly of the stakers of a mint. Anyone may.
    #[discrim = 0]
    pub fn create_assembly(ctx: &mut Context<CreateAssembly>, params: AssemblyParams) -> Result<()> {
        instructions::create_assembly(ctx, params)
    }

    /// Stakes `amount` atoms of the governance token. The owner signs.
    #[discrim = 1]
    pub fn stake(ctx: &mut Context<Stake>, amount: u64) -> Result<()> {
        instructions::stake(ctx, amount)
    }

    /// Casts the owner's weight on a side of a ballot: 0 against, 1 for. The owner signs.
    #[discrim = 2]
    pub fn vote(ctx: &mut Context<Vote>, side: u8) -> Result<()> {
        instructions::vote(ctx, side)
    }

    /// Closes a ballot whose time is over. Anyone may.
    #[discrim = 3]
    pub fn close_ballot(ctx: &mut Context<CloseBallot>) -> Result<()> {
        instructions::close_ballot(ctx)
    }

    /// Creates pool number `id` of its creator. Anyone may.
    #[discrim = 16]
    pub fn create_pool(ctx: &mut Context<CreatePool>, id: u64, params: PoolParams) -> Result<()> {
        instructions::create_pool(ctx, id, params)
    }

    /// Lists a product. The pool's authority signs.
    #[discrim = 17]
    pub fn list_product(ctx: &mut Context<ListProduct>, params: ProductParams) -> Result<()> {
        instructions::list_product(ctx, params)
    }

    /// Deposits `amount` atoms for at least `min_shares`. The owner signs.
    #[discrim = 32]
    pub fn deposit(ctx: &mut Context<Deposit>, amount: u64, min_shares: u64) -> Result<()> {
        instructions::deposit(ctx, amount, min_shares)
    }

    /// Buys policy number `id` of its payer, for any holder. The payer signs.
    #[discrim = 48]
    pub fn buy_cover(ctx: &mut Context<BuyCover>, id: u64, request: CoverRequest) -> Result<()> {
        instructions::buy_cover(ctx, id, request)
    }

    /// Opens an incident on a product, with a bond. Anyone may.
    #[discrim = 64]
    pub fn open_incident(ctx: &mut Context<OpenIncident>, report: IncidentReport) -> Result<()> {
        instructions::open_incident(ctx, report)
    }

    /// Files a claim of a policy in an incident, with a bond. The holder signs.
    #[discrim = 65]
    pub fn submit_claim(ctx: &mut Context<SubmitClaim>, request: ClaimRequest) -> Result<()> {
        instructions::submit_claim(ctx, request)
    }

    /// Settles or rejects an incident whose ballot is final. Anyone may.
    #[discrim = 66]
    pub fn settle_incident(ctx: &mut Context<SettleIncident>) -> Result<()> {
        instructions::settle_incident(ctx)
    }

    /// Pays a claim what it has due. Anyone may.
    #[discrim = 67]
    pub fn payout(ctx: &mut Context<Payout>) -> Result<()> {
        instructions::payout(ctx)
    }

    /// Gives an incident's bond back to its opener. Anyone may.
    #[discrim = 68]
    pub fn collect_incident_bond(ctx: &mut Context<CollectIncidentBond>) -> Result<()> {
        instructions::collect_incident_bond(ctx)
    }
}
