//! The results as one page that needs nothing else.

use crate::{
    Assumptions, Error, Keep, Plan, Settings, Share, Summary,
    assumptions::{Risk, Shock},
    charts::{self, Bars},
    factor_bps,
    history::{Incident, Replayed},
};
use coverage_client::amount::{Token, grouped};
use coverage_math::BPS;
use maud::{DOCTYPE, Markup, PreEscaped, html as page};
use std::{
    cmp::Reverse,
    collections::BTreeSet,
    time::{Duration, UNIX_EPOCH},
};

/// Everything that was computed, and from what.
pub struct Report<'a> {
    /// The pool's address, or the name of what was played.
    pub pool: String,
    /// The pool's asset.
    pub token: Token,
    /// The book and its horizon.
    pub plan: &'a Plan,
    /// What was assumed.
    pub assumptions: &'a Assumptions,
    /// Runs and seed.
    pub settings: Settings,
    /// Incidents drawn by rates.
    pub drawn: Summary,
    /// Years drawn from the calendar; `None` without incidents.
    pub calendar: Option<Summary>,
    /// The real incidents.
    pub incidents: &'a [Incident],
    /// What each would do today.
    pub replayed: Vec<Replayed>,
    /// The command that computes all of this again.
    pub command: String,
}

const STYLE: &str = "
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --card: #f6f8fa }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12161c; --ink: #e6eaf0; --soft: #9aa5b3; --line: #2d3540; --card: #1a2028 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 960px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif }
h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 19px; margin: 40px 0 8px } p { margin: 8px 0 }
.soft, small { color: var(--soft) } code { font-size: 13px; overflow-wrap: anywhere }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 12px; margin: 20px 0 }
.fact { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px }
.fact b { display: block; font-size: 22px; font-variant-numeric: tabular-nums }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px; margin: 12px 0 }
.chart svg { display: block; width: 100%; height: auto } .chart svg text { fill: var(--ink) }
.key { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin: 0 6px 0 14px; vertical-align: -1px }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 13.5px }
th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums }
th { color: var(--soft); font-weight: 600; vertical-align: bottom } th:first-child, td:first-child, .left { text-align: left } td:first-child { white-space: nowrap }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; overflow-x: auto }
";

/// A part of one as a percentage.
fn percent(part: f64) -> String {
    let (sign, percent) = if part < 0.0 { ("−", -part * 100.0) } else { ("", part * 100.0) };
    if percent != 0.0 && percent < 0.1 { format!("{sign}{percent:.4}%") } else { format!("{sign}{percent:.2}%") }
}

/// A time as people read it.
fn moment(time: u64) -> humantime::Rfc3339Timestamp {
    humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(time))
}

fn bps(bps: u16) -> String {
    format!("{}.{:02}%", bps / 100, bps % 100)
}

/// The report as a page.
///
/// # Errors
/// [`Error::Chart`].
pub fn html(report: &Report) -> Result<String, Error> {
    let it = Writer(report);
    let body = page! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Stress of " (report.pool) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "What losses would do to the pool" }
                p.soft { "Pool " code { (report.pool) } ", as of " (moment(report.plan.book.time)) ". Amounts are in tokens of the asset." }
                (it.facts())
                (it.losses()?)
                (it.sources()?)
                (it.factors()?)
                (it.past()?)
                (it.assumptions())
                h2 { "To compute this again" }
                pre { code { (report.command) } }
            }
        }
    };
    Ok(body.into_string())
}

struct Writer<'a>(&'a Report<'a>);

impl Writer<'_> {
    fn amount(&self, atoms: u64) -> String {
        self.0.token.short(atoms)
    }

    /// A loss, below zero a gain.
    fn signed(&self, atoms: i128) -> String {
        let size = self.amount(u64::try_from(atoms.unsigned_abs()).unwrap_or(u64::MAX));
        if atoms < 0 { format!("−{size}") } else { size }
    }

    fn of_capital(&self, atoms: i128) -> f64 {
        atoms as f64 / (self.0.drawn.capital as f64).max(1.0)
    }

    fn facts(&self) -> Markup {
        let (it, book) = (&self.0.drawn, &self.0.plan.book);
        let facts = [
            (self.amount(it.capital), "capital of the LPs".to_owned()),
            (
                self.amount(u64::try_from(book.insured()).unwrap_or(u64::MAX)),
                format!("insured by {} policies", grouped(book.covers.len() as u64)),
            ),
            (
                percent(it.short),
                format!("chance that claims exceed the capital (at most {} more)", percent(it.short_error)),
            ),
            (percent(it.hit), "chance of any claim".to_owned()),
            (percent(self.of_capital(it.loss.tail)), "mean loss of LPs in the worst 1% of runs".to_owned()),
            (
                it.factor.map_or_else(|| "–".to_owned(), |factor| percent(factor.mean)),
                "mean pay factor over claims".to_owned(),
            ),
        ];
        let keep = match self.0.plan.keep {
            Keep::Renewed => "Policies that end are renewed as far as the capital carries them.",
            Keep::Runoff => "Policies end and are not renewed.",
        };
        page! {
            p { (grouped(it.runs)) " runs of " (self.0.plan.days) " days, seed " (self.0.settings.seed) ". " (keep) }
            div.facts { @for (number, what) in &facts { div.fact { b { (number) } small { (what) } } } }
        }
    }

    fn losses(&self) -> Result<Markup, Error> {
        let summaries: Vec<_> = [Some(&self.0.drawn), self.0.calendar.as_ref()].into_iter().flatten().collect();
        let curve =
            |it: &&Summary| it.curve.iter().map(|(loss, part)| (self.of_capital(*loss) * 100.0, *part)).collect();
        let least = (1.0 / self.0.drawn.runs as f64).clamp(1e-6, 0.01);
        let chart = charts::curves(&summaries.iter().map(curve).collect::<Vec<_>>(), least)?;
        let mut keys = vec!["incidents drawn by rates"];
        if self.0.calendar.is_some() {
            keys.push("years drawn from the calendar");
        }
        let row = |what: &str, of: &dyn Fn(&Summary) -> i128| {
            page! {
                tr { td { (what) } @for it in &summaries { td { (self.signed(of(it))) } td { (percent(self.of_capital(of(it)))) } } }
            }
        };
        let plain = |what: &str, of: &dyn Fn(&Summary) -> (String, String)| {
            page! {
                tr { td { (what) } @for it in &summaries { @let (one, other) = of(it); td { (one) } td { (other) } } }
            }
        };
        let mean = |atoms: u64| (self.amount(atoms), percent(self.of_capital(atoms.into())));
        Ok(page! {
            h2 { "What LPs lose, premiums counted in" }
            p { "How likely LPs lose more than so much of their capital. The scale of the chances goes in tens." }
            (figure(&keys, &chart))
            div.wide { table {
                tr { th {} @for key in &keys { th colspan="2" { (key) } } }
                (row("mean", &|it| it.loss.mean))
                (row("95% quantile", &|it| it.loss.q95))
                (row("99% quantile", &|it| it.loss.q99))
                (row("99.5% quantile", &|it| it.loss.q995))
                (row("mean of the worst 1% (expected shortfall)", &|it| it.loss.tail))
                (row("worst run", &|it| it.loss.worst))
                (plain("premium earned, mean", &|it| mean(it.earned)))
                (plain("claimed, mean", &|it| mean(it.approved)))
                (plain("paid, mean", &|it| mean(it.paid)))
                (plain("cover that lapsed for want of capital, mean", &|it| mean(it.lapsed)))
                (plain("chance that claims exceed the capital", &|it| (percent(it.short), format!("at most {} more", percent(it.short_error)))))
            } }
        })
    }

    fn sources(&self) -> Result<Markup, Error> {
        let it = &self.0.drawn;
        let both = |share: &Share, of: [(f64, String); 2]| Bars { name: share.name.clone(), values: of.into() };
        let money = it
            .products
            .iter()
            .map(|share| both(share, [share.earned, share.paid].map(|atoms| (atoms as f64, self.amount(atoms)))));
        let parts = it
            .products
            .iter()
            .chain(&it.groups)
            .map(|share| both(share, [share.of_paid, share.of_tail].map(|part| (part, percent(part)))));
        let row = |share: &Share| {
            page! { tr {
                td { (share.name) } td { (format!("{:.4}", share.incidents)) } td { (percent(share.hit)) } td { (percent(share.short)) }
                td { (self.amount(share.earned)) } td { (self.amount(share.approved)) } td { (self.amount(share.paid)) }
                td { (percent(share.of_paid)) } td { (percent(share.of_tail)) } td { (percent(share.shared)) }
            } }
        };
        Ok(page! {
            h2 { "Who causes the losses" }
            p { "By product, the mean of a run." }
            (figure(&["premium earned", "claims paid"], &charts::bars(&money.collect::<Vec<_>>())?))
            p { "By product and correlation group, the part of all payments." }
            (figure(&["of all payments", "of those in the worst 1% of runs"], &charts::bars(&parts.collect::<Vec<_>>())?))
            div.wide { table {
                tr { th {} th { "incidents a run" } th { "chance of a claim" } th { "incidents paid short" } th { "premium" } th { "claimed" } th { "paid" }
                    th { "of all paid" } th { "of the worst 1%" } th { "paid in shared shocks" } }
                @for share in it.products.iter().chain(&it.groups) { (row(share)) }
            } }
        })
    }

    fn factors(&self) -> Result<Markup, Error> {
        let it = &self.0.drawn;
        let Some(factor) = &it.factor else {
            return Ok(page! { h2 { "Pay factor" } p { "Nobody claimed in any run." } });
        };
        let tenths = (0..10).map(|tenth| (tenth * 1_000, tenth * 1_000 + 1_000));
        let part = |from: usize, to: usize| it.factors[from..to].iter().sum::<u64>() as f64 / factor.claims as f64;
        let bars = tenths.map(|(from, to)| {
            let name = format!("{}% to {}%", from / 100, to / 100);
            Bars { name, values: vec![(part(from, to), percent(part(from, to)))] }
        });
        Ok(page! {
            h2 { "Pay factor" }
            p { (grouped(factor.claims)) " claims in all runs; " (percent(factor.whole)) " of them were paid whole." }
            @if factor.worst_bps < BPS {
                p { "The others, by the part that was paid of what they claimed." }
                (figure(&["part of all claims"], &charts::bars(&bars.collect::<Vec<_>>())?))
            }
            div.wide { table {
                tr { th { "mean" } th { "paid whole" } th { "5% quantile" } th { "1% quantile" } th { "worst" } }
                tr { td { (percent(factor.mean)) } td { (percent(factor.whole)) } td { (bps(factor.q05_bps)) } td { (bps(factor.q01_bps)) } td { (bps(factor.worst_bps)) } }
            } }
        })
    }

    fn past(&self) -> Result<Markup, Error> {
        let report = self.0;
        if report.incidents.is_empty() {
            return Ok(page! { h2 { "Real incidents" } p { "There are none in the dataset." } });
        }
        let lost = |it: &Replayed| self.of_capital(it.settled.settled.into());
        let mut worst: Vec<_> = report.replayed.iter().filter(|it| it.settled.settled > 0).collect();
        worst.sort_by_key(|it| Reverse(it.settled.settled));
        worst.truncate(20);
        let bars = worst.iter().map(|it| {
            let incident = &report.incidents[it.incident];
            let name = format!("{} {}", &incident.date[..4], incident.protocol);
            Bars { name, values: vec![(lost(it), percent(lost(it)))] }
        });
        let row = |it: &Replayed| {
            let (incident, settled) = (&report.incidents[it.incident], &it.settled);
            let known = if incident.severity().is_some() { "" } else { " (not known)" };
            page! { tr {
                td { (incident.date) } td.left { (incident.protocol) } td.left { (report.plan.book.products[settled.product].name) }
                td { (bps(it.severity_bps)) (known) } td { (settled.claims) } td { (self.amount(settled.approved)) } td { (self.amount(settled.settled)) }
                td { (bps(factor_bps(settled))) } td { (percent(lost(it))) }
            } }
        };
        let struck: BTreeSet<_> = report.replayed.iter().map(|it| it.incident).collect();
        Ok(page! {
            h2 { "Real incidents, today" }
            p { "Each of " (report.incidents.len()) " real incidents strikes each product that stands for its cause, alone, as soon as every cover that is bought has begun, and all "
                "its holders. Its severity is what was lost of what could have been, or of a token's peg, for a product that a price decides on by its strike and floor; where that is not known, the whole. "
                (report.incidents.len() - struck.len()) " of them find no such product." }
            @if !worst.is_empty() {
                p { "The " (worst.len()) " dearest: what LPs would lose of their capital." }
                (figure(&["part of the capital"], &charts::bars(&bars.collect::<Vec<_>>())?))
            }
            div.wide { table {
                tr { th { "date" } th.left { "protocol" } th.left { "product" } th { "severity" } th { "claims" } th { "claimed" } th { "paid" } th { "factor" } th { "of capital" } }
                @for it in &report.replayed { (row(it)) }
            } }
            details { summary { "Sources" } @for it in report.incidents { p { small { (it.date) " " (it.protocol) ": " (it.source) } } } }
        })
    }

    fn assumptions(&self) -> Markup {
        let (report, book) = (self.0, &self.0.plan.book);
        let risks = report.assumptions.risks(book).unwrap_or_default();
        let row = |name: &str, risk: &Risk| {
            page! { tr {
            td { (name) } td { (risk.incidents_per_year) } td.left { (risk.severity) } td.left { (risk.holders) } } }
        };
        let groups: BTreeSet<_> = book.products.iter().map(|line| line.group).collect();
        let year = |incident: Option<&Incident>| incident.map_or(0, |incident| incident.year);
        let years = (year(report.incidents.first()), year(report.incidents.last()));
        let shock = |group: &usize, shock: &Shock| {
            page! { tr {
            td { "group " (group) } td { (shock.shocks_per_year) } td { (percent(shock.chance)) } } }
        };
        page! {
            h2 { "What was assumed" }
            p { "None of it is a fact. Severity is the part of the sum insured that is lost, before the deductible." }
            div.wide { table {
                tr { th { "product" } th { "incidents a year" } th.left { "severity" } th.left { "part of the holders" } }
                @for (line, risk) in book.products.iter().zip(&risks) { (row(&line.name, risk)) }
            } }
            div.wide { table {
                tr { th { "shocks of several products" } th { "a year" } th { "chance of each product" } }
                @for group in &groups { @if let Some(it) = report.assumptions.shock(*group) { (shock(group, it)) } }
            } }
            @if let Some(past) = report.assumptions.past.as_ref().filter(|_| report.calendar.is_some()) {
                p { "Years of the calendar, from " (years.0) " to " (years.1) ", each as likely, also those that the dataset covers in part: " (percent(past.chance)) " of the incidents of its kinds strike a product; part of the holders: " (past.holders) "." }
            }
            p { "Left out: exits, deposits and new buyers; the time from an incident to its settlement; votes that err and fraud; recoveries. "
                "What incidents that are open today demand stays set aside throughout." }
        }
    }
}

/// A chart with what its colours mean.
fn figure(keys: &[&str], svg: &str) -> Markup {
    page! {
        div.chart {
            @for (key, color) in keys.iter().zip(charts::COLORS) {
                small { span.key style={ "background: rgb(" (color.0) "," (color.1) "," (color.2) ")" } {} (key) }
            }
            (PreEscaped(svg))
        }
    }
}
