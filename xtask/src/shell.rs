//! Running commands: streamed to the terminal, or captured behind a spinner.

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::IsTerminal,
    path::PathBuf,
    process::{Command, ExitStatus, Output, Stdio},
    time::Duration,
};

/// How much of a failed command's output is shown.
const LINES_SHOWN: usize = 30;

/// Runs a command on the terminal and fails unless it succeeds.
pub fn stream(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command on the terminal and returns how it ended.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| cannot_start(command))
}

/// Runs a command and returns its standard output; errors and progress go to the terminal.
pub fn stdout(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("output of `{}`", line(command)))
}

/// Runs a command and returns its standard output, however it ends; errors and progress go to the terminal.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| cannot_start(command))?;
    String::from_utf8(output.stdout).with_context(|| format!("output of `{}`", line(command)))
}

/// Runs a long command behind a spinner with a message; its output is shown only if it fails.
pub fn capture(message: &str, command: &mut Command) -> Result<()> {
    let spinner = spinner(message)?;
    let output = command.output().with_context(|| cannot_start(command))?;
    spinner.finish_and_clear();
    if !output.status.success() {
        bail!("{message}: `{}` failed ({}){}", line(command), output.status, last_lines(&output));
    }
    Ok(())
}

/// Whether a command succeeds, without output. A command that is not there does not.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The first executable of that name on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A spinner on a terminal, a plain line elsewhere.
fn spinner(message: &str) -> Result<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        eprintln!("{message} ...");
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed:.dim}")?;
    let spinner = ProgressBar::new_spinner().with_style(style).with_message(message.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(100));
    Ok(spinner)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`; is it installed?", command.get_program().to_string_lossy())
}

fn last_lines(output: &Output) -> String {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<_> = text.lines().collect();
    let shown = &lines[lines.len().saturating_sub(LINES_SHOWN)..];
    if shown.is_empty() { String::new() } else { format!(":\n{}", shown.join("\n")) }
}
