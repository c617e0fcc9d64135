//! The accounting: what is a gain and what is not, exactly.
//!
//! # Twins
//!
//! A plan is lived twice in the same world, with the same honest people. In the one life the coalition does all that the plan says. In
//! the other, its **twin**, it stops in the moment of the event ([`crate::world::Kind`]): the loss that happens, or the second in
//! which an honest LP asks to leave; in a quiet world it does nothing at all. So everything that was done before the event is in
//! both lives, and what is measured is what the coalition makes of *knowing* it. A search that happens to leave, or to buy cover, before a loss
//! has guessed, not attacked: it is in both.
//!
//! In both lives the coalition's holders claim, at last, what they really lost, and time passes until all cover has been released, all
//! incidents have ended and all income is earned. What is left in the pools is then the LPs', by shares.
//!
//! # Four measures
//!
//! All in atoms of the asset; lamports and staked tokens do not count.
//!
//! - **gain** = (wealth − fair income) of the coalition with the plan, less the same of the twin.
//! - **loss** = the less of two: (wealth − fair income) of all honest people in the twin, less the same with the plan; and their wealth
//!   in the twin, less that with the plan, less the fair income that the coalition had and has not in the twin. The first does not count
//!   income of those who left before it came, the second not what a gift to the pool would have brought.
//! - **held** = what honest money that asked to leave would have earned at 2% a year in the time by which the plan delayed it, less
//!   what the coalition lost. Only an LP who asked at the event counts: who came earlier is before them in line by right.
//! - **capacity** = the price of the capacity that the coalition's policies held, at the price curve on the capital that had stayed
//!   for a season, for as long as they held it, less what they paid and were not refunded, if that is less (else a thousandth of the
//!   difference, so that a search sees where it goes); and 2% (the product's lowest rate) a year of what they held though nothing
//!   more could be claimed for it, which no premium is for.
//!
//! **Fair income** of a share is its part of every premium, second by second while it is in the pool, and of all other income at the
//! pace that the law sets (DESIGN §7: over 30 days a recovery, seven what else comes, and up to 365 by the size of all that streams),
//! not at the pace at which the pool really paid it; and what a vote is paid: of the coalition's on somebody else's question, or on
//! a report that has cost the bond of which it is paid; of honest voters always, who have no right to be the only ones who vote. While
//! what counts asks for more than a pool has nothing that comes in is anybody's income: claims take it.
//!
//! # What is a gain, and what is not
//!
//! | what is done | gain |
//! | --- | --- |
//! | Cover of 100,000 is bought for 2,000 before a loss, and 95,000 are paid | none: both lives have both |
//! | The same, bought after the loss, and paid | 93,000 |
//! | Half is refunded after all but an atom was claimed and paid: 1,000 | 999.999999 |
//! | Shares ask to leave a second after a loss and get 500,000, where those who stay bear half of it | 250,000 |
//! | They ask the day before it, and leave before it is reported | none: the twin asks, too |
//! | 9,000,000 are deposited for a month and earn 90% of the premiums of that month, 20,000 | none: it is fair income |
//! | They are deposited the day before 500,000 come back, and leave with 391,622 of it within a week | 391,622 less 9/10 of a week's part of 500,000 over 183 days: about 374,000 |
//! | 2,000 are paid for cover that is never used | −2,000, though a part comes back to the coalition's own shares |
//! | Cover is cancelled in the second of a loss, and what is paid on it gives the refund of 37,000 back, which streams to LPs when all honest ones have left | none, and no loss: it is income of who is there |
//! | The same, and cover that was claimed is held until it is paid | no *capacity*: all of it could be claimed, the part that gives a refund back too |
//! | A bond of 500 is posted and lost | −500 |
//! | Everybody has left a pool but the coalition's LP, who leaves too, before 500,000 come back to it | none, and no loss: nobody has what is earned there afterwards |
//! | A change is queued, all LPs leave in time and earn nothing any more | none, and no loss: what they did not stay for is not theirs |
//! | All capacity is held for 33 days for the price of two | not a gain: *capacity*, the price of 31 days |
//! | 1,000,000 wait a year for cover that cost 20 | not a gain: *held*, 20,000 less 20 |

use crate::{
    act::Act,
    honest::LEAVER,
    life::Life,
    plan::Plan,
    world::{ENEMIES, ENEMY_VOTER, HONEST, HONEST_LPS, UNIT, World},
};
use coverage_model::{Atoms, Bond, DAY, Model, Name, PRICE_OFFSET, Subject, Token, YEAR, curve};

/// The interest at which held money is priced: the lowest rate of the products, a year.
const INTEREST: f64 = 0.02;
/// What is more than roundings and noise: a ten thousandth of the first pool's capital, atoms.
pub const NOTABLE: f64 = 100.0 * UNIT as f64;

/// The two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The coalition.
    Enemy = 0,
    /// Everybody else.
    Honest = 1,
}

/// Income other than premium, at the pace of the law: all that is left of it is one stream.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    /// Atoms, at a time.
    left: f64,
    at: u64,
    until: u64,
}

impl Pace {
    /// What it earns until a time, atoms.
    fn earn(&mut self, to: u64) -> f64 {
        let (all, passed) = (self.until.saturating_sub(self.at), to.min(self.until).saturating_sub(self.at));
        let earned = if all > 0 { self.left * seconds(passed) / seconds(all) } else { 0.0 };
        (self.left, self.at) = (self.left - earned, to.max(self.at));
        earned
    }

    /// More comes in, to be earned over so many days: what is left of both ends on the mean day by amounts, on the side of what was there, or
    /// later: no more than the capital comes in a year.
    fn add(&mut self, amount: f64, now: u64, days: f64, capital: f64) {
        self.earn(now);
        let day = |time: f64| (time / seconds(DAY)).ceil();
        let new = day(seconds(now) + days * seconds(DAY));
        let old = if self.left > 1.0 { seconds(self.until / DAY) } else { new };
        let mean = (old * self.left + new * amount) / (self.left + amount);
        let mean = if old > new { mean.ceil() } else { mean.floor() };
        self.left += amount;
        let part = if self.left < capital { self.left / capital } else { 1.0 };
        let mean = mean.max(day(seconds(now) + (part * 365.0).ceil() * seconds(DAY)));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day of this century")]
        let mean = mean as u64;
        (self.at, self.until) = (now, mean * DAY);
    }
}

/// A policy of the coalition.
#[derive(Clone, Copy, Debug)]
struct Hold {
    policy: usize,
    /// The price of a year of an atom of it.
    rate: f64,
}

/// Cover that the coalition gave back.
#[derive(Clone, Copy, Debug)]
struct GivenBack {
    policy: usize,
    /// Premium that was unearned then for each atom insured, less the fee.
    unearned: f64,
    /// What was given back, atoms.
    part: Atoms,
    at: u64,
}

/// What is counted of a life as it goes on.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    fair: [f64; 2],
    paces: [Pace; 2],
    holds: Vec<Hold>,
    given_back: Vec<GivenBack>,
    /// What the capacity that was held is worth, as far as something could be claimed for it, and what the rest is, atoms.
    worth: f64,
    /// The latter.
    rest: f64,
    /// Atoms × seconds.
    held: f64,
    /// The leaver's ticket, and what it was worth when it was asked for, atoms.
    leaver: Option<(usize, f64)>,
    /// Whether the coalition did anything before the event.
    pub early: bool,
}

/// What a life came to, atoms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// What each side has.
    pub wealth: [f64; 2],
    /// What of it is fair income.
    pub fair: [f64; 2],
    /// Interest of what was held.
    pub held: f64,
    /// The price of the capacity held, less what was paid.
    pub capacity: f64,
}

/// The measures of a plan, atoms.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// By goal.
    pub by_goal: [f64; 4],
}

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
pub enum Goal {
    /// What the coalition gains.
    Gain = 0,
    /// What honest people lose.
    Loss = 1,
    /// Money that is held for less than it costs.
    Held = 2,
    /// Capacity that is held for less than it costs.
    Capacity = 3,
}

impl Goal {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gain, Self::Loss, Self::Held, Self::Capacity];
}

impl Score {
    /// The measure of a goal, atoms.
    #[must_use]
    pub fn of(&self, goal: Goal) -> f64 {
        self.by_goal[goal as usize]
    }

    /// Of a life beside its twin.
    #[must_use]
    pub fn between(plan: &Sums, twin: &Sums) -> Self {
        let own = |sums: &Sums, side: Side| sums.wealth[side as usize] - sums.fair[side as usize];
        let gain = own(plan, Side::Enemy) - own(twin, Side::Enemy);
        let fair = |side: Side| plan.fair[side as usize] - twin.fair[side as usize];
        let honest = Side::Honest as usize;
        // Gifts of the coalition, and income that LPs did not stay for, are no loss.
        let poorer = twin.wealth[honest] - plan.wealth[honest] - fair(Side::Enemy);
        let loss = poorer.min(own(twin, Side::Honest) - own(plan, Side::Honest));
        let held = plan.held - twin.held - (-gain).max(0.0);
        Self { by_goal: [gain, loss, held, plan.capacity] }
    }
}

/// An amount as a number to reckon with.
#[allow(
    clippy::cast_precision_loss,
    reason = "amounts of 2^53 atoms are whole, and larger ones are measured to a part of 2^53"
)]
fn float(amount: Atoms) -> f64 {
    amount as f64
}

/// A time as the same.
fn seconds(time: u64) -> f64 {
    float(time.into())
}

impl Ledger {
    /// Time passes until a time: what is earned meanwhile, and held.
    pub fn pass(&mut self, model: &Model, until: u64) {
        let (from, to) = (model.now, until);
        for pool in 0..model.pools.len() {
            let earned = self.earned(model, pool, (from, to));
            let is_short = model.own_accepted(pool).is_ok_and(|accepted| accepted > model.capital(pool));
            if !is_short {
                self.share(model, pool, earned);
            }
        }
        if let Some((ticket, worth)) = self.leaver {
            let due = (model.epochs[model.tickets[ticket].epoch].day + 1) * DAY;
            let waits = (worth - float(model.tickets[ticket].paid) - float(NOISE)).max(0.0);
            self.held += waits * seconds(to.saturating_sub(due.max(from)));
        }
        for hold in &self.holds {
            let here = &model.policies[hold.policy];
            let time = seconds((here.release_day * DAY).min(to).saturating_sub(from)) / seconds(YEAR);
            // What was given back of a refund is a part of what was paid.
            let claimable = here.amount - model.paid(hold.policy);
            let rest = float((here.held - claimable).max(0));
            let lowest = float(model.products[here.product].terms.r0_ppm.into()) / 1e6;
            self.worth += time * float(here.held.min(claimable)) * hold.rate;
            self.rest += time * rest * lowest;
        }
    }

    /// LPs of a pool earn an amount.
    fn share(&mut self, model: &Model, pool: usize, earned: f64) {
        // A price counts a thousand shares that nobody has: in a pool that all have left they earn, and so do the few that roundings left.
        let counted = float(model.shares(pool) + PRICE_OFFSET.1);
        for (side, people) in [(Side::Enemy, &ENEMIES[..]), (Side::Honest, &HONEST)] {
            self.fair[side as usize] += earned * float(shares_of(model, pool, people)) / counted;
        }
    }

    /// What a pool earns between two times, atoms: premiums as they stream, all else at the pace of the law.
    fn earned(&mut self, model: &Model, pool: usize, (from, to): (u64, u64)) -> f64 {
        let income = model.pools[pool].income;
        let mut premiums = 0;
        for (number, stream) in model.streams.iter().enumerate() {
            if stream.pool == pool && stream.stopped_at.is_none() && Some(number) != income {
                let time = (stream.end_day * DAY).min(to).saturating_sub(stream.from.max(from));
                premiums += stream.rate * Atoms::from(time);
            }
        }
        float(premiums) / float(1 << 26) + self.paces[pool].earn(to)
    }

    /// What has to be known before something is done: income other than premium so far, by pool, and what a policy that is given back
    /// is worth.
    pub(crate) fn before(&self, model: &Model, act: &Act) -> Before {
        let income = [0, 1].map(|pool| model.pools.get(pool).map_or((0, 0), income_of));
        let (policy, part) = match *act {
            Act::Cancel { policy, .. } => (policy, model.policies[policy].amount - model.claimed(policy)),
            Act::Reduce { policy, part, .. } => (policy, part.into()),
            _ => return Before { income, given_back: None },
        };
        let here = &model.policies[policy];
        // What streams from the day on which it is free until its cover would have been released.
        let grace = u64::from(model.products[here.product].terms.grace_days);
        let from = match act {
            Act::Cancel { .. } if model.now >= here.cover_from => (model.now / DAY + 1 + grace.max(1)) * DAY,
            _ => (model.now / DAY + 2) * DAY,
        };
        let stream = &model.streams[here.stream];
        let time = (here.release_day * DAY).saturating_sub(from);
        let fee = if model.is_left_freely(here.product) { 0 } else { here.cancel_fee_bps };
        let unearned = float(stream.rate) / float(1 << 26) * seconds(time) / float(here.held.max(1));
        let unearned = unearned * (1.0 - f64::from(fee) / 10_000.0);
        let given_back = Some(GivenBack { policy, unearned, part, at: model.now });
        Before { income, given_back }
    }

    /// Something was done.
    pub(crate) fn note(&mut self, model: &Model, act: &Act, before: Before) {
        self.given_back.extend(before.given_back.filter(|_| ENEMIES.contains(&actor_of(act))));
        let before = before.income;
        for (pool, before) in before.into_iter().enumerate().take(model.pools.len()) {
            let (other, joined) = income_of(&model.pools[pool]);
            let amount = other - before.0;
            if amount > 0 {
                let capital = float(model.seasoned_capital(pool).unwrap_or(0));
                self.paces[pool].add(float(amount), model.now, days_of(act), capital);
            }
            let amount = joined - before.1;
            if amount > 0 {
                let time = (model.pools[pool].joined_income.1 * DAY).saturating_sub(model.now);
                let capital = float(model.seasoned_capital(pool).unwrap_or(0));
                self.paces[pool].add(float(amount), model.now, seconds(time) / seconds(DAY), capital);
            }
        }
        match *act {
            Act::RequestExit { who, id: LEAVER, pool, .. } if who == HONEST_LPS[0] => {
                let ticket = model.tickets.len() - 1;
                let worth = model.worth(pool, model.tickets[ticket].shares).unwrap_or(0);
                self.leaver = Some((ticket, float(worth)));
            }
            Act::Buy { purchase, product } if ENEMIES.contains(&purchase.payer) => {
                let amount = Atoms::from(purchase.amount);
                let rate = yearly(model, product, amount) / float(amount);
                self.holds.push(Hold { policy: model.policies.len() - 1, rate });
            }
            Act::Extend { policy, .. } => {
                let Some(hold) = self.holds.iter_mut().find(|hold| hold.policy == policy) else { return };
                let here = &model.policies[policy];
                // It costs no more than when the day began.
                let product = &model.products[here.product];
                let (active, capacity) = product.opening;
                let from = (active - here.amount).max(0);
                let opening = curve::premium_of_held(&product.terms, capacity, from, active, YEAR).map_or(0.0, float);
                let now = yearly(model, here.product, here.amount);
                hold.rate = hold.rate.min(now.min(opening) / float(here.amount));
            }
            Act::Reward { ballot, vote } => {
                let cast = &model.ballots[ballot].votes[vote];
                let side = if cast.voter == ENEMY_VOTER { Side::Enemy } else { Side::Honest };
                if side == Side::Honest || !is_asked_by_enemies(model, ballot) || has_cost_its_bond(model, ballot) {
                    self.fair[side as usize] += float(cast.paid.unwrap_or(0));
                }
            }
            _ => {}
        }
    }

    /// What it comes to in the end.
    #[must_use]
    pub fn sums(&self, model: &Model) -> Sums {
        let mut fair = self.fair;
        for gift in &self.given_back {
            // Nobody is refunded for what was used: what of it is claimed later, and paid.
            let later = model.claims.iter().filter(|claim| claim.policy == gift.policy && claim.filed_at >= gift.at);
            let unused = (gift.part - later.map(|claim| claim.paid).sum::<Atoms>()).max(0);
            fair[Side::Enemy as usize] += gift.unearned * float(unused);
        }
        let paid: Atoms = self.holds.iter().map(|hold| net_premium(model, hold.policy)).sum();
        // What is paid too much is no excuse for the rest, and a thousandth of it a hint to the search.
        let underpaid = self.worth - float(paid);
        Sums {
            wealth: [wealth(model, &ENEMIES), wealth(model, &HONEST)],
            fair,
            held: self.held / seconds(YEAR) * INTEREST,
            capacity: self.rest + underpaid.max(underpaid / 1_000.0),
        }
    }
}

/// Income other than premium that came so far, and premium that goes on as income, atoms.
fn income_of(pool: &coverage_model::Pool) -> (Atoms, Atoms) {
    (pool.other_income, pool.joined_income.0)
}

/// What is known before something is done.
pub(crate) struct Before {
    /// By pool.
    income: [(Atoms, Atoms); 2],
    given_back: Option<GivenBack>,
}

/// Who gives cover back.
fn actor_of(act: &Act) -> Name {
    match act {
        Act::Cancel { by, .. } | Act::Reduce { by, .. } => by,
        _ => "",
    }
}

/// Atoms that a ticket may lack because of roundings.
const NOISE: Atoms = 1_000;

/// What was paid for a policy and not refunded, without commissions, atoms.
fn net_premium(model: &Model, policy: usize) -> Atoms {
    let here = &model.policies[policy];
    here.parts.premium - here.parts.commission - here.refunded
}

/// The price of a year of so much of a product's cover, the last that was sold, on the capital that stayed for a season, atoms. It is asked of what people did, not of what the pool counts as seasoned.
fn yearly(model: &Model, product: usize, amount: Atoms) -> f64 {
    let here = &model.products[product];
    let (pool, today) = (here.pool, model.now / DAY);
    let season = u64::from(model.pools[pool].params.season_days);
    let (shares, stayed) = (model.shares(pool), model.least_staying(pool, today - season, today));
    let (capital, others) = (model.capital_of_lps(pool), shares - stayed);
    let capital = capital - others * (capital + PRICE_OFFSET.0) / (shares + PRICE_OFFSET.1);
    let capacity = capital * Atoms::from(here.terms.weight_bps) / 10_000;
    let active = model.product_active(product);
    let from = (active - amount).max(0);
    curve::premium_of_held(&here.terms, capacity, from, active, YEAR).map_or(0.0, float)
}

/// Over how many days at least the law has income other than premium stream.
fn days_of(act: &Act) -> f64 {
    if let Act::Recover { .. } = act { 30.0 } else { 7.0 }
}

/// Shares of a pool that people have, those on their way out included.
fn shares_of(model: &Model, pool: usize, people: &[Name]) -> Atoms {
    let is_theirs = |owner: Name| people.contains(&owner);
    let own = model.tickets.iter().filter(|ticket| ticket.pool == pool && !ticket.closed && is_theirs(ticket.owner));
    let waiting = own.map(|ticket| ticket.shares * model.waiting(ticket.epoch) / model.epochs[ticket.epoch].shares);
    let held = people.iter().map(|who| model.balance(who, model.shares_of(pool)));
    held.sum::<Atoms>() + waiting.sum::<Atoms>()
}

/// Whether a report has cost its opener all of the bond.
fn has_cost_its_bond(model: &Model, ballot: usize) -> bool {
    matches!(model.ballots[ballot].subject, Subject::Incident(incident) if model.incidents[incident].bond == Bond::Slashed)
}

/// Whether the coalition put the question of a ballot.
fn is_asked_by_enemies(model: &Model, ballot: usize) -> bool {
    let is_enemy = |who: Name| ENEMIES.contains(&who);
    match model.ballots[ballot].subject {
        Subject::Incident(incident) => is_enemy(model.incidents[incident].opener),
        // Who claims too much asks for it, too.
        Subject::Claim(claim) => {
            let here = &model.claims[claim];
            is_enemy(here.claimant) || here.disputer.is_some_and(is_enemy)
        }
        Subject::Change(change) => is_enemy(model.changes[change].proposer),
    }
}

/// What people have in the end: tokens, and what their shares are worth.
#[must_use]
pub fn wealth(model: &Model, people: &[Name]) -> f64 {
    let tokens: Atoms = people.iter().map(|who| model.balance(who, Token::Asset)).sum();
    let mut wealth = float(tokens);
    for pool in 0..model.pools.len() {
        let (assets, all) = model.price(pool);
        wealth += float(assets) * float(shares_of(model, pool, people)) / float(all);
    }
    wealth
}

/// Lives a plan, and its twin unless what that comes to is known: `bare`, the sums of a life without a plan. Returns the measures, and
/// how many actions were tried and done.
#[must_use]
pub fn judge(world: &World, plan: &Plan, bare: Option<&Sums>) -> (Score, [u64; 2]) {
    let mut life = Life::new(world, plan, false);
    life.live();
    let (sums, mut actions) = (life.ledger.sums(&life.model), [life.actions, life.done]);
    let twin = match bare {
        Some(bare) if !life.ledger.early => *bare,
        _ => {
            let mut twin = Life::new(world, plan, true);
            twin.live();
            actions = [actions[0] + twin.actions, actions[1] + twin.done];
            twin.ledger.sums(&twin.model)
        }
    };
    (Score::between(&sums, &twin), actions)
}
