//! What somebody does, down to the last number: one action of the model, and one instruction on the chain.
//!
//! Plans speak of parts and of times beside others' moves. What comes of them in a world is a list of these, which the replay on
//! the bytecode takes as it is.

use coverage_model::{Model, Name, Outcome, PoolParams, ProductParams, Proposal, Purchase, Seen};

/// Who turns all cranks: it gets their tips, in lamports, which nothing here counts.
pub const KEEPER: Name = "guardian";
/// Who collects exits for others.
pub const COLLECTOR: Name = "founder";
/// Who has the authority over the pools, and pays for what is founded.
pub const FOUNDER: Name = "founder";

/// One action.
#[allow(missing_docs, reason = "named as the model's actions and their arguments")]
#[derive(Clone, Debug)]
pub enum Act {
    CreatePool {
        params: PoolParams,
        arbiter: Option<Name>,
    },
    ListProduct {
        pool: usize,
        terms: ProductParams,
        authority: Option<Name>,
    },
    OpenPool {
        pool: usize,
    },
    Deposit {
        pool: usize,
        who: Name,
        amount: u64,
        min_shares: u64,
        seen: Seen,
    },
    Withdraw {
        pool: usize,
        who: Name,
        shares: u64,
    },
    Donate {
        pool: usize,
        who: Name,
        amount: u64,
    },
    Absorb {
        pool: usize,
    },
    RequestExit {
        pool: usize,
        who: Name,
        id: u64,
        number: u64,
        shares: u64,
    },
    PayExits {
        epoch: usize,
    },
    CallExits {
        epoch: usize,
    },
    Release {
        incident: usize,
        epoch: usize,
    },
    CollectExit {
        ticket: usize,
    },
    Buy {
        product: usize,
        purchase: Purchase,
    },
    Extend {
        policy: usize,
        payer: Name,
        days: u16,
    },
    Cancel {
        policy: usize,
        by: Name,
    },
    Reduce {
        policy: usize,
        by: Name,
        part: u64,
    },
    Transfer {
        policy: usize,
        by: Name,
        to: Name,
    },
    Stake {
        who: Name,
        amount: u64,
    },
    RequestUnstake {
        who: Name,
        amount: u64,
    },
    Unstake {
        who: Name,
    },
    Report {
        product: usize,
        who: Name,
        occurred_at: u64,
    },
    Claim {
        incident: usize,
        policy: usize,
        by: Name,
        funder: Name,
        loss: u64,
    },
    SetDelegate {
        who: Name,
        to: Option<Name>,
    },
    Vote {
        ballot: usize,
        who: Name,
        level: u8,
    },
    VoteFor {
        ballot: usize,
        who: Name,
        by: Name,
        level: u8,
    },
    CloseBallot {
        ballot: usize,
    },
    Appeal {
        ballot: usize,
        who: Name,
    },
    AppealBond {
        ballot: usize,
    },
    Arbitrate {
        ballot: usize,
        who: Name,
        level: u8,
    },
    Reward {
        ballot: usize,
        vote: usize,
    },
    Decide {
        incident: usize,
    },
    EndFiling {
        incident: usize,
    },
    Settle {
        incident: usize,
        next: Option<usize>,
    },
    SettleRest {
        incident: usize,
    },
    IncidentBond {
        incident: usize,
    },
    Recover {
        incident: usize,
        who: Name,
        amount: u64,
    },
    Payout {
        claim: usize,
    },
    Dispute {
        claim: usize,
        who: Name,
    },
    Resolve {
        claim: usize,
    },
    DisputeBond {
        claim: usize,
    },
    Draw {
        policy: usize,
        by: Name,
        loss: u64,
    },
    PayBooking {
        booking: usize,
    },
    Challenge {
        incident: usize,
        who: Name,
    },
    Propose {
        pool: usize,
        product: Option<usize>,
        what: Proposal,
        by: Name,
    },
    Petition {
        pool: usize,
        product: Option<usize>,
        what: Proposal,
        who: Name,
    },
    QueueChange {
        change: usize,
    },
    ChangeBond {
        change: usize,
    },
    MarkChange {
        change: usize,
    },
    ApplyChange {
        change: usize,
    },
    WithdrawChange {
        change: usize,
        by: Name,
    },
    /// Nobody does it: a day begins and the pool and a product are brought up to it.
    Roll {
        product: usize,
    },
}

impl Act {
    /// Does it. Only within [`Model::attempt`], which takes back what a refused action has changed.
    ///
    /// # Errors
    ///
    /// Whatever rule refuses it.
    pub fn apply(&self, model: &mut Model) -> Outcome {
        match *self {
            Self::CreatePool { params, arbiter } => _ = model.create_pool(params, arbiter),
            Self::ListProduct { pool, ref terms, authority } => {
                model.list_product(pool, terms.clone(), authority);
            }
            Self::OpenPool { pool } => model.open_pool(pool)?,
            Self::Deposit { pool, who, amount, min_shares, seen } => {
                model.deposit(pool, who, amount, min_shares, seen).map(drop)?;
            }
            Self::Withdraw { pool, who, shares } => model.withdraw(pool, who, shares, 0).map(drop)?,
            Self::Donate { pool, who, amount } => {
                model.take(who, coverage_model::Token::Asset, amount.into())?;
                model.donate(pool, amount);
            }
            Self::Absorb { pool } => model.absorb_surplus(pool).map(drop)?,
            Self::RequestExit { pool, who, id, number, shares } => {
                model.request_exit(pool, (who, who), id, number, shares).map(drop)?;
            }
            Self::PayExits { epoch } => model.pay_exits(epoch, KEEPER).map(drop)?,
            Self::CallExits { epoch } => model.call_exits(epoch).map(drop)?,
            Self::Release { incident, epoch } => model.release_contested(incident, epoch).map(drop)?,
            Self::CollectExit { ticket } => model.collect_exit(ticket, COLLECTOR).map(drop)?,
            Self::Buy { product, purchase } => model.buy(product, purchase).map(drop)?,
            Self::Extend { policy, payer, days } => {
                model.extend(policy, payer, days, (payer, 0), u64::MAX).map(drop)?
            }
            Self::Cancel { policy, by } => model.cancel(policy, by, 0).map(drop)?,
            Self::Reduce { policy, by, part } => model.reduce(policy, by, part, 0).map(drop)?,
            Self::Transfer { policy, by, to } => model.transfer(policy, by, Some(to))?,
            Self::Stake { who, amount } => model.stake((who, who), amount)?,
            Self::RequestUnstake { who, amount } => model.request_unstake(who, amount)?,
            Self::Unstake { who } => model.unstake(who)?,
            Self::Report { product, who, occurred_at } => {
                model.open_incident(product, (who, who), occurred_at).map(drop)?;
            }
            Self::Claim { incident, policy, by, funder, loss } => {
                model.submit_claim(incident, policy, (by, by), (funder, by), loss).map(drop)?;
            }
            Self::SetDelegate { who, to } => model.set_delegate(who, to)?,
            Self::Vote { ballot, who, level } => model.vote(ballot, (who, who), level).map(drop)?,
            Self::VoteFor { ballot, who, by, level } => model.vote_for(ballot, who, (by, by), level).map(drop)?,
            Self::CloseBallot { ballot } => model.close_ballot(ballot, KEEPER)?,
            Self::Appeal { ballot, who } => model.appeal(ballot, (who, who)).map(drop)?,
            Self::AppealBond { ballot } => model.collect_appeal_bond(ballot).map(drop)?,
            Self::Arbitrate { ballot, who, level } => model.arbitrate(ballot, who, level)?,
            Self::Reward { ballot, vote } => model.collect_vote_reward(ballot, vote, true, KEEPER).map(drop)?,
            Self::Decide { incident } => model.decide_incident(incident, KEEPER)?,
            Self::EndFiling { incident } => model.end_filing(incident, KEEPER)?,
            Self::Settle { incident, next } => model.settle_incident(incident, next, KEEPER)?,
            Self::SettleRest { incident } => model.settle_rest(incident).map(drop)?,
            Self::IncidentBond { incident } => model.collect_incident_bond(incident).map(drop)?,
            Self::Recover { incident, who, amount } => model.recover(incident, who, amount).map(drop)?,
            Self::Payout { claim } => model.payout(claim, (true, true), KEEPER).map(drop)?,
            Self::Dispute { claim, who } => model.dispute_claim(claim, (who, who)).map(drop)?,
            Self::Resolve { claim } => model.resolve_dispute(claim, KEEPER)?,
            Self::DisputeBond { claim } => model.collect_dispute_bond(claim).map(drop)?,
            Self::Draw { policy, by, loss } => model.draw(policy, (by, Some(FOUNDER)), loss, 0).map(drop)?,
            Self::PayBooking { booking } => model.pay_booking(booking, true, KEEPER).map(drop)?,
            Self::Challenge { incident, who } => model.challenge_incident(incident, (who, who)).map(drop)?,
            Self::Propose { pool, product, what, by } => {
                model.propose_change((pool, product), what, (by, FOUNDER)).map(drop)?;
            }
            Self::Petition { pool, product, what, who } => {
                model.petition_change((pool, product), what, (who, who)).map(drop)?;
            }
            Self::QueueChange { change } => model.queue_change(change, KEEPER)?,
            Self::ChangeBond { change } => model.collect_change_bond(change).map(drop)?,
            Self::MarkChange { change } => model.mark_change(change)?,
            Self::ApplyChange { change } => model.apply_change(change)?,
            Self::WithdrawChange { change, by } => model.withdraw_change(change, by)?,
            Self::Roll { product } => model.roll(product),
        }
        Ok(())
    }

    /// The name of its kind.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{self:?}").split([' ', '{']).next().unwrap_or_default().to_owned()
    }
}
