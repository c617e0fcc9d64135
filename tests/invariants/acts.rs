//! What each step is on the chain, and what it is in the model.

use crate::{
    play::Play,
    sites::{BUYERS, DISTRIBUTOR, FOUNDER, GUARDIAN, LPS},
    steps::{Next, Size, Step},
};
use coverage_client::{CoverRequest, ExtensionRequest};
use coverage_model::{Atoms, Ballot, DAY, Model, Name, Purchase, Token, day_of};
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
            Step::Extend { .. } | Step::Cancel { .. } | Step::Transfer { .. } | Step::ClosePolicy { .. } => {
                self.act_on_policy(step)?;
            }
            Step::Stake { .. }
            | Step::Open { .. }
            | Step::Claim { .. }
            | Step::Vote { .. }
            | Step::Close { .. }
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
            | Step::Reclaim { .. }
            | Step::RequestUnstake { .. }
            | Step::Unstake { .. }
            | Step::BurnSlashed => self.act_in_court(step)?,
            Step::Observe { .. }
            | Step::RefuteBreach { .. }
            | Step::OpenByPrice { .. }
            | Step::ClaimBreach { .. }
            | Step::Challenge { .. }
            | Step::RefuteIncident { .. }
            | Step::Draw { .. } => self.act_on_trigger(step)?,
            Step::RequestExit { .. }
            | Step::OpenEpoch { .. }
            | Step::SettleExits { .. }
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
            times.extend([policy.cover_from, policy.end_day * DAY, policy.release_day * DAY]);
        }
        times.extend(model.epochs.iter().map(|epoch| epoch.day * DAY));
        for incident in model.incidents.iter().filter(|incident| incident.closed_at.is_none()) {
            let ends = [model.filing_ends_at(incident), model.disputes_end_at(incident), incident.challenge_ends_at];
            times.extend(ends);
        }
        times.extend(model.claims.iter().filter(|claim| !claim.has_ended()).map(|claim| claim.disputes_end_at));
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
            Step::Deposit { pool, who, size, limit } => {
                let who = pick(&LPS, who)?;
                // All there is to deposit: what they have, or what the pool may hold.
                let room = self.model.trial(|model| {
                    model.accrue(pool);
                    model.deposit_room(pool)
                });
                let all = match size {
                    Size::Edge(_) => room.min(self.model.balance(who, Token::Asset)),
                    _ => Atoms::from(300_000 * UNIT),
                };
                let amount = self.size(size, all);
                let min = self.limit(limit, (0, 1), |model| model.deposit(pool, who, amount, 0));
                let sent = self.sites.deposit(pool, who, amount, min);
                self.both(step, (sent, Some(who)), |model| model.deposit(pool, who, amount, min))?;
                self.note(step, "filled the pool", Atoms::from(amount) == room);
            }
            Step::Burn { pool, who, size } => {
                let who = pick(&LPS, who)?;
                let size = if let Size::Part(bps) = size { Size::Part(bps / 100) } else { size };
                let shares = self.size(size, self.model.balance(who, Token::Shares(pool)));
                let sent = self.sites.burn(pool, who, shares);
                self.both(step, (sent, Some(who)), |model| model.burn(pool, who, shares))?;
                self.burned[pool] += Atoms::from(shares);
            }
            Step::Absorb { pool } => {
                self.both(step, (self.sites.absorb(pool), None), |model| model.absorb_surplus(pool))?;
                self.donated[pool] = 0;
            }
            Step::Roll { product } => {
                let product = product % self.model.products.len();
                self.both(step, (self.sites.roll(&self.model, product), None), |model| {
                    model.roll(product);
                    Ok(())
                })?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    fn act_on_exit(&mut self, step: &Step) -> Option<()> {
        let today = day_of(self.model.now);
        match *step {
            Step::RequestExit { pool, who, size, off } => {
                let owns = |who: &Name| self.model.balance(who, Token::Shares(pool)) > 0;
                let owners: Vec<_> = LPS.into_iter().filter(owns).collect();
                let who = pick(&owners, who).unwrap_or(LPS[0]);
                let shares = self.size(size, self.model.balance(who, Token::Shares(pool)));
                let delay = u64::from(self.model.pools[pool].params.exit_delay_days);
                let (day, id) = ((today + delay).checked_add_signed(off.into())?, self.new_id());
                let sent = self.sites.request_exit(pool, who, id, day, shares);
                self.both(step, (sent, Some(who)), |model| model.request_exit(pool, who, id, day, shares))?;
            }
            Step::OpenEpoch { pool, off } => {
                self.open_epoch(step, pool, (today + 1).checked_add_signed(off.into())?)?
            }
            Step::SettleExits { pool, any, next } => {
                let days = match any {
                    None => self.model.waiting_days(pool),
                    Some(_) => {
                        self.model.epochs_of(pool).filter(|epoch| !epoch.closed).map(|epoch| epoch.day).collect()
                    }
                };
                let day = pick(&days, any.unwrap_or(0))?;
                let open: Vec<_> = (0..self.model.epochs.len())
                    .filter(|epoch| self.model.epochs[*epoch].pool == pool && !self.model.epochs[*epoch].closed)
                    .collect();
                let next = match next {
                    Next::Nowhere => None,
                    Next::Any(number) => pick(&open, number),
                    Next::Tomorrow => {
                        if self.model.epoch(pool, today + 1).is_none() {
                            self.open_epoch(&Step::OpenEpoch { pool, off: 0 }, pool, today + 1)?;
                        }
                        self.model.epoch(pool, today + 1)
                    }
                };
                let epoch = self.model.epoch(pool, day)?;
                // Nobody gives an account twice.
                let next = next.filter(|next| *next != epoch);
                let sent = self.sites.settle_epoch(&self.model, epoch, next);
                self.both(step, (sent, None), |model| model.settle_epoch(epoch, next))?;
                let settlement = self.model.epochs[epoch].settlement.as_ref()?;
                self.note(step, "carried over", settlement.carried_to_day.is_some());
            }
            Step::CollectExit { ticket } => {
                let going: Vec<_> =
                    (0..self.model.tickets.len()).filter(|ticket| self.model.tickets[*ticket].day.is_some()).collect();
                let ticket = pick(&going, ticket)?;
                let here = &self.model.tickets[ticket];
                let epoch = self.model.epoch(here.pool, here.day?)?;
                let sent = self.sites.collect_exit(&self.model, ticket, epoch);
                self.both(step, (sent, None), |model| model.collect_exit(ticket, FOUNDER))?;
            }
            Step::CloseEpoch { epoch } => {
                let open: Vec<_> =
                    (0..self.model.epochs.len()).filter(|epoch| !self.model.epochs[*epoch].closed).collect();
                let epoch = pick(&open, epoch)?;
                let sent = self.sites.close_epoch(&self.model, epoch);
                self.both(step, (sent, None), |model| model.close_epoch(epoch, GUARDIAN))?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    fn open_epoch(&mut self, step: &Step, pool: usize, day: u64) -> Option<()> {
        let sent = self.sites.open_epoch(pool, day);
        self.both(step, (sent, Some(FOUNDER)), |model| model.open_epoch(pool, day, FOUNDER))?;
        Some(())
    }

    fn act_on_sale(&mut self, step: &Step) -> Option<()> {
        let (Step::Buy { product, size, term_days, .. } | Step::Quote { product, size, term_days }) = *step else {
            unreachable!("{step:?} is another's")
        };
        let product = product % self.model.products.len();
        let room = self.model.trial(|model| {
            model.roll(product);
            model.room(product).ok()
        })?;
        let amount = self.size(size, room);
        let Step::Buy { who, holder, commission_bps, limit, .. } = *step else {
            let sent = self.sites.quote(&self.model, product, amount, term_days);
            let (offer, receipt) = self.both(step, (sent, None), |model| model.quote(product, amount, term_days))?;
            let quote = receipt.quote();
            let found = (Atoms::from(quote.premium), Atoms::from(quote.capacity), quote.cover_from, quote.end);
            assert_eq!(found, (offer.premium, offer.capacity, offer.cover_from, offer.end), "{step:?}");
            return Some(());
        };
        let (payer, id) = (pick(&BUYERS, who)?, self.new_id());
        let holder = holder.and_then(|holder| pick(&BUYERS, holder));
        let commission = (DISTRIBUTOR, commission_bps);
        let free = Purchase { payer, holder, id, amount, term_days, commission, max_premium: u64::MAX };
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
        };
        let sent = self.sites.buy(&self.model, product, payer, id, &request);
        let purchase = Purchase { max_premium, ..free };
        self.both(step, (sent, Some(payer)), |model| model.buy(product, purchase))?;
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
        let runs = |policy: &usize| policies[*policy].end_day * DAY > *now && policies[*policy].refunded.is_none();
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
        self.both(step, (sent, Some(payer)), |model| model.extend(policy, payer, days, commission, max_premium))?;
        let given_up = self.model.policies[policy].given_up.last().is_some_and(|(amount, _)| *amount > 0);
        self.note(step, "gave capacity up", given_up);
        self.check_caps(self.model.policies[policy].product, step);
        Some(())
    }

    fn act_on_policy(&mut self, step: &Step) -> Option<()> {
        match *step {
            Step::Extend { policy, .. } => {
                let policy = self.running_policy(policy)?;
                self.extend(step, policy)?;
            }
            Step::Cancel { policy, by, limit } => {
                let policy = self.running_policy(policy)?;
                let by = self.holder_or(policy, by);
                let min = self.limit(limit, (0, 1), |model| model.cancel(policy, by, 0));
                let sent = self.sites.cancel(&self.model, policy, by, min);
                self.both(step, (sent, Some(by)), |model| model.cancel(policy, by, min))?;
            }
            Step::Transfer { policy, by, to } => {
                let policy = self.live_policy(policy)?;
                let (by, to) = (self.holder_or(policy, by), to.and_then(|to| pick(&BUYERS, to)));
                let sent = self.sites.transfer(&self.model, policy, by, to);
                self.both(step, (sent, Some(by)), |model| model.transfer(policy, by, to))?;
            }
            Step::ClosePolicy { policy } => {
                let policy = self.live_policy(policy)?;
                let sent = self.sites.close_policy(&self.model, policy);
                self.both(step, (sent, None), |model| model.close_policy(policy, GUARDIAN))?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }
}
