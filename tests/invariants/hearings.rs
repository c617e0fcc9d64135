//! Disputes and appeals from their beginning to their end, and everything that can be collected and closed.

use crate::{
    play::Play,
    sites::{ARBITER, VOTERS},
    steps::{Size, Step},
};
use coverage_model::{AGAINST, Atoms, Bond, FOR, Phase, Verdict};

impl Play<'_> {
    /// Everyone votes in a ballot, for a level or others.
    pub fn vote_all(&mut self, ballot: usize, level: u8) {
        // In the last moment, and not all of them: then the outcome moves, and others could still change it.
        let late = ballot % 6 == 1;
        let closes_at = self.model.ballots[ballot].round().closes_at;
        if late {
            self.wait_until(closes_at - 10);
        }
        if ballot % 4 == 2 {
            self.vote_by_delegates(ballot);
        }
        for who in (0..VOTERS.len()).filter(|who| !late || who % 3 > 0) {
            // Some leave it to their delegates.
            if ballot % 8 == 2 && self.model.voter(VOTERS[who]).is_some_and(|voter| voter.delegate.is_some()) {
                continue;
            }
            // Not everyone agrees.
            let dissents = who > 1 && ballot.is_multiple_of(3);
            let level = match level {
                _ if !dissents => level,
                _ if self.model.ballots[ballot].is_graded() => (level + 5) % (FOR + 1),
                _ => FOR.wrapping_sub(level),
            };
            self.taking(&Step::Vote { who, ballot, level }, |play, step| play.vote(step, ballot, who, level));
        }
    }

    /// Those who vote for others say what those mostly do not.
    fn vote_by_delegates(&mut self, ballot: usize) {
        for (who, owner) in VOTERS.into_iter().enumerate() {
            let Some(by) = self.model.voter(owner).and_then(|voter| voter.delegate) else { continue };
            let step = Step::VoteFor { who, by: None, ballot, level: AGAINST };
            self.taking(&step, |play, step| play.vote_for(step, ballot, (owner, by), AGAINST));
        }
    }

    fn closing(&mut self, ballot: usize) {
        self.taking(&Step::Close { ballot }, |play, step| play.close(step, ballot));
    }

    /// Time passes until ballots can be closed, and they are; again while they go on.
    pub fn close_all(&mut self, ballots: &[usize]) {
        for _ in 0..5 {
            let open = ballots.iter().copied().filter(|ballot| self.model.ballots[*ballot].state() == Verdict::Open);
            let open: Vec<_> = open.collect();
            let closes_at = |ballot: &usize| self.model.ballots[*ballot].round().closes_at;
            self.wait_until(open.iter().map(closes_at).max().unwrap_or(0));
            open.into_iter().for_each(|ballot| self.closing(ballot));
        }
    }

    /// What too few voted on, the arbiter may decide; what is decided somebody appeals, and the others win, or not.
    pub fn contest(&mut self, ballots: &[usize], number: usize) {
        for (place, ballot) in ballots.iter().copied().enumerate() {
            let yes = if (number + place).is_multiple_of(2) { FOR } else { AGAINST };
            let here = &self.model.ballots[ballot];
            let level = if here.is_graded() { [16, 0, 12, 5, 14][(number + place) % 5] } else { yes };
            if here.state() == Verdict::Open {
                continue;
            }
            if number.is_multiple_of(2) && here.is_arbitrable() {
                let (step, arbiter) = (Step::Arbitrate { ballot, by: None, level }, here.arbiter.unwrap_or(ARBITER));
                self.taking(&step, |play, step| play.arbitrate(step, ballot, arbiter, level));
            } else if number % 3 == 1 {
                let step = Step::Appeal { ballot, who: place };
                self.taking(&step, |play, step| play.appeal(step, ballot, crate::court::OTHERS[place % 5]));
                if !number.is_multiple_of(5) {
                    self.vote_all(ballot, level);
                }
            }
        }
        self.close_all(ballots);
    }

    /// Some claims in incidents are disputed, and some of those by another, who comes too late.
    pub fn dispute_some(&mut self, incidents: &[usize], number: usize) {
        for claim in 0..self.model.claims.len() {
            if !incidents.contains(&self.model.claims[claim].incident) || self.model.claims[claim].gone {
                continue;
            }
            for again in 0..(number + claim) % 3 {
                let who = crate::court::OTHERS[(claim + again) % 5];
                let step = Step::Dispute { claim, who: claim + again };
                self.taking(&step, |play, step| play.dispute(step, claim, who));
            }
        }
    }

    /// The jury decides the disputes in incidents.
    pub fn hear(&mut self, incidents: &[usize], number: usize) {
        let claims: Vec<_> = self.undecided_claims(incidents);
        let ballot = |claim: &usize| self.model.claims[*claim].dispute_ballot.expect("a dispute has a ballot");
        let ballots: Vec<_> = claims.iter().map(ballot).collect();
        for ballot in &ballots {
            // Sometimes nobody comes, or one voter, who has too little to be heard.
            match (number + ballot) % 7 {
                0 => {}
                1 => self.taking(&Step::Vote { who: 3, ballot: *ballot, level: 4 }, |play, step| {
                    play.vote(step, *ballot, 3, 4)
                }),
                _ => self.vote_all(*ballot, [16, 16, 0, 14, 15, 13, 12, 8, 1][(number * 5 + ballot) % 9]),
            }
        }
        self.close_all(&ballots);
        self.contest(&ballots, number / 2);
        let final_at = |ballot: &usize| self.model.ballots[*ballot].round().final_at;
        self.wait_until(ballots.iter().map(final_at).max().unwrap_or(0));
        // Before it is read, and too late.
        for ballot in ballots {
            if let Some(vote) = self.votes_of(ballot).first().copied() {
                let step = Step::Reward { ballot, vote, pays: true };
                // The second time there is nothing to do.
                for _ in 0..=number % 2 {
                    self.taking(&step, |play, step| play.reward(step, ballot, vote, true));
                }
            }
        }
        self.decide_all(incidents);
        for claim in claims.into_iter().filter(|claim| !self.model.claims[*claim].gone).collect::<Vec<_>>() {
            let step = Step::Dispute { claim, who: 0 };
            self.taking(&step, |play, step| play.dispute(step, claim, "gus"));
        }
    }

    /// Some of what a settled incident is short of comes back.
    pub fn recover_some(&mut self, incident: usize, number: usize) {
        let here = &self.model.incidents[incident];
        let short = here.approved - here.settled;
        if here.state == Phase::Settled && short > 1 && number % 4 < 3 {
            let amount = u64::try_from(short - short / 4).expect("an amount");
            let step = Step::Recover { incident, who: 0, size: Size::Part(7_500) };
            self.taking(&step, |play, step| play.recover(step, incident, "gus", amount));
        }
    }

    fn undecided_claims(&self, incidents: &[usize]) -> Vec<usize> {
        let claims = self.model.claims.iter().enumerate();
        let undecided = claims.filter(|(_, claim)| incidents.contains(&claim.incident) && claim.is_undecided());
        undecided.map(|(claim, _)| claim).collect()
    }

    /// Ends the disputes in incidents.
    pub fn decide_all(&mut self, incidents: &[usize]) {
        for claim in self.undecided_claims(incidents) {
            self.taking(&Step::Decide { claim }, |play, step| play.decide(step, claim));
        }
    }

    /// Collects everything that incidents and ballots owe to anybody, and closes every account that can be closed.
    pub fn wind_up(&mut self) {
        for claim in 0..self.model.claims.len() {
            // Not every try has an account of who posted the bond.
            while self.model.claims[claim].bond_waits {
                self.pay(&Step::Pay { claim }, claim);
            }
        }
        for incident in 0..self.model.incidents.len() {
            if self.model.incidents[incident].bond == Bond::Due {
                self.taking(&Step::Bond { incident }, |play, step| play.bond(step, incident));
            }
        }
        for claim in 0..self.model.claims.len() {
            if self.model.claims[claim].dispute_bond_state == Bond::Due {
                self.taking(&Step::DisputeBond { claim }, |play, step| play.collect_dispute_bond(step, claim));
            }
        }
        for ballot in 0..self.model.ballots.len() {
            if self.model.ballots[ballot].appeal_bond_held() > 0 {
                self.taking(&Step::AppealBond { ballot }, |play, step| play.collect_appeal_bond(step, ballot));
            }
            for vote in self.votes_of(ballot) {
                let step = Step::Reward { ballot, vote, pays: true };
                self.taking(&step, |play, step| play.reward(step, ballot, vote, true));
            }
            if !self.model.ballots[ballot].gone {
                self.taking(&Step::Reclaim { ballot }, |play, step| play.reclaim(step, ballot));
            }
        }
        for claim in 0..self.model.claims.len() {
            if !self.model.claims[claim].gone {
                self.taking(&Step::CloseClaim { claim }, |play, step| play.close_claim(step, claim));
            }
        }
        for incident in 0..self.model.incidents.len() {
            if !self.model.incidents[incident].gone {
                self.taking(&Step::CloseIncident { incident }, |play, step| play.close_incident(step, incident));
            }
        }
    }

    /// Every incident that was paid in part is made good, with an atom more for the LPs.
    pub fn make_good(&mut self) {
        for incident in 0..self.model.incidents.len() {
            let here = &self.model.incidents[incident];
            let short = here.approved - here.settled;
            if here.state == Phase::Settled && short > 0 {
                let amount = u64::try_from(short + 1).expect("an amount");
                let step = Step::Recover { incident, who: 0, size: Size::Edge(1) };
                self.taking(&step, |play, step| play.recover(step, incident, "gus", amount));
            }
        }
    }

    /// After everything: no bond and no reward is kept, and everybody has their stake.
    pub fn check_wound_up(&self) {
        let model = &self.model;
        for pool in 0..model.pools.len() {
            let kept = (model.bonds(pool), model.rewards_reserved(pool), model.held_back(pool).0);
            assert_eq!(kept, (0, 0, 0), "bonds, rewards and what was held back of pool {pool} are kept");
        }
        assert!(model.ballots.iter().all(|ballot| ballot.gone), "a ballot is left over");
        assert!(model.claims.iter().all(|claim| claim.gone), "a claim is left over");
        assert!(model.incidents.iter().all(|incident| incident.gone), "an incident is left over");
        let stakes: Atoms = model.staked(u64::MAX) + model.unstaking() + model.slashed_stake();
        assert_eq!(stakes, 0, "stake is left over");
    }
}
