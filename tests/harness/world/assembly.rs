//! The assembly: its creation, stakes and votes.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use coverage_math::DAY;
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Accounts of `create_assembly` by its convener.
    #[must_use]
    pub fn create_assembly_accounts(&self) -> CreateAssembly {
        let assembly = self.assembly();
        CreateAssembly {
            creator: self.key(self.convener),
            payer: self.key(self.convener),
            assembly,
            governance_mint: self.governance(),
            stake_vault: stake_vault_address(&assembly),
            token_program: self.token_program,
        }
    }

    /// Creates the assembly.
    pub fn create_assembly(&mut self, params: AssemblyParams) -> Receipt {
        self.send(self.create_assembly_accounts().instruction(&params), &[self.convener])
    }

    /// Accounts of `stake` by an actor.
    #[must_use]
    pub fn stake_accounts(&self, name: &str) -> Stake {
        let assembly = self.assembly();
        Stake {
            owner: self.key(name),
            payer: self.key(name),
            assembly,
            voter: voter_address(&assembly, &self.key(name)),
            owner_token: self.tokens(name, &self.governance()),
            stake_vault: stake_vault_address(&assembly),
            governance_mint: self.governance(),
            token_program: self.token_program,
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

    /// Accounts of `request_unstake` by an actor.
    #[must_use]
    pub fn request_unstake_accounts(&self, name: &str) -> RequestUnstake {
        let assembly = self.assembly();
        RequestUnstake { owner: self.key(name), assembly, voter: voter_address(&assembly, &self.key(name)) }
    }

    /// Puts `amount` of an actor's stake on its way out.
    pub fn request_unstake(&mut self, name: &str, amount: u64) -> Receipt {
        self.send(self.request_unstake_accounts(name).instruction(amount), &[name])
    }

    /// Accounts of `unstake` by an actor.
    #[must_use]
    pub fn unstake_accounts(&self, name: &str) -> Unstake {
        let assembly = self.assembly();
        Unstake {
            owner: self.key(name),
            assembly,
            voter: voter_address(&assembly, &self.key(name)),
            owner_token: self.tokens(name, &self.governance()),
            stake_vault: stake_vault_address(&assembly),
            governance_mint: self.governance(),
            token_program: self.token_program,
        }
    }

    /// Takes out what an actor has on its way.
    pub fn unstake(&mut self, name: &str) -> Receipt {
        self.send(self.unstake_accounts(name).instruction(), &[name])
    }

    /// Accounts of `close_voter` of an actor, cranked by the guardian.
    pub fn close_voter_accounts(&mut self, name: &str) -> CloseVoter {
        let assembly = self.assembly();
        let voter = voter_address(&assembly, &self.key(name));
        let rent_payer = self.chain.read::<Voter>(&voter).rent_payer;
        CloseVoter { caller: self.key("guardian"), assembly, voter, rent_payer }
    }

    /// Closes an actor's voter account.
    pub fn close_voter(&mut self, name: &str) -> Receipt {
        let accounts = self.close_voter_accounts(name);
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `close_assembly` by its convener.
    pub fn close_assembly_accounts(&mut self) -> CloseAssembly {
        let assembly = self.assembly();
        let rent_payer = self.chain.read::<Assembly>(&assembly).rent_payer;
        CloseAssembly { creator: self.key(self.convener), assembly, rent_payer }
    }

    /// Closes the assembly.
    pub fn close_assembly(&mut self) -> Receipt {
        let accounts = self.close_assembly_accounts();
        self.send(accounts.instruction(), &[self.convener])
    }

    /// Accounts of `burn_slashed`.
    #[must_use]
    pub fn burn_slashed_accounts(&self) -> BurnSlashed {
        let assembly = self.assembly();
        BurnSlashed {
            assembly,
            stake_vault: stake_vault_address(&assembly),
            governance_mint: self.governance(),
            token_program: self.token_program,
        }
    }

    /// Burns what voters have lost.
    pub fn burn_slashed(&mut self) -> Receipt {
        self.send(self.burn_slashed_accounts().instruction(), &[])
    }

    /// Accounts of `vote` by an actor in the ballot on `subject`.
    #[must_use]
    pub fn vote_accounts(&self, name: &str, subject: &Address) -> Vote {
        let voter = voter_address(&self.assembly(), &self.key(name));
        let ballot = ballot_address(subject);
        Vote {
            signer: self.key(name),
            payer: self.key(name),
            voter,
            ballot,
            record: vote_record_address(&ballot, &voter),
        }
    }

    /// Accounts of `vote` by an actor with an owner's stake in the ballot on `subject`.
    #[must_use]
    pub fn vote_for_accounts(&self, delegate: &str, owner: &str, subject: &Address) -> Vote {
        let key = self.key(delegate);
        Vote { signer: key, payer: key, ..self.vote_accounts(owner, subject) }
    }

    /// An actor votes for a level with an owner's stake in the ballot on `subject`.
    pub fn vote_for(&mut self, delegate: &str, owner: &str, subject: &Address, level: u8) -> Receipt {
        self.give_lamports(delegate);
        self.send(self.vote_for_accounts(delegate, owner, subject).instruction(level), &[delegate])
    }

    /// Accounts of `set_delegate` by an actor.
    #[must_use]
    pub fn set_delegate_accounts(&self, name: &str) -> SetDelegate {
        let owner = self.key(name);
        SetDelegate { owner, voter: voter_address(&self.assembly(), &owner) }
    }

    /// Lets another actor vote with an actor's stake, or nobody.
    pub fn set_delegate(&mut self, name: &str, delegate: Option<&str>) -> Receipt {
        let delegate = delegate.map_or(NOBODY, |delegate| self.key(delegate));
        self.send(self.set_delegate_accounts(name).instruction(&delegate), &[name])
    }

    /// Votes for (1) or against (0) in the ballot on `subject`.
    pub fn vote(&mut self, name: &str, subject: &Address, side: u8) -> Receipt {
        self.vote_at(name, subject, side.saturating_mul(16))
    }

    /// Votes for a level in the ballot on `subject`.
    pub fn vote_at(&mut self, name: &str, subject: &Address, level: u8) -> Receipt {
        self.send(self.vote_accounts(name, subject).instruction(level), &[name])
    }

    /// Attaches evidence of an actor to `subject`.
    pub fn attach_evidence(&mut self, name: &str, subject: &Address) -> Receipt {
        self.send(
            AttachEvidence { author: self.key(name), subject: *subject }.instruction(&super::incident::evidence()),
            &[name],
        )
    }

    /// Accounts of `close_ballot`, called by the guardian.
    #[must_use]
    pub fn close_ballot_accounts(&self, subject: &Address) -> CloseBallot {
        CloseBallot { caller: self.key("guardian"), ballot: ballot_address(subject) }
    }

    /// Closes a round of the ballot on `subject`.
    pub fn close_ballot(&mut self, subject: &Address) -> Receipt {
        self.send(self.close_ballot_accounts(subject).instruction(), &[])
    }

    /// Lets an actor arbitrate the ballot on `subject`: for (1) or against (0).
    pub fn arbitrate(&mut self, name: &str, subject: &Address, side: u8) -> Receipt {
        self.arbitrate_at(name, subject, side.saturating_mul(16))
    }

    /// Lets an actor arbitrate the ballot on `subject` at a level.
    pub fn arbitrate_at(&mut self, name: &str, subject: &Address, level: u8) -> Receipt {
        let accounts = Arbitrate { arbiter: self.key(name), ballot: ballot_address(subject) };
        self.send(accounts.instruction(level), &[name])
    }

    /// Accounts of `appeal` by an actor against the ballot on `subject`.
    #[must_use]
    pub fn appeal_accounts(&self, name: &str, subject: &Address) -> Appeal {
        let pool = self.pool();
        Appeal {
            appellant: self.key(name),
            payer: self.key(name),
            pool,
            ballot: ballot_address(subject),
            appellant_token: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Appeals the ballot on `subject`.
    pub fn appeal(&mut self, name: &str, subject: &Address) -> Receipt {
        self.send(self.appeal_accounts(name, subject).instruction(), &[name])
    }

    /// Accounts of `collect_appeal_bond` for an appellant.
    #[must_use]
    pub fn collect_appeal_bond_accounts(&self, appellant: &str, subject: &Address) -> CollectAppealBond {
        let pool = self.pool();
        CollectAppealBond {
            pool,
            ballot: ballot_address(subject),
            appellant: self.key(appellant),
            receiver: self.tokens(appellant, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Gives back what goes back of an appeal's bond.
    pub fn collect_appeal_bond(&mut self, appellant: &str, subject: &Address) -> Receipt {
        self.send(self.collect_appeal_bond_accounts(appellant, subject).instruction(), &[])
    }

    /// Accounts of `collect_vote_reward` for an actor's vote in the ballot on `subject`.
    #[must_use]
    pub fn collect_vote_reward_accounts(&self, name: &str, subject: &Address) -> CollectVoteReward {
        let (pool, assembly, ballot) = (self.pool(), self.assembly(), ballot_address(subject));
        let voter = voter_address(&assembly, &self.key(name));
        CollectVoteReward {
            caller: self.key("guardian"),
            pool,
            assembly,
            ballot,
            record: vote_record_address(&ballot, &voter),
            voter,
            owner: self.key(name),
            rent_payer: self.key(name),
            receiver: Some(self.tokens(name, &self.asset())),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Releases an actor's vote and leaves its reward.
    pub fn release_vote(&mut self, name: &str, subject: &Address) -> Receipt {
        let accounts = CollectVoteReward { receiver: None, ..self.collect_vote_reward_accounts(name, subject) };
        self.send(accounts.instruction(), &[])
    }

    /// Releases an actor's vote in the ballot on `subject`.
    pub fn collect_vote_reward(&mut self, name: &str, subject: &Address) -> Receipt {
        self.send(self.collect_vote_reward_accounts(name, subject).instruction(), &[])
    }

    /// Closes the account of the ballot on `subject`, whose rent `rent_payer` paid.
    pub fn reclaim_ballot(&mut self, rent_payer: &str, subject: &Address) -> Receipt {
        let accounts = ReclaimBallot {
            caller: self.key("guardian"),
            pool: self.pool(),
            ballot: ballot_address(subject),
            rent_payer: self.key(rent_payer),
        };
        self.send(accounts.instruction(), &[])
    }
}

/// Parameters of the world's assembly: three days of voting, one day of age, a quorum of 20%, a majority.
#[must_use]
pub fn assembly_params() -> AssemblyParams {
    AssemblyParams {
        voting_period: 3 * DAY,
        min_stake_age: DAY,
        unstake_delay: 60 * DAY,
        quorum_bps: 2_000,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
    }
}
