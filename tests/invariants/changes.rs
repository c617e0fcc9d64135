//! Changes of parameters: what somebody wants to set, when it holds, and for whom it waits.

use crate::{
    acts::pick,
    checks::risks_more,
    play::Play,
    sites::{ARBITER, BUYERS, FOUNDER, GUARDIAN, LPS, OPENER, TREASURY, VOTERS},
    steps::{Limit, Size, Step, Turn, Wish, level_of},
};
use coverage_client::{NOBODY, PriceCurve, Proposal, ProposalKind};
use coverage_model::{Applied, Bond, Change, DAY, Model, Name, Refusal, Rule, Sale};
use harness::UNIT;

/// Whom changes name.
pub const OFFICERS: [Name; 5] = [FOUNDER, GUARDIAN, ARBITER, TREASURY, OPENER];

/// Bounds of values, those that there are none of included.
const FIXED: u64 = 1 << 56;
const RATES: u64 = 1_000_000;

impl Play<'_> {
    /// Takes a step of a change.
    pub fn act_on_change(&mut self, step: &Step) -> Option<()> {
        let changes = &self.model.changes;
        let there = |change: usize| !changes[change].closed;
        let due = |change: usize| {
            changes[change].is_queued()
                && (self.model.changes[change].applies_at..self.model.lapses_at(change)).contains(&self.model.now)
        };
        match *step {
            Step::Propose { pool, product, wish, by } => {
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(self.model.pools[pool].authority);
                let (product, what) = self.wished(pool, product, wish);
                let sent = self.sites.propose_change(&self.model, (pool, product), &what, by);
                let propose = |model: &mut Model| model.propose_change((pool, product), what, (by, FOUNDER));
                self.both(step, (sent, [by, FOUNDER]), propose)?;
            }
            Step::Petition { pool, product, wish, who } => {
                let who = pick(&VOTERS, who)?;
                // Only who has an account of stake can ask.
                self.model.voter(who)?;
                let (product, what) = self.wished(pool, product, wish);
                let people = (who, self.payer(who));
                let sent = self.sites.petition_change(&self.model, (pool, product), &what, people);
                let petition = |model: &mut Model| model.petition_change((pool, product), what, people);
                self.both(step, (sent, [people.0, people.1]), petition)?;
            }
            Step::Queue { change } => {
                let there = |ballot: usize| !self.model.ballots[ballot].gone;
                let asked = |change: usize| !changes[change].closed && changes[change].ballot.is_some_and(there);
                let change = self.one_of(change, changes.len(), asked, |change| changes[change].is_proposed())?;
                self.queue_change(step, change)?;
            }
            Step::ChangeBond { change } => {
                let change = self.one_of(change, changes.len(), there, |change| changes[change].bond == Bond::Due)?;
                self.change_bond(step, change)?;
            }
            Step::Apply { change } => {
                let change = self.one_of(change, changes.len(), there, due)?;
                self.apply_change(step, change)?;
            }
            Step::Accept { change, by } => {
                let hands_over =
                    |change: usize| there(change) && matches!(changes[change].what, Proposal::Authority { .. });
                let change = self.one_of(change, changes.len(), hands_over, due)?;
                let by = by.and_then(|by| pick(&OFFICERS, by));
                let by = by.or_else(|| self.heir(change)).unwrap_or(OPENER);
                self.accept(step, change, by)?;
            }
            Step::Mark { change } => {
                let unmarked = |change: usize| due(change) && changes[change].ready_at.is_none();
                let change = self.one_of(change, changes.len(), there, unmarked)?;
                self.mark_change(step, change)?;
            }
            Step::WithdrawChange { change, by } => {
                let change = self.one_of(change, changes.len(), there, |change| changes[change].is_queued())?;
                let authority = self.model.pools[changes[change].pool].authority;
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(authority);
                let sent = self.sites.withdraw_change(&self.model, change, by);
                self.both(step, (sent, [by]), |model| model.withdraw_change(change, by))?;
                self.note_kind(step, change);
            }
            Step::CloseChange { change } => {
                let change = self.one_of(change, changes.len(), there, |change| self.model.has_ended(change))?;
                self.close_change(step, change)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// Reads the ballot on a change by its number among all.
    fn queue_change(&mut self, step: &Step, change: usize) -> Option<()> {
        let sent = self.sites.queue_change(&self.model, change)?;
        self.both(step, (sent, []), |model| model.queue_change(change, GUARDIAN))?;
        let Change { refused, bond, .. } = self.model.changes[change];
        self.note(step, "queued", !refused);
        if !refused {
            self.note_kind(step, change);
        }
        self.note(step, "slashed", bond == Bond::Slashed);
        self.note(step, "nobody decided", refused && bond == Bond::Due);
        Some(())
    }

    /// Pays the bond of a change by its number among all.
    fn change_bond(&mut self, step: &Step, change: usize) -> Option<()> {
        let sent = self.sites.change_bond(&self.model, change);
        self.both(step, (sent, []), |model| model.collect_change_bond(change))?;
        Some(())
    }

    /// Who gets the authority by a change, if it hands it over.
    fn heir(&self, change: usize) -> Option<Name> {
        let Proposal::Authority { authority } = self.model.changes[change].what else { return None };
        self.model.known.iter().find(|(_, address)| *address == authority).map(|(name, _)| *name)
    }

    /// Takes the authority by a change by its number among all.
    fn accept(&mut self, step: &Step, change: usize, by: Name) -> Option<()> {
        let sent = self.sites.accept_authority(&self.model, change, by);
        self.both(step, (sent, [by]), |model| model.accept_authority(change, by))?;
        self.note(step, "of a ballot", self.model.changes[change].ballot.is_some());
        Some(())
    }

    /// Marks a change by its number among all.
    fn mark_change(&mut self, step: &Step, change: usize) -> Option<()> {
        let sent = self.sites.mark_change(&self.model, change);
        self.both(step, (sent, []), |model| model.mark_change(change))?;
        Some(())
    }

    /// Applies a change by its number among all.
    pub fn apply_change(&mut self, step: &Step, change: usize) -> Option<()> {
        let Change { pool, what, .. } = self.model.changes[change];
        let sent = self.sites.apply_change(&self.model, change);
        if self.model.trial(|model| model.apply_change(change)) == Err(Refusal::Rule(Rule::ExitsWait))
            && self.cover_keeps(pool)
        {
            self.kept.insert(change);
        }
        self.both(step, (sent, []), |model| model.apply_change(change))?;
        let Applied { from, before, .. } = self.model.changes[change].applied.expect("it was applied");
        let turned = match what {
            Proposal::List | Proposal::Delist | Proposal::Arbiter { .. } | Proposal::Court { .. } => "set",
            Proposal::Guardian { .. } | Proposal::Treasury { .. } => "set",
            _ if risks_more(&before, &what) && !always_waits(what.kind()) => "riskier",
            _ if !risks_more(&before, &what) => "safer",
            _ if value(&what) > value(&before) => "raised",
            _ => "lowered",
        };
        self.note(step, &format!("{turned} {:?}", what.kind()), true);
        let exits = self.model.first_epoch(pool).map(|first| self.model.epochs[first].day * DAY);
        self.note(step, "while exits wait", exits.is_some_and(|begins| begins <= from));
        self.note(step, "while later exits wait", exits.is_some_and(|begins| begins > from));
        let waited = self.kept.remove(&change);
        self.note(step, "waited for a sold-out pool", waited);
        self.check_left(step, change);
        Some(())
    }

    /// Closes the account of a change by its number among all.
    fn close_change(&mut self, step: &Step, change: usize) -> Option<()> {
        let (queued, fell) = (self.model.changes[change].is_queued(), self.model.has_fallen(change));
        let sent = self.sites.close_change(&self.model, change);
        self.both(step, (sent, []), |model| model.close_change(change, GUARDIAN))?;
        self.note(step, "lapsed", queued && !fell);
        if queued && !fell {
            self.note_kind(step, change);
        }
        self.note(step, "fell", queued && fell);
        Some(())
    }

    /// Notes of what kind a change is, where that is of no value.
    fn note_kind(&mut self, step: &Step, change: usize) {
        let kind = self.model.changes[change].what.kind();
        self.note(step, &format!("of {kind:?}"), kind == ProposalKind::Court);
    }

    /// Whether cover keeps some of the first exits of a pool in, and nothing else does.
    fn cover_keeps(&mut self, pool: usize) -> bool {
        let Some(first) = self.model.first_epoch(pool) else { return false };
        let paid = self.model.trial(|model| model.pay_exits(first, GUARDIAN).map(|_| model.waiting(first)));
        paid.map_or_else(|refusal| refusal == Refusal::Rule(Rule::NothingToPay), |waiting| waiting > 0)
    }

    /// What somebody wants to set: the value that they turn the one into that holds.
    fn wished(
        &self,
        pool: usize,
        product: usize,
        Wish { kind, group, value, other, astray }: Wish,
    ) -> (Option<usize>, Proposal) {
        let params = &self.model.pools[pool].params;
        let products = &self.model.products;
        // Mostly one of which it says something: what is off sale goes on sale, what covers something gets other bonds.
        let likely = |product: usize| match kind {
            ProposalKind::List => products[product].sale != Sale::On,
            ProposalKind::Bonds => self.model.product_active(product) > 0,
            _ => true,
        };
        let product = self.one_of(product, products.len(), |product| products[product].pool == pool, likely);
        let product = product.expect("every pool has products");
        let here = &products[product];
        let long = |holds: u64, least: u64, most: u64| value.of(holds, least, most);
        let short = |holds: u16, least: u16, most: u16| {
            u16::try_from(value.of(holds.into(), least.into(), most.into())).unwrap_or(u16::MAX)
        };
        // Mostly another one than now; nobody at the edges.
        let person = |people: [Option<Name>; 3]| {
            let chosen = match value {
                Turn::Least(_) | Turn::Most(_) => people[2],
                Turn::By(..=0) | Turn::Times(..10_000) => people[0],
                Turn::By(_) | Turn::Times(_) => people[1],
            };
            chosen.map_or(NOBODY, |name| self.sites.key(name))
        };
        let what = match kind {
            ProposalKind::MinPremium => Proposal::MinPremium { min_premium: long(params.min_premium, 1, FIXED) },
            ProposalKind::VoteReward => Proposal::VoteReward { vote_reward: long(params.vote_reward, 0, FIXED) },
            ProposalKind::AssessorsLimit => {
                Proposal::AssessorsLimit { assessors_limit: long(params.assessors_limit, 0, u64::MAX) }
            }
            ProposalKind::Timelock => {
                let least = u64::from(params.exit_delay_days + 2) * DAY;
                // In days, but for the edges.
                let timelock = match value {
                    Turn::By(days) => Turn::By(days * DAY as i64).of(params.timelock, 0, u64::MAX),
                    _ => long(params.timelock, least, 365 * DAY),
                };
                Proposal::Timelock { timelock }
            }
            ProposalKind::ExitDelay => Proposal::ExitDelay { exit_delay_days: short(params.exit_delay_days, 1, 90) },
            ProposalKind::Season => Proposal::Season { season_days: short(params.season_days, 1, 30) },
            ProposalKind::Leverage => Proposal::Leverage { leverage_bps: short(params.leverage_bps, 10_000, 50_000) },
            ProposalKind::ProtocolFee => {
                Proposal::ProtocolFee { protocol_fee_bps: short(params.protocol_fee_bps, 0, 2_000) }
            }
            ProposalKind::AssessorFee => {
                Proposal::AssessorFee { assessor_fee_bps: short(params.assessor_fee_bps, 0, 1_000) }
            }
            ProposalKind::CancelFee => Proposal::CancelFee { cancel_fee_bps: short(params.cancel_fee_bps, 0, 2_000) },
            // No more than all have, but for the edges: without a court nothing is sold any more.
            ProposalKind::StakeFloor => Proposal::StakeFloor { stake_floor: long(params.stake_floor, 0, 400 * UNIT) },
            ProposalKind::CoverPerStake => {
                let cover_per_stake = long(params.cover_per_stake, 0, 10_000_000 * UNIT);
                Proposal::CoverPerStake { cover_per_stake }
            }
            ProposalKind::GroupCap => {
                let holds = params.group_caps_bps.get(usize::from(group)).copied().unwrap_or(0);
                Proposal::GroupCap { group, cap_bps: short(holds, 0, 50_000) }
            }
            ProposalKind::List | ProposalKind::Delist => {
                // What is off sale is mostly put on sale again.
                let off = matches!(value, Turn::By(..=-1) | Turn::Least(_));
                if off { Proposal::Delist } else { Proposal::List }
            }
            ProposalKind::Weight => Proposal::Weight { weight_bps: short(here.terms.weight_bps, 1, 10_000) },
            ProposalKind::Curve => Proposal::Curve(curve(&here.terms, value, other)),
            ProposalKind::Bonds => {
                let most = (here.terms.max_amount / 100).min(FIXED);
                let claim_bond_bps = other.of(here.next_bonds.1.into(), 1, 2_000);
                Proposal::Bonds {
                    incident_bond: long(here.next_bonds.0, 1, most),
                    claim_bond_bps: u16::try_from(claim_bond_bps).unwrap_or(u16::MAX),
                }
            }
            ProposalKind::Authority => Proposal::Authority { authority: person([Some(FOUNDER), Some(OPENER), None]) },
            ProposalKind::Guardian => Proposal::Guardian { guardian: person([Some(GUARDIAN), Some(OPENER), None]) },
            ProposalKind::Arbiter => Proposal::Arbiter { arbiter: person([Some(ARBITER), Some(OPENER), None]) },
            ProposalKind::Treasury => Proposal::Treasury { treasury: person([Some(TREASURY), Some(OPENER), None]) },
            // Mostly the one or the other that there is; at the edges what is none.
            ProposalKind::Court => {
                let [court, other] = self.sites.courts;
                let assembly = match value {
                    Turn::Least(_) => NOBODY,
                    Turn::Most(_) => self.sites.key(OPENER),
                    Turn::By(..=0) | Turn::Times(..10_000) => court,
                    Turn::By(_) | Turn::Times(_) => other,
                };
                Proposal::Court { assembly }
            }
            _ => unreachable!("{kind:?} is not played"),
        };
        (what.is_of_product().then_some(product).xor(astray.then_some(product)), what)
    }

    /// A change is proposed; once its time has come and those have left who can, it is applied.
    pub fn carry(&mut self, pool: usize, product: usize, wish: Wish) {
        let change = self.model.changes.len();
        self.take(&Step::Propose { pool, product, wish, by: None });
        if self.model.changes.len() > change {
            self.wait_until(self.model.changes[change].applies_at);
            self.depart(pool);
            self.put_in(change);
            self.give_up(product);
        }
    }

    /// A change is applied, or the one who gets the authority takes it.
    fn put_in(&mut self, change: usize) {
        if let Some(by) = self.heir(change) {
            self.taking(&Step::Accept { change, by: None }, |play, step| play.accept(step, change, by));
        } else {
            self.taking(&Step::Apply { change }, |play, step| play.apply_change(step, change));
        }
    }

    /// Somebody gives cover up while other terms wait for it, which costs no fee.
    fn give_up(&mut self, number: usize) {
        let Model { policies, now, .. } = &self.model;
        let free = |one: &usize| {
            let here = &policies[*one];
            let runs = here.end > *now && here.cancelled.is_none();
            runs && here.cancel_fee_bps > 0 && self.model.is_left_freely(here.product)
        };
        let free: Vec<_> = (0..policies.len()).filter(free).collect();
        if let Some(policy) = pick(&free, number).filter(|_| number.is_multiple_of(2)) {
            let step = Step::Cancel { policy, by: None, limit: Limit::Exact };
            self.taking(&step, |play, step| play.cancel(step, policy));
        }
    }

    /// The stake that is not locked is on its way out; somebody wants to buy, somebody gives cover up, and others stake instead.
    pub fn thin(&mut self, number: usize) {
        let (who, holder, size) = (number, Some(number), Size::Atoms(10 * UNIT));
        let (term_days, commission_bps, limit) = (30, 0, Limit::Free);
        let want = |product| Step::Buy { product, who, holder, size, term_days, commission_bps, limit };
        if number.is_multiple_of(2) {
            // All that the court is worth is sold.
            self.fill(0);
            (0..3).for_each(|product| self.take(&want(product)));
        }
        for who in 0..VOTERS.len() {
            self.take(&Step::RequestUnstake { who, size: Size::Edge(0) });
        }
        (0..3).for_each(|product| self.take(&want(product)));
        self.give_up(number / 2 * 2);
        for who in 0..VOTERS.len() {
            self.take(&Step::Stake { who, size: Size::Atoms(100 * UNIT) });
        }
        self.take(&Step::Wait { seconds: 2 * DAY });
    }

    /// The first exits of a pool are paid if they can be, and called if nobody did in time.
    pub fn depart(&mut self, pool: usize) {
        self.let_go(pool);
        self.take(&Step::CallExits { pool, any: None });
        self.take(&Step::Wait { seconds: DAY });
        self.let_go(pool);
    }

    /// A pool is sold out and nearly everybody asks to leave: what raises the risk waits until the cover that keeps them has ended.
    pub fn outwait(&mut self, pool: usize, number: usize) {
        self.fill(pool);
        for who in 0..LPS.len() {
            self.take(&Step::RequestExit { pool, who, size: Size::Part(9_500), off: 0 });
        }
        let kinds = [ProposalKind::ExitDelay, ProposalKind::CancelFee, ProposalKind::Leverage, ProposalKind::Weight];
        let (change, kind) = (self.model.changes.len(), kinds[number % kinds.len()]);
        let value = if number.is_multiple_of(2) { Turn::By(1) } else { Turn::By(-1) };
        let wish = Wish { kind, group: 0, value, other: Turn::By(0), astray: false };
        self.take(&Step::Propose { pool, product: number, wish, by: None });
        if self.model.changes.len() == change {
            return;
        }
        let step = Step::Apply { change };
        self.wait_until(self.model.changes[change].applies_at);
        self.taking(&step, |play, step| play.apply_change(step, change));
        for _ in 0..12 {
            if !self.model.changes[change].is_queued() {
                break;
            }
            self.depart(pool);
            self.taking(&step, |play, step| play.apply_change(step, change));
            self.take(&Step::Wait { seconds: 12 * DAY });
        }
    }

    /// Takes a product off sale, for which time has to pass.
    pub fn delist(&mut self, product: usize) {
        let (pool, change) = (self.model.products[product].pool, self.model.changes.len());
        let by = self.model.pools[pool].authority;
        let sent = self.sites.propose_change(&self.model, (pool, Some(product)), &Proposal::Delist, by);
        let wish = Wish { kind: ProposalKind::Delist, group: 0, value: Turn::By(0), other: Turn::By(0), astray: false };
        let step = Step::Propose { pool, product, wish, by: None };
        let propose = |model: &mut Model| model.propose_change((pool, Some(product)), Proposal::Delist, (by, FOUNDER));
        self.taking(&step, |play, step| play.both(step, (sent, [by, FOUNDER]), propose).map(|_| ()));
        self.wait_until(self.model.changes[change].applies_at);
        self.taking(&Step::Apply { change }, |play, step| play.apply_change(step, change));
        assert!(self.model.products[product].sale == Sale::Delisted, "a delisting waits for nobody");
    }

    /// A staker puts a change to a ballot, others vote, somebody may appeal; what passes is applied in time.
    pub fn vouch(&mut self, pool: usize, number: usize, wish: Wish, side: u8) {
        let change = self.model.changes.len();
        self.take(&Step::Petition { pool, product: number, wish, who: number });
        let Some(ballot) = self.model.changes.get(change).and_then(|change| change.ballot) else { return };
        if !number.is_multiple_of(6) {
            self.vote_all(ballot, level_of(side));
        }
        self.close_all(&[ballot]);
        self.contest(&[ballot], number / 3);
        if number.is_multiple_of(5) {
            // Too early.
            self.taking(&Step::Queue { change }, |play, step| play.queue_change(step, change));
        }
        self.wait_until(self.model.ballots[ballot].round().final_at);
        self.taking(&Step::Queue { change }, |play, step| play.queue_change(step, change));
        if self.model.changes[change].is_queued() && number.is_multiple_of(2) {
            self.wait_until(self.model.changes[change].applies_at);
            self.depart(pool);
            self.put_in(change);
        }
    }

    /// Every ballot on a change is read, and every bond paid back.
    pub fn end_petitions(&mut self) {
        for change in 0..self.model.changes.len() {
            if self.model.changes[change].is_proposed() {
                self.taking(&Step::Queue { change }, |play, step| play.queue_change(step, change));
            }
            if self.model.changes[change].bond == Bond::Due {
                self.taking(&Step::ChangeBond { change }, |play, step| play.change_bond(step, change));
            }
        }
    }

    /// All changes that nobody applied are taken back, or lapse, and the accounts of all are closed.
    pub fn close_changes(&mut self) {
        for change in 0..self.model.changes.len() {
            if self.model.changes[change].closed {
                continue;
            }
            if self.model.changes[change].is_queued() && self.model.changes[change].ballot.is_some() {
                self.wait_until(self.model.lapses_at(change));
            } else if self.model.changes[change].is_queued() && !self.model.has_fallen(change) {
                let by = self.model.pools[self.model.changes[change].pool].authority;
                let step = Step::WithdrawChange { change, by: None };
                let sent = self.sites.withdraw_change(&self.model, change, by);
                let withdraw = |model: &mut Model| model.withdraw_change(change, by);
                self.taking(&step, |play, step| play.both(step, (sent, [by]), withdraw).map(|_| ()));
            }
            self.taking(&Step::CloseChange { change }, |play, step| play.close_change(step, change));
        }
    }
}

impl Turn {
    /// The value that it makes of the one that holds, within the bounds that there are, or beside them.
    fn of(self, holds: u64, least: u64, most: u64) -> u64 {
        match self {
            Self::Times(bps) => {
                let times = u128::from(holds) * u128::from(bps) / 10_000;
                u64::try_from(times).unwrap_or(u64::MAX).clamp(least, most)
            }
            Self::By(more) => holds.saturating_add_signed(more).clamp(least, most),
            Self::Least(off) => least.saturating_add_signed(off.into()),
            Self::Most(off) => most.saturating_add_signed(off.into()),
        }
    }
}

/// Other prices: the first turn is of the two rates up to the kink, the second of the last rate and the kink. They rise, unless
/// an edge is wanted.
fn curve(terms: &coverage_client::ProductParams, value: Turn, other: Turn) -> PriceCurve {
    let rate = |turn: Turn, holds: u32| u32::try_from(turn.of(holds.into(), 0, RATES)).unwrap_or(u32::MAX);
    let (r0_ppm, mut r1_ppm, mut r2_ppm) =
        (rate(value, terms.r0_ppm), rate(value, terms.r1_ppm), rate(other, terms.r2_ppm));
    if !matches!((value, other), (Turn::Least(_) | Turn::Most(_), _) | (_, Turn::Least(_) | Turn::Most(_))) {
        r1_ppm = r1_ppm.max(r0_ppm);
        r2_ppm = r2_ppm.max(r1_ppm);
    }
    let kink_bps = u16::try_from(other.of(terms.kink_bps.into(), 1, 9_999)).unwrap_or(u16::MAX);
    PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps }
}

/// What is more or less of a proposal.
fn value(what: &Proposal) -> u64 {
    match *what {
        Proposal::VoteReward { vote_reward: value } | Proposal::StakeFloor { stake_floor: value } => value,
        Proposal::ExitDelay { exit_delay_days: value }
        | Proposal::ProtocolFee { protocol_fee_bps: value }
        | Proposal::AssessorFee { assessor_fee_bps: value }
        | Proposal::CancelFee { cancel_fee_bps: value } => value.into(),
        _ => 0,
    }
}

/// Whether all changes of a kind wait for those who leave, whatever they set.
fn always_waits(kind: ProposalKind) -> bool {
    use ProposalKind as Kind;
    matches!(
        kind,
        Kind::ExitDelay
            | Kind::VoteReward
            | Kind::StakeFloor
            | Kind::ProtocolFee
            | Kind::AssessorFee
            | Kind::CancelFee
            | Kind::List
    )
}
