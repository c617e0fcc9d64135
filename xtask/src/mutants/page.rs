//! docs/mutants.md: what became of the mutants that were tried.

use super::{Choice, Fate, rewrite::Kind, rewrite::Site};
use crate::cargo;
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fmt::Write as _, fs, time::Duration};

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
pub fn write<'a>(
    choice: &Choice,
    present: impl Iterator<Item = &'a Site>,
    tried: &[(&Site, Fate, Duration)],
) -> Result<()> {
    let mut kinds: BTreeMap<Kind, Count> = BTreeMap::new();
    let mut suites: BTreeMap<&str, usize> = BTreeMap::new();
    for site in present {
        kinds.entry(site.kind).or_default().all += 1;
    }
    for (site, fate, _) in tried {
        let count = kinds.entry(site.kind).or_default();
        match fate {
            Fate::Killed { suite, .. } => {
                count.killed += 1;
                *suites.entry(suite).or_default() += 1;
            }
            Fate::Equivalent(_) => count.equivalent += 1,
            Fate::Survived => count.survived += 1,
        }
    }
    let mut page = INTRODUCTION.to_owned();
    // A run that is cut short has tried what a shorter one would.
    writeln!(page, "\n`cargo xtask mutants --count {} --seed {}`\n", tried.len(), choice.seed)?;
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

    let survivors: Vec<_> = tried.iter().filter(|(_, fate, _)| matches!(fate, Fate::Survived)).collect();
    writeln!(page, "\n## Survivors\n")?;
    if survivors.is_empty() {
        writeln!(page, "None.")?;
    }
    for (site, ..) in survivors {
        writeln!(page, "- {}", line(site))?;
    }
    writeln!(page, "\n## Those that change nothing\n")?;
    let mut lines: Vec<_> = tried
        .iter()
        .filter_map(|(site, fate, _)| match fate {
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
        .filter_map(|(site, fate, _)| match fate {
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
    let file = site.file.replace("programs/", "").replace("crates/", "").replace("/src/", "/");
    format!("{file} `{}`", site.place)
}

fn mutant(site: &Site) -> String {
    if site.mutant.is_empty() { "nothing".to_owned() } else { format!("`{}`", escape(&site.mutant)) }
}

/// A bar would end the cell.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
