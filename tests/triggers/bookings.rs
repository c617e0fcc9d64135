//! Bookings: what a draw is not paid at once. `pay_booking` settles and pays it, `challenge_incident` brings the jury to it.

use crate::{
    draw::{INSURED, KEPT, draw, drawn, limited, returned},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, bps_ceil};
use harness::{Chain, Receipt, UNIT};
use solana_address::Address;
use std::mem::offset_of;

/// The states of a booking.
const CHALLENGED: u8 = 0;
const ENDED: u8 = 1;
const FALSE: u8 = 2;
const BOOKED: u8 = 3;
/// What is due of the venue's whole loss.
const DUE: u64 = INSURED - KEPT;
/// Bond of a challenge of all of it: a hundredth, more than the product's own.
const BOOKING_BOND_BPS: u16 = constants::BOOKING_BOND_BPS;

/// A world in which the venue has lost all that is insured, and was paid a hundredth of the capital at once. Returns the policy,
/// the booking, and what was paid.
fn booked() -> (Play, Address, Address, u64) {
    let (mut world, policy) = limited(DAY, 200);
    touch(&mut world);
    let paid = drawn(&mut world, &policy, INSURED);
    let booking = world.incident(VENUE, 0);
    (world, policy, booking, paid)
}

/// The booking of the venue.
fn read(world: &mut Play) -> Incident {
    world.chain.read(&world.incident(VENUE, 0))
}

/// Anyone pays what can be paid of the venue's booking.
fn pay(world: &mut Play, policy: &Address) -> Receipt {
    world.pay_booking("venue", VENUE, policy, 0)
}

/// What that brings the venue.
fn paid(world: &mut Play, policy: &Address) -> u64 {
    let before = world.balance("venue");
    let receipt = pay(world, policy).ok();
    assert_eq!(returned(&receipt), world.balance("venue") - before);
    world.check_books();
    returned(&receipt)
}

#[test]
fn what_is_not_paid_at_once_is_booked() {
    let (mut world, policy) = limited(DAY, 200);
    world.pass(777);
    touch(&mut world);
    world.roll_product(VENUE).ok();
    let (product, pool, now) = (world.read_product(VENUE), world.read_pool(), world.now());
    let before: Policy = world.chain.read(&policy);
    let (booking, purse_before) = (world.incident(VENUE, 0), purse(&mut world, "venue"));
    let paid = pool.day_capital / 100;
    let rest = DUE - paid;
    let receipt = draw(&mut world, &policy, INSURED).ok();

    assert_eq!(returned(&receipt), paid);
    let held = before.held - paid;
    let used = used_rate(&before, paid);
    let claimed =
        Policy { losses: INSURED, claimed: DUE, paid, open_claims: 1, held, rate: before.rate - used, ..before };
    assert_eq!(world.chain.read::<Policy>(&policy), claimed);
    let draws = DrawLimit { refilled_at: now, lacked: paid, full: paid, ..product.draws };
    let line = Line { open: 1, accepted: 1, ..product.line };
    // What was paid is released at once.
    let active_cover = product.active_cover - paid;
    let mut booked = Product { draws, line, incident_count: product.incident_count + 1, active_cover, ..product };
    booked.cover_ring[usize::try_from(before.release_day % 512).unwrap()] -= paid;
    assert_eq!(world.read_product(VENUE), booked);
    let cover_ring = std::array::from_fn(|day| pool.cover_ring[day] - product.cover_ring[day]);
    let mut group_active = pool.group_active;
    group_active[0] -= product.active_cover;
    let mut group_liened = pool.group_liened;
    group_liened[0] += active_cover;
    let per_unit = Wide::new(pool.index().per_unit(rest).unwrap());
    let mut expected = Pool {
        capital: pool.capital - paid,
        claims_settled: pool.claims_settled + paid,
        claims_paid: pool.claims_paid + paid,
        liens: per_unit,
        accepted_liens: per_unit,
        active_cover: pool.active_cover - product.active_cover,
        liened_cover: active_cover,
        group_active,
        group_liened,
        cover_ring,
        open_incidents: 1,
        current_incidents: 1,
        fresh_incidents: 1,
        incidents_opened: 1,
        filing_day: now / DAY,
        ..pool
    };
    join_income(&mut expected, &before, paid);
    assert_eq!(world.read_pool(), expected);
    assert_eq!(expected.own_liens(), Ok(rest));

    let found: Incident = world.chain.read(&booking);
    let line =
        Line { set_aside: per_unit, claimable: rest, reported: pool.index, open: 1, accepted: 1, ..zeroed_line() };
    let wanted = Incident {
        version: 1,
        bump: bump(&[b"incident", world.product(VENUE).as_ref(), &0_u32.to_le_bytes()]),
        state: BOOKED,
        trigger: 2,
        bond_state: 4,
        tips: 1,
        severity_bps: 10_000,
        pool: world.pool(),
        product: world.product(VENUE),
        opener: world.key("venue"),
        rent_payer: world.key("venue"),
        occurred_at: now,
        opened_at: now,
        decided_at: now,
        dispute_window: product.dispute_window,
        appeal_window: product.appeal_window,
        bond: bps_ceil(rest, BOOKING_BOND_BPS).unwrap(),
        product_bond: product.incident_bond,
        lien: rest,
        approved: rest,
        claim_bond_bps: product.claim_bond_bps,
        filing_window_days: product.filing_window_days,
        filing_ended: 1,
        part: found.part,
        challenge_ends_at: now + DAY,
        policy,
        line,
        assembly: world.assembly(),
        ..zeroed()
    };
    assert_eq!(found, wanted);
    assert_eq!((found.part.set_aside, found.part.reported), (per_unit, pool.index));
    // Its rent and a tip.
    let rent = lamports(&mut world, &booking);
    assert_eq!(rent, (128 + Incident::SIZE as u64) * 3_480 * 2 + TIP);
    assert_eq!(purse(&mut world, "venue"), purse_before - rent);
    let event = CoverDrawn {
        policy,
        loss: INSURED,
        paid,
        given_back: 0,
        booked: rest,
        booking,
        earned: 0,
        books: books(&expected),
    };
    assert_eq!(only_event(&receipt), Event::CoverDrawn(event));
    world.check_books();
}

fn zeroed_line() -> Line {
    zeroed::<Incident>().line
}

#[test]
fn without_the_accounts_for_a_booking_the_draw_fails() {
    let (mut world, policy) = limited(DAY, 200);
    touch(&mut world);
    let accounts = world.booking_accounts("venue", "venue", VENUE, &policy);
    for lacking in [Draw { payer: None, ..accounts }, Draw { incident: None, ..accounts }] {
        world.send(lacking.instruction(INSURED, 0), &["venue"]).fails(E::BookingMissing);
        // Nobody needs them for what is paid at once.
        world.send(lacking.instruction(1, 0), &["venue"]).ok();
    }
    let another = Draw { incident: Some(world.incident(VENUE, 1)), ..accounts };
    world.send(another.instruction(INSURED, 0), &["venue"]).fails_with(SEEDS);
    // Somebody else can pay for it, who signs.
    let by_otto = Draw { payer: Some(world.key("otto")), ..accounts }.instruction(INSURED, 0);
    world.send(unsigned(by_otto.clone(), 9), &["venue"]).fails_with(UNSIGNED);
    world.send(by_otto, &["venue", "otto"]).ok();
    assert_eq!(read(&mut world).rent_payer, world.key("otto"));
}

#[test]
fn lamports_sent_ahead_keep_nobody_from_booking() {
    let (mut world, policy) = limited(DAY, 200);
    let bank = solana_signer::Signer::pubkey(&world.chain.bank());
    let gift = solana_system_interface::instruction::transfer(&bank, &world.incident(VENUE, 0), 1_000_000);
    world.send(gift, &[]).ok();
    draw(&mut world, &policy, INSURED).ok();
    assert_eq!(read(&mut world).state, BOOKED);
}

#[test]
fn anyone_pays_it_as_the_bucket_fills() {
    let (mut world, policy, booking, first) = booked();
    pay(&mut world, &policy).fails(E::NothingDue);
    assert_eq!(world.read_pool().day_capital / 100, first);
    let mut sum = first;
    world.pass(DAY / 4);
    touch(&mut world);
    let pool = world.read_pool();
    // The bucket is a part of what was left.
    assert!(pool.capital < pool.day_capital);
    let quarter = paid(&mut world, &policy);
    assert_eq!(quarter, pool.capital / 100 / 4);
    sum += quarter;
    let found = read(&mut world);
    assert_eq!((found.settled, found.paid, found.contested, found.state), (quarter, quarter, 0, BOOKED));
    let policy_read: Policy = world.chain.read(&policy);
    assert_eq!((policy_read.claimed, policy_read.paid, policy_read.open_claims), (DUE, sum, 1));
    // B6: the capital falls by what is paid, and the lien with it.
    let after = world.read_pool();
    assert_eq!(after.capital, pool.capital + (after.income_earned - pool.income_earned) - quarter);
    assert_eq!(after.own_liens(), Ok(DUE - sum));
    // A bucket a day; and all that is left once the cover and its grace are over: by then it is due whatever the bucket holds. The
    // last call has a tip.
    let tip = purse(&mut world, "guardian");
    for _ in 0..3 {
        world.pass(DAY);
        let bucket = paid(&mut world, &policy);
        assert_eq!(bucket, world.read_pool().day_capital / 100);
        sum += bucket;
    }
    assert_eq!(read(&mut world).state, BOOKED);
    at(&mut world, coverage_math::start_of(policy_read.release_day).unwrap() + DAY);
    sum += paid(&mut world, &policy);
    assert_eq!(sum, DUE);
    assert_eq!(purse(&mut world, "guardian"), tip + TIP);
    let found = read(&mut world);
    assert_eq!((found.state, found.settled, found.approved, found.tips), (ENDED, found.lien, found.lien, 0));
    assert_eq!((found.closed_at, found.line.open, found.line.accepted), (world.now(), 0, 0));
    let (pool, product) = (world.read_pool(), world.read_product(VENUE));
    assert_eq!(
        (pool.liens, pool.accepted_liens, pool.open_incidents, pool.current_incidents),
        (Wide::new(0), Wide::new(0), 0, 0)
    );
    assert_eq!((product.line.open, product.line.accepted, pool.liened_cover), (0, 0, 0));
    pay(&mut world, &policy).fails(E::IncidentClosed);
    // Everything of it can be closed.
    world.close_incident("venue", &booking).ok();
    world.close_policy(VENUE, &policy).ok();
}

#[test]
fn a_booking_that_is_paid_says_so() {
    let (mut world, policy, booking, _) = booked();
    world.pass(DAY / 2);
    touch(&mut world);
    let receipt = pay(&mut world, &policy).ok();
    let (found, pool) = (read(&mut world), world.read_pool());
    let event = BookingPaid {
        product: world.product(VENUE),
        incident: booking,
        policy,
        receiver: world.tokens("venue", &world.asset()),
        paid: found.paid,
        given_back: 0,
        settled: found.settled,
        contested: 0,
        unsettled: found.lien - found.settled,
        state: 3,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::BookingPaid(event));
}

#[test]
fn no_draw_overtakes_a_booking() {
    let (mut world, policy, _, _) = booked();
    world.buy("otto", VENUE, 0, INSURED, 30).fails(E::IncidentOpen);
    let later = |world: &mut Play, loss| {
        let before = world.balance("venue");
        draw(world, &policy, loss).ok();
        world.balance("venue") - before
    };
    // The bucket is full, and what is left of the sum insured is booked behind it.
    world.pass(DAY);
    assert_eq!(later(&mut world, INSURED), 0);
    assert_eq!(world.chain.read::<Incident>(&world.incident(VENUE, 1)).approved, KEPT);
    // Then all that is insured is claimed: nothing more is due, and nothing is booked.
    assert_eq!(later(&mut world, INSURED), 0);
    assert_eq!(world.read_product(VENUE).incident_count, 2);
    let least = world.draw_accounts("venue", "venue", VENUE, &policy);
    world.send(least.instruction(1, 1), &["venue"]).fails(E::DrawLimited);
}

#[test]
fn later_losses_are_booked_behind_it_and_paid_at_once_beside_a_challenged_one() {
    let (mut world, policy) = limited(DAY, 200);
    draw(&mut world, &policy, KEPT + 20_000 * UNIT).ok();
    world.pass(DAY);
    // The bucket is full, and the earlier booking comes first.
    assert_eq!(drawn(&mut world, &policy, 1_000 * UNIT), 0);
    assert_eq!(world.chain.read::<Incident>(&world.incident(VENUE, 1)).approved, 1_000 * UNIT);
    assert_eq!(world.read_product(VENUE).line.accepted, 2);
    // The later one can be challenged, which stops it alone.
    world.challenge("otto", VENUE, 1).ok();
    world.pay_booking("venue", VENUE, &policy, 1).fails(E::IncidentUndecided);
    let first = read(&mut world);
    assert_eq!(paid(&mut world, &policy), world.read_pool().day_capital / 100);
    assert!(read(&mut world).settled < first.approved);
    world.pass(DAY);
    paid(&mut world, &policy);
    assert_eq!(read(&mut world).state, ENDED);
    assert_eq!(world.read_pool().early_paid, Wide::new(0), "what it was paid is in nobody's share any more");
    // Only the challenged one is left: what the bucket has is paid at once again.
    world.pass(DAY);
    assert_eq!(drawn(&mut world, &policy, 500 * UNIT), 500 * UNIT);
    assert_eq!(world.read_product(VENUE).line.accepted, 0);
}

#[test]
fn leavers_bear_what_is_paid_of_it_later() {
    let (mut world, policy) = limited(DAY, 200);
    // Gwen has as much as ada, and leaves.
    world.fund("gwen", 1_000_000 * UNIT);
    world.deposit("gwen", 900_000 * UNIT).ok();
    let shares = world.shares("gwen");
    world.request_exit("gwen", 0, shares).ok();
    let day = world.read_pool().exit_tail_day;
    at(&mut world, day * DAY);
    draw(&mut world, &policy, INSURED).ok();
    let (before, rest) = (world.read_pool(), read(&mut world).approved);
    world.pay_exits().ok();
    let pool = world.read_pool();
    let part = rest - pool.own_liens().unwrap();
    assert_eq!((pool.contested, pool.accepted_liens), (part, pool.liens));
    assert!(part > rest / 3 && pool.shares < before.shares);
    world.pass(DAY / 2);
    let paid = paid(&mut world, &policy);
    let found = read(&mut world);
    // Of each payment the same part.
    assert!((u128::from(paid) * u128::from(part) / u128::from(rest)).abs_diff(found.contested.into()) <= 1);
    // It is found false then: she has the rest of her part back.
    world.challenge("otto", VENUE, 0).ok();
    let booking = world.incident(VENUE, 0);
    world.vote("vera", &booking, AGAINST).ok();
    world.close_ballot(&booking).ok();
    let final_at = ballot_on(&mut world, &booking).final_at;
    at(&mut world, final_at);
    world.decide(VENUE, 0).ok();
    assert_eq!((world.read_pool().contested_incidents, world.read_pool().liens), (1, Wide::new(0)));
    world.release_contested(&booking, 0).ok();
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&world.pool(), 0));
    assert_eq!(epoch.contested_incidents, 0);
    assert_eq!(world.read_pool().contested, 0, "what roundings left streams to the LPs");
    world.check_books();
}

#[test]
fn it_is_settled_without_being_paid_and_paid_later() {
    let (mut world, policy, booking, _) = booked();
    world.pass(DAY / 2);
    let accounts = world.pay_booking_accounts("venue", VENUE, &policy, 0);
    let settle = PayBooking { receiver: None, ..accounts }.instruction();
    let before = world.balance("venue");
    touch(&mut world);
    let capital = world.read_pool().capital;
    world.send(settle.clone(), &[]).ok();
    world.check_books();
    let (found, pool) = (read(&mut world), world.read_pool());
    assert_eq!((found.settled, found.paid, world.balance("venue")), (capital / 200, 0, before));
    assert_eq!(pool.index().own(pool.early_paid.get()), Some(found.settled));
    assert_eq!((pool.payable, pool.claims_settled - pool.claims_paid), (found.settled, found.settled));
    world.send(settle.clone(), &[]).fails(E::NothingDue);
    // A challenge stops nothing of what was settled.
    world.challenge("otto", VENUE, 0).ok();
    assert_eq!(paid(&mut world, &policy), found.settled);
    pay(&mut world, &policy).fails(E::IncidentUndecided);
    ignore(&mut world, &booking);
    world.pass(3 * DAY);
    world.decide(VENUE, 0).ok();
    while read(&mut world).state == BOOKED {
        world.send(settle.clone(), &[]).ok();
        world.pass(DAY);
    }
    // It has ended, keeps no capital, and waits to be paid.
    assert_eq!((read(&mut world).state, world.read_pool().open_incidents), (ENDED, 0));
    assert_eq!(world.chain.read::<Policy>(&policy).open_claims, 1);
    world.close_incident("venue", &booking).fails(E::IncidentNotOver);
    world.transfer_cover("venue", &policy, "otto").fails(E::ClaimOpen);
    world.send(settle, &[]).fails(E::IncidentClosed);
    let rest = paid(&mut world, &policy);
    assert_eq!(rest, read(&mut world).lien - found.settled);
    assert_eq!(world.chain.read::<Policy>(&policy).open_claims, 0);
    world.transfer_cover("venue", &policy, "otto").ok();
}

#[test]
fn the_holder_is_paid_or_where_they_say() {
    let (mut world, policy, _, _) = booked();
    world.pass(DAY / 2);
    let asset = world.asset();
    let savings = other_tokens(&mut world, "savings", "venue", &asset);
    let accounts = world.pay_booking_accounts("venue", VENUE, &policy, 0);
    for receiver in [savings, world.tokens("otto", &asset)] {
        world.send(PayBooking { receiver: Some(receiver), ..accounts }.instruction(), &[]).fails(E::WrongReceiver);
    }
    let chosen = PayBooking { receiver: Some(savings), ..accounts }.instruction();
    world.send(signed(chosen, 5), &["venue"]).ok();
    assert_eq!(world.balance_of(&savings), read(&mut world).paid);
}

#[test]
fn a_challenge_takes_a_hundredth_within_a_day() {
    let (mut world, policy, booking, _) = booked();
    let before = read(&mut world);
    let bond = bps_ceil(before.approved, BOOKING_BOND_BPS).unwrap();
    assert!(bond > BOND);
    at(&mut world, before.challenge_ends_at);
    world.challenge("otto", VENUE, 0).fails(E::ChallengeOver);
    at(&mut world, before.challenge_ends_at - 1);
    touch(&mut world);
    let (pool, product, balance) = (world.read_pool(), world.read_product(VENUE), world.balance("otto"));
    let rent = lamports(&mut world, &booking);
    world.challenge("otto", VENUE, 0).ok();
    let found = read(&mut world);
    let wanted = Incident {
        state: CHALLENGED,
        bond_state: 0,
        tips: 2,
        bond,
        bond_owner: world.key("otto"),
        ballot: ballot_address(&booking),
        evidence_hash: [6; 32],
        evidence_uri: field("ipfs://challenge"),
        ..before
    };
    assert_eq!(found, wanted);
    // It still reserves what was booked. Other bookings wait for the verdict before they end for less.
    let after = world.read_pool();
    assert_eq!((after.liens, after.accepted_liens, after.rivals), (pool.liens, pool.accepted_liens, 1));
    assert_eq!((after.bonds, world.balance("otto")), (pool.bonds + bond, balance - bond));
    let line = Line { accepted: 0, undecided: 1, ..product.line };
    assert_eq!(world.read_product(VENUE), Product { line, ..product });
    assert_eq!(lamports(&mut world, &booking), rent + TIP);
    assert_eq!(ballot_on(&mut world, &booking).graded, 0);
    pay(&mut world, &policy).fails(E::IncidentUndecided);
    world.challenge("gwen", VENUE, 0).fails_with(TAKEN);
    world.decide(VENUE, 0).fails(E::BallotOpen);
    world.check_books();
}

#[test]
fn a_small_booking_is_challenged_for_the_products_bond() {
    let (mut world, policy) = limited(DAY, 200);
    let full = world.read_pool().capital / 100;
    draw(&mut world, &policy, KEPT + full + 100 * UNIT).ok();
    assert_eq!(read(&mut world).bond, BOND);
    assert!(read(&mut world).approved <= 100 * UNIT);
}

#[test]
fn by_default_it_stands_and_half_of_the_bond_is_the_holders() {
    let (mut world, policy, booking, _) = booked();
    world.challenge("otto", VENUE, 0).ok();
    let bond = read(&mut world).bond;
    ignore(&mut world, &booking);
    let final_at = ballot_on(&mut world, &booking).final_at;
    at(&mut world, final_at);
    touch(&mut world);
    let pool = world.read_pool();
    let tip = purse(&mut world, "guardian");
    world.decide(VENUE, 0).ok();
    assert_eq!(purse(&mut world, "guardian"), tip + TIP);
    let (found, after, product) = (read(&mut world), world.read_pool(), world.read_product(VENUE));
    assert_eq!((found.state, found.bond_state, found.bond), (BOOKED, 1, bond / 2));
    assert_eq!((found.bond_owner, found.decided_at), (world.key("venue"), world.now()));
    assert_eq!((after.assessors, after.bonds), (pool.assessors + bond - bond / 2, pool.bonds - (bond - bond / 2)));
    assert_eq!((after.accepted_liens, product.line.accepted, product.line.undecided), (after.liens, 1, 0));
    // Unlike a report that is rejected, it makes no later one dearer.
    assert_eq!((product.bond_doublings, product.last_rejected_at), (0, 0));
    let venue = world.balance("venue");
    world.collect_bond("otto", &booking).fails(E::WrongWallet);
    world.collect_bond("venue", &booking).ok();
    assert_eq!(world.balance("venue"), venue + bond / 2);
    // It is paid on, and cannot be challenged again.
    paid(&mut world, &policy);
    world.challenge("otto", VENUE, 0).fails_with(TAKEN);
    world.check_books();
}

#[test]
fn one_that_is_found_false_ends_and_is_not_drawn_again() {
    let (mut world, policy, booking, first) = booked();
    world.challenge("otto", VENUE, 0).ok();
    let before = read(&mut world);
    world.vote("vera", &booking, AGAINST).ok();
    world.close_ballot(&booking).ok();
    let final_at = ballot_on(&mut world, &booking).final_at;
    at(&mut world, final_at);
    touch(&mut world);
    world.roll_product(VENUE).ok();
    let pool = world.read_pool();
    // Its policy is needed.
    let accounts = world.decide_accounts(VENUE, 0);
    world.send(DecideIncident { policy: None, ..accounts }.instruction(), &[]).fails(E::WrongPolicy);
    let pegs = world.policy(PEG, "dora", 0);
    world.send(DecideIncident { policy: Some(pegs), ..accounts }.instruction(), &[]).fails(E::WrongPolicy);
    world.decide(VENUE, 0).ok();
    let (found, after, product) = (read(&mut world), world.read_pool(), world.read_product(VENUE));
    assert_eq!((found.state, found.bond_state, found.approved, found.settled), (FALSE, 1, 0, 0));
    assert_eq!((found.bond, found.bond_owner), (before.bond, world.key("otto")));
    assert_eq!((after.capital, after.liens, after.open_incidents), (pool.capital, Wide::new(0), 0));
    assert_eq!((after.active_cover, after.liened_cover), (pool.active_cover + product.active_cover, 0));
    assert_eq!((product.line.open, product.line.undecided), (0, 0));
    // The policy has that part of its sum insured again, and the loss is gone.
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.paid, read.open_claims, read.losses), (first, first, 0, KEPT + first));
    assert_eq!(drawn(&mut world, &policy, 7), 7);
    let otto = world.balance("otto");
    world.collect_bond("otto", &booking).ok();
    assert_eq!(world.balance("otto"), otto + before.bond);
    world.close_incident("venue", &booking).ok();
    world.check_books();
}

#[test]
fn a_loss_beyond_the_sum_insured_is_not_drawn_again_either() {
    let (mut world, policy) = limited(DAY, 200);
    touch(&mut world);
    let first = drawn(&mut world, &policy, u64::MAX);
    let booking = world.incident(VENUE, 0);
    world.challenge("otto", VENUE, 0).ok();
    world.vote("vera", &booking, AGAINST).ok();
    world.close_ballot(&booking).ok();
    world.pass(3 * DAY);
    world.decide(VENUE, 0).ok();
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.losses), (first, KEPT + first));
    assert_eq!(drawn(&mut world, &policy, 1), 1);
}

#[test]
fn a_loss_beyond_the_sum_insured_stays_as_it_was_reported_once_all_is_paid() {
    let (mut world, policy) = limited(DAY, 200);
    touch(&mut world);
    drawn(&mut world, &policy, u64::MAX);
    let booking = read(&mut world);
    at(&mut world, booking.challenge_ends_at + 100 * DAY);
    touch(&mut world);
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    assert_eq!((found.state, found.paid), (ENDED, booking.approved));
    // Of a loss no more than fills the sum insured.
    assert_eq!(world.chain.read::<Policy>(&policy).losses, KEPT + INSURED);
}

#[test]
fn what_reports_go_through_is_nothing_for_a_booking() {
    let (mut world, policy, booking, _) = booked();
    world.decide(VENUE, 0).fails(E::IncidentDecided);
    world.end_filing(VENUE, 0).fails(E::NothingDue);
    world.settle_decided(VENUE, 0).fails(E::WrongTrigger);
    world.submit_claim("venue", &policy, &booking, INSURED).fails(E::WrongTrigger);
    world.claim_breach("keeper", "venue", &policy, &booking).fails(E::WrongTrigger);
    world.settle_rest(&booking).fails(E::NothingDue);
    world.recover("otto", &booking, UNIT).fails(E::IncidentNotSettled);
    world.close_incident("venue", &booking).fails(E::IncidentNotSettled);
    // What is booked keeps the policy as it is, but for its time.
    world.transfer_cover("venue", &policy, "otto").fails(E::ClaimOpen);
    world.cancel("venue", VENUE, &policy).fails(E::IncidentOpen);
    world.extend("venue", VENUE, &policy, 1).ok();
}

#[test]
fn it_ends_with_what_there_is_once_the_capital_is_gone() {
    let (mut world, policy, _, _) = booked();
    touch(&mut world);
    let pool = world.pool();
    // Less than what fills a bucket with an atom: 2% of 99, halved. Nothing of it is due before nobody can challenge it any more.
    edit(&mut world, &pool, offset_of!(Pool, capital), &99_u64.to_le_bytes());
    let before = read(&mut world);
    pay(&mut world, &policy).fails(E::NothingDue);
    at(&mut world, before.challenge_ends_at + 100 * DAY - 1);
    touch(&mut world);
    edit(&mut world, &pool, offset_of!(Pool, capital), &99_u64.to_le_bytes());
    // All but an atom of it is due, of which there is next to nothing.
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    assert_eq!((found.state, found.paid, found.approved), (BOOKED, 99, before.approved));
    world.pass(1);
    touch(&mut world);
    let left = world.read_pool().capital;
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    assert_eq!((found.state, found.settled, found.approved, found.paid), (ENDED, 99 + left, 99 + left, 99 + left));
    let after = world.read_pool();
    assert_eq!((after.capital, after.open_incidents, after.early_paid), (0, 0, Wide::new(0)));
    // What it was short of is not owed any more.
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.open_claims), (DUE - before.approved + 99 + left, 0));
    assert_eq!(read.losses, INSURED - before.approved + 99 + left);
}

/// Brings the books to now, as if the pool had had so much capital at the last midnight.
fn had_at_midnight(world: &mut Play, capital: u64) {
    touch(world);
    let pool = world.pool();
    edit(world, &pool, offset_of!(Pool, day_capital), &capital.to_le_bytes());
}

#[test]
fn a_part_of_it_falls_due_each_day_once_it_cannot_be_challenged_any_more() {
    let (mut world, policy, _, _) = booked();
    let Incident { approved: booked, challenge_ends_at: end, .. } = read(&mut world);
    // 2% a day: half of it flows, and so all that was booked is due within 100 days of a day from now.
    let mut settled = 0;
    at(&mut world, end);
    had_at_midnight(&mut world, 0);
    pay(&mut world, &policy).fails(E::NothingDue);
    for (elapsed, parts) in [(864, 1), (DAY, 100), (10 * DAY, 1_000)] {
        at(&mut world, end + elapsed);
        had_at_midnight(&mut world, 0);
        settled += paid(&mut world, &policy);
        assert_eq!(settled, booked / 10_000 * parts + booked % 10_000 * parts / 10_000);
        pay(&mut world, &policy).fails(E::NothingDue);
    }
    // What a full bucket pays is not due once more.
    world.pass(DAY);
    let bucket = paid(&mut world, &policy);
    assert_eq!(bucket, world.read_pool().day_capital / 100);
    world.pass(DAY);
    had_at_midnight(&mut world, 0);
    pay(&mut world, &policy).fails(E::NothingDue);
    settled += bucket;
    at(&mut world, end + 100 * DAY - 1);
    had_at_midnight(&mut world, 0);
    settled += paid(&mut world, &policy);
    assert_eq!((read(&mut world).state, settled), (BOOKED, booked - booked / (100 * DAY) - 1));
    world.pass(1);
    paid(&mut world, &policy);
    let found = read(&mut world);
    assert_eq!((found.state, found.settled, found.paid), (ENDED, booked, booked));
}

#[test]
fn once_all_of_it_is_due_it_ends_for_what_there_is() {
    let (mut world, policy, _, first) = booked();
    let Incident { approved: booked, challenge_ends_at: end, .. } = read(&mut world);
    at(&mut world, end + 100 * DAY);
    touch(&mut world);
    // Something is held back for others: it may come back.
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, capital), &(2_000 * UNIT).to_le_bytes());
    edit(&mut world, &pool, offset_of!(Pool, held_back), &(500 * UNIT).to_le_bytes());
    edit(&mut world, &pool, offset_of!(Pool, held_incidents), &1_u64.to_le_bytes());
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    assert_eq!((found.state, found.settled, found.approved), (BOOKED, 1_500 * UNIT, booked));
    pay(&mut world, &policy).fails(E::NothingDue);
    edit(&mut world, &pool, offset_of!(Pool, held_back), &[0; 8]);
    edit(&mut world, &pool, offset_of!(Pool, held_incidents), &[0; 8]);
    // For a day what has come back can be paid; an accepted incident, or a challenged booking, is waited for as well.
    let now = world.now();
    edit(&mut world, &pool, offset_of!(Pool, rivals_ended_at), &now.to_le_bytes());
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    assert_eq!((found.state, found.settled, found.approved), (BOOKED, 2_000 * UNIT, booked));
    world.pass(DAY - 1);
    pay(&mut world, &policy).ok();
    assert_eq!(read(&mut world).state, BOOKED);
    world.pass(1);
    edit(&mut world, &pool, offset_of!(Pool, rivals), &1_u32.to_le_bytes());
    pay(&mut world, &policy).ok();
    assert_eq!(read(&mut world).state, BOOKED);
    edit(&mut world, &pool, offset_of!(Pool, rivals), &[0; 4]);
    pay(&mut world, &policy).ok();
    let found = read(&mut world);
    let got = found.settled;
    assert_eq!((found.state, found.approved, found.paid, world.read_pool().capital), (ENDED, got, got, 0));
    assert!(got > 2_000 * UNIT);
    // What it was short of is not owed any more.
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.paid, read.open_claims), (first + got, first + got, 0));
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, other) = covered_beside();
    let (policy, governance) = (world.policy(VENUE, "venue", 0), world.governance());
    draw(&mut world, &policy, INSURED).ok();
    world.pass(DAY / 2);
    let votes = world.open_tokens("venue", &governance);
    let pegs = world.policy(PEG, "dora", 0);
    let accounts = world.pay_booking_accounts("venue", VENUE, &policy, 0);
    let [forged_pool, forged_product, forged_policy, forged_booking] =
        [accounts.pool, accounts.product, policy, accounts.incident].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let receiver = accounts.receiver.unwrap();
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, accounts.product, DUPLICATE),
        (1, forged_pool, NOT_OURS),
        (2, world.product(PEG), error(E::WrongProduct)),
        (2, other.venue, error(E::WrongProduct)),
        (2, forged_product, NOT_OURS),
        (3, pegs, error(E::WrongPolicy)),
        (3, other.venue_policy, error(E::WrongPolicy)),
        (3, forged_policy, NOT_OURS),
        (4, policy, DUPLICATE),
        (4, forged_booking, NOT_OURS),
        (5, world.key("dora"), error(E::NotHolder)),
        (6, votes, error(E::WrongReceiver)),
        (6, accounts.vault, DUPLICATE),
        (7, vault_address(&other.pool), error(E::WrongVault)),
        (7, exit_escrow_address(&accounts.pool, 0), error(E::WrongVault)),
        (7, receiver, DUPLICATE),
        (8, governance, error(E::WrongMint)),
        (9, TOKEN_2022, error(E::WrongTokenProgram)),
        (9, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3, 4, 6, 7]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
