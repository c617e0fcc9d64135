//! B5 and the price of time on the program's own books, without the chain: random purchases, extensions, reductions and
//! cancellations beside closed forms, in fractions that nothing rounds.

use crate::expect::blank;
use coverage_client::{Assembly, CoverRequest, ExtensionRequest, Policy, PolicyKeys, Pool, Product, constants::GROUPS};
use coverage_model::{Atoms, DAY, ProductParams, curve, day_of, example};
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*};
use solana_address::Address;

/// The first second of a day.
const START: u64 = 20_000 * DAY;
/// What a cancellation costs, bps.
const FEE_BPS: u16 = 300;

#[derive(Clone, Copy, Debug)]
enum Step {
    Wait {
        seconds: u64,
    },
    /// So many bps of the room.
    Buy {
        bps: u64,
        term_days: u16,
        commission_bps: u16,
    },
    Extend {
        policy: usize,
        days: u16,
    },
    /// So many bps of what is left.
    Reduce {
        policy: usize,
        bps: u64,
    },
    Cancel {
        policy: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let seconds = prop_oneof![4 => 1..2 * DAY, 1 => (1..5u64).prop_map(|days| days * DAY), 1 => DAY..60 * DAY];
    prop_oneof![
        5 => seconds.prop_map(|seconds| Step::Wait { seconds }),
        4 => (1..10_000u64, 1..334u16, prop_oneof![Just(0), 1..2_000u16])
            .prop_map(|(bps, term_days, commission_bps)| Step::Buy { bps, term_days, commission_bps }),
        3 => (0..20usize, 1..200u16).prop_map(|(policy, days)| Step::Extend { policy, days }),
        3 => (0..20usize, 1..10_000u64).prop_map(|(policy, bps)| Step::Reduce { policy, bps }),
        1 => (0..20usize).prop_map(|policy| Step::Cancel { policy }),
    ]
}

/// A policy, and what the LPs have yet to earn for it: atoms of a stream at a time, which ends with the release day.
#[derive(Clone)]
struct Sold {
    policy: Policy,
    ahead: BigRational,
    at: u64,
    /// Divisions that left less than an atom of it to the LPs.
    roundings: Atoms,
    /// How much less was given back in all than was not earned, atoms.
    short: BigRational,
}

impl Sold {
    /// What is left of its stream at a time, of a part of the cover.
    fn left(&self, now: u64, (part, of): (u64, u64)) -> BigRational {
        let end = self.policy.release_day * DAY;
        &self.ahead * fraction(end - now, end - self.at) * fraction(part, of)
    }

    /// Time passes, or the LPs have less to earn for it.
    fn leave(&mut self, now: u64, left: BigRational) {
        (self.ahead, self.at, self.roundings) = (left, now, self.roundings + 2);
    }
}

fn fraction(top: impl Into<Atoms>, bottom: impl Into<Atoms>) -> BigRational {
    BigRational::new(top.into().into(), bottom.into().into())
}

/// A pool that sells one product, on books of its own.
struct Market {
    pool: Pool,
    product: Product,
    /// A court without stake, of which none is asked.
    court: Assembly,
    terms: ProductParams,
    now: u64,
    sold: Vec<Sold>,
    /// What is in the vault.
    vault: Atoms,
    /// What was refunded, and kept of it, atoms.
    refunded: Atoms,
    fees: Atoms,
}

impl Market {
    fn new(capital: u64, least: u64, kink_bps: u16, rates: [u32; 3]) -> Self {
        let [r0_ppm, r1_ppm, r2_ppm] = rates;
        let terms = ProductParams { r0_ppm, r1_ppm, r2_ppm, kink_bps, waiting_days: 3, ..example::product() };
        let shares = capital * 1_000;
        let pool = Pool {
            capital,
            shares,
            seasoned_shares: shares,
            season_ring: [shares; 32],
            season_days: 1,
            min_premium: least,
            leverage_bps: 10_000,
            group_caps_bps: [10_000; GROUPS],
            protocol_fee_bps: 700,
            assessor_fee_bps: 900,
            cancel_fee_bps: FEE_BPS,
            opened_at: 1,
            accrued_at: START,
            ..blank()
        };
        let product = Product {
            r0_ppm,
            r1_ppm,
            r2_ppm,
            kink_bps,
            weight_bps: terms.weight_bps,
            min_amount: 1,
            max_amount: u64::MAX,
            min_term_days: 1,
            max_term_days: terms.max_term_days,
            waiting_days: terms.waiting_days,
            grace_days: terms.grace_days,
            rolled_day: day_of(START),
            ..blank()
        };
        let vault = capital.into();
        let court = blank();
        Self { pool, product, court, terms, now: START, sold: vec![], vault, refunded: 0, fees: 0 }
    }

    /// What cover up to `to` costs from `from` on, for so many seconds, on the capital there is.
    fn price(&self, from: u64, to: u64, seconds: u64) -> Atoms {
        let capacity = Atoms::from(self.pool.seasoned_capital().expect("capital")) * 10_000 / 10_000;
        let premium = curve::premium(&self.terms, capacity, from.into(), to.into(), seconds).expect("it fits");
        premium.max(self.pool.min_premium.into())
    }

    fn accrue(&mut self) {
        self.pool.accrue(self.now).expect("time passes");
        self.product.roll(&mut self.pool, self.now).expect("time passes");
    }

    fn buy(&mut self, amount: u64, term_days: u16, commission_bps: u16) -> Option<&Sold> {
        let keys = [0, 1, 2].map(|byte| Address::new_from_array([byte; 32]));
        let [pool, product, payer] = &keys;
        let keys = PolicyKeys { bump: 0, pool, product, payer, id: 0 };
        let request =
            CoverRequest { amount, max_premium: u64::MAX, holder: *payer, term_days, commission_bps, terms: 0 };
        let mut policy: Policy = blank();
        let before = self.product.active_cover;
        let has_distributor = commission_bps > 0;
        let court = (&Address::default(), &self.court);
        policy.buy(&keys, &request, has_distributor, court, &mut self.pool, &mut self.product).ok()?;
        // It is paid for until its capacity is free again.
        let seconds = policy.release_day * DAY - self.now;
        let price = self.price(before, before + amount, seconds);
        assert_eq!(Atoms::from(policy.premium - policy.commission), price);
        self.vault += price;
        let ahead = fraction(policy.unearned_premium, 1u64);
        self.sold.push(Sold { policy, ahead, at: self.now, roundings: 1, short: fraction(0u64, 1u64) });
        self.sold.last()
    }

    /// Keeps a policy longer. Returns the price.
    fn extend(&mut self, number: usize, days: u16) -> Option<Atoms> {
        let sold = &mut self.sold[number];
        let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        let (old, left, roundings) = (sold.policy, sold.policy.amount, sold.roundings);
        let ends = old.release_day * DAY > self.now;
        let running = if ends { sold.left(self.now, (1, 1)) } else { fraction(0u64, 1u64) };
        let payer = (&old.holder, false);
        let split = sold.policy.extend(&request, payer, None, &mut self.pool, &mut self.product, self.now).ok()?;
        sold.leave(self.now, &running + fraction(split.unearned, 1u64));
        let (active, seconds) = (self.product.active_cover, u64::from(days) * DAY);
        let price = Atoms::from(split.premium);
        let mut market = self.price(active - left, active, seconds);
        let (opening, room) = (self.product.opening_active, self.product.opening_capacity);
        if day_of(old.bought_at) < day_of(self.now) && opening >= left {
            let (from, to) = ((opening - left).into(), opening.into());
            let then = curve::premium_of_held(&self.terms, room.into(), from, to, seconds).expect("it fits");
            market = market.min(then.max(self.pool.min_premium.into()));
        }
        // But a second no less than is paid for one already, 16% of fees included, as far as roundings left it.
        let ahead = old.release_day * DAY - self.now;
        let gross = fraction(10_000u64, 8_400u64);
        let own = &running * fraction(seconds, ahead) * &gross;
        let lost = (fraction(roundings, 1u64) * fraction(seconds, ahead) + fraction(3u64, 1u64)) * gross;
        let [least, price_is] = [market, price].map(|atoms| fraction(atoms, 1u64));
        assert!(price_is >= least && price_is >= &own - &lost, "{price} of {market}, {own}");
        assert!(price == market || price_is <= &own + lost, "{price} of {market}, {own}");
        self.vault += price;
        Some(price)
    }

    /// Gives so much of a policy back, or all. Returns the refund and the fee.
    fn give_back(&mut self, number: usize, part: Option<u64>) -> Option<(Atoms, Atoms)> {
        let now = self.now;
        let sold = &mut self.sold[number];
        let old = sold.policy;
        let (pool, product) = (&mut self.pool, &mut self.product);
        let before = (*pool, *product);
        let given = match part {
            Some(part) => sold.policy.reduce(part, 0, pool, product, &self.court, now),
            None => sold.policy.cancel(0, pool, product, &self.court, now),
        };
        let Ok(given) = given else {
            // As a transaction that fails leaves everything as it was.
            (*pool, *product, sold.policy) = (before.0, before.1, old);
            return None;
        };
        let (refund, fee) = (Atoms::from(given.0), Atoms::from(given.1));
        let was = Sold { policy: old, ..sold.clone() };
        let mut held = None;
        let exact = match part {
            Some(part) => {
                let left = was.left(now, (old.amount - part, old.amount));
                sold.leave(now, left);
                // What is given back is held, and earned for, until the second midnight.
                let release_day = day_of(now) + 2;
                let exact = was.left(release_day * DAY, (part, old.amount));
                let ahead = was.left(now, (part, old.amount)) - &exact;
                let policy = Policy { release_day, held: part, ..blank() };
                held = Some(Sold { policy, ahead, at: now, roundings: 2, short: fraction(0u64, 1u64) });
                exact
            }
            None => {
                // What the LPs earn until the new release day is theirs.
                let exact = was.left(sold.policy.release_day * DAY, (1, 1));
                sold.leave(now, was.left(now, (1, 1)) - &exact);
                exact
            }
        };
        sold.short += exact - fraction(refund + fee, 1u64);
        let Sold { ref short, roundings, .. } = *sold;
        assert!(fraction(0u64, 1u64) <= *short, "never more than what is not earned: {short}");
        assert!(*short < fraction(roundings, 1u64), "{short} too little after {roundings} roundings");
        assert_eq!(fee, ((refund + fee) * Atoms::from(FEE_BPS) + 9_999) / 10_000);
        self.vault -= refund;
        self.refunded += refund;
        self.fees += fee;
        self.sold.extend(held);
        Some((refund, fee))
    }

    fn take(&mut self, step: Step) {
        let live: Vec<_> = (0..self.sold.len()).filter(|sold| self.sold[*sold].policy.end > self.now).collect();
        let pick = |policy: usize| policy.checked_rem(live.len()).map(|number| live[number]);
        match step {
            Step::Wait { seconds } => {
                self.now += seconds;
                self.accrue();
            }
            Step::Buy { bps, term_days, commission_bps } => {
                let room = self.product.room(&self.pool, &self.court).expect("room");
                self.buy((u128::from(room) * u128::from(bps) / 10_000) as u64, term_days, commission_bps);
            }
            Step::Extend { policy, days } => {
                pick(policy).and_then(|policy| self.extend(policy, days));
            }
            Step::Reduce { policy, bps } => {
                if let Some(policy) = pick(policy) {
                    let part = u128::from(self.sold[policy].policy.amount) * u128::from(bps) / 10_000;
                    self.give_back(policy, Some(part as u64));
                }
            }
            Step::Cancel { policy } => {
                pick(policy).and_then(|policy| self.give_back(policy, None));
            }
        }
        self.check();
    }

    /// B1, B5, and that what is held is the sum of what policies hold.
    fn check(&self) {
        let books = &self.pool;
        assert_eq!(Atoms::from(books.owed().expect("a sum")), self.vault, "B1");
        let parts = [
            books.commissions_paid,
            books.protocol_fees,
            books.assessor_fees,
            books.income_earned,
            books.unearned,
            books.premiums_refunded,
        ];
        assert_eq!(books.premiums_paid, parts.iter().sum::<u64>(), "B5");
        assert_eq!(Atoms::from(books.premiums_refunded), self.refunded);
        let policies = || self.sold.iter().map(|sold| &sold.policy);
        let held = policies().filter(|policy| policy.release_day > day_of(self.now)).map(|policy| policy.held);
        let held: u64 = held.sum();
        assert_eq!([self.product.active_cover, books.active_cover, books.group_active[0]], [held; 3]);
        let paid = |part: fn(&Policy) -> u64| policies().map(part).sum::<u64>();
        assert_eq!(paid(|policy| policy.premium), books.premiums_paid);
        assert_eq!(paid(|policy| policy.refunded), books.premiums_refunded);
        // What is not earned is not yet earned of policies, and of fees: to less than an atom for each rounding.
        let ahead = self.sold.iter().filter(|sold| sold.policy.release_day * DAY > self.now);
        let ahead = ahead.map(|sold| sold.left(self.now, (1, 1))).fold(fraction(0u64, 1u64), |sum, left| sum + left);
        let roundings: Atoms = self.sold.iter().map(|sold| sold.roundings).sum();
        let most = ahead + fraction(self.fees + roundings + 1, 1u64);
        assert!(fraction(books.unearned, 1u64) <= most, "{} of {most} is not earned", books.unearned);
    }
}

/// A market, and whether premiums have a floor.
fn market() -> impl Strategy<Value = (u64, u64, u16, [u32; 3])> {
    let capital = prop_oneof![1_000..1u64 << 53, 1_000..1_000_000u64];
    (capital, prop_oneof![Just(1u64), 1..1_000u64], 1..10_000u16, [0..=1_000_000u32, 0..=1_000_000, 0..=1_000_000])
        .prop_map(|(capital, least, kink_bps, mut rates)| {
            rates.sort_unstable();
            (capital, least, kink_bps, rates)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    /// Every premium and refund is its closed form, and no atom is lost, made, or earned twice.
    #[test]
    fn premiums_are_paid_earned_and_refunded_to_the_atom(
        (capital, least, kink_bps, rates) in market(), steps in vec(step(), 1..40),
    ) {
        let mut market = Market::new(capital, least, kink_bps, rates);
        steps.into_iter().for_each(|step| market.take(step));
        // In the end everything is the LPs' that was neither a fee nor refunded, and nothing is held.
        market.take(Step::Wait { seconds: 500 * DAY });
        let books = &market.pool;
        prop_assert_eq!((books.unearned, books.rate, books.rate_fraction, books.active_cover), (0, 0, 0, 0));
        prop_assert_eq!(Atoms::from(books.capital - capital), Atoms::from(books.income_earned));
    }

    /// In parts nothing is cheaper to buy, and to keep or to give back it costs the same but for a few roundings.
    #[test]
    fn parts_are_as_good_as_the_whole(
        (capital, _, kink_bps, rates) in market(),
        before in vec(step(), 0..10),
        (bps, part) in (1..10_000u64, 1..10_000u64),
        (term_days, days, wait) in (1..100u16, 2..200u16, DAY..90 * DAY),
    ) {
        let at_once = || {
            let mut market = Market::new(capital, 1, kink_bps, rates);
            before.iter().for_each(|step| market.take(*step));
            market
        };
        let (mut whole, mut parts) = (at_once(), at_once());
        let amount = (u128::from(whole.product.room(&whole.pool, &whole.court).unwrap()) * u128::from(bps) / 10_000) as u64;
        let first = (u128::from(amount) * u128::from(part) / 10_000) as u64;
        prop_assume!(first > 0 && first < amount);
        let premium = |sold: &Sold| Atoms::from(sold.policy.premium);
        let one = whole.buy(amount, term_days, 0).map(premium).expect("room");
        let two = [first, amount - first].map(|amount| parts.buy(amount, term_days, 0).map(premium).expect("room"));
        prop_assert!((one..=one + 1).contains(&two.iter().sum()), "{one} at once, {two:?} in parts");

        for market in [&mut whole, &mut parts] {
            market.take(Step::Wait { seconds: wait });
        }
        let policy = whole.sold.len() - 1;
        // The same policy is kept longer in parts of the time.
        let mut again = at_once();
        again.buy(amount, term_days, 0);
        again.take(Step::Wait { seconds: wait });
        let some = days / 2;
        if let Some(one) = whole.extend(policy, days) {
            let two = [some, days - some].map(|days| again.extend(policy, days).expect("a part of it"));
            // What a second costs at least is rounded down, by less than two atoms for each part. What the first part is short of lowers the
            // rate by which the second is priced, by as much at most.
            prop_assert!((one - 6..=one + 4).contains(&two.iter().sum()), "{one} at once, {two:?} in parts");
            let short = one - two.iter().sum::<Atoms>();
            // And given back in parts of the amount: less what was paid less for it.
            if let Some((one, fee)) = whole.give_back(policy, Some(amount - 1)) {
                let two = [first, amount - 1 - first].map(|part| {
                    if part == 0 { (0, 0) } else { again.give_back(policy, Some(part)).expect("a part of it") }
                });
                let (one, two) = (one + fee, two.iter().map(|(refund, fee)| refund + fee).sum::<Atoms>());
                let like = one - short;
                prop_assert!((like.min(one) - 5..=like.max(one) + 3).contains(&two), "{one} at once, {two} in parts");
            }
        }
    }
}
