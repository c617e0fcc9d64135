//! One run: a pool's capital from incident to incident.

use crate::{Keep, Plan};
use coverage_math::{
    DAY,
    cover::{self, capacity},
    day_of, settlement, stream, trigger,
};
use rand::Rng;

/// Day slots for what lapsed and is not yet released: more than the longest grace.
const GRACE_SLOTS: usize = 128;

/// A product that is struck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The product: an index into the book's.
    pub product: usize,
    /// The part of each sum insured that is lost, bps.
    pub severity_bps: u16,
    /// The part of the holders who are hit.
    pub holders: f64,
}

/// One incident, settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The product.
    pub product: usize,
    /// How many policies claimed.
    pub claims: u64,
    /// What they claimed, atoms.
    pub approved: u64,
    /// What they get together, atoms.
    pub settled: u64,
    /// Whether other products were struck in the same second.
    pub shared: bool,
}

/// Who looks on.
pub trait Watch {
    /// A policy claims `claim` atoms.
    fn claims(&mut self, _policy: usize, _claim: u64) {}
    /// An incident is settled; without claims, too.
    fn settles(&mut self, _settled: &Settled) {}
    /// A policy over `amount` of `product` is not renewed, which costs the LPs `premium` until the horizon, atoms.
    fn lapses(&mut self, _product: usize, _amount: u64, _premium: u64) {}
}

/// Nobody.
impl Watch for () {}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Capital at the end, atoms.
    pub capital: u64,
    /// Premium that the LPs earned, atoms.
    pub earned: u64,
    /// Settled to claims, atoms.
    pub paid: u64,
}

/// What of a policy can still be claimed.
#[derive(Clone, Copy)]
struct Left {
    /// Claimed in the term that ends at `until`, atoms, and how much of that in this run.
    claimed: u64,
    used: u64,
    until: u64,
    /// Last covered second of all.
    end: u64,
}

/// A pool in one run; used for one run after the other.
pub struct Run<'a> {
    plan: &'a Plan,
    day: usize,
    capital: u64,
    earned: u64,
    paid: u64,
    left: Vec<Left>,
    fresh: Vec<Left>,
    claimed: bool,
    lapsed: bool,
    /// Rates of lapsed policies whose streams have ended, × 2^26, and their sum times when each ended, seconds from the start.
    lost_rate: u128,
    lost_before: u128,
    /// The same of those that end on a day: a lapsed policy earns until its capacity is released.
    ending: Vec<(u128, u128)>,
    /// Up to which day they have ended.
    ended: usize,
    /// Of lapsed policies: cover that is released already, by product, and what is released on which day.
    gone: Vec<u64>,
    leaving: Vec<[u64; GRACE_SLOTS]>,
    rolled: u64,
    /// What was claimed and takes up no capacity, by product; and what of it covers again on a day, or is released anyway: for each product
    /// a row of days, which of them are not zero, and up to which day that was done.
    used: Vec<u64>,
    back: Vec<u64>,
    touched: Vec<usize>,
    regained: usize,
    filed: Vec<(u64, u64)>,
}

impl<'a> Run<'a> {
    /// A pool that can be played.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        let fresh: Vec<_> = plan
            .book
            .covers
            .iter()
            .map(|cover| Left {
                claimed: cover.claimed,
                used: 0,
                until: cover.end,
                end: if plan.keep == Keep::Renewed && cover.renews { u64::MAX } else { cover.end },
            })
            .collect();
        let products = plan.book.products.len();
        Self {
            plan,
            day: 0,
            capital: plan.book.capital,
            earned: 0,
            paid: 0,
            left: fresh.clone(),
            fresh,
            claimed: false,
            lapsed: false,
            lost_rate: 0,
            lost_before: 0,
            ending: vec![(0, 0); plan.days + 1],
            ended: 0,
            gone: vec![0; products],
            leaving: vec![[0; GRACE_SLOTS]; products],
            rolled: day_of(plan.book.time),
            used: vec![0; products],
            back: vec![0; products * (plan.days + 1)],
            touched: Vec::new(),
            regained: 0,
            filed: Vec::with_capacity(products),
        }
    }

    /// Back to the day of the snapshot.
    pub fn begin(&mut self, watch: &mut impl Watch) {
        (self.day, self.earned, self.paid, self.capital) = (0, 0, 0, self.plan.book.capital);
        if self.claimed || self.lapsed {
            self.left.copy_from_slice(&self.fresh);
        }
        if self.lapsed {
            (self.lost_rate, self.lost_before, self.ended) = (0, 0, 0);
            self.ending.fill((0, 0));
            self.gone.fill(0);
            self.leaving.fill([0; GRACE_SLOTS]);
            self.rolled = day_of(self.plan.book.time);
        }
        if self.claimed {
            self.used.fill(0);
            self.touched.drain(..).for_each(|slot| self.back[slot] = 0);
        }
        self.regained = 0;
        (self.claimed, self.lapsed) = (false, false);
        if self.free() < self.plan.needed[0] {
            self.renew(watch);
        }
    }

    /// To the horizon.
    pub fn end(&mut self, watch: &mut impl Watch) -> End {
        self.advance(self.plan.days, watch);
        End { capital: self.capital, earned: self.earned, paid: self.paid }
    }

    /// Capital that carries renewals.
    fn free(&self) -> u64 {
        self.plan.book.carrying(self.capital)
    }

    /// Lets time pass until a day: premiums come in, policies that end are renewed as far as the caps allow.
    fn advance(&mut self, day: usize, watch: &mut impl Watch) {
        while self.day < day {
            if self.plan.keep == Keep::Runoff || self.free() >= self.plan.needed[self.day + 1] {
                // Capital only grows until then, so all are renewed.
                self.day = day;
                self.collect();
                return;
            }
            self.day += 1;
            self.collect();
            self.renew(watch);
        }
    }

    /// Takes in what was earned up to this day.
    fn collect(&mut self) {
        let mut earned = self.plan.earned[self.day];
        if self.lapsed {
            for (rate, before) in &self.ending[self.ended + 1..=self.day.max(self.ended)] {
                self.lost_rate += rate;
                self.lost_before += before;
            }
            self.ended = self.day.max(self.ended);
        }
        if self.lost_rate > 0 {
            let lost = (self.lost_rate * (self.day as u128 * u128::from(DAY))).saturating_sub(self.lost_before);
            // Rounded up: what policies would have earned together, atom by atom, is not known.
            let lost = lost.div_ceil(1 << stream::RATE_BITS);
            earned = u64::try_from(u128::from(earned).saturating_sub(lost)).unwrap_or(earned).max(self.earned);
        }
        self.capital += earned - self.earned;
        self.earned = earned;
    }

    /// Renews the policies that end on this day, or lets them lapse where the caps do not hold for all that is sold.
    fn renew(&mut self, watch: &mut impl Watch) {
        let (plan, book) = (self.plan, &self.plan.book);
        let today = day_of(book.time) + self.day as u64;
        if self.lapsed {
            for (gone, ring) in self.gone.iter_mut().zip(&mut self.leaving) {
                *gone += stream::roll(ring, self.rolled, today).unwrap_or(0);
            }
        }
        self.rolled = today;
        let ending = plan.renewed_on(self.day);
        if ending.is_empty() {
            return;
        }
        let free = self.free();
        if self.claimed {
            for (product, used) in self.used.iter_mut().enumerate() {
                let row = product * (plan.days + 1);
                *used -= self.back[row + self.regained + 1..=row + self.day.max(self.regained)].iter().sum::<u64>();
            }
        }
        self.regained = self.day;
        let (gone, used) = (&self.gone, &self.used);
        let active =
            |product: usize| plan.active(self.day)[product].saturating_sub(gone[product]).saturating_sub(used[product]);
        let mut stays_used = Vec::new();
        let fits = |active: u64, bps| capacity(free, bps).is_none_or(|capacity| active <= capacity);
        let pool_fits = fits((0..book.products.len()).map(active).sum(), book.leverage_bps);
        for (policy, end) in ending {
            let cover = &book.covers[*policy];
            if self.left[*policy].end != u64::MAX {
                continue;
            }
            let line = &book.products[cover.product];
            let is_beside = |other: &usize| !book.products[*other].liened && book.products[*other].group == line.group;
            let group = (0..book.products.len()).filter(is_beside);
            let group_fits = book.group_caps_bps.get(line.group).is_none_or(|cap| fits(group.map(active).sum(), *cap));
            if fits(active(cover.product), line.weight_bps) && (line.liened || (pool_fits && group_fits)) {
                continue;
            }
            self.lapsed = true;
            self.left[*policy].end = *end;
            let since = (day_of(*end) + cover.grace()).max(today + 1) * DAY - book.time;
            if let Some((rate, before)) = self.ending.get_mut(since.div_ceil(DAY) as usize) {
                *rate += u128::from(cover.rate);
                *before += u128::from(cover.rate) * u128::from(since);
            }
            let released = day_of(*end).max(today) + u64::from(line.grace_days).max(1);
            // What was claimed of it stays released.
            let Left { used, until, .. } = self.left[*policy];
            if used > 0 && until == *end {
                stays_used.push((cover.product, released, used));
            }
            // A slot that is full by number keeps its cover: then less is renewed, never more.
            let _ = stream::add(&mut self.leaving[cover.product], today, released, cover.held);
            let seconds = (self.plan.days as u64 * DAY).saturating_sub(since);
            let premium = (u128::from(cover.rate) * u128::from(seconds)) >> stream::RATE_BITS;
            watch.lapses(cover.product, cover.amount, u64::try_from(premium).unwrap_or(u64::MAX));
        }
        for (product, released, amount) in stays_used {
            self.use_up(product, released, amount);
        }
    }

    /// So much of a product takes up no capacity until a day.
    fn use_up(&mut self, product: usize, until: u64, amount: u64) {
        let days = until.saturating_sub(day_of(self.plan.book.time));
        let day = usize::try_from(days).unwrap_or(usize::MAX);
        if day <= self.regained {
            return;
        }
        self.used[product] += amount;
        if day <= self.plan.days {
            let slot = product * (self.plan.days + 1) + day;
            self.back[slot] += amount;
            self.touched.push(slot);
        }
    }

    /// Strikes products together, `after` seconds from the start, and settles what their holders claim: each incident
    /// by one factor, all from the capital of the moment.
    pub fn strike(&mut self, after: u64, hits: &[Hit], rng: &mut impl Rng, watch: &mut impl Watch) {
        self.advance(((after / DAY) as usize).min(self.plan.days), watch);
        self.filed.clear();
        for hit in hits {
            let filed = self.file(self.plan.book.time + after, hit, rng, watch);
            self.filed.push(filed);
        }
        let book = &self.plan.book;
        // What the program does when all are settled before anything else happens.
        let funds = self.capital.saturating_sub(book.held_back);
        let demands = self.filed.iter().fold(book.liens, |sum, (_, approved)| sum.saturating_add(*approved));
        for (hit, (claims, approved)) in hits.iter().zip(&self.filed) {
            let (claims, approved) = (*claims, *approved);
            let available = settlement::available(funds, approved, demands).unwrap_or(0);
            let settled = available.min(self.capital).min(approved);
            self.capital -= settled;
            self.paid += settled;
            watch.settles(&Settled { product: hit.product, claims, approved, settled, shared: hits.len() > 1 });
        }
    }

    /// What the holders of a product claim at `now`: how many, and how much.
    fn file(&mut self, now: u64, hit: &Hit, rng: &mut impl Rng, watch: &mut impl Watch) -> (u64, u64) {
        let plan = self.plan;
        let everybody = hit.holders >= 1.0;
        let chance = (hit.holders * 4_294_967_296.0) as u64;
        let (mut claims, mut sum) = (0, 0u64);
        for policy in plan.of_product[hit.product].clone() {
            if !everybody && u64::from(rng.next_u32()) >= chance {
                continue;
            }
            let (cover, left) = (&plan.book.covers[policy], &mut self.left[policy]);
            if now <= cover.bought_at || !cover::covers(cover.cover_from, left.end, now) {
                continue;
            }
            if now > left.until {
                let term = cover.term();
                left.until += (now - left.until).div_ceil(term) * term;
                (left.claimed, left.used) = (0, 0);
            }
            let claim = trigger::breach_claim(cover.amount, hit.severity_bps, cover.deductible_bps).unwrap_or(0);
            let claim = claim.min(cover.amount.saturating_sub(left.claimed));
            if claim == 0 {
                continue;
            }
            left.claimed += claim;
            left.used += claim;
            let renewed_on = day_of(plan.book.time) + left.until.saturating_sub(plan.book.time) / DAY;
            let until = if left.end == u64::MAX { renewed_on } else { cover.release_day };
            self.use_up(hit.product, until, claim);
            claims += 1;
            sum = sum.saturating_add(claim);
            watch.claims(policy, claim);
        }
        self.claimed |= claims > 0;
        (claims, sum)
    }
}
