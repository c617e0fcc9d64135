//! How steps end, and how they must.

use crate::steps::Step;
use std::{collections::BTreeMap, fmt};

/// How often each kind of step ended how, over many lives.
#[derive(Default)]
pub struct Tally {
    /// By kind and end.
    pub ends: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// How near those who left came to what is fair.
    pub fairness: Fairness,
}

/// How near exit epochs came to what they must get in the end (B8).
#[derive(Default)]
pub struct Fairness {
    /// Epochs that were over.
    pub epochs: u64,
    /// Of them those that had a part in incidents.
    pub with_parts: u64,
    /// The most that one got too little, and too much, atoms; and for each incident that it had a part in.
    pub short: [f64; 2],
    pub over: [f64; 2],
}

impl Fairness {
    /// Takes in what an epoch got beyond what is fair, atoms, of so many incidents.
    pub fn judge(&mut self, beyond: f64, incidents: usize) {
        self.epochs += 1;
        self.with_parts += u64::from(incidents > 0);
        for (place, of) in [1, incidents.max(1)].into_iter().enumerate() {
            self.short[place] = self.short[place].max(-beyond / of as f64);
            self.over[place] = self.over[place].max(beyond / of as f64);
        }
    }
}

impl fmt::Display for Fairness {
    fn fmt(&self, text: &mut fmt::Formatter) -> fmt::Result {
        let Self { epochs, with_parts, short: [short, each_short], over: [over, each_over] } = self;
        write!(
            text,
            "B8: {epochs} exit epochs, {with_parts} with a part in incidents; at most {short:.3} atoms too little \
             ({each_short:.3} an incident) and {over:.3} too much ({each_over:.3})"
        )
    }
}

/// A kind of step, and an end of it.
pub type End = (&'static str, &'static str);

/// What must happen in lives in which everything does, beside that each kind of step succeeds.
pub const EVERYTHING: &[End] = &[
    ("PayExits", "in part"),
    ("PayExits", "with a part of incidents"),
    ("PayExits", "of several incidents"),
    ("PayExits", "ExitNotDue"),
    ("PayExits", "ExitNotCalled"),
    ("PayExits", "EarlierExitWaits"),
    ("PayExits", "NothingToPay"),
    ("PayExits", "FilingDue"),
    ("CallExits", "called"),
    ("CallExits", "seen to wait"),
    ("CallExits", "ExitNotDue"),
    ("CallExits", "ExitNotLate"),
    ("RequestExit", "joined others"),
    ("RequestExit", "WrongExitEpoch"),
    ("CollectExit", "in part"),
    ("CollectExit", "NothingDue"),
    ("CloseEpoch", "ExitEpochInUse"),
    ("Release", "gave back"),
    ("Release", "began anew"),
    ("Release", "NothingDue"),
    ("Deposit", "TermsChanged"),
    ("Deposit", "LiensTooHigh"),
    ("Deposit", "beside liens"),
    ("Withdraw", "LeavingTakesTime"),
    ("OpenPool", "PoolIsOpen"),
    ("Retire", "PoolNotDepleted"),
    ("Verdict", "accepted"),
    ("Verdict", "refused"),
    ("Verdict", "BallotOpen"),
    ("Verdict", "AppealWindowOpen"),
    ("Verdict", "IncidentDecided"),
    ("EndFiling", "freed"),
    ("EndFiling", "others need it"),
    ("EndFiling", "IncidentNotAccepted"),
    ("EndFiling", "FilingOpen"),
    ("EndFiling", "NothingDue"),
    ("Settle", "IncidentUndecided"),
    ("Settle", "FilingOpen"),
    ("Settle", "FilingDue"),
    ("Settle", "DisputeWindowOpen"),
    ("Settle", "EarlierIncidentOpen"),
    ("Settle", "IncidentClosed"),
    ("Settle", "others are behind"),
    ("Settle", "those who left pay"),
    ("Settle", "those who left get back"),
    ("Open", "in line"),
    ("Open", "third in line"),
    ("Claim", "funded by another"),
    ("Pay", "without being paid"),
    ("Pay", "on account"),
    ("Pay", "EarlierIncidentOpen"),
    ("Pay", "a bond waits"),
    ("Pay", "a bond that waited"),
    ("Claim", "before the verdict"),
    ("Pay", "released capacity"),
    ("Pay", "gave a refund back"),
    ("Extend", "with some used"),
    ("Extend", "with some given back"),
    ("Extend", "while an incident is open"),
    ("Extend", "while exits wait"),
    ("Extend", "of a full product"),
    ("Extend", "ExitsWait"),
    ("Cancel", "once it covered"),
    ("Cancel", "before it covered"),
    ("Cancel", "with some used"),
    ("Cancel", "BoughtToday"),
    ("Reduce", "with some used"),
    ("Reduce", "BoughtToday"),
    ("Reduce", "NotPartOfCover"),
    ("Reduce", "IncidentOpen"),
    ("Reduce", "RefundTooLow"),
    ("Deposit", "while income streams"),
    ("Absorb", "took what the assessors have too much"),
    ("Settle", "paid in full"),
    ("Settle", "paid in part"),
    ("Settle", "rejected"),
    ("Verdict", "slashed"),
    ("Buy", "filled a cap"),
    ("Open", "dearer"),
    ("Vote", "BadLevel"),
    ("Vote", "how much"),
    ("Vote", "anew"),
    ("Vote", "over a delegate's"),
    ("Delegate", "done"),
    ("Delegate", "OwnDelegate"),
    ("VoteFor", "done"),
    ("VoteFor", "anew"),
    ("VoteFor", "DelegatedLater"),
    ("VoteFor", "NotVoter"),
    ("Settle", "held back"),
    ("Settle", "DisputeOpen"),
    ("Close", "decided early"),
    ("Close", "prolonged"),
    ("Close", "extended"),
    ("Dispute", "IncidentUndecided"),
    ("Dispute", "IncidentClosed"),
    ("Dispute", "NotDisputable"),
    ("Dispute", "DisputeWindowOver"),
    ("Dispute", "Exists"),
    ("Dispute", "after its own window"),
    ("Decide", "by default"),
    ("Decide", "as the arbiter had it"),
    ("Decide", "all of it stands"),
    ("Decide", "a little less stands"),
    ("Decide", "less stands"),
    ("Decide", "nothing left"),
    ("Decide", "the claimant gained"),
    ("Decide", "NotDisputed"),
    ("DisputeBond", "NothingDue"),
    ("Arbitrate", "between"),
    ("Evidence", "BadSubject"),
    ("Buy", "CourtCapacity"),
    ("Buy", "CourtBelowFloor"),
    ("Cancel", "below the floor"),
    ("Recover", "topped up"),
    ("Recover", "less held back"),
    ("Recover", "left some to the LPs"),
    ("Reward", "BallotNotRead"),
    ("Reward", "WrongReceiver"),
    ("Reward", "before it was read"),
    ("Reward", "its reward waits"),
    ("Reward", "paid"),
    ("Reward", "paid later"),
    ("Reward", "slashed"),
    ("Reclaim", "rewards left"),
    ("Observe", "recovered"),
    ("Observe", "breached"),
    ("Observe", "inconclusive"),
    ("Observe", "measured anew"),
    ("Observe", "counts"),
    ("Verdict", "a challenge lost"),
    ("Verdict", "a challenge won"),
    ("RefuteIncident", "challenged before"),
    ("Buy", "BreachRunning"),
    ("Draw", "DrawLimited"),
    ("Draw", "in part"),
    ("Draw", "all that is insured"),
    ("CloseProduct", "ProductInUse"),
    ("CloseProduct", "by the authority"),
    ("CloseProduct", "delisted"),
    ("CloseVoter", "VoterInUse"),
    ("ClosePool", "PoolInUse"),
    ("ClosePool", "NotPoolCloser"),
    ("CloseAssembly", "AssemblyInUse"),
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
    ("Verdict", "ChallengeOpen"),
    ("Settle", "rejected"),
    ("PayExits", "ExitHeld"),
    ("Quote", "BreachRunning"),
    ("Quote", "done"),
    ("Extend", "BreachRunning"),
    ("Cancel", "BreachRunning"),
];

/// What must happen in lives of changes.
pub const CHANGES: &[End] = &[
    ("Propose", "done"),
    ("Propose", "NothingChanges"),
    ("Propose", "ChangeProduct"),
    ("Propose", "NotPoolAuthority"),
    ("Propose", "BadMinPremium"),
    ("Propose", "BadVoteReward"),
    ("Propose", "BadTimelock"),
    ("Propose", "BadExitDelay"),
    ("Propose", "BadSeason"),
    ("Propose", "BadLeverage"),
    ("Propose", "LeverageRises"),
    ("Propose", "FeeTooHigh"),
    ("Propose", "BadGroup"),
    ("Propose", "BadGroupCap"),
    ("Propose", "BadWeight"),
    ("Propose", "BadCurve"),
    ("Apply", "done"),
    ("Apply", "riskier MinPremium"),
    ("Apply", "safer MinPremium"),
    ("Apply", "raised VoteReward"),
    ("Apply", "lowered VoteReward"),
    ("Apply", "riskier AssessorsLimit"),
    ("Apply", "safer AssessorsLimit"),
    ("Apply", "riskier Timelock"),
    ("Apply", "safer Timelock"),
    ("Apply", "raised ExitDelay"),
    ("Apply", "lowered ExitDelay"),
    ("Apply", "safer Season"),
    ("Apply", "safer Leverage"),
    ("Apply", "raised ProtocolFee"),
    ("Apply", "lowered ProtocolFee"),
    ("Apply", "raised AssessorFee"),
    ("Apply", "lowered AssessorFee"),
    ("Apply", "raised CancelFee"),
    ("Apply", "lowered CancelFee"),
    ("Apply", "riskier GroupCap"),
    ("Apply", "safer GroupCap"),
    ("Apply", "raised StakeFloor"),
    ("Apply", "lowered StakeFloor"),
    ("Apply", "riskier CoverPerStake"),
    ("Apply", "safer CoverPerStake"),
    ("Apply", "set List"),
    ("Apply", "set Delist"),
    ("Apply", "riskier Weight"),
    ("Apply", "safer Weight"),
    ("Apply", "riskier Curve"),
    ("Apply", "safer Curve"),
    ("Apply", "riskier Bonds"),
    ("Apply", "safer Bonds"),
    ("Apply", "while exits wait"),
    ("Apply", "while later exits wait"),
    ("Apply", "waited for a sold-out pool"),
    ("Apply", "ExitsWait"),
    ("Apply", "ChangeNotDue"),
    ("Apply", "ChangeLapsed"),
    ("Apply", "ChangeOvertaken"),
    ("Apply", "ChangeNotQueued"),
    ("Apply", "BadTimelock"),
    ("Propose", "BadBond"),
    ("Apply", "set Guardian"),
    ("Apply", "set Arbiter"),
    ("Apply", "set Treasury"),
    ("Apply", "set Court"),
    ("Apply", "WrongCourt"),
    ("Queue", "of Court"),
    ("WithdrawChange", "of Court"),
    ("CloseChange", "of Court"),
    ("Petition", "WrongAssembly"),
    ("Buy", "with a new court"),
    ("Apply", "NotNewAuthority"),
    ("Apply", "NotPoolAuthority"),
    ("Accept", "done"),
    ("Accept", "of a ballot"),
    ("Accept", "NotNewAuthority"),
    ("Propose", "ZeroAddress"),
    ("Buy", "with a new arbiter"),
    ("CloseChange", "fell"),
    ("ClosePool", "with another treasury"),
    ("Mark", "done"),
    ("Mark", "ChangeMarked"),
    ("Mark", "ChangeNotDue"),
    ("Mark", "ExitsWait"),
    ("Petition", "done"),
    ("Petition", "NothingChanges"),
    ("Queue", "queued"),
    ("Queue", "slashed"),
    ("Queue", "nobody decided"),
    ("Queue", "BallotOpen"),
    ("Queue", "AppealWindowOpen"),
    ("Queue", "ChangeNotProposed"),
    ("ChangeBond", "done"),
    ("ChangeBond", "NothingDue"),
    ("WithdrawChange", "done"),
    ("WithdrawChange", "NotPoolAuthority"),
    ("WithdrawChange", "ChangeNotQueued"),
    ("CloseChange", "done"),
    ("CloseChange", "lapsed"),
    ("CloseChange", "ChangeNotOver"),
    ("Buy", "ProductDelisted"),
    ("Buy", "with new bonds"),
    ("Buy", "with a new floor"),
    ("Buy", "TermsWait"),
    ("Cancel", "without a fee"),
];

/// What must happen in lives of exits.
pub const EXITS: &[End] = &[
    ("PayExits", "done"),
    ("PayExits", "in part"),
    ("PayExits", "of nothing"),
    ("PayExits", "with a part of incidents"),
    ("PayExits", "of several incidents"),
    ("PayExits", "in a later era"),
    ("PayExits", "doubled the mark"),
    ("PayExits", "ExitNotDue"),
    ("PayExits", "ExitNotCalled"),
    ("PayExits", "EarlierExitWaits"),
    ("PayExits", "NothingToPay"),
    ("PayExits", "FilingDue"),
    ("PayExits", "LiensExceedCapital"),
    ("CallExits", "called"),
    ("CallExits", "seen to wait"),
    ("CallExits", "ExitNotDue"),
    ("CallExits", "ExitNotLate"),
    ("CallExits", "EarlierExitWaits"),
    ("CallExits", "FilingDue"),
    ("Release", "gave back"),
    ("Release", "while it is open"),
    ("Release", "nothing left"),
    ("Release", "began anew"),
    ("Release", "NothingDue"),
    ("Settle", "those who left pay"),
    ("Settle", "those who left get back"),
    ("Settle", "others are behind"),
    ("Settle", "NextIncidentMissing"),
    ("Deposit", "filled the pool"),
    ("Open", "third in line"),
];

/// What must happen in lives of pools that open.
pub const OPENINGS: &[End] = &[
    ("OpenPool", "done"),
    ("OpenPool", "PoolIsOpen"),
    ("Withdraw", "done"),
    ("Withdraw", "after the opening"),
    ("Withdraw", "LeavingTakesTime"),
    ("Withdraw", "PaidTooLittle"),
    ("Deposit", "done"),
    ("Buy", "PoolNotOpen"),
    ("Quote", "PoolNotOpen"),
    ("RequestExit", "done"),
];

/// What must happen in lives of draws.
pub const DRAWS: &[End] = &[
    ("Draw", "done"),
    ("Draw", "nothing yet"),
    ("Draw", "in part"),
    ("Draw", "behind another"),
    ("Draw", "all that is insured"),
    ("Draw", "DrawLimited"),
    ("Draw", "BookingMissing"),
    ("Draw", "ZeroAmount"),
    ("Draw", "NotCovered"),
    ("Draw", "NotTriggerAuthority"),
    ("Meter", "done"),
    ("Meter", "in part"),
    ("Meter", "to its end"),
    ("Meter", "those who left pay"),
    ("Meter", "those who left get back"),
    ("Meter", "after a challenge"),
    ("Meter", "paid later"),
    ("Meter", "NothingDue"),
    ("Meter", "IncidentUndecided"),
    ("Meter", "IncidentClosed"),
    ("Challenge", "a booking"),
    ("Challenge", "IncidentClosed"),
    ("Challenge", "ChallengeOver"),
    ("Verdict", "a booking stands"),
    ("Verdict", "a booking ends"),
    ("Extend", "PolicyExhausted"),
    ("Cancel", "PolicyExhausted"),
];

impl Tally {
    /// Counts how a step ended.
    pub fn count(&mut self, step: &'static str, end: String) {
        *self.ends.entry(step).or_default().entry(end).or_default() += 1;
    }

    /// How often steps of a kind ended so.
    pub fn get(&self, step: &str, end: &str) -> u64 {
        self.ends.get(step).and_then(|ends| ends.get(end)).copied().unwrap_or(0)
    }

    /// Asserts that each of these happened at least so often.
    pub fn check(&self, ends: impl IntoIterator<Item = End>, least: u64) {
        let seldom: Vec<_> = ends.into_iter().filter(|(step, end)| self.get(step, end) < least).collect();
        assert!(seldom.is_empty(), "these happened less than {least} times: {seldom:?}");
    }

    /// Every kind of step, with its success.
    ///
    /// Pools are wiped out, and LPs leave at once, in lives of their own.
    pub fn successes() -> impl Iterator<Item = End> {
        let apart = ["Accept", "Withdraw", "Retire", "Redeem", "CloseRetired"];
        Step::NAMES.into_iter().filter(move |step| !apart.contains(step)).map(|step| (step, "done"))
    }
}
