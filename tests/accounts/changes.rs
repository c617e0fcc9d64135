//! The story of changes, the authority, pauses and fees, and its calls.

use crate::{
    calls::{PAYER, buy_direct, create_assembly, create_pool, deposit, elsewhere, request_exit},
    life::{ALL, Good, Life, MINE, POOL, POOLS, PRODUCTS, Part, Play, USERS},
    stories::{OTHER, founded},
};
use coverage_client::*;
use harness::trials::TOKEN_2022;
use solana_instruction::Instruction;

/// The number of the change that hands the authority over; those before it are of the products, by their numbers.
const OFFER: u64 = 2;
/// Sides of a ballot.
const AGAINST: u8 = 0;
const FOR: u8 = 1;

/// Changes that an authority and stakers propose, from the proposal to the end of their accounts.
pub fn changes() -> Vec<Good> {
    let mut life = founded();
    life.world.pass_days(3);
    life.play(ALL, buy_direct(0));
    life.goods.clear();
    life.note("elsewhere", POOLS, elsewhere(collect_fees, [1, 2]));
    life.play(POOLS, collect_fees);
    let authority = life.build(&MINE, |world, part| pause_by(world, part.convener));
    life.play(POOLS, pause);
    life.beside("authority", authority);

    proposals(&mut life);
    verdicts(&mut life);
    ends(&mut life);
    life.goods
}

/// The words of shares of Token-2022, once a change of them has waited.
pub fn words() -> Vec<Good> {
    let mut life = Life::start();
    life.world.share_program = TOKEN_2022;
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    life.open_shares();
    life.play(USERS, deposit);
    life.goods.clear();
    life.note("of words", POOLS, propose_words);
    life.play(POOLS, propose_words);
    life.world.pass_days(9);
    life.note("of words", POOLS, apply_words);
    life.goods
}

/// A change of the court, each pool's to that of the other, once it has waited.
pub fn courts() -> Vec<Good> {
    let mut life = Life::start();
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    life.play(POOLS, propose_court);
    life.world.pass_days(116);
    life.goods.clear();
    life.note("of the court", POOLS, apply_first);
    life.goods
}

/// One after the other.
fn proposals(life: &mut Life) {
    let guardian = life.build(&Part { convener: MINE.guardian, ..MINE }, propose_weight);
    life.note("", PRODUCTS, propose_weight);
    life.beside("guardian", guardian);
    life.note("of the pool", POOLS, propose_offer);
    for part in PRODUCTS.iter().chain([&OTHER]) {
        life.play(&[*part], propose_weight);
    }
    life.play(POOLS, propose_offer);
    life.note("", ALL, petition_curve);
    life.note("of the pool", USERS, petition_fee);
    for part in ALL {
        life.play(&[*part], petition_curve);
    }
}

/// Those of the stakers are refused, and then they are not.
fn verdicts(life: &mut Life) {
    let before = life.world.clone();
    decide(life, AGAINST);
    life.note("refused", ALL, queue_change);
    life.world = before;
    decide(life, FOR);
    life.play(ALL, queue_change);
    life.note("elsewhere", ALL, elsewhere(collect_change_bond, [2, 3]));
    life.play(ALL, collect_change_bond);
}

/// Vera, who has the majority, decides on what all petition for.
fn decide(life: &mut Life, side: u8) {
    for part in ALL {
        let world = life.at(part);
        let change = world.change(petition(part));
        world.vote("vera", &change, side).ok();
        world.close_ballot(&change).ok();
    }
    life.world.pass_days(2);
}

/// They are applied, the authority takes back what it ordered, and hands the pool over.
fn ends(life: &mut Life) {
    life.world.pass_days(9);
    // These asked too late for it to wait for them.
    life.play(POOLS, request_exit(0));
    let ordered = life.build(&MINE, |world, part| apply(world, part.product.into(), Some(part.product)));
    life.note("of the pool", POOLS, |world, _| world.mark_accounts(OFFER, None).instruction());
    life.play(ALL, mark_change);
    life.play(ALL, apply_change);
    life.beside("other change", ordered);
    let petitioned = life.build(&MINE, |world, part| withdraw(world, part.convener, petition(part)));
    life.play(PRODUCTS, withdraw_change);
    life.beside("petition", petitioned);
    life.note("withdrawn", PRODUCTS, close_withdrawn);
    life.play(POOLS, accept_authority);
    life.play(ALL, close_change);
}

/// The number of what a part's juror petitions for.
fn petition(part: &Part) -> u64 {
    let nth = match part.product {
        0 if part.juror == MINE.juror => 0,
        0 => 1,
        _ => 2,
    };
    OFFER + 1 + nth
}

fn collect_fees(world: &mut Play, part: &Part) -> Instruction {
    let (treasury, receiver) = (world.key(part.treasury), world.tokens(part.treasury, &world.asset()));
    CollectFees { treasury, receiver, ..world.collect_fees_accounts() }.instruction()
}

fn pause_by(world: &Play, guardian: &str) -> Instruction {
    Pause { guardian: world.key(guardian), pool: world.pool() }.instruction(3_600)
}

fn pause(world: &mut Play, part: &Part) -> Instruction {
    pause_by(world, part.guardian)
}

/// The next change, as the authority orders it; pete pays the rent.
fn propose(world: &mut Play, part: &Part, proposal: &Proposal, index: Option<u16>) -> Instruction {
    let (id, payer) = (world.next_change(), world.key(PAYER));
    ProposeChange { payer, ..world.propose_accounts(part.convener, id, index) }.instruction(id, proposal)
}

fn propose_weight(world: &mut Play, part: &Part) -> Instruction {
    propose(world, part, &Proposal::Weight { weight_bps: 9_000 }, Some(part.product))
}

/// Of the authority, to the arbiter.
fn propose_offer(world: &mut Play, part: &Part) -> Instruction {
    let authority = world.key(part.arbiter);
    propose(world, part, &Proposal::Authority { authority }, None)
}

/// Of the court, to the other part's assembly.
fn propose_court(world: &mut Play, part: &Part) -> Instruction {
    let other = if part.convener == MINE.convener { POOL } else { MINE };
    let assembly = assembly_address(&world.governance(), &world.key(other.convener));
    propose(world, part, &Proposal::Court { assembly }, None)
}

fn propose_words(world: &mut Play, part: &Part) -> Instruction {
    let words = ShareWords::new("Other words", "OTHER", "https://example.org/other").expect("they fit");
    propose(world, part, &Proposal::Shares(words), None)
}

/// Pete pays for what they grow by.
fn apply_words(world: &mut Play, _: &Part) -> Instruction {
    let accounts = ApplyChange {
        payer: Some(world.key(PAYER)),
        share_mint: Some(world.share_mint()),
        share_token_program: Some(TOKEN_2022),
        ..world.apply_accounts(0, None)
    };
    accounts.instruction()
}

/// Of a cheaper curve: it waits for those who leave.
fn petition_curve(world: &mut Play, part: &Part) -> Instruction {
    let id = world.next_change();
    let accounts = world.petition_accounts(part.juror, id, Some(part.product));
    let curve = PriceCurve { r0_ppm: 10_000, ..world.read_product(part.product).price_curve() };
    PetitionChange { payer: world.key(PAYER), ..accounts }.instruction(id, &Proposal::Curve(curve))
}

fn petition_fee(world: &mut Play, part: &Part) -> Instruction {
    let id = world.next_change();
    let accounts = world.petition_accounts(part.juror, id, None);
    PetitionChange { payer: world.key(PAYER), ..accounts }
        .instruction(id, &Proposal::ProtocolFee { protocol_fee_bps: 0 })
}

fn queue_change(world: &mut Play, part: &Part) -> Instruction {
    world.queue_accounts(petition(part)).instruction()
}

fn collect_change_bond(world: &mut Play, part: &Part) -> Instruction {
    world.collect_change_bond_accounts(part.juror, petition(part)).instruction()
}

fn apply(world: &mut Play, id: u64, index: Option<u16>) -> Instruction {
    world.apply_accounts(id, index).instruction()
}

fn mark_change(world: &mut Play, part: &Part) -> Instruction {
    world.mark_accounts(petition(part), Some(part.product)).instruction()
}

/// The pool's first change.
fn apply_first(world: &mut Play, _: &Part) -> Instruction {
    apply(world, 0, None)
}

fn apply_change(world: &mut Play, part: &Part) -> Instruction {
    apply(world, petition(part), Some(part.product))
}

fn accept_authority(world: &mut Play, part: &Part) -> Instruction {
    AcceptAuthority { new_authority: world.key(part.arbiter), pool: world.pool(), change: world.change(OFFER) }
        .instruction()
}

fn withdraw(world: &Play, by: &str, id: u64) -> Instruction {
    WithdrawChange { authority: world.key(by), pool: world.pool(), change: world.change(id) }.instruction()
}

/// What the convener ordered.
fn withdraw_change(world: &mut Play, part: &Part) -> Instruction {
    withdraw(world, part.convener, part.product.into())
}

fn close_change(world: &mut Play, part: &Part) -> Instruction {
    world.close_change_accounts(PAYER, petition(part)).instruction()
}

/// What the authority withdrew.
fn close_withdrawn(world: &mut Play, part: &Part) -> Instruction {
    world.close_change_accounts(PAYER, part.product.into()).instruction()
}
