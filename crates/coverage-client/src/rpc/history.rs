//! What the program logged before, and what it logs now.

use super::{Client, Result};
use crate::Event;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_rpc_client::rpc_client::GetConfirmedSignaturesForAddress2Config;
use solana_rpc_client_api::config::RpcTransactionConfig;
use solana_signature::Signature;
use solana_transaction_status_client_types::{UiTransactionEncoding, option_serializer::OptionSerializer};

/// How many signatures are asked for at once.
const PAGE: usize = 1_000;

/// The events of one transaction.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The transaction.
    pub signature: Signature,
    /// Its slot.
    pub slot: u64,
    /// When, unix seconds, as far as the cluster knows.
    pub time: Option<i64>,
    /// Its events in order.
    pub events: Vec<Event>,
}

impl Client {
    /// The successful transactions that touched `address`, after `until` if it is given: the oldest first.
    pub fn signatures(&self, address: &Address, until: Option<Signature>) -> Result<Vec<Signature>> {
        let mut found = Vec::new();
        let mut before = None;
        loop {
            let config = GetConfirmedSignaturesForAddress2Config {
                before,
                until,
                limit: Some(PAGE),
                commitment: Some(CommitmentConfig::confirmed()),
            };
            let page = self.rpc.get_signatures_for_address_with_config(address, config)?;
            let last = page.last().and_then(|entry| entry.signature.parse().ok());
            let full = page.len() == PAGE;
            let succeeded = page.into_iter().filter(|entry| entry.err.is_none());
            found.extend(succeeded.filter_map(|entry| entry.signature.parse::<Signature>().ok()));
            before = last;
            if !full || before.is_none() {
                break;
            }
        }
        found.reverse();
        Ok(found)
    }

    /// What a transaction logged.
    pub fn logged(&self, signature: &Signature) -> Result<Logged> {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(0),
        };
        let transaction = self.rpc.get_transaction_with_config(signature, config)?;
        let logs = match transaction.transaction.meta.map(|meta| meta.log_messages) {
            Some(OptionSerializer::Some(logs)) => logs,
            _ => Vec::new(),
        };
        let events = crate::events(&logs);
        Ok(Logged { signature: *signature, slot: transaction.slot, time: transaction.block_time, events })
    }
}
