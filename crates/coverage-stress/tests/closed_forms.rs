//! What can be known without playing.

mod common;

use common::{NOW, cover, demo, one_product};
use coverage_client::amount::Token;
use coverage_math::{DAY, settlement, stream};
use coverage_stress::{
    Assumptions, Book, Hit, Keep, Kind, Plan, Report, Run, Scenario, Settings, Settled, Summary, Watch, csv, simulate,
};
use rand::{SeedableRng, rngs::ChaCha8Rng};

const RUNS: u64 = 200_000;

fn assumptions(rate: f64, severity: f64) -> Assumptions {
    let text = format!(
        "kind.exploit = {{ incidents_per_year = {rate}, severity = {{ fixed = {severity} }}, holders = {{ fixed = 1.0 }} }}\n\
         shock = {{ shocks_per_year = 0.0, chance = 0.0 }}"
    );
    Assumptions::read(&text).expect("assumptions")
}

fn play(plan: &Plan, assumptions: &Assumptions, runs: u64, threads: usize) -> Summary {
    let scenario = Scenario::drawn(assumptions, &plan.book).expect("a scenario");
    simulate(plan, &scenario, Settings { runs, seed: 7, threads }, &|_| ()).expect("a summary")
}

/// Five standard deviations of the mean of `runs` draws with this variance.
fn bound(variance: f64, runs: u64) -> f64 {
    5.0 * (variance / runs as f64).sqrt()
}

/// What a run settles, in order.
#[derive(Default)]
struct Seen(Vec<Settled>, Vec<(usize, u64)>, u64);

impl Watch for Seen {
    fn claims(&mut self, policy: usize, claim: u64) {
        self.1.push((policy, claim));
    }
    fn settles(&mut self, settled: &Settled) {
        self.0.push(*settled);
    }
    fn lapses(&mut self, _product: usize, amount: u64, _premium: u64) {
        self.2 += amount;
    }
}

fn strike(run: &mut Run, day: u64, hits: &[(usize, u16)], seen: &mut Seen) {
    let hits: Vec<_> = hits
        .iter()
        .map(|(product, severity_bps)| Hit { product: *product, severity_bps: *severity_bps, holders: 1.0 })
        .collect();
    run.strike(day * DAY, &hits, &mut ChaCha8Rng::seed_from_u64(0), seen);
}

#[test]
fn a_whole_loss_comes_as_often_as_poisson_says() {
    for rate in [0.05, 0.7, 3.0] {
        let plan = Plan::new(one_product(10_000_000, &[(1_000_000, 365, 0)]), 365, Keep::Runoff).expect("a plan");
        let it = play(&plan, &assumptions(rate, 1.0), RUNS, 0);
        let chance = 1.0 - f64::exp(-rate);
        assert!((it.hit - chance).abs() < bound(chance * (1.0 - chance), RUNS), "{} for {chance}", it.hit);
        assert!((it.products[0].incidents - rate).abs() < bound(rate, RUNS), "{} for {rate}", it.products[0].incidents);
        // A policy that is hit loses all of it, once: the cover is used up.
        let expected = 1_000_000 * (it.hit * RUNS as f64).round() as u64 / RUNS;
        assert_eq!((it.approved, it.paid, it.short), (expected, expected, 0.0));
    }
}

#[test]
fn the_expected_loss_is_rate_times_severity() {
    // A hundred times as many incidents as a year could bring would be needed to use a cover up.
    let plan =
        Plan::new(one_product(u64::pow(10, 12), &[(u64::pow(10, 10), 365, 0)]), 365, Keep::Runoff).expect("a plan");
    let it = play(&plan, &assumptions(2.0, 0.01), RUNS, 0);
    let one = 1e8;
    assert!((it.paid as f64 - 2.0 * one).abs() < one * bound(2.0, RUNS), "{}", it.paid);
    assert_eq!(it.loss.mean, i128::from(it.paid));
    assert_eq!(it.factor.map(|factor| (factor.mean, factor.whole, factor.worst_bps)), Some((1.0, 1.0, 10_000)));
}

#[test]
fn a_part_of_the_holders_claims() {
    let covers: Vec<_> = (0..100).map(|_| (1_000, 365, 0)).collect();
    let plan = Plan::new(one_product(1_000_000, &covers), 365, Keep::Runoff).expect("a plan");
    let (mut run, mut rng, mut seen) = (Run::new(&plan), ChaCha8Rng::seed_from_u64(1), Seen::default());
    for _ in 0..1_000 {
        run.begin(&mut ());
        run.strike(0, &[Hit { product: 0, severity_bps: 10_000, holders: 0.3 }], &mut rng, &mut seen);
    }
    let claims: u64 = seen.0.iter().map(|it| it.claims).sum();
    assert!((claims as f64 - 30_000.0).abs() < 5.0 * (100_000.0f64 * 0.3 * 0.7).sqrt(), "{claims}");
}

#[test]
fn too_much_cover_is_paid_in_part_by_one_factor() {
    let book = one_product(1_000_001, &[(500_000, 365, 0), (1_000_000, 365, 0), (1_500_000, 365, 0)]);
    let plan = Plan::new(book, 365, Keep::Runoff).expect("a plan");
    let (mut run, mut seen) = (Run::new(&plan), Seen::default());
    run.begin(&mut ());
    strike(&mut run, 0, &[(0, 10_000)], &mut seen);
    let settled = seen.0[0];
    assert_eq!((settled.claims, settled.approved, settled.settled), (3, 3_000_000, 1_000_001));
    assert_eq!(coverage_stress::factor_bps(&settled), 3_333);
    let paid = seen.1.iter().map(|(_, claim)| settlement::part_of_settled(*claim, 1_000_001, 3_000_000).expect("due"));
    assert_eq!(paid.collect::<Vec<_>>(), [166_666, 333_333, 500_000]);
    assert_eq!(run.end(&mut seen).capital, 0);
}

#[test]
fn what_strikes_together_shares_the_capital_as_the_program_shares_it() {
    let mut book = Book::new(NOW, 150);
    (book.liens, book.held_back) = (40, 30);
    for (product, amount) in [(0, 80), (1, 120)] {
        book.list("One", Kind::Exploit, product);
        book.insure(cover(product, amount, 365, 0)).expect("a policy");
    }
    let plan = Plan::new(book, 365, Keep::Runoff).expect("a plan");
    let (mut run, mut seen) = (Run::new(&plan), Seen::default());
    run.begin(&mut ());
    strike(&mut run, 3, &[(0, 10_000), (1, 5_000)], &mut seen);
    // 120 are not held back; 40, 80 and 60 are demanded of them.
    let expected = [80, 60].map(|filed| settlement::available(120, filed, 180));
    assert_eq!(expected, [Some(53), Some(40)]);
    assert_eq!(seen.0.iter().map(|it| Some(it.settled)).collect::<Vec<_>>(), expected);
    assert!(seen.0.iter().all(|it| it.shared));
    assert_eq!(run.end(&mut seen).capital, 57);
}

#[test]
fn cover_under_a_lien_is_in_no_group_and_shares_that_leave_carry_nothing() {
    // 1,000 of capital, of which a group may cover 600: the second product's 600, beside 400 of the first that are liened.
    let lapsed = |liened: bool, leaving: u64, held_back: u64| {
        let mut book = Book::new(NOW, 1_000);
        (book.liens, book.held_back, book.shares, book.leaving) = (400, held_back, 1_000_000, leaving);
        book.leverage_bps = 20_000;
        book.group_caps_bps = [6_000; 16];
        for (product, amount) in [(0, 400), (1, 600)] {
            book.list("One", Kind::Exploit, 3);
            book.insure(cover(product, amount, 10, 0)).expect("a policy");
        }
        book.products[0].liened = liened;
        let plan = Plan::new(book, 30, Keep::Renewed).expect("a plan");
        let (mut run, mut seen) = (Run::new(&plan), Seen::default());
        run.begin(&mut seen);
        run.end(&mut seen);
        seen.2
    };
    assert_eq!(lapsed(true, 0, 0), 0, "what is set aside carries renewals");
    assert_eq!(lapsed(false, 0, 0), 1_000);
    // The second cannot be renewed once what leaves or is held back does not carry it; the first is.
    assert_eq!(lapsed(true, 1_000, 0), 600);
    assert_eq!(lapsed(true, 0, 1), 600);
}

#[test]
fn deductible_and_earlier_claims_are_taken_off() {
    let mut book = Book::new(NOW, 1_000_000);
    book.list("One", Kind::Exploit, 0);
    let policy = coverage_stress::Cover { deductible_bps: 1_000, claimed: 30_000, ..cover(0, 100_000, 50, 0) };
    book.insure(policy).expect("a policy");
    let plan = Plan::new(book, 365, Keep::Renewed).expect("a plan");
    let (mut run, mut seen) = (Run::new(&plan), Seen::default());
    run.begin(&mut ());
    for (day, severity) in [(1, 1_000), (2, 5_000), (3, 9_000), (4, 10_000), (50, 10_000), (51, 10_000), (90, 10_000)] {
        strike(&mut run, day, &[(0, severity)], &mut seen);
    }
    // Nothing above the deductible; 50,000 less it; what is left; nothing; nothing on the last second of the term; the
    // renewed one, less its deductible, and what that leaves.
    assert_eq!(seen.1, [(0, 40_000), (0, 30_000), (0, 90_000), (0, 10_000)]);
}

#[test]
fn what_the_capital_does_not_carry_is_not_renewed() {
    let mut book = one_product(1_000, &[(600, 10, 0), (400, 365, 0)]);
    book.products[0].weight_bps = 10_000;
    let plan = Plan::new(book, 365, Keep::Renewed).expect("a plan");
    let (mut run, mut seen) = (Run::new(&plan), Seen::default());
    run.begin(&mut ());
    strike(&mut run, 5, &[(0, 100)], &mut seen);
    strike(&mut run, 10, &[(0, 100)], &mut seen);
    strike(&mut run, 11, &[(0, 100)], &mut seen);
    // 990 do not carry 1,000; on the tenth midnight the first still covers its last second.
    assert_eq!(seen.0.iter().map(|it| it.settled).collect::<Vec<_>>(), [10, 10, 4]);
    assert_eq!(seen.2, 600);
    run.end(&mut seen);
    assert_eq!(seen.2, 600, "the rest is carried");

    // The same without an incident: all goes on.
    let mut seen = Seen::default();
    run.begin(&mut seen);
    strike(&mut run, 300, &[(0, 100)], &mut seen);
    assert_eq!((seen.0[0].settled, seen.2), (10, 0));
}

#[test]
fn what_is_claimed_takes_up_no_capacity_until_the_policy_is_renewed() {
    // As much cover as capital: one policy of two is claimed in full, and the other is as much as what is left.
    let mut book = Book::new(NOW, 200);
    book.leverage_bps = 10_000;
    for (product, amount, days) in [(0, 100, 60), (1, 100, 300)] {
        book.list("One", Kind::Exploit, product);
        book.insure(cover(product, amount, days, 0)).expect("a policy");
    }
    for (keep, lapsed) in [(Keep::Renewed, [0, 100]), (Keep::Runoff, [0, 0])] {
        let plan = Plan::new(book.clone(), 400, keep).expect("a plan");
        let mut run = Run::new(&plan);
        for _ in 0..2 {
            let mut seen = Seen::default();
            run.begin(&mut seen);
            strike(&mut run, 10, &[(1, 10_000)], &mut seen);
            // On day 60 the first is renewed: the second takes up nothing. On day 300 that would cover in full again.
            strike(&mut run, 299, &[], &mut seen);
            assert_eq!((seen.0[0].settled, seen.2), (100, lapsed[0]));
            run.end(&mut seen);
            assert_eq!(seen.2, lapsed[1]);
        }
    }
}

#[test]
fn premiums_are_those_of_the_streams() {
    let book = one_product(1_000, &[(100, 10, 86_400_000), (100, 365, 0)]);
    let rate = book.rate;
    // Ten days, and thirty of grace.
    for (keep, seconds) in [(Keep::Renewed, 365 * DAY), (Keep::Runoff, 40 * DAY)] {
        let plan = Plan::new(book.clone(), 365, keep).expect("a plan");
        let expected = (u128::from(rate) * u128::from(seconds)) >> stream::RATE_BITS;
        assert_eq!(plan.earned.last().copied().map(u128::from), Some(expected));
        assert_eq!(u128::from(plan.premiums[0]), expected);
        assert_eq!(plan.earned[1], 8_640_000, "an atom is rounded down at most, and none here");
    }
}

#[test]
fn shocks_strike_the_products_of_a_group_together() {
    let mut book = Book::new(NOW, 1_000_000);
    for group in [0, 0, 1] {
        let product = book.products.len();
        book.list("One", Kind::Exploit, group);
        book.insure(cover(product, 100, 365, 0)).expect("a policy");
    }
    let plan = Plan::new(book, 365, Keep::Runoff).expect("a plan");
    let mut assumptions = assumptions(0.0, 1.0);
    assumptions.group.insert("0".into(), coverage_stress::assumptions::Shock { shocks_per_year: 1.0, chance: 0.5 });
    let it = play(&plan, &assumptions, RUNS, 0);
    // A product is hit by half of the shocks.
    let chance = 1.0 - f64::exp(-0.5);
    assert!((it.products[0].hit - chance).abs() < bound(chance * (1.0 - chance), RUNS));
    let either = 1.0 - f64::exp(-0.75);
    assert!((it.groups[0].hit - either).abs() < bound(either * (1.0 - either), RUNS));
    assert_eq!((it.products[2].hit, it.groups[1].hit), (0.0, 0.0));
    assert!((it.groups[0].of_paid - 1.0).abs() < 1e-12);
}

/// The results depend on seed and runs, not on the threads.
#[test]
fn the_same_seed_gives_the_same_numbers_on_any_number_of_threads() {
    let plan = Plan::new(demo(30), 365, Keep::Renewed).expect("a plan");
    let assumptions = Assumptions::read("shock = { shocks_per_year = 1.0, chance = 0.7 }").expect("assumptions");
    let table = |threads, seed| {
        let scenario = Scenario::drawn(&assumptions, &plan.book).expect("a scenario");
        let settings = Settings { runs: 20_000, seed, threads };
        csv(&Report {
            pool: String::new(),
            token: Token { symbol: String::new(), decimals: 6 },
            plan: &plan,
            assumptions: &assumptions,
            settings,
            drawn: simulate(&plan, &scenario, settings, &|_| ()).expect("a summary"),
            calendar: None,
            incidents: &[],
            replayed: vec![],
            command: String::new(),
        })
    };
    let once = table(1, 3);
    assert_eq!(once, table(2, 3));
    assert_eq!(once, table(5, 3));
    assert_ne!(once, table(1, 4));
}
