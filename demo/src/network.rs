//! The local Solana network: started in this process, spoken to through JSON-RPC.

use crate::actors;
use anyhow::{Context, Result, anyhow, bail};
use coverage_client::{BreakwaterError, Event, ID, ZeroCopy};
use solana_account::Account;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_program_pack::Pack;
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::config::{RpcSendTransactionConfig, RpcTransactionConfig};
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_status_client_types::{UiTransactionEncoding, option_serializer::OptionSerializer};
use spl_token_interface::state::{Account as TokenAccount, Mint};
use std::{
    thread,
    time::{Duration, Instant},
};
use surfpool_sdk::{BlockProductionMode, Pubkey, SimnetCommand, Surfnet, cheatcodes::builders::DeployProgram};
use tokio::runtime::Runtime;

/// Lamports that everybody begins with, for fees and rent.
const LAMPORTS: u64 = 100_000_000_000;
/// Milliseconds of a slot. The default of one would make a day of time travel 86 million slots.
const SLOT_MILLISECONDS: u64 = 400;
/// How long a transaction may take to be confirmed.
const PATIENCE: Duration = Duration::from_secs(20);
/// The sysvar that holds the chain's time.
const CLOCK: Address = Address::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// A running network with the program deployed.
pub struct Network {
    // Dropped in this order: the network ends before the runtime.
    surfnet: Surfnet,
    runtime: Runtime,
    rpc: RpcClient,
}

/// A confirmed transaction.
pub struct Receipt {
    /// Its signature.
    pub signature: Signature,
    /// Compute units that the program took; `None` when it was not called.
    pub units: Option<u64>,
    /// What the program logged.
    pub events: Vec<Event>,
}

impl Receipt {
    /// The event that `which` picks out.
    pub fn event<T>(&self, which: impl Fn(Event) -> Option<T>) -> Result<T> {
        self.events.iter().copied().find_map(which).context("the program logged no such event")
    }
}

impl Network {
    /// Starts a network, without any connection to another one, on which these actors have lamports.
    pub fn start(names: &[&str]) -> Result<Self> {
        let runtime = Runtime::new().context("cannot start the runtime of the network")?;
        let foreign = |address: Address| Pubkey::new_from_array(address.to_bytes());
        // A block follows each transaction at once, and time stands still between them, except for the blocks that
        // finalize it: 31 slots, about twelve seconds.
        let builder = Surfnet::builder()
            .offline(true)
            .block_production_mode(BlockProductionMode::Transaction)
            .slot_time_ms(SLOT_MILLISECONDS)
            .payer(actors::actor("bank"))
            .airdrop_sol(LAMPORTS)
            .airdrop_addresses(names.iter().map(|name| foreign(actors::address(name))).collect());
        let surfnet = runtime.block_on(builder.start()).context("cannot start the local network")?;
        // Nobody else takes the network's own messages off their queue, and under --serve it runs for long.
        let messages = surfnet.events().clone();
        thread::spawn(move || messages.iter().for_each(drop));
        let rpc = RpcClient::new_with_commitment(surfnet.rpc_url().to_owned(), CommitmentConfig::confirmed());
        Ok(Self { surfnet, runtime, rpc })
    }

    /// Puts the program's bytecode at its address.
    pub fn deploy(&self, bytecode: Vec<u8>) -> Result<()> {
        let program = DeployProgram::new(Pubkey::new_from_array(ID.to_bytes())).so_bytes(bytecode);
        self.surfnet.cheatcodes().deploy(program).context("cannot deploy the program")?;
        Ok(())
    }

    /// Where JSON-RPC is spoken, over HTTP and over websocket.
    pub fn urls(&self) -> (&str, &str) {
        (self.surfnet.rpc_url(), self.surfnet.ws_url())
    }

    /// Keeps the network up until Ctrl-C, with time that runs as on other networks.
    pub fn serve(&self) -> Result<()> {
        self.surfnet
            .send_command(SimnetCommand::UpdateBlockProductionMode(BlockProductionMode::Clock))
            .context("cannot start the network's clock")?;
        self.runtime.block_on(tokio::signal::ctrl_c()).context("cannot wait for Ctrl-C")
    }

    // Time

    /// Unix seconds on the chain.
    pub fn now(&self) -> Result<u64> {
        let clock = self.account(&CLOCK)?.context("the chain has no clock")?;
        // The unix time is the last of five eight-byte fields.
        let bytes = clock.data.get(32..40).and_then(|bytes| bytes.try_into().ok()).context("the clock is too short")?;
        u64::try_from(i64::from_le_bytes(bytes)).context("the chain's time is before 1970")
    }

    /// Lets time pass on the chain. It goes forward only.
    pub fn pass(&self, seconds: u64) -> Result<()> {
        let target = self.now()?.checked_add(seconds).context("a time beyond all times")?;
        let travel = || self.surfnet.cheatcodes().time_travel_to_timestamp(target.saturating_mul(1_000));
        travel().with_context(|| format!("cannot travel {seconds} seconds ahead"))?;
        let now = self.now()?;
        if now < target {
            bail!("the chain's time is {now} after travelling to {target}");
        }
        Ok(())
    }

    // Reading

    fn account(&self, address: &Address) -> Result<Option<Account>> {
        let answer = self.rpc.get_account_with_commitment(address, CommitmentConfig::confirmed());
        Ok(answer.with_context(|| format!("cannot read {address}"))?.value)
    }

    /// An account of the program, decoded; `None` when it does not exist.
    pub fn find<T: ZeroCopy>(&self, address: &Address) -> Result<Option<T>> {
        let Some(account) = self.account(address)? else { return Ok(None) };
        if account.owner != ID || account.data.len() != T::SIZE {
            bail!("{address} is no {} of the program", T::NAME);
        }
        T::decode(&account.data).map(Some).with_context(|| format!("{address} is no {}", T::NAME))
    }

    /// An account of the program that must exist, decoded.
    pub fn read<T: ZeroCopy>(&self, address: &Address) -> Result<T> {
        self.find(address)?.with_context(|| format!("there is no {} at {address}", T::NAME))
    }

    /// Balance of a token account, atoms; 0 when it does not exist.
    pub fn balance(&self, address: &Address) -> Result<u64> {
        let Some(account) = self.account(address)? else { return Ok(0) };
        Ok(TokenAccount::unpack(&account.data).with_context(|| format!("{address} is no token account"))?.amount)
    }

    /// Supply of a mint, atoms.
    pub fn supply(&self, mint: &Address) -> Result<u64> {
        let account = self.account(mint)?.with_context(|| format!("there is no mint at {mint}"))?;
        Ok(Mint::unpack(&account.data).with_context(|| format!("{mint} is no mint"))?.supply)
    }

    /// Lamports that an account of `size` bytes must hold.
    pub fn rent(&self, size: usize) -> Result<u64> {
        self.rpc.get_minimum_balance_for_rent_exemption(size).context("cannot ask for the rent")
    }

    /// Writes an account as another program would have, with the lamports that it must hold.
    pub fn write(&self, address: &Address, owner: &Address, data: &[u8]) -> Result<()> {
        let [address, owner] = [address, owner].map(|address| Pubkey::new_from_array(address.to_bytes()));
        let lamports = self.rent(data.len())?;
        let written = self.surfnet.cheatcodes().set_account(&address, lamports, data, &owner);
        written.with_context(|| format!("cannot write {address}"))
    }

    // Sending

    /// Signs and sends a transaction, waits until it is confirmed and fetches what it did. The first signer pays.
    pub fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<Receipt> {
        let payer = signers.first().context("a transaction needs a signer")?.pubkey();
        let blockhash = self.rpc.get_latest_blockhash().context("the network gave no blockhash")?;
        let transaction = Transaction::new_signed_with_payer(instructions, Some(&payer), signers, blockhash);
        // Without a trial run first: what went wrong stands in the transaction's own log.
        let config = RpcSendTransactionConfig { skip_preflight: true, ..Default::default() };
        let signature = self
            .rpc
            .send_transaction_with_config(&transaction, config)
            .context("the network did not take the transaction")?;
        self.wait(&signature)?;
        self.receipt(signature)
    }

    fn wait(&self, signature: &Signature) -> Result<()> {
        let sent = Instant::now();
        while sent.elapsed() < PATIENCE {
            let statuses = self.rpc.get_signature_statuses(&[*signature]).context("no status of the transaction")?;
            let confirmed = |status: &_| satisfied(status);
            if statuses.value.iter().flatten().any(confirmed) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(4));
        }
        bail!("transaction {signature} was not confirmed within {} seconds", PATIENCE.as_secs())
    }

    fn receipt(&self, signature: Signature) -> Result<Receipt> {
        let config = RpcTransactionConfig {
            encoding: Some(UiTransactionEncoding::Base64),
            commitment: Some(CommitmentConfig::confirmed()),
            max_supported_transaction_version: Some(0),
        };
        let fetched = self.rpc.get_transaction_with_config(&signature, config);
        let meta = fetched.ok().and_then(|fetched| fetched.transaction.meta);
        let meta = meta.with_context(|| format!("the network lost transaction {signature}"))?;
        let logs = match meta.log_messages {
            OptionSerializer::Some(logs) => logs,
            _ => Vec::new(),
        };
        if let Some(error) = meta.err {
            let code = logs.iter().rev().find_map(|line| line.split_once("custom program error: 0x"));
            let error = code
                .and_then(|(_, code)| u32::from_str_radix(code, 16).ok())
                .and_then(BreakwaterError::from_code)
                .map_or_else(|| anyhow!("{error}"), |error| anyhow!("the program says: {error} ({error:?})"));
            return Err(error.context(format!("transaction {signature} failed\n  {}", logs.join("\n  "))));
        }
        Ok(Receipt { signature, units: units(&logs), events: coverage_client::events(&logs) })
    }
}

fn satisfied(status: &solana_transaction_status_client_types::TransactionStatus) -> bool {
    status.satisfies_commitment(CommitmentConfig::confirmed())
}

/// Compute units of the program's calls, read from a transaction's log lines; `None` when it was not called.
fn units(logs: &[String]) -> Option<u64> {
    let prefix = format!("Program {ID} consumed ");
    let calls = logs.iter().filter_map(|line| line.strip_prefix(&prefix)?.split(' ').next()?.parse::<u64>().ok());
    calls.reduce(u64::wrapping_add)
}
