//! What must not work: each attack by its number, tried against the bytecode that ships.

mod cover;
mod liquidity;
mod stage;
mod timing;
