//! Bonds, and the rewards of voters.

use super::Pool;
use crate::prelude::*;
use coverage_math::settlement;

impl Pool {
    /// Books what a staker pays for putting a change to a ballot: four times the reward of its voters, at least the least
    /// premium, and never more than a thousandth of the capital: no parameter keeps stakers from it. Returns the bond, which may
    /// come back, and all that is paid. The difference is the voters' reward, which waits among the bonds until the outcome is read: a staker
    /// who calls an assembly pays its first vote, so nobody gains by passing changes of their own, or leaves other ballots
    /// without a reward.
    pub fn take_change_bond(&mut self) -> Result<(u64, u64)> {
        let most = (self.capital / CHANGE_BOND_PART).clamp(1, MAX_FIXED_AMOUNT);
        let paid = self.vote_reward.saturating_mul(4).max(self.min_premium).min(most);
        self.take_bond(paid)?;
        let reward = self.vote_reward.min(paid / 4);
        Ok((paid.checked_sub(reward).or_overflow()?, paid))
    }

    /// Reserves `reward` for the voters of a ballot, or what the assessors' fund has left.
    pub fn reserve_reward(&mut self, reward: u64) -> Result<u64> {
        let free = self.assessors.checked_sub(self.rewards_reserved).or_overflow()?;
        let reward = reward.min(free);
        self.rewards_reserved = self.rewards_reserved.checked_add(reward).or_overflow()?;
        Ok(reward)
    }

    /// What the reward fund has beyond its limit, reserved rewards aside, atoms.
    pub fn excess(&self) -> Result<u64> {
        let free = self.assessors.checked_sub(self.rewards_reserved).or_overflow()?;
        Ok(free.saturating_sub(self.assessors_limit))
    }

    /// Takes `forfeited` out of what is reserved for voters; it stays in the assessors' fund.
    pub fn unreserve_reward(&mut self, forfeited: u64) -> Result<()> {
        self.rewards_reserved = self.rewards_reserved.checked_sub(forfeited).or_overflow()?;
        Ok(())
    }

    /// Books a reward that is about to leave.
    pub fn pay_reward(&mut self, reward: u64) -> Result<()> {
        self.unreserve_reward(reward)?;
        self.assessors = self.assessors.checked_sub(reward).or_overflow()?;
        Ok(())
    }

    /// Takes a bond that is lost: half to the LPs over seven days, half to the assessors, who get all that a stream of
    /// a week might not carry. What is final must never wait for a number that is too large.
    pub fn slash_bond(&mut self, bond: u64) -> Result<()> {
        let (half, _) = settlement::split_bond(bond);
        let to_lps = half.min(MAX_FIXED_AMOUNT);
        self.bond_to_assessors(bond.checked_sub(to_lps).or_overflow()?)?;
        self.release_bond(to_lps)?;
        self.stream_income(to_lps)
    }

    /// Moves `amount` of a lost bond to the assessors.
    pub fn bond_to_assessors(&mut self, amount: u64) -> Result<()> {
        self.release_bond(amount)?;
        self.assessors = self.assessors.checked_add(amount).or_overflow()?;
        Ok(())
    }

    /// Books a bond that is about to arrive.
    pub fn take_bond(&mut self, bond: u64) -> Result<()> {
        self.bonds = self.bonds.checked_add(bond).or_overflow()?;
        Ok(())
    }

    /// Books a bond that is about to leave.
    pub fn release_bond(&mut self, bond: u64) -> Result<()> {
        self.bonds = self.bonds.checked_sub(bond).or_overflow()?;
        Ok(())
    }
}
