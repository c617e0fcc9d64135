//! Pools and their products.

use super::{UNIT, World};
use crate::{Chain, Receipt, actor, trials::TOKEN_2022};
use coverage_client::*;
use coverage_math::DAY;
use solana_address::Address;
use solana_signer::Signer;

impl<C: Chain> World<C> {
    /// Accounts of `create_pool` by the founder.
    #[must_use]
    pub fn create_pool_accounts(&self, id: u64) -> CreatePool {
        let pool = self.pool_number(id);
        CreatePool {
            creator: self.key("founder"),
            payer: self.key("founder"),
            pool,
            assembly: self.assembly(),
            asset_mint: self.asset(),
            vault: vault_address(&pool),
            share_mint: share_mint_address(&pool, 0),
            exit_escrow: exit_escrow_address(&pool, 0),
            token_program: self.token_program,
            share_token_program: self.share_program,
        }
    }

    /// Creates a pool.
    pub fn create_pool(&mut self, id: u64, params: PoolParams) -> Receipt {
        let words = self.share_words();
        self.send(self.create_pool_accounts(id).instruction(id, &params, &words), &["founder"])
    }

    /// What wallets show of the pools' shares: nothing, unless they are of Token-2022.
    #[must_use]
    pub fn share_words(&self) -> ShareWords {
        if self.share_program == TOKEN_2022 {
            ShareWords::new("Test pool shares", "TEST", "https://example.org/pool").expect("they fit")
        } else {
            ShareWords::NONE
        }
    }

    /// Announces the pool open, as the convener of its assembly.
    pub fn open_pool(&mut self) -> Receipt {
        let accounts = OpenPool { authority: self.key(self.convener), pool: self.pool() };
        self.send(accounts.instruction(), &[self.convener])
    }

    /// Opens the pool unless it is open, and lets time pass until cover is sold.
    pub fn begin_sales(&mut self) {
        if self.read_pool().opened_at == 0 {
            self.open_pool().ok();
        }
        let from = self.read_pool().sells_from;
        self.wait_until(from);
    }

    /// Lets time pass until what was deposited until now counts: the days of a season after this one.
    pub fn pass_season(&mut self) {
        let days = 1 + u64::from(self.read_pool().season_days);
        let day = self.now() / DAY;
        self.wait_until((day + days) * DAY);
    }

    /// Accounts of `list_product` by the convener of the pool's assembly.
    #[must_use]
    pub fn list_product_accounts(&self, index: u16) -> ListProduct {
        ListProduct {
            authority: self.key(self.convener),
            payer: self.key(self.convener),
            pool: self.pool(),
            product: self.product(index),
        }
    }

    /// Lists product number `index`.
    pub fn list_product(&mut self, index: u16, params: ProductParams) -> Receipt {
        self.send(self.list_product_accounts(index).instruction(&params), &[self.convener])
    }

    /// Accounts of `close_product`, cranked by the guardian.
    pub fn close_product_accounts(&mut self, index: u16) -> CloseProduct {
        let (pool, product) = (self.pool(), self.product(index));
        let rent_payer = self.chain.read::<Product>(&product).rent_payer;
        let vault = vault_address(&pool);
        CloseProduct { caller: self.key("guardian"), authority: None, pool, product, rent_payer, vault }
    }

    /// Closes a product that is delisted.
    pub fn close_product(&mut self, index: u16) -> Receipt {
        let accounts = self.close_product_accounts(index);
        self.send(accounts.instruction(), &[])
    }

    /// Closes a product as the convener, who has the authority over the pool.
    pub fn remove_product(&mut self, index: u16) -> Receipt {
        let authority = Some(self.key(self.convener));
        let accounts = CloseProduct { authority, ..self.close_product_accounts(index) };
        self.send(accounts.instruction(), &[self.convener])
    }

    /// Accounts of `close_pool` by the convener; what the vault holds goes to the treasury.
    pub fn close_pool_accounts(&mut self) -> ClosePool {
        let (address, pool) = (self.pool(), self.read_pool());
        ClosePool {
            closer: self.key(self.convener),
            pool: address,
            assembly: pool.assembly,
            rent_payer: pool.rent_payer,
            treasury: pool.treasury,
            receiver: token_account_address_of(&pool.treasury, &pool.asset_mint, &pool.token_program),
            vault: pool.vault,
            share_mint: pool.share_mint,
            exit_escrow: pool.exit_escrow,
            asset_mint: pool.asset_mint,
            token_program: pool.token_program,
            share_token_program: pool.share_token_program,
        }
    }

    /// Closes the pool.
    pub fn close_pool(&mut self) -> Receipt {
        let accounts = self.close_pool_accounts();
        self.send(accounts.instruction(), &[self.convener])
    }

    /// Brings the pool and a product up to now.
    pub fn roll_product(&mut self, index: u16) -> Receipt {
        let pool = self.pool();
        self.send(RollProduct { pool, product: self.product(index), vault: vault_address(&pool) }.instruction(), &[])
    }
}

/// Parameters of the world's pool: leverage 2, 5% to the treasury, 5% to the assessors.
#[must_use]
pub fn pool_params() -> PoolParams {
    PoolParams {
        authority: actor("founder").pubkey(),
        guardian: actor("guardian").pubkey(),
        arbiter: actor("arbiter").pubkey(),
        treasury: actor("treasury").pubkey(),
        min_premium: 1_000,
        vote_reward: 0,
        assessors_limit: 1_000_000_000_000,
        timelock: 9 * DAY,
        stake_floor: 0,
        cover_per_stake: 0,
        exit_delay_days: 7,
        season_days: 1,
        leverage_bps: 20_000,
        protocol_fee_bps: 500,
        assessor_fee_bps: 500,
        cancel_fee_bps: 500,
        group_caps_bps: [20_000; 16],
    }
}

/// Parameters of the world's products: 2% to 5% to 20% a year with a kink at 80%, a day of waiting, 30 days of grace.
#[must_use]
pub fn product_params(name: &str) -> ProductParams {
    ProductParams {
        name: name.into(),
        terms_uri: "https://example.org/terms".into(),
        terms_hash: [7; 32],
        risk_kind: 0,
        group: 0,
        weight_bps: 10_000,
        r0_ppm: 20_000,
        r1_ppm: 50_000,
        r2_ppm: 200_000,
        kink_bps: 8_000,
        min_term_days: 1,
        max_term_days: 365,
        waiting_days: 1,
        grace_days: 30,
        deductible_bps: 500,
        report_window_days: 30,
        filing_window_days: 14,
        claim_bond_bps: 100,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        min_amount: UNIT,
        max_amount: 100_000_000 * UNIT,
        incident_bond: 500 * UNIT,
        trigger: 0,
        trigger_source: Address::default(),
        price: PriceParams::NONE,
        draws: DrawParams::NONE,
    }
}
