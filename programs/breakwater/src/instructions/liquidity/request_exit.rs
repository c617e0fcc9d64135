// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{
    clock::now,
    log::log,
    token::{self, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, ExitTicket, Pool, TicketKeys, events::ExitRequested, seeds};

/// Accounts of `request_exit`.
#[derive(Accounts)]
#[instruction(id: u64, day: u64)]
pub struct RequestExit {
    /// Owner of the shares; pays the rent.
    #[account(mut)]
    pub owner: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The new ticket.
    #[account(init, payer = owner, seeds = [seeds::EXIT_TICKET, pool.address().as_ref(), owner.address().as_ref(), &id.to_le_bytes()], bump)]
    pub ticket: Account<ExitTicket>,
    /// The exit epoch of the day; created by the first ticket.
    #[account(init_if_needed, payer = owner, seeds = [seeds::EXIT_EPOCH, pool.address().as_ref(), &day.to_le_bytes()], bump)]
    pub epoch: Account<ExitEpoch>,
    /// Where the shares come from.
    #[account(mut)]
    pub owner_shares: TokenAccount,
    /// The pool's account of shares on their way out.
    #[account(mut, address = pool.exit_escrow @ BreakwaterError::WrongVault)]
    pub exit_escrow: TokenAccount,
    /// Token account that is to be paid.
    #[account(
        constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint),
        constraint(!anchor_lang::address_eq(receiver.address(), &pool.vault) @ BreakwaterError::WrongReceiver))]
    pub receiver: TokenAccount,
    /// Token program of the shares.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Puts `shares` on their way out as ticket number `id` of their owner: they settle with all of the exit epoch of
/// `day`, which must be the exit delay from today. There is no way back, and they bear losses until then.
pub fn request_exit(ctx: &mut Context<RequestExit>, id: u64, day: u64, shares: u64) -> Result<()> {
    let (bump, epoch_bump) = (ctx.bumps.ticket, ctx.bumps.epoch);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    require!(shares > 0, BreakwaterError::ZeroAmount);
    let earned = accounts.pool.accrue(now)?;
    accounts.pool.request_exit(shares, day, now)?;

    let (pool, owner) = (*accounts.pool.address(), *accounts.owner.address());
    if accounts.epoch.version == 0 {
        accounts.epoch.begin(epoch_bump, pool, owner, day);
    }
    let receiver = *accounts.receiver.account();
    let keys = TicketKeys { bump, pool: &pool, owner: &owner, receiver: receiver.address(), id };
    accounts.ticket.request(&keys, shares, &mut accounts.epoch, now)?;

    token::escrow_shares(
        &accounts.token_program,
        &mut accounts.owner_shares,
        &mut accounts.exit_escrow,
        &accounts.owner,
        shares,
    )?;

    log(&ExitRequested {
        pool,
        ticket: *accounts.ticket.address(),
        owner,
        shares,
        day,
        epoch_shares: accounts.epoch.shares,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
