//! Every error of the program, in blocks by area.

use anchor_lang::prelude::*;

/// What went wrong, with a code that never changes.
#[error_code(offset = 6000)]
#[derive(Debug, PartialEq, Eq)]
pub enum BreakwaterError {
    // Arithmetic and books: 6000
    /// A result does not fit its type.
    #[msg("Arithmetic overflow")]
    MathOverflow = 0,
    /// B1: the vault holds less than the buckets say.
    #[msg("The vault holds less than the pool owes")]
    VaultShort = 1,
    /// The amount is zero.
    #[msg("The amount is zero")]
    ZeroAmount = 2,
    /// The token program delivered less than it was asked to.
    #[msg("Fewer tokens arrived than were sent")]
    TransferShort = 3,
    /// The clock stands before the unix epoch.
    #[msg("The clock is not set")]
    BadClock = 4,
    /// A stored state byte has no meaning.
    #[msg("The account holds an unknown state")]
    UnknownState = 5,

    // Accounts and authorities: 6020
    /// The account belongs to another pool.
    #[msg("The account belongs to another pool")]
    WrongPool = 20,
    /// The account belongs to another product.
    #[msg("The account belongs to another product")]
    WrongProduct = 21,
    /// The account belongs to another policy.
    #[msg("The account belongs to another policy")]
    WrongPolicy = 22,
    /// The account belongs to another incident.
    #[msg("The account belongs to another incident")]
    WrongIncident = 23,
    /// The account belongs to another assembly.
    #[msg("The account belongs to another assembly")]
    WrongAssembly = 24,
    /// The ballot does not decide this.
    #[msg("The ballot decides something else")]
    WrongBallot = 25,
    /// The mint is not the one expected here.
    #[msg("The mint is not the expected one")]
    WrongMint = 26,
    /// The token account is not the pool's or assembly's vault.
    #[msg("The token account is not the vault")]
    WrongVault = 27,
    /// The mint is not the pool's share mint.
    #[msg("The mint is not the pool's share mint")]
    WrongShareMint = 28,
    /// The token program is not the one the mint belongs to.
    #[msg("The token program is not the mint's")]
    WrongTokenProgram = 29,
    /// The token account is owned by somebody else.
    #[msg("The token account is owned by somebody else")]
    WrongTokenOwner = 30,
    /// The signer is not the pool's authority.
    #[msg("The signer is not the pool's authority")]
    NotPoolAuthority = 31,
    /// The signer does not hold the policy.
    #[msg("The signer does not hold the policy")]
    NotHolder = 32,
    /// The signer is not the owner of the stake.
    #[msg("The signer does not own the stake")]
    NotVoter = 33,
    /// The mint has more decimals than the share mint can follow.
    #[msg("The mint has more decimals than supported")]
    UnsupportedDecimals = 35,

    // Pool parameters: 6040
    /// The leverage is out of bounds.
    #[msg("The leverage is out of bounds")]
    BadLeverage = 40,
    /// A fee is above its bound.
    #[msg("A fee is above its bound")]
    FeeTooHigh = 41,
    /// The exit delay is out of bounds.
    #[msg("The exit delay is out of bounds")]
    BadExitDelay = 42,
    /// The timelock is shorter than an exit takes, or too long.
    #[msg("The timelock must exceed the exit delay by two days and stay within a year")]
    BadTimelock = 43,
    /// A group cap is above the leverage.
    #[msg("A group cap is above the leverage")]
    BadGroupCap = 44,
    /// The least premium is zero or too high.
    #[msg("The least premium is zero or too high")]
    BadMinPremium = 45,

    // Product terms: 6060
    /// The curve does not rise, exceeds 100% a year, or its kink lies outside.
    #[msg("The price curve is not valid")]
    BadCurve = 60,
    /// The weight is zero or above 10,000 bps.
    #[msg("The weight is out of bounds")]
    BadWeight = 61,
    /// The term bounds are out of order or out of bounds.
    #[msg("The term bounds are out of bounds")]
    BadTermBounds = 62,
    /// The amount bounds are out of order or zero.
    #[msg("The amount bounds are out of order")]
    BadAmountBounds = 63,
    /// The waiting period is too long.
    #[msg("The waiting period is too long")]
    BadWaiting = 64,
    /// The grace is shorter than the report window, or too long.
    #[msg("The grace is shorter than the report window, or too long")]
    BadGrace = 65,
    /// The deductible is too high.
    #[msg("The deductible is too high")]
    BadDeductible = 66,
    /// The correlation group does not exist.
    #[msg("The correlation group does not exist")]
    BadGroup = 67,
    /// The risk kind does not exist.
    #[msg("The risk kind does not exist")]
    BadRiskKind = 68,
    /// A report, filing, dispute or appeal window is out of bounds.
    #[msg("A window is out of bounds")]
    BadWindow = 69,
    /// The bond is zero or too high.
    #[msg("A bond is zero or too high")]
    BadBond = 70,
    /// The text is longer than its field.
    #[msg("The text is too long")]
    TextTooLong = 71,
    /// The pool has as many products as it can have.
    #[msg("The pool can list no more products")]
    TooManyProducts = 72,

    // Liquidity: 6080
    /// The pool has lost nearly all it had: deposits stay closed.
    #[msg("The pool is depleted and takes no deposits")]
    PoolDepleted = 80,
    /// The deposit is worth less than one share.
    #[msg("The deposit is worth less than one share")]
    ZeroShares = 81,
    /// The deposit yields fewer shares than asked for.
    #[msg("The deposit yields fewer shares than asked for")]
    TooFewShares = 82,
    /// The pool would hold more than its formulas are proven for.
    #[msg("The pool can hold no more")]
    CapitalTooLarge = 83,
    /// The day is not the exit delay from now.
    #[msg("The day of the exit is not the exit delay from today")]
    WrongExitDay = 84,
    /// The first waiting exits are more than a year behind.
    #[msg("The exits that wait reach too far back: settle them first")]
    ExitQueueFull = 85,
    /// The epoch's day has not come.
    #[msg("The exit epoch's day has not come")]
    ExitNotDue = 86,
    /// The exits of an earlier day come first.
    #[msg("The exits of an earlier day come first")]
    EarlierExitWaits = 87,
    /// An incident is open: nobody leaves ahead of a loss that is known.
    #[msg("An incident is open: exits wait until it ends")]
    ExitBlocked = 88,
    /// No capital can leave now: cover and open incidents need it.
    #[msg("No capital can leave now")]
    NothingToSettle = 89,
    /// The shares left over need tomorrow's epoch.
    #[msg("Tomorrow's exit epoch is needed for what is left over")]
    NextEpochMissing = 90,
    /// The epoch has been settled.
    #[msg("The exit epoch is settled")]
    ExitSettled = 91,
    /// The epoch has not been settled.
    #[msg("The exit epoch is not settled")]
    ExitNotSettled = 92,
    /// The epoch is not the one expected here.
    #[msg("The exit epoch is another one")]
    WrongExitEpoch = 93,
    /// The epoch still has shares or tickets.
    #[msg("The exit epoch still has shares or tickets")]
    ExitEpochInUse = 94,
    /// The vault holds no more than the buckets.
    #[msg("The vault holds no surplus")]
    NothingToAbsorb = 95,
    /// The token account is not the one chosen by its owner, who does not sign.
    #[msg("The token account is not the chosen one, and its owner does not sign")]
    WrongReceiver = 96,
    /// The rent does not go back to who paid it.
    #[msg("The rent goes back to who paid it")]
    WrongRentPayer = 97,
    /// An exit epoch is opened for tomorrow only.
    #[msg("An exit epoch is opened for tomorrow only")]
    NotTomorrow = 98,
    /// What was held back for settled incidents is settled before deposits.
    #[msg("What is held back for settled incidents must be settled first")]
    RestNotSettled = 99,

    // Cover: 6100
    /// The product has been delisted.
    #[msg("The product is not for sale")]
    ProductDelisted = 100,
    /// An incident of the product is open: no sale until it ends.
    #[msg("An incident of the product is open")]
    IncidentOpen = 101,
    /// The amount is outside the product's bounds.
    #[msg("The amount is outside the product's bounds")]
    AmountOutOfBounds = 102,
    /// The term is outside the product's bounds.
    #[msg("The term is outside the product's bounds")]
    TermOutOfBounds = 103,
    /// The sale would exceed the product's capacity.
    #[msg("The product has not enough capacity left")]
    ProductCapacity = 104,
    /// The sale would exceed the correlation group's capacity.
    #[msg("The correlation group has not enough capacity left")]
    GroupCapacity = 105,
    /// The sale would exceed the pool's capacity.
    #[msg("The pool has not enough capacity left")]
    PoolCapacity = 106,
    /// The premium is above what the buyer allows.
    #[msg("The premium is above the maximum given")]
    PremiumTooHigh = 107,
    /// The commission is above its bound.
    #[msg("The commission is above its bound")]
    CommissionTooHigh = 108,
    /// A commission was given, but no account to pay it to, or an account without a commission.
    #[msg("A commission needs a distributor's token account, and only then")]
    CommissionAccount = 109,
    /// The holder is no address.
    #[msg("The holder must not be the zero address")]
    ZeroHolder = 110,
    /// A claim of the policy is open.
    #[msg("A claim of the policy is open")]
    ClaimOpen = 111,
    /// The policy has ended or was cancelled.
    #[msg("The policy has ended")]
    PolicyEnded = 112,
    /// All of the sum insured has been claimed.
    #[msg("All of the sum insured has been claimed")]
    PolicyExhausted = 113,
    /// Nothing is left to refund.
    #[msg("The cover ends with this day: nothing is left to refund")]
    NothingToRefund = 114,
    /// The refund is below what the holder asks for.
    #[msg("The refund is below the minimum given")]
    RefundTooLow = 115,
    /// The capacity of the policy is not released yet.
    #[msg("The policy's grace is not over")]
    PolicyAlive = 116,
    /// A claim was paid in part and may get more.
    #[msg("A claim of the policy is not paid in full")]
    ClaimUnpaid = 117,
    /// An event of before may still be reported, because reports were blocked.
    #[msg("An earlier event may still be reported")]
    LateReportPossible = 118,

    // Incidents and claims: 6120
    /// The incident lies in the future.
    #[msg("The incident lies in the future")]
    OccurredInFuture = 120,
    /// The incident is older than the report window.
    #[msg("The incident is older than the report window")]
    ReportWindowOver = 121,
    /// The product's trigger is not the jury.
    #[msg("The product's trigger is another one")]
    WrongTrigger = 122,
    /// No cover is active: there is nothing to claim.
    #[msg("No cover of the product is active")]
    NothingCovered = 123,
    /// The incident is settled or rejected.
    #[msg("The incident is closed")]
    IncidentClosed = 124,
    /// The filing window is over.
    #[msg("The filing window is over")]
    FilingOver = 125,
    /// The policy did not cover the time of the incident.
    #[msg("The policy did not cover the time of the incident")]
    NotCovered = 126,
    /// Nothing is left of the loss after the deductible.
    #[msg("The loss does not exceed the deductible")]
    BelowDeductible = 127,
    /// The claim exceeds what is left of the sum insured.
    #[msg("The claim exceeds what is left of the sum insured")]
    AboveSumInsured = 128,
    /// The ballot has not been closed.
    #[msg("The ballot is still open")]
    BallotOpen = 129,
    /// The appeal window is not over.
    #[msg("The appeal window is not over")]
    AppealWindowOpen = 130,
    /// Claims can still be filed.
    #[msg("Claims can still be filed")]
    FilingOpen = 131,
    /// Claims can still be disputed.
    #[msg("Claims can still be disputed")]
    DisputeWindowOpen = 132,
    /// The incident has not been decided and settled.
    #[msg("The incident is not settled")]
    IncidentNotSettled = 133,
    /// Nothing is due.
    #[msg("Nothing is due")]
    NothingDue = 134,
    /// B4: more would be paid than approved, settled or insured.
    #[msg("More would be paid than is owed")]
    Overpaid = 136,
    /// The claim's dispute is decided, or it has ended.
    #[msg("The claim can no longer be disputed")]
    NotDisputable = 137,
    /// The dispute window of the claim is over.
    #[msg("The dispute window of the claim is over")]
    DisputeWindowOver = 138,
    /// The counter-amount is not below the claim, or not below that of an earlier dispute.
    #[msg("The counter-amount must be below the claim and below earlier disputes")]
    CounterAmountTooHigh = 139,
    /// No dispute of the claim waits to be decided.
    #[msg("No dispute of the claim waits to be decided")]
    NotDisputed = 140,
    /// The dispute is not decided.
    #[msg("The dispute is not decided")]
    DisputeOpen = 141,
    /// The signer did not file the claim.
    #[msg("The signer did not file the claim")]
    NotClaimant = 142,
    /// Something can still come of the claim.
    #[msg("The claim is not paid in full, or a dispute of it is not closed")]
    ClaimNotOver = 143,
    /// Something can still come of the incident.
    #[msg("The incident's bond or an account of its claims is not closed")]
    IncidentNotOver = 144,
    /// The account belongs to another claim.
    #[msg("The account belongs to another claim")]
    WrongClaim = 145,

    // Assemblies and ballots: 6160
    /// The voting period is out of bounds.
    #[msg("The voting period is out of bounds")]
    BadVotingPeriod = 160,
    /// The minimum age of a stake is zero or too long.
    #[msg("The minimum age of a stake is zero or too long")]
    BadStakeAge = 161,
    /// The unstake delay is shorter than the longest ballot with appeal, or too long.
    #[msg("The unstake delay is shorter than the longest ballot, or too long")]
    BadUnstakeDelay = 162,
    /// The quorum is zero or too high.
    #[msg("The quorum is out of bounds")]
    BadQuorum = 163,
    /// The threshold is out of bounds.
    #[msg("The threshold is out of bounds")]
    BadThreshold = 164,
    /// The slash is too high.
    #[msg("The slash is too high")]
    BadSlash = 165,
    /// The ballot takes no more votes.
    #[msg("The ballot takes no more votes")]
    VotingOver = 166,
    /// The ballot's time is not over.
    #[msg("The ballot's time is not over")]
    VotingOpen = 167,
    /// The ballot has been closed.
    #[msg("The ballot is closed")]
    BallotClosed = 168,
    /// No stake is old enough to vote here.
    #[msg("No stake is old enough to vote in this ballot")]
    NoWeight = 169,
    /// The side does not exist.
    #[msg("The side must be 0 (against) or 1 (for)")]
    BadSide = 170,
    /// The ballot does not take votes yet.
    #[msg("The ballot does not take votes yet")]
    VotingNotOpen = 171,
    /// The stake is locked by votes in ballots that are not final.
    #[msg("The stake is locked until the ballots it voted in are final and released")]
    StakeLocked = 172,
    /// The stake is smaller than that.
    #[msg("The stake is smaller than that")]
    StakeTooSmall = 173,
    /// The unstake delay is not over.
    #[msg("The unstake delay is not over")]
    UnstakeNotReady = 174,
    /// The signer is not the ballot's arbiter.
    #[msg("The signer is not the ballot's arbiter")]
    NotArbiter = 175,
    /// Only a ballot without a quorum can be arbitrated.
    #[msg("Only a ballot without a quorum waits for the arbiter")]
    NotArbitrable = 176,
    /// The ballot was appealed already, was decided by the arbiter, or found no quorum.
    #[msg("The ballot cannot be appealed")]
    NotAppealable = 177,
    /// The appeal window is over.
    #[msg("The appeal window is over")]
    AppealWindowOver = 178,
    /// The ballot's outcome was not read, votes are not released or its bond is held.
    #[msg("Something can still come of the ballot")]
    BallotNotOver = 179,
    /// The vote is another voter's.
    #[msg("The vote belongs to another voter")]
    WrongVoter = 180,
    /// Whoever opened the ballot has not read its outcome, which may become void until then.
    #[msg("The ballot's outcome was not read yet")]
    BallotNotRead = 181,

    /// The trigger of the product does not fit its parameters, or they are out of bounds.
    #[msg("The trigger's source and parameters are incomplete, out of bounds, or not this trigger's")]
    BadTrigger = 190,
    /// The account belongs to another program than Pyth's receiver.
    #[msg("The price account does not belong to Pyth's receiver program")]
    WrongPriceOwner = 191,
    /// The account is no `PriceUpdateV2`.
    #[msg("The account is no price update")]
    NotAPrice = 192,
    /// Not every signature of the update was checked.
    #[msg("The price update is not fully verified")]
    PriceNotVerified = 193,
    /// The price is of another feed.
    #[msg("The price is of another feed than the product's")]
    WrongFeed = 194,
    /// The feed's exponent is another.
    #[msg("The price has another exponent than the product's strike")]
    WrongExponent = 195,
    /// The price is not positive, or its confidence or time makes no sense.
    #[msg("The price is not positive, or its confidence or time is out of range")]
    BadPrice = 196,
    /// The price was published later than now.
    #[msg("The price was published later than now")]
    PriceFromFuture = 197,
    /// The price is too old.
    #[msg("The price is older than the product allows")]
    PriceStale = 198,
    /// A price as new was shown before.
    #[msg("A price as new or newer was observed before")]
    PriceNotNewer = 199,
    /// No breach counts.
    #[msg("No breach has lasted long enough")]
    NoBreach = 200,
    /// The price was published before or after the breach.
    #[msg("The price was published outside the breach")]
    PriceOutsideBreach = 201,
    /// The price does not show that it was not below the strike.
    #[msg("The price may have been below the strike")]
    PriceBelowStrike = 202,
    /// The price was seen below the strike and not yet above it again.
    #[msg("The product's price is in breach: nothing is sold until it has recovered")]
    BreachRunning = 203,
    /// The incident was challenged.
    #[msg("The incident was challenged already")]
    AlreadyChallenged = 204,
    /// It cannot be challenged or refuted any more.
    #[msg("The time to challenge the incident is over")]
    ChallengeOver = 205,
    /// It can still be challenged or refuted.
    #[msg("The incident can still be challenged")]
    ChallengeOpen = 206,
    /// A price has shown that it did not happen.
    #[msg("The incident was refuted already")]
    AlreadyRefuted = 207,
    /// The signer is not the address that may draw.
    #[msg("The signer is not the address the product lets draw")]
    NotTriggerAuthority = 208,
    /// Less can be drawn than the caller demands.
    #[msg("Less can be drawn now than the least the caller asked for")]
    DrawLimited = 209,

    /// The mint takes a fee of every transfer.
    #[msg("Mints with the extension TransferFeeConfig cannot be used")]
    TransferFeeExtension = 250,
    /// The mint can be closed and made anew with other extensions.
    #[msg("Mints with the extension MintCloseAuthority cannot be used")]
    MintCloseAuthorityExtension = 251,
    /// Amounts of the mint can be hidden.
    #[msg(
        "Mints with the extensions ConfidentialTransferMint, ConfidentialTransferFeeConfig or ConfidentialMintBurn cannot be used"
    )]
    ConfidentialTransferExtension = 252,
    /// New token accounts of the mint can be frozen.
    #[msg("Mints with the extension DefaultAccountState cannot be used")]
    DefaultAccountStateExtension = 253,
    /// Tokens of the mint cannot be moved.
    #[msg("Mints with the extension NonTransferable cannot be used")]
    NonTransferableExtension = 254,
    /// Somebody can move and burn all tokens of the mint.
    #[msg("Mints with the extension PermanentDelegate cannot be used")]
    PermanentDelegateExtension = 255,
    /// Another program has a say in every transfer.
    #[msg("Mints with the extension TransferHook cannot be used")]
    TransferHookExtension = 256,
    /// The mint is, or may be, of a group.
    #[msg("Mints with the extensions GroupPointer, TokenGroup, GroupMemberPointer or TokenGroupMember cannot be used")]
    GroupExtension = 257,
    /// Somebody can stop all transfers.
    #[msg("Mints with the extension Pausable cannot be used")]
    PausableExtension = 258,
    /// Burning takes somebody else's signature.
    #[msg("Mints with the extension PermissionedBurn cannot be used")]
    PermissionedBurnExtension = 259,
    /// The mint has an extension that this program does not know.
    #[msg("The mint has an extension that this program does not know")]
    UnknownExtension = 260,
    /// The mint's extensions do not lie as Token-2022 writes them.
    #[msg("The mint's extensions cannot be read")]
    MalformedExtensions = 261,

    // Changes, fees and pauses: 6220
    /// The authority or the treasury is no address.
    #[msg("The authority and the treasury must not be the zero address")]
    ZeroAddress = 220,
    /// A change of a product comes without its account, or another one with a product's.
    #[msg("A change of a product needs the product's account, and only such a change")]
    ChangeProduct = 221,
    /// The signer neither proposed the change nor is the pool's authority.
    #[msg("The signer neither proposed the change nor is the pool's authority")]
    NotProposer = 222,
    /// No ballot decides on the change, or its outcome was read.
    #[msg("The change does not wait for a ballot")]
    ChangeNotProposed = 223,
    /// The change does not wait to be applied.
    #[msg("The change is not queued")]
    ChangeNotQueued = 224,
    /// The wait of the change is not over.
    #[msg("The wait of the change is not over")]
    ChangeNotDue = 225,
    /// The change was not applied in time.
    #[msg("The change has lapsed")]
    ChangeLapsed = 226,
    /// A change that a ballot decides on cannot be withdrawn.
    #[msg("A change that a ballot decides on cannot be withdrawn")]
    ChangeByBallot = 227,
    /// Something can still come of the change.
    #[msg("The change can still be applied, or its bond is not collected")]
    ChangeNotOver = 228,
    /// The signer has not been offered the authority.
    #[msg("The signer has not been offered the authority")]
    NotPendingAuthority = 229,
    /// The signer is not the pool's guardian.
    #[msg("The signer is not the pool's guardian")]
    NotGuardian = 230,
    /// Sales and deposits are paused.
    #[msg("Sales and deposits are paused")]
    Paused = 231,
    /// No pause can begin within seven days after another.
    #[msg("No pause can begin within seven days after another")]
    PauseTooSoon = 232,
    /// The pause is longer than seven days.
    #[msg("A pause must not be longer than seven days")]
    PauseTooLong = 233,
    /// No pause runs that could be ended.
    #[msg("No pause runs")]
    NotPaused = 234,
    /// The product is a draft: a change must list it first.
    #[msg("The product is a draft: a change must list it first")]
    ProductNotListed = 235,
    /// Somebody asked in time to leave before the change and has not been let go.
    #[msg("Exits that were asked for in time must be settled first")]
    ExitsWait = 236,
}

/// Turns the `None` of a formula that does not fit into [`BreakwaterError::MathOverflow`].
pub trait OrOverflow<T> {
    /// The value, or the error.
    fn or_overflow(self) -> Result<T>;
}

impl<T> OrOverflow<T> for Option<T> {
    #[inline(always)]
    fn or_overflow(self) -> Result<T> {
        self.ok_or(Error::from(BreakwaterError::MathOverflow))
    }
}
