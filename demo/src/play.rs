//! The steps, as signed transactions; the model plays each of them along.

mod dispute;
mod exits;
mod incident;
mod jury;
mod trigger;

use crate::{
    actors,
    foresee::{self, POOL},
    found::open_account,
    network::Network,
    places::{Place, Places},
    prove::Checks,
    report::{Moment, Timeline},
    scenario::{Purchase, Scenario, Step},
    terms::Terms,
};
use anyhow::{Context, Result};
use coverage_client::{
    BuyCover, CoverRequest, Deposit, Event, Policy, Pool, Stake, Voter, amount::Token, rpc::Receipt, voter_address,
};
use coverage_model::{Atoms, DAY, Model, Name, Purchase as Order, books::SHARE_DECIMALS};
use solana_instruction::Instruction;
use std::collections::BTreeMap;

/// Seconds in a minute.
const MINUTE: u64 = 60;
/// Seconds in an hour.
const HOUR: u64 = 3_600;

/// A scenario while it is played.
pub struct Play<'a> {
    /// The network it is played on.
    pub network: &'a Network,
    /// The scenario.
    pub scenario: &'static Scenario,
    /// Its terms, as the program takes them.
    pub terms: Terms,
    /// Where everything is.
    pub places: Places,
    /// What must come of it.
    pub model: Model,
    /// What has been compared.
    pub checks: Checks,
    /// Where it is told.
    pub timeline: Timeline,
    start: u64,
    /// When the step began that is being played.
    pub moment: u64,
    step: usize,
    /// When each series of prices began, and how many of them have been shown.
    shown: BTreeMap<String, (u64, usize)>,
}

impl<'a> Play<'a> {
    /// A scenario that begins now.
    pub fn new(network: &'a Network, scenario: &'static Scenario) -> Result<Self> {
        let terms = Terms::of(scenario)?;
        let start = network.now()?;
        let width = scenario.actors.iter().map(|actor| actor.name.chars().count()).max();
        Ok(Self {
            network,
            scenario,
            places: Places::of(&scenario.founder),
            model: foresee::model(&terms, &scenario.founder, start),
            terms,
            checks: Checks::default(),
            timeline: Timeline::new(width.unwrap_or(0)),
            start,
            moment: start,
            step: 0,
            shown: BTreeMap::new(),
        })
    }

    /// Plays every step.
    pub fn steps(&mut self) -> Result<()> {
        for (step, number) in self.scenario.steps.iter().zip(1..) {
            self.step = number;
            self.play(step).with_context(|| format!("step {number} ({})", step.action()))?;
        }
        Ok(())
    }

    fn play(&mut self, step: &'static Step) -> Result<()> {
        match step {
            Step::Wait { days, hours } => self.wait(days.unwrap_or(0), hours.unwrap_or(0)),
            Step::OpenPool { who } => self.open_pool(who),
            Step::Deposit { who, amount } => self.deposit(who, amount.atoms(&self.scenario.asset)?),
            Step::RequestExit { who, exit, shares } => self.request_exit(who, exit, shares.atoms(&self.shares())?),
            Step::PayExits { who, exit } => self.pay_exits(who, exit),
            Step::CollectExit { who, exit } => self.collect_exit(who, exit),
            Step::ReleaseContested { who, incident, exit } => self.release_contested(who, incident, exit),
            Step::Stake { who, amount } => self.stake(who, amount.atoms(&self.scenario.governance)?),
            Step::Delegate { who, to } => self.delegate(who, to),
            Step::Buy(purchase) => self.buy(purchase),
            Step::OpenIncident { who, product, incident, hours_ago } => {
                self.open_incident(who, product, incident, *hours_ago)
            }
            Step::Claim { who, incident, policy, loss } => {
                self.claim(who, incident, policy, loss.atoms(&self.scenario.asset)?)
            }
            Step::Dispute { who, incident, policy } => self.dispute(who, incident, policy),
            Step::ResolveDispute { who, incident, policy } => self.resolve_dispute(who, incident, policy),
            Step::CollectDisputeBond { who, incident, policy } => self.collect_dispute_bond(who, incident, policy),
            Step::Vote { who, voter, incident, policy, answer } => {
                let voter = voter.as_ref().unwrap_or(who);
                self.vote((who, voter), (incident, policy.as_deref()), *answer)
            }
            Step::CloseBallot { who, incident, policy } => self.close_ballot(who, (incident, policy.as_deref())),
            Step::Appeal { who, incident, policy } => self.appeal(who, (incident, policy.as_deref())),
            Step::CollectAppealBond { who, incident, policy } => {
                self.collect_appeal_bond(who, (incident, policy.as_deref()))
            }
            Step::CollectReward(reward) => self.collect_reward(reward),
            Step::BurnSlashed { who } => self.burn_slashed(who),
            Step::Decide { who, incident } => self.decide(who, incident),
            Step::EndFiling { who, incident } => self.end_filing(who, incident),
            Step::Settle { who, incident } => self.settle(who, incident),
            Step::Payout { who, incident, policy } => self.payout(who, incident, policy),
            Step::CollectBond { who, incident } => self.collect_bond(who, incident),
            Step::Recover { who, incident, amount } => self.recover(who, incident, amount.atoms(&self.scenario.asset)?),
            Step::Observe { who, product, series, until_minute } => self.observe(who, product, series, *until_minute),
            Step::OpenPriceIncident { who, product, incident } => self.open_price_incident(who, product, incident),
            Step::ClaimBreach { who, incident, policy } => self.claim_breach(who, incident, policy),
        }
    }

    // What every step does

    /// Sends instructions that one actor signs and pays for.
    pub fn send(&mut self, who: &str, instructions: &[Instruction]) -> Result<Receipt> {
        self.moment = self.network.now()?;
        self.network.send(instructions, &[&actors::actor(who)])
    }

    /// Adds a line to the timeline.
    pub fn tell(&mut self, who: &str, text: &str, receipt: &Receipt) {
        let moment = Moment::since(self.start, self.moment);
        self.timeline.line(moment, who, text, &receipt.signature.to_string(), receipt.units);
    }

    /// Reads the pool; its books are accrued to the second at which the step took place.
    fn pool(&self) -> Result<Pool> {
        self.network.read(&self.places.pool)
    }

    /// Compares a number with the model's.
    fn same(&mut self, what: &str, expected: impl Into<Atoms>, found: impl Into<Atoms>) {
        let what = format!("after step {}, {what}", self.step);
        self.checks.same(&what, expected, found);
    }

    /// Compares the pool with the model.
    fn same_pool(&mut self, pool: &Pool) {
        self.checks.pool(&format!("after step {}", self.step), &self.model, pool);
    }

    // Time, liquidity, stakes and cover

    fn wait(&mut self, days: u64, hours: u64) -> Result<()> {
        let seconds = days.checked_mul(DAY).and_then(|sum| sum.checked_add(hours.checked_mul(HOUR)?));
        self.network.pass(seconds.context("a time beyond all times")?)?;
        self.timeline.pause(days, hours);
        Ok(())
    }

    fn deposit(&mut self, who: Name, amount: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let deposit = Deposit {
            owner: key,
            pool: places.pool,
            owner_token: places.tokens(who, &places.asset),
            owner_shares: places.tokens(who, &places.share_mint),
            vault: places.vault(),
            share_mint: places.share_mint,
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
            share_token_program: spl_token_interface::ID,
        };
        let (open, seen) = (open_account(&key, who, &places.share_mint), self.model.seen(POOL));
        let receipt = self.send(who, &[open, deposit.instruction(amount, 0, &seen)])?;
        let event = receipt.event(|event| match event {
            Event::Deposited(deposited) => Some(deposited),
            _ => None,
        })?;
        let pool = self.pool()?;
        let shares = self.foresee(pool.accrued_at, |model| model.deposit(POOL, who, amount, 0, seen))?;
        self.same("shares minted", shares, event.shares);
        self.same_pool(&pool);
        let (asset, shares) = (&self.scenario.asset, self.shares().short(event.shares));
        let text = format!("deposits {} {} for {shares} shares", asset.short(amount), asset.symbol);
        self.tell(who, &text, &receipt);
        Ok(())
    }

    fn stake(&mut self, who: Name, amount: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let stake = Stake {
            owner: key,
            payer: key,
            assembly: places.assembly,
            voter: voter_address(&places.assembly, &key),
            owner_token: places.tokens(who, &places.governance),
            stake_vault: coverage_client::stake_vault_address(&places.assembly),
            governance_mint: places.governance,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[stake.instruction(amount)])?;
        let account: Voter = self.network.read(&stake.voter)?;
        // It ages from the midnight after it was made, which decides in which ballots it counts.
        let ages_from = account.lot_times.into_iter().max().context("the voter has no stake")?;
        let at = self.moment.max(ages_from.saturating_sub(DAY));
        self.foresee(at, |model| model.stake((who, who), amount))?;
        let token = &self.scenario.governance;
        let text = format!("stakes {} {}", token.short(amount), token.symbol);
        self.tell(who, &text, &receipt);
        Ok(())
    }

    fn buy(&mut self, purchase: &'static Purchase) -> Result<()> {
        let (who, amount) = (purchase.who.as_str(), purchase.amount.atoms(&self.scenario.asset)?);
        let (key, places) = (actors::address(who), &self.places);
        let index = self.product(&purchase.product)?;
        let product = places.product(index);
        // Policies are numbered by payer and product; one number for all of the scenario is as good.
        let id = u64::try_from(places.policies.len())?;
        let policy = coverage_client::policy_address(&product, &key, id);
        let buy = BuyCover {
            payer: key,
            pool: places.pool,
            product,
            policy,
            assembly: places.assembly,
            payer_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            distributor_token: purchase.distributor.as_ref().map(|name| places.tokens(name, &places.asset)),
            token_program: spl_token_interface::ID,
        };
        let request = CoverRequest {
            amount,
            max_premium: u64::MAX,
            holder: key,
            term_days: purchase.days,
            commission_bps: purchase.commission_bps,
            terms: 0,
        };
        let receipt = self.send(who, &[buy.instruction(id, &request)])?;
        let found: Policy = self.network.read(&policy)?;
        let order = Order {
            payer: who,
            holder: Some(who),
            id,
            amount,
            term_days: purchase.days,
            commission: (purchase.distributor.as_deref().unwrap_or(who), purchase.commission_bps),
            max_premium: u64::MAX,
            terms: 0,
        };
        let number = self.foresee(found.bought_at, |model| model.buy(index.into(), order))?;
        self.places.policies.insert(&purchase.policy, Place { address: policy, number });
        let premium = self.model.policies[number].parts.premium;
        self.same(&format!("the premium of {}", purchase.policy), premium, found.premium);
        let pool = self.pool()?;
        self.same_pool(&pool);

        let asset = &self.scenario.asset;
        let via = purchase.distributor.as_ref().map_or(String::new(), |name| format!(" via {name}"));
        let (amount, premium) = (asset.short(amount), asset.short(found.premium));
        let text = format!("buys {}: {amount} of {} for {premium}{via}", purchase.policy, purchase.product);
        self.tell(who, &text, &receipt);
        Ok(())
    }

    /// The shares: a token with three decimals more than the asset.
    pub fn shares(&self) -> Token {
        let decimals = self.scenario.asset.decimals.saturating_add(SHARE_DECIMALS);
        Token { symbol: "shares".into(), decimals }
    }

    /// The number of a product.
    fn product(&self, name: &str) -> Result<u16> {
        let index = self.scenario.products.iter().position(|product| product.name == name);
        Ok(u16::try_from(index.with_context(|| format!("no product {name}"))?)?)
    }
}
