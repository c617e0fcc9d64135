//! The ends of products, voters, retired shares, pools and the assembly: what was opened can be closed, once nobody needs it.

use crate::{Account, Atoms, Model, Name, Outcome, Product, Retired, Rule, Sale, Voter, must};

impl Model {
    /// Accounts that need a pool for as long as they are open: products, changes, exit epochs, retired shares and ballots.
    #[must_use]
    pub fn children(&self, pool: usize) -> usize {
        let products = self.products.iter().filter(|product| product.pool == pool && !product.closed).count();
        let epochs = self.epochs_of(pool).filter(|epoch| !epoch.closed).count();
        let retired = self.retired_of(pool).filter(|retired| !retired.closed).count();
        let ballots = self.ballots.iter().filter(|ballot| ballot.pool == pool && !ballot.gone).count();
        let changes = self.changes_of(pool).filter(|change| !change.closed).count();
        products + changes + epochs + retired + ballots
    }

    /// Policies and incidents of a product that are not closed.
    #[must_use]
    pub fn live_on(&self, product: usize) -> (usize, usize) {
        let policies = self.policies.iter().filter(|policy| policy.product == product && !policy.closed);
        (policies.count(), self.incidents_on(product).filter(|incident| !incident.gone).count())
    }

    /// Closes a product whose policies and incidents are closed: one that is delisted, or by the authority where nobody has
    /// shares, or a draft.
    pub fn close_product(&mut self, product: usize, by_authority: bool, caller: Name) -> Outcome {
        self.roll(product);
        let Product { pool, sale, .. } = self.products[product];
        let is_offered = sale == Sale::On;
        let is_unused = self.live_on(product) == (0, 0) && self.product_active(product) == 0;
        must(is_unused && (!is_offered || self.shares(pool) == 0), Rule::ProductInUse)?;
        must(by_authority || sale == Sale::Delisted, Rule::NotPoolAuthority)?;
        self.pools[pool].terms += u64::from(is_offered);
        self.products[product].closed = true;
        self.return_rent(Account::Product, 0, self.founder, caller);
        Ok(())
    }

    /// Closes the account of retired shares of which none are left. What is left for them goes to the LPs.
    pub fn close_retired(&mut self, retired: usize, caller: Name) -> Outcome {
        let Retired { pool, supply, capital, rent_payer, .. } = self.retired[retired];
        self.accrue(pool);
        must(supply == 0, Rule::RetiredInUse)?;
        if capital > 0 {
            self.stream_income(pool, capital)?;
        }
        let here = &mut self.retired[retired];
        here.capital = 0;
        here.closed = true;
        self.give_rent_back(Account::Tokens, rent_payer);
        self.return_rent(Account::Retired, 0, rent_payer, caller);
        Ok(())
    }

    /// Closes the account of a voter without stake, the records of whose votes are closed.
    pub fn close_voter(&mut self, who: Name, caller: Name) -> Outcome {
        let voter = self.voter_number(who).expect("somebody who staked");
        let Voter { unstaking, rent_payer, .. } = self.voters[voter];
        let is_unused = self.voters[voter].staked() + unstaking == 0 && self.vote_records(who) == 0;
        must(is_unused, Rule::VoterInUse)?;
        self.voters[voter].closed = true;
        self.return_rent(Account::Voter, 0, rent_payer, caller);
        Ok(())
    }

    /// Closes a pool that nobody needs; what the vault holds is the treasury's. Returns it.
    pub fn close_pool(&mut self, pool: usize, by: Name, treasury: Name) -> Outcome<Atoms> {
        must(by == self.founder || by == self.pools[pool].authority, Rule::NotPoolCloser)?;
        let owed = self.payable(pool) + self.exits_due(pool) + self.contested(pool) + self.bonds(pool);
        let is_unused = self.pools[pool].supply == 0 && self.children(pool) == 0 && owed == 0;
        must(is_unused, Rule::PoolInUse)?;
        let left = self.pools[pool].vault;
        self.pay_out(pool, treasury, left);
        self.pools[pool].closed = true;
        for account in [Account::Pool, Account::Tokens, Account::Tokens] {
            self.give_rent_back(account, self.founder);
        }
        Ok(left)
    }

    /// Closes the first court, which no pool and no voter needs. Its stake vault stays.
    pub fn close_assembly(&mut self, by: Name) -> Outcome {
        must(by == self.founder, Rule::NotAssemblyCreator)?;
        let is_unused = self.pools_of_court(0) + self.voters_there() == 0 && self.slashed_stake() == 0;
        must(is_unused, Rule::AssemblyInUse)?;
        self.assembly_closed = true;
        self.give_rent_back(Account::Assembly, self.founder);
        Ok(())
    }
}
