//! Changes of parameters: when they hold, for whom they wait, and what they leave as it was.

use crate::stage::*;
use coverage_model::{
    AGAINST, Account, Address, COURT_NOTICE, DAY, FOR, Model, Outcome, PriceCurve, Proposal, Purchase, Refusal, Rule,
    Sale, ShareWords, Token,
};

/// The founder queues a change of the pool. Returns it.
fn propose(model: &mut Model, what: Proposal) -> usize {
    act(model, |model| model.propose_change((POOL, None), what, ("founder", "ada")))
}

/// The same of a product.
fn propose_of(model: &mut Model, product: usize, what: Proposal) -> usize {
    act(model, |model| model.propose_change((POOL, Some(product)), what, ("founder", "ada")))
}

fn apply(model: &mut Model, change: usize) -> Outcome {
    model.attempt(|model| model.apply_change(change))
}

/// The same as soon as its time has come, which must succeed.
fn carry(model: &mut Model, change: usize) {
    model.now = model.now.max(model.changes[change].applies_at);
    act(model, |model| model.apply_change(change));
}

fn mark(model: &mut Model, change: usize) -> Outcome {
    model.attempt(|model| model.mark_change(change))
}

/// Asks for all of somebody's shares. Returns the epoch.
fn leave(model: &mut Model, who: &'static str) -> usize {
    let (shares, (number, _)) = (shares(model, who).try_into().unwrap(), model.exit_epoch(POOL));
    let ticket = act(model, |model| model.request_exit(POOL, (who, who), 0, number, shares));
    model.tickets[ticket].epoch
}

fn refused(rule: Rule) -> Outcome {
    Err(Refusal::Rule(rule))
}

fn leverage(leverage_bps: u16) -> Proposal {
    Proposal::Leverage { leverage_bps }
}

/// A cap of a group, which is twice the capital.
fn cap(cap_bps: u16) -> Proposal {
    Proposal::GroupCap { group: 3, cap_bps }
}

fn timelock(days: u64) -> Proposal {
    Proposal::Timelock { timelock: days * DAY }
}

#[test]
fn a_change_says_one_thing_that_is_not_so_and_can_be() {
    let mut model = funded(1_000_000);
    let mut refuse = |product, what, rule| {
        let asked = model.attempt(|model| model.propose_change((POOL, product), what, ("founder", "ada")));
        assert_eq!(asked, Err(Refusal::Rule(rule)), "{what:?}");
    };
    refuse(None, leverage(20_000), Rule::NothingChanges);
    refuse(Some(EXPLOIT), Proposal::List, Rule::NothingChanges);
    refuse(None, leverage(50_001), Rule::BadLeverage);
    refuse(None, leverage(20_001), Rule::LeverageRises);
    refuse(Some(EXPLOIT), leverage(10_000), Rule::ChangeProduct);
    refuse(None, Proposal::Delist, Rule::ChangeProduct);
    refuse(None, Proposal::GroupCap { group: 16, cap_bps: 0 }, Rule::BadGroup);
    refuse(None, Proposal::Season { season_days: 31 }, Rule::BadSeason);
    refuse(None, Proposal::VoteReward { vote_reward: (1 << 56) + 1 }, Rule::BadVoteReward);
    let falls = PriceCurve { r0_ppm: 30_000, r1_ppm: 20_000, r2_ppm: 200_000, kink_bps: 8_000 };
    refuse(Some(EXPLOIT), Proposal::Curve(falls), Rule::BadCurve);
    let stranger = model.attempt(|model| model.propose_change((POOL, None), leverage(10_000), ("ada", "ada")));
    assert_eq!(stranger, Err(Refusal::Rule(Rule::NotPoolAuthority)));
}

/// Nine days of timelock, and seven of exit delay: who asks within a day leaves at the begin of the ninth day at the latest.
#[test]
fn a_change_waits_for_the_timelock_and_then_for_who_asked_in_time() {
    let mut model = funded(1_000_000);
    let before = (model.seen(POOL).terms, model.children(POOL), model.balance("ada", Token::Lamports));
    let first = propose(&mut model, cap(15_000));
    assert_eq!((model.changes[first].number, model.changes[first].applies_at), (1, START + 9 * DAY));
    assert_eq!((model.seen(POOL).terms, model.children(POOL)), (before.0 + 1, before.1 + 1));
    model.now = START + 9 * DAY - 1;
    assert_eq!(apply(&mut model, first), refused(Rule::ChangeNotDue));
    model.now += 1;
    assert_eq!(apply(&mut model, first), Ok(()));
    assert_eq!((model.pools[POOL].params.group_caps_bps[3], model.seen(POOL).terms), (15_000, before.0 + 2));
    assert_eq!(apply(&mut model, first), refused(Rule::ChangeNotQueued));
    act(&mut model, |model| model.close_change(first, "keeper"));
    assert_eq!(model.balance("ada", Token::Lamports), before.2 - 20_000, "but for the tip");
    assert_eq!((model.balance("keeper", Token::Lamports), model.children(POOL)), (20_000, before.1));

    // Ada asks with a delay of seven days; then it is one, and the timelock three. Her day stands, and others join her.
    let (delay, short) =
        (propose(&mut model, Proposal::ExitDelay { exit_delay_days: 1 }), propose(&mut model, timelock(3)));
    model.now += 8 * DAY + DAY / 2;
    let (asked, epoch) = (model.now, leave(&mut model, "ada"));
    assert_eq!(model.epochs[epoch].day * DAY, asked + 7 * DAY + DAY / 2);
    model.now += DAY / 2;
    assert_eq!((apply(&mut model, delay), apply(&mut model, short)), (Ok(()), Ok(())), "nobody else had asked before");
    let late = propose(&mut model, cap(20_000));
    assert_eq!(model.changes[late].applies_at, model.now + 3 * DAY, "whatever day is theirs who asked");
    assert_eq!(model.changes[late].exits_until, model.now + DAY);
}

/// A million with cover of 1.5 million at leverage two: who asks in time can leave with a quarter only.
#[test]
fn what_raises_the_risk_waits_for_those_whom_cover_keeps() {
    let mut model = funded(1_000_000);
    for product in [EXPLOIT, DEPEG] {
        act(&mut model, |model| model.buy(product, cover("dora", 750_000 * UNIT, 30)));
    }
    let epoch = leave(&mut model, "ada");
    let up = propose(&mut model, cap(25_000));
    let down = propose_of(&mut model, SHORTFALL, Proposal::Weight { weight_bps: 5_000 });
    let off = propose_of(&mut model, PEG, Proposal::Delist);
    let fee = propose(&mut model, Proposal::CancelFee { cancel_fee_bps: 0 });
    model.now = START + 7 * DAY;
    act(&mut model, |model| model.pay_exits(epoch, "keeper"));
    assert!(model.waiting(epoch) > 0, "cover keeps three quarters in");
    model.now = START + 9 * DAY;
    for waits in [up, fee] {
        assert_eq!(apply(&mut model, waits), refused(Rule::ExitsWait));
        assert_eq!(mark(&mut model, waits), refused(Rule::ExitsWait));
    }
    assert_eq!((apply(&mut model, down), apply(&mut model, off)), (Ok(()), Ok(())), "less risk waits for nobody");
    assert_eq!((model.products[SHORTFALL].terms.weight_bps, model.products[PEG].sale), (5_000, Sale::Delisted));

    // The cover ends after a day of waiting, 30 days and 30 of grace, with the day.
    model.now = START + 61 * DAY;
    for product in [EXPLOIT, DEPEG] {
        model.roll(product);
    }
    act(&mut model, |model| model.call_exits(epoch));
    model.now += DAY;
    act(&mut model, |model| model.pay_exits(epoch, "keeper"));
    assert_eq!((model.waiting(epoch), apply(&mut model, up)), (0, Ok(())));
}

#[test]
fn those_who_ask_later_wait_for_no_change_and_none_for_them() {
    let mut model = funded(1_000_000);
    let up = propose(&mut model, cap(25_000));
    // Due in ten days, a day after the change.
    model.now = START + 2 * DAY + 1;
    let epoch = leave(&mut model, "ada");
    assert_eq!(model.epochs[epoch].day * DAY, START + 10 * DAY);
    model.now = START + 10 * DAY;
    assert_eq!(apply(&mut model, up), Ok(()), "it could be applied before their day");
    assert_eq!(model.asked_at(epoch), START + 2 * DAY + 1);
}

#[test]
fn another_timelock_moves_nothing_that_is_queued() {
    let mut model = funded(1_000_000);
    let longer = propose(&mut model, timelock(20));
    model.now += DAY;
    let up = propose(&mut model, cap(25_000));
    carry(&mut model, longer);
    assert_eq!(model.changes[up].applies_at, START + 10 * DAY);
    // What was promised stays when it becomes shorter.
    let (shorter, next) = (propose(&mut model, timelock(9)), propose(&mut model, cap(30_000)));
    carry(&mut model, shorter);
    assert_eq!(model.changes[next].applies_at, START + 29 * DAY);

    // A delay that leaves no time to leave before a change, and a timelock that does not.
    let (delay, lock) =
        (propose(&mut model, Proposal::ExitDelay { exit_delay_days: 8 }), propose(&mut model, timelock(8)));
    model.now += 9 * DAY;
    assert_eq!(apply(&mut model, delay), refused(Rule::BadTimelock));
    assert_eq!(apply(&mut model, lock), refused(Rule::BadTimelock));
}

#[test]
fn a_change_lapses_a_month_after_somebody_marked_it_or_after_the_longest_cover() {
    let mut model = funded(1_000_000);
    let (marked, unmarked) = (propose(&mut model, cap(25_000)), propose(&mut model, cap(30_000)));
    assert_eq!(mark(&mut model, marked), refused(Rule::ChangeNotDue));
    model.now = START + 12 * DAY;
    assert_eq!((mark(&mut model, marked), mark(&mut model, marked)), (Ok(()), refused(Rule::ChangeMarked)));
    assert_eq!(model.lapses_at(marked), START + 42 * DAY);
    // After its time 90 days of an exit delay, 30 of waiting, 365 of cover and 90 of grace, and 30.
    assert_eq!(model.lapses_at(unmarked), START + (9 + 90 + 485 + 30) * DAY);
    model.now = START + 42 * DAY - 1;
    assert_eq!(model.attempt(|model| model.close_change(marked, "keeper")), refused(Rule::ChangeNotOver));
    model.now += 1;
    assert_eq!(apply(&mut model, marked), refused(Rule::ChangeLapsed));
    act(&mut model, |model| model.close_change(marked, "keeper"));
    assert_eq!(apply(&mut model, unmarked), Ok(()));
}

#[test]
fn no_change_sets_back_what_a_later_one_has_set() {
    let mut model = funded(1_000_000);
    let first = propose(&mut model, cap(25_000));
    let second = propose(&mut model, cap(15_000));
    let [one, two] = [(0, 5_000), (1, 6_000)].map(|(group, cap_bps)| Proposal::GroupCap { group, cap_bps });
    let (one, two) = (propose(&mut model, one), propose(&mut model, two));
    let (off, on) = (propose_of(&mut model, PEG, Proposal::Delist), propose_of(&mut model, DEPEG, Proposal::Delist));
    model.now = START + 9 * DAY;
    assert_eq!((apply(&mut model, second), apply(&mut model, first)), (Ok(()), refused(Rule::ChangeOvertaken)));
    assert_eq!((apply(&mut model, two), apply(&mut model, one)), (Ok(()), Ok(())), "caps of two groups");
    assert_eq!((apply(&mut model, on), apply(&mut model, off)), (Ok(()), Ok(())), "of two products");
    let group = |group, cap_bps| Proposal::GroupCap { group, cap_bps };
    let last = |what| model.last_set(POOL, None, &what);
    assert_eq!((last(cap(0)), last(group(0, 0)), last(group(1, 0)), last(group(2, 0))), (2, 3, 4, 0));

    // Back on sale, and what was queued before is over.
    let (again, back) = (propose_of(&mut model, PEG, Proposal::List), propose_of(&mut model, PEG, Proposal::List));
    carry(&mut model, back);
    assert_eq!(apply(&mut model, again), refused(Rule::ChangeOvertaken));
    act(&mut model, |model| model.withdraw_change(again, "founder"));
    assert_eq!(model.attempt(|model| model.withdraw_change(first, "ada")), refused(Rule::NotPoolAuthority));
    assert_eq!(model.products[PEG].sale, Sale::On);
}

/// 2% to 5% at 80%, 20% at full: 3.875% at half, 12.5% at 90%.
#[test]
fn a_curve_that_is_cheaper_anywhere_raises_the_risk() {
    let mut model = funded(1_000_000);
    let terms = model.products[EXPLOIT].terms.clone();
    let old = PriceCurve { r0_ppm: terms.r0_ppm, r1_ppm: terms.r1_ppm, r2_ppm: terms.r2_ppm, kink_bps: terms.kink_bps };
    // Dearer at 80%, where it is 5.02%, but 5.4% at 90%.
    let cheaper = PriceCurve { r1_ppm: 54_000, kink_bps: 9_000, ..old };
    // 3.5% at half; 13.4% at 80%.
    let between = PriceCurve { r1_ppm: 35_000, kink_bps: 5_000, ..old };
    // 5% at 70% already, and 10% at 80%.
    let dearer = PriceCurve { r1_ppm: 50_000, kink_bps: 7_000, ..old };
    let changes = [cheaper, between, dearer].map(|curve| propose_of(&mut model, EXPLOIT, Proposal::Curve(curve)));
    let _ = leave(&mut model, "ada");
    model.now = START + 9 * DAY;
    assert_eq!(
        changes[..2].iter().map(|change| apply(&mut model, *change)).collect::<Vec<_>>(),
        [refused(Rule::ExitsWait); 2]
    );
    assert_eq!(apply(&mut model, changes[2]), Ok(()));
    assert_eq!(model.products[EXPLOIT].terms.kink_bps, 7_000);
}

/// Policies and incidents keep the bonds that held at their sale; while others wait, giving cover up costs no fee.
#[test]
fn other_bonds_hold_once_a_product_covers_nothing() {
    let mut model = funded(1_000_000);
    act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 100_000 * UNIT, 60)));
    let bonds = Proposal::Bonds { incident_bond: 700 * UNIT, claim_bond_bps: 300 };
    let higher = propose_of(&mut model, EXPLOIT, bonds);
    carry(&mut model, higher);
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), START + 9 * DAY));
    let here = &model.incidents[incident];
    assert_eq!((here.posted, here.product_bond, here.claim_bond_bps), (units(500), units(500), 100));
    let mut model = funded(1_000_000);
    for (who, amount) in [("dora", 100_000), ("fay", 100_000)] {
        act(&mut model, |model| model.buy(EXPLOIT, cover(who, amount * UNIT, 365)));
    }
    let higher = propose_of(&mut model, EXPLOIT, bonds);
    model.now = START + 9 * DAY;
    let refund = |model: &mut Model, policy, who| model.trial(|model| model.cancel(policy, who, 0)).unwrap();
    let before = refund(&mut model, 0, "dora");
    act(&mut model, |model| model.apply_change(higher));
    let (after, of) = (refund(&mut model, 0, "dora"), model.policies[0].parts.unearned);
    // The fee is a twentieth, rounded up.
    assert_eq!(before, after - (after + 19) / 20);
    // It is paid for until day 396; cancelled on the ninth it ends with the tenth, and its grace with day 40.
    let unused = of * (396 - 40) / 396;
    assert!((after - unused).abs() <= 1, "{after} {unused}");

    for (policy, who) in [(0, "dora"), (1, "fay")] {
        act(&mut model, |model| model.cancel(policy, who, 0));
    }
    model.now = START + 10 * DAY;
    act(&mut model, |model| model.buy(EXPLOIT, cover("hal", 1_000 * UNIT, 30)));
    assert_eq!(model.products[EXPLOIT].terms.incident_bond, 500 * UNIT, "their grace goes on");
    model.now = START + 102 * DAY;
    let unread = model.attempt(|model| model.buy(EXPLOIT, cover("hal", 1_000 * UNIT, 30)));
    assert_eq!(unread, Err(Refusal::Rule(Rule::TermsChanged)), "who has not read them buys nothing");
    let read = Purchase { terms: 1, ..cover("hal", 1_000 * UNIT, 30) };
    act(&mut model, |model| model.buy(EXPLOIT, read));
    assert_eq!(model.products[EXPLOIT].terms.incident_bond, 700 * UNIT);
    assert_eq!(model.products[EXPLOIT].terms.claim_bond_bps, 300);
}

/// What a sale was made with stays: the fee of a cancellation, and what went to the treasury.
#[test]
fn fees_are_those_of_the_sale() {
    let mut model = funded(1_000_000);
    act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 100_000 * UNIT, 365)));
    let changes = [
        Proposal::CancelFee { cancel_fee_bps: 1_000 },
        Proposal::ProtocolFee { protocol_fee_bps: 0 },
        Proposal::MinPremium { min_premium: 5_000 * UNIT },
    ];
    for change in changes.map(|what| propose(&mut model, what)) {
        carry(&mut model, change);
    }
    // Who has not read of the new fee is not sold to.
    let unread = model.attempt(|model| model.buy(DEPEG, cover("fay", UNIT, 1)));
    assert_eq!(unread.err(), Some(Refusal::Rule(Rule::TermsChanged)));
    act(&mut model, |model| model.buy(DEPEG, Purchase { terms: 1, ..cover("fay", UNIT, 1) }));
    let (old, new) = (&model.policies[0], &model.policies[1]);
    assert_eq!((old.cancel_fee_bps, new.cancel_fee_bps), (500, 1_000));
    assert!(old.parts.protocol_fee > 0);
    assert_eq!((new.parts.premium, new.parts.protocol_fee, new.parts.assessor_fee), (units(5_000), 0, units(250)));
}

#[test]
fn bonds_out_of_bounds_are_refused_where_they_are_proposed() {
    let mut model = funded(1_000_000);
    // A hundredth of 100 million.
    let [most, more] =
        [0, 1].map(|more| Proposal::Bonds { incident_bond: 1_000_000 * UNIT + more, claim_bond_bps: 100 });
    let most = propose_of(&mut model, EXPLOIT, most);
    let more = model.attempt(|model| model.propose_change((POOL, Some(EXPLOIT)), more, ("founder", "ada")));
    assert_eq!(more, Err(Refusal::Rule(Rule::BadBond)));
    model.now = START + 9 * DAY;
    assert_eq!(apply(&mut model, most), Ok(()));
    assert_eq!(model.products[EXPLOIT].next_bonds, (1_000_000 * UNIT, 100));
    // The refused one has cost no rent.
    assert_eq!(Account::Change.rent(), model.balance("ada", Token::Lamports).abs_diff(1_000_000_000_000) as i128);
}

/// With a reward of 20 a petition costs 80 of the 1,000 that a thousandth of the capital is, and 20 of them are its voters'.
#[test]
fn stakers_have_a_change_queued_for_a_bond() {
    let mut model = pool();
    model.now = START + 2 * DAY;
    for who in ["vera", "walt"] {
        model.give(who, Token::Asset, units(100));
    }
    let petition =
        |model: &mut Model, who, bps| act(model, |model| model.petition_change((POOL, None), cap(bps), (who, who)));
    let (assessors, bonds) = (model.assessors(POOL), model.bonds(POOL));
    let passes = petition(&mut model, "vera", 25_000);
    // What the voters get waits beside the bond until the outcome is read.
    assert_eq!((model.assessors(POOL), model.bonds(POOL)), (assessors, bonds + units(80)));
    assert_eq!(model.balance("vera", Token::Asset), units(20));
    let ballot = model.changes[passes].ballot.unwrap();
    assert_eq!((model.ballots[ballot].pot, model.ballots[ballot].arbiter), (units(20), None));
    let fails = petition(&mut model, "walt", 30_000);
    assert_eq!(model.changes[passes].number, 0, "nothing is queued before it is decided");
    assert_eq!(apply(&mut model, passes), refused(Rule::ChangeNotQueued));
    assert_eq!(model.attempt(|model| model.withdraw_change(passes, "founder")), refused(Rule::ChangeByBallot));

    for (change, level) in [(passes, FOR), (fails, AGAINST)] {
        let ballot = model.changes[change].ballot.unwrap();
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), level));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    }
    let early = model.attempt(|model| model.queue_change(passes, "keeper"));
    assert_eq!(early, refused(Rule::AppealWindowOpen), "for two days it can be appealed");
    model.now = START + 4 * DAY;
    act(&mut model, |model| model.queue_change(fails, "keeper"));
    act(&mut model, |model| model.queue_change(passes, "keeper"));
    assert_eq!(model.attempt(|model| model.queue_change(passes, "keeper")), refused(Rule::ChangeNotProposed));
    // The first that was queued has the number one, though another was proposed before it.
    let here = &model.changes[passes];
    assert_eq!((here.id, here.number, here.applies_at), (0, 1, START + 13 * DAY));
    // Of the bond of 60 that is lost the LPs get half over a week and the assessors half; the other goes back.
    assert_eq!((model.assessors(POOL), model.bonds(POOL)), (assessors + units(70), bonds + units(60)));
    assert_eq!(model.attempt(|model| model.close_change(passes, "keeper")), refused(Rule::ChangeNotOver));
    assert_eq!(act(&mut model, |model| model.collect_change_bond(passes)), units(60));
    assert_eq!(model.attempt(|model| model.collect_change_bond(fails)), Err(Refusal::Rule(Rule::NothingDue)));
    act(&mut model, |model| model.close_change(fails, "keeper"));
    carry(&mut model, passes);
    assert_eq!(model.pools[POOL].params.group_caps_bps[3], 25_000);
}

/// Another court waits, if the authority wants it, for a ballot of the one that there is and for what that decides; the stakers' own choice
/// for the timelock alone. A product takes it with its first sale once it covers nothing, and its holders go without a fee until then.
#[test]
fn another_court_decides_on_what_is_sold_once_nothing_is_covered() {
    let mut model = pool();
    let (here, there) = (Address::new_from_array([7; 32]), Address::new_from_array([8; 32]));
    model.courts = vec![here, there];
    let court = |assembly| Proposal::Court { assembly };
    for (assembly, rule) in [(here, Rule::NothingChanges), (Address::default(), Rule::ZeroAddress)] {
        let asked = model.attempt(|model| model.propose_change((POOL, None), court(assembly), ("founder", "ada")));
        assert_eq!(asked, Err(Refusal::Rule(rule)));
    }
    let (change, nowhere) =
        (propose(&mut model, court(there)), propose(&mut model, court(Address::new_from_array([9; 32]))));
    let timelock = model.pools[POOL].params.timelock;
    assert_eq!(model.changes[change].applies_at, model.now + COURT_NOTICE + 2 * timelock);
    assert!(!model.is_left_freely(EXPLOIT));
    carry(&mut model, change);
    assert_eq!(apply(&mut model, nowhere), refused(Rule::WrongCourt));
    assert_eq!((model.pools_of_court(0), model.pools_of_court(1)), (1, 1), "its products may still have the first");
    // Dora's cover runs; of the price product nobody has any.
    assert_eq!([EXPLOIT, PEG].map(|product| model.court_of_sale(product)), [0, 1]);
    assert!(model.is_left_freely(EXPLOIT));
    model.now = model.policies[0].end + 100 * DAY;
    assert_eq!((model.court_of(EXPLOIT), model.court_of_sale(EXPLOIT)), (0, 1));
    // Nobody has stake there.
    model.pools[POOL].params.stake_floor = 1;
    model.roll(EXPLOIT);
    let terms = model.terms_of_sale(EXPLOIT);
    let bought = model.attempt(|model| model.buy(EXPLOIT, Purchase { terms, ..cover("hal", UNIT, 30) }));
    assert_eq!(bought.map(|_| ()), refused(Rule::CourtBelowFloor));
}

/// Words of shares wait for nobody, and only a mint that shows some takes others.
#[test]
fn words_of_shares_wait_for_the_timelock_alone() {
    let mut model = pool();
    let words = ShareWords::new("Harbour stablecoins", "hSTBL", "https://example.org/pool").unwrap();
    let asked = |model: &mut Model, words| {
        model.attempt(|model| model.propose_change((POOL, None), Proposal::Shares(words), ("founder", "ada")))
    };
    assert_eq!(asked(&mut model, words), Err(Refusal::Rule(Rule::BadShareWords)), "a mint of SPL Token");
    model.pools[POOL].words = Some(ShareWords::new("Shares", "S", "").unwrap());
    let bad = ShareWords { symbol: [255; 10], ..words };
    for words in [ShareWords::NONE, ShareWords { symbol: [0; 10], ..words }, bad] {
        assert!(
            [Rule::BadShareWords, Rule::NothingChanges]
                .map(|rule| Err(Refusal::Rule(rule)))
                .contains(&asked(&mut model, words))
        );
    }
    leave(&mut model, "ada");
    let change = asked(&mut model, words).unwrap();
    assert_eq!(model.awaiting_changes(POOL).count(), 0);
    carry(&mut model, change);
    assert_eq!(model.pools[POOL].words, Some(words));
}
