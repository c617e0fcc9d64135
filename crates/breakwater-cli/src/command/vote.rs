//! `breakwater vote`

use crate::{
    context::{Context, asset, governance},
    output::{Output, Record, line},
    parse::{hash, level},
};
use anyhow::{Context as _, Result};
use coverage_client::{
    At, Ballot, BallotStanding, BallotState, Claim, Event, Evidence, Pool, Round, Side,
    amount::{Token, percent},
    build,
};
use coverage_math::ballot::{TOP, part_at};
use solana_address::Address;
use solana_signer::Signer;
use std::{mem::offset_of, path::PathBuf};

/// Votes. A subject is an incident, a disputed claim, a change, or a ballot itself.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Vote that an incident counts, that all of a disputed claim stands, or for a change
    For {
        /// The incident, claim, change or ballot
        subject: Address,
        #[command(flatten)]
        voice: Voice,
    },
    /// Vote that an incident does not count, that nothing of a disputed claim stands, or against a change
    Against {
        /// The incident, claim, change or ballot
        subject: Address,
        #[command(flatten)]
        voice: Voice,
    },
    /// Vote how much of a disputed claim stands, in sixteenths
    Level {
        /// The claim or ballot
        subject: Address,
        /// How many sixteenths stand: 0 nothing of it, 16 all
        #[arg(value_parser = level)]
        sixteenths: u8,
        #[command(flatten)]
        voice: Voice,
    },
    /// Let another vote with your stake in ballots that open from now on, or nobody; you can vote over it while a round runs
    Delegate(Delegate),
    /// Show a ballot
    Show {
        /// The incident, claim, change or ballot
        subject: Address,
    },
    /// List the pool's ballots
    List,
    /// Have a decided ballot voted on again, with a bond
    Appeal {
        /// The incident, claim or ballot
        subject: Address,
    },
    /// Decide what too few voted on, between the default and what those wanted who voted; the arbiter signs
    Arbitrate {
        /// The incident, claim or ballot
        subject: Address,
        /// for, against, or how many sixteenths of a claim stand
        #[arg(value_name = "DECISION", value_parser = level)]
        decision: u8,
    },
}

/// Who votes with a stake beside its owner.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Delegate {
    /// Who votes from the next ballot on: a vote of theirs that an appeal overturns costs your stake
    #[arg(long, value_name = "ADDRESS")]
    to: Option<Address>,
    /// Nobody does any more, at once
    #[arg(long)]
    none: bool,
}

/// With whose stake somebody votes, and why so.
#[derive(clap::Args)]
pub struct Voice {
    /// With whose stake, as their delegate; the signer's if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    owner: Option<Address>,
    #[command(flatten)]
    reasons: Reasons,
}

/// Why somebody votes so: told beside the vote, and stored nowhere.
#[derive(clap::Args)]
pub struct Reasons {
    /// Where the reasons of the vote are, at most 128 bytes
    #[arg(long, value_name = "URI")]
    reasons: Option<String>,
    /// The reasons themselves, whose SHA-256 is recorded; without it, that of the URI
    #[arg(long, value_name = "FILE")]
    reasons_file: Option<PathBuf>,
}

impl Reasons {
    fn stated(&self) -> Result<Option<Evidence>> {
        if self.reasons.is_none() && self.reasons_file.is_none() {
            return Ok(None);
        }
        let evidence_uri = self.reasons.clone().unwrap_or_default();
        Ok(Some(Evidence { evidence_hash: hash(self.reasons_file.as_deref(), &evidence_uri)?, evidence_uri }))
    }
}

/// Votes or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::For { subject, voice } => vote(subject, Side::For.level(), voice, context),
        Command::Against { subject, voice } => vote(subject, Side::Against.level(), voice, context),
        Command::Level { subject, sixteenths, voice } => vote(subject, *sixteenths, voice, context),
        Command::Delegate(args) => delegate(args.to.as_ref(), context),
        Command::Show { subject } => show(subject, context),
        Command::List => list(context),
        Command::Appeal { subject } => appeal(subject, context),
        Command::Arbitrate { subject, decision } => arbitrate(subject, *decision, context),
    }
}

/// What is voted on, as far as words about its answers need it.
pub struct Question {
    graded: bool,
    /// The asset, and what was claimed, while the claim's account is open.
    claimed: Option<(Token, u64)>,
}

impl Question {
    /// Whether an incident counts, or a change is made.
    pub const TWO_ANSWERS: Self = Self { graded: false, claimed: None };

    /// That of a ballot.
    pub fn of(ballot: &Ballot, pool: &Pool, context: &Context) -> Result<Self> {
        let graded = ballot.graded == 1;
        let claim = if graded { context.client.find::<Claim>(&ballot.subject)? } else { None };
        Ok(Self { graded, claimed: claim.map(|claim| (asset(pool), claim.claimed)) })
    }

    /// That of a claim.
    pub fn on(claim: &Claim, token: &Token) -> Self {
        Self { graded: true, claimed: Some((token.clone(), claim.claimed)) }
    }

    /// An answer, in words: `9/16 of 10,000 stand, 5,625`.
    pub fn answer(&self, level: u8) -> String {
        if !self.graded {
            return Side::of_level(level).word().into();
        }
        let Some((token, claimed)) = &self.claimed else { return format!("{level}/{TOP} stand") };
        let (all, part) = (token.short(*claimed), part_at(*claimed, level).unwrap_or(0));
        match level {
            0 => format!("nothing of {all} stands"),
            TOP => format!("all of {all} stands"),
            _ => format!("{level}/{TOP} of {all} stand: {}", token.short(part)),
        }
    }

    /// Where a ballot stands, in words.
    pub fn standing(&self, ballot: &Ballot, now: u64) -> String {
        let outcome = match ballot.state() {
            Ok(BallotState::Decided) => self.answer(ballot.level),
            _ => BallotState::word_of(ballot.state).into(),
        };
        match ballot.standing(now) {
            Ok(BallotStanding::Final) | Err(_) => outcome,
            Ok(standing @ (BallotStanding::Appealable | BallotStanding::Arbitrable)) => {
                format!("{outcome}, {}", standing.word())
            }
            Ok(standing) => standing.word().into(),
        }
    }

    /// What a round would come to if it ended now, in words; `-` once it has ended.
    fn leads(&self, ballot: &Ballot) -> Result<String> {
        Ok(if ballot.state()? == BallotState::Open { self.answer(ballot.leading()?) } else { "-".into() })
    }
}

/// A ballot's pool, the token that votes in it, and what it asks.
fn about(ballot: &Ballot, context: &Context) -> Result<(At<Pool>, Token, Question)> {
    let pool: At<Pool> = context.client.fetch(&ballot.pool)?;
    let token = governance(&*context.client.fetch(&ballot.assembly)?);
    let question = Question::of(ballot, &pool, context)?;
    Ok((pool, token, question))
}

fn vote(subject: &Address, level: u8, voice: &Voice, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let signer = context.signer()?;
    let (who, payer) = (signer.pubkey(), context.payer(&signer)?);
    let owner = voice.owner.unwrap_or(who);
    context.voter(&ballot.assembly, &owner)?;
    let mut instructions = vec![build::vote(&ballot, &owner, (&who, &payer), level)];
    if let Some(reasons) = voice.reasons.stated()? {
        instructions.push(build::attach_evidence(&ballot.address, &who, &reasons));
    }
    let receipt = context.send(&instructions, &signer)?;
    let event = receipt.event(|event| if let Event::Voted(event) = event { Some(event) } else { None })?;
    // A dry run changes nothing of it.
    let ballot: At<Ballot> = context.client.fetch(&ballot.address)?;
    let (_, token, question) = about(&ballot, context)?;
    let record = Record::new()
        .address("ballot", &event.ballot)
        .text("vote", question.answer(level))
        .amount("weight", &token, event.weight)
        .text("leads", question.leads(&ballot)?)
        .amount("cast", &token, ballot.weight_cast()?)
        .amount("quorum", &token, ballot.quorum_weight)
        .time("closes", event.closes_at);
    context.done("The vote is cast.", &receipt, record);
    Ok(())
}

fn delegate(to: Option<&Address>, context: &Context) -> Result<()> {
    let assembly = context.assembly(&context.pool()?)?;
    let signer = context.signer()?;
    context.voter(&assembly.address, &signer.pubkey())?;
    let set = build::set_delegate(&assembly.address, &signer.pubkey(), to);
    let receipt = context.send(&[set], &signer)?;
    let event = receipt.event(|event| if let Event::DelegateSet(event) = event { Some(event) } else { None })?;
    let record = Record::new().address("delegate", &event.delegate).time("in_ballots_after", event.since);
    let done = if to.is_some() { "The delegate is set." } else { "Nobody else votes with the stake." };
    context.done(done, &receipt, record);
    Ok(())
}

fn show(subject: &Address, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let (pool, token, question) = about(&ballot, context)?;
    let now = context.client.now()?;
    let cast = ballot.weight_cast()?;
    let record = Record::new()
        .address("ballot", &ballot.address)
        .address("subject", &ballot.subject)
        .text("state", question.standing(&ballot, now))
        .text("round", Round::word_of(ballot.round))
        .text("asks", if question.graded { "how much of the claim stands" } else { "for or against" })
        .text("leads", question.leads(&ballot)?)
        .number("votes", ballot.votes)
        .amount("cast", &token, cast)
        .amount("quorum", &token, ballot.quorum_weight)
        .amount("eligible", &token, ballot.eligible_weight)
        .text("without_votes", question.answer(ballot.default_level))
        .bps("threshold", ballot.threshold_bps)
        .time("opens", ballot.opens_at)
        .time("closes", ballot.closes_at)
        .time("final", ballot.final_at)
        .amount("reward", &asset(&pool), ballot.reward_pot)
        .amount("appeal_bond", &asset(&pool), ballot.appeal_bond);
    let weights = ballot.fixed.iter().zip(&ballot.movable).zip(0_u8..);
    let levels = weights
        .map(|((fixed, movable), level)| Ok((level, fixed.checked_add(*movable).context("a weight too large")?)))
        .collect::<Result<Vec<_>>>()?;
    let votes: Vec<_> = levels
        .into_iter()
        .filter(|(_, weight)| *weight > 0)
        .map(|(level, weight)| {
            let record = Record::new().text("vote", question.answer(level)).amount("weight", &token, weight);
            record.text("of_the_cast", percent(weight, cast)).number("level", level)
        })
        .collect();
    if context.output == Output::Json {
        context.output.record(&record.list("by_answer", &votes));
    } else {
        context.output.record(&record);
        line("");
        context.output.list("Nobody has voted.", &votes);
    }
    Ok(())
}

fn list(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let now = context.client.now()?;
    let mut ballots = context.of_pool::<Ballot>(&pool.address, offset_of!(Ballot, pool))?;
    ballots.sort_by_key(|ballot| (ballot.opens_at, ballot.address));
    let records = ballots
        .iter()
        .map(|ballot| {
            let (_, token, question) = about(ballot, context)?;
            Ok(Record::new()
                .address("subject", &ballot.subject)
                .text("state", question.standing(ballot, now))
                .text("leads", question.leads(ballot)?)
                .amount("cast", &token, ballot.weight_cast()?)
                .amount("quorum", &token, ballot.quorum_weight)
                .amount("eligible", &token, ballot.eligible_weight)
                .time("closes", ballot.closes_at))
        })
        .collect::<Result<Vec<_>>>()?;
    context.output.list("There are no ballots.", &records);
    Ok(())
}

fn appeal(subject: &Address, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let pool: At<Pool> = context.client.fetch(&ballot.pool)?;
    let signer = context.signer()?;
    let appeal = build::appeal(&pool, &ballot.address, &signer.pubkey(), &context.payer(&signer)?);
    let receipt = context.send(&[appeal], &signer)?;
    let event = receipt.event(|event| if let Event::BallotAppealed(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("ballot", &event.ballot)
        .amount("bond", &asset(&pool), event.bond)
        .time("closes", event.closes_at);
    context.done("The ballot is voted on again.", &receipt, record);
    Ok(())
}

fn arbitrate(subject: &Address, decision: u8, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let (_, _, question) = about(&ballot, context)?;
    let receipt = context.send(&[build::arbitrate(&ballot, decision)], &context.signer()?)?;
    let event = receipt.event(|event| if let Event::BallotArbitrated(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("ballot", &ballot.address)
        .text("decided", question.answer(decision))
        .time("appealable_until", event.until);
    context.done("The ballot is decided.", &receipt, record);
    Ok(())
}
