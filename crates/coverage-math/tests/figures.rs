//! The figures that are shown, each by an example that was computed by hand.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::expect_used)]

use coverage_math::{
    DAY, YEAR,
    figures::{
        EARNINGS_PERIOD, Earnings, GAIN_UNIT, Step, annual_ppm, at_least, at_most, earnings, gone_bps, part_bps,
        yearly, yield_bps,
    },
};

const NOW: u64 = 1_000 * DAY;
/// A percent of a gain.
const PERCENT: i64 = GAIN_UNIT / 100;

#[test]
fn slack_is_half_a_percent_and_never_more() {
    assert_eq!((at_most(1_000), at_least(1_000)), (1_005, 995));
    // 0.5% of 1,999 are 9.995: 10 more would be too much, and 10 less too little.
    assert_eq!((at_most(1_999), at_least(1_999)), (2_008, 1_990));
    assert_eq!((at_most(199), at_least(199)), (199, 199));
    assert_eq!((at_most(0), at_least(0)), (0, 0));
    assert_eq!(at_most(u64::MAX), u64::MAX);
    assert_eq!(at_least(u64::MAX), u64::MAX - u64::MAX / 200);
}

#[test]
fn parts_are_rounded_down() {
    assert_eq!(part_bps(1, 3), Some(3_333));
    assert_eq!(part_bps(5, 4), Some(12_500));
    assert_eq!(part_bps(0, 7), Some(0));
    assert_eq!(part_bps(7, 0), None);
    assert_eq!(part_bps(u64::MAX, u64::MAX), Some(10_000));
    assert_eq!(part_bps(u64::MAX, 1), Some(u32::MAX));
}

#[test]
fn time_goes_from_nothing_to_all() {
    assert_eq!([90, 100, 150, 199, 200, 300].map(|now| gone_bps(100, 200, now)), [0, 0, 5_000, 9_900, 10_000, 10_000]);
    assert_eq!(gone_bps(100, 100, 100), 10_000);
}

#[test]
fn running_streams_are_an_annual_rate() {
    // An atom a second is 31,536,000 a year: half of 63,072,000.
    assert_eq!(yield_bps(1 << 26, 2 * YEAR), Some(5_000));
    assert_eq!(yield_bps(1 << 26, 0), None);
    assert_eq!(yield_bps(u64::MAX, 1), Some(u32::MAX));
}

#[test]
fn a_premium_is_an_annual_rate() {
    // 5 for 1,000 over a tenth of a year is 5% a year.
    assert_eq!(annual_ppm(5, 1_000, NOW, NOW + YEAR / 10), Some(50_000));
    // A third of 10% in a year, rounded down.
    assert_eq!(annual_ppm(1, 30, NOW, NOW + YEAR), Some(33_333));
    assert_eq!(annual_ppm(5, 0, NOW, NOW + YEAR), None);
    assert_eq!(annual_ppm(5, 1_000, NOW, NOW), None);
    assert_eq!(annual_ppm(u64::MAX, 1, 0, 1), Some(u32::MAX));
}

/// A step so many days before now.
fn step(days: u64, capital: u64, brought: u64, taken: u64, earned: u64) -> Step {
    Step { at: NOW - days * DAY, capital, brought, taken, earned }
}

fn gain(steps: &[Step], capital: u64) -> i64 {
    earnings(steps.iter().copied(), capital, NOW).expect("somebody had shares").gain
}

#[test]
fn what_lps_bring_or_take_is_no_gain() {
    let steps = [step(20, 1_000, 1_000, 0, 0), step(10, 3_000, 2_000, 0, 0), step(5, 500, 0, 2_500, 0)];
    assert_eq!(gain(&steps, 500), 0);
}

#[test]
fn gains_multiply() {
    // 1,010 from 1,000, then 10,200 from 10,000: 1.01 × 1.02.
    let steps = [step(20, 1_000, 1_000, 0, 0), step(10, 10_000, 8_990, 0, 10)];
    assert_eq!(gain(&steps, 10_200), 3 * PERCENT + 2 * PERCENT / 100);
}

#[test]
fn a_loss_is_a_negative_gain() {
    assert_eq!(gain(&[step(20, 1_000, 1_000, 0, 0), step(10, 900, 0, 0, 0)], 900), -10 * PERCENT);
    assert_eq!(gain(&[step(20, 1_000, 1_000, 0, 0)], 0), -100 * PERCENT);
}

#[test]
fn the_last_thirty_days_count() {
    // Ten of the forty days lie before them, and a quarter of what they earned: 30 of 1,000 are left.
    let earned = earnings([step(40, 1_000, 1_000, 0, 0)], 1_040, NOW);
    assert_eq!(earned, Some(Earnings { gain: 3 * PERCENT, since: NOW - EARNINGS_PERIOD, whole: true }));
    // Half of the time between two events lies before them; a loss counts when it happened.
    let steps = [step(50, 1_000, 1_000, 0, 0), step(10, 540, 0, 0, 40)];
    assert_eq!(gain(&steps, 540), -48 * PERCENT);
    // What ended before them does not count.
    let steps = [step(80, 1_000, 1_000, 0, 0), step(50, 2_000, 0, 0, 1_000)];
    assert_eq!(gain(&steps, 2_000), 0);
}

#[test]
fn a_younger_pool_counts_from_its_start() {
    let earned = earnings([step(10, 1_000, 1_000, 0, 0)], 1_010, NOW).expect("somebody had shares");
    assert_eq!(earned, Earnings { gain: PERCENT, since: NOW - 10 * DAY, whole: false });
    assert_eq!(yearly(earned.gain, earned.since, NOW), Some(36 * PERCENT + PERCENT / 2));
    assert_eq!(yearly(earned.gain, NOW - DAY + 1, NOW), None);
    assert_eq!(yearly(-1, earned.since, NOW), None);
}

#[test]
fn nobody_gains_without_shares() {
    assert_eq!(earnings([], 0, NOW), None);
    assert_eq!(earnings([step(10, 0, 0, 0, 0)], 0, NOW), None);
    // A gain beyond all bounds is no figure.
    assert_eq!(earnings([step(10, 1, 1, 0, 0)], u64::MAX, NOW), None);
}
