//! Many runs, and what they come to.

use crate::{
    Error, Plan, Scenario,
    totals::{Counts, Player, Totals},
};
use coverage_math::BPS;
use rayon::prelude::*;

/// Most runs: the end of each is kept.
pub const MAX_RUNS: u64 = 100_000_000;
/// Runs between two words about the progress.
const STRIDE: u64 = 1_024;
/// Points of the curve of losses.
const POINTS: usize = 256;

/// How often, on what, by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Runs.
    pub runs: u64,
    /// What all random numbers come from.
    pub seed: u64,
    /// Threads; 0 for as many as there are cores.
    pub threads: usize,
}

/// What many runs come to. All amounts are atoms, and means are over runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Runs.
    pub runs: u64,
    /// Years that were played in all.
    pub years: f64,
    /// Capital at the start.
    pub capital: u64,
    /// The part of the runs in which anybody claimed.
    pub hit: f64,
    /// The part of the runs in which claims exceeded the capital that could pay: one was paid less than whole.
    pub short: f64,
    /// How much more it may be than in these runs: in 39 of 40 such samples no more than this (Wilson's interval).
    pub short_error: f64,
    /// What LPs lost, premiums counted in; negative when they gained.
    pub loss: Loss,
    /// By what factor claims were paid; `None` without claims.
    pub factor: Option<Factor>,
    /// Mean premium that the LPs earned.
    pub earned: u64,
    /// Mean of what was claimed.
    pub approved: u64,
    /// Mean of what was paid.
    pub paid: u64,
    /// Mean cover that was not renewed because the capital no longer carried it.
    pub lapsed: u64,
    /// By product.
    pub products: Vec<Share>,
    /// By correlation group, without those that have no product.
    pub groups: Vec<Share>,
    /// Losses and the part of the runs in which LPs lost more, for a chart.
    pub curve: Vec<(i128, f64)>,
    /// Claims by factor, bps rounded down.
    pub factors: Vec<u64>,
}

/// What LPs lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The mean, rounded towards zero.
    pub mean: i128,
    /// Of 100 runs 95 lose no more.
    pub q95: i128,
    /// Of 100 runs 99 lose no more.
    pub q99: i128,
    /// Of 1,000 runs 995 lose no more.
    pub q995: i128,
    /// The mean of the worst hundredth: the expected shortfall.
    pub tail: i128,
    /// The worst of all.
    pub worst: i128,
}

/// By what factor claims are paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// Claims.
    pub claims: u64,
    /// The mean over claims, each factor rounded down to a bps.
    pub mean: f64,
    /// The part of the claims that was paid whole.
    pub whole: f64,
    /// 5 of 100 claims were paid by this factor or less, bps.
    pub q05_bps: u16,
    /// 1 of 100.
    pub q01_bps: u16,
    /// The worst, bps.
    pub worst_bps: u16,
}

/// What a product, or a group, has in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Its name.
    pub name: String,
    /// Incidents a run.
    pub incidents: f64,
    /// The part of the runs in which anybody claimed.
    pub hit: f64,
    /// The part of its incidents that was paid less than whole.
    pub short: f64,
    /// Mean premium that its policies earned the LPs.
    pub earned: u64,
    /// Mean of what was claimed.
    pub approved: u64,
    /// Mean of what was paid.
    pub paid: u64,
    /// Its part of all that was paid.
    pub of_paid: f64,
    /// Its part of what was paid in the worst hundredth of the runs.
    pub of_tail: f64,
    /// The part of its payments in shocks that struck other products, too.
    pub shared: f64,
}

/// Plays all runs of a scenario on a plan. `progress` hears how many more are done. The result depends on the number of
/// runs and on the seed, not on the threads.
///
/// # Errors
/// [`Error::Runs`], [`Error::Threads`].
pub fn simulate(
    plan: &Plan,
    scenario: &Scenario,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Summary, Error> {
    if settings.runs == 0 || settings.runs > MAX_RUNS {
        return Err(Error::Runs(settings.runs));
    }
    let threads = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build().map_err(Error::Threads)?;
    let chunks = settings.runs.div_ceil(STRIDE);
    let totals = threads.install(|| {
        let chunk = |player: Option<_>, index: u64| {
            let mut player = player.unwrap_or_else(|| Player::new(plan, scenario, settings.seed));
            let runs = index * STRIDE..((index + 1) * STRIDE).min(settings.runs);
            let count = runs.end - runs.start;
            for number in runs {
                player.play(number);
            }
            progress(count);
            Some(player)
        };
        (0..chunks)
            .into_par_iter()
            .fold(|| None, chunk)
            .filter_map(|player| player.map(Player::totals))
            .reduce_with(Totals::and)
    });
    let totals = totals.ok_or(Error::Runs(0))?;
    // Who is behind the worst runs is seen by playing them again.
    let mut worst: Vec<_> = totals.ends.iter().zip(0u64..).collect();
    let many = worst.len().div_ceil(100);
    worst.select_nth_unstable(many - 1);
    let mut tail = Player::new(plan, scenario, settings.seed);
    for (_, number) in &worst[..many] {
        tail.play(*number);
    }
    Ok(summary(plan, totals, &tail.totals()))
}

/// `part` of `whole`; nothing of nothing.
fn part(part: impl Into<u128>, whole: impl Into<u128>) -> f64 {
    let (part, whole) = (part.into(), whole.into());
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The upper end of Wilson's interval of 95% about a part that was seen in `runs`.
fn wilson(part: f64, runs: f64) -> f64 {
    let z: f64 = 1.96;
    let spread = z * (part * (1.0 - part) / runs + z * z / (4.0 * runs * runs)).sqrt();
    (part + z * z / (2.0 * runs) + spread) / (1.0 + z * z / runs)
}

fn summary(plan: &Plan, mut totals: Totals, tail: &Totals) -> Summary {
    totals.ends.sort_unstable();
    let runs = totals.ends.len() as u64;
    let mean = |sum: u128| u64::try_from(sum / u128::from(runs)).unwrap_or(u64::MAX);
    let sum = |of: fn(&Counts) -> u128| totals.products.iter().map(of).sum::<u128>();
    let short = part(totals.short, runs);

    let share = |name: String, products: &[usize], hit: u64| {
        let counts = || products.iter().map(|product| &totals.products[*product]);
        let sum = |of: fn(&Counts) -> u128| counts().map(of).sum::<u128>();
        let (paid, incidents) = (sum(|it| it.settled), sum(|it| it.incidents.into()));
        let earned = products
            .iter()
            .map(|product| u128::from(plan.premiums[*product]) * u128::from(runs) - totals.products[*product].lost);
        let tail_paid: u128 = products.iter().map(|product| tail.products[*product].settled).sum();
        Share {
            name,
            incidents: part(incidents, runs),
            hit: part(hit, runs),
            short: part(sum(|it| it.short.into()), incidents),
            earned: mean(earned.sum()),
            approved: mean(sum(|it| it.approved)),
            paid: mean(paid),
            of_paid: part(paid, totals.products.iter().map(|it| it.settled).sum::<u128>()),
            of_tail: part(tail_paid, tail.products.iter().map(|it| it.settled).sum::<u128>()),
            shared: part(sum(|it| it.shared), paid),
        }
    };
    let lines = &plan.book.products;
    let products =
        (0..lines.len()).map(|product| share(lines[product].name.clone(), &[product], totals.products[product].hit));
    let members =
        (0..16).map(|group| (group, (0..lines.len()).filter(|it| lines[*it].group == group).collect::<Vec<_>>()));
    let groups = members
        .filter(|(_, members)| !members.is_empty())
        .map(|(group, members)| share(format!("group {group}"), &members, totals.groups_hit[group]));

    Summary {
        runs,
        years: runs as f64 * plan.years(),
        capital: plan.book.capital,
        hit: part(totals.hit, runs),
        short,
        short_error: wilson(short, runs as f64) - short,
        loss: loss(plan.book.capital, &totals.ends),
        factor: factor(&totals.factors),
        earned: mean(totals.earned),
        approved: mean(sum(|it| it.approved)),
        paid: mean(sum(|it| it.settled)),
        lapsed: mean(totals.lapsed),
        products: products.collect(),
        groups: groups.collect(),
        curve: curve(plan.book.capital, &totals.ends),
        factors: totals.factors.clone(),
    }
}

/// The losses behind sorted `ends`, the smallest first.
fn loss(start: u64, ends: &[u64]) -> Loss {
    let lost = |end: &u64| i128::from(start) - i128::from(*end);
    let mean = |ends: &[u64]| ends.iter().map(lost).sum::<i128>() / ends.len() as i128;
    // Of the sorted losses the one that at least `thousandths` of all do not exceed.
    let quantile = |thousandths: usize| {
        let rank = (ends.len() * thousandths).div_ceil(1_000).max(1);
        lost(&ends[ends.len() - rank])
    };
    Loss {
        mean: mean(ends),
        q95: quantile(950),
        q99: quantile(990),
        q995: quantile(995),
        tail: mean(&ends[..ends.len().div_ceil(100)]),
        worst: lost(&ends[0]),
    }
}

/// For losses from the least to the worst the part of the runs that lost more.
fn curve(start: u64, ends: &[u64]) -> Vec<(i128, f64)> {
    let (worst, best) = (ends[0], ends[ends.len() - 1]);
    let step = |index: usize| best - ((u128::from(best - worst) * index as u128) / POINTS as u128) as u64;
    (0..=POINTS)
        .map(|index| {
            let end = step(index);
            let worse = ends.partition_point(|other| *other < end);
            (i128::from(start) - i128::from(end), worse as f64 / ends.len() as f64)
        })
        .collect()
}

fn factor(factors: &[u64]) -> Option<Factor> {
    let claims: u64 = factors.iter().sum();
    let worst = factors.iter().position(|claims| *claims > 0)?;
    let quantile = |hundredths: u64| {
        let rank = (u128::from(claims) * u128::from(hundredths)).div_ceil(100);
        let mut below = 0u128;
        let at = factors.iter().position(|claims| {
            below += u128::from(*claims);
            below >= rank
        });
        at.and_then(|at| u16::try_from(at).ok()).unwrap_or(BPS)
    };
    let weighted: u128 = factors.iter().zip(0u128..).map(|(claims, bps)| u128::from(*claims) * bps).sum();
    Some(Factor {
        claims,
        mean: part(weighted, u128::from(claims) * u128::from(BPS)),
        whole: part(*factors.last()?, claims),
        q05_bps: quantile(5),
        q01_bps: quantile(1),
        worst_bps: u16::try_from(worst).unwrap_or(BPS),
    })
}
