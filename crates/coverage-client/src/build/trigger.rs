//! What prices and covered programs decide.

use super::{asset_account, open_asset_account};
use crate::*;
use solana_instruction::Instruction;

/// Shows a product a price: an account of Pyth's pull oracle.
#[must_use]
pub fn observe_price(product: &At<Product>, price_update: &Address) -> Instruction {
    ObservePrice { pool: product.pool, product: product.address, price_update: *price_update }.instruction()
}

/// Opens an incident by the breach that prices have shown.
#[must_use]
pub fn open_price_incident(pool: &At<Pool>, product: &At<Product>, opener: &Address) -> Instruction {
    OpenPriceIncident {
        opener: *opener,
        pool: pool.address,
        product: product.address,
        incident: incident(&product.address, product.incident_count),
        vault: pool.vault,
    }
    .instruction()
}

/// Has the jury decide on an incident that prices opened.
#[must_use]
pub fn challenge_incident(
    pool: &At<Pool>,
    incident: &Address,
    challenger: &Address,
    request: &ChallengeRequest,
) -> Vec<Instruction> {
    let challenge = ChallengeIncident {
        challenger: *challenger,
        pool: pool.address,
        incident: *incident,
        assembly: pool.assembly,
        ballot: ballot(incident),
        challenger_token: asset_account(pool, challenger),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, challenger, challenger), challenge.instruction(request)]
}

/// Files a policy's claim in an incident that prices opened, to be paid to the holder's associated token account, which
/// must be open.
#[must_use]
pub fn claim_breach(pool: &At<Pool>, incident: &Address, policy: &At<Policy>, payer: &Address) -> Instruction {
    ClaimBreach {
        payer: *payer,
        pool: pool.address,
        incident: *incident,
        policy: policy.address,
        claim: claim(incident, &policy.address),
        holder: policy.holder,
        receiver: asset_account(pool, &policy.holder),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}
