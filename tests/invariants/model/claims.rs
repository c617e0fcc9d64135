//! Claims in incidents, the disputes of them, and what they are paid.

use super::{
    Atoms, Bond, GUARDIAN, Incident, Model, Name, Outcome, Phase, Policy, Question, Refusal, Rule, Token, Verdict,
    down, exact, fraction, must, part, up,
};
use solana_address::Address;

/// One policy's demand in one incident.
#[derive(Clone, Debug)]
pub struct Claim {
    pub address: Address,
    pub incident: usize,
    pub policy: usize,
    pub claimant: Name,
    /// Whose token account is paid.
    pub receiver: Name,
    pub state: ClaimState,
    pub loss: Atoms,
    pub amount: Atoms,
    /// To be given back, atoms.
    pub bond: Atoms,
    /// Of a dispute, atoms.
    pub dispute_bond: Atoms,
    pub paid: Atoms,
    pub filed_at: u64,
    pub disputes_end_at: u64,
    /// In order: the last one has the lowest counter-amount and goes to the ballot.
    pub disputes: Vec<Dispute>,
    pub dispute_ballot: Option<usize>,
    pub decision: Decision,
    /// For whoever won the dispute, atoms.
    pub prize: Atoms,
    /// Tips that are left.
    pub tips: u8,
    /// Once its account is closed.
    pub gone: bool,
}

/// Where a claim stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimState {
    Filed = 0,
    Disputed = 1,
    Settled = 2,
    Rejected = 3,
    Decided = 4,
}

/// How a dispute ended: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Undecided = 0,
    Lost = 1,
    Won = 2,
    Void = 3,
}

/// One person's dispute of a claim.
#[derive(Clone, Debug)]
pub struct Dispute {
    pub address: Address,
    pub disputer: Name,
    pub counter_amount: Atoms,
    pub at: u64,
    /// Once its account is closed.
    pub gone: bool,
}

impl Claim {
    /// Whether a dispute waits to be decided.
    pub fn is_undecided(&self) -> bool {
        !self.disputes.is_empty() && self.decision == Decision::Undecided
    }

    /// Whether it has ended: nothing of it holds up its policy.
    pub fn has_ended(&self) -> bool {
        matches!(self.state, ClaimState::Settled | ClaimState::Rejected) && !self.is_undecided()
    }

    /// Accounts of disputes that are not closed.
    pub fn live_disputes(&self) -> usize {
        self.disputes.iter().filter(|dispute| !dispute.gone).count()
    }

    /// What a dispute has to come.
    fn due_to(&self, dispute: usize) -> Atoms {
        match self.decision {
            _ if dispute + 1 < self.disputes.len() => self.dispute_bond,
            Decision::Undecided | Decision::Void => self.dispute_bond,
            Decision::Won => self.dispute_bond + self.prize,
            Decision::Lost => 0,
        }
    }

    /// Bonds of it and its disputes that are held.
    fn bonds(&self) -> Atoms {
        let own = if matches!(self.state, ClaimState::Settled | ClaimState::Rejected) { 0 } else { self.bond };
        let live = (0..self.disputes.len()).filter(|dispute| !self.disputes[*dispute].gone);
        own + live.map(|dispute| self.due_to(dispute)).sum::<Atoms>()
    }
}

impl Model {
    pub fn claims_in(&self, incident: usize) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.incident == incident)
    }

    fn claims_of(&self, policy: usize) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.policy == policy)
    }

    /// Bonds of incidents, claims, disputes and appeals that are held or due back.
    pub fn bonds(&self, pool: usize) -> Atoms {
        let kept = self.incidents_of(pool).filter(|incident| matches!(incident.bond, Bond::Held | Bond::Due));
        let incidents: Atoms = kept.map(|incident| incident.posted).sum();
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        let ballots = self.assembly.ballots.iter().filter(|ballot| ballot.pool == pool);
        let appeals: Atoms = ballots.map(super::Ballot::appeal_bond_held).sum();
        incidents + claims.map(Claim::bonds).sum::<Atoms>() + appeals
    }

    /// The claims filed in an incident, atoms, as they stand.
    pub fn filed(&self, incident: usize) -> Atoms {
        self.claims_in(incident).map(|claim| claim.amount).sum()
    }

    /// How many they are.
    pub fn claim_count(&self, incident: usize) -> usize {
        self.claims_in(incident).count()
    }

    /// Claims whose dispute is not decided.
    pub fn open_disputes(&self, incident: usize) -> usize {
        self.claims_in(incident).filter(|claim| claim.is_undecided()).count()
    }

    /// Accounts of claims and disputes that are not closed.
    pub fn live_accounts(&self, incident: usize) -> usize {
        self.claims_in(incident).map(|claim| usize::from(!claim.gone) + claim.live_disputes()).sum()
    }

    /// Paid in an incident, atoms.
    pub fn incident_paid(&self, incident: usize) -> Atoms {
        self.claims_in(incident).map(|claim| claim.paid).sum()
    }

    /// Paid to claims.
    pub fn claims_paid(&self, pool: usize) -> Atoms {
        let claims = self.claims.iter().filter(|claim| self.incidents[claim.incident].pool == pool);
        claims.map(|claim| claim.paid).sum()
    }

    /// Claimed of a policy and not rejected.
    pub fn claimed(&self, policy: usize) -> Atoms {
        let standing = self.claims_of(policy).filter(|claim| claim.state != ClaimState::Rejected);
        standing.map(|claim| claim.amount).sum()
    }

    /// Paid on a policy.
    pub fn paid(&self, policy: usize) -> Atoms {
        self.claims_of(policy).map(|claim| claim.paid).sum()
    }

    /// Claims of a policy that have not ended.
    pub fn open_claims(&self, policy: usize) -> usize {
        self.claims_of(policy).filter(|claim| !claim.has_ended()).count()
    }

    /// Files a claim.
    pub fn submit_claim(
        &mut self,
        (incident, policy): (usize, usize),
        by: Name,
        receiver: Name,
        address: Address,
        loss: u64,
    ) -> Outcome {
        let Incident { pool, product, occurred_at, posted, .. } = self.incidents[incident];
        let terms = self.products[product].terms.clone();
        let Policy { amount, bought_at, cover_from, end_day, .. } = self.policies[policy];
        if self.claims_of(policy).any(|claim| claim.incident == incident && !claim.gone) {
            return Err(Refusal::Exists);
        }
        must(by == self.policies[policy].holder, Rule::NotHolder)?;
        must(self.policies[policy].product == product, Rule::WrongProduct)?;
        self.accrue(pool);
        must(self.incidents[incident].state == Phase::Open, Rule::IncidentClosed)?;
        must(self.now < self.filing_ends_at(&self.incidents[incident]), Rule::FilingOver)?;
        must(loss > 0, Rule::ZeroAmount)?;
        // Not in the second of the sale: a buyer could have seen it happen.
        let covered = occurred_at > bought_at && (cover_from..=end_day * super::DAY).contains(&occurred_at);
        must(covered, Rule::NotCovered)?;
        let loss = Atoms::from(loss);
        let net = loss - up(&part(amount, terms.deductible_bps))?;
        must(net > 0, Rule::BelowDeductible)?;
        super::stored(self.claimed(policy) + net)?;
        must(self.claimed(policy) + net <= amount, Rule::AboveSumInsured)?;
        let bond = up(&part(net, terms.claim_bond_bps))?;
        self.pay_rent::<coverage_client::Claim>(by)?;
        self.set_tips_aside(by, 1)?;
        self.claims.push(Claim {
            address,
            incident,
            policy,
            claimant: by,
            receiver,
            state: ClaimState::Filed,
            loss,
            amount: net,
            bond,
            dispute_bond: bond.max(posted / 5),
            paid: 0,
            filed_at: self.now,
            disputes_end_at: self.now + terms.dispute_window,
            disputes: vec![],
            dispute_ballot: None,
            decision: Decision::Undecided,
            prize: 0,
            tips: 1,
            gone: false,
        });
        // Capacity of a policy that is reported late may have been released.
        let filed = self.filed(incident);
        let lien = &mut self.incidents[incident].lien;
        *lien = filed.max(*lien);
        self.pay_in(by, pool, bond)
    }

    /// Disputes a claim: it is worth less, and less than earlier disputes say.
    pub fn dispute_claim(
        &mut self,
        claim: usize,
        who: Name,
        (address, ballot): (Address, Address),
        counter: u64,
    ) -> Outcome {
        let Claim { incident, state, amount, bond, dispute_bond, disputes_end_at, ref disputes, .. } =
            self.claims[claim];
        if disputes.iter().any(|dispute| dispute.disputer == who && !dispute.gone) {
            return Err(Refusal::Exists);
        }
        let pool = self.incidents[incident].pool;
        let highest = disputes.last().map_or(amount, |lowest| lowest.counter_amount);
        self.accrue(pool);
        must(self.incidents[incident].state == Phase::Open, Rule::IncidentClosed)?;
        must(matches!(state, ClaimState::Filed | ClaimState::Disputed), Rule::NotDisputable)?;
        must(self.now < disputes_end_at, Rule::DisputeWindowOver)?;
        let counter_amount = Atoms::from(counter);
        must(counter_amount < highest, Rule::CounterAmountTooHigh)?;
        self.pay_rent::<coverage_client::Dispute>(who)?;
        if state == ClaimState::Filed {
            self.set_tips_aside(who, 1)?;
            let subject = self.claims[claim].address;
            let appeal_window = self.products[self.incidents[incident].product].terms.appeal_window;
            let ballot = self.open_ballot(Question {
                address: ballot,
                subject,
                pool,
                rent_payer: who,
                opens_at: disputes_end_at,
                appeal_window,
                bond: dispute_bond,
                least_bond: bond,
                revocable: true,
            })?;
            self.claims[claim].dispute_ballot = Some(ballot);
            self.claims[claim].tips += 1;
        }
        let at = self.now;
        let here = &mut self.claims[claim];
        here.state = ClaimState::Disputed;
        here.disputes.push(Dispute { address, disputer: who, counter_amount, at, gone: false });
        self.pay_in(who, pool, dispute_bond)
    }

    /// Ends the dispute of a claim by its ballot, which passes for the counter-amount.
    pub fn resolve_dispute(&mut self, claim: usize) -> Outcome {
        must(self.claims[claim].is_undecided(), Rule::NotDisputed)?;
        let Claim { incident, bond, dispute_bond, .. } = self.claims[claim];
        let Incident { pool, state, .. } = self.incidents[incident];
        self.accrue(pool);
        let ballot = self.claims[claim].dispute_ballot.expect("a dispute has a ballot");
        let verdict = self.assembly.ballots[ballot].verdict(&self.assembly, self.now)?;
        self.assembly.ballots[ballot].executed = true;
        self.assembly.ballots[ballot].void = state != Phase::Open;
        let won = verdict == Verdict::Passed;
        let here = &mut self.claims[claim];
        here.tips -= 1;
        if state != Phase::Open {
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
        self.give(GUARDIAN, Token::Lamports, super::CRANK_TIP);
        Ok(())
    }

    /// Ends a dispute that was decided, displaced by a lower one, or became pointless. Returns what it gets.
    pub fn collect_dispute_bond(&mut self, claim: usize, dispute: usize) -> Outcome<Atoms> {
        let here = &self.claims[claim];
        let Incident { pool, state, .. } = self.incidents[here.incident];
        let lowest = dispute + 1 == here.disputes.len();
        must(!lowest || !here.is_undecided() || state == Phase::Rejected, Rule::DisputeOpen)?;
        let (due, disputer) = (here.due_to(dispute), here.disputes[dispute].disputer);
        self.claims[claim].disputes[dispute].gone = true;
        self.pay_out(pool, disputer, due);
        self.return_rent::<coverage_client::Dispute>(disputer, GUARDIAN);
        Ok(due)
    }

    /// Pays a claim what it has due, and its bond the first time.
    pub fn payout(&mut self, claim: usize) -> Outcome {
        let Claim { incident, amount, paid, bond, receiver, state: stood, .. } = self.claims[claim];
        let Incident { pool, state, approved, settled, .. } = self.incidents[incident];
        must(state != Phase::Open, Rule::IncidentNotSettled)?;
        let due = if state == Phase::Settled && approved > 0 {
            down(&(exact(amount) * fraction(settled, approved)))? - paid
        } else {
            0
        };
        let first = !matches!(stood, ClaimState::Settled | ClaimState::Rejected);
        must(first || due > 0, Rule::NothingDue)?;
        let here = &mut self.claims[claim];
        here.paid += due;
        if first {
            here.tips -= 1;
            here.state = if state == Phase::Settled { ClaimState::Settled } else { ClaimState::Rejected };
            self.give(GUARDIAN, Token::Lamports, super::CRANK_TIP);
        }
        self.pay_out(pool, receiver, due + if first { bond } else { 0 });
        Ok(())
    }

    /// Has a claim paid to somebody else.
    pub fn redirect_claim(&mut self, claim: usize, by: Name, receiver: Name) -> Outcome {
        must(by == self.claims[claim].claimant, Rule::NotClaimant)?;
        self.claims[claim].receiver = receiver;
        Ok(())
    }

    /// Closes the account of a claim of which nothing can come any more.
    pub fn close_claim(&mut self, claim: usize) -> Outcome {
        let here = &self.claims[claim];
        must(self.incidents[here.incident].state != Phase::Open, Rule::IncidentNotSettled)?;
        let paid = here.state == ClaimState::Rejected || here.state == ClaimState::Settled && here.paid == here.amount;
        must(paid && !here.is_undecided() && here.live_disputes() == 0, Rule::ClaimNotOver)?;
        let (payer, tips) = (here.claimant, here.tips);
        self.claims[claim].gone = true;
        self.return_rent::<coverage_client::Claim>(payer, GUARDIAN);
        self.give(payer, Token::Lamports, super::CRANK_TIP * i128::from(tips));
        Ok(())
    }
}
