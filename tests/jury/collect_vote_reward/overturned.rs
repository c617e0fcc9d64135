//! What an appeal that changed the outcome makes of the votes before it, and one that did not.

use super::*;
use coverage_math::day_of;
use std::mem::offset_of;

/// Vera and xena vote for, walt against; vera and walt overturn it in the appeal.
fn overturned() -> (Play, Case) {
    let (mut world, case) = with_xena();
    world.vote("walt", &case.incident, AGAINST).ok();
    world.vote("xena", &case.incident, FOR).ok();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    (world, case)
}

#[test]
fn an_overturned_vote_costs_a_part_rounded_up() {
    let (mut world, case) = overturned();
    let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
    let (voter_before, assembly) = (voter_of(&mut world, "xena"), read_assembly(&mut world));
    let receipt = world.collect_vote_reward("xena", &case.incident).ok();

    let forfeited = part(REWARD, XENAS, 1_000 * UNIT + XENAS);
    let expected = Ballot { reward_left: 2 * REWARD - forfeited, live_records: 4, ..before };
    assert_eq!(ballot_on(&mut world, &case.incident), expected);
    let mut lot_amounts = voter_before.lot_amounts;
    lot_amounts[0] -= XENAS_SLASH;
    let expected = Voter { lot_amounts, open_votes: 0, slashed: XENAS_SLASH, ..voter_before };
    assert_eq!(voter_of(&mut world, "xena"), expected);
    let mut ages = assembly.ages;
    ages[(day_of(voter_before.lot_times[0]) % 128) as usize] -= XENAS_SLASH;
    let total_staked = assembly.total_staked - XENAS_SLASH;
    assert_eq!(read_assembly(&mut world), Assembly { total_staked, ages, slashed: XENAS_SLASH, ..assembly });
    // What she forfeits is free again in the fund.
    let pool = world.read_pool();
    assert_eq!(pool, Pool { rewards_reserved: pool_before.rewards_reserved - forfeited, ..pool_before });
    assert_eq!(world.balance("xena"), 0);
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.reward, event.slash, event.staked), (0, XENAS_SLASH, XENAS - XENAS_SLASH));
    assert_eq!((event.total_staked, event.books), (total_staked, books(&pool)));
    let vault = stake_vault_address(&world.assembly());
    assert_eq!(world.balance_of(&vault), 1_000 * UNIT + XENAS, "it is burned later");
}

#[test]
fn each_round_pays_its_own_pot() {
    let (mut world, case) = overturned();
    let first = 1_000 * UNIT + XENAS;
    world.collect_vote_reward("walt", &case.incident).ok();
    assert_eq!(world.balance("walt"), part(REWARD, 400 * UNIT, first), "right from the beginning");
    world.collect_vote_reward("walt", &case.incident).ok();
    assert_eq!(world.balance("walt"), part(REWARD, 400 * UNIT, first) + 40 * UNIT);
    // Vera was wrong first and right then: paid for the second, slashed for the first, in either order.
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!(world.balance("vera"), 60 * UNIT);
    world.collect_vote_reward("vera", &case.incident).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((world.balance("vera"), found.slashed, found.open_votes), (60 * UNIT, 30 * UNIT, 0));
    world.collect_vote_reward("xena", &case.incident).ok();
    let (found, total) = (ballot_on(&mut world, &case.incident), read_assembly(&mut world));
    assert_eq!((found.live_records, total.slashed), (0, 30 * UNIT + XENAS_SLASH));
    assert_eq!(found.reward_left, 1, "one atom of the first pot, of none of the second");
    world.check_books();
}

#[test]
fn an_upheld_vote_costs_nobody_anything() {
    let (mut world, case) = with_xena();
    world.vote("xena", &case.incident, AGAINST).ok();
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    world.vote("vera", &case.incident, FOR).ok();
    world.close_ballot(&case.incident).ok();
    let first = 600 * UNIT + XENAS;
    for (name, round, reward) in
        [("xena", 0, part(REWARD, XENAS, first)), ("vera", 0, part(REWARD, 600 * UNIT, first)), ("vera", 1, REWARD)]
    {
        let balance = world.balance(name);
        world.collect_vote_reward(name, &case.incident).ok();
        assert_eq!((world.balance(name) - balance, voter_of(&mut world, name).slashed), (reward, 0), "{name} {round}");
    }
    assert_eq!(read_assembly(&mut world).slashed, 0);
}

#[test]
fn the_youngest_stake_is_lost_first_and_never_more_than_there_is() {
    let (mut world, case) = overturned();
    // What came after the vote is lost all the same.
    world.stake("vera", 3 * UNIT).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.lot_amounts[..2].to_vec(), found.lot_times[1]), (vec![573 * UNIT, 0], 0));
    let total = read_assembly(&mut world);
    assert_eq!((total.total_staked, total.slashed), (973 * UNIT + XENAS, 30 * UNIT));

    // A stake that other slashes have used up but for two atoms.
    let (mut world, case) = overturned();
    let address = voter_address(&world.assembly(), &world.key("vera"));
    edit(&mut world, &address, offset_of!(Voter, lot_amounts), &2u64.to_le_bytes());
    let receipt = world.collect_vote_reward("vera", &case.incident).ok();
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.slash, event.staked, read_assembly(&mut world).slashed), (2, 0, 2));
}

/// Ines disputes a claim whose bond is 100 units, and so is hers; each pot is a quarter of that.
fn small_dispute(side: u8) -> (Play, Case) {
    let pool = PoolParams { vote_reward: 1 << 56, ..jury_pool() };
    let mut world = insured_with(pool, assembly_params(), product_params("Risk"));
    let case = open_case(&mut world, 0, "dora", 25_000 * UNIT);
    finish(&mut world, &case.incident, Some(FOR));
    world.dispute("ines", &case.policy, &case.incident, 0).ok();
    let opens_at = ballot_on(&mut world, &case.claim).opens_at;
    move_to(&mut world, opens_at);
    world.vote("walt", &case.claim, 1 - side).ok();
    decide(&mut world, &case.claim, Some(side));
    (world, case)
}

/// Anyone who owns claim, dispute, appeal and votes must not gain by them: in each round at most a quarter of a bond is
/// paid of which the fund gets half.
#[test]
fn an_overturned_ballot_pays_no_more_than_the_fund_gets_of_it() {
    for side in [FOR, AGAINST] {
        let (mut world, case) = small_dispute(side);
        let before = world.read_pool().assessors;
        appealed(&mut world, &case.claim, Some(1 - side));
        let found = ballot_on(&mut world, &case.claim);
        assert_eq!((found.first_pot, found.reward_pot), (25 * UNIT, 25 * UNIT));
        world.resolve_dispute(&case.policy, &case.incident).ok();
        world.collect_appeal_bond("pia", &case.claim).ok();
        assert_eq!(world.read_pool().assessors, before + 50 * UNIT, "half of what the loser posted");
        // Walt was right at once, 400 of 1,000; vera only in the appeal.
        let mut left = before + 50 * UNIT;
        for (name, round, reward) in [("vera", 0, 0), ("walt", 0, 10), ("vera", 1, 15), ("walt", 1, 10)] {
            world.collect_vote_reward(name, &case.claim).ok();
            left -= reward * UNIT;
            assert_eq!(world.read_pool().assessors, left, "{name} {round}");
        }
        assert_eq!(left, before + 15 * UNIT);
        world.check_books();
    }
}

#[test]
fn nor_does_one_that_was_upheld() {
    let (mut world, case) = small_dispute(FOR);
    let before = world.read_pool().assessors;
    appealed(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.collect_appeal_bond("pia", &case.claim).ok();
    for (name, round) in [("vera", 0), ("walt", 0), ("vera", 1), ("walt", 1)] {
        world.collect_vote_reward(name, &case.claim).ok();
    }
    // Half of the claim's bond and of the appeal's, less both pots.
    assert_eq!(world.read_pool().assessors, before + (50 + 100 - 2 * 25) * UNIT);
    world.check_books();
}
