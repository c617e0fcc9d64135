use crate::{
    Assembly, DrawLimit, DrawParams, Line, Observation, Policy, Pool, Price, PriceParams, PriceTrigger, Proposal,
    prelude::*, set_text,
};
use coverage_math::{ballot, curve::Curve, day_of, seconds_of, stream, sum};

stored_enum! {
    /// What kind of risk a product covers.
    pub enum RiskKind {
        /// A bug or an attack on a protocol.
        Exploit = 0 "exploit",
        /// A token losing its peg.
        Depeg = 1 "depeg",
        /// A validator losing stake.
        Slashing = 2 "slashing",
        /// A custodian losing assets.
        Custody = 3 "custody",
        /// An oracle reporting wrongly.
        Oracle = 4 "oracle",
        /// A bridge losing assets.
        Bridge = 5 "bridge",
        /// A venue's liquidations falling short.
        LiquidationShortfall = 6 "liquidation shortfall",
        /// Something else.
        Other = 7 "other",
}
}

stored_enum! {
    /// Who decides that something happened.
    pub enum Trigger {
        /// A ballot of the pool's assembly.
        Jury = 0 "jury",
        /// A price oracle, with the jury behind it.
        Price = 1 "price",
        /// The covered program itself.
        Authority = 2 "authority",
}
}

stored_enum! {
    /// Whether a product is for sale.
    pub enum ProductStatus {
        /// Cover is sold.
        OnSale = 0 "on sale",
        /// No more cover is sold.
        Delisted = 1 "delisted",
        /// No cover is sold until a change has put it on sale.
        Draft = 2 "draft",
}
}

/// A listed risk with its terms and price.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Product {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 on sale, 1 delisted, 2 a draft: see [`ProductStatus`]. Live policies go on in any.
    pub status: u8,
    /// 0 exploit, 1 depeg, 2 slashing, 3 custody, 4 oracle, 5 bridge, 6 liquidation shortfall, 7 other.
    pub risk_kind: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// Correlation group, 0 to 15.
    pub group: u8,
    /// Number within the pool; a seed of this address.
    pub index: u16,

    /// The pool.
    pub pool: Address,
    /// Price trigger: the price feed. Authority trigger: the address that may draw. Jury: zero.
    pub trigger_source: Address,
    /// SHA-256 of the terms: what counts, in words.
    pub terms_hash: [u8; 32],
    /// Short name, UTF-8, zero-filled.
    pub name: [u8; 32],
    /// Where the terms are, UTF-8, zero-filled.
    pub terms_uri: [u8; 128],

    /// Cover not yet released as of `rolled_day`, atoms.
    pub active_cover: u64,
    /// Day to which the ring is emptied, days since the epoch.
    pub rolled_day: u64,
    /// Least sum insured of a sale, atoms.
    pub min_amount: u64,
    /// Largest sum insured of a sale, atoms.
    pub max_amount: u64,
    /// Bond of an incident, atoms.
    pub incident_bond: u64,
    /// How long a claim can be disputed after it was filed, and for a day after the verdict at least, seconds.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Counter: policies sold.
    pub policies_sold: u64,
    /// When an incident was last rejected, unix seconds.
    pub last_rejected_at: u64,

    /// Incidents opened so far.
    pub incident_count: u32,
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity.
    pub kink_bps: u16,
    /// Capacity, bps of the pool's seasoned capital.
    pub weight_bps: u16,
    /// Shortest term, days.
    pub min_term_days: u16,
    /// Longest term, days.
    pub max_term_days: u16,
    /// From the sale until cover begins, days.
    pub waiting_days: u16,
    /// After the end, while claims for what happened before can be filed, days.
    pub grace_days: u16,
    /// What the holder bears, bps of the sum insured.
    pub deductible_bps: u16,
    /// How long after it happened an incident can be opened, days.
    pub report_window_days: u16,
    /// How long after the verdict claims can be filed, days.
    pub filing_window_days: u16,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// How often the bond of the next incident doubles, while the memory of `last_rejected_at` lasts.
    pub bond_doublings: u8,
    /// Zero.
    pub reserved_params: [u8; 3],
    /// Its open incidents and what is set aside for them; zero while there is none, but for the count of undecided ones.
    pub line: Line,
    /// Price trigger: its strike and the breach that is being watched; zero otherwise.
    pub price: PriceTrigger,
    /// Authority trigger: how much may be drawn; zero otherwise.
    pub draws: DrawLimit,
    /// Of its active cover, what time has released since its incidents began: what is set aside for them may be claimed of it, so it counts
    /// until they end, atoms.
    pub overdue: u64,
    /// Cover at the day's first use, atoms: of `opening_capacity`.
    pub opening_active: u64,
    /// Capacity at the day's first use, atoms.
    pub opening_capacity: u64,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Counter: policies whose accounts are closed.
    pub policies_closed: u64,
    /// Counter: incidents whose accounts are closed.
    pub incidents_closed: u32,
    /// Bond of a claim once it covers nothing, bps of the amount claimed.
    pub next_claim_bond_bps: u16,
    /// How often in a row its court, while it was another than the pool's, could not decide on an incident: twice, and the pool's assembly
    /// decides.
    pub court_failed: u8,
    /// Zero.
    pub reserved_counts: [u8; 1],
    /// Bond of an incident once it covers nothing, atoms.
    pub next_incident_bond: u64,
    /// The assembly whose ballots decide on it while it covers something.
    pub assembly: Address,
    /// Numbers of the queued changes that last set its sale, weight, curve and bonds; 0 when none has.
    pub set_by: [u64; 4],
    /// What claims of settled incidents that have not ended use up of its cover, atoms.
    pub settled: u64,
    /// The day on which the first of their policies is released anyway, days since the epoch.
    pub settled_until: u64,
    /// The pool's arbiter when it covered nothing: while that is another, holders may go without a fee.
    pub arbiter: Address,
    /// Counter: how often other bonds, another court or another arbiter came to hold. Buyers state what they have seen.
    pub terms: u64,
    /// The last day on which cover that was sold is released, days since the epoch; it may have been given back or used since.
    pub last_release_day: u64,
    /// Given back in the day to which the ring is emptied, and in the day before, atoms: it is held still, though nothing can be claimed
    /// for it.
    pub returned: [u64; 2],
    /// The floor of stake of the pool when it covered nothing, atoms: while that is another, holders may go without a fee.
    pub stake_floor: u64,

    /// Ring: cover released on a day, atoms; slot day % 512.
    pub cover_ring: [u64; 512],
}

/// Terms and price of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct ProductParams {
    /// Short name, UTF-8, at most 32 bytes.
    pub name: String,
    /// Where the terms are, UTF-8, at most 128 bytes.
    pub terms_uri: String,
    /// SHA-256 of the terms.
    pub terms_hash: [u8; 32],
    /// Kind of risk: 0 exploit, 1 depeg, 2 slashing, 3 custody, 4 oracle, 5 bridge, 6 liquidation shortfall, 7 other.
    pub risk_kind: u8,
    /// Correlation group, 0 to 15.
    pub group: u8,
    /// Capacity, bps of the pool's seasoned capital, 1 to 10,000.
    pub weight_bps: u16,
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm, at most 1,000,000.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
    /// Shortest term, days, at least 1.
    pub min_term_days: u16,
    /// Longest term, days, at most 365.
    pub max_term_days: u16,
    /// From the sale until cover begins, days, at most 30.
    pub waiting_days: u16,
    /// After the end, while what happened before can be reported and claimed, days: at least the report window, at most
    /// 90.
    pub grace_days: u16,
    /// What the holder bears, bps of the sum insured, at most 5,000.
    pub deductible_bps: u16,
    /// How long after it happened an incident can be opened, days, 1 to 90.
    pub report_window_days: u16,
    /// How long after the verdict claims can be filed, days, 3 to 60.
    pub filing_window_days: u16,
    /// Bond of a claim, bps of the amount claimed, 1 to 2,000.
    pub claim_bond_bps: u16,
    /// How long a claim can be disputed after it was filed, and for a day after the verdict at least, seconds, 1 to 14 days.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds, 1 to 14 days.
    pub appeal_window: u64,
    /// Least sum insured of a sale, atoms, not zero.
    pub min_amount: u64,
    /// Largest sum insured of a sale, atoms.
    pub max_amount: u64,
    /// Bond of an incident, or of challenging one that a price opened, atoms, not zero, at most a hundredth of `max_amount` and 2^56.
    pub incident_bond: u64,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// Price trigger: the price feed. Authority trigger: the address that may draw. Jury: zero.
    pub trigger_source: Address,
    /// Price trigger: when the product counts as broken; zero otherwise.
    pub price: PriceParams,
    /// Authority trigger: how much may be drawn; zero otherwise.
    pub draws: DrawParams,
}

/// Where a new product is.
pub struct ProductKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The pool.
    pub pool: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Product {
    /// Makes a new account the next product of `pool` at `now`.
    ///
    /// Before the pool opens it is on sale, and raises the terms number; afterwards it is a draft until a change has put it on
    /// sale.
    ///
    /// # Errors
    /// [`BreakwaterError::BadRiskKind`], [`BreakwaterError::BadTrigger`], [`BreakwaterError::TextTooLong`],
    /// [`BreakwaterError::TooManyProducts`]; as [`Product::check_terms`].
    pub fn list(&mut self, keys: &ProductKeys, pool: &mut Pool, params: &ProductParams, now: u64) -> Result<()> {
        let risk_kind = RiskKind::from_byte(params.risk_kind).map_err(|_| BreakwaterError::BadRiskKind)?;
        let trigger = Trigger::from_byte(params.trigger).map_err(|_| BreakwaterError::BadTrigger)?;
        let status = if pool.opened_at == 0 {
            pool.renew_terms()?;
            ProductStatus::OnSale
        } else {
            ProductStatus::Draft
        };
        self.version = VERSION;
        self.bump = keys.bump;
        self.status = status.byte();
        self.risk_kind = risk_kind.byte();
        self.trigger = trigger.byte();
        self.trigger_source = params.trigger_source;
        self.price.set(&params.price);
        self.draws.set(&params.draws);
        self.group = params.group;
        self.index = pool.product_count;
        self.pool = *keys.pool;
        self.rent_payer = *keys.rent_payer;
        self.terms_hash = params.terms_hash;
        set_text(&mut self.name, &params.name)?;
        set_text(&mut self.terms_uri, &params.terms_uri)?;
        self.rolled_day = day_of(now);
        self.min_amount = params.min_amount;
        self.max_amount = params.max_amount;
        self.incident_bond = params.incident_bond;
        self.dispute_window = params.dispute_window;
        self.appeal_window = params.appeal_window;
        self.r0_ppm = params.r0_ppm;
        self.r1_ppm = params.r1_ppm;
        self.r2_ppm = params.r2_ppm;
        self.kink_bps = params.kink_bps;
        self.weight_bps = params.weight_bps;
        self.min_term_days = params.min_term_days;
        self.max_term_days = params.max_term_days;
        self.waiting_days = params.waiting_days;
        self.grace_days = params.grace_days;
        self.deductible_bps = params.deductible_bps;
        self.report_window_days = params.report_window_days;
        self.filing_window_days = params.filing_window_days;
        self.claim_bond_bps = params.claim_bond_bps;
        self.next_incident_bond = params.incident_bond;
        self.next_claim_bond_bps = params.claim_bond_bps;
        self.assembly = pool.assembly;
        self.arbiter = pool.arbiter;
        self.stake_floor = pool.stake_floor;
        self.check_terms()?;
        pool.product_count = pool.product_count.checked_add(1).ok_or(BreakwaterError::TooManyProducts)?;
        pool.add_child()
    }

    /// Takes note of whether its own court, `decided_by`, could decide on an incident. One that could not twice in a row gives way to the
    /// pool's, if that is another all the while, until it can.
    pub(crate) fn note_court(&mut self, decided_by: &Address, failed: bool, pool: &Pool) -> Result<()> {
        if !address_eq(decided_by, &self.assembly) {
            return Ok(());
        }
        let fails = failed && !address_eq(&self.assembly, &pool.assembly);
        let gave_way = self.court_gave_way();
        self.court_failed = if fails { self.court_failed.saturating_add(1).min(COURT_FAILURES) } else { 0 };
        if self.court_gave_way() != gave_way {
            self.terms = self.terms.checked_add(1).or_overflow()?;
        }
        Ok(())
    }

    /// Whether its own court could not decide twice, so that the pool's decides.
    #[must_use]
    pub fn court_gave_way(&self) -> bool {
        self.court_failed >= COURT_FAILURES
    }

    /// The number of the terms under which it is sold: buyers state what they have seen. It rises with other bonds, and with another court,
    /// arbiter or fee of a cancellation, whether they hold for all that is covered or only for what is sold from now on.
    pub fn terms_of_sale(&self, pool: &Pool) -> Result<u64> {
        self.terms.checked_add(pool.sale_terms).or_overflow()
    }

    /// The assembly whose ballots decide on its incidents to come.
    #[must_use]
    pub fn court<'a>(&'a self, pool: &'a Pool) -> &'a Address {
        if self.court_gave_way() { &pool.assembly } else { &self.assembly }
    }

    /// The assembly that decides on what is sold at `now`: a product that covers nothing takes the pool's.
    pub fn court_of_sale<'a>(&'a self, pool: &'a Pool, now: u64) -> Result<&'a Address> {
        Ok(if self.covers_at(now)? { self.court(pool) } else { &pool.assembly })
    }

    /// The stake below which its court decides on nothing that is sold, atoms.
    #[must_use]
    pub fn floor_of_court(&self, pool: &Pool) -> u64 {
        if self.court_gave_way() { pool.stake_floor } else { self.stake_floor }
    }

    /// The most of all active cover, that of products with open incidents included, which its court is worth at the time to which the
    /// books of `pool` have been accrued, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::CourtBelowFloor`].
    fn limit_of_court(&self, pool: &Pool, court: &Assembly) -> Result<u64> {
        let eligible = court.stake_at(pool.accrued_at)?;
        require!(!self.is_too_little(eligible, pool), BreakwaterError::CourtBelowFloor);
        Ok(ballot::cover_of_court(eligible, pool.cover_per_stake).unwrap_or(u64::MAX))
    }

    /// Whether its court is below the floor of stake at `now`.
    pub fn has_weak_court(&self, pool: &Pool, court: &Assembly, now: u64) -> Result<bool> {
        Ok(self.is_too_little(court.stake_at(now)?, pool))
    }

    /// Whether so much stake of its court is below the floor.
    fn is_too_little(&self, stake: u64, pool: &Pool) -> bool {
        stake < self.floor_of_court(pool)
    }

    /// Whether dearer bonds, another court or another arbiter than holders bought hold, or are to once it covers nothing.
    #[must_use]
    pub fn has_worse_terms(&self, pool: &Pool) -> bool {
        self.next_incident_bond > self.incident_bond
            || self.next_claim_bond_bps > self.claim_bond_bps
            || self.stake_floor != pool.stake_floor
            || !address_eq(&self.assembly, &pool.assembly)
            || !address_eq(&self.arbiter, &pool.arbiter)
    }

    /// Before a sale: lets the bonds and the court that wait for it hold, if it covers nothing. Holders keep the ones they bought.
    pub(crate) fn renew_terms(&mut self, pool: &Pool) -> Result<()> {
        if self.active_cover == 0 && (self.court_gave_way() || self.terms_wait(pool)) {
            self.incident_bond = self.next_incident_bond;
            self.claim_bond_bps = self.next_claim_bond_bps;
            self.assembly = pool.assembly;
            self.arbiter = pool.arbiter;
            self.stake_floor = pool.stake_floor;
            self.court_failed = 0;
            self.terms = self.terms.checked_add(1).or_overflow()?;
        }
        Ok(())
    }

    /// Counts cover as held until `day`. While other terms wait until the cover that is there has ended, none is held longer than that:
    /// otherwise a unit of cover that is extended again and again would keep them waiting for ever.
    ///
    /// # Errors
    /// [`BreakwaterError::TermsWait`].
    pub(crate) fn hold_until(&mut self, pool: &Pool, day: u64) -> Result<()> {
        if day > self.last_release_day {
            require!(self.active_cover == 0 || !self.terms_wait(pool), BreakwaterError::TermsWait);
            self.last_release_day = day;
        }
        Ok(())
    }

    /// Whether other bonds, another court or another arbiter are to hold once it covers nothing.
    fn terms_wait(&self, pool: &Pool) -> bool {
        self.next_incident_bond != self.incident_bond
            || self.next_claim_bond_bps != self.claim_bond_bps
            || self.floor_of_court(pool) != pool.stake_floor
            || !address_eq(self.court(pool), &pool.assembly)
            || !address_eq(&self.arbiter, &pool.arbiter)
    }

    /// Counts a policy as closed.
    pub fn close_policy(&mut self) -> Result<()> {
        self.policies_closed = self.policies_closed.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Counts an incident as closed.
    pub fn close_incident(&mut self) -> Result<()> {
        self.incidents_closed = self.incidents_closed.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Leaves its pool to be closed, both brought up to now: the accounts of all its policies and incidents are closed, and it
    /// is delisted. One that is on sale may go too where nobody has shares, and a draft, if the pool's authority has it so.
    /// Depositors who have seen something on sale that is gone are refused. Its number is never given again.
    ///
    /// # Errors
    /// [`BreakwaterError::ProductInUse`], [`BreakwaterError::NotPoolAuthority`].
    pub fn leave(&self, pool: &mut Pool, by_authority: bool) -> Result<()> {
        let all_closed = self.policies_sold == self.policies_closed && self.incident_count == self.incidents_closed;
        let is_unused = all_closed && self.active_cover == 0;
        let status = self.status()?;
        let is_offered = status == ProductStatus::OnSale;
        require!(is_unused && (!is_offered || pool.shares == 0), BreakwaterError::ProductInUse);
        require!(by_authority || status == ProductStatus::Delisted, BreakwaterError::NotPoolAuthority);
        if is_offered {
            pool.renew_terms()?;
        }
        pool.drop_child()
    }

    /// Whether it is for sale, checked.
    pub fn status(&self) -> Result<ProductStatus> {
        ProductStatus::from_byte(self.status)
    }

    /// Who decides, checked.
    pub fn trigger(&self) -> Result<Trigger> {
        Trigger::from_byte(self.trigger)
    }

    /// The price curve.
    pub fn curve(&self) -> Curve {
        Curve { r0_ppm: self.r0_ppm, r1_ppm: self.r1_ppm, r2_ppm: self.r2_ppm, kink_bps: self.kink_bps }
    }

    /// Whether an incident is open.
    pub fn has_open_incident(&self) -> bool {
        self.line.open > 0
    }

    /// Releases the cover of the days up to `now`, here and in the totals of its group and the pool. While an incident is open it is overdue,
    /// and goes with the last of them: claims for it may still be paid, and nothing else may be carried by the same capital. What was given back
    /// is not.
    pub fn roll(&mut self, pool: &mut Pool, now: u64) -> Result<()> {
        let today = day_of(now);
        if today <= self.rolled_day {
            return Ok(());
        }
        let released = stream::roll(&mut self.cover_ring, self.rolled_day, today).or_overflow()?;
        // What was given back in a day is held to the second midnight.
        let [of_today, of_yesterday] = self.returned;
        let (kept, gone) = if today == self.rolled_day.wrapping_add(1) { (of_today, 0) } else { (0, of_today) };
        self.returned = [0, kept];
        self.rolled_day = today;
        if released != 0 {
            if self.has_open_incident() {
                // Nothing can be claimed for that.
                let free = of_yesterday.checked_add(gone).or_overflow()?.min(released);
                let overdue = released.checked_sub(free).or_overflow()?;
                self.overdue = self.overdue.checked_add(overdue).or_overflow()?;
                self.active_cover = self.active_cover.checked_sub(free).or_overflow()?;
                pool.remove_liened(self.group, free)?;
            } else {
                self.active_cover = self.active_cover.checked_sub(released).or_overflow()?;
                let group = pool.group_active_mut(self.group)?;
                *group = group.checked_sub(released).or_overflow()?;
            }
        }
        self.opening_active = self.active_cover;
        self.opening_capacity = self.capacity(pool)?;
        Ok(())
    }

    /// Whether it covers anything at `now`, to which it need not be rolled.
    pub fn covers_at(&self, now: u64) -> Result<bool> {
        let released = stream::releases(&self.cover_ring, self.rolled_day, day_of(now)).or_overflow()?;
        Ok(self.active_cover.saturating_sub(self.overdue) > released)
    }

    /// What can be claimed of its cover in a new report, rolled to now: not what was given back, though it is held; nor what settled
    /// incidents pay, though their claims are ended, and that capacity is released, one by one. Once time releases some of it, all cover counts until the last claim is ended.
    #[must_use]
    pub fn claimable(&self) -> u64 {
        let settled = if self.rolled_day < self.settled_until { self.settled } else { 0 };
        let returned = self.returned.into_iter().fold(settled, u64::saturating_add);
        self.active_cover.saturating_sub(self.overdue).saturating_sub(returned)
    }

    /// Notes that `amount` that is held until [`coverage_math::cover::freed_day`] was given back today, and cannot be claimed any more.
    pub(crate) fn take_back(&mut self, amount: u64) -> Result<()> {
        self.returned[0] = self.returned[0].checked_add(amount).or_overflow()?;
        Ok(())
    }

    /// Counts claims of `amount` in all as settled, the first of whose policies is released on `day`.
    pub(crate) fn settle(&mut self, amount: u64, day: u64, pool: &mut Pool) -> Result<()> {
        if amount > 0 {
            pool.settled = sum(pool.settled, amount).or_overflow()?;
            self.settled_until = if self.settled == 0 { day } else { day.min(self.settled_until) };
            self.settled = sum(self.settled, amount).or_overflow()?;
        }
        Ok(())
    }

    /// Counts a settled claim of `amount` as ended.
    pub(crate) fn end_settled(&mut self, amount: u64, pool: &mut Pool) -> Result<()> {
        for settled in [&mut self.settled, &mut pool.settled] {
            *settled = settled.checked_sub(amount).or_overflow()?;
        }
        Ok(())
    }

    /// Takes its cover, rolled to now, out of the totals of its group and the pool: while an incident is open it counts as
    /// liened.
    pub(crate) fn enter_lien(&mut self, pool: &mut Pool) -> Result<()> {
        stream::take_out(&mut pool.cover_ring, &self.cover_ring).or_overflow()?;
        let cover = self.active_cover;
        pool.active_cover = pool.active_cover.checked_sub(cover).or_overflow()?;
        let group = pool.group_active_mut(self.group)?;
        *group = group.checked_sub(cover).or_overflow()?;
        pool.add_liened(self.group, cover)
    }

    /// Puts its cover, rolled to now, back into the totals, but for what is overdue.
    pub(crate) fn leave_lien(&mut self, pool: &mut Pool) -> Result<()> {
        stream::put_in(&mut pool.cover_ring, &self.cover_ring).or_overflow()?;
        pool.remove_liened(self.group, self.active_cover)?;
        let cover = self.active_cover.checked_sub(core::mem::take(&mut self.overdue)).or_overflow()?;
        self.active_cover = cover;
        pool.active_cover = sum(pool.active_cover, cover).or_overflow()?;
        let group = pool.group_active_mut(self.group)?;
        *group = sum(*group, cover).or_overflow()?;
        Ok(())
    }

    /// Releases `amount` of a policy's cover for good, which was paid or drawn. What is still to be earned for it was earned by those
    /// who bore the loss: it streams on as income that deposits pay for.
    pub fn use_cover(&mut self, pool: &mut Pool, policy: &mut Policy, amount: u64) -> Result<()> {
        let today = day_of(pool.accrued_at);
        if today >= policy.release_day {
            return Ok(()); // time has released it
        }
        let rate = policy.take_rate(amount)?;
        let less = |total: &mut u64| -> Result<()> {
            *total = total.checked_sub(amount).or_overflow()?;
            Ok(())
        };
        less(&mut policy.held)?;
        less(&mut self.active_cover)?;
        stream::remove(&mut self.cover_ring, today, policy.release_day, amount).or_overflow()?;
        if self.has_open_incident() {
            pool.remove_liened(self.group, amount)?;
        } else {
            less(&mut pool.active_cover)?;
            less(pool.group_active_mut(self.group)?)?;
            stream::remove(&mut pool.cover_ring, today, policy.release_day, amount).or_overflow()?;
        }
        pool.join_income(rate, policy.release_day)
    }

    /// The most cover the product may carry, atoms, rounded down: a part of all capital that stayed for a season. What is set aside for
    /// incidents of other products makes it neither smaller nor dearer; a sale needs the free capital, too.
    pub fn capacity(&self, pool: &Pool) -> Result<u64> {
        self.capacity_on(pool.seasoned_capital()?)
    }

    /// As [`Product::capacity`], on `seasoned` capital that was computed.
    pub(crate) fn capacity_on(&self, seasoned: u64) -> Result<u64> {
        coverage_math::cover::capacity(seasoned, self.weight_bps).or_overflow()
    }

    /// Adds `amount` of cover until `release_day`, here, in the group and in the pool, all of them rolled to now. `free`
    /// is the pool's free capital.
    ///
    /// The caps of group and pool hold after it, `court` is worth all cover, and there is as much capital as cover of the product; its own
    /// cap holds because the price was computed.
    ///
    /// # Errors
    /// [`BreakwaterError::CourtBelowFloor`], [`BreakwaterError::CourtCapacity`], [`BreakwaterError::ProductCapacity`], [`BreakwaterError::GroupCapacity`], [`BreakwaterError::PoolCapacity`]; as
    /// [`Product::hold_until`].
    pub fn add_cover(
        &mut self,
        pool: &mut Pool,
        court: &Assembly,
        free: u64,
        amount: u64,
        release_day: u64,
    ) -> Result<()> {
        let today = day_of(pool.accrued_at);
        let product = sum(self.active_cover, amount).or_overflow()?;
        require!(product <= free, BreakwaterError::ProductCapacity);
        let group_limit = pool.group_limit_on(self.group, free)?;
        let group = pool.group_active_mut(self.group)?;
        let group_active = sum(*group, amount).or_overflow()?;
        require!(group_active <= group_limit, BreakwaterError::GroupCapacity);
        *group = group_active;
        let active = sum(pool.active_cover, amount).or_overflow()?;
        require!(active <= pool.cover_limit_on(free)?, BreakwaterError::PoolCapacity);
        let all = sum(active, pool.liened_cover).or_overflow()?;
        require!(all <= self.limit_of_court(pool, court)?, BreakwaterError::CourtCapacity);
        self.hold_until(pool, release_day)?;
        self.active_cover = product;
        pool.active_cover = active;
        stream::add(&mut self.cover_ring, today, release_day, amount).or_overflow()?;
        stream::add(&mut pool.cover_ring, today, release_day, amount).or_overflow()
    }

    /// The largest amount that fits the caps of product, group and pool, and what `court`, which decides on what is sold now, is worth, atoms:
    /// none where that is below the floor of stake.
    pub fn room(&self, pool: &Pool, court: &Assembly) -> Result<u64> {
        let all = sum(pool.active_cover, pool.liened_cover).or_overflow()?;
        let of_court = self.limit_of_court(pool, court).unwrap_or(0).saturating_sub(all);
        let seasoned = pool.seasoned_capital()?;
        let free = pool.free_of(seasoned)?;
        let group = pool.group_active.get(usize::from(self.group)).copied().ok_or(BreakwaterError::BadGroup)?;
        let product = self.capacity_on(seasoned)?.min(free).saturating_sub(self.active_cover);
        let group = pool.group_limit_on(self.group, free)?.saturating_sub(group);
        let of_pool = pool.cover_limit_on(free)?.saturating_sub(pool.active_cover);
        Ok(product.min(group).min(of_pool).min(of_court))
    }

    /// Releases `amount` of cover on `new_day` instead of `old_day`.
    pub fn move_cover(&mut self, pool: &mut Pool, amount: u64, old_day: u64, new_day: u64) -> Result<()> {
        let today = day_of(pool.accrued_at);
        let is_liened = self.has_open_incident();
        for (ring, counts) in [(&mut self.cover_ring, true), (&mut pool.cover_ring, !is_liened)] {
            if counts {
                stream::remove(ring, today, old_day, amount).or_overflow()?;
                stream::add(ring, today, new_day, amount).or_overflow()?;
            }
        }
        Ok(())
    }

    /// Whether `amount` can be sold for `term_days` now, to which the books of its pool have been accrued.
    ///
    /// # Errors
    /// [`BreakwaterError::Paused`], [`BreakwaterError::PoolNotOpen`], [`BreakwaterError::ZeroAmount`], [`BreakwaterError::AmountOutOfBounds`], [`BreakwaterError::TermOutOfBounds`]; as
    /// [`Product::check_on_sale`].
    #[inline(never)] // inlined, the caller sets its result aside before each check
    pub fn check_sale(&self, pool: &Pool, amount: u64, term_days: u16) -> Result<()> {
        pool.check_not_paused(pool.accrued_at)?;
        pool.check_selling(pool.accrued_at)?;
        require!(amount > 0, BreakwaterError::ZeroAmount);
        self.check_on_sale()?;
        require!(self.min_amount <= amount && amount <= self.max_amount, BreakwaterError::AmountOutOfBounds);
        require!(self.min_term_days <= term_days && term_days <= self.max_term_days, BreakwaterError::TermOutOfBounds);
        Ok(())
    }

    /// Whether the product is for sale at all.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentOpen`]; as [`Product::check_extendable`].
    pub fn check_on_sale(&self) -> Result<()> {
        self.check_extendable()?;
        require!(!self.has_open_incident(), BreakwaterError::IncidentOpen);
        Ok(())
    }

    /// Whether cover of the product can be extended: while an incident is open, too, which gives it time only.
    ///
    /// # Errors
    /// [`BreakwaterError::ProductDelisted`], [`BreakwaterError::ProductNotListed`], [`BreakwaterError::BreachRunning`].
    pub fn check_extendable(&self) -> Result<()> {
        require!(self.status != ProductStatus::Delisted.byte(), BreakwaterError::ProductDelisted);
        require!(self.status == ProductStatus::OnSale.byte(), BreakwaterError::ProductNotListed);
        require!(!self.price.is_breached(), BreakwaterError::BreachRunning);
        Ok(())
    }

    /// Whether an incident that occurred at `occurred_at` can be reported at `now`. Other reports are in nobody's way.
    ///
    /// # Errors
    /// [`BreakwaterError::OccurredInFuture`], [`BreakwaterError::ReportWindowOver`], [`BreakwaterError::NothingCovered`].
    pub fn check_report(&self, occurred_at: u64, now: u64) -> Result<()> {
        require!(occurred_at <= now, BreakwaterError::OccurredInFuture);
        // Capacity is released in the second in which grace ends: by then nothing can be reported any more.
        let deadline = occurred_at.checked_add(seconds_of(self.report_window_days)).or_overflow()?;
        require!(now < deadline, BreakwaterError::ReportWindowOver);
        require!(self.claimable() > 0, BreakwaterError::NothingCovered);
        Ok(())
    }

    /// Whether the product is decided on by `trigger`.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongTrigger`].
    pub fn check_trigger(&self, trigger: Trigger) -> Result<()> {
        require!(self.trigger == trigger.byte(), BreakwaterError::WrongTrigger);
        Ok(())
    }

    /// Takes in a price of its feed. A breach for which nobody opened an incident in time is forgotten first.
    ///
    /// # Errors
    /// [`BreakwaterError::PriceNotNewer`], [`BreakwaterError::PriceFromFuture`], [`BreakwaterError::PriceStale`].
    pub fn observe(&mut self, price: &Price, now: u64) -> Result<Observation> {
        let window = seconds_of(self.report_window_days);
        if now >= self.price.started_at.checked_add(window).or_overflow()? {
            self.price.forget();
        }
        self.price.observe(price, now)
    }

    /// Until when exits wait because prices begin to show an incident of covered risks: until it can be opened, and a day more
    /// for opening it. `None` when they do not.
    pub fn holds_exits_until(&self, observation: Observation, now: u64) -> Result<Option<u64>> {
        if observation != Observation::Breached || self.price.started_at == 0 || !self.covers_at(now)? {
            return Ok(None);
        }
        self.price
            .started_at
            .checked_add(self.price.min_duration.into())
            .and_then(|end| end.checked_add(DAY))
            .or_overflow()
            .map(Some)
    }

    /// The bond of a report at `now` that sets `set_aside` atoms of a pool with a leverage of `leverage_bps` aside: the
    /// product's own, and at least a part of what it sets aside, rounded up. Twice as much for each report of the product that
    /// is undecided and for each that was lately rejected, at most 16 times as much.
    pub fn bond_at(&self, set_aside: u64, leverage_bps: u16, now: u64) -> Result<u64> {
        let part = if leverage_bps > *LEVERAGE_BPS.start() { LEVERED_REPORT_BOND_BPS } else { REPORT_BOND_BPS };
        let bond = self.incident_bond.max(coverage_math::bps_ceil(set_aside, part).or_overflow()?);
        let remembered = now < self.last_rejected_at.checked_add(BOND_MEMORY).or_overflow()?;
        let rejected = if remembered { u32::from(self.bond_doublings) } else { 0 };
        let doublings = self.line.undecided.saturating_add(rejected).min(MAX_BOND_DOUBLINGS.into());
        bond.checked_mul(1u64.checked_shl(doublings).or_overflow()?)
            .map(|bond| bond.min(MAX_FIXED_AMOUNT))
            .or_overflow()
    }

    /// Takes the verdict on one of its reports in.
    pub fn take_verdict(&mut self, rejected: bool, now: u64) -> Result<()> {
        self.line.undecided = self.line.undecided.checked_sub(1).or_overflow()?;
        if rejected && self.trigger == Trigger::Jury.byte() {
            let remembered = now < self.last_rejected_at.checked_add(BOND_MEMORY).or_overflow()?;
            let doublings = if remembered { self.bond_doublings } else { 0 };
            self.bond_doublings = doublings.saturating_add(1).min(MAX_BOND_DOUBLINGS);
            self.last_rejected_at = now;
        }
        Ok(())
    }

    /// The premium of `amount` more cover for `seconds`, atoms, rounded up and at least the pool's least premium. `capacity` is the
    /// product's.
    ///
    /// # Errors
    /// [`BreakwaterError::ProductCapacity`].
    pub(crate) fn premium(&self, pool: &Pool, capacity: u64, amount: u64, seconds: u32) -> Result<u64> {
        require!(sum(self.active_cover, amount).or_overflow()? <= capacity, BreakwaterError::ProductCapacity);
        let premium = self.curve().premium(capacity, self.active_cover, amount, seconds).or_overflow()?;
        Ok(premium.max(pool.min_premium))
    }

    /// The premium of `seconds` more for `amount` that is sold already, priced as the last slice sold, on the capital that
    /// carries all cover: no report makes it dearer. It needs no free capital: what lies above the capacity costs the rate of full
    /// utilisation.
    ///
    /// What `was_held` when the day began costs no more than it did then: nobody makes it dearer by buying ahead of it.
    pub fn extension_premium(&self, pool: &Pool, amount: u64, seconds: u32, was_held: bool) -> Result<u64> {
        let price = |capacity: u64, active: u64| {
            let others = active.checked_sub(amount)?;
            self.curve().premium_of_held(capacity, others, amount, seconds)
        };
        let mut premium = price(self.capacity(pool)?, self.active_cover).or_overflow()?;
        if was_held && let Some(then) = price(self.opening_capacity, self.opening_active) {
            premium = premium.min(then);
        }
        Ok(premium.max(pool.min_premium))
    }

    /// Whether source and parameters are those of the trigger, and within bounds.
    fn check_trigger_params(&self) -> Result<()> {
        let none = |bytes: &[u8]| bytes.iter().all(|byte| *byte == 0);
        let sourced = !address_eq(&self.trigger_source, &NOBODY);
        let (price, draws) = (bytemuck::bytes_of(&self.price), bytemuck::bytes_of(&self.draws));
        let (complete, unused) = match Trigger::from_byte(self.trigger)? {
            Trigger::Jury => (!sourced, none(price) && none(draws)),
            Trigger::Price => {
                self.price.check_params(self.report_window_days)?;
                (sourced, none(draws))
            }
            Trigger::Authority => {
                self.draws.check_params()?;
                (sourced, none(price))
            }
        };
        require!(complete && unused, BreakwaterError::BadTrigger);
        Ok(())
    }

    /// The bounds of the terms.
    pub fn check_terms(&self) -> Result<()> {
        self.check_trigger_params()?;
        self.price_curve().check()?;
        Proposal::Weight { weight_bps: self.weight_bps }.check()?;
        require!(
            TERM_DAYS.contains(&self.min_term_days)
                && TERM_DAYS.contains(&self.max_term_days)
                && self.min_term_days <= self.max_term_days,
            BreakwaterError::BadTermBounds
        );
        require!(self.min_amount > 0 && self.min_amount <= self.max_amount, BreakwaterError::BadAmountBounds);
        require!(self.waiting_days <= MAX_WAITING_DAYS, BreakwaterError::BadWaiting);
        require!(self.grace_days <= MAX_GRACE_DAYS, BreakwaterError::BadGrace);
        require!(self.deductible_bps <= MAX_DEDUCTIBLE_BPS, BreakwaterError::BadDeductible);
        require!(usize::from(self.group) < GROUPS, BreakwaterError::BadGroup);
        require!(
            REPORT_WINDOW_DAYS.contains(&self.report_window_days)
                && FILING_WINDOW_DAYS.contains(&self.filing_window_days)
                && DISPUTE_WINDOW.contains(&self.dispute_window)
                && APPEAL_WINDOW.contains(&self.appeal_window),
            BreakwaterError::BadWindow
        );
        // Capacity is held while a covered event can still be reported: otherwise it would be sold twice.
        require!(self.grace_days >= self.report_window_days, BreakwaterError::BadGrace);
        self.check_bonds(self.incident_bond, self.claim_bond_bps)
    }
}
