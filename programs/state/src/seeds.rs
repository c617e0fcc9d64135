// The first seed of every program-derived address, once. What follows it stands beside each. Clients compile this
// same file.

/// Assembly: governance mint, creator.
pub const ASSEMBLY: &[u8] = b"assembly";
/// Token account that holds an assembly's stakes: assembly.
pub const STAKE_VAULT: &[u8] = b"stake_vault";
/// Voter: assembly, owner.
pub const VOTER: &[u8] = b"voter";
/// Ballot: subject (what is voted on).
pub const BALLOT: &[u8] = b"ballot";
/// Vote record: ballot, voter, round (u8; 0 first, 1 appeal).
pub const VOTE_RECORD: &[u8] = b"vote";
/// Pool: creator, id (u64, little endian).
pub const POOL: &[u8] = b"pool";
/// Token account that holds a pool's assets: pool.
pub const VAULT: &[u8] = b"vault";
/// Mint of a pool's LP shares: pool.
pub const SHARE_MINT: &[u8] = b"shares";
/// Token account that holds shares on their way out: pool.
pub const EXIT_ESCROW: &[u8] = b"exit_escrow";
/// Product: pool, index (u16, little endian).
pub const PRODUCT: &[u8] = b"product";
/// Policy: product, payer, id (u64, little endian).
pub const POLICY: &[u8] = b"policy";
/// Exit epoch: pool, day (u64, little endian).
pub const EXIT_EPOCH: &[u8] = b"exit_epoch";
/// Exit ticket: pool, owner, id (u64, little endian).
pub const EXIT_TICKET: &[u8] = b"exit_ticket";
/// Incident: product, index (u32, little endian).
pub const INCIDENT: &[u8] = b"incident";
/// Claim: incident, policy.
pub const CLAIM: &[u8] = b"claim";
/// Dispute: claim, disputer.
pub const DISPUTE: &[u8] = b"dispute";
/// Change: pool, id (u64, little endian).
pub const CHANGE: &[u8] = b"change";
