// Incidents: reporting, claiming, disputing, and the cranks that settle and pay.
import type { Address, Instruction, TransactionSigner } from '@solana/kit';
import { NOBODY, type Found } from '../accounts';
import type { Claim, Incident, Policy, Pool, Product } from '../generated/accounts';
import { ballotAddress, incidentAddress, retiredAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import type { Evidence } from '../generated/types';
import { bondWaits, courtOf } from '../rules/incident';
import { movement, receiverOf, tokenAddress, type Payer } from './tokens';

/** Reports an incident of a product, with its bond. Other reports are in nobody's way. */
export async function openIncident(
  pool: Found<Pool>,
  product: Found<Product>,
  opener: TransactionSigner,
  { payer = opener, ...report }: Evidence & Payer & { readonly occurredAt: bigint },
): Promise<Instruction[]> {
  const incident = await incidentAddress(product.address, product.data.incidentCount);
  const openerToken = await tokenAddress(opener.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    opener,
    payer,
    pool: pool.address,
    product: product.address,
    incident,
    assembly: courtOf(pool.data, product.data),
    ballot: await ballotAddress(incident),
    openerToken,
  };
  return [program.getOpenIncidentInstruction({ ...accounts, ...movement(pool.data), ...report })];
}

/** What a holder claims. */
export type ClaimRequest = Evidence &
  Payer & {
    /** Atoms; the deductible is taken off. */
    readonly loss: bigint;
    /** Posts the bond and gets it back; the holder if nobody is named. */
    readonly funder?: TransactionSigner | undefined;
    /** Token account that is to be paid; the holder's if not given. */
    readonly receiver?: Address | undefined;
  };

/** Files the holder's claim for a loss: from the report on, until the window after the verdict ends. */
export async function submitClaim(
  pool: Found<Pool>,
  incident: Address,
  policy: Address,
  holder: TransactionSigner,
  { funder = holder, payer = holder, receiver, ...claim }: ClaimRequest,
): Promise<Instruction[]> {
  const { assetMint, tokenProgram } = pool.data;
  const accounts = {
    holder,
    funder,
    payer,
    pool: pool.address,
    incident,
    policy,
    funderToken: await tokenAddress(funder.address, assetMint, tokenProgram),
    receiver: receiver ?? (await tokenAddress(holder.address, assetMint, tokenProgram)),
  };
  return [await program.getSubmitClaimInstructionAsync({ ...accounts, ...movement(pool.data), ...claim })];
}

/** Disputes a claim, with the bond that it names: a ballot decides how much of it stands. Once, and only where its incident counts. */
export async function disputeClaim(
  pool: Found<Pool>,
  incident: Found<Incident>,
  claim: Found<Claim>,
  disputer: TransactionSigner,
  { payer = disputer, evidenceHash, evidenceUri }: Evidence & Payer,
): Promise<Instruction[]> {
  const disputerToken = await tokenAddress(disputer.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    disputer,
    payer,
    pool: pool.address,
    incident: incident.address,
    claim: claim.address,
    assembly: incident.data.assembly,
    disputerToken,
  };
  const evidence = { evidenceHash, evidenceUri };
  return [await program.getDisputeClaimInstructionAsync({ ...accounts, ...movement(pool.data), evidence })];
}

/** Has as much of a disputed claim stand as its final ballot says, and shares the bonds out. */
export const resolveDispute = (pool: Found<Pool>, claim: Found<Claim>, caller: Address): Instruction[] => {
  const { incident, policy, disputeBallot } = claim.data;
  const { vault } = pool.data;
  return [
    program.getResolveDisputeInstruction({
      caller,
      pool: pool.address,
      incident,
      claim: claim.address,
      policy,
      disputeBallot,
      vault,
    }),
  ];
};

/** Reads the final verdict on an incident. */
export const decideIncident = (pool: Found<Pool>, incident: Found<Incident>, caller: Address): Instruction[] => {
  const { product, ballot, policy } = incident.data;
  const accounts = {
    caller,
    pool: pool.address,
    product,
    incident: incident.address,
    vault: pool.data.vault,
    ...(ballot !== NOBODY && { ballot }),
    ...(policy !== NOBODY && { policy }),
  };
  return [program.getDecideIncidentInstruction(accounts)];
};

/** Ends the filing of an incident whose window is over: frees what nobody claimed. */
export const endFiling = (incident: Found<Incident>, caller: Address): Instruction[] => {
  const { pool, product } = incident.data;
  return [program.getEndFilingInstruction({ caller, pool, product, incident: incident.address })];
};

/** Settles a decided incident of `product`, or rejects it for good: the first of its line. */
export async function settleIncident(
  pool: Found<Pool>,
  product: Found<Product>,
  incident: Found<Incident>,
  caller: Address,
): Promise<Instruction[]> {
  const next = incident.data.index + 1;
  const accounts = {
    caller,
    pool: pool.address,
    product: product.address,
    incident: incident.address,
    vault: pool.data.vault,
    ...(next < product.data.incidentCount && { nextIncident: await incidentAddress(product.address, next) }),
  };
  return [program.getSettleIncidentInstruction(accounts)];
}

/** Files the claim that a price gives a policy, without evidence or bond; it is paid to the holder. Anyone may. */
export async function claimBreach(
  pool: Found<Pool>,
  incident: Address,
  policy: Found<Policy>,
  payer: TransactionSigner,
): Promise<Instruction[]> {
  const { holder } = policy.data;
  const { receiver, open } = await receiverOf(pool.data, holder, payer);
  const accounts = { payer, pool: pool.address, incident, policy: policy.address, holder, receiver };
  return [...open, await program.getClaimBreachInstructionAsync({ ...accounts, ...movement(pool.data) })];
}

/** Has the jury decide what a price opened, or on a booking, with a bond. */
export async function challengeIncident(
  pool: Found<Pool>,
  incident: Found<Incident>,
  challenger: TransactionSigner,
  { payer = challenger, evidenceHash, evidenceUri }: Evidence & Payer,
): Promise<Instruction[]> {
  const challengerToken = await tokenAddress(challenger.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    challenger,
    payer,
    pool: pool.address,
    product: incident.data.product,
    incident: incident.address,
    assembly: incident.data.assembly,
    challengerToken,
  };
  const evidence = { evidenceHash, evidenceUri };
  return [await program.getChallengeIncidentInstructionAsync({ ...accounts, ...movement(pool.data), evidence })];
}

/** Sets aside for a settled incident what was held back for it. */
export const settleRest = (pool: Found<Pool>, incident: Address): Instruction[] => [
  program.getSettleRestInstruction({ pool: pool.address, incident, vault: pool.data.vault }),
];

/** Has a claim paid to another token account, which must be open. */
export const redirectClaim = (
  pool: Found<Pool>,
  claim: Found<Claim>,
  claimant: TransactionSigner,
  receiver: Address,
): Instruction[] => {
  const { incident } = claim.data;
  return [
    program.getRedirectClaimInstruction({ claimant, pool: pool.address, incident, claim: claim.address, receiver }),
  ];
};

/**
 * Pays what is due on a claim on a policy of `product` to its receiver. A bond that somebody else posted is paid by a second
 * payout, so that they keep nobody from being paid.
 */
export async function payout(
  pool: Found<Pool>,
  product: Address,
  claim: Found<Claim>,
  caller: Address,
): Promise<Instruction[]> {
  const { receiver, funder } = claim.data;
  const { assetMint, tokenProgram } = pool.data;
  const bond = bondWaits(claim.data) && { funderToken: await tokenAddress(funder, assetMint, tokenProgram) };
  return [program.getPayoutInstruction({ ...payoutAccounts(pool, product, claim, caller), receiver, ...bond })];
}

/** Ends a claim on a policy of `product` whose incident has ended, without paying it: what it has due waits for a payout. */
export const endClaim = (pool: Found<Pool>, product: Address, claim: Found<Claim>, caller: Address): Instruction[] => [
  program.getPayoutInstruction(payoutAccounts(pool, product, claim, caller)),
];

function payoutAccounts(pool: Found<Pool>, product: Address, claim: Found<Claim>, caller: Address) {
  const { incident, policy, funder } = claim.data;
  const of = { pool: pool.address, product, incident, claim: claim.address, policy };
  return { caller, ...of, funder, ...movement(pool.data) };
}

/** Pays `amount` atoms back after a settled incident: to its claims first, then to those whose shares bore it. */
export async function recover(
  pool: Found<Pool>,
  incident: Found<Incident>,
  payer: TransactionSigner,
  amount: bigint,
): Promise<Instruction[]> {
  const { assetMint, tokenProgram } = pool.data;
  const { generation } = incident.data;
  const payerToken = await tokenAddress(payer.address, assetMint, tokenProgram);
  const accounts = {
    payer,
    pool: pool.address,
    incident: incident.address,
    payerToken,
    ...(generation !== pool.data.generation && { retired: await retiredAddress(pool.address, generation) }),
  };
  return [program.getRecoverInstruction({ ...accounts, ...movement(pool.data), amount })];
}

/** Gives the bond of an incident back to the one who posted it, or a booking's holder their half of it. */
export async function collectIncidentBond(
  pool: Found<Pool>,
  incident: Found<Incident>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { bondOwner } = incident.data;
  const { receiver, open } = await receiverOf(pool.data, bondOwner, caller);
  const accounts = { pool: pool.address, incident: incident.address, bondOwner, receiver };
  return [...open, program.getCollectIncidentBondInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Pays the disputer of a claim what its ballot left them: of their bond, and of the claim's. */
export async function collectDisputeBond(
  pool: Found<Pool>,
  claim: Found<Claim>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { incident, disputer } = claim.data;
  const { receiver, open } = await receiverOf(pool.data, disputer, caller);
  const accounts = { pool: pool.address, incident, claim: claim.address, disputer, receiver };
  return [...open, program.getCollectDisputeBondInstruction({ ...accounts, ...movement(pool.data) })];
}

/** Closes the account of a claim that is over. */
export const closeClaim = (claim: Found<Claim>, caller: Address): Instruction[] => {
  const { incident, rentPayer } = claim.data;
  return [program.getCloseClaimInstruction({ caller, incident, claim: claim.address, rentPayer })];
};

/** Closes the account of an incident that is fully settled. */
export const closeIncident = (incident: Found<Incident>, caller: Address): Instruction[] => {
  const { product, rentPayer } = incident.data;
  return [program.getCloseIncidentInstruction({ caller, product, incident: incident.address, rentPayer })];
};
