//! Changes are numbered as they are queued: what one has set none sets that was queued before it, and nothing else is hindered.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};

#[test]
fn a_change_that_was_overtaken_is_not_applied() {
    let mut world = stage();
    let pairs = [
        (FEE, Proposal::ProtocolFee { protocol_fee_bps: 100 }, None),
        (Proposal::Weight { weight_bps: 9_000 }, Proposal::Weight { weight_bps: 9_500 }, Some(0)),
        (Proposal::Curve(new_curve()), Proposal::Curve(PriceCurve { kink_bps: 2, ..new_curve() }), Some(0)),
        (Proposal::GroupCap { group: 3, cap_bps: 1 }, Proposal::GroupCap { group: 3, cap_bps: 2 }, None),
        (
            Proposal::Bonds { incident_bond: 1, claim_bond_bps: 1 },
            Proposal::Bonds { incident_bond: 2, claim_bond_bps: 2 },
            Some(0),
        ),
    ];
    let ids =
        pairs.map(|(first, last, index)| (queued(&mut world, &first, index), queued(&mut world, &last, index), index));
    world.pass(TIMELOCK);
    for (first, last, index) in ids {
        world.apply(last, index).ok();
        let (pool, product) = (world.read_pool(), world.read_product(0));
        world.apply(first, index).fails(E::ChangeOvertaken);
        assert_eq!((world.read_pool(), world.read_product(0)), (pool, product));
    }
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert_eq!((pool.protocol_fee_bps, pool.group_caps_bps[3]), (100, 2));
    assert_eq!((product.weight_bps, product.kink_bps, product.next_incident_bond), (9_500, 2, 2));
    // The numbers are those of the queue; nothing else was set.
    let mut set_by = [0; 32];
    (set_by[7], set_by[19]) = (2, 8);
    assert_eq!((pool.set_by, product.set_by, pool.queued_count), (set_by, [0, 4, 6, 10], 10));
    // It can still be withdrawn, and lapses as others do.
    world.withdraw("founder", ids[0].0).ok();
    world.pass(LAPSE);
    world.close_change("founder", ids[1].0).ok();
}

#[test]
fn in_their_order_they_follow_each_other() {
    let mut world = stage();
    let [first, last] =
        [100, 200].map(|protocol_fee_bps| queued(&mut world, &Proposal::ProtocolFee { protocol_fee_bps }, None));
    world.pass(TIMELOCK);
    for (id, fee) in [(first, 100), (last, 200)] {
        world.apply(id, None).ok();
        assert_eq!(world.read_pool().protocol_fee_bps, fee);
    }
}

/// A ballot takes days: what an authority orders meanwhile is queued before it, though it was proposed later.
#[test]
fn a_petition_is_numbered_when_its_ballot_is_read() {
    let mut world = stage();
    let petition = petitioned(&mut world, &Proposal::ProtocolFee { protocol_fee_bps: 0 }, None);
    let ordered = queued(&mut world, &FEE, None);
    final_by(&mut world, petition, Some(FOR));
    assert_eq!((world.read_change(petition).number, world.read_change(ordered).number), (0, 1));
    world.queue(petition).ok();
    assert_eq!(world.read_change(petition).number, 2);
    world.pass(TIMELOCK);
    world.apply(petition, None).ok();
    world.apply(ordered, None).fails(E::ChangeOvertaken);
    assert_eq!(world.read_pool().protocol_fee_bps, 0);
}

/// A change names one thing, so it sets nothing back that another has set meanwhile.
#[test]
fn changes_of_other_fields_hinder_each_other_in_no_order() {
    let mut world = stage();
    let ids = [
        (FEE, None),
        (Proposal::AssessorFee { assessor_fee_bps: 1_000 }, None),
        (Proposal::GroupCap { group: 0, cap_bps: 15_000 }, None),
        (Proposal::GroupCap { group: 1, cap_bps: 16_000 }, None),
        (Proposal::Weight { weight_bps: 9_000 }, Some(0)),
        (Proposal::Weight { weight_bps: 8_000 }, Some(1)),
        (Proposal::Curve(new_curve()), Some(0)),
        (Proposal::Delist, Some(0)),
    ]
    .map(|(proposal, index)| (queued(&mut world, &proposal, index), index));
    world.pass(TIMELOCK);
    for (id, index) in ids.into_iter().rev() {
        world.apply(id, index).ok();
    }
    let (pool, products) = (world.read_pool(), [0, 1].map(|index| world.read_product(index)));
    assert_eq!((pool.protocol_fee_bps, pool.assessor_fee_bps, pool.cancel_fee_bps), (2_000, 1_000, 500));
    assert_eq!(pool.group_caps_bps[..3], [15_000, 16_000, 20_000]);
    assert_eq!(products.map(|product| product.weight_bps), [9_000, 8_000]);
    assert_eq!((products[0].kink_bps, products[0].status, products[1].status), (1, 1, 0));
}

#[test]
fn depositors_see_what_is_queued_and_what_is_applied() {
    let mut world = stage();
    let terms = |world: &mut Play| world.read_pool().terms;
    let before = terms(&mut world);
    let seen = world.seen();
    let petition = petitioned(&mut world, &Proposal::Delist, Some(0));
    final_by(&mut world, petition, Some(FOR));
    assert_eq!(terms(&mut world), before, "a ballot changes nobody's terms");
    world.queue(petition).ok();
    assert_eq!(terms(&mut world), before + 1);
    let id = queued(&mut world, &FEE, None);
    assert_eq!(terms(&mut world), before + 2);
    let deposit = world.deposit_accounts("ada");
    let stale = Seen { max_liens: u64::MAX, ..seen };
    world.send(deposit.instruction(harness::UNIT, 0, &stale), &["ada"]).fails(E::TermsChanged);
    let now = Seen { max_liens: u64::MAX, ..world.seen() };
    world.pass(TIMELOCK);
    world.mark(id, None).ok();
    assert_eq!(terms(&mut world), before + 2, "that it was marked neither");
    world.send(deposit.instruction(harness::UNIT, 0, &now), &["ada"]).ok();
    world.apply(id, None).ok();
    assert_eq!(terms(&mut world), before + 3);
    world.send(deposit.instruction(harness::UNIT, 0, &now), &["ada"]).fails(E::TermsChanged);
    world.apply(petition, Some(0)).ok();
    assert_eq!(terms(&mut world), before + 4);
}
