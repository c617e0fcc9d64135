//! Pools and products.

use crate::*;
use solana_instruction::Instruction;

/// Creates pool number `id` of `creator`.
#[must_use]
pub fn create_pool(
    creator: &Address,
    id: u64,
    assembly: &Address,
    asset_mint: &Address,
    token_program: &Address,
    params: &PoolParams,
) -> Instruction {
    let pool = pool_address(creator, id);
    CreatePool {
        creator: *creator,
        pool,
        assembly: *assembly,
        asset_mint: *asset_mint,
        vault: vault_address(&pool),
        share_mint: share_mint_address(&pool),
        exit_escrow: exit_escrow_address(&pool),
        token_program: *token_program,
    }
    .instruction(id, params)
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
