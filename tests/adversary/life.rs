//! A life: a world from its beginning until everything in it has ended, with a coalition's plan and with honest people.
//!
//! Time jumps from one thing that is to be done to the next. In one second the coalition comes first, then honest people in the
//! order in which they noticed something, then the keeper.

use crate::{
    account::Ledger,
    act::Act,
    plan::{Anchor, Plan},
    world::{Kind, Nature, World},
};
use coverage_model::{DAY, Model, Name, Refusal};
use std::{cmp::Reverse, collections::BinaryHeap, mem::Discriminant};

/// A branch of the model: an action, what came of it, and what was open meanwhile.
pub type Branch = (Discriminant<Act>, Option<u32>, u8);

/// Something that somebody does at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Task {
    /// What happens in this world happens.
    Event,
    /// A move of the plan, and how often it was made before.
    Move(usize, u8),
    /// The holders report what they lost, unless it was.
    Report,
    /// Those who lost something file in a report.
    File(usize),
    /// So does the coalition, if it has not.
    FileLate(usize),
    /// LPs leave a pool.
    Leave(usize),
    /// A voter votes on a ballot.
    Vote(usize, usize),
    /// Somebody looks at a claim.
    Look(usize),
    /// Somebody looks at a booking.
    LookAtBooking(usize),
    /// What was recovered is paid back.
    Recover(usize),
    /// Somebody appeals what a ballot came to, if that is wrong.
    Appeal(usize),
}

/// A life in progress.
pub struct Life<'a> {
    pub(crate) nature: &'a Nature,
    pub(crate) plan: &'a Plan,
    /// Whether the coalition stops at the event.
    pub(crate) stops: bool,
    /// The world.
    pub model: Model,
    /// When it began.
    pub(crate) begin: u64,
    agenda: BinaryHeap<Reverse<(u64, Task)>>,
    /// Which moves have a time.
    timed: Vec<bool>,
    /// When each move was last made.
    pub(crate) made: Vec<Option<u64>>,
    /// Times of anchors that are known only once something has happened.
    pub(crate) known: Vec<(Anchor, u64)>,
    /// The last time at which the keeper looked.
    pub(crate) looked_at: u64,
    /// Whether there may be more room for exits since then.
    pub(crate) has_room: bool,
    /// Pools to which somebody gave something that nobody has taken in yet.
    pub(crate) gifts: [bool; 2],
    pub(crate) next_id: u64,
    /// What is counted of it.
    pub ledger: Ledger,
    /// How many actions were tried, and how many of them were done.
    pub actions: u64,
    /// The latter.
    pub done: u64,
    /// What was tried, if somebody wants to know.
    pub log: Option<Vec<(u64, Act, Option<Refusal>)>>,
    /// What was reached, if somebody wants to know.
    pub branches: Option<Vec<Branch>>,
    /// Policies of the coalition, the last one at the end.
    pub(crate) policies: Vec<usize>,
    /// The coalition's last change and its last product.
    pub(crate) change: Option<usize>,
    pub(crate) product: Option<usize>,
}

/// The longest plan, seconds.
const PATIENCE: u64 = 400 * DAY;
/// The longest life after that.
const AFTERMATH: u64 = 900 * DAY;

impl<'a> Life<'a> {
    /// A life of a world with a plan; one that `stops` makes no move from the event on.
    #[must_use]
    pub fn new(world: &'a World, plan: &'a Plan, stops: bool) -> Self {
        let (begin, moves) = (world.model.now, plan.0.len());
        let mut life = Self {
            nature: &world.nature,
            plan,
            stops,
            model: world.model.clone(),
            begin,
            agenda: BinaryHeap::new(),
            timed: vec![false; moves],
            made: vec![None; moves],
            known: vec![],
            looked_at: begin,
            has_room: false,
            gifts: [false; 2],
            next_id: 1_000,
            ledger: Ledger::default(),
            actions: 0,
            done: 0,
            log: None,
            branches: None,
            policies: vec![],
            change: None,
            product: None,
        };
        life.know(Anchor::Start, begin);
        life.know(Anchor::Pivot, world.nature.pivot);
        life.know_release();
        if world.nature.kind != Kind::Quiet {
            life.after(world.nature.pivot, Task::Event);
        }
        life
    }

    /// Lives it to its end.
    pub fn live(&mut self) {
        loop {
            self.time_moves();
            let task = self.agenda.peek().map(|Reverse((time, _))| *time);
            let due = self.next_crank();
            let Some(time) = task.into_iter().chain(due).min() else { break };
            if time > self.begin + AFTERMATH {
                break;
            }
            self.see_exits_wait(time);
            self.pass(time);
            if task == Some(time) {
                if let Some(Reverse((_, task))) = self.agenda.pop() {
                    self.perform(task);
                }
            } else {
                self.crank();
            }
        }
        // Until all that was paid for is earned.
        let ends = self.model.streams.iter().map(|stream| stream.end_day).max().unwrap_or(0);
        let releases = self.model.policies.iter().map(|policy| policy.release_day).max().unwrap_or(0);
        let end = (ends.max(releases) + 3) * DAY;
        for hours in [0, 12, 24, 36, 48] {
            self.pass((end + hours * 3_600).max(self.model.now));
            self.crank();
        }
        for product in 0..self.model.products.len() {
            self.act(Act::Roll { product });
        }
    }

    pub(crate) fn pass(&mut self, time: u64) {
        if time > self.model.now {
            self.ledger.pass(&self.model, time);
            self.model.now = time;
        }
    }

    /// Tries something. Returns whether it was done.
    pub(crate) fn act(&mut self, act: Act) -> bool {
        self.actions += 1;
        let before = self.ledger.before(&self.model, &act);
        let outcome = self.model.attempt(|model| act.apply(model));
        if let Some(branches) = &mut self.branches {
            let open = u8::from(self.model.incidents.iter().any(|incident| incident.is_open()))
                | u8::from(self.model.epochs.iter().any(|epoch| !epoch.parts.is_empty())) << 1
                | u8::from(self.model.changes.iter().any(|change| change.is_queued())) << 2;
            branches.push((std::mem::discriminant(&act), outcome.err().map(code_of), open));
        }
        if let Some(log) = &mut self.log {
            log.push((self.model.now, act.clone(), outcome.err()));
        }
        if outcome.is_ok() {
            self.done += 1;
            self.ledger.note(&self.model, &act, before);
            match act {
                Act::Donate { pool, .. } => self.gifts[pool] = true,
                Act::Absorb { pool } => self.gifts[pool] = false,
                _ => {}
            }
            self.has_room |= matches!(
                act,
                Act::Deposit { .. }
                    | Act::Cancel { .. }
                    | Act::Reduce { .. }
                    | Act::Draw { .. }
                    | Act::Settle { .. }
                    | Act::EndFiling { .. }
                    | Act::Payout { .. }
                    | Act::ApplyChange { .. }
            );
            self.notice(&act);
        }
        outcome.is_ok()
    }

    /// Something is to be done so many seconds from now, at the earliest.
    pub(crate) fn after(&mut self, time: u64, task: Task) {
        self.agenda.push(Reverse((time.max(self.model.now), task)));
    }

    /// The time of an anchor is known.
    pub(crate) fn know(&mut self, anchor: Anchor, time: u64) {
        if !self.known.iter().any(|(known, _)| *known == anchor) {
            self.known.push((anchor, time));
        }
    }

    /// The first moment that releases somebody else's cover after those who ask at the event could leave.
    fn know_release(&mut self) {
        let delay = u64::from(self.model.pools[0].params.exit_delay_days) + 1;
        let from = self.nature.pivot / DAY + delay;
        let releases = self.model.policies.iter().map(|policy| policy.release_day).filter(|day| *day > from);
        if let Some(day) = releases.min() {
            self.know(Anchor::Release, day * DAY);
        }
    }

    /// Gives times to moves that have none, once what they are counted from is known.
    fn time_moves(&mut self) {
        for (number, step) in self.plan.0.iter().enumerate() {
            if self.timed[number] {
                continue;
            }
            let (anchor, seconds) = step.at;
            let last = || if number == 0 { Some(self.begin) } else { self.made[number - 1] };
            let from = match anchor {
                Anchor::Last => last(),
                Anchor::Midnight => last().map(|time| (time / DAY + 1) * DAY),
                _ => self.known.iter().find(|(known, _)| *known == anchor).map(|(_, time)| *time),
            };
            let Some(time) = from.map(|from| from.saturating_add_signed(seconds).max(self.model.now)) else { continue };
            self.timed[number] = true;
            if time <= self.begin + PATIENCE {
                self.agenda.push(Reverse((time, Task::Move(number, 0))));
            }
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Move(number, times) => {
                let Nature { kind, pivot, .. } = *self.nature;
                if self.stops && self.model.now >= pivot {
                    return;
                }
                if self.model.now == pivot && kind != Kind::Quiet {
                    // Nobody knows of it in the second in which it happens.
                    self.after(pivot + 1, task);
                    return;
                }
                let step = self.plan.0[number];
                self.ledger.early |= self.model.now < pivot;
                self.make(step.verb);
                self.made[number] = Some(self.model.now);
                if times < step.again.0 {
                    self.after(self.model.now + u64::from(step.again.1.max(1)), Task::Move(number, times + 1));
                }
            }
            _ => self.do_honestly(task),
        }
    }

    /// A number that nobody has used.
    pub(crate) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// What somebody has, atoms.
    pub(crate) fn purse(&self, who: Name) -> u64 {
        u64::try_from(self.model.balance(who, coverage_model::Token::Asset)).unwrap_or(u64::MAX)
    }
}

/// A number for each reason to refuse.
fn code_of(refusal: Refusal) -> u32 {
    match refusal {
        Refusal::Rule(rule) => rule.code(),
        Refusal::TooFewTokens => 1,
        Refusal::Exists => 2,
    }
}
