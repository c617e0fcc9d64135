//! Every error of the program, in blocks by area.

use crate::Result;

/// The code of the first error: Anchor's own end before it.
const OFFSET: u32 = 6_000;

/// The errors, each with its number and its message.
macro_rules! errors {
    ($($(#[doc = $doc:literal])* $name:ident = $number:tt, $message:tt;)*) => {
        /// What went wrong, with a code that never changes.
        #[cfg(feature = "anchor")]
        #[anchor_lang::error_code(offset = 6000)]
        #[derive(Debug, PartialEq, Eq)]
        pub enum BreakwaterError {
            $($(#[doc = $doc])* #[msg($message)] $name = $number,)*
        }

        /// What went wrong, with a code that never changes.
        #[cfg(not(feature = "anchor"))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum BreakwaterError {
            $($(#[doc = $doc])* $name,)*
        }

        impl BreakwaterError {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its code, as the runtime reports it.
            #[must_use]
            pub const fn code(self) -> u32 {
                match self {
                    $(Self::$name => OFFSET.saturating_add($number),)*
                }
            }

            /// The error of a code.
            #[must_use]
            pub fn from_code(code: u32) -> Option<Self> {
                Self::ALL.iter().copied().find(|error| error.code() == code)
            }

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// Its message.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                }
            }
        }
    };
}

errors! {
    // Arithmetic and books: 6000
    /// A result does not fit its type.
    MathOverflow = 0, "Arithmetic overflow";
    /// B1: the vault holds less than the buckets say.
    VaultShort = 1, "The vault holds less than the pool owes";
    /// The amount is zero.
    ZeroAmount = 2, "The amount is zero";
    /// The token program delivered less than it was asked to.
    TransferShort = 3, "Fewer tokens arrived than were sent";
    /// The clock stands before the unix epoch.
    BadClock = 4, "The clock is not set";
    /// A stored state byte has no meaning.
    UnknownState = 5, "The account holds an unknown state";

    // Accounts and authorities: 6020
    /// The account belongs to another pool.
    WrongPool = 20, "The account belongs to another pool";
    /// The account belongs to another product.
    WrongProduct = 21, "The account belongs to another product";
    /// The account belongs to another policy.
    WrongPolicy = 22, "The account belongs to another policy";
    /// The account belongs to another incident.
    WrongIncident = 23, "The account belongs to another incident";
    /// The account belongs to another assembly.
    WrongAssembly = 24, "The account belongs to another assembly";
    /// The ballot does not decide this.
    WrongBallot = 25, "The ballot decides something else";
    /// The mint is not the one expected here.
    WrongMint = 26, "The mint is not the expected one";
    /// The token account is not the pool's or assembly's vault.
    WrongVault = 27, "The token account is not the vault";
    /// The mint is not the pool's share mint.
    WrongShareMint = 28, "The mint is not the pool's share mint";
    /// The token program is not the one the mint belongs to.
    WrongTokenProgram = 29, "The token program is not the mint's";
    /// The token account is owned by somebody else.
    WrongTokenOwner = 30, "The token account is owned by somebody else";
    /// The signer is not the pool's authority.
    NotPoolAuthority = 31, "The signer is not the pool's authority";
    /// The signer does not hold the policy.
    NotHolder = 32, "The signer does not hold the policy";
    /// The signer is not the owner of the stake.
    NotVoter = 33, "The signer does not own the stake";
    /// The mint has more decimals than the share mint can follow.
    UnsupportedDecimals = 35, "The mint has more decimals than supported";
    /// The token account was not chosen by who is paid, who does not sign.
    WrongReceiver = 36, "The token account is not the chosen one, and its owner does not sign";
    /// The rent was paid by somebody else.
    WrongRentPayer = 37, "The rent goes back to who paid it";
    /// The wallet is not the one that is paid.
    WrongWallet = 38, "The wallet is not the one that is paid";

    // Pool parameters: 6040
    /// The leverage is out of bounds.
    BadLeverage = 40, "The leverage is out of bounds";
    /// A fee is above its bound.
    FeeTooHigh = 41, "A fee is above its bound";
    /// The exit delay is out of bounds.
    BadExitDelay = 42, "The exit delay is out of bounds";
    /// The timelock is shorter than an exit takes, or too long.
    BadTimelock = 43, "The timelock must exceed the exit delay by two days and stay within a year";
    /// A group cap is above 50,000 bps.
    BadGroupCap = 44, "A group cap is above 50,000 bps";
    /// The least premium is zero or too high.
    BadMinPremium = 45, "The least premium is zero or too high";
    /// The season is out of bounds.
    BadSeason = 46, "The season is out of bounds";
    /// The pool was announced open before.
    PoolIsOpen = 47, "The pool was announced open before";
    /// The pool sells no cover yet.
    PoolNotOpen = 48, "The pool sells no cover before its opening is over";
    /// The name or symbol of the shares is empty, a text is not UTF-8, or the shares are of a program that shows none.
    BadShareWords = 49, "The shares need a name and a symbol, and a mint of Token-2022";

    // Product terms: 6060
    /// The curve does not rise, exceeds 100% a year, or its kink lies outside.
    BadCurve = 60, "The price curve is not valid";
    /// The weight is zero or above 10,000 bps.
    BadWeight = 61, "The weight is out of bounds";
    /// The term bounds are out of order or out of bounds.
    BadTermBounds = 62, "The term bounds are out of bounds";
    /// The amount bounds are out of order or zero.
    BadAmountBounds = 63, "The amount bounds are out of order";
    /// The waiting period is too long.
    BadWaiting = 64, "The waiting period is too long";
    /// The grace is shorter than the report window, or too long.
    BadGrace = 65, "The grace is shorter than the report window, or too long";
    /// The deductible is too high.
    BadDeductible = 66, "The deductible is too high";
    /// The correlation group does not exist.
    BadGroup = 67, "The correlation group does not exist";
    /// The risk kind does not exist.
    BadRiskKind = 68, "The risk kind does not exist";
    /// A report, filing, dispute or appeal window is out of bounds.
    BadWindow = 69, "A window is out of bounds";
    /// The bond is zero or too high.
    BadBond = 70, "A bond is zero or too high";
    /// The text is longer than its field.
    TextTooLong = 71, "The text is too long";
    /// The pool has as many products as it can have.
    TooManyProducts = 72, "The pool can list no more products";

    // Liquidity: 6080
    /// The pool has lost nearly all it had: deposits stay closed.
    PoolDepleted = 80, "The pool is depleted and takes no deposits";
    /// The deposit is worth less than one share.
    ZeroShares = 81, "The deposit is worth less than one share";
    /// The deposit yields fewer shares than asked for.
    TooFewShares = 82, "The deposit yields fewer shares than asked for";
    /// The pool would hold more than its formulas are proven for.
    CapitalTooLarge = 83, "The pool can hold no more";
    /// The terms are others than those the depositor has seen.
    TermsChanged = 84, "The pool's terms are others than those given";
    /// More is set aside for incidents than the depositor accepts.
    LiensTooHigh = 85, "More is set aside for incidents than the most given";
    /// The epoch's day has not come.
    ExitNotDue = 86, "The exit epoch's day has not come";
    /// The exits of an earlier day come first.
    EarlierExitWaits = 87, "The exits of an earlier day come first";
    /// Exits wait for an incident that prices begin to show.
    ExitHeld = 88, "Exits wait for an incident that prices begin to show";
    /// What nobody claimed of an incident must be freed first.
    FilingDue = 89, "Filing is over: what nobody claimed must be freed first";
    /// The own part of the open liens exceeds the capital.
    LiensExceedCapital = 90, "More is set aside for incidents than there is capital";
    /// Neither a hundredth of the epoch nor all of it can leave.
    NothingToPay = 91, "Neither a hundredth of the exits nor all of them can leave now";
    /// Nobody paid the epoch in time: it must be called a day ahead.
    ExitNotCalled = 92, "The exits were not paid in time: they can be paid between one and two days after they are called";
    /// The epoch is not the one expected here.
    WrongExitEpoch = 93, "The exit epoch is another one";
    /// The epoch still has shares or tickets.
    ExitEpochInUse = 94, "The exit epoch still has shares or tickets";
    /// The epoch can be paid, or was called.
    ExitNotLate = 98, "The exits can be paid now, or were called";
    /// LPs leave at once only before the opening and for seven days after it.
    LeavingTakesTime = 96, "LPs leave at once only until seven days after the opening";
    /// The shares are worth less than asked for.
    PaidTooLittle = 97, "The shares are worth less than the least given";
    /// The shares are worth too much to be retired, or cover, exits or incidents need them.
    PoolNotDepleted = 99, "The pool is not depleted, or cover, exits or incidents need its capital";
    /// The vault holds no more than the buckets.
    NothingToAbsorb = 95, "The vault holds no surplus";
    /// More shares would leave than the pool has that are not on their way out.
    TooManyShares = 240, "The pool has fewer shares that are not on their way out";

    // Cover: 6100
    /// The product has been delisted.
    ProductDelisted = 100, "The product is not for sale";
    /// An incident of the product is open: no sale until it ends.
    IncidentOpen = 101, "An incident of the product is open";
    /// The amount is outside the product's bounds.
    AmountOutOfBounds = 102, "The amount is outside the product's bounds";
    /// The term is outside the product's bounds.
    TermOutOfBounds = 103, "The term is outside the product's bounds";
    /// The sale would exceed the product's capacity.
    ProductCapacity = 104, "The product has not enough capacity left";
    /// The sale would exceed the correlation group's capacity.
    GroupCapacity = 105, "The correlation group has not enough capacity left";
    /// The sale would exceed the pool's capacity.
    PoolCapacity = 106, "The pool has not enough capacity left";
    /// The premium is above what the buyer allows.
    PremiumTooHigh = 107, "The premium is above the maximum given";
    /// The commission is above its bound.
    CommissionTooHigh = 108, "The commission is above its bound";
    /// A commission was given, but no account to pay it to, or an account without a commission.
    CommissionAccount = 109, "A commission needs a distributor's token account, and only then";
    /// The holder is no address.
    ZeroHolder = 110, "The holder must not be the zero address";
    /// A claim of the policy is open.
    ClaimOpen = 111, "A claim of the policy is open";
    /// The policy has ended or was cancelled.
    PolicyEnded = 112, "The policy has ended";
    /// All of the sum insured has been claimed.
    PolicyExhausted = 113, "All of the sum insured has been claimed";
    /// Nothing is left to refund.
    NothingToRefund = 114, "The cover ends with this day: nothing is left to refund";
    /// The refund is below what the holder asks for.
    RefundTooLow = 115, "The refund is below the minimum given";
    /// The capacity of the policy is not released yet.
    PolicyAlive = 116, "The policy's grace is not over";
    /// A claim was paid in part and may get more.
    ClaimUnpaid = 117, "A claim of the policy is not paid in full";

    // Incidents and claims: 6120
    /// The incident lies in the future.
    OccurredInFuture = 120, "The incident lies in the future";
    /// The incident is older than the report window.
    ReportWindowOver = 121, "The incident is older than the report window";
    /// The product's trigger is not the jury.
    WrongTrigger = 122, "The product's trigger is another one";
    /// No cover is active: there is nothing to claim.
    NothingCovered = 123, "No cover of the product is active";
    /// The incident does not count, or is settled.
    IncidentClosed = 124, "The incident is closed";
    /// The filing window is over.
    FilingOver = 125, "The filing window is over";
    /// The policy did not cover the time of the incident.
    NotCovered = 126, "The policy did not cover the time of the incident";
    /// Nothing is left of the loss after the deductible.
    BelowDeductible = 127, "The loss does not exceed the deductible";
    /// The claim exceeds what is left of the sum insured.
    AboveSumInsured = 128, "The claim exceeds what is left of the sum insured";
    /// The ballot has not been closed.
    BallotOpen = 129, "The ballot is still open";
    /// The appeal window is not over.
    AppealWindowOpen = 130, "The appeal window is not over";
    /// Claims can still be filed.
    FilingOpen = 131, "Claims can still be filed";
    /// Claims can still be disputed.
    DisputeWindowOpen = 132, "Claims can still be disputed";
    /// The incident has not been decided and settled.
    IncidentNotSettled = 133, "The incident is not settled";
    /// Nothing is due.
    NothingDue = 134, "Nothing is due";
    /// B4: more would be paid than approved, settled or insured.
    Overpaid = 136, "More would be paid than is owed";
    /// The claim's dispute is decided, or it has ended.
    NotDisputable = 137, "The claim can no longer be disputed";
    /// The dispute window of the claim is over.
    DisputeWindowOver = 138, "The dispute window of the claim is over";
    /// Evidence is about no account of the program.
    BadSubject = 139, "Evidence must be about an account of the program: an incident, a claim, a change or a ballot";
    /// No dispute of the claim waits to be decided.
    NotDisputed = 140, "No dispute of the claim waits to be decided";
    /// A dispute of one of its claims is not decided.
    DisputeOpen = 141, "A dispute of one of its claims is not decided";
    /// The signer did not file the claim.
    NotClaimant = 142, "The signer did not file the claim";
    /// Something can still come of the claim.
    ClaimNotOver = 143, "The claim is not paid in full, or the bond of its dispute is not collected";
    /// Something can still come of the incident.
    IncidentNotOver = 144, "The incident's bond or an account of its claims is not closed";
    /// The incident's verdict was read.
    IncidentDecided = 146, "The incident is decided";
    /// The incident's verdict was not read.
    IncidentUndecided = 147, "The incident is not decided";
    /// The incident was not accepted.
    IncidentNotAccepted = 148, "The incident is not accepted";
    /// An earlier incident of the product is open.
    EarlierIncidentOpen = 149, "An earlier incident of the product comes first";
    /// The next incident of the product says from when leavers bear that one.
    NextIncidentMissing = 150, "The next incident of the product is needed, or there is none";
    /// What an incident gives back to LPs goes to the shares that bore it.
    WrongRetired = 151, "The shares that bore the incident were retired, and this is not their account";

    // Assemblies and ballots: 6160
    /// The voting period is out of bounds.
    BadVotingPeriod = 160, "The voting period is out of bounds";
    /// The minimum age of a stake is zero or too long.
    BadStakeAge = 161, "The minimum age of a stake is zero or too long";
    /// The unstake delay is shorter than the longest ballot with appeal, or too long.
    BadUnstakeDelay = 162, "The unstake delay is shorter than the longest ballot, or too long";
    /// The quorum is zero or too high.
    BadQuorum = 163, "The quorum is out of bounds";
    /// The threshold is out of bounds.
    BadThreshold = 164, "The threshold is out of bounds";
    /// The slash is too high.
    BadSlash = 165, "The slash is too high";
    /// The ballot takes no more votes.
    VotingOver = 166, "The ballot takes no more votes";
    /// The ballot's time is not over.
    VotingOpen = 167, "The ballot's time is not over";
    /// The ballot has been closed.
    BallotClosed = 168, "The ballot is closed";
    /// No stake is old enough to vote here.
    NoWeight = 169, "No stake is old enough to vote in this ballot";
    /// The level is none of the ballot's.
    BadLevel = 170, "The level must be 0 (against) or 16 (for), or between them on a ballot that asks how much";
    /// The ballot does not take votes yet.
    VotingNotOpen = 171, "The ballot does not take votes yet";
    /// The stake is locked by votes in ballots that are not final.
    StakeLocked = 172, "The stake is locked until the ballots it voted in are final and released";
    /// The stake is smaller than that.
    StakeTooSmall = 173, "The stake is smaller than that";
    /// The unstake delay is not over.
    UnstakeNotReady = 174, "The unstake delay is not over";
    /// The signer is not the ballot's arbiter.
    NotArbiter = 175, "The signer is not the ballot's arbiter";
    /// Only what too few voted on can be arbitrated, where they wanted something else than what came of it.
    NotArbitrable = 176, "Only a ballot without a quorum waits for the arbiter, and only where those who voted wanted something else";
    /// The ballot was appealed already or became void, or too few voted in it and the arbiter has not decided.
    NotAppealable = 177, "The ballot cannot be appealed";
    /// The appeal window is over.
    AppealWindowOver = 178, "The appeal window is over";
    /// The ballot's outcome was not read, votes are not released or its bond is held.
    BallotNotOver = 179, "Something can still come of the ballot";
    /// The vote is another voter's.
    WrongVoter = 180, "The vote belongs to another voter";
    /// The one who opened the ballot has not read its outcome, which may become void until then.
    BallotNotRead = 181, "The ballot's outcome was not read yet";
    /// The ballot opened before the delegate was set, or in the same second.
    DelegatedLater = 182, "The ballot opened before the delegate was set: delegates vote from the next ballot on";
    /// The owner would be the owner's own delegate.
    OwnDelegate = 183, "The owner of a stake votes without being its delegate";

    /// The trigger of the product does not fit its parameters, or they are out of bounds.
    BadTrigger = 190, "The trigger's source and parameters are incomplete, out of bounds, or not this trigger's";
    /// The account belongs to another program than Pyth's receiver.
    WrongPriceOwner = 191, "The price account does not belong to Pyth's receiver program";
    /// The account is no `PriceUpdateV2`.
    NotAPrice = 192, "The account is no price update";
    /// Not every signature of the update was checked.
    PriceNotVerified = 193, "The price update is not fully verified";
    /// The price is of another feed.
    WrongFeed = 194, "The price is of another feed than the product's";
    /// The feed's exponent is another.
    WrongExponent = 195, "The price has another exponent than the product's strike";
    /// The price is not positive, or its confidence or time makes no sense.
    BadPrice = 196, "The price is not positive, or its confidence or time is out of range";
    /// The price was published later than now.
    PriceFromFuture = 197, "The price was published later than now";
    /// The price is too old.
    PriceStale = 198, "The price is older than the product allows";
    /// A price as new was shown before.
    PriceNotNewer = 199, "A price as new or newer was observed before";
    /// No breach counts.
    NoBreach = 200, "No breach has lasted long enough";
    /// The price was published before or after the breach.
    PriceOutsideBreach = 201, "The price was published outside the breach";
    /// The price does not show that it was not below the strike.
    PriceBelowStrike = 202, "The price may have been below the strike";
    /// The price was seen below the strike and not yet above it again.
    BreachRunning = 203, "The product's price is in breach: nothing is sold until it has recovered";
    /// The incident was challenged.
    AlreadyChallenged = 204, "The incident was challenged already";
    /// It cannot be challenged or refuted any more.
    ChallengeOver = 205, "The time to challenge the incident is over";
    /// It can still be challenged or refuted.
    ChallengeOpen = 206, "The incident can still be challenged";
    /// A price has shown that it did not happen.
    AlreadyRefuted = 207, "The incident was refuted already";
    /// The signer is not the address that may draw.
    NotTriggerAuthority = 208, "The signer is not the address the product lets draw";
    /// Less can be paid at once than the caller demands.
    DrawLimited = 209, "Less can be paid now than the least the caller asked for";
    /// What cannot be paid at once must be booked, and the accounts for that are missing.
    BookingMissing = 210, "What cannot be paid at once must be booked, and the accounts for a booking are missing";

    /// The mint takes a fee of every transfer.
    TransferFeeExtension = 250, "Mints with the extension TransferFeeConfig cannot be used";
    /// The mint can be closed and made anew with other extensions.
    MintCloseAuthorityExtension = 251, "Mints with the extension MintCloseAuthority cannot be used";
    /// Amounts of the mint can be hidden.
    ConfidentialTransferExtension = 252, "Mints with the extensions ConfidentialTransferMint, ConfidentialTransferFeeConfig or ConfidentialMintBurn cannot be used";
    /// New token accounts of the mint can be frozen.
    DefaultAccountStateExtension = 253, "Mints with the extension DefaultAccountState cannot be used";
    /// Tokens of the mint cannot be moved.
    NonTransferableExtension = 254, "Mints with the extension NonTransferable cannot be used";
    /// Somebody can move and burn all tokens of the mint.
    PermanentDelegateExtension = 255, "Mints with the extension PermanentDelegate cannot be used";
    /// Another program has a say in every transfer.
    TransferHookExtension = 256, "Mints with the extension TransferHook cannot be used";
    /// The mint is, or may be, of a group.
    GroupExtension = 257, "Mints with the extensions GroupPointer, TokenGroup, GroupMemberPointer or TokenGroupMember cannot be used";
    /// Somebody can stop all transfers.
    PausableExtension = 258, "Mints with the extension Pausable cannot be used";
    /// Burning takes somebody else's signature.
    PermissionedBurnExtension = 259, "Mints with the extension PermissionedBurn cannot be used";
    /// The mint has an extension that this program does not know.
    UnknownExtension = 260, "The mint has an extension that this program does not know";
    /// The mint's extensions do not lie as Token-2022 writes them.
    MalformedExtensions = 261, "The mint's extensions cannot be read";

    // Changes, fees and pauses: 6220
    /// The authority or the treasury is no address.
    ZeroAddress = 220, "The authority and the treasury must not be the zero address";
    /// A change of a product comes without its account, or another one with a product's.
    ChangeProduct = 221, "A change of a product needs the product's account, and only such a change";
    /// No ballot decides on the change, or its outcome was read.
    ChangeNotProposed = 223, "The change does not wait for a ballot";
    /// The change does not wait to be applied.
    ChangeNotQueued = 224, "The change is not queued";
    /// The wait of the change is not over.
    ChangeNotDue = 225, "The wait of the change is not over";
    /// The change was not applied in time.
    ChangeLapsed = 226, "The change has lapsed";
    /// A change that a ballot decides on cannot be withdrawn.
    ChangeByBallot = 227, "A change that a ballot decides on cannot be withdrawn";
    /// Something can still come of the change.
    ChangeNotOver = 228, "The change can still be applied, or its bond is not collected";
    /// Only who gets the authority hands it over.
    NotNewAuthority = 229, "Only who gets the authority hands it over, with `accept_authority`";
    /// The signer is not the pool's guardian.
    NotGuardian = 230, "The signer is not the pool's guardian";
    /// Sales and deposits are paused.
    Paused = 231, "Sales and deposits are paused";
    /// No pause can begin within seven days after another.
    PauseTooSoon = 232, "No pause can begin within seven days after another";
    /// The pause is longer than seven days.
    PauseTooLong = 233, "A pause must not be longer than seven days";
    /// No pause runs that could be ended.
    NotPaused = 234, "No pause runs";
    /// The product is a draft: a change must list it first.
    ProductNotListed = 235, "The product is a draft: a change must list it first";
    /// Somebody asked in time to leave before the change and has not been let go.
    ExitsWait = 236, "Exits that were asked for in time must be paid first";
    /// The policy was bought today: it can be given up from tomorrow on.
    BoughtToday = 237, "Cover cannot be given up on the day it was bought";
    /// Not part of the sum insured: nothing, or all that is left of it. Cancelling gives up all.
    NotPartOfCover = 238, "A part of what is left of the sum insured can be given back, so that more than the deductible stays; cancelling gives up all of it";

    /// A change that was queued later has set what it would.
    ChangeOvertaken = 241, "A change that was queued later has set this already";
    /// The change would leave everything as it is.
    NothingChanges = 242, "The change would leave everything as it is";
    /// Somebody has marked the change as ready already.
    ChangeMarked = 243, "The change is marked ready already";
    /// The new court is not given, or something else is.
    WrongCourt = 244, "A change of the court needs the account of the new assembly, and only such a change";
    /// The reward of voters is out of bounds.
    BadVoteReward = 245, "The voters' reward is above 2^56 atoms";
    /// The leverage would rise.
    LeverageRises = 246, "The leverage of a pool can only fall: its cover was sold with that much capital behind it";
    /// Other bonds, another court or another arbiter waits until the cover that is there has ended.
    TermsWait = 247, "Other terms wait until the cover that is there has ended: nothing is held longer until then";
    /// The voter has voted in this round.
    AlreadyVoted = 248, "This stake has voted in this round: only an appeal, or over a delegate its owner, can cast it anew";

    // Endings: 6270
    /// The product has policies or incidents that are not closed, or it is on sale in a pool with LPs.
    ProductInUse = 270, "The product is on sale, or a policy or an incident of it is not closed";
    /// The pool has shares, owes something, or an account of it is not closed.
    PoolInUse = 271, "The pool has shares or debts, or an account of it is not closed";
    /// Somebody has retired shares that they have not redeemed.
    RetiredInUse = 272, "Some of the retired shares are not redeemed";
    /// The voter has stake, also on its way out, or votes that are not released.
    VoterInUse = 273, "The voter has stake, or a vote that is not released";
    /// A pool or a voter needs the assembly, or slashed stake is not burned.
    AssemblyInUse = 274, "A pool or a voter needs the assembly, or slashed stake is not burned";
    /// The signer is neither the pool's authority nor the one who paid its rent.
    NotPoolCloser = 275, "The signer is neither the pool's authority nor the one who paid its rent";
    /// The signer did not create the assembly.
    NotAssemblyCreator = 276, "The signer did not create the assembly";
    /// The stake of the court that is old enough to count is below the floor of the pool.
    CourtBelowFloor = 277, "The court has less stake than the pool's floor: nothing is sold until it has more";
    /// Active cover would be more than the stake of the court carries.
    CourtCapacity = 278, "The court's stake does not carry so much cover";
}

impl core::fmt::Display for BreakwaterError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for BreakwaterError {}

/// Turns the `None` of a formula that does not fit into [`BreakwaterError::MathOverflow`].
pub trait OrOverflow<T> {
    /// The value, or the error.
    fn or_overflow(self) -> Result<T>;
}

impl<T> OrOverflow<T> for Option<T> {
    #[inline(always)]
    fn or_overflow(self) -> Result<T> {
        self.ok_or(BreakwaterError::MathOverflow)
    }
}
