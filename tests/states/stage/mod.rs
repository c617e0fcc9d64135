//! A world in which something stands in a certain state, brought there by instructions and time alone.

mod act;
pub mod ballot;
pub mod booking;
pub mod claim;
pub mod depeg;
pub mod incident;

pub use act::Act;

use coverage_client::{Ballot, Claim, Incident, PoolParams, Side, ZeroCopy, claim_address};
use harness::{
    Chain, LiteChain, UNIT, World, assembly_params, authority_product, pool_params, price_product, product_params,
};
use solana_address::Address;

/// The level of a vote that is against.
pub const AGAINST: u8 = 0;
/// The level of a vote that is for: of a claim, for all of it.
pub const FOR: u8 = 16;
/// The level of half of a claim.
pub const HALF: u8 = 8;
/// The voters and what they stake, of 100: vera alone decides, walt alone makes the quorum of a first vote, the others
/// make one only together; all without vera make that of an appeal.
pub const VOTERS: [(&str, u64); 5] = [("vera", 55), ("walt", 25), ("xena", 12), ("yuri", 5), ("zack", 3)];
/// Those for whom a delegate votes too.
pub const OWNERS: [&str; 2] = ["vera", "yuri"];
/// Their delegate, who has no stake.
pub const DELEGATE: &str = "dele";
/// What dora loses, of 400,000 units insured, unless the pool is to run short.
pub const LOSS: u64 = 250_000 * UNIT;

/// A world, and what its ballot decides on: opal's incident, or dora's claim that dan disputes.
#[derive(Clone)]
pub struct Stage {
    /// The world.
    pub world: World<LiteChain>,
    /// The number of the incident: the first of its product, unless another was reported before.
    nth: u32,
    /// What the ballot decides on.
    subject: Address,
}

thread_local! {
    static INSURED: Stage = Stage::build(true);
    static WITHOUT_ARBITER: Stage = Stage::build(false);
    static DEPEGGED: Stage = Stage::build_depegged();
}

/// Ada puts shares on their way out on two days.
fn queue_exits(world: &mut World<LiteChain>) {
    for ticket in [0, 1] {
        world.request_exit("ada", ticket, 1_000 * UNIT).ok();
        world.pass_days(1);
    }
}

impl Stage {
    /// A world with 1.4 million of capital and two products that people are insured on, some of it on its way out.
    pub fn insured() -> Self {
        INSURED.with(Clone::clone)
    }

    /// The same, with a pool that has no arbiter.
    pub fn without_arbiter() -> Self {
        WITHOUT_ARBITER.with(Clone::clone)
    }

    /// A world in which prices opened an incident of the product that dora and gwen are insured on.
    pub fn depegged() -> Self {
        DEPEGGED.with(Clone::clone)
    }

    fn build_depegged() -> Self {
        let mut world = World::lite_bare();
        world.create_assembly(assembly_params()).ok();
        world.create_pool(0, PoolParams { vote_reward: 10 * UNIT, ..pool_params() }).ok();
        for (voter, stake) in VOTERS {
            world.fund(voter, 0);
            world.stake(voter, stake * UNIT).ok();
        }
        for name in ["dora", "gwen", "heir", "ada", "opal", "dan"] {
            world.fund(name, 5_000_000 * UNIT);
        }
        world.list_product(0, price_product("Stablecoin depeg")).ok();
        world.deposit("ada", 1_400_000 * UNIT).ok();
        world.begin_sales();
        queue_exits(&mut world);
        for (holder, amount) in [("dora", 400_000), ("gwen", 10_000)] {
            world.buy(holder, 0, 0, amount * UNIT, 180).ok();
        }
        world.pass_days(10);
        for _ in 0..7 {
            world.pass(600);
            world.observe(0, 93_000_000).ok();
        }
        world.open_price_incident("opal", 0, 0).ok();
        let subject = world.incident(0, 0);
        Self { world, nth: 0, subject }
    }

    /// A world in which a program has drawn all that dora is insured for, and most of it was booked.
    pub fn booked() -> Self {
        Self::drawn_on(400_000)
    }

    /// The same with another sum insured, units; fay has cover of 900,000 of another product.
    pub fn drawn_on(insured: u64) -> Self {
        let mut world = World::lite_bare();
        world.create_assembly(assembly_params()).ok();
        world.create_pool(0, PoolParams { vote_reward: 10 * UNIT, ..pool_params() }).ok();
        for (voter, stake) in VOTERS {
            world.fund(voter, 0);
            world.stake(voter, stake * UNIT).ok();
        }
        for name in ["dora", "fay", "ada", "opal", "venue", "heir"] {
            world.fund(name, 5_000_000 * UNIT);
        }
        world.list_product(0, authority_product("Venue")).ok();
        world.list_product(1, product_params("Stablecoin depeg")).ok();
        world.deposit("ada", 1_400_000 * UNIT).ok();
        world.begin_sales();
        world.buy("dora", 0, 0, insured * UNIT, 180).ok();
        world.buy("fay", 1, 0, 900_000 * UNIT, 180).ok();
        world.pass_days(3);
        queue_exits(&mut world);
        world.pass_days(5);
        let policy = world.policy(0, "dora", 0);
        world.draw("venue", "dora", 0, &policy, u64::MAX).ok();
        let subject = world.incident(0, 0);
        Self { world, nth: 0, subject }
    }

    /// All that fay is insured for is claimed, and settled beside the booking.
    pub fn without_fays(mut self) -> Self {
        let (incident, now) = (self.world.incident(1, 0), self.world.now());
        self.world.open_incident("opal", 1, 0, now - 3_600).ok();
        self.file("fay", 1, 900_000 * UNIT).ok();
        self.world.vote_at("vera", &incident, FOR).ok();
        self.world.close_ballot(&incident).ok();
        self.world.pass_days(10);
        self.world.decide(1, 0).ok();
        self.world.pass_days(20);
        self.world.end_filing(1, 0).ok();
        self.world.settle(1, 0).ok();
        self
    }

    fn build(arbiter: bool) -> Self {
        let mut world = World::lite_bare();
        let mut params = PoolParams { vote_reward: 10 * UNIT, ..pool_params() };
        if !arbiter {
            params.arbiter = Address::default();
        }
        world.create_assembly(assembly_params()).ok();
        world.create_pool(0, params).ok();
        for (voter, stake) in VOTERS {
            world.fund(voter, 0);
            world.stake(voter, stake * UNIT).ok();
        }
        for owner in OWNERS {
            world.set_delegate(owner, Some(DELEGATE)).ok();
        }
        for name in
            ["dora", "emil", "fay", "gwen", "heir", "finn", "bree", "ada", "bob", "ruth", "opal", "dan", "eve", "gil"]
        {
            world.fund(name, 5_000_000 * UNIT);
        }
        world.list_product(0, product_params("Lending exploit")).ok();
        world.list_product(1, product_params("Stablecoin depeg")).ok();
        world.deposit("ada", 1_400_000 * UNIT).ok();
        world.begin_sales();
        queue_exits(&mut world);
        world.buy("finn", 0, 0, 1_000 * UNIT, 1).ok();
        world.pass_days(35);
        for (holder, product, amount) in
            [("dora", 0, 400_000), ("emil", 0, 450_000), ("gwen", 0, 10_000), ("fay", 1, 900_000)]
        {
            world.buy(holder, product, 0, amount * UNIT, 180).ok();
        }
        world.pass_days(10);
        let subject = world.incident(0, 0);
        Self { world, nth: 0, subject }
    }

    // Reading

    /// The incident.
    pub fn incident_address(&self) -> Address {
        self.world.incident(0, self.nth)
    }

    /// Dora's policy.
    pub fn policy(&self) -> Address {
        self.world.policy(0, "dora", 0)
    }

    /// Dora's claim.
    pub fn claim_address(&self) -> Address {
        claim_address(&self.incident_address(), &self.policy())
    }

    /// The incident, while it exists.
    pub fn incident(&mut self) -> Option<Incident> {
        self.find(&self.incident_address())
    }

    /// Dora's claim, while it exists.
    pub fn claim(&mut self) -> Option<Claim> {
        self.find(&self.claim_address())
    }

    /// The ballot under test, while it exists.
    pub fn ballot(&mut self) -> Option<Ballot> {
        self.ballot_on(&self.subject.clone())
    }

    /// The ballot on a subject, while it exists.
    pub fn ballot_on(&mut self, subject: &Address) -> Option<Ballot> {
        self.find(&coverage_client::ballot_address(subject))
    }

    /// Whether there is an account at an address.
    pub fn exists(&mut self, address: &Address) -> bool {
        self.world.chain.account(address).is_some_and(|account| !account.data.is_empty())
    }

    fn find<T: ZeroCopy>(&mut self, address: &Address) -> Option<T> {
        self.exists(address).then(|| self.world.chain.read(address))
    }

    /// The times to come that the accounts hold, in order.
    pub fn times(&self) -> Vec<u64> {
        let mut stage = self.clone();
        let (incident, claim) = (stage.incident(), stage.claim());
        let mut times: Vec<_> =
            incident.iter().flat_map(|it| [it.filing_ends_at, it.disputes_end_at, it.challenge_ends_at]).collect();
        let disputable =
            claim.iter().zip(&incident).filter_map(|(claim, incident)| claim.disputable_until(incident).ok());
        times.extend(disputable);
        for subject in [stage.incident_address(), stage.claim_address()] {
            times.extend(stage.ballot_on(&subject).iter().flat_map(|it| [it.opens_at, it.closes_at, it.final_at]));
        }
        let now = stage.world.now();
        times.retain(|time| *time > now);
        times.sort_unstable();
        times.dedup();
        times
    }

    // The way to a state

    /// Does something that must succeed.
    pub fn then(mut self, act: Act) -> Self {
        self.act(act).ok();
        self
    }

    /// The ballot is that on the incident.
    pub fn on_incident(mut self) -> Self {
        self.subject = self.incident_address();
        self
    }

    /// The ballot is that on dora's claim.
    pub fn on_claim(mut self) -> Self {
        self.subject = self.claim_address();
        self
    }

    /// Whether the ballot is that on dora's claim.
    fn is_on_claim(&self) -> bool {
        self.subject == self.claim_address()
    }

    /// Sets the clock.
    pub fn set_now(&mut self, time: u64) {
        self.world.chain.set_now(time);
    }

    fn until(mut self, time: u64) -> Self {
        let now = self.world.now();
        self.set_now(now.max(time));
        self
    }

    /// Days pass.
    pub fn after_days(mut self, days: u64) -> Self {
        self.world.pass_days(days);
        self
    }

    /// Hours pass.
    pub fn after_hours(mut self, hours: u64) -> Self {
        self.world.pass(hours * 3_600);
        self
    }

    /// The time of the round is over.
    pub fn until_over(mut self) -> Self {
        let time = self.ballot().expect("a ballot").closes_at;
        self.until(time)
    }

    /// What the ballot came to is final.
    pub fn until_final(mut self) -> Self {
        let time = self.ballot().expect("a ballot").final_at;
        self.until(time)
    }

    /// The verdict is read once it is final.
    pub fn read(self) -> Self {
        self.until_final().then(Act::Decide)
    }

    /// Claims can no longer be filed.
    pub fn until_filed(mut self) -> Self {
        let time = self.incident().expect("an incident").filing_ends_at;
        self.until(time)
    }

    /// Filing is over, and what nobody claimed is free.
    pub fn filed(self) -> Self {
        self.until_filed().then(Act::EndFiling)
    }

    /// All claims can no longer be disputed.
    pub fn until_settleable(mut self) -> Self {
        let time = self.incident().expect("an incident").disputes_end_at;
        self.until(time)
    }

    /// The round is closed when its time is over.
    pub fn closed(self) -> Self {
        self.until_over().then(Act::CloseBallot)
    }

    /// Vera decides the round, and it is closed.
    pub fn decided(self, level: u8) -> Self {
        self.then(Act::Vote("vera", level)).then(Act::CloseBallot)
    }

    /// Too few vote, and too few again: yuri, who wants something else than the default, and zack.
    pub fn without_quorum(mut self) -> Self {
        let (yuri, zack) = match self.ballot().expect("a ballot").default_side() {
            Side::Against => (FOR, AGAINST),
            Side::For => (AGAINST, FOR),
        };
        self.then(Act::Vote("yuri", yuri)).then(Act::Vote("zack", zack)).closed().closed()
    }

    /// Opal reports an incident, of which dora files a claim.
    pub fn claimed(self) -> Self {
        self.then(Act::Report).then(Act::File("dora", LOSS)).on_incident()
    }

    /// The next incident stands in line behind one that fails at once.
    pub fn in_line(self) -> Self {
        let stage = self.then(Act::Report).on_incident().decided(AGAINST);
        Self { nth: 1, ..stage }
    }

    /// Opal reports an incident that is decided at once, for good. One that counts takes dora's claim afterwards; of one that
    /// does not nobody has read the verdict yet, and she files as well.
    pub fn claimed_late(self, accepted: bool) -> Self {
        self.reported(accepted).then(Act::File("dora", LOSS)).on_claim()
    }

    /// The same, in which gil posts the bond of her claim.
    pub fn funded(self, accepted: bool) -> Self {
        let mut stage = self.reported(accepted);
        stage.file_funded(LOSS).ok();
        stage.on_claim()
    }

    fn reported(self, accepted: bool) -> Self {
        let stage = self.then(Act::Report).on_incident();
        if accepted { stage.decided(FOR).read() } else { stage.decided(AGAINST).until_final() }
    }

    /// Two accepted incidents wait to be settled, with more claimed of both than there is capital.
    pub fn rivalled(self, disputed: bool) -> Self {
        let mut stage = self.then(Act::Report);
        let now = stage.world.now();
        stage.world.open_incident("opal", 1, 0, now - 3_600).ok();
        let other = stage.world.incident(1, 0);
        stage.file("fay", 1, 900_000 * UNIT).ok();
        stage.world.vote_at("vera", &other, FOR).ok();
        stage.world.close_ballot(&other).ok();
        stage = stage.then(Act::File("dora", 390_000 * UNIT)).then(Act::File("emil", 450_000 * UNIT));
        stage = stage.on_incident().decided(FOR).read();
        stage.world.decide(1, 0).ok();
        if disputed {
            // Both bonds are shared.
            stage = stage.then(Act::Dispute("dan")).on_claim().decided(FOR - 1);
            stage = stage.until_final().then(Act::Resolve).on_incident();
        }
        stage = stage.filed();
        stage.world.end_filing(1, 0).ok();
        stage.until_settleable()
    }

    /// The other of the two is settled.
    pub fn then_the_other(mut self) -> Self {
        self.world.settle(1, 0).ok();
        self
    }

    /// The incident is settled after the other, for which nothing is held back any more: there is not enough for it.
    pub fn settled_in_part(self, disputed: bool) -> Self {
        let mut stage = self.rivalled(disputed).then_the_other().then(Act::Settle);
        let other = stage.world.incident(1, 0);
        stage.world.settle_rest(&other).ok();
        // The capital is gone, and a pool without any takes no deposits: first some must come back, over a year.
        stage.world.fund("ruth", 100_000_000 * UNIT);
        stage.world.recover("ruth", &other, 100_000_000 * UNIT).ok();
        stage.world.pass(3_600);
        stage.refilled(1_000_000)
    }

    /// The incident is settled before the other, for which a part is held back.
    pub fn settled_first(self, disputed: bool) -> Self {
        self.rivalled(disputed).then(Act::Settle)
    }

    /// The accepted incident is settled in full.
    pub fn settled(self) -> Self {
        self.filed().until_settleable().then(Act::Settle).refilled(4_000_000)
    }

    /// Bob brings capital, and it stays for a season, so that what is tried does not fail for the lack of it.
    pub fn refilled(mut self, units: u64) -> Self {
        self.world.deposit("bob", units * UNIT).ok();
        self.world.pass_season();
        self
    }
}
