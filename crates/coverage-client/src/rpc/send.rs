//! Sending a transaction until it is confirmed.

use super::{Client, Error, Result};
use crate::{Event, ID};
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_compute_budget_interface::ComputeBudgetInstruction;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_rpc_client_api::config::{RpcSendTransactionConfig, RpcSimulateTransactionConfig, RpcTransactionConfig};
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_status_client_types::{UiTransactionEncoding, option_serializer::OptionSerializer};
use std::{
    thread,
    time::{Duration, Instant},
};

/// Compute units that a transaction may ask for at most.
const MAX_UNITS: u32 = 1_400_000;
/// Added to what a simulation took: accounts can change before it lands, and the two budget instructions take some.
const SPARE_UNITS: u32 = 10_000;
/// Bytes of a transaction at most, and of them what one signature and the budget instructions take.
const MAX_BYTES: usize = 1_232;
const SPARE_BYTES: usize = 65 + 64;
/// How often a transaction that expired is signed anew.
const ATTEMPTS: usize = 3;
/// How often the network is told again.
const RESEND: Duration = Duration::from_secs(2);

/// How transactions are sent.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Simulate first: the compute limit is then what it takes, and what fails is never sent.
    pub simulate: bool,
    /// Micro-lamports per compute unit; `None` asks the cluster what others paid lately.
    pub priority: Option<u64>,
    /// How long to wait for the confirmation.
    pub patience: Duration,
    /// Time between two looks at the status.
    pub poll: Duration,
}

impl Default for Sending {
    fn default() -> Self {
        Self { simulate: true, priority: None, patience: Duration::from_secs(60), poll: Duration::from_millis(50) }
    }
}

/// A confirmed transaction, or a simulated one.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Its signature.
    pub signature: Signature,
    /// Compute units that the program took; `None` when it was not called.
    pub units: Option<u64>,
    /// What the program logged.
    pub events: Vec<Event>,
    /// What the program returned, when it was simulated.
    pub returned: Option<Vec<u8>>,
}

impl Receipt {
    /// The event that `which` picks out.
    ///
    /// # Errors
    /// [`Error::NoEvent`].
    pub fn event<T>(&self, which: impl Fn(Event) -> Option<T>) -> Result<T> {
        self.events.iter().copied().find_map(which).ok_or(Error::NoEvent)
    }
}

/// What a simulation came to.
struct Trial {
    units: u64,
    logs: Vec<String>,
    returned: Option<Vec<u8>>,
}

impl Client {
    /// Signs and sends a transaction, repeats it until it is confirmed, and reads what it did. The first signer pays.
    ///
    /// # Errors
    /// [`Error::Program`] when the program refuses; then nothing has happened.
    pub fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<Receipt> {
        let payer = payer(signers)?;
        let mut instructions = instructions.to_vec();
        if self.sending.simulate {
            let trial = self.trial(&instructions, signers)?;
            let units = u32::try_from(trial.units).unwrap_or(MAX_UNITS);
            let limit = units.saturating_add(units / 10).saturating_add(SPARE_UNITS).min(MAX_UNITS);
            let price = self.sending.priority.map_or_else(|| self.usual_price(&instructions), Ok)?;
            let budget = [
                ComputeBudgetInstruction::set_compute_unit_limit(limit),
                ComputeBudgetInstruction::set_compute_unit_price(price),
            ];
            instructions.splice(0..0, budget);
        }
        // A transaction whose blockhash is too old can never be confirmed any more: then another one is no second one.
        for _attempt in 0..ATTEMPTS {
            let confirmed = CommitmentConfig::confirmed();
            let (blockhash, last_height) = self.rpc.get_latest_blockhash_with_commitment(confirmed)?;
            let mut transaction = Transaction::new_with_payer(&instructions, Some(&payer));
            transaction.try_sign(signers, blockhash)?;
            let signature = transaction.signatures.first().copied().unwrap_or_default();
            if self.deliver(&transaction, &signature, last_height)? {
                return self.receipt(signature);
            }
        }
        Err(Error::Expired)
    }

    /// Sends a signed transaction again and again until it is confirmed; `false` when it can no longer be.
    fn deliver(&self, transaction: &Transaction, signature: &Signature, last_height: u64) -> Result<bool> {
        // What went wrong is seen in its own log, or was seen in the simulation.
        let config = RpcSendTransactionConfig { skip_preflight: true, max_retries: Some(0), ..Default::default() };
        let started = Instant::now();
        self.rpc.send_transaction_with_config(transaction, config)?;
        let mut sent = Instant::now();
        while started.elapsed() < self.sending.patience {
            if self.is_confirmed(signature)? {
                return Ok(true);
            }
            if sent.elapsed() >= RESEND {
                if self.rpc.get_block_height()? > last_height {
                    // It may have been confirmed in between.
                    return self.is_confirmed(signature);
                }
                // A repetition may be refused because the first one has arrived.
                let _ = self.rpc.send_transaction_with_config(transaction, config);
                sent = Instant::now();
            }
            thread::sleep(self.sending.poll);
        }
        Err(Error::Unconfirmed(*signature))
    }

    fn is_confirmed(&self, signature: &Signature) -> Result<bool> {
        let statuses = self.rpc.get_signature_statuses(&[*signature])?.value;
        let confirmed = CommitmentConfig::confirmed();
        Ok(statuses.iter().flatten().any(|status| status.satisfies_commitment(confirmed)))
    }

    /// Simulates a transaction; nothing is sent. The first signer would pay.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn simulate(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<Receipt> {
        let trial = self.trial(instructions, signers)?;
        let events = crate::events(&trial.logs);
        Ok(Receipt { signature: Signature::default(), units: units(&trial.logs), events, returned: trial.returned })
    }

    fn trial(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<Trial> {
        let payer = payer(signers)?;
        let limit = ComputeBudgetInstruction::set_compute_unit_limit(MAX_UNITS);
        let instructions = [&[limit], instructions].concat();
        let transaction = Transaction::new_with_payer(&instructions, Some(&payer));
        let config = RpcSimulateTransactionConfig {
            sig_verify: false,
            replace_recent_blockhash: true,
            commitment: Some(CommitmentConfig::confirmed()),
            ..Default::default()
        };
        let outcome = self.rpc.simulate_transaction_with_config(&transaction, config)?.value;
        let logs = outcome.logs.unwrap_or_default();
        if let Some(error) = outcome.err {
            return Err(Error::of_transaction(error.into(), logs));
        }
        let returned = outcome.return_data.and_then(|data| {
            use base64::{Engine, engine::general_purpose::STANDARD};
            STANDARD.decode(data.data.0).ok()
        });
        Ok(Trial { units: outcome.units_consumed.unwrap_or(MAX_UNITS.into()), logs, returned })
    }

    /// The price per compute unit that half of the latest blocks took for accounts like these, micro-lamports.
    fn usual_price(&self, instructions: &[Instruction]) -> Result<u64> {
        let accounts = instructions.iter().flat_map(|instruction| &instruction.accounts);
        let mut written: Vec<_> =
            accounts.filter(|account| account.is_writable).map(|account| account.pubkey).collect();
        written.sort();
        written.dedup();
        written.truncate(64);
        let mut prices: Vec<_> = self
            .rpc
            .get_recent_prioritization_fees(&written)?
            .into_iter()
            .map(|block| block.prioritization_fee)
            .collect();
        prices.sort_unstable();
        Ok(prices.get(prices.len() / 2).copied().unwrap_or(0))
    }

    fn receipt(&self, signature: Signature) -> Result<Receipt> {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(0),
        };
        let meta = self.rpc.get_transaction_with_config(&signature, config)?.transaction.meta;
        let meta = meta.ok_or(Error::Unconfirmed(signature))?;
        let logs = match meta.log_messages {
            OptionSerializer::Some(logs) => logs,
            _ => Vec::new(),
        };
        if let Some(error) = meta.err {
            return Err(Error::of_transaction(error.into(), logs));
        }
        Ok(Receipt { signature, units: units(&logs), events: crate::events(&logs), returned: None })
    }
}

/// Whether instructions fit one transaction that `payer` alone signs.
#[must_use]
pub fn fits(instructions: &[Instruction], payer: &Address) -> bool {
    Transaction::new_with_payer(instructions, Some(payer)).message_data().len() + SPARE_BYTES <= MAX_BYTES
}

fn payer(signers: &[&Keypair]) -> Result<Address> {
    Ok(signers.first().ok_or(solana_signer::SignerError::NotEnoughSigners)?.pubkey())
}

/// Compute units of the program's calls, read from a transaction's log lines; `None` when it was not called.
fn units(logs: &[String]) -> Option<u64> {
    let prefix = format!("Program {ID} consumed ");
    let calls = logs.iter().filter_map(|line| line.strip_prefix(&prefix)?.split(' ').next()?.parse::<u64>().ok());
    calls.reduce(u64::wrapping_add)
}
