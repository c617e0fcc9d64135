//! A purchase that another program makes: what the call adds to it.

use super::Costs;
use crate::{Cost, floor};
use harness::{LiteChain, UNIT, World, integrator::INTEGRATOR};

/// Opens a vault of the integrator's, which buys cover for itself and for a depositor.
pub fn play(world: &mut World<LiteChain>, costs: &mut Costs) {
    world.chain.add_program(&INTEGRATOR, "breakwater_integrator");
    for name in ["mona", "gina", "fees"] {
        world.fund(name, 50_000 * UNIT);
    }
    world.send(world.open_vault_accounts("mona").instruction(90, 500), &["mona"]).ok();
    let insure = world.insure_accounts("mona", 0).instruction(0, 10_000 * UNIT, u64::MAX);
    let deposit = world.deposit_covered_accounts("gina", "mona", 0).covered(0, 10_000 * UNIT, u64::MAX);
    for (name, instruction, signer) in
        [("buy_cover, by a program", insure, "mona"), ("buy_cover, with a deposit", deposit, "gina")]
    {
        let receipt = world.send(instruction, &[signer]).ok();
        costs.push((name.into(), Cost { units: receipt.units_of(&INTEGRATOR), floor: floor::calls(&receipt) }));
    }
}
