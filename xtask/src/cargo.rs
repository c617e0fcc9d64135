//! The host's cargo, on the root workspace and on the chain workspace in `programs/`.

use crate::shell;
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The folder of the repository.
pub fn root() -> Result<PathBuf> {
    // Cargo sets the variable when it runs this binary; the other path serves a binary started by hand.
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = package.parent().context("xtask is not inside the repository")?;
    Ok(root.to_owned())
}

/// Where the bytecode of the programs lies.
pub fn deploy() -> Result<PathBuf> {
    Ok(root()?.join("target/deploy"))
}

/// A cargo command on the root workspace, which finds the bytecode through `SBF_OUT_DIR`.
pub fn host(subcommand: &str) -> Result<Command> {
    let mut cargo = cargo(subcommand)?;
    cargo.env("SBF_OUT_DIR", deploy()?);
    Ok(cargo)
}

/// A cargo command on the chain workspace, built for the host.
pub fn chain(subcommand: &str) -> Result<Command> {
    let mut cargo = cargo(subcommand)?;
    cargo.arg("--manifest-path").arg(manifest()?).env("CARGO_TARGET_DIR", root()?.join("target/chain-host"));
    Ok(cargo)
}

fn manifest() -> Result<PathBuf> {
    Ok(root()?.join("programs/Cargo.toml"))
}

fn cargo(subcommand: &str) -> Result<Command> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg(subcommand).current_dir(root()?);
    Ok(cargo)
}

/// A program of the chain workspace.
pub struct Program {
    /// Package name.
    pub name: String,
    /// Package version.
    pub version: String,
    /// The package's Cargo.toml.
    pub manifest: PathBuf,
    /// File name of the bytecode without its extension.
    pub library: String,
}

/// Every package of the chain workspace that builds a shared library, by name.
pub fn programs() -> Result<Vec<Program>> {
    let mut metadata = chain("metadata")?;
    metadata.args(["--no-deps", "--locked", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&shell::stdout(&mut metadata)?)
        .context("`cargo metadata` printed something else than JSON")?;
    let mut programs: Vec<_> = items(&metadata["packages"])
        .filter_map(|package| {
            let library =
                items(&package["targets"]).find(|target| items(&target["crate_types"]).any(|kind| kind == "cdylib"))?;
            Some(Program {
                name: package["name"].as_str()?.to_owned(),
                version: package["version"].as_str()?.to_owned(),
                manifest: package["manifest_path"].as_str()?.into(),
                library: library["name"].as_str()?.replace('-', "_"),
            })
        })
        .collect();
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(programs)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Which packages cargo resolves features for.
#[derive(Clone, Copy)]
pub enum Scope {
    /// The binary's own package: the least to build on a cold machine.
    Package,
    /// The whole workspace: the same features as the tests, so that what they built is used again.
    Workspace,
}

/// Builds the binary that a package is named after, and returns the command that runs it.
pub fn binary(package: &str, scope: Scope) -> Result<Command> {
    binary_of(package, package, scope)
}

/// Builds a binary of a package, and returns the command that runs it.
pub fn binary_of(package: &str, name: &str, scope: Scope) -> Result<Command> {
    let mut build = host("build")?;
    build.args(["--locked", "--message-format=json-render-diagnostics", "--bin", name]);
    match scope {
        Scope::Package => build.args(["--package", package]),
        Scope::Workspace => build.arg("--workspace"),
    };
    // Cargo's messages say where the binary is; its progress bar goes to the terminal.
    let messages = shell::stdout(&mut build)?;
    let executable = messages
        .lines()
        .filter_map(|message| serde_json::from_str::<Value>(message).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .with_context(|| format!("cargo built no binary named {name}"))?;
    let mut command = Command::new(executable);
    command.current_dir(root()?).env("SBF_OUT_DIR", deploy()?).stdin(Stdio::inherit());
    Ok(command)
}

/// Cargo's cache on this machine.
pub fn home() -> Result<PathBuf> {
    match env::var_os("CARGO_HOME") {
        Some(home) => Ok(home.into()),
        None => Ok(user_home()?.join(".cargo")),
    }
}

/// The user's home folder.
pub fn user_home() -> Result<PathBuf> {
    env::home_dir().filter(|home| home != Path::new("")).context("no home folder: set HOME")
}
