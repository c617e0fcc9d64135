//! The suites that look for mutants: test binaries, run on a folder of bytecode until the first test fails.

use crate::{cargo, shell};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};

/// The suites on the bytecode, those first that notice most. Those of compute units (`cpi` among them), layouts
/// and migrations are left out: they look at a build, and this one is slower and larger.
const ON_BYTECODE: &[&str] = &[
    "instructions",
    "jury",
    "triggers",
    "changes",
    "threats",
    "states",
    "accounts",
    "scenarios",
    "tokens",
    "invariants",
];

/// Lives of each test of `invariants`: the last suite, on those that no other noticed.
const LIVES: &str = "4";

/// The suite of the formulas, on the host.
pub const FORMULAS: &str = "coverage-math";

/// A suite: one test binary, or those of the formulas.
pub struct Suite {
    /// Its name.
    pub name: String,
    binaries: Vec<PathBuf>,
}

/// How long a suite may run, seconds. A mutant can loop: on the SVM that costs compute units, on the host it would last.
const LONGEST: u64 = 1_200;
/// What is said of a suite that ran longer.
pub const TOO_LONG: &str = "no test in time";
/// How it begins what is said of a suite that ended before its tests had.
pub const ENDED: &str = "ended early";

/// Which tests of a suite are run.
#[derive(Clone, Copy)]
pub enum Tests<'a> {
    /// All.
    All,
    /// Those with this in their name.
    Like(&'a str),
    /// Those of these names.
    Named(&'a [String]),
}

/// How a run of a suite ended.
pub enum Verdict {
    /// Every test passed.
    Passed,
    /// This one failed.
    Failed(String),
}

/// Builds the suites on the bytecode.
pub fn on_bytecode() -> Result<Vec<Suite>> {
    let mut build = cargo::host("test")?;
    build.arg("--workspace");
    for name in ON_BYTECODE {
        build.args(["--test", name]);
    }
    let built = built(&mut build)?;
    let suite = |name: &&str| {
        let (_, binary) = built.iter().find(|(built, _)| built == name).with_context(|| format!("no suite {name}"))?;
        Ok(Suite { name: (*name).to_owned(), binaries: vec![binary.clone()] })
    };
    ON_BYTECODE.iter().map(suite).collect()
}

/// Builds the formulas' own tests from the rewritten source in `root`.
pub fn of_formulas(root: &Path, target: &Path) -> Result<Suite> {
    let mut build = cargo::host("test")?;
    build.args(["--package", FORMULAS]).current_dir(root).env("CARGO_TARGET_DIR", target);
    let binaries = built(&mut build)?.into_iter().map(|(_, binary)| binary).collect();
    Ok(Suite { name: FORMULAS.to_owned(), binaries })
}

/// The names and paths of the test binaries that a command builds.
fn built(build: &mut Command) -> Result<Vec<(String, PathBuf)>> {
    build.args(["--locked", "--no-run", "--message-format=json-render-diagnostics"]);
    let messages = shell::stdout(build)?;
    let messages = messages.lines().filter_map(|message| serde_json::from_str::<Value>(message).ok());
    Ok(messages
        .filter(|message| message["profile"]["test"] == true)
        .filter_map(|message| {
            Some((message["target"]["name"].as_str()?.into(), message["executable"].as_str()?.into()))
        })
        .collect())
}

impl Suite {
    /// Runs the suite, or one test of it, on a folder of bytecode; ends with the first test that fails or hangs.
    pub fn run(&self, deploy: &Path, tests: Tests) -> Result<Verdict> {
        self.run_each(deploy, tests, |binary| Ok(binary.to_owned()))
    }

    /// The same for tests on the host: each binary is changed by `select` and written into a folder.
    pub fn run_selected(
        &self,
        folder: &Path,
        tests: Tests,
        select: impl Fn(&[u8]) -> Result<Vec<u8>>,
    ) -> Result<Verdict> {
        self.run_each(folder, tests, |binary| {
            let copy = folder.join("formulas");
            // Some test of the crate may never call what is changed: then the mark is not in it.
            let bytes = fs::read(binary)?;
            fs::copy(binary, &copy)?;
            if let Ok(selected) = select(&bytes) {
                fs::write(&copy, selected)?;
            }
            Ok(copy)
        })
    }

    fn run_each(&self, deploy: &Path, tests: Tests, prepare: impl Fn(&Path) -> Result<PathBuf>) -> Result<Verdict> {
        let limit = Instant::now() + Duration::from_secs(if self.name == FORMULAS { LONGEST / 4 } else { LONGEST });
        for binary in &self.binaries {
            let mut command = Command::new(prepare(binary)?);
            command
                .args(["--test-threads", "2"])
                .current_dir(cargo::root()?.join("tests"))
                .env("SBF_OUT_DIR", deploy)
                .env("RUST_LOG", "off")
                .env("CARGO_MANIFEST_DIR", cargo::root()?.join("tests"))
                .env("PROPTEST_CASES", if self.name == FORMULAS { "256" } else { LIVES });
            match tests {
                Tests::All => {}
                Tests::Like(part) => drop(command.arg(part)),
                Tests::Named(names) => drop(command.arg("--exact").args(names)),
            }
            if let failed @ Verdict::Failed(_) = run(&mut command, limit)? {
                return Ok(failed);
            }
        }
        Ok(Verdict::Passed)
    }
}

/// Runs a test binary until a test fails, or the limit is reached.
fn run(command: &mut Command, limit: Instant) -> Result<Verdict> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let output = child.stdout.take().context("a test binary has an output")?;
    let (sender, lines) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    });
    let mut failed = loop {
        match lines.recv_timeout(limit.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                // What a test prints itself may stand in the same line.
                let failed = line.strip_suffix(" ... FAILED").and_then(|line| line.rsplit("test ").next());
                if let Some(name) = failed {
                    break Some(name.to_owned());
                }
            }
            Err(RecvTimeoutError::Timeout) => break Some(TOO_LONG.to_owned()),
            Err(RecvTimeoutError::Disconnected) => break None,
        }
    };
    if failed.is_some() {
        child.kill()?;
    }
    let status = child.wait()?;
    drop(lines);
    reader.join().map_err(|_| anyhow::anyhow!("the reader of a suite's output failed"))?;
    if failed.is_none() && !status.success() {
        failed = Some(format!("{ENDED} ({status})"));
    }
    Ok(failed.map_or(Verdict::Passed, Verdict::Failed))
}
