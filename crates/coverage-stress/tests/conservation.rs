//! What holds in every run of every book.

mod common;

use common::{NOW, cover};
use coverage_math::{DAY, settlement, stream};
use coverage_stress::{Book, Cover, Hit, Keep, Kind, Plan, Run, Settled, Watch};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::ChaCha8Rng};

#[derive(Debug, Clone)]
struct Policy {
    product: usize,
    amount: u64,
    days: u64,
    premium: u64,
    deductible_bps: u16,
    renews: bool,
}

fn policies() -> impl Strategy<Value = Vec<Policy>> {
    let policy = (0usize..3, 1u64..1_000_000, 1u64..400, 0u64..100_000, 0u16..5_000, any::<bool>());
    let policy = policy.prop_map(|(product, amount, days, premium, deductible_bps, renews)| Policy {
        product,
        amount,
        days,
        premium,
        deductible_bps,
        renews,
    });
    prop::collection::vec(policy, 0..12)
}

fn book(capital: u64, liens: u64, noon: bool, leverage_bps: u16, mut policies: Vec<Policy>) -> Book {
    let mut book = Book::new(NOW + if noon { DAY / 2 } else { 0 }, capital);
    book.liens = liens;
    book.leverage_bps = leverage_bps;
    for product in 0..3 {
        book.list("One", Kind::Exploit, product / 2).weight_bps = 10_000;
    }
    policies.sort_by_key(|policy| policy.product);
    for policy in policies {
        let plain = cover(policy.product, policy.amount, policy.days, policy.premium);
        let cover = Cover { deductible_bps: policy.deductible_bps, renews: policy.renews, ..plain };
        book.insure(cover).expect("a policy");
    }
    book
}

/// Adds up what happens, and checks each claim and settlement.
struct Sums<'a> {
    book: &'a Book,
    claimed: u64,
    settled: u64,
    lost: u64,
}

impl Watch for Sums<'_> {
    fn claims(&mut self, policy: usize, claim: u64) {
        assert!(claim > 0 && claim <= self.book.covers[policy].amount);
        self.claimed += claim;
    }
    fn settles(&mut self, it: &Settled) {
        assert_eq!(std::mem::take(&mut self.claimed), it.approved);
        assert!(it.settled <= it.approved);
        self.settled += it.settled;
    }
    fn lapses(&mut self, _product: usize, _amount: u64, premium: u64) {
        self.lost += premium;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_atom_comes_or_goes(
        policies in policies(),
        capital in 0u64..3_000_000,
        liens in 0u64..1_000_000,
        noon in any::<bool>(),
        leverage_bps in 1u16..50_000,
        renewed in any::<bool>(),
        mut strikes in prop::collection::vec((0u64..700, 0usize..3, 0u16..=10_000, 0.0f64..1.5), 0..12),
    ) {
        let keep = if renewed { Keep::Renewed } else { Keep::Runoff };
        let plan = Plan::new(book(capital, liens, noon, leverage_bps, policies), 700, keep).expect("a plan");
        strikes.sort_by_key(|(day, ..)| *day);
        let mut run = Run::new(&plan);
        let mut outcomes = Vec::new();
        // The second time on what the first has left in memory.
        for _ in 0..2 {
            let mut rng = ChaCha8Rng::seed_from_u64(9);
            let mut sums = Sums { book: &plan.book, claimed: 0, settled: 0, lost: 0 };
            run.begin(&mut sums);
            for (day, product, severity_bps, holders) in &strikes {
                let hit = Hit { product: *product, severity_bps: *severity_bps, holders: *holders };
                run.strike(day * DAY + 77, &[hit], &mut rng, &mut sums);
            }
            let end = run.end(&mut sums);
            prop_assert_eq!(plan.book.capital + end.earned, end.capital + end.paid);
            prop_assert_eq!(end.paid, sums.settled);
            // What lapsed is missing, to the atom that each of its roundings may be off.
            let full = plan.earned[700];
            let lapses = plan.book.covers.len() as u64;
            prop_assert!(end.earned + sums.lost <= full && full <= end.earned + sums.lost + lapses + 1);
            outcomes.push(end);
        }
        prop_assert_eq!(outcomes[0], outcomes[1]);
    }

    #[test]
    fn premiums_add_up_to_the_rates_times_the_seconds(policies in policies(), noon in any::<bool>(), renewed in any::<bool>()) {
        let keep = if renewed { Keep::Renewed } else { Keep::Runoff };
        let book = book(1_000_000, 0, noon, 50_000, policies);
        let plan = Plan::new(book.clone(), 500, keep).expect("a plan");
        let horizon = 500 * DAY;
        let total: u128 = book.covers.iter().map(|cover| {
            let goes_on = renewed && cover.renews;
            let seconds = if goes_on { horizon } else { horizon.min(cover.release_day * DAY - book.time) };
            u128::from(cover.rate) * u128::from(seconds)
        }).sum();
        prop_assert_eq!(u128::from(plan.earned[500]), total >> stream::RATE_BITS);
    }

    /// Every incident gets what the formula of the program says, of the capital that is there.
    #[test]
    fn every_settlement_is_that_of_coverage_math(
        policies in policies(),
        capital in 0u64..3_000_000,
        liens in 0u64..1_000_000,
        held_back in 0u64..500_000,
        strikes in prop::collection::vec(prop::collection::vec((0usize..3, 1u16..=10_000), 1..4), 1..6),
    ) {
        #[derive(Default)]
        struct Together(Vec<Settled>);
        impl Watch for Together {
            fn settles(&mut self, it: &Settled) {
                self.0.push(*it);
            }
        }
        let unpaid = policies.into_iter().map(|policy| Policy { premium: 0, ..policy }).collect();
        let mut book = book(capital, liens, false, 50_000, unpaid);
        book.held_back = held_back;
        let plan = Plan::new(book, 100, Keep::Runoff).expect("a plan");
        let (mut run, mut rng, mut capital) = (Run::new(&plan), ChaCha8Rng::seed_from_u64(9), capital);
        run.begin(&mut ());
        for (day, hits) in (0u64..).zip(&strikes) {
            let mut seen = Together::default();
            let hits: Vec<_> =
                hits.iter().map(|(product, severity_bps)| Hit { product: *product, severity_bps: *severity_bps, holders: 1.0 }).collect();
            run.strike(day * DAY, &hits, &mut rng, &mut seen);
            let funds = capital.saturating_sub(held_back);
            let demands = liens + seen.0.iter().map(|it| it.approved).sum::<u64>();
            for it in &seen.0 {
                let available = settlement::available(funds, it.approved, demands).expect("it fits");
                prop_assert_eq!(it.settled, available.min(it.approved).min(capital));
                capital -= it.settled;
            }
        }
        prop_assert_eq!(run.end(&mut ()).capital, capital);
    }
}
