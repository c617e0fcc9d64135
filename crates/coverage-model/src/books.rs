//! The books of a pool: what is in each bucket, and what may carry cover.

use crate::{Atoms, Model, Name, Outcome, PoolParams, down, part_down, up};

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
    /// Shares minted in all.
    pub minted: Atoms,
    /// The last time it counted what it has earned.
    pub accrued_at: u64,
    /// What it had earned then, whole atoms.
    pub income_earned: Atoms,
    /// What was earned without a stream, in 2^-26 atoms: what divisions of amounts by seconds left over.
    pub earned_at_once: Atoms,
    /// Income that no premium paid for, atoms.
    pub other_income: Atoms,
    /// Lost bonds that went to the assessors, atoms.
    pub slashed: Atoms,
    /// What came back and went to claims, atoms.
    pub recovered: Atoms,
    /// The last day on which it looked at its liens.
    pub lien_day: u64,
    /// When something was last held back for other incidents.
    pub held_at: u64,
    /// Day of the last exits that were ever put into the queue while others waited.
    pub exit_tail_day: u64,
}

impl Model {
    /// Creates a pool now. Returns its number.
    pub fn create_pool(&mut self, params: PoolParams, arbiter: Option<Name>) -> usize {
        self.pools.push(Pool {
            params,
            arbiter,
            vault: 0,
            supply: 0,
            escrow: 0,
            deposited: 0,
            minted: 0,
            accrued_at: self.now,
            income_earned: 0,
            earned_at_once: 0,
            other_income: 0,
            slashed: 0,
            recovered: 0,
            lien_day: 0,
            held_at: 0,
            exit_tail_day: 0,
        })
    }

    // The buckets

    /// What LPs own, as of the last accrual.
    #[must_use]
    pub fn capital(&self, pool: usize) -> Atoms {
        let Pool { deposited, income_earned, recovered, .. } = self.pools[pool];
        let left: Atoms = self.epochs_of(pool).map(|epoch| epoch.paid()).sum();
        deposited + income_earned + recovered - self.claims_settled(pool) - left
    }

    /// Premium and other income not yet earned, as of the last accrual.
    #[must_use]
    pub fn unearned(&self, pool: usize) -> Atoms {
        let Pool { other_income, income_earned, .. } = self.pools[pool];
        let premiums = self.policies_of(pool).map(|policy| policy.parts.unearned - policy.refunded.unwrap_or(0));
        premiums.sum::<Atoms>() + other_income - income_earned
    }

    /// Settled claims not yet collected.
    #[must_use]
    pub fn payable(&self, pool: usize) -> Atoms {
        self.claims_settled(pool) - self.claims_paid(pool)
    }

    /// Settled exits not yet collected.
    #[must_use]
    pub fn exits_due(&self, pool: usize) -> Atoms {
        self.epochs_of(pool).map(|epoch| epoch.paid() - epoch.collected - epoch.dust).sum()
    }

    /// Bonds of incidents, claims, disputes and appeals that are held or due back.
    #[must_use]
    pub fn bonds(&self, pool: usize) -> Atoms {
        let incidents = self.incidents_of(pool).map(|incident| incident.bond_held());
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        let appeals = self.ballots.iter().filter(|ballot| ballot.pool == pool);
        incidents.sum::<Atoms>()
            + claims.map(|claim| claim.bonds_held()).sum::<Atoms>()
            + appeals.map(|ballot| ballot.appeal_bond_held()).sum::<Atoms>()
    }

    /// The voters' reward fund.
    #[must_use]
    pub fn assessors(&self, pool: usize) -> Atoms {
        let fees: Atoms = self.policies_of(pool).map(|policy| policy.parts.assessor_fee).sum();
        fees + self.pools[pool].slashed - self.rewards_paid(pool)
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
            + self.bonds(pool)
            + self.assessors(pool)
            + self.treasury_due(pool)
    }

    /// Settled from capital, or from what came back, to claims and draws.
    #[must_use]
    pub fn claims_settled(&self, pool: usize) -> Atoms {
        self.incidents_of(pool).map(|incident| incident.settled).sum::<Atoms>() + self.drawn(pool)
    }

    /// Paid to claims and draws.
    #[must_use]
    pub fn claims_paid(&self, pool: usize) -> Atoms {
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        claims.map(|claim| claim.paid).sum::<Atoms>() + self.drawn(pool)
    }

    // What may carry cover

    /// Capital set aside, never more than there is.
    #[must_use]
    pub fn liens(&self, pool: usize) -> Atoms {
        (self.lien_total(pool) + self.held_back(pool).0).min(self.capital(pool))
    }

    /// Capital that new cover may count on: neither set aside, nor about to leave at today's price. Without the second
    /// part, sales could keep those who want to leave for ever.
    pub fn free_capital(&self, pool: usize) -> Outcome<Atoms> {
        let (assets, shares) = self.price(pool);
        let leaving = up(self.exiting_shares(pool), assets, shares)?;
        Ok((self.capital(pool) - self.liens(pool) - leaving).clamp(0, MAX_CAPITAL))
    }

    /// A limit of so many bps of free capital.
    pub fn limit(&self, pool: usize, bps: u16) -> Outcome<Atoms> {
        part_down(self.free_capital(pool)?, bps)
    }

    // What a share is worth

    /// The price of a share as a fraction: atoms, and the shares that are worth them.
    #[must_use]
    pub fn price(&self, pool: usize) -> (Atoms, Atoms) {
        (self.capital(pool) + PRICE_OFFSET.0, self.shares(pool) + PRICE_OFFSET.1)
    }

    /// What shares are worth, rounded down.
    pub fn worth(&self, pool: usize, of: Atoms) -> Outcome<Atoms> {
        let (assets, shares) = self.price(pool);
        down(of, assets, shares)
    }

    /// How many shares an amount is worth, rounded down.
    pub fn shares_for(&self, pool: usize, amount: Atoms) -> Outcome<Atoms> {
        let (assets, shares) = self.price(pool);
        down(amount, shares, assets)
    }
}
