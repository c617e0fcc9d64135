//! Cover: what is sold, until when it holds capacity, where its premium goes.

use crate::{
    Account, Atoms, DAY, MAX_COMMISSION_BPS, Model, Name, Outcome, Product, Rule, Token, curve, day_after, day_of,
    must, part_down, part_up, stored,
};

/// Where a premium went, atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// All that was paid.
    pub premium: Atoms,
    /// To a distributor.
    pub commission: Atoms,
    /// To the treasury.
    pub protocol_fee: Atoms,
    /// To the assessors' fund.
    pub assessor_fee: Atoms,
    /// To the LPs over time.
    pub unearned: Atoms,
}

/// One cover.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its product.
    pub product: usize,
    /// Its pool.
    pub pool: usize,
    /// Number that the payer gave it.
    pub id: u64,
    /// Who bought it and gets its rent back.
    pub payer: Name,
    /// Who may claim.
    pub holder: Name,
    /// Sum insured, atoms.
    pub amount: Atoms,
    /// Of all its premiums.
    pub parts: Parts,
    /// Set once it was cancelled, atoms.
    pub refunded: Option<Atoms>,
    /// What a cancellation costs, bps.
    pub cancel_fee_bps: u16,
    /// The stream of its premium.
    pub stream: usize,
    /// When it was bought.
    pub bought_at: u64,
    /// First covered second.
    pub cover_from: u64,
    /// Day whose first second is the last that is covered.
    pub end_day: u64,
    /// Capacity it holds, atoms.
    pub held: Atoms,
    /// The day that releases it.
    pub release_day: u64,
    /// Capacity that an extension gave up, and the days on which it is released.
    pub given_up: Vec<(Atoms, u64)>,
    /// Losses that a covered program has reported, atoms.
    pub losses: Atoms,
    /// Whether its account is closed.
    pub closed: bool,
}

impl Policy {
    /// The capacity it still holds on a day.
    pub(crate) fn holds(&self, day: u64) -> Atoms {
        self.releases().filter(|(_, release)| *release > day).map(|(amount, _)| amount).sum()
    }

    /// How much is released on which days.
    pub fn releases(&self) -> impl Iterator<Item = (Atoms, u64)> {
        self.given_up.iter().copied().chain([(self.held, self.release_day)])
    }

    /// Whether it covers what happened at a time. Not in the second of the sale: a buyer could have seen it happen.
    #[must_use]
    pub fn covers(&self, time: u64) -> bool {
        time > self.bought_at && (self.cover_from..=self.end_day * DAY).contains(&time)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    /// Who pays.
    pub payer: Name,
    /// Who may claim; nobody, when it is the zero address.
    pub holder: Option<Name>,
    /// Number of the policy among the payer's.
    pub id: u64,
    /// Sum insured, atoms.
    pub amount: u64,
    /// Days of cover, at least.
    pub term_days: u16,
    /// Who gets a commission, and how much of the price, bps.
    pub commission: (Name, u16),
    /// The dearest premium that is paid, atoms.
    pub max_premium: u64,
}

/// An answer to a question for a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Premium without a commission, atoms.
    pub premium: Atoms,
    /// The largest amount that could be sold, atoms.
    pub capacity: Atoms,
    /// First covered second.
    pub cover_from: u64,
    /// Last covered second.
    pub end: u64,
}

impl Model {
    /// Every policy a pool ever sold.
    pub fn policies_of(&self, pool: usize) -> impl Iterator<Item = &Policy> {
        self.policies.iter().filter(move |policy| policy.pool == pool)
    }

    /// The premium of an amount that takes a product's active cover up from `from`, on so much capital: never less than the
    /// least one.
    fn premium(&self, (product, capital): (usize, Atoms), from: Atoms, amount: Atoms, seconds: u64) -> Outcome<Atoms> {
        let Product { pool, ref terms, .. } = self.products[product];
        let capacity = part_down(capital, terms.weight_bps)?;
        let to = stored(from + amount)?;
        must(to <= capacity, Rule::ProductCapacity)?;
        let premium = curve::premium(terms, capacity, from, to, seconds)?;
        Ok(premium.max(self.pools[pool].params.min_premium.into()))
    }

    /// The commission comes on top of the price. The fees are parts of the price, rounded down; what that leaves is the
    /// LPs'.
    fn split(&self, pool: usize, price: Atoms, commission_bps: u16) -> Outcome<Parts> {
        let params = &self.pools[pool].params;
        let commission = part_down(price, commission_bps)?;
        let protocol_fee = part_down(price, params.protocol_fee_bps)?;
        let assessor_fee = part_down(price, params.assessor_fee_bps)?;
        let unearned = price - protocol_fee - assessor_fee;
        let premium = stored(price + commission)?;
        Ok(Parts { premium, commission, protocol_fee, assessor_fee, unearned })
    }

    /// The product is listed, and its price is not known to be below the strike.
    fn check_extendable(&self, product: usize) -> Outcome {
        must(!self.products[product].delisted, Rule::ProductDelisted)?;
        must(self.products[product].on_sale, Rule::ProductNotListed)?;
        must(!self.is_breached(product), Rule::BreachRunning)
    }

    fn check_sale(&self, product: usize, amount: u64, term_days: u16) -> Outcome {
        let Product { pool, ref terms, .. } = self.products[product];
        must(self.pools[pool].opened.is_some_and(|(_, sells)| self.now >= sells), Rule::PoolNotOpen)?;
        must(amount > 0, Rule::ZeroAmount)?;
        self.check_extendable(product)?;
        must(!self.is_liened(product), Rule::IncidentOpen)?;
        must((terms.min_amount..=terms.max_amount).contains(&amount), Rule::AmountOutOfBounds)?;
        must((terms.min_term_days..=terms.max_term_days).contains(&term_days), Rule::TermOutOfBounds)
    }

    /// First covered second and end day of a sale now: the cover ends at the first day boundary after its term.
    fn period(&self, product: usize, term_days: u16) -> (u64, u64) {
        let cover_from = self.now + u64::from(self.products[product].terms.waiting_days) * DAY;
        (cover_from, day_after(cover_from + u64::from(term_days) * DAY))
    }

    /// What a sale would cost in this second.
    pub fn quote(&mut self, product: usize, amount: u64, term_days: u16) -> Outcome<Offer> {
        // Nothing is written.
        self.trial(|model| {
            model.roll(product);
            model.check_sale(product, amount, term_days)?;
            let (cover_from, end_day) = model.period(product, term_days);
            let (active, end) = (model.product_active(product), end_day * DAY);
            let free = model.free_capital(model.products[product].pool)?;
            let premium = model.premium((product, free), active, amount.into(), end - cover_from)?;
            model.check_caps(product, free, amount.into())?;
            Ok(Offer { premium, capacity: model.room(product)?, cover_from, end })
        })
    }

    /// Sells a policy. Returns it.
    pub fn buy(&mut self, product: usize, purchase: Purchase) -> Outcome<usize> {
        let Purchase { payer, id, amount, term_days, commission: (distributor, commission_bps), .. } = purchase;
        let pool = self.products[product].pool;
        self.roll(product);
        self.check_sale(product, amount, term_days)?;
        must(commission_bps <= MAX_COMMISSION_BPS, Rule::CommissionTooHigh)?;
        let holder = purchase.holder.ok_or(Rule::ZeroHolder)?;
        self.pay_rent(payer, Account::Policy)?;
        let (cover_from, end_day) = self.period(product, term_days);
        let (active, amount) = (self.product_active(product), Atoms::from(amount));
        let free = self.free_capital(pool)?;
        let price = self.premium((product, free), active, amount, end_day * DAY - cover_from)?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(purchase.max_premium), Rule::PremiumTooHigh)?;
        self.check_caps(product, free, amount)?;
        let stream = self.stream(pool, parts.unearned, end_day)?;
        self.pay_premium(pool, payer, distributor, &parts)?;
        Ok(self.policies.push(Policy {
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
            losses: 0,
            closed: false,
        }))
    }

    fn pay_premium(&mut self, pool: usize, payer: Name, distributor: Name, parts: &Parts) -> Outcome {
        self.pay_in(payer, pool, parts.premium - parts.commission)?;
        self.take(payer, Token::Asset, parts.commission)?;
        self.give(distributor, Token::Asset, parts.commission);
        Ok(())
    }

    /// Somebody changes a policy that goes on.
    fn check_alive(&self, policy: usize) -> Outcome {
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        let Policy { end_day, refunded, .. } = self.policies[policy];
        must(self.now < end_day * DAY && refunded.is_none(), Rule::PolicyEnded)
    }

    /// Lets a policy cover so many days longer, priced now as the last slice sold. Returns the premium.
    pub fn extend(
        &mut self,
        policy: usize,
        payer: Name,
        days: u16,
        (distributor, commission_bps): (Name, u16),
        max_premium: u64,
    ) -> Outcome<Atoms> {
        let Policy { product, pool, end_day, release_day, held, stream, amount, .. } = self.policies[policy];
        self.roll(product);
        self.check_extendable(product)?;
        self.check_alive(policy)?;
        must(commission_bps <= MAX_COMMISSION_BPS, Rule::CommissionTooHigh)?;
        let left = amount - self.claimed(policy);
        must(left > 0, Rule::PolicyExhausted)?;
        let more = u64::from(days);
        let longest = u64::from(self.products[product].terms.max_term_days) * DAY;
        must(days > 0 && (end_day + more) * DAY - self.now <= longest, Rule::TermOutOfBounds)?;
        let below = self.product_active(product) - left;
        // On the capital that carries all cover: no report keeps a holder from it, or makes it dearer.
        let capital = self.carrying_capital(pool)?;
        let price = self.premium((product, capital), below, left, more * DAY)?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(max_premium), Rule::PremiumTooHigh)?;
        if self.is_liened(product) {
            // It takes no part in the cap of its group; that of the pool counts all cover.
            let most = part_down(capital, self.pools[pool].params.leverage_bps)?;
            must(self.pool_active(pool) + self.liened_cover(pool) <= most, Rule::PoolCapacity)?;
        } else {
            self.check_caps(product, capital, 0)?;
        }
        // What was not yet earned and what is new go on as one stream.
        let running = self.stop(stream)?;
        let stream = self.stream(pool, running + parts.unearned, end_day + more)?;
        let here = &mut self.policies[policy];
        here.stream = stream;
        here.end_day += more;
        // Capacity of what was claimed before is released when it would have been.
        here.given_up.push((held - left, release_day));
        here.held = left;
        here.release_day += more;
        here.parts.premium += parts.premium;
        here.parts.commission += parts.commission;
        here.parts.protocol_fee += parts.protocol_fee;
        here.parts.assessor_fee += parts.assessor_fee;
        here.parts.unearned += parts.unearned;
        self.pay_premium(pool, payer, distributor, &parts)?;
        Ok(parts.premium)
    }

    /// Ends a policy with this day. Returns the refund.
    pub fn cancel(&mut self, policy: usize, by: Name, min_refund: u64) -> Outcome<Atoms> {
        let Policy { product, pool, end_day, stream, cancel_fee_bps, holder, amount, .. } = self.policies[policy];
        must(by == holder, Rule::NotHolder)?;
        self.roll(product);
        must(!self.is_liened(product), Rule::IncidentOpen)?;
        must(!self.is_breached(product), Rule::BreachRunning)?;
        self.check_alive(policy)?;
        must(amount > self.claimed(policy), Rule::PolicyExhausted)?;
        let tomorrow = day_of(self.now) + 1;
        must(tomorrow < end_day, Rule::NothingToRefund)?;
        let unearned = self.shorten(stream, tomorrow)?;
        let fee = part_up(unearned, cancel_fee_bps)?;
        self.stream(pool, fee, self.income_end_day(pool))?;
        let refund = unearned - fee;
        must(refund >= Atoms::from(min_refund), Rule::RefundTooLow)?;
        let grace = u64::from(self.products[product].terms.grace_days);
        let here = &mut self.policies[policy];
        here.refunded = Some(refund);
        here.end_day = tomorrow;
        here.release_day = tomorrow + grace;
        self.pay_out(pool, by, refund);
        Ok(refund)
    }

    /// Passes a policy on; to the zero address it cannot be.
    pub fn transfer(&mut self, policy: usize, by: Name, to: Option<Name>) -> Outcome {
        must(by == self.policies[policy].holder, Rule::NotHolder)?;
        let to = to.ok_or(Rule::ZeroHolder)?;
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        self.policies[policy].holder = to;
        Ok(())
    }

    /// Closes the account of a policy that is fully settled: released, without open claims, and paid.
    pub fn close_policy(&mut self, policy: usize, caller: Name) -> Outcome {
        let Policy { product, release_day, payer, .. } = self.policies[policy];
        must(!self.is_liened(product), Rule::IncidentOpen)?;
        must(day_of(self.now) >= release_day, Rule::PolicyAlive)?;
        // What waits for who posted it is paid with the policy's account.
        must(self.open_claims(policy) + self.waiting_bonds(policy) == 0, Rule::ClaimOpen)?;
        must(self.paid(policy) == self.claimed(policy), Rule::ClaimUnpaid)?;
        self.policies[policy].closed = true;
        self.return_rent(Account::Policy, 0, payer, caller);
        Ok(())
    }
}
