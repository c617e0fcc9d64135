//! Policies: from their price to their end.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Accounts of `buy_cover` number `id` of an actor.
    #[must_use]
    pub fn buy_accounts(&self, payer: &str, index: u16, id: u64) -> BuyCover {
        let pool = self.pool();
        BuyCover {
            payer: self.key(payer),
            pool,
            product: self.product(index),
            policy: self.policy(index, payer, id),
            assembly: self.assembly(),
            payer_token: self.tokens(payer, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            distributor_token: None,
            token_program: self.token_program,
        }
    }

    /// A purchase for the payer itself, at any premium, without a commission.
    #[must_use]
    pub fn request(&self, holder: &str, amount: u64, term_days: u16) -> CoverRequest {
        CoverRequest { amount, max_premium: u64::MAX, holder: self.key(holder), term_days, commission_bps: 0, terms: 0 }
    }

    /// Buys cover number `id` of an actor, for itself. A pool that was not announced open is opened first.
    pub fn buy(&mut self, payer: &str, index: u16, id: u64, amount: u64, term_days: u16) -> Receipt {
        if self.read_pool().opened_at == 0 {
            self.begin_sales();
        }
        let (pool, product, now) = (self.read_pool(), self.read_product(index), self.now());
        let read = product.terms_of_sale(&pool).expect("a count");
        let court = self.read_court(&product, &pool, now);
        let terms =
            quote::cover(&pool, &product, &court.account, amount, term_days, now).map_or(read, |quote| quote.terms);
        let request = CoverRequest { terms, ..self.request(payer, amount, term_days) };
        let accounts = BuyCover { assembly: court.address, ..self.buy_accounts(payer, index, id) };
        self.send(accounts.instruction(id, &request), &[payer])
    }

    /// The court that decides on what is sold of a product.
    fn read_court(&mut self, product: &Product, pool: &Pool, now: u64) -> At<Assembly> {
        let address = *product.court_of_sale(pool, now).expect("a day of the ring");
        At { address, account: self.chain.read(&address) }
    }

    /// Accounts of `extend_cover`, paid by an actor.
    #[must_use]
    pub fn extend_accounts(&mut self, payer: &str, index: u16, policy: &Address) -> ExtendCover {
        let pool = self.pool();
        let books = self.read_pool();
        let first_exit = books.has_exits().then(|| exit_epoch_address(&pool, books.exit_head));
        ExtendCover {
            payer: self.key(payer),
            pool,
            product: self.product(index),
            policy: *policy,
            payer_token: self.tokens(payer, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            distributor_token: None,
            first_exit,
            token_program: self.token_program,
        }
    }

    /// Extends a policy by `days`, at any premium, without a commission.
    pub fn extend(&mut self, payer: &str, index: u16, policy: &Address, days: u16) -> Receipt {
        let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        let accounts = self.extend_accounts(payer, index, policy);
        self.send(accounts.instruction(&request), &[payer])
    }

    /// Accounts of `cancel_cover` by the holder.
    #[must_use]
    pub fn cancel_accounts(&self, holder: &str, index: u16, policy: &Address) -> CancelCover {
        let pool = self.pool();
        CancelCover {
            holder: self.key(holder),
            pool,
            product: self.product(index),
            policy: *policy,
            assembly: self.assembly(),
            holder_token: self.tokens(holder, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Cancels a policy for any refund.
    pub fn cancel(&mut self, holder: &str, index: u16, policy: &Address) -> Receipt {
        let assembly = self.court_of(index);
        let accounts = CancelCover { assembly, ..self.cancel_accounts(holder, index, policy) };
        self.send(accounts.instruction(0), &[holder])
    }

    /// Accounts of `reduce_cover` by the holder.
    #[must_use]
    pub fn reduce_accounts(&self, holder: &str, index: u16, policy: &Address) -> ReduceCover {
        let CancelCover { holder, pool, product, policy, assembly, holder_token, vault, asset_mint, token_program } =
            self.cancel_accounts(holder, index, policy);
        ReduceCover { holder, pool, product, policy, assembly, holder_token, vault, asset_mint, token_program }
    }

    /// Gives part of a policy's sum insured back for any refund.
    pub fn reduce(&mut self, holder: &str, index: u16, policy: &Address, part: u64) -> Receipt {
        let assembly = self.court_of(index);
        let accounts = ReduceCover { assembly, ..self.reduce_accounts(holder, index, policy) };
        self.send(accounts.instruction(part, 0), &[holder])
    }

    /// The court that decides on what a product covers.
    fn court_of(&mut self, index: u16) -> Address {
        let (pool, product) = (self.read_pool(), self.read_product(index));
        *product.court(&pool)
    }

    /// Passes a policy on.
    pub fn transfer_cover(&mut self, holder: &str, policy: &Address, new_holder: &str) -> Receipt {
        let new_holder = self.key(new_holder);
        self.send(TransferCover { holder: self.key(holder), policy: *policy }.instruction(&new_holder), &[holder])
    }

    /// Accounts of `close_policy`, cranked by the guardian.
    pub fn close_policy_accounts(&mut self, index: u16, policy: &Address) -> ClosePolicy {
        let payer = self.chain.read::<Policy>(policy).payer;
        ClosePolicy { caller: self.key("guardian"), product: self.product(index), policy: *policy, payer }
    }

    /// Closes a policy.
    pub fn close_policy(&mut self, index: u16, policy: &Address) -> Receipt {
        let accounts = self.close_policy_accounts(index, policy);
        self.send(accounts.instruction(), &[])
    }

    /// Asks for the price of cover; the answer is [`Receipt::quote`].
    pub fn quote(&mut self, index: u16, amount: u64, term_days: u16) -> Receipt {
        let (pool, product, now) = (self.read_pool(), self.read_product(index), self.now());
        let assembly = self.read_court(&product, &pool, now).address;
        let accounts = QuoteCover { pool: self.pool(), product: self.product(index), assembly };
        self.send(accounts.instruction(amount, term_days), &[])
    }
}
