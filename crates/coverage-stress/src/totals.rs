//! What is counted over runs: sums of integers, so that the order of the runs does not matter.

use crate::{Plan, Run, Scenario, Settled, Watch, run::End};
use coverage_math::{BPS, wide::mul_div_floor};
use rand::{SeedableRng, rngs::ChaCha8Rng};

/// Counts over runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Capital at the end of each run, in the order of the runs, atoms.
    pub ends: Vec<u64>,
    /// Runs in which anybody claimed.
    pub hit: u64,
    /// Runs in which a claim was paid less than whole.
    pub short: u64,
    /// Premium that the LPs earned, atoms.
    pub earned: u128,
    /// Cover that was not renewed, atoms.
    pub lapsed: u128,
    /// By product.
    pub products: Vec<Counts>,
    /// Runs in which a group was claimed on.
    pub groups_hit: [u64; 16],
    /// Claims by the factor that they were paid by, bps, rounded down.
    pub factors: Vec<u64>,
}

/// Counts of one product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Incidents.
    pub incidents: u64,
    /// Incidents paid less than whole.
    pub short: u64,
    /// Runs in which it was claimed on.
    pub hit: u64,
    /// Claims.
    pub claims: u64,
    /// Claimed, atoms.
    pub approved: u128,
    /// Settled, atoms.
    pub settled: u128,
    /// Of it in shocks that struck other products too, atoms.
    pub shared: u128,
    /// Premium that policies which lapsed did not earn, atoms.
    pub lost: u128,
}

impl Totals {
    fn new(products: usize) -> Self {
        Self {
            ends: Vec::new(),
            hit: 0,
            short: 0,
            earned: 0,
            lapsed: 0,
            products: vec![Counts::default(); products],
            groups_hit: [0; 16],
            factors: vec![0; usize::from(BPS) + 1],
        }
    }

    /// The counts of the runs that follow, too.
    pub(crate) fn and(mut self, other: Self) -> Self {
        if self.ends.is_empty() {
            return other;
        }
        self.ends.extend(other.ends);
        self.hit += other.hit;
        self.short += other.short;
        self.earned += other.earned;
        self.lapsed += other.lapsed;
        for (ours, theirs) in self.products.iter_mut().zip(other.products) {
            ours.incidents += theirs.incidents;
            ours.short += theirs.short;
            ours.hit += theirs.hit;
            ours.claims += theirs.claims;
            ours.approved += theirs.approved;
            ours.settled += theirs.settled;
            ours.shared += theirs.shared;
            ours.lost += theirs.lost;
        }
        for (ours, theirs) in self.groups_hit.iter_mut().zip(other.groups_hit) {
            *ours += theirs;
        }
        for (ours, theirs) in self.factors.iter_mut().zip(other.factors) {
            *ours += theirs;
        }
        self
    }
}

/// Plays runs and counts.
pub(crate) struct Player<'a> {
    plan: &'a Plan,
    scenario: &'a Scenario,
    /// The key of the generator.
    seed: [u8; 32],
    run: Run<'a>,
    hits: Vec<crate::Hit>,
    counter: Counter<'a>,
}

impl<'a> Player<'a> {
    pub(crate) fn new(plan: &'a Plan, scenario: &'a Scenario, seed: u64) -> Self {
        let products = plan.book.products.len();
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self {
            plan,
            scenario,
            seed: key,
            run: Run::new(plan),
            hits: Vec::with_capacity(products),
            counter: Counter {
                plan,
                totals: Totals::new(products),
                hit: false,
                short: false,
                products_hit: vec![false; products],
                groups_hit: [false; 16],
            },
        }
    }

    /// Plays the run of a number, on random numbers of its own: those of its stream.
    pub(crate) fn play(&mut self, number: u64) -> End {
        let mut rng = ChaCha8Rng::from_seed(self.seed);
        rng.set_stream(number);
        self.run.begin(&mut self.counter);
        self.scenario.play(self.plan.days, &mut self.run, &mut self.hits, &mut rng, &mut self.counter);
        let end = self.run.end(&mut self.counter);
        self.counter.end(&end);
        end
    }

    pub(crate) fn totals(self) -> Totals {
        self.counter.totals
    }
}

/// Counts what happens in the runs.
struct Counter<'a> {
    plan: &'a Plan,
    totals: Totals,
    hit: bool,
    short: bool,
    products_hit: Vec<bool>,
    groups_hit: [bool; 16],
}

impl Counter<'_> {
    fn end(&mut self, end: &End) {
        let totals = &mut self.totals;
        totals.ends.push(end.capital);
        totals.earned += u128::from(end.earned);
        if !self.hit {
            return;
        }
        totals.hit += 1;
        totals.short += u64::from(self.short);
        for (counts, hit) in totals.products.iter_mut().zip(&mut self.products_hit) {
            counts.hit += u64::from(std::mem::take(hit));
        }
        for (count, hit) in totals.groups_hit.iter_mut().zip(&mut self.groups_hit) {
            *count += u64::from(std::mem::take(hit));
        }
        (self.hit, self.short) = (false, false);
    }
}

impl Watch for Counter<'_> {
    fn settles(&mut self, it: &Settled) {
        let counts = &mut self.totals.products[it.product];
        counts.incidents += 1;
        if it.approved == 0 {
            return;
        }
        counts.claims += it.claims;
        counts.approved += u128::from(it.approved);
        counts.settled += u128::from(it.settled);
        if it.shared {
            counts.shared += u128::from(it.settled);
        }
        let short = it.settled < it.approved;
        counts.short += u64::from(short);
        self.hit = true;
        self.short |= short;
        self.products_hit[it.product] = true;
        if let Some(hit) = self.groups_hit.get_mut(self.plan.book.products[it.product].group) {
            *hit = true;
        }
        self.totals.factors[usize::from(factor_bps(it))] += it.claims;
    }

    fn lapses(&mut self, product: usize, amount: u64, premium: u64) {
        self.totals.lapsed += u128::from(amount);
        self.totals.products[product].lost += u128::from(premium);
    }
}

/// By which factor the claims of an incident are paid, bps, rounded down.
#[must_use]
pub fn factor_bps(it: &Settled) -> u16 {
    let factor = mul_div_floor(it.settled, BPS.into(), it.approved).unwrap_or(BPS.into());
    u16::try_from(factor).unwrap_or(BPS)
}
