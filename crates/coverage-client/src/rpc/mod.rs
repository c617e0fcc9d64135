//! A cluster over JSON-RPC: reading accounts, sending transactions, following events.

mod error;
mod history;
mod send;

pub use {
    error::{Error, Result},
    history::Logged,
    send::{Receipt, Sending, fits},
};

use crate::{
    Assembly, At, Ballot, Change, Claim, ExitEpoch, ExitTicket, ID, Incident, Policy, Pool, Product, Retired,
    TOKEN_2022, VoteRecord, Voter, ZeroCopy,
    snapshot::{Accounts, Snapshot, decode, token_amount},
};
use solana_account::Account;
use solana_address::Address;
use solana_clock::Clock;
use solana_commitment_config::CommitmentConfig;
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::{
    config::{RpcAccountInfoConfig, RpcProgramAccountsConfig, UiAccountEncoding},
    filter::{Memcmp, RpcFilterType},
};
use std::{collections::BTreeSet, mem::offset_of, time::Duration};

/// The sysvar that holds the chain's time.
const CLOCK: Address = Address::from_str_const("SysvarC1ock11111111111111111111111111111111");
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of a mint and of a token account of the SPL Token program; those of Token-2022 begin with the same.
const MINT_BYTES: usize = 82;
const TOKEN_ACCOUNT_BYTES: usize = 165;
/// What Token-2022 writes behind that many bytes of a mint with extensions.
const MINT_KIND: u8 = 1;
/// How often a snapshot is read anew when the pool changes meanwhile.
const SNAPSHOT_TRIES: usize = 8;

/// A connection to a cluster.
pub struct Client {
    /// The connection itself, for what is not here.
    pub rpc: RpcClient,
    /// How transactions are sent.
    pub sending: Sending,
}

/// A mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mint {
    /// The token program that it is of.
    pub token_program: Address,
    /// Its supply, atoms.
    pub supply: u64,
    /// Its decimals.
    pub decimals: u8,
}

/// Which accounts of a kind are meant: those that hold these bytes at this offset of their state.
pub struct Filter {
    offset: usize,
    bytes: Vec<u8>,
}

impl Filter {
    /// Those whose field at `offset` of their state, as `offset_of!` says it, is this address.
    #[must_use]
    pub fn address(offset: usize, address: &Address) -> Self {
        Self { offset, bytes: address.to_bytes().into() }
    }
}

impl Client {
    /// A connection to `url`. What it reads is confirmed.
    #[must_use]
    pub fn new(url: impl ToString) -> Self {
        let rpc = RpcClient::new_with_timeout_and_commitment(url.to_string(), TIMEOUT, CommitmentConfig::confirmed());
        Self { rpc, sending: Sending::default() }
    }

    /// An account; `None` when it does not exist.
    pub fn account(&self, address: &Address) -> Result<Option<Account>> {
        // The request for one account hides in its error whether it does not exist or nobody answers.
        let found = self.rpc.get_multiple_accounts_with_commitment(&[*address], CommitmentConfig::confirmed())?;
        Ok(found.value.into_iter().next().flatten())
    }

    /// An account of the program; `None` when there is none at the address.
    pub fn find<T: ZeroCopy>(&self, address: &Address) -> Result<Option<At<T>>> {
        let Some(account) = self.account(address)? else { return Ok(None) };
        let decoded =
            if account.owner == ID && account.data.len() == T::SIZE { T::decode(&account.data) } else { None };
        let account = decoded.ok_or(Error::Other { name: T::NAME, address: *address })?;
        Ok(Some(At { address: *address, account }))
    }

    /// An account of the program that must exist.
    pub fn fetch<T: ZeroCopy>(&self, address: &Address) -> Result<At<T>> {
        self.find(address)?.ok_or(Error::Missing { name: T::NAME, address: *address })
    }

    /// All accounts of a kind, in the order of their addresses.
    pub fn list<T: ZeroCopy>(&self, filters: &[Filter]) -> Result<Vec<At<T>>> {
        let found = self.stored(T::DISCRIMINATOR, filters)?;
        let mut found: Vec<_> = found
            .into_iter()
            .filter_map(|(address, account)| Some(At { address, account: T::decode(&account.data)? }))
            .collect();
        found.sort_by_key(|account| account.address);
        Ok(found)
    }

    fn stored(&self, discriminator: [u8; 8], filters: &[Filter]) -> Result<Vec<(Address, Account)>> {
        let memcmp = |offset, bytes| RpcFilterType::Memcmp(Memcmp::new_raw_bytes(offset, bytes));
        let kind = memcmp(0, discriminator.into());
        let filters = filters.iter().map(|filter| memcmp(8 + filter.offset, filter.bytes.clone()));
        self.program_accounts(&ID, [kind].into_iter().chain(filters).collect())
    }

    fn program_accounts(&self, program: &Address, filters: Vec<RpcFilterType>) -> Result<Vec<(Address, Account)>> {
        let account_config = RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            ..Default::default()
        };
        let config = RpcProgramAccountsConfig { filters: Some(filters), account_config, ..Default::default() };
        let accounts = self.rpc.get_program_ui_accounts_with_config(program, config)?;
        let decoded = accounts.into_iter().filter_map(|(address, account)| Some((address, account.to_account()?)));
        Ok(decoded.collect())
    }

    /// Unix seconds on the chain.
    pub fn now(&self) -> Result<u64> {
        let missing = Error::Missing { name: "clock", address: CLOCK };
        let account = self.account(&CLOCK)?.ok_or(missing)?;
        // The unix time is the last of five eight-byte fields.
        const { assert!(offset_of!(Clock, unix_timestamp) == 32, "the clock has another layout") };
        let bytes = account.data.get(32..40).and_then(|bytes| bytes.try_into().ok());
        let time = bytes.and_then(|bytes| u64::try_from(i64::from_le_bytes(bytes)).ok());
        time.ok_or(Error::Other { name: "clock", address: CLOCK })
    }

    /// Balance of a token account, atoms; 0 when it does not exist.
    pub fn balance(&self, address: &Address) -> Result<u64> {
        let Some(account) = self.account(address)? else { return Ok(0) };
        token_amount(&account.data).ok_or(Error::Other { name: "token account", address: *address })
    }

    /// A mint of either token program.
    pub fn mint(&self, address: &Address) -> Result<Mint> {
        let account = self.account(address)?.ok_or(Error::Missing { name: "mint", address: *address })?;
        let of_tokens = [spl_token_interface::ID, TOKEN_2022].contains(&account.owner);
        // Where extensions begin, Token-2022 says what the account is; without any it is as long as one of SPL Token.
        let size = account.data.len();
        let kind = size == MINT_BYTES || account.data.get(TOKEN_ACCOUNT_BYTES) == Some(&MINT_KIND);
        let supply = account.data.get(36..44).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        let mint = supply.zip(account.data.get(44)).filter(|_| of_tokens && kind);
        let (supply, decimals) = mint.ok_or(Error::Other { name: "mint", address: *address })?;
        Ok(Mint { token_program: account.owner, supply, decimals: *decimals })
    }

    /// All accounts of a pool at one moment, as they are stored: see [`Snapshot::of`].
    ///
    /// They take several requests. Whatever moves money writes the pool, so they belong together when the pool is the same
    /// before and after.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub fn accounts_of(&self, pool: &Address) -> Result<(u64, Accounts)> {
        for _ in 0..SNAPSHOT_TRIES {
            let before = self.fetch::<Pool>(pool)?;
            let time = self.now()?;
            let accounts = self.read_all(&before)?;
            if self.fetch::<Pool>(pool)? == before {
                return Ok((time, accounts));
            }
        }
        Err(Error::Busy(*pool))
    }

    fn read_all(&self, pool: &At<Pool>) -> Result<Accounts> {
        let assembly = self.fetch::<Assembly>(&pool.assembly)?;
        let of_pool = |offset| [Filter::address(offset, &pool.address)];
        let mut found = Vec::new();
        found.extend(self.stored(Product::DISCRIMINATOR, &of_pool(offset_of!(Product, pool)))?);
        found.extend(self.stored(Policy::DISCRIMINATOR, &of_pool(offset_of!(Policy, pool)))?);
        found.extend(self.stored(ExitEpoch::DISCRIMINATOR, &of_pool(offset_of!(ExitEpoch, pool)))?);
        found.extend(self.stored(ExitTicket::DISCRIMINATOR, &of_pool(offset_of!(ExitTicket, pool)))?);
        found.extend(self.stored(Retired::DISCRIMINATOR, &of_pool(offset_of!(Retired, pool)))?);
        found.extend(self.stored(Incident::DISCRIMINATOR, &of_pool(offset_of!(Incident, pool)))?);
        found.extend(self.stored(Change::DISCRIMINATOR, &of_pool(offset_of!(Change, pool)))?);
        let ballots = self.stored(Ballot::DISCRIMINATOR, &of_pool(offset_of!(Ballot, pool)))?;
        // The pool had another court before, which still decides on what it covered then.
        let courts = ballots.iter().filter_map(|(_, ballot)| {
            decode::<Ballot>(&(ballot.owner, ballot.data.clone())).map(|ballot| ballot.assembly)
        });
        for court in courts.chain([pool.assembly]).collect::<BTreeSet<_>>() {
            let of_court = [Filter::address(offset_of!(Voter, assembly), &court)];
            found.extend(self.stored(Voter::DISCRIMINATOR, &of_court)?);
        }
        found.extend(ballots);
        // These name no pool themselves.
        for kind in [Claim::DISCRIMINATOR, VoteRecord::DISCRIMINATOR] {
            found.extend(self.stored(kind, &[])?);
        }
        let shares = RpcFilterType::Memcmp(Memcmp::new_raw_bytes(0, pool.share_mint.to_bytes().into()));
        let mut filters = vec![shares];
        if pool.share_token_program == spl_token_interface::ID {
            // Clusters answer sooner when they know how large the accounts are; those of Token-2022 vary.
            filters.push(RpcFilterType::DataSize(TOKEN_ACCOUNT_BYTES as u64));
        }
        found.extend(self.program_accounts(&pool.share_token_program, filters)?);
        for address in
            [pool.address, pool.assembly, pool.vault, pool.exit_escrow, pool.share_mint, assembly.stake_vault]
        {
            found.extend(self.account(&address)?.map(|account| (address, account)));
        }
        Ok(found.into_iter().map(|(address, account)| (address, (account.owner, account.data))).collect())
    }

    /// Everything that belongs to a pool, read once: when it changes meanwhile, some accounts are a moment older than
    /// others. To act on; to prove anything see [`Client::accounts_of`].
    pub fn snapshot(&self, pool: &Address) -> Result<Snapshot> {
        let time = self.now()?;
        let accounts = self.read_all(&self.fetch(pool)?)?;
        Ok(Snapshot::of(pool, time, &accounts)?)
    }
}
