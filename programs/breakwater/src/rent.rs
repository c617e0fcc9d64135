//! The only file that moves lamports: the tips of cranks, and what closed accounts give back.

use anchor_lang::{accounts::UncheckedAccount, cpi::InstructionAccount, prelude::*, unchecked_invoke_signed_fixed};
use breakwater_state::{Ballot, Change, Claim, ExitEpoch, Incident, OrOverflow, constants::CRANK_TIP};
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
    const TRANSFER: u8 = 2;
    let lamports = CRANK_TIP.checked_mul(tips.into()).or_overflow()?;
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
