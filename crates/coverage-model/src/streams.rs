//! What is earned by the second: premiums, and income that no premium paid for.

use crate::{Atoms, DAY, Model, Outcome, day_after, day_of, down, stored};

/// A rate is a whole number of 2^-26 atoms per second, and of what is earned as many are kept for the next time. That form
/// is the program's choice, and the model follows it so that both agree to the atom.
pub const UNITS: Atoms = 1 << 26;

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

    /// Stops a stream now. Returns the whole atoms it will not earn; less than an atom of them is earned at once.
    pub(crate) fn stop(&mut self, stream: usize) -> Outcome<Atoms> {
        let now = self.now;
        self.streams[stream].stopped_at = Some(now);
        let Stream { pool, rate, end_day, .. } = self.streams[stream];
        self.forgo(pool, rate * Atoms::from(end_day * DAY - now))
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
        self.pools[pool].other_income += amount;
        self.stream(pool, amount, self.income_end_day(pool))?;
        Ok(())
    }

    /// The first day that begins at least seven days after the last accrual.
    pub(crate) fn income_end_day(&self, pool: usize) -> u64 {
        day_after(self.pools[pool].accrued_at + 7 * DAY)
    }
}
