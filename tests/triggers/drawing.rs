//! Random draws on LiteSVM, against a plain model in exact fractions: what was paid is what losses, limit and capital
//! say, the books close, and nothing comes from anywhere else.

use crate::stage::VENUE;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, LiteChain, UNIT, World, authority_product, product_params};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};

/// Lives of a run, unless `PROPTEST_CASES` says another number, and steps of a life.
const LIVES: u32 = 100;
const STEPS: usize = 40;
/// Parameters of the product.
const PERIOD: u64 = 7_200;
const LIMIT_BPS: u16 = 777;
const DEDUCTIBLE_BPS: u16 = 333;
/// Holders, and what their policies insure, atoms.
const POLICIES: [(&str, u64); 3] =
    [("dora", 100_000 * UNIT + 1), ("emil", 33_333 * UNIT + 33), ("fay", 7 * UNIT + 777_777)];

#[derive(Clone, Copy, Debug)]
struct Step {
    wait: u64,
    act: Act,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    /// A loss on a policy, in atoms, and the least it must bring, of what it does bring.
    Loss { policy: usize, loss: u64, least: i64 },
    /// What earlier losses left.
    Rest { policy: usize },
    /// A deposit, atoms.
    Deposit(u64),
    /// An incident of another product, which sets capital aside for a while.
    Incident,
    /// Its end.
    End,
}

fn step() -> impl Strategy<Value = Step> {
    let wait = (0u8..12, 0u64..PERIOD).prop_map(|(kind, wait)| match kind {
        0 | 1 => 0,
        2 => PERIOD,
        3 => PERIOD - 1,
        4 if wait < 1_000 => 40 * 86_400,
        4 => 86_400 * (wait % 9),
        _ => wait,
    });
    let act =
        (0u8..20, 0usize..3, 0u64..40_000 * UNIT, -1i64..=1).prop_map(|(kind, policy, amount, least)| match kind {
            0..=9 => Act::Loss { policy, loss: amount, least },
            10 => Act::Loss { policy, loss: amount % 3, least },
            11 => Act::Loss { policy, loss: u64::MAX - amount, least },
            12..=15 => Act::Rest { policy },
            16 => Act::Deposit(amount + 1),
            17 => Act::End,
            _ => Act::Incident,
        });
    (wait, act).prop_map(|(wait, act)| Step { wait, act })
}

fn part(amount: u64, bps: u16) -> BigRational {
    BigRational::new(BigInt::from(amount) * BigInt::from(bps), BigInt::from(10_000))
}

fn atoms(amount: &BigInt) -> u64 {
    u64::try_from(amount).expect("it fits")
}

/// What became of a policy so far: all losses and all draws.
#[derive(Clone, Default)]
struct Drawn {
    losses: Vec<u64>,
    paid: Vec<u64>,
}

impl Drawn {
    /// What all losses entitle to: what exceeds the deductible, up to the sum insured.
    fn entitled(&self, insured: u64) -> BigInt {
        let losses: BigInt = self.losses.iter().map(|loss| BigInt::from(*loss)).sum();
        let losses = losses.min(BigInt::from(u64::MAX));
        let over = losses - part(insured, DEDUCTIBLE_BPS).ceil().to_integer();
        over.clamp(BigInt::ZERO, BigInt::from(insured))
    }

    fn paid(&self) -> BigInt {
        self.paid.iter().map(|paid| BigInt::from(*paid)).sum()
    }
}

/// The model: policies, and the draws of all time.
#[derive(Default)]
struct Model {
    policies: [Drawn; 3],
    /// When each was, and how much.
    draws: Vec<(u64, u64)>,
    /// When the period began.
    began: Option<u64>,
}

/// How often something happened.
#[derive(Debug, Default)]
struct Tally {
    paid: u32,
    limited: u32,
    by_liens: u32,
    nothing: u32,
    exhausted: u32,
    over: u32,
}

fn stage() -> World<LiteChain> {
    let mut world = World::lite();
    let draws = DrawParams { period: PERIOD, limit_bps: LIMIT_BPS };
    world.list_product(0, product_params("Lending exploit")).ok();
    let terms = ProductParams { draws, deductible_bps: DEDUCTIBLE_BPS, ..authority_product("Venue") };
    world.list_product(VENUE, terms).ok();
    for name in ["ada", "otto", "venue", "gus", "dora", "emil", "fay"] {
        world.fund(name, 10_000_000 * UNIT);
    }
    world.deposit("ada", 300_000 * UNIT).ok();
    for (holder, amount) in POLICIES {
        world.buy(holder, VENUE, 0, amount, 60).ok();
    }
    world.buy("gus", 0, 0, 150_000 * UNIT, 365).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.pass_days(2);
    world
}

struct Play<'a> {
    world: World<LiteChain>,
    model: Model,
    incidents: u32,
    tally: &'a mut Tally,
}

impl Play<'_> {
    /// What can be drawn in this period, by the capital as it is now.
    fn limit(&mut self, now: u64) -> (BigInt, BigInt) {
        let pool = self.world.read_pool();
        let free = BigInt::from(pool.capital) - BigInt::from(pool.lien_total.min(pool.capital));
        let began = self.model.began.filter(|began| now < began + PERIOD).unwrap_or(now);
        let drawn: BigInt =
            self.model.draws.iter().filter(|(at, _)| *at >= began).map(|(_, paid)| BigInt::from(*paid)).sum();
        let whole = atoms(&(&free + &drawn));
        let limit: BigInt = part(whole, LIMIT_BPS).floor().to_integer() - drawn;
        (limit.max(BigInt::ZERO), free)
    }

    fn draw(&mut self, policy: usize, loss: u64, least: i64) {
        let (holder, insured) = POLICIES[policy];
        let address = self.world.policy(VENUE, holder, 0);
        // Earns first, so that the capital is what the draw finds.
        self.world.roll_product(0).ok();
        let now = self.world.now();
        let read: Policy = self.world.chain.read(&address);
        let mut after = self.model.policies[policy].clone();
        after.losses.push(loss);
        let due = after.entitled(insured) - after.paid();
        let (limit, free) = self.limit(now);
        let expected = atoms(&due.clone().min(limit.clone()).min(free));
        let min_paid = expected.saturating_add_signed(least);
        let accounts = self.world.draw_accounts("venue", holder, VENUE, &address);
        let (capital, balance) = (self.world.read_pool().capital, self.world.balance(holder));
        let receipt = self.world.send(accounts.instruction(loss, min_paid), &["venue"]);
        if loss > 0 && now > read.end {
            self.tally.over += 1;
            return receipt.fails(E::NotCovered);
        }
        if coverage_math::day_of(now) >= read.release_day {
            self.tally.over += 1;
            return receipt.fails(E::PolicyEnded);
        }
        if min_paid > expected {
            return receipt.fails(E::DrawLimited);
        }
        if expected == 0 && loss == 0 {
            self.tally.nothing += 1;
            return receipt.fails(E::NothingDue);
        }
        receipt.ok();
        self.tally.paid += u32::from(expected > 0);
        self.tally.limited += u32::from(BigInt::from(expected) < due);
        if self.model.began.is_none_or(|began| now >= began + PERIOD) {
            self.model.began = Some(now);
        }
        self.model.draws.push((now, expected));
        after.paid.push(expected);
        self.model.policies[policy] = after;
        // B6: the capital falls by exactly what is paid, and the holder has it.
        assert_eq!(self.world.read_pool().capital, capital - expected);
        assert_eq!(self.world.balance(holder), balance + expected);
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Loss { policy, loss, least } => self.draw(policy, loss, least),
            Act::Rest { policy } => self.draw(policy, 0, 0),
            Act::Deposit(amount) => drop(self.world.deposit("ada", amount).ok()),
            Act::Incident => {
                let now = self.world.now();
                if self.world.read_pool().open_incidents == 0 {
                    self.world.open_incident("otto", 0, self.incidents, now).ok();
                    self.tally.by_liens += 1;
                }
            }
            Act::End => {
                if self.world.read_pool().open_incidents == 1 {
                    let incident = self.world.incident(0, self.incidents);
                    let now = self.world.now();
                    let closes_at = self.world.chain.read::<Ballot>(&ballot_address(&incident)).closes_at;
                    if now < closes_at {
                        self.world.vote("vera", &incident, 0).ok();
                    }
                    self.world.close_ballot(&incident).ok();
                    while self.world.chain.read::<Ballot>(&ballot_address(&incident)).state == 0 {
                        let closes_at = self.world.chain.read::<Ballot>(&ballot_address(&incident)).closes_at;
                        self.world.chain.set_now(closes_at);
                        self.world.close_ballot(&incident).ok();
                    }
                    self.world.pass_days(2);
                    self.world.settle(0, self.incidents).ok();
                    self.incidents += 1;
                }
            }
        }
    }

    fn check(&mut self) {
        self.world.check_books();
        let mut paid = BigInt::ZERO;
        for (drawn, (holder, insured)) in self.model.policies.iter().zip(POLICIES) {
            let policy: Policy = self.world.chain.read(&self.world.policy(VENUE, holder, 0));
            // No sum of draws beyond what the losses exceed the deductible by, nor beyond the sum insured.
            assert!(drawn.paid() <= drawn.entitled(insured));
            assert_eq!(BigInt::from(policy.paid), drawn.paid());
            assert_eq!(policy.claimed, policy.paid);
            paid += drawn.paid();
        }
        assert_eq!(BigInt::from(self.world.read_pool().claims_paid), paid);
    }
}

#[test]
fn random_draws_pay_what_the_model_says() {
    let mut config = Config::default();
    let lives = if std::env::var_os("PROPTEST_CASES").is_none() { LIVES } else { config.cases };
    if !matches!(config.rng_seed, RngSeed::Fixed(_)) {
        config.rng_seed = RngSeed::Fixed(1);
    }
    let (mut runner, mut tally, stage) = (TestRunner::new(config), Tally::default(), stage());
    for life in 0..lives {
        let steps = vec(step(), STEPS).new_tree(&mut runner).expect("steps").current();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let (world, model) = (stage.clone(), Model::default());
            let mut play = Play { world, model, incidents: 0, tally: &mut tally };
            for step in &steps {
                play.world.pass(step.wait);
                play.act(step.act);
                play.check();
            }
            let exhausted = play.model.policies.iter().zip(POLICIES);
            let exhausted = exhausted.filter(|(drawn, (_, insured))| drawn.paid() == BigInt::from(*insured)).count();
            play.tally.exhausted += u32::try_from(exhausted).unwrap();
        }));
        assert!(outcome.is_ok(), "life {life}: {steps:#?}");
    }
    println!("{tally:?}");
    if lives >= LIVES {
        let Tally { paid, limited, by_liens, nothing, exhausted, over } = tally;
        assert!([paid, limited, by_liens, nothing, exhausted, over].iter().all(|count| *count > 10));
    }
}
