use crate::{
    breakwater::{self, program::Breakwater},
    error::IntegratorError,
    state::{VENUE, Venue},
};
use anchor_lang::prelude::*;

/// Accounts of `liquidate`.
#[derive(Accounts)]
pub struct Liquidate {
    /// Runs the venue, and pays the rent of a booking.
    #[account(mut, address = venue.operator @ IntegratorError::NotOperator)]
    pub operator: Signer,
    /// The venue: holds the policy, and signs that it lost.
    #[account(mut)]
    pub venue: Account<Venue>,
    /// Where the cover is paid to.
    #[account(mut, address = venue.tokens @ IntegratorError::WrongTokens)]
    pub venue_tokens: UncheckedAccount,
    /// Breakwater's pool. Breakwater checks that the product is of it.
    #[account(mut)]
    pub pool: UncheckedAccount,
    /// Breakwater's product.
    #[account(mut, address = venue.product @ IntegratorError::WrongProduct)]
    pub product: UncheckedAccount,
    /// The policy. Breakwater checks that it is of the product and that the venue holds it.
    #[account(mut)]
    pub policy: UncheckedAccount,
    /// The pool's vault.
    #[account(mut)]
    pub pool_vault: UncheckedAccount,
    /// Mint of the asset.
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    pub token_program: UncheckedAccount,
    /// Breakwater.
    pub breakwater_program: Program<Breakwater>,
    /// Where Breakwater would book what it cannot pay at once; none where all of it has to be paid.
    #[account(mut)]
    pub incident: Option<UncheckedAccount>,
    /// System program.
    pub system_program: Program<System>,
}

/// Closes a position that owes `debt` and was sold for `proceeds`, and draws what is missing: at least `min_paid` of it.
/// What cannot be paid at once is booked, and anyone pays it into the venue's tokens later. The venue's shortfall is what was not
/// paid at once.
pub fn liquidate(ctx: &mut Context<Liquidate>, debt: u64, proceeds: u64, min_paid: u64) -> Result<()> {
    let loss = debt.saturating_sub(proceeds);
    if loss == 0 {
        return Ok(());
    }
    let paid = ctx.accounts.draw(loss, min_paid)?;
    let venue = &mut ctx.accounts.venue;
    let shortfall = venue.shortfall.checked_add(loss).and_then(|shortfall| shortfall.checked_sub(paid));
    venue.shortfall = shortfall.ok_or(IntegratorError::Overflow)?;
    Ok(())
}

impl Liquidate {
    /// Draws on the policy for a `loss`, signed by the venue's address, and returns what was paid.
    fn draw(&mut self, loss: u64, min_paid: u64) -> Result<u64> {
        let (operator, bump) = (self.venue.operator, [self.venue.bump]);
        let seeds: [&[u8]; 3] = [VENUE, operator.as_ref(), &bump];
        let signer = [&seeds[..]];
        // Authority and holder at once.
        let venue = self.venue.try_cpi_handle_mut()?;
        let accounts = breakwater::cpi::accounts::Draw {
            authority: venue.into(),
            pool: self.pool.try_cpi_handle_mut()?,
            product: self.product.try_cpi_handle_mut()?,
            policy: self.policy.try_cpi_handle_mut()?,
            holder: venue.into(),
            receiver: self.venue_tokens.try_cpi_handle_mut()?,
            vault: self.pool_vault.try_cpi_handle_mut()?,
            asset_mint: self.asset_mint.cpi_handle(),
            token_program: self.token_program.cpi_handle(),
            payer: Some(self.operator.try_cpi_handle_mut()?),
            incident: self.incident.as_mut().map(|incident| incident.try_cpi_handle_mut()).transpose()?,
            system_program: self.system_program.cpi_handle(),
        };
        let context = CpiContext::new_with_signer(self.breakwater_program.address(), accounts, &signer);
        Ok(breakwater::cpi::draw(context, loss, min_paid)?.get())
    }
}
