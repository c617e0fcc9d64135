//! Amounts of tokens as people write them.

use anyhow::{Context, Result};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A token of the scenario.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// What it is called in the output.
    pub symbol: String,
    /// Decimals of its mint.
    pub decimals: u8,
}

impl Token {
    /// `atoms` with all decimals: `1,234.500000`.
    pub fn exact(&self, atoms: u64) -> String {
        let (whole, part) = self.split(atoms);
        if self.decimals == 0 { grouped(whole) } else { format!("{}.{part}", grouped(whole)) }
    }

    /// `atoms` with at most two decimals, rounded down: `1,234.50`, or `1,234` when it is a whole number.
    pub fn short(&self, atoms: u64) -> String {
        let (whole, part) = self.split(atoms);
        if part.bytes().all(|digit| digit == b'0') {
            return grouped(whole);
        }
        format!("{}.{part:.2}", grouped(whole))
    }

    fn split(&self, atoms: u64) -> (u64, String) {
        let scale = 10u64.saturating_pow(u32::from(self.decimals));
        (atoms / scale, format!("{:0width$}", atoms % scale, width = usize::from(self.decimals)))
    }
}

/// A number with commas between its thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `part` of `whole` as a percentage with four decimals, rounded down.
pub fn percent(part: u64, whole: u64) -> String {
    let millionths = (u128::from(part) * 1_000_000).checked_div(u128::from(whole)).unwrap_or(0);
    format!("{}.{:04}%", millionths / 10_000, millionths % 10_000)
}

/// An amount of tokens as it is written: digits, and where the point stands.
#[derive(Clone, Copy)]
pub struct Amount {
    digits: u64,
    decimals: u8,
}

impl Amount {
    /// Reads `"400000"`, `"400_000"` or `"0.25"`.
    fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let plain =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
        if !plain(whole) || !plain(part) {
            return None;
        }
        let part = part.replace('_', "");
        let part = part.trim_end_matches('0');
        let digits = format!("{}{part}", whole.replace('_', "")).parse().ok()?;
        Some(Self { digits, decimals: u8::try_from(part.len()).ok()? })
    }

    /// The amount in atoms of a token.
    pub fn atoms(self, token: &Token) -> Result<u64> {
        let shift = token.decimals.checked_sub(self.decimals);
        let shift = shift.with_context(|| format!("an amount has more decimals than {}", token.symbol))?;
        let scale = 10u64.checked_pow(u32::from(shift));
        scale.and_then(|scale| self.digits.checked_mul(scale)).context("an amount does not fit 64 bits")
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no amount; write it like \"1250.5\"")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: fn() -> Token = || Token { symbol: "T".into(), decimals: 6 };

    #[test]
    fn amounts_are_read_to_the_atom() {
        let atoms = |text: &str| Amount::parse(text).and_then(|amount| amount.atoms(&TOKEN()).ok());
        assert_eq!(atoms("400_000"), Some(400_000_000_000));
        assert_eq!(atoms("0.000001"), Some(1));
        assert_eq!(atoms("1.50"), Some(1_500_000));
        assert_eq!(atoms("0.0000001"), None);
        for wrong in ["", ".", "1.", ".5", "-1", "1e6", "1,000"] {
            assert!(Amount::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_shown_with_thousands() {
        assert_eq!(TOKEN().exact(1_234_567_000_001), "1,234,567.000001");
        assert_eq!(TOKEN().short(1_234_567_890_000), "1,234,567.89");
        assert_eq!(TOKEN().short(400_000_000_000), "400,000");
        assert_eq!(percent(1, 3), "33.3333%");
    }
}
