//! Which capital carries cover, and from when the rest does, in words.

use crate::{
    context::asset,
    output::{LAST_DATE, moment},
};
use coverage_client::{
    Pool, Season,
    amount::Token,
    quote::{accrued, seasons},
};

/// Whether more capital carries cover later than at `now` if nobody comes or leaves.
pub fn grows(pool: &Pool, now: u64) -> bool {
    seasons(pool, now).is_ok_and(|seasons| seasons.len() > 1)
}

/// From when a deposit of `amount` at `now` carries cover, if nobody leaves, unix seconds; 0 before the pool was announced open,
/// when nobody knows.
pub fn carries_from(pool: &Pool, amount: u64, now: u64) -> u64 {
    let mut after = *pool;
    if pool.opened_at == 0 || after.quote_deposit(amount, now).is_err() {
        return 0;
    }
    seasons(&after, now).ok().and_then(|seasons| seasons.last().map(|season| season.from)).unwrap_or(0)
}

/// How much of the capital carries cover at `now`, and from when the rest does.
pub fn in_words(pool: &Pool, now: u64) -> String {
    let (Ok(seasons), Ok(pool)) = (seasons(pool, now), accrued(pool, now)) else {
        return "the pool's books cannot be accrued".into();
    };
    let token = asset(&pool);
    let days = pool.season_days;
    let Some((first, later)) = seasons.split_first() else { return String::new() };
    if pool.opened_at == 0 {
        return format!(
            "not open: cover is sold from {} on if `breakwater pool open` announces it now; what is here on the opening day \
             carries cover from the first sale on, what comes later {days} to {} days after it came",
            date(first.from),
            days.saturating_add(1),
        );
    }
    if pool.capital == 0 {
        return "there is no capital in the pool".into();
    }
    let capital = whole(pool.capital, &token);
    let carries = if first.capital == pool.capital {
        format!("all {capital} in the pool")
    } else {
        format!("of {capital} in the pool {}", amount(first.capital, &token))
    };
    if pool.check_selling(now).is_err() {
        let later = then(later, &token);
        return format!(
            "not yet for sale: {carries} will carry cover from the first sale on, {}{later}",
            date(first.from)
        );
    }
    let verb = if first.capital == 0 { "carries" } else { "carry" };
    format!("{carries} {verb} cover{}", then(later, &token))
}

/// What comes later: the next step, and the last.
fn then(later: &[Season], token: &Token) -> String {
    let step = |season: &Season| format!("{} will from {}", amount(season.capital, token), date(season.from));
    match later {
        [] => String::new(),
        [only] => format!("; {}, if nobody comes or leaves", step(only)),
        [next, .., last] => format!("; {} and {}, if nobody comes or leaves", step(next), step(last)),
    }
}

fn amount(atoms: u64, token: &Token) -> String {
    if atoms == 0 { "none".into() } else { whole(atoms, token) }
}

/// Tokens, rounded down to whole ones where there are many.
fn whole(atoms: u64, token: &Token) -> String {
    let one = 10u64.saturating_pow(token.decimals.into());
    let tokens = atoms / one;
    if tokens < 1_000 { token.short(atoms) } else { token.short(tokens.saturating_mul(one)) }
}

/// The day of a time as people say it: `14 December 2026`.
fn date(time: u64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = moment(time.min(LAST_DATE));
    let parts: Vec<_> = text.split(['-', 'T']).collect();
    let [year, month, day, ..] = parts.as_slice() else { return text };
    let name = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    name.map_or_else(|| text.clone(), |name| format!("{} {name} {year}", day.trim_start_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use coverage_client::{StoredIndex, ZeroCopy, constants::DAY};

    const TOKEN: u64 = 1_000_000;
    /// Midnight of 1 December 2026.
    const NOON: u64 = 1_796_083_200 + DAY / 2;

    /// A pool without capital, created at noon.
    fn pool() -> Pool {
        let zeros = [&Pool::DISCRIMINATOR[..], &vec![0; size_of::<Pool>()]].concat();
        let mut pool = Pool::decode(&zeros).expect("zeros");
        (pool.decimals, pool.season_days, pool.exit_delay_days, pool.leverage_bps) = (6, 7, 3, 10_000);
        (pool.accrued_at, pool.index) = (NOON, StoredIndex::START);
        pool
    }

    fn deposit(pool: &mut Pool, tokens: u64, now: u64) {
        pool.accrue(now).expect("the time");
        pool.mint(tokens * TOKEN, 0).expect("shares");
    }

    #[test]
    fn a_founder_reads_what_the_first_season_does() {
        let mut pool = pool();
        deposit(&mut pool, 400_000, NOON);
        assert_eq!(
            in_words(&pool, NOON),
            "not open: cover is sold from 9 December 2026 on if `breakwater pool open` announces it now; what is here on \
             the opening day carries cover from the first sale on, what comes later 7 to 8 days after it came"
        );
        pool.open(NOON).expect("it opens");
        assert_eq!(
            in_words(&pool, NOON),
            "not yet for sale: all 400,000 in the pool will carry cover from the first sale on, 9 December 2026"
        );
        // A day later more comes.
        deposit(&mut pool, 600_000, NOON + DAY);
        assert_eq!(
            in_words(&pool, NOON + DAY),
            "not yet for sale: of 1,000,000 in the pool 400,000 will carry cover from the first sale on, 9 December 2026; \
             1,000,000 will from 10 December 2026, if nobody comes or leaves"
        );
        assert!(grows(&pool, NOON + DAY));
        let selling = NOON + 8 * DAY;
        assert_eq!(
            in_words(&pool, selling),
            "of 1,000,000 in the pool 400,000 carry cover; 1,000,000 will from 10 December 2026, if nobody comes or leaves"
        );
        assert_eq!(in_words(&pool, selling + DAY), "all 1,000,000 in the pool carry cover");
        assert!(!grows(&pool, selling + DAY));
    }

    #[test]
    fn what_came_after_the_opening_carries_none_for_a_season() {
        let mut pool = pool();
        pool.open(NOON).expect("it opens");
        assert_eq!(in_words(&pool, NOON + 20 * DAY), "there is no capital in the pool");
        assert_eq!(carries_from(&pool, 1_000 * TOKEN, NOON + 20 * DAY), NOON - DAY / 2 + 28 * DAY);
        deposit(&mut pool, 1_000, NOON + 20 * DAY);
        assert_eq!(
            in_words(&pool, NOON + 20 * DAY),
            "of 1,000 in the pool none carries cover; 1,000 will from 29 December 2026, if nobody comes or leaves"
        );
    }
}
