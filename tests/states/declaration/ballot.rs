//! The states of a ballot.

use super::{APPEAL, ARBITRATE, CLOSE_BALLOT, DECIDE_INCIDENT, RESOLVE_DISPUTE, column};
use crate::{
    machine::{
        Cell, Machine,
        Outcome::{Fails, NoAccount, To},
        Row, TIME,
    },
    stage::{Act, Stage},
};
use State::*;
use coverage_client::BreakwaterError::{
    AlreadyVoted, AppealWindowOpen, AppealWindowOver, BallotClosed, BallotNotOver, BallotNotRead, BallotOpen,
    NotAppealable, NotArbiter, NotArbitrable, NothingDue, VotingOpen, VotingOver, WrongReceiver,
};

/// Where a ballot stands; [`MACHINE`] says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Voting,
    Decided,
    TimeOver,
    Prolonged,
    ProlongedOver,
    PassedAppealable,
    FailedAppealable,
    HowMuchAppealable,
    WaitsForArbiter,
    ArbitratedAppealable,
    Passed,
    Failed,
    HowMuch,
    Undecided,
    Arbitrated,
    AppealVoting,
    AppealDecided,
    AppealOver,
    Upheld,
    Overturned,
    BothLeft,
    VotesLeft,
    BondLeft,
    Over,
    Gone,
}

/// A round that is open: only votes and its end are to come. `release` is what becomes of the release of a vote.
const fn open(vote: Cell<State>, close_ballot: Cell<State>, release: Cell<State>) -> [Cell<State>; 7] {
    let (open, not_arbitrable): (Cell<State>, Cell<State>) = (&[Fails(BallotOpen)], &[Fails(NotArbitrable)]);
    [vote, close_ballot, open, not_arbitrable, release, NOTHING, open]
}

/// A first round that is closed: it is not final.
const fn appealable(appeal: Cell<State>, arbitrate: Cell<State>) -> [Cell<State>; 7] {
    ended(appeal, arbitrate, &[Fails(AppealWindowOpen)], NOTHING, &[Fails(AppealWindowOpen)])
}

/// One that is final, and that nobody has read.
const fn unread(appeal: Cell<State>, arbitrate: Cell<State>, release: Cell<State>) -> [Cell<State>; 7] {
    ended(appeal, arbitrate, release, NOTHING, &[Fails(BallotNotOver)])
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

const NOTHING: Cell<State> = &[Fails(NothingDue)];
const OPEN: Cell<State> = &[Fails(BallotOpen)];
const NOT_OVER: Cell<State> = &[Fails(BallotNotOver)];
const OVER: Cell<State> = &[Fails(AppealWindowOver), Fails(NotAppealable)];
const NOT_ARBITRABLE: Cell<State> = &[Fails(NotArbitrable)];

/// A ballot.
pub const MACHINE: Machine<State, 7> = Machine {
    name: "Ballots",
    about: "A ballot decides whether an incident counts, or how much of a claim stands, in sixteenths. It has at most \
            two rounds: a vote, and an appeal to which all votes are carried over. A round goes on once when too few voted, \
            and runs on when its outcome moved in its last day. What a delegate votes, its \
            owner can still move in the same round. Who does not vote counts for the default, up to the quorum. Once \
            it is final, `collect_vote_reward` releases the votes, which lock their voters' stake until then, and `decide_incident` or \
            `resolve_dispute` reads it; then `collect_vote_reward` pays the votes and closes their records.",
    births: &[
        ("open_incident", Voting, || Stage::insured().then(Act::Report)),
        ("dispute_claim", Voting, || Stage::insured().claimed_late(true).then(Act::Dispute("dan"))),
    ],
    columns: [
        column(
            "vote",
            "by everybody, and by the delegate of two of them, for every answer; `AlreadyVoted` of who has voted in this round, and of a \
             delegate of who has voted in any",
            Stage::votes_to_cast,
        ),
        CLOSE_BALLOT,
        APPEAL,
        ARBITRATE,
        column(
            "collect_vote_reward",
            "of a vote whose record is not closed, with and without a token account of the voter's; *–* where there is none",
            Stage::votes_to_release,
        ),
        column("collect_appeal_bond", "", |_| vec![Act::CollectAppealBond]),
        column("reclaim_ballot", "", |_| vec![Act::ReclaimBallot]),
    ],
    others: &[DECIDE_INCIDENT, RESOLVE_DISPUTE],
    rows: &[
        Row {
            state: Voting,
            title: "voting",
            meaning: "Votes are taken, and those to come can still change how it ends.",
            cells: open(&[To(Voting), To(Decided), Fails(AlreadyVoted)], &[Fails(VotingOpen)], OPEN),
            passes: &[(TIME, TimeOver)],
        },
        Row {
            state: Decided,
            title: "decided early",
            meaning: "Votes are taken, but those to come cannot change how it ends: anyone may close it.",
            cells: open(
                &[To(Decided), Fails(AlreadyVoted)],
                &[To(PassedAppealable), To(FailedAppealable), To(HowMuchAppealable)],
                OPEN,
            ),
            passes: &[(TIME, TimeOver), (TIME, ProlongedOver)],
        },
        Row {
            state: TimeOver,
            title: "time over",
            meaning: "The time of the first vote is over, and nobody has closed it yet. Where its outcome moved in the last \
                      day, closing it lets it run on for a day.",
            cells: open(
                &[Fails(VotingOver)],
                &[To(Voting), To(Prolonged), To(PassedAppealable), To(FailedAppealable), To(HowMuchAppealable)],
                OPEN,
            ),
            passes: &[],
        },
        Row {
            state: Prolonged,
            title: "prolonged",
            meaning: "Too few had voted in time, so votes are taken for twice as long again. Those cast still count.",
            cells: open(
                &[To(Prolonged), To(Decided), Fails(AlreadyVoted)],
                &[Fails(VotingOpen)],
                &[Fails(BallotOpen), NoAccount],
            ),
            passes: &[(TIME, ProlongedOver)],
        },
        Row {
            state: ProlongedOver,
            title: "prolonged, time over",
            meaning: "The longer time is over as well, and nobody has closed it yet. Where its outcome moved in the last day, \
                      closing it lets it run on for a day.",
            cells: [
                &[Fails(VotingOver)],
                &[
                    To(Prolonged),
                    To(PassedAppealable),
                    To(FailedAppealable),
                    To(HowMuchAppealable),
                    To(WaitsForArbiter),
                    To(Undecided),
                ],
                OPEN,
                &[Fails(NotArbitrable), Fails(NotArbiter)],
                &[Fails(BallotOpen), NoAccount],
                NOTHING,
                OPEN,
            ],
            passes: &[],
        },
        Row {
            state: PassedAppealable,
            title: "passed, appealable",
            meaning: "More than the threshold were for it, of the quorum at least. Anyone may appeal until the appeal \
                      window ends.",
            cells: appealable(&[To(AppealVoting)], NOT_ARBITRABLE),
            passes: &[(TIME, Passed)],
        },
        Row {
            state: FailedAppealable,
            title: "failed, appealable",
            meaning: "Enough voted, but not more than the threshold of them for. Anyone may appeal until the appeal \
                      window ends.",
            cells: appealable(&[To(AppealVoting)], NOT_ARBITRABLE),
            passes: &[(TIME, Failed)],
        },
        Row {
            state: HowMuchAppealable,
            title: "decided how much, appealable",
            meaning: "The middle of what was voted says how many sixteenths of the claim stand. Anyone may appeal until the appeal \
                      window ends.",
            cells: appealable(&[To(AppealVoting)], NOT_ARBITRABLE),
            passes: &[(TIME, HowMuch)],
        },
        Row {
            state: WaitsForArbiter,
            title: "too few voted, waits for the arbiter",
            meaning: "Too few voted, twice, and those who did wanted something else than the default, or nobody voted. The \
                      arbiter may decide until the appeal window ends; then the default holds.",
            cells: ended(
                &[Fails(NotAppealable)],
                &[To(ArbitratedAppealable)],
                &[Fails(AppealWindowOpen), NoAccount],
                NOTHING,
                &[Fails(AppealWindowOpen)],
            ),
            passes: &[(TIME, Undecided)],
        },
        Row {
            state: ArbitratedAppealable,
            title: "arbitrated, appealable",
            meaning: "The arbiter decided in the voters' place. Anyone may appeal until a second appeal window ends.",
            cells: ended(
                &[To(AppealVoting)],
                NOT_ARBITRABLE,
                &[Fails(AppealWindowOpen), NoAccount],
                NOTHING,
                &[Fails(AppealWindowOpen)],
            ),
            passes: &[(TIME, Arbitrated)],
        },
        Row {
            state: Passed,
            title: "passed",
            meaning: "It passed, and nobody appealed in time: final, to be read.",
            cells: unread(&[Fails(AppealWindowOver)], NOT_ARBITRABLE, &[To(Passed), Fails(BallotNotRead)]),
            passes: &[("decide_incident", VotesLeft)],
        },
        Row {
            state: Failed,
            title: "failed",
            meaning: "It failed, and nobody appealed in time: final, to be read.",
            cells: unread(&[Fails(AppealWindowOver)], NOT_ARBITRABLE, &[To(Failed), Fails(BallotNotRead)]),
            passes: &[("decide_incident", VotesLeft)],
        },
        Row {
            state: HowMuch,
            title: "decided how much",
            meaning: "It says how much of the claim stands, and nobody appealed in time: final, to be read.",
            cells: unread(&[Fails(AppealWindowOver)], NOT_ARBITRABLE, &[To(HowMuch), Fails(BallotNotRead)]),
            passes: &[("resolve_dispute", VotesLeft)],
        },
        Row {
            state: Undecided,
            title: "by default",
            meaning: "Too few voted, twice, and the default came of it, and no arbiter decided: final, to be read.",
            cells: unread(
                &[Fails(NotAppealable)],
                &[Fails(AppealWindowOver), Fails(NotArbitrable), Fails(NotArbiter)],
                &[To(Undecided), Fails(BallotNotRead), NoAccount],
            ),
            passes: &[
                ("decide_incident", VotesLeft),
                ("decide_incident", Over),
                ("resolve_dispute", VotesLeft),
                ("resolve_dispute", Over),
            ],
        },
        Row {
            state: Arbitrated,
            title: "arbitrated",
            meaning: "The arbiter decided in the voters' place, and nobody appealed in time: final, to be read.",
            cells: unread(
                &[Fails(AppealWindowOver)],
                NOT_ARBITRABLE,
                &[To(Arbitrated), Fails(BallotNotRead), NoAccount],
            ),
            passes: &[("decide_incident", VotesLeft), ("resolve_dispute", VotesLeft), ("resolve_dispute", Over)],
        },
        Row {
            state: AppealVoting,
            title: "appeal, voting",
            meaning: "Everybody may vote, those who have voted anew, with a higher quorum, and votes to come can still \
                      change how it ends. It goes on and runs on as the first vote does.",
            cells: open(
                &[To(AppealVoting), To(AppealDecided), Fails(AlreadyVoted)],
                &[Fails(VotingOpen)],
                &[Fails(BallotOpen), NoAccount],
            ),
            passes: &[(TIME, AppealOver)],
        },
        Row {
            state: AppealDecided,
            title: "appeal, decided early",
            meaning: "Votes are taken, but those to come cannot change how it ends: anyone may close it.",
            cells: open(&[To(AppealDecided), Fails(AlreadyVoted)], &[To(Upheld), To(Overturned)], OPEN),
            passes: &[(TIME, AppealOver)],
        },
        Row {
            state: AppealOver,
            title: "appeal, time over",
            meaning: "The time of the appeal is over, and nobody has closed it yet.",
            cells: open(
                &[Fails(VotingOver)],
                &[To(AppealVoting), To(Upheld), To(Overturned)],
                &[Fails(BallotOpen), NoAccount],
            ),
            passes: &[],
        },
        Row {
            state: Upheld,
            title: "upheld",
            meaning: "The appeal changed nothing: the first outcome is final, to be read. The appeal's bond is lost.",
            cells: unread(&[Fails(NotAppealable)], NOT_ARBITRABLE, &[To(Upheld), Fails(BallotNotRead), NoAccount]),
            passes: &[("decide_incident", VotesLeft), ("resolve_dispute", VotesLeft), ("resolve_dispute", Over)],
        },
        Row {
            state: Overturned,
            title: "overturned",
            meaning: "The appeal changed the outcome, for good: to be read. Its bond is to be given back, a quarter of it for each \
                      level. Where those are four or more, anyone who voted in the first round for its outcome, or further away, loses a part \
                      of their stake.",
            cells: unread(&[Fails(NotAppealable)], NOT_ARBITRABLE, &[To(Overturned), Fails(BallotNotRead)]),
            passes: &[("decide_incident", BothLeft), ("resolve_dispute", BothLeft)],
        },
        Row {
            state: BothLeft,
            title: "read, votes and bond left",
            meaning: "It was read. Votes are to be released or paid, and the bond of an appeal that changed the outcome is to be given \
                      back.",
            cells: ended(
                &[Fails(NotAppealable)],
                NOT_ARBITRABLE,
                &[To(BothLeft), To(BondLeft), Fails(WrongReceiver)],
                &[To(VotesLeft)],
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: VotesLeft,
            title: "read, votes left",
            meaning: "It was read, and no bond is due. Votes are to be released or paid.",
            cells: ended(
                OVER,
                &[Fails(NotArbitrable), Fails(AppealWindowOver)],
                &[To(VotesLeft), To(Over), Fails(WrongReceiver)],
                NOTHING,
                NOT_OVER,
            ),
            passes: &[],
        },
        Row {
            state: BondLeft,
            title: "read, bond left",
            meaning: "It was read, and every vote's record is closed, but the bond of its appeal is to be given back.",
            cells: ended(&[Fails(NotAppealable)], NOT_ARBITRABLE, &[NoAccount], &[To(Over)], NOT_OVER),
            passes: &[],
        },
        Row {
            state: Over,
            title: "over",
            meaning: "It was read, every vote's record is closed and no bond is held: the account can be closed.",
            cells: ended(
                OVER,
                &[Fails(NotArbitrable), Fails(AppealWindowOver), Fails(NotArbiter)],
                &[NoAccount],
                NOTHING,
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
