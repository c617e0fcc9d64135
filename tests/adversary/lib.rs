//! The adversary: a search with a goal. It looks for plans by which a coalition takes or holds what belongs to others, on the reference
//! model, against honest people who follow the written advice.
//!
//! | file | what it has |
//! | --- | --- |
//! | [`world`] | pools, products, people, and what will happen |
//! | [`plan`] | what a coalition does and when, as a short text |
//! | [`life`] | a plan in a world, until everything has ended |
//! | [`honest`], [`keeper`] | what everybody else does |
//! | [`moves`] | what a move comes to |
//! | [`account`] | what is a gain: read this first |
//! | [`search`] | how plans are found; [`openings`] are where it begins |
//! | [`report`] | what was tried, and what came of it |
//! | [`act`] | a single action, of the model and of the chain |
//!
//! To add a move: a variant of [`plan::Verb`], what it comes to in [`moves`], and how one is made up in [`search`].

pub mod account;
pub mod act;
pub mod honest;
pub mod keeper;
pub mod life;
pub mod moves;
pub mod openings;
pub mod plan;
pub mod report;
pub mod search;
pub mod world;
