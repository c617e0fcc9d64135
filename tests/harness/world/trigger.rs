//! What prices and covered programs decide.

use super::World;
use crate::{Chain, Receipt, actor, product_params};
pub use coverage_client::pyth::{PriceUpdate, RECEIVER as PYTH_RECEIVER};
use coverage_client::*;
use solana_account::Account;
use solana_address::Address;
use solana_signer::Signer as _;

/// The feed of the world's price products.
pub const FEED: Address = Address::new_from_array([0xfe; 32]);

/// Prices of the world's feed.
///
/// Their bytes are compared with those of Pyth's own crate in `tests/triggers/pyth.rs`.
pub trait WorldPrice {
    /// A fully verified one, with a confidence of zero.
    fn of(price: i64, publish_time: u64) -> Self;
}

impl WorldPrice for PriceUpdate {
    fn of(price: i64, publish_time: u64) -> Self {
        let publish_time = publish_time.try_into().expect("a time");
        Self { feed: FEED, price, confidence: 0, exponent: -8, publish_time, signatures: None }
    }
}

impl<C: Chain> World<C> {
    /// Puts a price into the account that the world's callers show, as the receiver program would, and returns its
    /// address.
    pub fn post_price(&mut self, update: &PriceUpdate) -> Address {
        let address = actor("price update").pubkey();
        let account = Account { lamports: 1_825_020, data: update.data(), owner: PYTH_RECEIVER, ..Account::default() };
        self.chain.set_account(&address, account);
        address
    }

    /// Shows a product a price of now, `price` in units of 10^-8.
    pub fn observe(&mut self, index: u16, price: i64) -> Receipt {
        let update = PriceUpdate::of(price, self.now());
        self.show(index, &update)
    }

    /// Shows a product a price.
    pub fn show(&mut self, index: u16, update: &PriceUpdate) -> Receipt {
        let price_update = self.post_price(update);
        self.send(ObservePrice { pool: self.pool(), product: self.product(index), price_update }.instruction(), &[])
    }

    /// Refutes a product's breach with a price.
    pub fn refute_breach(&mut self, index: u16, update: &PriceUpdate) -> Receipt {
        let price_update = self.post_price(update);
        self.send(RefuteBreach { product: self.product(index), price_update }.instruction(), &[])
    }

    /// Refutes a product's incident with a price.
    pub fn refute_incident(&mut self, index: u16, nth: u32, update: &PriceUpdate) -> Receipt {
        let price_update = self.post_price(update);
        let (product, incident) = (self.product(index), self.incident(index, nth));
        self.send(RefuteIncident { product, incident, price_update }.instruction(), &[])
    }

    /// Accounts of `open_price_incident` number `nth` by an actor.
    #[must_use]
    pub fn open_price_incident_accounts(&self, opener: &str, index: u16, nth: u32) -> OpenPriceIncident {
        OpenPriceIncident {
            payer: self.key(opener),
            pool: self.pool(),
            product: self.product(index),
            incident: self.incident(index, nth),
            vault: vault_address(&self.pool()),
        }
    }

    /// Opens incident number `nth` of a product by its breach.
    pub fn open_price_incident(&mut self, opener: &str, index: u16, nth: u32) -> Receipt {
        self.send(self.open_price_incident_accounts(opener, index, nth).instruction(), &[opener])
    }

    /// Accounts of `challenge_incident` by an actor.
    #[must_use]
    pub fn challenge_accounts(&self, challenger: &str, index: u16, nth: u32) -> ChallengeIncident {
        let (pool, incident) = (self.pool(), self.incident(index, nth));
        ChallengeIncident {
            challenger: self.key(challenger),
            payer: self.key(challenger),
            pool,
            product: self.product(index),
            incident,
            assembly: self.assembly(),
            ballot: ballot_address(&incident),
            challenger_token: self.tokens(challenger, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Challenges incident number `nth` of a product.
    pub fn challenge(&mut self, challenger: &str, index: u16, nth: u32) -> Receipt {
        self.send(self.challenge_accounts(challenger, index, nth).instruction(&challenge_request()), &[challenger])
    }

    /// Accounts of `claim_breach` for a holder, paid by an actor.
    #[must_use]
    pub fn claim_breach_accounts(
        &self,
        payer: &str,
        holder: &str,
        policy: &Address,
        incident: &Address,
    ) -> ClaimBreach {
        let pool = self.pool();
        ClaimBreach {
            payer: self.key(payer),
            pool,
            incident: *incident,
            policy: *policy,
            claim: claim_address(incident, policy),
            holder: self.key(holder),
            receiver: self.tokens(holder, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Files the claim of a holder's policy in an incident that prices opened; an actor pays the rent.
    pub fn claim_breach(&mut self, payer: &str, holder: &str, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.claim_breach_accounts(payer, holder, policy, incident).instruction(), &[payer])
    }

    /// Accounts of `draw` on a policy by the actor that the product lets draw, without those for a booking.
    #[must_use]
    pub fn draw_accounts(&self, authority: &str, holder: &str, index: u16, policy: &Address) -> Draw {
        let pool = self.pool();
        Draw {
            authority: self.key(authority),
            pool,
            product: self.product(index),
            policy: *policy,
            holder: self.key(holder),
            receiver: self.tokens(holder, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
            payer: None,
            incident: None,
        }
    }

    /// The same with those for a booking, which the authority pays for.
    pub fn booking_accounts(&mut self, authority: &str, holder: &str, index: u16, policy: &Address) -> Draw {
        let count = self.read_product(index).incident_count;
        Draw {
            payer: Some(self.key(authority)),
            incident: Some(self.incident(index, count)),
            ..self.draw_accounts(authority, holder, index, policy)
        }
    }

    /// Reports a loss on a holder's policy: draws what can be drawn, and books the rest.
    pub fn draw(&mut self, authority: &str, holder: &str, index: u16, policy: &Address, loss: u64) -> Receipt {
        let accounts = self.booking_accounts(authority, holder, index, policy);
        self.send(accounts.instruction(loss, 0), &[authority])
    }

    /// Accounts of `pay_booking` for booking number `nth` of a product, on a holder's policy; the guardian gets the tip.
    #[must_use]
    pub fn pay_booking_accounts(&self, holder: &str, index: u16, policy: &Address, nth: u32) -> PayBooking {
        let pool = self.pool();
        PayBooking {
            caller: self.key("guardian"),
            pool,
            product: self.product(index),
            policy: *policy,
            incident: self.incident(index, nth),
            holder: self.key(holder),
            receiver: Some(self.tokens(holder, &self.asset())),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Pays what can be paid of booking number `nth` of a product, on a holder's policy.
    pub fn pay_booking(&mut self, holder: &str, index: u16, policy: &Address, nth: u32) -> Receipt {
        self.send(self.pay_booking_accounts(holder, index, policy, nth).instruction(), &[])
    }
}

/// A challenge of what prices opened.
#[must_use]
pub fn challenge_request() -> Evidence {
    Evidence { evidence_hash: [6; 32], evidence_uri: "ipfs://challenge".into() }
}

/// Parameters of the world's price product: broken below 0.98, worth nothing at 0.88; an hour of breach with prices at
/// least every ten minutes, none older than a minute.
#[must_use]
pub fn price_product(name: &str) -> ProductParams {
    ProductParams {
        risk_kind: 1,
        trigger: 1,
        trigger_source: FEED,
        price: PriceParams {
            strike: 98_000_000,
            floor: 88_000_000,
            exponent: -8,
            max_age: 60,
            min_duration: 3_600,
            max_gap: 600,
        },
        ..product_params(name)
    }
}

/// Parameters of the world's authority product, on which the actor "venue" draws: 5% of the capital a day, half at once.
#[must_use]
pub fn authority_product(name: &str) -> ProductParams {
    ProductParams {
        risk_kind: 6,
        trigger: 2,
        trigger_source: actor("venue").pubkey(),
        draws: DrawParams { period: 86_400, limit_bps: 500 },
        ..product_params(name)
    }
}
