//! Honest people: they follow docs/advice.md and nothing more.
//!
//! LPs leave on the day on which something is queued that can make them risk more. Holders report what happened within the day, once,
//! and claim what they lost, no more. Voters vote what is true, if they are awake: of a claim as many sixteenths as were lost. Somebody appeals
//! what a ballot came to where that is wrong, unless nobody is left who would vote.
//! Somebody looks at every claim once it is known to count, and at every booking within a day. All of them need some hours to notice something.

use crate::{
    act::Act,
    life::{Life, Task},
    plan::Anchor,
    world::{Court, DRAWN, ENEMIES, ENEMY_LP, HOLDERS, HONEST_LPS, HONEST_VOTERS, JURY, Kind, PROJECT, UNIT, VENUE},
};
use coverage_model::{AGAINST, Change, ClaimState, DAY, FOR, Model, Phase, Policy, Proposal, Sale, Subject};

const HOUR: u64 = 3_600;
/// What somebody posts at most to dispute what is less, atoms: a thousandth of a pool.
const DISPUTE: i128 = 1_000 * UNIT as i128;
/// How long before it is done a recovery is announced, seconds.
const ANNOUNCED: u64 = 5 * DAY;
/// The number of the ticket of who leaves in a world of that kind.
pub(crate) const LEAVER: u64 = 9_000;

impl Life<'_> {
    /// The part of a policy that was really lost, atoms before the deductible: nothing, if it did not cover the event.
    pub(crate) fn true_loss(&self, policy: usize) -> u64 {
        let Policy { product, amount, .. } = self.model.policies[policy];
        let hit = match self.nature.kind {
            Kind::Loss => product == JURY || self.nature.hack && product == DRAWN,
            Kind::Drawn => product == DRAWN,
            _ => false,
        };
        let hit = hit && self.model.now >= self.nature.pivot && self.model.policies[policy].covers(self.nature.pivot);
        let loss = if hit { amount * i128::from(self.nature.severity_bps) / 10_000 } else { 0 };
        u64::try_from(loss).unwrap_or(0)
    }

    /// The report of what really happened: the first with its time that was not refused. Nothing counts twice.
    pub(crate) fn true_report(&self) -> Option<usize> {
        let stands = |incident: &usize| {
            let here = &self.model.incidents[*incident];
            here.policy.is_none()
                && here.product == JURY
                && here.occurred_at == self.nature.pivot
                && !here.was_refused()
        };
        (0..self.model.incidents.len()).find(stands).filter(|_| self.nature.kind == Kind::Loss)
    }

    /// Whether an incident is about what happened, and the first to say so.
    pub(crate) fn is_true(&self, incident: usize) -> bool {
        match self.model.incidents[incident].policy {
            // The covered program draws what it lost; the coalition's products lose nothing.
            Some(policy) => self.model.policies[policy].product == DRAWN,
            None => self.true_report() == Some(incident),
        }
    }

    /// Does what somebody honest, or nature, has to do now.
    pub(crate) fn do_honestly(&mut self, task: Task) {
        match task {
            Task::Event => self.happen(),
            Task::Report => {
                if self.true_report().is_none() {
                    let occurred_at = self.nature.pivot;
                    self.act(Act::Report { product: JURY, who: HOLDERS[0], occurred_at });
                }
            }
            Task::File(incident) => {
                let own = |policy: &usize| HOLDERS.contains(&self.model.policies[*policy].holder);
                let own: Vec<_> = (0..self.model.policies.len()).filter(own).collect();
                for policy in own {
                    self.file(incident, policy);
                }
            }
            Task::FileLate(incident) => {
                for policy in self.policies.clone() {
                    self.file(incident, policy);
                }
                // What keeps it from filing, a claim of its own in another report, may end.
                if self.model.incidents[incident].takes_claims() {
                    self.after(self.model.now + DAY, task);
                }
            }
            Task::Leave(pool) => self.leave(pool),
            Task::Vote(ballot, voter) => {
                let (who, level) = (HONEST_VOTERS[voter], self.truth(ballot));
                self.act(Act::Vote { ballot, who, level });
            }
            Task::Look(claim) => self.look(claim),
            Task::LookAtBooking(incident) => {
                let here = &self.model.incidents[incident];
                if here.takes_claims() && !self.is_true(incident) {
                    self.act(Act::Challenge { incident, who: HONEST_LPS[0] });
                }
            }
            Task::Recover(incident) => {
                let amount = self.nature.recovered;
                self.act(Act::Recover { incident, who: PROJECT, amount });
            }
            Task::Appeal(ballot) => {
                if self.model.ballots[ballot].level() != Some(self.truth(ballot)) {
                    self.act(Act::Appeal { ballot, who: HONEST_LPS[0] });
                }
            }
            Task::Move(..) => {}
        }
    }

    /// What this world has to happen happens.
    fn happen(&mut self) {
        self.pay_who_waits();
        match self.nature.kind {
            Kind::Quiet => {}
            Kind::Loss => {
                self.after(self.model.now + self.nature.notice, Task::Report);
                self.draw();
            }
            Kind::Drawn => self.draw(),
            Kind::Leaving => {
                let who = HONEST_LPS[0];
                let shares = self.model.balance(who, self.model.shares_of(0)) / 2;
                let (number, _) = self.model.exit_epoch(0);
                let shares = u64::try_from(shares).unwrap_or(0);
                self.act(Act::RequestExit { pool: 0, who, id: LEAVER, number, shares });
            }
        }
    }

    /// The covered program draws what was lost, in the second in which it was.
    fn draw(&mut self) {
        for policy in 0..self.model.policies.len() {
            let loss = self.true_loss(policy);
            if loss > 0 && self.model.policies[policy].product == DRAWN {
                self.act(Act::Draw { policy, by: VENUE, loss });
            }
        }
    }

    /// Files what a policy lost in the report of it, unless somebody has.
    fn file(&mut self, incident: usize, policy: usize) {
        let (loss, by) = (self.true_loss(policy), self.model.policies[policy].holder);
        let filed = self.model.claims_in(incident).any(|claim| claim.policy == policy);
        if loss > 0 && !filed && self.model.policies[policy].product == JURY {
            // Whoever has spent what they had finds somebody who funds the bond.
            let funder = if HOLDERS.contains(&by) { by } else { PROJECT };
            self.act(Act::Claim { incident, policy, by, funder, loss });
        }
    }

    /// All LPs ask to leave a pool.
    fn leave(&mut self, pool: usize) {
        for who in HONEST_LPS {
            let shares = u64::try_from(self.model.balance(who, self.model.shares_of(pool))).unwrap_or(0);
            if shares > 0 {
                let (id, (number, _)) = (self.new_id(), self.model.exit_epoch(pool));
                self.act(Act::RequestExit { pool, who, id, number, shares });
            }
        }
    }

    /// The answer to a ballot's question.
    pub(crate) fn truth(&self, ballot: usize) -> u8 {
        match self.model.ballots[ballot].subject {
            Subject::Incident(incident) if self.is_true(incident) => FOR,
            Subject::Claim(claim) => {
                let here = &self.model.claims[claim];
                let lost = self.lost_net(here.policy);
                u8::try_from(lost * i128::from(FOR) / here.claimed).map_or(FOR, |level| level.min(FOR))
            }
            _ => AGAINST,
        }
    }

    /// What of a policy's loss may be claimed.
    fn lost_net(&self, policy: usize) -> i128 {
        let Policy { product, bought, .. } = self.model.policies[policy];
        let deductible = bought * i128::from(self.model.products[product].terms.deductible_bps) / 10_000;
        (i128::from(self.true_loss(policy)) - deductible).max(0)
    }

    /// Disputes a claim that counts and asks for more than was lost, by more than a hundredth; but posts no more for that than is asked for too
    /// much, or a thousandth of a pool.
    fn look(&mut self, claim: usize) {
        let here = &self.model.claims[claim];
        let lost = self.lost_net(here.policy);
        let counts = self.model.incidents[here.incident].state == Phase::Accepted;
        let is_worth_it = here.dispute_bond <= (here.amount - lost).max(DISPUTE);
        if counts && here.state == ClaimState::Filed && here.amount > lost + lost / 100 && is_worth_it {
            self.act(Act::Dispute { claim, who: HONEST_LPS[0] });
        }
    }

    /// Something was done: who has to do something about it, and from when on times are known.
    pub(crate) fn notice(&mut self, act: &Act) {
        let (now, notice) = (self.model.now, self.nature.notice);
        match *act {
            Act::Propose { .. } | Act::Petition { .. } => {
                let change = self.model.changes.len() - 1;
                self.change = Some(change);
                if matches!(act, Act::Petition { .. }) {
                    self.call_voters(self.model.ballots.len() - 1);
                } else {
                    self.see_queued(change);
                }
            }
            Act::RequestExit { who: ENEMY_LP, .. } => {
                let day = self.model.tickets.last().map_or(0, |ticket| self.model.epochs[ticket.epoch].day);
                self.know(Anchor::ExitDue, day * DAY);
            }
            Act::Report { .. } => {
                let incident = self.model.incidents.len() - 1;
                self.know(Anchor::Report, now);
                self.call_voters(self.model.ballots.len() - 1);
                if self.is_true(incident) {
                    self.after(now + HOUR, Task::File(incident));
                    self.after(now + 3 * DAY, Task::FileLate(incident));
                }
            }
            Act::Claim { by, .. } => {
                let claim = self.model.claims.len() - 1;
                if ENEMIES.contains(&by) {
                    self.after(now + notice, Task::Look(claim));
                }
            }
            Act::Draw { .. } => {
                let incident = self.model.incidents.len().saturating_sub(1);
                let booked =
                    self.model.incidents.last().is_some_and(|last| last.policy.is_some() && last.opened_at == now);
                if booked {
                    self.after(now + notice, Task::LookAtBooking(incident));
                }
            }
            Act::Dispute { .. } | Act::Challenge { .. } => self.call_voters(self.model.ballots.len() - 1),
            Act::Appeal { ballot, .. } => self.call_voters(ballot),
            Act::CloseBallot { ballot } | Act::Arbitrate { ballot, .. } => {
                let here = &self.model.ballots[ballot];
                let is_first = here.rounds.len() == 1 && here.round().closed_at.is_some();
                if is_first && self.nature.court != Court::Gone && here.level() != Some(self.truth(ballot)) {
                    self.after(now + notice, Task::Appeal(ballot));
                }
            }
            Act::QueueChange { change } if self.model.changes[change].is_queued() => self.see_queued(change),
            Act::Decide { incident } => {
                self.know(Anchor::Verdict, now);
                let filed = |claim: &usize| {
                    let here = &self.model.claims[*claim];
                    here.incident == incident && ENEMIES.contains(&here.claimant)
                };
                for claim in (0..self.model.claims.len()).filter(filed).collect::<Vec<_>>() {
                    self.after(now + notice, Task::Look(claim));
                }
            }
            Act::Settle { incident, .. } if self.model.incidents[incident].state == Phase::Settled => {
                self.know(Anchor::Settled, now);
                if self.nature.recovered > 0 {
                    self.know(Anchor::Recovery, now + ANNOUNCED);
                    self.after(now + ANNOUNCED, Task::Recover(incident));
                }
            }
            Act::Buy { .. } => {
                let policy = self.model.policies.len() - 1;
                if ENEMIES.contains(&self.model.policies[policy].holder) {
                    self.policies.push(policy);
                }
            }
            Act::ListProduct { .. } => self.product = Some(self.model.products.len() - 1),
            _ => {}
        }
    }

    /// LPs hear of a change that was queued, and leave if they dislike it.
    fn see_queued(&mut self, change: usize) {
        let Change { pool, product, what, applies_at, .. } = self.model.changes[change];
        self.know(Anchor::ChangeDue, applies_at);
        if is_disliked(&self.model, pool, product, &what) {
            self.after(self.model.now + self.nature.notice, Task::Leave(pool));
        }
    }

    /// Voters will vote in a round of a ballot, some hours after it opens, one after the other: in an appeal those, too, who slept.
    fn call_voters(&mut self, ballot: usize) {
        let here = &self.model.ballots[ballot];
        let (opens_at, is_first) = (here.round().opens_at, here.rounds.len() == 1);
        let voters = match self.nature.court {
            Court::Sleepy(awake) if is_first => awake,
            Court::Gone => 0,
            _ => HONEST_VOTERS.len(),
        };
        for voter in 0..voters {
            let hours = u64::try_from(voter).expect("few") * 4 * HOUR;
            self.after(opens_at.max(self.model.now) + self.nature.notice + hours, Task::Vote(ballot, voter));
        }
    }
}

/// Whether a change can make LPs risk more, or get less, as they see it: all but what surely does neither.
fn is_disliked(model: &Model, pool: usize, product: Option<usize>, what: &Proposal) -> bool {
    let params = &model.pools[pool].params;
    match *what {
        Proposal::Delist => false,
        Proposal::Leverage { leverage_bps } => leverage_bps > params.leverage_bps,
        Proposal::Timelock { timelock } => timelock < params.timelock,
        Proposal::Season { season_days } => season_days < params.season_days,
        Proposal::MinPremium { min_premium } => min_premium < params.min_premium,
        Proposal::CoverPerStake { cover_per_stake } => {
            cover_per_stake == 0 || params.cover_per_stake > 0 && cover_per_stake > params.cover_per_stake
        }
        Proposal::GroupCap { group, cap_bps } => cap_bps > params.group_caps_bps[usize::from(group)],
        Proposal::Weight { weight_bps } => {
            product.is_none_or(|product| weight_bps > model.products[product].terms.weight_bps)
        }
        Proposal::List => product.is_none_or(|product| model.products[product].sale != Sale::On),
        _ => true,
    }
}
