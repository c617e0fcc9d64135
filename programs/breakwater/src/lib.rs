//! Breakwater: mutual coverage pools.
//!
//! LPs deposit a token into a pool and earn premiums by the second. Buyers pay a premium for cover against a listed
//! risk. When something happens, an incident is opened, an assembly of stakers decides whether it counts, holders file
//! claims, and everybody is paid by one factor. Every step that time allows can be taken by anyone.

extern crate alloc;

pub mod clock;
mod court;
pub mod extensions;
pub mod instructions;
mod log;
pub mod oracle;
pub mod rent;
mod shares;
pub mod token;

use anchor_lang::prelude::*;
pub use breakwater_state::{
    self as state, AssemblyParams, ClaimRequest, CoverRequest, Evidence, ExtensionRequest, ID, IncidentReport,
    PoolParams, ProductParams, Proposal, Quote, Seen, ShareWords,
};
pub use instructions::*;

// What explorers show to anyone who finds a weakness. There is no site, no mailbox and no audit, and it says so: who deploys
// this names their own.
#[cfg(not(feature = "no-entrypoint"))]
solana_security_txt::security_txt! {
    name: "Breakwater",
    project_url: "README.md of the source",
    contacts: "other:a private security advisory of the repository that hosts the source",
    policy: "SECURITY.md of the source",
    preferred_languages: "en",
    auditors: "None"
}

/// The instructions. Their first data byte is fixed for good.
#[program]
pub mod breakwater {
    use super::*;

    /// Creates an assembly of the stakers of a mint. Anyone may.
    #[discrim = 0]
    pub fn create_assembly(ctx: &mut Context<CreateAssembly>, params: AssemblyParams) -> Result<()> {
        instructions::create_assembly(ctx, params)
    }

    /// Stakes `amount` atoms of the governance token. The owner signs.
    #[discrim = 1]
    pub fn stake(ctx: &mut Context<Stake>, amount: u64) -> Result<()> {
        instructions::stake(ctx, amount)
    }

    /// Casts the owner's weight for a level of a ballot: 0 against, 16 for, or between them. The owner or a delegate signs.
    #[discrim = 2]
    pub fn vote(ctx: &mut Context<Vote>, level: u8) -> Result<()> {
        instructions::vote(ctx, level)
    }

    /// Closes a ballot's round whose time is over, or whose outcome no vote can change. Anyone may.
    #[discrim = 3]
    pub fn close_ballot(ctx: &mut Context<CloseBallot>) -> Result<()> {
        instructions::close_ballot(ctx)
    }

    /// Puts `amount` atoms of a stake on their way out. The owner signs.
    #[discrim = 4]
    pub fn request_unstake(ctx: &mut Context<RequestUnstake>, amount: u64) -> Result<()> {
        instructions::request_unstake(ctx, amount)
    }

    /// Takes out what has been on its way for long enough. The owner signs.
    #[discrim = 5]
    pub fn unstake(ctx: &mut Context<Unstake>) -> Result<()> {
        instructions::unstake(ctx)
    }

    /// Has a decided ballot voted on again, with a bond. Anyone may.
    #[discrim = 6]
    pub fn appeal(ctx: &mut Context<Appeal>) -> Result<()> {
        instructions::appeal(ctx)
    }

    /// Decides a ballot in which too few voted: 0 against, 16 for, or between them. The arbiter signs.
    #[discrim = 7]
    pub fn arbitrate(ctx: &mut Context<Arbitrate>, level: u8) -> Result<()> {
        instructions::arbitrate(ctx, level)
    }

    /// Releases a vote of a final ballot, and pays its reward once that was read. Anyone may.
    #[discrim = 8]
    pub fn collect_vote_reward(ctx: &mut Context<CollectVoteReward>) -> Result<()> {
        instructions::collect_vote_reward(ctx)
    }

    /// Gives an appeal's bond back, or shares it out when the appeal changed nothing. Anyone may.
    #[discrim = 9]
    pub fn collect_appeal_bond(ctx: &mut Context<CollectAppealBond>) -> Result<()> {
        instructions::collect_appeal_bond(ctx)
    }

    /// Closes the account of a ballot that is over. Anyone may.
    #[discrim = 10]
    pub fn reclaim_ballot(ctx: &mut Context<ReclaimBallot>) -> Result<()> {
        instructions::reclaim_ballot(ctx)
    }

    /// Burns the stake that voters have lost. Anyone may.
    #[discrim = 11]
    pub fn burn_slashed(ctx: &mut Context<BurnSlashed>) -> Result<()> {
        instructions::burn_slashed(ctx)
    }

    /// Closes a voter without stake. Anyone may.
    #[discrim = 12]
    pub fn close_voter(ctx: &mut Context<CloseVoter>) -> Result<()> {
        instructions::close_voter(ctx)
    }

    /// Closes an assembly that no pool and no voter needs. Its creator signs.
    #[discrim = 13]
    pub fn close_assembly(ctx: &mut Context<CloseAssembly>) -> Result<()> {
        instructions::close_assembly(ctx)
    }

    /// Attaches evidence to what is voted on, or the reasons of a vote. Anyone may.
    #[discrim = 14]
    pub fn attach_evidence(ctx: &mut Context<AttachEvidence>, evidence: Evidence) -> Result<()> {
        instructions::attach_evidence(ctx, evidence)
    }

    /// Lets another vote with a stake from the next ballot on, or nobody: zero. The owner signs.
    #[discrim = 15]
    pub fn set_delegate(ctx: &mut Context<SetDelegate>, delegate: Address) -> Result<()> {
        instructions::set_delegate(ctx, delegate)
    }

    /// Creates pool number `id` of its creator, whose shares show `words`, unless they are of SPL Token. Anyone may.
    #[discrim = 16]
    pub fn create_pool(ctx: &mut Context<CreatePool>, id: u64, params: PoolParams, words: ShareWords) -> Result<()> {
        instructions::create_pool(ctx, id, params, words)
    }

    /// Lists a product. The pool's authority signs.
    #[discrim = 17]
    pub fn list_product(ctx: &mut Context<ListProduct>, params: ProductParams) -> Result<()> {
        instructions::list_product(ctx, params)
    }

    /// Brings a pool's books and a product's active cover up to now. Anyone may.
    #[discrim = 18]
    pub fn roll_product(ctx: &mut Context<RollProduct>) -> Result<()> {
        instructions::roll_product(ctx)
    }

    /// Announces a pool open, once. Its authority signs.
    #[discrim = 19]
    pub fn open_pool(ctx: &mut Context<OpenPool>) -> Result<()> {
        instructions::open_pool(ctx)
    }

    /// Closes a product whose policies and incidents are closed. Anyone may once it is delisted; before, the pool's authority signs.
    #[discrim = 20]
    pub fn close_product(ctx: &mut Context<CloseProduct>) -> Result<()> {
        instructions::close_product(ctx)
    }

    /// Closes a pool without shares, products and debts. Its authority signs, or the one who paid its rent.
    #[discrim = 21]
    pub fn close_pool(ctx: &mut Context<ClosePool>) -> Result<()> {
        instructions::close_pool(ctx)
    }

    /// Deposits `amount` atoms for at least `min_shares`, on terms and beside liens that were `seen`. The owner signs.
    #[discrim = 32]
    pub fn deposit(ctx: &mut Context<Deposit>, amount: u64, min_shares: u64, seen: Seen) -> Result<()> {
        instructions::deposit(ctx, amount, min_shares, seen)
    }

    /// Puts `shares` on their way out as ticket number `id` of the owner, in exit epoch `number`. The owner signs.
    #[discrim = 33]
    pub fn request_exit(ctx: &mut Context<RequestExit>, id: u64, number: u64, shares: u64) -> Result<()> {
        instructions::request_exit(ctx, id, number, shares)
    }

    /// Pays what can be paid of the first exit epoch that waits. Anyone may.
    #[discrim = 34]
    pub fn pay_exits(ctx: &mut Context<PayExits>) -> Result<()> {
        instructions::pay_exits(ctx)
    }

    /// Calls the first exit epoch, which nobody paid in time, a day ahead. Anyone may.
    #[discrim = 35]
    pub fn call_exits(ctx: &mut Context<CallExits>) -> Result<()> {
        instructions::call_exits(ctx)
    }

    /// Pays a ticket its part of what was paid to its exit epoch so far. Anyone may.
    #[discrim = 36]
    pub fn collect_exit(ctx: &mut Context<CollectExit>) -> Result<()> {
        instructions::collect_exit(ctx)
    }

    /// Closes an exit epoch that every ticket has left. Anyone may.
    #[discrim = 37]
    pub fn close_exit_epoch(ctx: &mut Context<CloseExitEpoch>) -> Result<()> {
        instructions::close_exit_epoch(ctx)
    }

    /// Streams what was sent to the vault to the LPs. Anyone may.
    #[discrim = 38]
    pub fn absorb_surplus(ctx: &mut Context<AbsorbSurplus>) -> Result<()> {
        instructions::absorb_surplus(ctx)
    }

    /// Gives an exit epoch back what it has in an incident. Anyone may.
    #[discrim = 39]
    pub fn release_contested(ctx: &mut Context<ReleaseContested>) -> Result<()> {
        instructions::release_contested(ctx)
    }

    /// Burns `shares` for at least `min_amount` atoms at once, until seven days after the opening. The owner signs.
    #[discrim = 40]
    pub fn withdraw(ctx: &mut Context<Withdraw>, shares: u64, min_amount: u64) -> Result<()> {
        instructions::withdraw(ctx, shares, min_amount)
    }

    /// Retires the shares of a pool that was wiped out, and begins new ones. Anyone may.
    #[discrim = 41]
    pub fn retire_shares(ctx: &mut Context<RetireShares>) -> Result<()> {
        instructions::retire_shares(ctx)
    }

    /// Redeems retired shares for their part of what was left. The owner signs.
    #[discrim = 42]
    pub fn redeem_retired(ctx: &mut Context<RedeemRetired>, shares: u64) -> Result<()> {
        instructions::redeem_retired(ctx, shares)
    }

    /// Closes the account of retired shares of which none are left. Anyone may.
    #[discrim = 43]
    pub fn close_retired(ctx: &mut Context<CloseRetired>) -> Result<()> {
        instructions::close_retired(ctx)
    }

    /// Buys policy number `id` of its payer, for any holder. The payer signs.
    #[discrim = 48]
    pub fn buy_cover(ctx: &mut Context<BuyCover>, id: u64, request: CoverRequest) -> Result<()> {
        instructions::buy_cover(ctx, id, request)
    }

    /// Lets a policy cover longer. Anyone may pay.
    #[discrim = 49]
    pub fn extend_cover(ctx: &mut Context<ExtendCover>, request: ExtensionRequest) -> Result<()> {
        instructions::extend_cover(ctx, request)
    }

    /// Ends a policy with this day for a refund of at least `min_refund`. The holder signs.
    #[discrim = 50]
    pub fn cancel_cover(ctx: &mut Context<CancelCover>, min_refund: u64) -> Result<()> {
        instructions::cancel_cover(ctx, min_refund)
    }

    /// Gives `part` of a policy's sum insured back for a refund of at least `min_refund`. The holder signs.
    #[discrim = 56]
    pub fn reduce_cover(ctx: &mut Context<ReduceCover>, part: u64, min_refund: u64) -> Result<()> {
        instructions::reduce_cover(ctx, part, min_refund)
    }

    /// Passes a policy on to `new_holder`. The holder signs.
    #[discrim = 51]
    pub fn transfer_cover(ctx: &mut Context<TransferCover>, new_holder: Address) -> Result<()> {
        instructions::transfer_cover(ctx, new_holder)
    }

    /// Closes a policy that is over. Anyone may.
    #[discrim = 52]
    pub fn close_policy(ctx: &mut Context<ClosePolicy>) -> Result<()> {
        instructions::close_policy(ctx)
    }

    /// Returns what `amount` for `term_days` would cost now. Nothing is written.
    #[discrim = 53]
    pub fn quote_cover(ctx: &mut Context<QuoteCover>, amount: u64, term_days: u16) -> Result<Quote> {
        instructions::quote_cover(ctx, amount, term_days)
    }

    /// Opens an incident on a product, with a bond. Anyone may.
    #[discrim = 64]
    pub fn open_incident(ctx: &mut Context<OpenIncident>, report: IncidentReport) -> Result<()> {
        instructions::open_incident(ctx, report)
    }

    /// Files a claim of a policy in an incident, with a bond. The holder signs.
    #[discrim = 65]
    pub fn submit_claim(ctx: &mut Context<SubmitClaim>, request: ClaimRequest) -> Result<()> {
        instructions::submit_claim(ctx, request)
    }

    /// Ends a decided incident once those before it have: settles or rejects it. Anyone may.
    #[discrim = 66]
    pub fn settle_incident(ctx: &mut Context<SettleIncident>) -> Result<()> {
        instructions::settle_incident(ctx)
    }

    /// Pays a claim what it has due. Anyone may.
    #[discrim = 67]
    pub fn payout(ctx: &mut Context<Payout>) -> Result<()> {
        instructions::payout(ctx)
    }

    /// Gives an incident's bond back to its opener. Anyone may.
    #[discrim = 68]
    pub fn collect_incident_bond(ctx: &mut Context<CollectIncidentBond>) -> Result<()> {
        instructions::collect_incident_bond(ctx)
    }

    /// Has a ballot decide how much of a claim stands, with a bond. Anyone may.
    #[discrim = 69]
    pub fn dispute_claim(ctx: &mut Context<DisputeClaim>, evidence: Evidence) -> Result<()> {
        instructions::dispute_claim(ctx, evidence)
    }

    /// Ends the dispute of a claim by its final ballot. Anyone may.
    #[discrim = 70]
    pub fn resolve_dispute(ctx: &mut Context<ResolveDispute>) -> Result<()> {
        instructions::resolve_dispute(ctx)
    }

    /// Pays a disputer what a ballot left of the bond, and of the claim's. Anyone may.
    #[discrim = 71]
    pub fn collect_dispute_bond(ctx: &mut Context<CollectDisputeBond>) -> Result<()> {
        instructions::collect_dispute_bond(ctx)
    }

    /// Has a claim paid to another token account. The one who filed it signs.
    #[discrim = 72]
    pub fn redirect_claim(ctx: &mut Context<RedirectClaim>) -> Result<()> {
        instructions::redirect_claim(ctx)
    }

    /// Pays `amount` back after a settled incident: to its claims, then to the LPs. Anyone may.
    #[discrim = 73]
    pub fn recover(ctx: &mut Context<Recover>, amount: u64) -> Result<()> {
        instructions::recover(ctx, amount)
    }

    /// Closes the account of a claim that is over. Anyone may.
    #[discrim = 74]
    pub fn close_claim(ctx: &mut Context<CloseClaim>) -> Result<()> {
        instructions::close_claim(ctx)
    }

    /// Closes the account of an incident that is over. Anyone may.
    #[discrim = 75]
    pub fn close_incident(ctx: &mut Context<CloseIncident>) -> Result<()> {
        instructions::close_incident(ctx)
    }

    /// Gives a settled incident what was held back for others, once no incident of the pool is open. Anyone may.
    #[discrim = 76]
    pub fn settle_rest(ctx: &mut Context<SettleRest>) -> Result<()> {
        instructions::settle_rest(ctx)
    }

    /// Reads the final verdict on an incident. Anyone may.
    #[discrim = 77]
    pub fn decide_incident(ctx: &mut Context<DecideIncident>) -> Result<()> {
        instructions::decide_incident(ctx)
    }

    /// Ends the filing of an incident whose window is over. Anyone may.
    #[discrim = 78]
    pub fn end_filing(ctx: &mut Context<EndFiling>) -> Result<()> {
        instructions::end_filing(ctx)
    }

    /// Shows a product that a price decides on a price of its feed. Anyone may.
    #[discrim = 96]
    pub fn observe_price(ctx: &mut Context<ObservePrice>) -> Result<()> {
        instructions::observe_price(ctx)
    }

    /// Has a product forget a breach by a price that was not below the strike. Anyone may.
    #[discrim = 97]
    pub fn refute_breach(ctx: &mut Context<RefuteBreach>) -> Result<()> {
        instructions::refute_breach(ctx)
    }

    /// Opens an incident by the breach that prices have shown, without a bond. Anyone may.
    #[discrim = 98]
    pub fn open_price_incident(ctx: &mut Context<OpenPriceIncident>) -> Result<()> {
        instructions::open_price_incident(ctx)
    }

    /// Has the jury decide on an incident that prices opened, or on a booking, with a bond. Anyone may.
    #[discrim = 99]
    pub fn challenge_incident(ctx: &mut Context<ChallengeIncident>, evidence: Evidence) -> Result<()> {
        instructions::challenge_incident(ctx, evidence)
    }

    /// Voids an incident that prices opened by a price that was not below the strike. Anyone may.
    #[discrim = 100]
    pub fn refute_incident(ctx: &mut Context<RefuteIncident>) -> Result<()> {
        instructions::refute_incident(ctx)
    }

    /// Files the claim of a policy in an incident that prices opened. Anyone may.
    #[discrim = 101]
    pub fn claim_breach(ctx: &mut Context<ClaimBreach>) -> Result<()> {
        instructions::claim_breach(ctx)
    }

    /// Reports a `loss` of the covered program, pays what a policy has for it as far as that goes at once, and books the rest.
    /// The product's authority signs.
    #[discrim = 112]
    pub fn draw(ctx: &mut Context<Draw>, loss: u64, min_paid: u64) -> Result<u64> {
        instructions::draw(ctx, loss, min_paid)
    }

    /// Settles and pays what can be paid of a booking. Anyone may.
    #[discrim = 113]
    pub fn pay_booking(ctx: &mut Context<PayBooking>) -> Result<u64> {
        instructions::pay_booking(ctx)
    }

    /// Queues a change, to be applied once it has waited. The pool's authority signs.
    #[discrim = 128]
    pub fn propose_change(ctx: &mut Context<ProposeChange>, id: u64, proposal: Proposal) -> Result<()> {
        instructions::propose_change(ctx, id, proposal)
    }

    /// Applies a queued change that has waited long enough. Anyone may.
    #[discrim = 129]
    pub fn apply_change(ctx: &mut Context<ApplyChange>) -> Result<()> {
        instructions::apply_change(ctx)
    }

    /// Marks a queued change that can be applied: it lapses in 30 days. Anyone may.
    #[discrim = 138]
    pub fn mark_change(ctx: &mut Context<MarkChange>) -> Result<()> {
        instructions::mark_change(ctx)
    }

    /// Queues or refuses a change by its final ballot. Anyone may.
    #[discrim = 130]
    pub fn queue_change(ctx: &mut Context<QueueChange>) -> Result<()> {
        instructions::queue_change(ctx)
    }

    /// Withdraws a change that the authority queued. Its proposer or the pool's authority signs.
    #[discrim = 131]
    pub fn withdraw_change(ctx: &mut Context<WithdrawChange>) -> Result<()> {
        instructions::withdraw_change(ctx)
    }

    /// Hands the authority over by a queued change. Who gets it signs.
    #[discrim = 132]
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
        instructions::accept_authority(ctx)
    }

    /// Pauses sales and deposits for `seconds`, or with 0 ends the pause. The guardian signs.
    #[discrim = 133]
    pub fn pause(ctx: &mut Context<Pause>, seconds: u64) -> Result<()> {
        instructions::pause(ctx, seconds)
    }

    /// Pays the protocol fees to the treasury. Anyone may.
    #[discrim = 134]
    pub fn collect_fees(ctx: &mut Context<CollectFees>) -> Result<()> {
        instructions::collect_fees(ctx)
    }

    /// Closes the account of a change that is over. Anyone may.
    #[discrim = 135]
    pub fn close_change(ctx: &mut Context<CloseChange>) -> Result<()> {
        instructions::close_change(ctx)
    }

    /// Gives a change's bond back to its proposer. Anyone may.
    #[discrim = 136]
    pub fn collect_change_bond(ctx: &mut Context<CollectChangeBond>) -> Result<()> {
        instructions::collect_change_bond(ctx)
    }

    /// Puts a change to a ballot, with a bond. A staker signs.
    #[discrim = 137]
    pub fn petition_change(ctx: &mut Context<PetitionChange>, id: u64, proposal: Proposal) -> Result<()> {
        instructions::petition_change(ctx, id, proposal)
    }
}
