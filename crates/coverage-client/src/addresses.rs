//! The program-derived addresses.

use crate::{ID, seeds};
use solana_address::Address;

/// The program of Token-2022.
pub const TOKEN_2022_ID: Address = Address::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

fn derive(seeds: &[&[u8]]) -> Address {
    Address::find_program_address(seeds, &ID).0
}

/// The assembly of a governance mint and its creator.
#[must_use]
pub fn assembly(governance_mint: &Address, creator: &Address) -> Address {
    derive(&[seeds::ASSEMBLY, governance_mint.as_ref(), creator.as_ref()])
}

/// The token account of an assembly's stakes.
#[must_use]
pub fn stake_vault(assembly: &Address) -> Address {
    derive(&[seeds::STAKE_VAULT, assembly.as_ref()])
}

/// The voter account of an owner in an assembly.
#[must_use]
pub fn voter(assembly: &Address, owner: &Address) -> Address {
    derive(&[seeds::VOTER, assembly.as_ref(), owner.as_ref()])
}

/// The ballot on a subject.
#[must_use]
pub fn ballot(subject: &Address) -> Address {
    derive(&[seeds::BALLOT, subject.as_ref()])
}

/// The record of a voter's vote in a round of a ballot: 0 the first, 1 the appeal.
#[must_use]
pub fn vote_record(ballot: &Address, voter: &Address, round: u8) -> Address {
    derive(&[seeds::VOTE_RECORD, ballot.as_ref(), voter.as_ref(), &[round]])
}

/// The dispute of a claim by somebody.
#[must_use]
pub fn dispute(claim: &Address, disputer: &Address) -> Address {
    derive(&[seeds::DISPUTE, claim.as_ref(), disputer.as_ref()])
}

/// Pool number `id` of its creator.
#[must_use]
pub fn pool(creator: &Address, id: u64) -> Address {
    derive(&[seeds::POOL, creator.as_ref(), &id.to_le_bytes()])
}

/// The token account of a pool's assets.
#[must_use]
pub fn vault(pool: &Address) -> Address {
    derive(&[seeds::VAULT, pool.as_ref()])
}

/// The mint of a pool's shares.
#[must_use]
pub fn share_mint(pool: &Address) -> Address {
    derive(&[seeds::SHARE_MINT, pool.as_ref()])
}

/// The token account of a pool's shares on their way out.
#[must_use]
pub fn exit_escrow(pool: &Address) -> Address {
    derive(&[seeds::EXIT_ESCROW, pool.as_ref()])
}

/// Product number `index` of a pool.
#[must_use]
pub fn product(pool: &Address, index: u16) -> Address {
    derive(&[seeds::PRODUCT, pool.as_ref(), &index.to_le_bytes()])
}

/// Policy number `id` of its payer.
#[must_use]
pub fn policy(product: &Address, payer: &Address, id: u64) -> Address {
    derive(&[seeds::POLICY, product.as_ref(), payer.as_ref(), &id.to_le_bytes()])
}

/// The exit epoch of a pool that settles on `day`, days since the unix epoch.
#[must_use]
pub fn exit_epoch(pool: &Address, day: u64) -> Address {
    derive(&[seeds::EXIT_EPOCH, pool.as_ref(), &day.to_le_bytes()])
}

/// Exit ticket number `id` of its owner.
#[must_use]
pub fn exit_ticket(pool: &Address, owner: &Address, id: u64) -> Address {
    derive(&[seeds::EXIT_TICKET, pool.as_ref(), owner.as_ref(), &id.to_le_bytes()])
}

/// Incident number `index` of a product.
#[must_use]
pub fn incident(product: &Address, index: u32) -> Address {
    derive(&[seeds::INCIDENT, product.as_ref(), &index.to_le_bytes()])
}

/// The claim of a policy in an incident.
#[must_use]
pub fn claim(incident: &Address, policy: &Address) -> Address {
    derive(&[seeds::CLAIM, incident.as_ref(), policy.as_ref()])
}

/// Change number `id` of a pool.
#[must_use]
pub fn change(pool: &Address, id: u64) -> Address {
    derive(&[seeds::CHANGE, pool.as_ref(), &id.to_le_bytes()])
}

/// The associated token account of an owner, of the SPL Token program.
#[must_use]
pub fn token_account(owner: &Address, mint: &Address) -> Address {
    token_account_of(owner, mint, &spl_token_interface::ID)
}

/// The associated token account of an owner, of either token program.
#[must_use]
pub fn token_account_of(owner: &Address, mint: &Address, token_program: &Address) -> Address {
    spl_associated_token_account_interface::address::get_associated_token_address_with_program_id(
        owner,
        mint,
        token_program,
    )
}
