//! The format of a file of prices.

use anyhow::{Context, Result, ensure};
use coverage_client::amount::Amount;
use serde::Deserialize;

/// A price of a series.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// When it was published, minutes since the series began.
    pub minute: u64,
    /// The price.
    pub price: Amount,
    /// Half the width of the interval it lies in.
    pub confidence: Amount,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    prices: Vec<Quote>,
}

/// Reads a series, the earliest price first.
pub fn parse(text: &str) -> Result<Vec<Quote>> {
    let File { prices } = toml::from_str(text)?;
    let late = prices.iter().zip(prices.iter().skip(1)).find(|(before, after)| before.minute >= after.minute);
    let minute = late.map_or(0, |(_, after)| after.minute);
    ensure!(late.is_none(), "minute {minute} does not come after the one before it");
    prices.first().context("there is no price in it")?;
    Ok(prices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_come_in_their_order() {
        let file = |minutes: &[u64]| {
            let quote = |minute: &u64| format!("{{ minute = {minute}, price = \"0.98\", confidence = \"0.001\" }}, ");
            parse(&format!("prices = [{}]", minutes.iter().map(quote).collect::<String>()))
        };
        let error = |minutes: &[u64]| file(minutes).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(file(&[0, 10]).map_or(0, |prices| prices.len()), 2);
        assert_eq!(error(&[0, 10, 10]), "minute 10 does not come after the one before it");
        assert_eq!(error(&[]), "there is no price in it");
    }
}
