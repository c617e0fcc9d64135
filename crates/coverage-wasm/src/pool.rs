//! A pool: its books, its opening, deposits and pauses.

use crate::{Answer, accrued, array, books, list, object, read, write};
use breakwater_state::{
    BreakwaterError, NOBODY, OrOverflow, Pool, Retired, RetiredKeys, Seen,
    constants::{LINK_BYTES, MAX_PAUSE, OPENING_EXITS},
};
use bytemuck::Zeroable;
use coverage_math::{settlement, shares};
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
    Ok(write(pool, &accrued(pool, now)?))
}

/// The pool with its books accrued to `now`, and a product of it rolled.
#[wasm_bindgen(unchecked_return_type = "{ pool: Uint8Array; product: Uint8Array }")]
pub fn roll(pool: &[u8], product: &[u8], now: u64) -> Answer<JsValue> {
    let (accrued, rolled) = books(pool, product, now)?;
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

/// Capital that carries new cover now, atoms.
#[wasm_bindgen(js_name = freeCapital)]
pub fn free_capital(pool: &[u8], now: u64) -> Answer<u64> {
    Ok(accrued(pool, now)?.free_capital()?)
}

/// The most active cover that the free capital carries now, atoms.
#[wasm_bindgen(js_name = coverLimit)]
pub fn cover_limit(pool: &[u8], now: u64) -> Answer<u64> {
    Ok(accrued(pool, now)?.cover_limit()?)
}

/// Which part of all that it covers a pool's capital could pay now, bps, rounded down: of an incident that counts now, claims are sure of it
/// before the settlement.
#[wasm_bindgen(js_name = sureBps)]
pub fn sure_bps(pool: &[u8], now: u64) -> Answer<u16> {
    Ok(settlement::bps_of(accrued(pool, now)?.sure_part()?))
}

/// The most active cover of a correlation group now, atoms.
#[wasm_bindgen(js_name = groupLimit)]
pub fn group_limit(pool: &[u8], group: u8, now: u64) -> Answer<u64> {
    Ok(accrued(pool, now)?.group_limit(group)?)
}

/// How much capital carries cover from when on, if nobody comes or leaves: now, or once cover is sold, and at every midnight at
/// which more of it has stayed for a season. Of a pool that was not announced open, as if it were now.
#[wasm_bindgen(unchecked_return_type = "{ from: bigint; capital: bigint }[]")]
pub fn seasons(pool: &[u8], now: u64) -> Answer<JsValue> {
    let found = read::<Pool>(pool)?.quote_seasons(now)?.into_iter();
    list(found.map(|season| Ok(object([("from", season.from.into()), ("capital", season.capital.into())]))))
}

/// From when a deposit of now carries cover, if it stays, unix seconds: as if as much came as there is.
#[wasm_bindgen(js_name = countsFrom)]
pub fn counts_from(pool: &[u8], now: u64) -> Answer<u64> {
    let mut pool = accrued(pool, now)?;
    pool.mint(pool.capital.max(1), 0)?;
    Ok(pool.quote_seasons(now)?.last().or_overflow()?.from)
}

/// Capital of those who stay, atoms: what carries cover once all of it has stayed for a season.
#[wasm_bindgen(js_name = stayingCapital)]
pub fn staying_capital(pool: &[u8], now: u64) -> Answer<u64> {
    let mut pool = accrued(pool, now)?;
    pool.seasoned_shares = pool.staying_shares()?;
    Ok(pool.seasoned_capital()?)
}

/// What streams to the LPs already and no premium paid for, atoms: a deposit pays for its part of it.
#[wasm_bindgen(js_name = incomeLeft)]
pub fn income_left(pool: &[u8], now: u64) -> Answer<u64> {
    Ok(accrued(pool, now)?.income_left()?)
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
    Ok(read::<Pool>(pool)?.withdrawal_ends()?)
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
    Ok(accrued(pool, now)?.withdraw(shares, 0, now)?)
}

/// What would be retired: shares, and what would be left for them, atoms.
#[wasm_bindgen(js_name = quoteRetirement, unchecked_return_type = "{ shares: bigint; capital: bigint }")]
pub fn quote_retirement(pool: &[u8], now: u64) -> Answer<JsValue> {
    let (mut pool, mut retired) = (accrued(pool, now)?, Retired::zeroed());
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
