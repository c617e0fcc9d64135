//! Cover: what is sold, until when it holds capacity, where its premium goes.

use super::{
    Atoms, DAY, GUARDIAN, Model, Name, Outcome, Refusal, Rule, boundary_after, day_of, down, must, part, price, stored,
    up,
};
use coverage_client::ProductParams;
use solana_address::Address;

/// A listed risk.
#[derive(Clone, Debug)]
pub struct Product {
    pub address: Address,
    pub pool: usize,
    pub terms: ProductParams,
    /// The last day to which its capacity was counted.
    pub rolled_day: u64,
}

/// Where a premium went, atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub premium: Atoms,
    pub commission: Atoms,
    pub protocol_fee: Atoms,
    pub assessor_fee: Atoms,
    pub unearned: Atoms,
}

/// One cover.
#[derive(Clone, Debug)]
pub struct Policy {
    pub address: Address,
    pub product: usize,
    pub pool: usize,
    pub id: u64,
    pub payer: Name,
    pub holder: Name,
    /// Sum insured, atoms.
    pub amount: Atoms,
    /// Of all its premiums.
    pub parts: Parts,
    /// Set once it was cancelled.
    pub refunded: Option<Atoms>,
    pub cancel_fee_bps: u16,
    /// The stream of its premium.
    pub stream: usize,
    pub bought_at: u64,
    pub cover_from: u64,
    pub end_day: u64,
    /// Capacity it holds, and the day that releases it.
    pub held: Atoms,
    pub release_day: u64,
    /// Capacity that an extension gave up, and the days on which it is released.
    pub given_up: Vec<(Atoms, u64)>,
    pub closed: bool,
}

impl Policy {
    /// The capacity it still holds on a day.
    fn holds(&self, day: u64) -> Atoms {
        self.releases().filter(|(_, release)| *release > day).map(|(amount, _)| amount).sum()
    }

    /// How much is released on which days.
    pub fn releases(&self) -> impl Iterator<Item = (Atoms, u64)> {
        self.given_up.iter().copied().chain([(self.held, self.release_day)])
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    pub payer: Name,
    /// Nobody, when it is the zero address.
    pub holder: Option<Name>,
    pub id: u64,
    pub amount: u64,
    pub term_days: u16,
    pub commission_bps: u16,
    pub max_premium: u64,
}

/// An answer to a question for a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub premium: Atoms,
    pub capacity: Atoms,
    pub cover_from: u64,
    pub end: u64,
}

/// Who gets the commissions.
pub const DISTRIBUTOR: Name = "hugo";

impl Model {
    /// Every policy a pool ever sold.
    pub fn policies_of(&self, pool: usize) -> impl Iterator<Item = &Policy> {
        self.policies.iter().filter(move |policy| policy.pool == pool)
    }

    /// Active cover of a pool, as of its last accrual.
    pub fn pool_active(&self, pool: usize) -> Atoms {
        self.policies_of(pool).map(|policy| policy.holds(self.accrued_day(pool))).sum()
    }

    /// Active cover of a product, as of the day to which it was rolled: too high until it is rolled to today.
    pub fn product_active(&self, product: usize) -> Atoms {
        let sold = self.policies.iter().filter(|policy| policy.product == product);
        sold.map(|policy| policy.holds(self.products[product].rolled_day)).sum()
    }

    /// Active cover of a correlation group: of its products, each as of the day to which it was rolled.
    pub fn group_active(&self, pool: usize, group: usize) -> Atoms {
        let members = (0..self.products.len()).filter(|product| {
            let Product { pool: of, ref terms, .. } = self.products[*product];
            of == pool && usize::from(terms.group) == group
        });
        members.map(|product| self.product_active(product)).sum()
    }

    /// Brings a product and its pool up to now.
    pub fn roll(&mut self, product: usize) {
        self.accrue(self.products[product].pool);
        let rolled_day = &mut self.products[product].rolled_day;
        *rolled_day = day_of(self.now).max(*rolled_day);
    }

    /// The caps of product, group and pool hold with so much more cover (B2).
    fn check_caps(&self, product: usize, more: Atoms) -> Outcome {
        let rules = [Rule::ProductCapacity, Rule::GroupCapacity, Rule::PoolCapacity];
        for (rule, (active, cap)) in rules.into_iter().zip(self.caps(product)?) {
            must(active + more <= cap, rule)?;
        }
        Ok(())
    }

    /// Active cover and cap of product, group and pool.
    pub fn caps(&self, product: usize) -> Outcome<[(Atoms, Atoms); 3]> {
        let Product { pool, ref terms, .. } = self.products[product];
        let (params, group) = (&self.pools[pool].params, usize::from(terms.group));
        Ok([
            (self.product_active(product), self.limit(pool, terms.weight_bps)?),
            (self.group_active(pool, group), self.limit(pool, params.group_caps_bps[group])?),
            (self.pool_active(pool), self.limit(pool, params.leverage_bps)?),
        ])
    }

    /// The premium of an amount that takes a product's active cover up from `from`: never less than the least one.
    fn premium(&self, product: usize, from: Atoms, amount: Atoms, seconds: u64) -> Outcome<Atoms> {
        let pool = self.products[product].pool;
        let capacity = self.limit(pool, self.products[product].terms.weight_bps)?;
        let to = stored(from + amount)?;
        must(to <= capacity, Rule::ProductCapacity)?;
        let premium = up(&price::premium(&self.products[product], capacity, from, to, seconds))?;
        Ok(premium.max(self.pools[pool].params.min_premium.into()))
    }

    /// The commission comes on top of the price. The fees are parts of the price, rounded down; what that leaves is the
    /// LPs'.
    fn split(&self, pool: usize, price: Atoms, commission_bps: u16) -> Outcome<Parts> {
        let params = &self.pools[pool].params;
        let commission = down(&part(price, commission_bps))?;
        let protocol_fee = down(&part(price, params.protocol_fee_bps))?;
        let assessor_fee = down(&part(price, params.assessor_fee_bps))?;
        let unearned = price - protocol_fee - assessor_fee;
        let premium = stored(price + commission)?;
        Ok(Parts { premium, commission, protocol_fee, assessor_fee, unearned })
    }

    fn check_sale(&self, product: usize, amount: u64, term_days: u16) -> Outcome {
        let terms = &self.products[product].terms;
        must(amount > 0, Rule::ZeroAmount)?;
        must(self.open_incident(product).is_none(), Rule::IncidentOpen)?;
        must((terms.min_amount..=terms.max_amount).contains(&amount), Rule::AmountOutOfBounds)?;
        must((terms.min_term_days..=terms.max_term_days).contains(&term_days), Rule::TermOutOfBounds)
    }

    /// First covered second and end day of a sale now: the cover ends at the first day boundary after its term.
    fn period(&self, product: usize, term_days: u16) -> (u64, u64) {
        let cover_from = self.now + u64::from(self.products[product].terms.waiting_days) * DAY;
        (cover_from, boundary_after(cover_from + u64::from(term_days) * DAY))
    }

    /// What a sale would cost in this second.
    pub fn quote(&mut self, product: usize, amount: u64, term_days: u16) -> Outcome<Offer> {
        // Nothing is written: whoever asks rolls a copy.
        let mut copy = self.clone();
        copy.roll(product);
        copy.check_sale(product, amount, term_days)?;
        let (cover_from, end_day) = copy.period(product, term_days);
        let active = copy.product_active(product);
        let premium = copy.premium(product, active, amount.into(), end_day * DAY - cover_from)?;
        copy.check_caps(product, amount.into())?;
        Ok(Offer { premium, capacity: copy.room(product)?, cover_from, end: end_day * DAY })
    }

    /// The largest amount that fits all caps.
    pub fn room(&self, product: usize) -> Outcome<Atoms> {
        let room = self.caps(product)?.into_iter().map(|(active, cap)| (cap - active).max(0)).min();
        Ok(room.expect("three caps"))
    }

    /// Sells a policy. Returns the premium.
    pub fn buy(&mut self, product: usize, address: Address, purchase: Purchase) -> Outcome<Atoms> {
        let Purchase { payer, id, amount, term_days, commission_bps, .. } = purchase;
        let pool = self.products[product].pool;
        self.roll(product);
        self.check_sale(product, amount, term_days)?;
        must(commission_bps <= 2_000, Rule::CommissionTooHigh)?;
        let holder = purchase.holder.ok_or(Refusal::Rule(Rule::ZeroHolder))?;
        self.pay_rent::<coverage_client::Policy>(payer)?;
        let (cover_from, end_day) = self.period(product, term_days);
        let (active, amount) = (self.product_active(product), Atoms::from(amount));
        let price = self.premium(product, active, amount, end_day * DAY - cover_from)?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(purchase.max_premium), Rule::PremiumTooHigh)?;
        self.check_caps(product, amount)?;
        let stream = self.stream(pool, parts.unearned, end_day)?;
        self.policies.push(Policy {
            address,
            product,
            pool,
            id,
            payer,
            holder,
            amount,
            parts,
            refunded: None,
            cancel_fee_bps: self.pools[pool].params.cancel_fee_bps,
            stream,
            bought_at: self.now,
            cover_from,
            end_day,
            held: amount,
            release_day: end_day + u64::from(self.products[product].terms.grace_days),
            given_up: vec![],
            closed: false,
        });
        self.pay_premium(pool, payer, &parts)?;
        Ok(parts.premium)
    }

    fn pay_premium(&mut self, pool: usize, payer: Name, parts: &Parts) -> Outcome {
        self.pay_in(payer, pool, parts.premium - parts.commission)?;
        self.take(payer, super::Token::Asset, parts.commission)?;
        self.give(DISTRIBUTOR, super::Token::Asset, parts.commission);
        Ok(())
    }

    /// Somebody changes or passes on a policy that goes on.
    fn check_alive(&self, policy: usize) -> Outcome {
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        let Policy { end_day, refunded, .. } = self.policies[policy];
        must(self.now < end_day * DAY && refunded.is_none(), Rule::PolicyEnded)
    }

    /// Lets a policy cover longer, priced now as the last slice sold. Returns the premium.
    pub fn extend(
        &mut self,
        policy: usize,
        payer: Name,
        (days, commission_bps): (u16, u16),
        max: u64,
    ) -> Outcome<Atoms> {
        let Policy { product, pool, end_day, release_day, held, stream, .. } = self.policies[policy];
        self.roll(product);
        must(self.open_incident(product).is_none(), Rule::IncidentOpen)?;
        self.check_alive(policy)?;
        must(commission_bps <= 2_000, Rule::CommissionTooHigh)?;
        let left = self.policies[policy].amount - self.claimed(policy);
        must(left > 0, Rule::PolicyExhausted)?;
        let more = u64::from(days);
        let longest = u64::from(self.products[product].terms.max_term_days) * DAY;
        must(days > 0 && (end_day + more) * DAY - self.now <= longest, Rule::TermOutOfBounds)?;
        let below = self.product_active(product) - left;
        let price = self.premium(product, below, left, more * DAY)?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(max), Rule::PremiumTooHigh)?;
        self.check_caps(product, 0)?;
        // What was not yet earned and what is new go on as one stream.
        let running = self.stop(stream)?;
        let stream = self.stream(pool, running + parts.unearned, end_day + more)?;
        let policy = &mut self.policies[policy];
        policy.stream = stream;
        policy.end_day += more;
        // Capacity of what was claimed before is released when it would have been.
        policy.given_up.push((held - left, release_day));
        policy.held = left;
        policy.release_day += more;
        let sum = &mut policy.parts;
        sum.premium += parts.premium;
        sum.commission += parts.commission;
        sum.protocol_fee += parts.protocol_fee;
        sum.assessor_fee += parts.assessor_fee;
        sum.unearned += parts.unearned;
        self.pay_premium(pool, payer, &parts)?;
        Ok(parts.premium)
    }

    /// Ends a policy with this day. Returns the refund.
    pub fn cancel(&mut self, policy: usize, by: Name, min_refund: u64) -> Outcome<Atoms> {
        let Policy { product, pool, end_day, stream, cancel_fee_bps, .. } = self.policies[policy];
        must(by == self.policies[policy].holder, Rule::NotHolder)?;
        self.roll(product);
        must(self.open_incident(product).is_none(), Rule::IncidentOpen)?;
        self.check_alive(policy)?;
        must(self.policies[policy].amount > self.claimed(policy), Rule::PolicyExhausted)?;
        let tomorrow = day_of(self.now) + 1;
        must(tomorrow < end_day, Rule::NothingToRefund)?;
        let unearned = self.shorten(stream, tomorrow)?;
        let fee = up(&part(unearned, cancel_fee_bps))?;
        self.stream(pool, fee, self.income_end_day())?;
        let refund = unearned - fee;
        must(refund >= Atoms::from(min_refund), Rule::RefundTooLow)?;
        let grace = u64::from(self.products[product].terms.grace_days);
        let cancelled = &mut self.policies[policy];
        cancelled.refunded = Some(refund);
        cancelled.end_day = tomorrow;
        cancelled.release_day = tomorrow + grace;
        self.pay_out(pool, by, refund);
        Ok(refund)
    }

    /// Passes a policy on.
    pub fn transfer(&mut self, policy: usize, by: Name, to: Option<Name>) -> Outcome {
        must(by == self.policies[policy].holder, Rule::NotHolder)?;
        let to = to.ok_or(Refusal::Rule(Rule::ZeroHolder))?;
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        self.policies[policy].holder = to;
        Ok(())
    }

    /// Closes a policy of which nothing can come any more.
    pub fn close_policy(&mut self, policy: usize) -> Outcome {
        let Policy { product, release_day, .. } = self.policies[policy];
        must(self.open_incident(product).is_none(), Rule::IncidentOpen)?;
        must(!self.may_be_reported_late(product), Rule::LateReportPossible)?;
        must(day_of(self.now) >= release_day, Rule::PolicyAlive)?;
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        must(self.paid(policy) == self.claimed(policy), Rule::ClaimUnpaid)?;
        self.policies[policy].closed = true;
        self.return_rent::<coverage_client::Policy>(self.policies[policy].payer, GUARDIAN);
        Ok(())
    }
}
