//! Draws: what a covered program takes for its losses, at once and without an incident.

use crate::{Atoms, Model, Name, Outcome, Policy, Product, Rule, Trigger, day_of, must, part_down, part_up};

/// What a covered program drew.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// The product.
    pub product: usize,
    /// The policy.
    pub policy: usize,
    /// When.
    pub at: u64,
    /// Atoms, also none.
    pub paid: Atoms,
    /// What it gave back first of the refund of a cancellation, atoms.
    pub refund: Atoms,
}

impl Model {
    /// Drawn from a pool in all, atoms.
    pub(crate) fn drawn(&self, pool: usize) -> Atoms {
        let draws = self.draws.iter().filter(|draw| self.products[draw.product].pool == pool);
        draws.map(|draw| draw.paid).sum()
    }

    /// Drawn on a policy in all, atoms.
    pub(crate) fn drawn_on(&self, policy: usize) -> Atoms {
        self.draws.iter().filter(|draw| draw.policy == policy).map(|draw| draw.paid).sum()
    }

    /// The latest period of a product's draws, which began with its first: when that was, and what was drawn in it.
    #[must_use]
    pub fn draw_period(&self, product: usize) -> (u64, Atoms) {
        let period = self.products[product].terms.draws.period;
        let draws = self.draws.iter().filter(|draw| draw.product == product);
        draws.fold(
            (0, 0),
            |(began, drawn), draw| {
                if draw.at >= began + period { (draw.at, draw.paid) } else { (began, drawn + draw.paid) }
            },
        )
    }

    /// Reports a loss on a policy and pays its holder what can be paid at once: what all losses exceed the deductible by,
    /// within the sum insured, the limit of the period and the capital that is not set aside. Without a loss it pays what
    /// earlier ones have left. Returns the atoms paid.
    pub fn draw(&mut self, policy: usize, by: Name, loss: u64, min_paid: u64) -> Outcome<Atoms> {
        let Policy { product, pool, bought, amount, holder, release_day, losses, .. } = self.policies[policy];
        let Product { authority, ref terms, .. } = self.products[product];
        let (deductible_bps, draws) = (terms.deductible_bps, terms.draws);
        must(authority == Some(by), Rule::NotTriggerAuthority)?;
        self.accrue(pool);
        self.products[product].must_be(Trigger::Authority)?;
        must(loss == 0 || self.policies[policy].covers(self.now), Rule::NotCovered)?;
        must(day_of(self.now) < release_day, Rule::PolicyEnded)?;
        // What no account can hold counts no further.
        let losses = (losses + Atoms::from(loss)).min(u64::MAX.into());
        let entitled = (losses - part_up(bought, deductible_bps)?).clamp(0, amount);
        let due = (entitled - self.claimed(policy)).max(0);
        // Nobody knows when a loss happened that is reported after a cancellation.
        let refund = self.gives_back(policy, due, 0);
        let due = due - refund;

        let (began, drawn) = self.draw_period(product);
        let drawn = if self.now >= began + draws.period { 0 } else { drawn };
        // What was drawn in the period counts into the capital that limits it.
        let free = self.capital(pool) - self.liens(pool)?;
        let limit = part_down(free + drawn, draws.limit_bps)? - drawn;
        let paid = due.min(limit.max(0)).min(free);
        must(paid >= Atoms::from(min_paid), Rule::DrawLimited)?;
        must(paid > 0 || loss > 0, Rule::NothingDue)?;
        self.policies[policy].losses = losses;
        self.draws.push(Draw { product, policy, at: self.now, paid, refund });
        self.release(policy, paid);
        self.pay_out(pool, holder, paid);
        Ok(paid)
    }
}
