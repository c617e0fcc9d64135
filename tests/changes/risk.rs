//! Which changes wait until everybody has left who asked in time, and which for the timelock alone.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, product_params};
use std::{collections::BTreeSet, mem::offset_of};

/// How long changes wait here, seconds.
const WAIT: u64 = 20 * DAY;
/// The stake of the court below which nothing is sold, atoms: half of what there is.
const FLOOR: u64 = 500 * UNIT;
/// How much cover 10^9 atoms of it carry, atoms: more than the leverage allows.
const PER_STAKE: u64 = 3_000_000 * UNIT;

/// The stage of the other suites with values that can be moved both ways: a longer timelock and season, limits by the court's stake, and
/// product 2, a draft that has half the weight of the others. Its shares have words.
fn movable() -> Lite {
    let params =
        PoolParams { timelock: WAIT, season_days: 2, stake_floor: FLOOR, cover_per_stake: PER_STAKE, ..params() };
    let mut world = found_with(World { share_program: TOKEN_2022, ..World::lite_bare() }, params);
    world.list_product(2, ProductParams { group: 2, weight_bps: 5_000, ..product_params("Bridge") }).ok();
    world.give_lamports("nora");
    world
}

/// Fay buys all cover that leverage allows, for most of a year, and ada asks for nearly all of her shares: cover keeps them in.
fn sell_out(world: &mut Lite) {
    world.fund("fay", 1_000_000 * UNIT);
    for index in [0, 1] {
        let room = world.read_product(index).room(&world.read_pool(), &world.read_assembly()).expect("it fits");
        world.buy("fay", index, 0, room.min(700_000 * UNIT), 300).ok();
    }
    world.request_exit("ada", 0, 990_000 * UNIT * 1_000).ok();
}

/// A curve that differs from that of the products by these.
fn curve(r0: i32, r1: i32, r2: i32, kink: i16) -> Proposal {
    Proposal::Curve(PriceCurve {
        r0_ppm: 20_000_u32.checked_add_signed(r0).expect("a rate"),
        r1_ppm: 50_000_u32.checked_add_signed(r1).expect("a rate"),
        r2_ppm: 200_000_u32.checked_add_signed(r2).expect("a rate"),
        kink_bps: 8_000_u16.checked_add_signed(kink).expect("a kink"),
    })
}

fn bonds(incident_bond: u64, claim_bond_bps: u16) -> Proposal {
    Proposal::Bonds { incident_bond, claim_bond_bps }
}

/// Every parameter moved both ways, as little as can be, and whether that waits for those who leave.
fn moves(world: &mut Lite) -> Vec<(Proposal, Option<u16>, bool)> {
    let (nora, assembly) = (world.key("nora"), second_assembly(world));
    let words = ShareWords::new("Name", "SYM", "").expect("they fit");
    // Below the old one around its own kink only.
    let dent = PriceCurve { r0_ppm: 21_000, r1_ppm: 38_000, r2_ppm: 200_000, kink_bps: 5_000 };
    let of_pool = [
        (Proposal::MinPremium { min_premium: 999 }, true),
        (Proposal::MinPremium { min_premium: 1_001 }, false),
        (Proposal::VoteReward { vote_reward: REWARD - 1 }, true),
        (Proposal::VoteReward { vote_reward: REWARD + 1 }, true),
        (Proposal::AssessorsLimit { assessors_limit: 1_000_000_000_001 }, true),
        (Proposal::AssessorsLimit { assessors_limit: 999_999_999_999 }, true),
        (Proposal::Timelock { timelock: WAIT - 1 }, true),
        (Proposal::Timelock { timelock: WAIT + 1 }, false),
        (Proposal::ExitDelay { exit_delay_days: 6 }, true),
        (Proposal::ExitDelay { exit_delay_days: 8 }, true),
        (Proposal::Season { season_days: 1 }, true),
        (Proposal::Season { season_days: 3 }, false),
        (Proposal::Leverage { leverage_bps: 19_999 }, false),
        (Proposal::ProtocolFee { protocol_fee_bps: 499 }, true),
        (Proposal::ProtocolFee { protocol_fee_bps: 501 }, true),
        (Proposal::AssessorFee { assessor_fee_bps: 499 }, true),
        (Proposal::AssessorFee { assessor_fee_bps: 501 }, true),
        (Proposal::CancelFee { cancel_fee_bps: 499 }, true),
        (Proposal::CancelFee { cancel_fee_bps: 501 }, true),
        (Proposal::Authority { authority: nora }, false),
        (Proposal::Guardian { guardian: nora }, false),
        (Proposal::Guardian { guardian: NOBODY }, false),
        (Proposal::Arbiter { arbiter: nora }, true),
        (Proposal::Arbiter { arbiter: NOBODY }, true),
        (Proposal::Treasury { treasury: nora }, false),
        (Proposal::Court { assembly }, true),
        (Proposal::Shares(words), false),
        (Proposal::GroupCap { group: 3, cap_bps: 20_001 }, true),
        (Proposal::GroupCap { group: 3, cap_bps: 19_999 }, false),
        (Proposal::StakeFloor { stake_floor: FLOOR - 1 }, true),
        (Proposal::StakeFloor { stake_floor: FLOOR + 1 }, true),
        (Proposal::CoverPerStake { cover_per_stake: PER_STAKE + 1 }, true),
        // No limit is more than any.
        (Proposal::CoverPerStake { cover_per_stake: 0 }, true),
        (Proposal::CoverPerStake { cover_per_stake: PER_STAKE - 1 }, false),
    ];
    let of_products = [
        (Proposal::List, 2, true),
        (Proposal::Delist, 0, false),
        (Proposal::Weight { weight_bps: 5_001 }, 2, true),
        (Proposal::Weight { weight_bps: 4_999 }, 2, false),
        (curve(1, 0, 0, 0), 0, false),
        (curve(0, 1, 0, 0), 0, false),
        (curve(0, 0, 1, 0), 0, false),
        (curve(0, 0, 0, -1), 0, false),
        (curve(-1, 0, 0, 0), 0, true),
        (curve(0, -1, 0, 0), 0, true),
        (curve(0, 0, -1, 0), 0, true),
        (curve(0, 0, 0, 1), 0, true),
        (curve(9_000, 9_000, -1, 0), 0, true),
        (curve(-1, 9_000, 9_000, 0), 0, true),
        (Proposal::Curve(dent), 0, true),
        (bonds(500 * UNIT + 1, 100), 0, true),
        (bonds(500 * UNIT, 101), 0, true),
        (bonds(500 * UNIT - 1, 100), 0, true),
        (bonds(500 * UNIT, 99), 0, true),
        (bonds(501 * UNIT, 99), 0, true),
        (bonds(499 * UNIT, 101), 0, true),
    ];
    let of_pool = of_pool.into_iter().map(|(proposal, waits)| (proposal, None, waits));
    of_pool.chain(of_products.into_iter().map(|(proposal, index, waits)| (proposal, Some(index), waits))).collect()
}

/// Applies a change, with what a change of words needs; one of the authority as who gets it.
fn apply(world: &mut Lite, proposal: &Proposal, id: u64, index: Option<u16>) -> harness::Receipt {
    if matches!(proposal, Proposal::Authority { .. }) {
        return world.accept_authority("nora", id);
    }
    let accounts = world.apply_accounts(id, index);
    if !matches!(proposal, Proposal::Shares(_)) {
        return world.send(accounts.instruction(), &[]);
    }
    let accounts = ApplyChange {
        payer: Some(world.key("nora")),
        share_mint: Some(world.share_mint()),
        share_token_program: Some(TOKEN_2022),
        ..accounts
    };
    world.send(accounts.instruction(), &["nora"])
}

#[test]
fn what_cover_keeps_holds_up_what_raises_the_risk_and_nothing_else() {
    let mut world = movable();
    let moves = moves(&mut world);
    for kind in ProposalKind::ALL {
        let found = moves.iter().filter(|(proposal, _, _)| proposal.kind() == *kind).map(|(_, _, waits)| *waits);
        let expected = match kind.risk() {
            Risk::Never => vec![false],
            Risk::Always => vec![true],
            Risk::Rise | Risk::Fall | Risk::Cheaper => vec![false, true],
        };
        assert_eq!(found.collect::<BTreeSet<_>>(), expected.into_iter().collect(), "every kind, both ways: {kind:?}");
    }
    let moves: Vec<_> = moves
        .into_iter()
        .map(|(proposal, index, waits)| (queued(&mut world, &proposal, index), proposal, index, waits))
        .collect();
    // The court's waits longer, which is told of elsewhere.
    for (id, proposal, _, _) in &moves {
        if matches!(proposal, Proposal::Court { .. }) {
            let (address, now) = (world.change(*id), world.now());
            let times =
                [(offset_of!(Change, applies_at), now + WAIT), (offset_of!(Change, exits_until), now + WAIT - 8 * DAY)];
            for (offset, time) in times {
                edit(&mut world, &address, offset, &time.to_le_bytes());
            }
        }
    }
    world.pass_days(1);
    sell_out(&mut world);
    world.pass(WAIT - DAY);
    world.pay_exits().fails(E::NothingToPay);
    for (id, proposal, index, waits) in &moves {
        let (mut applied, mut marked) = (world.clone(), world.clone());
        let receipts = [apply(&mut applied, proposal, *id, *index), marked.mark(*id, *index)];
        println!("{proposal:?}");
        for receipt in receipts {
            if *waits {
                receipt.fails(E::ExitsWait);
            } else {
                receipt.ok();
            }
        }
    }
    // None of it changes for as long as the cover runs, and it is sold for at most as long as the change lives.
    let policy: Policy = world.chain.read(&world.policy(0, "fay", 0));
    move_to(&mut world, policy.release_day * DAY - 1);
    for (id, proposal, index, waits) in &moves {
        if *waits {
            apply(&mut world.clone(), proposal, *id, *index).fails(E::ExitsWait);
        }
    }
    world.call_exits().ok();
    world.pass_days(1);
    world.pay_exits().ok();
    for (id, proposal, index, _) in &moves {
        apply(&mut world.clone(), proposal, *id, *index).ok();
    }
}

/// What is paid of an epoch does not do: all of it has to be.
#[test]
fn a_part_of_an_epoch_is_not_enough() {
    let mut world = movable();
    let id = queued(&mut world, &FEE, None);
    world.pass_days(1);
    sell_out(&mut world);
    world.pass(WAIT - DAY);
    world.fund("bert", 100_000 * UNIT);
    world.deposit("bert", 100_000 * UNIT).ok();
    world.await_room();
    world.pay_exits().ok();
    let epoch = world.read_epoch(0);
    assert!(0 < epoch.burned && epoch.burned < epoch.shares, "cover keeps the rest");
    world.apply(id, None).fails(E::ExitsWait);
    world.mark(id, None).fails(E::ExitsWait);
    // Enough for all of them.
    world.fund("bert", 2_000_000 * UNIT);
    world.deposit("bert", 2_000_000 * UNIT).ok();
    world.await_room();
    world.pay_exits().ok();
    world.apply(id, None).ok();
    world.check_books();
}

#[test]
fn a_change_is_judged_by_what_holds_when_it_is_applied() {
    let mut world = movable();
    // Of product 2, from 5,000: proposed as a rise, it is a fall once the first is applied. Of product 0, from 10,000: proposed as
    // a fall, it is a rise.
    let weight = |weight_bps| Proposal::Weight { weight_bps };
    let firsts = [(2, 7_000), (0, 3_000)].map(|(index, bps)| queued(&mut world, &weight(bps), Some(index)));
    world.pass_days(3);
    let lasts = [(2, 6_000), (0, 4_000)].map(|(index, bps)| queued(&mut world, &weight(bps), Some(index)));
    // Too late for the first two, and in time for the others.
    let (first, last) = (world.read_change(firsts[0]).applies_at, world.read_change(lasts[0]).applies_at);
    move_to(&mut world, first - 6 * DAY);
    sell_out(&mut world);
    let day = world.read_epoch(0).day;
    assert!(first / DAY < day && day <= last / DAY);
    move_to(&mut world, last);
    let mut reversed = world.clone();
    reversed.apply(lasts[0], Some(2)).fails(E::ExitsWait);
    reversed.apply(lasts[1], Some(0)).ok();
    world.apply(firsts[0], Some(2)).ok();
    world.apply(firsts[1], Some(0)).ok();
    world.apply(lasts[0], Some(2)).ok();
    world.apply(lasts[1], Some(0)).fails(E::ExitsWait);
    world.mark(lasts[1], Some(0)).fails(E::ExitsWait);
    assert_eq!([2, 0].map(|index| world.read_product(index).weight_bps), [6_000, 3_000]);
}
