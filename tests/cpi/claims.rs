//! A program as holder: it signs with its own derived address, claims and is paid.

use crate::{CAPITAL, TestWorld, guide::within, vault_world};
use coverage_client::{BreakwaterError as E, Claim, Payout, Policy, claim_address};
use coverage_math::{DAY, cover};
use harness::{
    Chain, UNIT, claim_request,
    integrator::{self, ClaimLoss, Insure, integrator_vault, vault_tokens},
    trials::*,
};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;

const INSURED: u64 = 200_000 * UNIT;

/// Mona's vault with a policy of its own and money for a bond, and an incident a week later.
fn insured() -> (TestWorld, Address) {
    let mut world = vault_world();
    world.stake("vera", 1_000 * UNIT).ok();
    world.send(world.insure_accounts("mona", 0).instruction(0, INSURED, u64::MAX), &["mona"]).ok();
    let accounts = world.deposit_covered_accounts("dora", "mona", 0);
    world.send(accounts.covered(0, 100_000 * UNIT, u64::MAX), &["dora"]).ok();
    world.pass_days(7);
    let now = world.now();
    world.open_incident("emil", 0, 0, now).ok();
    let incident = world.incident(0, 0);
    (world, incident)
}

#[test]
fn cover_is_bought_on_behalf_of_a_program() {
    let mut world = vault_world();
    let mona = world.balance("mona");
    let accounts = world.insure_accounts("mona", 3);
    let premium = world.quote(0, INSURED, 90).ok().quote().premium;
    world.send(accounts.instruction(3, INSURED, premium - 1), &["mona"]).fails(E::PremiumTooHigh);
    world.send(accounts.instruction(3, INSURED, premium), &["mona"]).ok();
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!((policy.holder, policy.payer), (accounts.vault, world.key("mona")));
    assert_eq!(world.balance("mona"), mona - premium);
    world.check_books();
    // Only the manager decides what the vault holds.
    let emils = Insure { vault: accounts.vault, ..world.insure_accounts("emil", 0) };
    world.send(emils.instruction(0, INSURED, u64::MAX), &["emil"]).fails_with(integrator::NOT_MANAGER);
    // Who paid for a policy does not hold it: mona cannot pass the vault's on.
    world.transfer_cover("mona", &accounts.policy, "mona").fails(E::NotHolder);
}

#[test]
fn a_program_claims_by_its_own_signature_and_is_paid() {
    let (mut world, incident) = insured();
    let accounts = world.claim_loss_accounts("mona", 0, &incident);
    let tokens = accounts.vault_tokens;
    let before = world.balance_of(&tokens);
    let receipt = world.send(accounts.instruction(&claim_request(INSURED)), &["mona"]).ok();
    within("a claim by the vault", receipt.units_of(&integrator::INTEGRATOR));
    let filed: Claim = world.chain.read(&claim_address(&incident, &accounts.policy));
    assert_eq!((filed.claimant, filed.receiver), (accounts.vault, tokens));
    assert_eq!((filed.funder, filed.rent_payer), (accounts.vault, world.key("mona")));
    let net = cover::claimable(INSURED, INSURED, 500).unwrap();
    assert_eq!((filed.amount, world.balance_of(&tokens)), (net, before - filed.bond));

    world.vote("vera", &incident, 1).ok();
    // The ballot and its appeal, the filing window, the disputes.
    world.close_ballot(&incident).ok();
    world.pass(2 * DAY);
    world.decide(0, 0).ok();
    world.pass(18 * DAY);
    world.settle(0, 0).ok();
    // Anyone cranks the payout; it goes where the vault said.
    let payout = Payout {
        policy: accounts.policy,
        receiver: Some(tokens),
        funder: accounts.vault,
        ..world.payout_accounts("mona", &accounts.policy, &incident)
    };
    world.send(payout.instruction(), &[]).ok();
    assert_eq!(world.balance_of(&tokens), before + net, "the bond is back and the loss is paid");
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!(policy.paid, net);
    world.check_books();
}

#[test]
fn nobody_else_claims_for_a_program() {
    let (mut world, incident) = insured();
    let accounts = world.claim_loss_accounts("mona", 0, &incident);
    let request = claim_request(INSURED);
    let before = world.balance_of(&accounts.vault_tokens);
    // Not the manager in person, nor anyone through the program.
    world.submit_claim("mona", &accounts.policy, &incident, INSURED).fails(E::NotHolder);
    let emils = ClaimLoss { manager: world.key("emil"), ..accounts.clone() };
    world.send(emils.instruction(&request), &["emil"]).fails_with(integrator::NOT_MANAGER);
    world.send(unsigned(accounts.instruction(&request), 0), &[]).fails_with(I::MissingRequiredSignature);
    // Not to another account, nor on a depositor's policy.
    let (asset, doras) = (world.asset(), world.policy(0, "dora", 0));
    let elsewhere = ClaimLoss { vault_tokens: world.tokens("emil", &asset), ..accounts.clone() };
    world.send(elsewhere.instruction(&request), &["mona"]).fails_with(integrator::WRONG_TOKENS);
    let others = ClaimLoss { policy: doras, ..accounts.clone() };
    world.send(others.instruction(&request), &["mona"]).fails(E::NotHolder);
    assert_eq!(world.balance_of(&accounts.vault_tokens), before);
    world.send(accounts.instruction(&request), &["mona"]).ok();
    // Once: the claim's account exists.
    world.send(accounts.instruction(&request), &["mona"]).fails_with(TAKEN);
}

#[test]
fn a_depositor_claims_without_the_vault() {
    let (mut world, incident) = insured();
    // The policy is the user's, so the integrator has no say in it.
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    assert_eq!(world.chain.read::<Claim>(&claim_address(&incident, &policy)).claimant, world.key("dora"));
    assert!(world.balance_of(&vault_tokens(&integrator_vault(&world.key("mona")))) < CAPITAL);
}
