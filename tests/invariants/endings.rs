//! Several steps that belong together, and how lives end.

use crate::{
    play::Play,
    sites::{LPS, VOTERS},
    steps::{Limit, Next, Size, Step},
};
use coverage_model::{Atoms, DAY, Model, Phase, Trigger};

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
    fn fill(&mut self, pool: usize) -> Vec<usize> {
        let products: Vec<_> =
            (0..self.model.products.len()).filter(|product| self.model.products[*product].pool == pool).collect();
        for product in &products {
            let (who, holder, size) = (3, Some(3), Size::Edge(0));
            let (product, term_days, commission_bps, limit) = (*product, 30, 0, Limit::Free);
            self.take(&Step::Buy { product, who, holder, size, term_days, commission_bps, limit });
        }
        products
    }

    /// A pool is full of cover and everyone wants to leave: they do as far as cover lets them, day after day.
    pub fn rush(&mut self, pool: usize) {
        self.fill(pool);
        for who in 0..LPS.len() {
            self.take(&Step::RequestExit { pool, who, size: Size::Part(9_000), off: 0 });
        }
        let delay = u64::from(self.model.pools[pool].params.exit_delay_days);
        self.take(&Step::Wait { seconds: delay * DAY });
        for _ in 0..3 {
            self.take(&Step::SettleExits { pool, any: None, next: Next::Tomorrow });
            let tickets = self.model.tickets.iter().filter(|ticket| ticket.day.is_some()).count();
            self.take(&Step::CollectExit { ticket: tickets.saturating_sub(1) });
            self.take(&Step::Wait { seconds: DAY });
        }
    }

    /// Somebody rich fills a pool with cover, and everything that is covered goes wrong at once.
    pub fn ruin(&mut self, pool: usize, number: usize) {
        let products = self.fill(pool);
        self.take(&Step::Wait { seconds: 2 * DAY });
        let before = self.model.incidents.len();
        for product in &products {
            if self.model.product_active(*product) > 0 {
                self.open(&Step::Open { product: *product, ago: 1 }, *product, 1);
            }
        }
        let incidents: Vec<_> = (before..self.model.incidents.len()).collect();
        // With the first number everyone claims everything.
        self.conclude(&incidents, number, 1);
    }

    /// A report that comes to nothing lasts until the capacity of a policy is released, of which the next one claims.
    pub fn outlive(&mut self, product: usize) {
        let policy = self.model.policies.len();
        let (size, limit) = (Size::Part(9_000), Limit::Free);
        let (who, holder, term_days, commission_bps) = (3, Some(3), 1, 0);
        self.take(&Step::Buy { product, who, holder, size, term_days, commission_bps, limit });
        let Some(occurred_at) = self.model.policies.get(policy).map(|policy| policy.end_day * DAY) else { return };
        let window = u64::from(self.model.products[product].terms.report_window_days) * DAY;
        self.wait_until(occurred_at + window - DAY / 2);
        for _ in 0..2 {
            let incident = self.model.incidents.len();
            let ago = i64::try_from(self.model.now - occurred_at).expect("not long ago");
            self.open(&Step::Open { product, ago }, product, ago);
            let Some(ballot) = self.model.incidents.get(incident).and_then(|incident| incident.ballot) else { return };
            if self.model.policies[policy].release_day * DAY <= self.model.now {
                let step = Step::Claim { policy, incident, by: None, payee: None, size: Size::Edge(0) };
                return self.claim(&step, (incident, policy), (None, None), Size::Edge(0));
            }
            self.vote_all(ballot, 0);
            self.close_all(&[ballot]);
            self.wait_until(self.model.ballots[ballot].round().final_at);
            self.taking(&Step::Settle { incident }, |play, step| play.settle(step, incident));
        }
    }

    /// Votes, claims, time, settlements and payments of some incidents.
    pub fn conclude(&mut self, incidents: &[usize], number: usize, side: u8) {
        for (place, incident) in incidents.iter().enumerate() {
            if let Some(ballot) = self.model.incidents[*incident].ballot {
                // Some are rejected before, or while, their disputes are decided.
                let doubted = number % 8 == 7 || place > 0 && number % 4 == 2;
                self.vote_all(ballot, if doubted { 0 } else { side });
                if number % 2 == 1 {
                    self.taking(&Step::Close { ballot }, |play, step| play.close(step, ballot));
                }
            }
            self.claim_all(*incident, number);
        }
        self.dispute_some(incidents, number);
        let ballots: Vec<_> = incidents.iter().filter_map(|incident| self.model.incidents[*incident].ballot).collect();
        self.close_all(&ballots);
        self.contest(&ballots, number);
        if number % 4 < 3 {
            self.hear(incidents, number);
        }
        // Every second at which a rule may give way, or only the last.
        let mut times: Vec<_> = incidents.iter().flat_map(|incident| self.settling_times(*incident)).collect();
        times.sort_unstable();
        times.dedup();
        let from = if number.is_multiple_of(3) { 0 } else { times.len().saturating_sub(1) };
        for time in times.split_off(from) {
            self.wait_until(time);
            for incident in incidents {
                if self.model.incidents[*incident].state == Phase::Open {
                    let step = Step::Settle { incident: *incident };
                    self.taking(&step, |play, step| play.settle(step, *incident));
                    self.recover_some(*incident, number);
                }
            }
        }
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
        if let Some(incident) = incidents.first().filter(|_| number % 4 == 1) {
            self.report_late(*incident, number);
        }
    }

    /// Reports what happened so long before an incident that it can be reported only because that one was open, and a
    /// second too early even for that; or what happened when it was opened.
    fn report_late(&mut self, incident: usize, number: usize) {
        let product = self.model.incidents[incident].product;
        let window = u64::from(self.model.products[product].terms.report_window_days) * DAY;
        for more in [0, if number % 8 == 1 { 1 } else { window }] {
            let occurred_at = self.model.blocked(product).0 + more - window;
            let ago = i64::try_from(self.model.now - occurred_at).expect("not long ago");
            let before = self.model.incidents.len();
            self.open(&Step::Open { product, ago }, product, ago);
            if self.model.incidents.len() > before {
                self.claim_all(before, 0);
            }
        }
    }

    /// The last second in which each window of an incident is open, and the next one.
    fn settling_times(&self, incident: usize) -> Vec<u64> {
        let here = &self.model.incidents[incident];
        let final_at = here.ballot.map_or(here.challenge_ends_at, |ballot| self.model.ballots[ballot].round().final_at);
        let ends = [final_at, self.model.filing_ends_at(here), self.model.disputes_end_at(here)];
        ends.into_iter().filter(|end| *end > 0).flat_map(|end| [end - 1, end]).collect()
    }

    /// Whoever has a policy of the product claims some of it, or all; what a price has shown is claimed for them.
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

    /// Once everything has ended, every atom of income is the LPs', nobody waits, and every account can be closed.
    pub fn end(&mut self) {
        self.take(&Step::Wait { seconds: 520 * DAY });
        let open: Vec<_> = (0..self.model.incidents.len())
            .filter(|incident| self.model.incidents[*incident].state == Phase::Open)
            .collect();
        let ballots: Vec<_> =
            (0..self.model.ballots.len()).filter(|ballot| !self.model.ballots[*ballot].gone).collect();
        self.close_all(&ballots);
        self.take(&Step::Wait { seconds: 15 * DAY });
        self.decide_all(&(0..self.model.incidents.len()).collect::<Vec<_>>());
        for incident in open {
            self.taking(&Step::Settle { incident }, |play, step| play.settle(step, incident));
        }
        for incident in 0..self.model.incidents.len() {
            if self.model.incidents[incident].held_back > 0 {
                self.taking(&Step::Rest { incident }, |play, step| play.rest(step, incident));
            }
        }
        self.make_good();
        for claim in 0..self.model.claims.len() {
            if !self.model.claims[claim].gone && !self.model.policies[self.model.claims[claim].policy].closed {
                self.pay(&Step::Pay { claim }, claim);
            }
        }
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
        // The bonds of those that were rejected are earned like a surplus.
        self.take(&Step::Wait { seconds: 9 * DAY });
        for product in 0..self.model.products.len() {
            self.take(&Step::Roll { product });
        }
        for pool in 0..self.model.pools.len() {
            let model = &self.model;
            let left = (model.unearned(pool), model.pool_active(pool), model.payable(pool) - self.payment_dust(pool));
            assert_eq!(left, (0, 0, 0), "nothing goes on for ever");
            assert_eq!(model.open_incidents(pool), 0, "every incident ends");
            for _ in 0..model.epochs.len() {
                self.take(&Step::SettleExits { pool, any: None, next: Next::Nowhere });
            }
            let kept = if self.model.capital(pool) > 0 { 0 } else { self.model.exiting_shares(pool) };
            assert_eq!(self.model.exiting_shares(pool), kept, "nothing keeps anyone");
        }
        for _ in 0..self.model.epochs.len() {
            for ticket in (0..self.model.tickets.iter().filter(|ticket| ticket.day.is_some()).count()).rev() {
                self.take(&Step::CollectExit { ticket });
            }
        }
        self.take(&Step::Wait { seconds: 2 * DAY });
        for epoch in (0..self.model.epochs.iter().filter(|epoch| !epoch.closed).count()).rev() {
            self.take(&Step::CloseEpoch { epoch });
        }
        let kept = (0..self.model.pools.len()).any(|pool| self.model.exiting_shares(pool) > 0);
        let tickets = self.model.tickets.iter().filter(|ticket| ticket.day.is_some()).count();
        let epochs = self.model.epochs.iter().filter(|epoch| !epoch.closed).count();
        assert!(kept || (tickets, epochs) == (0, 0), "no exit is left over: {tickets} tickets, {epochs} epochs");
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
