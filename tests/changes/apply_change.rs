//! `apply_change`: a queued change takes effect after its wait, within thirty days, and within the bounds.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, constants::PROPOSAL_BYTES, *};
use coverage_math::{DAY, cover::Period};
use harness::{Chain, UNIT, World};
use std::mem::offset_of;

/// What the pool and the product are to become, and what the event says was there before.
fn expected(world: &Play, proposal: &Proposal, mut pool: Pool, mut product: Product) -> (Pool, Product, Proposal) {
    pool.terms += 1;
    // It is the first that was queued.
    match proposal {
        Proposal::List | Proposal::Delist => product.set_by[0] = 1,
        Proposal::Weight { .. } => product.set_by[1] = 1,
        Proposal::Curve(_) => product.set_by[2] = 1,
        Proposal::Bonds { .. } => product.set_by[3] = 1,
        Proposal::GroupCap { group, .. } => pool.set_by[16 + usize::from(*group)] = 1,
        Proposal::StakeFloor { .. } => pool.court_set_by[0] = 1,
        Proposal::CoverPerStake { .. } => pool.court_set_by[1] = 1,
        _ => pool.set_by[usize::from(stored(proposal)[0])] = 1,
    }
    let before = match *proposal {
        Proposal::MinPremium { min_premium } => {
            pool.min_premium = min_premium;
            Proposal::MinPremium { min_premium: 1_000 }
        }
        Proposal::VoteReward { vote_reward } => {
            pool.vote_reward = vote_reward;
            Proposal::VoteReward { vote_reward: REWARD }
        }
        Proposal::AssessorsLimit { assessors_limit } => {
            pool.assessors_limit = assessors_limit;
            Proposal::AssessorsLimit { assessors_limit: 1_000_000_000_000 }
        }
        Proposal::Timelock { timelock } => {
            pool.timelock = timelock;
            Proposal::Timelock { timelock: TIMELOCK }
        }
        Proposal::ExitDelay { exit_delay_days } => {
            pool.exit_delay_days = exit_delay_days;
            Proposal::ExitDelay { exit_delay_days: 7 }
        }
        Proposal::Season { season_days } => {
            pool.season_days = season_days;
            // Of a season of 30 days, the first of which were before the pool was, nothing has stayed for all.
            pool.seasoned_shares = 0;
            Proposal::Season { season_days: 1 }
        }
        Proposal::StakeFloor { stake_floor } => {
            pool.stake_floor = stake_floor;
            pool.sale_terms += 1;
            Proposal::StakeFloor { stake_floor: 0 }
        }
        Proposal::CoverPerStake { cover_per_stake } => {
            pool.cover_per_stake = cover_per_stake;
            Proposal::CoverPerStake { cover_per_stake: 0 }
        }
        Proposal::Leverage { leverage_bps } => {
            pool.leverage_bps = leverage_bps;
            Proposal::Leverage { leverage_bps: 20_000 }
        }
        Proposal::ProtocolFee { protocol_fee_bps } => {
            pool.protocol_fee_bps = protocol_fee_bps;
            Proposal::ProtocolFee { protocol_fee_bps: 500 }
        }
        Proposal::AssessorFee { assessor_fee_bps } => {
            pool.assessor_fee_bps = assessor_fee_bps;
            Proposal::AssessorFee { assessor_fee_bps: 500 }
        }
        Proposal::CancelFee { cancel_fee_bps } => {
            pool.cancel_fee_bps = cancel_fee_bps;
            pool.sale_terms += 1;
            Proposal::CancelFee { cancel_fee_bps: 500 }
        }
        Proposal::Authority { .. } => unreachable!("who gets it applies it"),
        Proposal::Guardian { guardian } => {
            pool.guardian = guardian;
            Proposal::Guardian { guardian: world.key("guardian") }
        }
        Proposal::Arbiter { arbiter } => {
            pool.arbiter = arbiter;
            pool.sale_terms += 1;
            Proposal::Arbiter { arbiter: world.key("arbiter") }
        }
        Proposal::Treasury { treasury } => {
            pool.treasury = treasury;
            Proposal::Treasury { treasury: world.key("treasury") }
        }
        Proposal::Court { assembly } => {
            pool.assembly = assembly;
            pool.sale_terms += 1;
            Proposal::Court { assembly: world.assembly() }
        }
        // They stand in the mint.
        Proposal::Shares(_) => Proposal::Shares(ShareWords::NONE),
        Proposal::GroupCap { group, cap_bps } => {
            pool.group_caps_bps[usize::from(group)] = cap_bps;
            Proposal::GroupCap { group, cap_bps: 20_000 }
        }
        Proposal::List => {
            product.status = 0;
            Proposal::Delist
        }
        Proposal::Delist => {
            product.status = 1;
            Proposal::List
        }
        Proposal::Weight { weight_bps } => {
            product.weight_bps = weight_bps;
            Proposal::Weight { weight_bps: 10_000 }
        }
        Proposal::Curve(new) => {
            (product.r0_ppm, product.r1_ppm, product.r2_ppm) = (new.r0_ppm, new.r1_ppm, new.r2_ppm);
            product.kink_bps = new.kink_bps;
            Proposal::Curve(PriceCurve { r0_ppm: 20_000, r1_ppm: 50_000, r2_ppm: 200_000, kink_bps: 8_000 })
        }
        // Those that hold while it covers something stay, or fall at once.
        Proposal::Bonds { incident_bond, claim_bond_bps } => {
            (product.next_incident_bond, product.next_claim_bond_bps) = (incident_bond, claim_bond_bps);
            product.incident_bond = product.incident_bond.min(incident_bond);
            product.claim_bond_bps = product.claim_bond_bps.min(claim_bond_bps);
            Proposal::Bonds { incident_bond: 500 * UNIT, claim_bond_bps: 100 }
        }
    };
    (pool, product, before)
}

#[test]
fn each_kind_changes_what_it_names_and_nothing_else() {
    for nth in 0..KINDS {
        let mut world = stage();
        let (proposal, index) = one_of_each(&mut world)[nth];
        let id = queued(&mut world, &proposal, index);
        let applies_at = world.read_change(id).applies_at;
        move_to(&mut world, applies_at);
        let number = index.unwrap_or(0);
        world.roll_product(number).ok();
        if let Proposal::Authority { .. } = proposal {
            world.apply(id, index).fails(E::NotNewAuthority);
            continue;
        }
        let (pool, product, change) = (world.read_pool(), world.read_product(number), world.read_change(id));
        let held = world.vault_balance();
        let receipt = world.apply(id, index).ok();

        let (pool, product, before) = expected(&world, &proposal, pool, product);
        // Nothing else is queued.
        let pool = Pool { awaiting_changes: 0, exits_awaited_until: 0, ..pool };
        assert_eq!(world.read_pool(), pool, "{proposal:?}");
        assert_eq!(world.read_product(number), product, "{proposal:?}");
        assert_eq!(world.read_change(id), Change { state: 2, ..change });
        assert_eq!(world.vault_balance(), held);
        let event = ChangeApplied {
            pool: world.pool(),
            change: world.change(id),
            before: brief(&before),
            after: brief(&proposal),
        };
        assert_eq!(only_event(&receipt), Event::ChangeApplied(event));
        world.check_books();
        world.apply(id, index).fails(E::ChangeNotQueued);
    }
}

/// The pool knows the least capital of each of the last days, whatever its season was.
#[test]
fn a_new_season_counts_from_the_moment_it_applies() {
    for (old, new) in [(14, 2), (2, 14)] {
        let mut world = found_with(World::bare(), PoolParams { season_days: old, ..params() });
        let id = queued(&mut world, &Proposal::Season { season_days: new }, None);
        world.pass(TIMELOCK - 4 * DAY);
        world.fund("bert", 500_000 * UNIT);
        world.deposit("bert", 500_000 * UNIT).ok();
        let shares = world.share_supply();
        world.pass(4 * DAY);
        world.roll_product(0).ok();
        // In two days bert's have stayed for a season, in fourteen ada's alone.
        let counted = |days| if days == 2 { shares } else { 1_000_000 * UNIT * 1_000 };
        assert_eq!(world.read_pool().seasoned_shares, counted(old));
        world.apply(id, None).ok();
        assert_eq!(world.read_pool().seasoned_shares, counted(new));
    }
}

#[test]
fn it_waits_to_the_second_and_lapses_to_the_second() {
    let mut world = stage();
    let [first, second] = [0; 2].map(|_| queued(&mut world, &FEE, None));
    let now = world.now();
    world.apply(first, None).fails(E::ChangeNotDue);
    move_to(&mut world, now + TIMELOCK - 1);
    world.apply(first, None).fails(E::ChangeNotDue);
    let mut late = stage();
    let third = queued(&mut late, &FEE, None);
    world.pass(1);
    world.apply(first, None).ok();

    // Nobody marked the other: whatever cover was sold before its time is over by then, and thirty days more.
    move_to(&mut world, now + TIMELOCK + LAPSE);
    world.apply(second, None).fails(E::ChangeLapsed);
    late.pass(TIMELOCK + LAPSE - 1);
    late.apply(third, None).ok();
    // And years later.
    world.pass_days(1_000);
    world.apply(second, None).fails(E::ChangeLapsed);
}

/// What was queued applies when it said: neither does a longer timelock keep it, nor a shorter one bring it forward.
#[test]
fn another_timelock_moves_nothing_that_is_queued() {
    for timelock in [20 * DAY, 60 * DAY] {
        let mut world = stage();
        let longer = queued(&mut world, &Proposal::Timelock { timelock }, None);
        world.pass(TIMELOCK - 1);
        let fees = queued(&mut world, &FEE, None);
        world.pass(1);
        world.apply(longer, None).ok();
        world.pass(TIMELOCK - 2);
        world.apply(fees, None).fails(E::ChangeNotDue);
        world.pass(1);
        world.apply(fees, None).ok();

        // Shorter again: what was queued before keeps its time.
        let shorter = queued(&mut world, &Proposal::Timelock { timelock: TIMELOCK }, None);
        world.pass(timelock - 1);
        let delist = queued(&mut world, &Proposal::Delist, Some(0));
        let queued_at = world.now();
        world.pass(1);
        world.apply(shorter, None).ok();
        let after = queued(&mut world, &Proposal::Delist, Some(1));
        move_to(&mut world, queued_at + timelock - 1);
        world.apply(delist, Some(0)).fails(E::ChangeNotDue);
        world.apply(after, Some(1)).ok();
        world.pass(1);
        world.apply(delist, Some(0)).ok();
    }
}

/// A longer timelock that is queued before a petition and applies while its ballot runs puts it off no longer than it was.
#[test]
fn a_longer_timelock_puts_off_no_petition_whose_ballot_runs() {
    let mut world = stage();
    let longer = queued(&mut world, &Proposal::Timelock { timelock: 92 * DAY }, None);
    world.pass(TIMELOCK - DAY);
    let id = petitioned(&mut world, &Proposal::Delist, Some(0));
    world.pass_days(1);
    world.apply(longer, None).ok();
    final_by(&mut world, id, Some(FOR));
    world.queue(id).ok();
    world.pass(TIMELOCK - 1);
    world.apply(id, Some(0)).fails(E::ChangeNotDue);
    world.pass(1);
    world.apply(id, Some(0)).ok();
}

/// No money moves and nothing is read that time changes, so the books stay where they were.
#[test]
fn it_leaves_the_books_where_they_were() {
    let mut world = stage();
    let id = queued(&mut world, &Proposal::Weight { weight_bps: 9_000 }, Some(0));
    world.pass(TIMELOCK + 25 * DAY);
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert!(pool.accrued_at < world.now() - 25 * DAY);
    world.apply(id, Some(0)).ok();
    let (after, changed) = (world.read_pool(), world.read_product(0));
    assert_eq!(after, Pool { terms: pool.terms + 1, awaiting_changes: 0, exits_awaited_until: 0, ..pool });
    assert_eq!(changed, Product { weight_bps: 9_000, set_by: [0, 1, 0, 0], ..product });
    world.check_books();
}

/// Bonds out of bounds: a hundredth of the largest sum insured is the most of one, a fifth of the claim of the other.
const BAD_BONDS: [(u64, u16); 4] = [(0, 100), (1_000_000 * UNIT + 1, 100), (500 * UNIT, 0), (500 * UNIT, 2_001)];

#[test]
fn bounds_are_checked_again() {
    let offset = offset_of!(Change, proposal);
    let mut world = stage();
    // No instruction writes these down.
    let id = queued(&mut world, &FEE, None);
    let delist = queued(&mut world, &Proposal::Delist, Some(0));
    let (address, of_product) = (world.change(id), world.change(delist));
    world.pass(TIMELOCK);
    for (proposal, index, error) in crate::propose_change::refused() {
        // No account is at that address.
        if matches!(proposal, Proposal::Court { .. } | Proposal::Authority { .. }) {
            continue;
        }
        let (address, id) = if index.is_some() { (of_product, delist) } else { (address, id) };
        edit(&mut world, &address, offset, &stored(&proposal));
        world.apply(id, index).fails(error);
    }
    // Together with the exit delay it would leave too little.
    edit(&mut world, &address, offset, &stored(&Proposal::Timelock { timelock: TIMELOCK - 1 }));
    world.apply(id, None).fails(E::BadTimelock);
    edit(&mut world, &address, offset, &stored(&Proposal::ExitDelay { exit_delay_days: 8 }));
    world.apply(id, None).fails(E::BadTimelock);
    for (incident_bond, claim_bond_bps) in BAD_BONDS {
        edit(&mut world, &of_product, offset, &stored(&Proposal::Bonds { incident_bond, claim_bond_bps }));
        world.apply(delist, Some(0)).fails(E::BadBond);
    }
    let kinds = u8::try_from(ProposalKind::ALL.len()).expect("it fits");
    edit(&mut world, &address, offset, &[kinds; PROPOSAL_BYTES]);
    world.apply(id, None).fails(E::UnknownState);
    // A kind of the other sort than the accounts.
    edit(&mut world, &address, offset, &stored(&Proposal::Delist));
    world.apply(id, None).fails(E::ChangeProduct);
    edit(&mut world, &of_product, offset, &stored(&FEE));
    world.apply(delist, Some(0)).fails(E::ChangeProduct);
    // That of a group that is none.
    edit(&mut world, &address, offset, &stored(&Proposal::GroupCap { group: 16, cap_bps: 0 }));
    world.apply(id, None).fails(E::BadGroup);
    edit(&mut world, &address, offset_of!(Change, state), &[5]);
    world.apply(id, None).fails(E::UnknownState);
}

#[test]
fn sales_after_it_follow_the_new_terms() {
    let mut world = stage();
    world.fund("fay", 100_000 * UNIT);
    let curve = PriceCurve { r0_ppm: 100_000, r1_ppm: 100_000, r2_ppm: 100_000, kink_bps: 5_000 };
    changed(&mut world, &Proposal::Curve(curve), Some(0));
    for fee in [FEE, Proposal::AssessorFee { assessor_fee_bps: 0 }, Proposal::CancelFee { cancel_fee_bps: 2_000 }] {
        changed(&mut world, &fee, None);
    }
    world.buy("fay", 0, 0, 10_000 * UNIT, 30).ok();
    let policy: Policy = world.chain.read(&world.policy(0, "fay", 0));
    let seconds: u128 = Period::of_sale(policy.bought_at, 1, 30, 30).unwrap().seconds.into();
    let premium = (u128::from(10_000 * UNIT) * 100_000 * seconds).div_ceil(1_000_000 * 365 * u128::from(DAY));
    assert_eq!(u128::from(policy.premium), premium);
    assert_eq!((policy.protocol_fee, policy.assessor_fee), (policy.premium / 5, 0));
    assert_eq!(policy.cancel_fee_bps, 2_000);

    // Caps fall under what is sold: nothing more is, and nobody loses cover.
    changed(&mut world, &Proposal::Weight { weight_bps: 1 }, Some(0));
    world.buy("fay", 0, 1, UNIT, 30).fails(E::ProductCapacity);
    changed(&mut world, &Proposal::GroupCap { group: 1, cap_bps: 1 }, None);
    world.buy("fay", 1, 0, UNIT, 30).fails(E::GroupCapacity);
    // One above the leverage leaves that as the limit.
    changed(&mut world, &Proposal::GroupCap { group: 1, cap_bps: 50_000 }, None);
    changed(&mut world, &Proposal::Leverage { leverage_bps: 10_000 }, None);
    world.buy("fay", 1, 0, 600_000 * UNIT, 30).fails(E::PoolCapacity);
    assert_eq!(world.read_product(0).active_cover, 310_000 * UNIT);
    world.check_books();
}

#[test]
fn a_new_exit_delay_is_for_new_exits_and_lets_nobody_overtake() {
    let mut world = stage();
    let id = queued(&mut world, &Proposal::ExitDelay { exit_delay_days: 1 }, None);
    world.pass(TIMELOCK - 3_600);
    let (number, day) = world.exit_epoch();
    world.request_exit("ada", 0, 1_000 * UNIT).ok();
    world.pass(3_600);
    world.apply(id, None).ok();
    // The day after tomorrow would be ahead of those who wait.
    assert_eq!(world.exit_epoch(), (number, day));
    world.request_exit("ada", 1, 2_000 * UNIT).ok();
    move_to(&mut world, day * DAY - 1);
    world.pay_exits().fails(E::ExitNotDue);
    world.pass(1);
    world.pay_exits().ok();
    for ticket in [0, 1] {
        world.collect_exit("ada", ticket).ok();
    }
    // Nobody waits any more: a full day from now, at midnight.
    assert_eq!(world.exit_epoch(), (number + 1, day + 1));
    world.pass(1);
    assert_eq!(world.exit_epoch(), (number + 1, day + 2));
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let id = queued(&mut world, &Proposal::Delist, Some(0));
    let of_pool = queued(&mut world, &FEE, None);
    world.pass(TIMELOCK);
    let accounts = world.apply_accounts(id, Some(0));
    let (pool, own) = (world.pool(), world.product(0));
    let [forged_pool, forged_change, forged_product] =
        [pool, accounts.change, own].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let assembly = world.assembly();
    let rows = [
        (0, second, error(E::WrongPool)),
        (0, own, DUPLICATE),
        (0, assembly, TOO_SMALL),
        (0, forged_pool, NOT_OURS),
        (1, world.change(of_pool), error(E::WrongProduct)),
        (1, assembly, OTHER_TYPE),
        (1, forged_change, NOT_OURS),
        (2, world.product(1), error(E::WrongProduct)),
        (2, product_address(&second, 0), error(E::WrongProduct)),
        (2, assembly, TOO_SMALL),
        (2, forged_product, NOT_OURS),
        (3, own, DUPLICATE),
        (3, assembly, OTHER_TYPE),
        (8, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    world.apply(id, None).fails(E::ChangeProduct);
    world.apply(of_pool, Some(0)).fails(E::WrongProduct);
    writes(&mut world, &instruction, &[], &[0, 1, 2]);
    world.send(instruction, &[]).ok();
}

#[test]
fn a_change_of_another_pool_does_not_fit() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let address = change_address(&second, &world.key("founder"), 0);
    let list = world.propose_accounts("founder", 0, None);
    let propose = ProposeChange { pool: second, change: address, ..list };
    world.send(propose.instruction(0, &FEE), &["founder"]).ok();
    world.pass(TIMELOCK);
    let accounts = ApplyChange { change: address, ..world.apply_accounts(0, None) };
    world.send(accounts.instruction(), &[]).fails(E::WrongPool);
    let accounts = ApplyChange { pool: second, change: address, ..world.apply_accounts(0, None) };
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(world.read_pool().protocol_fee_bps, 500);
}

/// A change that is due now, and ada asked to be gone before it, `late` seconds after the last in which that is in time: she is due.
fn asked(late: u64) -> (Play, u64) {
    let mut world = stage();
    let id = queued(&mut world, &FEE, None);
    let Change { applies_at, exits_until, .. } = world.read_change(id);
    // The exit delay and a day before the wait ends.
    assert_eq!(exits_until, applies_at - 8 * DAY);
    move_to(&mut world, exits_until + late);
    world.request_exit("ada", 0, 100_000 * UNIT * 1_000).ok();
    move_to(&mut world, applies_at);
    (world, id)
}

/// Nobody has paid the first exits within a day of when it could be done: they are called, and paid a day later.
fn let_go(world: &mut Play) {
    world.call_exits().ok();
    world.pass_days(1);
    world.pay_exits().ok();
}

#[test]
fn anyone_who_asked_in_time_leaves_before_it() {
    let (mut world, id) = asked(0);
    world.apply(id, None).fails(E::ExitsWait);
    let_go(&mut world);
    world.apply(id, None).ok();

    let (mut world, id) = asked(1);
    world.apply(id, None).ok();
}

#[test]
fn those_who_wait_are_looked_up_in_the_first_epoch() {
    let (mut world, id) = asked(0);
    world.request_exit("ada", 1, 1_000 * UNIT).ok();
    let (pool, accounts) = (world.pool(), world.apply_accounts(id, None));
    assert_eq!(accounts.first_exit, Some(exit_epoch_address(&pool, 0)));
    let second = Some(exit_epoch_address(&pool, 1));
    for first_exit in [None, second] {
        world.send(ApplyChange { first_exit, ..accounts }.instruction(), &[]).fails(E::WrongExitEpoch);
    }
    // That of another pool, of which nothing can be paid.
    let other = second_pool(&mut world);
    world.fund("zoe", 1_000 * UNIT);
    let (share_mint, vault) = (share_mint_address(&other, 0), vault_address(&other));
    let owner_shares = world.open_tokens("zoe", &share_mint);
    let seen = world.chain.read::<Pool>(&other).seen().expect("it fits");
    let deposit = Deposit { pool: other, owner_shares, vault, share_mint, ..world.deposit_accounts("zoe") };
    world.send(deposit.instruction(1_000 * UNIT, 0, &seen), &["zoe"]).ok();
    let epoch = exit_epoch_address(&other, 0);
    let request = RequestExit {
        pool: other,
        ticket: exit_ticket_address(&other, &world.key("zoe"), 0),
        epoch,
        owner_shares,
        exit_escrow: exit_escrow_address(&other, 0),
        ..world.request_exit_accounts("zoe", 0, 0)
    };
    world.send(request.instruction(0, 0, UNIT), &["zoe"]).ok();
    let elsewhere = ApplyChange { first_exit: Some(epoch), ..accounts };
    world.send(elsewhere.instruction(), &[]).fails(E::WrongPool);
    let forged = forge(&mut world, &exit_epoch_address(&pool, 0));
    world.send(ApplyChange { first_exit: Some(forged), ..accounts }.instruction(), &[]).fails_with(NOT_OURS);

    let_go(&mut world);
    // The second asked too late to be waited for, and once all have left no epoch is needed.
    world.apply(id, None).ok();
}

#[test]
fn an_incident_holds_up_neither_exits_nor_changes() {
    let (mut world, id) = asked(0);
    world.fund("opal", 10_000 * UNIT);
    let now = world.now();
    world.open_incident("opal", 0, 0, now - 60).ok();
    world.apply(id, None).fails(E::ExitsWait);
    let_go(&mut world);
    assert!(world.read_pool().contested > 0, "the leavers' part of the lien stays");
    world.apply(id, None).ok();
    world.check_books();
}

#[test]
fn filing_that_nobody_ended_holds_both_up() {
    let mut world = stage();
    world.fund("opal", 10_000 * UNIT);
    let (now, incident) = (world.now(), world.incident(0, 0));
    world.open_incident("opal", 0, 0, now - 60).ok();
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    let filing_ends_at = world.chain.read::<Incident>(&incident).filing_ends_at;
    move_to(&mut world, filing_ends_at - TIMELOCK);
    let id = queued(&mut world, &FEE, None);
    world.request_exit("ada", 0, 1_000 * UNIT).ok();
    move_to(&mut world, filing_ends_at);
    world.pay_exits().fails(E::FilingDue);
    world.apply(id, None).fails(E::ExitsWait);
    world.end_filing(0, 0).ok();
    world.apply(id, None).fails(E::ExitsWait);
    let_go(&mut world);
    world.apply(id, None).ok();
}
