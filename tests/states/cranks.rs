//! What the client calls due: the program accepts it, and a second before time makes it due it is neither named nor
//! accepted. And anyone who takes all that is due brings everything to its end.

use crate::{
    declaration::{ballot, claim, depeg, incident},
    stage::{self, FOR, Stage},
};
use coverage_client::{
    At, Incident, Proposal,
    crank::{self, Crank},
    snapshot::Snapshot,
};
use coverage_math::{DAY, day_of, start_of};
use harness::{Chain, LiteChain, PriceUpdate, UNIT, World, WorldPrice as _, actor, price_product, trials::wipe_out};
use solana_signer::Signer as _;
use std::collections::{BTreeMap, BTreeSet};

type Play = World<LiteChain>;

/// What can be taken at any time, and changes nothing until there is something to change.
const ALWAYS_TAKEN: [&str; 1] = ["roll_product"];
/// What is named later than it is accepted: votes are released with their reward, once somebody has read the outcome, unless nobody does
/// for a day.
const NAMED_LATER: [&str; 1] = ["release_vote"];

fn due(world: &mut Play) -> Vec<Crank> {
    crank::due(&world.snapshot(), &actor("bank").pubkey())
}

/// Why the program refuses a crank; `None` when it accepts it. Nothing changes.
fn refusal(world: &Play, crank: &Crank) -> Option<String> {
    let receipt = match crank.instructions.as_slice() {
        [instruction] => world.chain.try_out(instruction).0,
        several => world.chain.clone().send_signed_by_all(several),
    };
    receipt.result.err().map(|error| format!("{} {}: {error}\n{}", crank.name, crank.subject, receipt.logs.join("\n")))
}

/// The times to come at which something may become due, in order.
fn times(s: &Snapshot) -> Vec<u64> {
    let mut times = vec![start_of(day_of(s.time) + 1).expect("a time"), s.pool.exits_wait_until];
    times.extend(s.ballots.iter().flat_map(|it| [it.opens_at, it.closes_at, it.final_at]));
    times.extend(s.incidents.iter().flat_map(|it| [it.filing_ends_at, it.disputes_end_at, it.challenge_ends_at]));
    times.extend(s.claims.iter().map(|it| it.disputes_end_at));
    times.extend(s.policies.iter().filter_map(|it| start_of(it.release_day)));
    times.extend(s.epochs.iter().flat_map(|it| [start_of(it.day), start_of(it.day + 1)]).flatten());
    // An epoch that nobody paid is called, and one that waits is seen to.
    times.extend([s.pool.exit_called_at + DAY, s.pool.exit_called_at + 2 * DAY, s.pool.exit_seen_at + DAY]);
    times.push(s.pool.exit_seen_at + DAY / 2);
    times.extend(s.changes.iter().flat_map(|it| [Ok(it.applies_at), it.lapses_at()]).flatten());
    times.retain(|time| *time > s.time);
    times.sort_unstable();
    times.dedup();
    times
}

/// Checks what is due now, and what becomes due at each time to come if nobody does anything until then.
fn check(world: &Play, seen: &mut BTreeMap<&'static str, u64>) {
    let mut world = world.clone();
    for crank in due(&mut world) {
        assert_eq!(refusal(&world, &crank), None, "it is due");
    }
    for time in times(&world.snapshot()) {
        edge(&world, time, seen);
    }
}

/// What becomes due at `time`, if nobody does anything until then, and what is over by then: in that second, not earlier
/// and not later.
fn edge(world: &Play, time: u64, seen: &mut BTreeMap<&'static str, u64>) {
    let (mut before, mut after) = (world.clone(), world.clone());
    before.chain.set_now(time - 1);
    after.chain.set_now(time);
    let (early, late) = (due(&mut before), due(&mut after));
    let only_in = |these: &[Crank], those: &[Crank]| -> Vec<Crank> {
        let those: BTreeSet<_> = those.iter().map(|crank| (crank.name, crank.subject)).collect();
        let only = these.iter().filter(|crank| !those.contains(&(crank.name, crank.subject)));
        only.filter(|crank| !ALWAYS_TAKEN.contains(&crank.name)).cloned().collect()
    };
    for crank in &late {
        assert_eq!(refusal(&after, crank), None, "it is due at {time}");
    }
    for crank in only_in(&late, &early) {
        let early = NAMED_LATER.contains(&crank.name) || refusal(&before, &crank).is_some();
        assert!(early, "{} was not due, and accepted, before {time}", crank.name);
        *seen.entry(crank.name).or_default() += 1;
    }
    for crank in only_in(&early, &late) {
        assert_eq!(refusal(&before, &crank), None, "it is due before {time}");
        assert!(refusal(&after, &crank).is_some(), "{} is not due, and accepted, at {time}", crank.name);
        *seen.entry(crank.name).or_default() += 1;
    }
}

/// All that was insured, reported, claimed, disputed and voted on in the suite of states.
fn all_stages() -> Vec<Stage> {
    let ballots = ballot::MACHINE.rows.iter().flat_map(|row| stage::ballot::stages(row.state));
    let incidents = incident::MACHINE.rows.iter().flat_map(|row| stage::incident::stages(row.state));
    let depegs = depeg::MACHINE.rows.iter().flat_map(|row| stage::depeg::stages(row.state));
    let claims = claim::MACHINE.rows.iter().flat_map(|row| stage::claim::stages(row.state));
    ballots.chain(incidents).chain(depegs).chain(claims).collect()
}

#[test]
fn what_is_due_is_accepted_and_not_a_second_earlier() {
    let mut seen = BTreeMap::new();
    for mut stage in all_stages() {
        let asset = stage.world.asset();
        stage.world.open_tokens("treasury", &asset);
        check(&stage.world, &mut seen);
    }
    println!("became due in time: {seen:?}");
    for name in [
        "close_ballot",
        "resolve_dispute",
        "decide_incident",
        "end_filing",
        "settle_incident",
        "close_policy",
        "claim_breach",
    ] {
        assert!(seen.contains_key(name), "no {name} became due, or was over, in time: {seen:?}");
    }
}

/// A disputed claim, exits and changes, one of them put to a ballot, one that delists; nobody does anything but what is due.
fn lively() -> Play {
    let stage = Stage::insured().claimed_late(true).then(crate::stage::Act::Dispute("dan"));
    let claim = stage.claim_address();
    let mut world = stage.world;
    let asset = world.asset();
    world.open_tokens("treasury", &asset);
    // As many as must, and the others could still change it.
    world.vote_at("walt", &claim, 12).ok();
    world.propose(&Proposal::ProtocolFee { protocol_fee_bps: 600 }, None).ok();
    world.propose(&Proposal::Weight { weight_bps: 9_000 }, Some(1)).ok();
    world.withdraw("founder", 1).ok();
    world.fund("vera", 1_000 * UNIT);
    world.petition("vera", &Proposal::Weight { weight_bps: 8_000 }, Some(0)).ok();
    let petition = world.change(2);
    world.vote_at("vera", &petition, FOR).ok();
    world.propose(&Proposal::Delist, Some(0)).ok();
    world
}

#[test]
fn anyone_who_takes_what_is_due_brings_everything_to_its_end() {
    let mut world = lively();
    let (mut seen, mut taken) = (BTreeMap::new(), BTreeMap::<_, u64>::new());
    for _ in 0..400 {
        // What some steps make due is taken too; it comes to an end.
        for round in 0.. {
            let cranks = due(&mut world);
            if cranks.is_empty() {
                break;
            }
            assert!(round < 20, "always the same is due: {cranks:?}");
            for crank in cranks {
                // An earlier one of the same look may have done it.
                if world.chain.send_signed_by_all(&crank.instructions).result.is_ok() {
                    *taken.entry(crank.name).or_default() += 1;
                }
            }
            world.check_books();
        }
        let Some(next) = times(&world.snapshot()).first().copied() else { break };
        edge(&world, next, &mut seen);
        world.chain.set_now(next);
    }
    println!("became due in time: {seen:?}\ntaken: {taken:?}");
    assert_eq!((taken.get("close_product"), world.chain.account(&world.product(0))), (Some(&1), None));
    let left = world.snapshot();
    let counts = [
        left.policies.len(),
        left.incidents.len(),
        left.claims.len(),
        left.ballots.len(),
        left.records.len(),
        left.tickets.len(),
        left.epochs.len(),
        left.changes.len(),
    ];
    assert_eq!(counts, [0; 8], "policies, incidents, claims, ballots, votes, tickets, epochs, changes are left");
    for name in
        ["pay_exits", "apply_change", "queue_change", "close_policy", "end_filing", "settle_incident", "close_ballot"]
    {
        assert!(seen.contains_key(name), "no {name} became due in time: {seen:?}");
    }
    // A voter's account is due once the stake is out.
    let voters = left.voters.len();
    let staked = left.voters.iter().find(|voter| voter.owner == world.key("vera")).expect("vera's").staked();
    world.request_unstake("vera", staked.expect("a sum")).ok();
    world.pass_days(60);
    assert!(due(&mut world).is_empty());
    world.unstake("vera").ok();
    let closings = due(&mut world);
    let [closing] = closings.as_slice() else { panic!("one step is due: {closings:?}") };
    assert_eq!((closing.name, refusal(&world, closing)), ("close_voter", None));
    world.chain.send_signed_by_all(&closing.instructions).ok();
    assert_eq!(world.snapshot().voters.len(), voters - 1);
}

#[test]
fn what_is_left_of_redeemed_shares_is_due() {
    let mut world = World::lite();
    world.fund("ada", 100_000 * UNIT);
    world.deposit("ada", 100_000 * UNIT).ok();
    wipe_out(&mut world, "dora");
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let closes = |world: &mut Play| due(world).into_iter().find(|crank| crank.name == "close_retired");
    assert!(closes(&mut world).is_none());
    let retired = world.snapshot().retired[0];
    let pool = world.snapshot().pool;
    let redeem = coverage_client::build::redeem_retired(&pool, &retired, &world.key("ada"), retired.shares);
    world.send_all(&redeem, &["ada"]).ok();
    let closing = closes(&mut world).expect("it is due");
    assert_eq!(refusal(&world, &closing), None);
}

/// What a price makes due, and whether the program accepts each.
fn by_price(world: &mut Play, update: &PriceUpdate) -> Vec<(&'static str, bool)> {
    let address = world.post_price(update);
    let due = crank::due_by_prices(&world.snapshot(), &[At { address, account: *update }]);
    due.iter().map(|crank| (crank.name, refusal(world, crank).is_none())).collect()
}

/// The prices around the strike, the confidence that makes it uncertain, and the seconds around the times given.
fn prices_around(times: &[u64]) -> Vec<PriceUpdate> {
    const STRIKE: i64 = 98_000_000;
    let seconds: BTreeSet<u64> = times.iter().flat_map(|time| [time - 1, *time, time + 1]).collect();
    let of_second = |second: u64| {
        let at = |price| PriceUpdate::of(price, second);
        let uncertain = PriceUpdate { confidence: 2, ..at(STRIKE + 1) };
        let partial = PriceUpdate { signatures: Some(9), ..at(STRIKE) };
        [
            at(STRIKE - 1),
            at(STRIKE),
            at(STRIKE - 5_000_000),
            uncertain,
            partial,
            PriceUpdate { exponent: -7, ..at(STRIKE) },
        ]
    };
    seconds.into_iter().flat_map(of_second).collect()
}

#[test]
fn prices_refute_what_the_program_lets_them_refute() {
    // A breach that no incident was opened for.
    let mut world = World::lite();
    world.list_product(0, price_product("Stablecoin depeg")).ok();
    let mut refuted = 0;
    for length in [0, 1, 3, 6, 7] {
        let mut world = world.clone();
        world.observe(0, 93_000_000).ok();
        for _ in 0..length {
            world.pass(600);
            world.observe(0, 93_000_000).ok();
        }
        world.pass(60);
        let price = world.read_product(0).price;
        for update in prices_around(&[price.measured_from, price.measured_until, price.measured_from + 3_600]) {
            let accepted = world.clone().refute_breach(0, &update).result.is_ok();
            let named: Vec<_> = by_price(&mut world, &update);
            assert_eq!(named.contains(&("refute_breach", true)), accepted, "{length}: {update:?} {named:?}");
            assert!(named.iter().all(|(_, accepted)| *accepted), "{length}: {update:?} {named:?}");
            refuted += u64::from(accepted);
        }
    }
    // And one that an incident was opened for, until it can no longer be challenged.
    let mut world = Stage::depegged().world;
    let incident: Incident = world.chain.read(&world.incident(0, 0));
    for now in [world.now(), incident.challenge_ends_at - 1, incident.challenge_ends_at] {
        world.chain.set_now(now);
        for update in prices_around(&[incident.measured_from, incident.measured_until]) {
            let accepted = world.clone().refute_incident(0, 0, &update).result.is_ok();
            let named = by_price(&mut world, &update);
            assert_eq!(named.contains(&("refute_incident", true)), accepted, "{now}: {update:?} {named:?}");
            refuted += u64::from(accepted);
        }
    }
    assert!(refuted > 10, "only {refuted} prices refute");
}

#[test]
fn prices_are_shown_when_they_say_something() {
    let mut world = World::lite();
    world.list_product(0, price_product("Stablecoin depeg")).ok();
    let now = |world: &mut Play| world.now();
    let shown = |world: &mut Play, price: i64, published: u64| by_price(world, &PriceUpdate::of(price, published));
    let (observe, nothing) = (vec![("observe_price", true)], Vec::new());
    let time = now(&mut world);
    assert_eq!(shown(&mut world, 99_000_000, time), nothing, "at peg");
    assert_eq!(shown(&mut world, 97_999_999, time), nothing, "so little below that it pays nothing");
    assert_eq!(shown(&mut world, 93_000_000, time - 61), nothing, "too old");
    assert_eq!(shown(&mut world, 93_000_000, time + 1), nothing, "from the future");
    assert_eq!(shown(&mut world, 93_000_000, time - 60), observe, "a breach begins");
    world.observe(0, 93_000_000).ok();
    assert_eq!(shown(&mut world, 93_000_000, time), nothing, "seen");
    world.pass(299);
    let time = now(&mut world);
    assert_eq!(
        shown(&mut world, 93_000_000, time),
        nothing,
        "the longest gap is ten minutes: half of it is soon enough"
    );
    assert_eq!(shown(&mut world, 93_000_000, time + 1), nothing);
    world.pass(1);
    assert_eq!(shown(&mut world, 93_000_000, time + 1), observe);
    assert_eq!(shown(&mut world, 98_000_000, time + 1), observe, "it is over");
    // Once it counts, nothing can be added and nothing ends it.
    for _ in 0..8 {
        world.observe(0, 93_000_000).ok();
        world.pass(599);
    }
    let time = now(&mut world);
    assert_eq!(shown(&mut world, 93_000_000, time), nothing);
    assert_eq!(shown(&mut world, 98_000_000, time), nothing);
}
