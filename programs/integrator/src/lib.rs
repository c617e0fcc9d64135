//! An example of two protocols on top of Breakwater, built from its IDL alone.
//!
//! A vault takes deposits and in the same transaction buys cover for each; it can also hold a policy of its own and
//! claim on it. A trading venue draws what a liquidation left unpaid. docs/integrators.md explains both, with this code.
//!
//! It is made to be copied from, not deployed: nothing can be withdrawn, and one key runs each vault and venue.

extern crate alloc;

pub mod call;
pub mod error;
pub mod instructions;
pub mod state;

use anchor_lang::prelude::*;
pub use instructions::*;

declare_id!("Examp1e1ntegrator11111111111111111111111111");

// Reads idls/breakwater.json at compile time.
declare_program!(breakwater);

/// The instructions.
#[program]
pub mod integrator {
    use super::*;

    /// Opens the vault of its manager, whose deposits are covered by a product of a pool. The manager signs.
    pub fn open_vault(ctx: &mut Context<OpenVault>, term_days: u16, commission_bps: u16) -> Result<()> {
        instructions::open_vault(ctx, term_days, commission_bps)
    }

    /// Deposits `amount` and buys cover for it, for at most `max_premium`. The user signs.
    pub fn deposit_covered(
        ctx: &mut Context<DepositCovered>,
        policy_id: u64,
        amount: u64,
        max_premium: u64,
    ) -> Result<()> {
        instructions::deposit_covered(ctx, policy_id, amount, max_premium)
    }

    /// Spends at most `total` on a deposit of at least `min_deposit` and its cover. The user signs.
    pub fn deposit_total(
        ctx: &mut Context<DepositCovered>,
        policy_id: u64,
        total: u64,
        min_deposit: u64,
    ) -> Result<()> {
        instructions::deposit_total(ctx, policy_id, total, min_deposit)
    }

    /// Buys cover that the vault itself holds. The manager signs and pays.
    pub fn insure(ctx: &mut Context<Insure>, policy_id: u64, amount: u64, max_premium: u64) -> Result<()> {
        instructions::insure(ctx, policy_id, amount, max_premium)
    }

    /// Files the vault's claim of a loss; the bond comes from the vault's tokens, and the payout goes to them. The
    /// manager signs.
    pub fn claim(ctx: &mut Context<ClaimLoss>, report: LossReport) -> Result<()> {
        instructions::claim(ctx, report)
    }

    /// Opens the venue of its operator, which may draw on a product. The operator signs.
    pub fn open_venue(ctx: &mut Context<OpenVenue>) -> Result<()> {
        instructions::open_venue(ctx)
    }

    /// Closes a position of the venue at a loss, and draws the loss from the venue's policy. The operator signs.
    pub fn liquidate(ctx: &mut Context<Liquidate>, debt: u64, proceeds: u64, min_paid: u64) -> Result<()> {
        instructions::liquidate(ctx, debt, proceeds, min_paid)
    }
}
