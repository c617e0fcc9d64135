//! Mints, token accounts and lamports.

use super::World;
use crate::Chain;
use coverage_client::*;
use solana_address::Address;
use solana_program_pack::Pack as _;
use solana_signer::Signer;
use spl_token_2022_interface::{instruction as token, state::Mint};

impl<C: Chain> World<C> {
    /// Creates the mints of the asset and of the staked token, and gives the founder and the guardian lamports.
    pub(super) fn create_mints(&mut self) {
        for name in ["asset mint", "governance mint"] {
            self.create_mint(name, 6);
        }
        self.give_founders_lamports();
    }

    /// Gives the founder and the guardian lamports.
    pub(super) fn give_founders_lamports(&mut self) {
        self.give_lamports("founder");
        self.give_lamports("guardian");
    }

    /// Creates a mint of the world's token program at the actor key `name`; the bank mints.
    pub fn create_mint(&mut self, name: &str, decimals: u8) {
        let bank = self.chain.bank().pubkey();
        self.create_mint_for(name, decimals, &bank);
    }

    /// Creates a mint of the world's token program at the actor key `name` that `authority` mints.
    pub fn create_mint_for(&mut self, name: &str, decimals: u8, authority: &Address) {
        let (bank, mint) = (self.chain.bank().pubkey(), self.key(name));
        let create = solana_system_interface::instruction::create_account(
            &bank,
            &mint,
            10_000_000,
            Mint::LEN as u64,
            &self.token_program,
        );
        let init = token::initialize_mint2(&self.token_program, &mint, authority, None, decimals);
        let init = init.expect("valid instruction");
        self.send_all(&[create, init], &[name]).ok();
    }

    /// Gives an actor lamports for rent.
    pub fn give_lamports(&mut self, name: &str) {
        let transfer = solana_system_interface::instruction::transfer(
            &self.chain.bank().pubkey(),
            &self.key(name),
            10_000_000_000,
        );
        self.send(transfer, &[]).ok();
    }

    /// Creates an actor's token account of a mint.
    pub fn open_tokens(&mut self, name: &str, mint: &Address) -> Address {
        let owner = self.key(name);
        self.open_tokens_of(&owner, mint)
    }

    /// Creates the associated token account of any owner.
    pub fn open_tokens_of(&mut self, owner: &Address, mint: &Address) -> Address {
        let create = spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent(
            &self.chain.bank().pubkey(),
            owner,
            mint,
            &self.token_program,
        );
        self.send(create, &[]).ok();
        token_account_address_of(owner, mint, &self.token_program)
    }

    /// Mints tokens to a token account.
    pub fn mint_to(&mut self, mint: &Address, account: &Address, amount: u64) {
        let mint_to = token::mint_to(&self.token_program, mint, account, &self.chain.bank().pubkey(), &[], amount)
            .expect("valid instruction");
        self.send(mint_to, &[]).ok();
    }

    /// Gives an actor lamports, token accounts and `amount` atoms of the asset.
    pub fn fund(&mut self, name: &str, amount: u64) {
        self.give_lamports(name);
        let asset = self.asset();
        let account = self.open_tokens(name, &asset);
        self.mint_to(&asset, &account, amount);
        if self.chain.account(&share_mint_address(&self.pool())).is_some() {
            let shares = share_mint_address(&self.pool());
            self.open_tokens(name, &shares);
        }
    }
}
