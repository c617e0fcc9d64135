//! `breakwater incident`

use super::vote::Question;
use crate::{
    context::{Context, asset, feed, refused},
    output::{Record, line},
    parse::{Evidence, Moment},
    payment::Payments,
};
use anyhow::{Context as _, Result, ensure};
use coverage_client::{
    At, Ballot, BondState, BreakwaterError, Claim, Event, Incident, IncidentReport, IncidentState, NOBODY, Observation,
    Pool, Product, Trigger,
    amount::{Amount, percent},
    build, quote,
    rpc::Filter,
    text,
};
use solana_address::Address;
use solana_signer::Signer;
use std::mem::offset_of;

/// Incidents.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Report that something happened, with a bond; or, without one, what prices have shown
    Open {
        /// The product's number, name or address
        product: String,
        /// When it happened: 2026-11-21T19:36:36Z, unix seconds, or how long ago, as 2h
        #[arg(long, value_name = "MOMENT", default_value = "0s")]
        occurred: Moment,
        #[command(flatten)]
        evidence: Evidence,
    },
    /// Show a product that a price decides on a price of its feed
    Observe {
        /// The product's number, name or address
        product: String,
        /// An account of Pyth's pull oracle
        price_update: Address,
    },
    /// Have the jury decide on an incident that prices opened, or on a booking within a day of it, with a bond
    Challenge {
        /// The incident
        incident: Address,
        #[command(flatten)]
        evidence: Evidence,
    },
    /// Void an incident that prices opened, by a price from inside the breach that was not below the strike; anyone may
    Refute {
        /// The incident
        incident: Address,
        /// An account of Pyth's pull oracle with that price, however old
        price_update: Address,
    },
    /// Take every step of an incident that is due: close its ballot, read the verdict, end filing, settle or reject it;
    /// anyone may
    Settle {
        /// The incident
        incident: Address,
    },
    /// Pay what can be paid now of a booking: of what a covered program has drawn and was not paid at once; anyone may
    Pay {
        /// The booking
        incident: Address,
        /// Settle it without paying, where its holder's token account takes nothing: what is settled waits
        #[arg(long)]
        unpaid: bool,
    },
    /// Show an incident and its claims
    Show {
        /// The incident
        incident: Address,
    },
    /// List the pool's incidents
    List,
    /// Pay money that came back after a settled incident: to its claims, then to the LPs
    Recover {
        /// The incident
        incident: Address,
        /// How much
        amount: Amount,
    },
}

/// Opens or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Open { product, occurred, evidence } => open(product, *occurred, evidence, context),
        Command::Observe { product, price_update } => observe(product, price_update, context),
        Command::Challenge { incident, evidence } => challenge(incident, evidence, context),
        Command::Refute { incident, price_update } => refute(incident, price_update, context),
        Command::Settle { incident } => settle(incident, context),
        Command::Pay { incident, unpaid } => pay(incident, *unpaid, context),
        Command::Show { incident } => show(incident, context),
        Command::List => list(context),
        Command::Recover { incident, amount } => recover(incident, *amount, context),
    }
}

fn open(product: &str, occurred: Moment, evidence: &Evidence, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let product = context.product(&pool, product)?;
    let signer = context.signer()?;
    let open = if product.check_trigger(Trigger::Price).is_ok() {
        build::open_price_incident(&pool, &product, &context.payer(&signer)?)
    } else {
        let report = IncidentReport {
            occurred_at: occurred.unix(context.client.now()?),
            evidence_hash: evidence.hash()?,
            evidence_uri: evidence.evidence.clone(),
        };
        build::open_incident(&pool, &product, &signer.pubkey(), &context.payer(&signer)?, &report)
    };
    let receipt = context.send(&[open], &signer)?;
    let event = receipt.event(|event| if let Event::IncidentOpened(event) = event { Some(event) } else { None })?;
    let token = asset(&pool);
    let record = Record::new()
        .address("incident", &event.incident)
        .text("product", text(&product.name))
        .time("occurred", event.occurred_at)
        .amount("bond", &token, event.bond)
        .amount("lien", &token, event.lien)
        .address("ballot", &event.ballot);
    context.done("The incident is open.", &receipt, record);
    Ok(())
}

fn observe(product: &str, price_update: &Address, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let product = context.product(&pool, product)?;
    let receipt = context.send(&[build::observe_price(&product, price_update)], &context.signer()?)?;
    let event = receipt.event(|event| if let Event::PriceObserved(event) = event { Some(event) } else { None })?;
    let meaning = match u8::try_from(event.observation).map(Observation::from_byte)? {
        Ok(Observation::Recovered) => "not below the strike",
        Ok(Observation::Breached) => "below the strike",
        _ => "too uncertain to tell",
    };
    let record = Record::new()
        .text("product", text(&product.name))
        .text("price_is", meaning)
        .time("published", event.published_at)
        .time("breach_began", event.started_at)
        .duration("breach_measured", event.measured_until.saturating_sub(event.measured_from))
        .duration("breach_counts_after", product.price.min_duration.into());
    context.done("The price is shown.", &receipt, record);
    Ok(())
}

fn challenge(incident: &Address, evidence: &Evidence, context: &Context) -> Result<()> {
    let incident: At<Incident> = context.client.fetch(incident)?;
    let pool: At<Pool> = context.client.fetch(&incident.pool)?;
    let request = evidence.stated()?;
    let signer = context.signer()?;
    let challenge = build::challenge_incident(&pool, &incident, &signer.pubkey(), &context.payer(&signer)?, &request);
    let receipt = context.send(&[challenge], &signer)?;
    let event = receipt.event(|event| if let Event::IncidentChallenged(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("incident", &event.incident)
        .amount("bond", &asset(&pool), event.bond)
        .address("ballot", &event.ballot);
    context.done("The jury decides on the incident.", &receipt, record);
    Ok(())
}

fn refute(incident: &Address, price_update: &Address, context: &Context) -> Result<()> {
    let incident: At<Incident> = context.client.fetch(incident)?;
    let product: At<Product> = context.client.fetch(&incident.product)?;
    let receipt = context.send(&[build::refute_incident(&incident, price_update)], &context.signer()?)?;
    let event = receipt.event(|event| if let Event::IncidentRefuted(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("incident", &event.incident)
        .text("product", text(&product.name))
        .amount("price", &feed(&product), event.low)
        .time("published", event.published_at);
    context.done("The incident is void; a keeper rejects it.", &receipt, record);
    Ok(())
}

fn pay(address: &Address, unpaid: bool, context: &Context) -> Result<()> {
    let booking: At<Incident> = context.client.fetch(address)?;
    ensure!(booking.is_booking(), "{address} is no booking of a draw; `breakwater incident settle` settles it");
    let (policy, pool) = context.policy(&booking.policy)?;
    let signer = context.signer()?;
    let pay = if unpaid {
        vec![build::settle_booking(&pool, &booking, &policy, &signer.pubkey())]
    } else {
        build::pay_booking(&pool, &booking, &policy, &signer.pubkey())
    };
    let receipt = context.send(&pay, &signer)?;
    let event = receipt.event(|event| if let Event::BookingPaid(event) = event { Some(event) } else { None })?;
    let token = asset(&pool);
    let record = Record::new()
        .address("incident", &event.incident)
        .address("policy", &event.policy)
        .amount("paid_now", &token, event.paid)
        .amount("kept_for_refund", &token, event.given_back)
        .amount("settled", &token, event.settled)
        .amount("waits", &token, event.unsettled);
    let done = if unpaid {
        "What could be settled of the booking is settled; it waits."
    } else {
        "What could be paid of the booking is paid."
    };
    context.done(done, &receipt, record);
    Ok(())
}

fn settle(address: &Address, context: &Context) -> Result<()> {
    let incident: At<Incident> = context.client.fetch(address)?;
    let mut subjects = vec![incident.address];
    if incident.ballot != NOBODY {
        subjects.push(incident.ballot);
    }
    let steps = ["close_ballot", "decide_incident", "pay_booking", "end_filing", "settle_incident", "settle_rest"];
    let taken =
        context.take(&incident.pool, |crank| steps.contains(&crank.name) && subjects.contains(&crank.subject))?;
    let records: Vec<_> = taken
        .iter()
        .map(|(crank, receipt)| Record::new().text("step", crank.name).text("transaction", receipt.signature))
        .collect();
    context.output.list("Nothing of it is due; `breakwater incident show` says what it waits for.", &records);
    Ok(())
}

/// What an incident waits for, in words.
fn waits_for(incident: &Incident, product: &Product, pool: &Pool, now: u64) -> String {
    if incident.is_booking() {
        let open = incident.check_open().is_ok();
        let payable =
            quote::rolled(pool, product, now).and_then(|(pool, product)| incident.payable(&pool, &product, now));
        return match payable {
            Ok((amount, _)) => format!("{} of it can be paid: `breakwater incident pay`", asset(pool).short(amount)),
            Err(BreakwaterError::NothingDue) => "the product's draw limit, which refills".into(),
            Err(BreakwaterError::IncidentUndecided) => "the jury, before which it was challenged".into(),
            Err(_) if !open && incident.unpaid().is_ok_and(|unpaid| unpaid > 0) => "its payment to the holder".into(),
            Err(_) if !open => "nothing".into(),
            Err(reason) => reason.to_string(),
        };
    }
    match (incident.check_settleable(product, now), incident.check_rest(pool)) {
        (_, Ok(())) => "what was held back can be paid".into(),
        (Ok(()), _) => "it can be settled".into(),
        (Err(BreakwaterError::IncidentClosed), Err(BreakwaterError::IncidentOpen)) => {
            "the end of other incidents, for what is held back".into()
        }
        (Err(BreakwaterError::IncidentClosed), _) => "nothing".into(),
        (Err(reason), _) => reason.to_string(),
    }
}

/// The ballot on an incident, if there is one and it is not closed.
fn ballot_of(incident: &Incident, context: &Context) -> Result<Option<At<Ballot>>> {
    // At the zero address lies a program.
    if incident.ballot == NOBODY {
        return Ok(None);
    }
    Ok(context.client.find::<Ballot>(&incident.ballot)?)
}

/// Where an incident's ballot stands, in words.
fn vote(incident: &Incident, ballot: Option<&Ballot>, now: u64) -> String {
    match ballot {
        Some(ballot) => Question::TWO_ANSWERS.standing(ballot, now),
        None if incident.refuted == 1 => "none, a price refutes it".into(),
        None if incident.ballot == NOBODY && incident.is_booking() => "none, a draw stands".into(),
        None if incident.ballot == NOBODY => "none, prices decided".into(),
        None => "closed".into(),
    }
}

fn show(address: &Address, context: &Context) -> Result<()> {
    let incident: At<Incident> = context.client.fetch(address)?;
    let pool: At<Pool> = context.client.fetch(&incident.pool)?;
    let product: At<Product> = context.client.fetch(&incident.product)?;
    let token = asset(&pool);
    let now = context.client.now()?;
    let ballot = ballot_of(&incident, context)?;
    let payments = Payments::of(&incident, &pool, &product, now).map_err(refused)?;
    let record = Record::new()
        .address("incident", &incident.address)
        .address("product", &incident.product)
        .number("number", incident.index)
        .text("state", IncidentState::word_of(incident.state))
        .text("waits_for", waits_for(&incident, &product, &pool, now))
        .text("claims_are_paid", payments.in_words().map_err(refused)?)
        .text("ballot", vote(&incident, ballot.as_deref(), now))
        .address("opener", &incident.opener)
        .text("evidence", text(&incident.evidence_uri))
        .hash("evidence_sha256", &incident.evidence_hash)
        .time("occurred", incident.occurred_at)
        .time("opened", incident.opened_at)
        .time("decided", incident.decided_at)
        .time("filing_ends", incident.filing_ends_at)
        .time("disputes_end", incident.disputes_end_at)
        .time("challenge_ends", incident.challenge_ends_at)
        .bps("severity", incident.severity_bps)
        .amount("bond", &token, incident.bond)
        .text("bond_is", BondState::word_of(incident.bond_state))
        .amount("lien", &token, incident.lien)
        .number("claims", incident.claim_count)
        .amount("filed", &token, incident.filed)
        .number("open_disputes", incident.open_disputes)
        .amount("approved", &token, incident.approved)
        .amount("settled", &token, incident.settled)
        .amount("of_leavers", &token, incident.contested)
        .address("policy", &incident.policy)
        .text(
            "pay_factor",
            if incident.approved == 0 { "-".into() } else { percent(incident.settled, incident.approved) },
        )
        .amount("held_back", &token, incident.held_back)
        .amount("paid", &token, incident.paid);
    let mine = [Filter::address(offset_of!(Claim, incident), address)];
    let claims = context.client.list::<Claim>(&mine)?;
    let claims: Vec<_> =
        claims.iter().map(|claim| super::claim::row(claim, &incident, &payments, &token)).collect::<Result<_>>()?;
    if context.output == crate::output::Output::Json {
        context.output.record(&record.list("filed_claims", &claims));
    } else {
        context.output.record(&record);
        line("");
        context.output.list("No claims are filed.", &claims);
    }
    Ok(())
}

fn list(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let token = asset(&pool);
    let now = context.client.now()?;
    let products: Vec<At<Product>> = context.products(&pool)?;
    let mut incidents = context.of_pool::<Incident>(&pool.address, offset_of!(Incident, pool))?;
    incidents.sort_by_key(|incident| (incident.opened_at, incident.address));
    let mut records = Vec::new();
    for incident in &incidents {
        let ballot = ballot_of(incident, context)?;
        let product = products.iter().find(|product| product.address == incident.product);
        records.push(
            Record::new()
                .address("incident", &incident.address)
                .text("product", product.map_or_else(String::new, |product| text(&product.name)))
                .text("state", IncidentState::word_of(incident.state))
                .text("ballot", vote(incident, ballot.as_deref(), now))
                .time("occurred", incident.occurred_at)
                .number("claims", incident.claim_count)
                .amount("filed", &token, incident.filed)
                .amount("settled", &token, incident.settled)
                .amount("paid", &token, incident.paid),
        );
    }
    context.output.list("There are no incidents.", &records);
    Ok(())
}

fn recover(address: &Address, amount: Amount, context: &Context) -> Result<()> {
    let incident: At<Incident> = context.client.fetch(address)?;
    let pool: At<Pool> = context.client.fetch(&incident.pool)?;
    let token = asset(&pool);
    let signer = context.signer()?;
    let recover = build::recover(&pool, &incident, &signer.pubkey(), amount.atoms(&token)?);
    let receipt = context.send(&[recover], &signer)?;
    let event = receipt.event(|event| if let Event::Recovered(event) = event { Some(event) } else { None })?;
    let to_lps = event.amount.checked_sub(event.to_claims).context("more to the claims than there was")?;
    let record = Record::new().amount("to_claims", &token, event.to_claims).amount("to_lps", &token, to_lps);
    context.done("The money is back.", &receipt, record);
    Ok(())
}
