//! The invariants themselves, on the accounts of the chain: the model could be wrong in the same way as the program.

use crate::{play::Play, sites::LPS, steps::Step};
use coverage_client::{ExitEpoch, Incident, Line, Policy, Pool, PriceCurve, Product, Proposal, Voter, Wide};
use coverage_model::{Applied, Atoms, Change, DAY};
use harness::Chain;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive as _;

impl Play<'_> {
    /// B1 to B5, after a step.
    pub fn check(&mut self, step: &Step) {
        for (pool, (_, address)) in self.pools.clone().into_iter().enumerate() {
            if self.model.pools[pool].closed {
                continue;
            }
            let books: Pool = self.world.chain.read(&address);
            let owed = books.capital
                + books.unearned
                + books.payable
                + books.exits_due
                + books.contested
                + books.bonds
                + books.assessors
                + books.treasury_due;
            let vault = self.world.balance_of(&books.vault);
            assert!(books.rewards_reserved <= books.assessors, "rewards of pool {pool} after {step:?}");
            assert_eq!(vault, owed + self.donated[pool], "B1 of pool {pool} after {step:?}");
            let income = books.premiums_paid + books.other_income;
            let parts = books.commissions_paid
                + books.protocol_fees
                + books.assessor_fees
                + books.income_earned
                + books.unearned
                + books.premiums_refunded;
            assert_eq!(income, parts, "B5 of pool {pool} after {step:?}");

            let token = self.model.shares_of(pool);
            let held: Atoms =
                LPS.iter().map(|lp| Atoms::from(self.world.balance_of(&self.sites.wallet(lp, token)))).sum();
            let escrow = Atoms::from(self.world.balance_of(&books.exit_escrow));
            let burned = self.burned[pool];
            assert_eq!(held + escrow + burned, Atoms::from(books.shares), "B3 of pool {pool} after {step:?}");
        }
        for number in 0..self.model.incidents.len() {
            if self.model.incidents[number].gone {
                continue;
            }
            let incident: Incident = self.world.chain.read(&self.sites.incident(&self.model, number));
            assert!(incident.paid <= incident.settled && incident.settled <= incident.approved, "B4 after {step:?}");
        }
        for number in 0..self.model.policies.len() {
            if self.model.policies[number].closed {
                continue;
            }
            let policy: Policy = self.world.chain.read(&self.sites.policy(&self.model, number));
            assert!(policy.paid <= policy.claimed && policy.claimed <= policy.amount, "B4 after {step:?}");
            let parts = policy.commission + policy.protocol_fee + policy.assessor_fee + policy.unearned_premium;
            assert_eq!(policy.premium, parts, "B5 of policy {number} after {step:?}");
            assert!(policy.refunded <= policy.unearned_premium, "B5 of policy {number} after {step:?}");
        }
    }

    /// B2 and B8: the index sets aside what the lines say, contested is what those who left have in incidents, and an exit epoch
    /// that is over got what is fair.
    pub fn check_contested(&mut self, step: &Step) {
        let moves = matches!(
            step,
            Step::PayExits { .. }
                | Step::Release { .. }
                | Step::EndFiling { .. }
                | Step::Settle { .. }
                | Step::Pay { .. }
                | Step::Open { .. }
                | Step::Draw { .. }
                | Step::Meter { .. }
                | Step::Challenge { .. }
                | Step::Verdict { .. }
        );
        if !moves {
            return;
        }
        for (pool, (_, address)) in self.pools.clone().into_iter().enumerate() {
            let books: Pool = self.world.chain.read(&address);
            let members = self.products.iter().enumerate();
            let members = members.filter(|(number, _)| self.model.products[*number].pool == pool);
            let mut lines: Vec<_> =
                members.map(|(_, (_, address))| self.world.chain.read::<Product>(address).line).collect();
            for booking in 0..self.model.incidents.len() {
                let here = &self.model.incidents[booking];
                if here.pool == pool && here.policy.is_some() && !here.gone {
                    lines.push(self.world.chain.read::<Incident>(&self.sites.incident(&self.model, booking)).line);
                }
            }
            let own_of = |liens: Wide| books.index().own(liens.get()).expect("a sum of liens");
            for (liens, least) in [(books.liens, 0), (books.accepted_liens, 1)] {
                let mut exact = BigRational::from_integer(0.into());
                // The line of a product with bookings sets nothing aside.
                let set_aside = |line: &&Line| line.open > 0 && line.accepted >= least && line.reported.is_set();
                for line in lines.iter().filter(set_aside) {
                    // Per unit of the index as it was at the last report, × 2^127.
                    let shift = 127 + books.index.shift - line.reported.shift;
                    let set_aside = BigInt::from(line.set_aside.get()) * books.index.mantissa;
                    exact += BigRational::new(set_aside, BigInt::from(1) << shift);
                }
                let over = BigInt::from(own_of(liens)) - exact.ceil().to_integer();
                let atom = BigInt::from(0)..=BigInt::from(1);
                assert!(atom.contains(&over), "B2 of pool {pool} after {step:?}: {over}");
            }

            let mut left = BigRational::from_integer(0.into());
            let mut parts = 0usize;
            for epoch in 0..self.model.epochs.len() {
                let here = &self.model.epochs[epoch];
                if here.pool != pool || here.marks.is_none() || self.judged.contains(&epoch) {
                    continue;
                }
                let (fair, incidents) = self.model.fair(epoch);
                let beyond = BigRational::from_integer(self.model.epoch_paid(epoch).into()) - fair;
                if self.model.is_over(epoch) {
                    let atoms = beyond.to_f64().expect("a few atoms");
                    self.tally.fairness.judge(atoms, incidents);
                    self.judged.insert(epoch);
                    let most = 2.0 * incidents as f64;
                    assert!(
                        atoms.abs() <= most,
                        "B8 of epoch {epoch} after {step:?}: {atoms} atoms of {incidents} incidents"
                    );
                } else {
                    left -= beyond;
                    parts += 2 * incidents;
                }
            }
            // What they would get if nothing more were claimed.
            let slack = BigRational::from_integer((parts as Atoms).into());
            let contested = BigRational::from_integer(books.contested.into());
            assert!(contested + slack >= left, "B2 of pool {pool} after {step:?}: less contested than {left}");
        }
    }

    /// No sale leaves more active cover of group or pool than its cap allows of the capital that is free, as far as it stays, nor more of
    /// the product than that; nor more of it than its weight allows of all that stays; nor more of all products than the court is worth.
    pub fn check_caps(&mut self, product: usize, step: &Step) {
        let (_, address) = self.products[product];
        let product: Product = self.world.chain.read(&address);
        let pool: Pool = self.world.chain.read(&product.pool);
        let staying = Atoms::from(pool.shares - pool.exiting_shares);
        let free = Atoms::from(pool.unencumbered().expect("a sum of liens"));
        let all = (Atoms::from(pool.capital) + 1) * (staying + 1_000) / (Atoms::from(pool.shares) + 1_000);
        let free = free.min(all);
        let group = usize::from(product.group);
        for (active, capital, bps) in [
            (product.active_cover, all, product.weight_bps),
            (product.active_cover, free, 10_000),
            (pool.group_active[group], free, pool.group_caps_bps[group]),
            (pool.active_cover, free, pool.leverage_bps),
        ] {
            assert!(Atoms::from(active) * 10_000 <= capital * Atoms::from(bps), "too much is sold after {step:?}");
        }
        let stake = self.old_stake();
        assert!(stake >= Atoms::from(product.stake_floor), "sold below the floor after {step:?}");
        let all = Atoms::from(pool.active_cover) + Atoms::from(pool.liened_cover);
        let limit = BigInt::from(stake) * pool.cover_per_stake / 1_000_000_000;
        let is_worth_it = pool.cover_per_stake == 0 || BigInt::from(all) <= limit;
        assert!(is_worth_it, "more is sold than the court is worth after {step:?}");
    }

    /// The stake of all voters that is old enough to count now, atoms.
    fn old_stake(&mut self) -> Atoms {
        let before = self.world.now() - self.assembly.min_stake_age;
        let mut stake = 0;
        for voter in self.model.voters.iter().filter(|voter| !voter.closed) {
            let found: Voter = self.world.chain.read(&self.sites.voter(voter.owner));
            let lots = found.lot_amounts.into_iter().zip(found.lot_times);
            stake += lots.filter(|(_, time)| *time <= before).map(|(amount, _)| Atoms::from(amount)).sum::<Atoms>();
        }
        stake
    }

    /// The price of a share of each pool in this second, to those who leave and to those who come: the whole atoms that are
    /// earned by now count.
    pub fn prices(&mut self) -> Vec<[BigRational; 2]> {
        let prices = |pool| {
            let prices = self.model.trial(|model| {
                model.accrue(pool);
                [model.price(pool), model.deposit_price(pool).expect("a price")]
            });
            prices.map(|(assets, shares)| BigRational::new(assets.into(), shares.into()))
        };
        (0..self.pools.len()).map(prices).collect()
    }

    /// B6 and B7: without a settlement no price falls, and only time lets it rise, apart from roundings. Who deposits pays for
    /// what streams already, at once to those who are there: of that price only roundings are left.
    pub fn check_prices(&mut self, before: &[[BigRational; 2]], step: &Step) {
        // Atoms and shares that roundings leave to the LPs: of a payment, of each stream, of shares minted.
        let (atoms, shares) = match step {
            Step::Deposit { .. } => (0, 1),
            Step::Extend { .. } | Step::Cancel { .. } | Step::Reduce { .. } => (2, 0),
            Step::Buy { .. } | Step::Absorb { .. } | Step::CloseEpoch { .. } => (1, 0),
            Step::Withdraw { .. } | Step::Settle { .. } | Step::Pay { .. } | Step::Rest { .. } => (1, 0),
            // What ends last leaves what roundings left.
            Step::Meter { .. } | Step::Verdict { .. } => (1, 0),
            // Where no more than is free may leave in cash, two more.
            Step::PayExits { .. } => (3, 0),
            // What roundings left of what was contested.
            Step::Release { .. } => (100, 0),
            Step::Recover { .. } | Step::AppealBond { .. } => (1, 0),
            _ => (0, 0),
        };
        let exact = |number: Atoms| BigRational::from_integer(number.into());
        for (pool, (before, after)) in before.iter().zip(self.prices()).enumerate() {
            let comes = usize::from(matches!(step, Step::Deposit { .. }));
            assert!(comes == 0 || after[0] >= before[0], "B6 after {step:?}: the price of pool {pool} fell");
            let (before, after) = (&before[comes], &after[comes]);
            if matches!(step, Step::Retire { .. }) {
                continue;
            }
            let settled = matches!(
                step,
                Step::Settle { .. } | Step::Pay { .. } | Step::Rest { .. } | Step::Draw { .. } | Step::Meter { .. }
            );
            assert!(
                settled || after >= before,
                "B6 after {step:?}: the price of pool {pool} fell from {before} to {after}"
            );
            let slack = (exact(atoms) + exact(shares) * before) / exact(self.model.shares(pool) + 1_000);
            // What is held back for claims leaves with nobody, and is the stayers' until they get it.
            let held_back = matches!(step, Step::PayExits { .. }) && self.model.held_back(pool).0 > 0;
            assert!(
                held_back || *after <= before + slack,
                "B7 after {step:?}: the price of pool {pool} rose in no time"
            );
        }
    }

    /// Nothing that raised what LPs risk was put in before those had left who asked within a day of its queueing: of the accounts of the
    /// chain and of what people did, not of what the program compares.
    pub fn check_left(&mut self, step: &Step, change: usize) {
        let Change { pool, what, queued_at, applied, .. } = self.model.changes[change].clone();
        let Applied { before, .. } = applied.expect("it was applied");
        if !risks_more(&before, &what) {
            return;
        }
        for (number, epoch) in self.model.epochs.iter().enumerate() {
            if epoch.pool != pool || epoch.closed {
                continue;
            }
            let found: ExitEpoch = self.world.chain.read(&self.sites.epoch(&self.model, number));
            if found.burned == found.shares {
                continue;
            }
            let in_time = queued_at + DAY;
            let early =
                self.model.tickets.iter().any(|ticket| ticket.epoch == number && ticket.requested_at <= in_time);
            assert!(!early, "exits of epoch {number} wait that were asked for in time, after {step:?}");
        }
    }
}

/// Whether LPs can risk more or get less after a change. Only what is known to be harmless is: less cover, dearer cover, older
/// capital, more time, higher bonds.
pub fn risks_more(before: &Proposal, after: &Proposal) -> bool {
    use Proposal as P;
    let harmless = match (*before, *after) {
        (_, P::Delist | P::Authority { .. } | P::Guardian { .. } | P::Treasury { .. }) => true,
        (P::Leverage { leverage_bps: old }, P::Leverage { leverage_bps: new })
        | (P::GroupCap { cap_bps: old, .. }, P::GroupCap { cap_bps: new, .. })
        | (P::Weight { weight_bps: old }, P::Weight { weight_bps: new }) => new <= old,
        (P::AssessorsLimit { assessors_limit: old }, P::AssessorsLimit { assessors_limit: new }) => new <= old,
        (P::MinPremium { min_premium: old }, P::MinPremium { min_premium: new })
        | (P::Timelock { timelock: old }, P::Timelock { timelock: new }) => new >= old,
        (P::Season { season_days: old }, P::Season { season_days: new }) => new >= old,
        // 0 is no limit.
        (P::CoverPerStake { cover_per_stake: old }, P::CoverPerStake { cover_per_stake: new }) => {
            new.wrapping_sub(1) <= old.wrapping_sub(1)
        }
        (
            P::Bonds { incident_bond: old, claim_bond_bps: old_bps },
            P::Bonds { incident_bond: new, claim_bond_bps: new_bps },
        ) => new >= old && new_bps >= old_bps,
        // At every utilisation.
        (P::Curve(old), P::Curve(new)) => (0..=10_000).all(|at| {
            let ((old, old_of), (new, new_of)) = (rate_at(&old, at), rate_at(&new, at));
            new * old_of >= old * new_of
        }),
        _ => false,
    };
    !harmless
}

/// The rate at a utilisation in bps, as a fraction.
fn rate_at(curve: &PriceCurve, at: i128) -> (i128, i128) {
    let [r0, r1, r2] = [curve.r0_ppm, curve.r1_ppm, curve.r2_ppm].map(i128::from);
    let kink = i128::from(curve.kink_bps);
    if at <= kink {
        (r0 * kink + (r1 - r0) * at, kink)
    } else {
        (r1 * (10_000 - kink) + (r2 - r1) * (at - kink), 10_000 - kink)
    }
}
