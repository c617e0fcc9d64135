//! Pools and products.

use super::{asset_account, paid};
use crate::*;
use solana_instruction::Instruction;

/// The tokens of a new pool.
#[derive(Clone, Copy, Debug)]
pub struct PoolTokens<'a> {
    /// Mint of the asset.
    pub asset_mint: &'a Address,
    /// Its token program.
    pub token_program: &'a Address,
    /// Token program of the shares.
    pub share_token_program: &'a Address,
    /// What wallets show of the shares: none but of Token-2022.
    pub words: &'a ShareWords,
}

/// Creates pool number `id` of `creator`; `payer` pays the rent.
#[must_use]
pub fn create_pool(
    creator: &Address,
    payer: &Address,
    id: u64,
    assembly: &Address,
    tokens: PoolTokens,
    params: &PoolParams,
) -> Instruction {
    let pool = pool_address(creator, id);
    CreatePool {
        creator: *creator,
        payer: *payer,
        pool,
        assembly: *assembly,
        asset_mint: *tokens.asset_mint,
        vault: vault_address(&pool),
        share_mint: share_mint_address(&pool, 0),
        exit_escrow: exit_escrow_address(&pool, 0),
        token_program: *tokens.token_program,
        share_token_program: *tokens.share_token_program,
    }
    .instruction(id, params, tokens.words)
}

/// Announces a pool open; its authority signs.
#[must_use]
pub fn open_pool(pool: &At<Pool>) -> Instruction {
    OpenPool { authority: pool.authority, pool: pool.address }.instruction()
}

/// Lists the pool's next product.
#[must_use]
pub fn list_product(pool: &At<Pool>, payer: &Address, params: &ProductParams) -> Instruction {
    ListProduct {
        authority: pool.authority,
        payer: *payer,
        pool: pool.address,
        product: product_address(&pool.address, pool.product_count),
    }
    .instruction(params)
}

/// Brings a product's active cover up to now.
#[must_use]
pub fn roll_product(pool: &At<Pool>, product: &Address) -> Instruction {
    RollProduct { pool: pool.address, product: *product, vault: pool.vault }.instruction()
}

/// Closes a product whose policies and incidents are closed; `authority`, the pool's, signs for one that is not delisted.
#[must_use]
pub fn close_product(product: &At<Product>, caller: &Address, authority: Option<&Address>) -> Instruction {
    CloseProduct {
        caller: *caller,
        authority: authority.copied(),
        pool: product.pool,
        product: product.address,
        rent_payer: product.rent_payer,
        vault: vault_address(&product.pool),
    }
    .instruction()
}

/// Closes a pool without shares, products and debts; `closer` is its authority, or paid its rent. What the vault still holds goes
/// to the treasury.
#[must_use]
pub fn close_pool(pool: &At<Pool>, closer: &Address) -> Vec<Instruction> {
    let close = ClosePool {
        closer: *closer,
        pool: pool.address,
        assembly: pool.assembly,
        rent_payer: pool.rent_payer,
        treasury: pool.treasury,
        receiver: asset_account(pool, &pool.treasury),
        vault: pool.vault,
        share_mint: pool.share_mint,
        exit_escrow: pool.exit_escrow,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
        share_token_program: pool.share_token_program,
    };
    paid(pool, closer, &pool.treasury, close.instruction())
}
