//! `deposit`: shares at today's price, rounded down, and no way to move that price from outside.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, MAX_CAPITAL};
use harness::{Chain, UNIT, World, books::days_begun, product_params};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// A new world with a funded LP.
fn funded(name: &str, amount: u64) -> TestWorld {
    let mut world = World::new();
    world.fund(name, amount);
    world
}

/// ⌊ amount × (supply + 1,000) / (capital + 1) ⌋
fn shares_for(amount: u64, capital: u64, supply: u64) -> u64 {
    (u128::from(amount) * (u128::from(supply) + 1_000) / (u128::from(capital) + 1)) as u64
}

/// Puts the pool into a state that no instruction reaches: this capital, and a vault that holds it.
fn set_capital(world: &mut TestWorld, capital: u64) {
    let (pool, asset) = (world.pool(), world.asset());
    edit(world, &pool, offset_of!(Pool, capital), &capital.to_le_bytes());
    let missing = capital.saturating_sub(world.vault_balance());
    world.mint_to(&asset, &vault_address(&pool), missing);
}

#[test]
fn deposit_of_the_first_lp_mints_a_thousand_shares_per_atom() {
    let mut world = funded("ada", 500 * UNIT);
    let before = world.read_pool();
    world.pass(10);
    let now = world.now();
    let receipt = world.deposit("ada", 200 * UNIT).ok();

    let shares = 200 * UNIT * 1_000;
    let after = Pool { capital: 200 * UNIT, shares, accrued_at: now, deposited: [200 * UNIT, 0], ..before };
    assert_eq!(world.read_pool(), after);
    assert_eq!((world.shares("ada"), world.share_supply()), (shares, shares));
    assert_eq!((world.balance("ada"), world.vault_balance()), (300 * UNIT, 200 * UNIT));
    assert_eq!(world.balance_of(&exit_escrow_address(&world.pool(), 0)), 0);
    let event = Deposited {
        pool: world.pool(),
        owner: world.key("ada"),
        amount: 200 * UNIT,
        shares,
        supply: shares,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::Deposited(event));
    world.check_books();

    // Without earnings the price stays, for others as well.
    world.fund("ben", 7);
    world.deposit("ben", 7).ok();
    assert_eq!(world.shares("ben"), 7_000);
    world.check_books();
}

#[test]
fn deposit_after_earnings_pays_the_higher_price_rounded_down() {
    let mut world = funded_pool();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 500_000 * UNIT, 100).ok();
    let policy: Policy = world.chain.read(&world.policy(0, "dora", 0));
    world.pass(40 * DAY + 12_345);
    world.fund("ben", 1_000 * UNIT);
    let (before, supply) = (world.read_pool(), world.share_supply());
    let amount = 777 * UNIT + 77;
    let receipt = world.deposit("ben", amount).ok();

    // One stream: what its division left over is earned at once, the rest by the second.
    let length = u128::from(policy.release_day * DAY - policy.bought_at);
    let whole = u128::from(policy.unearned_premium) << 26;
    let earned = (((whole / length) * u128::from(40 * DAY + 12_345) + whole % length) >> 26) as u64;
    let shares = shares_for(amount, before.capital + earned, supply);
    assert!(shares < amount * 1_000, "a share costs more than at first");
    let after = world.read_pool();
    let expected = Pool {
        capital: before.capital + earned + amount,
        shares: supply + shares,
        deposited: [amount, 0],
        unearned: before.unearned - earned,
        income_earned: earned,
        rate_fraction: after.rate_fraction,
        ..days_begun(before, world.now())
    };
    assert_eq!(after, expected);
    assert_eq!(world.shares("ben"), shares);
    let Event::Deposited(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.shares, event.supply, event.earned), (shares, supply + shares, earned));
    assert_eq!(event.books, books(&after));
    // Rounding never lowers the price of the shares that were there: B6.
    let price = |capital: u64, supply: u64| (u128::from(capital) + 1, u128::from(supply) + 1_000);
    let (old, new) = (price(before.capital + earned, supply), price(after.capital, supply + shares));
    assert!(new.0 * old.1 >= old.0 * new.1);
    world.check_books();
}

/// Lost bonds, surpluses and recoveries are paid for by anyone who comes while they stream: others bore the losses.
#[test]
fn deposit_pays_for_income_that_streams_already() {
    for waited in [0, 3 * DAY + 1_234, 7 * DAY - 1] {
        let mut world = funded_pool();
        let (asset, vault, gift) = (world.asset(), vault_address(&world.pool()), 100_000 * UNIT);
        world.mint_to(&asset, &vault, gift);
        world.absorb_surplus().ok();
        let absorbed = world.read_pool();
        world.pass(waited);
        world.roll_product(0).ok();
        let before = world.read_pool();
        let seconds = u128::from(absorbed.income_end_day * DAY - world.now());
        // Rounded up, for those who are there.
        let left = (u128::from(absorbed.income_rate) * seconds).div_ceil(1 << 26) as u64;
        assert_eq!(before.income_left(), Ok(left));
        assert!(before.capital + left >= CAPITAL + gift && before.capital + left <= CAPITAL + gift + 1);
        world.fund("ben", CAPITAL);
        world.deposit("ben", CAPITAL).ok();
        let shares = world.shares("ben");
        assert_eq!(shares, shares_for(CAPITAL, before.capital + left, before.shares));
        // When all of it has come he has what he brought, not more; leaving before, he leaves the rest to the others.
        let worth = |pool: &Pool| pool.worth(shares).unwrap();
        let pool = world.read_pool();
        assert!(worth(&pool) < CAPITAL);
        world.chain.set_now(absorbed.income_end_day * DAY);
        world.roll_product(0).ok();
        let after = worth(&world.read_pool());
        assert!((CAPITAL - 2..=CAPITAL).contains(&after), "{after}");
        world.check_books();
    }
}

/// Premium is not: it pays for the risk that anyone who comes bears from now on.
#[test]
fn deposit_does_not_pay_for_premium_that_streams() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 500_000 * UNIT, 100).ok();
    world.fund("ben", CAPITAL);
    world.deposit("ben", CAPITAL).ok();
    assert_eq!(world.shares("ben"), CAPITAL * 1_000);
}

#[test]
fn deposit_keeps_the_minimum_it_was_given() {
    let mut world = funded("ada", 10 * UNIT);
    let (accounts, seen) = (world.deposit_accounts("ada"), world.seen());
    world.send(accounts.instruction(UNIT, UNIT * 1_000 + 1, &seen), &["ada"]).fails(E::TooFewShares);
    world.send(accounts.instruction(UNIT, u64::MAX, &seen), &["ada"]).fails(E::TooFewShares);
    assert_eq!((world.vault_balance(), world.share_supply()), (0, 0), "a failure moves nothing");
    world.send(accounts.instruction(UNIT, UNIT * 1_000, &seen), &["ada"]).ok();
}

#[test]
fn deposit_is_made_on_the_terms_that_were_seen() {
    let mut world = funded("ada", 10 * UNIT);
    let (accounts, seen) = (world.deposit_accounts("ada"), world.seen());
    assert_eq!(seen.terms, 0);
    world.list_product(0, product_params("Risk")).ok();
    for terms in [0, 2, u64::MAX] {
        world.send(accounts.instruction(UNIT, 0, &Seen { terms, ..seen }), &["ada"]).fails(E::TermsChanged);
    }
    world.send(accounts.instruction(UNIT, 0, &Seen { terms: 1, ..seen }), &["ada"]).ok();
    // What is listed after the opening is a draft and concerns nobody yet.
    world.open_pool().ok();
    world.list_product(1, product_params("Draft")).ok();
    world.send(accounts.instruction(UNIT, 0, &Seen { terms: 1, ..seen }), &["ada"]).ok();
}

#[test]
fn deposit_bears_no_liens_beyond_those_that_were_seen() {
    let mut world = story::quiet_market([400_000 * UNIT, 0]);
    world.pass_days(2);
    let (accounts, terms) = (world.deposit_accounts("ada"), world.read_pool().terms);
    let none = Seen { terms, max_liens: 0 };
    world.send(accounts.instruction(UNIT, 0, &none), &["ada"]).ok();
    story::report(&mut world, 0, 0);
    world.send(accounts.instruction(UNIT, 0, &none), &["ada"]).fails(E::LiensTooHigh);
    for (max_liens, enough) in [(400_000 * UNIT - 1, false), (400_000 * UNIT, true)] {
        let receipt = world.send(accounts.instruction(UNIT, 0, &Seen { terms, max_liens }), &["ada"]);
        if enough { drop(receipt.ok()) } else { receipt.fails(E::LiensTooHigh) }
    }
    // What is held back for settled incidents is theirs as well.
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, held_back), &1u64.to_le_bytes());
    let seen = Seen { terms, max_liens: 400_000 * UNIT };
    world.send(accounts.instruction(UNIT, 0, &seen), &["ada"]).fails(E::LiensTooHigh);
    world.check_books();
}

#[test]
fn deposit_worth_less_than_a_share_is_refused() {
    let mut world = funded("ada", 10);
    world.deposit("ada", 1).ok();
    // 1,000 shares and 1,000 on paper for 2,000 atoms and one on paper: an atom buys 0.9995 shares.
    set_capital(&mut world, 2_000);
    world.deposit("ada", 1).fails(E::ZeroShares);
    world.deposit("ada", 2).ok();
    assert_eq!(world.shares("ada"), 1_001, "rounded down from 1.999");
}

#[test]
fn deposit_is_closed_while_the_pool_is_depleted() {
    let mut world = funded("ada", 2_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    let supply = world.share_supply();
    // A share is worth a thousandth of its first price when (capital + 1) × 1,000 × 1,000 = supply + 1,000.
    let least = (supply + 1_000).div_ceil(1_000_000) - 1;
    for capital in [0, 1, least - 1] {
        set_capital(&mut world, capital);
        world.deposit("ada", UNIT).fails(E::PoolDepleted);
    }
    set_capital(&mut world, least);
    world.deposit("ada", UNIT).ok();
    assert_eq!(world.share_supply(), supply + shares_for(UNIT, least, supply));
}

#[test]
fn deposit_keeps_capital_within_what_the_formulas_are_proven_for() {
    let mut world = funded("ada", 2_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    set_capital(&mut world, MAX_CAPITAL - UNIT);
    world.deposit("ada", UNIT + 1).fails(E::CapitalTooLarge);
    world.deposit("ada", UNIT).ok();
    assert_eq!(world.read_pool().capital, MAX_CAPITAL);
    world.deposit("ada", UNIT).fails(E::CapitalTooLarge);
}

#[test]
fn deposit_keeps_the_share_supply_within_64_bits() {
    // With the virtual shares, which every price adds: the last thousand of the range is theirs.
    let most = (u64::MAX - 1_000) / 1_000;
    assert!((most + 1) * 1_000 <= u64::MAX - 600, "without them it would fit");
    let mut world = funded("ada", most + 1);
    world.deposit("ada", most + 1).fails(E::MathOverflow);
    world.deposit("ada", most - 5).ok();
    world.deposit("ada", 6).fails(E::MathOverflow);
    world.deposit("ada", 5).ok();
    assert_eq!(world.share_supply(), most * 1_000);
}

#[test]
fn deposit_is_not_moved_by_a_donation_to_the_vault() {
    let mut world = funded("ada", UNIT);
    world.fund("ben", UNIT);
    let (asset, vault) = (world.asset(), vault_address(&world.pool()));
    world.mint_to(&asset, &vault, 1_000_000 * UNIT);
    world.deposit("ada", UNIT).ok();
    assert_eq!(world.shares("ada"), UNIT * 1_000);
    world.mint_to(&asset, &vault, 1_000_000 * UNIT);
    let receipt = world.deposit("ben", UNIT).ok();
    assert_eq!(world.shares("ben"), UNIT * 1_000);
    let pool = world.read_pool();
    assert_eq!((pool.capital, pool.unearned, pool.other_income), (2 * UNIT, 0, 0), "the surplus is in no bucket");
    let Event::Deposited(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.books), (UNIT, books(&pool)));
}

#[test]
fn deposit_stops_when_the_vault_holds_less_than_the_buckets_say() {
    let mut world = funded("ada", 10 * UNIT);
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, bonds), &1u64.to_le_bytes());
    world.deposit("ada", UNIT).fails(E::VaultShort);
    let asset = world.asset();
    world.mint_to(&asset, &vault_address(&pool), 1);
    world.deposit("ada", UNIT).ok();
}

#[test]
fn deposit_takes_all_there_is_but_not_an_atom_more_and_not_nothing() {
    let mut world = funded("ada", UNIT);
    world.deposit("ada", 0).fails(E::ZeroAmount);
    world.deposit("ada", UNIT + 1).fails_with(token_error(TokenError::InsufficientFunds));
    world.deposit("ada", UNIT).ok();
    assert_eq!(world.balance("ada"), 0);
}

#[test]
fn deposit_needs_the_owners_signature_tokens_and_share_account() {
    let mut world = funded("ada", UNIT);
    world.fund("mallory", UNIT);
    let (accounts, seen) = (world.deposit_accounts("ada"), world.seen());
    world.send(unsigned(accounts.instruction(UNIT, 0, &seen), 0), &[]).fails_with(I::MissingRequiredSignature);
    let mallorys = world.deposit_accounts("mallory");

    let stolen = Deposit { owner_token: accounts.owner_token, ..mallorys };
    world.send(stolen.instruction(UNIT, 0, &seen), &["mallory"]).fails_with(token_error(TokenError::OwnerMismatch));
    let stranger = Deposit { owner_shares: mallorys.owner_shares, ..accounts };
    world.send(stranger.instruction(UNIT, 0, &seen), &["ada"]).fails(E::WrongTokenOwner);
    let escrow = Deposit { owner_shares: exit_escrow_address(&world.pool(), 0), ..accounts };
    world.send(escrow.instruction(UNIT, 0, &seen), &["ada"]).fails(E::WrongTokenOwner);
    // A token account of the owner, but of another mint.
    world.create_mint("other mint", 9);
    let other = world.key("other mint");
    let owner_shares = world.open_tokens("ada", &other);
    let wrong = Deposit { owner_shares, ..accounts };
    world.send(wrong.instruction(UNIT, 0, &seen), &["ada"]).fails_with(token_error(TokenError::MintMismatch));
}

#[test]
fn deposit_refuses_wrong_accounts() {
    let mut world = funded("ada", 10 * UNIT);
    let second = second_pool(&mut world);
    world.create_mint("other mint", 6);
    let other_mint = world.key("other mint");
    let other_tokens = world.open_tokens("ada", &other_mint);
    world.mint_to(&other_mint, &other_tokens, UNIT);
    let (pool, assembly, governance) = (world.pool(), world.assembly(), world.governance());
    world.list_product(0, product_params("Risk")).ok();
    let (own_product, own_vault) = (world.product(0), vault_address(&pool));
    let forged = forge(&mut world, &pool);
    let seen = world.seen();
    let instruction = world.deposit_accounts("ada").instruction(UNIT, 0, &seen);
    refuses(
        &mut world,
        &instruction,
        &["ada"],
        &[
            // Another pool with this one's vault: its own vault is expected.
            (1, second, error(E::WrongVault)),
            (1, assembly, TOO_SMALL),
            (1, own_product, TOO_SMALL),
            (1, forged, I::IllegalOwner),
            (2, other_tokens, token_error(TokenError::MintMismatch)),
            (2, governance, I::InvalidAccountData),
            (2, assembly, I::InvalidAccountData),
            (2, own_vault, DUPLICATE),
            (2, pool, DUPLICATE),
            (3, own_product, I::IllegalOwner),
            (3, governance, TOO_SMALL),
            (3, other_tokens, token_error(TokenError::MintMismatch)),
            (4, vault_address(&second), error(E::WrongVault)),
            (4, stake_vault_address(&assembly), error(E::WrongVault)),
            (4, exit_escrow_address(&pool, 0), error(E::WrongVault)),
            (5, share_mint_address(&second, 0), error(E::WrongShareMint)),
            (5, governance, error(E::WrongShareMint)),
            (6, other_mint, error(E::WrongMint)),
            (6, share_mint_address(&second, 0), error(E::WrongMint)),
            (7, TOKEN_2022, error(E::WrongTokenProgram)),
            (7, ID, error(E::WrongTokenProgram)),
        ],
    );
    for slot in 1..=5 {
        world.send(read_only(instruction.clone(), slot), &["ada"]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &["ada"]).ok();
}
