//! The instructions that end products, voters, retired shares, pools and the assembly.

use super::{FOUNDER, GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    pub fn close_product(&self, model: &Model, product: usize, by_authority: bool) -> Instruction {
        let number = model.products[product].pool;
        let Site { pool, vault } = self.pools[number];
        let accounts = CloseProduct {
            caller: self.key(GUARDIAN),
            authority: by_authority.then(|| self.key(model.pools[number].authority)),
            pool,
            product: self.product(model, product),
            rent_payer: self.key(FOUNDER),
            vault,
        };
        accounts.instruction()
    }

    pub fn close_retired(&self, model: &Model, retired: usize) -> Instruction {
        let model::Retired { pool, generation, rent_payer, .. } = model.retired[retired];
        let Site { pool: address, vault } = self.pools[pool];
        let accounts = CloseRetired {
            caller: self.key(GUARDIAN),
            pool: address,
            retired: self.retired(model, retired),
            rent_payer: self.key(rent_payer),
            vault,
            share_mint: self.share_mint_of(pool, generation),
            exit_escrow: self.escrow_of(pool, generation),
            share_token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_voter(&self, model: &Model, who: Name) -> Option<Instruction> {
        let rent_payer = self.key(model.voter(who)?.rent_payer);
        let accounts =
            CloseVoter { caller: self.key(GUARDIAN), assembly: self.courts[0], voter: self.voter(who), rent_payer };
        Some(accounts.instruction())
    }

    pub fn close_pool(&self, model: &Model, pool: usize, (by, treasury): (Name, Name)) -> Instruction {
        let Site { pool: address, vault } = self.pools[pool];
        let (share_mint, exit_escrow) = self.shares(model, pool);
        let accounts = ClosePool {
            closer: self.key(by),
            pool: address,
            assembly: self.courts[model.pools[pool].court],
            rent_payer: self.key(FOUNDER),
            treasury: self.key(treasury),
            receiver: self.wallet(treasury, Token::Asset),
            vault,
            share_mint,
            exit_escrow,
            asset_mint: self.asset,
            token_program: TOKENS,
            share_token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_assembly(&self, by: Name) -> Instruction {
        let (creator, assembly): (Address, Address) = (self.key(by), self.courts[0]);
        CloseAssembly { creator, assembly, rent_payer: self.key(FOUNDER) }.instruction()
    }
}
