//! The instructions for products and policies.

use super::{DISTRIBUTOR, FOUNDER, GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    /// Lists the last product of the model.
    pub fn list_product(&self, model: &Model) -> Instruction {
        let number = model.products.len() - 1;
        let model::Product { pool, ref terms, .. } = model.products[number];
        let (authority, pool, product) = (self.key(FOUNDER), self.pools[pool].pool, self.product(model, number));
        ListProduct { authority, payer: authority, pool, product }.instruction(terms)
    }

    pub fn roll(&self, model: &Model, product: usize) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.products[product].pool];
        RollProduct { pool, product: self.product(model, product), vault }.instruction()
    }

    pub fn buy(&self, model: &Model, product: usize, payer: Name, id: u64, request: &CoverRequest) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.products[product].pool];
        let assembly = self.courts[model.court_of_sale(product)];
        let product = self.product(model, product);
        let accounts = BuyCover {
            payer: self.key(payer),
            pool,
            product,
            policy: policy_address(&product, &self.key(payer), id),
            assembly,
            payer_token: self.wallet(payer, Token::Asset),
            vault,
            asset_mint: self.asset,
            distributor_token: self.distributor(request.commission_bps),
            token_program: TOKENS,
        };
        accounts.instruction(id, request)
    }

    /// The distributor's account, when there is something for it.
    fn distributor(&self, commission_bps: u16) -> Option<Address> {
        (commission_bps > 0).then(|| self.wallet(DISTRIBUTOR, Token::Asset))
    }

    pub fn quote(&self, model: &Model, product: usize, amount: u64, term_days: u16) -> Instruction {
        let pool = self.pools[model.products[product].pool].pool;
        let assembly = self.courts[model.court_of_sale(product)];
        let product = self.product(model, product);
        QuoteCover { pool, product, assembly }.instruction(amount, term_days)
    }

    pub fn extend(&self, model: &Model, policy: usize, payer: Name, request: &ExtensionRequest) -> Instruction {
        let model::Policy { pool, product, .. } = model.policies[policy];
        let first_exit = model.first_epoch(pool).map(|epoch| self.epoch(model, epoch));
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = ExtendCover {
            payer: self.key(payer),
            pool,
            product: self.product(model, product),
            policy: self.policy(model, policy),
            payer_token: self.wallet(payer, Token::Asset),
            vault,
            asset_mint: self.asset,
            distributor_token: self.distributor(request.commission_bps),
            first_exit,
            token_program: TOKENS,
        };
        accounts.instruction(request)
    }

    pub fn reduce(&self, model: &Model, policy: usize, holder: Name, (part, min_refund): (u64, u64)) -> Instruction {
        let model::Policy { pool, product, .. } = model.policies[policy];
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = ReduceCover {
            holder: self.key(holder),
            pool,
            product: self.product(model, product),
            policy: self.policy(model, policy),
            assembly: self.courts[model.court_of(product)],
            holder_token: self.wallet(holder, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(part, min_refund)
    }

    pub fn cancel(&self, model: &Model, policy: usize, holder: Name, min_refund: u64) -> Instruction {
        let model::Policy { pool, product, .. } = model.policies[policy];
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CancelCover {
            holder: self.key(holder),
            pool,
            product: self.product(model, product),
            policy: self.policy(model, policy),
            assembly: self.courts[model.court_of(product)],
            holder_token: self.wallet(holder, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(min_refund)
    }

    pub fn transfer(&self, model: &Model, policy: usize, holder: Name, to: Option<Name>) -> Instruction {
        let to = to.map_or(Address::default(), |to| self.key(to));
        TransferCover { holder: self.key(holder), policy: self.policy(model, policy) }.instruction(&to)
    }

    pub fn close_policy(&self, model: &Model, policy: usize) -> Instruction {
        let model::Policy { product, payer, .. } = model.policies[policy];
        let (product, policy) = (self.product(model, product), self.policy(model, policy));
        ClosePolicy { caller: self.key(GUARDIAN), product, policy, payer: self.key(payer) }.instruction()
    }
}
