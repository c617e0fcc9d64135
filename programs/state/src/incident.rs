use crate::{Ballot, BallotState, Pool, Price, Product, Trigger, prelude::*, set_text};
use coverage_math::{day_of, seconds_of, settlement};

stored_enum! {
    /// Where an incident stands. Everything but `Open` is terminal.
    pub enum IncidentState {
        /// Claims are filed, ballots run, or it waits to be settled.
        Open = 0 "open",
        /// It counted; claims are paid by one factor.
        Settled = 1 "settled",
        /// It did not count, or nobody decided.
        Rejected = 2 "rejected",
}
}

stored_enum! {
    /// What becomes of the bond of an incident, or of its challenge.
    pub enum BondState {
        /// Held until the incident is decided.
        Held = 0 "held",
        /// To be collected by whoever posted it.
        Due = 1 "due",
        /// Collected.
        Collected = 2 "collected",
        /// Lost: half to the LPs over time, half to the assessors.
        Slashed = 3 "slashed",
        /// There is none: a price opened the incident, and nobody has challenged it.
        None = 4 "none",
}
}

/// One event on one product.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Incident {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 settled, 2 rejected: see [`IncidentState`].
    pub state: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// 0 held, 1 due to whoever posted it, 2 collected, 3 slashed, 4 none: see [`BondState`].
    pub bond_state: u8,
    /// Tips set aside for whoever settles it.
    pub tips: u8,
    /// Part of a claim that a price trigger pays, bps; 10,000 otherwise.
    pub severity_bps: u16,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Who opened it, paid this account's rent and gets it back.
    pub opener: Address,
    /// The ballot that counts; zero while nobody challenges what a price opened.
    pub ballot: Address,
    /// SHA-256 of the evidence: of the opener, or of whoever challenges what a price opened.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// When it was opened, unix seconds.
    pub opened_at: u64,
    /// Until when claims can be filed, unix seconds: a day boundary.
    pub filing_ends_at: u64,
    /// Until when claims can be disputed, unix seconds.
    pub disputes_end_at: u64,
    /// How long a claim can be disputed after it was filed, seconds.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond posted, or that a challenge takes, atoms.
    pub bond: u64,
    /// What may come of it, atoms: set aside until filing is over, `filed` of it until it ends.
    pub lien: u64,
    /// Sum of the claims as they stand, atoms.
    pub filed: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms. B4: paid ≤ settled ≤ approved. The pay factor is settled / approved.
    pub settled: u64,
    /// What the capital could have paid when it was settled and other incidents' liens kept, atoms: theirs once all of
    /// those have ended, as far as they leave it.
    pub held_back: u64,
    /// Of `settled`, what came back from outside, atoms.
    pub recovered: u64,
    /// Paid to them, atoms.
    pub paid: u64,
    /// When it was settled or rejected, unix seconds.
    pub closed_at: u64,
    /// Number within the product; a seed of this address.
    pub index: u32,
    /// Claims filed.
    pub claim_count: u32,
    /// Claims whose dispute is not decided.
    pub open_disputes: u32,
    /// Accounts of claims and disputes that are not closed.
    pub live_accounts: u32,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// 1 once a price has shown that what a price opened did not happen.
    pub refuted: u8,
    /// Zero.
    pub reserved_params: [u8; 5],
    /// Who posted the bond; zero when nobody did.
    pub bond_owner: Address,
    /// Until when what a price opened can be challenged and refuted, unix seconds.
    pub challenge_ends_at: u64,
    /// From when the price was measured, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Zero.
    pub reserved: [u8; 64],
}

/// What happened, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct IncidentReport {
    /// When it happened, unix seconds: not in the future, and within the product's report window.
    pub occurred_at: u64,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// Why an incident that prices opened should not count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct ChallengeRequest {
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// Where a new incident is.
pub struct IncidentKeys<'a> {
    /// Its address.
    pub incident: &'a Address,
    /// Bump of it.
    pub bump: u8,
    /// The product.
    pub product: &'a Address,
    /// Who opens it.
    pub opener: &'a Address,
}

impl Incident {
    /// The state, checked.
    pub fn state(&self) -> Result<IncidentState> {
        IncidentState::from_byte(self.state)
    }

    /// Makes a new account an incident that the jury decides on in `ballot`, reported at `now`, on the product's terms as
    /// they are now, over its active cover. Its opener posts the bond. The books have been accrued and the product rolled.
    ///
    /// # Errors
    /// [`BreakwaterError::TextTooLong`]; as [`Product::check_trigger`] and [`Product::check_report`].
    pub fn open(
        &mut self,
        keys: &IncidentKeys,
        ballot: Address,
        report: &IncidentReport,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        product.check_trigger(Trigger::Jury)?;
        product.check_report(report.occurred_at, now)?;
        self.ballot = ballot;
        self.evidence_hash = report.evidence_hash;
        set_text(&mut self.evidence_uri, &report.evidence_uri)?;
        self.start(keys, report.occurred_at, coverage_math::BPS, product, now)?;
        self.bond_state = BondState::Held.byte();
        self.bond_owner = self.opener;
        self.set_aside(keys, pool, product, now)?;
        pool.take_bond(self.bond)
    }

    /// Makes a new account an incident that a price has accepted already, at `now`. Nothing is in dispute about its claims;
    /// the incident itself can be challenged and refuted. Takes the product's breach. The books have been accrued and the
    /// product rolled.
    ///
    /// # Errors
    /// [`BreakwaterError::NoBreach`]; as [`Product::check_trigger`] and [`Product::check_report`].
    pub fn open_by_price(
        &mut self,
        keys: &IncidentKeys,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        let occurred_at = product.price.started_at;
        product.check_trigger(Trigger::Price)?;
        let severity_bps = product.price.mean_severity_bps()?;
        product.check_report(occurred_at, now)?;
        self.start(keys, occurred_at, severity_bps, product, now)?;
        self.bond_state = BondState::None.byte();
        self.disputes_end_at = self.filing_ends_at;
        self.challenge_ends_at = now.checked_add(product.appeal_window).or_overflow()?;
        self.measured_from = product.price.measured_from;
        self.measured_until = product.price.breach_end()?;
        product.price.use_breach();
        self.set_aside(keys, pool, product, now)
    }

    /// Sets its lien aside and makes it the open incident of its product.
    fn set_aside(&self, keys: &IncidentKeys, pool: &mut Pool, product: &mut Product, now: u64) -> Result<()> {
        product.begin_incident(*keys.incident, now)?;
        pool.place_lien(self.lien, self.filing_end_day())
    }

    fn start(
        &mut self,
        keys: &IncidentKeys,
        occurred_at: u64,
        severity_bps: u16,
        product: &Product,
        now: u64,
    ) -> Result<()> {
        self.version = VERSION;
        self.bump = keys.bump;
        self.pool = product.pool;
        self.product = *keys.product;
        self.opener = *keys.opener;
        self.occurred_at = occurred_at;
        let filing = seconds_of(product.filing_window_days);
        let filing_end_day = day_of(now.checked_add(filing).or_overflow()?).checked_add(1).or_overflow()?;
        self.opened_at = now;
        self.filing_ends_at = coverage_math::start_of(filing_end_day).or_overflow()?;
        self.disputes_end_at = self.filing_ends_at.checked_add(product.dispute_window).or_overflow()?;
        self.dispute_window = product.dispute_window;
        self.appeal_window = product.appeal_window;
        self.bond = product.bond_at(now)?;
        // Rounded up: what claims round down fits into it.
        self.lien = coverage_math::bps_ceil(product.active_cover, severity_bps).or_overflow()?;
        self.severity_bps = severity_bps;
        self.trigger = product.trigger;
        self.state = IncidentState::Open.byte();
        self.index = product.incident_count;
        self.claim_bond_bps = product.claim_bond_bps;
        self.tips = 1;
        Ok(())
    }

    /// The day with whose first second filing is over.
    pub fn filing_end_day(&self) -> u64 {
        day_of(self.filing_ends_at)
    }

    /// What of the lien nobody has claimed.
    fn unfiled(&self) -> Result<u64> {
        self.lien.checked_sub(self.filed).or_overflow()
    }

    /// The bond of a dispute of a claim whose bond is `claim_bond`, atoms: as much, and at least a fifth of the
    /// incident's.
    pub fn dispute_bond(&self, claim_bond: u64) -> u64 {
        claim_bond.max(self.bond / DISPUTE_BOND_PART)
    }

    /// The bond of a claim of `net`, atoms, rounded up.
    pub fn claim_bond(&self, net: u64) -> Result<u64> {
        coverage_math::bps_ceil(net, self.claim_bond_bps).or_overflow()
    }

    /// Takes the bond that is due back.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn collect_bond(&mut self) -> Result<u64> {
        require!(self.bond_state == BondState::Due.byte(), BreakwaterError::NothingDue);
        self.bond_state = BondState::Collected.byte();
        Ok(self.bond)
    }

    /// Whether the incident is undecided.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`].
    pub fn check_open(&self) -> Result<()> {
        require!(self.state()? == IncidentState::Open, BreakwaterError::IncidentClosed);
        Ok(())
    }

    /// Whether claims can be filed at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::FilingOver`].
    pub fn check_filing(&self, now: u64) -> Result<()> {
        self.check_open()?;
        require!(now < self.filing_ends_at, BreakwaterError::FilingOver);
        Ok(())
    }

    /// Takes a claim of `net` in, on a policy of whose capacity the lien may know nothing when it is reported late.
    pub fn file(&mut self, pool: &mut Pool, net: u64) -> Result<()> {
        let more = net.saturating_sub(self.unfiled()?);
        pool.claim_lien(net, more, self.filing_end_day())?;
        self.lien = self.lien.checked_add(more).or_overflow()?;
        self.filed = self.filed.checked_add(net).or_overflow()?;
        self.claim_count = self.claim_count.checked_add(1).or_overflow()?;
        self.live_accounts = self.live_accounts.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Takes a dispute of one of its claims in, the `first` of that claim or a lower one.
    pub fn take_dispute(&mut self, first: bool) -> Result<()> {
        self.live_accounts = self.live_accounts.checked_add(1).or_overflow()?;
        self.open_disputes = self.open_disputes.checked_add(u32::from(first)).or_overflow()?;
        Ok(())
    }

    /// Takes `amount` of a disputed claim out again.
    pub fn unfile(&mut self, pool: &mut Pool, amount: u64) -> Result<()> {
        self.filed = self.filed.checked_sub(amount).or_overflow()?;
        pool.unclaim_lien(amount, self.filing_end_day())
    }

    /// Whether what a price opened can be challenged or refuted at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::WrongTrigger`], [`BreakwaterError::AlreadyRefuted`],
    /// [`BreakwaterError::ChallengeOver`].
    pub fn check_contestable(&self, now: u64) -> Result<()> {
        self.check_open()?;
        self.check_trigger(Trigger::Price)?;
        require!(self.refuted == 0, BreakwaterError::AlreadyRefuted);
        require!(now < self.challenge_ends_at, BreakwaterError::ChallengeOver);
        Ok(())
    }

    /// Whether the incident was decided on by `trigger`.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongTrigger`].
    pub fn check_trigger(&self, trigger: Trigger) -> Result<()> {
        require!(self.trigger == trigger.byte(), BreakwaterError::WrongTrigger);
        Ok(())
    }

    fn is_by_price(&self) -> bool {
        self.trigger == Trigger::Price.byte()
    }

    /// Whether what a price opened can be brought before the jury at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::AlreadyChallenged`]; as [`Incident::check_contestable`].
    pub fn check_challengeable(&self, now: u64) -> Result<()> {
        self.check_contestable(now)?;
        require!(self.bond_state == BondState::None.byte(), BreakwaterError::AlreadyChallenged);
        Ok(())
    }

    /// Has the jury decide, in `ballot`, whether what a price opened counts; `challenger` posts the bond.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::WrongTrigger`], [`BreakwaterError::AlreadyRefuted`],
    /// [`BreakwaterError::ChallengeOver`], [`BreakwaterError::AlreadyChallenged`], [`BreakwaterError::TextTooLong`].
    pub fn challenge(
        &mut self,
        challenger: Address,
        ballot: Address,
        request: &ChallengeRequest,
        pool: &mut Pool,
        now: u64,
    ) -> Result<()> {
        self.check_challengeable(now)?;
        self.bond_state = BondState::Held.byte();
        self.bond_owner = challenger;
        self.ballot = ballot;
        self.evidence_hash = request.evidence_hash;
        set_text(&mut self.evidence_uri, &request.evidence_uri)?;
        pool.take_bond(self.bond)
    }

    /// Takes a `price`, however old, that shows that the price was not below `strike` while it was measured.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::WrongTrigger`], [`BreakwaterError::AlreadyRefuted`],
    /// [`BreakwaterError::ChallengeOver`], [`BreakwaterError::PriceOutsideBreach`],
    /// [`BreakwaterError::PriceBelowStrike`].
    pub fn refute(&mut self, price: &Price, strike: u64, now: u64) -> Result<()> {
        self.check_contestable(now)?;
        price.check_refutes(strike, self.measured_from, self.measured_until)?;
        self.refuted = 1;
        Ok(())
    }

    /// Decides the incident by its ballot at `now` and returns the outcome; an error says why it cannot end yet.
    ///
    /// What a price opened needs no ballot unless somebody challenges it, and stands when too few vote.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::WrongBallot`], [`BreakwaterError::BallotOpen`],
    /// [`BreakwaterError::AppealWindowOpen`], [`BreakwaterError::ChallengeOpen`]; for an incident that counts also
    /// [`BreakwaterError::FilingOpen`], [`BreakwaterError::DisputeWindowOpen`], [`BreakwaterError::DisputeOpen`].
    pub fn decide(&self, ballot: Option<&mut Ballot>, now: u64) -> Result<BallotState> {
        self.check_open()?;
        let voted_on = !address_eq(&self.ballot, &NOBODY);
        require!(ballot.is_some() == voted_on, BreakwaterError::WrongBallot);
        if self.refuted == 1 {
            if let Some(ballot) = ballot {
                ballot.revoke();
            }
            return Ok(BallotState::Failed);
        }
        let verdict = match ballot {
            Some(ballot) => ballot.execute(now)?,
            None => {
                require!(now >= self.challenge_ends_at, BreakwaterError::ChallengeOpen);
                BallotState::Passed
            }
        };
        if self.counts(verdict) {
            require!(now >= self.filing_ends_at, BreakwaterError::FilingOpen);
            require!(now >= self.disputes_end_at, BreakwaterError::DisputeWindowOpen);
            require!(self.open_disputes == 0, BreakwaterError::DisputeOpen);
        }
        Ok(verdict)
    }

    /// Whether the incident counts by `verdict`.
    pub fn counts(&self, verdict: BallotState) -> bool {
        verdict == BallotState::Passed || (self.is_by_price() && verdict == BallotState::NoQuorum)
    }

    /// Settles: moves what the claims get from the pool's capital to `payable`, and frees the lien.
    ///
    /// B4: settled ≤ approved; B6: the capital falls by exactly what is settled.
    pub fn settle(&mut self, pool: &mut Pool, now: u64) -> Result<()> {
        self.approved = self.filed;
        let (funds, demands) = pool.funds_for(self.opened_at)?;
        let (capital, filed) = (pool.capital, self.filed);
        let share = |demands| Some(settlement::available(funds, filed, demands)?.min(capital).min(filed));
        // What it would get if no other were open is held back for it.
        let open = pool.lien_total.checked_sub(filed).or_overflow()?;
        let alone = share(demands.checked_sub(open).or_overflow()?).or_overflow()?;
        self.settled = share(demands).or_overflow()?;
        self.held_back = alone.checked_sub(self.settled).or_overflow()?;
        pool.hold_back(self.held_back, self.approved, self.settled)?;
        pool.settle_claims(self.settled)?;
        // What a price opened was challenged for nothing.
        self.end_bond(pool, self.is_by_price())?;
        self.close(pool, IncidentState::Settled, now)
    }

    /// Rejects. The bond of a report that a ballot found wanting is lost; when nobody decided it goes back.
    pub fn reject(&mut self, pool: &mut Pool, verdict: BallotState, now: u64) -> Result<()> {
        self.end_bond(pool, verdict == BallotState::Failed && !self.is_by_price())?;
        self.close(pool, IncidentState::Rejected, now)
    }

    /// Lets a bond go back, or be lost: half to the LPs over time and half to the assessors.
    fn end_bond(&mut self, pool: &mut Pool, lost: bool) -> Result<()> {
        if self.bond_state != BondState::Held.byte() {
            return Ok(());
        }
        self.bond_state = if lost {
            pool.slash_bond(self.bond)?;
            BondState::Slashed.byte()
        } else {
            BondState::Due.byte()
        };
        Ok(())
    }

    /// Whether what was held back for the claims can be given to them.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`], [`BreakwaterError::IncidentOpen`].
    pub fn check_rest(&self, pool: &Pool) -> Result<()> {
        require!(self.held_back > 0, BreakwaterError::NothingDue);
        require!(pool.open_incidents == 0, BreakwaterError::IncidentOpen);
        Ok(())
    }

    /// Gives the claims what was held back for others, once no incident of the pool is open, as far as it makes their part
    /// of the capital what it would be if all for which something is held back were settled now. Nothing is held back
    /// afterwards. Returns how much they get.
    ///
    /// # Errors
    /// As [`Incident::check_rest`].
    pub fn settle_rest(&mut self, pool: &mut Pool) -> Result<u64> {
        self.check_rest(pool)?;
        let held_back = core::mem::take(&mut self.held_back);
        let of_capital = self.settled.checked_sub(self.recovered).or_overflow()?;
        let funds = pool.capital.checked_add(pool.held_settled).or_overflow()?;
        let part = settlement::available(funds, self.approved, pool.held_approved).or_overflow()?;
        let short = self.approved.checked_sub(self.settled).or_overflow()?;
        let more = part.saturating_sub(of_capital).min(short).min(pool.capital);
        pool.let_go(held_back, Some((self.approved, of_capital)))?;
        pool.settle_claims(more)?;
        self.settled = self.settled.checked_add(more).or_overflow()?;
        Ok(more)
    }

    /// Tops the claims up by what `received` suffices for, and returns how much that is.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`].
    pub fn top_up_claims(&mut self, pool: &mut Pool, received: u64) -> Result<u64> {
        require!(self.state()? == IncidentState::Settled, BreakwaterError::IncidentNotSettled);
        let to_claims = received.min(self.approved.checked_sub(self.settled).or_overflow()?);
        let of_capital = self.settled.checked_sub(self.recovered).or_overflow()?;
        self.settled = self.settled.checked_add(to_claims).or_overflow()?;
        self.recovered = self.recovered.checked_add(to_claims).or_overflow()?;
        let short = self.approved.checked_sub(self.settled).or_overflow()?;
        let no_longer = self.held_back.saturating_sub(short);
        self.held_back = self.held_back.checked_sub(no_longer).or_overflow()?;
        let ends = no_longer > 0 && self.held_back == 0;
        pool.let_go(no_longer, ends.then_some((self.approved, of_capital)))?;
        Ok(to_claims)
    }

    /// What a claim of `net` has due now, atoms, rounded down.
    pub fn due(&self, net: u64, paid: u64) -> Result<u64> {
        settlement::due(net, self.settled, self.approved, paid).or_overflow()
    }

    /// Books a payment to a claim. B4.
    pub fn pay(&mut self, amount: u64) -> Result<()> {
        self.paid = self.paid.checked_add(amount).or_overflow()?;
        require!(self.paid <= self.settled && self.settled <= self.approved, BreakwaterError::Overpaid);
        Ok(())
    }

    /// Counts the account of one of its claims or disputes as closed.
    pub fn leave(&mut self) -> Result<()> {
        self.live_accounts = self.live_accounts.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Whether nothing can come of the account any more: it ended, its bond is gone and all accounts of its claims are
    /// closed, which they are only once paid in full.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::IncidentNotOver`].
    pub fn check_over(&self) -> Result<()> {
        require!(self.state()? != IncidentState::Open, BreakwaterError::IncidentNotSettled);
        let bond_gone = [BondState::Collected, BondState::Slashed, BondState::None].map(BondState::byte);
        require!(bond_gone.contains(&self.bond_state) && self.live_accounts == 0, BreakwaterError::IncidentNotOver);
        Ok(())
    }

    fn close(&mut self, pool: &mut Pool, state: IncidentState, now: u64) -> Result<()> {
        pool.free_lien(self.filed, self.unfiled()?, self.filing_end_day())?;
        self.lien = 0;
        self.state = state.byte();
        self.closed_at = now;
        Ok(())
    }
}
