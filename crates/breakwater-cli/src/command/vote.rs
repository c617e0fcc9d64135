//! `breakwater vote`

use super::incident::ballot_in_words;
use crate::{
    context::{Context, asset, governance},
    output::Record,
};
use anyhow::Result;
use coverage_client::{At, Ballot, Event, Pool, Round, build};
use solana_address::Address;
use solana_signer::Signer;
use std::mem::offset_of;

/// Votes. A subject is an incident, a disputed claim, a change, or a ballot itself.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Vote that an incident counts, that the counter-amount against a claim is right, or for a change
    For {
        /// The incident, claim or ballot
        subject: Address,
    },
    /// Vote that an incident does not count, that a claim stands, or against a change
    Against {
        /// The incident, claim or ballot
        subject: Address,
    },
    /// Show a ballot
    Show {
        /// The incident, claim or ballot
        subject: Address,
    },
    /// List the pool's ballots
    List,
    /// Have a decided ballot voted on again, with a bond
    Appeal {
        /// The incident, claim or ballot
        subject: Address,
    },
    /// Decide what too few voted on, never against those who did; the arbiter signs
    Arbitrate {
        /// The incident, claim or ballot
        subject: Address,
        /// for or against
        #[arg(value_enum, hide_possible_values = true)]
        side: Side,
    },
}

/// A side of a ballot.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Side {
    /// It does not count; the claim stands
    Against,
    /// It counts; the counter-amount is right
    For,
}

impl From<Side> for coverage_client::Side {
    fn from(side: Side) -> Self {
        match side {
            Side::Against => Self::Against,
            Side::For => Self::For,
        }
    }
}

/// Votes or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::For { subject } => vote(subject, Side::For, context),
        Command::Against { subject } => vote(subject, Side::Against, context),
        Command::Show { subject } => show(subject, context),
        Command::List => list(context),
        Command::Appeal { subject } => appeal(subject, context),
        Command::Arbitrate { subject, side } => {
            let ballot = context.ballot(subject)?;
            let receipt = context.send(&[build::arbitrate(&ballot, (*side).into())], &context.signer()?)?;
            let event =
                receipt.event(|event| if let Event::BallotArbitrated(event) = event { Some(event) } else { None })?;
            let record = Record::new().address("ballot", &ballot.address).time("appealable_until", event.until);
            context.done("The ballot is decided.", &receipt, record);
            Ok(())
        }
    }
}

fn vote(subject: &Address, side: Side, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let signer = context.signer()?;
    context.voter(&ballot.assembly, &signer.pubkey())?;
    let receipt =
        context.send(&[build::vote(&ballot, &signer.pubkey(), &context.payer(&signer)?, side.into())], &signer)?;
    let event = receipt.event(|event| if let Event::Voted(event) = event { Some(event) } else { None })?;
    let token = governance(&*context.client.fetch(&ballot.assembly)?);
    let record = Record::new()
        .address("ballot", &event.ballot)
        .amount("weight", &token, event.weight)
        .amount("all_for", &token, event.weight_for)
        .amount("all_against", &token, event.weight_against)
        .time("closes", event.closes_at);
    context.done("The vote is cast.", &receipt, record);
    Ok(())
}

fn show(subject: &Address, context: &Context) -> Result<()> {
    let ballot = context.ballot(subject)?;
    let pool: At<Pool> = context.client.fetch(&ballot.pool)?;
    let token = governance(&*context.assembly(&pool)?);
    let now = context.client.now()?;
    let record = Record::new()
        .address("ballot", &ballot.address)
        .address("subject", &ballot.subject)
        .text("state", ballot_in_words(&ballot, now))
        .text("round", Round::word_of(ballot.round))
        .number("votes", ballot.votes)
        .amount("for", &token, ballot.weight_of(coverage_client::Side::For)?)
        .amount("against", &token, ballot.weight_of(coverage_client::Side::Against)?)
        .amount("eligible", &token, ballot.eligible_weight)
        .amount("quorum", &token, ballot.quorum_weight)
        .text("without_votes", ballot.default_side().word())
        .bps("threshold", ballot.threshold_bps)
        .time("opens", ballot.opens_at)
        .time("closes", ballot.closes_at)
        .time("final", ballot.final_at)
        .amount("reward", &asset(&pool), ballot.reward_pot)
        .amount("appeal_bond", &asset(&pool), ballot.appeal_bond);
    context.output.record(&record);
    Ok(())
}

fn list(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let token = governance(&*context.assembly(&pool)?);
    let now = context.client.now()?;
    let mut ballots = context.of_pool::<Ballot>(&pool.address, offset_of!(Ballot, pool))?;
    ballots.sort_by_key(|ballot| (ballot.opens_at, ballot.address));
    let records = ballots
        .iter()
        .map(|ballot| {
            Ok(Record::new()
                .address("subject", &ballot.subject)
                .text("state", ballot_in_words(ballot, now))
                .amount("for", &token, ballot.weight_of(coverage_client::Side::For)?)
                .amount("against", &token, ballot.weight_of(coverage_client::Side::Against)?)
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
