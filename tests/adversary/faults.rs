//! The search proves itself: it finds every fault that is planted in the model, and nothing where none is.

use coverage_adversary::{
    account::{Goal, NOTABLE, judge},
    plan::Plan,
    report::{describe, tokens},
    search::{COALITIONS, Limit, Search, coalitions},
    world::World,
};
use coverage_model::{Fault, Faults};

/// How many worlds are searched.
const WORLDS: u64 = 64;

/// What each fault is good for, and by whom.
const PLANTED: [(Fault, Goal, &str); 18] = [
    (Fault::T39, Goal::Gain, "authority and holders"),
    (Fault::T41, Goal::Held, "authority and holders"),
    (Fault::T45, Goal::Capacity, "holders"),
    (Fault::T46, Goal::Held, "LPs"),
    (Fault::T47, Goal::Gain, "LPs"),
    (Fault::T48, Goal::Capacity, "LPs and holders"),
    (Fault::T49, Goal::Capacity, "holders"),
    (Fault::T50, Goal::Gain, "LPs"),
    (Fault::T52, Goal::Gain, "LPs"),
    (Fault::T54, Goal::Gain, "holders"),
    (Fault::T56, Goal::Gain, "court and holders"),
    (Fault::T57, Goal::Gain, "holders"),
    (Fault::T58, Goal::Gain, "court and holders"),
    (Fault::T60, Goal::Held, "LPs"),
    (Fault::T61, Goal::Gain, "holders"),
    (Fault::T71, Goal::Gain, "holders"),
    (Fault::T79, Goal::Gain, "holders"),
    (Fault::T82, Goal::Gain, "holders"),
];

/// The world of a seed, with a fault or without.
fn world(seed: u64, faults: Faults) -> World {
    let mut world = World::of(seed);
    world.model.faults = faults;
    world
}

#[test]
fn every_planted_fault_is_found() {
    for (fault, goal, coalition) in PLANTED {
        // Some take luck: one of three searches finds it.
        // Plans in worlds that are short of money take long: the two seeds that find it later are left out.
        let first = if fault == Fault::T82 { 3 } else { 1 };
        let sought = (first..=3).find_map(|seed| {
            let mut search = Search::new(seed, WORLDS, Faults::one(fault), &[goal], &coalitions(Some(coalition)));
            let (_, found) = search.run(Limit::Plans(6_000), Some(NOTABLE))?;
            // It is the fault that it comes from.
            let seed = search.worlds[found.world].0.nature.seed;
            let (without, _) = judge(&world(seed, Faults::NONE), &found.plan, None);
            (without.of(goal) < NOTABLE).then_some((search, found))
        });
        let (search, found) = sought.unwrap_or_else(|| panic!("{fault:?} is not found"));
        println!("{fault:?}: {}", describe(&search, goal, &found));
    }
}

/// The shortest plans that were found, and what they come to in tokens of a pool of a million.
const RECORDED: [(Fault, Goal, u64, &str, f64); 18] = [
    (
        Fault::T39,
        Goal::Gain,
        1035,
        r#"[{"at":["Start",0],"do":{"ListGreedy":{"pool":0}}},{"at":["Start",0],"do":{"Propose":{"pool":0,"wish":"List"}}},{"at":["Start",0],"do":{"Propose":{"pool":0,"wish":{"Leverage":50000}}}},{"at":["ChangeDue",1],"do":{"Buy":{"product":3,"who":1,"part":10000,"days":1}}},{"at":["ChangeDue",2],"do":{"Draw":{"policy":0,"part":10000}}}]"#,
        336824.08,
    ),
    (
        Fault::T41,
        Goal::Held,
        3015,
        r#"[{"at":["Last",0],"do":{"Buy":{"product":0,"who":0,"part":10000,"days":1}}},{"at":["Pivot",0],"do":{"Propose":{"pool":0,"wish":{"Leverage":100}}}}]"#,
        892.43,
    ),
    (
        Fault::T45,
        Goal::Capacity,
        1048,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":10000,"days":1}},"again":[12,2851200]}]"#,
        52911.27,
    ),
    (
        Fault::T46,
        Goal::Held,
        2063,
        r#"[{"at":["Pivot",0],"do":{"Exit":{"pool":0,"part":10000}}},{"at":["Release",0],"do":{"PayOwn":{"pool":0}}}]"#,
        426.66,
    ),
    (
        Fault::T47,
        Goal::Gain,
        3025,
        r#"[{"at":["Start",0],"do":{"Deposit":{"pool":0,"part":9000}}},{"at":["Pivot",0],"do":{"Exit":{"pool":0,"part":10000}}}]"#,
        218134.73,
    ),
    (
        Fault::T48,
        Goal::Capacity,
        1042,
        r#"[{"at":["Start",0],"do":{"Deposit":{"pool":0,"part":9000}}},{"at":["Last",0],"do":{"Buy":{"product":1,"who":0,"part":10000,"days":30}}}]"#,
        9109.14,
    ),
    (
        Fault::T49,
        Goal::Capacity,
        1025,
        r#"[{"at":["Last",0],"do":{"Buy":{"product":0,"who":0,"part":10000,"days":30}}}]"#,
        868.62,
    ),
    (
        Fault::T50,
        Goal::Gain,
        1057,
        r#"[{"at":["Recovery",0],"do":{"Deposit":{"pool":0,"part":10000}}},{"at":["Recovery",0],"do":{"Exit":{"pool":0,"part":10000}}}]"#,
        276955.27,
    ),
    (Fault::T52, Goal::Gain, 3050, r#"[{"at":["Pivot",0],"do":{"Exit":{"pool":0,"part":10000}}}]"#, 4181.69),
    (
        Fault::T54,
        Goal::Gain,
        1057,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":365}}},{"at":["Pivot",0],"do":{"Cancel":{"policy":0}}}]"#,
        10254.55,
    ),
    (
        Fault::T56,
        Goal::Gain,
        1061,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Report",0],"do":{"Claim":{"policy":0,"loss":"All"}}},{"at":["Verdict",0],"do":{"Dispute":{"own":true}}},{"at":["Last",0],"do":{"VoteAt":{"level":16}}}]"#,
        270779.27,
    ),
    (
        Fault::T57,
        Goal::Gain,
        1013,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Report",10],"do":{"Claim":{"policy":0,"loss":"All"}}},{"at":["Last",0],"do":{"Dispute":{"own":true}}}]"#,
        120506.02,
    ),
    (
        Fault::T58,
        Goal::Gain,
        1016,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Last",172800],"do":{"Report":{"product":0,"when":"Now"}}},{"at":["Last",0],"do":{"Claim":{"policy":0,"loss":"All"}}},{"at":["Last",0],"do":{"Vote":{"truth":false}}}]"#,
        9746.50,
    ),
    (
        Fault::T60,
        Goal::Held,
        1015,
        r#"[{"at":["Pivot",0],"do":{"Report":{"product":0,"when":"Now"}},"again":[11,864000]}]"#,
        504.32,
    ),
    (
        Fault::T61,
        Goal::Gain,
        1029,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Report",0],"do":{"Claim":{"policy":0,"loss":"All"}}}]"#,
        173.72,
    ),
    (
        Fault::T71,
        Goal::Gain,
        1909,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Verdict",86400],"do":"Payout","again":[5,43200]}]"#,
        5454.06,
    ),
    (
        Fault::T79,
        Goal::Gain,
        1061,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Report",0],"do":{"Claim":{"policy":0,"loss":"All"}}}]"#,
        269554.02,
    ),
    (
        Fault::T82,
        Goal::Gain,
        2941,
        r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},{"at":["Report",0],"do":{"Claim":{"policy":0,"loss":"True"}}},{"at":["Verdict",86400],"do":"Payout"}]"#,
        5551.96,
    ),
];

#[test]
fn what_was_found_comes_to_what_it_did() {
    let mut differ = vec![];
    for (fault, goal, seed, plan, wanted) in RECORDED {
        let plan = Plan::read(plan).expect("a plan");
        let [with, without] =
            [Faults::one(fault), Faults::NONE].map(|faults| judge(&world(seed, faults), &plan, None).0.of(goal));
        // Roundings and days of grace may change it, not its kind.
        let part = with / (wanted * 1e6);
        if !(0.9..1.1).contains(&part) || without >= NOTABLE {
            let [with, without] = [with, without].map(tokens);
            differ.push(format!("{fault:?} comes to {with}, and to {wanted} before; without the fault {without}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// What a plan comes to in the world of a seed, whole tokens.
fn measures(seed: u64, plan: &str) -> [i64; 4] {
    let (score, _) = judge(&world(seed, Faults::NONE), &Plan::read(plan).expect("a plan"), None);
    #[allow(clippy::cast_possible_truncation, reason = "tokens of a million")]
    Goal::ALL.map(|goal| (score.of(goal) / 1e6) as i64)
}

#[test]
fn what_is_fair_is_no_gain() {
    let (quiet, loss) = (1000, 1001);
    // Luck: cover that was bought, and shares that left, before the loss.
    let lucky = r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":365}}}]"#;
    assert_eq!(measures(loss, lucky)[..3], [0, 0, 0]);
    let gone = r#"[{"at":["Start",0],"do":{"Exit":{"pool":0,"part":10000}}}]"#;
    assert_eq!(measures(loss, gone)[..3], [0, 0, 0]);
    // The premiums of a month for the capital of a month.
    let lent = r#"[{"at":["Start",0],"do":{"Deposit":{"pool":0,"part":9000}}},
        {"at":["Last",2592000],"do":{"Exit":{"pool":0,"part":10000}}}]"#;
    assert_eq!(measures(quiet, lent), [0; 4]);
    // All leave before a change, and earn nothing any more.
    let change = r#"[{"at":["Start",0],"do":{"Propose":{"pool":0,"wish":{"ProtocolFee":100}}}}]"#;
    assert_eq!(measures(quiet, change), [0; 4]);
    // A gift is no loss of who gets it, and is lost to who gives it.
    let gift = r#"[{"at":["Start",0],"do":{"Donate":{"pool":0,"part":1000}}}]"#;
    let [gain, loss_of_others, ..] = measures(quiet, gift);
    assert!(gain < 0 && loss_of_others <= 0, "{gain} {loss_of_others}");
}

#[test]
fn what_is_paid_is_lost() {
    let quiet = 1000;
    let cover = r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}}]"#;
    let cancelled = r#"[{"at":["Start",0],"do":{"Buy":{"product":0,"who":0,"part":5000,"days":30}}},
        {"at":["Last",864000],"do":{"Cancel":{"policy":0}}}]"#;
    let report = r#"[{"at":["Start",0],"do":{"Report":{"product":0,"when":"Now"}}}]"#;
    for plan in [cover, cancelled, report] {
        let [gain, loss, held, _] = measures(quiet, plan);
        assert!(gain < 0 && loss <= 0 && held <= 0, "{plan}: {gain} {loss} {held}");
    }
}

/// A sample of what `cargo xtask adversary` searches.
#[test]
fn nobody_takes_or_holds_what_is_others() {
    for coalition in COALITIONS {
        let coalition = coalition.name;
        let mut search = Search::new(2, WORLDS, Faults::NONE, &Goal::ALL, &coalitions(Some(coalition)));
        if let Some((goal, found)) = search.run(Limit::Plans(2_000), Some(NOTABLE)) {
            panic!("{coalition}: {}", describe(&search, goal, &found));
        }
        println!("{coalition}: {} plans, {} actions, {} branches", search.plans, search.actions, search.branches.len());
    }
}
