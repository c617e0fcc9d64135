//! What the suites of incidents share: an insured world, the way to each verdict, a second pool.

use crate::common::{CAPITAL, market, open_long_ago};
pub use crate::common::{DUPLICATE, TAKEN, TOKEN_2022, TestWorld as Play, books, error as code, refuses, unsigned};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, UNIT, World, pool_params, product_params};
use solana_account::Account;
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack;
use spl_token_interface::state::Account as TokenAccount;

/// The side of a vote.
pub const AGAINST: u8 = 0;
/// The side of a vote.
pub const FOR: u8 = 1;
/// What dora has insured on product 0, atoms.
pub const DORAS: u64 = 800_000 * UNIT;
/// Who is covered by policy 0 on product 1, and the sums insured, atoms.
pub const TRIO: [(&str, u64); 3] = [("emil", 300_000 * UNIT), ("fay", 200_000 * UNIT), ("gus", 100_000 * UNIT)];
/// Bond of the first report on product 0, atoms: 25 bps of what it sets aside.
pub const BOND: u64 = DORAS / 400;
/// Bond of the first report on product 1, atoms.
pub const TRIOS_BOND: u64 = 600_000 * UNIT / 400;

/// A world with ada's million in the pool, two products, the stakes of vera (600) and walt (400), and opal, who reports
/// incidents. Nobody is covered.
pub fn funded() -> Play {
    funded_beside(&[])
}

/// The same with more products, from number 2.
pub fn funded_beside(products: &[ProductParams]) -> Play {
    let mut world = World::new();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.list_product(1, product_params("Stablecoin depeg")).ok();
    for (index, product) in (2..).zip(products) {
        world.list_product(index, product.clone()).ok();
    }
    world.fund("ada", 1_000_100 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.stake("walt", 400 * UNIT).ok();
    world.fund("opal", 10_000 * UNIT);
    world.pass_days(2);
    world
}

/// A funded world in which dora and the trio have been covered for nine days, of 180.
pub fn insured() -> Play {
    insured_beside(&[])
}

/// The same with more products, from number 2.
pub fn insured_beside(products: &[ProductParams]) -> Play {
    let mut world = funded_beside(products);
    for (index, holder, amount) in
        std::iter::once((0, "dora", DORAS)).chain(TRIO.map(|(holder, amount)| (1, holder, amount)))
    {
        world.fund(holder, 100_000 * UNIT);
        world.buy(holder, index, 0, amount, 180).ok();
    }
    world.pass_days(10);
    world
}

/// An insured world with an incident of product 0 that opal opened; it occurred an hour ago.
pub fn reported() -> (Play, Address) {
    let mut world = insured();
    let incident = report(&mut world, 0, 0);
    (world, incident)
}

/// Opal opens the `nth` incident of a product; it occurred an hour ago.
pub fn report(world: &mut Play, index: u16, nth: u32) -> Address {
    let now = world.now();
    world.open_incident("opal", index, nth, now - 3_600).ok();
    world.incident(index, nth)
}

/// Vera's vote decides at once. Or nobody votes: the ballot is closed when its three days are over, and again after six
/// more.
pub fn decide(world: &mut Play, incident: &Address, side: Option<u8>) {
    if let Some(side) = side {
        world.vote("vera", incident, side).ok();
        world.close_ballot(incident).ok();
        return;
    }
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(incident).ok();
    }
}

/// Reads the verdict on an incident whose ballot is closed, once it is final.
pub fn read_verdict(world: &mut Play, index: u16, nth: u32) {
    let ballot = ballot_address(&world.incident(index, nth));
    let final_at = world.chain.read::<Ballot>(&ballot).final_at;
    world.wait_until(final_at);
    world.decide(index, nth).ok();
}

/// Decides an incident and reads the verdict.
pub fn judge(world: &mut Play, index: u16, nth: u32, side: Option<u8>) {
    let incident = world.incident(index, nth);
    decide(world, &incident, side);
    read_verdict(world, index, nth);
}

/// Lets filing and disputes end of an incident that counts.
pub fn ripen(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    let end = world.chain.read::<Incident>(&incident).disputes_end_at;
    world.wait_until(end);
}

/// Decides an incident, lets the windows pass and settles it.
pub fn finish(world: &mut Play, index: u16, nth: u32, side: Option<u8>) {
    let incident = world.incident(index, nth);
    decide(world, &incident, side);
    world.conclude(index, nth).ok();
}

/// A market with two products whose cover costs next to nothing, so that the capital stands still. Dora holds this much
/// of each, vera can vote, and opal reports.
pub fn quiet_market(cover: [u64; 2]) -> Play {
    let params = PoolParams { min_premium: 1, ..pool_params() };
    let cheap = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Risk") };
    let mut world = market(params, &[cheap.clone(), cheap]);
    world.stake("vera", 600 * UNIT).ok();
    world.pass_days(2);
    world.fund("opal", 100_000 * UNIT);
    for (index, amount) in (0..).zip(cover).filter(|(_, amount)| *amount > 0) {
        world.buy("dora", index, 0, amount, 180).ok();
    }
    world
}

/// A pool that was wiped out: dora claimed all of ada's million and ben's 250,000, and has been paid. All cover is
/// released, and somebody gave 400.
pub fn wiped_out() -> Play {
    let params = PoolParams { min_premium: 1, ..pool_params() };
    let whole = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, deductible_bps: 0, ..product_params("Risk") };
    let mut world = market(params, &[whole]);
    world.stake("vera", 600 * UNIT).ok();
    world.fund("opal", 100_000 * UNIT);
    world.fund("ben", CAPITAL);
    world.deposit("ben", CAPITAL / 4).ok();
    world.pass_season();
    world.buy("dora", 0, 0, CAPITAL + CAPITAL / 4, 30).ok();
    world.pass_days(2);
    let (asset, vault) = (world.asset(), vault_address(&world.pool()));
    world.mint_to(&asset, &vault, 400 * UNIT);
    world.absorb_surplus().ok();
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, CAPITAL + CAPITAL / 4).ok();
    finish(&mut world, 0, 0, Some(FOR));
    world.payout("dora", &policy, &incident).ok();
    world.pass_days(62);
    world.roll_product(0).ok();
    world
}

/// Opens an incident of each product, files a claim of each policy for all that it insures, passes both and lets the
/// windows pass. The claims exceed the capital.
pub fn file_both(world: &mut Play) -> [Address; 2] {
    let incidents = [report(world, 0, 0), report(world, 1, 0)];
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incidents[0], DORAS).ok();
    for (holder, amount) in TRIO {
        let policy = world.policy(1, holder, 0);
        world.submit_claim(holder, &policy, &incidents[1], amount).ok();
    }
    for incident in &incidents {
        decide(world, incident, Some(FOR));
    }
    for index in [0, 1] {
        read_verdict(world, index, 0);
    }
    for index in [0, 1] {
        ripen(world, index, 0);
        world.end_filing(index, 0).ok();
    }
    incidents
}

/// An insured world in which dora's incident takes so much of the capital that the trio's is settled by a factor below
/// one. Both are settled, nobody is paid.
pub fn short() -> (Play, Address) {
    let mut world = insured();
    let [_, second] = file_both(&mut world);
    world.settle(0, 0).ok();
    world.settle(1, 0).ok();
    (world, second)
}

/// What the pool's totals would be if the cover of a product were liened.
pub fn with_cover_liened(mut pool: Pool, product: &Product) -> Pool {
    for (total, own) in pool.cover_ring.iter_mut().zip(product.cover_ring) {
        *total -= own;
    }
    pool.active_cover -= product.active_cover;
    pool.group_active[usize::from(product.group)] -= product.active_cover;
    pool.liened_cover += product.active_cover;
    pool.group_liened[usize::from(product.group)] += product.active_cover;
    pool
}

/// Brings the pool's accrual to now, so that the next instruction earns nothing.
pub fn touch(world: &mut Play) {
    world.deposit("ada", UNIT).ok();
    world.check_books();
}

/// The accounts of another pool of the same asset and assembly.
pub struct Elsewhere {
    pub pool: Address,
    pub product: Address,
    pub policy: Address,
    pub incident: Address,
    pub claim: Address,
}

/// Creates pool 1 with a product, zoe's policy, and an open incident with her claim. Three days pass.
pub fn elsewhere(world: &mut Play) -> Elsewhere {
    world.create_pool(1, pool_params()).ok();
    let pool = world.pool_number(1);
    let product = product_address(&pool, 0);
    let policy = policy_address(&product, &world.key("zoe"), 0);
    let incident = incident_address(&product, 0);
    let (vault, share_mint) = (vault_address(&pool), share_mint_address(&pool, 0));
    let list = ListProduct { pool, product, ..world.list_product_accounts(0) };
    world.send(list.instruction(&product_params("Elsewhere")), &["founder"]).ok();
    world.fund("zoe", 1_000_000 * UNIT);
    let owner_shares = world.open_tokens("zoe", &share_mint);
    let deposit = Deposit { pool, owner_shares, vault, share_mint, ..world.deposit_accounts("zoe") };
    world.send(deposit.instruction(500_000 * UNIT, 0, &Seen { terms: 1, max_liens: 0 }), &["zoe"]).ok();
    open_long_ago(world, &pool);
    let buy = BuyCover { pool, product, policy, vault, ..world.buy_accounts("zoe", 0, 0) };
    let request = world.request("zoe", 100_000 * UNIT, 90);
    world.send(buy.instruction(0, &request), &["zoe"]).ok();
    world.pass_days(3);
    let ballot = ballot_address(&incident);
    let open = OpenIncident { pool, product, incident, ballot, vault, ..world.open_incident_accounts("zoe", 0, 0) };
    let now = world.now();
    world.send(open.instruction(&harness::incident_report(now - 60)), &["zoe"]).ok();
    let submit = SubmitClaim { pool, vault, ..world.claim_accounts("zoe", &policy, &incident) };
    let request = harness::claim_request(50_000 * UNIT);
    world.send(submit.instruction(&request), &["zoe"]).ok();
    Elsewhere { pool, product, policy, incident, claim: claim_address(&incident, &policy) }
}

/// The token program's error when an account holds too little.
pub const TOKEN_INSUFFICIENT_FUNDS: InstructionError = InstructionError::Custom(1);
/// The token program's error when two accounts are not of one mint.
pub const TOKEN_MINT_MISMATCH: InstructionError = InstructionError::Custom(3);
/// The token program's error when the signer does not own the account.
pub const TOKEN_OWNER_MISMATCH: InstructionError = InstructionError::Custom(4);
/// The token program's error when the account is frozen.
pub const TOKEN_FROZEN: InstructionError = InstructionError::Custom(17);

/// Closes an actor's token account of the asset, and destroys what it held.
pub fn close_tokens(world: &mut Play, name: &str) -> Address {
    let account = world.tokens(name, &world.asset());
    let (mint, owner) = (world.asset(), world.key(name));
    let amount = world.balance_of(&account);
    let program = spl_token_interface::ID;
    let burn = spl_token_interface::instruction::burn(&program, &account, &mint, &owner, &[], amount);
    let close = spl_token_interface::instruction::close_account(&program, &account, &owner, &owner, &[]);
    world.send_all(&[burn.expect("valid instruction"), close.expect("valid instruction")], &[name]).ok();
    account
}

/// Changes a token account in a way that the mint's missing freeze authority does not allow.
pub fn edit_tokens(world: &mut Play, address: &Address, edit: impl FnOnce(&mut TokenAccount)) {
    let mut account: Account = world.chain.account(address).expect("the token account");
    let mut state = TokenAccount::unpack(&account.data).expect("a token account");
    edit(&mut state);
    TokenAccount::pack(state, &mut account.data).expect("it fits");
    world.chain.set_account(address, account);
}

/// A token account of an owner that is not the associated one, at the actor key `at`.
pub fn other_tokens(world: &mut Play, at: &str, owner: &str, mint: &Address) -> Address {
    let (bank, address, owner) = (solana_signer::Signer::pubkey(&world.chain.bank()), world.key(at), world.key(owner));
    let program = spl_token_interface::ID;
    let size = u64::try_from(TokenAccount::LEN).expect("a small size");
    let create = solana_system_interface::instruction::create_account(&bank, &address, 10_000_000, size, &program);
    let init = spl_token_interface::instruction::initialize_account3(&program, &address, mint, &owner);
    world.send_all(&[create, init.expect("valid instruction")], &[at]).ok();
    address
}

/// The text of `length` bytes.
pub fn text_of(length: usize) -> String {
    "x".repeat(length)
}

/// The first second of a day.
pub fn start_of(day: u64) -> u64 {
    day * DAY
}
