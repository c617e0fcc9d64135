//! The instructions for changes of parameters.

use super::{FOUNDER, GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
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
            change: change_address(&address, &self.key(by), id),
        };
        accounts.instruction(id, what)
    }

    /// Puts the next change of a pool, or of a product of it, to a ballot.
    pub fn petition_change(
        &self,
        model: &Model,
        (number, product): (usize, Option<usize>),
        what: &Proposal,
        (who, payer): (Name, Name),
    ) -> Instruction {
        let Site { pool, vault } = self.pools[number];
        let id = model.changes_of(number).count() as u64;
        let change = change_address(&pool, &self.key(who), id);
        let accounts = PetitionChange {
            owner: self.key(who),
            payer: self.key(payer),
            voter: self.voter(who),
            pool,
            product: product.map(|product| self.product(model, product)),
            change,
            assembly: self.courts[model.pools[number].court],
            ballot: ballot_address(&change),
            owner_token: self.wallet(who, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(id, what)
    }

    pub fn queue_change(&self, model: &Model, number: usize) -> Option<Instruction> {
        let model::Change { pool, ballot, .. } = model.changes[number];
        let (Site { pool, vault }, caller) = (self.pools[pool], self.key(GUARDIAN));
        let (change, ballot) = (self.change(model, number), self.ballot(model, ballot?));
        Some(QueueChange { caller, pool, change, ballot, vault }.instruction())
    }

    pub fn change_bond(&self, model: &Model, number: usize) -> Instruction {
        let model::Change { pool, proposer, .. } = model.changes[number];
        let Site { pool, vault } = self.pools[pool];
        let accounts = CollectChangeBond {
            pool,
            change: self.change(model, number),
            proposer: self.key(proposer),
            receiver: self.wallet(proposer, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn mark_change(&self, model: &Model, number: usize) -> Instruction {
        let ApplyChange { pool, change, product, first_exit, .. } = self.applied(model, number);
        MarkChange { pool, change, product, first_exit }.instruction()
    }

    pub fn apply_change(&self, model: &Model, number: usize) -> Instruction {
        self.applied(model, number).instruction()
    }

    fn applied(&self, model: &Model, number: usize) -> ApplyChange {
        let model::Change { pool, product, what, .. } = model.changes[number];
        ApplyChange {
            pool: self.pools[pool].pool,
            change: self.change(model, number),
            product: product.map(|product| self.product(model, product)),
            first_exit: model.first_epoch(pool).map(|first| self.epoch(model, first)),
            court: self.courts.into_iter().find(|court| what == Proposal::Court { assembly: *court }),
            payer: None,
            share_mint: None,
            share_token_program: None,
        }
    }

    pub fn accept_authority(&self, model: &Model, number: usize, by: Name) -> Instruction {
        let pool = self.pools[model.changes[number].pool].pool;
        AcceptAuthority { new_authority: self.key(by), pool, change: self.change(model, number) }.instruction()
    }

    pub fn withdraw_change(&self, model: &Model, number: usize, by: Name) -> Instruction {
        let pool = self.pools[model.changes[number].pool].pool;
        WithdrawChange { authority: self.key(by), pool, change: self.change(model, number) }.instruction()
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
