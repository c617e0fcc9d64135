//! Incidents that prices open: accepted already, at the severity that was measured. A price from inside the breach refutes
//! one, and a bond brings the jury.

use crate::{
    Account, Atoms, Bond, Claim, ClaimState, Incident, Model, Name, Outcome, Phase, Policy, Price, Product, Refusal,
    Rule, Subject, Trigger,
    ballots::{FOR, Question},
    breaches::check_refutes,
    must, part_down,
};

impl Model {
    /// Opens an incident by a breach that counts, without a bond. Returns it.
    pub fn open_price_incident(&mut self, product: usize, opener: Name) -> Outcome<usize> {
        self.roll(product);
        self.products[product].must_be(Trigger::Price)?;
        let (breach, terms) = (self.breach(product), &self.products[product].terms);
        must(breach.counts, Rule::NoBreach)?;
        let severity_bps = breach.mean_severity_bps(&terms.price);
        let (challenge_ends_at, duration) = (self.now + terms.appeal_window, u64::from(terms.price.min_duration));
        self.check_report(product, breach.started_at)?;
        let incident = self.begin_incident(product, (opener, opener), breach.started_at, severity_bps)?;
        let here = &mut self.incidents[incident];
        here.challenge_ends_at = challenge_ends_at;
        here.measured = (breach.measured_from, breach.measured_from + duration);
        // One breach is paid once.
        let watch = &mut self.watches[product];
        watch.awaits_recovery = true;
        watch.forget();
        Ok(incident)
    }

    /// Files the claim of a policy in an incident that prices opened, for its holder, without a bond: the part of the sum
    /// insured that is lost less the deductible, as far as other claims have left it. Returns it.
    pub fn claim_breach(&mut self, incident: usize, policy: usize, payer: Name) -> Outcome<usize> {
        let Incident { pool, product, occurred_at, severity_bps, .. } = self.incidents[incident];
        let Policy { amount, holder, product: of, .. } = self.policies[policy];
        self.check_no_claim(incident, policy)?;
        must(of == product, Rule::WrongProduct)?;
        self.accrue(pool);
        self.check_filing(incident, Trigger::Price)?;
        must(self.policies[policy].covers(occurred_at), Rule::NotCovered)?;
        let loss = part_down(amount, severity_bps)?;
        let net = self.claimable(product, loss, amount)?.min(self.left(policy)?);
        self.pay_rent(payer, Account::Claim)?;
        self.set_tips_aside(payer, 1)?;
        Ok(self.claims.push(Claim {
            incident,
            policy,
            claimant: holder,
            receiver: holder,
            funder: holder,
            rent_payer: payer,
            // Nothing of it is in dispute.
            state: ClaimState::Decided,
            loss,
            claimed: net,
            amount: net,
            level: FOR,
            bond: 0,
            bond_waits: false,
            on_account: None,
            disputer: None,
            dispute_bond: 0,
            dispute_bond_state: Bond::None,
            paid: 0,
            filed_at: self.now,
            release_day: self.policies[policy].release_day,
            disputes_end_at: self.now,
            dispute_ballot: None,
            tips: 1,
            gone: false,
        }))
    }

    /// Refuses unless prices opened the incident and it can still be challenged and refuted.
    fn check_contestable(&self, incident: usize) -> Outcome {
        let here = &self.incidents[incident];
        must(here.state == Phase::Open, Rule::IncidentDecided)?;
        self.products[here.product].must_be(Trigger::Price)?;
        must(!here.refuted, Rule::AlreadyRefuted)?;
        must(self.now < here.challenge_ends_at, Rule::ChallengeOver)
    }

    /// Has the jury decide whether what prices opened, or a booking, counts. Returns the bond, which is lost if it does. Until
    /// then nothing more of a booking is paid; it goes on reserving what was booked.
    pub fn challenge_incident(&mut self, incident: usize, (who, payer): (Name, Name)) -> Outcome<Atoms> {
        let Incident { pool, product, ballot, posted, stake_floor, court, .. } = self.incidents[incident];
        if ballot.is_some_and(|ballot| !self.ballots[ballot].gone) {
            return Err(Refusal::Exists);
        }
        self.accrue(pool);
        let here = &self.incidents[incident];
        let booked = here.policy.is_some();
        if booked {
            must(here.takes_claims(), Rule::IncidentClosed)?;
            must(self.now < here.challenge_ends_at, Rule::ChallengeOver)?;
        } else {
            self.check_contestable(incident)?;
        }
        must(self.incidents[incident].bond == Bond::None, Rule::AlreadyChallenged)?;
        if booked {
            self.enter_phase(incident, Phase::Open);
            self.incidents[incident].tips += 1;
            self.set_tips_aside(payer, 1)?;
        }
        let Product { ref terms, .. } = self.products[product];
        let ballot = self.open_ballot(Question {
            subject: Subject::Incident(incident),
            pool,
            rent_payer: payer,
            opens_at: self.now,
            appeal_window: terms.appeal_window,
            bond: posted,
            pot: posted / 2,
            default: FOR,
            stake_floor,
            court,
        })?;
        let here = &mut self.incidents[incident];
        here.ballot = Some(ballot);
        here.bond = Bond::Held;
        here.bond_owner = Some(who);
        self.pay_in(who, pool, posted)?;
        Ok(posted)
    }

    /// Voids an incident that prices opened, by a price of any age from inside its breach: the price has recovered since.
    pub fn refute_incident(&mut self, incident: usize, price: Price) -> Outcome {
        let Incident { product, measured, .. } = self.incidents[incident];
        let Product { ref terms, .. } = self.products[product];
        let strike = terms.price.strike;
        self.products[product].must_be(Trigger::Price)?;
        self.check_contestable(incident)?;
        check_refutes(&price, strike, measured)?;
        self.incidents[incident].refuted = true;
        self.watches[product].awaits_recovery = false;
        Ok(())
    }
}
