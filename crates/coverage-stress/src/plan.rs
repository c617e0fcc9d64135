//! What a book comes to when nothing happens: computed once, so that a run has only to look it up.

use crate::{Book, Error};
use coverage_math::{
    BPS, DAY, RING_DAYS, day_of, start_of,
    stream::{self, RATE_BITS},
    wide::mul_div_ceil,
};
use std::ops::Range;

/// Longest horizon, days.
pub const MAX_DAYS: u32 = 3_650;

/// Whether policies that end are bought again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// At the same amount, term and rate, as far as the capital carries them.
    Renewed,
    /// Never.
    Runoff,
}

/// A book over a horizon.
pub struct Plan {
    /// The book.
    pub book: Book,
    /// Whether policies are renewed.
    pub keep: Keep,
    /// The horizon, days.
    pub days: usize,
    /// What premiums have earned by each day when no policy lapses, atoms.
    pub earned: Vec<u64>,
    /// What the policies of each product have earned of it at the end, atoms.
    pub premiums: Vec<u64>,
    /// The policies of each product.
    pub(crate) of_product: Vec<Range<usize>>,
    /// Active cover of each product on each day, when no policy lapses: a row for each day, atoms.
    active: Vec<u64>,
    /// The free capital that carries all renewals from a day on, atoms.
    pub(crate) needed: Vec<u64>,
    /// The policies that are renewed on a day, and when each ends.
    pub(crate) renewals: Vec<(usize, u64)>,
    /// Where the renewals of a day begin.
    first_renewal: Vec<usize>,
}

impl Plan {
    /// Computes it.
    ///
    /// # Errors
    /// [`Error::Horizon`], [`Error::Impossible`].
    pub fn new(book: Book, days: u32, keep: Keep) -> Result<Self, Error> {
        if days == 0 || days > MAX_DAYS {
            return Err(Error::Horizon(days));
        }
        Self::compute(book, days as usize, keep).ok_or(Error::Impossible)
    }

    fn compute(book: Book, days: usize, keep: Keep) -> Option<Self> {
        let goes_on = |cover: &&crate::Cover| keep == Keep::Renewed && cover.renews;
        let (today, horizon) = (day_of(book.time), days as u64 * DAY);
        // What is renewed neither stops earning nor is released.
        let (mut flow, mut rates, mut nothing) = (book.flow(), book.rates.clone(), Box::new([0; RING_DAYS]));
        let mut releases: Vec<_> = book.products.iter().map(|line| line.releases.clone()).collect();
        for cover in book.covers.iter().filter(goes_on) {
            stream::remove(&mut rates, today, cover.release_day, cover.rate)?;
            stream::remove(releases.get_mut(cover.product)?, today, cover.release_day, cover.held)?;
        }
        let mut actives: Vec<_> = book.products.iter().map(|line| line.active).collect();
        let (mut earned, mut active, mut needed) = (vec![0u64], actives.clone(), vec![need(&book, &actives)]);
        for day in 1..=days as u64 {
            let now = book.time + day * DAY;
            earned.push(earned.last()?.checked_add(flow.advance(now, &mut rates, &mut nothing)?)?);
            for (active, ring) in actives.iter_mut().zip(&mut releases) {
                *active = active.checked_sub(stream::roll(ring, day_of(now) - 1, day_of(now))?)?;
            }
            active.extend(&actives);
            needed.push(need(&book, &actives));
        }
        book.capital.checked_add(*earned.last()?)?;
        for day in (0..days).rev() {
            needed[day] = needed[day].max(needed[day + 1]);
        }

        let mut on_day = vec![Vec::new(); days];
        for (index, cover) in book.covers.iter().enumerate().filter(|(_, cover)| goes_on(cover)) {
            let mut end = cover.end - book.time;
            while end < horizon {
                on_day[(end / DAY) as usize].push((index, book.time + end));
                end += cover.term();
            }
        }
        let mut first_renewal = vec![0];
        let mut renewals = Vec::new();
        for list in on_day {
            renewals.extend(list);
            first_renewal.push(renewals.len());
        }

        let mut premiums = vec![0u128; book.products.len()];
        for cover in &book.covers {
            let held = start_of(cover.release_day)?.checked_sub(book.time)?;
            let seconds = if goes_on(&cover) { horizon } else { horizon.min(held) };
            premiums[cover.product] += u128::from(cover.rate) * u128::from(seconds);
        }
        let of_product = (0..book.products.len()).map(|product| {
            let start = book.covers.partition_point(|cover| cover.product < product);
            start..book.covers.partition_point(|cover| cover.product <= product)
        });
        Some(Self {
            keep,
            days,
            earned,
            premiums: premiums.into_iter().map(|sum| u64::try_from(sum >> RATE_BITS).unwrap_or(u64::MAX)).collect(),
            of_product: of_product.collect(),
            active,
            needed,
            renewals,
            first_renewal,
            book,
        })
    }

    /// Active cover of each product on a day, when no policy lapses.
    pub(crate) fn active(&self, day: usize) -> &[u64] {
        let products = self.book.products.len();
        &self.active[day * products..(day + 1) * products]
    }

    /// The policies that are renewed on a day, and when each ends.
    pub(crate) fn renewed_on(&self, day: usize) -> &[(usize, u64)] {
        match self.first_renewal.get(day + 1) {
            Some(end) => &self.renewals[self.first_renewal[day]..*end],
            None => &[],
        }
    }

    /// Years of one run.
    #[must_use]
    pub fn years(&self) -> f64 {
        self.days as f64 / 365.0
    }
}

/// The free capital on which the caps of all products, groups and the pool hold for `actives`, atoms.
fn need(book: &Book, actives: &[u64]) -> u64 {
    let carries = |active: u64, bps: u16| match active {
        0 => 0,
        _ => mul_div_ceil(active, BPS.into(), bps.into()).unwrap_or(u64::MAX),
    };
    let mut groups = [0u64; 16];
    let mut needed = carries(actives.iter().fold(0, |sum, active| sum.saturating_add(*active)), book.leverage_bps);
    for (line, active) in book.products.iter().zip(actives) {
        needed = needed.max(carries(*active, line.weight_bps));
        // What an open incident concerns takes no part in the cap of its group.
        if line.liened {
            continue;
        }
        if let Some(group) = groups.get_mut(line.group) {
            *group = group.saturating_add(*active);
        }
    }
    groups.iter().zip(book.group_caps_bps).fold(needed, |needed, (group, cap)| needed.max(carries(*group, cap)))
}
