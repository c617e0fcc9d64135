//! Searches for plans that take or hold what belongs to others: `cargo xtask adversary`.

use clap::Parser;
use coverage_adversary::{
    account::{Goal, NOTABLE},
    plan::Plan,
    report::{report, tell},
    search::{Limit, Search, coalitions},
};
use coverage_model::{Fault, Faults};
use std::{
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

/// Searches for plans that take or hold what belongs to others.
#[derive(Parser)]
struct Args {
    /// How long, minutes
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// The same seed searches the same plans in the same order
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What is searched for; all, unless it is said
    #[arg(long)]
    goal: Option<Goal>,
    /// By whom; by all, unless it is said: "LPs", "holders", "LPs and holders", "authority and holders", "court and LPs",
    /// "court and holders", "all"
    #[arg(long)]
    coalition: Option<String>,
    /// A fault to plant, by the number of its threat: `T39`
    #[arg(long)]
    fault: Option<Fault>,
    /// From how many tokens on a plan is shown; the first pool has a million
    #[arg(long, default_value_t = NOTABLE / 1e6)]
    least: f64,
    /// How many worlds
    #[arg(long, default_value_t = 64)]
    worlds: u64,
    /// Searches side by side, each with a seed of its own
    #[arg(long, default_value_t = 1)]
    threads: u64,
    /// Tell what comes of one plan instead, in the world of a number: with every action, and with its twin's sums
    #[arg(long, requires = "world")]
    plan: Option<String>,
    /// That world
    #[arg(long)]
    world: Option<u64>,
    /// Stop with the first notable plan
    #[arg(long)]
    first: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let faults = args.fault.map_or(Faults::NONE, Faults::one);
    if let (Some(plan), Some(world)) = (&args.plan, args.world) {
        return match Plan::read(plan) {
            Ok(plan) => {
                print!("{}", tell(world, &plan, faults));
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("error: the plan is not one: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let goals: Vec<_> = args.goal.map_or(Goal::ALL.to_vec(), |goal| vec![goal]);
    let time = Duration::from_secs_f64(args.minutes * 60.0);
    let searches: Vec<_> = (0..args.threads)
        .map(|number| {
            let (goals, who) = (goals.clone(), coalitions(args.coalition.as_deref()));
            let (seed, worlds, first, least) = (args.seed + number, args.worlds, args.first, args.least * 1e6);
            thread::spawn(move || {
                let start = Instant::now();
                let mut search = Search::new(seed, worlds, faults, &goals, &who);
                search.run(Limit::Time(time), first.then_some(least));
                println!("seed {seed}: {}", report(&search, start.elapsed().as_secs_f64(), least));
                Goal::ALL.iter().any(|goal| search.best_of(*goal).is_some_and(|best| best.score.of(*goal) >= least))
            })
        })
        .collect();
    let found = searches.into_iter().any(|search| search.join().unwrap_or(true));
    if found { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
