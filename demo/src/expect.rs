//! What the books must say: a model that plays along.
//!
//! It knows the scenario and the second at which each step took place, and nothing else of the chain. It shares the
//! formulas with the program, not the bookkeeping: it walks no ring, but adds up all streams and policies each time.

mod ballot;
mod dispute;
mod incident;
#[cfg(test)]
mod tests;
mod trigger;

use crate::{scenario::Purchase, terms::Terms};
use ballot::BallotModel;
use coverage_client::Books;
use coverage_math::{
    cover::{self, Period, PremiumSplit},
    curve::Curve,
    day_of, shares,
    stream::{self, RATE_BITS},
};
use incident::{IncidentModel, Rejections};
use std::collections::BTreeMap;
use trigger::Prices;
pub use trigger::Shown;

/// What a ballot is on: an incident, or the claim of a policy in one.
pub type Subject<'a> = (&'a str, Option<&'a str>);

/// The pool, the assembly and everybody's tokens.
pub struct Model {
    terms: Terms,
    /// The buckets.
    pub books: Books,
    /// The counters.
    pub totals: Totals,
    /// Shares in being.
    pub supply: u64,
    accrued_at: u64,
    streams: Vec<Stream>,
    /// The policies.
    pub policies: BTreeMap<String, PolicyModel>,
    /// The incidents.
    pub incidents: BTreeMap<String, IncidentModel>,
    /// Of the products by their numbers.
    rejections: BTreeMap<u16, Rejections>,
    /// Those shown to the products by their numbers.
    prices: BTreeMap<u16, Prices>,
    ballots: BTreeMap<(String, Option<String>), BallotModel>,
    /// Of the assessors' fund, reserved for voters.
    pub rewards_reserved: u64,
    /// Stake lost and not yet burned.
    pub slashed: u64,
    /// Everybody's tokens of the asset.
    pub wallets: BTreeMap<String, u64>,
    /// Everybody's governance tokens that are not staked.
    pub purses: BTreeMap<String, u64>,
    /// Everybody's shares.
    pub shares: BTreeMap<String, u64>,
    /// Everybody's stakes: amount and when.
    pub stakes: BTreeMap<String, Vec<(u64, u64)>>,
}

/// The counters of the pool, atoms; named as in its account.
#[derive(Default)]
pub struct Totals {
    pub premiums_paid: u64,
    pub commissions_paid: u64,
    pub protocol_fees: u64,
    pub assessor_fees: u64,
    pub income_earned: u64,
    pub other_income: u64,
    pub claims_settled: u64,
    pub claims_paid: u64,
}

struct Stream {
    start: u64,
    end: u64,
    rate: u64,
    rest: u64,
}

/// A policy; the fields are named as in its account.
pub struct PolicyModel {
    pub holder: String,
    pub product: u16,
    pub amount: u64,
    pub premium: u64,
    pub split: PremiumSplit,
    pub rate: u64,
    pub period: Period,
    pub claimed: u64,
    pub paid: u64,
}

impl Model {
    /// A pool without anything, created at `now`.
    pub fn new(terms: Terms, now: u64) -> Self {
        let books =
            Books { capital: 0, unearned: 0, payable: 0, exits_due: 0, bonds: 0, assessors: 0, treasury_due: 0 };
        Self {
            terms,
            books,
            totals: Totals::default(),
            supply: 0,
            accrued_at: now,
            streams: Vec::new(),
            policies: BTreeMap::new(),
            incidents: BTreeMap::new(),
            rejections: BTreeMap::new(),
            prices: BTreeMap::new(),
            ballots: BTreeMap::new(),
            rewards_reserved: 0,
            slashed: 0,
            wallets: BTreeMap::new(),
            purses: BTreeMap::new(),
            shares: BTreeMap::new(),
            stakes: BTreeMap::new(),
        }
    }

    /// Earns what all streams together have earned: the whole atoms of the sum, less those earned before.
    fn accrue(&mut self, now: u64) -> Option<()> {
        if now > self.accrued_at {
            let mut sum: u128 = 0;
            for stream in &self.streams {
                let seconds = now.min(stream.end).checked_sub(stream.start)?;
                sum += u128::from(stream.rate) * u128::from(seconds) + u128::from(stream.rest);
            }
            let earned = u64::try_from(sum >> RATE_BITS).ok()?.checked_sub(self.totals.income_earned)?;
            self.books.unearned = self.books.unearned.checked_sub(earned)?;
            self.books.capital += earned;
            self.totals.income_earned += earned;
            self.accrued_at = now;
        }
        Some(())
    }

    fn start_stream(&mut self, amount: u64, end_day: u64) -> Option<u64> {
        let (start, end) = (self.accrued_at, end_day * coverage_math::DAY);
        let stream::Stream { rate, rest } = stream::stream(amount, end.checked_sub(start)?)?;
        self.streams.push(Stream { start, end, rate, rest });
        self.books.unearned += amount;
        Some(rate)
    }

    /// Cover of a product, or of all, that has not been released.
    pub fn active_cover(&self, product: Option<u16>, now: u64) -> u64 {
        let of_product = self.policies.values().filter(|policy| product.is_none_or(|index| index == policy.product));
        of_product.filter(|policy| policy.period.release_day > day_of(now)).map(|policy| policy.amount).sum()
    }

    /// What is set aside for all incidents at `now`.
    pub fn liens(&self, now: u64) -> u64 {
        self.incidents.values().map(|incident| incident.set_aside(day_of(now))).sum()
    }

    /// The incidents that are neither settled nor rejected.
    pub fn open_incidents(&self) -> impl Iterator<Item = &IncidentModel> {
        self.incidents.values().filter(|incident| incident.end.is_none())
    }

    /// A deposit; returns the shares minted.
    pub fn deposit(&mut self, who: &str, amount: u64, now: u64) -> Option<u64> {
        self.accrue(now)?;
        let minted = shares::shares_for_deposit(amount, self.books.capital, self.supply)?;
        self.books.capital += amount;
        self.supply += minted;
        take(&mut self.wallets, who, amount)?;
        give(&mut self.shares, who, minted);
        Some(minted)
    }

    /// A stake made at `now`.
    pub fn stake(&mut self, who: &str, amount: u64, now: u64) -> Option<()> {
        take(&mut self.purses, who, amount)?;
        self.stakes.entry(who.into()).or_default().push((amount, now));
        Some(())
    }

    /// A purchase of cover on product number `product`; the policy's name is in it.
    pub fn buy(&mut self, purchase: &Purchase, product: u16, amount: u64, now: u64) -> Option<&PolicyModel> {
        self.accrue(now)?;
        self.is_on_sale(product)?.then_some(())?;
        let terms = self.terms.products.get(usize::from(product))?;
        let free = cover::free_capital(self.books.capital, self.liens(now).min(self.books.capital));
        let capacity = cover::capacity(free, terms.weight_bps)?;
        let period = Period::of_sale(now, terms.waiting_days, purchase.days, terms.grace_days)?;
        let curve =
            Curve { r0_ppm: terms.r0_ppm, r1_ppm: terms.r1_ppm, r2_ppm: terms.r2_ppm, kink_bps: terms.kink_bps };
        let active = self.active_cover(Some(product), now);
        let price = curve.premium(capacity, active, amount, period.seconds)?.max(self.terms.pool.min_premium);
        let pool = &self.terms.pool;
        let split = PremiumSplit::of(price, purchase.commission_bps, pool.protocol_fee_bps, pool.assessor_fee_bps)?;
        let premium = split.commission + split.protocol_fee + split.assessor_fee + split.unearned;

        self.totals.premiums_paid += premium;
        self.totals.commissions_paid += split.commission;
        self.totals.protocol_fees += split.protocol_fee;
        self.totals.assessor_fees += split.assessor_fee;
        self.books.treasury_due += split.protocol_fee;
        self.books.assessors += split.assessor_fee;
        take(&mut self.wallets, &purchase.who, premium)?;
        if let Some(distributor) = &purchase.distributor {
            give(&mut self.wallets, distributor, split.commission);
        }
        let rate = self.start_stream(split.unearned, period.end_day)?;
        let holder = purchase.who.clone();
        let policy = PolicyModel { holder, product, amount, premium, split, rate, period, claimed: 0, paid: 0 };
        self.policies.insert(purchase.policy.clone(), policy);
        self.policies.get(&purchase.policy)
    }
}

/// Adds to what somebody has.
pub fn give(purses: &mut BTreeMap<String, u64>, who: &str, amount: u64) {
    *purses.entry(who.into()).or_default() += amount;
}

/// Takes from what somebody has; `None` when they have less.
fn take(purses: &mut BTreeMap<String, u64>, who: &str, amount: u64) -> Option<()> {
    let purse = purses.entry(who.into()).or_default();
    *purse = purse.checked_sub(amount)?;
    Some(())
}
