use super::Due;
use crate::{
    constants::*,
    error::{BreakwaterError, OrOverflow},
};
use anchor_lang::{bytemuck, prelude::*};
use coverage_math::{
    MAX_CAPITAL,
    cover::{self, PremiumSplit},
    stream::Flow,
};

/// A pool: its people, its limits, its books and its rings.
#[account]
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
    /// Who may pause sales and deposits.
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

    /// Least premium of a sale, atoms.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from `assessors`, atoms.
    pub vote_reward: u64,
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
    /// Zero.
    pub reserved_params: [u8; 2],
    /// Most active cover of each correlation group, bps of free capital.
    pub group_caps_bps: [u16; 16],
    /// Zero.
    pub reserved: [u8; 128],

    /// Ring: rates that end on a day, atoms × 2^26 per second; slot day % 512.
    pub rate_ring: [u64; 512],
    /// Ring: cover released on a day, atoms; slot day % 512.
    pub cover_ring: [u64; 512],
}

/// The seven buckets after an instruction, for events.
#[derive(Clone, Copy, IdlType, bytemuck::Pod, bytemuck::Zeroable)]
#[bytemuck(crate = "anchor_lang::bytemuck")]
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
        if earned != 0 {
            self.unearned = self.unearned.checked_sub(earned).or_overflow()?;
            self.capital = self.capital.checked_add(earned).or_overflow()?;
            self.income_earned = self.income_earned.checked_add(earned).or_overflow()?;
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
    /// `end_day`. Returns the stream's rate. The commission never enters the vault.
    pub fn take_premium(&mut self, premium: u64, split: &PremiumSplit, end_day: u64) -> Result<u64> {
        let add = |bucket: &mut u64, amount: u64| -> Result<()> {
            *bucket = bucket.checked_add(amount).or_overflow()?;
            Ok(())
        };
        add(&mut self.premiums_paid, premium)?;
        add(&mut self.commissions_paid, split.commission)?;
        add(&mut self.protocol_fees, split.protocol_fee)?;
        add(&mut self.treasury_due, split.protocol_fee)?;
        add(&mut self.assessor_fees, split.assessor_fee)?;
        add(&mut self.assessors, split.assessor_fee)?;
        add(&mut self.unearned, split.unearned)?;
        self.stream(split.unearned, end_day)
    }

    /// Takes in `amount` that no premium paid for: it reaches the LPs over seven days, so nobody can enter before it
    /// and leave after (B7).
    pub fn stream_income(&mut self, amount: u64) -> Result<()> {
        self.unearned = self.unearned.checked_add(amount).or_overflow()?;
        self.other_income = self.other_income.checked_add(amount).or_overflow()?;
        self.stream(amount, cover::income_end_day(self.accrued_at).or_overflow()?)?;
        Ok(())
    }

    /// Sets capital aside for an incident over `active_cover`: that much, or all there is.
    pub fn place_lien(&mut self, active_cover: u64) -> Result<u64> {
        let lien = active_cover.min(self.capital);
        self.lien_total = self.lien_total.checked_add(lien).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_add(1).or_overflow()?;
        Ok(lien)
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

    /// Capital set aside for open incidents: B2, never more than there is.
    pub fn liens(&self) -> u64 {
        self.lien_total.min(self.capital)
    }

    /// Capital that carries new cover: what is not set aside, as far as the price formula is proven.
    pub fn free_capital(&self) -> u64 {
        cover::free_capital(self.capital, self.liens()).min(MAX_CAPITAL)
    }

    /// The active cover of correlation group `group`.
    pub fn group_active_mut(&mut self, group: u8) -> Result<&mut u64> {
        self.group_active.get_mut(usize::from(group)).ok_or(BreakwaterError::BadGroup.into())
    }

    /// The cap of correlation group `group`, bps of free capital.
    pub fn group_cap_bps(&self, group: u8) -> Result<u16> {
        self.group_caps_bps.get(usize::from(group)).copied().ok_or(BreakwaterError::BadGroup.into())
    }

    /// The sum of the buckets: what the vault must hold at least.
    pub fn owed(&self) -> Result<u64> {
        [self.unearned, self.payable, self.exits_due, self.bonds, self.assessors, self.treasury_due]
            .into_iter()
            .try_fold(self.capital, u64::checked_add)
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

    /// The bounds of the parameters.
    pub fn check_params(&self) -> Result<()> {
        require!(self.leverage_bps > 0 && self.leverage_bps <= MAX_LEVERAGE_BPS, BreakwaterError::BadLeverage);
        require!(
            self.protocol_fee_bps <= MAX_PROTOCOL_FEE_BPS && self.assessor_fee_bps <= MAX_ASSESSOR_FEE_BPS,
            BreakwaterError::FeeTooHigh
        );
        require!(EXIT_DELAY_DAYS.contains(&self.exit_delay_days), BreakwaterError::BadExitDelay);
        let exit_delay = u64::from(self.exit_delay_days).checked_mul(DAY).or_overflow()?;
        let least = exit_delay.checked_add(TIMELOCK_MARGIN).or_overflow()?;
        require!(self.timelock >= least && self.timelock <= MAX_TIMELOCK, BreakwaterError::BadTimelock);
        require!(self.group_caps_bps.iter().all(|cap| *cap <= self.leverage_bps), BreakwaterError::BadGroupCap);
        require!(self.min_premium > 0 && self.min_premium <= MAX_FIXED_AMOUNT, BreakwaterError::BadMinPremium);
        Ok(())
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

const _: () = assert!(GROUPS == 16, "group arrays are laid out for 16");
