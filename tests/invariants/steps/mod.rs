//! What a random life is made of.

mod chances;

pub use chances::{any, changes, draws, exits, openings, prices};
use coverage_client::ProposalKind;

/// An amount that somebody tries, out of all there is for them: a room, a balance, what a policy has left.
#[derive(Clone, Copy, Debug)]
pub enum Size {
    Atoms(u64),
    /// So many bps of all.
    Part(u64),
    /// Exactly all, or an atom more or less.
    Edge(i8),
}

/// What somebody insists on.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// Nothing.
    Free,
    /// Exactly what there is.
    Exact,
    /// An atom more than there is.
    Beyond,
}

/// What a depositor has seen of a pool.
#[derive(Clone, Copy, Debug)]
pub enum Sight {
    /// Its terms; any liens will do.
    Clear,
    /// Terms of before.
    OldTerms,
    /// Exactly what is set aside.
    Liens,
    /// An atom less.
    FewerLiens,
}

/// A price of a feed: how far its upper end lies above the strike, and how wide the interval is, in the feed's units.
#[derive(Clone, Copy, Debug)]
pub struct Quote {
    pub above: i64,
    pub width: u64,
}

/// A second of a breach, in thousandths of what was measured, or so many seconds off it.
#[derive(Clone, Copy, Debug)]
pub struct Second {
    pub milli: u64,
    pub off: i64,
}

/// A new value, compared with the one that holds.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// So many bps of it.
    Times(u64),
    /// So much more or less, of times days.
    By(i64),
    /// The least that there can be, or so much more or less.
    Least(i8),
    /// The most, or so much more or less.
    Most(i8),
}

/// What somebody wants to change.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub kind: ProposalKind,
    /// Of which group, for a cap.
    pub group: u8,
    pub value: Turn,
    /// Of what has a second value.
    pub other: Turn,
    /// Of a product what is the pool's, or the other way round.
    pub astray: bool,
}

/// One thing somebody tries. Everyone and everything is picked by a number, modulo how many there are.
#[derive(Clone, Debug)]
pub enum Step {
    Wait {
        seconds: u64,
    },
    /// Until a time at which something changes, or a second more or less.
    Until {
        deadline: usize,
        off: i8,
    },
    OpenPool {
        pool: usize,
    },
    Deposit {
        pool: usize,
        who: usize,
        size: Size,
        limit: Limit,
        sight: Sight,
    },
    /// Leaves at once.
    Withdraw {
        pool: usize,
        who: usize,
        size: Size,
        limit: Limit,
    },
    Burn {
        pool: usize,
        who: usize,
        size: Size,
    },
    Donate {
        pool: usize,
        amount: u64,
    },
    Absorb {
        pool: usize,
    },
    RequestExit {
        pool: usize,
        who: usize,
        size: Size,
        off: i8,
    },
    /// The first epoch that waits, or any.
    PayExits {
        pool: usize,
        any: Option<usize>,
    },
    /// The same.
    CallExits {
        pool: usize,
        any: Option<usize>,
    },
    /// Mostly to an epoch that has a part of the incident.
    Release {
        incident: usize,
        epoch: usize,
    },
    CollectExit {
        ticket: usize,
    },
    CloseEpoch {
        epoch: usize,
    },
    /// Retires a pool's shares.
    Retire {
        pool: usize,
    },
    Redeem {
        retired: usize,
        who: usize,
        size: Size,
    },
    Buy {
        product: usize,
        who: usize,
        holder: Option<usize>,
        size: Size,
        term_days: u16,
        commission_bps: u16,
        limit: Limit,
    },
    Quote {
        product: usize,
        size: Size,
        term_days: u16,
    },
    Extend {
        policy: usize,
        who: usize,
        days: u16,
        commission_bps: u16,
        limit: Limit,
    },
    /// By the holder, or by anyone.
    Cancel {
        policy: usize,
        by: Option<usize>,
        limit: Limit,
    },
    /// Gives a part of what is left back; by the holder, or by anyone.
    Reduce {
        policy: usize,
        by: Option<usize>,
        size: Size,
        limit: Limit,
    },
    Transfer {
        policy: usize,
        by: Option<usize>,
        to: Option<usize>,
    },
    ClosePolicy {
        policy: usize,
    },
    Roll {
        product: usize,
    },
    Stake {
        who: usize,
        size: Size,
    },
    /// So long ago, or in the future.
    Open {
        product: usize,
        ago: i64,
    },
    /// Mostly in an incident of the policy's product.
    Claim {
        policy: usize,
        incident: usize,
        by: Option<usize>,
        payee: Option<usize>,
        size: Size,
    },
    /// For a level; where a ballot has two answers, mostly for the nearer one.
    Vote {
        who: usize,
        ballot: usize,
        level: u8,
    },
    /// Lets somebody else vote with a stake, or nobody.
    Delegate {
        who: usize,
        to: Option<usize>,
    },
    /// By the voter's delegate, or by anyone.
    VoteFor {
        who: usize,
        by: Option<usize>,
        ballot: usize,
        level: u8,
    },
    Close {
        ballot: usize,
    },
    /// Reads the verdict on an incident.
    Verdict {
        incident: usize,
    },
    EndFiling {
        incident: usize,
    },
    /// With the incident behind it, or with any or none.
    Settle {
        incident: usize,
        next: Option<usize>,
    },
    Pay {
        claim: usize,
    },
    Bond {
        incident: usize,
    },
    /// What was held back for others.
    Rest {
        incident: usize,
    },
    Dispute {
        claim: usize,
        who: usize,
    },
    /// Ends the dispute of a claim.
    Decide {
        claim: usize,
    },
    DisputeBond {
        claim: usize,
    },
    /// By the claimant, or by anyone.
    Redirect {
        claim: usize,
        by: Option<usize>,
        to: usize,
    },
    Recover {
        incident: usize,
        who: usize,
        size: Size,
    },
    CloseClaim {
        claim: usize,
    },
    CloseIncident {
        incident: usize,
    },
    Appeal {
        ballot: usize,
        who: usize,
    },
    /// By the arbiter, or by anyone.
    Arbitrate {
        ballot: usize,
        by: Option<usize>,
        level: u8,
    },
    AppealBond {
        ballot: usize,
    },
    /// Releases a vote, and mostly pays it.
    Reward {
        ballot: usize,
        vote: usize,
        pays: bool,
    },
    /// About a ballot, an incident, a claim, a change, or what is none of the program's.
    Evidence {
        about: usize,
        who: usize,
    },
    /// Closes a ballot's account.
    Reclaim {
        ballot: usize,
    },
    RequestUnstake {
        who: usize,
        size: Size,
    },
    Unstake {
        who: usize,
    },
    BurnSlashed,
    /// Shows a product a price that is so old, after so many seconds.
    Observe {
        product: usize,
        price: Quote,
        age: i64,
        after: u64,
    },
    /// By a price of a second of the breach.
    RefuteBreach {
        product: usize,
        price: Quote,
        second: Second,
    },
    OpenByPrice {
        product: usize,
    },
    /// Mostly in an incident of the policy's product.
    ClaimBreach {
        policy: usize,
        incident: usize,
        payer: usize,
    },
    Challenge {
        incident: usize,
        who: usize,
    },
    RefuteIncident {
        incident: usize,
        price: Quote,
        second: Second,
    },
    /// By who may, or by anyone; a part of what is insured is lost. Mostly with what a booking needs.
    Draw {
        policy: usize,
        by: Option<usize>,
        size: Size,
        limit: Limit,
        books: bool,
    },
    /// Settles a booking, and mostly pays it.
    Meter {
        booking: usize,
        pays: bool,
    },
    /// By the authority, or by anyone.
    Propose {
        pool: usize,
        product: usize,
        wish: Wish,
        by: Option<usize>,
    },
    /// By a staker: a ballot decides.
    Petition {
        pool: usize,
        product: usize,
        wish: Wish,
        who: usize,
    },
    /// Reads the ballot on a change.
    Queue {
        change: usize,
    },
    ChangeBond {
        change: usize,
    },
    /// Applies a change, mostly one whose time has come.
    Apply {
        change: usize,
    },
    /// Takes the authority over by a change that hands it over, as the one who gets it, or as anyone.
    Accept {
        change: usize,
        by: Option<usize>,
    },
    /// Like the application.
    Mark {
        change: usize,
    },
    /// By the authority, or by anyone.
    WithdrawChange {
        change: usize,
        by: Option<usize>,
    },
    CloseChange {
        change: usize,
    },
    /// By the authority only once nobody has shares: nothing that is on sale goes in the midst of a life.
    CloseProduct {
        product: usize,
        by_authority: bool,
    },
    CloseRetired {
        retired: usize,
    },
    CloseVoter {
        who: usize,
    },
    /// By the founder, or by anyone.
    ClosePool {
        pool: usize,
        by: Option<usize>,
    },
    /// The same.
    CloseAssembly {
        by: Option<usize>,
    },
    /// More is drawn than can be paid at once, and somebody challenges what is booked; the jury votes, or nobody does.
    Doubt {
        number: usize,
        side: u8,
    },
    /// Anyone who is covered claims, the jury votes on an open incident, time passes until its end, the claims are paid.
    Resolve {
        incident: usize,
        side: u8,
    },
    /// The same for all that a pool covers, as much as it can.
    Ruin {
        pool: usize,
        number: usize,
    },
    /// Several reports on a product, one after the other, with LPs who leave between them.
    Line {
        product: usize,
        number: usize,
    },
    /// Somebody cancels, and what happened before is reported.
    Regret {
        number: usize,
        side: u8,
    },
    /// While incidents are open nearly everyone leaves, again and again.
    Flee {
        pool: usize,
        number: usize,
    },
    /// Proposes a change and carries it through, if others leave in time.
    Carry {
        pool: usize,
        product: usize,
        wish: Wish,
    },
    /// A change is put to a ballot, and voted on.
    Vouch {
        pool: usize,
        number: usize,
        wish: Wish,
        side: u8,
    },
    /// Those leave whose time has come, as far as cover lets them.
    Depart {
        pool: usize,
    },
    /// A pool is sold out, everybody asks to leave, and a change waits for them.
    Outwait {
        pool: usize,
        number: usize,
    },
    /// Those whose stake is not locked take it out, so that their court may be below the floor; somebody wants to buy, and somebody goes.
    Thin {
        number: usize,
    },
    /// Nobody does anything for 600 days.
    Idle,
    /// A pool sells all the cover it has, and all LPs leave.
    Rush {
        pool: usize,
    },
    /// A price falls so far below the strike for as long as it takes; what comes of it depends on the number.
    Depeg {
        number: usize,
        depth: u64,
        side: u8,
    },
}

/// The level of a side, 0 against or 1 for; of another one there is none.
pub fn level_of(side: u8) -> u8 {
    side.saturating_mul(coverage_model::FOR)
}

impl Step {
    /// The kinds of steps that an instruction takes.
    pub const NAMES: [&str; 72] = [
        "OpenPool",
        "Deposit",
        "Withdraw",
        "Burn",
        "Absorb",
        "RequestExit",
        "PayExits",
        "CallExits",
        "Release",
        "CollectExit",
        "CloseEpoch",
        "Retire",
        "Redeem",
        "Buy",
        "Quote",
        "Extend",
        "Cancel",
        "Reduce",
        "Transfer",
        "ClosePolicy",
        "Roll",
        "Stake",
        "Open",
        "Claim",
        "Vote",
        "Delegate",
        "VoteFor",
        "Close",
        "Verdict",
        "EndFiling",
        "Settle",
        "Pay",
        "Bond",
        "Rest",
        "Dispute",
        "Decide",
        "DisputeBond",
        "Redirect",
        "Recover",
        "CloseClaim",
        "CloseIncident",
        "Appeal",
        "Arbitrate",
        "AppealBond",
        "Reward",
        "Evidence",
        "Reclaim",
        "RequestUnstake",
        "Unstake",
        "BurnSlashed",
        "Observe",
        "RefuteBreach",
        "OpenByPrice",
        "ClaimBreach",
        "Challenge",
        "RefuteIncident",
        "Draw",
        "Propose",
        "Petition",
        "Queue",
        "ChangeBond",
        "Apply",
        "Accept",
        "Mark",
        "WithdrawChange",
        "CloseChange",
        "CloseProduct",
        "CloseRetired",
        "CloseVoter",
        "ClosePool",
        "CloseAssembly",
        "Meter",
    ];

    /// The name of its kind.
    pub fn name(&self) -> &'static str {
        let text = format!("{self:?}");
        Self::NAMES.into_iter().find(|name| text.split(' ').next() == Some(name)).unwrap_or("other")
    }
}
