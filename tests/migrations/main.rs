//! Accounts that were written long ago are read by today's program, and its bytecode says how to report a weakness.
//!
//! `migrations/accounts` has a folder for each layout that has been: what one moment of a life ([`life`]) left on chain, a
//! file for each type. Today's program takes each of them up with an instruction that needs it ([`uses`]).
//! `UPDATE=1 cargo test -p breakwater-tests --test migrations` writes the newest folder again, which is right only while
//! nothing of it lies on a public chain. A new type fails `every_type_is_saved_and_used` until [`life`] leaves one behind and
//! [`uses`] has a use for it.

mod life;
mod saved;
mod security_txt;
mod uses;

use saved::Moment;
use std::{collections::BTreeSet, env, sync::LazyLock};

/// The folder of today's layout: the newest.
const TODAY: &str = "0001";

/// Writes today's folder, once, when it is asked for.
static UPDATED: LazyLock<()> = LazyLock::new(|| {
    if env::var_os("UPDATE").is_some() {
        Moment::of(&mut life::lived()).write(TODAY);
    }
});

#[test]
fn every_type_is_saved_and_used() {
    LazyLock::force(&UPDATED);
    let declared: BTreeSet<String> = saved::types().into_iter().map(|(name, _)| name).collect();
    let used: BTreeSet<String> = uses::USES.iter().map(|(name, _)| (*name).into()).collect();
    assert_eq!(used, declared, "every type has a use in uses.rs");
    assert_eq!(
        Moment::read(TODAY).types(),
        declared,
        "every type is in migrations/accounts/{TODAY}: see the top of this file"
    );
}

#[test]
fn every_saved_account_is_used_by_todays_program() {
    LazyLock::force(&UPDATED);
    for folder in saved::folders() {
        let moment = Moment::read(&folder);
        for (name, work) in uses::USES.iter().filter(|(name, _)| moment.types().contains(*name)) {
            println!("{folder}: {name}");
            let mut world = moment.world();
            work(&mut world);
            world.check_books();
        }
    }
}
