// Written by scripts/generate.mjs: do not edit.

/** The variant of an enum that an account or an event has stored; `undefined` when the program knows none such. */
export function variantOf<Enum extends Readonly<Record<string, string | number>>>(
  kind: Enum,
  stored: number | bigint,
): Exclude<Enum[keyof Enum], string> | undefined {
  return String(stored) in kind ? (Number(stored) as Exclude<Enum[keyof Enum], string>) : undefined;
}

/** Whether that is a certain variant. */
export const isVariant = (stored: number | bigint, variant: number): boolean => Number(stored) === variant;

/** What becomes of an appeal's bond. */
export enum AppealBond {
  /** Nobody appealed. */
  None = 0,
  /** Held until the outcome is final and read. */
  Held = 1,
  /** To be collected by the one who appealed. */
  Due = 2,
  /** Given back, or lost and shared out. */
  Gone = 3,
}

/** The variants of {@link AppealBond} in words. */
export const APPEAL_BOND_WORDS: Readonly<Record<AppealBond, string>> = {
  [AppealBond.None]: "none",
  [AppealBond.Held]: "held",
  [AppealBond.Due]: "due",
  [AppealBond.Gone]: "gone",
};

/** Where a ballot stands at a time. */
export enum BallotStanding {
  /** Votes are not taken yet. */
  Soon = 0,
  /** Votes are taken. */
  Voting = 1,
  /** Its time is over: anyone can close the round. */
  ToClose = 2,
  /** It is closed and can be appealed. */
  Appealable = 3,
  /** Too few voted, and those who did wanted something else: the arbiter can decide. */
  Arbitrable = 4,
  /** Its outcome is final. */
  Final = 5,
}

/** The variants of {@link BallotStanding} in words. */
export const BALLOT_STANDING_WORDS: Readonly<Record<BallotStanding, string>> = {
  [BallotStanding.Soon]: "not open yet",
  [BallotStanding.Voting]: "voting",
  [BallotStanding.ToClose]: "to be closed",
  [BallotStanding.Appealable]: "can be appealed",
  [BallotStanding.Arbitrable]: "the arbiter may decide",
  [BallotStanding.Final]: "final",
};

/** Where a ballot stands. `Passed` and `Failed` are final once `Ballot::verdict` says so. */
export enum BallotState {
  /** Votes are taken, or the time is over and it waits to be closed. */
  Open = 0,
  /** More than the threshold were for it. */
  Passed = 1,
  /** They were not. */
  Failed = 2,
  /** It ended at one of its levels: how much of a claim stands. */
  Decided = 3,
}

/** The variants of {@link BallotState} in words. */
export const BALLOT_STATE_WORDS: Readonly<Record<BallotState, string>> = {
  [BallotState.Open]: "open",
  [BallotState.Passed]: "passed",
  [BallotState.Failed]: "failed",
  [BallotState.Decided]: "decided",
};

/** What becomes of the bond of an incident, of its challenge, or of the dispute of a claim. */
export enum BondState {
  /** Held until the incident is decided. */
  Held = 0,
  /** To be collected by the one who posted it. */
  Due = 1,
  /** Collected. */
  Collected = 2,
  /** Lost: half to the LPs over time, or to the other side, half to the assessors. */
  Slashed = 3,
  /** There is none: a price opened the incident, or it is a booking, and nobody has challenged it; nobody disputed the claim. */
  None = 4,
}

/** The variants of {@link BondState} in words. */
export const BOND_STATE_WORDS: Readonly<Record<BondState, string>> = {
  [BondState.Held]: "held",
  [BondState.Due]: "due",
  [BondState.Collected]: "collected",
  [BondState.Slashed]: "slashed",
  [BondState.None]: "none",
};

/** Where a change stands at a time. */
export enum ChangeStanding {
  /** A ballot decides on it. */
  Voting = 0,
  /** It waits for its time. */
  Waiting = 1,
  /** Its time has come: it can be applied, once those have left who asked to in time. */
  Ready = 2,
  /** Nobody applied it in time. */
  Lapsed = 3,
  /** It was applied. */
  Applied = 4,
  /** The ballot was against it, or nobody decided. */
  Refused = 5,
  /** The authority took it back, or is another one now. */
  Withdrawn = 6,
}

/** The variants of {@link ChangeStanding} in words. */
export const CHANGE_STANDING_WORDS: Readonly<Record<ChangeStanding, string>> = {
  [ChangeStanding.Voting]: "a ballot decides",
  [ChangeStanding.Waiting]: "waiting",
  [ChangeStanding.Ready]: "can be applied",
  [ChangeStanding.Lapsed]: "lapsed",
  [ChangeStanding.Applied]: "applied",
  [ChangeStanding.Refused]: "refused",
  [ChangeStanding.Withdrawn]: "withdrawn",
};

/** Where a change stands. */
export enum ChangeState {
  /** A ballot decides on it. */
  Proposed = 0,
  /** It waits for its time, can be applied, or has lapsed. */
  Queued = 1,
  /** It was applied. */
  Applied = 2,
  /** The ballot was against it, or nobody decided. */
  Refused = 3,
  /** The authority took it back. */
  Withdrawn = 4,
}

/** The variants of {@link ChangeState} in words. */
export const CHANGE_STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  [ChangeState.Proposed]: "proposed",
  [ChangeState.Queued]: "queued",
  [ChangeState.Applied]: "applied",
  [ChangeState.Refused]: "refused",
  [ChangeState.Withdrawn]: "withdrawn",
};

/** Where a claim stands. */
export enum ClaimState {
  /** Filed; it stands unless somebody disputes it. */
  Filed = 0,
  /** A ballot decides how much of it stands. */
  Disputed = 1,
  /** Its incident is settled and its bond is back: what is due can be collected as often as money comes. */
  Settled = 2,
  /** It gets nothing: its incident was rejected, or a ballot left nothing of it. */
  Rejected = 3,
  /** Its dispute is decided; nobody can dispute it again. */
  Decided = 4,
}

/** The variants of {@link ClaimState} in words. */
export const CLAIM_STATE_WORDS: Readonly<Record<ClaimState, string>> = {
  [ClaimState.Filed]: "filed",
  [ClaimState.Disputed]: "disputed",
  [ClaimState.Settled]: "settled",
  [ClaimState.Rejected]: "rejected",
  [ClaimState.Decided]: "decided",
};

/** Where an incident stands. */
export enum IncidentState {
  /** Nobody has read the verdict: claims are filed, ballots run. */
  Open = 0,
  /** It counted; claims are paid by one factor. */
  Settled = 1,
  /** It did not count. */
  Rejected = 2,
  /** It counts: claims are filed until the window after the verdict ends, and it waits to be settled. */
  Accepted = 3,
  /** It does not count, and waits for earlier incidents of the product. */
  Refused = 4,
}

/** The variants of {@link IncidentState} in words. */
export const INCIDENT_STATE_WORDS: Readonly<Record<IncidentState, string>> = {
  [IncidentState.Open]: "open",
  [IncidentState.Settled]: "settled",
  [IncidentState.Rejected]: "rejected",
  [IncidentState.Accepted]: "accepted",
  [IncidentState.Refused]: "refused",
};

/** What a price that was shown is to a product. */
export enum Observation {
  /** Not below the strike. */
  Recovered = 0,
  /** Below the strike. */
  Breached = 1,
  /** Too uncertain to say. */
  Inconclusive = 2,
}

/** The variants of {@link Observation} in words. */
export const OBSERVATION_WORDS: Readonly<Record<Observation, string>> = {
  [Observation.Recovered]: "recovered",
  [Observation.Breached]: "breached",
  [Observation.Inconclusive]: "inconclusive",
};

/** Where a policy stands at a time. */
export enum PolicyStanding {
  /** Its waiting period runs. */
  Waiting = 0,
  /** It covers what happens. */
  Covered = 1,
  /** It was cancelled and covers until the day is over. */
  Ending = 2,
  /** It covers nothing new; what happened before can still be claimed. */
  Claimable = 3,
  /** Nothing can be claimed any more: its capacity is released, or it was cancelled before it began to cover. */
  Over = 4,
}

/** The variants of {@link PolicyStanding} in words. */
export const POLICY_STANDING_WORDS: Readonly<Record<PolicyStanding, string>> = {
  [PolicyStanding.Waiting]: "waiting",
  [PolicyStanding.Covered]: "covering",
  [PolicyStanding.Ending]: "cancelled",
  [PolicyStanding.Claimable]: "ended",
  [PolicyStanding.Over]: "over",
};

/** Whether a product is for sale. */
export enum ProductStatus {
  /** Cover is sold. */
  OnSale = 0,
  /** No more cover is sold. */
  Delisted = 1,
  /** No cover is sold until a change has put it on sale. */
  Draft = 2,
}

/** The variants of {@link ProductStatus} in words. */
export const PRODUCT_STATUS_WORDS: Readonly<Record<ProductStatus, string>> = {
  [ProductStatus.OnSale]: "on sale",
  [ProductStatus.Delisted]: "delisted",
  [ProductStatus.Draft]: "draft",
};

/** What a proposal would change: its first byte. */
export enum ProposalKind {
  /** The least premium of a sale. */
  MinPremium = 0,
  /** The reward of a ballot's voters. */
  VoteReward = 1,
  /** What the fund of the assessors keeps at most. */
  AssessorsLimit = 2,
  /** How long a change waits. */
  Timelock = 3,
  /** How long an exit waits at least. */
  ExitDelay = 4,
  /** Over how many days the least capital counts. */
  Season = 5,
  /** The leverage. */
  Leverage = 6,
  /** The fee that goes to the treasury. */
  ProtocolFee = 7,
  /** The fee that goes to the assessors. */
  AssessorFee = 8,
  /** The fee of a cancellation. */
  CancelFee = 9,
  /** Who gets the authority over the pool: they apply it themselves. */
  Authority = 10,
  /** The guardian of the pool. */
  Guardian = 11,
  /** The arbiter of the ballots to come on incidents and claims. */
  Arbiter = 12,
  /** The treasury of the pool. */
  Treasury = 13,
  /** The assembly whose ballots decide. */
  Court = 14,
  /** What wallets show of the pool's shares. */
  Shares = 15,
  /** The cap of a correlation group. */
  GroupCap = 16,
  /** The product goes on sale. */
  List = 17,
  /** The product goes off sale. */
  Delist = 18,
  /** The weight of the product. */
  Weight = 19,
  /** The price curve of the product. */
  Curve = 20,
  /** The bonds of the product's incidents and claims. */
  Bonds = 21,
  /** The stake of the court below which nothing is sold. */
  StakeFloor = 22,
  /** How much cover each atom of the court's stake carries. */
  CoverPerStake = 23,
}

/** The variants of {@link ProposalKind} in words. */
export const PROPOSAL_KIND_WORDS: Readonly<Record<ProposalKind, string>> = {
  [ProposalKind.MinPremium]: "the least premium",
  [ProposalKind.VoteReward]: "the voters' reward",
  [ProposalKind.AssessorsLimit]: "the limit of the assessors' fund",
  [ProposalKind.Timelock]: "the timelock",
  [ProposalKind.ExitDelay]: "the exit delay",
  [ProposalKind.Season]: "the season",
  [ProposalKind.Leverage]: "the leverage",
  [ProposalKind.ProtocolFee]: "the protocol fee",
  [ProposalKind.AssessorFee]: "the assessors' fee",
  [ProposalKind.CancelFee]: "the cancellation fee",
  [ProposalKind.Authority]: "the authority over the pool",
  [ProposalKind.Guardian]: "the guardian of the pool",
  [ProposalKind.Arbiter]: "the arbiter of the pool",
  [ProposalKind.Treasury]: "the treasury of the pool",
  [ProposalKind.Court]: "the assembly of the pool",
  [ProposalKind.Shares]: "what wallets show of the shares",
  [ProposalKind.GroupCap]: "the cap of a group",
  [ProposalKind.List]: "a product goes on sale",
  [ProposalKind.Delist]: "a product goes off sale",
  [ProposalKind.Weight]: "the weight of a product",
  [ProposalKind.Curve]: "the price curve of a product",
  [ProposalKind.Bonds]: "the bonds of a product",
  [ProposalKind.StakeFloor]: "the floor of the court's stake",
  [ProposalKind.CoverPerStake]: "the cover for each atom of the court's stake",
};

/** Which changes of a kind can raise what LPs risk, or lower what they get. Those wait until everybody who asked in time has left; all others for the timelock alone. */
export enum Risk {
  /** None. */
  Never = 0,
  /** All. */
  Always = 1,
  /** Those to a higher value. */
  Rise = 2,
  /** Those to a lower value. */
  Fall = 3,
  /** Those that make a sale cheaper at any utilisation. */
  Cheaper = 4,
}

/** The variants of {@link Risk} in words. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  [Risk.Never]: "never",
  [Risk.Always]: "always",
  [Risk.Rise]: "when it rises",
  [Risk.Fall]: "when it falls",
  [Risk.Cheaper]: "when it is anywhere cheaper",
};

/** What kind of risk a product covers. */
export enum RiskKind {
  /** A bug or an attack on a protocol. */
  Exploit = 0,
  /** A token losing its peg. */
  Depeg = 1,
  /** A validator losing stake. */
  Slashing = 2,
  /** A custodian losing assets. */
  Custody = 3,
  /** An oracle reporting wrongly. */
  Oracle = 4,
  /** A bridge losing assets. */
  Bridge = 5,
  /** A venue's liquidations falling short. */
  LiquidationShortfall = 6,
  /** Something else. */
  Other = 7,
}

/** The variants of {@link RiskKind} in words. */
export const RISK_KIND_WORDS: Readonly<Record<RiskKind, string>> = {
  [RiskKind.Exploit]: "exploit",
  [RiskKind.Depeg]: "depeg",
  [RiskKind.Slashing]: "slashing",
  [RiskKind.Custody]: "custody",
  [RiskKind.Oracle]: "oracle",
  [RiskKind.Bridge]: "bridge",
  [RiskKind.LiquidationShortfall]: "liquidation shortfall",
  [RiskKind.Other]: "other",
};

/** A round of a ballot. */
export enum Round {
  /** The first vote. */
  First = 0,
  /** The appeal. */
  Appeal = 1,
}

/** The variants of {@link Round} in words. */
export const ROUND_WORDS: Readonly<Record<Round, string>> = {
  [Round.First]: "first",
  [Round.Appeal]: "appeal",
};

/** A side of a ballot. */
export enum Side {
  /** Against. */
  Against = 0,
  /** For. */
  For = 1,
}

/** The variants of {@link Side} in words. */
export const SIDE_WORDS: Readonly<Record<Side, string>> = {
  [Side.Against]: "against",
  [Side.For]: "for",
};

/** Who decides that something happened. */
export enum Trigger {
  /** A ballot of the pool's assembly. */
  Jury = 0,
  /** A price oracle, with the jury behind it. */
  Price = 1,
  /** The covered program itself. */
  Authority = 2,
}

/** The variants of {@link Trigger} in words. */
export const TRIGGER_WORDS: Readonly<Record<Trigger, string>> = {
  [Trigger.Jury]: "jury",
  [Trigger.Price]: "price",
  [Trigger.Authority]: "authority",
};
