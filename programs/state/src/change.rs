use crate::{
    Assembly, Ballot, BallotState, BondState, ExitEpoch, Pool, Product, Proposal, ProposalKind, Risk, ShareWords,
    prelude::*,
};
use coverage_math::seconds_of;

stored_enum! {
    /// Where a change stands.
    pub enum ChangeState {
        /// A ballot decides on it.
        Proposed = 0 "proposed",
        /// It waits for its time, can be applied, or has lapsed.
        Queued = 1 "queued",
        /// It was applied.
        Applied = 2 "applied",
        /// The ballot was against it, or nobody decided.
        Refused = 3 "refused",
        /// The authority took it back.
        Withdrawn = 4 "withdrawn",
}
}

stored_enum! {
    /// Where a change stands at a time.
    pub enum ChangeStanding {
        /// A ballot decides on it.
        Voting = 0 "a ballot decides",
        /// It waits for its time.
        Waiting = 1 "waiting",
        /// Its time has come: it can be applied, once those have left who asked to in time.
        Ready = 2 "can be applied",
        /// Nobody applied it in time.
        Lapsed = 3 "lapsed",
        /// It was applied.
        Applied = 4 "applied",
        /// The ballot was against it, or nobody decided.
        Refused = 5 "refused",
        /// The authority took it back, or is another one now.
        Withdrawn = 6 "withdrawn",
}
}

/// A change of parameters that waits for its time.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Change {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 proposed, 1 queued, 2 applied, 3 refused, 4 withdrawn: see [`ChangeState`].
    pub state: u8,
    /// 0 held, 1 due to the proposer, 2 collected or none, 3 slashed: see [`BondState`].
    pub bond_state: u8,
    /// Tips set aside for anyone who reads its ballot.
    pub tips: u8,
    /// Zero.
    pub reserved_head: [u8; 3],
    /// The pool.
    pub pool: Address,
    /// The product, when the change is of one; zero otherwise.
    pub product: Address,
    /// Who proposed it, and posted the bond.
    pub proposer: Address,
    /// The ballot that decides on it; zero when queued by the authority.
    pub ballot: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Number given by the proposer; a seed of this address.
    pub id: u64,
    /// Bond posted, atoms; beside it the voters' reward was paid.
    pub bond: u64,
    /// When it was queued, unix seconds; 0 before.
    pub queued_at: u64,
    /// Number among the queued changes of the pool; 0 before. What one has set none with a lower number sets.
    pub number: u64,
    /// When somebody marked it ready, unix seconds; 0 before.
    pub ready_at: u64,
    /// From when it can be applied, unix seconds; 0 before it is queued. Nothing that is changed later moves it.
    pub applies_at: u64,
    /// What is changed and the new values: a [`Proposal`] in Borsh, whose first byte is the kind, zero-filled.
    pub proposal: [u8; PROPOSAL_BYTES],
    /// Who asks to leave until then, unix seconds, leaves before it, if it can raise what LPs risk; 0 before it is queued.
    pub exits_until: u64,
    /// The pool's timelock when it was proposed, seconds.
    pub timelock: u64,
    /// Zero.
    pub reserved: [u8; 24],
}

/// Where a change comes from.
pub struct Origin {
    /// Bump of its address.
    pub bump: u8,
    /// The pool.
    pub pool: Address,
    /// The product, if one is given.
    pub product: Option<Address>,
    /// Who proposes it.
    pub proposer: Address,
    /// Number given by them.
    pub id: u64,
    /// Who pays its rent.
    pub rent_payer: Address,
}

impl Change {
    /// Writes the change down as the pool's next.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`], [`BreakwaterError::NothingChanges`], [`BreakwaterError::LeverageRises`]; as [`Proposal::check`].
    fn propose(
        &mut self,
        pool: &mut Pool,
        product: Option<&Product>,
        proposal: &Proposal,
        origin: Origin,
    ) -> Result<()> {
        proposal.check()?;
        if let (Proposal::Bonds { incident_bond, claim_bond_bps }, Some(product)) = (proposal, product) {
            product.check_bonds(*incident_bond, *claim_bond_bps)?;
        }
        require!(proposal.current(pool, product)? != *proposal, BreakwaterError::NothingChanges);
        proposal.check_leverage(pool)?;
        proposal.check_shares(pool)?;
        self.version = VERSION;
        self.bump = origin.bump;
        self.pool = origin.pool;
        self.product = origin.product.unwrap_or(NOBODY);
        self.proposer = origin.proposer;
        self.rent_payer = origin.rent_payer;
        self.id = origin.id;
        self.timelock = pool.timelock;
        self.proposal = proposal.to_bytes()?;
        pool.change_count = pool.change_count.checked_add(1).or_overflow()?;
        pool.add_child()
    }

    /// Queues a change of the authority's at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`], [`BreakwaterError::NothingChanges`], [`BreakwaterError::LeverageRises`]; as [`Proposal::check`].
    pub fn order(
        &mut self,
        pool: &mut Pool,
        product: Option<&Product>,
        proposal: &Proposal,
        origin: Origin,
        now: u64,
    ) -> Result<()> {
        self.propose(pool, product, proposal, origin)?;
        self.bond_state = BondState::Collected.byte();
        self.queue(proposal.kind(), pool, now)
    }

    /// Puts a change to a ballot and returns what that costs: its bond, and the reward of its voters beside it.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`], [`BreakwaterError::NothingChanges`], [`BreakwaterError::LeverageRises`]; as [`Proposal::check`].
    pub fn petition(
        &mut self,
        pool: &mut Pool,
        product: Option<&Product>,
        proposal: &Proposal,
        origin: Origin,
        ballot: Address,
    ) -> Result<u64> {
        self.propose(pool, product, proposal, origin)?;
        self.state = ChangeState::Proposed.byte();
        self.bond_state = BondState::Held.byte();
        self.tips = 1;
        self.ballot = ballot;
        let (bond, paid) = pool.take_change_bond()?;
        self.bond = bond;
        Ok(paid)
    }

    fn queue(&mut self, kind: ProposalKind, pool: &mut Pool, now: u64) -> Result<()> {
        self.state = ChangeState::Queued.byte();
        self.queued_at = now;
        pool.queued_count = pool.queued_count.checked_add(1).or_overflow()?;
        self.number = pool.queued_count;
        // Its stakers can keep the court, or the authority from one who stole it: they have the time for a ballot of their own.
        let is_courts = kind == ProposalKind::Court && address_eq(&self.ballot, &NOBODY);
        let ballot = if is_courts { pool.timelock.checked_add(COURT_NOTICE).or_overflow()? } else { 0 };
        let from = now.checked_add(ballot).or_overflow()?;
        // Of a petition the shorter one: who queues a longer timelock while its ballot runs puts it off no longer than it was then.
        self.applies_at = from.checked_add(self.timelock.min(pool.timelock)).or_overflow()?;
        // The timelock exceeds the delay by two days: one for those who see it, one for the day on which they are paid.
        let exits_take = seconds_of(pool.exit_delay_days).checked_add(DAY).or_overflow()?;
        let a_day_on = now.checked_add(DAY).or_overflow()?;
        self.exits_until = self.applies_at.saturating_sub(exits_take).max(a_day_on);
        if kind.risk() != Risk::Never {
            pool.awaiting_changes = pool.awaiting_changes.checked_add(1).or_overflow()?;
            pool.exits_awaited_until = pool.exits_awaited_until.max(self.exits_until);
        }
        pool.renew_terms()
    }

    /// Leaves the queue as what it `becomes`. Once nothing is queued that may raise what LPs risk, no exits are awaited.
    fn leave_queue(&mut self, kind: ProposalKind, pool: &mut Pool, becomes: ChangeState) -> Result<()> {
        self.state = becomes.byte();
        if kind.risk() != Risk::Never {
            pool.awaiting_changes = pool.awaiting_changes.checked_sub(1).or_overflow()?;
            if pool.awaiting_changes == 0 {
                pool.exits_awaited_until = 0;
            }
        }
        Ok(())
    }

    /// The state, checked.
    pub fn state(&self) -> Result<ChangeState> {
        ChangeState::from_byte(self.state)
    }

    /// Queues or refuses it by its ballot at `now`. The bond of one that as many voted on as must, and that was refused, is lost, half to
    /// the LPs over time and half to the assessors; otherwise it goes back.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeNotProposed`]; as [`Ballot::verdict`].
    pub fn decide(&mut self, pool: &mut Pool, ballot: &mut Ballot, now: u64) -> Result<()> {
        require!(self.state()? == ChangeState::Proposed, BreakwaterError::ChangeNotProposed);
        let verdict = ballot.execute(now)?;
        // Until now it was no other ballot's, nor the LPs'.
        pool.bond_to_assessors(ballot.reward_pot)?;
        self.bond_state = BondState::Due.byte();
        if verdict == BallotState::Passed {
            self.queue(ProposalKind::from_byte(self.proposal[0])?, pool, now)?;
        } else {
            self.state = ChangeState::Refused.byte();
            if ballot.heard == 1 {
                pool.slash_bond(self.bond)?;
                self.bond_state = BondState::Slashed.byte();
            }
        }
        ballot.pay_out(pool)
    }

    /// When it can be applied no more, unix seconds: 30 days after somebody marked it ready, or after those must have left for whom it
    /// waits.
    pub fn lapses_at(&self) -> Result<u64> {
        let ready_at =
            if self.ready_at == 0 { self.applies_at.checked_add(LONGEST_WAIT).or_overflow()? } else { self.ready_at };
        ready_at.checked_add(CHANGE_LAPSES_AFTER).or_overflow()
    }

    /// Whether it fell with the authority that queued it: for good, also if that one has the pool again.
    #[must_use]
    pub fn has_fallen(&self, pool: &Pool) -> bool {
        self.number <= pool.handed_over && address_eq(&self.ballot, &NOBODY)
    }

    /// Where it stands at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn standing(&self, pool: &Pool, now: u64) -> Result<ChangeStanding> {
        Ok(match self.state()? {
            ChangeState::Proposed => ChangeStanding::Voting,
            ChangeState::Queued if self.has_fallen(pool) => ChangeStanding::Withdrawn,
            ChangeState::Queued if now < self.applies_at => ChangeStanding::Waiting,
            ChangeState::Queued if now < self.lapses_at()? => ChangeStanding::Ready,
            ChangeState::Queued => ChangeStanding::Lapsed,
            ChangeState::Applied => ChangeStanding::Applied,
            ChangeState::Refused => ChangeStanding::Refused,
            ChangeState::Withdrawn => ChangeStanding::Withdrawn,
        })
    }

    /// What it sets, as events tell it.
    pub fn brief(&self) -> [u8; BRIEF_BYTES] {
        let mut brief = [0; BRIEF_BYTES];
        brief.copy_from_slice(self.proposal.split_at(BRIEF_BYTES).0);
        brief
    }

    /// The assembly that it makes the court, if it is of that.
    #[must_use]
    pub fn named_court(&self) -> Option<Address> {
        match Proposal::from_bytes(&self.proposal) {
            Ok(Proposal::Court { assembly }) => Some(assembly),
            _ => None,
        }
    }

    /// The words of the shares that it sets, if it is of those.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn share_words(&self) -> Result<Option<ShareWords>> {
        if self.proposal[0] != ProposalKind::Shares.byte() {
            return Ok(None);
        }
        match Proposal::from_bytes(&self.proposal)? {
            Proposal::Shares(words) => Ok(Some(words)),
            _ => Ok(None),
        }
    }

    /// Whether its time is `now`: it is queued, was not queued by an authority that has gone, and has not lapsed.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeNotQueued`], [`BreakwaterError::NotPoolAuthority`], [`BreakwaterError::ChangeNotDue`],
    /// [`BreakwaterError::ChangeLapsed`].
    pub fn check_due(&self, pool: &Pool, now: u64) -> Result<()> {
        require!(self.state()? == ChangeState::Queued, BreakwaterError::ChangeNotQueued);
        require!(!self.has_fallen(pool), BreakwaterError::NotPoolAuthority);
        require!(now >= self.applies_at, BreakwaterError::ChangeNotDue);
        require!(now < self.lapses_at()?, BreakwaterError::ChangeLapsed);
        Ok(())
    }

    /// Whether those have left for whom it waits. One that can raise what LPs risk, or lower what they get, where `current` holds waits
    /// until everybody has left who asked in time, whatever keeps them; `first_exit` is the pool's first exit epoch, if one waits.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitsWait`].
    fn check_left(
        &self,
        proposal: &Proposal,
        current: &Proposal,
        pool: &Pool,
        first_exit: Option<&ExitEpoch>,
    ) -> Result<()> {
        if proposal.raises_risk(current) { pool.check_all_left(self.exits_until, first_exit) } else { Ok(()) }
    }

    /// Whether it can be applied at `now`; `first_exit` is the pool's first exit epoch, if one waits.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitsWait`]; as [`Change::check_due`].
    pub fn check_ready(
        &self,
        pool: &Pool,
        product: Option<&Product>,
        first_exit: Option<&ExitEpoch>,
        now: u64,
    ) -> Result<()> {
        self.check_due(pool, now)?;
        let proposal = Proposal::from_bytes(&self.proposal)?;
        self.check_left(&proposal, &proposal.current(pool, product)?, pool, first_exit)
    }

    /// Notes at `now` that it can be applied: from then on it lapses in 30 days. `first_exit` is the pool's first exit epoch, if one
    /// waits.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeMarked`]; as [`Change::check_ready`].
    pub fn mark_ready(
        &mut self,
        pool: &Pool,
        product: Option<&Product>,
        first_exit: Option<&ExitEpoch>,
        now: u64,
    ) -> Result<()> {
        require!(self.ready_at == 0, BreakwaterError::ChangeMarked);
        self.check_ready(pool, product, first_exit, now)?;
        self.ready_at = now;
        Ok(())
    }

    /// Applies it at `now`, unless it hands the authority over, which [`Change::hand_over`] does: puts the new value in, and returns the
    /// one before, as events tell it. `court` is the assembly that a change of
    /// the court names, with its address; `first_exit` is the pool's first exit epoch, if one waits.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongCourt`], [`BreakwaterError::NotNewAuthority`], [`BreakwaterError::ExitsWait`]; as
    /// [`Change::check_due`] and [`Proposal::apply`].
    pub fn apply(
        &mut self,
        pool: &mut Pool,
        product: Option<&mut Product>,
        first_exit: Option<&ExitEpoch>,
        court: Option<(&Address, &mut Assembly)>,
        now: u64,
    ) -> Result<[u8; BRIEF_BYTES]> {
        self.check_due(pool, now)?;
        let proposal = Proposal::from_bytes(&self.proposal)?;
        let current = proposal.current(pool, product.as_deref())?;
        self.check_left(&proposal, &current, pool, first_exit)?;
        require!(proposal.kind() != ProposalKind::Authority, BreakwaterError::NotNewAuthority);
        match (&proposal, court) {
            (Proposal::Court { assembly }, Some((address, court))) => {
                require!(address_eq(assembly, address), BreakwaterError::WrongCourt);
                if !address_eq(assembly, &pool.assembly) {
                    court.pools = court.pools.checked_add(1).or_overflow()?;
                }
            }
            (Proposal::Court { .. }, None) | (_, Some(_)) => return Err(BreakwaterError::WrongCourt),
            (_, None) => {}
        }
        proposal.apply(self.number, pool, product)?;
        self.leave_queue(proposal.kind(), pool, ChangeState::Applied)?;
        current.to_brief()
    }

    /// Applies it at `now`, which hands the authority over to `new`, who has signed: that shows that they can. Returns who had it. What
    /// that one queued falls with it; ballots' choices hold in the order in which they were queued.
    ///
    /// # Errors
    /// [`BreakwaterError::NotNewAuthority`], [`BreakwaterError::ChangeOvertaken`]; as [`Change::check_due`].
    pub fn hand_over(&mut self, pool: &mut Pool, new: &Address, now: u64) -> Result<Address> {
        // Such a change waits for nobody.
        self.check_due(pool, now)?;
        let proposal = Proposal::from_bytes(&self.proposal)?;
        require!(proposal == Proposal::Authority { authority: *new }, BreakwaterError::NotNewAuthority);
        if !address_eq(&self.ballot, &NOBODY) {
            proposal.overtake(self.number, pool)?;
        }
        pool.renew_terms()?;
        pool.handed_over = pool.queued_count;
        self.state = ChangeState::Applied.byte();
        Ok(core::mem::replace(&mut pool.authority, *new))
    }

    /// Takes a change back that the pool's authority queued, `by`.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeByBallot`], [`BreakwaterError::NotPoolAuthority`], [`BreakwaterError::ChangeNotQueued`].
    pub fn withdraw(&mut self, by: &Address, pool: &mut Pool) -> Result<()> {
        require!(address_eq(&self.ballot, &NOBODY), BreakwaterError::ChangeByBallot);
        require!(address_eq(by, &pool.authority), BreakwaterError::NotPoolAuthority);
        require!(self.state()? == ChangeState::Queued, BreakwaterError::ChangeNotQueued);
        self.leave_queue(ProposalKind::from_byte(self.proposal[0])?, pool, ChangeState::Withdrawn)
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

    /// Leaves the pool at `now`: its account is about to be closed. One that fell or has lapsed leaves the queue with it.
    ///
    /// # Errors
    /// As [`Change::check_over`].
    pub fn leave(&mut self, pool: &mut Pool, now: u64) -> Result<()> {
        self.check_over(pool, now)?;
        if self.state()? == ChangeState::Queued {
            self.leave_queue(ProposalKind::from_byte(self.proposal[0])?, pool, ChangeState::Queued)?;
        }
        pool.drop_child()
    }

    /// Whether it is over, so that its account can be closed: it was applied, refused, withdrawn or has lapsed, and its bond is
    /// gone.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeNotOver`].
    pub fn check_over(&self, pool: &Pool, now: u64) -> Result<()> {
        let ended = match self.state()? {
            ChangeState::Proposed => false,
            ChangeState::Queued => self.has_fallen(pool) || now >= self.lapses_at()?,
            ChangeState::Applied | ChangeState::Refused | ChangeState::Withdrawn => true,
        };
        let bond_gone = self.bond_state == BondState::Collected.byte() || self.bond_state == BondState::Slashed.byte();
        require!(ended && bond_gone, BreakwaterError::ChangeNotOver);
        Ok(())
    }
}
