//! All accounts of one pool at one moment, from a cluster or from a file.

use crate::*;
use std::collections::BTreeMap;

/// Accounts as they are stored: the program that owns each, and its bytes.
pub type Accounts = BTreeMap<Address, (Address, Vec<u8>)>;

/// Everything that belongs to one pool. Each list is in the order of the addresses.
#[derive(Clone)]
pub struct Snapshot {
    /// The chain's time, unix seconds.
    pub time: u64,
    /// The pool.
    pub pool: At<Pool>,
    /// The assembly that decides.
    pub assembly: At<Assembly>,
    /// Its products.
    pub products: Vec<At<Product>>,
    /// Its policies.
    pub policies: Vec<At<Policy>>,
    /// Its exit epochs.
    pub epochs: Vec<At<ExitEpoch>>,
    /// Its exit tickets.
    pub tickets: Vec<At<ExitTicket>>,
    /// What is left for its retired shares.
    pub retired: Vec<At<Retired>>,
    /// Its incidents.
    pub incidents: Vec<At<Incident>>,
    /// Claims in them.
    pub claims: Vec<At<Claim>>,
    /// Its changes.
    pub changes: Vec<At<Change>>,
    /// Ballots about any of it.
    pub ballots: Vec<At<Ballot>>,
    /// Votes in those.
    pub records: Vec<At<VoteRecord>>,
    /// The voters of the assembly.
    pub voters: Vec<At<Voter>>,
    /// Those of other assemblies whose ballots are about any of it: the pool had another court before, which still decides on
    /// what it covered then.
    pub past_voters: Vec<At<Voter>>,
    /// Balance of the vault, atoms.
    pub vault: u64,
    /// Balance of the stake vault, atoms.
    pub stake_vault: u64,
    /// Shares on their way out, atoms.
    pub exit_escrow: u64,
    /// Shares in being, atoms.
    pub share_supply: u64,
    /// Shares in token accounts, the exit escrow included, atoms.
    pub share_holdings: u64,
}

/// Why accounts are no pool.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// An account that the pool names is not among them.
    #[error("the {0} at {1} is missing")]
    Missing(&'static str, Address),
}

impl Snapshot {
    /// What belongs to the pool at `pool`, of accounts read at `time`.
    ///
    /// # Errors
    /// [`SnapshotError::Missing`].
    pub fn of(pool: &Address, time: u64, accounts: &Accounts) -> Result<Self, SnapshotError> {
        let pool: At<Pool> = one(accounts, pool)?;
        let assembly: At<Assembly> = one(accounts, &pool.assembly)?;
        let (this, voters_of) = (pool.address, assembly.address);
        let incidents: Vec<At<Incident>> = all(accounts, |incident: &Incident| incident.pool == this);
        let claims: Vec<At<Claim>> = all(accounts, |claim: &Claim| has(&incidents, &claim.incident));
        let ballots: Vec<At<Ballot>> = all(accounts, |ballot: &Ballot| ballot.pool == this);
        Ok(Self {
            time,
            products: all(accounts, |product: &Product| product.pool == this),
            policies: all(accounts, |policy: &Policy| policy.pool == this),
            epochs: all(accounts, |epoch: &ExitEpoch| epoch.pool == this),
            tickets: all(accounts, |ticket: &ExitTicket| ticket.pool == this),
            retired: all(accounts, |retired: &Retired| retired.pool == this),
            changes: all(accounts, |change: &Change| change.pool == this),
            records: all(accounts, |record: &VoteRecord| has(&ballots, &record.ballot)),
            voters: all(accounts, |voter: &Voter| voter.assembly == voters_of),
            past_voters: all(accounts, |voter: &Voter| {
                voter.assembly != voters_of && ballots.iter().any(|ballot| ballot.assembly == voter.assembly)
            }),
            vault: balance(accounts, "vault", &pool.vault)?,
            stake_vault: balance(accounts, "stake vault", &assembly.stake_vault)?,
            exit_escrow: balance(accounts, "exit escrow", &pool.exit_escrow)?,
            share_supply: supply(accounts, &pool.share_mint)?,
            share_holdings: holdings(accounts, &pool),
            pool,
            assembly,
            incidents,
            claims,
            ballots,
        })
    }

    /// The pool with its books accrued to the snapshot's time; `None` when they are impossible.
    #[must_use]
    pub fn accrued(&self) -> Option<Pool> {
        quote::accrued(&self.pool, self.time).ok()
    }

    /// The incident at an address.
    #[must_use]
    pub fn incident(&self, address: &Address) -> Option<&At<Incident>> {
        find(&self.incidents, address)
    }

    /// The claim at an address.
    #[must_use]
    pub fn claim(&self, address: &Address) -> Option<&At<Claim>> {
        find(&self.claims, address)
    }

    /// The policy at an address.
    #[must_use]
    pub fn policy(&self, address: &Address) -> Option<&At<Policy>> {
        find(&self.policies, address)
    }

    /// The ballot at an address.
    #[must_use]
    pub fn ballot(&self, address: &Address) -> Option<&At<Ballot>> {
        find(&self.ballots, address)
    }

    /// The product at an address.
    #[must_use]
    pub fn product(&self, address: &Address) -> Option<&At<Product>> {
        find(&self.products, address)
    }

    /// The voter at an address.
    #[must_use]
    pub fn voter(&self, address: &Address) -> Option<&At<Voter>> {
        find(&self.voters, address).or_else(|| find(&self.past_voters, address))
    }

    /// The exit epoch of a number.
    #[must_use]
    pub fn epoch(&self, number: u64) -> Option<&At<ExitEpoch>> {
        self.epochs.iter().find(|epoch| epoch.number == number)
    }

    /// What those who left have in an incident, if nothing more of it is paid: the exit epoch's number, atoms, and whether
    /// that is all. In the order of the epochs.
    #[must_use]
    pub fn contested_in(&self, incident: &Incident) -> Vec<(u64, u64, bool)> {
        let Some(product) = self.product(&incident.product) else { return Vec::new() };
        let next = self.incidents.iter().find(|it| it.follows(incident));
        let mut part = incident.part_at_most(&self.pool, product, next.map(|next| &next.account));
        let mut epochs: Vec<_> = self.epochs.iter().collect();
        epochs.sort_by_key(|epoch| epoch.number);
        let release = |epoch: &At<ExitEpoch>| {
            let (amount, is_all) = part.release(epoch.index_from, epoch.index_to).ok()?;
            Some((epoch.number, amount, is_all))
        };
        epochs.into_iter().filter_map(release).collect()
    }

    /// The first exit epoch that is not paid in full.
    #[must_use]
    pub fn first_exit(&self) -> Option<&At<ExitEpoch>> {
        if self.pool.has_exits() { self.epoch(self.pool.exit_head) } else { None }
    }
}

fn find<'a, T>(list: &'a [At<T>], address: &Address) -> Option<&'a At<T>> {
    list.binary_search_by(|account| account.address.cmp(address)).ok().and_then(|index| list.get(index))
}

fn has<T>(list: &[At<T>], address: &Address) -> bool {
    find(list, address).is_some()
}

pub(crate) fn decode<T: ZeroCopy>((owner, data): &(Address, Vec<u8>)) -> Option<T> {
    if *owner == ID { T::decode(data) } else { None }
}

fn one<T: ZeroCopy>(accounts: &Accounts, address: &Address) -> Result<At<T>, SnapshotError> {
    let account = accounts.get(address).and_then(decode);
    Ok(At { address: *address, account: account.ok_or(SnapshotError::Missing(T::NAME, *address))? })
}

fn all<T: ZeroCopy>(accounts: &Accounts, belongs: impl Fn(&T) -> bool) -> Vec<At<T>> {
    let decoded =
        accounts.iter().filter_map(|(address, account)| Some(At { address: *address, account: decode(account)? }));
    decoded.filter(|account| belongs(account)).collect()
}

fn balance(accounts: &Accounts, what: &'static str, address: &Address) -> Result<u64, SnapshotError> {
    let amount = accounts.get(address).and_then(|(_, data)| token_amount(data));
    amount.ok_or(SnapshotError::Missing(what, *address))
}

fn supply(accounts: &Accounts, mint: &Address) -> Result<u64, SnapshotError> {
    let supply = accounts.get(mint).and_then(|(_, data)| word(data, 36));
    supply.ok_or(SnapshotError::Missing("share mint", *mint))
}

/// The shares in all token accounts of the pool's share mint.
fn holdings(accounts: &Accounts, pool: &Pool) -> u64 {
    let tokens = accounts.values().filter(|(owner, _)| *owner == pool.share_token_program);
    let shares = tokens.filter(|(_, data)| data.get(..32) == Some(pool.share_mint.as_ref()));
    shares.filter_map(|(_, data)| token_amount(data)).fold(0, u64::saturating_add)
}

/// The balance in a token account of either token program.
#[must_use]
pub fn token_amount(data: &[u8]) -> Option<u64> {
    if data.len() < 165 { None } else { word(data, 64) }
}

fn word(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(data.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
