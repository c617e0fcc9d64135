//! The files of `wordings/`, their index and what is built in are the same, byte for byte.

use breakwater_state::{RiskKind, Trigger};
use coverage_wordings::{Wording, all, named, of_hash, subject};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fs, path::PathBuf};

/// A line of the index.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    file: String,
    title: String,
    risk: String,
    decides: String,
    sha256: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../wordings")
}

fn index() -> Vec<Entry> {
    let text = fs::read_to_string(folder().join("index.json")).expect("the index is there");
    serde_json::from_str(&text).expect("the index is a list of entries")
}

#[test]
fn no_published_wording_has_changed() {
    for entry in index() {
        let bytes = fs::read(folder().join(&entry.file)).expect("a listed file is there");
        let found = hex::encode(Sha256::digest(bytes));
        assert_eq!(
            found, entry.sha256,
            "{} has changed: products and policies go by the old words. Undo it, and write what is to change as a new \
             version with a line of its own in the index",
            entry.file
        );
    }
}

#[test]
fn the_index_lists_what_is_built_in_and_every_file() {
    let index = index();
    assert_eq!(index.len(), all().len());
    for (entry, wording) in index.iter().zip(all()) {
        assert_eq!((entry.name.as_str(), entry.title.as_str()), (wording.name, wording.title()));
        assert_eq!(entry.file, format!("{}.md", entry.name));
        assert_eq!(entry.sha256, hex::encode(wording.sha256), "{}", entry.name);
        assert_eq!(entry.risk, RiskKind::word_of(wording.risk.byte()), "{}", entry.name);
        assert_eq!(entry.decides, Trigger::word_of(wording.trigger.byte()), "{}", entry.name);
    }
    let listed: BTreeSet<_> = index.iter().map(|entry| entry.file.clone()).collect();
    let files = fs::read_dir(folder()).expect("the folder is there").map(|file| file.expect("a file").file_name());
    let files = files.map(|name| name.into_string().expect("a name")).filter(|name| name.contains('@'));
    assert_eq!(listed, files.collect(), "a wording without a line in the index, or a line without a wording");
}

#[test]
fn every_kind_of_risk_and_whoever_decides_has_words() {
    for risk in 0..=RiskKind::Other.byte() {
        assert!(all().iter().any(|wording| wording.risk.byte() == risk), "{}", RiskKind::word_of(risk));
    }
    for trigger in [Trigger::Jury, Trigger::Price, Trigger::Authority] {
        assert!(all().iter().any(|wording| wording.trigger == trigger));
    }
}

#[test]
fn each_says_all_that_voters_need() {
    for Wording { name, text, .. } in all() {
        assert!(text.starts_with("# ") && text.contains(&format!("\n`{name}`\n")), "{name} does not say its name");
        let heads: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let wanted = [
            "1. What these words are",
            "2. What is covered",
            "3. What is not covered",
            "4. When it happened",
            "5. How the loss is measured",
            "6. A worked example",
            "7. What the court wants to see",
            "8. Checklist for ",
            "9. Guide for voters",
            "10. What the program does with it",
        ];
        assert_eq!(heads.len(), wanted.len(), "{name}: {heads:?}");
        for (head, wanted) in heads.iter().zip(wanted) {
            assert!(head.starts_with(wanted), "{name}: {head}");
        }
        // The same bytes on every machine, and nothing that the page cannot show.
        assert!(!text.contains('\r') && text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
        assert!(!text.contains("](") && !text.contains('|') && !text.contains("```"), "{name}");
        assert!(text.lines().all(|line| line.chars().count() <= 120 && line.trim_end() == line), "{name}");
    }
}

#[test]
fn names_hashes_and_addresses_lead_to_a_wording() {
    for wording in all() {
        assert_eq!(named(wording.name).map(|found| found.name), Some(wording.name));
        assert_eq!(of_hash(&wording.sha256).map(|found| found.name), Some(wording.name));
        // Two addresses fit behind each, in the 128 bytes of a product.
        let two = format!("{0},{0}", "1".repeat(44));
        let uri = wording.uri(Some(&two));
        assert!(uri.len() <= 128, "{uri}");
        assert_eq!(subject(&uri), Some(two.as_str()));
        assert_eq!(subject(&wording.uri(None)), None);
    }
    assert_eq!(named("exploit@1").expect("a wording").uri(Some("A")), "wording:exploit@1#A");
    assert!(named("exploit").is_none() && of_hash(&[7; 32]).is_none());
    assert_eq!(subject("https://example.org/terms#"), None);
}
