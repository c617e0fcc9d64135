//! `transfer_cover`: who holds a policy may pass it on, and with it the right to claim.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;

#[test]
fn transfer_cover_changes_the_holder_and_nothing_else() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let (address, before) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    let receipt = world.transfer_cover("dora", &address, "emil").ok();
    let (holder, new_holder) = (world.key("dora"), world.key("emil"));
    assert_eq!(doras_policy(&mut world, 0), Policy { holder: new_holder, ..before });
    let event = CoverTransferred { policy: address, holder, new_holder };
    assert_eq!(only_event(&receipt), Event::CoverTransferred(event));
    world.transfer_cover("dora", &address, "dora").fails(E::NotHolder);
    world.transfer_cover("emil", &address, "dora").ok();
    assert_eq!(doras_policy(&mut world, 0), before);
}

#[test]
fn transfer_cover_passes_the_right_to_claim() {
    let (mut world, incident) = story::reported();
    let address = world.policy(0, "dora", 0);
    // An incident of the product is no obstacle, an open claim is.
    world.transfer_cover("dora", &address, "opal").ok();
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT).fails(E::NotHolder);
    world.submit_claim("opal", &address, &incident, 100_000 * UNIT).ok();
    world.transfer_cover("opal", &address, "dora").fails(E::ClaimOpen);
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.transfer_cover("opal", &address, "dora").fails(E::ClaimOpen);
    world.payout("opal", &address, &incident).ok();
    world.transfer_cover("opal", &address, "dora").ok();
}

#[test]
fn transfer_cover_of_a_policy_that_has_ended_passes_on_its_claims() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let (address, end) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0).end);
    world.chain.set_now(end + 1);
    world.transfer_cover("dora", &address, "emil").ok();
}

#[test]
fn transfer_cover_refuses_wrong_accounts() {
    let mut world = one_product();
    let second = second_pool(&mut world);
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.buy("emil", 0, 0, 1_000 * UNIT, 30).ok();
    let (address, emils, assembly) = (world.policy(0, "dora", 0), world.policy(0, "emil", 0), world.assembly());
    let (forged, emil) = (forge(&mut world, &address), world.key("emil"));
    let emils_tokens = world.tokens("emil", &world.asset());
    let accounts = TransferCover { holder: world.key("dora"), policy: address };
    world.send(accounts.instruction(&NOBODY), &["dora"]).fails(E::ZeroHolder);
    world.transfer_cover("emil", &address, "emil").fails(E::NotHolder);
    let instruction = accounts.instruction(&emil);
    refuses(
        &mut world,
        &instruction,
        &["dora"],
        &[
            (1, emils, error(E::NotHolder)),
            (1, second, I::InvalidAccountData),
            (1, assembly, I::InvalidAccountData),
            (1, emils_tokens, TOO_SMALL),
            (1, forged, I::IllegalOwner),
        ],
    );
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    world.send(read_only(instruction.clone(), 1), &["dora"]).fails_with(NOT_WRITABLE);
    world.send(instruction, &["dora"]).ok();
}
