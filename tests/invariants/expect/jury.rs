//! What the accounts of incidents, claims and the jury must hold, if the model is right.

use super::{Expected, blank, count, text, word};
use crate::model::{self, Atoms, DAY, day_of};
use coverage_client::*;
use solana_address::Address;

impl Expected<'_> {
    pub fn incident(&self, incident: usize, bump: u8) -> Incident {
        let (model, here) = (self.model, &self.model.incidents[incident]);
        let terms = &model.products[here.product].terms;
        let report = harness::incident_report(0);
        Incident {
            version: 1,
            bump,
            state: here.state as u8,
            bond_state: here.bond as u8,
            tips: (here.state == model::Phase::Open).into(),
            severity_bps: 10_000,
            pool: model.pools[here.pool].address,
            product: model.products[here.product].address,
            opener: self.sites.key(here.opener),
            bond_owner: self.sites.key(here.opener),
            ballot: model.assembly.ballots[here.ballot].address,
            evidence_hash: report.evidence_hash,
            evidence_uri: text(&report.evidence_uri),
            occurred_at: here.occurred_at,
            opened_at: here.opened_at,
            filing_ends_at: model.filing_ends_at(here),
            disputes_end_at: model.disputes_end_at(here),
            dispute_window: terms.dispute_window,
            appeal_window: terms.appeal_window,
            bond: word(here.posted),
            lien: word(here.lien),
            filed: word(model.filed(incident)),
            approved: word(here.approved),
            settled: word(here.settled),
            held_back: word(here.held_back),
            recovered: word(here.recovered),
            paid: word(model.incident_paid(incident)),
            closed_at: here.closed_at.unwrap_or(0),
            index: here.number,
            claim_count: count(model.claim_count(incident)),
            open_disputes: count(model.open_disputes(incident)),
            live_accounts: count(model.live_accounts(incident)),
            claim_bond_bps: terms.claim_bond_bps,
            ..blank()
        }
    }

    pub fn claim(&self, claim: usize, bump: u8) -> Claim {
        let (model, here) = (self.model, &self.model.claims[claim]);
        let request = harness::claim_request(0);
        let claimant = self.sites.key(here.claimant);
        let lowest = here.disputes.last();
        let ballot = here.dispute_ballot.map(|ballot| model.assembly.ballots[ballot].address);
        Claim {
            version: 1,
            bump,
            state: here.state as u8,
            dispute_outcome: here.decision as u8,
            tips: here.tips,
            incident: model.incidents[here.incident].address,
            policy: model.policies[here.policy].address,
            claimant,
            receiver: self.sites.wallet(here.receiver, model::Token::Asset),
            rent_payer: claimant,
            evidence_hash: request.evidence_hash,
            evidence_uri: text(&request.evidence_uri),
            dispute: lowest.map_or(model::NOBODY, |dispute| dispute.address),
            dispute_ballot: ballot.unwrap_or(model::NOBODY),
            loss: word(here.loss),
            amount: word(here.amount),
            paid: word(here.paid),
            bond: word(here.bond),
            counter_amount: word(lowest.map_or(0, |dispute| dispute.counter_amount)),
            dispute_bond: word(here.dispute_bond),
            prize: word(here.prize),
            filed_at: here.filed_at,
            disputes_end_at: here.disputes_end_at,
            live_disputes: count(here.live_disputes()),
            ..blank()
        }
    }

    /// A dispute that goes on.
    pub fn dispute(&self, claim: &model::Claim, here: &model::Dispute, bump: u8) -> Dispute {
        let request = harness::dispute_request(0);
        Dispute {
            version: 1,
            bump,
            claim: claim.address,
            disputer: self.sites.key(here.disputer),
            evidence_hash: request.evidence_hash,
            evidence_uri: text(&request.evidence_uri),
            counter_amount: word(here.counter_amount),
            bond: word(claim.dispute_bond),
            disputed_at: here.at,
            ..blank()
        }
    }

    pub fn assembly(&self, found: &Assembly) -> Assembly {
        let assembly = &self.model.assembly;
        // Younger days push out those of 128 days ago.
        let mut ages = [0; 128];
        for (amount, at) in assembly.voters.values().flat_map(|voter| &voter.lots) {
            if day_of(*at) + 128 > assembly.last_age_day {
                ages[usize::try_from(day_of(*at) % 128).expect("small")] += word(*amount);
            }
        }
        Assembly {
            total_staked: word(assembly.staked(u64::MAX)),
            total_unstaking: word(assembly.unstaking()),
            voter_count: assembly.voters.len() as u64,
            slashed: word(assembly.slashed),
            last_age_day: assembly.last_age_day,
            ages,
            ..*found
        }
    }

    pub fn voter(&self, name: model::Name, bump: u8) -> Voter {
        let here = &self.model.assembly.voters[name];
        Voter {
            version: 1,
            bump,
            assembly: self.sites.assembly,
            owner: self.sites.key(name),
            lot_amounts: std::array::from_fn(|lot| here.lots.get(lot).map_or(0, |lot| word(lot.0))),
            lot_times: std::array::from_fn(|lot| here.lots.get(lot).map_or(0, |lot| lot.1)),
            unstaking: word(here.unstaking),
            unstake_ready_at: here.ready_at,
            slashed: word(here.slashed),
            open_votes: count(self.model.open_votes(name)),
            ..blank()
        }
    }

    pub fn ballot(&self, here: &model::Ballot, bump: u8) -> Ballot {
        let assembly = &self.model.assembly;
        let params = &assembly.params;
        let key = |name: Option<model::Name>| name.map_or(Address::default(), |name| self.sites.key(name));
        let round = here.round();
        // Before an appeal there is no first round.
        let first = here.rounds.first().filter(|_| here.rounds.len() == 2);
        let of_first = |part: &dyn Fn(&model::Round) -> Atoms| word(first.map_or(0, part));
        let bond_state = if here.appellant.is_none() { 0 } else { 1 + u8::from(here.appeal_bond_gone) };
        Ballot {
            version: 1,
            bump,
            state: here.state(assembly) as u8,
            round: first.is_some().into(),
            leading: here.leading(assembly, round) as u8,
            extensions: round.extensions,
            max_extensions: 3,
            prolonged: here.prolonged.into(),
            assembly: assembly.address,
            subject: here.subject,
            pool: self.model.pools[here.pool].address,
            arbiter: key(here.arbiter),
            appellant: key(here.appellant),
            rent_payer: self.sites.key(here.rent_payer),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            closed_at: round.closed_at.unwrap_or(0),
            final_at: round.final_at,
            eligible_before: here.eligible_before,
            eligible_weight: word(here.eligible_weight),
            weight_for: word(round.weight(1)),
            weight_against: word(round.weight(0)),
            first_for: of_first(&|first| first.weight(1)),
            first_against: of_first(&|first| first.weight(0)),
            voting_period: params.voting_period,
            extension: DAY,
            appeal_window: here.appeal_window,
            reward_pot: word(round.pot),
            first_pot: of_first(&|first| first.pot),
            reward_left: word(here.reward_left()),
            appeal_bond: word(here.appeal_bond),
            votes: count(round.votes.len()),
            live_records: count(here.live_records()),
            quorum_bps: round.quorum_bps,
            threshold_bps: params.threshold_bps,
            overturn_slash_bps: params.overturn_slash_bps,
            first_state: first.map_or(0, |first| here.leading(assembly, first) as u8),
            arbitrated: here.arbitrated.is_some().into(),
            appeal_bond_state: bond_state,
            executed: here.executed.into(),
            tips: here.tips,
            revocable: here.revocable.into(),
            void: here.void.into(),
            ..blank()
        }
    }

    pub fn vote(&self, ballot: &model::Ballot, round: u8, vote: &model::Cast, bump: u8) -> VoteRecord {
        VoteRecord {
            version: 1,
            bump,
            side: vote.side,
            round,
            ballot: ballot.address,
            voter: self.model.assembly.voters[vote.voter].address,
            rent_payer: self.sites.key(vote.voter),
            weight: word(vote.weight),
            voted_at: vote.at,
            ..blank()
        }
    }
}
