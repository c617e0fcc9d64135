//! Incidents that prices opened, with a claim each.

use super::{AGAINST, Act, FOR, Stage};
use crate::declaration::depeg::State;

/// Incidents in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Contestable => vec![claimed()],
        Standing => vec![claimed().after_days(2)],
        Ready => vec![claimed().until_filed()],
        Voting => vec![challenged(), decided(FOR), appealed(FOR), appealed(AGAINST)],
        FilingVoting => filing_votes(),
        LateVoting => late_votes(),
        Upheld => vec![
            decided(FOR).until_final(),
            challenged().without_quorum().until_final(),
            appealed(FOR).then(Act::CloseBallot),
        ],
        UpheldReady => vec![decided(FOR).until_filed(), challenged().without_quorum().until_filed()],
        TurnedDown => vec![
            decided(AGAINST).until_final(),
            decided(AGAINST).until_filed(),
            appealed(AGAINST).then(Act::CloseBallot),
            challenged().without_quorum().then(Act::Arbitrate(AGAINST)),
        ],
        Refuted => vec![
            refuted(claimed()),
            refuted(claimed()).until_filed(),
            refuted(challenged()),
            refuted(decided(FOR)),
            refuted(decided(AGAINST)),
        ],
        Settled => {
            let settled = [settled(), upheld()];
            let paid = settled.clone().map(|stage| stage.then(Act::Payout));
            and_later(settled).into_iter().chain(paid).collect()
        }
        SettledOver => and_later([settled(), upheld()].map(closed_claim)),
        RejectedDue => {
            let due = [turned_down(), refuted(challenged()).then(Act::Settle)];
            let paid = due.clone().map(|stage| stage.then(Act::Payout));
            and_later(due.clone()).into_iter().chain(paid).chain(due.map(closed_claim)).collect()
        }
        Rejected => {
            let rejected = [refuted(claimed()).then(Act::Settle), turned_down().then(Act::CollectBond)];
            let paid = rejected.clone().map(|stage| stage.then(Act::Payout));
            and_later(rejected).into_iter().chain(paid).collect()
        }
        RejectedOver => and_later([
            closed_claim(refuted(claimed()).then(Act::Settle)),
            closed_claim(turned_down().then(Act::CollectBond)),
        ]),
        Gone => and_later([
            closed_claim(settled()).then(Act::CloseIncident),
            closed_claim(refuted(claimed()).then(Act::Settle)).then(Act::CloseIncident),
        ]),
    }
}

/// An incident that was just opened, and dora's claim of it.
fn claimed() -> Stage {
    Stage::depegged().then(Act::ClaimBreach("dora"))
}

/// The same, which opal challenges an hour later.
fn challenged() -> Stage {
    let mut stage = claimed();
    stage.world.pass(3_600);
    stage.then(Act::Challenge)
}

/// The same, which vera decides at once; it can be appealed.
fn decided(side: u8) -> Stage {
    challenged().decided(side)
}

/// The same, which is appealed; vera decides it again, and nobody has closed it.
fn appealed(side: u8) -> Stage {
    decided(FOR).then(Act::Appeal).then(Act::Vote("vera", side))
}

/// A price refutes it.
fn refuted(stage: Stage) -> Stage {
    stage.then(Act::Refute)
}

/// Nobody challenged it, and it is settled.
fn settled() -> Stage {
    claimed().until_filed().then(Act::Settle)
}

/// It was challenged for nothing, and is settled.
fn upheld() -> Stage {
    decided(FOR).until_filed().then(Act::Settle)
}

/// The jury turned it down, and it is rejected.
fn turned_down() -> Stage {
    decided(AGAINST).until_final().then(Act::Settle)
}

/// Dora's claim is paid and its account closed.
fn closed_claim(stage: Stage) -> Stage {
    stage.then(Act::Payout).then(Act::CloseClaim)
}

/// Two days after it was opened: an open ballot, counted ones, one that the arbiter can decide, and appeals.
fn filing_votes() -> Vec<Stage> {
    let late = |side| challenged().after_days(2).decided(side);
    vec![
        challenged().after_days(2),
        late(FOR),
        late(AGAINST),
        challenged().without_quorum(),
        appealed(FOR).after_days(2),
        appealed(AGAINST).after_days(2),
    ]
}

/// The same after filing is over.
fn late_votes() -> Vec<Stage> {
    let late = |side| challenged().then(Act::Vote("walt", side)).until_filed().then(Act::CloseBallot);
    let nobody = challenged().closed().until_filed().after_days(3).then(Act::CloseBallot);
    vec![
        challenged().until_filed(),
        late(FOR),
        late(AGAINST),
        nobody,
        appealed(FOR).until_filed(),
        appealed(AGAINST).until_filed(),
    ]
}

/// Each at once, and when no earlier event can be reported any more.
fn and_later<const N: usize>(stages: [Stage; N]) -> Vec<Stage> {
    stages.into_iter().flat_map(|stage| [stage.clone(), stage.after_days(2)]).collect()
}
