//! Ballots, on incidents and on claims.

use super::{AGAINST, Act, COUNTER, FOR, LOSS, Stage};
use crate::declaration::ballot::State;

/// Ballots in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Waiting => vec![waiting()],
        Voting => vec![on_incident().then(Act::Vote("walt", FOR)), on_claim().then(Act::Vote("yuri", AGAINST))],
        Decided => vec![
            on_incident().then(Act::Vote("vera", FOR)),
            on_claim().then(Act::Vote("vera", AGAINST)),
            prolonged(on_claim()).then(Act::Vote("vera", FOR)),
        ],
        TimeOver => vec![
            on_incident().then(Act::Vote("yuri", FOR)).until_over(),
            on_incident().then(Act::Vote("walt", FOR)).until_over(),
            on_claim().then(Act::Vote("walt", AGAINST)).until_over(),
        ],
        Prolonged => vec![prolonged(on_incident()), prolonged(on_claim())],
        ProlongedOver => vec![
            prolonged(on_incident()).until_over(),
            prolonged(without_arbiter()).until_over(),
            prolonged(on_incident()).then(Act::Vote("walt", AGAINST)).until_over(),
            prolonged(on_claim()).then(Act::Vote("walt", FOR)).until_over(),
        ],
        PassedAppealable => vec![first(on_incident(), FOR), first(on_claim(), FOR)],
        FailedAppealable => vec![first(on_incident(), AGAINST), first(on_claim(), AGAINST)],
        WaitsForArbiter => vec![on_incident().without_quorum(), on_claim().without_quorum()],
        Passed => outcome([first(on_incident(), FOR).until_final(), first(on_claim(), FOR).until_final()]),
        Failed => outcome([first(on_incident(), AGAINST).until_final(), first(on_claim(), AGAINST).until_final()]),
        NoQuorum => outcome([on_claim().without_quorum().until_final(), without_arbiter().without_quorum()]),
        Arbitrated => outcome([
            on_incident().without_quorum().then(Act::Arbitrate(FOR)),
            on_claim().without_quorum().then(Act::Arbitrate(AGAINST)),
        ]),
        AppealVoting => vec![
            appealed(on_incident(), FOR).then(Act::Vote("walt", FOR)),
            appealed(on_claim(), AGAINST).then(Act::Vote("walt", FOR)),
        ],
        AppealDecided => vec![
            appealed(on_incident(), FOR).then(Act::Vote("vera", FOR)),
            appealed(on_claim(), FOR).then(Act::Vote("vera", AGAINST)),
        ],
        AppealOver => vec![
            appealed(on_claim(), FOR).then(Act::Vote("walt", AGAINST)).until_over(),
            appealed(on_incident(), FOR)
                .then(Act::Vote("walt", AGAINST))
                .then(Act::Vote("xena", AGAINST))
                .then(Act::Vote("yuri", AGAINST))
                .until_over(),
        ],
        Upheld => vec![
            appealed(on_incident(), FOR).decided(FOR),
            too_few_appealed(),
            carry_out(too_few_appealed()),
            last_vote(carry_out(appealed(on_claim(), AGAINST).decided(AGAINST))),
        ],
        Overturned => vec![
            appealed(on_incident(), AGAINST).decided(FOR),
            appealed(on_claim(), FOR).decided(AGAINST),
            last_vote(appealed(on_incident(), FOR).decided(AGAINST)),
            carry_out(appealed(on_claim(), FOR).decided(AGAINST)),
        ],
        VotesLeft => vec![
            upheld().then(Act::CollectAppealBond),
            last_vote(upheld().then(Act::CollectAppealBond)),
            last_vote(carry_out(upheld().then(Act::CollectAppealBond))),
        ],
        BondLeft => vec![released(upheld()), released(carry_out(upheld()))],
        Released => all_released(),
        Over => all_released().into_iter().map(carry_out).collect(),
        Gone => all_released().into_iter().map(|stage| carry_out(stage).then(Act::ReclaimBallot)).collect(),
    }
}

/// A ballot on an incident that was just opened, with a claim of it.
fn on_incident() -> Stage {
    Stage::insured().claimed()
}

/// A ballot on an incident of a pool without an arbiter.
fn without_arbiter() -> Stage {
    Stage::without_arbiter().claimed()
}

/// A ballot on a claim that was just disputed.
fn waiting() -> Stage {
    let stage = Stage::insured().then(Act::Report).then(Act::File("dora", LOSS));
    stage.then(Act::Dispute("dan", COUNTER)).on_claim()
}

/// A ballot on a claim that takes votes.
fn on_claim() -> Stage {
    waiting().until_open()
}

/// Too few voted in time.
fn prolonged(stage: Stage) -> Stage {
    stage.then(Act::Vote("yuri", FOR)).closed()
}

/// Walt and yuri decide the first round.
fn first(stage: Stage, side: u8) -> Stage {
    stage.then(Act::Vote("yuri", side)).then(Act::Vote("walt", side)).closed()
}

/// Opal appeals what walt and yuri decided.
fn appealed(stage: Stage, side: u8) -> Stage {
    first(stage, side).then(Act::Appeal)
}

/// An appeal in which too few voted.
fn too_few_appealed() -> Stage {
    appealed(on_claim(), AGAINST).then(Act::Vote("walt", FOR)).closed()
}

/// An appeal that changed nothing.
fn upheld() -> Stage {
    appealed(on_claim(), FOR).decided(FOR)
}

/// Whoever opened the ballot reads its outcome.
fn carry_out(stage: Stage) -> Stage {
    if stage.is_on_claim() { stage.then(Act::Resolve) } else { stage.until_settleable().then(Act::Settle) }
}

/// Every vote is released.
fn released(mut stage: Stage) -> Stage {
    let votes = stage.votes_to_release();
    votes.into_iter().fold(stage, Stage::then)
}

/// Every vote but one is released.
fn last_vote(mut stage: Stage) -> Stage {
    let votes = stage.votes_to_release();
    votes.into_iter().skip(1).fold(stage, Stage::then)
}

/// Two final ballots, one of them carried out, and both with one vote left to be released.
fn outcome(stages: [Stage; 2]) -> Vec<Stage> {
    let [first, second] = stages;
    vec![first.clone(), carry_out(second.clone()), last_vote(first), last_vote(carry_out(second))]
}

/// Ballots that ended in every way, with all votes released and no bond held.
fn all_released() -> Vec<Stage> {
    vec![
        released(first(on_incident(), FOR).until_final()),
        released(first(on_claim(), AGAINST).until_final()),
        released(on_incident().without_quorum().until_final()),
        released(on_claim().without_quorum().then(Act::Arbitrate(FOR))),
        released(upheld()).then(Act::CollectAppealBond),
        released(appealed(on_incident(), FOR).decided(AGAINST)).then(Act::CollectAppealBond),
    ]
}
