//! Amounts of tokens as people write them.

use std::str::FromStr;

/// What a token is called and how many decimals its mint has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct Token {
    /// What it is called in the output.
    pub symbol: String,
    /// Decimals of its mint.
    pub decimals: u8,
}

impl Token {
    /// `atoms` with all decimals: `1,234.500000`.
    #[must_use]
    pub fn exact(&self, atoms: u64) -> String {
        let (whole, part) = self.split(atoms);
        if self.decimals == 0 { grouped(whole) } else { format!("{}.{part}", grouped(whole)) }
    }

    /// `atoms` with at most two decimals, rounded down: `1,234.50`, or `1,234` when it is a whole number.
    #[must_use]
    pub fn short(&self, atoms: u64) -> String {
        let (whole, part) = self.split(atoms);
        if part.bytes().all(|digit| digit == b'0') {
            return grouped(whole);
        }
        format!("{}.{part:.2}", grouped(whole))
    }

    /// `atoms` to the last one, for programs to read and to be given back as an [`Amount`]: `1234.5`.
    #[must_use]
    pub fn plain(&self, atoms: u64) -> String {
        let (whole, part) = self.split(atoms);
        let part = part.trim_end_matches('0');
        if self.decimals == 0 || part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
    }

    fn split(&self, atoms: u64) -> (u64, String) {
        let digits = format!("{atoms:0width$}", width = usize::from(self.decimals) + 1);
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.decimals));
        (whole.parse().unwrap_or_default(), part.into())
    }
}

/// A number with commas between its thousands.
#[must_use]
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
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    let millionths = (u128::from(part) * 1_000_000).checked_div(u128::from(whole)).unwrap_or(0);
    format!("{}.{:04}%", millionths / 10_000, millionths % 10_000)
}

/// An amount of tokens as it is written: digits, and where the point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    digits: u64,
    decimals: u8,
}

/// Why a text is no amount of a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// It is no number.
    #[error("`{0}` is no amount; write it like 1250.5")]
    NotANumber(String),
    /// The token cannot be divided that far.
    #[error("an amount has more decimals than {symbol}, which has {decimals}")]
    TooManyDecimals {
        /// What the token is called.
        symbol: String,
        /// How many it has.
        decimals: u8,
    },
    /// It is larger than any balance.
    #[error("an amount is larger than any balance can be: its atoms do not fit 64 bits")]
    TooLarge,
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Reads `400000`, `400_000` or `0.25`.
    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        // An underscore stands between digits only.
        let group = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if ![whole, part].iter().all(|digits| digits.split('_').all(group)) {
            return Err(AmountError::NotANumber(text.into()));
        }
        let part = part.replace('_', "");
        let part = part.trim_end_matches('0');
        let digits = format!("{}{part}", whole.replace('_', "")).parse().map_err(|_| AmountError::TooLarge)?;
        // As many as no token has.
        Ok(Self { digits, decimals: u8::try_from(part.len()).unwrap_or(u8::MAX) })
    }
}

impl Amount {
    /// The amount in atoms of a token.
    ///
    /// # Errors
    /// [`AmountError::TooManyDecimals`], [`AmountError::TooLarge`].
    pub fn atoms(self, token: &Token) -> Result<u64, AmountError> {
        let too_many = || AmountError::TooManyDecimals { symbol: token.symbol.clone(), decimals: token.decimals };
        let shift = token.decimals.checked_sub(self.decimals).ok_or_else(too_many)?;
        let scale = 10u64.checked_pow(u32::from(shift));
        scale.and_then(|scale| self.digits.checked_mul(scale)).ok_or(AmountError::TooLarge)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn token(decimals: u8) -> Token {
        Token { symbol: "T".into(), decimals }
    }

    #[test]
    fn amounts_are_read_to_the_atom() {
        let atoms = |text: &str| text.parse::<Amount>().and_then(|amount| amount.atoms(&token(6)));
        assert_eq!(atoms("400_000"), Ok(400_000_000_000));
        assert_eq!(atoms("0.000001"), Ok(1));
        assert_eq!(atoms("1.50"), Ok(1_500_000));
        assert_eq!(atoms("0.0000001"), Err(AmountError::TooManyDecimals { symbol: "T".into(), decimals: 6 }));
        assert_eq!(atoms("18446744073709551615"), Err(AmountError::TooLarge));
        assert_eq!("99999999999999999999".parse::<Amount>(), Err(AmountError::TooLarge));
        for wrong in ["", ".", "1.", ".5", "-1", "+1", "1e6", "1,000", "1.2.3", "_1", "1_", "1__0", "1._5", "1 ", "१"]
        {
            assert_eq!(wrong.parse::<Amount>(), Err(AmountError::NotANumber(wrong.into())), "{wrong}");
        }
    }

    #[test]
    fn amounts_are_shown_with_thousands() {
        assert_eq!(token(6).exact(1_234_567_000_001), "1,234,567.000001");
        assert_eq!(token(6).short(1_234_567_890_000), "1,234,567.89");
        assert_eq!(token(6).short(400_000_000_000), "400,000");
        assert_eq!(token(0).exact(7), "7");
        assert_eq!(percent(1, 3), "33.3333%");
    }

    #[test]
    fn plain_amounts_are_read_back() {
        for (decimals, atoms, text) in
            [(6, 1_234_500_000, "1234.5"), (6, 1, "0.000001"), (0, 12, "12"), (18, u64::MAX, "18.446744073709551615")]
        {
            assert_eq!(token(decimals).plain(atoms), text);
            assert_eq!(text.parse::<Amount>().and_then(|amount| amount.atoms(&token(decimals))), Ok(atoms));
        }
    }

    proptest! {
        /// What is shown to programs, or to people without the commas, is read back to the atom, whatever the token.
        #[test]
        fn every_amount_is_read_back(atoms: u64, decimals in 0u8..=30) {
            let token = token(decimals);
            for text in [token.plain(atoms), token.exact(atoms).replace(',', ""), token.exact(atoms).replace(',', "_")] {
                prop_assert_eq!(text.parse::<Amount>().and_then(|amount| amount.atoms(&token)), Ok(atoms), "{}", text);
            }
        }

        /// A text is an amount when it looks like one, and else it is refused: nothing is guessed.
        #[test]
        fn what_does_not_look_like_an_amount_is_refused(text in "[0-9._,e+-]{0,12}") {
            let digits = |part: &str| part.split('_').all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit()));
            let parts: Vec<_> = text.split('.').collect();
            let like = parts.len() <= 2 && parts.iter().all(|part| digits(part));
            prop_assert_eq!(text.parse::<Amount>().is_ok(), like, "{}", text);
        }

        /// One decimal more than the token has is refused unless it is a zero.
        #[test]
        fn an_amount_is_never_cut_off(atoms in 1u64..1 << 40, decimals in 0u8..12, zeros in 0usize..4) {
            let token = token(decimals);
            let finer = Token { symbol: "T".into(), decimals: decimals + 1 };
            let text = finer.exact(atoms).replace(',', "") + &"0".repeat(zeros);
            let read = text.parse::<Amount>().and_then(|amount| amount.atoms(&token));
            let too_many = AmountError::TooManyDecimals { symbol: "T".into(), decimals };
            prop_assert_eq!(read, if atoms % 10 == 0 { Ok(atoms / 10) } else { Err(too_many) }, "{}", text);
        }
    }
}
