//! `cargo xtask build`: the bytecode of every program.

use crate::{
    cargo::{self, Program},
    setup::{self, Recipe},
    shell,
};
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "sbpf-solana";

/// A program's bytecode.
pub struct Bytecode {
    /// The `.so` file's name.
    pub file: String,
    /// Its size in bytes.
    pub size: usize,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Where a build reads and writes.
pub struct Place {
    /// The repository's source.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// The folder for the finished `.so` files.
    pub deploy: PathBuf,
    /// Cargo's cache.
    pub cargo_home: PathBuf,
}

/// Sets up, builds every program into target/deploy, and prints what was built.
pub fn run() -> Result<Vec<Bytecode>> {
    let recipe = setup::run()?;
    let root = cargo::root()?;
    let place = Place { target: root.join("target/sbf"), deploy: cargo::deploy()?, cargo_home: cargo::home()?, root };
    let built = build(&recipe, &place)?;
    for bytecode in &built {
        println!("built target/deploy/{}: {} bytes, sha256 {}", bytecode.file, bytecode.size, bytecode.sha256);
    }
    Ok(built)
}

/// Builds every program of the source in `place`.
pub fn build(recipe: &Recipe, place: &Place) -> Result<Vec<Bytecode>> {
    let programs = cargo::programs()?;
    ensure!(!programs.is_empty(), "programs/ has no crate with `crate-type = [\"cdylib\"]`");
    fs::create_dir_all(&place.deploy).with_context(|| format!("create {}", place.deploy.display()))?;
    let mut built = vec![];
    // One at a time: together, a program used as a library by another would be built with that one's features.
    for program in &programs {
        let bytes = build_one(recipe, place, program)?;
        built.push(Bytecode {
            file: format!("{}.so", program.library),
            size: bytes.len(),
            sha256: hex(&Sha256::digest(&bytes)),
        });
    }
    Ok(built)
}

/// Builds one program of the source in `place`, and returns its bytecode.
pub fn build_one(recipe: &Recipe, place: &Place, program: &Program) -> Result<Vec<u8>> {
    match recipe {
        Recipe::PlatformTools => platform_tools(place, program),
        Recipe::Upstream { linker } => {
            discard_if_recipe_changed(place)?;
            upstream(place, program, linker)
        }
    }
}

fn platform_tools(place: &Place, program: &Program) -> Result<Vec<u8>> {
    shell::stream(
        Command::new("cargo-build-sbf")
            .arg("--manifest-path")
            .arg(place.root.join("programs").join(relative_manifest(program)?))
            .arg("--sbf-out-dir")
            .arg(&place.deploy)
            .args(["--", "--locked"])
            .current_dir(&place.root)
            .env("CARGO_HOME", &place.cargo_home)
            .env("CARGO_TARGET_DIR", &place.target),
    )?;
    read(&place.deploy.join(format!("{}.so", program.library)))
}

/// rustc emits LLVM bitcode for the upstream BPF target; sbpf-linker turns it into sBPF v3.
fn upstream(place: &Place, program: &Program, linker: &Path) -> Result<Vec<u8>> {
    let recipe = place.root.join("xtask/sbf");
    let flags = [
        format!("-Clinker={}", linker.display()),
        // memory functions on the SVM's syscalls, and 128-bit arithmetic (see builtins.c)
        format!("-Clink-arg={}", recipe.join("builtins.ll").display()),
        "-Clink-arg=--arch=v3".to_owned(),
        // the SVM reads a word at any address; without this an address compares byte by byte, at five times the cost
        "-Clink-arg=--cpu-features=+allows-misaligned-mem-access".to_owned(),
        "-Clink-arg=--llvm-args=-bpf-stack-size=4096".to_owned(),
        "-Crelocation-model=static".to_owned(),
        "-Ctarget-cpu=v2".to_owned(),
        "-Zunstable-options".to_owned(),
        // no formatting, hooks or mutable statics, which the SVM refuses
        "-Cpanic=immediate-abort".to_owned(),
        // the SVM is single-threaded: atomics become plain loads and stores
        "-Cpasses=function(lower-atomic)".to_owned(),
        "-Aexplicit_builtin_cfgs_in_flags".to_owned(),
        // what Solana crates test for, beside the target's own os
        "--cfg=target_os=\"solana\"".to_owned(),
        // `std` has a table of allocator alignments without bpf; any 8-byte architecture will do
        "--cfg=target_arch=\"csky\"".to_owned(),
        // no path of this machine in the bytes; cargo also keeps flags out of crate names when it sees these
        format!("--remap-path-prefix={}=.", place.root.display()),
        format!("--remap-path-prefix={}=cargo", place.cargo_home.display()),
    ];
    shell::stream(
        setup::debian_cargo()
            .args(["build", "--locked", "--release", "--lib"])
            .args(["--package", &program.name])
            .arg("--manifest-path")
            .arg(place.root.join("programs/Cargo.toml"))
            // rustc's bpfel-unknown-none with compare-and-swap, which std needs, and os = zkvm, which gives std a
            // platform layer with no threads, files or clock of its own
            .arg("--target")
            .arg(recipe.join(format!("{TARGET}.json")))
            .args(["-Zbuild-std=std,panic_abort", "-Zjson-target-spec"])
            .current_dir(&place.root)
            .env("CARGO_HOME", &place.cargo_home)
            .env("CARGO_TARGET_DIR", &place.target)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
            .env("RUSTC_WRAPPER", recipe.join("rustc.sh"))
            .env("SBF_SOURCE_ROOT", &place.root)
            // allow the flags above on a stable rustc
            .env("RUSTC_BOOTSTRAP", "1")
            // `std` without the restricted_std gate
            .env("RUSTC_BOOTSTRAP_SYNTHETIC_TARGET", "1"),
    )?;
    let built = place.target.join(TARGET).join("release");
    let bytes = read(&built.join(format!("lib{}.so", program.library)))?;
    // An unchanged file keeps its time, so that nothing which includes it is built again.
    let deployed = place.deploy.join(format!("{}.so", program.library));
    if fs::read(&deployed).ok().as_ref() != Some(&bytes) {
        fs::write(&deployed, &bytes).with_context(|| format!("write {}", deployed.display()))?;
    }
    Ok(bytes)
}

/// Cargo does not see when the files of the recipe change: then what they built must go.
fn discard_if_recipe_changed(place: &Place) -> Result<()> {
    let mut digest = Sha256::new();
    for file in ["builtins.ll", "rustc.sh", "sbpf-solana.json"] {
        digest.update(read(&place.root.join("xtask/sbf").join(file))?);
    }
    let (digest, stamp) = (hex(&digest.finalize()), place.target.join("recipe.sha256"));
    if fs::read_to_string(&stamp).is_ok_and(|built| built == digest) {
        return Ok(());
    }
    if place.target.exists() {
        fs::remove_dir_all(&place.target).with_context(|| format!("remove {}", place.target.display()))?;
    }
    fs::create_dir_all(&place.target)
        .and_then(|()| fs::write(&stamp, digest))
        .with_context(|| format!("write {}", stamp.display()))
}

/// A program's manifest, seen from programs/.
fn relative_manifest(program: &Program) -> Result<PathBuf> {
    let programs = cargo::root()?.join("programs");
    let manifest =
        program.manifest.strip_prefix(&programs).with_context(|| format!("{} lies outside programs/", program.name))?;
    Ok(manifest.to_owned())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("read {}", file.display()))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
