//! What is set aside for open incidents and bookings, what is held back for settled ones, and what is free.

use super::Pool;
use crate::{Line, Product, StoredIndex, Wide, prelude::*};
use coverage_math::{
    MAX_CAPITAL,
    contested::{self, Index},
    cover, day_of, settlement, shares, sum,
};

impl Pool {
    /// The index.
    #[must_use]
    pub fn index(&self) -> Index {
        self.index.get()
    }

    /// What of the open incidents' liens is the stayers' own, atoms, rounded up. It may exceed the capital.
    pub fn own_liens(&self) -> Result<u64> {
        self.index().own(self.liens.get()).or_overflow()
    }

    /// What `line`, of a product of this pool, sets aside of the stayers' own, atoms, rounded up. It may exceed the capital.
    pub fn set_aside_for(&self, line: &Line) -> Result<u64> {
        let doublings = self.index().doublings_since(line.reported.get());
        self.index().own(contested::rescale(line.set_aside.get(), doublings)).or_overflow()
    }

    /// What may be paid for all that is covered, of products with open incidents and of others, and for claims that got a part, atoms: nobody
    /// changes it by reporting early or late.
    fn all_demands(&self) -> Result<u64> {
        let liened = sum(self.liened_cover, self.unsettled).or_overflow()?;
        sum(self.own_liens()?.max(liened), self.active_cover).or_overflow()
    }

    /// Which part of all that is covered the capital could pay, in 65,536ths, rounded down. What was paid before its incident ended counts
    /// on both sides. The books have been accrued.
    pub fn sure_part(&self) -> Result<u32> {
        let (capital, demands) = (self.capital_of_lps(), self.all_demands()?);
        if demands <= capital {
            return Ok(settlement::WHOLE);
        }
        let early = self.index().own(self.early_paid.get()).or_overflow()?;
        let (funds, demands) = (sum(capital, early), sum(demands, early));
        settlement::sure_part(funds.or_overflow()?, demands.or_overflow()?).or_overflow()
    }

    /// Which part of its claims the first incident of `line`, which counts, is sure to get if that is fixed now, in 65,536ths, rounded down:
    /// what the capital could pay of all that is covered; where others are sure of more than that, what they leave it of the rest; or what
    /// was fixed before, where that is more. `paid` was paid of it, per unit as what is set aside. The books have been accrued.
    ///
    /// Example: of 700 a first incident is sure of all its 300. Two others ask for 400 each. The capital could pay 7 elevenths of all, but
    /// each of them is sure of a half, whichever verdict is read first: 400 are left for 800.
    pub fn sure_part_of(&self, line: &Line, paid: u128) -> Result<u32> {
        let all = self.sure_part()?;
        if all <= line.sure_part {
            return Ok(line.sure_part);
        }
        let (index, doublings) = (self.index(), self.index().doublings_since(line.reported.get()));
        let own = |per_unit| index.own(contested::rescale(per_unit, doublings)).or_overflow();
        let (set_aside, paid) = (line.set_aside.get(), own(paid)?);
        let of_line = set_aside.checked_shr(doublings).unwrap_or(0);
        let others = index.own(self.accepted_liens.get().saturating_sub(of_line)).or_overflow()?;
        let left = self.capital_of_lps().saturating_sub(self.sure_beside(line)?);
        let asked = self.all_demands()?.saturating_sub(others).max(own(set_aside)?);
        let (left, asked) = (sum(left, paid).or_overflow()?, sum(asked, paid).or_overflow()?);
        Ok(settlement::sure_part(left, asked).or_overflow()?.min(all).max(line.sure_part))
    }

    /// Makes the first incident of `line`, of which `paid` was paid, sure of a `part` of its claims: that of what it may still get comes
    /// before all others.
    #[inline(never)] // of several callers
    pub fn make_sure(&mut self, line: &mut Line, part: u32, paid: u128) -> Result<()> {
        if part > line.sure_part {
            line.sure_part = part;
            let sure = sure_of(line, paid)?;
            self.set_sure(line, sure);
        }
        Ok(())
    }

    /// What of the capital no incident is sure of, atoms.
    pub fn capital_not_sure(&self) -> Result<u64> {
        Ok(self.capital.saturating_sub(self.index().own(self.sure_liens.get()).or_overflow()?))
    }

    /// What of the capital others than the incidents of `line` are not sure of, atoms.
    pub fn capital_beside(&self, line: &Line) -> Result<u64> {
        Ok(self.capital.saturating_sub(self.sure_beside(line)?))
    }

    /// What others than the incidents of `line` are sure to get of the capital, atoms, rounded up.
    #[inline(never)] // of several callers
    fn sure_beside(&self, line: &Line) -> Result<u64> {
        let doublings = self.index().doublings_since(line.reported.get());
        let of_line = line.sure.get().checked_shr(doublings).unwrap_or(0);
        self.index().own(self.sure_liens.get().saturating_sub(of_line)).or_overflow()
    }

    /// What may be paid for open incidents, and for settled ones for which something is held back, atoms: a deposit bears its
    /// part of it. It exceeds the capital where that could not pay it, and what is held back by what their claims lack beside it.
    pub fn demands(&self) -> Result<u64> {
        let short = self.held_approved.saturating_sub(self.held_settled);
        Ok(self.own_liens()?.saturating_add(short.max(self.held_back)))
    }

    /// Capital that is set aside, for open incidents and for settled ones: B2, never more than there is.
    pub fn set_aside(&self) -> Result<u64> {
        Ok(sum(self.own_liens()?, self.held_back).unwrap_or(self.capital).min(self.capital))
    }

    /// Capital that is not set aside for anything, atoms.
    pub fn unencumbered(&self) -> Result<u64> {
        Ok(self.capital.saturating_sub(self.set_aside()?))
    }

    /// Capital that a draw can be paid of, atoms: what neither accepted incidents reserve, nor bookings, nor settled incidents for which
    /// something is held back. Undecided reports keep nothing of it.
    pub fn drawable(&self) -> Result<u64> {
        Ok(self.capital_of_lps().saturating_sub(self.own_accepted()?))
    }

    /// What the buckets of draws are parts of, atoms: the capital at the last midnight, or what there is now where that is less. Most
    /// of it may have left since.
    #[must_use]
    pub fn capital_of_buckets(&self) -> u64 {
        self.day_capital.min(self.capital)
    }

    /// The stayers' own part of what comes before draws, atoms, rounded up.
    fn own_accepted(&self) -> Result<u64> {
        self.index().own(self.accepted_liens.get()).or_overflow()
    }

    /// What of the capital can be paid now for a booking with this number in the pool and this `line`: what others that come before
    /// draws leave of it, or, where there is too little for all, what its share is more than it got. The share is of what there was
    /// before bookings got anything: it is the same in however many calls they are paid.
    ///
    /// Example: 100 are there, 100 are booked, and an accepted incident has set 100 aside. The booking gets 50. Called again it
    /// shares 50 + 50, with demands of 50 + 100 + 50: its share is 50 still, which it got.
    pub fn drawable_for(&self, line: &Line, number: u64) -> Result<u64> {
        let (index, doublings) = (self.index(), self.index().doublings_since(line.reported.get()));
        let own = |per_unit| index.own(contested::rescale(per_unit, doublings)).or_overflow();
        let got = own(line.paid.get())?;
        let booked = own(line.paid.get().saturating_add(line.set_aside.get()))?;
        let (funds, demands, most) = self.funds_for(number, self.accepted_liens.get())?;
        // The pool's sum is rounded by itself.
        let share = settlement::available(funds, booked, demands.max(booked)).or_overflow()?;
        Ok(share.saturating_sub(got).min(most).min(self.capital_beside(line)?))
    }

    /// Whether a booking with this number in the pool that is due in full ends with its share at `now`, even if that is less than was
    /// booked: nothing is left that could leave it more, and a day has passed in which it could be paid what the last of that left.
    /// What is held back leaves something only to those that were opened since: it waits for the others.
    ///
    /// Without the day, who books a false loss in the second in which an incident is settled could end another booking with less.
    #[must_use]
    pub fn ends_short(&self, number: u64, now: u64) -> bool {
        let waits = self.rivals > 0 || (self.held_incidents > 0 && number >= self.held_before);
        !waits && now.saturating_sub(self.rivals_ended_at) >= BOOKING_CHALLENGE
    }

    /// Counts an accepted incident, or a booking that is challenged.
    pub fn enter_rival(&mut self) -> Result<()> {
        self.rivals = self.rivals.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Counts one that is settled, or on which the verdict was read. The books have been accrued.
    pub fn leave_rival(&mut self) -> Result<()> {
        self.rivals = self.rivals.checked_sub(1).or_overflow()?;
        self.rivals_ended_at = self.accrued_at;
        Ok(())
    }

    /// Capital that carries new cover: what stayed for a season and is not set aside for open incidents.
    pub fn free_capital(&self) -> Result<u64> {
        self.free_of(self.seasoned_capital()?)
    }

    /// As [`Pool::free_capital`], of `seasoned` capital that was computed.
    pub(crate) fn free_of(&self, seasoned: u64) -> Result<u64> {
        Ok(seasoned.saturating_sub(self.own_liens()?))
    }

    /// Capital that stayed for a season, at today's price, as far as the price formula is proven: what is neither held back, nor on
    /// its way out, nor came lately. It carries all cover, liened or not: when an incident ends, the cover that it concerned
    /// needs its capital again. Others' part is rounded up.
    ///
    /// With those who leave, sales could keep them for ever; with those who just came, anyone could enlarge the caps and make
    /// cover cheap for a second.
    pub fn seasoned_capital(&self) -> Result<u64> {
        let capital = self.capital_of_lps();
        let others = self.shares.checked_sub(self.seasoned_shares).or_overflow()?;
        if others == 0 {
            return Ok(capital.min(MAX_CAPITAL));
        }
        let theirs = shares::assets_for_shares_ceil(others, capital, self.shares).or_overflow()?;
        Ok(capital.saturating_sub(theirs).min(MAX_CAPITAL))
    }

    /// Counts `cover` of a product of correlation group `group` as liened, atoms.
    pub(crate) fn add_liened(&mut self, group: u8, cover: u64) -> Result<()> {
        self.liened_cover = sum(self.liened_cover, cover).or_overflow()?;
        let of_group = self.group_liened_mut(group)?;
        *of_group = sum(*of_group, cover).or_overflow()?;
        Ok(())
    }

    /// Counts `cover` of a product of correlation group `group` as liened no longer, atoms.
    pub(crate) fn remove_liened(&mut self, group: u8, cover: u64) -> Result<()> {
        self.liened_cover = self.liened_cover.checked_sub(cover).or_overflow()?;
        let of_group = self.group_liened_mut(group)?;
        *of_group = of_group.checked_sub(cover).or_overflow()?;
        Ok(())
    }

    /// The most active cover under a cap of `bps` on `free` capital, which is the pool's, beside `liened` cover under the same
    /// cap, atoms, rounded down. What an incident has freed carries no other cover: it carries that of its product again.
    fn limit_beside(&self, liened: u64, bps: u16, free: u64) -> Result<u64> {
        let limit = cover::capacity(free, bps).or_overflow()?;
        if liened == 0 {
            return Ok(limit);
        }
        let all = cover::capacity(self.seasoned_capital()?, bps).or_overflow()?;
        Ok(limit.min(all.saturating_sub(liened)))
    }

    /// Counts the filings that are over by `today`.
    pub(super) fn roll_filings(&mut self, today: u64) -> Result<()> {
        // A ring that was not rolled for longer than it is long has passed every slot once.
        for day in (self.filing_day..=today).skip(1).take(self.filing_ring.len()) {
            let slot = filing_slot(&mut self.filing_ring, day)?;
            let over = u32::from(core::mem::take(slot));
            self.filings_due = self.filings_due.checked_add(over).or_overflow()?;
        }
        self.filing_day = today;
        Ok(())
    }

    /// Notes that the filing of an incident is over with the first second of `day`.
    pub fn expect_filing_end(&mut self, day: u64) -> Result<()> {
        let slot = filing_slot(&mut self.filing_ring, day)?;
        *slot = slot.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Replaces what a product has set aside, `line`, by `per_unit` of its shift. What goes is rounded down and what comes up:
    /// the pool's sum is never less than its parts.
    fn set_lien(&mut self, line: &mut Line, per_unit: u128) {
        let doublings = self.index().doublings_since(line.reported.get());
        let old = line.set_aside.get().checked_shr(doublings).unwrap_or(0);
        let new = contested::rescale(per_unit, doublings);
        let replaced = |sum: Wide| Wide::new(sum.get().saturating_sub(old).saturating_add(new));
        self.liens = replaced(self.liens);
        if line.accepted > 0 {
            self.accepted_liens = replaced(self.accepted_liens);
        }
        line.set_aside = Wide::new(per_unit);
    }

    /// Replaces what the first incident of `line` is sure to get by `per_unit`, as [`Pool::set_lien`].
    #[inline(never)] // of several callers
    fn set_sure(&mut self, line: &mut Line, per_unit: u128) {
        let doublings = self.index().doublings_since(line.reported.get());
        let old = line.sure.get().checked_shr(doublings).unwrap_or(0);
        let new = contested::rescale(per_unit, doublings);
        self.sure_liens = Wide::new(self.sure_liens.get().saturating_sub(old).saturating_add(new));
        line.sure = Wide::new(per_unit);
    }

    /// Counts an incident of `line` as accepted: what is set aside comes before draws from now on.
    pub fn accept(&mut self, line: &mut Line) -> Result<()> {
        if line.accepted == 0 {
            let doublings = self.index().doublings_since(line.reported.get());
            let part = contested::rescale(line.set_aside.get(), doublings);
            self.accepted_liens = Wide::new(self.accepted_liens.get().saturating_add(part));
        }
        line.accepted = line.accepted.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Counts an incident of `line` as accepted no more.
    pub fn unaccept(&mut self, line: &mut Line) -> Result<()> {
        line.accepted = line.accepted.checked_sub(1).or_overflow()?;
        if line.accepted == 0 {
            let doublings = self.index().doublings_since(line.reported.get());
            let part = line.set_aside.get().checked_shr(doublings).unwrap_or(0);
            self.accepted_liens = Wide::new(self.accepted_liens.get().saturating_sub(part));
        }
        Ok(())
    }

    /// Begins `line`: those who leave from now on bear a part of what it sets aside.
    fn begin_line(&mut self, line: &mut Line) -> Result<()> {
        line.reported = self.index;
        line.paid_shift = self.index.shift;
        self.current_incidents = self.current_incidents.checked_add(1).or_overflow()?;
        self.fresh_incidents = self.fresh_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Ends `line`: nothing is set aside any more.
    fn end_line(&mut self, line: &mut Line) -> Result<()> {
        self.set_lien(line, 0);
        let fresh = u32::from(line.reported.get() == self.index());
        self.fresh_incidents = self.fresh_incidents.saturating_sub(fresh);
        self.current_incidents = self.current_incidents.checked_sub(1).or_overflow()?;
        if self.current_incidents == 0 {
            for sum in [&mut self.liens, &mut self.accepted_liens, &mut self.sure_liens, &mut self.early_paid] {
                *sum = Wide::new(0);
            }
        }
        Ok(())
    }

    /// Counts a new incident of `product`, which is open.
    fn enter_incident(&mut self, product: &mut Product) -> Result<()> {
        if self.open_incidents == 0 {
            // Its ring is empty: there is nothing to walk through from before.
            self.filing_day = day_of(self.accrued_at);
        }
        product.incident_count = product.incident_count.checked_add(1).or_overflow()?;
        product.line.open = product.line.open.checked_add(1).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_add(1).or_overflow()?;
        self.incidents_opened = self.incidents_opened.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Counts an incident of `product`, whose number in the pool is `number`, as open no more.
    fn withdraw_incident(&mut self, product: &mut Product, number: u64) -> Result<()> {
        if number < self.held_before {
            self.held_for = self.held_for.saturating_sub(1);
        }
        product.line.open = product.line.open.checked_sub(1).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Puts a report on `product`, rolled to now, into its line, and returns what is set aside for it and those before it,
    /// the stayers' own part, atoms.
    ///
    /// The first sets all aside that can be claimed of the product's cover. A later one sets that aside beside what earlier ones
    /// hold, never more than can still be claimed in all. What those who left before it hold pays earlier ones only, so it
    /// does not count.
    pub fn join_line(&mut self, product: &mut Product) -> Result<u64> {
        let index = self.index();
        let claimable = product.claimable();
        let cover = index.per_unit(claimable).or_overflow()?;
        let is_first = product.line.open == 0;
        let per_unit = if is_first {
            product.enter_lien(self)?;
            let head = product.incident_count;
            let undecided = product.line.undecided;
            product.line = Line { head, undecided, claimable, ..Line::zeroed() };
            self.begin_line(&mut product.line)?;
            cover
        } else {
            let line = &mut product.line;
            if line.reported.get() != index {
                // The one before it was reported before somebody left; now it is those who leave from here on who bear this one.
                self.fresh_incidents = self.fresh_incidents.checked_add(1).or_overflow()?;
            }
            let doublings = index.doublings_since(line.reported.get());
            let kept = contested::rescale(line.set_aside.get(), doublings);
            let sure = contested::rescale(line.sure.get(), doublings);
            self.set_lien(line, 0);
            self.set_sure(line, 0);
            line.reported = self.index;
            self.set_sure(line, sure);
            let most = index.per_unit(line.claimable).or_overflow()?;
            most.min(kept.saturating_add(cover))
        };
        self.enter_incident(product)?;
        self.set_lien(&mut product.line, per_unit);
        index.own(per_unit).or_overflow()
    }

    /// Sets `amount` atoms aside in `line`, a new one, for a booking of `product`, rolled to now. While there is one, all cover
    /// of the product counts as liened.
    pub fn book_line(&mut self, product: &mut Product, line: &mut Line, amount: u64) -> Result<()> {
        if product.line.open == 0 {
            product.enter_lien(self)?;
        }
        self.enter_incident(product)?;
        line.claimable = amount;
        line.open = 1;
        self.begin_line(line)?;
        self.set_lien(line, self.index().per_unit(amount).or_overflow()?);
        self.accept(line)?;
        self.accept(&mut product.line)
    }

    /// Books `atoms` that the first incident of `line`, reported at `reported`, pays before it ends, as [`Pool::pay_lien`].
    #[inline(never)] // of several callers
    pub fn pay_early(&mut self, line: &mut Line, reported: Index, atoms: u64) -> Result<(u64, u64)> {
        let before = line.paid.get();
        let parts = self.pay_lien(line, reported, atoms)?;
        let paid = line.paid.get().saturating_sub(before);
        let now = contested::rescale(paid, self.index().doublings_since(reported));
        self.early_paid = Wide::new(self.early_paid.get().saturating_add(now));
        let of_lien = contested::rescale(paid, line.reported.get().doublings_since(reported));
        self.set_sure(line, line.sure.get().saturating_sub(of_lien));
        Ok(parts)
    }

    /// Forgets what was paid early, `per_unit`, of an incident that was reported at `reported` and ends.
    fn forget_early(&mut self, per_unit: u128, reported: Index) {
        let paid = per_unit.checked_shr(self.index().doublings_since(reported)).unwrap_or(0);
        self.early_paid = Wide::new(self.early_paid.get().saturating_sub(paid));
    }

    /// Forgets what the first incident of `line`, reported at `reported`, is sure to get, and the `paid` of it: it is settled.
    pub fn leave_sure(&mut self, line: &mut Line, reported: Index, paid: u128) {
        self.forget_early(paid, reported);
        self.set_sure(line, 0);
        line.sure_part = 0;
    }

    /// Ends the `line` of a booking of `product`, rolled to now, whose number in the pool is `number`.
    pub fn leave_booking(&mut self, product: &mut Product, line: &mut Line, number: u64) -> Result<()> {
        self.withdraw_incident(product, number)?;
        self.forget_early(line.paid.get(), line.reported.get());
        line.open = 0;
        self.unaccept(line)?;
        self.unaccept(&mut product.line)?;
        self.end_line(line)?;
        if product.line.open == 0 { product.leave_lien(self) } else { Ok(()) }
    }

    /// Frees `per_unit` of what `line` has set aside, because nobody claimed it of its only incident, of which `paid` was paid early.
    pub fn free_lien(&mut self, line: &mut Line, per_unit: u128, paid: u128) -> Result<()> {
        self.set_lien(line, line.set_aside.get().saturating_sub(per_unit));
        let sure = sure_of(line, paid)?.min(line.sure.get());
        self.set_sure(line, sure);
        Ok(())
    }

    /// Books `atoms` that the first incident of `line`, reported at `reported`, pays out of what is set aside. Returns which part
    /// of them is the stayers', rounded up, and which is borne by those who left meanwhile.
    pub fn pay_lien(&mut self, line: &mut Line, reported: Index, atoms: u64) -> Result<(u64, u64)> {
        let per_unit = reported.per_unit(atoms).or_overflow()?;
        line.paid = Wide::new(line.paid.get().saturating_add(per_unit));
        let since = line.reported.get().doublings_since(reported);
        self.set_lien(line, line.set_aside.get().saturating_sub(contested::rescale(per_unit, since)));
        line.claimable = line.claimable.saturating_sub(atoms);
        let own = self.index().own_of(atoms, reported).or_overflow()?;
        // Rounded in their disfavour, what leavers set aside suffices but for an atom.
        let of_leavers = atoms.saturating_sub(own).min(self.contested);
        Ok((atoms.saturating_sub(of_leavers), of_leavers))
    }

    /// Takes the first incident of a product, whose number in the pool is `number`, out of its line: the first is then the one that
    /// was reported at `next`. With the last one the lien ends.
    pub fn leave_line(&mut self, product: &mut Product, number: u64, next: StoredIndex) -> Result<()> {
        self.withdraw_incident(product, number)?;
        let line = &mut product.line;
        line.head = line.head.checked_add(1).or_overflow()?;
        if line.open > 0 {
            line.pass_on(next);
            return Ok(());
        }
        self.end_line(line)?;
        product.leave_lien(self)
    }

    /// Begins the index anew once nothing is open and nothing is to be released: the roundings that are left of what was
    /// contested go to the LPs.
    pub fn renew_index(&mut self) -> Result<()> {
        if self.open_incidents > 0 || self.contested_incidents > 0 || self.index() == Index::START {
            return Ok(());
        }
        let era = self.index.era.checked_add(1).or_overflow()?;
        self.index = StoredIndex { era, ..StoredIndex::START };
        let dust = core::mem::take(&mut self.contested);
        if dust > 0 { self.stream_income(dust) } else { Ok(()) }
    }

    /// Holds `amount` back for an incident that got `settled` of `approved` because of others' liens.
    ///
    /// Example: the capital is 100, two products have an incident with a lien of 80 each. The first settles with 80 approved: it
    /// gets 50, its half, and 30 are held back, for it would get 80 if the second came to nothing.
    pub fn hold_back(&mut self, amount: u64, approved: u64, settled: u64) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        self.held_before = self.incidents_opened;
        self.held_for = self.open_incidents;
        self.held_back = self.held_back.checked_add(amount).or_overflow()?;
        self.held_approved = self.held_approved.checked_add(approved).or_overflow()?;
        self.held_settled = self.held_settled.checked_add(settled).or_overflow()?;
        self.held_incidents = self.held_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Lets `amount` of what is held back for an incident go. When nothing is left of it, `ends` says what stood of its
    /// claims and what it got of the capital.
    pub fn let_go(&mut self, amount: u64, ends: Option<(u64, u64)>) -> Result<()> {
        self.held_back = self.held_back.checked_sub(amount).or_overflow()?;
        if let Some((approved, settled)) = ends {
            self.held_approved = self.held_approved.checked_sub(approved).or_overflow()?;
            self.held_settled = self.held_settled.checked_sub(settled).or_overflow()?;
            self.held_incidents = self.held_incidents.checked_sub(1).or_overflow()?;
            self.rivals_ended_at = self.accrued_at;
        }
        Ok(())
    }

    /// What the incident with this number in the pool shares with others, what all of them demand of the capital, and the most that
    /// is there for it, atoms: with those that are open, whose `liens` per unit demand it beside what was paid of them, and with
    /// those for which something was held back since, as if all were settled at once. What was held back before it was opened comes
    /// first. What was paid early counts as far as the stayers bore it.
    ///
    /// Example, as with [`Pool::hold_back`]: the second, which was open when 30 were held back, shares the 50 that are left and the 50
    /// that the first got, 100, with demands of 80 + 80: it gets 50 too. One that was opened afterwards shares the 50 less the 30 that
    /// are held back.
    pub fn funds_for(&self, number: u64, liens: u128) -> Result<(u64, u64, u64)> {
        let (most, got, stood) = if number >= self.held_before {
            (self.capital_of_lps(), 0, 0)
        } else {
            (self.capital, self.held_settled, self.held_approved)
        };
        let own = |per_unit| self.index().own(per_unit).or_overflow();
        let (early, open) = (own(self.early_paid.get())?, own(liens.saturating_add(self.early_paid.get()))?);
        let funds = sum(sum(most, got).or_overflow()?, early).or_overflow()?;
        Ok((funds, sum(open, stood).or_overflow()?, most))
    }

    /// The most active cover of products without an open incident, atoms, rounded down.
    pub fn cover_limit(&self) -> Result<u64> {
        self.cover_limit_on(self.free_capital()?)
    }

    /// The most active cover of those of correlation group `group`, atoms, rounded down.
    ///
    /// # Errors
    /// [`BreakwaterError::BadGroup`].
    pub fn group_limit(&self, group: u8) -> Result<u64> {
        self.group_limit_on(group, self.free_capital()?)
    }

    /// As [`Pool::cover_limit`], with `free` capital that was computed.
    pub(crate) fn cover_limit_on(&self, free: u64) -> Result<u64> {
        self.limit_beside(self.liened_cover, self.leverage_bps, free)
    }

    /// As [`Pool::group_limit`], with `free` capital that was computed.
    pub(crate) fn group_limit_on(&self, group: u8, free: u64) -> Result<u64> {
        let liened = self.group_liened.get(usize::from(group)).copied().ok_or(BreakwaterError::BadGroup)?;
        self.limit_beside(liened, self.group_cap_bps(group)?, free)
    }
}

/// What the first incident of `line` is sure to get beside the `paid` of it, per unit, rounded up.
#[inline(never)] // of several callers
fn sure_of(line: &Line, paid: u128) -> Result<u128> {
    let all = settlement::part_per_unit(line.set_aside.get().saturating_add(paid), line.sure_part).or_overflow()?;
    Ok(all.saturating_sub(paid))
}

/// The slot of a day in the ring of filing ends. A filing ends at most 61 days after its incident was decided.
fn filing_slot(ring: &mut [u16; 64], day: u64) -> Result<&mut u16> {
    let slot = usize::try_from(day & 63).map_err(|_| BreakwaterError::UnknownState)?;
    ring.get_mut(slot).ok_or(BreakwaterError::UnknownState)
}
