//! Events: prices and draws.

use crate::{Books, prelude::*};

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

/// An incident that prices opened, or a booking, was challenged.
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

/// The covered program reported a loss and drew on a policy.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct CoverDrawn {
    /// The policy, which says of which product it is and whose.
    pub policy: Address,
    /// Loss reported, atoms.
    pub loss: u64,
    /// Paid at once, atoms.
    pub paid: u64,
    /// Of it kept, for the refund of a cancellation, atoms.
    pub given_back: u64,
    /// Booked, atoms.
    pub booked: u64,
    /// The booking; zero when nothing was booked.
    pub booking: Address,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A booking was settled or paid, in part or to its end.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct BookingPaid {
    /// The product.
    pub product: Address,
    /// The booking.
    pub incident: Address,
    /// The policy.
    pub policy: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Paid now, atoms.
    pub paid: u64,
    /// Of it kept, for the refund of a cancellation, atoms.
    pub given_back: u64,
    /// Settled so far, atoms.
    pub settled: u64,
    /// Of it from those who left while it was open, atoms.
    pub contested: u64,
    /// What of it is neither settled nor given up, atoms.
    pub unsettled: u64,
    /// Where it stands: 0 challenged, 1 ended, 2 found false, 3 settled on.
    pub state: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}
