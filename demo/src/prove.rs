//! The proof: what the accounts say must hold by itself, and must be what the model says.

use crate::{expect::Model, play::Play};
use anyhow::Result;
use coverage_client::{
    Assembly, Claim, Incident, Policy, Pool, Voter, claim_address, stake_vault_address, text, vault_address,
    voter_address,
};
use std::fmt::Display;

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
    pub fn same<T: PartialEq + Display>(&mut self, what: &str, expected: T, found: T) {
        self.made += 1;
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
        let (books, totals) = (&model.books, &model.totals);
        for (name, expected, found) in [
            ("capital", books.capital, pool.capital),
            ("unearned", books.unearned, pool.unearned),
            ("payable", books.payable, pool.payable),
            ("exits due", books.exits_due, pool.exits_due),
            ("bonds", books.bonds, pool.bonds),
            ("assessors", books.assessors, pool.assessors),
            ("treasury", books.treasury_due, pool.treasury_due),
            ("premiums paid", totals.premiums_paid, pool.premiums_paid),
            ("commissions paid", totals.commissions_paid, pool.commissions_paid),
            ("protocol fees", totals.protocol_fees, pool.protocol_fees),
            ("assessor fees", totals.assessor_fees, pool.assessor_fees),
            ("income earned", totals.income_earned, pool.income_earned),
            ("other income", totals.other_income, pool.other_income),
            ("premiums refunded", 0, pool.premiums_refunded),
            ("claims settled", totals.claims_settled, pool.claims_settled),
            ("claims paid", totals.claims_paid, pool.claims_paid),
            ("liens", model.liens(pool.accrued_at), pool.lien_total),
            ("reserved rewards", model.rewards_reserved, pool.rewards_reserved),
            ("active cover", model.active_cover(None, pool.accrued_at), pool.active_cover),
            ("open incidents", count(model.open_incidents().count()), u64::from(pool.open_incidents)),
            ("policies sold", count(model.policies.len()), pool.policies_sold),
        ] {
            self.same(&format!("{when}, the pool's {name}"), expected, found);
        }
    }
}

/// What somebody has, atoms.
pub struct Holding {
    /// Who.
    pub name: String,
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
    pub name: String,
    /// Its product's name.
    pub product: String,
    /// Its account.
    pub incident: Incident,
    /// The accounts of its claims, by the name of the policy.
    pub claims: Vec<(String, Claim)>,
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
    /// The policies by name.
    pub policies: Vec<(String, Policy)>,
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
                name: who.into(),
                asset: network.balance(&places.tokens(who, &places.asset))?,
                shares: network.balance(&places.tokens(who, &places.share_mint))?,
                governance: network.balance(&places.tokens(who, &places.governance))?,
                staked,
            });
        }
        let mut policies = Vec::new();
        for (name, address) in &places.policies {
            policies.push((name.clone(), network.read::<Policy>(address)?));
        }
        let mut cases = Vec::new();
        for (name, address) in &places.incidents {
            let incident = network.read::<Incident>(address)?;
            let mut claims = Vec::new();
            for (policy, at) in &places.policies {
                claims.extend(network.find(&claim_address(address, at))?.map(|claim| (policy.clone(), claim)));
            }
            let product = text(&network.read::<coverage_client::Product>(&incident.product)?.name);
            cases.push(Case { name: name.clone(), product, incident, claims });
        }
        let assembly: Assembly = network.read(&places.assembly)?;
        Ok(Self {
            pool: network.read(&places.pool)?,
            vault: network.balance(&vault_address(&places.pool))?,
            supply: network.supply(&places.share_mint)?,
            escrow: network.balance(&coverage_client::exit_escrow_address(&places.pool))?,
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
        let rest = [pool.unearned, pool.payable, pool.exits_due, pool.bonds, pool.assessors, pool.treasury_due];
        pool.capital + rest.iter().sum::<u64>()
    }

    /// The statements that must hold, each with whether it does.
    pub fn prove(&self, model: &Model, checks: &mut Checks) -> Vec<(&'static str, bool)> {
        type Proof = fn(&Accounts, &Model, &mut Checks);
        let proofs: [(&str, Proof); 6] = [
            ("B1  the vault holds the sum of the buckets", |all, _, checks| {
                checks.same("B1, the vault", all.owed(), all.vault);
            }),
            ("B2  liens stay within the capital, and no incident is left open", |all, _, checks| {
                let liens = all.cases.iter().map(|case| case.incident.lien).sum::<u64>();
                checks.same("B2, the liens of all incidents", liens, all.pool.lien_total);
                checks.holds("B2: liens exceed the capital".into(), all.pool.lien_total <= all.pool.capital);
                checks.same("B2, open incidents", 0, all.pool.open_incidents);
            }),
            ("B3  the LPs' shares and those on their way out are all there are", |all, _, checks| {
                let held = all.holdings.iter().map(|holding| holding.shares).sum::<u64>();
                checks.same("B3, the shares", all.supply, held + all.escrow);
            }),
            ("B4  no policy and no incident paid more than it may; dust is below an atom a claim", Self::payments),
            ("B5  premiums and other income went where they had to, to the atom", Self::premiums),
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

    fn payments(&self, _: &Model, checks: &mut Checks) {
        for (name, policy) in &self.policies {
            let ordered = policy.paid <= policy.claimed && policy.claimed <= policy.amount;
            checks.holds(format!("B4: policy {name} paid more than it may"), ordered);
        }
        for Case { name, incident, claims, .. } in &self.cases {
            let ordered = incident.paid <= incident.settled && incident.settled <= incident.approved;
            checks.holds(format!("B4: incident {name} paid more than it may"), ordered);
            checks.same(&format!("B4, claims of {name}"), u64::from(incident.claim_count), count(claims.len()));
            let paid = claims.iter().map(|(_, claim)| claim.paid).sum::<u64>();
            checks.same(&format!("B4, paid on the claims of {name}"), incident.paid, paid);
            // States 2 and 3: paid out after a settlement or a rejection.
            if claims.iter().all(|(_, claim)| matches!(claim.state, 2 | 3)) {
                let dust = incident.settled.saturating_sub(incident.paid);
                checks.holds(format!("B4: {dust} atoms are left of {name}"), dust < count(claims.len()).max(1));
            }
        }
    }

    fn premiums(&self, _: &Model, checks: &mut Checks) {
        let pool = &self.pool;
        let spent = pool.commissions_paid + pool.protocol_fees + pool.assessor_fees;
        let kept = pool.income_earned + pool.unearned + pool.premiums_refunded;
        checks.same("B5, in total", pool.premiums_paid + pool.other_income, spent + kept);
        for (name, policy) in &self.policies {
            let parts = policy.commission + policy.protocol_fee + policy.assessor_fee + policy.unearned_premium;
            checks.same(&format!("B5, the premium of {name}"), policy.premium, parts);
        }
        let premiums = self.policies.iter().map(|(_, policy)| policy.premium).sum::<u64>();
        checks.same("B5, all premiums", premiums, pool.premiums_paid);
    }

    fn foreseen(&self, model: &Model, checks: &mut Checks) {
        checks.pool("at the end", model, &self.pool);
        checks.same("shares in being", model.supply, self.supply);
        let had = |purses: &std::collections::BTreeMap<String, u64>, who: &str| purses.get(who).copied().unwrap_or(0);
        let mut all_staked = 0;
        for Holding { name, asset, shares, governance, staked } in &self.holdings {
            let stakes: u64 = model.stakes.get(name).into_iter().flatten().map(|(amount, _)| amount).sum();
            all_staked += stakes;
            checks.same(&format!("{name}'s asset"), had(&model.wallets, name), *asset);
            checks.same(&format!("{name}'s shares"), had(&model.shares, name), *shares);
            checks.same(&format!("{name}'s governance tokens"), had(&model.purses, name), *governance);
            checks.same(&format!("{name}'s stake"), stakes, *staked);
        }
        checks.same("the assembly's stake", all_staked, self.stake.0);
        checks.same("stake lost and not yet burned", model.slashed, self.stake.1);
        checks.same("the stake vault", all_staked + model.slashed, self.governance.0);
        let left: u64 = model.purses.values().sum();
        checks.same("governance tokens in being", left + all_staked + model.slashed, self.governance.1);
        for (name, found) in &self.policies {
            let Some(policy) = model.policies.get(name) else { continue };
            for (what, expected, found) in [
                ("amount", policy.amount, found.amount),
                ("premium", policy.premium, found.premium),
                ("commission", policy.split.commission, found.commission),
                ("protocol fee", policy.split.protocol_fee, found.protocol_fee),
                ("assessor fee", policy.split.assessor_fee, found.assessor_fee),
                ("unearned premium", policy.split.unearned, found.unearned_premium),
                ("rate", policy.rate, found.rate),
                ("first covered second", policy.period.cover_from, found.cover_from),
                ("last covered second", policy.period.end(), found.end),
                ("release day", policy.period.release_day, found.release_day),
                ("claimed", policy.claimed, found.claimed),
                ("paid", policy.paid, found.paid),
            ] {
                checks.same(&format!("policy {name}, {what}"), expected, found);
            }
        }
        for Case { name, incident: found, claims, .. } in &self.cases {
            let Some(incident) = model.incidents.get(name) else { continue };
            let severity_bps = incident.severity_bps.unwrap_or(coverage_math::BPS);
            checks.same(&format!("incident {name}, severity"), severity_bps, found.severity_bps);
            checks.same(&format!("incident {name}, approved"), incident.approved, found.approved);
            checks.same(&format!("incident {name}, settled"), incident.settled, found.settled);
            checks.same(&format!("incident {name}, paid"), incident.paid, found.paid);
            checks.same(&format!("incident {name}, filed"), incident.filed, found.filed);
            checks.same(&format!("incident {name}, lien"), incident.stored_lien(), found.lien);
            let disputes = incident.claims.values().map(|claim| claim.disputes.len()).sum::<usize>();
            let accounts = count(claims.len() + disputes);
            checks.same(&format!("incident {name}, accounts"), accounts, u64::from(found.live_accounts));
            for (policy, found) in claims {
                let Some(claim) = incident.claims.get(policy) else { continue };
                checks.same(&format!("claim on {policy}, amount"), claim.amount, found.amount);
                checks.same(&format!("claim on {policy}, bond"), claim.bond, found.bond);
                checks.same(&format!("claim on {policy}, paid"), claim.paid, found.paid);
                checks.same(&format!("claim on {policy}, prize"), claim.prize, found.prize);
            }
        }
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
