//! What accounts say, computed as the program computes it.

use crate::{constants::LATE_REPORTS, *};
use coverage_math::{MAX_CAPITAL, cover, curve::Curve, day_of, settlement, shares, stake, stream, stream::Flow, tally};

/// The zero address: no account, no person.
pub const NOBODY: Address = Address::new_from_array([0; 32]);

/// How a ballot stands, and what it is once closed.
pub mod ballot_state {
    /// Votes are taken, or it waits to be closed.
    pub const OPEN: u8 = 0;
    /// Passed.
    pub const PASSED: u8 = 1;
    /// Failed.
    pub const FAILED: u8 = 2;
    /// Too few voted.
    pub const NO_QUORUM: u8 = 3;
}

/// How an incident stands.
pub mod incident_state {
    /// Not decided.
    pub const OPEN: u8 = 0;
    /// It counted.
    pub const SETTLED: u8 = 1;
    /// It did not count.
    pub const REJECTED: u8 = 2;
}

/// How a claim stands.
pub mod claim_state {
    /// Filed; it stands unless disputed.
    pub const FILED: u8 = 0;
    /// A ballot decides.
    pub const DISPUTED: u8 = 1;
    /// Its incident is settled and it was paid once.
    pub const SETTLED: u8 = 2;
    /// It gets nothing.
    pub const REJECTED: u8 = 3;
    /// Its dispute is decided.
    pub const DECIDED: u8 = 4;
}

/// How a product stands.
pub mod product_status {
    /// For sale.
    pub const ON_SALE: u8 = 0;
    /// Off sale.
    pub const DELISTED: u8 = 1;
    /// Not yet for sale.
    pub const DRAFT: u8 = 2;
}

/// Who decides whether an incident counts.
pub mod trigger {
    /// The jury.
    pub const JURY: u8 = 0;
    /// A price.
    pub const PRICE: u8 = 1;
    /// The covered program.
    pub const AUTHORITY: u8 = 2;
}

/// What becomes of a bond.
pub mod bond_state {
    /// Held.
    pub const HELD: u8 = 0;
    /// To be collected.
    pub const DUE: u8 = 1;
    /// Collected, or there was none.
    pub const COLLECTED: u8 = 2;
    /// Lost.
    pub const SLASHED: u8 = 3;
    /// Nobody has challenged what a price opened.
    pub const NONE: u8 = 4;
}

/// How a change stands.
pub mod change_state {
    /// A ballot decides.
    pub const PROPOSED: u8 = 0;
    /// It waits for its time.
    pub const QUEUED: u8 = 1;
    /// Applied.
    pub const APPLIED: u8 = 2;
    /// The ballot was against it, or nobody decided.
    pub const REFUSED: u8 = 3;
    /// Taken back.
    pub const WITHDRAWN: u8 = 4;
}

impl Pool {
    /// Earns what time has earned until `now` and releases what has ended, as every instruction does first. Returns the
    /// atoms earned; `None` when the books are impossible.
    pub fn accrue(&mut self, now: u64) -> Option<u64> {
        let mut flow = self.flow();
        let earned = flow.advance(now, &mut self.rate_ring, &mut self.cover_ring)?;
        (self.accrued_at, self.rate) = (flow.accrued_at, flow.rate);
        (self.rate_fraction, self.active_cover) = (flow.fraction, flow.active);
        let today = day_of(now);
        if self.lien_total != 0 && today > self.lien_day {
            let freed = stream::roll(&mut self.lien_ring, self.lien_day, today)?;
            self.lien_total = self.lien_total.checked_sub(freed)?;
            self.lien_day = today;
        }
        self.unearned = self.unearned.checked_sub(earned)?;
        self.capital = self.capital.checked_add(earned)?;
        self.income_earned = self.income_earned.checked_add(earned)?;
        Some(earned)
    }

    fn flow(&self) -> Flow {
        Flow { accrued_at: self.accrued_at, rate: self.rate, fraction: self.rate_fraction, active: self.active_cover }
    }

    /// The sum of the buckets: what the vault must hold at least.
    #[must_use]
    pub fn owed(&self) -> Option<u64> {
        [self.unearned, self.payable, self.exits_due, self.bonds, self.assessors, self.treasury_due]
            .into_iter()
            .try_fold(self.capital, u64::checked_add)
    }

    /// The buckets, as events have them.
    #[must_use]
    pub const fn books(&self) -> Books {
        Books {
            capital: self.capital,
            unearned: self.unearned,
            payable: self.payable,
            exits_due: self.exits_due,
            bonds: self.bonds,
            assessors: self.assessors,
            treasury_due: self.treasury_due,
        }
    }

    /// Capital set aside for incidents, never more than there is.
    #[must_use]
    pub fn liens(&self) -> u64 {
        self.lien_total.saturating_add(self.held_back).min(self.capital)
    }

    /// Capital that carries new cover: what is neither set aside nor on its way out.
    #[must_use]
    pub fn free_capital(&self) -> Option<u64> {
        let free = cover::free_capital(self.capital, self.liens());
        if self.exiting_shares == 0 {
            return Some(free.min(MAX_CAPITAL));
        }
        let leaving = shares::assets_for_shares_ceil(self.exiting_shares, self.capital, self.shares)?;
        Some(free.saturating_sub(leaving).min(MAX_CAPITAL))
    }

    /// What `shares` are worth, atoms, rounded down.
    #[must_use]
    pub fn worth(&self, shares: u64) -> u64 {
        shares::assets_for_shares(shares, self.capital, self.shares).unwrap_or(0)
    }

    /// What an exit epoch that wants `shares` out would burn and pay now, to which the books must be accrued.
    #[must_use]
    pub fn exit_fill(&self, shares: u64) -> Option<coverage_math::exits::Fill> {
        use coverage_math::exits;
        let payable = exits::payable(self.capital, self.liens(), self.active_cover, self.leverage_bps);
        exits::fill(shares, payable, self.capital, self.shares)
    }

    /// Whether exits can settle at `now`: no incident is open, nothing is held back, no late report can come.
    #[must_use]
    pub fn exits_may_settle(&self, now: u64) -> bool {
        self.open_incidents == 0 && self.held_incidents == 0 && now >= self.exits_wait_until
    }

    /// Whether everybody has left who asked in time to be gone by `time` and whom no cover keeps; the books are accrued
    /// to `now`.
    #[must_use]
    pub fn exits_are_settled(&self, time: u64, now: u64) -> bool {
        let nobody_waits = self.exit_head_day == 0 || self.exit_head_day > day_of(time);
        let nobody_can = || self.exit_fill(self.exiting_shares).is_some_and(|fill| fill.burned == 0);
        nobody_waits || (self.exits_may_settle(now) && nobody_can())
    }
}

impl PriceParams {
    /// Of a product that no price decides on.
    pub const NONE: Self = Self { strike: 0, floor: 0, exponent: 0, max_age: 0, min_duration: 0, max_gap: 0 };
}

impl DrawParams {
    /// Of a product on which no program draws.
    pub const NONE: Self = Self { period: 0, limit_bps: 0 };
}

impl Product {
    /// The price curve.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve { r0_ppm: self.r0_ppm, r1_ppm: self.r1_ppm, r2_ppm: self.r2_ppm, kink_bps: self.kink_bps }
    }

    /// Whether an incident is open.
    #[must_use]
    pub fn has_open_incident(&self) -> bool {
        self.open_incident != NOBODY
    }

    /// The most cover the product may carry, atoms, rounded down.
    #[must_use]
    pub fn capacity(&self, pool: &Pool) -> Option<u64> {
        cover::capacity(pool.free_capital()?, self.weight_bps)
    }

    /// Releases the cover of the days up to `now`, here and in the pool's group total.
    pub fn roll(&mut self, pool: &mut Pool, now: u64) -> Option<u64> {
        let today = day_of(now);
        if today <= self.rolled_day {
            return Some(0);
        }
        let released = stream::roll(&mut self.cover_ring, self.rolled_day, today)?;
        self.rolled_day = today;
        self.active_cover = self.active_cover.checked_sub(released)?;
        let group = pool.group_active.get_mut(usize::from(self.group))?;
        *group = group.checked_sub(released)?;
        Some(released)
    }

    /// The bond of an incident opened at `now`, atoms.
    #[must_use]
    pub fn bond_at(&self, now: u64) -> Option<u64> {
        if now >= self.last_rejected_at.checked_add(constants::BOND_MEMORY)? {
            return Some(self.incident_bond);
        }
        self.incident_bond.checked_mul(1u64.checked_shl(self.bond_doublings.into())?)
    }

    /// Whether something that happened at `occurred_at` can be reported at `now`; the product is rolled to `now`.
    #[must_use]
    pub fn can_be_reported(&self, occurred_at: u64, now: u64) -> bool {
        let deadline = occurred_at.saturating_add(u64::from(self.report_window_days).saturating_mul(constants::DAY));
        let blocked = deadline > self.blocked_from && self.may_be_reported_late(now);
        let in_time = occurred_at <= now && (now < deadline || blocked);
        !self.has_open_incident() && in_time && (self.active_cover > 0 || blocked)
    }

    /// Whether an event of before may still be reported because reports were blocked.
    #[must_use]
    pub fn may_be_reported_late(&self, now: u64) -> bool {
        now < self.blocked_until.saturating_add(LATE_REPORTS)
    }
}

impl Policy {
    /// Whether nothing can come of it any more, its product aside.
    #[must_use]
    pub fn is_over(&self, now: u64) -> bool {
        day_of(now) >= self.release_day && self.open_claims == 0 && self.paid == self.claimed
    }
}

impl Policy {
    /// Whether it covers what happened at `occurred_at`.
    #[must_use]
    pub fn covers(&self, occurred_at: u64) -> bool {
        occurred_at > self.bought_at && cover::covers(self.cover_from, self.end, occurred_at)
    }

    /// What it can claim of a breach of `severity_bps`, atoms; `None` when that is nothing.
    #[must_use]
    pub fn breach_claim(&self, severity_bps: u16) -> Option<u64> {
        let claim = coverage_math::trigger::breach_claim(self.amount, severity_bps, self.deductible_bps)?;
        Some(claim.min(self.amount.checked_sub(self.claimed)?)).filter(|claim| *claim > 0)
    }
}

impl Incident {
    /// Whether a price of its feed whose lower end is `low` can refute it at `now`, by the `strike` of its product.
    #[must_use]
    pub fn is_refuted_by(&self, low: u64, published_at: u64, strike: u64, now: u64) -> bool {
        let contestable = self.state == incident_state::OPEN && self.trigger == trigger::PRICE && self.refuted == 0;
        let inside = self.measured_from < published_at && published_at < self.measured_until;
        contestable && now < self.challenge_ends_at && inside && low >= strike
    }

    /// Whether it can be settled or rejected at `now`, by its `ballot` if it has one.
    #[must_use]
    pub fn can_end(&self, ballot: Option<&Ballot>, now: u64) -> bool {
        if self.state != incident_state::OPEN || ballot.is_some() != (self.ballot != NOBODY) {
            return false;
        }
        if self.refuted == 1 {
            return true;
        }
        let by_price = self.trigger == trigger::PRICE;
        let verdict = match ballot {
            Some(ballot) => ballot.verdict(now),
            None => (now >= self.challenge_ends_at).then_some(ballot_state::PASSED),
        };
        let over = now >= self.filing_ends_at && now >= self.disputes_end_at && self.open_disputes == 0;
        verdict.is_some_and(|verdict| match verdict {
            ballot_state::PASSED => over,
            ballot_state::NO_QUORUM if by_price => over,
            _ => true,
        })
    }

    /// What a claim has due now, atoms, rounded down.
    #[must_use]
    pub fn due(&self, claim: &Claim) -> u64 {
        if self.state != incident_state::SETTLED {
            return 0;
        }
        settlement::due(claim.amount, self.settled, self.approved, claim.paid).unwrap_or(0)
    }
}

impl Claim {
    /// Whether it was ended, by a payout or by a dispute that left nothing of it: its bond is gone.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.state, claim_state::SETTLED | claim_state::REJECTED)
    }

    /// Whether a dispute waits to be decided.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.dispute != NOBODY && self.dispute_outcome == 0
    }
}

impl Ballot {
    /// Whether votes are taken.
    #[must_use]
    pub fn takes_votes(&self, now: u64) -> bool {
        self.state == ballot_state::OPEN && self.opens_at <= now && now < self.closes_at
    }

    /// Whether its round can be closed: its time is over, or no vote could change the outcome.
    #[must_use]
    pub fn can_close(&self, now: u64) -> bool {
        let decided = tally::decided(
            self.weight_for,
            self.weight_against,
            self.eligible_weight,
            self.quorum_bps,
            self.threshold_bps,
        );
        self.state == ballot_state::OPEN && (decided.is_some() || now >= self.closes_at)
    }

    /// Whether votes and bonds are let go at `now`: the outcome is final, and read when it may become void.
    #[must_use]
    pub fn is_released(&self, now: u64) -> bool {
        self.verdict(now).is_some() && (self.executed == 1 || self.revocable == 0)
    }

    /// The final outcome; `None` while there is none.
    #[must_use]
    pub fn verdict(&self, now: u64) -> Option<u8> {
        (self.state != ballot_state::OPEN && now >= self.final_at).then_some(self.state)
    }
}

impl Change {
    /// From when it can be applied to `pool`, unix seconds: a timelock that became longer since counts too.
    #[must_use]
    pub fn applies_from(&self, pool: &Pool) -> u64 {
        self.applies_at.max(self.queued_at.saturating_add(pool.timelock))
    }

    /// When it can be applied no more, unix seconds.
    #[must_use]
    pub fn lapses_at(&self) -> u64 {
        self.applies_at.saturating_add(constants::CHANGE_LAPSES_AFTER)
    }

    /// Whether nothing can come of its account any more.
    #[must_use]
    pub fn is_over(&self, now: u64) -> bool {
        let ended = match self.state {
            change_state::PROPOSED => false,
            change_state::QUEUED => now >= self.lapses_at(),
            _ => true,
        };
        ended && matches!(self.bond_state, bond_state::COLLECTED | bond_state::SLASHED)
    }
}

impl Voter {
    /// What counts in a ballot that counts stakes that age since `eligible_before` or before, atoms.
    #[must_use]
    pub fn weight(&self, eligible_before: u64) -> u64 {
        stake::weight(self.lot_amounts.iter().copied().zip(self.lot_times.iter().copied()), eligible_before)
            .unwrap_or(0)
    }

    /// Everything staked and not on its way out, atoms.
    #[must_use]
    pub fn staked(&self) -> u64 {
        self.weight(u64::MAX)
    }
}
