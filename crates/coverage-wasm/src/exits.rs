//! Leaving a pool: exit epochs, tickets, and what leavers have in open incidents.

use crate::{Answer, each, list, object, read};
use breakwater_state::{BreakwaterError, ExitEpoch, ExitTicket, Incident, OrOverflow, Pool, Product};
use coverage_math::{
    DAY, day_after,
    exits::{self, Payment},
    start_of,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// For how long exits are foretold, days: by then all cover that is sold has ended.
const FORESEEN_DAYS: usize = 512;
/// Seconds of an hour.
const HOUR: u64 = 3_600;

/// Whether an exit epoch waits.
#[wasm_bindgen(js_name = hasExits)]
pub fn has_exits(pool: &[u8]) -> Answer<bool> {
    Ok(read::<Pool>(pool)?.has_exits())
}

/// Until when exits wait for an incident that prices begin to show, unix seconds; `undefined` when they do not.
#[wasm_bindgen(js_name = exitsHeldUntil)]
pub fn exits_held_until(pool: &[u8], now: u64) -> Answer<Option<u64>> {
    let until = read::<Pool>(pool)?.exits_wait_until;
    Ok((now < until).then_some(until))
}

/// The exit epoch that an exit asked for now joins: its number and its day.
#[wasm_bindgen(js_name = exitEpoch, unchecked_return_type = "{ number: bigint; day: bigint }")]
pub fn exit_epoch(pool: &[u8], now: u64) -> Answer<JsValue> {
    let (number, day) = read::<Pool>(pool)?.exit_epoch(now)?;
    Ok(object([("number", number.into()), ("day", day.into())]))
}

/// What shares would get at the price of now if they left, atoms: in cash, and in open incidents.
#[wasm_bindgen(
    js_name = quoteExit,
    unchecked_return_type = "{ worth: bigint; cash: bigint; contested: bigint }"
)]
pub fn quote_exit(pool: &[u8], shares: u64, now: u64) -> Answer<JsValue> {
    let mut pool: Pool = read(pool)?;
    pool.accrue(now)?;
    let (number, _) = pool.exit_epoch(now)?;
    { pool }.request_exit(shares, number, now)?;
    let payment = pool.quote_exit(shares)?;
    Ok(object([
        ("worth", payment.worth.into()),
        ("cash", cash(&payment)?.into()),
        ("contested", payment.contested.into()),
    ]))
}

/// What of a payment is cash, atoms.
fn cash(payment: &Payment) -> Answer<u64> {
    Ok(payment.worth.checked_sub(payment.contested).or_overflow()?)
}

/// What a payment of an exit epoch would burn and pay now, and whether that is all of it.
#[wasm_bindgen(
    js_name = quotePayment,
    unchecked_return_type = "{ shares: bigint; worth: bigint; cash: bigint; contested: bigint; all: boolean }"
)]
pub fn quote_payment(pool: &[u8], epoch: &[u8], now: u64) -> Answer<JsValue> {
    let (mut pool, mut epoch): (Pool, ExitEpoch) = (read(pool)?, read(epoch)?);
    pool.accrue(now)?;
    let payment = pool.pay_exits(&mut epoch, now)?;
    Ok(object([
        ("shares", payment.shares.into()),
        ("worth", payment.worth.into()),
        ("cash", cash(&payment)?.into()),
        ("contested", payment.contested.into()),
        ("all", epoch.is_paid().into()),
    ]))
}

/// Whether a call helps the first exit epoch, and whether it was called then: one that cannot be paid yet is seen to wait.
#[wasm_bindgen(js_name = callExits)]
pub fn call_exits(pool: &[u8], epoch: &[u8], now: u64) -> Answer<bool> {
    let (mut pool, epoch): (Pool, ExitEpoch) = (read(pool)?, read(epoch)?);
    pool.accrue(now)?;
    if !pool.needs_call(&epoch, now) {
        return Err(BreakwaterError::ExitNotLate.into());
    }
    Ok(pool.call_exits(&epoch, now)?)
}

/// Whether something of an exit epoch can be paid at a time, if nothing happens until then.
fn is_payable(pool: &Pool, epoch: &ExitEpoch, at: u64) -> bool {
    let mut pool = *pool;
    pool.accrue(at).is_ok() && pool.pay_exits(&mut { *epoch }, at).is_ok()
}

/// The first second from `start` within so many hours at which `holds`, which then does so for an hour.
fn first_second(start: u64, hours: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    let after = (0..=hours).map(|hour| start.saturating_add(hour * HOUR)).find(|at| holds(*at))?;
    let (mut before, mut found) = (after.saturating_sub(HOUR).max(start), after);
    while before < found {
        let middle = u64::midpoint(before, found);
        if holds(middle) { found = middle } else { before = middle + 1 }
    }
    Some(found)
}

/// When the first exit epoch can be paid, if nothing happens until then: the next such time within two days of now, or of its
/// day. Found by trying.
pub fn window(pool: &[u8], epoch: &[u8], now: u64) -> Answer<Option<(u64, u64)>> {
    let (pool, epoch): (Pool, ExitEpoch) = (read(pool)?, read(epoch)?);
    let start = now.max(start_of(epoch.day).or_overflow()?);
    let is_payable = |at| is_payable(&pool, &epoch, at);
    let Some(from) = first_second(start, 2 * DAY / HOUR, is_payable) else { return Ok(None) };
    let until = first_second(from, DAY / HOUR, |at| !is_payable(at));
    Ok(until.map(|until| (from, until)))
}

/// What [`window`] finds, unix seconds; `undefined` when it cannot be paid by then.
#[wasm_bindgen(js_name = exitWindow, unchecked_return_type = "{ from: bigint; until: bigint } | undefined")]
pub fn exit_window(pool: &[u8], epoch: &[u8], now: u64) -> Answer<JsValue> {
    let found = window(pool, epoch, now)?;
    Ok(found.map_or(JsValue::UNDEFINED, |(from, until)| object([("from", from.into()), ("until", until.into())])))
}

/// A payment that is foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Number of the exit epoch.
    pub number: u64,
    /// When, unix seconds.
    pub at: u64,
    /// What it burns and pays.
    pub payment: Payment,
    /// Whether all of the epoch is paid then.
    pub all: bool,
}

/// What exit epochs are paid when, from now on, if somebody takes every step in time and nothing else happens: no sale, no
/// deposit, no new report, and what is set aside stays so. Epochs lie one after the other.
pub fn foresee(pool: &[u8], epochs: &[u8], now: u64) -> Answer<Vec<Foreseen>> {
    let (mut pool, mut epochs): (Pool, Vec<ExitEpoch>) = (read(pool)?, each(epochs)?);
    let mut found = Vec::new();
    // What waits is seen to twice a day, as keepers do: then it can be paid when its cover ends, at midnight.
    let days = (day_after(now)..).take(FORESEEN_DAYS).map_while(start_of);
    let times = days.flat_map(|midnight| [midnight, midnight.saturating_add(DAY / 2)]);
    for at in std::iter::once(now).chain(times) {
        if !pool.has_exits() {
            break;
        }
        pool.accrue(at)?;
        // Somebody ends filings in time.
        pool.filings_due = 0;
        while let Some(epoch) = epochs.iter_mut().find(|epoch| epoch.number == pool.exit_head) {
            let Ok(payment) = pool.pay_exits(epoch, at) else {
                // It waits, and is seen to.
                let _ = pool.call_exits(epoch, at);
                break;
            };
            found.push(Foreseen { number: epoch.number, at, payment, all: epoch.is_paid() });
            if !epoch.is_paid() {
                break;
            }
        }
    }
    Ok(found)
}

/// What [`foresee`] foretells.
#[wasm_bindgen(
    js_name = foreseeExits,
    unchecked_return_type = "{ number: bigint; at: bigint; shares: bigint; cash: bigint; contested: bigint; all: boolean }[]"
)]
pub fn foresee_exits(pool: &[u8], epochs: &[u8], now: u64) -> Answer<JsValue> {
    let found = foresee(pool, epochs, now)?.into_iter().map(|it| {
        Ok(object([
            ("number", it.number.into()),
            ("at", it.at.into()),
            ("shares", it.payment.shares.into()),
            ("cash", cash(&it.payment)?.into()),
            ("contested", it.payment.contested.into()),
            ("all", it.all.into()),
        ]))
    });
    list(found)
}

/// How many exit epochs are paid before that of a ticket.
#[wasm_bindgen(js_name = epochsBefore)]
pub fn epochs_before(pool: &[u8], ticket: &[u8]) -> Answer<u32> {
    let before = read::<ExitTicket>(ticket)?.epoch.saturating_sub(read::<Pool>(pool)?.exit_head);
    Ok(u32::try_from(before).unwrap_or(u32::MAX))
}

/// Where a ticket stands in its epoch: its shares that wait, what it can collect, atoms; and whether some of the epoch was
/// paid, all was, and nothing more comes.
#[wasm_bindgen(
    js_name = exitState,
    unchecked_return_type = "{ waiting: bigint; due: bigint; isBegun: boolean; isPaid: boolean; isOver: boolean }"
)]
pub fn exit_state(ticket: &[u8], epoch: &[u8]) -> Answer<JsValue> {
    let (mut ticket, epoch): (ExitTicket, ExitEpoch) = (read(ticket)?, read(epoch)?);
    let waiting = exits::part(ticket.shares, epoch.shares, epoch.waiting()?).or_overflow()?;
    let due = ticket.collect(&mut { epoch }).map_or(0, |(due, _)| due);
    Ok(object([
        ("waiting", waiting.into()),
        ("due", due.into()),
        ("isBegun", epoch.is_begun().into()),
        ("isPaid", epoch.is_paid().into()),
        ("isOver", epoch.is_over().into()),
    ]))
}

/// Whether a ticket can be collected: something is due, or nothing more comes.
#[wasm_bindgen(js_name = checkCollection)]
pub fn check_collection(ticket: &[u8], epoch: &[u8]) -> Answer<()> {
    read::<ExitTicket>(ticket)?.collect(&mut read(epoch)?)?;
    Ok(())
}

/// A ticket's part of what its epoch has, or gets, atoms.
#[wasm_bindgen(js_name = exitPart)]
pub fn exit_part(ticket: &[u8], epoch: &[u8], atoms: u64) -> Answer<u64> {
    let (ticket, epoch): (ExitTicket, ExitEpoch) = (read(ticket)?, read(epoch)?);
    Ok(exits::part(ticket.shares, epoch.shares, atoms).or_overflow()?)
}

/// What a release of an incident would give back to an exit epoch, atoms.
#[wasm_bindgen(js_name = quoteRelease)]
pub fn quote_release(pool: &[u8], incident: &[u8], epoch: &[u8]) -> Answer<u64> {
    Ok(read::<Incident>(incident)?.release(&mut read(epoch)?, &mut read(pool)?)?)
}

/// Shares of an exit epoch that wait, atoms.
#[wasm_bindgen(js_name = waitingIn)]
pub fn waiting_in(epoch: &[u8]) -> Answer<u64> {
    Ok(read::<ExitEpoch>(epoch)?.waiting()?)
}

/// What a ticket gets once all that incidents can give back to its epoch has come, and which releases that takes, in their
/// order: those of earlier epochs come first. Incidents and exit epochs of the pool lie one after the other; a release names
/// them by their places there.
#[wasm_bindgen(
    js_name = collectable,
    unchecked_return_type = "{ due: bigint; isOver: boolean; releases: { incident: number; epoch: number }[] }"
)]
pub fn collectable(pool: &[u8], incidents: &[u8], epochs: &[u8], ticket: &[u8]) -> Answer<JsValue> {
    let (mut pool, mut ticket): (Pool, ExitTicket) = (read(pool)?, read(ticket)?);
    let (incidents, epochs): (Vec<Incident>, Vec<ExitEpoch>) = (each(incidents)?, each(epochs)?);
    let mut earlier: Vec<_> = epochs.iter().enumerate().filter(|(_, epoch)| epoch.number <= ticket.epoch).collect();
    earlier.sort_by_key(|(_, epoch)| epoch.number);
    let Some(mut own) = earlier.last().map(|(_, epoch)| **epoch).filter(|epoch| epoch.number == ticket.epoch) else {
        return Err(BreakwaterError::WrongExitEpoch.into());
    };
    let mut releases = Vec::new();
    for (at, mut incident) in incidents.into_iter().enumerate() {
        let mut before = Vec::new();
        for (place, epoch) in &earlier {
            let is_own = epoch.number == ticket.epoch;
            let mut other = **epoch;
            if incident.release(if is_own { &mut own } else { &mut other }, &mut pool).is_err() {
                continue;
            }
            before.push((at, *place));
            if is_own {
                releases.append(&mut before);
            }
        }
    }
    let (due, is_over) = ticket.collect(&mut own).unwrap_or_default();
    let releases = releases.into_iter().map(|(incident, epoch)| {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX).into();
        Ok(object([("incident", place(incident)), ("epoch", place(epoch))]))
    });
    Ok(object([("due", due.into()), ("isOver", is_over.into()), ("releases", list(releases)?)]))
}

/// What a ticket has in an incident at most, if nothing more of it is paid, atoms. Incidents and exit epochs of the pool lie
/// one after the other.
#[wasm_bindgen(js_name = contestedOf)]
pub fn contested_of(
    pool: &[u8],
    product: &[u8],
    incident: &[u8],
    incidents: &[u8],
    epochs: &[u8],
    ticket: &[u8],
) -> Answer<u64> {
    let (incident, ticket): (Incident, ExitTicket) = (read(incident)?, read(ticket)?);
    let mut part = incident.part;
    if !part.ended_at.is_set() {
        let next = next(&incident, incidents)?.map(|next| next.part.reported);
        let now = read::<Pool>(pool)?.index;
        part.end(&read::<Product>(product)?.line, next.unwrap_or(now));
    }
    let mut epochs: Vec<ExitEpoch> = each(epochs)?;
    epochs.sort_by_key(|epoch| epoch.number);
    for epoch in epochs {
        let atoms = part.release(epoch.index_from, epoch.index_to).map_or(0, |(atoms, _)| atoms);
        if epoch.number == ticket.epoch {
            return Ok(exits::part(ticket.shares, epoch.shares, atoms).or_overflow()?);
        }
    }
    Ok(0)
}

/// The next report on the product of an incident, among incidents that lie one after the other.
pub(crate) fn next(incident: &Incident, incidents: &[u8]) -> Answer<Option<Incident>> {
    let follows = |it: &Incident| it.product == incident.product && it.index.checked_sub(1) == Some(incident.index);
    Ok(each(incidents)?.into_iter().find(follows))
}
