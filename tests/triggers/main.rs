//! What prices and covered programs decide, on solana-program-test: what each instruction writes, and every way it
//! refuses, by exact error. `tests/invariants` plays random prices and draws.

mod bookings;
mod challenge_incident;
mod claim_breach;
mod claim_breach_of;
#[path = "../jury/common.rs"]
mod common;
mod draw;
mod draw_limit;
mod life;
mod list_product;
mod observe_price;
mod observe_price_of;
mod open_price_incident;
mod proof;
mod pyth;
mod refute_breach;
mod refute_incident;
mod stage;
