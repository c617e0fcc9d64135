//! Ballots and their appeals; what voters gain and lose.

use super::Play;
use crate::{
    actors,
    foresee::Subject,
    scenario::{Reward, Side},
};
use anyhow::{Context, Result};
use coverage_client::{
    Appeal, BurnSlashed, CloseBallot, CollectAppealBond, CollectVoteReward, Event, Vote, ballot_address,
    stake_vault_address, vote_record_address, voter_address,
};
use coverage_model::{Cast, Model, Name};
use solana_address::Address;

impl Play<'_> {
    /// The ballot on an incident, or on a claim.
    fn ballot(&self, (incident, policy): Subject) -> Result<Address> {
        let incident = self.incident(incident)?;
        let Some(policy) = policy else { return Ok(ballot_address(&incident)) };
        Ok(ballot_address(&coverage_client::claim_address(&incident, &self.policy(policy)?)))
    }

    pub(super) fn vote(&mut self, who: Name, subject: Subject, side: Side) -> Result<()> {
        let key = actors::address(who);
        let (ballot, voter) = (self.ballot(subject)?, voter_address(&self.places.assembly, &key));
        let number = self.ballot_number(subject)?;
        let record = vote_record_address(&ballot, &voter);
        let (vote, for_it) = (Vote { owner: key, payer: key, voter, ballot, record }, u8::from(side == Side::For));
        let receipt = self.send(who, &[vote.instruction(for_it)])?;
        let event = receipt.event(|event| match event {
            Event::Voted(voted) => Some(voted),
            _ => None,
        })?;
        let weight = self.foresee(self.moment, |model| model.vote(number, (who, who), for_it))?;
        self.same(&format!("{who}'s weight"), weight, event.weight);
        let (side, token) = (if side == Side::For { "for" } else { "against" }, &self.scenario.governance);
        let (weight, symbol) = (token.short(event.weight), &token.symbol);
        self.tell(who, &format!("votes {side} {} with {weight} {symbol}", called(subject)), &receipt);
        Ok(())
    }

    pub(super) fn close_ballot(&mut self, who: Name, subject: Subject) -> Result<()> {
        let close = CloseBallot { caller: actors::address(who), ballot: self.ballot(subject)? };
        let receipt = self.send(who, &[close.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::BallotClosed(closed) => Some(closed),
            _ => None,
        })?;
        let number = self.ballot_number(subject)?;
        self.foresee(self.moment, |model| model.close_ballot(number, who))?;
        let (name, known) = (called(subject), &self.model.ballots[number]);
        let (state, eligible) = (known.state() as u8, known.eligible_weight);
        let (weight_for, weight_against) = (known.weight(1), known.weight(0));
        self.same(&format!("the outcome of the ballot on {name}"), state, event.state);
        self.same(&format!("the votes for {name}"), weight_for, event.weight_for);
        self.same(&format!("the votes against {name}"), weight_against, event.weight_against);
        self.same(&format!("the stake that counts on {name}"), eligible, event.eligible_weight);
        let word = match (event.state, subject.1) {
            (0, _) => "it goes on",
            (1, None) => "it counts",
            (1, _) => "the counter-amount stands",
            (2, None) => "it does not count",
            (_, _) => "the claim stands",
        };
        let token = &self.scenario.governance;
        let (ayes, noes) = (token.short(event.weight_for), token.short(event.weight_against));
        let round = if event.round == 0 { "ballot" } else { "appeal" };
        self.tell(who, &format!("closes the {round} on {name}: {ayes} to {noes}, {word}"), &receipt);
        Ok(())
    }

    pub(super) fn appeal(&mut self, who: Name, subject: Subject) -> Result<()> {
        let places = &self.places;
        let appeal = Appeal {
            appellant: actors::address(who),
            payer: actors::address(who),
            pool: places.pool,
            ballot: self.ballot(subject)?,
            appellant_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[appeal.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::BallotAppealed(appealed) => Some(appealed),
            _ => None,
        })?;
        let pool = self.pool()?;
        let number = self.ballot_number(subject)?;
        let bond = self.foresee(pool.accrued_at, |model| model.appeal(number, (who, who)))?;
        let name = called(subject);
        self.same(&format!("the bond of the appeal on {name}"), bond, event.bond);
        self.same_pool(&pool);
        let bond = self.scenario.asset.short(event.bond);
        self.tell(who, &format!("appeals the ballot on {name}, bond {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_appeal_bond(&mut self, who: Name, subject: Subject) -> Result<()> {
        let (name, places) = (called(subject), &self.places);
        let number = self.ballot_number(subject)?;
        let known = &self.model.ballots[number];
        let appellant = known.appellant.context("nobody appealed")?;
        let collect = CollectAppealBond {
            pool: places.pool,
            ballot: self.ballot(subject)?,
            appellant: actors::address(appellant),
            receiver: places.tokens(appellant, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::AppealBondCollected(collected) => Some(collected),
            _ => None,
        })?;
        let pool = self.pool()?;
        let back = self.foresee(pool.accrued_at, |model| model.collect_appeal_bond(number))?;
        self.same(&format!("what goes back of the appeal on {name}"), back, event.bond);
        self.same_pool(&pool);
        let bond = self.scenario.asset.short(event.bond);
        self.tell(who, &format!("gives {appellant} the bond of the appeal back, {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_reward(&mut self, reward: &'static Reward) -> Result<()> {
        let Reward { who, voter: name, incident, policy } = reward;
        let (subject, places) = ((incident.as_str(), policy.as_deref()), &self.places);
        let number = self.ballot_number(subject)?;
        let cast = |vote: &Cast| vote.voter == name && vote.released.is_none();
        let vote = self.model.ballots[number].votes.iter().position(cast).context("there is no such vote")?;
        let (owner, ballot) = (actors::address(name), self.ballot(subject)?);
        let voter = voter_address(&places.assembly, &owner);
        let collect = CollectVoteReward {
            caller: actors::address(who),
            pool: places.pool,
            assembly: places.assembly,
            ballot,
            record: vote_record_address(&ballot, &voter),
            voter,
            owner,
            rent_payer: owner,
            receiver: places.tokens(name, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::VoteReleased(released) => Some(released),
            _ => None,
        })?;
        let release = |model: &mut Model| model.collect_vote_reward(number, vote, who);
        let (reward, slash) = self.foresee(self.moment, release)?;
        let staked = self.model.voter(name).map_or(0, |voter| voter.staked());
        self.same(&format!("{name}'s reward"), reward, event.reward);
        self.same(&format!("{name}'s loss"), slash, event.slash);
        self.same(&format!("{name}'s stake"), staked, event.staked);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let (asset, governance) = (&self.scenario.asset, &self.scenario.governance);
        let mut text = format!("pays {name} {} for the vote on {}", asset.short(event.reward), called(subject));
        if event.slash > 0 {
            text = format!(
                "takes {} {} from {name} for the overturned vote on {}",
                governance.short(event.slash),
                governance.symbol,
                called(subject)
            );
        }
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn burn_slashed(&mut self, who: Name) -> Result<()> {
        let places = &self.places;
        let burn = BurnSlashed {
            assembly: places.assembly,
            stake_vault: stake_vault_address(&places.assembly),
            governance_mint: places.governance,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[burn.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::SlashBurned(burned) => Some(burned),
            _ => None,
        })?;
        let burned = self.foresee(self.moment, Model::burn_slashed)?;
        self.same("stake burned", burned, event.amount);
        let token = &self.scenario.governance;
        let text = format!("burns the {} {} that voters lost", token.short(event.amount), token.symbol);
        self.tell(who, &text, &receipt);
        Ok(())
    }
}

/// What is voted on, as the scenario calls it.
fn called((incident, policy): Subject) -> String {
    policy.map_or_else(|| incident.to_owned(), |policy| format!("the dispute of {policy}"))
}
