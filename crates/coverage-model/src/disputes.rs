//! Disputes of claims.

use crate::{
    Account, Atoms, Claim, ClaimState, Incident, Model, Name, Outcome, Refusal, Rule, Subject, Verdict,
    ballots::Question, must,
};

/// One person's dispute of a claim.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Whose.
    pub disputer: Name,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// What the claim is worth instead, atoms.
    pub counter_amount: Atoms,
    /// When.
    pub at: u64,
    /// Whether its account is closed.
    pub gone: bool,
}

/// How a dispute ended: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It has not, or there is none.
    Undecided = 0,
    /// The claim stands.
    Lost = 1,
    /// The counter-amount stands.
    Won = 2,
    /// Its incident does not count.
    Void = 3,
}

impl Claim {
    /// Whether a dispute waits to be decided.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        !self.disputes.is_empty() && self.decision == Decision::Undecided
    }

    /// Accounts of disputes that are not closed.
    #[must_use]
    pub fn live_disputes(&self) -> usize {
        self.disputes.iter().filter(|dispute| !dispute.gone).count()
    }

    /// What a dispute has to come, atoms.
    pub(crate) fn due_to(&self, dispute: usize) -> Atoms {
        match self.decision {
            // A lower one took its place.
            _ if dispute + 1 < self.disputes.len() => self.dispute_bond,
            Decision::Undecided | Decision::Void => self.dispute_bond,
            Decision::Won => self.dispute_bond + self.prize,
            Decision::Lost => 0,
        }
    }
}

impl Model {
    /// Claims of an incident whose dispute is not decided.
    #[must_use]
    pub fn open_disputes(&self, incident: usize) -> usize {
        self.claims_in(incident).filter(|claim| claim.is_undecided()).count()
    }

    /// Disputes a claim: it is worth less, and less than earlier disputes say. The first opens its ballot. Returns the
    /// number of the dispute among the claim's.
    pub fn dispute_claim(&mut self, claim: usize, (who, payer): (Name, Name), counter_amount: u64) -> Outcome<usize> {
        let Claim { incident, state, amount, bond, dispute_bond, disputes_end_at, ref disputes, .. } =
            self.claims[claim];
        if disputes.iter().any(|dispute| dispute.disputer == who && !dispute.gone) {
            return Err(Refusal::Exists);
        }
        let Incident { pool, product, .. } = self.incidents[incident];
        let highest = disputes.last().map_or(amount, |lowest| lowest.counter_amount);
        self.accrue(pool);
        must(self.incidents[incident].takes_claims(), Rule::IncidentClosed)?;
        must(matches!(state, ClaimState::Filed | ClaimState::Disputed), Rule::NotDisputable)?;
        must(self.now < disputes_end_at, Rule::DisputeWindowOver)?;
        let counter_amount = Atoms::from(counter_amount);
        must(counter_amount < highest, Rule::CounterAmountTooHigh)?;
        self.pay_rent(payer, Account::Dispute)?;
        if state == ClaimState::Filed {
            self.set_tips_aside(payer, 1)?;
            let ballot = self.open_ballot(Question {
                subject: Subject::Claim(claim),
                pool,
                rent_payer: payer,
                opens_at: disputes_end_at,
                appeal_window: self.products[product].terms.appeal_window,
                bond: dispute_bond,
                pot: bond / 2,
                default: Verdict::Failed,
                revocable: true,
            })?;
            let here = &mut self.claims[claim];
            here.dispute_ballot = Some(ballot);
            here.tips += 1;
        }
        let at = self.now;
        let here = &mut self.claims[claim];
        here.state = ClaimState::Disputed;
        here.disputes.push(Dispute { disputer: who, rent_payer: payer, counter_amount, at, gone: false });
        let number = here.disputes.len() - 1;
        self.pay_in(who, pool, dispute_bond)?;
        Ok(number)
    }

    /// Ends the dispute of a claim by its ballot, which passes for the counter-amount. Half of the loser's bond goes to
    /// the winner, the rest to the voters. Nothing is decided when the incident does not count.
    pub fn resolve_dispute(&mut self, claim: usize, caller: Name) -> Outcome {
        must(self.claims[claim].is_undecided(), Rule::NotDisputed)?;
        let Claim { incident, bond, dispute_bond, dispute_ballot, .. } = self.claims[claim];
        let (pool, refused) = (self.incidents[incident].pool, self.incidents[incident].was_refused());
        self.accrue(pool);
        let ballot = dispute_ballot.expect("a dispute has a ballot");
        let won = self.ballots[ballot].verdict(self.now)? == Verdict::Passed;
        let asked = &mut self.ballots[ballot];
        asked.executed = true;
        asked.void = refused;
        let here = &mut self.claims[claim];
        here.tips -= 1;
        if refused {
            here.decision = Decision::Void;
        } else {
            let lost = if won { bond } else { dispute_bond };
            here.state = ClaimState::Decided;
            here.decision = if won { Decision::Won } else { Decision::Lost };
            if won {
                here.bond = 0;
                here.prize = lost / 2;
                here.amount = here.disputes.last().expect("a dispute").counter_amount;
                if here.amount == 0 {
                    here.state = ClaimState::Rejected;
                }
            } else {
                here.bond += lost / 2;
            }
            self.pools[pool].slashed += lost - lost / 2;
        }
        self.pay_voters(ballot)?;
        self.tip(caller);
        Ok(())
    }

    /// Ends a dispute that was decided, displaced by a lower one, or became pointless. Returns what it gets.
    pub fn collect_dispute_bond(&mut self, claim: usize, dispute: usize, caller: Name) -> Outcome<Atoms> {
        let here = &self.claims[claim];
        let (pool, refused) = (self.incidents[here.incident].pool, self.incidents[here.incident].was_refused());
        let lowest = dispute + 1 == here.disputes.len();
        must(!lowest || !here.is_undecided() || refused, Rule::DisputeOpen)?;
        let Dispute { disputer, rent_payer, .. } = here.disputes[dispute];
        let due = here.due_to(dispute);
        self.claims[claim].disputes[dispute].gone = true;
        self.pay_out(pool, disputer, due);
        self.return_rent(Account::Dispute, 0, rent_payer, caller);
        Ok(due)
    }
}
