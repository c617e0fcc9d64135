use crate::{clock::now, log::log, shares};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Change, ExitEpoch, Pool, Product, events::ChangeApplied};

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
    /// The new assembly; for a change of the court.
    #[account(mut)]
    pub court: Option<Account<Assembly>>,
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

/// Applies a queued change once the timelock it was queued with has passed: the pool or the product
/// takes the new value, whose bounds are checked again. Policies, open incidents and running ballots have copies of what they
/// need. Where it can raise what LPs risk, everybody who asked in time to leave before it has to be gone, whatever keeps them.
/// Anyone may.
///
/// No money moves, so it accrues nothing.
pub fn apply_change(ctx: &mut Context<ApplyChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let court_address = accounts.court.as_ref().map(|court| *court.address());
    let court = court_address.as_ref().zip(accounts.court.as_deref_mut());
    let (pool, product) = (&mut accounts.pool, accounts.product.as_deref_mut());
    let before = accounts.change.apply(pool, product, accounts.first_exit.as_deref(), court, now)?;
    if let Some(words) = &accounts.change.share_words()? {
        let payer = accounts.payer.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        let mint = accounts.share_mint.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        let program = accounts.share_token_program.as_ref().ok_or(BreakwaterError::BadShareWords)?;
        shares::rename(payer, program, &mut accounts.pool, mint, words)?;
    }

    log(&ChangeApplied {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        before,
        after: accounts.change.brief(),
    });
    Ok(())
}
