use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{AccountInitialize, accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, Drawn, ID, Incident, IncidentKeys, NOBODY, OrOverflow, Policy, Pool, Product, events::CoverDrawn,
    seeds,
};

/// Accounts of `draw`.
#[derive(Accounts)]
pub struct Draw {
    /// The address that the product lets draw; may be the holder.
    #[account(constraint(anchor_lang::address_eq(authority.address(), &product.trigger_source) @ BreakwaterError::NotTriggerAuthority))]
    pub authority: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut, constraint(anchor_lang::address_eq(&policy.product, product.address()) @ BreakwaterError::WrongProduct))]
    pub policy: Account<Policy>,
    /// Holder of the policy; need not sign.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: UncheckedAccount,
    /// Token account that is paid: the holder's associated one; any when the holder signs.
    #[account(mut)]
    pub receiver: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Pays the rent and the tip of a booking; none where nothing may have to be booked.
    #[account(mut, unsafe(dup))]
    pub payer: Option<Signer>,
    /// Where the booking would be: the product's next incident; none where nothing may have to be booked.
    #[account(mut)]
    pub incident: Option<UncheckedAccount>,
    /// System program.
    pub system_program: Program<System>,
}

/// Reports a `loss` of the covered program. What all losses so far exceed the deductible by, within the sum insured and less
/// what was drawn before, is paid to the holder at once as far as the product's bucket allows and accepted incidents leave
/// capital; the rest is booked: set aside, and paid by anyone as the bucket fills. Fails when it would pay less than
/// `min_paid` at once, or would have to book and the accounts for that are missing. What finds no room in the sum insured waits until
/// a booking has ended for less: then a `loss` of nothing draws for it. What a cancellation refunded is given back first, out of what is
/// paid. Returns the atoms that the holder gets. The address that the product names only.
pub fn draw(ctx: &mut Context<Draw>, loss: u64, min_paid: u64) -> Result<u64> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (product, pool) = (&mut accounts.product, &mut accounts.pool);
    let drawn = accounts.policy.draw(loss, min_paid, product, pool, now)?;
    let booking = if drawn.booked > 0 { accounts.book(&drawn, now)? } else { NOBODY };
    let Drawn { paid, leaves, booked, .. } = drawn;

    if leaves > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            &accounts.holder,
            leaves,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverDrawn {
        policy: *accounts.policy.address(),
        loss,
        paid,
        given_back: paid.checked_sub(leaves).or_overflow()?,
        booked,
        booking,
        earned,
        books: accounts.pool.books(),
    });
    Ok(leaves)
}

impl Draw {
    /// Creates the booking of what was not paid, and returns where it is.
    #[cold]
    fn book(&mut self, drawn: &Drawn, now: u64) -> Result<Address> {
        let Self { payer: Some(payer), incident: Some(target), .. } = self else {
            return Err(BreakwaterError::BookingMissing.into());
        };
        let (product, policy, authority) = (*self.product.address(), *self.policy.address(), *self.authority.address());
        let index = self.product.incident_count.to_le_bytes();
        let found = [seeds::INCIDENT, product.as_ref(), &index];
        let bump = anchor_lang::find_and_verify_program_address(&found, &ID, target.address())?;
        let signer = [seeds::INCIDENT, product.as_ref(), &index, &[bump]];
        let mut incident = Account::<Incident>::create_and_initialize(
            payer.account(),
            target.account(),
            <Account<Incident> as Space>::INIT_SPACE,
            &ID,
            &(),
            Some(&signer),
            None,
        )?;
        let rent_payer = *payer.address();
        let keys = IncidentKeys {
            incident: target.address(),
            bump,
            product: &product,
            opener: &authority,
            rent_payer: &rent_payer,
        };
        self.product.roll(&mut self.pool, now)?;
        let policy = (&policy, &mut *self.policy);
        incident.book(&keys, drawn, policy, &mut self.pool, &mut self.product, now)?;
        rent::set_tips_aside(payer, &mut incident, Incident::BOOKING_TIPS)?;
        Ok(*target.address())
    }
}
