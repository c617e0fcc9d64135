//! Which mints of Token-2022 can be a pool's asset or an assembly's token.
//!
//! An allow-list: metadata, and what changes how an amount is displayed. Everything else gives somebody a hand in the vault,
//! takes a part of a transfer, or may stop one.

use crate::token::MintState;
use anchor_lang::{bytemuck, prelude::*, programs::Token2022};
use breakwater_state::BreakwaterError;

/// A mint that can be used. Others are refused as they are loaded, before a token account of theirs is created.
pub type UsableMint = Account<UsableMintState>;

/// A mint of either token program that has no extension but those that are allowed.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
#[repr(transparent)]
pub struct UsableMintState(MintState);

impl UsableMintState {
    /// Decimals of the token.
    pub fn decimals(&self) -> u8 {
        self.0.decimals()
    }
}

impl SlabSchema for UsableMintState {
    const DATA_OFFSET: usize = MintState::DATA_OFFSET;
    const MIN_DATA_LEN: usize = MintState::MIN_DATA_LEN;

    fn validate(view: &AccountView, data: &[u8]) -> Result<()> {
        MintState::validate(view, data)?;
        if view.owned_by(&Token2022::id()) { check(data) } else { Ok(()) }
    }
}

impl IdlAccountType for UsableMintState {}

/// Where the extensions of a mint are: after the byte that says that it is one.
const EXTENSIONS_OFFSET: usize = 166;

/// Whether a mint of Token-2022 has no extension but those that are allowed.
///
/// # Errors
/// One that names the extension; [`BreakwaterError::MalformedExtensions`].
fn check(mint: &[u8]) -> Result<()> {
    // A mint without extensions ends before.
    let mut rest = mint.get(EXTENSIONS_OFFSET..).unwrap_or_default();
    // Each has two bytes of type, two of length, and its data. A type of zero ends the list.
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
