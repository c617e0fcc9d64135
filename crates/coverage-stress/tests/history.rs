//! Real incidents: how they are read, mapped and replayed. Those here are invented.

mod common;

use common::{NOW, cover, one_product};
use coverage_stress::{
    Assumptions, Book, Cause, Cover, Error, Keep, Kind, Plan, Scenario, Settings, Strike,
    history::{self, INCIDENTS, Incident},
    simulate,
};

const INVENTED: &str = include_str!("invented.csv");

fn incidents() -> Vec<Incident> {
    history::incidents(INVENTED).expect("incidents")
}

#[test]
fn the_dataset_of_the_tool_can_be_read() {
    let incidents = history::incidents(INCIDENTS).expect("incidents");
    assert_eq!(incidents.len(), 25);
    for incident in &incidents {
        assert!(!incident.protocol.is_empty(), "{incident:?}");
        assert!(incident.source.split(' ').all(|source| source.starts_with("https://")), "{incident:?}");
        // A token's loss is told by its price, everything else in dollars.
        assert_eq!(incident.lowest_price.is_some(), incident.cause == Cause::Depeg, "{incident:?}");
        assert_eq!(incident.loss_usd.is_some(), incident.cause != Cause::Depeg, "{incident:?}");
    }
}

#[test]
fn dates_and_severities_are_read() {
    let incidents = incidents();
    let line = Book::new(NOW, 1).list("One", Kind::Other, 0).clone();
    let read: Vec<_> =
        incidents.iter().map(|it| (it.year, it.second_of_year / 86_400, it.cause, it.severity_bps(&line))).collect();
    let expected = [
        (2031, 59, Cause::Exploit, 2_500),
        (2031, 364, Cause::Depeg, 2_500),
        (2033, 58, Cause::Key, 10_000),
        (2033, 184, Cause::Oracle, 10_000),
        (2033, 184, Cause::Slashing, 10_000),
    ];
    assert_eq!(read, expected);
    let known: Vec<_> = incidents.iter().map(|incident| incident.severity().is_some()).collect();
    assert_eq!(known, [true, true, false, true, false]);
}

#[test]
fn wrong_lines_are_named() {
    let head = "date,protocol,cause,loss_usd,at_risk_usd,lowest_price,source,note\n";
    let why = |line: &str| match history::incidents(&format!("{head}2031-01-01,A,exploit,1,1,,s,n\n{line}\n")) {
        Err(Error::Incidents { line: 3, why }) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why("2031-02-30,A,exploit,1,1,,s,n"), "`2031-02-30` is no date like 2022-11-02");
    assert_eq!(why("2031-01-01,A,exploit,-1,1,,s,n"), "dollars are a number from 0");
    assert!(why("2031-01-01,A,theft,1,1,,s,n").contains("unknown variant `theft`"));
    assert!(why("2031-01-01,A,exploit,much,1,,s,n").contains("invalid float"));
    assert_eq!(why("2031-01-01,A,depeg,,,1.1,s,n"), "the lowest price is a part, between 0 and 1");
}

#[test]
fn each_incident_strikes_what_stands_for_its_cause() {
    let mut book = Book::new(NOW, 500);
    for (product, (kind, amount)) in
        [(Kind::Exploit, 1_000), (Kind::Depeg, 200), (Kind::Bridge, 300)].into_iter().enumerate()
    {
        book.list("One", kind, product);
        book.insure(cover(product, amount, 30, 0)).expect("a policy");
    }
    let plan = Plan::new(book, 365, Keep::Runoff).expect("a plan");
    let assumptions = Assumptions::read("").expect("assumptions");
    let replayed = history::replay(&assumptions, &plan, &incidents());
    let found: Vec<_> =
        replayed.iter().map(|it| (it.incident, it.settled.product, it.settled.approved, it.settled.settled)).collect();
    // None after another: each finds the capital whole. A stolen key strikes the bridge; nothing stands for the others.
    assert_eq!(found, [(0, 0, 250, 250), (0, 2, 75, 75), (1, 1, 50, 50), (2, 2, 300, 300)]);
}

#[test]
fn what_is_bought_today_is_struck_once_it_has_begun() {
    let mut book = Book::new(NOW, 500);
    book.list("One", Kind::Exploit, 0);
    let bought = cover(0, 1_000, 30, 0);
    book.insure(Cover { cover_from: NOW + 3 * 86_400, ..bought }).expect("a policy");
    assert_eq!(book.waiting(), 3 * 86_400);
    let plan = Plan::new(book, 365, Keep::Runoff).expect("a plan");
    let replayed = history::replay(&Assumptions::read("").expect("assumptions"), &plan, &incidents()[..1]);
    assert_eq!(replayed.iter().map(|it| it.settled.settled).collect::<Vec<_>>(), [250]);
}

#[test]
fn a_product_that_a_price_decides_on_pays_by_its_strike_and_floor() {
    let incidents = incidents();
    let mut line = Book::new(NOW, 1).list("One", Kind::Depeg, 0).clone();
    let severity = |line: &coverage_stress::Line| incidents.iter().map(|it| it.severity_bps(line)).collect::<Vec<_>>();
    // The dollar fell to 0.75: half of the way from 0.95 to 0.55. What no price tells is as for the others.
    line.price = Some(Strike { strike: 95_000_000, floor: 55_000_000, exponent: -8 });
    assert_eq!(severity(&line), [2_500, 5_000, 10_000, 10_000, 10_000]);
    line.price = Some(Strike { strike: 700, floor: 500, exponent: -3 });
    assert_eq!(severity(&line)[1], 0);
}

#[test]
fn whole_years_are_drawn_from_the_calendar() {
    // In 2031 a quarter is lost once, in 2032 nothing, in 2033 nothing that an exploit cover stands for.
    let plan = Plan::new(one_product(1_000, &[(400, 365, 0)]), 365, Keep::Runoff).expect("a plan");
    let assumptions = "[past]\nchance = 1.0\nholders = { fixed = 1.0 }\ncauses.exploit = [\"exploit\"]";
    let assumptions = Assumptions::read(assumptions).expect("assumptions");
    let runs = 30_000;
    let calendar = Scenario::calendar(&assumptions, &plan.book, &incidents()).expect("a calendar");
    let it = simulate(&plan, &calendar, Settings { runs, seed: 1, threads: 0 }, &|_| ()).expect("a summary");
    let third = 1.0 / 3.0;
    assert!((it.hit - third).abs() < 5.0 * (third * (1.0 - third) / runs as f64).sqrt(), "{}", it.hit);
    assert_eq!((it.loss.worst, it.loss.q95), (100, 100));

    // In two years it can come twice; the first of March, the sixtieth day of the second, must be played.
    for (days, worst) in [(365 + 60, 200), (365 + 59, 100)] {
        let plan = Plan::new(one_product(1_000, &[(400, 365, 0)]), days, Keep::Renewed).expect("a plan");
        let it = simulate(&plan, &calendar, Settings { runs, seed: 1, threads: 0 }, &|_| ()).expect("a summary");
        assert_eq!(it.loss.worst, worst);
    }
    assert!(Scenario::calendar(&assumptions, &plan.book, &[]).is_none());
}

#[test]
fn assumptions_are_checked_and_replace_the_defaults() {
    let read = |text: &str| Assumptions::read(text).map_err(|error| error.to_string());
    let risk = |severity: &str| {
        format!(
            "kind.exploit = {{ incidents_per_year = 1.0, severity = {{ {severity} }}, holders = {{ fixed = 1.0 }} }}"
        )
    };
    let all = read(&risk("fixed = 0.25")).expect("assumptions");
    assert_eq!(all.kind[&Kind::Exploit].severity.mean(), 0.25);
    assert_eq!(all.kind.len(), 8, "the other kinds are as by default");
    for (wrong, why) in [
        (risk("fixed = 1.5"), "Exploit: 1.5 is not between 0 and 1"),
        (risk("uniform = [0.5, 0.25]"), "Exploit: 0.5 is not between 0 and 0.25"),
        (risk("one_of = []"), "Exploit: one_of an empty list"),
        (risk("beta = [0.0, 1.0]"), "Exploit: beta(0, 1): "),
        ("shock = { shocks_per_year = nan, chance = 0.5 }".into(), "shock: NaN is not between 0 and 1000"),
        ("shocks = 1".into(), "unknown field `shocks`"),
    ] {
        let error = read(&wrong).expect_err(&wrong);
        assert!(error.contains(why), "{error} for {why}");
    }
    let named = read(&risk("fixed = 1.0").replace("kind.exploit", "product.Nobody")).expect("assumptions");
    let book = one_product(1, &[]);
    assert_eq!(
        named.risks(&book).map_err(|error| error.to_string()).expect_err("no such product"),
        "the assumptions: the pool has no product `Nobody`"
    );
    let named = read(&risk("fixed = 1.0").replace("kind.exploit", "product.only")).expect("assumptions");
    assert_eq!(named.risks(&book).expect("risks")[0].incidents_per_year, 1.0);
}

#[test]
fn horizons_and_runs_are_bounded() {
    let plan = |days| Plan::new(one_product(1, &[]), days, Keep::Runoff).map(drop).map_err(|error| error.to_string());
    assert_eq!(plan(0), Err("0 days are not between 1 and 3650".into()));
    assert_eq!(plan(3_651), Err("3651 days are not between 1 and 3650".into()));
    let plan = Plan::new(one_product(1, &[]), 3_650, Keep::Runoff).expect("a plan");
    let scenario = Scenario::drawn(&Assumptions::read("").expect("assumptions"), &plan.book).expect("a scenario");
    let none = simulate(&plan, &scenario, Settings { runs: 0, seed: 1, threads: 0 }, &|_| ());
    assert_eq!(none.map_err(|error| error.to_string()), Err("0 runs are not between 1 and 100000000".into()));
}
