//! Draws: what a covered program takes for its losses, at once; and bookings, of what it cannot be paid at once.

use crate::{
    Account, Atoms, BOOKING_BOND_BPS, BOOKING_CHALLENGE, BOOKING_TERM, Bond, Incident, Lined, MAX_FIXED_AMOUNT, Model,
    Name, Outcome, Phase, Policy, Product, Rule, Trigger, day_of, down, must, part_down, part_up, settlement::share,
};

/// Something that a covered program's losses were paid.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// The product.
    pub product: usize,
    /// The policy.
    pub policy: usize,
    /// When.
    pub at: u64,
    /// Atoms; also none, when it was paid at once.
    pub paid: Atoms,
    /// What the bucket took, atoms, and what it held then when full.
    pub taken: (Atoms, Atoms),
    /// The booking that it was paid for, what was due of it then, and how many payments of exits there were before.
    pub of_booking: Option<(usize, Atoms, usize)>,
}

impl Model {
    /// Drawn from a pool at once in all, atoms.
    pub(crate) fn drawn_at_once(&self, pool: usize) -> Atoms {
        let draws = self.draws.iter().filter(|draw| self.products[draw.product].pool == pool);
        draws.filter(|draw| draw.of_booking.is_none()).map(|draw| draw.paid).sum()
    }

    /// Drawn on a policy at once in all, atoms.
    pub(crate) fn drawn_at_once_on(&self, policy: usize) -> Atoms {
        let draws = self.draws.iter().filter(|draw| draw.policy == policy && draw.of_booking.is_none());
        draws.map(|draw| draw.paid).sum()
    }

    /// What a policy has drawn and was not paid at once.
    pub(crate) fn bookings_of(&self, policy: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.policy == Some(policy))
    }

    /// What a product's bucket holds when it is full, of a pool with so much capital, atoms: half of the limit.
    fn burst(&self, product: usize, capital: Atoms) -> Outcome<Atoms> {
        Ok(part_down(capital, self.products[product].terms.draws.limit_bps)? / 2)
    }

    /// When a product's bucket was last taken from, what it lacked then, and of what it held when full: a period fills it, at an even
    /// pace.
    #[must_use]
    pub fn bucket(&self, product: usize) -> (u64, Atoms, Atoms) {
        let taken = self.draws.iter().filter(|draw| draw.product == product && draw.taken.0 > 0);
        taken.fold((0, 0, 0), |before, draw| {
            let (taken, full) = draw.taken;
            (draw.at, self.lacks(product, before, full, draw.at) + taken, full)
        })
    }

    /// What a bucket that holds so much when full lacks at a time, when it lacked so much at another of what it held then: of a larger
    /// one the same part, less what has flowed in since.
    fn lacks(&self, product: usize, (at, lacked, then): (u64, Atoms, Atoms), full: Atoms, now: u64) -> Atoms {
        let period = self.products[product].terms.draws.period;
        let elapsed = (now - at).min(period);
        let part = if full > then && lacked > 0 { (full * lacked + then - 1) / then } else { lacked };
        (part.min(full) - full * Atoms::from(elapsed) / Atoms::from(period)).max(0)
    }

    /// What a product's bucket holds now, and what it holds when it is full.
    fn level(&self, product: usize) -> Outcome<(Atoms, Atoms)> {
        let pool = self.products[product].pool;
        let full = self.burst(product, self.pools[pool].day_capital.min(self.capital(pool)))?;
        Ok((full - self.lacks(product, self.bucket(product), full, self.now), full))
    }

    /// Reports a loss on a policy: what it adds to what exceeds the deductible, within the sum insured, is paid to its holder at
    /// once as far as the bucket holds it and what comes first leaves capital, and not before an earlier booking. The rest is
    /// booked; `payer` pays for that. What the sum insured has no room for waits until a booking makes room: then no new loss is
    /// needed to draw for it. As much as once more the sum insured can wait. Returns the atoms paid.
    pub fn draw(
        &mut self,
        policy: usize,
        (by, payer): (Name, Option<Name>),
        loss: u64,
        min_paid: u64,
    ) -> Outcome<Atoms> {
        let Policy { product, pool, bought, amount, holder, losses, release_day, .. } = self.policies[policy];
        let Product { authority, ref terms, .. } = self.products[product];
        let deductible_bps = terms.deductible_bps;
        must(authority == Some(by), Rule::NotTriggerAuthority)?;
        self.accrue(pool);
        self.products[product].must_be(Trigger::Authority)?;
        let covers = self.policies[policy].covers(self.now);
        must(if loss > 0 { covers } else { day_of(self.now) < release_day }, Rule::NotCovered)?;
        let insured = amount + part_up(bought, deductible_bps)?;
        let counts = |losses: Atoms| losses.min(insured);
        // None is larger than what is insured of it and borne.
        let loss_at_most = Atoms::from(loss).min(insured);
        let (before, losses) = (losses, losses.max((losses + loss_at_most).min(insured + amount)));
        let waiting = (losses - counts(losses)) - (before - counts(before));
        let entitled = (counts(losses) - (insured - amount)).max(0);
        let due = (entitled - self.claimed(policy)).max(0);
        must(loss > 0 || due > 0, Rule::ZeroAmount)?;

        let (level, full) = self.level(product)?;
        let there = (self.capital_of_lps(pool) - self.own_accepted(pool)?).max(0);
        let paid = if self.accepted(product) > 0 { 0 } else { due.min(level).min(there) };
        self.policies[policy].losses = losses;
        let (at, taken) = (self.now, (paid, full));
        let before = self.given_back(policy);
        self.draws.push(Draw { product, policy, at, paid, taken, of_booking: None });
        let leaves = paid - (self.given_back(policy) - before);
        must(leaves >= Atoms::from(min_paid), Rule::DrawLimited)?;
        self.pay_on(policy, holder, paid, before)?;
        self.use_cover(policy, paid)?;
        if due > paid {
            let booking = self.book(policy, (by, payer.ok_or(Rule::BookingMissing)?), due - paid)?;
            self.incidents[booking].waiting = waiting;
        }
        Ok(leaves)
    }

    /// Books what a policy has drawn and was not paid. Returns the booking.
    fn book(&mut self, policy: usize, (by, payer): (Name, Name), amount: Atoms) -> Outcome<usize> {
        let product = self.policies[policy].product;
        self.roll(product);
        self.pay_rent(payer, Account::Incident)?;
        self.set_tips_aside(payer, 1)?;
        let least = part_up(amount, BOOKING_BOND_BPS)?;
        let posted = least.max(self.products[product].terms.incident_bond.into()).min(MAX_FIXED_AMOUNT.into());
        let blank = self.blank_incident(product, (by, payer), self.now)?;
        let incident = self.incidents.push(Incident {
            policy: Some(policy),
            // It counts unless somebody challenges it, and nothing is filed.
            state: Phase::Accepted,
            decided_at: Some(self.now),
            filing_ended: true,
            challenge_ends_at: self.now + BOOKING_CHALLENGE,
            posted,
            lien: amount,
            approved: amount,
            tips: 1,
            ..blank
        });
        self.begin_booking_line(incident, amount)?;
        Ok(incident)
    }

    /// What of a booking must be paid by now however little the bucket holds, atoms. It grows from when nobody can challenge it any
    /// more, as fast as the bucket of a pool fills that has no more capital than was booked, and within a year to all of it.
    fn ripe(&self, booking: usize) -> Outcome<Atoms> {
        let Incident { product, approved, challenge_ends_at, .. } = self.incidents[booking];
        let limit = self.products[product].terms.draws;
        let whole = (limit.period * 20_000 / u64::from(limit.limit_bps)).min(BOOKING_TERM);
        down(approved, self.now.saturating_sub(challenge_ends_at).min(whole), whole)
    }

    /// What of a booking can be settled now, atoms, and what of it the capital has: what others that come before draws leave of it,
    /// or a share of it, which is of what there was before bookings got anything.
    fn due_of(&self, booking: usize) -> Outcome<(Atoms, Atoms)> {
        let Incident { pool, product, state, approved, settled, part, .. } = self.incidents[booking];
        self.products[product].must_be(Trigger::Authority)?;
        must(self.incidents[booking].takes_claims(), Rule::IncidentClosed)?;
        must(state == Phase::Accepted, Rule::IncidentUndecided)?;
        let unpaid = approved - settled;
        let own = self.pools[pool].mark.own_of(unpaid, part.reported)?;
        let (funds, demands, most) = self.shared_with(booking, self.pools[pool].accepted_liens)?;
        let (booked, got) = self.own_booked(booking)?;
        let there = (share(funds, booked, demands.max(booked))? - got).clamp(0, most);
        let there = there.min(self.capital_beside(pool, Some(Lined::Booking(booking)))?);
        let ripe = self.ripe(booking)?;
        // Nothing can leave it more, nor could for a day.
        let is_held = self.held_back(pool).1 > 0 && self.number_in_pool(booking) >= self.pools[pool].held_before;
        let is_alone = self.rivals(pool) == 0 && !is_held;
        if ripe == approved && is_alone && self.now - self.pools[pool].rivals_ended_at >= BOOKING_CHALLENGE {
            return Ok((unpaid, there));
        }
        let affordable = if own <= there { unpaid } else { down(unpaid, there, own)? };
        let due = affordable.min(self.level(product)?.0.max(ripe - settled));
        must(due > 0, Rule::NothingDue)?;
        Ok((due, there))
    }

    /// Settles what can be settled of a booking, out of the capital and of what those who left have in it; and `pays` its holder
    /// what was settled, now or before. Returns what it pays, atoms.
    pub fn pay_booking(&mut self, booking: usize, pays: bool, caller: Name) -> Outcome<Atoms> {
        let Incident { product, policy, .. } = self.incidents[booking];
        self.roll(product);
        let waits = |model: &Self| model.incidents[booking].settled - model.incidents[booking].paid;
        match self.due_of(booking) {
            Err(_) if pays && waits(self) > 0 => {}
            due => self.settle_booking(booking, due?, caller)?,
        }
        let paid = if pays { waits(self) } else { 0 };
        let policy = policy.expect("a booking");
        let before = self.given_back(policy);
        self.incidents[booking].paid += paid;
        self.pay_on(policy, self.policies[policy].holder, paid, before)?;
        Ok(paid - (self.given_back(policy) - before))
    }

    fn settle_booking(&mut self, booking: usize, (due, there): (Atoms, Atoms), caller: Name) -> Outcome {
        let Incident { product, policy, approved, settled, .. } = self.incidents[booking];
        let policy = policy.expect("a booking");
        let (level, full) = self.level(product)?;
        let (own, contested) = self.pay_early(booking, due)?;
        let paid = own.min(there) + contested;
        let here = &mut self.incidents[booking];
        here.contested += contested;
        here.settled += paid;
        let (at, of_booking) = (self.now, Some((booking, due, self.payments.len())));
        let taken = (due.min(level), full);
        self.draws.push(Draw { product, policy, at, paid, taken, of_booking });
        self.use_cover(policy, paid)?;
        if due == approved - settled {
            self.end_booking(booking, Phase::Settled)?;
            self.tip_of(booking, caller);
        }
        Ok(())
    }

    /// Ends a booking. What was not settled of it is taken back from what its policy has claimed; and from its losses, with what waited of
    /// the one it was booked for. Those that were paid stay reported, and what the holder bore of them.
    fn end_booking(&mut self, booking: usize, phase: Phase) -> Outcome {
        let Incident { pool, product, policy, approved, settled, waiting, .. } = self.incidents[booking];
        let (policy, unsettled) = (policy.expect("a booking"), approved - settled);
        if unsettled > 0 {
            let bought = self.policies[policy].bought;
            let paid = self.claimed(policy) - unsettled + part_up(bought, self.products[product].terms.deductible_bps)?;
            let here = &mut self.policies[policy];
            here.losses = paid.max(here.losses - unsettled - waiting);
        }
        self.forget_early(booking);
        self.end_part(booking, None);
        self.enter_phase(booking, phase);
        let (now, left) = (self.now, self.payments.len());
        let here = &mut self.incidents[booking];
        here.approved = settled;
        here.closed_at = Some(now);
        here.payments.1 = Some(left);
        self.clear_liens(pool);
        self.renew_mark(pool)
    }

    /// Takes the verdict on a challenged booking in: it is paid on, and half of the bond is its holder's, half the voters'; or it
    /// ends with what was settled of it, and the bond goes back.
    pub(crate) fn decide_booking(&mut self, booking: usize, counts: bool) -> Outcome {
        let Incident { pool, policy, posted, .. } = self.incidents[booking];
        self.incidents[booking].decided_at = Some(self.now);
        self.incidents[booking].bond = Bond::Due;
        if !counts {
            return self.end_booking(booking, Phase::Rejected);
        }
        self.enter_phase(booking, Phase::Accepted);
        let holder = self.policies[policy.expect("a booking")].holder;
        let here = &mut self.incidents[booking];
        here.posted = posted / 2;
        here.bond_owner = Some(holder);
        self.pools[pool].slashed += posted - posted / 2;
        Ok(())
    }
}
