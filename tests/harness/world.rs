use crate::{Chain, LiteChain, ProgramTestChain, Receipt, actor};
use coverage_client::*;
use coverage_math::{DAY, day_of};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_program_pack::Pack as _;
use solana_signer::Signer;
use spl_token_interface::state::{Account as TokenAccount, Mint};

/// Atoms of one unit of the world's tokens, which have six decimals.
pub const UNIT: u64 = 1_000_000;

/// A world with one assembly and one pool, played by actors who are known by their names.
///
/// Every method that sends returns what became of it; the addresses follow from the names. A test changes a builder's
/// accounts before it sends to try what must not work.
pub struct World<C> {
    /// The chain.
    pub chain: C,
}

impl World<ProgramTestChain> {
    /// A world on solana-program-test with mints, an assembly and a pool.
    #[must_use]
    pub fn new() -> Self {
        Self { chain: ProgramTestChain::start() }.found()
    }

    /// A world on solana-program-test with mints only.
    #[must_use]
    pub fn bare() -> Self {
        let mut world = Self { chain: ProgramTestChain::start() };
        world.create_mints();
        world
    }
}

impl Default for World<ProgramTestChain> {
    fn default() -> Self {
        Self::new()
    }
}

impl World<LiteChain> {
    /// A world on LiteSVM with mints, an assembly and a pool.
    #[must_use]
    pub fn lite() -> Self {
        Self { chain: LiteChain::start() }.found()
    }

    /// A world on LiteSVM with mints only.
    #[must_use]
    pub fn lite_bare() -> Self {
        let mut world = Self { chain: LiteChain::start() };
        world.create_mints();
        world
    }
}

impl<C: Chain> World<C> {
    fn found(mut self) -> Self {
        self.create_mints();
        self.create_assembly(assembly_params()).ok();
        self.create_pool(0, pool_params()).ok();
        self
    }

    // Names and addresses

    /// The address of an actor.
    #[must_use]
    pub fn key(&self, name: &str) -> Address {
        actor(name).pubkey()
    }

    /// Mint of the pools' asset.
    #[must_use]
    pub fn asset(&self) -> Address {
        self.key("asset mint")
    }

    /// Mint of the staked token.
    #[must_use]
    pub fn governance(&self) -> Address {
        self.key("governance mint")
    }

    /// The assembly.
    #[must_use]
    pub fn assembly(&self) -> Address {
        assembly(&self.governance(), &self.key("founder"))
    }

    /// The first pool.
    #[must_use]
    pub fn pool(&self) -> Address {
        self.pool_number(0)
    }

    /// A pool by its number.
    #[must_use]
    pub fn pool_number(&self, id: u64) -> Address {
        pool(&self.key("founder"), id)
    }

    /// A product of the first pool by its number.
    #[must_use]
    pub fn product(&self, index: u16) -> Address {
        product(&self.pool(), index)
    }

    /// Policy number `id` that `payer` bought of a product of the first pool.
    #[must_use]
    pub fn policy(&self, index: u16, payer: &str, id: u64) -> Address {
        policy(&self.product(index), &self.key(payer), id)
    }

    /// The `nth` incident of a product of the first pool.
    #[must_use]
    pub fn incident(&self, index: u16, nth: u32) -> Address {
        incident(&self.product(index), nth)
    }

    /// An actor's token account of a mint.
    #[must_use]
    pub fn tokens(&self, name: &str, mint: &Address) -> Address {
        token_account(&self.key(name), mint)
    }

    // Reading

    /// The first pool's account.
    pub fn read_pool(&mut self) -> Pool {
        self.chain.read(&self.pool())
    }

    /// A product's account.
    pub fn read_product(&mut self, index: u16) -> Product {
        self.chain.read(&self.product(index))
    }

    /// Balance of a token account, atoms; 0 when there is none.
    pub fn balance_of(&mut self, account: &Address) -> u64 {
        self.chain
            .account(account)
            .map_or(0, |account| TokenAccount::unpack(&account.data).expect("a token account").amount)
    }

    /// An actor's balance of the asset, atoms.
    pub fn balance(&mut self, name: &str) -> u64 {
        self.balance_of(&self.tokens(name, &self.asset()))
    }

    /// An actor's shares of the first pool, atoms.
    pub fn shares(&mut self, name: &str) -> u64 {
        let mint = share_mint(&self.pool());
        self.balance_of(&self.tokens(name, &mint))
    }

    /// Balance of the first pool's vault, atoms.
    pub fn vault_balance(&mut self) -> u64 {
        self.balance_of(&vault(&self.pool()))
    }

    /// Supply of the first pool's shares, atoms.
    pub fn share_supply(&mut self) -> u64 {
        let mint = self.chain.account(&share_mint(&self.pool())).expect("the share mint");
        Mint::unpack(&mint.data).expect("a mint").supply
    }

    /// Asserts B1 for the first pool and that its counters add up (B5 in total).
    pub fn check_books(&mut self) {
        self.check_books_beside(0);
    }

    /// The same, with `donated` atoms in the vault that nobody owes.
    pub fn check_books_beside(&mut self, donated: u64) {
        let pool = self.read_pool();
        let owed = pool.capital
            + pool.unearned
            + pool.payable
            + pool.exits_due
            + pool.bonds
            + pool.assessors
            + pool.treasury_due;
        assert_eq!(self.vault_balance(), owed + donated, "B1: every atom of the vault is in a bucket");
        assert_eq!(
            pool.premiums_paid + pool.other_income,
            pool.commissions_paid
                + pool.protocol_fees
                + pool.assessor_fees
                + pool.income_earned
                + pool.unearned
                + pool.premiums_refunded,
            "B5: premium paid = commission + fees + earned + unearned + refunded"
        );
    }

    // Time

    /// Unix seconds.
    pub fn now(&mut self) -> u64 {
        self.chain.now()
    }

    /// Lets time pass.
    pub fn pass(&mut self, seconds: u64) {
        let now = self.chain.now();
        self.chain.set_now(now + seconds);
    }

    /// Lets days pass.
    pub fn pass_days(&mut self, days: u64) {
        self.pass(days * DAY);
    }

    // Sending

    /// Sends an instruction that these actors sign; the bank pays the fee.
    pub fn send(&mut self, instruction: Instruction, signers: &[&str]) -> Receipt {
        self.send_all(&[instruction], signers)
    }

    /// Sends instructions as one transaction.
    pub fn send_all(&mut self, instructions: &[Instruction], signers: &[&str]) -> Receipt {
        let bank = self.chain.bank();
        let keys: Vec<Keypair> = signers.iter().map(|name| actor(name)).collect();
        let signers: Vec<&Keypair> = std::iter::once(&bank).chain(&keys).collect();
        self.chain.send(instructions, &signers)
    }

    fn create_mints(&mut self) {
        for name in ["asset mint", "governance mint"] {
            self.create_mint(name, 6);
        }
        self.give_lamports("founder");
        self.give_lamports("guardian");
    }

    /// Creates a mint of the SPL Token program at the actor key `name`; the bank mints.
    pub fn create_mint(&mut self, name: &str, decimals: u8) {
        let bank = self.chain.bank().pubkey();
        self.create_mint_for(name, decimals, &bank);
    }

    /// Creates a mint of the SPL Token program at the actor key `name` that `authority` mints.
    pub fn create_mint_for(&mut self, name: &str, decimals: u8, authority: &Address) {
        let (bank, mint) = (self.chain.bank().pubkey(), self.key(name));
        let create = solana_system_interface::instruction::create_account(
            &bank,
            &mint,
            10_000_000,
            Mint::LEN as u64,
            &spl_token_interface::ID,
        );
        let program = spl_token_interface::ID;
        let init = spl_token_interface::instruction::initialize_mint2(&program, &mint, authority, None, decimals)
            .expect("valid instruction");
        self.send_all(&[create, init], &[name]).ok();
    }

    /// Gives an actor lamports for rent.
    pub fn give_lamports(&mut self, name: &str) {
        let transfer = solana_system_interface::instruction::transfer(
            &self.chain.bank().pubkey(),
            &self.key(name),
            10_000_000_000,
        );
        self.send(transfer, &[]).ok();
    }

    /// Creates an actor's token account of a mint.
    pub fn open_tokens(&mut self, name: &str, mint: &Address) -> Address {
        let owner = self.key(name);
        self.open_tokens_of(&owner, mint)
    }

    /// Creates the associated token account of any owner.
    pub fn open_tokens_of(&mut self, owner: &Address, mint: &Address) -> Address {
        let create = spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent(
            &self.chain.bank().pubkey(),
            owner,
            mint,
            &spl_token_interface::ID,
        );
        self.send(create, &[]).ok();
        token_account(owner, mint)
    }

    /// Mints tokens to a token account.
    pub fn mint_to(&mut self, mint: &Address, account: &Address, amount: u64) {
        let mint_to = spl_token_interface::instruction::mint_to(
            &spl_token_interface::ID,
            mint,
            account,
            &self.chain.bank().pubkey(),
            &[],
            amount,
        )
        .expect("valid instruction");
        self.send(mint_to, &[]).ok();
    }

    /// Gives an actor lamports, token accounts and `amount` atoms of the asset.
    pub fn fund(&mut self, name: &str, amount: u64) {
        self.give_lamports(name);
        let asset = self.asset();
        let account = self.open_tokens(name, &asset);
        self.mint_to(&asset, &account, amount);
        if self.chain.account(&share_mint(&self.pool())).is_some() {
            let shares = share_mint(&self.pool());
            self.open_tokens(name, &shares);
        }
    }

    // Assembly

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

    // Pool

    /// Accounts of `create_pool` by the founder.
    #[must_use]
    pub fn create_pool_accounts(&self, id: u64) -> CreatePool {
        let pool = self.pool_number(id);
        CreatePool {
            creator: self.key("founder"),
            pool,
            assembly: self.assembly(),
            asset_mint: self.asset(),
            vault: vault(&pool),
            share_mint: share_mint(&pool),
            exit_escrow: exit_escrow(&pool),
            token_program: spl_token_interface::ID,
        }
    }

    /// Creates a pool.
    pub fn create_pool(&mut self, id: u64, params: PoolParams) -> Receipt {
        self.send(self.create_pool_accounts(id).instruction(id, &params), &["founder"])
    }

    /// Accounts of `list_product` by the pool's authority.
    #[must_use]
    pub fn list_product_accounts(&self, index: u16) -> ListProduct {
        ListProduct {
            authority: self.key("founder"),
            payer: self.key("founder"),
            pool: self.pool(),
            product: self.product(index),
        }
    }

    /// Lists product number `index`.
    pub fn list_product(&mut self, index: u16, params: ProductParams) -> Receipt {
        self.send(self.list_product_accounts(index).instruction(&params), &["founder"])
    }

    // Liquidity

    /// Accounts of `deposit` by an actor.
    #[must_use]
    pub fn deposit_accounts(&self, name: &str) -> Deposit {
        let pool = self.pool();
        Deposit {
            owner: self.key(name),
            pool,
            owner_token: self.tokens(name, &self.asset()),
            owner_shares: self.tokens(name, &share_mint(&pool)),
            vault: vault(&pool),
            share_mint: share_mint(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
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
            ticket: exit_ticket(&pool, &self.key(name), id),
            epoch: exit_epoch(&pool, day),
            owner_shares: self.tokens(name, &share_mint(&pool)),
            exit_escrow: exit_escrow(&pool),
            receiver: self.tokens(name, &self.asset()),
            token_program: spl_token_interface::ID,
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
        OpenExitEpoch { payer: self.key("founder"), pool: self.pool(), epoch: exit_epoch(&self.pool(), day) }
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
            epoch: exit_epoch(&pool, day),
            next_epoch: next.map(|day| exit_epoch(&pool, day)),
            exit_escrow: exit_escrow(&pool),
            share_mint: share_mint(&pool),
            vault: vault(&pool),
            token_program: spl_token_interface::ID,
        }
    }

    /// Settles an exit epoch; creates tomorrow's first when it does not exist, for what is left over.
    pub fn settle_epoch(&mut self, day: u64) -> Receipt {
        let tomorrow = day_of(self.chain.now()) + 1;
        if self.chain.account(&exit_epoch(&self.pool(), tomorrow)).is_none() {
            self.open_epoch().ok();
        }
        self.send(self.settle_epoch_accounts(day, Some(tomorrow)).instruction(), &[])
    }

    /// Accounts of `collect_exit` of ticket `id` of an actor, cranked by the founder.
    pub fn collect_exit_accounts(&mut self, name: &str, id: u64) -> CollectExit {
        let pool = self.pool();
        let address = exit_ticket(&pool, &self.key(name), id);
        let ticket: ExitTicket = self.chain.read(&address);
        let epoch = exit_epoch(&pool, ticket.epoch_day);
        CollectExit {
            caller: self.key("founder"),
            pool,
            epoch,
            ticket: address,
            owner: ticket.owner,
            rent_payer: ticket.rent_payer,
            receiver: ticket.receiver,
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
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
        let epoch = exit_epoch(&pool, day);
        let rent_payer = self.chain.read::<ExitEpoch>(&epoch).rent_payer;
        CloseExitEpoch { caller: self.key("guardian"), pool, epoch, rent_payer, vault: vault(&pool) }
    }

    /// Closes an exit epoch.
    pub fn close_epoch(&mut self, day: u64) -> Receipt {
        let accounts = self.close_epoch_accounts(day);
        self.send(accounts.instruction(), &[])
    }

    /// Streams what was sent to the vault to the LPs.
    pub fn absorb_surplus(&mut self) -> Receipt {
        let pool = self.pool();
        self.send(AbsorbSurplus { pool, vault: vault(&pool) }.instruction(), &[])
    }

    /// Brings the pool and a product up to now.
    pub fn roll_product(&mut self, index: u16) -> Receipt {
        let pool = self.pool();
        self.send(RollProduct { pool, product: self.product(index), vault: vault(&pool) }.instruction(), &[])
    }

    // Cover

    /// Accounts of `buy_cover` number `id` of an actor.
    #[must_use]
    pub fn buy_accounts(&self, payer: &str, index: u16, id: u64) -> BuyCover {
        let pool = self.pool();
        BuyCover {
            payer: self.key(payer),
            pool,
            product: self.product(index),
            policy: self.policy(index, payer, id),
            payer_token: self.tokens(payer, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            distributor_token: None,
            token_program: spl_token_interface::ID,
        }
    }

    /// A purchase for the payer itself, at any premium, without a commission.
    #[must_use]
    pub fn request(&self, holder: &str, amount: u64, term_days: u16) -> CoverRequest {
        CoverRequest { amount, max_premium: u64::MAX, holder: self.key(holder), term_days, commission_bps: 0 }
    }

    /// Buys cover number `id` of an actor, for itself.
    pub fn buy(&mut self, payer: &str, index: u16, id: u64, amount: u64, term_days: u16) -> Receipt {
        let request = self.request(payer, amount, term_days);
        self.send(self.buy_accounts(payer, index, id).instruction(id, &request), &[payer])
    }

    /// Accounts of `extend_cover`, paid by an actor.
    #[must_use]
    pub fn extend_accounts(&self, payer: &str, index: u16, policy: &Address) -> ExtendCover {
        let pool = self.pool();
        ExtendCover {
            payer: self.key(payer),
            pool,
            product: self.product(index),
            policy: *policy,
            payer_token: self.tokens(payer, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            distributor_token: None,
            token_program: spl_token_interface::ID,
        }
    }

    /// Extends a policy by `days`, at any premium, without a commission.
    pub fn extend(&mut self, payer: &str, index: u16, policy: &Address, days: u16) -> Receipt {
        let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        self.send(self.extend_accounts(payer, index, policy).instruction(&request), &[payer])
    }

    /// Accounts of `cancel_cover` by the holder.
    #[must_use]
    pub fn cancel_accounts(&self, holder: &str, index: u16, policy: &Address) -> CancelCover {
        let pool = self.pool();
        CancelCover {
            holder: self.key(holder),
            pool,
            product: self.product(index),
            policy: *policy,
            holder_token: self.tokens(holder, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Cancels a policy for any refund.
    pub fn cancel(&mut self, holder: &str, index: u16, policy: &Address) -> Receipt {
        self.send(self.cancel_accounts(holder, index, policy).instruction(0), &[holder])
    }

    /// Passes a policy on.
    pub fn transfer_cover(&mut self, holder: &str, policy: &Address, new_holder: &str) -> Receipt {
        let new_holder = self.key(new_holder);
        self.send(TransferCover { holder: self.key(holder), policy: *policy }.instruction(&new_holder), &[holder])
    }

    /// Accounts of `close_policy`, cranked by the guardian.
    pub fn close_policy_accounts(&mut self, index: u16, policy: &Address) -> ClosePolicy {
        let payer = self.chain.read::<Policy>(policy).payer;
        ClosePolicy { caller: self.key("guardian"), product: self.product(index), policy: *policy, payer }
    }

    /// Closes a policy.
    pub fn close_policy(&mut self, index: u16, policy: &Address) -> Receipt {
        let accounts = self.close_policy_accounts(index, policy);
        self.send(accounts.instruction(), &[])
    }

    /// Asks for the price of cover; the answer is [`Receipt::quote`].
    pub fn quote(&mut self, index: u16, amount: u64, term_days: u16) -> Receipt {
        let accounts = QuoteCover { pool: self.pool(), product: self.product(index) };
        self.send(accounts.instruction(amount, term_days), &[])
    }

    // Incidents

    /// Accounts of `open_incident` number `nth` by an actor.
    #[must_use]
    pub fn open_incident_accounts(&self, opener: &str, index: u16, nth: u32) -> OpenIncident {
        let pool = self.pool();
        let incident = self.incident(index, nth);
        OpenIncident {
            opener: self.key(opener),
            pool,
            product: self.product(index),
            incident,
            assembly: self.assembly(),
            ballot: ballot(&incident, 0),
            opener_token: self.tokens(opener, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Opens incident number `nth` of a product, that occurred at `occurred_at`.
    pub fn open_incident(&mut self, opener: &str, index: u16, nth: u32, occurred_at: u64) -> Receipt {
        let report = incident_report(occurred_at);
        self.send(self.open_incident_accounts(opener, index, nth).instruction(&report), &[opener])
    }

    /// Accounts of `submit_claim` by the holder of a policy.
    #[must_use]
    pub fn claim_accounts(&self, holder: &str, policy: &Address, incident: &Address) -> SubmitClaim {
        let pool = self.pool();
        SubmitClaim {
            holder: self.key(holder),
            payer: self.key(holder),
            pool,
            incident: *incident,
            policy: *policy,
            claim: claim(incident, policy),
            holder_token: self.tokens(holder, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Files a claim of a loss, to be paid to the holder.
    pub fn submit_claim(&mut self, holder: &str, policy: &Address, incident: &Address, loss: u64) -> Receipt {
        let request = claim_request(loss, self.key(holder));
        self.send(self.claim_accounts(holder, policy, incident).instruction(&request), &[holder])
    }

    /// Accounts of `settle_incident`.
    #[must_use]
    pub fn settle_accounts(&self, index: u16, nth: u32) -> SettleIncident {
        let incident = self.incident(index, nth);
        SettleIncident {
            pool: self.pool(),
            product: self.product(index),
            incident,
            ballot: ballot(&incident, 0),
            vault: vault(&self.pool()),
        }
    }

    /// Settles or rejects an incident.
    pub fn settle(&mut self, index: u16, nth: u32) -> Receipt {
        self.send(self.settle_accounts(index, nth).instruction(), &[])
    }

    /// Accounts of `payout` to a payee.
    #[must_use]
    pub fn payout_accounts(&self, payee: &str, policy: &Address, incident: &Address) -> Payout {
        let pool = self.pool();
        Payout {
            pool,
            incident: *incident,
            claim: claim(incident, policy),
            policy: *policy,
            payee_token: self.tokens(payee, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Pays a claim out.
    pub fn payout(&mut self, payee: &str, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.payout_accounts(payee, policy, incident).instruction(), &[])
    }

    /// Accounts of `collect_incident_bond` for an opener.
    #[must_use]
    pub fn collect_bond_accounts(&self, opener: &str, incident: &Address) -> CollectIncidentBond {
        let pool = self.pool();
        CollectIncidentBond {
            pool,
            incident: *incident,
            opener_token: self.tokens(opener, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Gives an incident's bond back.
    pub fn collect_bond(&mut self, opener: &str, incident: &Address) -> Receipt {
        self.send(self.collect_bond_accounts(opener, incident).instruction(), &[])
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

/// Parameters of the world's pool: leverage 2, 5% to the treasury, 5% to the assessors.
#[must_use]
pub fn pool_params() -> PoolParams {
    PoolParams {
        authority: actor("founder").pubkey(),
        guardian: actor("guardian").pubkey(),
        arbiter: actor("arbiter").pubkey(),
        treasury: actor("treasury").pubkey(),
        min_premium: 1_000,
        vote_reward: 0,
        timelock: 9 * DAY,
        exit_delay_days: 7,
        leverage_bps: 20_000,
        protocol_fee_bps: 500,
        assessor_fee_bps: 500,
        cancel_fee_bps: 500,
        group_caps_bps: [20_000; 16],
    }
}

/// Parameters of the world's products: 2% to 5% to 20% a year with a kink at 80%, a day of waiting, 30 days of grace.
#[must_use]
pub fn product_params(name: &str) -> ProductParams {
    ProductParams {
        name: name.into(),
        terms_uri: "https://example.org/terms".into(),
        terms_hash: [7; 32],
        risk_kind: 0,
        group: 0,
        weight_bps: 10_000,
        r0_ppm: 20_000,
        r1_ppm: 50_000,
        r2_ppm: 200_000,
        kink_bps: 8_000,
        min_term_days: 1,
        max_term_days: 365,
        waiting_days: 1,
        grace_days: 30,
        deductible_bps: 500,
        report_window_days: 30,
        filing_window_days: 14,
        claim_bond_bps: 100,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        min_amount: UNIT,
        max_amount: 100_000_000 * UNIT,
        incident_bond: 500 * UNIT,
    }
}

/// A report of what happened at `occurred_at`.
#[must_use]
pub fn incident_report(occurred_at: u64) -> IncidentReport {
    IncidentReport { occurred_at, evidence_hash: [9; 32], evidence_uri: "https://example.org/incident".into() }
}

/// A claim of a loss, paid to `payee`.
#[must_use]
pub fn claim_request(loss: u64, payee: Address) -> ClaimRequest {
    ClaimRequest { loss, payee, evidence_hash: [8; 32], evidence_uri: "https://example.org/claim".into() }
}
