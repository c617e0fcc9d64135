//! The states of a ballot.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, DECIDE_INCIDENT, RESOLVE_DISPUTE, column};
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
    AppealWindowOpen, AppealWindowOver, BallotClosed, BallotNotOver, BallotNotRead, BallotOpen, NotAppealable,
    NotArbiter, NotArbitrable, NothingDue, VotingNotOpen, VotingOpen, VotingOver,
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
    about: "A ballot decides whether an incident counts, or whether the dispute of a claim is right. It has at most \
            two rounds: a vote, which is prolonged once when too few voted, and an appeal. Once it is final, \
            `decide_incident` or `resolve_dispute` carries it out, and `collect_vote_reward` releases the votes: until \
            then they lock their voters' stake.",
    births: &[
        ("open_incident", Voting, || Stage::insured().then(Act::Report)),
        ("dispute_claim", Waiting, || Stage::insured().claimed().then(Act::Dispute("dan", COUNTER)).on_claim()),
    ],
    columns: [
        column("vote", "by anyone who has not voted in this round, for either side", Stage::votes_to_cast),
        CLOSE_BALLOT,
        APPEAL,
        ARBITRATE,
        column(
            "collect_vote_reward",
            "of a vote that is not released yet, *–* where there is none; `BallotNotRead` while it is on a dispute \
             that is not resolved",
            Stage::votes_to_release,
        ),
        column("collect_appeal_bond", "`BallotNotRead` as for votes", |_| vec![Act::CollectAppealBond]),
        column("reclaim_ballot", "", |_| vec![Act::ReclaimBallot]),
    ],
    others: &[DECIDE_INCIDENT, RESOLVE_DISPUTE],
    rows: &[
        Row {
            state: Waiting,
            title: "waits to open",
            meaning: "Its claim can still be disputed for less: votes are taken once that time is over.",
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
            meaning: "Votes are taken, but those to come cannot change how it ends: anyone may close it.",
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
            meaning: "Too few had voted in time, so votes are taken for twice as long again. Those cast still count.",
            cells: open(&[To(Prolonged), To(Decided)], &[Fails(VotingOpen)]),
            passes: &[(TIME, ProlongedOver)],
        },
        Row {
            state: ProlongedOver,
            title: "prolonged, time over",
            meaning: "The longer time is over as well, and nobody has closed it yet.",
            cells: [
                &[Fails(VotingOver)],
                &[To(PassedAppealable), To(FailedAppealable), To(WaitsForArbiter), To(NoQuorum), To(Released)],
                &[Fails(BallotOpen)],
                &[Fails(NotArbitrable), Fails(NotArbiter)],
                &[Fails(BallotOpen), NoAccount],
                &[Fails(BallotOpen)],
                &[Fails(BallotOpen)],
            ],
            passes: &[],
        },
        Row {
            state: PassedAppealable,
            title: "passed, appealable",
            meaning: "Enough voted, and more than the threshold of them for. Anyone may appeal until the appeal \
                      window ends.",
            cells: appealable(&[To(AppealVoting)], &[Fails(NotArbitrable)]),
            passes: &[(TIME, Passed)],
        },
        Row {
            state: FailedAppealable,
            title: "failed, appealable",
            meaning: "Enough voted, but not more than the threshold of them for. Anyone may appeal until the appeal \
                      window ends.",
            cells: appealable(&[To(AppealVoting)], &[Fails(NotArbitrable)]),
            passes: &[(TIME, Failed)],
        },
        Row {
            state: WaitsForArbiter,
            title: "no quorum, waits for the arbiter",
            meaning: "Too few voted, twice. The arbiter may decide until the appeal window ends.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[To(Arbitrated), To(Released)],
                &[Fails(AppealWindowOpen), NoAccount],
                &[Fails(AppealWindowOpen)],
                &[Fails(AppealWindowOpen)],
            ),
            passes: &[(TIME, NoQuorum), (TIME, Released)],
        },
        Row {
            state: Passed,
            title: "passed",
            meaning: "It passed, and nobody appealed in time: final. Votes are to be released.",
            cells: ended(
                &[Fails(AppealWindowOver)],
                &[Fails(NotArbitrable)],
                &[Fails(BallotNotRead), To(Passed), To(Released), To(Over)],
                &[Fails(NothingDue), Fails(BallotNotRead)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Failed,
            title: "failed",
            meaning: "It failed, and nobody appealed in time: final. Votes are to be released.",
            cells: ended(
                &[Fails(AppealWindowOver)],
                &[Fails(NotArbitrable)],
                &[Fails(BallotNotRead), To(Failed), To(Released), To(Over)],
                &[Fails(NothingDue), Fails(BallotNotRead)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: NoQuorum,
            title: "no quorum",
            meaning: "Too few voted, twice, and nobody decided in their place: final. Votes are to be released, \
                      without a reward.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(AppealWindowOver), Fails(NotArbiter)],
                &[Fails(BallotNotRead), To(NoQuorum), To(Released), To(Over)],
                &[Fails(NothingDue), Fails(BallotNotRead)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Arbitrated,
            title: "arbitrated",
            meaning: "The arbiter decided in the voters' place, which is final at once. Votes are to be released.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[Fails(BallotNotRead), To(Arbitrated), To(Released), To(Over)],
                &[Fails(NothingDue), Fails(BallotNotRead)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: AppealVoting,
            title: "appeal, voting",
            meaning: "Everybody votes anew, with a higher quorum and for twice as long, and votes to come can still \
                      change how it ends.",
            cells: open(&[To(AppealVoting), To(AppealDecided)], &[Fails(VotingOpen)]),
            passes: &[(TIME, AppealOver)],
        },
        Row {
            state: AppealDecided,
            title: "appeal, decided early",
            meaning: "Votes are taken, but those to come cannot change how it ends: anyone may close it.",
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
            meaning: "The appeal changed nothing, or too few voted in it: the first outcome is final. The appeal's \
                      bond is to be shared out, and the votes of both rounds are to be released.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[Fails(BallotNotRead), To(Upheld), To(BondLeft)],
                &[Fails(BallotNotRead), To(VotesLeft)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: Overturned,
            title: "overturned",
            meaning: "The appeal changed the outcome, for good. Its bond is to be given back, and the votes of both \
                      rounds are to be released; anyone who voted for the first outcome in the first round loses a part \
                      of their stake.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[Fails(NotArbitrable)],
                &[Fails(BallotNotRead), To(Overturned), To(BondLeft)],
                &[Fails(BallotNotRead), To(VotesLeft)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[],
        },
        Row {
            state: VotesLeft,
            title: "appeal over, votes left",
            meaning: "The appeal is final and its bond is gone, but votes are to be released.",
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
            meaning: "The appeal is final and every vote is released, but its bond is still held.",
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
            title: "all released, not carried out",
            meaning: "Every vote is released, or none was cast, and no bond is held, but nobody has carried the \
                      outcome out. On a dispute this means that nobody voted: its votes are released only once it is \
                      resolved.",
            cells: ended(
                &[Fails(AppealWindowOver), Fails(NotAppealable)],
                &[Fails(NotArbitrable), Fails(AppealWindowOver)],
                &[NoAccount],
                &[Fails(NothingDue), Fails(BallotNotRead)],
                &[Fails(BallotNotOver)],
            ),
            passes: &[("decide_incident", Over), ("resolve_dispute", Over)],
        },
        Row {
            state: Over,
            title: "over",
            meaning: "The outcome was carried out, every vote is released and no bond is held: the account can be \
                      closed.",
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
