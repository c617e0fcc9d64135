//! The cover terms of `wordings/`: what counts, in words, for each kind of risk.
//!
//! A product is listed with the SHA-256 of one of these files, and with an address that names it and what is covered:
//! `wording:exploit@1#PROGRAM`. Whoever has the hash finds the words here, in the tool or on the page, without a server.

use breakwater_state::{RiskKind, Trigger};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Begins the address of terms that are one of these wordings, and that nobody has put anywhere else.
const SCHEME: &str = "wording:";

/// Cover terms of one version. They never change: a correction is a new version.
#[derive(Debug)]
pub struct Wording {
    /// Kind and version, such as `exploit@1`.
    pub name: &'static str,
    /// The words, byte for byte.
    pub text: &'static str,
    /// SHA-256 of the words.
    pub sha256: [u8; 32],
    /// Kind of risk that a product with these words has.
    pub risk: RiskKind,
    /// Who decides on such a product.
    pub trigger: Trigger,
}

macro_rules! wording {
    ($name:literal, $risk:ident, $trigger:ident) => {{
        let text = include_str!(concat!("../../../wordings/", $name, ".md"));
        Wording {
            name: $name,
            text,
            sha256: Sha256::digest(text).into(),
            risk: RiskKind::$risk,
            trigger: Trigger::$trigger,
        }
    }};
}

static ALL: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    vec![
        wording!("exploit@1", Exploit, Jury),
        wording!("depeg@1", Depeg, Jury),
        wording!("price-depeg@1", Depeg, Price),
        wording!("slashing@1", Slashing, Jury),
        wording!("custody@1", Custody, Jury),
        wording!("oracle@1", Oracle, Jury),
        wording!("bridge@1", Bridge, Jury),
        wording!("liquidation-shortfall@1", LiquidationShortfall, Jury),
        wording!("drawn-shortfall@1", LiquidationShortfall, Authority),
        wording!("key-takeover@1", Other, Jury),
    ]
});

/// Every wording, in the order of the index.
#[must_use]
pub fn all() -> &'static [Wording] {
    &ALL
}

/// The wording of a name, such as `exploit@1`.
#[must_use]
pub fn named(name: &str) -> Option<&'static Wording> {
    all().iter().find(|wording| wording.name == name)
}

/// The wording whose SHA-256 a product or a policy has.
#[must_use]
pub fn of_hash(sha256: &[u8; 32]) -> Option<&'static Wording> {
    all().iter().find(|wording| wording.sha256 == *sha256)
}

impl Wording {
    /// What it is called: the first line of its text.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or("").trim_start_matches("# ")
    }

    /// The address of terms of a product that covers `subject` by these words.
    #[must_use]
    pub fn uri(&self, subject: Option<&str>) -> String {
        address(&format!("{SCHEME}{}", self.name), subject)
    }
}

/// The address of terms that lie at `uri`, of a product that covers `subject`.
#[must_use]
pub fn address(uri: &str, subject: Option<&str>) -> String {
    subject.map_or_else(|| uri.to_owned(), |subject| format!("{uri}#{subject}"))
}

/// What a product covers, by its address of terms: what follows the first `#`, if anything does.
#[must_use]
pub fn subject(uri: &str) -> Option<&str> {
    uri.split_once('#').map(|(_, subject)| subject).filter(|subject| !subject.is_empty())
}
