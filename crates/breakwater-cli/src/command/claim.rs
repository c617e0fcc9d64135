//! `breakwater claim`

use super::vote::Question;
use crate::{
    context::{Context, asset, read_key, refused},
    output::Record,
    parse::Evidence,
    payment::Payments,
};
use anyhow::{Result, bail, ensure};
use coverage_client::{
    At, BondState, BreakwaterError, Claim, ClaimRequest, ClaimState, Event, Incident, NOBODY, Pool, Product,
    amount::{Amount, Token},
    build, incident_address,
    rpc::Filter,
    snapshot::token_amount,
    text,
};
use solana_address::Address;
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::{mem::offset_of, path::PathBuf};

/// Claims.
#[derive(clap::Subcommand)]
pub enum Command {
    /// File a policy's claim, with a bond; the holder signs
    Submit {
        /// The policy
        policy: Address,
        /// The loss; the policy's deductible is taken off
        loss: Amount,
        /// The incident; the only one of the product that takes claims if not given
        #[arg(long, value_name = "ADDRESS")]
        incident: Option<Address>,
        /// Token account that is to be paid; the holder's if not given
        #[arg(long, value_name = "ADDRESS")]
        receiver: Option<Address>,
        /// Who posts the bond and gets it back: a keypair file; the holder if not given
        #[arg(long, value_name = "FILE")]
        funder: Option<PathBuf>,
        #[command(flatten)]
        evidence: Evidence,
    },
    /// File a policy's claim in an incident that prices opened; anyone may, for the holder
    Breach {
        /// The policy
        policy: Address,
        /// The incident; the one that is open on the product if not given
        #[arg(long, value_name = "ADDRESS")]
        incident: Option<Address>,
    },
    /// Have the jury decide how much of a claim stands, with a bond: once, after its incident counts; anyone may
    Dispute {
        /// The claim
        claim: Address,
        #[command(flatten)]
        evidence: Evidence,
    },
    /// List disputed claims, and what their disputers get back
    Disputes {
        /// Those that somebody disputed
        #[arg(long, value_name = "ADDRESS", conflicts_with = "all")]
        disputer: Option<Address>,
        /// Everybody's, instead of the signer's
        #[arg(long)]
        all: bool,
    },
    /// Pay a disputer what a ballot left of the bond, and of the claim's, after the steps before it that are due; anyone may
    Collect {
        /// The claim
        claim: Address,
    },
    /// Show a claim
    Show {
        /// The claim
        claim: Address,
    },
    /// Pay a claim what it has due; anyone may
    Payout {
        /// The claim
        claim: Address,
        /// End it without paying, where its token account takes nothing: what it has due waits
        #[arg(long)]
        unpaid: bool,
    },
    /// Have a claim paid to another token account; the one who filed it signs
    Redirect {
        /// The claim
        claim: Address,
        /// The token account
        receiver: Address,
    },
}

/// Files, disputes, pays or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Submit { policy, loss, incident, receiver, funder, evidence } => {
            let funder = funder.as_deref().map(|path| read_key(path, "--funder")).transpose()?;
            submit(policy, *loss, *incident, receiver.as_ref(), funder.as_ref(), evidence, context)
        }
        Command::Breach { policy, incident } => breach(policy, *incident, context),
        Command::Dispute { claim, evidence } => dispute(claim, evidence, context),
        Command::Disputes { disputer, all } => disputes(*disputer, *all, context),
        Command::Collect { claim } => collect(claim, context),
        Command::Show { claim } => show(claim, context),
        Command::Payout { claim, unpaid } => payout(claim, *unpaid, context),
        Command::Redirect { claim, receiver } => redirect(claim, receiver, context),
    }
}

/// The incident that is named, or else the only one of a product that takes claims.
fn open_incident(product: &Address, named: Option<Address>, context: &Context) -> Result<Address> {
    if let Some(incident) = named {
        return Ok(context.client.fetch::<Incident>(&incident)?.address);
    }
    let (product, now) = (context.client.fetch::<Product>(product)?, context.client.now()?);
    let name = text(&product.name);
    ensure!(product.has_open_incident(), "no incident is open on {name}; name one with --incident");
    let mut open = Vec::new();
    for index in product.line.head..product.incident_count {
        let incident: At<Incident> = context.client.fetch(&incident_address(&product.address, index))?;
        if incident.check_filing(now).is_ok() {
            open.push(incident.address);
        }
    }
    match open.as_slice() {
        [only] => Ok(*only),
        [] => bail!("no incident of {name} takes claims any more; name one with --incident"),
        several => bail!("{} incidents of {name} take claims; name one with --incident", several.len()),
    }
}

/// Asserts that a claim can be paid to `receiver`.
pub fn check_receiver(receiver: &Address, pool: &Pool, context: &Context) -> Result<()> {
    let account = context.client.account(receiver)?;
    let of_asset = account.is_some_and(|account| {
        let of_mint = account.data.starts_with(pool.asset_mint.as_ref());
        account.owner == pool.token_program && of_mint && token_amount(&account.data).is_some()
    });
    ensure!(of_asset, "{receiver} is no token account of the pool's asset, {}", pool.asset_mint);
    Ok(())
}

fn breach(policy: &Address, incident: Option<Address>, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(policy)?;
    let token = asset(&pool);
    let incident = open_incident(&policy.product, incident, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&build::claim_breach(&pool, &incident, &policy, &context.payer(&signer)?), &signer)?;
    let event = receipt.event(|event| if let Event::ClaimSubmitted(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("claim", &event.claim)
        .address("incident", &event.incident)
        .address("claimant", &event.claimant)
        .amount("amount", &token, event.amount)
        .address("receiver", &event.receiver);
    context.done("The claim is filed.", &receipt, record);
    Ok(())
}

fn submit(
    policy: &Address,
    loss: Amount,
    incident: Option<Address>,
    receiver: Option<&Address>,
    funder: Option<&Keypair>,
    evidence: &Evidence,
    context: &Context,
) -> Result<()> {
    let (policy, pool) = context.policy(policy)?;
    let token = asset(&pool);
    let incident = open_incident(&policy.product, incident, context)?;
    let signer = context.signer()?;
    ensure!(signer.pubkey() == policy.holder, "only the holder {} claims; --keypair names who signs", policy.holder);
    if let Some(receiver) = receiver {
        check_receiver(receiver, &pool, context)?;
    }
    let request = ClaimRequest {
        loss: loss.atoms(&token)?,
        evidence_hash: evidence.hash()?,
        evidence_uri: evidence.evidence.clone(),
    };
    let (funded_by, payer) = (funder.unwrap_or(&signer).pubkey(), context.payer(&signer)?);
    let submit = build::submit_claim(&pool, &incident, &policy, (&funded_by, &payer), &request, receiver);
    let receipt = context.send_with(&[submit], &signer, funder)?;
    let event = receipt.event(|event| if let Event::ClaimSubmitted(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("claim", &event.claim)
        .address("incident", &event.incident)
        .amount("loss", &token, event.loss)
        .amount("amount", &token, event.amount)
        .amount("bond", &token, event.bond)
        .address("receiver", &event.receiver);
    context.done("The claim is filed.", &receipt, record);
    Ok(())
}

fn dispute(claim: &Address, evidence: &Evidence, context: &Context) -> Result<()> {
    let (claim, incident, pool) = context.claim(claim)?;
    // The program would say of a second dispute only that the ballot exists.
    claim.check_disputable(&incident, context.client.now()?).map_err(refused)?;
    let signer = context.signer()?;
    let (who, payer) = (signer.pubkey(), context.payer(&signer)?);
    let dispute = build::dispute_claim(&pool, &incident, &claim, &who, &payer, &evidence.stated()?);
    let receipt = context.send(&[dispute], &signer)?;
    let event = receipt.event(|event| if let Event::ClaimDisputed(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("claim", &event.claim)
        .address("ballot", &event.ballot)
        .amount("bond", &asset(&pool), event.bond)
        .time("voting_closes", event.closes_at);
    context.done("The claim is disputed; a ballot decides how much of it stands.", &receipt, record);
    Ok(())
}

fn disputes(disputer: Option<Address>, all: bool, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let token = asset(&pool);
    let whose = if all { None } else { Some(context.owner(disputer)?) };
    let mut records = Vec::new();
    for incident in context.of_pool::<Incident>(&pool.address, offset_of!(Incident, pool))? {
        let mut claims =
            context.client.list::<Claim>(&[Filter::address(offset_of!(Claim, incident), &incident.address)])?;
        claims.retain(|claim| claim.disputer != NOBODY && whose.is_none_or(|whose| claim.disputer == whose));
        claims.sort_by_key(|claim| (claim.filed_at, claim.address));
        for claim in claims {
            let record = Record::new()
                .address("claim", &claim.address)
                .text("state", ClaimState::word_of(claim.state))
                .text("stands", stands(&claim, &token))
                .amount("dispute_bond", &token, claim.dispute_bond)
                .text("bond_is", BondState::word_of(claim.dispute_bond_state))
                .address("ballot", &claim.dispute_ballot);
            records.push(if all { record.address("disputer", &claim.disputer) } else { record });
        }
    }
    let none = whose.map_or_else(
        || "No claims are disputed.".into(),
        |whose| format!("{whose} disputes no claims; --all lists everybody's."),
    );
    context.output.list(&none, &records);
    Ok(())
}

fn collect(claim: &Address, context: &Context) -> Result<()> {
    let (claim, _, pool) = context.claim(claim)?;
    ensure!(claim.disputer != NOBODY, "nobody disputed {}", claim.address);
    let (signer, subjects) = (context.signer()?, [claim.address, claim.dispute_ballot]);
    context.take(&pool.address, |crank| {
        ["close_ballot", "resolve_dispute"].contains(&crank.name) && subjects.contains(&crank.subject)
    })?;
    let receipt = context.send(&build::collect_dispute_bond(&pool, &claim, &signer.pubkey()), &signer)?;
    let event =
        receipt.event(|event| if let Event::DisputeBondCollected(event) = event { Some(event) } else { None })?;
    let record = Record::new().address("claim", &event.claim).address("disputer", &event.disputer).amount(
        "paid",
        &asset(&pool),
        event.paid,
    );
    context.done("The disputer is paid.", &receipt, record);
    Ok(())
}

/// How much of a claim stands, in words; while a ballot decides that, says so.
fn stands(claim: &Claim, token: &Token) -> String {
    if claim.check_disputed().is_ok() {
        return format!("a ballot decides how much of {}", token.short(claim.claimed));
    }
    Question::on(claim, token).answer(claim.level)
}

/// Whether a claim can be disputed at `now`, in words.
fn can_be_disputed(claim: &Claim, incident: &Incident, now: u64) -> &'static str {
    match claim.check_disputable(incident, now) {
        Ok(()) => "yes",
        Err(BreakwaterError::IncidentUndecided) => "once its incident counts",
        Err(_) if claim.disputer != NOBODY => "no, it was",
        Err(_) => "no",
    }
}

/// A claim as a row of its incident.
pub fn row(claim: &At<Claim>, incident: &Incident, payments: &Payments, token: &Token) -> Result<Record> {
    let payment = payments.claim(claim).map_err(refused)?;
    let record = Record::new()
        .address("claim", &claim.address)
        .text("state", ClaimState::word_of(claim.state))
        .amount("loss", token, claim.loss)
        .amount("amount", token, claim.amount)
        .time("disputable_until", claim.disputable_until(incident).unwrap_or(0))
        .amount("due", token, payment.due)
        .time("payable_from", payment.from)
        .amount("paid", token, claim.paid);
    Ok(record)
}

fn show(claim: &Address, context: &Context) -> Result<()> {
    let (claim, incident, pool) = context.claim(claim)?;
    let (token, now) = (asset(&pool), context.client.now()?);
    let product: At<Product> = context.client.fetch(&incident.product)?;
    let payment = Payments::of(&incident, &pool, &product, now).and_then(|payments| payments.claim(&claim));
    let payment = payment.map_err(refused)?;
    let record = Record::new()
        .address("claim", &claim.address)
        .address("incident", &claim.incident)
        .address("policy", &claim.policy)
        .address("claimant", &claim.claimant)
        .address("receiver", &claim.receiver)
        .address("funder", &claim.funder)
        .text("state", ClaimState::word_of(claim.state))
        .text("evidence", text(&claim.evidence_uri))
        .hash("evidence_sha256", &claim.evidence_hash)
        .amount("loss", &token, claim.loss)
        .amount("claimed", &token, claim.claimed)
        .amount("amount", &token, claim.amount)
        .text("stands", stands(&claim, &token))
        .amount("due", &token, payment.due)
        .time("payable_from", payment.from)
        .text("payment", payment.why)
        .amount("paid", &token, claim.paid)
        .amount("bond", &token, claim.bond)
        .time("filed", claim.filed_at)
        .text("can_be_disputed", can_be_disputed(&claim, &incident, now))
        .time("disputable_until", claim.disputable_until(&incident).unwrap_or(0))
        .address("disputed_by", &claim.disputer)
        .amount("dispute_bond", &token, claim.dispute_bond)
        .text("dispute_bond_is", BondState::word_of(claim.dispute_bond_state));
    let record = if claim.disputer == NOBODY {
        record
    } else {
        record
            .address("ballot", &claim.dispute_ballot)
            .text("dispute_evidence", text(&claim.dispute_uri))
            .hash("dispute_evidence_sha256", &claim.dispute_hash)
    };
    context.output.record(&record);
    Ok(())
}

fn payout(claim: &Address, unpaid: bool, context: &Context) -> Result<()> {
    let (claim, incident, pool) = context.claim(claim)?;
    let token = asset(&pool);
    let signer = context.signer()?;
    let pay = if unpaid { build::end_claim } else { build::payout };
    let receipt = context.send(&[pay(&pool, &incident.product, &claim, &signer.pubkey())], &signer)?;
    let event = receipt.event(|event| if let Event::ClaimPaid(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("claim", &event.claim)
        .amount("amount", &token, event.amount)
        .amount("kept_for_refund", &token, event.given_back)
        .amount("bond_returned", &token, event.bond)
        .amount("paid_in_all", &token, event.paid)
        .address("receiver", &event.receiver);
    context.done(
        if unpaid { "The claim has ended; what it has due waits." } else { "The claim is paid." },
        &receipt,
        record,
    );
    Ok(())
}

fn redirect(claim: &Address, receiver: &Address, context: &Context) -> Result<()> {
    let (claim, _, pool) = context.claim(claim)?;
    check_receiver(receiver, &pool, context)?;
    let receipt = context.send(&[build::redirect_claim(&pool, &claim, receiver)], &context.signer()?)?;
    let record = Record::new().address("claim", &claim.address).address("receiver", receiver);
    context.done("The claim is paid to another account.", &receipt, record);
    Ok(())
}
