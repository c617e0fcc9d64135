//! Where everything lies on the chain, and the instructions for it.

mod jury;

use crate::model::{ARBITER, DISTRIBUTOR, FOUNDER, GUARDIAN, Name, Token};
use coverage_client::*;
use harness::actor;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_signer::Signer;
use std::collections::BTreeMap;

/// Those who deposit.
pub const LPS: [Name; 3] = ["ada", "ben", "cleo"];
/// Those who buy cover, and hold it.
pub const BUYERS: [Name; 4] = ["dora", "emil", "fay", "gus"];
/// Those who stake.
pub const VOTERS: [Name; 4] = ["vera", "walt", "xeno", "yuri"];
/// Who opens incidents.
pub const OPENER: Name = "opal";

const TOKENS: Address = spl_token_interface::ID;

/// The addresses of a pool.
#[derive(Clone, Copy)]
pub struct Site {
    pub pool: Address,
    pub vault: Address,
    pub share_mint: Address,
    pub exit_escrow: Address,
}

/// All addresses, derived once.
pub struct Sites {
    keys: BTreeMap<Name, Address>,
    wallets: BTreeMap<(Name, Token), Address>,
    pub pools: Vec<Site>,
    pub assembly: Address,
    pub stake_vault: Address,
    asset: Address,
    governance: Address,
}

impl Sites {
    /// The places of a world with pools of these numbers.
    pub fn of(asset: Address, governance: Address, pools: std::ops::RangeInclusive<u64>) -> Self {
        let founder = actor(FOUNDER).pubkey();
        let assembly = assembly_address(&governance, &founder);
        let site = |id| {
            let pool = pool_address(&founder, id);
            Site {
                pool,
                vault: vault_address(&pool),
                share_mint: share_mint_address(&pool),
                exit_escrow: exit_escrow_address(&pool),
            }
        };
        let mut sites = Self {
            keys: BTreeMap::new(),
            wallets: BTreeMap::new(),
            pools: pools.map(site).collect(),
            assembly,
            stake_vault: stake_vault_address(&assembly),
            asset,
            governance,
        };
        let others = [OPENER, FOUNDER, GUARDIAN, DISTRIBUTOR, ARBITER];
        for name in LPS.into_iter().chain(BUYERS).chain(VOTERS).chain(others) {
            let key = actor(name).pubkey();
            sites.keys.insert(name, key);
            sites.wallets.insert((name, Token::Asset), token_account_address(&key, &asset));
            sites.wallets.insert((name, Token::Governance), token_account_address(&key, &governance));
            for (pool, site) in sites.pools.iter().enumerate() {
                sites.wallets.insert((name, Token::Shares(pool)), token_account_address(&key, &site.share_mint));
            }
        }
        sites
    }

    /// Mint of the staked token.
    pub fn governance(&self) -> Address {
        self.governance
    }

    /// Mint of the asset.
    pub fn asset(&self) -> Address {
        self.asset
    }

    /// Somebody's address.
    pub fn key(&self, name: Name) -> Address {
        self.keys[name]
    }

    /// Somebody's token account; lamports lie at their own address.
    pub fn wallet(&self, name: Name, token: Token) -> Address {
        if token == Token::Lamports { self.key(name) } else { self.wallets[&(name, token)] }
    }

    pub fn list_product(&self, pool: usize, number: u16, params: &ProductParams) -> Instruction {
        let (founder, pool) = (self.key(FOUNDER), self.pools[pool].pool);
        let product = product_address(&pool, number);
        ListProduct { authority: founder, payer: founder, pool, product }.instruction(params)
    }

    pub fn deposit(&self, pool: usize, who: Name, amount: u64, min_shares: u64) -> Instruction {
        let Site { pool: address, vault, share_mint, .. } = self.pools[pool];
        let accounts = Deposit {
            owner: self.key(who),
            pool: address,
            owner_token: self.wallet(who, Token::Asset),
            owner_shares: self.wallet(who, Token::Shares(pool)),
            vault,
            share_mint,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(amount, min_shares)
    }

    pub fn burn(&self, pool: usize, who: Name, shares: u64) -> Instruction {
        let (account, mint) = (self.wallet(who, Token::Shares(pool)), self.pools[pool].share_mint);
        spl_token_interface::instruction::burn(&TOKENS, &account, &mint, &self.key(who), &[], shares)
            .expect("valid instruction")
    }

    pub fn absorb(&self, pool: usize) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        AbsorbSurplus { pool, vault }.instruction()
    }

    pub fn request_exit(&self, pool: usize, who: Name, id: u64, day: u64, shares: u64) -> Instruction {
        let Site { pool: address, exit_escrow, .. } = self.pools[pool];
        let accounts = RequestExit {
            owner: self.key(who),
            pool: address,
            ticket: exit_ticket_address(&address, &self.key(who), id),
            epoch: exit_epoch_address(&address, day),
            owner_shares: self.wallet(who, Token::Shares(pool)),
            exit_escrow,
            receiver: self.wallet(who, Token::Asset),
            token_program: TOKENS,
        };
        accounts.instruction(id, day, shares)
    }

    pub fn open_epoch(&self, pool: usize, day: u64) -> Instruction {
        let pool = self.pools[pool].pool;
        OpenExitEpoch { payer: self.key(FOUNDER), pool, epoch: exit_epoch_address(&pool, day) }.instruction(day)
    }

    pub fn settle_epoch(&self, pool: usize, epoch: Address, next_epoch: Option<Address>) -> Instruction {
        let Site { pool, vault, share_mint, exit_escrow } = self.pools[pool];
        SettleExitEpoch { pool, epoch, next_epoch, exit_escrow, share_mint, vault, token_program: TOKENS }.instruction()
    }

    pub fn collect_exit(&self, pool: usize, owner: Name, ticket: Address, epoch: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CollectExit {
            caller: self.key(FOUNDER),
            pool,
            epoch,
            ticket,
            owner: self.key(owner),
            rent_payer: self.key(owner),
            receiver: self.wallet(owner, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_epoch(&self, pool: usize, epoch: Address, rent_payer: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts =
            CloseExitEpoch { caller: self.key(GUARDIAN), pool, epoch, rent_payer: self.key(rent_payer), vault };
        accounts.instruction()
    }

    pub fn buy(&self, pool: usize, product: Address, payer: Name, id: u64, request: &CoverRequest) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = BuyCover {
            payer: self.key(payer),
            pool,
            product,
            policy: policy_address(&product, &self.key(payer), id),
            payer_token: self.wallet(payer, Token::Asset),
            vault,
            asset_mint: self.asset,
            distributor_token: self.distributor(request.commission_bps),
            token_program: TOKENS,
        };
        accounts.instruction(id, request)
    }

    /// The distributor's account, when there is something for it.
    fn distributor(&self, commission_bps: u16) -> Option<Address> {
        (commission_bps > 0).then(|| self.wallet(DISTRIBUTOR, Token::Asset))
    }

    pub fn quote(&self, pool: usize, product: Address, amount: u64, term_days: u16) -> Instruction {
        QuoteCover { pool: self.pools[pool].pool, product }.instruction(amount, term_days)
    }

    pub fn extend(
        &self,
        (pool, product, policy): (usize, Address, Address),
        payer: Name,
        request: &ExtensionRequest,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = ExtendCover {
            payer: self.key(payer),
            pool,
            product,
            policy,
            payer_token: self.wallet(payer, Token::Asset),
            vault,
            asset_mint: self.asset,
            distributor_token: self.distributor(request.commission_bps),
            token_program: TOKENS,
        };
        accounts.instruction(request)
    }

    pub fn cancel(
        &self,
        (pool, product, policy): (usize, Address, Address),
        holder: Name,
        min_refund: u64,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = CancelCover {
            holder: self.key(holder),
            pool,
            product,
            policy,
            holder_token: self.wallet(holder, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(min_refund)
    }

    pub fn transfer(&self, policy: Address, holder: Name, to: Option<Name>) -> Instruction {
        let to = to.map_or(Address::default(), |to| self.key(to));
        TransferCover { holder: self.key(holder), policy }.instruction(&to)
    }

    pub fn close_policy(&self, product: Address, policy: Address, payer: Name) -> Instruction {
        ClosePolicy { caller: self.key(GUARDIAN), product, policy, payer: self.key(payer) }.instruction()
    }

    pub fn roll(&self, pool: usize, product: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        RollProduct { pool, product, vault }.instruction()
    }

    pub fn stake(&self, who: Name, amount: u64) -> Instruction {
        let accounts = Stake {
            owner: self.key(who),
            assembly: self.assembly,
            voter: voter_address(&self.assembly, &self.key(who)),
            owner_token: self.wallet(who, Token::Governance),
            stake_vault: self.stake_vault,
            governance_mint: self.governance,
            token_program: TOKENS,
        };
        accounts.instruction(amount)
    }

    pub fn vote(&self, ballot: Address, who: Name, record: Address, side: u8) -> Instruction {
        let voter = voter_address(&self.assembly, &self.key(who));
        Vote { owner: self.key(who), voter, ballot, record }.instruction(side)
    }

    pub fn close_ballot(&self, ballot: Address) -> Instruction {
        CloseBallot { caller: self.key(GUARDIAN), ballot }.instruction()
    }

    pub fn open_incident(&self, pool: usize, product: Address, number: u32, occurred_at: u64) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let incident = incident_address(&product, number);
        let accounts = OpenIncident {
            opener: self.key(OPENER),
            pool,
            product,
            incident,
            assembly: self.assembly,
            ballot: ballot_address(&incident),
            opener_token: self.wallet(OPENER, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::incident_report(occurred_at))
    }

    pub fn submit_claim(
        &self,
        (pool, incident, policy): (usize, Address, Address),
        holder: Name,
        receiver: Name,
        loss: u64,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = SubmitClaim {
            holder: self.key(holder),
            payer: self.key(holder),
            pool,
            incident,
            policy,
            claim: claim_address(&incident, &policy),
            holder_token: self.wallet(holder, Token::Asset),
            receiver: self.wallet(receiver, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::claim_request(loss))
    }

    pub fn settle(&self, pool: usize, product: Address, incident: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (caller, ballot) = (self.key(GUARDIAN), Some(ballot_address(&incident)));
        SettleIncident { caller, pool, product, incident, ballot, vault }.instruction()
    }

    pub fn settle_rest(&self, pool: usize, incident: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        SettleRest { pool, incident, vault }.instruction()
    }

    pub fn payout(
        &self,
        (pool, incident, policy): (usize, Address, Address),
        claim: Address,
        receiver: Name,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (caller, receiver) = (self.key(GUARDIAN), self.wallet(receiver, Token::Asset));
        let (asset_mint, token_program) = (self.asset, TOKENS);
        Payout { caller, pool, incident, claim, policy, receiver, vault, asset_mint, token_program }.instruction()
    }

    pub fn collect_bond(&self, pool: usize, incident: Address) -> Instruction {
        let Site { pool, vault, .. } = self.pools[pool];
        let (bond_owner, receiver) = (self.key(OPENER), self.wallet(OPENER, Token::Asset));
        let (asset_mint, token_program) = (self.asset, TOKENS);
        CollectIncidentBond { pool, incident, bond_owner, receiver, vault, asset_mint, token_program }.instruction()
    }
}
