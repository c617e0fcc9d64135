//! Selling cover: what a sale, an extension and a cancellation are, and what they cost.

use crate::{Assembly, ExitEpoch, Policy, Pool, Product, prelude::*};
use coverage_math::{
    cover::{self, Period, PremiumSplit},
    day_of, sum,
};

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct CoverRequest {
    /// Sum insured, atoms.
    pub amount: u64,
    /// The most the buyer pays, the commission included, atoms.
    pub max_premium: u64,
    /// Who may claim.
    pub holder: Address,
    /// How long, days; the cover ends at the first day boundary after it.
    pub term_days: u16,
    /// What the distributor gets on top of the price, bps of it, at most 2,000.
    pub commission_bps: u16,
    /// The number of the terms that the buyer has seen, [`Product::terms_of_sale`]: a sale under other bonds, another court or floor of its
    /// stake, another arbiter or another fee of a cancellation fails.
    pub terms: u64,
}

/// How a cover is extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct ExtensionRequest {
    /// The most the payer pays, the commission included, atoms.
    pub max_premium: u64,
    /// How much longer, days.
    pub days: u16,
    /// What the distributor gets on top of the price, bps of it, at most 2,000.
    pub commission_bps: u16,
}

/// What a sale would cost now: the return data of `quote_cover`, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct Quote {
    /// Premium, atoms: what the sale takes beside a commission.
    pub premium: u64,
    /// The largest sum insured that the caps of product, group and pool leave room for, atoms.
    pub capacity: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix.
    pub end: u64,
    /// The number of the terms under which it would be sold, [`Product::terms_of_sale`].
    pub terms: u64,
}

/// A sale that can be made now.
pub struct Sale {
    /// When it covers, and until when its capacity is held.
    pub period: Period,
    /// What it costs, atoms, a commission aside.
    pub price: u64,
    /// The capital that carries it, atoms.
    free: u64,
}

/// Where a new policy is.
pub struct PolicyKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The pool.
    pub pool: &'a Address,
    /// The product.
    pub product: &'a Address,
    /// Who buys it.
    pub payer: &'a Address,
    /// Number given by the payer.
    pub id: u64,
}

/// Whether a commission has an account to go to, and an account a commission.
///
/// # Errors
/// [`BreakwaterError::CommissionTooHigh`], [`BreakwaterError::CommissionAccount`].
pub fn check_commission(commission_bps: u16, has_account: bool) -> Result<()> {
    require!(commission_bps <= MAX_COMMISSION_BPS, BreakwaterError::CommissionTooHigh);
    require!((commission_bps > 0) == has_account, BreakwaterError::CommissionAccount);
    Ok(())
}

impl Pool {
    /// Where the premium of a cover of this `price` goes, if the buyer pays that much.
    ///
    /// # Errors
    /// [`BreakwaterError::PremiumTooHigh`].
    #[inline(always)] // so that its words stay in registers
    pub fn split_premium(&self, price: u64, max_premium: u64, commission_bps: u16) -> Result<PremiumSplit> {
        let split =
            PremiumSplit::of(price, commission_bps, self.protocol_fee_bps, self.assessor_fee_bps).or_overflow()?;
        require!(split.premium <= max_premium, BreakwaterError::PremiumTooHigh);
        Ok(split)
    }
}

impl Product {
    /// A sale of `amount` for `term_days` at the time to which the books of `pool` have been accrued.
    ///
    /// # Errors
    /// [`BreakwaterError::ProductCapacity`].
    #[inline(always)] // so that its words stay in registers
    pub fn price_sale(&self, pool: &Pool, amount: u64, term_days: u16) -> Result<Sale> {
        let period = Period::of_sale(pool.accrued_at, self.waiting_days, term_days, self.grace_days).or_overflow()?;
        let seasoned = pool.seasoned_capital()?;
        let free = pool.free_of(seasoned)?;
        let price = self.premium(pool, self.capacity_on(seasoned)?, amount, period.seconds)?;
        Ok(Sale { period, price, free })
    }

    /// The annual rate of the next atom of cover, ppm, rounded up: the first one's when nothing can be sold.
    pub fn rate_now(&self, pool: &Pool) -> Result<u32> {
        let capacity = self.capacity(pool)?;
        Ok(self.curve().rate_ppm(capacity, self.active_cover.min(capacity)).unwrap_or(self.r0_ppm))
    }

    /// What a sale of `amount` for `term_days` would be at `now`, with the court of [`Product::court_of_sale`]. Pool and product are copies: it
    /// makes the sale on them.
    ///
    /// # Errors
    /// As [`Product::check_sale`], [`Product::price_sale`] and [`Product::add_cover`].
    pub fn quote(&mut self, pool: &mut Pool, court: &Assembly, amount: u64, term_days: u16, now: u64) -> Result<Quote> {
        pool.accrue(now)?;
        self.roll(pool, now)?;
        self.check_sale(pool, amount, term_days)?;
        self.renew_terms(pool)?;
        let sale = self.price_sale(pool, amount, term_days)?;
        let capacity = self.room(pool, court)?;
        self.add_cover(pool, court, sale.free, amount, sale.period.release_day)?;
        let Period { cover_from, .. } = sale.period;
        let terms = self.terms_of_sale(pool)?;
        Ok(Quote { premium: sale.price, capacity, cover_from, end: sale.period.end(), terms })
    }
}

impl Policy {
    /// Makes a new account the policy that `request` asks for, on books that have been accrued and a product that has been
    /// rolled to now, with the account of the assembly that decides on it; `has_distributor` says whether there is an account for a commission.
    ///
    /// # Errors
    /// As [`Product::check_sale`], [`check_commission`], [`Product::price_sale`], [`Pool::split_premium`] and
    /// [`Product::add_cover`]; [`BreakwaterError::ZeroHolder`], [`BreakwaterError::WrongAssembly`].
    #[inline(always)] // one caller
    pub fn buy(
        &mut self,
        keys: &PolicyKeys,
        request: &CoverRequest,
        has_distributor: bool,
        (court_address, court): (&Address, &Assembly),
        pool: &mut Pool,
        product: &mut Product,
    ) -> Result<()> {
        product.check_sale(pool, request.amount, request.term_days)?;
        product.renew_terms(pool)?;
        require!(request.terms == product.terms_of_sale(pool)?, BreakwaterError::TermsChanged);
        require!(address_eq(court_address, product.court(pool)), BreakwaterError::WrongAssembly);
        check_commission(request.commission_bps, has_distributor)?;
        require!(!address_eq(&request.holder, &NOBODY), BreakwaterError::ZeroHolder);
        let Sale { period, price, free } = product.price_sale(pool, request.amount, request.term_days)?;
        let split = pool.split_premium(price, request.max_premium, request.commission_bps)?;

        product.add_cover(pool, court, free, request.amount, period.release_day)?;
        pool.sold_leverage_bps = pool.leverage_bps;
        let rate = pool.take_premium(&split, 0, period.release_day)?;
        product.policies_sold = sum(product.policies_sold, 1).or_overflow()?;
        pool.policies_sold = sum(pool.policies_sold, 1).or_overflow()?;
        self.version = VERSION;
        self.bump = keys.bump;
        self.pool = *keys.pool;
        self.product = *keys.product;
        self.holder = request.holder;
        self.payer = *keys.payer;
        self.terms_hash = product.terms_hash;
        self.id = keys.id;
        self.amount = request.amount;
        self.premium = split.premium;
        self.unearned_premium = split.unearned;
        self.commission = split.commission;
        self.protocol_fee = split.protocol_fee;
        self.assessor_fee = split.assessor_fee;
        self.rate = rate;
        self.bought_at = pool.accrued_at;
        self.cover_from = period.cover_from;
        self.end = period.end();
        self.release_day = period.release_day;
        self.held = request.amount;
        self.bought = request.amount;
        self.cancel_fee_bps = pool.cancel_fee_bps;
        self.deductible_bps = product.deductible_bps;
        self.grace_days = product.grace_days;
        self.filing_window_days = product.filing_window_days;
        Ok(())
    }

    /// Lets the policy cover longer, without a gap: the capacity it holds, open claims' with it, which may come to nothing, is priced
    /// as the last slice sold. The books have been accrued and the product rolled to `now`.
    ///
    /// What is left of the premium and what is paid now go on as one stream. So a second more costs no less than one does now: otherwise
    /// the time that is over soon would be paid for at the mean, which an LP who leaves would not get, and who cancels would have back.
    ///
    /// What somebody else than the holder pays for a second above what one costs now is the LPs' for good, and streams to them as income:
    /// it makes no second dearer that the holder buys later.
    ///
    /// Example: a second costs 2, and while the market asks for 5 a stranger extends by a day. The holder's rate stays 2, which is what
    /// a cancellation refunds of that day; 3 are income. When the market is at 2 again a second costs the holder 2, as in a purchase.
    ///
    /// It is time only, so it needs no free capital, and no claim of anyone is in its way; but those come first who want to leave, and whose exit epoch, the `first`, is
    /// due.
    ///
    /// # Errors
    /// As [`Product::check_extendable`], [`Policy::check_alive`], [`Pool::check_nobody_waits`], [`check_commission`],
    /// [`Product::extension_premium`], [`Pool::split_premium`] and [`Product::hold_until`]; [`BreakwaterError::PolicyExhausted`],
    /// [`BreakwaterError::TermOutOfBounds`].
    #[inline(always)] // one caller
    pub fn extend(
        &mut self,
        request: &ExtensionRequest,
        (payer, has_distributor): (&Address, bool),
        first: Option<&ExitEpoch>,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<PremiumSplit> {
        product.check_extendable()?;
        self.check_alive(now)?;
        pool.check_nobody_waits(first)?;
        check_commission(request.commission_bps, has_distributor)?;
        let amount = self.held;
        require!(amount > 0, BreakwaterError::PolicyExhausted);
        let (old_end_day, old_release_day, days) = (self.end_day(), self.release_day, u64::from(request.days));
        let end_day = old_end_day.checked_add(days).or_overflow()?;
        let release_day = old_release_day.checked_add(days).or_overflow()?;
        let seconds = cover::extension_seconds(now, old_end_day, request.days, product.max_term_days)
            .ok_or(BreakwaterError::TermOutOfBounds)?;
        let was_held = day_of(self.bought_at) < day_of(now);
        let price = product.extension_premium(pool, amount, seconds, was_held)?;
        let as_now = cover::price_of_rate(self.rate, seconds, pool.protocol_fee_bps, pool.assessor_fee_bps);
        let price = price.max(as_now.or_overflow()?);
        let split = pool.split_premium(price, request.max_premium, request.commission_bps)?;

        product.hold_until(pool, release_day)?;
        product.move_cover(pool, amount, old_release_day, release_day)?;
        let running = pool.stop_stream(self.rate, old_release_day)?;
        let mut rate = pool.take_premium(&split, running, release_day)?;
        if !address_eq(payer, &self.holder) {
            pool.join_income(rate.saturating_sub(self.rate), release_day)?;
            rate = rate.min(self.rate);
        }
        for (counter, more) in [
            (&mut self.premium, split.premium),
            (&mut self.commission, split.commission),
            (&mut self.protocol_fee, split.protocol_fee),
            (&mut self.assessor_fee, split.assessor_fee),
            (&mut self.unearned_premium, split.unearned),
        ] {
            *counter = counter.checked_add(more).or_overflow()?;
        }
        self.rate = rate;
        self.end = coverage_math::start_of(end_day).or_overflow()?;
        self.release_day = release_day;
        Ok(split)
    }

    /// Whether what is left of the sum insured can be given back at `now`; returns it, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentOpen`], [`BreakwaterError::BreachRunning`], [`BreakwaterError::ClaimOpen`],
    /// [`BreakwaterError::BoughtToday`]; as [`Policy::check_alive`] and [`Policy::remaining`].
    fn check_returnable(&self, product: &Product, now: u64) -> Result<u64> {
        require!(!product.has_open_incident(), BreakwaterError::IncidentOpen);
        require!(!product.price.is_breached(), BreakwaterError::BreachRunning);
        self.check_alive(now)?;
        require!(self.open_claims == 0, BreakwaterError::ClaimOpen);
        require!(day_of(now) > day_of(self.bought_at), BreakwaterError::BoughtToday);
        self.remaining()
    }

    /// Ends the policy against a refund of what the LPs would have earned afterwards for what is left of the sum insured, less
    /// the cancellation fee: with the day of `now`, or at once if the cover has not begun. Returns the refund and the fee, atoms.
    /// The books have been accrued and the product rolled.
    ///
    /// Its capacity is held, and paid for, until the new end and grace, for what happened until then can still be reported, and at
    /// least until [`cover::freed_day`]; claims give the refund back first.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingToRefund`], [`BreakwaterError::RefundTooLow`]; as [`Policy::check_returnable`].
    pub fn cancel(
        &mut self,
        min_refund: u64,
        pool: &mut Pool,
        product: &mut Product,
        court: &Assembly,
        now: u64,
    ) -> Result<(u64, u64)> {
        let left = self.check_returnable(product, now)?;
        let freed_day = cover::freed_day(now).or_overflow()?;
        let (end, release_day) = if now < self.cover_from {
            (now, freed_day)
        } else {
            let end_day = cover::cancelled_end_day(now).or_overflow()?;
            let release_day = end_day.checked_add(u64::from(self.grace_days)).or_overflow()?;
            (coverage_math::start_of(end_day).or_overflow()?, release_day.max(freed_day))
        };
        let fee_bps = self.cancel_fee(pool, product, court, now)?;
        let (refund, fee) = self.return_cover(left, release_day, fee_bps, min_refund, pool, product)?;
        if now < self.cover_from {
            product.take_back(left)?;
        }
        self.end = end;
        self.release_day = release_day;
        self.cancelled_at = now;
        self.cancel_refund = refund;
        Ok((refund, fee))
    }

    /// Lets `part` of the capacity it holds go on `day`, against a refund of what was paid for it from then on, less the fee. Returns
    /// the refund and the fee, atoms.
    fn return_cover(
        &mut self,
        part: u64,
        day: u64,
        fee_bps: u16,
        min_refund: u64,
        pool: &mut Pool,
        product: &mut Product,
    ) -> Result<(u64, u64)> {
        require!(day < self.release_day, BreakwaterError::NothingToRefund);
        product.move_cover(pool, part, self.release_day, day)?;
        let rate = self.take_rate(part)?;
        let (refund, fee) = pool.refund_premium(rate, self.release_day, day, fee_bps)?;
        require!(refund >= min_refund, BreakwaterError::RefundTooLow);
        self.refunded = self.refunded.checked_add(refund).or_overflow()?;
        Ok((refund, fee))
    }

    /// What giving it up at `now` costs, bps of the unearned premium: nothing while its product has worse terms than it was sold with, or
    /// waits for them, or its court is below the floor of stake.
    fn cancel_fee(&self, pool: &Pool, product: &Product, court: &Assembly, now: u64) -> Result<u16> {
        let is_free = product.has_worse_terms(pool) || product.has_weak_court(pool, court, now)?;
        Ok(if is_free { 0 } else { self.cancel_fee_bps })
    }

    /// Gives `part` of the sum insured back against a refund of what the LPs would have earned for it, less the cancellation fee.
    /// Nothing can be claimed for it any more, whenever it happened; its capacity is held, and paid for, until [`cover::freed_day`]. The
    /// deductible stays as it was, and more than that must be left. Returns the refund and the fee, atoms. The books have been accrued and
    /// the product rolled to `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::NotPartOfCover`], [`BreakwaterError::NothingToRefund`], [`BreakwaterError::RefundTooLow`]; as [`Policy::check_returnable`].
    pub fn reduce(
        &mut self,
        part: u64,
        min_refund: u64,
        pool: &mut Pool,
        product: &mut Product,
        court: &Assembly,
        now: u64,
    ) -> Result<(u64, u64)> {
        let left = self.check_returnable(product, now)?;
        let rest = left.saturating_sub(part);
        require!(part > 0 && rest > self.deductible()?, BreakwaterError::NotPartOfCover);
        let freed_day = cover::freed_day(now).or_overflow()?;
        let fee_bps = self.cancel_fee(pool, product, court, now)?;
        let refund = self.return_cover(part, freed_day, fee_bps, min_refund, pool, product)?;
        product.take_back(part)?;
        for amount in [&mut self.amount, &mut self.held] {
            *amount = amount.checked_sub(part).or_overflow()?;
        }
        Ok(refund)
    }

    /// What `days` more would cost at `now`, a commission aside, and until when the policy would cover. Policy, pool and
    /// product are copies: it extends the policy in them.
    ///
    /// `first` is the pool's first exit epoch, if one waits.
    ///
    /// # Errors
    /// As [`Policy::extend`].
    pub fn quote_extension(
        &mut self,
        pool: &mut Pool,
        product: &mut Product,
        first: Option<&ExitEpoch>,
        days: u16,
        now: u64,
    ) -> Result<(u64, u64)> {
        pool.accrue(now)?;
        product.roll(pool, now)?;
        let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        let holder = self.holder;
        let split = self.extend(&request, (&holder, false), first, pool, product, now)?;
        Ok((split.premium, self.end))
    }

    /// What a cancellation at `now` would refund, and the fee it would cost. Policy, pool and product are copies: it cancels
    /// the policy in them.
    ///
    /// # Errors
    /// As [`Policy::cancel`].
    pub fn quote_refund(
        &mut self,
        pool: &mut Pool,
        product: &mut Product,
        court: &Assembly,
        now: u64,
    ) -> Result<(u64, u64)> {
        pool.accrue(now)?;
        product.roll(pool, now)?;
        self.cancel(0, pool, product, court, now)
    }

    /// What giving `part` of the sum insured back at `now` would refund, and the fee it would cost. Policy, pool and product are
    /// copies: it is given back in them.
    ///
    /// # Errors
    /// As [`Policy::reduce`].
    pub fn quote_reduction(
        &mut self,
        part: u64,
        pool: &mut Pool,
        product: &mut Product,
        court: &Assembly,
        now: u64,
    ) -> Result<(u64, u64)> {
        pool.accrue(now)?;
        product.roll(pool, now)?;
        self.reduce(part, 0, pool, product, court, now)
    }
}
