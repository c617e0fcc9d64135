//! What the model takes from the program: the names of its errors and terms, numbers that its documentation lists, and
//! the sizes of its accounts. No rule and no formula.

use crate::Atoms;
use coverage_client::ZeroCopy;

pub use solana_address::Address;

pub use coverage_client::{
    AssemblyParams, BreakwaterError as Rule, DrawParams, PoolParams, PriceCurve, PriceParams, ProductParams, Proposal,
    Seen, ShareWords,
    constants::{
        BOND_MEMORY, BOOKING_BOND_BPS, BOOKING_CHALLENGE, BOOKING_TERM, CHANGE_LAPSES_AFTER, CLAIM_BOND_PART,
        CLAIM_REWARD_PART, COURT_NOTICE, CRANK_TIP, DISPUTE_BOND_PART, DISPUTES_AFTER_VERDICT, EXIT_DELAY_DAYS,
        EXIT_WAIT_GAP, EXTENSION, GROUPS, LEVERAGE_BPS, LEVERED_REPORT_BOND_BPS, LONGEST_WAIT, MAX_ASSESSOR_FEE_BPS,
        MAX_BOND_DOUBLINGS, MAX_CANCEL_FEE_BPS, MAX_CLAIM_BOND_BPS, MAX_COMMISSION_BPS, MAX_EXTENSIONS,
        MAX_FIXED_AMOUNT, MAX_PROTOCOL_FEE_BPS, MAX_TIMELOCK, OPENING_EXITS, REPORT_BOND_BPS, SEASON_DAYS,
        TIMELOCK_MARGIN,
    },
};

/// Accounts that somebody pays the rent of, and gets it back when they close.
#[allow(missing_docs, reason = "named as in the program")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Assembly,
    Ballot,
    Change,
    Claim,
    ExitEpoch,
    ExitTicket,
    Incident,
    /// A mint of SPL Token.
    Mint,
    Policy,
    Pool,
    Product,
    Retired,
    /// A token account of SPL Token.
    Tokens,
    VoteRecord,
    Voter,
}

impl Account {
    /// Lamports that keep it alive for ever: two years of 3,480 a byte and year, with 128 bytes for its metadata.
    #[must_use]
    pub fn rent(self) -> Atoms {
        let bytes = match self {
            Self::Assembly => coverage_client::Assembly::SIZE,
            Self::Ballot => coverage_client::Ballot::SIZE,
            Self::Change => coverage_client::Change::SIZE,
            Self::Claim => coverage_client::Claim::SIZE,
            Self::ExitEpoch => coverage_client::ExitEpoch::SIZE,
            Self::ExitTicket => coverage_client::ExitTicket::SIZE,
            Self::Incident => coverage_client::Incident::SIZE,
            Self::Mint => 82,
            Self::Policy => coverage_client::Policy::SIZE,
            Self::Pool => coverage_client::Pool::SIZE,
            Self::Product => coverage_client::Product::SIZE,
            Self::Retired => coverage_client::Retired::SIZE,
            Self::Tokens => 165,
            Self::VoteRecord => coverage_client::VoteRecord::SIZE,
            Self::Voter => coverage_client::Voter::SIZE,
        };
        (bytes as Atoms + 128) * 3_480 * 2
    }
}
