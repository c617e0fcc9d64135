//! What a change can change: one thing each, the one check of its bounds, and whether it raises what LPs risk.

use crate::{Pool, Product, ProductStatus, prelude::*, set_text};
use coverage_math::{curve::Curve, seconds_of};

/// The price curve of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct PriceCurve {
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm, not below the first.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm, not below the second, at most 1,000,000.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
}

impl PriceCurve {
    /// The bounds.
    ///
    /// # Errors
    /// [`BreakwaterError::BadCurve`].
    pub fn check(&self) -> Result<()> {
        require!(self.curve().is_valid(), BreakwaterError::BadCurve);
        Ok(())
    }

    fn curve(&self) -> Curve {
        let Self { r0_ppm, r1_ppm, r2_ppm, kink_bps } = *self;
        Curve { r0_ppm, r1_ppm, r2_ppm, kink_bps }
    }
}

/// Whether an address is one.
///
/// # Errors
/// [`BreakwaterError::ZeroAddress`].
fn check_address(address: &Address) -> Result<()> {
    require!(!address_eq(address, &NOBODY), BreakwaterError::ZeroAddress);
    Ok(())
}

/// What wallets show of a pool's shares: texts in UTF-8, zero-filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct ShareWords {
    /// Name, not empty.
    pub name: [u8; 32],
    /// Symbol, not empty.
    pub symbol: [u8; 10],
    /// Link to a page or a JSON file about the pool; may be empty.
    pub uri: [u8; 128],
}

impl ShareWords {
    /// No words.
    pub const NONE: Self = Self { name: [0; 32], symbol: [0; 10], uri: [0; 128] };

    /// These words.
    ///
    /// # Errors
    /// [`BreakwaterError::TextTooLong`].
    pub fn new(name: &str, symbol: &str, uri: &str) -> Result<Self> {
        let mut words = Self::NONE;
        set_text(&mut words.name, name)?;
        set_text(&mut words.symbol, symbol)?;
        set_text(&mut words.uri, uri)?;
        Ok(words)
    }

    /// Name, symbol and link.
    ///
    /// # Errors
    /// [`BreakwaterError::BadShareWords`] when name or symbol are empty, or one of them is no UTF-8 text.
    pub fn texts(&self) -> Result<(&str, &str, &str)> {
        let (name, symbol, uri) = (text_of(&self.name)?, text_of(&self.symbol)?, text_of(&self.uri)?);
        require!(!name.is_empty() && !symbol.is_empty(), BreakwaterError::BadShareWords);
        Ok((name, symbol, uri))
    }

    fn check(&self) -> Result<()> {
        self.texts().map(|_| ())
    }
}

/// The text in a zero-filled field.
fn text_of(field: &[u8]) -> Result<&str> {
    let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
    core::str::from_utf8(text).map_err(|_| BreakwaterError::BadShareWords)
}

stored_enum! {
    /// What a proposal would change: its first byte.
    pub enum ProposalKind {
        /// The least premium of a sale.
        MinPremium = 0 "the least premium",
        /// The reward of a ballot's voters.
        VoteReward = 1 "the voters' reward",
        /// What the fund of the assessors keeps at most.
        AssessorsLimit = 2 "the limit of the assessors' fund",
        /// How long a change waits.
        Timelock = 3 "the timelock",
        /// How long an exit waits at least.
        ExitDelay = 4 "the exit delay",
        /// Over how many days the least capital counts.
        Season = 5 "the season",
        /// The leverage.
        Leverage = 6 "the leverage",
        /// The fee that goes to the treasury.
        ProtocolFee = 7 "the protocol fee",
        /// The fee that goes to the assessors.
        AssessorFee = 8 "the assessors' fee",
        /// The fee of a cancellation.
        CancelFee = 9 "the cancellation fee",
        /// Who gets the authority over the pool: they apply it themselves.
        Authority = 10 "the authority over the pool",
        /// The guardian of the pool.
        Guardian = 11 "the guardian of the pool",
        /// The arbiter of the ballots to come on incidents and claims.
        Arbiter = 12 "the arbiter of the pool",
        /// The treasury of the pool.
        Treasury = 13 "the treasury of the pool",
        /// The assembly whose ballots decide.
        Court = 14 "the assembly of the pool",
        /// What wallets show of the pool's shares.
        Shares = 15 "what wallets show of the shares",
        /// The cap of a correlation group.
        GroupCap = 16 "the cap of a group",
        /// The product goes on sale.
        List = 17 "a product goes on sale",
        /// The product goes off sale.
        Delist = 18 "a product goes off sale",
        /// The weight of the product.
        Weight = 19 "the weight of a product",
        /// The price curve of the product.
        Curve = 20 "the price curve of a product",
        /// The bonds of the product's incidents and claims.
        Bonds = 21 "the bonds of a product",
        /// The stake of the court below which nothing is sold.
        StakeFloor = 22 "the floor of the court's stake",
        /// How much cover each atom of the court's stake carries.
        CoverPerStake = 23 "the cover for each atom of the court's stake",
    }
}

stored_enum! {
    /// Which changes of a kind can raise what LPs risk, or lower what they get. Those wait until everybody who asked in time has
    /// left; all others for the timelock alone.
    pub enum Risk {
        /// None.
        Never = 0 "never",
        /// All.
        Always = 1 "always",
        /// Those to a higher value.
        Rise = 2 "when it rises",
        /// Those to a lower value.
        Fall = 3 "when it falls",
        /// Those that make a sale cheaper at any utilisation.
        Cheaper = 4 "when it is anywhere cheaper",
    }
}

impl ProposalKind {
    /// Which changes of this kind can raise what LPs risk, or lower what they get: the one table of it.
    #[must_use]
    pub const fn risk(self) -> Risk {
        match self {
            Self::GroupCap | Self::Weight | Self::CoverPerStake => Risk::Rise,
            Self::MinPremium | Self::Timelock | Self::Season => Risk::Fall,
            Self::Curve => Risk::Cheaper,
            // A longer delay keeps LPs in, a shorter one lets others out before them. Fees and rewards are what LPs do not get,
            // and what a court is worth. While other bonds or another floor wait, who covers may cancel without a fee.
            Self::ExitDelay
            | Self::VoteReward
            | Self::AssessorsLimit
            | Self::Bonds
            | Self::ProtocolFee
            | Self::AssessorFee
            | Self::CancelFee
            | Self::Arbiter
            | Self::Court
            | Self::StakeFloor
            | Self::List => Risk::Always,
            // Who has the authority or is guardian can take nothing: what they do waits, or is a pause.
            // The leverage only falls.
            Self::Authority | Self::Guardian | Self::Treasury | Self::Shares | Self::Delist | Self::Leverage => {
                Risk::Never
            }
        }
    }

    /// What holds now where a proposal of this kind would set something else: of `group`, where it is about one. A kind that is about a product needs the product, and only such a kind.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`]; [`BreakwaterError::BadGroup`]; [`BreakwaterError::UnknownState`].
    #[inline(always)] // so that no proposal, which is large, is moved
    pub fn current(self, pool: &Pool, product: Option<&Product>, group: u8) -> Result<Proposal> {
        Ok(match (self, product) {
            (Self::MinPremium, None) => Proposal::MinPremium { min_premium: pool.min_premium },
            (Self::VoteReward, None) => Proposal::VoteReward { vote_reward: pool.vote_reward },
            (Self::AssessorsLimit, None) => Proposal::AssessorsLimit { assessors_limit: pool.assessors_limit },
            (Self::Timelock, None) => Proposal::Timelock { timelock: pool.timelock },
            (Self::ExitDelay, None) => Proposal::ExitDelay { exit_delay_days: pool.exit_delay_days },
            (Self::Season, None) => Proposal::Season { season_days: pool.season_days },
            (Self::Leverage, None) => Proposal::Leverage { leverage_bps: pool.leverage_bps },
            (Self::ProtocolFee, None) => Proposal::ProtocolFee { protocol_fee_bps: pool.protocol_fee_bps },
            (Self::AssessorFee, None) => Proposal::AssessorFee { assessor_fee_bps: pool.assessor_fee_bps },
            (Self::CancelFee, None) => Proposal::CancelFee { cancel_fee_bps: pool.cancel_fee_bps },
            (Self::Authority, None) => Proposal::Authority { authority: pool.authority },
            (Self::Guardian, None) => Proposal::Guardian { guardian: pool.guardian },
            (Self::Arbiter, None) => Proposal::Arbiter { arbiter: pool.arbiter },
            (Self::Treasury, None) => Proposal::Treasury { treasury: pool.treasury },
            (Self::Court, None) => Proposal::Court { assembly: pool.assembly },
            (Self::StakeFloor, None) => Proposal::StakeFloor { stake_floor: pool.stake_floor },
            (Self::CoverPerStake, None) => Proposal::CoverPerStake { cover_per_stake: pool.cover_per_stake },
            // The words are in the mint.
            (Self::Shares, None) => Proposal::Shares(ShareWords::NONE),
            (Self::GroupCap, None) => Proposal::GroupCap { group, cap_bps: pool.group_cap_bps(group)? },
            (Self::List | Self::Delist, Some(product)) => product.on_sale()?,
            (Self::Weight, Some(product)) => Proposal::Weight { weight_bps: product.weight_bps },
            (Self::Curve, Some(product)) => Proposal::Curve(product.price_curve()),
            (Self::Bonds, Some(product)) => product.next_bonds(),
            _ => return Err(BreakwaterError::ChangeProduct),
        })
    }
}

/// What is to be changed, and its new value: one thing. Kinds keep their numbers: see [`ProposalKind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub enum Proposal {
    /// The least premium of a sale.
    MinPremium {
        /// Atoms, 1 to 2^56.
        min_premium: u64,
    },
    /// The reward of a ballot's voters.
    VoteReward {
        /// From the assessors' bucket, atoms, at most 2^56: never more than a quarter of what the loser has posted.
        vote_reward: u64,
    },
    /// What the fund of the assessors keeps at most.
    AssessorsLimit {
        /// Beside reserved rewards, atoms: the rest goes to the LPs.
        assessors_limit: u64,
    },
    /// How long a change waits.
    Timelock {
        /// Seconds: at least the exit delay and two days, at most 92 days.
        timelock: u64,
    },
    /// How long an exit waits at least.
    ExitDelay {
        /// Days, 1 to 90.
        exit_delay_days: u16,
    },
    /// Over how many days the least capital counts.
    Season {
        /// Days, 1 to 30.
        season_days: u16,
    },
    /// Most active cover.
    Leverage {
        /// Bps of free capital, from 10,000 to what it is: it only falls.
        leverage_bps: u16,
    },
    /// Part of a premium that goes to the treasury.
    ProtocolFee {
        /// Bps, at most 2,000.
        protocol_fee_bps: u16,
    },
    /// Part of a premium that goes to the assessors.
    AssessorFee {
        /// Bps, at most 1,000.
        assessor_fee_bps: u16,
    },
    /// What a cancellation costs.
    CancelFee {
        /// Bps of the unearned premium it gives back, at most 2,000.
        cancel_fee_bps: u16,
    },
    /// Who gets the authority over the pool.
    Authority {
        /// The address, not zero.
        authority: Address,
    },
    /// The guardian of the pool.
    Guardian {
        /// The address; zero for nobody.
        guardian: Address,
    },
    /// The arbiter of the ballots to come on incidents and claims.
    Arbiter {
        /// The address; zero for nobody.
        arbiter: Address,
    },
    /// The treasury of the pool.
    Treasury {
        /// The address, not zero.
        treasury: Address,
    },
    /// The assembly whose ballots decide: on a product that covers something, once it covers nothing any more, or too few of
    /// its own have voted twice.
    Court {
        /// An assembly.
        assembly: Address,
    },
    /// What wallets show of the pool's shares.
    Shares(ShareWords),
    /// Most active cover of a correlation group.
    GroupCap {
        /// The group, 0 to 15.
        group: u8,
        /// Bps of free capital, at most 50,000; the leverage is a limit beside it.
        cap_bps: u16,
    },
    /// The product goes on sale.
    List,
    /// The product goes off sale.
    Delist,
    /// The weight of the product.
    Weight {
        /// Capacity, bps of the pool's free capital, 1 to 10,000.
        weight_bps: u16,
    },
    /// The price curve of the product.
    Curve(PriceCurve),
    /// The bonds of the product's incidents and claims, once it covers nothing.
    Bonds {
        /// Bond of an incident, atoms, not zero, at most a hundredth of the largest sum insured and 2^56.
        incident_bond: u64,
        /// Bond of a claim, bps of the amount claimed, 1 to 2,000.
        claim_bond_bps: u16,
    },
    /// The stake of the court below which nothing is sold, and cancelling costs nothing: of a product that covers something, once it covers
    /// nothing.
    StakeFloor {
        /// Atoms of the staked token that are old enough to count; 0 for none.
        stake_floor: u64,
    },
    /// How much cover each atom of the court's stake carries.
    CoverPerStake {
        /// Most active cover for each 10^9 atoms of stake, atoms of the asset; 0 for no limit.
        cover_per_stake: u64,
    },
}

/// A field that changes set, as the account that has it numbers it.
#[derive(PartialEq, Eq)]
enum Slot {
    Pool(usize),
    Court(usize),
    Product(usize),
}

impl Proposal {
    /// The proposal as it is stored: in Borsh, zero-filled.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`] when it does not fit.
    pub fn to_bytes(&self) -> Result<[u8; PROPOSAL_BYTES]> {
        let mut bytes = [0; PROPOSAL_BYTES];
        borsh_codec::write(self, &mut bytes).ok_or(BreakwaterError::UnknownState)?;
        Ok(bytes)
    }

    /// The beginning of it, as events tell it: of what wallets show of shares nothing.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn to_brief(&self) -> Result<[u8; BRIEF_BYTES]> {
        let mut bytes = [0; BRIEF_BYTES];
        if let Self::Shares(_) = self {
            bytes[0] = ProposalKind::Shares.byte();
        } else {
            borsh_codec::write(self, &mut bytes).ok_or(BreakwaterError::UnknownState)?;
        }
        Ok(bytes)
    }

    /// What an event tells of a proposal.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn from_brief(brief: &[u8; BRIEF_BYTES]) -> Result<Self> {
        let mut bytes = [0; PROPOSAL_BYTES];
        let (beginning, _) = bytes.split_at_mut(BRIEF_BYTES);
        beginning.copy_from_slice(brief);
        Self::from_bytes(&bytes)
    }

    /// A stored proposal.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn from_bytes(bytes: &[u8; PROPOSAL_BYTES]) -> Result<Self> {
        borsh_codec::read(bytes)
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ProposalKind {
        match self {
            Self::MinPremium { .. } => ProposalKind::MinPremium,
            Self::VoteReward { .. } => ProposalKind::VoteReward,
            Self::AssessorsLimit { .. } => ProposalKind::AssessorsLimit,
            Self::Timelock { .. } => ProposalKind::Timelock,
            Self::ExitDelay { .. } => ProposalKind::ExitDelay,
            Self::Season { .. } => ProposalKind::Season,
            Self::Leverage { .. } => ProposalKind::Leverage,
            Self::ProtocolFee { .. } => ProposalKind::ProtocolFee,
            Self::AssessorFee { .. } => ProposalKind::AssessorFee,
            Self::CancelFee { .. } => ProposalKind::CancelFee,
            Self::Authority { .. } => ProposalKind::Authority,
            Self::Guardian { .. } => ProposalKind::Guardian,
            Self::Arbiter { .. } => ProposalKind::Arbiter,
            Self::Treasury { .. } => ProposalKind::Treasury,
            Self::Court { .. } => ProposalKind::Court,
            Self::Shares(_) => ProposalKind::Shares,
            Self::GroupCap { .. } => ProposalKind::GroupCap,
            Self::List => ProposalKind::List,
            Self::Delist => ProposalKind::Delist,
            Self::Weight { .. } => ProposalKind::Weight,
            Self::Curve(_) => ProposalKind::Curve,
            Self::Bonds { .. } => ProposalKind::Bonds,
            Self::StakeFloor { .. } => ProposalKind::StakeFloor,
            Self::CoverPerStake { .. } => ProposalKind::CoverPerStake,
        }
    }

    /// Its values that are more or less than others.
    fn values(&self) -> [u64; 2] {
        match *self {
            Self::MinPremium { min_premium: value }
            | Self::VoteReward { vote_reward: value }
            | Self::AssessorsLimit { assessors_limit: value }
            | Self::StakeFloor { stake_floor: value }
            | Self::Timelock { timelock: value } => [value, 0],
            Self::CoverPerStake { cover_per_stake: 0 } => [u64::MAX, 0],
            Self::CoverPerStake { cover_per_stake } => [cover_per_stake, 0],
            Self::ExitDelay { exit_delay_days: value }
            | Self::Season { season_days: value }
            | Self::Leverage { leverage_bps: value }
            | Self::ProtocolFee { protocol_fee_bps: value }
            | Self::AssessorFee { assessor_fee_bps: value }
            | Self::CancelFee { cancel_fee_bps: value }
            | Self::GroupCap { cap_bps: value, .. }
            | Self::Weight { weight_bps: value } => [value.into(), 0],
            Self::Bonds { incident_bond, claim_bond_bps } => [incident_bond, claim_bond_bps.into()],
            _ => [0, 0],
        }
    }

    /// What holds now where it would set something else.
    ///
    /// # Errors
    /// As [`ProposalKind::current`].
    #[inline(always)] // so that no proposal, which is large, is moved
    pub fn current(&self, pool: &Pool, product: Option<&Product>) -> Result<Self> {
        let group = if let Self::GroupCap { group, .. } = self { *group } else { 0 };
        self.kind().current(pool, product, group)
    }

    /// Whether it can raise what LPs risk, or lower what they get, where `current` holds.
    #[must_use]
    pub fn raises_risk(&self, current: &Self) -> bool {
        match self.kind().risk() {
            Risk::Never => false,
            Risk::Always => true,
            Risk::Rise => self.exceeds(current),
            Risk::Fall => current.exceeds(self),
            Risk::Cheaper => match (self, current) {
                (Self::Curve(new), Self::Curve(old)) => !new.curve().is_nowhere_below(&old.curve()),
                _ => true,
            },
        }
    }

    /// Whether one of its values is more than that of `other`.
    fn exceeds(&self, other: &Self) -> bool {
        self.values().into_iter().zip(other.values()).any(|(own, others)| own > others)
    }

    /// Whether it leaves as much capital behind the cover of `pool` as there was. Holders have bought that, and a pool of a higher leverage
    /// is another pool.
    ///
    /// # Errors
    /// [`BreakwaterError::LeverageRises`].
    pub(crate) fn check_leverage(&self, pool: &Pool) -> Result<()> {
        if let Self::Leverage { leverage_bps } = self {
            require!(*leverage_bps <= pool.leverage_bps, BreakwaterError::LeverageRises);
        }
        Ok(())
    }

    /// Whether the shares of `pool` can show what it says.
    ///
    /// # Errors
    /// [`BreakwaterError::BadShareWords`].
    pub(crate) fn check_shares(&self, pool: &Pool) -> Result<()> {
        let has_words = address_eq(&pool.share_token_program, &TOKEN_2022);
        require!(!matches!(self, Self::Shares(_)) || has_words, BreakwaterError::BadShareWords);
        Ok(())
    }

    /// Whether it is about a product of the pool.
    #[must_use]
    pub fn is_of_product(&self) -> bool {
        matches!(self.slot(), Slot::Product(_))
    }

    /// Whether it sets what `other` does.
    #[must_use]
    pub fn sets_what(&self, other: &Self) -> bool {
        self.slot() == other.slot()
    }

    fn slot(&self) -> Slot {
        match *self {
            Self::List | Self::Delist => Slot::Product(0),
            Self::Weight { .. } => Slot::Product(1),
            Self::Curve(_) => Slot::Product(2),
            Self::Bonds { .. } => Slot::Product(3),
            Self::GroupCap { group, .. } => Slot::Pool(usize::from(group).saturating_add(GROUP_SLOTS)),
            Self::StakeFloor { .. } => Slot::Court(0),
            Self::CoverPerStake { .. } => Slot::Court(1),
            _ => Slot::Pool(usize::from(self.kind().byte())),
        }
    }

    /// The bounds of its values by themselves: those of creation.
    ///
    /// # Errors
    /// The error of its kind.
    pub fn check(&self) -> Result<()> {
        match *self {
            Self::MinPremium { min_premium } => {
                require!(min_premium > 0 && min_premium <= MAX_FIXED_AMOUNT, BreakwaterError::BadMinPremium);
            }
            Self::VoteReward { vote_reward } => {
                require!(vote_reward <= MAX_FIXED_AMOUNT, BreakwaterError::BadVoteReward);
            }
            Self::Timelock { timelock } => require!(timelock <= MAX_TIMELOCK, BreakwaterError::BadTimelock),
            Self::ExitDelay { exit_delay_days } => {
                require!(EXIT_DELAY_DAYS.contains(&exit_delay_days), BreakwaterError::BadExitDelay);
            }
            Self::Season { season_days } => require!(SEASON_DAYS.contains(&season_days), BreakwaterError::BadSeason),
            Self::Leverage { leverage_bps } => {
                require!(LEVERAGE_BPS.contains(&leverage_bps), BreakwaterError::BadLeverage);
            }
            Self::ProtocolFee { protocol_fee_bps } => {
                require!(protocol_fee_bps <= MAX_PROTOCOL_FEE_BPS, BreakwaterError::FeeTooHigh);
            }
            Self::AssessorFee { assessor_fee_bps } => {
                require!(assessor_fee_bps <= MAX_ASSESSOR_FEE_BPS, BreakwaterError::FeeTooHigh);
            }
            Self::CancelFee { cancel_fee_bps } => {
                require!(cancel_fee_bps <= MAX_CANCEL_FEE_BPS, BreakwaterError::FeeTooHigh);
            }
            Self::Authority { authority: address }
            | Self::Treasury { treasury: address }
            | Self::Court { assembly: address } => check_address(&address)?,
            Self::Shares(words) => words.check()?,
            Self::GroupCap { group, cap_bps } => {
                require!(usize::from(group) < GROUPS, BreakwaterError::BadGroup);
                require!(cap_bps <= *LEVERAGE_BPS.end(), BreakwaterError::BadGroupCap);
            }
            Self::Weight { weight_bps } => {
                require!(weight_bps > 0 && weight_bps <= coverage_math::BPS, BreakwaterError::BadWeight);
            }
            Self::Curve(curve) => curve.check()?,
            // Where they are to hold, what they are bounded by is known.
            Self::Bonds { .. } => {}
            Self::AssessorsLimit { .. }
            | Self::StakeFloor { .. }
            | Self::CoverPerStake { .. }
            | Self::List
            | Self::Delist
            | Self::Guardian { .. }
            | Self::Arbiter { .. } => {}
        }
        Ok(())
    }

    /// Notes the change of the pool with this number, which is this, as the one that set its field last.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeOvertaken`] when one with a higher number has.
    pub(crate) fn overtake(&self, number: u64, pool: &mut Pool) -> Result<()> {
        overtake(&mut pool.set_by, usize::from(self.kind().byte()), number)
    }

    /// Puts the new value in, as the change with this number among the queued ones.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeOvertaken`] when a change with a higher number has set it; [`BreakwaterError::ChangeProduct`];
    /// [`BreakwaterError::LeverageRises`], [`BreakwaterError::BadTimelock`], [`BreakwaterError::BadBond`].
    #[inline(always)] // one caller
    pub fn apply(&self, number: u64, pool: &mut Pool, product: Option<&mut Product>) -> Result<()> {
        pool.renew_terms()?;
        self.check()?;
        self.check_leverage(pool)?;
        match (self.slot(), product) {
            (Slot::Pool(slot), None) => {
                overtake(&mut pool.set_by, slot, number)?;
                pool.change(self)
            }
            (Slot::Court(slot), None) => {
                overtake(&mut pool.court_set_by, slot, number)?;
                pool.change(self)
            }
            (Slot::Product(slot), Some(product)) => {
                overtake(&mut product.set_by, slot, number)?;
                product.change(self)
            }
            _ => Err(BreakwaterError::ChangeProduct),
        }
    }
}

/// Notes the change with this number as the one that set a field last.
///
/// # Errors
/// [`BreakwaterError::ChangeOvertaken`].
fn overtake(set_by: &mut [u64], slot: usize, number: u64) -> Result<()> {
    let last = set_by.get_mut(slot).ok_or(BreakwaterError::UnknownState)?;
    require!(number > *last, BreakwaterError::ChangeOvertaken);
    *last = number;
    Ok(())
}

impl Pool {
    #[inline(always)] // one caller
    fn change(&mut self, proposal: &Proposal) -> Result<()> {
        match *proposal {
            Proposal::MinPremium { min_premium } => self.min_premium = min_premium,
            Proposal::VoteReward { vote_reward } => self.vote_reward = vote_reward,
            Proposal::AssessorsLimit { assessors_limit } => self.assessors_limit = assessors_limit,
            Proposal::StakeFloor { stake_floor } => {
                self.stake_floor = stake_floor;
                self.renew_sale_terms()?;
            }
            Proposal::CoverPerStake { cover_per_stake } => self.cover_per_stake = cover_per_stake,
            Proposal::Timelock { timelock } => {
                self.timelock = timelock;
                self.check_timelock()?;
            }
            Proposal::ExitDelay { exit_delay_days } => {
                self.exit_delay_days = exit_delay_days;
                self.check_timelock()?;
            }
            Proposal::Season { season_days } => {
                self.season_days = season_days;
                self.count_season(coverage_math::day_of(self.accrued_at))?;
            }
            Proposal::Leverage { leverage_bps } => self.leverage_bps = leverage_bps,
            Proposal::ProtocolFee { protocol_fee_bps } => self.protocol_fee_bps = protocol_fee_bps,
            Proposal::AssessorFee { assessor_fee_bps } => self.assessor_fee_bps = assessor_fee_bps,
            Proposal::CancelFee { cancel_fee_bps } => {
                self.cancel_fee_bps = cancel_fee_bps;
                self.renew_sale_terms()?;
            }
            Proposal::Guardian { guardian } => self.guardian = guardian,
            Proposal::Arbiter { arbiter } => {
                self.arbiter = arbiter;
                self.renew_sale_terms()?;
            }
            Proposal::Treasury { treasury } => self.treasury = treasury,
            Proposal::Court { assembly } => {
                self.assembly = assembly;
                self.renew_sale_terms()?;
            }
            // The words stand in the mint alone: the instruction writes them.
            Proposal::Shares(_) => {}
            Proposal::GroupCap { group, cap_bps } => {
                *self.group_caps_bps.get_mut(usize::from(group)).ok_or(BreakwaterError::BadGroup)? = cap_bps;
            }
            _ => return Err(BreakwaterError::ChangeProduct),
        }
        Ok(())
    }

    /// Counts other terms of every sale to come: buyers state what they have seen.
    fn renew_sale_terms(&mut self) -> Result<()> {
        self.sale_terms = self.sale_terms.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Whether the timelock leaves time to leave before a change.
    ///
    /// # Errors
    /// [`BreakwaterError::BadTimelock`].
    fn check_timelock(&self) -> Result<()> {
        let least = seconds_of(self.exit_delay_days).checked_add(TIMELOCK_MARGIN).or_overflow()?;
        require!(self.timelock >= least, BreakwaterError::BadTimelock);
        Ok(())
    }

    /// The bounds of the parameters.
    ///
    /// # Errors
    /// As [`Proposal::check`].
    pub fn check_params(&self) -> Result<()> {
        for kind in ProposalKind::MinPremium.byte()..ProposalKind::Shares.byte() {
            ProposalKind::from_byte(kind)?.current(self, None, 0)?.check()?;
        }
        for group in 0..16 {
            ProposalKind::GroupCap.current(self, None, group)?.check()?;
        }
        self.check_timelock()
    }
}

impl Product {
    /// Its price curve, as it can be changed.
    pub fn price_curve(&self) -> PriceCurve {
        PriceCurve { r0_ppm: self.r0_ppm, r1_ppm: self.r1_ppm, r2_ppm: self.r2_ppm, kink_bps: self.kink_bps }
    }

    /// The bonds that hold once it covers nothing.
    fn next_bonds(&self) -> Proposal {
        Proposal::Bonds { incident_bond: self.next_incident_bond, claim_bond_bps: self.next_claim_bond_bps }
    }

    #[inline(always)] // one caller
    fn change(&mut self, proposal: &Proposal) -> Result<()> {
        match *proposal {
            Proposal::List => self.status = ProductStatus::OnSale.byte(),
            Proposal::Delist => self.status = ProductStatus::Delisted.byte(),
            Proposal::Weight { weight_bps } => self.weight_bps = weight_bps,
            Proposal::Curve(curve) => {
                self.r0_ppm = curve.r0_ppm;
                self.r1_ppm = curve.r1_ppm;
                self.r2_ppm = curve.r2_ppm;
                self.kink_bps = curve.kink_bps;
            }
            Proposal::Bonds { incident_bond, claim_bond_bps } => {
                self.check_bonds(incident_bond, claim_bond_bps)?;
                self.next_incident_bond = incident_bond;
                self.next_claim_bond_bps = claim_bond_bps;
                // Those that fall hold at once: nobody who is covered is the worse for it.
                self.incident_bond = self.incident_bond.min(incident_bond);
                self.claim_bond_bps = self.claim_bond_bps.min(claim_bond_bps);
            }
            _ => return Err(BreakwaterError::ChangeProduct),
        }
        Ok(())
    }

    /// The bounds of its bonds.
    ///
    /// # Errors
    /// [`BreakwaterError::BadBond`].
    pub(crate) fn check_bonds(&self, incident_bond: u64, claim_bond_bps: u16) -> Result<()> {
        let most = (self.max_amount / INCIDENT_BOND_PART).min(MAX_FIXED_AMOUNT);
        require!(
            incident_bond > 0 && incident_bond <= most && claim_bond_bps > 0 && claim_bond_bps <= MAX_CLAIM_BOND_BPS,
            BreakwaterError::BadBond
        );
        Ok(())
    }

    /// Whether it is on sale, as the proposal that would make it so.
    fn on_sale(&self) -> Result<Proposal> {
        Ok(if self.status()? == ProductStatus::OnSale { Proposal::List } else { Proposal::Delist })
    }
}

/// Borsh as Anchor writes it.
#[cfg(feature = "anchor")]
mod borsh_codec {
    use super::Proposal;
    use crate::prelude::*;
    use anchor_lang::{BORSH_CONFIG, wincode};

    pub fn write(proposal: &Proposal, bytes: &mut [u8]) -> Option<()> {
        wincode::config::serialize_into(bytes, proposal, BORSH_CONFIG).ok()
    }

    pub fn read(bytes: &[u8]) -> Result<Proposal> {
        wincode::config::deserialize(bytes, BORSH_CONFIG).map_err(|_| BreakwaterError::UnknownState)
    }
}

/// Borsh by its own crate.
#[cfg(not(feature = "anchor"))]
mod borsh_codec {
    use super::Proposal;
    use crate::prelude::*;
    use borsh::{BorshDeserialize, BorshSerialize};

    pub fn write(proposal: &Proposal, mut bytes: &mut [u8]) -> Option<()> {
        proposal.serialize(&mut bytes).ok()
    }

    pub fn read(mut bytes: &[u8]) -> Result<Proposal> {
        Proposal::deserialize(&mut bytes).map_err(|_| BreakwaterError::UnknownState)
    }
}
