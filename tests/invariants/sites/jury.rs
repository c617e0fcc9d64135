//! The instructions of the jury, and for what is over.

use super::{Site, Sites, TOKENS};
use crate::model::{GUARDIAN, Name, Token};
use coverage_client::*;
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    pub fn request_unstake(&self, who: Name, amount: u64) -> Instruction {
        let owner = self.key(who);
        let voter = voter_address(&self.assembly, &owner);
        RequestUnstake { owner, assembly: self.assembly, voter }.instruction(amount)
    }

    pub fn unstake(&self, who: Name) -> Instruction {
        let accounts = Unstake {
            owner: self.key(who),
            assembly: self.assembly,
            voter: voter_address(&self.assembly, &self.key(who)),
            owner_token: self.wallet(who, Token::Governance),
            stake_vault: self.stake_vault,
            governance_mint: self.governance,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn burn_slashed(&self) -> Instruction {
        let (assembly, stake_vault, governance_mint) = (self.assembly, self.stake_vault, self.governance);
        BurnSlashed { assembly, stake_vault, governance_mint, token_program: TOKENS }.instruction()
    }

    pub fn dispute(
        &self,
        (pool, incident, claim): (usize, Address, Address),
        who: Name,
        (dispute, ballot): (Address, Address),
        counter_amount: u64,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = DisputeClaim {
            disputer: self.key(who),
            pool,
            incident,
            claim,
            dispute,
            assembly: self.assembly,
            ballot,
            disputer_token: self.wallet(who, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::dispute_request(counter_amount))
    }

    pub fn resolve(&self, (pool, incident, claim): (usize, Address, Address), policy: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (caller, dispute_ballot) = (self.key(GUARDIAN), ballot_address(&claim));
        ResolveDispute { caller, pool, incident, claim, policy, dispute_ballot, vault }.instruction()
    }

    pub fn dispute_bond(
        &self,
        (pool, incident, claim): (usize, Address, Address),
        dispute: Address,
        disputer: Name,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CollectDisputeBond {
            caller: self.key(GUARDIAN),
            pool,
            incident,
            claim,
            dispute,
            disputer: self.key(disputer),
            receiver: self.wallet(disputer, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn redirect(
        &self,
        (pool, incident, claim): (usize, Address, Address),
        claimant: Name,
        receiver: Name,
    ) -> Instruction {
        let (claimant, receiver) = (self.key(claimant), self.wallet(receiver, Token::Asset));
        RedirectClaim { claimant, pool: self.pools[pool].pool, incident, claim, receiver }.instruction()
    }

    pub fn recover(&self, pool: usize, incident: Address, who: Name, amount: u64) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (payer, payer_token) = (self.key(who), self.wallet(who, Token::Asset));
        let (asset_mint, token_program) = (self.asset, TOKENS);
        Recover { payer, pool, incident, payer_token, vault, asset_mint, token_program }.instruction(amount)
    }

    pub fn appeal(&self, pool: usize, ballot: Address, who: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (appellant, appellant_token) = (self.key(who), self.wallet(who, Token::Asset));
        let (asset_mint, token_program) = (self.asset, TOKENS);
        Appeal { appellant, pool, ballot, appellant_token, vault, asset_mint, token_program }.instruction()
    }

    pub fn appeal_bond(&self, pool: usize, ballot: Address, who: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (appellant, receiver) = (self.key(who), self.wallet(who, Token::Asset));
        let (asset_mint, token_program) = (self.asset, TOKENS);
        CollectAppealBond { pool, ballot, appellant, receiver, vault, asset_mint, token_program }.instruction()
    }

    pub fn reward(&self, pool: usize, ballot: Address, record: Address, who: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CollectVoteReward {
            caller: self.key(GUARDIAN),
            pool,
            assembly: self.assembly,
            ballot,
            record,
            voter: voter_address(&self.assembly, &self.key(who)),
            owner: self.key(who),
            rent_payer: self.key(who),
            receiver: self.wallet(who, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }
}
