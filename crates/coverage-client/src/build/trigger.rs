//! What prices and covered programs decide.

use super::{asset_account, paid};
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
pub fn open_price_incident(pool: &At<Pool>, product: &At<Product>, payer: &Address) -> Instruction {
    OpenPriceIncident {
        payer: *payer,
        pool: pool.address,
        product: product.address,
        incident: incident_address(&product.address, product.incident_count),
        vault: pool.vault,
    }
    .instruction()
}

/// Has the jury decide on an incident that prices opened, or on a booking; `challenger` posts the bond, `payer` pays rent and tips.
#[must_use]
pub fn challenge_incident(
    pool: &At<Pool>,
    incident: &At<Incident>,
    challenger: &Address,
    payer: &Address,
    evidence: &Evidence,
) -> Instruction {
    ChallengeIncident {
        challenger: *challenger,
        payer: *payer,
        pool: pool.address,
        product: incident.product,
        incident: incident.address,
        assembly: incident.assembly,
        ballot: ballot_address(&incident.address),
        challenger_token: asset_account(pool, challenger),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(evidence)
}

/// Files a policy's claim in an incident that prices opened, to be paid to the holder's associated token account.
#[must_use]
pub fn claim_breach(pool: &At<Pool>, incident: &Address, policy: &At<Policy>, payer: &Address) -> Vec<Instruction> {
    let claim = ClaimBreach {
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
    };
    paid(pool, payer, &policy.holder, claim.instruction())
}

/// Reports a `loss` on a policy of `product` and draws at least `min_paid` for it, which the holder's associated token account
/// gets; it must be open. The rest is booked; `payer` pays for that. The address that the product lets draw signs, mostly one
/// that its program derives.
#[must_use]
pub fn draw(
    pool: &At<Pool>,
    product: &At<Product>,
    policy: &At<Policy>,
    (authority, payer): (&Address, &Address),
    loss: u64,
    min_paid: u64,
) -> Instruction {
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
        payer: Some(*payer),
        incident: Some(incident_address(&product.address, product.incident_count)),
    }
    .instruction(loss, min_paid)
}

/// Pays what can be paid of a booking of a policy, which the holder's associated token account gets.
#[must_use]
pub fn pay_booking(pool: &At<Pool>, booking: &At<Incident>, policy: &At<Policy>, caller: &Address) -> Vec<Instruction> {
    let receiver = Some(asset_account(pool, &policy.holder));
    let pay = PayBooking { receiver, ..booking_accounts(pool, booking, policy, caller) };
    paid(pool, caller, &policy.holder, pay.instruction())
}

/// Settles what can be paid of a booking of a policy without paying it.
#[must_use]
pub fn settle_booking(pool: &At<Pool>, booking: &At<Incident>, policy: &At<Policy>, caller: &Address) -> Instruction {
    booking_accounts(pool, booking, policy, caller).instruction()
}

fn booking_accounts(pool: &At<Pool>, booking: &At<Incident>, policy: &At<Policy>, caller: &Address) -> PayBooking {
    PayBooking {
        caller: *caller,
        pool: pool.address,
        product: booking.product,
        policy: policy.address,
        incident: booking.address,
        holder: policy.holder,
        receiver: None,
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
}
