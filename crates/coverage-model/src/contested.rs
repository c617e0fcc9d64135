//! Leaving while incidents are open: which part of every open lien goes with those who leave, and what comes back.
//!
//! Anyone who is paid out of a pool takes the same fraction of *every* open lien along. So one number for the whole pool says
//! what of all that was ever set aside is still the stayers': its [`Mark`], which falls by that fraction each time. A lien
//! is an amount per unit of the mark. What those who left between two marks hold of it is the difference of the two.
//!
//! Widths and roundings are the program's, so that both agree to the atom. All else is the plain formula, in numbers
//! without bounds. Beside them the model keeps every payment ([`Payment`]), and so knows the exact fractions that the marks
//! stand for: [`Model::fair`] is what an epoch must get in the end (B8).

use crate::{
    Atoms, Fault, Incident, Model, Outcome, PRICE_OFFSET, Phase, Pool, Rule, Trigger, WHOLE, down, must, stored,
};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;

/// Atoms per unit of a mark's mantissa, × 2^127.
pub type PerUnit = u128;
/// Where a mark lies, seen from an earlier one: its mantissa × 2^63, half of it for each doubling since.
pub type Position = u128;

/// What is left of everything since the pool began, or began anew: `mantissa / 2^(63 + shift)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// From 2^63 to 2^64 − 1.
    pub mantissa: u64,
    /// How often it was doubled to stay there.
    pub shift: u32,
    /// How often the pool began anew before.
    pub era: u32,
}

/// A payment of exits.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// Of which epoch.
    pub epoch: usize,
    /// Shares burned.
    pub shares: Atoms,
    /// Of so many, those that prices count and nobody has with them.
    pub of: Atoms,
    /// What they were worth, atoms.
    pub worth: Atoms,
    /// Of it what stayed as their part of open incidents, atoms.
    pub contested: Atoms,
}

/// Who sets something aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lined {
    /// A product for its open incidents, all but bookings.
    Product(usize),
    /// A booking, for itself.
    Booking(usize),
}

/// What is set aside for a product's open incidents, or for a booking; as it was when the last of them ended, while there is
/// none.
#[derive(Default, Clone, Copy, Debug)]
pub struct Line {
    /// Set aside.
    pub set_aside: PerUnit,
    /// Of that, what the first of them is sure to get: it comes before all others.
    pub sure: PerUnit,
    /// Which part of its claims the first of them is sure to get, in 65,536ths.
    pub sure_part: Atoms,
    /// Paid since the line began, rounded up.
    pub paid: PerUnit,
    /// What can still be claimed in all of them, atoms.
    pub claimable: Atoms,
    /// The mark when the last of them was reported; what is set aside is per unit of its shift.
    pub reported: Option<Mark>,
    /// The mark when the first of them was reported, which is the one that pays: what is paid is per unit of its shift.
    pub first: Option<Mark>,
}

impl Line {
    /// A line that begins, of which nothing is set aside yet.
    pub(crate) fn begin(claimable: Atoms, mark: Mark) -> Self {
        Self { claimable, reported: Some(mark), first: Some(mark), ..Self::default() }
    }

    /// Doublings from the report of the first of them to a mark.
    fn doublings_to(&self, mark: Mark) -> u32 {
        mark.doublings_since(self.first.expect("a line that has begun"))
    }
}

/// What an incident's lien is to those who leave while it is open. Amounts are per unit of the mark at its report.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The mark when it was reported.
    pub reported: Mark,
    /// The mark when what nobody claimed was freed.
    pub freed_at: Option<Mark>,
    /// The mark when it ended, or when the next report on the product took its place.
    pub ended_at: Option<Mark>,
    /// Set aside when it was reported.
    pub set_aside: PerUnit,
    /// Paid on the product until then, rounded down.
    pub paid_before: PerUnit,
    /// Freed because nobody claimed it.
    pub freed: PerUnit,
    /// What was left when it ended.
    pub rest: PerUnit,
    /// Down to where what was freed has been given back.
    pub freed_to: Position,
    /// Down to where what was left has been given back.
    pub rest_to: Position,
}

/// `number / 2^doublings`, rounded up.
#[must_use]
pub fn halved(number: PerUnit, doublings: u32) -> PerUnit {
    let divisor = BigUint::from(1u8) << doublings;
    word(&ceil(&number.into(), &divisor)).expect("not more than it was")
}

/// `top / bottom`, rounded up.
fn ceil(top: &BigUint, bottom: &BigUint) -> BigUint {
    (top + bottom - 1u8) / bottom
}

fn word(number: &BigUint) -> Option<u128> {
    number.try_into().ok()
}

/// Atoms that an account can hold.
fn atoms(number: &BigUint) -> Outcome<Atoms> {
    stored(word(number).and_then(|number| number.try_into().ok()).ok_or(Rule::MathOverflow)?)
}

fn big(atoms: Atoms) -> BigUint {
    BigUint::from(atoms.unsigned_abs())
}

impl Mark {
    /// Of a pool that nobody has left.
    pub const START: Self = Self { mantissa: 1 << 63, shift: 0, era: 0 };

    /// The mark once some of so many shares have left, rounded down to the 64 bits of its mantissa.
    #[must_use]
    pub fn after(self, leaving: Atoms, of: Atoms) -> Self {
        let left = BigUint::from(self.mantissa) * big(of - leaving);
        let mut doublings = 0u32;
        let mantissa = loop {
            let mantissa: BigUint = (&left << doublings) / big(of);
            if mantissa.bits() == 64 {
                break mantissa;
            }
            doublings += 1;
        };
        Self { mantissa: mantissa.try_into().expect("64 bits"), shift: self.shift + doublings, era: self.era }
    }

    /// Doublings from an earlier mark to this one.
    fn doublings_since(self, earlier: Self) -> u32 {
        self.shift.saturating_sub(earlier.shift)
    }

    /// So many atoms per unit, rounded up. Refuses 2^63 of them.
    pub fn per_unit(self, amount: Atoms) -> Outcome<PerUnit> {
        must(amount < 1 << 63, Rule::MathOverflow)?;
        Ok(word(&ceil(&(big(amount) << 127u8), &self.mantissa.into())).expect("127 bits"))
    }

    /// The stayers' own part of what is set aside per unit, atoms, rounded up.
    pub fn own(self, per_unit: PerUnit) -> Outcome<Atoms> {
        atoms(&ceil(&(BigUint::from(per_unit) * self.mantissa), &(BigUint::from(1u8) << 127u8)))
    }

    /// The stayers' own part of atoms that were all theirs at an earlier mark, rounded up.
    pub fn own_of(self, amount: Atoms, earlier: Self) -> Outcome<Atoms> {
        let divisor = BigUint::from(earlier.mantissa) << self.doublings_since(earlier);
        Ok(atoms(&ceil(&(big(amount) * self.mantissa), &divisor))?.min(amount))
    }

    /// Where it lies, seen from an earlier mark, rounded down.
    fn seen_from(self, earlier: Self) -> Position {
        let whole = BigUint::from(self.mantissa) << 63u8;
        word(&(whole >> self.doublings_since(earlier))).expect("127 bits")
    }
}

impl Part {
    /// Of an incident that joins a line.
    pub(crate) fn of(line: &Line) -> Self {
        let reported = line.reported.expect("a line that has begun");
        let top = reported.seen_from(reported);
        Self {
            reported,
            freed_at: None,
            ended_at: None,
            set_aside: line.set_aside,
            paid_before: line.paid.checked_shr(line.doublings_to(reported)).unwrap_or(0),
            freed: 0,
            rest: 0,
            freed_to: top,
            rest_to: top,
        }
    }

    /// Where a mark lies, seen from the report: what lies before that is at the top.
    fn position(&self, mark: Mark) -> Position {
        let top = self.reported.seen_from(self.reported);
        if mark.shift < self.reported.shift { top } else { mark.seen_from(self.reported).min(top) }
    }

    /// Whether somebody left while it was open.
    #[must_use]
    pub fn was_left(&self) -> bool {
        self.ended_at.is_some_and(|end| self.position(end) < self.position(self.reported))
    }

    /// Whether it has ended, and everything was given back.
    #[must_use]
    pub fn is_released(&self) -> bool {
        self.ended_at.is_some_and(|end| self.rest_to <= self.position(end))
    }

    /// Gives back what those get who left between two marks: of what was freed, then of what was left. Returns the atoms,
    /// and whether that is all.
    fn release(&mut self, from: Mark, to: Mark) -> Outcome<(Atoms, bool)> {
        let (high, low) = (self.position(from), self.position(to));
        let (freed, ended) = (self.freed_at.map(|at| self.position(at)), self.ended_at.map(|at| self.position(at)));
        let (mut amount, mut moved, mut over) = (0, false, false);
        if let Some(end) = freed {
            let before = self.freed_to;
            amount += pass(self.freed, &mut self.freed_to, (high, low.max(end)))?;
            moved = self.freed_to != before;
        }
        // What was freed comes first.
        if let Some(end) = ended.filter(|_| freed.is_none_or(|freed| self.freed_to <= low.max(freed))) {
            let before = self.rest_to;
            amount += pass(self.rest, &mut self.rest_to, (high, low.max(end)))?;
            over = self.rest_to != before;
        }
        must(moved || over, Rule::NothingDue)?;
        Ok((amount, over))
    }
}

/// Moves a cursor down to `low`, if it has come as far as `high`. Returns what lay between, atoms, rounded down.
fn pass(per_unit: PerUnit, cursor: &mut Position, (high, low): (Position, Position)) -> Outcome<Atoms> {
    if *cursor > high || low >= *cursor {
        return Ok(0);
    }
    let units = *cursor - low;
    *cursor = low;
    atoms(&((BigUint::from(per_unit) * units) >> 190u8))
}

impl Model {
    // What is set aside

    /// Products of a pool with open incidents, bookings included.
    pub(crate) fn liened(&self, pool: usize) -> impl Iterator<Item = usize> {
        (0..self.products.len()).filter(move |product| self.products[*product].pool == pool && self.is_liened(*product))
    }

    /// The stayers' own part of all that is set aside for incidents, atoms; may exceed the capital.
    pub fn own_liens(&self, pool: usize) -> Outcome<Atoms> {
        self.pools[pool].mark.own(self.pools[pool].liens)
    }

    /// Everything of a pool that sets something aside.
    pub(crate) fn lines(&self, pool: usize) -> impl Iterator<Item = Lined> {
        let products = self.liened(pool).filter(|product| self.products[*product].trigger() != Trigger::Authority);
        let bookings = (0..self.incidents.len()).filter(move |incident| {
            let here = &self.incidents[*incident];
            here.pool == pool && here.policy.is_some() && here.is_open()
        });
        products.map(Lined::Product).chain(bookings.map(Lined::Booking))
    }

    /// How many they are, and how many of those were last reported since somebody left.
    #[must_use]
    pub fn count_lines(&self, pool: usize) -> (usize, usize) {
        let mark = Some(self.pools[pool].mark);
        (self.lines(pool).count(), self.lines(pool).filter(|line| self.line(*line).reported == mark).count())
    }

    /// The line in which an incident stands.
    fn lined(&self, incident: usize) -> Lined {
        let here = &self.incidents[incident];
        if here.policy.is_some() { Lined::Booking(incident) } else { Lined::Product(here.product) }
    }

    /// The last incident of a line, which those who leave bear.
    pub(crate) fn last_of(&self, line: Lined) -> Option<usize> {
        match line {
            Lined::Product(product) => self.open_on(product).last(),
            Lined::Booking(incident) => Some(incident),
        }
    }

    fn line(&self, line: Lined) -> &Line {
        match line {
            Lined::Product(product) => &self.products[product].line,
            Lined::Booking(incident) => &self.incidents[incident].line,
        }
    }

    fn line_mut(&mut self, line: Lined) -> &mut Line {
        match line {
            Lined::Product(product) => &mut self.products[product].line,
            Lined::Booking(incident) => &mut self.incidents[incident].line,
        }
    }

    /// How many incidents of a product, or whether a booking, counts and is not settled.
    #[must_use]
    pub fn accepted(&self, product: usize) -> usize {
        self.incidents_on(product).filter(|incident| incident.state == Phase::Accepted).count()
    }

    /// Whether what a line sets aside comes before draws.
    fn comes_first(&self, line: Lined) -> bool {
        match line {
            Lined::Product(product) => self.accepted(product) > 0,
            Lined::Booking(incident) => matches!(self.incidents[incident].state, Phase::Open | Phase::Accepted),
        }
    }

    /// An incident comes to stand elsewhere: what its line sets aside may come before draws from now on, or no longer.
    pub(crate) fn enter_phase(&mut self, incident: usize, phase: Phase) {
        let line = self.lined(incident);
        let before = self.comes_first(line);
        let was_rival = self.incidents[incident].is_rival();
        self.incidents[incident].state = phase;
        if was_rival && !self.incidents[incident].is_rival() {
            self.pools[self.incidents[incident].pool].rivals_ended_at = self.now;
        }
        let after = self.comes_first(line);
        if before == after {
            return;
        }
        let (pool, Line { set_aside, reported, .. }) = (self.incidents[incident].pool, *self.line(line));
        let pool = &mut self.pools[pool];
        let doublings = pool.mark.doublings_since(reported.expect("a line that has begun"));
        if after {
            pool.accepted_liens += halved(set_aside, doublings);
        } else {
            let gone = set_aside.checked_shr(doublings).unwrap_or(0);
            pool.accepted_liens = pool.accepted_liens.saturating_sub(gone);
        }
    }

    /// Books that an incident pays `amount` before it ends, as [`Model::pay_lien`].
    pub(crate) fn pay_early(&mut self, incident: usize, amount: Atoms) -> Outcome<(Atoms, Atoms)> {
        let parts = self.pay_lien(incident, amount)?;
        let lined = self.lined(incident);
        let Incident { pool, part, .. } = self.incidents[incident];
        let paid = part.reported.per_unit(amount)?;
        self.incidents[incident].early_paid += paid;
        let line = *self.line(lined);
        let of_line = halved(paid, line.reported.expect("a line that has begun").doublings_since(part.reported));
        self.make_sure_of(lined, line.sure.saturating_sub(of_line));
        let pool = &mut self.pools[pool];
        pool.early_paid += halved(paid, pool.mark.doublings_since(part.reported));
        Ok(parts)
    }

    /// An incident ends: what was paid of it early lessens no share any more.
    pub(crate) fn forget_early(&mut self, incident: usize) {
        let Incident { pool, part, early_paid, .. } = self.incidents[incident];
        let pool = &mut self.pools[pool];
        let paid = early_paid.checked_shr(pool.mark.doublings_since(part.reported)).unwrap_or(0);
        pool.early_paid = pool.early_paid.saturating_sub(paid);
    }

    /// The stayers' part of what was paid of an incident early, atoms.
    pub(crate) fn own_early(&self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, part, early_paid, .. } = self.incidents[incident];
        let mark = self.pools[pool].mark;
        mark.own(halved(early_paid, mark.doublings_since(part.reported)))
    }

    // What claims are sure to get

    /// A line's first is sure of so much per unit, instead of what it was.
    pub(crate) fn make_sure_of(&mut self, line: Lined, per_unit: PerUnit) {
        let pool = match line {
            Lined::Product(product) => self.products[product].pool,
            Lined::Booking(incident) => self.incidents[incident].pool,
        };
        let here = self.line_mut(line);
        let before = std::mem::replace(&mut here.sure, per_unit);
        let reported = here.reported.expect("a line that has begun");
        let pool = &mut self.pools[pool];
        let doublings = pool.mark.doublings_since(reported);
        let gone = before.checked_shr(doublings).unwrap_or(0);
        pool.sure_liens = pool.sure_liens.saturating_sub(gone) + halved(per_unit, doublings);
    }

    /// What of the capital nobody but the incidents of a line is sure of, atoms.
    pub(crate) fn capital_beside(&self, pool: usize, line: Option<Lined>) -> Outcome<Atoms> {
        let Pool { mark, sure_liens, .. } = self.pools[pool];
        let gone = line.map_or(0, |line| {
            let Line { sure, reported, .. } = *self.line(line);
            reported.map_or(0, |reported| sure.checked_shr(mark.doublings_since(reported)).unwrap_or(0))
        });
        Ok((self.capital(pool) - mark.own(sure_liens.saturating_sub(gone))?).max(0))
    }

    /// Which part of its claims an accepted incident, the first of its line, is sure to get, in 65,536ths: as much as the capital could pay
    /// if all were claimed that the pool covers, what others are sure of left aside; or what was fixed before, if that is more.
    pub(crate) fn sure_part_of(&self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, product, state, part, early_paid, .. } = self.incidents[incident];
        must(state == Phase::Accepted, Rule::IncidentNotSettled)?;
        must(self.open_on(product).next() == Some(incident), Rule::EarlierIncidentOpen)?;
        let line = self.products[product].line;
        let (capital, mark) = (self.capital_of_lps(pool), self.pools[pool].mark);
        // Claims that got a part on account still ask for the rest.
        let liened = self.own_liens(pool)?.max(self.liened_cover(pool) + self.unsettled(pool));
        let demands = liened + self.pool_active(pool);
        let early = mark.own(self.pools[pool].early_paid)?;
        let of = |funds: Atoms, demands: Atoms| {
            if funds >= demands { Ok(WHOLE) } else { down(funds, WHOLE, demands) }
        };
        let all = if demands <= capital { WHOLE } else { of(capital + early, demands + early)? };
        if all <= line.sure_part {
            return Ok(line.sure_part);
        }
        let reported = line.reported.expect("a line that has begun");
        let paid = halved(early_paid, reported.doublings_since(part.reported));
        let own = |per_unit| mark.own(halved(per_unit, mark.doublings_since(reported)));
        let lined = Lined::Product(product);
        // Where others are sure of more than that, what they leave of the rest.
        let sure_of_others = self.capital(pool) - self.capital_beside(pool, Some(lined))?;
        let of_line = line.set_aside.checked_shr(mark.doublings_since(reported)).unwrap_or(0);
        let of_others = mark.own(self.pools[pool].accepted_liens.saturating_sub(of_line))?;
        let left = (capital - sure_of_others).max(0) + own(paid)?;
        let asked = (demands - of_others).max(own(line.set_aside)?) + own(paid)?;
        Ok(of(left, asked)?.min(all).max(line.sure_part))
    }

    /// Of claims that were settled on account, what waits for the settlement of their incidents, atoms.
    #[must_use]
    pub fn unsettled(&self, pool: usize) -> Atoms {
        let counts = |here: &&Incident| here.state == Phase::Accepted && here.policy.is_none();
        self.incidents_of(pool).filter(counts).map(|here| here.approved - here.settled).sum()
    }

    /// Fixes what the claims of an accepted incident are sure to get, the first of its line. It only rises.
    pub(crate) fn make_sure(&mut self, incident: usize) -> Outcome<Atoms> {
        let part = self.sure_part_of(incident)?;
        let product = self.incidents[incident].product;
        if part > self.products[product].line.sure_part {
            self.products[product].line.sure_part = part;
            let sure = self.sure_beside_paid(incident);
            self.make_sure_of(Lined::Product(product), sure);
        }
        Ok(part)
    }

    /// What an incident is sure to get of what its line sets aside, beside what was paid of it early, per unit.
    fn sure_beside_paid(&self, incident: usize) -> PerUnit {
        let Incident { product, part, early_paid, .. } = self.incidents[incident];
        let line = self.products[product].line;
        let paid = halved(early_paid, line.reported.expect("a line that has begun").doublings_since(part.reported));
        let (whole, part) = (BigInt::from(WHOLE), BigInt::from(line.sure_part));
        let all: BigInt = (BigInt::from(line.set_aside + paid) * part + &whole - 1) / whole;
        PerUnit::try_from(all).expect("a part of a number of its kind").saturating_sub(paid)
    }

    /// What the stayers bear of a booking, in all and of what was paid, atoms.
    pub(crate) fn own_booked(&self, booking: usize) -> Outcome<(Atoms, Atoms)> {
        let Incident { pool, part, line, .. } = self.incidents[booking];
        let mark = self.pools[pool].mark;
        let all = line.paid.saturating_add(line.set_aside);
        Ok((mark.own(halved(all, mark.doublings_since(part.reported)))?, self.own_early(booking)?))
    }

    /// The stayers' own part of what comes before draws, atoms.
    pub fn own_accepted(&self, pool: usize) -> Outcome<Atoms> {
        self.pools[pool].mark.own(self.pools[pool].accepted_liens)
    }

    /// What those who left have in open incidents and has not come back: the bucket, atoms.
    #[must_use]
    pub fn contested(&self, pool: usize) -> Atoms {
        let taken: Atoms = self.payments_of(pool).map(|payment| payment.contested).sum();
        let paid: Atoms = self.incidents_of(pool).map(|incident| incident.contested).sum();
        let released: Atoms = self.epochs_of(pool).map(|epoch| epoch.released).sum();
        taken - paid - released - self.pools[pool].contested_dust
    }

    /// Incidents that have ended and of which something is to be given back.
    #[must_use]
    pub fn contested_incidents(&self, pool: usize) -> usize {
        self.incidents_of(pool).filter(|incident| incident.part.was_left() && !incident.part.is_released()).count()
    }

    /// A line sets so much aside per unit, instead of what it did.
    fn set_aside(&mut self, line: Lined, per_unit: PerUnit) {
        let pool = match line {
            Lined::Product(product) => self.products[product].pool,
            Lined::Booking(incident) => self.incidents[incident].pool,
        };
        let first = self.comes_first(line);
        let here = self.line_mut(line);
        let before = std::mem::replace(&mut here.set_aside, per_unit);
        let reported = here.reported.expect("a line that has begun");
        let pool = &mut self.pools[pool];
        let doublings = pool.mark.doublings_since(reported);
        // The sum is kept in the pool's own shift, and is never less than its parts.
        let gone = before.checked_shr(doublings).unwrap_or(0);
        pool.liens = pool.liens.saturating_sub(gone) + halved(per_unit, doublings);
        if first {
            pool.accepted_liens = pool.accepted_liens.saturating_sub(gone) + halved(per_unit, doublings);
        }
    }

    /// A booking, which has begun, sets its whole amount aside. Those who leave from now on bear a part of it.
    pub(crate) fn begin_booking_line(&mut self, incident: usize, amount: Atoms) -> Outcome {
        let mark = self.pools[self.incidents[incident].pool].mark;
        let line = &mut self.incidents[incident].line;
        *line = Line::begin(amount, mark);
        let borne = if self.faults.has(Fault::T52) { 0 } else { amount };
        self.set_aside(Lined::Booking(incident), mark.per_unit(borne)?);
        self.incidents[incident].part = Part::of(&self.incidents[incident].line);
        Ok(())
    }

    /// A report joins the line of its product, which was rolled. Returns its part, and what is set aside for all of them, the
    /// stayers' own part, atoms.
    ///
    /// The first sets the active cover aside; a later one the active cover beside what earlier ones hold, but never more than
    /// can still be claimed in all.
    pub(crate) fn join_line(&mut self, product: usize) -> Outcome<(Part, Atoms)> {
        let (pool, first, cover) =
            (self.products[product].pool, !self.is_liened(product), self.claimable_cover(product));
        let mark = self.pools[pool].mark;
        let here = &mut self.products[product].line;
        if first {
            *here = Line::begin(cover, mark);
        }
        let line = *here;
        let kept_sure = halved(line.sure, mark.doublings_since(line.reported.expect("a line that has begun")));
        if !first {
            self.set_aside(Lined::Product(product), 0);
            self.make_sure_of(Lined::Product(product), 0);
        }
        let doublings = mark.doublings_since(line.reported.expect("a line that has begun"));
        let here = &mut self.products[product].line;
        here.reported = Some(mark);
        let kept = halved(line.set_aside, doublings);
        let per_unit = mark.per_unit(line.claimable)?.min(kept.saturating_add(mark.per_unit(cover)?));
        self.set_aside(Lined::Product(product), per_unit);
        self.make_sure_of(Lined::Product(product), kept_sure);
        Ok((Part::of(&self.products[product].line), mark.own(per_unit)?))
    }

    /// Frees all but what was claimed of an incident, the only one of its product.
    pub(crate) fn free_unclaimed(&mut self, incident: usize) -> Outcome {
        let (pool, product) = (self.incidents[incident].pool, self.incidents[incident].product);
        let set_aside = self.products[product].line.set_aside;
        let here = &self.incidents[incident];
        let claimed = here.part.reported.per_unit(self.filed(incident) + here.approved - here.settled)?;
        let (mark, part) = (self.pools[pool].mark, &mut self.incidents[incident].part);
        part.freed = set_aside.saturating_sub(claimed);
        part.freed_at = Some(mark);
        let freed = part.freed;
        self.set_aside(Lined::Product(product), set_aside - freed);
        let sure = self.sure_beside_paid(incident).min(self.products[product].line.sure);
        self.make_sure_of(Lined::Product(product), sure);
        Ok(())
    }

    /// An incident pays atoms. Returns which part of them the stayers bear, and which those who left.
    pub(crate) fn pay_lien(&mut self, incident: usize, amount: Atoms) -> Outcome<(Atoms, Atoms)> {
        let (pool, lined) = (self.incidents[incident].pool, self.lined(incident));
        let reported = self.incidents[incident].part.reported;
        let line = *self.line(lined);
        let since = line.reported.expect("a line that has begun").doublings_since(reported);
        let per_unit = reported.per_unit(amount)?;
        self.set_aside(lined, line.set_aside.saturating_sub(halved(per_unit, since)));
        let line = self.line_mut(lined);
        line.paid = line.paid.saturating_add(per_unit);
        line.claimable = (line.claimable - amount).max(0);
        let own = self.pools[pool].mark.own_of(amount, reported)?;
        let of_leavers = (amount - own).min(self.contested(pool));
        Ok((amount - of_leavers, of_leavers))
    }

    /// An incident ends, the first of its line; `next` is the one behind it. Those who leave after the next report bear that.
    pub(crate) fn end_part(&mut self, incident: usize, next: Option<usize>) {
        let (pool, lined) = (self.incidents[incident].pool, self.lined(incident));
        let (line, mark) = (*self.line(lined), self.pools[pool].mark);
        let end = next.map_or(mark, |next| self.incidents[next].part.reported);
        let part = &mut self.incidents[incident].part;
        let paid = line.paid.saturating_sub(part.paid_before);
        part.rest = part.set_aside.saturating_sub(part.freed).saturating_sub(paid);
        part.ended_at = Some(end);
        if next.is_none() {
            self.set_aside(lined, 0);
        } else {
            let paid = halved(line.paid, line.doublings_to(end));
            let line = self.line_mut(lined);
            (line.paid, line.first) = (paid, Some(end));
        }
    }

    /// Once nothing is open nothing is set aside: what roundings left goes.
    pub(crate) fn clear_liens(&mut self, pool: usize) {
        if self.open_incidents(pool) == 0 {
            let here = &mut self.pools[pool];
            (here.liens, here.accepted_liens, here.sure_liens, here.early_paid) = (0, 0, 0, 0);
        }
    }

    /// Once nothing is open and nothing is to be given back the mark begins anew. What roundings left is the LPs' over time.
    pub(crate) fn renew_mark(&mut self, pool: usize) -> Outcome {
        let mark = self.pools[pool].mark;
        let begun = mark.mantissa != Mark::START.mantissa || mark.shift != 0;
        if self.open_incidents(pool) > 0 || self.contested_incidents(pool) > 0 || !begun {
            return Ok(());
        }
        let dust = self.contested(pool);
        self.pools[pool].mark = Mark { era: mark.era + 1, ..Mark::START };
        self.pools[pool].contested_dust += dust;
        if dust > 0 { self.stream_income(pool, dust) } else { Ok(()) }
    }

    /// Gives an exit epoch back what it has in an incident: epochs in their order. Returns the atoms.
    pub fn release_contested(&mut self, incident: usize, epoch: usize) -> Outcome<Atoms> {
        let pool = self.incidents[incident].pool;
        self.accrue(pool);
        let (from, to) = self.epochs[epoch].marks.ok_or(Rule::NothingDue)?;
        must(from.era == self.incidents[incident].part.reported.era, Rule::NothingDue)?;
        let (amount, over) = self.incidents[incident].part.release(from, to)?;
        let amount = amount.min(self.contested(pool));
        let here = &mut self.epochs[epoch];
        here.released += amount;
        if over {
            let place = here.parts.iter().position(|part| *part == incident).expect("it left while that was open");
            here.parts.remove(place);
            if self.incidents[incident].part.is_released() {
                self.renew_mark(pool)?;
            }
        }
        Ok(amount)
    }

    // What is fair

    /// Every payment of a pool's exits, in order.
    pub fn payments_of(&self, pool: usize) -> impl Iterator<Item = &Payment> {
        self.payments.iter().filter(move |payment| self.epochs[payment.epoch].pool == pool)
    }

    /// The fraction of an incident that an epoch bears, exactly: of those who were there when it was reported, the part that
    /// left with the epoch before its claims were paid, or before now.
    #[must_use]
    pub fn fraction_of(&self, epoch: usize, incident: usize) -> BigRational {
        let until = self.incidents[incident].payments.1.unwrap_or(self.payments.len());
        self.fraction_until(epoch, incident, until)
    }

    /// The same of those who had left when so many payments of exits had been made.
    fn fraction_until(&self, epoch: usize, incident: usize, until: usize) -> BigRational {
        let here = &self.incidents[incident];
        let from = here.payments.0;
        let (mut stay, mut left) = (whole(1), whole(0));
        for payment in self.payments.get(from..until).unwrap_or_default() {
            if self.epochs[payment.epoch].pool == here.pool {
                let leave = &stay * BigRational::new(payment.shares.into(), payment.of.into());
                stay -= &leave;
                if payment.epoch == epoch {
                    left += leave;
                }
            }
        }
        left
    }

    /// What an epoch must get in the end (B8), and how many incidents it has a part in: what its shares were worth less its
    /// part of what was approved in those incidents, as fractions of an atom.
    #[must_use]
    pub fn fair(&self, epoch: usize) -> (BigRational, usize) {
        let pool = self.epochs[epoch].pool;
        let own = self.payments.iter().filter(|payment| payment.epoch == epoch);
        let mut fair = whole(own.map(|payment| payment.worth).sum());
        let mut incidents = 0;
        for (number, incident) in self.incidents.iter().enumerate().filter(|(_, incident)| incident.pool == pool) {
            let part = self.fraction_of(epoch, number);
            incidents += usize::from(part != whole(0));
            if incident.policy.is_none() {
                fair -= part * whole(incident.approved - incident.settled_on_account());
            }
            // Who left before a claim was settled bears a part of it.
            for (amount, left) in &incident.on_account {
                fair -= self.fraction_until(epoch, number, *left) * whole(*amount);
            }
        }
        // Bookings are paid bit by bit: who left before a payment bears a part of it.
        for (booking, due, left) in self.draws.iter().filter_map(|draw| draw.of_booking) {
            if self.incidents[booking].pool == pool {
                fair -= self.fraction_until(epoch, booking, left) * whole(due);
            }
        }
        (fair, incidents)
    }
}

/// A whole number as a fraction.
fn whole(number: Atoms) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

/// What prices count of shares that nobody has, with those in being.
pub(crate) fn counted(shares: Atoms) -> Atoms {
    shares + PRICE_OFFSET.1
}
