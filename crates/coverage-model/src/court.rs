//! What comes after a vote: appeals, the arbiter, rewards and what votes cost.

use crate::{ALL_BPS, Account, Atoms, Ballot, Model, Name, Outcome, Round, Rule, Verdict, must, part_up};

impl Ballot {
    /// What is asked is answered for good: the outcome is final, and read when it may become void. Returns it.
    fn check_released(&self, now: u64) -> Outcome<Verdict> {
        let verdict = self.verdict(now)?;
        must(self.executed || !self.revocable, Rule::BallotNotRead)?;
        Ok(verdict)
    }
}

impl Model {
    /// Has a decided ballot voted on again: twice the quorum, or halfway to all, and twice the time. Returns the bond.
    pub fn appeal(&mut self, ballot: usize, (who, payer): (Name, Name)) -> Outcome<Atoms> {
        let Ballot { pool, appeal_bond, .. } = self.ballots[ballot];
        self.accrue(pool);
        let here = &self.ballots[ballot];
        let (state, last) = (here.state(), here.round());
        must(state != Verdict::Open, Rule::BallotOpen)?;
        let first = here.rounds.len() == 1 && here.arbitrated.is_none();
        must(first && state != Verdict::NoQuorum, Rule::NotAppealable)?;
        must(self.now < last.final_at, Rule::AppealWindowOver)?;
        let round = Round {
            opens_at: self.now,
            closes_at: self.now + 2 * here.terms.voting_period,
            closed_at: None,
            final_at: 0,
            quorum_bps: (2 * last.quorum_bps).min((last.quorum_bps + ALL_BPS) / 2),
            pot: self.pot(pool, last.pot),
            extensions: 0,
            votes: vec![],
        };
        let here = &mut self.ballots[ballot];
        here.rounds.push(round);
        here.appellant = Some(who);
        here.tips += 1;
        self.set_tips_aside(payer, 1)?;
        self.pay_in(who, pool, appeal_bond)?;
        Ok(appeal_bond)
    }

    /// The arbiter decides what too few voted on.
    pub fn arbitrate(&mut self, ballot: usize, who: Name, side: u8) -> Outcome {
        let here = &self.ballots[ballot];
        must(here.arbiter == Some(who), Rule::NotArbiter)?;
        must(side <= 1, Rule::BadSide)?;
        must(here.state() == Verdict::NoQuorum, Rule::NotArbitrable)?;
        must(self.now < here.round().final_at, Rule::AppealWindowOver)?;
        let now = self.now;
        let here = &mut self.ballots[ballot];
        here.arbitrated = Some(if side == 1 { Verdict::Passed } else { Verdict::Failed });
        here.round_mut().final_at = now;
        Ok(())
    }

    /// Gives an appeal's bond back, or shares it out like an incident's. Returns whether it went back.
    pub fn collect_appeal_bond(&mut self, ballot: usize) -> Outcome<bool> {
        let pool = self.ballots[ballot].pool;
        self.accrue(pool);
        let here = &self.ballots[ballot];
        here.check_released(self.now)?;
        let (bond, back) = (here.appeal_bond_held(), here.void || here.is_overturned());
        must(here.appellant.is_some() && !here.appeal_bond_gone, Rule::NothingDue)?;
        let appellant = here.appellant.expect("somebody appealed");
        self.ballots[ballot].appeal_bond_gone = true;
        if back {
            self.pay_out(pool, appellant, bond);
        } else {
            self.share_bond(pool, bond)?;
        }
        Ok(back)
    }

    /// Releases a vote of a ballot that is final: it gets its part of the pot, or loses stake when it was overturned.
    /// Returns the reward and the stake lost, atoms.
    pub fn collect_vote_reward(
        &mut self,
        ballot: usize,
        round: usize,
        vote: usize,
        caller: Name,
    ) -> Outcome<(Atoms, Atoms)> {
        let here = &self.ballots[ballot];
        let state = here.check_released(self.now)?;
        let cast = here.rounds[round].votes[vote].clone();
        let first = here.leading(&here.rounds[0]);
        let won = if cast.side == 1 { Verdict::Passed } else { Verdict::Failed };
        let wrong = !here.void && round == 0 && here.is_overturned() && first == won;
        let (reward, lost) = if wrong {
            (0, part_up(cast.weight, here.terms.overturn_slash_bps)?)
        } else if here.void || state == Verdict::NoQuorum {
            (0, 0)
        } else {
            (here.rounds[round].share(&cast), 0)
        };
        let pool = here.pool;
        self.ballots[ballot].rounds[round].votes[vote].released = Some(reward);
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
