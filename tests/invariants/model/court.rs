//! What comes after a vote: appeals, the arbiter, rewards and what they cost.

use super::{ARBITER, Ballot, GUARDIAN, Model, Name, Outcome, Round, Rule, Token, Verdict, must, part, up};

impl Model {
    /// Has a decided ballot voted on again: twice the quorum, or halfway to all, and twice the time.
    pub fn appeal(&mut self, ballot: usize, who: Name) -> Outcome {
        let Ballot { pool, appeal_bond, .. } = self.assembly.ballots[ballot];
        self.accrue(pool);
        let here = &self.assembly.ballots[ballot];
        let state = here.state(&self.assembly);
        must(state != Verdict::Open, Rule::BallotOpen)?;
        let first = here.rounds.len() == 1 && here.arbitrated.is_none();
        must(first && state != Verdict::NoQuorum, Rule::NotAppealable)?;
        must(self.now < here.round().final_at, Rule::AppealWindowOver)?;
        let quorum_bps = (2 * here.round().quorum_bps).min((here.round().quorum_bps + 10_000) / 2);
        let round = Round {
            opens_at: self.now,
            closes_at: self.now + 2 * self.assembly.params.voting_period,
            closed_at: None,
            final_at: 0,
            quorum_bps,
            pot: self.pot(pool, here.round().pot),
            extensions: 0,
            votes: vec![],
        };
        let here = &mut self.assembly.ballots[ballot];
        here.rounds.push(round);
        here.appellant = Some(who);
        here.tips += 1;
        self.set_tips_aside(who, 1)?;
        self.pay_in(who, pool, appeal_bond)
    }

    /// The arbiter decides what too few voted on.
    pub fn arbitrate(&mut self, ballot: usize, who: Name, side: u8) -> Outcome {
        let here = &self.assembly.ballots[ballot];
        must(here.arbiter == Some(who) && who == ARBITER, Rule::NotArbiter)?;
        must(side <= 1, Rule::BadSide)?;
        must(here.state(&self.assembly) == Verdict::NoQuorum, Rule::NotArbitrable)?;
        must(self.now < here.round().final_at, Rule::AppealWindowOver)?;
        let now = self.now;
        let here = &mut self.assembly.ballots[ballot];
        here.arbitrated = Some(if side == 1 { Verdict::Passed } else { Verdict::Failed });
        here.round_mut().final_at = now;
        Ok(())
    }

    /// Gives an appeal's bond back, or shares it out like an incident's. Returns whether it went back.
    pub fn collect_appeal_bond(&mut self, ballot: usize) -> Outcome<bool> {
        let pool = self.assembly.ballots[ballot].pool;
        self.accrue(pool);
        let here = &self.assembly.ballots[ballot];
        here.verdict(&self.assembly, self.now)?;
        must(here.executed || !here.revocable, Rule::BallotNotRead)?;
        let (bond, back) = (here.appeal_bond_held(), here.void || here.is_overturned(&self.assembly));
        must(here.appellant.is_some() && !here.appeal_bond_gone, Rule::NothingDue)?;
        let appellant = here.appellant.expect("somebody appealed");
        self.assembly.ballots[ballot].appeal_bond_gone = true;
        if back {
            self.pay_out(pool, appellant, bond);
        } else {
            self.share_bond(pool, bond)?;
        }
        Ok(back)
    }

    /// Releases a vote of a ballot that is final: it gets its part of the pot, or loses stake when it was overturned.
    /// Returns the reward and the stake lost.
    pub fn collect_vote_reward(&mut self, ballot: usize, round: usize, vote: usize) -> Outcome<(i128, i128)> {
        let assembly = &self.assembly;
        let here = &assembly.ballots[ballot];
        let state = here.verdict(assembly, self.now)?;
        must(here.executed || !here.revocable, Rule::BallotNotRead)?;
        let cast = here.rounds[round].votes[vote].clone();
        let first = here.leading(assembly, &here.rounds[0]);
        let won = if cast.side == 1 { Verdict::Passed } else { Verdict::Failed };
        let wrong = !here.void && round == 0 && here.is_overturned(assembly) && first == won;
        let share = here.rounds[round].share(&cast);
        let (reward, lost) = if wrong {
            (0, up(&part(cast.weight, assembly.params.overturn_slash_bps))?)
        } else if here.void || state == Verdict::NoQuorum {
            (0, 0)
        } else {
            (share, 0)
        };
        let pool = here.pool;
        self.assembly.ballots[ballot].rounds[round].votes[vote].released = Some(reward);
        let lost = self.slash(cast.voter, lost)?;
        self.pay_out(pool, cast.voter, reward);
        self.return_rent::<coverage_client::VoteRecord>(cast.voter, GUARDIAN);
        Ok((reward, lost))
    }

    /// Closes the account of a ballot of which nothing can come any more.
    pub fn reclaim_ballot(&mut self, ballot: usize) -> Outcome {
        let here = &self.assembly.ballots[ballot];
        here.verdict(&self.assembly, self.now)?;
        let over = here.executed && here.live_records() == 0 && here.appeal_bond_held() == 0;
        must(over, Rule::BallotNotOver)?;
        let (payer, tips) = (here.rent_payer, here.tips);
        self.assembly.ballots[ballot].gone = true;
        self.return_rent::<coverage_client::Ballot>(payer, GUARDIAN);
        self.give(payer, Token::Lamports, super::CRANK_TIP * i128::from(tips));
        Ok(())
    }
}
