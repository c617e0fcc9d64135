//! The rules and formulas of Breakwater for TypeScript: `breakwater-state` and `coverage-math`, compiled to WebAssembly by
//! `cargo xtask wasm`.
//!
//! Nothing is decided or computed here. An account comes as the bytes that are stored; what a transition would do is found
//! out on a copy, and books are accrued to `now` first wherever the program would do so. What a rule refuses is thrown as
//! the code of its error. Functions that begin with `check` return nothing: they throw, or they do not.
//!
//! Amounts, times and days are `bigint`, rates, parts and variants of enums are `number`. JavaScript cuts an argument to the
//! width of its type instead of refusing it, so pass only what accounts hold and `parseAmount` has read. Units, roundings
//! and errors are those of the functions called.

pub mod assembly;
pub mod change;
pub mod cover;
pub mod exits;
pub mod figures;
pub mod incident;
pub mod pool;

use breakwater_state::{BreakwaterError, Pool, Product};
use bytemuck::Pod;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;

/// Why the core refuses: an error of the program, of which JavaScript sees the code.
pub struct Refusal(BreakwaterError);

impl From<BreakwaterError> for Refusal {
    fn from(error: BreakwaterError) -> Self {
        Self(error)
    }
}

impl From<Refusal> for JsValue {
    fn from(Refusal(error): Refusal) -> Self {
        error.code().into()
    }
}

/// What the core answers, or why it refuses.
pub type Answer<T> = Result<T, Refusal>;

/// Bytes that say what kind an account is of, before it.
const DISCRIMINATOR: usize = 8;

/// A copy of an account.
fn read<T: Pod>(bytes: &[u8]) -> Answer<T> {
    plain(bytes.get(DISCRIMINATOR..).unwrap_or_default())
}

/// A copy of what lies in memory as these bytes: an account without its kind, or an address.
fn plain<T: Pod>(bytes: &[u8]) -> Answer<T> {
    Ok(bytemuck::try_pod_read_unaligned(bytes).map_err(|_| BreakwaterError::UnknownState)?)
}

/// A copy of a pool, accrued to now: what time has earned, released and seasoned counts.
fn accrued(pool: &[u8], now: u64) -> Answer<Pool> {
    let mut pool: Pool = read(pool)?;
    pool.accrue(now)?;
    Ok(pool)
}

/// Copies of a pool, accrued to now, and of a product of it, rolled.
fn books(pool: &[u8], product: &[u8], now: u64) -> Answer<(Pool, Product)> {
    let (mut pool, mut product): (Pool, Product) = (accrued(pool, now)?, read(product)?);
    product.roll(&mut pool, now)?;
    Ok((pool, product))
}

/// Copies of accounts of one kind that lie one after the other.
fn each<T: Pod>(bytes: &[u8]) -> Answer<Vec<T>> {
    bytes.chunks(DISCRIMINATOR + size_of::<T>()).map(read).collect()
}

/// The bytes of an account that was changed; `before` are those it was read from.
fn write<T: Pod>(before: &[u8], account: &T) -> Vec<u8> {
    let (kind, _) = before.split_at(DISCRIMINATOR.min(before.len()));
    [kind, bytemuck::bytes_of(account)].concat()
}

/// Bytes as JavaScript has them.
fn array(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// A list of JavaScript.
fn list(values: impl Iterator<Item = Answer<JsValue>>) -> Answer<JsValue> {
    Ok(values.collect::<Answer<Array>>()?.into())
}

/// An object of JavaScript.
fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A property of a new object can always be set.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}
