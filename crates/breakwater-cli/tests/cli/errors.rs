//! What goes wrong is said in words, with what to do next.

use crate::{
    commands::on,
    net::{Net, text},
};
use breakwater_localnet::{demo, key};
use coverage_client::BreakwaterError;
use solana_signer::Signer;

/// A tip would leave a wallet with almost nothing below what an account must hold: the keeper says so, and goes on.
pub fn poor_keepers_are_told(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let wallet = net.ledger.path().join("poor.json");
    solana_keypair::write_keypair_file(&key("poor"), &wallet).expect("the wallet is written");
    net.json("poor", &["faucet", "1", "--sol", "0.0001"]);
    let keeper = on(pool, &["keeper", "--once", "--keypair", "poor.json"]);
    let output = net.command(&keeper).output().expect("it runs");
    let (out, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!out.contains("pay_exits") && !out.contains("collect_exit"), "{out}{log}");
    assert!(log.contains("is due and was refused: ") && log.contains("would not be rent-exempt"), "{log}");
}

/// What people get wrong.
pub fn errors(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let error = net.refused("dora", &on(pool, &["cover", "buy", "0", "1000000", "90"]));
    assert_eq!(error["code"], BreakwaterError::ProductCapacity.code());
    assert_eq!(error["name"], "ProductCapacity");
    assert!(text(&error, "hint").contains("`breakwater product list`"), "{error}");
    let error = net.refused("dora", &on(pool, &["lp", "deposit", "99000000"]));
    assert!(text(&error, "error").contains("the token program refused"), "{error}");
    assert!(text(&error, "hint").contains("`breakwater faucet`"), "{error}");
    let error = net.refused("dora", &on(pool, &["lp", "deposit", "0.0000001"]));
    assert!(text(&error, "error").contains("more decimals"), "{error}");
    let error = net.refused("dora", &on(pool, &["product", "show", "nothing"]));
    assert!(text(&error, "error").contains("no product `nothing`"), "{error}");
    let error = net.refused("nobody", &on(pool, &["lp", "deposit", "1"]));
    assert!(text(&error, "error").contains("cannot read the keypair"), "{error}");
    let (nobody, mint) = (key("nobody").pubkey().to_string(), demo::asset().to_string());
    for (who, arguments, words) in [
        ("poor", &["stake", "add", "1"][..], "a transfer of SOL failed"),
        ("ada", &["lp", "exit", "9999999"], "holds 399000.000001 shares"),
        ("ben", &["lp", "exit", "--all"], "holds 0 shares"),
        ("ben", &["stake", "withdraw"], "has staked nothing"),
        ("ben", &["change", "petition", "list", "0"], "has staked nothing"),
        ("ben", &["change", "apply", "x"], "`x` is no number and no address"),
        ("ben", &["pool", "show", &nobody], "there is no Pool at"),
        ("ben", &["assembly", "show", &mint], "is no Assembly"),
        ("ben", &["pool", "create", "--asset", &nobody, "--assembly", &mint], "there is no mint at"),
        ("ben", &["pool", "create", "--asset", pool, "--assembly", &mint], "is no mint"),
        ("ben", &["pool", "create", "--asset", &mint, "--assembly", &mint], "is no Assembly"),
        ("ben", &["assembly", "create", text(&net.about, "ada")], "is no mint"),
        ("ben", &["incident", "open", "0", "--occurred", "2020-01-01T00:00:00Z"], "older than the report window"),
        ("ben", &["incident", "show", pool], "is no Incident"),
        ("ben", &["time", "travel", "4000000d"], "after the year 9999"),
        (
            "founder",
            &["product", "create", "X", "--terms", "x", "--risk", "other", "--rates-ppm", "3", "2", "1"],
            "curve",
        ),
        ("ben", &["vote", "for", pool], "is no ballot"),
        ("ben", &["pool", "list", "--url", "nonsense"], "is no cluster"),
        ("ben", &["pool", "list", "--url", "http://127.0.0.1:1"], "the cluster does not answer"),
        ("ben", &["pool", "list", "--config", "none.yml"], "cannot read none.yml"),
        ("ben", &["verify", "--state", "none.json"], "cannot read none.json"),
    ] {
        let error = net.refused(who, &on(pool, arguments));
        assert!(text(&error, "error").contains(words), "{arguments:?}: {error}");
    }
    // What is wrong with the line itself is said before anything is asked.
    for (arguments, words) in [
        (&["pool", "show", "nonsense"][..], "`nonsense` is no address"),
        (&["lp", "deposit", "1.2.3"], "`1.2.3` is no amount; write it like 1250.5"),
        (&["lp", "deposit", "99999999999999999999"], "larger than any balance"),
        (&["time", "travel", "5x"], "write it like 7d, 12h or 90s"),
        (&["time", "travel", "--to", "tomorrow"], "write it like 2026-11-21T19:36:36Z"),
        (&["change", "propose", "group-cap", "3", "70000"], "70000 is not in 0..=65535"),
    ] {
        let output = net.command(arguments).output().expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && error.contains(words), "{arguments:?}: {error}");
    }
}
