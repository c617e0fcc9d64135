//! Numbers, and why an action is refused.

use crate::Rule;
use num_bigint::BigUint;

/// Whole atoms, shares or lamports. Wide enough for any sum of numbers of 64 bits.
pub type Atoms = i128;

/// Seconds of a day.
pub const DAY: u64 = 86_400;
/// Seconds of the year of every annual rate.
pub const YEAR: u64 = 365 * DAY;
/// All of something, in basis points.
pub const ALL_BPS: u16 = 10_000;

/// All of something, in the parts that claims are sure of: 65,536ths.
pub const WHOLE: Atoms = 65_536;

/// Why an action must be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A rule of the program.
    Rule(Rule),
    /// The token program or the system program: somebody has less than they want to send.
    TooFewTokens,
    /// The system program: there can be no second account at an address.
    Exists,
}

/// What becomes of an action.
pub type Outcome<T = ()> = Result<T, Refusal>;

impl From<Rule> for Refusal {
    fn from(rule: Rule) -> Self {
        Self::Rule(rule)
    }
}

/// Refuses by `rule` unless it holds.
pub fn must(holds: bool, rule: Rule) -> Outcome {
    if holds { Ok(()) } else { Err(Refusal::Rule(rule)) }
}

/// Refuses a number that an account's field of 64 bits cannot hold.
pub fn stored(number: Atoms) -> Outcome<Atoms> {
    must((0..=Atoms::from(u64::MAX)).contains(&number), Rule::MathOverflow)?;
    Ok(number)
}

/// `amount × top / bottom`, rounded down; none of them is negative. Refuses what no account can hold.
pub fn down(amount: impl Into<Atoms>, top: impl Into<Atoms>, bottom: impl Into<Atoms>) -> Outcome<Atoms> {
    let (whole, _) = divide(amount.into(), top.into(), bottom.into()).ok_or(Rule::MathOverflow)?;
    stored(whole)
}

/// `amount × top / bottom`, rounded up; none of them is negative. Refuses what no account can hold.
pub fn up(amount: impl Into<Atoms>, top: impl Into<Atoms>, bottom: impl Into<Atoms>) -> Outcome<Atoms> {
    let (whole, rest) = divide(amount.into(), top.into(), bottom.into()).ok_or(Rule::MathOverflow)?;
    stored(whole + Atoms::from(rest))
}

/// `bps` of an amount, rounded down.
pub fn part_down(amount: Atoms, bps: u16) -> Outcome<Atoms> {
    down(amount, bps, ALL_BPS)
}

/// `bps` of an amount, rounded up.
pub fn part_up(amount: Atoms, bps: u16) -> Outcome<Atoms> {
    up(amount, bps, ALL_BPS)
}

/// The whole part of `amount × top / bottom`, and whether there is a rest; `None` when it is wider than 64 bits.
fn divide(amount: Atoms, top: Atoms, bottom: Atoms) -> Option<(Atoms, bool)> {
    let [amount, top, bottom] = [amount, top, bottom].map(|number| number.try_into().expect("not negative"));
    let (whole, rest): (u128, bool) = match u128::checked_mul(amount, top) {
        Some(product) => (product / bottom, !product.is_multiple_of(bottom)),
        None => {
            let (product, bottom) = (BigUint::from(amount) * top, BigUint::from(bottom));
            ((&product / &bottom).try_into().ok()?, product % bottom != BigUint::ZERO)
        }
    };
    u64::try_from(whole).ok().map(|whole| (whole.into(), rest))
}

/// The day a second lies in.
#[must_use]
pub const fn day_of(second: u64) -> u64 {
    second / DAY
}

/// The first day that begins at a second or after it.
#[must_use]
pub const fn day_after(second: u64) -> u64 {
    second.div_ceil(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn roundings_go_where_their_names_say() {
        assert_eq!((down(7, 3, 2), up(7, 3, 2)), (Ok(10), Ok(11)));
        assert_eq!((down(8, 3, 2), up(8, 3, 2)), (Ok(12), Ok(12)));
        assert_eq!((part_down(19_999, 1), part_up(19_999, 1)), (Ok(1), Ok(2)));
        assert_eq!((day_of(2 * DAY - 1), day_after(2 * DAY - 1), day_after(2 * DAY)), (1, 2, 2));
    }

    #[test]
    fn what_no_account_holds_overflows() {
        let (most, overflow) = (Atoms::from(u64::MAX), Err(Refusal::Rule(Rule::MathOverflow)));
        assert_eq!((down(most, 1, 1), down(most + 1, 1, 1)), (Ok(most), overflow));
        // The product is wider than 128 bits.
        let wide: Atoms = 1 << 126;
        assert_eq!((down(wide, most, wide), up(wide, most, wide)), (Ok(most), Ok(most)));
        assert_eq!((down(wide, most + 1, wide), up(wide - 1, most + 1, wide)), (overflow, overflow));
        assert_eq!(stored(-1), overflow);
    }

    proptest! {
        #[test]
        fn a_quotient_is_the_widest_whole_number_that_fits(
            amount in any::<u64>(), top in any::<u64>(), bottom in 1..=u64::MAX,
        ) {
            let [amount, top, bottom] = [amount, top, bottom].map(Atoms::from);
            // Widened beyond 128 bits it is the same.
            let wide = |number: Atoms| number << 40;
            if let Ok(whole) = down(amount, top, bottom) {
                prop_assert_eq!(down(wide(amount), top, wide(bottom)), Ok(whole));
                let (product, least) = (BigUint::from(amount.unsigned_abs()) * top.unsigned_abs(), BigUint::from(whole.unsigned_abs()));
                let bottom = bottom.unsigned_abs();
                prop_assert!(&least * bottom <= product && product < (least + 1u8) * bottom);
            }
        }
    }
}
