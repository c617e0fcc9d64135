//! `breakwater change`

use crate::{
    context::{Context, asset, refused},
    output::{Record, lasting, moment},
    parse::duration,
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use coverage_client::{
    At, Change, ChangeStanding, Event, Fees, NOBODY, Pool, PoolLimits, PriceCurve, Product, Proposal, ShareWords,
    amount::Amount, build, change_address, constants::PROPOSAL_BYTES, text,
};
use solana_address::Address;
use solana_signer::Signer;
use std::{mem::offset_of, time::Duration};

/// Changes of parameters. They wait longer than an exit takes.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Queue a change; the pool's authority signs
    #[command(subcommand)]
    Propose(Kind),
    /// Put a change to a ballot, with a bond; a staker signs
    #[command(subcommand)]
    Petition(Kind),
    /// Apply a queued change that has waited long enough; anyone may
    Apply {
        /// The change's number or address
        change: String,
    },
    /// Take a change back that the authority queued
    Withdraw {
        /// The change's number or address
        change: String,
    },
    /// Take the authority over the pool, which a change has offered to the signer
    Accept,
    /// List the pool's changes
    List,
}

/// What is changed. What is not given stays as it is.
#[derive(clap::Subcommand)]
pub enum Kind {
    /// The limits of the pool
    Limits(Limits),
    /// The fees of the pool
    Fees {
        /// Part of a premium that goes to the treasury, bps
        #[arg(long)]
        protocol_fee_bps: Option<u16>,
        /// Part of a premium that goes to the voters' fund, bps
        #[arg(long)]
        assessor_fee_bps: Option<u16>,
        /// What a cancellation costs, bps of what it gives back
        #[arg(long)]
        cancel_fee_bps: Option<u16>,
    },
    /// Put a product on sale
    List {
        /// The product's number, name or address
        product: String,
    },
    /// Take a product off sale
    Delist {
        /// The product's number, name or address
        product: String,
    },
    /// The capacity of a product
    Weight {
        /// The product's number, name or address
        product: String,
        /// Bps of the pool's free capital
        weight_bps: u16,
    },
    /// The price curve of a product
    Curve {
        /// The product's number, name or address
        product: String,
        /// Annual rates at no utilisation, at the kink and at full utilisation, ppm
        #[arg(long, num_args = 3, value_names = ["EMPTY", "KINK", "FULL"])]
        rates_ppm: Vec<u32>,
        /// Utilisation of the kink, bps of capacity
        #[arg(long)]
        kink_bps: Option<u16>,
    },
    /// Offer the authority over the pool to somebody, who then accepts it
    Authority {
        /// Who
        address: Address,
    },
    /// Who may pause sales and deposits
    Guardian {
        /// Who; nobody if not given
        address: Option<Address>,
    },
    /// Who decides what finds no quorum twice
    Arbiter {
        /// Who; nobody if not given
        address: Option<Address>,
    },
    /// Who gets the protocol fees
    Treasury {
        /// Who
        address: Address,
    },
    /// What wallets show of the pool's shares, which must be of Token-2022
    ShareWords {
        /// Name, at most 32 bytes
        #[arg(long)]
        name: Option<String>,
        /// Symbol, at most 10 bytes
        #[arg(long)]
        symbol: Option<String>,
        /// Link to a page or a JSON file about the pool, at most 128 bytes
        #[arg(long, value_name = "URI")]
        link: Option<String>,
    },
}

/// The limits of a pool.
#[derive(clap::Args)]
pub struct Limits {
    /// Least premium of a sale
    #[arg(long, value_name = "AMOUNT")]
    min_premium: Option<Amount>,
    /// Reward of a ballot's voters
    #[arg(long, value_name = "AMOUNT")]
    vote_reward: Option<Amount>,
    /// What the voters' fund keeps at most beside reserved rewards; the rest goes to the LPs
    #[arg(long, value_name = "AMOUNT")]
    assessors_limit: Option<Amount>,
    /// How long a change waits
    #[arg(long, value_parser = duration)]
    timelock: Option<Duration>,
    /// How long an exit waits at least, days
    #[arg(long)]
    exit_delay_days: Option<u16>,
    /// Over how many days the least capital counts
    #[arg(long)]
    season_days: Option<u16>,
    /// Most active cover, bps of free capital
    #[arg(long)]
    leverage_bps: Option<u16>,
    /// Most active cover of a correlation group, bps of free capital, as 3=5000; several times if need be
    #[arg(long, value_name = "GROUP=BPS", value_parser = cap)]
    group_cap_bps: Vec<(usize, u16)>,
}

fn cap(text: &str) -> Result<(usize, u16), String> {
    let parts = text.split_once('=').and_then(|(group, bps)| Some((group.parse().ok()?, bps.parse().ok()?)));
    parts
        .filter(|(group, _)| *group < 16)
        .ok_or_else(|| format!("`{text}` is not like 3=5000, with a group from 0 to 15"))
}

impl Kind {
    /// The product it is about, as it was named.
    fn product(&self) -> Option<&str> {
        match self {
            Self::List { product }
            | Self::Delist { product }
            | Self::Weight { product, .. }
            | Self::Curve { product, .. } => Some(product),
            _ => None,
        }
    }

    /// The proposal; what is not given is as it is now.
    fn proposal(&self, pool: &At<Pool>, product: Option<&Product>, context: &Context) -> Result<Proposal> {
        Ok(match self {
            Self::Limits(limits) => Proposal::PoolLimits(limits.of(pool)?),
            Self::Fees { protocol_fee_bps, assessor_fee_bps, cancel_fee_bps } => {
                let now = pool.fees();
                Proposal::Fees(Fees {
                    protocol_fee_bps: protocol_fee_bps.unwrap_or(now.protocol_fee_bps),
                    assessor_fee_bps: assessor_fee_bps.unwrap_or(now.assessor_fee_bps),
                    cancel_fee_bps: cancel_fee_bps.unwrap_or(now.cancel_fee_bps),
                })
            }
            Self::List { .. } => Proposal::List,
            Self::Delist { .. } => Proposal::Delist,
            Self::Weight { weight_bps, .. } => Proposal::Weight { weight_bps: *weight_bps },
            Self::Curve { rates_ppm, kink_bps, .. } => {
                let now = product.context("no product")?.price_curve();
                let (r0_ppm, r1_ppm, r2_ppm) = match rates_ppm.as_slice() {
                    [] => (now.r0_ppm, now.r1_ppm, now.r2_ppm),
                    [r0_ppm, r1_ppm, r2_ppm] => (*r0_ppm, *r1_ppm, *r2_ppm),
                    _ => bail!("rates are three numbers"),
                };
                Proposal::Curve(PriceCurve { r0_ppm, r1_ppm, r2_ppm, kink_bps: kink_bps.unwrap_or(now.kink_bps) })
            }
            Self::Authority { address } => Proposal::Authority { authority: *address },
            Self::Guardian { address } => Proposal::Guardian { guardian: address.unwrap_or(NOBODY) },
            Self::Arbiter { address } => Proposal::Arbiter { arbiter: address.unwrap_or(NOBODY) },
            Self::Treasury { address } => Proposal::Treasury { treasury: *address },
            Self::ShareWords { name, symbol, link } => {
                let now = context.share_words(pool)?;
                let words = |new: &Option<String>, now: &[u8]| new.clone().unwrap_or_else(|| text(now));
                let (name, symbol, uri) = (words(name, &now.name), words(symbol, &now.symbol), words(link, &now.uri));
                Proposal::Shares(ShareWords::new(&name, &symbol, &uri).map_err(refused)?)
            }
        })
    }
}

impl Limits {
    fn of(&self, pool: &At<Pool>) -> Result<PoolLimits> {
        let token = asset(pool);
        let atoms = |amount: Option<Amount>, now| amount.map_or(Ok(now), |amount| amount.atoms(&token));
        let PoolLimits {
            min_premium,
            vote_reward,
            assessors_limit,
            timelock,
            exit_delay_days,
            season_days,
            leverage_bps,
            mut group_caps_bps,
        } = pool.limits();
        for (group, bps) in &self.group_cap_bps {
            *group_caps_bps.get_mut(*group).context("groups are 0 to 15")? = *bps;
        }
        Ok(PoolLimits {
            min_premium: atoms(self.min_premium, min_premium)?,
            vote_reward: atoms(self.vote_reward, vote_reward)?,
            assessors_limit: atoms(self.assessors_limit, assessors_limit)?,
            timelock: self.timelock.map_or(timelock, |timelock| timelock.as_secs()),
            exit_delay_days: self.exit_delay_days.unwrap_or(exit_delay_days),
            season_days: self.season_days.unwrap_or(season_days),
            leverage_bps: self.leverage_bps.unwrap_or(leverage_bps),
            group_caps_bps,
        })
    }
}

/// Proposes, applies or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    match command {
        Command::Propose(kind) => propose(kind, true, &pool, context),
        Command::Petition(kind) => propose(kind, false, &pool, context),
        Command::Apply { change } => apply(change, &pool, context),
        Command::Withdraw { change } => withdraw(change, &pool, context),
        Command::Accept => accept(&pool, context),
        Command::List => list(&pool, context),
    }
}

/// A change by its number or its address.
fn find(which: &str, pool: &At<Pool>, context: &Context) -> Result<At<Change>> {
    let address = match which.parse::<u64>() {
        Ok(id) => change_address(&pool.address, id),
        Err(_) => which.parse().map_err(|_| anyhow!("`{which}` is no number and no address"))?,
    };
    context.client.fetch(&address).with_context(|| format!("the pool has no change {which}"))
}

fn propose(kind: &Kind, orders: bool, pool: &At<Pool>, context: &Context) -> Result<()> {
    let product = kind.product().map(|which| context.product(pool, which)).transpose()?;
    let proposal = kind.proposal(pool, product.as_deref(), context)?;
    let product = product.map(|product| product.address);
    let signer = context.signer()?;
    let who = signer.pubkey();
    let receipt = if orders {
        ensure!(
            who == pool.authority,
            "only the pool's authority {} queues changes; stakers put them to a ballot with `change petition`",
            pool.authority
        );
        context.send(&[build::propose_change(pool, product.as_ref(), &context.payer(&signer)?, &proposal)], &signer)?
    } else {
        context.voter(&pool.assembly, &who)?;
        let petition = build::petition_change(pool, product.as_ref(), &who, &context.payer(&signer)?, &proposal);
        context.send(&[petition], &signer)?
    };
    let event = receipt.event(|event| if let Event::ChangeProposed(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("change", &event.change)
        .number("number", pool.change_count)
        .text("proposal", words(&event.proposal))
        .time("applies", event.applies_at)
        .address("ballot", &event.ballot)
        .amount("bond", &asset(pool), event.bond);
    context.done(if orders { "The change is queued." } else { "A ballot decides on the change." }, &receipt, record);
    Ok(())
}

fn apply(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let change = find(which, pool, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::apply_change(pool, &change, &context.payer(&signer)?)], &signer)?;
    let event = receipt.event(|event| if let Event::ChangeApplied(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("change", &event.change)
        .text("before", words(&event.before))
        .text("after", words(&event.after));
    context.done("The change is applied.", &receipt, record);
    Ok(())
}

fn withdraw(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let change = find(which, pool, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::withdraw_change(&change, &signer.pubkey())], &signer)?;
    context.done("The change is withdrawn.", &receipt, Record::new().address("change", &change.address));
    Ok(())
}

fn accept(pool: &At<Pool>, context: &Context) -> Result<()> {
    let signer = context.signer()?;
    ensure!(
        signer.pubkey() == pool.pending_authority,
        "the authority over the pool is not offered to {}; `breakwater change propose authority` offers it, and --keypair names who signs",
        signer.pubkey()
    );
    let receipt = context.send(&[build::accept_authority(pool)], &signer)?;
    context.done("The authority is yours.", &receipt, Record::new().address("authority", &signer.pubkey()));
    Ok(())
}

/// Where a change stands, in words.
fn state(change: &Change, pool: &Pool, now: u64) -> String {
    match change.standing(pool, now) {
        Ok(ChangeStanding::Waiting) => {
            format!("can be applied from {}", moment(change.applies_from(pool).unwrap_or(u64::MAX)))
        }
        Ok(standing) => standing.word().into(),
        Err(_) => "unknown".into(),
    }
}

/// A stored proposal, in words.
fn words(proposal: &[u8; PROPOSAL_BYTES]) -> String {
    let Ok(proposal) = Proposal::from_bytes(proposal) else { return "unknown".into() };
    let address = |address: Address| if address == NOBODY { "nobody".to_owned() } else { address.to_string() };
    match proposal {
        Proposal::PoolLimits(limits) => format!(
            "limits: leverage {} bps, exits {} days, season {} days, timelock {}, groups {:?} bps, least premium {}, vote reward {} and limit of the voters' fund {} atoms",
            limits.leverage_bps,
            limits.exit_delay_days,
            limits.season_days,
            lasting(limits.timelock),
            limits.group_caps_bps,
            limits.min_premium,
            limits.vote_reward,
            limits.assessors_limit
        ),
        Proposal::Fees(fees) => format!(
            "fees: protocol {} bps, voters {} bps, cancellation {} bps",
            fees.protocol_fee_bps, fees.assessor_fee_bps, fees.cancel_fee_bps
        ),
        Proposal::List => "on sale".into(),
        Proposal::Delist => "off sale".into(),
        Proposal::Weight { weight_bps } => format!("weight {weight_bps} bps"),
        Proposal::Curve(curve) => {
            format!("rates {}, {} and {} ppm, kink {} bps", curve.r0_ppm, curve.r1_ppm, curve.r2_ppm, curve.kink_bps)
        }
        Proposal::Authority { authority } => format!("authority {}", address(authority)),
        Proposal::Guardian { guardian } => format!("guardian {}", address(guardian)),
        Proposal::Arbiter { arbiter } => format!("arbiter {}", address(arbiter)),
        Proposal::Treasury { treasury } => format!("treasury {}", address(treasury)),
        Proposal::Shares(words) if words == ShareWords::NONE => "what wallets showed of the shares".into(),
        Proposal::Shares(words) => {
            format!("shares: {} ({}), {}", text(&words.name), text(&words.symbol), text(&words.uri))
        }
    }
}

fn list(pool: &At<Pool>, context: &Context) -> Result<()> {
    let now = context.client.now()?;
    let mut changes = context.of_pool::<Change>(&pool.address, offset_of!(Change, pool))?;
    changes.sort_by_key(|change| change.id);
    let records: Vec<_> = changes
        .iter()
        .map(|change| {
            Record::new()
                .number("number", change.id)
                .text("proposal", words(&change.proposal))
                .address("product", &change.product)
                .text("state", state(change, pool, now))
                .address("change", &change.address)
        })
        .collect();
    context.output.list("There are no changes.", &records);
    Ok(())
}
