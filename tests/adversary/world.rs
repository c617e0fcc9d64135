//! Worlds: an assembly, its pools and their products, honest people in them, and what will happen there.
//!
//! Every seed is a world of its own. Its pools are young or have sold for half a year; they cover as much as they have or
//! twice as much; little or nearly all of it is sold; they let go in a day or in a week. A second pool shares the court of the first, in which
//! all honest voters vote, or only some in time, or from which they have gone ([`Court`]).

use crate::act::{Act, FOUNDER};
use coverage_model::{
    Atoms, DAY, DrawParams, Model, Name, Outcome, PoolParams, ProductParams, Purchase, Token, example,
};
use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha8Rng};

/// Atoms of one whole token.
pub const UNIT: u64 = 1_000_000;
/// Those who deposit and follow the written advice.
pub const HONEST_LPS: [Name; 2] = ["ada", "ben"];
/// Those who buy cover and claim what they lost.
pub const HOLDERS: [Name; 2] = ["dora", "emil"];
/// Those who stake and vote what is true.
pub const HONEST_VOTERS: [Name; 3] = ["vera", "walt", "xeno"];
/// Who draws for the covered program, and pays recoveries back.
pub const VENUE: Name = "venue";
/// Who pays back what was recovered.
pub const PROJECT: Name = "opal";
/// The coalition's LP.
pub const ENEMY_LP: Name = "cleo";
/// The coalition's buyers; the second one draws on its own products.
pub const ENEMY_BUYERS: [Name; 2] = ["fay", "gus"];
/// The coalition's voter.
pub const ENEMY_VOTER: Name = "yuri";
/// Who votes for honest voters who let somebody vote: of the coalition, and nobody knows. An awake voter votes over what they voted.
pub const DELEGATE: Name = ENEMY_BUYERS[1];
/// Who votes for the coalition's voter, once that was said.
pub const ENEMY_DELEGATE: Name = ENEMY_BUYERS[0];
/// The arbiter of the first pool, who does nothing unless it is of the coalition.
pub const ARBITER: Name = "arbiter";
/// The coalition.
pub const ENEMIES: [Name; 4] = [ENEMY_LP, ENEMY_BUYERS[0], ENEMY_BUYERS[1], ENEMY_VOTER];
/// Honest people.
pub const HONEST: [Name; 8] = ["ada", "ben", "dora", "emil", "vera", "walt", "xeno", PROJECT];

/// Products of every world by their numbers: on the first a jury decides, on the second the covered program; the third is the
/// second pool's, on which a jury decides.
pub const JURY: usize = 0;
/// The second one.
pub const DRAWN: usize = 1;

/// What happens beside what people do, from which on the coalition's moves are judged: [`crate::account`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Quiet,
    /// A loss of those who are covered by the first product.
    Loss,
    /// A loss that the covered program draws.
    Drawn,
    /// An LP asks to leave.
    Leaving,
}

/// The court: how much stake the coalition has of it, and which honest voters vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Court {
    /// Honest people have two thirds of the stake or more, and all of them vote.
    Awake,
    /// So many of three honest voters vote in a first round; in an appeal all do. The coalition has from an atom to a token less than all of
    /// them together.
    Sleepy(usize),
    /// Honest voters left once cover was sold. The coalition has an atom, and at most as much as decides nothing by itself in a court of that
    /// floor: an eighth of what must vote at the floor. There is no arbiter: what a court that is gone leaves undecided is the arbiter's.
    Gone,
}

/// What is particular about a world.
#[derive(Clone, Copy, Debug)]
pub struct Nature {
    /// Its seed.
    pub seed: u64,
    /// What happens.
    pub kind: Kind,
    /// When, seconds.
    pub pivot: u64,
    /// The part of each sum insured that is lost, bps.
    pub severity_bps: u16,
    /// How long honest people need to notice something, seconds: less than a day.
    pub notice: u64,
    /// How late the keeper is, seconds.
    pub late: u64,
    /// What comes back once a loss was paid, atoms.
    pub recovered: u64,
    /// What each of the coalition has beside its shares, atoms.
    pub money: u64,
    /// The court.
    pub court: Court,
    /// Whether a loss of the first product is one of the second, too: one hack of both, in a pool that sold nearly twice what it has.
    pub hack: bool,
}

/// A world when it begins.
#[derive(Clone, Debug)]
pub struct World {
    /// What is particular about it.
    pub nature: Nature,
    /// Everything there is.
    pub model: Model,
    /// What everybody had before anything was done.
    pub purses: Vec<(Name, Token, Atoms)>,
    /// What was done until now, with the second in which it was.
    pub past: Vec<(u64, Act)>,
}

/// Parts of the pool's capital that coalitions have, thousandths.
const MONEY: [u64; 5] = [1, 100, 1_000, 9_000, 20_000];
/// From this seed of a thousand on a loss is more than a pool has.
pub const SHORT: u64 = 900;
/// When worlds begin, unix seconds: not at midnight.
pub const BEGIN: u64 = 1_900_000_000;

/// Builds a world, step by step.
struct Builder {
    model: Model,
    past: Vec<(u64, Act)>,
}

impl Builder {
    fn act(&mut self, act: Act) -> Outcome {
        let outcome = self.model.attempt(|model| act.apply(model));
        self.past.push((self.model.now, act));
        outcome
    }

    fn must(&mut self, act: Act) {
        let outcome = self.act(act.clone());
        assert_eq!(outcome, Ok(()), "{act:?} founds a world");
    }

    fn deposit(&mut self, pool: usize, who: Name, amount: u64) {
        if amount > 0 {
            let seen = self.model.seen(pool);
            self.must(Act::Deposit { pool, who, amount, min_shares: 0, seen });
        }
    }

    /// Buys so many bps of what can be sold.
    fn buy(&mut self, product: usize, (payer, id): (Name, u64), part_bps: u64, term_days: u16) {
        let room = self.model.trial(|model| {
            model.roll(product);
            model.room(product).map(|room| (room, model.terms_of_sale(product)))
        });
        let Ok((room, terms)) = room else { return };
        let room = u64::try_from(room).expect("an amount");
        let amount = (u128::from(room) * u128::from(part_bps) / 10_000).try_into().unwrap_or(0);
        let purchase = purchase((payer, id), amount, term_days, terms);
        _ = self.act(Act::Buy { product, purchase });
    }
}

/// A purchase for oneself, at any price, under the terms of this number.
#[must_use]
pub fn purchase((payer, id): (Name, u64), amount: u64, term_days: u16, terms: u64) -> Purchase {
    Purchase { payer, holder: Some(payer), id, amount, term_days, commission: (payer, 0), max_premium: u64::MAX, terms }
}

/// A product on which the jury decides.
#[must_use]
pub fn jury_product() -> ProductParams {
    ProductParams { weight_bps: 10_000, ..example::product() }
}

/// A product on which a covered program draws at most 5% of the capital a day.
#[must_use]
pub fn venue_product() -> ProductParams {
    ProductParams { weight_bps: 6_000, waiting_days: 1, ..example::draw_product() }
}

/// A draft with which those in charge would empty a pool: no price to speak of, no waiting, nothing deductible, all at once.
#[must_use]
pub fn greedy_product() -> ProductParams {
    ProductParams {
        group: 7,
        r0_ppm: 0,
        r1_ppm: 0,
        r2_ppm: 0,
        waiting_days: 0,
        grace_days: 3,
        report_window_days: 3,
        deductible_bps: 0,
        min_amount: 1,
        draws: DrawParams { period: 3_600, limit_bps: 10_000 },
        ..example::draw_product()
    }
}

impl World {
    /// The world of a seed. Seeds count kinds through: 0 is quiet, 1 has a loss, 2 a loss that is drawn, in 3 an LP leaves, and so on.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let kind = [Kind::Quiet, Kind::Loss, Kind::Drawn, Kind::Leaving][usize::try_from(seed % 4).expect("few")];
        let mut pick = |many: &[u64]| many[rng.random_range(0..many.len())];
        let exit_delay = pick(&[1, 1, 3, 7]);
        let season = pick(&[1, 3, 14]);
        let leverage = pick(&[10_000, 10_000, 20_000]);
        let sold = pick(&[1_000, 5_000, 9_500]);
        let age = pick(&[0, 3, 180]);
        let enemy_shares = pick(&[0, 100, 500, 1_000]);
        let money = pick(&MONEY);
        let (late, notice) = (pick(&[0, 600, 3_600, 6 * 3_600]), pick(&[3_600, 6 * 3_600, 11 * 3_600]));
        let (severity, recovered) = (pick(&[4_000, 10_000]), pick(&[0, 100_000, 500_000]));
        let pivot_days = pick(&[3, 7, 20]);
        // Worlds in which something else happens come in sixteens of their own.
        let kin = (seed / 16) % 4;
        let court = match (kin, kind) {
            (2, _) => Court::Sleepy(1),
            (3, Kind::Quiet) => Court::Gone,
            (3, Kind::Leaving) => Court::Sleepy(0),
            _ => Court::Awake,
        };
        let hack = kind == Kind::Loss && seed % 1_000 >= SHORT;
        let (leverage, sold, severity) = if hack { (20_000, 8_000, 10_000) } else { (leverage, sold, severity) };
        let enemy_shares = if hack { 0 } else { enemy_shares };
        // What the coalition stakes, and what it can stake besides, atoms.
        let (stake, rest) = match court {
            Court::Awake => (100 * UNIT, 40 * UNIT),
            Court::Sleepy(_) => ([1, 140 * UNIT, 299 * UNIT][usize::try_from(seed / 4 % 3).expect("few")], 0),
            Court::Gone => (1, 5 * UNIT - 1),
        };

        let mut model = Model::new(BEGIN, example::assembly(), FOUNDER);
        let capital = 1_000_000 * UNIT;
        let money = capital / 1_000 * money;
        for name in HONEST.into_iter().chain(ENEMIES) {
            let asset = if ENEMIES.contains(&name) { money } else { 10 * capital };
            let shares = if name == ENEMY_LP { capital / 1_000 * enemy_shares } else { 0 };
            model.give(name, Token::Asset, (asset + shares).into());
        }
        for name in HONEST.into_iter().chain(ENEMIES).chain([FOUNDER, VENUE]) {
            model.give(name, Token::Lamports, 1 << 60);
        }
        for name in HONEST_VOTERS.into_iter().chain([ENEMY_VOTER]) {
            let stake = if name == ENEMY_VOTER { stake + rest } else { 1_000 * UNIT };
            model.give(name, Token::Governance, Atoms::from(stake));
        }
        let purses = model.wallets.iter().collect();
        let mut here = Builder { model, past: vec![] };
        // Below what all have at stake; one of them is above what is left without the coalition's.
        let floors = if court == Court::Awake { [0, 200, 350] } else { [200; 3] };
        let stake_floor = floors[usize::try_from(seed / 4 % 3).expect("few")] * UNIT;
        for (pool, leverage_bps) in [(0, leverage), (1, 10_000)] {
            let params = PoolParams {
                exit_delay_days: u16::try_from(exit_delay).expect("days"),
                timelock: (exit_delay + 2) * DAY,
                season_days: u16::try_from(season).expect("days"),
                stake_floor,
                leverage_bps: u16::try_from(leverage_bps).expect("bps"),
                group_caps_bps: [u16::try_from(leverage_bps).expect("bps"); 16],
                ..example::pool()
            };
            let arbiter = (pool == 0 && court != Court::Gone).then_some(ARBITER);
            here.must(Act::CreatePool { params, arbiter });
        }
        here.must(Act::ListProduct { pool: 0, terms: jury_product(), authority: None });
        here.must(Act::ListProduct { pool: 0, terms: venue_product(), authority: Some(VENUE) });
        here.must(Act::ListProduct { pool: 1, terms: jury_product(), authority: None });
        for who in HONEST_VOTERS {
            here.must(Act::Stake { who, amount: 100 * UNIT });
        }
        here.must(Act::Stake { who: ENEMY_VOTER, amount: stake });
        // Who sleeps lets somebody vote, and one who is awake.
        let first = match court {
            Court::Awake => HONEST_VOTERS.len() - 1,
            Court::Sleepy(awake) => awake,
            Court::Gone => HONEST_VOTERS.len(),
        };
        for who in &HONEST_VOTERS[first..] {
            here.must(Act::SetDelegate { who, to: Some(DELEGATE) });
        }
        here.deposit(0, HONEST_LPS[0], capital * 6 / 10);
        here.deposit(0, HONEST_LPS[1], capital * 4 / 10);
        here.deposit(1, HONEST_LPS[1], capital);
        here.deposit(0, ENEMY_LP, capital / 1_000 * enemy_shares);
        for pool in 0..2 {
            here.must(Act::OpenPool { pool });
        }
        let sells = here.model.pools[0].opened.map_or(0, |(_, sells)| sells);
        here.model.now = sells + 7 * 3_600;
        here.buy(DRAWN, (HOLDERS[0], 1), sold / 2, 60);
        here.buy(JURY, (HOLDERS[0], 2), sold / 2, 30);
        here.buy(JURY, (HOLDERS[1], 3), sold, 60);
        here.buy(2, (HOLDERS[1], 4), 5_000, 60);
        here.model.now += age * DAY + 2 * DAY;
        if age > 60 {
            here.buy(DRAWN, (HOLDERS[0], 5), sold / 2, 60);
            here.buy(JURY, (HOLDERS[0], 6), sold / 2, 30);
            here.buy(JURY, (HOLDERS[1], 7), sold, 60);
            here.model.now += 2 * DAY;
        }
        if court == Court::Gone {
            for who in HONEST_VOTERS {
                here.must(Act::RequestUnstake { who, amount: 100 * UNIT });
            }
        }
        let begin = here.model.now;
        let second = rng.random_range(0..DAY);
        let pivot = match kind {
            Kind::Quiet => begin,
            Kind::Loss | Kind::Drawn => begin + pivot_days * DAY + second,
            // Whoever asks later leaves later: nobody else's exit is of the same day.
            Kind::Leaving => (begin / DAY + pivot_days) * DAY,
        };
        let nature = Nature {
            seed,
            kind,
            pivot,
            severity_bps: u16::try_from(severity).expect("bps"),
            notice,
            late,
            recovered: recovered * UNIT,
            money,
            court,
            hack,
        };
        Self { nature, model: here.model, purses, past: here.past }
    }
}
