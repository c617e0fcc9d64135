use crate::{
    Ballot, BondState, Evidence, Incident, IncidentState, Policy, Pool, Product, Trigger, prelude::*, set_text,
};
use coverage_math::{ballot, settlement, sum, trigger};

stored_enum! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// Filed; it stands unless somebody disputes it.
        Filed = 0 "filed",
        /// A ballot decides how much of it stands.
        Disputed = 1 "disputed",
        /// Its incident is settled and its bond is back: what is due can be collected as often as money comes.
        Settled = 2 "settled",
        /// It gets nothing: its incident was rejected, or a ballot left nothing of it.
        Rejected = 3 "rejected",
        /// Its dispute is decided; nobody can dispute it again.
        Decided = 4 "decided",
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
    /// What became of the bond of its dispute: 0 held, 1 due to the disputer, 2 collected, 3 lost, 4 nobody disputed it: see [`BondState`].
    pub dispute_bond_state: u8,
    /// Tips set aside for the one who pays it the first time or ends its dispute.
    pub tips: u8,
    /// 1 while its bond waits for the one who posted it, though the claim has ended.
    pub bond_waits: u8,
    /// How much of it stands, in sixteenths of what was claimed: what a ballot decided, or all.
    pub level: u8,
    /// Zero.
    pub reserved_head: u8,
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
    /// Who disputed it, posted the bond and gets it back; zero when nobody did.
    pub disputer: Address,
    /// The ballot on it; zero when none.
    pub dispute_ballot: Address,
    /// SHA-256 of the disputer's evidence.
    pub dispute_hash: [u8; 32],
    /// Where that is, UTF-8, zero-filled.
    pub dispute_uri: [u8; 128],
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed, atoms: the loss less the deductible.
    pub claimed: u64,
    /// What stands of it, atoms.
    pub amount: u64,
    /// Paid, atoms.
    pub paid: u64,
    /// What was settled of it before its incident was, atoms.
    pub on_account: u64,
    /// Bond to be given back, atoms: what was posted, less what a ballot took of it and with half of what that took of the dispute's.
    pub bond: u64,
    /// Bond of a dispute, atoms: half of the claim's, and at least a tenth of the product's of an incident; once it is decided, what goes back of it, with half of what the claim's lost.
    pub dispute_bond: u64,
    /// When it was filed, unix seconds.
    pub filed_at: u64,
    /// Until when it can be disputed, unix seconds, or until a day after the verdict on its incident: see [`Claim::disputable_until`].
    pub disputes_end_at: u64,
    /// Zero.
    pub reserved: [u8; 48],
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

/// Whom a payout can pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pays {
    /// The receiver that the claimant named, of the claim, and of a bond that the claimant posted.
    pub claimant: bool,
    /// Somebody else who posted the bond.
    pub funder: bool,
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
        let amount = policy.file(request.loss)?;
        incident.file(amount, policy.release_day)?;
        let bond = incident.claim_bond(amount)?;
        pool.take_bond(bond)?;
        self.begin(keys, request.loss, amount, now);
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
        let amount = policy.file_breach(incident.severity_bps)?;
        incident.file(amount, policy.release_day)?;
        let loss = trigger::breach_loss(policy.amount, incident.severity_bps).or_overflow()?;
        self.begin(keys, loss, amount, now);
        self.state = ClaimState::Decided.byte();
        self.disputes_end_at = now;
        Ok(())
    }

    fn begin(&mut self, keys: &ClaimKeys, loss: u64, amount: u64, now: u64) {
        self.version = VERSION;
        self.bump = keys.bump;
        self.incident = *keys.incident;
        self.policy = *keys.policy;
        self.claimant = *keys.claimant;
        self.receiver = *keys.receiver;
        self.funder = *keys.funder;
        self.rent_payer = *keys.rent_payer;
        self.loss = loss;
        self.level = ballot::TOP;
        self.dispute_bond_state = BondState::None.byte();
        self.claimed = amount;
        self.amount = amount;
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

    /// Pays the claim at `now`, as [`Claim::due`] says, and ends it the first time: its bond goes back, and the capacity that it has used up is
    /// released. The books have been accrued and the product rolled, unless the incident is settled, the claim has ended and its policy
    /// gives nothing back.
    ///
    /// Of an incident that counts and is not settled, what it is sure to get is fixed, and settled on account.
    ///
    /// Returns what is due, and what of it the pool keeps, atoms: as [`Policy::pay`].
    ///
    /// # Errors
    /// As [`Claim::due`].
    #[inline(always)] // one caller
    pub fn pay(
        &mut self,
        pays: Pays,
        incident: &mut Incident,
        policy: &mut Policy,
        pool: &mut Pool,
        product: &mut Product,
        now: u64,
    ) -> Result<(Due, u64)> {
        let (settled, early_part) = self.settled(incident, pool, product, now)?;
        let due = self.due_of(settled, pays)?;
        let given = match early_part {
            Some(part) => self.settle_on_account(settled, part, incident, policy, pool, product)?,
            None => 0,
        };
        self.note_bond(&due, policy)?;
        self.paid = sum(self.paid, due.claim).or_overflow()?;
        incident.pay(due.claim)?;
        pool.pay_claim(&due)?;
        let given_back = policy.pay(due.claim, pool)?;
        if due.first {
            let state = if incident.was_refused()? { ClaimState::Rejected } else { ClaimState::Settled };
            self.state = state.byte();
            self.end(given, policy, pool, product)?;
        }
        Ok((due, given_back))
    }

    /// What a payout at `now` pays that `pays` them: the claim's part of a settled incident, or what it is sure to get of one that counts and
    /// is not settled, less what was paid, and the bond the first time. A bond that somebody else posted waits until it is paid to them, so
    /// that they keep nobody from being paid. The books have been accrued and the product rolled.
    ///
    /// The first time it can be ended without being paid: nobody whose token account takes nothing keeps the claim from ending.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`], [`BreakwaterError::IncidentNotSettled`]; of an incident that is not settled also
    /// [`BreakwaterError::DisputeWindowOpen`], and as [`Claim::payable_from`].
    pub fn due(&self, pays: Pays, incident: &Incident, pool: &Pool, product: &Product, now: u64) -> Result<Due> {
        self.due_of(self.settled(incident, pool, product, now)?.0, pays)
    }

    /// What can be settled of it by now, in all; and of which part of its claims the incident is sure, if that is on account.
    fn settled(&self, incident: &Incident, pool: &Pool, product: &Product, now: u64) -> Result<(u64, Option<u32>)> {
        match incident.state()? {
            IncidentState::Open => Err(BreakwaterError::IncidentNotSettled),
            IncidentState::Refused | IncidentState::Rejected => Ok((0, None)),
            // Payments on account are rounded one by one: the last claim gets what is there, though that may be some atoms less.
            IncidentState::Settled => {
                let most = self.paid.checked_add(incident.unpaid()?).or_overflow()?;
                Ok((incident.part_of(self.amount)?.min(most), None))
            }
            IncidentState::Accepted if self.state()? == ClaimState::Rejected => Ok((0, None)),
            IncidentState::Accepted => {
                let part = incident.part_on_account(pool, product)?;
                let is_payable = self.has_ended()? || now >= self.payable_by(part, incident)?;
                require!(is_payable, BreakwaterError::DisputeWindowOpen);
                Ok((settlement::part_of(self.amount, part).or_overflow()?, Some(part)))
            }
        }
    }

    fn due_of(&self, settled: u64, pays: Pays) -> Result<Due> {
        // By a factor that is fixed later, an atom less than it was paid on account.
        let claim = if pays.claimant { settled.saturating_sub(self.paid) } else { 0 };
        let first = !self.has_ended()?;
        let owes_bond = first || self.has_waiting_bond();
        let pays_bond = owes_bond && if self.funds_itself() { pays.claimant } else { pays.funder };
        let bond = if pays_bond { self.bond } else { 0 };
        require!(first || claim > 0 || bond > 0, BreakwaterError::NothingDue);
        Ok(Due { claim, bond, first })
    }

    /// Settles `settled` of it, in all, the `part` of which its incident is sure, before that is settled. Returns what the capital gave now,
    /// atoms.
    fn settle_on_account(
        &mut self,
        settled: u64,
        part: u32,
        incident: &mut Incident,
        policy: &Policy,
        pool: &mut Pool,
        product: &mut Product,
    ) -> Result<u64> {
        if !self.has_ended()? {
            incident.approve(self.amount, policy.release_day, pool, product)?;
        }
        incident.make_sure(part, pool, product)?;
        let more = settled.checked_sub(self.on_account).or_overflow()?;
        self.on_account = settled;
        incident.settle_on_account(more, pool, product)
    }

    /// From when on it can be paid on account though its incident is not settled, unix seconds: once nobody can dispute it any more; at once
    /// where a ballot has decided on it, or prices did. The books have been accrued and the product rolled.
    ///
    /// # Errors
    /// [`BreakwaterError::DisputeOpen`]; as [`Incident::part_on_account`].
    pub fn payable_from(&self, incident: &Incident, pool: &Pool, product: &Product) -> Result<u64> {
        self.payable_by(incident.part_on_account(pool, product)?, incident)
    }

    fn payable_by(&self, part: u32, incident: &Incident) -> Result<u64> {
        require!(part > 0, BreakwaterError::IncidentNotSettled);
        match self.state()? {
            ClaimState::Filed => self.disputable_until(incident),
            ClaimState::Disputed => Err(BreakwaterError::DisputeOpen),
            _ => Ok(incident.decided_at),
        }
    }

    /// Until when it can be disputed, unix seconds: for its own window, and for a day after the verdict, before which nobody can.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentUndecided`], [`BreakwaterError::IncidentClosed`].
    pub fn disputable_until(&self, incident: &Incident) -> Result<u64> {
        incident.check_open()?;
        require!(incident.state()? == IncidentState::Accepted, BreakwaterError::IncidentUndecided);
        let after_verdict = sum(incident.decided_at, DISPUTES_AFTER_VERDICT).or_overflow()?;
        Ok(self.disputes_end_at.max(after_verdict))
    }

    /// Whether the claim can be disputed at `now`: once, and only where its incident counts, so that no ballot is about nothing.
    ///
    /// # Errors
    /// [`BreakwaterError::NotDisputable`], [`BreakwaterError::DisputeWindowOver`]; as [`Claim::disputable_until`].
    pub fn check_disputable(&self, incident: &Incident, now: u64) -> Result<()> {
        let until = self.disputable_until(incident)?;
        require!(self.state()? == ClaimState::Filed, BreakwaterError::NotDisputable);
        require!(now < until, BreakwaterError::DisputeWindowOver);
        Ok(())
    }

    /// Has `ballot` decide how much of the claim stands; `disputer` posts the bond. The books have been accrued to `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::TextTooLong`]; as [`Claim::check_disputable`].
    pub fn dispute(
        &mut self,
        disputer: Address,
        ballot: Address,
        evidence: &Evidence,
        incident: &mut Incident,
        pool: &mut Pool,
        now: u64,
    ) -> Result<()> {
        self.check_disputable(incident, now)?;
        self.state = ClaimState::Disputed.byte();
        self.dispute_bond_state = BondState::Held.byte();
        self.disputer = disputer;
        self.dispute_ballot = ballot;
        self.dispute_hash = evidence.evidence_hash;
        set_text(&mut self.dispute_uri, &evidence.evidence_uri)?;
        self.tips = self.tips.checked_add(1).or_overflow()?;
        incident.open_disputes = incident.open_disputes.checked_add(1).or_overflow()?;
        pool.take_bond(self.dispute_bond)
    }

    /// What the voters on it share where as many vote as must, atoms.
    #[must_use]
    pub const fn vote_reward(&self) -> u64 {
        self.bond / CLAIM_REWARD_PART
    }

    /// Whether the claim has ended and its bond waits for its funder.
    #[must_use]
    pub fn has_waiting_bond(&self) -> bool {
        self.bond_waits == 1
    }

    /// Notes, on the policy too, whether the claim's bond waits for its funder after a payout.
    fn note_bond(&mut self, due: &Due, policy: &mut Policy) -> Result<()> {
        let waited = self.bond_waits;
        let waits = (due.first || self.has_waiting_bond()) && self.bond > 0 && due.bond == 0;
        self.bond_waits = waits.into();
        if waited == self.bond_waits {
            return Ok(());
        }
        let others = policy.waiting_bonds.checked_sub(waited.into()).or_overflow()?;
        policy.waiting_bonds = others.checked_add(self.bond_waits.into()).or_overflow()?;
        Ok(())
    }

    /// Ends the claim on its policy, with the first payout, on books that have been accrued and a product that has been rolled to
    /// now: a rejected one frees what it had reserved; of another nothing can be claimed again, so its capacity is released, for sales at
    /// once and for exits from the second midnight on. Of one that is settled now, on account, the capital has just given `given`: only
    /// what is released beyond that makes room.
    fn end(&self, given: u64, policy: &mut Policy, pool: &mut Pool, product: &mut Product) -> Result<()> {
        if self.state()? == ClaimState::Rejected {
            policy.unclaim(self.amount)?;
        } else {
            product.end_settled(self.amount, pool)?;
            let held = policy.held;
            product.use_cover(pool, policy, self.amount)?;
            pool.hold_room(held.checked_sub(policy.held).or_overflow()?, given);
        }
        policy.end_claim()
    }

    /// Whether a dispute waits to be decided.
    ///
    /// # Errors
    /// [`BreakwaterError::NotDisputed`].
    pub fn check_disputed(&self) -> Result<()> {
        require!(self.state()? == ClaimState::Disputed, BreakwaterError::NotDisputed);
        Ok(())
    }

    /// Reads the outcome of `ballot` at `now`, to which the books have been accrued: as many sixteenths of what was claimed stand, rounded
    /// down, and both bonds are shared out by how far that is from all of it.
    ///
    /// A quarter of the levels below, the claimant loses all of their bond, and the disputer nothing; at the highest it is the other way
    /// round. Half of what one loses is the other's, half the assessors'. Where the claim stands only because too few voted, it loses
    /// nothing, and the dispute a quarter.
    ///
    /// # Errors
    /// [`BreakwaterError::NotDisputed`]; as [`Ballot::verdict`].
    pub fn decide(
        &mut self,
        ballot: &mut Ballot,
        incident: &mut Incident,
        policy: &mut Policy,
        pool: &mut Pool,
        now: u64,
    ) -> Result<()> {
        self.check_disputed()?;
        ballot.execute(now)?;
        let by_default = ballot.is_by_default();
        incident.open_disputes = incident.open_disputes.checked_sub(1).or_overflow()?;
        self.state = ClaimState::Decided.byte();
        self.level = ballot.level;
        let stands = ballot::part_at(self.claimed, self.level).or_overflow()?;
        let cut = self.claimed.checked_sub(stands).or_overflow()?;
        self.amount = stands;
        incident.unfile(cut)?;
        policy.unclaim(cut)?;
        self.share_bonds(by_default, pool)?;
        if self.level == 0 {
            // Its bond is lost, so nothing of it is left to be paid.
            self.state = ClaimState::Rejected.byte();
            policy.end_claim()?;
        }
        ballot.pay_out(pool)
    }

    fn share_bonds(&mut self, by_default: bool, pool: &mut Pool) -> Result<()> {
        let (of_claim, of_dispute) = if by_default {
            (0, settlement::unheard(self.dispute_bond))
        } else {
            ballot::bonds_lost(self.bond, self.dispute_bond, self.level).or_overflow()?
        };
        let (to_disputer, of_claim_to_assessors) = settlement::split_bond(of_claim);
        let (to_claimant, of_dispute_to_assessors) = settlement::split_bond(of_dispute);
        self.bond = self.bond.checked_sub(of_claim).and_then(|rest| rest.checked_add(to_claimant)).or_overflow()?;
        let rest = self.dispute_bond.checked_sub(of_dispute);
        self.dispute_bond = rest.and_then(|rest| rest.checked_add(to_disputer)).or_overflow()?;
        let state = if self.dispute_bond > 0 { BondState::Due } else { BondState::Slashed };
        self.dispute_bond_state = state.byte();
        pool.bond_to_assessors(of_claim_to_assessors.checked_add(of_dispute_to_assessors).or_overflow()?)
    }

    /// Takes what goes back of the bond of its dispute, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn collect_dispute_bond(&mut self) -> Result<u64> {
        require!(self.dispute_bond_state == BondState::Due.byte(), BreakwaterError::NothingDue);
        self.dispute_bond_state = BondState::Collected.byte();
        Ok(self.dispute_bond)
    }

    /// Whether it is over, so that its account can be closed: it is paid in full or rejected, and its bond and that of its dispute are gone.
    ///
    /// # Errors
    /// [`BreakwaterError::IncidentNotSettled`], [`BreakwaterError::ClaimNotOver`].
    pub fn check_over(&self, incident: &Incident) -> Result<()> {
        require!(incident.check_open().is_err(), BreakwaterError::IncidentNotSettled);
        let is_gone = BondState::is_gone(self.dispute_bond_state);
        require!(self.is_paid()? && !self.has_waiting_bond() && is_gone, BreakwaterError::ClaimNotOver);
        Ok(())
    }
}
