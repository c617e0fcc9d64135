//! The program's own file of seeds.

#![allow(dead_code, reason = "not every seed has a builder yet")]

include!("../../../programs/state/src/seeds.rs");
