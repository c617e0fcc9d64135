//! There is a typed builder for every instruction of the IDL, and it builds that instruction: its number, as many accounts,
//! and the same of them written to and signed for.

use borsh::BorshDeserialize;
use coverage_client::{At, Ballot, Claim, ID, Proposal, ShareWords, TOKEN_2022, ZeroCopy, build};
use serde_json::Value;
use solana_address::Address;
use solana_instruction::Instruction;
use std::collections::BTreeMap;

/// An account with nothing in it.
fn at<T: ZeroCopy>(byte: u8) -> At<T> {
    At { address: Address::new_from_array([byte; 32]), account: bytemuck::Zeroable::zeroed() }
}

/// Parameters with nothing in them.
fn params<T: BorshDeserialize>() -> T {
    T::deserialize(&mut [0; 1_024].as_slice()).expect("zeros are parameters")
}

/// What every builder builds, by the name of the instruction.
fn built() -> BTreeMap<&'static str, Instruction> {
    let (pool, assembly, product, policy) = (&at(1), &at(2), &at(3), &at(4));
    let (incident, claim, ballot, record) = (&at(5), &at(6), &at(7), &at(8));
    let (ticket, epoch, change, retired, voter) = (&at(9), &at(10), &at(11), &at(15), &at(16));
    let (who, mint, address) =
        (&Address::new_from_array([13; 32]), &Address::new_from_array([14; 32]), &incident.address);
    let some = Some(who);
    let tokens = build::PoolTokens {
        asset_mint: mint,
        token_program: mint,
        share_token_program: &TOKEN_2022,
        words: &ShareWords::NONE,
    };
    let last = |instructions: Vec<Instruction>| instructions.into_iter().last().expect("an instruction");
    BTreeMap::from([
        ("absorb_surplus", build::absorb_surplus(pool)),
        ("accept_authority", build::accept_authority(change, who)),
        ("appeal", build::appeal(pool, address, who, who)),
        ("apply_change", build::apply_change(&with_exits(pool), &of_words_and_a_product(change), who)),
        ("arbitrate", build::arbitrate(ballot, 16)),
        ("attach_evidence", build::attach_evidence(address, who, &params())),
        ("burn_slashed", build::burn_slashed(assembly)),
        ("buy_cover", last(build::buy_cover(pool, (address, who), who, 0, &params(), some))),
        ("call_exits", build::call_exits(pool)),
        ("cancel_cover", last(build::cancel_cover(pool, product, policy, 0))),
        ("challenge_incident", build::challenge_incident(pool, incident, who, who, &params())),
        ("claim_breach", last(build::claim_breach(pool, address, policy, who))),
        ("close_assembly", build::close_assembly(assembly)),
        ("close_ballot", build::close_ballot(address, who)),
        ("close_change", build::close_change(change, who)),
        ("close_claim", build::close_claim(claim, who)),
        ("close_exit_epoch", build::close_exit_epoch(pool, epoch, who)),
        ("close_incident", build::close_incident(incident, who)),
        ("close_policy", build::close_policy(policy, who)),
        ("close_pool", last(build::close_pool(pool, who))),
        ("close_product", build::close_product(product, who, some)),
        ("close_retired", build::close_retired(pool, retired, who)),
        ("close_voter", build::close_voter(voter, who)),
        ("collect_appeal_bond", last(build::collect_appeal_bond(pool, ballot, who))),
        ("collect_change_bond", last(build::collect_change_bond(pool, change, who))),
        ("collect_dispute_bond", last(build::collect_dispute_bond(pool, claim, who))),
        ("collect_exit", build::collect_exit(pool, ticket, who)),
        ("collect_fees", last(build::collect_fees(pool, who))),
        ("collect_incident_bond", last(build::collect_incident_bond(pool, incident, who))),
        ("collect_vote_reward", last(build::collect_vote_reward(pool, ballot, record, who, who))),
        ("create_assembly", build::create_assembly(who, who, mint, mint, &params())),
        ("create_pool", build::create_pool(who, who, 0, address, tokens, &params())),
        ("decide_incident", build::decide_incident(pool, &with_ballot_and_policy(incident), who)),
        ("deposit", last(build::deposit(pool, who, 0, 0, &params()))),
        ("dispute_claim", build::dispute_claim(pool, incident, claim, who, who, &params())),
        ("draw", build::draw(pool, product, policy, (who, who), 0, 0)),
        ("end_filing", build::end_filing(incident, who)),
        ("extend_cover", last(build::extend_cover(pool, policy, who, &params(), some))),
        ("list_product", build::list_product(pool, who, &params())),
        ("observe_price", build::observe_price(product, address)),
        ("mark_change", build::mark_change(&with_exits(pool), &of_words_and_a_product(change))),
        ("open_incident", build::open_incident(pool, product, who, who, &params())),
        ("open_pool", build::open_pool(pool)),
        ("open_price_incident", build::open_price_incident(pool, product, who)),
        ("pause", build::pause(pool, 0)),
        ("pay_exits", build::pay_exits(pool, who)),
        ("pay_booking", last(build::pay_booking(pool, incident, policy, who))),
        ("payout", build::payout(pool, address, &with_a_waiting_bond(claim), who)),
        ("petition_change", build::petition_change(pool, some, who, who, &params())),
        ("propose_change", build::propose_change(pool, some, who, &params())),
        ("queue_change", build::queue_change(pool, change, who)),
        ("quote_cover", build::quote_cover(product, who, 0, 0)),
        ("reclaim_ballot", build::reclaim_ballot(ballot, who)),
        ("recover", build::recover(pool, &with_retired_shares(incident), who, 0)),
        ("redeem_retired", last(build::redeem_retired(pool, retired, who, 0))),
        ("reduce_cover", last(build::reduce_cover(pool, product, policy, 0, 0))),
        ("redirect_claim", build::redirect_claim(pool, claim, who)),
        ("refute_breach", build::refute_breach(&product.address, address)),
        ("refute_incident", build::refute_incident(incident, address)),
        ("release_contested", build::release_contested(incident, address)),
        ("request_exit", last(build::request_exit(pool, (who, who), 0, 0, None, 0).expect("an epoch"))),
        ("request_unstake", build::request_unstake(assembly, who, 0)),
        ("resolve_dispute", build::resolve_dispute(pool, claim, who)),
        ("retire_shares", build::retire_shares(pool, who)),
        ("roll_product", build::roll_product(pool, address)),
        ("set_delegate", build::set_delegate(&assembly.address, who, Some(who))),
        ("settle_incident", build::settle_incident(pool, &with_a_next(product), incident, who)),
        ("settle_rest", build::settle_rest(pool, address)),
        ("stake", build::stake(assembly, who, who, 0)),
        ("submit_claim", build::submit_claim(pool, address, policy, (who, who), &params(), some)),
        ("transfer_cover", build::transfer_cover(policy, who)),
        ("unstake", last(build::unstake(assembly, who))),
        ("vote", build::vote(ballot, who, (who, who), 16)),
        ("withdraw", last(build::withdraw(pool, who, 0, 0))),
        ("withdraw_change", build::withdraw_change(pool, change)),
    ])
}

/// With every account that it can have.
fn of_words_and_a_product(change: &At<coverage_client::Change>) -> At<coverage_client::Change> {
    let mut change = *change;
    change.account.product = change.address;
    change.account.proposal = Proposal::Shares(ShareWords::NONE).to_bytes().expect("it fits");
    change
}

fn with_exits(pool: &At<coverage_client::Pool>) -> At<coverage_client::Pool> {
    let mut pool = *pool;
    pool.account.exit_count = 1;
    pool
}

fn with_a_next(product: &At<coverage_client::Product>) -> coverage_client::Product {
    coverage_client::Product { incident_count: 2, ..product.account }
}

fn with_a_waiting_bond(claim: &At<Claim>) -> At<Claim> {
    let mut claim = *claim;
    claim.account.funder = claim.address;
    claim.account.bond_waits = 1;
    claim
}

fn with_retired_shares(incident: &At<coverage_client::Incident>) -> At<coverage_client::Incident> {
    let mut incident = *incident;
    incident.account.generation = 1;
    incident
}

fn with_ballot_and_policy(incident: &At<coverage_client::Incident>) -> At<coverage_client::Incident> {
    let mut incident = *incident;
    incident.account.ballot = incident.address;
    incident.account.policy = incident.address;
    incident
}

#[test]
fn every_instruction_has_a_builder() {
    let idl: Value = serde_json::from_str(include_str!("../../../idls/breakwater.json")).expect("the IDL");
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let mut built = built();
    for declared in list(&idl, "instructions") {
        let name = declared["name"].as_str().expect("a name");
        let instruction =
            built.remove(name).unwrap_or_else(|| panic!("{name} has no builder, or the table not its row"));
        assert_eq!(instruction.program_id, ID, "{name}");
        let number: Vec<u64> = list(&declared, "discriminator").iter().filter_map(Value::as_u64).collect();
        let begins: Vec<u64> = instruction.data.iter().take(number.len()).map(|byte| u64::from(*byte)).collect();
        assert_eq!(begins, number, "{name} begins with its number");
        let declared = list(&declared, "accounts");
        assert_eq!(instruction.accounts.len(), declared.len(), "{name}");
        let flags: Vec<_> = declared
            .iter()
            .zip(&instruction.accounts)
            .map(|(it, given)| {
                // Where an account that is needed at times is left out, the program's own address stands, for which nobody signs.
                let is_left_out = it["optional"] == true && given.pubkey == ID;
                (it["signer"] == true && !is_left_out, it["writable"] == true && !is_left_out)
            })
            .collect();
        let found: Vec<_> = instruction.accounts.iter().map(|it| (it.is_signer, it.is_writable)).collect();
        assert_eq!(found, flags, "{name} signs and writes");
    }
    assert_eq!(built.keys().collect::<Vec<_>>(), Vec::<&&str>::new(), "builders of what the IDL does not have");
}

#[test]
fn an_account_is_opened_for_its_signer_or_a_distributor_and_for_nobody_else() {
    let (pool, policy, ballot, record) = (&at(1), &at(4), &at::<Ballot>(7), &at(8));
    let (appellant, other) = (&ballot.appellant, &Address::new_from_array([13; 32]));
    let count = |instructions: Vec<Instruction>| instructions.len();
    assert_eq!(count(build::collect_appeal_bond(pool, ballot, appellant)), 2);
    assert_eq!(count(build::collect_appeal_bond(pool, ballot, other)), 1);
    assert_eq!(count(build::collect_vote_reward(pool, ballot, record, other, other)), 2);
    assert_eq!(count(build::collect_vote_reward(pool, ballot, record, appellant, other)), 1);
    assert_eq!(count(build::buy_cover(pool, (other, other), other, 0, &params(), None)), 1);
    let opens = build::buy_cover(pool, (other, other), other, 0, &params(), Some(appellant)).remove(0);
    assert_eq!(opens, build::open_asset_account(pool, other, appellant));
    assert_eq!(count(build::cancel_cover(pool, &at(3), policy, 0)), 2);
}
