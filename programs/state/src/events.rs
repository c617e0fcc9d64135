//! What happened, for whoever follows from outside: integers and addresses only, and the books after it.

use crate::{Books, prelude::*};

/// An assembly was created.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AssemblyCreated {
    /// The assembly.
    pub assembly: Address,
    /// Its authority.
    pub authority: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
}

/// Stake was added.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Staked {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Owner of the stake.
    pub owner: Address,
    /// Added, atoms.
    pub amount: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
}

/// A pool was created.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolCreated {
    /// The pool.
    pub pool: Address,
    /// Its authority.
    pub authority: Address,
    /// Mint of its asset.
    pub asset_mint: Address,
    /// Mint of its shares.
    pub share_mint: Address,
    /// The assembly that decides.
    pub assembly: Address,
}

/// A product was listed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ProductListed {
    /// The pool.
    pub pool: Address,
    /// The product.
    pub product: Address,
    /// SHA-256 of its terms.
    pub terms_hash: [u8; 32],
    /// Its number within the pool.
    pub index: u64,
    /// 0 on sale, 2 a draft.
    pub status: u64,
}

/// An LP deposited.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Deposited {
    /// The pool.
    pub pool: Address,
    /// The LP.
    pub owner: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Shares minted, atoms.
    pub shares: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was bought.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverBought {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Its holder.
    pub holder: Address,
    /// Sum insured, atoms.
    pub amount: u64,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// First covered second, unix.
    pub cover_from: u64,
    /// Last covered second, unix.
    pub end: u64,
    /// The product's active cover after it, atoms.
    pub product_active: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An LP put shares on their way out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitRequested {
    /// The pool.
    pub pool: Address,
    /// The ticket.
    pub ticket: Address,
    /// The LP.
    pub owner: Address,
    /// Shares, atoms.
    pub shares: u64,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Shares that want out on that day after it, atoms.
    pub epoch_shares: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch was settled.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpochSettled {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// Shares that wanted out, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms.
    pub paid: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Day to which the rest was carried over; 0 when nothing was left.
    pub carried_to_day: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A ticket was taken through a settled exit epoch.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitCollected {
    /// The pool.
    pub pool: Address,
    /// The ticket.
    pub ticket: Address,
    /// Its owner.
    pub owner: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// Shares that still wait, atoms.
    pub shares_left: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpochClosed {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// What roundings left of its payment, atoms: to the LPs over seven days.
    pub dust: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// What had been sent to the vault was taken in.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct SurplusAbsorbed {
    /// The pool.
    pub pool: Address,
    /// Taken in, atoms: to the LPs over seven days.
    pub amount: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A product was brought up to now.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ProductRolled {
    /// The product.
    pub product: Address,
    /// Its active cover after it, atoms.
    pub product_active: u64,
    /// The pool's active cover after it, atoms.
    pub pool_active: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was extended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverExtended {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who paid.
    pub payer: Address,
    /// Premium paid, atoms.
    pub premium: u64,
    /// Of it to a distributor, atoms.
    pub commission: u64,
    /// Last covered second after it, unix.
    pub end: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was cancelled.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverCancelled {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Its holder.
    pub holder: Address,
    /// Refunded, atoms.
    pub refund: u64,
    /// Fee kept of the unearned premium, atoms: to the LPs over seven days.
    pub fee: u64,
    /// Last covered second after it, unix.
    pub end: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Cover was passed on.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverTransferred {
    /// The policy.
    pub policy: Address,
    /// Who held it.
    pub holder: Address,
    /// Who holds it now.
    pub new_holder: Address,
}

/// A policy was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PolicyClosed {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Who had bought it and got its rent back.
    pub payer: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}

/// An incident was opened.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentOpened {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Who opened it.
    pub opener: Address,
    /// The ballot that decides.
    pub ballot: Address,
    /// When it happened, unix seconds.
    pub occurred_at: u64,
    /// Part of a claim that is paid, bps: 10,000 unless a price opened it.
    pub severity_bps: u64,
    /// Capital set aside, atoms.
    pub lien: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was filed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimSubmitted {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The policy.
    pub policy: Address,
    /// Who filed it.
    pub claimant: Address,
    /// Token account that is to be paid.
    pub receiver: Address,
    /// Loss stated, atoms.
    pub loss: u64,
    /// Amount claimed, atoms.
    pub amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Claims filed in the incident after it, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A vote was cast.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Voted {
    /// The ballot.
    pub ballot: Address,
    /// The voter.
    pub voter: Address,
    /// 0 against, 1 for.
    pub side: u64,
    /// Weight cast, atoms of stake.
    pub weight: u64,
    /// Weight for after it, atoms.
    pub weight_for: u64,
    /// Weight against after it, atoms.
    pub weight_against: u64,
    /// Until when votes are taken after it, unix seconds.
    pub closes_at: u64,
}

/// A ballot was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotClosed {
    /// The ballot.
    pub ballot: Address,
    /// What was voted on.
    pub subject: Address,
    /// 1 passed, 2 failed, 3 no quorum.
    pub state: u64,
    /// Weight for, atoms.
    pub weight_for: u64,
    /// Weight against, atoms.
    pub weight_against: u64,
    /// The stake that counted, atoms.
    pub eligible_weight: u64,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u64,
    /// Until when it can be appealed or arbitrated, unix seconds; until when votes are taken when it was prolonged.
    pub until: u64,
}

/// The arbiter decided a ballot.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotArbitrated {
    /// The ballot.
    pub ballot: Address,
    /// What was voted on.
    pub subject: Address,
    /// 1 passed, 2 failed.
    pub state: u64,
}

/// A ballot was appealed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotAppealed {
    /// The ballot.
    pub ballot: Address,
    /// What is voted on.
    pub subject: Address,
    /// Who appealed.
    pub appellant: Address,
    /// How the first vote ended: 1 passed, 2 failed.
    pub first_state: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// Until when votes are taken, unix seconds.
    pub closes_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An appeal's bond was given back or shared out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AppealBondCollected {
    /// The ballot.
    pub ballot: Address,
    /// Who had appealed.
    pub appellant: Address,
    /// The bond, atoms.
    pub bond: u64,
    /// 1 when it went back, 0 when it was lost: half to the LPs over seven days, half to the assessors.
    pub returned: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A vote was released: its reward paid, its lock ended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct VoteReleased {
    /// The ballot.
    pub ballot: Address,
    /// The voter.
    pub voter: Address,
    /// Reward paid, atoms of the pool's asset.
    pub reward: u64,
    /// Stake lost, atoms.
    pub slash: u64,
    /// The voter's stake after it, atoms.
    pub staked: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
    /// The books after it.
    pub books: Books,
}

/// A ballot's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BallotReclaimed {
    /// The ballot.
    pub ballot: Address,
    /// What of its rewards nobody got, atoms: free again in the assessors' fund.
    pub unreserved: u64,
}

/// Stake was put on its way out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct UnstakeRequested {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Put on its way, atoms.
    pub amount: u64,
    /// All on its way, atoms.
    pub unstaking: u64,
    /// When that can be taken, unix seconds.
    pub ready_at: u64,
    /// The assembly's stake after it, atoms.
    pub total_staked: u64,
}

/// Stake was taken out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Unstaked {
    /// The assembly.
    pub assembly: Address,
    /// The voter.
    pub voter: Address,
    /// Taken out, atoms.
    pub amount: u64,
}

/// Stake that voters had lost was burned.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct SlashBurned {
    /// The assembly.
    pub assembly: Address,
    /// Burned, atoms.
    pub amount: u64,
}

/// An incident was settled or rejected.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentSettled {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// 1 settled, 2 rejected.
    pub state: u64,
    /// Sum of the claims that stand, atoms.
    pub approved: u64,
    /// Set aside for them, atoms.
    pub settled: u64,
    /// What becomes of the bond: 1 due to its opener, 3 slashed.
    pub bond_state: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was paid, or its bond given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimPaid {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Paid on the claim, atoms.
    pub amount: u64,
    /// Bond given back, atoms.
    pub bond: u64,
    /// Paid on the claim so far, atoms.
    pub paid: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident's bond was given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentBondCollected {
    /// The incident.
    pub incident: Address,
    /// Who had posted it.
    pub opener: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim was disputed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimDisputed {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// The dispute.
    pub dispute: Address,
    /// Who disputes it.
    pub disputer: Address,
    /// The ballot that decides.
    pub ballot: Address,
    /// Amount held against the claim, atoms.
    pub counter_amount: u64,
    /// Bond posted, atoms.
    pub bond: u64,
    /// When votes begin, unix seconds; a lower dispute can be made until then.
    pub opens_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A dispute was decided.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct DisputeResolved {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// 1 the claim stands, 2 the counter-amount stands, 3 nobody decided.
    pub outcome: u64,
    /// The claim after it, atoms.
    pub amount: u64,
    /// Claims filed in the incident after it, atoms.
    pub filed: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A dispute ended: its bond was given back or lost.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct DisputeBondCollected {
    /// The claim.
    pub claim: Address,
    /// The dispute.
    pub dispute: Address,
    /// Who had disputed.
    pub disputer: Address,
    /// Paid, atoms: the bond, and half of the claim's when the dispute won.
    pub paid: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim is paid to another token account from now on.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimRedirected {
    /// The claim.
    pub claim: Address,
    /// The token account.
    pub receiver: Address,
}

/// Money came back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Recovered {
    /// The incident.
    pub incident: Address,
    /// Who paid it.
    pub payer: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Of it to the claims, atoms; the rest goes to the LPs over seven days.
    pub to_claims: u64,
    /// Set aside for the claims after it, atoms.
    pub settled: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A claim's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ClaimClosed {
    /// The incident.
    pub incident: Address,
    /// The claim.
    pub claim: Address,
    /// Paid on it, atoms.
    pub paid: u64,
}

/// An incident's account was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentClosed {
    /// The product.
    pub product: Address,
    /// The incident.
    pub incident: Address,
    /// Paid on its claims, atoms.
    pub paid: u64,
}

/// What was held back from an incident's claims went to them, as far as it was left.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct RestSettled {
    /// The incident.
    pub incident: Address,
    /// Set aside for them now, atoms.
    pub more: u64,
    /// Set aside for them so far, atoms.
    pub settled: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A product was shown a price of its feed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PriceObserved {
    /// The product.
    pub product: Address,
    /// Price less confidence, in units of the feed's exponent.
    pub low: u64,
    /// Price and confidence, in the same units.
    pub high: u64,
    /// When it was published, unix seconds.
    pub published_at: u64,
    /// What it is: 0 not below the strike, 1 below, 2 uncertain.
    pub observation: u64,
    /// When the breach began, unix seconds; 0 when there is none.
    pub started_at: u64,
    /// From when it was seen without a gap, unix seconds.
    pub measured_from: u64,
    /// Until when, unix seconds.
    pub measured_until: u64,
    /// Severity of every second measured, summed up, bps × seconds.
    pub severity_seconds: u64,
}

/// A breach was refuted before an incident was opened for it.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BreachRefuted {
    /// The product.
    pub product: Address,
    /// The price that refutes it, less confidence, in units of the feed's exponent.
    pub low: u64,
    /// When that was published, unix seconds.
    pub published_at: u64,
}

/// An incident that prices opened was challenged.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentChallenged {
    /// The incident.
    pub incident: Address,
    /// Who posted the bond.
    pub challenger: Address,
    /// The ballot.
    pub ballot: Address,
    /// Bond, atoms.
    pub bond: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident that prices opened was refuted.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct IncidentRefuted {
    /// The incident.
    pub incident: Address,
    /// The price that refutes it, less confidence, in units of the feed's exponent.
    pub low: u64,
    /// When that was published, unix seconds.
    pub published_at: u64,
}

/// The covered program reported a loss and drew on its policy.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverDrawn {
    /// The product.
    pub product: Address,
    /// The policy.
    pub policy: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Loss reported, atoms.
    pub loss: u64,
    /// Paid now, atoms.
    pub paid: u64,
    /// Paid on the policy so far, atoms.
    pub drawn: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A change was proposed: queued by the authority, or put to a ballot by a staker.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeProposed {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, when the change is of one; zero otherwise.
    pub product: Address,
    /// Who proposed it.
    pub proposer: Address,
    /// The ballot that decides; zero when the authority queued it.
    pub ballot: Address,
    /// What is proposed: a `Proposal` in Borsh, zero-filled.
    pub proposal: [u8; PROPOSAL_BYTES],
    /// Bond posted, atoms, beside the voters' reward; 0 when the authority queued it.
    pub bond: u64,
    /// From when it can be applied, unix seconds; 0 while a ballot decides.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The ballot on a change was read.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeDecided {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// 1 queued, 3 refused.
    pub state: u64,
    /// What becomes of the bond: 1 due to the proposer, 3 slashed.
    pub bond_state: u64,
    /// From when it can be applied, unix seconds; 0 when refused.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A change was applied.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeApplied {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, when the change is of one; zero otherwise.
    pub product: Address,
    /// The values before it: a `Proposal` in Borsh, zero-filled, which would bring them back.
    pub before: [u8; PROPOSAL_BYTES],
    /// The values after it, likewise.
    pub after: [u8; PROPOSAL_BYTES],
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A queued change was withdrawn.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeWithdrawn {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who withdrew it.
    pub by: Address,
}

/// The bond of a change was given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeBondCollected {
    /// The change.
    pub change: Address,
    /// Who had posted it.
    pub proposer: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// The account of a change was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeClosed {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// How it ended: 1 lapsed, 2 applied, 3 refused, 4 withdrawn.
    pub state: u64,
}

/// Who had been offered the authority took it.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AuthorityAccepted {
    /// The pool.
    pub pool: Address,
    /// Who had it.
    pub authority: Address,
    /// Who has it now.
    pub new_authority: Address,
}

/// Sales and deposits were paused, or a pause was ended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolPaused {
    /// The pool.
    pub pool: Address,
    /// Until when they are paused, unix seconds: now, when a pause was ended.
    pub paused_until: u64,
    /// Before when no other pause can begin, unix seconds.
    pub next_pause_at: u64,
}

/// Protocol fees were paid to the treasury.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct FeesCollected {
    /// The pool.
    pub pool: Address,
    /// The treasury.
    pub treasury: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Paid, atoms.
    pub amount: u64,
    /// The books after it.
    pub books: Books,
}
