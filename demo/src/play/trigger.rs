//! What prices decide: prices that are shown, and an incident that nobody has to vote on.

use super::{MINUTE, Play};
use crate::{
    actors,
    places::Place,
    report::severity,
    scenario::{PriceTerms, Quote},
};
use anyhow::{Context, Result};
use coverage_client::{
    ClaimBreach, Event, ObservePrice, OpenPriceIncident, PriceObserved,
    amount::Token,
    pyth::{PriceUpdate, RECEIVER},
};
use coverage_model::{Name, Price};

impl Play<'_> {
    /// Shows a product the prices of a series, each when it is published.
    pub(super) fn observe(&mut self, who: Name, product: Name, series: &str, until: Option<u64>) -> Result<()> {
        let scenario = self.scenario;
        let index = self.product(product)?;
        let terms = scenario.products.get(usize::from(index)).and_then(|terms| terms.price.as_ref());
        let terms = terms.with_context(|| format!("no prices decide on {product}"))?;
        let (begin, before) = self.shown.get(series).copied().unwrap_or((self.network.now()?, 0));
        let quotes = scenario.series.get(series).with_context(|| format!("no series {series}"))?;
        let mut shown = before;
        for quote in quotes.iter().skip(before).take_while(|quote| until.is_none_or(|until| quote.minute <= until)) {
            self.show(who, index, terms, quote, begin.saturating_add(quote.minute.saturating_mul(MINUTE)))?;
            shown += 1;
        }
        self.shown.insert(series.into(), (begin, shown));
        Ok(())
    }

    /// Shows a product a price that is published at `at`.
    fn show(&mut self, who: Name, index: u16, terms: &PriceTerms, quote: &Quote, at: u64) -> Result<()> {
        let ahead = at.saturating_sub(self.network.now()?);
        if ahead > 0 {
            self.network.pass(ahead)?;
        }
        let (price, confidence) = (quote.price.atoms(&terms.feed)?, quote.confidence.atoms(&terms.feed)?);
        let update = PriceUpdate {
            feed: actors::feed(&terms.feed.symbol),
            price: price.try_into()?,
            confidence,
            exponent: -i32::from(terms.feed.decimals),
            publish_time: at.try_into()?,
            signatures: None,
        };
        // On another network Pyth's own program writes it, from a message that its guardians signed.
        let price_update = actors::address("price update");
        self.network.write(&price_update, &RECEIVER, &update.data())?;
        let observe = ObservePrice { pool: self.places.pool, product: self.places.product(index), price_update };
        let receipt = self.send(who, &[observe.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::PriceObserved(observed) => Some(observed),
            _ => None,
        })?;
        let (low, high) = (price.saturating_sub(confidence), price.saturating_add(confidence));
        let shown = Price { low, high, published_at: at };
        let observation = self.foresee(self.moment, |model| model.observe_price(index.into(), shown))?;
        let breach = self.model.breach(index.into());
        for (what, expected, found) in [
            ("low end", low, event.low),
            ("high end", high, event.high),
            ("time", at, event.published_at),
            ("meaning", observation as u64, event.observation),
            ("breach's begin", breach.started_at, event.started_at),
            ("measure's begin", breach.measured_from, event.measured_from),
            ("measure's end", breach.measured_until, event.measured_until),
            ("severity seconds", breach.severity_seconds, event.severity_seconds),
        ] {
            self.same(&format!("the price's {what}"), expected, found);
        }
        let [price, confidence] = [price, confidence].map(|price| plain(&terms.feed, price));
        let text = format!("{} at {price} ± {confidence}: {}", terms.feed.symbol, meaning(&event, terms)?);
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn open_price_incident(&mut self, who: Name, product: Name, name: Name) -> Result<()> {
        let index = self.product(product)?;
        let incident = self.next_incident(index)?;
        let open = OpenPriceIncident {
            payer: actors::address(who),
            pool: self.places.pool,
            product: self.places.product(index),
            incident,
            vault: self.places.vault(),
        };
        let receipt = self.send(who, &[open.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentOpened(opened) => Some(opened),
            _ => None,
        })?;
        let pool = self.pool()?;
        let number = self.foresee(pool.accrued_at, |model| model.open_price_incident(index.into(), who))?;
        self.places.incidents.insert(name, Place { address: incident, number });
        self.same(&format!("the severity of {name}"), self.model.incidents[number].severity_bps, event.severity_bps);
        self.same(&format!("the lien of {name}"), self.model.incidents[number].lien, event.lien);
        self.same(&format!("the bond of {name}"), 0, event.bond);
        self.same(&format!("when {name} occurred"), self.model.incidents[number].occurred_at, event.occurred_at);
        self.same_pool(&pool);
        let (severity, lien) = (severity(event.severity_bps), self.scenario.asset.short(event.lien));
        self.tell(who, &format!("opens {name}, {product}: severity {severity}, lien {lien}"), &receipt);
        Ok(())
    }

    pub(super) fn claim_breach(&mut self, who: Name, incident: Name, policy: Name) -> Result<()> {
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let holder = self.policy_foreseen(policy)?.holder;
        let places = &self.places;
        let claim = ClaimBreach {
            payer: actors::address(who),
            pool: places.pool,
            incident: incident_at,
            policy: policy_at,
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            holder: actors::address(holder),
            receiver: places.tokens(holder, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[claim.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ClaimSubmitted(submitted) => Some(submitted),
            _ => None,
        })?;
        let pool = self.pool()?;
        let (at, of) = (self.incident_number(incident)?, self.policy_number(policy)?);
        let number = self.foresee(pool.accrued_at, |model| model.claim_breach(at, of, who))?;
        self.same(&format!("the claim on {policy}"), self.model.claims[number].amount, event.amount);
        self.same(&format!("the bond of the claim on {policy}"), 0, event.bond);
        self.same_pool(&pool);
        let amount = self.scenario.asset.short(event.amount);
        self.tell(who, &format!("claims {amount} on {policy} in {incident} for {holder}, no bond"), &receipt);
        Ok(())
    }
}

/// A price without the zeros at its end.
fn plain(feed: &Token, price: u64) -> String {
    let exact = feed.exact(price);
    if exact.contains('.') { exact.trim_end_matches('0').trim_end_matches('.').into() } else { exact }
}

/// What a price says of a product, in words.
fn meaning(event: &PriceObserved, terms: &PriceTerms) -> Result<String> {
    let minutes = event.measured_until.saturating_sub(event.measured_from) / MINUTE;
    let strike = plain(&terms.feed, terms.strike.atoms(&terms.feed)?);
    Ok(match event.observation {
        0 => format!("not below the strike of {strike}"),
        2 => "too uncertain to tell".into(),
        _ if event.started_at == 0 => "still below the strike".into(),
        _ if event.started_at == event.published_at => format!("below the strike of {strike}"),
        _ if event.measured_from == event.published_at => "below the strike, measured anew".into(),
        _ if minutes >= u64::from(terms.min_duration_minutes) => {
            format!("below the strike for {minutes} minutes, which counts")
        }
        _ => format!("below the strike for {minutes} minutes"),
    })
}
