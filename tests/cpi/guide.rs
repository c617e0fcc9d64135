//! docs/integrators.md shows code that is built and run: each of its blocks stands in the sources, line by line.

use coverage_client::{Claim, Policy, ZeroCopy};
use std::{fs, path::Path};

const PAGE: &str = include_str!("../../docs/integrators.md");

/// Asserts that something costs no more than the page says in the row of its table.
#[track_caller]
pub fn within(row: &str, units: u64) {
    let line = PAGE.lines().find_map(|line| line.strip_prefix(&format!("| {row} | "))).expect("a row of the page");
    let bound: u64 = line.trim_end_matches(" |").replace(',', "").parse().expect("a number");
    println!("{row}: {units} of {bound}");
    assert!(units <= bound, "{row} takes {units}, more than the page says");
    assert!(units * 5 >= bound * 4, "{row} takes {units}, much less than the page says");
}

/// Where the blocks of a language must come from.
fn sources(language: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (folders, files): (&[&str], &[&str]) = match language {
        "rust" => (&["programs/integrator/src", "programs/integrator/src/instructions", "tests/cpi"], &[]),
        "toml" => (&[], &["programs/integrator/Cargo.toml", "programs/wrapper/Cargo.toml", "programs/Cargo.toml"]),
        other => panic!("blocks of {other} are not checked: write them as text"),
    };
    let mut sources: Vec<_> = files.iter().map(|file| fs::read_to_string(root.join(file)).unwrap()).collect();
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    sources
}

/// The lines without their indentation.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).collect()
}

/// The code blocks of a page, with their languages.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let body: Vec<_> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        blocks.push((language, body.join("\n")));
    }
    blocks
}

#[test]
fn the_guide_shows_code_that_runs() {
    let code: Vec<_> = blocks(PAGE).into_iter().filter(|(language, _)| *language != "text").collect();
    assert!(code.len() >= 8, "the guide has lost its code");
    for (language, block) in code {
        let block = lines(&block);
        let found = sources(language).iter().any(|source| lines(source).windows(block.len()).any(|part| part == block));
        assert!(found, "this block of docs/integrators.md stands in no source:\n{}", block.join("\n"));
    }
}

#[test]
fn the_guide_knows_the_rents() {
    for (what, size) in [("policy", Policy::SIZE), ("claim", Claim::SIZE)] {
        let rent = (128 + size) * 6_960;
        let rent = format!("{},{:03},{:03}", rent / 1_000_000, rent / 1_000 % 1_000, rent % 1_000);
        assert!(PAGE.contains(&format!("| a {what} | {size} | {rent} |")), "a {what}: {size} bytes, {rent} lamports");
    }
}
