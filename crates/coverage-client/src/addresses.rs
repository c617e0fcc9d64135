//! Addresses that are not the program's own: token accounts.

use solana_address::Address;

/// The associated token account of an owner, of the SPL Token program.
#[must_use]
pub fn token_account_address(owner: &Address, mint: &Address) -> Address {
    token_account_address_of(owner, mint, &spl_token_interface::ID)
}

/// The associated token account of an owner, of either token program.
#[must_use]
pub fn token_account_address_of(owner: &Address, mint: &Address, token_program: &Address) -> Address {
    spl_associated_token_account_interface::address::get_associated_token_address_with_program_id(
        owner,
        mint,
        token_program,
    )
}
