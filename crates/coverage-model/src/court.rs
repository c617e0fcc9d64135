//! What comes after a vote: appeals, the arbiter, rewards and what votes cost; and which court decides once one has failed.

use crate::{
    Account, Address, Atoms, Ballot, Cast, Incident, Model, Name, Outcome, Proposal, Round, Rule, Subject, Verdict,
    ballots::CLOSINGS, down, must, part_up,
};

/// An appeal gets such a part of its bond back for each level by which it changes the outcome, up to all of it; one that changes it by so
/// many overturns it.
const FAR: u8 = 4;

impl Ballot {
    /// Where the first round ended, and the appeal.
    fn appealed(&self) -> Option<(u8, u8)> {
        let [first, last] = &self.rounds[..] else { return None };
        Some((first.outcome?, last.outcome?))
    }

    /// Whether the appeal overturned a vote: it was cast in the first round, for what came of that or further away from where the appeal
    /// ended.
    fn overturned(&self, vote: &Cast) -> bool {
        let (Some((before, after)), Some(level)) = (self.appealed(), vote.first) else { return false };
        let (risen, fallen) = (after >= before + FAR, after + FAR <= before);
        risen && level <= before || fallen && level >= before
    }

    /// What a petition has paid for its voters, atoms: it waits until the outcome is read.
    pub(crate) fn reward_waiting(&self) -> Atoms {
        if matches!(self.subject, Subject::Change(_)) && !self.executed { self.pot } else { 0 }
    }
}

/// How often in a row a court fails before it gives way.
const FAILURES: usize = 2;

impl Model {
    /// Whether a product's own court could not decide on the last two of its incidents that it decided on, while the pool had another.
    #[must_use]
    pub fn court_gave_way(&self, product: usize) -> bool {
        self.failures_in_a_row(product) == FAILURES
    }

    /// How many of the last of them in a row that was so of, up to as many as it takes.
    #[must_use]
    pub fn failures_in_a_row(&self, product: usize) -> usize {
        let last = self.products[product].failures.iter().rev();
        last.take_while(|failed| **failed).count().min(FAILURES)
    }

    /// The number of the court that decides on what is reported now: of the product, or of the pool if that gave way.
    #[must_use]
    pub fn court_of(&self, product: usize) -> usize {
        let here = &self.products[product];
        if self.court_gave_way(product) { self.pools[here.pool].court } else { here.court }
    }

    /// The floor of the stake of that court, atoms.
    #[must_use]
    pub fn floor_of_court(&self, product: usize) -> u64 {
        let here = &self.products[product];
        if self.court_gave_way(product) { self.pools[here.pool].params.stake_floor } else { here.stake_floor }
    }

    /// The number of the court that decides on what is sold now: of the pool, once a product covers nothing.
    #[must_use]
    pub fn court_of_sale(&self, product: usize) -> usize {
        if self.covers_now(product) { self.court_of(product) } else { self.pools[self.products[product].pool].court }
    }

    /// The number of the court at an address, if there is one.
    pub(crate) fn court_at(&self, address: Address) -> Option<usize> {
        self.courts.iter().position(|court| *court == address)
    }

    /// Pools that a court counts, as the program does: those that it decides for and that are not closed, and those that have another
    /// one now, whose products may still have it.
    #[must_use]
    pub fn pools_of_court(&self, court: usize) -> usize {
        let began = if court == 0 { self.pools.len() } else { 0 };
        let named = Proposal::Court { assembly: self.courts[court] };
        let came = self.changes.iter().filter(|change| change.what == named);
        let came = came.filter_map(|change| change.applied).filter(|applied| applied.before != named).count();
        began + came - self.pools.iter().filter(|pool| pool.closed && pool.court == court).count()
    }

    /// A verdict was read. Of one of the product's own court it is remembered whether that failed beside another.
    pub(crate) fn note_court(&mut self, incident: usize, ballot: usize) {
        let Incident { product, pool, court, .. } = self.incidents[incident];
        if court != self.products[product].court {
            return;
        }
        let failed = self.ballots[ballot].has_failed() && court != self.pools[pool].court;
        let before = self.court_gave_way(product);
        self.products[product].failures.push(failed);
        self.products[product].term_count += u64::from(self.court_gave_way(product) != before);
    }

    /// Has a decided ballot voted on again: every vote can be cast anew; twice the quorum, or halfway to all; the same where too few
    /// had voted. Returns the bond.
    pub fn appeal(&mut self, ballot: usize, (who, payer): (Name, Name)) -> Outcome<Atoms> {
        let Ballot { pool, appeal_bond, .. } = self.ballots[ballot];
        self.accrue(pool);
        let here = &self.ballots[ballot];
        let last = here.round();
        must(here.state() != Verdict::Open, Rule::BallotOpen)?;
        must(here.rounds.len() == 1 && (!last.undecided || here.arbitrated), Rule::NotAppealable)?;
        must(self.now < last.final_at, Rule::AppealWindowOver)?;
        must(!here.executed, Rule::NotAppealable)?;
        let halfway = last.quorum + (here.eligible_weight - last.quorum).max(0) / 2;
        let quorum = if here.forgets {
            (2 * here.cast()).min(here.eligible_weight)
        } else if here.was_heard() {
            (2 * last.quorum).min(halfway)
        } else {
            last.quorum
        };
        let outcome = last.outcome.expect("a round that ended");
        let round = Round::new(self.now, self.now + here.terms.voting_period, quorum, outcome);
        let here = &mut self.ballots[ballot];
        here.rounds.push(round);
        here.appellant = Some(who);
        here.tips += CLOSINGS;
        self.set_tips_aside(payer, CLOSINGS)?;
        self.pay_in(who, pool, appeal_bond)?;
        Ok(appeal_bond)
    }

    /// The arbiter decides what too few voted on: for what came of it, for what those wanted who voted, or anything between; for anything
    /// where nobody did.
    pub fn arbitrate(&mut self, ballot: usize, who: Name, level: u8) -> Outcome {
        let here = &self.ballots[ballot];
        must(here.arbiter == Some(who), Rule::NotArbiter)?;
        here.check_level(level)?;
        must(here.state() != Verdict::Open && here.is_arbitrable(), Rule::NotArbitrable)?;
        must(self.now < here.round().final_at, Rule::AppealWindowOver)?;
        let came = here.level().expect("a round that ended");
        if let Some(wanted) = here.wanted() {
            let beyond = level > came && level > wanted || level < came && level < wanted;
            must(!beyond, Rule::NotArbitrable)?;
        }
        let until = self.now + here.appeal_window;
        let here = &mut self.ballots[ballot];
        here.arbitrated = true;
        here.round_mut().outcome = Some(level);
        here.round_mut().final_at = until;
        Ok(())
    }

    /// What follows once an answer was read, and the bond of what was asked is shared or let go: what the bond of an appeal
    /// loses is shared, and the voters' reward is set aside: a quarter of it where too few voted, and no more than the fund has.
    pub(crate) fn pay_voters(&mut self, ballot: usize) -> Outcome {
        let here = &self.ballots[ballot];
        let (pool, bond) = (here.pool, here.appeal_bond_held());
        let moved = here.appealed().map_or(0, |(before, after)| before.abs_diff(after).min(FAR));
        let lost = if here.void { 0 } else { bond - down(bond, moved, FAR)? };
        let pot = if here.void { 0 } else { here.pot } + lost / 2;
        let pot = if here.was_heard() { pot } else { pot / 4 };
        if lost > 0 {
            self.share_bond(pool, lost)?;
        }
        // Of this one nothing is set aside yet.
        let here = &mut self.ballots[ballot];
        here.appeal_bond -= lost;
        here.pot = 0;
        let free = self.assessors(pool) - self.rewards_reserved(pool);
        self.ballots[ballot].pot = pot.min(free);
        Ok(())
    }

    /// Gives back what is left of an appeal's bond. Returns it.
    pub fn collect_appeal_bond(&mut self, ballot: usize) -> Outcome<Atoms> {
        let here = &self.ballots[ballot];
        let (pool, bond) = (here.pool, here.appeal_bond_held());
        must(here.executed && bond > 0, Rule::NothingDue)?;
        let appellant = here.appellant.expect("somebody appealed");
        self.ballots[ballot].appeal_bond_gone = true;
        self.pay_out(pool, appellant, bond);
        Ok(bond)
    }

    /// Releases a vote of a ballot that is final: it locks the stake no more, of which one that was overturned loses a part. Once the outcome
    /// was read it gets its part of the pot, if it `pays` or there is none, and its record is closed. Returns the reward and the stake lost,
    /// atoms.
    pub fn collect_vote_reward(
        &mut self,
        ballot: usize,
        vote: usize,
        pays: bool,
        caller: Name,
    ) -> Outcome<(Atoms, Atoms)> {
        let here = &self.ballots[ballot];
        here.verdict(self.now)?;
        let (pool, cast) = (here.pool, here.votes[vote].clone());
        let overturned = here.overturned(&cast);
        let reward = if overturned { 0 } else { here.share(&cast) };
        let closes = here.executed && (pays || reward == 0);
        if cast.released && !closes {
            return Err(if here.executed { Rule::WrongReceiver } else { Rule::BallotNotRead }.into());
        }
        let lost = if overturned && !cast.released { part_up(cast.weight, here.terms.overturn_slash_bps)? } else { 0 };
        self.ballots[ballot].votes[vote].released = true;
        let lost = self.slash(cast.voter, lost)?;
        if !closes {
            return Ok((0, lost));
        }
        self.ballots[ballot].votes[vote].paid = Some(reward);
        self.pay_out(pool, cast.voter, reward);
        self.return_rent(Account::VoteRecord, 0, cast.rent_payer, caller);
        Ok((reward, lost))
    }

    /// Attaches evidence, or the reasons of a vote, to an account of the program. Nothing changes.
    pub fn attach_evidence(&self, subject_is_of_program: bool) -> Outcome {
        must(subject_is_of_program, Rule::BadSubject)
    }

    /// Closes the account of a ballot that was read, once every vote and every bond has left it.
    pub fn reclaim_ballot(&mut self, ballot: usize, caller: Name) -> Outcome {
        let here = &self.ballots[ballot];
        here.verdict(self.now)?;
        let over = here.executed && here.live_records() == 0 && here.appeal_bond_held() == 0;
        must(over, Rule::BallotNotOver)?;
        let (payer, tips) = (here.rent_payer, here.tips);
        self.ballots[ballot].gone = true;
        self.return_rent(Account::Ballot, tips, payer, caller);
        Ok(())
    }
}
