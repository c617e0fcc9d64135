use crate::{Due, prelude::*};
use coverage_math::{
    MAX_CAPITAL,
    cover::{self, PremiumSplit},
    day_of,
    exits::{self, Fill},
    settlement, shares,
    stream::{self, Flow},
    sum,
};

/// A pool: its people, its limits, its books and its rings.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Pool {
    /// Layout version.
    pub version: u8,
    /// Bump of this address; signs for the vault, the share mint and the exit escrow.
    pub bump: u8,
    /// Bump of the vault.
    pub vault_bump: u8,
    /// Bump of the share mint.
    pub share_mint_bump: u8,
    /// Bump of the exit escrow.
    pub exit_escrow_bump: u8,
    /// Decimals of the asset.
    pub decimals: u8,
    /// Zero.
    pub reserved_head: [u8; 2],

    /// Who created it; a seed of this address.
    pub creator: Address,
    /// Who lists products and queues changes.
    pub authority: Address,
    /// Who has been offered the authority; zero when nobody.
    pub pending_authority: Address,
    /// Who may pause sales and deposits; zero for nobody.
    pub guardian: Address,
    /// Who decides what finds no quorum twice; zero for nobody.
    pub arbiter: Address,
    /// Whose token account receives the protocol fees.
    pub treasury: Address,
    /// The assembly whose ballots decide here.
    pub assembly: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset and the shares.
    pub token_program: Address,
    /// Token account that holds everything.
    pub vault: Address,
    /// Mint of the LP shares.
    pub share_mint: Address,
    /// Token account of the shares on their way out.
    pub exit_escrow: Address,

    /// Number given by the creator; a seed of this address.
    pub id: u64,

    /// Bucket: what LPs own, atoms. Written by deposit, accrual, exits, settlements and draws.
    pub capital: u64,
    /// Bucket: premium and other income not yet earned, atoms.
    pub unearned: u64,
    /// Bucket: settled claims not yet collected, atoms.
    pub payable: u64,
    /// Bucket: settled exits not yet collected, atoms.
    pub exits_due: u64,
    /// Bucket: bonds of incidents, claims, disputes and appeals, atoms.
    pub bonds: u64,
    /// Bucket: reward fund of the voters, atoms.
    pub assessors: u64,
    /// Bucket: protocol fees not yet collected, atoms.
    pub treasury_due: u64,

    /// Sum of the open incidents' liens, atoms; may exceed the capital, see [`Pool::liens`].
    pub lien_total: u64,
    /// Day to which the lien ring is emptied, days since the epoch.
    pub lien_day: u64,
    /// What settled incidents did not get because of others' liens, atoms: theirs as far as those leave it.
    pub held_back: u64,
    /// Settled incidents for which something is held back.
    pub held_incidents: u64,
    /// What stands of their claims, atoms.
    pub held_approved: u64,
    /// What they got of the capital, atoms.
    pub held_settled: u64,
    /// When something was last held back, unix seconds: incidents opened later come after it.
    pub held_at: u64,
    /// Until when exits wait for late reports, unix seconds.
    pub exits_wait_until: u64,
    /// Until when everything is earned, unix seconds.
    pub accrued_at: u64,
    /// Sum of the running streams' rates, atoms × 2^26 per second.
    pub rate: u64,
    /// Earned but less than an atom, × 2^26.
    pub rate_fraction: u64,
    /// Cover not yet released, atoms: sums insured of policies whose end + grace lies ahead.
    pub active_cover: u64,
    /// The same for each correlation group; too high until the group's products are rolled.
    pub group_active: [u64; 16],

    /// Counter: premiums paid, atoms.
    pub premiums_paid: u64,
    /// Counter: commissions paid out of premiums, atoms.
    pub commissions_paid: u64,
    /// Counter: protocol fees taken from premiums, atoms.
    pub protocol_fees: u64,
    /// Counter: assessor fees taken from premiums, atoms.
    pub assessor_fees: u64,
    /// Counter: premium and other income earned by the LPs, atoms.
    pub income_earned: u64,
    /// Counter: premium refunded to holders, atoms.
    pub premiums_refunded: u64,
    /// Counter: slashed bonds, recoveries, surpluses that entered `unearned`, atoms.
    pub other_income: u64,
    /// Counter: settled from capital to claims, atoms.
    pub claims_settled: u64,
    /// Counter: paid to claimants, atoms.
    pub claims_paid: u64,
    /// Counter: policies sold.
    pub policies_sold: u64,
    /// Counter: changes proposed.
    pub change_count: u64,

    /// Shares that were minted and not burned by exits, atoms: what prices are computed with. Whoever burns shares of
    /// their own gives them up without moving the price.
    pub shares: u64,
    /// Of them on their way out, atoms.
    pub exiting_shares: u64,
    /// Day of the first exit epoch that waits, days since the epoch; 0 when none does.
    pub exit_head_day: u64,
    /// Day of the last one.
    pub exit_tail_day: u64,
    /// The days on which exit epochs wait: bit day % 512.
    pub exit_days: [u64; 8],

    /// Least premium of a sale, atoms.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from `assessors`, atoms.
    pub vote_reward: u64,
    /// Of `assessors`, reserved for the voters of ballots, atoms.
    pub rewards_reserved: u64,
    /// How long a change waits, seconds.
    pub timelock: u64,
    /// Until when sales and deposits are paused, unix seconds.
    pub paused_until: u64,
    /// Before when no other pause can begin, unix seconds.
    pub next_pause_at: u64,

    /// Incidents that are neither settled nor rejected.
    pub open_incidents: u32,
    /// Products listed so far.
    pub product_count: u16,
    /// How long an exit waits at least, days.
    pub exit_delay_days: u16,
    /// Most active cover, bps of free capital.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back.
    pub cancel_fee_bps: u16,
    /// Most active cover of each correlation group, bps of free capital.
    pub group_caps_bps: [u16; 16],
    /// Zero.
    pub reserved: [u8; 128],

    /// Ring: parts of liens that nobody claimed, freed on the day filing is over, atoms; slot day % 64.
    pub lien_ring: [u64; 64],
    /// Ring: rates that end on a day, atoms × 2^26 per second; slot day % 512.
    pub rate_ring: [u64; 512],
    /// Ring: cover released on a day, atoms; slot day % 512.
    pub cover_ring: [u64; 512],
}

/// Parameters of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct PoolParams {
    /// Who lists products and queues changes, not zero.
    pub authority: Address,
    /// Who may pause sales and deposits; zero for nobody.
    pub guardian: Address,
    /// Who decides what finds no quorum twice; zero for nobody.
    pub arbiter: Address,
    /// Whose token account receives the protocol fees, not zero.
    pub treasury: Address,
    /// Least premium of a sale, atoms, 1 to 2^56.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from the assessors' bucket, atoms.
    pub vote_reward: u64,
    /// How long a change waits, seconds: at least the exit delay and two days.
    pub timelock: u64,
    /// How long an exit waits at least, days, 1 to 90.
    pub exit_delay_days: u16,
    /// Most active cover, bps of free capital, 1 to 50,000.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps, at most 2,000.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps, at most 1,000.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back, at most 2,000.
    pub cancel_fee_bps: u16,
    /// Most active cover of each correlation group, bps of free capital, at most the leverage.
    pub group_caps_bps: [u16; 16],
}

/// The seven buckets after an instruction, for events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[cfg_attr(feature = "anchor", derive(anchor_lang::IdlType))]
#[repr(C)]
pub struct Books {
    /// What LPs own, atoms.
    pub capital: u64,
    /// Premium and other income not yet earned, atoms.
    pub unearned: u64,
    /// Settled claims not yet collected, atoms.
    pub payable: u64,
    /// Settled exits not yet collected, atoms.
    pub exits_due: u64,
    /// Bonds, atoms.
    pub bonds: u64,
    /// Reward fund of the voters, atoms.
    pub assessors: u64,
    /// Protocol fees not yet collected, atoms.
    pub treasury_due: u64,
}

impl Pool {
    /// Earns what time has earned until `now` and releases what has ended. Returns the atoms earned.
    ///
    /// Every instruction that touches the books calls this first. It walks the days since the last time, at most 512.
    pub fn accrue(&mut self, now: u64) -> Result<u64> {
        let mut flow = self.flow();
        let earned = flow.advance(now, &mut self.rate_ring, &mut self.cover_ring).or_overflow()?;
        self.set_flow(flow);
        if self.lien_total != 0 {
            self.roll_liens(day_of(now))?;
        }
        if earned != 0 {
            self.unearned = self.unearned.checked_sub(earned).or_overflow()?;
            self.capital = sum(self.capital, earned).or_overflow()?;
            self.income_earned = sum(self.income_earned, earned).or_overflow()?;
        }
        Ok(earned)
    }

    /// Streams `amount` of `unearned` to the LPs from now, to which the books must have been accrued, until the first
    /// second of `end_day`. Returns the rate. The caller has added the amount to `unearned`.
    pub fn stream(&mut self, amount: u64, end_day: u64) -> Result<u64> {
        let mut flow = self.flow();
        let stream = flow.start(amount, end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        Ok(stream.rate)
    }

    /// Books a premium that is about to arrive: fees to their buckets, the rest streamed until the first second of
    /// `end_day`, as one stream with `running` atoms of one that was stopped for it. Returns the stream's rate. The
    /// commission never enters the vault.
    pub fn take_premium(&mut self, split: &PremiumSplit, running: u64, end_day: u64) -> Result<u64> {
        let add = |bucket: &mut u64, amount: u64| -> Result<()> {
            *bucket = sum(*bucket, amount).or_overflow()?;
            Ok(())
        };
        add(&mut self.premiums_paid, split.premium)?;
        add(&mut self.commissions_paid, split.commission)?;
        add(&mut self.protocol_fees, split.protocol_fee)?;
        add(&mut self.treasury_due, split.protocol_fee)?;
        add(&mut self.assessor_fees, split.assessor_fee)?;
        add(&mut self.assessors, split.assessor_fee)?;
        add(&mut self.unearned, split.unearned)?;
        self.stream(sum(split.unearned, running).or_overflow()?, end_day)
    }

    /// Stops a stream of `rate` that would have ended on `end_day` and returns what it had still to earn, atoms,
    /// rounded down; it stays in `unearned`.
    pub fn stop_stream(&mut self, rate: u64, end_day: u64) -> Result<u64> {
        let mut flow = self.flow();
        let rest = flow.stop(rate, end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        Ok(rest)
    }

    /// Lets a stream of `rate` end on `new_end_day` instead of `end_day`, and takes what it will not earn out of
    /// `unearned`: `fee` of it comes back over seven days, the rest leaves as a refund. Returns the refund and the fee.
    pub fn refund_premium(&mut self, rate: u64, end_day: u64, new_end_day: u64, fee_bps: u16) -> Result<(u64, u64)> {
        let mut flow = self.flow();
        let unearned = flow.shorten(rate, end_day, new_end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        let fee = cover::cancel_fee(unearned, fee_bps).or_overflow()?;
        let refund = unearned.checked_sub(fee).or_overflow()?;
        self.unearned = self.unearned.checked_sub(refund).or_overflow()?;
        self.premiums_refunded = self.premiums_refunded.checked_add(refund).or_overflow()?;
        self.stream(fee, cover::income_end_day(self.accrued_at).or_overflow()?)?;
        Ok((refund, fee))
    }

    /// Takes in `amount` that no premium paid for: it reaches the LPs over seven days, so nobody can enter before it
    /// and leave after (B7).
    pub fn stream_income(&mut self, amount: u64) -> Result<()> {
        self.unearned = self.unearned.checked_add(amount).or_overflow()?;
        self.other_income = self.other_income.checked_add(amount).or_overflow()?;
        self.stream(amount, cover::income_end_day(self.accrued_at).or_overflow()?)?;
        Ok(())
    }

    /// Frees what nobody claimed of the incidents whose filing is over by `today`.
    fn roll_liens(&mut self, today: u64) -> Result<()> {
        if today > self.lien_day {
            let freed = stream::roll(&mut self.lien_ring, self.lien_day, today).or_overflow()?;
            self.lien_total = self.lien_total.checked_sub(freed).or_overflow()?;
            self.lien_day = today;
        }
        Ok(())
    }

    /// Sets `lien` aside for an incident whose filing is over with the first second of `filing_end_day`: what nobody
    /// will have claimed by then is free again by itself.
    pub fn place_lien(&mut self, lien: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        self.lien_day = self.lien_day.max(today);
        stream::add(&mut self.lien_ring, today, filing_end_day, lien).or_overflow()?;
        self.lien_total = self.lien_total.checked_add(lien).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Keeps `claimed` of a lien set aside after filing; `more` of it was not set aside before.
    pub fn claim_lien(&mut self, claimed: u64, more: u64, filing_end_day: u64) -> Result<()> {
        let set_aside = claimed.checked_sub(more).or_overflow()?;
        stream::remove(&mut self.lien_ring, day_of(self.accrued_at), filing_end_day, set_aside).or_overflow()?;
        self.lien_total = self.lien_total.checked_add(more).or_overflow()?;
        Ok(())
    }

    /// Frees `unclaimed` of a lien when filing is over, or now if it is.
    pub fn unclaim_lien(&mut self, unclaimed: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        if today < filing_end_day {
            return stream::add(&mut self.lien_ring, today, filing_end_day, unclaimed).or_overflow();
        }
        self.lien_total = self.lien_total.checked_sub(unclaimed).or_overflow()?;
        Ok(())
    }

    /// Frees the lien of an incident that ends, of which `filed` was claimed and `unfiled` was not.
    pub fn free_lien(&mut self, filed: u64, unfiled: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        let mut lien = filed;
        if today < filing_end_day {
            stream::remove(&mut self.lien_ring, today, filing_end_day, unfiled).or_overflow()?;
            lien = lien.checked_add(unfiled).or_overflow()?;
        }
        self.lien_total = self.lien_total.checked_sub(lien).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Holds `amount` back for an incident that got `settled` of `approved` because of others' liens.
    pub fn hold_back(&mut self, amount: u64, approved: u64, settled: u64) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        self.held_at = self.accrued_at;
        self.held_back = self.held_back.checked_add(amount).or_overflow()?;
        self.held_approved = self.held_approved.checked_add(approved).or_overflow()?;
        self.held_settled = self.held_settled.checked_add(settled).or_overflow()?;
        self.held_incidents = self.held_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Lets `amount` of what is held back for an incident go. When nothing is left of it, `ends` says what stood of its
    /// claims and what it got of the capital.
    pub fn let_go(&mut self, amount: u64, ends: Option<(u64, u64)>) -> Result<()> {
        self.held_back = self.held_back.checked_sub(amount).or_overflow()?;
        if let Some((approved, settled)) = ends {
            self.held_approved = self.held_approved.checked_sub(approved).or_overflow()?;
            self.held_settled = self.held_settled.checked_sub(settled).or_overflow()?;
            self.held_incidents = self.held_incidents.checked_sub(1).or_overflow()?;
        }
        Ok(())
    }

    /// What an incident opened at `opened_at` shares with others, and what all of them demand, atoms: with those that are
    /// open, and with those for which something was held back since, as if all were settled at once. What was held back
    /// before it was opened comes first.
    pub fn funds_for(&self, opened_at: u64) -> Result<(u64, u64)> {
        if opened_at > self.held_at {
            return Ok((self.capital.saturating_sub(self.held_back), self.lien_total));
        }
        let funds = self.capital.checked_add(self.held_settled).or_overflow()?;
        Ok((funds, self.lien_total.checked_add(self.held_approved).or_overflow()?))
    }

    /// Moves `amount` from the capital to what claims can collect.
    pub fn settle_claims(&mut self, amount: u64) -> Result<()> {
        self.capital = self.capital.checked_sub(amount).or_overflow()?;
        self.owe_claims(amount)
    }

    /// Books a draw of `amount` that is about to leave.
    pub fn draw(&mut self, amount: u64) -> Result<()> {
        self.settle_claims(amount)?;
        self.pay_claim(&Due { claim: amount, bond: 0, first: false })?;
        Ok(())
    }

    /// Lets exits wait for two days from `now`: for reports of what could not be reported before, or for an incident that
    /// prices begin to show. Nobody leaves ahead of a loss that others see coming.
    pub fn hold_exits(&mut self, now: u64) -> Result<()> {
        self.exits_wait_until = self.exits_wait_until.max(now.checked_add(LATE_REPORTS).or_overflow()?);
        Ok(())
    }

    /// Capital that is not set aside for anything, atoms.
    pub fn unencumbered(&self) -> u64 {
        cover::free_capital(self.capital, self.liens())
    }

    /// Books a recovery that has arrived: `to_claims` for what was not paid in full, the rest to the LPs over seven
    /// days.
    pub fn take_recovery(&mut self, received: u64, to_claims: u64) -> Result<()> {
        self.owe_claims(to_claims)?;
        self.stream_income(received.checked_sub(to_claims).or_overflow()?)
    }

    fn owe_claims(&mut self, amount: u64) -> Result<()> {
        self.payable = self.payable.checked_add(amount).or_overflow()?;
        self.claims_settled = self.claims_settled.checked_add(amount).or_overflow()?;
        Ok(())
    }

    /// The reward of the voters of a ballot on something of which the loser posted a bond of `bond` at least. Never
    /// more than a quarter of it: the assessors' fund gets half, so nobody gains by losing a ballot of their own and
    /// voting in both its rounds.
    pub fn reward(&self, bond: u64) -> u64 {
        self.vote_reward.min(bond / 4)
    }

    /// Books what a staker pays for putting a change to a ballot: four times the reward of its voters, at least the least
    /// premium. Returns the bond, which may come back, and the reward, which does not: whoever calls an assembly pays its
    /// first vote, so nobody gains by passing changes of their own, or leaves other ballots without a reward.
    pub fn take_change_bond(&mut self) -> Result<(u64, u64)> {
        let paid = self.vote_reward.saturating_mul(4).max(self.min_premium).min(MAX_FIXED_AMOUNT);
        self.take_bond(paid)?;
        let reward = self.reward(paid);
        self.bond_to_assessors(reward)?;
        Ok((paid.checked_sub(reward).or_overflow()?, self.reserve_reward(reward)?))
    }

    /// Reserves `reward` for the voters of one round, or what the assessors' fund has left.
    pub fn reserve_reward(&mut self, reward: u64) -> Result<u64> {
        let free = self.assessors.checked_sub(self.rewards_reserved).or_overflow()?;
        let reward = reward.min(free);
        self.rewards_reserved = self.rewards_reserved.checked_add(reward).or_overflow()?;
        Ok(reward)
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

    /// Books new shares for `received` atoms and returns their number.
    ///
    /// # Errors
    /// [`BreakwaterError::RestNotSettled`], [`BreakwaterError::ZeroShares`], [`BreakwaterError::TooFewShares`],
    /// [`BreakwaterError::CapitalTooLarge`].
    pub fn mint(&mut self, received: u64, min_shares: u64) -> Result<u64> {
        // Nobody else's loss is paid with a deposit: once nothing is open, what is held back goes first.
        require!(self.held_incidents == 0 || self.open_incidents > 0, BreakwaterError::RestNotSettled);
        let minted = shares::shares_for_deposit(received, self.capital, self.shares).or_overflow()?;
        require!(minted > 0, BreakwaterError::ZeroShares);
        require!(minted >= min_shares, BreakwaterError::TooFewShares);
        self.shares = self.shares.checked_add(minted).or_overflow()?;
        // Every price adds the virtual shares: without room for them nobody could leave any more.
        self.shares.checked_add(shares::VIRTUAL_SHARES).or_overflow()?;
        let capital = self.capital.checked_add(received).or_overflow()?;
        require!(capital <= MAX_CAPITAL, BreakwaterError::CapitalTooLarge);
        self.capital = capital;
        Ok(minted)
    }

    /// Books `shares` on their way out on `day`, the exit delay from now.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongExitDay`], [`BreakwaterError::ExitQueueFull`].
    pub fn request_exit(&mut self, shares: u64, day: u64, now: u64) -> Result<()> {
        let expected = day_of(now).checked_add(u64::from(self.exit_delay_days)).or_overflow()?;
        require!(day == expected, BreakwaterError::WrongExitDay);
        self.exiting_shares = self.exiting_shares.checked_add(shares).or_overflow()?;
        self.queue_exits(day)
    }

    /// Lets an exit epoch wait on `day`.
    fn queue_exits(&mut self, day: u64) -> Result<()> {
        if self.exit_head_day == 0 {
            self.exit_head_day = day;
            self.exit_tail_day = day;
        }
        self.exit_head_day = self.exit_head_day.min(day);
        self.exit_tail_day = self.exit_tail_day.max(day);
        let span = self.exit_tail_day.checked_sub(self.exit_head_day).or_overflow()?;
        require!(span < 512, BreakwaterError::ExitQueueFull);
        let (word, bit) = self.exit_bit(day)?;
        *word |= bit;
        Ok(())
    }

    /// Takes the first waiting day out of the queue and finds the next.
    fn unqueue_exits(&mut self) -> Result<()> {
        let (head, tail) = (self.exit_head_day, self.exit_tail_day);
        let (word, bit) = self.exit_bit(head)?;
        *word &= !bit;
        let first = head.checked_add(1).or_overflow()?;
        self.exit_head_day = 0;
        for day in (first..=tail).take(512) {
            let (word, bit) = self.exit_bit(day)?;
            if *word & bit != 0 {
                self.exit_head_day = day;
                break;
            }
        }
        Ok(())
    }

    fn exit_bit(&mut self, day: u64) -> Result<(&mut u64, u64)> {
        let slot = day_slot(day);
        let word = self.exit_days.get_mut(slot >> 6).ok_or(BreakwaterError::UnknownState)?;
        Ok((word, 1u64.wrapping_shl(u32::try_from(slot & 63).map_err(|_| BreakwaterError::UnknownState)?)))
    }

    /// Burns and pays what can leave of `wanted` shares of the exit epoch of `day`, the first that waits; what is left
    /// waits again tomorrow.
    ///
    /// Active cover stays within the leverage of the capital that remains free.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitNotDue`], [`BreakwaterError::EarlierExitWaits`], [`BreakwaterError::ExitBlocked`],
    /// [`BreakwaterError::NothingToSettle`].
    pub fn settle_exits(&mut self, day: u64, wanted: u64) -> Result<Fill> {
        let today = day_of(self.accrued_at);
        require!(day <= today, BreakwaterError::ExitNotDue);
        require!(day == self.exit_head_day, BreakwaterError::EarlierExitWaits);
        require!(!self.are_exits_blocked(), BreakwaterError::ExitBlocked);
        let fill = exits::fill(wanted, self.payable_exits(), self.capital, self.shares).or_overflow()?;
        require!(fill.burned > 0, BreakwaterError::NothingToSettle);

        self.capital = self.capital.checked_sub(fill.paid).or_overflow()?;
        self.exits_due = self.exits_due.checked_add(fill.paid).or_overflow()?;
        self.shares = self.shares.checked_sub(fill.burned).or_overflow()?;
        self.exiting_shares = self.exiting_shares.checked_sub(fill.burned).or_overflow()?;
        self.unqueue_exits()?;
        if fill.burned < wanted {
            self.queue_exits(today.checked_add(1).or_overflow()?)?;
        }
        Ok(fill)
    }

    /// Whether exits wait for incidents. Whenever those occurred: an epoch that nobody settled in time must not leave ahead
    /// of a loss that is known. And when reports were blocked, not ahead of one that can still come.
    fn are_exits_blocked(&self) -> bool {
        self.open_incidents > 0 || self.held_incidents > 0 || self.accrued_at < self.exits_wait_until
    }

    /// What of the capital can leave, atoms.
    fn payable_exits(&self) -> u64 {
        exits::payable(self.capital, self.liens(), self.active_cover, self.leverage_bps)
    }

    /// Whether everybody has left who asked in time to be gone by `time` and whom no cover keeps.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitsWait`].
    pub fn check_exits_settled(&self, time: u64) -> Result<()> {
        if self.exit_head_day == 0 || self.exit_head_day > day_of(time) {
            return Ok(());
        }
        let next = exits::fill(self.exiting_shares, self.payable_exits(), self.capital, self.shares).or_overflow()?;
        require!(next.burned == 0 && !self.are_exits_blocked(), BreakwaterError::ExitsWait);
        Ok(())
    }

    /// Books the payment of a settled exit that is about to leave.
    pub fn pay_exit(&mut self, amount: u64) -> Result<()> {
        self.exits_due = self.exits_due.checked_sub(amount).or_overflow()?;
        Ok(())
    }

    /// Gives what roundings left of a settled epoch to the LPs, over seven days.
    pub fn absorb_exit_dust(&mut self, dust: u64) -> Result<()> {
        self.pay_exit(dust)?;
        self.stream_income(dust)
    }

    /// Streams what the vault holds beyond the buckets to the LPs over seven days, and returns it.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingToAbsorb`].
    pub fn absorb_surplus(&mut self, vault_balance: u64) -> Result<u64> {
        let surplus = vault_balance.checked_sub(self.owed()?).ok_or(BreakwaterError::VaultShort)?;
        require!(surplus > 0, BreakwaterError::NothingToAbsorb);
        self.stream_income(surplus)?;
        Ok(surplus)
    }

    /// Whether sales and deposits go on at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::Paused`].
    pub fn check_not_paused(&self, now: u64) -> Result<()> {
        require!(now >= self.paused_until, BreakwaterError::Paused);
        Ok(())
    }

    /// Pauses sales and deposits for `seconds` from `now`, or with 0 ends the pause that runs. For as long as the longest
    /// pause after it no other can begin.
    ///
    /// # Errors
    /// [`BreakwaterError::NotPaused`], [`BreakwaterError::PauseTooLong`], [`BreakwaterError::PauseTooSoon`].
    pub fn pause(&mut self, seconds: u64, now: u64) -> Result<()> {
        if seconds == 0 {
            require!(now < self.paused_until, BreakwaterError::NotPaused);
        } else {
            require!(seconds <= MAX_PAUSE, BreakwaterError::PauseTooLong);
            require!(now >= self.next_pause_at, BreakwaterError::PauseTooSoon);
        }
        self.paused_until = now.checked_add(seconds).or_overflow()?;
        self.next_pause_at = self.paused_until.checked_add(PAUSE_GAP).or_overflow()?;
        Ok(())
    }

    /// Makes who was offered the authority the authority.
    pub fn accept_authority(&mut self) {
        self.authority = core::mem::replace(&mut self.pending_authority, NOBODY);
    }

    /// Books all protocol fees, which are about to leave, and returns them.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn pay_fees(&mut self) -> Result<u64> {
        let fees = core::mem::take(&mut self.treasury_due);
        require!(fees > 0, BreakwaterError::NothingDue);
        Ok(fees)
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

    /// Books a payout that is about to leave and returns its sum.
    pub fn pay_claim(&mut self, due: &Due) -> Result<u64> {
        self.payable = self.payable.checked_sub(due.claim).or_overflow()?;
        self.claims_paid = self.claims_paid.checked_add(due.claim).or_overflow()?;
        self.release_bond(due.bond)?;
        due.claim.checked_add(due.bond).or_overflow()
    }

    /// Capital set aside for incidents: B2, never more than there is.
    pub fn liens(&self) -> u64 {
        sum(self.lien_total, self.held_back).unwrap_or(self.capital).min(self.capital)
    }

    /// Capital that carries new cover: what is neither set aside nor on its way out, as far as the price formula is
    /// proven. Without the second part, sales could keep those who want to leave for ever.
    pub fn free_capital(&self) -> Result<u64> {
        let free = self.unencumbered();
        if self.exiting_shares == 0 {
            return Ok(free.min(MAX_CAPITAL));
        }
        let leaving = shares::assets_for_shares_ceil(self.exiting_shares, self.capital, self.shares).or_overflow()?;
        Ok(free.saturating_sub(leaving).min(MAX_CAPITAL))
    }

    /// The active cover of correlation group `group`.
    pub fn group_active_mut(&mut self, group: u8) -> Result<&mut u64> {
        self.group_active.get_mut(usize::from(group)).ok_or(BreakwaterError::BadGroup)
    }

    /// The cap of correlation group `group`, bps of free capital.
    pub fn group_cap_bps(&self, group: u8) -> Result<u16> {
        self.group_caps_bps.get(usize::from(group)).copied().ok_or(BreakwaterError::BadGroup)
    }

    /// The sum of the buckets: what the vault must hold at least.
    pub fn owed(&self) -> Result<u64> {
        [self.unearned, self.payable, self.exits_due, self.bonds, self.assessors, self.treasury_due]
            .into_iter()
            .try_fold(self.capital, sum)
            .or_overflow()
    }

    /// B1, the invariant of the books that needs more than the pool's own account.
    ///
    /// Called at the end of every instruction that moves anything, with the vault's balance after its last transfer.
    ///
    /// # Errors
    /// [`BreakwaterError::VaultShort`] when the vault holds less than the buckets say.
    pub fn check_books(&self, vault_balance: u64) -> Result<()> {
        require!(vault_balance >= self.owed()?, BreakwaterError::VaultShort);
        Ok(())
    }

    /// The buckets, for an event.
    pub fn books(&self) -> Books {
        Books {
            capital: self.capital,
            unearned: self.unearned,
            payable: self.payable,
            exits_due: self.exits_due,
            bonds: self.bonds,
            assessors: self.assessors,
            treasury_due: self.treasury_due,
        }
    }

    fn flow(&self) -> Flow {
        Flow { accrued_at: self.accrued_at, rate: self.rate, fraction: self.rate_fraction, active: self.active_cover }
    }

    fn set_flow(&mut self, flow: Flow) {
        self.accrued_at = flow.accrued_at;
        self.rate = flow.rate;
        self.rate_fraction = flow.fraction;
        self.active_cover = flow.active;
    }
}

/// The slot of a day in an array of 512.
fn day_slot(day: u64) -> usize {
    usize::try_from(day & 511).unwrap_or(0)
}

const _: () = assert!(GROUPS == 16, "group arrays are laid out for 16");
