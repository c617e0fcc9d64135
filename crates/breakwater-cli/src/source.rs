//! Where the accounts of a pool are read from: the cluster, or a file that holds them.

use crate::context::Context;
use anyhow::{Context as _, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use coverage_client::snapshot::{Accounts, Snapshot};
use serde::{Deserialize, Serialize};
use solana_address::Address;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Where the accounts are, and where they go.
#[derive(clap::Args)]
pub struct Source {
    /// Read the accounts from a file that --save wrote, not from the cluster
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Write the accounts to a file too
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    save: Option<PathBuf>,
}

impl Source {
    /// The pool and all its accounts, which are saved when that is asked for.
    pub fn snapshot(&self, context: &Context) -> Result<(Address, Snapshot)> {
        let (pool, time, accounts) = match &self.state {
            Some(file) => read(file)?,
            None => {
                let pool = context.pool()?.address;
                let (time, accounts) = context.client.accounts_of(&pool)?;
                (pool, time, accounts)
            }
        };
        if let Some(file) = &self.save {
            save(file, &pool, time, &accounts)?;
        }
        Ok((pool, Snapshot::of(&pool, time, &accounts)?))
    }

    /// Whether the accounts are those of a file, not of the cluster.
    pub fn is_file(&self) -> bool {
        self.state.is_some()
    }

    /// The file that holds what was read.
    pub fn file(&self) -> Option<&Path> {
        self.state.as_deref().or(self.save.as_deref())
    }
}

/// The accounts of a pool as a file.
#[derive(Deserialize, Serialize)]
struct State {
    /// The pool.
    pool: String,
    /// The chain's time, unix seconds.
    time: u64,
    /// The accounts by their addresses.
    accounts: BTreeMap<String, Stored>,
}

/// One account.
#[derive(Deserialize, Serialize)]
struct Stored {
    /// The program that owns it.
    owner: String,
    /// Its bytes, base64.
    data: String,
}

/// Reads a file that [`save`] wrote.
fn read(file: &Path) -> Result<(Address, u64, Accounts)> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let state: State = serde_json::from_str(&text).with_context(|| format!("{} is no saved state", file.display()))?;
    let address = |text: &str| text.parse::<Address>().with_context(|| format!("`{text}` is no address"));
    let mut accounts = Accounts::new();
    for (at, stored) in &state.accounts {
        let data = STANDARD.decode(&stored.data).with_context(|| format!("the bytes of {at} are no base64"))?;
        accounts.insert(address(at)?, (address(&stored.owner)?, data));
    }
    Ok((address(&state.pool)?, state.time, accounts))
}

/// Writes the accounts of a pool.
fn save(file: &Path, pool: &Address, time: u64, accounts: &Accounts) -> Result<()> {
    let stored = accounts.iter().map(|(address, (owner, data))| {
        (address.to_string(), Stored { owner: owner.to_string(), data: STANDARD.encode(data) })
    });
    let state = State { pool: pool.to_string(), time, accounts: stored.collect() };
    fs::write(file, serde_json::to_string_pretty(&state)?).with_context(|| format!("cannot write {}", file.display()))
}
