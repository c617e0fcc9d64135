//! An LP leaves while an incident is open: the free part comes at once, the rest as the incident needs it no more.

use crate::net::{Net, text};
use serde_json::Value;

/// Tokens in a field.
fn tokens(value: &Value, key: &str) -> f64 {
    text(value, key).parse().expect("a number")
}

/// Collects what ada has due, and returns how much came, and whether the exit is over.
fn collect(net: &Net) -> (f64, bool) {
    let collected = net.json("ada", &["lp", "collect"]);
    let rows = collected.as_array().expect("a list");
    net.run(&["verify", "--history"]);
    let is_over = rows.iter().any(|row| text(row, "is_over") == "true");
    (rows.iter().map(|row| tokens(row, "collected")).sum(), is_over)
}

/// But for the premium of these days.
fn about(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 0.005, "{found} is not about {expected}");
}

#[test]
fn anyone_who_leaves_gets_the_free_part_at_once_and_the_rest_as_the_incident_ends() {
    let net = Net::start();
    net.json("ada", &["lp", "deposit", "400000"]);
    net.json("vera", &["stake", "add", "60000"]);
    net.json("ada", &["time", "travel", "8d"]);
    let policy = net.json("dora", &["cover", "buy", "0", "100000", "90"]);
    net.json("ada", &["time", "travel", "2d"]);
    let opened = net.json("otto", &["incident", "open", "0"]);
    let incident = text(&opened, "incident");
    net.json("dora", &["claim", "submit", text(&policy, "policy"), "45000"]);
    let exit = net.json("ada", &["lp", "exit", "100000"]);
    about(tokens(&exit, "worth_today"), 100_000.0);
    about(tokens(&exit, "contested_today"), 25_000.0);

    // A quarter of what the incident may need stays, the rest is paid on the day.
    net.json("ada", &["time", "travel", "8d"]);
    about(collect(&net).0, 75_000.0);
    let position = net.json("ada", &["lp", "position"]);
    about(tokens(&position["contested"][0], "at_most"), 25_000.0);
    assert_eq!(text(&position["contested"][0], "comes"), "after its verdict");
    let shown = net.run(&["lp", "position", "-k", "ada.json"]);
    assert!(shown.contains("\ncontested\n") && !shown.contains("\nretired\n"), "{shown}");

    // Too few vote, then enough: it counts.
    net.json("walt", &["keeper", "--once"]);
    net.json("vera", &["vote", "for", incident]);
    net.json("walt", &["keeper", "--once"]);
    net.json("ada", &["time", "travel", "2d"]);
    let steps = net.json("walt", &["incident", "settle", incident]);
    assert_eq!(steps[0]["step"], "decide_incident");
    let position = net.json("ada", &["lp", "position"]);
    assert!(text(&position["contested"][0], "comes").starts_with("what nobody claims from 2"), "{position}");
    let shown = net.json("ada", &["incident", "show", incident]);
    assert_eq!(text(&shown["filed_claims"][0], "amount"), "40000", "{shown}");
    assert_eq!(collect(&net), (0.0, false));

    // 40,000 are claimed after the deductible: a quarter of the other 60,000 comes back.
    net.json("ada", &["time", "travel", "15d"]);
    about(collect(&net).0, 15_000.0);
    net.json("ada", &["time", "travel", "3d"]);
    let steps = net.json("walt", &["incident", "settle", incident]);
    assert_eq!(steps[0]["step"], "settle_incident");
    let (rest, is_over) = collect(&net);
    assert!(rest < 0.001 && is_over, "{rest} came, {is_over}");
    let shown = net.json("ada", &["incident", "show", incident]);
    assert_eq!((text(&shown, "settled"), text(&shown, "waits_for")), ("40000", "nothing"));
    about(tokens(&shown, "of_leavers"), 10_000.0);
    let position = net.json("ada", &["lp", "position"]);
    assert_eq!(position["exits"].as_array().map(Vec::len), Some(0));

    // An exit that nobody pays in time is called, and paid a day later.
    net.json("ada", &["lp", "exit", "1000"]);
    net.json("ada", &["time", "travel", "10d"]);
    let due = net.json("ada", &["lp", "position"])["exits"][0]["paid_from"].as_u64();
    let said = net.run(&["lp", "collect", "-k", "ada.json"]);
    assert!(said.starts_with("Nothing is due yet. The exits are called: collect again between 2"), "{said}");
    let called = net.json("ada", &["lp", "position"])["exits"][0]["paid_from"].as_u64();
    assert!(called > due, "{due:?} {called:?}");
    net.json("ada", &["time", "travel", "23h"]);
    assert_eq!(collect(&net), (0.0, false));
    net.json("ada", &["time", "travel", "2h"]);
    let (paid, is_over) = collect(&net);
    assert!(paid > 890.0 && is_over, "{paid} came, {is_over}");
}
