//! A trading venue whose liquidations draw on its policy in their own transaction.

use crate::{guide::within, vault_world_beside};
use coverage_client::{
    BreakwaterError as E, Draw, DrawParams, Incident, PayBooking, Policy, ProductParams, policy_address,
    product_address,
};
use coverage_math::{DAY, cover};
use harness::{
    Chain, LiteChain, Receipt, UNIT, World, authority_product,
    integrator::{self, INTEGRATOR, Liquidate, OpenVenue, venue, venue_tokens},
    trials::*,
};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;

const INSURED: u64 = 100_000 * UNIT;
/// The deductible of the world's products.
const OWN: u64 = INSURED / 20;

/// Product 2 is vic's venue's: it may draw a fifth of the capital a day, a tenth at once. Dora has bought the venue a policy, which
/// covers by now. Product 3 is of another venue.
fn venue_world() -> (World<LiteChain>, Liquidate) {
    let venues = [("vic", 2), ("vito", 3)];
    let mut world = vault_world_beside(|world| {
        for (name, index) in venues {
            let trigger_source = venue(&world.key(name));
            let draws = DrawParams { period: DAY, limit_bps: 2_000 };
            world.list_product(index, ProductParams { trigger_source, draws, ..authority_product("Venue") }).ok();
        }
    });
    for (name, index) in venues {
        world.give_lamports(name);
        open(&mut world, name, index).ok();
    }
    let holder = venue(&world.key("vic"));
    let request = coverage_client::CoverRequest { holder, ..world.request("dora", INSURED, 90) };
    world.send(world.buy_accounts("dora", 2, 0).instruction(0, &request), &["dora"]).ok();
    world.pass_days(2);
    let accounts = world.liquidate_accounts("vic", 2, &world.policy(2, "dora", 0));
    (world, accounts)
}

fn open(world: &mut World<LiteChain>, operator: &str, index: u16) -> Receipt {
    let accounts =
        OpenVenue { operator: world.key(operator), product: world.product(index), asset_mint: world.asset() };
    world.send(accounts.instruction(), &[operator])
}

/// What the venue's account says that nobody has paid for.
fn shortfall(world: &mut World<LiteChain>) -> u64 {
    let data = world.chain.account(&venue(&world.key("vic"))).unwrap().data;
    // Discriminator, three addresses.
    u64::from_le_bytes(data[104..112].try_into().unwrap())
}

#[test]
fn a_liquidation_draws_its_loss_at_once() {
    let (mut world, accounts) = venue_world();
    let before = (world.vault_balance(), world.read_pool().capital);
    // 50,000 are owed, 38,000 came in: of the 12,000 that are missing the venue bears its 5,000.
    let receipt = world.send(accounts.instruction(50_000 * UNIT, 38_000 * UNIT, 7_000 * UNIT), &["vic"]).ok();
    within("a liquidation that draws", receipt.units_of(&INTEGRATOR));
    assert_eq!(world.balance_of(&accounts.venue_tokens), 7_000 * UNIT);
    assert_eq!(shortfall(&mut world), OWN);
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!((policy.paid, policy.losses, policy.holder), (7_000 * UNIT, 12_000 * UNIT, accounts.venue));
    assert_eq!(world.vault_balance(), before.0 - 7_000 * UNIT);
    assert!(world.read_pool().capital < before.1);
    world.check_books();
    // The deductible is borne once: the next loss is paid in full.
    world.send(accounts.instruction(1_000 * UNIT, 0, 1_000 * UNIT), &["vic"]).ok();
    assert_eq!((world.balance_of(&accounts.venue_tokens), shortfall(&mut world)), (8_000 * UNIT, OWN));
}

#[test]
fn a_liquidation_without_a_loss_draws_nothing() {
    let (mut world, accounts) = venue_world();
    let receipt = world.send(accounts.instruction(1_000 * UNIT, 1_000 * UNIT, 0), &["vic"]).ok();
    assert_eq!(receipt.consumed().len(), 1, "Breakwater is not called");
    // Below the deductible there is a loss, but nothing to pay.
    world.send(accounts.instruction(OWN, 0, 1), &["vic"]).fails(E::DrawLimited);
    world.send(accounts.instruction(OWN, 0, 0), &["vic"]).ok();
    assert_eq!((world.balance_of(&accounts.venue_tokens), shortfall(&mut world)), (0, OWN));
    // What the venue bears itself does not stop its other liquidations, and is not there to be asked for.
    world.send(accounts.instruction(1_000 * UNIT, 1_000 * UNIT, 0), &["vic"]).ok();
    world.send(accounts.instruction(0, 0, 1), &["vic"]).ok();
    assert_eq!(world.balance_of(&accounts.venue_tokens), 0);
}

#[test]
fn what_cannot_be_paid_at_once_is_booked_and_anyone_pays_it_into_the_venue() {
    let (mut world, accounts) = venue_world();
    // A second policy makes the venue's cover larger than what is paid at once.
    let request = coverage_client::CoverRequest { holder: accounts.venue, ..world.request("emil", 4 * INSURED, 90) };
    world.send(world.buy_accounts("emil", 2, 0).instruction(0, &request), &["emil"]).ok();
    world.pass_days(2);
    let incident = Some(world.incident(2, 0));
    let large = Liquidate { policy: world.policy(2, "emil", 0), incident, ..accounts };
    let own = cover::deductible(4 * INSURED, 500).unwrap();
    let due = 4 * INSURED - own;
    // All or nothing, when the venue says so; and nothing, when it did not bring what a booking needs.
    world.send(large.instruction(4 * INSURED, 0, due), &["vic"]).fails(E::DrawLimited);
    let without = Liquidate { incident: None, ..large.clone() };
    world.send(without.instruction(4 * INSURED, 0, 0), &["vic"]).fails(E::BookingMissing);
    let receipt = world.send(large.instruction(4 * INSURED, 0, 0), &["vic"]).ok();
    within("a liquidation that books", receipt.units_of(&INTEGRATOR));
    let first = world.balance_of(&large.venue_tokens);
    assert_eq!(first, world.read_pool().day_capital / 10, "a tenth of the capital");
    assert_eq!(shortfall(&mut world), 4 * INSURED - first);
    // What is left comes without the venue's doing.
    let pay = PayBooking {
        holder: large.venue,
        receiver: Some(large.venue_tokens),
        ..world.pay_booking_accounts("vic", 2, &large.policy, 0)
    };
    let address = world.incident(2, 0);
    while world.chain.read::<Incident>(&address).check_open().is_ok() {
        world.pass(DAY / 2);
        world.send(pay.instruction(), &[]).ok();
    }
    assert_eq!(world.balance_of(&large.venue_tokens), due);
    world.check_books();
}

#[test]
fn nobody_else_draws() {
    let (mut world, accounts) = venue_world();
    let (loss, pool) = (20_000 * UNIT, world.pool());
    // Not another operator, nor the venue of one, nor the operator in person.
    let others = Liquidate { operator: world.key("vito"), ..accounts.clone() };
    world.send(others.instruction(loss, 0, 0), &["vito"]).fails_with(integrator::NOT_OPERATOR);
    let others = world.liquidate_accounts("vito", 3, &accounts.policy);
    world.send(others.instruction(loss, 0, 0), &["vito"]).fails(E::WrongProduct);
    let others = world.liquidate_accounts("vito", 2, &accounts.policy);
    world.send(others.instruction(loss, 0, 0), &["vito"]).fails_with(integrator::WRONG_PRODUCT);
    let direct = Draw { authority: world.key("vic"), ..draw_accounts(&accounts, &pool) };
    world.send(direct.instruction(loss, 0), &["vic"]).fails(E::NotTriggerAuthority);
    let unsigned_draw = unsigned(draw_accounts(&accounts, &pool).instruction(loss, 0), 0);
    world.send(unsigned_draw, &[]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(accounts.instruction(loss, 0, 0), 0), &[]).fails_with(I::MissingRequiredSignature);
    // Not for somebody else's policy, nor into another account.
    let request = world.request("emil", INSURED, 90);
    world.send(world.buy_accounts("emil", 2, 7).instruction(7, &request), &["emil"]).ok();
    let emils = Liquidate { policy: world.policy(2, "emil", 7), ..accounts.clone() };
    world.send(emils.instruction(loss, 0, 0), &["vic"]).fails(E::NotHolder);
    let asset = world.asset();
    let elsewhere = Liquidate { venue_tokens: world.tokens("emil", &asset), ..accounts.clone() };
    world.send(elsewhere.instruction(loss, 0, 0), &["vic"]).fails_with(integrator::WRONG_TOKENS);
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!((policy.losses, policy.paid, world.balance_of(&accounts.venue_tokens)), (0, 0, 0));
    world.send(accounts.instruction(loss, 0, loss - OWN), &["vic"]).ok();
}

/// Breakwater's own instruction, with the venue as authority and holder.
fn draw_accounts(accounts: &Liquidate, pool: &Address) -> Draw {
    Draw {
        authority: accounts.venue,
        pool: *pool,
        product: accounts.product,
        policy: accounts.policy,
        holder: accounts.venue,
        receiver: accounts.venue_tokens,
        vault: accounts.pool_vault,
        asset_mint: accounts.asset_mint,
        token_program: spl_token_interface::ID,
        payer: None,
        incident: None,
    }
}

#[test]
fn liquidate_refuses_wrong_accounts() {
    let (mut world, accounts) = venue_world();
    world.create_pool(1, harness::pool_params()).ok();
    let second = world.pool_number(1);
    let governance = world.governance();
    let vitos = venue(&world.key("vito"));
    let forged = forge(&mut world, &accounts.venue);
    let forged_policy = forge(&mut world, &accounts.policy);
    let fake = solana_signer::Signer::pubkey(&harness::actor("fake program"));
    world.chain.add_program(&fake, "breakwater");
    let instruction = accounts.instruction(20_000 * UNIT, 0, 0);
    refuses(
        &mut world,
        &instruction,
        &["vic"],
        &[
            (1, vitos, integrator::NOT_OPERATOR),
            (1, forged, I::IllegalOwner),
            (2, venue_tokens(&vitos, &accounts.asset_mint), integrator::WRONG_TOKENS),
            (3, second, error(E::WrongPool)),
            (4, product_address(&accounts.pool, 3), integrator::WRONG_PRODUCT),
            (5, policy_address(&accounts.product, &accounts.venue, 0), TOO_SMALL),
            (5, forged_policy, I::IllegalOwner),
            (6, coverage_client::vault_address(&second), error(E::WrongVault)),
            (7, governance, error(E::WrongMint)),
            (8, TOKEN_2022, error(E::WrongTokenProgram)),
            (9, fake, I::IncorrectProgramId),
        ],
    );
    world.send(instruction, &["vic"]).ok();
    // A venue opens only on a product that names it.
    world.give_lamports("emil");
    open(&mut world, "emil", 2).fails_with(integrator::WRONG_PRODUCT);
}
