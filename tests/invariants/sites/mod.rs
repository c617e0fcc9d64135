//! Where everything lies on the chain, and the instructions for it.

mod changes;
mod cover;
mod endings;
mod incident;
mod jury;
mod liquidity;
mod trigger;

use coverage_client::*;
use coverage_model::{self as model, Model, Name, Subject, Token};
use harness::actor;
use solana_address::Address;
use solana_signer::Signer;
use std::{cell::RefCell, collections::BTreeMap};

/// Those who deposit.
pub const LPS: [Name; 3] = ["ada", "ben", "cleo"];
/// Those who buy cover, and hold it.
pub const BUYERS: [Name; 4] = ["dora", "emil", "fay", "gus"];
/// Those who stake.
pub const VOTERS: [Name; 4] = ["vera", "walt", "xeno", "yuri"];
/// Who opens incidents.
pub const OPENER: Name = "opal";
/// Who draws for a covered program.
pub const DRAWER: Name = "venue";
/// Who gets the commissions.
pub const DISTRIBUTOR: Name = "hugo";
/// Who opens pools and collects exits.
pub const FOUNDER: Name = "founder";
/// Who turns the other cranks.
pub const GUARDIAN: Name = "guardian";
/// Who decides what finds no quorum twice.
pub const ARBITER: Name = "arbiter";
/// Who created the assembly in which nobody has stake.
const OTHER_CREATOR: Name = "rita";
/// Who gets what is nobody's when a pool closes.
pub const TREASURY: Name = "treasury";

const TOKENS: Address = spl_token_interface::ID;

/// The addresses of a pool.
#[derive(Clone, Copy)]
pub struct Site {
    pub pool: Address,
    pub vault: Address,
}

/// What the model knows by a number, or by several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Product(usize),
    Policy(usize),
    Epoch(usize),
    Ticket(usize),
    Change(usize),
    Incident(usize),
    Claim(usize),
    Ballot(usize),
    Voter(Name),
    ShareMint(usize, u32),
    Escrow(usize, u32),
    Shares(Name, usize, u32),
    Retired(usize),
    Record(usize, Name),
}

/// All addresses, derived once.
pub struct Sites {
    keys: BTreeMap<Name, Address>,
    wallets: BTreeMap<(Name, Token), Address>,
    places: RefCell<BTreeMap<Place, Address>>,
    pub pools: Vec<Site>,
    /// The assembly in which all stake is, and one without any.
    pub courts: [Address; 2],
    pub stake_vault: Address,
    asset: Address,
    governance: Address,
}

impl Sites {
    /// The places of a world with pools of these numbers.
    pub fn of(asset: Address, governance: Address, pools: std::ops::RangeInclusive<u64>) -> Self {
        let founder = actor(FOUNDER).pubkey();
        let courts = [founder, actor(OTHER_CREATOR).pubkey()].map(|creator| assembly_address(&governance, &creator));
        let site = |id| {
            let pool = pool_address(&founder, id);
            Site { pool, vault: vault_address(&pool) }
        };
        let mut sites = Self {
            keys: BTreeMap::new(),
            wallets: BTreeMap::new(),
            places: RefCell::default(),
            pools: pools.map(site).collect(),
            courts,
            stake_vault: stake_vault_address(&courts[0]),
            asset,
            governance,
        };
        let others = [OPENER, DRAWER, FOUNDER, GUARDIAN, DISTRIBUTOR, ARBITER, TREASURY];
        for name in LPS.into_iter().chain(BUYERS).chain(VOTERS).chain(others) {
            let key = actor(name).pubkey();
            sites.keys.insert(name, key);
            sites.wallets.insert((name, Token::Asset), token_account_address(&key, &asset));
            sites.wallets.insert((name, Token::Governance), token_account_address(&key, &governance));
        }
        sites
    }

    /// Mint of the staked token.
    pub fn governance(&self) -> Address {
        self.governance
    }

    /// Mint of the asset.
    pub fn asset(&self) -> Address {
        self.asset
    }

    /// Somebody's address.
    pub fn key(&self, name: Name) -> Address {
        self.keys[name]
    }

    /// Somebody's token account; lamports lie at their own address.
    pub fn wallet(&self, name: Name, token: Token) -> Address {
        match token {
            Token::Lamports => self.key(name),
            Token::Shares(pool, generation) => self.place(Place::Shares(name, pool, generation), || {
                token_account_address(&self.key(name), &self.share_mint_of(pool, generation))
            }),
            _ => self.wallets[&(name, token)],
        }
    }

    /// Mint of a pool's shares, renewed so often before.
    pub fn share_mint_of(&self, pool: usize, generation: u32) -> Address {
        self.place(Place::ShareMint(pool, generation), || share_mint_address(&self.pools[pool].pool, generation))
    }

    /// Where those on their way out are.
    pub fn escrow_of(&self, pool: usize, generation: u32) -> Address {
        self.place(Place::Escrow(pool, generation), || exit_escrow_address(&self.pools[pool].pool, generation))
    }

    /// Mint of a pool's shares, and where those on their way out are.
    pub fn shares(&self, model: &Model, pool: usize) -> (Address, Address) {
        let generation = model.generation(pool);
        (self.share_mint_of(pool, generation), self.escrow_of(pool, generation))
    }

    pub fn retired(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Retired(number), || {
            let model::Retired { pool, generation, .. } = model.retired[number];
            retired_address(&self.pools[pool].pool, generation)
        })
    }

    /// The address of something that is there.
    fn place(&self, place: Place, derive: impl FnOnce() -> Address) -> Address {
        if let Some(address) = self.places.borrow().get(&place) {
            return *address;
        }
        let address = derive();
        self.places.borrow_mut().insert(place, address);
        address
    }

    pub fn product(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Product(number), || {
            let pool = model.products[number].pool;
            let before = model.products.iter().take(number).filter(|product| product.pool == pool).count();
            product_address(&self.pools[pool].pool, before.try_into().expect("few"))
        })
    }

    pub fn change(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Change(number), || {
            let model::Change { pool, proposer, id, .. } = model.changes[number];
            change_address(&self.pools[pool].pool, &self.key(proposer), id)
        })
    }

    pub fn policy(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Policy(number), || {
            let model::Policy { product, payer, id, .. } = model.policies[number];
            policy_address(&self.product(model, product), &self.key(payer), id)
        })
    }

    pub fn epoch(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Epoch(number), || {
            let model::Epoch { pool, number, .. } = model.epochs[number];
            exit_epoch_address(&self.pools[pool].pool, number)
        })
    }

    pub fn ticket(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Ticket(number), || {
            let model::Ticket { pool, owner, id, .. } = model.tickets[number];
            exit_ticket_address(&self.pools[pool].pool, &self.key(owner), id)
        })
    }

    pub fn incident(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Incident(number), || {
            let model::Incident { product, number, .. } = model.incidents[number];
            incident_address(&self.product(model, product), number)
        })
    }

    pub fn claim(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Claim(number), || {
            let model::Claim { incident, policy, .. } = model.claims[number];
            claim_address(&self.incident(model, incident), &self.policy(model, policy))
        })
    }

    pub fn subject(&self, model: &Model, ballot: usize) -> Address {
        match model.ballots[ballot].subject {
            Subject::Incident(incident) => self.incident(model, incident),
            Subject::Claim(claim) => self.claim(model, claim),
            Subject::Change(change) => self.change(model, change),
        }
    }

    pub fn ballot(&self, model: &Model, number: usize) -> Address {
        self.place(Place::Ballot(number), || ballot_address(&self.subject(model, number)))
    }

    pub fn voter(&self, name: Name) -> Address {
        self.place(Place::Voter(name), || voter_address(&self.courts[0], &self.key(name)))
    }

    /// The record of somebody's vote, cast or to be cast.
    pub fn record(&self, model: &Model, ballot: usize, name: Name) -> Address {
        self.place(Place::Record(ballot, name), || vote_record_address(&self.ballot(model, ballot), &self.voter(name)))
    }
}
