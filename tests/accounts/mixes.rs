//! Several slots at once: every mixture of a good call's accounts with those of the same call of another.

use crate::{allowed::MIXTURES, for_each_good, idl::Declared, life::Good, outcome};
use std::collections::BTreeSet;

/// The mixtures of a good call that succeed.
fn successes(declared: &Declared, good: &Good) -> Vec<String> {
    let mut found = Vec::new();
    for (name, other) in good.twins.iter().chain(&good.beside) {
        let differ: Vec<usize> = (0..declared.slots.len())
            .filter(|slot| good.call.accounts[*slot].pubkey != other.accounts[*slot].pubkey)
            .collect();
        // None and all of them are good calls, and one alone is in the table.
        for mixture in 1..(1_u32 << differ.len()) - 1 {
            let slots: Vec<usize> =
                differ.iter().enumerate().filter(|(bit, _)| mixture >> bit & 1 == 1).map(|(_, slot)| *slot).collect();
            if slots.len() == 1 {
                continue;
            }
            let mut call = good.call.clone();
            for slot in &slots {
                call.accounts[*slot].pubkey = other.accounts[*slot].pubkey;
            }
            if outcome::name(&good.chain.try_out(&call).0) == outcome::OK {
                let names: Vec<_> = slots.iter().map(|slot| declared.slots[*slot].as_str()).collect();
                found.push(format!("{}, {name}: {}", crate::title(declared, good), names.join(" + ")));
            }
        }
    }
    found
}

#[test]
fn no_mixture_of_two_calls_succeeds() {
    let found: BTreeSet<_> = for_each_good(successes).into_iter().flatten().collect();
    let allowed: BTreeSet<_> = MIXTURES.iter().map(|(mixture, _)| (*mixture).to_owned()).collect();
    let wrong: Vec<_> = found.difference(&allowed).collect();
    assert!(wrong.is_empty(), "these must not succeed: {wrong:#?}");
    let refused: Vec<_> = allowed.difference(&found).collect();
    assert!(refused.is_empty(), "these do not succeed any more: {refused:#?}");
}
