//! The price of cover: the area under a bent line.

use super::{
    Product,
    numbers::{Atoms, YEAR, exact, fraction},
};
use num_rational::BigRational;

/// `seconds / year × ∫ r(a / capacity) da` from `from` to `to`, exactly. The rate r, of a year, is linear from `r0` at
/// no utilisation to `r1` at the kink, then to `r2` at full utilisation.
pub fn premium(product: &Product, capacity: Atoms, from: Atoms, to: Atoms, seconds: u64) -> BigRational {
    let area = area(product, capacity, to) - area(product, capacity, from);
    area * fraction(seconds, YEAR)
}

/// The area below `active`.
fn area(product: &Product, capacity: Atoms, active: Atoms) -> BigRational {
    let terms = &product.terms;
    let rate = |ppm: u32| fraction(ppm, 1_000_000);
    let (low, middle, high) = (rate(terms.r0_ppm), rate(terms.r1_ppm), rate(terms.r2_ppm));
    let (capacity, active) = (exact(capacity), exact(active));
    let kink = &capacity * fraction(terms.kink_bps, 10_000);
    if active <= kink {
        return trapezoid(&low, &middle, &active, &kink);
    }
    let below = trapezoid(&low, &middle, &kink, &kink);
    below + trapezoid(&middle, &high, &(active - &kink), &(capacity - &kink))
}

/// The area of the first `part` of a slope from `start` to `end` that is `width` long.
fn trapezoid(start: &BigRational, end: &BigRational, part: &BigRational, width: &BigRational) -> BigRational {
    let reached = start + (end - start) * part / width;
    (start + reached) / exact(2) * part
}
