use crate::{Pool, Product, Trigger, prelude::*};
use coverage_math::{cover, sum, trigger};

stored_enum! {
    /// Where a policy stands at a time.
    pub enum PolicyStanding {
        /// Its waiting period runs.
        Waiting = 0 "waiting",
        /// It covers what happens.
        Covered = 1 "covering",
        /// It was cancelled and covers until the day is over.
        Ending = 2 "cancelled",
        /// It covers nothing new; what happened before can still be claimed.
        Claimable = 3 "ended",
        /// Nothing can be claimed any more: its capacity is released, or it was cancelled before it began to cover.
        Over = 4 "over",
}
}

/// One cover. Its terms are those of the product at the sale and never change.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Policy {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 6],
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Who may claim.
    pub holder: Address,
    /// Who bought it and gets this account's rent back; a seed of this address.
    pub payer: Address,
    /// SHA-256 of the product's terms at the sale.
    pub terms_hash: [u8; 32],
    /// Number given by the payer; a seed of this address.
    pub id: u64,
    /// Sum insured, atoms: less than was bought once part of it was given back.
    pub amount: u64,
    /// Sum of the claims filed and not rejected, and of what was drawn or booked, atoms. B4: paid ≤ claimed ≤ amount.
    pub claimed: u64,
    /// Paid on claims, atoms.
    pub paid: u64,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to the LPs over time, atoms.
    pub unearned_premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// Of it to the treasury, atoms.
    pub protocol_fee: u64,
    /// Of it to the assessors, atoms.
    pub assessor_fee: u64,
    /// Of it refunded, atoms.
    pub refunded: u64,
    /// Rate at which what is left of `unearned_premium` is earned for the capacity it holds, atoms × 2^26 per second.
    pub rate: u64,
    /// When it was bought, unix seconds; the stream begins here.
    pub bought_at: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix: a day boundary, or when a cover that had not begun was cancelled.
    pub end: u64,
    /// Day on which the capacity is released: end + grace, days since the epoch. The stream ends here.
    pub release_day: u64,
    /// Capacity it holds until then, atoms: the sum insured, less what was finally claimed or drawn of it.
    pub held: u64,
    /// Claims that are neither settled nor rejected, and bookings that have not ended or are not paid out.
    pub open_claims: u32,
    /// What the holder bears, bps of the sum insured.
    pub deductible_bps: u16,
    /// After the end, while claims for what happened before can be filed, days.
    pub grace_days: u16,
    /// How long after the verdict on an incident claims can be filed, days.
    pub filing_window_days: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back.
    pub cancel_fee_bps: u16,
    /// Claims that have ended and whose bond waits for the one who posted it.
    pub waiting_bonds: u32,
    /// Losses that the covered program has reported and nobody has found false, atoms.
    pub losses: u64,
    /// Sum insured when it was bought, atoms: what the deductible goes by.
    pub bought: u64,
    /// When it was cancelled, unix seconds: it ended early, and covers until `end` only. 0 when it was not.
    pub cancelled_at: u64,
    /// Refund of the cancellation, atoms: what is paid on claims and draws goes into giving it back first.
    pub cancel_refund: u64,
    /// What has been given back of it out of what was paid on claims and draws, atoms: part of `paid`.
    pub given_back: u64,
    /// Zero.
    pub reserved: [u8; 32],
}

/// What becomes of a loss that the covered program reports, atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Paid at once.
    pub paid: u64,
    /// Of it about to leave: what gives the refund of a cancellation back stays.
    pub leaves: u64,
    /// To be booked.
    pub booked: u64,
    /// Without room in the sum insured.
    pub waiting: u64,
}

impl Policy {
    /// Whether the policy covers an event at `occurred_at`, which must lie after the second of the sale: without a
    /// waiting period a buyer could otherwise see the event and buy in the same second.
    pub fn covers(&self, occurred_at: u64) -> bool {
        occurred_at > self.bought_at && cover::covers(self.cover_from, self.end, occurred_at)
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled_at > 0
    }

    /// Where it stands at `now`.
    pub fn standing(&self, now: u64) -> PolicyStanding {
        let ended = now >= self.end;
        if coverage_math::day_of(now) >= self.release_day || (ended && self.cover_from > self.end) {
            PolicyStanding::Over
        } else if ended {
            PolicyStanding::Claimable
        } else if self.is_cancelled() {
            PolicyStanding::Ending
        } else if now < self.cover_from {
            PolicyStanding::Waiting
        } else {
            PolicyStanding::Covered
        }
    }

    /// Day whose first second ends the cover.
    pub fn end_day(&self) -> u64 {
        coverage_math::day_of(self.end)
    }

    /// Whether the cover can be extended or given back at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::PolicyEnded`].
    pub fn check_alive(&self, now: u64) -> Result<()> {
        require!(now < self.end && !self.is_cancelled(), BreakwaterError::PolicyEnded);
        Ok(())
    }

    /// What is left of the sum insured, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::PolicyExhausted`].
    pub fn remaining(&self) -> Result<u64> {
        let remaining = self.amount.checked_sub(self.claimed).or_overflow()?;
        require!(remaining > 0, BreakwaterError::PolicyExhausted);
        Ok(remaining)
    }

    /// Passes the policy on to `new_holder`.
    ///
    /// # Errors
    /// [`BreakwaterError::ZeroHolder`], [`BreakwaterError::ClaimOpen`].
    #[inline(always)] // one caller
    pub fn transfer(&mut self, new_holder: &Address) -> Result<()> {
        require!(!address_eq(new_holder, &NOBODY), BreakwaterError::ZeroHolder);
        require!(self.open_claims == 0, BreakwaterError::ClaimOpen);
        self.holder = *new_holder;
        Ok(())
    }

    /// Whether the policy is fully settled and can be closed: no incident of its product is open, its
    /// capacity is released, no claim is open, no bond waits, which is paid with this account, and every claim is paid in full.
    /// One that was paid in part may get more from a recovery.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentOpen`], [`BreakwaterError::PolicyAlive`], [`BreakwaterError::ClaimOpen`],
    /// [`BreakwaterError::ClaimUnpaid`].
    pub fn check_over(&self, product: &Product, now: u64) -> Result<()> {
        require!(!product.has_open_incident(), BreakwaterError::IncidentOpen);
        require!(coverage_math::day_of(now) >= self.release_day, BreakwaterError::PolicyAlive);
        require!(self.open_claims == 0 && self.waiting_bonds == 0, BreakwaterError::ClaimOpen);
        require!(self.paid == self.claimed, BreakwaterError::ClaimUnpaid);
        Ok(())
    }

    /// What the holder bears of a loss, atoms, rounded up. It goes by the sum that was bought: giving a part back, which could
    /// follow the event, makes it no smaller.
    pub fn deductible(&self) -> Result<u64> {
        cover::deductible(self.bought, self.deductible_bps).or_overflow()
    }

    /// Reserves part of the sum insured for a claim of a loss of `loss`: the loss less the deductible.
    ///
    /// # Errors
    /// [`BreakwaterError::BelowDeductible`], [`BreakwaterError::AboveSumInsured`].
    pub fn file(&mut self, loss: u64) -> Result<u64> {
        let net = cover::claimable(loss, self.bought, self.deductible_bps).ok_or(BreakwaterError::BelowDeductible)?;
        self.reserve(net)
    }

    /// Reserves `net` of the sum insured for a claim, and returns it.
    fn reserve(&mut self, net: u64) -> Result<u64> {
        let claimed = self.claimed.checked_add(net).or_overflow()?;
        require!(claimed <= self.amount, BreakwaterError::AboveSumInsured);
        self.claimed = claimed;
        self.open_claims = self.open_claims.checked_add(1).or_overflow()?;
        Ok(net)
    }

    /// Reserves the part of the sum insured that a breach of `severity_bps` entitles to, less the deductible, as far as earlier
    /// claims have left it.
    ///
    /// # Errors
    /// [`BreakwaterError::BelowDeductible`], [`BreakwaterError::PolicyExhausted`].
    pub fn file_breach(&mut self, severity_bps: u16) -> Result<u64> {
        let net = trigger::breach_claim(self.amount, severity_bps, self.deductible_bps)
            .ok_or(BreakwaterError::BelowDeductible)?
            .min(self.remaining()?);
        self.reserve(net)
    }

    /// Adds a `loss` that the covered program reports at `now`, and returns what all losses add to what can be drawn, and what of this one
    /// finds no room in the sum insured: it counts as soon as a booking has ended for less. No loss counts for more than fills the sum
    /// insured by itself, and no more than as much again waits. Once there is room, a loss of nothing draws for what had found none, also after the cover's end until its capacity is
    /// released.
    ///
    /// Example: 100 are insured, of which 90 are booked for a loss that is false, and 30 are truly lost. 10 of these count at once, and the
    /// other 20 once the booking is found false.
    ///
    /// # Errors
    /// [`BreakwaterError::NotCovered`], [`BreakwaterError::ZeroAmount`].
    fn report_loss(&mut self, loss: u64, now: u64) -> Result<(u64, u64)> {
        let is_open = if loss > 0 { self.covers(now) } else { coverage_math::day_of(now) < self.release_day };
        require!(is_open, BreakwaterError::NotCovered);
        let deductible = self.deductible()?;
        let insured = self.amount.saturating_add(deductible);
        let before = self.losses;
        let room = insured.saturating_add(self.amount).saturating_sub(before);
        self.losses = sum(before, loss.min(insured).min(room)).or_overflow()?;
        let waiting = self.losses.saturating_sub(before.max(insured));
        let due = trigger::drawable(self.losses, self.amount, deductible).saturating_sub(self.claimed);
        require!(loss > 0 || due > 0, BreakwaterError::ZeroAmount);
        self.claimed = sum(self.claimed, due).or_overflow()?;
        Ok((due, waiting))
    }

    /// Draws for a `loss` that the covered program reports at `now`, to which the books have been accrued: what it adds to what
    /// exceeds the deductible, within the sum insured. Says what is paid at once, what of that is about to leave, and what the caller
    /// has to book. B4.
    ///
    /// At once as far as the product's bucket and the capital beside accepted incidents go, of which at least `min_paid` leaves; nothing while an
    /// earlier booking of the product is unpaid and unchallenged: no draw overtakes another.
    ///
    /// # Errors
    /// [`BreakwaterError::ZeroAmount`], [`BreakwaterError::NotCovered`], [`BreakwaterError::DrawLimited`]; as [`Product::check_trigger`].
    pub fn draw(
        &mut self,
        loss: u64,
        min_paid: u64,
        product: &mut Product,
        pool: &mut Pool,
        now: u64,
    ) -> Result<Drawn> {
        product.check_trigger(Trigger::Authority)?;
        let (due, waiting) = self.report_loss(loss, now)?;
        let at_once = if product.line.accepted == 0 { due.min(pool.drawable()?) } else { 0 };
        let paid = product.draws.take(at_once, pool.capital_of_buckets(), now)?;
        pool.draw(paid)?;
        let given_back = self.pay(paid, pool)?;
        let leaves = paid.checked_sub(given_back).or_overflow()?;
        require!(leaves >= min_paid, BreakwaterError::DrawLimited);
        product.use_cover(pool, self, paid)?;
        Ok(Drawn { paid, leaves, booked: due.checked_sub(paid).or_overflow()?, waiting })
    }

    /// Gives back `amount` of what was booked and will not be paid: that part of the sum insured is there again, and the losses it
    /// was booked for count no more, nor does what was `waiting` of them for room. What others have reported counts in its place.
    pub fn unbook(&mut self, amount: u64, waiting: u64) -> Result<()> {
        if amount > 0 {
            self.unclaim(amount)?;
            let counted = self.claimed.checked_add(self.deductible()?).or_overflow()?;
            self.losses = self.losses.saturating_sub(amount).saturating_sub(waiting).max(counted);
        }
        Ok(())
    }

    /// Gives back `amount` of what claims had reserved: what a rejected one, or a decided dispute, leaves of it.
    pub fn unclaim(&mut self, amount: u64) -> Result<()> {
        self.claimed = self.claimed.checked_sub(amount).or_overflow()?;
        Ok(())
    }

    /// Whether its cancellation refunded something that is not given back yet.
    #[must_use]
    pub fn owes_refund(&self) -> bool {
        self.given_back < self.cancel_refund
    }

    /// What of the refund of its cancellation is not given back yet, atoms: what is paid on it goes into that first. Nobody is refunded for
    /// what was used, and holders who cancelled and who did not get the same, whichever part of the claims is paid.
    pub fn refund_left(&self) -> Result<u64> {
        self.cancel_refund.checked_sub(self.given_back).or_overflow()
    }

    /// Takes what is paid for `part` of the capacity it holds out of its rate, and returns that, rounded down.
    pub(crate) fn take_rate(&mut self, part: u64) -> Result<u64> {
        let rate = cover::part_of(self.rate, part, self.held).or_overflow()?;
        self.rate = self.rate.checked_sub(rate).or_overflow()?;
        Ok(rate)
    }

    /// Ends an open claim.
    pub fn end_claim(&mut self) -> Result<()> {
        self.open_claims = self.open_claims.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Books a payment of `amount`. What of it gives the refund of the cancellation back streams to the LPs, as what it was refunded
    /// from would have; the books have been accrued then. Returns that, atoms: the rest is the holder's.
    ///
    /// # Errors
    /// [`BreakwaterError::Overpaid`] when B4 would break.
    pub fn pay(&mut self, amount: u64, pool: &mut Pool) -> Result<u64> {
        self.paid = sum(self.paid, amount).or_overflow()?;
        require!(self.paid <= self.claimed && self.claimed <= self.amount, BreakwaterError::Overpaid);
        let given_back = self.refund_left()?.min(amount);
        if given_back > 0 {
            self.given_back = sum(self.given_back, given_back).or_overflow()?;
            pool.stream_income(given_back)?;
        }
        Ok(given_back)
    }
}
