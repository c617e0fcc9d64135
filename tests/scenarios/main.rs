//! Whole stories: on solana-program-test, and where they are long, on LiteSVM.

mod exits;
mod given_back;
mod leaving;
mod page;
mod whole_life;
