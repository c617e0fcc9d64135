//! `close_assembly`: an assembly that nobody needs gives its rent back, and no pool's court ever vanishes.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, World, assembly_params, pool_params};
use std::mem::offset_of;

/// A world with an assembly that nobody uses.
fn fresh() -> Play {
    let mut world = World::bare();
    world.create_assembly(assembly_params()).ok();
    world
}

#[test]
fn it_gives_the_rent_back() {
    let mut world = fresh();
    let accounts = world.close_assembly_accounts();
    let (before, rent) = (purse(&mut world, "founder"), lamports(&mut world, &accounts.assembly));
    let receipt = world.close_assembly().ok();
    assert!(world.chain.account(&accounts.assembly).is_none());
    assert_eq!(purse(&mut world, "founder"), before + rent);
    let event = AssemblyClosed { assembly: accounts.assembly, governance_mint: world.governance() };
    assert_eq!(only_event(&receipt), Event::AssemblyClosed(event));
}

#[test]
fn no_other_ever_comes_to_its_address() {
    let mut world = fresh();
    // The same creator, with terms that whoever read the first has never seen.
    let harsh = AssemblyParams { unstake_delay: 365 * coverage_math::DAY, ..assembly_params() };
    let create = world.create_assembly_accounts().instruction(&harsh);
    let close = world.close_assembly_accounts().instruction();
    world.send_all(&[close.clone(), create.clone()], &["founder"]).fails_with(TAKEN);
    world.send(close, &["founder"]).ok();
    world.send(create, &["founder"]).fails_with(TAKEN);
    // Nor does anybody's stake or pool find it.
    world.stake("vera", UNIT).fails_with(TOO_SMALL);
    world.create_pool(0, pool_params()).fails_with(TOO_SMALL);
}

#[test]
fn it_waits_for_every_pool() {
    let mut world = fresh();
    for id in 0..2 {
        world.create_pool(id, pool_params()).ok();
    }
    for id in 0..2 {
        world.close_assembly().fails(E::AssemblyInUse);
        world.playing = id;
        world.close_pool().ok();
    }
    world.close_assembly().ok();
}

#[test]
fn it_waits_for_every_voter_and_what_is_to_be_burned() {
    let mut world = fresh();
    let assembly = world.assembly();
    for name in ["vera", "walt"] {
        world.stake(name, UNIT).ok();
        world.request_unstake(name, UNIT).ok();
    }
    world.pass_days(60);
    for name in ["vera", "walt"] {
        world.close_assembly().fails(E::AssemblyInUse);
        world.unstake(name).ok();
        world.close_assembly().fails(E::AssemblyInUse);
        world.close_voter(name).ok();
    }
    edit(&mut world, &assembly, offset_of!(Assembly, slashed), &1u64.to_le_bytes());
    world.close_assembly().fails(E::AssemblyInUse);
    edit(&mut world, &assembly, offset_of!(Assembly, slashed), &0u64.to_le_bytes());
    world.close_assembly().ok();
}

#[test]
fn it_is_its_creators_and_the_rent_is_whose_it_was() {
    let mut world = World::bare();
    world.give_lamports("paula");
    let paula = world.key("paula");
    let accounts = CreateAssembly { payer: paula, ..world.create_assembly_accounts() };
    world.send(accounts.instruction(&assembly_params()), &["founder", "paula"]).ok();
    let accounts = world.close_assembly_accounts();
    assert_eq!(accounts.rent_payer, paula);
    let by_paula = CloseAssembly { creator: paula, ..accounts };
    world.send(by_paula.instruction(), &["paula"]).fails(E::NotAssemblyCreator);
    world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(UNSIGNED);
    let wrong = CloseAssembly { rent_payer: world.key("founder"), ..accounts };
    world.send(wrong.instruction(), &["founder"]).fails(E::WrongRentPayer);
    let before = purse(&mut world, "paula");
    world.close_assembly().ok();
    assert!(purse(&mut world, "paula") > before);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = fresh();
    let court = second_assembly(&mut world);
    let own = world.assembly();
    let forged = forge(&mut world, &own);
    let instruction = world.close_assembly_accounts().instruction();
    let rows = [(1, court, error(E::NotAssemblyCreator)), (1, forged, NOT_OURS)];
    refuses(&mut world, &instruction, &["founder"], &rows);
    writes(&mut world, &instruction, &["founder"], &[1, 2]);
    world.send(instruction, &["founder"]).ok();
}
