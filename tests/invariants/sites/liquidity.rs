//! The instructions for LPs and for their exits.

use super::{FOUNDER, GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_instruction::Instruction;

impl Sites {
    pub fn deposit(&self, pool: usize, who: Name, amount: u64, min_shares: u64) -> Instruction {
        let Site { pool: address, vault, share_mint, .. } = self.pools[pool];
        let accounts = Deposit {
            owner: self.key(who),
            pool: address,
            owner_token: self.wallet(who, Token::Asset),
            owner_shares: self.wallet(who, Token::Shares(pool)),
            vault,
            share_mint,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(amount, min_shares)
    }

    pub fn burn(&self, pool: usize, who: Name, shares: u64) -> Instruction {
        let (account, mint) = (self.wallet(who, Token::Shares(pool)), self.pools[pool].share_mint);
        spl_token_interface::instruction::burn(&TOKENS, &account, &mint, &self.key(who), &[], shares)
            .expect("valid instruction")
    }

    pub fn absorb(&self, pool: usize) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        AbsorbSurplus { pool, vault }.instruction()
    }

    pub fn request_exit(&self, pool: usize, who: Name, id: u64, day: u64, shares: u64) -> Instruction {
        let Site { pool: address, exit_escrow, .. } = self.pools[pool];
        let accounts = RequestExit {
            owner: self.key(who),
            pool: address,
            ticket: exit_ticket_address(&address, &self.key(who), id),
            epoch: exit_epoch_address(&address, day),
            owner_shares: self.wallet(who, Token::Shares(pool)),
            exit_escrow,
            receiver: self.wallet(who, Token::Asset),
            token_program: TOKENS,
        };
        accounts.instruction(id, day, shares)
    }

    pub fn open_epoch(&self, pool: usize, day: u64) -> Instruction {
        let pool = self.pools[pool].pool;
        OpenExitEpoch { payer: self.key(FOUNDER), pool, epoch: exit_epoch_address(&pool, day) }.instruction(day)
    }

    pub fn settle_epoch(&self, model: &Model, epoch: usize, next: Option<usize>) -> Instruction {
        let Site { pool, vault, share_mint, exit_escrow } = self.pools[model.epochs[epoch].pool];
        let (epoch, next_epoch) = (self.epoch(model, epoch), next.map(|next| self.epoch(model, next)));
        SettleExitEpoch { pool, epoch, next_epoch, exit_escrow, share_mint, vault, token_program: TOKENS }.instruction()
    }

    pub fn collect_exit(&self, model: &Model, ticket: usize, epoch: usize) -> Instruction {
        let model::Ticket { pool, owner, .. } = model.tickets[ticket];
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CollectExit {
            caller: self.key(FOUNDER),
            pool,
            epoch: self.epoch(model, epoch),
            ticket: self.ticket(model, ticket),
            owner: self.key(owner),
            rent_payer: self.key(owner),
            receiver: self.wallet(owner, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_epoch(&self, model: &Model, epoch: usize) -> Instruction {
        let model::Epoch { pool, rent_payer, .. } = model.epochs[epoch];
        let Site { pool, vault, .. } = self.pools[pool];
        let (caller, rent_payer, epoch) = (self.key(GUARDIAN), self.key(rent_payer), self.epoch(model, epoch));
        CloseExitEpoch { caller, pool, epoch, rent_payer, vault }.instruction()
    }
}
