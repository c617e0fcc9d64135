//! What the accounts of incidents, claims and the jury must hold, if the model is right.

use super::{Expected, NO_INDEX, blank, count, line, stored, text, word};
use coverage_client::*;
use coverage_model::{self as model, Atoms, DAY, Name, Trigger, day_of};

impl Expected<'_> {
    pub fn incident(&self, incident: usize, bump: u8) -> Incident {
        let (model, here) = (self.model, &self.model.incidents[incident]);
        let terms = &model.products[here.product].terms;
        // The evidence of a challenge takes its place.
        let trigger = model.products[here.product].trigger();
        let evidence = match trigger {
            Trigger::Jury => {
                let report = harness::incident_report(0);
                (report.evidence_hash, text(&report.evidence_uri))
            }
            _ if here.ballot.is_some() => {
                let request = harness::challenge_request();
                (request.evidence_hash, text(&request.evidence_uri))
            }
            _ => ([0; 32], [0; 128]),
        };
        let key = |name: Option<Name>| name.map_or(NOBODY, |name| self.sites.key(name));
        Incident {
            version: 1,
            bump,
            state: here.state as u8,
            bond_state: here.bond as u8,
            trigger: trigger as u8,
            tips: here.tips,
            refuted: here.refuted.into(),
            severity_bps: here.severity_bps,
            assembly: self.sites.courts[here.court],
            pool: self.sites.pools[here.pool].pool,
            product: self.sites.product(model, here.product),
            opener: self.sites.key(here.opener),
            rent_payer: self.sites.key(here.rent_payer),
            bond_owner: key(here.bond_owner),
            ballot: here.ballot.map_or(NOBODY, |ballot| self.sites.ballot(model, ballot)),
            evidence_hash: evidence.0,
            evidence_uri: evidence.1,
            occurred_at: here.occurred_at,
            opened_at: here.opened_at,
            filing_ends_at: here.filing_ends_at.unwrap_or(0),
            disputes_end_at: model.disputes_end_at(here).unwrap_or(0),
            dispute_window: terms.dispute_window,
            appeal_window: terms.appeal_window,
            bond: word(here.posted),
            product_bond: word(here.product_bond),
            lien: word(here.lien),
            filed: word(model.filed(incident)),
            approved: word(here.approved),
            early_paid: Wide::new(if here.policy.is_some() { 0 } else { here.early_paid }),
            first_release_day: model.first_release_day(incident).unwrap_or(0),
            waiting: word(here.waiting),
            settled: word(here.settled),
            held_back: word(here.held_back),
            contested: word(here.contested),
            recovered: word(here.recovered),
            paid: word(model.incident_paid(incident)),
            decided_at: here.decided_at.unwrap_or(0),
            closed_at: here.closed_at.unwrap_or(0),
            index: here.number,
            number: model.number_in_pool(incident) as u64,
            generation: here.generation,
            claim_count: count(model.claims_in(incident).count()),
            open_disputes: count(model.open_disputes(incident)),
            live_accounts: count(model.live_accounts(incident)),
            claim_bond_bps: here.claim_bond_bps,
            stake_floor: here.stake_floor,
            filing_window_days: terms.filing_window_days,
            filing_ended: here.filing_ended.into(),
            part: part(&here.part),
            challenge_ends_at: here.challenge_ends_at,
            measured_from: here.measured.0,
            measured_until: here.measured.1,
            policy: here.policy.map_or(NOBODY, |policy| self.sites.policy(model, policy)),
            line: Line {
                open: (here.policy.is_some() && here.is_open()).into(),
                accepted: (here.policy.is_some() && here.is_open()).into(),
                ..line(&here.line)
            },
            ..blank()
        }
    }

    pub fn claim(&self, claim: usize, bump: u8) -> Claim {
        let (model, here) = (self.model, &self.model.claims[claim]);
        // Prices are evidence enough.
        let by_jury = model.products[model.incidents[here.incident].product].trigger() == Trigger::Jury;
        let evidence = by_jury.then(|| harness::claim_request(0));
        let dispute = here.disputer.map(|_| harness::evidence());
        Claim {
            version: 1,
            bump,
            state: here.state as u8,
            dispute_bond_state: here.dispute_bond_state as u8,
            level: here.level,
            bond_waits: here.bond_waits.into(),
            on_account: word(here.on_account.unwrap_or(0)),
            tips: here.tips,
            incident: self.sites.incident(model, here.incident),
            policy: self.sites.policy(model, here.policy),
            claimant: self.sites.key(here.claimant),
            receiver: self.sites.wallet(here.receiver, model::Token::Asset),
            funder: self.sites.key(here.funder),
            rent_payer: self.sites.key(here.rent_payer),
            evidence_hash: evidence.as_ref().map_or([0; 32], |request| request.evidence_hash),
            evidence_uri: evidence.as_ref().map_or([0; 128], |request| text(&request.evidence_uri)),
            disputer: here.disputer.map_or(NOBODY, |disputer| self.sites.key(disputer)),
            dispute_hash: dispute.as_ref().map_or([0; 32], |evidence| evidence.evidence_hash),
            dispute_uri: dispute.as_ref().map_or([0; 128], |evidence| text(&evidence.evidence_uri)),
            dispute_ballot: here.dispute_ballot.map_or(NOBODY, |ballot| self.sites.ballot(model, ballot)),
            loss: word(here.loss),
            claimed: word(here.claimed),
            amount: word(here.amount),
            paid: word(here.paid),
            bond: word(here.bond),
            dispute_bond: word(here.dispute_bond),
            filed_at: here.filed_at,
            disputes_end_at: here.disputes_end_at,
            ..blank()
        }
    }

    pub fn assembly(&self, found: &Assembly) -> Assembly {
        let model = self.model;
        // Younger days push out those of 128 days ago.
        let mut ages = [0; 128];
        for (amount, at) in model.voters.iter().flat_map(|voter| &voter.lots) {
            if day_of(*at) + 128 > model.last_age_day() {
                ages[usize::try_from(day_of(*at) % 128).expect("small")] += word(*amount);
            }
        }
        Assembly {
            total_staked: word(model.staked(u64::MAX)),
            total_unstaking: word(model.unstaking()),
            voter_count: model.voters_there() as u64,
            pools: model.pools_of_court(0) as u64,
            slashed: word(model.slashed_stake()),
            last_age_day: model.last_age_day(),
            ages,
            ..*found
        }
    }

    /// The court in which nobody has stake.
    pub fn other_court(&self, found: &Assembly) -> Assembly {
        Assembly { pools: self.model.pools_of_court(1) as u64, ..*found }
    }

    pub fn voter(&self, here: &model::Voter, bump: u8) -> Voter {
        Voter {
            version: 1,
            bump,
            assembly: self.sites.courts[0],
            owner: self.sites.key(here.owner),
            lot_amounts: std::array::from_fn(|lot| here.lots.get(lot).map_or(0, |lot| word(lot.0))),
            lot_times: std::array::from_fn(|lot| here.lots.get(lot).map_or(0, |lot| lot.1)),
            unstaking: word(here.unstaking),
            unstake_ready_at: here.ready_at,
            slashed: word(here.slashed),
            open_votes: count(self.model.open_votes(here.owner)),
            records: count(self.model.vote_records(here.owner)),
            rent_payer: self.sites.key(here.rent_payer),
            delegate: here.delegate.map_or(NOBODY, |delegate| self.sites.key(delegate)),
            delegated_at: here.delegated_at,
            ..blank()
        }
    }

    pub fn ballot(&self, ballot: usize, bump: u8) -> Ballot {
        let here = &self.model.ballots[ballot];
        let key = |name: Option<Name>| name.map_or(NOBODY, |name| self.sites.key(name));
        let round = here.round();
        let bond_state = match (here.appellant, here.executed) {
            (None, _) => 0,
            (Some(_), false) => 1,
            _ => {
                if here.appeal_bond_held() > 0 {
                    2
                } else {
                    3
                }
            }
        };
        let by_level = |part: &dyn Fn(u8) -> Atoms| std::array::from_fn(|level| word(part(level as u8)));
        let first = here.rounds.first().filter(|_| here.rounds.len() == 2);
        Ballot {
            version: 1,
            bump,
            state: here.state() as u8,
            round: first.is_some().into(),
            default_level: round.default,
            extensions: round.extensions,
            max_extensions: 3,
            prolonged: round.prolonged.into(),
            assembly: self.sites.courts[here.court],
            subject: self.sites.subject(self.model, ballot),
            pool: self.sites.pools[here.pool].pool,
            arbiter: key(here.arbiter),
            appellant: key(here.appellant),
            rent_payer: self.sites.key(here.rent_payer),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            closed_at: round.closed_at.unwrap_or(0),
            final_at: round.final_at,
            eligible_before: here.eligible_before,
            eligible_weight: word(here.eligible_weight),
            quorum_weight: word(round.quorum),
            fixed: by_level(&|level| here.weight_here(level)),
            movable: by_level(&|level| here.weight(level) - here.weight_here(level)),
            voting_period: here.terms.voting_period,
            extension: DAY,
            appeal_window: here.appeal_window,
            reward_pot: word(here.pot),
            reward_left: word(here.reward_left()),
            appeal_bond: word(here.appeal_bond),
            votes: count(here.votes.iter().filter(|vote| vote.round + 1 == here.rounds.len()).count()),
            live_records: count(here.live_records()),
            threshold_bps: here.terms.threshold_bps,
            overturn_slash_bps: here.terms.overturn_slash_bps,
            // What the first round said, or the arbiter made of it, stays while the appeal runs.
            level: here.rounds.iter().rev().find_map(|round| round.outcome).unwrap_or(0),
            first_level: first.and_then(|first| first.outcome).unwrap_or(0),
            window_level: round.before.unwrap_or(0),
            in_window: round.before.is_some().into(),
            heard: here.was_heard().into(),
            undecided: round.undecided.into(),
            arbitrated: here.arbitrated.into(),
            appeal_bond_state: bond_state,
            executed: here.executed.into(),
            tips: here.tips,
            graded: here.is_graded().into(),
            void: here.void.into(),
            first_opens_at: here.rounds[0].opens_at,
            ..blank()
        }
    }

    pub fn vote(&self, ballot: usize, vote: &model::Cast) -> VoteRecord {
        VoteRecord {
            version: 1,
            level: vote.level,
            round: vote.round as u8,
            first_level: vote.first.unwrap_or(u8::MAX),
            released: vote.released.into(),
            by_delegate: vote.by_delegate.into(),
            ballot: self.sites.ballot(self.model, ballot),
            voter: self.sites.voter(vote.voter),
            rent_payer: self.sites.key(vote.rent_payer),
            weight: word(vote.weight),
            voted_at: vote.at,
            ..blank()
        }
    }
}

/// What an incident's lien is to those who leave.
fn part(here: &model::Part) -> Part {
    Part {
        reported: stored(here.reported),
        freed_at: here.freed_at.map_or(NO_INDEX, stored),
        ended_at: here.ended_at.map_or(NO_INDEX, stored),
        set_aside: Wide::new(here.set_aside),
        paid_before: Wide::new(here.paid_before),
        freed: Wide::new(here.freed),
        rest: Wide::new(here.rest),
        freed_to: Wide::new(here.freed_to),
        rest_to: Wide::new(here.rest_to),
    }
}
