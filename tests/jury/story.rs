//! What these suites share: an insured world with a jury, and the way to each verdict.

pub use crate::common::*;
use coverage_client::*;
use harness::{
    Chain, UNIT, World, assembly_params, claim_request, evidence, incident_report, pool_params, product_params,
};
use solana_address::Address;

/// The side of a vote.
pub const AGAINST: u8 = 0;
/// The side of a vote.
pub const FOR: u8 = 1;
/// A ballot's state.
pub const PASSED: u8 = 1;
/// A ballot's state.
pub const FAILED: u8 = 2;
/// Bond of an incident of product 0, atoms: 25 bps of the 600,000 that it sets aside, and more than the product's own.
pub const BOND: u64 = 1_500 * UNIT;
/// The product's own bond, atoms: that of a claim is a tenth of it at least.
pub const PRODUCT_BOND: u64 = 500 * UNIT;
/// What the voters of an incident's ballot share where as many vote as must, atoms: half of its bond.
pub const REWARD: u64 = BOND / 2;
/// The stake that must vote in the first round of what vera's 600 and walt's 400 units decide, atoms.
pub const QUORUM: u64 = 200 * UNIT;
/// Loss that dora states, of 300,000 insured, atoms.
pub const LOSS: u64 = 115_000 * UNIT + 1;
/// What of it she claims: without 5% of the sum insured, atoms.
pub const CLAIMED: u64 = 100_000 * UNIT + 1;
/// Her bond: 1%, rounded up, atoms. An odd number.
pub const CLAIM_BOND: u64 = 1_000 * UNIT + 1;
/// The bond of its dispute: half of it, rounded up, atoms.
pub const DISPUTE_BOND: u64 = CLAIM_BOND.div_ceil(2);
/// What the voters on it share where as many vote as must, atoms.
pub const POT: u64 = CLAIM_BOND / 4;
/// The level of a ballot on a claim at which all of it stands.
pub const ALL: u8 = 16;
/// A level of a ballot on a claim: what stands is [`CUT`]. Nothing of the claimant's bond is left.
pub const NINE: u8 = 9;
/// Nine sixteenths of what dora claims, rounded down, atoms.
pub const CUT: u64 = CLAIMED * 9 / 16;
/// A ballot's state.
pub const DECIDED: u8 = 3;
/// Holders of product 0, what they lose when they lose all but an atom or so, and what they claim of it, atoms.
pub const TRIO: [(&str, u64, u64); 3] = [
    ("dora", 300_000 * UNIT - 1, 285_000 * UNIT - 1),
    ("emil", 200_000 * UNIT - 2, 190_000 * UNIT - 2),
    ("fay", 100_000 * UNIT - 4, 95_000 * UNIT - 4),
];

/// The world's pool, with a reward for those who vote on petitions.
pub fn jury_pool() -> PoolParams {
    PoolParams { vote_reward: 100 * UNIT, ..pool_params() }
}

/// A world with these parameters, ada's million, two products, and the stakes of vera (600) and walt (400), which have
/// aged. Dora (300,000), emil (200,000) and fay (100,000) are covered on product 0, gus (900,000) on product 1, for 180
/// days of which ten have passed. Opal reports, ines and juno dispute, pia appeals.
pub fn insured_with(pool: PoolParams, assembly: AssemblyParams, terms: ProductParams) -> Play {
    insured_beside(pool, assembly, terms, 900_000 * UNIT)
}

/// The same with so much cover of gus.
pub fn insured_beside(pool: PoolParams, assembly: AssemblyParams, terms: ProductParams, cover_of_gus: u64) -> Play {
    let mut world = World::bare();
    world.create_assembly(assembly).ok();
    world.create_pool(0, pool).ok();
    world.list_product(0, terms).ok();
    world.list_product(1, product_params("Stablecoin depeg")).ok();
    world.fund("ada", 1_000_100 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for (name, amount) in [("vera", 600), ("walt", 400)] {
        world.fund(name, 0);
        world.stake(name, amount * UNIT).ok();
    }
    for name in ["opal", "ines", "juno", "pia"] {
        world.fund(name, 10_000 * UNIT);
    }
    for (holder, index, amount) in
        [("dora", 0, 300_000 * UNIT), ("emil", 0, 200_000 * UNIT), ("fay", 0, 100_000 * UNIT), ("gus", 1, cover_of_gus)]
    {
        world.fund(holder, 200_000 * UNIT);
        world.buy(holder, index, 0, amount, 180).ok();
    }
    world.pass_days(10);
    world
}

/// The same with the usual parameters.
pub fn insured() -> Play {
    insured_with(jury_pool(), assembly_params(), product_params("Lending exploit"))
}

/// The accounts of an incident with one claim.
#[derive(Clone, Copy)]
pub struct Case {
    pub pool: Address,
    pub policy: Address,
    pub incident: Address,
    pub claim: Address,
}

/// Opal opens the first incident of a product, which occurred an hour ago, and a holder files a claim.
pub fn open_case(world: &mut Play, index: u16, holder: &str, loss: u64) -> Case {
    let incident = report(world, index, 0);
    file(world, index, holder, &incident, loss)
}

/// A holder files a claim in an incident of a product, to be paid to where its bond comes from.
pub fn file(world: &mut Play, index: u16, holder: &str, incident: &Address, loss: u64) -> Case {
    let policy = world.policy(index, holder, 0);
    world.submit_claim(holder, &policy, incident, loss).ok();
    Case { pool: world.pool(), policy, incident: *incident, claim: claim_address(incident, &policy) }
}

/// Opal opens the `nth` incident of a product; it occurred an hour ago.
pub fn report(world: &mut Play, index: u16, nth: u32) -> Address {
    let now = world.now();
    world.open_incident("opal", index, nth, now - 3_600).ok();
    world.incident(index, nth)
}

/// An insured world in which dora has filed her claim.
pub fn filed() -> (Play, Case) {
    let mut world = insured();
    let case = open_case(&mut world, 0, "dora", LOSS);
    (world, case)
}

/// The same, in which vera has passed the incident, and the verdict was read.
pub fn counts() -> (Play, Case) {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    (world, case)
}

/// The same, which ines disputes.
pub fn disputed() -> (Play, Case) {
    let (mut world, case) = counts();
    world.dispute("ines", &case.policy, &case.incident).ok();
    (world, case)
}

/// The same, of which vera has decided how much stands, or nobody has voted. It is final.
pub fn tried(level: Option<u8>) -> (Play, Case) {
    let (mut world, case) = disputed();
    finish_at(&mut world, &case.claim, level);
    (world, case)
}

/// A ballot by its subject.
pub fn ballot_on(world: &mut Play, subject: &Address) -> Ballot {
    world.chain.read(&ballot_address(subject))
}

/// Moves the clock on to a time, if that lies ahead.
pub fn move_to(world: &mut Play, time: u64) {
    let now = world.now();
    world.chain.set_now(now.max(time));
}

/// Vera, who holds the majority, decides a ballot for or against as soon as it takes votes, or nobody votes in both of its times.
pub fn decide(world: &mut Play, subject: &Address, side: Option<u8>) {
    decide_at(world, subject, side.map(|side| 16 * side));
}

/// The same for a level.
pub fn decide_at(world: &mut Play, subject: &Address, level: Option<u8>) {
    let opens_at = ballot_on(world, subject).opens_at;
    move_to(world, opens_at);
    let Some(level) = level else {
        for _ in 0..2 {
            let closes_at = ballot_on(world, subject).closes_at;
            move_to(world, closes_at);
            world.close_ballot(subject).ok();
        }
        return;
    };
    world.vote_at("vera", subject, level).ok();
    world.close_ballot(subject).ok();
}

/// The same, and lets its windows pass.
pub fn finish(world: &mut Play, subject: &Address, side: Option<u8>) {
    finish_at(world, subject, side.map(|side| 16 * side));
}

/// The same for a level.
pub fn finish_at(world: &mut Play, subject: &Address, level: Option<u8>) {
    decide_at(world, subject, level);
    ripen(world, subject);
}

/// Lets the windows of a closed ballot pass.
pub fn ripen(world: &mut Play, subject: &Address) {
    let final_at = ballot_on(world, subject).final_at;
    move_to(world, final_at);
}

/// Pia appeals what vera decided; vera and walt vote on a side in the second round, or leave it as it is; it is closed.
pub fn appealed(world: &mut Play, subject: &Address, side: Option<u8>) {
    appealed_at(world, subject, side.map(|side| 16 * side));
}

/// The same for a level.
pub fn appealed_at(world: &mut Play, subject: &Address, level: Option<u8>) {
    world.appeal("pia", subject).ok();
    if let Some(level) = level {
        for name in ["vera", "walt"] {
            world.vote_at(name, subject, level).ok();
        }
    }
    let closes_at = ballot_on(world, subject).closes_at;
    move_to(world, closes_at);
    world.close_ballot(subject).ok();
}

/// Decides the first incident of a product, lets all windows pass and settles it.
pub fn settle(world: &mut Play, index: u16, side: Option<u8>) {
    let incident = world.incident(index, 0);
    finish(world, &incident, side);
    conclude(world, index);
}

/// Reads the verdict on the first incident of a product, if nobody has, and lets filing and disputes pass, if it counts.
pub fn accept(world: &mut Play, index: u16) {
    let incident = world.incident(index, 0);
    if world.chain.read::<Incident>(&incident).check_undecided().is_ok() {
        world.decide(index, 0).ok();
    }
    pass_disputes(world, index);
}

/// Lets the filing of the first incident of a product and the disputes of its claims pass. One that does not count has none.
pub fn pass_disputes(world: &mut Play, index: u16) {
    let incident = world.incident(index, 0);
    let ends_at = world.chain.read::<Incident>(&incident).disputes_end_at;
    move_to(world, ends_at);
}

/// Reads the verdict on the first incident of a product, lets all its windows pass, and settles or rejects it.
pub fn conclude(world: &mut Play, index: u16) {
    accept(world, index);
    world.settle(index, 0).ok();
}

/// A world in which gus' incident and the trio's are accepted and can be settled: for both there is not enough.
pub fn rivals() -> (Play, Address, [Case; 3]) {
    let mut world = insured();
    let gus = open_case(&mut world, 1, "gus", 900_000 * UNIT);
    let incident = report(&mut world, 0, 0);
    let cases = TRIO.map(|(holder, loss, _)| file(&mut world, 0, holder, &incident, loss));
    for subject in [gus.incident, incident] {
        finish(&mut world, &subject, Some(FOR));
    }
    for index in [1, 0] {
        world.decide(index, 0).ok();
    }
    pass_disputes(&mut world, 0);
    (world, incident, cases)
}

/// The same, in which gus' takes so much of the capital that the trio's is settled by a factor below one. Both are
/// settled, nobody is paid.
pub fn short() -> (Play, Address, [Case; 3]) {
    let (mut world, incident, cases) = rivals();
    for index in [1, 0] {
        world.settle(index, 0).ok();
    }
    let found: Incident = world.chain.read(&incident);
    assert_eq!(found.approved, TRIO.map(|(_, _, claimed)| claimed).iter().sum::<u64>());
    assert!(0 < found.settled && found.settled < found.approved);
    (world, incident, cases)
}

/// Earns what time has earned, so that the next instruction of this second earns nothing.
pub fn touch(world: &mut Play) {
    world.roll_product(0).ok();
}

/// A world in which dora has filed her claim, beside another pool.
pub fn filed_beside() -> (Play, Case, Case) {
    let mut world = insured();
    let other = elsewhere(&mut world);
    let case = open_case(&mut world, 0, "dora", LOSS);
    (world, case, other)
}

/// A second pool of the same asset and assembly with zoe's policy, an incident that vera has passed and her claim, which ines disputes.
pub fn elsewhere(world: &mut Play) -> Case {
    world.create_pool(1, jury_pool()).ok();
    let pool = world.pool_number(1);
    let product = product_address(&pool, 0);
    let policy = policy_address(&product, &world.key("zoe"), 0);
    let incident = incident_address(&product, 0);
    let case = Case { pool, policy, incident, claim: claim_address(&incident, &policy) };
    let (vault, share_mint) = (vault_address(&pool), share_mint_address(&pool, 0));
    let list = ListProduct { pool, product, ..world.list_product_accounts(0) };
    world.send(list.instruction(&product_params("Elsewhere")), &["founder"]).ok();
    world.fund("zoe", 1_000_000 * UNIT);
    let owner_shares = world.open_tokens("zoe", &share_mint);
    let deposit = Deposit { pool, owner_shares, vault, share_mint, ..world.deposit_accounts("zoe") };
    let seen = world.chain.read::<Pool>(&pool).seen().expect("it fits");
    world.send(deposit.instruction(500_000 * UNIT, 0, &seen), &["zoe"]).ok();
    world.send(OpenPool { authority: world.key("founder"), pool }.instruction(), &["founder"]).ok();
    let sells_from = world.chain.read::<Pool>(&pool).sells_from;
    world.chain.set_now(sells_from);
    let buy = BuyCover { pool, product, policy, vault, ..world.buy_accounts("zoe", 0, 0) };
    let request = world.request("zoe", 100_000 * UNIT, 90);
    world.send(buy.instruction(0, &request), &["zoe"]).ok();
    world.pass_days(3);
    let now = world.now();
    let accounts = world.open_incident_accounts("zoe", 0, 0);
    let open = OpenIncident { pool, product, incident, ballot: ballot_address(&incident), vault, ..accounts };
    world.send(open.instruction(&incident_report(now - 60)), &["zoe"]).ok();
    let submit = SubmitClaim { pool, vault, ..world.claim_accounts("zoe", &policy, &incident) };
    world.send(submit.instruction(&claim_request(50_000 * UNIT)), &["zoe"]).ok();
    finish(world, &incident, Some(FOR));
    let (caller, ballot) = (world.key("guardian"), Some(ballot_address(&incident)));
    let decide = DecideIncident { caller, pool, product, incident, ballot, policy: None, vault };
    world.send(decide.instruction(), &[]).ok();
    let dispute = DisputeClaim { pool, vault, ..world.dispute_accounts("ines", &policy, &incident) };
    world.send(dispute.instruction(&evidence()), &["ines"]).ok();
    case
}
