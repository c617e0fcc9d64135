//! Every account that instructions create today lies on chain as the generated client reads it.
//!
//! The offsets within are frozen by the program's own `tests/layout.rs`. Exit epochs, exit tickets and changes have no
//! instruction that creates them yet.

use coverage_client::*;
use harness::{Chain, ProgramTestChain, UNIT, World, product_params};
use solana_address::Address;

#[allow(dead_code, reason = "not every account can be created yet")]
mod seeds {
    include!("../../programs/breakwater/src/seeds.rs");
}

/// A world with one account of each kind, all of them written to.
fn populated() -> World<ProgramTestChain> {
    let mut world = World::new();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 800_000 * UNIT, 180).ok();
    world.pass_days(10);
    let (now, policy, incident) = (world.now(), world.policy(0, "dora", 0), world.incident(0, 0));
    world.open_incident("dora", 0, 0, now - 3_600).ok();
    world.submit_claim("dora", &policy, &incident, 800_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass_days(15);
    world.settle(0, 0).ok();
    world.payout("dora", &policy, &incident).ok();
    world.collect_bond("dora", &incident).ok();
    world
}

/// Asserts that the address is the canonical one of the seeds, that the account there has the client's size and
/// discriminator, version 1 and the canonical bump, and returns it decoded.
fn assert_stored<T: ZeroCopy>(world: &mut World<ProgramTestChain>, address: Address, seeds: &[&[u8]]) -> T {
    let (canonical, bump) = Address::find_program_address(seeds, &ID);
    assert_eq!(address, canonical, "{}: the client derives another address", T::NAME);
    let account = world.chain.account(&address).unwrap_or_else(|| panic!("no {}", T::NAME));
    assert_eq!(account.owner, ID, "{}: owner", T::NAME);
    assert_eq!(account.data.len(), T::SIZE, "{}: size", T::NAME);
    assert_eq!(account.data[..8], T::DISCRIMINATOR, "{}: discriminator", T::NAME);
    assert_eq!(account.data[8..10], [1, bump], "{}: version and bump", T::NAME);
    T::decode(&account.data).expect("the discriminator fits")
}

#[test]
fn an_assembly_and_its_voters_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (address, mint, founder, vera) =
        (world.assembly(), world.governance(), world.key("founder"), world.key("vera"));
    let found: Assembly = assert_stored(&mut world, address, &[seeds::ASSEMBLY, mint.as_ref(), founder.as_ref()]);
    assert_eq!((found.reserved_head, found.reserved_params, found.reserved), ([0; 3], [0; 2], [0; 64]));
    let vault_bump = Address::find_program_address(&[seeds::STAKE_VAULT, address.as_ref()], &ID).1;
    assert_eq!(found.stake_vault_bump, vault_bump);

    let found: Voter =
        assert_stored(&mut world, voter(&address, &vera), &[seeds::VOTER, address.as_ref(), vera.as_ref()]);
    assert_eq!((found.reserved_head, found.reserved_counts, found.reserved), ([0; 6], [0; 4], [0; 64]));
}

#[test]
fn a_pool_its_products_and_policies_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (address, product, policy) = (world.pool(), world.product(0), world.policy(0, "dora", 0));
    let (founder, dora) = (world.key("founder"), world.key("dora"));
    let found: Pool = assert_stored(&mut world, address, &[seeds::POOL, founder.as_ref(), &0_u64.to_le_bytes()]);
    assert_eq!((found.reserved_head, found.reserved), ([0; 2], [0; 128]));
    let bumps = [seeds::VAULT, seeds::SHARE_MINT, seeds::EXIT_ESCROW]
        .map(|seed| Address::find_program_address(&[seed, address.as_ref()], &ID).1);
    assert_eq!([found.vault_bump, found.share_mint_bump, found.exit_escrow_bump], bumps);

    let found: Product = assert_stored(&mut world, product, &[seeds::PRODUCT, address.as_ref(), &0_u16.to_le_bytes()]);
    assert_eq!((found.reserved_params, found.trigger_data, found.reserved), ([0; 4], [0; 128], [0; 64]));

    let by_payer: [&[u8]; 4] = [seeds::POLICY, product.as_ref(), dora.as_ref(), &0_u64.to_le_bytes()];
    let found: Policy = assert_stored(&mut world, policy, &by_payer);
    assert_eq!((found.reserved_head, found.reserved_params, found.reserved), ([0; 5], [0; 4], [0; 64]));
}

#[test]
fn an_incident_its_claims_and_votes_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (product, policy, incident) = (world.product(0), world.policy(0, "dora", 0), world.incident(0, 0));
    let (ballot, vera) = (ballot(&incident, 0), voter(&world.assembly(), &world.key("vera")));
    let found: Incident =
        assert_stored(&mut world, incident, &[seeds::INCIDENT, product.as_ref(), &0_u32.to_le_bytes()]);
    assert_eq!((found.reserved_params, found.reserved), ([0; 2], [0; 64]));

    let of_policy = claim(&incident, &policy);
    let found: Claim = assert_stored(&mut world, of_policy, &[seeds::CLAIM, incident.as_ref(), policy.as_ref()]);
    assert_eq!((found.reserved_head, found.reserved), ([0; 5], [0; 64]));

    let found: Ballot = assert_stored(&mut world, ballot, &[seeds::BALLOT, incident.as_ref(), &[0]]);
    assert_eq!((found.reserved_head, found.reserved_params, found.reserved), (0, [0; 6], [0; 64]));

    let record = vote_record(&ballot, &vera);
    let found: VoteRecord = assert_stored(&mut world, record, &[seeds::VOTE_RECORD, ballot.as_ref(), vera.as_ref()]);
    assert_eq!((found.reserved_head, found.reserved), ([0; 4], [0; 32]));
}
