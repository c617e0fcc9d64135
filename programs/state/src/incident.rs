use crate::{
    Ballot, BallotState, Drawn, Due, ExitEpoch, Line, Part, Policy, Pool, Price, Product, Trigger, Wide, prelude::*,
    set_text,
};
use coverage_math::{contested, day_of, seconds_of, settlement, sum, wide::mul_div_floor};

stored_enum! {
    /// Where an incident stands.
    pub enum IncidentState {
        /// Nobody has read the verdict: claims are filed, ballots run.
        Open = 0 "open",
        /// It counted; claims are paid by one factor.
        Settled = 1 "settled",
        /// It did not count.
        Rejected = 2 "rejected",
        /// It counts: claims are filed until the window after the verdict ends, and it waits to be settled.
        Accepted = 3 "accepted",
        /// It does not count, and waits for earlier incidents of the product.
        Refused = 4 "refused",
}
}

stored_enum! {
    /// What becomes of the bond of an incident, of its challenge, or of the dispute of a claim.
    pub enum BondState {
        /// Held until the incident is decided.
        Held = 0 "held",
        /// To be collected by the one who posted it.
        Due = 1 "due",
        /// Collected.
        Collected = 2 "collected",
        /// Lost: half to the LPs over time, or to the other side, half to the assessors.
        Slashed = 3 "slashed",
        /// There is none: a price opened the incident, or it is a booking, and nobody has challenged it; nobody disputed the claim.
        None = 4 "none",
}
}

impl BondState {
    /// Whether the pool has it no more.
    #[must_use]
    pub fn is_gone(byte: u8) -> bool {
        [Self::Collected, Self::Slashed, Self::None].map(Self::byte).contains(&byte)
    }
}

/// One event on one product; or a booking: what a policy has drawn and was not paid at once.
///
/// A booking has one policy, a line of its own, and no filing: it counts from the start unless somebody challenges it, and is
/// paid as fast as the product's limit allows.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Incident {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 settled, 2 rejected, 3 accepted, 4 refused: see [`IncidentState`].
    pub state: u8,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// 0 held, 1 due to the one who posted it, 2 collected, 3 slashed, 4 none: see [`BondState`].
    pub bond_state: u8,
    /// Tips set aside for anyone who reads its verdict, frees what nobody claimed, and settles it; or who completes a booking.
    pub tips: u8,
    /// Part of a claim that a price trigger pays, bps; 10,000 otherwise.
    pub severity_bps: u16,
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// Who opened it.
    pub opener: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// The ballot that counts; zero while nobody challenges what a price opened, or a booking.
    pub ballot: Address,
    /// SHA-256 of the evidence: of the opener, or of the one who challenges.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// When it was opened, unix seconds.
    pub opened_at: u64,
    /// Until when claims can be filed, unix seconds: a day boundary; 0 until it is accepted.
    pub filing_ends_at: u64,
    /// Until when claims can be disputed, unix seconds; 0 until it is accepted.
    pub disputes_end_at: u64,
    /// How long a claim can be disputed after it was filed, seconds.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond posted, or that a challenge takes, atoms; what goes back of it once the verdict was read; the holder's half of it once a
    /// booking was challenged for nothing.
    pub bond: u64,
    /// The product's own bond when it was opened, atoms: those of claims go by it.
    pub product_bond: u64,
    /// What may come of it and of those before it, when it was opened, atoms: of a booking, what was booked.
    pub lien: u64,
    /// Sum of the claims as they stand, without those of `approved`, atoms.
    pub filed: u64,
    /// Sum of the claims that stand, once it is settled; before, of those that were settled on account, atoms: of a booking, what was
    /// booked, and once it ended what was settled.
    pub approved: u64,
    /// Set aside for them, or for a booking, atoms. B4: paid ≤ settled ≤ approved. The pay factor is settled / approved once it is settled.
    pub settled: u64,
    /// What the capital could have paid when it was settled and other incidents' liens kept, atoms: theirs once all of
    /// those have ended, as far as they leave it.
    pub held_back: u64,
    /// Of `settled`, what came from those who left while it was open, atoms.
    pub contested: u64,
    /// Of `settled`, what came back from outside, atoms.
    pub recovered: u64,
    /// Paid to them, atoms.
    pub paid: u64,
    /// When its verdict was read, unix seconds.
    pub decided_at: u64,
    /// When it was settled or rejected, unix seconds.
    pub closed_at: u64,
    /// Number within the product; a seed of this address.
    pub index: u32,
    /// Claims filed.
    pub claim_count: u32,
    /// Claims whose dispute is not decided.
    pub open_disputes: u32,
    /// Accounts of claims that are not closed.
    pub live_accounts: u32,
    /// Bond of a claim, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// How long claims can be filed after the verdict, days.
    pub filing_window_days: u16,
    /// 1 once a price has shown that what a price opened did not happen.
    pub refuted: u8,
    /// 1 once filing is over and what nobody claimed is free.
    pub filing_ended: u8,
    /// Zero.
    pub reserved_params: [u8; 2],
    /// What its lien is to those who leave while it is open.
    pub part: Part,
    /// Who posted the bond, or gets it; zero when nobody did.
    pub bond_owner: Address,
    /// Until when what a price opened can be challenged and refuted, or a booking challenged, unix seconds.
    pub challenge_ends_at: u64,
    /// From when the price was measured, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Generation of the shares that bear it.
    pub generation: u32,
    /// Zero.
    pub reserved_generation: [u8; 4],
    /// Number within the pool.
    pub number: u64,
    /// The policy of a booking; zero otherwise.
    pub policy: Address,
    /// What a booking sets aside; zero otherwise.
    pub line: Line,
    /// The assembly whose ballots decide on it and its claims.
    pub assembly: Address,
    /// The day on which the first of its claims' policies is released, days since the epoch.
    pub first_release_day: u64,
    /// Of a booking: what of the loss had found no room in the sum insured, atoms. It counts no more if the booking ends for less.
    pub waiting: u64,
    /// The floor of the stake of its assembly when it was opened, atoms: its ballots go by it.
    pub stake_floor: u64,
    /// What was settled on account, per unit as `part`.
    pub early_paid: Wide,
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

/// Evidence: why what prices opened, or a booking, should not count; why a claim is too high; or what somebody knows of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct Evidence {
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
    /// Who pays its rent and its tips.
    pub rent_payer: &'a Address,
}

impl Incident {
    /// Steps with a tip: reading the verdict, freeing what nobody claimed, settling.
    pub const TIPS: u8 = 3;
    /// Steps of a booking with a tip: paying the last of it. A challenge sets one more aside, for reading the verdict.
    pub const BOOKING_TIPS: u8 = 1;

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
        self.start(keys, report.occurred_at, coverage_math::BPS, pool, product, now)?;
        self.bond_state = BondState::Held.byte();
        self.bond_owner = self.opener;
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
        self.start(keys, occurred_at, severity_bps, pool, product, now)?;
        self.bond_state = BondState::None.byte();
        self.challenge_ends_at = now.checked_add(product.appeal_window).or_overflow()?;
        self.measured_from = product.price.measured_from;
        self.measured_until = product.price.breach_end()?;
        product.price.use_breach();
        Ok(())
    }

    /// Makes a new account the booking of what a policy, at `policy_address`, has drawn at `now` and was not paid. It has reserved that.
    /// The books have been accrued and the product rolled.
    pub fn book(
        &mut self,
        keys: &IncidentKeys,
        drawn: &Drawn,
        (policy_address, policy): (&Address, &mut Policy),
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        self.begin(keys, now, coverage_math::BPS, pool, product, now);
        self.state = IncidentState::Accepted.byte();
        self.tips = Self::BOOKING_TIPS;
        self.policy = *policy_address;
        self.waiting = drawn.waiting;
        let amount = drawn.booked;
        self.lien = amount;
        self.approved = amount;
        self.decided_at = now;
        self.filing_ended = 1;
        self.bond_state = BondState::None.byte();
        let part = coverage_math::bps_ceil(amount, BOOKING_BOND_BPS).or_overflow()?;
        self.bond = product.incident_bond.max(part).min(MAX_FIXED_AMOUNT);
        self.challenge_ends_at = now.checked_add(BOOKING_CHALLENGE).or_overflow()?;
        pool.book_line(product, &mut self.line, amount)?;
        self.part.begin(&self.line);
        policy.open_claims = policy.open_claims.checked_add(1).or_overflow()?;
        Ok(())
    }

    fn start(
        &mut self,
        keys: &IncidentKeys,
        occurred_at: u64,
        severity_bps: u16,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        self.begin(keys, occurred_at, severity_bps, pool, product, now);
        self.state = IncidentState::Open.byte();
        self.tips = Self::TIPS;
        self.lien = pool.join_line(product)?;
        self.part.begin(&product.line);
        self.bond = product.bond_at(self.lien, pool.leverage_bps, now)?;
        product.line.undecided = product.line.undecided.checked_add(1).or_overflow()?;
        Ok(())
    }

    fn begin(
        &mut self,
        keys: &IncidentKeys,
        occurred_at: u64,
        severity_bps: u16,
        pool: &Pool,
        product: &Product,
        now: u64,
    ) {
        self.version = VERSION;
        self.bump = keys.bump;
        self.trigger = product.trigger;
        self.severity_bps = severity_bps;
        self.pool = product.pool;
        self.product = *keys.product;
        self.opener = *keys.opener;
        self.rent_payer = *keys.rent_payer;
        self.occurred_at = occurred_at;
        self.opened_at = now;
        self.dispute_window = product.dispute_window;
        self.appeal_window = product.appeal_window;
        self.filing_window_days = product.filing_window_days;
        self.claim_bond_bps = product.claim_bond_bps;
        self.product_bond = product.incident_bond;
        self.index = product.incident_count;
        self.assembly = *product.court(pool);
        self.stake_floor = product.floor_of_court(pool);
        self.generation = pool.generation;
        self.number = pool.incidents_opened;
    }

    /// The bond of a claim of `net`, atoms, rounded up: a part of it, and at least a tenth of the product's, or all that is claimed.
    pub fn claim_bond(&self, net: u64) -> Result<u64> {
        let least = net.min(self.product_bond / CLAIM_BOND_PART);
        Ok(coverage_math::bps_ceil(net, self.claim_bond_bps).or_overflow()?.max(least))
    }

    /// The bond of a dispute of a claim whose bond is `claim_bond`, atoms: half of it, rounded up, and at least a tenth of the product's,
    /// however little is claimed: what holds up everybody's payment costs something.
    #[must_use]
    pub fn dispute_bond(&self, claim_bond: u64) -> u64 {
        claim_bond.div_ceil(DISPUTE_BOND_PART).max(self.product_bond / CLAIM_BOND_PART)
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

    /// Whether its verdict is to be read.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentDecided`].
    pub fn check_undecided(&self) -> Result<()> {
        require!(self.state()? == IncidentState::Open, BreakwaterError::IncidentDecided);
        Ok(())
    }

    /// Whether it is undecided, or counts and is not settled.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`].
    pub fn check_open(&self) -> Result<()> {
        let is_open = matches!(self.state()?, IncidentState::Open | IncidentState::Accepted);
        require!(is_open, BreakwaterError::IncidentClosed);
        Ok(())
    }

    /// Whether it does not count.
    pub fn was_refused(&self) -> Result<bool> {
        Ok(matches!(self.state()?, IncidentState::Refused | IncidentState::Rejected))
    }

    /// Whether claims can be filed at `now`: from the report on, until the window after the verdict ends. Never in a booking.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentClosed`], [`BreakwaterError::WrongTrigger`], [`BreakwaterError::FilingOver`].
    pub fn check_filing(&self, now: u64) -> Result<()> {
        self.check_open()?;
        require!(!self.is_booking(), BreakwaterError::WrongTrigger);
        require!(self.state()? == IncidentState::Open || now < self.filing_ends_at, BreakwaterError::FilingOver);
        Ok(())
    }

    /// Takes a claim of `net` of a policy that is released on `release_day` in.
    pub fn file(&mut self, net: u64, release_day: u64) -> Result<()> {
        let is_first = self.claim_count == 0;
        self.first_release_day = if is_first { release_day } else { release_day.min(self.first_release_day) };
        self.filed = self.filed.checked_add(net).or_overflow()?;
        self.claim_count = self.claim_count.checked_add(1).or_overflow()?;
        self.live_accounts = self.live_accounts.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Takes `amount` of a disputed claim out again. What it had set aside is free once the incident ends.
    pub fn unfile(&mut self, amount: u64) -> Result<()> {
        self.filed = self.filed.checked_sub(amount).or_overflow()?;
        Ok(())
    }

    /// Whether what a price opened can be challenged or refuted at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentDecided`], [`BreakwaterError::WrongTrigger`], [`BreakwaterError::AlreadyRefuted`],
    /// [`BreakwaterError::ChallengeOver`].
    pub fn check_contestable(&self, now: u64) -> Result<()> {
        self.check_undecided()?;
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

    /// Whether it is a booking.
    #[must_use]
    pub fn is_booking(&self) -> bool {
        self.trigger == Trigger::Authority.byte()
    }

    /// The line it stands in: its product's, or its own.
    #[must_use]
    pub fn line<'a>(&'a self, product: &'a Product) -> &'a Line {
        if self.is_booking() { &self.line } else { &product.line }
    }

    /// Whether what a price opened, or a booking that is not paid in full, can be brought before the jury at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::AlreadyChallenged`]; of a booking also [`BreakwaterError::IncidentClosed`] and
    /// [`BreakwaterError::ChallengeOver`]; of others as [`Incident::check_contestable`].
    pub fn check_challengeable(&self, now: u64) -> Result<()> {
        if self.is_booking() {
            self.check_open()?;
            require!(now < self.challenge_ends_at, BreakwaterError::ChallengeOver);
        } else {
            self.check_contestable(now)?;
        }
        require!(self.bond_state == BondState::None.byte(), BreakwaterError::AlreadyChallenged);
        Ok(())
    }

    /// Has the jury decide, in `ballot`, whether what a price opened, or a booking, counts; `challenger` posts the bond.
    ///
    /// Until then nothing more of a booking is paid. It still reserves what was booked, but other draws on the product need not wait
    /// for it.
    ///
    /// # Errors
    /// [`BreakwaterError::TextTooLong`]; as [`Incident::check_challengeable`].
    pub fn challenge(
        &mut self,
        challenger: Address,
        ballot: Address,
        evidence: &Evidence,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        self.check_challengeable(now)?;
        if self.is_booking() {
            self.state = IncidentState::Open.byte();
            self.tips = self.tips.checked_add(1).or_overflow()?;
            product.line.undecided = product.line.undecided.checked_add(1).or_overflow()?;
            product.line.accepted = product.line.accepted.checked_sub(1).or_overflow()?;
            pool.enter_rival()?;
        }
        self.bond_state = BondState::Held.byte();
        self.bond_owner = challenger;
        self.ballot = ballot;
        self.evidence_hash = evidence.evidence_hash;
        set_text(&mut self.evidence_uri, &evidence.evidence_uri)?;
        pool.take_bond(self.bond)
    }

    /// Takes a `price`, however old, that shows that the price was not below `strike` while it was measured.
    ///
    /// # Errors
    /// [`BreakwaterError::PriceOutsideBreach`], [`BreakwaterError::PriceBelowStrike`]; as [`Incident::check_contestable`].
    pub fn refute(&mut self, price: &Price, strike: u64, now: u64) -> Result<()> {
        self.check_contestable(now)?;
        price.check_refutes(strike, self.measured_from, self.measured_until)?;
        self.refuted = 1;
        Ok(())
    }

    /// The verdict on it, by its ballot if it has one; an error says why there is none yet.
    ///
    /// What a price opened needs no ballot unless somebody challenges it.
    fn verdict(&self, ballot: Option<&mut &mut Ballot>, now: u64) -> Result<BallotState> {
        let voted_on = !address_eq(&self.ballot, &NOBODY);
        require!(ballot.is_some() == voted_on, BreakwaterError::WrongBallot);
        if self.refuted == 1 {
            if let Some(ballot) = ballot {
                ballot.revoke();
            }
            return Ok(BallotState::Failed);
        }
        match ballot {
            Some(ballot) => ballot.execute(now),
            None => {
                require!(now >= self.challenge_ends_at, BreakwaterError::ChallengeOpen);
                Ok(BallotState::Passed)
            }
        }
    }

    /// Reads the verdict at `now`, to which the books have been accrued. An incident that counts takes claims for its filing
    /// window from now, up to the end of the day; the bond of one that does not is lost, or a quarter of it where too few voted.
    ///
    /// A booking, whose `policy` is needed, is paid on where it counts, and ends where it does not; `product` has been rolled.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentDecided`], [`BreakwaterError::WrongBallot`], [`BreakwaterError::BallotOpen`],
    /// [`BreakwaterError::AppealWindowOpen`], [`BreakwaterError::ChallengeOpen`], [`BreakwaterError::WrongPolicy`].
    pub fn decide(
        &mut self,
        mut ballot: Option<&mut Ballot>,
        policy: Option<&mut Policy>,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        self.check_undecided()?;
        let counts = self.verdict(ballot.as_mut(), now)? == BallotState::Passed;
        product.take_verdict(!counts, now)?;
        self.decided_at = now;
        let Some(ballot) = ballot else { return self.take_verdict(counts, true, policy, pool, product, now) };
        product.note_court(&self.assembly, ballot.has_failed(), pool)?;
        self.take_verdict(counts, ballot.heard == 1, policy, pool, product, now)?;
        ballot.pay_out(pool)
    }

    #[inline(always)] // part of one
    fn take_verdict(
        &mut self,
        counts: bool,
        heard: bool,
        policy: Option<&mut Policy>,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        let by_price = self.is_by_price();
        if self.is_booking() {
            let policy = policy.ok_or(BreakwaterError::WrongPolicy)?;
            return self.decide_booking(counts, policy, pool, product, now);
        }
        if counts {
            let end_day = day_of(now.checked_add(seconds_of(self.filing_window_days)).or_overflow()?);
            let end_day = end_day.checked_add(1).or_overflow()?;
            self.filing_ends_at = coverage_math::start_of(end_day).or_overflow()?;
            let disputes = if by_price { 0 } else { self.dispute_window };
            self.disputes_end_at = self.filing_ends_at.checked_add(disputes).or_overflow()?;
            pool.expect_filing_end(end_day)?;
            pool.accept(&mut product.line)?;
            pool.enter_rival()?;
            self.state = IncidentState::Accepted.byte();
            self.make_sure_at_once(pool, product)?;
            // What a price opened was challenged for nothing.
            return self.end_bond(pool, if by_price { self.bond } else { 0 });
        }
        self.state = IncidentState::Refused.byte();
        let lost = match (by_price, heard) {
            (true, _) => 0,
            (false, true) => self.bond,
            (false, false) => settlement::unheard(self.bond),
        };
        self.end_bond(pool, lost)
    }

    /// Takes the verdict on a challenged booking of `policy` in: one that counts is paid on, and half of the challenge's bond is
    /// the holder's, half the assessors'; one that does not ends with what was settled of it.
    fn decide_booking(
        &mut self,
        counts: bool,
        policy: &mut Policy,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        product.line.accepted = product.line.accepted.checked_add(1).or_overflow()?;
        pool.leave_rival()?;
        if !counts {
            self.end_bond(pool, 0)?;
            self.end_booking(IncidentState::Rejected, policy, pool, product, now)?;
            return if self.is_paid_out()? { policy.end_claim() } else { Ok(()) };
        }
        self.state = IncidentState::Accepted.byte();
        let (to_holder, to_assessors) = settlement::split_bond(self.bond);
        pool.bond_to_assessors(to_assessors)?;
        self.bond = to_holder;
        self.bond_owner = policy.holder;
        self.bond_state = BondState::Due.byte();
        Ok(())
    }

    /// What of a booking waits for the bucket and the capital, or of claims that were settled on account for the settlement, atoms.
    pub fn unsettled(&self) -> Result<u64> {
        self.approved.checked_sub(self.settled).or_overflow()
    }

    /// What has been settled and not paid, atoms.
    pub fn unpaid(&self) -> Result<u64> {
        self.settled.checked_sub(self.paid).or_overflow()
    }

    /// Whether a booking has ended, and all that was settled of it is paid.
    fn is_paid_out(&self) -> Result<bool> {
        Ok(self.check_open().is_err() && self.unpaid()? == 0)
    }

    /// What of a booking can be settled at `now`, atoms, and what of it the stayers' capital has: within what the product's bucket
    /// holds, or what is due of it by now whatever that holds, and the capital beside what others reserve.
    ///
    /// Once all of it is due, and nothing could leave it more, it ends with that: those who left pay their part, the stayers its
    /// share of what there is, and nothing is waited for any more.
    ///
    /// Example: 400,000 are booked of 1,000,000, of which 5% can be drawn a day: 25,000 flow in a day, and a fortieth of what was
    /// booked, 10,000, is due each day. The bucket pays it within 16 days. If nobody pays until nearly all have left, the bucket is
    /// a part of next to nothing; 10,000 a day are due all the same, the leavers' part of them and the stayers'.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongTrigger`], [`BreakwaterError::IncidentClosed`], [`BreakwaterError::IncidentUndecided`],
    /// [`BreakwaterError::NothingDue`].
    pub fn payable(&self, pool: &Pool, product: &Product, now: u64) -> Result<(u64, u64)> {
        self.check_trigger(Trigger::Authority)?;
        self.check_open()?;
        require!(self.state()? == IncidentState::Accepted, BreakwaterError::IncidentUndecided);
        let unsettled = self.unsettled()?;
        let own = pool.index().own_of(unsettled, self.part.reported.get()).or_overflow()?;
        let funds = pool.drawable_for(&self.line, self.number)?;
        let matured = product.draws.matured(self.approved, self.challenge_ends_at, now)?;
        if matured == self.approved && pool.ends_short(self.number, now) {
            return Ok((unsettled, funds));
        }
        let affordable = if own <= funds { unsettled } else { mul_div_floor(unsettled, funds, own).or_overflow()? };
        let due = product.draws.level(pool.capital_of_buckets(), now)?.max(matured.saturating_sub(self.settled));
        let amount = affordable.min(due);
        require!(amount > 0, BreakwaterError::NothingDue);
        Ok((amount, funds))
    }

    /// Settles what can be settled of a booking of `policy` at `now`, to which the books have been accrued and the product rolled:
    /// out of the capital and of what leavers have in it alike. Ends it once nothing of it is unsettled. If it `pays`, returns
    /// what was settled and not paid, now or before, and what of that the pool keeps, as [`Policy::pay`]: the rest is about to leave.
    ///
    /// It can be settled without being paid, so that nobody whose token account takes nothing holds LPs' capital up.
    ///
    /// # Errors
    /// As [`Incident::payable`], unless something was settled before and it pays.
    pub fn pay_booking(
        &mut self,
        pays: bool,
        policy: &mut Policy,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<(u64, u64)> {
        let was_paid_out = self.is_paid_out()?;
        match self.payable(pool, product, now) {
            Err(_) if pays && self.unpaid()? > 0 => {}
            payable => self.settle_booking(payable?, policy, pool, product, now)?,
        }
        let paid = if pays { self.unpaid()? } else { 0 };
        self.pay(paid)?;
        pool.pay_claim(&Due { claim: paid, bond: 0, first: false })?;
        let given_back = policy.pay(paid, pool)?;
        if !was_paid_out && self.is_paid_out()? {
            policy.end_claim()?;
        }
        Ok((paid, given_back))
    }

    fn settle_booking(
        &mut self,
        (amount, funds): (u64, u64),
        policy: &mut Policy,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        let ends = amount == self.unsettled()?;
        product.draws.take(amount, pool.capital_of_buckets(), now)?;
        let (own, contested) = pool.pay_early(&mut self.line, self.part.reported.get(), amount)?;
        let own = own.min(funds);
        pool.settle_claims(own, contested)?;
        self.contested = self.contested.checked_add(contested).or_overflow()?;
        let settled = own.checked_add(contested).or_overflow()?;
        self.settled = self.settled.checked_add(settled).or_overflow()?;
        product.use_cover(pool, policy, settled)?;
        if ends { self.end_booking(IncidentState::Settled, policy, pool, product, now) } else { Ok(()) }
    }

    /// Ends a booking of `policy` at `now`. What was not settled of it is taken back: the policy has that part of its sum insured
    /// again, for other losses than it was booked for.
    fn end_booking(
        &mut self,
        state: IncidentState,
        policy: &mut Policy,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<()> {
        policy.unbook(self.unsettled()?, self.waiting)?;
        self.approved = self.settled;
        self.part.end(&self.line, pool.index);
        self.count_leavers(pool)?;
        pool.leave_booking(product, &mut self.line, self.number)?;
        self.close(state, pool, now)
    }

    /// Counts it as one of which something is to be released, if somebody left while it was open.
    fn count_leavers(&self, pool: &mut Pool) -> Result<()> {
        let left = u32::from(self.part.was_left());
        pool.contested_incidents = pool.contested_incidents.checked_add(left).or_overflow()?;
        Ok(())
    }

    /// Notes that it ended at `now`.
    fn close(&mut self, state: IncidentState, pool: &mut Pool, now: u64) -> Result<()> {
        self.state = state.byte();
        self.closed_at = now;
        pool.renew_index()
    }

    /// Frees what nobody claimed, once filing is over at `now`, to which the books have been accrued. Where other incidents of
    /// the product are open it stays set aside for them.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotAccepted`], [`BreakwaterError::FilingOpen`], [`BreakwaterError::NothingDue`].
    pub fn end_filing(&mut self, pool: &mut Pool, product: &mut Product, now: u64) -> Result<()> {
        require!(self.state()? == IncidentState::Accepted, BreakwaterError::IncidentNotAccepted);
        require!(now >= self.filing_ends_at, BreakwaterError::FilingOpen);
        require!(self.filing_ended == 0, BreakwaterError::NothingDue);
        self.filing_ended = 1;
        pool.filings_due = pool.filings_due.checked_sub(1).or_overflow()?;
        if product.line.open == 1 {
            let claimed = self.filed.checked_add(self.unsettled()?).or_overflow()?;
            let freed = self.part.free_unclaimed(&product.line, claimed, pool.index)?;
            let paid = self.early_paid_in(&product.line);
            pool.free_lien(&mut product.line, freed, paid)?;
        }
        Ok(())
    }

    /// Whether it can be settled or rejected at `now`: earlier incidents of the product come first. Bookings are paid instead.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongTrigger`], [`BreakwaterError::IncidentUndecided`], [`BreakwaterError::IncidentClosed`],
    /// [`BreakwaterError::EarlierIncidentOpen`]; of one that counts also [`BreakwaterError::FilingOpen`],
    /// [`BreakwaterError::FilingDue`], [`BreakwaterError::DisputeWindowOpen`], [`BreakwaterError::DisputeOpen`].
    pub fn check_settleable(&self, product: &Product, now: u64) -> Result<()> {
        require!(!self.is_booking(), BreakwaterError::WrongTrigger);
        match self.state()? {
            IncidentState::Open => return Err(BreakwaterError::IncidentUndecided),
            IncidentState::Accepted => {
                require!(now >= self.filing_ends_at, BreakwaterError::FilingOpen);
                require!(self.filing_ended == 1, BreakwaterError::FilingDue);
                require!(now >= self.disputes_end_at, BreakwaterError::DisputeWindowOpen);
                require!(self.open_disputes == 0, BreakwaterError::DisputeOpen);
            }
            IncidentState::Refused => {}
            IncidentState::Settled | IncidentState::Rejected => return Err(BreakwaterError::IncidentClosed),
        }
        require!(self.place_in_line(product) == Some(0), BreakwaterError::EarlierIncidentOpen);
        Ok(())
    }

    /// From when on it could be settled or rejected if anybody took the steps that come before it, unix seconds; `None` while that depends
    /// on what others do.
    #[must_use]
    pub fn settleable_from(&self, product: &Product) -> Option<u64> {
        let incident = Self { filing_ended: 1, open_disputes: 0, ..*self };
        let ends = [self.filing_ends_at, self.disputes_end_at];
        ends.into_iter().filter(|end| incident.check_settleable(product, *end).is_ok()).min()
    }

    /// How many open incidents of its product are paid before it; `None` once it has ended. Before a booking there is none.
    #[must_use]
    pub fn place_in_line(&self, product: &Product) -> Option<u32> {
        if self.is_booking() {
            return (self.line.open > 0).then_some(0);
        }
        self.index.checked_sub(product.line.head)
    }

    /// Whether it is the next report on its product after another incident, in the same line.
    #[must_use]
    pub fn follows(&self, other: &Self) -> bool {
        !self.is_booking() && self.product == other.product && self.index.checked_sub(1) == Some(other.index)
    }

    /// What those who left have in it, as it would be released if nothing more of it were paid. `next` is the next report on the
    /// product, if there is one.
    #[must_use]
    pub fn part_at_most(&self, pool: &Pool, product: &Product, next: Option<&Self>) -> Part {
        let mut part = self.part;
        if !part.ended_at.is_set() {
            part.end(self.line(product), next.map_or(pool.index, |next| next.part.reported));
        }
        part
    }

    /// Ends it at `now`, to which the books have been accrued: settles its claims when it counts, and gives its place in line
    /// up. `next` is the next report on the product, if there is one.
    ///
    /// # Errors
    /// [`BreakwaterError::NextIncidentMissing`]; as [`Incident::check_settleable`].
    pub fn settle(&mut self, next: Option<&Self>, pool: &mut Pool, product: &mut Product, now: u64) -> Result<()> {
        self.check_settleable(product, now)?;
        let follows = self.index.checked_add(1).or_overflow()?;
        let is_last = follows == product.incident_count;
        let next = next.filter(|next| next.index == follows && address_eq(&next.product, &self.product));
        require!(is_last != next.is_some(), BreakwaterError::NextIncidentMissing);
        let counts = self.state()? == IncidentState::Accepted;
        if counts {
            self.pay_claims(pool, product)?;
            pool.unaccept(&mut product.line)?;
            pool.leave_rival()?;
        }
        // Those who leave after the next report bear that one.
        let ended_at = next.map_or(pool.index, |next| next.part.reported);
        self.part.end(&product.line, ended_at);
        self.count_leavers(pool)?;
        pool.leave_line(product, self.number, ended_at)?;
        if let Some(next) = next {
            next.make_sure_at_once(pool, product)?;
        }
        self.close(if counts { IncidentState::Settled } else { IncidentState::Rejected }, pool, now)
    }

    /// What was settled of it on account, per unit as what `line` sets aside now.
    fn early_paid_in(&self, line: &Line) -> u128 {
        contested::rescale(self.early_paid.get(), line.reported.get().doublings_since(self.part.reported.get()))
    }

    /// Which part of its claims is paid on account, before it is settled, in 65,536ths, on books that have been accrued and a product that
    /// has been rolled to now: what it is sure to get, whatever else is reported, sold, drawn or paid. It counts and is the first in its line.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::EarlierIncidentOpen`].
    #[inline(never)] // of several callers
    pub fn part_on_account(&self, pool: &Pool, product: &Product) -> Result<u32> {
        require!(self.state()? == IncidentState::Accepted, BreakwaterError::IncidentNotSettled);
        require!(self.place_in_line(product) == Some(0), BreakwaterError::EarlierIncidentOpen);
        pool.sure_part_of(&product.line, self.early_paid_in(&product.line))
    }

    /// Fixes the `part` of its claims that they are sure to get, [`Incident::part_on_account`]. Repeated, it only rises.
    pub(crate) fn make_sure(&self, part: u32, pool: &mut Pool, product: &mut Product) -> Result<()> {
        let paid = self.early_paid_in(&product.line);
        pool.make_sure(&mut product.line, part, paid)
    }

    /// The same of the part that they are sure of now, where it counts and is the first in its line.
    fn make_sure_at_once(&self, pool: &mut Pool, product: &mut Product) -> Result<()> {
        match self.part_on_account(pool, product) {
            Ok(part) => self.make_sure(part, pool, product),
            Err(BreakwaterError::IncidentNotSettled | BreakwaterError::EarlierIncidentOpen) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Takes a claim of `amount`, of a policy that is released on `day`, from those that wait for the settlement.
    pub(crate) fn approve(&mut self, amount: u64, day: u64, pool: &mut Pool, product: &mut Product) -> Result<()> {
        self.unfile(amount)?;
        product.settle(amount, day, pool)?;
        self.approved = self.approved.checked_add(amount).or_overflow()?;
        pool.unsettled = sum(pool.unsettled, amount).or_overflow()?;
        Ok(())
    }

    /// Settles `amount` of an approved claim before the others: out of the capital and of what leavers have in it. Returns what the
    /// capital gave.
    pub(crate) fn settle_on_account(&mut self, amount: u64, pool: &mut Pool, product: &mut Product) -> Result<u64> {
        let before = product.line.paid.get();
        let (own, contested) = pool.pay_early(&mut product.line, self.part.reported.get(), amount)?;
        let paid = product.line.paid.get().saturating_sub(before);
        self.early_paid = Wide::new(self.early_paid.get().saturating_add(paid));
        self.settled = sum(self.settled, amount).or_overflow()?;
        self.contested = sum(self.contested, contested).or_overflow()?;
        pool.unsettled = pool.unsettled.checked_sub(amount).or_overflow()?;
        pool.settle_claims(own, contested)?;
        Ok(own)
    }

    /// Moves what the claims get from the capital, and from what leavers have in it, to `payable`.
    ///
    /// Leavers pay their part of all that is approved; the stayers theirs as far as the capital reaches beside other incidents: by what
    /// there was before anything was paid on account, and never less than the claims were sure of.
    /// B4: settled ≤ approved; B6: the capital falls by exactly the stayers' part.
    fn pay_claims(&mut self, pool: &mut Pool, product: &mut Product) -> Result<()> {
        product.settle(self.filed, self.first_release_day, pool)?;
        let (line, reported) = (&mut product.line, self.part.reported.get());
        pool.unsettled = pool.unsettled.checked_sub(self.unsettled()?).or_overflow()?;
        self.approved = self.approved.checked_add(self.filed).or_overflow()?;
        let sure = settlement::sure_of(self.approved, line.sure_part).or_overflow()?;
        let (funds, demands, most) = pool.funds_for(self.number, pool.liens.get())?;
        let beside = pool.capital_beside(line)?;
        let (own, contested) = pool.pay_lien(line, reported, self.unsettled()?)?;
        // What those bore of payments on account who left since is theirs.
        let early = self.early_paid.get();
        let got = contested::rescale(early, pool.index().doublings_since(reported));
        let got = pool.index().own(got).or_overflow()?.min(self.of_capital()?);
        let all = got.checked_add(own).or_overflow()?;
        // Demands are rounded for each product by itself.
        let demands = demands.max(all);
        let sure = sure.saturating_sub(self.settled).saturating_sub(contested);
        let share = |demands| {
            let share = settlement::available(funds, all, demands)?.saturating_sub(got);
            Some(share.max(sure).min(most).min(own))
        };
        // What it would get if no other were open is held back for it.
        let open = pool.own_liens()?;
        let alone = share(demands.saturating_sub(open).max(all)).or_overflow()?;
        let from_capital = share(demands).or_overflow()?.min(beside);
        let settled = from_capital.checked_add(contested).or_overflow()?;
        self.settled = self.settled.checked_add(settled).or_overflow()?;
        self.contested = self.contested.checked_add(contested).or_overflow()?;
        self.held_back = alone.checked_sub(from_capital).or_overflow()?;
        pool.hold_back(self.held_back, self.own_approved()?, self.of_capital()?)?;
        pool.leave_sure(&mut product.line, reported, early);
        pool.settle_claims(from_capital, contested)
    }

    /// Takes what can be released to an exit epoch that was paid while it was open, atoms, and whether that is all it gets of
    /// this incident.
    ///
    /// # Errors
    /// As [`Part::release`].
    pub fn release(&mut self, epoch: &mut ExitEpoch, pool: &mut Pool) -> Result<u64> {
        let (amount, is_all) = self.part.release(epoch.index_from, epoch.index_to)?;
        let amount = pool.release_contested(amount)?;
        epoch.take_release(amount, is_all)?;
        if is_all && self.part.is_released() {
            pool.contested_incidents = pool.contested_incidents.checked_sub(1).or_overflow()?;
            pool.renew_index()?;
        }
        Ok(amount)
    }

    /// Lets a bond go back but for what is `lost` of it: half of that to the LPs over time and half to the assessors.
    fn end_bond(&mut self, pool: &mut Pool, lost: u64) -> Result<()> {
        if self.bond_state != BondState::Held.byte() {
            return Ok(());
        }
        if lost > 0 {
            pool.slash_bond(lost)?;
        }
        self.bond = self.bond.checked_sub(lost).or_overflow()?;
        self.bond_state = if self.bond > 0 { BondState::Due.byte() } else { BondState::Slashed.byte() };
        Ok(())
    }

    /// Whether what was held back for the claims can be given to them.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`], [`BreakwaterError::IncidentOpen`].
    pub fn check_rest(&self, pool: &Pool) -> Result<()> {
        require!(self.held_back > 0, BreakwaterError::NothingDue);
        require!(pool.held_for == 0, BreakwaterError::IncidentOpen);
        Ok(())
    }

    /// What the stayers' capital has given of what was settled, atoms.
    fn of_capital(&self) -> Result<u64> {
        self.settled.checked_sub(self.recovered).and_then(|rest| rest.checked_sub(self.contested)).or_overflow()
    }

    /// What the stayers owe of what was approved, atoms.
    fn own_approved(&self) -> Result<u64> {
        self.approved.checked_sub(self.contested).or_overflow()
    }

    /// Gives the claims what was held back for others, once no incident is open that was then, as far as it makes their part
    /// of the capital what it would be if all for which something is held back were settled now; beside later incidents, no
    /// more than was held back. Nothing is held back afterwards. Returns how much they get.
    ///
    /// Example, as with [`Pool::hold_back`]: the second incident is rejected. The first, which got 50 of 80, shares 50 + 50 with nobody:
    /// its part is 80, and it gets the other 30.
    ///
    /// # Errors
    /// As [`Incident::check_rest`].
    pub fn settle_rest(&mut self, pool: &mut Pool) -> Result<u64> {
        self.check_rest(pool)?;
        let held_back = core::mem::take(&mut self.held_back);
        let (of_capital, own) = (self.of_capital()?, self.own_approved()?);
        let funds = pool.capital.checked_add(pool.held_settled).or_overflow()?;
        let part = settlement::available(funds, own, pool.held_approved).or_overflow()?;
        let short = self.approved.checked_sub(self.settled).or_overflow()?;
        let most = if pool.open_incidents == 0 { pool.capital } else { held_back.min(pool.capital_not_sure()?) };
        let more = part.saturating_sub(of_capital).min(short).min(most);
        pool.let_go(held_back, Some((own, of_capital)))?;
        pool.settle_claims(more, 0)?;
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
        let of_capital = self.of_capital()?;
        self.settled = self.settled.checked_add(to_claims).or_overflow()?;
        self.recovered = self.recovered.checked_add(to_claims).or_overflow()?;
        let short = self.approved.checked_sub(self.settled).or_overflow()?;
        let no_longer = self.held_back.saturating_sub(short);
        self.held_back = self.held_back.checked_sub(no_longer).or_overflow()?;
        let ends = no_longer > 0 && self.held_back == 0;
        pool.let_go(no_longer, if ends { Some((self.own_approved()?, of_capital)) } else { None })?;
        Ok(to_claims)
    }

    /// What a claim of `net` gets now that it is settled, atoms, rounded down: by one factor for all.
    pub fn part_of(&self, net: u64) -> Result<u64> {
        settlement::part_of_settled(net, self.settled, self.approved).or_overflow()
    }

    /// Books a payment to a claim. B4.
    pub fn pay(&mut self, amount: u64) -> Result<()> {
        self.paid = sum(self.paid, amount).or_overflow()?;
        require!(self.paid <= self.settled && self.settled <= self.approved, BreakwaterError::Overpaid);
        Ok(())
    }

    /// Counts the account of one of its claims as closed.
    pub fn leave(&mut self) -> Result<()> {
        self.live_accounts = self.live_accounts.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Whether it is fully settled and can be closed: it ended, its bond is gone, all accounts of its claims are closed, which
    /// they are only once paid in full, and all that is contested of it was released.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::IncidentNotOver`].
    pub fn check_over(&self) -> Result<()> {
        let has_ended = matches!(self.state()?, IncidentState::Settled | IncidentState::Rejected);
        require!(has_ended, BreakwaterError::IncidentNotSettled);
        require!(!self.is_booking() || self.is_paid_out()?, BreakwaterError::IncidentNotOver);
        let bond_gone = BondState::is_gone(self.bond_state);
        require!(bond_gone && self.live_accounts == 0 && self.part.is_released(), BreakwaterError::IncidentNotOver);
        Ok(())
    }
}
