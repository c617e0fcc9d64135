//! What is due in a pool: every step that anyone may take now.

use crate::{pyth::PriceUpdate, snapshot::Snapshot, *};
use coverage_math::day_of;
use solana_instruction::Instruction;

/// One step that is due.
#[derive(Clone, Debug)]
pub struct Crank {
    /// The instruction's name.
    pub name: &'static str,
    /// The account it is about.
    pub subject: Address,
    /// The transaction.
    pub instructions: Vec<Instruction>,
}

/// Every crank that is due at the snapshot's time, in an order in which earlier ones do not hinder later ones. Some
/// make others due: ask again until there are none.
///
/// A crank can fail all the same: another keeper was faster, or whoever is paid has no token account.
#[must_use]
pub fn due(snapshot: &Snapshot, caller: &Address) -> Vec<Crank> {
    let mut due = Due { snapshot, caller, cranks: Vec::new() };
    due.ballots();
    due.claims();
    due.breaches();
    due.incidents();
    due.exits();
    due.changes();
    due.bonds_and_rewards();
    due.books();
    due.closings();
    due.cranks
}

/// What `prices` make due, accounts of Pyth's pull oracle: what they refute is void, and a product is shown those that
/// begin a breach, take it on, or end it. None of these steps pays its caller.
#[must_use]
pub fn due_by_prices(snapshot: &Snapshot, prices: &[At<PriceUpdate>]) -> Vec<Crank> {
    let now = snapshot.time;
    let mut cranks = Vec::new();
    for price in prices {
        let (Some((low, high)), Ok(published_at)) = (price.range(), u64::try_from(price.publish_time)) else {
            continue;
        };
        let of_feed = |product: &&At<Product>| {
            let trigger = (product.trigger, product.trigger_source, product.price.exponent);
            trigger == (trigger::PRICE, price.feed, price.exponent)
        };
        for product in snapshot.products.iter().filter(of_feed) {
            let mut add = |name, subject, instruction| {
                cranks.push(Crank { name, subject, instructions: vec![instruction] });
            };
            let incident = snapshot.incident(&product.open_incident);
            let void = |it: &&At<Incident>| it.is_refuted_by(low, published_at, product.price.strike, now);
            if let Some(incident) = incident.filter(void) {
                add("refute_incident", incident.address, build::refute_incident(incident, &price.address));
            }
            if product.price.is_refuted_by(low, published_at) {
                add("refute_breach", product.address, build::refute_breach(&product.address, &price.address));
            } else if product.price.is_moved_by(low, high, published_at, now) {
                add("observe_price", product.address, build::observe_price(product, &price.address));
            }
        }
    }
    cranks
}

struct Due<'a> {
    snapshot: &'a Snapshot,
    caller: &'a Address,
    cranks: Vec<Crank>,
}

impl Due<'_> {
    fn add(&mut self, name: &'static str, subject: Address, instruction: Instruction) {
        self.cranks.push(Crank { name, subject, instructions: vec![instruction] });
    }

    fn ballots(&mut self) {
        let now = self.snapshot.time;
        for ballot in self.snapshot.ballots.iter().filter(|ballot| ballot.can_close(now)) {
            self.add("close_ballot", ballot.address, build::close_ballot(&ballot.address, self.caller));
        }
    }

    fn claims(&mut self) {
        let (snapshot, pool) = (self.snapshot, &self.snapshot.pool);
        for claim in &snapshot.claims {
            let Some(incident) = snapshot.incident(&claim.incident) else { continue };
            let ballot = snapshot.ballot(&claim.dispute_ballot);
            if claim.is_disputed() && ballot.is_some_and(|ballot| ballot.verdict(snapshot.time).is_some()) {
                self.add("resolve_dispute", claim.address, build::resolve_dispute(pool, claim, self.caller));
            }
            if incident.state != incident_state::OPEN && (!claim.has_ended() || incident.due(claim) > 0) {
                self.add("payout", claim.address, build::payout(pool, claim, self.caller));
            }
        }
    }

    /// What prices have shown: incidents of it, and the claims of everybody who is covered, who need do nothing.
    fn breaches(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for product in snapshot.products.iter().filter(|product| product.price.is_established()) {
            let (mut rolled, mut books) = (product.account, pool.account);
            let known = books.accrue(now).and_then(|_| rolled.roll(&mut books, now)).is_some();
            if known && rolled.can_be_reported(product.price.started_at, now) {
                let open = build::open_price_incident(pool, product, self.caller);
                self.add("open_price_incident", product.address, open);
            }
        }
        let filing = |incident: &&At<Incident>| {
            let undecided = incident.state == incident_state::OPEN && incident.refuted == 0;
            undecided && incident.trigger == trigger::PRICE && now < incident.filing_ends_at
        };
        for incident in snapshot.incidents.iter().filter(filing) {
            let covered = |policy: &&At<Policy>| {
                policy.product == incident.product
                    && policy.covers(incident.occurred_at)
                    && policy.breach_claim(incident.severity_bps).is_some()
                    && snapshot.claim(&claim(&incident.address, &policy.address)).is_none()
            };
            for policy in snapshot.policies.iter().filter(covered) {
                let file = build::claim_breach(pool, &incident.address, policy, self.caller);
                self.add("claim_breach", policy.address, file);
            }
        }
    }

    fn changes(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        let mut books = pool.account;
        if books.accrue(now).is_none() {
            return;
        }
        for change in &snapshot.changes {
            let from = change.applies_from(pool);
            let voted = || snapshot.ballot(&change.ballot).is_some_and(|ballot| ballot.verdict(now).is_some());
            match change.state {
                change_state::PROPOSED if voted() => {
                    self.add("queue_change", change.address, build::queue_change(pool, change, self.caller));
                }
                change_state::QUEUED
                    if (from..change.lapses_at()).contains(&now) && books.exits_are_settled(from, now) =>
                {
                    self.add("apply_change", change.address, build::apply_change(pool, change));
                }
                _ => {}
            }
        }
    }

    fn incidents(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for incident in &snapshot.incidents {
            if incident.can_end(snapshot.ballot(&incident.ballot).map(|ballot| &ballot.account), now) {
                self.add("settle_incident", incident.address, build::settle_incident(pool, incident, self.caller));
            }
            if incident.held_back > 0 && pool.open_incidents == 0 {
                self.add("settle_rest", incident.address, build::settle_rest(pool, &incident.address));
            }
        }
    }

    fn exits(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        let (today, head) = (day_of(now), pool.exit_head_day);
        if head != 0 && head <= today && pool.exits_may_settle(now) {
            self.settle_exits(head, today.saturating_add(1));
        }
        for ticket in &snapshot.tickets {
            if snapshot.epoch(ticket.epoch_day).is_some_and(|epoch| epoch.settled == 1) {
                self.add("collect_exit", ticket.address, build::collect_exit(pool, ticket, self.caller));
            }
        }
    }

    fn settle_exits(&mut self, day: u64, tomorrow: u64) {
        let (snapshot, pool) = (self.snapshot, &self.snapshot.pool);
        let mut books = pool.account;
        let fill = snapshot
            .epoch(day)
            .zip(books.accrue(snapshot.time))
            .and_then(|(epoch, _)| Some((epoch, books.exit_fill(epoch.shares).filter(|fill| fill.burned > 0)?)));
        let Some((epoch, fill)) = fill else { return };
        let mut instructions = Vec::new();
        // By the time it lands the price may be another by an atom; with an epoch to hand on to it settles either way.
        let rest = fill.burned < epoch.shares;
        if rest && snapshot.epoch(tomorrow).is_none() {
            instructions.push(build::open_exit_epoch(pool, self.caller, tomorrow));
        }
        let next = (rest || snapshot.epoch(tomorrow).is_some()).then_some(tomorrow);
        instructions.push(build::settle_exit_epoch(pool, day, next));
        self.cranks.push(Crank { name: "settle_exit_epoch", subject: epoch.address, instructions });
    }

    fn bonds_and_rewards(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for incident in snapshot.incidents.iter().filter(|incident| incident.bond_state == bond_state::DUE) {
            self.add("collect_incident_bond", incident.address, build::collect_incident_bond(pool, incident));
        }
        for dispute in &snapshot.disputes {
            let Some(claim) = snapshot.claim(&dispute.claim) else { continue };
            let rejected =
                snapshot.incident(&claim.incident).is_some_and(|incident| incident.state == incident_state::REJECTED);
            if claim.dispute != dispute.address || claim.dispute_outcome != 0 || rejected {
                let collect = build::collect_dispute_bond(pool, claim, dispute, self.caller);
                self.add("collect_dispute_bond", dispute.address, collect);
            }
        }
        for change in snapshot.changes.iter().filter(|change| change.bond_state == bond_state::DUE) {
            self.add("collect_change_bond", change.address, build::collect_change_bond(pool, change));
        }
        for ballot in snapshot.ballots.iter().filter(|ballot| ballot.is_released(now)) {
            if ballot.appeal_bond_state == 1 {
                self.add("collect_appeal_bond", ballot.address, build::collect_appeal_bond(pool, ballot));
            }
        }
        for record in &snapshot.records {
            let Some(ballot) = snapshot.ballot(&record.ballot) else { continue };
            let Some(voter) = snapshot.voter(&record.voter) else { continue };
            if ballot.is_released(now) {
                let collect = build::collect_vote_reward(pool, record, &voter.owner, self.caller);
                self.add("collect_vote_reward", record.address, collect);
            }
        }
    }

    fn books(&mut self) {
        let (snapshot, pool) = (self.snapshot, &self.snapshot.pool);
        let today = day_of(snapshot.time);
        for product in &snapshot.products {
            let mut ring = product.cover_ring;
            let released = coverage_math::stream::roll(&mut ring, product.rolled_day, today);
            if today > product.rolled_day && released != Some(0) {
                self.add("roll_product", product.address, build::roll_product(pool, &product.address));
            }
        }
        if pool.owed().is_some_and(|owed| snapshot.vault > owed) {
            self.add("absorb_surplus", pool.address, build::absorb_surplus(pool));
        }
        if pool.treasury_due > 0 {
            self.add("collect_fees", pool.address, build::collect_fees(pool));
        }
        if snapshot.assembly.slashed > 0 {
            self.add("burn_slashed", snapshot.assembly.address, build::burn_slashed(&snapshot.assembly));
        }
    }

    fn closings(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for ballot in &snapshot.ballots {
            let over = ballot.verdict(now).is_some() && ballot.executed == 1;
            if over && ballot.live_records == 0 && ballot.appeal_bond_state != 1 {
                self.add("reclaim_ballot", ballot.address, build::reclaim_ballot(ballot, self.caller));
            }
        }
        for claim in &snapshot.claims {
            let ended =
                snapshot.incident(&claim.incident).is_some_and(|incident| incident.state != incident_state::OPEN);
            let paid = claim.state == claim_state::REJECTED
                || (claim.state == claim_state::SETTLED && claim.paid == claim.amount);
            if ended && paid && !claim.is_disputed() && claim.live_disputes == 0 {
                self.add("close_claim", claim.address, build::close_claim(claim, self.caller));
            }
        }
        for incident in &snapshot.incidents {
            let bond_gone =
                matches!(incident.bond_state, bond_state::COLLECTED | bond_state::SLASHED | bond_state::NONE);
            if incident.state != incident_state::OPEN && bond_gone && incident.live_accounts == 0 {
                self.add("close_incident", incident.address, build::close_incident(incident, self.caller));
            }
        }
        for change in snapshot.changes.iter().filter(|change| change.is_over(now)) {
            self.add("close_change", change.address, build::close_change(change, self.caller));
        }
        for policy in snapshot.policies.iter().filter(|policy| policy.is_over(now)) {
            let free = snapshot
                .product(&policy.product)
                .is_some_and(|product| !product.has_open_incident() && !product.may_be_reported_late(now));
            if free {
                self.add("close_policy", policy.address, build::close_policy(policy, self.caller));
            }
        }
        for epoch in snapshot.epochs.iter().filter(|epoch| epoch.tickets == 0) {
            let unused = epoch.settled == 0 && epoch.shares == 0 && epoch.day < day_of(now);
            if epoch.settled == 1 || unused {
                self.add("close_exit_epoch", epoch.address, build::close_exit_epoch(pool, epoch, self.caller));
            }
        }
    }
}
