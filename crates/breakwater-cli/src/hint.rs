//! What to do about an error.

use coverage_client::{BreakwaterError as E, rpc::Error};

/// What to do next after an error; nothing when its words say it.
pub fn hint(error: &anyhow::Error, url: &str) -> Option<String> {
    match error.downcast_ref::<Error>()? {
        Error::Program { error, .. } => of_program(*error).map(Into::into),
        Error::Missing { name, .. } | Error::Other { name, .. } => list_of(name).map(Into::into),
        error if error.is_outage() => {
            Some(format!("is there a cluster at {url}? --url names another, and `breakwater localnet` runs one"))
        }
        error if error.wants_sol() => {
            Some("send some to the wallet that signs; `breakwater faucet` gives some on a local network".into())
        }
        error if error.wants_tokens() => {
            Some("the wallet that signs holds too few; `breakwater faucet` gives some on a local network".into())
        }
        _ => None,
    }
}

/// Which command lists the accounts of a kind.
fn list_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "Pool" => "`breakwater pool list` shows them",
        "Product" => "`breakwater product list` shows them",
        "Assembly" => "`breakwater assembly list` shows them",
        "Policy" => "`breakwater cover list` shows yours, with --all everybody's",
        "Incident" => "`breakwater incident list` shows them; what is paid in full is closed",
        "Claim" => "`breakwater incident show` shows those of an incident; what is paid in full is closed",
        "Ballot" => "`breakwater vote list` shows them",
        "Change" => "`breakwater change list` shows them",
        "mint" => "a token is named by the address of its mint",
        _ => return None,
    })
}

const BOUNDS: &str = "docs/parameters.md lists every parameter and its bounds";

fn of_program(error: E) -> Option<&'static str> {
    Some(match error {
        E::AmountOutOfBounds | E::TermOutOfBounds => "`breakwater product show` shows the bounds",
        E::ProductCapacity | E::GroupCapacity | E::PoolCapacity => {
            "`breakwater product list` shows the capacity; it grows as deposits have stayed for a season, which `breakwater pool show` says when, and as other cover ends"
        }
        E::CourtBelowFloor => {
            "`breakwater pool show` shows the stake of the court and its floor; `breakwater stake add` raises it, from a day later on"
        }
        E::CourtCapacity => {
            "`breakwater pool show` shows how much cover the court's stake carries; it grows with the stake, and as other cover ends"
        }
        E::BadCurve => "the three rates must not fall, and be at most 1000000 ppm",
        E::TextTooLong => "a name takes 32 bytes, and where terms or evidence are 128",
        E::BadTermBounds | E::BadAmountBounds | E::BadWaiting | E::BadGrace | E::BadDeductible | E::BadWindow => BOUNDS,
        E::BadGroup | E::BadWeight | E::BadBond | E::BadTrigger | E::BadLeverage | E::FeeTooHigh => BOUNDS,
        E::BadExitDelay | E::BadSeason | E::BadTimelock | E::BadGroupCap | E::BadMinPremium | E::BadVotingPeriod => {
            BOUNDS
        }
        E::BadStakeAge | E::BadUnstakeDelay | E::BadQuorum | E::BadThreshold | E::BadSlash => BOUNDS,
        E::PremiumTooHigh => "ask again with `breakwater cover quote`, or raise --max-premium",
        E::TooFewShares => "the price moved: try again, or lower --min-shares",
        E::BoughtToday => "cover can be given back from the day on that begins after it was bought",
        E::NotPartOfCover => {
            "`breakwater cover show` shows what is left and the deductible; `breakwater cover cancel` gives all of it back"
        }
        E::ChallengeOver => "`breakwater incident show` says until when it could be challenged",
        E::ProductInUse => {
            "`breakwater change propose delist` ends its sale; a keeper closes its policies and incidents once they are over"
        }
        E::PoolInUse => {
            "everybody has to leave (`breakwater lp position`), and its products, changes and ballots have to be closed first"
        }
        E::RefundTooLow => "try again, or lower --min-refund",
        E::PoolDepleted => {
            "its shares have lost all: until money comes back, `breakwater pool retire-shares` sets them apart with what is left"
        }
        E::PoolNotOpen => "`breakwater pool show` says from when cover is sold; its authority opens it first",
        E::TermsChanged => {
            "`breakwater pool show` says their number, `change list` and `product list` what they are; --terms names those you have read"
        }
        E::LiensTooHigh => {
            "`breakwater incident list` shows the incidents, `pool show` what is set aside for them; --max-liens accepts more"
        }
        E::PaidTooLittle => "the price moved: try again, or lower --min-amount",
        E::TooManyShares => "`breakwater lp position` says how many you have",
        E::LeavingTakesTime => "`breakwater lp exit` puts shares on their way out",
        E::ExitNotDue | E::EarlierExitWaits | E::ExitNotCalled | E::NothingToPay | E::LiensExceedCapital => {
            "`breakwater lp position` says how exits stand; `breakwater lp collect` takes every step that is due"
        }
        E::PoolNotDepleted => {
            "shares are retired only once they are worth next to nothing and nothing needs the capital"
        }
        E::BadShareWords => {
            "shares of Token-2022 need a name and a symbol, of 32 and 10 bytes at most; those of SPL Token show no words"
        }
        E::Paused => "`breakwater pool show` says until when; everything but sales and deposits goes on",
        E::ProductNotListed => "`breakwater change propose list` puts it on sale",
        E::IncidentOpen => "`breakwater incident list` shows it; claims join it with `breakwater claim submit`",
        E::BreachRunning => "a price that is not below the strike ends it: `breakwater incident observe`",
        E::OccurredInFuture | E::ReportWindowOver => {
            "--occurred says when it happened, as 2h for two hours ago; `breakwater product show` shows the report window"
        }
        E::NotCovered | E::PolicyEnded => "`breakwater cover list` shows from when to when each policy covers",
        E::FilingOver | E::FilingOpen | E::DisputeWindowOpen | E::DisputeWindowOver | E::ChallengeOpen => {
            "`breakwater incident show` and `breakwater claim show` say until when"
        }
        E::BelowDeductible | E::AboveSumInsured => {
            "`breakwater cover list` shows the sum insured, `breakwater product show` the deductible"
        }
        E::BallotOpen
        | E::VotingOpen
        | E::VotingOver
        | E::VotingNotOpen
        | E::AppealWindowOpen
        | E::AppealWindowOver => "`breakwater vote show` says from when and until when; a keeper closes what is over",
        E::NoWeight => "a stake counts in ballots that open once it is as old as `breakwater assembly show` asks for",
        E::StakeTooSmall | E::UnstakeNotReady => "`breakwater stake show` says how much, and from when",
        E::StakeLocked => "votes lock a stake until their ballots are final; a keeper then lets it go",
        E::BadLevel => {
            "of a ballot with two answers, vote for or against; `breakwater vote level` is for disputed claims"
        }
        E::NotDisputable => "a claim is disputed once; `breakwater claim show` says how it stands",
        E::NotArbitrable => "`breakwater vote show` says how the ballot stands",
        E::DisputeOpen => "`breakwater claim show` names the ballot that decides how much of the claim stands",
        E::IncidentNotSettled => {
            "`breakwater claim show` says when a claim is paid, `breakwater incident show` what an incident waits for"
        }
        E::IncidentUndecided | E::EarlierIncidentOpen | E::FilingDue => {
            "`breakwater incident show` says what it waits for; `breakwater incident settle` takes what is due"
        }
        E::ChangeNotDue => "`breakwater change list` says from when",
        E::ChangeLapsed => "propose it again",
        E::ExitsWait => "a change waits for everybody who asked in time to leave; a keeper pays their exits",
        E::NoBreach => "`breakwater incident observe` shows prices; `breakwater product show` says how long it takes",
        E::PriceStale | E::PriceNotNewer | E::PriceFromFuture => "have a newer price of the feed posted to the account",
        E::WrongPriceOwner | E::NotAPrice | E::PriceNotVerified => {
            "name an account of Pyth's pull oracle, a fully verified `PriceUpdateV2`"
        }
        E::WrongFeed | E::WrongExponent | E::WrongTrigger => {
            "`breakwater product show` says what decides, and the feed"
        }
        E::PriceOutsideBreach => "only a price that was published while the breach was measured refutes it",
        _ => return None,
    })
}
