//! The binary itself, against a local network that it runs in another process.

mod commands;
mod draws;
mod errors;
mod keeper;
mod leaving;
mod net;
mod session;
mod shape;
mod stress;
mod token_2022;
mod tree;
mod unasked;
mod verify;
mod wiped;
