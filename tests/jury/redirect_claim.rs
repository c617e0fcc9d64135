//! `redirect_claim`: a claim is paid where the one who filed it says, and they may say so again at any time.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, Receipt, UNIT};
use solana_address::Address;

/// Dora's savings account.
fn savings(world: &mut Play) -> Address {
    let asset = world.asset();
    other_tokens(world, "savings", "dora", &asset)
}

/// Has dora's claim paid to another account.
fn redirect(world: &mut Play, case: &Case, receiver: &Address) -> Receipt {
    let accounts = world.redirect_accounts("dora", &case.policy, &case.incident, receiver);
    world.send(accounts.instruction(), &["dora"])
}

#[test]
fn it_changes_the_receiver_and_nothing_else() {
    let (mut world, case) = filed();
    let savings = savings(&mut world);
    let (before, pool): (Claim, _) = (world.chain.read(&case.claim), world.read_pool());
    let incident: Incident = world.chain.read(&case.incident);
    let receipt = redirect(&mut world, &case, &savings).ok();
    assert_eq!(world.chain.read::<Claim>(&case.claim), Claim { receiver: savings, ..before });
    assert_eq!((world.chain.read::<Incident>(&case.incident), world.read_pool()), (incident, pool));
    let event = ClaimRedirected { claim: case.claim, receiver: savings };
    assert_eq!(only_event(&receipt), Event::ClaimRedirected(event));
}

#[test]
fn the_money_follows() {
    let (mut world, case) = filed();
    let savings = savings(&mut world);
    settle(&mut world, 0, Some(FOR));
    redirect(&mut world, &case, &savings).ok();
    world.payout("dora", &case.policy, &case.incident).fails(E::WrongReceiver);
    let accounts = world.payout_accounts("dora", &case.policy, &case.incident);
    world.send(Payout { receiver: Some(savings), ..accounts }.instruction(), &[]).ok();
    assert_eq!(world.balance_of(&savings), CLAIMED + CLAIM_BOND);
    world.check_books();
}

#[test]
fn it_is_possible_in_every_state() {
    let (mut world, case) = disputed();
    let savings = savings(&mut world);
    let tokens = world.tokens("dora", &world.asset());
    redirect(&mut world, &case, &savings).ok();
    finish_at(&mut world, &case.claim, Some(NINE));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    redirect(&mut world, &case, &tokens).ok();
    conclude(&mut world, 0);
    world.payout("dora", &case.policy, &case.incident).ok();
    redirect(&mut world, &case, &savings).ok();

    let (mut world, case) = filed();
    let savings = self::savings(&mut world);
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &case.policy, &case.incident).ok();
    redirect(&mut world, &case, &savings).ok();
}

#[test]
fn a_later_payment_goes_to_the_later_receiver() {
    let (mut world, incident, [case, ..]) = short();
    let savings = savings(&mut world);
    world.payout("dora", &case.policy, &incident).ok();
    let balance = world.balance("dora");
    redirect(&mut world, &case, &savings).ok();
    world.recover("opal", &incident, 1_000 * UNIT).ok();
    let accounts = world.payout_accounts("dora", &case.policy, &incident);
    world.send(Payout { receiver: Some(savings), ..accounts }.instruction(), &[]).ok();
    assert_eq!((world.balance("dora"), world.balance_of(&savings)), (balance, 500 * UNIT));
}

#[test]
fn an_account_that_can_take_nothing_is_replaced() {
    let (mut world, case) = filed();
    let savings = savings(&mut world);
    settle(&mut world, 0, Some(FOR));
    redirect(&mut world, &case, &savings).ok();
    let (dora, program) = (world.key("dora"), spl_token_interface::ID);
    let close = spl_token_interface::instruction::close_account(&program, &savings, &dora, &dora, &[]);
    world.send(close.expect("valid instruction"), &["dora"]).ok();
    let accounts = world.payout_accounts("dora", &case.policy, &case.incident);
    world.send(Payout { receiver: Some(savings), ..accounts }.instruction(), &[]).fails_with(OTHER_TYPE);
    let opals = world.tokens("opal", &world.asset());
    redirect(&mut world, &case, &opals).ok();
    let balance = world.balance("opal");
    world.send(Payout { receiver: Some(opals), ..accounts }.instruction(), &[]).ok();
    assert_eq!(world.balance("opal"), balance + CLAIMED + CLAIM_BOND, "anybody's account will do");
}

#[test]
fn only_the_one_who_filed_it() {
    let (mut world, case) = filed();
    let savings = savings(&mut world);
    let accounts = world.redirect_accounts("dora", &case.policy, &case.incident, &savings);
    for name in ["opal", "founder", "guardian"] {
        let other = RedirectClaim { claimant: world.key(name), ..accounts };
        world.send(other.instruction(), &[name]).fails(E::NotClaimant);
    }
    world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(UNSIGNED);
    // The policy may have another holder later; the claim stays whose it was.
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &case.policy, &case.incident).ok();
    world.transfer_cover("dora", &case.policy, "heir").ok();
    let heirs = RedirectClaim { claimant: world.key("heir"), ..accounts };
    world.send(heirs.instruction(), &["heir"]).fails(E::NotClaimant);
    redirect(&mut world, &case, &savings).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    let (savings, governance) = (savings(&mut world), world.governance());
    let votes = world.open_tokens("dora", &governance);
    let accounts = world.redirect_accounts("dora", &case.policy, &case.incident, &savings);
    let [forged_pool, forged_incident, forged_claim] =
        [case.pool, case.incident, case.claim].map(|address| forge(&mut world, &address));
    let (dora, asset) = (world.key("dora"), world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, sibling.incident, error(E::WrongIncident)),
        (2, other.incident, error(E::WrongPool)),
        (2, case.pool, OTHER_TYPE),
        (2, forged_incident, NOT_OURS),
        (3, sibling.claim, error(E::NotClaimant)),
        (3, other.claim, error(E::NotClaimant)),
        (3, case.pool, DUPLICATE),
        (3, forged_claim, NOT_OURS),
        (4, votes, error(E::WrongMint)),
        // A token account of the asset, but payouts come from it.
        (4, vault_address(&case.pool), error(E::WrongReceiver)),
        (4, share_mint_address(&case.pool, 0), OTHER_TYPE),
        (4, asset, OTHER_TYPE),
        (4, dora, NOT_OURS),
        (4, case.policy, NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["dora"], &rows);
    writes(&mut world, &instruction, &["dora"], &[3]);
    world.send(instruction, &["dora"]).ok();
}
