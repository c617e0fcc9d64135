//! Incidents that prices opened, with a claim each.

use super::{AGAINST, Act, FOR, Stage};
use crate::declaration::depeg::State;

/// Incidents in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Contestable => vec![claimed(), claimed().after_days(1)],
        Standing => vec![claimed().after_days(2), claimed().after_days(100)],
        Voting => vec![challenged(), challenged().after_days(1), decided(FOR), appealed(FOR), appealed(AGAINST)],
        LateVoting => late_votes(),
        Upheld => vec![
            decided(FOR).until_final(),
            challenged().without_quorum().until_final(),
            appealed(FOR).then(Act::CloseBallot),
        ],
        TurnedDown => vec![
            decided(AGAINST).until_final(),
            appealed(AGAINST).then(Act::CloseBallot),
            challenged().without_quorum().then(Act::Arbitrate(AGAINST)).until_final(),
        ],
        Refuted => vec![
            refuted(claimed()),
            refuted(claimed()).after_days(100),
            refuted(challenged()),
            refuted(decided(FOR)),
            refuted(decided(AGAINST)),
        ],
        Filing => vec![stands(), upheld()],
        ToFree => vec![stands().until_filed(), upheld().until_filed().after_days(100)],
        Ready => vec![stands().filed(), upheld().filed()],
        Refused => vec![
            void(),
            turned_down(),
            turned_down().then(Act::CollectBond),
            turned_down().then(Act::Payout),
            closed_claim(void()),
        ],
        Settled => {
            let settled = [stands(), upheld()].map(|stage| stage.filed().then(Act::Settle));
            let paid = settled.clone().map(|stage| stage.then(Act::Payout));
            settled.into_iter().chain(paid).collect()
        }
        SettledOver => [stands(), upheld()].map(|stage| closed_claim(stage.filed().then(Act::Settle))).to_vec(),
        RejectedDue => {
            let due = [turned_down(), refuted(challenged()).then(Act::Decide)].map(|stage| stage.then(Act::Settle));
            let paid = due.clone().map(|stage| stage.then(Act::Payout));
            due.clone().into_iter().chain(paid).chain(due.map(closed_claim)).collect()
        }
        Rejected => {
            let rejected = [void().then(Act::Settle), turned_down().then(Act::Settle).then(Act::CollectBond)];
            let paid = rejected.clone().map(|stage| stage.then(Act::Payout));
            rejected.into_iter().chain(paid).collect()
        }
        RejectedOver => vec![
            closed_claim(void().then(Act::Settle)),
            closed_claim(turned_down().then(Act::Settle).then(Act::CollectBond)),
        ],
        Gone => vec![
            closed_claim(stands().filed().then(Act::Settle)).then(Act::CloseIncident),
            closed_claim(void().then(Act::Settle)).then(Act::CloseIncident),
        ],
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

/// Nobody challenged it: it counts.
fn stands() -> Stage {
    claimed().after_days(2).then(Act::Decide)
}

/// It was challenged for nothing: it counts.
fn upheld() -> Stage {
    decided(FOR).read()
}

/// The jury turned it down: it does not count.
fn turned_down() -> Stage {
    decided(AGAINST).read()
}

/// A price refuted it: it does not count.
fn void() -> Stage {
    refuted(claimed()).then(Act::Decide)
}

/// Dora's claim is paid and its account closed.
fn closed_claim(stage: Stage) -> Stage {
    stage.then(Act::Payout).then(Act::CloseClaim)
}

/// Two days after it was opened: an open ballot, counted ones, one that the arbiter can decide or has decided, and appeals.
fn late_votes() -> Vec<Stage> {
    let late = |side| challenged().after_days(2).decided(side);
    vec![
        challenged().after_days(2),
        late(FOR),
        late(AGAINST),
        challenged().without_quorum(),
        challenged().without_quorum().then(Act::Arbitrate(FOR)),
        challenged().without_quorum().then(Act::Arbitrate(AGAINST)),
        appealed(FOR).after_days(2),
        appealed(AGAINST).after_days(2),
    ]
}
