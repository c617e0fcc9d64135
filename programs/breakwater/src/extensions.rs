//! Which mints of Token-2022 can be a pool's asset or an assembly's token.
//!
//! An allow-list: metadata, and what changes how an amount is displayed. Everything else gives somebody a hand in the vault,
//! takes a part of a transfer, or may stop one.

use crate::error::BreakwaterError;
use anchor_lang::{prelude::*, programs::Token2022};

/// Where the account type of a mint with extensions is; its extensions follow.
const ACCOUNT_TYPE_OFFSET: usize = 165;
/// The account type of a mint.
const MINT: u8 = 1;

/// Whether a mint has no extension but those that are allowed. Mints of the SPL Token program have none.
///
/// # Errors
/// One that names the extension; [`BreakwaterError::MalformedExtensions`].
pub fn check(mint: &AccountView) -> Result<()> {
    if !mint.owned_by(&Token2022::id()) {
        return Ok(());
    }
    let data = mint.try_borrow()?;
    let Some((account_type, mut rest)) = data.get(ACCOUNT_TYPE_OFFSET..).and_then(<[u8]>::split_first) else {
        return Ok(()); // a mint without extensions ends before
    };
    require!(*account_type == MINT, BreakwaterError::MalformedExtensions);
    // Each extension has two bytes of type, two of length, and its data. A type of zero ends the list.
    while let Some((head, body)) = rest.split_first_chunk::<4>() {
        let [a, b, c, d] = *head;
        let kind = u16::from_le_bytes([a, b]);
        if kind == 0 {
            break;
        }
        check_kind(kind)?;
        rest = body.get(u16::from_le_bytes([c, d]).into()..).ok_or(BreakwaterError::MalformedExtensions)?;
    }
    Ok(())
}

/// Whether a mint may have an extension, by its number in Token-2022's `ExtensionType`.
fn check_kind(kind: u16) -> Result<()> {
    let refused = match kind {
        // Interest-bearing, metadata pointer, metadata, scaled amounts: what is shown, not what is moved.
        10 | 18 | 19 | 25 => return Ok(()),
        1 => BreakwaterError::TransferFeeExtension,
        3 => BreakwaterError::MintCloseAuthorityExtension,
        4 | 16 | 24 => BreakwaterError::ConfidentialTransferExtension,
        6 => BreakwaterError::DefaultAccountStateExtension,
        9 => BreakwaterError::NonTransferableExtension,
        12 => BreakwaterError::PermanentDelegateExtension,
        14 => BreakwaterError::TransferHookExtension,
        20..=23 => BreakwaterError::GroupExtension,
        26 => BreakwaterError::PausableExtension,
        28 => BreakwaterError::PermissionedBurnExtension,
        _ => BreakwaterError::UnknownExtension,
    };
    Err(refused.into())
}
