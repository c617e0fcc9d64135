//! `cargo xtask ts` and `cargo xtask app`: the TypeScript client and the dApp.

use crate::{
    cargo::{self, Scope},
    localnet::Localnet,
    sbf, setup, shell, wasm,
};
use anyhow::Result;
use std::process::Command;

/// The port of the local network that the dApp expects.
const PORT: u16 = 8899;

/// Installs what the lock names, and checks drift, types, style, unit tests and format.
pub fn check() -> Result<()> {
    prepare()?;
    for script in ["generate:check", "check", "test"] {
        shell::stream(npm()?.args(["run", script, "--workspaces", "--if-present"]))?;
    }
    shell::stream(npm()?.args(["run", "lint"]))?;
    shell::stream(npm()?.args(["run", "format:check"]))
}

/// Plays pools' lives on a local network: through the client, and through the page in Chromium.
pub fn stories(scope: Scope) -> Result<()> {
    setup::chromium()?;
    let network = Localnet::start(0, scope)?;
    shell::stream(
        npm()?
            .args(["run", "e2e", "--workspaces", "--if-present"])
            .env("BREAKWATER_RPC", &network.rpc)
            .env("BREAKWATER_WS", &network.websocket)
            .env("BREAKWATER_BIN", &network.tool)
            .env("BREAKWATER_CONFIG", &network.configuration)
            .env("BREAKWATER_POOL", &network.pool),
    )
}

/// Serves the dApp beside a local network, until Ctrl-C.
pub fn app() -> Result<()> {
    sbf::run()?;
    prepare()?;
    shell::stream(npm()?.args(["run", "build", "-w", "app"]))?;
    let network = Localnet::start(PORT, Scope::Package)?;
    println!("local network: {}, {}", network.rpc, network.websocket);
    shell::stream(npm()?.args(["run", "preview", "-w", "app"]))
}

/// What every npm script takes: the rules and formulas, and the packages that the lock names.
fn prepare() -> Result<()> {
    wasm::run()?;
    setup::node()?;
    shell::stream(npm()?.args(["ci", "--no-audit", "--no-fund"]))
}

fn npm() -> Result<Command> {
    let mut npm = Command::new("npm");
    npm.current_dir(cargo::root()?);
    Ok(npm)
}
