//! Ballots and their appeals; what voters gain and lose.

use super::Play;
use crate::{
    actors,
    foresee::Subject,
    scenario::{Answer, Reward},
};
use anyhow::{Context, Result};
use coverage_client::{
    Appeal, BurnSlashed, CloseBallot, CollectAppealBond, CollectVoteReward, Event, SetDelegate, Side, Vote,
    amount::Token, ballot_address, stake_vault_address, vote_record_address, voter_address,
};
use coverage_model::{Atoms, Ballot, Cast, Model, Name};
use solana_address::Address;

impl Play<'_> {
    /// The ballot on an incident, or on a claim.
    fn ballot(&self, (incident, policy): Subject) -> Result<Address> {
        let incident = self.incident(incident)?;
        let Some(policy) = policy else { return Ok(ballot_address(&incident)) };
        Ok(ballot_address(&coverage_client::claim_address(&incident, &self.policy(policy)?)))
    }

    pub(super) fn delegate(&mut self, who: Name, to: Name) -> Result<()> {
        let (owner, delegate) = (actors::address(who), actors::address(to));
        let set = SetDelegate { owner, voter: voter_address(&self.places.assembly, &owner) };
        let receipt = self.send(who, &[set.instruction(&delegate)])?;
        let event = receipt.event(|event| match event {
            Event::DelegateSet(set) => Some(set),
            _ => None,
        })?;
        self.foresee(event.since, |model| model.set_delegate(who, Some(to)))?;
        self.tell(who, &format!("lets {to} vote in ballots that open later"), &receipt);
        Ok(())
    }

    /// Somebody votes with the stake of `voter`: their own, or that of who made them a delegate.
    pub(super) fn vote(&mut self, (who, voter): (Name, Name), subject: Subject, answer: Answer) -> Result<()> {
        let (key, owner) = (actors::address(who), voter);
        let voter = voter_address(&self.places.assembly, &actors::address(owner));
        let ballot = self.ballot(subject)?;
        let number = self.ballot_number(subject)?;
        let record = vote_record_address(&ballot, &voter);
        let (vote, Answer(level)) = (Vote { signer: key, payer: key, voter, ballot, record }, answer);
        let receipt = self.send(who, &[vote.instruction(level)])?;
        let event = receipt.event(|event| match event {
            Event::Voted(voted) => Some(voted),
            _ => None,
        })?;
        let weight = self.foresee(self.moment, |model| model.vote_for(number, owner, (who, who), level))?;
        self.same(&format!("{owner}'s weight"), weight, event.weight);
        self.same(&format!("{owner}'s vote"), level, event.level);
        let token = &self.scenario.governance;
        let (symbol, name) = (&token.symbol, called(subject));
        let mut weight = token.short(event.weight);
        if event.by_delegate == 1 {
            weight = format!("{owner}'s {weight}");
        }
        let text = match subject.1 {
            None => format!("votes {} {name} with {weight} {symbol}", Side::of_level(level).word()),
            Some(_) => format!("votes with {weight} {symbol} that {}", stands(&name, level)),
        };
        self.tell(who, &text, &receipt);
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
        let led = self.model.ballots[number].leading();
        self.foresee(self.moment, |model| model.close_ballot(number, who))?;
        let (name, known) = (called(subject), &self.model.ballots[number]);
        let (state, level, eligible) = (known.state() as u8, known.level().unwrap_or(led), known.eligible_weight);
        let (cast, carried, weights) = (known.cast(), carried(known), [16, 0].map(|level| known.weight(level)));
        self.same(&format!("the outcome of the ballot on {name}"), state, event.state);
        self.same(&format!("the level of the ballot on {name}"), level, event.level);
        self.same(&format!("the votes on {name}"), cast, event.weight_cast);
        self.same(&format!("the stake that counts on {name}"), eligible, event.eligible_weight);
        let token = &self.scenario.governance;
        let [ayes, noes, cast, carried] = [weights[0], weights[1], cast, carried].map(|atoms| shown(atoms, token));
        let word = match (event.state, subject.1) {
            (0, _) => "it goes on".to_owned(),
            (1, _) => "it counts".to_owned(),
            (2, _) => "it does not count".to_owned(),
            (_, _) => format!("the middle of the {cast} {} cast is {}/16", token.symbol, event.level),
        };
        let text = match (subject.1, event.round) {
            (Some(_), _) => format!("closes the ballot on {name}: {word}"),
            (None, 0) => format!("closes the ballot on {name}: {ayes} to {noes}, {word}"),
            (None, _) => {
                format!("closes the appeal on {name}: {ayes} to {noes}, {carried} of that from the first round, {word}")
            }
        };
        self.tell(who, &text, &receipt);
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
        let cast = |vote: &Cast| vote.voter == name && vote.paid.is_none();
        let vote = self.model.ballots[number].votes.iter().position(cast).context("there is no such vote")?;
        let rent_payer = actors::address(self.model.ballots[number].votes[vote].rent_payer);
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
            rent_payer,
            receiver: Some(places.tokens(name, &places.asset)),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::VoteReleased(released) => Some(released),
            _ => None,
        })?;
        let release = |model: &mut Model| model.collect_vote_reward(number, vote, true, who);
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
    policy.map_or_else(|| incident.to_owned(), |policy| format!("the claim on {policy}"))
}

/// How much of something stands.
fn stands(name: &str, level: u8) -> String {
    match level {
        0 => format!("nothing of {name} stands"),
        16 => format!("all of {name} stands"),
        level => format!("{level}/16 of {name} stand"),
    }
}

/// The weight of votes that an appeal took over from the first round, atoms.
fn carried(ballot: &Ballot) -> Atoms {
    let round = ballot.rounds.len() - 1;
    ballot.votes.iter().filter(|vote| vote.round < round).map(|vote| vote.weight).sum()
}

/// A weight of the model's, as it is told.
fn shown(atoms: Atoms, token: &Token) -> String {
    token.short(u64::try_from(atoms).unwrap_or(u64::MAX))
}
