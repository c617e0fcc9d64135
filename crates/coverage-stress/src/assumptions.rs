//! What is assumed about the risks: never a fact, always said in the results.

use crate::{Book, Error};
use rand::{Rng, RngExt};
use rand_distr::{Beta, Distribution};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The assumptions that hold where nobody states others, with a comment on each.
pub const DEFAULTS: &str = include_str!("../../../stress/assumptions.toml");

/// Most incidents or shocks a year that are drawn.
const MAX_RATE: f64 = 1_000.0;

/// What kind of risk a product covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A bug or an attack on a protocol.
    Exploit,
    /// A token losing its peg.
    Depeg,
    /// A validator losing stake.
    Slashing,
    /// A custodian losing assets.
    Custody,
    /// An oracle reporting wrongly.
    Oracle,
    /// A bridge losing assets.
    Bridge,
    /// A venue's liquidations falling short.
    LiquidationShortfall,
    /// Something else.
    Other,
}

impl Kind {
    /// The kind by the byte that a product stores.
    #[must_use]
    pub fn of(byte: u8) -> Self {
        match byte {
            0 => Self::Exploit,
            1 => Self::Depeg,
            2 => Self::Slashing,
            3 => Self::Custody,
            4 => Self::Oracle,
            5 => Self::Bridge,
            6 => Self::LiquidationShortfall,
            _ => Self::Other,
        }
    }
}

/// Why something bad happened, as the dataset of real incidents says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A bug or an attack.
    Exploit,
    /// A wrong or manipulated price.
    Oracle,
    /// A stolen or abused key.
    Key,
    /// A mistake of the operator.
    Operator,
    /// A vote that took the money.
    Governance,
    /// The holder of the money took it.
    Fraud,
    /// The holder of the money could not give it back.
    Insolvency,
    /// A token lost its peg.
    Depeg,
    /// Stake was lost.
    Slashing,
}

/// A part of a whole, between 0 and 1, that is drawn.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Always the same.
    Fixed(f64),
    /// Anything between two bounds.
    Uniform(f64, f64),
    /// The beta distribution of two shapes.
    Beta(f64, f64),
    /// One of a list, each as likely.
    OneOf(Vec<f64>),
}

/// How often and how hard one product is hit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Incidents of this product alone, a year.
    pub incidents_per_year: f64,
    /// The part of the sum insured that a policy loses when it is hit.
    pub severity: Part,
    /// The part of the holders who are hit.
    pub holders: Part,
}

/// What hits several products of a correlation group at once.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shock {
    /// Shocks a year.
    pub shocks_per_year: f64,
    /// The chance that a product of the group is hit by one.
    pub chance: f64,
}

/// How real incidents are laid upon the pool.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// The chance that an incident somewhere is one of a product of its kind.
    pub chance: f64,
    /// The part of the holders who are hit.
    pub holders: Part,
    /// Which kinds of product stand for a cause.
    pub causes: BTreeMap<Cause, Vec<Kind>>,
}

/// All that is assumed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    /// By kind of product.
    #[serde(default)]
    pub kind: BTreeMap<Kind, Risk>,
    /// By the number or the name of a product, before its kind.
    #[serde(default)]
    pub product: BTreeMap<String, Risk>,
    /// For each correlation group.
    pub shock: Option<Shock>,
    /// By the number of a group, before `shock`.
    #[serde(default)]
    pub group: BTreeMap<String, Shock>,
    /// For real incidents.
    pub past: Option<Past>,
}

impl Assumptions {
    /// The defaults, with what `text` says in place of theirs: each of its tables replaces the one of that name.
    ///
    /// # Errors
    /// [`Error::Assumptions`], [`Error::Bounds`].
    pub fn read(text: &str) -> Result<Self, Error> {
        let parse = |text: &str| toml::from_str::<Self>(text).map_err(|error| Error::Assumptions(error.to_string()));
        let (mut all, theirs) = (parse(DEFAULTS)?, parse(text)?);
        all.kind.extend(theirs.kind);
        all.product.extend(theirs.product);
        all.group.extend(theirs.group);
        all.shock = theirs.shock.or(all.shock);
        all.past = theirs.past.or(all.past);
        all.check()?;
        Ok(all)
    }

    fn check(&self) -> Result<(), Error> {
        for (name, risk) in self.kind.iter().map(|(kind, risk)| (format!("{kind:?}"), risk)) {
            risk.check(&name)?;
        }
        for (name, risk) in &self.product {
            risk.check(name)?;
        }
        for (name, shock) in self.shock.iter().map(|shock| ("shock", shock)).chain(groups(&self.group)) {
            bound(name, shock.shocks_per_year, MAX_RATE)?;
            bound(name, shock.chance, 1.0)?;
        }
        if let Some(past) = &self.past {
            bound("past", past.chance, 1.0)?;
            past.holders.check("past")?;
        }
        Ok(())
    }

    /// What is assumed of each product of a book, in order.
    ///
    /// # Errors
    /// [`Error::NoSuchProduct`], [`Error::NoRisk`].
    pub fn risks(&self, book: &Book) -> Result<Vec<Risk>, Error> {
        let is =
            |line: &crate::Line, name: &str| line.name.eq_ignore_ascii_case(name) || line.number.to_string() == name;
        if let Some(name) = self.product.keys().find(|name| !book.products.iter().any(|line| is(line, name))) {
            return Err(Error::NoSuchProduct(name.clone()));
        }
        let risk = |line: &crate::Line| {
            let own = self.product.iter().find(|(name, _)| is(line, name)).map(|(_, risk)| risk);
            own.or_else(|| self.kind.get(&line.kind)).cloned().ok_or_else(|| Error::NoRisk(line.name.clone()))
        };
        book.products.iter().map(risk).collect()
    }

    /// What is assumed of a correlation group.
    #[must_use]
    pub fn shock(&self, group: usize) -> Option<&Shock> {
        self.group.get(&group.to_string()).or(self.shock.as_ref())
    }
}

fn groups(groups: &BTreeMap<String, Shock>) -> impl Iterator<Item = (&str, &Shock)> {
    groups.iter().map(|(name, shock)| (name.as_str(), shock))
}

/// Whether a number lies between 0 and `most`.
fn bound(of: &str, number: f64, most: f64) -> Result<(), Error> {
    if (0.0..=most).contains(&number) { Ok(()) } else { Err(Error::Bounds { of: of.into(), number, most }) }
}

impl Risk {
    fn check(&self, of: &str) -> Result<(), Error> {
        bound(of, self.incidents_per_year, MAX_RATE)?;
        self.severity.check(of)?;
        self.holders.check(of)
    }
}

impl Part {
    fn check(&self, of: &str) -> Result<(), Error> {
        match self {
            Self::Fixed(part) => bound(of, *part, 1.0),
            Self::Uniform(low, high) => bound(of, *high, 1.0).and_then(|()| bound(of, *low, *high)),
            Self::Beta(alpha, beta) => Beta::new(*alpha, *beta)
                .map(drop)
                .map_err(|error| Error::Assumptions(format!("{of}: beta({alpha}, {beta}): {error}"))),
            Self::OneOf(parts) if parts.is_empty() => Err(Error::Assumptions(format!("{of}: one_of an empty list"))),
            Self::OneOf(parts) => parts.iter().try_for_each(|part| bound(of, *part, 1.0)),
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(part) => *part,
            Self::Uniform(low, high) => (low + high) / 2.0,
            Self::Beta(alpha, beta) => alpha / (alpha + beta),
            Self::OneOf(parts) => parts.iter().sum::<f64>() / parts.len().max(1) as f64,
        }
    }

    /// Ready to be drawn from, often.
    pub(crate) fn prepare(&self) -> Draw {
        match self {
            Self::Fixed(part) => Draw::Fixed(*part),
            Self::Uniform(low, high) => Draw::Uniform(*low, high - low),
            Self::Beta(alpha, beta) => {
                Beta::new(*alpha, *beta).map_or(Draw::Fixed(alpha / (alpha + beta)), |beta| Draw::Beta(Box::new(beta)))
            }
            Self::OneOf(parts) => Draw::OneOf(parts.clone()),
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fixed(part) => write!(f, "{part}"),
            Self::Uniform(low, high) => write!(f, "uniform from {low} to {high}"),
            Self::Beta(alpha, beta) => write!(f, "beta({alpha}, {beta}), mean {:.3}", self.mean()),
            Self::OneOf(parts) => write!(f, "one of {parts:?}"),
        }
    }
}

/// A [`Part`] that is drawn from.
pub(crate) enum Draw {
    Fixed(f64),
    Uniform(f64, f64),
    Beta(Box<Beta<f64>>),
    OneOf(Vec<f64>),
}

impl Draw {
    /// A part, between 0 and 1.
    pub(crate) fn draw(&self, rng: &mut impl Rng) -> f64 {
        match self {
            Self::Fixed(part) => *part,
            Self::Uniform(low, width) => low + width * rng.random::<f64>(),
            Self::Beta(beta) => beta.sample(rng),
            Self::OneOf(parts) => parts[rng.random_range(0..parts.len())],
        }
    }
}

/// A part as basis points, to the nearest.
pub(crate) fn bps(part: f64) -> u16 {
    (part.clamp(0.0, 1.0) * f64::from(coverage_math::BPS)).round() as u16
}
