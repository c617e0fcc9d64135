//! Incidents, claims, disputes and their payment.

use super::{asset_account, paid};
use crate::*;
use solana_instruction::Instruction;

/// Reports an incident on a product; `opener` posts the bond, `payer` pays rents and tips.
#[must_use]
pub fn open_incident(
    pool: &At<Pool>,
    product: &At<Product>,
    opener: &Address,
    payer: &Address,
    report: &IncidentReport,
) -> Instruction {
    let incident = incident_address(&product.address, product.incident_count);
    OpenIncident {
        opener: *opener,
        payer: *payer,
        pool: pool.address,
        product: product.address,
        incident,
        assembly: *product.court(pool),
        ballot: ballot_address(&incident),
        opener_token: asset_account(pool, opener),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(report)
}

/// Files a policy's claim, to be paid to `receiver`, or else to the holder's associated token account; `funder` posts the bond
/// and gets it back, `payer` pays rent and tip.
#[must_use]
pub fn submit_claim(
    pool: &At<Pool>,
    incident: &Address,
    policy: &At<Policy>,
    (funder, payer): (&Address, &Address),
    request: &ClaimRequest,
    receiver: Option<&Address>,
) -> Instruction {
    let holder_token = asset_account(pool, &policy.holder);
    SubmitClaim {
        holder: policy.holder,
        funder: *funder,
        payer: *payer,
        pool: pool.address,
        incident: *incident,
        policy: policy.address,
        claim: claim_address(incident, &policy.address),
        funder_token: asset_account(pool, funder),
        receiver: receiver.copied().unwrap_or(holder_token),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(request)
}

/// Disputes a claim; `disputer` posts the bond, `payer` pays rents and tips.
#[must_use]
pub fn dispute_claim(
    pool: &At<Pool>,
    incident: &At<Incident>,
    claim: &At<Claim>,
    disputer: &Address,
    payer: &Address,
    evidence: &Evidence,
) -> Instruction {
    DisputeClaim {
        disputer: *disputer,
        payer: *payer,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        assembly: incident.assembly,
        ballot: ballot_address(&claim.address),
        disputer_token: asset_account(pool, disputer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(evidence)
}

/// Has a claim paid to another token account.
#[must_use]
pub fn redirect_claim(pool: &At<Pool>, claim: &At<Claim>, receiver: &Address) -> Instruction {
    RedirectClaim {
        claimant: claim.claimant,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        receiver: *receiver,
    }
    .instruction()
}

/// Ends the dispute of a claim by its final ballot.
#[must_use]
pub fn resolve_dispute(pool: &At<Pool>, claim: &At<Claim>, caller: &Address) -> Instruction {
    ResolveDispute {
        caller: *caller,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        policy: claim.policy,
        dispute_ballot: claim.dispute_ballot,
        vault: pool.vault,
    }
    .instruction()
}

/// Pays a disputer what a ballot left of the bond, and of the claim's.
#[must_use]
pub fn collect_dispute_bond(pool: &At<Pool>, claim: &At<Claim>, caller: &Address) -> Vec<Instruction> {
    let collect = CollectDisputeBond {
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        disputer: claim.disputer,
        receiver: asset_account(pool, &claim.disputer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    paid(pool, caller, &claim.disputer, collect.instruction())
}

/// Reads the final verdict on an incident.
#[must_use]
pub fn decide_incident(pool: &At<Pool>, incident: &At<Incident>, caller: &Address) -> Instruction {
    DecideIncident {
        caller: *caller,
        pool: pool.address,
        product: incident.product,
        incident: incident.address,
        ballot: (incident.ballot != NOBODY).then_some(incident.ballot),
        policy: (incident.policy != NOBODY).then_some(incident.policy),
        vault: pool.vault,
    }
    .instruction()
}

/// Ends the filing of an incident whose window is over.
#[must_use]
pub fn end_filing(incident: &At<Incident>, caller: &Address) -> Instruction {
    EndFiling { caller: *caller, pool: incident.pool, product: incident.product, incident: incident.address }
        .instruction()
}

/// Ends a decided incident of `product`, the first of its line.
#[must_use]
pub fn settle_incident(pool: &At<Pool>, product: &Product, incident: &At<Incident>, caller: &Address) -> Instruction {
    let next = incident.index.saturating_add(1);
    SettleIncident {
        caller: *caller,
        pool: pool.address,
        product: incident.product,
        incident: incident.address,
        next_incident: (next < product.incident_count).then(|| incident_address(&incident.product, next)),
        vault: pool.vault,
    }
    .instruction()
}

/// Gives a settled incident what was held back for others.
#[must_use]
pub fn settle_rest(pool: &At<Pool>, incident: &Address) -> Instruction {
    SettleRest { pool: pool.address, incident: *incident, vault: pool.vault }.instruction()
}

/// Pays a claim, on a policy of `product`, what it has due. A bond that somebody else posted is paid by a second one, so that they keep nobody from being
/// paid.
#[must_use]
pub fn payout(pool: &At<Pool>, product: &Address, claim: &At<Claim>, caller: &Address) -> Instruction {
    let funder_token = claim.has_waiting_bond().then(|| asset_account(pool, &claim.funder));
    Payout { funder_token, ..payout_accounts(pool, product, claim, caller) }.instruction()
}

/// Ends a claim, on a policy of `product`, whose incident has ended, without paying it: what it has due waits for a payout.
#[must_use]
pub fn end_claim(pool: &At<Pool>, product: &Address, claim: &At<Claim>, caller: &Address) -> Instruction {
    Payout { receiver: None, ..payout_accounts(pool, product, claim, caller) }.instruction()
}

fn payout_accounts(pool: &At<Pool>, product: &Address, claim: &At<Claim>, caller: &Address) -> Payout {
    Payout {
        caller: *caller,
        pool: pool.address,
        product: *product,
        incident: claim.incident,
        claim: claim.address,
        policy: claim.policy,
        receiver: Some(claim.receiver),
        funder: claim.funder,
        funder_token: None,
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
}

/// Gives the bond of an incident, or of its challenge, back to the one who posted it, or a booking's holder their half of it.
#[must_use]
pub fn collect_incident_bond(pool: &At<Pool>, incident: &At<Incident>, caller: &Address) -> Vec<Instruction> {
    let collect = CollectIncidentBond {
        pool: pool.address,
        incident: incident.address,
        bond_owner: incident.bond_owner,
        receiver: asset_account(pool, &incident.bond_owner),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    paid(pool, caller, &incident.bond_owner, collect.instruction())
}

/// Pays `amount` back after a settled incident.
#[must_use]
pub fn recover(pool: &At<Pool>, incident: &At<Incident>, payer: &Address, amount: u64) -> Instruction {
    let is_retired = incident.generation != pool.generation;
    Recover {
        payer: *payer,
        pool: pool.address,
        incident: incident.address,
        retired: is_retired.then(|| retired_address(&pool.address, incident.generation)),
        payer_token: asset_account(pool, payer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(amount)
}

/// Closes the account of a claim that is fully settled.
#[must_use]
pub fn close_claim(claim: &At<Claim>, caller: &Address) -> Instruction {
    CloseClaim { caller: *caller, incident: claim.incident, claim: claim.address, rent_payer: claim.rent_payer }
        .instruction()
}

/// Closes the account of an incident that is fully settled.
#[must_use]
pub fn close_incident(incident: &At<Incident>, caller: &Address) -> Instruction {
    CloseIncident {
        caller: *caller,
        product: incident.product,
        incident: incident.address,
        rent_payer: incident.rent_payer,
    }
    .instruction()
}
