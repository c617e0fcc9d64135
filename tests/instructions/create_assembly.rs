//! `create_assembly`: anyone creates an assembly of a mint; its parameters keep their bounds.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, World, assembly_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;

/// Accounts of `create_assembly` by any actor.
fn accounts(world: &TestWorld, creator: &str) -> CreateAssembly {
    let assembly = assembly_address(&world.governance(), &world.key(creator));
    CreateAssembly {
        creator: world.key(creator),
        payer: world.key(creator),
        assembly,
        stake_vault: stake_vault_address(&assembly),
        ..world.create_assembly_accounts()
    }
}

#[test]
fn create_assembly_writes_every_field_and_opens_the_stake_vault() {
    let mut world = World::bare();
    let params = assembly_params();
    let receipt = world.create_assembly(params).ok();

    let (address, founder, governance) = (world.assembly(), world.key("founder"), world.governance());
    let expected = Assembly {
        version: 1,
        bump: bump(&[b"assembly", governance.as_ref(), founder.as_ref()]),
        stake_vault_bump: bump(&[b"stake_vault", address.as_ref()]),
        decimals: 6,
        max_extensions: 3,
        creator: founder,
        governance_mint: governance,
        token_program: spl_token_interface::ID,
        stake_vault: stake_vault_address(&address),
        voting_period: params.voting_period,
        min_stake_age: params.min_stake_age,
        unstake_delay: params.unstake_delay,
        extension: DAY,
        quorum_bps: params.quorum_bps,
        threshold_bps: params.threshold_bps,
        overturn_slash_bps: params.overturn_slash_bps,
        rent_payer: founder,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Assembly>(&address), expected);
    let vault = token_at(&mut world, &stake_vault_address(&address));
    assert_eq!((vault.mint, vault.owner, vault.amount), (governance, address, 0));
    let event = AssemblyCreated { assembly: address, governance_mint: governance };
    assert_eq!(only_event(&receipt), Event::AssemblyCreated(event));
}

#[test]
fn create_assembly_accepts_every_bound_and_refuses_one_past_it() {
    type Change = fn(&mut AssemblyParams);
    // The longest ballot lasts six voting periods, six extensions and two windows of 14 days.
    let good: [Change; 12] = [
        |p| p.voting_period = DAY,
        |p| (p.voting_period, p.unstake_delay) = (14 * DAY, (6 * 14 + 6 + 28) * DAY),
        |p| p.min_stake_age = 1,
        |p| p.min_stake_age = 90 * DAY,
        |p| p.unstake_delay = (6 * 3 + 6 + 28) * DAY,
        |p| p.unstake_delay = 365 * DAY,
        |p| p.quorum_bps = 1,
        |p| p.quorum_bps = 3_000,
        |p| p.threshold_bps = 5_000,
        |p| p.threshold_bps = 9_000,
        |p| p.overturn_slash_bps = 0,
        |p| p.overturn_slash_bps = 2_000,
    ];
    let bad: [(Change, E); 14] = [
        (|p| p.voting_period = DAY - 1, E::BadVotingPeriod),
        (|p| (p.voting_period, p.unstake_delay) = (14 * DAY + 1, 365 * DAY), E::BadVotingPeriod),
        (|p| p.voting_period = u64::MAX, E::BadVotingPeriod),
        (|p| p.min_stake_age = 0, E::BadStakeAge),
        (|p| p.min_stake_age = 90 * DAY + 1, E::BadStakeAge),
        (|p| p.unstake_delay = (6 * 3 + 6 + 28) * DAY - 1, E::BadUnstakeDelay),
        (|p| (p.voting_period, p.unstake_delay) = (14 * DAY, (6 * 14 + 6 + 28) * DAY - 1), E::BadUnstakeDelay),
        (|p| p.unstake_delay = 365 * DAY + 1, E::BadUnstakeDelay),
        (|p| p.quorum_bps = 0, E::BadQuorum),
        (|p| p.quorum_bps = 3_001, E::BadQuorum),
        (|p| p.threshold_bps = 4_999, E::BadThreshold),
        (|p| p.threshold_bps = 9_001, E::BadThreshold),
        (|p| p.overturn_slash_bps = 2_001, E::BadSlash),
        (|p| p.overturn_slash_bps = u16::MAX, E::BadSlash),
    ];
    let mut world = World::bare();
    for (change, error) in bad {
        let mut params = assembly_params();
        change(&mut params);
        world.create_assembly(params).fails(error);
        assert!(world.chain.account(&world.assembly()).is_none(), "a failure leaves nothing behind");
    }
    for (number, change) in good.into_iter().enumerate() {
        let creator = format!("creator {number}");
        world.give_lamports(&creator);
        let mut params = assembly_params();
        change(&mut params);
        world.send(accounts(&world, &creator).instruction(&params), &[&creator]).ok();
    }
}

#[test]
fn create_assembly_takes_an_address_once_and_leaves_others_theirs() {
    let mut world = World::new();
    world.create_assembly(assembly_params()).fails_with(TAKEN);
    let second = second_assembly(&mut world);
    assert_ne!(second, world.assembly());
    assert_eq!(world.chain.read::<Assembly>(&second).creator, world.key("rita"));
}

#[test]
fn create_assembly_cannot_be_blocked_by_sending_lamports_ahead() {
    let mut world = World::bare();
    let address = world.assembly();
    for target in [address, stake_vault_address(&address)] {
        let transfer = solana_system_interface::instruction::transfer(&world.key("founder"), &target, 1_000_000);
        world.send(transfer, &["founder"]).ok();
    }
    world.create_assembly(assembly_params()).ok();
    assert_eq!(world.chain.read::<Assembly>(&address).version, 1);
}

#[test]
fn create_assembly_needs_its_creators_signature() {
    let mut world = World::bare();
    world.give_lamports("mallory");
    let (mallory, accounts) = (world.key("mallory"), world.create_assembly_accounts());
    // No matter who pays, the creator signs; no matter who signs, the payer does.
    let sponsored = CreateAssembly { payer: mallory, ..accounts }.instruction(&assembly_params());
    world.send(unsigned(sponsored.clone(), 0), &["mallory"]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(sponsored.clone(), 1), &["founder"]).fails_with(I::MissingRequiredSignature);
    // Anchor checks that the payer signs and is writable in one comparison, and reports the first.
    world.send(read_only(sponsored.clone(), 1), &["founder", "mallory"]).fails_with(I::MissingRequiredSignature);

    // The creator is a seed: another signer's assembly is another one.
    let stolen = CreateAssembly { creator: mallory, payer: mallory, ..accounts };
    world.send(stolen.instruction(&assembly_params()), &["mallory"]).fails_with(I::InvalidSeeds);
    let purse = lamports(&mut world, &accounts.creator);
    world.send(sponsored, &["founder", "mallory"]).ok();
    assert_eq!(lamports(&mut world, &accounts.creator), purse, "mallory pays the rent");
}

#[test]
fn create_assembly_refuses_wrong_accounts() {
    let mut world = World::bare();
    world.create_mint("other mint", 6);
    let other_mint = world.key("other mint");
    let token_2022_mint = create_token_2022_mint(&mut world, "new mint");
    let tokens = world.open_tokens("founder", &other_mint);
    let founder = world.key("founder");
    let instruction = world.create_assembly_accounts().instruction(&assembly_params());
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (2, assembly_address(&other_mint, &founder), I::InvalidSeeds),
            (2, Address::new_from_array([3; 32]), I::InvalidSeeds),
            (3, other_mint, I::InvalidSeeds),
            (3, tokens, I::InvalidAccountData),
            (3, founder, I::IllegalOwner),
            (3, clock(), I::IllegalOwner),
            (3, token_2022_mint, I::InvalidSeeds),
            (4, stake_vault_address(&founder), I::InvalidSeeds),
            (4, tokens, I::InvalidSeeds),
            (5, TOKEN_2022, I::IncorrectProgramId),
            (5, ID, I::IncorrectProgramId),
            (6, spl_token_interface::ID, I::IncorrectProgramId),
        ],
    );
}

#[test]
fn create_assembly_takes_a_mint_of_token_2022_under_its_own_program_only() {
    let mut world = World::bare();
    let mint = create_token_2022_mint(&mut world, "new mint");
    let address = assembly_address(&mint, &world.key("founder"));
    let accounts = CreateAssembly {
        assembly: address,
        governance_mint: mint,
        stake_vault: stake_vault_address(&address),
        token_program: TOKEN_2022,
        ..world.create_assembly_accounts()
    };
    let other = CreateAssembly { token_program: spl_token_interface::ID, ..accounts };
    world.send(other.instruction(&assembly_params()), &["founder"]).fails_with(I::IncorrectProgramId);
    world.send(accounts.instruction(&assembly_params()), &["founder"]).ok();
    let created: Assembly = world.chain.read(&address);
    assert_eq!((created.governance_mint, created.token_program), (mint, TOKEN_2022));
    assert_eq!(world.chain.account(&created.stake_vault).unwrap().owner, TOKEN_2022);
}
