//! The floor of the hot instructions, measured: `programs/floor` does what they cannot do without, and nothing else.

use crate::story::TOKEN_2022_SHARES;
use coverage_client::{Policy, Pool, VoteRecord, ZeroCopy};
use harness::{Chain, LiteChain, UNIT, World, actor};
use solana_account::Account;
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};
use solana_signer::Signer;

/// Which instruction to do the least for.
#[derive(Clone, Copy)]
pub enum Order {
    /// A transfer, and a mint signed by the pool.
    Deposit = 0,
    /// A policy created, and a transfer.
    BuyCover = 1,
    /// A vote record created.
    Vote = 2,
    /// A transfer signed by the pool.
    Payout = 3,
}

impl Order {
    /// The order for a row's instruction, if there is one.
    pub fn of(row: &str) -> Option<Self> {
        // The least program calls SPL Token only, and creates the record of each vote.
        if row.ends_with(TOKEN_2022_SHARES) || row == "vote, over a delegate's" {
            return None;
        }
        match row.split(',').next() {
            Some("deposit") => Some(Self::Deposit),
            Some("buy_cover") => Some(Self::BuyCover),
            Some("vote") => Some(Self::Vote),
            Some("payout") => Some(Self::Payout),
            _ => None,
        }
    }
}

/// Compute units of the least program for `order`, with an event of `log_bytes`; an account it creates has the same bump
/// as the real one, so that the search for its address takes as many steps.
pub fn measure(order: Order, log_bytes: usize, bump: Option<u8>) -> u64 {
    let mut world = World::lite_bare();
    let program = actor("floor program").pubkey();
    world.chain.add_program(&program, "breakwater_floor");
    world.fund("user", 1_000 * UNIT);

    // The pool signs with its creator's address among its seeds; in a deposit the owner's place holds it.
    let (creator, id) = (world.key("user"), 0u64);
    let (pool, pool_bump) = Address::find_program_address(&[b"pool", creator.as_ref(), &id.to_le_bytes()], &program);
    place(&mut world.chain, &pool, &program, Pool::SIZE);
    let (asset, shares) = (world.asset(), world.key("floor shares"));
    world.create_mint_for("floor shares", 9, &pool);
    let vault = world.open_tokens_of(&pool, &asset);
    world.mint_to(&asset, &vault, 1_000 * UNIT);
    let user_shares = world.open_tokens("user", &shares);
    let (user, user_tokens) = (world.key("user"), world.tokens("user", &asset));
    let token = spl_token_interface::ID;
    let other = |name: &str| actor(name).pubkey();

    let read = |address| AccountMeta::new_readonly(address, false);
    let write = |address| AccountMeta::new(address, false);
    let (accounts, id, space) = match order {
        Order::Deposit => {
            let accounts = vec![
                AccountMeta::new_readonly(user, true),
                write(pool),
                write(user_tokens),
                write(user_shares),
                write(vault),
                write(shares),
                read(asset),
                read(token),
            ];
            (accounts, id, 0)
        }
        Order::BuyCover => {
            let product = other("floor product");
            let seeds = |id: u64| {
                Address::find_program_address(
                    &[b"policy", product.as_ref(), user.as_ref(), &id.to_le_bytes()],
                    &program,
                )
            };
            let id = (0..).find(|id| Some(seeds(*id).1) == bump).expect("some id has the bump");
            let accounts = vec![
                AccountMeta::new(user, true),
                write(pool),
                write(product),
                write(seeds(id).0),
                read(other("floor assembly")),
                write(user_tokens),
                write(vault),
                read(asset),
                read(program),
                read(token),
                read(Address::default()),
            ];
            (accounts, id, Policy::SIZE)
        }
        Order::Vote => {
            // The pool is in the voter's place: it signs for the record.
            let ballot = other("floor ballot");
            let seed = coverage_client::text_seed(&ballot);
            let seed = str::from_utf8(&seed).expect("a seed is text");
            let record = Address::create_with_seed(&pool, seed, &program).expect("a seed of 32 bytes");
            let accounts =
                vec![AccountMeta::new(user, true), write(pool), write(ballot), write(record), read(Address::default())];
            (accounts, id, VoteRecord::SIZE)
        }
        Order::Payout => {
            let accounts = vec![
                write(pool),
                write(other("floor incident")),
                write(creator),
                write(other("floor policy")),
                write(user_tokens),
                write(vault),
                read(asset),
                read(token),
                // Last, because the minimal program goes by places: the one who gets the tip, which takes no call.
                write(other("floor caller")),
            ];
            (accounts, id, 0)
        }
    };
    let mut data = vec![order as u8, pool_bump, u8::try_from(log_bytes / 2).expect("an event below 512 bytes"), 6];
    data.extend(UNIT.to_le_bytes());
    data.extend(id.to_le_bytes());
    data.extend((space as u64).to_le_bytes());
    let signers: &[&str] = if matches!(order, Order::Payout) { &[] } else { &["user"] };
    let receipt = world.send(Instruction { program_id: program, accounts, data }, signers).ok();
    assert_eq!(receipt.logged_bytes(), log_bytes, "the floor logs as much");
    receipt.units_of(&program)
}

/// Puts an account of `bytes` zeros in place.
fn place(chain: &mut LiteChain, address: &Address, owner: &Address, bytes: usize) {
    let account = Account {
        lamports: 1_000_000_000,
        data: vec![0; bytes],
        owner: *owner,
        executable: false,
        rent_epoch: u64::MAX,
    };
    chain.set_account(address, account);
}
