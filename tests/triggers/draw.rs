//! `draw`: what a covered program's losses entitle to, and who is paid; `draw_limit.rs` has how much at once, `bookings.rs` the
//! rest.

use crate::stage::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, start_of};
use harness::{Chain, FEED, Receipt, UNIT, authority_product, price_product};
use solana_address::Address;
use std::mem::offset_of;

/// Deductible of the venue's policy, atoms.
pub const KEPT: u64 = 5_000 * UNIT;
/// Its sum insured, atoms.
pub const INSURED: u64 = 100_000 * UNIT;

/// A covered world in which a period takes so much of the capital, half of it at once.
pub fn limited(period: u64, limit_bps: u16) -> (Play, Address) {
    let draws = DrawParams { period, limit_bps };
    let world = covered_with(price_product("USDX depeg"), ProductParams { draws, ..authority_product("Venue") });
    let policy = world.policy(VENUE, "venue", 0);
    (world, policy)
}

/// The same with a limit of all of it: half at once.
pub fn unlimited() -> (Play, Address) {
    limited(DAY, 10_000)
}

/// The venue reports a loss on its own policy.
pub fn draw(world: &mut Play, policy: &Address, loss: u64) -> Receipt {
    world.draw("venue", "venue", VENUE, policy, loss)
}

/// What the instruction returned, atoms.
pub fn returned(receipt: &Receipt) -> u64 {
    let prefix = format!("Program return: {ID} ");
    let data = receipt.logs.iter().find_map(|line| line.strip_prefix(&prefix)).expect("return data");
    u64::from_le_bytes(STANDARD.decode(data).expect("base64").try_into().expect("eight bytes"))
}

/// What a loss brings the venue, by its balance and by what the instruction returns.
pub fn drawn(world: &mut Play, policy: &Address, loss: u64) -> u64 {
    let before = world.balance("venue");
    let receipt = draw(world, policy, loss).ok();
    let paid = world.balance("venue") - before;
    assert_eq!(returned(&receipt), paid);
    world.check_books();
    paid
}

#[test]
fn a_loss_is_paid_at_once() {
    let (mut world, policy) = limited(DAY, 500);
    world.pass(777);
    touch(&mut world);
    world.roll_product(VENUE).ok();
    let (product, pool, now) = (world.read_product(VENUE), world.read_pool(), world.now());
    let (before, vault, balance): (Policy, _, _) =
        (world.chain.read(&policy), world.vault_balance(), world.balance("venue"));
    let shares = share_mint_address(&world.pool(), 0);
    let supply_before = supply(&mut world, &shares);
    let (loss, paid) = (KEPT + 7_000 * UNIT + 1, 7_000 * UNIT + 1);
    let receipt = draw(&mut world, &policy, loss).ok();

    // What was paid can never be claimed again: its capacity is free.
    let slot = usize::try_from(before.release_day % 512).unwrap();
    let (used, held) = (used_rate(&before, paid), before.held - paid);
    let expected = Policy { losses: loss, claimed: paid, paid, held, rate: before.rate - used, ..before };
    assert_eq!(world.chain.read::<Policy>(&policy), expected);
    let draws = DrawLimit { refilled_at: now, lacked: paid, full: pool.day_capital / 40, ..product.draws };
    let mut released = Product { draws, active_cover: product.active_cover - paid, ..product };
    released.cover_ring[slot] -= paid;
    assert_eq!(world.read_product(VENUE), released);
    // B6: the capital falls by exactly what is paid.
    let mut expected = Pool {
        capital: pool.capital - paid,
        claims_settled: pool.claims_settled + paid,
        claims_paid: pool.claims_paid + paid,
        active_cover: pool.active_cover - paid,
        ..pool
    };
    expected.group_active[0] -= paid;
    expected.cover_ring[slot] -= paid;
    join_income(&mut expected, &before, paid);
    assert_eq!(world.read_pool(), expected);
    assert_eq!((world.vault_balance(), world.balance("venue")), (vault - paid, balance + paid));
    assert_eq!(supply(&mut world, &shares), supply_before);
    assert_eq!(returned(&receipt), paid);
    let event = CoverDrawn {
        policy,
        loss,
        paid,
        given_back: 0,
        booked: 0,
        booking: NOBODY,
        earned: 0,
        books: books(&expected),
    };
    assert_eq!(only_event(&receipt), Event::CoverDrawn(event));
    world.check_books();
}

#[test]
fn the_deductible_counts_once_over_all_losses() {
    let (mut world, policy) = unlimited();
    let mut paid = 0;
    for (loss, expected) in [
        (KEPT - 1, 0),
        (1, 0),
        (1, 1),
        (10 * UNIT, 10 * UNIT),
        (INSURED - 10 * UNIT - 2, INSURED - 10 * UNIT - 2),
        (1, 1),
        (1, 0),
        (u64::MAX, 0),
        (u64::MAX, 0),
    ] {
        let before = world.chain.read::<Policy>(&policy);
        assert_eq!(drawn(&mut world, &policy, loss), expected);
        paid += expected;
        let found = world.chain.read::<Policy>(&policy);
        // What finds no room may find it once a booking has ended for less: as much as the sum insured once more.
        let losses = (before.losses + loss.min(KEPT + INSURED)).min(KEPT + 2 * INSURED);
        let (held, rate) = (before.held - expected, before.rate - used_rate(&before, expected));
        assert_eq!(found, Policy { losses, claimed: paid, paid, held, rate, ..before });
    }
    assert_eq!(paid, INSURED);
    draw(&mut world, &policy, 0).fails(E::ZeroAmount);
}

#[test]
fn the_deductible_rounds_up() {
    let (mut world, _) = unlimited();
    // 5% of it is 50,000.05 atoms: 50,001.
    world.buy("otto", VENUE, 0, UNIT + 1, 30).ok();
    world.pass(2 * DAY);
    let policy = world.policy(VENUE, "otto", 0);
    let before = world.balance("otto");
    world.draw("venue", "otto", VENUE, &policy, 50_001).ok();
    assert_eq!(world.balance("otto"), before);
    world.draw("venue", "otto", VENUE, &policy, 1).ok();
    assert_eq!(world.balance("otto"), before + 1);
}

#[test]
fn losses_count_while_the_policy_covers() {
    for (from_start, offset, error) in
        [(true, -1, Some(E::NotCovered)), (true, 0, None), (false, 0, None), (false, 1, Some(E::NotCovered))]
    {
        let (mut world, _) = unlimited();
        world.buy("otto", VENUE, 0, INSURED, 10).ok();
        let policy = world.policy(VENUE, "otto", 0);
        let read: Policy = world.chain.read(&policy);
        let edge = if from_start { read.cover_from } else { read.end };
        at(&mut world, edge.checked_add_signed(offset).unwrap());
        let receipt = world.draw("venue", "otto", VENUE, &policy, INSURED);
        match error {
            None => drop(receipt.ok()),
            Some(error) => receipt.fails(error),
        }
        world.draw("venue", "otto", VENUE, &policy, 0).fails(E::ZeroAmount);
    }
}

#[test]
fn without_a_waiting_period_the_second_of_the_sale_does_not_count() {
    let terms = ProductParams { waiting_days: 0, ..authority_product("No waiting") };
    let mut world = covered_with(price_product("Peg"), terms);
    world.buy("otto", VENUE, 0, INSURED, 10).ok();
    let policy = world.policy(VENUE, "otto", 0);
    world.draw("venue", "otto", VENUE, &policy, INSURED).fails(E::NotCovered);
    world.pass(1);
    world.draw("venue", "otto", VENUE, &policy, INSURED).ok();
}

#[test]
fn a_cancelled_policy_draws_until_its_day_is_over() {
    let (mut world, policy) = unlimited();
    drawn(&mut world, &policy, KEPT + 10_000 * UNIT);
    world.cancel("venue", VENUE, &policy).ok();
    let Policy { end, refunded, .. } = world.chain.read::<Policy>(&policy);
    at(&mut world, end);
    // Nobody knows when it happened: the refund is given back first.
    assert_eq!(drawn(&mut world, &policy, refunded - 1), 0);
    let held = |world: &mut Play| (world.chain.read::<Policy>(&policy).held, world.read_product(VENUE).active_cover);
    let left = INSURED - 10_000 * UNIT - (refunded - 1);
    assert_eq!(held(&mut world), (left, left));
    let least = world.draw_accounts("venue", "venue", VENUE, &policy).instruction(1_001, 1_001);
    world.send(least, &["venue"]).fails(E::DrawLimited);
    assert_eq!(drawn(&mut world, &policy, 1_001), 1_000);
    assert_eq!(held(&mut world), (left - 1_001, left - 1_001));
    assert_eq!(world.chain.read::<Policy>(&policy).given_back, refunded);
    at(&mut world, end + 1);
    draw(&mut world, &policy, 1).fails(E::NotCovered);
}

#[test]
fn only_the_address_of_the_product_draws() {
    let (mut world, policy) = unlimited();
    for name in ["dora", "founder", "keeper"] {
        world.draw(name, "venue", VENUE, &policy, INSURED).fails(E::NotTriggerAuthority);
    }
    let accounts = world.draw_accounts("venue", "venue", VENUE, &policy).instruction(INSURED, 0);
    world.send(unsigned(accounts, 0), &[]).fails_with(UNSIGNED);
    // Of the holder of a policy nothing is needed.
    world.buy("otto", VENUE, 0, INSURED, 30).ok();
    world.pass(2 * DAY);
    let ottos = world.policy(VENUE, "otto", 0);
    world.draw("otto", "otto", VENUE, &ottos, INSURED).fails(E::NotTriggerAuthority);
    world.draw("venue", "otto", VENUE, &ottos, INSURED).ok();
}

#[test]
fn only_a_product_of_a_covered_program_is_drawn_on() {
    let (mut world, _) = unlimited();
    let jurys = with_jury_product(&mut world);
    let pegs = world.policy(PEG, "dora", 0);
    for (index, policy) in [(PEG, pegs), (EXPLOIT, jurys)] {
        world.draw("venue", "dora", index, &policy, INSURED).fails(E::NotTriggerAuthority);
        // No matter who their source may be.
        let (product, venue) = (world.product(index), world.key("venue"));
        edit(&mut world, &product, offset_of!(Product, trigger_source), venue.as_ref());
        world.draw("venue", "dora", index, &policy, INSURED).fails(E::WrongTrigger);
    }
    assert_ne!(FEED, NOBODY);
}

#[test]
fn the_holder_is_paid_or_where_they_say() {
    let (mut world, _) = unlimited();
    let asset = world.asset();
    world.buy("otto", VENUE, 0, INSURED, 30).ok();
    world.pass(2 * DAY);
    let policy = world.policy(VENUE, "otto", 0);
    let savings = other_tokens(&mut world, "savings", "otto", &asset);
    let venues = world.tokens("venue", &asset);
    let accounts = world.draw_accounts("venue", "otto", VENUE, &policy);
    for receiver in [savings, venues] {
        let sent = Draw { receiver, ..accounts };
        world.send(sent.instruction(KEPT + UNIT, 0), &["venue"]).fails(E::WrongReceiver);
    }
    let as_venue = Draw { holder: world.key("venue"), receiver: venues, ..accounts };
    world.send(as_venue.instruction(KEPT + UNIT, 0), &["venue"]).fails(E::NotHolder);
    let chosen = Draw { receiver: savings, ..accounts }.instruction(KEPT + UNIT, 0);
    world.send(signed(chosen, 4), &["venue", "otto"]).ok();
    assert_eq!(world.balance_of(&savings), UNIT);
    // No matter who holds it now.
    world.transfer_cover("otto", &policy, "dora").ok();
    world.send(accounts.instruction(UNIT, 0), &["venue"]).fails(E::NotHolder);
    let before = world.balance("dora");
    world.draw("venue", "dora", VENUE, &policy, UNIT).ok();
    assert_eq!(world.balance("dora"), before + UNIT);
    // Nothing paid, nobody asked.
    let nothing = Draw { receiver: savings, ..world.draw_accounts("venue", "dora", VENUE, &policy) };
    draw(&mut world, &policy, 0).fails(E::NotHolder);
    world.send(nothing.instruction(0, 0), &["venue"]).fails(E::ZeroAmount);
}

#[test]
fn the_venue_that_holds_its_policy_chooses_the_receiver() {
    let (mut world, policy) = unlimited();
    let dora = world.balance("dora");
    let receiver = world.tokens("dora", &world.asset());
    let accounts = Draw { receiver, ..world.draw_accounts("venue", "venue", VENUE, &policy) };
    world.send(accounts.instruction(KEPT + UNIT, UNIT), &["venue"]).ok();
    assert_eq!(world.balance("dora"), dora + UNIT);
}

#[test]
fn a_venue_has_no_incidents() {
    let (mut world, policy) = unlimited();
    let now = world.now();
    world.open_incident("otto", VENUE, 0, now).fails(E::WrongTrigger);
    world.open_price_incident("otto", VENUE, 0).fails(E::WrongTrigger);
    // Drawn or not, it is sold.
    assert_eq!(drawn(&mut world, &policy, u64::MAX), INSURED);
    world.buy("otto", VENUE, 0, UNIT, 30).ok();
    world.extend("venue", VENUE, &policy, 1).fails(E::PolicyExhausted);
    // Paid in full: it can be passed on, and closed when its time comes.
    world.transfer_cover("venue", &policy, "otto").ok();
    let released = start_of(world.chain.read::<Policy>(&policy).release_day).unwrap();
    at(&mut world, released - 1);
    world.close_policy(VENUE, &policy).fails(E::PolicyAlive);
    at(&mut world, released);
    world.close_policy(VENUE, &policy).ok();
}

#[test]
fn an_extension_insures_what_is_left() {
    let (mut world, policy) = unlimited();
    drawn(&mut world, &policy, KEPT + 40_000 * UNIT);
    world.extend("venue", VENUE, &policy, 10).ok();
    assert_eq!(world.chain.read::<Policy>(&policy).held, INSURED - 40_000 * UNIT);
    assert_eq!(drawn(&mut world, &policy, u64::MAX), INSURED - 40_000 * UNIT);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, other) = covered_beside();
    let (policy, governance) = (world.policy(VENUE, "venue", 0), world.governance());
    let votes = world.open_tokens("venue", &governance);
    let pegs = world.policy(PEG, "dora", 0);
    let accounts = world.draw_accounts("venue", "venue", VENUE, &policy);
    let [forged_pool, forged_product, forged_policy] =
        [accounts.pool, accounts.product, policy].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(KEPT + UNIT, UNIT);
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, accounts.product, DUPLICATE),
        (1, other.policy, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, other.venue, error(E::WrongPool)),
        (2, world.product(PEG), error(E::NotTriggerAuthority)),
        (2, other.policy, TOO_SMALL),
        (2, forged_product, NOT_OURS),
        (3, other.venue_policy, error(E::WrongProduct)),
        (3, pegs, error(E::WrongProduct)),
        (3, accounts.product, DUPLICATE),
        (3, forged_policy, NOT_OURS),
        (4, world.key("dora"), error(E::NotHolder)),
        (5, votes, token_error(spl_token_interface::error::TokenError::MintMismatch)),
        (5, accounts.vault, DUPLICATE),
        (6, vault_address(&other.pool), error(E::WrongVault)),
        (6, exit_escrow_address(&accounts.pool, 0), error(E::WrongVault)),
        (6, accounts.receiver, DUPLICATE),
        (7, governance, error(E::WrongMint)),
        (8, TOKEN_2022, error(E::WrongTokenProgram)),
        (8, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &["venue"], &rows);
    // A policy of another pool, with all that belongs to it but the books.
    let zoes = Draw {
        policy: other.venue_policy,
        product: other.venue,
        holder: world.key("zoe"),
        receiver: world.tokens("zoe", &world.asset()),
        ..accounts
    };
    world.send(zoes.instruction(INSURED, 0), &["venue"]).fails(E::WrongPool);
    writes(&mut world, &instruction, &["venue"], &[1, 2, 3, 5, 6]);
    needs_a_full_vault(&mut world, instruction, &["venue"]);
}
