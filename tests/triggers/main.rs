//! What prices and covered programs decide, on solana-program-test: what each instruction writes, and every way it
//! refuses, by exact error. Random prices and draws are played on LiteSVM against plain models.

mod challenge_incident;
mod claim_breach;
mod claim_breach_of;
#[path = "../jury/common.rs"]
mod common;
mod draw;
mod draw_limit;
mod drawing;
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
mod watching;
