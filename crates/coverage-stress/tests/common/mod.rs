//! Books to play with.

#![allow(dead_code, reason = "not every suite needs all of it")]

use coverage_math::{DAY, YEAR, day_of, stream};
use coverage_stress::{Book, Cover, Kind};

/// A midnight.
pub const NOW: u64 = 20_000 * DAY;

/// A policy over `amount` of a product that covers from now, for `days`, at `premium` atoms for all of them.
pub fn cover(product: usize, amount: u64, days: u64, premium: u64) -> Cover {
    let end = NOW + days * DAY;
    Cover {
        product,
        amount,
        claimed: 0,
        deductible_bps: 0,
        bought_at: NOW - 2 * DAY,
        cover_from: NOW - DAY,
        end,
        release_day: day_of(end) + 30,
        held: amount,
        rate: stream::stream(premium, days * DAY).expect("a rate").rate,
        renews: true,
    }
}

/// A pool with one product and the given policies of it.
pub fn one_product(capital: u64, covers: &[(u64, u64, u64)]) -> Book {
    let mut book = Book::new(NOW, capital);
    book.list("Only", Kind::Exploit, 0);
    for (amount, days, premium) in covers {
        book.insure(cover(0, *amount, *days, *premium)).expect("a policy");
    }
    book
}

/// A pool as the demo's: 400,000 tokens of six decimals, three products of three groups, `policies` of terms between a
/// month and a year, which fill half of the capital.
pub fn demo(policies: usize) -> Book {
    let mut book = Book::new(NOW + 43_200, 400_000_000_000);
    book.leverage_bps = 20_000;
    book.group_caps_bps = [20_000; 16];
    let products =
        [("Lending exploit", Kind::Exploit), ("Stablecoin depeg", Kind::Depeg), ("Validator slashing", Kind::Slashing)];
    for (group, (name, kind)) in products.into_iter().enumerate() {
        book.list(name, kind, group).weight_bps = 10_000;
    }
    let amount = 200_000_000_000 / policies as u64;
    for product in 0..3 {
        for number in (0..policies).filter(|number| number % 3 == product) {
            let days = 30 + (number as u64 * 37) % 335;
            let premium = (u128::from(amount) * u128::from(days * DAY) / u128::from(YEAR) / 40) as u64;
            let cover = Cover { deductible_bps: 500, ..cover(product, amount, days, premium) };
            book.insure(cover).expect("a policy");
        }
    }
    book
}
