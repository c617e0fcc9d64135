//! The integrator and the wrapper as a client sees them. They publish no IDL, so this is written by hand.

use borsh::BorshSerialize;
use coverage_client::{
    BuyCover, ClaimRequest, CoverRequest, ID, claim_address, token_account_address_of, vault_address as vault_of,
};
use sha2::{Digest, Sha256};
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};
use solana_instruction_error::InstructionError;

/// The integrator.
pub const INTEGRATOR: Address = Address::from_str_const("Examp1e1ntegrator11111111111111111111111111");
/// The wrapper.
pub const WRAPPER: Address = Address::from_str_const("Examp1eWrapper11111111111111111111111111111");
/// What the world's vaults take on top of a premium, bps.
pub const FEE_BPS: u16 = 500;

/// The pool is another one than was configured.
pub const WRONG_POOL: InstructionError = InstructionError::Custom(7000);
/// The product is another one than was configured.
pub const WRONG_PRODUCT: InstructionError = InstructionError::Custom(7001);
/// The mint is another one than the pool's asset.
pub const WRONG_MINT: InstructionError = InstructionError::Custom(7002);
/// The token account is another one than the configured one.
pub const WRONG_TOKENS: InstructionError = InstructionError::Custom(7003);
/// The commission would go to another token account.
pub const WRONG_FEE_TOKENS: InstructionError = InstructionError::Custom(7004);
/// The token program is another one than the pool's.
pub const WRONG_TOKEN_PROGRAM: InstructionError = InstructionError::Custom(7005);
/// The signer is not the vault's manager.
pub const NOT_MANAGER: InstructionError = InstructionError::Custom(7006);
/// The premium leaves less to deposit than the user asked for.
pub const DEPOSIT_TOO_SMALL: InstructionError = InstructionError::Custom(7007);
/// The signer is not the venue's operator.
pub const NOT_OPERATOR: InstructionError = InstructionError::Custom(7009);

const ASSOCIATED_TOKEN: Address = Address::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
const SYSTEM: Address = Address::new_from_array([0; 32]);

/// The vault of a manager.
#[must_use]
pub fn integrator_vault(manager: &Address) -> Address {
    Address::find_program_address(&[b"vault", manager.as_ref()], &INTEGRATOR).0
}

/// The venue of an operator.
#[must_use]
pub fn venue(operator: &Address) -> Address {
    Address::find_program_address(&[b"venue", operator.as_ref()], &INTEGRATOR).0
}

/// The token account of a venue: the associated one.
#[must_use]
pub fn venue_tokens(venue: &Address, mint: &Address) -> Address {
    token_account_address_of(venue, mint, &spl_token_interface::ID)
}

/// The token account of a vault.
#[must_use]
pub fn vault_tokens(vault: &Address) -> Address {
    Address::find_program_address(&[b"tokens", vault.as_ref()], &INTEGRATOR).0
}

/// Deposit number `id` of a user.
#[must_use]
pub fn position(vault: &Address, user: &Address, id: u64) -> Address {
    Address::find_program_address(&[b"position", vault.as_ref(), user.as_ref(), &id.to_le_bytes()], &INTEGRATOR).0
}

/// An instruction of the integrator: Anchor's discriminator of its name, then the arguments.
///
/// # Panics
/// Never: memory takes what is written to it.
#[must_use]
pub fn call(name: &str, accounts: Vec<AccountMeta>, arguments: &impl BorshSerialize) -> Instruction {
    let mut data = Sha256::digest(format!("global:{name}"))[..8].to_vec();
    arguments.serialize(&mut data).expect("arguments are written to memory");
    Instruction { program_id: INTEGRATOR, accounts, data }
}

/// A slot that is written to.
fn new(address: Address) -> AccountMeta {
    AccountMeta::new(address, false)
}

/// A slot that is read.
fn read(address: Address) -> AccountMeta {
    AccountMeta::new_readonly(address, false)
}

/// Accounts of `open_vault`.
pub struct OpenVault {
    /// Runs the vault; signs.
    pub manager: Address,
    /// Where the commission goes.
    pub fee_tokens: Option<Address>,
    /// Breakwater's pool.
    pub pool: Address,
    /// Its product.
    pub product: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
}

impl OpenVault {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, term_days: u16, commission_bps: u16) -> Instruction {
        let vault = integrator_vault(&self.manager);
        let accounts = vec![
            AccountMeta::new(self.manager, true),
            new(vault),
            new(vault_tokens(&vault)),
            read(self.fee_tokens.unwrap_or(INTEGRATOR)),
            read(self.pool),
            read(self.product),
            read(self.asset_mint),
            read(spl_token_interface::ID),
            read(SYSTEM),
        ];
        call("open_vault", accounts, &(term_days, commission_bps))
    }
}

/// Accounts of `deposit_covered` and `deposit_total`.
#[derive(Clone)]
pub struct DepositCovered {
    /// Deposits; signs.
    pub user: Address,
    /// The vault.
    pub vault: Address,
    /// The new position.
    pub position: Address,
    /// The user's token account.
    pub user_tokens: Address,
    /// The vault's token account.
    pub vault_tokens: Address,
    /// Where the commission goes.
    pub fee_tokens: Option<Address>,
    /// Breakwater's pool.
    pub pool: Address,
    /// Its product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The assembly that decides on it.
    pub assembly: Address,
    /// The pool's vault.
    pub pool_vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program.
    pub token_program: Address,
    /// Breakwater.
    pub breakwater_program: Address,
}

impl DepositCovered {
    /// Slots, in their order.
    fn metas(&self) -> Vec<AccountMeta> {
        vec![
            AccountMeta::new(self.user, true),
            new(self.vault),
            new(self.position),
            new(self.user_tokens),
            new(self.vault_tokens),
            self.fee_tokens.map_or(read(INTEGRATOR), new),
            new(self.pool),
            new(self.product),
            new(self.policy),
            read(self.assembly),
            new(self.pool_vault),
            read(self.asset_mint),
            read(self.token_program),
            read(self.breakwater_program),
            read(SYSTEM),
        ]
    }

    /// Deposits and covers `amount`.
    #[must_use]
    pub fn covered(&self, id: u64, amount: u64, max_premium: u64) -> Instruction {
        call("deposit_covered", self.metas(), &(id, amount, max_premium))
    }

    /// Deposits and covers what the premium leaves of `total`.
    #[must_use]
    pub fn total(&self, id: u64, total: u64, min_deposit: u64) -> Instruction {
        call("deposit_total", self.metas(), &(id, total, min_deposit))
    }
}

/// Accounts of `insure`.
#[derive(Clone)]
pub struct Insure {
    /// Runs the vault; signs.
    pub manager: Address,
    /// The vault.
    pub vault: Address,
    /// The manager's token account.
    pub manager_tokens: Address,
    /// Breakwater's pool.
    pub pool: Address,
    /// Its product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The assembly that decides on it.
    pub assembly: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
}

impl Insure {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, id: u64, amount: u64, max_premium: u64) -> Instruction {
        let accounts = vec![
            AccountMeta::new(self.manager, true),
            read(self.vault),
            new(self.manager_tokens),
            new(self.pool),
            new(self.product),
            new(self.policy),
            read(self.assembly),
            new(vault_of(&self.pool)),
            read(self.asset_mint),
            read(spl_token_interface::ID),
            read(ID),
            read(SYSTEM),
        ];
        call("insure", accounts, &(id, amount, max_premium))
    }
}

/// Accounts of `claim`.
#[derive(Clone)]
pub struct ClaimLoss {
    /// Runs the vault; signs.
    pub manager: Address,
    /// The vault.
    pub vault: Address,
    /// The vault's token account.
    pub vault_tokens: Address,
    /// Breakwater's pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
}

impl ClaimLoss {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, request: &ClaimRequest) -> Instruction {
        let accounts = vec![
            AccountMeta::new(self.manager, true),
            read(self.vault),
            new(self.vault_tokens),
            new(self.pool),
            new(self.incident),
            new(self.policy),
            new(claim_address(&self.incident, &self.policy)),
            new(vault_of(&self.pool)),
            read(self.asset_mint),
            read(spl_token_interface::ID),
            read(ID),
            read(SYSTEM),
        ];
        call("claim", accounts, request)
    }
}

/// Accounts of `open_venue`.
#[derive(Clone)]
pub struct OpenVenue {
    /// Runs the venue; signs.
    pub operator: Address,
    /// Breakwater's product.
    pub product: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
}

impl OpenVenue {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self) -> Instruction {
        let venue = venue(&self.operator);
        let accounts = vec![
            AccountMeta::new(self.operator, true),
            new(venue),
            new(venue_tokens(&venue, &self.asset_mint)),
            read(self.product),
            read(self.asset_mint),
            read(spl_token_interface::ID),
            read(ASSOCIATED_TOKEN),
            read(SYSTEM),
        ];
        call("open_venue", accounts, &())
    }
}

/// Accounts of `liquidate`.
#[derive(Clone)]
pub struct Liquidate {
    /// Runs the venue; signs.
    pub operator: Address,
    /// The venue.
    pub venue: Address,
    /// The venue's token account.
    pub venue_tokens: Address,
    /// Breakwater's pool.
    pub pool: Address,
    /// Its product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// The pool's vault.
    pub pool_vault: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Breakwater.
    pub breakwater_program: Address,
    /// Where Breakwater would book.
    pub incident: Option<Address>,
}

impl Liquidate {
    /// The instruction.
    #[must_use]
    pub fn instruction(&self, debt: u64, proceeds: u64, min_paid: u64) -> Instruction {
        let accounts = vec![
            AccountMeta::new(self.operator, true),
            new(self.venue),
            new(self.venue_tokens),
            new(self.pool),
            new(self.product),
            new(self.policy),
            new(self.pool_vault),
            read(self.asset_mint),
            read(spl_token_interface::ID),
            read(self.breakwater_program),
            self.incident.map_or(read(INTEGRATOR), new),
            read(SYSTEM),
        ];
        call("liquidate", accounts, &(debt, proceeds, min_paid))
    }
}

/// Breakwater's `buy_cover`, called by the wrapper.
#[must_use]
pub fn wrap(accounts: &BuyCover, id: u64, request: &CoverRequest) -> Instruction {
    let mut instruction = accounts.instruction(id, request);
    if accounts.distributor_token.is_none() {
        instruction.accounts[8].pubkey = WRAPPER;
    }
    instruction.accounts.push(read(ID));
    instruction.data[0] = 0;
    Instruction { program_id: WRAPPER, ..instruction }
}

/// An instruction, called by the wrapper.
///
/// # Panics
/// Never: memory takes what is written to it.
#[must_use]
pub fn relay(instruction: Instruction) -> Instruction {
    let mut data = vec![1];
    instruction.data.serialize(&mut data).expect("arguments are written to memory");
    let accounts = [vec![read(instruction.program_id)], instruction.accounts].concat();
    Instruction { program_id: WRAPPER, accounts, data }
}
