//! Incidents, with a claim each.

use super::{AGAINST, Act, FOR, HALF, Stage};
use crate::declaration::incident::State;
use harness::UNIT;

/// Incidents in a state, as differently as they can be.
pub fn stages(state: State) -> Vec<Stage> {
    use State::*;
    match state {
        Voting => vec![
            claimed().then(Act::Vote("walt", FOR)),
            claimed().then(Act::Vote("vera", FOR)),
            claimed().then(Act::Vote("vera", AGAINST)),
            passed().then(Act::Appeal).then(Act::Vote("vera", FOR)),
            passed().then(Act::Appeal).then(Act::Vote("vera", AGAINST)),
            behind().then(Act::Vote("vera", AGAINST)),
        ],
        Counted => {
            vec![passed(), failed(), claimed().without_quorum(), claimed().without_quorum().then(Act::Arbitrate(FOR))]
        }
        Passed => vec![
            passed().until_final(),
            passed().until_final().after_days(100),
            claimed().without_quorum().then(Act::Arbitrate(FOR)).until_final(),
            counted(behind(), FOR).until_final(),
        ],
        Failed => vec![
            failed().until_final(),
            passed().then(Act::Appeal).decided(AGAINST),
            claimed().without_quorum().until_final(),
            counted(behind(), AGAINST).until_final(),
        ],
        Filing => vec![accepted(), accepted().then(Act::CollectBond), counted(behind(), FOR).read()],
        ToFree => vec![
            accepted().until_filed(),
            accepted().until_settleable(),
            disputed().until_settleable(),
            counted(behind(), FOR).read().until_settleable(),
        ],
        DisputeWindow => vec![
            accepted().filed(),
            left(accepted()).filed(),
            disputed().filed(),
            counted(behind(), FOR).read().filed(),
        ],
        WaitsForDispute => {
            vec![disputed().filed().until_settleable(), decided_dispute().filed().until_settleable()]
        }
        WaitsInLine => vec![counted(behind(), FOR).read().filed().until_settleable()],
        Ready => {
            let rivalled = Stage::insured().rivalled(false);
            vec![
                ready(),
                ready().then(Act::CollectBond),
                left(accepted()).filed().until_settleable(),
                rivalled.clone(),
                rivalled.then_the_other(),
            ]
        }
        Refused => vec![
            failed().read(),
            closed_claim(failed().read()),
            undecided(),
            undecided().then(Act::CollectBond),
            closed_claim(undecided()).then(Act::CollectBond),
        ],
        RefusedInLine => vec![counted(behind(), AGAINST).read()],
        SettledHeld => held(),
        SettledPart => vec![Stage::insured().settled_in_part(false)],
        SettledFull => vec![
            accepted().settled(),
            closed_claim(accepted().settled()),
            left(accepted()).settled(),
            closed_claim(left(accepted()).settled()),
            Stage::insured().settled_in_part(false).then(Act::Recover(1_000_000 * UNIT)),
        ],
        Paying => {
            let paying = accepted().settled().then(Act::CollectBond);
            let left = left(accepted()).settled().then(Act::CollectBond).then(Act::Payout);
            let in_part = Stage::insured().settled_in_part(false).then(Act::CollectBond);
            vec![paying.clone().then(Act::Payout), paying, left, in_part]
        }
        RejectedLost => {
            let left = left(claimed()).then(Act::Vote("walt", AGAINST)).closed().read().then(Act::Settle);
            vec![rejected(), rejected().then(Act::Payout), left.then(Act::Payout)]
        }
        RejectedUndecided => {
            let rejected = undecided().then(Act::Settle);
            vec![rejected.clone(), closed_claim(rejected)]
        }
        RejectedReturned => {
            let returned = undecided().then(Act::Settle).then(Act::CollectBond);
            vec![returned.clone().then(Act::Payout), returned]
        }
        LeftBehind => left_behind().to_vec(),
        SettledOver => {
            let [settled, _] = left_behind();
            vec![closed_claim(accepted().settled().then(Act::CollectBond)), settled.then(Act::Release)]
        }
        RejectedOver => {
            let [_, rejected] = left_behind();
            vec![
                closed_claim(self::rejected()),
                closed_claim(undecided().then(Act::Settle)).then(Act::CollectBond),
                rejected.then(Act::Release),
            ]
        }
        Gone => {
            let settled = closed_claim(accepted().settled().then(Act::CollectBond));
            vec![closed_claim(rejected()).then(Act::CloseIncident), settled.then(Act::CloseIncident)]
        }
    }
}

/// An incident that was just opened, and dora's claim of it.
fn claimed() -> Stage {
    Stage::insured().claimed()
}

/// The same, in line behind another.
fn behind() -> Stage {
    Stage::insured().in_line().claimed()
}

/// It counts, and dan disputes its claim.
fn disputed() -> Stage {
    accepted().then(Act::Dispute("dan"))
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

/// It counts.
fn accepted() -> Stage {
    passed().read()
}

/// It can be settled.
fn ready() -> Stage {
    accepted().filed().until_settleable()
}

/// The same, and half of it is to stand, which nobody has carried out.
fn decided_dispute() -> Stage {
    disputed().on_claim().decided(HALF).until_final().on_incident()
}

/// Ada leaves while it is open, and takes her part of what is set aside along.
fn left(stage: Stage) -> Stage {
    stage.then(Act::PayExits)
}

/// It failed, and was rejected.
fn rejected() -> Stage {
    failed().read().then(Act::Settle)
}

/// Too few voted, and it is refused.
fn undecided() -> Stage {
    claimed().without_quorum().read()
}

/// Incidents that are over but for ada, who left while they were open: one was settled, one rejected.
fn left_behind() -> [Stage; 2] {
    let rejected = left(claimed()).then(Act::Vote("walt", AGAINST)).closed().read().then(Act::Settle);
    [closed_claim(left(accepted()).settled().then(Act::CollectBond)), closed_claim(rejected)]
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
        both,
        returned.then(Act::Payout),
    ]
}
