use crate::{
    Ballot, BallotState, Dispute, DisputeKeys, DisputeRequest, Filed, Incident, IncidentState, Policy, Pool, Product,
    Trigger, prelude::*, set_text,
};
use coverage_math::{settlement, trigger};

stored_enum! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// Filed; it stands unless somebody disputes it.
        Filed = 0 "filed",
        /// A ballot decides between the amount claimed and the counter-amount.
        Disputed = 1 "disputed",
        /// Its incident is settled and its bond is back: what is due can be collected as often as money comes.
        Settled = 2 "settled",
        /// It gets nothing: its incident was rejected, or a dispute left nothing of it.
        Rejected = 3 "rejected",
        /// Its dispute is decided; nobody can dispute it again.
        Decided = 4 "decided",
}
}

stored_enum! {
    /// How the dispute of a claim ended.
    pub enum DisputeOutcome {
        /// There is none, or it is not decided.
        Undecided = 0 "undecided",
        /// The claim stands.
        Lost = 1 "lost",
        /// The counter-amount stands.
        Won = 2 "won",
        /// The incident was rejected before it was decided: everybody's bond goes back.
        Void = 3 "void",
}
}

/// One policy's demand in one incident. There can be no second one.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Claim {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 filed, 1 disputed, 2 settled, 3 rejected, 4 decided: see [`ClaimState`].
    pub state: u8,
    /// How its dispute ended: 0 undecided, 1 lost, 2 won, 3 void: see [`DisputeOutcome`].
    pub dispute_outcome: u8,
    /// Tips set aside for the one who pays it the first time or ends its dispute.
    pub tips: u8,
    /// 1 while its bond waits for the one who posted it, though the claim has ended.
    pub bond_waits: u8,
    /// Zero.
    pub reserved_head: [u8; 2],
    /// The incident.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// Who filed it: the holder then.
    pub claimant: Address,
    /// Token account that is paid; the claimant can name another.
    pub receiver: Address,
    /// Who posted the bond and gets it back.
    pub funder: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, zero-filled.
    pub evidence_uri: [u8; 128],
    /// The dispute with the lowest counter-amount; zero when nobody disputes it.
    pub dispute: Address,
    /// The ballot on it; zero when none.
    pub dispute_ballot: Address,
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed, atoms: the loss less the deductible, or what a dispute left of it.
    pub amount: u64,
    /// Paid, atoms.
    pub paid: u64,
    /// Bond to be given back, atoms: what was posted, and half of a lost dispute's.
    pub bond: u64,
    /// Amount the lowest dispute holds against it, atoms.
    pub counter_amount: u64,
    /// Bond of a dispute, atoms: as much as the claim's, and at least a fifth of the incident's.
    pub dispute_bond: u64,
    /// Half of the claim's bond that the one who won the dispute gets, atoms.
    pub prize: u64,
    /// When it was filed, unix seconds.
    pub filed_at: u64,
    /// Until when it can be disputed, unix seconds; the ballot opens then.
    pub disputes_end_at: u64,
    /// Accounts of disputes that are not closed.
    pub live_disputes: u32,
    /// Zero.
    pub reserved_counts: [u8; 4],
    /// What it takes off for a refund that its policy's cancellation paid, atoms: `amount` is beside it.
    pub refund: u64,
    /// Zero.
    pub reserved: [u8; 64],
}

/// What was lost, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct ClaimRequest {
    /// The loss, atoms; the policy's deductible is taken off.
    pub loss: u64,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, UTF-8, at most 128 bytes.
    pub evidence_uri: String,
}

/// What a payout moves.
pub struct Due {
    /// To the claim, atoms: from `payable`.
    pub claim: u64,
    /// Its bond, atoms: from `bonds`.
    pub bond: u64,
    /// Whether it is the first.
    pub first: bool,
}

/// Where a new claim is, and who files it.
pub struct ClaimKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The incident.
    pub incident: &'a Address,
    /// The policy.
    pub policy: &'a Address,
    /// The holder of the policy.
    pub claimant: &'a Address,
    /// Token account that is to be paid.
    pub receiver: &'a Address,
    /// Who posts the bond.
    pub funder: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Claim {
    /// Makes a new account the claim that `request` states, at `now`, to which the books have been accrued.
    ///
    /// # Errors
    /// [`BreakwaterError::ZeroAmount`], [`BreakwaterError::NotCovered`], [`BreakwaterError::TextTooLong`]; as
    /// [`Incident::check_filing`], [`Incident::check_trigger`] and [`Policy::file`].
    #[inline(always)] // one caller
    pub fn file(
        &mut self,
        keys: &ClaimKeys,
        request: &ClaimRequest,
        incident: &mut Incident,
        policy: &mut Policy,
        pool: &mut Pool,
        now: u64,
    ) -> Result<()> {
        incident.check_filing(now)?;
        incident.check_trigger(Trigger::Jury)?;
        require!(request.loss > 0, BreakwaterError::ZeroAmount);
        require!(policy.covers(incident.occurred_at), BreakwaterError::NotCovered);
        let filed = policy.file(request.loss)?;
        incident.file(filed.amount, policy.release_day)?;
        let bond = incident.claim_bond(filed.amount)?;
        pool.take_bond(bond)?;
        self.begin(keys, request.loss, &filed, now);
        self.state = ClaimState::Filed.byte();
        self.evidence_hash = request.evidence_hash;
        set_text(&mut self.evidence_uri, &request.evidence_uri)?;
        self.bond = bond;
        self.dispute_bond = incident.dispute_bond(bond);
        self.disputes_end_at = now.checked_add(incident.dispute_window).or_overflow()?;
        Ok(())
    }

    /// Makes a new account the claim that a policy has in an incident that a price opened, at `now`, to which the books have
    /// been accrued. Nothing of it is in dispute.
    ///
    /// # Errors
    /// [`BreakwaterError::NotCovered`]; as [`Incident::check_filing`], [`Incident::check_trigger`] and
    /// [`Policy::file_breach`].
    pub fn file_breach(
        &mut self,
        keys: &ClaimKeys,
        incident: &mut Incident,
        policy: &mut Policy,
        now: u64,
    ) -> Result<()> {
        incident.check_filing(now)?;
        incident.check_trigger(Trigger::Price)?;
        require!(policy.covers(incident.occurred_at), BreakwaterError::NotCovered);
        let filed = policy.file_breach(incident.severity_bps)?;
        incident.file(filed.amount, policy.release_day)?;
        let loss = trigger::breach_loss(policy.amount, incident.severity_bps).or_overflow()?;
        self.begin(keys, loss, &filed, now);
        self.state = ClaimState::Decided.byte();
        self.disputes_end_at = now;
        Ok(())
    }

    fn begin(&mut self, keys: &ClaimKeys, loss: u64, filed: &Filed, now: u64) {
        self.version = VERSION;
        self.bump = keys.bump;
        self.incident = *keys.incident;
        self.policy = *keys.policy;
        self.claimant = *keys.claimant;
        self.receiver = *keys.receiver;
        self.funder = *keys.funder;
        self.rent_payer = *keys.rent_payer;
        self.loss = loss;
        self.amount = filed.amount;
        self.refund = filed.refund;
        self.filed_at = now;
        self.tips = 1;
    }

    /// The state, checked.
    pub fn state(&self) -> Result<ClaimState> {
        ClaimState::from_byte(self.state)
    }

    /// Whether it was ended, by a payout or by a dispute that left nothing of it: its bond is gone, or waits for somebody else who
    /// posted it.
    pub fn has_ended(&self) -> Result<bool> {
        Ok(matches!(self.state()?, ClaimState::Settled | ClaimState::Rejected))
    }

    /// Whether the claimant posted the bond.
    #[must_use]
    pub fn funds_itself(&self) -> bool {
        address_eq(&self.funder, &self.claimant)
    }

    /// Whether nothing more is paid on it: it was paid in full, or rejected.
    pub fn is_paid(&self) -> Result<bool> {
        Ok(match self.state()? {
            ClaimState::Settled => self.paid == self.amount,
            state => state == ClaimState::Rejected,
        })
    }

    /// Takes what is due: if it `pays`, the claim's part of a settled incident, less what was paid, and the bond the first time. A bond
    /// that somebody else posted waits until `pays_funder`, so that they keep nobody from being paid.
    ///
    /// The first time it can be taken without being paid: nobody whose token account takes nothing keeps the claim from ending.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::NothingDue`].
    pub fn collect(&mut self, incident: &Incident, pays: bool, pays_funder: bool) -> Result<Due> {
        let (due, ended) = match incident.state()? {
            IncidentState::Open | IncidentState::Accepted => return Err(BreakwaterError::IncidentNotSettled),
            IncidentState::Settled => (incident.due(self.amount, self.paid)?, ClaimState::Settled),
            IncidentState::Refused | IncidentState::Rejected => (0, ClaimState::Rejected),
        };
        let first = !self.has_ended()?;
        let owes_bond = (first || self.has_waiting_bond()) && self.bond > 0;
        let due = if pays { due } else { 0 };
        let pays_bond = owes_bond && if self.funds_itself() { pays } else { pays_funder };
        require!(first || due > 0 || pays_bond, BreakwaterError::NothingDue);
        if first {
            self.state = ended.byte();
        }
        self.bond_waits = u8::from(owes_bond && !pays_bond);
        self.paid = self.paid.checked_add(due).or_overflow()?;
        Ok(Due { claim: due, bond: if pays_bond { self.bond } else { 0 }, first })
    }

    /// Whether the claim can be disputed at `now`; returns what a counter-amount must be below, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::NotDisputable`], [`BreakwaterError::DisputeWindowOver`]; as [`Incident::check_open`].
    pub fn check_disputable(&self, incident: &Incident, now: u64) -> Result<u64> {
        incident.check_open()?;
        let highest = match self.state()? {
            ClaimState::Filed => self.amount,
            ClaimState::Disputed => self.counter_amount,
            _ => return Err(BreakwaterError::NotDisputable),
        };
        require!(now < self.disputes_end_at, BreakwaterError::DisputeWindowOver);
        Ok(highest)
    }

    /// Takes the dispute that `request` states at `now`, to which the books have been accrued, and makes a new account of
    /// it. Returns whether it is the first, which calls a ballot.
    ///
    /// A later one must hold less against the claim than those before, so that nobody keeps others from disputing a claim
    /// by disputing a little of it.
    ///
    /// # Errors
    /// [`BreakwaterError::CounterAmountTooHigh`], [`BreakwaterError::TextTooLong`]; as [`Claim::check_disputable`].
    pub fn take_dispute(
        &mut self,
        dispute: &mut Dispute,
        keys: &DisputeKeys,
        request: &DisputeRequest,
        incident: &mut Incident,
        pool: &mut Pool,
        now: u64,
    ) -> Result<bool> {
        let highest = self.check_disputable(incident, now)?;
        require!(request.counter_amount < highest, BreakwaterError::CounterAmountTooHigh);
        let first = self.state()? == ClaimState::Filed;
        self.state = ClaimState::Disputed.byte();
        self.dispute = *keys.dispute;
        self.counter_amount = request.counter_amount;
        self.live_disputes = self.live_disputes.checked_add(1).or_overflow()?;
        if first {
            self.dispute_ballot = *keys.ballot;
            self.tips = self.tips.checked_add(1).or_overflow()?;
        }
        incident.take_dispute(first)?;
        pool.take_bond(self.dispute_bond)?;
        dispute.version = VERSION;
        dispute.bump = keys.bump;
        dispute.claim = *keys.claim;
        dispute.disputer = *keys.disputer;
        dispute.rent_payer = *keys.rent_payer;
        dispute.evidence_hash = request.evidence_hash;
        set_text(&mut dispute.evidence_uri, &request.evidence_uri)?;
        dispute.counter_amount = request.counter_amount;
        dispute.bond = self.dispute_bond;
        dispute.disputed_at = now;
        Ok(first)
    }

    /// Whether the claim has ended and its bond waits for its funder.
    #[must_use]
    pub fn has_waiting_bond(&self) -> bool {
        self.bond_waits == 1
    }

    /// Notes on the policy that the claim's bond waits, or no longer does: `waited` says how it was before a payout.
    pub fn note_bond(&self, waited: u8, policy: &mut Policy) -> Result<()> {
        if waited == self.bond_waits {
            return Ok(());
        }
        let others = policy.waiting_bonds.checked_sub(waited.into()).or_overflow()?;
        policy.waiting_bonds = others.checked_add(self.bond_waits.into()).or_overflow()?;
        Ok(())
    }

    /// Ends the claim on its policy, with the first payout, on books that have been accrued and a product that has been rolled to
    /// now: a rejected one frees what it had reserved; of another nothing can be claimed again, so its capacity is released, for sales at
    /// once and for exits from the second midnight on; and what it takes off for a refund is given back. For that no capital leaves, so it
    /// is held for as long as the rest. While its dispute is undecided, deciding that ends it.
    pub fn end(&self, policy: &mut Policy, pool: &mut Pool, product: &mut Product) -> Result<()> {
        if self.state()? == ClaimState::Rejected {
            policy.unclaim(self.reserved()?)?;
        } else {
            product.end_settled(self.amount, pool)?;
            policy.give_back_for_claim(self.refund)?;
            let held = policy.held;
            product.use_cover(pool, policy, self.amount)?;
            pool.hold_room(held.checked_sub(policy.held).or_overflow()?);
        }
        if self.check_disputed().is_ok() { Ok(()) } else { policy.end_claim() }
    }

    /// What of the sum insured it holds while it is open, atoms: what is claimed, and what it is to give back of a refund.
    fn reserved(&self) -> Result<u64> {
        self.amount.checked_add(self.refund).or_overflow()
    }

    /// Whether a dispute waits to be decided.
    ///
    /// # Errors
    /// [`BreakwaterError::NotDisputed`].
    pub fn check_disputed(&self) -> Result<()> {
        let disputed = !address_eq(&self.dispute, &NOBODY);
        let undecided = self.dispute_outcome == DisputeOutcome::Undecided.byte();
        require!(disputed && undecided, BreakwaterError::NotDisputed);
        Ok(())
    }

    /// Ends the dispute by the verdict of its ballot, which passes for the counter-amount. The loser's bond goes half
    /// to the winner and half to the assessors. Where nobody votes the claim stands and the dispute is lost: it held
    /// up everybody. When the incident was rejected before, nothing is decided.
    pub fn decide(
        &mut self,
        verdict: BallotState,
        ballot: &mut Ballot,
        incident: &mut Incident,
        policy: &mut Policy,
        pool: &mut Pool,
    ) -> Result<()> {
        incident.open_disputes = incident.open_disputes.checked_sub(1).or_overflow()?;
        if incident.was_refused()? {
            self.dispute_outcome = DisputeOutcome::Void.byte();
            ballot.void = 1;
            if self.state()? == ClaimState::Rejected {
                policy.end_claim()?;
            }
            return ballot.pay_out(pool);
        }
        self.state = ClaimState::Decided.byte();
        let lost = if verdict == BallotState::Passed { self.bond } else { self.dispute_bond };
        let (prize, to_assessors) = settlement::split_bond(lost);
        pool.bond_to_assessors(to_assessors)?;
        ballot.pay_out(pool)?;
        match verdict {
            BallotState::Passed => {
                self.dispute_outcome = DisputeOutcome::Won.byte();
                self.bond = 0;
                self.prize = prize;
                let cut = self.amount.checked_sub(self.counter_amount).or_overflow()?;
                self.amount = self.counter_amount;
                incident.unfile(cut)?;
                policy.unclaim(cut)?;
                if self.amount == 0 {
                    self.state = ClaimState::Rejected.byte();
                    policy.unclaim(self.refund)?;
                    policy.end_claim()?;
                }
            }
            _ => {
                self.dispute_outcome = DisputeOutcome::Lost.byte();
                self.bond = self.bond.checked_add(prize).or_overflow()?;
            }
        }
        Ok(())
    }

    /// Ends `dispute`, one of the claim's, with a bond of `bond`, and returns what it gets back, atoms.
    ///
    /// One that a lower one displaced gets its bond; the lowest its bond and the prize when it won, its bond when it
    /// became void, and nothing when it lost.
    ///
    /// # Errors
    /// [`BreakwaterError::DisputeOpen`].
    pub fn end_dispute(&mut self, dispute: &Address, bond: u64, incident: &mut Incident) -> Result<u64> {
        self.live_disputes = self.live_disputes.checked_sub(1).or_overflow()?;
        incident.leave()?;
        if !address_eq(dispute, &self.dispute) {
            return Ok(bond);
        }
        match DisputeOutcome::from_byte(self.dispute_outcome)? {
            DisputeOutcome::Undecided => {
                require!(incident.was_refused()?, BreakwaterError::DisputeOpen);
                Ok(bond)
            }
            DisputeOutcome::Void => Ok(bond),
            DisputeOutcome::Won => bond.checked_add(self.prize).or_overflow(),
            DisputeOutcome::Lost => Ok(0),
        }
    }

    /// Whether it is over, so that its account can be closed: it is paid in full or rejected, its bond is gone, its dispute is
    /// decided, and all accounts of its disputes are closed.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::ClaimNotOver`].
    pub fn check_over(&self, incident: &Incident) -> Result<()> {
        require!(incident.check_open().is_err(), BreakwaterError::IncidentNotSettled);
        let paid = self.is_paid()?;
        let decided = address_eq(&self.dispute, &NOBODY) || self.dispute_outcome != DisputeOutcome::Undecided.byte();
        let is_over = paid && !self.has_waiting_bond() && decided && self.live_disputes == 0;
        require!(is_over, BreakwaterError::ClaimNotOver);
        Ok(())
    }
}
