//! Plans: what a coalition does, and when, as a short text that can be kept in a test.
//!
//! A plan is a list of moves. Each has a time beside something: the beginning, the event, the next midnight, another move. Amounts
//! are parts of what there is when its time comes, so that a plan means something in every world.
//!
//! Its text is JSON: `[{"at":["Pivot",1],"do":{"Exit":{"pool":0,"part":10000}}}]` leaves with everything a second after the event.

use serde::{Deserialize, Serialize};

/// What a time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The beginning of the plan.
    Start,
    /// The event: a loss, or the moment in which an honest LP asks to leave.
    Pivot,
    /// The move before it.
    Last,
    /// The first midnight after the move before it.
    Midnight,
    /// The first report.
    Report,
    /// The first verdict that is read.
    Verdict,
    /// The first settlement.
    Settled,
    /// The announced moment in which what was recovered is paid back.
    Recovery,
    /// The first second in which the coalition's changes can be applied.
    ChangeDue,
    /// The day of the coalition's first exit.
    ExitDue,
    /// The first moment that releases cover of somebody else.
    Release,
}

/// What is changed of a pool or a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Wish {
    /// The last product that the coalition listed goes on sale.
    List,
    /// The first product goes off sale.
    Delist,
    /// So much leverage, bps.
    Leverage(u16),
    /// Such a weight of the first product, bps.
    Weight(u16),
    /// So long an exit delay, days.
    ExitDelay(u16),
    /// So long a season, days.
    Season(u16),
    /// The shortest timelock, or so many days more.
    Timelock(u16),
    /// A curve that costs nothing, of the first product.
    Free,
    /// Bonds of the first product: atoms, and bps.
    Bonds(u64, u16),
    /// A fee for the assessors, bps.
    AssessorFee(u16),
    /// A fee for the treasury, bps.
    ProtocolFee(u16),
    /// What a cancellation costs, bps.
    CancelFee(u16),
    /// The least premium, atoms.
    MinPremium(u64),
    /// The floor of the court's stake, in whole tokens.
    StakeFloor(u64),
    /// Whole tokens of cover for each thousand of the court's stake; 0 for no limit.
    CoverPerStake(u64),
    /// The cap of a group, bps.
    GroupCap(u8, u16),
}

/// What of a loss is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Loss {
    /// What was lost.
    True,
    /// All that is left.
    All,
    /// An atom less than what was lost.
    ButAnAtom,
    /// So many bps of what is left.
    Part(u16),
}

/// When what is reported happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// When it did.
    True,
    /// Now.
    Now,
    /// So many hours ago.
    Ago(u16),
}

/// What somebody of the coalition does. Parts are bps of what they have, or of what there is.
#[allow(missing_docs, reason = "named as the model's actions")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verb {
    // As LPs.
    Deposit {
        pool: u8,
        part: u16,
    },
    Withdraw {
        pool: u8,
        part: u16,
    },
    Exit {
        pool: u8,
        part: u16,
    },
    /// Pays the coalition's own exits before anyone pays another's.
    PayOwn {
        pool: u8,
    },
    /// Pays or calls whichever exit waits first.
    PayFirst {
        pool: u8,
    },
    Collect,
    Donate {
        pool: u8,
        part: u16,
    },
    Absorb {
        pool: u8,
    },
    // As buyers and holders: policies of the coalition by number, the last being 0.
    Buy {
        product: u8,
        who: u8,
        part: u16,
        days: u16,
    },
    Extend {
        policy: u8,
        days: u16,
    },
    Cancel {
        policy: u8,
    },
    Reduce {
        policy: u8,
        part: u16,
    },
    Transfer {
        policy: u8,
    },
    Report {
        product: u8,
        when: When,
    },
    Claim {
        policy: u8,
        loss: Loss,
    },
    Payout,
    Draw {
        policy: u8,
        part: u16,
    },
    PayBooking,
    Recover {
        part: u16,
    },
    // In court.
    Vote {
        truth: bool,
    },
    /// On how much of a claim stands.
    VoteAt {
        level: u8,
    },
    /// The coalition's voter lets another of the coalition vote in ballots that open later, or takes that back.
    SetDelegate {
        back: bool,
    },
    /// Those of the coalition who are delegates vote with all stakes whose owners they vote for, honest people's too.
    VoteByDelegate {
        truth: bool,
    },
    /// A claim of the coalition's own, or somebody else's, also before the verdict.
    Dispute {
        own: bool,
    },
    Challenge,
    Appeal,
    Stake {
        part: u16,
    },
    /// Takes out what has waited long enough, and asks for a part of the rest.
    Unstake {
        part: u16,
    },
    /// The arbiter decides what too few voted on: as it is, or as it is not.
    Arbitrate {
        truth: bool,
    },
    /// Closes rounds in the first second in which they can be.
    Close,
    /// Reads verdicts in the first second in which they are final.
    Read,
    /// Ends filings, and settles.
    Settle,
    /// Releases the coalition's votes.
    Release,
    // In charge.
    ListGreedy {
        pool: u8,
    },
    Propose {
        pool: u8,
        wish: Wish,
    },
    Petition {
        pool: u8,
        wish: Wish,
    },
    Mark,
    Apply,
    TakeBack,
    /// Turns every crank that is due.
    Crank,
}

/// One move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Move {
    /// What its time is counted from, and how many seconds later it is: never before something is known.
    pub at: (Anchor, i64),
    /// What is done.
    #[serde(rename = "do")]
    pub verb: Verb,
    /// How often it is done again, and how many seconds apart.
    #[serde(default, skip_serializing_if = "is_once")]
    pub again: (u8, u32),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_once(again: &(u8, u32)) -> bool {
    again.0 == 0
}

impl Move {
    /// A move that is made once.
    #[must_use]
    pub fn once(anchor: Anchor, seconds: i64, verb: Verb) -> Self {
        Self { at: (anchor, seconds), verb, again: (0, 0) }
    }
}

/// What a coalition does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Plan(pub Vec<Move>);

impl Plan {
    /// Its text.
    ///
    /// # Panics
    ///
    /// Never.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("plain data")
    }

    /// The plan of a text.
    ///
    /// # Errors
    ///
    /// Where it is none.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}
