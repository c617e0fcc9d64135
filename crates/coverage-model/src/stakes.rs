//! Stakes: who staked how much, and how old it is.

use crate::{Account, Atoms, DAY, Model, Name, Outcome, Rule, Token, day_of, must};

/// Somebody's stake.
#[derive(Clone, Debug)]
pub struct Voter {
    /// Whose.
    pub owner: Name,
    /// Amounts and since when they age, oldest first.
    pub lots: Vec<(Atoms, u64)>,
    /// The last day from which any of it ever aged.
    pub last_age_day: u64,
    /// On its way out, atoms.
    pub unstaking: Atoms,
    /// When that can be taken.
    pub ready_at: u64,
    /// Lost over time, atoms.
    pub slashed: Atoms,
    /// Who paid the account's rent.
    pub rent_payer: Name,
    /// Who else votes with it.
    pub delegate: Option<Name>,
    /// When that was set; 0 where there is nobody.
    pub delegated_at: u64,
    /// Whether the account is closed.
    pub closed: bool,
}

/// Lots of a stake that are kept apart.
const LOTS: usize = 8;

impl Voter {
    /// Stake that ages since a time or before.
    #[must_use]
    pub fn weight(&self, before: u64) -> Atoms {
        self.lots.iter().filter(|(_, at)| *at <= before).map(|(amount, _)| amount).sum()
    }

    /// All of the stake.
    #[must_use]
    pub fn staked(&self) -> Atoms {
        self.weight(u64::MAX)
    }

    /// Takes stake away, the youngest first.
    fn lose(&mut self, amount: Atoms) -> Outcome {
        must(amount <= self.staked(), Rule::StakeTooSmall)?;
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
    pub(crate) fn voter_number(&self, who: Name) -> Option<usize> {
        self.voters.iter().position(|voter| voter.owner == who && !voter.closed)
    }

    /// Voters whose accounts are not closed.
    #[must_use]
    pub fn voters_there(&self) -> usize {
        self.voters.iter().filter(|voter| !voter.closed).count()
    }

    /// Somebody's stake, if they have an account.
    #[must_use]
    pub fn voter(&self, who: Name) -> Option<&Voter> {
        self.voter_number(who).map(|voter| &self.voters[voter])
    }

    /// The stake of somebody who has one, to be changed.
    fn voter_mut(&mut self, who: Name) -> &mut Voter {
        let voter = self.voter_number(who).expect("somebody who staked");
        &mut self.voters[voter]
    }

    /// Stake of all that ages since a time or before.
    #[must_use]
    pub fn staked(&self, before: u64) -> Atoms {
        self.voters.iter().map(|voter| voter.weight(before)).sum()
    }

    /// What would count in a ballot that opens now, atoms.
    #[must_use]
    pub fn eligible(&self) -> Atoms {
        self.staked(self.now - self.assembly.min_stake_age)
    }

    /// The same in one of the courts: in all but the first nobody has stake.
    #[must_use]
    pub fn eligible_in(&self, court: usize) -> Atoms {
        if court == 0 { self.eligible() } else { 0 }
    }

    /// Stake on its way out.
    #[must_use]
    pub fn unstaking(&self) -> Atoms {
        self.voters.iter().map(|voter| voter.unstaking).sum()
    }

    /// Stake lost and not yet burned.
    #[must_use]
    pub fn slashed_stake(&self) -> Atoms {
        self.voters.iter().map(|voter| voter.slashed).sum::<Atoms>() - self.burns.iter().sum::<Atoms>()
    }

    /// The last day from which any stake ever aged.
    #[must_use]
    pub fn last_age_day(&self) -> u64 {
        self.voters.iter().map(|voter| voter.last_age_day).max().unwrap_or(0)
    }

    /// Stakes tokens, which age from tomorrow; somebody pays the rent the first time. With all lots in use the two oldest become one, as old as the younger.
    pub fn stake(&mut self, (who, payer): (Name, Name), amount: u64) -> Outcome {
        must(amount > 0, Rule::ZeroAmount)?;
        let amount = Atoms::from(amount);
        self.take(who, Token::Governance, amount)?;
        if self.voter(who).is_none() {
            self.pay_rent(payer, Account::Voter)?;
            self.voters.push(Voter {
                owner: who,
                lots: vec![],
                last_age_day: 0,
                unstaking: 0,
                ready_at: 0,
                slashed: 0,
                rent_payer: payer,
                delegate: None,
                delegated_at: 0,
                closed: false,
            });
        }
        let day = day_of(self.now) + 1;
        let voter = self.voter_mut(who);
        voter.last_age_day = day;
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

    /// Lets somebody else vote with a stake in ballots that open later, or nobody.
    pub fn set_delegate(&mut self, who: Name, delegate: Option<Name>) -> Outcome {
        must(delegate != Some(who), Rule::OwnDelegate)?;
        let now = self.now;
        let voter = self.voter_mut(who);
        if voter.delegate != delegate {
            voter.delegated_at = delegate.map_or(0, |_| now);
            voter.delegate = delegate;
        }
        Ok(())
    }

    /// Puts stake on its way out; everything on its way waits from now.
    pub fn request_unstake(&mut self, who: Name, amount: u64) -> Outcome {
        must(amount > 0, Rule::ZeroAmount)?;
        must(self.open_votes(who) == 0, Rule::StakeLocked)?;
        let ready_at = self.now + self.assembly.unstake_delay;
        let voter = self.voter_mut(who);
        voter.lose(amount.into())?;
        voter.unstaking += Atoms::from(amount);
        voter.ready_at = ready_at;
        Ok(())
    }

    /// Takes out what has waited long enough.
    pub fn unstake(&mut self, who: Name) -> Outcome {
        let now = self.now;
        let voter = self.voter_mut(who);
        must(voter.unstaking > 0, Rule::NothingDue)?;
        must(now >= voter.ready_at, Rule::UnstakeNotReady)?;
        let amount = std::mem::take(&mut voter.unstaking);
        self.give(who, Token::Governance, amount);
        Ok(())
    }

    /// Somebody loses stake, or all there is. Returns how much.
    pub(crate) fn slash(&mut self, who: Name, amount: Atoms) -> Outcome<Atoms> {
        let voter = self.voter_mut(who);
        let lost = amount.min(voter.staked());
        voter.lose(lost)?;
        voter.slashed += lost;
        Ok(lost)
    }

    /// Burns the stake that was lost. Returns how much.
    pub fn burn_slashed(&mut self) -> Outcome<Atoms> {
        let lost = self.slashed_stake();
        must(lost > 0, Rule::NothingDue)?;
        self.burns.push(lost);
        Ok(lost)
    }
}
