//! What was tried, and what came of it, in words.

use crate::{
    account::{Goal, Score, Side, Sums, wealth},
    life::Life,
    plan::Plan,
    search::{COALITIONS, Found, Search, shrink},
    world::{ENEMIES, HONEST, UNIT, World},
};
use coverage_model::Faults;
use std::fmt::Write as _;

/// Atoms as whole tokens.
#[must_use]
pub fn tokens(atoms: f64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "a million")]
    let unit = UNIT as f64;
    format!("{:.2}", atoms / unit)
}

/// A report of a search: how much was tried, the best of each goal and coalition, and every plan that
/// comes to at least so many atoms, at its shortest.
#[must_use]
pub fn report(search: &Search, seconds: f64, least: f64) -> String {
    let mut text = String::new();
    #[allow(clippy::cast_precision_loss, reason = "a rate")]
    let rate = search.actions as f64 / seconds;
    let _ = writeln!(
        text,
        "{} plans, {} actions in {seconds:.0} s ({rate:.0} a second), {} of them refused, {} branches, {} worlds",
        search.plans,
        search.actions,
        search.actions - search.done,
        search.branches.len(),
        search.worlds.len(),
    );
    let _ = writeln!(text, "best, in tokens of a first pool of a million:");
    for ((goal, coalition), kept) in &search.best {
        let Some(best) = kept.first() else { continue };
        let _ = writeln!(text, "  {goal:?} by {}: {}", COALITIONS[*coalition].name, tokens(best.score.of(*goal)));
    }
    for ((goal, _), kept) in &search.best {
        if let Some(best) = kept.first().filter(|best| best.score.of(*goal) >= least) {
            text += &describe(search, *goal, best);
        }
    }
    text
}

/// A plan that was found, at its shortest.
#[must_use]
pub fn describe(search: &Search, goal: Goal, found: &Found) -> String {
    let (world, _) = &search.worlds[found.world];
    let plan = shrink(world, &found.plan, goal);
    let (plans, time) = found.after;
    format!(
        "{goal:?} {} in world {} ({:?}) after {plans} plans, {:.1} s:\n  {}\n",
        tokens(found.score.of(goal)),
        world.nature.seed,
        world.nature.kind,
        time.as_secs_f64(),
        plan.text(),
    )
}

/// Everything that is done in a world with a plan, and what that and its twin come to.
#[must_use]
pub fn tell(world: u64, plan: &Plan, faults: Faults) -> String {
    let mut text = String::new();
    let mut world = World::of(world);
    world.model.faults = faults;
    let _ = writeln!(text, "{:?}", world.nature);
    let (mut sums, mut people) = (vec![], vec![]);
    for stops in [false, true] {
        let mut life = Life::new(&world, plan, stops);
        life.log = Some(vec![]);
        life.live();
        let _ = writeln!(text, "{}", if stops { "its twin, which stops at the event" } else { "with the plan" });
        for (time, act, refused) in life.log.iter().flatten() {
            let (days, rest) = ((time - life.begin) / 86_400, (time - life.begin) % 86_400);
            let why = refused.map(|refused| format!("  refused: {refused:?}")).unwrap_or_default();
            let _ = writeln!(
                text,
                "  day {days:>3} {:>2}:{:02}:{:02}  {act:?}{why}",
                rest / 3_600,
                rest / 60 % 60,
                rest % 60
            );
        }
        sums.push(life.ledger.sums(&life.model));
        people
            .push(ENEMIES.into_iter().chain(HONEST).map(|who| (who, wealth(&life.model, &[who]))).collect::<Vec<_>>());
    }
    for ((who, plan), (_, twin)) in people[0].iter().zip(&people[1]) {
        let _ = writeln!(text, "{who} has {}, and {} more than in the twin", tokens(*plan), tokens(plan - twin));
    }
    for (name, sums) in ["plan", "twin"].into_iter().zip(&sums) {
        let Sums { wealth, fair, held, capacity } = sums;
        for side in [Side::Enemy, Side::Honest] {
            let (wealth, fair) = (wealth[side as usize], fair[side as usize]);
            let _ = writeln!(text, "{name}: {side:?} wealth {} of it fair income {}", tokens(wealth), tokens(fair));
        }
        let _ = writeln!(text, "{name}: held {} capacity {}", tokens(*held), tokens(*capacity));
    }
    let score = Score::between(&sums[0], &sums[1]);
    for goal in Goal::ALL {
        let _ = writeln!(text, "{goal:?} {}", tokens(score.of(goal)));
    }
    text
}
