//! What people write on the command line: times, durations, sides.

use anyhow::{Context as _, Result};
use coverage_math::ballot::TOP;
use coverage_wordings::Wording;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

/// A duration: `7d`, `12h 30m`, or plain seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    humantime::parse_duration(text).map_err(|error| format!("{error}; write it like 7d, 12h or 90s"))
}

/// A moment: `2026-11-21T19:36:36Z`, unix seconds, or how long ago, as `2h` or `2h ago`.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// Unix seconds.
    At(u64),
    /// Before now.
    Ago(Duration),
}

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(seconds) = text.parse() {
            return Ok(Self::At(seconds));
        }
        if let Ok(ago) = duration(text.trim_end_matches("ago").trim()) {
            return Ok(Self::Ago(ago));
        }
        let time = humantime::parse_rfc3339_weak(text).ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        time.map(|time| Self::At(time.as_secs())).ok_or_else(|| {
            format!("`{text}` is no moment; write it like 2026-11-21T19:36:36Z, or 2h for two hours ago")
        })
    }
}

impl Moment {
    /// Unix seconds, when the chain's time is `now`.
    pub fn unix(self, now: u64) -> u64 {
        match self {
            Self::At(time) => time,
            Self::Ago(ago) => now.saturating_sub(ago.as_secs()),
        }
    }
}

/// The evidence of a report: where it is, and the hash of its file, or of the address when there is no file.
#[derive(clap::Args)]
pub struct Evidence {
    /// Where the evidence is, at most 128 bytes
    #[arg(long, value_name = "URI", default_value = "")]
    pub evidence: String,
    /// The evidence itself, whose SHA-256 is recorded; without it, that of the URI
    #[arg(long, value_name = "FILE")]
    pub evidence_file: Option<std::path::PathBuf>,
}

impl Evidence {
    /// The hash.
    pub fn hash(&self) -> Result<[u8; 32]> {
        hash(self.evidence_file.as_deref(), &self.evidence)
    }

    /// What is told to the program.
    pub fn stated(&self) -> Result<coverage_client::Evidence> {
        Ok(coverage_client::Evidence { evidence_hash: self.hash()?, evidence_uri: self.evidence.clone() })
    }
}

/// The SHA-256 of a file, or else of a text.
pub fn hash(file: Option<&Path>, text: &str) -> Result<[u8; 32]> {
    let Some(file) = file else { return Ok(Sha256::digest(text).into()) };
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Sha256::digest(bytes).into())
}

/// Cover terms by their name.
pub fn wording(name: &str) -> Result<&'static Wording, String> {
    coverage_wordings::named(name).ok_or_else(|| {
        let names: Vec<_> = coverage_wordings::all().iter().map(|wording| wording.name).collect();
        format!("there is no wording `{name}`; there are {}", names.join(", "))
    })
}

/// What a product covers, as it can stand in an address: addresses or names, without spaces.
pub fn subject(text: &str) -> Result<String, String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(letter);
    if text.is_empty() || !text.chars().all(fits) {
        return Err("write addresses or names without spaces, and commas between several".into());
    }
    Ok(text.to_owned())
}

/// An answer of a ballot: `for`, `against`, or sixteenths, as `9` or `9/16`.
pub fn level(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix("/16").unwrap_or(text);
    match (text, number.parse()) {
        ("for", _) => Ok(TOP),
        ("against", _) => Ok(0),
        (_, Ok(level)) if level <= TOP => Ok(level),
        _ => Err("write for, against, or sixteenths from 0 to 16, as 9 or 9/16".into()),
    }
}
