//! The results as CSV: one number to a line, amounts in atoms, parts of one with six decimals.

use crate::{Report, Summary, factor_bps};

/// All numbers of a report: `scenario,scope,name,measure,value`.
#[must_use]
pub fn csv(report: &Report) -> String {
    let mut rows = Rows { csv: csv::Writer::from_writer(Vec::new()), scenario: "drawn" };
    // What is written is text and goes to memory: it cannot fail.
    let _ = rows.csv.write_record(["scenario", "scope", "name", "measure", "value"]);
    rows.summary(&report.drawn);
    if let Some(calendar) = &report.calendar {
        rows.scenario = "calendar";
        rows.summary(calendar);
    }
    rows.scenario = "replay";
    for it in &report.replayed {
        let (incident, settled) = (&report.incidents[it.incident], &it.settled);
        let line = &report.plan.book.products[settled.product];
        let name = format!("{} {}: {}", incident.date, incident.protocol, line.name);
        let mut row = |measure, value: u64| rows.row("incident", &name, measure, value.to_string());
        row("severity_bps", it.severity_bps.into());
        row("claims", settled.claims);
        row("approved", settled.approved);
        row("paid", settled.settled);
        row("factor_bps", factor_bps(settled).into());
    }
    String::from_utf8(rows.csv.into_inner().unwrap_or_default()).unwrap_or_default()
}

struct Rows {
    csv: csv::Writer<Vec<u8>>,
    scenario: &'static str,
}

impl Rows {
    fn row(&mut self, scope: &str, name: &str, measure: &str, value: String) {
        let _ = self.csv.write_record([self.scenario, scope, name, measure, &value]);
    }

    fn summary(&mut self, it: &Summary) {
        let mut row = |measure: &str, value: String| self.row("pool", "", measure, value);
        row("runs", it.runs.to_string());
        row("capital", it.capital.to_string());
        row("hit", real(it.hit));
        row("short", real(it.short));
        row("short_error", real(it.short_error));
        row("loss_mean", it.loss.mean.to_string());
        row("loss_q95", it.loss.q95.to_string());
        row("loss_q99", it.loss.q99.to_string());
        row("loss_q995", it.loss.q995.to_string());
        row("loss_worst_hundredth", it.loss.tail.to_string());
        row("loss_worst", it.loss.worst.to_string());
        if let Some(factor) = &it.factor {
            row("claims", factor.claims.to_string());
            row("factor_mean", real(factor.mean));
            row("factor_whole", real(factor.whole));
            row("factor_q05_bps", factor.q05_bps.to_string());
            row("factor_q01_bps", factor.q01_bps.to_string());
            row("factor_worst_bps", factor.worst_bps.to_string());
        }
        row("earned", it.earned.to_string());
        row("approved", it.approved.to_string());
        row("paid", it.paid.to_string());
        row("lapsed", it.lapsed.to_string());
        for (scope, shares) in [("product", &it.products), ("group", &it.groups)] {
            for share in shares {
                let mut row = |measure: &str, value: String| self.row(scope, &share.name, measure, value);
                row("incidents", real(share.incidents));
                row("hit", real(share.hit));
                row("short", real(share.short));
                row("earned", share.earned.to_string());
                row("approved", share.approved.to_string());
                row("paid", share.paid.to_string());
                row("of_paid", real(share.of_paid));
                row("of_tail", real(share.of_tail));
                row("shared", real(share.shared));
            }
        }
    }
}

fn real(number: f64) -> String {
    format!("{number:.6}")
}
