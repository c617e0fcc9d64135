//! Changes of parameters, the authority, pauses and fees.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Change number `id` of the first pool: the founder's, or of the one who last proposed one with this number.
    #[must_use]
    pub fn change(&self, id: u64) -> Address {
        let proposer = self.proposers.borrow().get(&(self.pool(), id)).copied().unwrap_or_else(|| self.key("founder"));
        change_address(&self.pool(), &proposer, id)
    }

    /// The same by an actor, whom it remembers.
    fn change_of(&self, name: &str, id: u64) -> Address {
        self.proposers.borrow_mut().insert((self.pool(), id), self.key(name));
        self.change(id)
    }

    /// A change's account.
    pub fn read_change(&mut self, id: u64) -> Change {
        self.chain.read(&self.change(id))
    }

    /// The number of the next change.
    pub fn next_change(&mut self) -> u64 {
        self.read_pool().change_count
    }

    /// Accounts of `propose_change` number `id` by an actor, of a product or of the pool.
    #[must_use]
    pub fn propose_accounts(&self, authority: &str, id: u64, index: Option<u16>) -> ProposeChange {
        ProposeChange {
            authority: self.key(authority),
            payer: self.key(authority),
            pool: self.pool(),
            product: index.map(|index| self.product(index)),
            change: self.change_of(authority, id),
        }
    }

    /// Queues the next change, as the founder.
    pub fn propose(&mut self, proposal: &Proposal, index: Option<u16>) -> Receipt {
        let id = self.next_change();
        self.send(self.propose_accounts("founder", id, index).instruction(id, proposal), &["founder"])
    }

    /// Accounts of `petition_change` number `id` by a staker, of a product or of the pool.
    #[must_use]
    pub fn petition_accounts(&self, name: &str, id: u64, index: Option<u16>) -> PetitionChange {
        let (pool, assembly, change) = (self.pool(), self.assembly(), self.change_of(name, id));
        PetitionChange {
            owner: self.key(name),
            payer: self.key(name),
            voter: voter_address(&assembly, &self.key(name)),
            pool,
            product: index.map(|index| self.product(index)),
            change,
            assembly,
            ballot: ballot_address(&change),
            owner_token: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Puts the next change to a ballot, as a staker.
    pub fn petition(&mut self, name: &str, proposal: &Proposal, index: Option<u16>) -> Receipt {
        let id = self.next_change();
        self.send(self.petition_accounts(name, id, index).instruction(id, proposal), &[name])
    }

    /// Accounts of `queue_change`.
    #[must_use]
    pub fn queue_accounts(&self, id: u64) -> QueueChange {
        let (pool, change) = (self.pool(), self.change(id));
        QueueChange {
            caller: self.key("guardian"),
            pool,
            change,
            ballot: ballot_address(&change),
            vault: vault_address(&pool),
        }
    }

    /// Reads the ballot on a change.
    pub fn queue(&mut self, id: u64) -> Receipt {
        self.send(self.queue_accounts(id).instruction(), &[])
    }

    /// Accounts of `apply_change`, of a product or of the pool.
    pub fn apply_accounts(&mut self, id: u64, index: Option<u16>) -> ApplyChange {
        let (pool, read, change) = (self.pool(), self.read_pool(), self.change(id));
        let stored = self.chain.account(&change).and_then(|account| Change::decode(&account.data));
        let court = match stored.and_then(|change| Proposal::from_bytes(&change.proposal).ok()) {
            Some(Proposal::Court { assembly }) => Some(assembly),
            _ => None,
        };
        ApplyChange {
            pool,
            change,
            product: index.map(|index| self.product(index)),
            first_exit: read.has_exits().then(|| exit_epoch_address(&pool, read.exit_head)),
            court,
            payer: None,
            share_mint: None,
            share_token_program: None,
        }
    }

    /// Accounts of `mark_change`, of a product or of the pool.
    pub fn mark_accounts(&mut self, id: u64, index: Option<u16>) -> MarkChange {
        let ApplyChange { pool, change, product, first_exit, .. } = self.apply_accounts(id, index);
        MarkChange { pool, change, product, first_exit }
    }

    /// Marks a change that can be applied, of a product or of the pool.
    pub fn mark(&mut self, id: u64, index: Option<u16>) -> Receipt {
        let accounts = self.mark_accounts(id, index);
        self.send(accounts.instruction(), &[])
    }

    /// Applies a change, of a product or of the pool.
    pub fn apply(&mut self, id: u64, index: Option<u16>) -> Receipt {
        let accounts = self.apply_accounts(id, index);
        self.send(accounts.instruction(), &[])
    }

    /// Takes a product off sale by a change, which is closed then.
    pub fn delist(&mut self, index: u16) {
        let id = self.next_change();
        self.propose(&Proposal::Delist, Some(index)).ok();
        let applies_at = self.read_change(id).applies_at;
        self.wait_until(applies_at);
        self.apply(id, Some(index)).ok();
        self.close_change("founder", id).ok();
    }

    /// Takes a change back, as an actor.
    pub fn withdraw(&mut self, name: &str, id: u64) -> Receipt {
        let accounts = WithdrawChange { authority: self.key(name), pool: self.pool(), change: self.change(id) };
        self.send(accounts.instruction(), &[name])
    }

    /// Takes the authority by a change, as an actor.
    pub fn accept_authority(&mut self, name: &str, id: u64) -> Receipt {
        let accounts = AcceptAuthority { new_authority: self.key(name), pool: self.pool(), change: self.change(id) };
        self.send(accounts.instruction(), &[name])
    }

    /// Pauses sales and deposits for `seconds`, as an actor.
    pub fn pause(&mut self, name: &str, seconds: u64) -> Receipt {
        let accounts = Pause { guardian: self.key(name), pool: self.pool() };
        self.send(accounts.instruction(seconds), &[name])
    }

    /// Accounts of `collect_fees`.
    #[must_use]
    pub fn collect_fees_accounts(&self) -> CollectFees {
        let pool = self.pool();
        CollectFees {
            pool,
            treasury: self.key("treasury"),
            receiver: self.tokens("treasury", &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Pays the protocol fees to the treasury.
    pub fn collect_fees(&mut self) -> Receipt {
        self.send(self.collect_fees_accounts().instruction(), &[])
    }

    /// Accounts of `collect_change_bond` for a proposer.
    #[must_use]
    pub fn collect_change_bond_accounts(&self, proposer: &str, id: u64) -> CollectChangeBond {
        let pool = self.pool();
        CollectChangeBond {
            pool,
            change: self.change(id),
            proposer: self.key(proposer),
            receiver: self.tokens(proposer, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Gives a change's bond back.
    pub fn collect_change_bond(&mut self, proposer: &str, id: u64) -> Receipt {
        self.send(self.collect_change_bond_accounts(proposer, id).instruction(), &[])
    }

    /// Accounts of `close_change`, cranked by the guardian.
    #[must_use]
    pub fn close_change_accounts(&self, rent_payer: &str, id: u64) -> CloseChange {
        let (pool, change) = (self.pool(), self.change(id));
        CloseChange { caller: self.key("guardian"), pool, change, rent_payer: self.key(rent_payer) }
    }

    /// Closes the account of a change whose rent `rent_payer` paid.
    pub fn close_change(&mut self, rent_payer: &str, id: u64) -> Receipt {
        self.send(self.close_change_accounts(rent_payer, id).instruction(), &[])
    }
}
