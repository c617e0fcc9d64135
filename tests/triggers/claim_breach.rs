//! `claim_breach`: what a breach entitles a policy to, who files it, where it is paid, and until when.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, UNIT, price_product};
use solana_address::Address;

/// Files the claim of a policy, which the keeper pays for, and returns it.
pub fn file(world: &mut Play, holder: &str, policy: &Address, incident: &Address) -> Claim {
    world.claim_breach("keeper", holder, policy, incident).ok();
    world.chain.read(&claim_address(incident, policy))
}

#[test]
fn anyone_files_it_and_there_is_no_bond() {
    let (mut world, incident) = opened(HALFWAY);
    world.pass(3_600);
    touch(&mut world);
    let policy = world.policy(PEG, "dora", 0);
    let address = claim_address(&incident, &policy);
    let incident_before: Incident = world.chain.read(&incident);
    let (policy_before, pool_before): (Policy, _) = (world.chain.read(&policy), world.read_pool());
    let product = world.read_product(PEG);
    let (purse_before, held, now) = (purse(&mut world, "keeper"), world.vault_balance(), world.now());
    let (dora, keeper) = (world.balance("dora"), world.balance("keeper"));
    let receipt = world.claim_breach("keeper", "dora", &policy, &incident).ok();

    let amount = 45_000 * UNIT;
    let expected = Claim {
        version: 1,
        bump: bump(&[b"claim", incident.as_ref(), policy.as_ref()]),
        // Decided.
        state: 4,
        tips: 1,
        incident,
        policy,
        claimant: world.key("dora"),
        receiver: world.tokens("dora", &world.asset()),
        funder: world.key("dora"),
        rent_payer: world.key("keeper"),
        loss: 50_000 * UNIT,
        level: 16,
        dispute_bond_state: 4,
        claimed: amount,
        amount,
        filed_at: now,
        disputes_end_at: now,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Claim>(&address), expected);
    let found: Incident = world.chain.read(&incident);
    let first_release_day = policy_before.release_day;
    let filed = Incident { filed: amount, claim_count: 1, live_accounts: 1, first_release_day, ..incident_before };
    assert_eq!(found, filed);
    let found: Policy = world.chain.read(&policy);
    assert_eq!(found, Policy { claimed: amount, open_claims: 1, ..policy_before });
    let pool = world.read_pool();
    assert_eq!(pool, pool_before, "it was set aside when the incident was opened");
    assert_eq!(world.read_product(PEG), product);
    assert_eq!((world.vault_balance(), world.balance("dora"), world.balance("keeper")), (held, dora, keeper));
    // Rent, and a tip for the one who pays it out.
    let rent = lamports(&mut world, &address);
    assert_eq!(rent, (128 + Claim::SIZE as u64) * 3_480 * 2 + TIP);
    assert_eq!(purse(&mut world, "keeper"), purse_before - rent);
    let event = ClaimSubmitted {
        incident,
        claim: address,
        policy,
        claimant: expected.claimant,
        receiver: expected.receiver,
        loss: 50_000 * UNIT,
        amount,
        bond: 0,
        filed: amount,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::ClaimSubmitted(event));
    world.check_books();
}

#[test]
fn the_part_rounds_down_and_the_deductible_up() {
    // 4,001 bps; 5% is kept.
    let mut world = covered();
    list_on_sale(&mut world, 2, ProductParams { deductible_bps: 0, ..price_product("All of it") });
    for (id, amount) in [(0, UNIT + 1), (1, 3 * UNIT + 7_777)] {
        world.buy("otto", PEG, id, amount, 90).ok();
        world.buy("otto", 2, id, amount, 90).ok();
    }
    world.pass(2 * DAY);
    let price = STRIKE - 4_001_000;
    for _ in 0..7 {
        world.pass(600);
        world.observe(PEG, price).ok();
        world.observe(2, price).ok();
    }
    for (index, deductible) in [(PEG, 500), (2, 0)] {
        world.open_price_incident("keeper", index, 0).ok();
        let incident = world.incident(index, 0);
        let mut sum = 0;
        for (id, amount) in [(0, UNIT + 1), (1, 3 * UNIT + 7_777)] {
            let policy = world.policy(index, "otto", id);
            let found = file(&mut world, "otto", &policy, &incident);
            let loss = amount * 4_001 / 10_000;
            let kept = (amount * deductible).div_ceil(10_000);
            assert_eq!((found.loss, found.amount), (loss, loss - kept));
            sum += found.amount;
        }
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.filed, found.claim_count), (sum, 2));
        // All that is covered is set aside for them.
        assert_eq!(found.lien, if index == PEG { 150_000 * UNIT } else { 0 } + 4 * UNIT + 7_778);
    }
}

#[test]
fn what_the_deductible_swallows_is_no_claim() {
    // Severities of 499, 500 and 501 bps against a deductible of 500.
    for (severity, amount) in [(499, None), (500, None), (501, Some(10 * UNIT))] {
        let (mut world, incident) = opened(STRIKE - severity * 1_000);
        let policy = world.policy(PEG, "dora", 0);
        let receipt = world.claim_breach("keeper", "dora", &policy, &incident);
        match amount {
            None => receipt.fails(E::BelowDeductible),
            Some(amount) => {
                receipt.ok();
                assert_eq!(world.chain.read::<Claim>(&claim_address(&incident, &policy)).amount, amount);
            }
        }
    }
}

/// Ends an incident that nobody challenges, and lets the price recover.
fn end(world: &mut Play, nth: u32) {
    let incident = world.incident(PEG, nth);
    end_filing(world, &incident);
    world.settle(PEG, nth).ok();
    world.observe(PEG, STRIKE).ok();
    world.pass(60);
}

#[test]
fn a_claim_gets_at_most_what_earlier_ones_left() {
    let (mut world, first) = opened(STRIKE - 6_000_000);
    let policy = world.policy(PEG, "dora", 0);
    assert_eq!(file(&mut world, "dora", &policy, &first).amount, 55_000 * UNIT);
    end(&mut world, 0);
    breach(&mut world, STRIKE - 6_000_000);
    world.open_price_incident("keeper", PEG, 1).ok();
    let second = world.incident(PEG, 1);
    let found = file(&mut world, "dora", &policy, &second);
    // Of 55,000 that it stands for.
    assert_eq!((found.loss, found.amount), (60_000 * UNIT, 45_000 * UNIT));
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.open_claims), (read.amount, 2));
    end(&mut world, 1);
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 2).ok();
    let third = world.incident(PEG, 2);
    world.claim_breach("keeper", "dora", &policy, &third).fails(E::PolicyExhausted);
    // Those who had nothing before get all of it.
    let of_gwen = world.policy(PEG, "gwen", 0);
    assert_eq!(file(&mut world, "gwen", &of_gwen, &third).amount, 47_500 * UNIT);
    let before = world.balance("dora");
    for incident in [first, second] {
        world.payout("dora", &policy, &incident).ok();
    }
    assert_eq!(world.balance("dora"), before + 100_000 * UNIT);
    world.check_books();
}

#[test]
fn a_policy_claims_once_in_an_incident() {
    let (mut world, incident) = opened(HALFWAY);
    let policy = world.policy(PEG, "dora", 0);
    world.claim_breach("dora", "dora", &policy, &incident).ok();
    world.claim_breach("keeper", "dora", &policy, &incident).fails_with(TAKEN);
    world.claim_breach("dora", "dora", &policy, &incident).fails_with(TAKEN);
}

#[test]
fn it_is_filed_until_filing_ends() {
    let (mut world, incident) = opened(HALFWAY);
    let (of_dora, of_gwen) = (world.policy(PEG, "dora", 0), world.policy(PEG, "gwen", 0));
    decide(&mut world, &incident);
    let ends_at = world.chain.read::<Incident>(&incident).filing_ends_at;
    at(&mut world, ends_at - 1);
    world.claim_breach("keeper", "dora", &of_dora, &incident).ok();
    at(&mut world, ends_at);
    world.claim_breach("keeper", "gwen", &of_gwen, &incident).fails(E::FilingOver);
    world.settle(PEG, 0).ok();
    world.claim_breach("keeper", "gwen", &of_gwen, &incident).fails(E::IncidentClosed);
}

#[test]
fn a_refuted_incident_takes_claims_until_it_is_rejected() {
    let (mut world, incident) = opened(HALFWAY);
    let policy = world.policy(PEG, "dora", 0);
    let from = world.chain.read::<Incident>(&incident).measured_from;
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    world.settle(PEG, 0).ok();
    let of_gwen = world.policy(PEG, "gwen", 0);
    world.claim_breach("keeper", "gwen", &of_gwen, &incident).fails(E::IncidentClosed);
    // Its policy has all of its sum insured again.
    let before = (world.balance("dora"), purse(&mut world, "guardian"));
    world.payout("dora", &policy, &incident).ok();
    assert_eq!((world.balance("dora"), purse(&mut world, "guardian")), (before.0, before.1 + TIP));
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.open_claims, read.paid), (0, 0, 0));
}

#[test]
fn prices_and_juries_have_their_own_claims() {
    let mut world = covered();
    let jurys = with_jury_product(&mut world);
    breach(&mut world, HALFWAY);
    world.open_price_incident("keeper", PEG, 0).ok();
    let (incident, policy) = (world.incident(PEG, 0), world.policy(PEG, "dora", 0));
    world.submit_claim("dora", &policy, &incident, 50_000 * UNIT).fails(E::WrongTrigger);
    let of_jury = open_jurys(&mut world);
    world.claim_breach("keeper", "dora", &jurys, &of_jury).fails(E::WrongTrigger);
    // Nothing of a claim that a price measured can be disputed.
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    world.dispute("otto", &policy, &incident).fails(E::IncidentUndecided);
    world.pass(DAY);
    world.dispute("otto", &policy, &incident).fails(E::IncidentUndecided);
}

#[test]
fn it_is_paid_to_the_holder_or_where_they_say() {
    let (mut world, incident) = opened(HALFWAY);
    let (policy, asset) = (world.policy(PEG, "dora", 0), world.asset());
    let savings = other_tokens(&mut world, "savings", "dora", &asset);
    let keepers = world.tokens("keeper", &asset);
    let accounts = world.claim_breach_accounts("keeper", "dora", &policy, &incident);
    for receiver in [savings, keepers] {
        let sent = ClaimBreach { receiver, ..accounts };
        world.send(sent.instruction(), &["keeper"]).fails(E::WrongReceiver);
    }
    // As a signature of somebody who is not the holder.
    let as_keeper = ClaimBreach { holder: world.key("keeper"), receiver: keepers, ..accounts };
    world.send(as_keeper.instruction(), &["keeper"]).fails(E::NotHolder);
    let chosen = signed(ClaimBreach { receiver: keepers, ..accounts }.instruction(), 5);
    world.send(chosen, &["keeper", "dora"]).ok();
    let found: Claim = world.chain.read(&claim_address(&incident, &policy));
    assert_eq!((found.receiver, found.claimant), (keepers, world.key("dora")));
    // And the one who held the policy then can still say another.
    let redirect = world.redirect_accounts("dora", &policy, &incident, &savings);
    world.send(redirect.instruction(), &["dora"]).ok();
    end_filing(&mut world, &incident);
    world.settle(PEG, 0).ok();
    let payout = Payout { receiver: Some(savings), ..world.payout_accounts("dora", &policy, &incident) };
    world.send(payout.instruction(), &[]).ok();
    assert_eq!(world.balance_of(&savings), 45_000 * UNIT);

    // The holder may pay for it.
    let of_gwen = world.policy(PEG, "gwen", 0);
    let (mut world, incident) = opened(HALFWAY);
    let keepers = world.tokens("keeper", &asset);
    let accounts =
        ClaimBreach { receiver: keepers, ..world.claim_breach_accounts("gwen", "gwen", &of_gwen, &incident) };
    world.send(accounts.instruction(), &["gwen"]).ok();
    assert_eq!(world.chain.read::<Claim>(&claim_address(&incident, &of_gwen)).receiver, keepers);
}

#[test]
fn a_policy_in_a_claim_is_not_passed_on_or_ended() {
    let (mut world, incident) = opened(HALFWAY);
    let policy = world.policy(PEG, "dora", 0);
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    world.transfer_cover("dora", &policy, "gwen").fails(E::ClaimOpen);
    world.cancel("dora", PEG, &policy).fails(E::IncidentOpen);
    world.extend("dora", PEG, &policy, 1).fails(E::BreachRunning);
    end_filing(&mut world, &incident);
    world.settle(PEG, 0).ok();
    world.cancel("dora", PEG, &policy).fails(E::BreachRunning);
    world.observe(PEG, STRIKE).ok();
    world.cancel("dora", PEG, &policy).fails(E::ClaimOpen);
    world.payout("dora", &policy, &incident).ok();
    world.transfer_cover("dora", &policy, "gwen").ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident, other) = opened_beside();
    let (policy, governance) = (world.policy(PEG, "dora", 0), world.governance());
    let of_gwen = world.policy(PEG, "gwen", 0);
    let votes = world.open_tokens("dora", &governance);
    let accounts = world.claim_breach_accounts("keeper", "dora", &policy, &incident);
    let [forged_pool, forged_incident, forged_policy] =
        [accounts.pool, incident, policy].map(|address| forge(&mut world, &address));
    let gwens = world.tokens("gwen", &world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, incident, DUPLICATE),
        (1, world.product(PEG), TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, other.incident, SEEDS),
        (2, policy, DUPLICATE),
        (2, forged_incident, NOT_OURS),
        (3, other.policy, SEEDS),
        (3, of_gwen, SEEDS),
        (3, world.product(PEG), OTHER_TYPE),
        (3, forged_policy, NOT_OURS),
        (4, claim_address(&incident, &of_gwen), SEEDS),
        (4, claim_address(&other.incident, &other.policy), SEEDS),
        (5, world.key("gwen"), error(E::NotHolder)),
        (5, world.key("keeper"), error(E::NotHolder)),
        (6, votes, error(E::WrongMint)),
        (6, gwens, error(E::WrongReceiver)),
        (6, accounts.vault, error(E::WrongReceiver)),
        (6, policy, DUPLICATE),
        (7, vault_address(&other.pool), error(E::WrongVault)),
        (7, exit_escrow_address(&accounts.pool, 0), error(E::WrongVault)),
        (8, governance, error(E::WrongMint)),
        (9, TOKEN_2022, error(E::WrongTokenProgram)),
        (9, ID, error(E::WrongTokenProgram)),
        (10, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["keeper"], &rows);
    // Accounts that fit each other, but not the incident.
    let wrong = world.claim_breach_accounts("keeper", "zoe", &other.policy, &incident);
    world.send(wrong.instruction(), &["keeper"]).fails(E::WrongProduct);
    let venues = world.policy(VENUE, "venue", 0);
    let wrong = world.claim_breach_accounts("keeper", "venue", &venues, &incident);
    world.send(wrong.instruction(), &["keeper"]).fails(E::WrongProduct);
    let wrong = world.claim_breach_accounts("keeper", "dora", &policy, &other.incident);
    world.send(wrong.instruction(), &["keeper"]).fails(E::WrongPool);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(UNSIGNED);
    writes(&mut world, &instruction, &["keeper"], &[1, 2, 3]);
    needs_a_full_vault(&mut world, instruction, &["keeper"]);
}
