//! `breakwater verify`, on a network and on saved states in which one atom was moved.

use crate::net::{Net, text};
use coverage_client::{Assembly, ExitEpoch, Incident, IncidentState, Policy, Pool, Product, ZeroCopy};
use serde_json::Value;
use std::fs;

/// A change of one account of a kind.
fn changed<T: ZeroCopy>(state: &Value, change: impl Fn(&mut T)) -> Value {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let mut state = state.clone();
    let accounts = state["accounts"].as_object_mut().expect("accounts");
    let (stored, mut account) = accounts
        .values_mut()
        .find_map(|stored| {
            let account = T::decode(&STANDARD.decode(stored["data"].as_str()?).ok()?)?;
            Some((stored, account))
        })
        .unwrap_or_else(|| panic!("no {} in the state", T::NAME));
    change(&mut account);
    stored["data"] = STANDARD.encode(account.encode()).into();
    state
}

/// The rules that a saved state breaks.
fn broken(net: &Net, state: &Value) -> Vec<String> {
    let file = net.ledger.path().join("changed.json");
    fs::write(&file, state.to_string()).expect("the file is written");
    let output = net.command(&["verify", "--state", "changed.json", "--output", "json"]).output().expect("it runs");
    let statements: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let broken = statements.as_array().expect("a list").iter().filter(|statement| statement["holds"] == "false");
    let mut rules: Vec<_> = broken.map(|statement| text(statement, "rule").to_owned()).collect();
    rules.dedup();
    assert_eq!(output.status.success(), rules.is_empty(), "the exit code says whether all holds");
    rules
}

#[test]
fn one_atom_moved_breaks_the_rule_that_is_named() {
    let net = Net::start();
    net.json("ada", &["lp", "deposit", "400000"]);
    net.json("vera", &["stake", "add", "60000"]);
    net.json("ada", &["time", "travel", "8d"]);
    net.json("dora", &["cover", "buy", "0", "50000", "90"]);
    net.json("ada", &["lp", "exit", "1000"]);
    net.json("dora", &["time", "travel", "5d"]);
    net.json("dora", &["incident", "open", "0"]);
    net.run(&["verify", "--save", "state.json"]);
    let state = fs::read_to_string(net.ledger.path().join("state.json")).expect("the state is saved");
    let state: Value = serde_json::from_str(&state).expect("JSON");

    // What losses would do is the same from the chain and from the file; the incident that is open is set aside.
    let stress = |from: &[&str]| {
        let mut found = net.json("dora", &[&["stress", "--runs", "2000"], from].concat());
        found["played"]["years_a_minute"] = Value::Null;
        found
    };
    let played = stress(&["--save", "played.json"]);
    assert_eq!(played, stress(&["--state", "played.json"]));
    assert_eq!((&played["played"]["policies"], text(&played["played"], "insured")), (&Value::from(1), "50000"));

    // What the court is worth is said beside what is proven. Who may mint its token is asked of the chain.
    let told = |from: &[&str]| -> Vec<String> {
        let statements = net.json("dora", &[&["verify"], from].concat());
        let statements = statements.as_array().expect("a list").iter();
        let of_court = statements.filter(|statement| statement["rule"] == "court" && statement["holds"] == "-");
        of_court.map(|statement| text(statement, "found").to_owned()).collect()
    };
    let found = told(&["--save", "told.json"]);
    assert_eq!(found[..3], told(&["--state", "told.json"]));
    assert_eq!(found[0], "61,000.000000 and 100.000000: at the floor or above");
    let wins = "6,100.000001 where nobody else votes, 30,500.000001 where all others vote against it";
    assert_eq!(found[1], wins);
    assert!(found[2].starts_with("65.") && found[2].contains(" of the asset, for 400,0"), "{found:?}");
    assert!(found[3].starts_with("yes, by "), "{found:?}");

    assert_eq!(broken(&net, &state), Vec::<String>::new());
    let cases: [(Value, &[&str]); 22] = [
        (changed::<Pool>(&state, |pool| pool.capital += 1), &["B1"]),
        (
            changed::<Pool>(&state, |pool| (pool.capital, pool.unearned) = (pool.capital + 1, pool.unearned - 1)),
            &["B5", "B7"],
        ),
        (changed::<Pool>(&state, |pool| (pool.capital, pool.bonds) = (pool.capital + 1, pool.bonds - 1)), &["B1"]),
        (
            changed::<Pool>(&state, |pool| (pool.capital, pool.payable) = (pool.capital - 1, pool.payable + 1)),
            &["B1", "B4"],
        ),
        (changed::<Pool>(&state, |pool| pool.liened_cover -= 1), &["B2"]),
        (changed::<Product>(&state, |product| product.active_cover += 1), &["B2"]),
        (changed::<Incident>(&state, |incident| incident.state = IncidentState::Refused.byte()), &["B2"]),
        (changed::<Pool>(&state, |pool| pool.liens.low += 1 << 63), &["B2"]),
        (changed::<Pool>(&state, |pool| pool.fresh_incidents = 0), &["B2"]),
        (changed::<ExitEpoch>(&state, |epoch| epoch.shares += 1), &["B3", "B8"]),
        (changed::<ExitEpoch>(&state, |epoch| epoch.contested_incidents += 1), &["B8"]),
        (changed::<Pool>(&state, |pool| pool.exiting_shares += 1), &["B2", "B3"]),
        (changed::<Pool>(&state, |pool| pool.shares = 1), &["B2", "B3"]),
        (changed::<Policy>(&state, |policy| policy.paid += 1), &["B4"]),
        (changed::<Policy>(&state, |policy| policy.held -= 1), &["B2"]),
        (changed::<Policy>(&state, |policy| policy.given_back += 1), &["B4"]),
        (changed::<Pool>(&state, |pool| pool.seasoned_shares += 1), &["B2"]),
        (changed::<Pool>(&state, |pool| pool.children += 1), &["E"]),
        (changed::<Product>(&state, |product| product.policies_closed += 1), &["E"]),
        (changed::<Assembly>(&state, |assembly| assembly.voter_count += 1), &["E"]),
        (changed::<Policy>(&state, |policy| policy.premium += 1), &["B5"]),
        (changed::<Assembly>(&state, |assembly| assembly.total_staked += 1), &["S"]),
    ];
    for (index, (state, rules)) in cases.iter().enumerate() {
        assert_eq!(broken(&net, state), *rules, "case {index}");
    }
}
