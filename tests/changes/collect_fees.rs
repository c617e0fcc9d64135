//! `collect_fees`: the protocol's part of premiums goes to the treasury, and nowhere else.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::UNIT;
use spl_token_interface::error::TokenError;

/// A pool that has taken fees, and a treasury that can be paid.
fn earned() -> Play {
    let mut world = stage();
    let asset = world.asset();
    world.open_tokens("treasury", &asset);
    world
}

#[test]
fn anyone_pays_the_treasury_all_there_is() {
    let mut world = earned();
    let (before, held) = (world.read_pool(), world.vault_balance());
    let fees = before.treasury_due;
    assert_eq!((fees, fees > 0), (before.protocol_fees, true));
    let receipt = world.collect_fees().ok();
    let after = world.read_pool();
    assert_eq!(after, Pool { treasury_due: 0, ..before });
    assert_eq!((world.balance("treasury"), world.vault_balance()), (fees, held - fees));
    let (treasury, asset) = (world.key("treasury"), world.asset());
    let receiver = world.tokens("treasury", &asset);
    let event = FeesCollected { pool: world.pool(), treasury, receiver, amount: fees, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::FeesCollected(event));
    world.check_books();
    world.collect_fees().fails(E::NothingDue);

    world.buy("dora", 0, 1, 1_000 * UNIT, 30).ok();
    let more = world.read_pool().treasury_due;
    world.collect_fees().ok();
    assert_eq!(world.balance("treasury"), fees + more);
    assert_eq!(world.read_pool().protocol_fees, fees + more);
}

#[test]
fn only_a_treasury_that_signs_chooses_another_account() {
    let mut world = earned();
    let asset = world.asset();
    let accounts = world.collect_fees_accounts();
    let savings = other_tokens(&mut world, "savings", "treasury", &asset);
    let veras = world.tokens("vera", &asset);
    for receiver in [savings, veras] {
        world.send(CollectFees { receiver, ..accounts }.instruction(), &[]).fails(E::WrongReceiver);
    }
    let fees = world.read_pool().treasury_due;
    world.send(signed(CollectFees { receiver: savings, ..accounts }.instruction(), 1), &["treasury"]).ok();
    assert_eq!(world.balance_of(&savings), fees);
}

#[test]
fn a_new_treasury_gets_what_nobody_collected() {
    let mut world = earned();
    let asset = world.asset();
    world.open_tokens("nora", &asset);
    let fees = world.read_pool().treasury_due;
    let treasury = world.key("nora");
    changed(&mut world, &Proposal::Treasury { treasury }, None);
    world.collect_fees().fails(E::WrongWallet);
    let receiver = world.tokens("nora", &asset);
    let accounts = CollectFees { treasury, receiver, ..world.collect_fees_accounts() };
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(world.balance("nora"), fees);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = earned();
    let second = second_pool(&mut world);
    let (pool, own, governance) = (world.pool(), world.product(0), world.governance());
    let forged = forge(&mut world, &pool);
    let accounts = world.collect_fees_accounts();
    let veras = world.tokens("vera", &world.asset());
    let nora = world.key("nora");
    let instruction = accounts.instruction();
    let rows = [
        (0, second, error(E::WrongVault)),
        (0, own, TOO_SMALL),
        (0, forged, NOT_OURS),
        (1, nora, error(E::WrongWallet)),
        (2, veras, error(E::WrongReceiver)),
        (2, accounts.vault, DUPLICATE),
        (3, vault_address(&second), error(E::WrongVault)),
        (3, exit_escrow_address(&pool, 0), error(E::WrongVault)),
        (4, governance, error(E::WrongMint)),
        (5, TOKEN_2022, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    // A signed one of another mint is the token program's to refuse.
    let other = world.open_tokens("treasury", &governance);
    let signed = signed(CollectFees { receiver: other, ..accounts }.instruction(), 1);
    world.send(signed, &["treasury"]).fails_with(token_error(TokenError::MintMismatch));
    writes(&mut world, &instruction, &[], &[0, 2, 3]);

    // A vault that is short pays nobody.
    let due = world.read_pool().bonds;
    edit(&mut world, &pool, std::mem::offset_of!(Pool, bonds), &(due + 1).to_le_bytes());
    world.send(instruction.clone(), &[]).fails(E::VaultShort);
    edit(&mut world, &pool, std::mem::offset_of!(Pool, bonds), &due.to_le_bytes());
    world.send(instruction, &[]).ok();
    world.check_books();
}
