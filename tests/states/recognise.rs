//! Which state an account is in, by its bytes, those of the accounts it depends on, and the clock.

use crate::{
    declaration::{
        ballot::State as BallotIs, booking::State as BookingIs, claim::State as ClaimIs, depeg::State as DepegIs,
        incident::State as IncidentIs,
    },
    stage::Stage,
};
use coverage_client::{Ballot, Claim, Incident};
use coverage_math::{ballot::Count, settlement};
use solana_address::Address;

// The bytes of the stored enums.
const UNDECIDED: u8 = 0;
const SETTLED: u8 = 1;
const ACCEPTED: u8 = 3;
const REFUSED: u8 = 4;
const PASSED: u8 = 1;
const BOND_DUE: u8 = 1;
const BOND_COLLECTED: u8 = 2;
const APPEAL_BOND_DUE: u8 = 2;
const HOW_MUCH: u8 = 3;

/// Where a ballot stands towards the one who opened it.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Open,
    Counted,
    Passed,
    NotPassed,
    HowMuch,
}

fn verdict(ballot: &Ballot, now: u64) -> Verdict {
    match ballot.state {
        0 => Verdict::Open,
        _ if now < ballot.final_at => Verdict::Counted,
        PASSED => Verdict::Passed,
        HOW_MUCH => Verdict::HowMuch,
        _ => Verdict::NotPassed,
    }
}

/// The state of the ballot on the stage's subject.
pub fn ballot(stage: &mut Stage) -> BallotIs {
    let now = stage.world.now();
    let Some(ballot) = stage.ballot() else { return BallotIs::Gone };
    match verdict(&ballot, now) {
        Verdict::Open => open_ballot(&ballot, now),
        Verdict::Counted if ballot.arbitrated == 1 => BallotIs::ArbitratedAppealable,
        Verdict::Counted if ballot.undecided == 1 => BallotIs::WaitsForArbiter,
        Verdict::Counted if ballot.state == PASSED => BallotIs::PassedAppealable,
        Verdict::Counted if ballot.state == HOW_MUCH => BallotIs::HowMuchAppealable,
        Verdict::Counted => BallotIs::FailedAppealable,
        _ if ballot.executed == 1 => read_ballot(&ballot),
        _ => unread_ballot(&ballot),
    }
}

fn open_ballot(ballot: &Ballot, now: u64) -> BallotIs {
    let count = Count {
        fixed: &ballot.fixed,
        movable: &ballot.movable,
        default: ballot.default_level,
        quorum: ballot.quorum_weight,
        threshold_bps: ballot.threshold_bps,
    };
    let decided = count.decided(ballot.eligible_weight);
    let over = now >= ballot.closes_at;
    match (ballot.round, ballot.prolonged) {
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

fn unread_ballot(ballot: &Ballot) -> BallotIs {
    match ballot.state {
        _ if ballot.round == 1 && ballot.level == ballot.first_level => BallotIs::Upheld,
        _ if ballot.round == 1 => BallotIs::Overturned,
        _ if ballot.arbitrated == 1 => BallotIs::Arbitrated,
        _ if ballot.undecided == 1 => BallotIs::Undecided,
        PASSED => BallotIs::Passed,
        HOW_MUCH => BallotIs::HowMuch,
        _ => BallotIs::Failed,
    }
}

fn read_ballot(ballot: &Ballot) -> BallotIs {
    match (ballot.live_records > 0, ballot.appeal_bond_state == APPEAL_BOND_DUE) {
        (true, true) => BallotIs::BothLeft,
        (true, false) => BallotIs::VotesLeft,
        (false, true) => BallotIs::BondLeft,
        (false, false) => BallotIs::Over,
    }
}

/// The state of the incident.
pub fn incident(stage: &mut Stage) -> IncidentIs {
    let now = stage.world.now();
    let Some(incident) = stage.incident() else { return IncidentIs::Gone };
    let is_first = incident.index == stage.world.read_product(0).line.head;
    match incident.state {
        UNDECIDED => {
            let ballot = stage.ballot_on(&stage.incident_address()).expect("it outlives an undecided incident");
            match verdict(&ballot, now) {
                Verdict::Open => IncidentIs::Voting,
                Verdict::Counted => IncidentIs::Counted,
                Verdict::Passed => IncidentIs::Passed,
                _ => IncidentIs::Failed,
            }
        }
        ACCEPTED => match incident.open_disputes {
            _ if now < incident.filing_ends_at => IncidentIs::Filing,
            _ if incident.filing_ended == 0 => IncidentIs::ToFree,
            _ if now < incident.disputes_end_at => IncidentIs::DisputeWindow,
            0 if is_first => IncidentIs::Ready,
            0 => IncidentIs::WaitsInLine,
            _ => IncidentIs::WaitsForDispute,
        },
        REFUSED if is_first => IncidentIs::Refused,
        REFUSED => IncidentIs::RefusedInLine,
        _ => ended_incident(&incident),
    }
}

fn ended_incident(incident: &Incident) -> IncidentIs {
    let settled = incident.state == SETTLED;
    match (incident.bond_state, incident.live_accounts) {
        _ if incident.held_back > 0 => IncidentIs::SettledHeld,
        (BOND_DUE, _) if incident.settled < incident.approved => IncidentIs::SettledPart,
        (BOND_DUE, _) if settled => IncidentIs::SettledFull,
        (BOND_DUE, _) => IncidentIs::RejectedUndecided,
        (_, 0) if !incident.part.is_released() => IncidentIs::LeftBehind,
        (_, 0) if settled => IncidentIs::SettledOver,
        (_, 0) => IncidentIs::RejectedOver,
        _ if settled => IncidentIs::Paying,
        (BOND_COLLECTED, _) => IncidentIs::RejectedReturned,
        _ => IncidentIs::RejectedLost,
    }
}

/// The state of the incident, which prices opened.
pub fn depeg(stage: &mut Stage) -> DepegIs {
    let now = stage.world.now();
    let Some(incident) = stage.incident() else { return DepegIs::Gone };
    let over = incident.live_accounts == 0;
    match (incident.state, incident.bond_state) {
        (UNDECIDED, _) if incident.refuted == 1 => DepegIs::Refuted,
        (UNDECIDED, _) => {
            let ballot = stage.ballot_on(&stage.incident_address());
            undecided_depeg(&incident, ballot.as_ref(), now)
        }
        (ACCEPTED, _) if now < incident.filing_ends_at => DepegIs::Filing,
        (ACCEPTED, _) if incident.filing_ended == 0 => DepegIs::ToFree,
        (ACCEPTED, _) => DepegIs::Ready,
        (REFUSED, _) => DepegIs::Refused,
        (SETTLED, _) if over => DepegIs::SettledOver,
        (SETTLED, _) => DepegIs::Settled,
        (_, BOND_DUE) => DepegIs::RejectedDue,
        _ if over => DepegIs::RejectedOver,
        _ => DepegIs::Rejected,
    }
}

fn undecided_depeg(incident: &Incident, ballot: Option<&Ballot>, now: u64) -> DepegIs {
    let contestable = now < incident.challenge_ends_at;
    match ballot.map(|ballot| verdict(ballot, now)) {
        None if contestable => DepegIs::Contestable,
        None => DepegIs::Standing,
        Some(Verdict::Open | Verdict::Counted) if contestable => DepegIs::Voting,
        Some(Verdict::Open | Verdict::Counted) => DepegIs::LateVoting,
        Some(Verdict::Passed) => DepegIs::Upheld,
        Some(_) => DepegIs::TurnedDown,
    }
}

/// The state of a booking.
pub fn booking(stage: &mut Stage) -> BookingIs {
    let now = stage.world.now();
    let Some(booking) = stage.incident() else { return BookingIs::Gone };
    match booking.state {
        UNDECIDED => {
            let ballot = stage.ballot_on(&stage.incident_address()).expect("it outlives an undecided booking");
            match verdict(&ballot, now) {
                Verdict::Open | Verdict::Counted => BookingIs::Voting,
                Verdict::NotPassed => BookingIs::TurnedDown,
                _ => BookingIs::Upheld,
            }
        }
        ACCEPTED if booking.settled > 0 => BookingIs::PaidPart,
        ACCEPTED if booking.ballot == Address::default() && now < booking.challenge_ends_at => BookingIs::Booked,
        ACCEPTED => BookingIs::Standing,
        _ if booking.paid < booking.settled => BookingIs::Unpaid,
        SETTLED if booking.settled == booking.lien => BookingIs::Full,
        SETTLED => BookingIs::Short,
        _ if booking.bond_state == BOND_DUE => BookingIs::RejectedDue,
        _ => BookingIs::Rejected,
    }
}

/// The state of dora's claim.
pub fn claim(stage: &mut Stage) -> ClaimIs {
    let now = stage.world.now();
    let Some(claim) = stage.claim() else { return ClaimIs::Gone };
    let incident = stage.incident().expect("it outlives its claims");
    let is_open = matches!(incident.state, UNDECIDED | ACCEPTED);
    match claim.state {
        0 if incident.state == UNDECIDED => ClaimIs::Filed,
        0 if is_open => {
            let until = claim.disputable_until(&incident).expect("it counts");
            if now < until { ClaimIs::Disputable } else { ClaimIs::Standing }
        }
        1 => {
            let ballot = stage.ballot_on(&stage.claim_address()).expect("it outlives the dispute");
            match verdict(&ballot, now) {
                Verdict::Open => ClaimIs::Voting,
                Verdict::Counted => ClaimIs::Counted,
                _ => ClaimIs::Resolvable,
            }
        }
        3 if is_open => ClaimIs::Nothing,
        4 if is_open && claim.amount < claim.claimed => ClaimIs::Reduced,
        4 if is_open => ClaimIs::Stands,
        0 | 4 if incident.state == SETTLED => ClaimIs::Unpaid,
        2 if is_open => ClaimIs::OnAccount,
        2 => paid_claim(&claim, &incident),
        3 if claim.dispute_bond_state == BOND_DUE => ClaimIs::DisputeLeft,
        3 if claim.bond_waits == 1 => ClaimIs::BondWaits,
        3 => ClaimIs::Rejected,
        _ => ClaimIs::BondDue,
    }
}

fn paid_claim(claim: &Claim, incident: &Incident) -> ClaimIs {
    let due =
        settlement::part_of_settled(claim.amount, incident.settled, incident.approved).expect("it fits") - claim.paid;
    match claim.amount - claim.paid {
        0 if claim.dispute_bond_state == BOND_DUE => ClaimIs::DisputeLeft,
        0 if claim.bond_waits == 1 => ClaimIs::BondWaits,
        0 => ClaimIs::PaidFull,
        _ if due > 0 => ClaimIs::DueAgain,
        _ => ClaimIs::PaidPart,
    }
}
