//! Deposits, exits and what else reaches the LPs.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use coverage_math::day_of;

impl<C: Chain> World<C> {
    /// Accounts of `deposit` by an actor.
    #[must_use]
    pub fn deposit_accounts(&self, name: &str) -> Deposit {
        let pool = self.pool();
        Deposit {
            owner: self.key(name),
            pool,
            owner_token: self.tokens(name, &self.asset()),
            owner_shares: self.tokens(name, &share_mint_address(&pool)),
            vault: vault_address(&pool),
            share_mint: share_mint_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Deposits `amount` atoms.
    pub fn deposit(&mut self, name: &str, amount: u64) -> Receipt {
        self.send(self.deposit_accounts(name).instruction(amount, 0), &[name])
    }

    /// Day of the exit epoch that a request made now joins.
    pub fn exit_day(&mut self) -> u64 {
        day_of(self.chain.now()) + u64::from(self.read_pool().exit_delay_days)
    }

    /// Accounts of `request_exit` of ticket `id` of an actor, in the epoch of `day`.
    #[must_use]
    pub fn request_exit_accounts(&self, name: &str, id: u64, day: u64) -> RequestExit {
        let pool = self.pool();
        RequestExit {
            owner: self.key(name),
            pool,
            ticket: exit_ticket_address(&pool, &self.key(name), id),
            epoch: exit_epoch_address(&pool, day),
            owner_shares: self.tokens(name, &share_mint_address(&pool)),
            exit_escrow: exit_escrow_address(&pool),
            receiver: self.tokens(name, &self.asset()),
            token_program: self.token_program,
        }
    }

    /// Puts shares on their way out as ticket `id`, in the epoch the exit delay from now.
    pub fn request_exit(&mut self, name: &str, id: u64, shares: u64) -> Receipt {
        let day = self.exit_day();
        self.send(self.request_exit_accounts(name, id, day).instruction(id, day, shares), &[name])
    }

    /// Accounts of `open_exit_epoch` by the founder.
    #[must_use]
    pub fn open_epoch_accounts(&self, day: u64) -> OpenExitEpoch {
        OpenExitEpoch { payer: self.key("founder"), pool: self.pool(), epoch: exit_epoch_address(&self.pool(), day) }
    }

    /// Creates tomorrow's exit epoch.
    pub fn open_epoch(&mut self) -> Receipt {
        let day = day_of(self.chain.now()) + 1;
        self.send(self.open_epoch_accounts(day).instruction(day), &["founder"])
    }

    /// Accounts of `settle_exit_epoch`; what is left over goes to the epoch of day `next`, if one is given.
    #[must_use]
    pub fn settle_epoch_accounts(&self, day: u64, next: Option<u64>) -> SettleExitEpoch {
        let pool = self.pool();
        SettleExitEpoch {
            pool,
            epoch: exit_epoch_address(&pool, day),
            next_epoch: next.map(|day| exit_epoch_address(&pool, day)),
            exit_escrow: exit_escrow_address(&pool),
            share_mint: share_mint_address(&pool),
            vault: vault_address(&pool),
            token_program: self.token_program,
        }
    }

    /// Settles an exit epoch; creates tomorrow's first when it does not exist, for what is left over.
    pub fn settle_epoch(&mut self, day: u64) -> Receipt {
        let tomorrow = day_of(self.chain.now()) + 1;
        if self.chain.account(&exit_epoch_address(&self.pool(), tomorrow)).is_none() {
            self.open_epoch().ok();
        }
        self.send(self.settle_epoch_accounts(day, Some(tomorrow)).instruction(), &[])
    }

    /// Accounts of `collect_exit` of ticket `id` of an actor, cranked by the founder.
    pub fn collect_exit_accounts(&mut self, name: &str, id: u64) -> CollectExit {
        let pool = self.pool();
        let address = exit_ticket_address(&pool, &self.key(name), id);
        let ticket: ExitTicket = self.chain.read(&address);
        let epoch = exit_epoch_address(&pool, ticket.epoch_day);
        CollectExit {
            caller: self.key("founder"),
            pool,
            epoch,
            ticket: address,
            owner: ticket.owner,
            rent_payer: ticket.rent_payer,
            receiver: ticket.receiver,
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Takes a ticket through the epoch in which it stands.
    pub fn collect_exit(&mut self, name: &str, id: u64) -> Receipt {
        let accounts = self.collect_exit_accounts(name, id);
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `close_exit_epoch`, cranked by the guardian.
    pub fn close_epoch_accounts(&mut self, day: u64) -> CloseExitEpoch {
        let pool = self.pool();
        let epoch = exit_epoch_address(&pool, day);
        let rent_payer = self.chain.read::<ExitEpoch>(&epoch).rent_payer;
        CloseExitEpoch { caller: self.key("guardian"), pool, epoch, rent_payer, vault: vault_address(&pool) }
    }

    /// Closes an exit epoch.
    pub fn close_epoch(&mut self, day: u64) -> Receipt {
        let accounts = self.close_epoch_accounts(day);
        self.send(accounts.instruction(), &[])
    }

    /// Streams what was sent to the vault to the LPs.
    pub fn absorb_surplus(&mut self) -> Receipt {
        let pool = self.pool();
        self.send(AbsorbSurplus { pool, vault: vault_address(&pool) }.instruction(), &[])
    }
}
