use crate::{
    breakwater,
    error::IntegratorError,
    state::{VENUE, Venue},
};
use anchor_lang::prelude::*;
use anchor_spl::{
    associated_token::AssociatedToken,
    token_interface::{Mint, TokenAccount, TokenInterface},
};

/// Accounts of `open_venue`.
#[derive(Accounts)]
pub struct OpenVenue {
    /// Pays the rent; a seed of the venue.
    #[account(mut)]
    pub operator: Signer,
    /// The new venue.
    #[account(init, payer = operator, seeds = [VENUE, operator.address().as_ref()], bump)]
    pub venue: Account<Venue>,
    /// Its new token account: the associated one, into which anyone pays what was booked.
    #[account(init, payer = operator, associated_token::mint = asset_mint, associated_token::authority = venue,
        associated_token::token_program = token_program)]
    pub venue_tokens: InterfaceAccount<TokenAccount>,
    /// Breakwater's product: one that this venue may draw on.
    #[account(constraint(anchor_lang::address_eq(&product.trigger_source, venue.address()) @ IntegratorError::WrongProduct))]
    pub product: Account<breakwater::Product>,
    /// Mint of the pool's asset. A wrong one only makes a venue that cannot draw.
    pub asset_mint: InterfaceAccount<Mint>,
    /// Token program of the asset.
    pub token_program: Interface<'static, TokenInterface>,
    /// The program of associated token accounts.
    pub associated_token_program: Program<AssociatedToken>,
    /// System program.
    pub system_program: Program<System>,
}

/// Opens the venue of its operator, whom the pool has listed a product for.
pub fn open_venue(ctx: &mut Context<OpenVenue>) -> Result<()> {
    let bump = ctx.bumps.venue;
    let accounts = &mut ctx.accounts;
    let venue = &mut accounts.venue;
    venue.operator = *accounts.operator.address();
    venue.tokens = *accounts.venue_tokens.address();
    venue.product = *accounts.product.address();
    venue.bump = bump;
    Ok(())
}
