//! Listed risks: how much cover each has, and how much more it may carry.

use crate::{
    Atoms, Fault, Line, Model, Name, Outcome, PriceCurve, ProductParams, Rule, Watch, day_of, down, must, part_down,
};

/// Atoms of stake for which a pool says how much cover they carry.
const STAKE_OF_COVER: Atoms = 1_000_000_000;

/// A listed risk.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its pool.
    pub pool: usize,
    /// Its terms.
    pub terms: ProductParams,
    /// Who draws, when a covered program decides.
    pub authority: Option<Name>,
    /// The last day to which its capacity was counted.
    pub rolled_day: u64,
    /// Active cover and capacity when that was done, atoms: with the day's first use.
    pub opening: (Atoms, Atoms),
    /// Whether it is for sale: listed after the opening it is a draft.
    pub sale: Sale,
    /// The bonds of an incident, atoms, and of a claim, bps, that hold once it covers nothing.
    pub next_bonds: (u64, u16),
    /// The floor of its court's stake, atoms: of the pool, when it covered nothing.
    pub stake_floor: u64,
    /// The pool's arbiter, when it covered nothing.
    pub arbiter: Option<Name>,
    /// The number of its court: of the pool, when it covered nothing.
    pub court: usize,
    /// Of each verdict of that court, in the order in which they were read, whether the court failed beside another one of the pool.
    pub failures: Vec<bool>,
    /// Whether its account is closed.
    pub closed: bool,
    /// What it has set aside for its open incidents.
    pub line: Line,
    /// The day from which claims that are settled and have not ended count as claimable again: time releases the first of them.
    pub settled_until: u64,
    /// How often other bonds or another court came to hold.
    pub term_count: u64,
    /// The last day on which cover that was sold is released, though some may have been given back or used since.
    pub longest: u64,
    /// The day on which the first of its open incidents began: cover that time has released since counts until the last of them ends.
    pub liened_on: u64,
}

/// Whether cover is sold: its number is the one that accounts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sale {
    /// It is.
    On = 0,
    /// No more.
    Delisted = 1,
    /// Not until a change has it so.
    Draft = 2,
}

/// Who decides what counts: its number is the one that terms and accounts have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The jury.
    Jury = 0,
    /// A price.
    Price = 1,
    /// The covered program.
    Authority = 2,
}

impl Product {
    /// Who decides.
    #[must_use]
    pub fn trigger(&self) -> Trigger {
        match self.terms.trigger {
            0 => Trigger::Jury,
            1 => Trigger::Price,
            _ => Trigger::Authority,
        }
    }

    /// Its prices.
    pub(crate) fn curve(&self) -> PriceCurve {
        let ProductParams { r0_ppm, r1_ppm, r2_ppm, kink_bps, .. } = self.terms;
        PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps }
    }

    /// Whether other bonds are to hold once it covers nothing.
    #[must_use]
    pub fn has_new_bonds(&self) -> bool {
        self.next_bonds != (self.terms.incident_bond, self.terms.claim_bond_bps)
    }

    /// Whether one of them is dearer.
    fn has_dearer_bonds(&self) -> bool {
        self.next_bonds.0 > self.terms.incident_bond || self.next_bonds.1 > self.terms.claim_bond_bps
    }

    /// Refuses what another trigger is for.
    pub(crate) fn must_be(&self, trigger: Trigger) -> Outcome {
        must(self.trigger() == trigger, Rule::WrongTrigger)
    }
}

impl Model {
    /// Lists a product, on sale before the pool opens. Returns its number.
    pub fn list_product(&mut self, pool: usize, terms: ProductParams, authority: Option<Name>) -> usize {
        let sale = if self.pools[pool].opened.is_none() { Sale::On } else { Sale::Draft };
        self.pools[pool].terms += u64::from(sale == Sale::On);
        self.watches.push(Watch::default());
        let (rolled_day, line) = (day_of(self.now), Line::default());
        let (opening, closed) = ((0, 0), false);
        let next_bonds = (terms.incident_bond, terms.claim_bond_bps);
        self.products.push(Product {
            pool,
            terms,
            authority,
            rolled_day,
            opening,
            sale,
            next_bonds,
            stake_floor: self.pools[pool].params.stake_floor,
            arbiter: self.pools[pool].arbiter,
            court: self.pools[pool].court,
            failures: vec![],
            closed,
            line,
            settled_until: 0,
            longest: 0,
            liened_on: 0,
            term_count: 0,
        })
    }

    /// Whether other terms are to hold once a product covers nothing: bonds, another court, another floor of its stake, or another arbiter.
    #[must_use]
    pub fn has_new_terms(&self, product: usize) -> bool {
        let here = &self.products[product];
        let pool = &self.pools[here.pool];
        here.has_new_bonds()
            || self.court_of(product) != pool.court
            || self.floor_of_court(product) != pool.params.stake_floor
            || self.has_new_arbiter(product)
    }

    /// Whether another arbiter decides on a product than when it covered nothing.
    fn has_new_arbiter(&self, product: usize) -> bool {
        let here = &self.products[product];
        here.arbiter != self.pools[here.pool].arbiter
    }

    /// Whether holders of a product may leave without a fee: their claims are to cost more, or another floor is to hold, or another arbiter
    /// decides, or there is less stake than the floor.
    #[must_use]
    pub fn is_left_freely(&self, product: usize) -> bool {
        let here = &self.products[product];
        here.has_dearer_bonds()
            || here.court != self.pools[here.pool].court
            || here.stake_floor != self.pools[here.pool].params.stake_floor
            || self.has_new_arbiter(product)
            || self.eligible_in(self.court_of(product)) < self.floor_of_court(product).into()
    }

    /// The most cover of a pool that its court is worth, with that of products with open incidents, atoms: by the stake that counts.
    fn court_limit(&self, product: usize) -> Outcome<Option<Atoms>> {
        let here = &self.products[product];
        let cover_per_stake = self.pools[here.pool].params.cover_per_stake;
        let eligible = self.eligible_in(self.court_of(product));
        let is_enough = eligible >= self.floor_of_court(product).into() || self.faults.has(Fault::T58);
        must(is_enough, Rule::CourtBelowFloor)?;
        // What no account holds is no limit.
        Ok(if cover_per_stake == 0 { None } else { down(eligible, cover_per_stake, STAKE_OF_COVER).ok() })
    }

    /// All active cover of a product's pool, and so much more, is no more than its court is worth.
    pub(crate) fn check_court(&self, product: usize, more: Atoms) -> Outcome {
        let pool = self.products[product].pool;
        let all = self.pool_active(pool) + self.liened_cover(pool) + more;
        must(self.court_limit(product)?.is_none_or(|limit| all <= limit), Rule::CourtCapacity)
    }

    /// Whether incidents of a product are open: its cover then counts in neither its group nor the pool.
    #[must_use]
    pub fn is_liened(&self, product: usize) -> bool {
        self.open_on(product).next().is_some()
    }

    /// What can be claimed of a product's cover in a new report: not what settled claims use, nor what was given back and nothing can be
    /// claimed for.
    #[must_use]
    pub fn claimable_cover(&self, product: usize) -> Atoms {
        let Product { pool, settled_until, rolled_day, .. } = self.products[product];
        let settled = if self.accrued_day(pool) < settled_until { self.settled_on(product) } else { 0 };
        let returned = [1, 2].map(|days| self.returned_until(product, rolled_day + days));
        (self.held_on(product, rolled_day) - settled - returned.into_iter().sum::<Atoms>()).max(0)
    }

    /// What was given back, for which nothing can be claimed any more, and is held until a day, atoms.
    #[must_use]
    pub fn returned_until(&self, product: usize, day: u64) -> Atoms {
        let sold = self.policies.iter().filter(|policy| policy.product == product);
        sold.map(|policy| {
            let reduced =
                policy.given_back.iter().filter(|(_, until)| *until == day).map(|(held, _)| held).sum::<Atoms>();
            let unbegun = policy.cancelled.is_some() && policy.end < policy.cover_from && policy.release_day == day;
            reduced + if unbegun { policy.held } else { 0 }
        })
        .sum()
    }

    /// Active cover of a pool's products without open incidents, as of its last accrual.
    #[must_use]
    pub fn pool_active(&self, pool: usize) -> Atoms {
        let day = self.accrued_day(pool);
        self.policies_of(pool).filter(|policy| !self.is_liened(policy.product)).map(|policy| policy.holds(day)).sum()
    }

    /// Active cover of the others, each as of the day to which it was rolled.
    #[must_use]
    pub fn liened_cover(&self, pool: usize) -> Atoms {
        self.liened(pool).map(|product| self.product_active(product)).sum()
    }

    /// Active cover of those of a correlation group.
    #[must_use]
    pub fn group_liened(&self, pool: usize, group: u8) -> Atoms {
        let members = self.liened(pool).filter(|product| self.products[*product].terms.group == group);
        members.map(|product| self.product_active(product)).sum()
    }

    /// Active cover of a product, as of the day to which it was rolled: too high until it is rolled to today. While incidents of it are open
    /// all counts that did when the first of them began, but for what was used: they may have to pay for it.
    #[must_use]
    pub fn product_active(&self, product: usize) -> Atoms {
        let Product { rolled_day, liened_on, .. } = self.products[product];
        if !self.is_liened(product) {
            return self.held_on(product, rolled_day);
        }
        // Nothing can be claimed for what was given back, so it goes as it would without them.
        let given_back = (liened_on + 1..=rolled_day).take(2).map(|day| self.returned_until(product, day));
        self.held_on(product, liened_on) - given_back.sum::<Atoms>()
    }

    /// Of that, what time has released: while no incident of it is open nothing.
    #[must_use]
    pub fn overdue(&self, product: usize) -> Atoms {
        self.product_active(product) - self.held_on(product, self.products[product].rolled_day)
    }

    /// What the policies of a product hold that is not released by a day.
    fn held_on(&self, product: usize, day: u64) -> Atoms {
        let sold = self.policies.iter().filter(|policy| policy.product == product);
        sold.map(|policy| policy.holds(day)).sum()
    }

    /// Whether a product covers anything now, to which it need not be rolled.
    pub(crate) fn covers_now(&self, product: usize) -> bool {
        self.held_on(product, day_of(self.now)) > 0
    }

    /// Active cover of a correlation group: of its products without open incidents, each as of the day to which it was rolled.
    #[must_use]
    pub fn group_active(&self, pool: usize, group: u8) -> Atoms {
        let members = (0..self.products.len()).filter(|product| {
            let Product { pool: of, ref terms, .. } = self.products[*product];
            of == pool && terms.group == group && !self.is_liened(*product)
        });
        members.map(|product| self.product_active(product)).sum()
    }

    /// Brings a product and its pool up to now.
    pub fn roll(&mut self, product: usize) {
        self.accrue(self.products[product].pool);
        let today = day_of(self.now);
        if today > self.products[product].rolled_day {
            self.products[product].rolled_day = today;
            let Product { pool, ref terms, .. } = self.products[product];
            let seasoned = self.seasoned_capital(pool).expect("a capital that fits an account");
            let capacity = part_down(seasoned, terms.weight_bps).expect("a limit that fits an account");
            self.products[product].opening = (self.product_active(product), capacity);
        }
    }

    /// Active cover and cap of product, group and pool (B2).
    ///
    /// What an incident has freed carries no other cover: that of its product needs it again when it ends.
    fn caps(&self, product: usize) -> Outcome<[(Atoms, Atoms); 3]> {
        let Product { pool, ref terms, .. } = self.products[product];
        let (params, group) = (&self.pools[pool].params, terms.group);
        let beside = |liened: Atoms, bps| -> Outcome<Atoms> {
            let all = part_down(self.seasoned_capital(pool)?, bps)?;
            Ok(self.limit(pool, bps)?.min((all - liened).max(0)))
        };
        let of_product = part_down(self.seasoned_capital(pool)?, terms.weight_bps)?;
        let of_group = beside(self.group_liened(pool, group), params.group_caps_bps[usize::from(group)])?;
        Ok([
            (self.product_active(product), of_product.min(self.free_capital(pool)?)),
            (self.group_active(pool, group), of_group),
            (self.pool_active(pool), beside(self.liened_cover(pool), params.leverage_bps)?),
        ])
    }

    /// The caps of group and pool hold with so much more cover.
    pub(crate) fn check_caps(&self, product: usize, more: Atoms) -> Outcome {
        let rules = [Rule::ProductCapacity, Rule::GroupCapacity, Rule::PoolCapacity];
        for (rule, (active, cap)) in rules.into_iter().zip(self.caps(product)?) {
            must(active + more <= cap, rule)?;
        }
        Ok(())
    }

    /// The largest amount that fits all caps, and what the court is worth.
    pub fn room(&self, product: usize) -> Outcome<Atoms> {
        let pool = self.products[product].pool;
        let all = self.pool_active(pool) + self.liened_cover(pool);
        let of_court = match self.court_limit(product) {
            Err(_) => Some(0),
            Ok(limit) => limit.map(|limit| (limit - all).max(0)),
        };
        let room = self.caps(product)?.map(|(active, cap)| (cap - active).max(0));
        Ok(room.into_iter().chain(of_court).min().expect("three caps"))
    }
}
