//! `cargo xtask setup`: what a bare Debian machine with stable Rust lacks to build this repository.
//!
//! Solana's own compiler (platform-tools) is published only as a download. Where it is installed it is used.
//! Elsewhere the bytecode is built from crates.io and Debian packages alone:
//!   - LLVM 23, whose BPF back end passes arguments on the stack and returns 128-bit results in registers, from
//!     Debian unstable, unpacked beside the system and run with its own C library;
//!   - sbpf-linker from crates.io, which links the bitcode that rustc emits into an SBF `.so`;
//!   - Debian's own rustc and cargo with the matching library source, so that cargo can build `std` for the target.
//!     They live in /usr/bin, beside the toolchain that builds everything else. They compile the formulas for TypeScript
//!     to WebAssembly too, with Debian's lld.

use crate::{cargo, shell};
use anyhow::{Context, Result, bail, ensure};
use std::{
    env, fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Command,
};

/// Host crates compile C; the OpenSSL among them is configured by Perl and built by make.
const HOST_PACKAGES: &[&str] = &["gcc", "libc6-dev", "make", "perl"];
const RUST_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
const WASM_PACKAGE: &str = "lld-19";
const WASM_LINKER: &str = "wasm-ld-19";
const NODE_PACKAGES: &[&str] = &["nodejs", "npm"];
const BROWSER: &str = "chromium";
/// What the test runner of the TypeScript packages needs.
const NODE_MAJOR: u32 = 20;
const LLVM_PACKAGE: &str = "libllvm23";
const LINKER: &str = "sbpf-linker";
const LINKER_VERSION: &str = "0.2.6";

/// Debian's cargo and rustc.
pub const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// See [`DEBIAN_CARGO`].
pub const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";

/// The target of the formulas for TypeScript.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What builds the bytecode on this machine.
pub enum Recipe {
    /// Solana's `cargo-build-sbf` with its platform-tools.
    PlatformTools,
    /// Debian's rustc, LLVM and sbpf-linker, through the linker script in the toolchain's folder.
    Upstream {
        /// The linker that rustc calls.
        linker: PathBuf,
    },
}

impl Recipe {
    /// One line for people.
    pub fn describe(&self) -> String {
        match self {
            Recipe::PlatformTools => "cargo-build-sbf with Solana's platform-tools".to_owned(),
            Recipe::Upstream { .. } => {
                format!("Debian's rustc, {LLVM_PACKAGE} and {LINKER} {LINKER_VERSION}")
            }
        }
    }
}

/// What compiles to WebAssembly on this machine.
pub enum WasmCompiler {
    /// The toolchain of the host crates, to which `rustup target add` has added the target.
    Toolchain,
    /// Debian's rustc, which has no library for the target and builds one.
    Debian {
        /// The linker that rustc calls.
        linker: &'static str,
    },
}

/// Installs what is missing and says what builds the bytecode. Instant when all is there.
pub fn run() -> Result<Recipe> {
    install_host_packages()?;
    let recipe = if has_platform_tools()? {
        Recipe::PlatformTools
    } else {
        upstream().context("no SBF toolchain; Solana's `cargo-build-sbf` with platform-tools would do as well")?
    };
    println!("setup: complete; bytecode by {}", recipe.describe());
    Ok(recipe)
}

fn install_host_packages() -> Result<()> {
    // A bare Debian has a perl without the modules that OpenSSL's configuration loads.
    let perl = || shell::succeeds(Command::new("perl").args(["-MFindBin", "-MIPC::Cmd", "-e", "1"]));
    if shell::find("cc").is_some() && shell::find("make").is_some() && perl() {
        return Ok(());
    }
    install(HOST_PACKAGES).context("the host crates need a C compiler, make and Perl")
}

/// Installs Node.js and npm, which only the TypeScript packages need, unless they are there.
pub fn node() -> Result<()> {
    if shell::find("node").is_none() || shell::find("npm").is_none() {
        install(NODE_PACKAGES).context("the TypeScript packages need Node.js and npm")?;
    }
    let version = shell::stdout(Command::new("node").arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    ensure!(
        major.is_some_and(|major| major >= NODE_MAJOR),
        "Node.js is {}, and the TypeScript packages need {NODE_MAJOR} or newer: https://nodejs.org",
        version.trim()
    );
    Ok(())
}

/// Installs the browser in which the dApp is tested, unless it is there.
pub fn chromium() -> Result<()> {
    if shell::find(BROWSER).is_some() {
        return Ok(());
    }
    install(&[BROWSER]).context("the dApp's tests need a browser")
}

/// Installs what compiles to WebAssembly, which only the TypeScript packages need, unless it is there.
pub fn wasm() -> Result<WasmCompiler> {
    let library = shell::stdout(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if Path::new(library.trim()).exists() {
        return Ok(WasmCompiler::Toolchain);
    }
    let missing = format!("no compiler to WebAssembly; `rustup target add {WASM_TARGET}` would do as well");
    install_rust().context(missing.clone())?;
    if shell::find(WASM_LINKER).is_none() {
        install(&[WASM_PACKAGE]).context(missing)?;
    }
    Ok(WasmCompiler::Debian { linker: WASM_LINKER })
}

fn has_platform_tools() -> Result<bool> {
    if shell::find("cargo-build-sbf").is_none() {
        return Ok(false);
    }
    let Ok(versions) = fs::read_dir(cargo::user_home()?.join(".cache/solana")) else {
        return Ok(false);
    };
    Ok(versions.flatten().any(|version| version.path().join("platform-tools").exists()))
}

fn upstream() -> Result<Recipe> {
    let cache = match env::var_os("SBF_TOOLCHAIN") {
        Some(folder) => std::path::absolute(folder)?,
        None => cargo::user_home()?.join(".cache/sbf-toolchain"),
    };
    let toolchain = Toolchain { cache };
    install_rust()?;
    toolchain.unpack_llvm()?;
    toolchain.install_linker()?;
    let linker = toolchain.write_linker_script()?;
    Ok(Recipe::Upstream { linker })
}

fn install_rust() -> Result<()> {
    let installed = [DEBIAN_CARGO, DEBIAN_RUSTC, DEBIAN_STD];
    if installed.iter().all(|file| Path::new(file).exists()) {
        return Ok(());
    }
    install(RUST_PACKAGES).context("Debian's rustc with its library source is missing")
}

/// The folder that holds what Debian's stable packages do not have.
struct Toolchain {
    cache: PathBuf,
}

impl Toolchain {
    fn unpack_llvm(&self) -> Result<()> {
        let (llvm, apt) = (self.cache.join("llvm"), self.cache.join("apt"));
        let done = llvm.join(".done");
        if done.exists() {
            return Ok(());
        }
        ensure_apt()?;
        for folder in [&llvm, &apt] {
            if folder.exists() {
                fs::remove_dir_all(folder).with_context(|| format!("remove {}", folder.display()))?;
            }
        }
        for folder in ["lists/partial", "archives/partial", "empty"] {
            create_dir(&apt.join(folder))?;
        }
        create_dir(&llvm)?;
        write(&apt.join("status"), "")?;
        write(
            &apt.join("sources.list"),
            &format!("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {} sid main\n", mirror()?),
        )?;

        // An apt of its own: the system's package lists, status and preferences stay as they are, and with an
        // empty status the C library and all else that LLVM needs is downloaded too.
        let apt_get = |args: &[&str]| {
            let mut command = Command::new("apt-get");
            for (option, path) in [
                ("Dir::Etc::sourcelist", apt.join("sources.list")),
                ("Dir::Etc::sourceparts", apt.join("empty")),
                ("Dir::Etc::preferencesparts", apt.join("empty")),
                ("Dir::State::lists", apt.join("lists")),
                ("Dir::State::status", apt.join("status")),
                ("Dir::Cache::archives", apt.join("archives")),
            ] {
                command.arg(format!("-o{option}={}", path.display()));
            }
            command.args(["-oDir::Cache::pkgcache=", "-oDir::Cache::srcpkgcache="]);
            command.args(["-oAPT::Install-Recommends=false", "-oAPT::Sandbox::User=root"]);
            command.args(["-q", "-y"]).args(args);
            command
        };
        let missing =
            "LLVM 23 from Debian unstable: needs the Debian mirror that apt is configured for, and 1 GB of disk";
        shell::capture("reading Debian unstable's package list", &mut apt_get(&["update"])).context(missing)?;
        shell::capture("downloading LLVM 23", &mut apt_get(&["install", "--download-only", LLVM_PACKAGE]))
            .context(missing)?;
        for file in fs::read_dir(apt.join("archives"))? {
            let package = file?.path();
            if package.extension().is_some_and(|extension| extension == "deb") {
                shell::stream(Command::new("dpkg").arg("-x").arg(&package).arg(&llvm)).context(missing)?;
            }
        }
        fs::remove_dir_all(&apt).with_context(|| format!("remove {}", apt.display()))?;
        write(&done, "")
    }

    fn install_linker(&self) -> Result<()> {
        // cargo's own record of what it installed below this folder
        let record = fs::read_to_string(self.cache.join(".crates.toml")).unwrap_or_default();
        let installed = record.contains(&format!("\"{LINKER} {LINKER_VERSION} "));
        if installed && self.cache.join("bin").join(LINKER).exists() {
            return Ok(());
        }
        shell::capture(
            "building sbpf-linker",
            debian_cargo()
                .args(["install", LINKER, "--version", LINKER_VERSION, "--locked", "--force"])
                .arg("--root")
                .arg(&self.cache),
        )
        .context("sbpf-linker could not be built from its crate: is the crate registry reachable?")
    }

    /// Writes the script that runs sbpf-linker on the LLVM and the C library unpacked here.
    fn write_linker_script(&self) -> Result<PathBuf> {
        let (triple, loader) = match env::consts::ARCH {
            "x86_64" => ("x86_64-linux-gnu", "ld-linux-x86-64.so.2"),
            "aarch64" => ("aarch64-linux-gnu", "ld-linux-aarch64.so.1"),
            other => bail!("no recipe for {other} machines"),
        };
        let lib = self.cache.join("llvm/usr/lib").join(triple);
        // LLVM alone: the rest of that folder must not reach programs of the system.
        let libllvm = self.cache.join("libllvm");
        create_dir(&libllvm)?;
        for file in fs::read_dir(&lib).with_context(|| format!("read {}", lib.display()))? {
            let file = file?;
            let link = libllvm.join(file.file_name());
            if file.file_name().to_string_lossy().starts_with("libLLVM.so.23") && !link.exists() {
                std::os::unix::fs::symlink(file.path(), &link).with_context(|| format!("link {}", link.display()))?;
            }
        }
        let bin = self.cache.join("bin");
        let script = format!(
            "#!/bin/sh\n\
             # sbpf-linker, on the LLVM 23 and the C library unpacked in this cache\n\
             export LD_LIBRARY_PATH={libllvm}\n\
             exec {lib}/{loader} --library-path {lib} {bin}/{LINKER} \"$@\"\n",
            libllvm = libllvm.display(),
            lib = lib.display(),
            bin = bin.display(),
        );
        let path = bin.join("sbf-ld");
        if fs::read_to_string(&path).is_ok_and(|current| current == script) {
            return Ok(path);
        }
        write(&path, &script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
            .with_context(|| format!("make {} executable", path.display()))?;
        ensure!(
            shell::succeeds(Command::new(&path).arg("--version")),
            "{} does not start; remove {} and run `cargo xtask setup` again",
            path.display(),
            self.cache.display()
        );
        Ok(path)
    }
}

/// Debian's cargo, without what the cargo that runs this binary left in the environment.
pub fn debian_cargo() -> Command {
    // Where registries are and how to reach them stays; whatever could change the build goes.
    const KEPT: &[&str] = &["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR", "CARGO_SOURCE_", "CARGO_TERM_"];
    let mut cargo = Command::new(DEBIAN_CARGO);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let ours = text.starts_with("CARGO") || text.starts_with("RUST") || text == "LD_LIBRARY_PATH";
        if ours && !KEPT.iter().any(|kept| text.starts_with(kept)) {
            cargo.env_remove(&name);
        }
    }
    cargo.env("RUSTC", DEBIAN_RUSTC);
    cargo
}

/// Installs Debian packages, or says how to.
fn install(packages: &[&str]) -> Result<()> {
    let packages = packages.join(" ");
    ensure_apt()?;
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {packages}");
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    ensure!(root, "run as root, then try again: {by_hand}");
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y"]);
        command
    };
    shell::capture("updating the package lists", apt_get().arg("update"))
        .and_then(|()| {
            shell::capture(
                &format!("installing {packages}"),
                apt_get().args(["install", "--no-install-recommends"]).args(packages.split(' ')),
            )
        })
        .with_context(|| format!("apt could not install {packages}; by hand: {by_hand}"))
}

fn ensure_apt() -> Result<()> {
    ensure!(
        shell::find("apt-get").is_some() && shell::find("dpkg").is_some(),
        "this is not a Debian machine, so it cannot be installed from here"
    );
    Ok(())
}

/// The mirror that this machine's own apt uses; only the suite will differ.
fn mirror() -> Result<String> {
    let targets = shell::stdout(Command::new("apt-get").args([
        "indextargets",
        "--format",
        "$(REPO_URI)",
        "Created-By: Packages",
    ]))?;
    let mut mirrors: Vec<_> = targets.lines().filter(|uri| uri.trim_end_matches('/').ends_with("/debian")).collect();
    mirrors.sort_unstable();
    let mirror = mirrors.first().context("apt has no Debian mirror configured; add one to /etc/apt/sources.list")?;
    Ok((*mirror).to_owned())
}

fn create_dir(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}; set SBF_TOOLCHAIN to another folder", folder.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("write {}", file.display()))
}
