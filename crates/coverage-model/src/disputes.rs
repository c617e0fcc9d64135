//! Disputes of claims: a ballot says how much of one stands.

use crate::{
    Atoms, Bond, CLAIM_REWARD_PART, Claim, ClaimState, DISPUTES_AFTER_VERDICT, Fault, Incident, Model, Name, Outcome,
    Phase, Refusal, Rule, Subject,
    ballots::{FOR, Question},
    down, must, up,
};

/// Levels below the highest at which the claimant loses all of their bond, and the disputer nothing.
const ALL_LOST: u8 = 4;

impl Claim {
    /// Whether a dispute waits to be decided.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.state == ClaimState::Disputed
    }

    /// The bond of its dispute that is held or due to the disputer, atoms.
    #[must_use]
    pub fn dispute_bond_held(&self) -> Atoms {
        if matches!(self.dispute_bond_state, Bond::Held | Bond::Due) { self.dispute_bond } else { 0 }
    }
}

impl Model {
    /// Claims of an incident whose dispute is not decided.
    #[must_use]
    pub fn open_disputes(&self, incident: usize) -> usize {
        self.claims_in(incident).filter(|claim| claim.is_undecided()).count()
    }

    /// Until when a claim can be disputed, once its incident counts: within its own window, and for a day after the verdict.
    pub fn disputable_until(&self, claim: usize) -> Outcome<u64> {
        let Claim { incident, disputes_end_at, .. } = self.claims[claim];
        let here = &self.incidents[incident];
        must(here.takes_claims(), Rule::IncidentClosed)?;
        if self.faults.has(Fault::T57) && here.state == Phase::Open || self.faults.has(Fault::T79) {
            return Ok(disputes_end_at);
        }
        must(here.state == Phase::Accepted, Rule::IncidentUndecided)?;
        let decided_at = here.decided_at.expect("what counts was decided");
        Ok(disputes_end_at.max(decided_at + DISPUTES_AFTER_VERDICT))
    }

    /// Has a ballot decide how much of a claim stands, once. Returns the bond.
    pub fn dispute_claim(&mut self, claim: usize, (who, payer): (Name, Name)) -> Outcome<Atoms> {
        let Claim { incident, state, bond, dispute_bond, dispute_ballot, .. } = self.claims[claim];
        if dispute_ballot.is_some_and(|ballot| !self.ballots[ballot].gone) {
            return Err(Refusal::Exists);
        }
        let Incident { pool, product, stake_floor, court, .. } = self.incidents[incident];
        self.accrue(pool);
        let until = self.disputable_until(claim)?;
        must(state == ClaimState::Filed, Rule::NotDisputable)?;
        must(self.now < until, Rule::DisputeWindowOver)?;
        self.set_tips_aside(payer, 1)?;
        let ballot = self.open_ballot(Question {
            subject: Subject::Claim(claim),
            pool,
            rent_payer: payer,
            opens_at: self.now,
            appeal_window: self.products[product].terms.appeal_window,
            bond,
            pot: bond / Atoms::from(CLAIM_REWARD_PART),
            default: FOR,
            stake_floor,
            court,
        })?;
        let here = &mut self.claims[claim];
        here.state = ClaimState::Disputed;
        here.disputer = Some(who);
        here.dispute_ballot = Some(ballot);
        here.dispute_bond_state = Bond::Held;
        here.tips += 1;
        self.pay_in(who, pool, dispute_bond)?;
        Ok(dispute_bond)
    }

    /// Ends the dispute of a claim by its ballot: so many sixteenths of what was claimed stand. What each side loses of its bond goes half to
    /// the other, half to the assessors.
    pub fn resolve_dispute(&mut self, claim: usize, caller: Name) -> Outcome {
        let Claim { incident, claimed, bond, dispute_bond, dispute_ballot, .. } = self.claims[claim];
        let pool = self.incidents[incident].pool;
        self.accrue(pool);
        must(self.claims[claim].is_undecided(), Rule::NotDisputed)?;
        let ballot = dispute_ballot.expect("a dispute has a ballot");
        self.ballots[ballot].verdict(self.now)?;
        let asked = &mut self.ballots[ballot];
        asked.executed = true;
        let level = asked.level().expect("a ballot that ended");
        let (of_claim, of_dispute) = if asked.is_by_default() {
            (0, up(dispute_bond, 1, 4)?)
        } else {
            let below = (FOR - level).min(ALL_LOST);
            (up(bond, below, ALL_LOST)?, up(dispute_bond, ALL_LOST - below, ALL_LOST)?)
        };
        // Whoever comes before the verdict names what stands.
        let asked_at = self.ballots[ballot].rounds[0].opens_at;
        let is_early = self.incidents[incident].decided_at.is_none_or(|decided_at| asked_at < decided_at);
        let is_named = self.faults.has(Fault::T57) && is_early;
        let here = &mut self.claims[claim];
        here.tips -= 1;
        here.level = level;
        here.amount = if is_named { claimed - Atoms::from(level < FOR) } else { down(claimed, level, FOR)? };
        here.state = if level > 0 { ClaimState::Decided } else { ClaimState::Rejected };
        here.bond += of_dispute / 2 - of_claim;
        here.dispute_bond += of_claim / 2 - of_dispute;
        here.dispute_bond_state = if here.dispute_bond > 0 { Bond::Due } else { Bond::Slashed };
        self.pools[pool].slashed += of_claim - of_claim / 2 + of_dispute - of_dispute / 2;
        self.pay_voters(ballot)?;
        self.tip(caller);
        Ok(())
    }

    /// Pays a disputer what the ballot left them. Returns it.
    pub fn collect_dispute_bond(&mut self, claim: usize) -> Outcome<Atoms> {
        let here = &self.claims[claim];
        let (pool, due) = (self.incidents[here.incident].pool, here.dispute_bond);
        must(here.dispute_bond_state == Bond::Due, Rule::NothingDue)?;
        let disputer = here.disputer.expect("somebody disputed it");
        self.claims[claim].dispute_bond_state = Bond::Collected;
        self.pay_out(pool, disputer, due);
        Ok(due)
    }
}
