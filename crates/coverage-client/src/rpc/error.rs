//! What can go wrong between a program and a cluster, in words.

use crate::{BreakwaterError, ID, snapshot::SnapshotError};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_rpc_client_api::client_error::{Error as ClientError, ErrorKind};
use solana_signature::Signature;
use solana_transaction_error::TransactionError;
use spl_token_interface::error::TokenError;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The cluster did not answer, or with an error.
    #[error("{}", words(.0))]
    Rpc(Box<ClientError>),
    /// There is nothing at an address.
    #[error("there is no {name} at {address}")]
    Missing {
        /// What was expected.
        name: &'static str,
        /// Where.
        address: Address,
    },
    /// There is something else at an address.
    #[error("{address} is no {name}")]
    Other {
        /// What was expected.
        name: &'static str,
        /// Where.
        address: Address,
    },
    /// The program refused.
    #[error("{error} (error {}, {error:?})", error.code())]
    Program {
        /// Its error.
        error: BreakwaterError,
        /// What the transaction logged.
        logs: Vec<String>,
    },
    /// Something else in the transaction failed.
    #[error("{}", failure(error, logs))]
    Transaction {
        /// The cluster's error.
        error: TransactionError,
        /// What the transaction logged.
        logs: Vec<String>,
    },
    /// Nobody knows yet whether the transaction will be confirmed.
    #[error("transaction {0} was not confirmed in time, and may still be: look before you send another")]
    Unconfirmed(Signature),
    /// The network took none of several transactions: nothing has happened.
    #[error("the network took none of several transactions; a higher --priority-fee may help")]
    Expired,
    /// A pool was changed whenever it was read.
    #[error("{0} changes faster than it can be read")]
    Busy(Address),
    /// A transaction did not log what was expected.
    #[error("the program logged no such event")]
    NoEvent,
    /// An account could not be signed for.
    #[error("a signature is missing: {0}")]
    Signature(#[from] solana_signer::SignerError),
    /// Accounts that do not make up a pool.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

/// What a request comes to.
pub type Result<T> = std::result::Result<T, Error>;

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        Self::Rpc(Box::new(error))
    }
}

/// The connection's error in words, without the layers around it.
fn words(error: &ClientError) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    match error.kind() {
        ErrorKind::Io(_) | ErrorKind::Reqwest(_) | ErrorKind::Middleware(_) => {
            format!("the cluster does not answer: {deepest}")
        }
        _ => deepest.to_string(),
    }
}

impl Error {
    /// The program's own error, when that is what it is.
    #[must_use]
    pub fn program(&self) -> Option<BreakwaterError> {
        if let Self::Program { error, .. } = self { Some(*error) } else { None }
    }

    /// Whether the transaction was refused, rather than the cluster being out of reach.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Program { .. } | Self::Transaction { .. })
    }

    /// What the transaction logged.
    #[must_use]
    pub fn logs(&self) -> &[String] {
        match self {
            Self::Program { logs, .. } | Self::Transaction { logs, .. } => logs,
            _ => &[],
        }
    }

    /// The error of a transaction that failed with these logs.
    pub(super) fn of_transaction(error: TransactionError, logs: Vec<String>) -> Self {
        let code = match &error {
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => Some(*code),
            _ => None,
        };
        // A code means what the program that failed first means by it.
        let ours = failed(&logs).is_none_or(|(program, _)| program == ID.to_string());
        match code.filter(|_| ours).and_then(BreakwaterError::from_code) {
            Some(error) => Self::Program { error, logs },
            None => Self::Transaction { error, logs },
        }
    }
}

/// The program that failed first, and why.
fn failed(logs: &[String]) -> Option<(&str, &str)> {
    logs.iter().find_map(|line| line.strip_prefix("Program ")?.split_once(" failed: "))
}

/// A failure outside the program, in words as far as there are any.
fn failure(error: &TransactionError, logs: &[String]) -> String {
    let Some((program, reason)) = failed(logs) else { return error.to_string() };
    let code = reason.strip_prefix("custom program error: 0x").and_then(|code| u32::from_str_radix(code, 16).ok());
    let token = program == spl_token_interface::ID.to_string();
    if let Some(error) = code.filter(|_| token).and_then(|code| TokenError::try_from(code).ok()) {
        return format!("the token program refused: {error}");
    }
    // The system program says what it lacks in a line of its own.
    let hint = logs.iter().find_map(|line| line.strip_prefix("Transfer: "));
    hint.map_or_else(
        || format!("program {program} failed: {reason}"),
        |hint| format!("a transfer of SOL failed: {hint}"),
    )
}
