//! How steps end, and how they must.

use crate::steps::Step;
use std::collections::BTreeMap;

/// How often each kind of step ended how, over many lives.
#[derive(Default)]
pub struct Tally(pub BTreeMap<&'static str, BTreeMap<String, u64>>);

/// A kind of step, and an end of it.
pub type End = (&'static str, &'static str);

/// What must happen in lives in which everything does, beside that each kind of step succeeds.
pub const EVERYTHING: &[End] = &[
    ("SettleExits", "carried over"),
    ("SettleExits", "ExitBlocked"),
    ("Extend", "gave capacity up"),
    ("Settle", "paid in full"),
    ("Settle", "paid in part"),
    ("Settle", "rejected"),
    ("Settle", "slashed"),
    ("Buy", "filled a cap"),
    ("Deposit", "filled the pool"),
    ("Open", "reported late"),
    ("Open", "dearer"),
    ("Claim", "beyond the lien"),
    ("Vote", "VotingNotOpen"),
    ("Vote", "extended"),
    ("Settle", "held back"),
    ("Settle", "DisputeOpen"),
    ("Close", "decided early"),
    ("Close", "prolonged"),
    ("Dispute", "displaced another"),
    ("Dispute", "NotDisputable"),
    ("Decide", "lost"),
    ("Decide", "won"),
    ("Decide", "nothing left"),
    ("Decide", "void"),
    ("DisputeBond", "nothing"),
    ("Recover", "topped up"),
    ("Recover", "less held back"),
    ("Recover", "left some to the LPs"),
    ("AppealBond", "given back"),
    ("AppealBond", "lost"),
    ("Reward", "BallotNotRead"),
    ("Reward", "paid"),
    ("Reward", "slashed"),
    ("Reclaim", "rewards left"),
    ("Observe", "recovered"),
    ("Observe", "breached"),
    ("Observe", "inconclusive"),
    ("Observe", "measured anew"),
    ("Observe", "counts"),
    ("Settle", "a challenge lost"),
    ("Settle", "a challenge won"),
    ("RefuteIncident", "challenged before"),
    ("Buy", "BreachRunning"),
    ("Draw", "DrawLimited"),
    ("Draw", "in part"),
    ("Draw", "all that is insured"),
];

/// What must happen in lives of prices.
pub const PRICES: &[End] = &[
    ("Observe", "recovered"),
    ("Observe", "breached"),
    ("Observe", "inconclusive"),
    ("Observe", "measured anew"),
    ("Observe", "counts"),
    ("Observe", "forgot one that counted"),
    ("Observe", "PriceNotNewer"),
    ("Observe", "PriceFromFuture"),
    ("Observe", "PriceStale"),
    ("OpenByPrice", "done"),
    ("OpenByPrice", "NoBreach"),
    ("OpenByPrice", "ReportWindowOver"),
    ("RefuteBreach", "done"),
    ("RefuteBreach", "PriceOutsideBreach"),
    ("RefuteBreach", "PriceBelowStrike"),
    ("RefuteIncident", "done"),
    ("RefuteIncident", "AlreadyRefuted"),
    ("RefuteIncident", "ChallengeOver"),
    ("Challenge", "done"),
    ("Challenge", "ChallengeOver"),
    ("ClaimBreach", "done"),
    ("Settle", "ChallengeOpen"),
    ("Settle", "rejected"),
    ("Quote", "BreachRunning"),
    ("Quote", "done"),
    ("Extend", "BreachRunning"),
    ("Cancel", "BreachRunning"),
];

/// What must happen in lives of draws.
pub const DRAWS: &[End] = &[
    ("Draw", "done"),
    ("Draw", "nothing yet"),
    ("Draw", "in part"),
    ("Draw", "all that is insured"),
    ("Draw", "DrawLimited"),
    ("Draw", "NothingDue"),
    ("Draw", "NotCovered"),
    ("Draw", "PolicyEnded"),
    ("Draw", "NotTriggerAuthority"),
    ("Extend", "PolicyExhausted"),
    ("Cancel", "PolicyExhausted"),
];

impl Tally {
    /// Counts how a step ended.
    pub fn count(&mut self, step: &'static str, end: String) {
        *self.0.entry(step).or_default().entry(end).or_default() += 1;
    }

    /// How often steps of a kind ended so.
    pub fn get(&self, step: &str, end: &str) -> u64 {
        self.0.get(step).and_then(|ends| ends.get(end)).copied().unwrap_or(0)
    }

    /// Asserts that each of these happened at least so often.
    pub fn check(&self, ends: impl IntoIterator<Item = End>, least: u64) {
        let seldom: Vec<_> = ends.into_iter().filter(|(step, end)| self.get(step, end) < least).collect();
        assert!(seldom.is_empty(), "these happened less than {least} times: {seldom:?}");
    }

    /// Every kind of step, with its success.
    pub fn successes() -> impl Iterator<Item = End> {
        Step::NAMES.into_iter().map(|step| (step, "done"))
    }
}
