//! Compute units and account sizes of every instruction: measured, compared with their floors and their record.
//!
//! `--record` writes `bench/results.json`; `--check` fails when an instruction costs over 2% more than recorded, misses
//! its target, or is not recorded. Everything runs on fixed keys, so the figures are the same on every machine.

mod floor;
mod minimal;
mod story;

use anyhow::{Context, Result, bail};
use clap::Parser;
use comfy_table::{CellAlignment, Table, presets};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Most compute units of an instruction, and for those that people wait for most times the floor.
const TARGETS: [(&str, u64, Option<f64>); 52] = [
    ("deposit", 4_300, Some(1.5)),
    ("deposit, Token-2022 shares", 5_800, None),
    ("buy_cover", 5_900, Some(1.61)),
    ("buy_cover, by a program", 16_000, None),
    ("vote", 2_850, Some(1.5)),
    // The first payment releases capacity, and what is still to be earned for it goes on as income. Each asks whether the policy gives the
    // refund of a cancellation back.
    ("payout", 3_460, Some(1.95)),
    ("payout, after somebody left", 3_460, None),
    ("payout, on account", 4_600, None),
    ("payout, on account, after somebody left", 4_950, None),
    ("payout, by a factor", 8_000, None),
    ("payout, after a recovery", 8_000, None),
    ("submit_claim", 6_800, None),
    ("dispute_claim", 9_500, None),
    ("appeal", 14_000, None),
    ("settle_incident", 8_000, None),
    ("request_exit", 5_050, None),
    // Token-2022 takes 1,670 more than SPL Token to move shares, and 1,770 more to burn them.
    ("request_exit, Token-2022 shares", 6_700, None),
    ("pay_exits", 5_000, None),
    ("pay_exits, Token-2022 shares", 6_300, None),
    ("pay_exits, 20 incidents", 5_000, None),
    ("pay_exits, 20 incidents, Token-2022 shares", 6_700, None),
    ("pay_exits, in part", 5_000, None),
    ("pay_exits, in part, Token-2022 shares", 6_300, None),
    ("release_contested", 4_000, None),
    ("release_contested, all at once", 4_000, None),
    ("collect_exit", 3_300, None),
    ("collect_exit, in part", 3_300, None),
    ("extend_cover", 4_300, None),
    ("cancel_cover", 4_300, None),
    ("reduce_cover", 4_300, None),
    ("transfer_cover", 10_000, None),
    ("roll_product, 365 days", 15_000, None),
    ("observe_price", 4_000, None),
    ("refute_breach", 4_000, None),
    ("refute_incident", 4_000, None),
    ("open_price_incident", 14_000, None),
    ("claim_breach", 14_000, None),
    ("challenge_incident", 14_000, None),
    ("draw", 3_550, None),
    ("draw, for another holder", 5_740, None),
    ("draw, with a booking", 14_000, None),
    ("pay_booking", 8_000, None),
    ("pay_booking, the last", 8_000, None),
    ("propose_change", 5_000, None),
    ("petition_change", 14_000, None),
    ("mark_change", 2_000, None),
    ("apply_change", 1_900, None),
    ("apply_change, of a product", 1_900, None),
    ("apply_change, of the court", 1_900, None),
    ("apply_change, of the floor of the court's stake", 1_900, None),
    ("pause", 2_000, None),
    ("collect_fees", 4_000, None),
];
/// Rows that must cost the same: an incident is settled by one factor, however many claims it has.
const EQUALS: [(&str, &str); 1] = [("settle_incident, 1 claim", "settle_incident, 1,000 claims")];
/// How much an instruction may cost more than recorded.
const TOLERANCE: f64 = 1.02;

/// Measures the compute units of every instruction.
#[derive(Parser)]
struct Cli {
    /// Fail if an instruction costs more than its record or target allows
    #[arg(long, conflicts_with = "record")]
    check: bool,
    /// Record what is measured now
    #[arg(long)]
    record: bool,
}

/// What is measured.
#[derive(Serialize, Deserialize)]
struct Results {
    /// By instruction.
    instructions: BTreeMap<String, Cost>,
    /// Bytes of each account, discriminator included.
    accounts: BTreeMap<String, usize>,
}

/// What one instruction costs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Cost {
    /// Compute units, what it calls included.
    units: u64,
    /// What the runtime charges for its calls, signatures, account creations and log bytes.
    floor: u64,
}

impl Cost {
    fn ratio(self) -> f64 {
        // Compute units are far below 2^52.
        #[allow(clippy::cast_precision_loss)]
        let ratio = self.units as f64 / self.floor as f64;
        ratio
    }
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let measured = Results { instructions: story::play().into_iter().collect(), accounts: story::sizes() };
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("results.json");
    let recorded: Option<Results> = match fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).context("bench/results.json is not what --record writes")?),
        Err(_) => None,
    };
    print(&measured, recorded.as_ref());
    if cli.record {
        fs::write(&path, serde_json::to_string_pretty(&measured)? + "\n").context("write bench/results.json")?;
        println!("recorded in bench/results.json");
    }
    if cli.check {
        let faults = faults(&measured, recorded.as_ref().context("nothing is recorded: run with --record")?);
        if !faults.is_empty() {
            bail!("{}", faults.join("\n"));
        }
        println!("all within 2% of their record and within their targets");
    }
    Ok(())
}

fn print(measured: &Results, recorded: Option<&Results>) {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(["instruction", "CU", "recorded", "floor", "ratio", "target"]);
    for (name, cost) in &measured.instructions {
        let before = recorded.and_then(|recorded| recorded.instructions.get(name));
        let target = TARGETS.iter().find(|target| target.0 == name);
        table.add_row([
            name.clone(),
            cost.units.to_string(),
            before.map_or("-".into(), |before| before.units.to_string()),
            cost.floor.to_string(),
            if cost.floor == 0 { "-".into() } else { format!("{:.2}", cost.ratio()) },
            target.map_or(String::new(), |(_, units, ratio)| match ratio {
                Some(ratio) => format!("≤ {units}, ≤ {ratio:.2}"),
                None => format!("≤ {units}"),
            }),
        ]);
    }
    for column in 1..5 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    println!("{table}");
    println!(
        "floor of the four with a target ratio: measured, a program of nothing but their calls, creations and logs"
    );
    println!("floor of the others: derived from the runtime's cost constants and what the called programs report\n");

    let mut sizes = Table::new();
    sizes.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    sizes.set_header(["account", "bytes"]);
    for (name, size) in &measured.accounts {
        sizes.add_row([name.clone(), size.to_string()]);
    }
    println!("{sizes}");
}

/// What --check objects to.
fn faults(measured: &Results, recorded: &Results) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, cost) in &measured.instructions {
        match recorded.instructions.get(name) {
            None => faults.push(format!("{name} is not recorded: run with --record")),
            // Compute units are far below 2^52.
            #[allow(clippy::cast_precision_loss)]
            Some(before) if cost.units as f64 > before.units as f64 * TOLERANCE => {
                faults.push(format!("{name} rose from {} to {} compute units", before.units, cost.units));
            }
            Some(_) => {}
        }
    }
    for (name, size) in &measured.accounts {
        if recorded.accounts.get(name) != Some(size) {
            faults.push(format!("{name} has {size} bytes, which is not what is recorded"));
        }
    }
    for (name, units, ratio) in TARGETS {
        let Some(cost) = measured.instructions.get(name) else {
            faults.push(format!("{name} was not measured"));
            continue;
        };
        if cost.units > units {
            faults.push(format!("{name} misses its target of {units} compute units"));
        }
        if let Some(ratio) = ratio.filter(|ratio| cost.ratio() > *ratio) {
            faults.push(format!("{name} misses its target of {ratio:.2} times the floor"));
        }
    }
    for (one, other) in EQUALS {
        let units = |name| measured.instructions.get(name).map(|cost| cost.units);
        if units(one).is_none() || units(one) != units(other) {
            faults.push(format!("{one} and {other} do not cost the same"));
        }
    }
    faults
}
