//! What must not work: each attack by its number, tried against the bytecode that ships.

mod appeals;
mod changes;
mod court;
mod cover;
mod held_back;
mod jury;
mod liquidity;
mod loops;
mod payees;
mod receivers;
mod settlement;
mod spam;
mod spam_claims;
mod stage;
mod timing;
