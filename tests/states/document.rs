//! The page that people read.

use crate::{
    declaration::{ballot, booking, claim, depeg, incident},
    machine::{Column, Machine, Outcome, Row},
};
use std::fmt::{Debug, Write as _};

/// What writes the page.
pub const COMMAND: &str = "UPDATE_DOCS=1 cargo test -p breakwater-tests --test states";

/// What the page begins with.
const INTRODUCTION: &str = "
What ballots, incidents, bookings and claims go through, and what each instruction does in each state. The test that prints this
page brings a pool into every state by instructions and time alone, tries every instruction there, and fails unless
exactly what stands here comes of it.

In the pictures, an arrow is an instruction, or *time*, which needs none. In the tables,

- *yes*: it is allowed, and the state stays the same;
- *→ state*: it is allowed, and leads there;
- a name: it is refused with that [error](errors.md);
- *exists*: it is refused, since the account that it would create exists already;
- *–*: it is refused, since an account that it needs does not exist.

Where a cell holds several of these, it depends on what was voted, claimed and paid before.
";

/// `docs/states.md`.
pub fn page() -> String {
    let mut out =
        format!("# States\n\nGenerated from `tests/states/declaration` by `{COMMAND}`: do not edit.\n{INTRODUCTION}");
    machine(&mut out, &ballot::MACHINE).expect("a string takes all");
    machine(&mut out, &incident::MACHINE).expect("a string takes all");
    machine(&mut out, &depeg::MACHINE).expect("a string takes all");
    machine(&mut out, &booking::MACHINE).expect("a string takes all");
    machine(&mut out, &claim::MACHINE).expect("a string takes all");
    out.push_str("\n[errors]: errors.md\n");
    out
}

fn machine<S: Copy + Debug + PartialEq, const N: usize>(out: &mut String, machine: &Machine<S, N>) -> std::fmt::Result {
    writeln!(out, "\n## {}\n\n{}\n", machine.name, machine.about)?;
    picture(out, machine)?;

    writeln!(out, "\n| state | what it is |\n| --- | --- |")?;
    for row in machine.rows {
        writeln!(out, "| {} | {} |", row.title, row.meaning)?;
    }

    writeln!(out, "\n| state | {} |", machine.columns.each_ref().map(|column| column.instruction).join(" | "))?;
    writeln!(out, "| --- |{}", " --- |".repeat(N))?;
    for row in machine.rows {
        let cells = row.cells.map(|outcomes| cell(machine, row, outcomes));
        writeln!(out, "| {} | {} |", row.title, cells.join(" | "))?;
    }

    let noted: Vec<_> = machine.columns.iter().filter(|column| !column.note.is_empty()).collect();
    if !noted.is_empty() {
        writeln!(out, "\nWhat exactly was tried, where the name does not say it:\n")?;
    }
    for Column { instruction, note, .. } in noted {
        writeln!(out, "- `{instruction}`: {note}")?;
    }
    Ok(())
}

/// What comes of an instruction, in a cell of the table.
fn cell<S: Copy + PartialEq, const N: usize>(machine: &Machine<S, N>, row: &Row<S, N>, cell: &[Outcome<S>]) -> String {
    let outcome = |outcome: &Outcome<S>| match outcome {
        Outcome::To(state) if *state == row.state => "yes".into(),
        Outcome::To(state) => {
            let title = machine.rows.iter().find(|row| row.state == *state).map(|row| row.title);
            format!("→ {}", title.expect("every state has a row"))
        }
        Outcome::Fails(error) => format!("[{error:?}][errors]"),
        Outcome::Taken => "exists".into(),
        Outcome::NoAccount => "–".into(),
    };
    cell.iter().map(outcome).collect::<Vec<_>>().join("<br>")
}

/// The machine as a Mermaid diagram: its last state, in which the account is closed, is the end.
fn picture<S: Copy + Debug + PartialEq, const N: usize>(out: &mut String, machine: &Machine<S, N>) -> std::fmt::Result {
    let end = machine.rows.last().map(|row| row.state);
    let name = |state: S| if Some(state) == end { "[*]".into() } else { format!("{state:?}") };
    writeln!(out, "```mermaid\nstateDiagram-v2")?;
    for row in machine.rows.iter().filter(|row| Some(row.state) != end) {
        writeln!(out, "    {:?}: {}", row.state, row.title)?;
    }
    for (instruction, state, _) in machine.births {
        writeln!(out, "    [*] --> {}: {instruction}", name(*state))?;
    }
    for row in machine.rows {
        let mut arrows: Vec<(S, Vec<&str>)> = Vec::new();
        let mut arrow = |by, to| match arrows.iter_mut().find(|(state, _)| *state == to) {
            Some((_, names)) => names.push(by),
            None => arrows.push((to, vec![by])),
        };
        for (column, outcomes) in machine.columns.iter().zip(row.cells) {
            for outcome in outcomes {
                if let Outcome::To(state) = outcome
                    && *state != row.state
                {
                    arrow(column.instruction, *state);
                }
            }
        }
        row.passes.iter().for_each(|(by, state)| arrow(by, *state));
        for (state, names) in arrows {
            writeln!(out, "    {} --> {}: {}", name(row.state), name(state), names.join(", "))?;
        }
    }
    writeln!(out, "```")
}
