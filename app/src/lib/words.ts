// What the program's numbers mean.
import type { Ballot, Claim, Incident, Product } from '@breakwater/client';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';
export type Status = { readonly text: string; readonly tone: Tone };

const RISKS = ['Exploit', 'Depeg', 'Slashing', 'Custody', 'Oracle', 'Bridge', 'Liquidation shortfall', 'Other'];
const TRIGGERS = ['A jury of stakers', 'A price', 'The covered program'];

export const riskOf = ({ riskKind }: Pick<Product, 'riskKind'>): string => RISKS[riskKind] ?? 'Other';
export const triggerOf = ({ trigger }: Pick<Product, 'trigger'>): string => TRIGGERS[trigger] ?? 'Unknown';

export const TRIGGER = { jury: 0, price: 1, authority: 2 } as const;
export const INCIDENT = { open: 0, settled: 1, rejected: 2 } as const;
export const CLAIM = { filed: 0, disputed: 1, settled: 2, rejected: 3, decided: 4 } as const;
export const BALLOT = { open: 0, passed: 1, failed: 2, noQuorum: 3 } as const;
export const BOND = { held: 0, due: 1, collected: 2, slashed: 3 } as const;

export function incidentStatus({ state }: Pick<Incident, 'state'>): Status {
  if (state === INCIDENT.settled) return { text: 'Settled', tone: 'good' };
  if (state === INCIDENT.rejected) return { text: 'Rejected', tone: 'neutral' };
  return { text: 'Open', tone: 'warn' };
}

export function claimStatus({ state, amount, paid }: Pick<Claim, 'state' | 'amount' | 'paid'>): Status {
  if (state === CLAIM.disputed) return { text: 'Disputed', tone: 'warn' };
  if (state === CLAIM.rejected) return { text: 'Rejected', tone: 'bad' };
  if (paid > 0n) return { text: paid >= amount ? 'Paid' : 'Paid in part', tone: 'good' };
  if (state === CLAIM.decided) return { text: 'Dispute decided', tone: 'accent' };
  if (state === CLAIM.settled) return { text: 'Settled', tone: 'good' };
  return { text: 'Filed', tone: 'accent' };
}

export function ballotStatus(ballot: Pick<Ballot, 'state' | 'opensAt' | 'closesAt' | 'round'>, now: bigint): Status {
  const appeal = ballot.round === 1 ? ' on appeal' : '';
  if (ballot.state === BALLOT.passed) return { text: `Passed${appeal}`, tone: 'good' };
  if (ballot.state === BALLOT.failed) return { text: `Failed${appeal}`, tone: 'bad' };
  if (ballot.state === BALLOT.noQuorum) return { text: 'No quorum', tone: 'neutral' };
  if (now < ballot.opensAt) return { text: 'Opens soon', tone: 'neutral' };
  if (now > ballot.closesAt) return { text: 'Waits to be closed', tone: 'warn' };
  return { text: ballot.round === 1 ? 'Appeal: voting' : 'Voting', tone: 'accent' };
}
