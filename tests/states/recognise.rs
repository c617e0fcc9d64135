//! Which state an account is in, by its bytes, those of the accounts it depends on, and the clock.

use crate::{
    declaration::{
        ballot::State as BallotIs, claim::State as ClaimIs, depeg::State as DepegIs, incident::State as IncidentIs,
    },
    stage::Stage,
};
use coverage_client::{Ballot, Claim, Incident};
use coverage_math::{settlement, tally};
use solana_address::Address;

// The bytes of the stored enums.
const PASSED: u8 = 1;
const NO_QUORUM: u8 = 3;
const BOND_DUE: u8 = 1;
const BOND_COLLECTED: u8 = 2;
const APPEAL_BOND_HELD: u8 = 1;
const WON: u8 = 2;

/// Where a ballot stands towards whoever opened it.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Open,
    Counted,
    Passed,
    NotPassed,
}

fn verdict(ballot: &Ballot, now: u64) -> Verdict {
    match ballot.state {
        0 => Verdict::Open,
        _ if now < ballot.final_at => Verdict::Counted,
        PASSED => Verdict::Passed,
        _ => Verdict::NotPassed,
    }
}

/// The state of the ballot on the stage's subject.
pub fn ballot(stage: &mut Stage) -> BallotIs {
    let now = stage.world.now();
    let Some(ballot) = stage.ballot() else { return BallotIs::Gone };
    match verdict(&ballot, now) {
        Verdict::Open => open_ballot(&ballot, now),
        Verdict::Counted => match ballot.state {
            PASSED => BallotIs::PassedAppealable,
            NO_QUORUM => BallotIs::WaitsForArbiter,
            _ => BallotIs::FailedAppealable,
        },
        _ => final_ballot(&ballot),
    }
}

fn open_ballot(ballot: &Ballot, now: u64) -> BallotIs {
    let decided = tally::decided(
        ballot.weight_for,
        ballot.weight_against,
        ballot.eligible_weight,
        ballot.quorum_bps,
        ballot.threshold_bps,
    );
    let over = now >= ballot.closes_at;
    match (ballot.round, ballot.prolonged) {
        _ if now < ballot.opens_at => BallotIs::Waiting,
        (1, _) if over => BallotIs::AppealOver,
        (1, _) if decided.is_some() => BallotIs::AppealDecided,
        (1, _) => BallotIs::AppealVoting,
        (_, 0) if over => BallotIs::TimeOver,
        _ if over => BallotIs::ProlongedOver,
        _ if decided.is_some() => BallotIs::Decided,
        (_, 0) => BallotIs::Voting,
        _ => BallotIs::Prolonged,
    }
}

fn final_ballot(ballot: &Ballot) -> BallotIs {
    match (ballot.live_records > 0, ballot.appeal_bond_state == APPEAL_BOND_HELD) {
        (false, false) if ballot.executed == 1 => return BallotIs::Over,
        (false, false) => return BallotIs::Released,
        (false, true) => return BallotIs::BondLeft,
        (true, false) if ballot.round == 1 => return BallotIs::VotesLeft,
        _ => {}
    }
    match ballot.state {
        _ if ballot.round == 1 && ballot.state == ballot.first_state => BallotIs::Upheld,
        _ if ballot.round == 1 => BallotIs::Overturned,
        _ if ballot.arbitrated == 1 => BallotIs::Arbitrated,
        PASSED => BallotIs::Passed,
        NO_QUORUM => BallotIs::NoQuorum,
        _ => BallotIs::Failed,
    }
}

/// The state of the incident.
pub fn incident(stage: &mut Stage) -> IncidentIs {
    let now = stage.world.now();
    let Some(incident) = stage.incident() else { return IncidentIs::Gone };
    match incident.state {
        0 => {
            let ballot = stage.ballot_on(&stage.incident_address()).expect("it outlives an open incident");
            open_incident(&incident, verdict(&ballot, now), now)
        }
        1 if incident.held_back > 0 => IncidentIs::SettledHeld,
        1 => match (incident.bond_state, incident.live_accounts) {
            (BOND_DUE, _) if incident.settled < incident.approved => IncidentIs::SettledPart,
            (BOND_DUE, _) => IncidentIs::SettledFull,
            (_, 0) => IncidentIs::SettledOver,
            _ => IncidentIs::Paying,
        },
        _ => match (incident.bond_state, incident.live_accounts) {
            (BOND_DUE, _) => IncidentIs::RejectedUndecided,
            (_, 0) => IncidentIs::RejectedOver,
            (BOND_COLLECTED, _) => IncidentIs::RejectedReturned,
            _ => IncidentIs::RejectedLost,
        },
    }
}

fn open_incident(incident: &Incident, verdict: Verdict, now: u64) -> IncidentIs {
    let filing = now < incident.filing_ends_at;
    match verdict {
        Verdict::Open if filing => IncidentIs::Filing,
        Verdict::Open => IncidentIs::LateVoting,
        Verdict::Counted if filing => IncidentIs::FilingCounted,
        Verdict::Counted => IncidentIs::LateCounted,
        Verdict::NotPassed if filing => IncidentIs::TurnedDown,
        Verdict::NotPassed => IncidentIs::LateTurnedDown,
        Verdict::Passed if filing => IncidentIs::Accepted,
        Verdict::Passed if now < incident.disputes_end_at => IncidentIs::DisputeWindow,
        Verdict::Passed if incident.open_disputes > 0 => IncidentIs::WaitsForDispute,
        Verdict::Passed => IncidentIs::Ready,
    }
}

/// The state of the incident, which prices opened.
pub fn depeg(stage: &mut Stage) -> DepegIs {
    let now = stage.world.now();
    let Some(incident) = stage.incident() else { return DepegIs::Gone };
    let over = incident.live_accounts == 0;
    match (incident.state, incident.bond_state) {
        (0, _) if incident.refuted == 1 => DepegIs::Refuted,
        (0, _) => {
            let ballot = stage.ballot_on(&stage.incident_address());
            open_depeg(&incident, ballot.as_ref(), now)
        }
        (1, _) if over => DepegIs::SettledOver,
        (1, _) => DepegIs::Settled,
        (_, BOND_DUE) => DepegIs::RejectedDue,
        _ if over => DepegIs::RejectedOver,
        _ => DepegIs::Rejected,
    }
}

fn open_depeg(incident: &Incident, ballot: Option<&Ballot>, now: u64) -> DepegIs {
    let (contestable, filing) = (now < incident.challenge_ends_at, now < incident.filing_ends_at);
    let one_of = |first, second, third| match (contestable, filing) {
        (true, _) => first,
        (_, true) => second,
        _ => third,
    };
    let Some(ballot) = ballot else { return one_of(DepegIs::Contestable, DepegIs::Standing, DepegIs::Ready) };
    match verdict(ballot, now) {
        Verdict::Open | Verdict::Counted => one_of(DepegIs::Voting, DepegIs::FilingVoting, DepegIs::LateVoting),
        Verdict::NotPassed if ballot.state != NO_QUORUM => DepegIs::TurnedDown,
        _ => one_of(DepegIs::Upheld, DepegIs::Upheld, DepegIs::UpheldReady),
    }
}

/// The state of dora's claim.
pub fn claim(stage: &mut Stage) -> ClaimIs {
    let now = stage.world.now();
    let Some(claim) = stage.claim() else { return ClaimIs::Gone };
    let incident = stage.incident().expect("it outlives its claims");
    let undecided = claim.dispute != Address::default() && claim.dispute_outcome == 0;
    match (incident.state, claim.state) {
        (0, 0) if now < claim.disputes_end_at => ClaimIs::Disputable,
        (0, 0) => ClaimIs::Standing,
        (0, 1) if now < claim.disputes_end_at => ClaimIs::Disputed,
        (0, 1) => {
            let ballot = stage.ballot_on(&stage.claim_address()).expect("it outlives the dispute");
            match verdict(&ballot, now) {
                Verdict::Open => ClaimIs::Voting,
                Verdict::Counted => ClaimIs::Counted,
                _ => ClaimIs::Resolvable,
            }
        }
        (0, 3) => ClaimIs::Nothing,
        (0, 4) if claim.dispute_outcome == WON => ClaimIs::Reduced,
        (0, 4) => ClaimIs::Stands,
        (1, 0 | 4) => ClaimIs::Unpaid,
        (1, 2) => paid_claim(&claim, &incident),
        (2, 3) if undecided => ClaimIs::RejectedDisputed,
        (_, 3) if claim.live_disputes > 0 => ClaimIs::DisputeLeft,
        (_, 3) => ClaimIs::Rejected,
        (2, _) if undecided => ClaimIs::BondDueDisputed,
        (2, _) => ClaimIs::BondDue,
        other => panic!("an incident and a claim cannot be in the states {other:?}"),
    }
}

fn paid_claim(claim: &Claim, incident: &Incident) -> ClaimIs {
    let due = settlement::due(claim.amount, incident.settled, incident.approved, claim.paid).expect("it fits");
    match claim.amount - claim.paid {
        0 if claim.live_disputes > 0 => ClaimIs::DisputeLeft,
        0 => ClaimIs::PaidFull,
        _ if due > 0 => ClaimIs::DueAgain,
        _ => ClaimIs::PaidPart,
    }
}
