//! The recorder of good calls: it plays each for several parts, and keeps the chain as it was before the first.

use crate::calls::open_pool;
use coverage_math::DAY;
use harness::{Chain as _, LiteChain, UNIT, World};
use solana_instruction::Instruction;

/// The world these calls are made in.
pub type Play = World<LiteChain>;

/// Who plays, and where. What one part owns is what another's call must not accept.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What its accounts are called in the table.
    pub name: &'static str,
    /// Number of the pool.
    pub pool: u64,
    /// Number of the product.
    pub product: u16,
    /// Who created the pool's assembly, and may list products.
    pub convener: &'static str,
    /// Who may pause the pool.
    pub guardian: &'static str,
    /// Who gets its fees.
    pub treasury: &'static str,
    /// Who decides where too few vote.
    pub arbiter: &'static str,
    /// Who deposits.
    pub lp: &'static str,
    /// Who buys cover and claims.
    pub holder: &'static str,
    /// Whom the holder gives to.
    pub heir: &'static str,
    /// Who stakes and votes.
    pub juror: &'static str,
    /// Who disputes the holder's claim.
    pub disputer: &'static str,
}

/// Whose calls are tried with the accounts of the others.
pub const MINE: Part = Part {
    name: "mine",
    pool: 0,
    product: 0,
    convener: "founder",
    guardian: "guardian",
    treasury: "treasury",
    arbiter: "arbiter",
    lp: "ada",
    holder: "dora",
    heir: "heidi",
    juror: "vera",
    disputer: "dan",
};
/// Other people with the same product, and so the same incident.
pub const USER: Part =
    Part { name: "other user", lp: "ben", holder: "emil", heir: "hugo", juror: "walt", disputer: "dina", ..MINE };
/// The same people with another product of the pool.
pub const PRODUCT: Part = Part { name: "other product", product: 1, ..MINE };
/// The same people in another pool of the same asset, whose assembly has the same governance mint.
pub const POOL: Part =
    Part { name: "other pool", pool: 1, convener: "rita", guardian: "ruth", treasury: "rosa", arbiter: "rex", ..MINE };

/// Where nothing is anybody's own.
pub const POOLS: &[Part] = &[MINE, POOL];
/// Where the product does not matter.
pub const USERS: &[Part] = &[MINE, USER, POOL];
/// Where there is one for all users.
pub const PRODUCTS: &[Part] = &[MINE, PRODUCT, POOL];
/// Where each has its own.
pub const ALL: &[Part] = &[MINE, USER, PRODUCT, POOL];

/// A call by the name of its part.
pub type Named = (&'static str, Instruction);

/// A call that succeeds, and the same call of others.
pub struct Good {
    /// What is special about it; nothing about an instruction's first.
    pub variant: &'static str,
    /// The chain before it.
    pub chain: LiteChain,
    /// The call.
    pub call: Instruction,
    /// The same instruction of the other parts, which would succeed there as well, by the names of the parts.
    pub twins: Vec<Named>,
    /// Calls whose accounts exist, though nothing is said of what they would do.
    pub beside: Vec<Named>,
}

/// A life that passes through every instruction.
pub struct Life {
    /// The world it is lived in.
    pub world: Play,
    /// What was noted.
    pub goods: Vec<Good>,
}

impl Life {
    /// A world with two assemblies' and two pools' worth of people who have all they need, and nothing else.
    pub fn start() -> Self {
        let mut world = World::lite_bare();
        let (asset, governance) = (world.asset(), world.governance());
        let others = ["opal", "paul", "pete", "dist", "fred", "dee", "dot"];
        let offices = POOLS.iter().flat_map(|part| [part.convener, part.guardian, part.treasury, part.arbiter]);
        let people = ALL.iter().flat_map(|part| [part.lp, part.holder, part.heir, part.juror, part.disputer]);
        for name in people.chain(offices).chain(others) {
            world.give_lamports(name);
            for mint in [asset, governance] {
                let account = world.open_tokens(name, &mint);
                world.mint_to(&mint, &account, 10_000_000 * UNIT);
            }
        }
        Self { world, goods: Vec::new() }
    }

    /// Opens everybody's accounts of shares.
    pub fn open_shares(&mut self) {
        for part in USERS {
            self.at(part).open_shares(part.lp);
        }
    }

    /// Announces the pools open, and lets time pass until they sell cover.
    pub fn open(&mut self) {
        self.play(POOLS, open_pool);
        self.at(&MINE).begin_sales();
    }

    /// Lets time pass until the day of the first exits that wait in the first pool.
    pub fn begin_exits(&mut self) {
        let world = self.at(&MINE);
        let head = world.read_pool().exit_head;
        let day = world.read_epoch(head).day;
        world.chain.set_now(day * DAY);
    }

    /// The world as a part sees it.
    pub fn at(&mut self, part: &Part) -> &mut Play {
        self.world.playing = part.pool;
        self.world.convener = part.convener;
        &mut self.world
    }

    /// Builds a part's call.
    pub fn build(&mut self, part: &Part, call: impl Fn(&mut Play, &Part) -> Instruction) -> Instruction {
        call(self.at(part), part)
    }

    /// Plays a call of each part in turn. The first time that an instruction is played, the call is noted.
    pub fn play(&mut self, parts: &[Part], call: impl Fn(&mut Play, &Part) -> Instruction) {
        let calls = self.build_all(parts, call);
        let discriminator = calls[0].1.data[0];
        if !self.goods.iter().any(|good| good.variant.is_empty() && good.call.data[0] == discriminator) {
            self.push("", &calls);
        }
        send(&mut self.world, calls);
    }

    /// The same, without noting anything: what it was noted for is another case.
    pub fn repeat(&mut self, parts: &[Part], call: impl Fn(&mut Play, &Part) -> Instruction) {
        let calls = self.build_all(parts, call);
        send(&mut self.world, calls);
    }

    /// Notes a call, the first part's, with the others' as its twins, and plays none of them.
    pub fn note(&mut self, variant: &'static str, parts: &[Part], call: impl Fn(&mut Play, &Part) -> Instruction) {
        let calls = self.build_all(parts, call);
        self.push(variant, &calls);
    }

    fn build_all(&mut self, parts: &[Part], call: impl Fn(&mut Play, &Part) -> Instruction) -> Vec<Named> {
        parts.iter().map(|part| (part.name, self.build(part, &call))).collect()
    }

    fn push(&mut self, variant: &'static str, calls: &[Named]) {
        let [(_, call), twins @ ..] = calls else { panic!("a part plays") };
        let (chain, call, twins) = (self.world.chain.clone(), call.clone(), twins.to_vec());
        self.goods.push(Good { variant, chain, call, twins, beside: Vec::new() });
    }

    /// Adds a call to the one that was noted last, for its accounts.
    pub fn beside(&mut self, name: &'static str, call: Instruction) {
        let good = self.goods.last_mut().expect("a noted call");
        assert_eq!(good.call.data[0], call.data[0], "another instruction");
        good.beside.push((name, call));
    }
}

fn send(world: &mut Play, calls: Vec<Named>) {
    for (_, call) in calls {
        world.chain.send_signed_by_all(&[call]).ok();
    }
}
