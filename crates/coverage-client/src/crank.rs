//! What is due in a pool: every step that anyone may take now.

use crate::{pyth::PriceUpdate, snapshot::Snapshot, *};
use bytemuck::Zeroable;
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
    /// What to do when it is refused: the same without paying somebody whose token account takes nothing, so that they hold nobody
    /// up.
    pub otherwise: Option<Box<Crank>>,
}

/// Every crank that is due at the snapshot's time, in an order in which earlier ones do not hinder later ones. Some
/// make others due: ask again until there are none.
///
/// A crank can fail all the same: another keeper was faster, or the one who is paid has no token account.
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
    for update in prices {
        let Some(price) = update.price() else { continue };
        let of_feed = |product: &&At<Product>| {
            let by_price = product.check_trigger(Trigger::Price).is_ok();
            by_price && product.trigger_source == update.feed && product.price.exponent == update.exponent
        };
        for product in snapshot.products.iter().filter(of_feed) {
            let mut add = |name, subject, instruction| {
                cranks.push(Crank { name, subject, instructions: vec![instruction], otherwise: None });
            };
            let is_void = |it: &&At<Incident>| {
                it.product == product.address && tried(&it.account, |it| it.refute(&price, product.price.strike, now))
            };
            for incident in snapshot.incidents.iter().filter(is_void) {
                add("refute_incident", incident.address, build::refute_incident(incident, &update.address));
            }
            if tried(&product.account, |it| it.price.refute(&price)) {
                add("refute_breach", product.address, build::refute_breach(&product.address, &update.address));
            } else if is_worth_showing(product, &price, now) {
                add("observe_price", product.address, build::observe_price(product, &update.address));
            }
        }
    }
    cranks
}

/// Of the longest gap between two prices of a breach, the part after which showing another is worth its fee: a half.
const GAP_PARTS: u32 = 2;

/// Whether a price begins a breach, takes it on by a good part of the longest gap, or ends it.
fn is_worth_showing(product: &Product, price: &Price, now: u64) -> bool {
    let (before, mut after) = (product.price, *product);
    if after.observe(price, now).is_err() {
        return false;
    }
    let PriceTrigger { measured_from, measured_until, started_at, awaits_recovery, .. } = after.price;
    let gap = measured_until.saturating_sub(before.measured_until);
    let changed = (started_at, awaits_recovery) != (before.started_at, before.awaits_recovery);
    changed || measured_from != before.measured_from || gap >= u64::from(before.max_gap / GAP_PARTS)
}

/// Whether something of a booking waits to be paid out, or a call settles the rest of it or at least half of what its bucket holds
/// when full, or of what falls due of it in as long.
fn is_worth_paying(booking: &Incident, books: &Pool, product: &Product, now: u64) -> bool {
    let payable = booking.payable(books, product, now).map_or(0, |(payable, _)| payable);
    let burst = product.draws.burst(books.day_capital.max(booking.approved)).unwrap_or(u64::MAX);
    let is_worth_settling = payable > 0 && (booking.unsettled() == Ok(payable) || payable >= burst / 2);
    is_worth_settling || (booking.is_booking() && booking.unpaid() != Ok(0))
}

/// Whether a step succeeds: the program's own transition, tried on a copy.
fn tried<T: Copy, R>(account: &T, step: impl FnOnce(&mut T) -> Result<R>) -> bool {
    step(&mut { *account }).is_ok()
}

struct Due<'a> {
    snapshot: &'a Snapshot,
    caller: &'a Address,
    cranks: Vec<Crank>,
}

impl Due<'_> {
    fn add(&mut self, name: &'static str, subject: Address, instruction: Instruction) {
        self.add_all(name, subject, vec![instruction]);
    }

    fn add_all(&mut self, name: &'static str, subject: Address, instructions: Vec<Instruction>) {
        self.cranks.push(Crank { name, subject, instructions, otherwise: None });
    }

    /// What to do when the last of them is refused.
    fn or_else(&mut self, name: &'static str, instruction: Instruction) {
        if let Some(last) = self.cranks.last_mut() {
            let (subject, instructions) = (last.subject, vec![instruction]);
            last.otherwise = Some(Box::new(Crank { name, subject, instructions, otherwise: None }));
        }
    }

    fn ballots(&mut self) {
        let now = self.snapshot.time;
        for ballot in &self.snapshot.ballots {
            if tried(&ballot.account, |it| it.close_round(now)) {
                self.add("close_ballot", ballot.address, build::close_ballot(&ballot.address, self.caller));
            }
        }
    }

    fn claims(&mut self) {
        let (snapshot, pool) = (self.snapshot, &self.snapshot.pool);
        for claim in &snapshot.claims {
            let Some(incident) = snapshot.incident(&claim.incident) else { continue };
            let ballot = snapshot.ballot(&claim.dispute_ballot);
            let is_final = ballot.is_some_and(|ballot| ballot.verdict(snapshot.time).is_ok());
            if claim.check_disputed().is_ok() && is_final {
                self.add("resolve_dispute", claim.address, build::resolve_dispute(pool, claim, self.caller));
            }
            let (policy, product) = (snapshot.policy(&claim.policy), snapshot.product(&incident.product));
            let (Some(policy), Some(product)) = (policy, product) else { continue };
            let pay = |it: &mut Claim, claimant: bool| {
                let (mut incident, mut policy) = (incident.account, policy.account);
                let (mut books, mut product) = quote::rolled(pool, product, snapshot.time)?;
                let pays = Pays { claimant, funder: claimant && it.has_waiting_bond() };
                it.pay(pays, &mut incident, &mut policy, &mut books, &mut product, snapshot.time)
            };
            if tried(&claim.account, |it| pay(it, true)) {
                self.add("payout", claim.address, build::payout(pool, &incident.product, claim, self.caller));
                if tried(&claim.account, |it| pay(it, false)) {
                    self.or_else("end_claim", build::end_claim(pool, &incident.product, claim, self.caller));
                }
            }
        }
    }

    /// What prices have shown: incidents of it, and the claims of everybody who is covered, who need do nothing.
    fn breaches(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        let Some(books) = snapshot.accrued() else { return };
        for product in &snapshot.products {
            let keys = IncidentKeys {
                incident: &NOBODY,
                bump: 0,
                product: &product.address,
                opener: self.caller,
                rent_payer: self.caller,
            };
            let open = |rolled: &mut Product| {
                let mut books = books;
                rolled.roll(&mut books, now)?;
                Incident::zeroed().open_by_price(&keys, &mut books, rolled, now)
            };
            if tried(&product.account, open) {
                let open = build::open_price_incident(pool, product, self.caller);
                self.add("open_price_incident", product.address, open);
            }
        }
        for incident in &snapshot.incidents {
            let keys = ClaimKeys {
                bump: 0,
                incident: &incident.address,
                policy: &NOBODY,
                claimant: &NOBODY,
                receiver: &NOBODY,
                funder: &NOBODY,
                rent_payer: self.caller,
            };
            let is_covered = |policy: &&At<Policy>| {
                let file =
                    |policy: &mut Policy| Claim::zeroed().file_breach(&keys, &mut { incident.account }, policy, now);
                policy.product == incident.product
                    && tried(&policy.account, file)
                    && snapshot.claim(&claim_address(&incident.address, &policy.address)).is_none()
            };
            // What a price has refuted will be rejected.
            for policy in snapshot.policies.iter().filter(|policy| incident.refuted == 0 && is_covered(policy)) {
                let file = build::claim_breach(pool, &incident.address, policy, self.caller);
                self.add_all("claim_breach", policy.address, file);
            }
        }
    }

    fn changes(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        let Some(books) = snapshot.accrued() else { return };
        let mut changes: Vec<_> = snapshot.changes.iter().collect();
        // In the order in which they were queued: what a later one has set no earlier one sets.
        changes.sort_by_key(|change| change.number);
        let mut after = books;
        for change in changes {
            let decide = |ballot: &At<Ballot>| {
                let (mut books, mut ballot) = (books, ballot.account);
                tried(&change.account, |it| it.decide(&mut books, &mut ballot, now))
            };
            if snapshot.ballot(&change.ballot).is_some_and(decide) {
                self.add("queue_change", change.address, build::queue_change(pool, change, self.caller));
            }
            let first_exit = snapshot.first_exit().map(|epoch| &epoch.account);
            let mut product = snapshot.product(&change.product).map(|product| product.account);
            let mut court = Assembly::zeroed();
            let named = change.named_court();
            let court = named.as_ref().map(|assembly| (assembly, &mut court));
            let mut pool_after = after;
            if { change.account }.apply(&mut pool_after, product.as_mut(), first_exit, court, now).is_ok() {
                after = pool_after;
                self.add("apply_change", change.address, build::apply_change(pool, change, self.caller));
            }
        }
    }

    /// Verdicts, ends of filings and settlements, each on the books that the steps before it leave behind.
    fn incidents(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        let Some(books) = snapshot.accrued() else { return };
        for incident in &snapshot.incidents {
            let Some(product) = snapshot.product(&incident.product) else { continue };
            let Ok((mut books, mut product)) = quote::rolled(&books, product, now) else { continue };
            let mut ballot = snapshot.ballot(&incident.ballot).map(|ballot| ballot.account);
            let policy = snapshot.policies.iter().find(|policy| policy.address == incident.policy);
            if let Some(policy) = policy.filter(|_| is_worth_paying(incident, &books, &product, now)) {
                let pay = build::pay_booking(pool, incident, policy, self.caller);
                self.add_all("pay_booking", incident.address, pay);
                if incident.payable(&books, &product, now).is_ok() {
                    self.or_else("settle_booking", build::settle_booking(pool, incident, policy, self.caller));
                }
            }
            let mut policy = policy.map(|policy| policy.account);
            let decide = |it: &mut Incident| it.decide(ballot.as_mut(), policy.as_mut(), &mut books, &mut product, now);
            if tried(&incident.account, decide) {
                self.add("decide_incident", incident.address, build::decide_incident(pool, incident, self.caller));
            }
            if tried(&incident.account, |it| it.end_filing(&mut books, &mut product, now)) {
                self.add("end_filing", incident.address, build::end_filing(incident, self.caller));
            }
            if incident.check_settleable(&product, now).is_ok() {
                let settle = build::settle_incident(pool, &product, incident, self.caller);
                self.add("settle_incident", incident.address, settle);
            }
            let mut books = pool.account;
            if tried(&incident.account, |it| it.settle_rest(&mut books)) {
                self.add("settle_rest", incident.address, build::settle_rest(pool, &incident.address));
            }
        }
    }

    fn exits(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        if let Some((epoch, mut books)) = snapshot.first_exit().zip(snapshot.accrued()) {
            if tried(&books, |it| it.pay_exits(&mut { epoch.account }, now)) {
                self.add("pay_exits", epoch.address, build::pay_exits(pool, self.caller));
            } else if books.needs_call(epoch, now) && books.call_exits(epoch, now).is_ok() {
                self.add("call_exits", epoch.address, build::call_exits(pool));
            }
        }
        for incident in &snapshot.incidents {
            for epoch in &snapshot.epochs {
                if tried(&incident.account, |it| it.release(&mut { epoch.account }, &mut { pool.account })) {
                    self.add("release_contested", incident.address, build::release_contested(incident, &epoch.address));
                }
            }
        }
        for ticket in &snapshot.tickets {
            let collect = |epoch: &At<ExitEpoch>| tried(&ticket.account, |it| it.collect(&mut { epoch.account }));
            if snapshot.epoch(ticket.epoch).is_some_and(collect) {
                self.add("collect_exit", ticket.address, build::collect_exit(pool, ticket, self.caller));
            }
        }
    }

    fn bonds_and_rewards(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for incident in &snapshot.incidents {
            if tried(&incident.account, Incident::collect_bond) {
                let collect = build::collect_incident_bond(pool, incident, self.caller);
                self.add_all("collect_incident_bond", incident.address, collect);
            }
        }
        for claim in &snapshot.claims {
            if tried(&claim.account, Claim::collect_dispute_bond) {
                let collect = build::collect_dispute_bond(pool, claim, self.caller);
                self.add_all("collect_dispute_bond", claim.address, collect);
            }
        }
        for change in &snapshot.changes {
            if tried(&change.account, Change::collect_bond) {
                let collect = build::collect_change_bond(pool, change, self.caller);
                self.add_all("collect_change_bond", change.address, collect);
            }
        }
        for ballot in &snapshot.ballots {
            if tried(&ballot.account, Ballot::take_appeal_bond) {
                let collect = build::collect_appeal_bond(pool, ballot, self.caller);
                self.add_all("collect_appeal_bond", ballot.address, collect);
            }
        }
        for record in &snapshot.records {
            let Some(ballot) = snapshot.ballot(&record.ballot) else { continue };
            let Some(voter) = snapshot.voter(&record.voter) else { continue };
            let is_final = ballot.verdict(now).is_ok();
            let release = build::release_vote(pool, ballot, record, &voter.owner, self.caller);
            if is_final && tried(&ballot.account, |it| it.take_reward(record, &mut { voter.account }, true)) {
                let collect = build::collect_vote_reward(pool, ballot, record, &voter.owner, self.caller);
                self.add_all("collect_vote_reward", record.address, collect);
                if record.released == 0 {
                    self.or_else("release_vote", release);
                }
            } else if record.released == 0 && ballot.verdict(now.saturating_sub(constants::DAY)).is_ok() {
                // Nobody could read it for a day: the stake is free all the same.
                self.add("release_vote", record.address, release);
            }
        }
    }

    fn books(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for product in &snapshot.products {
            let mut rolled = product.account;
            let releases =
                rolled.roll(&mut { pool.account }, now).is_ok() && rolled.active_cover < product.active_cover;
            if releases {
                self.add("roll_product", product.address, build::roll_product(pool, &product.address));
            }
        }
        if tried(&pool.account, |it| it.absorb_surplus(snapshot.vault)) {
            self.add("absorb_surplus", pool.address, build::absorb_surplus(pool));
        }
        if tried(&pool.account, Pool::pay_fees) {
            self.add_all("collect_fees", pool.address, build::collect_fees(pool, self.caller));
        }
        if snapshot.assembly.slashed > 0 {
            self.add("burn_slashed", snapshot.assembly.address, build::burn_slashed(&snapshot.assembly));
        }
    }

    fn closings(&mut self) {
        let (snapshot, pool, now) = (self.snapshot, &self.snapshot.pool, self.snapshot.time);
        for ballot in snapshot.ballots.iter().filter(|ballot| ballot.check_over(now).is_ok()) {
            self.add("reclaim_ballot", ballot.address, build::reclaim_ballot(ballot, self.caller));
        }
        for claim in &snapshot.claims {
            let incident = snapshot.incident(&claim.incident);
            if incident.is_some_and(|incident| claim.check_over(incident).is_ok()) {
                self.add("close_claim", claim.address, build::close_claim(claim, self.caller));
            }
        }
        for incident in snapshot.incidents.iter().filter(|incident| incident.check_over().is_ok()) {
            self.add("close_incident", incident.address, build::close_incident(incident, self.caller));
        }
        for change in snapshot.changes.iter().filter(|change| change.check_over(pool, now).is_ok()) {
            self.add("close_change", change.address, build::close_change(change, self.caller));
        }
        for policy in &snapshot.policies {
            let product = snapshot.product(&policy.product);
            if product.is_some_and(|product| policy.check_over(product, now).is_ok()) {
                self.add("close_policy", policy.address, build::close_policy(policy, self.caller));
            }
        }
        for epoch in snapshot.epochs.iter().filter(|epoch| epoch.dust().is_ok()) {
            self.add("close_exit_epoch", epoch.address, build::close_exit_epoch(pool, epoch, self.caller));
        }
        // Shares that their owners burned count as not redeemed: the account of those closes too, when somebody asks for it.
        for retired in snapshot.retired.iter().filter(|retired| retired.dust(retired.shares).is_ok()) {
            self.add("close_retired", retired.address, build::close_retired(pool, retired, self.caller));
        }
        for product in &snapshot.products {
            let leaves = |product: &mut Product| {
                let mut pool = snapshot.accrued().or_overflow()?;
                product.roll(&mut pool, now)?;
                product.leave(&mut pool, false)
            };
            if tried(&product.account, leaves) {
                self.add("close_product", product.address, build::close_product(product, self.caller, None));
            }
        }
        for voter in &snapshot.voters {
            if voter.leave(&mut { snapshot.assembly.account }).is_ok() {
                self.add("close_voter", voter.address, build::close_voter(voter, self.caller));
            }
        }
    }
}
