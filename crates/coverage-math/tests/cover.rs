//! `cover` and the fractions it is made of.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::cover::{
    INCOME_DAYS, Period, PremiumSplit, capacity, claimable, covers, deductible, income_days, income_end_day,
    income_takes, joint_end_day, part_of,
};
use coverage_math::{BPS, DAY, bps_ceil, bps_floor, day_of};
use proptest::prelude::*;
use reference::{Fraction, big, bps_to, ceil_of, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/cover.txt");
const ONE: u64 = 10_000;

/// A time, often at a day boundary or a second off it, within a range that leaves room for years of days.
fn time() -> impl Strategy<Value = u64> + Clone {
    (word(), 0u8..6).prop_map(|(raw, kind)| {
        let time = within(raw, 1 << 60);
        let boundary = time / DAY * DAY;
        [boundary, boundary + 1, boundary + DAY - 1].get(usize::from(kind)).copied().unwrap_or(time)
    })
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn bps_round_as_named(amount in word(), bps in bps_to(u16::MAX)) {
        prop_assert_eq!(bps_floor(amount, bps), small(&floor_of(amount, bps.into(), ONE)));
        prop_assert_eq!(bps_ceil(amount, bps), small(&ceil_of(amount, bps.into(), ONE)));
        prop_assert_eq!(capacity(amount, bps), bps_floor(amount, bps));
        prop_assert_eq!(deductible(amount, bps), bps_ceil(amount, bps));
    }

    #[test]
    fn bps_of_a_part_never_overflow(amount in word(), bps in bps_to(BPS)) {
        let (floor, ceil) = (bps_floor(amount, bps).unwrap(), bps_ceil(amount, bps).unwrap());
        prop_assert!(floor <= ceil && ceil - floor <= 1 && ceil <= amount);
    }

    #[test]
    fn a_period_is_the_term_and_up_to_a_day(
        now in time(), waiting in 0u16..=30, term in 1u16..=365, grace in 0u16..=90,
    ) {
        let period = Period::of_sale(now, waiting, term, grace).unwrap();
        prop_assert_eq!(period.cover_from, now + u64::from(waiting) * DAY);
        let (covered, term) = (period.end_day * DAY - period.cover_from, u64::from(term) * DAY);
        prop_assert!((term..term + DAY).contains(&covered));
        prop_assert_eq!(covered == term, now % DAY == 0);
        prop_assert_eq!(period.release_day, period.end_day + u64::from(grace));
        // It is paid for as long as the capacity is held: waiting and grace, too.
        let others = u64::from(waiting + grace) * DAY;
        prop_assert_eq!(u64::from(period.seconds), covered + others);
        prop_assert_eq!(now + u64::from(period.seconds), period.release_day * DAY);
    }

    #[test]
    fn a_period_is_exact_or_none(now in word(), waiting: u16, term: u16, grace: u16) {
        let from = big(now) + u64::from(waiting) * DAY;
        let until = &from + u64::from(term) * DAY;
        let end_day = (&until + (DAY - 1)) / DAY;
        let release = (&end_day + grace) * DAY;
        let fits = small(&until).is_some() && small(&release).is_some();
        let seconds = u32::try_from(&release - now).ok();
        let expected = seconds.filter(|_| fits).map(|seconds| {
            let end_day = small(&end_day).unwrap();
            Period { cover_from: small(&from).unwrap(), end_day, release_day: end_day + u64::from(grace), seconds }
        });
        prop_assert_eq!(Period::of_sale(now, waiting, term, grace), expected);
    }

    #[test]
    fn a_premium_is_split_without_a_rest(
        price in word(), commission in bps_to(2_000), protocol in bps_to(2_000), assessor in bps_to(1_000),
    ) {
        let price = price >> 1;
        let split = PremiumSplit::of(price, commission, protocol, assessor).unwrap();
        let parts = [(split.commission, commission), (split.protocol_fee, protocol), (split.assessor_fee, assessor)];
        for (part, bps) in parts {
            // part ≤ price × bps / 10,000 < part + 1
            let exact = big(price) * bps;
            prop_assert!(big(part) * ONE <= exact && exact < (big(part) + 1u8) * ONE);
        }
        let sum = parts.iter().fold(big(split.unearned), |sum, (part, _)| sum + *part);
        prop_assert_eq!(sum, big(split.premium));
        prop_assert_eq!(split.premium, price + split.commission);
        // Whatever the commission, the LPs get the same, and most of the price.
        prop_assert_eq!(split.unearned, PremiumSplit::of(price, 0, protocol, assessor).unwrap().unearned);
        prop_assert!(split.unearned >= price / 2);
    }

    #[test]
    fn a_premium_is_never_split_beyond_itself(price in word(), bps in [bps_to(BPS), bps_to(BPS), bps_to(BPS)]) {
        let [commission, fees @ ..] = bps.map(|bps| floor_of(price, bps.into(), ONE));
        let fees = fees.iter().fold(big(0u8), |sum, fee| sum + fee);
        let fits = fees <= big(price) && small(&(big(price) + commission)).is_some();
        prop_assert_eq!(PremiumSplit::of(price, bps[0], bps[1], bps[2]).is_some(), fits);
    }

    #[test]
    fn a_claim_is_the_loss_less_the_deductible(loss in word(), amount in word(), bps in bps_to(BPS), near: bool) {
        let kept = ceil_of(amount, bps.into(), ONE);
        let loss = if near { small(&kept).unwrap().saturating_add(loss % 3) } else { loss };
        let expected = if big(loss) > kept { small(&(big(loss) - &kept)) } else { None };
        prop_assert_eq!(claimable(loss, amount, bps), expected);
        // A total loss pays what the deductible leaves, rounded down.
        let rest = small(&floor_of(amount, u64::from(BPS - bps), ONE)).filter(|rest| *rest > 0);
        prop_assert_eq!(claimable(amount, amount, bps), rest);
    }

    #[test]
    fn cover_holds_from_its_first_to_its_last_second(from in word(), length in word(), at in word()) {
        let end = from.saturating_add(length);
        prop_assert!(covers(from, end, from) && covers(from, end, end));
        prop_assert!(from.checked_sub(1).is_none_or(|before| !covers(from, end, before)));
        prop_assert!(end.checked_add(1).is_none_or(|after| !covers(from, end, after)));
        prop_assert_eq!(covers(from, end, at), (from..=end).contains(&at));
    }

    #[test]
    fn income_takes_its_days_and_less_than_one_more(now in time(), days: u16) {
        let (end, days) = (income_end_day(now, days).unwrap() * DAY, u64::from(days) * DAY);
        prop_assert!((days..days + DAY).contains(&(end - now)));
    }

    /// As many of 365 days as it has of the capital.
    #[test]
    fn income_takes_longer_the_larger_it_is(amount in word(), capital in word(), near: bool) {
        let amount = if near { within(amount, capital) } else { amount };
        let days = if amount >= capital { big(365u16) } else { ceil_of(amount, 365, capital) };
        prop_assert_eq!(big(income_days(amount, capital)), days.min(big(365u16)));
    }

    /// The comparison without a quotient says what the days do: near the day on which they end, too.
    #[test]
    fn income_takes_its_days_as_counted(
        now in time(), amount in word(), capital in word(), near: bool, off in -2i64..=2, far in 0u64..400,
    ) {
        let amount = if near { within(amount, capital) } else { amount };
        let least = income_end_day(now, income_days(amount, capital)).unwrap();
        for end_day in [least.saturating_add_signed(off), now / DAY + far] {
            prop_assert_eq!(income_takes(amount, capital, now, end_day), end_day >= least);
        }
    }

    /// Less than a day from the mean by amounts, on the side of what is left.
    #[test]
    fn two_streams_end_with_their_mean(
        left in word(), amount in word(), day in 0u64..1 << 40, others in [0u64..600, 0u64..600],
    ) {
        let [left_day, end_day] = others.map(|days| day + days);
        let found = joint_end_day(left, left_day, amount, end_day);
        let all = left.checked_add(amount);
        prop_assert_eq!(found.is_some(), all.is_some());
        let (Some(joint), Some(all)) = (found, all) else { return Ok(()) };
        prop_assert!(left_day.min(end_day) <= joint && joint <= left_day.max(end_day));
        if all == 0 {
            prop_assert_eq!(joint, end_day);
            return Ok(());
        }
        // Less than a day: |joint × all − Σ| < all.
        let (sum, found) = (big(left) * left_day + big(amount) * end_day, big(joint) * all);
        let is_nearer = if left_day < end_day { found <= sum } else { found >= sum };
        let off = if found > sum { found - sum } else { sum - found };
        prop_assert!(is_nearer && off < big(all), "{} of {} and {}", joint, left_day, end_day);
        // What is too little to count moves nothing, however often it comes.
        let little = all / 2_000;
        prop_assert_eq!(joint_end_day(all - little, left_day, little, end_day), Some(left_day));
        prop_assert_eq!(joint_end_day(all, left_day, 0, end_day), Some(left_day));
        prop_assert_eq!(joint_end_day(0, left_day, all, end_day), Some(end_day));
    }

    #[test]
    fn a_part_is_rounded_down_and_all_is_all(amount in word(), part in word(), whole in word(), inside: bool) {
        let part = if inside { within(part, whole) } else { part };
        let exact = (whole > 0).then(|| floor_of(amount, part, whole.max(1)));
        let expected = if part == whole { Some(amount) } else { exact.and_then(|part| small(&part)) };
        prop_assert_eq!(part_of(amount, part, whole), expected);
        if part <= whole {
            // Taken out one after the other, parts are as much as the whole.
            let first = part_of(amount, part, whole).unwrap();
            prop_assert_eq!(part_of(amount - first, whole - part, whole - part), Some(amount - first));
            let exact = Fraction::new(big(amount) * part, whole.max(1));
            prop_assert!(whole == 0 || Fraction::whole(first) <= exact && exact < Fraction::whole(big(first) + 1u8));
        }
    }
}

#[test]
fn examples() {
    // Bought on day 100 at noon: waits a day, covers 30 days and the half-day to midnight, holds capacity 30 days more. All of
    // that is paid for.
    let noon = 100 * DAY + DAY / 2;
    let period =
        Period { cover_from: 101 * DAY + DAY / 2, end_day: 132, release_day: 162, seconds: 61 * 86_400 + 43_200 };
    assert_eq!(Period::of_sale(noon, 1, 30, 30), Some(period));
    // Bought at midnight sharp: exactly the term. A second later: a day less a second more.
    assert_eq!(Period::of_sale(100 * DAY, 0, 1, 0).unwrap().seconds, 86_400);
    assert_eq!(Period::of_sale(100 * DAY + 1, 0, 1, 0).unwrap().seconds, 86_400 + 86_399);
    assert_eq!(Period::of_sale(u64::MAX, 0, 1, 0), None);

    // 1,009 atoms: 20% is 201.8, 5% is 50.45, 2.5% is 25.225; what is rounded off stays with the LPs.
    let split = PremiumSplit { premium: 1_210, commission: 201, protocol_fee: 50, assessor_fee: 25, unearned: 934 };
    assert_eq!(PremiumSplit::of(1_009, 2_000, 500, 250), Some(split));
    assert_eq!(PremiumSplit::of(10, 0, 10_000, 1_000), None);

    assert_eq!(deductible(1_001, 500), Some(51));
    assert_eq!([50, 51, 52].map(|loss| claimable(loss, 1_001, 500)), [None, None, Some(1)]);
    assert_eq!(claimable(0, 1_000, 0), None);
    assert_eq!(claimable(1_000, 1_000, 10_000), None);

    assert_eq!([0, DAY - 1, DAY].map(day_of), [0, 0, 1]);
    assert_eq!(income_end_day(100 * DAY, INCOME_DAYS), Some(107));
    assert_eq!(income_end_day(100 * DAY + 1, INCOME_DAYS), Some(108));
    assert_eq!(income_end_day(u64::MAX, 0), None);

    // A tenth of the capital takes 36.5 days, and all of it a year.
    let capital = 1_000_000;
    let amounts = [0, 19_179, 82_191, 82_192, 100_000, 500_000, 999_999, 1_000_000, u64::MAX];
    assert_eq!(amounts.map(|amount| income_days(amount, capital)), [0, 8, 30, 31, 37, 183, 365, 365, 365]);
    assert_eq!([0, 1].map(|amount| income_days(amount, 0)), [365; 2], "nothing is left to compare it with");

    // 300 until day 110 and 100 until day 114: until day 111. Half a day goes towards what is left.
    assert_eq!(joint_end_day(300, 110, 100, 114), Some(111));
    assert_eq!(joint_end_day(300, 114, 100, 110), Some(113));
    assert_eq!(
        [(7, 110, 1, 114), (7, 114, 1, 110)].map(|(a, b, c, d)| joint_end_day(a, b, c, d)),
        [Some(110), Some(114)]
    );
    assert_eq!(joint_end_day(u64::MAX, 110, 1, 114), None);

    assert_eq!(
        [(7, 1, 2), (7, 2, 2), (0, 0, 0), (7, 0, 0)].map(|(a, b, c)| part_of(a, b, c)),
        [Some(3), Some(7), Some(0), Some(7)]
    );
    assert_eq!([(1, 1, 0), (u64::MAX, 2, 1)].map(|(a, b, c)| part_of(a, b, c)), [None; 2]);
}
