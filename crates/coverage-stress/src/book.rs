//! What can be lost: a pool's capital, limits, products and policies, as a snapshot has them.

use crate::{Error, Kind};
use coverage_client::{Product, Trigger, snapshot::Snapshot, text};
use coverage_math::{
    DAY, RING_DAYS, day_of, shares,
    stream::{self, Flow, Ring},
};

/// A pool as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Unix seconds.
    pub time: u64,
    /// What LPs own, atoms.
    pub capital: u64,
    /// What incidents that are open today set aside of it, atoms; what those who left have in them is not the LPs' any more.
    pub liens: u64,
    /// What is held back for incidents that are settled, atoms.
    pub held_back: u64,
    /// Shares in being.
    pub shares: u64,
    /// Of them on their way out: they bear losses, and what they are worth carries no renewal.
    pub leaving: u64,
    /// Most active cover, bps of free capital.
    pub leverage_bps: u16,
    /// Most active cover of each correlation group, bps of free capital.
    pub group_caps_bps: [u16; 16],
    /// What all streams of premium earn a second, atoms × 2^26.
    pub rate: u64,
    /// Earned but less than an atom, × 2^26.
    pub fraction: u64,
    /// The rates that end on a day.
    pub rates: Box<Ring>,
    /// The products, in the order of their numbers.
    pub products: Vec<Line>,
    /// The policies that cover something from now on, by product.
    pub covers: Vec<Cover>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: u16,
    /// What it covers.
    pub kind: Kind,
    /// Its correlation group, 0 to 15.
    pub group: usize,
    /// Its capacity, bps of the free capital.
    pub weight_bps: u16,
    /// How long capacity is held after a policy's end, days.
    pub grace_days: u16,
    /// By which price it pays, when a price decides.
    pub price: Option<Strike>,
    /// Cover not yet released, atoms.
    pub active: u64,
    /// Whether an incident is open: its cover is not in its group's cap, and is renewed as far as the product's own allows.
    pub liened: bool,
    /// The cover that is released on a day.
    pub releases: Box<Ring>,
}

/// Between which prices a product pays more and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Nothing from this price on, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Everything at this price and below.
    pub floor: u64,
    /// The exponent of both.
    pub exponent: i32,
}

/// A policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Its product: an index into [`Book::products`].
    pub product: usize,
    /// Sum insured, atoms.
    pub amount: u64,
    /// Claimed of it, atoms.
    pub claimed: u64,
    /// What the holder bears, bps of the sum insured.
    pub deductible_bps: u16,
    /// When it was bought, unix seconds.
    pub bought_at: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix: a day boundary.
    pub end: u64,
    /// Day on which its capacity is released.
    pub release_day: u64,
    /// Capacity that it holds until then, atoms.
    pub held: u64,
    /// What it earns the LPs a second until its capacity is released, atoms × 2^26.
    pub rate: u64,
    /// Whether its holder wants it to go on: it was not cancelled.
    pub renews: bool,
}

impl Cover {
    /// How long after an end its capacity is held, days.
    #[must_use]
    pub fn grace(&self) -> u64 {
        self.release_day.saturating_sub(day_of(self.end))
    }

    /// For how long it is renewed, seconds: as long as it covers, in whole days.
    #[must_use]
    pub fn term(&self) -> u64 {
        self.end.saturating_sub(self.cover_from).div_ceil(DAY).max(1).saturating_mul(DAY)
    }
}

impl Book {
    /// A pool of `capital` atoms without products, limits or cover.
    #[must_use]
    pub fn new(time: u64, capital: u64) -> Self {
        Self {
            time,
            capital,
            liens: 0,
            held_back: 0,
            shares: 0,
            leaving: 0,
            leverage_bps: u16::MAX,
            group_caps_bps: [u16::MAX; 16],
            rate: 0,
            fraction: 0,
            rates: Box::new([0; RING_DAYS]),
            products: Vec::new(),
            covers: Vec::new(),
        }
    }

    /// Adds a product of some `kind` and `group`.
    pub fn list(&mut self, name: &str, kind: Kind, group: usize) -> &mut Line {
        let number = u16::try_from(self.products.len()).unwrap_or(u16::MAX);
        self.products.push(Line {
            name: name.into(),
            number,
            kind,
            group,
            weight_bps: u16::MAX,
            grace_days: 30,
            price: None,
            active: 0,
            liened: false,
            releases: Box::new([0; RING_DAYS]),
        });
        let last = self.products.len() - 1;
        &mut self.products[last]
    }

    /// Adds a policy, its capacity and its premium; the policies of a product come one after the other, in the order of
    /// the products. `None` when the product or the days are none, or a number overflows.
    pub fn insure(&mut self, cover: Cover) -> Option<()> {
        if self.covers.last().is_some_and(|last| last.product > cover.product) {
            return None;
        }
        let line = self.products.get_mut(cover.product)?;
        line.active = line.active.checked_add(cover.held)?;
        self.rate = self.rate.checked_add(cover.rate)?;
        let today = day_of(self.time);
        stream::add(&mut line.releases, today, cover.release_day, cover.held)?;
        stream::add(&mut self.rates, today, cover.release_day, cover.rate)?;
        self.covers.push(cover);
        Some(())
    }

    /// The book of a snapshot, accrued to its time.
    ///
    /// # Errors
    /// [`Error::Impossible`].
    pub fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        let (mut pool, time) = (snapshot.accrued().ok_or(Error::Impossible)?, snapshot.time);
        let mut stored: Vec<_> = snapshot.products.iter().collect();
        stored.sort_by_key(|product| product.index);
        let mut products = Vec::new();
        for at in &stored {
            let mut product: Product = at.account;
            product.roll(&mut pool, time).map_err(|_| Error::Impossible)?;
            products.push(Line {
                name: text(&product.name),
                number: product.index,
                kind: Kind::of(product.risk_kind),
                group: usize::from(product.group),
                weight_bps: product.weight_bps,
                grace_days: product.grace_days,
                price: (product.trigger == Trigger::Price.byte()).then_some(Strike {
                    strike: product.price.strike,
                    floor: product.price.floor,
                    exponent: product.price.exponent,
                }),
                active: product.active_cover,
                liened: product.has_open_incident(),
                releases: Box::new(product.cover_ring),
            });
        }
        let mut covers = Vec::new();
        for policy in snapshot.policies.iter().filter(|policy| policy.end > time) {
            let product = stored.iter().position(|product| product.address == policy.product);
            covers.push(Cover {
                product: product.ok_or(Error::Impossible)?,
                amount: policy.amount,
                claimed: policy.claimed,
                deductible_bps: policy.deductible_bps,
                bought_at: policy.bought_at,
                cover_from: policy.cover_from,
                end: policy.end,
                release_day: policy.release_day,
                held: policy.held,
                rate: policy.rate,
                renews: !policy.is_cancelled(),
            });
        }
        covers.sort_by_key(|cover| cover.product);
        Ok(Self {
            time,
            capital: pool.capital,
            liens: pool.own_liens().map_err(|_| Error::Impossible)?,
            held_back: pool.held_back,
            shares: pool.shares,
            leaving: pool.exiting_shares,
            leverage_bps: pool.leverage_bps,
            group_caps_bps: pool.group_caps_bps,
            rate: pool.rate,
            fraction: pool.rate_fraction,
            rates: Box::new(pool.rate_ring),
            products,
            covers,
        })
    }

    /// What the streams of premium earn, standing at the book's time.
    pub(crate) fn flow(&self) -> Flow {
        Flow { accrued_at: self.time, rate: self.rate, fraction: self.fraction, active: 0 }
    }

    /// Of `capital`, what carries renewals: neither held back nor on its way out. Open incidents keep nobody from them.
    pub(crate) fn carrying(&self, capital: u64) -> u64 {
        let free = capital.saturating_sub(self.held_back);
        if self.leaving == 0 {
            return free;
        }
        free.saturating_sub(shares::assets_for_shares_ceil(self.leaving, free, self.shares).unwrap_or(free))
    }

    /// How long it takes until every cover that is bought has begun, seconds.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.covers.iter().map(|cover| cover.cover_from.saturating_sub(self.time)).max().unwrap_or(0)
    }

    /// The sums insured, less what was claimed of them, atoms.
    #[must_use]
    pub fn insured(&self) -> u128 {
        self.covers.iter().map(|cover| u128::from(cover.amount.saturating_sub(cover.claimed))).sum()
    }
}
