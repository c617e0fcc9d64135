//! The only file that moves lamports: what closed accounts give back.

use crate::constants::CRANK_TIP;
use anchor_lang::{accounts::UncheckedAccount, prelude::*};

/// Closes an account of the program: its caller gets the tip, whoever paid its rent the rest.
pub fn close_for<A: AccountClose + AsRef<AccountView>>(
    account: &mut A,
    rent_payer: &UncheckedAccount,
    caller: &UncheckedAccount,
) -> Result<()> {
    let tip = CRANK_TIP.min(account.get_lamports());
    account.sub_lamports(tip)?;
    caller.add_lamports(tip)?;
    account.close(*rent_payer.account())?;
    Ok(())
}
