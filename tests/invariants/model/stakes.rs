//! The assembly: who staked how much, and how old it is.

use super::{Atoms, Ballot, DAY, Model, Name, Outcome, Rule, Token, day_of, must};
use coverage_client::AssemblyParams;
use solana_address::Address;
use std::collections::BTreeMap;

/// Those who stake, and what they were asked.
#[derive(Clone, Debug)]
pub struct Assembly {
    pub address: Address,
    pub params: AssemblyParams,
    pub voters: BTreeMap<Name, Voter>,
    /// Every ballot there ever was.
    pub ballots: Vec<Ballot>,
    /// Stake lost and not yet burned, atoms.
    pub slashed: Atoms,
    /// The last day from which any stake ever aged.
    pub last_age_day: u64,
}

/// Somebody's stake.
#[derive(Clone, Debug, Default)]
pub struct Voter {
    pub address: Address,
    /// Amounts and since when they age, oldest first.
    pub lots: Vec<(Atoms, u64)>,
    /// On its way out, atoms, and when it can be taken.
    pub unstaking: Atoms,
    pub ready_at: u64,
    /// Lost over time, atoms.
    pub slashed: Atoms,
}

/// Lots of a stake that are kept apart.
const LOTS: usize = 8;

impl Assembly {
    /// Stake of all that ages since a time or before.
    pub fn staked(&self, before: u64) -> Atoms {
        self.voters.values().map(|voter| voter.weight(before)).sum()
    }

    /// Stake on its way out.
    pub fn unstaking(&self) -> Atoms {
        self.voters.values().map(|voter| voter.unstaking).sum()
    }
}

impl Voter {
    /// Stake that ages since a time or before.
    pub fn weight(&self, before: u64) -> Atoms {
        self.lots.iter().filter(|(_, at)| *at <= before).map(|(amount, _)| amount).sum()
    }

    /// Takes stake away, the youngest first.
    fn lose(&mut self, amount: Atoms) -> Outcome {
        must(amount <= self.weight(u64::MAX), Rule::StakeTooSmall)?;
        let mut left = amount;
        while left > 0 {
            let (held, _) = self.lots.last_mut().expect("enough stake");
            let part = left.min(*held);
            *held -= part;
            left -= part;
            if *held == 0 {
                self.lots.pop();
            }
        }
        Ok(())
    }
}

impl Model {
    /// Stakes tokens, which age from tomorrow. With all lots in use the two oldest become one, as old as the younger.
    pub fn stake(&mut self, who: Name, address: Address, amount: u64) -> Outcome {
        must(amount > 0, Rule::ZeroAmount)?;
        self.take(who, Token::Governance, amount.into())?;
        if !self.assembly.voters.contains_key(who) {
            self.pay_rent::<coverage_client::Voter>(who)?;
        }
        let day = day_of(self.now) + 1;
        self.assembly.last_age_day = self.assembly.last_age_day.max(day);
        let voter = self.assembly.voters.entry(who).or_default();
        voter.address = address;
        let amount = Atoms::from(amount);
        match voter.lots.last_mut() {
            Some((held, at)) if *at == day * DAY => *held += amount,
            _ => voter.lots.push((amount, day * DAY)),
        }
        if voter.lots.len() > LOTS {
            let (oldest, _) = voter.lots.remove(0);
            voter.lots[0].0 += oldest;
        }
        Ok(())
    }

    /// Puts stake on its way out; everything on its way waits from now.
    pub fn request_unstake(&mut self, who: Name, amount: u64) -> Outcome {
        must(amount > 0, Rule::ZeroAmount)?;
        must(self.open_votes(who) == 0, Rule::StakeLocked)?;
        let ready_at = self.now + self.assembly.params.unstake_delay;
        let voter = self.assembly.voters.get_mut(who).expect("somebody who staked");
        voter.lose(amount.into())?;
        voter.unstaking += Atoms::from(amount);
        voter.ready_at = ready_at;
        Ok(())
    }

    /// Takes out what has waited long enough.
    pub fn unstake(&mut self, who: Name) -> Outcome {
        let now = self.now;
        let voter = self.assembly.voters.get_mut(who).expect("somebody who staked");
        must(voter.unstaking > 0, Rule::NothingDue)?;
        must(now >= voter.ready_at, Rule::UnstakeNotReady)?;
        let amount = std::mem::take(&mut voter.unstaking);
        self.give(who, Token::Governance, amount);
        Ok(())
    }

    /// Somebody loses stake, or all there is. Returns how much.
    pub fn slash(&mut self, who: Name, amount: Atoms) -> Outcome<Atoms> {
        let voter = self.assembly.voters.get_mut(who).expect("somebody who voted");
        let lost = amount.min(voter.weight(u64::MAX));
        voter.lose(lost)?;
        voter.slashed += lost;
        self.assembly.slashed += lost;
        Ok(lost)
    }

    /// Burns the stake that was lost.
    pub fn burn_slashed(&mut self) -> Outcome {
        must(self.assembly.slashed > 0, Rule::NothingDue)?;
        self.assembly.slashed = 0;
        Ok(())
    }
}
