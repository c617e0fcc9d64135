// Incidents: reporting, claiming, disputing, and the cranks that settle and pay.
import type { Address, Instruction, ReadonlyUint8Array, TransactionSigner } from '@solana/kit';
import { NOBODY, type Found } from '../accounts';
import type { Claim, Dispute, Incident, Policy, Pool, Product } from '../generated/accounts';
import { ballotAddress, incidentAddress } from '../generated/addresses';
import * as program from '../generated/instructions';
import { movement, receiverOf, tokenAddress } from './tokens';

/** What backs a report. */
export type Evidence = {
  /** SHA-256 of the evidence. */
  readonly evidenceHash: ReadonlyUint8Array;
  /** Where it is, at most `LINK_BYTES` bytes. */
  readonly evidenceUri: string;
};

/** Opens an incident of a product, with its bond. */
export async function openIncident(
  pool: Found<Pool>,
  product: Found<Product>,
  opener: TransactionSigner,
  report: Evidence & { readonly occurredAt: bigint },
): Promise<Instruction[]> {
  const incident = await incidentAddress(product.address, product.data.incidentCount);
  const openerToken = await tokenAddress(opener.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    opener,
    pool: pool.address,
    product: product.address,
    incident,
    assembly: pool.data.assembly,
    ballot: await ballotAddress(incident),
    openerToken,
  };
  return [program.getOpenIncidentInstruction({ ...accounts, ...movement(pool.data), ...report })];
}

/** Files the holder's claim for a loss; it is paid to the holder. */
export async function submitClaim(
  pool: Found<Pool>,
  incident: Address,
  policy: Address,
  holder: TransactionSigner,
  claim: Evidence & { readonly loss: bigint },
): Promise<Instruction[]> {
  const holderToken = await tokenAddress(holder.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { holder, payer: holder, pool: pool.address, incident, policy, holderToken, receiver: holderToken };
  return [await program.getSubmitClaimInstructionAsync({ ...accounts, ...movement(pool.data), ...claim })];
}

/** Disputes a claim: it is worth `counterAmount` atoms instead; 0 rejects it. */
export async function disputeClaim(
  pool: Found<Pool>,
  claim: Found<Claim>,
  disputer: TransactionSigner,
  request: Evidence & { readonly counterAmount: bigint },
): Promise<Instruction[]> {
  const disputerToken = await tokenAddress(disputer.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = {
    disputer,
    pool: pool.address,
    incident: claim.data.incident,
    claim: claim.address,
    assembly: pool.data.assembly,
    disputerToken,
  };
  return [await program.getDisputeClaimInstructionAsync({ ...accounts, ...movement(pool.data), ...request })];
}

/** Ends the dispute of a claim once its ballot is final. */
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

/** Settles an incident, or rejects it, once it is decided for good, filing is over and no dispute is open. */
export const settleIncident = (pool: Found<Pool>, incident: Found<Incident>, caller: Address): Instruction[] => {
  const { product, ballot } = incident.data;
  const accounts = { caller, pool: pool.address, product, incident: incident.address, vault: pool.data.vault };
  return [program.getSettleIncidentInstruction(ballot === NOBODY ? accounts : { ...accounts, ballot })];
};

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

/** Has the jury decide what a price opened, with a bond. */
export async function challengeIncident(
  pool: Found<Pool>,
  incident: Address,
  challenger: TransactionSigner,
  evidence: Evidence,
): Promise<Instruction[]> {
  const challengerToken = await tokenAddress(challenger.address, pool.data.assetMint, pool.data.tokenProgram);
  const accounts = { challenger, pool: pool.address, incident, assembly: pool.data.assembly, challengerToken };
  return [await program.getChallengeIncidentInstructionAsync({ ...accounts, ...movement(pool.data), ...evidence })];
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

/** Pays what is due on a claim to its receiver. */
export const payout = (pool: Found<Pool>, claim: Found<Claim>, caller: Address): Instruction[] => {
  const { incident, policy, receiver } = claim.data;
  const accounts = { caller, pool: pool.address, incident, claim: claim.address, policy, receiver };
  return [program.getPayoutInstruction({ ...accounts, ...movement(pool.data) })];
};

/** Gives whoever posted an incident's bond the bond back. */
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

/** Ends a dispute: its bond goes where it belongs. */
export async function collectDisputeBond(
  pool: Found<Pool>,
  incident: Address,
  dispute: Found<Dispute>,
  caller: TransactionSigner,
): Promise<Instruction[]> {
  const { claim, disputer } = dispute.data;
  const { receiver, open } = await receiverOf(pool.data, disputer, caller);
  const accounts = {
    caller: caller.address,
    pool: pool.address,
    incident,
    claim,
    dispute: dispute.address,
    disputer,
    receiver,
  };
  return [...open, program.getCollectDisputeBondInstruction({ ...accounts, ...movement(pool.data) })];
}
