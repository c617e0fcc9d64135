//! Every substitute in every slot, against the table and the list of what may succeed.

use crate::{
    allowed::{ALLOWED, Allowed},
    for_each_good,
    harm::Success,
    idl::Declared,
    life::Good,
    outcome,
    substitutes::{self, Exemplars},
};
use harness::Chain as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// Where the table is.
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/accounts/expected.txt");

/// What was found out about an instruction.
struct Findings {
    /// Its part of the table.
    text: String,
    /// Successes that may not be, or that did harm.
    wrong: Vec<String>,
    /// Which entries of the list were needed, and for which substitutes.
    used: BTreeSet<(usize, String)>,
}

fn try_all(declared: &Declared, good: &Good, exemplars: &Exemplars) -> Findings {
    let title = crate::title(declared, good);
    let mut findings = Findings { text: format!("{title}\n"), wrong: Vec::new(), used: BTreeSet::new() };
    let (_, expected) = good.chain.try_out(&good.call);
    let expected = expected.into_iter().collect();
    for (slot, slot_name) in declared.slots.iter().enumerate() {
        let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for substitute in substitutes::all(good, slot, &declared.slots, exemplars) {
            let mut chain = good.chain.clone();
            if let Some((address, account)) = &substitute.put {
                chain.set_account(address, account.clone());
            }
            let (receipt, found) = chain.try_out(&substitute.call);
            let outcome = outcome::name(&receipt);
            let here = format!("{title}, {slot_name}: {}", substitute.name);
            if outcome == outcome::OK {
                let covers = |entry: &Allowed| entry.covers([&declared.name, &title], slot_name, &substitute.name);
                if let Some(entry) = ALLOWED.iter().position(covers) {
                    findings.used.insert((entry, substitute.name.clone()));
                    let (call, found) = (&substitute.call, found.into_iter().collect());
                    let mut success = Success { good, expected: &expected, call, slot, chain, found };
                    let harm = success.check(ALLOWED[entry].effect).err();
                    findings.wrong.extend(harm.map(|harm| format!("{here} does harm: {harm}")));
                } else {
                    findings.wrong.push(format!("{here} succeeds"));
                }
            } else if outcome.contains("ProgramFailedToComplete") {
                findings.wrong.push(format!("{here} breaks the program\n{}", receipt.logs.join("\n")));
            }
            outcomes.entry(outcome).or_default().push(substitute.name);
        }
        writeln!(findings.text, "  {slot_name}").expect("a string takes all");
        for (outcome, names) in outcomes {
            writeln!(findings.text, "    {outcome}: {}", names.join(", ")).expect("a string takes all");
        }
    }
    findings
}

#[test]
fn every_wrong_account_is_refused() {
    let exemplars = Exemplars::of(&crate::GOODS);
    let findings = for_each_good(|declared, good| try_all(declared, good, &exemplars));
    let wrong: Vec<_> = findings.iter().flat_map(|findings| &findings.wrong).cloned().collect();
    assert!(wrong.is_empty(), "{} that must not be:\n{}", wrong.len(), wrong.join("\n"));
    let used: BTreeSet<_> = findings.iter().flat_map(|findings| &findings.used).cloned().collect();
    for (index, entry) in ALLOWED.iter().enumerate() {
        assert!(used.iter().any(|(entry, _)| *entry == index), "nothing needs it any more: {}", entry.why);
        for name in entry.substitutes {
            assert!(used.contains(&(index, (*name).into())), "nothing needs {name:?} any more: {}", entry.why);
        }
    }

    let table = findings.iter().map(|findings| findings.text.as_str()).collect::<Vec<_>>().join("\n");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PATH, &table).expect("the table can be written");
    }
    let committed = std::fs::read_to_string(PATH).unwrap_or_default();
    let changes: Vec<_> = differences(&committed, &table);
    assert!(changes.is_empty(), "outcomes changed; UPDATE=1 takes them over:\n{}", changes.join("\n"));
}

/// The lines that only one of two tables has, each with its instruction and slot.
fn differences(committed: &str, found: &str) -> Vec<String> {
    fn lines(table: &str) -> BTreeSet<String> {
        let (mut instruction, mut slot, mut lines) = ("", "", BTreeSet::new());
        for line in table.lines() {
            match line.len() - line.trim_start().len() {
                0 => instruction = line,
                2 => slot = line.trim(),
                _ => drop(lines.insert(format!("{instruction}, {slot}: {}", line.trim()))),
            }
        }
        lines
    }
    let (committed, found) = (lines(committed), lines(found));
    let gone = committed.difference(&found).map(|line| format!("- {line}"));
    gone.chain(found.difference(&committed).map(|line| format!("+ {line}"))).collect()
}
