// There is an action for every instruction of the IDL, and it builds that instruction: as many accounts, and the same of them
// written to and signed for.
import { readFileSync } from 'node:fs';
import { AccountRole, createNoopSigner, isSignerRole, isWritableRole, type Instruction } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { expect, test } from 'vitest';
import * as client from '../src';

type Declared = {
  readonly name: string;
  readonly discriminator: readonly number[];
  readonly accounts: readonly {
    readonly name: string;
    readonly signer?: boolean;
    readonly writable?: boolean;
    readonly optional?: boolean;
  }[];
};
const idl = JSON.parse(readFileSync(new URL('../../../idls/breakwater.json', import.meta.url), 'utf8')) as {
  readonly instructions: readonly Declared[];
};

const SOMEBODY = client.BREAKWATER_PROGRAM_ADDRESS;
const OTHER = client.TOKEN_2022_PROGRAM_ADDRESS;
const who = createNoopSigner(OTHER);
const caller = who.address;
/** An account with nothing in it but what is given. */
const at = <Data extends object>(kind: { decode: (bytes: Uint8Array) => Data }, given: Partial<Data> = {}) => ({
  address: SOMEBODY,
  data: { ...kind.decode(new Uint8Array(20_000)), ...given },
});
const pool = at(client.getPoolDecoder(), { exitCount: 1n, version: 1 });
const product = at(client.getProductDecoder(), { incidentCount: 2 });
const policy = at(client.getPolicyDecoder());
const incident = at(client.getIncidentDecoder(), { ballot: OTHER, policy: OTHER, generation: 1 });
const claim = at(client.getClaimDecoder(), { funder: OTHER, bondWaits: 1 });
const ballot = at(client.getBallotDecoder());
const change = at(client.getChangeDecoder(), { product: SOMEBODY });
const renaming = client.proposal('Shares', [client.NO_SHARE_WORDS]);
const assembly = at(client.getAssemblyDecoder());
const epoch = at(client.getExitEpochDecoder());
const retired = at(client.getRetiredDecoder());
const proof = { evidenceHash: new Uint8Array(32), evidenceUri: '' };
const commission = { distributor: SOMEBODY, bps: 1 };
const seen = { terms: 0n, maxLiens: 0n };
const rpc = {
  getAccountInfo: () => ({ send: () => Promise.resolve({ value: { owner: TOKEN_PROGRAM_ADDRESS } }) }),
} as unknown as Parameters<typeof client.createPool>[0];

type Built = readonly Instruction[] | Promise<readonly Instruction[]>;
/** What every action builds, by the name of its last instruction. */
const built: Readonly<Record<string, Built>> = {
  absorb_surplus: client.absorbSurplus(pool),
  accept_authority: client.acceptAuthority(change, who),
  appeal: client.appeal(pool, ballot.address, who),
  apply_change: client.applyChange(
    pool,
    { ...change, data: { ...change.data, proposal: client.getProposalEncoder().encode(renaming) } },
    who,
  ),
  arbitrate: client.arbitrate(ballot.address, who, client.FOR),
  attach_evidence: client.attachEvidence(claim.address, who, proof),
  burn_slashed: client.burnSlashed(assembly),
  buy_cover: client.buyCover(pool, product.address, who, {
    id: 0n,
    amount: 1n,
    termDays: 1,
    maxPremium: 1n,
    terms: 0n,
    court: SOMEBODY,
    holder: caller,
    commission,
  }),
  call_exits: client.callExits(pool),
  cancel_cover: client.cancelCover(pool, product, policy, who, { minRefund: 0n }),
  challenge_incident: client.challengeIncident(pool, incident, who, proof),
  claim_breach: client.claimBreach(pool, incident.address, policy, who),
  close_assembly: client.closeAssembly(assembly, who),
  close_ballot: client.closeBallot(ballot.address, caller),
  close_change: client.closeChange(change, caller),
  close_claim: client.closeClaim(claim, caller),
  close_exit_epoch: client.closeExitEpoch(pool, epoch, caller),
  close_incident: client.closeIncident(incident, caller),
  close_policy: client.closePolicy(policy, caller),
  close_pool: client.closePool(pool, who),
  close_product: client.closeProduct(product, caller, who),
  close_retired: client.closeRetired(pool, retired, caller),
  close_voter: client.closeVoter(at(client.getVoterDecoder()), caller),
  collect_appeal_bond: client.collectAppealBond(pool, ballot, who),
  collect_change_bond: client.collectChangeBond(pool, change, who),
  collect_dispute_bond: client.collectDisputeBond(pool, claim, who),
  collect_exit: client.collectExit(pool, at(client.getExitTicketDecoder()), caller),
  collect_fees: client.collectFees(pool, who),
  collect_incident_bond: client.collectIncidentBond(pool, incident, who),
  collect_vote_reward: client.collectVoteReward(
    pool,
    at(client.getBallotDecoder()),
    at(client.getVoteRecordDecoder()),
    SOMEBODY,
    who,
  ),
  create_assembly: client.createAssembly(rpc, who, {
    governanceMint: SOMEBODY,
    votingPeriod: 0n,
    minStakeAge: 0n,
    unstakeDelay: 0n,
    quorumBps: 0,
    thresholdBps: 0,
    overturnSlashBps: 0,
  }),
  create_pool: client.createPool(rpc, who, {
    assembly: SOMEBODY,
    assetMint: SOMEBODY,
    id: 0n,
    authority: SOMEBODY,
    guardian: SOMEBODY,
    arbiter: SOMEBODY,
    treasury: SOMEBODY,
    minPremium: 0n,
    voteReward: 0n,
    assessorsLimit: 0n,
    timelock: 0n,
    stakeFloor: 1n,
    coverPerStake: 0n,
    exitDelayDays: 0,
    seasonDays: 0,
    leverageBps: 0,
    protocolFeeBps: 0,
    assessorFeeBps: 0,
    cancelFeeBps: 0,
    groupCapsBps: Array<number>(16).fill(0),
  }),
  decide_incident: client.decideIncident(pool, incident, caller),
  deposit: client.deposit(pool, who, { amount: 1n, minShares: 0n, seen }),
  dispute_claim: client.disputeClaim(pool, incident, claim, who, proof),
  draw: client.draw(pool, product, policy, who, { loss: 1n, minPaid: 0n, payer: who }),
  end_filing: client.endFiling(incident, caller),
  extend_cover: client.extendCover(pool, policy, who, { days: 1, maxPremium: 1n, commission }),
  list_product: client.listProduct(pool, who, {
    name: '',
    termsUri: '',
    termsHash: new Uint8Array(32),
    riskKind: 0,
    group: 0,
    trigger: 0,
    triggerSource: SOMEBODY,
    price: { strike: 0n, floor: 0n, exponent: 0, maxAge: 0, minDuration: 0, maxGap: 0 },
    draws: { period: 0n, limitBps: 0 },
    weightBps: 0,
    r0Ppm: 0,
    r1Ppm: 0,
    r2Ppm: 0,
    kinkBps: 0,
    minTermDays: 0,
    maxTermDays: 0,
    waitingDays: 0,
    graceDays: 0,
    deductibleBps: 0,
    reportWindowDays: 0,
    filingWindowDays: 0,
    claimBondBps: 0,
    disputeWindow: 0n,
    appealWindow: 0n,
    minAmount: 0n,
    maxAmount: 0n,
    incidentBond: 0n,
  }),
  observe_price: client.observePrice(product, SOMEBODY),
  open_incident: client.openIncident(pool, product, who, { ...proof, occurredAt: 0n }),
  open_pool: client.openPool(pool.address, who),
  open_price_incident: client.openPriceIncident(pool, product, who),
  mark_change: client.markChange(pool, change),
  pause: client.pause(pool.address, who, 0n),
  pay_booking: client.payBooking(pool, incident, policy, who),
  pay_exits: client.payExits(pool, caller),
  payout: client.payout(pool, product.address, claim, caller),
  petition_change: client.petitionChange(pool, who, { proposal: renaming, product: product.address }),
  propose_change: client.proposeChange(pool, who, { proposal: renaming, product: product.address }),
  queue_change: client.queueChange(pool, change, caller),
  quote_cover: client.askForQuote(product, SOMEBODY, { amount: 1n, termDays: 1 }),
  reclaim_ballot: client.reclaimBallot(ballot, caller),
  recover: client.recover(pool, incident, who, 1n),
  redeem_retired: client.redeemRetired(pool, retired, who, 1n),
  redirect_claim: client.redirectClaim(pool, claim, who, SOMEBODY),
  reduce_cover: client.reduceCover(pool, product, policy, who, { part: 1n, minRefund: 0n }),
  refute_breach: client.refuteBreach(product.address, SOMEBODY),
  refute_incident: client.refuteIncident(incident, SOMEBODY),
  release_contested: client.releaseContested(incident, epoch.address),
  request_exit: client.requestExit(pool, who, { id: 0n, epoch: 0n, shares: 1n }),
  request_unstake: client.requestUnstake(assembly.address, who, 1n),
  resolve_dispute: client.resolveDispute(pool, claim, caller),
  retire_shares: client.retireShares(pool, who),
  roll_product: client.rollProduct(pool, product.address),
  set_delegate: client.setDelegate(assembly.address, who, OTHER),
  settle_incident: client.settleIncident(pool, product, incident, caller),
  settle_rest: client.settleRest(pool, incident.address),
  stake: client.stake(assembly, who, 1n),
  submit_claim: client.submitClaim(pool, incident.address, policy.address, who, { ...proof, loss: 1n }),
  transfer_cover: client.transferCover(policy.address, who, SOMEBODY),
  unstake: client.unstake(assembly, who),
  vote: client.vote(ballot, who, client.FOR),
  withdraw: client.withdraw(pool, who, { shares: 1n, minAmount: 0n }),
  withdraw_change: client.withdrawChange(change, who),
};

test('there is an action for every instruction, and for no other', () => {
  expect(Object.keys(built).sort()).toEqual(idl.instructions.map(({ name }) => name).sort());
});

test('a delegate votes with the stake of its owner and pays', async () => {
  const voter = await client.voterAddress(ballot.data.assembly, OTHER);
  const record = await client.voteRecordAddress(ballot.address, voter);
  const [instruction] = await client.vote(ballot, who, client.FOR, { owner: OTHER });
  const accounts = instruction!.accounts!.map(({ address }) => address).slice(0, 5);
  expect(accounts).toEqual([who.address, who.address, voter, ballot.address, record]);
});

test('a claim is ended, a booking settled, and a vote released, without their receivers', () => {
  const unpaid = {
    payout: client.endClaim(pool, product.address, claim, caller),
    pay_booking: client.settleBooking(pool, incident, policy, caller),
    collect_vote_reward: client.releaseVote(pool, ballot, at(client.getVoteRecordDecoder()), OTHER, caller),
  };
  for (const [name, [instruction]] of Object.entries(unpaid)) {
    const { accounts } = idl.instructions.find((declared) => declared.name === name)!;
    const receiver = accounts.findIndex((account) => account.name === 'receiver');
    expect(instruction!.accounts![receiver]!.address).toBe(client.BREAKWATER_PROGRAM_ADDRESS);
  }
});

test.each(idl.instructions)('$name signs and writes as the IDL says', async ({ name, discriminator, accounts }) => {
  const instruction = (await built[name]!).at(-1)!;
  expect(instruction.programAddress).toBe(client.BREAKWATER_PROGRAM_ADDRESS);
  expect([...instruction.data!.subarray(0, discriminator.length)]).toEqual(discriminator);
  const flags = (instruction.accounts ?? []).map(({ role }: { role: AccountRole }) => ({
    signer: isSignerRole(role),
    writable: isWritableRole(role),
  }));
  // Where an account that is needed at times is left out, the program's own address stands, for which nobody signs.
  const isLeftOut = (at: number) => instruction.accounts![at]!.address === client.BREAKWATER_PROGRAM_ADDRESS;
  const expected = accounts.map(({ signer = false, writable = false, optional = false }, at) =>
    optional && isLeftOut(at) ? { signer: false, writable: flags[at]!.writable } : { signer, writable },
  );
  expect(flags).toEqual(expected);
});
