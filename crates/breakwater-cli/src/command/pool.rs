//! `breakwater pool`

use crate::{
    context::{Context, asset, governance, refused, shares},
    court::{self, Court},
    output::Record,
    parse::duration,
    payment, season,
};
use anyhow::{Context as _, Result, ensure};
use coverage_client::{
    Assembly, At, Event, NOBODY, Pool, PoolParams, Retired, ShareWords, TOKEN_2022,
    amount::{Amount, Token},
    build, quote, retired_address, text,
};
use solana_address::Address;
use solana_signer::Signer;
use std::time::Duration;

/// Pools.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Create a pool of a token
    Create(Box<Create>),
    /// Announce the pool open: listing is frozen, and cover is sold after a season; the authority signs
    Open,
    /// Retire the shares of a pool that was wiped out, so that new capital need not pay for them; anyone may
    RetireShares,
    /// Close the account of retired shares of which none are left, for its rent; anyone may
    CloseRetired {
        /// Their generation
        generation: u32,
    },
    /// Close the pool once nobody has shares of it and nothing of it is open; its authority signs, or the one who paid its rent
    Close,
    /// Show the pool
    Show {
        /// The pool, if not the only one
        #[arg(value_name = "POOL")]
        address: Option<Address>,
    },
    /// List all pools
    List,
}

/// Parameters of a pool.
#[derive(clap::Args)]
pub struct Create {
    /// Mint of the asset
    #[arg(long)]
    asset: Address,
    /// The assembly that decides
    #[arg(long)]
    assembly: Address,
    /// Number of the pool among the signer's
    #[arg(long, default_value_t = 0)]
    id: u64,
    /// Who lists products and queues changes; the signer if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    authority: Option<Address>,
    /// Who may pause sales and deposits; the signer if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    guardian: Option<Address>,
    /// Who decides what too few vote on; nobody if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    arbiter: Option<Address>,
    /// Who gets the protocol fees; the signer if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    treasury: Option<Address>,
    /// Least premium of a sale
    #[arg(long, value_name = "AMOUNT", default_value = "0.01")]
    min_premium: Amount,
    /// Reward of a ballot's voters
    #[arg(long, value_name = "AMOUNT", default_value = "20")]
    vote_reward: Amount,
    /// What the voters' fund keeps at most beside reserved rewards; the rest goes to the LPs
    #[arg(long, value_name = "AMOUNT", default_value = "10000")]
    assessors_limit: Amount,
    /// How long a change waits: at least the exit delay and two days
    #[arg(long, value_parser = duration, default_value = "9d")]
    timelock: Duration,
    /// Stake of the assembly, old enough to count, below which no cover is sold and cancelling costs no fee; a hundredth of the
    /// governance mint's supply, rounded up and at least one atom, if not given
    #[arg(long, value_name = "AMOUNT")]
    stake_floor: Option<Amount>,
    /// Most active cover for each whole staked token, in the asset; 0 for no limit
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    cover_per_stake: Amount,
    /// How long an exit waits at least, days
    #[arg(long, default_value_t = 7)]
    exit_delay_days: u16,
    /// Over how many days the least capital counts
    #[arg(long, default_value_t = 14)]
    season_days: u16,
    /// Most active cover, bps of free capital
    #[arg(long, default_value_t = 10_000)]
    leverage_bps: u16,
    /// Most active cover of each correlation group, bps of free capital; the leverage if not given
    #[arg(long)]
    group_cap_bps: Option<u16>,
    /// Part of a premium that goes to the treasury, bps
    #[arg(long, default_value_t = 500)]
    protocol_fee_bps: u16,
    /// Part of a premium that goes to the voters' fund, bps
    #[arg(long, default_value_t = 500)]
    assessor_fee_bps: u16,
    /// What a cancellation costs, bps of what it gives back
    #[arg(long, default_value_t = 500)]
    cancel_fee_bps: u16,
    /// Token program of the shares: token-2022, or spl-token, which shows no words
    #[arg(long, value_enum, default_value = "token-2022", hide_possible_values = true)]
    share_program: ShareProgram,
    /// Name of the shares, which wallets show, at most 32 bytes
    #[arg(long, value_name = "NAME", default_value = "Breakwater shares")]
    share_name: String,
    /// Symbol of the shares, at most 10 bytes
    #[arg(long, value_name = "SYMBOL", default_value = "BWS")]
    share_symbol: String,
    /// Link to a page or a JSON file about the pool, at most 128 bytes
    #[arg(long, value_name = "URI", default_value = "")]
    share_link: String,
}

/// The default of the floor of the court's stake: one in so many of all tokens that can be staked.
const FLOOR_PART: u64 = 100;

/// A token program.
#[derive(Clone, Copy, clap::ValueEnum)]
enum ShareProgram {
    #[value(name = "token-2022")]
    Token2022,
    SplToken,
}

/// Creates or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Create(args) => create(args, context)?,
        Command::Open => open(context)?,
        Command::RetireShares => retire_shares(context)?,
        Command::CloseRetired { generation } => close_retired(*generation, context)?,
        Command::Close => close(context)?,
        Command::Show { address } => {
            let pool = address.map_or_else(|| context.pool(), |pool| Ok(context.client.fetch(&pool)?))?;
            show(&pool, context)?;
        }
        Command::List => list(context)?,
    }
    Ok(())
}

fn create(args: &Create, context: &Context) -> Result<()> {
    let signer = context.signer()?;
    let who = signer.pubkey();
    let mint = context.client.mint(&args.asset)?;
    let token = Token { symbol: "the asset".into(), decimals: mint.decimals };
    let assembly: At<Assembly> = context.client.fetch(&args.assembly)?;
    let votes = governance(&assembly);
    let stake_floor = match args.stake_floor {
        Some(floor) => floor.atoms(&votes)?,
        None => context.client.mint(&assembly.governance_mint)?.supply.div_ceil(FLOOR_PART).max(1),
    };
    let pool = coverage_client::pool_address(&who, args.id);
    let free = context.client.find::<Pool>(&pool)?.is_none();
    ensure!(free, "{who} has a pool number {} already, {pool}; --id takes another number", args.id);
    let params = PoolParams {
        authority: args.authority.unwrap_or(who),
        guardian: args.guardian.unwrap_or(who),
        arbiter: args.arbiter.unwrap_or(NOBODY),
        treasury: args.treasury.unwrap_or(who),
        min_premium: args.min_premium.atoms(&token)?,
        vote_reward: args.vote_reward.atoms(&token)?,
        assessors_limit: args.assessors_limit.atoms(&token)?,
        timelock: args.timelock.as_secs(),
        stake_floor,
        cover_per_stake: court::cover_per_stake(args.cover_per_stake.atoms(&token)?, assembly.decimals)?,
        exit_delay_days: args.exit_delay_days,
        season_days: args.season_days,
        leverage_bps: args.leverage_bps,
        protocol_fee_bps: args.protocol_fee_bps,
        assessor_fee_bps: args.assessor_fee_bps,
        cancel_fee_bps: args.cancel_fee_bps,
        group_caps_bps: [args.group_cap_bps.unwrap_or(args.leverage_bps); 16],
    };
    let (share_token_program, words) = match args.share_program {
        ShareProgram::Token2022 => {
            (TOKEN_2022, ShareWords::new(&args.share_name, &args.share_symbol, &args.share_link).map_err(refused)?)
        }
        ShareProgram::SplToken => (spl_token_interface::ID, ShareWords::NONE),
    };
    let tokens = build::PoolTokens {
        asset_mint: &args.asset,
        token_program: &mint.token_program,
        share_token_program: &share_token_program,
        words: &words,
    };
    let create = build::create_pool(&who, &context.payer(&signer)?, args.id, &args.assembly, tokens, &params);
    let receipt = context.send(&[create], &signer)?;
    let record = Record::new()
        .address("pool", &pool)
        .address("vault", &coverage_client::vault_address(&pool))
        .address("share_mint", &coverage_client::share_mint_address(&pool, 0))
        .amount("stake_floor", &votes, stake_floor);
    context.done("The pool is created; it sells cover some time after `breakwater pool open`.", &receipt, record);
    Ok(())
}

fn open(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let signer = context.signer()?;
    ensure!(signer.pubkey() == pool.authority, "only the pool's authority {} opens it", pool.authority);
    let receipt = context.send(&[build::open_pool(&pool)], &signer)?;
    let event = receipt.event(|event| if let Event::PoolOpened(event) = event { Some(event) } else { None })?;
    let opened = Pool { opened_at: event.opened_at, ..pool.account };
    let ends = opened.withdrawal_ends().ok().flatten().context("the opening's time")?;
    let record = Record::new()
        .address("pool", &event.pool)
        .time("leave_at_once_until", ends)
        .time("sells_from", event.sells_from);
    context.done("The pool is announced open.", &receipt, record);
    Ok(())
}

fn retire_shares(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let signer = context.signer()?;
    let receipt = context.send(&[build::retire_shares(&pool, &context.payer(&signer)?)], &signer)?;
    let event = receipt.event(|event| if let Event::SharesRetired(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .number("generation", pool.generation)
        .amount("retired", &shares(&pool), event.shares)
        .amount("left_for_them", &asset(&pool), event.capital)
        .address("share_mint", &event.new_share_mint);
    context.done("The shares are retired; `breakwater lp redeem` pays what is left for them.", &receipt, record);
    Ok(())
}

fn close_retired(generation: u32, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let signer = context.signer()?;
    let retired: At<Retired> = context.client.fetch(&retired_address(&pool.address, generation))?;
    let receipt = context.send(&[build::close_retired(&pool, &retired, &signer.pubkey())], &signer)?;
    let event = receipt.event(|event| if let Event::RetiredClosed(event) = event { Some(event) } else { None })?;
    let record = Record::new().number("generation", generation).address("share_mint", &event.share_mint).amount(
        "to_lps_over_seven_days",
        &asset(&pool),
        event.dust,
    );
    context.done("The account of the retired shares is closed.", &receipt, record);
    Ok(())
}

fn close(context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let signer = context.signer()?;
    let who = signer.pubkey();
    let (authority, payer) = (pool.authority, pool.rent_payer);
    ensure!(pool.may_be_closed_by(&who), "only its authority {authority} closes a pool, or {payer}, who paid its rent");
    let receipt = context.send(&build::close_pool(&pool, &who), &signer)?;
    let event = receipt.event(|event| if let Event::PoolClosed(event) = event { Some(event) } else { None })?;
    let record = Record::new().address("pool", &event.pool).address("treasury", &event.treasury).amount(
        "to_the_treasury",
        &asset(&pool),
        event.amount,
    );
    context.done("The pool is closed.", &receipt, record);
    Ok(())
}

/// The books as they are at `now`, whenever they were last accrued.
fn now(pool: &At<Pool>, now: u64) -> At<Pool> {
    // Books that cannot be accrued are shown as they are: `verify` says why.
    At { address: pool.address, account: quote::accrued(pool, now).unwrap_or(pool.account) }
}

fn show(pool: &At<Pool>, context: &Context) -> Result<()> {
    let time = context.client.now()?;
    let pool = now(pool, time);
    let (token, share) = (asset(&pool), shares(&pool));
    let one = 10u64.saturating_pow(share.decimals.into());
    let free = pool.free_capital().unwrap_or(0);
    let selling = pool.check_selling(time).is_ok();
    let words = context.share_words(&pool)?;
    let assembly = context.assembly(&pool)?;
    let court = Court::of(&pool, &assembly, time)?;
    let record = Record::new()
        .address("pool", &pool.address)
        .address("asset_mint", &pool.asset_mint)
        .address("share_mint", &pool.share_mint)
        .text("share_name", text(&words.name))
        .text("share_symbol", text(&words.symbol))
        .text("share_link", text(&words.uri))
        .address("vault", &pool.vault)
        .address("assembly", &pool.assembly)
        .address("authority", &pool.authority)
        .address("guardian", &pool.guardian)
        .address("arbiter", &pool.arbiter)
        .address("fees_go_to", &pool.treasury)
        .amount("capital", &token, pool.capital)
        .amount("carries_cover", &token, if selling { pool.seasoned_capital()? } else { 0 })
        .text("season", season::in_words(&pool, time))
        .amount("free_capital", &token, free)
        .amount("set_aside", &token, pool.set_aside()?)
        .amount("unearned", &token, pool.unearned)
        .amount("payable", &token, pool.payable)
        .amount("exits_due", &token, pool.exits_due)
        .amount("contested", &token, pool.contested)
        .amount("bonds", &token, pool.bonds)
        .amount("assessors", &token, pool.assessors)
        .amount("assessors_limit", &token, pool.assessors_limit)
        .amount("income_to_come", &token, pool.income_left()?)
        .amount("treasury", &token, pool.treasury_due)
        .amount("shares", &share, pool.shares)
        .amount("exiting_shares", &share, pool.exiting_shares)
        .amount("share_price", &token, pool.worth(one).unwrap_or(0))
        .number("exit_epochs_waiting", pool.exit_count.saturating_sub(pool.exit_head))
        .amount("active_cover", &token, pool.active_cover)
        .amount("liened_cover", &token, pool.liened_cover)
        .bps("leverage", pool.leverage_bps)
        .text("pays_claims", payment::of_pool(&pool).map_err(refused)?)
        .number("products", pool.product_count)
        .number("policies_sold", pool.policies_sold)
        .number("open_incidents", pool.open_incidents)
        .amount("premiums_paid", &token, pool.premiums_paid)
        .amount("claims_paid", &token, pool.claims_paid)
        .number("exit_delay_days", pool.exit_delay_days)
        .number("season_days", pool.season_days)
        .duration("timelock", pool.timelock)
        .bps("protocol_fee", pool.protocol_fee_bps)
        .bps("assessor_fee", pool.assessor_fee_bps)
        .bps("cancel_fee", pool.cancel_fee_bps)
        .maybe_amount("cover_per_staked_token", &token, court::cover_of_a_token(&pool, assembly.decimals));
    let record = court
        .show(record)
        .text("governance_can_be_minted", court::minting(&assembly.governance_mint, context)?)
        .number("terms", pool.terms)
        .time("opened", pool.opened_at)
        .time("leave_at_once_until", pool.withdrawal_ends().ok().flatten().unwrap_or(0))
        .time("sells_from", pool.sells_from)
        .time("paused_until", pool.paused_until)
        .time("as_of", time);
    context.output.record(&record);
    Ok(())
}

fn list(context: &Context) -> Result<()> {
    let time = context.client.now()?;
    let pools = context.client.list::<Pool>(&[])?;
    let records: Vec<_> = pools
        .iter()
        .map(|pool| {
            let pool = now(pool, time);
            let token = asset(&pool);
            Record::new()
                .address("pool", &pool.address)
                .address("asset_mint", &pool.asset_mint)
                .amount("capital", &token, pool.capital)
                .amount("active_cover", &token, pool.active_cover)
                .number("products", pool.product_count)
                .number("open_incidents", pool.open_incidents)
        })
        .collect();
    context.output.list("There are no pools.", &records);
    Ok(())
}
