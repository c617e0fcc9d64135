//! Terms to try the model with: those of the tests and of the examples in its documentation.

use crate::{AssemblyParams, DAY, DrawParams, GROUPS, PoolParams, PriceParams, ProductParams};

/// An assembly that votes for three days with stake that is a day old, a fifth of which is a quorum.
#[must_use]
pub fn assembly() -> AssemblyParams {
    AssemblyParams {
        voting_period: 3 * DAY,
        min_stake_age: DAY,
        unstake_delay: 60 * DAY,
        quorum_bps: 2_000,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
    }
}

/// A pool with twice as much cover as capital, 5% of premiums to the treasury and to the assessors, and cover whatever its
/// court has at stake.
#[must_use]
pub fn pool() -> PoolParams {
    PoolParams {
        authority: Default::default(),
        guardian: Default::default(),
        arbiter: Default::default(),
        treasury: Default::default(),
        min_premium: 1_000,
        assessors_limit: 1_000_000_000_000,
        vote_reward: 20_000_000,
        timelock: 9 * DAY,
        stake_floor: 0,
        cover_per_stake: 0,
        exit_delay_days: 7,
        season_days: 1,
        leverage_bps: 20_000,
        protocol_fee_bps: 500,
        assessor_fee_bps: 500,
        cancel_fee_bps: 500,
        group_caps_bps: [20_000; GROUPS],
    }
}

/// A product on which the jury decides: 2% a year, 5% at a utilisation of 80%, 20% at full utilisation; a day of waiting,
/// 30 days of grace, a deductible of 5%.
#[must_use]
pub fn product() -> ProductParams {
    ProductParams {
        name: "Lending exploit".into(),
        terms_uri: "https://example.org/terms".into(),
        terms_hash: [7; 32],
        risk_kind: 0,
        group: 0,
        weight_bps: 10_000,
        r0_ppm: 20_000,
        r1_ppm: 50_000,
        r2_ppm: 200_000,
        kink_bps: 8_000,
        min_term_days: 1,
        max_term_days: 365,
        waiting_days: 1,
        grace_days: 30,
        deductible_bps: 500,
        report_window_days: 30,
        filing_window_days: 14,
        claim_bond_bps: 100,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        min_amount: 1_000_000,
        max_amount: 100_000_000_000_000,
        incident_bond: 500_000_000,
        trigger: 0,
        trigger_source: Default::default(),
        price: PriceParams::NONE,
        draws: DrawParams::NONE,
    }
}

/// One on which prices decide: broken below 0.98 for an hour, by prices at most twenty minutes apart, and worth nothing at
/// 0.88; a deductible of 2%.
#[must_use]
pub fn price_product() -> ProductParams {
    ProductParams {
        group: 1,
        deductible_bps: 200,
        filing_window_days: 3,
        trigger: 1,
        price: PriceParams {
            strike: 98_000_000,
            floor: 88_000_000,
            exponent: -8,
            max_age: 60,
            min_duration: 3_600,
            max_gap: 1_200,
        },
        ..product()
    }
}

/// One on which the covered program draws: at most 5% of the capital a day, half of it at once, a deductible of 10%.
#[must_use]
pub fn draw_product() -> ProductParams {
    ProductParams {
        group: 2,
        deductible_bps: 1_000,
        trigger: 2,
        draws: DrawParams { period: DAY, limit_bps: 500 },
        ..product()
    }
}
