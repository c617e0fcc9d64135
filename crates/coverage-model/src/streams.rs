//! What is earned by the second: premiums, and income that no premium paid for.

use crate::{Atoms, DAY, Fault, Model, Outcome, day_after, day_of, down, stored, up};

/// A rate is a whole number of 2^-26 atoms per second, and of what is earned as many are kept for the next time. That form
/// is the program's choice, and the model follows it so that both agree to the atom.
pub const UNITS: Atoms = 1 << 26;
/// Over how many days lost bonds and roundings reach the LPs, and surpluses at least.
pub(crate) const INCOME_DAYS: u64 = 7;
/// Over how many days recoveries reach them at least.
pub(crate) const RECOVERY_DAYS: u64 = 30;

/// Something that is earned by the second.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    /// Whose LPs earn it.
    pub pool: usize,
    /// 2^-26 atoms per second.
    pub rate: Atoms,
    /// Its first second.
    pub from: u64,
    /// Day whose first second ends it.
    pub end_day: u64,
    /// When it was stopped before that.
    pub stopped_at: Option<u64>,
}

impl Stream {
    /// What it has earned by a time, in 2^-26 atoms.
    fn earned(&self, time: u64) -> Atoms {
        let end = self.stopped_at.unwrap_or(self.end_day * DAY).min(time);
        self.rate * Atoms::from(end.saturating_sub(self.from))
    }

    /// Whether it still runs on a day.
    #[must_use]
    pub fn runs(&self, day: u64) -> bool {
        self.stopped_at.is_none() && self.end_day > day
    }
}

impl Model {
    /// Counts what is earned by now, in whole atoms; the rest is kept for the next time. Counts the filings that are over.
    pub fn accrue(&mut self, pool: usize) {
        let (now, today) = (self.now, day_of(self.now));
        if self.open_incidents(pool) > 0 && today > self.pools[pool].filing_day {
            self.pools[pool].filing_day = today;
        }
        if today != self.accrued_day(pool) {
            self.pools[pool].day_capital = self.capital(pool);
        }
        if now > self.pools[pool].accrued_at {
            let earned = self.earned(pool, now);
            let here = &mut self.pools[pool];
            here.accrued_at = now;
            here.income_earned = earned / UNITS;
        }
    }

    /// The day to which a pool has counted.
    #[must_use]
    pub fn accrued_day(&self, pool: usize) -> u64 {
        day_of(self.pools[pool].accrued_at)
    }

    /// Everything a pool has ever earned by a time, in 2^-26 atoms.
    fn earned(&self, pool: usize, time: u64) -> Atoms {
        let streams = self.streams.iter().filter(|stream| stream.pool == pool);
        self.pools[pool].earned_at_once + streams.map(|stream| stream.earned(time)).sum::<Atoms>()
    }

    /// What a pool had earned when it last counted and is less than an atom, in 2^-26 atoms.
    #[must_use]
    pub fn kept_fraction(&self, pool: usize) -> Atoms {
        let here = &self.pools[pool];
        self.earned(pool, here.accrued_at) - here.income_earned * UNITS
    }

    /// Ends all streams of a pool now and earns at once what they still had to earn.
    pub(crate) fn earn_all(&mut self, pool: usize) {
        let now = self.now;
        for number in 0..self.streams.len() {
            let stream = self.streams[number];
            if stream.pool == pool && stream.runs(day_of(now)) {
                self.streams[number].stopped_at = Some(now);
                self.pools[pool].earned_at_once += stream.rate * Atoms::from(stream.end_day * DAY - now);
            }
        }
        self.pools[pool].income_earned = self.earned(pool, now) / UNITS;
        self.pools[pool].income = None;
    }

    /// Streams an amount from the last accrual, which nearly always is now, until a day begins. What its division by seconds
    /// leaves over is earned at once. Returns the number of the stream.
    pub(crate) fn stream(&mut self, pool: usize, amount: Atoms, end_day: u64) -> Outcome<usize> {
        let from = self.pools[pool].accrued_at;
        let (units, seconds) = (stored(amount)? * UNITS, end_day * DAY - from);
        let rate = down(units, 1, seconds)?;
        self.pools[pool].earned_at_once += units - rate * Atoms::from(seconds);
        Ok(self.streams.push(Stream { pool, rate, from, end_day, stopped_at: None }))
    }

    /// Takes a part of a stream's rate out of it, as if both had been streams of their own. Returns the number of the other.
    pub(crate) fn split_off(&mut self, stream: usize, rate: Atoms) -> usize {
        self.streams[stream].rate -= rate;
        let whole = self.streams[stream];
        self.streams.push(Stream { rate, ..whole })
    }

    /// Stops a stream with the last accrual. Returns the whole atoms it will not earn; less than an atom of them is earned at
    /// once.
    pub(crate) fn stop(&mut self, stream: usize) -> Outcome<Atoms> {
        let Stream { pool, rate, end_day, .. } = self.streams[stream];
        let at = self.pools[pool].accrued_at;
        self.streams[stream].stopped_at = Some(at);
        self.forgo(pool, rate * Atoms::from(end_day * DAY - at))
    }

    /// Lets a stream end on an earlier day. Returns as `stop` does.
    pub(crate) fn shorten(&mut self, stream: usize, end_day: u64) -> Outcome<Atoms> {
        let Stream { pool, rate, end_day: old_end_day, .. } = self.streams[stream];
        self.streams[stream].end_day = end_day;
        self.forgo(pool, rate * Atoms::from((old_end_day - end_day) * DAY))
    }

    fn forgo(&mut self, pool: usize, units: Atoms) -> Outcome<Atoms> {
        self.pools[pool].earned_at_once += units % UNITS;
        stored(units / UNITS)
    }

    /// Income that no premium paid for reaches the LPs over at least seven days (B7).
    pub(crate) fn stream_income(&mut self, pool: usize, amount: Atoms) -> Outcome {
        self.stream_income_over(pool, amount, INCOME_DAYS)
    }

    /// The same over at least so many days.
    pub(crate) fn stream_income_over(&mut self, pool: usize, amount: Atoms, days: u64) -> Outcome {
        self.pools[pool].other_income += amount;
        self.add_income(pool, amount, self.income_end_day(pool, days))
    }

    /// A stream of premium that is for nobody's cover any more goes on as income: as it is, with other income that ends on the same day, or
    /// alone, if that takes long enough for so much.
    pub(crate) fn let_stream_join_income(&mut self, stream: usize) -> Outcome {
        let Stream { pool, rate, end_day, .. } = self.streams[stream];
        let (from, other) = (self.pools[pool].accrued_at, self.running_income(pool));
        let together = rate + other.map_or(0, |other| self.streams[other].rate);
        let left = up(together, end_day * DAY - from, UNITS)?;
        let days = income_days(left, self.seasoned_capital(pool)?);
        let days = if self.faults.has(Fault::T50) { 0 } else { days };
        let ends_alike = other.is_none_or(|other| self.streams[other].end_day == end_day);
        if !ends_alike || end_day < self.income_end_day(pool, days) {
            let rest = self.stop(stream)?;
            return self.join_income(pool, rest, end_day);
        }
        for stream in [Some(stream), other].into_iter().flatten() {
            self.streams[stream].stopped_at = Some(from);
        }
        let here = &mut self.pools[pool];
        here.joined_income = (here.joined_income.0 + up(rate, end_day * DAY - from, UNITS)?, end_day);
        here.income = Some(self.streams.push(Stream { pool, rate: together, from, end_day, stopped_at: None }));
        Ok(())
    }

    /// Premium that is for nobody's cover any more goes on as income, until a day begins.
    pub(crate) fn join_income(&mut self, pool: usize, amount: Atoms, end_day: u64) -> Outcome {
        let here = &mut self.pools[pool];
        here.joined_income = (here.joined_income.0 + amount, end_day);
        self.add_income(pool, amount, end_day)
    }

    /// Streams what is to be earned though nothing is covered for it, until a day begins. What is left of earlier such income goes on
    /// with it, as one stream.
    fn add_income(&mut self, pool: usize, amount: Atoms, end_day: u64) -> Outcome {
        if amount == 0 {
            return Ok(());
        }
        let (left, end_day) = match self.running_income(pool) {
            None => (0, end_day),
            Some(stream) => {
                let left_day = self.streams[stream].end_day;
                let left = self.stop(stream)?;
                (left, mean_day((left, left_day), (amount, end_day)))
            }
        };
        let days = income_days(left + amount, self.seasoned_capital(pool)?);
        let days = if self.faults.has(Fault::T50) { 0 } else { days };
        let end_day = end_day.max(self.income_end_day(pool, days));
        let stream = self.stream(pool, left + amount, end_day)?;
        self.pools[pool].income = Some(stream);
        Ok(())
    }

    /// The stream of income that no premium paid for, if it earns anything after the last accrual.
    fn running_income(&self, pool: usize) -> Option<usize> {
        let runs =
            |stream: &usize| self.streams[*stream].rate > 0 && self.streams[*stream].runs(self.accrued_day(pool));
        self.pools[pool].income.filter(runs)
    }

    /// What is still to come of it, atoms, rounded up.
    pub fn income_left(&self, pool: usize) -> Outcome<Atoms> {
        let Some(stream) = self.running_income(pool) else { return Ok(0) };
        let Stream { rate, end_day, .. } = self.streams[stream];
        up(rate, end_day * DAY - self.pools[pool].accrued_at, UNITS)
    }

    /// The first day that begins at least so many days after the last accrual.
    pub(crate) fn income_end_day(&self, pool: usize, days: u64) -> u64 {
        day_after(self.pools[pool].accrued_at + days * DAY)
    }
}

/// Over how many days other income reaches the LPs of so much capital, which stayed for a season, at least: as many of a year's
/// as it has of the capital, rounded up, at most 365.
pub(crate) fn income_days(amount: Atoms, capital: Atoms) -> u64 {
    if amount >= capital {
        return 365;
    }
    let days = (amount * 365 + capital - 1) / capital;
    u64::try_from(days).expect("days of a year")
}

/// The mean of two days by amounts, rounded towards the first: a first amount that ends on one, and a second one that ends on another.
/// One of them is not zero.
fn mean_day((first, first_day): (Atoms, u64), (second, second_day): (Atoms, u64)) -> u64 {
    let (all, days) = (first + second, first_day.abs_diff(second_day));
    let moved = second * Atoms::from(days) / all;
    let moved = u64::try_from(moved).expect("days between them");
    if second_day > first_day { first_day + moved } else { first_day - moved }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_day_is_towards_the_first() {
        assert_eq!(mean_day((3, 10), (1, 14)), 11);
        assert_eq!(mean_day((7, 10), (1, 14)), 10);
        assert_eq!(mean_day((3, 14), (1, 10)), 13);
        assert_eq!(mean_day((7, 14), (1, 10)), 14);
        assert_eq!((mean_day((0, 10), (1, 14)), mean_day((1, 10), (0, 14))), (14, 10));
    }

    #[test]
    fn no_more_than_the_capital_comes_in_a_year() {
        let days = [(0, 0), (0, 1_000), (82, 1_000), (83, 1_000), (500, 1_000), (999, 1_000), (5_000, 1_000)];
        let days = days.map(|(amount, capital)| income_days(amount, capital));
        assert_eq!(days, [365, 0, 30, 31, 183, 365, 365]);
    }
}
