//! One good call for each instruction, as a part makes it. What is tried on it needs no more than this.

use crate::life::{Part, Play};
use coverage_client::*;
use harness::{UNIT, assembly_params, claim_request, dispute_request, incident_report, pool_params, product_params};
use solana_address::Address;
use solana_instruction::Instruction;

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
    world.create_assembly_accounts().instruction(&assembly_params())
}

pub fn stake(world: &mut Play, part: &Part) -> Instruction {
    // Vera has the majority wherever she stakes.
    let stake = if part.juror == "vera" { 600 } else { 400 };
    world.stake_accounts(part.juror).instruction(stake * UNIT)
}

/// A vote in a round on the incident.
pub fn vote(round: u8, side: u8) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let incident = part.incident(world);
        world.vote_accounts_in(part.juror, &incident, round).instruction(side)
    }
}

/// Vera's vote on the disputed claim.
pub fn vote_on_claim(world: &mut Play, part: &Part) -> Instruction {
    let claim = part.claim(world);
    world.vote_accounts("vera", &claim).instruction(1)
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
    world.appeal_accounts("paul", &incident).instruction()
}

/// Of a juror's vote in a round on the incident.
pub fn collect_vote_reward(round: u8) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let incident = part.incident(world);
        world.collect_vote_reward_accounts(part.juror, &incident, round).instruction()
    }
}

/// Of Vera's vote on the disputed claim.
pub fn collect_vote_reward_on_claim(world: &mut Play, part: &Part) -> Instruction {
    let claim = part.claim(world);
    world.collect_vote_reward_accounts("vera", &claim, 0).instruction()
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

fn reclaim(world: &Play, subject: &Address, rent_payer: &str) -> Instruction {
    let (caller, pool, rent_payer) = (world.key("guardian"), world.pool(), world.key(rent_payer));
    ReclaimBallot { caller, pool, ballot: ballot_address(subject), rent_payer }.instruction()
}

pub fn reclaim_ballot(world: &mut Play, part: &Part) -> Instruction {
    reclaim(world, &part.incident(world), "opal")
}

pub fn reclaim_ballot_on_claim(world: &mut Play, part: &Part) -> Instruction {
    reclaim(world, &part.claim(world), part.disputer)
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
    world.create_pool_accounts(part.pool).instruction(part.pool, &params)
}

pub fn list_product(world: &mut Play, part: &Part) -> Instruction {
    let (authority, payer) = (world.key(part.convener), world.key("pete"));
    let accounts = ListProduct { authority, payer, ..world.list_product_accounts(part.product) };
    accounts.instruction(&product_params("Lending exploit"))
}

pub fn roll_product(world: &mut Play, part: &Part) -> Instruction {
    let pool = world.pool();
    RollProduct { pool, product: world.product(part.product), vault: vault_address(&pool) }.instruction()
}

// Liquidity

pub fn deposit(world: &mut Play, part: &Part) -> Instruction {
    world.deposit_accounts(part.lp).instruction(500_000 * UNIT, 0)
}

/// Four fifths of what is left.
pub fn request_exit(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let (day, shares) = (world.exit_day(), world.shares(part.lp) / 10 * 8);
        world.request_exit_accounts(part.lp, id, day).instruction(id, day, shares)
    }
}

/// Tomorrow's.
pub fn open_exit_epoch(world: &mut Play, _: &Part) -> Instruction {
    let day = coverage_math::day_of(world.now()) + 1;
    OpenExitEpoch { payer: world.key("pete"), ..world.open_epoch_accounts(day) }.instruction(day)
}

/// Of today; what is left over would go to tomorrow's.
pub fn settle_exit_epoch(world: &mut Play, _: &Part) -> Instruction {
    let today = coverage_math::day_of(world.now());
    world.settle_epoch_accounts(today, Some(today + 1)).instruction()
}

/// Of today, when nothing is left over.
pub fn settle_all_exits(world: &mut Play, _: &Part) -> Instruction {
    let today = coverage_math::day_of(world.now());
    world.settle_epoch_accounts(today, None).instruction()
}

pub fn collect_exit(id: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| world.collect_exit_accounts(part.lp, id).instruction()
}

/// Of a day.
pub fn close_exit_epoch(day: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, _| world.close_epoch_accounts(day).instruction()
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
    QuoteCover { pool: world.pool(), product: world.product(part.product) }.instruction(INSURED, 60)
}

// Incident

/// The product's `nth`, by opal.
pub fn open_incident(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let report = incident_report(world.now() - 60);
        world.open_incident_accounts("opal", part.product, nth).instruction(&report)
    }
}

/// To be paid to the heir; pete pays the rent.
pub fn submit_claim(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let (payer, receiver) = (world.key("pete"), world.tokens(part.heir, &world.asset()));
    let accounts = SubmitClaim { payer, receiver, ..world.claim_accounts(part.holder, &policy, &incident) };
    accounts.instruction(&claim_request(INSURED))
}

/// To the holder.
pub fn redirect_claim(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    let receiver = world.tokens(part.holder, &world.asset());
    world.redirect_accounts(part.holder, &policy, &incident, &receiver).instruction()
}

pub fn dispute_claim(counter_amount: u64) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| {
        let (policy, incident) = (part.policy(world, 0), part.incident(world));
        let request = dispute_request(counter_amount * UNIT);
        world.dispute_accounts(part.disputer, &policy, &incident).instruction(&request)
    }
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
pub fn settle_incident(nth: u32) -> impl Fn(&mut Play, &Part) -> Instruction {
    move |world, part| world.settle_accounts(part.product, nth).instruction()
}

pub fn settle_rest(world: &mut Play, part: &Part) -> Instruction {
    let pool = world.pool();
    SettleRest { pool, incident: part.incident(world), vault: vault_address(&pool) }.instruction()
}

pub fn payout(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    world.payout_accounts(part.holder, &policy, &incident).instruction()
}

pub fn collect_incident_bond(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.collect_bond_accounts("opal", &incident).instruction()
}

pub fn recover(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    world.recover_accounts("pete", &incident).instruction(100 * UNIT)
}

pub fn close_claim(world: &mut Play, part: &Part) -> Instruction {
    let (incident, claim) = (part.incident(world), part.claim(world));
    CloseClaim { caller: world.key("guardian"), incident, claim, rent_payer: world.key("pete") }.instruction()
}

pub fn close_incident(world: &mut Play, part: &Part) -> Instruction {
    let incident = part.incident(world);
    CloseIncident { caller: world.key("guardian"), incident, opener: world.key("opal") }.instruction()
}
