//! Ballots: what is asked, who votes how, what comes of it.

use crate::{
    ALL_BPS, Account, AssemblyParams, Atoms, EXTENSION, Fault, MAX_EXTENSIONS, Model, Name, Outcome, Rule, down, must,
    part_up, up,
};

/// Against, of a ballot with two answers.
pub const AGAINST: u8 = 0;
/// For, of a ballot with two answers; the highest level of one that asks how much, in sixteenths.
pub const FOR: u8 = 16;

/// Levels by which an outcome must move in the last window for a round to run on.
const MOVED: u8 = 2;
/// What lets a ballot pass for which the default is, or decides how much, bps: a half.
const HALF_BPS: u16 = 5_000;

/// Closings of a round with a tip: one, one where it goes on for want of votes, and three where its outcome moves.
pub(crate) const CLOSINGS: u8 = 2 + MAX_EXTENSIONS;

/// A question.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What is voted on.
    pub subject: Subject,
    /// The pool it is about.
    pub pool: usize,
    /// The number of the court that decides.
    pub court: usize,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Who decides when too few vote.
    pub arbiter: Option<Name>,
    /// Terms of the assembly when it was asked; where what stands without a vote is the highest level, a half is the threshold.
    pub terms: AssemblyParams,
    /// Stakes count that age since then or before.
    pub eligible_before: u64,
    /// All that counts, when it was asked, atoms.
    pub eligible_weight: Atoms,
    /// How long its outcome can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond of an appeal, atoms; what goes back of it once the outcome was read.
    pub appeal_bond: Atoms,
    /// What its voters share where as many vote as must, atoms; the reward once the outcome was read.
    pub pot: Atoms,
    /// Whether what is asked became void.
    pub void: bool,
    /// Whether the incident, the claim or the change that asked has read the answer.
    pub executed: bool,
    /// Whether the arbiter decided.
    pub arbitrated: bool,
    /// Who appealed.
    pub appellant: Option<Name>,
    /// Whether the appeal's bond has left.
    pub appeal_bond_gone: bool,
    /// Tips that are left.
    pub tips: u8,
    /// The first round, and an appeal.
    pub rounds: Vec<Round>,
    /// One of every voter.
    pub votes: Vec<Cast>,
    /// Whether its account is closed.
    pub gone: bool,
    /// Whether who stays away counts for nothing, and no vote counts on in an appeal: [`Fault::T56`].
    pub forgets: bool,
}

/// What is voted on, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Whether an incident counts.
    Incident(usize),
    /// How much of a claim stands.
    Claim(usize),
    /// Whether a change is queued.
    Change(usize),
}

/// One round of a ballot.
#[derive(Clone, Debug)]
pub struct Round {
    /// From when votes are taken.
    pub opens_at: u64,
    /// Until when.
    pub closes_at: u64,
    /// When it was closed.
    pub closed_at: Option<u64>,
    /// When its outcome is final, once it is closed.
    pub final_at: u64,
    /// The weight that must vote, atoms: what is missing to it counts for the default.
    pub quorum: Atoms,
    /// The level that those count for who do not vote.
    pub default: u8,
    /// How often it ran on because its outcome had moved.
    pub extensions: u8,
    /// Whether too few had voted, and it went on for twice as long.
    pub prolonged: bool,
    /// What the outcome was when the last window began, once somebody voted in that.
    pub before: Option<u8>,
    /// The level at which it ended, or what the arbiter made of it.
    pub outcome: Option<u8>,
    /// Whether as many voted as must.
    pub heard: bool,
    /// Whether too few voted, in every round, so that nothing but the default came of it.
    pub undecided: bool,
}

/// A vote.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Whose.
    pub voter: Name,
    /// Who gets the rent of its record back.
    pub rent_payer: Name,
    /// What it is for: of two answers [`AGAINST`] or [`FOR`].
    pub level: u8,
    /// The round in which it was cast last.
    pub round: usize,
    /// What it was for in the first round, if it was cast in that.
    pub first: Option<u8>,
    /// Whether the voter's delegate cast it, so that the voter can cast it anew.
    pub by_delegate: bool,
    /// Stake behind it, atoms.
    pub weight: Atoms,
    /// When.
    pub at: u64,
    /// Whether it locks the stake no more.
    pub released: bool,
    /// What the voter got, atoms, once its record was closed.
    pub paid: Option<Atoms>,
}

/// How a ballot stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not closed.
    Open = 0,
    /// More than the threshold were for it.
    Passed = 1,
    /// They were not.
    Failed = 2,
    /// It says how much.
    Decided = 3,
}

/// What is asked, and of whom.
pub(crate) struct Question {
    pub subject: Subject,
    pub pool: usize,
    pub rent_payer: Name,
    pub opens_at: u64,
    pub appeal_window: u64,
    /// Bond of who loses, atoms.
    pub bond: Atoms,
    /// What the voters share where enough vote, atoms.
    pub pot: Atoms,
    pub default: u8,
    /// The stake below which nothing is sold that the court decides on, atoms.
    pub stake_floor: u64,
    /// The number of the court that decides.
    pub court: usize,
}

impl Round {
    pub(crate) fn new(opens_at: u64, closes_at: u64, quorum: Atoms, default: u8) -> Self {
        Self {
            opens_at,
            closes_at,
            closed_at: None,
            final_at: 0,
            quorum,
            default,
            extensions: 0,
            prolonged: false,
            before: None,
            outcome: None,
            heard: false,
            undecided: false,
        }
    }
}

impl Ballot {
    /// The round that runs, or ran last.
    #[must_use]
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a first round")
    }

    pub(crate) fn round_mut(&mut self) -> &mut Round {
        self.rounds.last_mut().expect("a first round")
    }

    /// Whether it asks how much, from nothing to sixteen sixteenths, instead of whether.
    #[must_use]
    pub fn is_graded(&self) -> bool {
        matches!(self.subject, Subject::Claim(_))
    }

    /// Weight for a level, votes carried over from the first round included.
    #[must_use]
    pub fn weight(&self, level: u8) -> Atoms {
        self.votes.iter().filter(|vote| vote.level == level).map(|vote| vote.weight).sum()
    }

    /// Weight for a level that voters themselves cast in this round.
    #[must_use]
    pub fn weight_here(&self, level: u8) -> Atoms {
        self.here().filter(|(of, _)| *of == level).map(|(_, weight)| weight).sum()
    }

    /// Votes that voters themselves cast in this round, for good: their levels and weights.
    fn here(&self) -> impl Iterator<Item = (u8, Atoms)> {
        let here = self.rounds.len() - 1;
        let for_good = move |vote: &&Cast| vote.round == here && !vote.by_delegate;
        self.votes.iter().filter(for_good).map(|vote| (vote.level, vote.weight))
    }

    /// All votes that count: their levels and weights.
    fn all(&self) -> impl Iterator<Item = (u8, Atoms)> {
        let from = if self.forgets { self.rounds.len() - 1 } else { 0 };
        self.votes.iter().filter(move |vote| vote.round >= from).map(|vote| (vote.level, vote.weight))
    }

    /// Weight of all votes.
    #[must_use]
    pub fn cast(&self) -> Atoms {
        self.all().map(|(_, weight)| weight).sum()
    }

    /// A level is one of its answers.
    pub(crate) fn check_level(&self, level: u8) -> Outcome {
        must(if self.is_graded() { level <= FOR } else { level == AGAINST || level == FOR }, Rule::BadLevel)
    }

    /// Whether as many have voted as must.
    #[must_use]
    pub fn has_quorum(&self) -> bool {
        self.cast() >= self.round().quorum
    }

    /// How a round of so many votes ends: the lowest level above which there is no more than the threshold of all that counts.
    fn outcome_of(&self, votes: &[(u8, Atoms)]) -> u8 {
        let all: Atoms = votes.iter().map(|(_, weight)| weight).sum();
        let most = all * Atoms::from(self.terms.threshold_bps);
        let is_enough = |level: &u8| {
            let above: Atoms = votes.iter().filter(|(of, _)| of > level).map(|(_, weight)| weight).sum();
            above * Atoms::from(ALL_BPS) <= most
        };
        (AGAINST..FOR).find(is_enough).unwrap_or(FOR)
    }

    /// How the round would end if it ended now: what is missing to the quorum counts for the default.
    #[must_use]
    pub fn leading(&self) -> u8 {
        if self.forgets && !self.has_quorum() {
            return self.round().default;
        }
        let missing = (self.round().quorum - self.cast()).max(0);
        let votes: Vec<_> = self.all().chain([(self.round().default, missing)]).collect();
        self.outcome_of(&votes)
    }

    /// Whether no vote that is still to come, and none that can be cast anew, could change how the round ends.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        let cast: Atoms = self.here().map(|(_, weight)| weight).sum();
        let with_the_rest_for = |level| {
            let votes: Vec<_> = self.here().chain([(level, self.eligible_weight - cast)]).collect();
            self.outcome_of(&votes)
        };
        cast >= self.round().quorum && with_the_rest_for(AGAINST) == with_the_rest_for(FOR)
    }

    /// The level at which it ended, so far.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.round().outcome
    }

    /// How it ended, so far.
    #[must_use]
    pub fn state(&self) -> Verdict {
        match self.level() {
            None => Verdict::Open,
            Some(_) if self.is_graded() => Verdict::Decided,
            Some(FOR) => Verdict::Passed,
            Some(_) => Verdict::Failed,
        }
    }

    /// Whether as many voted in one of its rounds as must, once that was closed.
    #[must_use]
    pub fn was_heard(&self) -> bool {
        self.rounds.iter().any(|round| round.heard)
    }

    /// What those wanted who voted, without those who did not; nothing where nobody voted.
    #[must_use]
    pub fn wanted(&self) -> Option<u8> {
        let votes: Vec<_> = self.all().collect();
        (!votes.is_empty()).then(|| self.outcome_of(&votes))
    }

    /// Whether the court could not decide: too few voted, and those wanted something else than what came of it, or nobody did.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.round().undecided && self.wanted() != self.level()
    }

    /// Whether there is something for the arbiter to decide, or was: too few voted, and wanted something else than what came of it.
    #[must_use]
    pub fn is_arbitrable(&self) -> bool {
        let first = self.rounds.len() == 1 && !self.arbitrated && self.arbiter.is_some();
        first && !self.has_quorum() && self.wanted() != self.level()
    }

    /// Whether only the default made the outcome, for which nobody is known to be: what a round carries over into its appeal, and what the
    /// arbiter decided, somebody is for.
    pub(crate) fn is_by_default(&self) -> bool {
        self.rounds.len() == 1 && self.round().undecided && !self.arbitrated
    }

    /// The final outcome.
    pub(crate) fn verdict(&self, now: u64) -> Outcome<Verdict> {
        let state = self.state();
        must(state != Verdict::Open, Rule::BallotOpen)?;
        must(now >= self.round().final_at, Rule::AppealWindowOpen)?;
        Ok(state)
    }

    /// Votes whose records are not closed.
    #[must_use]
    pub fn live_records(&self) -> usize {
        self.votes.iter().filter(|vote| vote.paid.is_none()).count()
    }

    /// The part of the reward that is a vote's by its weight, rounded down: of what the quorum would get where fewer voted.
    pub(crate) fn share(&self, vote: &Cast) -> Atoms {
        down(self.pot, vote.weight, self.cast().max(self.round().quorum)).expect("no more than the pot")
    }

    /// Rewards that are still set aside, atoms.
    #[must_use]
    pub fn reward_left(&self) -> Atoms {
        if self.gone || !self.executed {
            return 0;
        }
        let closed = self.votes.iter().filter(|vote| vote.paid.is_some());
        self.pot - closed.map(|vote| self.share(vote)).sum::<Atoms>()
    }

    /// The bond of an appeal that is held, atoms.
    #[must_use]
    pub fn appeal_bond_held(&self) -> Atoms {
        if self.appellant.is_some() && !self.appeal_bond_gone { self.appeal_bond } else { 0 }
    }
}

impl Model {
    /// What is set aside of a pool's assessors' fund, atoms.
    #[must_use]
    pub fn rewards_reserved(&self, pool: usize) -> Atoms {
        self.ballots.iter().filter(|ballot| ballot.pool == pool).map(Ballot::reward_left).sum()
    }

    /// What voters on a pool's matters were paid, atoms.
    #[must_use]
    pub fn rewards_paid(&self, pool: usize) -> Atoms {
        let ballots = self.ballots.iter().filter(|ballot| ballot.pool == pool);
        ballots.flat_map(|ballot| &ballot.votes).filter_map(|vote| vote.paid).sum()
    }

    /// Opens a ballot, for whose closings the opener sets tips aside. Returns it.
    pub(crate) fn open_ballot(&mut self, question: Question) -> Outcome<usize> {
        let Question { subject, pool, rent_payer, opens_at, appeal_window, bond, pot, default, stake_floor, court } =
            question;
        self.pay_rent(rent_payer, Account::Ballot)?;
        self.set_tips_aside(rent_payer, CLOSINGS)?;
        let mut terms = self.assembly;
        if default == FOR {
            // A higher threshold protects what holds without a vote.
            terms.threshold_bps = HALF_BPS;
        }
        let eligible_before = self.now - terms.min_stake_age;
        let eligible_weight = self.eligible_in(court);
        let stake_floor = if self.faults.has(Fault::T58) { 0 } else { stake_floor };
        let quorum = quorum(eligible_weight, terms.quorum_bps, stake_floor.into())?;
        // On a change all who have stake can decide, whatever the floor.
        let is_change = matches!(subject, Subject::Change(_));
        let quorum = if is_change { quorum.min(eligible_weight).max(1) } else { quorum };
        let round = Round::new(opens_at, opens_at + terms.voting_period, quorum, default);
        Ok(self.ballots.push(Ballot {
            subject,
            pool,
            court,
            rent_payer,
            // Nobody decides on changes for the stakers.
            arbiter: self.pools[pool].arbiter.filter(|_| !matches!(subject, Subject::Change(_))),
            terms,
            eligible_before,
            eligible_weight,
            appeal_window,
            appeal_bond: bond * 2,
            pot,
            void: false,
            executed: false,
            arbitrated: false,
            appellant: None,
            appeal_bond_gone: false,
            tips: CLOSINGS,
            rounds: vec![round],
            votes: vec![],
            gone: false,
            forgets: self.faults.has(Fault::T56),
        }))
    }

    /// Casts somebody's whole weight for a level; in an appeal anew. Returns it.
    pub fn vote(&mut self, ballot: usize, (who, payer): (Name, Name), level: u8) -> Outcome<Atoms> {
        self.vote_for(ballot, who, (who, payer), level)
    }

    /// The same, signed by the voter or by the voter's delegate: who was set before the ballot opened. A delegate votes once a round, and
    /// never once the voter has; the voter can vote though the delegate has.
    pub fn vote_for(&mut self, ballot: usize, who: Name, (signer, payer): (Name, Name), level: u8) -> Outcome<Atoms> {
        let now = self.now;
        let votes = &self.ballots[ballot].votes;
        let before = votes.iter().position(|vote| vote.voter == who && vote.paid.is_none());
        if before.is_none() {
            self.pay_rent(payer, Account::VoteRecord)?;
        }
        // Of another court nobody has stake.
        must(self.ballots[ballot].court == 0, Rule::WrongAssembly)?;
        let by_delegate = signer != who;
        let here = &self.ballots[ballot];
        if by_delegate {
            let set = self.voter(who).filter(|voter| voter.delegate == Some(signer)).map(|voter| voter.delegated_at);
            must(set.is_some(), Rule::NotVoter)?;
            must(set < Some(here.rounds[0].opens_at), Rule::DelegatedLater)?;
        }
        let (number, round) = (here.rounds.len() - 1, here.round());
        must(now >= round.opens_at, Rule::VotingNotOpen)?;
        must(round.outcome.is_none() && now < round.closes_at, Rule::VotingOver)?;
        here.check_level(level)?;
        let window = (round.closes_at - now <= EXTENSION).then(|| here.leading());
        let weight = match before {
            Some(vote) => here.votes[vote].weight,
            None => self.voter(who).map_or(0, |voter| voter.weight(here.eligible_before)),
        };
        must(weight > 0, Rule::NoWeight)?;
        let may_vote = |vote: &Cast| match (by_delegate, vote.by_delegate) {
            (true, false) => false,
            (false, true) => true,
            _ => vote.round != number,
        };
        must(before.is_none_or(|vote| may_vote(&here.votes[vote])), Rule::AlreadyVoted)?;
        let here = &mut self.ballots[ballot];
        let round = here.round_mut();
        round.before = round.before.or(window);
        match before {
            Some(vote) => {
                let vote = &mut here.votes[vote];
                (vote.level, vote.round, vote.at, vote.by_delegate) = (level, number, now, by_delegate);
                if number == 0 {
                    vote.first = Some(level);
                }
            }
            None => {
                let first = (number == 0).then_some(level);
                here.votes.push(Cast {
                    voter: who,
                    rent_payer: payer,
                    level,
                    round: number,
                    first,
                    by_delegate,
                    weight,
                    at: now,
                    released: false,
                    paid: None,
                });
            }
        }
        Ok(weight)
    }

    /// Closes a round that is decided or whose time is over. Where too few voted it goes on once, for twice as long; where its outcome
    /// moved in the last window, by two levels or more, for another window.
    pub fn close_ballot(&mut self, ballot: usize, caller: Name) -> Outcome {
        let now = self.now;
        let here = &self.ballots[ballot];
        must(here.state() == Verdict::Open, Rule::BallotClosed)?;
        let early = here.is_decided();
        must(early || now >= here.round().closes_at, Rule::VotingOpen)?;
        let (leading, few, appealed) = (here.leading(), !here.has_quorum(), here.rounds.len() == 2);
        let (period, window, heard) = (here.terms.voting_period, here.appeal_window, here.was_heard());
        let here = &mut self.ballots[ballot];
        let round = here.round_mut();
        let moved = round.before.is_some_and(|before| before.abs_diff(leading) >= MOVED);
        if !early && few && !round.prolonged {
            round.prolonged = true;
            round.before = None;
            round.closes_at = now + 2 * period;
        } else if !early && moved && round.extensions < MAX_EXTENSIONS {
            round.extensions += 1;
            round.before = Some(leading);
            round.closes_at = now + EXTENSION;
        } else {
            round.heard = !few;
            round.undecided = !heard && few && leading == round.default;
            round.closed_at = Some(now);
            round.outcome = Some(leading);
            let nobody_left = appealed || (here.round().undecided && !here.is_arbitrable());
            here.round_mut().final_at = if nobody_left { now } else { now + window };
        }
        if here.tips > 0 {
            here.tips -= 1;
            self.tip(caller);
        }
        Ok(())
    }

    /// Votes of somebody that are not released.
    #[must_use]
    pub fn open_votes(&self, who: Name) -> usize {
        let votes = self.ballots.iter().flat_map(|ballot| &ballot.votes);
        votes.filter(|vote| vote.voter == who && !vote.released).count()
    }

    /// Votes of somebody whose records are not closed.
    #[must_use]
    pub fn vote_records(&self, who: Name) -> usize {
        let votes = self.ballots.iter().flat_map(|ballot| &ballot.votes);
        votes.filter(|vote| vote.voter == who && vote.paid.is_none()).count()
    }
}

/// The weight of all that counts that must vote: a part of it, and never nothing. Of a court below the floor of its stake it is that part of
/// the floor if there is so much, or all there is; and a quarter of that part, whether there is so much or not.
fn quorum(eligible: Atoms, bps: u16, floor: Atoms) -> Outcome<Atoms> {
    let (part, of_floor) = (part_up(eligible, bps)?, part_up(floor, bps)?);
    let least = up(of_floor, 1, 4)?;
    Ok([part, of_floor.min(eligible), least, 1].into_iter().max().expect("four"))
}
