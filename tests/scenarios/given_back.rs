//! The books of a pool while capacity that was given back is held: no policy holds it, and they are true all the same.

use coverage_client::{Product, verify};
use coverage_math::{DAY, day_of};
use harness::{Chain, LiteChain, UNIT, World, product_params, trials::edit};
use std::mem::offset_of;

/// The rules that a pool's accounts break now.
fn broken(world: &mut World<LiteChain>) -> Vec<String> {
    let statements = verify::check(&world.snapshot()).into_iter();
    statements.filter(|statement| !statement.holds).map(|statement| statement.to_string()).collect()
}

#[test]
fn books_are_true_while_what_was_given_back_is_held() {
    let mut world = World::lite();
    world.list_product(0, product_params("Risk")).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.begin_sales();
    world.fund("dora", 100_000 * UNIT);
    for id in 0..2 {
        world.buy("dora", 0, id, 300_000 * UNIT, 90).ok();
    }
    let [first, second] = [0, 1].map(|id| world.policy(0, "dora", id));
    // A part of one is given back in the last second of a day, a part of the other in the next, and what is left cancelled.
    let midnight = (day_of(world.now()) + 10) * DAY;
    world.chain.set_now(midnight - 1);
    world.reduce("dora", 0, &first, 100_000 * UNIT).ok();
    assert_eq!(broken(&mut world), Vec::<String>::new());
    world.pass(1);
    world.reduce("dora", 0, &second, 50_000 * UNIT).ok();
    world.cancel("dora", 0, &second).ok();
    // Thousands of units that are active, day by day: first all, then less what each gave back, then what was cancelled as well.
    for (day, active) in [(0, 600), (1, 500), (2, 450), (30, 450), (31, 200)] {
        for cranked in [false, true] {
            world.chain.set_now(midnight + day * DAY);
            if cranked {
                world.roll_product(0).ok();
                assert_eq!(world.read_product(0).active_cover, active * 1_000 * UNIT);
            }
            assert_eq!(broken(&mut world), Vec::<String>::new(), "day {day}");
        }
    }
    // Cover that nobody holds, and that no day of these releases, is found out.
    let address = world.product(0);
    let (product, far) = (world.read_product(0), usize::try_from(day_of(world.now()) + 3).expect("a day") % 512);
    edit(&mut world, &address, offset_of!(Product, cover_ring) + far * 8, &1u64.to_le_bytes());
    edit(&mut world, &address, offset_of!(Product, active_cover), &(product.active_cover + 1).to_le_bytes());
    let found = broken(&mut world);
    assert!(
        found.iter().any(|text| text.starts_with("B2: a product's active cover, but for what is overdue,")),
        "{found:?}"
    );
}
