//! What each step is on the chain, and what it is in the model.

use crate::{
    play::Play,
    sites::{BUYERS, DISTRIBUTOR, FOUNDER, GUARDIAN, LPS},
    steps::{Sight, Size, Step},
};
use coverage_client::{CoverRequest, ExtensionRequest};
use coverage_model::{self as model, Atoms, Ballot, DAY, Model, Name, Payment, Purchase, Seen, Token, day_of};
use harness::UNIT;
use solana_address::Address;

/// One of many, by any number.
pub fn pick<T: Copy>(many: &[T], number: usize) -> Option<T> {
    many.get(number % many.len().max(1)).copied()
}

impl Play<'_> {
    /// Takes a step; `None` when there is nothing to take it with.
    pub fn act(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::Wait { seconds } => self.pass(seconds),
            Step::Until { deadline, off } => {
                let deadline = pick(&self.deadlines(), deadline)?;
                self.pass((deadline - self.model.now).checked_add_signed(off.into())?);
            }
            Step::Donate { pool, amount } => {
                let (asset, vault) = (self.world.asset(), self.sites.pools[pool].vault);
                self.world.mint_to(&asset, &vault, amount);
                self.model.donate(pool, amount);
                self.donated[pool] += amount;
            }
            Step::Buy { .. } | Step::Quote { .. } => self.act_on_sale(step)?,
            Step::Extend { .. }
            | Step::Cancel { .. }
            | Step::Reduce { .. }
            | Step::Transfer { .. }
            | Step::ClosePolicy { .. } => self.act_on_policy(step)?,
            Step::Stake { .. }
            | Step::Open { .. }
            | Step::Claim { .. }
            | Step::Vote { .. }
            | Step::VoteFor { .. }
            | Step::Close { .. }
            | Step::Verdict { .. }
            | Step::EndFiling { .. }
            | Step::Settle { .. }
            | Step::Pay { .. }
            | Step::Bond { .. }
            | Step::Rest { .. } => self.act_on_incident(step)?,
            Step::Dispute { .. }
            | Step::Decide { .. }
            | Step::DisputeBond { .. }
            | Step::Redirect { .. }
            | Step::Recover { .. }
            | Step::CloseClaim { .. }
            | Step::CloseIncident { .. } => self.act_on_dispute(step)?,
            Step::Appeal { .. }
            | Step::Arbitrate { .. }
            | Step::AppealBond { .. }
            | Step::Reward { .. }
            | Step::Evidence { .. }
            | Step::Reclaim { .. }
            | Step::Delegate { .. }
            | Step::RequestUnstake { .. }
            | Step::Unstake { .. }
            | Step::BurnSlashed => self.act_in_court(step)?,
            Step::Observe { .. }
            | Step::RefuteBreach { .. }
            | Step::OpenByPrice { .. }
            | Step::ClaimBreach { .. }
            | Step::Challenge { .. }
            | Step::RefuteIncident { .. }
            | Step::Draw { .. }
            | Step::Meter { .. } => self.act_on_trigger(step)?,
            Step::Propose { .. }
            | Step::Petition { .. }
            | Step::Queue { .. }
            | Step::ChangeBond { .. }
            | Step::Apply { .. }
            | Step::Accept { .. }
            | Step::Mark { .. }
            | Step::WithdrawChange { .. }
            | Step::CloseChange { .. } => self.act_on_change(step)?,
            Step::CloseProduct { .. }
            | Step::CloseRetired { .. }
            | Step::CloseVoter { .. }
            | Step::ClosePool { .. }
            | Step::CloseAssembly { .. } => self.act_on_ending(step)?,
            Step::RequestExit { .. }
            | Step::PayExits { .. }
            | Step::CallExits { .. }
            | Step::Release { .. }
            | Step::CollectExit { .. }
            | Step::CloseEpoch { .. } => self.act_on_exit(step)?,
            _ => self.act_on_books(step)?,
        }
        Some(())
    }

    /// The times ahead at which something changes, in order.
    fn deadlines(&self) -> Vec<u64> {
        let model = &self.model;
        let mut times = vec![(day_of(model.now) + 1) * DAY];
        for policy in model.policies.iter().filter(|policy| !policy.closed) {
            times.extend([policy.cover_from, policy.end, policy.release_day * DAY]);
        }
        times.extend(model.epochs.iter().flat_map(|epoch| [epoch.day * DAY, (epoch.day + 1) * DAY]));
        for pool in model.pools.iter() {
            times.extend([pool.exits_wait.0, pool.exits_wait.1, pool.exit_seen_at + DAY]);
            times.extend([1, 2].map(|days| pool.exit_called_at + days * DAY));
            times.extend(pool.opened.into_iter().flat_map(|(opened, sells)| [opened + 7 * DAY, sells]));
        }
        for change in (0..model.changes.len()).filter(|change| model.changes[*change].is_queued()) {
            times.push(model.changes[change].applies_at);
            times.push(model.lapses_at(change));
        }
        for incident in model.incidents.iter().filter(|incident| incident.is_open()) {
            let ends = [incident.filing_ends_at, model.disputes_end_at(incident)];
            times.extend(ends.into_iter().flatten().chain([incident.challenge_ends_at]));
        }
        let open = (0..model.claims.len()).filter(|claim| !model.claims[*claim].is_collected());
        times.extend(open.filter_map(|claim| model.disputable_until(claim).ok()));
        let rounds = model.ballots.iter().map(Ballot::round);
        times.extend(rounds.flat_map(|round| [round.opens_at, round.closes_at, round.final_at]));
        times.extend(model.voters.iter().map(|voter| voter.ready_at));
        times.retain(|time| *time > model.now);
        times.sort_unstable();
        times.dedup();
        times
    }

    fn act_on_books(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::OpenPool { pool } => {
                let (sent, by) = (self.sites.open_pool(&self.model, pool), self.model.pools[pool].authority);
                self.both(step, (sent, [by]), |model| model.open_pool(pool))?;
            }
            Step::Deposit { pool, who, size, limit, sight } => {
                let who = pick(&LPS, who)?;
                // All there is to deposit: what they have, or what the pool may hold.
                let (room, liens) = self.model.trial(|model| {
                    model.accrue(pool);
                    (model.deposit_room(pool), model.demands(pool).unwrap_or(0))
                });
                let all = match size {
                    Size::Edge(_) => room.min(self.model.balance(who, Token::Asset)),
                    _ => Atoms::from(300_000 * UNIT),
                };
                let (amount, clear) = (self.size(size, all), self.model.seen(pool));
                let liens = u64::try_from(liens).expect("an amount");
                let seen = match sight {
                    Sight::Clear => clear,
                    Sight::OldTerms => Seen { terms: clear.terms.wrapping_sub(1), ..clear },
                    Sight::Liens => Seen { max_liens: liens, ..clear },
                    Sight::FewerLiens => Seen { max_liens: liens.saturating_sub(1), ..clear },
                };
                let min = self.limit(limit, (0, 1), |model| model.deposit(pool, who, amount, 0, seen));
                let sent = self.sites.deposit(&self.model, pool, who, (amount, min), &seen);
                self.both(step, (sent, [who]), |model| model.deposit(pool, who, amount, min, seen))?;
                self.note(step, "filled the pool", Atoms::from(amount) == room);
                self.note(step, "beside liens", liens > 0);
                self.note(step, "while income streams", self.model.income_left(pool).is_ok_and(|left| left > 0));
            }
            Step::Withdraw { pool, who, size, limit } => {
                let who = pick(&LPS, who)?;
                let shares = self.size(size, self.model.balance(who, self.model.shares_of(pool)));
                let min = self.limit(limit, (0, 1), |model| model.withdraw(pool, who, shares, 0));
                let sent = self.sites.withdraw(&self.model, pool, who, shares, min);
                self.both(step, (sent, [who]), |model| model.withdraw(pool, who, shares, min))?;
                self.note(step, "after the opening", self.model.pools[pool].opened.is_some());
            }
            Step::Burn { pool, who, size } => {
                let who = pick(&LPS, who)?;
                let size = if let Size::Part(bps) = size { Size::Part(bps / 100) } else { size };
                let shares = self.size(size, self.model.balance(who, self.model.shares_of(pool)));
                let sent = self.sites.burn(&self.model, pool, who, shares);
                self.both(step, (sent, [who]), |model| model.burn(pool, who, shares))?;
                self.burned[pool] += Atoms::from(shares);
            }
            Step::Retire { pool } => {
                let sent = self.sites.retire(&self.model, pool);
                self.both(step, (sent, [FOUNDER]), |model| model.retire_shares(pool, FOUNDER))?;
                self.burned[pool] = 0;
                let token = self.model.shares_of(pool);
                for name in LPS {
                    let (mint, _) = self.sites.shares(&self.model, pool);
                    self.world.open_tokens(name, &mint);
                    self.model.give(name, token, 0);
                }
            }
            Step::Redeem { retired, who, size } => {
                let there = |retired: &usize| !self.model.retired[*retired].closed;
                let retired = pick(&Vec::from_iter((0..self.model.retired.len()).filter(there)), retired)?;
                let model::Retired { pool, generation, .. } = self.model.retired[retired];
                let token = Token::Shares(pool, generation);
                let owners: Vec<_> = LPS.into_iter().filter(|who| self.model.balance(who, token) > 0).collect();
                let who = pick(&owners, who).unwrap_or(LPS[0]);
                let shares = self.size(size, self.model.balance(who, token));
                let sent = self.sites.redeem(&self.model, retired, who, shares);
                let redeem = |model: &mut Model| model.redeem_retired(retired, who, shares);
                let (amount, _) = self.both(step, (sent, [who]), redeem)?;
                self.note(step, "paid", amount > 0);
            }
            Step::Absorb { pool } => {
                let absorb = (self.sites.absorb(pool), []);
                let ((_, excess), _) = self.both(step, absorb, |model| model.absorb_surplus(pool))?;
                self.donated[pool] = 0;
                self.note(step, "took what the assessors have too much", excess > 0);
            }
            Step::Roll { product } => {
                let product = product % self.model.products.len();
                self.both(step, (self.sites.roll(&self.model, product), []), |model| {
                    model.roll(product);
                    Ok(())
                })?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    fn act_on_exit(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::RequestExit { pool, who, size, off } => {
                let token = self.model.shares_of(pool);
                let owners: Vec<_> = LPS.into_iter().filter(|who| self.model.balance(who, token) > 0).collect();
                let who = pick(&owners, who).unwrap_or(LPS[0]);
                let shares = self.size(size, self.model.balance(who, token));
                let (expected, _) = self.model.exit_epoch(pool);
                let (number, payer, id) = (expected.checked_add_signed(off.into())?, self.payer(who), self.new_id());
                // Nobody can name an epoch of before whose account is there and gone, only a later one or one that is there.
                let sent = self.sites.request_exit(&self.model, pool, (who, payer), (id, number), shares);
                let ask = |model: &mut Model| model.request_exit(pool, (who, payer), id, number, shares);
                self.both(step, (sent, [who, payer]), ask)?;
                let epoch = self.model.tickets.last().map(|ticket| ticket.epoch)?;
                self.note(step, "joined others", self.model.tickets_in(epoch) > 1);
            }
            Step::PayExits { pool, any } => {
                let epoch = self.an_epoch(pool, any)?;
                let sent = self.sites.pay_exits(&self.model, epoch);
                let (payment, _) = self.both(step, (sent, []), |model| model.pay_exits(epoch, GUARDIAN))?;
                let Payment { worth, contested, .. } = self.model.payments[payment];
                let mark = self.model.pools[pool].mark;
                self.note(step, "in part", self.model.waiting(epoch) > 0);
                self.note(step, "with a part of incidents", contested > 0);
                self.note(step, "of nothing", worth == 0);
                self.note(step, "doubled the mark", mark.shift > 0);
                self.note(step, "doubled the mark 64 times", mark.shift >= 64);
                self.note(step, "in a later era", mark.era > 0 && contested > 0);
                self.note(step, "of several incidents", self.model.epochs[epoch].parts.len() > 1);
            }
            Step::CallExits { pool, any } => {
                let epoch = self.an_epoch(pool, any)?;
                let sent = self.sites.call_exits(&self.model, epoch);
                let (called, _) = self.both(step, (sent, []), |model| model.call_exits(epoch))?;
                self.note(step, if called { "called" } else { "seen to wait" }, true);
            }
            Step::Release { incident, epoch } => {
                let (incident, epoch) = self.a_part(incident, epoch)?;
                self.release(step, incident, epoch)?;
            }
            Step::CollectExit { ticket } => {
                let going = |ticket: usize| !self.model.tickets[ticket].closed;
                let likely = |ticket: usize| {
                    let here = &self.model.tickets[ticket];
                    self.model.epoch_paid(here.epoch) > 0
                };
                let ticket = self.one_of(ticket, self.model.tickets.len(), going, likely)?;
                self.collect(step, ticket)?;
            }
            Step::CloseEpoch { epoch } => {
                let open = |epoch: usize| !self.model.epochs[epoch].closed;
                let epoch = self.one_of(epoch, self.model.epochs.len(), open, |epoch| self.model.is_over(epoch))?;
                self.close_epoch(step, epoch)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// The first epoch of a pool that waits, or any of it that is there.
    fn an_epoch(&self, pool: usize, any: Option<usize>) -> Option<usize> {
        let there = |epoch: &usize| self.model.epochs[*epoch].pool == pool && !self.model.epochs[*epoch].closed;
        match any {
            None => self.model.first_epoch(pool),
            Some(number) => pick(&Vec::from_iter((0..self.model.epochs.len()).filter(there)), number),
        }
    }

    /// An incident and an epoch of the same pool, mostly one that has a part of it.
    fn a_part(&self, incident: usize, epoch: usize) -> Option<(usize, usize)> {
        let there = |one: usize| !self.model.incidents[one].gone;
        let likely = |one: usize| self.model.epochs.iter().any(|epoch| epoch.parts.contains(&one));
        let incident = self.one_of(incident, self.model.incidents.len(), there, likely)?;
        let pool = self.model.incidents[incident].pool;
        let there = |one: usize| self.model.epochs[one].pool == pool && !self.model.epochs[one].closed;
        let has = |one: usize| self.model.epochs[one].parts.contains(&incident);
        Some((incident, self.one_of(epoch, self.model.epochs.len(), there, has)?))
    }

    /// Pays a ticket what it has to come.
    pub fn collect(&mut self, step: &Step, ticket: usize) -> Option<()> {
        let sent = self.sites.collect_exit(&self.model, ticket);
        self.both(step, (sent, []), |model| model.collect_exit(ticket, FOUNDER))?;
        self.note(step, "in part", !self.model.tickets[ticket].closed);
        Some(())
    }

    /// Closes the account of an epoch.
    pub fn close_epoch(&mut self, step: &Step, epoch: usize) -> Option<()> {
        let sent = self.sites.close_epoch(&self.model, epoch);
        self.both(step, (sent, []), |model| model.close_epoch(epoch, GUARDIAN))?;
        Some(())
    }

    /// Gives an epoch back what it has in an incident.
    pub fn release(&mut self, step: &Step, incident: usize, epoch: usize) -> Option<()> {
        let sent = self.sites.release_contested(&self.model, incident, epoch);
        let era = self.model.pools[self.model.incidents[incident].pool].mark.era;
        let (amount, _) = self.both(step, (sent, []), |model| model.release_contested(incident, epoch))?;
        let here = &self.model.epochs[epoch];
        let (goes_on, anew) = (here.parts.contains(&incident), self.model.pools[here.pool].mark.era > era);
        self.note(step, "gave back", amount > 0);
        self.note(step, "nothing left", amount == 0);
        self.note(step, "while it is open", goes_on);
        self.note(step, "began anew", anew);
        Some(())
    }

    fn act_on_sale(&mut self, step: &Step) -> Option<()> {
        let (Step::Buy { product, size, term_days, .. } | Step::Quote { product, size, term_days }) = *step else {
            unreachable!("{step:?} is another's")
        };
        let product = product % self.model.products.len();
        let (room, terms) = self.model.trial(|model| {
            model.roll(product);
            Some((model.room(product).ok()?, model.terms_of_sale(product)))
        })?;
        let amount = self.size(size, room);
        let Step::Buy { who, holder, commission_bps, limit, .. } = *step else {
            let sent = self.sites.quote(&self.model, product, amount, term_days);
            let (offer, receipt) = self.both(step, (sent, []), |model| model.quote(product, amount, term_days))?;
            let quote = receipt.quote();
            let found =
                (Atoms::from(quote.premium), Atoms::from(quote.capacity), quote.cover_from, quote.end, quote.terms);
            assert_eq!(found, (offer.premium, offer.capacity, offer.cover_from, offer.end, offer.terms), "{step:?}");
            return Some(());
        };
        let (payer, id) = (pick(&BUYERS, who)?, self.new_id());
        let holder = holder.and_then(|holder| pick(&BUYERS, holder));
        let commission = (DISTRIBUTOR, commission_bps);
        let terms = terms + u64::from(id.is_multiple_of(16));
        let free = Purchase { payer, holder, id, amount, term_days, commission, max_premium: u64::MAX, terms };
        let max_premium = self.limit(limit, (u64::MAX, -1), |model| {
            let policy = model.buy(product, free)?;
            Ok(model.policies[policy].parts.premium)
        });
        let request = CoverRequest {
            amount,
            max_premium,
            holder: holder.map_or(Address::default(), |holder| self.sites.key(holder)),
            term_days,
            commission_bps,
            terms,
        };
        let sent = self.sites.buy(&self.model, product, payer, id, &request);
        let purchase = Purchase { max_premium, ..free };
        let bonds = |model: &Model| {
            let terms = &model.products[product].terms;
            (terms.incident_bond, terms.claim_bond_bps)
        };
        let (before, floor) = (bonds(&self.model), self.model.products[product].stake_floor);
        let model::Product { arbiter, court, .. } = self.model.products[product];
        self.both(step, (sent, [payer]), |model| model.buy(product, purchase))?;
        let new_floor = self.model.products[product].stake_floor != floor;
        let new_arbiter = self.model.products[product].arbiter != arbiter;
        self.note(step, "with new bonds", bonds(&self.model) != before);
        self.note(step, "with a new floor", new_floor);
        self.note(step, "with a new arbiter", new_arbiter);
        self.note(step, "with a new court", self.model.products[product].court != court);
        self.note(step, "filled a cap", Atoms::from(amount) == room);
        self.check_caps(product, step);
        Some(())
    }

    /// A policy that has not been closed.
    pub fn live_policy(&self, number: usize) -> Option<usize> {
        let live: Vec<_> =
            (0..self.model.policies.len()).filter(|policy| !self.model.policies[*policy].closed).collect();
        pick(&live, number)
    }

    /// The same, mostly one that has not ended.
    fn running_policy(&self, number: usize) -> Option<usize> {
        let Model { policies, now, .. } = &self.model;
        let runs = |policy: &usize| policies[*policy].end > *now && policies[*policy].cancelled.is_none();
        let running: Vec<_> = (0..policies.len()).filter(runs).collect();
        pick(&running, number).filter(|_| !number.is_multiple_of(8)).or_else(|| self.live_policy(number))
    }

    /// The holder of a policy, or anyone.
    pub fn holder_or(&self, policy: usize, by: Option<usize>) -> Name {
        by.and_then(|by| pick(&BUYERS, by)).unwrap_or(self.model.policies[policy].holder)
    }

    /// Extends a policy by its number among all.
    pub fn extend(&mut self, step: &Step, policy: usize) -> Option<()> {
        let Step::Extend { who, days, commission_bps, limit, .. } = *step else {
            unreachable!("{step:?} is another's")
        };
        let payer = pick(&BUYERS, who)?;
        let commission = (DISTRIBUTOR, commission_bps);
        let free = |model: &mut Model| model.extend(policy, payer, days, commission, u64::MAX);
        let max_premium = self.limit(limit, (u64::MAX, -1), free);
        let request = ExtensionRequest { max_premium, days, commission_bps };
        let sent = self.sites.extend(&self.model, policy, payer, &request);
        self.both(step, (sent, [payer]), |model| model.extend(policy, payer, days, commission, max_premium))?;
        let (model, here) = (&self.model, &self.model.policies[policy]);
        let over = model.room(here.product) == Ok(0);
        let (used, reduced, liened) =
            (model.claimed(policy) > 0, here.amount < here.bought, model.is_liened(here.product));
        let exits = model.first_epoch(here.pool).is_some();
        self.note(step, "of a full product", over);
        self.note(step, "with some used", used);
        self.note(step, "with some given back", reduced);
        self.note(step, "while an incident is open", liened);
        self.note(step, "while exits wait", exits);
        Some(())
    }

    /// Cancels a policy by its number among all.
    pub fn cancel(&mut self, step: &Step, policy: usize) -> Option<()> {
        let Step::Cancel { by, limit, .. } = *step else { unreachable!("{step:?} is another's") };
        let by = self.holder_or(policy, by);
        let min = self.limit(limit, (0, 1), |model| model.cancel(policy, by, 0));
        let sent = self.sites.cancel(&self.model, policy, by, min);
        let used = self.model.claimed(policy) > 0;
        self.both(step, (sent, [by]), |model| model.cancel(policy, by, min))?;
        let begun = self.model.policies[policy].cover_from <= self.model.now;
        let here = &self.model.policies[policy];
        let (has_fee, is_free) = (here.cancel_fee_bps > 0, self.model.is_left_freely(here.product));
        let below = self.model.eligible() < self.model.products[here.product].stake_floor.into();
        self.note(step, "without a fee", has_fee && is_free);
        self.note(step, "below the floor", has_fee && below);
        self.note(step, if begun { "once it covered" } else { "before it covered" }, true);
        self.note(step, "with some used", used);
        Some(())
    }

    fn act_on_policy(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::Extend { policy, .. } => {
                let policy = self.running_policy(policy)?;
                self.extend(step, policy)?;
            }
            Step::Cancel { policy, .. } => {
                let policy = self.running_policy(policy)?;
                self.cancel(step, policy)?;
            }
            Step::Reduce { policy, by, size, limit } => {
                let policy = self.running_policy(policy)?;
                let by = self.holder_or(policy, by);
                let part = self.size(size, self.model.policies[policy].amount - self.model.claimed(policy));
                let min = self.limit(limit, (0, 1), |model| model.reduce(policy, by, part, 0));
                let sent = self.sites.reduce(&self.model, policy, by, (part, min));
                let used = self.model.claimed(policy) > 0;
                self.both(step, (sent, [by]), |model| model.reduce(policy, by, part, min))?;
                self.note(step, "with some used", used);
            }
            Step::Transfer { policy, by, to } => {
                let policy = self.live_policy(policy)?;
                let (by, to) = (self.holder_or(policy, by), to.and_then(|to| pick(&BUYERS, to)));
                let sent = self.sites.transfer(&self.model, policy, by, to);
                self.both(step, (sent, [by]), |model| model.transfer(policy, by, to))?;
            }
            Step::ClosePolicy { policy } => {
                let policy = self.live_policy(policy)?;
                let sent = self.sites.close_policy(&self.model, policy);
                self.both(step, (sent, []), |model| model.close_policy(policy, GUARDIAN))?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }
}
