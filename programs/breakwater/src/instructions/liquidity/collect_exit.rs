use crate::{
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, ExitTicket, Pool, events::ExitCollected};

/// Accounts of `collect_exit`.
#[derive(Accounts)]
pub struct CollectExit {
    /// Gets the tip when the ticket ends.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = ticket.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The exit epoch in which the ticket stands.
    #[account(mut,
        constraint(anchor_lang::address_eq(&epoch.pool, pool.address()) @ BreakwaterError::WrongPool),
        constraint(epoch.day == ticket.epoch_day @ BreakwaterError::WrongExitEpoch))]
    pub epoch: Account<ExitEpoch>,
    /// The ticket.
    #[account(mut)]
    pub ticket: Account<ExitTicket>,
    /// Owner of the ticket; need not sign.
    #[account(address = ticket.owner @ BreakwaterError::WrongTokenOwner)]
    pub owner: UncheckedAccount,
    /// Who paid the ticket's rent and gets it back.
    #[account(mut, address = ticket.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The ticket's receiver; any token account when the owner signs.
    #[account(mut, constraint(
        anchor_lang::address_eq(receiver.address(), &ticket.receiver) || owner.account().is_signer()
            @ BreakwaterError::WrongReceiver))]
    pub receiver: TokenAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Takes a ticket through the settled exit epoch in which it stands and pays what it has there to its receiver. Anyone
/// may. In an epoch that left nothing over the ticket ends and is closed: the caller gets a tip of its rent.
///
/// It moves what is set aside for exits, which time does not change, so it accrues nothing.
pub fn collect_exit(ctx: &mut Context<CollectExit>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let amount = accounts.ticket.walk(&mut accounts.epoch)?;
    let over = accounts.epoch.carried_to_day == 0;
    accounts.pool.pay_exit(amount)?;
    if amount > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_out(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            amount,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ExitCollected {
        pool: *accounts.pool.address(),
        ticket: *accounts.ticket.address(),
        owner: accounts.ticket.owner,
        receiver: *accounts.receiver.address(),
        day: accounts.epoch.day,
        amount,
        shares_left: accounts.ticket.shares,
        books: accounts.pool.books(),
    });
    if over {
        rent::close_for(&mut accounts.ticket, &accounts.rent_payer, &accounts.caller)?;
    }
    Ok(())
}
