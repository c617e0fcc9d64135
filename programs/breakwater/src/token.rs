//! The only file that moves tokens.
//!
//! Instructions are built on the stack: the helpers of anchor-spl build them in vectors, at about 5,000 compute units
//! more for each call. Both token programs take the same bytes. Accounts that a token program checks anyway (where
//! tokens come from, the mint) are not read here; those whose contents decide something are [`TokenAccount`], which
//! reads no further than the fields that the two programs share.

use anchor_lang::{
    AnchorAccount,
    accounts::UncheckedAccount,
    bytemuck,
    cpi::InstructionAccount,
    prelude::*,
    programs::{AssociatedToken, Token, Token2022},
    unchecked_invoke_signed_fixed,
};
use breakwater_state::{Assembly, BreakwaterError, OrOverflow, Pool, seeds};

/// A token account of either token program, initialised.
pub type TokenAccount = Account<TokenState>;

/// A mint of LP shares, of either token program.
pub type ShareMint = Account<MintState>;

/// The first fields of a token account.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C)]
pub struct TokenState {
    mint: Address,
    owner: Address,
    amount: [u8; 8],
}

/// The first fields of a mint.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C)]
pub struct MintState {
    authority_tag: [u8; 4],
    authority: Address,
    supply: [u8; 8],
    decimals: u8,
    initialised: u8,
}

impl TokenState {
    /// What the tokens are of.
    pub fn mint(&self) -> &Address {
        &self.mint
    }

    /// Who may move the tokens.
    pub fn owner(&self) -> &Address {
        &self.owner
    }

    /// Balance, atoms.
    pub fn amount(&self) -> u64 {
        u64::from_le_bytes(self.amount)
    }
}

impl MintState {
    /// Tokens that exist, atoms.
    pub fn supply(&self) -> u64 {
        u64::from_le_bytes(self.supply)
    }

    /// Decimals of the token.
    pub fn decimals(&self) -> u8 {
        self.decimals
    }
}

/// Bytes of a token account without extensions.
const TOKEN_ACCOUNT_BYTES: usize = 165;
/// Bytes of a mint without extensions.
const MINT_BYTES: usize = 82;
/// Where Token-2022 says what an account with extensions is.
const ACCOUNT_TYPE_OFFSET: usize = 165;
/// Bytes of a multisig, which no account with extensions has.
const MULTISIG_BYTES: usize = 355;
/// Where a token account says who may move the tokens.
const OWNER_OFFSET: core::ops::Range<usize> = 32..64;
/// Where a token account says whether it is initialised (1) or frozen (2).
const STATE_OFFSET: usize = 108;

/// Whether an account of a token program that is `bytes` long without extensions is what its length and type say.
fn is_kind(view: &AccountView, data: &[u8], bytes: usize, kind: u8) -> Result<bool> {
    if view.owned_by(&Token::id()) {
        return Ok(data.len() == bytes);
    }
    require!(view.owned_by(&Token2022::id()), ProgramError::IllegalOwner);
    Ok(data.len() == bytes || (data.get(ACCOUNT_TYPE_OFFSET) == Some(&kind) && data.len() != MULTISIG_BYTES))
}

impl SlabSchema for TokenState {
    const DATA_OFFSET: usize = 0;
    const MIN_DATA_LEN: usize = TOKEN_ACCOUNT_BYTES;

    fn validate(view: &AccountView, data: &[u8]) -> Result<()> {
        let initialised = matches!(data.get(STATE_OFFSET), Some(1 | 2));
        require!(is_kind(view, data, TOKEN_ACCOUNT_BYTES, 2)? && initialised, ProgramError::InvalidAccountData);
        Ok(())
    }
}

impl SlabSchema for MintState {
    const DATA_OFFSET: usize = 0;
    const MIN_DATA_LEN: usize = MINT_BYTES;

    fn validate(view: &AccountView, data: &[u8]) -> Result<()> {
        let initialised = data.get(core::mem::offset_of!(Self, initialised)) == Some(&1);
        require!(is_kind(view, data, MINT_BYTES, 1)? && initialised, ProgramError::InvalidAccountData);
        Ok(())
    }
}

impl IdlAccountType for TokenState {}
impl IdlAccountType for MintState {}

const TRANSFER: u8 = 3;
const MINT_TO: u8 = 7;
const BURN: u8 = 8;
const CLOSE_ACCOUNT: u8 = 9;
const TRANSFER_CHECKED: u8 = 12;

/// What a transfer needs beside its two ends and its authority.
pub struct Asset<'a> {
    /// Token program.
    pub program: &'a UncheckedAccount,
    /// Mint.
    pub mint: &'a UncheckedAccount,
    /// Decimals of the mint.
    pub decimals: u8,
}

impl<'a> Asset<'a> {
    /// The asset of `pool`.
    pub fn of(pool: &Pool, program: &'a UncheckedAccount, mint: &'a UncheckedAccount) -> Self {
        Self { program, mint, decimals: pool.decimals }
    }

    /// Moves `amount` from a user's account into a vault and returns what arrived.
    ///
    /// # Errors
    /// [`BreakwaterError::MathOverflow`] when the vault's balance fell; the token program's own abort the transaction.
    #[inline(always)]
    pub fn receive(
        &self,
        from: &mut UncheckedAccount,
        vault: &mut TokenAccount,
        authority: &Signer,
        amount: u64,
    ) -> Result<u64> {
        let before = vault.amount();
        self.transfer(
            from.try_cpi_handle_mut()?.into(),
            vault.try_cpi_handle_mut()?.into(),
            authority.cpi_handle(),
            amount,
            &[],
        );
        Ok(vault.amount().checked_sub(before).or_overflow()?)
    }

    /// Moves `amount` into a vault and insists that all of it arrives.
    ///
    /// # Errors
    /// [`BreakwaterError::TransferShort`].
    pub fn receive_exactly(
        &self,
        from: &mut UncheckedAccount,
        vault: &mut TokenAccount,
        authority: &Signer,
        amount: u64,
    ) -> Result<()> {
        require!(self.receive(from, vault, authority, amount)? >= amount, BreakwaterError::TransferShort);
        Ok(())
    }

    /// Moves `amount` from a user's account to another's: a commission.
    pub fn pass(
        &self,
        from: &mut UncheckedAccount,
        to: &mut UncheckedAccount,
        authority: &Signer,
        amount: u64,
    ) -> Result<()> {
        let (from, to) = (from.try_cpi_handle_mut()?.into(), to.try_cpi_handle_mut()?.into());
        self.transfer(from, to, authority.cpi_handle(), amount, &[]);
        Ok(())
    }

    /// Pays `amount` out of the vault of `treasurer`.
    pub fn pay_out<A: AnchorAccount<Data: Treasurer>>(
        &self,
        treasurer: &mut A,
        vault: &mut TokenAccount,
        to: &mut impl AnchorAccount,
        amount: u64,
    ) -> Result<()> {
        let (first, second, bump) = treasurer.seeds();
        let signer: [&[u8]; 4] = [A::Data::SEED, first.as_ref(), second.as_ref(), &bump];
        let (from, to) = (vault.try_cpi_handle_mut()?.into(), to.try_cpi_handle_mut()?.into());
        if anchor_lang::address_eq(self.program.address(), &Token::id()) {
            // A vault holds the asset and nothing else, and SPL Token moves tokens between accounts of one mint only: it need not read the
            // mint. Token-2022 insists on it where a mint has certain extensions.
            call(self.program, TRANSFER, [from, to], authority(treasurer)?, amount, &[&signer]);
        } else {
            self.transfer(from, to, authority(treasurer)?, amount, &[&signer]);
        }
        Ok(())
    }

    /// Pays `amount` that belongs to `owner` out of the vault of `treasurer`: to the owner's associated token account, or
    /// to any when the owner signed.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongReceiver`].
    pub fn pay_owner<A: AnchorAccount<Data: Treasurer>>(
        &self,
        treasurer: &mut A,
        vault: &mut TokenAccount,
        receiver: &mut UncheckedAccount,
        owner: &UncheckedAccount,
        amount: u64,
    ) -> Result<()> {
        self.check_receiver(receiver.account(), owner)?;
        self.pay_out(treasurer, vault, receiver, amount)
    }

    /// Whether what belongs to `owner` may be paid to `receiver`: the owner's associated token account, or any when the
    /// owner signed. SPL Token lets an associated account be given away: then it is not the owner's any more.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongReceiver`].
    pub fn check_receiver(&self, receiver: &AccountView, owner: &UncheckedAccount) -> Result<()> {
        if owner.account().is_signer() {
            return Ok(());
        }
        let seeds = [owner.address().as_ref(), self.program.address().as_ref(), self.mint.address().as_ref()];
        let found = anchor_lang::find_and_verify_program_address(&seeds, &AssociatedToken::id(), receiver.address());
        let data = receiver.try_borrow()?;
        // Of one that is not there the token program says so.
        let is_theirs = data.get(OWNER_OFFSET).is_none_or(|found| found == owner.address().as_ref());
        require!(found.is_ok() && is_theirs, BreakwaterError::WrongReceiver);
        Ok(())
    }

    #[inline(always)] // what each handle may do is then known, and not asked for
    fn transfer(&self, from: CpiHandle, to: CpiHandle, authority: CpiHandle, amount: u64, signer: &[&[&[u8]]]) {
        let mut data = [0; 10];
        let [tag, rest @ .., decimals] = &mut data;
        *tag = TRANSFER_CHECKED;
        rest.copy_from_slice(&amount.to_le_bytes());
        *decimals = self.decimals;
        let metas = [
            InstructionAccount::writable(from.address()),
            InstructionAccount::readonly(self.mint.address()),
            InstructionAccount::writable(to.address()),
            InstructionAccount::readonly_signer(authority.address()),
        ];
        let handles = [from, self.mint.cpi_handle(), to, authority];
        unchecked_invoke_signed_fixed(self.program.address(), &data, &metas, &handles, signer);
    }
}

/// Mints `amount` LP shares.
pub fn mint_shares(
    program: &UncheckedAccount,
    pool: &mut Account<Pool>,
    share_mint: &mut UncheckedAccount,
    to: &mut TokenAccount,
    amount: u64,
) -> Result<()> {
    let handles = [share_mint.try_cpi_handle_mut()?.into(), to.try_cpi_handle_mut()?.into()];
    call_signed(program, MINT_TO, handles, pool, amount)
}

/// Moves `amount` LP shares of an owner into the pool's escrow.
pub fn escrow_shares(
    program: &UncheckedAccount,
    from: &mut UncheckedAccount,
    escrow: &mut UncheckedAccount,
    owner: &Signer,
    amount: u64,
) -> Result<()> {
    let handles = [from.try_cpi_handle_mut()?.into(), escrow.try_cpi_handle_mut()?.into()];
    call(program, TRANSFER, handles, owner.cpi_handle(), amount, &[]);
    Ok(())
}

/// Burns `amount` tokens of the vault or escrow of `treasurer`.
pub fn burn(
    program: &UncheckedAccount,
    treasurer: &mut impl AnchorAccount<Data: Treasurer>,
    mint: &mut UncheckedAccount,
    from: &mut impl AnchorAccount,
    amount: u64,
) -> Result<()> {
    let handles = [from.try_cpi_handle_mut()?.into(), mint.try_cpi_handle_mut()?.into()];
    call_signed(program, BURN, handles, treasurer, amount)
}

/// Burns `amount` tokens of a user's.
pub fn burn_own(
    program: &UncheckedAccount,
    owner: &Signer,
    mint: &mut UncheckedAccount,
    from: &mut UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let handles = [from.try_cpi_handle_mut()?.into(), mint.try_cpi_handle_mut()?.into()];
    call(program, BURN, handles, owner.cpi_handle(), amount, &[]);
    Ok(())
}

/// Closes the empty vault or escrow of `pool`; its lamports go to `rent_payer`.
pub fn close(
    program: &UncheckedAccount,
    pool: &mut Account<Pool>,
    account: &mut impl AnchorAccount,
    rent_payer: &mut UncheckedAccount,
) -> Result<()> {
    let (first, second, bump) = pool.seeds();
    let signer: [&[u8]; 4] = [Pool::SEED, first.as_ref(), second.as_ref(), &bump];
    let handles: [CpiHandle; 3] =
        [account.try_cpi_handle_mut()?.into(), rent_payer.try_cpi_handle_mut()?.into(), authority(pool)?];
    let [closed, paid, signs] = handles;
    let metas = [
        InstructionAccount::writable(closed.address()),
        InstructionAccount::writable(paid.address()),
        InstructionAccount::readonly_signer(signs.address()),
    ];
    unchecked_invoke_signed_fixed(program.address(), &[CLOSE_ACCOUNT], &metas, &handles, &[&signer]);
    Ok(())
}

/// [`call`], signed by `treasurer`.
fn call_signed<A: AnchorAccount<Data: Treasurer>>(
    program: &UncheckedAccount,
    tag: u8,
    handles: [CpiHandle; 2],
    treasurer: &mut A,
    amount: u64,
) -> Result<()> {
    let (first, second, bump) = treasurer.seeds();
    let signer: [&[u8]; 4] = [A::Data::SEED, first.as_ref(), second.as_ref(), &bump];
    call(program, tag, handles, authority(treasurer)?, amount, &[&signer]);
    Ok(())
}

/// The authority of a call. The call's own account list says it is read-only; a read-only handle of an account loaded
/// as mutable would cost a vector of guards.
fn authority(treasurer: &mut impl AnchorAccount) -> Result<CpiHandle<'_>> {
    Ok(treasurer.try_cpi_handle_mut()?.into())
}

/// Calls an instruction of a token program that takes two accounts, their authority and an amount.
#[inline(always)] // as with `Asset::transfer`
fn call(
    program: &UncheckedAccount,
    tag: u8,
    [first, second]: [CpiHandle; 2],
    authority: CpiHandle,
    amount: u64,
    signer: &[&[&[u8]]],
) {
    let mut data = [tag; 9];
    let [_, rest @ ..] = &mut data;
    rest.copy_from_slice(&amount.to_le_bytes());
    let metas = [
        InstructionAccount::writable(first.address()),
        InstructionAccount::writable(second.address()),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    unchecked_invoke_signed_fixed(program.address(), &data, &metas, &[first, second, authority], signer);
}

/// Who signs for a vault: a pool or an assembly.
pub trait Treasurer {
    /// First seed of its address.
    const SEED: &'static [u8];
    /// Its third seed.
    type Second: AsRef<[u8]>;
    /// Its other seeds and its bump.
    fn seeds(&self) -> (Address, Self::Second, [u8; 1]);
}

impl Treasurer for Pool {
    const SEED: &'static [u8] = seeds::POOL;
    type Second = [u8; 8];

    fn seeds(&self) -> (Address, [u8; 8], [u8; 1]) {
        (self.creator, self.id.to_le_bytes(), [self.bump])
    }
}

impl Treasurer for Assembly {
    const SEED: &'static [u8] = seeds::ASSEMBLY;
    type Second = Address;

    fn seeds(&self) -> (Address, Address, [u8; 1]) {
        (self.governance_mint, self.creator, [self.bump])
    }
}
