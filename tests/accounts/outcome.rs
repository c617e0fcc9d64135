//! What came of a call, in words.

use coverage_client::{BreakwaterError, ID};
use harness::Receipt;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;
use spl_token_interface::error::TokenError;

/// What stands in the table for a success.
pub const OK: &str = "ok";

/// The outcome as it stands in the table: an error's name, after the program's when it is not Breakwater.
pub fn name(receipt: &Receipt) -> String {
    let error = match &receipt.result {
        Ok(()) => return OK.into(),
        Err(TransactionError::InstructionError(_, error)) => error,
        // Without the account's number in the transaction.
        Err(TransactionError::InsufficientFundsForRent { .. }) => return "runtime InsufficientFundsForRent".into(),
        Err(other) => return format!("runtime {other:?}"),
    };
    let failed = receipt.logs.iter().find_map(|line| {
        let (program, said) = line.strip_prefix("Program ")?.split_once(' ')?;
        said.starts_with("failed").then_some(program)
    });
    let program = match failed {
        Some(program) if program == ID.to_string() => "",
        Some(program) if program == spl_token_interface::ID.to_string() => "token ",
        Some("11111111111111111111111111111111") => "system ",
        _ => "another program's ",
    };
    match error {
        InstructionError::Custom(code) => format!("{program}{}", custom(program, *code)),
        other => format!("{program}{other:?}"),
    }
}

/// The name of a program's own error.
fn custom(program: &str, code: u32) -> String {
    let known = match program {
        "" => BreakwaterError::from_code(code).map(|error| format!("{error:?}")).or_else(|| anchors(code)),
        "token " => TokenError::try_from(code).ok().map(|error| format!("{error:?}")),
        // Of the system program's, which has no crate with names here.
        "system " => {
            ["AccountAlreadyInUse", "ResultWithNegativeLamports"].get(code as usize).map(|name| (*name).into())
        }
        _ => None,
    };
    known.unwrap_or_else(|| format!("Custom({code})"))
}

/// Anchor's.
fn anchors(code: u32) -> Option<String> {
    let name = match code {
        2000 => "ConstraintMut",
        2003 => "ConstraintRaw",
        2005 => "ConstraintRentExempt",
        2007 => "ConstraintExecutable",
        2011 => "ConstraintClose",
        2012 => "ConstraintAddress",
        2019 => "ConstraintSpace",
        2020 => "ConstraintAccountIsNone",
        2040 => "ConstraintDuplicateMutableAccount",
        _ => return None,
    };
    Some(name.into())
}
