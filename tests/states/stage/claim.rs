//! Dora's claim, in incidents that are accepted or turned down.

use super::{AGAINST, Act, FOR, HALF, Stage, ballot::released};
use crate::declaration::claim::State;
use harness::UNIT;

/// Claims in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Filed => vec![
            Stage::insured().claimed().on_claim(),
            Stage::insured().claimed().decided(FOR).until_final().on_claim(),
            filed(false),
            filed(false).after_days(3),
        ],
        Disputable => vec![filed(true), read_late()],
        Standing => vec![filed(true).filed().until_settleable(), filed(true).after_days(3), read_late().after_days(1)],
        Voting => vec![
            disputed(),
            disputed().then(Act::Vote("vera", FOR)),
            disputed().then(Act::Vote("walt", HALF)),
            counted(FOR).then(Act::Appeal).then(Act::Vote("vera", AGAINST)),
        ],
        Counted => {
            vec![counted(FOR), counted(AGAINST), counted(HALF), undecided(), undecided().then(Act::Arbitrate(HALF))]
        }
        Resolvable => vec![
            counted(FOR).until_final(),
            counted(HALF).until_final(),
            counted(AGAINST).until_final(),
            undecided().until_final(),
        ],
        Stands => vec![
            resolved(counted(FOR)).filed().until_settleable(),
            resolved(undecided()).filed().until_settleable(),
            collected(resolved(undecided())),
            reclaimed(resolved(counted(FOR))),
        ],
        Reduced => vec![
            resolved(counted(HALF)).filed().until_settleable(),
            resolved(counted(FOR - 1)),
            collected(resolved(undecided().then(Act::Arbitrate(HALF)))),
            reclaimed(resolved(counted(HALF))),
        ],
        Nothing => vec![
            resolved(counted(AGAINST)).filed().until_settleable(),
            collected(resolved(counted(AGAINST))).filed().until_settleable(),
            reclaimed(resolved(counted(AGAINST))),
        ],
        OnAccount => vec![
            filed(true).filed().until_settleable().then(Act::Payout),
            resolved(counted(HALF)).then(Act::Payout),
            collected(resolved(undecided())).then(Act::Payout),
            reclaimed(resolved(counted(FOR))).then(Act::Payout),
            Stage::insured().funded(true).filed().until_settleable().then(Act::Payout),
            filed(true).filed().until_settleable().refilled(2_000_000).then(Act::Payout),
        ],
        Unpaid => vec![
            filed(true).settled(),
            resolved(counted(FOR)).settled(),
            resolved(counted(HALF)).settled(),
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
            resolved(counted(FOR)).settled().then(Act::Payout),
            collected(resolved(counted(HALF)).settled()).then(Act::Payout),
            Stage::insured().funded(true).settled().then(Act::PayoutToFunder),
        ],
        BondDue => vec![
            filed(false).then(Act::Decide),
            rejected(filed(false)),
            Stage::insured().funded(false).then(Act::Decide),
        ],
        DisputeLeft => vec![
            resolved(undecided()).settled().then(Act::Payout),
            resolved(counted(HALF)).settled().then(Act::Payout),
            resolved(counted(AGAINST)).settled(),
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

/// A claim that was filed long before the verdict was read.
fn read_late() -> Stage {
    Stage::insured().claimed().decided(FOR).until_final().after_days(10).then(Act::Decide).on_claim()
}

/// Dan disputes it.
fn disputed() -> Stage {
    filed(true).then(Act::Dispute("dan"))
}

/// Walt decides how much of it stands.
fn counted(level: u8) -> Stage {
    disputed().then(Act::Vote("walt", level)).closed()
}

/// Nobody decides on it but the arbiter could.
fn undecided() -> Stage {
    disputed().without_quorum()
}

/// What the ballot came to is carried out.
fn resolved(stage: Stage) -> Stage {
    stage.until_final().then(Act::Resolve)
}

/// What dan has due is collected.
fn collected(stage: Stage) -> Stage {
    stage.then(Act::CollectDisputeBond)
}

/// All votes on it are paid, and the account of its ballot is closed.
fn reclaimed(stage: Stage) -> Stage {
    released(stage).then(Act::ReclaimBallot)
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

/// Claims to which nothing is due: of incidents that do not count, and of one that counts.
fn over() -> Vec<Stage> {
    vec![
        filed(false).then(Act::Decide).then(Act::Payout),
        rejected(filed(false)).then(Act::Payout),
        collected(resolved(counted(AGAINST)).settled()),
        Stage::insured().funded(false).then(Act::Decide).then(Act::PayoutToFunder),
    ]
}
