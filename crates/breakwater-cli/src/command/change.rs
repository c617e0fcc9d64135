//! `breakwater change`

use crate::{
    context::{Context, asset, governance, refused},
    court::cover_per_stake,
    output::{Record, lasting, moment},
    parse::duration,
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use coverage_client::{
    At, Change, ChangeStanding, ChangeState, Event, NOBODY, Pool, PriceCurve, Product, Proposal, ShareWords,
    amount::Amount,
    build,
    constants::{BRIEF_BYTES, PROPOSAL_BYTES},
    text,
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
    /// Mark a queued change that can be applied: it lapses in 30 days; anyone may
    Mark {
        /// The change's number or address
        change: String,
    },
    /// Take a change back that the authority queued
    Withdraw {
        /// The change's number or address
        change: String,
    },
    /// Take the authority over the pool by a queued change that names the signer; what was queued by who had it falls
    Accept {
        /// The change's number or address
        change: String,
    },
    /// List the pool's changes
    List,
}

/// What is changed: one thing.
#[derive(clap::Subcommand)]
pub enum Kind {
    /// The least premium of a sale
    MinPremium {
        /// How much
        amount: Amount,
    },
    /// The reward of a ballot's voters
    VoteReward {
        /// How much
        amount: Amount,
    },
    /// What the voters' fund keeps at most beside reserved rewards; the rest goes to the LPs
    AssessorsLimit {
        /// How much
        amount: Amount,
    },
    /// How long a change waits: at least the exit delay and two days
    Timelock {
        /// How long, as 9d
        #[arg(value_parser = duration)]
        time: Duration,
    },
    /// How long an exit waits at least
    ExitDelay {
        /// Days, 1 to 90
        days: u16,
    },
    /// How long capital must have stayed to carry cover
    Season {
        /// Days, 1 to 30
        days: u16,
    },
    /// Most active cover of the pool
    Leverage {
        /// Bps of free capital, 10,000 to 50,000
        bps: u16,
    },
    /// Most active cover of a correlation group
    GroupCap {
        /// The group, 0 to 15
        group: u8,
        /// Bps of free capital
        bps: u16,
    },
    /// Part of a premium that goes to the treasury
    ProtocolFee {
        /// Bps, at most 2,000
        bps: u16,
    },
    /// Part of a premium that goes to the voters' fund
    AssessorFee {
        /// Bps, at most 1,000
        bps: u16,
    },
    /// What a cancellation costs
    CancelFee {
        /// Bps of what it gives back, at most 2,000
        bps: u16,
    },
    /// The assembly whose ballots decide; of a product that covers something, once it covers nothing
    Court {
        /// The assembly
        assembly: Address,
    },
    /// The stake of the court below which no cover is sold and cancelling costs no fee; of a product that covers something, once
    /// it covers nothing
    StakeFloor {
        /// Staked tokens that are old enough to count
        amount: Amount,
    },
    /// Most active cover for each whole staked token
    CoverPerStake {
        /// In the asset; 0 for no limit
        amount: Amount,
    },
    /// The bonds of a product's incidents and claims, once it covers nothing; what is not given stays as it is
    Bonds {
        /// The product's number, name or address
        product: String,
        /// Bond of an incident
        #[arg(long, value_name = "AMOUNT")]
        incident_bond: Option<Amount>,
        /// Bond of a claim, bps of the amount claimed
        #[arg(long)]
        claim_bond_bps: Option<u16>,
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
    /// Give the authority over the pool to somebody, who then accepts it
    Authority {
        /// Who
        address: Address,
    },
    /// Who may pause sales and deposits
    Guardian {
        /// Who; nobody if not given
        address: Option<Address>,
    },
    /// Who decides what too few vote on
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

impl Kind {
    /// The product it is about, as it was named.
    fn product(&self) -> Option<&str> {
        match self {
            Self::List { product }
            | Self::Delist { product }
            | Self::Weight { product, .. }
            | Self::Bonds { product, .. }
            | Self::Curve { product, .. } => Some(product),
            _ => None,
        }
    }

    /// The proposal; what is not given is as it is now.
    fn proposal(&self, pool: &At<Pool>, product: Option<&Product>, context: &Context) -> Result<Proposal> {
        let token = asset(pool);
        Ok(match self {
            Self::MinPremium { amount } => Proposal::MinPremium { min_premium: amount.atoms(&token)? },
            Self::VoteReward { amount } => Proposal::VoteReward { vote_reward: amount.atoms(&token)? },
            Self::AssessorsLimit { amount } => Proposal::AssessorsLimit { assessors_limit: amount.atoms(&token)? },
            Self::Timelock { time } => Proposal::Timelock { timelock: time.as_secs() },
            Self::ExitDelay { days } => Proposal::ExitDelay { exit_delay_days: *days },
            Self::Season { days } => Proposal::Season { season_days: *days },
            Self::Leverage { bps } => Proposal::Leverage { leverage_bps: *bps },
            Self::GroupCap { group, bps } => Proposal::GroupCap { group: *group, cap_bps: *bps },
            Self::ProtocolFee { bps } => Proposal::ProtocolFee { protocol_fee_bps: *bps },
            Self::AssessorFee { bps } => Proposal::AssessorFee { assessor_fee_bps: *bps },
            Self::CancelFee { bps } => Proposal::CancelFee { cancel_fee_bps: *bps },
            Self::Court { assembly } => Proposal::Court { assembly: *assembly },
            Self::StakeFloor { amount } => {
                Proposal::StakeFloor { stake_floor: amount.atoms(&governance(&*context.assembly(pool)?))? }
            }
            Self::CoverPerStake { amount } => {
                let decimals = context.assembly(pool)?.decimals;
                Proposal::CoverPerStake { cover_per_stake: cover_per_stake(amount.atoms(&token)?, decimals)? }
            }
            Self::Bonds { incident_bond, claim_bond_bps, .. } => {
                let now = product.context("no product")?;
                Proposal::Bonds {
                    incident_bond: incident_bond.map_or(Ok(now.next_incident_bond), |bond| bond.atoms(&token))?,
                    claim_bond_bps: claim_bond_bps.unwrap_or(now.next_claim_bond_bps),
                }
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

/// Proposes, applies or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    match command {
        Command::Propose(kind) => propose(kind, true, &pool, context),
        Command::Petition(kind) => propose(kind, false, &pool, context),
        Command::Apply { change } => apply(change, &pool, context),
        Command::Mark { change } => mark(change, &pool, context),
        Command::Withdraw { change } => withdraw(change, &pool, context),
        Command::Accept { change } => accept(change, &pool, context),
        Command::List => list(&pool, context),
    }
}

/// A change by its number or its address.
fn find(which: &str, pool: &At<Pool>, context: &Context) -> Result<At<Change>> {
    let Ok(id) = which.parse::<u64>() else {
        let address = which.parse().map_err(|_| anyhow!("`{which}` is no number and no address"))?;
        return context.client.fetch(&address).with_context(|| format!("the pool has no change {which}"));
    };
    let mut found = context.of_pool::<Change>(&pool.address, offset_of!(Change, pool))?;
    found.retain(|change| change.id == id);
    match found.as_slice() {
        [] => bail!("the pool has no change {id}"),
        [change] => Ok(*change),
        // Each proposer counts for themselves.
        several => {
            let addresses: Vec<_> = several.iter().map(|change| change.address.to_string()).collect();
            bail!("the pool has several changes {id}; name one by its address: {}", addresses.join(", "))
        }
    }
}

fn propose(kind: &Kind, orders: bool, pool: &At<Pool>, context: &Context) -> Result<()> {
    let product = kind.product().map(|which| context.product(pool, which)).transpose()?;
    let proposal = kind.proposal(pool, product.as_deref(), context)?;
    let current = proposal.current(pool, product.as_deref()).map_err(refused)?;
    let raises = proposal.raises_risk(&current);
    let others = rivals(&proposal, product.as_ref().map(|product| product.address), pool, context)?;
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
        .text("waits_for", if raises { "its time, and those who asked in time to leave" } else { "its time" })
        .text("beside", beside(&others))
        .time("applies", event.applies_at)
        .address("ballot", &event.ballot)
        .amount("bond", &asset(pool), event.bond);
    context.done(if orders { "The change is queued." } else { "A ballot decides on the change." }, &receipt, record);
    Ok(())
}

/// The numbers of queued changes of the same thing. The last of them to be queued is the last to hold.
fn rivals(proposal: &Proposal, product: Option<Address>, pool: &At<Pool>, context: &Context) -> Result<Vec<u64>> {
    let changes = context.of_pool::<Change>(&pool.address, offset_of!(Change, pool))?;
    let is_rival = |change: &Change| {
        change.state() == Ok(ChangeState::Queued)
            && !change.has_fallen(pool)
            && change.product == product.unwrap_or(NOBODY)
            && Proposal::from_bytes(&change.proposal).is_ok_and(|other| other.sets_what(proposal))
    };
    let mut found: Vec<_> = changes.iter().filter(|change| is_rival(change)).map(|change| change.id).collect();
    found.sort_unstable();
    Ok(found)
}

/// The numbers of other changes, in words.
fn beside(others: &[u64]) -> String {
    match others {
        [] => "no other change of it is queued".into(),
        _ => format!("queued before it, of the same: {others:?}; the one that was queued last holds in the end"),
    }
}

fn apply(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let change = find(which, pool, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::apply_change(pool, &change, &context.payer(&signer)?)], &signer)?;
    let event = receipt.event(|event| if let Event::ChangeApplied(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("change", &event.change)
        .text("before", told(&event.before))
        .text("after", told(&event.after));
    context.done("The change is applied.", &receipt, record);
    Ok(())
}

fn mark(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let change = find(which, pool, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::mark_change(pool, &change)], &signer)?;
    let event = receipt.event(|event| if let Event::ChangeMarked(event) = event { Some(event) } else { None })?;
    let record = Record::new().address("change", &event.change).time("ready", event.ready_at);
    context.done("The change can be applied, and lapses in 30 days.", &receipt, record);
    Ok(())
}

fn withdraw(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let change = find(which, pool, context)?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::withdraw_change(pool, &change)], &signer)?;
    context.done("The change is withdrawn.", &receipt, Record::new().address("change", &change.address));
    Ok(())
}

fn accept(which: &str, pool: &At<Pool>, context: &Context) -> Result<()> {
    let (change, signer) = (find(which, pool, context)?, context.signer()?);
    let authority = signer.pubkey();
    ensure!(
        Proposal::from_bytes(&change.proposal) == Ok(Proposal::Authority { authority }),
        "change {which} does not give the authority to {authority}; `breakwater change list` shows what does, and --keypair names who signs"
    );
    let receipt = context.send(&[build::accept_authority(&change, &authority)], &signer)?;
    let record = Record::new().address("authority", &authority).address("change", &change.address);
    context.done("The authority is yours, and what was queued by who had it has fallen.", &receipt, record);
    Ok(())
}

/// Where a change stands, in words.
fn state(change: &Change, pool: &Pool, now: u64) -> String {
    match change.standing(pool, now) {
        Ok(ChangeStanding::Waiting) => {
            format!("can be applied from {}", moment(change.applies_at))
        }
        Ok(standing) => standing.word().into(),
        Err(_) => "unknown".into(),
    }
}

/// What an event tells of a proposal, in words.
fn told(proposal: &[u8; BRIEF_BYTES]) -> String {
    Proposal::from_brief(proposal).map_or_else(|_| "unknown".into(), in_words)
}

/// A stored proposal, in words.
fn words(proposal: &[u8; PROPOSAL_BYTES]) -> String {
    Proposal::from_bytes(proposal).map_or_else(|_| "unknown".into(), in_words)
}

fn in_words(proposal: Proposal) -> String {
    let address = |address: Address| if address == NOBODY { "nobody".to_owned() } else { address.to_string() };
    match proposal {
        Proposal::MinPremium { min_premium } => format!("least premium {min_premium} atoms"),
        Proposal::VoteReward { vote_reward } => format!("voters' reward {vote_reward} atoms"),
        Proposal::AssessorsLimit { assessors_limit } => format!("limit of the voters' fund {assessors_limit} atoms"),
        Proposal::Timelock { timelock } => format!("timelock {}", lasting(timelock)),
        Proposal::ExitDelay { exit_delay_days } => format!("exit delay {exit_delay_days} days"),
        Proposal::Season { season_days } => format!("season {season_days} days"),
        Proposal::Leverage { leverage_bps } => format!("leverage {leverage_bps} bps"),
        Proposal::GroupCap { group, cap_bps } => format!("cap of group {group} {cap_bps} bps"),
        Proposal::ProtocolFee { protocol_fee_bps } => format!("protocol fee {protocol_fee_bps} bps"),
        Proposal::AssessorFee { assessor_fee_bps } => format!("voters' fee {assessor_fee_bps} bps"),
        Proposal::CancelFee { cancel_fee_bps } => format!("cancellation fee {cancel_fee_bps} bps"),
        Proposal::Court { assembly } => format!("assembly {assembly}"),
        Proposal::StakeFloor { stake_floor } => format!("floor of the court's stake {stake_floor} atoms"),
        Proposal::CoverPerStake { cover_per_stake: 0 } => "no limit of cover by the court's stake".into(),
        Proposal::CoverPerStake { cover_per_stake } => {
            format!("at most {cover_per_stake} atoms of cover for each 1,000,000,000 atoms of the court's stake")
        }
        Proposal::Bonds { incident_bond, claim_bond_bps } => {
            format!("bond of an incident {incident_bond} atoms, of a claim {claim_bond_bps} bps")
        }
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
    let products = context.of_pool::<Product>(&pool.address, offset_of!(Product, pool))?;
    let records: Vec<_> = changes
        .iter()
        .map(|change| {
            Record::new()
                .number("number", change.id)
                .text("proposal", words(&change.proposal))
                .address("product", &change.product)
                .text("state", state(change, pool, now))
                .time("exits_until", exits_until(change, pool, &products))
                .address("change", &change.address)
        })
        .collect();
    context.output.list("There are no changes.", &records);
    Ok(())
}

/// Until when one has to ask to leave before a queued change that can raise what LPs risk; 0 of others.
fn exits_until(change: &Change, pool: &Pool, products: &[At<Product>]) -> u64 {
    let product = products.iter().find(|product| product.address == change.product);
    let raises = |proposal: Proposal| -> Option<bool> {
        let current = proposal.current(pool, product.map(|product| &product.account)).ok()?;
        Some(proposal.raises_risk(&current))
    };
    let waits = change.state() == Ok(ChangeState::Queued) && !change.has_fallen(pool);
    let raises = waits && Proposal::from_bytes(&change.proposal).ok().and_then(raises) == Some(true);
    if raises { change.exits_until } else { 0 }
}
