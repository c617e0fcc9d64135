//! Dora's claim, in incidents that are accepted or turned down.

use super::{AGAINST, Act, COUNTER, FOR, Stage};
use crate::declaration::claim::State;
use harness::UNIT;

/// Claims in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Disputable => vec![Stage::insured().claimed().on_claim(), filed(true), filed(false)],
        Standing => vec![filed(true).filed().until_settleable(), filed(false).after_days(3)],
        Disputed => vec![
            disputed(true, COUNTER),
            disputed(false, COUNTER),
            disputed(true, COUNTER).then(Act::Dispute("eve", COUNTER / 2)),
        ],
        Voting => vec![
            disputed(true, COUNTER).until_open(),
            disputed(true, COUNTER).until_open().then(Act::Vote("vera", FOR)),
            disputed(false, COUNTER).until_open(),
            counted(true, COUNTER, FOR).then(Act::Appeal).then(Act::Vote("vera", AGAINST)),
        ],
        Counted => vec![
            counted(true, COUNTER, FOR),
            counted(true, COUNTER, AGAINST),
            counted(false, COUNTER, FOR),
            undecided(true),
            undecided(true).then(Act::Arbitrate(FOR)),
        ],
        Resolvable => vec![
            counted(true, COUNTER, FOR).until_final(),
            counted(true, COUNTER, AGAINST).until_final(),
            counted(true, 0, FOR).until_final(),
            counted(false, 0, FOR).until_final(),
            undecided(true).until_final(),
        ],
        Stands => vec![
            resolved(counted(true, COUNTER, AGAINST)).filed().until_settleable(),
            resolved(undecided(true)).filed().until_settleable(),
            resolved(undecided(false)),
        ],
        Reduced => {
            let settleable = resolved(counted(true, COUNTER, FOR)).filed().until_settleable();
            vec![settleable, resolved(counted(false, COUNTER, FOR))]
        }
        Nothing => vec![
            resolved(counted(true, 0, FOR)).filed().until_settleable(),
            collected(resolved(counted(true, 0, FOR))).filed().until_settleable(),
            resolved(counted(false, 0, FOR)),
        ],
        Unpaid => vec![
            filed(true).settled(),
            resolved(counted(true, COUNTER, AGAINST)).settled(),
            resolved(counted(true, COUNTER, FOR)).settled(),
            Stage::insured().settled_in_part(false),
            Stage::insured().settled_first(false),
            Stage::insured().funded(true).settled(),
        ],
        PaidPart => vec![paid_in_part(false), paid_in_part(true), collected(paid_in_part(true)), held_back()],
        DueAgain => vec![
            paid_in_part(false).then(Act::Recover(UNIT)),
            paid_in_part(false).then(Act::Recover(1_000_000 * UNIT)),
            paid_in_part(true).then(Act::Recover(1_000_000 * UNIT)),
            held_back().then(Act::SettleRest),
        ],
        PaidFull => vec![
            filed(true).settled().then(Act::Payout),
            collected(resolved(counted(true, COUNTER, FOR)).settled()).then(Act::Payout),
            Stage::insured().funded(true).settled().then(Act::PayoutToFunder),
        ],
        BondDue => vec![
            filed(false).then(Act::Decide),
            rejected(filed(false)),
            rejected(resolved(counted(false, COUNTER, FOR))),
            rejected(counted(false, COUNTER, FOR).until_final()).then(Act::Resolve),
            Stage::insured().funded(false).then(Act::Decide),
        ],
        BondDueDisputed => void(),
        RejectedDisputed => {
            let mut stages: Vec<_> = void().into_iter().map(|stage| stage.then(Act::Payout)).collect();
            stages.extend(void().into_iter().map(|stage| collected(stage).then(Act::Payout)));
            stages
        }
        DisputeLeft => vec![
            resolved(counted(true, COUNTER, AGAINST)).settled().then(Act::Payout),
            resolved(counted(true, 0, FOR)).settled(),
            counted(false, COUNTER, FOR).until_final().then(Act::Decide).then(Act::Payout).then(Act::Resolve),
        ],
        BondWaits => vec![
            Stage::insured().funded(true).settled().then(Act::Payout),
            Stage::insured().funded(false).then(Act::Decide).then(Act::Payout),
        ],
        Rejected => over(),
        Gone => {
            let mut stages = over();
            stages.push(filed(true).settled().then(Act::Payout));
            stages.into_iter().map(|stage| stage.then(Act::CloseClaim)).collect()
        }
    }
}

/// A claim of an incident that was accepted, or that failed and whose verdict nobody has read.
fn filed(accepted: bool) -> Stage {
    Stage::insured().claimed_late(accepted)
}

/// Dan disputes it.
fn disputed(accepted: bool, counter: u64) -> Stage {
    filed(accepted).then(Act::Dispute("dan", counter))
}

/// Walt decides on dan's counter-amount.
fn counted(accepted: bool, counter: u64, side: u8) -> Stage {
    disputed(accepted, counter).until_open().then(Act::Vote("walt", side)).closed()
}

/// Nobody decides on dan's counter-amount but the arbiter could.
fn undecided(accepted: bool) -> Stage {
    disputed(accepted, COUNTER).until_open().without_quorum()
}

/// What the ballot came to is carried out.
fn resolved(stage: Stage) -> Stage {
    stage.until_final().then(Act::Resolve)
}

/// The bond of dan's dispute is collected.
fn collected(stage: Stage) -> Stage {
    stage.then(Act::CollectDisputeBond("dan"))
}

/// A claim that got a part of what it is worth.
fn paid_in_part(disputed: bool) -> Stage {
    Stage::insured().settled_in_part(disputed).then(Act::Payout).on_claim()
}

/// The same, and the rest is held back for an incident that has ended by now.
fn held_back() -> Stage {
    Stage::insured().settled_first(false).refilled(2_000_000).then_the_other().then(Act::Payout).on_claim()
}

/// The incident does not count, and is rejected.
fn rejected(stage: Stage) -> Stage {
    stage.then(Act::Decide).then(Act::Settle)
}

/// Claims of incidents that do not count, with a dispute that nobody decided in time: before, in and after its vote.
fn void() -> Vec<Stage> {
    let stages =
        [disputed(false, COUNTER), counted(false, COUNTER, AGAINST), counted(false, COUNTER, FOR).until_final()];
    let refused = stages.into_iter().map(|stage| stage.then(Act::Decide));
    refused.flat_map(|stage| [stage.clone(), stage.then(Act::Settle)]).collect()
}

/// Claims to which nothing is due: of incidents that do not count, and of one that counts.
fn over() -> Vec<Stage> {
    vec![
        filed(false).then(Act::Decide).then(Act::Payout),
        rejected(filed(false)).then(Act::Payout),
        collected(resolved(counted(true, 0, FOR)).settled()),
        collected(rejected(resolved(counted(false, 0, FOR)))),
        Stage::insured().funded(false).then(Act::Decide).then(Act::PayoutToFunder),
    ]
}
