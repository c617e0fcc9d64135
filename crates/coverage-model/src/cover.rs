//! Cover: what is sold, until when it holds capacity, where its premium goes.

use crate::{
    ALL_BPS, Account, Atoms, DAY, Fault, MAX_COMMISSION_BPS, Model, Name, Outcome, Product, Rule, Sale, Token, curve,
    day_after, day_of, down, must, part_down, part_up, stored, streams::UNITS,
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

/// The day on which what is given back is free, counted from the day on which it is.
const GIVEN_BACK_HOLDS: u64 = 2;

/// That a policy was cancelled.
#[derive(Clone, Copy, Debug)]
pub struct Cancelled {
    /// When, unix seconds.
    pub at: u64,
    /// The refund, atoms.
    pub refund: Atoms,
    /// Paid on the policy until then, atoms.
    pub paid: Atoms,
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
    /// Sum insured when it was bought, atoms.
    pub bought: Atoms,
    /// Sum insured now, atoms: less what was given back.
    pub amount: Atoms,
    /// Whether it was cancelled.
    pub cancelled: Option<Cancelled>,
    /// Of all its premiums.
    pub parts: Parts,
    /// Refunded of them in all, atoms.
    pub refunded: Atoms,
    /// What a refund costs, bps.
    pub cancel_fee_bps: u16,
    /// The stream of its premium.
    pub stream: usize,
    /// When it was bought.
    pub bought_at: u64,
    /// First covered second.
    pub cover_from: u64,
    /// Last covered second: the first of a day, or when a cover that had not begun was cancelled.
    pub end: u64,
    /// Capacity it holds, atoms: less what was finally used, or given back.
    pub held: Atoms,
    /// The day that releases it, until when its premium streams.
    pub release_day: u64,
    /// Capacity that was given back while it goes on, atoms, and the day that releases it.
    pub given_back: Vec<(Atoms, u64)>,
    /// Losses that a covered program has reported, atoms.
    pub losses: Atoms,
    /// Whether its account is closed.
    pub closed: bool,
}

impl Policy {
    /// The capacity it still holds, atoms, by the day that releases it.
    pub fn releases(&self) -> impl Iterator<Item = (Atoms, u64)> {
        std::iter::once((self.held, self.release_day)).chain(self.given_back.iter().copied())
    }

    /// The capacity it still holds on a day.
    pub(crate) fn holds(&self, day: u64) -> Atoms {
        self.releases().filter(|(_, release_day)| *release_day > day).map(|(held, _)| held).sum()
    }

    /// Whether it covers what happened at a time. Not in the second of the sale: a buyer could have seen it happen.
    #[must_use]
    pub fn covers(&self, time: u64) -> bool {
        time > self.bought_at && (self.cover_from..=self.end).contains(&time)
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
    /// The number of the product's terms that the buyer has seen.
    pub terms: u64,
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
    /// The number of the product's terms.
    pub terms: u64,
}

impl Model {
    /// Every policy a pool ever sold.
    pub fn policies_of(&self, pool: usize) -> impl Iterator<Item = &Policy> {
        self.policies.iter().filter(move |policy| policy.pool == pool)
    }

    /// The premium of so much more cover of a product: never less than the least one.
    fn premium(&self, product: usize, amount: Atoms, seconds: u64) -> Outcome<Atoms> {
        let Product { pool, ref terms, .. } = self.products[product];
        let capacity = part_down(self.seasoned_capital(pool)?, terms.weight_bps)?;
        let from = self.product_active(product);
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
        must(self.products[product].sale != Sale::Delisted, Rule::ProductDelisted)?;
        must(self.products[product].sale == Sale::On, Rule::ProductNotListed)?;
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

    /// First and last covered second of a sale now, and the day that releases its capacity: the cover ends at the first day
    /// boundary after its term.
    fn period(&self, product: usize, term_days: u16) -> (u64, u64, u64) {
        let terms = &self.products[product].terms;
        let cover_from = self.now + u64::from(terms.waiting_days) * DAY;
        let end_day = day_after(cover_from + u64::from(term_days) * DAY);
        (cover_from, end_day * DAY, end_day + u64::from(terms.grace_days))
    }

    /// What a sale would cost in this second.
    pub fn quote(&mut self, product: usize, amount: u64, term_days: u16) -> Outcome<Offer> {
        // Nothing is written.
        self.trial(|model| {
            model.roll(product);
            model.check_sale(product, amount, term_days)?;
            model.renew_terms(product);
            let (cover_from, end, release_day) = model.period(product, term_days);
            let premium = model.premium(product, amount.into(), release_day * DAY - model.now)?;
            model.check_caps(product, amount.into())?;
            model.check_court(product, amount.into())?;
            model.hold_until(product, release_day)?;
            Ok(Offer { premium, capacity: model.room(product)?, cover_from, end, terms: model.terms_of_sale(product) })
        })
    }

    /// Sells a policy. Returns it.
    pub fn buy(&mut self, product: usize, purchase: Purchase) -> Outcome<usize> {
        let Purchase { payer, id, amount, term_days, commission: (distributor, commission_bps), .. } = purchase;
        let pool = self.products[product].pool;
        self.roll(product);
        self.check_sale(product, amount, term_days)?;
        must(purchase.terms == self.terms_of_sale(product), Rule::TermsChanged)?;
        self.renew_terms(product);
        must(commission_bps <= MAX_COMMISSION_BPS, Rule::CommissionTooHigh)?;
        let holder = purchase.holder.ok_or(Rule::ZeroHolder)?;
        self.pay_rent(payer, Account::Policy)?;
        let (cover_from, end, release_day) = self.period(product, term_days);
        let amount = Atoms::from(amount);
        // Nobody else can have the capacity until it is released.
        let term = self.faults.has(Fault::T45).then(|| u64::from(term_days) * DAY);
        let price = self.premium(product, amount, term.unwrap_or(release_day * DAY - self.now))?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(purchase.max_premium), Rule::PremiumTooHigh)?;
        self.check_caps(product, amount)?;
        self.check_court(product, amount)?;
        self.hold_until(product, release_day)?;
        self.pools[pool].sold_leverage_bps = self.pools[pool].params.leverage_bps;
        let stream = self.stream(pool, parts.unearned, release_day)?;
        self.pay_premium(pool, payer, distributor, &parts)?;
        Ok(self.policies.push(Policy {
            product,
            pool,
            id,
            payer,
            holder,
            bought: amount,
            amount,
            cancelled: None,
            parts,
            refunded: 0,
            cancel_fee_bps: self.pools[pool].params.cancel_fee_bps,
            stream,
            bought_at: self.now,
            cover_from,
            end,
            held: amount,
            release_day,
            given_back: vec![],
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
        let Policy { end, cancelled, .. } = self.policies[policy];
        must(self.now < end && cancelled.is_none(), Rule::PolicyEnded)
    }

    /// What is left of the sum insured. Refuses nothing at all.
    pub(crate) fn left(&self, policy: usize) -> Outcome<Atoms> {
        let left = self.policies[policy].amount - self.claimed(policy);
        must(left > 0, Rule::PolicyExhausted)?;
        Ok(left)
    }

    /// Releases some of the capacity of a policy, unless time has released it.
    pub(crate) fn release(&mut self, policy: usize, amount: Atoms) {
        let Policy { pool, release_day, .. } = self.policies[policy];
        if self.accrued_day(pool) < release_day {
            self.policies[policy].held -= amount;
        }
    }

    /// Uses some of the capacity of a policy for good: it was paid or drawn. What is still to be earned for it is income from now on.
    pub(crate) fn use_cover(&mut self, policy: usize, amount: Atoms) -> Outcome {
        let Policy { pool, release_day, .. } = self.policies[policy];
        if amount > 0 && self.accrued_day(pool) < release_day {
            if self.faults.has(Fault::T54) {
                self.release(policy, amount);
                return Ok(());
            }
            let stream = self.paid_for(policy, amount)?;
            if self.streams[stream].rate > 0 {
                self.let_stream_join_income(stream)?;
            }
            self.release(policy, amount);
        }
        Ok(())
    }

    /// The part of a policy's stream that was paid for so much of the capacity it holds, as a stream of its own: its rate is
    /// rounded down.
    fn paid_for(&mut self, policy: usize, part: Atoms) -> Outcome<usize> {
        let Policy { stream, held, .. } = self.policies[policy];
        let of = if self.faults.has(Fault::T54) { part } else { held };
        let rate = down(self.streams[stream].rate, part, of)?;
        Ok(self.split_off(stream, rate))
    }

    /// Lets a policy cover so many days longer, priced now as the last slice sold. It is time only: it needs no free capital,
    /// but those come first who wait to leave. Returns the premium.
    pub fn extend(
        &mut self,
        policy: usize,
        payer: Name,
        days: u16,
        (distributor, commission_bps): (Name, u16),
        max_premium: u64,
    ) -> Outcome<Atoms> {
        let Policy { product, pool, end, release_day, .. } = self.policies[policy];
        self.roll(product);
        self.check_extendable(product)?;
        self.check_alive(policy)?;
        self.check_nobody_waits(pool)?;
        must(commission_bps <= MAX_COMMISSION_BPS, Rule::CommissionTooHigh)?;
        let held = self.policies[policy].held;
        must(held > 0, Rule::PolicyExhausted)?;
        let more = u64::from(days) * DAY;
        let longest = u64::from(self.products[product].terms.max_term_days) * DAY;
        must(days > 0 && end + more - self.now <= longest, Rule::TermOutOfBounds)?;
        let price = self.price_of_extension(policy, held, more)?;
        let parts = self.split(pool, price, commission_bps)?;
        must(parts.premium <= Atoms::from(max_premium), Rule::PremiumTooHigh)?;
        let release_day = release_day + u64::from(days);
        self.hold_until(product, release_day)?;
        // What was not yet earned and what is new go on as one stream.
        let before = self.policies[policy].stream;
        let running = self.stop(before)?;
        let stream = self.stream(pool, running + parts.unearned, release_day)?;
        let dearer = self.streams[stream].rate - self.streams[before].rate;
        if payer != self.policies[policy].holder && dearer > 0 {
            // What others pay makes nothing dearer for the holder: it is income.
            let theirs = self.split_off(stream, dearer);
            self.let_stream_join_income(theirs)?;
        }
        let here = &mut self.policies[policy];
        here.stream = stream;
        here.end += more;
        here.release_day = release_day;
        here.parts.premium += parts.premium;
        here.parts.commission += parts.commission;
        here.parts.protocol_fee += parts.protocol_fee;
        here.parts.assessor_fee += parts.assessor_fee;
        here.parts.unearned += parts.unearned;
        self.pay_premium(pool, payer, distributor, &parts)?;
        Ok(parts.premium)
    }

    /// What so many seconds more cost of what a policy holds: as now, or as when the day began, if it was held then, whichever is
    /// cheaper; but a second no less than what is paid for one already.
    fn price_of_extension(&self, policy: usize, held: Atoms, more: u64) -> Outcome<Atoms> {
        let Policy { product, pool, bought_at, stream, .. } = self.policies[policy];
        let Product { ref terms, opening: (opening, room), .. } = self.products[product];
        // On the capital that carries all cover: no report makes it dearer.
        let capacity = part_down(self.seasoned_capital(pool)?, terms.weight_bps)?;
        let active = self.product_active(product);
        let mut price = curve::premium_of_held(terms, capacity, active - held, active, more)?;
        if day_of(bought_at) < day_of(self.now) && opening >= held {
            price = price.min(curve::premium_of_held(terms, room, opening - held, opening, more)?);
        }
        let params = &self.pools[pool].params;
        // Of what is paid, the fees go elsewhere.
        let left = ALL_BPS - params.protocol_fee_bps - params.assessor_fee_bps;
        let streams = down(self.streams[stream].rate, more, UNITS)?;
        Ok(price.max(params.min_premium.into()).max(down(streams, ALL_BPS, left)?))
    }

    /// Holds cover until a day. While other terms wait until all that is covered has ended, nothing is held longer than that is.
    fn hold_until(&mut self, product: usize, release_day: u64) -> Outcome {
        let waits = self.has_new_terms(product) && self.product_active(product) > 0;
        let here = &mut self.products[product];
        must(!waits || release_day <= here.longest, Rule::TermsWait)?;
        here.longest = here.longest.max(release_day);
        Ok(())
    }

    /// What is left of the sum insured, if its holder can give it back now: not on the day it was bought.
    fn returnable(&mut self, policy: usize, by: Name) -> Outcome<Atoms> {
        let Policy { product, holder, bought_at, .. } = self.policies[policy];
        must(by == holder, Rule::NotHolder)?;
        self.roll(product);
        must(!self.is_liened(product), Rule::IncidentOpen)?;
        must(!self.is_breached(product), Rule::BreachRunning)?;
        self.check_alive(policy)?;
        must(self.open_claims(policy) == 0, Rule::ClaimOpen)?;
        must(day_of(self.now) > day_of(bought_at), Rule::BoughtToday)?;
        self.left(policy)
    }

    /// Pays the holder back what a policy's stream will not earn, less the fee, which is earned until the cover would have been released: at least
    /// `min_refund`. It costs no fee while dearer bonds or another floor of the court's stake wait, or there is less
    /// stake than the floor. Returns the refund.
    fn refund(&mut self, policy: usize, (unearned, end_day): (Atoms, u64), min_refund: u64) -> Outcome<Atoms> {
        let Policy { pool, product, holder, cancel_fee_bps, .. } = self.policies[policy];
        let fee_bps = if self.is_left_freely(product) { 0 } else { cancel_fee_bps };
        let fee = part_up(unearned, fee_bps)?;
        self.join_income(pool, fee, end_day)?;
        let refund = unearned - fee;
        must(refund >= Atoms::from(min_refund), Rule::RefundTooLow)?;
        self.policies[policy].refunded += refund;
        self.pay_out(pool, holder, refund);
        Ok(refund)
    }

    /// Ends a policy with this day, or at once if its cover has not begun. Its capacity is held, and paid for, until the new end and
    /// grace, and never less than [`GIVEN_BACK_HOLDS`]. Returns the refund.
    pub fn cancel(&mut self, policy: usize, by: Name, min_refund: u64) -> Outcome<Atoms> {
        let left = self.returnable(policy, by)?;
        let now = self.now;
        let Policy { product, cover_from, release_day: old_release_day, .. } = self.policies[policy];
        let (tomorrow, freed) = (day_of(now) + 1, day_of(now) + GIVEN_BACK_HOLDS);
        let (end, release_day) = if now < cover_from {
            (now, freed)
        } else {
            (tomorrow * DAY, freed.max(tomorrow + u64::from(self.products[product].terms.grace_days)))
        };
        must(release_day < old_release_day, Rule::NothingToRefund)?;
        let stream = self.paid_for(policy, left)?;
        let unearned = self.shorten(stream, release_day)?;
        let here = &mut self.policies[policy];
        (here.end, here.release_day) = (end, release_day);
        let refund = self.refund(policy, (unearned, old_release_day), min_refund)?;
        let paid = self.paid(policy);
        self.policies[policy].cancelled = Some(Cancelled { at: now, refund, paid });
        Ok(refund)
    }

    /// Gives a part of the sum insured back, for everything that is not reported yet. Its capacity is held as that of a cancelled
    /// policy that has not begun. Returns the refund.
    pub fn reduce(&mut self, policy: usize, by: Name, part: u64, min_refund: u64) -> Outcome<Atoms> {
        let (left, part) = (self.returnable(policy, by)?, Atoms::from(part));
        let Policy { product, bought, release_day, .. } = self.policies[policy];
        let kept = part_up(bought, self.products[product].terms.deductible_bps)?;
        must(part > 0 && part + kept < left, Rule::NotPartOfCover)?;
        let freed = day_of(self.now) + GIVEN_BACK_HOLDS;
        must(freed < release_day, Rule::NothingToRefund)?;
        let stream = self.paid_for(policy, part)?;
        let unearned = self.shorten(stream, freed)?;
        let here = &mut self.policies[policy];
        here.amount -= part;
        here.held -= part;
        here.given_back.push((part, freed));
        self.refund(policy, (unearned, release_day), min_refund)
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
