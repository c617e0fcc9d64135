// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{
    clock::now,
    court,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Change, Opening, OrOverflow, Origin, Pool, Product, Proposal, Side, Voter,
    constants::CHANGE_APPEAL_WINDOW, events::ChangeProposed, seeds,
};

/// Accounts of `petition_change`.
#[derive(Accounts)]
#[instruction(id: u64)]
pub struct PetitionChange {
    /// A staker; pays the bond.
    #[account(address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: Signer,
    /// Pays the rent and the tips; may be the staker.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The staker's voter account.
    #[account(constraint(anchor_lang::address_eq(&voter.assembly, &pool.assembly) @ BreakwaterError::WrongAssembly))]
    pub voter: Account<Voter>,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product, for a change of one.
    #[account(constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Option<Account<Product>>,
    /// The new change.
    #[account(init, payer = payer, seeds = [seeds::CHANGE, pool.address().as_ref(), owner.address().as_ref(), &id.to_le_bytes()], bump)]
    pub change: Account<Change>,
    /// The pool's assembly.
    #[account(address = pool.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The new ballot on the change.
    #[account(init, payer = payer, seeds = [seeds::BALLOT, change.address().as_ref()], bump)]
    pub ballot: Account<Ballot>,
    /// Where the bond comes from.
    #[account(mut)]
    pub owner_token: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Puts a change to a ballot of the pool's assembly. It costs four times the voters' reward, and at least the least
/// premium: the reward is paid with it, the rest is a bond that comes back unless the ballot is against the change. A
/// staker whose stake counts in the ballot only.
pub fn petition_change(ctx: &mut Context<PetitionChange>, id: u64, proposal: Proposal) -> Result<()> {
    let (bump, ballot_bump) = (ctx.bumps.change, ctx.bumps.ballot);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;

    let (pool_address, ballot_address) = (*accounts.pool.address(), *accounts.ballot.address());
    let change_address = *accounts.change.address();
    let (proposer, rent_payer) = (*accounts.owner.address(), *accounts.payer.address());
    let product = accounts.product.as_ref().map(|product| *product.address());
    let origin = Origin { bump, pool: pool_address, product, proposer, id, rent_payer };
    let (change, pool) = (&mut accounts.change, &mut accounts.pool);
    let paid = change.petition(pool, accounts.product.as_deref(), &proposal, origin, ballot_address)?;
    let opening = Opening {
        bump: ballot_bump,
        subject: &change_address,
        rent_payer: &rent_payer,
        opens_at: now,
        appeal_window: CHANGE_APPEAL_WINDOW,
        bond: change.bond,
        reward: paid.checked_sub(change.bond).or_overflow()?,
        default: Side::Against,
        graded: false,
        stake_floor: accounts.pool.stake_floor,
        arbitrable: false,
    };
    court::call(&mut accounts.ballot, &accounts.assembly, &mut accounts.pool, &mut accounts.payer, &opening, now)?;
    require!(accounts.voter.weight(accounts.ballot.eligible_before)? > 0, BreakwaterError::NoWeight);

    rent::set_tips_aside(&mut accounts.payer, &mut accounts.change, 1)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.owner_token,
        &mut accounts.vault,
        &accounts.owner,
        paid,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    let change = &accounts.change;
    log(&ChangeProposed {
        pool: change.pool,
        change: change_address,
        product: change.product,
        proposer: change.proposer,
        ballot: change.ballot,
        proposal: change.proposal,
        bond: change.bond,
        applies_at: change.applies_at,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
