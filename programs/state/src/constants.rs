//! Bounds the program enforces on what the makers of pools, products and assemblies may set.

/// Layout version written into every account.
pub const VERSION: u8 = 1;

/// Correlation groups of a pool.
pub const GROUPS: usize = 16;

/// Seconds in a day, as [`coverage_math::DAY`].
pub const DAY: u64 = coverage_math::DAY;

/// Most decimals of an asset: the share mint has three more.
pub const MAX_ASSET_DECIMALS: u8 = 18;
/// Least and largest leverage: pool active cover over free capital, bps. A pool can always let go what no cover needs.
pub const LEVERAGE_BPS: core::ops::RangeInclusive<u16> = 10_000..=50_000;
/// Largest fraction of a premium that goes to the protocol, bps.
pub const MAX_PROTOCOL_FEE_BPS: u16 = 2_000;
/// Largest fraction of a premium that goes to the assessors, bps.
pub const MAX_ASSESSOR_FEE_BPS: u16 = 1_000;
/// Most that a buyer may give to a distributor on top of the price, bps of it.
pub const MAX_COMMISSION_BPS: u16 = 2_000;
/// Largest fee of a cancellation, bps of the unearned premium it gives back.
pub const MAX_CANCEL_FEE_BPS: u16 = 2_000;
/// What a crank pays its caller, lamports: four signatures' fee. Opening an incident, filing a
/// claim, a dispute or an appeal sets it aside for each crank that follows; closing an account for others pays it out of the rent.
pub const CRANK_TIP: u64 = 20_000;
/// Largest least premium, reward of a ballot's voters and bond of an incident, atoms: what a stream of a week can carry with room to spare.
pub const MAX_FIXED_AMOUNT: u64 = 1 << 56;
/// Shortest and longest delay of an exit, days.
pub const EXIT_DELAY_DAYS: core::ops::RangeInclusive<u16> = 1..=90;
/// What a timelock must exceed the exit delay by, seconds.
pub const TIMELOCK_MARGIN: u64 = 2 * DAY;
/// Longest timelock, seconds: what the longest exit delay needs. Nobody leaves a longer one behind.
pub const MAX_TIMELOCK: u64 = coverage_math::seconds_of(*EXIT_DELAY_DAYS.end()) + TIMELOCK_MARGIN;
/// How long a change can be applied once somebody marked it ready, seconds: nobody holds it ready for when they like.
pub const CHANGE_LAPSES_AFTER: u64 = 30 * DAY;
/// How much longer than two timelocks a change of the court waits that the authority queued, seconds: the longest ballot, of two rounds
/// that are prolonged and extended, and six days to call it.
pub const COURT_NOTICE: u64 = 98 * DAY;
/// How long those can be kept who asked in time to leave before a change, seconds: the longest exit delay, and the longest waiting,
/// term and grace of cover that was sold until they were due. A change that nobody marked ready lapses so much later.
pub const LONGEST_WAIT: u64 =
    coverage_math::seconds_of(*EXIT_DELAY_DAYS.end() + MAX_WAITING_DAYS + *TERM_DAYS.end() + MAX_GRACE_DAYS);
/// What a staker pays at most for putting a change to a ballot, as a part of the capital: one in so many atoms.
pub const CHANGE_BOND_PART: u64 = 1_000;
/// What the bond of an incident is at most, as a part of the largest sum insured of a sale: one in so many atoms.
pub const INCIDENT_BOND_PART: u64 = 100;
/// Where the caps of correlation groups begin among the slots of a pool's parameters.
pub const GROUP_SLOTS: usize = 16;
/// How long the closed ballot on a change can be appealed, seconds.
pub const CHANGE_APPEAL_WINDOW: u64 = 2 * DAY;
/// Bytes in which every proposal of a change fits: a size that programs which read the IDL know without a feature of bytemuck.
pub const PROPOSAL_BYTES: usize = 256;
/// Bytes of a proposal that events of its application tell: all of it but the end of what wallets show of shares.
pub const BRIEF_BYTES: usize = 48;
/// Longest pause of sales and deposits, seconds.
pub const MAX_PAUSE: u64 = 7 * DAY;
/// How long after a pause no other can begin, seconds.
pub const PAUSE_GAP: u64 = 7 * DAY;

/// Longest name of a pool's shares, bytes.
pub const SHARE_NAME_BYTES: usize = 32;
/// Longest symbol of a pool's shares, bytes.
pub const SHARE_SYMBOL_BYTES: usize = 10;
/// Longest link to evidence or terms, or of a pool's shares, bytes.
pub const LINK_BYTES: usize = 128;
/// Longest name of a product, bytes.
pub const NAME_BYTES: usize = 32;

/// Shortest and longest term a product may offer, days.
pub const TERM_DAYS: core::ops::RangeInclusive<u16> = 1..=365;
/// Longest waiting period, days.
pub const MAX_WAITING_DAYS: u16 = 30;
/// Longest grace, days.
pub const MAX_GRACE_DAYS: u16 = 90;
/// Largest deductible, bps of the sum insured.
pub const MAX_DEDUCTIBLE_BPS: u16 = 5_000;
/// Shortest and longest report window, days.
pub const REPORT_WINDOW_DAYS: core::ops::RangeInclusive<u16> = 1..=90;
/// Shortest and longest filing window, days.
pub const FILING_WINDOW_DAYS: core::ops::RangeInclusive<u16> = 3..=60;
/// Shortest and longest dispute window, seconds.
pub const DISPUTE_WINDOW: core::ops::RangeInclusive<u64> = DAY..=14 * DAY;
/// Shortest and longest appeal window, seconds.
pub const APPEAL_WINDOW: core::ops::RangeInclusive<u64> = DAY..=14 * DAY;
/// How long after a rejected incident the next bond of the product is higher, seconds.
pub const BOND_MEMORY: u64 = 30 * DAY;
/// How long LPs may leave at once after a pool was announced open, seconds.
pub const OPENING_EXITS: u64 = 7 * DAY;
/// How long after exits waited for prices they do not wait again, seconds.
pub const EXIT_WAIT_GAP: u64 = 7 * DAY;
/// Shortest and longest season, days.
pub const SEASON_DAYS: core::ops::RangeInclusive<u16> = 1..=30;
/// Least bond of a report, bps of what it sets aside; where leverage is above one, [`LEVERED_REPORT_BOND_BPS`].
pub const REPORT_BOND_BPS: u16 = 10;
/// Least bond of a report where a pool sells more cover than it has capital, bps of what it sets aside.
pub const LEVERED_REPORT_BOND_BPS: u16 = 25;
/// The bond of a claim is at least this part of the product's bond of an incident, or all that is claimed: it pays those who decide on it.
/// That of a dispute is at least this part, whatever is claimed.
pub const CLAIM_BOND_PART: u64 = 10;
/// The bond of a dispute is this part of the claim's, rounded up: one in so many atoms.
pub const DISPUTE_BOND_PART: u64 = 2;
/// What the voters on a claim share is this part of its bond: less than the assessors get wherever it is decided.
pub const CLAIM_REWARD_PART: u64 = 4;
/// How long a claim can be disputed at least after the verdict on its incident, seconds.
pub const DISPUTES_AFTER_VERDICT: u64 = DAY;
/// How often in a row a court cannot decide before another takes its place.
pub const COURT_FAILURES: u8 = 2;
/// Least bond of a challenge of a booking, bps of what was booked.
pub const BOOKING_BOND_BPS: u16 = 100;
/// How long a booking can be challenged, seconds.
pub const BOOKING_CHALLENGE: u64 = DAY;
/// How long after that a booking is due in full at the latest, seconds.
pub const BOOKING_TERM: u64 = 365 * DAY;
/// How often a product's bond doubles at most: each time an incident is rejected within the memory of the last.
pub const MAX_BOND_DOUBLINGS: u8 = 4;
/// Largest bond of a claim, bps of the amount claimed.
pub const MAX_CLAIM_BOND_BPS: u16 = 2_000;

/// Least and largest age of a price that is shown, seconds.
pub const PRICE_AGE: core::ops::RangeInclusive<u32> = 1..=3_600;
/// Shortest and longest time for which a price must be below the strike, seconds.
pub const BREACH_DURATION: core::ops::RangeInclusive<u32> = 60..=604_800;
/// Longest time between two prices of a breach, seconds.
pub const MAX_BREACH_GAP: u32 = 86_400;
/// Exponents of prices.
pub const PRICE_EXPONENT: core::ops::RangeInclusive<i32> = -18..=0;
/// Shortest and longest period of a limit of draws, seconds.
pub const DRAW_PERIOD: core::ops::RangeInclusive<u64> = 3_600..=30 * DAY;

/// Shortest and longest voting period, seconds.
pub const VOTING_PERIOD: core::ops::RangeInclusive<u64> = DAY..=14 * DAY;
/// Shortest and longest minimum age of a stake, seconds. A second keeps stake out that is made with the opening.
pub const STAKE_AGE: core::ops::RangeInclusive<u64> = 1..=90 * DAY;
/// The last window of a ballot: how long its outcome must not have moved at its end, seconds.
pub const EXTENSION: u64 = DAY;
/// How often a round may run on for that.
pub const MAX_EXTENSIONS: u8 = 3;
/// Longest delay between asking for a stake back and getting it, seconds.
pub const MAX_UNSTAKE_DELAY: u64 = 365 * DAY;
/// Largest quorum, bps of the eligible stake: silent stake must not outweigh those who vote.
pub const MAX_QUORUM_BPS: u16 = 3_000;
/// Least and largest threshold, bps of the weight cast.
pub const THRESHOLD_BPS: core::ops::RangeInclusive<u16> = 5_000..=9_000;
/// Largest part of a stake lost by voting for what an appeal overturns, bps.
pub const MAX_OVERTURN_SLASH_BPS: u16 = 2_000;
