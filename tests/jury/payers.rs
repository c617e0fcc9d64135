//! Rents, tips and the bonds of claims come from anyone who will pay them, apart from who decides or owns, and go back there.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{UNIT, claim_request, evidence, incident_report};
use solana_address::Address;
use solana_instruction::Instruction;

/// Who take part in a trial; none of them pays a lamport.
const PARTIES: [&str; 6] = ["opal", "dora", "ines", "pia", "vera", "xena"];

fn purses(world: &mut Play) -> [u64; 6] {
    PARTIES.map(|name| purse(world, name))
}

/// A trial whose every rent and tip paula pays: xena stakes, opal reports, dora claims, ines disputes, vera votes, pia
/// appeals. Everything is decided and settled.
fn paid_by_paula() -> (Play, Case) {
    let mut world = insured();
    world.fund("paula", 0);
    world.give_lamports("xena");
    let (paula, governance) = (world.key("paula"), world.governance());
    let votes = world.open_tokens("xena", &governance);
    world.mint_to(&governance, &votes, 100 * UNIT);
    let before = purses(&mut world);

    let stake = Stake { payer: paula, ..world.stake_accounts("xena") };
    world.send(stake.instruction(100 * UNIT), &["xena", "paula"]).ok();
    let now = world.now();
    let report = OpenIncident { payer: paula, ..world.open_incident_accounts("opal", 0, 0) };
    world.send(report.instruction(&incident_report(now - 3_600)), &["opal", "paula"]).ok();
    let (policy, incident) = (world.policy(0, "dora", 0), world.incident(0, 0));
    let case = Case { pool: world.pool(), policy, incident, claim: claim_address(&incident, &policy) };
    let claim = SubmitClaim { payer: paula, ..world.claim_accounts("dora", &policy, &incident) };
    world.send(claim.instruction(&claim_request(LOSS)), &["dora", "paula"]).ok();
    vote(&mut world, &incident, 0);
    world.close_ballot(&incident).ok();
    let appeal = Appeal { payer: paula, ..world.appeal_accounts("pia", &incident) };
    world.send(appeal.instruction(), &["pia", "paula"]).ok();
    vote(&mut world, &incident, ALL);
    world.close_ballot(&incident).ok();
    ripen(&mut world, &incident);
    world.decide(0, 0).ok();
    let dispute = DisputeClaim { payer: paula, ..world.dispute_accounts("ines", &policy, &incident) };
    world.send(dispute.instruction(&evidence()), &["ines", "paula"]).ok();
    vote(&mut world, &case.claim, NINE);
    world.close_ballot(&case.claim).ok();
    ripen(&mut world, &case.claim);
    world.resolve_dispute(&policy, &incident).ok();
    pass_disputes(&mut world, 0);
    world.settle(0, 0).ok();
    assert_eq!(purses(&mut world), before, "nobody else paid anything");
    (world, case)
}

/// Vera votes; paula pays.
fn vote(world: &mut Play, subject: &Address, level: u8) {
    let vote = Vote { payer: world.key("paula"), ..world.vote_accounts("vera", subject) };
    world.send(vote.instruction(level), &["vera", "paula"]).ok();
}

/// Closes an account: its rent is paula's, but for the caller's tip.
fn close(world: &mut Play, account: &Address, instruction: impl Fn(Address) -> Instruction) {
    for name in PARTIES {
        let theirs = instruction(world.key(name));
        world.send(theirs, &[]).fails(E::WrongRentPayer);
    }
    let (rent, before) = (lamports(world, account), purse(world, "paula"));
    let paulas = instruction(world.key("paula"));
    world.send(paulas, &[]).ok();
    assert_eq!((purse(world, "paula"), lamports(world, account)), (before + rent - TIP, 0));
}

#[test]
fn every_rent_goes_back_to_the_one_who_paid_it() {
    let (mut world, case) = paid_by_paula();
    let (policy, incident, before) = (case.policy, case.incident, purses(&mut world));
    world.payout("dora", &policy, &incident).ok();
    world.collect_bond("opal", &incident).ok();
    world.collect_appeal_bond("pia", &incident).ok();

    for subject in [incident, case.claim] {
        let accounts = world.collect_vote_reward_accounts("vera", &subject);
        close(&mut world, &accounts.record, |rent_payer| CollectVoteReward { rent_payer, ..accounts }.instruction());
    }
    world.collect_dispute_bond("ines", &policy, &incident).ok();
    let caller = world.key("guardian");
    for subject in [incident, case.claim] {
        let accounts = ReclaimBallot { caller, pool: case.pool, ballot: ballot_address(&subject), rent_payer: caller };
        close(&mut world, &accounts.ballot, |rent_payer| ReclaimBallot { rent_payer, ..accounts }.instruction());
    }
    let accounts = CloseClaim { caller, incident, claim: case.claim, rent_payer: caller };
    close(&mut world, &case.claim, |rent_payer| CloseClaim { rent_payer, ..accounts }.instruction());
    let accounts = CloseIncident { caller, product: world.product(0), incident, rent_payer: caller };
    close(&mut world, &incident, |rent_payer| CloseIncident { rent_payer, ..accounts }.instruction());
    assert_eq!(purses(&mut world), before);
    world.check_books();
}

#[test]
fn money_is_taken_from_nobody_who_does_not_sign() {
    let (mut world, case) = counts();
    world.fund("paula", 0);
    let paula = world.key("paula");
    let dispute = DisputeClaim { payer: paula, ..world.dispute_accounts("ines", &case.policy, &case.incident) };
    let dispute = dispute.instruction(&evidence());
    world.send(unsigned(dispute, 1), &["ines"]).fails_with(UNSIGNED);
    let other = report(&mut world, 0, 1);
    decide(&mut world, &other, Some(FOR));
    let appeal = Appeal { payer: paula, ..world.appeal_accounts("pia", &other) };
    world.send(unsigned(appeal.instruction(), 1), &["pia"]).fails_with(UNSIGNED);
    let emil = world.policy(0, "emil", 0);
    let claim = SubmitClaim { payer: paula, ..world.claim_accounts("emil", &emil, &case.incident) };
    let claim = claim.instruction(&claim_request(LOSS));
    world.send(unsigned(claim, 2), &["emil"]).fails_with(UNSIGNED);
    let funded = funded_by_rich(&world, "emil", &emil, &case.incident).instruction(&claim_request(LOSS));
    world.send(unsigned(funded, 1), &["emil"]).fails_with(UNSIGNED);
}

/// Accounts of a claim whose bond rich posts.
fn funded_by_rich(world: &Play, holder: &str, policy: &Address, incident: &Address) -> SubmitClaim {
    let funder_token = world.tokens("rich", &world.asset());
    SubmitClaim { funder: world.key("rich"), funder_token, ..world.claim_accounts(holder, policy, incident) }
}

/// Accounts of a payout of that claim, whose bond goes back to rich.
fn payout_accounts(world: &mut Play, case: &Case) -> Payout {
    let funder_token = Some(world.tokens("rich", &world.asset()));
    Payout { funder: world.key("rich"), funder_token, ..world.payout_accounts("dora", &case.policy, &case.incident) }
}

/// Dora, who has nothing, claims; rich posts the bond.
fn funded() -> (Play, Case) {
    let mut world = insured();
    world.fund("rich", 10_000 * UNIT);
    let everything = world.balance("dora");
    let (doras, asset, program) =
        (world.tokens("dora", &world.asset()), world.tokens("opal", &world.asset()), spl_token_interface::ID);
    let spend =
        spl_token_interface::instruction::transfer(&program, &doras, &asset, &world.key("dora"), &[], everything);
    world.send(spend.expect("valid instruction"), &["dora"]).ok();
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    let submit = funded_by_rich(&world, "dora", &policy, &incident);
    world.send(submit.instruction(&claim_request(LOSS)), &["dora", "rich"]).ok();
    (world, Case { pool: submit.pool, policy, incident, claim: submit.claim })
}

#[test]
fn a_bond_goes_back_to_the_one_who_posted_it() {
    for (side, paid, bonds) in [(Some(FOR), CLAIMED, BOND), (Some(AGAINST), 0, 0), (None, 0, BOND / 4 * 3)] {
        let (mut world, case) = funded();
        assert_eq!((world.balance("dora"), world.balance("rich")), (0, 10_000 * UNIT - CLAIM_BOND));
        settle(&mut world, 0, side);
        let accounts = payout_accounts(&mut world, &case);
        world.send(accounts.instruction(), &[]).ok();
        assert_eq!((world.balance("dora"), world.balance("rich")), (paid, 10_000 * UNIT));
        world.send(accounts.instruction(), &[]).fails(E::NothingDue);
        assert_eq!(world.read_pool().bonds, bonds, "opal's");
        world.close_claim("dora", &case.policy, &case.incident).ok();
        world.check_books();
    }
}

#[test]
fn a_dispute_that_lost_pays_the_one_who_posted_the_bond() {
    for (level, rich) in [(NINE, 0), (ALL, CLAIM_BOND + DISPUTE_BOND / 2)] {
        let dora = CLAIMED * u64::from(level) / 16;
        let (mut world, case) = funded();
        finish(&mut world, &case.incident, Some(FOR));
        world.decide(0, 0).ok();
        world.dispute("ines", &case.policy, &case.incident).ok();
        finish_at(&mut world, &case.claim, Some(level));
        world.resolve_dispute(&case.policy, &case.incident).ok();
        pass_disputes(&mut world, 0);
        world.settle(0, 0).ok();
        let accounts = payout_accounts(&mut world, &case);
        world.send(accounts.instruction(), &[]).ok();
        assert_eq!((world.balance("dora"), world.balance("rich")), (dora, 10_000 * UNIT - CLAIM_BOND + rich));
        world.check_books();
    }
}

#[test]
fn it_goes_nowhere_else() {
    let (mut world, case) = funded();
    settle(&mut world, 0, Some(FOR));
    let accounts = payout_accounts(&mut world, &case);
    let asset = world.asset();
    let savings = other_tokens(&mut world, "savings", "rich", &asset);
    for wrong in [savings, world.tokens("dora", &asset), world.tokens("opal", &asset)] {
        let elsewhere = Payout { funder_token: Some(wrong), ..accounts };
        world.send(elsewhere.instruction(), &[]).fails(E::WrongReceiver);
    }
    for name in ["dora", "opal"] {
        world.send(Payout { funder: world.key(name), ..accounts }.instruction(), &[]).fails(E::WrongWallet);
    }
    // But where its owner says.
    let chosen = Payout { funder_token: Some(savings), ..accounts };
    world.send(signed(chosen.instruction(), 7), &["rich"]).ok();
    assert_eq!((world.balance_of(&savings), world.balance("dora")), (CLAIM_BOND, CLAIMED));
}

/// A holder is paid even if the one who posted the bond cannot be: their bond waits.
#[test]
fn a_funder_keeps_nobody_from_their_money() {
    for (side, paid) in [(Some(FOR), CLAIMED), (Some(AGAINST), 0)] {
        let (mut world, case) = funded();
        settle(&mut world, 0, side);
        let accounts = payout_accounts(&mut world, &case);
        let without = Payout { funder_token: None, ..accounts };
        world.send(without.instruction(), &[]).ok();
        assert_eq!((world.balance("dora"), world.balance("rich")), (paid, 10_000 * UNIT - CLAIM_BOND));
        world.send(without.instruction(), &[]).fails(E::NothingDue);
        world.close_claim("dora", &case.policy, &case.incident).fails(E::ClaimNotOver);
        world.send(accounts.instruction(), &[]).ok();
        assert_eq!((world.balance("dora"), world.balance("rich")), (paid, 10_000 * UNIT));
        world.send(accounts.instruction(), &[]).fails(E::NothingDue);
        world.close_claim("dora", &case.policy, &case.incident).ok();
        world.check_books();
    }
}

#[test]
fn a_funder_may_be_paid_where_the_claim_is() {
    let mut world = insured();
    world.fund("rich", 10_000 * UNIT);
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    let submit = funded_by_rich(&world, "dora", &policy, &incident);
    let submit = SubmitClaim { receiver: submit.funder_token, ..submit };
    world.send(submit.instruction(&claim_request(LOSS)), &["dora", "rich"]).ok();
    let case = Case { pool: submit.pool, policy, incident, claim: submit.claim };
    settle(&mut world, 0, Some(FOR));
    let payout = Payout { receiver: Some(submit.receiver), ..payout_accounts(&mut world, &case) };
    world.send(payout.instruction(), &[]).ok();
    assert_eq!(world.balance("rich"), 10_000 * UNIT + CLAIMED);
    world.check_books();
}
