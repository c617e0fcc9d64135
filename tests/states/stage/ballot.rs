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
            without_arbiter().closed().until_over(),
            prolonged(on_incident()).then(Act::Vote("walt", AGAINST)).until_over(),
            prolonged(on_claim()).then(Act::Vote("walt", FOR)).until_over(),
        ],
        PassedAppealable => vec![first(on_incident(), FOR), first(on_claim(), FOR)],
        FailedAppealable => vec![first(on_incident(), AGAINST), first(on_claim(), AGAINST)],
        WaitsForArbiter => vec![on_incident().without_quorum(), on_claim().without_quorum(), unvoted(on_claim())],
        Passed => outcome(first(on_incident(), FOR).until_final(), first(on_claim(), FOR).until_final()),
        Failed => outcome(first(on_incident(), AGAINST).until_final(), first(on_claim(), AGAINST).until_final()),
        NoQuorum => outcome(without_arbiter().without_quorum(), on_claim().without_quorum().until_final()),
        Arbitrated => outcome(
            on_incident().without_quorum().then(Act::Arbitrate(FOR)),
            on_claim().without_quorum().then(Act::Arbitrate(AGAINST)),
        ),
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
            carry_out(upheld(on_claim())).then(Act::CollectAppealBond),
            last_vote(upheld(on_incident()).then(Act::CollectAppealBond)),
            last_vote(carry_out(upheld(on_claim())).then(Act::CollectAppealBond)),
        ],
        BondLeft => vec![released(upheld(on_incident())), released(carry_out(upheld(on_claim())))],
        Released => not_carried_out(),
        Over => all_over(),
        Gone => all_over().into_iter().map(|stage| stage.then(Act::ReclaimBallot)).collect(),
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

/// Nobody votes, and nobody again.
fn unvoted(stage: Stage) -> Stage {
    stage.closed().closed()
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
fn upheld(stage: Stage) -> Stage {
    appealed(stage, FOR).decided(FOR)
}

/// The one who opened the ballot reads its outcome.
fn carry_out(stage: Stage) -> Stage {
    if stage.is_on_claim() { stage.then(Act::Resolve) } else { stage.until_final().then(Act::Decide) }
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

/// Two final ballots: as they are, carried out, and with one vote left to be released.
fn outcome(on_incident: Stage, on_claim: Stage) -> Vec<Stage> {
    let resolved = carry_out(on_claim.clone());
    vec![on_incident.clone(), last_vote(on_incident), on_claim, resolved.clone(), last_vote(resolved)]
}

/// Ballots that ended in every way, with all votes released and no bond held. Votes on a dispute are released only once
/// it is resolved.
fn not_carried_out() -> Vec<Stage> {
    vec![
        released(first(on_incident(), FOR).until_final()),
        released(first(on_incident(), AGAINST).until_final()),
        released(on_incident().without_quorum().until_final()),
        unvoted(on_incident()).until_final(),
        unvoted(on_claim()).until_final(),
        released(on_incident().without_quorum().then(Act::Arbitrate(FOR))),
        released(upheld(on_incident())).then(Act::CollectAppealBond),
        released(appealed(on_incident(), FOR).decided(AGAINST)).then(Act::CollectAppealBond),
    ]
}

/// The same, carried out, and some on disputes.
fn all_over() -> Vec<Stage> {
    let mut stages: Vec<_> = not_carried_out().into_iter().map(carry_out).collect();
    stages.extend([
        released(carry_out(first(on_claim(), AGAINST).until_final())),
        released(carry_out(on_claim().without_quorum().then(Act::Arbitrate(FOR)))),
        released(carry_out(upheld(on_claim()))).then(Act::CollectAppealBond),
    ]);
    stages
}
