//! Changes of parameters: each states one thing and waits for its time. One that can raise what LPs risk, or lower what they
//! get, waits besides until those have left who asked to in time.
//!
//! The words of shares stand in their mint, so that nobody here compares them: any are a change.

use crate::{
    ALL_BPS, Account, Address, Atoms, Bond, CHANGE_LAPSES_AFTER, COURT_NOTICE, DAY, EXIT_DELAY_DAYS, Fault, GROUPS,
    LEVERAGE_BPS, LONGEST_WAIT, MAX_ASSESSOR_FEE_BPS, MAX_CANCEL_FEE_BPS, MAX_CLAIM_BOND_BPS, MAX_FIXED_AMOUNT,
    MAX_PROTOCOL_FEE_BPS, MAX_TIMELOCK, Model, Name, Outcome, PriceCurve, Proposal, Rule, SEASON_DAYS, Sale,
    ShareWords, Subject, TIMELOCK_MARGIN, Verdict,
    ballots::{AGAINST, Question},
    must,
};
use std::mem::discriminant;

/// A petition costs at most such a part of the capital.
const LARGEST_PETITION_PART: Atoms = 1_000;
/// How long a ballot on a change can be appealed, seconds.
const PETITION_APPEAL_WINDOW: u64 = 2 * DAY;
/// The largest bond of an incident is such a part of the largest sum insured.
const LARGEST_BOND_PART: u64 = 100;

/// A change that the authority queued, or that stakers decide on.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its pool.
    pub pool: usize,
    /// Its product, if it is about one.
    pub product: Option<usize>,
    /// What it sets.
    pub what: Proposal,
    /// Who proposed it.
    pub proposer: Name,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// How many the pool had before it.
    pub id: u64,
    /// The ballot that decides on it; none of the authority's.
    pub ballot: Option<usize>,
    /// Where its bond is.
    pub bond: Bond,
    /// The bond, atoms.
    pub posted: Atoms,
    /// Tips that are left.
    pub tips: u8,
    /// Its number among the pool's queued ones, from 1; 0 before.
    pub number: u64,
    /// When it was queued; 0 before.
    pub queued_at: u64,
    /// From when it can be applied, by the timelock of when it was queued; 0 before.
    pub applies_at: u64,
    /// Until when who asks to leave leaves before it, if it can raise what LPs risk, by the exit delay of then; 0 before.
    pub exits_until: u64,
    /// The timelock of when it was proposed.
    pub timelock: u64,
    /// When somebody marked it ready.
    pub ready_at: Option<u64>,
    /// What became of it, once it was applied.
    pub applied: Option<Applied>,
    /// Whether its ballot was against it, or nobody decided.
    pub refused: bool,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Whether its account is closed.
    pub closed: bool,
}

/// How a change was applied.
#[derive(Clone, Copy, Debug)]
pub struct Applied {
    /// When.
    pub at: u64,
    /// From when it could be, if nobody had to leave before.
    pub from: u64,
    /// What held before.
    pub before: Proposal,
}

impl Change {
    /// Whether a ballot decides on it.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        self.number == 0 && !self.refused
    }

    /// Whether it was queued, and neither applied nor taken back.
    #[must_use]
    pub fn is_queued(&self) -> bool {
        self.number > 0 && self.applied.is_none() && !self.withdrawn
    }

    /// Whether it may raise what LPs risk, or lower what they get, whatever holds before it.
    fn may_raise_risk(&self) -> bool {
        let may_not = matches!(self.what, Proposal::Delist | Proposal::Leverage { .. } | Proposal::Shares(_));
        !may_not && !is_of_people(&self.what)
    }

    /// Atoms of its bond that are held or due back.
    #[must_use]
    pub fn bond_held(&self) -> Atoms {
        if matches!(self.bond, Bond::Held | Bond::Due) { self.posted } else { 0 }
    }
}

impl Model {
    /// Every change that a pool ever had.
    pub fn changes_of(&self, pool: usize) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.pool == pool)
    }

    /// What holds where a change would set something else.
    fn holds(&self, pool: usize, product: Option<usize>, what: &Proposal) -> Outcome<Proposal> {
        let params = &self.pools[pool].params;
        let of_pool = match *what {
            Proposal::MinPremium { .. } => Some(Proposal::MinPremium { min_premium: params.min_premium }),
            Proposal::VoteReward { .. } => Some(Proposal::VoteReward { vote_reward: params.vote_reward }),
            Proposal::AssessorsLimit { .. } => {
                Some(Proposal::AssessorsLimit { assessors_limit: params.assessors_limit })
            }
            Proposal::Timelock { .. } => Some(Proposal::Timelock { timelock: params.timelock }),
            Proposal::ExitDelay { .. } => Some(Proposal::ExitDelay { exit_delay_days: params.exit_delay_days }),
            Proposal::Season { .. } => Some(Proposal::Season { season_days: params.season_days }),
            Proposal::Leverage { .. } => Some(Proposal::Leverage { leverage_bps: params.leverage_bps }),
            Proposal::ProtocolFee { .. } => Some(Proposal::ProtocolFee { protocol_fee_bps: params.protocol_fee_bps }),
            Proposal::AssessorFee { .. } => Some(Proposal::AssessorFee { assessor_fee_bps: params.assessor_fee_bps }),
            Proposal::CancelFee { .. } => Some(Proposal::CancelFee { cancel_fee_bps: params.cancel_fee_bps }),
            Proposal::Authority { .. } => Some(Proposal::Authority { authority: params.authority }),
            Proposal::Guardian { .. } => Some(Proposal::Guardian { guardian: params.guardian }),
            Proposal::Arbiter { .. } => Some(Proposal::Arbiter { arbiter: params.arbiter }),
            Proposal::Treasury { .. } => Some(Proposal::Treasury { treasury: params.treasury }),
            Proposal::StakeFloor { .. } => Some(Proposal::StakeFloor { stake_floor: params.stake_floor }),
            Proposal::CoverPerStake { .. } => Some(Proposal::CoverPerStake { cover_per_stake: params.cover_per_stake }),
            Proposal::Court { .. } => Some(Proposal::Court { assembly: self.courts[self.pools[pool].court] }),
            Proposal::Shares(_) => Some(Proposal::Shares(ShareWords::NONE)),
            Proposal::GroupCap { group, .. } => {
                Some(Proposal::GroupCap { group, cap_bps: params.group_caps_bps[usize::from(group)] })
            }
            _ => None,
        };
        must(of_pool.is_some() == product.is_none(), Rule::ChangeProduct)?;
        let Some(product) = product else { return Ok(of_pool.expect("one of the pool")) };
        let here = &self.products[product];
        Ok(match *what {
            Proposal::List | Proposal::Delist if here.sale == Sale::On => Proposal::List,
            Proposal::List | Proposal::Delist => Proposal::Delist,
            Proposal::Weight { .. } => Proposal::Weight { weight_bps: here.terms.weight_bps },
            Proposal::Curve(_) => Proposal::Curve(here.curve()),
            Proposal::Bonds { .. } => {
                let (incident_bond, claim_bond_bps) = here.next_bonds;
                Proposal::Bonds { incident_bond, claim_bond_bps }
            }
            _ => panic!("{what:?} is not modelled"),
        })
    }

    /// When it can be applied no more: 30 days after it was marked, or after nobody can wait any more who asked in time to leave.
    #[must_use]
    pub fn lapses_at(&self, change: usize) -> u64 {
        let Change { applies_at, ready_at, .. } = self.changes[change];
        ready_at.unwrap_or(applies_at + LONGEST_WAIT) + CHANGE_LAPSES_AFTER
    }

    /// The queued changes of a pool that may raise what LPs risk, and whose accounts are not closed.
    pub fn awaiting_changes(&self, pool: usize) -> impl Iterator<Item = &Change> {
        self.changes_of(pool).filter(|change| change.is_queued() && change.may_raise_risk() && !change.closed)
    }

    /// Until when exits were asked for that a queued change of a pool awaits, one that may raise what LPs risk: the latest of all that
    /// were queued since there was none.
    #[must_use]
    pub fn exits_awaited_until(&self, pool: usize) -> u64 {
        let since = self.pools[pool].nothing_awaited;
        let awaits = |change: &&Change| change.number > since && change.may_raise_risk();
        self.changes_of(pool).filter(awaits).map(|change| change.exits_until).max().unwrap_or(0)
    }

    /// Something was applied, taken back or closed: where that leaves nothing queued that may raise what LPs risk, nothing is awaited.
    fn note_left_queue(&mut self, pool: usize) {
        if self.awaiting_changes(pool).next().is_none() {
            self.pools[pool].nothing_awaited = self.queued(pool);
        }
    }

    /// The highest number of an applied change of a pool, or of a product, that has set the same as another one; 0 for none. Of those
    /// that hand the authority over only the ballots' count: what the authority queued before falls anyway.
    #[must_use]
    pub fn last_set(&self, pool: usize, product: Option<usize>, what: &Proposal) -> u64 {
        let applied = self.changes_of(pool).filter(|change| change.applied.is_some() && change.product == product);
        let counts = |change: &&Change| change.ballot.is_some() || !matches!(change.what, Proposal::Authority { .. });
        let applied = applied.filter(counts);
        applied.filter(|change| set_the_same(&change.what, what)).map(|change| change.number).max().unwrap_or(0)
    }

    /// The authority queues a change, for whose account somebody pays. Returns it.
    pub fn propose_change(
        &mut self,
        (pool, product): (usize, Option<usize>),
        what: Proposal,
        (by, payer): (Name, Name),
    ) -> Outcome<usize> {
        must(by == self.pools[pool].authority, Rule::NotPoolAuthority)?;
        let change = self.note_change((pool, product), what, (by, payer))?;
        self.queue(change);
        Ok(change)
    }

    /// Somebody proposes what does not hold and can.
    fn note_change(
        &mut self,
        (pool, product): (usize, Option<usize>),
        what: Proposal,
        (proposer, rent_payer): (Name, Name),
    ) -> Outcome<usize> {
        self.pay_rent(rent_payer, Account::Change)?;
        self.check_bounds(&what)?;
        if let (Proposal::Bonds { incident_bond, claim_bond_bps }, Some(product)) = (&what, product) {
            self.check_bonds(product, *incident_bond, *claim_bond_bps)?;
        }
        must(self.holds(pool, product, &what)? != what, Rule::NothingChanges)?;
        self.check_leverage(pool, &what)?;
        let shows_words = self.pools[pool].words.is_some();
        must(shows_words || !matches!(what, Proposal::Shares(_)), Rule::BadShareWords)?;
        Ok(self.changes.push(Change {
            pool,
            product,
            what,
            proposer,
            rent_payer,
            id: self.changes_of(pool).count() as u64,
            ballot: None,
            bond: Bond::Collected,
            posted: 0,
            tips: 0,
            number: 0,
            queued_at: 0,
            applies_at: 0,
            exits_until: 0,
            timelock: self.pools[pool].params.timelock,
            ready_at: None,
            applied: None,
            refused: false,
            withdrawn: false,
            closed: false,
        }))
    }

    fn queue(&mut self, change: usize) {
        let (pool, now) = (self.changes[change].pool, self.now);
        let params = &self.pools[pool].params;
        // A longer one that came while a ballot ran does not count.
        // The authority's change of the court leaves stakers time for a ballot of their own before, and for what that decides.
        let is_courts = matches!(self.changes[change].what, Proposal::Court { .. });
        let notice =
            if is_courts && self.changes[change].ballot.is_none() { COURT_NOTICE + params.timelock } else { 0 };
        let applies_at = now + notice + params.timelock.min(self.changes[change].timelock);
        // Who asks to leave in time leaves before it: a day is for the day on which they are paid. A day at least is in time.
        let exits_take = (u64::from(params.exit_delay_days) + 1) * DAY;
        let exits_until = applies_at.saturating_sub(exits_take).max(now + DAY);
        let number = self.queued(pool) + 1;
        self.pools[pool].terms += 1;
        let here = &mut self.changes[change];
        (here.number, here.queued_at, here.applies_at, here.exits_until) = (number, now, applies_at, exits_until);
    }

    /// How many changes of a pool were ever queued.
    #[must_use]
    pub fn queued(&self, pool: usize) -> u64 {
        self.changes_of(pool).filter(|change| change.number > 0).count() as u64
    }

    /// A staker puts a change to a ballot, for whose accounts somebody pays: for four times the reward of its voters, at least the
    /// least premium and at most a thousandth of the capital. The reward is paid with it, the rest is a bond. Returns it.
    pub fn petition_change(
        &mut self,
        (pool, product): (usize, Option<usize>),
        what: Proposal,
        (who, payer): (Name, Name),
    ) -> Outcome<usize> {
        self.accrue(pool);
        // Who asks has stake in the first court.
        must(self.pools[pool].court == 0, Rule::WrongAssembly)?;
        let change = self.note_change((pool, product), what, (who, payer))?;
        let params = &self.pools[pool].params;
        let wanted = (Atoms::from(params.vote_reward) * 4).max(params.min_premium.into());
        let most = (self.capital(pool) / LARGEST_PETITION_PART).clamp(1, MAX_FIXED_AMOUNT.into());
        let paid = wanted.min(most);
        let reward = Atoms::from(params.vote_reward).min(paid / 4);
        let stake_floor = params.stake_floor;
        let ballot = self.open_ballot(Question {
            subject: Subject::Change(change),
            pool,
            rent_payer: payer,
            opens_at: self.now,
            appeal_window: PETITION_APPEAL_WINDOW,
            bond: paid - reward,
            pot: reward,
            default: AGAINST,
            stake_floor,
            court: 0,
        })?;
        let counts = self.ballots[ballot].eligible_before;
        must(self.voter(who).is_some_and(|voter| voter.weight(counts) > 0), Rule::NoWeight)?;
        self.set_tips_aside(payer, 1)?;
        self.pay_in(who, pool, paid)?;
        let here = &mut self.changes[change];
        (here.ballot, here.bond, here.posted, here.tips) = (Some(ballot), Bond::Held, paid - reward, 1);
        Ok(change)
    }

    /// Queues a change whose ballot was for it, or refuses it. The bond is lost if as many voted as must, and did not pass it.
    pub fn queue_change(&mut self, change: usize, caller: Name) -> Outcome {
        let Change { pool, ballot, posted, .. } = self.changes[change];
        self.accrue(pool);
        must(self.changes[change].is_proposed(), Rule::ChangeNotProposed)?;
        let ballot = ballot.expect("what is proposed has a ballot");
        let verdict = self.ballots[ballot].verdict(self.now)?;
        self.ballots[ballot].executed = true;
        // Until now it was no other ballot's, nor the LPs'.
        self.pools[pool].slashed += self.ballots[ballot].pot;
        let here = &mut self.changes[change];
        here.refused = verdict != Verdict::Passed;
        here.tips -= 1;
        let lost = verdict == Verdict::Failed && self.ballots[ballot].was_heard();
        self.changes[change].bond = if lost { Bond::Slashed } else { Bond::Due };
        if verdict == Verdict::Passed {
            self.queue(change);
        }
        if lost {
            self.share_bond(pool, posted)?;
        }
        self.pay_voters(ballot)?;
        self.tip(caller);
        Ok(())
    }

    /// Pays a bond back. Returns it.
    pub fn collect_change_bond(&mut self, change: usize) -> Outcome<Atoms> {
        let Change { pool, proposer, bond, posted, .. } = self.changes[change];
        must(bond == Bond::Due, Rule::NothingDue)?;
        self.changes[change].bond = Bond::Collected;
        self.pay_out(pool, proposer, posted);
        Ok(posted)
    }

    /// A change can be applied now. Returns what holds before it.
    fn check_ready(&self, change: usize) -> Outcome<Proposal> {
        let Change { pool, product, what, .. } = self.changes[change];
        must(self.changes[change].is_queued(), Rule::ChangeNotQueued)?;
        must(!self.has_fallen(change), Rule::NotPoolAuthority)?;
        let Change { applies_at, exits_until, .. } = self.changes[change];
        must(self.now >= applies_at, Rule::ChangeNotDue)?;
        must(self.now < self.lapses_at(change), Rule::ChangeLapsed)?;
        let before = self.holds(pool, product, &what)?;
        if raises_risk(&before, &what) {
            let waits = self.first_epoch(pool).is_some_and(|first| self.asked_at(first) <= exits_until);
            must(!waits || self.faults.has(Fault::T39), Rule::ExitsWait)?;
        }
        Ok(before)
    }

    /// The leverage only falls.
    fn check_leverage(&self, pool: usize, what: &Proposal) -> Outcome {
        let Proposal::Leverage { leverage_bps } = *what else { return Ok(()) };
        let rises = leverage_bps > self.pools[pool].params.leverage_bps;
        must(!rises || self.faults.has(Fault::T39), Rule::LeverageRises)
    }

    /// What a value may be, whatever the others are.
    fn check_bounds(&self, what: &Proposal) -> Outcome {
        let any = self.faults.has(Fault::T41) && matches!(what, Proposal::Leverage { .. });
        if any { Ok(()) } else { check_bounds(what) }
    }

    /// The bounds of a product's bonds.
    fn check_bonds(&self, product: usize, incident_bond: u64, claim_bond_bps: u16) -> Outcome {
        let most = (self.products[product].terms.max_amount / LARGEST_BOND_PART).min(MAX_FIXED_AMOUNT);
        let bps = 1..=MAX_CLAIM_BOND_BPS;
        must((1..=most).contains(&incident_bond) && bps.contains(&claim_bond_bps), Rule::BadBond)
    }

    /// Notes once that a change can be applied. Then it lapses in 30 days.
    pub fn mark_change(&mut self, change: usize) -> Outcome {
        must(self.changes[change].ready_at.is_none(), Rule::ChangeMarked)?;
        self.check_ready(change)?;
        self.changes[change].ready_at = Some(self.now);
        Ok(())
    }

    /// Puts the value of a change in.
    pub fn apply_change(&mut self, change: usize) -> Outcome {
        let before = self.check_ready(change)?;
        let Change { pool, product, what, number, .. } = self.changes[change];
        must(!matches!(what, Proposal::Authority { .. }), Rule::NotNewAuthority)?;
        if let Proposal::Court { assembly } = what {
            must(self.court_at(assembly).is_some(), Rule::WrongCourt)?;
        }
        self.check_bounds(&what)?;
        self.check_leverage(pool, &what)?;
        must(number > self.last_set(pool, product, &what), Rule::ChangeOvertaken)?;
        let from = self.changes[change].applies_at;
        match product {
            Some(product) => self.set_of_product(product, what)?,
            None => self.set_of_pool(pool, what)?,
        }
        self.pools[pool].terms += 1;
        self.changes[change].applied = Some(Applied { at: self.now, from, before });
        self.note_left_queue(pool);
        Ok(())
    }

    /// Who gets the authority takes it: what the one before them queued falls.
    pub fn accept_authority(&mut self, change: usize, by: Name) -> Outcome {
        let before = self.check_ready(change)?;
        let Change { pool, what, number, applies_at, ballot, .. } = self.changes[change];
        let address = self.known.iter().find(|(name, _)| *name == by).map(|(_, address)| *address);
        let (Proposal::Authority { authority }, Some(address)) = (what, address) else {
            return Err(Rule::NotNewAuthority.into());
        };
        must(authority == address, Rule::NotNewAuthority)?;
        must(ballot.is_none() || number > self.last_set(pool, None, &what), Rule::ChangeOvertaken)?;
        let queued = self.queued(pool);
        let here = &mut self.pools[pool];
        (here.params.authority, here.authority, here.handed_over) = (authority, by, queued);
        here.terms += 1;
        self.changes[change].applied = Some(Applied { at: self.now, from: applies_at, before });
        Ok(())
    }

    /// Whether a change fell with the authority that queued it.
    #[must_use]
    pub fn has_fallen(&self, change: usize) -> bool {
        let Change { pool, number, ballot, .. } = self.changes[change];
        ballot.is_none() && number <= self.pools[pool].handed_over
    }

    fn set_of_pool(&mut self, pool: usize, what: Proposal) -> Outcome {
        let of_sales = matches!(
            what,
            Proposal::Arbiter { .. }
                | Proposal::CancelFee { .. }
                | Proposal::Court { .. }
                | Proposal::StakeFloor { .. }
        );
        if let Proposal::Court { assembly } = what {
            self.pools[pool].court = self.court_at(assembly).expect("one that there is");
        }
        let known = &self.known;
        let here = &mut self.pools[pool];
        here.sale_terms += u64::from(of_sales);
        if let Proposal::Arbiter { arbiter } = what {
            here.arbiter = known.iter().find(|(_, address)| *address == arbiter).map(|(name, _)| *name);
        }
        if let Proposal::Shares(words) = what {
            here.words = Some(words);
        }
        let params = &mut here.params;
        match what {
            Proposal::MinPremium { min_premium } => params.min_premium = min_premium,
            Proposal::VoteReward { vote_reward } => params.vote_reward = vote_reward,
            Proposal::AssessorsLimit { assessors_limit } => params.assessors_limit = assessors_limit,
            Proposal::Timelock { timelock } => params.timelock = timelock,
            Proposal::ExitDelay { exit_delay_days } => params.exit_delay_days = exit_delay_days,
            Proposal::Season { season_days } => params.season_days = season_days,
            Proposal::Leverage { leverage_bps } => params.leverage_bps = leverage_bps,
            Proposal::ProtocolFee { protocol_fee_bps } => params.protocol_fee_bps = protocol_fee_bps,
            Proposal::AssessorFee { assessor_fee_bps } => params.assessor_fee_bps = assessor_fee_bps,
            Proposal::CancelFee { cancel_fee_bps } => params.cancel_fee_bps = cancel_fee_bps,
            Proposal::Guardian { guardian } => params.guardian = guardian,
            Proposal::Arbiter { arbiter } => params.arbiter = arbiter,
            Proposal::Treasury { treasury } => params.treasury = treasury,
            Proposal::StakeFloor { stake_floor } => params.stake_floor = stake_floor,
            Proposal::CoverPerStake { cover_per_stake } => params.cover_per_stake = cover_per_stake,
            Proposal::Court { .. } | Proposal::Shares(_) => {}
            Proposal::GroupCap { group, cap_bps } => params.group_caps_bps[usize::from(group)] = cap_bps,
            _ => panic!("{what:?} is not modelled"),
        }
        // Who asks to leave when they see a change has to be able to leave before it.
        let least = u64::from(params.exit_delay_days) * DAY + TIMELOCK_MARGIN;
        must(params.timelock >= least, Rule::BadTimelock)
    }

    fn set_of_product(&mut self, product: usize, what: Proposal) -> Outcome {
        let here = &mut self.products[product];
        match what {
            Proposal::List => here.sale = Sale::On,
            Proposal::Delist => here.sale = Sale::Delisted,
            Proposal::Weight { weight_bps } => here.terms.weight_bps = weight_bps,
            Proposal::Curve(PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps }) => {
                let terms = &mut here.terms;
                (terms.r0_ppm, terms.r1_ppm, terms.r2_ppm, terms.kink_bps) = (r0_ppm, r1_ppm, r2_ppm, kink_bps);
            }
            Proposal::Bonds { incident_bond, claim_bond_bps } => {
                here.next_bonds = (incident_bond, claim_bond_bps);
                // Those that fall hold at once.
                here.terms.incident_bond = here.terms.incident_bond.min(incident_bond);
                here.terms.claim_bond_bps = here.terms.claim_bond_bps.min(claim_bond_bps);
            }
            _ => panic!("{what:?} is not modelled"),
        }
        Ok(())
    }

    /// The number of the terms under which a product is sold now: it rises when a sale is the first under other bonds or another floor of
    /// the court's stake.
    #[must_use]
    pub fn terms_of_sale(&self, product: usize) -> u64 {
        let here = &self.products[product];
        here.term_count + self.pools[here.pool].sale_terms + u64::from(self.renews_terms(product))
    }

    fn renews_terms(&self, product: usize) -> bool {
        self.product_active(product) == 0 && (self.has_new_terms(product) || self.court_gave_way(product))
    }

    /// Before a sale: bonds, the court, the floor and the arbiter that wait for it hold, once a product covers nothing. Holders keep what
    /// they bought with.
    pub(crate) fn renew_terms(&mut self, product: usize) {
        if self.renews_terms(product) {
            let pool = &self.pools[self.products[product].pool];
            let (court, stake_floor, arbiter) = (pool.court, pool.params.stake_floor, pool.arbiter);
            let here = &mut self.products[product];
            here.court = court;
            here.failures.clear();
            (here.terms.incident_bond, here.terms.claim_bond_bps) = here.next_bonds;
            (here.stake_floor, here.arbiter) = (stake_floor, arbiter);
            here.term_count += 1;
        }
    }

    /// The authority takes a change back that it queued. Nobody does what stakers decide.
    pub fn withdraw_change(&mut self, change: usize, by: Name) -> Outcome {
        must(self.changes[change].ballot.is_none(), Rule::ChangeByBallot)?;
        must(by == self.pools[self.changes[change].pool].authority, Rule::NotPoolAuthority)?;
        must(self.changes[change].is_queued(), Rule::ChangeNotQueued)?;
        self.changes[change].withdrawn = true;
        self.note_left_queue(self.changes[change].pool);
        Ok(())
    }

    /// Whether a change was applied, refused or taken back, or fell or has lapsed.
    #[must_use]
    pub fn has_ended(&self, change: usize) -> bool {
        let here = &self.changes[change];
        !here.is_proposed() && (!here.is_queued() || self.has_fallen(change) || self.now >= self.lapses_at(change))
    }

    /// Closes the account of a change that has ended and whose bond is gone.
    pub fn close_change(&mut self, change: usize, caller: Name) -> Outcome {
        must(self.has_ended(change) && self.changes[change].bond_held() == 0, Rule::ChangeNotOver)?;
        self.changes[change].closed = true;
        self.note_left_queue(self.changes[change].pool);
        self.return_rent(Account::Change, 0, self.changes[change].rent_payer, caller);
        Ok(())
    }
}

/// Whether a change names somebody who can take nothing, so that it waits for nobody.
fn is_of_people(what: &Proposal) -> bool {
    matches!(what, Proposal::Authority { .. } | Proposal::Guardian { .. } | Proposal::Treasury { .. })
}

/// Whether two changes of a pool, or of a product, set the same.
fn set_the_same(one: &Proposal, other: &Proposal) -> bool {
    match (one, other) {
        (Proposal::List | Proposal::Delist, Proposal::List | Proposal::Delist) => true,
        (Proposal::GroupCap { group, .. }, Proposal::GroupCap { group: of, .. }) => group == of,
        _ => discriminant(one) == discriminant(other),
    }
}

/// What a value may be, whatever the others are.
fn check_bounds(what: &Proposal) -> Outcome {
    let (holds, rule) = match *what {
        Proposal::MinPremium { min_premium } => ((1..=MAX_FIXED_AMOUNT).contains(&min_premium), Rule::BadMinPremium),
        Proposal::VoteReward { vote_reward } => (vote_reward <= MAX_FIXED_AMOUNT, Rule::BadVoteReward),
        Proposal::Timelock { timelock } => (timelock <= MAX_TIMELOCK, Rule::BadTimelock),
        Proposal::ExitDelay { exit_delay_days } => (EXIT_DELAY_DAYS.contains(&exit_delay_days), Rule::BadExitDelay),
        Proposal::Season { season_days } => (SEASON_DAYS.contains(&season_days), Rule::BadSeason),
        Proposal::Leverage { leverage_bps } => (LEVERAGE_BPS.contains(&leverage_bps), Rule::BadLeverage),
        Proposal::ProtocolFee { protocol_fee_bps } => (protocol_fee_bps <= MAX_PROTOCOL_FEE_BPS, Rule::FeeTooHigh),
        Proposal::AssessorFee { assessor_fee_bps } => (assessor_fee_bps <= MAX_ASSESSOR_FEE_BPS, Rule::FeeTooHigh),
        Proposal::CancelFee { cancel_fee_bps } => (cancel_fee_bps <= MAX_CANCEL_FEE_BPS, Rule::FeeTooHigh),
        Proposal::GroupCap { group, .. } if usize::from(group) >= GROUPS => (false, Rule::BadGroup),
        Proposal::GroupCap { cap_bps, .. } => (cap_bps <= *LEVERAGE_BPS.end(), Rule::BadGroupCap),
        Proposal::Weight { weight_bps } => ((1..=ALL_BPS).contains(&weight_bps), Rule::BadWeight),
        Proposal::Authority { authority: address }
        | Proposal::Treasury { treasury: address }
        | Proposal::Court { assembly: address } => (address != Address::default(), Rule::ZeroAddress),
        Proposal::Shares(ShareWords { name, symbol, uri }) => {
            let text = |field: &[u8]| String::from_utf8(field.split(|byte| *byte == 0).next()?.to_vec()).ok();
            let named = |field| text(field).is_some_and(|text| !text.is_empty());
            (named(&name) && named(&symbol) && text(&uri).is_some(), Rule::BadShareWords)
        }
        Proposal::Curve(PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps }) => {
            let rises = r0_ppm <= r1_ppm && r1_ppm <= r2_ppm && r2_ppm <= 1_000_000;
            (rises && (1..ALL_BPS).contains(&kink_bps), Rule::BadCurve)
        }
        _ => return Ok(()),
    };
    must(holds, rule)
}

/// Whether what a change sets can raise what LPs risk, or lower what they get, where something else holds before.
fn raises_risk(before: &Proposal, after: &Proposal) -> bool {
    match (*before, *after) {
        // More cover for the same capital.
        (Proposal::Leverage { .. }, Proposal::Leverage { .. }) => false,
        (Proposal::GroupCap { cap_bps: old, .. }, Proposal::GroupCap { cap_bps: new, .. })
        | (Proposal::Weight { weight_bps: old }, Proposal::Weight { weight_bps: new }) => new > old,
        (Proposal::CoverPerStake { cover_per_stake: old }, Proposal::CoverPerStake { cover_per_stake: new }) => {
            // No limit is more than any.
            old > 0 && (new == 0 || new > old)
        }
        // Less for cover, less time, or younger capital.
        (Proposal::MinPremium { min_premium: old }, Proposal::MinPremium { min_premium: new })
        | (Proposal::Timelock { timelock: old }, Proposal::Timelock { timelock: new }) => new < old,
        (Proposal::Season { season_days: old }, Proposal::Season { season_days: new }) => new < old,
        (Proposal::Curve(old), Proposal::Curve(new)) => is_anywhere_cheaper(&old, &new),
        (_, Proposal::Delist | Proposal::Shares(_)) => false,
        (_, what) if is_of_people(&what) => false,
        // Fees, rewards, the fund, bonds, the floor of the court's stake, the arbiter and the exit delay either way, and what is put on sale.
        _ => true,
    }
}

/// Whether cover costs less at some utilisation than by an old curve. Both are straight between their kinks, so it is enough to
/// look there and at both ends.
fn is_anywhere_cheaper(old: &PriceCurve, new: &PriceCurve) -> bool {
    [0, old.kink_bps, new.kink_bps, ALL_BPS].into_iter().any(|at| {
        let ((old_top, old_bottom), (new_top, new_bottom)) = (rate_at(old, at), rate_at(new, at));
        new_top * old_bottom < old_top * new_bottom
    })
}

/// The annual rate at a utilisation, as a fraction: ppm, and what to divide them by.
fn rate_at(curve: &PriceCurve, at_bps: u16) -> (Atoms, Atoms) {
    let PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps } = *curve;
    let between = |(start, end): (u32, u32), (from, to): (u16, u16)| {
        let (length, into) = (Atoms::from(to - from), Atoms::from(at_bps - from));
        (Atoms::from(start) * (length - into) + Atoms::from(end) * into, length)
    };
    if at_bps <= kink_bps {
        between((r0_ppm, r1_ppm), (0, kink_bps))
    } else {
        between((r1_ppm, r2_ppm), (kink_bps, ALL_BPS))
    }
}
