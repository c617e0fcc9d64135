//! The instructions for changes of parameters.

use super::{FOUNDER, GUARDIAN, Sites};
use coverage_client::*;
use coverage_model::{self as model, Model, Name};
use solana_instruction::Instruction;

impl Sites {
    /// Queues the next change of a pool, or of a product of it, as somebody.
    pub fn propose_change(
        &self,
        model: &Model,
        (pool, product): (usize, Option<usize>),
        what: &Proposal,
        by: Name,
    ) -> Instruction {
        let (address, id) = (self.pools[pool].pool, model.changes_of(pool).count() as u64);
        let accounts = ProposeChange {
            authority: self.key(by),
            payer: self.key(FOUNDER),
            pool: address,
            product: product.map(|product| self.product(model, product)),
            change: change_address(&address, id),
        };
        accounts.instruction(what)
    }

    pub fn mark_change(&self, model: &Model, number: usize) -> Instruction {
        let ApplyChange { pool, change, product, first_exit, .. } = self.applied(model, number);
        MarkChange { pool, change, product, first_exit }.instruction()
    }

    pub fn apply_change(&self, model: &Model, number: usize) -> Instruction {
        self.applied(model, number).instruction()
    }

    fn applied(&self, model: &Model, number: usize) -> ApplyChange {
        let model::Change { pool, product, .. } = model.changes[number];
        ApplyChange {
            pool: self.pools[pool].pool,
            change: self.change(model, number),
            product: product.map(|product| self.product(model, product)),
            first_exit: model.first_epoch(pool).map(|first| self.epoch(model, first)),
            court: None,
            payer: None,
            share_mint: None,
            share_token_program: None,
        }
    }

    pub fn withdraw_change(&self, model: &Model, number: usize, by: Name) -> Instruction {
        let pool = self.pools[model.changes[number].pool].pool;
        WithdrawChange { proposer: self.key(by), pool, change: self.change(model, number) }.instruction()
    }

    pub fn close_change(&self, model: &Model, number: usize) -> Instruction {
        let model::Change { pool, rent_payer, .. } = model.changes[number];
        let accounts = CloseChange {
            caller: self.key(GUARDIAN),
            pool: self.pools[pool].pool,
            change: self.change(model, number),
            rent_payer: self.key(rent_payer),
        };
        accounts.instruction()
    }
}
