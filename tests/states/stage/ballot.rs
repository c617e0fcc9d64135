//! Ballots, on incidents and on claims.

use super::{AGAINST, Act, FOR, HALF, Stage};
use crate::declaration::ballot::State;

/// Ballots in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Voting => vec![
            on_incident().then(Act::Vote("walt", FOR)),
            on_claim().then(Act::Vote("yuri", AGAINST)),
            on_claim().then(Act::Vote("walt", HALF)),
            // Most of the stake, which its owner can still move.
            on_incident().then(Act::VoteFor("vera", FOR)),
            on_claim().then(Act::VoteFor("vera", HALF)).then(Act::Vote("walt", HALF)),
            moved(on_incident()).then(Act::CloseBallot),
        ],
        Decided => vec![
            on_incident().then(Act::Vote("vera", FOR)),
            on_incident().then(Act::Vote("vera", AGAINST)),
            on_claim().then(Act::Vote("vera", HALF)),
            prolonged(on_claim()).then(Act::Vote("vera", FOR)),
        ],
        TimeOver => vec![
            on_incident().then(Act::Vote("yuri", FOR)).until_over(),
            on_incident().then(Act::Vote("walt", FOR)).until_over(),
            on_incident().then(Act::Vote("walt", AGAINST)).until_over(),
            on_claim().then(Act::Vote("walt", AGAINST)).until_over(),
            moved(on_incident()),
        ],
        Prolonged => vec![prolonged(on_incident()), prolonged(on_claim()), on_claim().closed()],
        ProlongedOver => vec![
            prolonged(on_incident()).until_over(),
            prolonged(without_arbiter()).until_over(),
            without_arbiter().closed().until_over(),
            prolonged(on_incident()).then(Act::Vote("walt", AGAINST)).until_over(),
            prolonged(on_claim()).then(Act::Vote("walt", FOR)).until_over(),
            on_incident().then(Act::Vote("xena", FOR)).closed().until_over(),
            moved(prolonged(on_claim())),
        ],
        PassedAppealable => vec![
            first(on_incident(), FOR),
            // 12 of 20 that must vote.
            on_incident().then(Act::Vote("xena", FOR)).closed().closed(),
        ],
        FailedAppealable => vec![first(on_incident(), AGAINST)],
        HowMuchAppealable => vec![
            first(on_claim(), FOR),
            first(on_claim(), AGAINST),
            first(on_claim(), HALF),
            // 12 of 20 that must vote.
            on_claim().then(Act::Vote("xena", HALF)).closed().closed(),
        ],
        WaitsForArbiter => vec![on_incident().without_quorum(), on_claim().without_quorum(), unvoted(on_claim())],
        ArbitratedAppealable => vec![
            arbitrated(on_incident().without_quorum(), FOR),
            arbitrated(on_claim().without_quorum(), AGAINST),
            arbitrated(on_claim().without_quorum(), HALF),
            arbitrated(unvoted(on_claim()), FOR),
        ],
        Passed => with_one_released([first(on_incident(), FOR)]),
        Failed => with_one_released([first(on_incident(), AGAINST)]),
        HowMuch => with_one_released([first(on_claim(), HALF), first(on_claim(), FOR)]),
        Undecided => vec![
            without_arbiter().without_quorum(),
            without_arbiter().without_quorum().then(Act::ReleaseVote("yuri")),
            on_claim().without_quorum().until_final(),
            // The default is what the one who voted wants: nothing is left to decide.
            on_claim().then(Act::Vote("yuri", FOR)).closed().closed(),
            unvoted(on_incident()).until_final(),
            unvoted(on_claim()).until_final(),
        ],
        Arbitrated => vec![
            arbitrated(on_incident().without_quorum(), FOR).until_final(),
            arbitrated(on_claim().without_quorum(), HALF).until_final(),
            arbitrated(on_claim().without_quorum(), AGAINST).until_final().then(Act::CollectVoteReward("zack")),
            arbitrated(unvoted(on_claim()), FOR).until_final(),
        ],
        AppealVoting => vec![
            appealed(on_incident(), FOR).then(Act::Vote("walt", FOR)),
            appealed(on_claim(), AGAINST).then(Act::Vote("walt", FOR)),
            too_few_appealed().then(Act::CloseBallot),
            arbitrated(unvoted(on_claim()), FOR).then(Act::Appeal),
        ],
        AppealDecided => vec![
            appealed(on_incident(), FOR).then(Act::Vote("vera", FOR)),
            appealed(on_claim(), FOR).then(Act::Vote("vera", AGAINST)),
        ],
        AppealOver => vec![
            too_few_appealed(),
            appealed(on_claim(), FOR).closed().until_over(),
            appealed(on_incident(), FOR)
                .then(Act::Vote("walt", AGAINST))
                .then(Act::Vote("xena", AGAINST))
                .then(Act::Vote("yuri", AGAINST))
                .until_over(),
            arbitrated(unvoted(on_claim()), FOR).then(Act::Appeal).closed().until_over(),
        ],
        Upheld => vec![
            upheld(on_incident()),
            upheld(on_claim()),
            upheld(on_claim()).then(Act::ReleaseVote("walt")),
            too_few_appealed().then(Act::CloseBallot).closed(),
            arbitrated(unvoted(on_claim()), FOR).then(Act::Appeal).closed().closed(),
        ],
        Overturned => vec![
            appealed(on_incident(), AGAINST).decided(FOR),
            appealed(on_claim(), FOR).decided(AGAINST),
            appealed(on_claim(), FOR).decided(AGAINST).then(Act::CollectVoteReward("walt")),
            // By a level, which brings a quarter of the bond back.
            appealed(on_claim(), HALF).decided(HALF - 1),
            arbitrated(on_claim().without_quorum(), AGAINST).then(Act::Appeal).decided(FOR),
        ],
        BothLeft => {
            let both = [overturned(on_incident()), overturned(on_claim())];
            let released = both.clone().map(|stage| stage.then(Act::ReleaseVote("vera")));
            both.clone().into_iter().chain(released).chain(both.map(last_vote)).collect()
        }
        VotesLeft => {
            let read = [
                carry_out(first(on_incident(), FOR)),
                carry_out(first(on_claim(), AGAINST)),
                carry_out(on_incident().without_quorum()),
                carry_out(arbitrated(on_claim().without_quorum(), FOR)),
                carry_out(upheld(on_incident())),
                overturned(on_claim()).then(Act::CollectAppealBond),
            ];
            let released = read[1].clone().then(Act::ReleaseVote("walt"));
            read.clone().into_iter().chain(read.map(last_vote)).chain([released]).collect()
        }
        BondLeft => vec![released(overturned(on_incident())), released(overturned(on_claim()))],
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
fn on_claim() -> Stage {
    Stage::insured().claimed_late(true).then(Act::Dispute("dan"))
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
fn first(stage: Stage, level: u8) -> Stage {
    stage.then(Act::Vote("yuri", level)).then(Act::Vote("walt", level)).closed()
}

/// The outcomes are final, and of some of them walt's vote is released and waits for its reward.
fn with_one_released<const N: usize>(stages: [Stage; N]) -> Vec<Stage> {
    let stages = stages.map(Stage::until_final);
    let released = stages.clone().map(|stage| stage.then(Act::ReleaseVote("walt")));
    stages.into_iter().chain(released).collect()
}

/// Opal appeals what walt and yuri decided.
fn appealed(stage: Stage, level: u8) -> Stage {
    first(stage, level).then(Act::Appeal)
}

/// The time of an appeal is over, in which too few have voted: the votes that were carried over are 30 of the 40 that must vote.
fn too_few_appealed() -> Stage {
    appealed(on_claim(), AGAINST).then(Act::Vote("yuri", FOR)).until_over()
}

/// Walt votes in the last day of the round, and then its time is over: its outcome moved.
fn moved(mut stage: Stage) -> Stage {
    let closes_at = stage.ballot().expect("a ballot").closes_at;
    stage.set_now(closes_at - 1);
    let level = if stage.is_on_claim() { AGAINST } else { FOR };
    stage.then(Act::Vote("walt", level)).until_over()
}

/// The arbiter decides.
fn arbitrated(stage: Stage, level: u8) -> Stage {
    stage.then(Act::Arbitrate(level))
}

/// An appeal that changed nothing.
fn upheld(stage: Stage) -> Stage {
    appealed(stage, FOR).decided(FOR)
}

/// An appeal that changed the outcome, and was read.
fn overturned(stage: Stage) -> Stage {
    carry_out(appealed(stage, FOR).decided(AGAINST))
}

/// The one who opened the ballot reads its outcome once it is final.
fn carry_out(stage: Stage) -> Stage {
    let stage = stage.until_final();
    let read = if stage.is_on_claim() { Act::Resolve } else { Act::Decide };
    stage.then(read)
}

/// Every vote is released and paid.
pub fn released(mut stage: Stage) -> Stage {
    let voters = stage.voters_left();
    voters.into_iter().map(Act::CollectVoteReward).fold(stage, Stage::then)
}

/// Every vote but one is released and paid.
fn last_vote(mut stage: Stage) -> Stage {
    let voters = stage.voters_left();
    voters.into_iter().skip(1).map(Act::CollectVoteReward).fold(stage, Stage::then)
}

/// Ballots that ended in every way and were read, with all votes released and no bond held.
fn all_over() -> Vec<Stage> {
    vec![
        released(carry_out(first(on_incident(), FOR))),
        released(carry_out(first(on_incident(), AGAINST))),
        released(carry_out(first(on_claim(), AGAINST))),
        released(carry_out(on_incident().without_quorum())),
        released(carry_out(without_arbiter().without_quorum())),
        carry_out(unvoted(on_incident())),
        carry_out(unvoted(on_claim())),
        released(carry_out(arbitrated(on_incident().without_quorum(), FOR))),
        released(carry_out(upheld(on_incident()))),
        released(carry_out(upheld(on_claim()))),
        released(overturned(on_incident())).then(Act::CollectAppealBond),
    ]
}
