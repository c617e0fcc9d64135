//! How many years of a pool are played in a minute: `cargo run --release -p coverage-stress --example rate`.

#[path = "../tests/common/mod.rs"]
mod common;

use coverage_stress::{Assumptions, Keep, Plan, Scenario, Settings, simulate};
use std::time::Instant;

fn main() -> Result<(), coverage_stress::Error> {
    let assumptions = Assumptions::read("")?;
    for policies in [3, 100, 1_000] {
        let plan = Plan::new(common::demo(policies), 365, Keep::Renewed)?;
        let scenario = Scenario::drawn(&assumptions, &plan.book)?;
        for threads in [1, 2] {
            let begun = Instant::now();
            let summary = simulate(&plan, &scenario, Settings { runs: 1_000_000, seed: 1, threads }, &|_| ())?;
            let seconds = begun.elapsed().as_secs_f64();
            println!(
                "{policies:5} policies, {threads} threads: {:.1} million years a minute; short {:.4}%",
                summary.years / seconds * 60.0 / 1e6,
                summary.short * 100.0
            );
        }
    }
    Ok(())
}
