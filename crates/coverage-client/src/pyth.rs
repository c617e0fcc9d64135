//! Price accounts of Pyth's pull oracle, `PriceUpdateV2`, as its receiver program stores them.
//!
//! Borsh without padding, after `pyth-solana-receiver-sdk`; all numbers are little-endian.

use breakwater_state::Price;
use solana_address::Address;

/// Pyth's receiver program, on every cluster.
pub const RECEIVER: Address = Address::from_str_const("rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ");
/// Bytes of a price account, one of them unused when all signatures were checked.
pub const SIZE: usize = 134;

/// First bytes of a price account: of the SHA-256 of `account:PriceUpdateV2`.
const DISCRIMINATOR: [u8; 8] = [34, 241, 35, 99, 157, 126, 244, 205];

/// A price as it stands in such an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceUpdate {
    /// Feed.
    pub feed: Address,
    /// Price, in units of ten to the power of `exponent`.
    pub price: i64,
    /// Half the width of the interval it lies in, same units.
    pub confidence: u64,
    /// Exponent.
    pub exponent: i32,
    /// When it was published, unix seconds.
    pub publish_time: i64,
    /// How many signatures were checked; `None` when all were.
    pub signatures: Option<u8>,
}

impl PriceUpdate {
    /// The price as the program reads it; `None` when it takes no such price.
    #[must_use]
    pub fn price(&self) -> Option<Price> {
        if self.signatures.is_some() {
            return None;
        }
        Price::of(self.price, self.confidence, self.publish_time).ok()
    }

    /// An account's bytes, for networks on which anybody can write them. What is not in here is made up.
    #[must_use]
    pub fn data(&self) -> Vec<u8> {
        let mut data = DISCRIMINATOR.to_vec();
        data.extend([1; 32]); // write authority
        match self.signatures {
            Some(count) => data.extend([0, count]),
            None => data.push(1),
        }
        data.extend(self.feed.as_ref());
        data.extend(self.price.to_le_bytes());
        data.extend(self.confidence.to_le_bytes());
        data.extend(self.exponent.to_le_bytes());
        data.extend(self.publish_time.to_le_bytes());
        data.extend(self.publish_time.saturating_sub(1).to_le_bytes()); // previous publish time
        data.extend(self.price.to_le_bytes()); // moving average
        data.extend(self.confidence.to_le_bytes()); // its confidence
        data.extend(1_u64.to_le_bytes()); // posted slot
        data.resize(SIZE, 0);
        data
    }

    /// Reads an account's bytes; `None` when they are something else. Whether [`RECEIVER`] owns it is the caller's to
    /// check.
    #[must_use]
    pub fn decode(data: &[u8]) -> Option<Self> {
        let (signatures, message) = match data.strip_prefix(&DISCRIMINATOR)?.get(32..)? {
            [0, count, message @ ..] => (Some(*count), message),
            [1, message @ ..] => (None, message),
            _ => return None,
        };
        let (feed, rest) = message.split_first_chunk::<32>()?;
        let (price, rest) = rest.split_first_chunk()?;
        let (confidence, rest) = rest.split_first_chunk()?;
        let (exponent, rest) = rest.split_first_chunk()?;
        let (publish_time, _) = rest.split_first_chunk()?;
        Some(Self {
            feed: Address::new_from_array(*feed),
            price: i64::from_le_bytes(*price),
            confidence: u64::from_le_bytes(*confidence),
            exponent: i32::from_le_bytes(*exponent),
            publish_time: i64::from_le_bytes(*publish_time),
            signatures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let full = PriceUpdate {
            feed: Address::new_from_array([7; 32]),
            price: -93_120_000,
            confidence: 40_000,
            exponent: -8,
            publish_time: 1_800_000_000,
            signatures: None,
        };
        for update in [full, PriceUpdate { signatures: Some(5), ..full }] {
            let data = update.data();
            assert_eq!((data.len(), PriceUpdate::decode(&data)), (SIZE, Some(update)));
            assert_eq!(PriceUpdate::decode(&data[1..]), None);
            assert_eq!(PriceUpdate::decode(&data[..90]), None);
        }
        // Below zero, and not fully verified.
        assert_eq!((full.price(), PriceUpdate { price: 0, ..full }.price()), (None, None));
        let good = PriceUpdate { price: 93_120_000, ..full };
        let ends = good.price().map(|price| (price.low, price.high));
        assert_eq!(ends, Some((93_080_000, 93_160_000)));
        assert_eq!(PriceUpdate { signatures: Some(1), ..good }.price(), None);
        assert_eq!(PriceUpdate { confidence: u64::MAX, ..good }.price(), None);
    }
}
