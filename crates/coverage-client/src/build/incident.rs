//! Incidents, claims, disputes and their payment.

use super::{asset_account, open_asset_account};
use crate::*;
use solana_instruction::Instruction;

/// Opens an incident on a product.
#[must_use]
pub fn open_incident(
    pool: &At<Pool>,
    product: &At<Product>,
    opener: &Address,
    report: &IncidentReport,
) -> Vec<Instruction> {
    let incident = incident_address(&product.address, product.incident_count);
    let open = OpenIncident {
        opener: *opener,
        pool: pool.address,
        product: product.address,
        incident,
        assembly: pool.assembly,
        ballot: ballot_address(&incident),
        opener_token: asset_account(pool, opener),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, opener, opener), open.instruction(report)]
}

/// Files a policy's claim, to be paid to `receiver`, or else to the holder's associated token account.
#[must_use]
pub fn submit_claim(
    pool: &At<Pool>,
    incident: &Address,
    policy: &At<Policy>,
    payer: &Address,
    request: &ClaimRequest,
    receiver: Option<&Address>,
) -> Vec<Instruction> {
    let holder_token = asset_account(pool, &policy.holder);
    let submit = SubmitClaim {
        holder: policy.holder,
        payer: *payer,
        pool: pool.address,
        incident: *incident,
        policy: policy.address,
        claim: claim_address(incident, &policy.address),
        holder_token,
        receiver: receiver.copied().unwrap_or(holder_token),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, payer, &policy.holder), submit.instruction(request)]
}

/// Disputes a claim.
#[must_use]
pub fn dispute_claim(
    pool: &At<Pool>,
    claim: &At<Claim>,
    disputer: &Address,
    request: &DisputeRequest,
) -> Vec<Instruction> {
    let dispute_claim = DisputeClaim {
        disputer: *disputer,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        dispute: dispute_address(&claim.address, disputer),
        assembly: pool.assembly,
        ballot: ballot_address(&claim.address),
        disputer_token: asset_account(pool, disputer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, disputer, disputer), dispute_claim.instruction(request)]
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

/// Gives a dispute's bond back, as far as it did not lose it.
#[must_use]
pub fn collect_dispute_bond(
    pool: &At<Pool>,
    claim: &At<Claim>,
    dispute: &At<Dispute>,
    caller: &Address,
) -> Instruction {
    CollectDisputeBond {
        caller: *caller,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        dispute: dispute.address,
        disputer: dispute.disputer,
        receiver: asset_account(pool, &dispute.disputer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Settles or rejects an incident whose ballot is final.
#[must_use]
pub fn settle_incident(pool: &At<Pool>, incident: &At<Incident>, caller: &Address) -> Instruction {
    SettleIncident {
        caller: *caller,
        pool: pool.address,
        product: incident.product,
        incident: incident.address,
        ballot: (incident.ballot != NOBODY).then_some(incident.ballot),
        vault: pool.vault,
    }
    .instruction()
}

/// Gives a settled incident what was held back for others.
#[must_use]
pub fn settle_rest(pool: &At<Pool>, incident: &Address) -> Instruction {
    SettleRest { pool: pool.address, incident: *incident, vault: pool.vault }.instruction()
}

/// Pays a claim what it has due.
#[must_use]
pub fn payout(pool: &At<Pool>, claim: &At<Claim>, caller: &Address) -> Instruction {
    Payout {
        caller: *caller,
        pool: pool.address,
        incident: claim.incident,
        claim: claim.address,
        policy: claim.policy,
        receiver: claim.receiver,
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Gives the bond of an incident, or of its challenge, back to whoever posted it.
#[must_use]
pub fn collect_incident_bond(pool: &At<Pool>, incident: &At<Incident>) -> Instruction {
    CollectIncidentBond {
        pool: pool.address,
        incident: incident.address,
        bond_owner: incident.bond_owner,
        receiver: asset_account(pool, &incident.bond_owner),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Pays `amount` back after a settled incident.
#[must_use]
pub fn recover(pool: &At<Pool>, incident: &Address, payer: &Address, amount: u64) -> Instruction {
    Recover {
        payer: *payer,
        pool: pool.address,
        incident: *incident,
        payer_token: asset_account(pool, payer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(amount)
}

/// Closes the account of a claim of which nothing can come any more.
#[must_use]
pub fn close_claim(claim: &At<Claim>, caller: &Address) -> Instruction {
    CloseClaim { caller: *caller, incident: claim.incident, claim: claim.address, rent_payer: claim.rent_payer }
        .instruction()
}

/// Closes the account of an incident of which nothing can come any more.
#[must_use]
pub fn close_incident(incident: &At<Incident>, caller: &Address) -> Instruction {
    CloseIncident { caller: *caller, incident: incident.address, opener: incident.opener }.instruction()
}
