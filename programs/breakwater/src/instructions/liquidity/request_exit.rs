// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{
    clock::now,
    log::log,
    rent,
    token::{self, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, EpochKeys, ExitEpoch, ExitTicket, Pool, TicketKeys, events::ExitRequested, seeds,
};

/// Accounts of `request_exit`.
#[derive(Accounts)]
#[instruction(id: u64, number: u64)]
pub struct RequestExit {
    /// Owner of the shares.
    pub owner: Signer,
    /// Pays the rent and the tip; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The new ticket.
    #[account(init, payer = payer, seeds = [seeds::EXIT_TICKET, pool.address().as_ref(), owner.address().as_ref(), &id.to_le_bytes()], bump)]
    pub ticket: Account<ExitTicket>,
    /// The exit epoch that the ticket joins; created by the first ticket.
    #[account(init_if_needed, payer = payer, seeds = [seeds::EXIT_EPOCH, pool.address().as_ref(), &number.to_le_bytes()], bump)]
    pub epoch: Account<ExitEpoch>,
    /// Where the shares come from.
    #[account(mut)]
    pub owner_shares: UncheckedAccount,
    /// The pool's account of shares on their way out.
    #[account(mut, address = pool.exit_escrow @ BreakwaterError::WrongVault)]
    pub exit_escrow: UncheckedAccount,
    /// Token account that is to be paid.
    #[account(
        constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint),
        constraint(!anchor_lang::address_eq(receiver.address(), &pool.vault) @ BreakwaterError::WrongReceiver))]
    pub receiver: TokenAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Puts `shares` on their way out as ticket number `id` of their owner, in exit epoch `number`: the one whose day is the
/// first that begins at least the exit delay from now. There is no way back, and they bear losses until they are paid.
pub fn request_exit(ctx: &mut Context<RequestExit>, id: u64, number: u64, shares: u64) -> Result<()> {
    let (bump, epoch_bump) = (ctx.bumps.ticket, ctx.bumps.epoch);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    require!(shares > 0, BreakwaterError::ZeroAmount);
    let earned = accounts.pool.accrue(now)?;
    let day = accounts.pool.request_exit(shares, number, now)?;

    let (pool, owner) = (*accounts.pool.account(), *accounts.owner.account());
    let (receiver, payer) = (*accounts.receiver.account(), *accounts.payer.account());
    if accounts.epoch.version == 0 {
        let keys = EpochKeys { bump: epoch_bump, pool: pool.address(), number, rent_payer: payer.address() };
        accounts.epoch.begin(&keys, day, now);
        rent::set_tips_aside(&mut accounts.payer, &mut accounts.epoch, 1)?;
    }
    let keys = TicketKeys {
        bump,
        pool: pool.address(),
        owner: owner.address(),
        receiver: receiver.address(),
        rent_payer: payer.address(),
        id,
    };
    accounts.ticket.request(&keys, shares, &mut accounts.epoch, now)?;

    token::escrow_shares(
        &accounts.share_token_program,
        &mut accounts.owner_shares,
        &mut accounts.exit_escrow,
        &accounts.owner,
        shares,
    )?;

    log(&ExitRequested {
        pool: *pool.address(),
        ticket: *accounts.ticket.address(),
        owner: *owner.address(),
        shares,
        epoch: number,
        day,
        epoch_shares: accounts.epoch.shares,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
