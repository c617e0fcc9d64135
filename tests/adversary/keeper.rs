//! The keeper: everything that anyone can do is done when it is due, on the hour, in some worlds hours late.

use crate::{act::Act, life::Life};
use coverage_model::{ALL_BPS, Bond, ClaimState, DAY, Model, Phase, Subject, Verdict};

const HOUR: u64 = 3_600;
/// How often it looks at what waits for something that has no time of its own.
const LOOK: u64 = 12 * HOUR;

/// A crank, and from when it can be turned.
type Due = (u64, Act);

impl Life<'_> {
    /// When the keeper turns the next crank.
    pub(crate) fn next_crank(&self) -> Option<u64> {
        let mut cranks = Vec::new();
        self.due(&mut cranks);
        let next = cranks.iter().map(|(due, act)| match *act {
            // Those who leave pay themselves, as early as they can: when there is more room, and at midnight, when cover is released.
            Act::PayExits { epoch } => self.pays_at(*due, self.model.epochs[epoch].pool),
            Act::ApplyChange { change } if self.waits(self.model.changes[change].pool) => {
                self.pays_at(*due, self.model.changes[change].pool)
            }
            _ => self.looks_at(*due),
        });
        next.min().map(|time| time.max(self.model.now))
    }

    /// Whether an exit of a pool is due and waits.
    fn waits(&self, pool: usize) -> bool {
        self.model.first_epoch(pool).is_some_and(|first| self.model.epochs[first].day * DAY <= self.model.now)
    }

    /// When an exit that is due at a time can be paid, or what waits for it done: then, or when there is more room.
    fn pays_at(&self, due: u64, pool: usize) -> u64 {
        if due > self.looked_at {
            return due;
        }
        if self.has_room {
            return self.model.now;
        }
        // Income made room, and somebody called them.
        let called = self.model.pools[pool].exit_called_at + DAY;
        if called > self.looked_at {
            return called;
        }
        let releases = self.model.policies_of(pool).map(|policy| policy.release_day * DAY);
        let next = releases.filter(|release| *release > self.looked_at).min();
        next.unwrap_or(u64::MAX).min(self.looked_at + DAY)
    }

    /// Pays what can be paid of exits that wait: income makes room by and by, and nobody waits with that until something happens.
    pub(crate) fn pay_who_waits(&mut self) {
        for pool in 0..self.model.pools.len() {
            let waiting = self.model.first_epoch(pool).filter(|_| self.waits(pool));
            if let Some(epoch) = waiting {
                self.act(Act::PayExits { epoch });
            }
        }
    }

    /// Time passes until a time. Exits that wait are seen to wait every half day, or are paid: the last time before that is enough.
    pub(crate) fn see_exits_wait(&mut self, until: u64) {
        let seen = until.saturating_sub(1) / LOOK * LOOK;
        for pool in 0..self.model.pools.len() {
            let waiting = self.model.first_epoch(pool).filter(|_| seen > self.model.now && self.waits(pool));
            if let Some(epoch) = waiting {
                self.pass(seen);
                // What cannot be called can be paid: whoever waits for it does that.
                if !self.act(Act::CallExits { epoch }) {
                    self.act(Act::PayExits { epoch });
                }
            }
        }
    }

    /// All that can be done by anyone.
    fn due(&self, cranks: &mut Vec<Due>) {
        due_of(&self.model, cranks);
        for pool in (0..self.gifts.len()).filter(|pool| self.gifts[*pool]) {
            cranks.push((0, Act::Absorb { pool }));
        }
    }

    /// When it looks at what is due at a time. What could not be done, or was not there, when it last looked waits for something
    /// that has no time of its own.
    fn looks_at(&self, due: u64) -> u64 {
        let (now, late) = (self.model.now, self.nature.late);
        let time = if due <= self.looked_at {
            ((self.looked_at / LOOK + 1) * LOOK + late % LOOK).max(now.div_ceil(HOUR) * HOUR)
        } else {
            due.max(now).div_ceil(HOUR) * HOUR + late
        };
        time.max(self.looked_at + 1)
    }

    /// Turns every crank that is due, until nothing more is.
    pub(crate) fn crank(&mut self) {
        (self.looked_at, self.has_room) = (self.model.now, false);
        let mut cranks = Vec::new();
        for _ in 0..4 {
            cranks.clear();
            self.due(&mut cranks);
            let mut moved = false;
            for (due, act) in cranks.drain(..) {
                if due > self.model.now {
                    continue;
                }
                let exits = if let Act::PayExits { epoch } = act { Some(epoch) } else { None };
                let done = self.act(act);
                moved |= done;
                if let (Some(epoch), false) = (exits, done) {
                    // It has to be seen to wait, or to be called.
                    self.act(Act::CallExits { epoch });
                }
            }
            if !moved {
                break;
            }
        }
    }
}

/// The same, but for gifts.
fn due_of(model: &Model, cranks: &mut Vec<Due>) {
    ballots_due(model, cranks);
    incidents_due(model, cranks);
    claims_due(model, cranks);
    exits_due(model, cranks);
    for (change, here) in model.changes.iter().enumerate() {
        if here.is_queued() && model.now < model.lapses_at(change) {
            cranks.push((model.changes[change].applies_at, Act::ApplyChange { change }));
        }
        if here.bond == Bond::Due {
            cranks.push((0, Act::ChangeBond { change }));
        }
    }
}

fn ballots_due(model: &Model, cranks: &mut Vec<Due>) {
    for (ballot, here) in model.ballots.iter().enumerate().filter(|(_, here)| !here.gone) {
        let round = here.round();
        if round.closed_at.is_none() {
            cranks.push((if here.is_decided() { 0 } else { round.closes_at }, Act::CloseBallot { ballot }));
            continue;
        }
        let ends_at = round.final_at;
        if !here.executed {
            let act = match here.subject {
                Subject::Incident(incident) => Act::Decide { incident },
                Subject::Claim(claim) => Act::Resolve { claim },
                Subject::Change(change) => Act::QueueChange { change },
            };
            cranks.push((ends_at, act));
        } else if here.state() != Verdict::Open {
            if here.live_records() > 0 {
                for (vote, cast) in here.votes.iter().enumerate() {
                    if cast.paid.is_none() {
                        cranks.push((ends_at, Act::Reward { ballot, vote }));
                    }
                }
            }
            if here.appeal_bond_held() > 0 {
                cranks.push((ends_at, Act::AppealBond { ballot }));
            }
        }
    }
}

fn incidents_due(model: &Model, cranks: &mut Vec<Due>) {
    for (incident, here) in model.incidents.iter().enumerate() {
        if here.bond == Bond::Due {
            cranks.push((0, Act::IncidentBond { incident }));
        }
        if here.held_back > 0 && model.held_for(here.pool) == 0 {
            cranks.push((0, Act::SettleRest { incident }));
        }
        if here.policy.is_some() {
            if here.state == Phase::Accepted {
                cranks.push((here.opened_at, Act::PayBooking { booking: incident }));
            }
            continue;
        }
        if !here.is_open() {
            continue;
        }
        let first = || model.open_on(here.product).next() == Some(incident);
        let next = || model.open_on(here.product).nth(1);
        match here.state {
            Phase::Accepted if !here.filing_ended => {
                cranks.push((here.filing_ends_at.unwrap_or(0), Act::EndFiling { incident }));
            }
            Phase::Accepted if model.open_disputes(incident) == 0 && first() => {
                let ends_at = model.disputes_end_at(here).unwrap_or(0);
                cranks.push((ends_at, Act::Settle { incident, next: next() }));
            }
            Phase::Refused if first() => cranks.push((0, Act::Settle { incident, next: next() })),
            _ => {}
        }
    }
}

fn claims_due(model: &Model, cranks: &mut Vec<Due>) {
    for (claim, here) in model.claims.iter().enumerate() {
        let incident = &model.incidents[here.incident];
        if here.dispute_bond_state == Bond::Due {
            cranks.push((0, Act::DisputeBond { claim }));
        }
        if incident.state == Phase::Accepted && !here.is_collected() && !here.is_undecided() {
            // Of a pool that has as much as it covers.
            let until = if here.state == ClaimState::Filed { model.disputable_until(claim).unwrap_or(0) } else { 0 };
            let leverage = model.pools[incident.pool].params.leverage_bps;
            if leverage.max(model.pools[incident.pool].sold_leverage_bps) <= ALL_BPS {
                cranks.push((until, Act::Payout { claim }));
            }
        }
        if incident.takes_claims() {
            continue;
        }
        let collected = matches!(here.state, ClaimState::Settled | ClaimState::Rejected);
        let more = incident.approved > 0
            && incident.state == Phase::Settled
            && here.state == ClaimState::Settled
            && here.amount * incident.settled / incident.approved > here.paid;
        if (!collected && !here.is_undecided()) || more {
            cranks.push((0, Act::Payout { claim }));
        }
    }
}

fn exits_due(model: &Model, cranks: &mut Vec<Due>) {
    for pool in 0..model.pools.len() {
        if let Some(epoch) = model.first_epoch(pool) {
            cranks.push((model.epochs[epoch].day * DAY, Act::PayExits { epoch }));
        }
    }
    for (epoch, here) in model.epochs.iter().enumerate() {
        for incident in here.parts.iter().copied() {
            let part = &model.incidents[incident].part;
            if part.freed_at.is_some() || part.ended_at.is_some() {
                cranks.push((0, Act::Release { incident, epoch }));
            }
        }
    }
    for (ticket, here) in model.tickets.iter().enumerate().filter(|(_, here)| !here.closed) {
        let paid = model.epoch_paid(here.epoch);
        let due = here.shares * paid / model.epochs[here.epoch].shares > here.paid;
        if due || model.is_over(here.epoch) {
            cranks.push((0, Act::CollectExit { ticket }));
        }
    }
}
