//! A person's session, from an empty network to a paid claim, with the tool alone. It is also what the documentation
//! shows: `docs/session.md` is this session, and the README has most of it, recorded by `cargo xtask session`.

use crate::net::{Net, text};
use breakwater_localnet::{demo, key};
use coverage_client::{claim_address, incident_address, policy_address, product_address};
use solana_signer::Signer;
use std::{env, fs, path::PathBuf};

/// What is typed, and what is said about it.
fn script() -> Vec<(&'static str, Vec<String>)> {
    let product = product_address(&demo::pool_address(), 0);
    let policy = policy_address(&product, &key("dora").pubkey(), 0);
    let incident = incident_address(&product, 0);
    let claim = claim_address(&incident, &policy);
    let line = |text: &str| vec![text.to_owned()];
    vec![
        ("Ada provides liquidity; she gets shares.", line("lp deposit 400000 -k ada.json")),
        ("Vera stakes, so that she can vote once the stake is a day old.", line("stake add 60000 -k vera.json")),
        (
            "Capital carries cover once it has stayed for a season, of seven days here; until then nobody can buy.",
            vec!["pool show".into(), "time travel 8d".into()],
        ),
        ("What can be covered, and what would it cost?", vec!["product list".into(), "cover quote 0 50000 90".into()]),
        ("Dora buys cover for ninety days.", line("cover buy 0 50000 90 -k dora.json")),
        (
            "Five days later something happens. Dora reports it, with a bond.",
            vec![
                "time travel 5d".into(),
                "incident open 0 --occurred 2h --evidence https://example.org/post-mortem -k dora.json".into(),
            ],
        ),
        (
            "She claims what she lost; the deductible is taken off.",
            line(&format!("claim submit {policy} 30000 --evidence https://example.org/loss -k dora.json")),
        ),
        (
            "Vera decides that it counts. No vote can change that any more, so a keeper, anybody, closes the ballot.",
            vec![format!("vote for {incident} -k vera.json"), "keeper --once -k walt.json".into()],
        ),
        (
            "The verdict can be appealed for a day; then a keeper reads it. Anyone can say for another day that she claims too much.",
            vec!["time travel 1d".into(), "keeper --once -k walt.json".into(), format!("claim show {claim}")],
        ),
        (
            "Nobody does. The pool has as much capital as it covers: Dora is paid now, and waits for no other claim. Her bonds are back.",
            vec!["time travel 1d".into(), "keeper --once -k walt.json".into(), "cover list -k dora.json".into()],
        ),
        (
            "Claims can be filed for a fortnight after the verdict. Then the keeper settles the incident.",
            vec!["time travel 15d".into(), "keeper --once -k walt.json".into()],
        ),
        ("Ada bears the loss and has earned premium.", line("lp position -k ada.json")),
        ("The books are proven from the accounts and the events alone.", line("verify --history")),
    ]
}

/// Where the README has it.
const BEGIN: &str = "<!-- session: recorded by `cargo xtask session`, do not edit -->\n";
const END: &str = "<!-- end of the session -->\n";
/// Commands that the README leaves to the page, whole.
const PAGE_ONLY: [&str; 6] = ["pool show", "product list", "cover quote", "claim show", "lp position", "verify"];

#[test]
fn a_person_gets_a_claim_paid_with_the_tool_alone() {
    let (net, about) = Net::start_shown();
    // A person's network is where it is by default.
    let folder = net.ledger.path().display().to_string();
    let mut about = about.replace(&folder, "/tmp/breakwater-localnet");
    for (key, usual) in [("rpc", "http://127.0.0.1:8899"), ("websocket", "ws://127.0.0.1:8900")] {
        about = about.replace(text(&net.about, key), usual);
    }
    let begin = "$ cd /tmp/breakwater-localnet\n$ export BREAKWATER_CONFIG=config.yml\n";
    let mut page = format!(
        "# A session\n\nFrom an empty local network to a paid claim, with the command-line tool alone. Recorded by \
         `cargo xtask session`, and played\nagain by `cargo xtask test`: do not edit.\n\n```console\n$ breakwater \
         localnet\n{about}```\n\nIt stays up. In another terminal:\n\n```console\n{begin}```\n"
    );
    let mut readme = format!("```console\n$ breakwater localnet\n{about}```\n\n```console\n{begin}");
    for (sentence, lines) in script() {
        page.push_str(&format!("\n{sentence}\n\n```console\n"));
        let mut shown = String::new();
        for line in lines {
            let arguments: Vec<_> = line.split(' ').collect();
            let output = format!("$ breakwater {line}\n{}", net.run(&arguments));
            page.push_str(&output);
            if !PAGE_ONLY.iter().any(|command| line.starts_with(command)) {
                shown.push_str(&output);
            }
        }
        page.push_str("```\n");
        if !shown.is_empty() {
            readme.push_str(&format!("\n# {sentence}\n{shown}"));
        }
    }
    readme.push_str("```\n");

    assert!(page.lines().any(|line| line.split_whitespace().eq(["payout", "1"])), "the claim was not paid: {page}");
    assert!(page.contains("27,500.000000"), "not the loss less the deductible: {page}");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let whole = fs::read_to_string(root.join("README.md")).expect("the README");
    let (before, rest) = whole.split_once(BEGIN).expect("the README has a place for the session");
    let (recorded, after) = rest.split_once(END).expect("the place ends");
    if env::var_os("BREAKWATER_RECORD").is_some() {
        fs::write(root.join("docs/session.md"), &page).expect("the page is written");
        fs::write(root.join("README.md"), [before, BEGIN, &readme, END, after].concat())
            .expect("the README is written");
        return;
    }
    let old = "is out of date: run `cargo xtask session`";
    assert_eq!(masked(recorded), masked(&readme), "README.md {old}");
    let recorded = fs::read_to_string(root.join("docs/session.md")).unwrap_or_default();
    assert_eq!(masked(&recorded), masked(&page), "docs/session.md {old}");
}

/// What does not change from one day to the next: numbers, and signatures, are left out.
fn masked(page: &str) -> String {
    let mask = |word: &str| {
        if word.len() > 60 && word.chars().all(char::is_alphanumeric) {
            return "SIGNATURE".to_owned();
        }
        let address = (32..=44).contains(&word.len()) && word.chars().all(char::is_alphanumeric);
        if address { word.to_owned() } else { word.chars().filter(|letter| !letter.is_ascii_digit()).collect() }
    };
    let lines = page.lines().map(|line| line.split_whitespace().map(mask).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}
