//! `cargo xtask build --verify`: the same source gives the same bytes in another folder with another cargo cache.

use crate::{
    cargo,
    sbf::{self, Bytecode, Place},
    setup, shell,
};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path, process::Command};

/// Builds the source a second time in a temporary folder, and fails unless every program has the same hash.
pub fn run(first: &[Bytecode]) -> Result<()> {
    let folder =
        tempfile::Builder::new().prefix("breakwater-verify-").tempdir().context("create a temporary folder")?;
    let place = Place {
        root: folder.path().join("source"),
        target: folder.path().join("target"),
        deploy: folder.path().join("deploy"),
        cargo_home: folder.path().join("cargo"),
    };
    println!("verify: building again in a temporary folder with an empty cargo cache");
    copy_source(&cargo::root()?, &place.root)?;
    copy_cargo_config(&place.cargo_home)?;
    let second = sbf::build(&setup::run()?, &place)?;

    let mut differ = vec![];
    for (a, b) in first.iter().zip(&second) {
        println!("{}\n  here  {}\n  there {}", a.file, a.sha256, b.sha256);
        if a.sha256 != b.sha256 {
            differ.push(a.file.as_str());
        }
    }
    if !differ.is_empty() {
        let kept = folder.keep();
        bail!("not reproducible: {} (the second build is kept in {})", differ.join(", "), kept.display());
    }
    println!("verify: the bytes are the same");
    Ok(())
}

/// Copies what git tracks or would track, as it is in the working folder.
pub fn copy_source(from: &Path, to: &Path) -> Result<()> {
    let files = shell::stdout(
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(from),
    )?;
    for file in files.split_terminator('\0') {
        let (source, copy) = (from.join(file), to.join(file));
        // git still lists a file that was deleted and not committed
        if !source.is_file() {
            continue;
        }
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
        }
        fs::copy(&source, &copy).with_context(|| format!("copy {file}"))?;
    }
    Ok(())
}

/// A fresh cargo cache still has to know the registry that this machine is configured for.
fn copy_cargo_config(to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("create {}", to.display()))?;
    let from = cargo::home()?;
    for name in ["config.toml", "config"] {
        let config = from.join(name);
        if config.is_file() {
            fs::copy(&config, to.join(name)).with_context(|| format!("copy {}", config.display()))?;
        }
    }
    Ok(())
}
