//! A pool whose capital is all paid out: its shares are retired and redeemed, and new capital need not pay for them.

use crate::net::{Net, text};
use breakwater_localnet::demo;

/// The pool's life: filled, sold out, struck, wiped out, and filled anew.
pub fn a_pool_is_wiped_out_and_begins_anew(net: &Net) {
    let (asset, governance) = (demo::asset().to_string(), demo::governance().to_string());
    let assembly = net.json("otto", &["assembly", "create", &governance]);
    let pool = [
        &["pool", "create", "--asset", &asset, "--assembly", text(&assembly, "assembly")][..],
        &[
            "--share-name",
            "Doomed shares",
            "--share-symbol",
            "DOOM",
            "--season-days",
            "1",
            "--stake-floor",
            "500",
            "--cover-per-stake",
            "1",
            "--leverage-bps",
            "20000",
        ],
    ];
    let created = net.json("otto", &pool.concat());
    let pool = text(&created, "pool");
    let run = |who: &str, arguments: &[&str]| net.json(who, &[arguments, &["--pool", pool]].concat());
    let create = ["product", "create", "All", "--terms", "https://example.org/all", "--risk", "other"];
    let terms = ["--waiting-days", "0", "--grace-days", "1", "--report-window-days", "1", "--filing-window-days", "3"];
    let rates = ["--rates-ppm", "1", "1", "1", "--incident-bond", "1"];
    run("otto", &[&create[..], &terms, &rates].concat());
    run("ada", &["lp", "deposit", "1000"]);
    run("otto", &["pool", "open"]);
    assert_eq!(text(&run("ada", &["pool", "show"]), "share_name"), "Doomed shares");
    run("ada", &["time", "travel", "10d"]);
    a_court_must_be_worth_what_it_decides_on(net, pool);
    let bought = run("dora", &["cover", "buy", "0", "1000", "3"]);
    run("ada", &["time", "travel", "2d"]);
    let opened = run("dora", &["incident", "open", "0"]);
    let incident = text(&opened, "incident");
    let filed = net.json("dora", &["claim", "submit", text(&bought, "policy"), "1000"]);
    let claim = text(&filed, "claim");
    assert!(text(&run("ada", &["pool", "show"]), "pays_claims").starts_with("each in full once nobody can dispute it"));
    let later = "in full, once its incident counts and nobody can dispute it any more";
    assert_eq!(text(&net.json("dora", &["claim", "show", claim]), "payment"), later);
    net.json("vera", &["vote", "for", incident]);
    for days in ["4d", "3d", "8d"] {
        run("ada", &["time", "travel", days]);
        run("walt", &["keeper", "--once"]);
        if days == "3d" {
            // It counts, and nobody can dispute the claim any more. There is as much capital as cover, whatever more the pool could sell.
            run("ada", &["time", "travel", "25h"]);
            can_be_paid_in_full(net, claim, incident);
        }
    }
    assert_eq!(text(&run("ada", &["pool", "show"]), "claims_paid"), "1000");
    run("ada", &["verify", "--history"]);

    let error = net.refused("ben", &["lp", "deposit", "500", "--pool", pool]);
    assert_eq!(error["name"], "PoolDepleted");
    assert!(text(&error, "hint").contains("`breakwater pool retire-shares`"), "{error}");
    run("ada", &["time", "travel", "10d"]);
    run("walt", &["keeper", "--once"]);
    let retired = run("ben", &["pool", "retire-shares"]);
    assert_eq!((&retired["generation"], text(&retired, "retired")), (&0.into(), "1000"));
    let position = run("ada", &["lp", "position"]);
    assert_eq!(position["retired"][0]["worth"], retired["left_for_them"]);
    assert_eq!(text(&position["position"], "shares"), "0");
    // New capital begins at the first price, and the old shares have what was left.
    assert_eq!(text(&run("ben", &["lp", "deposit", "500"]), "shares"), "500");
    assert_eq!(run("ada", &["lp", "redeem"])["amount"], retired["left_for_them"]);
    run("ada", &["verify", "--history"]);

    // Everything is closed that was opened, and the rents go back.
    let retired = run("walt", &["pool", "close-retired", "0"]);
    assert_eq!(retired["generation"], 0);
    let error = net.refused("otto", &["pool", "close", "--pool", pool]);
    assert!(error["name"] == "PoolInUse" && text(&error, "hint").contains("everybody has to leave"), "{error}");
    let error = net.refused("otto", &["product", "close", "0", "--pool", pool]);
    assert_eq!(error["name"], "ProductInUse", "it is on sale");
    run("ben", &["lp", "exit", "--all"]);
    run("vera", &["stake", "remove", "1000"]);
    run("ben", &["time", "travel", "8d"]);
    run("ben", &["lp", "collect"]);
    run("walt", &["keeper", "--once"]);
    assert_eq!(text(&run("ben", &["pool", "show"]), "shares"), "0");
    assert_eq!(run("otto", &["product", "close", "0"])["number"], 0);
    let error = net.refused("otto", &["stake", "close", "--owner", text(&net.about, "vera"), "--pool", pool]);
    assert_eq!(error["name"], "VoterInUse");
    run("vera", &["time", "travel", "53d"]);
    run("vera", &["stake", "withdraw"]);
    run("otto", &["stake", "close", "--owner", text(&net.about, "vera")]);
    run("ben", &["verify"]);
    let error = net.refused("otto", &["assembly", "close", text(&assembly, "assembly")]);
    assert_eq!(error["name"], "AssemblyInUse");
    assert!(text(&net.refused("ben", &["pool", "close", "--pool", pool]), "error").contains("closes a pool"));
    run("otto", &["pool", "close"]);
    net.json("otto", &["assembly", "close", text(&assembly, "assembly")]);
}

/// Nothing is sold until enough is staked, and then no more than the stake carries.
fn a_court_must_be_worth_what_it_decides_on(net: &Net, pool: &str) {
    let run = |who: &str, arguments: &[&str]| net.json(who, &[arguments, &["--pool", pool]].concat());
    let refused = |hint: &str| {
        let error = net.refused("dora", &["cover", "buy", "0", "1000", "3", "--pool", pool]);
        assert!(text(&error, "hint").contains(hint), "{error}");
        text(&error, "name").to_owned()
    };
    let product = run("dora", &["product", "show", "0"]);
    assert_eq!(
        (text(&product, "room"), text(&product, "court_stake"), text(&product, "stake_floor")),
        ("0", "0", "500")
    );
    assert_eq!(refused("`breakwater stake add` raises it"), "CourtBelowFloor");
    run("vera", &["stake", "add", "600"]);
    assert_eq!(refused("from a day later on"), "CourtBelowFloor", "it is not old enough to count");
    run("ada", &["time", "travel", "2d"]);
    assert_eq!(text(&run("dora", &["product", "show", "0"]), "room"), "600");
    assert_eq!(refused("how much cover the court's stake carries"), "CourtCapacity");
    run("vera", &["stake", "add", "400"]);
    run("ada", &["time", "travel", "2d"]);
    let shown = run("ada", &["pool", "show"]);
    assert_eq!((text(&shown, "court_carries"), text(&shown, "cover_per_staked_token")), ("1000", "1"));
}

/// That a claim, which stands, can be paid in full before the settlement.
fn can_be_paid_in_full(net: &Net, claim: &str, incident: &str) {
    let shown = net.json("dora", &["claim", "show", claim]);
    let why = "in full: nobody can dispute it any more";
    assert_eq!((text(&shown, "payment"), text(&shown, "due")), (why, "1000"));
    let of_incident = net.json("dora", &["incident", "show", incident]);
    assert_eq!(text(&of_incident, "claims_are_paid"), "each in full once nobody can dispute it any more");
}
