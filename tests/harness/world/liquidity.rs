//! Deposits, exits and what else reaches the LPs.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use coverage_math::DAY;
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Accounts of `deposit` by an actor.
    #[must_use]
    pub fn deposit_accounts(&self, name: &str) -> Deposit {
        let pool = self.pool();
        Deposit {
            owner: self.key(name),
            pool,
            owner_token: self.tokens(name, &self.asset()),
            owner_shares: self.share_tokens(name),
            vault: vault_address(&pool),
            share_mint: self.share_mint(),
            asset_mint: self.asset(),
            token_program: self.token_program,
            share_token_program: self.share_program,
        }
    }

    /// What a depositor sees of the pool now.
    pub fn seen(&mut self) -> Seen {
        let pool = self.read_pool();
        Seen { terms: pool.terms, max_liens: u64::MAX }
    }

    /// Deposits `amount` atoms, whatever is set aside.
    pub fn deposit(&mut self, name: &str, amount: u64) -> Receipt {
        let seen = self.seen();
        self.send(self.deposit_accounts(name).instruction(amount, 0, &seen), &[name])
    }

    /// Accounts of `withdraw` by an actor.
    #[must_use]
    pub fn withdraw_accounts(&self, name: &str) -> Withdraw {
        let pool = self.pool();
        Withdraw {
            owner: self.key(name),
            pool,
            owner_shares: self.share_tokens(name),
            receiver: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            share_mint: self.share_mint(),
            asset_mint: self.asset(),
            token_program: self.token_program,
            share_token_program: self.share_program,
        }
    }

    /// Leaves at once with `shares`.
    pub fn withdraw_shares(&mut self, name: &str, shares: u64) -> Receipt {
        self.send(self.withdraw_accounts(name).instruction(shares, 0), &[name])
    }

    /// Number and day of the exit epoch that a request made now joins.
    pub fn exit_epoch(&mut self) -> (u64, u64) {
        let now = self.chain.now();
        self.read_pool().exit_epoch(now).expect("a day")
    }

    /// An exit epoch's account.
    pub fn read_epoch(&mut self, number: u64) -> ExitEpoch {
        self.chain.read(&exit_epoch_address(&self.pool(), number))
    }

    /// Accounts of `request_exit` of ticket `id` of an actor, in epoch `number`.
    #[must_use]
    pub fn request_exit_accounts(&self, name: &str, id: u64, number: u64) -> RequestExit {
        let pool = self.pool();
        RequestExit {
            owner: self.key(name),
            payer: self.key(name),
            pool,
            ticket: exit_ticket_address(&pool, &self.key(name), id),
            epoch: exit_epoch_address(&pool, number),
            owner_shares: self.share_tokens(name),
            exit_escrow: self.exit_escrow(),
            receiver: self.tokens(name, &self.asset()),
            share_token_program: self.share_program,
        }
    }

    /// Puts shares on their way out as ticket `id`, in the epoch of the day.
    pub fn request_exit(&mut self, name: &str, id: u64, shares: u64) -> Receipt {
        let (number, _) = self.exit_epoch();
        self.send(self.request_exit_accounts(name, id, number).instruction(id, number, shares), &[name])
    }

    /// Lets time pass until the day of the first exit epoch that waits.
    pub fn await_exits(&mut self) {
        let head = self.read_pool().exit_head;
        let due = self.read_epoch(head).day * DAY;
        self.wait_until(due);
    }

    /// The second midnight from now: what is deposited, or given back, in this day makes room for exits from then on.
    #[must_use]
    pub fn second_midnight(&mut self) -> u64 {
        (self.now() / DAY + 2) * DAY
    }

    /// Lets time pass until what was deposited, or given back, in this day makes room for exits. A second before it makes none,
    /// and somebody sees the first epoch wait.
    #[track_caller]
    pub fn await_room(&mut self) {
        self.await_room_beside(BreakwaterError::NothingToPay);
    }

    /// The same where exits wait with this error.
    pub fn await_room_beside(&mut self, error: BreakwaterError) {
        let midnight = self.second_midnight();
        self.chain.set_now(midnight - 1);
        self.pay_exits().fails(error);
        self.call_exits().ok();
        self.chain.set_now(midnight);
    }

    /// Accounts of `pay_exits` of epoch `number`, called by the guardian.
    #[must_use]
    pub fn pay_exits_accounts(&self, number: u64) -> PayExits {
        let pool = self.pool();
        PayExits {
            caller: self.key("guardian"),
            pool,
            epoch: exit_epoch_address(&pool, number),
            exit_escrow: self.exit_escrow(),
            share_mint: self.share_mint(),
            share_token_program: self.share_program,
        }
    }

    /// Pays what can be paid of the first exit epoch that waits.
    pub fn pay_exits(&mut self) -> Receipt {
        let head = self.read_pool().exit_head;
        self.send(self.pay_exits_accounts(head).instruction(), &[])
    }

    /// Calls the first exit epoch that waits.
    pub fn call_exits(&mut self) -> Receipt {
        let (pool, head) = (self.pool(), self.read_pool().exit_head);
        self.send(CallExits { pool, epoch: exit_epoch_address(&pool, head) }.instruction(), &[])
    }

    /// Gives epoch `number` back what it has in an incident.
    pub fn release_contested(&mut self, incident: &Address, number: u64) -> Receipt {
        let pool = self.pool();
        let release = ReleaseContested { pool, incident: *incident, epoch: exit_epoch_address(&pool, number) };
        self.send(release.instruction(), &[])
    }

    /// Accounts of `collect_exit` of ticket `id` of an actor, cranked by the founder.
    pub fn collect_exit_accounts(&mut self, name: &str, id: u64) -> CollectExit {
        let pool = self.pool();
        let address = exit_ticket_address(&pool, &self.key(name), id);
        let ticket: ExitTicket = self.chain.read(&address);
        let epoch = exit_epoch_address(&pool, ticket.epoch);
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

    /// Pays a ticket its part of what its epoch was paid so far.
    pub fn collect_exit(&mut self, name: &str, id: u64) -> Receipt {
        let accounts = self.collect_exit_accounts(name, id);
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `retire_shares`, paid for by the founder.
    #[must_use]
    pub fn retire_accounts(&self, generation: u32) -> RetireShares {
        let pool = self.pool();
        RetireShares {
            payer: self.key("founder"),
            pool,
            retired: retired_address(&pool, generation),
            share_mint: share_mint_address(&pool, generation + 1),
            exit_escrow: exit_escrow_address(&pool, generation + 1),
            vault: vault_address(&pool),
            share_token_program: self.share_program,
        }
    }

    /// Accounts of `close_retired`, cranked by the guardian.
    pub fn close_retired_accounts(&mut self, generation: u32) -> CloseRetired {
        let pool = self.pool();
        let address = retired_address(&pool, generation);
        let retired: Retired = self.chain.read(&address);
        CloseRetired {
            caller: self.key("guardian"),
            pool,
            retired: address,
            rent_payer: retired.rent_payer,
            vault: vault_address(&pool),
            share_mint: retired.share_mint,
            exit_escrow: exit_escrow_address(&pool, generation),
            share_token_program: self.share_program,
        }
    }

    /// Closes the account of retired shares of which none are left.
    pub fn close_retired(&mut self, generation: u32) -> Receipt {
        let accounts = self.close_retired_accounts(generation);
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `close_exit_epoch`, cranked by the guardian.
    pub fn close_epoch_accounts(&mut self, number: u64) -> CloseExitEpoch {
        let pool = self.pool();
        let epoch = exit_epoch_address(&pool, number);
        let rent_payer = self.chain.read::<ExitEpoch>(&epoch).rent_payer;
        CloseExitEpoch { caller: self.key("guardian"), pool, epoch, rent_payer, vault: vault_address(&pool) }
    }

    /// Closes an exit epoch.
    pub fn close_epoch(&mut self, number: u64) -> Receipt {
        let accounts = self.close_epoch_accounts(number);
        self.send(accounts.instruction(), &[])
    }

    /// Streams what was sent to the vault to the LPs.
    pub fn absorb_surplus(&mut self) -> Receipt {
        let pool = self.pool();
        self.send(AbsorbSurplus { pool, vault: vault_address(&pool) }.instruction(), &[])
    }
}
