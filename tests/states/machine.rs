//! The form of a declaration, and how it is held against the program.

use crate::stage::{Act, Stage};
use coverage_client::BreakwaterError;
use harness::Receipt;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;
use std::fmt::Debug;

/// The states of one kind of account.
pub struct Machine<S: 'static, const N: usize> {
    /// What it is, in the plural.
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub about: &'static str,
    /// What creates it.
    pub births: &'static [Birth<S>],
    /// The instructions of the table.
    pub columns: [Column; N],
    /// Instructions on other accounts that may take it to another state; they have no column.
    pub others: &'static [Column],
    /// Its states, in the order in which they come.
    pub rows: &'static [Row<S, N>],
}

/// An instruction that creates an account, the state it creates it in, and a stage on which it was just done.
pub type Birth<S> = (&'static str, S, fn() -> Stage);

/// What comes of an instruction in a state: each of these is seen to happen, and nothing else.
pub type Cell<S> = &'static [Outcome<S>];

/// An instruction.
pub struct Column {
    /// Its name.
    pub instruction: &'static str,
    /// What exactly is tried; empty when the name says it.
    pub note: &'static str,
    /// The ways to try it that make sense on a stage.
    pub tries: fn(&mut Stage) -> Vec<Act>,
}

/// A state.
pub struct Row<S: 'static, const N: usize> {
    /// The state.
    pub state: S,
    /// What people call it.
    pub title: &'static str,
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// What comes of each instruction of the table.
    pub cells: [Cell<S>; N],
    /// Where else it goes: in time, or by one of the other instructions.
    pub passes: &'static [(&'static str, S)],
}

/// What comes of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<S> {
    /// It is allowed, and leads to this state.
    To(S),
    /// The program refuses.
    Fails(BreakwaterError),
    /// The account it would create exists.
    Taken,
    /// An account it needs does not exist.
    NoAccount,
}

/// What time does, beside instructions.
pub const TIME: &str = "time";

/// Tries every instruction in every state, and lets time pass; asserts that they do all that is declared and nothing
/// else.
pub fn check<S: Copy + Debug + PartialEq, const N: usize>(
    machine: &Machine<S, N>,
    stages: fn(S) -> Vec<Stage>,
    recognise: fn(&mut Stage) -> S,
) {
    let mut surprises = Vec::new();
    for (instruction, state, stage) in machine.births {
        let found = recognise(&mut stage());
        note(&mut surprises, machine.name, instruction, &[*state], &[found]);
    }
    for row in machine.rows {
        let known = |name| name == TIME || machine.others.iter().any(|column| column.instruction == name);
        assert!(row.passes.iter().all(|(by, _)| known(*by)), "{:?} passes by something that is not tried", row.state);
        let title = format!("{} {:?}", machine.name, row.state);
        let mut stages = stages(row.state);
        let found: Vec<_> = stages.iter_mut().map(recognise).collect();
        note(&mut surprises, &title, "the stages", &[row.state], &found);
        if found.iter().any(|found| *found != row.state) {
            continue;
        }

        for (column, declared) in machine.columns.iter().zip(row.cells) {
            let outcomes = stages.iter_mut().flat_map(|stage| attempt(stage, column, recognise)).collect::<Vec<_>>();
            assert!(!outcomes.is_empty(), "{} is not tried", column.instruction);
            note(&mut surprises, &title, column.instruction, declared, &outcomes);
        }
        for column in machine.others {
            let outcomes = stages.iter_mut().flat_map(|stage| attempt(stage, column, recognise));
            let moved: Vec<_> = outcomes.filter_map(|outcome| moved(outcome, row.state)).collect();
            note(&mut surprises, &title, column.instruction, &passes(row, column.instruction), &moved);
        }
        let moved: Vec<_> = stages.iter().filter_map(|stage| in_time(stage, row.state, recognise)).collect();
        note(&mut surprises, &title, TIME, &passes(row, TIME), &moved);
    }
    assert!(surprises.is_empty(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

/// What comes of an instruction on a stage, in all the ways to try it.
fn attempt<S: Copy>(stage: &mut Stage, column: &Column, recognise: fn(&mut Stage) -> S) -> Vec<Outcome<S>> {
    let acts = (column.tries)(stage);
    let outcome = |act: Act| {
        let mut after = stage.clone();
        let receipt = after.act(act);
        refusal(&receipt).unwrap_or_else(|| {
            after.world.check_books();
            Outcome::To(recognise(&mut after))
        })
    };
    acts.into_iter().map(outcome).collect()
}

/// Why a transaction failed; `None` when it did not.
fn refusal<S>(receipt: &Receipt) -> Option<Outcome<S>> {
    let error = receipt.result.as_ref().err()?;
    let TransactionError::InstructionError(_, error) = error else {
        panic!("{error:?}\n{}", receipt.logs.join("\n"));
    };
    Some(match error {
        // The system program's, of an account to be created.
        InstructionError::Custom(0) if receipt.logs.iter().any(|line| line.contains("already in use")) => {
            Outcome::Taken
        }
        InstructionError::Custom(code) if BreakwaterError::from_code(*code).is_some() => {
            Outcome::Fails(BreakwaterError::from_code(*code).expect("just asked"))
        }
        // What Anchor says of an account without data, one that is written to and one that is not.
        InstructionError::AccountDataTooSmall | InstructionError::IllegalOwner => Outcome::NoAccount,
        other => panic!("{other:?}\n{}", receipt.logs.join("\n")),
    })
}

/// Where an instruction led, if to another state.
fn moved<S: PartialEq>(outcome: Outcome<S>, from: S) -> Option<S> {
    match outcome {
        Outcome::To(state) if state != from => Some(state),
        _ => None,
    }
}

/// The state that a stage comes to in time, if it does: in the very second in which one of its times comes.
fn in_time<S: Copy + Debug + PartialEq>(stage: &Stage, from: S, recognise: fn(&mut Stage) -> S) -> Option<S> {
    let mut stage = stage.clone();
    for time in stage.times() {
        for (now, last) in [(time - 1, false), (time, true)] {
            stage.set_now(now);
            let found = recognise(&mut stage);
            if found != from {
                assert!(last, "{from:?} becomes {found:?} a second early");
                return Some(found);
            }
        }
    }
    stage.world.pass_days(1_000);
    assert_eq!(recognise(&mut stage), from, "a state changed at a time nobody knows");
    None
}

/// Where a state goes by something that has no column.
fn passes<S: Copy, const N: usize>(row: &Row<S, N>, by: &str) -> Vec<S> {
    row.passes.iter().filter(|(name, _)| *name == by).map(|(_, state)| *state).collect()
}

/// Notes what was found but not declared, and what was declared but not found.
fn note<T: Debug + PartialEq>(surprises: &mut Vec<String>, title: &str, what: &str, declared: &[T], found: &[T]) {
    let unknown: Vec<_> = found.iter().filter(|found| !declared.contains(found)).collect();
    let missing: Vec<_> = declared.iter().filter(|declared| !found.contains(declared)).collect();
    if !unknown.is_empty() || !missing.is_empty() {
        surprises.push(format!("{title}, {what}: found {found:?}, declared {declared:?}"));
    }
}
