// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{
    breakwater::{self, CoverRequest, program::Breakwater},
    call::call,
    error::IntegratorError,
    state::{POSITION, Position, Vault},
};
use anchor_lang::prelude::*;
use anchor_spl::token_interface::{self, TransferChecked};

/// Accounts of `deposit_covered` and `deposit_total`.
#[derive(Accounts)]
#[instruction(policy_id: u64)]
pub struct DepositCovered {
    /// Deposits, pays the premium and the rents, and holds the policy.
    #[account(mut)]
    pub user: Signer,
    /// The vault.
    #[account(mut)]
    pub vault: Account<Vault>,
    /// What the user will have in the vault under this number.
    #[account(init, payer = user, seeds = [POSITION, vault.address().as_ref(), user.address().as_ref(), &policy_id.to_le_bytes()], bump)]
    pub position: Account<Position>,
    /// Where deposit and premium come from.
    #[account(mut)]
    pub user_tokens: UncheckedAccount,
    /// The vault's token account.
    #[account(mut, address = vault.tokens @ IntegratorError::WrongTokens)]
    pub vault_tokens: UncheckedAccount,
    /// Where the commission goes; none without a commission.
    #[account(mut, address = vault.fee_tokens @ IntegratorError::WrongFeeTokens)]
    pub fee_tokens: Option<UncheckedAccount>,
    /// The one pool that the vault trusts.
    #[account(mut, address = vault.pool @ IntegratorError::WrongPool)]
    pub pool: UncheckedAccount,
    /// The one product that covers what can happen to the vault.
    #[account(mut, address = vault.product @ IntegratorError::WrongProduct)]
    pub product: UncheckedAccount,
    /// The new policy. Breakwater checks its address: policy, product, user, number.
    #[account(mut)]
    pub policy: UncheckedAccount,
    /// The assembly that decides on it. Breakwater checks it.
    pub assembly: UncheckedAccount,
    /// The pool's vault. Breakwater checks it.
    #[account(mut)]
    pub pool_vault: UncheckedAccount,
    /// Mint of the asset.
    #[account(address = vault.asset_mint @ IntegratorError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = vault.token_program @ IntegratorError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Breakwater: the type checks the address in the IDL.
    pub breakwater_program: Program<Breakwater>,
    /// System program.
    pub system_program: Program<System>,
}

impl DepositCovered {
    /// Buys cover of `amount` for the user, who pays at most `max_premium`, the commission included.
    fn buy_cover(&mut self, policy_id: u64, amount: u64, max_premium: u64) -> Result<()> {
        let request = CoverRequest {
            amount,
            max_premium,
            holder: *self.user.address(),
            term_days: self.vault.term_days,
            commission_bps: self.vault.commission_bps,
            terms: self.vault.product_terms,
        };
        let accounts = breakwater::cpi::accounts::BuyCover {
            payer: self.user.try_cpi_handle_mut()?,
            pool: self.pool.try_cpi_handle_mut()?,
            product: self.product.try_cpi_handle_mut()?,
            policy: self.policy.try_cpi_handle_mut()?,
            assembly: self.assembly.cpi_handle(),
            payer_token: self.user_tokens.try_cpi_handle_mut()?,
            vault: self.pool_vault.try_cpi_handle_mut()?,
            asset_mint: self.asset_mint.cpi_handle(),
            distributor_token: self.fee_tokens.as_mut().map(|tokens| tokens.try_cpi_handle_mut()).transpose()?,
            token_program: self.token_program.cpi_handle(),
            system_program: self.system_program.cpi_handle(),
        };
        let data = breakwater::instruction::BuyCover { id: policy_id, request }.data();
        call::<11>(&self.breakwater_program, &accounts, &data)
    }

    /// The most that cover of up to `amount` costs in this transaction, the commission included.
    fn quote(&self, amount: u64) -> Result<u64> {
        let accounts = breakwater::cpi::accounts::QuoteCover {
            pool: self.pool.cpi_handle(),
            product: self.product.cpi_handle(),
            assembly: self.assembly.cpi_handle(),
        };
        let context = CpiContext::new(self.breakwater_program.address(), accounts);
        // The return data is gone after the next call: read it now.
        let quote = breakwater::cpi::quote_cover(context, amount, self.vault.term_days)?.get();
        let commission = u128::from(quote.premium)
            .checked_mul(self.vault.commission_bps.into())
            .and_then(|product| product.checked_div(10_000))
            .and_then(|commission| u64::try_from(commission).ok());
        let premium = commission.and_then(|commission| quote.premium.checked_add(commission));
        premium.ok_or(IntegratorError::Overflow.into())
    }

    /// Takes the deposit and notes what covers it. The pool refuses mints with transfer fees: all of it arrives.
    fn deposit(&mut self, amount: u64) -> Result<()> {
        self.vault.deposited = self.vault.deposited.checked_add(amount).ok_or(IntegratorError::Overflow)?;
        self.position.vault = *self.vault.address();
        self.position.user = *self.user.address();
        self.position.policy = *self.policy.address();
        self.position.amount = amount;
        let decimals = self.vault.decimals;
        let accounts = TransferChecked {
            from: self.user_tokens.try_cpi_handle_mut()?,
            mint: self.asset_mint.cpi_handle(),
            to: self.vault_tokens.try_cpi_handle_mut()?,
            authority: self.user.cpi_handle(),
        };
        token_interface::transfer_checked(CpiContext::new(self.token_program.address(), accounts), amount, decimals)
    }
}

/// Deposits `amount` and buys cover for it. When the price has moved above `max_premium`, nothing happens at all.
pub fn deposit_covered(ctx: &mut Context<DepositCovered>, policy_id: u64, amount: u64, max_premium: u64) -> Result<()> {
    ctx.accounts.buy_cover(policy_id, amount, max_premium)?;
    ctx.accounts.deposit(amount)
}

/// Deposits what the premium leaves of `total`, at least `min_deposit`, and covers it.
pub fn deposit_total(ctx: &mut Context<DepositCovered>, policy_id: u64, total: u64, min_deposit: u64) -> Result<()> {
    // The premium of the whole is no less than that of the part that is deposited.
    let most = ctx.accounts.quote(total)?;
    let amount = total.checked_sub(most).filter(|amount| *amount >= min_deposit);
    let amount = amount.ok_or(IntegratorError::DepositTooSmall)?;
    ctx.accounts.buy_cover(policy_id, amount, most)?;
    ctx.accounts.deposit(amount)
}
