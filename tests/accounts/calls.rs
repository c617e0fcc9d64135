//! One good call for each instruction, as a part makes it. What is tried on it needs no more than this.

use crate::life::{Part, Play};
use coverage_client::*;
use harness::{
    Chain as _, UNIT, assembly_params, claim_request, evidence, incident_report, pool_params, product_params,
};
use solana_address::Address;
use solana_instruction::Instruction;

/// Who pays every rent and tip: nobody else does.
pub const PAYER: &str = "pete";
/// What the holder insures, atoms.
const INSURED: u64 = 120_000 * UNIT;

impl Part {
    /// The holder's policy.
    pub fn policy(&self, world: &Play, id: u64) -> Address {
        world.policy(self.product, self.holder, id)
    }

    /// The product's first incident.
    pub fn incident(&self, world: &Play) -> Address {
        world.incident(self.product, 0)
    }

    /// The holder's claim in it.
    pub fn claim(&self, world: &Play) -> Address {
        claim_address(&self.incident(world), &self.policy(world, 0))
    }
}

/// A call whose owner signs, and is paid to another account than its own. The slots are the owner's and the receiver's.
pub fn elsewhere(
    call: impl Fn(&mut Play, &Part) -> Instruction,
    [owner, receiver]: [usize; 2],
) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let mut call = call(world, part);
        call.accounts[owner].is_signer = true;
        call.accounts[receiver].pubkey = world.tokens("dist", &world.asset());
        call
    }
}

// Assembly

pub fn create_assembly(world: &mut Play, _: &Part) -> Instruction {
    CreateAssembly { payer: world.key(PAYER), ..world.create_assembly_accounts() }.instruction(&assembly_params())
}

pub fn stake(world: &mut Play, part: &Part) -> Instruction {
    // Vera has the majority wherever she stakes.
    let stake = if part.juror == "vera" { 600 } else { 400 };
    Stake { payer: world.key(PAYER), ..world.stake_accounts(part.juror) }.instruction(stake * UNIT)
}

/// A vote on the incident, in the round that is open.
pub fn vote(side: u8) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let incident = part.incident(world);
        Vote { payer: world.key(PAYER), ..world.vote_accounts(part.juror, &incident) }.instruction(16 * side)
    }
}

/// Who votes for a juror.
fn delegate_of(part: &Part) -> &'static str {
    if part.juror == "vera" { "dee" } else { "dot" }
}

pub fn set_delegate(world: &mut Play, part: &Part) -> Instruction {
    let delegate = world.key(delegate_of(part));
    world.set_delegate_accounts(part.juror).instruction(&delegate)
}

/// The same as [`vote`], by the juror's delegate.
pub fn vote_by_delegate(side: u8) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let incident = part.incident(world);
        let accounts = world.vote_for_accounts(delegate_of(part), part.juror, &incident);
        Vote { payer: world.key(PAYER), ..accounts }.instruction(16 * side)
    }
}

/// Vera's vote on the disputed claim.
pub fn vote_on_claim(world: &mut Play, part: &Part) -> Instruction {
    let claim = part.claim(world);
    Vote { payer: world.key(PAYER), ..world.vote_accounts("vera", &claim) }.instruction(12)
}

/// Closes a round on an incident of the product.
pub fn close_ballot(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let incident = world.incident(part.product, nth);
        world.close_ballot_accounts(&incident).instruction()
    }
}

pub fn close_ballot_on_claim(world: &mut Play, part: &Part) -> Instruction {
    let claim = part.claim(world);
    world.close_ballot_accounts(&claim).instruction()
}

pub fn appeal(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    Appeal { payer: world.key(PAYER), ..world.appeal_accounts("paul", &incident) }.instruction()
}

/// Of a juror's vote on the incident.
pub fn collect_vote_reward(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    let accounts = world.collect_vote_reward_accounts(part.juror, &incident);
    CollectVoteReward { rent_payer: world.key(PAYER), ..accounts }.instruction()
}

/// Of Vera's vote on the disputed claim.
pub fn collect_vote_reward_on_claim(world: &mut Play, part: &Part) -> Instruction {
    let claim = part.claim(world);
    let accounts = world.collect_vote_reward_accounts("vera", &claim);
    CollectVoteReward { rent_payer: world.key(PAYER), ..accounts }.instruction()
}

pub fn collect_appeal_bond(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.collect_appeal_bond_accounts("paul", &incident).instruction()
}

pub fn burn_slashed(world: &mut Play, _: &Part) -> Instruction {
    world.burn_slashed_accounts().instruction()
}

pub fn request_unstake(world: &mut Play, part: &Part) -> Instruction {
    world.request_unstake_accounts(part.juror).instruction(10 * UNIT)
}

pub fn unstake(world: &mut Play, part: &Part) -> Instruction {
    world.unstake_accounts(part.juror).instruction()
}

/// Of the product's second incident.
pub fn arbitrate(world: &mut Play, part: &Part) -> Instruction {
    let ballot = ballot_address(&world.incident(part.product, 1));
    Arbitrate { arbiter: world.key(part.arbiter), ballot }.instruction(0)
}

fn reclaim(world: &Play, subject: &Address) -> Instruction {
    let (caller, pool, rent_payer) = (world.key("guardian"), world.pool(), world.key(PAYER));
    ReclaimBallot { caller, pool, ballot: ballot_address(subject), rent_payer }.instruction()
}

pub fn reclaim_ballot(world: &mut Play, part: &Part) -> Instruction {
    reclaim(world, &part.incident(world))
}

pub fn reclaim_ballot_on_claim(world: &mut Play, part: &Part) -> Instruction {
    reclaim(world, &part.claim(world))
}

// Pool

pub fn create_pool(world: &mut Play, part: &Part) -> Instruction {
    let params = PoolParams {
        authority: world.key(part.convener),
        guardian: world.key(part.guardian),
        treasury: world.key(part.treasury),
        arbiter: world.key(part.arbiter),
        vote_reward: 20 * UNIT,
        ..pool_params()
    };
    let accounts = CreatePool { payer: world.key(PAYER), ..world.create_pool_accounts(part.pool) };
    accounts.instruction(part.pool, &params, &world.share_words())
}

pub fn list_product(world: &mut Play, part: &Part) -> Instruction {
    let (authority, payer) = (world.key(part.convener), world.key(PAYER));
    let accounts = ListProduct { authority, payer, ..world.list_product_accounts(part.product) };
    accounts.instruction(&product_params("Lending exploit"))
}

pub fn open_pool(world: &mut Play, part: &Part) -> Instruction {
    OpenPool { authority: world.key(part.convener), pool: world.pool() }.instruction()
}

pub fn roll_product(world: &mut Play, part: &Part) -> Instruction {
    let pool = world.pool();
    RollProduct { pool, product: world.product(part.product), vault: vault_address(&pool) }.instruction()
}

// Liquidity

pub fn deposit(world: &mut Play, part: &Part) -> Instruction {
    let seen = world.seen();
    world.deposit_accounts(part.lp).instruction(500_000 * UNIT, 0, &seen)
}

pub fn withdraw(world: &mut Play, part: &Part) -> Instruction {
    world.withdraw_accounts(part.lp).instruction(1_000 * UNIT, 0)
}

/// Four fifths of what is left.
pub fn request_exit(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let ((number, _), shares) = (world.exit_epoch(), world.shares(part.lp) / 10 * 8);
        let accounts = RequestExit { payer: world.key(PAYER), ..world.request_exit_accounts(part.lp, id, number) };
        accounts.instruction(id, number, shares)
    }
}

/// Of the first epoch that waits.
pub fn pay_exits(world: &mut Play, _: &Part) -> Instruction {
    let head = world.read_pool().exit_head;
    world.pay_exits_accounts(head).instruction()
}

/// The first epoch that waits.
pub fn call_exits(world: &mut Play, _: &Part) -> Instruction {
    let (pool, head) = (world.pool(), world.read_pool().exit_head);
    CallExits { pool, epoch: exit_epoch_address(&pool, head) }.instruction()
}

/// To an epoch.
pub fn release_contested(number: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let pool = world.pool();
        let (incident, epoch) = (part.incident(world), exit_epoch_address(&pool, number));
        ReleaseContested { pool, incident, epoch }.instruction()
    }
}

pub fn collect_exit(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| world.collect_exit_accounts(part.lp, id).instruction()
}

/// Of a number.
pub fn close_exit_epoch(number: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, _| world.close_epoch_accounts(number).instruction()
}

/// The pool's first.
pub fn retire_shares(world: &mut Play, _: &Part) -> Instruction {
    RetireShares { payer: world.key(PAYER), ..world.retire_accounts(0) }.instruction()
}

/// A half of what the LP has.
pub fn redeem_retired(world: &mut Play, part: &Part) -> Instruction {
    let shares = world.shares(part.lp) / 2;
    redeem(world, part, shares)
}

/// All that the LP has.
pub fn redeem_rest(world: &mut Play, part: &Part) -> Instruction {
    let shares = world.shares(part.lp);
    redeem(world, part, shares)
}

/// The first shares, of which none are left.
pub fn close_retired(world: &mut Play, _: &Part) -> Instruction {
    world.close_retired_accounts(0).instruction()
}

fn redeem(world: &Play, part: &Part, shares: u64) -> Instruction {
    let pool = world.pool();
    let accounts = RedeemRetired {
        owner: world.key(part.lp),
        pool,
        retired: retired_address(&pool, 0),
        owner_shares: world.share_tokens(part.lp),
        receiver: world.tokens(part.lp, &world.asset()),
        vault: vault_address(&pool),
        share_mint: world.share_mint(),
        asset_mint: world.asset(),
        token_program: world.token_program,
        share_token_program: world.share_program,
    };
    accounts.instruction(shares)
}

pub fn absorb_surplus(world: &mut Play, _: &Part) -> Instruction {
    let pool = world.pool();
    AbsorbSurplus { pool, vault: vault_address(&pool) }.instruction()
}

// Cover

/// Without a commission.
pub fn buy_direct(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let request = world.request(part.holder, INSURED, 180);
        world.buy_accounts(part.holder, part.product, id).instruction(id, &request)
    }
}

pub fn buy_cover(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let request = CoverRequest { commission_bps: 500, ..world.request(part.holder, INSURED, 180) };
        let distributor_token = Some(world.tokens("dist", &world.asset()));
        let accounts = BuyCover { distributor_token, ..world.buy_accounts(part.holder, part.product, id) };
        accounts.instruction(id, &request)
    }
}

pub fn extend_cover(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    let distributor_token = Some(world.tokens("dist", &world.asset()));
    let accounts = ExtendCover { distributor_token, ..world.extend_accounts(part.holder, part.product, &policy) };
    accounts.instruction(&ExtensionRequest { max_premium: u64::MAX, days: 30, commission_bps: 500 })
}

/// Without a commission.
pub fn extend_direct(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    let request = ExtensionRequest { max_premium: u64::MAX, days: 30, commission_bps: 0 };
    world.extend_accounts(part.holder, part.product, &policy).instruction(&request)
}

/// The holder's second policy, to the heir.
pub fn transfer_cover(world: &mut Play, part: &Part) -> Instruction {
    let accounts = TransferCover { holder: world.key(part.holder), policy: part.policy(world, 1) };
    accounts.instruction(&world.key(part.heir))
}

/// A unit of the same policy, by the heir.
pub fn reduce_cover(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 1);
    world.reduce_accounts(part.heir, part.product, &policy).instruction(UNIT, 0)
}

/// The same policy, by the heir.
pub fn cancel_cover(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 1);
    world.cancel_accounts(part.heir, part.product, &policy).instruction(0)
}

/// The holder's first policy.
pub fn close_policy(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    world.close_policy_accounts(part.product, &policy).instruction()
}

pub fn quote_cover(world: &mut Play, part: &Part) -> Instruction {
    let assembly = world.assembly();
    QuoteCover { pool: world.pool(), product: world.product(part.product), assembly }.instruction(INSURED, 60)
}

// Incident

/// The product's `nth`, by opal.
pub fn open_incident(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let report = incident_report(world.now() - 60);
        let accounts = world.open_incident_accounts("opal", part.product, nth);
        OpenIncident { payer: world.key(PAYER), ..accounts }.instruction(&report)
    }
}

/// To be paid to the heir; fred posts the bond.
pub fn submit_claim(world: &mut Play, part: &Part) -> Instruction {
    submit_claim_of(INSURED, world, part)
}

/// Of all that the policy insures.
pub fn submit_whole_claim(world: &mut Play, part: &Part) -> Instruction {
    let insured = world.chain.read::<Policy>(&part.policy(world, 0)).amount;
    submit_claim_of(insured, world, part)
}

fn submit_claim_of(loss: u64, world: &Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let accounts = SubmitClaim {
        funder: world.key("fred"),
        funder_token: world.tokens("fred", &world.asset()),
        payer: world.key(PAYER),
        receiver: world.tokens(part.heir, &world.asset()),
        ..world.claim_accounts(part.holder, &policy, &incident)
    };
    accounts.instruction(&claim_request(loss))
}

/// To the holder.
pub fn redirect_claim(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let receiver = world.tokens(part.holder, &world.asset());
    world.redirect_accounts(part.holder, &policy, &incident, &receiver).instruction()
}

pub fn dispute_claim(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let accounts = world.dispute_accounts(part.disputer, &policy, &incident);
    DisputeClaim { payer: world.key(PAYER), ..accounts }.instruction(&evidence())
}

/// Of the disputer, about the claim.
pub fn attach_evidence(world: &mut Play, part: &Part) -> Instruction {
    AttachEvidence { author: world.key(part.disputer), subject: part.claim(world) }.instruction(&evidence())
}

pub fn resolve_dispute(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    world.resolve_accounts(&policy, &incident).instruction()
}

pub fn collect_dispute_bond(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    world.collect_dispute_bond_accounts(part.disputer, &policy, &incident).instruction()
}

/// The product's `nth`.
pub fn decide_incident(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| world.decide_accounts(part.product, nth).instruction()
}

pub fn end_filing(world: &mut Play, part: &Part) -> Instruction {
    world.end_filing_accounts(part.product, 0).instruction()
}

/// The product's `nth`.
pub fn settle_incident(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| world.settle_accounts(part.product, nth).instruction()
}

pub fn settle_rest(world: &mut Play, part: &Part) -> Instruction {
    let pool = world.pool();
    SettleRest { pool, incident: part.incident(world), vault: vault_address(&pool) }.instruction()
}

/// To where the claim says, and its bond to fred.
pub fn payout(world: &mut Play, part: &Part) -> Instruction {
    payout_with(world, part, Some(world.tokens("fred", &world.asset())))
}

/// To where the claim says; its bond waits for fred.
pub fn payout_apart(world: &mut Play, part: &Part) -> Instruction {
    payout_with(world, part, None)
}

fn payout_with(world: &mut Play, part: &Part, funder_token: Option<Address>) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let receiver = world.chain.read::<Claim>(&part.claim(world)).receiver;
    let accounts = world.payout_accounts(part.holder, &policy, &incident);
    Payout { receiver: Some(receiver), funder: world.key("fred"), funder_token, ..accounts }.instruction()
}

pub fn collect_incident_bond(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.collect_bond_accounts("opal", &incident).instruction()
}

pub fn recover(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.recover_accounts("pete", &incident).instruction(100 * UNIT)
}

/// Of a pool that was wiped out.
pub fn recover_for_retired(world: &mut Play, part: &Part) -> Instruction {
    let (incident, retired) = (part.incident(world), Some(retired_address(&world.pool(), 0)));
    Recover { retired, ..world.recover_accounts(PAYER, &incident) }.instruction(100 * UNIT)
}

pub fn close_claim(world: &mut Play, part: &Part) -> Instruction {
    let (incident, claim) = (part.incident(world), part.claim(world));
    CloseClaim { caller: world.key("guardian"), incident, claim, rent_payer: world.key("pete") }.instruction()
}

pub fn close_incident(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.close_incident_accounts(PAYER, &incident).instruction()
}
