//! A pool: its books, deposits, exits and pauses.

use crate::{Answer, array, object, read, write};
use breakwater_state::{
    BreakwaterError, ExitEpoch, ExitTicket, OrOverflow, Pool, Product,
    constants::{LINK_BYTES, MAX_PAUSE},
};
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

/// Capital set aside for incidents, atoms.
#[wasm_bindgen]
pub fn liens(pool: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.liens())
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

/// Whether deposits are taken.
#[wasm_bindgen(js_name = checkDeposits)]
pub fn check_deposits(pool: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Pool>(pool)?.check_deposits(now)?)
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

/// The day on which an exit settles that is asked for now.
#[wasm_bindgen(js_name = exitDay)]
pub fn exit_day(pool: &[u8], now: u64) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.exit_day(now)?)
}

/// What a settlement of an exit epoch would burn and pay, and whether all that want to leave would.
#[wasm_bindgen(js_name = settleExits, unchecked_return_type = "{ burned: bigint; paid: bigint; all: boolean }")]
pub fn settle_exits(pool: &[u8], epoch: &[u8], now: u64) -> Answer<JsValue> {
    let (mut pool, epoch): (Pool, ExitEpoch) = (read(pool)?, read(epoch)?);
    pool.accrue(now)?;
    if epoch.is_settled() {
        return Err(BreakwaterError::ExitSettled.into());
    }
    let fill = pool.settle_exits(epoch.day, epoch.shares)?;
    let all = fill.burned == epoch.shares;
    Ok(object([("burned", fill.burned.into()), ("paid", fill.paid.into()), ("all", all.into())]))
}

/// What a ticket has due of the epoch in which it stands, atoms.
#[wasm_bindgen(js_name = exitDue)]
pub fn exit_due(ticket: &[u8], epoch: &[u8]) -> Answer<u64> {
    Ok(read::<ExitTicket>(ticket)?.walk(&mut read(epoch)?)?)
}
