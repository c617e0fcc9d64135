//! How an incident ends: what its claims get, what is held back for others, what becomes of its bond.

use crate::{
    Account, Atoms, Bond, Incident, MAX_FIXED_AMOUNT, Model, Name, Outcome, Phase, Rule, Trigger, Verdict, down, must,
};

impl Model {
    /// What is held back for other incidents, in all, and of how many.
    #[must_use]
    pub fn held_back(&self, pool: usize) -> (Atoms, usize) {
        let held = || self.incidents_of(pool).map(|incident| incident.held_back).filter(|held| *held > 0);
        (held().sum(), held().count())
    }

    /// What stands of the claims of those for which something is held back, and what they got of the capital.
    #[must_use]
    pub fn held_sums(&self, pool: usize) -> (Atoms, Atoms) {
        let held = || self.incidents_of(pool).filter(|incident| incident.held_back > 0);
        (held().map(|here| here.approved).sum(), held().map(|here| here.settled - here.recovered).sum())
    }

    /// Settles or rejects an incident that is decided.
    pub fn settle_incident(&mut self, incident: usize, caller: Name) -> Outcome {
        let pool = self.incidents[incident].pool;
        self.accrue(pool);
        must(self.incidents[incident].state == Phase::Open, Rule::IncidentClosed)?;
        let verdict = self.decide(incident)?;
        let by_price = self.products[self.incidents[incident].product].trigger() == Trigger::Price;
        // What prices opened stands when too few vote.
        let counts = verdict == Verdict::Passed || by_price && verdict == Verdict::NoQuorum;
        let lost = if counts {
            let here = &self.incidents[incident];
            must(self.now >= self.filing_ends_at(here), Rule::FilingOpen)?;
            must(self.now >= self.disputes_end_at(here), Rule::DisputeWindowOpen)?;
            must(self.open_disputes(incident) == 0, Rule::DisputeOpen)?;
            self.pay_what_there_is(incident)?;
            // A challenge was for nothing.
            by_price
        } else {
            self.incidents[incident].state = Phase::Rejected;
            // The report was found wanting.
            verdict == Verdict::Failed && !by_price
        };
        self.end_bond(incident, lost)?;
        let now = self.now;
        let here = &mut self.incidents[incident];
        here.lien = 0;
        here.closed_at = Some(now);
        self.tip(caller);
        Ok(())
    }

    /// The final verdict on an incident. What prices opened passes unless it is challenged or refuted.
    fn decide(&mut self, incident: usize) -> Outcome<Verdict> {
        let Incident { ballot, refuted, challenge_ends_at, .. } = self.incidents[incident];
        if refuted {
            if let Some(ballot) = ballot {
                self.ballots[ballot].void = true;
                self.ballots[ballot].executed = true;
            }
            return Ok(Verdict::Failed);
        }
        let Some(ballot) = ballot else {
            must(self.now >= challenge_ends_at, Rule::ChallengeOpen)?;
            return Ok(Verdict::Passed);
        };
        let verdict = self.ballots[ballot].verdict(self.now)?;
        self.ballots[ballot].executed = true;
        Ok(verdict)
    }

    /// The claims that stand get all, or what open incidents leave them of the capital by their liens.
    fn pay_what_there_is(&mut self, incident: usize) -> Outcome {
        let pool = self.incidents[incident].pool;
        let (capital, filed, liens) = (self.capital(pool), self.filed(incident), self.lien_total(pool));
        // What was held back before it was opened comes first; with all others it shares what there was, by what stands.
        let later = self.incidents[incident].opened_at > self.pools[pool].held_at;
        let (approved, got) = self.held_sums(pool);
        let (funds, others) =
            if later { ((capital - self.held_back(pool).0).max(0), 0) } else { (capital + got, approved) };
        let part = |demands| share(funds, filed, demands).map(|part| part.min(capital).min(filed));
        let (settled, alone) = (part(others + liens)?, part(others + filed)?);
        let held_at = self.now;
        let here = &mut self.incidents[incident];
        here.state = Phase::Settled;
        here.approved = filed;
        here.settled = settled;
        here.held_back = alone - settled;
        if alone > settled {
            self.pools[pool].held_at = held_at;
        }
        Ok(())
    }

    /// A bond that is held goes back, or is lost.
    fn end_bond(&mut self, incident: usize, lost: bool) -> Outcome {
        let Incident { pool, bond, posted, .. } = self.incidents[incident];
        if bond != Bond::Held {
            return Ok(());
        }
        self.incidents[incident].bond = if lost { Bond::Slashed } else { Bond::Due };
        if lost { self.share_bond(pool, posted) } else { Ok(()) }
    }

    /// A lost bond goes half to the LPs over time, as far as a stream of a week can carry it; the rest to the voters.
    pub(crate) fn share_bond(&mut self, pool: usize, bond: Atoms) -> Outcome {
        let to_lps = (bond / 2).min(MAX_FIXED_AMOUNT.into());
        self.pools[pool].slashed += bond - to_lps;
        self.stream_income(pool, to_lps)
    }

    /// Gives a settled incident what was held back for others, once there are no others: all, or its part of what they
    /// left. Returns how much.
    pub fn settle_rest(&mut self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, held_back, approved, settled, recovered, .. } = self.incidents[incident];
        self.accrue(pool);
        must(held_back > 0, Rule::NothingDue)?;
        must(self.open_incidents(pool) == 0, Rule::IncidentOpen)?;
        let (capital, (all, got)) = (self.capital(pool), self.held_sums(pool));
        let part = share(capital + got, approved, all)?;
        let more = (part - (settled - recovered)).max(0).min(approved - settled).min(capital);
        let here = &mut self.incidents[incident];
        here.held_back = 0;
        here.settled += more;
        Ok(more)
    }

    /// Money comes back: claims are topped up first, the rest is the LPs' over time. Returns what the claims get.
    pub fn recover(&mut self, incident: usize, who: Name, amount: u64) -> Outcome<Atoms> {
        let pool = self.incidents[incident].pool;
        must(amount > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        let amount = Atoms::from(amount);
        self.pay_in(who, pool, amount)?;
        let here = &mut self.incidents[incident];
        must(here.state == Phase::Settled, Rule::IncidentNotSettled)?;
        let to_claims = amount.min(here.approved - here.settled);
        here.settled += to_claims;
        here.recovered += to_claims;
        here.held_back = here.held_back.min(here.approved - here.settled);
        self.pools[pool].recovered += to_claims;
        self.stream_income(pool, amount - to_claims)?;
        Ok(to_claims)
    }

    /// Gives an incident's bond back. Returns it.
    pub fn collect_incident_bond(&mut self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, bond, bond_owner, posted, .. } = self.incidents[incident];
        must(bond == Bond::Due, Rule::NothingDue)?;
        self.incidents[incident].bond = Bond::Collected;
        self.pay_out(pool, bond_owner.expect("somebody posted it"), posted);
        Ok(posted)
    }

    /// Closes the account of an incident that has ended, once its bond and its claims' accounts are gone.
    pub fn close_incident(&mut self, incident: usize, caller: Name) -> Outcome {
        let Incident { state, bond, opener, .. } = self.incidents[incident];
        must(state != Phase::Open, Rule::IncidentNotSettled)?;
        let bond_gone = !matches!(bond, Bond::Held | Bond::Due);
        must(bond_gone && self.live_accounts(incident) == 0, Rule::IncidentNotOver)?;
        self.incidents[incident].gone = true;
        self.return_rent(Account::Incident, 0, opener, caller);
        Ok(())
    }
}

/// What one of several demands may draw on: what the others leave, or its share when there is too little.
fn share(capital: Atoms, own: Atoms, all: Atoms) -> Outcome<Atoms> {
    if all <= capital { Ok(capital - (all - own)) } else { down(capital, own, all) }
}
