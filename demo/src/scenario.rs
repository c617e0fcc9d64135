//! The format of a scenario file: who there is, on what terms, and what happens in which order.

mod names;
mod series;

use anyhow::{Context, Result, ensure};
use coverage_client::{
    Side,
    amount::{Amount, Token},
};
use names::{Names, known};
use serde::Deserialize;
pub use series::Quote;
use std::{collections::BTreeMap, path::Path};

/// A scenario, checked: every name that a step uses has been introduced before it.
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// The actor that creates mints, assembly, pool and products.
    pub founder: String,
    /// The pool's asset.
    pub asset: Token,
    /// The token that is staked.
    pub governance: Token,
    /// Terms of the assembly.
    pub assembly: AssemblyTerms,
    /// Terms of the pool.
    pub pool: PoolTerms,
    /// The products, in the order in which they are listed.
    pub products: Vec<ProductTerms>,
    /// The actors.
    pub actors: Vec<Actor>,
    /// What happens.
    pub steps: Vec<Step>,
    /// The prices that steps observe, by the name of their file.
    pub series: BTreeMap<String, Vec<Quote>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    founder: String,
    asset: Token,
    governance: Token,
    assembly: AssemblyTerms,
    pool: PoolTerms,
    product: Vec<ProductTerms>,
    actor: Vec<Actor>,
    // Read one by one, so that an error can name its step.
    step: Vec<toml::Table>,
}

/// Terms of the assembly, named as the parameters of `create_assembly`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssemblyTerms {
    pub voting_days: u64,
    pub min_stake_age_days: u64,
    pub unstake_delay_days: u64,
    pub quorum_bps: u16,
    pub threshold_bps: u16,
    pub overturn_slash_bps: u16,
}

/// Terms of the pool, named as the parameters of `create_pool`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolTerms {
    pub min_premium: Amount,
    pub vote_reward: Amount,
    /// What the voters' fund keeps at most.
    pub assessors_limit: Amount,
    pub timelock_days: u64,
    /// Staked tokens without which nothing is sold.
    pub stake_floor: Amount,
    /// Cover for each staked token at most.
    pub cover_per_stake: Amount,
    pub exit_delay_days: u16,
    pub season_days: u16,
    pub leverage_bps: u16,
    pub protocol_fee_bps: u16,
    pub assessor_fee_bps: u16,
    pub cancel_fee_bps: u16,
    pub group_cap_bps: u16,
}

/// Terms of a product, named as the parameters of `list_product`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductTerms {
    pub name: String,
    /// The words it goes by, as `exploit@1`: they say the kind of risk, and who decides.
    pub wording: String,
    /// What they cover: a name, for which the address stands that is derived from it.
    pub covers: Option<String>,
    pub group: u8,
    pub weight_bps: u16,
    pub curve: CurveTerms,
    pub term_days: Bounds<u16>,
    pub waiting_days: u16,
    pub grace_days: u16,
    pub deductible_bps: u16,
    pub report_window_days: u16,
    pub filing_window_days: u16,
    pub dispute_window_days: u64,
    pub appeal_window_days: u64,
    pub amount: Bounds<Amount>,
    pub incident_bond: Amount,
    pub claim_bond_bps: u16,
    /// With it prices decide, otherwise the jury.
    pub price: Option<PriceTerms>,
}

/// When a product counts as broken by the prices of a feed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceTerms {
    /// What the prices are of, and their decimals. The feed is made up: its id derives from the symbol.
    pub feed: Token,
    pub strike: Amount,
    pub floor: Amount,
    pub max_age_seconds: u32,
    pub min_duration_minutes: u32,
    pub max_gap_minutes: u32,
}

/// A price curve.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveTerms {
    pub r0_ppm: u32,
    pub r1_ppm: u32,
    pub r2_ppm: u32,
    pub kink_bps: u16,
}

/// The least and the most of something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds<T> {
    pub min: T,
    pub max: T,
}

/// Somebody, and what they begin with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The name, from which the key derives.
    pub name: String,
    /// Tokens of the asset.
    pub asset: Option<Amount>,
    /// Governance tokens.
    pub governance: Option<Amount>,
}

/// What somebody does, or time that passes; the scenario of the demo shows all of them.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    Wait { days: Option<u64>, hours: Option<u64> },
    OpenPool { who: String },
    Deposit { who: String, amount: Amount },
    RequestExit { who: String, exit: String, shares: Amount },
    // Waits until the day of the exit has come.
    PayExits { who: String, exit: String },
    CollectExit { who: String, exit: String },
    ReleaseContested { who: String, incident: String, exit: String },
    Stake { who: String, amount: Amount },
    Delegate { who: String, to: String },
    Buy(Purchase),
    OpenIncident { who: String, product: String, incident: String, hours_ago: u64 },
    Claim { who: String, incident: String, policy: String, loss: Amount },
    Dispute { who: String, incident: String, policy: String },
    ResolveDispute { who: String, incident: String, policy: String },
    CollectDisputeBond { who: String, incident: String, policy: String },
    // A ballot is on an incident or, with a policy, on its claim.
    // With the own stake, or as the delegate of a voter.
    Vote { who: String, voter: Option<String>, incident: String, policy: Option<String>, answer: Answer },
    CloseBallot { who: String, incident: String, policy: Option<String> },
    Appeal { who: String, incident: String, policy: Option<String> },
    CollectAppealBond { who: String, incident: String, policy: Option<String> },
    CollectReward(Reward),
    BurnSlashed { who: String },
    Decide { who: String, incident: String },
    EndFiling { who: String, incident: String },
    Settle { who: String, incident: String },
    Payout { who: String, incident: String, policy: String },
    CollectBond { who: String, incident: String },
    Recover { who: String, incident: String, amount: Amount },
    // Goes on where the last one of the same file left off, to the end of the file or to `until_minute`.
    Observe { who: String, product: String, series: String, until_minute: Option<u64> },
    OpenPriceIncident { who: String, product: String, incident: String },
    ClaimBreach { who: String, incident: String, policy: String },
}

impl Step {
    /// What the scenario calls it.
    pub fn action(&self) -> &'static str {
        match self {
            Self::Wait { .. } => "wait",
            Self::OpenPool { .. } => "open-pool",
            Self::Deposit { .. } => "deposit",
            Self::RequestExit { .. } => "request-exit",
            Self::PayExits { .. } => "pay-exits",
            Self::CollectExit { .. } => "collect-exit",
            Self::ReleaseContested { .. } => "release-contested",
            Self::Stake { .. } => "stake",
            Self::Delegate { .. } => "delegate",
            Self::Buy(_) => "buy",
            Self::OpenIncident { .. } => "open-incident",
            Self::Claim { .. } => "claim",
            Self::Dispute { .. } => "dispute",
            Self::ResolveDispute { .. } => "resolve-dispute",
            Self::CollectDisputeBond { .. } => "collect-dispute-bond",
            Self::Vote { .. } => "vote",
            Self::CloseBallot { .. } => "close-ballot",
            Self::Appeal { .. } => "appeal",
            Self::CollectAppealBond { .. } => "collect-appeal-bond",
            Self::CollectReward(_) => "collect-reward",
            Self::BurnSlashed { .. } => "burn-slashed",
            Self::Decide { .. } => "decide",
            Self::EndFiling { .. } => "end-filing",
            Self::Settle { .. } => "settle",
            Self::Payout { .. } => "payout",
            Self::CollectBond { .. } => "collect-bond",
            Self::Recover { .. } => "recover",
            Self::Observe { .. } => "observe",
            Self::OpenPriceIncident { .. } => "open-price-incident",
            Self::ClaimBreach { .. } => "claim-breach",
        }
    }
}

/// A purchase of cover by its holder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// Who buys and holds it.
    pub who: String,
    /// What the scenario calls the policy.
    pub policy: String,
    /// Name of the product.
    pub product: String,
    /// Sum insured.
    pub amount: Amount,
    /// Term, days.
    pub days: u16,
    /// Who gets a commission.
    pub distributor: Option<String>,
    /// How much of the premium, bps.
    #[serde(default)]
    pub commission_bps: u16,
}

/// The release of a vote.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reward {
    /// Who does it.
    pub who: String,
    /// Whose vote it was.
    pub voter: String,
    /// The incident.
    pub incident: String,
    /// With a policy the ballot on its claim.
    pub policy: Option<String>,
}

/// An answer in a ballot, as its level: `for` or `against`; about a claim also how much of it stands, as `9/16`.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Answer(pub u8);

impl TryFrom<String> for Answer {
    type Error = anyhow::Error;

    fn try_from(text: String) -> Result<Self> {
        let level = match text.as_str() {
            "against" => Some(Side::Against.level()),
            "for" => Some(Side::For.level()),
            text => text.strip_suffix("/16").and_then(|level| level.parse().ok()),
        };
        let level = level.filter(|level| *level <= Side::For.level());
        Ok(Self(level.with_context(|| format!("`{text}` is no answer; write for, against, or sixteenths, as 9/16"))?))
    }
}

/// The scenario that the demo plays unless it is given another.
const WHOLE_LIFE: &str = include_str!("../scenarios/whole-life.toml");

/// The text of a file beside it.
fn built_in(name: &str) -> Result<String> {
    ensure!(name == "usdc-prices.toml", "it is not built in");
    Ok(include_str!("../scenarios/usdc-prices.toml").into())
}

impl Scenario {
    /// The demo's own scenario.
    pub fn whole_life() -> Result<Self> {
        Self::parse(WHOLE_LIFE, built_in).context("demo/scenarios/whole-life.toml is no scenario")
    }

    /// Reads and checks a file. Files that it names lie beside it.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let prices = |name: &str| Ok(std::fs::read_to_string(path.with_file_name(name))?);
        Self::parse(&text, prices).with_context(|| format!("{} is no scenario", path.display()))
    }

    /// Reads and checks a scenario, with the text of the files of prices that it names.
    fn parse(text: &str, prices: impl Fn(&str) -> Result<String>) -> Result<Self> {
        let file: File = toml::from_str(text)?;
        let mut names = Names::default();
        for actor in &file.actor {
            ensure!(names.actors.insert(actor.name.clone()), "actor {} stands twice", actor.name);
        }
        known("actor", &file.founder, &names.actors).context("the founder")?;
        for product in &file.product {
            ensure!(names.products.insert(product.name.clone()), "product {} stands twice", product.name);
        }
        let (mut steps, mut series) = (Vec::new(), BTreeMap::new());
        for (number, table) in (1..).zip(file.step) {
            let action = table.get("action").and_then(toml::Value::as_str).unwrap_or("no action").to_owned();
            let place = || format!("step {number} ({action})");
            let step = Step::deserialize(table).with_context(place)?;
            names.check(&step).with_context(place)?;
            if let Step::Observe { series: name, .. } = &step {
                let text = prices(name).with_context(|| format!("cannot read {name}")).with_context(place)?;
                let quotes = series::parse(&text).with_context(|| format!("{name} is no series of prices"));
                series.insert(name.clone(), quotes.with_context(place)?);
            }
            steps.push(step);
        }
        let File { title, founder, asset, governance, assembly, pool, product, actor, .. } = file;
        Ok(Self { title, founder, asset, governance, assembly, pool, products: product, actors: actor, steps, series })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn error(step: &str) -> String {
        match Scenario::parse(&format!("{WHOLE_LIFE}\n[[step]]\n{step}"), built_in) {
            Ok(_) => "none".into(),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn the_scenario_of_the_demo_is_one() {
        let scenario = Scenario::whole_life();
        assert!(scenario.is_ok_and(|scenario| scenario.products.len() == 3));
    }

    /// Anyone who writes a scenario of their own finds an example of every step.
    #[test]
    fn the_scenario_of_the_demo_shows_every_step() {
        let shown: BTreeSet<_> = Scenario::whole_life()
            .map_or_else(|_| BTreeSet::new(), |scenario| scenario.steps.iter().map(Step::action).collect());
        let unknown = error("action = \"dance\"");
        let (_, all) = unknown.lines().next().and_then(|line| line.split_once("expected one of ")).unwrap_or_default();
        for action in all.split('`').skip(1).step_by(2) {
            assert!(shown.contains(action), "no step does `{action}`");
        }
        assert_eq!(shown.len(), all.split(',').count());
    }

    #[test]
    fn errors_name_the_step() {
        let number = WHOLE_LIFE.matches("[[step]]").count() + 1;
        let deposit = "action = \"deposit\"\namount = \"1\"\n";
        let nobody = error(&format!("{deposit}who = \"Zoe\""));
        assert!(nobody.starts_with(&format!("step {number} (deposit): there is no actor Zoe")), "{nobody}");
        let extra = error(&format!("{deposit}who = \"Ada\"\nwhen = \"now\""));
        assert!(extra.starts_with(&format!("step {number} (deposit): unknown field `when`")), "{extra}");
        let unfiled = error("action = \"dispute\"\nwho = \"Ada\"\nincident = \"L1\"\npolicy = \"E1\"");
        assert!(unfiled.starts_with(&format!("step {number} (dispute): there is no claim L1/E1")), "{unfiled}");
        let lost = error("action = \"observe\"\nwho = \"Ada\"\nproduct = \"USDC depeg\"\nseries = \"lost.toml\"");
        assert_eq!(lost, format!("step {number} (observe): cannot read lost.toml: it is not built in"));
        let wrong = error("action = \"vote\"\nwho = \"Vera\"\nincident = \"L1\"\nanswer = \"17/16\"");
        assert!(wrong.starts_with(&format!("step {number} (vote): `17/16` is no answer")), "{wrong}");
        let unknown = error("action = \"dance\"");
        assert!(unknown.starts_with(&format!("step {number} (dance): unknown variant `dance`")), "{unknown}");
    }
}
