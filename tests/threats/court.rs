//! What the attacks on the jury share: three jurors beside the two LPs, and the way of a ballot.

use crate::stage::*;
use coverage_client::{ballot_address, *};
use harness::{Chain, Receipt, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::state::Account as TokenAccount;

/// The runtime's error for an account that is not there any more: it is smaller than its type.
pub const GONE: InstructionError = InstructionError::AccountDataTooSmall;
/// The bond of an incident, atoms.
pub const BOND: u64 = 500 * UNIT;

/// The world of the attacks on LPs and cover, with a third product and a jury of vera with 600, walt with 300 and xeno
/// with 100 units, all old enough.
pub fn court() -> Play {
    court_of(pool_params())
}

/// The same with other parameters of the pool.
pub fn court_of(params: PoolParams) -> Play {
    court_in(World::lite_bare(), params)
}

/// The same in a world with mints.
pub fn court_in(world: Play, params: PoolParams) -> Play {
    court_beside(world, params, |_| {})
}

/// The same, in which another product is listed before the pool opens.
pub fn court_beside(mut world: Play, params: PoolParams, list: impl FnOnce(&mut Play)) -> Play {
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    prepare(&mut world);
    world.list_product(2, product_params("Bridge")).ok();
    list(&mut world);
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    world.begin_sales();
    world.fund("vera", 0);
    seat(&mut world, &[("walt", 300), ("xeno", 100)]);
    world
}

/// Seats jurors with so many units, and lets their stake grow old enough.
pub fn seat(world: &mut Play, jurors: &[(&str, u64)]) {
    for (name, units) in jurors {
        world.fund(name, 0);
        world.stake(name, units * UNIT).ok();
    }
    world.pass_days(2);
}

/// Opal reports the `nth` incident of a product, that occurred now; nobody has voted.
pub fn open(world: &mut Play, index: u16, nth: u32) -> Address {
    let now = world.now();
    world.open_incident("opal", index, nth, now).ok();
    world.incident(index, nth)
}

/// The ballot on a subject.
pub fn tally(world: &mut Play, subject: &Address) -> Ballot {
    world.chain.read(&ballot_address(subject))
}

/// What is cast for and against in the round of a ballot, atoms.
pub fn weights(ballot: &Ballot) -> (u64, u64) {
    let [against, in_favour] = [Side::Against, Side::For].map(|side| ballot.weight_of(side).expect("it fits"));
    (in_favour, against)
}

/// The side that leads in the round of the ballot on a subject: 0 against, 1 for.
pub fn leading(world: &mut Play, subject: &Address) -> u8 {
    u8::from(tally(world, subject).leading().expect("it fits") == Side::For.level())
}

/// An incident.
pub fn case(world: &mut Play, incident: &Address) -> Incident {
    world.chain.read(incident)
}

/// Reads the verdict on an incident in the second in which it is final.
pub fn read_verdict(world: &mut Play, incident: &Address) {
    let last = tally(world, incident).final_at.max(world.now());
    until(world, last);
    let read = case(world, incident);
    let index = (0..).find(|index| world.product(*index) == read.product).expect("a product");
    world.decide(index, read.index).ok();
}

/// Reads the verdict on an incident if nobody has, and lets time pass until it can be settled.
pub fn until_settleable(world: &mut Play, incident: &Address) {
    if case(world, incident).check_undecided().is_ok() {
        read_verdict(world, incident);
    }
    let ends = case(world, incident).disputes_end_at.max(world.now());
    until(world, ends);
}

/// The claim of a policy.
pub fn claim_of(world: &mut Play, policy: &Address, incident: &Address) -> Claim {
    world.chain.read(&claim_address(incident, policy))
}

/// An actor's stake, atoms, without what is on its way out.
pub fn staked(world: &mut Play, name: &str) -> u64 {
    let voter: Voter = world.chain.read(&voter_address(&world.assembly(), &world.key(name)));
    voter.lot_amounts.iter().sum()
}

/// Lets time pass to a second.
pub fn until(world: &mut Play, time: u64) {
    let now = world.now();
    world.pass(time.checked_sub(now).expect("a time to come"));
}

/// The jury rejects an incident at once: its majority votes against, anyone closes the ballot, the appeal window passes
/// and the incident ends.
pub fn reject(world: &mut Play, index: u16, nth: u32) {
    close_against(world, index, nth);
    world.settle(index, nth).ok();
}

/// The same, without its end.
pub fn close_against(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    world.vote("vera", &incident, 0).ok();
    world.close_ballot(&incident).ok();
    let last = tally(world, &incident).final_at;
    until(world, last);
}

/// A holder with money buys cover number 0 of a product for a year.
pub fn cover(world: &mut Play, holder: &str, index: u16, amount: u64) -> Address {
    world.fund(holder, 100_000 * UNIT);
    world.buy(holder, index, 0, amount, 365).ok();
    world.policy(index, holder, 0)
}

/// The holder of a policy files a claim, to be paid to the holder's own account. The bond comes from another one, so
/// that the balance of the first shows what the claim brought.
pub fn file(world: &mut Play, holder: &str, policy: &Address, incident: &Address, loss: u64) -> Receipt {
    let purse = another_account(world, holder);
    let asset = world.asset();
    world.mint_to(&asset, &purse, 20_000 * UNIT);
    let accounts = SubmitClaim { funder_token: purse, ..world.claim_accounts(holder, policy, incident) };
    world.send(accounts.instruction(&harness::claim_request(loss)), &[holder])
}

/// A token account of the asset that is an actor's and not the associated one.
pub fn another_account(world: &mut Play, owner: &str) -> Address {
    let name = format!("another account of {owner}");
    let (address, bank, program) = (world.key(&name), world.chain.bank().pubkey(), world.token_program);
    if world.chain.account(&address).is_none() {
        let bytes = TokenAccount::LEN as u64;
        let create = solana_system_interface::instruction::create_account(&bank, &address, 10_000_000, bytes, &program);
        let (mint, owner) = (world.asset(), world.key(owner));
        let init = spl_token_2022_interface::instruction::initialize_account3(&program, &address, &mint, &owner);
        world.send_all(&[create, init.expect("valid instruction")], &[&name]).ok();
    }
    address
}
