//! The only file that moves lamports: the tips of cranks, rent that no constraint pays, and what closed accounts give back.

use anchor_lang::{
    accounts::UncheckedAccount,
    bytemuck,
    cpi::{InstructionAccount, rent_exempt_lamports},
    hash::sha256,
    prelude::*,
    unchecked_invoke_signed_fixed,
};
use breakwater_state::{Ballot, Change, Claim, ExitEpoch, ID, Incident, OrOverflow, constants::CRANK_TIP};
use core::ops::DerefMut;

/// An account that holds lamports for the cranks it will need.
pub trait Tipped {
    /// How many tips are left.
    fn tips(&mut self) -> &mut u8;
}

macro_rules! tipped {
    ($($account:ident),*) => {
        $(impl Tipped for $account {
            fn tips(&mut self) -> &mut u8 {
                &mut self.tips
            }
        })*
    };
}

tipped!(Ballot, Incident, Claim, Change, ExitEpoch);

/// Moves `tips` tips from `payer` into `account`, beside its rent.
pub fn set_tips_aside(payer: &mut Signer, account: &mut impl AnchorAccount, tips: u8) -> Result<()> {
    transfer(payer, account, CRANK_TIP.checked_mul(tips.into()).or_overflow()?)
}

/// Moves `lamports` from `payer` into `account`.
#[inline(always)]
fn transfer(payer: &mut Signer, account: &mut impl AnchorAccount, lamports: u64) -> Result<()> {
    const TRANSFER: u8 = 2;
    let mut data = [0; 12];
    let (tag, amount) = data.split_at_mut(4);
    tag.copy_from_slice(&[TRANSFER, 0, 0, 0]);
    amount.copy_from_slice(&lamports.to_le_bytes());
    let handles: [CpiHandle; 2] = [payer.try_cpi_handle_mut()?.into(), account.try_cpi_handle_mut()?.into()];
    let [from, to] = handles;
    let metas = [InstructionAccount::writable_signer(from.address()), InstructionAccount::writable(to.address())];
    unchecked_invoke_signed_fixed(&System::id(), &data, &metas, &handles, &[]);
    Ok(())
}

/// Pays `caller` one of the account's tips, if it has one left.
///
/// Last in an instruction: the runtime checks sums of lamports at every call.
pub fn tip<A>(account: &mut A, caller: &UncheckedAccount) -> Result<()>
where
    A: AnchorAccount + AsRef<AccountView> + DerefMut<Target: Tipped>,
{
    let tips = account.tips();
    let Some(left) = tips.checked_sub(1) else { return Ok(()) };
    *tips = left;
    account.sub_lamports(CRANK_TIP)?;
    caller.add_lamports(CRANK_TIP)?;
    Ok(())
}

/// Closes an account of the program: its rent payer gets what it holds.
pub fn close(account: &mut impl AccountClose, rent_payer: &UncheckedAccount) -> Result<()> {
    account.close(*rent_payer.account())?;
    Ok(())
}

/// Closes an account of the program: its caller gets the tip, its rent payer the rest.
pub fn close_for<A: AccountClose + AsRef<AccountView>>(
    account: &mut A,
    rent_payer: &UncheckedAccount,
    caller: &UncheckedAccount,
) -> Result<()> {
    let tip = CRANK_TIP.min(account.get_lamports());
    account.sub_lamports(tip)?;
    caller.add_lamports(tip)?;
    close(account, rent_payer)
}

/// The address that the System program makes of another, its base, and a seed. Where a program-derived address is searched for, at some
/// 330 compute units a try, this takes one hash.
pub struct Seeded<'a> {
    /// The base, which signs for the account's creation.
    pub base: &'a Address,
    /// The seed: text of 32 bytes.
    pub seed: [u8; 32],
}

/// What the System program is told to create.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C, packed)]
struct CreateWithSeed {
    tag: [u8; 4],
    base: Address,
    seed_bytes: u64,
    seed: [u8; 32],
    lamports: u64,
    space: u64,
    owner: Address,
}

/// What it is told to allocate and to assign.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(C, packed)]
struct AllocateWithSeed {
    tag: [u8; 4],
    base: Address,
    seed_bytes: u64,
    seed: [u8; 32],
    space: u64,
    owner: Address,
}

impl Seeded<'_> {
    const SEED_BYTES: u64 = 32;

    /// Whether `address` is it, of an account of this program.
    ///
    /// # Errors
    /// [`ProgramError::InvalidSeeds`].
    pub fn check(&self, address: &Address) -> Result<()> {
        let parts = [self.base.to_bytes(), self.seed, ID.to_bytes()];
        let found = Address::new_from_array(sha256(bytemuck::bytes_of(&parts)));
        require!(anchor_lang::address_eq(&found, address), ProgramError::InvalidSeeds);
        Ok(())
    }

    /// Creates `target` there, an account of this program whose rent `payer` pays, with its discriminator and zeros. `base` is the account
    /// at the base, and `signer` the seeds of its address.
    pub fn create<T: Discriminator + bytemuck::Pod>(
        &self,
        payer: &mut Signer,
        base: &mut impl AnchorAccount,
        signer: &[&[u8]],
        target: &mut UncheckedAccount,
    ) -> Result<()> {
        const CREATE_WITH_SEED: u8 = 3;
        let discriminator = T::DISCRIMINATOR;
        let bytes = discriminator.len().checked_add(size_of::<T>()).or_overflow()?;
        let lamports = rent_exempt_lamports(bytes)?;
        let space = u64::try_from(bytes).map_err(|_| ProgramError::InvalidArgument)?;
        if target.account().lamports() > 0 {
            self.take_over(payer, base, signer, target, lamports, space)?;
        } else {
            let call = CreateWithSeed {
                tag: [CREATE_WITH_SEED, 0, 0, 0],
                base: *self.base,
                seed_bytes: Self::SEED_BYTES,
                seed: self.seed,
                lamports,
                space,
                owner: ID,
            };
            let handles: [CpiHandle; 3] = [
                payer.try_cpi_handle_mut()?.into(),
                target.try_cpi_handle_mut()?.into(),
                base.try_cpi_handle_mut()?.into(),
            ];
            let [pays, created, signs] = handles;
            let metas = [
                InstructionAccount::writable_signer(pays.address()),
                InstructionAccount::writable(created.address()),
                InstructionAccount::readonly_signer(signs.address()),
            ];
            unchecked_invoke_signed_fixed(&System::id(), bytemuck::bytes_of(&call), &metas, &handles, &[signer]);
        }
        let mut view = *target.account();
        let mut data = view.try_borrow_mut()?;
        let (head, _) = data.split_at_mut(discriminator.len());
        head.copy_from_slice(discriminator);
        Ok(())
    }

    /// [`Seeded::create`] where somebody has sent lamports before.
    #[cold]
    fn take_over(
        &self,
        payer: &mut Signer,
        base: &mut impl AnchorAccount,
        signer: &[&[u8]],
        target: &mut UncheckedAccount,
        lamports: u64,
        space: u64,
    ) -> Result<()> {
        const ALLOCATE_WITH_SEED: u8 = 9;
        let missing = lamports.saturating_sub(target.account().lamports());
        if missing > 0 {
            transfer(payer, target, missing)?;
        }
        let call = AllocateWithSeed {
            tag: [ALLOCATE_WITH_SEED, 0, 0, 0],
            base: *self.base,
            seed_bytes: Self::SEED_BYTES,
            seed: self.seed,
            space,
            owner: ID,
        };
        let handles: [CpiHandle; 2] = [target.try_cpi_handle_mut()?.into(), base.try_cpi_handle_mut()?.into()];
        let [allocated, signs] = handles;
        let metas =
            [InstructionAccount::writable(allocated.address()), InstructionAccount::readonly_signer(signs.address())];
        unchecked_invoke_signed_fixed(&System::id(), bytemuck::bytes_of(&call), &metas, &handles, &[signer]);
        Ok(())
    }
}
