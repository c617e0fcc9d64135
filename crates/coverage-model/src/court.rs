//! What comes after a vote: appeals, the arbiter, rewards and what votes cost.

use crate::{Account, Atoms, Ballot, Model, Name, Outcome, Round, Rule, Verdict, ballots::CLOSINGS, must, part_up};

impl Ballot {
    /// What is asked is answered for good: the outcome is final and read.
    fn check_released(&self, now: u64) -> Outcome {
        self.verdict(now)?;
        must(self.executed, Rule::BallotNotRead)
    }
}

impl Model {
    /// Has a decided ballot voted on again: every vote can be cast anew; twice the quorum, or halfway to all. Returns the bond.
    pub fn appeal(&mut self, ballot: usize, (who, payer): (Name, Name)) -> Outcome<Atoms> {
        let Ballot { pool, appeal_bond, .. } = self.ballots[ballot];
        self.accrue(pool);
        let here = &self.ballots[ballot];
        let last = here.round();
        must(here.state() != Verdict::Open, Rule::BallotOpen)?;
        must(here.rounds.len() == 1 && (!last.undecided || here.arbitrated), Rule::NotAppealable)?;
        must(self.now < last.final_at, Rule::AppealWindowOver)?;
        must(!here.executed, Rule::NotAppealable)?;
        let quorum = (2 * last.quorum).min(last.quorum + (here.eligible_weight - last.quorum).max(0) / 2);
        let round = Round::new(self.now, self.now + here.terms.voting_period, quorum, last.outcome);
        let here = &mut self.ballots[ballot];
        here.rounds.push(round);
        here.appellant = Some(who);
        here.tips += CLOSINGS;
        self.set_tips_aside(payer, CLOSINGS)?;
        self.pay_in(who, pool, appeal_bond)?;
        Ok(appeal_bond)
    }

    /// The arbiter decides what too few voted on, and of which nothing but the default came: what those wanted who voted, or that.
    pub fn arbitrate(&mut self, ballot: usize, who: Name, side: u8) -> Outcome {
        let here = &self.ballots[ballot];
        must(here.arbiter == Some(who), Rule::NotArbiter)?;
        must(side <= 1, Rule::BadSide)?;
        must(here.state() != Verdict::Open && here.is_arbitrable(), Rule::NotArbitrable)?;
        must(self.now < here.round().final_at, Rule::AppealWindowOver)?;
        // Of two answers there is always one that came of it, and one that those wanted who voted, if anybody did.
        let chosen = Verdict::of(side);
        let until = self.now + here.appeal_window;
        let here = &mut self.ballots[ballot];
        here.arbitrated = true;
        here.round_mut().outcome = chosen;
        here.round_mut().final_at = until;
        Ok(())
    }

    /// What follows once an answer was read, and the bond of what was asked is shared or let go: the bond of an appeal that changed
    /// nothing is shared, and the voters' reward is set aside: a quarter of it where too few voted, and no more than the fund has.
    pub(crate) fn pay_voters(&mut self, ballot: usize) -> Outcome {
        let here = &self.ballots[ballot];
        let (pool, bond) = (here.pool, here.appeal_bond_held());
        let lost = if here.void || here.is_overturned() { 0 } else { bond };
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

    /// Releases a vote of a ballot that is final and read: it gets its part of the pot, or loses stake when it was overturned.
    /// Returns the reward and the stake lost, atoms.
    pub fn collect_vote_reward(&mut self, ballot: usize, vote: usize, caller: Name) -> Outcome<(Atoms, Atoms)> {
        let here = &self.ballots[ballot];
        here.check_released(self.now)?;
        let cast = here.votes[vote].clone();
        let wrong = cast.first.is_some_and(|side| Verdict::of(side) == here.rounds[0].outcome);
        let wrong = wrong && !here.void && here.is_overturned();
        let (reward, lost) =
            if wrong { (0, part_up(cast.weight, here.terms.overturn_slash_bps)?) } else { (here.share(&cast), 0) };
        let pool = here.pool;
        self.ballots[ballot].votes[vote].released = Some(reward);
        let lost = self.slash(cast.voter, lost)?;
        self.pay_out(pool, cast.voter, reward);
        self.return_rent(Account::VoteRecord, 0, cast.rent_payer, caller);
        Ok((reward, lost))
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
