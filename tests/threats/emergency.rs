//! The steps of docs/emergency.md: a key of each role is stolen, and everybody does what is written there.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{UNIT, World, authority_product, product_params};

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;

/// The founder, or who has the founder's key, queues a change; its number.
fn queue(world: &mut Play, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.propose(proposal, index).ok();
    id
}

#[test]
fn emergency_authority() {
    let mut world = court();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(2);
    let thief = world.key("mallory");
    // The thief lists a trap, and offers the authority on.
    world.list_product(3, ProductParams { r0_ppm: 0, ..product_params("Trap") }).ok();
    let hostile = [
        queue(&mut world, &Proposal::List, Some(3)),
        queue(&mut world, &Proposal::AssessorsLimit { assessors_limit: 1 }, None),
        queue(&mut world, &Proposal::Authority { authority: thief }, None),
    ];

    // First hour: the guardian pauses, an LP asks to leave. First day: the stakers petition.
    world.pause("guardian", 7 * DAY).ok();
    world.fund("late", HALF);
    world.deposit("late", HALF).fails(E::Paused);
    let day = ask_for_all(&mut world, "honest", 0);
    let new = world.key("walt");
    let rescue = world.next_change();
    world.fund("vera", 100_000 * UNIT);
    world.petition("vera", &Proposal::Authority { authority: new }, None).ok();
    let subject = world.change(rescue);
    world.vote("vera", &subject, 1).ok();
    world.vote("walt", &subject, 1).ok();
    world.close_ballot(&subject).ok();
    // The thief cannot take it back, and queues another behind it.
    world.withdraw("founder", rescue).fails(E::ChangeByBallot);
    let final_at = tally(&mut world, &subject).final_at;
    until(&mut world, final_at);
    world.queue(rescue).ok();
    let again = queue(&mut world, &Proposal::Authority { authority: thief }, None);

    // The LP who asked leaves before anything applies; the thief hands the authority to another key of theirs.
    assert!(leave(&mut world, "honest", 0, day) >= HALF);
    let handed_at = world.read_change(hostile[2]).applies_at;
    until(&mut world, handed_at);
    world.accept_authority("mallory", hostile[2]).ok();
    // With that, what was queued with the first key has fallen; what that one queues falls when the petition's time has come.
    for (id, index) in [(hostile[0], Some(3)), (hostile[1], None)] {
        world.apply(id, index).fails(E::NotPoolAuthority);
    }
    let last = world.next_change();
    let limit = Proposal::AssessorsLimit { assessors_limit: 1 };
    world.send(world.propose_accounts("mallory", last, None).instruction(last, &limit), &["mallory"]).ok();
    let applies_at = world.read_change(rescue).applies_at;
    until(&mut world, applies_at);
    world.accept_authority("walt", rescue).ok();
    assert_eq!(world.read_pool().authority, new);
    world.accept_authority("mallory", again).fails(E::NotPoolAuthority);
    world.pass(TIMELOCK);
    world.apply(last, None).fails(E::NotPoolAuthority);

    // The holder lost nothing: what happens is reported, decided and paid as before.
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 50_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    let before = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert!(world.balance("dora") - before >= 45_000 * UNIT);
    world.check_books();
}

#[test]
fn emergency_guardian() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pause("guardian", 7 * DAY).ok();
    let walt = world.key("walt");
    let id = queue(&mut world, &Proposal::Guardian { guardian: walt }, None);
    // Exits, claims, votes and payouts go on while it pauses.
    let day = ask_for_all(&mut world, "mallory", 0);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 10_000 * UNIT).ok();
    assert!(leave(&mut world, "mallory", 0, day) > 0);
    // Another pause begins seven days after this one, and by then another guardian has come: that takes the timelock alone.
    world.pause("guardian", 7 * DAY).fails(E::PauseTooSoon);
    let applies_at = world.read_change(id).applies_at;
    until(&mut world, applies_at);
    world.apply(id, None).ok();
    world.pause("guardian", 7 * DAY).fails(E::NotGuardian);
    world.check_books();
}

#[test]
fn emergency_arbiter() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(2);
    world.give_lamports("arbiter");
    // A false report: the jury votes, and there is nothing to arbitrate.
    let incident = open(&mut world, 0, 0);
    world.vote("vera", &incident, 0).ok();
    world.close_ballot(&incident).ok();
    world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
    read_verdict(&mut world, &incident);
    assert!(case(&mut world, &incident).was_refused().unwrap());
    // On changes it never has a say, and another arbiter decides from the next ballot on.
    let walt = world.key("walt");
    let id = queue(&mut world, &Proposal::Arbiter { arbiter: walt }, None);
    world.pass(TIMELOCK);
    world.apply(id, None).ok();
    let next = open(&mut world, 0, 1);
    assert_eq!(tally(&mut world, &next).arbiter, world.key("walt"));
    world.check_books();
}

#[test]
fn emergency_treasury() {
    let mut world = shared();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    let asset = world.asset();
    world.open_tokens("treasury", &asset);
    world.open_tokens("walt", &asset);
    let walt = world.key("walt");
    let id = queue(&mut world, &Proposal::Treasury { treasury: walt }, None);
    // What was taken until now goes to whom it was taken for, if somebody calls it; what comes later to the new one.
    let due = world.read_pool().treasury_due;
    world.collect_fees().ok();
    assert_eq!(world.balance("treasury"), due);
    world.pass(TIMELOCK);
    world.apply(id, None).ok();
    world.collect_fees().fails(E::WrongWallet);
    world.check_books();
}

#[test]
fn emergency_drawer() {
    // A venue insures 200,000 of a million, and may draw 5% of the capital a day, half of it at once.
    let mut world = court_beside(World::lite_bare(), harness::pool_params(), |world| {
        world.list_product(3, authority_product("Venue shortfall")).ok();
    });
    world.fund("venue", 100_000 * UNIT);
    world.buy("venue", 3, 0, 200_000 * UNIT, 365).ok();
    let policy = world.policy(3, "venue", 0);
    world.pass_days(2);
    let before = world.balance("venue");
    world.draw("venue", "venue", 3, &policy, u64::MAX).ok();
    let first = world.balance("venue") - before;
    assert!(first <= 25_500 * UNIT, "{first}");
    // First hour: a pause, and a challenge; nothing more is paid of what was booked.
    world.pause("guardian", 7 * DAY).ok();
    world.fund("walt", 100_000 * UNIT);
    let booking = world.incident(3, 0);
    world.challenge("walt", 3, 0).ok();
    let pay = world.pay_booking_accounts("venue", 3, &policy, 0).instruction();
    world.pass_days(1);
    world.send(pay.clone(), &[]).fails(E::IncidentUndecided);
    // First day: the product goes off sale, which waits for the timelock alone, whoever leaves.
    let id = queue(&mut world, &Proposal::Delist, Some(3));
    ask_for_all(&mut world, "mallory", 0);
    world.vote("vera", &booking, 0).ok();
    world.close_ballot(&booking).ok();
    read_verdict(&mut world, &booking);
    assert!(world.send(pay, &[]).result.is_err(), "it ended");
    world.pass(TIMELOCK);
    world.apply(id, Some(3)).ok();
    world.buy("venue", 3, 1, UNIT, 30).fails(E::ProductDelisted);
    assert_eq!(world.balance("venue"), before + first);
    world.check_books();
}
