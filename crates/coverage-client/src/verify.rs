//! Whether a pool's books are true, from its accounts alone.
//!
//! Every bucket and every counter is computed a second time from the accounts that it sums up. Rules B1 to B8 are those
//! of the program's invariants; what only time can show of B6 to B8 (how the share price moved) is in the events, what
//! can be seen at one moment is in [`check`], and all of it in [`history`]. E says that accounts are counted, so that what was
//! opened can be closed; S is the assembly's stake.

use crate::{snapshot::Snapshot, *};
use coverage_math::{DAY, RING_DAYS, contested, day_of, shares, start_of, stream::RATE_BITS};
use std::{collections::BTreeMap, fmt};

/// One statement about the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The rule: B1 to B8, E or S.
    pub rule: &'static str,
    /// What must hold, in words.
    pub text: String,
    /// What was found; the reason when it does not hold.
    pub found: String,
    /// Whether it holds.
    pub holds: bool,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.rule, self.text, self.found)
    }
}

/// Checks every rule.
#[must_use]
pub fn check(snapshot: &Snapshot) -> Vec<Statement> {
    let mut proof = Proof { s: snapshot, statements: Vec::new() };
    proof.vault();
    proof.capacity();
    proof.seasons();
    proof.policies();
    proof.counters();
    proof.liens();
    proof.lines();
    proof.shares();
    proof.payments();
    proof.premiums();
    proof.price();
    proof.exits();
    proof.contested();
    proof.stakes();
    proof.statements.sort_by_key(|statement| statement.rule);
    proof.statements
}

/// Checks how the capital moved in a pool's `events`, the oldest first, up to the books that `pool` has now.
///
/// B6 to B8, to the atom and one event after the other: capital falls by what is settled, drawn or leaves, rises by what is
/// deposited, both at the price of that moment, and otherwise only by what time has earned.
#[must_use]
pub fn history(pool: &Pool, events: &[Event]) -> Vec<Statement> {
    let mut last: Option<Books> = None;
    let (mut moved, mut supply, mut dearer, mut cheaper, mut fell, mut rose) = (0, 0, None, None, None, None);
    // What was settled of each booking, and of it what leavers paid.
    let mut bookings = BTreeMap::<Address, (u64, u64)>::new();
    // What the capital gave to the claims of each incident before it was settled.
    let mut on_account = BTreeMap::<Address, i128>::new();
    for event in events {
        let Some((books, earned)) = event.books() else { continue };
        moved += 1;
        let old = last.replace(books);
        let before = old.map(|last| i128::from(last.capital).saturating_add(earned.into()));
        let capital = before.and_then(|before| u64::try_from(before).ok());
        let is_worth = |shares: u64, left: u64, amount: u64| {
            let worth = |capital| shares::assets_for_shares(shares, capital, left.saturating_add(shares));
            capital.and_then(worth).is_none_or(|worth| amount <= worth)
        };
        let change = match event {
            Event::Deposited(event) => {
                let before = event.supply.saturating_sub(event.shares);
                let minted = |capital| shares::shares_for_deposit(event.amount, capital, before);
                // The price includes income that streams already, which is part of what is unearned.
                let bounds = capital
                    .and_then(|capital| Some(minted(capital.saturating_add(books.unearned))?..=minted(capital)?));
                if bounds.is_some_and(|bounds| !bounds.contains(&event.shares)) {
                    dearer.get_or_insert(moved);
                }
                supply = event.supply;
                i128::from(event.amount)
            }
            Event::ExitsPaid(event) => {
                supply = event.supply;
                let worth = event.paid.saturating_add(event.contested);
                if !is_worth(event.burned, event.supply, worth) {
                    cheaper.get_or_insert(moved);
                }
                -i128::from(worth)
            }
            Event::Withdrawn(event) => {
                supply = event.supply;
                if !is_worth(event.shares, event.supply, event.amount) {
                    cheaper.get_or_insert(moved);
                }
                -i128::from(event.amount)
            }
            Event::SharesRetired(event) => {
                supply = 0;
                -i128::from(event.capital)
            }
            // What is settled is payable until it is paid; leavers give a part of it.
            Event::ClaimPaid(event) => {
                let old = old.unwrap_or(books);
                let paid = i128::from(event.amount);
                let settled = i128::from(books.payable).saturating_add(paid).saturating_sub(old.payable.into());
                let own = settled.saturating_sub(i128::from(old.contested).saturating_sub(books.contested.into()));
                let sum = on_account.entry(event.incident).or_default();
                *sum = sum.saturating_add(own);
                own.saturating_neg()
            }
            Event::IncidentSettled(event) => {
                let own = i128::from(event.settled.saturating_sub(event.contested));
                on_account.remove(&event.incident).unwrap_or(0).saturating_sub(own)
            }
            Event::RestSettled(event) => -i128::from(event.more),
            Event::CoverDrawn(event) => -i128::from(event.paid),
            Event::BookingPaid(event) => {
                let now = (event.settled, event.contested);
                let before = bookings.insert(event.incident, now).unwrap_or_default();
                let own = |(settled, contested): (u64, u64)| i128::from(settled.saturating_sub(contested));
                own(before).saturating_sub(own(now))
            }
            _ => 0,
        };
        // Before the first event nothing is known, unless it is the first of all.
        let Some(expected) = before.map(|before| before.saturating_add(change)) else { continue };
        if i128::from(books.capital) < expected {
            fell.get_or_insert(moved);
        } else if i128::from(books.capital) > expected {
            rose.get_or_insert(moved);
        }
    }
    let state = |rule, text: &str, broken: Option<u64>| Statement {
        rule,
        text: text.into(),
        found: broken.map_or_else(|| format!("{moved} events"), |at| format!("not event {at} of {moved}")),
        holds: broken.is_none(),
    };
    let ends = last.is_none_or(|last| last == pool.books()) && (supply == 0 || supply == pool.shares);
    vec![
        state("B6", "capital fell only by what was settled, drawn or left", fell),
        state("B7", "capital rose only by what was deposited or time had earned", rose),
        state("B7", "shares were minted at the price of the moment, with income that streams", dearer),
        state("B7", "the events lead to the pool's books", (!ends).then_some(moved)),
        state("B8", "those who left took no more along than the price of the moment", cheaper),
    ]
}

struct Proof<'a> {
    s: &'a Snapshot,
    statements: Vec<Statement>,
}

/// How many accounts of a list something holds of.
fn count<T>(list: &[At<T>], holds: impl Fn(&T) -> bool) -> u128 {
    list.iter().filter(|account| holds(account)).count() as u128
}

/// A sum that cannot overflow.
fn sum(numbers: impl Iterator<Item = u64>) -> u128 {
    numbers.map(u128::from).sum()
}

impl Proof<'_> {
    fn note(&mut self, rule: &'static str, text: &str, found: String, holds: bool) {
        self.statements.push(Statement { rule, text: text.into(), found, holds });
    }

    fn same(&mut self, rule: &'static str, text: &str, left: impl Into<u128>, right: impl Into<u128>) {
        let (left, right) = (left.into(), right.into());
        let sign = if left == right { "=" } else { "≠" };
        self.note(rule, text, format!("{left} {sign} {right}"), left == right);
    }

    fn at_most(&mut self, rule: &'static str, text: &str, left: impl Into<u128>, right: impl Into<u128>) {
        let (left, right) = (left.into(), right.into());
        let sign = if left <= right { "≤" } else { ">" };
        self.note(rule, text, format!("{left} {sign} {right}"), left <= right);
    }

    /// States that something holds of each account of a list; the first of which it does not is named.
    fn each<T>(&mut self, rule: &'static str, text: &str, list: &[At<T>], holds: impl Fn(&At<T>) -> bool) {
        let broken = list.iter().find(|account| !holds(account));
        let found =
            broken.map_or_else(|| format!("{} of them", list.len()), |broken| format!("not {}", broken.address));
        self.note(rule, text, found, broken.is_none());
    }

    /// B1 and solvency: the vault holds the buckets, and each bucket holds what it owes to accounts.
    fn vault(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let buckets = [
            pool.capital,
            pool.unearned,
            pool.payable,
            pool.exits_due,
            pool.contested,
            pool.bonds,
            pool.assessors,
            pool.treasury_due,
        ];
        self.at_most("B1", "the vault holds the sum of the buckets", sum(buckets.into_iter()), s.vault);

        let payable = sum(s.incidents.iter().map(|incident| incident.settled.saturating_sub(incident.paid)));
        self.same("B1", "payable is what settled incidents still owe", pool.payable, payable);
        let exits = s.epochs.iter().map(|epoch| epoch.paid.saturating_sub(epoch.collected));
        let exits = sum(exits.chain(s.retired.iter().map(|retired| retired.capital)));
        self.same("B1", "exits due is what paid epochs and retired shares still have", pool.exits_due, exits);
        self.same(
            "B1",
            "bonds are those of incidents, claims, disputes, appeals and changes",
            pool.bonds,
            self.bonds(),
        );
        let rewards = sum(s.ballots.iter().map(|ballot| ballot.reward_left));
        self.same("B1", "rewards reserved are those of the ballots", pool.rewards_reserved, rewards);
        self.at_most("B1", "the assessors' fund holds the rewards reserved", pool.rewards_reserved, pool.assessors);
    }

    /// The bonds that accounts say are held.
    fn bonds(&self) -> u128 {
        let s = self.s;
        let incidents = s
            .incidents
            .iter()
            .filter(|incident| !BondState::is_gone(incident.bond_state))
            .map(|incident| incident.bond);
        let has_bond = |claim: &&At<Claim>| claim.has_ended() == Ok(false) || claim.has_waiting_bond();
        let claims = s.claims.iter().filter(has_bond).map(|claim| claim.bond);
        let is_disputed = |claim: &&At<Claim>| !BondState::is_gone(claim.dispute_bond_state);
        let disputes = s.claims.iter().filter(is_disputed).map(|claim| claim.dispute_bond);
        let appeals = s.ballots.iter().filter(|ballot| ballot.holds_bond()).map(|ballot| ballot.appeal_bond);
        let changes =
            s.changes.iter().filter(|change| !BondState::is_gone(change.bond_state)).map(|change| change.bond);
        // What is paid for the votes on a change waits with its bond.
        let is_unread = |change: &&At<Change>| change.state() == Ok(ChangeState::Proposed);
        let on_changes = s.changes.iter().filter(is_unread).filter_map(|change| s.ballot(&change.ballot));
        let votes = on_changes.map(|ballot| ballot.reward_pot);
        sum(incidents.chain(claims).chain(disputes).chain(appeals).chain(changes).chain(votes))
    }

    /// B2: active cover is what policies and rings say, in the pool, its groups and its products.
    fn capacity(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        self.same(
            "B2",
            "active cover is what the pool's days will release",
            pool.active_cover,
            sum(pool.cover_ring.into_iter()),
        );
        self.each("B2", "a product's active cover is what its days will release", &s.products, |product| {
            u128::from(product.active_cover) == sum(product.cover_ring.into_iter().chain([product.overdue]))
        });
        for (group, active) in pool.group_active.iter().enumerate() {
            let of_group = |product: &&At<Product>| usize::from(product.group) == group && !product.has_open_incident();
            let products = s.products.iter().filter(of_group);
            let of_products = sum(products.map(|product| product.active_cover));
            if *active != 0 || of_products != 0 {
                let text = format!("active cover of group {group} is that of its products");
                self.same("B2", &text, *active, of_products);
            }
        }
        for (group, liened) in pool.group_liened.iter().enumerate() {
            let of_group = |product: &&At<Product>| usize::from(product.group) == group && product.has_open_incident();
            let of_products = sum(s.products.iter().filter(of_group).map(|product| product.active_cover));
            if *liened != 0 || of_products != 0 {
                let text = format!("liened cover of group {group} is that of its products");
                self.same("B2", &text, *liened, of_products);
            }
        }
        // Brought up to the same day, the products together carry what the pool carries.
        let mut books = pool.account;
        let (mut free, mut liened) = (0u128, 0u128);
        for product in &s.products {
            let mut product = product.account;
            let cover = product.roll(&mut books, pool.accrued_at).map_or(u64::MAX, |()| product.active_cover);
            *(if product.has_open_incident() { &mut liened } else { &mut free }) += u128::from(cover);
        }
        self.same("B2", "active cover is that of the products without an open incident", pool.active_cover, free);
        self.same("B2", "liened cover is that of the others", books.liened_cover, liened);
        let today = day_of(pool.accrued_at);
        // What was given back of a policy today or yesterday is held by none, and released at one of the next two midnights.
        let text = "a product's active cover, but for what is overdue, is what its policies hold, and what was given back for two midnights at most";
        self.each("B2", text, &s.products, |product| {
            let Ok((_, rolled)) = quote::rolled(pool, product, pool.accrued_at) else { return false };
            let held = |from: u64, to: u64| {
                let of_days = |it: &&At<Policy>| it.product == product.address && (from..to).contains(&it.release_day);
                sum(s.policies.iter().filter(of_days).map(|policy| policy.held))
            };
            let (tomorrow, later) = (today.saturating_add(1), today.saturating_add(3));
            let soon = sum((tomorrow..later).filter_map(|day| {
                let slot = usize::try_from(day).ok()? % RING_DAYS;
                rolled.cover_ring.get(slot).copied()
            }));
            let active = u128::from(rolled.active_cover.saturating_sub(rolled.overdue));
            soon >= held(tomorrow, later) && active.checked_sub(soon) == Some(held(later, u64::MAX))
        });
    }

    /// B2: only shares that stayed for all of a season carry cover.
    fn seasons(&mut self) {
        let pool = &self.s.pool;
        let today = day_of(pool.accrued_at);
        let least = pool.seasoned_on(today, today).map_or(u128::MAX, u128::from);
        self.same("B2", "seasoned shares are the least of the season's days", pool.seasoned_shares, least);
        let staying = pool.staying_shares().unwrap_or(0);
        self.at_most("B2", "and not on their way out", pool.seasoned_shares, staying);
        let streams = pool.income_end_day <= today || pool.income_rate <= pool.rate;
        self.note("B7", "income that no premium paid for is among the streams", pool.income_rate.to_string(), streams);
    }

    /// B2 and B4: what policies hold, were refunded and have booked.
    fn policies(&mut self) {
        let s = self.s;
        self.each("B2", "a policy holds at most its sum insured, and was bought for no less", &s.policies, |policy| {
            policy.held <= policy.amount && policy.amount <= policy.bought
        });
        self.each(
            "B4",
            "payments give back at most what a cancellation refunded, and no more than was paid",
            &s.policies,
            |policy| {
                policy.given_back <= policy.cancel_refund.min(policy.paid)
                    && policy.cancel_refund <= policy.refunded
                    && policy.paid <= policy.claimed
            },
        );
        let broken = s.policies.iter().find(|policy| {
            let waits = |it: &&At<Incident>| it.check_open().is_ok() || it.unpaid() != Ok(0);
            let of_policy = |it: &&At<Incident>| it.is_booking() && it.policy == policy.address;
            let bookings = || s.incidents.iter().filter(of_policy).filter(waits);
            let reserved = sum(bookings().map(|booking| booking.approved));
            bookings().count() as u128 > u128::from(policy.open_claims) || reserved > u128::from(policy.claimed)
        });
        let found = broken.map_or_else(|| format!("{} of them", s.policies.len()), |at| format!("not {}", at.address));
        self.note("B4", "bookings that wait are reserved of their policies", found, broken.is_none());
    }

    /// E: accounts are counted by those that cannot be closed before them.
    fn counters(&mut self) {
        let s = self.s;
        self.each("E", "a product counts its policies and incidents", &s.products, |product| {
            let open = |opened: u64, closed: u64| opened.checked_sub(closed).map(u128::from);
            let policies = open(product.policies_sold, product.policies_closed);
            let incidents = open(product.incident_count.into(), product.incidents_closed.into());
            policies == Some(count(&s.policies, |it| it.product == product.address))
                && incidents == Some(count(&s.incidents, |it| it.product == product.address))
        });
        let lists = [s.products.len(), s.changes.len(), s.epochs.len(), s.retired.len(), s.ballots.len()];
        let children = lists.into_iter().fold(0u128, |sum, length| sum.saturating_add(length as u128));
        self.same("E", "the pool counts its accounts", s.pool.children, children);
        self.same("E", "the assembly counts its voters", s.assembly.voter_count, s.voters.len() as u128);
        self.at_most("E", "and the pool", 1u128, s.assembly.pools);
    }

    /// The lines that set something aside: of the products with open incidents, and of open bookings.
    fn open_lines(&self) -> Vec<Line> {
        let products = self.s.products.iter().filter(|it| it.trigger != Trigger::Authority.byte());
        let lines = products.map(|product| product.line).chain(self.s.incidents.iter().map(|booking| booking.line));
        lines.filter(|line| line.open > 0).collect()
    }

    /// B2: liens are those of the products with open incidents and of open bookings, and no more capital is set aside than
    /// there is.
    fn liens(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let lines = self.open_lines();
        let scaled = |line: &Line, per_unit: Wide| {
            contested::rescale(per_unit.get(), pool.index().doublings_since(line.reported.get()))
        };
        let all = |lines: &mut dyn Iterator<Item = &Line>| {
            lines.map(|line| scaled(line, line.set_aside)).fold(0u128, u128::saturating_add)
        };
        let bookings = s.incidents.iter().map(|booking| &booking.line).filter(|line| line.open > 0);
        let paid = bookings.map(|line| scaled(line, line.paid)).fold(0u128, u128::saturating_add);
        let accounts = s.incidents.iter().filter(|incident| incident.check_open().is_ok());
        let on_account = accounts.map(|incident| {
            let doublings = pool.index().doublings_since(incident.part.reported.get());
            contested::rescale(incident.early_paid.get(), doublings)
        });
        let paid = on_account.fold(paid, u128::saturating_add);
        let sure = lines.iter().map(|line| scaled(line, line.sure)).fold(0u128, u128::saturating_add);
        let accepted = all(&mut lines.iter().filter(|line| line.accepted > 0));
        let all = all(&mut lines.iter());
        // Each line's part is rounded up for itself when the index doubles.
        let parts = s.products.len().saturating_add(s.incidents.len()) as u128;
        let rounding = u128::from(pool.index.shift).saturating_mul(parts.saturating_add(1));
        for (text, found, expected) in [
            ("liens are those of the products and bookings", pool.liens.get(), all),
            ("accepted liens are those of them that come before draws", pool.accepted_liens.get(), accepted),
            ("what accepted incidents are sure to get is counted", pool.sure_liens.get(), sure),
            ("what was paid of bookings, and on account, is counted", pool.early_paid.get(), paid),
        ] {
            self.note("B2", text, format!("{found} per unit"), found.abs_diff(expected) <= rounding);
        }
        let accepted = count(&s.incidents, |it| !it.is_booking() && it.state == IncidentState::Accepted.byte());
        let challenged = count(&s.incidents, |it| it.is_booking() && it.state == IncidentState::Open.byte());
        self.same("B2", "what bookings wait for is counted", pool.rivals, accepted.saturating_add(challenged));
        let held = sum(s.incidents.iter().map(|incident| incident.held_back));
        self.same("B2", "what is held back is held back for incidents", pool.held_back, held);
        let holding = count(&s.incidents, |incident| incident.held_back > 0);
        self.same("B2", "incidents for which something is held back are counted", pool.held_incidents, holding);
        self.at_most("B2", "what is set aside is capital", pool.set_aside().unwrap_or(u64::MAX), pool.capital);
        let sure = pool.index().own(pool.sure_liens.get()).unwrap_or(u64::MAX);
        self.at_most(
            "B2",
            "what incidents are sure to get is there",
            sure,
            u128::from(pool.capital).saturating_add(parts),
        );
    }

    /// B2: the incidents of a product stand in line behind its first, and the pool counts what they wait for.
    fn lines(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let is_open = |incident: &Incident| {
            let ended = [IncidentState::Settled, IncidentState::Rejected].map(IncidentState::byte);
            !ended.contains(&incident.state)
        };
        self.same("B2", "open incidents are counted", pool.open_incidents, count(&s.incidents, is_open));
        let of = |product: &At<Product>| {
            let product = product.address;
            s.incidents.iter().filter(move |incident| incident.product == product)
        };
        let broken = s.products.iter().find(|product| {
            let line = &product.line;
            let open = of(product).filter(|incident| is_open(incident));
            let undecided = of(product).filter(|incident| incident.check_undecided().is_ok()).count() as u128;
            let stands = if line.open == 0 || product.trigger == Trigger::Authority.byte() {
                open.count() as u128 == u128::from(line.open)
            } else {
                let ends = line.head.checked_add(line.open) == Some(product.incident_count);
                ends && open.clone().all(|incident| incident.index >= line.head)
                    && open.count() as u128 == u128::from(line.open)
            };
            let accepted = |incident: &&At<Incident>| incident.state == IncidentState::Accepted.byte();
            let accepted = of(product).filter(accepted).count() as u128;
            !stands || undecided != u128::from(line.undecided) || accepted != u128::from(line.accepted)
        });
        let found = broken.map_or_else(|| format!("{} of them", s.products.len()), |at| format!("not {}", at.address));
        self.note(
            "B2",
            "a product's open incidents stand in its line, and are undecided or accepted as it says",
            found,
            broken.is_none(),
        );
        let lines = self.open_lines();
        let current = lines.len() as u128;
        self.same("B2", "products with an open incident and bookings are counted", pool.current_incidents, current);
        let fresh = lines.iter().filter(|line| line.reported == pool.index).count() as u128;
        self.same("B2", "and those reported on since somebody left", pool.fresh_incidents, fresh);
        let in_time =
            |incident: &Incident| incident.state == IncidentState::Accepted.byte() && incident.filing_ended == 0;
        let over = |incident: &Incident| in_time(incident) && day_of(incident.filing_ends_at) <= pool.filing_day;
        self.same("B2", "filings that are over and not ended are counted", pool.filings_due, count(&s.incidents, over));
        let coming = count(&s.incidents, in_time).saturating_sub(count(&s.incidents, over));
        let expected = sum(pool.filing_ring.into_iter().map(u64::from));
        self.same("B2", "filings that are not over are expected on their days", expected, coming);
    }

    /// B8: exits leave in order, and every ticket has its part of what its epoch was paid.
    fn exits(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let mut epochs: Vec<_> = s.epochs.iter().collect();
        epochs.sort_by_key(|epoch| epoch.number);
        let waiting = epochs.iter().filter(|epoch| epoch.number >= pool.exit_head).count() as u128;
        let wait = pool.exit_count.saturating_sub(pool.exit_head);
        self.same("B8", "every exit epoch that waits is there", wait, waiting);
        let broken = epochs.iter().find(|epoch| {
            let number = epoch.number;
            if number < pool.exit_head {
                !epoch.is_paid()
            } else {
                epoch.is_paid() || (epoch.is_begun() && number > pool.exit_head)
            }
        });
        let found = broken.map_or_else(|| format!("{} of them", epochs.len()), |at| format!("not {}", at.address));
        self.note("B8", "epochs are paid in full before later ones begin", found, broken.is_none());
        let ordered = epochs.windows(2).all(|pair| pair[0].day < pair[1].day);
        let last = epochs.last().filter(|_| pool.has_exits()).is_none_or(|epoch| epoch.day == pool.exit_tail_day);
        self.note("B8", "later epochs have later days", format!("up to day {}", pool.exit_tail_day), ordered && last);
        let broken = s.epochs.iter().find(|epoch| {
            let tickets = || s.tickets.iter().filter(|ticket| ticket.epoch == epoch.number);
            let (shares, paid) = (sum(tickets().map(|it| it.shares)), sum(tickets().map(|it| it.paid)));
            let (all, collected) = (u128::from(epoch.shares), u128::from(epoch.collected));
            // Tickets are closed once the epoch is over.
            let whole = epoch.is_over() || (shares == all && paid == collected);
            tickets().count() as u128 != u128::from(epoch.tickets) || !whole || shares > all || paid > collected
        });
        let found = broken.map_or_else(|| format!("{} of them", s.epochs.len()), |at| format!("not {}", at.address));
        self.note("B8", "an epoch's tickets are its shares, and took what it paid out", found, broken.is_none());
    }

    /// B2 and B8: what those who left have in incidents is in the bucket, and their epochs count in how many.
    fn contested(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let (mut atoms, mut parts, mut counted) = (0u128, 0u128, BTreeMap::<u64, u32>::new());
        for incident in &s.incidents {
            for (number, amount, is_all) in s.contested_in(incident) {
                atoms = atoms.saturating_add(amount.into());
                parts = parts.saturating_add(1);
                let count = counted.entry(number).or_default();
                *count = count.saturating_add(u32::from(is_all));
            }
        }
        // Rounded in the leavers' disfavour for each epoch and incident, what they have is there but for an atom.
        let there = u128::from(pool.contested).saturating_add(parts);
        self.at_most("B2", "contested is at least what leavers have in incidents", atoms, there);
        self.each("B8", "an epoch counts the incidents that it has a part in", &s.epochs, |epoch| {
            epoch.contested_incidents == counted.get(&epoch.number).copied().unwrap_or(0)
        });
        let owing = count(&s.incidents, |incident| {
            let part = &incident.part;
            part.ended_at.is_set() && part.was_left() && !part.is_released()
        });
        self.same("B8", "ended incidents that owe something to leavers are counted", pool.contested_incidents, owing);
    }

    /// B3: every share is in a token account.
    fn shares(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        self.same("B3", "shares in wallets and in escrow are the mint's supply", s.share_holdings, s.share_supply);
        self.at_most("B3", "no share exists that the pool did not count", s.share_supply, pool.shares);
        self.at_most("B3", "the escrow holds the shares on their way out", pool.exiting_shares, s.exit_escrow);
        let waiting = sum(s.epochs.iter().map(|epoch| epoch.shares.saturating_sub(epoch.burned)));
        self.same("B3", "shares on their way out wait in epochs", pool.exiting_shares, waiting);
    }

    /// B4: nobody is paid more than is owed.
    fn payments(&mut self) {
        let s = self.s;
        self.each(
            "B4",
            "a policy pays at most what was claimed, and claims at most its amount",
            &s.policies,
            |policy| policy.paid <= policy.claimed && policy.claimed <= policy.amount,
        );
        self.each(
            "B4",
            "an incident pays at most what was settled, and settles at most what was approved",
            &s.incidents,
            |incident| incident.paid <= incident.settled && incident.settled <= incident.approved.max(incident.filed),
        );
        self.each("B4", "a claim is paid at most its amount", &s.claims, |claim| claim.paid <= claim.amount);
        let claims = s.incidents.iter().find(|incident| {
            let claims = s.claims.iter().filter(|claim| claim.incident == incident.address);
            sum(claims.map(|claim| claim.paid)) > u128::from(incident.paid)
        });
        let found = claims.map_or_else(|| format!("{} of them", s.incidents.len()), |at| format!("not {}", at.address));
        self.note("B4", "an incident has paid what its claims were paid", found, claims.is_none());
        let pool = &s.pool;
        let parts = u128::from(pool.claims_paid).saturating_add(pool.payable.into());
        self.same("B4", "what was settled was paid or can be collected", pool.claims_settled, parts);
    }

    /// B5: no atom of a premium is lost.
    fn premiums(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let income = sum([pool.premiums_paid, pool.other_income].into_iter());
        let parts = [
            pool.commissions_paid,
            pool.protocol_fees,
            pool.assessor_fees,
            pool.income_earned,
            pool.unearned,
            pool.premiums_refunded,
        ];
        let text = "premiums and other income are commission, fees, earned, unearned and refunded";
        self.same("B5", text, income, sum(parts.into_iter()));
        self.each("B5", "a policy's premium is the sum of its parts", &s.policies, |policy| {
            let parts = [policy.commission, policy.protocol_fee, policy.assessor_fee, policy.unearned_premium];
            u128::from(policy.premium) == sum(parts.into_iter()) && policy.refunded <= policy.unearned_premium
        });
    }

    /// B6 and B7, as far as one moment shows them: capital leaves through settlements that are counted, and what is not
    /// yet earned is exactly what the running streams will earn, second by second.
    fn price(&mut self) {
        let (s, pool) = (self.s, &self.s.pool);
        let settled = sum(s.incidents.iter().map(|incident| incident.settled));
        self.at_most("B6", "all that incidents got was settled from the pool", settled, pool.claims_settled);
        let unearned = u128::from(pool.unearned) << RATE_BITS;
        let (streams, ended) = streams(pool);
        self.same("B7", "what is unearned is what the streams will earn (× 2^26)", unearned, streams);
        self.note("B7", "every stream ends within 512 days", format!("{ended}"), ended);
    }

    /// S: the stake vault holds the stakes.
    fn stakes(&mut self) {
        let (s, assembly) = (self.s, &self.s.assembly);
        let owed = sum([assembly.total_staked, assembly.total_unstaking, assembly.slashed].into_iter());
        self.at_most("S", "the stake vault holds the stakes", owed, s.stake_vault);
        self.same(
            "S",
            "stake is that of the voters",
            assembly.total_staked,
            sum(s.voters.iter().map(|voter| voter.staked().unwrap_or(0))),
        );
        let leaving = sum(s.voters.iter().map(|voter| voter.unstaking));
        self.same("S", "stake on its way out is that of the voters", assembly.total_unstaking, leaving);
    }
}

/// What the running streams will earn from the last accrual on, with the fraction that is kept, atoms × 2^26; and whether
/// all of them end.
fn streams(pool: &Pool) -> (u128, bool) {
    let (mut rate, mut earned) = (pool.rate, u128::from(pool.rate_fraction));
    let (mut from, today) = (pool.accrued_at, day_of(pool.accrued_at));
    for day in (1..=512).map(|days| today.saturating_add(days)) {
        let until = start_of(day).unwrap_or_else(|| from.saturating_add(DAY));
        earned = earned.saturating_add(u128::from(rate).saturating_mul(u128::from(until.saturating_sub(from))));
        let slot = usize::try_from(day % 512).unwrap_or(0);
        rate = rate.saturating_sub(pool.rate_ring[slot]);
        from = until;
    }
    (earned, rate == 0)
}
