mod books;
mod exits;
mod liens;
mod rewards;
mod season;

pub use {exits::RetiredKeys, season::Season};

use crate::{Assembly, StoredIndex, Wide, prelude::*};
use coverage_math::seconds_of;

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
    /// Who may pause sales and deposits; zero for nobody.
    pub guardian: Address,
    /// Who decides what too few vote on, never against them; zero for nobody.
    pub arbiter: Address,
    /// Whose token account receives the protocol fees.
    pub treasury: Address,
    /// The assembly whose ballots decide here.
    pub assembly: Address,
    /// Mint of the asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Token account that holds everything.
    pub vault: Address,
    /// Mint of the LP shares.
    pub share_mint: Address,
    /// Token program of the shares.
    pub share_token_program: Address,
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
    /// Bucket: paid exits not yet collected, atoms.
    pub exits_due: u64,
    /// Bucket: what those who left still have in open incidents, atoms.
    pub contested: u64,
    /// Bucket: bonds of incidents, claims, disputes and appeals, atoms.
    pub bonds: u64,
    /// Bucket: reward fund of the voters, atoms.
    pub assessors: u64,
    /// Bucket: protocol fees not yet collected, atoms.
    pub treasury_due: u64,

    /// Set aside for open incidents, per unit of `index`, × 2^127: the sum over the products.
    pub liens: Wide,
    /// What is left of everything since nobody had left: falls with every exit that is paid while incidents are open.
    pub index: StoredIndex,
    /// Cover of products with open incidents, atoms; it is in neither `active_cover` nor `group_active`.
    pub liened_cover: u64,
    /// Day to which the ring of filing ends is emptied, days since the epoch.
    pub filing_day: u64,
    /// What settled incidents did not get because of others' liens, atoms: theirs as far as those leave it.
    pub held_back: u64,
    /// Settled incidents for which something is held back.
    pub held_incidents: u64,
    /// What stands of their claims, atoms.
    pub held_approved: u64,
    /// What they got of the capital, atoms.
    pub held_settled: u64,
    /// Incidents that were opened before something was last held back: later ones come after it.
    pub held_before: u64,
    /// Until when exits wait for an incident that prices begin to show, unix seconds.
    pub exits_wait_until: u64,
    /// Before when they do not wait again, unix seconds.
    pub next_wait_at: u64,
    /// Until when everything is earned, unix seconds.
    pub accrued_at: u64,
    /// Sum of the running streams' rates, atoms × 2^26 per second.
    pub rate: u64,
    /// Earned but less than an atom, × 2^26.
    pub rate_fraction: u64,
    /// Cover not yet released of products without an open incident, atoms: sums insured of policies whose end + grace lies
    /// ahead.
    pub active_cover: u64,
    /// The same for each correlation group; too high until the group's products are rolled.
    pub group_active: [u64; 16],
    /// `liened_cover` of each correlation group, atoms.
    pub group_liened: [u64; 16],

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
    /// Counter: changes queued.
    pub queued_count: u64,
    /// Numbers of the queued changes that last set its parameters; 0 when none has. Slot: the kind, of a group's cap 16 and the
    /// group.
    pub set_by: [u64; 32],

    /// Shares that were minted and not burned by exits, atoms: what prices are computed with. An LP who burns shares of
    /// their own gives them up without moving the price.
    pub shares: u64,
    /// Of them on their way out, atoms.
    pub exiting_shares: u64,
    /// Number of the first exit epoch that is not paid in full; `exit_count` when none waits.
    pub exit_head: u64,
    /// Exit epochs so far: the number of the next.
    pub exit_count: u64,
    /// Day of the last one, days since the epoch.
    pub exit_tail_day: u64,
    /// Since when the first exit epoch can be paid, unless its day comes later, unix seconds: when cover last kept exits in, or
    /// since when an earlier epoch that was paid in full could be.
    pub exit_seen_at: u64,
    /// When somebody called the first epoch, unix seconds; 0 when nobody did.
    pub exit_called_at: u64,
    /// When the pool was announced open, unix seconds; 0 before.
    pub opened_at: u64,
    /// From when cover is sold, unix seconds.
    pub sells_from: u64,
    /// Terms number: rises with every listing before the opening, and with every change that is queued or applied.
    pub terms: u64,

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

    /// Incidents that are not closed.
    pub open_incidents: u32,
    /// Products with an open incident, and open bookings: of each, for a product of the last report, those who leave bear a part.
    pub current_incidents: u32,
    /// Of those, reported since an exit was last paid.
    pub fresh_incidents: u32,
    /// Closed incidents of which something is to be released to those who left.
    pub contested_incidents: u32,
    /// Incidents whose filing is over and of which nobody has freed what was not claimed.
    pub filings_due: u32,
    /// How often the shares were renewed after the pool was wiped out; a seed of the share mint and the exit escrow.
    pub generation: u32,
    /// Products listed so far.
    pub product_count: u16,
    /// How long an exit waits at least, days.
    pub exit_delay_days: u16,
    /// Over how many days the least capital counts: a season.
    pub season_days: u16,
    /// Most active cover, bps of free capital that stayed for a season.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back.
    pub cancel_fee_bps: u16,
    /// The leverage under which cover was last sold, bps: exits may go by it.
    pub sold_leverage_bps: u16,
    /// Most active cover of each correlation group, bps of free capital.
    pub group_caps_bps: [u16; 16],
    /// Ring: incidents whose filing is over with the first second of a day; slot day % 64.
    pub filing_ring: [u16; 64],
    /// Counter: incidents opened.
    pub incidents_opened: u64,
    /// Incidents that were open when something was last held back, and are: what is held back waits for them only.
    pub held_for: u32,
    /// Accounts that are open and need this one: products, changes, exit epochs, retired shares and ballots.
    pub children: u32,
    /// Of `liens`, what comes before draws: that of products with an accepted incident, and of bookings, challenged or not.
    pub accepted_liens: Wide,
    /// Capital at the last midnight: before the first instruction of the day, atoms.
    pub day_capital: u64,
    /// Rate of the stream of what is no premium: lost bonds, recoveries, surpluses, roundings; atoms × 2^26 per second.
    pub income_rate: u64,
    /// Day on which that stream ends, days since the epoch.
    pub income_end_day: u64,
    /// What the reward fund keeps at most beside what is reserved, atoms: the rest goes to the LPs.
    pub assessors_limit: u64,
    /// Shares that stayed for all of the season to now, atoms: the least, without those on their way out.
    pub seasoned_shares: u64,
    /// Ring: the least shares of a day that are not on their way out, atoms; slot day % 32.
    pub season_ring: [u64; 32],
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Exits that were asked for until then are awaited by a queued change that may raise what LPs risk, unix seconds; 0 while there is
    /// none.
    pub exits_awaited_until: u64,
    /// Paid of open bookings, and on account of open incidents, per unit as `liens`: shares are of what there was before.
    pub early_paid: Wide,
    /// Of `liens`, what accepted incidents are sure to get: it comes before all others.
    pub sure_liens: Wide,
    /// When the last of `rivals`, or of what is held back, ended, unix seconds.
    pub rivals_ended_at: u64,
    /// Accepted incidents that are not settled, and challenged bookings: while there are any, no other booking ends for less than
    /// was booked.
    pub rivals: u32,
    /// Queued changes that may raise what LPs risk: those that were neither applied nor taken back, nor closed.
    pub awaiting_changes: u32,
    /// How many changes had been queued when the authority was last handed over: of the authority's own among them none applies.
    pub handed_over: u64,
    /// Deposited, or freed by ended claims, in the day to which the books have been accrued and in the day before, atoms: no room for exits yet.
    pub deposited: [u64; 2],
    /// Of claims that were settled on account, what waits for the settlement of their incidents, atoms: it is asked for like cover.
    pub unsettled: u64,
    /// Claims that are settled and have not ended, atoms: until they do, deposits pay for the most premium that may join the income.
    pub settled: u64,
    /// Counter: how often the court, the arbiter or the fee of a cancellation changed. Buyers state it, with the terms of their product.
    pub sale_terms: u64,

    /// Stake of the court, old enough to count, below which nothing is sold, atoms; a product that covers something keeps its own.
    pub stake_floor: u64,
    /// Most active cover, that of products with open incidents included, for each 10^9 atoms of that stake, atoms of the asset; 0 for no limit.
    pub cover_per_stake: u64,
    /// Numbers of the queued changes that last set these two; 0 when none has.
    pub court_set_by: [u64; 2],

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
    /// Who decides what too few vote on, never against them; zero for nobody.
    pub arbiter: Address,
    /// Whose token account receives the protocol fees, not zero.
    pub treasury: Address,
    /// Least premium of a sale, atoms, 1 to 2^56.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from the assessors' bucket, atoms, at most 2^56.
    pub vote_reward: u64,
    /// What the assessors' bucket keeps at most beside reserved rewards, atoms: the rest goes to the LPs.
    pub assessors_limit: u64,
    /// How long a change waits, seconds: at least the exit delay and two days, at most 92 days.
    pub timelock: u64,
    /// Stake of the court, old enough to count, below which nothing is sold and cancelling costs nothing, atoms; 0 for none: then an atom can decide.
    pub stake_floor: u64,
    /// Most active cover for each 10^9 atoms of that stake, atoms of the asset; 0 for no limit.
    pub cover_per_stake: u64,
    /// How long an exit waits at least, days, 1 to 90.
    pub exit_delay_days: u16,
    /// Over how many days the least capital counts, 1 to 30.
    pub season_days: u16,
    /// Most active cover, bps of free capital, 10,000 to 50,000.
    pub leverage_bps: u16,
    /// Part of a premium that goes to the treasury, bps, at most 2,000.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps, at most 1,000.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back, at most 2,000.
    pub cancel_fee_bps: u16,
    /// Most active cover of each correlation group, bps of free capital, at most 50,000.
    pub group_caps_bps: [u16; 16],
}

/// What a depositor has seen of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct Seen {
    /// The pool's terms number.
    pub terms: u64,
    /// The most that may be paid for incidents, what exceeds the capital included, atoms: a deposit bears its part of it.
    pub max_liens: u64,
}

/// The eight buckets after an instruction, for events.
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
    /// Paid exits not yet collected, atoms.
    pub exits_due: u64,
    /// What those who left still have in open incidents, atoms.
    pub contested: u64,
    /// Bonds, atoms.
    pub bonds: u64,
    /// Reward fund of the voters, atoms.
    pub assessors: u64,
    /// Protocol fees not yet collected, atoms.
    pub treasury_due: u64,
}

/// Where a new pool is, and what it is of.
pub struct PoolKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// Bump of its vault.
    pub vault_bump: u8,
    /// Bump of its share mint.
    pub share_mint_bump: u8,
    /// Bump of its exit escrow.
    pub exit_escrow_bump: u8,
    /// Decimals of the asset.
    pub decimals: u8,
    /// Who creates it.
    pub creator: &'a Address,
    /// Number given by the creator.
    pub id: u64,
    /// The assembly whose ballots decide in it.
    pub assembly: &'a Address,
    /// Mint of the asset.
    pub asset_mint: &'a Address,
    /// Token program of the asset.
    pub token_program: &'a Address,
    /// Token program of the shares.
    pub share_token_program: &'a Address,
    /// Its vault.
    pub vault: &'a Address,
    /// Its share mint.
    pub share_mint: &'a Address,
    /// Its exit escrow.
    pub exit_escrow: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Pool {
    /// Makes a new account a pool under `assembly` at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::UnsupportedDecimals`]; as [`Pool::check_params`].
    pub fn create(&mut self, keys: &PoolKeys, assembly: &mut Assembly, params: &PoolParams, now: u64) -> Result<()> {
        require!(keys.decimals <= MAX_ASSET_DECIMALS, BreakwaterError::UnsupportedDecimals);
        self.version = VERSION;
        self.bump = keys.bump;
        self.vault_bump = keys.vault_bump;
        self.share_mint_bump = keys.share_mint_bump;
        self.exit_escrow_bump = keys.exit_escrow_bump;
        self.decimals = keys.decimals;
        self.creator = *keys.creator;
        self.authority = params.authority;
        self.guardian = params.guardian;
        self.arbiter = params.arbiter;
        self.treasury = params.treasury;
        self.assembly = *keys.assembly;
        self.asset_mint = *keys.asset_mint;
        self.token_program = *keys.token_program;
        self.vault = *keys.vault;
        self.share_mint = *keys.share_mint;
        self.share_token_program = *keys.share_token_program;
        self.exit_escrow = *keys.exit_escrow;
        self.rent_payer = *keys.rent_payer;
        self.id = keys.id;
        self.accrued_at = now;
        self.index = StoredIndex::START;
        self.min_premium = params.min_premium;
        self.vote_reward = params.vote_reward;
        self.assessors_limit = params.assessors_limit;
        self.timelock = params.timelock;
        self.stake_floor = params.stake_floor;
        self.cover_per_stake = params.cover_per_stake;
        self.exit_delay_days = params.exit_delay_days;
        self.season_days = params.season_days;
        self.leverage_bps = params.leverage_bps;
        self.protocol_fee_bps = params.protocol_fee_bps;
        self.assessor_fee_bps = params.assessor_fee_bps;
        self.cancel_fee_bps = params.cancel_fee_bps;
        self.group_caps_bps = params.group_caps_bps;
        assembly.pools = assembly.pools.checked_add(1).or_overflow()?;
        self.check_params()
    }

    /// Counts an account that needs this one for as long as it is open.
    pub(crate) fn add_child(&mut self) -> Result<()> {
        self.children = self.children.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Whether `signer` may close it: its authority, or the one who paid its rent.
    #[must_use]
    pub fn may_be_closed_by(&self, signer: &Address) -> bool {
        address_eq(signer, &self.authority) || address_eq(signer, &self.rent_payer)
    }

    /// Counts such an account as closed.
    pub fn drop_child(&mut self) -> Result<()> {
        self.children = self.children.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Leaves its assembly, `assembly`, to be closed: nobody holds shares of it, of which `share_supply` atoms exist, no other
    /// account needs it, and nobody is owed anything by it. What the vault holds even so is nobody's: roundings, income that
    /// came after the last LP, the fund of assessors that nothing calls any more.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolInUse`].
    pub fn leave(&self, assembly: &mut Assembly, share_supply: u64) -> Result<()> {
        let owes_nothing = [self.payable, self.exits_due, self.contested, self.bonds].iter().all(|bucket| *bucket == 0);
        require!(share_supply == 0 && self.children == 0 && owes_nothing, BreakwaterError::PoolInUse);
        assembly.pools = assembly.pools.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Announces the pool open at `now`: listing is frozen, LPs may leave at once for seven days, and cover is sold from the
    /// day on that begins after the longest of a season, the exit delay and two days, and these seven days. Only once.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolIsOpen`].
    pub fn open(&mut self, now: u64) -> Result<()> {
        require!(self.opened_at == 0, BreakwaterError::PoolIsOpen);
        let exit_delay = seconds_of(self.exit_delay_days).checked_add(TIMELOCK_MARGIN).or_overflow()?;
        let wait = seconds_of(self.season_days).max(exit_delay).max(OPENING_EXITS);
        self.opened_at = now;
        // The day after: by then all that was there at the opening counts, and what came in that day.
        let day = coverage_math::day_of(now.checked_add(wait).or_overflow()?);
        self.sells_from = day.checked_add(1).and_then(coverage_math::start_of).or_overflow()?;
        Ok(())
    }

    /// Whether cover is sold at `now`, as far as the opening goes.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolNotOpen`].
    pub fn check_selling(&self, now: u64) -> Result<()> {
        require!(self.opened_at != 0 && now >= self.sells_from, BreakwaterError::PoolNotOpen);
        Ok(())
    }

    /// Counts new terms: depositors who have not seen them are refused.
    pub fn renew_terms(&mut self) -> Result<()> {
        self.terms = self.terms.checked_add(1).or_overflow()?;
        Ok(())
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

    /// The active cover of correlation group `group`.
    pub fn group_active_mut(&mut self, group: u8) -> Result<&mut u64> {
        self.group_active.get_mut(usize::from(group)).ok_or(BreakwaterError::BadGroup)
    }

    fn group_liened_mut(&mut self, group: u8) -> Result<&mut u64> {
        self.group_liened.get_mut(usize::from(group)).ok_or(BreakwaterError::BadGroup)
    }

    /// The cap of correlation group `group`, bps of free capital.
    pub fn group_cap_bps(&self, group: u8) -> Result<u16> {
        self.group_caps_bps.get(usize::from(group)).copied().ok_or(BreakwaterError::BadGroup)
    }
}

const _: () = assert!(GROUPS == 16, "group arrays are laid out for 16");
