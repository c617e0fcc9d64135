//! The ends of products, voters, retired shares, pools and the assembly.

use crate::{
    acts::pick,
    play::Play,
    sites::{BUYERS, FOUNDER, GUARDIAN, LPS, OPENER, TREASURY, VOTERS},
    steps::{Size, Step},
};
use coverage_model::Sale;

impl Play<'_> {
    /// Takes a step that ends something; in the midst of a life, most are refused.
    pub fn act_on_ending(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::CloseProduct { product, by_authority } => {
                let product = product % self.model.products.len();
                // Nothing goes in the midst of a life.
                let goes = self.model.products[product].sale == Sale::Delisted && !by_authority;
                if goes && !self.ends {
                    return None;
                }
                let pool = self.model.products[product].pool;
                let signers = by_authority.then_some(self.model.pools[pool].authority);
                let sent = self.sites.close_product(&self.model, product, by_authority);
                self.both(step, (sent, signers), |model| model.close_product(product, by_authority, GUARDIAN))?;
                self.note(step, "by the authority", by_authority);
            }
            Step::CloseRetired { retired } => {
                let there = |retired: &usize| !self.model.retired[*retired].closed;
                let there: Vec<_> = (0..self.model.retired.len()).filter(there).collect();
                let retired = pick(&there, retired)?;
                let left = self.model.retired[retired].capital;
                let sent = self.sites.close_retired(&self.model, retired);
                self.both(step, (sent, []), |model| model.close_retired(retired, GUARDIAN))?;
                self.note(step, "something left", left > 0);
            }
            Step::CloseVoter { who } => {
                let who = pick(&VOTERS, who)?;
                let sent = self.sites.close_voter(&self.model, who)?;
                self.both(step, (sent, []), |model| model.close_voter(who, GUARDIAN))?;
            }
            Step::ClosePool { pool, by } => {
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(FOUNDER);
                let treasury = self.model.pools[pool].params.treasury;
                let other = treasury == self.sites.key(OPENER);
                let treasury = if other { OPENER } else { TREASURY };
                let sent = self.sites.close_pool(&self.model, pool, (by, treasury));
                self.both(step, (sent, [by]), |model| model.close_pool(pool, by, treasury))?;
                self.note(step, "with another treasury", other);
            }
            Step::CloseAssembly { by } => {
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(FOUNDER);
                let sent = self.sites.close_assembly(by);
                self.both(step, (sent, [by]), |model| model.close_assembly(by))?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// Everybody leaves, and everything there is is closed, but for pools in which somebody waits for ever with next to nothing.
    pub fn close_all_accounts(&mut self) {
        for pool in 0..self.model.pools.len() {
            self.all_leave(pool);
        }
        for _ in 0..self.model.policies.iter().filter(|policy| !policy.closed).count() {
            self.take(&Step::ClosePolicy { policy: 0 });
        }
        for _ in 0..self.model.retired.iter().filter(|retired| !retired.closed).count() {
            self.take(&Step::CloseRetired { retired: 0 });
        }
        for product in 0..self.model.products.len() {
            let by_authority = self.model.shares(self.model.products[product].pool) == 0;
            let step = Step::CloseProduct { product, by_authority };
            if !by_authority && self.model.products[product].sale == Sale::On {
                self.take(&step);
                self.delist(product);
                self.note(&step, "delisted", true);
            }
            self.take(&step);
        }
        self.close_changes();
        for who in 0..VOTERS.len() {
            self.take(&Step::CloseVoter { who });
        }
        for pool in 0..self.model.pools.len() {
            self.take(&Step::CloseAssembly { by: None });
            self.take(&Step::ClosePool { pool, by: None });
        }
        self.take(&Step::CloseAssembly { by: None });
        self.check_closed();
    }

    /// All LPs leave, if they may, and get what they have to come.
    fn all_leave(&mut self, pool: usize) {
        let token = self.model.shares_of(pool);
        let owners = LPS.iter().filter(|who| self.model.balance(who, token) > 0).count();
        for _ in 0..owners {
            self.take(&Step::RequestExit { pool, who: 0, size: Size::Edge(0), off: 0 });
        }
        self.wait_for_exits(pool);
        while self.model.first_epoch(pool).is_some() {
            let waiting = self.model.exiting_shares(pool);
            self.take(&Step::PayExits { pool, any: None });
            assert!(self.model.exiting_shares(pool) < waiting, "nothing keeps anyone in pool {pool}");
        }
        for ticket in 0..self.model.tickets.len() {
            if !self.model.tickets[ticket].closed && self.model.tickets[ticket].pool == pool {
                self.taking(&Step::CollectExit { ticket }, |play, step| play.collect(step, ticket));
            }
        }
        for epoch in 0..self.model.epochs.len() {
            if !self.model.epochs[epoch].closed && self.model.epochs[epoch].pool == pool {
                self.taking(&Step::CloseEpoch { epoch }, |play, step| play.close_epoch(step, epoch));
            }
        }
    }

    /// Nothing is left, unless an exit epoch is.
    fn check_closed(&self) {
        let model = &self.model;
        assert!(model.policies.iter().all(|policy| policy.closed), "a policy is left over");
        assert!(model.products.iter().all(|product| product.closed), "a product is left over");
        assert!(model.retired.iter().all(|retired| retired.closed), "retired shares are left over");
        assert_eq!(model.voters_there(), 0, "a voter is left over");
        for (pool, here) in model.pools.iter().enumerate() {
            let waits = model.epochs_of(pool).any(|epoch| !epoch.closed);
            assert!(here.closed || waits, "pool {pool} is left over");
        }
        // Products of a pool that has another court now could still have had this one.
        assert!(model.assembly_closed || model.pools_of_court(0) > 0, "the assembly is left over");
    }
}
