//! `breakwater stress`, on a state that is made here.

use crate::net::{binary, keys};
use base64::{Engine, engine::general_purpose::STANDARD};
use coverage_client::{Assembly, ID, Policy, Pool, Product, ZeroCopy};
use serde_json::{Value, json};
use solana_address::Address;
use std::{env, fs, path::PathBuf, process::Output};
use tempfile::TempDir;

const DAY: u64 = 86_400;
/// A noon.
const NOW: u64 = 20_000 * DAY + DAY / 2;

fn zeroed<T: ZeroCopy>() -> T {
    T::decode(&[&T::DISCRIMINATOR[..], &vec![0; size_of::<T>()]].concat()).expect("zeros")
}

fn at(number: u8) -> Address {
    Address::new_from_array([number; 32])
}

/// A pool of 1,000 tokens with two products in one group and three policies, as `verify --save` would write it.
fn state() -> Value {
    let mut pool = Pool {
        assembly: at(2),
        vault: at(3),
        share_mint: at(4),
        exit_escrow: at(5),
        capital: 1_000_000_000,
        accrued_at: NOW,
        decimals: 6,
        leverage_bps: 20_000,
        group_caps_bps: [20_000; 16],
        ..zeroed()
    };
    let assembly = Assembly { stake_vault: at(6), ..zeroed() };
    let mut products = ["First", "Second"].map(|name| {
        let mut product =
            Product { pool: at(1), weight_bps: 10_000, grace_days: 30, rolled_day: NOW / DAY, ..zeroed() };
        product.name[..name.len()].copy_from_slice(name.as_bytes());
        product
    });
    (products[1].index, products[1].risk_kind) = (1, 1);
    let mut policies = Vec::new();
    for (product, amount, days) in [(0u8, 600_000_000u64, 90u64), (0, 300_000_000, 300), (1, 500_000_000, 30)] {
        let (end_day, rate) = (NOW / DAY + days, amount / 30);
        let policy = Policy {
            pool: at(1),
            product: at(10 + product),
            amount,
            held: amount,
            rate,
            bought_at: NOW - 10 * DAY,
            cover_from: NOW - 9 * DAY,
            end: end_day * DAY,
            release_day: end_day + 30,
            deductible_bps: 500,
            ..zeroed()
        };
        let slot = |day: u64| (day % 512) as usize;
        let product = &mut products[usize::from(product)];
        product.active_cover += amount;
        product.cover_ring[slot(end_day + 30)] += amount;
        pool.active_cover += amount;
        pool.group_active[0] += amount;
        pool.cover_ring[slot(end_day + 30)] += amount;
        pool.rate += rate;
        pool.rate_ring[slot(end_day + 30)] += rate;
        pool.unearned += 1_000_000_000;
        policies.push(policy);
    }
    let ours = |data: Vec<u8>| (ID, data);
    let mut accounts = vec![(at(1), ours(pool.encode())), (at(2), ours(assembly.encode()))];
    accounts.extend((3..7).map(|number| (at(number), (Address::default(), vec![0; 165]))));
    accounts.extend((10..).zip(&products).map(|(number, product)| (at(number), ours(product.encode()))));
    accounts.extend((20..).zip(&policies).map(|(number, policy)| (at(number), ours(policy.encode()))));
    let stored = accounts.into_iter().map(|(address, (owner, data))| {
        (address.to_string(), json!({ "owner": owner.to_string(), "data": STANDARD.encode(data) }))
    });
    json!({ "pool": at(1).to_string(), "time": NOW, "accounts": stored.collect::<serde_json::Map<_, _>>() })
}

/// The tool in a folder with the state.
fn stress(folder: &TempDir, arguments: &[&str]) -> Output {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut command = binary();
    command.current_dir(folder.path()).args(["stress", "--state", "state.json", "--runs", "20000", "--seed", "11"]);
    command.arg("--assumptions").arg(here.join("tests/cli/stress.assumptions.toml"));
    command.arg("--incidents").arg(here.join("../coverage-stress/tests/invented.csv"));
    command.args(arguments).output().expect("the tool runs")
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("state.json"), state().to_string()).expect("the state is written");
    folder
}

#[test]
fn a_saved_state_is_played_to_the_same_numbers() {
    let folder = folder();
    let mut tables = Vec::new();
    for threads in ["1", "2"] {
        let run =
            stress(&folder, &["--threads", threads, "--csv", "all.csv", "--report", "all.html", "--output", "json"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let shown: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        assert_eq!(
            keys(&shown),
            ["drawn_by_rates", "drawn_from_the_calendar", "groups", "played", "products", "real_incidents_today"]
        );
        assert_eq!(
            (&shown["played"]["capital"], &shown["played"]["insured"], &shown["played"]["policies"]),
            (&json!("1000"), &json!("1400"), &json!(3))
        );
        assert_eq!(shown["products"][1]["name"], "Second");
        // Both policies of the first lose a quarter, less the deductible; those of the second wait for a depeg.
        assert_eq!(shown["real_incidents_today"][0]["paid"], "180");
        assert_eq!(shown["real_incidents_today"][1]["paid"], "100");
        tables.push(fs::read_to_string(folder.path().join("all.csv")).expect("the table"));
    }
    assert_eq!(tables[0], tables[1], "threads change nothing");

    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli/stress.csv");
    if env::var_os("BREAKWATER_RECORD").is_some() {
        fs::write(&path, &tables[0]).expect("the table is written");
    }
    assert_eq!(
        tables[0],
        fs::read_to_string(&path).unwrap_or_default(),
        "play it with BREAKWATER_RECORD=1 to record it"
    );

    let page = fs::read_to_string(folder.path().join("all.html")).expect("the page");
    assert_eq!(page.matches("<svg").count(), 5, "a chart to each question");
    assert!(page.contains("--seed 11") && page.contains("Second") && !page.contains("<b>Market"), "{page}");
    assert!(!page.contains("<script") && !page.contains("href=") && !page.contains("src="), "it needs nothing else");
}

#[test]
fn what_cannot_be_played_is_said() {
    let folder = folder();
    let error = |arguments: &[&str]| {
        let run = stress(&folder, arguments);
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stdout));
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    assert!(error(&["--days", "0"]).contains("0 days are not between 1 and 3650"));
    assert!(error(&["--report", "no/such/folder.html"]).contains("cannot write no/such/folder.html"));
    let run = binary().args(["stress", "--print-assumptions"]).output().expect("it runs");
    assert!(String::from_utf8_lossy(&run.stdout).contains("[kind.exploit]"));
}
