//! Several steps that belong together, and how lives end.

use crate::{
    play::Play,
    sites::{DRAWER, LPS, VOTERS},
    steps::{Limit, Sight, Size, Step, level_of},
};
use coverage_model::{
    self as model, Atoms, Cancelled, ClaimState, DAY, Epoch, Mark, Model, Phase, Policy, Trigger, day_of,
};

impl Play<'_> {
    /// The whole way of an incident from its votes and claims to its last payment.
    pub fn resolve(&mut self, number: usize, side: u8) {
        if self.undecided().is_empty() {
            self.take(&Step::Open { product: number, ago: 0 });
        }
        let open = self.undecided();
        if let Some(incident) = number.checked_rem(open.len()).map(|number| open[number]) {
            self.conclude(&[incident], number, side);
        }
    }

    /// Incidents of which votes are taken.
    fn undecided(&self) -> Vec<usize> {
        let Model { incidents, ballots, now, .. } = &self.model;
        let undecided = |incident: &usize| {
            let round = incidents[*incident].ballot.map(|ballot| ballots[ballot].round());
            round.is_some_and(|round| round.closed_at.is_none() && round.closes_at > *now)
        };
        (0..incidents.len()).filter(undecided).collect()
    }

    /// Somebody rich buys all cover that a pool has, of product after product. Returns the products.
    pub fn fill(&mut self, pool: usize) -> Vec<usize> {
        let products: Vec<_> =
            (0..self.model.products.len()).filter(|product| self.model.products[*product].pool == pool).collect();
        for product in &products {
            let (who, holder, size) = (3, Some(3), Size::Edge(0));
            let (product, term_days, commission_bps, limit) = (*product, 30, 0, Limit::Free);
            self.take(&Step::Buy { product, who, holder, size, term_days, commission_bps, limit });
        }
        products
    }

    /// There is capital to lose, in case everybody has left. It stays for a season.
    fn bring_capital(&mut self, pool: usize) {
        let (size, limit, sight) = (Size::Part(2_000), Limit::Free, Sight::Clear);
        self.take(&Step::Deposit { pool, who: 2, size, limit, sight });
        let season = u64::from(self.model.pools[pool].params.season_days);
        self.wait_until((day_of(self.model.now) + season + 1) * DAY);
    }

    /// A pool is full of cover and everyone wants to leave: they do as far as cover lets them, day after day.
    pub fn rush(&mut self, pool: usize) {
        self.fill(pool);
        for who in 0..LPS.len() {
            self.take(&Step::RequestExit { pool, who, size: Size::Part(9_000), off: 0 });
        }
        self.wait_for_exits(pool);
        for _ in 0..3 {
            self.take(&Step::PayExits { pool, any: None });
            let tickets = self.model.tickets.iter().filter(|ticket| !ticket.closed).count();
            self.take(&Step::CollectExit { ticket: tickets.saturating_sub(1) });
            self.take(&Step::CallExits { pool, any: None });
            self.take(&Step::Wait { seconds: DAY });
        }
    }

    /// Time passes until the first epoch of a pool can be paid.
    pub fn wait_for_exits(&mut self, pool: usize) {
        if let Some(epoch) = self.model.first_epoch(pool) {
            self.wait_until(self.model.epochs[epoch].day * DAY);
        }
    }

    /// What keeps the exits of a pool from being paid is done first; then they are paid.
    pub fn let_go(&mut self, pool: usize) {
        for incident in 0..self.model.incidents.len() {
            let here = &self.model.incidents[incident];
            let over = here.filing_ends_at.is_some_and(|end| end <= self.model.now);
            if here.pool == pool && over && !here.filing_ended {
                self.taking(&Step::EndFiling { incident }, |play, step| play.end_filing(step, incident));
            }
        }
        self.take(&Step::PayExits { pool, any: None });
    }

    /// Several reports on a product, one after the other, with LPs who leave between them; and the end of them all.
    pub fn line(&mut self, product: usize, number: usize) {
        let pool = self.model.products[product].pool;
        self.bring_capital(pool);
        let (who, holder, size, limit) = (3, Some(3), Size::Part(5_000), Limit::Free);
        self.take(&Step::Buy { product, who, holder, size, term_days: 60, commission_bps: 0, limit });
        self.take(&Step::Wait { seconds: 2 * DAY });
        let before = self.model.incidents.len();
        for turn in 0..2 + number % 3 {
            self.open(&Step::Open { product, ago: 1 }, product, 1);
            let live = |policy: &Policy| policy.product == product && !policy.closed;
            if let Some(policy) = self.model.policies.iter().rposition(live) {
                let step = Step::Extend { policy, who: 3, days: 2, commission_bps: 0, limit: Limit::Free };
                self.taking(&step, |play, step| play.extend(step, policy));
            }
            let size = Size::Part([500, 3_000, 9_000, 10_000][(number + turn) % 4]);
            self.take(&Step::RequestExit { pool, who: number + turn, size, off: 0 });
            self.wait_for_exits(pool);
            if !(number + turn).is_multiple_of(5) {
                self.let_go(pool);
            }
            if number.is_multiple_of(2) {
                let (size, limit, sight) = (Size::Part(3_000), Limit::Free, Sight::Clear);
                self.take(&Step::Deposit { pool, who: number, size, limit, sight });
            }
        }
        let incidents: Vec<_> = (before..self.model.incidents.len()).collect();
        self.conclude(&incidents, number, u8::from(!number.is_multiple_of(4)));
        self.release_all(pool, number);
    }

    /// Somebody cancels on the day after they bought, and what happened before is reported: the claim gives the refund back first.
    pub fn regret(&mut self, number: usize, side: u8) {
        let (product, who, holder, limit) = (number % 3, number, Some(number), Limit::Free);
        self.bring_capital(self.model.products[product].pool);
        let (before, size) = (self.model.policies.len(), Size::Part(3_000));
        self.take(&Step::Buy { product, who, holder, size, term_days: 60, commission_bps: 0, limit });
        self.take(&Step::Wait { seconds: 2 * DAY });
        let (policy, incident) = (before, self.model.incidents.len());
        if self.model.policies.len() == before {
            return;
        }
        let step = Step::Cancel { policy, by: None, limit };
        self.taking(&step, |play, step| play.cancel(step, policy));
        self.open(&Step::Open { product, ago: 1 }, product, 1);
        let Some(Cancelled { refund, .. }) = self.model.policies[policy].cancelled else { return };
        if self.model.incidents.len() > incident {
            let deductible = Atoms::from(self.model.products[product].terms.deductible_bps);
            let kept = (self.model.policies[policy].amount * deductible + 9_999) / 10_000;
            // Half of the refund, or twice as much.
            let net = if number.is_multiple_of(2) { (refund + 1) / 2 } else { refund + refund };
            let size = Size::Atoms(u64::try_from(kept + net).expect("an amount"));
            let step = Step::Claim { policy, incident, by: None, payee: None, size };
            self.claim(&step, (incident, policy), (None, None), size);
            self.conclude(&[incident], number, side);
        }
    }

    /// While incidents are open nearly everyone leaves, again and again: so little is the stayers' own in the end that the
    /// mark is doubled many times.
    pub fn flee(&mut self, pool: usize, number: usize) {
        let products: Vec<_> =
            (0..self.model.products.len()).filter(|product| self.model.products[*product].pool == pool).collect();
        if number % 2 == 1 {
            // There is something to report, and nothing else is open.
            let incidents = self.model.incidents.iter().enumerate();
            let open = incidents.filter(|(_, incident)| incident.pool == pool && incident.is_open());
            let open: Vec<_> = open.map(|(incident, _)| incident).collect();
            self.conclude(&open, number, 0);
            self.bring_capital(pool);
            let (product, who, holder) = (products[number % products.len()], 3, Some(3));
            let (size, term_days, commission_bps, limit) = (Size::Part(5_000), 60, 0, Limit::Free);
            self.take(&Step::Buy { product, who, holder, size, term_days, commission_bps, limit });
            self.take(&Step::Wait { seconds: 2 * DAY });
        }
        let before = self.model.incidents.len();
        for product in products {
            if self.model.product_active(product) > 0 {
                self.open(&Step::Open { product, ago: 1 }, product, 1);
            }
        }
        let incidents: Vec<_> = (before..self.model.incidents.len()).collect();
        // Until they have left its votes are over.
        let ballots: Vec<_> = incidents.iter().filter_map(|incident| self.model.incidents[*incident].ballot).collect();
        for ballot in ballots.into_iter().filter(|_| number % 2 == 1) {
            self.vote_all(ballot, level_of(u8::from(!number.is_multiple_of(3))));
        }
        for turn in 0..2 + number % 3 {
            // Who has more than any pool may hold comes and goes.
            let (size, limit, sight) = (Size::Edge(-1), Limit::Free, Sight::Clear);
            self.take(&Step::Deposit { pool, who: 2, size, limit, sight });
            for who in 0..LPS.len() {
                let size = if who == 0 { Size::Part(5_000) } else { Size::Edge(0) };
                self.take(&Step::RequestExit { pool, who, size, off: 0 });
            }
            self.wait_for_exits(pool);
            self.let_go(pool);
            if turn == 1 && number.is_multiple_of(2) && !incidents.is_empty() {
                let product = self.model.incidents[incidents[0]].product;
                self.open(&Step::Open { product, ago: 1 }, product, 1);
            }
        }
        for ticket in (0..self.model.tickets.iter().filter(|ticket| !ticket.closed).count()).rev() {
            self.take(&Step::CollectExit { ticket });
        }
        let incidents: Vec<_> = (before..self.model.incidents.len()).collect();
        self.conclude(&incidents, number, u8::from(!number.is_multiple_of(3)));
        self.release_all(pool, number);
    }

    /// Gives every epoch of a pool back what it has in incidents: those of the first first, or of the last.
    pub fn release_all(&mut self, pool: usize, number: usize) {
        let mut epochs: Vec<_> = (0..self.model.epochs.len()).collect();
        epochs.retain(|epoch| self.model.epochs[*epoch].pool == pool && !self.model.epochs[*epoch].parts.is_empty());
        if number % 5 == 4 {
            // Those who left before come first.
            epochs.reverse();
        }
        for epoch in epochs {
            for incident in self.model.epochs[epoch].parts.clone() {
                let step = Step::Release { incident, epoch };
                self.taking(&step, |play, step| play.release(step, incident, epoch));
            }
        }
    }

    /// Nobody does anything for 600 days; then everybody who waits to leave can, but for what a verdict that is due and unread keeps.
    pub fn idle(&mut self) {
        for pool in 0..self.model.pools.len() {
            self.take(&Step::RequestExit { pool, who: 1, size: Size::Part(2_500), off: 0 });
        }
        self.take(&Step::Wait { seconds: 600 * DAY });
        for pool in 0..self.model.pools.len() {
            // Cover that has ended is released where nobody has looked since.
            for product in 0..self.model.products.len() {
                self.take(&Step::Roll { product });
            }
            self.let_go(pool);
            self.take(&Step::CallExits { pool, any: None });
        }
        self.take(&Step::Wait { seconds: DAY });
        for pool in 0..self.model.pools.len() {
            let waiting = self.model.exiting_shares(pool);
            self.take(&Step::PayExits { pool, any: None });
            // Only what exceeds the capital keeps them, and cover that ended under a report on which anyone may read the verdict by now.
            let short = self.model.own_liens(pool).expect("few") > self.model.capital_of_lps(pool);
            let unread = (0..self.model.products.len())
                .any(|product| self.model.products[product].pool == pool && self.model.overdue(product) > 0);
            let gone = waiting == 0 || self.model.exiting_shares(pool) < waiting;
            let why = self.model.first_epoch(pool).map(|first| self.model.trial(|model| model.pay_exits(first, "")));
            assert!(gone || short || unread, "nobody waits for ever in pool {pool}: {why:?}");
        }
    }

    /// Somebody rich fills a pool with cover, and everything that is covered goes wrong at once.
    pub fn ruin(&mut self, pool: usize, number: usize) {
        self.bring_capital(pool);
        let products = self.fill(pool);
        self.take(&Step::Wait { seconds: 2 * DAY });
        let before = self.model.incidents.len();
        for product in &products {
            let drawn = self.model.products[*product].trigger() == Trigger::Authority;
            let mut policies = self.model.policies.iter();
            if let Some(policy) = policies.rposition(|policy| policy.product == *product && !policy.closed && drawn) {
                let (by, size, limit) = (None, Size::Edge(0), Limit::Free);
                let step = Step::Draw { policy, by, size, limit, books: true };
                self.taking(&step, |play, step| play.draw_on(step, policy, (DRAWER, true), size, limit));
            } else if self.model.product_active(*product) > 0 {
                self.open(&Step::Open { product: *product, ago: 1 }, *product, 1);
            }
        }
        let mut incidents: Vec<_> = (before..self.model.incidents.len()).collect();
        incidents.retain(|incident| self.model.incidents[*incident].policy.is_none());
        // With the first number everyone claims everything.
        self.conclude(&incidents, number, 1);
    }

    /// The ballot on an incident, as long as its account is there.
    fn ballot_there(&self, incident: usize) -> Option<usize> {
        self.model.incidents[incident].ballot.filter(|ballot| !self.model.ballots[*ballot].gone)
    }

    /// Votes, claims, time, verdicts, settlements and payments of some incidents.
    pub fn conclude(&mut self, incidents: &[usize], number: usize, side: u8) {
        for (place, incident) in incidents.iter().enumerate() {
            if let Some(ballot) = self.ballot_there(*incident) {
                // Some are refused.
                let doubted = number % 8 == 7 || place > 0 && number % 4 == 2;
                self.vote_all(ballot, if doubted { 0 } else { level_of(side) });
                if number % 2 == 1 {
                    self.taking(&Step::Close { ballot }, |play, step| play.close(step, ballot));
                }
            }
            self.claim_all(*incident, number);
        }
        if number % 8 == 1 {
            // Nobody knows yet whether they count.
            self.dispute_some(incidents, number);
        }
        let ballots: Vec<_> = incidents.iter().filter_map(|incident| self.ballot_there(*incident)).collect();
        self.close_all(&ballots);
        self.contest(&ballots, number);
        self.read_all(incidents, number);
        if number % 9 == 5 {
            // Its own window is over, and sometimes the day after the verdict.
            self.take(&Step::Wait { seconds: if number % 2 == 1 { DAY } else { DAY - 1 } });
        }
        self.dispute_some(incidents, number);
        if number % 4 < 3 {
            self.hear(incidents, number);
        }
        if !number.is_multiple_of(3) {
            self.pay_early(incidents);
        }
        self.settle_all(incidents, number);
        for incident in incidents {
            self.taking(&Step::Rest { incident: *incident }, |play, step| play.rest(step, *incident));
        }
        for claim in (0..self.model.claims.len()).rev() {
            let here = &self.model.claims[claim];
            if incidents.contains(&here.incident) && !here.gone && !self.model.policies[here.policy].closed {
                self.pay(&Step::Pay { claim }, claim);
            }
        }
        // Who was paid in part goes on with what is left.
        if let Some(claim) = self.model.claims.iter().rposition(|claim| incidents.contains(&claim.incident)) {
            let policy = self.model.claims[claim].policy;
            let step = Step::Extend { policy, who: 3, days: 1, commission_bps: 0, limit: Limit::Free };
            if !self.model.policies[policy].closed {
                self.taking(&step, |play, step| play.extend(step, policy));
            }
        }
    }

    /// Claims in incidents are paid before those are settled, where that is possible: once nobody can dispute them.
    fn pay_early(&mut self, incidents: &[usize]) {
        let ends = |model: &Model, claim: usize| model.disputable_until(claim).unwrap_or(0);
        let there = |model: &Model, claim: usize| {
            let here = &model.claims[claim];
            let live = !here.gone && !model.policies[here.policy].closed;
            live && incidents.contains(&here.incident) && model.incidents[here.incident].state == Phase::Accepted
        };
        for claim in 0..self.model.claims.len() {
            if there(&self.model, claim) {
                self.pay(&Step::Pay { claim }, claim);
                self.wait_until(ends(&self.model, claim));
                self.pay(&Step::Pay { claim }, claim);
            }
        }
    }

    /// Tries something with each incident in the last second in which a time of its has not come and in the next one, or only
    /// in that, as they come.
    fn at_times(
        &mut self,
        incidents: &[usize],
        number: usize,
        time: impl Fn(&Model, usize) -> Option<u64>,
        mut act: impl FnMut(&mut Self, usize),
    ) {
        let mut times: Vec<_> = incidents.iter().filter_map(|one| Some((time(&self.model, *one)?, *one))).collect();
        times.sort_by_key(|(time, _)| *time);
        for (time, incident) in times {
            if number.is_multiple_of(3) && time > 0 {
                self.wait_until(time - 1);
                act(self, incident);
            }
            self.wait_until(time);
            act(self, incident);
        }
    }

    /// The verdicts on incidents are read when they are final.
    fn read_all(&mut self, incidents: &[usize], number: usize) {
        let final_at = |model: &Model, incident: usize| {
            let here = &model.incidents[incident];
            // A refuted one needs no more time.
            let ballot = here.ballot.map(|ballot| model.ballots[ballot].round().final_at);
            (here.state == Phase::Open).then(|| ballot.unwrap_or(here.challenge_ends_at))
        };
        self.at_times(incidents, number, final_at, |play, incident| {
            let gone = play.model.incidents[incident].ballot.is_some_and(|ballot| play.model.ballots[ballot].gone);
            if !gone {
                play.taking(&Step::Verdict { incident }, |play, step| play.read_verdict(step, incident));
            }
        });
    }

    /// Filing ends, and incidents are settled or rejected in the order of their lines; some once out of it.
    fn settle_all(&mut self, incidents: &[usize], number: usize) {
        self.at_times(
            incidents,
            number,
            |model, one| model.incidents[one].filing_ends_at,
            |play, incident| {
                if number.is_multiple_of(2) {
                    let pool = play.model.incidents[incident].pool;
                    play.take(&Step::PayExits { pool, any: None });
                    let step = Step::Settle { incident, next: None };
                    let next = play.behind(incident);
                    play.taking(&step, |play, step| play.settle(step, incident, next));
                    play.take(&Step::CallExits { pool, any: None });
                }
                play.taking(&Step::EndFiling { incident }, |play, step| play.end_filing(step, incident));
                if !number.is_multiple_of(4) {
                    play.release_all(play.model.incidents[incident].pool, 0);
                }
            },
        );
        let ends = |model: &Model, one: usize| model.disputes_end_at(&model.incidents[one]).or(Some(0));
        if number % 7 == 3 {
            let mut reversed = incidents.to_vec();
            reversed.reverse();
            self.settle_some(&reversed, number);
        }
        self.at_times(incidents, number, ends, |play, incident| play.settle_some(&[incident], number));
        // What stood behind others, now that those have ended.
        self.settle_some(incidents, number);
    }

    fn settle_some(&mut self, incidents: &[usize], number: usize) {
        for incident in incidents.iter().copied() {
            if self.model.incidents[incident].is_open() {
                let next = self.behind(incident);
                let step = Step::Settle { incident, next: None };
                if number % 3 == 1 && next.is_some() {
                    // The one behind it is needed.
                    self.taking(&step, |play, step| play.settle(step, incident, None));
                }
                self.taking(&step, |play, step| play.settle(step, incident, next));
                self.recover_some(incident, number);
            }
        }
    }

    /// Anyone who has a policy of the product claims some of it, or all; what a price has shown is claimed for them.
    fn claim_all(&mut self, incident: usize, number: usize) {
        let product = self.model.incidents[incident].product;
        let by_price = self.model.products[product].trigger() == Trigger::Price;
        for policy in 0..self.model.policies.len() {
            if self.model.policies[policy].product != product || self.model.policies[policy].closed {
                continue;
            }
            if by_price {
                let step = Step::ClaimBreach { policy, incident, payer: number + policy };
                self.taking(&step, |play, step| play.claim_breach(step, incident, policy, number + policy));
            } else {
                let bps = (10_000 + number as u64 * 991 + policy as u64 * 5_771) % 14_000;
                let size = if number == 0 { Size::Edge(0) } else { Size::Part(bps.min(10_000)) };
                let payee = Some(number + policy);
                let step = Step::Claim { policy, incident, by: None, payee, size };
                self.claim(&step, (incident, policy), (None, payee), size);
            }
        }
    }

    pub fn wait_until(&mut self, time: u64) {
        if time > self.model.now {
            self.take(&Step::Wait { seconds: time - self.model.now });
        }
    }

    /// Bookings are paid day by day until none is left.
    fn meter_all(&mut self, bookings: &[usize]) {
        let over = |incident: &model::Incident| !incident.is_open() && incident.paid == incident.settled;
        for round in 0.. {
            if bookings.iter().all(|booking| over(&self.model.incidents[*booking])) {
                return;
            }
            // Beside incidents that need the capital too each call pays a part of what is left.
            assert!(round < 1_000, "once all of a booking is due it ends");
            for booking in bookings.iter().copied() {
                if !over(&self.model.incidents[booking]) {
                    let step = Step::Meter { booking, pays: true };
                    self.taking(&step, |play, step| play.meter(step, booking, true));
                }
            }
            self.take(&Step::Wait { seconds: DAY });
        }
    }

    /// Once everything has ended, every atom of income is the LPs', nobody waits, and every account can be closed.
    pub fn end(&mut self) {
        self.ends = true;
        self.idle();
        let open: Vec<_> = (0..self.model.incidents.len()).filter(|one| self.model.incidents[*one].is_open()).collect();
        let ballots: Vec<_> =
            (0..self.model.ballots.len()).filter(|ballot| !self.model.ballots[*ballot].gone).collect();
        self.close_all(&ballots);
        self.take(&Step::Wait { seconds: 15 * DAY });
        for incident in open.iter().copied() {
            if self.model.incidents[incident].state == Phase::Open {
                self.taking(&Step::Verdict { incident }, |play, step| play.read_verdict(step, incident));
            }
        }
        self.decide_all(&(0..self.model.incidents.len()).collect::<Vec<_>>());
        // The longest filing window, and the longest dispute window after it.
        self.take(&Step::Wait { seconds: 62 * DAY });
        for incident in open.iter().copied() {
            let here = &self.model.incidents[incident];
            if here.filing_ends_at.is_some() && !here.filing_ended {
                self.taking(&Step::EndFiling { incident }, |play, step| play.end_filing(step, incident));
            }
        }
        self.take(&Step::Wait { seconds: 15 * DAY });
        let (bookings, reports): (Vec<_>, Vec<_>) =
            (0..self.model.incidents.len()).partition(|one| self.model.incidents[*one].policy.is_some());
        self.settle_some(&reports, 3);
        self.meter_all(&bookings);
        for pool in 0..self.model.pools.len() {
            self.release_all(pool, 0);
        }
        for incident in 0..self.model.incidents.len() {
            if self.model.incidents[incident].held_back > 0 {
                self.taking(&Step::Rest { incident }, |play, step| play.rest(step, incident));
            }
        }
        self.make_good();
        for claim in 0..self.model.claims.len() {
            if self.model.claims[claim].gone || self.model.policies[self.model.claims[claim].policy].closed {
                continue;
            }
            self.pay(&Step::Pay { claim }, claim);
            // Some ended without being paid.
            for _ in 0..12 {
                let here = &self.model.claims[claim];
                if here.state != ClaimState::Rejected && here.paid < here.amount {
                    self.pay(&Step::Pay { claim }, claim);
                }
            }
        }
        self.end_petitions();
        self.wind_up();
        for who in 0..VOTERS.len() {
            self.take(&Step::RequestUnstake { who, size: Size::Edge(0) });
        }
        self.take(&Step::Wait { seconds: self.model.assembly.unstake_delay });
        for who in 0..VOTERS.len() {
            self.take(&Step::Unstake { who });
        }
        self.take(&Step::BurnSlashed);
        self.check_wound_up();
        // The bonds of those that were rejected are earned like a surplus, what came back within a year.
        self.take(&Step::Wait { seconds: 367 * DAY });
        for product in 0..self.model.products.len() {
            self.take(&Step::Roll { product });
        }
        for pool in 0..self.model.pools.len() {
            let model = &self.model;
            let left = (model.unearned(pool), model.pool_active(pool), model.payable(pool) - self.payment_dust(pool));
            assert_eq!(left, (0, 0, 0), "nothing goes on for ever");
            assert_eq!((model.open_incidents(pool), model.contested(pool)), (0, 0), "every incident ends");
            while self.model.first_epoch(pool).is_some() {
                let waiting = self.model.exiting_shares(pool);
                self.take(&Step::PayExits { pool, any: None });
                if self.model.exiting_shares(pool) == waiting {
                    self.take(&Step::CallExits { pool, any: None });
                    self.take(&Step::Wait { seconds: DAY });
                    self.take(&Step::PayExits { pool, any: None });
                }
                assert!(self.model.exiting_shares(pool) < waiting, "nothing keeps anyone");
            }
        }
        for ticket in 0..self.model.tickets.len() {
            if !self.model.tickets[ticket].closed {
                self.taking(&Step::CollectExit { ticket }, |play, step| play.collect(step, ticket));
            }
        }
        for epoch in 0..self.model.epochs.len() {
            if !self.model.epochs[epoch].closed {
                self.taking(&Step::CloseEpoch { epoch }, |play, step| play.close_epoch(step, epoch));
            }
        }
        for pool in 0..self.model.pools.len() {
            self.take(&Step::Retire { pool });
        }
        for retired in 0..self.model.retired.len() {
            for who in 0..LPS.len() {
                self.take(&Step::Redeem { retired, who, size: Size::Edge(0) });
            }
        }
        // Where the mark lies is known to 127 bits. Those who leave so late and with so little that they do not move it have nothing
        // in an incident; their accounts stay.
        let model = &self.model;
        let is_beyond = |epoch: &Epoch| {
            epoch.parts.iter().all(|incident| {
                let since = model.incidents[*incident].part.reported;
                let place = |mark: Mark| {
                    (u128::from(mark.mantissa) << 63u32).checked_shr(mark.shift - since.shift).unwrap_or(0)
                };
                epoch.marks.is_some_and(|(from, to)| place(from) == place(to))
            })
        };
        let tickets = model.tickets.iter().filter(|ticket| !ticket.closed);
        let epochs = model.epochs.iter().filter(|epoch| !epoch.closed);
        let left: Vec<_> = tickets.map(|ticket| &model.epochs[ticket.epoch]).chain(epochs).collect();
        assert!(left.iter().all(|epoch| is_beyond(epoch)), "exits are left over: {left:#?}");
        self.close_all_accounts();
    }

    /// What roundings leave of settled incidents whose claims are all paid: less than an atom for each claim.
    fn payment_dust(&self, pool: usize) -> Atoms {
        let model = &self.model;
        let ended = (0..model.incidents.len()).filter(|incident| model.incidents[*incident].pool == pool);
        ended
            .map(|incident| {
                let dust = model.incidents[incident].settled - model.incident_paid(incident);
                let claims = model.claims_in(incident).count() as Atoms;
                assert!((0..=claims).contains(&dust), "claims are paid to less than an atom each");
                dust
            })
            .sum()
    }
}
