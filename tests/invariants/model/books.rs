//! The books of a pool: what is in each bucket, what is earned when, what may carry cover.

use super::{Atoms, DAY, Model, Name, Outcome, day_of, down, exact, fraction, part, stored};
use coverage_client::PoolParams;
use num_bigint::BigInt;
use num_rational::BigRational;
use solana_address::Address;

/// A rate is a whole number of 2^-26 atoms per second, and of what is earned as many are kept for the next time: that
/// form is the program's choice, and the model follows it so that both agree to the atom.
const UNITS: u64 = 1 << 26;
/// The largest capital for which prices are proven, atoms.
pub const MAX_CAPITAL: Atoms = 1 << 60;

/// What a pool knows that is not the sum of something.
#[derive(Clone, Debug)]
pub struct Pool {
    pub address: Address,
    pub params: PoolParams,
    /// Tokens in the vault, atoms.
    pub vault: Atoms,
    /// Supply of the share mint.
    pub supply: Atoms,
    /// Shares in the escrow.
    pub escrow: Atoms,
    /// Deposits in all, atoms.
    pub deposited: Atoms,
    /// Shares minted in all.
    pub minted: Atoms,
    /// The last time somebody asked the pool what it has earned.
    pub accrued_at: u64,
    /// What it had earned then, whole atoms.
    pub income_earned: Atoms,
    /// Income that no premium paid for, atoms.
    pub other_income: Atoms,
    /// Lost bonds that went to the assessors, atoms.
    pub slashed: Atoms,
    /// What came back and went to claims, atoms.
    pub recovered: Atoms,
    /// Who decides what finds no quorum twice.
    pub arbiter: Option<Name>,
    /// The last day on which liens were looked at.
    pub lien_day: u64,
    /// When something was last kept for others' sake.
    pub held_at: u64,
    /// What the division of an amount by seconds leaves over is earned at once, in 2^-26 atoms.
    pub earned_at_once: BigInt,
    /// Day of the last exits that were ever put into the queue while others waited.
    pub exit_tail_day: u64,
}

/// Something that is earned by the second.
#[derive(Clone, Debug)]
pub struct Stream {
    pub pool: usize,
    /// 2^-26 atoms per second.
    pub rate: BigInt,
    pub from: u64,
    /// Day whose first second ends it.
    pub end_day: u64,
    /// When it was stopped before that.
    pub stopped_at: Option<u64>,
}

impl Stream {
    /// What it has earned by a time, in 2^-26 atoms.
    fn earned(&self, time: u64) -> BigInt {
        let end = self.stopped_at.unwrap_or(self.end_day * DAY).min(time);
        &self.rate * end.saturating_sub(self.from)
    }

    /// Whether it still runs on a day.
    pub fn runs(&self, day: u64) -> bool {
        self.stopped_at.is_none() && self.end_day > day
    }
}

impl Model {
    /// Counts what is earned by now, in whole atoms; the rest is kept for the next time.
    pub fn accrue(&mut self, pool: usize) {
        if self.lien_total(pool) > 0 {
            self.pools[pool].lien_day = day_of(self.now);
        }
        if self.now > self.pools[pool].accrued_at {
            self.pools[pool].accrued_at = self.now;
            self.pools[pool].income_earned =
                down(&self.earned(pool, self.now)).expect("no more is earned than was paid");
        }
    }

    /// Everything a pool has ever earned by a time, exactly.
    pub fn earned(&self, pool: usize, time: u64) -> BigRational {
        let streams = self.streams.iter().filter(|stream| stream.pool == pool);
        let units = streams.fold(self.pools[pool].earned_at_once.clone(), |sum, stream| sum + stream.earned(time));
        fraction(units, UNITS)
    }

    /// What is earned and less than an atom, in 2^-26 atoms.
    pub fn kept_fraction(&self, pool: usize) -> Atoms {
        let Pool { accrued_at, income_earned, .. } = self.pools[pool];
        let kept = (self.earned(pool, accrued_at) - exact(income_earned)) * exact(UNITS);
        assert!(kept.is_integer(), "units are whole");
        down(&kept).expect("small")
    }

    /// Streams an amount from now until a day begins. Returns the number of the stream.
    pub fn stream(&mut self, pool: usize, amount: Atoms, end_day: u64) -> Outcome<usize> {
        let seconds = end_day * DAY - self.now;
        let units = BigInt::from(stored(amount)?) * UNITS;
        let rate = down(&fraction(units.clone(), seconds))?;
        self.pools[pool].earned_at_once += units - BigInt::from(rate) * seconds;
        self.streams.push(Stream { pool, rate: rate.into(), from: self.now, end_day, stopped_at: None });
        Ok(self.streams.len() - 1)
    }

    /// Stops a stream now. Returns the whole atoms it will not earn; less than an atom of them is earned at once.
    pub fn stop(&mut self, stream: usize) -> Outcome<Atoms> {
        self.streams[stream].stopped_at = Some(self.now);
        let Stream { pool, ref rate, end_day, .. } = self.streams[stream];
        let forgone = rate * (end_day * DAY - self.now);
        self.forgo(pool, forgone)
    }

    /// Lets a stream end on an earlier day. Returns as `stop` does.
    pub fn shorten(&mut self, stream: usize, end_day: u64) -> Outcome<Atoms> {
        let old_end_day = std::mem::replace(&mut self.streams[stream].end_day, end_day);
        let Stream { pool, ref rate, .. } = self.streams[stream];
        let forgone = rate * ((old_end_day - end_day) * DAY);
        self.forgo(pool, forgone)
    }

    fn forgo(&mut self, pool: usize, units: BigInt) -> Outcome<Atoms> {
        let whole = down(&fraction(units.clone(), UNITS))?;
        self.pools[pool].earned_at_once += units - BigInt::from(whole) * UNITS;
        Ok(whole)
    }

    /// Income that no premium paid for reaches the LPs over at least seven days (B7).
    pub fn stream_income(&mut self, pool: usize, amount: Atoms) -> Outcome {
        self.pools[pool].other_income += amount;
        self.stream(pool, amount, self.income_end_day())?;
        Ok(())
    }

    /// The first day boundary at least seven days away.
    pub fn income_end_day(&self) -> u64 {
        (self.now + 7 * DAY).div_ceil(DAY)
    }

    // The buckets

    /// What LPs own, as of the last accrual.
    pub fn capital(&self, pool: usize) -> Atoms {
        let Pool { deposited, income_earned, recovered, .. } = self.pools[pool];
        let left: Atoms = self.epochs_of(pool).map(|epoch| epoch.paid()).sum();
        deposited + income_earned + recovered - self.claims_settled(pool) - left
    }

    /// Premium and other income not yet earned, as of the last accrual.
    pub fn unearned(&self, pool: usize) -> Atoms {
        let Pool { other_income, income_earned, .. } = self.pools[pool];
        let premiums: Atoms =
            self.policies_of(pool).map(|policy| policy.parts.unearned - policy.refunded.unwrap_or(0)).sum();
        premiums + other_income - income_earned
    }

    /// Settled claims not yet collected.
    pub fn payable(&self, pool: usize) -> Atoms {
        self.claims_settled(pool) - self.claims_paid(pool)
    }

    /// Settled exits not yet collected.
    pub fn exits_due(&self, pool: usize) -> Atoms {
        self.epochs_of(pool).map(|epoch| epoch.paid() - epoch.collected - epoch.dust).sum()
    }

    /// The voters' reward fund.
    pub fn assessors(&self, pool: usize) -> Atoms {
        let fees: Atoms = self.policies_of(pool).map(|policy| policy.parts.assessor_fee).sum();
        fees + self.pools[pool].slashed - self.rewards_paid(pool)
    }

    /// Protocol fees not yet collected.
    pub fn treasury_due(&self, pool: usize) -> Atoms {
        self.policies_of(pool).map(|policy| policy.parts.protocol_fee).sum()
    }

    /// The sum of the buckets.
    pub fn owed(&self, pool: usize) -> Atoms {
        self.capital(pool)
            + self.unearned(pool)
            + self.payable(pool)
            + self.exits_due(pool)
            + self.bonds(pool)
            + self.assessors(pool)
            + self.treasury_due(pool)
    }

    // What may carry cover

    /// Capital set aside, never more than there is.
    pub fn liens(&self, pool: usize) -> Atoms {
        (self.lien_total(pool) + self.held_back(pool).0).min(self.capital(pool))
    }

    /// Capital that new cover may count on: neither set aside, nor about to leave at today's price. Without the second
    /// part, sales could keep those who want to leave for ever.
    pub fn free_capital(&self, pool: usize) -> Outcome<Atoms> {
        let capital = self.capital(pool);
        let leaving = super::up(&self.worth(pool, self.exiting_shares(pool)))?;
        Ok((capital - self.liens(pool) - leaving).clamp(0, MAX_CAPITAL))
    }

    /// A limit of so many bps of free capital.
    pub fn limit(&self, pool: usize, bps: u16) -> Outcome<Atoms> {
        down(&part(self.free_capital(pool)?, bps))
    }

    /// Capital + 1 and shares + 1,000: the price of a share. The offset of three decimals makes it costly to spoil.
    pub fn price(&self, pool: usize) -> BigRational {
        fraction(self.capital(pool) + 1, self.shares(pool) + 1_000)
    }

    /// What shares are worth, exactly.
    pub fn worth(&self, pool: usize, shares: Atoms) -> BigRational {
        exact(shares) * self.price(pool)
    }

    /// The day to which a pool has counted.
    pub fn accrued_day(&self, pool: usize) -> u64 {
        day_of(self.pools[pool].accrued_at)
    }
}
