use crate::{clock::now, log::log, shares, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Change, ExitEpoch, Pool, Product, Proposal, events::ChangeApplied};

/// Accounts of `apply_change`.
#[derive(Accounts)]
pub struct ApplyChange {
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// The product, for a change of one.
    #[account(mut, address = change.product @ BreakwaterError::WrongProduct)]
    pub product: Option<Account<Product>>,
    /// The first exit epoch that is not paid in full; none when none waits.
    #[account(constraint(anchor_lang::address_eq(&first_exit.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub first_exit: Option<Account<ExitEpoch>>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Pays for what the words of the shares grow by; for a change of those.
    #[account(mut)]
    pub payer: Option<Signer>,
    /// Mint of the shares; for a change of what wallets show of them.
    #[account(mut, address = pool.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: Option<UncheckedAccount>,
    /// Token program of the shares; for such a change.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: Option<UncheckedAccount>,
    /// System program.
    pub system_program: Program<System>,
}

/// Applies a queued change once the timelock it was queued with, and the pool's of now, have passed, and within 30 days
/// after the first: the pool or the product takes the new values, whose bounds are checked again. Policies, open incidents
/// and running ballots have copies of what they need. Anyone who asked in time to leave before it has to be gone, unless
/// cover needs their capital. Anyone may.
pub fn apply_change(ctx: &mut Context<ApplyChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    if let Some(product) = &mut accounts.product {
        product.roll(&mut accounts.pool, now)?;
    }
    let proposal = accounts.change.execute(&accounts.pool, accounts.first_exit.as_deref(), now)?;
    let before = proposal.apply(&mut accounts.pool, accounts.product.as_deref_mut())?;
    if let Proposal::Shares(words) = &proposal {
        let payer = accounts.payer.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        let mint = accounts.share_mint.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        let program = accounts.share_token_program.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        shares::rename(payer, program, &mut accounts.pool, mint, words)?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ChangeApplied {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        product: accounts.change.product,
        before: before.to_bytes()?,
        after: accounts.change.proposal,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
