//! A pool: its books, its opening, deposits and pauses.

use crate::{Answer, array, object, read, write};
use breakwater_state::{
    BreakwaterError, NOBODY, OrOverflow, Pool, Product, Retired, RetiredKeys, Seen,
    constants::{LINK_BYTES, MAX_PAUSE, OPENING_EXITS},
};
use bytemuck::Zeroable;
use coverage_math::shares;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The day that a unix second lies in, counted from the epoch.
#[wasm_bindgen(js_name = dayOf)]
#[must_use]
pub fn day_of(time: u64) -> u64 {
    coverage_math::day_of(time)
}

/// The day after the one that a unix second lies in.
#[wasm_bindgen(js_name = dayAfter)]
#[must_use]
pub fn day_after(time: u64) -> u64 {
    coverage_math::day_after(time)
}

/// The first second of a day.
#[wasm_bindgen(js_name = startOf)]
pub fn start_of(day: u64) -> Answer<u64> {
    Ok(coverage_math::start_of(day).or_overflow()?)
}

/// Seconds of so many days.
#[wasm_bindgen(js_name = secondsOf)]
#[must_use]
pub fn seconds_of(days: u16) -> u64 {
    coverage_math::seconds_of(days)
}

/// Decimals of a share beyond those of the asset.
#[wasm_bindgen(js_name = shareDecimals)]
#[must_use]
pub fn share_decimals() -> u8 {
    shares::SHARE_DECIMALS
}

/// Longest pause of sales and deposits, seconds.
#[wasm_bindgen(js_name = maxPause)]
#[must_use]
pub fn max_pause() -> u64 {
    MAX_PAUSE
}

/// How long LPs leave at once after the opening, seconds.
#[wasm_bindgen(js_name = openingExits)]
#[must_use]
pub fn opening_exits() -> u64 {
    OPENING_EXITS
}

/// Longest link to evidence or terms, bytes.
#[wasm_bindgen(js_name = linkBytes)]
#[must_use]
pub fn link_bytes() -> usize {
    LINK_BYTES
}

/// The pool with its books accrued to `now`.
#[wasm_bindgen]
pub fn accrue(pool: &[u8], now: u64) -> Answer<Vec<u8>> {
    let mut accrued: Pool = read(pool)?;
    accrued.accrue(now)?;
    Ok(write(pool, &accrued))
}

/// The pool with its books accrued to `now`, and a product of it rolled.
#[wasm_bindgen(unchecked_return_type = "{ pool: Uint8Array; product: Uint8Array }")]
pub fn roll(pool: &[u8], product: &[u8], now: u64) -> Answer<JsValue> {
    let (mut accrued, mut rolled): (Pool, Product) = (read(pool)?, read(product)?);
    accrued.accrue(now)?;
    rolled.roll(&mut accrued, now)?;
    Ok(object([("pool", array(&write(pool, &accrued))), ("product", array(&write(product, &rolled)))]))
}

/// All that the vault must hold, atoms.
#[wasm_bindgen]
pub fn owed(pool: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.owed()?)
}

/// Capital set aside for incidents, open or settled, atoms.
#[wasm_bindgen(js_name = setAside)]
pub fn set_aside(pool: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.set_aside()?)
}

/// Capital that carries new cover, atoms.
#[wasm_bindgen(js_name = freeCapital)]
pub fn free_capital(pool: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.free_capital()?)
}

/// The most active cover that the free capital carries, atoms.
#[wasm_bindgen(js_name = coverLimit)]
pub fn cover_limit(pool: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.cover_limit()?)
}

/// The most active cover of a correlation group, atoms.
#[wasm_bindgen(js_name = groupLimit)]
pub fn group_limit(pool: &[u8], group: u8) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.group_limit(group)?)
}

/// What shares are worth, atoms.
#[wasm_bindgen]
pub fn worth(pool: &[u8], shares: u64) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.worth(shares)?)
}

/// The shares that a deposit would mint.
#[wasm_bindgen(js_name = quoteDeposit)]
pub fn quote_deposit(pool: &[u8], amount: u64, now: u64) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.quote_deposit(amount, now)?)
}

/// What a depositor sees of the pool as it is: its terms number, and what is set aside.
#[wasm_bindgen(unchecked_return_type = "{ terms: bigint; maxLiens: bigint }")]
pub fn seen(pool: &[u8]) -> Answer<JsValue> {
    let seen = read::<Pool>(pool)?.seen()?;
    Ok(object([("terms", seen.terms.into()), ("maxLiens", seen.max_liens.into())]))
}

/// Whether deposits are taken on these terms, beside at most so much that is set aside.
#[wasm_bindgen(js_name = checkDeposits)]
pub fn check_deposits(pool: &[u8], terms: u64, max_liens: u64, now: u64) -> Answer<()> {
    Ok(read::<Pool>(pool)?.check_deposits(Seen { terms, max_liens }, now)?)
}

/// From when cover would be sold if the pool were announced open now, unix seconds.
#[wasm_bindgen(js_name = quoteOpening)]
pub fn quote_opening(pool: &[u8], now: u64) -> Answer<u64> {
    let mut pool: Pool = read(pool)?;
    pool.open(now)?;
    Ok(pool.sells_from)
}

/// Until when LPs leave at once, unix seconds; `undefined` before the pool is announced open.
#[wasm_bindgen(js_name = withdrawalEnds)]
pub fn withdrawal_ends(pool: &[u8]) -> Answer<Option<u64>> {
    let pool: Pool = read(pool)?;
    Ok((pool.opened_at != 0).then(|| pool.opened_at.saturating_add(OPENING_EXITS)))
}

/// Whether cover is sold, as far as the opening goes.
#[wasm_bindgen(js_name = checkSelling)]
pub fn check_selling(pool: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Pool>(pool)?.check_selling(now)?)
}

/// Whether LPs leave at once.
#[wasm_bindgen(js_name = checkLeavingAtOnce)]
pub fn check_leaving_at_once(pool: &[u8], now: u64) -> Answer<()> {
    let leaves = read::<Pool>(pool)?.withdraw(0, 0, now);
    // There may be no shares to price: this is about the time alone.
    if leaves == Err(BreakwaterError::LeavingTakesTime) { Ok(leaves.map(drop)?) } else { Ok(()) }
}

/// What shares that leave at once would get, atoms.
#[wasm_bindgen(js_name = quoteWithdrawal)]
pub fn quote_withdrawal(pool: &[u8], shares: u64, now: u64) -> Answer<u64> {
    let mut pool: Pool = read(pool)?;
    pool.accrue(now)?;
    Ok(pool.withdraw(shares, 0, now)?)
}

/// What would be retired: shares, and what would be left for them, atoms.
#[wasm_bindgen(js_name = quoteRetirement, unchecked_return_type = "{ shares: bigint; capital: bigint }")]
pub fn quote_retirement(pool: &[u8], now: u64) -> Answer<JsValue> {
    let (mut pool, mut retired) = (read::<Pool>(pool)?, Retired::zeroed());
    pool.accrue(now)?;
    let keys = RetiredKeys {
        bump: 0,
        pool: &NOBODY,
        rent_payer: &NOBODY,
        share_mint: &NOBODY,
        share_mint_bump: 0,
        exit_escrow: &NOBODY,
        exit_escrow_bump: 0,
    };
    pool.retire_shares(&mut retired, &keys)?;
    Ok(object([("shares", retired.shares.into()), ("capital", retired.capital.into())]))
}

/// What shares that were retired would get, atoms.
#[wasm_bindgen(js_name = quoteRedemption)]
pub fn quote_redemption(retired: &[u8], shares: u64) -> Answer<u64> {
    Ok(read::<Retired>(retired)?.redeem(shares)?)
}

/// Whether sales and deposits go on.
#[wasm_bindgen(js_name = checkNotPaused)]
pub fn check_not_paused(pool: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Pool>(pool)?.check_not_paused(now)?)
}

/// Whether the guardian can pause for so many seconds, or with 0 end the pause.
#[wasm_bindgen(js_name = checkPause)]
pub fn check_pause(pool: &[u8], seconds: u64, now: u64) -> Answer<()> {
    Ok(read::<Pool>(pool)?.pause(seconds, now)?)
}

/// Whether there are protocol fees to collect.
#[wasm_bindgen(js_name = checkFees)]
pub fn check_fees(pool: &[u8]) -> Answer<()> {
    read::<Pool>(pool)?.pay_fees()?;
    Ok(())
}
