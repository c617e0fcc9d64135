//! The instructions for stakes and ballots.

use super::{GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    pub fn stake(&self, (who, payer): (Name, Name), amount: u64) -> Instruction {
        let accounts = Stake {
            owner: self.key(who),
            payer: self.key(payer),
            assembly: self.courts[0],
            voter: self.voter(who),
            owner_token: self.wallet(who, Token::Governance),
            stake_vault: self.stake_vault,
            governance_mint: self.governance,
            token_program: TOKENS,
        };
        accounts.instruction(amount)
    }

    pub fn request_unstake(&self, who: Name, amount: u64) -> Instruction {
        RequestUnstake { owner: self.key(who), assembly: self.courts[0], voter: self.voter(who) }.instruction(amount)
    }

    pub fn unstake(&self, who: Name) -> Instruction {
        let accounts = Unstake {
            owner: self.key(who),
            assembly: self.courts[0],
            voter: self.voter(who),
            owner_token: self.wallet(who, Token::Governance),
            stake_vault: self.stake_vault,
            governance_mint: self.governance,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn burn_slashed(&self) -> Instruction {
        let (assembly, stake_vault, governance_mint) = (self.courts[0], self.stake_vault, self.governance);
        BurnSlashed { assembly, stake_vault, governance_mint, token_program: TOKENS }.instruction()
    }

    pub fn set_delegate(&self, who: Name, delegate: Option<Name>) -> Instruction {
        let delegate = delegate.map_or(NOBODY, |delegate| self.key(delegate));
        SetDelegate { owner: self.key(who), voter: self.voter(who) }.instruction(&delegate)
    }

    pub fn vote(&self, model: &Model, ballot: usize, (who, payer): (Name, Name), level: u8) -> Instruction {
        self.vote_for(model, ballot, who, (who, payer), level)
    }

    pub fn vote_for(
        &self,
        model: &Model,
        ballot: usize,
        owner: Name,
        (signer, payer): (Name, Name),
        level: u8,
    ) -> Instruction {
        let record = self.record(model, ballot, owner);
        let (signer, voter, ballot) = (self.key(signer), self.voter(owner), self.ballot(model, ballot));
        Vote { signer, payer: self.key(payer), voter, ballot, record }.instruction(level)
    }

    pub fn close_ballot(&self, model: &Model, ballot: usize) -> Instruction {
        CloseBallot { caller: self.key(GUARDIAN), ballot: self.ballot(model, ballot) }.instruction()
    }

    pub fn arbitrate(&self, model: &Model, ballot: usize, who: Name, level: u8) -> Instruction {
        Arbitrate { arbiter: self.key(who), ballot: self.ballot(model, ballot) }.instruction(level)
    }

    /// What somebody knows of what is voted on.
    pub fn attach_evidence(&self, subject: Address, who: Name) -> Instruction {
        AttachEvidence { author: self.key(who), subject }.instruction(&harness::evidence())
    }

    pub fn appeal(&self, model: &Model, ballot: usize, (who, payer): (Name, Name)) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.ballots[ballot].pool];
        let (appellant, appellant_token) = (self.key(who), self.wallet(who, Token::Asset));
        let (ballot, asset_mint, token_program) = (self.ballot(model, ballot), self.asset, TOKENS);
        let payer = self.key(payer);
        Appeal { appellant, payer, pool, ballot, appellant_token, vault, asset_mint, token_program }.instruction()
    }

    pub fn appeal_bond(&self, model: &Model, ballot: usize, who: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.ballots[ballot].pool];
        let (appellant, receiver) = (self.key(who), self.wallet(who, Token::Asset));
        let (ballot, asset_mint, token_program) = (self.ballot(model, ballot), self.asset, TOKENS);
        CollectAppealBond { pool, ballot, appellant, receiver, vault, asset_mint, token_program }.instruction()
    }

    pub fn reward(&self, model: &Model, ballot: usize, vote: usize, pays: bool) -> Instruction {
        let here = &model.ballots[ballot];
        let Site { pool, vault, .. } = self.pools[here.pool];
        let model::Cast { voter: who, rent_payer, .. } = here.votes[vote];
        let accounts = CollectVoteReward {
            caller: self.key(GUARDIAN),
            pool,
            assembly: self.courts[0],
            ballot: self.ballot(model, ballot),
            record: self.record(model, ballot, who),
            voter: self.voter(who),
            owner: self.key(who),
            rent_payer: self.key(rent_payer),
            receiver: pays.then(|| self.wallet(who, Token::Asset)),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn reclaim(&self, model: &Model, ballot: usize) -> Instruction {
        let here = &model.ballots[ballot];
        let (pool, rent_payer) = (self.pools[here.pool].pool, self.key(here.rent_payer));
        let (caller, ballot) = (self.key(GUARDIAN), self.ballot(model, ballot));
        ReclaimBallot { caller, pool, ballot, rent_payer }.instruction()
    }
}
