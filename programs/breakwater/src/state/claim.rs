use super::{Incident, IncidentState};
use crate::error::{BreakwaterError, OrOverflow};
use anchor_lang::prelude::*;

stored_enum! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// Filed; it stands unless somebody disputes it.
        Filed = 0,
        /// A ballot decides between the amount claimed and the counter-amount.
        Disputed = 1,
        /// Its incident is settled and its bond is back: what is due can be collected as often as money comes.
        Settled = 2,
        /// Its incident was rejected and its bond is back.
        Rejected = 3,
}
}

/// One policy's demand in one incident. There can be no second one.
#[account]
pub struct Claim {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 filed, 1 disputed, 2 settled, 3 rejected: see [`ClaimState`].
    pub state: u8,
    /// Zero.
    pub reserved_head: [u8; 5],
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// Who filed it: the holder then.
    pub claimant: Address,
    /// Whose token account is paid.
    pub payee: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// Who disputes it; zero when nobody.
    pub disputer: Address,
    /// The ballot on the dispute; zero when none.
    pub dispute_ballot: Address,
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed: the loss less the deductible, atoms.
    pub amount: u64,
    /// Paid, atoms.
    pub paid: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Amount the disputer holds against it, atoms.
    pub counter_amount: u64,
    /// Bond of the disputer, atoms.
    pub dispute_bond: u64,
    /// When it was filed, unix seconds.
    pub filed_at: u64,
    /// Zero.
    pub reserved: [u8; 64],
}

/// What a payout moves.
pub struct Due {
    /// To the claim, atoms: from `payable`.
    pub claim: u64,
    /// Its bond, atoms: from `bonds`.
    pub bond: u64,
}

impl Claim {
    /// The state, checked.
    pub fn state(&self) -> Result<ClaimState> {
        ClaimState::from_byte(self.state)
    }

    /// Takes what is due: the claim's part of a settled incident, less what was paid, and the bond the first time.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::NothingDue`].
    pub fn collect(&mut self, incident: &Incident) -> Result<Due> {
        let first = self.state()? == ClaimState::Filed;
        let due = match incident.state()? {
            IncidentState::Open => return Err(BreakwaterError::IncidentNotSettled.into()),
            IncidentState::Settled => incident.due(self.amount, self.paid)?,
            IncidentState::Rejected => 0,
        };
        let bond = if first { self.bond } else { 0 };
        require!(first || due > 0, BreakwaterError::NothingDue);
        if first {
            self.state = match incident.state()? {
                IncidentState::Rejected => ClaimState::Rejected.byte(),
                _ => ClaimState::Settled.byte(),
            };
        }
        self.paid = self.paid.checked_add(due).or_overflow()?;
        Ok(Due { claim: due, bond })
    }
}
