//! `cargo xtask threats`: each attack of docs/threats.md with its tests and what came of them.

use crate::{cargo, sbf, shell};
use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The page that lists the attacks.
pub const PAGE: &str = "docs/threats.md";

/// Runs the tests and prints a line for each attack; fails if one has no test or a test fails.
pub fn run() -> Result<()> {
    sbf::run()?;
    let page = fs::read_to_string(cargo::root()?.join(PAGE)).with_context(|| format!("read {PAGE}"))?;
    let mut test = cargo::host("test")?;
    test.args(["--locked", "--workspace", "--test", "threats", "--no-fail-fast", "--", "--test-threads=2"]);
    let output = shell::output(&mut test)?;
    let results: BTreeMap<&str, bool> = output.lines().filter_map(result).collect();

    let mut missing = Vec::new();
    for (number, attack) in rows(&page) {
        let tests: Vec<_> = results.iter().filter(|(name, _)| number_of(name).as_deref() == Some(number)).collect();
        let failed: Vec<_> = tests.iter().filter(|(_, passed)| !**passed).map(|(name, _)| **name).collect();
        let verdict = match (tests.len(), failed.len()) {
            (0, _) => "NO TEST".into(),
            (count, 0) => format!("{count} passed"),
            _ => format!("FAILED: {}", failed.join(", ")),
        };
        println!("{number}  {verdict:<10}  {attack}");
        if tests.is_empty() || !failed.is_empty() {
            missing.push(number);
        }
    }
    ensure!(missing.is_empty(), "not defended, or not tried: {}", missing.join(", "));
    Ok(())
}

/// The page with the last cell of each attack's row filled with the tests that are found in the source.
pub fn page(root: &Path) -> Result<String> {
    let mut tests: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(root.join("tests/threats"))? {
        let text = fs::read_to_string(entry?.path())?;
        for name in text.lines().filter_map(|line| line.strip_prefix("fn ")?.split_once('(')).map(|(name, _)| name) {
            if let Some(number) = number_of(name) {
                tests.entry(number).or_default().insert(name.into());
            }
        }
    }
    let page = fs::read_to_string(root.join(PAGE)).with_context(|| format!("read {PAGE}"))?;
    let known: BTreeSet<_> = rows(&page).map(|(number, _)| number.to_owned()).collect();
    let unknown: Vec<_> = tests.keys().filter(|number| !known.contains(*number)).cloned().collect();
    ensure!(unknown.is_empty(), "{PAGE} does not list {}", unknown.join(", "));
    let lines = page.lines().map(|line| {
        let cells: Vec<_> = line.split('|').collect();
        match cells.as_slice() {
            ["", number, attack, defence, _, ""] if number.trim().starts_with('T') => {
                let found = tests.get(number.trim()).into_iter().flatten().map(|name| format!("`{name}`"));
                format!("|{number}|{attack}|{defence}| {} |\n", found.collect::<Vec<_>>().join(" "))
            }
            _ => format!("{line}\n"),
        }
    });
    Ok(lines.collect())
}

/// Number and attack of each row.
fn rows(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| T")?.split('|').map(str::trim);
        let number = line.get(2..5)?;
        cells.next()?;
        Some((number, cells.next()?))
    })
}

/// `T07` of a test called `t07_…`, in whatever module.
fn number_of(name: &str) -> Option<String> {
    let name = name.rsplit("::").next()?;
    let number = name.get(..3).filter(|_| name.as_bytes().get(3) == Some(&b'_'))?;
    let digits = number.strip_prefix('t')?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.to_uppercase())
}

/// A test's name and whether it passed, from a line of the test runner.
fn result(line: &str) -> Option<(&str, bool)> {
    let (name, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
    Some((name, verdict == "ok"))
}
