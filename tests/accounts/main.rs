//! T38: every wrong account in every slot of every instruction.
//!
//! The stories ([`stories`]) pass through every instruction and keep, for each, a chain on which one good call succeeds,
//! together with the same call of others: another user, another product, another pool. From these and from the IDL
//! follows everything that is tried in each slot ([`substitutes`]). What came of it stands in `expected.txt`, error by
//! error, and must not change unseen: `UPDATE=1 cargo test -p breakwater-tests --test accounts` writes it. Apart from
//! that, nothing may succeed that [`allowed`] does not list with a reason, and what succeeds must do no harm ([`harm`]).
//!
//! Beyond single slots, no mixture of two good calls may succeed ([`mixes`]), and nothing that is closed comes back
//! ([`revived`]).
//!
//! A new instruction fails `every_instruction_has_a_good_call` until it has one. To add it, write a function in
//! `calls.rs` that builds it for a part, play it in a story (`life.play(PARTS, my_instruction)`) where it succeeds for
//! all of `PARTS`, run with `UPDATE=1` and read what has come to `expected.txt`: a success that is not allowed fails, and
//! an error that says something else than what is wrong deserves a look. Another way that the same instruction can go is
//! noted beside it (`life.note("how", PARTS, my_instruction)`).

mod allowed;
mod calls;
mod changes;
mod endings;
mod harm;
mod idl;
mod life;
mod mixes;
mod outcome;
mod revived;
mod stories;
mod substitutes;
mod table;
mod triggers;

use life::Good;
use std::{
    collections::BTreeSet,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The good calls.
static GOODS: LazyLock<Vec<Good>> = LazyLock::new(stories::all);

/// The good calls of every instruction of the IDL, in its order.
fn goods() -> Vec<(idl::Declared, &'static Good)> {
    let declared = |good: &Good| idl::instructions().into_iter().find(|it| it.discriminator == good.call.data[0]);
    let mut goods: Vec<_> =
        GOODS.iter().map(|good| (declared(good).expect("the IDL has every instruction"), good)).collect();
    goods.sort_by_key(|(declared, good)| (declared.discriminator, !good.variant.is_empty()));
    goods
}

/// What a good call is called.
fn title(declared: &idl::Declared, good: &Good) -> String {
    if good.variant.is_empty() { declared.name.clone() } else { format!("{} ({})", declared.name, good.variant) }
}

/// Does something for every good call, on all cores, and returns what came of each in their order.
fn for_each_good<T: Send>(work: impl Fn(&idl::Declared, &Good) -> T + Sync) -> Vec<T> {
    let (goods, next) = (goods(), AtomicUsize::new(0));
    let some = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((declared, good)) = goods.get(index) else { return done };
            done.push((index, work(declared, good)));
        }
    };
    let mut done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..std::thread::available_parallelism().map_or(1, Into::into)).map(|_| scope.spawn(some)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, value)| value).collect()
}

#[test]
fn every_instruction_has_a_good_call() {
    let declared: BTreeSet<_> = idl::instructions().into_iter().map(|declared| declared.name).collect();
    let called: BTreeSet<_> = goods().into_iter().map(|(declared, _)| declared.name).collect();
    let missing: Vec<_> = declared.difference(&called).collect();
    assert!(missing.is_empty(), "no good call of {missing:?}: the top of tests/accounts/main.rs says how to add one");
    for (declared, good) in goods() {
        let what = title(&declared, good);
        let others = good.twins.iter().map(|(name, call)| (*name, call));
        for (name, call) in std::iter::once(("mine", &good.call)).chain(others) {
            assert_eq!(call.accounts.len(), declared.slots.len(), "{what}: slots");
            let (receipt, _) = good.chain.try_out(call);
            assert_eq!(outcome::name(&receipt), outcome::OK, "{what}, {name}\n{}", receipt.logs.join("\n"));
        }
    }
}
