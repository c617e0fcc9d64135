// Written by scripts/generate.mjs: do not edit.

/** Where accounts hold addresses, bytes from their start. */
export const LOOKUPS = {
  assembly: {
    creator: 16,
    governanceMint: 48,
    tokenProgram: 80,
    stakeVault: 112,
  },
  ballot: {
    assembly: 16,
    subject: 48,
    pool: 80,
    arbiter: 112,
    appellant: 144,
    rentPayer: 176,
  },
  change: {
    pool: 16,
    product: 48,
    proposer: 80,
    ballot: 112,
    rentPayer: 144,
  },
  claim: {
    incident: 16,
    policy: 48,
    claimant: 80,
    receiver: 112,
    funder: 144,
    rentPayer: 176,
    dispute: 368,
    disputeBallot: 400,
  },
  dispute: {
    claim: 16,
    disputer: 48,
    rentPayer: 80,
  },
  exitEpoch: {
    pool: 16,
    rentPayer: 48,
  },
  exitTicket: {
    pool: 16,
    owner: 48,
    receiver: 80,
    rentPayer: 112,
  },
  incident: {
    pool: 16,
    product: 48,
    opener: 80,
    rentPayer: 112,
    ballot: 144,
    bondOwner: 648,
  },
  policy: {
    pool: 16,
    product: 48,
    holder: 80,
    payer: 112,
  },
  pool: {
    creator: 16,
    authority: 48,
    pendingAuthority: 80,
    guardian: 112,
    arbiter: 144,
    treasury: 176,
    assembly: 208,
    assetMint: 240,
    tokenProgram: 272,
    vault: 304,
    shareMint: 336,
    shareTokenProgram: 368,
    exitEscrow: 400,
  },
  product: {
    pool: 16,
    triggerSource: 48,
  },
  retired: {
    pool: 16,
    shareMint: 48,
    rentPayer: 80,
  },
  voteRecord: {
    ballot: 16,
    voter: 48,
    rentPayer: 80,
  },
  voter: {
    assembly: 16,
    owner: 48,
  },
} as const;
