//! T08: a pool that was wiped out, its dead shares, and those who come next.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, Receipt, UNIT, World, pool_params, product_params};
use solana_address::Address;
use solana_signer::Signer as _;

/// A product without a deductible, at a thousandth a year, so that a loss can take all there is.
const CHEAP: u16 = 3;

/// A pool of two halves, sold out at leverage one, that has lost all but the premium; the cover is not yet released.
fn wiped_out() -> (Play, Address) {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        let mut cheap = ProductParams { deductible_bps: 0, ..product_params("Everything") };
        (cheap.r0_ppm, cheap.r1_ppm, cheap.r2_ppm) = (1_000, 1_000, 1_000);
        world.list_product(CHEAP, cheap).ok();
    });
    world.fund("emil", 100_000 * UNIT);
    world.buy("emil", CHEAP, 0, 2 * HALF, 30).ok();
    world.pass_days(3);
    let (now, policy) = (world.now(), world.policy(CHEAP, "emil", 0));
    world.open_incident("opal", CHEAP, 0, now).ok();
    let incident = world.incident(CHEAP, 0);
    file(&mut world, "emil", &policy, &incident, 2 * HALF).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    until_settleable(&mut world, &incident);
    world.settle(CHEAP, 0).ok();
    assert_eq!(case(&mut world, &incident).settled, 2 * HALF, "paid in full");
    assert!(world.read_pool().capital < 200 * UNIT);
    for (name, amount) in [("eve", HALF), ("trent", 2 * HALF)] {
        world.fund(name, amount);
    }
    (world, incident)
}

/// Lets the cover of a pool that was wiped out come to its end.
fn until_nothing_is_covered(world: &mut Play) {
    let released = world.chain.read::<Policy>(&world.policy(CHEAP, "emil", 0)).release_day;
    until_day(world, released);
    world.roll_product(CHEAP).ok();
    assert_eq!(world.read_pool().active_cover, 0);
}

/// Retires the shares of a generation.
fn retire(world: &mut Play, generation: u32) -> Receipt {
    world.send(world.retire_accounts(generation).instruction(), &["founder"])
}

/// What is left for the first shares.
fn left_for_the_first(world: &mut Play) -> Retired {
    world.chain.read(&retired_address(&world.pool(), 0))
}

/// An actor redeems all of their first shares, and gets this.
fn redeem(world: &mut Play, name: &str) -> u64 {
    let (shares, held, pool) = (world.shares(name), world.balance(name), world.pool());
    let accounts = RedeemRetired {
        owner: world.key(name),
        pool,
        retired: retired_address(&pool, 0),
        owner_shares: world.share_tokens(name),
        receiver: world.tokens(name, &world.asset()),
        vault: vault_address(&pool),
        share_mint: world.share_mint(),
        asset_mint: world.asset(),
        token_program: world.token_program,
        share_token_program: world.share_program,
    };
    world.send(accounts.instruction(shares), &[name]).ok();
    world.balance(name) - held
}

/// An actor deposits for shares of the second generation, and has so many.
fn deposit_anew(world: &mut Play, name: &str, amount: u64) -> u64 {
    let mint = share_mint_address(&world.pool(), 1);
    let owner_shares = world.open_tokens(name, &mint);
    let seen = world.seen();
    let accounts = Deposit { owner_shares, share_mint: mint, ..world.deposit_accounts(name) };
    world.send(accounts.instruction(amount, 0, &seen), &[name]).ok();
    world.balance_of(&owner_shares)
}

/// What shares of the second generation are worth.
fn worth_of(world: &mut Play, shares: u64) -> u64 {
    world.roll_product(0).ok();
    world.read_pool().worth(shares).unwrap()
}

/// One LP who never left shut it for ever. Now new capital pays for nobody's dead shares, and those get what is left.
#[test]
fn t08_pool_wiped_out_then_a_deposit() {
    let (mut world, _) = wiped_out();
    world.deposit("eve", UNIT).fails(E::PoolDepleted);
    world.deposit("eve", HALF).fails(E::PoolDepleted);
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    until_nothing_is_covered(&mut world);
    world.deposit("eve", HALF).fails(E::PoolDepleted);
    let (left, unearned) = (world.read_pool().capital, world.read_pool().unearned);
    retire(&mut world, 0).ok();
    assert_eq!((world.read_pool().capital, world.read_pool().unearned), (0, 0));
    assert_eq!(left_for_the_first(&mut world).capital, left + unearned);
    // At the first price, and as good as any first deposit.
    let shares = deposit_anew(&mut world, "eve", HALF);
    assert_eq!(shares, HALF * 1_000);
    assert_eq!(worth_of(&mut world, shares), HALF);
    let each = [redeem(&mut world, "honest"), redeem(&mut world, "mallory")];
    assert!(each[0].abs_diff(each[1]) <= 1 && each[0] + each[1] == left + unearned, "{each:?}");
    world.pass_days(30);
    assert_eq!(worth_of(&mut world, shares), HALF, "and nothing of it is eve's or hers theirs");
    world.check_books();
}

/// A pool that is not wiped out keeps its shares, no matter who asks; so does one whose capital anything still needs.
#[test]
fn t08_retire_the_shares_of_a_pool_that_lives() {
    let mut world = shared();
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    insure(&mut world, 0, 100_000 * UNIT, 30);
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    // Nor before anybody has deposited, nor once all have left.
    let mut world = empty();
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    world.deposit("mallory", HALF).ok();
    let day = ask_for_all(&mut world, "mallory", 0);
    leave(&mut world, "mallory", 0, day);
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    // What settled claims will pay is nothing that another incident could be about.
    let (mut world, _) = wiped_out();
    let now = world.now();
    world.open_incident("opal", CHEAP, 1, now).fails(E::NothingCovered);
}

/// Money is on its way back when mallory retires the shares and deposits first: what has arrived is the dead shares', though it
/// would have streamed to those who are there; and what arrives later is, too.
#[test]
fn t08_retire_ahead_of_a_recovery() {
    // As long as what streams to them is more than a thousandth of what they were worth, they live on it.
    let (mut world, incident) = wiped_out();
    until_nothing_is_covered(&mut world);
    world.recover("trent", &incident, 700_000 * UNIT).ok();
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    for (arrived, recovered) in [(true, 700 * UNIT), (false, 700 * UNIT), (false, 700_000 * UNIT)] {
        let (mut world, incident) = wiped_out();
        until_nothing_is_covered(&mut world);
        if arrived {
            world.recover("trent", &incident, recovered).ok();
            assert!(world.read_pool().unearned >= recovered);
        }
        let before = left(&mut world);
        retire(&mut world, 0).ok();
        let shares = deposit_anew(&mut world, "mallory", UNIT);
        if !arrived {
            // Neither without the account of those who bore it, nor to those of another generation.
            world.recover("trent", &incident, recovered).fails(E::WrongRetired);
            let retired = Some(retired_address(&world.pool(), 0));
            let accounts = Recover { retired, ..world.recover_accounts("trent", &incident) };
            world.send(accounts.instruction(recovered), &["trent"]).ok();
        }
        world.pass_days(30);
        assert_eq!(worth_of(&mut world, shares), UNIT, "an atom of it would be one too many");
        assert_eq!(
            redeem(&mut world, "honest") + redeem(&mut world, "mallory"),
            before + recovered * u64::from(!arrived)
        );
        assert_eq!(world.read_pool().exits_due, 0);
        world.check_books();
    }
}

/// All that the LPs of a pool that was wiped out have, and what streams to them.
fn left(world: &mut Play) -> u64 {
    world.read_pool().capital + world.read_pool().unearned
}

/// Who has redeemed has left: what comes back later is of those who have not, and of nobody else once all have.
#[test]
fn t08_redeem_ahead_of_a_recovery() {
    let (mut world, incident) = wiped_out();
    until_nothing_is_covered(&mut world);
    let before = left(&mut world);
    retire(&mut world, 0).ok();
    let half = redeem(&mut world, "mallory");
    assert!(half.abs_diff(before / 2) <= 1);
    let retired = Some(retired_address(&world.pool(), 0));
    let accounts = Recover { retired, ..world.recover_accounts("trent", &incident) };
    world.send(accounts.instruction(UNIT), &["trent"]).ok();
    assert_eq!(redeem(&mut world, "honest"), before - half + UNIT);
    let shares = deposit_anew(&mut world, "eve", HALF);
    world.send(accounts.instruction(7 * UNIT), &["trent"]).ok();
    // Nobody has stayed for a season, so it takes a year.
    world.pass_days(367);
    assert!(worth_of(&mut world, shares).abs_diff(HALF + 7 * UNIT) < 2, "nobody else is left");
    world.check_books();
}

/// Mallory keeps a pool that was wiped out shut: with a share she asks out for each day, as long as she lives, an exit always
/// waits. Such a pool takes no more exits: its shares are retired instead, and those who asked before are paid first.
#[test]
fn t08_keep_a_pool_shut_by_leaving_for_ever() {
    let (mut world, _) = wiped_out();
    let released = world.chain.read::<Policy>(&world.policy(CHEAP, "emil", 0)).release_day;
    until_day(&mut world, released - 1);
    let mut asked = 0;
    for hour in 0..48 {
        world.roll_product(CHEAP).ok();
        let before = world.now() < released * coverage_math::DAY;
        let (number, _) = world.exit_epoch();
        let ask = world.request_exit_accounts("mallory", hour, number).instruction(hour, number, 1);
        let receipt = world.send(ask, &["mallory"]);
        if before {
            receipt.ok();
            asked += 1;
        } else {
            receipt.fails(E::PoolDepleted);
        }
        world.pass(3_600);
    }
    assert_eq!(asked, 24);
    retire(&mut world, 0).fails(E::PoolNotDepleted);
    let last = world.read_pool().exit_tail_day;
    until_day(&mut world, last);
    while world.read_pool().has_exits() {
        if world.pay_exits().is_err() {
            world.call_exits().ok();
            world.pass_days(1);
        }
    }
    retire(&mut world, 0).ok();
    deposit_anew(&mut world, "eve", HALF);
    world.check_books();
}

/// Lamports on the addresses that a retirement will use do not stand in its way.
#[test]
fn t25_send_lamports_ahead_of_a_retirement() {
    let (mut world, _) = wiped_out();
    until_nothing_is_covered(&mut world);
    let (pool, bank) = (world.pool(), world.chain.bank().pubkey());
    for address in [retired_address(&pool, 0), share_mint_address(&pool, 1), exit_escrow_address(&pool, 1)] {
        let gift = solana_system_interface::instruction::transfer(&bank, &address, 10_000_000);
        world.send(gift, &[]).ok();
    }
    retire(&mut world, 0).ok();
    deposit_anew(&mut world, "eve", HALF);
}

/// Gifts to the vault, to the escrow and of burned shares before the shares are retired: nobody has more by them than the giver
/// gave.
#[test]
fn t08_gifts_around_a_retirement() {
    let (mut world, _) = wiped_out();
    until_nothing_is_covered(&mut world);
    let before = left(&mut world);
    // 400 units for a million shares did not open the pool, and 500 did. Now it is nobody's to decide.
    let gift = transfer(&world, "trent", &vault_address(&world.pool()), 400 * UNIT);
    world.send(gift, &["trent"]).ok();
    let escrow = world.exit_escrow();
    let give = spl_token_interface::instruction::transfer(
        &spl_token_interface::ID,
        &world.share_tokens("mallory"),
        &escrow,
        &world.key("mallory"),
        &[],
        HALF,
    );
    world.send(give.expect("valid instruction"), &["mallory"]).ok();
    let (mint, account, owner) = (world.share_mint(), world.share_tokens("mallory"), world.key("mallory"));
    let burn = spl_token_interface::instruction::burn(&spl_token_interface::ID, &account, &mint, &owner, &[], HALF);
    world.send(burn.expect("valid instruction"), &["mallory"]).ok();
    retire(&mut world, 0).ok();
    // What nobody had absorbed goes to those who are there when somebody does, over time.
    let shares = deposit_anew(&mut world, "eve", HALF);
    world.absorb_surplus().ok();
    world.pass_days(9);
    assert!(worth_of(&mut world, shares) <= HALF + 400 * UNIT);
    let got = [redeem(&mut world, "honest"), redeem(&mut world, "mallory")];
    assert!(got[0] + got[1] <= before && got[1] < got[0], "{got:?} of {before}");
    world.check_books();
}
