//! A local network beside a command: `breakwater localnet`, which ends with this process.

use crate::cargo::{self, Scope};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    ffi::OsString,
    process::{Child, Stdio},
};

/// A running network.
pub struct Localnet {
    child: Child,
    /// Where JSON-RPC is spoken over HTTP.
    pub rpc: String,
    /// Where it is spoken over websocket.
    pub websocket: String,
    /// The tool that runs it.
    pub tool: OsString,
    /// The configuration with which the tool talks to it; the wallets are beside it.
    pub configuration: String,
    /// The demo pool.
    pub pool: String,
}

impl Localnet {
    /// Starts one; port 0 takes two that are free.
    pub fn start(port: u16, scope: Scope) -> Result<Self> {
        let mut command = cargo::binary_of("breakwater-cli", "breakwater", scope)?;
        command.args(["localnet", "--tied", "--output", "json", "--port", &port.to_string()]);
        command.arg("--ledger").arg(cargo::root()?.join("target/localnet"));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start the local network")?;
        let output = child.stdout.take().context("the local network has no output")?;
        let record: Option<Result<Value, _>> = serde_json::Deserializer::from_reader(output).into_iter().next();
        let record = record.context("the local network did not start")?.context("the local network's output")?;
        let text = |name: &str| record[name].as_str().map(str::to_owned).with_context(|| format!("no {name}"));
        Ok(Self {
            rpc: text("rpc")?,
            websocket: text("websocket")?,
            tool: command.get_program().to_owned(),
            configuration: text("configuration")?,
            pool: text("pool")?,
            child,
        })
    }
}

impl Drop for Localnet {
    fn drop(&mut self) {
        // It is tied to its input.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
