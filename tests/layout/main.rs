//! Every account that instructions create today lies on chain as the generated client reads it.
//!
//! The offsets within are frozen by the program's own `tests/layout.rs`.

use coverage_client::*;
use harness::{Chain, ProgramTestChain, UNIT, World, assembly_params, pool_params, product_params, trials::wipe_out};
use solana_address::Address;

/// A world with one account of each kind, all of them written to.
fn populated() -> World<ProgramTestChain> {
    let mut world = World::new();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 800_000 * UNIT, 180).ok();
    world.pass_days(10);
    let (now, policy, incident) = (world.now(), world.policy(0, "dora", 0), world.incident(0, 0));
    world.open_incident("dora", 0, 0, now - 3_600).ok();
    world.submit_claim("dora", &policy, &incident, 800_000 * UNIT).ok();
    world.fund("otto", 100_000 * UNIT);
    world.vote("vera", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    world.dispute("otto", &policy, &incident).ok();
    let (number, _) = world.exit_epoch();
    world.request_exit("ada", 0, 1_000 * UNIT).ok();
    // The jury is not with otto.
    let claim = claim_address(&incident, &policy);
    world.vote("vera", &claim, 1).ok();
    world.close_ballot(&claim).ok();
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    world.await_exits();
    world.pay_exits().ok();
    let disputes_end_at = world.chain.read::<Incident>(&incident).disputes_end_at;
    world.chain.set_now(disputes_end_at);
    world.settle(0, 0).ok();
    world.release_contested(&incident, number).ok();
    world.payout("dora", &policy, &incident).ok();
    world.collect_bond("dora", &incident).ok();
    world.fund("vera", 1_000 * UNIT);
    world.petition("vera", &Proposal::Delist, Some(0)).ok();
    world
}

/// Asserts that the address is the canonical one of the seeds, that the account there has the client's size and
/// discriminator, version 1 and the canonical bump, and returns it decoded.
fn assert_stored<T: ZeroCopy>(world: &mut World<ProgramTestChain>, address: Address, seeds: &[&[u8]]) -> T {
    assert_lies(world, address, Address::find_program_address(seeds, &ID))
}

/// [`assert_stored`], of an account whose address and bump are these.
fn assert_lies<T: ZeroCopy>(
    world: &mut World<ProgramTestChain>,
    address: Address,
    (canonical, bump): (Address, u8),
) -> T {
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
        assert_stored(&mut world, voter_address(&address, &vera), &[seeds::VOTER, address.as_ref(), vera.as_ref()]);
    assert_eq!((found.reserved_head, found.reserved), ([0; 6], [0; 24]));
    assert_eq!((found.delegate, found.delegated_at), (NOBODY, 0));
}

#[test]
fn a_pool_its_products_and_policies_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (address, product, policy) = (world.pool(), world.product(0), world.policy(0, "dora", 0));
    let (founder, dora) = (world.key("founder"), world.key("dora"));
    let found: Pool = assert_stored(&mut world, address, &[seeds::POOL, founder.as_ref(), &0_u64.to_le_bytes()]);
    assert_eq!(found.reserved_head, [0; 2]);
    assert_eq!(found.generation, 0);
    let vault = Address::find_program_address(&[seeds::VAULT, address.as_ref()], &ID);
    let [shares, escrow] = [seeds::SHARE_MINT, seeds::EXIT_ESCROW]
        .map(|seed| Address::find_program_address(&[seed, address.as_ref(), &0_u32.to_le_bytes()], &ID));
    let canonical = [(found.vault, found.vault_bump), (found.share_mint, found.share_mint_bump)];
    assert_eq!(canonical, [vault, shares]);
    assert_eq!((found.exit_escrow, found.exit_escrow_bump), escrow);

    let found: Product = assert_stored(&mut world, product, &[seeds::PRODUCT, address.as_ref(), &0_u16.to_le_bytes()]);
    assert_eq!((found.reserved_params, found.overdue), ([0; 3], 0));
    assert_eq!((found.reserved_counts, found.line.sure_part), ([0; 1], 0));

    let by_payer: [&[u8]; 4] = [seeds::POLICY, product.as_ref(), dora.as_ref(), &0_u64.to_le_bytes()];
    let found: Policy = assert_stored(&mut world, policy, &by_payer);
    assert_eq!((found.reserved_head, found.reserved), ([0; 6], [0; 32]));
}

#[test]
fn an_incident_its_claims_and_votes_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (product, policy, incident) = (world.product(0), world.policy(0, "dora", 0), world.incident(0, 0));
    let (ballot, vera) = (ballot_address(&incident), voter_address(&world.assembly(), &world.key("vera")));
    let found: Incident =
        assert_stored(&mut world, incident, &[seeds::INCIDENT, product.as_ref(), &0_u32.to_le_bytes()]);
    assert_eq!(found.reserved_params, [0; 2]);
    assert_eq!(found.reserved_generation, [0; 4]);

    let of_policy = claim_address(&incident, &policy);
    let found: Claim = assert_stored(&mut world, of_policy, &[seeds::CLAIM, incident.as_ref(), policy.as_ref()]);
    assert_eq!((found.on_account, found.reserved), (0, [0; 48]));

    let otto = world.key("otto");
    let of_claim = coverage_client::ballot_address(&of_policy);
    assert_eq!((found.disputer, found.dispute_ballot), (otto, of_claim));

    for (address, subject) in [(ballot, incident), (of_claim, of_policy)] {
        let found: Ballot = assert_stored(&mut world, address, &[seeds::BALLOT, subject.as_ref()]);
        assert_eq!(found.reserved, [0; 7]);
        assert_eq!(found.first_opens_at, found.opens_at);
        let record = vote_record_address(&address, &vera);
        // The System program's address of the voter and the ballot's bytes without their highest bits, which has no bump.
        let seed: String = address.to_bytes().iter().map(|byte| char::from(byte & 0x7f)).collect();
        let of_voter = Address::create_with_seed(&vera, &seed, &ID).expect("a seed of 32 characters");
        let found: VoteRecord = assert_lies(&mut world, record, (of_voter, 0));
        assert_eq!((found.by_delegate, found.reserved_head, found.reserved), (0, 0, [0; 32]));
    }
}

#[test]
fn an_exit_epoch_and_its_tickets_lie_as_the_client_reads_them() {
    let mut world = populated();
    let (pool, ada) = (world.pool(), world.key("ada"));
    let address = exit_ticket_address(&pool, &ada, 0);
    let by_owner: [&[u8]; 4] = [seeds::EXIT_TICKET, pool.as_ref(), ada.as_ref(), &0_u64.to_le_bytes()];
    let found: ExitTicket = assert_stored(&mut world, address, &by_owner);
    assert_eq!((found.reserved_head, found.reserved), ([0; 6], [0; 64]));

    let number = found.epoch;
    let by_number: [&[u8]; 3] = [seeds::EXIT_EPOCH, pool.as_ref(), &number.to_le_bytes()];
    let found: ExitEpoch = assert_stored(&mut world, exit_epoch_address(&pool, number), &by_number);
    assert_eq!((found.reserved_head, found.reserved), ([0; 5], [0; 48]));
}

#[test]
fn what_is_retired_lies_as_the_client_reads_it() {
    let mut world = World::bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, PoolParams { min_premium: 1, ..pool_params() }).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    wipe_out(&mut world, "dora");
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let (pool, first, second) = (world.pool(), 0_u32.to_le_bytes(), 1_u32.to_le_bytes());
    let by_generation: [&[u8]; 3] = [seeds::RETIRED, pool.as_ref(), &first];
    let found: Retired = assert_stored(&mut world, retired_address(&pool, 0), &by_generation);
    assert_eq!((found.reserved_head, found.reserved), ([0; 2], [0; 32]));
    let found = world.read_pool();
    let [shares, escrow] = [seeds::SHARE_MINT, seeds::EXIT_ESCROW]
        .map(|seed| Address::find_program_address(&[seed, pool.as_ref(), &second], &ID));
    assert_eq!((found.share_mint, found.share_mint_bump), shares);
    assert_eq!((found.exit_escrow, found.exit_escrow_bump), escrow);
}

#[test]
fn a_change_lies_as_the_client_reads_it() {
    let mut world = populated();
    let (pool, address) = (world.pool(), world.change(0));
    let proposer = world.read_change(0).proposer;
    let by_number: [&[u8]; 4] = [seeds::CHANGE, pool.as_ref(), proposer.as_ref(), &0_u64.to_le_bytes()];
    let found: Change = assert_stored(&mut world, address, &by_number);
    assert_eq!((found.reserved_head, found.reserved), ([0; 3], [0; 24]));
    assert_eq!(Proposal::from_bytes(&found.proposal).expect("a proposal"), Proposal::Delist);
    assert_eq!((found.product, found.ballot), (world.product(0), ballot_address(&address)));
    let found: Ballot = assert_stored(&mut world, found.ballot, &[seeds::BALLOT, address.as_ref()]);
    assert_eq!(found.reserved, [0; 7]);
}
