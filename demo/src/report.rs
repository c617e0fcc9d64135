//! What is shown: the timeline while it goes on, and the tables at the end.

use crate::{
    foresee::POOL,
    prove::{Accounts, Case},
};
use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, TableComponent, presets};
use console::{Term, style};
use coverage_client::amount::{Token, grouped, percent};
use coverage_model::{Atoms, DAY, Model};

/// Columns of the output, and of the timeline in a terminal that is narrower.
const WIDTH: usize = 100;
const NARROW: usize = 80;
/// Columns of a time, a shortened signature and compute units, and of the gaps.
const TIME: usize = 13;
const SIGNATURE: usize = 9;
const UNITS: usize = 6;
const GAP: &str = "  ";

/// Time since the start.
#[derive(Clone, Copy)]
pub struct Moment(u64);

impl Moment {
    /// The time from `start` to `now`.
    pub fn since(start: u64, now: u64) -> Self {
        Self(now.saturating_sub(start))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let minutes = self.0 % DAY / 60;
        write!(f, "day {:>3} {:02}:{:02}", self.0 / DAY, minutes / 60, minutes % 60)
    }
}

/// The timeline.
pub struct Timeline {
    who: usize,
    text: usize,
}

impl Timeline {
    /// A timeline of actors whose names are at most `who` characters long.
    pub fn new(who: usize) -> Self {
        let others = TIME + who + SIGNATURE + UNITS + 4 * GAP.len();
        let terminal = Term::stdout().size_checked();
        let width = terminal.map_or(WIDTH, |(_, columns)| usize::from(columns).clamp(NARROW, WIDTH));
        Self { who, text: width.saturating_sub(others).max(24) }
    }

    /// The heading of the columns.
    pub fn head(&self) {
        println!("{}", style(self.row("time", "who", "what", "signature", "CU")).dim());
    }

    /// A step. A text that is too long goes on below.
    pub fn line(&self, moment: Moment, who: &str, text: &str, signature: &str, units: Option<u64>) {
        let (moment, signature) = (moment.to_string(), shortened(signature));
        let units = units.map_or_else(|| "-".into(), grouped);
        let rows = wrap(text, self.text);
        let first = rows.first().map_or("", String::as_str);
        let [time, signature, units] =
            [format!("{moment:<TIME$}"), format!("{signature:<SIGNATURE$}"), format!("{units:>UNITS$}")]
                .map(|cell| style(cell).dim().to_string());
        let who = style(format!("{who:<0$}", self.who)).bold();
        println!("{time}{GAP}{who}{GAP}{first:<0$}{GAP}{signature}{GAP}{units}", self.text);
        for row in rows.iter().skip(1) {
            println!("{}", self.row("", "", row, "", "").trim_end());
        }
    }

    /// Time that passes.
    pub fn pause(&self, days: u64, hours: u64) {
        let part = |number: u64, unit: &str| match number {
            0 => None,
            1 => Some(format!("1 {unit}")),
            _ => Some(format!("{number} {unit}s")),
        };
        let parts: Vec<_> = [part(days, "day"), part(hours, "hour")].into_iter().flatten().collect();
        let verb = if days + hours == 1 { "passes" } else { "pass" };
        let text = format!("— {} {verb} —", parts.join(" and "));
        println!("{}", style(self.row("", "", &text, "", "").trim_end()).cyan());
    }

    fn row(&self, time: &str, who: &str, text: &str, signature: &str, units: &str) -> String {
        let (who, text) = (format!("{who:<0$}", self.who), format!("{text:<0$}", self.text));
        format!("{time:<TIME$}{GAP}{who}{GAP}{text}{GAP}{signature:<SIGNATURE$}{GAP}{units:>UNITS$}")
    }
}

/// The first and the last four characters.
fn shortened(signature: &str) -> String {
    let letters: Vec<char> = signature.chars().collect();
    match (letters.first_chunk::<4>(), letters.last_chunk::<4>()) {
        (Some(first), Some(last)) => first.iter().chain(&['…']).chain(last).collect(),
        _ => signature.into(),
    }
}

/// Breaks a text between words, so that no row is longer than `width`.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= width => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(word.into()),
        }
    }
    rows
}

/// A heading.
pub fn heading(text: &str) {
    println!("\n{}", style(text).bold().underlined());
}

/// A statement with whether it holds.
pub fn statement(text: &str, holds: bool) {
    let mark = if holds { style("✓").green() } else { style("✗").red() };
    println!(" {mark} {text}");
}

/// Prints a table: names to the left, the last `numbers` columns to the right.
fn print(header: &[&str], numbers: usize, rows: Vec<Vec<String>>) {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_width(u16::try_from(WIDTH).unwrap_or(u16::MAX));
    table.set_header(header.iter().map(|name| Cell::new(name).add_attribute(Attribute::Bold)));
    for row in rows {
        table.add_row(row);
    }
    let names = header.len().saturating_sub(numbers);
    for column in table.column_iter_mut().skip(names) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("{}", table.trim_fmt());
}

/// The policies.
pub fn policies(accounts: &Accounts, model: &Model, asset: &Token) {
    heading(&format!("Policies, {}", asset.symbol));
    let rows = accounts.policies.iter().map(|(name, number, policy)| {
        let holder = model.policies[*number].holder;
        let numbers = [policy.amount, policy.claimed, policy.paid, policy.premium];
        [*name, holder].map(Into::into).into_iter().chain(numbers.map(|atoms| asset.exact(atoms))).collect()
    });
    print(&["policy", "holder", "insured", "claimed", "paid", "premium"], 4, rows.collect());
}

/// The incidents.
pub fn incidents(accounts: &Accounts, asset: &Token) {
    heading(&format!("Incidents, {}", asset.symbol));
    let rows = accounts.cases.iter().map(|case| {
        let incident = &case.incident;
        let state = match incident.state {
            0 => "open",
            1 => "settled",
            2 => "rejected",
            3 => "accepted",
            _ => "refused",
        };
        let amounts = [incident.approved, incident.settled].map(|atoms| asset.exact(atoms));
        let mut row = vec![case.name.into(), case.product.clone(), state.into()];
        row.extend(amounts);
        row.push(if incident.approved == 0 { "-".into() } else { percent(incident.settled, incident.approved) });
        row.push(asset.exact(incident.paid));
        row
    });
    print(&["name", "product", "state", "approved", "settled", "factor", "paid"], 4, rows.collect());
    for case in accounts.cases.iter().filter(|case| case.incident.trigger == 1) {
        let Case { name, incident, .. } = case;
        let minutes = incident.measured_until.saturating_sub(incident.measured_from) / 60;
        let severity = severity(incident.severity_bps.into());
        println!(" Prices decided {name}: {minutes} minutes below the strike, severity {severity}.");
    }
}

/// A severity as a percentage.
pub fn severity(bps: u64) -> String {
    format!("{}.{:02}%", bps / 100, bps % 100)
}

/// What everybody has.
pub fn holdings(accounts: &Accounts, model: &Model, asset: &Token, shares: &Token, governance: &Token) {
    heading("Everybody's tokens");
    let rows = accounts.holdings.iter().map(|holding| {
        let worth = model.worth(POOL, holding.shares.into()).map_or(0, known);
        let blank = |atoms: u64, token: &Token| if atoms == 0 { "-".into() } else { token.exact(atoms) };
        vec![
            holding.name.into(),
            blank(holding.asset, asset),
            blank(holding.shares, shares),
            blank(worth, asset),
            blank(holding.staked, governance),
        ]
    });
    let staked = format!("{} staked", governance.symbol);
    print(&["who", &asset.symbol, "shares", "worth", &staked], 4, rows.collect());
}

/// The books, as read and as foreseen.
pub fn books(accounts: &Accounts, model: &Model, asset: &Token, shares: &Token) {
    heading(&format!("The books, {}", asset.symbol));
    let pool = &accounts.pool;
    let (capital, supply, sum) = (known(model.capital(POOL)), known(model.pools[POOL].supply), known(model.owed(POOL)));
    let amounts = [
        ("capital", pool.capital, capital),
        ("unearned premium", pool.unearned, known(model.unearned(POOL))),
        ("claims to collect", pool.payable, known(model.payable(POOL))),
        ("exits to collect", pool.exits_due, known(model.exits_due(POOL))),
        ("contested", pool.contested, known(model.contested(POOL))),
        ("bonds", pool.bonds, known(model.bonds(POOL))),
        ("assessors", pool.assessors, known(model.assessors(POOL))),
        ("treasury", pool.treasury_due, known(model.treasury_due(POOL))),
        ("sum of the buckets", accounts.owed(), sum),
        ("vault", accounts.vault, known(model.pools[POOL].vault)),
        ("surplus", accounts.vault.saturating_sub(accounts.owed()), 0),
    ];
    let row = |name: &str, found: String, foreseen: String| vec![name.into(), found, foreseen];
    let mut rows: Vec<_> =
        amounts.into_iter().map(|(name, found, model)| row(name, asset.exact(found), asset.exact(model))).collect();
    rows.push(row("shares", shares.exact(accounts.supply), shares.exact(supply)));
    rows.push(row("share price", price(pool.capital, accounts.supply), price(capital, supply)));
    print(&["", "on chain", "foreseen"], 2, rows);
}

/// An amount of the model's, as accounts have them.
fn known(atoms: Atoms) -> u64 {
    u64::try_from(atoms).unwrap_or(u64::MAX)
}

/// The price of a share, with nine decimals, rounded down.
fn price(capital: u64, supply: u64) -> String {
    // A share has three decimals more than the asset: 10^3 for them and 10^9 for the decimals shown.
    let scaled = (u128::from(capital) + 1) * 1_000_000_000_000 / (u128::from(supply) + 1_000);
    format!("{}.{:09}", scaled / 1_000_000_000, scaled % 1_000_000_000)
}
