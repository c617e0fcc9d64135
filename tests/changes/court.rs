//! Another court, and other bonds: a product that covers something keeps those that its holders bought, and lets them go
//! without a fee, until it covers nothing.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use coverage_model::{Model, Name, Token, example};
use harness::{Chain, Receipt, UNIT, World, product_params};
use solana_address::Address;

/// The stage of the other suites with a second assembly, rita's, in which rosa has all the stake, and its address. Opal and otto
/// have money for bonds, fay for cover.
fn two_courts() -> (Lite, Address) {
    let mut world = found(World::lite_bare());
    let assembly = second_assembly(&mut world);
    for name in ["opal", "otto", "fay", "rosa"] {
        world.fund(name, 50_000 * UNIT);
    }
    at_ritas(&mut world, |world| world.stake("rosa", 500 * UNIT)).ok();
    world.pass_days(2);
    (world, assembly)
}

/// Plays with rita's assembly instead of the founder's.
fn at_ritas<T>(world: &mut Lite, play: impl FnOnce(&mut Lite) -> T) -> T {
    world.convener = "rita";
    let result = play(world);
    world.convener = "founder";
    result
}

/// The court itself has another take its place: queued now, it applies after the timelock. Returns its number.
fn gives_way(world: &mut Lite, assembly: Address) -> u64 {
    let id = petitioned(world, &Proposal::Court { assembly }, None);
    final_by(world, id, Some(FOR));
    world.queue(id).ok();
    let subject = world.change(id);
    world.collect_vote_reward("vera", &subject).ok();
    id
}

/// The same after the pool has gone over to it.
fn moved() -> (Lite, Address) {
    let (mut world, assembly) = two_courts();
    let id = gives_way(&mut world, assembly);
    world.pass(TIMELOCK);
    world.apply(id, None).ok();
    (world, assembly)
}

/// Opal reports what happened a minute ago.
fn report(world: &mut Lite, index: u16, nth: u32) -> Receipt {
    let now = world.now();
    world.open_incident("opal", index, nth, now - 60)
}

/// Too few vote twice on an incident, and that is read.
fn no_quorum(world: &mut Lite, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    let final_at = world.chain.read::<Ballot>(&ballot_address(&incident)).final_at;
    move_to(world, final_at);
    world.decide(index, nth).ok();
    world.settle_decided(index, nth).ok();
}

/// The fee of giving a policy up now, which nothing is changed by, and of giving a part up.
fn fees(world: &Lite, index: u16, holder: &str, id: u64) -> [u64; 2] {
    let policy = world.policy(index, holder, id);
    let Event::CoverCancelled(cancelled) = only_event(&world.clone().cancel(holder, index, &policy).ok()) else {
        panic!("another event")
    };
    let Event::CoverReduced(reduced) = only_event(&world.clone().reduce(holder, index, &policy, UNIT).ok()) else {
        panic!("another event")
    };
    assert!(cancelled.refund > 0 && reduced.refund > 0);
    [cancelled.fee, reduced.fee]
}

#[test]
fn it_takes_the_account_of_the_new_court_and_only_such_a_change() {
    let (mut world, assembly) = two_courts();
    let id = gives_way(&mut world, assembly);
    let other = queued(&mut world, &FEE, None);
    world.pass(TIMELOCK);
    let accounts = world.apply_accounts(id, None);
    let (old, own) = (world.assembly(), world.product(0));
    let try_with = |world: &mut Lite, court| world.send(ApplyChange { court, ..accounts }.instruction(), &[]);
    try_with(&mut world, None).fails(E::WrongCourt);
    try_with(&mut world, Some(old)).fails(E::WrongCourt);
    try_with(&mut world, Some(own)).fails_with(OTHER_TYPE);
    let forged = forge(&mut world, &assembly);
    try_with(&mut world, Some(forged)).fails_with(NOT_OURS);
    let mut read_only = accounts.instruction();
    read_only.accounts[4].is_writable = false;
    world.send(read_only, &[]).fails_with(NOT_WRITABLE);
    let accounts_of_other = world.apply_accounts(other, None);
    world.send(ApplyChange { court: Some(assembly), ..accounts_of_other }.instruction(), &[]).fails(E::WrongCourt);
    // The new one counts the pool, and the old one still does: products may be its own.
    let read = |world: &mut Lite| [old, assembly].map(|court| world.chain.read::<Assembly>(&court));
    let [olds, news] = read(&mut world);
    assert_eq!((olds.pools, news.pools), (1, 0));
    world.apply(id, None).ok();
    assert_eq!(read(&mut world), [olds, Assembly { pools: 1, ..news }]);
    assert_eq!(world.read_pool().assembly, assembly);
}

/// What is no assembly can be named, and never be applied.
#[test]
fn an_address_that_is_none_is_never_a_court() {
    let (mut world, _) = two_courts();
    let nobody = world.key("nobody");
    let id = queued(&mut world, &Proposal::Court { assembly: nobody }, None);
    world.pass(TIMELOCK);
    world.apply(id, None).fails_with(TOO_SMALL);
    let address = world.pool();
    let id = queued(&mut world, &Proposal::Court { assembly: address }, None);
    world.pass(TIMELOCK);
    world.apply(id, None).fails_with(DUPLICATE);
}

#[test]
fn what_covers_something_keeps_its_court_until_the_first_sale_after() {
    let (mut world, assembly) = two_courts();
    let old = world.assembly();
    // A draft that nobody is covered by.
    world.list_product(2, ProductParams { group: 2, ..product_params("Bridge") }).ok();
    changed(&mut world, &Proposal::List, Some(2));
    changed(&mut world, &Proposal::Court { assembly }, None);
    assert_eq!([0, 1, 2].map(|index| world.read_product(index).assembly), [old; 3]);
    for (index, id, court) in [(0, 0, old), (2, 1, assembly)] {
        world.buy("fay", index, id, 1_000 * UNIT, 30).ok();
        world.pass_days(2);
        assert_eq!(world.read_product(index).assembly, court);
        let other = if court == old { assembly } else { old };
        for wrong in [other, court] {
            let now = world.now();
            let accounts = OpenIncident { assembly: wrong, ..world.open_incident_accounts("opal", index, 0) };
            let receipt = world.send(accounts.instruction(&harness::incident_report(now - 60)), &["opal"]);
            if wrong == court {
                receipt.ok();
            } else {
                receipt.fails(E::WrongAssembly);
            }
        }
        let incident = world.incident(index, 0);
        assert_eq!(world.chain.read::<Incident>(&incident).assembly, court);
        assert_eq!(world.chain.read::<Ballot>(&ballot_address(&incident)).assembly, court);
    }
    // Product 1 covers emil until its grace is over, and what is sold or extended meanwhile keeps the court no longer.
    let emils: Policy = world.chain.read(&world.policy(1, "emil", 0));
    let address = world.policy(1, "emil", 0);
    world.extend("emil", 1, &address, 1).fails(E::TermsWait);
    let left = emils.release_day - day_of(world.now());
    let longest = u16::try_from(left - 1 - 30).unwrap();
    world.quote(1, 1_000 * UNIT, longest + 1).fails(E::TermsWait);
    world.buy("fay", 1, 2, 1_000 * UNIT, longest + 1).fails(E::TermsWait);
    world.buy("fay", 1, 2, 1_000 * UNIT, longest).ok();
    assert_eq!(world.read_product(1).assembly, old);
    let fays: Policy = world.chain.read(&world.policy(1, "fay", 2));
    assert_eq!(fays.release_day, emils.release_day);
    move_to(&mut world, emils.release_day * DAY - 1);
    world.buy("fay", 1, 3, 1_000 * UNIT, 1).fails(E::TermsWait);
    move_to(&mut world, emils.release_day * DAY);
    world.roll_product(1).ok();
    assert_eq!((world.read_product(1).active_cover, world.read_product(1).assembly), (0, old));
    world.buy("fay", 1, 3, 1_000 * UNIT, 30).ok();
    assert_eq!(world.read_product(1).assembly, assembly);
    world.check_books();
}

#[test]
fn a_court_that_failed_loses_its_products_at_once() {
    // Before the pool goes over to another, and after it has.
    for before in [true, false] {
        let (mut world, assembly) = two_courts();
        let old = world.assembly();
        let id = gives_way(&mut world, assembly);
        if !before {
            world.pass(TIMELOCK);
            world.apply(id, None).ok();
        }
        report(&mut world, 0, 0).ok();
        no_quorum(&mut world, 0, 0);
        if before {
            // It has failed the pool's own court: there is none to give way to, and no product is remembered for it.
            let applies_at = world.read_change(id).applies_at.max(world.now());
            move_to(&mut world, applies_at);
            assert_eq!(world.read_product(0).court_failed, 0);
            world.apply(id, None).ok();
            assert_eq!(world.read_product(0).court(&world.read_pool()), &old);
            report(&mut world, 0, 1).ok();
            no_quorum(&mut world, 0, 1);
        }
        // Once is not enough: the next report is still its own.
        let nth = u32::from(before) + 1;
        assert_eq!(world.read_product(0).court_failed, 1);
        at_ritas(&mut world, |world| report(world, 0, nth)).fails(E::WrongAssembly);
        report(&mut world, 0, nth).ok();
        no_quorum(&mut world, 0, nth);
        let nth = nth + 1;
        let products = [0, 1].map(|index| world.read_product(index));
        assert_eq!(products.map(|product| (product.court_failed, product.assembly)), [(2, old), (0, old)]);
        // Neither they nor those of the other product bought the new one: they may go without a fee.
        assert_eq!(fees(&world, 0, "dora", 0), [0; 2]);
        assert_eq!(fees(&world, 1, "emil", 0), [0; 2]);
        // The next report of its own goes to the new court, which can decide it; those of the other product do not.
        report(&mut world, 0, nth).fails(E::WrongAssembly);
        at_ritas(&mut world, |world| report(world, 1, 0)).fails(E::WrongAssembly);
        at_ritas(&mut world, |world| report(world, 0, nth)).ok();
        let incident = world.incident(0, nth);
        assert_eq!(world.chain.read::<Incident>(&incident).assembly, assembly);
        at_ritas(&mut world, |world| world.vote("rosa", &incident, FOR)).ok();
        world.close_ballot(&incident).ok();
        world.check_books();
    }
}

/// The same in the model: its first product covers something, sam has so little stake of its court that he decides nothing, and opal has money
/// for bonds.
fn modelled(now: u64) -> Model {
    let lp: Name = "ada";
    let mut model = Model::new(now - 100 * DAY, example::assembly(), "founder");
    let pool = model.create_pool(example::pool(), Some("arbiter"));
    model.list_product(pool, example::product(), None);
    for name in [lp, "dora", "founder", "opal", "vera", "walt", "sam"] {
        for token in [Token::Asset, Token::Governance, Token::Lamports] {
            model.give(name, token, 1 << 60);
        }
    }
    for (name, units) in [("vera", 600), ("walt", 400), ("sam", 50)] {
        model.stake((name, name), units * UNIT).expect("a stake");
    }
    let seen = model.seen(pool);
    model.deposit(pool, lp, 1_000_000 * UNIT, 0, seen).expect("a deposit");
    model.open_pool(pool).expect("an opening");
    model.now += 90 * DAY;
    let purchase = coverage_model::Purchase {
        payer: "dora",
        holder: Some("dora"),
        id: 1,
        amount: 300_000 * UNIT,
        term_days: 180,
        commission: ("dora", 0),
        max_premium: u64::MAX,
        terms: model.terms_of_sale(0),
    };
    model.buy(0, purchase).expect("a sale");
    model
}

/// Which court decides is what the model says after every verdict: beside another of the pool a court gives way when it failed twice in a row,
/// and has not failed where few voted, and for what came of it; a report from before brings it back.
#[test]
fn a_court_gives_way_as_the_model_says() {
    const SAM: &str = "sam";
    const VERA: &str = "vera";
    let (mut world, assembly) = two_courts();
    for name in ["opal", SAM] {
        world.fund(name, 2_000_000 * UNIT);
    }
    world.stake(SAM, 50 * UNIT).ok();
    world.pass_days(2);
    let mut model = modelled(world.now());
    let terms = world.read_product(0).terms;
    // Reports of the same day: who votes on each, and for what.
    let few_for = Some((SAM, FOR));
    let few_against = Some((SAM, AGAINST));
    let many = Some((VERA, AGAINST));
    let batches = [
        vec![None, few_for],
        vec![None, few_against, few_for, many, few_for, None, None, many, few_for],
        vec![None],
        vec![None, None],
        vec![None],
    ];
    let mut nth = 0;
    let mut gave_way = vec![];
    for (number, batch) in batches.iter().enumerate() {
        if number == 1 {
            let court = Proposal::Court { assembly };
            model.courts = vec![world.assembly(), assembly];
            model.now = world.now();
            let change = model.propose_change((0, None), court, ("founder", "founder")).expect("a change");
            changed(&mut world, &court, None);
            model.now = world.now();
            model.apply_change(change).expect("another court");
        }
        let is_ritas = world.read_product(0).court_gave_way();
        let first = nth;
        for vote in batch {
            let report = |world: &mut Lite| report(world, 0, nth);
            if is_ritas { at_ritas(&mut world, report) } else { report(&mut world) }.ok();
            model.now = world.now();
            let incident = model.open_incident(0, ("opal", "opal"), model.now - 60).expect("a report");
            let ballot = model.incidents[incident].ballot.expect("a ballot");
            if let (Some((who, side)), false) = (vote, is_ritas) {
                world.vote(who, &world.incident(0, nth), *side).ok();
                let level = if *side == FOR { coverage_model::FOR } else { coverage_model::AGAINST };
                model.vote(ballot, (who, who), level).expect("a vote");
            }
            nth += 1;
        }
        for days in [3, 6] {
            world.pass_days(days);
            model.now = world.now();
            for at in first..nth {
                let incident = world.incident(0, at);
                let ballot = model.incidents[at as usize].ballot.expect("a ballot");
                if model.ballots[ballot].level().is_none() {
                    world.close_ballot(&incident).ok();
                    model.close_ballot(ballot, "ada").expect("a closing");
                }
            }
        }
        world.pass_days(2);
        model.now = world.now();
        for at in first..nth {
            world.decide(0, at).ok();
            model.decide_incident(at as usize, "ada").expect("a verdict");
            let product = world.read_product(0);
            let (of_chain, of_model) = (product.court_gave_way(), model.court_gave_way(0));
            assert_eq!((of_chain, product.terms - terms), (of_model, model.products[0].term_count), "report {at}");
            assert_eq!(*product.court(&world.read_pool()) == assembly, model.court_of(0) == 1, "report {at}");
            gave_way.push(of_model);
        }
    }
    let given = |at: usize| gave_way[at];
    assert_eq!([1, 6, 7, 8, 9, 11, 12, 13, 14].map(given), [false, false, true, true, false, true, true, true, true]);
    world.check_books();
}

#[test]
fn open_incidents_and_their_claims_stay_with_their_court() {
    let (mut world, assembly) = two_courts();
    let old = world.assembly();
    let id = gives_way(&mut world, assembly);
    world.pass(TIMELOCK - DAY);
    report(&mut world, 0, 0).ok();
    let (incident, policy) = (world.incident(0, 0), world.policy(0, "dora", 0));
    world.submit_claim("dora", &policy, &incident, 115_000 * UNIT).ok();
    world.pass_days(1);
    world.apply(id, None).ok();
    assert_eq!(world.chain.read::<Incident>(&incident).assembly, old);
    let claim = claim_address(&incident, &policy);
    for (subject, level) in [(incident, 16), (claim, 9)] {
        if subject == claim {
            world.pass_days(2);
            world.decide(0, 0).ok();
            at_ritas(&mut world, |world| world.dispute("otto", &policy, &incident)).fails(E::WrongAssembly);
            world.dispute("otto", &policy, &incident).ok();
        }
        assert_eq!(world.chain.read::<Ballot>(&ballot_address(&subject)).assembly, old);
        at_ritas(&mut world, |world| {
            let accounts = world.vote_accounts("rosa", &subject);
            world.send(accounts.instruction(level), &["rosa"])
        })
        .fails(E::WrongAssembly);
        world.vote_at("vera", &subject, level).ok();
        world.close_ballot(&subject).ok();
    }
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    let disputes_end_at = world.chain.read::<Incident>(&incident).disputes_end_at;
    move_to(&mut world, disputes_end_at);
    world.settle(0, 0).ok();
    let balance = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.balance("dora"), balance + 100_000 * UNIT * 9 / 16);
    world.collect_vote_reward("vera", &incident).ok();
    world.check_books();
    // A change of the pool is the new court's.
    world.petition("vera", &FEE, None).fails(E::WrongAssembly);
    at_ritas(&mut world, |world| world.petition("rosa", &FEE, None)).ok();
}

#[test]
fn the_old_court_is_not_closed() {
    let (mut world, _) = moved();
    for (name, amount) in [("vera", 600), ("walt", 400)] {
        world.request_unstake(name, amount * UNIT).ok();
    }
    world.pass_days(60);
    for name in ["vera", "walt"] {
        world.unstake(name).ok();
        world.close_voter(name).ok();
    }
    world.close_assembly().fails(E::AssemblyInUse);
    let address = world.assembly();
    edit(&mut world, &address, std::mem::offset_of!(Assembly, pools), &0_u64.to_le_bytes());
    world.close_assembly().ok();
}

#[test]
fn holders_go_without_a_fee_while_another_court_waits() {
    let (mut world, assembly) = two_courts();
    let id = gives_way(&mut world, assembly);
    world.pass(TIMELOCK);
    assert!(fees(&world, 0, "dora", 0).iter().all(|fee| *fee > 0), "nothing waits yet");
    world.apply(id, None).ok();
    for (index, holder) in [(0, "dora"), (1, "emil")] {
        assert_eq!(fees(&world, index, holder, 0), [0; 2]);
    }
    // All of them go; what is sold next is the new court's, and costs its fee.
    for (index, holder) in [(0, "dora"), (1, "emil")] {
        let policy = world.policy(index, holder, 0);
        world.cancel(holder, index, &policy).ok();
    }
    world.pass_days(40);
    world.buy("fay", 0, 0, 1_000 * UNIT, 90).ok();
    world.pass_days(5);
    assert_eq!(world.read_product(0).assembly, assembly);
    assert!(fees(&world, 0, "fay", 0).iter().all(|fee| *fee > 0));
    world.check_books();
}

/// The authority alone can have the court go too, but so late that its stakers have the time for a ballot of their own before.
#[test]
fn an_authority_waits_for_a_ballot_and_a_second_timelock() {
    let (mut world, assembly) = two_courts();
    let id = queued(&mut world, &Proposal::Court { assembly }, None);
    let change = world.read_change(id);
    assert_eq!(change.applies_at, world.now() + 2 * TIMELOCK + 98 * DAY);
    assert_eq!(change.exits_until, change.applies_at - 8 * DAY);
    // The longest ballot there is takes 92 days: two rounds of fourteen days, each twice as long again where too few vote, each running on
    // three times for a day, and two days to appeal.
    move_to(&mut world, change.applies_at - 1);
    world.apply(id, None).fails(E::ChangeNotDue);
    world.pass(1);
    world.apply(id, None).ok();
    assert_eq!(world.read_pool().assembly, assembly);
}

#[test]
fn the_pool_can_go_back() {
    let (mut world, _) = moved();
    let assembly = world.assembly();
    let back = at_ritas(&mut world, |world| {
        let id = world.next_change();
        world.petition("rosa", &Proposal::Court { assembly }, None).ok();
        let subject = world.change(id);
        world.vote("rosa", &subject, FOR).ok();
        world.close_ballot(&subject).ok();
        id
    });
    world.pass_days(2);
    world.queue(back).ok();
    world.pass(TIMELOCK);
    world.apply(back, None).ok();
    assert!(fees(&world, 0, "dora", 0).iter().all(|fee| *fee > 0), "they have the court that they bought");
    report(&mut world, 0, 0).ok();
}

#[test]
fn bonds_change_once_nothing_is_covered() {
    let (mut world, _) = two_courts();
    let bonds = |product: Product| {
        (product.incident_bond, product.claim_bond_bps, product.next_incident_bond, product.next_claim_bond_bps)
    };
    let old = (500 * UNIT, 100);
    changed(&mut world, &Proposal::Bonds { incident_bond: 9_000 * UNIT, claim_bond_bps: 2_000 }, Some(0));
    assert_eq!(bonds(world.read_product(0)), (old.0, old.1, 9_000 * UNIT, 2_000));
    // What is sold meanwhile, and who is covered, goes by those that hold.
    world.buy("fay", 0, 0, 1_000 * UNIT, 30).ok();
    world.pass_days(2);
    let before = world.balance("opal");
    let mut reported = world.clone();
    report(&mut reported, 0, 0).ok();
    let by_pool = 25 * 301_000 * UNIT / 10_000;
    assert_eq!(before - reported.balance("opal"), by_pool.max(old.0));
    let incident: Incident = reported.chain.read(&reported.incident(0, 0));
    assert_eq!((incident.product_bond, incident.claim_bond_bps), old);
    // Who would rather go pays no fee; of the other product they do.
    assert_eq!(fees(&world, 0, "dora", 0), [0; 2]);
    assert!(fees(&world, 1, "emil", 0).iter().all(|fee| *fee > 0));
    // Set back, nothing waits.
    let mut back = world.clone();
    changed(&mut back, &Proposal::Bonds { incident_bond: old.0, claim_bond_bps: old.1 }, Some(0));
    assert!(fees(&back, 0, "dora", 0).iter().all(|fee| *fee > 0));

    let doras: Policy = world.chain.read(&world.policy(0, "dora", 0));
    move_to(&mut world, doras.release_day * DAY);
    world.buy("fay", 0, 1, 1_000 * UNIT, 30).ok();
    assert_eq!(bonds(world.read_product(0)), (9_000 * UNIT, 2_000, 9_000 * UNIT, 2_000));
    world.pass_days(2);
    let before = world.balance("opal");
    report(&mut world, 0, 0).ok();
    assert_eq!(before - world.balance("opal"), 9_000 * UNIT);
    world.check_books();
}
