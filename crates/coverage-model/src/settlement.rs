//! How an incident ends: what its claims get, what is held back for others, what becomes of its bond.

use crate::{
    Account, Atoms, Bond, DAY, Fault, Incident, Lined, MAX_FIXED_AMOUNT, Model, Name, Outcome, Phase, Retired, Rule,
    Trigger, Verdict, WHOLE,
    contested::PerUnit,
    day_of, down, must,
    streams::{INCOME_DAYS, RECOVERY_DAYS},
    up,
};

impl Incident {
    /// Whether others might still get what it demands: an accepted incident may ask for less, a challenged booking come to nothing.
    pub(crate) fn is_rival(&self) -> bool {
        self.state == if self.policy.is_some() { Phase::Open } else { Phase::Accepted }
    }

    /// What stood of its claims and the stayers bear, atoms.
    pub(crate) fn own_approved(&self) -> Atoms {
        self.approved - self.contested
    }

    /// What they got of the capital, atoms.
    pub(crate) fn of_capital(&self) -> Atoms {
        self.settled - self.recovered - self.contested
    }
}

impl Model {
    /// What is held back for other incidents, in all, and of how many.
    #[must_use]
    pub fn held_back(&self, pool: usize) -> (Atoms, usize) {
        let held = || self.incidents_of(pool).map(|incident| incident.held_back).filter(|held| *held > 0);
        (held().sum(), held().count())
    }

    /// What stands of the claims of those for which something is held back, and what they got: of the capital alone.
    #[must_use]
    pub fn held_sums(&self, pool: usize) -> (Atoms, Atoms) {
        let held = || self.incidents_of(pool).filter(|incident| incident.held_back > 0);
        (held().map(Incident::own_approved).sum(), held().map(Incident::of_capital).sum())
    }

    /// Reads the verdict on an incident. One that counts takes claims for a window from now; the bond of one that does not is
    /// lost, a quarter of it where too few voted.
    pub fn decide_incident(&mut self, incident: usize, caller: Name) -> Outcome {
        let Incident { pool, product, policy, .. } = self.incidents[incident];
        self.accrue(pool);
        if policy.is_some() {
            self.roll(product);
        }
        must(self.incidents[incident].state == Phase::Open, Rule::IncidentDecided)?;
        let verdict = self.verdict_on(incident)?;
        let by_price = self.products[product].trigger() == Trigger::Price;
        let counts = verdict == Verdict::Passed;
        let ballot = self.incidents[incident].ballot;
        if let Some(ballot) = ballot {
            self.note_court(incident, ballot);
        }
        if policy.is_some() {
            self.decide_booking(incident, counts)?;
            self.pay_voters(ballot.expect("it was challenged"))?;
            self.tip_of(incident, caller);
            return Ok(());
        }
        let window = u64::from(self.products[product].terms.filing_window_days) * DAY;
        let now = self.now;
        let here = &mut self.incidents[incident];
        here.decided_at = Some(now);
        here.filing_ends_at = counts.then(|| (day_of(now + window) + 1) * DAY);
        self.enter_phase(incident, if counts { Phase::Accepted } else { Phase::Refused });
        if counts && self.open_on(product).next() == Some(incident) {
            self.make_sure(incident)?;
        }
        // A challenge was for nothing, or the report was found wanting: by too few it costs a quarter.
        let posted = self.incidents[incident].posted;
        let heard = ballot.is_none_or(|ballot| self.ballots[ballot].was_heard());
        let lost = match (counts, by_price) {
            (true, true) => posted,
            (true, false) | (false, true) => 0,
            (false, false) => {
                if heard {
                    posted
                } else if self.faults.has(Fault::T60) {
                    0
                } else {
                    (posted + 3) / 4
                }
            }
        };
        self.end_bond(incident, lost)?;
        if let Some(ballot) = ballot {
            self.pay_voters(ballot)?;
        }
        self.tip_of(incident, caller);
        Ok(())
    }

    /// Frees what nobody claimed of an incident whose filing is over, unless others of its product need it.
    pub fn end_filing(&mut self, incident: usize, caller: Name) -> Outcome {
        let Incident { pool, product, state, filing_ends_at, filing_ended, .. } = self.incidents[incident];
        self.accrue(pool);
        must(state == Phase::Accepted, Rule::IncidentNotAccepted)?;
        must(filing_ends_at.is_none_or(|end| self.now >= end), Rule::FilingOpen)?;
        must(!filing_ended, Rule::NothingDue)?;
        self.incidents[incident].filing_ended = true;
        if self.open_on(product).count() == 1 {
            self.free_unclaimed(incident)?;
        }
        self.tip_of(incident, caller);
        Ok(())
    }

    /// Settles or rejects an incident that is decided, the first of its line; `next` is the one behind it.
    pub fn settle_incident(&mut self, incident: usize, next: Option<usize>, caller: Name) -> Outcome {
        let Incident { pool, product, state, filing_ends_at, filing_ended, .. } = self.incidents[incident];
        self.roll(product);
        must(self.incidents[incident].policy.is_none(), Rule::WrongTrigger)?;
        match state {
            Phase::Open => return Err(Rule::IncidentUndecided.into()),
            Phase::Settled | Phase::Rejected => return Err(Rule::IncidentClosed.into()),
            Phase::Refused => {}
            Phase::Accepted => {
                let disputes_end_at = self.disputes_end_at(&self.incidents[incident]);
                must(filing_ends_at.is_some_and(|end| self.now >= end), Rule::FilingOpen)?;
                must(filing_ended, Rule::FilingDue)?;
                must(disputes_end_at.is_some_and(|end| self.now >= end), Rule::DisputeWindowOpen)?;
                must(self.open_disputes(incident) == 0, Rule::DisputeOpen)?;
            }
        }
        must(self.open_on(product).next() == Some(incident), Rule::EarlierIncidentOpen)?;
        let behind = self.open_on(product).nth(1);
        let next = next.filter(|next| Some(*next) == behind);
        must(next == behind, Rule::NextIncidentMissing)?;
        if state == Phase::Accepted {
            self.pay_what_there_is(incident)?;
            if let Some(day) = self.first_release_day(incident).filter(|_| self.filed(incident) > 0) {
                let unended = self.settled_on(product) > 0;
                let here = &mut self.products[product].settled_until;
                *here = if unended { day.min(*here) } else { day };
            }
        }
        self.end_part(incident, next);
        self.enter_phase(incident, if state == Phase::Accepted { Phase::Settled } else { Phase::Rejected });
        self.incidents[incident].closed_at = Some(self.now);
        if let Some(next) = next.filter(|next| self.incidents[*next].state == Phase::Accepted) {
            self.make_sure(next)?;
        }
        self.clear_liens(pool);
        self.renew_mark(pool)?;
        self.tip_of(incident, caller);
        Ok(())
    }

    /// Who takes a step of an incident gets one of its tips.
    pub(crate) fn tip_of(&mut self, incident: usize, caller: Name) {
        if self.incidents[incident].tips > 0 {
            self.incidents[incident].tips -= 1;
            self.tip(caller);
        }
    }

    /// The final verdict on an incident. What prices opened passes unless it is challenged or refuted.
    fn verdict_on(&mut self, incident: usize) -> Outcome<Verdict> {
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

    /// The claims that stand get all from those who left, of their part, and of the stayers' what open incidents leave them of
    /// the capital by their liens.
    fn pay_what_there_is(&mut self, incident: usize) -> Outcome {
        let Incident { pool, product, approved, settled: early, .. } = self.incidents[incident];
        let (filed, lined) = (self.filed(incident), Lined::Product(product));
        let (funds, demands, most) = self.shared_with(incident, self.pools[pool].liens)?;
        let beside = self.capital_beside(pool, Some(lined))?;
        // What the stayers gave on account: those who left since gave the rest.
        let got = self.own_early(incident)?.min(self.incidents[incident].of_capital());
        let (own, contested) = self.pay_lien(incident, filed + approved - early)?;
        let demands = demands.max(got + own);
        let alone = (demands - self.own_liens(pool)?).max(got + own);
        let least = up(filed + approved, self.products[product].line.sure_part, WHOLE)? - early - contested;
        let part =
            |demands| share(funds, got + own, demands).map(|part| (part - got).max(least).max(0).min(most).min(own));
        let (settled, alone) = (part(demands)?.min(beside), part(alone)?);
        self.forget_early(incident);
        self.make_sure_of(lined, 0);
        self.products[product].line.sure_part = 0;
        let (reported, payments) = (self.incidents_of(pool).count(), self.payments.len());
        let here = &mut self.incidents[incident];
        here.payments.1 = Some(payments);
        here.approved += filed;
        here.contested += contested;
        here.settled += settled + contested;
        here.held_back = alone - settled;
        if alone > settled {
            self.pools[pool].held_before = reported;
        }
        Ok(())
    }

    /// What an incident shares with others, what all of them demand, of those that are open by their `liens`, and what is there for
    /// it. What was held back before it was opened comes first; with all others it shares what there was, by what stands. And so
    /// it does with bookings, whatever was paid of them, as far as the stayers bore it.
    pub(crate) fn shared_with(&self, incident: usize, liens: PerUnit) -> Outcome<(Atoms, Atoms, Atoms)> {
        let pool = self.incidents[incident].pool;
        let (capital, mark, paid) = (self.capital(pool), self.pools[pool].mark, self.pools[pool].early_paid);
        let (booked, open) = (mark.own(paid)?, mark.own(liens + paid)?);
        if self.number_in_pool(incident) >= self.pools[pool].held_before {
            let most = (capital - self.held_back(pool).0).max(0);
            return Ok((most + booked, open, most));
        }
        let (approved, got) = self.held_sums(pool);
        Ok((capital + got + booked, open + approved, capital))
    }

    /// Accepted incidents that are not settled, and challenged bookings.
    #[must_use]
    pub fn rivals(&self, pool: usize) -> usize {
        self.incidents_of(pool).filter(|incident| incident.is_rival()).count()
    }

    /// A bond that is held goes back, but for what is lost of it.
    pub(crate) fn end_bond(&mut self, incident: usize, lost: Atoms) -> Outcome {
        let Incident { pool, bond, posted, .. } = self.incidents[incident];
        if bond != Bond::Held {
            return Ok(());
        }
        let here = &mut self.incidents[incident];
        here.posted = posted - lost;
        here.bond = if lost == posted { Bond::Slashed } else { Bond::Due };
        if lost > 0 { self.share_bond(pool, lost) } else { Ok(()) }
    }

    /// A lost bond goes half to the LPs over time, as far as a stream of a week can carry it; the rest to the voters.
    pub(crate) fn share_bond(&mut self, pool: usize, bond: Atoms) -> Outcome {
        let to_lps = (bond / 2).min(MAX_FIXED_AMOUNT.into());
        self.pools[pool].slashed += bond - to_lps;
        self.stream_income(pool, to_lps)
    }

    /// Gives a settled incident what was held back for others, once none of them is open: all, or its part of what they
    /// left. Returns how much.
    pub fn settle_rest(&mut self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, held_back, approved, settled, .. } = self.incidents[incident];
        self.accrue(pool);
        must(held_back > 0, Rule::NothingDue)?;
        must(self.held_for(pool) == 0, Rule::IncidentOpen)?;
        let (capital, (all, got)) = (self.capital(pool), self.held_sums(pool));
        let here = &self.incidents[incident];
        let part = share(capital + got, here.own_approved(), all)?;
        // Beside later incidents it is no more than was held back.
        let most = match self.open_incidents(pool) {
            0 => capital,
            _ => held_back.min(self.capital_beside(pool, None)?),
        };
        let more = (part - here.of_capital()).max(0).min(approved - settled).min(most);
        let here = &mut self.incidents[incident];
        here.held_back = 0;
        here.settled += more;
        self.pools[pool].rivals_ended_at = self.now;
        Ok(more)
    }

    /// Money comes back: claims are topped up first, the rest is the LPs' over time, or at once that of the shares which bore the
    /// incident and were retired since. Returns what the claims get.
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
        let held_back = here.held_back.min(here.approved - here.settled);
        if std::mem::replace(&mut here.held_back, held_back) > held_back && held_back == 0 {
            self.pools[pool].rivals_ended_at = self.now;
        }
        self.pools[pool].recovered += to_claims;
        let (rest, generation) = (amount - to_claims, self.incidents[incident].generation);
        let of_these = |retired: &Retired| retired.generation == generation && !retired.closed;
        let is_there = generation == self.generation(pool) || self.retired_of(pool).any(of_these);
        must(rest == 0 || is_there, Rule::WrongRetired)?;
        let bore = |retired: &Retired| (retired.pool, retired.generation) == (pool, generation) && retired.shares > 0;
        match self.retired.iter().position(bore) {
            Some(retired) => self.retired[retired].capital += rest,
            None => {
                let days = if self.faults.has(Fault::T50) { INCOME_DAYS } else { RECOVERY_DAYS };
                self.stream_income_over(pool, rest, days)?;
            }
        }
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
        let Incident { bond, rent_payer, tips, part, policy, paid, settled, .. } = self.incidents[incident];
        must(!self.incidents[incident].is_open(), Rule::IncidentNotSettled)?;
        let bond_gone = !matches!(bond, Bond::Held | Bond::Due);
        must(policy.is_none() || paid == settled, Rule::IncidentNotOver)?;
        must(bond_gone && self.live_accounts(incident) == 0 && part.is_released(), Rule::IncidentNotOver)?;
        self.incidents[incident].gone = true;
        self.return_rent(Account::Incident, tips, rent_payer, caller);
        Ok(())
    }
}

/// What one of several demands may draw on: what the others leave, or its share when there is too little.
pub(crate) fn share(capital: Atoms, own: Atoms, all: Atoms) -> Outcome<Atoms> {
    if all <= capital { Ok(capital - (all - own)) } else { down(capital, own, all) }
}
