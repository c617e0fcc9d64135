//! What must not work: each attack by its number, tried against the bytecode that ships.

mod accounts;
mod appeals;
mod changes;
mod court;
mod cover;
mod depegs;
mod draws;
mod held_back;
mod holds;
mod jury;
mod leaving;
mod liquidity;
mod loops;
mod opening;
mod oracle;
mod payees;
mod quotes;
mod receivers;
mod reports;
mod retired;
mod settlement;
mod spam;
mod spam_claims;
mod stage;
mod timing;
mod tokens;
