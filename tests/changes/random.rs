//! Changes of every kind in any order, between deposits, sales, exits, pauses and time: the books hold after each step,
//! each change applies when it may and only then, and the wait always exceeds what an exit takes by two days.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, ProposalKind as Kind, *};
use coverage_math::DAY;
use harness::{Chain, LiteChain, Receipt, UNIT, World, product_params};
use proptest::{prelude::*, sample::Index};
use solana_address::Address;
use solana_transaction_error::TransactionError;
use std::collections::BTreeMap;

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    /// The authority, or vera by a ballot, wants a change of this kind; the numbers make it one within the bounds or not.
    Propose {
        kind: ProposalKind,
        numbers: [u16; 4],
        product: u16,
        by_ballot: bool,
    },
    /// The ballot on a change is voted on, closed, appealed by nobody, and read.
    Decide {
        change: Index,
        side: Option<u8>,
    },
    Apply {
        change: Index,
    },
    /// Its time comes, and it is applied, or taken by the one who gets the authority.
    Fulfil {
        change: Index,
    },
    Mark {
        change: Index,
    },
    Withdraw {
        change: Index,
        old: bool,
    },
    CollectBond {
        change: Index,
    },
    Close {
        change: Index,
    },
    Accept {
        change: Index,
        old: bool,
    },
    Pause {
        seconds: u64,
    },
    CollectFees,
    List,
    Deposit {
        amount: u64,
    },
    Buy {
        product: u16,
        amount: u64,
        days: u16,
    },
    Cancel {
        policy: Index,
    },
    Extend {
        policy: Index,
        days: u16,
    },
    Exit {
        part: u64,
    },
    Pay,
    Call,
    Collect,
    Wait {
        seconds: u64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let change = any::<Index>;
    // Once in so many kinds is seldom for what stands apart from the pool's numbers: a court, and words in a mint.
    let kinds =
        || prop_oneof![4 => prop::sample::select(ProposalKind::ALL), 1 => Just(Kind::Court), 1 => Just(Kind::Shares)];
    let step = prop_oneof![
        8 => (kinds(), any::<[u16; 4]>(), 0..4_u16, prop::bool::weighted(0.3)).prop_map(
            |(kind, numbers, product, by_ballot)| Step::Propose { kind, numbers, product, by_ballot }
        ),
        3 => (change(), prop::option::weighted(0.9, 0..2_u8)).prop_map(|(change, side)| Step::Decide { change, side }),
        8 => change().prop_map(|change| Step::Apply { change }),
        8 => change().prop_map(|change| Step::Fulfil { change }),
        3 => change().prop_map(|change| Step::Mark { change }),
        1 => (change(), any::<bool>()).prop_map(|(change, old)| Step::Withdraw { change, old }),
        2 => change().prop_map(|change| Step::CollectBond { change }),
        2 => change().prop_map(|change| Step::Close { change }),
        3 => (change(), any::<bool>()).prop_map(|(change, old)| Step::Accept { change, old }),
        1 => (0..8 * DAY).prop_map(|seconds| Step::Pause { seconds }),
        1 => Just(Step::CollectFees),
        1 => Just(Step::List),
        2 => (1..300_000 * UNIT).prop_map(|amount| Step::Deposit { amount }),
        4 => (0..4_u16, UNIT..200_000 * UNIT, 1..200_u16)
            .prop_map(|(product, amount, days)| Step::Buy { product, amount, days }),
        1 => any::<Index>().prop_map(|policy| Step::Cancel { policy }),
        1 => (any::<Index>(), 1..60_u16).prop_map(|(policy, days)| Step::Extend { policy, days }),
        2 => (1..4_u64).prop_map(|part| Step::Exit { part }),
        3 => Just(Step::Pay),
        1 => Just(Step::Call),
        2 => Just(Step::Collect),
        5 => prop_oneof![
            3 => 1..DAY,
            3 => Just(DAY),
            4 => Just(TIMELOCK),
            2 => Just(TIMELOCK + MARKED),
            1 => Just(TIMELOCK + LAPSE),
            4 => DAY..40 * DAY,
        ]
        .prop_map(|seconds| Step::Wait { seconds }),
    ];
    prop::collection::vec(step, 1..70)
}

/// A proposal of a kind; about one of four is out of bounds.
fn proposal(world: &Lite, courts: [Address; 2], kind: ProposalKind, numbers: [u16; 4]) -> Proposal {
    let [a, b, c, d] = numbers;
    match kind {
        Kind::MinPremium => Proposal::MinPremium { min_premium: u64::from(a % 2_000) },
        Kind::VoteReward => {
            Proposal::VoteReward { vote_reward: if a % 9 == 0 { u64::MAX } else { u64::from(a) * UNIT / 1_000 } }
        }
        Kind::AssessorsLimit => Proposal::AssessorsLimit { assessors_limit: u64::from(a) * UNIT },
        Kind::Timelock => Proposal::Timelock { timelock: u64::from(a % 400) * DAY / 4 + u64::from(b % 2) },
        Kind::ExitDelay => Proposal::ExitDelay { exit_delay_days: if b % 4 == 0 { a % 95 } else { a % 12 } },
        Kind::Season => Proposal::Season { season_days: a % 32 },
        Kind::Leverage => Proposal::Leverage { leverage_bps: 9_900 + a % 41_000 },
        Kind::ProtocolFee => Proposal::ProtocolFee { protocol_fee_bps: a % 2_200 },
        Kind::AssessorFee => Proposal::AssessorFee { assessor_fee_bps: a % 1_100 },
        Kind::CancelFee => Proposal::CancelFee { cancel_fee_bps: a % 2_200 },
        Kind::Authority => Proposal::Authority { authority: world.key(["founder", "nora"][usize::from(a % 2)]) },
        Kind::Guardian => Proposal::Guardian { guardian: if a % 4 == 0 { NOBODY } else { world.key("guardian") } },
        Kind::Arbiter => Proposal::Arbiter { arbiter: if a % 2 == 0 { NOBODY } else { world.key("arbiter") } },
        Kind::Treasury => {
            let name = if b % 2 == 0 { "treasury" } else { "nora" };
            Proposal::Treasury { treasury: if a % 7 == 0 { NOBODY } else { world.key(name) } }
        }
        // A name must be there.
        Kind::Shares => {
            let name = if a % 4 == 0 { String::new() } else { format!("Shares {a}") };
            Proposal::Shares(ShareWords::new(&name, "SYM", &"x".repeat(usize::from(b % 128))).expect("they fit"))
        }
        Kind::Court => Proposal::Court { assembly: if b % 7 == 0 { NOBODY } else { courts[usize::from(a % 2)] } },
        // Without a floor and a limit, with what the court has, or with more and less.
        Kind::StakeFloor => Proposal::StakeFloor { stake_floor: u64::from(a % 12) * 100 * UNIT },
        Kind::CoverPerStake => Proposal::CoverPerStake { cover_per_stake: u64::from(a % 6) * 300_000 * UNIT },
        Kind::GroupCap => Proposal::GroupCap { group: a.to_le_bytes()[0] % 18, cap_bps: b % 55_000 },
        Kind::List => Proposal::List,
        Kind::Delist => Proposal::Delist,
        Kind::Weight => Proposal::Weight { weight_bps: a % 10_500 },
        Kind::Curve => {
            let [r0, r1, r2] = [a, b, c].map(u32::from);
            let (r1_ppm, r2_ppm) = (r0 + r1, r0 + r1 + 10 * r2);
            Proposal::Curve(PriceCurve { r0_ppm: r0, r1_ppm, r2_ppm, kink_bps: d % 10_010 })
        }
        Kind::Bonds => Proposal::Bonds { incident_bond: u64::from(a) * UNIT * 20, claim_bond_bps: b % 2_200 },
    }
}

/// What it sets: of the pool or a product, by its kind and, of a cap, the group.
type Field = (Option<u16>, u8, u8);

fn field_of(proposal: &Proposal, index: Option<u16>) -> Field {
    match proposal {
        // Whether it is on sale.
        Proposal::List | Proposal::Delist => (index, 0, 0),
        Proposal::GroupCap { group, .. } => (index, stored(proposal)[0], *group),
        _ => (index, stored(proposal)[0], 0),
    }
}

/// Whether a proposal makes LPs worse off in something.
fn raises(proposal: &Proposal, pool: &Pool, product: &Product) -> bool {
    match *proposal {
        Proposal::Leverage { leverage_bps } => leverage_bps > pool.leverage_bps,
        Proposal::GroupCap { group, cap_bps } => cap_bps > pool.group_caps_bps[usize::from(group)],
        Proposal::Weight { weight_bps } => weight_bps > product.weight_bps,
        // 0 is no limit.
        Proposal::CoverPerStake { cover_per_stake } => {
            cover_per_stake.wrapping_sub(1) > pool.cover_per_stake.wrapping_sub(1)
        }
        Proposal::MinPremium { min_premium } => min_premium < pool.min_premium,
        Proposal::Timelock { timelock } => timelock < pool.timelock,
        Proposal::Season { season_days } => season_days < pool.season_days,
        // At each of the ten thousand utilisations.
        Proposal::Curve(new) => {
            let old = product.price_curve();
            (0..=10_000).any(|at| {
                let ((new, of_new), (old, of_old)) = (rate(&new, at), rate(&old, at));
                new * of_old < old * of_new
            })
        }
        Proposal::Authority { .. }
        | Proposal::Guardian { .. }
        | Proposal::Treasury { .. }
        | Proposal::Shares(_)
        | Proposal::Delist => false,
        _ => true,
    }
}

/// The rate of a curve at so many bps: numerator and denominator.
fn rate(curve: &PriceCurve, at: u64) -> (u64, u64) {
    let kink = u64::from(curve.kink_bps);
    let [r0, r1, r2] = [curve.r0_ppm, curve.r1_ppm, curve.r2_ppm].map(u64::from);
    if at <= kink {
        (r0 * kink + (r1 - r0) * at, kink)
    } else {
        (r1 * (10_000 - kink) + (r2 - r1) * (at - kink), 10_000 - kink)
    }
}

/// A change as it should stand.
struct Noted {
    proposal: Proposal,
    index: Option<u16>,
    by_ballot: bool,
    by: &'static str,
    /// From when it applies, until when exits are asked for before it, and its number; none while a ballot decides, or for good once it
    /// has ended.
    wait: Option<(u64, u64, u64)>,
    /// The timelock when it was proposed.
    timelock: u64,
    /// When it was marked.
    marked_at: Option<u64>,
    bond_due: bool,
    ended: bool,
    closed: bool,
}

impl Noted {
    /// From when it applies and when it lapses, if it waits.
    fn times(&self) -> Option<(u64, u64)> {
        let (from, _, _) = self.wait?;
        Some((from, self.marked_at.map_or(from + LAPSE, |marked_at| marked_at + MARKED)))
    }

    /// Whether the authority was handed over since it was queued by the one who had it, of whose changes so many were before.
    fn has_fallen(&self, handed_over: u64) -> bool {
        !self.by_ballot && self.wait.is_some_and(|(_, _, number)| number <= handed_over)
    }
}

/// A world, and what should be in it.
struct Game {
    world: Lite,
    /// The assembly that it was founded with, and rita's: vera has the majority in both.
    courts: [Address; 2],
    changes: Vec<Noted>,
    /// How many were queued, and which of them set a field last.
    queued: u64,
    set_by: BTreeMap<Field, u64>,
    authority: &'static str,
    /// How many were queued when it was last handed over.
    handed_over: u64,
    /// Of ballots, which one set the authority last.
    elected: u64,
    policies: Vec<(u16, u64)>,
    tickets: u64,
    /// The court, and name, symbol and link of the shares, of the changes that were applied last.
    court: Address,
    words: [String; 3],
}

/// What a step must not change when it fails, and what it may: read before each.
struct Before {
    pool: Pool,
    now: u64,
}

impl Game {
    fn new() -> Self {
        thread_local! {
            static FOUND: Lite = found(World { share_program: TOKEN_2022, ..World::<LiteChain>::lite_bare() });
        }
        let mut world = FOUND.with(Clone::clone);
        let courts = [world.assembly(), second_assembly(&mut world)];
        world.convener = "rita";
        for (name, amount) in [("vera", 600), ("walt", 400)] {
            world.stake(name, amount * UNIT).ok();
        }
        world.convener = "founder";
        world.pass_days(2);
        for name in ["treasury", "nora"] {
            world.fund(name, 0);
        }
        Self {
            world,
            courts,
            changes: vec![],
            queued: 0,
            set_by: BTreeMap::new(),
            authority: "founder",
            elected: 0,
            handed_over: 0,
            policies: vec![(0, 0), (1, 0)],
            tickets: 0,
            court: courts[0],
            words: ["Test pool shares", "TEST", "https://example.org/pool"].map(str::to_owned),
        }
    }

    fn take(&mut self, step: &Step) {
        if let Step::Fulfil { change } = step {
            return self.fulfil(change);
        }
        let before = Before { pool: self.world.read_pool(), now: self.world.now() };
        let receipt = self.act(step);
        if let Some(receipt) = receipt {
            self.check(&before, &receipt, step);
        }
        self.world.check_books();
        self.check_limits();
    }

    /// Lets time pass until a change applies by itself, and then applies it, or takes the authority by it.
    fn fulfil(&mut self, change: &Index) {
        let Some(noted) = self.pick(change).map(|id| &self.changes[id]) else { return };
        let (Some((from, _, _)), change) = (noted.wait, *change) else { return };
        let named = |name| noted.proposal == Proposal::Authority { authority: self.world.key(name) };
        let heir = ["founder", "nora"].into_iter().find(|name| named(name));
        let seconds = from.saturating_sub(self.world.now());
        self.take(&Step::Wait { seconds });
        self.take(&heir.map_or(Step::Apply { change }, |heir| Step::Accept { change, old: heir == "founder" }));
    }

    fn act(&mut self, step: &Step) -> Option<Receipt> {
        match step {
            Step::Propose { kind, numbers, product, by_ballot } => {
                Some(self.propose(&proposal(&self.world, self.courts, *kind, *numbers), *product, *by_ballot))
            }
            Step::Decide { change, side } => self.decide(change, *side),
            Step::Apply { change } => self.apply(change),
            Step::Fulfil { .. } => unreachable!("it is made of two"),
            Step::Mark { change } => self.mark(change),
            Step::Withdraw { change, old } => self.withdraw(change, *old),
            Step::CollectBond { change } => {
                let id = self.pick(change)?;
                let by = self.changes[id].by;
                let receipt = self.world.collect_change_bond(by, id as u64);
                assert_eq!(receipt.result.is_ok(), self.changes[id].bond_due && !self.changes[id].closed);
                self.changes[id].bond_due &= receipt.result.is_err();
                Some(receipt)
            }
            Step::Close { change } => self.close(change),
            Step::Accept { change, old } => self.accept(change, *old),
            Step::Pause { seconds } => Some(self.world.pause("guardian", *seconds)),
            Step::CollectFees => Some(self.world.collect_fees()),
            Step::List => {
                let index = self.world.read_pool().product_count;
                let key = self.world.key(self.authority);
                let list = ListProduct { authority: key, payer: key, ..self.world.list_product_accounts(index) };
                let receipt = self.world.send(list.instruction(&product_params("Late")), &[self.authority]).ok();
                assert_eq!(self.world.read_product(index).status, 2, "the pool is open");
                Some(receipt)
            }
            Step::Deposit { amount } => {
                self.world.fund("ada", *amount);
                Some(self.world.deposit("ada", *amount))
            }
            Step::Buy { product, amount, days } => Some(self.buy(*product, *amount, *days)),
            Step::Cancel { policy } => {
                let (index, id) = self.policies[policy.index(self.policies.len())];
                let holder = holder(index, id);
                let address = self.world.policy(index, holder, id);
                Some(self.world.cancel(holder, index, &address))
            }
            Step::Extend { policy, days } => {
                let (index, id) = self.policies[policy.index(self.policies.len())];
                let address = self.world.policy(index, holder(index, id), id);
                Some(self.world.extend("dora", index, &address, *days))
            }
            Step::Exit { part } => {
                let (shares, id) = (self.world.shares("ada") / (part + 1), self.tickets);
                let receipt = self.world.request_exit("ada", id, shares);
                self.tickets += u64::from(receipt.result.is_ok());
                Some(receipt)
            }
            Step::Pay => self.world.read_pool().has_exits().then(|| self.world.pay_exits()),
            Step::Call => self.world.read_pool().has_exits().then(|| self.world.call_exits()),
            Step::Collect => {
                let key = self.world.key("ada");
                let ids = 0..self.tickets;
                let open = ids.into_iter().find(|id| {
                    let ticket = exit_ticket_address(&self.world.pool(), &key, *id);
                    self.world.chain.account(&ticket).is_some()
                })?;
                Some(self.world.collect_exit("ada", open))
            }
            Step::Wait { seconds } => {
                self.world.pass(*seconds);
                None
            }
        }
    }

    fn pick(&self, change: &Index) -> Option<usize> {
        (!self.changes.is_empty()).then(|| change.index(self.changes.len()))
    }

    fn propose(&mut self, proposal: &Proposal, product: u16, by_ballot: bool) -> Receipt {
        let of_product = matches!(
            proposal,
            Proposal::List | Proposal::Delist | Proposal::Weight { .. } | Proposal::Curve(_) | Proposal::Bonds { .. }
        );
        let count = self.world.read_pool().product_count;
        let index = of_product.then_some(product % count);
        let (id, by) = (self.changes.len() as u64, if by_ballot { "vera" } else { self.authority });
        let instruction = if by_ballot {
            let court = self.world.read_pool().assembly;
            self.go_to(court);
            self.world.fund("vera", 10_000_000 * UNIT);
            let accounts = self.world.petition_accounts("vera", id, index);
            self.go_to(self.courts[0]);
            accounts.instruction(id, proposal)
        } else {
            self.world.propose_accounts(by, id, index).instruction(id, proposal)
        };
        let receipt = self.world.send(instruction, &[by]);
        if receipt.result.is_ok() {
            let timelock = self.world.read_pool().timelock;
            // Of the court stakers have time for a ballot of their own.
            let is_courts = matches!(proposal, Proposal::Court { .. });
            let notice = if is_courts { timelock + constants::COURT_NOTICE } else { 0 };
            let wait = if by_ballot { None } else { Some(self.queue(timelock, notice)) };
            let proposal = *proposal;
            self.changes.push(Noted {
                proposal,
                index,
                by_ballot,
                by,
                wait,
                timelock,
                marked_at: None,
                bond_due: false,
                ended: false,
                closed: false,
            });
        }
        receipt
    }

    /// Has what follows happen in a court.
    fn go_to(&mut self, court: Address) {
        self.world.convener = if court == self.courts[1] { "rita" } else { "founder" };
    }

    /// From when what is queued now applies, until when exits are asked for before it, and its number.
    fn queue(&mut self, timelock: u64, notice: u64) -> (u64, u64, u64) {
        let (now, pool) = (self.world.now(), self.world.read_pool());
        let from = now + notice + pool.timelock.min(timelock);
        self.queued += 1;
        let exits_take = (u64::from(pool.exit_delay_days) + 1) * DAY;
        (from, (from - exits_take).max(now + DAY), self.queued)
    }

    /// Brings the ballot on a change to its end, if it has one that is open.
    fn decide(&mut self, change: &Index, side: Option<u8>) -> Option<Receipt> {
        let id = self.pick(change)?;
        let noted = &self.changes[id];
        if !noted.by_ballot || noted.closed || noted.wait.is_some() || noted.ended {
            return None;
        }
        let (number, subject) = (id as u64, self.world.change(id as u64));
        self.world.queue(number).fails(E::BallotOpen);
        let ballot = ballot_of(&mut self.world, number);
        self.go_to(ballot.assembly);
        let over = self.world.now() >= ballot.closes_at;
        final_by(&mut self.world, number, if over { None } else { side });
        let verdict = ballot_of(&mut self.world, number).state;
        let receipt = self.world.queue(number).ok();
        if side.is_some() && !over {
            self.world.collect_vote_reward("vera", &subject).ok();
        }
        self.go_to(self.courts[0]);
        let timelock = self.changes[id].timelock;
        let wait = if verdict == 1 { Some(self.queue(timelock, 0)) } else { None };
        let noted = &mut self.changes[id];
        (noted.wait, noted.ended) = (wait, wait.is_none());
        // It is lost where vera, who has the majority, voted against it; not where nobody voted.
        noted.bond_due = verdict == 1 || side.is_none() || over;
        // Time has passed within: what a step may do in one second does not apply.
        let _ = receipt;
        None
    }

    fn apply(&mut self, change: &Index) -> Option<Receipt> {
        let id = self.pick(change)?;
        if self.changes[id].closed {
            return None;
        }
        let refusal = self.not_ready(id).or_else(|| self.not_applicable(id));
        let (proposal, index) = (self.changes[id].proposal, self.changes[id].index);
        let receipt = if let Proposal::Shares(_) = proposal {
            let accounts = ApplyChange {
                payer: Some(self.world.key("nora")),
                share_mint: Some(self.world.share_mint()),
                share_token_program: Some(TOKEN_2022),
                ..self.world.apply_accounts(id as u64, index)
            };
            self.world.send(accounts.instruction(), &["nora"])
        } else {
            self.world.apply(id as u64, index)
        };
        if let Some(error) = refusal {
            receipt.clone().fails(error);
            return Some(receipt);
        }
        receipt.clone().ok();
        let (_, _, number) = self.changes[id].wait.expect("it was queued");
        self.set_by.insert(field_of(&proposal, index), number);
        self.changes[id].ended = true;
        match proposal {
            Proposal::Court { assembly } => self.court = assembly,
            Proposal::Shares(words) => {
                let (name, symbol, uri) = words.texts().expect("what was applied is text");
                self.words = [name, symbol, uri].map(str::to_owned);
            }
            _ => {}
        }
        Some(receipt)
    }

    fn accept(&mut self, change: &Index, old: bool) -> Option<Receipt> {
        let id = self.pick(change)?;
        if self.changes[id].closed {
            return None;
        }
        let name = if old { "founder" } else { "nora" };
        let refusal = self.not_ready(id);
        let noted = &self.changes[id];
        let named = noted.proposal == Proposal::Authority { authority: self.world.key(name) };
        let number = noted.wait.map_or(0, |(_, _, number)| number);
        let overtaken = noted.by_ballot && number <= self.elected;
        let may = refusal.is_none() && named && !overtaken;
        let receipt = self.world.accept_authority(name, id as u64);
        assert_eq!(receipt.result.is_ok(), may, "{refusal:?} {named} {overtaken}");
        if may {
            if self.changes[id].by_ballot {
                self.elected = number;
            }
            self.authority = name;
            self.handed_over = self.queued;
            self.changes[id].ended = true;
        }
        Some(receipt)
    }

    fn mark(&mut self, change: &Index) -> Option<Receipt> {
        let id = self.pick(change)?;
        if self.changes[id].closed {
            return None;
        }
        let marked = self.changes[id].marked_at.is_some();
        let refusal = if marked { Some(E::ChangeMarked) } else { self.not_ready(id) };
        let receipt = self.world.mark(id as u64, self.changes[id].index);
        if let Some(error) = refusal {
            receipt.clone().fails(error);
        } else {
            receipt.clone().ok();
            self.changes[id].marked_at = Some(self.world.now());
        }
        Some(receipt)
    }

    /// Why a change can be neither marked nor applied now.
    fn not_ready(&mut self, id: usize) -> Option<E> {
        let (now, pool) = (self.world.now(), self.world.read_pool());
        let noted = &self.changes[id];
        if noted.ended {
            return Some(E::ChangeNotQueued);
        }
        let Some((from, lapses_at)) = noted.times() else { return Some(E::ChangeNotQueued) };
        if noted.has_fallen(self.handed_over) {
            return Some(E::NotPoolAuthority);
        }
        if now < from {
            return Some(E::ChangeNotDue);
        }
        if now >= lapses_at {
            return Some(E::ChangeLapsed);
        }
        let product = self.world.read_product(noted.index.unwrap_or(0));
        let exits_until = noted.wait.map_or(0, |(_, exits_until, _)| exits_until);
        let waits = pool.exit_head < pool.exit_count && self.world.read_epoch(pool.exit_head).asked_at <= exits_until;
        (waits && raises(&noted.proposal, &pool, &product)).then_some(E::ExitsWait)
    }

    /// Why what can be applied cannot be after all.
    fn not_applicable(&mut self, id: usize) -> Option<E> {
        let (noted, pool) = (&self.changes[id], self.world.read_pool());
        if matches!(noted.proposal, Proposal::Authority { .. }) {
            return Some(E::NotNewAuthority);
        }
        let (_, _, number) = noted.wait.expect("it was queued");
        if self.set_by.get(&field_of(&noted.proposal, noted.index)).is_some_and(|last| *last > number) {
            return Some(E::ChangeOvertaken);
        }
        let wait = |timelock, delay: u16| timelock < (u64::from(delay) + 2) * DAY;
        match noted.proposal {
            Proposal::Timelock { timelock } if wait(timelock, pool.exit_delay_days) => Some(E::BadTimelock),
            Proposal::ExitDelay { exit_delay_days } if wait(pool.timelock, exit_delay_days) => Some(E::BadTimelock),
            Proposal::Bonds { incident_bond, claim_bond_bps } => {
                let good = (1..=1_000_000 * UNIT).contains(&incident_bond) && (1..=2_000).contains(&claim_bond_bps);
                (!good).then_some(E::BadBond)
            }
            _ => None,
        }
    }

    fn withdraw(&mut self, change: &Index, old: bool) -> Option<Receipt> {
        let id = self.pick(change)?;
        let noted = &self.changes[id];
        if noted.closed {
            return None;
        }
        let name = if old { "founder" } else { "nora" };
        let may = !noted.by_ballot && !noted.ended && name == self.authority;
        let receipt = self.world.withdraw(name, id as u64);
        assert_eq!(receipt.result.is_ok(), may);
        self.changes[id].ended |= may;
        Some(receipt)
    }

    fn close(&mut self, change: &Index) -> Option<Receipt> {
        let id = self.pick(change)?;
        let now = self.world.now();
        let noted = &self.changes[id];
        if noted.closed {
            return None;
        }
        let lapsed = noted.times().is_some_and(|(_, lapses_at)| now >= lapses_at);
        let fallen = noted.wait.is_some() && noted.has_fallen(self.handed_over);
        let may = (noted.ended || lapsed || fallen) && !noted.bond_due;
        let receipt = self.world.close_change(noted.by, id as u64);
        assert_eq!(receipt.result.is_ok(), may);
        self.changes[id].closed = may;
        Some(receipt)
    }

    fn buy(&mut self, product: u16, amount: u64, days: u16) -> Receipt {
        let (count, id) = (self.world.read_pool().product_count, self.policies.len() as u64);
        let index = product % count;
        self.world.fund("dora", 10_000_000 * UNIT);
        let receipt = self.world.buy("dora", index, id, amount, days);
        if receipt.result.is_ok() {
            self.policies.push((index, id));
            // B2: all three caps hold after a sale.
            let (pool, product) = (self.world.read_pool(), self.world.read_product(index));
            assert_eq!(product.status, 0, "sold while it is not on sale");
            let free = u128::from(pool.capital);
            let within = |active: u64, bps: u16| u128::from(active) * 10_000 <= free * u128::from(bps);
            assert!(within(product.active_cover, product.weight_bps) && within(pool.active_cover, pool.leverage_bps));
            assert!(within(
                pool.group_active[usize::from(product.group)],
                pool.group_caps_bps[usize::from(product.group)]
            ));
        }
        receipt
    }

    /// What holds after every step, whether it went through or not.
    fn check(&mut self, before: &Before, receipt: &Receipt, step: &Step) {
        let pool = self.world.read_pool();
        if receipt.result.is_err() {
            let Err(TransactionError::InstructionError(_, error)) = &receipt.result else { panic!("{step:?}") };
            // A program's own refusal, or an account that is gone.
            assert!(!receipt.logs.iter().any(|line| line.contains("panicked")), "{step:?}: {error:?}");
            assert_eq!(pool, before.pool, "{step:?} failed and changed the pool");
            return;
        }
        // The court and what wallets show are those of the last change of it that was applied, whatever was queued, withdrawn or lapsed.
        assert_eq!(pool.assembly, self.court, "{step:?}");
        let mint = self.world.share_mint();
        let shown = self.world.read_named_mint(&mint).1;
        assert_eq!([shown.name, shown.symbol, shown.uri], self.words, "{step:?}");
        // B6 and B7: the capital moves by what time earned, deposits and exits; the price falls for nobody.
        let earned = pool.income_earned - before.pool.income_earned;
        assert!(earned == 0 || before.pool.accrued_at < before.now, "earned within a second");
        let (mut come, mut gone) = (u128::from(earned), 0);
        for event in receipt.events() {
            match event {
                Event::Deposited(event) => come += u128::from(event.amount),
                Event::ExitsPaid(event) => gone += u128::from(event.paid),
                _ => {}
            }
        }
        assert_eq!(u128::from(pool.capital) + gone, u128::from(before.pool.capital) + come, "{step:?}");
        let price = |pool: &Pool| (u128::from(pool.capital) + 1, u128::from(pool.shares) + 1_000);
        let ((value, shares), (old_value, old_shares)) = (price(&pool), price(&before.pool));
        assert!(value * old_shares >= old_value * shares, "{step:?} made the price fall");
        // B3: every share is in a wallet or in the escrow.
        let supply = self.world.share_supply();
        let escrow = exit_escrow_address(&self.world.pool(), 0);
        assert_eq!(supply, pool.shares);
        assert_eq!(supply, self.world.shares("ada") + self.world.balance_of(&escrow));
        assert!(pool.own_liens().expect("they fit") == 0 && pool.bonds == self.bonds());
    }

    /// The bonds of changes that are held or due, and what their voters were promised.
    fn bonds(&mut self) -> u64 {
        let open: Vec<u64> = (0..).zip(&self.changes).filter(|(_, noted)| !noted.closed).map(|(id, _)| id).collect();
        open.into_iter()
            .map(|id| {
                let change = self.world.read_change(id);
                let bond = if change.bond_state < 2 { change.bond } else { 0 };
                // What is paid for the votes on it waits with its bond until they are read.
                let is_open = change.state() == Ok(ChangeState::Proposed);
                bond + if is_open { self.world.chain.read::<Ballot>(&change.ballot).reward_pot } else { 0 }
            })
            .sum()
    }

    /// The bounds of every parameter, whatever was applied in whatever order.
    fn check_limits(&mut self) {
        let pool = self.world.read_pool();
        assert!(pool.timelock >= u64::from(pool.exit_delay_days) * DAY + 2 * DAY && pool.timelock <= 92 * DAY);
        assert!((1..=90).contains(&pool.exit_delay_days) && (10_000..=50_000).contains(&pool.leverage_bps));
        assert!((1..=30).contains(&pool.season_days));
        assert!(pool.group_caps_bps.iter().all(|cap| *cap <= 50_000) && pool.min_premium > 0);
        assert!(pool.protocol_fee_bps <= 2_000 && pool.assessor_fee_bps <= 1_000 && pool.cancel_fee_bps <= 2_000);
        assert!(pool.treasury != NOBODY && pool.authority == self.world.key(self.authority));
        for index in 0..pool.product_count {
            let product = self.world.read_product(index);
            assert!((1..=10_000).contains(&product.weight_bps) && (1..10_000).contains(&product.kink_bps));
            assert!(product.r0_ppm <= product.r1_ppm && product.r1_ppm <= product.r2_ppm);
            assert!(product.r2_ppm <= 1_000_000);
            assert!((1..=1_000_000 * UNIT).contains(&product.incident_bond));
            assert!((1..=2_000).contains(&product.claim_bond_bps));
        }
    }
}

/// Who holds a policy.
fn holder(index: u16, id: u64) -> &'static str {
    if (index, id) == (1, 0) { "emil" } else { "dora" }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_books_and_the_wait_hold_in_any_order(steps in steps()) {
        let mut game = Game::new();
        for step in &steps {
            game.take(step);
        }
    }
}
