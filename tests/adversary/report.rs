//! What was tried, and what came of it, in words.

use crate::{
    account::{Goal, NOTABLE},
    search::{COALITIONS, Found, Search, shrink},
    world::UNIT,
};
use std::fmt::Write as _;

/// Atoms as whole tokens.
#[must_use]
pub fn tokens(atoms: f64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "a million")]
    let unit = UNIT as f64;
    format!("{:.2}", atoms / unit)
}

/// A report of a search: how much was tried, the best of each goal and coalition, and every notable plan at its shortest.
#[must_use]
pub fn report(search: &Search, seconds: f64) -> String {
    let mut text = String::new();
    #[allow(clippy::cast_precision_loss, reason = "a rate")]
    let rate = search.actions as f64 / seconds;
    let _ = writeln!(
        text,
        "{} plans, {} actions in {seconds:.0} s ({rate:.0} a second), {} branches, {} worlds",
        search.plans,
        search.actions,
        search.branches.len(),
        search.worlds.len(),
    );
    let _ = writeln!(text, "best, in tokens of a first pool of a million:");
    for ((goal, coalition), kept) in &search.best {
        let Some(best) = kept.first() else { continue };
        let _ = writeln!(text, "  {goal:?} by {}: {}", COALITIONS[*coalition].name, tokens(best.score.of(*goal)));
    }
    for goal in Goal::ALL {
        let Some(best) = search.best_of(goal) else { continue };
        if best.score.of(goal) >= NOTABLE {
            let _ = write!(text, "{}", describe(search, goal, best));
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
