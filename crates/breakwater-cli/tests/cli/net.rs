//! A local network and the tool that speaks to it.

use crate::shape;
use coverage_client::rpc::Client;
use serde_json::Value;
use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Output, Stdio},
    sync::Mutex,
    time::Duration,
};
use tempfile::TempDir;

/// The binary under test.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakwater"));
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    if env::var_os("SBF_OUT_DIR").is_none() {
        command.env("SBF_OUT_DIR", root.join("target/deploy"));
    }
    // Nobody's own configuration.
    for name in ["BREAKWATER_URL", "BREAKWATER_KEYPAIR", "BREAKWATER_CONFIG", "BREAKWATER_POOL"] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// `breakwater localnet` in another process, until this is dropped or its own process ends.
pub struct Net {
    child: Child,
    /// While it is open, the network runs.
    _tie: Option<ChildStdin>,
    /// The folder with the wallets.
    pub ledger: TempDir,
    /// What it said about itself.
    pub about: Value,
    /// The commands that succeeded.
    ran: Mutex<Vec<String>>,
}

impl Net {
    /// Starts one on free ports, on which time stands still between transactions.
    pub fn start() -> Self {
        let (mut net, text) = Self::start_with("json", "}\n");
        net.about = serde_json::from_str(&text).expect("it says where it is");
        shape::check(&["localnet"], &net.about);
        net
    }

    /// The same, and what it printed for people to read.
    pub fn start_shown() -> (Self, String) {
        let (mut net, text) = Self::start_with("table", "/ada.json\n");
        let fields = text.lines().filter_map(|line| line.split_once("  "));
        net.about = fields.map(|(key, value)| (key.to_owned(), Value::from(value.trim()))).collect();
        (net, text)
    }

    /// Starts one and reads what it prints up to `end`.
    fn start_with(output: &str, end: &str) -> (Self, String) {
        let ledger = tempfile::tempdir().expect("a temporary folder");
        let mut command = binary();
        command
            .args(["localnet", "--port", "0", "--still", "--tied", "--output", output, "--ledger"])
            .arg(ledger.path());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the network's process starts");
        let tie = child.stdin.take();
        let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut text = String::new();
        while !text.ends_with(end) {
            let read = out.read_line(&mut text).expect("its output is read");
            assert_ne!(read, 0, "the network ended: {text}");
        }
        let ran = Mutex::new(vec!["localnet".into()]);
        (Self { child, _tie: tie, ledger, about: Value::Null, ran }, text)
    }

    /// Asserts that each of these commands was run here, and did what it should.
    pub fn ran(&self, commands: &[&str]) {
        let ran = self.ran.lock().expect("a list");
        for command in commands {
            let begins =
                |line: &String| line.strip_prefix(command).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            assert!(ran.iter().any(begins), "`{command}` was not run");
        }
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        self.about["rpc"].as_str().expect("its URL")
    }

    /// A connection to it.
    pub fn client(&self) -> Client {
        let mut client = Client::new(self.url());
        client.sending.poll = Duration::from_millis(4);
        client
    }

    /// The file of a wallet.
    pub fn wallet(&self, name: &str) -> String {
        format!("{name}.json")
    }

    /// A command of the tool, in the folder with the wallets.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = binary();
        command.current_dir(self.ledger.path()).env("BREAKWATER_CONFIG", "config.yml").args(arguments);
        command
    }

    /// Runs a command that must succeed and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the tool runs");
        let said = [&output.stdout[..], &output.stderr].concat();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said));
        self.ran.lock().expect("a list").push(arguments.join(" "));
        String::from_utf8(output.stdout).expect("text")
    }

    /// Runs a command of somebody's that must succeed and returns its JSON.
    pub fn json(&self, who: &str, arguments: &[&str]) -> Value {
        let wallet = self.wallet(who);
        let value = serde_json::from_str(&self.run(&[arguments, &["--output", "json", "--keypair", &wallet]].concat()));
        let value = value.expect("JSON");
        shape::check(arguments, &value);
        value
    }

    /// Runs a command of somebody's that must fail and returns the error as JSON.
    pub fn refused(&self, who: &str, arguments: &[&str]) -> Value {
        let wallet = self.wallet(who);
        let output: Output = self
            .command(&[arguments, &["--output", "json", "--keypair", &wallet]].concat())
            .output()
            .expect("the tool runs");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        let error = serde_json::from_slice(&output.stderr).expect("JSON");
        assert_eq!(keys(&error), ["code", "error", "hint", "name"]);
        error
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        // It may have ended; what matters is that it does not go on.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text of a field.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no text {key} in {value}"))
}

/// The keys of an object, in order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}
