//! What prices and covered programs decide.

use crate::{
    acts::pick,
    court::OTHERS,
    play::Play,
    sites::{BUYERS, DRAWER, FOUNDER, GUARDIAN, OPENER},
    steps::{Limit, Quote, Second, Size, Step, level_of},
};
use coverage_model::{Model, Name, Observation, Phase, Price, Trigger};
use harness::{PriceUpdate, WorldPrice as _};
use solana_address::Address;

impl Play<'_> {
    /// Takes a step about prices or draws.
    pub fn act_on_trigger(&mut self, step: &Step) -> Option<()> {
        let incidents = self.model.incidents.len();
        match *step {
            Step::Observe { product, price, age, .. } => {
                let product = self.product_by(Trigger::Price, product);
                self.observe(step, product, price, age)?;
            }
            Step::RefuteBreach { product, price, second } => {
                let product = self.product_by(Trigger::Price, product);
                let breach = self.model.breach(product);
                let shown = self.price(product, price, second.of((breach.measured_from, breach.measured_until))?);
                let posted = self.post(shown);
                let sent = self.sites.refute_breach(&self.model, product, posted);
                self.both(step, (sent, []), |model| model.refute_breach(product, shown))?;
            }
            Step::OpenByPrice { product } => {
                let product = self.product_by(Trigger::Price, product);
                self.open_by_price(step, product)?;
            }
            Step::ClaimBreach { policy, incident, payer } => {
                let policy = self.live_policy(policy)?;
                let product = self.model.policies[policy].product;
                let own = |incident: usize| self.model.incidents[incident].product == product;
                let incident = self.one_of(incident, incidents, |one| !self.model.incidents[one].gone, own)?;
                self.claim_breach(step, incident, policy, payer)?;
            }
            Step::Challenge { incident, who } => {
                let incident = self.contestable(incident)?;
                self.challenge(step, incident, who)?;
            }
            Step::RefuteIncident { incident, price, second } => {
                let incident = self.contestable(incident)?;
                self.refute_incident(step, incident, price, second)?;
            }
            Step::Meter { booking, pays } => {
                let incidents = &self.model.incidents;
                let there = |one: usize| {
                    // The account of a policy that is closed is gone, and nothing is booked on it.
                    let policy = incidents[one].policy;
                    !incidents[one].gone && policy.is_some_and(|policy| !self.model.policies[policy].closed)
                };
                let booking = self.one_of(booking, incidents.len(), there, |one| incidents[one].is_open())?;
                self.meter(step, booking, pays)?;
            }
            Step::Draw { policy, by, size, limit, books } => {
                let Model { policies, products, .. } = &self.model;
                let there = |policy: usize| !policies[policy].closed;
                let drawn_on = |policy: usize| products[policies[policy].product].trigger() == Trigger::Authority;
                if !(0..policies.len()).any(|policy| there(policy) && drawn_on(policy)) && policy % 8 > 0 {
                    return None;
                }
                let policy = self.one_of(policy, policies.len(), there, drawn_on)?;
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(DRAWER);
                self.draw_on(step, policy, (by, books), size, limit)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// Reports a loss on a policy, with what a booking needs or without.
    pub fn draw_on(
        &mut self,
        step: &Step,
        policy: usize,
        (by, books): (Name, bool),
        size: Size,
        limit: Limit,
    ) -> Option<()> {
        let insured = self.model.policies[policy].amount;
        let loss = self.size(size, insured);
        let people = (by, books.then_some(FOUNDER));
        let min = self.limit(limit, (0, 1), |model| model.draw(policy, people, loss, 0));
        let before = self.model.incidents.len();
        let sent = self.sites.draw(&self.model, policy, people, loss, min);
        let signers = [by].into_iter().chain(people.1);
        let (paid, _) = self.both(step, (sent, signers), |model| model.draw(policy, people, loss, min))?;
        let booked = self.model.incidents.len() > before;
        self.note(step, "nothing yet", paid == 0 && !booked);
        self.note(step, "all that is insured", self.model.claimed(policy) == insured);
        self.note(step, "in part", paid > 0 && booked);
        self.note(step, "behind another", paid == 0 && booked);
        Some(())
    }

    /// Settles what can be settled of a booking, and may pay it.
    pub fn meter(&mut self, step: &Step, booking: usize, pays: bool) -> Option<()> {
        let sent = self.sites.pay_booking(&self.model, booking, pays);
        let before = self.model.incidents[booking].clone();
        let (paid, _) = self.both(step, (sent, []), |model| model.pay_booking(booking, pays, GUARDIAN))?;
        let here = self.model.incidents[booking].clone();
        let ended = before.is_open() && !here.is_open();
        self.note(step, "in part", here.is_open() && here.settled > before.settled);
        self.note(step, "paid later", before.settled > before.paid && paid > 0);
        self.note(step, "paid while it is challenged", here.state == Phase::Open);
        self.note(step, "to its end", ended);
        self.note(step, "short at its end", ended && here.settled < before.approved);
        self.note(step, "those who left pay", here.contested > before.contested);
        self.note(step, "those who left get back", ended && here.part.was_left());
        self.note(step, "after a challenge", here.ballot.is_some() && paid > 0);
        Some(())
    }

    /// A product, mostly one that a trigger decides on.
    fn product_by(&self, trigger: Trigger, number: usize) -> usize {
        let products = &self.model.products;
        let product = self.one_of(number, products.len(), |_| true, |product| products[product].trigger() == trigger);
        product.expect("there are products")
    }

    /// An incident that is there, mostly one that can be challenged.
    fn contestable(&self, number: usize) -> Option<usize> {
        let incidents = &self.model.incidents;
        let likely = |incident: usize| {
            let here = &incidents[incident];
            let open = here.state == Phase::Open || here.policy.is_some() && here.is_open();
            open && here.challenge_ends_at > self.model.now
        };
        self.one_of(number, incidents.len(), |incident| !incidents[incident].gone, likely)
    }

    /// A price of a product's feed.
    fn price(&self, product: usize, Quote { above, width }: Quote, published_at: u64) -> Price {
        // Other products have no strike; any price will do for them.
        let strike = self.model.products[product].terms.price.strike.max(98_000_000);
        let high = strike.checked_add_signed(above).expect("a price");
        Price { low: high - width, high, published_at }
    }

    /// Puts a price where it can be shown, and returns where.
    fn post(&mut self, Price { low, high, published_at }: Price) -> Address {
        let half = (high - low) / 2;
        let price = (low + half).try_into().expect("a price");
        self.world.post_price(&PriceUpdate { confidence: half, ..PriceUpdate::of(price, published_at) })
    }

    /// Shows a product a price.
    fn observe(&mut self, step: &Step, product: usize, price: Quote, age: i64) -> Option<()> {
        let shown = self.price(product, price, self.model.now.checked_add_signed(-age)?);
        let before = self.model.breach(product);
        let posted = self.post(shown);
        let sent = self.sites.observe(&self.model, product, posted);
        let (observation, _) = self.both(step, (sent, []), |model| model.observe_price(product, shown))?;
        let after = self.model.breach(product);
        for (name, one) in [
            ("recovered", Observation::Recovered),
            ("breached", Observation::Breached),
            ("inconclusive", Observation::Inconclusive),
        ] {
            self.note(step, name, observation == one);
        }
        let anew = before.measured_from > 0 && after.measured_from > before.measured_from;
        self.note(step, "measured anew", anew && after.started_at == before.started_at);
        self.note(step, "counts", after.counts && !before.counts);
        self.note(step, "forgot one that counted", before.counts && !after.counts);
        Some(())
    }

    fn open_by_price(&mut self, step: &Step, product: usize) -> Option<()> {
        let sent = self.sites.open_price_incident(&self.model, product);
        self.both(step, (sent, [OPENER]), |model| model.open_price_incident(product, OPENER))?;
        Some(())
    }

    /// Files what a policy has to claim in an incident that prices opened.
    pub fn claim_breach(&mut self, step: &Step, incident: usize, policy: usize, payer: usize) -> Option<()> {
        let payer = pick(&BUYERS, payer)?;
        let sent = self.sites.claim_breach(&self.model, incident, policy, payer);
        self.both(step, (sent, [payer]), |model| model.claim_breach(incident, policy, payer))?;
        Some(())
    }

    fn challenge(&mut self, step: &Step, incident: usize, who: usize) -> Option<()> {
        let who = pick(&OTHERS, who)?;
        let people = (who, self.payer(who));
        let sent = self.sites.challenge(&self.model, incident, people);
        self.both(step, (sent, [people.0, people.1]), |model| model.challenge_incident(incident, people))?;
        self.note(step, "a booking", self.model.incidents[incident].policy.is_some());
        Some(())
    }

    fn refute_incident(&mut self, step: &Step, incident: usize, price: Quote, second: Second) -> Option<()> {
        let here = &self.model.incidents[incident];
        let shown = self.price(here.product, price, second.of(here.measured)?);
        let challenged = here.ballot.is_some();
        let posted = self.post(shown);
        let sent = self.sites.refute_incident(&self.model, incident, posted);
        self.both(step, (sent, []), |model| model.refute_incident(incident, shown))?;
        self.note(step, "challenged before", challenged);
        Some(())
    }

    /// More is drawn than can be paid at once, and somebody challenges what is booked; the jury votes, or nobody does, and the
    /// verdict is read.
    pub fn doubt(&mut self, number: usize, side: u8) {
        let Model { policies, products, .. } = &self.model;
        let drawn_on = |policy: &usize| {
            !policies[*policy].closed && products[policies[*policy].product].trigger() == Trigger::Authority
        };
        let drawn_on: Vec<_> = (0..policies.len()).filter(drawn_on).collect();
        let Some(policy) = pick(&drawn_on, number) else { return };
        let (size, limit) = (Size::Part(5_000), Limit::Free);
        let step = Step::Draw { policy, by: None, size, limit, books: true };
        self.taking(&step, |play, step| play.draw_on(step, policy, (DRAWER, true), size, limit));
        let Some(booking) = self.model.incidents.iter().rposition(|incident| incident.policy == Some(policy)) else {
            return;
        };
        let step = Step::Challenge { incident: booking, who: number };
        self.taking(&step, |play, step| play.challenge(step, booking, number));
        let step = Step::Meter { booking, pays: true };
        self.taking(&step, |play, step| play.meter(step, booking, true));
        let Some(ballot) = self.model.incidents[booking].ballot.filter(|ballot| !self.model.ballots[*ballot].gone)
        else {
            return;
        };
        if !number.is_multiple_of(4) {
            self.vote_all(ballot, level_of(side));
        }
        self.close_all(&[ballot]);
        self.contest(&[ballot], number);
        self.wait_until(self.model.ballots[ballot].round().final_at);
        let step = Step::Verdict { incident: booking };
        self.taking(&step, |play, step| play.read_verdict(step, booking));
    }

    /// A price falls below the strike until that counts; it is refuted, or an incident is opened by it and challenged,
    /// refuted, both or neither, and has its end.
    pub fn depeg(&mut self, number: usize, depth: u64, side: u8) {
        let product = self.product_by(Trigger::Price, 1);
        let (who, size, limit) = (number, Size::Part(1_000), Limit::Free);
        self.take(&Step::Buy { product, who, holder: Some(number), size, term_days: 60, commission_bps: 0, limit });
        let below = i64::try_from(depth).expect("a price");
        let pause = self.model.products[product].terms.price.max_gap.into();
        for turn in 0..9 {
            self.take(&Step::Wait { seconds: if turn == number % 16 { pause + 1 } else { pause } });
            // The price moves a little.
            let price = Quote { above: -1 - below - (turn as i64 * 7_777) % 70_000, width: depth / 200 * 2 };
            let step = Step::Observe { product, price, age: 0, after: 0 };
            self.taking(&step, |play, step| play.observe(step, product, price, 0));
        }
        let (strike, middle) = (Quote { above: 0, width: 0 }, Second { milli: 500, off: 0 });
        if number % 8 == 6 {
            self.take(&Step::RefuteBreach { product, price: strike, second: middle });
        }
        let incident = self.model.incidents.len();
        self.taking(&Step::OpenByPrice { product }, |play, step| play.open_by_price(step, product));
        if self.model.incidents.len() == incident {
            return;
        }
        if number % 2 == 1 {
            let step = Step::Challenge { incident, who: number };
            self.taking(&step, |play, step| play.challenge(step, incident, number));
        }
        if number % 5 < 2 {
            let step = Step::RefuteIncident { incident, price: strike, second: middle };
            self.taking(&step, |play, step| play.refute_incident(step, incident, strike, middle));
        }
        self.conclude(&[incident], number, side);
        if !number.is_multiple_of(3) {
            let price = Quote { above: 1_000_000, width: 2 };
            let step = Step::Observe { product, price, age: 0, after: 0 };
            self.taking(&step, |play, step| play.observe(step, product, price, 0));
        }
    }
}

impl Second {
    /// The second of a time from one to another.
    fn of(self, (from, until): (u64, u64)) -> Option<u64> {
        (from + (until - from) * self.milli / 1_000).checked_add_signed(self.off).filter(|second| *second > 0)
    }
}
