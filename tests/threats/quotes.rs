//! T37: a price that was quoted, used again. tests/cpi tries it through other programs.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, CoverRequest, Policy};
use harness::{Chain, UNIT};

#[test]
fn t37_replay_a_quote() {
    let mut world = shared();
    world.fund("dora", 500_000 * UNIT);
    let amount = 200_000 * UNIT;
    let quoted = world.quote(0, amount, 90).ok().quote();
    let request = CoverRequest { max_premium: quoted.premium, ..world.request("dora", amount, 90) };
    let buy = |world: &mut Play, id| world.send(world.buy_accounts("dora", 0, id).instruction(id, &request), &["dora"]);
    buy(&mut world, 0).ok();
    // The very purchase again, and the next number at the old price.
    buy(&mut world, 0).fails_with(TAKEN);
    buy(&mut world, 1).fails(E::PremiumTooHigh);
    // What was sold in between is in the price, to the atom, whatever limit the buyer names.
    let then = world.quote(0, amount, 90).ok().quote();
    assert!(then.premium > quoted.premium && then.capacity == quoted.capacity - amount);
    world.buy("dora", 0, 1, amount, 90).ok();
    assert_eq!(world.chain.read::<Policy>(&world.policy(0, "dora", 1)).premium, then.premium);
    // Nor does time keep a quote: its cover would begin and end earlier than what is sold now.
    world.pass_days(1);
    let later = world.quote(0, amount, 90).ok().quote();
    assert!(later.cover_from > then.cover_from && later.end > then.end);
    world.check_books();
}
