//! What a court is worth beside what it decides on: the stake that carries a ballot, and what that stake costs.

use crate::{
    context::{Context, asset, governance},
    output::Record,
};
use anyhow::{Context as _, Result};
use coverage_client::{Assembly, Pool, Side, amount::Token};
use coverage_math::ballot::{self, Count, STAKE_OF_COVER, Weights};
use solana_address::Address;

/// The court of a pool at one time.
pub struct Court {
    /// Its stake that is old enough to count, atoms.
    pub stake: u64,
    /// The stake below which nothing is sold, atoms.
    pub floor: u64,
    /// The least stake that has an incident count where nobody else votes, atoms.
    pub alone: u64,
    /// The least stake that has an incident count whatever all others vote, atoms.
    pub against_all: u64,
    /// The most cover that it carries, atoms of the asset; nothing where there is no limit.
    pub carries: Option<u64>,
    /// What a whole staked token must be worth for `alone` to cost as much as the pool's capital, atoms of the asset, rounded up.
    pub safe_price: u64,
    token: Token,
    asset: Token,
}

impl Court {
    /// The court of `pool`, whose books have been accrued to `now`.
    pub fn of(pool: &Pool, assembly: &Assembly, now: u64) -> Result<Self> {
        let stake = assembly.stake_at(now)?;
        let quorum =
            ballot::quorum_weight(stake, assembly.quorum_bps, pool.stake_floor).context("a stake too large")?;
        let (yes, no) = (Side::For.level(), Side::Against.level());
        let most = u64::MAX / 2;
        let alone = ballot::least_alone(most, yes, no, quorum, assembly.threshold_bps).unwrap_or(most);
        // Of two sides, one with all the stake that the other has not.
        let against_all = ballot::least(stake.max(1), |weight| {
            let (mut fixed, movable): (Weights, Weights) = ([0; 17], [0; 17]);
            (fixed[usize::from(yes)], fixed[usize::from(no)]) = (weight, stake.saturating_sub(weight));
            let (default, threshold_bps) = (no, assembly.threshold_bps);
            Count { fixed: &fixed, movable: &movable, default, quorum, threshold_bps }.level() == Some(yes)
        });
        let against_all = against_all.unwrap_or(stake.max(1));
        let whole = 10_u128.saturating_pow(assembly.decimals.into());
        let price = u128::from(pool.capital).saturating_mul(whole).div_ceil(u128::from(alone.max(1)));
        Ok(Self {
            stake,
            floor: pool.stake_floor,
            alone,
            against_all: against_all.max(alone.min(stake)),
            carries: ballot::cover_of_court(stake, pool.cover_per_stake),
            safe_price: u64::try_from(price).unwrap_or(u64::MAX),
            token: governance(assembly),
            asset: asset(pool),
        })
    }

    /// How it stands to its floor, in words.
    pub fn standing(&self) -> &'static str {
        match self.floor {
            0 => "has no floor",
            floor if self.stake < floor => "below the floor: nothing is sold",
            _ => "at the floor or above",
        }
    }

    /// Its figures in a record of the pool.
    pub fn show(&self, record: Record) -> Record {
        record
            .amount("court_stake", &self.token, self.stake)
            .amount("stake_floor", &self.token, self.floor)
            .text("court", self.standing())
            .maybe_amount("court_carries", &self.asset, self.carries)
            .amount("wins_a_ballot_unopposed", &self.token, self.alone)
            .amount("wins_it_against_all", &self.token, self.against_all)
            .amount("token_should_be_worth", &self.asset, self.safe_price)
    }

    /// What anyone who relies on it should know: statements, and what was found.
    pub fn statements(&self, pool: &Pool) -> [(&'static str, String); 3] {
        let (token, asset) = (&self.token, &self.asset);
        [
            (
                "its stake, and the floor below which nothing is sold",
                format!("{} and {}: {}", token.exact(self.stake), token.exact(self.floor), self.standing()),
            ),
            (
                "the stake that wins a ballot",
                format!(
                    "{} where nobody else votes, {} where all others vote against it",
                    token.exact(self.alone),
                    token.exact(self.against_all),
                ),
            ),
            (
                "what a staked token must be worth for the first of these to cost as much as the pool's capital",
                format!("{} of the asset, for {}", asset.exact(self.safe_price), asset.exact(pool.capital)),
            ),
        ]
    }
}

/// Whether more of the staked token can be minted, in words.
pub fn minting(mint: &Address, context: &Context) -> Result<String> {
    Ok(match context.mint_authority(mint)? {
        Some(authority) => format!("yes, by {authority}"),
        None => "no".into(),
    })
}

/// How much cover a whole staked token carries, atoms of the asset; nothing where there is no limit.
pub fn cover_of_a_token(pool: &Pool, decimals: u8) -> Option<u64> {
    let carried = u128::from(pool.cover_per_stake).saturating_mul(10_u128.saturating_pow(decimals.into()))
        / u128::from(STAKE_OF_COVER);
    (pool.cover_per_stake > 0).then(|| u64::try_from(carried).unwrap_or(u64::MAX))
}

/// The parameter under which a whole staked token of so many decimals carries `cover`, atoms, rounded down.
pub fn cover_per_stake(cover: u64, decimals: u8) -> Result<u64> {
    let parameter = u128::from(cover) * u128::from(STAKE_OF_COVER) / 10_u128.saturating_pow(decimals.into());
    let parameter = u64::try_from(parameter).context("more cover for each token than can be")?;
    anyhow::ensure!(
        cover == 0 || parameter > 0,
        "so little cover for each token is none: the staked token has {decimals} decimals"
    );
    Ok(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cover_of_a_token_is_kept() {
        assert_eq!(cover_per_stake(5_000_000, 6).expect("a parameter"), 5_000_000_000);
        assert_eq!(cover_per_stake(0, 6).expect("no limit"), 0);
        assert!(cover_per_stake(1, 18).is_err());
    }
}
