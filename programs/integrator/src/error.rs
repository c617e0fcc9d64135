//! The errors.

use anchor_lang::prelude::*;

/// An error of this program. Breakwater's reach the caller of a call unchanged, so these codes lie outside of its
/// range, which begins at 6,000.
#[error_code(offset = 7000)]
pub enum IntegratorError {
    /// The pool is another one than was configured.
    #[msg("the pool is another one than was configured")]
    WrongPool,
    /// The product is another one than was configured.
    #[msg("the product is another one than was configured")]
    WrongProduct,
    /// The mint is another one than the pool's asset.
    #[msg("the mint is another one than the pool's asset")]
    WrongMint,
    /// The token account is another one than the configured one.
    #[msg("the token account is another one than the configured one")]
    WrongTokens,
    /// The commission would go to another token account than the vault's manager chose.
    #[msg("the commission would go to another token account than the vault's manager chose")]
    WrongFeeTokens,
    /// The token program is another one than the pool's.
    #[msg("the token program is another one than the pool's")]
    WrongTokenProgram,
    /// The signer is not the vault's manager.
    #[msg("the signer is not the vault's manager")]
    NotManager,
    /// The premium leaves less to deposit than the user asked for.
    #[msg("the premium leaves less to deposit than the user asked for")]
    DepositTooSmall,
    /// A number does not fit.
    #[msg("a number does not fit")]
    Overflow,
    /// The signer is not the venue's operator.
    #[msg("the signer is not the venue's operator")]
    NotOperator,
}
