use crate::log::log;
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Evidence, events::EvidenceAttached, set_text};

/// Accounts of `attach_evidence`.
#[derive(Accounts)]
pub struct AttachEvidence {
    /// Who attaches it.
    pub author: Signer,
    /// What it is about: an incident, a claim, a change or a ballot.
    #[account(constraint(subject.account().owned_by(&crate::ID) @ BreakwaterError::BadSubject))]
    pub subject: UncheckedAccount,
}

/// Attaches evidence to what is voted on, or the reasons of a vote to its ballot: an event that says who knows what. Anyone may; nothing is stored.
pub fn attach_evidence(ctx: &mut Context<AttachEvidence>, evidence: Evidence) -> Result<()> {
    let accounts = &ctx.accounts;
    let mut evidence_uri = [0; 128];
    set_text(&mut evidence_uri, &evidence.evidence_uri)?;

    log(&EvidenceAttached {
        subject: *accounts.subject.address(),
        author: *accounts.author.address(),
        evidence_hash: evidence.evidence_hash,
        evidence_uri,
    });
    Ok(())
}
