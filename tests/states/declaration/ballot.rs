//! The states of a ballot.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, RESOLVE_DISPUTE, SETTLE_INCIDENT, column};
use crate::{
    machine::{
        Cell, Machine,
        Outcome::{Fails, NoAccount, To},
        Row, TIME,
    },
    stage::{Act, COUNTER, Stage},
};
use State::*;
use coverage_client::BreakwaterError::{
    AppealWindowOpen, AppealWindowOver, BallotClosed, BallotNotOver, BallotOpen, NotAppealable, NotArbiter,
    NotArbitrable, NothingDue, VotingNotOpen, VotingOpen, VotingOver,
};

/// Where a ballot stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Voting,
    Decided,
    TimeOver,
    Prolonged,
    ProlongedOver,
    PassedAppealable,
    FailedAppealable,
    WaitsForArbiter,
    Passed,
    Failed,
    NoQuorum,
    Arbitrated,
    AppealVoting,
    AppealDecided,
    AppealOver,
    Upheld,
    Overturned,
    VotesLeft,
    BondLeft,
    Released,
    Over,
    Gone,
}

/// A round that is open: only votes and its end are to come.
const fn open(vote: Cell<State>, close_ballot: Cell<State>) -> [Cell<State>; 7] {
    let (open, not_arbitrable): (Cell<State>, Cell<State>) = (&[Fails(BallotOpen)], &[Fails(NotArbitrable)]);
    [vote, close_ballot, open, not_arbitrable, open, open, open]
}

/// A first round that is closed: it is not final.
const fn appealable(appeal: Cell<State>, arbitrate: Cell<State>) -> [Cell<State>; 7] {
    let not_final: Cell<State> = &[Fails(AppealWindowOpen)];
    ended(appeal, arbitrate, not_final, not_final, not_final)
}

/// A round that is closed.
const fn ended(
    appeal: Cell<State>,
    arbitrate: Cell<State>,
    collect_vote_reward: Cell<State>,
    collect_appeal_bond: Cell<State>,
    reclaim_ballot: Cell<State>,
) -> [Cell<State>; 7] {
    [
        &[Fails(VotingOver)],
        &[Fails(BallotClosed)],
        appeal,
        arbitrate,
        collect_vote_reward,
        collect_appeal_bond,
        reclaim_ballot,
    ]
}

/// A ballot.
pub const MACHINE: Machine<State, 7> = Machine {
    name: "Ballots",
    about: "A ballot decides on an incident or on a disputed claim. It has at most two rounds: the vote, which goes \
            on for longer once if too few voted, and an appeal.",
    births: &[
        ("open_incident", Voting, || Stage::insured().then(Act::Report)),
        ("dispute_claim", Waiting, || Stage::insured().claimed().then(Act::Dispute("dan", COUNTER)).on_claim()),
    ],
    columns: [
        column("vote", "by anyone who has not voted in this round, for either side", Stage::votes_to_cast),
        CLOSE_BALLOT,
        APPEAL,
        ARBITRATE,
        column("collect_vote_reward", "of a vote that is not released yet", Stage::votes_to_release),
        column("collect_appeal_bond", "", |_| vec![Act::CollectAppealBond]),
        column("reclaim_ballot", "", |_| vec![Act::ReclaimBallot]),
    ],
    others: &[SETTLE_INCIDENT, RESOLVE_DISPUTE],
    rows: &[
        Row {
            state: Waiting,
            title: "waits to open",
            meaning: "It is on a claim that can still be disputed: it takes votes once that time is over.",
            cells: [
                &[Fails(VotingNotOpen)],
                &[Fails(VotingOpen)],
                &[Fails(BallotOpen)],
                &[Fails(NotArbitrable)],
                &[NoAccount],
                &[Fails(BallotOpen)],
                &[Fails(BallotOpen)],
            ],
            passes: &[(TIME, Voting)],
        },
        Row {
            state: Voting,
            title: "voting",
            meaning: "Votes are taken, and those to come can still change how it ends.",
            cells: open(&[To(Voting), To(Decided)], &[Fails(VotingOpen)]),
            passes: &[(TIME, TimeOver)],
        },
        Row {
            state: Decided,
            title: "decided early",
            meaning: "Votes are taken, but those to come cannot change how it ends.",
            cells: open(&[To(Decided)], &[To(PassedAppealable), To(FailedAppealable)]),
            passes: &[(TIME, TimeOver), (TIME, ProlongedOver)],
        },
        Row {
            state: TimeOver,
            title: "time over",
            meaning: "The time of the first vote is over, and nobody has closed it yet.",
            cells: open(&[Fails(VotingOver)], &[To(Prolonged), To(PassedAppealable), To(FailedAppealable)]),
            passes: &[],
        },
        Row {
            state: Prolonged,
            title: "prolonged",
            meaning: "Too few had voted in time, so votes are taken for twice as long again. Those cast count.",
            cells: open(&[To(Prolonged), To(Decided)], &[Fails(VotingOpen)]),
            passes: &[(TIME, ProlongedOver)],
        },
        Row {
            state: ProlongedOver,
            title: "prolonged, time over",
            meaning: "The longer time is over as well, and nobody has closed it yet.",
            cells: [
                &[Fails(VotingOver)],
                &[To(PassedAppealable), To(FailedAppealable), To(WaitsForArbiter), To(NoQuorum)],
                &[Fails(BallotOpen)],
                &[Fails(NotArbitrable), Fails(NotArbiter)],
                &[Fails(BallotOpen)],
                &[Fails(BallotOpen)],
                &[Fails(BallotOpen)],
            ],
            passes: &[],
        },
        Row {
            state: PassedAppealable,
            title: "passed, appealable",
            meaning: "More than the threshold voted for it. Anyone may appeal until the appeal window ends.",
            cells: appealable(&[To(AppealVoting)], &[Fails(NotArbitrable)]),
            passes: &[(TIME, Passed)],
        },
        Row {
            state: FailedAppealable,
            title: "failed, appealable",
            meaning: "Not more than the threshold voted for it. Anyone may appeal until the appeal window ends.",
            cells: appealable(&[To(AppealVoting)], &[Fails(NotArbitrable)]),
            passes: &[(TIME, Failed)],
        },
        Row {
            state: WaitsForArbiter,
            title: "no quorum, waits for the arbiter",
            meaning: "Too few voted twice. The arbiter may decide until the appeal window ends.",
            cells: appealable(&[Fails(NotAppealable)], &[To(Arbitrated)]),
            passes: &[(TIME, NoQuorum)],
        },
        Row {
            state: Passed,
            title: "passed",
            meaning: "It passed, nobody appealed, and votes are to be released.",
            cells: ended(
                &[Fails(AppealWindowOver)],
                &[Fails(NotArbitrable)],
                &[To(Passed), To(Released), To(Over)],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Failed,
            title: "failed",
            meaning: "It failed, nobody appealed, and votes are to be released.",
            cells: ended(
                &[Fails(AppealWindowOver)],
                &[Fails(NotArbitrable)],
                &[To(Failed), To(Released), To(Over)],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: NoQuorum,
            title: "no quorum",
            meaning: "Too few voted twice, nobody decided in their place, and votes are to be released, without a \
                      reward.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(AppealWindowOver), Fails(NotArbiter)],
                &[To(NoQuorum), To(Released), To(Over)],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Arbitrated,
            title: "arbitrated",
            meaning: "The arbiter decided, which is final at once, and votes are to be released.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[To(Arbitrated), To(Released), To(Over)],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: AppealVoting,
            title: "appeal, voting",
            meaning: "Votes are taken anew, with twice the quorum and for twice as long, and those to come can still \
                      change how it ends.",
            cells: open(&[To(AppealVoting), To(AppealDecided)], &[Fails(VotingOpen)]),
            passes: &[(TIME, AppealOver)],
        },
        Row {
            state: AppealDecided,
            title: "appeal, decided early",
            meaning: "Votes are taken anew, but those to come cannot change how it ends.",
            cells: open(&[To(AppealDecided)], &[To(Upheld), To(Overturned)]),
            passes: &[(TIME, AppealOver)],
        },
        Row {
            state: AppealOver,
            title: "appeal, time over",
            meaning: "The time of the appeal is over, and nobody has closed it yet.",
            cells: open(&[Fails(VotingOver)], &[To(Upheld), To(Overturned)]),
            passes: &[],
        },
        Row {
            state: Upheld,
            title: "upheld",
            meaning: "The appeal changed nothing, or too few voted in it. Its bond is to be shared out, and votes of \
                      both rounds are to be released.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[To(Upheld), To(BondLeft)],
                &[To(VotesLeft)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Overturned,
            title: "overturned",
            meaning: "The appeal changed the outcome. Its bond is to be given back, and votes of both rounds are to \
                      be released; those for the first outcome lose a part of their stake.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[To(Overturned), To(BondLeft)],
                &[To(VotesLeft)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: VotesLeft,
            title: "appeal over, votes left",
            meaning: "The bond of the appeal is gone, and votes are to be released.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[To(VotesLeft), To(Released), To(Over)],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: BondLeft,
            title: "appeal over, bond left",
            meaning: "Every vote is released, and the bond of the appeal is still held.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[NoAccount],
                &[To(Released), To(Over)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Released,
            title: "released, not carried out",
            meaning: "Final, with every vote released and no bond held, but whoever opened it has not read the \
                      outcome.",
            cells: ended(
                &[Fails(AppealWindowOver), Fails(NotAppealable)],
                &[Fails(NotArbitrable), Fails(AppealWindowOver)],
                &[NoAccount],
                &[Fails(NothingDue)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[("settle_incident", Over), ("resolve_dispute", Over)],
        },
        Row {
            state: Over,
            title: "released and reclaimable",
            meaning: "Nothing can come of it any more: the outcome was read, every vote is released and no bond is \
                      held.",
            cells: ended(
                &[Fails(AppealWindowOver), Fails(NotAppealable)],
                &[Fails(NotArbitrable), Fails(AppealWindowOver)],
                &[NoAccount],
                &[Fails(NothingDue)],
                &[To(Gone)],
            ),
            passes: &[],
        },
        Row {
            state: Gone,
            title: "closed",
            meaning: "The account is closed.",
            cells: [&[NoAccount], &[NoAccount], &[NoAccount], &[NoAccount], &[NoAccount], &[NoAccount], &[NoAccount]],
            passes: &[],
        },
    ],
};
