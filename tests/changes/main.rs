//! Changes of parameters, the hand-over of the authority, pauses and fees: one suite per instruction on
//! solana-program-test, with every way it refuses by exact error; then what must hold across them.

mod accept_authority;
mod apply_change;
mod close_change;
mod collect_change_bond;
mod collect_fees;
#[path = "../jury/common.rs"]
mod common;
mod court;
mod kept_terms;
mod listing;
mod mark_change;
mod numbers;
mod pause;
mod petition_change;
mod propose_change;
mod queue_change;
mod random;
mod rights;
mod risk;
mod shares;
mod stage;
mod withdraw_change;
