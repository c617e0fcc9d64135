//! The books of a pool: what is in each bucket, and what may carry cover.

use crate::{
    Atoms, DAY, Fault, Mark, Model, Name, OPENING_EXITS, Outcome, PoolParams, Rule, ShareWords, TIMELOCK_MARGIN,
    contested::{PerUnit, counted},
    day_of, down, must, part_down, up,
};

/// The largest capital for which prices are proven, atoms.
pub const MAX_CAPITAL: Atoms = 1 << 60;
/// Decimals that shares have beyond the asset.
pub const SHARE_DECIMALS: u8 = 3;
/// A price counts an atom more than there are, and the thousand shares more that this atom would buy at first: that makes
/// it costly to spoil.
pub const PRICE_OFFSET: (Atoms, Atoms) = (1, 1_000);

/// What a pool knows that is not the sum of something.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Its terms.
    pub params: PoolParams,
    /// Who lists products and queues changes.
    pub authority: Name,
    /// How many changes had been queued when the authority was last handed over: those of the former one fell.
    pub handed_over: u64,
    /// Who decides a ballot that twice found no quorum.
    pub arbiter: Option<Name>,
    /// Tokens in the vault, atoms.
    pub vault: Atoms,
    /// Supply of the share mint.
    pub supply: Atoms,
    /// Shares in the escrow.
    pub escrow: Atoms,
    /// Deposits in all, atoms.
    pub deposited: Atoms,
    /// Each deposit, and what cover needed that the end of a claim released, atoms, and its time: of this day and the day before at least.
    pub deposits: Vec<(Atoms, u64)>,
    /// Shares minted in all.
    pub minted: Atoms,
    /// Shares that left at once, and what they got, atoms.
    pub withdrawn: (Atoms, Atoms),
    /// When it was created.
    pub created_at: u64,
    /// When it was announced open, and from when it sells.
    pub opened: Option<(u64, u64)>,
    /// Terms number: rises with every listing before the opening, and with changes.
    pub terms: u64,
    /// How often the arbiter, the floor of the court's stake or the fee of a cancellation changed.
    pub sale_terms: u64,
    /// How many changes had been queued when the last one ended that may raise what LPs risk: until then nobody's exit is awaited.
    pub nothing_awaited: u64,
    /// Whether its account is closed.
    pub closed: bool,
    /// The last time it counted what it has earned.
    pub accrued_at: u64,
    /// What it had earned then, whole atoms.
    pub income_earned: Atoms,
    /// What was earned without a stream, in 2^-26 atoms: what divisions of amounts by seconds left over.
    pub earned_at_once: Atoms,
    /// Income that no premium paid for, atoms.
    pub other_income: Atoms,
    /// Premium that goes on as income, being for nobody's cover any more, in all, atoms; and until which day what came last.
    pub joined_income: (Atoms, u64),
    /// The stream in which all of that reaches the LPs.
    pub income: Option<usize>,
    /// Lost bonds that went to the assessors, atoms.
    pub slashed: Atoms,
    /// What the assessors had beyond their limit and the LPs got, atoms.
    pub excess: Atoms,
    /// What came back and went to claims, atoms.
    pub recovered: Atoms,
    /// What is left of everything that was set aside since nobody had left.
    pub mark: Mark,
    /// Set aside for open incidents, per unit of the mark: the sum over the products.
    pub liens: PerUnit,
    /// Of that, what comes before draws: of products with an accepted incident, and of bookings.
    pub accepted_liens: PerUnit,
    /// Of what is set aside, what accepted incidents are sure to get: it comes before all others.
    pub sure_liens: PerUnit,
    /// Paid of open bookings, and on account of other open incidents.
    pub early_paid: PerUnit,
    /// When the last accepted incident was settled, the last verdict on a booking read, or the last of what was held back for an incident
    /// given away, unix seconds.
    pub rivals_ended_at: u64,
    /// Capital before anything happened on the day of the last accrual, atoms.
    pub day_capital: Atoms,
    /// What roundings left of contested parts, and went to the LPs, atoms.
    pub contested_dust: Atoms,
    /// The number of the court that decides on what it sells from now on.
    pub court: usize,
    /// What wallets show of its shares, where their mint can: those of SPL Token show nothing.
    pub words: Option<ShareWords>,
    /// The last day on which it counted the filings that are over.
    pub filing_day: u64,
    /// Incidents that were reported before something was last held back for other incidents.
    pub held_before: usize,
    /// The leverage under which cover was last sold, bps.
    pub sold_leverage_bps: u16,
    /// Until when exits wait for what prices begin to show, and before when they do not wait again.
    pub exits_wait: (u64, u64),
    /// Since when the first epoch can be paid, unless its day comes later.
    pub exit_seen_at: u64,
    /// When somebody called the first epoch; 0 when nobody did.
    pub exit_called_at: u64,
}

impl Model {
    /// Creates a pool now. Returns its number.
    pub fn create_pool(&mut self, params: PoolParams, arbiter: Option<Name>) -> usize {
        self.pools.push(Pool {
            params,
            authority: self.founder,
            handed_over: 0,
            arbiter,
            vault: 0,
            supply: 0,
            escrow: 0,
            deposited: 0,
            deposits: vec![],
            minted: 0,
            created_at: self.now,
            accrued_at: self.now,
            court: 0,
            words: None,
            income_earned: 0,
            earned_at_once: 0,
            other_income: 0,
            joined_income: (0, 0),
            income: None,
            slashed: 0,
            excess: 0,
            recovered: 0,
            withdrawn: (0, 0),
            opened: None,
            terms: 0,
            sale_terms: 0,
            nothing_awaited: 0,
            closed: false,
            mark: Mark::START,
            liens: 0,
            accepted_liens: 0,
            sure_liens: 0,
            early_paid: 0,
            rivals_ended_at: 0,
            day_capital: 0,
            contested_dust: 0,
            filing_day: 0,
            held_before: 0,
            sold_leverage_bps: 0,
            exits_wait: (0, 0),
            exit_seen_at: 0,
            exit_called_at: 0,
        })
    }

    /// Announces a pool open, once: it sells from the day on that begins after the longest of a season, the exit delay and two
    /// days, and the seven days in which LPs may leave at once.
    pub fn open_pool(&mut self, pool: usize) -> Outcome {
        let here = &self.pools[pool];
        must(here.opened.is_none(), Rule::PoolIsOpen)?;
        let days = |days: u16| u64::from(days) * DAY;
        let delay = days(here.params.exit_delay_days) + TIMELOCK_MARGIN;
        let wait = days(here.params.season_days).max(delay).max(OPENING_EXITS);
        self.pools[pool].opened = Some((self.now, (day_of(self.now + wait) + 1) * DAY));
        Ok(())
    }

    // The buckets

    /// What LPs own, as of the last accrual.
    #[must_use]
    pub fn capital(&self, pool: usize) -> Atoms {
        let Pool { deposited, income_earned, recovered, withdrawn, .. } = self.pools[pool];
        let left = self.payments_of(pool).map(|payment| payment.worth).sum::<Atoms>() + withdrawn.1;
        let retired: Atoms = self.retired_of(pool).map(|retired| retired.began.1).sum();
        let contested: Atoms = self.incidents_of(pool).map(|incident| incident.contested).sum();
        deposited + income_earned + recovered + contested - self.claims_settled(pool) - left - retired
    }

    /// Capital that no settled claims have yet to come: what is held back for them leaves with nobody.
    #[must_use]
    pub fn capital_of_lps(&self, pool: usize) -> Atoms {
        (self.capital(pool) - self.held_back(pool).0).max(0)
    }

    /// Premium and other income not yet earned, as of the last accrual.
    #[must_use]
    pub fn unearned(&self, pool: usize) -> Atoms {
        let Pool { other_income, income_earned, .. } = self.pools[pool];
        let premiums = self.policies_of(pool).map(|policy| policy.parts.unearned - policy.refunded);
        premiums.sum::<Atoms>() + other_income - income_earned
    }

    /// Settled claims not yet collected.
    #[must_use]
    pub fn payable(&self, pool: usize) -> Atoms {
        self.claims_settled(pool) - self.claims_paid(pool)
    }

    /// Paid exits not yet collected, and what is left for retired shares.
    #[must_use]
    pub fn exits_due(&self, pool: usize) -> Atoms {
        let epochs = (0..self.epochs.len()).filter(|epoch| self.epochs[*epoch].pool == pool);
        let exits = epochs.map(|epoch| {
            let here = &self.epochs[epoch];
            self.epoch_paid(epoch) - here.collected - here.dust
        });
        exits.sum::<Atoms>() + self.retired_of(pool).map(|retired| retired.capital).sum::<Atoms>()
    }

    /// Bonds of incidents, claims, disputes, appeals and changes that are held or due back, and what petitions have paid for voters until
    /// their outcome is read.
    #[must_use]
    pub fn bonds(&self, pool: usize) -> Atoms {
        let incidents = self.incidents_of(pool).map(|incident| incident.bond_held());
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        let appeals = self.ballots.iter().filter(|ballot| ballot.pool == pool);
        incidents.sum::<Atoms>()
            + claims.map(|claim| claim.bonds_held()).sum::<Atoms>()
            + appeals.map(|ballot| ballot.appeal_bond_held() + ballot.reward_waiting()).sum::<Atoms>()
            + self.changes_of(pool).map(|change| change.bond_held()).sum::<Atoms>()
    }

    /// The voters' reward fund.
    #[must_use]
    pub fn assessors(&self, pool: usize) -> Atoms {
        let fees: Atoms = self.policies_of(pool).map(|policy| policy.parts.assessor_fee).sum();
        fees + self.pools[pool].slashed - self.rewards_paid(pool) - self.pools[pool].excess
    }

    /// Protocol fees not yet collected.
    #[must_use]
    pub fn treasury_due(&self, pool: usize) -> Atoms {
        self.policies_of(pool).map(|policy| policy.parts.protocol_fee).sum()
    }

    /// The sum of the buckets: what the vault must hold (B1).
    #[must_use]
    pub fn owed(&self, pool: usize) -> Atoms {
        self.capital(pool)
            + self.unearned(pool)
            + self.payable(pool)
            + self.exits_due(pool)
            + self.contested(pool)
            + self.bonds(pool)
            + self.assessors(pool)
            + self.treasury_due(pool)
    }

    /// Settled from capital and contested parts, or from what came back, to claims and draws.
    #[must_use]
    pub fn claims_settled(&self, pool: usize) -> Atoms {
        self.incidents_of(pool).map(|incident| incident.settled).sum::<Atoms>() + self.drawn_at_once(pool)
    }

    /// Paid to claims and draws.
    #[must_use]
    pub fn claims_paid(&self, pool: usize) -> Atoms {
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        let booked = self.incidents_of(pool).filter(|incident| incident.policy.is_some());
        let booked: Atoms = booked.map(|booking| booking.paid).sum();
        claims.map(|claim| claim.paid).sum::<Atoms>() + booked + self.drawn_at_once(pool)
    }

    // What may carry cover

    /// What may be paid for incidents, and what those lack for which something is held back: it may exceed the capital.
    pub fn demands(&self, pool: usize) -> Outcome<Atoms> {
        let (approved, got) = self.held_sums(pool);
        Ok(self.own_liens(pool)? + (approved - got).max(self.held_back(pool).0))
    }

    /// Capital set aside, never more than there is (B2).
    pub fn liens(&self, pool: usize) -> Outcome<Atoms> {
        Ok((self.own_liens(pool)? + self.held_back(pool).0).min(self.capital(pool)))
    }

    /// Capital that carries cover, liened or not: the part of the shares that stayed for a season, less what is held back. That
    /// of all others, rounded up, is gone or may be: sales must not keep those who leave, nor count on those who just came.
    pub fn seasoned_capital(&self, pool: usize) -> Outcome<Atoms> {
        let (capital, shares) = (self.capital_of_lps(pool), self.shares(pool));
        let others = up(shares - self.seasoned_shares(pool), capital + PRICE_OFFSET.0, counted(shares))?;
        Ok((capital - others).clamp(0, MAX_CAPITAL))
    }

    /// Capital that new cover may count on: what is not set aside of that.
    pub fn free_capital(&self, pool: usize) -> Outcome<Atoms> {
        Ok((self.seasoned_capital(pool)? - self.own_liens(pool)?).max(0))
    }

    /// A limit of so many bps of free capital.
    pub fn limit(&self, pool: usize, bps: u16) -> Outcome<Atoms> {
        part_down(self.free_capital(pool)?, bps)
    }

    // What a share is worth

    /// The price of a share, as a fraction: atoms, and the shares that are worth them.
    #[must_use]
    pub fn price(&self, pool: usize) -> (Atoms, Atoms) {
        (self.capital(pool) + PRICE_OFFSET.0, counted(self.shares(pool)))
    }

    /// The same to who deposits: they pay for what streams to the LPs already and no premium paid for; while settled claims have not ended,
    /// for twice these at most, which no premium of theirs exceeds.
    pub fn deposit_price(&self, pool: usize) -> Outcome<(Atoms, Atoms)> {
        let (assets, shares) = self.price(pool);
        let streams = if self.faults.has(Fault::T50) {
            0
        } else {
            self.unearned(pool).min(self.income_left(pool)? + 2 * self.settled_in(pool))
        };
        Ok((assets + streams + self.excess(pool), shares))
    }

    /// What shares are worth to who leaves, rounded down.
    pub fn worth(&self, pool: usize, of: Atoms) -> Outcome<Atoms> {
        down(of, self.capital_of_lps(pool) + PRICE_OFFSET.0, counted(self.shares(pool)))
    }

    /// How many shares a deposit of an amount buys, rounded down.
    pub fn shares_for(&self, pool: usize, amount: Atoms) -> Outcome<Atoms> {
        let (assets, shares) = self.deposit_price(pool)?;
        down(amount, shares, assets)
    }
}
