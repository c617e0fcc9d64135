//! Incidents, with a claim each.

use super::{AGAINST, Act, COUNTER, FOR, Stage};
use crate::declaration::incident::State;
use harness::UNIT;

/// Incidents in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Filing => vec![
            claimed().then(Act::Vote("walt", FOR)),
            claimed().then(Act::Vote("vera", FOR)),
            passed().then(Act::Appeal).then(Act::Vote("vera", FOR)),
            passed().then(Act::Appeal).then(Act::Vote("vera", AGAINST)),
        ],
        FilingCounted => vec![passed(), failed(), claimed().without_quorum()],
        Accepted => vec![passed().until_final(), claimed().without_quorum().then(Act::Arbitrate(FOR))],
        TurnedDown => vec![
            failed().until_final(),
            passed().then(Act::Appeal).decided(AGAINST),
            claimed().without_quorum().until_final(),
        ],
        LateVoting => late_votes(),
        LateCounted => late_counts(),
        LateTurnedDown => vec![failed().after_days(20), claimed().without_quorum().after_days(20)],
        DisputeWindow => vec![passed().until_filed(), counted(disputed(), FOR).until_filed()],
        WaitsForDispute => {
            vec![counted(disputed(), FOR).until_settleable(), passed_and_disputed().until_settleable()]
        }
        Ready => {
            let rivalled = Stage::insured().rivalled(false);
            vec![passed().until_settleable(), rivalled.clone(), rivalled.then_the_other()]
        }
        SettledHeld => held(),
        SettledPart => and_later([Stage::insured().settled_in_part(false)]),
        SettledFull => {
            let recovered = Stage::insured().settled_in_part(false).then(Act::Recover(1_000_000 * UNIT));
            and_later([passed().settled(), closed_claim(passed().settled()), recovered])
        }
        Paying => {
            let paying = passed().settled().then(Act::CollectBond);
            let in_part = Stage::insured().settled_in_part(false).then(Act::CollectBond);
            and_later([paying.clone().then(Act::Payout), paying, in_part])
        }
        SettledOver => and_later([closed_claim(passed().settled().then(Act::CollectBond))]),
        RejectedLost => and_later([rejected(), rejected().then(Act::Payout)]),
        RejectedUndecided => and_later([undecided(), closed_claim(undecided())]),
        RejectedReturned => {
            let returned = undecided().then(Act::CollectBond);
            and_later([returned.clone().then(Act::Payout), returned])
        }
        RejectedOver => and_later([closed_claim(rejected()), closed_claim(undecided()).then(Act::CollectBond)]),
        Gone => and_later([
            closed_claim(rejected()).then(Act::CloseIncident),
            closed_claim(passed().settled().then(Act::CollectBond)).then(Act::CloseIncident),
        ]),
    }
}

/// An incident that was just opened, and dora's claim of it.
fn claimed() -> Stage {
    Stage::insured().claimed()
}

/// The same, with a claim that dan disputes.
fn disputed() -> Stage {
    claimed().then(Act::Dispute("dan", COUNTER))
}

/// Walt alone votes, and the vote is closed in time.
fn counted(stage: Stage, side: u8) -> Stage {
    stage.then(Act::Vote("walt", side)).closed()
}

/// It passed, and can be appealed.
fn passed() -> Stage {
    counted(claimed(), FOR)
}

/// It failed, and can be appealed.
fn failed() -> Stage {
    counted(claimed(), AGAINST)
}

/// It passed, and so did the counter-amount of its claim, which nobody has carried out.
fn passed_and_disputed() -> Stage {
    let stage = disputed().then(Act::Vote("walt", FOR)).on_claim().until_open().decided(FOR).until_final();
    stage.on_incident().then(Act::CloseBallot)
}

/// Walt alone votes, and the vote is closed days after filing is over.
fn late(stage: Stage, side: u8, days: u64) -> Stage {
    stage.then(Act::Vote("walt", side)).until_filed().after_days(days).then(Act::CloseBallot)
}

/// Too few vote, and the ballot is closed days after filing is over.
fn late_without_quorum(stage: Stage, days: u64) -> Stage {
    stage.then(Act::Vote("yuri", FOR)).closed().until_filed().after_days(days).then(Act::CloseBallot)
}

/// Ballots that are open when filing is over: of each, closing it comes to something else.
fn late_votes() -> Vec<Stage> {
    let appealed = |stage, days, side| late(stage, FOR, days).then(Act::Appeal).then(Act::Vote("vera", side));
    vec![
        claimed().then(Act::Vote("walt", FOR)).until_filed(),
        claimed().then(Act::Vote("walt", AGAINST)).until_filed(),
        appealed(claimed(), 0, FOR),
        appealed(claimed(), 0, AGAINST),
        appealed(claimed(), 10, FOR),
        appealed(disputed(), 10, FOR),
    ]
}

/// Ballots that were closed after filing was over: of each, something else becomes.
fn late_counts() -> Vec<Stage> {
    vec![
        late(claimed(), FOR, 0),
        late(claimed(), AGAINST, 0),
        late(claimed(), FOR, 10),
        late(disputed(), FOR, 10),
        late_without_quorum(claimed(), 0),
        late_without_quorum(claimed(), 10),
        late_without_quorum(disputed(), 10),
    ]
}

/// The incident failed.
fn rejected() -> Stage {
    failed().until_final().then(Act::Settle)
}

/// The incident found no quorum.
fn undecided() -> Stage {
    claimed().without_quorum().until_final().then(Act::Settle)
}

/// Dora's claim is paid and its account closed.
fn closed_claim(stage: Stage) -> Stage {
    stage.then(Act::Payout).then(Act::CloseClaim)
}

/// Incidents of which a part is held back: the other is open, or has ended and taken all or nothing of it.
fn held() -> Vec<Stage> {
    let first = Stage::insured().settled_first(false);
    let both = first.clone().refilled(2_000_000).then_the_other();
    let returned = both.clone().then(Act::CollectBond);
    vec![
        first.refilled(2_000_000),
        Stage::insured().settled_first(false).then_the_other(),
        both.clone().after_days(2),
        both,
        returned.then(Act::Payout),
    ]
}

/// Each at once, and when no earlier event can be reported any more.
fn and_later<const N: usize>(stages: [Stage; N]) -> Vec<Stage> {
    stages.into_iter().flat_map(|stage| [stage.clone(), stage.after_days(2)]).collect()
}
