//! What these suites share: a pool of two equal LPs, the way out of it and the way through an incident.

use crate::court::until_settleable;
use coverage_client::{ExitTicket, exit_ticket_address};
use coverage_math::{DAY, shares::assets_for_shares};
use harness::{Chain, LiteChain, UNIT, World, product_params};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;

/// The world these attacks are tried in.
pub type Play = World<LiteChain>;

/// What each of the two LPs deposits, atoms.
pub const HALF: u64 = 500_000 * UNIT;
/// The system program's error when an account that is to be created exists.
pub const TAKEN: InstructionError = InstructionError::Custom(0);
/// The token program's error when an account holds too little.
pub const TOO_LITTLE: InstructionError = InstructionError::Custom(1);
/// The token program's error when the signer does not own the account.
pub const NOT_OWNER: InstructionError = InstructionError::Custom(4);

/// A world with two products, the jury's stake, opal who reports incidents, and mallory's million; it sells, and has no
/// capital.
pub fn empty() -> Play {
    empty_beside(|_| {})
}

/// The same, in which another product is listed before the pool opens.
pub fn empty_beside(list: impl FnOnce(&mut Play)) -> Play {
    let mut world = unopened(list);
    world.begin_sales();
    world
}

/// The same before it opens.
fn unopened(list: impl FnOnce(&mut Play)) -> Play {
    let mut world = World::lite();
    prepare(&mut world);
    list(&mut world);
    world
}

/// Adds to a world with a pool what [`empty`] has, except that it opens.
pub fn prepare(world: &mut Play) {
    world.list_product(0, product_params("Lending exploit")).ok();
    world.list_product(1, product_params("Stablecoin depeg")).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.fund("opal", 10_000 * UNIT);
    world.fund("mallory", 1_000_000 * UNIT);
    world.fund("honest", 1_000_000 * UNIT);
}

/// The same with half a million of capital of an honest LP alone, who was there before it opened.
pub fn alone() -> Play {
    let mut world = unopened(|_| {});
    world.deposit("honest", HALF).ok();
    world.begin_sales();
    world
}

/// The same with half a million of capital of each of mallory and an honest LP.
pub fn shared() -> Play {
    shared_beside(|_| {})
}

/// The same, in which another product is listed before the pool opens.
pub fn shared_beside(list: impl FnOnce(&mut Play)) -> Play {
    let mut world = unopened(list);
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    // What was there at the opening carries cover from the first sale on.
    world.begin_sales();
    world
}

/// Dora buys cover number 0 of a product.
pub fn insure(world: &mut Play, index: u16, amount: u64, days: u16) -> Address {
    world.fund("dora", 500_000 * UNIT);
    world.buy("dora", index, 0, amount, days).ok();
    world.policy(index, "dora", 0)
}

/// Opal reports the `nth` incident of a product, that occurred now.
pub fn report(world: &mut Play, index: u16, nth: u32) -> Address {
    let now = world.now();
    report_at(world, index, nth, now)
}

/// The same of what occurred at another time. The jury is for it.
pub fn report_at(world: &mut Play, index: u16, nth: u32, occurred_at: u64) -> Address {
    world.open_incident("opal", index, nth, occurred_at).ok();
    let incident = world.incident(index, nth);
    world.vote("vera", &incident, 1).ok();
    incident
}

/// The jury's ballot ends, all windows pass, the incident is settled.
pub fn accept(world: &mut Play, index: u16, nth: u32) {
    decide(world, index, nth);
    world.settle(index, nth).ok();
}

/// The jury's ballot ends and all windows pass.
pub fn decide(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    until_settleable(world, &incident);
}

/// What an actor's shares are worth now, atoms, once the books are accrued.
pub fn worth(world: &mut Play, name: &str) -> u64 {
    world.roll_product(0).ok();
    let (shares, pool) = (world.shares(name), world.read_pool());
    assets_for_shares(shares, pool.capital, pool.shares).unwrap()
}

/// Lets time pass to the first second of a day.
pub fn until_day(world: &mut Play, day: u64) {
    let now = world.now();
    if day * DAY > now {
        world.pass(day * DAY - now);
    }
}

/// Puts all shares of an actor on their way out as ticket `id` and returns the day of the epoch.
pub fn ask_for_all(world: &mut Play, name: &str, id: u64) -> u64 {
    let (shares, (_, day)) = (world.shares(name), world.exit_epoch());
    world.request_exit(name, id, shares).ok();
    day
}

/// Pays the first exit epoch, whose day has come, takes an actor's ticket through it and returns what arrived.
pub fn leave(world: &mut Play, name: &str, id: u64, day: u64) -> u64 {
    until_day(world, day);
    world.pay_exits().ok();
    collect(world, name, id)
}

/// Pays an actor's ticket what there is for it and returns that.
pub fn collect(world: &mut Play, name: &str, id: u64) -> u64 {
    let before = world.balance(name);
    world.collect_exit(name, id).ok();
    world.balance(name) - before
}

/// Gives the epoch of an actor's ticket back what it has in an incident, pays the ticket and returns what arrived.
pub fn take_back(world: &mut Play, name: &str, id: u64, incident: &Address) -> u64 {
    let ticket: ExitTicket = world.chain.read(&exit_ticket_address(&world.pool(), &world.key(name), id));
    world.release_contested(incident, ticket.epoch).ok();
    collect(world, name, id)
}

/// A transfer of the asset by an actor.
pub fn transfer(world: &Play, from: &str, to: &Address, amount: u64) -> Instruction {
    let (program, source, owner) = (spl_token_interface::ID, world.tokens(from, &world.asset()), world.key(from));
    spl_token_interface::instruction::transfer(&program, &source, to, &owner, &[], amount).expect("valid instruction")
}

/// The bytes of the pool and of what it keeps: what a failure must not change.
pub fn snapshot(world: &mut Play) -> (Vec<u8>, u64, u64) {
    let pool = world.pool();
    (world.chain.account(&pool).unwrap().data, world.vault_balance(), world.share_supply())
}
