//! The instructions for LPs and for their exits.

use super::{FOUNDER, GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_instruction::Instruction;

impl Sites {
    pub fn open_pool(&self, model: &Model, pool: usize) -> Instruction {
        OpenPool { authority: self.key(model.pools[pool].authority), pool: self.pools[pool].pool }.instruction()
    }

    pub fn deposit(
        &self,
        model: &Model,
        pool: usize,
        who: Name,
        (amount, min): (u64, u64),
        seen: &Seen,
    ) -> Instruction {
        let Site { pool: address, vault } = self.pools[pool];
        let accounts = Deposit {
            owner: self.key(who),
            pool: address,
            owner_token: self.wallet(who, Token::Asset),
            owner_shares: self.wallet(who, model.shares_of(pool)),
            vault,
            share_mint: self.shares(model, pool).0,
            asset_mint: self.asset,
            token_program: TOKENS,
            share_token_program: TOKENS,
        };
        accounts.instruction(amount, min, seen)
    }

    pub fn withdraw(&self, model: &Model, pool: usize, who: Name, shares: u64, min_amount: u64) -> Instruction {
        let Site { pool: address, vault } = self.pools[pool];
        let accounts = Withdraw {
            owner: self.key(who),
            pool: address,
            owner_shares: self.wallet(who, model.shares_of(pool)),
            receiver: self.wallet(who, Token::Asset),
            vault,
            share_mint: self.shares(model, pool).0,
            asset_mint: self.asset,
            token_program: TOKENS,
            share_token_program: TOKENS,
        };
        accounts.instruction(shares, min_amount)
    }

    pub fn burn(&self, model: &Model, pool: usize, who: Name, shares: u64) -> Instruction {
        let (account, mint) = (self.wallet(who, model.shares_of(pool)), self.shares(model, pool).0);
        spl_token_interface::instruction::burn(&TOKENS, &account, &mint, &self.key(who), &[], shares)
            .expect("valid instruction")
    }

    pub fn absorb(&self, pool: usize) -> Instruction {
        let Site { pool, vault } = self.pools[pool];
        AbsorbSurplus { pool, vault }.instruction()
    }

    pub fn request_exit(
        &self,
        model: &Model,
        pool: usize,
        (who, payer): (Name, Name),
        (id, number): (u64, u64),
        shares: u64,
    ) -> Instruction {
        let address = self.pools[pool].pool;
        let accounts = RequestExit {
            owner: self.key(who),
            payer: self.key(payer),
            pool: address,
            ticket: exit_ticket_address(&address, &self.key(who), id),
            epoch: exit_epoch_address(&address, number),
            owner_shares: self.wallet(who, model.shares_of(pool)),
            exit_escrow: self.shares(model, pool).1,
            receiver: self.wallet(who, Token::Asset),
            share_token_program: TOKENS,
        };
        accounts.instruction(id, number, shares)
    }

    pub fn pay_exits(&self, model: &Model, epoch: usize) -> Instruction {
        let pool = model.epochs[epoch].pool;
        let (share_mint, exit_escrow) = self.shares(model, pool);
        let Site { pool, .. } = self.pools[pool];
        let (caller, epoch) = (self.key(GUARDIAN), self.epoch(model, epoch));
        PayExits { caller, pool, epoch, exit_escrow, share_mint, share_token_program: TOKENS }.instruction()
    }

    pub fn call_exits(&self, model: &Model, epoch: usize) -> Instruction {
        let pool = self.pools[model.epochs[epoch].pool].pool;
        CallExits { pool, epoch: self.epoch(model, epoch) }.instruction()
    }

    pub fn release_contested(&self, model: &Model, incident: usize, epoch: usize) -> Instruction {
        let pool = self.pools[model.epochs[epoch].pool].pool;
        let (incident, epoch) = (self.incident(model, incident), self.epoch(model, epoch));
        ReleaseContested { pool, incident, epoch }.instruction()
    }

    pub fn collect_exit(&self, model: &Model, ticket: usize) -> Instruction {
        let model::Ticket { pool, epoch, owner, rent_payer, .. } = model.tickets[ticket];
        let Site { pool, vault } = self.pools[pool];
        let accounts = CollectExit {
            caller: self.key(FOUNDER),
            pool,
            epoch: self.epoch(model, epoch),
            ticket: self.ticket(model, ticket),
            owner: self.key(owner),
            rent_payer: self.key(rent_payer),
            receiver: self.wallet(owner, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_epoch(&self, model: &Model, epoch: usize) -> Instruction {
        let model::Epoch { pool, rent_payer, .. } = model.epochs[epoch];
        let Site { pool, vault } = self.pools[pool];
        let (caller, rent_payer, epoch) = (self.key(GUARDIAN), self.key(rent_payer), self.epoch(model, epoch));
        CloseExitEpoch { caller, pool, epoch, rent_payer, vault }.instruction()
    }

    pub fn retire(&self, model: &Model, pool: usize) -> Instruction {
        let generation = model.generation(pool);
        let Site { pool: address, vault } = self.pools[pool];
        let accounts = RetireShares {
            payer: self.key(FOUNDER),
            pool: address,
            retired: retired_address(&address, generation),
            share_mint: self.share_mint_of(pool, generation + 1),
            exit_escrow: self.escrow_of(pool, generation + 1),
            vault,
            share_token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn redeem(&self, model: &Model, retired: usize, who: Name, shares: u64) -> Instruction {
        let model::Retired { pool, generation, .. } = model.retired[retired];
        let Site { pool: address, vault } = self.pools[pool];
        let accounts = RedeemRetired {
            owner: self.key(who),
            pool: address,
            retired: self.retired(model, retired),
            owner_shares: self.wallet(who, Token::Shares(pool, generation)),
            receiver: self.wallet(who, Token::Asset),
            vault,
            share_mint: self.share_mint_of(pool, generation),
            asset_mint: self.asset,
            token_program: TOKENS,
            share_token_program: TOKENS,
        };
        accounts.instruction(shares)
    }
}
