//! What a move of a plan comes to in a life: amounts out of parts, and who does it.

use crate::{
    act::{Act, FOUNDER},
    life::Life,
    plan::{Loss, Verb, When, Wish},
    world::{
        ARBITER, DELEGATE, ENEMIES, ENEMY_BUYERS, ENEMY_DELEGATE, ENEMY_LP, ENEMY_VOTER, HONEST_VOTERS, JURY, Kind,
        UNIT, greedy_product, purchase,
    },
};
use coverage_model::{AGAINST, Cast, ClaimState, DAY, FOR, Name, Phase, PriceCurve, Proposal, Subject, Token};

/// So many bps of an amount.
fn part_of(amount: u64, bps: u16) -> u64 {
    u64::try_from(u128::from(amount) * u128::from(bps) / 10_000).unwrap_or(u64::MAX)
}

impl Life<'_> {
    /// Makes a move, if there is anything to make it with.
    pub(crate) fn make(&mut self, verb: Verb) {
        // Nothing becomes of what cannot even be said: of a policy that is not there, or a part of nothing.
        _ = self.try_make(verb);
    }

    fn try_make(&mut self, verb: Verb) -> Option<()> {
        let pool = |pool: u8| usize::from(pool) % 2;
        match verb {
            Verb::Deposit { pool: of, part } => {
                let (pool, amount) = (pool(of), part_of(self.purse(ENEMY_LP), part));
                let seen = self.model.seen(pool);
                self.act(Act::Deposit { pool, who: ENEMY_LP, amount, min_shares: 0, seen });
            }
            Verb::Withdraw { pool: of, part } => {
                let shares = part_of(self.shares(pool(of)), part);
                self.act(Act::Withdraw { pool: pool(of), who: ENEMY_LP, shares });
            }
            Verb::Exit { pool: of, part } => {
                let (pool, shares) = (pool(of), part_of(self.shares(pool(of)), part));
                let (id, (number, _)) = (self.new_id(), self.model.exit_epoch(pool));
                self.act(Act::RequestExit { pool, who: ENEMY_LP, id, number, shares });
            }
            Verb::PayOwn { pool: of } => {
                let own =
                    self.model.tickets.iter().filter(|ticket| ticket.owner == ENEMY_LP && ticket.pool == pool(of));
                let epochs: Vec<_> = own.map(|ticket| ticket.epoch).collect();
                for epoch in epochs {
                    if self.model.waiting(epoch) > 0 {
                        self.act(Act::PayExits { epoch });
                    }
                }
            }
            Verb::PayFirst { pool: of } => {
                let epoch = self.model.first_epoch(pool(of))?;
                if !self.act(Act::PayExits { epoch }) {
                    self.act(Act::CallExits { epoch });
                }
            }
            Verb::Collect => {
                let own = |ticket: &usize| {
                    self.model.tickets[*ticket].owner == ENEMY_LP && !self.model.tickets[*ticket].closed
                };
                for ticket in (0..self.model.tickets.len()).filter(own).collect::<Vec<_>>() {
                    self.act(Act::CollectExit { ticket });
                }
            }
            Verb::Donate { pool: of, part } => {
                let amount = part_of(self.purse(ENEMY_LP), part);
                self.act(Act::Donate { pool: pool(of), who: ENEMY_LP, amount });
            }
            Verb::Absorb { pool: of } => _ = self.act(Act::Absorb { pool: pool(of) }),
            Verb::Buy { product, who, part, days } => self.buy(product, who, (part, days))?,
            Verb::Recover { part } => {
                let incident = self.model.incidents.iter().position(|incident| incident.state == Phase::Settled)?;
                let amount = part_of(self.purse(ENEMY_LP), part);
                self.act(Act::Recover { incident, who: ENEMY_LP, amount });
            }
            Verb::Crank => self.crank(),
            Verb::Vote { .. }
            | Verb::VoteAt { .. }
            | Verb::SetDelegate { .. }
            | Verb::VoteByDelegate { .. }
            | Verb::Dispute { .. }
            | Verb::Challenge
            | Verb::Appeal
            | Verb::Stake { .. }
            | Verb::Unstake { .. }
            | Verb::Arbitrate { .. } => {
                self.judge(verb)?;
            }
            Verb::Close | Verb::Read | Verb::Settle | Verb::Release => self.serve(verb),
            Verb::ListGreedy { .. }
            | Verb::Propose { .. }
            | Verb::Petition { .. }
            | Verb::Mark
            | Verb::Apply
            | Verb::TakeBack => {
                self.govern(verb)?;
            }
            _ => self.hold(verb)?,
        }
        Some(())
    }

    /// Shares of a pool that the coalition has.
    fn shares(&self, pool: usize) -> u64 {
        u64::try_from(self.model.balance(ENEMY_LP, self.model.shares_of(pool))).unwrap_or(0)
    }

    /// A policy of the coalition, the last being number 0.
    fn policy(&self, number: u8) -> Option<usize> {
        self.policies.iter().rev().nth(usize::from(number)).copied()
    }

    fn buy(&mut self, product: u8, who: u8, (part, days): (u16, u16)) -> Option<()> {
        let product = if product < 3 { usize::from(product) } else { self.product? };
        let room = self.model.trial(|model| {
            model.roll(product);
            model.room(product).map(|room| (room, model.terms_of_sale(product)))
        });
        let (room, terms) = room.ok()?;
        let amount = part_of(u64::try_from(room).ok()?, part);
        let (payer, id) = (ENEMY_BUYERS[usize::from(who) % 2], self.new_id());
        let purchase = purchase((payer, id), amount, days, terms);
        self.act(Act::Buy { product, purchase });
        Some(())
    }

    /// Moves of holders.
    fn hold(&mut self, verb: Verb) -> Option<()> {
        match verb {
            Verb::Extend { policy, days } => {
                let policy = self.policy(policy)?;
                let payer = self.model.policies[policy].holder;
                self.act(Act::Extend { policy, payer, days });
            }
            Verb::Cancel { policy } => {
                let policy = self.policy(policy)?;
                let by = self.model.policies[policy].holder;
                self.act(Act::Cancel { policy, by });
            }
            Verb::Reduce { policy, part } => {
                let policy = self.policy(policy)?;
                let by = self.model.policies[policy].holder;
                let part = part_of(self.left(policy), part);
                self.act(Act::Reduce { policy, by, part });
            }
            Verb::Transfer { policy } => {
                let policy = self.policy(policy)?;
                let by = self.model.policies[policy].holder;
                let to = if by == ENEMY_BUYERS[0] { ENEMY_BUYERS[1] } else { ENEMY_BUYERS[0] };
                self.act(Act::Transfer { policy, by, to });
            }
            Verb::Report { product, when } => {
                let product = if product < 3 { usize::from(product) } else { self.product? };
                let occurred_at = match when {
                    When::True => self.nature.pivot,
                    When::Now => self.model.now,
                    When::Ago(hours) => self.model.now - u64::from(hours) * 3_600,
                };
                // The truth is left to honest people: whoever tells it sooner has those bear a loss who would have left since.
                let told = self.nature.kind != Kind::Loss || self.true_report().is_some();
                if told || occurred_at != self.nature.pivot || product != JURY {
                    self.act(Act::Report { product, who: ENEMY_BUYERS[0], occurred_at });
                }
            }
            Verb::Claim { policy, loss } => {
                let policy = self.policy(policy)?;
                let (product, by) = (self.model.policies[policy].product, self.model.policies[policy].holder);
                let open = |incident: &usize| {
                    let here = &self.model.incidents[*incident];
                    here.product == product && here.takes_claims() && here.policy.is_none()
                };
                let incident = (0..self.model.incidents.len()).find(open)?;
                let left = self.left(policy);
                let deductible = self.deductible(policy);
                let loss = match loss {
                    Loss::True => self.true_loss(policy),
                    Loss::All => left.saturating_add(deductible),
                    Loss::ButAnAtom => self.true_loss(policy).min(left.saturating_add(deductible)).saturating_sub(1),
                    Loss::Part(bps) => part_of(left, bps).saturating_add(deductible),
                };
                self.act(Act::Claim { incident, policy, by, funder: by, loss });
            }
            Verb::Payout => {
                for claim in 0..self.model.claims.len() {
                    let here = &self.model.claims[claim];
                    let waits = !matches!(here.state, ClaimState::Settled | ClaimState::Rejected);
                    if ENEMIES.contains(&here.claimant) && waits {
                        self.act(Act::Payout { claim });
                    }
                }
            }
            Verb::Draw { policy, part } => {
                let policy = self.policy(policy)?;
                let amount = u64::try_from(self.model.policies[policy].amount).ok()?;
                self.act(Act::Draw { policy, by: ENEMY_BUYERS[1], loss: part_of(amount, part) });
            }
            Verb::PayBooking => {
                for booking in 0..self.model.incidents.len() {
                    let here = &self.model.incidents[booking];
                    if here.policy.is_some() && here.state == Phase::Accepted {
                        self.act(Act::PayBooking { booking });
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn deductible(&self, policy: usize) -> u64 {
        let here = &self.model.policies[policy];
        let bps = i128::from(self.model.products[here.product].terms.deductible_bps);
        u64::try_from((here.bought * bps + 9_999) / 10_000).unwrap_or(0)
    }

    fn left(&self, policy: usize) -> u64 {
        let here = &self.model.policies[policy];
        u64::try_from(here.amount - self.model.claimed(policy)).unwrap_or(0)
    }

    /// The last ballot that takes votes and has none of the coalition's in its last round, of those about some subjects.
    fn running_ballot(&self, about: impl Fn(Subject) -> bool) -> Option<usize> {
        let runs = |ballot: &usize| {
            let here = &self.model.ballots[*ballot];
            let last = here.rounds.len() - 1;
            let is_own = |vote: &Cast| vote.voter == ENEMY_VOTER && vote.round == last && !vote.by_delegate;
            let has_voted = here.votes.iter().any(is_own);
            here.round().closed_at.is_none() && !has_voted && about(here.subject)
        };
        (0..self.model.ballots.len()).rfind(runs)
    }

    /// What the coalition votes on a ballot: what is true, or what is best for its claims and worst for others'.
    fn level(&self, ballot: usize, truth: bool) -> u8 {
        let true_level = self.truth(ballot);
        match self.model.ballots[ballot].subject {
            _ if truth => true_level,
            Subject::Claim(claim) if ENEMIES.contains(&self.model.claims[claim].claimant) => FOR,
            Subject::Claim(_) => AGAINST,
            _ => FOR - true_level,
        }
    }

    /// Moves in court.
    fn judge(&mut self, verb: Verb) -> Option<()> {
        let who = ENEMY_VOTER;
        match verb {
            Verb::Vote { truth } => {
                let ballot = self.running_ballot(|_| true)?;
                let level = self.level(ballot, truth);
                self.act(Act::Vote { ballot, who, level });
            }
            Verb::SetDelegate { back } => {
                let to = (!back).then_some(ENEMY_DELEGATE);
                self.act(Act::SetDelegate { who, to });
            }
            Verb::VoteByDelegate { truth } => {
                let runs = |ballot: &usize| self.model.ballots[*ballot].round().closed_at.is_none();
                let ballot = (0..self.model.ballots.len()).rfind(runs)?;
                let level = self.level(ballot, truth);
                self.act(Act::VoteFor { ballot, who, by: ENEMY_DELEGATE, level });
                for who in HONEST_VOTERS {
                    if self.model.voter(who).is_some_and(|voter| voter.delegate == Some(DELEGATE)) {
                        self.act(Act::VoteFor { ballot, who, by: DELEGATE, level });
                    }
                }
            }
            Verb::VoteAt { level } => {
                let ballot = self.running_ballot(|subject| matches!(subject, Subject::Claim(_)))?;
                self.act(Act::Vote { ballot, who, level });
            }
            Verb::Dispute { own } => {
                let open = |claim: &usize| {
                    let here = &self.model.claims[*claim];
                    let is_open = self.model.incidents[here.incident].takes_claims();
                    ENEMIES.contains(&here.claimant) == own && here.state == ClaimState::Filed && is_open
                };
                let claim = (0..self.model.claims.len()).find(open)?;
                self.act(Act::Dispute { claim, who: ENEMY_BUYERS[0] });
            }
            Verb::Challenge => {
                let booking = |incident: &usize| {
                    let here = &self.model.incidents[*incident];
                    here.policy.is_some() && here.takes_claims()
                };
                let incident = (0..self.model.incidents.len()).find(booking)?;
                self.act(Act::Challenge { incident, who: ENEMY_BUYERS[0] });
            }
            Verb::Arbitrate { truth } => {
                let waits = |ballot: &usize| self.model.ballots[*ballot].is_arbitrable();
                let ballot = (0..self.model.ballots.len()).rfind(waits)?;
                let true_level = self.truth(ballot);
                let level = if truth { true_level } else { FOR - true_level };
                self.act(Act::Arbitrate { ballot, who: ARBITER, level });
            }
            Verb::Appeal => {
                let closed = |ballot: &usize| {
                    let here = &self.model.ballots[*ballot];
                    here.round().closed_at.is_some() && here.rounds.len() == 1 && !here.executed
                };
                let ballot = (0..self.model.ballots.len()).rfind(closed)?;
                self.act(Act::Appeal { ballot, who: ENEMY_BUYERS[0] });
            }
            Verb::Stake { part } => {
                let all = u64::try_from(self.model.balance(who, Token::Governance)).ok()?;
                self.act(Act::Stake { who, amount: part_of(all, part) });
            }
            Verb::Unstake { part } => {
                if self.model.voter(who)?.unstaking > 0 {
                    self.act(Act::Unstake { who });
                }
                let all = u64::try_from(self.model.voter(who)?.staked()).ok()?;
                self.act(Act::RequestUnstake { who, amount: part_of(all, part) });
            }
            _ => return None,
        }
        Some(())
    }

    /// Steps of ballots and incidents that anyone can take.
    fn serve(&mut self, verb: Verb) {
        match verb {
            Verb::Close | Verb::Read => {
                for ballot in 0..self.model.ballots.len() {
                    let here = &self.model.ballots[ballot];
                    let is_open = here.round().closed_at.is_none();
                    let act = match here.subject {
                        _ if here.executed || is_open != (verb == Verb::Close) => continue,
                        _ if is_open => Act::CloseBallot { ballot },
                        Subject::Incident(incident) => Act::Decide { incident },
                        Subject::Claim(claim) => Act::Resolve { claim },
                        Subject::Change(change) => Act::QueueChange { change },
                    };
                    self.act(act);
                }
            }
            Verb::Settle => {
                for incident in 0..self.model.incidents.len() {
                    let here = &self.model.incidents[incident];
                    if !here.is_open() || here.policy.is_some() || here.state == Phase::Open {
                        continue;
                    }
                    if !here.filing_ended {
                        self.act(Act::EndFiling { incident });
                    }
                    let mut line = self.model.open_on(self.model.incidents[incident].product);
                    let (first, next) = (line.next(), line.next());
                    if first == Some(incident) {
                        drop(line);
                        self.act(Act::Settle { incident, next });
                    }
                }
            }
            _ => {
                for ballot in 0..self.model.ballots.len() {
                    let own = |vote: &Cast| vote.voter == ENEMY_VOTER && !vote.released;
                    if let Some(vote) = self.model.ballots[ballot].votes.iter().position(own) {
                        self.act(Act::Reward { ballot, vote });
                    }
                }
            }
        }
    }

    /// Moves of those in charge, and of stakers.
    fn govern(&mut self, verb: Verb) -> Option<()> {
        let changes = |life: &Self| {
            (0..life.model.changes.len()).filter(|change| life.model.changes[*change].is_queued()).collect::<Vec<_>>()
        };
        match verb {
            Verb::ListGreedy { pool } => {
                let pool = usize::from(pool) % 2;
                self.act(Act::ListProduct { pool, terms: greedy_product(), authority: Some(ENEMY_BUYERS[1]) });
            }
            Verb::Propose { pool, wish } => {
                let (pool, product, what) = self.proposal(pool, wish)?;
                self.act(Act::Propose { pool, product, what, by: FOUNDER });
            }
            Verb::Petition { pool, wish } => {
                let (pool, product, what) = self.proposal(pool, wish)?;
                let who: Name = ENEMY_VOTER;
                self.act(Act::Petition { pool, product, what, who });
            }
            Verb::Mark => {
                for change in changes(self) {
                    self.act(Act::MarkChange { change });
                }
            }
            Verb::Apply => {
                for change in changes(self) {
                    self.act(Act::ApplyChange { change });
                }
            }
            Verb::TakeBack => {
                let change = self.change?;
                self.act(Act::WithdrawChange { change, by: FOUNDER });
            }
            _ => return None,
        }
        Some(())
    }

    fn proposal(&self, pool: u8, wish: Wish) -> Option<(usize, Option<usize>, Proposal)> {
        let mut pool = usize::from(pool) % 2;
        let first = if pool == 0 { JURY } else { 2 };
        let days = |days: u16| u64::from(days) * DAY;
        let (product, what) = match wish {
            Wish::List => {
                let product = self.product?;
                pool = self.model.products[product].pool;
                (Some(product), Proposal::List)
            }
            Wish::Delist => (Some(first), Proposal::Delist),
            Wish::Leverage(leverage_bps) => (None, Proposal::Leverage { leverage_bps }),
            Wish::Weight(weight_bps) => (Some(first), Proposal::Weight { weight_bps }),
            Wish::ExitDelay(exit_delay_days) => (None, Proposal::ExitDelay { exit_delay_days }),
            Wish::Season(season_days) => (None, Proposal::Season { season_days }),
            Wish::Timelock(more) => {
                let least = days(self.model.pools[pool].params.exit_delay_days + 2);
                (None, Proposal::Timelock { timelock: least + days(more) })
            }
            Wish::Free => {
                let curve = PriceCurve { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, kink_bps: 8_000 };
                (Some(first), Proposal::Curve(curve))
            }
            Wish::Bonds(incident_bond, claim_bond_bps) => {
                (Some(first), Proposal::Bonds { incident_bond, claim_bond_bps })
            }
            Wish::AssessorFee(assessor_fee_bps) => (None, Proposal::AssessorFee { assessor_fee_bps }),
            Wish::ProtocolFee(protocol_fee_bps) => (None, Proposal::ProtocolFee { protocol_fee_bps }),
            Wish::CancelFee(cancel_fee_bps) => (None, Proposal::CancelFee { cancel_fee_bps }),
            Wish::MinPremium(min_premium) => (None, Proposal::MinPremium { min_premium }),
            Wish::StakeFloor(units) => (None, Proposal::StakeFloor { stake_floor: units * UNIT }),
            Wish::CoverPerStake(units) => (None, Proposal::CoverPerStake { cover_per_stake: units * UNIT }),
            Wish::GroupCap(group, cap_bps) => (None, Proposal::GroupCap { group, cap_bps }),
        };
        Some((pool, product, what))
    }
}
