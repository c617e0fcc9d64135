//! What random and past losses would do to a pool.
//!
//! A [`Book`] is a pool as it stands: capital, limits, products, and every policy that still covers something. A [`Plan`] is
//! the book over a horizon. In each run a [`Scenario`] draws incidents; a [`Run`] lets the policies that cover the moment
//! claim, pays them by one factor as the program would, and goes on with the capital that is left. [`simulate`] plays
//! many runs; [`history`] lays real incidents upon the pool.
//!
//! Amounts are u64 atoms, and every formula is `coverage-math`'s, so a run pays what the program would pay. Floats draw
//! random numbers and make statistics. Each run has a stream of random numbers of its own, so results are the same on any
//! number of threads.
//!
//! What is left out:
//! - exits, new deposits, and buyers who come or go: the book is renewed as it is, or runs off. Shares that are on their way
//!   out bear losses to the horizon, and carry no renewal;
//! - the price of a renewal: it earns what the policy earned, as an extension does, without a gap. The program extends cover that
//!   the capital does not carry any more; here it lapses, for its holder would pay for what is not there: that errs to less premium and
//!   to smaller losses. What is claimed in a run takes up no capacity until its policy is renewed, for its whole amount, as in the program;
//! - votes that err, fraud, claims that nobody files, bonds and their slashing;
//! - the time from an incident to its settlement: one after the other is settled at once, only what strikes in the same
//!   second shares the capital;
//! - incidents that are open today: what they set aside stays so and is never paid from, nor set free. A product that is struck
//!   again demands beside them, though in the program both stand in one line and share its cover;
//! - the season in which a deposit carries no new cover yet: renewals need none of it, as extensions need none in the program. That errs to
//!   more cover only where a holder of a pool with deposits of the last days buys anew instead;
//! - the time of the year: a year out of the calendar begins on the day of the snapshot, and the last one counts as if it were over;
//! - the limit on what a covered program draws at once and in a period: all of it is paid at once. What the program books is a lien, which
//!   what strikes later shares with it, and somebody can challenge it: that errs to earlier and larger losses of the LPs, and leaves less
//!   to whom is struck after it;
//! - recoveries, and other income that no premium paid for: what streams today is earned, no more comes.

pub mod assumptions;
mod book;
mod charts;
pub mod history;
mod plan;
mod report;
mod run;
mod scenario;
mod summary;
mod table;
mod totals;

pub use {
    assumptions::{Assumptions, Cause, Kind},
    book::{Book, Cover, Line, Strike},
    plan::{Keep, MAX_DAYS, Plan},
    report::{Report, html},
    run::{End, Hit, Run, Settled, Watch},
    scenario::Scenario,
    summary::{Factor, Loss, MAX_RUNS, Settings, Share, Summary, simulate},
    table::csv,
    totals::factor_bps,
};

/// What cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The assumptions cannot be read.
    #[error("the assumptions: {0}")]
    Assumptions(String),
    /// A number is out of bounds.
    #[error("the assumptions: {of}: {number} is not between 0 and {most}")]
    Bounds {
        /// What it is assumed of.
        of: String,
        /// The number.
        number: f64,
        /// The most it may be.
        most: f64,
    },
    /// Something is assumed of a product that is not there.
    #[error("the assumptions: the pool has no product `{0}`")]
    NoSuchProduct(String),
    /// Nothing is assumed of a product.
    #[error("nothing is assumed of the product `{0}`")]
    NoRisk(String),
    /// A line of the incidents cannot be read.
    #[error("line {line} of the incidents: {why}")]
    Incidents {
        /// Which, counted from 1.
        line: usize,
        /// Why.
        why: String,
    },
    /// The horizon is out of bounds.
    #[error("{0} days are not between 1 and {MAX_DAYS}")]
    Horizon(u32),
    /// The number of runs is out of bounds.
    #[error("{0} runs are not between 1 and {MAX_RUNS}")]
    Runs(u64),
    /// The accounts contradict each other.
    #[error("the accounts contradict each other; `breakwater verify` says where")]
    Impossible,
    /// The threads do not start.
    #[error("the threads do not start: {0}")]
    Threads(rayon::ThreadPoolBuildError),
    /// A chart cannot be drawn.
    #[error("a chart cannot be drawn: {0}")]
    Chart(String),
}
