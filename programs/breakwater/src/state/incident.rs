use super::{Ballot, BallotState, Pool, Product};
use crate::{
    constants::DAY,
    error::{BreakwaterError, OrOverflow},
};
use anchor_lang::prelude::*;
use coverage_math::settlement;

stored_enum! {
    /// Where an incident stands. Everything but `Open` is terminal.
    pub enum IncidentState {
        /// Claims are filed, ballots run, or it waits to be settled.
        Open = 0,
        /// It counted; claims are paid by one factor.
        Settled = 1,
        /// It did not count, or nobody decided.
        Rejected = 2,
}
}

stored_enum! {
    /// What becomes of an incident's bond.
    pub enum BondState {
        /// Held until the incident is decided.
        Held = 0,
        /// To be collected by whoever posted it.
        Due = 1,
        /// Collected.
        Collected = 2,
        /// Lost: half to the LPs over time, half to the assessors.
        Slashed = 3,
}
}

/// One event on one product.
#[account]
pub struct Incident {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 settled, 2 rejected: see [`IncidentState`].
    pub state: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// 0 held, 1 due to the opener, 2 collected, 3 slashed: see [`BondState`].
    pub bond_state: u8,
    /// Round of the ballot that counts.
    pub round: u8,
    /// Part of a claim that a price trigger pays, bps; 10,000 otherwise.
    pub severity_bps: u16,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Who opened it and posted the bond.
    pub opener: Address,
    /// The ballot that counts.
    pub ballot: Address,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// When it was opened, unix seconds.
    pub opened_at: u64,
    /// Until when claims can be filed, unix seconds.
    pub filing_ends_at: u64,
    /// Until when claims can be disputed, unix seconds.
    pub disputes_end_at: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Capital set aside, atoms: what may still come.
    pub lien: u64,
    /// Sum of the claims filed, atoms.
    pub filed: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms. B4: paid ≤ settled ≤ approved. The pay factor is settled / approved.
    pub settled: u64,
    /// Paid to them, atoms.
    pub paid: u64,
    /// When it was settled or rejected, unix seconds.
    pub closed_at: u64,
    /// Number within the product; a seed of this address.
    pub index: u32,
    /// Claims filed.
    pub claim_count: u32,
    /// Disputes that are open.
    pub open_disputes: u32,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// Zero.
    pub reserved_params: [u8; 2],
    /// Zero.
    pub reserved: [u8; 64],
}

impl Incident {
    /// The state, checked.
    pub fn state(&self) -> Result<IncidentState> {
        IncidentState::from_byte(self.state)
    }

    /// Starts the clocks of an incident opened at `now`, on the product's terms as they are now.
    pub fn open(&mut self, product: &Product, now: u64) -> Result<()> {
        let filing = u64::from(product.filing_window_days).checked_mul(DAY).or_overflow()?;
        self.opened_at = now;
        self.filing_ends_at = now.checked_add(filing).or_overflow()?;
        self.disputes_end_at = self.filing_ends_at.checked_add(product.dispute_window).or_overflow()?;
        self.appeal_window = product.appeal_window;
        self.bond = product.incident_bond;
        self.index = product.incident_count;
        self.claim_bond_bps = product.claim_bond_bps;
        Ok(())
    }

    /// The bond of a claim of `net`, atoms, rounded up.
    pub fn claim_bond(&self, net: u64) -> Result<u64> {
        coverage_math::bps_ceil(net, self.claim_bond_bps).or_overflow()
    }

    /// Takes the bond that is due back.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn collect_bond(&mut self) -> Result<u64> {
        require!(self.bond_state == BondState::Due.byte(), BreakwaterError::NothingDue);
        self.bond_state = BondState::Collected.byte();
        Ok(self.bond)
    }

    /// Takes a claim of `net` in at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::FilingOver`].
    pub fn file(&mut self, net: u64, now: u64) -> Result<()> {
        require!(self.state()? == IncidentState::Open, BreakwaterError::IncidentClosed);
        require!(now <= self.filing_ends_at, BreakwaterError::FilingOver);
        self.filed = self.filed.checked_add(net).or_overflow()?;
        self.claim_count = self.claim_count.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// How the incident ends, given its ballot, at `now`; an error says why it cannot end yet.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::BallotOpen`], [`BreakwaterError::AppealWindowOpen`];
    /// for an incident that counts also [`BreakwaterError::FilingOpen`], [`BreakwaterError::DisputeWindowOpen`].
    pub fn verdict(&self, ballot: &Ballot, now: u64) -> Result<BallotState> {
        require!(self.state()? == IncidentState::Open, BreakwaterError::IncidentClosed);
        let verdict = ballot.state()?;
        require!(verdict != BallotState::Open, BreakwaterError::BallotOpen);
        let final_at = ballot.closed_at.checked_add(self.appeal_window).or_overflow()?;
        require!(now > final_at, BreakwaterError::AppealWindowOpen);
        if verdict == BallotState::Passed {
            require!(now > self.filing_ends_at, BreakwaterError::FilingOpen);
            require!(now > self.disputes_end_at && self.open_disputes == 0, BreakwaterError::DisputeWindowOpen);
        }
        Ok(verdict)
    }

    /// Settles: moves what the claims get from the pool's capital to `payable`, and frees the lien.
    ///
    /// B4: settled ≤ approved; B6: the capital falls by exactly what is settled.
    pub fn settle(&mut self, pool: &mut Pool, now: u64) -> Result<()> {
        self.approved = self.filed;
        // Filing is over: what may still come is what was filed.
        let lien = self.lien.min(self.filed);
        let all_liens = pool.lien_total.checked_sub(self.lien).and_then(|rest| rest.checked_add(lien)).or_overflow()?;
        let available = settlement::available(pool.capital, lien, all_liens).or_overflow()?;
        self.settled = self.approved.min(available);
        pool.capital = pool.capital.checked_sub(self.settled).or_overflow()?;
        pool.payable = pool.payable.checked_add(self.settled).or_overflow()?;
        pool.claims_settled = pool.claims_settled.checked_add(self.settled).or_overflow()?;
        self.bond_state = BondState::Due.byte();
        self.close(pool, IncidentState::Settled, now)
    }

    /// Rejects. A bond that a ballot found wanting is lost, half to the LPs over time and half to the assessors, who get
    /// the odd atom; without a quorum it goes back.
    pub fn reject(&mut self, pool: &mut Pool, verdict: BallotState, now: u64) -> Result<()> {
        if verdict == BallotState::Failed {
            pool.bonds = pool.bonds.checked_sub(self.bond).or_overflow()?;
            let to_lps = self.bond / 2;
            let to_assessors = self.bond.checked_sub(to_lps).or_overflow()?;
            pool.assessors = pool.assessors.checked_add(to_assessors).or_overflow()?;
            pool.stream_income(to_lps)?;
            self.bond_state = BondState::Slashed.byte();
        } else {
            self.bond_state = BondState::Due.byte();
        }
        self.close(pool, IncidentState::Rejected, now)
    }

    /// What a claim of `net` has due now, atoms, rounded down.
    pub fn due(&self, net: u64, paid: u64) -> Result<u64> {
        settlement::due(net, self.settled, self.approved, paid).or_overflow()
    }

    /// Books a payment to a claim. B4.
    pub fn pay(&mut self, amount: u64) -> Result<()> {
        self.paid = self.paid.checked_add(amount).or_overflow()?;
        require!(self.paid <= self.settled && self.settled <= self.approved, BreakwaterError::Overpaid);
        Ok(())
    }

    fn close(&mut self, pool: &mut Pool, state: IncidentState, now: u64) -> Result<()> {
        pool.free_lien(self.lien)?;
        self.lien = 0;
        self.state = state.byte();
        self.closed_at = now;
        Ok(())
    }
}
