//! `propose_change`: the pool's authority queues a change; bounds hold from the start.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::Chain;
use solana_instruction_error::InstructionError as I;

#[test]
fn it_writes_each_kind_down() {
    let mut world = stage();
    let (pool, founder, now) = (world.pool(), world.key("founder"), world.now());
    for (id, (proposal, index)) in (0..).zip(one_of_each(&world)) {
        let before = world.read_pool();
        let receipt = world.propose(&proposal, index).ok();
        let address = change_address(&pool, id);
        let product = index.map_or(NOBODY, |index| world.product(index));
        let expected = Change {
            version: 1,
            bump: bump(&[b"change", pool.as_ref(), &id.to_le_bytes()]),
            state: 1,
            bond_state: 2,
            pool,
            product,
            proposer: founder,
            rent_payer: founder,
            id,
            queued_at: now,
            applies_at: now + TIMELOCK,
            proposal: stored(&proposal),
            ..zeroed()
        };
        let found = world.read_change(id);
        assert_eq!(found, expected);
        assert_eq!(found.proposal[0], u8::try_from(id).unwrap(), "kinds keep their numbers");
        assert_eq!(Proposal::from_bytes(&found.proposal).unwrap(), proposal);
        let after = world.read_pool();
        let (change_count, terms, children) = (id + 1, before.terms + 1, before.children + 1);
        assert_eq!(after, Pool { change_count, terms, children, ..before });
        let event = ChangeProposed {
            pool,
            change: address,
            product,
            proposer: founder,
            ballot: NOBODY,
            proposal: stored(&proposal),
            bond: 0,
            applies_at: now + TIMELOCK,
            earned: 0,
            books: books(&after),
        };
        assert_eq!(only_event(&receipt), Event::ChangeProposed(event));
    }
}

#[test]
fn somebody_else_can_pay_the_rent() {
    let mut world = stage();
    world.give_lamports("sponsor");
    let accounts = ProposeChange { payer: world.key("sponsor"), ..world.propose_accounts("founder", 0, None) };
    let before = purse(&mut world, "sponsor");
    let instruction = accounts.instruction(&Proposal::Fees(new_fees()));
    world.send(instruction.clone(), &["founder", "sponsor"]).ok();
    assert_eq!(world.read_change(0).rent_payer, accounts.payer);
    assert_eq!(purse(&mut world, "sponsor"), before - lamports(&mut world, &accounts.change));

    let accounts = ProposeChange { payer: world.key("sponsor"), ..world.propose_accounts("founder", 1, None) };
    let instruction = accounts.instruction(&Proposal::Fees(new_fees()));
    world.send(unsigned(instruction.clone(), 0), &["sponsor"]).fails_with(UNSIGNED);
    world.send(unsigned(instruction, 1), &["founder"]).fails_with(UNSIGNED);
}

type Limit = fn(&mut PoolLimits);

#[test]
fn every_bound_is_accepted() {
    let good: [Limit; 13] = [
        |l| (l.leverage_bps, l.group_caps_bps) = (10_000, [10_000; 16]),
        |l| (l.leverage_bps, l.group_caps_bps) = (50_000, [50_000; 16]),
        |l| l.group_caps_bps = [0; 16],
        |l| (l.exit_delay_days, l.timelock) = (1, 3 * DAY),
        |l| (l.exit_delay_days, l.timelock) = (90, 92 * DAY),
        |l| (l.exit_delay_days, l.timelock) = (18, 20 * DAY),
        |l| l.timelock = 365 * DAY,
        |l| l.season_days = 1,
        |l| l.season_days = 30,
        |l| l.min_premium = 1,
        |l| l.min_premium = 1 << 56,
        |l| l.vote_reward = 0,
        |l| l.vote_reward = u64::MAX,
    ];
    let mut world = stage();
    for edit in good {
        let mut limits = new_limits();
        edit(&mut limits);
        world.propose(&Proposal::PoolLimits(limits), None).ok();
    }
    for fees in [[0, 0, 0], [2_000, 0, 0], [0, 1_000, 0], [0, 0, 2_000], [2_000, 1_000, 2_000]] {
        world.propose(&fees_of(fees), None).ok();
    }
    for weight_bps in [1, 10_000] {
        world.propose(&Proposal::Weight { weight_bps }, Some(0)).ok();
    }
    for curve in [[0, 0, 0, 1], [1_000_000, 1_000_000, 1_000_000, 9_999], [0, 0, 1_000_000, 5_000]] {
        world.propose(&curve_of(curve), Some(0)).ok();
    }
    for proposal in [Proposal::Guardian { guardian: NOBODY }, Proposal::Arbiter { arbiter: NOBODY }] {
        world.propose(&proposal, None).ok();
    }
}

fn fees_of([protocol_fee_bps, assessor_fee_bps, cancel_fee_bps]: [u16; 3]) -> Proposal {
    Proposal::Fees(Fees { protocol_fee_bps, assessor_fee_bps, cancel_fee_bps })
}

fn curve_of([r0_ppm, r1_ppm, r2_ppm, kink]: [u32; 4]) -> Proposal {
    Proposal::Curve(PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps: u16::try_from(kink).unwrap() })
}

/// Everything that the bounds refuse, one past each, with the product it is about.
pub fn refused() -> Vec<(Proposal, Option<u16>, E)> {
    let bad: [(Limit, E); 16] = [
        (|l| (l.leverage_bps, l.group_caps_bps) = (9_999, [0; 16]), E::BadLeverage),
        (|l| l.leverage_bps = 50_001, E::BadLeverage),
        (|l| l.exit_delay_days = 0, E::BadExitDelay),
        (|l| l.season_days = 0, E::BadSeason),
        (|l| l.season_days = 31, E::BadSeason),
        (|l| (l.exit_delay_days, l.timelock) = (91, 365 * DAY), E::BadExitDelay),
        (|l| l.timelock = 20 * DAY - 1, E::BadTimelock),
        (|l| (l.exit_delay_days, l.timelock) = (1, 3 * DAY - 1), E::BadTimelock),
        (|l| (l.exit_delay_days, l.timelock) = (90, 92 * DAY - 1), E::BadTimelock),
        (|l| l.exit_delay_days = 19, E::BadTimelock),
        (|l| l.timelock = 365 * DAY + 1, E::BadTimelock),
        (|l| l.timelock = u64::MAX, E::BadTimelock),
        (|l| l.group_caps_bps[0] = 15_001, E::BadGroupCap),
        (|l| l.group_caps_bps[15] = 15_001, E::BadGroupCap),
        (|l| l.min_premium = 0, E::BadMinPremium),
        (|l| l.min_premium = (1 << 56) + 1, E::BadMinPremium),
    ];
    let mut rows = Vec::new();
    for (edit, error) in bad {
        let mut limits = new_limits();
        edit(&mut limits);
        rows.push((Proposal::PoolLimits(limits), None, error));
    }
    for fees in [[2_001, 0, 0], [0, 1_001, 0], [0, 0, 2_001], [u16::MAX; 3]] {
        rows.push((fees_of(fees), None, E::FeeTooHigh));
    }
    for weight_bps in [0, 10_001] {
        rows.push((Proposal::Weight { weight_bps }, Some(0), E::BadWeight));
    }
    for curve in [[2, 1, 3, 5], [1, 3, 2, 5], [1, 2, 1_000_001, 5], [1, 2, 3, 0], [1, 2, 3, 10_000]] {
        rows.push((curve_of(curve), Some(0), E::BadCurve));
    }
    rows.push((Proposal::Authority { authority: NOBODY }, None, E::ZeroAddress));
    rows.push((Proposal::Treasury { treasury: NOBODY }, None, E::ZeroAddress));
    rows
}

#[test]
fn one_past_every_bound_is_refused() {
    let mut world = stage();
    for (proposal, index, error) in refused() {
        world.propose(&proposal, index).fails(error);
    }
    assert_eq!(world.read_pool().change_count, 0);
    assert!(world.chain.account(&world.change(0)).is_none(), "a failure leaves nothing behind");
}

#[test]
fn a_change_of_a_product_names_it_and_only_such_a_change() {
    let mut world = stage();
    for (proposal, index) in one_of_each(&world) {
        let other = if index.is_some() { None } else { Some(0) };
        world.propose(&proposal, other).fails(E::ChangeProduct);
    }
}

#[test]
fn a_kind_that_does_not_exist_is_refused() {
    let mut world = stage();
    let mut instruction = world.propose_accounts("founder", 0, None).instruction(&Proposal::List);
    for kind in [11, 255] {
        instruction.data[1] = kind;
        world.send(instruction.clone(), &["founder"]).fails_with(I::InvalidInstructionData);
    }
    // And one that is cut off.
    let mut instruction = world.propose_accounts("founder", 0, None).instruction(&Proposal::Fees(new_fees()));
    instruction.data.pop();
    world.send(instruction, &["founder"]).fails_with(I::InvalidInstructionData);
}

#[test]
fn only_the_authority_proposes() {
    let mut world = stage();
    for name in ["guardian", "vera", "nora"] {
        world.give_lamports(name);
        let accounts = world.propose_accounts(name, 0, None);
        world.send(accounts.instruction(&Proposal::Fees(new_fees())), &[name]).fails(E::NotPoolAuthority);
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let (pool, own, assembly) = (world.pool(), world.product(0), world.assembly());
    let [forged_pool, forged_product] = [pool, own].map(|address| forge(&mut world, &address));
    let instruction = world.propose_accounts("founder", 0, Some(0)).instruction(&Proposal::Delist);
    let rows = [
        (2, second, SEEDS),
        (2, assembly, TOO_SMALL),
        (2, own, DUPLICATE),
        (2, forged_pool, NOT_OURS),
        (3, product_address(&second, 0), error(E::WrongPool)),
        (3, assembly, TOO_SMALL),
        (3, forged_product, NOT_OURS),
        (4, change_address(&pool, 1), SEEDS),
        (4, change_address(&second, 0), SEEDS),
        (5, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["founder"], &rows);
    writes(&mut world, &instruction, &["founder"], &[2]);
    world.send(instruction.clone(), &["founder"]).ok();
    // The number is taken.
    world.send(instruction, &["founder"]).fails_with(SEEDS);
}
