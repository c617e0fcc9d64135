//! What an appeal that changed the outcome makes of the votes before it, and one that did not.

use super::*;
use coverage_math::day_of;
use std::mem::offset_of;

/// Vera and xena vote for, walt against; vera and walt overturn it in the appeal, which is read.
fn overturned() -> (Play, Case) {
    let (mut world, case) = with_xena();
    world.vote("walt", &case.incident, AGAINST).ok();
    world.vote("xena", &case.incident, FOR).ok();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    world.decide(0, 0).ok();
    (world, case)
}

#[test]
fn an_overturned_vote_costs_a_part_rounded_up() {
    let (mut world, case) = overturned();
    let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
    let (voter_before, assembly) = (voter_of(&mut world, "xena"), read_assembly(&mut world));
    let receipt = world.collect_vote_reward("xena", &case.incident).ok();

    let forfeited = part(REWARD, XENAS, 1_000 * UNIT + XENAS);
    let expected = Ballot { reward_left: REWARD - forfeited, live_records: 2, ..before };
    assert_eq!(ballot_on(&mut world, &case.incident), expected);
    let mut lot_amounts = voter_before.lot_amounts;
    lot_amounts[0] -= XENAS_SLASH;
    let expected = Voter { lot_amounts, open_votes: 0, records: 0, slashed: XENAS_SLASH, ..voter_before };
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
fn who_was_right_at_once_is_paid_and_who_turned_is_not() {
    let (mut world, case) = overturned();
    let all = 1_000 * UNIT + XENAS;
    world.collect_vote_reward("walt", &case.incident).ok();
    assert_eq!((world.balance("walt"), voter_of(&mut world, "walt").slashed), (part(REWARD, 400 * UNIT, all), 0));
    // Vera was wrong first: voting otherwise in the appeal does not save her, nor does staying away save xena.
    for (name, slash) in [("vera", 30 * UNIT), ("xena", XENAS_SLASH)] {
        world.collect_vote_reward(name, &case.incident).ok();
        let found = voter_of(&mut world, name);
        assert_eq!((world.balance(name), found.slashed, found.open_votes), (0, slash, 0), "{name}");
    }
    let (found, total) = (ballot_on(&mut world, &case.incident), read_assembly(&mut world));
    assert_eq!((found.live_records, total.slashed), (0, 30 * UNIT + XENAS_SLASH));
    assert_eq!(found.reward_left, 1, "the atom that three roundings leave");
    assert_eq!(world.read_pool().rewards_reserved, 1);
    world.check_books();
}

/// Who was not heard in the first round loses nothing by the second, on either side of it.
#[test]
fn only_votes_of_the_first_round_are_lost() {
    let (mut world, case) = with_xena();
    world.vote("xena", &case.incident, FOR).ok();
    world.vote("walt", &case.incident, FOR).ok();
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    world.appeal("pia", &case.incident).ok();
    world.vote("vera", &case.incident, AGAINST).ok();
    world.vote("walt", &case.incident, FOR).ok();
    world.close_ballot(&case.incident).ok();
    world.decide(0, 0).ok();
    assert_eq!(world.chain.read::<Incident>(&case.incident).state, 4);
    for (name, slash) in [("vera", 0), ("walt", 20 * UNIT), ("xena", XENAS_SLASH)] {
        world.collect_vote_reward(name, &case.incident).ok();
        let reward = if slash == 0 { part(REWARD, 600 * UNIT, 1_000 * UNIT + XENAS) } else { 0 };
        assert_eq!((world.balance(name), voter_of(&mut world, name).slashed), (reward, slash), "{name}");
    }

    // Walt is heard in the appeal alone, against what it upholds.
    let (mut world, case) = with_xena();
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    world.vote("walt", &case.incident, AGAINST).ok();
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    world.decide(0, 0).ok();
    let pot = ballot_on(&mut world, &case.incident).reward_pot;
    for (name, weight) in [("walt", 400), ("vera", 600)] {
        world.collect_vote_reward(name, &case.incident).ok();
        assert_eq!((world.balance(name), voter_of(&mut world, name).slashed), (pot * weight / 1_000, 0));
    }
}

#[test]
fn an_upheld_vote_costs_nobody_anything_and_shares_half_of_what_the_appeal_lost() {
    let (mut world, case) = with_xena();
    world.vote("xena", &case.incident, AGAINST).ok();
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    world.vote("vera", &case.incident, FOR).ok();
    world.close_ballot(&case.incident).ok();
    world.decide(0, 0).ok();
    let (pot, cast) = (REWARD + BOND, 600 * UNIT + XENAS);
    assert_eq!(ballot_on(&mut world, &case.incident).reward_pot, pot);
    for (name, reward) in [("xena", part(pot, XENAS, cast)), ("vera", part(pot, 600 * UNIT, cast))] {
        world.collect_vote_reward(name, &case.incident).ok();
        assert_eq!((world.balance(name), voter_of(&mut world, name).slashed), (reward, 0), "{name}");
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

/// Ines disputes dora's claim; walt votes for the other end than vera, who decides the first round.
fn contested(level: u8) -> (Play, Case) {
    let (mut world, case) = disputed();
    world.vote_at("walt", &case.claim, ALL - level).ok();
    decide_at(&mut world, &case.claim, Some(level));
    (world, case)
}

/// Anyone who owns claim, dispute, appeal and votes must not gain by them: the voters get no more than the fund gets of what was lost.
#[test]
fn an_overturned_ballot_pays_no_more_than_the_fund_gets_of_it() {
    for (level, brought) in [(ALL, CLAIM_BOND.div_ceil(2)), (0, DISPUTE_BOND.div_ceil(2))] {
        let (mut world, case) = contested(level);
        let before = world.read_pool().assessors;
        appealed_at(&mut world, &case.claim, Some(ALL - level));
        world.resolve_dispute(&case.policy, &case.incident).ok();
        assert_eq!(ballot_on(&mut world, &case.claim).reward_pot, POT);
        world.collect_appeal_bond("pia", &case.claim).ok();
        assert_eq!(world.read_pool().assessors, before + brought, "half of what the loser posted");
        // Walt was right at once, 400 of 1,000; vera only in the appeal.
        for (name, reward) in [("vera", 0), ("walt", POT * 2 / 5)] {
            let before = world.balance(name);
            world.collect_vote_reward(name, &case.claim).ok();
            assert_eq!(world.balance(name) - before, reward, "{name}");
        }
        assert!(brought >= POT);
        world.check_books();
    }
}

#[test]
fn nor_does_one_that_was_upheld() {
    let (mut world, case) = contested(0);
    appealed_at(&mut world, &case.claim, Some(0));
    let before = world.read_pool().assessors;
    world.resolve_dispute(&case.policy, &case.incident).ok();
    // Half of the claim's bond and of the appeal's, of which a quarter and all are the voters'.
    assert_eq!(world.read_pool().assessors, before + CLAIM_BOND.div_ceil(2) + CLAIM_BOND);
    let pot = POT + CLAIM_BOND;
    assert_eq!(ballot_on(&mut world, &case.claim).reward_pot, pot);
    for (name, weight) in [("vera", 6), ("walt", 4)] {
        world.collect_vote_reward(name, &case.claim).ok();
        assert_eq!(world.balance(name), pot * weight / 10);
    }
    world.check_books();
}

/// Nobody within three levels of where an appeal ended is slashed, nor anyone on the other side of the first round's outcome.
#[test]
fn only_far_votes_are_slashed() {
    for (first, last, walts, slashed) in [
        (NINE, NINE + 3, 0, [false, false]),
        (NINE, NINE + 4, 0, [true, true]),
        (NINE, NINE + 4, NINE, [true, true]),
        (NINE, NINE + 4, NINE + 1, [true, false]),
        (NINE, 5, ALL, [true, true]),
        (NINE, 5, 8, [true, false]),
        (NINE, 6, ALL, [false, false]),
    ] {
        let (mut world, case) = disputed();
        world.vote_at("walt", &case.claim, walts).ok();
        decide_at(&mut world, &case.claim, Some(first));
        appealed_at(&mut world, &case.claim, Some(last));
        for (name, slashed) in ["vera", "walt"].into_iter().zip(slashed) {
            world.release_vote(name, &case.claim).ok();
            assert_eq!(voter_of(&mut world, name).slashed > 0, slashed, "{name} {first} {last} {walts}");
        }
    }
}
