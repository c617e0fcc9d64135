//! A life: the world, the model beside it, and how both take a step.

use crate::{
    changes::OFFICERS,
    sites::{ARBITER, BUYERS, DISTRIBUTOR, DRAWER, FOUNDER, GUARDIAN, LPS, OPENER, Sites, TREASURY, VOTERS},
    steps::{Limit, Sight, Size, Step},
    tally::Tally,
};
use coverage_client::{Assembly, DrawParams, NOBODY, Pool, PoolParams, Product, ProductParams};
use coverage_model::{Atoms, DAY, Model, Name, Outcome, Refusal, Token, Trigger};
use harness::{
    Chain, LiteChain, Receipt, UNIT, World, assembly_params, authority_product, pool_params, price_product,
    product_params, trials::second_assembly,
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;
use std::collections::BTreeSet;

/// A life in progress.
pub struct Play<'a> {
    pub world: World<LiteChain>,
    pub model: Model,
    pub sites: Sites,
    /// Pools and products as they were in the beginning, and where they are.
    pub pools: Vec<(Pool, Address)>,
    pub products: Vec<(Product, Address)>,
    pub assembly: Assembly,
    /// The court in which nobody has stake, if it is there.
    pub other_court: Option<Assembly>,
    /// Atoms that were sent to each vault for nothing and not absorbed.
    pub donated: Vec<u64>,
    /// Shares of each pool, as they are now, that their owners burned.
    pub burned: Vec<Atoms>,
    pub next_id: u64,
    /// Exit epochs of which it was seen that they got what is fair.
    pub judged: BTreeSet<usize>,
    /// Changes that once waited for cover that kept exits in.
    pub kept: BTreeSet<usize>,
    /// Whether the life is at its end: only then something is closed that was on sale.
    pub ends: bool,
    pub tally: &'a mut Tally,
}

/// The first pool: as usual, with a reward for voters, seasons of three days, and a floor for the stake of its court, which carries so much
/// cover.
fn first_pool() -> PoolParams {
    PoolParams {
        vote_reward: 50 * UNIT + 1,
        assessors_limit: 200 * UNIT,
        season_days: 3,
        stake_floor: 150 * UNIT,
        cover_per_stake: 1_500_000 * UNIT + 1,
        ..pool_params()
    }
}

/// The second pool: nobody to arbitrate, no more cover than capital, dear to pass through, quick to leave, whatever its court has at stake.
fn other_pool() -> PoolParams {
    PoolParams {
        arbiter: Address::default(),
        vote_reward: 1 << 56,
        assessors_limit: UNIT,
        min_premium: 1,
        timelock: 3 * DAY,
        exit_delay_days: 1,
        leverage_bps: 10_000,
        protocol_fee_bps: 2_000,
        assessor_fee_bps: 1_000,
        cancel_fee_bps: 0,
        group_caps_bps: std::array::from_fn(|group| if group == 15 { 5_000 } else { 10_000 }),
        ..pool_params()
    }
}

/// The product on which a price decides, and those on which a covered program draws.
pub const PEG: usize = 5;
pub const VENUE: usize = 6;
pub const BACKSTOP: usize = 7;

/// The products: pool and terms. The first pool has a small one in a group of its own, and one on which a price decides;
/// those of the second pool are as odd as the program lets them be, and a covered program draws on the last of each pool: on that
/// of the first, which sells more cover than it has capital, all there is.
fn terms() -> Vec<(usize, ProductParams)> {
    let usual = |weight_bps, group| ProductParams { weight_bps, group, ..product_params("Risk") };
    let quick = ProductParams {
        group: 15,
        r0_ppm: 0,
        r1_ppm: 999_999,
        r2_ppm: 1_000_000,
        kink_bps: 1,
        waiting_days: 0,
        grace_days: 3,
        deductible_bps: 0,
        report_window_days: 3,
        filing_window_days: 3,
        claim_bond_bps: 1,
        dispute_window: DAY,
        appeal_window: DAY,
        min_amount: 1,
        max_amount: u64::MAX,
        incident_bond: 1,
        ..product_params("Quick")
    };
    let slow = ProductParams {
        group: 3,
        r0_ppm: 10_000,
        r1_ppm: 10_000,
        kink_bps: 9_999,
        max_term_days: 100,
        waiting_days: 30,
        grace_days: 90,
        deductible_bps: 5_000,
        report_window_days: 90,
        filing_window_days: 60,
        claim_bond_bps: 2_000,
        max_amount: u64::MAX,
        incident_bond: 999_999_999,
        ..product_params("Slow")
    };
    let peg = ProductParams {
        group: 2,
        weight_bps: 2_000,
        waiting_days: 0,
        grace_days: 3,
        deductible_bps: 200,
        report_window_days: 2,
        filing_window_days: 3,
        ..price_product("Peg")
    };
    let venue = ProductParams {
        group: 5,
        weight_bps: 4_000,
        waiting_days: 0,
        deductible_bps: 333,
        draws: DrawParams { period: 30_000, limit_bps: 777 },
        ..authority_product("Venue")
    };
    let backstop = ProductParams {
        group: 6,
        waiting_days: 0,
        deductible_bps: 0,
        draws: DrawParams { period: 3_600, limit_bps: 10_000 },
        ..authority_product("Backstop")
    };
    let usual = [(0, usual(10_000, 0)), (0, usual(6_000, 0)), (0, usual(2_500, 1))];
    usual.into_iter().chain([(1, quick), (1, slow), (0, peg), (1, venue), (0, backstop)]).collect()
}

impl<'a> Play<'a> {
    /// A world with an assembly, LPs, buyers, and two pools with products, which nobody has opened.
    pub fn found(tally: &'a mut Tally) -> Self {
        let mut world = World::lite_bare();
        world.create_assembly(assembly_params()).ok();
        let (now, pools) = (world.now(), [first_pool(), other_pool()]);
        for (id, params) in (1..).zip(&pools) {
            world.create_pool(id, *params).ok();
        }
        second_assembly(&mut world);
        let sites = Sites::of(world.asset(), world.governance(), 1..=2);
        let mut model = Model::new(now, assembly_params(), FOUNDER);
        model.courts = sites.courts.to_vec();
        model.known = OFFICERS.map(|name| (name, sites.key(name))).to_vec();
        for params in pools {
            let arbiter = (params.arbiter != NOBODY).then_some(ARBITER);
            model.create_pool(params, arbiter);
        }
        for (pool, terms) in terms() {
            let authority = (terms.trigger == Trigger::Authority as u8).then_some(DRAWER);
            model.list_product(pool, terms, authority);
            world.send(sites.list_product(&model), &[FOUNDER]).ok();
        }
        fund(&mut world, &mut model, &sites);
        Self::of(world, model, sites, tally)
    }

    /// A world as it is, with the model and the addresses of what there is.
    pub fn of(mut world: World<LiteChain>, model: Model, sites: Sites, tally: &'a mut Tally) -> Self {
        let pools: Vec<_> = sites.pools.iter().map(|site| (world.chain.read(&site.pool), site.pool)).collect();
        let product = |number| sites.product(&model, number);
        let products = (0..model.products.len()).map(|number| (world.chain.read(&product(number)), product(number)));
        let products = products.collect();
        let [court, other] = sites.courts;
        let assembly = world.chain.read(&court);
        let other_court = world.chain.account(&other).is_some().then(|| world.chain.read(&other));
        let (donated, burned) = (vec![0; pools.len()], vec![0; pools.len()]);
        Self {
            world,
            model,
            sites,
            pools,
            products,
            assembly,
            other_court,
            donated,
            burned,
            next_id: 0,
            judged: BTreeSet::new(),
            kept: BTreeSet::new(),
            ends: false,
            tally,
        }
    }

    /// The same with some deposits, stakes and sales, once both pools sell.
    pub fn begin(tally: &'a mut Tally) -> Self {
        let mut play = Self::found(tally);
        // The last one may stake too late.
        for who in 0..VOTERS.len() - 1 {
            play.take(&Step::Stake { who, size: Size::Atoms(100 * UNIT) });
        }
        for pool in 0..2 {
            let (size, limit, sight) = (Size::Atoms(300_000 * UNIT), Limit::Free, Sight::Clear);
            play.take(&Step::Deposit { pool, who: 0, size, limit, sight });
            play.take(&Step::OpenPool { pool });
        }
        let sells_from = play.model.pools.iter().filter_map(|pool| pool.opened).map(|(_, sells)| sells).max();
        play.wait_until(sells_from.expect("both are open"));
        for product in [PEG, VENUE] {
            let (who, holder, size) = (0, Some(0), Size::Atoms(5_000 * UNIT));
            let (term_days, commission_bps, limit) = (365, 0, Limit::Free);
            play.take(&Step::Buy { product, who, holder, size, term_days, commission_bps, limit });
        }
        play.take(&Step::Wait { seconds: 2 * DAY });
        play
    }

    /// Takes a step, on the chain and in the model, and compares them.
    pub fn take(&mut self, step: &Step) {
        match *step {
            Step::Resolve { incident, side } => return self.resolve(incident, side),
            Step::Ruin { pool, number } => return self.ruin(pool, number),
            Step::Rush { pool } => return self.rush(pool),
            Step::Line { product, number } => return self.line(product, number),
            Step::Flee { pool, number } => return self.flee(pool, number),
            Step::Regret { number, side } => return self.regret(number, side),
            Step::Carry { pool, product, wish } => return self.carry(pool, product, wish),
            Step::Vouch { pool, number, wish, side } => return self.vouch(pool, number, wish, side),
            Step::Depart { pool } => return self.depart(pool),
            Step::Outwait { pool, number } => return self.outwait(pool, number),
            Step::Thin { number } => return self.thin(number),
            Step::Idle => return self.idle(),
            Step::Depeg { number, depth, side } => return self.depeg(number, depth, side),
            Step::Doubt { number, side } => return self.doubt(number, side),
            Step::Observe { after, .. } if after > 0 => self.take(&Step::Wait { seconds: after }),
            _ => {}
        }
        self.taking(step, Self::act);
    }

    /// Does what a step says and looks at everything after it.
    pub fn taking(&mut self, step: &Step, act: impl FnOnce(&mut Self, &Step) -> Option<()>) {
        let before = self.prices();
        act(self, step);
        self.compare(step);
        self.check(step);
        self.check_contested(step);
        if !matches!(step, Step::Wait { .. } | Step::Until { .. }) {
            self.check_prices(&before, step);
        }
    }

    /// Does one thing on the chain and in the model; both must say the same of it. Returns the model's answer.
    pub fn both<T>(
        &mut self,
        step: &Step,
        (instruction, signers): (Instruction, impl IntoIterator<Item = Name>),
        action: impl FnOnce(&mut Model) -> Outcome<T>,
    ) -> Option<(T, Receipt)> {
        let outcome = self.model.attempt(action);
        let signers: BTreeSet<_> = signers.into_iter().collect();
        let receipt = self.world.send(instruction, &Vec::from_iter(signers));
        let wanted = outcome.as_ref().map(|_| ()).map_err(|refusal| error_of(*refusal));
        let found = match &receipt.result {
            Ok(()) => Ok(()),
            Err(TransactionError::InstructionError(_, error)) => Err(error.clone()),
            Err(error) => panic!("{step:?} failed with {error:?}\n{}", receipt.logs.join("\n")),
        };
        let reason = outcome.as_ref().err();
        assert_eq!(found, wanted, "{step:?}, of which the model says {reason:?}\n{}", receipt.logs.join("\n"));
        let end = match reason {
            None => "done".into(),
            Some(Refusal::Rule(rule)) => format!("{rule:?}"),
            Some(other) => format!("{other:?}"),
        };
        self.tally.count(step.name(), end);
        Some((outcome.ok()?, receipt))
    }

    /// The amount that is meant by a size, of all there is.
    pub fn size(&self, size: Size, all: Atoms) -> u64 {
        let amount = match size {
            Size::Atoms(amount) => return amount,
            Size::Part(bps) => all * Atoms::from(bps) / 10_000,
            Size::Edge(off) => all + Atoms::from(off),
        };
        u64::try_from(amount.clamp(0, u64::MAX.into())).expect("clamped")
    }

    /// The limit that somebody sets, when without it (`free`) the model answers what `trial` returns; so much `more`
    /// than that must be refused.
    pub fn limit(
        &mut self,
        limit: Limit,
        (free, more): (u64, Atoms),
        trial: impl FnOnce(&mut Model) -> Outcome<Atoms>,
    ) -> u64 {
        let off = match limit {
            Limit::Free => return free,
            Limit::Exact => 0,
            Limit::Beyond => more,
        };
        self.model.trial(trial).map_or(free, |answer| u64::try_from((answer + off).max(0)).expect("an amount"))
    }

    /// Notes something remarkable.
    pub fn note(&mut self, step: &Step, end: &str, happened: bool) {
        if happened {
            self.tally.count(step.name(), end.into());
        }
    }

    /// Who pays the rents of somebody: mostly themselves.
    pub fn payer(&mut self, who: Name) -> Name {
        if self.new_id().is_multiple_of(3) { FOUNDER } else { who }
    }

    /// A number that nobody has used.
    pub fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Time passes, for both.
    pub fn pass(&mut self, seconds: u64) {
        self.world.pass(seconds);
        self.model.now += seconds;
    }
}

/// How the chain says what the model refuses.
fn error_of(refusal: Refusal) -> InstructionError {
    match refusal {
        Refusal::Rule(error) => InstructionError::Custom(error.code()),
        Refusal::TooFewTokens => InstructionError::Custom(1),
        Refusal::Exists => InstructionError::Custom(0),
    }
}

/// Gives everyone what they need; one LP and one buyer have more than any pool may hold.
fn fund(world: &mut World<LiteChain>, model: &mut Model, sites: &Sites) {
    let governance = world.governance();
    for name in LPS.into_iter().chain(BUYERS).chain([OPENER, DISTRIBUTOR, TREASURY]) {
        let amount = match name {
            "cleo" | "gus" => 1 << 61,
            DISTRIBUTOR | TREASURY => 0,
            _ => 1_000_000 * UNIT,
        };
        world.fund(name, amount);
        model.give(name, Token::Asset, amount.into());
    }
    for pool in 0..sites.pools.len() {
        for name in LPS {
            world.open_tokens(name, &sites.share_mint_of(pool, 0));
            model.give(name, Token::Shares(pool, 0), 0);
        }
    }
    for name in VOTERS {
        world.give_lamports(name);
        let account = world.open_tokens(name, &governance);
        let purse = world.open_tokens(name, &sites.asset());
        // For the bonds of petitions.
        world.mint_to(&sites.asset(), &purse, 10_000 * UNIT);
        model.give(name, Token::Asset, Atoms::from(10_000 * UNIT));
        world.mint_to(&governance, &account, 1_000 * UNIT);
        model.give(name, Token::Governance, Atoms::from(1_000 * UNIT));
    }
    for name in LPS.into_iter().chain(BUYERS).chain(VOTERS).chain([OPENER, FOUNDER, GUARDIAN]) {
        let account = world.chain.account(&sites.key(name)).expect("everyone has lamports");
        model.give(name, Token::Lamports, account.lamports.into());
    }
}
