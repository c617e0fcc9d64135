//! What draws took from the capital, proven from their events.

use crate::{
    draw::{draw, unlimited},
    stage::*,
};
use coverage_client::{Event, verify};
use harness::UNIT;

#[test]
fn events_of_draws_lead_to_the_books() {
    let (mut world, policy) = unlimited();
    world.pass(777);
    let mut events = world.roll_product(VENUE).ok().events();
    for loss in [20_000, 1, 30_000] {
        world.pass(3_600);
        events.extend(draw(&mut world, &policy, loss * UNIT).ok().events());
    }
    let pool = world.read_pool();
    for statement in verify::history(&pool, &events) {
        assert!(statement.holds, "{statement}");
    }

    // A draw that says an atom less than left is found out.
    let drawn =
        events.iter_mut().find_map(|event| if let Event::CoverDrawn(drawn) = event { Some(drawn) } else { None });
    drawn.expect("a draw").paid -= 1;
    let broken = verify::history(&pool, &events).into_iter().filter(|statement| !statement.holds);
    assert_eq!(broken.map(|statement| statement.rule).collect::<Vec<_>>(), ["B6"]);
}
