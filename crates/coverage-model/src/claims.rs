//! Claims in incidents: what is filed, and what they are paid.

use crate::{
    Account, Atoms, Bond, CLAIM_BOND_PART, Cancelled, DISPUTE_BOND_PART, Fault, Incident, Model, Name, Outcome, Phase,
    Policy, Refusal, Rule, Trigger, WHOLE, ballots::FOR, down, must, part_up, stored, up,
};

/// One policy's demand in one incident.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The incident.
    pub incident: usize,
    /// The policy.
    pub policy: usize,
    /// Who filed it, or for whom it was filed.
    pub claimant: Name,
    /// Whose token account is paid.
    pub receiver: Name,
    /// Who posted the bond and gets it back.
    pub funder: Name,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Where it stands.
    pub state: ClaimState,
    /// The loss, atoms.
    pub loss: Atoms,
    /// Claimed, atoms: the loss less the deductible.
    pub claimed: Atoms,
    /// What stands of it, atoms.
    pub amount: Atoms,
    /// How many sixteenths of what was claimed that are.
    pub level: u8,
    /// Bond to be given back, atoms.
    pub bond: Atoms,
    /// Whether it waits for who else posted it, though the claim has ended.
    pub bond_waits: bool,
    /// What was settled of it before its incident was, atoms, once it was.
    pub on_account: Option<Atoms>,
    /// Who disputed it.
    pub disputer: Option<Name>,
    /// Bond of a dispute, atoms; what goes back of it once that is decided.
    pub dispute_bond: Atoms,
    /// Where that is.
    pub dispute_bond_state: Bond,
    /// Paid, atoms.
    pub paid: Atoms,
    /// When it was filed.
    pub filed_at: u64,
    /// The day on which its policy was to be released then.
    pub release_day: u64,
    /// Until when it can be disputed, or for a day after the verdict.
    pub disputes_end_at: u64,
    /// The ballot on the dispute.
    pub dispute_ballot: Option<usize>,
    /// Tips that are left.
    pub tips: u8,
    /// Whether its account is closed.
    pub gone: bool,
}

/// Where a claim stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimState {
    /// It stands unless it is disputed.
    Filed = 0,
    /// A ballot decides.
    Disputed = 1,
    /// Its incident is settled, and it was paid once.
    Settled = 2,
    /// It gets nothing.
    Rejected = 3,
    /// Its dispute is decided, or it cannot be disputed.
    Decided = 4,
}

impl Claim {
    /// Whether it was paid, or gets nothing: nothing of it holds up its policy.
    #[must_use]
    pub fn is_collected(&self) -> bool {
        matches!(self.state, ClaimState::Settled | ClaimState::Rejected)
    }

    /// Bonds of it and its dispute that are held, atoms.
    pub(crate) fn bonds_held(&self) -> Atoms {
        let own = if self.is_collected() && !self.bond_waits { 0 } else { self.bond };
        own + self.dispute_bond_held()
    }
}

impl Model {
    /// Every claim that was filed in an incident.
    pub fn claims_in(&self, incident: usize) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.incident == incident)
    }

    fn claims_of(&self, policy: usize) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.policy == policy)
    }

    /// The claims filed in an incident, atoms, as they stand, without those that are settled already.
    #[must_use]
    pub fn filed(&self, incident: usize) -> Atoms {
        self.claims_in(incident).filter(|claim| claim.on_account.is_none()).map(|claim| claim.amount).sum()
    }

    /// Claims on a product that are settled and have not ended, atoms.
    #[must_use]
    pub fn settled_on(&self, product: usize) -> Atoms {
        let settled = |claim: &&Claim| {
            let incident = &self.incidents[claim.incident];
            incident.product == product && incident.state == Phase::Settled && !claim.is_collected()
        };
        self.claims.iter().filter(settled).map(|claim| claim.amount).sum()
    }

    /// The same of all products of a pool.
    #[must_use]
    pub fn settled_in(&self, pool: usize) -> Atoms {
        let products = (0..self.products.len()).filter(|product| self.products[*product].pool == pool);
        products.map(|product| self.settled_on(product)).sum()
    }

    /// The day on which the first of the policies that claim in an incident is released.
    #[must_use]
    pub fn first_release_day(&self, incident: usize) -> Option<u64> {
        self.claims_in(incident).map(|claim| claim.release_day).min()
    }

    /// Accounts of an incident's claims that are not closed.
    #[must_use]
    pub fn live_accounts(&self, incident: usize) -> usize {
        self.claims_in(incident).filter(|claim| !claim.gone).count()
    }

    /// Paid in an incident, atoms.
    #[must_use]
    pub fn incident_paid(&self, incident: usize) -> Atoms {
        if self.incidents[incident].policy.is_some() {
            return self.incidents[incident].paid;
        }
        self.claims_in(incident).map(|claim| claim.paid).sum()
    }

    fn standing(&self, policy: usize) -> impl Iterator<Item = &Claim> {
        self.claims_of(policy).filter(|claim| claim.state != ClaimState::Rejected)
    }

    /// Claimed of a policy and not rejected, drawn and booked, atoms.
    #[must_use]
    pub fn claimed(&self, policy: usize) -> Atoms {
        let claimed: Atoms = self.standing(policy).map(|claim| claim.amount).sum();
        let booked: Atoms = self.bookings_of(policy).map(|booking| booking.approved).sum();
        claimed + booked + self.drawn_at_once_on(policy)
    }

    /// What has been given back of the refund of a cancellation, atoms: the first part of all that was paid since.
    #[must_use]
    pub fn given_back(&self, policy: usize) -> Atoms {
        match self.policies[policy].cancelled {
            Some(Cancelled { refund, paid, .. }) if !self.faults.has(Fault::T54) => {
                refund.min(self.paid(policy) - paid)
            }
            _ => 0,
        }
    }

    /// Pays the holder, or whom they named, what a policy has due. What the refund of its cancellation was streams to the LPs first: nobody
    /// is refunded for what was used.
    pub(crate) fn pay_on(&mut self, policy: usize, receiver: Name, amount: Atoms, before: Atoms) -> Outcome {
        let Policy { pool, .. } = self.policies[policy];
        let gives_back = self.given_back(policy) - before;
        if gives_back > 0 {
            self.stream_income(pool, gives_back)?;
        }
        self.pay_out(pool, receiver, amount - gives_back);
        Ok(())
    }

    /// Paid on a policy, atoms.
    #[must_use]
    pub fn paid(&self, policy: usize) -> Atoms {
        let booked = self.bookings_of(policy).map(|booking| booking.paid).sum::<Atoms>();
        self.claims_of(policy).map(|claim| claim.paid).sum::<Atoms>() + booked + self.drawn_at_once_on(policy)
    }

    /// Claims and bookings of a policy that have not ended, or not been paid what was settled.
    #[must_use]
    pub fn open_claims(&self, policy: usize) -> usize {
        let bookings = self.bookings_of(policy).filter(|booking| booking.is_open() || booking.paid < booking.settled);
        self.claims_of(policy).filter(|claim| !claim.is_collected()).count() + bookings.count()
    }

    /// Claims of a policy that have ended and whose bond waits.
    #[must_use]
    pub fn waiting_bonds(&self, policy: usize) -> usize {
        self.claims_of(policy).filter(|claim| claim.bond_waits).count()
    }

    /// There is no account of a claim of a policy in an incident.
    pub(crate) fn check_no_claim(&self, incident: usize, policy: usize) -> Outcome {
        let there = self.claims_of(policy).any(|claim| claim.incident == incident && !claim.gone);
        if there { Err(Refusal::Exists) } else { Ok(()) }
    }

    /// Claims can be filed in an incident, which `trigger` decided on.
    pub(crate) fn check_filing(&self, incident: usize, trigger: Trigger) -> Outcome {
        let here = &self.incidents[incident];
        must(here.takes_claims(), Rule::IncidentClosed)?;
        must(here.filing_ends_at.is_none_or(|end| self.now < end), Rule::FilingOver)?;
        self.products[here.product].must_be(trigger)
    }

    /// A loss less the deductible of a sum insured.
    pub(crate) fn claimable(&self, product: usize, loss: Atoms, insured: Atoms) -> Outcome<Atoms> {
        let net = loss - part_up(insured, self.products[product].terms.deductible_bps)?;
        must(net > 0, Rule::BelowDeductible)?;
        Ok(net)
    }

    /// Files a claim by the policy's holder, to be paid to a receiver; a funder posts the bond, and somebody pays the rent.
    /// Returns it.
    pub fn submit_claim(
        &mut self,
        incident: usize,
        policy: usize,
        (by, receiver): (Name, Name),
        (funder, payer): (Name, Name),
        loss: u64,
    ) -> Outcome<usize> {
        let Incident { pool, product, occurred_at, product_bond, claim_bond_bps, .. } = self.incidents[incident];
        let Policy { amount, bought, holder, product: of, .. } = self.policies[policy];
        self.check_no_claim(incident, policy)?;
        must(by == holder, Rule::NotHolder)?;
        must(of == product, Rule::WrongProduct)?;
        self.accrue(pool);
        self.check_filing(incident, Trigger::Jury)?;
        must(loss > 0, Rule::ZeroAmount)?;
        must(self.policies[policy].covers(occurred_at), Rule::NotCovered)?;
        let loss = Atoms::from(loss);
        // Giving a part back makes no deductible smaller.
        let net = self.claimable(product, loss, bought)?;
        must(stored(self.claimed(policy) + net)? <= amount, Rule::AboveSumInsured)?;
        let disputes_end_at = self.now + self.products[product].terms.dispute_window;
        // What pays those who decide on it.
        let least = product_bond / Atoms::from(CLAIM_BOND_PART);
        let bond = part_up(net, claim_bond_bps)?.max(net.min(least));
        // However little is claimed, a dispute holds everybody up.
        let least_of_dispute = if self.faults.has(Fault::T61) { self.next_bond(product, 0)? } else { least };
        let dispute_bond = up(bond, 1, Atoms::from(DISPUTE_BOND_PART))?.max(least_of_dispute);
        self.pay_rent(payer, Account::Claim)?;
        self.set_tips_aside(payer, 1)?;
        let claim = self.claims.push(Claim {
            incident,
            policy,
            claimant: by,
            receiver,
            funder,
            rent_payer: payer,
            state: ClaimState::Filed,
            loss,
            claimed: net,
            amount: net,
            level: FOR,
            bond,
            bond_waits: false,
            on_account: None,
            disputer: None,
            dispute_bond,
            dispute_bond_state: Bond::None,
            paid: 0,
            filed_at: self.now,
            release_day: self.policies[policy].release_day,
            disputes_end_at,
            dispute_ballot: None,
            tips: 1,
            gone: false,
        });
        self.pay_in(funder, pool, bond)?;
        Ok(claim)
    }

    /// Pays a claim what it has due, and its bond the first time: if it `pays`; what somebody else posted waits until `pays_funder`. The
    /// first time it releases the capacity that was used. Where its incident is not settled it is paid in full, if nothing can change it. Returns
    /// both.
    pub fn payout(&mut self, claim: usize, (pays, pays_funder): (bool, bool), caller: Name) -> Outcome<(Atoms, Atoms)> {
        let Claim { incident, policy, amount, paid, bond, claimant, receiver, funder, .. } = self.claims[claim];
        let state = self.incidents[incident].state;
        must(state != Phase::Open, Rule::IncidentNotSettled)?;
        let lost = self.claims[claim].state == ClaimState::Rejected;
        let early = state == Phase::Accepted;
        let given = if early && !lost { self.settle_on_account(claim)? } else { 0 };
        let Incident { pool, product, settled, approved, .. } = self.incidents[incident];
        let due = match state {
            _ if !pays => 0,
            Phase::Accepted => self.claims[claim].on_account.unwrap_or(0) - paid,
            Phase::Settled if approved > 0 => {
                (down(amount, settled, approved)? - paid).max(0).min(settled - self.incident_paid(incident))
            }
            _ => 0,
        };
        let state = if early { Phase::Settled } else { state };
        let first = !self.claims[claim].is_collected();
        let owes_bond = (first || self.claims[claim].bond_waits) && bond > 0;
        let pays_bond = owes_bond && if funder == claimant { pays } else { pays_funder };
        must(first || due > 0 || pays_bond, Rule::NothingDue)?;
        let given_back = self.given_back(policy);
        if self.policies[policy].cancelled.is_some_and(|here| given_back < here.refund) {
            self.roll(product);
        }
        let here = &mut self.claims[claim];
        here.paid += due;
        self.pay_on(policy, receiver, due, given_back)?;
        if first {
            let here = &mut self.claims[claim];
            here.tips -= 1;
            here.state = if state == Phase::Settled { ClaimState::Settled } else { ClaimState::Rejected };
            self.tip(caller);
            self.roll(product);
            if state == Phase::Settled && !self.faults.has(Fault::T49) {
                let held = self.policies[policy].held;
                self.use_cover(policy, amount)?;
                self.hold_room(pool, held - self.policies[policy].held, given)?;
            }
        }
        self.claims[claim].bond_waits = owes_bond && !pays_bond;
        let bond = if pays_bond { bond } else { 0 };
        // The claimant's own bond goes where the claim is paid.
        self.pay_out(pool, if funder == claimant { receiver } else { funder }, bond);
        Ok((due, bond))
    }

    /// Settles of a claim what it is sure to get before its incident, the first of its line, is settled. Nobody can dispute it any more, or a
    /// ballot has decided on it. Returns what the capital gave.
    fn settle_on_account(&mut self, claim: usize) -> Outcome<Atoms> {
        let Claim { incident, policy, amount, state, on_account, .. } = self.claims[claim];
        let product = self.incidents[incident].product;
        self.roll(product);
        let part = self.make_sure(incident)?;
        if on_account.is_none() {
            must(part > 0, Rule::IncidentNotSettled)?;
            match state {
                ClaimState::Filed => must(self.now >= self.disputable_until(claim)?, Rule::DisputeWindowOpen)?,
                ClaimState::Disputed => return Err(Rule::DisputeOpen.into()),
                _ => {}
            }
            if amount > 0 {
                let (unended, day) = (self.settled_on(product) > 0, self.policies[policy].release_day);
                let here = &mut self.products[product].settled_until;
                *here = if unended { day.min(*here) } else { day };
            }
            self.incidents[incident].approved += amount;
        }
        let (pool, filed) = (self.incidents[incident].pool, self.filed(incident));
        let comes_first = self.faults.has(Fault::T71) || self.faults.has(Fault::T82) && filed <= self.capital(pool);
        let sure = if comes_first { amount } else { down(amount, part, WHOLE)? };
        let more = sure - on_account.unwrap_or(0);
        let (own, contested) = self.pay_early(incident, more)?;
        let payments = self.payments.len();
        let here = &mut self.incidents[incident];
        here.on_account.push((more, payments));
        here.settled += more;
        here.contested += contested;
        self.claims[claim].on_account = Some(sure);
        Ok(own)
    }

    /// Has a claim paid to somebody else.
    pub fn redirect_claim(&mut self, claim: usize, by: Name, receiver: Name) -> Outcome {
        must(by == self.claims[claim].claimant, Rule::NotClaimant)?;
        self.claims[claim].receiver = receiver;
        Ok(())
    }

    /// Closes the account of a claim that is paid in full or gets nothing, once its bonds are gone.
    pub fn close_claim(&mut self, claim: usize, caller: Name) -> Outcome {
        let here = &self.claims[claim];
        must(!self.incidents[here.incident].takes_claims(), Rule::IncidentNotSettled)?;
        let paid = here.state == ClaimState::Rejected || here.state == ClaimState::Settled && here.paid == here.amount;
        let gone = !here.bond_waits && !matches!(here.dispute_bond_state, Bond::Held | Bond::Due);
        must(paid && gone, Rule::ClaimNotOver)?;
        let (payer, tips) = (here.rent_payer, here.tips);
        self.claims[claim].gone = true;
        self.return_rent(Account::Claim, tips, payer, caller);
        Ok(())
    }
}
