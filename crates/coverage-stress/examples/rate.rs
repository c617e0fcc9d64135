//! How many years of a pool are played in a minute: `cargo run --release -p coverage-stress --example rate`.

#[path = "../tests/common/mod.rs"]
mod common;

use coverage_stress::{Assumptions, Keep, Plan, Scenario, Settings, simulate};
use std::time::Instant;

/// Several incidents a year, most of them dear: the capital seldom carries the whole book.
const HARD: &str = "[kind.exploit]
incidents_per_year = 1.0
severity = { beta = [4.0, 1.0] }
holders = { uniform = [0.3, 1.0] }
[shock]
shocks_per_year = 0.5
chance = 0.8";

fn main() -> Result<(), coverage_stress::Error> {
    for (name, assumptions) in [("by default", ""), ("many incidents", HARD)] {
        let assumptions = Assumptions::read(assumptions)?;
        for policies in [3, 100, 1_000] {
            let plan = Plan::new(common::demo(policies), 365, Keep::Renewed)?;
            let scenario = Scenario::drawn(&assumptions, &plan.book)?;
            for threads in [1, 2] {
                let begun = Instant::now();
                let summary = simulate(&plan, &scenario, Settings { runs: 200_000, seed: 1, threads }, &|_| ())?;
                let rate = summary.years / begun.elapsed().as_secs_f64() * 60.0 / 1e6;
                let claimed = summary.hit * 100.0;
                println!(
                    "{name}, {policies} policies, {threads} threads: {rate:.1} million years a minute ({claimed:.0}% with claims)"
                );
            }
        }
    }
    Ok(())
}
