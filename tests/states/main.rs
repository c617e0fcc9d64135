//! The state machines of ballots, incidents, bookings and claims: in each state every instruction is tried, and must do exactly
//! what the declaration says. `docs/states.md` is printed from the same declaration.

mod cranks;
mod declaration;
mod document;
mod machine;
mod recognise;
mod stage;

use declaration::{ballot, booking, claim, depeg, incident};

/// Of a ballot.
#[test]
fn every_instruction_in_every_state_of_a_ballot() {
    machine::check(&ballot::MACHINE, stage::ballot::stages, recognise::ballot);
}

/// Of an incident.
#[test]
fn every_instruction_in_every_state_of_an_incident() {
    machine::check(&incident::MACHINE, stage::incident::stages, recognise::incident);
}

/// Of an incident that prices opened.
#[test]
fn every_instruction_in_every_state_of_a_price_incident() {
    machine::check(&depeg::MACHINE, stage::depeg::stages, recognise::depeg);
}

/// Of a booking.
#[test]
fn every_instruction_in_every_state_of_a_booking() {
    machine::check(&booking::MACHINE, stage::booking::stages, recognise::booking);
}

/// Of a claim.
#[test]
fn every_instruction_in_every_state_of_a_claim() {
    machine::check(&claim::MACHINE, stage::claim::stages, recognise::claim);
}

/// The page says what the declaration says. `UPDATE_DOCS=1` writes it.
#[test]
fn the_page_of_states_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/states.md");
    let page = document::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).expect("docs/states.md can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == page, "docs/states.md is out of date: run `{}` and commit it", document::COMMAND);
}
