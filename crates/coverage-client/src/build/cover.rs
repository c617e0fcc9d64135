//! Buying and keeping cover.

use super::{asset_account, first_exit, open_asset_account};
use crate::*;
use solana_instruction::Instruction;

/// Buys policy number `id` of `payer`; `court` is the product's, [`Product::court_of_sale`]. A commission needs a distributor, whose token account is opened.
#[must_use]
pub fn buy_cover(
    pool: &At<Pool>,
    (product, court): (&Address, &Address),
    payer: &Address,
    id: u64,
    request: &CoverRequest,
    distributor: Option<&Address>,
) -> Vec<Instruction> {
    let buy = BuyCover {
        payer: *payer,
        pool: pool.address,
        product: *product,
        policy: policy_address(product, payer, id),
        assembly: *court,
        payer_token: asset_account(pool, payer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        distributor_token: distributor.map(|distributor| asset_account(pool, distributor)),
        token_program: pool.token_program,
    };
    let open = distributor.map(|distributor| open_asset_account(pool, payer, distributor));
    open.into_iter().chain([buy.instruction(id, request)]).collect()
}

/// Lets a policy cover longer.
#[must_use]
pub fn extend_cover(
    pool: &At<Pool>,
    policy: &At<Policy>,
    payer: &Address,
    request: &ExtensionRequest,
    distributor: Option<&Address>,
) -> Vec<Instruction> {
    let extend = ExtendCover {
        payer: *payer,
        pool: pool.address,
        product: policy.product,
        policy: policy.address,
        payer_token: asset_account(pool, payer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        distributor_token: distributor.map(|distributor| asset_account(pool, distributor)),
        first_exit: first_exit(pool),
        token_program: pool.token_program,
    };
    let open = distributor.map(|distributor| open_asset_account(pool, payer, distributor));
    open.into_iter().chain([extend.instruction(request)]).collect()
}

/// Ends a policy with this day for a refund of at least `min_refund` to its holder, whose token account is opened.
#[must_use]
pub fn cancel_cover(pool: &At<Pool>, product: &Product, policy: &At<Policy>, min_refund: u64) -> Vec<Instruction> {
    let cancel = CancelCover {
        holder: policy.holder,
        pool: pool.address,
        product: policy.product,
        policy: policy.address,
        assembly: *product.court(pool),
        holder_token: asset_account(pool, &policy.holder),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, &policy.holder, &policy.holder), cancel.instruction(min_refund)]
}

/// Gives part of a policy's sum insured back for a refund of at least `min_refund` to its holder, whose token account is opened.
#[must_use]
pub fn reduce_cover(
    pool: &At<Pool>,
    product: &Product,
    policy: &At<Policy>,
    part: u64,
    min_refund: u64,
) -> Vec<Instruction> {
    let reduce = ReduceCover {
        holder: policy.holder,
        pool: pool.address,
        product: policy.product,
        policy: policy.address,
        assembly: *product.court(pool),
        holder_token: asset_account(pool, &policy.holder),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, &policy.holder, &policy.holder), reduce.instruction(part, min_refund)]
}

/// Passes a policy on.
#[must_use]
pub fn transfer_cover(policy: &At<Policy>, new_holder: &Address) -> Instruction {
    TransferCover { holder: policy.holder, policy: policy.address }.instruction(new_holder)
}

/// Closes a policy that is over.
#[must_use]
pub fn close_policy(policy: &At<Policy>, caller: &Address) -> Instruction {
    ClosePolicy { caller: *caller, product: policy.product, policy: policy.address, payer: policy.payer }.instruction()
}

/// Returns what a sale would cost, to a simulation; `court` is the product's, [`Product::court_of_sale`].
#[must_use]
pub fn quote_cover(product: &At<Product>, court: &Address, amount: u64, term_days: u16) -> Instruction {
    QuoteCover { pool: product.pool, product: product.address, assembly: *court }.instruction(amount, term_days)
}
