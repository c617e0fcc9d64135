//! The steps of docs/emergency.md: a key of each role is stolen, and everybody does what is written there.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, authority_product, product_params};

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
    let mut slow = world.clone();
    let applies_at = world.read_change(id).applies_at;
    until(&mut world, applies_at);
    world.apply(id, None).ok();
    world.pause("guardian", 7 * DAY).fails(E::NotGuardian);
    world.check_books();
    // Where it takes longer than a fortnight, there is time for a second.
    let paused_until = slow.read_pool().paused_until;
    until(&mut slow, paused_until + 7 * DAY - 1);
    slow.pause("guardian", 7 * DAY).fails(E::PauseTooSoon);
    slow.pass(1);
    slow.pause("guardian", 7 * DAY).ok();
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
    // Another that nobody votes on: the thief has it count, somebody appeals, and those decide who vote.
    let incident = open(&mut world, 0, 1);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    world.arbitrate("arbiter", &incident, 1).ok();
    world.fund("paul", 100_000 * UNIT);
    world.appeal("paul", &incident).ok();
    for name in ["vera", "walt"] {
        world.vote(name, &incident, 0).ok();
    }
    world.close_ballot(&incident).ok();
    world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
    read_verdict(&mut world, &incident);
    assert!(case(&mut world, &incident).was_refused().unwrap());
    // On changes it never has a say, and another arbiter decides from the next ballot on.
    let walt = world.key("walt");
    let id = queue(&mut world, &Proposal::Arbiter { arbiter: walt }, None);
    world.pass(TIMELOCK);
    world.apply(id, None).ok();
    let next = open(&mut world, 0, 2);
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
    world.buy("venue", 3, 1, UNIT, 30).fails(E::Paused);
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

/// A holder and a thief who has the key too: who is first decides, but for what the program refuses both.
#[test]
fn emergency_holder() {
    let mut world = court();
    world.fund("otto", 100_000 * UNIT);
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 90).ok();
    let policy = world.policy(0, "dora", 0);
    // On the day it was bought a thief cancels nothing.
    world.cancel("dora", 0, &policy).fails(E::BoughtToday);
    world.pass_days(3);

    // First hour: the policy is passed on to another key, and the thief's is worth nothing any more.
    let mut first = world.clone();
    first.transfer_cover("dora", &policy, "otto").ok();
    first.cancel("dora", 0, &policy).fails(E::NotHolder);
    first.transfer_cover("dora", &policy, "mallory").fails(E::NotHolder);
    let incident = report(&mut first, 0, 0);
    first.submit_claim("dora", &policy, &incident, 100_000 * UNIT).fails(E::NotHolder);
    file(&mut first, "otto", &policy, &incident, 100_000 * UNIT).ok();
    accept(&mut first, 0, 0);
    let before = first.balance("otto");
    first.payout("otto", &policy, &incident).ok();
    assert!(first.balance("otto") - before >= 95_000 * UNIT);

    // While a report on the product is open, the thief cannot have the refund, and the policy can be passed on.
    let mut reported = world.clone();
    let incident = report(&mut reported, 0, 0);
    reported.cancel("dora", 0, &policy).fails(E::IncidentOpen);
    let mut passed = reported.clone();
    passed.transfer_cover("dora", &policy, "otto").ok();

    // While a claim is open, nobody passes it on or cancels. The claim is paid where it was said last, as soon as anyone calls it.
    file(&mut reported, "dora", &policy, &incident, 100_000 * UNIT).ok();
    reported.transfer_cover("dora", &policy, "mallory").fails(E::ClaimOpen);
    reported.cancel("dora", 0, &policy).fails(E::IncidentOpen);
    decide(&mut reported, 0, 0);
    let [thiefs, ottos] = ["mallory", "otto"].map(|name| reported.tokens(name, &reported.asset()));
    let redirect = reported.redirect_accounts("dora", &policy, &incident, &thiefs);
    reported.send(redirect.instruction(), &["dora"]).ok();
    reported.settle(0, 0).ok();
    let before = reported.balance("otto");
    let redirect = reported.redirect_accounts("dora", &policy, &incident, &ottos).instruction();
    let pay = Payout { receiver: Some(ottos), ..reported.payout_accounts("dora", &policy, &incident) };
    reported.send_all(&[redirect, pay.instruction()], &["dora"]).ok();
    assert!(reported.balance("otto") - before >= 95_000 * UNIT);
    reported.transfer_cover("dora", &policy, "otto").ok();

    // First week, where the thief was first: the refund is gone, or a false claim is disputed and costs the thief the bond.
    let mut cancelled = world.clone();
    let (premium, before) = (cancelled.chain.read::<Policy>(&policy).premium, cancelled.balance("dora"));
    cancelled.cancel("dora", 0, &policy).ok();
    assert!(cancelled.balance("dora") - before < premium, "no more than was paid for it");
    world.transfer_cover("dora", &policy, "mallory").ok();
    let incident = report(&mut world, 0, 0);
    file(&mut world, "mallory", &policy, &incident, 100_000 * UNIT).ok();
    world.fund("ann", 10_000 * UNIT);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("ann", &policy, &incident).ok();
    let claim = claim_address(&incident, &policy);
    for name in ["vera", "walt"] {
        world.vote_at(name, &claim, 0).ok();
    }
    world.close_ballot(&claim).ok();
    let final_at = tally(&mut world, &claim).final_at;
    until(&mut world, final_at);
    world.resolve_dispute(&policy, &incident).ok();
    until_settleable(&mut world, &incident);
    assert_eq!(claim_of(&mut world, &policy, &incident).amount, 0);
    for world in [first, passed, reported, cancelled, world] {
        world.clone().check_books();
    }
}

/// An LP and a thief who has the key too.
#[test]
fn emergency_lp() {
    // In the first days of a pool the shares can be money at once.
    let mut young = World::lite();
    prepare(&mut young);
    young.deposit("honest", HALF).ok();
    young.open_pool().ok();
    young.pass_days(6);
    let (before, shares) = (young.balance("honest"), young.shares("honest"));
    young.withdraw_shares("honest", shares).ok();
    assert_eq!(young.balance("honest") - before, HALF);
    let mut world = shared();
    let shares = world.shares("honest");
    world.clone().withdraw_shares("honest", shares).fails(E::LeavingTakesTime);

    // First hour: the shares are tokens, and go to another wallet.
    let mut moved = world.clone();
    let mint = moved.share_mint();
    let otto = moved.open_tokens("otto", &mint);
    let (from, owner) = (moved.share_tokens("honest"), moved.key("honest"));
    let program = moved.share_program;
    let send = spl_token_interface::instruction::transfer(&program, &from, &otto, &owner, &[], shares);
    moved.send(send.expect("valid instruction"), &["honest"]).ok();
    assert_eq!((moved.shares("honest"), moved.shares("otto")), (0, shares));

    // First week, where they are on their way out already, whoever asked: nobody takes them back, and in the second in which they are paid
    // the one who signs first says where it goes. The owner pays and collects in one transaction.
    let thiefs = world.tokens("mallory", &world.asset());
    let (number, day) = world.exit_epoch();
    let ask = RequestExit { receiver: thiefs, ..world.request_exit_accounts("honest", 0, number) };
    world.send(ask.instruction(0, number, shares), &["honest"]).ok();
    until(&mut world, day * DAY - 1);
    world.pay_exits().fails(E::ExitNotDue);
    world.pass(1);
    let asset = world.asset();
    let ottos = world.open_tokens("otto", &asset);
    let pay = world.pay_exits_accounts(number).instruction();
    let collect = CollectExit { receiver: ottos, ..world.collect_exit_accounts("honest", 0) };
    let mut collect = collect.instruction();
    for account in &mut collect.accounts {
        account.is_signer |= account.pubkey == world.key("honest");
    }
    let before = world.balance_of(&thiefs);
    world.send_all(&[pay, collect], &["honest"]).ok();
    assert!(world.balance_of(&ottos) >= HALF - 1);
    assert_eq!(world.balance_of(&thiefs), before);
    world.check_books();
}

/// A staker and a thief who has the key too.
#[test]
fn emergency_staker() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(2);
    let all = staked(&mut world, "vera");
    // First hour, without a ballot that runs: the stake is put on its way out, and counts in no ballot any more.
    let mut out = world.clone();
    out.request_unstake("vera", all).ok();
    let incident = open(&mut out, 0, 0);
    out.vote("vera", &incident, 1).fails(E::NoWeight);
    // Nobody has it before the delay is over; each new request begins it anew, with the thief's tokens too.
    out.unstake("vera").fails(E::UnstakeNotReady);
    let delay = out.read_assembly().unstake_delay;
    out.pass(delay - 1);
    let mut again = out.clone();
    let (governance, account) = (again.governance(), again.tokens("vera", &again.governance()));
    again.mint_to(&governance, &account, UNIT);
    again.stake("vera", UNIT).ok();
    again.request_unstake("vera", UNIT).ok();
    again.pass(delay - 1);
    again.unstake("vera").fails(E::UnstakeNotReady);
    out.unstake("vera").fails(E::UnstakeNotReady);
    out.pass(1);
    // The one who signs first says where it goes.
    let governance = out.governance();
    let ottos = out.open_tokens("otto", &governance);
    let take = Unstake { owner_token: ottos, ..out.unstake_accounts("vera") };
    out.send(take.instruction(), &["vera"]).ok();
    assert_eq!(out.balance_of(&ottos), all);
    out.unstake("vera").fails(E::NothingDue);

    // First hour, with a ballot: who votes first has voted, and the stake is locked until the vote is released.
    let incident = open(&mut world, 0, 0);
    let mut honest = world.clone();
    honest.vote("vera", &incident, 0).ok();
    honest.vote("vera", &incident, 1).fails(E::AlreadyVoted);
    honest.request_unstake("vera", all).fails(E::StakeLocked);
    honest.close_ballot(&incident).ok();
    read_verdict(&mut honest, &incident);
    assert!(case(&mut honest, &incident).was_refused().unwrap());

    // First week, where the thief was first: somebody appeals, and the owner votes anew before the thief does.
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.fund("paul", 100_000 * UNIT);
    world.appeal("paul", &incident).ok();
    world.vote("vera", &incident, 0).ok();
    world.vote("vera", &incident, 1).fails(E::AlreadyVoted);
    world.vote("walt", &incident, 0).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    assert!(case(&mut world, &incident).was_refused().unwrap());
    // The first vote was overturned: that costs a twentieth of the stake.
    world.collect_vote_reward("vera", &incident).ok();
    assert_eq!(staked(&mut world, "vera"), all - all / 20);
    world.check_books();
}
