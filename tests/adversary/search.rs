//! The search: random plans, changes and crossings of those that gained or nearly gained, and of those that reached something new.

use crate::{
    account::{Goal, Score, Sums, judge},
    life::{Branch, Life},
    openings,
    plan::{Anchor, Loss, Move, Plan, Verb, When, Wish},
    world::{SHORT, World},
};
use coverage_model::{Fault, Faults};
use rand::{RngExt as _, SeedableRng as _, rngs::ChaCha8Rng};
use std::{
    collections::{BTreeMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
    time::{Duration, Instant},
};

/// A coalition: whose keys it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coalition {
    /// Its name in reports.
    pub name: &'static str,
    /// Shares and money.
    pub lp: bool,
    /// Policies.
    pub holder: bool,
    /// Stake: as much as the world's [`crate::world::Court`] says.
    pub voter: bool,
    /// The arbiter's.
    pub arbiter: bool,
    /// The authority over the pools.
    pub authority: bool,
}

/// The coalitions. Anyone can turn cranks, report, dispute and donate.
pub const COALITIONS: [Coalition; 7] = [
    Coalition { name: "LPs", lp: true, ..NOBODY },
    Coalition { name: "holders", holder: true, ..NOBODY },
    Coalition { name: "LPs and holders", lp: true, holder: true, ..NOBODY },
    Coalition { name: "authority and holders", holder: true, authority: true, ..NOBODY },
    Coalition { name: "court and LPs", lp: true, voter: true, arbiter: true, ..NOBODY },
    Coalition { name: "court and holders", holder: true, voter: true, arbiter: true, ..NOBODY },
    Coalition { name: "all", lp: true, holder: true, voter: true, arbiter: true, authority: true },
];

/// Those without keys.
const NOBODY: Coalition =
    Coalition { name: "", lp: false, holder: false, voter: false, arbiter: false, authority: false };

/// A plan that did well.
#[derive(Clone, Debug)]
pub struct Found {
    /// The plan.
    pub plan: Plan,
    /// In which world.
    pub world: usize,
    /// What it comes to.
    pub score: Score,
    /// After how many plans it was found, and after how long.
    pub after: (u64, Duration),
}

/// How many plans of each goal and coalition are kept.
const KEPT: usize = 12;
/// Most moves of a plan.
const LONGEST: usize = 12;
const DAY: i64 = 86_400;

/// How far a search goes. By a number of plans it is the same every time.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// So long.
    Time(Duration),
    /// So many plans.
    Plans(u64),
}

/// A search that goes on.
pub struct Search {
    rng: ChaCha8Rng,
    /// The worlds, each with what its bare life comes to.
    pub worlds: Vec<(World, Sums)>,
    goals: Vec<Goal>,
    coalitions: Vec<usize>,
    /// The best, by goal and coalition.
    pub best: BTreeMap<(Goal, usize), Vec<Found>>,
    /// Plans that reached something new.
    news: Vec<(Plan, usize, usize)>,
    /// What was reached.
    pub branches: HashSet<Branch>,
    /// Plans, and actions, that were tried.
    pub plans: u64,
    /// The same of actions, and of those that were done.
    pub actions: u64,
    /// The latter.
    pub done: u64,
    started: Instant,
    openings: Vec<Vec<Move>>,
}

/// All coalitions, or the one of a name.
#[must_use]
pub fn coalitions(name: Option<&str>) -> Vec<usize> {
    let all = 0..COALITIONS.len();
    all.filter(|coalition| name.is_none_or(|name| COALITIONS[*coalition].name == name)).collect()
}

impl Search {
    /// A search of plans in so many worlds from a seed on, with faults planted, for some goals and coalitions.
    #[must_use]
    pub fn new(seed: u64, worlds: u64, faults: Faults, goals: &[Goal], coalitions: &[usize]) -> Self {
        // Where claims take all the capital the accounting cannot tell income from what claims leave: docs/adversary.md.
        let needs_short = faults.has(Fault::T71) || faults.has(Fault::T82);
        let first = seed.wrapping_mul(1_000) / 4 * 4 + if needs_short { SHORT } else { 0 };
        let worlds = (first..first + worlds).map(|seed| {
            let mut world = World::of(seed);
            world.model.faults = faults;
            let plan = Plan::default();
            let mut bare = Life::new(&world, &plan, false);
            bare.live();
            let sums = bare.ledger.sums(&bare.model);
            (world, sums)
        });
        Self {
            worlds: worlds.collect(),
            rng: ChaCha8Rng::seed_from_u64(seed),
            goals: goals.to_vec(),
            coalitions: coalitions.to_vec(),
            best: BTreeMap::new(),
            news: vec![],
            branches: HashSet::new(),
            plans: 0,
            actions: 0,
            done: 0,
            started: Instant::now(),
            openings: openings::all().into_iter().map(|(_, moves)| moves).collect(),
        }
    }

    /// Searches for so long, or so many plans, or until something comes to `enough` atoms. Returns that.
    pub fn run(&mut self, limit: Limit, enough: Option<f64>) -> Option<(Goal, Found)> {
        loop {
            let over = match limit {
                Limit::Time(time) => self.started.elapsed() >= time,
                Limit::Plans(plans) => self.plans >= plans,
            };
            if over {
                return None;
            }
            if let Some((goal, found)) = self.step()
                && enough.is_some_and(|enough| found.score.of(goal) >= enough)
            {
                return Some((goal, found));
            }
        }
    }

    /// Plans that reached something new, with the numbers of their worlds' seeds, the first first.
    pub fn news(&self) -> impl Iterator<Item = (&Plan, u64)> {
        self.news.iter().map(|(plan, world, _)| (plan, self.worlds[*world].0.nature.seed))
    }

    /// Tries one plan. Returns it, with its goal, if it is the best of one so far.
    fn step(&mut self) -> Option<(Goal, Found)> {
        let coalition = self.coalitions[self.rng.random_range(0..self.coalitions.len())];
        let (plan, world) = self.next_plan(coalition);
        // Every fourth is looked at for what it reaches.
        if self.plans.is_multiple_of(4) {
            self.look_for_news(&plan, world, coalition);
        }
        let (place, bare) = &self.worlds[world];
        let (score, [actions, done]) = judge(place, &plan, Some(bare));
        self.plans += 1;
        self.actions += actions;
        self.done += done;
        let mut first = None;
        for goal in self.goals.clone() {
            let after = (self.plans, self.started.elapsed());
            let found = Found { plan: plan.clone(), world, score, after };
            let kept = self.best.entry((goal, coalition)).or_default();
            let best = kept.first().is_none_or(|best| score.of(goal) > best.score.of(goal));
            // Of plans that are alike only the best is kept.
            let better = kept
                .iter()
                .filter(|other| is_alike(other, &found, goal))
                .all(|other| score.of(goal) > other.score.of(goal));
            let worst = kept.last().map_or(f64::MIN, |last| last.score.of(goal));
            if better && (kept.len() < KEPT || score.of(goal) > worst) {
                kept.retain(|other| !is_alike(other, &found, goal));
                kept.push(found.clone());
                kept.sort_by(|one, other| other.score.of(goal).total_cmp(&one.score.of(goal)));
                kept.truncate(KEPT);
            }
            if best {
                first = Some((goal, found));
            }
        }
        first
    }

    fn look_for_news(&mut self, plan: &Plan, world: usize, coalition: usize) {
        let mut life = Life::new(&self.worlds[world].0, plan, false);
        life.branches = Some(vec![]);
        life.live();
        self.actions += life.actions;
        self.done += life.done;
        let before = self.branches.len();
        self.branches.extend(life.branches.into_iter().flatten());
        if self.branches.len() > before {
            self.news.push((plan.clone(), world, coalition));
        }
    }

    /// A plan to try, and where.
    fn next_plan(&mut self, coalition: usize) -> (Plan, usize) {
        let worlds = self.worlds.len();
        let goal = self.goals[self.rng.random_range(0..self.goals.len())];
        let chance = self.rng.random_range(0..100);
        let parent = if chance < 55 {
            self.one_of_best(goal, coalition)
        } else if chance < 70 && !self.news.is_empty() {
            let number = self.rng.random_range(0..self.news.len());
            let (plan, world, of) = self.news[number].clone();
            (of == coalition).then_some((plan, world))
        } else {
            None
        };
        let Some((mut plan, mut world)) = parent else {
            let mut plan = Plan::default();
            if self.rng.random_range(0..3) > 0 {
                let number = self.rng.random_range(0..self.openings.len());
                plan.0.clone_from(&self.openings[number]);
            }
            for _ in 0..self.rng.random_range(0..5) {
                plan.0.push(self.any_move(coalition));
            }
            plan.0.retain(|step| may(&COALITIONS[coalition], step.verb));
            return (plan, self.rng.random_range(0..worlds));
        };
        for _ in 0..self.rng.random_range(1..4) {
            self.change(&mut plan, coalition, goal);
        }
        plan.0.retain(|step| may(&COALITIONS[coalition], step.verb));
        plan.0.truncate(LONGEST);
        if self.rng.random_range(0..5) == 0 {
            world = self.rng.random_range(0..worlds);
        }
        (plan, world)
    }

    fn one_of_best(&mut self, goal: Goal, coalition: usize) -> Option<(Plan, usize)> {
        let of = if self.rng.random_range(0..5) == 0 { self.rng.random_range(0..COALITIONS.len()) } else { coalition };
        let kept = self.best.get(&(goal, of)).filter(|kept| !kept.is_empty())?;
        let number = self.rng.random_range(0..kept.len());
        Some((kept[number].plan.clone(), kept[number].world))
    }

    /// Changes a plan somewhere.
    fn change(&mut self, plan: &mut Plan, coalition: usize, goal: Goal) {
        let moves = &mut plan.0;
        let place = |rng: &mut ChaCha8Rng, len: usize| rng.random_range(0..len);
        match self.rng.random_range(0..10) {
            0 | 1 => {
                let at = place(&mut self.rng, moves.len() + 1);
                let new = self.any_move(coalition);
                plan.0.insert(at, new);
            }
            2 if !moves.is_empty() => drop(moves.remove(place(&mut self.rng, moves.len()))),
            3 | 4 if !moves.is_empty() => {
                let at = place(&mut self.rng, moves.len());
                let new = self.any_move(coalition);
                plan.0[at].at = new.at;
            }
            5 if !moves.is_empty() => {
                let at = place(&mut self.rng, moves.len());
                let near = [-DAY, -3_600, -1, 1, 60, 3_600, DAY, 7 * DAY][self.rng.random_range(0..8)];
                moves[at].at.1 += near;
            }
            6 if !moves.is_empty() => {
                let at = place(&mut self.rng, moves.len());
                let new = self.any_move(coalition);
                plan.0[at].verb = new.verb;
            }
            7 if !moves.is_empty() => {
                let at = place(&mut self.rng, moves.len());
                moves[at].again =
                    [(0, 0), (2, 86_400), (11, 86_400), (40, 86_400), (11, 33 * 86_400)][self.rng.random_range(0..5)];
            }
            8 => {
                // The first moves of one, and the last of another.
                if let Some((other, _)) = self.one_of_best(goal, coalition) {
                    let (cut, from) = (place(&mut self.rng, plan.0.len() + 1), place(&mut self.rng, other.0.len() + 1));
                    plan.0.truncate(cut);
                    plan.0.extend(&other.0[from..]);
                }
            }
            _ => {
                let number = place(&mut self.rng, self.openings.len());
                plan.0.extend(&self.openings[number]);
            }
        }
    }

    fn one<T: Copy>(&mut self, many: &[T]) -> T {
        many[self.rng.random_range(0..many.len())]
    }

    /// Any move that a coalition can make.
    fn any_move(&mut self, coalition: usize) -> Move {
        use Anchor as A;
        let anchor = self.one(&[
            A::Start,
            A::Start,
            A::Pivot,
            A::Pivot,
            A::Last,
            A::Last,
            A::Last,
            A::Midnight,
            A::Report,
            A::Verdict,
            A::Settled,
            A::Recovery,
            A::ChangeDue,
            A::ExitDue,
            A::Release,
        ]);
        let seconds = self.one(&[0, 0, 1, -1, 60, 3_600, -3_600, DAY, -DAY, 2 * DAY, 7 * DAY, -7 * DAY, 33 * DAY]);
        let again = self.one(&[(0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (11, 86_400), (30, 86_400)]);
        let verb = loop {
            let verb = self.any_verb();
            if may(&COALITIONS[coalition], verb) {
                break verb;
            }
        };
        Move { at: (anchor, seconds), verb, again }
    }

    fn any_verb(&mut self) -> Verb {
        let part = self.one(&[10_000, 10_000, 9_999, 5_000, 1_000, 100, 1]);
        let days = self.one(&[1, 1, 7, 30, 90, 365]);
        let pool = self.one(&[0, 0, 0, 1]);
        let product = self.one(&[0, 0, 0, 1, 1, 2, 3]);
        let policy = self.one(&[0, 0, 1]);
        let who = self.one(&[0, 1]);
        match self.rng.random_range(0..44) {
            0..=2 => Verb::Deposit { pool, part },
            3 => Verb::Withdraw { pool, part },
            4..=6 => Verb::Exit { pool, part },
            7 => Verb::PayOwn { pool },
            8 => Verb::PayFirst { pool },
            9 => Verb::Collect,
            10 => Verb::Donate { pool, part },
            11 => Verb::Absorb { pool },
            12..=15 => Verb::Buy { product, who, part, days },
            16 => Verb::Extend { policy, days },
            17 | 18 => Verb::Cancel { policy },
            19 => Verb::Reduce { policy, part },
            20 => Verb::Transfer { policy },
            21 => Verb::Report {
                product,
                when: self.one(&[When::True, When::Now, When::Ago(1), When::Ago(30), When::Ago(240)]),
            },
            22 | 23 => {
                Verb::Claim { policy, loss: self.one(&[Loss::True, Loss::All, Loss::ButAnAtom, Loss::Part(part)]) }
            }
            24 => Verb::Payout,
            25 => Verb::Draw { policy, part },
            26 => Verb::PayBooking,
            27 => Verb::Recover { part },
            28 => {
                let level = self.one(&[0, 4, 8, 12, 13, 14, 15, 16]);
                self.one(&[Verb::Vote { truth: true }, Verb::Vote { truth: false }, Verb::VoteAt { level }])
            }
            29 => Verb::Dispute { own: self.one(&[true, false]) },
            30 => Verb::Challenge,
            31 => Verb::Appeal,
            32 => self.one(&[Verb::Stake { part }, Verb::Unstake { part }]),
            33 => Verb::ListGreedy { pool },
            34 | 35 => Verb::Propose { pool, wish: self.any_wish() },
            36 => Verb::Petition { pool, wish: self.any_wish() },
            37 => Verb::Apply,
            38 => self.one(&[Verb::Mark, Verb::TakeBack]),
            39 => Verb::Arbitrate { truth: self.one(&[true, false]) },
            40 => self.one(&[
                Verb::Vote { truth: true },
                Verb::Vote { truth: false },
                Verb::VoteByDelegate { truth: true },
                Verb::VoteByDelegate { truth: false },
                Verb::SetDelegate { back: false },
                Verb::SetDelegate { back: true },
            ]),
            41 => self.one(&[Verb::Close, Verb::Read]),
            42 => self.one(&[Verb::Settle, Verb::Release]),
            _ => Verb::Crank,
        }
    }

    fn any_wish(&mut self) -> Wish {
        let bps = self.one(&[0, 1, 100, 1_000, 5_000, 10_000, 20_000, 50_000]);
        match self.rng.random_range(0..18) {
            0 | 1 => Wish::List,
            2 => Wish::Delist,
            3 | 4 => Wish::Leverage(bps.max(1)),
            5 => Wish::Weight(bps),
            6 => Wish::ExitDelay(self.one(&[1, 2, 30, 90])),
            7 => Wish::Season(self.one(&[1, 14, 30])),
            8 => Wish::Timelock(self.one(&[0, 1, 100])),
            9 => Wish::Free,
            10 => Wish::Bonds(self.one(&[1, 1_000_000, 1_000_000_000_000]), bps),
            11 => Wish::AssessorFee(bps),
            12 => Wish::ProtocolFee(bps),
            13 => Wish::CancelFee(bps),
            14 => Wish::MinPremium(self.one(&[1, 1_000_000_000_000])),
            15 => Wish::StakeFloor(self.one(&[0, 300, 350, 1_000])),
            16 => Wish::CoverPerStake(self.one(&[0, 1, 1_000_000, 10_000_000])),
            _ => Wish::GroupCap(0, bps),
        }
    }

    /// The best of a goal by any coalition.
    #[must_use]
    pub fn best_of(&self, goal: Goal) -> Option<&Found> {
        let kept = self.best.iter().filter(|((of, _), _)| *of == goal).filter_map(|(_, kept)| kept.first());
        kept.max_by(|one, other| one.score.of(goal).total_cmp(&other.score.of(goal)))
    }
}

/// Whether two plans are the same, or come to the same in the same world.
fn is_alike(one: &Found, other: &Found, goal: Goal) -> bool {
    let near = (one.score.of(goal) - other.score.of(goal)).abs() < 1.0;
    (one.world == other.world && near) || hash(&one.plan) == hash(&other.plan)
}

fn hash(plan: &Plan) -> u64 {
    let mut hasher = DefaultHasher::new();
    plan.hash(&mut hasher);
    hasher.finish()
}

/// Whether a coalition has the keys for a move.
#[must_use]
pub fn may(coalition: &Coalition, verb: Verb) -> bool {
    match verb {
        Verb::Deposit { .. } | Verb::Withdraw { .. } | Verb::Exit { .. } | Verb::PayOwn { .. } | Verb::Collect => {
            coalition.lp
        }
        Verb::Buy { .. }
        | Verb::Extend { .. }
        | Verb::Cancel { .. }
        | Verb::Reduce { .. }
        | Verb::Transfer { .. }
        | Verb::Claim { .. }
        | Verb::Payout => coalition.holder,
        Verb::Draw { .. } | Verb::ListGreedy { .. } | Verb::Propose { .. } | Verb::TakeBack => coalition.authority,
        Verb::Vote { .. }
        | Verb::VoteAt { .. }
        | Verb::SetDelegate { .. }
        | Verb::VoteByDelegate { .. }
        | Verb::Stake { .. }
        | Verb::Unstake { .. }
        | Verb::Petition { .. }
        | Verb::Release => coalition.voter,
        Verb::Arbitrate { .. } => coalition.arbiter,
        _ => true,
    }
}

/// Takes moves out of a plan, and makes its times simpler, as long as it comes to nine tenths of what it did.
#[must_use]
pub fn shrink(world: &World, plan: &Plan, goal: Goal) -> Plan {
    let measure = |plan: &Plan| judge(world, plan, None).0.of(goal);
    let (mut plan, enough) = (plan.clone(), measure(plan) * 0.9);
    loop {
        let mut simpler: Vec<Plan> = vec![];
        for at in 0..plan.0.len() {
            let mut less = plan.clone();
            less.0.remove(at);
            simpler.push(less);
            if plan.0[at].again.0 > 0 {
                let mut once = plan.clone();
                once.0[at].again = (0, 0);
                simpler.push(once);
            }
            if plan.0[at].at.1 != 0 {
                let mut then = plan.clone();
                then.0[at].at.1 = 0;
                simpler.push(then);
            }
        }
        match simpler.into_iter().find(|plan| measure(plan) >= enough) {
            Some(less) => plan = less,
            None => return plan,
        }
    }
}
