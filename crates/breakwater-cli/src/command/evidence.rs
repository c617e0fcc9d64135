//! `breakwater evidence`

use crate::{context::Context, output::Record, parse::Evidence};
use anyhow::{Result, ensure};
use coverage_client::{Event, build, text};
use solana_address::Address;
use solana_signer::Signer;

/// Evidence: what anyone knows of an incident, a claim, a change or a ballot. Nothing is stored; what was attached is in the events.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Attach evidence to an incident, a claim or a change, or the reasons of a vote to its ballot; anyone may
    Attach {
        /// The incident, claim, change or ballot
        subject: Address,
        #[command(flatten)]
        evidence: Evidence,
    },
    /// List what was attached to an incident, a claim, a change or a ballot: one request for each of its transactions
    List {
        /// The incident, claim, change or ballot
        subject: Address,
    },
}

/// Attaches or lists.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Attach { subject, evidence } => attach(subject, evidence, context),
        Command::List { subject } => list(subject, context),
    }
}

fn attach(subject: &Address, evidence: &Evidence, context: &Context) -> Result<()> {
    let is_given = !evidence.evidence.is_empty() || evidence.evidence_file.is_some();
    ensure!(is_given, "there is nothing to attach: --evidence says where it is, --evidence-file has its words");
    let signer = context.signer()?;
    let attach = build::attach_evidence(subject, &signer.pubkey(), &evidence.stated()?);
    let receipt = context.send(&[attach], &signer)?;
    let event = receipt.event(|event| if let Event::EvidenceAttached(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("subject", &event.subject)
        .text("evidence", text(&event.evidence_uri))
        .hash("evidence_sha256", &event.evidence_hash);
    context.done("The evidence is attached.", &receipt, record);
    Ok(())
}

fn list(subject: &Address, context: &Context) -> Result<()> {
    let mut records = Vec::new();
    for signature in context.client.signatures(subject, None)? {
        let logged = context.client.logged(&signature)?;
        let time = logged.time.and_then(|time| u64::try_from(time).ok()).unwrap_or(0);
        for event in &logged.events {
            if let Event::EvidenceAttached(event) = event
                && event.subject == *subject
            {
                records.push(
                    Record::new()
                        .time("attached", time)
                        .address("author", &event.author)
                        .text("evidence", text(&event.evidence_uri))
                        .hash("evidence_sha256", &event.evidence_hash),
                );
            }
        }
    }
    context.output.list("Nothing was attached.", &records);
    Ok(())
}
