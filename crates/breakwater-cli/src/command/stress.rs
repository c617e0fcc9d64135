//! `breakwater stress`

use crate::{
    context::{Context, asset},
    output::{self, Record, Section, moment},
    source::Source,
};
use anyhow::{Context as _, Result};
use coverage_client::amount::{Token, grouped};
use coverage_stress::{
    Assumptions, Book, Keep, Plan, Report, Scenario, Settings, Share, Summary, assumptions, csv, factor_bps, history,
    html, simulate,
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Plays a pool on from today, again and again, with incidents that are drawn by stated assumptions; then lays real
/// incidents upon it.
///
/// Says how likely claims exceed the capital, what LPs lose, by which factor claims are paid, and which products are behind
/// it. What is assumed is no fact: --print-assumptions shows it, --assumptions states your own.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// How often the pool is played on
    #[arg(long, default_value_t = 1_000_000)]
    runs: u64,
    /// For how long each time, days
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// What all random numbers come from: the same seed gives the same results
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many threads; 0 for as many as there are cores. The results do not depend on it
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Whether policies that end are bought again: renewed, as far as the capital carries them, or runoff
    #[arg(long, value_enum, default_value_t = Policies::Renewed, hide_possible_values = true)]
    book: Policies,
    /// Your assumptions; what the file leaves open is as --print-assumptions shows
    #[arg(long, value_name = "FILE")]
    assumptions: Option<PathBuf>,
    /// Print what is assumed where nobody states anything else, with comments, and end
    #[arg(long)]
    print_assumptions: bool,
    /// Real incidents, instead of the dataset of this tool: date,protocol,cause,loss_usd,at_risk_usd,lowest_price,source,note
    #[arg(long, value_name = "FILE")]
    incidents: Option<PathBuf>,
    /// Write a page with charts
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write all numbers, one to a line
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

/// What becomes of policies that end.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Policies {
    /// They are bought again
    Renewed,
    /// They are not
    Runoff,
}

/// Plays and shows.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    if args.print_assumptions {
        output::line(assumptions::DEFAULTS.trim_end());
        return Ok(());
    }
    let assumptions = Assumptions::read(&text(args.assumptions.as_deref())?.unwrap_or_default())?;
    let incidents = history::incidents(text(args.incidents.as_deref())?.as_deref().unwrap_or(history::INCIDENTS))?;
    let (pool, snapshot) = args.source.snapshot(context)?;
    let keep = match args.book {
        Policies::Renewed => Keep::Renewed,
        Policies::Runoff => Keep::Runoff,
    };
    let plan = Plan::new(Book::of(&snapshot)?, args.days, keep)?;
    let settings = Settings { runs: args.runs, seed: args.seed, threads: args.threads };

    let begun = Instant::now();
    let drawn = play("drawing incidents", &plan, &Scenario::drawn(&assumptions, &plan.book)?, settings)?;
    let took = begun.elapsed();
    let calendar = Scenario::calendar(&assumptions, &plan.book, &incidents);
    let calendar = calendar.map(|calendar| play("drawing years", &plan, &calendar, settings)).transpose()?;
    let report = Report {
        pool: pool.to_string(),
        token: asset(&snapshot.pool),
        assumptions: &assumptions,
        settings,
        drawn,
        calendar,
        replayed: history::replay(&assumptions, &plan, &incidents),
        incidents: &incidents,
        command: command(args, &pool.to_string()),
        plan: &plan,
    };
    if let Some(file) = &args.report {
        write(file, &html(&report)?)?;
    }
    if let Some(file) = &args.csv {
        write(file, &csv(&report))?;
    }
    show(&report, took, context);
    Ok(())
}

/// The text of a file that may be named.
fn text(file: Option<&Path>) -> Result<Option<String>> {
    let read = |file: &Path| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    file.map(read).transpose()
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn play(what: &str, plan: &Plan, scenario: &Scenario, settings: Settings) -> Result<Summary> {
    let progress = ProgressBar::new(settings.runs);
    progress.set_style(ProgressStyle::with_template(&format!("{what} {{bar:30}} {{human_pos}}/{{human_len}}"))?);
    let summary = simulate(plan, scenario, settings, &|runs| progress.inc(runs))?;
    progress.finish_and_clear();
    Ok(summary)
}

/// The command that computes the same again.
fn command(args: &Args, pool: &str) -> String {
    let mut command = String::from("breakwater stress");
    let mut option = |name: &str, value: String| command.push_str(&format!(" --{name} {value}"));
    let file = |file: &Path| format!("'{}'", file.display());
    match args.source.file() {
        Some(state) => option("state", file(state)),
        None => option("pool", pool.into()),
    }
    option("runs", args.runs.to_string());
    option("days", args.days.to_string());
    option("seed", args.seed.to_string());
    if matches!(args.book, Policies::Runoff) {
        option("book", "runoff".into());
    }
    for (name, path) in [("assumptions", &args.assumptions), ("incidents", &args.incidents)] {
        if let Some(path) = path {
            option(name, file(path));
        }
    }
    command
}

fn show(report: &Report, took: Duration, context: &Context) {
    let (it, token) = (&report.drawn, &report.token);
    let rate = (it.years / took.as_secs_f64() * 60.0) as u64;
    let played = Record::new()
        .text("pool", &report.pool)
        .time("as_of", report.plan.book.time)
        .amount("capital", token, it.capital)
        .number("policies", report.plan.book.covers.len() as u64)
        .amount("insured", token, u64::try_from(report.plan.book.insured()).unwrap_or(u64::MAX))
        .number("runs", it.runs)
        .number("days", report.plan.days as u64)
        .number("seed", report.settings.seed)
        .number("years_a_minute", rate);
    let mut sections = vec![
        ("played", Section::One(played)),
        ("drawn_by_rates", Section::One(summary(it, token))),
        ("products", Section::List(it.products.iter().map(|share| line(share, token)).collect())),
        ("groups", Section::List(it.groups.iter().map(|share| line(share, token)).collect())),
    ];
    if let Some(calendar) = &report.calendar {
        sections.push(("drawn_from_the_calendar", Section::One(summary(calendar, token))));
    }
    let replayed = report.replayed.iter().map(|it| {
        let (incident, settled) = (&report.incidents[it.incident], &it.settled);
        Record::new()
            .text("date", &incident.date)
            .text("protocol", &incident.protocol)
            .text("product", &report.plan.book.products[settled.product].name)
            .bps("severity", it.severity_bps)
            .text("severity_is", if incident.severity().is_some() { "known" } else { "not known" })
            .number("claims", settled.claims)
            .amount("claimed", token, settled.approved)
            .amount("paid", token, settled.settled)
            .bps("factor", factor_bps(settled))
            .part("of_the_capital", settled.settled as f64 / (report.drawn.capital as f64).max(1.0))
    });
    sections.push(("real_incidents_today", Section::List(replayed.collect())));
    context.output.sections(&sections);
    if context.output == output::Output::Table {
        output::line(format_args!(
            "\n{} years in {:.1} s, as of {}. What is assumed is no fact: `breakwater stress --print-assumptions`.",
            grouped(it.years as u64),
            took.as_secs_f64(),
            moment(report.plan.book.time)
        ));
    }
}

fn summary(it: &Summary, token: &Token) -> Record {
    let factor = |of: fn(&coverage_stress::Factor) -> f64| it.factor.as_ref().map_or(1.0, of);
    Record::new()
        .part("chance_of_a_claim", it.hit)
        .part("chance_that_claims_exceed_the_capital", it.short)
        .part("at_most_more", it.short_error)
        .signed_amount("loss_mean", token, it.loss.mean)
        .signed_amount("loss_q95", token, it.loss.q95)
        .signed_amount("loss_q99", token, it.loss.q99)
        .signed_amount("loss_q99_5", token, it.loss.q995)
        .signed_amount("loss_in_the_worst_hundredth", token, it.loss.tail)
        .part("of_the_capital", it.loss.tail as f64 / (it.capital as f64).max(1.0))
        .amount("premium_mean", token, it.earned)
        .amount("claimed_mean", token, it.approved)
        .amount("paid_mean", token, it.paid)
        .amount("lapsed_mean", token, it.lapsed)
        .number("claims", it.factor.as_ref().map_or(0, |factor| factor.claims))
        .part("factor_mean", factor(|it| it.mean))
        .part("claims_paid_whole", factor(|it| it.whole))
        .part("factor_q05", factor(|it| f64::from(it.q05_bps) / 10_000.0))
        .part("factor_worst", factor(|it| f64::from(it.worst_bps) / 10_000.0))
}

fn line(share: &Share, token: &Token) -> Record {
    Record::new()
        .text("name", &share.name)
        .part("chance_of_a_claim", share.hit)
        .amount("premium", token, share.earned)
        .amount("claimed", token, share.approved)
        .amount("paid", token, share.paid)
        .part("of_all_paid", share.of_paid)
        .part("of_the_worst_hundredth", share.of_tail)
        .part("in_shared_shocks", share.shared)
}
