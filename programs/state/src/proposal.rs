//! What a change can change: the parameters in their groups, the one check of each group's bounds, and the proposal of
//! new ones.

use crate::{Pool, Product, ProductStatus, prelude::*, set_text};
use core::mem::replace;
use coverage_math::{curve::Curve, seconds_of};

/// The limits of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct PoolLimits {
    /// Least premium of a sale, atoms, 1 to 2^56.
    pub min_premium: u64,
    /// Reward of a ballot's voters, from the assessors' bucket, atoms.
    pub vote_reward: u64,
    /// What the assessors' bucket keeps at most beside reserved rewards, atoms: the rest goes to the LPs.
    pub assessors_limit: u64,
    /// How long a change waits, seconds: at least the exit delay and two days, at most 365 days.
    pub timelock: u64,
    /// How long an exit waits at least, days, 1 to 90.
    pub exit_delay_days: u16,
    /// Over how many days the least capital counts, 1 to 30.
    pub season_days: u16,
    /// Most active cover, bps of free capital, 10,000 to 50,000.
    pub leverage_bps: u16,
    /// Most active cover of each correlation group, bps of free capital, at most the leverage.
    pub group_caps_bps: [u16; 16],
}

impl PoolLimits {
    /// The bounds.
    ///
    /// # Errors
    /// [`BreakwaterError::BadLeverage`], [`BreakwaterError::BadExitDelay`], [`BreakwaterError::BadSeason`], [`BreakwaterError::BadTimelock`],
    /// [`BreakwaterError::BadGroupCap`], [`BreakwaterError::BadMinPremium`].
    pub fn check(&self) -> Result<()> {
        require!(LEVERAGE_BPS.contains(&self.leverage_bps), BreakwaterError::BadLeverage);
        require!(EXIT_DELAY_DAYS.contains(&self.exit_delay_days), BreakwaterError::BadExitDelay);
        require!(SEASON_DAYS.contains(&self.season_days), BreakwaterError::BadSeason);
        let exit_delay = seconds_of(self.exit_delay_days);
        let least = exit_delay.checked_add(TIMELOCK_MARGIN).or_overflow()?;
        require!(self.timelock >= least && self.timelock <= MAX_TIMELOCK, BreakwaterError::BadTimelock);
        require!(self.group_caps_bps.iter().all(|cap| *cap <= self.leverage_bps), BreakwaterError::BadGroupCap);
        require!(self.min_premium > 0 && self.min_premium <= MAX_FIXED_AMOUNT, BreakwaterError::BadMinPremium);
        Ok(())
    }
}

/// The fees of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct Fees {
    /// Part of a premium that goes to the treasury, bps, at most 2,000.
    pub protocol_fee_bps: u16,
    /// Part of a premium that goes to the assessors, bps, at most 1,000.
    pub assessor_fee_bps: u16,
    /// What a cancellation costs, bps of the unearned premium it gives back, at most 2,000.
    pub cancel_fee_bps: u16,
}

impl Fees {
    /// The bounds.
    ///
    /// # Errors
    /// [`BreakwaterError::FeeTooHigh`].
    pub fn check(&self) -> Result<()> {
        require!(
            self.protocol_fee_bps <= MAX_PROTOCOL_FEE_BPS
                && self.assessor_fee_bps <= MAX_ASSESSOR_FEE_BPS
                && self.cancel_fee_bps <= MAX_CANCEL_FEE_BPS,
            BreakwaterError::FeeTooHigh
        );
        Ok(())
    }
}

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
        let Self { r0_ppm, r1_ppm, r2_ppm, kink_bps } = *self;
        require!(Curve { r0_ppm, r1_ppm, r2_ppm, kink_bps }.is_valid(), BreakwaterError::BadCurve);
        Ok(())
    }
}

/// The bounds of a product's weight.
///
/// # Errors
/// [`BreakwaterError::BadWeight`].
pub fn check_weight(weight_bps: u16) -> Result<()> {
    require!(weight_bps > 0 && weight_bps <= coverage_math::BPS, BreakwaterError::BadWeight);
    Ok(())
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
        /// The limits of the pool.
        PoolLimits = 0 "the limits of the pool",
        /// The fees of the pool.
        Fees = 1 "the fees of the pool",
        /// The product goes on sale.
        List = 2 "a product goes on sale",
        /// The product goes off sale.
        Delist = 3 "a product goes off sale",
        /// The weight of the product.
        Weight = 4 "the weight of a product",
        /// The price curve of the product.
        Curve = 5 "the price curve of a product",
        /// Who is offered the authority over the pool.
        Authority = 6 "the authority over the pool",
        /// The guardian of the pool.
        Guardian = 7 "the guardian of the pool",
        /// The arbiter of the pool's ballots to come.
        Arbiter = 8 "the arbiter of the pool",
        /// The treasury of the pool.
        Treasury = 9 "the treasury of the pool",
        /// What wallets show of the pool's shares.
        Shares = 10 "what wallets show of the shares",
    }
}

impl ProposalKind {
    /// What holds now where a proposal of this kind would set something else: of the authority, who has it, not who has been
    /// offered it. A kind that is about a product needs the product, and only such a kind.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`]; [`BreakwaterError::UnknownState`].
    pub fn current(self, pool: &Pool, product: Option<&Product>) -> Result<Proposal> {
        Ok(match (self, product) {
            (Self::PoolLimits, None) => Proposal::PoolLimits(pool.limits()),
            (Self::Fees, None) => Proposal::Fees(pool.fees()),
            (Self::List | Self::Delist, Some(product)) => product.on_sale()?,
            (Self::Weight, Some(product)) => Proposal::Weight { weight_bps: product.weight_bps },
            (Self::Curve, Some(product)) => Proposal::Curve(product.price_curve()),
            (Self::Authority, None) => Proposal::Authority { authority: pool.authority },
            (Self::Guardian, None) => Proposal::Guardian { guardian: pool.guardian },
            (Self::Arbiter, None) => Proposal::Arbiter { arbiter: pool.arbiter },
            (Self::Treasury, None) => Proposal::Treasury { treasury: pool.treasury },
            // The words are in the mint.
            (Self::Shares, None) => Proposal::Shares(ShareWords::NONE),
            _ => return Err(BreakwaterError::ChangeProduct),
        })
    }
}

/// What is to be changed, by kind, and the new values. Kinds keep their numbers: 0 the limits of the pool, 1 its fees, 2
/// puts a product on sale, 3 takes it off, 4 its weight, 5 its price curve, 6 offers the authority over the pool to
/// somebody, who then accepts it, 7 its guardian, 8 its arbiter, 9 its treasury, 10 what wallets show of its shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub enum Proposal {
    /// The limits of the pool.
    PoolLimits(PoolLimits),
    /// The fees of the pool.
    Fees(Fees),
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
    /// Who is offered the authority over the pool.
    Authority {
        /// The address, not zero.
        authority: Address,
    },
    /// The guardian of the pool.
    Guardian {
        /// The address; zero for nobody.
        guardian: Address,
    },
    /// The arbiter of the pool's ballots to come.
    Arbiter {
        /// The address; zero for nobody.
        arbiter: Address,
    },
    /// The treasury of the pool.
    Treasury {
        /// The address, not zero.
        treasury: Address,
    },
    /// What wallets show of the pool's shares.
    Shares(ShareWords),
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

    /// A stored proposal.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn from_bytes(bytes: &[u8; PROPOSAL_BYTES]) -> Result<Self> {
        borsh_codec::read(bytes).ok_or(BreakwaterError::UnknownState)
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
    pub fn is_of_product(&self) -> bool {
        matches!(self, Self::List | Self::Delist | Self::Weight { .. } | Self::Curve(_))
    }

    /// The bounds of the new values, which are those of creation.
    ///
    /// # Errors
    /// As the check of the kind; [`BreakwaterError::ZeroAddress`].
    pub fn check(&self) -> Result<()> {
        match self {
            Self::PoolLimits(limits) => limits.check(),
            Self::Fees(fees) => fees.check(),
            Self::Weight { weight_bps } => check_weight(*weight_bps),
            Self::Curve(curve) => curve.check(),
            Self::Authority { authority: address } | Self::Treasury { treasury: address } => check_address(address),
            Self::Shares(words) => words.check(),
            Self::List | Self::Delist | Self::Guardian { .. } | Self::Arbiter { .. } => Ok(()),
        }
    }

    /// Puts the new values in and returns the old ones, for which all bounds of the pool and the product hold again.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`]; as [`Pool::check_params`] and [`Product::check_terms`].
    pub fn apply(&self, pool: &mut Pool, product: Option<&mut Product>) -> Result<Self> {
        pool.renew_terms()?;
        let old = match (*self, product) {
            (Self::PoolLimits(limits), None) => Self::PoolLimits(pool.set_limits(limits)?),
            (Self::Fees(fees), None) => Self::Fees(pool.set_fees(fees)),
            (Self::Authority { authority }, None) => {
                Self::Authority { authority: replace(&mut pool.pending_authority, authority) }
            }
            (Self::Guardian { guardian }, None) => Self::Guardian { guardian: replace(&mut pool.guardian, guardian) },
            (Self::Arbiter { arbiter }, None) => Self::Arbiter { arbiter: replace(&mut pool.arbiter, arbiter) },
            (Self::Treasury { treasury }, None) => Self::Treasury { treasury: replace(&mut pool.treasury, treasury) },
            // The words stand in the mint alone: the instruction writes them.
            (Self::Shares(_), None) => Self::Shares(ShareWords::NONE),
            (proposal, Some(product)) => {
                let old = product.change(proposal)?;
                product.check_terms()?;
                old
            }
            (_, None) => return Err(BreakwaterError::ChangeProduct),
        };
        pool.check_params()?;
        Ok(old)
    }
}

impl Pool {
    /// Its limits, as they can be changed.
    pub fn limits(&self) -> PoolLimits {
        PoolLimits {
            min_premium: self.min_premium,
            vote_reward: self.vote_reward,
            timelock: self.timelock,
            exit_delay_days: self.exit_delay_days,
            season_days: self.season_days,
            assessors_limit: self.assessors_limit,
            leverage_bps: self.leverage_bps,
            group_caps_bps: self.group_caps_bps,
        }
    }

    fn set_limits(&mut self, limits: PoolLimits) -> Result<PoolLimits> {
        let old = self.limits();
        self.min_premium = limits.min_premium;
        self.vote_reward = limits.vote_reward;
        self.timelock = limits.timelock;
        self.exit_delay_days = limits.exit_delay_days;
        self.season_days = limits.season_days;
        self.assessors_limit = limits.assessors_limit;
        self.leverage_bps = limits.leverage_bps;
        self.group_caps_bps = limits.group_caps_bps;
        self.count_season(coverage_math::day_of(self.accrued_at))?;
        Ok(old)
    }

    /// Its fees, as they can be changed.
    pub fn fees(&self) -> Fees {
        Fees {
            protocol_fee_bps: self.protocol_fee_bps,
            assessor_fee_bps: self.assessor_fee_bps,
            cancel_fee_bps: self.cancel_fee_bps,
        }
    }

    fn set_fees(&mut self, fees: Fees) -> Fees {
        let old = self.fees();
        self.protocol_fee_bps = fees.protocol_fee_bps;
        self.assessor_fee_bps = fees.assessor_fee_bps;
        self.cancel_fee_bps = fees.cancel_fee_bps;
        old
    }

    /// The bounds of the parameters.
    ///
    /// # Errors
    /// As [`PoolLimits::check`] and [`Fees::check`]; [`BreakwaterError::ZeroAddress`].
    pub fn check_params(&self) -> Result<()> {
        self.limits().check()?;
        self.fees().check()?;
        check_address(&self.authority)?;
        check_address(&self.treasury)
    }
}

impl Product {
    /// Its price curve, as it can be changed.
    pub fn price_curve(&self) -> PriceCurve {
        PriceCurve { r0_ppm: self.r0_ppm, r1_ppm: self.r1_ppm, r2_ppm: self.r2_ppm, kink_bps: self.kink_bps }
    }

    /// Puts the new values in and returns the old ones.
    ///
    /// # Errors
    /// [`BreakwaterError::ChangeProduct`].
    fn change(&mut self, proposal: Proposal) -> Result<Proposal> {
        Ok(match proposal {
            Proposal::List => self.set_status(ProductStatus::OnSale)?,
            Proposal::Delist => self.set_status(ProductStatus::Delisted)?,
            Proposal::Weight { weight_bps } => {
                Proposal::Weight { weight_bps: replace(&mut self.weight_bps, weight_bps) }
            }
            Proposal::Curve(curve) => {
                let old = self.price_curve();
                self.r0_ppm = curve.r0_ppm;
                self.r1_ppm = curve.r1_ppm;
                self.r2_ppm = curve.r2_ppm;
                self.kink_bps = curve.kink_bps;
                Proposal::Curve(old)
            }
            _ => return Err(BreakwaterError::ChangeProduct),
        })
    }

    /// Whether it is on sale, as the proposal that would make it so.
    fn on_sale(&self) -> Result<Proposal> {
        Ok(if self.status()? == ProductStatus::OnSale { Proposal::List } else { Proposal::Delist })
    }

    fn set_status(&mut self, status: ProductStatus) -> Result<Proposal> {
        let old = self.on_sale()?;
        self.status = status.byte();
        Ok(old)
    }
}

/// Borsh as Anchor writes it.
#[cfg(feature = "anchor")]
mod borsh_codec {
    use super::Proposal;
    use anchor_lang::{BORSH_CONFIG, wincode};

    pub fn write(proposal: &Proposal, bytes: &mut [u8]) -> Option<()> {
        wincode::config::serialize_into(bytes, proposal, BORSH_CONFIG).ok()
    }

    pub fn read(bytes: &[u8]) -> Option<Proposal> {
        wincode::config::deserialize(bytes, BORSH_CONFIG).ok()
    }
}

/// Borsh by its own crate.
#[cfg(not(feature = "anchor"))]
mod borsh_codec {
    use super::Proposal;
    use borsh::{BorshDeserialize, BorshSerialize};

    pub fn write(proposal: &Proposal, mut bytes: &mut [u8]) -> Option<()> {
        proposal.serialize(&mut bytes).ok()
    }

    pub fn read(mut bytes: &[u8]) -> Option<Proposal> {
        Proposal::deserialize(&mut bytes).ok()
    }
}
