//! What prices and covered programs decide.

use super::{asset_account, open_asset_account};
use crate::*;
use solana_instruction::Instruction;

/// Shows a product a price: an account of Pyth's pull oracle.
#[must_use]
pub fn observe_price(product: &At<Product>, price_update: &Address) -> Instruction {
    ObservePrice { pool: product.pool, product: product.address, price_update: *price_update }.instruction()
}

/// Has a product forget a breach that no incident was opened for, by a price from inside it that was not below the strike.
#[must_use]
pub fn refute_breach(product: &Address, price_update: &Address) -> Instruction {
    RefuteBreach { product: *product, price_update: *price_update }.instruction()
}

/// Voids an incident that prices opened, by a price from inside the breach that was not below the strike.
#[must_use]
pub fn refute_incident(incident: &At<Incident>, price_update: &Address) -> Instruction {
    RefuteIncident { product: incident.product, incident: incident.address, price_update: *price_update }.instruction()
}

/// Opens an incident by the breach that prices have shown.
#[must_use]
pub fn open_price_incident(pool: &At<Pool>, product: &At<Product>, opener: &Address) -> Instruction {
    OpenPriceIncident {
        opener: *opener,
        pool: pool.address,
        product: product.address,
        incident: incident_address(&product.address, product.incident_count),
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
        ballot: ballot_address(incident),
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
        claim: claim_address(incident, &policy.address),
        holder: policy.holder,
        receiver: asset_account(pool, &policy.holder),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Reports a `loss` on a policy and draws at least `min_paid` for it, which the holder's associated token account gets; it
/// must be open. The address that the product lets draw signs, mostly one that its program derives.
#[must_use]
pub fn draw(pool: &At<Pool>, policy: &At<Policy>, authority: &Address, loss: u64, min_paid: u64) -> Instruction {
    Draw {
        authority: *authority,
        pool: pool.address,
        product: policy.product,
        policy: policy.address,
        holder: policy.holder,
        receiver: asset_account(pool, &policy.holder),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(loss, min_paid)
}
