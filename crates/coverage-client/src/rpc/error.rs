//! What can go wrong between a program and a cluster, in words.

use crate::{BreakwaterError, ID, TOKEN_2022_ID, snapshot::SnapshotError};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_rpc_client_api::client_error::{Error as ClientError, ErrorKind};
use solana_signature::Signature;
use solana_transaction_error::TransactionError;
use spl_token_interface::error::TokenError;

/// Which account of a transaction pays for it.
const PAYER: u8 = 0;

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

    /// Whether nobody answers.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        let Self::Rpc(error) = self else { return false };
        matches!(error.kind(), ErrorKind::Io(_) | ErrorKind::Reqwest(_) | ErrorKind::Middleware(_))
    }

    /// Whether the one who signs has too little SOL: for the fee, for rent, or to exist afterwards.
    #[must_use]
    pub fn wants_sol(&self) -> bool {
        use TransactionError as T;
        match self {
            Self::Transaction { error: T::AccountNotFound | T::InsufficientFundsForFee, .. } => true,
            Self::Transaction { error: T::InsufficientFundsForRent { account_index: PAYER }, .. } => true,
            Self::Transaction { logs, .. } => short_of_sol(logs).is_some(),
            _ => false,
        }
    }

    /// Whether somebody has too few tokens for a transfer.
    #[must_use]
    pub fn wants_tokens(&self) -> bool {
        let Self::Transaction { logs, .. } = self else { return false };
        failed(logs).and_then(|(program, reason)| token_error(program, reason)) == Some(TokenError::InsufficientFunds)
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

/// What a token program's error means: those that SPL Token knows are the same in Token-2022.
fn token_error(program: &str, reason: &str) -> Option<TokenError> {
    let token = [spl_token_interface::ID, TOKEN_2022_ID].iter().any(|id| program == id.to_string());
    custom(reason).filter(|_| token).and_then(|code| TokenError::try_from(code).ok())
}

fn custom(reason: &str) -> Option<u32> {
    u32::from_str_radix(reason.strip_prefix("custom program error: 0x")?, 16).ok()
}

/// What the system program says about SOL that is missing.
fn short_of_sol(logs: &[String]) -> Option<&str> {
    logs.iter()
        .find_map(|line| line.strip_prefix("Transfer: ").filter(|text| text.starts_with("insufficient lamports")))
}

/// A failure outside the program, in words as far as there are any.
fn failure(error: &TransactionError, logs: &[String]) -> String {
    match error {
        TransactionError::AccountNotFound => return "the wallet that pays has no SOL".into(),
        TransactionError::InsufficientFundsForFee => {
            return "the wallet that pays has too little SOL for the fee".into();
        }
        TransactionError::InsufficientFundsForRent { account_index: PAYER } => {
            return "the wallet that pays would be left with less SOL than an account needs to exist (it would not be \
                    rent-exempt)"
                .into();
        }
        TransactionError::InsufficientFundsForRent { account_index } => {
            return format!("account {account_index} of the transaction would hold less SOL than it needs to exist");
        }
        _ => {}
    }
    let Some((program, reason)) = failed(logs) else { return error.to_string() };
    if let Some(error) = token_error(program, reason) {
        return format!("the token program refused: {error}");
    }
    if let Some(hint) = short_of_sol(logs) {
        return format!("a transfer of SOL failed: {hint}");
    }
    if logs.iter().any(|line| line.starts_with("Allocate: account ") && line.ends_with(" already in use")) {
        return "the account that this creates exists: it was done before".into();
    }
    // What Anchor says of an account that is not there, or is another's.
    const NO_ACCOUNT: [InstructionError; 4] = [
        InstructionError::AccountDataTooSmall,
        InstructionError::IllegalOwner,
        InstructionError::UninitializedAccount,
        InstructionError::InvalidAccountData,
    ];
    match error {
        TransactionError::InstructionError(_, kind) if program == ID.to_string() && NO_ACCOUNT.contains(kind) => {
            format!("an account that this needs does not exist, or is of another kind ({reason})")
        }
        _ => format!("program {program} failed: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed_with(program: &str, reason: &str, error: InstructionError) -> Error {
        let logs = vec![format!("Program {program} failed: {reason}"), format!("Program {ID} failed: {reason}")];
        Error::of_transaction(TransactionError::InstructionError(0, error), logs)
    }

    #[test]
    fn a_code_means_what_the_program_that_failed_first_means() {
        let code = BreakwaterError::ZeroAmount.code();
        let reason = format!("custom program error: {code:#x}");
        let ours = failed_with(&ID.to_string(), &reason, InstructionError::Custom(code));
        assert_eq!(ours.program(), Some(BreakwaterError::ZeroAmount));
        assert!(ours.is_refusal() && !ours.wants_sol() && !ours.wants_tokens());
        let theirs =
            failed_with("Other11111111111111111111111111111111111111", &reason, InstructionError::Custom(code));
        assert_eq!(theirs.program(), None);
    }

    #[test]
    fn both_token_programs_are_understood() {
        for program in [spl_token_interface::ID, TOKEN_2022_ID] {
            let error = failed_with(&program.to_string(), "custom program error: 0x1", InstructionError::Custom(1));
            assert!(error.wants_tokens(), "{error}");
            assert_eq!(error.to_string(), "the token program refused: Insufficient funds");
        }
    }

    #[test]
    fn too_little_sol_is_said_in_words() {
        let of = |error| Error::of_transaction(error, Vec::new());
        for (error, words) in [
            (TransactionError::AccountNotFound, "has no SOL"),
            (TransactionError::InsufficientFundsForFee, "too little SOL for the fee"),
            (TransactionError::InsufficientFundsForRent { account_index: 0 }, "would not be rent-exempt"),
        ] {
            let error = of(error);
            assert!(error.wants_sol() && error.to_string().contains(words), "{error}");
        }
        let other = of(TransactionError::InsufficientFundsForRent { account_index: 3 });
        assert!(!other.wants_sol() && other.to_string().starts_with("account 3"), "{other}");
        let mut logs = vec!["Transfer: insufficient lamports 5, need 7".to_owned()];
        logs.push("Program 11111111111111111111111111111111 failed: custom program error: 0x1".into());
        let error = TransactionError::InstructionError(0, InstructionError::Custom(1));
        let error = Error::of_transaction(error, logs);
        assert!(error.wants_sol() && error.to_string().contains("need 7"), "{error}");
    }
}
