//! What the accounts must hold, down to the last byte, if the model is right.

mod jury;

use crate::sites::Sites;
use coverage_client::*;
use coverage_model::{self as model, Atoms, DAY, Mark, Model};

/// An account of zeros, to be filled in.
pub fn blank<T: ZeroCopy>() -> T {
    let mut data = vec![0; T::SIZE];
    data[..8].copy_from_slice(&T::DISCRIMINATOR);
    T::decode(&data).expect("long enough")
}

/// An amount as accounts keep it.
fn word(amount: Atoms) -> u64 {
    u64::try_from(amount).expect("an amount that fits an account")
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("few")
}

/// A text as accounts keep it.
fn text(text: &str) -> [u8; 128] {
    let mut field = [0; 128];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

/// A mark of the index as accounts keep it.
fn stored(mark: Mark) -> StoredIndex {
    StoredIndex { mantissa: mark.mantissa, shift: mark.shift, era: mark.era }
}

/// A line as accounts keep it, but for what it counts.
fn line(here: &model::Line) -> Line {
    Line {
        set_aside: Wide::new(here.set_aside),
        sure: Wide::new(here.sure),
        paid: Wide::new(here.paid),
        reported: here.reported.map_or(NO_INDEX, stored),
        claimable: word(here.claimable),
        head: 0,
        open: 0,
        undecided: 0,
        accepted: 0,
        paid_shift: here.first.map_or(0, |mark| mark.shift),
        sure_part: u32::try_from(here.sure_part).expect("a part"),
    }
}

/// Where no mark is kept yet.
const NO_INDEX: StoredIndex = StoredIndex { mantissa: 0, shift: 0, era: 0 };

/// The slot of a day in a ring.
fn slot(day: u64) -> usize {
    usize::try_from(day % 512).expect("small")
}

/// Puts what policies hold into the slots of the days after `day` that release it.
fn release_in<'a>(ring: &mut [u64; 512], policies: impl Iterator<Item = &'a model::Policy>, day: u64) {
    for (held, release_day) in policies.flat_map(model::Policy::releases).filter(|(_, release_day)| *release_day > day)
    {
        ring[slot(release_day)] += word(held);
    }
}

/// What the accounts of a model hold. What never changes comes from the account as it was when the life began: `found`.
/// Bumps are the program's own business, so they are taken from the account that is compared.
pub struct Expected<'a> {
    pub model: &'a Model,
    pub sites: &'a Sites,
}

impl Expected<'_> {
    /// Addresses and bumps of renewed shares come from the account as it is `now`.
    pub fn pool(&self, pool: usize, found: &Pool, now: &Pool) -> Pool {
        let model = self.model;
        let here = &model.pools[pool];
        let sum = |part: fn(&model::Policy) -> Atoms| word(model.policies_of(pool).map(part).sum());
        let day = model.accrued_day(pool);
        let running = || model.streams.iter().filter(|stream| stream.pool == pool && stream.runs(day));
        let rate = |stream: &model::Stream| word(stream.rate);
        let (mut rate_ring, mut cover_ring) = ([0; 512], [0; 512]);
        running().for_each(|stream| rate_ring[slot(stream.end_day)] += rate(stream));
        let sold = model.policies_of(pool).filter(|policy| !model.is_liened(policy.product));
        release_in(&mut cover_ring, sold, day);
        let income = here.income.map(|stream| model.streams[stream]);
        let mut season_ring = [0; 32];
        for day in (day - 31..=day).filter(|day| *day > here.created_at / DAY) {
            season_ring[usize::try_from(day % 32).expect("small")] = word(model.least_staying(pool, day, day));
        }
        let (mut filing_ring, held) = ([0; 64], model.held_back(pool));
        for end in model.incidents_of(pool).filter_map(|incident| incident.filing_ends_at) {
            if end / DAY > here.filing_day {
                filing_ring[usize::try_from(end / DAY % 64).expect("small")] += 1;
            }
        }
        let numbers = || model.epochs.iter().filter(|epoch| epoch.pool == pool);
        let (opened_at, sells_from) = here.opened.unwrap_or((0, 0));
        let (share_mint, exit_escrow) = self.sites.shares(model, pool);
        let (current, fresh) = model.count_lines(pool);
        let (mut set_by, mut court_set_by) = ([0; 32], [0; 2]);
        for change in model.changes_of(pool).filter(|change| change.product.is_none()) {
            let last = model.last_set(pool, None, &change.what);
            match change.what {
                Proposal::StakeFloor { .. } => court_set_by[0] = last,
                Proposal::CoverPerStake { .. } => court_set_by[1] = last,
                Proposal::GroupCap { group, .. } => set_by[usize::from(16 + group)] = last,
                what => set_by[usize::from(what.kind().byte())] = last,
            }
        }
        Pool {
            capital: word(model.capital(pool)),
            unearned: word(model.unearned(pool)),
            payable: word(model.payable(pool)),
            exits_due: word(model.exits_due(pool)),
            contested: word(model.contested(pool)),
            bonds: word(model.bonds(pool)),
            assessors: word(model.assessors(pool)),
            treasury_due: word(model.treasury_due(pool)),
            liens: Wide::new(here.liens),
            accepted_liens: Wide::new(here.accepted_liens),
            early_paid: Wide::new(here.early_paid),
            sure_liens: Wide::new(here.sure_liens),
            unsettled: word(model.unsettled(pool)),
            rivals: model.rivals(pool).try_into().expect("few"),
            rivals_ended_at: here.rivals_ended_at,
            day_capital: word(here.day_capital),
            settled: word(model.settled_in(pool)),
            sale_terms: here.sale_terms,
            deposited: [0, 1].map(|before| word(self.model.deposited_in(pool, self.model.accrued_day(pool) - before))),
            index: stored(here.mark),
            liened_cover: word(model.liened_cover(pool)),
            filing_day: here.filing_day,
            filing_ring,
            held_back: word(held.0),
            sold_leverage_bps: here.sold_leverage_bps,
            exits_awaited_until: model.exits_awaited_until(pool),
            awaiting_changes: count(model.awaiting_changes(pool).count()),
            held_approved: word(model.held_sums(pool).0),
            held_settled: word(model.held_sums(pool).1),
            held_incidents: held.1 as u64,
            held_before: here.held_before as u64,
            exits_wait_until: here.exits_wait.0,
            next_wait_at: here.exits_wait.1,
            rewards_reserved: word(model.rewards_reserved(pool)),
            accrued_at: here.accrued_at,
            rate: running().map(rate).sum(),
            rate_fraction: word(model.kept_fraction(pool)),
            active_cover: word(model.pool_active(pool)),
            group_active: std::array::from_fn(|group| word(model.group_active(pool, group as u8))),
            group_liened: std::array::from_fn(|group| word(model.group_liened(pool, group as u8))),
            premiums_paid: sum(|policy| policy.parts.premium),
            commissions_paid: sum(|policy| policy.parts.commission),
            protocol_fees: sum(|policy| policy.parts.protocol_fee),
            assessor_fees: sum(|policy| policy.parts.assessor_fee),
            income_earned: word(here.income_earned),
            premiums_refunded: sum(|policy| policy.refunded),
            other_income: word(here.other_income),
            income_rate: income.map_or(0, |stream| word(stream.rate)),
            income_end_day: income.map_or(0, |stream| stream.end_day),
            seasoned_shares: word(model.seasoned_shares(pool)),
            season_ring,
            claims_settled: word(model.claims_settled(pool)),
            claims_paid: word(model.claims_paid(pool)),
            policies_sold: model.policies_of(pool).count() as u64,
            shares: word(model.shares(pool)),
            exiting_shares: word(model.exiting_shares(pool)),
            exit_head: model.first_epoch(pool).map_or(numbers().count() as u64, |epoch| model.epochs[epoch].number),
            exit_count: numbers().count() as u64,
            exit_tail_day: numbers().next_back().map_or(0, |epoch| epoch.day),
            exit_seen_at: here.exit_seen_at,
            exit_called_at: here.exit_called_at,
            opened_at,
            sells_from,
            terms: here.terms,
            open_incidents: count(model.open_incidents(pool)),
            current_incidents: count(current),
            fresh_incidents: count(fresh),
            contested_incidents: count(model.contested_incidents(pool)),
            incidents_opened: model.incidents_of(pool).count() as u64,
            held_for: count(model.held_for(pool)),
            children: count(model.children(pool)),
            change_count: model.changes_of(pool).count() as u64,
            queued_count: model.queued(pool),
            set_by,
            court_set_by,
            handed_over: here.handed_over,
            authority: here.params.authority,
            guardian: here.params.guardian,
            arbiter: here.params.arbiter,
            treasury: here.params.treasury,
            assembly: self.sites.courts[here.court],
            stake_floor: here.params.stake_floor,
            cover_per_stake: here.params.cover_per_stake,
            min_premium: here.params.min_premium,
            vote_reward: here.params.vote_reward,
            assessors_limit: here.params.assessors_limit,
            timelock: here.params.timelock,
            exit_delay_days: here.params.exit_delay_days,
            season_days: here.params.season_days,
            leverage_bps: here.params.leverage_bps,
            protocol_fee_bps: here.params.protocol_fee_bps,
            assessor_fee_bps: here.params.assessor_fee_bps,
            cancel_fee_bps: here.params.cancel_fee_bps,
            group_caps_bps: here.params.group_caps_bps,
            filings_due: count(model.filings_due(pool)),
            generation: model.generation(pool),
            share_mint,
            share_mint_bump: now.share_mint_bump,
            exit_escrow,
            exit_escrow_bump: now.exit_escrow_bump,
            product_count: model.products.iter().filter(|product| product.pool == pool).count() as u16,
            rate_ring,
            cover_ring,
            ..*found
        }
    }

    pub fn product(&self, product: usize, found: &Product) -> Product {
        let model = self.model;
        let here = &model.products[product];
        let mut cover_ring = [0; 512];
        let sold = || model.policies.iter().filter(|policy| policy.product == product);
        release_in(&mut cover_ring, sold(), here.rolled_day);
        let (last_rejected_at, doublings) = model.rejections(product);
        let (live_policies, live_incidents) = model.live_on(product);
        let incidents = model.incidents_on(product).count();
        let mut set_by = [0; 4];
        for change in model.changes_of(here.pool).filter(|change| change.product == Some(product)) {
            let slot = match change.what {
                Proposal::Weight { .. } => 1,
                Proposal::Curve(_) => 2,
                Proposal::Bonds { .. } => 3,
                _ => 0,
            };
            set_by[slot] = model.last_set(here.pool, Some(product), &change.what);
        }
        Product {
            active_cover: word(model.product_active(product)),
            overdue: word(model.overdue(product)),
            status: here.sale as u8,
            r0_ppm: here.terms.r0_ppm,
            r1_ppm: here.terms.r1_ppm,
            r2_ppm: here.terms.r2_ppm,
            kink_bps: here.terms.kink_bps,
            weight_bps: here.terms.weight_bps,
            incident_bond: here.terms.incident_bond,
            claim_bond_bps: here.terms.claim_bond_bps,
            next_incident_bond: here.next_bonds.0,
            next_claim_bond_bps: here.next_bonds.1,
            set_by,
            assembly: self.sites.courts[here.court],
            court_failed: model.failures_in_a_row(product) as u8,
            stake_floor: here.stake_floor,
            arbiter: here.arbiter.map_or(NOBODY, |arbiter| self.sites.key(arbiter)),
            settled: word(model.settled_on(product)),
            settled_until: here.settled_until,
            terms: here.term_count,
            last_release_day: here.longest,
            returned: [2, 1].map(|days| word(model.returned_until(product, here.rolled_day + days))),
            policies_closed: (sold().count() - live_policies) as u64,
            incidents_closed: count(incidents - live_incidents),
            rolled_day: here.rolled_day,
            policies_sold: sold().count() as u64,
            incident_count: count(incidents),
            last_rejected_at,
            bond_doublings: doublings,
            line: self.line(product),
            price: self.price_trigger(product, found),
            draws: self.draw_limit(product, found),
            opening_active: word(here.opening.0),
            opening_capacity: word(here.opening.1),
            cover_ring,
            ..*found
        }
    }

    /// What a product has set aside, and which incidents stand in its line.
    fn line(&self, product: usize) -> Line {
        let (model, here) = (self.model, &self.model.products[product]);
        let ended = model.incidents_on(product).filter(|incident| !incident.is_open()).count();
        Line {
            // Bookings are paid in no order.
            head: if here.trigger() == model::Trigger::Authority { 0 } else { count(ended) },
            open: count(model.open_on(product).count()),
            undecided: count(model.undecided(product)),
            accepted: count(model.accepted(product)),
            ..line(&here.line)
        }
    }

    /// What is measured of a price; nothing of other products.
    fn price_trigger(&self, product: usize, found: &Product) -> PriceTrigger {
        let (watch, breach) = (&self.model.watches[product], self.model.breach(product));
        PriceTrigger {
            started_at: breach.started_at,
            measured_from: breach.measured_from,
            measured_until: breach.measured_until,
            seen_at: watch.seen_at(),
            severity_seconds: breach.severity_seconds,
            severity_bps: breach.severity_bps,
            awaits_recovery: watch.awaits_recovery.into(),
            ..found.price
        }
    }

    /// What was drawn of the bucket; nothing of other products.
    fn draw_limit(&self, product: usize, found: &Product) -> DrawLimit {
        let (refilled_at, lacked, full) = self.model.bucket(product);
        DrawLimit { refilled_at, lacked: word(lacked), full: word(full), ..found.draws }
    }

    pub fn policy(&self, policy: usize, bump: u8) -> Policy {
        let (model, here) = (self.model, &self.model.policies[policy]);
        let product = &model.products[here.product];
        Policy {
            version: 1,
            bump,
            pool: self.sites.pools[here.pool].pool,
            product: self.sites.product(model, here.product),
            holder: self.sites.key(here.holder),
            payer: self.sites.key(here.payer),
            terms_hash: product.terms.terms_hash,
            id: here.id,
            amount: word(here.amount),
            claimed: word(model.claimed(policy)),
            paid: word(model.paid(policy)),
            premium: word(here.parts.premium),
            unearned_premium: word(here.parts.unearned),
            commission: word(here.parts.commission),
            protocol_fee: word(here.parts.protocol_fee),
            assessor_fee: word(here.parts.assessor_fee),
            refunded: word(here.refunded),
            rate: word(model.streams[here.stream].rate),
            bought_at: here.bought_at,
            cover_from: here.cover_from,
            end: here.end,
            release_day: here.release_day,
            held: word(here.held),
            bought: word(here.bought),
            cancelled_at: here.cancelled.map_or(0, |here| here.at),
            cancel_refund: word(here.cancelled.map_or(0, |here| here.refund)),
            given_back: word(model.given_back(policy)),
            open_claims: count(model.open_claims(policy)),
            waiting_bonds: count(model.waiting_bonds(policy)),
            deductible_bps: product.terms.deductible_bps,
            grace_days: product.terms.grace_days,
            filing_window_days: product.terms.filing_window_days,
            cancel_fee_bps: here.cancel_fee_bps,
            losses: word(here.losses),
            ..blank()
        }
    }

    pub fn change(&self, change: usize, bump: u8) -> Change {
        let (model, here) = (self.model, &self.model.changes[change]);
        let state = match here {
            model::Change { withdrawn: true, .. } => ChangeState::Withdrawn,
            model::Change { refused: true, .. } => ChangeState::Refused,
            model::Change { number: 0, .. } => ChangeState::Proposed,
            model::Change { applied: Some(_), .. } => ChangeState::Applied,
            _ => ChangeState::Queued,
        };
        Change {
            version: 1,
            bump,
            state: state.byte(),
            bond_state: here.bond as u8,
            tips: here.tips,
            pool: self.sites.pools[here.pool].pool,
            product: here.product.map_or(NOBODY, |product| self.sites.product(model, product)),
            proposer: self.sites.key(here.proposer),
            rent_payer: self.sites.key(here.rent_payer),
            ballot: here.ballot.map_or(NOBODY, |ballot| self.sites.ballot(model, ballot)),
            id: here.id,
            bond: word(here.posted),
            queued_at: here.queued_at,
            number: here.number,
            ready_at: here.ready_at.unwrap_or(0),
            applies_at: here.applies_at,
            exits_until: here.exits_until,
            timelock: here.timelock,
            proposal: here.what.to_bytes().expect("it fits"),
            ..blank()
        }
    }

    pub fn epoch(&self, epoch: usize, bump: u8) -> ExitEpoch {
        let (model, here) = (self.model, &self.model.epochs[epoch]);
        ExitEpoch {
            version: 1,
            bump,
            tips: here.tips,
            asked_at: model.asked_at(epoch),
            pool: self.sites.pools[here.pool].pool,
            rent_payer: self.sites.key(here.rent_payer),
            number: here.number,
            day: here.day,
            shares: word(here.shares),
            burned: word(model.burned(epoch)),
            paid: word(model.epoch_paid(epoch)),
            collected: word(here.collected),
            index_from: here.marks.map_or(NO_INDEX, |(from, _)| stored(from)),
            index_to: here.marks.map_or(NO_INDEX, |(_, to)| stored(to)),
            tickets: count(model.tickets_in(epoch)),
            contested_incidents: count(here.parts.len()),
            ..blank()
        }
    }

    /// A ticket that has not ended.
    pub fn ticket(&self, ticket: usize, bump: u8) -> ExitTicket {
        let here = &self.model.tickets[ticket];
        ExitTicket {
            version: 1,
            bump,
            pool: self.sites.pools[here.pool].pool,
            owner: self.sites.key(here.owner),
            receiver: self.sites.wallet(here.owner, model::Token::Asset),
            rent_payer: self.sites.key(here.rent_payer),
            id: here.id,
            shares: word(here.shares),
            epoch: self.model.epochs[here.epoch].number,
            requested_at: here.requested_at,
            paid: word(here.paid),
            ..blank()
        }
    }

    pub fn retired(&self, retired: usize, bump: u8) -> Retired {
        let here = &self.model.retired[retired];
        Retired {
            version: 1,
            bump,
            generation: here.generation,
            pool: self.sites.pools[here.pool].pool,
            share_mint: self.sites.share_mint_of(here.pool, here.generation),
            rent_payer: self.sites.key(here.rent_payer),
            shares: word(here.shares),
            capital: word(here.capital),
            ..blank()
        }
    }
}
