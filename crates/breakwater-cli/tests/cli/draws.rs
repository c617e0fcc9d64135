//! A covered program draws: what exceeds the limit is booked, metered by anyone, and challenged in vain.

use crate::net::{Net, text};
use serde_json::Value;

/// What this story runs.
pub const RUNS: &[&str] = &["cover draw", "incident challenge", "incident pay"];

/// Tokens in a field.
fn tokens(value: &Value, key: &str) -> f64 {
    text(value, key).parse().expect("a number")
}

/// But for the premium of these days, which the limit grows with.
fn about(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 0.01, "{found} is not about {expected}");
}

fn steps(net: &Net) -> Vec<String> {
    let steps = net.json("walt", &["keeper", "--once"]);
    steps.as_array().expect("a list").iter().map(|step| text(step, "step").to_owned()).collect()
}

#[test]
fn what_is_drawn_beyond_the_limit_is_booked_and_paid_as_it_refills() {
    let net = Net::start();
    let venue = text(&net.about, "otto");
    let list = ["product", "create", "Venue", "--terms", "https://example.org/venue", "--risk", "shortfall"];
    let terms = ["--waiting-days", "0", "--deductible-bps", "0", "--trigger", "authority", "--source", venue];
    net.json("founder", &[&list[..], &terms, &["--draw-limit-bps", "200", "--draw-period", "1d"]].concat());
    net.json("ada", &["lp", "deposit", "400000"]);
    net.json("vera", &["stake", "add", "60000"]);
    net.json("founder", &["change", "propose", "list", "venue"]);
    net.json("founder", &["time", "travel", "9d"]);
    assert!(steps(&net).contains(&"apply_change".into()));
    let bought = net.json("dora", &["cover", "buy", "venue", "20000", "60"]);
    let policy = text(&bought, "policy");
    net.json("dora", &["time", "travel", "1d"]);
    about(tokens(&net.json("ada", &["product", "show", "venue"]), "drawable_at_once"), 4_000.0);

    let error = net.refused("ben", &["cover", "draw", policy, "10000"]);
    assert_eq!(error["name"], "NotTriggerAuthority");
    let error = net.refused("otto", &["cover", "draw", policy, "10000", "--min-paid", "5000"]);
    assert_eq!(error["name"], "DrawLimited");
    // Half of two percent at once, the rest booked.
    let drawn = net.json("otto", &["cover", "draw", policy, "10000"]);
    about(tokens(&drawn, "paid"), 4_000.0);
    about(tokens(&drawn, "booked"), 6_000.0);
    let booking = text(&drawn, "incident");
    let shown = net.json("walt", &["incident", "show", booking]);
    // Seconds have passed at most.
    let waits_for = text(&shown, "waits_for");
    assert!(waits_for.starts_with("the product's draw limit") || waits_for.contains("can be paid"), "{shown}");
    assert_eq!((text(&shown, "ballot"), text(&shown, "policy")), ("none, a draw stands", policy));
    net.run(&["verify", "--history"]);

    net.json("walt", &["time", "travel", "12h"]);
    // Settled first, as if her token account took nothing, and then paid.
    let settled = net.json("walt", &["incident", "pay", booking, "--unpaid"]);
    assert_eq!(text(&settled, "paid_now"), "0");
    about(tokens(&settled, "settled"), 2_000.0);
    let paid = net.json("walt", &["incident", "pay", booking]);
    about(tokens(&paid, "paid_now"), 2_000.0);
    about(tokens(&paid, "waits"), 4_000.0);
    net.run(&["verify", "--history"]);

    // A challenge stops it until the jury has found that the draw was for a real loss.
    net.json("ben", &["incident", "challenge", booking, "--evidence", "https://example.org/no-loss"]);
    net.json("walt", &["time", "travel", "1d"]);
    let shown = net.json("walt", &["incident", "show", booking]);
    assert_eq!(text(&shown, "waits_for"), "the jury, before which it was challenged");
    assert_eq!(net.refused("walt", &["incident", "pay", booking])["name"], "IncidentUndecided");
    net.json("vera", &["vote", "for", booking]);
    net.json("walt", &["time", "travel", "6d"]);
    assert!(steps(&net).contains(&"close_ballot".into()));
    net.json("walt", &["time", "travel", "3d"]);
    let taken = steps(&net);
    for step in ["decide_incident", "pay_booking", "collect_incident_bond"] {
        assert!(taken.iter().any(|taken| taken == step), "{step} is not among {taken:?}");
    }
    // Another bucket's worth pays the rest.
    net.json("walt", &["time", "travel", "1d"]);
    let taken = steps(&net);
    assert!(["pay_booking", "close_incident"].iter().all(|step| taken.iter().any(|taken| taken == step)), "{taken:?}");
    let shown = net.json("dora", &["cover", "show", policy]);
    assert_eq!((text(&shown, "paid"), text(&shown, "holds_capacity")), ("10000", "10000"));
    net.run(&["verify", "--history"]);
    net.ran(RUNS);
}
