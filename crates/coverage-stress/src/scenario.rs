//! What happens in a run: incidents drawn by rates, or years out of the calendar.

use crate::{
    Assumptions, Book, Error, Hit, Run, Watch,
    assumptions::{Draw, bps},
    history::Incident,
};
use coverage_math::{DAY, YEAR};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1};

/// Where incidents come from.
pub enum Scenario {
    /// Poisson processes: one for each product and one for each correlation group.
    Drawn(Drawn),
    /// Whole years of the past, drawn with replacement.
    Calendar(Calendar),
}

/// Rates and severities of a book.
pub struct Drawn {
    /// The sum of the rates of the sources up to each, a year.
    sources: Vec<(f64, Source)>,
    risks: Vec<(Draw, Draw)>,
}

enum Source {
    Product(usize),
    Shock { products: Vec<usize>, chance: f64 },
}

/// Years of real incidents.
pub struct Calendar {
    years: Vec<Vec<Past>>,
    chance: f64,
    holders: Draw,
}

/// A real incident: when in its year, on which products, and how severe on each.
struct Past {
    second: u64,
    products: Vec<(usize, u16)>,
}

impl Scenario {
    /// What the assumptions say about each product and group of a book.
    ///
    /// # Errors
    /// [`Error::NoSuchProduct`], [`Error::NoRisk`].
    pub fn drawn(assumptions: &Assumptions, book: &Book) -> Result<Self, Error> {
        let risks = assumptions.risks(book)?;
        let (mut sources, mut rate) = (Vec::new(), 0.0);
        let mut add = |more: f64, source| {
            if more > 0.0 {
                rate += more;
                sources.push((rate, source));
            }
        };
        for (product, risk) in risks.iter().enumerate() {
            add(risk.incidents_per_year, Source::Product(product));
        }
        for group in 0..book.group_caps_bps.len() {
            let products: Vec<_> =
                (0..book.products.len()).filter(|product| book.products[*product].group == group).collect();
            if let Some(shock) = assumptions.shock(group).filter(|_| !products.is_empty()) {
                add(shock.shocks_per_year, Source::Shock { products, chance: shock.chance });
            }
        }
        let risks = risks.iter().map(|risk| (risk.severity.prepare(), risk.holders.prepare())).collect();
        Ok(Self::Drawn(Drawn { sources, risks }))
    }

    /// The years from the first to the last of `incidents`; `None` when there are none.
    #[must_use]
    pub fn calendar(assumptions: &Assumptions, book: &Book, incidents: &[Incident]) -> Option<Self> {
        let past = assumptions.past.as_ref()?;
        let (first, last) = (incidents.first()?.year, incidents.last()?.year);
        let mut years: Vec<Vec<Past>> = (first..=last).map(|_| Vec::new()).collect();
        for incident in incidents {
            let products = incident.products(past, book).into_iter();
            years[usize::from(incident.year - first)].push(Past {
                second: incident.second_of_year.min(YEAR - 1),
                products: products.map(|it| (it, incident.severity_bps(&book.products[it]))).collect(),
            });
        }
        Some(Self::Calendar(Calendar { years, chance: past.chance, holders: past.holders.prepare() }))
    }

    /// Plays one run of `days` that has begun.
    pub(crate) fn play(
        &self,
        days: usize,
        run: &mut Run,
        hits: &mut Vec<Hit>,
        rng: &mut impl Rng,
        watch: &mut impl Watch,
    ) {
        match self {
            Self::Drawn(drawn) => drawn.play(days, run, hits, rng, watch),
            Self::Calendar(calendar) => calendar.play(days, run, hits, rng, watch),
        }
    }
}

impl Drawn {
    fn play(&self, days: usize, run: &mut Run, hits: &mut Vec<Hit>, rng: &mut impl Rng, watch: &mut impl Watch) {
        let Some((rate, _)) = self.sources.last() else { return };
        let horizon = (days as u64 * DAY) as f64;
        let mut after = 0.0;
        loop {
            let wait: f64 = Exp1.sample(rng);
            after += wait * (YEAR as f64 / rate);
            if after >= horizon {
                return;
            }
            let which = rng.random::<f64>() * rate;
            let source = self.sources.partition_point(|(up_to, _)| *up_to <= which).min(self.sources.len() - 1);
            hits.clear();
            match &self.sources[source].1 {
                Source::Product(product) => hits.push(self.hit(*product, rng)),
                Source::Shock { products, chance } => {
                    for product in products {
                        if rng.random::<f64>() < *chance {
                            hits.push(self.hit(*product, rng));
                        }
                    }
                }
            }
            run.strike(after as u64, hits, rng, watch);
        }
    }

    fn hit(&self, product: usize, rng: &mut impl Rng) -> Hit {
        let (severity, holders) = &self.risks[product];
        Hit { product, severity_bps: bps(severity.draw(rng)), holders: holders.draw(rng) }
    }
}

impl Calendar {
    /// How many years there are to draw from.
    #[must_use]
    pub fn years(&self) -> usize {
        self.years.len()
    }

    fn play(&self, days: usize, run: &mut Run, hits: &mut Vec<Hit>, rng: &mut impl Rng, watch: &mut impl Watch) {
        let horizon = days as u64 * DAY;
        let mut start = 0;
        while start < horizon {
            for past in &self.years[rng.random_range(0..self.years.len())] {
                hits.clear();
                for (product, severity_bps) in &past.products {
                    if rng.random::<f64>() < self.chance {
                        let holders = self.holders.draw(rng);
                        hits.push(Hit { product: *product, severity_bps: *severity_bps, holders });
                    }
                }
                if start + past.second < horizon && !hits.is_empty() {
                    run.strike(start + past.second, hits, rng, watch);
                }
            }
            start += YEAR;
        }
    }
}
