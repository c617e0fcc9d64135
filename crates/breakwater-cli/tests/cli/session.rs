//! A person's session, from an empty network to a paid claim, with the tool alone. It is also what the documentation
//! shows: `docs/session.md` is this session, recorded by `cargo xtask session`.

use crate::net::Net;
use breakwater_localnet::{demo, key};
use coverage_client::{incident, policy, product};
use solana_signer::Signer;
use std::{env, fs, path::PathBuf};

/// What is typed, and what is said about it.
fn script() -> Vec<(&'static str, Vec<String>)> {
    let product = product(&demo::pool_address(), 0);
    let policy = policy(&product, &key("dora").pubkey(), 0);
    let incident = incident(&product, 0);
    let line = |text: &str| vec![text.to_owned()];
    vec![
        ("Ada provides liquidity; she gets shares.", line("lp deposit 400000 -k ada.json")),
        ("Vera stakes, so that she can vote once the stake is a day old.", line("stake add 60000 -k vera.json")),
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
            "Filing, disputes and appeals take eighteen days here. Then the keeper takes every step that is due.",
            vec!["time travel 20d".into(), "keeper --once -k walt.json".into()],
        ),
        (
            "The claim is paid, and Dora has her bonds back. Ada bears the loss and has earned premium.",
            vec!["cover list -k dora.json".into(), "lp position -k ada.json".into()],
        ),
        ("The books are proven from the accounts and the events alone.", line("verify --history")),
    ]
}

#[test]
fn a_person_gets_a_claim_paid_with_the_tool_alone() {
    let net = Net::start();
    let mut page = String::from(
        "# A session\n\nFrom an empty local network to a paid claim, with the command-line tool alone. Recorded by \
         `cargo xtask session`, and played\nagain by `cargo xtask test`: do not edit. In another terminal, `breakwater \
         localnet` runs; its wallets are in the folder\nthat it names.\n\n```console\n$ cd /tmp/breakwater-localnet\n$ \
         export BREAKWATER_CONFIG=config.yml\n```\n",
    );
    for (sentence, lines) in script() {
        page.push_str(&format!("\n{sentence}\n\n```console\n"));
        for line in lines {
            let arguments: Vec<_> = line.split(' ').collect();
            page.push_str(&format!("$ breakwater {line}\n{}", net.run(&arguments)));
        }
        page.push_str("```\n");
    }

    assert!(page.contains("payout                     1"), "the claim was not paid: {page}");
    assert!(page.contains("27,500.000000"), "not the loss less the deductible: {page}");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/session.md");
    if env::var_os("BREAKWATER_RECORD").is_some() {
        fs::write(&path, &page).expect("the page is written");
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(masked(&recorded), masked(&page), "docs/session.md is out of date: run `cargo xtask session`");
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
