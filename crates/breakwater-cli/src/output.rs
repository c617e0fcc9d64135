//! What is shown: tables for people, JSON for programs.
//!
//! In JSON an amount is a string of tokens (`"1234.5"`), a time unix seconds, an address a string. Keys stay.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use console::style;
use coverage_client::{NOBODY, amount::Token, rpc::Error};
use serde_json::{Map, Value, json};
use solana_address::Address;
use std::{
    fmt::Display,
    io::{self, Write},
    process,
    time::{Duration, UNIX_EPOCH},
};

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    /// Tables and sentences
    Table,
    /// One JSON value
    Json,
}

/// One thing that is shown: named values in order.
#[derive(Default)]
pub struct Record(Vec<Field>);

struct Field {
    key: &'static str,
    text: String,
    json: Value,
    right: bool,
}

impl Record {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn field(mut self, key: &'static str, text: String, json: Value, right: bool) -> Self {
        self.0.push(Field { key, text, json, right });
        self
    }

    /// A word or a text.
    pub fn text(self, key: &'static str, text: impl Display) -> Self {
        let text = text.to_string();
        let json = Value::from(text.clone());
        self.field(key, text, json, false)
    }

    /// A number.
    pub fn number(self, key: &'static str, number: impl Into<u64>) -> Self {
        let number = number.into();
        self.field(key, coverage_client::amount::grouped(number), number.into(), true)
    }

    /// An amount of a token.
    pub fn amount(self, key: &'static str, token: &Token, atoms: u64) -> Self {
        self.field(key, token.exact(atoms), token.plain(atoms).into(), true)
    }

    /// An amount of a token that may be unknown.
    pub fn maybe_amount(self, key: &'static str, token: &Token, atoms: Option<u64>) -> Self {
        match atoms {
            Some(atoms) => self.amount(key, token, atoms),
            None => self.field(key, "-".into(), Value::Null, true),
        }
    }

    /// An amount of a token that may be below zero.
    pub fn signed_amount(self, key: &'static str, token: &Token, atoms: i128) -> Self {
        let size = u64::try_from(atoms.unsigned_abs()).unwrap_or(u64::MAX);
        let sign = if atoms < 0 { "-" } else { "" };
        self.field(key, format!("{sign}{}", token.exact(size)), format!("{sign}{}", token.plain(size)).into(), true)
    }

    /// A part of one, with four decimals as a percentage.
    pub fn part(self, key: &'static str, part: f64) -> Self {
        self.field(key, format!("{:.4}%", part * 100.0), part.into(), true)
    }

    /// A part, basis points.
    pub fn bps(self, key: &'static str, bps: u16) -> Self {
        let text = format!("{}.{:02}%", bps / 100, bps % 100);
        self.field(key, text, bps.into(), true)
    }

    /// An annual rate, parts per million.
    pub fn ppm(self, key: &'static str, ppm: u32) -> Self {
        let text = format!("{}.{:02}% a year", ppm / 10_000, ppm % 10_000 / 100);
        self.field(key, text, ppm.into(), true)
    }

    /// A time, unix seconds; 0 is none.
    pub fn time(self, key: &'static str, time: u64) -> Self {
        if time == 0 {
            return self.field(key, "-".into(), Value::Null, false);
        }
        self.field(key, moment(time), time.into(), false)
    }

    /// An address; zero is none.
    pub fn address(self, key: &'static str, address: &Address) -> Self {
        if *address == NOBODY {
            return self.field(key, "-".into(), Value::Null, false);
        }
        self.text(key, address)
    }

    /// Seconds as days, hours, minutes and seconds.
    pub fn duration(self, key: &'static str, seconds: u64) -> Self {
        self.field(key, lasting(seconds), seconds.into(), false)
    }

    /// A SHA-256, in hexadecimal digits.
    pub fn hash(self, key: &'static str, hash: &[u8; 32]) -> Self {
        self.text(key, hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    /// Records under a key; JSON alone has them.
    pub fn list(self, key: &'static str, records: &[Self]) -> Self {
        let json = records.iter().map(Self::json).collect();
        self.field(key, records.len().to_string(), json, true)
    }

    fn json(&self) -> Value {
        Value::Object(self.0.iter().map(|field| (field.key.into(), field.json.clone())).collect::<Map<_, _>>())
    }
}

/// The last second that has a date of four digits.
pub const LAST_DATE: u64 = 253_402_300_799;

/// A time as people read it; unix seconds once that is no date.
pub fn moment(time: u64) -> String {
    if time > LAST_DATE {
        return time.to_string();
    }
    humantime::format_rfc3339_seconds(UNIX_EPOCH + Duration::from_secs(time)).to_string()
}

/// Seconds as people say them: `40 days`, `1 hour 30 minutes`.
pub fn lasting(seconds: u64) -> String {
    let units = [
        (seconds / 86_400, "day"),
        (seconds / 3_600 % 24, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let said = units.iter().filter(|(count, _)| *count > 0);
    let said: Vec<_> =
        said.map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" })).collect();
    if said.is_empty() { "none".into() } else { said.join(" ") }
}

/// Writes a line of the result.
pub fn line(text: impl Display) {
    match writeln!(io::stdout().lock(), "{text}") {
        Ok(()) => {}
        // The reader has enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => process::exit(0),
        Err(error) => {
            eprintln!("cannot write the result: {error}");
            process::exit(1);
        }
    }
}

fn label(key: &str) -> String {
    key.replace('_', " ")
}

fn table() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// A part of what is shown.
pub enum Section {
    /// One thing.
    One(Record),
    /// Several of a kind.
    List(Vec<Record>),
}

impl Output {
    /// Shows parts under their headings; as JSON one object with a key for each.
    pub fn sections(self, sections: &[(&'static str, Section)]) {
        if self == Self::Json {
            let value = |section: &Section| match section {
                Section::One(record) => record.json(),
                Section::List(records) => Value::Array(records.iter().map(Record::json).collect()),
            };
            let all = sections.iter().map(|(key, section)| ((*key).into(), value(section)));
            line(pretty(&Value::Object(all.collect::<Map<_, _>>())));
            return;
        }
        for (index, (key, section)) in sections.iter().enumerate() {
            if index > 0 {
                line("");
            }
            line(style(label(key)).bold());
            match section {
                Section::One(record) => self.record(record),
                Section::List(records) => self.list("none", records),
            }
        }
    }

    /// Shows one record under each other.
    pub fn record(self, record: &Record) {
        if self == Self::Json {
            line(pretty(&record.json()));
            return;
        }
        let width = record.0.iter().map(|field| field.key.len()).max().unwrap_or(0);
        for field in &record.0 {
            line(format_args!("{:width$}  {}", style(label(field.key)).dim(), field.text));
        }
    }

    /// Shows records side by side, or says what there is none of.
    pub fn list(self, none: &str, records: &[Record]) {
        if self == Self::Json {
            line(pretty(&Value::Array(records.iter().map(Record::json).collect())));
            return;
        }
        let Some(first) = records.first() else {
            line(none);
            return;
        };
        let mut table = table();
        table.set_header(first.0.iter().map(|field| Cell::new(style(label(field.key)).dim())));
        for record in records {
            table.add_row(record.0.iter().map(|field| &field.text));
        }
        for (index, field) in first.0.iter().enumerate() {
            if let Some(column) = table.column_mut(index) {
                let last = index + 1 == first.0.len();
                column.set_padding((0, if last { 0 } else { 2 }));
                if field.right {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        for row in table.lines() {
            line(row.trim_end());
        }
    }

    /// Says what was done, with the numbers that came of it.
    pub fn done(self, sentence: &str, record: &Record) {
        if self == Self::Table {
            line(style(sentence).bold());
        }
        self.record(record);
    }

    /// Says what went wrong, and what to do about it.
    pub fn error(self, error: &anyhow::Error, hint: Option<&str>) {
        if self == Self::Json {
            let program = error.downcast_ref::<Error>().and_then(Error::program);
            let code = program.map(coverage_client::BreakwaterError::code);
            let name = program.map(|error| format!("{error:?}"));
            let error = json!({ "error": format!("{error:#}"), "code": code, "name": name, "hint": hint });
            eprintln!("{}", pretty(&error));
            return;
        }
        let mut causes: Vec<_> = error.chain().map(ToString::to_string).collect();
        // Some name their cause in their own words.
        causes.dedup_by(|cause, effect| effect.contains(cause.as_str()));
        eprintln!("{} {}", style("error:").for_stderr().red().bold(), causes.join("\n  because: "));
        if let Some(hint) = hint {
            eprintln!("  {} {hint}", style("help:").for_stderr().bold());
        }
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_days() {
        assert_eq!(lasting(0), "none");
        assert_eq!(lasting(40 * 86_400), "40 days");
        assert_eq!(lasting(86_400 + 3_600 + 61), "1 day 1 hour 1 minute 1 second");
    }

    #[test]
    fn every_time_is_shown() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(LAST_DATE), "9999-12-31T23:59:59Z");
        assert_eq!(moment(LAST_DATE + 1), "253402300800");
        assert_eq!(moment(u64::MAX), u64::MAX.to_string());
    }
}
