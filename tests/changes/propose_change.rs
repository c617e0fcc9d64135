//! `propose_change`: the pool's authority queues a change; bounds hold from the start.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, product_params};
use solana_instruction_error::InstructionError as I;

#[test]
fn it_writes_each_kind_down() {
    let mut world = stage();
    let (pool, founder, now) = (world.pool(), world.key("founder"), world.now());
    // All but the words of shares, which these have not.
    let kinds = ProposalKind::ALL.iter().map(|kind| kind.byte()).filter(|kind| *kind != 15);
    for ((id, kind), (proposal, index)) in (0_u64..).zip(kinds).zip(one_of_each(&mut world)) {
        let before = world.read_pool();
        let receipt = world.propose(&proposal, index).ok();
        let address = change_address(&pool, &founder, id);
        let product = index.map_or(NOBODY, |index| world.product(index));
        // What the court is, its stakers have time for.
        let notice = if kind == 14 { TIMELOCK + 98 * DAY } else { 0 };
        let (applies_at, delay) = (now + TIMELOCK + notice, u64::from(before.exit_delay_days));
        let expected = Change {
            version: 1,
            bump: bump(&[b"change", pool.as_ref(), founder.as_ref(), &id.to_le_bytes()]),
            state: 1,
            bond_state: 2,
            pool,
            product,
            proposer: founder,
            rent_payer: founder,
            id,
            queued_at: now,
            number: id + 1,
            applies_at,
            exits_until: applies_at - (delay + 1) * DAY,
            proposal: stored(&proposal),
            timelock: TIMELOCK,
            ..zeroed()
        };
        let found = world.read_change(id);
        assert_eq!(found, expected);
        assert_eq!(found.proposal[0], kind, "kinds keep their numbers");
        assert_eq!(Proposal::from_bytes(&found.proposal).unwrap(), proposal);
        let after = world.read_pool();
        let (change_count, queued_count) = (id + 1, id + 1);
        let (terms, children) = (before.terms + 1, before.children + 1);
        // Exits are awaited by all that may raise risk.
        let awaits = !matches!(kind, 6 | 10 | 11 | 13 | 15 | 18);
        let until = if awaits { found.exits_until } else { 0 };
        let exits_awaited_until = before.exits_awaited_until.max(until);
        let awaiting_changes = before.awaiting_changes + u32::from(awaits);
        let queued =
            Pool { change_count, queued_count, terms, children, exits_awaited_until, awaiting_changes, ..before };
        assert_eq!(after, queued);
        let event = ChangeProposed {
            pool,
            change: address,
            product,
            proposer: founder,
            ballot: NOBODY,
            proposal: stored(&proposal),
            bond: 0,
            applies_at,
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
    let instruction = accounts.instruction(0, &FEE);
    world.send(instruction.clone(), &["founder", "sponsor"]).ok();
    assert_eq!(world.read_change(0).rent_payer, accounts.payer);
    assert_eq!(purse(&mut world, "sponsor"), before - lamports(&mut world, &accounts.change));

    let accounts = ProposeChange { payer: world.key("sponsor"), ..world.propose_accounts("founder", 1, None) };
    let instruction = accounts.instruction(1, &FEE);
    world.send(unsigned(instruction.clone(), 0), &["sponsor"]).fails_with(UNSIGNED);
    world.send(unsigned(instruction, 1), &["founder"]).fails_with(UNSIGNED);
}

#[test]
fn every_bound_is_accepted() {
    let mut world = stage();
    let assembly = second_assembly(&mut world);
    let of_pool = [
        Proposal::MinPremium { min_premium: 1 },
        Proposal::MinPremium { min_premium: 1 << 56 },
        Proposal::VoteReward { vote_reward: 0 },
        Proposal::VoteReward { vote_reward: 1 << 56 },
        Proposal::AssessorsLimit { assessors_limit: 0 },
        Proposal::AssessorsLimit { assessors_limit: u64::MAX },
        // What it must leave room for is looked at when it is applied.
        Proposal::Timelock { timelock: 0 },
        Proposal::Timelock { timelock: 92 * DAY },
        Proposal::ExitDelay { exit_delay_days: 1 },
        Proposal::ExitDelay { exit_delay_days: 90 },
        Proposal::Season { season_days: 2 },
        Proposal::Season { season_days: 30 },
        Proposal::Leverage { leverage_bps: 10_000 },
        Proposal::Leverage { leverage_bps: 19_999 },
        Proposal::ProtocolFee { protocol_fee_bps: 0 },
        Proposal::ProtocolFee { protocol_fee_bps: 2_000 },
        Proposal::AssessorFee { assessor_fee_bps: 0 },
        Proposal::AssessorFee { assessor_fee_bps: 1_000 },
        Proposal::CancelFee { cancel_fee_bps: 0 },
        Proposal::CancelFee { cancel_fee_bps: 2_000 },
        Proposal::Guardian { guardian: NOBODY },
        Proposal::Arbiter { arbiter: NOBODY },
        Proposal::Court { assembly },
        Proposal::GroupCap { group: 0, cap_bps: 0 },
        Proposal::GroupCap { group: 15, cap_bps: 50_000 },
        // Without a floor and a limit these are the least, and there is no most.
        Proposal::StakeFloor { stake_floor: 1 },
        Proposal::StakeFloor { stake_floor: u64::MAX },
        Proposal::CoverPerStake { cover_per_stake: 1 },
        Proposal::CoverPerStake { cover_per_stake: u64::MAX },
    ];
    for proposal in of_pool {
        world.propose(&proposal, None).ok();
    }
    for weight_bps in [1, 9_999] {
        world.propose(&Proposal::Weight { weight_bps }, Some(0)).ok();
    }
    for curve in [[0, 0, 0, 1], [1_000_000, 1_000_000, 1_000_000, 9_999], [0, 0, 1_000_000, 5_000]] {
        world.propose(&curve_of(curve), Some(0)).ok();
    }
    for (incident_bond, claim_bond_bps) in [(1, 1), (1_000_000 * UNIT, 2_000)] {
        world.propose(&Proposal::Bonds { incident_bond, claim_bond_bps }, Some(0)).ok();
    }
}

fn curve_of([r0_ppm, r1_ppm, r2_ppm, kink]: [u32; 4]) -> Proposal {
    Proposal::Curve(PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps: u16::try_from(kink).unwrap() })
}

/// Everything that the bounds refuse, one past each, with the product it is about.
pub fn refused() -> Vec<(Proposal, Option<u16>, E)> {
    let of_pool = [
        (Proposal::MinPremium { min_premium: 0 }, E::BadMinPremium),
        (Proposal::MinPremium { min_premium: (1 << 56) + 1 }, E::BadMinPremium),
        (Proposal::VoteReward { vote_reward: (1 << 56) + 1 }, E::BadVoteReward),
        (Proposal::VoteReward { vote_reward: u64::MAX }, E::BadVoteReward),
        (Proposal::Timelock { timelock: 92 * DAY + 1 }, E::BadTimelock),
        (Proposal::Timelock { timelock: u64::MAX }, E::BadTimelock),
        (Proposal::ExitDelay { exit_delay_days: 0 }, E::BadExitDelay),
        (Proposal::ExitDelay { exit_delay_days: 91 }, E::BadExitDelay),
        (Proposal::Season { season_days: 0 }, E::BadSeason),
        (Proposal::Season { season_days: 31 }, E::BadSeason),
        (Proposal::Leverage { leverage_bps: 9_999 }, E::BadLeverage),
        (Proposal::Leverage { leverage_bps: 50_001 }, E::BadLeverage),
        (Proposal::Leverage { leverage_bps: 20_001 }, E::LeverageRises),
        (Proposal::ProtocolFee { protocol_fee_bps: 2_001 }, E::FeeTooHigh),
        (Proposal::AssessorFee { assessor_fee_bps: 1_001 }, E::FeeTooHigh),
        (Proposal::CancelFee { cancel_fee_bps: 2_001 }, E::FeeTooHigh),
        (Proposal::CancelFee { cancel_fee_bps: u16::MAX }, E::FeeTooHigh),
        (Proposal::GroupCap { group: 16, cap_bps: 1 }, E::BadGroup),
        (Proposal::GroupCap { group: 15, cap_bps: 50_001 }, E::BadGroupCap),
        (Proposal::Authority { authority: NOBODY }, E::ZeroAddress),
        (Proposal::Treasury { treasury: NOBODY }, E::ZeroAddress),
        (Proposal::Court { assembly: NOBODY }, E::ZeroAddress),
    ];
    let mut rows = of_pool.map(|(proposal, error)| (proposal, None, error)).to_vec();
    for weight_bps in [0, 10_001] {
        rows.push((Proposal::Weight { weight_bps }, Some(0), E::BadWeight));
    }
    for curve in [[2, 1, 3, 5], [1, 3, 2, 5], [1, 2, 1_000_001, 5], [1, 2, 3, 0], [1, 2, 3, 10_000]] {
        rows.push((curve_of(curve), Some(0), E::BadCurve));
    }
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
    for (proposal, index) in one_of_each(&mut world) {
        let other = if index.is_some() { None } else { Some(0) };
        world.propose(&proposal, other).fails(E::ChangeProduct);
    }
}

#[test]
fn what_changes_nothing_is_refused() {
    let mut world = stage();
    world.list_product(2, product_params("Draft")).ok();
    let params = params();
    let [founder, guardian, arbiter, treasury] =
        ["founder", "guardian", "arbiter", "treasury"].map(|name| world.key(name));
    let assembly = world.assembly();
    let curve = PriceCurve { r0_ppm: 20_000, r1_ppm: 50_000, r2_ppm: 200_000, kink_bps: 8_000 };
    let rows = [
        (Proposal::MinPremium { min_premium: params.min_premium }, None),
        (Proposal::VoteReward { vote_reward: REWARD }, None),
        (Proposal::AssessorsLimit { assessors_limit: params.assessors_limit }, None),
        (Proposal::Timelock { timelock: TIMELOCK }, None),
        (Proposal::ExitDelay { exit_delay_days: 7 }, None),
        (Proposal::Season { season_days: 1 }, None),
        (Proposal::Leverage { leverage_bps: 20_000 }, None),
        (Proposal::ProtocolFee { protocol_fee_bps: 500 }, None),
        (Proposal::AssessorFee { assessor_fee_bps: 500 }, None),
        (Proposal::CancelFee { cancel_fee_bps: 500 }, None),
        (Proposal::Authority { authority: founder }, None),
        (Proposal::Guardian { guardian }, None),
        (Proposal::Arbiter { arbiter }, None),
        (Proposal::Treasury { treasury }, None),
        (Proposal::Court { assembly }, None),
        (Proposal::GroupCap { group: 0, cap_bps: 20_000 }, None),
        (Proposal::GroupCap { group: 15, cap_bps: 20_000 }, None),
        (Proposal::StakeFloor { stake_floor: params.stake_floor }, None),
        (Proposal::CoverPerStake { cover_per_stake: params.cover_per_stake }, None),
        (Proposal::List, Some(0)),
        // A draft is not on sale.
        (Proposal::Delist, Some(2)),
        (Proposal::Weight { weight_bps: 10_000 }, Some(0)),
        (Proposal::Curve(curve), Some(0)),
        (Proposal::Bonds { incident_bond: 500 * UNIT, claim_bond_bps: 100 }, Some(0)),
    ];
    for (proposal, index) in rows {
        world.propose(&proposal, index).fails(E::NothingChanges);
        world.petition("vera", &proposal, index).fails(E::NothingChanges);
    }
    assert_eq!(world.read_pool().change_count, 0);
    // Nor can what has been set already be proposed again, and bonds are compared with those that are to come.
    let bonds = Proposal::Bonds { incident_bond: 500 * UNIT, claim_bond_bps: 101 };
    changed(&mut world, &bonds, Some(0));
    assert_eq!(world.read_product(0).claim_bond_bps, 100, "it covers something");
    world.propose(&bonds, Some(0)).fails(E::NothingChanges);
    world.propose(&Proposal::Bonds { incident_bond: 500 * UNIT, claim_bond_bps: 100 }, Some(0)).ok();
    changed(&mut world, &Proposal::Delist, Some(0));
    world.propose(&Proposal::Delist, Some(0)).fails(E::NothingChanges);
}

#[test]
fn a_kind_that_does_not_exist_is_refused() {
    let mut world = stage();
    let mut instruction = world.propose_accounts("founder", 0, None).instruction(0, &Proposal::List);
    let kinds = u8::try_from(ProposalKind::ALL.len()).expect("it fits");
    for kind in [kinds, 255] {
        instruction.data[9] = kind;
        world.send(instruction.clone(), &["founder"]).fails_with(I::InvalidInstructionData);
    }
    // And one that is cut off.
    let mut instruction = world.propose_accounts("founder", 0, None).instruction(0, &FEE);
    instruction.data.pop();
    world.send(instruction, &["founder"]).fails_with(I::InvalidInstructionData);
}

#[test]
fn only_the_authority_proposes() {
    let mut world = stage();
    for name in ["guardian", "vera", "nora"] {
        world.give_lamports(name);
        let accounts = world.propose_accounts(name, 0, None);
        world.send(accounts.instruction(0, &FEE), &[name]).fails(E::NotPoolAuthority);
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let (pool, own, assembly, founder) = (world.pool(), world.product(0), world.assembly(), world.key("founder"));
    let [forged_pool, forged_product] = [pool, own].map(|address| forge(&mut world, &address));
    let instruction = world.propose_accounts("founder", 0, Some(0)).instruction(0, &Proposal::Delist);
    let rows = [
        (2, second, SEEDS),
        (2, assembly, TOO_SMALL),
        (2, own, DUPLICATE),
        (2, forged_pool, NOT_OURS),
        (3, product_address(&second, 0), error(E::WrongPool)),
        (3, assembly, TOO_SMALL),
        (3, forged_product, NOT_OURS),
        (4, change_address(&pool, &founder, 1), SEEDS),
        (4, change_address(&pool, &pool, 0), SEEDS),
        (4, change_address(&second, &founder, 0), SEEDS),
        (5, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["founder"], &rows);
    writes(&mut world, &instruction, &["founder"], &[2]);
    world.send(instruction.clone(), &["founder"]).ok();
    // The number is taken.
    world.send(instruction, &["founder"]).fails_with(TAKEN);
}
