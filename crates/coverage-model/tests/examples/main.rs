//! What the model must say of cases that can be computed by hand, and that no token is ever made or lost.

mod books;
mod breaches;
mod changes;
mod cover;
mod disputes;
mod draws;
mod exits;
mod jury;
mod settlement;
mod stage;
