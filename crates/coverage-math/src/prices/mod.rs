//! Prices that nobody can choose: sample points, the readings that count for them, windows of points below a strike, and what a
//! window pays.
//!
//! - [`point`]: time has points, every step of a product. Of several readings of a source for a point one counts, the same in
//!   whatever order they come.
//! - [`value`]: what a reading says, exactly, and the price of a point from up to three sources.
//! - [`window`]: points in a row below the strike, taken in one by one in constant space; how deep they lie, and what a policy
//!   gets for them.
//! - [`watch`]: when a run of points sets cover aside, and when sources are silent.
//!
//! What a path of prices pays depends on the path and on the points that somebody wrote, and on nothing else: not on who wrote
//! or proved, in which order, from which phase, how often, or what was held back. The tests try that on random paths.
//!
//! # What sources say
//!
//! Found in November 2026, in the files that are named; nothing here reads them.
//!
//! **`PriceUpdateV2`** of Pyth's receiver is Borsh after a discriminator of 8 bytes, `[34, 241, 35, 99, 157, 126, 244, 205]`, in an
//! account of 134: the authority that may overwrite it (32), the verification level, the message, and `posted_slot`. A full
//! level is one byte, 1; a partial one is 0 and a count. After a full one lie the feed at 41, `price` (`i64`) at 73, `conf`
//! (`u64`) at 81, `exponent` (`i32`) at 89, `publish_time` (`i64`) at 93, `prev_publish_time` (`i64`) at 101, `ema_price` and
//! `ema_conf` at 109 and 117, and `posted_slot` at 125; the last byte is not used. `posted_slot` is the slot in which somebody
//! posted the update, not that of the price. Source: pyth-network/pyth-crosschain,
//! `target_chains/solana/pyth_solana_receiver_sdk/src/price_update.rs` and
//! `target_chains/solana/programs/pyth-solana-receiver/src/lib.rs`.
//!
//! **`prev_publish_time`** is documented as naming the one update for any time t, that with prev_publish_time < t ≤
//! publish_time; the same text says that there may be none, and that both times may be equal (docs.rs, `pyth_min`,
//! `PriceFeedMessage`). Times are whole seconds, so of several updates in one at most the first has two different times.
//! Equal times occur in recorded answers of Hermes, of 2024 as of July 2026. No published code or page was found that says how
//! the five routers that have signed since 26 August 2026 fill the field in (docs.pyth.network,
//! `price-feeds/core/upgrade/how-it-works`: three of five sign, leaves and interfaces stay as they were). So there need not be
//! an update that spans a point. The order of readings here needs no such field: of updates of the same second the highest
//! counts.
//!
//! **`TwapUpdate`** has 112 bytes and the discriminator `[104, 192, 188, 72, 246, 166, 12, 81]`: the authority (32), the feed at
//! 40, `start_time` and `end_time` (`i64`) at 72 and 80, `price` (`i64`) at 88, `conf` (`u64`) at 96, `exponent` (`i32`) at 104,
//! `down_slots_ratio` (`u32`, of a million) at 108. `post_twap_update` computes it from two verified messages of the same feed
//! and exponent, each the first of its second: the difference of their sums by that of their slots, both quotients rounded
//! towards zero. It is a mean over slots, not seconds, and asks for no least length. Source: the same two files. Hermes served
//! the last 600 seconds at most (`apps/hermes/server/src/api/rest/v2/latest_twaps.rs`). In September 2026 a user reported that the upgraded Hermes did not know the route, and
//! that mainnet had two such accounts in all, a year and a half old; that is one user's word. So means are nothing to rely on.
//!
//! **Two receivers** own such accounts: `rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ`, which the SDK's `src/lib.rs` declares and
//! which was upgraded in place, and `rec2HHDDnjLfj4kE7VyEtFA1HPGQLK33259532cRyHp`, the one of the feature `pro-compatible` of
//! `pyth-solana-receiver-sdk` 2.0.0. That feature is in its `Cargo.toml`; the address was found in programs that use it, not in
//! its own source. Interface and signers are the same (docs.pyth.network, `pro/pyth-core-upgrade`: "Both work"): they are one
//! operator.

pub mod point;
pub mod value;
pub mod watch;
pub mod window;

pub use point::{Grid, Reading};
pub use value::Value;
pub use watch::{Lien, Silence};
pub use window::{Cover, Run, Terms, Window};
