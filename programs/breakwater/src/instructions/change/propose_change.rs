// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, Origin, Pool, Product, Proposal, events::ChangeProposed, seeds};

/// Accounts of `propose_change`.
#[derive(Accounts)]
#[instruction(id: u64)]
pub struct ProposeChange {
    /// The pool's authority.
    #[account(address = pool.authority @ BreakwaterError::NotPoolAuthority)]
    pub authority: Signer,
    /// Pays the rent; may be the authority.
    #[account(unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product, for a change of one.
    #[account(constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Option<Account<Product>>,
    /// The new change.
    #[account(init, payer = payer, seeds = [seeds::CHANGE, pool.address().as_ref(), authority.address().as_ref(), &id.to_le_bytes()], bump)]
    pub change: Account<Change>,
    /// System program.
    pub system_program: Program<System>,
}

/// Queues a change: anyone can apply it once the pool's timelock has passed, and those have left who asked to in time where it
/// raises what LPs risk. The pool's authority only.
///
/// No money moves, so it accrues nothing.
pub fn propose_change(ctx: &mut Context<ProposeChange>, id: u64, proposal: Proposal) -> Result<()> {
    let bump = ctx.bumps.change;
    let accounts = &mut ctx.accounts;
    let origin = Origin {
        bump,
        pool: *accounts.pool.address(),
        product: accounts.product.as_ref().map(|product| *product.address()),
        proposer: *accounts.authority.address(),
        id,
        rent_payer: *accounts.payer.address(),
    };
    accounts.change.order(&mut accounts.pool, accounts.product.as_deref(), &proposal, origin, now()?)?;

    let change = &accounts.change;
    log(&ChangeProposed {
        pool: change.pool,
        change: *change.address(),
        product: change.product,
        proposer: change.proposer,
        ballot: change.ballot,
        proposal: change.proposal,
        bond: change.bond,
        applies_at: change.applies_at,
        earned: 0,
        books: accounts.pool.books(),
    });
    Ok(())
}
