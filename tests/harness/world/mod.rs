//! A world to play in. What its actors do is in one file per area.

mod assembly;
mod change;
mod cover;
mod incident;
mod integrator;
mod liquidity;
mod pool;
mod tokens;
mod trigger;

pub use {assembly::*, incident::*, pool::*, trigger::*};

use crate::{Chain, LiteChain, ProgramTestChain, Receipt, actor, trials::TOKEN_2022};
use coverage_client::{
    snapshot::{Accounts, Snapshot},
    *,
};
use coverage_math::DAY;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_program_pack::Pack as _;
use solana_signer::Signer;
use spl_token_2022_interface::extension::ExtensionType;
use spl_token_interface::state::{Account as TokenAccount, Mint};
use std::{cell::RefCell, collections::BTreeMap};

/// Atoms of one unit of the world's tokens, which have six decimals.
pub const UNIT: u64 = 1_000_000;

/// A world with one assembly and one pool, played by actors who are known by their names.
///
/// Every method that sends returns what became of it; the addresses follow from the names. A test changes a builder's
/// accounts before it sends to try what must not work.
#[derive(Clone)]
pub struct World<C> {
    /// The chain.
    pub chain: C,
    /// Number of the pool that is played in: 0, unless a test goes to another.
    pub playing: u64,
    /// Who created the assembly that is played in: the founder, unless a test goes to another.
    pub convener: &'static str,
    /// Token program of the mints that are played with: SPL Token, unless a test goes to the other.
    pub token_program: Address,
    /// Token program of the pools' shares: SPL Token, unless a test goes to the other.
    pub share_program: Address,
    /// Who proposed changes, by their pools and numbers, if not the founder.
    pub proposers: RefCell<BTreeMap<(Address, u64), Address>>,
}

impl World<ProgramTestChain> {
    /// A world on solana-program-test with mints, an assembly and a pool.
    #[must_use]
    pub fn new() -> Self {
        Self::on(ProgramTestChain::start()).found()
    }

    /// A world on solana-program-test with mints only.
    #[must_use]
    pub fn bare() -> Self {
        let mut world = Self::on(ProgramTestChain::start());
        world.create_mints();
        world
    }
}

impl Default for World<ProgramTestChain> {
    fn default() -> Self {
        Self::new()
    }
}

impl World<LiteChain> {
    /// A world on LiteSVM with mints, an assembly and a pool.
    #[must_use]
    pub fn lite() -> Self {
        Self::on(LiteChain::start()).found()
    }

    /// A world on LiteSVM with mints only.
    #[must_use]
    pub fn lite_bare() -> Self {
        let mut world = Self::on(LiteChain::start());
        world.create_mints();
        world
    }

    /// Everything that belongs to the pool.
    ///
    /// # Panics
    /// Without a pool.
    #[must_use]
    pub fn snapshot(&mut self) -> Snapshot {
        let (pool, time) = (self.pool(), self.now());
        let owned = [ID, self.token_program].map(|owner| self.chain.owned_by(&owner)).concat();
        let open = owned.into_iter().filter(|(_, account)| !account.data.is_empty());
        let accounts: Accounts = open.map(|(address, account)| (address, (account.owner, account.data))).collect();
        Snapshot::of(&pool, time, &accounts).expect("a pool")
    }
}

impl<C: Chain> World<C> {
    /// A world without mints.
    #[must_use]
    pub fn on(chain: C) -> Self {
        Self {
            chain,
            playing: 0,
            convener: "founder",
            token_program: spl_token_interface::ID,
            share_program: spl_token_interface::ID,
            proposers: RefCell::default(),
        }
    }

    /// The same world with shares of Token-2022.
    #[must_use]
    pub fn with_shares_of_token_2022(chain: C) -> Self {
        Self { share_program: TOKEN_2022, ..Self::on(chain) }.found()
    }

    /// A world of Token-2022 whose two mints have these extensions, without an assembly and a pool.
    #[must_use]
    pub fn extended(chain: C, extensions: &[ExtensionType]) -> Self {
        let mut world = Self { token_program: TOKEN_2022, ..Self::on(chain) };
        for name in ["asset mint", "governance mint"] {
            world.create_extended_mint(name, extensions).ok();
        }
        world.give_founders_lamports();
        world
    }

    fn found(mut self) -> Self {
        self.create_mints();
        self.create_assembly(assembly_params()).ok();
        self.create_pool(0, pool_params()).ok();
        self
    }

    // Names and addresses

    /// The address of an actor.
    #[must_use]
    pub fn key(&self, name: &str) -> Address {
        actor(name).pubkey()
    }

    /// Mint of the pools' asset.
    #[must_use]
    pub fn asset(&self) -> Address {
        self.key("asset mint")
    }

    /// Mint of the staked token.
    #[must_use]
    pub fn governance(&self) -> Address {
        self.key("governance mint")
    }

    /// The assembly that is played in.
    #[must_use]
    pub fn assembly(&self) -> Address {
        assembly_address(&self.governance(), &self.key(self.convener))
    }

    /// The pool that is played in: the first.
    #[must_use]
    pub fn pool(&self) -> Address {
        self.pool_number(self.playing)
    }

    /// A pool by its number.
    #[must_use]
    pub fn pool_number(&self, id: u64) -> Address {
        pool_address(&self.key("founder"), id)
    }

    /// A product of the first pool by its number.
    #[must_use]
    pub fn product(&self, index: u16) -> Address {
        product_address(&self.pool(), index)
    }

    /// Policy number `id` that `payer` bought of a product of the first pool.
    #[must_use]
    pub fn policy(&self, index: u16, payer: &str, id: u64) -> Address {
        policy_address(&self.product(index), &self.key(payer), id)
    }

    /// The `nth` incident of a product of the first pool.
    #[must_use]
    pub fn incident(&self, index: u16, nth: u32) -> Address {
        incident_address(&self.product(index), nth)
    }

    /// The mint of the pool's first shares.
    #[must_use]
    pub fn share_mint(&self) -> Address {
        share_mint_address(&self.pool(), 0)
    }

    /// The pool's account of shares on their way out.
    #[must_use]
    pub fn exit_escrow(&self) -> Address {
        exit_escrow_address(&self.pool(), 0)
    }

    /// An actor's account of the pool's first shares.
    #[must_use]
    pub fn share_tokens(&self, name: &str) -> Address {
        token_account_address_of(&self.key(name), &self.share_mint(), &self.share_program)
    }

    /// An actor's token account of a mint.
    #[must_use]
    pub fn tokens(&self, name: &str, mint: &Address) -> Address {
        token_account_address_of(&self.key(name), mint, &self.token_program)
    }

    // Reading

    /// The assembly's account.
    pub fn read_assembly(&mut self) -> Assembly {
        let address = self.assembly();
        self.chain.read(&address)
    }

    /// The first pool's account.
    pub fn read_pool(&mut self) -> Pool {
        self.chain.read(&self.pool())
    }

    /// A product's account.
    pub fn read_product(&mut self, index: u16) -> Product {
        self.chain.read(&self.product(index))
    }

    /// Balance of a token account, atoms; 0 when there is none. Extensions stand after what is read.
    pub fn balance_of(&mut self, account: &Address) -> u64 {
        self.chain
            .account(account)
            .map_or(0, |account| TokenAccount::unpack_from_slice(&account.data).expect("a token account").amount)
    }

    /// An actor's balance of the asset, atoms.
    pub fn balance(&mut self, name: &str) -> u64 {
        self.balance_of(&self.tokens(name, &self.asset()))
    }

    /// An actor's shares of the first pool, atoms.
    pub fn shares(&mut self, name: &str) -> u64 {
        self.balance_of(&self.share_tokens(name))
    }

    /// Balance of the first pool's vault, atoms.
    pub fn vault_balance(&mut self) -> u64 {
        self.balance_of(&vault_address(&self.pool()))
    }

    /// Supply of the first pool's shares, atoms.
    pub fn share_supply(&mut self) -> u64 {
        self.supply_of(&self.share_mint())
    }

    /// Supply of a mint, atoms.
    pub fn supply_of(&mut self, mint: &Address) -> u64 {
        let mint = self.chain.account(mint).expect("a mint");
        Mint::unpack_from_slice(&mint.data).expect("a mint").supply
    }

    /// Asserts B1 for the first pool and that its counters add up (B5 in total).
    pub fn check_books(&mut self) {
        self.check_books_beside(0);
    }

    /// The same, with `donated` atoms in the vault that nobody owes.
    pub fn check_books_beside(&mut self, donated: u64) {
        let pool = self.read_pool();
        let owed = pool.capital
            + pool.unearned
            + pool.payable
            + pool.exits_due
            + pool.contested
            + pool.bonds
            + pool.assessors
            + pool.treasury_due;
        assert_eq!(self.vault_balance(), owed + donated, "B1: every atom of the vault is in a bucket");
        assert_eq!(
            pool.premiums_paid + pool.other_income,
            pool.commissions_paid
                + pool.protocol_fees
                + pool.assessor_fees
                + pool.income_earned
                + pool.unearned
                + pool.premiums_refunded,
            "B5: premium paid = commission + fees + earned + unearned + refunded"
        );
    }

    // Time

    /// Unix seconds.
    pub fn now(&mut self) -> u64 {
        self.chain.now()
    }

    /// Lets time pass.
    pub fn pass(&mut self, seconds: u64) {
        let now = self.chain.now();
        self.chain.set_now(now + seconds);
    }

    /// Lets time pass until then, unless it has.
    pub fn wait_until(&mut self, time: u64) {
        if self.chain.now() < time {
            self.chain.set_now(time);
        }
    }

    /// Lets days pass.
    pub fn pass_days(&mut self, days: u64) {
        self.pass(days * DAY);
    }

    // Sending

    /// Sends an instruction that these actors sign; the bank pays the fee.
    pub fn send(&mut self, instruction: Instruction, signers: &[&str]) -> Receipt {
        self.send_all(&[instruction], signers)
    }

    /// Sends instructions as one transaction.
    pub fn send_all(&mut self, instructions: &[Instruction], signers: &[&str]) -> Receipt {
        let bank = self.chain.bank();
        let keys: Vec<Keypair> = signers.iter().map(|name| actor(name)).collect();
        let signers: Vec<&Keypair> = std::iter::once(&bank).chain(&keys).collect();
        self.chain.send(instructions, &signers)
    }
}
