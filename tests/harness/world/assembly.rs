//! The assembly: its creation, stakes and votes.

use super::World;
use crate::{Chain, Receipt, actor};
use coverage_client::*;
use coverage_math::DAY;
use solana_address::Address;
use solana_signer::Signer;

impl<C: Chain> World<C> {
    /// Accounts of `create_assembly` by the founder.
    #[must_use]
    pub fn create_assembly_accounts(&self) -> CreateAssembly {
        let assembly = self.assembly();
        CreateAssembly {
            creator: self.key("founder"),
            assembly,
            governance_mint: self.governance(),
            stake_vault: stake_vault(&assembly),
            token_program: spl_token_interface::ID,
        }
    }

    /// Creates the assembly.
    pub fn create_assembly(&mut self, params: AssemblyParams) -> Receipt {
        self.send(self.create_assembly_accounts().instruction(&params), &["founder"])
    }

    /// Accounts of `stake` by an actor.
    #[must_use]
    pub fn stake_accounts(&self, name: &str) -> Stake {
        let assembly = self.assembly();
        Stake {
            owner: self.key(name),
            assembly,
            voter: voter(&assembly, &self.key(name)),
            owner_token: self.tokens(name, &self.governance()),
            stake_vault: stake_vault(&assembly),
            governance_mint: self.governance(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Gives an actor `amount` governance tokens and stakes them.
    pub fn stake(&mut self, name: &str, amount: u64) -> Receipt {
        self.give_lamports(name);
        let governance = self.governance();
        let account = self.open_tokens(name, &governance);
        self.mint_to(&governance, &account, amount);
        self.send(self.stake_accounts(name).instruction(amount), &[name])
    }

    /// Accounts of `vote` by an actor in the first ballot on `subject`.
    #[must_use]
    pub fn vote_accounts(&self, name: &str, subject: &Address) -> Vote {
        let voter = voter(&self.assembly(), &self.key(name));
        let ballot = ballot(subject, 0);
        Vote { owner: self.key(name), voter, ballot, record: vote_record(&ballot, &voter) }
    }

    /// Votes for (1) or against (0) in the first ballot on `subject`.
    pub fn vote(&mut self, name: &str, subject: &Address, side: u8) -> Receipt {
        self.send(self.vote_accounts(name, subject).instruction(side), &[name])
    }

    /// Closes the first ballot on `subject`.
    pub fn close_ballot(&mut self, subject: &Address) -> Receipt {
        self.send(CloseBallot { ballot: ballot(subject, 0) }.instruction(), &[])
    }
}

/// Parameters of the world's assembly: three days of voting, one day of age, a quorum of 20%, a majority.
#[must_use]
pub fn assembly_params() -> AssemblyParams {
    AssemblyParams {
        authority: actor("founder").pubkey(),
        voting_period: 3 * DAY,
        min_stake_age: DAY,
        unstake_delay: 40 * DAY,
        quorum_bps: 2_000,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
    }
}
