//! Numbers of any size, and how a program of 64 bits keeps them.

use coverage_client::BreakwaterError;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use solana_instruction_error::InstructionError;

/// Whole atoms, or shares. Wide enough for the sum of everything that 64 bits can say; every product and quotient goes
/// through an [`exact`] number, which is as wide as it needs to be.
pub type Atoms = i128;

/// Seconds of a day.
pub const DAY: u64 = 86_400;
/// Seconds of the year of every annual rate.
pub const YEAR: u64 = 365 * DAY;

/// Why an action must be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A rule of the pool's.
    Rule(BreakwaterError),
    /// The token program: somebody has less than they want to send.
    TooFewTokens,
    /// The system program: there can be no second account at an address.
    Exists,
}

/// What becomes of an action.
pub type Outcome<T = ()> = Result<T, Refusal>;

impl Refusal {
    /// How the chain says it.
    pub fn error(&self) -> InstructionError {
        match self {
            Self::Rule(error) => InstructionError::Custom(error.code()),
            Self::TooFewTokens => InstructionError::Custom(1),
            Self::Exists => InstructionError::Custom(0),
        }
    }
}

/// Refuses with `error` unless `rule` holds.
pub fn must(rule: bool, error: BreakwaterError) -> Outcome {
    if rule { Ok(()) } else { Err(Refusal::Rule(error)) }
}

/// A number, exactly.
pub fn exact(number: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(number.into())
}

/// A fraction, exactly.
pub fn fraction(top: impl Into<BigInt>, bottom: impl Into<BigInt>) -> BigRational {
    BigRational::new(top.into(), bottom.into())
}

/// `bps` of an amount, exactly.
pub fn part(amount: Atoms, bps: u16) -> BigRational {
    exact(amount) * fraction(bps, 10_000)
}

/// A number rounded down; what no account can say is an overflow.
pub fn down(number: &BigRational) -> Outcome<Atoms> {
    fits(number.floor().to_integer().to_i128())
}

/// A number rounded up.
pub fn up(number: &BigRational) -> Outcome<Atoms> {
    fits(number.ceil().to_integer().to_i128())
}

/// A sum that must fit an account's field.
pub fn stored(sum: Atoms) -> Outcome<Atoms> {
    fits(Some(sum))
}

fn fits(number: Option<i128>) -> Outcome<Atoms> {
    let overflow = Refusal::Rule(BreakwaterError::MathOverflow);
    number.filter(|number| (0..=i128::from(u64::MAX)).contains(number)).ok_or(overflow)
}

/// The day a second lies in.
pub fn day_of(second: u64) -> u64 {
    second / DAY
}

/// The first day boundary at or after a second.
pub fn boundary_after(second: u64) -> u64 {
    second.div_ceil(DAY)
}
