//! The proof: what the accounts say must hold by itself, and must be what the model says.

use crate::{foresee::POOL, play::Play};
use anyhow::Result;
use coverage_client::{
    Assembly, Claim, Incident, Policy, Pool, Voter, claim_address, stake_vault_address, text, vault_address,
    voter_address,
};
use coverage_model::{Atoms, Claim as Filed, Model, Name, Policy as Sold, Token};
use std::collections::BTreeMap;

/// The comparisons made so far.
#[derive(Default)]
pub struct Checks {
    /// How many.
    pub made: usize,
    /// What differed.
    pub failures: Vec<String>,
}

impl Checks {
    /// Notes whether `found` is what was `expected`.
    pub fn same(&mut self, what: &str, expected: impl Into<Atoms>, found: impl Into<Atoms>) {
        self.made += 1;
        let (expected, found) = (expected.into(), found.into());
        if expected != found {
            self.failures.push(format!("{what}: expected {expected}, found {found}"));
        }
    }

    /// Notes whether a statement holds.
    fn holds(&mut self, what: String, holds: bool) {
        self.made += 1;
        if !holds {
            self.failures.push(what);
        }
    }

    /// Compares the pool's buckets, counters, liens and cover with the model.
    pub fn pool(&mut self, when: &str, model: &Model, pool: &Pool) {
        let known = &model.pools[POOL];
        let sum = |part: fn(&Sold) -> Atoms| model.policies_of(POOL).map(part).sum::<Atoms>();
        for (name, expected, found) in [
            ("capital", model.capital(POOL), pool.capital),
            ("unearned", model.unearned(POOL), pool.unearned),
            ("payable", model.payable(POOL), pool.payable),
            ("exits due", model.exits_due(POOL), pool.exits_due),
            ("contested", model.contested(POOL), pool.contested),
            ("bonds", model.bonds(POOL), pool.bonds),
            ("assessors", model.assessors(POOL), pool.assessors),
            ("treasury", model.treasury_due(POOL), pool.treasury_due),
            ("premiums paid", sum(|policy| policy.parts.premium), pool.premiums_paid),
            ("commissions paid", sum(|policy| policy.parts.commission), pool.commissions_paid),
            ("protocol fees", sum(|policy| policy.parts.protocol_fee), pool.protocol_fees),
            ("assessor fees", sum(|policy| policy.parts.assessor_fee), pool.assessor_fees),
            ("income earned", known.income_earned, pool.income_earned),
            ("other income", known.other_income, pool.other_income),
            ("premiums refunded", sum(|policy| policy.refunded), pool.premiums_refunded),
            ("claims settled", model.claims_settled(POOL), pool.claims_settled),
            ("claims paid", model.claims_paid(POOL), pool.claims_paid),
            ("liens", model.own_liens(POOL).unwrap_or(-1), pool.own_liens().unwrap_or(u64::MAX)),
            ("liened cover", model.liened_cover(POOL), pool.liened_cover),
            ("shares", model.shares(POOL), pool.shares),
            ("shares on their way out", model.exiting_shares(POOL), pool.exiting_shares),
            ("terms", known.terms.into(), pool.terms),
            ("reserved rewards", model.rewards_reserved(POOL), pool.rewards_reserved),
            ("active cover", model.pool_active(POOL), pool.active_cover),
            ("open incidents", count(model.open_incidents(POOL)), pool.open_incidents.into()),
            ("policies sold", count(model.policies.len()), pool.policies_sold),
        ] {
            self.same(&format!("{when}, the pool's {name}"), expected, found);
        }
    }
}

/// What somebody has, atoms.
pub struct Holding {
    /// Who.
    pub name: Name,
    /// Of the asset.
    pub asset: u64,
    /// Of the shares.
    pub shares: u64,
    /// Of the governance token, not staked.
    pub governance: u64,
    /// Staked.
    pub staked: u64,
}

/// An incident with its claims.
pub struct Case {
    /// What the scenario calls it.
    pub name: Name,
    /// Its number in the model.
    pub number: usize,
    /// Its product's name.
    pub product: String,
    /// Its account.
    pub incident: Incident,
    /// The accounts of its claims, by the name of the policy.
    pub claims: Vec<(Name, Claim)>,
}

/// Everything, as read back from the chain at the end.
pub struct Accounts {
    /// The pool.
    pub pool: Pool,
    /// Balance of the vault, atoms.
    pub vault: u64,
    /// Shares in being.
    pub supply: u64,
    /// Shares on their way out.
    pub escrow: u64,
    /// Stake that counts, and what is lost of it and not yet burned, atoms.
    stake: (u64, u64),
    /// Balance of the stake vault, and governance tokens in being, atoms.
    governance: (u64, u64),
    /// Everybody's tokens.
    pub holdings: Vec<Holding>,
    /// The policies by name, with their numbers in the model.
    pub policies: Vec<(Name, usize, Policy)>,
    /// The incidents.
    pub cases: Vec<Case>,
}

impl Accounts {
    /// Reads everything.
    pub fn read(play: &Play) -> Result<Self> {
        let (network, places) = (play.network, &play.places);
        let mut holdings = Vec::new();
        for actor in &play.scenario.actors {
            let who = actor.name.as_str();
            let voter = voter_address(&places.assembly, &crate::actors::address(who));
            let staked = network.find::<Voter>(&voter)?.map_or(0, |voter| voter.lot_amounts.iter().sum());
            holdings.push(Holding {
                name: who,
                asset: network.balance(&places.tokens(who, &places.asset))?,
                shares: network.balance(&places.tokens(who, &places.share_mint))?,
                governance: network.balance(&places.tokens(who, &places.governance))?,
                staked,
            });
        }
        let mut policies = Vec::new();
        for (name, place) in &places.policies {
            policies.push((*name, place.number, network.read(&place.address)?));
        }
        let mut cases = Vec::new();
        for (name, place) in &places.incidents {
            let incident: Incident = network.read(&place.address)?;
            let mut claims = Vec::new();
            for (policy, of) in &places.policies {
                claims.extend(network.find(&claim_address(&place.address, &of.address))?.map(|claim| (*policy, claim)));
            }
            let product = text(&network.read::<coverage_client::Product>(&incident.product)?.name);
            cases.push(Case { name, number: place.number, product, incident, claims });
        }
        let assembly: Assembly = network.read(&places.assembly)?;
        Ok(Self {
            pool: network.read(&places.pool)?,
            vault: network.balance(&vault_address(&places.pool))?,
            supply: network.supply(&places.share_mint)?,
            escrow: network.balance(&places.exit_escrow())?,
            stake: (assembly.total_staked, assembly.slashed),
            governance: (network.balance(&stake_vault_address(&places.assembly))?, network.supply(&places.governance)?),
            holdings,
            policies,
            cases,
        })
    }

    /// The sum of the buckets, atoms.
    pub fn owed(&self) -> u64 {
        let pool = &self.pool;
        let rest = [pool.unearned, pool.payable, pool.exits_due, pool.contested];
        let others = [pool.bonds, pool.assessors, pool.treasury_due];
        pool.capital + rest.iter().chain(&others).sum::<u64>()
    }

    /// The statements that must hold, each with whether it does.
    pub fn prove(&self, model: &Model, checks: &mut Checks) -> Vec<(&'static str, bool)> {
        type Proof = fn(&Accounts, &Model, &mut Checks);
        let proofs: [(&str, Proof); 7] = [
            ("B1  the vault holds the sum of the buckets", |all, _, checks| {
                checks.same("B1, the vault", all.owed(), all.vault);
            }),
            ("B2  nothing is set aside and nothing contested once no incident is left open", |all, _, checks| {
                checks.same("B2, open incidents", 0, all.pool.open_incidents);
                checks.same("B2, what is set aside", 0, all.pool.set_aside().unwrap_or(u64::MAX));
                checks.same("B2, what is contested", 0, all.pool.contested);
            }),
            ("B3  the LPs' shares and those on their way out are all there are", |all, _, checks| {
                let held = all.holdings.iter().map(|holding| holding.shares).sum::<u64>();
                checks.same("B3, the shares", all.supply, held + all.escrow);
            }),
            ("B4  no policy and no incident paid more than it may; dust is below an atom a claim", Self::payments),
            ("B5  premiums and other income went where they had to, to the atom", Self::premiums),
            ("B8  who left got what is fair, up to two atoms for each incident", Self::fairness),
            ("every balance, policy, incident and bucket is what the model foresaw, to the atom", Self::foreseen),
        ];
        let mut results = Vec::new();
        for (statement, proof) in proofs {
            let before = checks.failures.len();
            proof(self, model, checks);
            results.push((statement, checks.failures.len() == before));
        }
        results
    }

    /// What an exit epoch got is what its shares were worth, less its part of what was paid in the incidents that were open.
    fn fairness(&self, model: &Model, checks: &mut Checks) {
        for number in 0..model.epochs.len() {
            let (fair, incidents) = model.fair(number);
            let fair: Atoms = fair.round().to_integer().try_into().unwrap_or(Atoms::MAX);
            let off = (model.epoch_paid(number) - fair).abs();
            checks.holds(format!("B8: exit epoch {number} is not over"), model.is_over(number));
            checks.holds(
                format!("B8: exit epoch {number} got {off} atoms too much or too little"),
                off <= 2 * count(incidents),
            );
        }
    }

    fn payments(&self, _: &Model, checks: &mut Checks) {
        for (name, _, policy) in &self.policies {
            let ordered = policy.paid <= policy.claimed && policy.claimed <= policy.amount;
            checks.holds(format!("B4: policy {name} paid more than it may"), ordered);
        }
        for Case { name, incident, claims, .. } in &self.cases {
            let ordered = incident.paid <= incident.settled && incident.settled <= incident.approved;
            checks.holds(format!("B4: incident {name} paid more than it may"), ordered);
            checks.same(&format!("B4, claims of {name}"), incident.claim_count, count(claims.len()));
            let paid = claims.iter().map(|(_, claim)| claim.paid).sum::<u64>();
            checks.same(&format!("B4, paid on the claims of {name}"), incident.paid, paid);
            // States 2 and 3: paid out after a settlement or a rejection.
            if claims.iter().all(|(_, claim)| matches!(claim.state, 2 | 3)) {
                let dust = incident.settled.saturating_sub(incident.paid);
                checks.holds(
                    format!("B4: {dust} atoms are left of {name}"),
                    Atoms::from(dust) < count(claims.len()).max(1),
                );
            }
        }
    }

    fn premiums(&self, _: &Model, checks: &mut Checks) {
        let pool = &self.pool;
        let spent = pool.commissions_paid + pool.protocol_fees + pool.assessor_fees;
        let kept = pool.income_earned + pool.unearned + pool.premiums_refunded;
        checks.same("B5, in total", pool.premiums_paid + pool.other_income, spent + kept);
        for (name, _, policy) in &self.policies {
            let parts = policy.commission + policy.protocol_fee + policy.assessor_fee + policy.unearned_premium;
            checks.same(&format!("B5, the premium of {name}"), policy.premium, parts);
        }
        let premiums = self.policies.iter().map(|(.., policy)| policy.premium).sum::<u64>();
        checks.same("B5, all premiums", premiums, pool.premiums_paid);
    }

    fn foreseen(&self, model: &Model, checks: &mut Checks) {
        checks.pool("at the end", model, &self.pool);
        checks.same("shares in being", model.pools[POOL].supply, self.supply);
        for Holding { name, asset, shares, governance, staked } in &self.holdings {
            let stake = model.voter(name).map_or(0, |voter| voter.staked());
            checks.same(&format!("{name}'s asset"), model.balance(name, Token::Asset), *asset);
            checks.same(&format!("{name}'s shares"), model.balance(name, model.shares_of(POOL)), *shares);
            checks.same(&format!("{name}'s governance tokens"), model.balance(name, Token::Governance), *governance);
            checks.same(&format!("{name}'s stake"), stake, *staked);
        }
        let (staked, slashed) = (model.staked(u64::MAX), model.slashed_stake());
        checks.same("the assembly's stake", staked, self.stake.0);
        checks.same("stake lost and not yet burned", slashed, self.stake.1);
        checks.same("the stake vault", staked + slashed, self.governance.0);
        let purses = model.wallets.iter().filter(|(_, token, _)| *token == Token::Governance);
        let left: Atoms = purses.map(|(.., amount)| amount).sum();
        checks.same("governance tokens in being", left + staked + slashed, self.governance.1);
        for (name, number, found) in &self.policies {
            let policy = &model.policies[*number];
            for (what, expected, found) in [
                ("amount", policy.amount, found.amount),
                ("premium", policy.parts.premium, found.premium),
                ("commission", policy.parts.commission, found.commission),
                ("protocol fee", policy.parts.protocol_fee, found.protocol_fee),
                ("assessor fee", policy.parts.assessor_fee, found.assessor_fee),
                ("unearned premium", policy.parts.unearned, found.unearned_premium),
                ("rate", model.streams[policy.stream].rate, found.rate),
                ("first covered second", policy.cover_from.into(), found.cover_from),
                ("last covered second", policy.end.into(), found.end),
                ("release day", policy.release_day.into(), found.release_day),
                ("claimed", model.claimed(*number), found.claimed),
                ("paid", model.paid(*number), found.paid),
            ] {
                checks.same(&format!("policy {name}, {what}"), expected, found);
            }
        }
        let numbers: BTreeMap<_, _> = self.policies.iter().map(|(name, number, _)| (*name, *number)).collect();
        for Case { name, number, incident: found, claims, .. } in &self.cases {
            let incident = &model.incidents[*number];
            checks.same(&format!("incident {name}, state"), incident.state as u8, found.state);
            checks.same(&format!("incident {name}, state of its bond"), incident.bond as u8, found.bond_state);
            checks.same(&format!("incident {name}, severity"), incident.severity_bps, found.severity_bps);
            checks.same(&format!("incident {name}, approved"), incident.approved, found.approved);
            checks.same(&format!("incident {name}, settled"), incident.settled, found.settled);
            checks.same(&format!("incident {name}, paid"), model.incident_paid(*number), found.paid);
            checks.same(&format!("incident {name}, filed"), model.filed(*number), found.filed);
            checks.same(&format!("incident {name}, lien"), incident.lien, found.lien);
            let accounts = count(model.live_accounts(*number));
            checks.same(&format!("incident {name}, accounts"), accounts, found.live_accounts);
            for (policy, found) in claims {
                let of = |claim: &&Filed| numbers.get(policy) == Some(&claim.policy);
                let Some(claim) = model.claims_in(*number).find(of) else { continue };
                checks.same(&format!("claim on {policy}, state"), claim.state as u8, found.state);
                checks.same(&format!("claim on {policy}, amount"), claim.amount, found.amount);
                checks.same(&format!("claim on {policy}, bond"), claim.bond, found.bond);
                checks.same(&format!("claim on {policy}, paid"), claim.paid, found.paid);
                checks.same(&format!("claim on {policy}, claimed"), claim.claimed, found.claimed);
                checks.same(&format!("claim on {policy}, level"), claim.level, found.level);
                checks.same(&format!("claim on {policy}, bond of its dispute"), claim.dispute_bond, found.dispute_bond);
            }
        }
    }
}

fn count(number: usize) -> Atoms {
    Atoms::try_from(number).unwrap_or(Atoms::MAX)
}
