//! The scenario's terms as the program takes them.

use crate::{
    actors,
    scenario::{PriceTerms, ProductTerms, Scenario},
};
use anyhow::{Context, Result, ensure};
use coverage_client::{AssemblyParams, DrawParams, PoolParams, PriceParams, ProductParams, Trigger, amount::Token};
use coverage_model::DAY;
use coverage_wordings::named;
use solana_address::Address;

/// Parameters of the assembly, the pool and the products.
#[derive(Clone)]
pub struct Terms {
    /// Of the assembly.
    pub assembly: AssemblyParams,
    /// Of the pool.
    pub pool: PoolParams,
    /// Of the products, in the order in which they are listed.
    pub products: Vec<ProductParams>,
}

impl Terms {
    /// The terms of a scenario. The founder is authority, guardian, arbiter and treasury.
    pub fn of(scenario: &Scenario) -> Result<Self> {
        let founder = actors::address(&scenario.founder);
        let (assembly, pool) = (&scenario.assembly, &scenario.pool);
        let assembly = AssemblyParams {
            voting_period: assembly.voting_days.saturating_mul(DAY),
            min_stake_age: assembly.min_stake_age_days.saturating_mul(DAY),
            unstake_delay: assembly.unstake_delay_days.saturating_mul(DAY),
            quorum_bps: assembly.quorum_bps,
            threshold_bps: assembly.threshold_bps,
            overturn_slash_bps: assembly.overturn_slash_bps,
        };
        let pool = PoolParams {
            authority: founder,
            guardian: founder,
            arbiter: founder,
            treasury: founder,
            min_premium: pool.min_premium.atoms(&scenario.asset).context("the pool's least premium")?,
            vote_reward: pool.vote_reward.atoms(&scenario.asset).context("the pool's vote reward")?,
            assessors_limit: pool
                .assessors_limit
                .atoms(&scenario.asset)
                .context("the limit of the pool's voters' fund")?,
            timelock: pool.timelock_days.saturating_mul(DAY),
            stake_floor: pool.stake_floor.atoms(&scenario.governance).context("the floor of the court's stake")?,
            cover_per_stake: cover_per_stake(pool.cover_per_stake.atoms(&scenario.asset)?, &scenario.governance)?,
            exit_delay_days: pool.exit_delay_days,
            season_days: pool.season_days,
            leverage_bps: pool.leverage_bps,
            protocol_fee_bps: pool.protocol_fee_bps,
            assessor_fee_bps: pool.assessor_fee_bps,
            cancel_fee_bps: pool.cancel_fee_bps,
            group_caps_bps: [pool.group_cap_bps; 16],
        };
        let products = scenario
            .products
            .iter()
            .map(|terms| product(scenario, terms).with_context(|| format!("product {}", terms.name)));
        Ok(Self { assembly, pool, products: products.collect::<Result<_>>()? })
    }
}

/// The program counts cover for each 10^9 atoms of stake, a scenario for each token.
fn cover_per_stake(cover: u64, governance: &Token) -> Result<u64> {
    let whole = 10_u128.pow(governance.decimals.into());
    Ok(u64::try_from(u128::from(cover) * 1_000_000_000 / whole)?)
}

fn price(terms: &PriceTerms) -> Result<PriceParams> {
    let minutes = |minutes: u32| minutes.saturating_mul(60);
    Ok(PriceParams {
        strike: terms.strike.atoms(&terms.feed)?,
        floor: terms.floor.atoms(&terms.feed)?,
        exponent: -i32::from(terms.feed.decimals),
        max_age: terms.max_age_seconds,
        min_duration: minutes(terms.min_duration_minutes),
        max_gap: minutes(terms.max_gap_minutes),
    })
}

fn product(scenario: &Scenario, terms: &ProductTerms) -> Result<ProductParams> {
    let by_price = terms.price.as_ref().map(price).transpose()?;
    let wording = named(&terms.wording).with_context(|| format!("there is no wording {}", terms.wording))?;
    let decides = if by_price.is_some() { Trigger::Price } else { Trigger::Jury };
    ensure!(wording.trigger == decides, "{} has the words for other products", wording.name);
    let covers = terms.covers.as_ref().map(|name| actors::address(name).to_string());
    Ok(ProductParams {
        name: terms.name.clone(),
        terms_uri: wording.uri(covers.as_deref()),
        terms_hash: wording.sha256,
        risk_kind: wording.risk.byte(),
        group: terms.group,
        weight_bps: terms.weight_bps,
        r0_ppm: terms.curve.r0_ppm,
        r1_ppm: terms.curve.r1_ppm,
        r2_ppm: terms.curve.r2_ppm,
        kink_bps: terms.curve.kink_bps,
        min_term_days: terms.term_days.min,
        max_term_days: terms.term_days.max,
        waiting_days: terms.waiting_days,
        grace_days: terms.grace_days,
        deductible_bps: terms.deductible_bps,
        report_window_days: terms.report_window_days,
        filing_window_days: terms.filing_window_days,
        claim_bond_bps: terms.claim_bond_bps,
        dispute_window: terms.dispute_window_days.saturating_mul(DAY),
        appeal_window: terms.appeal_window_days.saturating_mul(DAY),
        min_amount: terms.amount.min.atoms(&scenario.asset)?,
        max_amount: terms.amount.max.atoms(&scenario.asset)?,
        incident_bond: terms.incident_bond.atoms(&scenario.asset)?,
        trigger: wording.trigger.byte(),
        trigger_source: terms.price.as_ref().map_or(Address::default(), |terms| actors::feed(&terms.feed.symbol)),
        price: by_price.unwrap_or(PriceParams::NONE),
        draws: DrawParams::NONE,
    })
}
