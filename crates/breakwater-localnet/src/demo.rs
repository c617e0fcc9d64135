//! A pool to try things on: an asset with a faucet, an assembly, three products, and people with money.

use crate::{cheat, key};
use anyhow::{Context, Result};
use coverage_client::{
    AssemblyParams, DrawParams, NOBODY, Pool, PoolParams, PriceParams, ProductParams, ShareWords, Trigger,
    assembly_address, build, constants::DAY, rpc::Client, token_account_address,
};
use coverage_wordings::{Wording, named};
use solana_address::Address;
use solana_keypair::Keypair;
use solana_program_pack::Pack;
use solana_signer::Signer;
use spl_token_interface::{instruction as token, state::Mint};

/// Who has a wallet: the founder is authority, guardian, arbiter and treasury of the pool.
pub const WALLETS: [&str; 7] = ["founder", "ada", "ben", "dora", "otto", "vera", "walt"];
/// Decimals of both tokens.
pub const DECIMALS: u8 = 6;
/// Lamports that every wallet begins with.
pub const LAMPORTS: u64 = 100_000_000_000;
/// Atoms of the asset that every wallet begins with: a million tokens.
const ASSET: u64 = 1_000_000_000_000;
/// Atoms of the governance token that every wallet begins with: a hundred thousand tokens.
const GOVERNANCE: u64 = 100_000_000_000;
/// Atoms of the governance token that the founder stakes, a thousand tokens: cover is sold only while the court has a stake.
const STAKE: u64 = 1_000_000_000;
/// Wallets that get their first tokens in one transaction: more would not fit.
const GIFTS: usize = 3;

/// The mint of the pool's asset.
#[must_use]
pub fn asset() -> Address {
    key("asset mint").pubkey()
}

/// The mint of the token that the assembly's members stake.
#[must_use]
pub fn governance() -> Address {
    key("governance mint").pubkey()
}

/// Who mints both tokens: the faucet.
#[must_use]
pub fn faucet() -> Keypair {
    key("faucet")
}

/// The pool.
#[must_use]
pub fn pool_address() -> Address {
    coverage_client::pool_address(&key("founder").pubkey(), 0)
}

/// Founds everything on a new network. `progress` hears what comes next.
pub fn found(client: &Client, progress: impl Fn(&str)) -> Result<()> {
    let faucet = faucet();
    cheat::fund(client, &faucet.pubkey(), LAMPORTS)?;
    for name in WALLETS {
        cheat::fund(client, &key(name).pubkey(), LAMPORTS)?;
    }
    progress("the tokens and their faucet");
    create_mints(client, &faucet)?;
    progress("the wallets");
    for names in WALLETS.chunks(GIFTS) {
        let owners: Vec<_> = names.iter().map(|name| key(name).pubkey()).collect();
        give(client, &owners, ASSET, GOVERNANCE)?;
    }
    progress("the assembly and the pool");
    let founder = key("founder");
    let who = founder.pubkey();
    let assembly_address = assembly_address(&governance(), &who);
    let words = ShareWords::new("Breakwater demo shares", "BWD", "https://example.org/shares")?;
    let tokens = build::PoolTokens {
        asset_mint: &asset(),
        token_program: &spl_token_interface::ID,
        share_token_program: &spl_token_2022_interface::ID,
        words: &words,
    };
    let instructions = [
        build::create_assembly(&who, &who, &governance(), &spl_token_interface::ID, &assembly_params()),
        build::create_pool(&who, &who, 0, &assembly_address, tokens, &pool_params(who)),
    ];
    client.send(&instructions, &[&founder]).context("cannot create the pool")?;
    let stake = build::stake(&client.fetch(&assembly_address)?, &who, &who, STAKE);
    client.send(&[stake], &[&founder]).context("cannot stake")?;
    progress("the products");
    for params in products()? {
        let pool = client.fetch(&pool_address())?;
        let list = build::list_product(&pool, &who, &params);
        client.send(&[list], &[&founder]).with_context(|| format!("cannot list {}", params.name))?;
    }
    progress("the time until cover is sold");
    let open = build::open_pool(&client.fetch(&pool_address())?);
    client.send(&[open], &[&founder]).context("cannot open the pool")?;
    let pool = client.fetch::<Pool>(&pool_address())?;
    cheat::travel(client, pool.sells_from)
}

/// Mints tokens to owners, whose token accounts are opened.
pub fn give(client: &Client, owners: &[Address], asset_atoms: u64, governance_atoms: u64) -> Result<()> {
    let faucet = faucet();
    let program = &spl_token_interface::ID;
    let mut instructions = Vec::new();
    for owner in owners {
        for (mint, atoms) in [(asset(), asset_atoms), (governance(), governance_atoms)] {
            if atoms > 0 {
                instructions.push(build::open_token_account(&faucet.pubkey(), owner, &mint, program));
                let account = token_account_address(owner, &mint);
                instructions.push(token::mint_to(program, &mint, &account, &faucet.pubkey(), &[], atoms)?);
            }
        }
    }
    client.send(&instructions, &[&faucet]).context("the faucet gave nothing")?;
    Ok(())
}

fn create_mints(client: &Client, faucet: &Keypair) -> Result<()> {
    let rent = client.rpc.get_minimum_balance_for_rent_exemption(Mint::LEN).context("cannot ask for the rent")?;
    let program = &spl_token_interface::ID;
    let mut instructions = Vec::new();
    for mint in [asset(), governance()] {
        let size = u64::try_from(Mint::LEN)?;
        let create = solana_system_interface::instruction::create_account(&faucet.pubkey(), &mint, rent, size, program);
        instructions.push(create);
        instructions.push(token::initialize_mint2(program, &mint, &faucet.pubkey(), None, DECIMALS)?);
    }
    let signers = [faucet, &key("asset mint"), &key("governance mint")];
    client.send(&instructions, &signers).context("cannot create the mints")?;
    Ok(())
}

fn assembly_params() -> AssemblyParams {
    AssemblyParams {
        voting_period: 2 * DAY,
        min_stake_age: DAY,
        unstake_delay: 60 * DAY,
        quorum_bps: 2_000,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
    }
}

fn pool_params(founder: Address) -> PoolParams {
    PoolParams {
        authority: founder,
        guardian: founder,
        arbiter: founder,
        treasury: founder,
        min_premium: 1_000,
        vote_reward: 20_000_000,
        assessors_limit: 1_000_000_000_000,
        timelock: 9 * DAY,
        stake_floor: STAKE / 10,
        cover_per_stake: 0,
        exit_delay_days: 7,
        season_days: 7,
        leverage_bps: 10_000,
        protocol_fee_bps: 500,
        assessor_fee_bps: 500,
        cancel_fee_bps: 500,
        group_caps_bps: [10_000; 16],
    }
}

/// The words of a product, and an address that they cover: nothing lies there.
fn words(name: &str, subject: &str) -> Result<(&'static Wording, String)> {
    let wording = named(name).with_context(|| format!("there is no wording {name}"))?;
    Ok((wording, wording.uri(Some(&key(subject).pubkey().to_string()))))
}

fn products() -> Result<[ProductParams; 3]> {
    let (wording, terms_uri) = words("exploit@1", "lending program")?;
    let exploit = ProductParams {
        name: "Lending exploit".into(),
        terms_uri,
        terms_hash: wording.sha256,
        risk_kind: wording.risk.byte(),
        group: 0,
        weight_bps: 10_000,
        r0_ppm: 20_000,
        r1_ppm: 50_000,
        r2_ppm: 200_000,
        kink_bps: 8_000,
        min_term_days: 1,
        max_term_days: 365,
        waiting_days: 1,
        grace_days: 30,
        deductible_bps: 500,
        report_window_days: 30,
        filing_window_days: 14,
        claim_bond_bps: 100,
        dispute_window: DAY,
        appeal_window: DAY,
        min_amount: 1_000_000,
        max_amount: 100_000_000_000_000,
        incident_bond: 500_000_000,
        trigger: Trigger::Jury.byte(),
        trigger_source: NOBODY,
        price: PriceParams::NONE,
        draws: DrawParams::NONE,
    };
    let other = |name: &str, (wording, terms_uri): (&Wording, String), group, [r0_ppm, r1_ppm, r2_ppm]: [u32; 3]| {
        ProductParams {
            name: name.into(),
            terms_uri,
            terms_hash: wording.sha256,
            risk_kind: wording.risk.byte(),
            group,
            r0_ppm,
            r1_ppm,
            r2_ppm,
            ..exploit.clone()
        }
    };
    Ok([
        exploit.clone(),
        other("Stablecoin depeg", words("depeg@1", "stablecoin mint")?, 1, [15_000, 40_000, 150_000]),
        other("Validator slashing", words("slashing@1", "validator vote account")?, 2, [5_000, 15_000, 80_000]),
    ])
}
