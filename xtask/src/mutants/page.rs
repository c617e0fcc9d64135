//! docs/mutants.md: what became of the mutants that were tried.

use super::{Choice, Fate, rewrite::Kind, rewrite::Site};
use crate::cargo;
use anyhow::{Context, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

const PAGE: &str = "docs/mutants.md";

const INTRODUCTION: &str = "\
# Mutants

Would the tests notice if a rule were wrong? `cargo xtask mutants` changes the rules of `coverage-math`, `programs/state` and
`programs/breakwater` one place at a time, in the bytecode alone, and runs the suites until a test fails. A mutant that no test
notices becomes a test, or is shown to change nothing, with its reason. This page is what the command wrote the last time.

Not changed: macros and constants; what only clients ask; calls of `check_books`, which looks at the books when an instruction ends and
finds nothing while the other rules hold; the checks that Anchor makes of types, signers and seeds, which the suite `accounts` tries
one by one.
";

/// Counts of one kind.
#[derive(Default)]
struct Count {
    all: usize,
    killed: usize,
    equivalent: usize,
    survived: usize,
}

/// Writes the page.
pub fn write<'a>(choice: &Choice, present: impl Iterator<Item = &'a Site>, chosen: &[(&Site, Fate)]) -> Result<()> {
    let mut kinds: BTreeMap<Kind, Count> = BTreeMap::new();
    let mut suites: BTreeMap<&str, usize> = BTreeMap::new();
    for site in present {
        kinds.entry(site.kind).or_default().all += 1;
    }
    let (open, tried): (Vec<_>, Vec<_>) = chosen.iter().partition(|(_, fate)| matches!(fate, Fate::Open));
    for (site, fate) in &tried {
        let count = kinds.entry(site.kind).or_default();
        match fate {
            Fate::Killed { suite, .. } => {
                count.killed += 1;
                *suites.entry(suite).or_default() += 1;
            }
            Fate::Equivalent(_) => count.equivalent += 1,
            Fate::Survived => count.survived += 1,
            Fate::Open => {}
        }
    }
    let mut page = INTRODUCTION.to_owned();
    writeln!(page, "\n`cargo xtask mutants --count {} --seed {}`\n", choice.count, choice.seed)?;
    if !open.is_empty() {
        writeln!(
            page,
            "The run was cut short: of {} that were chosen {} are not decided.\n",
            chosen.len(),
            open.len()
        )?;
    }
    writeln!(page, "| | in the bytecode | tried | noticed | change nothing | survived |")?;
    writeln!(page, "| --- | ---: | ---: | ---: | ---: | ---: |")?;
    let mut all = Count::default();
    for (kind, count) in &kinds {
        row(&mut page, kind.word(), count)?;
        all.all += count.all;
        all.killed += count.killed;
        all.equivalent += count.equivalent;
        all.survived += count.survived;
    }
    row(&mut page, "all", &all)?;

    writeln!(page, "\n| suite that noticed first | mutants |\n| --- | ---: |")?;
    let mut suites: Vec<_> = suites.into_iter().collect();
    suites.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    for (name, count) in suites {
        writeln!(page, "| {name} | {count} |")?;
    }

    let survivors: Vec<_> = tried.iter().filter(|(_, fate)| matches!(fate, Fate::Survived)).collect();
    writeln!(page, "\n## Survivors\n")?;
    if survivors.is_empty() {
        writeln!(page, "None.")?;
    }
    for (site, ..) in survivors {
        writeln!(page, "- {}", line(site))?;
    }
    if !open.is_empty() {
        writeln!(page, "\n## Not decided\n\nNot tried, or not noticed yet by the tests that are near:\n")?;
    }
    for (site, _) in open {
        writeln!(page, "- {}", line(site))?;
    }
    writeln!(page, "\n## Those that change nothing\n")?;
    let mut lines: Vec<_> = tried
        .iter()
        .filter_map(|(site, fate)| match fate {
            Fate::Equivalent(reason) => Some(format!("- {}: {reason}", line(site))),
            _ => None,
        })
        .collect();
    lines.sort();
    if lines.is_empty() {
        writeln!(page, "None.")?;
    }
    for line in lines {
        writeln!(page, "{line}")?;
    }
    writeln!(page, "\n## Noticed\n\n| place | rule | mutant | by |\n| --- | --- | --- | --- |")?;
    let mut rows: Vec<_> = tried
        .iter()
        .filter_map(|(site, fate)| match fate {
            Fate::Killed { suite, test } => {
                Some(format!("| {} | `{}` | {} | {suite}: `{test}` |", place(site), escape(&site.source), mutant(site)))
            }
            _ => None,
        })
        .collect();
    rows.sort();
    for row in rows {
        writeln!(page, "{row}")?;
    }
    fs::write(cargo::root()?.join(PAGE), page).with_context(|| format!("write {PAGE}"))
}

fn row(page: &mut String, name: &str, count: &Count) -> Result<()> {
    let Count { all, killed, equivalent, survived } = count;
    let tried = killed + equivalent + survived;
    Ok(writeln!(page, "| {} | {all} | {tried} | {killed} | {equivalent} | {survived} |", escape(name))?)
}

fn line(site: &Site) -> String {
    format!("{}: `{}` becomes {}", place(site), site.source, mutant(site))
}

fn place(site: &Site) -> String {
    format!("{} `{}`", short(&site.file), site.place)
}

/// A file as the page calls it.
pub fn short(file: &str) -> String {
    file.replace("programs/", "").replace("crates/", "").replace("/src/", "/")
}

/// Which tests noticed something the last time, with their suites, by the file in which it was, as the page says.
pub fn noticed() -> Result<BTreeMap<String, BTreeSet<(String, String)>>> {
    let page = fs::read_to_string(cargo::root()?.join(PAGE)).unwrap_or_default();
    let mut noticed: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix("` |")) {
        let file = row.split_once(' ').map(|(file, _)| file);
        let by = row.rsplit_once(" | ").and_then(|(_, by)| by.split_once(": `"));
        if let (Some(file), Some((suite, test))) = (file, by) {
            noticed.entry(file.to_owned()).or_default().insert((suite.to_owned(), test.to_owned()));
        }
    }
    Ok(noticed)
}

fn mutant(site: &Site) -> String {
    if site.mutant.is_empty() { "nothing".to_owned() } else { format!("`{}`", escape(&site.mutant)) }
}

/// A bar would end the cell.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
