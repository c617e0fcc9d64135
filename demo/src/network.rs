//! The local network as the demo uses it.

use crate::actors;
use anyhow::{Context, Result, anyhow};
use breakwater_localnet::{Clock, Localnet, Ports, cheat};
use coverage_client::{
    ZeroCopy,
    rpc::{Client, Error, Receipt},
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use tokio::runtime::Runtime;

/// Lamports that everybody begins with, for fees and rent.
pub const LAMPORTS: u64 = 100_000_000_000;

/// A running network with the program deployed.
pub struct Network {
    localnet: Localnet,
    client: Client,
}

impl Network {
    /// Starts a network on which these actors have lamports.
    pub fn start(names: &[&str], bytecode: &[u8]) -> Result<Self> {
        let localnet = Localnet::start(Ports::free()?, Clock::Stands, bytecode)?;
        let mut client = localnet.client();
        // Without a trial run first: what went wrong stands in the transaction's own log.
        client.sending.simulate = false;
        for name in names {
            cheat::fund(&client, &actors::address(name), LAMPORTS)?;
        }
        Ok(Self { localnet, client })
    }

    /// Where JSON-RPC is spoken, over HTTP and over websocket.
    pub fn urls(&self) -> (String, String) {
        (self.localnet.url(), self.localnet.websocket_url())
    }

    /// Keeps the network up until Ctrl-C, with time that runs as on other networks.
    pub fn serve(&self) -> Result<()> {
        self.localnet.set_clock(Clock::Runs)?;
        Runtime::new()?.block_on(tokio::signal::ctrl_c()).context("cannot wait for Ctrl-C")
    }

    /// Unix seconds on the chain.
    pub fn now(&self) -> Result<u64> {
        Ok(self.client.now()?)
    }

    /// Lets time pass on the chain. It goes forward only.
    pub fn pass(&self, seconds: u64) -> Result<()> {
        let target = self.now()?.checked_add(seconds).context("a time beyond all times")?;
        cheat::travel(&self.client, target).with_context(|| format!("cannot travel {seconds} seconds ahead"))
    }

    /// An account of the program, decoded; `None` when it does not exist.
    pub fn find<T: ZeroCopy>(&self, address: &Address) -> Result<Option<T>> {
        Ok(self.client.find(address)?.map(|found| found.account))
    }

    /// An account of the program that must exist, decoded.
    pub fn read<T: ZeroCopy>(&self, address: &Address) -> Result<T> {
        Ok(self.client.fetch(address)?.account)
    }

    /// Balance of a token account, atoms; 0 when it does not exist.
    pub fn balance(&self, address: &Address) -> Result<u64> {
        Ok(self.client.balance(address)?)
    }

    /// Supply of a mint, atoms.
    pub fn supply(&self, mint: &Address) -> Result<u64> {
        Ok(self.client.mint(mint)?.supply)
    }

    /// Lamports that an account of `size` bytes must hold.
    pub fn rent(&self, size: usize) -> Result<u64> {
        self.client.rpc.get_minimum_balance_for_rent_exemption(size).context("cannot ask for the rent")
    }

    /// Writes an account as another program would have, with the lamports that it must hold.
    pub fn write(&self, address: &Address, owner: &Address, data: &[u8]) -> Result<()> {
        cheat::write(&self.client, address, owner, self.rent(data.len())?, data)
    }

    /// Signs and sends a transaction, waits until it is confirmed and fetches what it did. The first signer pays.
    pub fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<Receipt> {
        self.client.send(instructions, signers).map_err(|error| {
            let logs = error.logs().join("\n  ");
            match &error {
                Error::Program { error, .. } => anyhow!("the program says: {error} ({error:?})").context(logs),
                _ => anyhow!(error).context(logs),
            }
        })
    }
}
