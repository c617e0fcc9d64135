//! What holds after every step, and what is left when everything has ended.

use crate::{
    actions::{LPS, Play},
    steps::{PRODUCTS, Step},
};
use coverage_client::*;
use coverage_math::{DAY, exits, stream::Flow};
use harness::Chain;
use std::collections::BTreeMap;

impl Play {
    /// Capital and supply at this second, with their virtual parts: what is earned by now counts.
    pub fn share_price(&mut self) -> (u128, u128) {
        let mut pool = self.world.read_pool();
        let mut flow = Flow {
            accrued_at: pool.accrued_at,
            rate: pool.rate,
            fraction: pool.rate_fraction,
            active: pool.active_cover,
        };
        let now = self.world.now();
        let earned = flow.advance(now, &mut pool.rate_ring, &mut pool.cover_ring).expect("no overflow");
        (u128::from(pool.capital + earned) + 1, u128::from(pool.shares) + 1_000)
    }

    /// The invariants, after a step.
    pub fn check(&mut self, step: &Step) {
        self.world.check_books_beside(self.donated);
        let pool = self.world.read_pool();
        assert_eq!(pool.payable, pool.claims_settled - pool.claims_paid, "settled and not paid, after {step:?}");

        let active: u64 = (0..PRODUCTS).map(|product| self.world.read_product(product).active_cover).sum();
        assert!(pool.active_cover <= active, "a product that is not rolled is only ever too high, after {step:?}");
        assert_eq!(active, pool.group_active.iter().sum::<u64>(), "groups and products roll together, after {step:?}");

        for (product, number) in self.incidents.clone() {
            let incident: Incident = self.world.chain.read(&self.world.incident(product, number));
            assert!(incident.paid <= incident.settled && incident.settled <= incident.approved, "B4 after {step:?}");
        }
        for sold in self.policies.clone() {
            let policy: Policy = self.world.chain.read(&sold.address);
            assert!(policy.paid <= policy.claimed && policy.claimed <= policy.amount, "B4 after {step:?}");
            let parts = policy.commission + policy.protocol_fee + policy.assessor_fee + policy.unearned_premium;
            assert_eq!(policy.premium, parts, "B5 of one policy after {step:?}");
            assert!(policy.refunded <= policy.unearned_premium, "B5 of one policy after {step:?}");
            assert_eq!(policy.holder, self.world.key(sold.holder), "after {step:?}");
        }
        self.check_shares(&pool, step);
        self.check_price(step);
    }

    /// B3, and the exits between the tickets and the pool.
    fn check_shares(&mut self, pool: &Pool, step: &Step) {
        let escrow = exit_escrow(&self.world.pool());
        let escrow = self.world.balance_of(&escrow);
        let held: u64 = LPS.iter().map(|lp| self.world.shares(lp)).sum();
        assert_eq!(held + escrow, self.world.share_supply(), "B3 after {step:?}");
        assert_eq!(pool.shares, self.world.share_supply(), "B3 after {step:?}");
        assert_eq!(escrow, pool.exiting_shares, "B3 after {step:?}");

        let address = self.world.pool();
        let epochs: BTreeMap<u64, ExitEpoch> =
            self.epochs.iter().map(|day| (*day, self.world.chain.read(&exit_epoch(&address, *day)))).collect();
        let waiting: u64 = epochs.values().filter(|epoch| epoch.settled == 0).map(|epoch| epoch.shares).sum();
        assert_eq!(waiting, pool.exiting_shares, "epochs that wait, after {step:?}");
        let due: u64 = epochs.values().map(|epoch| epoch.paid - epoch.collected).sum();
        assert_eq!(due, pool.exits_due, "exits settled and not collected, after {step:?}");

        // What the tickets have left once they have walked as far as they can.
        let mut left: BTreeMap<u64, u64> = BTreeMap::new();
        let mut dues: BTreeMap<u64, u64> = BTreeMap::new();
        for (name, id) in self.tickets.clone() {
            let owner = self.world.key(name);
            let ticket: ExitTicket = self.world.chain.read(&exit_ticket(&address, &owner, id));
            let (mut shares, mut day) = (ticket.shares, ticket.epoch_day);
            while shares > 0 {
                let epoch = epochs.get(&day).unwrap_or_else(|| panic!("no epoch {day} for a ticket, after {step:?}"));
                if epoch.settled == 0 {
                    *left.entry(day).or_default() += shares;
                    break;
                }
                let fill = exits::Fill { burned: epoch.burned, paid: epoch.paid };
                let part = exits::part(shares, epoch.shares, fill).expect("a ticket within its epoch");
                shares -= part.burned;
                *dues.entry(day).or_default() += part.paid;
                day = epoch.carried_to_day;
            }
        }
        for (day, shares) in left {
            assert!(shares <= epochs[&day].shares, "tickets have more shares than epoch {day}, after {step:?}");
        }
        for (day, due) in dues {
            let epoch = &epochs[&day];
            assert!(due <= epoch.paid - epoch.collected, "tickets are due more than epoch {day} has, after {step:?}");
        }
    }

    /// B6 and B7: without a settlement the price never falls, and only time lets it rise, apart from roundings.
    fn check_price(&mut self, step: &Step) {
        let (before, now) = (self.price, self.share_price());
        if !matches!(step, Step::Settle { .. }) {
            assert!(
                now.0 * before.1 >= before.0 * now.1,
                "B6 after {step:?}: the price fell from {before:?} to {now:?}"
            );
        }
        // Atoms and shares that roundings leave to the LPs: of a payment, of each stream, of shares minted.
        let (atoms, shares) = match step {
            Step::Wait { .. } => return,
            Step::Deposit { .. } => (0, 1),
            Step::Extend { .. } | Step::Cancel { .. } => (2, 0),
            Step::Buy { .. } | Step::Quote { .. } | Step::Absorb | Step::CloseEpoch { .. } => (1, 0),
            Step::SettleExits { .. } | Step::Settle { .. } => (1, 0),
            _ => (0, 0),
        };
        assert!(
            (now.0 - atoms) * before.1 <= before.0 * (now.1 + shares),
            "B7 after {step:?}: the price rose from {before:?} to {now:?} in no time"
        );
    }

    /// Once everything has ended, every atom of income is the LPs', nobody waits, and every account can be closed.
    pub fn end(mut self) {
        self.try_all([Step::Wait { seconds: 520 * DAY }]);
        for incident in 0..self.incidents.len() {
            self.try_all([Step::Close { incident }, Step::Settle { incident }]);
        }
        // The bonds of those that were rejected are earned like a surplus.
        self.try_all([Step::Wait { seconds: 9 * DAY }]);
        self.world.roll_product(0).ok();
        let pool = self.world.read_pool();
        assert_eq!((pool.unearned, pool.rate, pool.active_cover), (0, 0, 0), "nothing goes on for ever");
        if pool.open_incidents > 0 {
            return;
        }

        for _ in 0..self.epochs.len() {
            self.try_all([Step::SettleExits { any: None }]);
        }
        let pool = self.world.read_pool();
        if pool.capital > 0 {
            assert_eq!(pool.exiting_shares, 0, "nothing keeps anyone");
        }
        for _ in 0..self.epochs.len() {
            for ticket in (0..self.tickets.len()).rev() {
                self.try_all([Step::CollectExit { ticket }]);
            }
        }
        self.try_all([Step::Wait { seconds: 2 * DAY }]);
        for epoch in (0..self.epochs.len()).rev() {
            self.try_all([Step::CloseEpoch { epoch }]);
        }
        if pool.exiting_shares == 0 {
            let exits_due = self.world.read_pool().exits_due;
            assert_eq!((self.tickets.len(), self.epochs.len(), exits_due), (0, 0, 0), "no exit is left over");
        }
    }

    fn try_all<const N: usize>(&mut self, steps: [Step; N]) {
        for step in &steps {
            self.take(step);
            self.check(step);
        }
    }
}
