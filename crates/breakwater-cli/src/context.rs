//! What every command works with: the cluster, the signer, and how results are shown.

use crate::{
    Global,
    config::Config,
    output::{Output, Record},
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use coverage_client::{
    Assembly, At, Ballot, Claim, ID, Incident, Policy, Pool, Product, Voter, ZeroCopy,
    amount::Token,
    ballot_address,
    rpc::{Client, Filter, Receipt},
    text,
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_signer::Signer;
use std::{mem::offset_of, path::PathBuf};

/// What a command works with.
pub struct Context {
    /// The cluster.
    pub client: Client,
    /// Its URL.
    pub url: String,
    /// How results are shown.
    pub output: Output,
    /// Whether nothing is sent.
    pub dry_run: bool,
    keypair: Option<PathBuf>,
    pool: Option<Address>,
}

impl Context {
    /// By the options and the Solana tools' configuration.
    pub fn of(global: &Global) -> Result<Self> {
        let config = Config::read(global)?;
        let url = config.url(global);
        ensure!(
            url.starts_with("http://") || url.starts_with("https://"),
            "`{url}` is no cluster; --url takes one like http://127.0.0.1:8899, or localhost, devnet, testnet, mainnet-beta"
        );
        let mut client = Client::new(&url);
        client.sending.priority = global.priority_fee;
        Ok(Self {
            client,
            url,
            output: global.output,
            dry_run: global.dry_run,
            keypair: config.keypair(global),
            pool: global.pool,
        })
    }

    /// Who signs.
    pub fn signer(&self) -> Result<Keypair> {
        let path = self.keypair.as_ref().context("no keypair: name a file with --keypair")?;
        solana_keypair::read_keypair_file(path).map_err(|error| anyhow!("{error}")).with_context(|| {
            let path = path.display();
            format!("cannot read the keypair {path}; name another with --keypair, or make one with `solana-keygen new`")
        })
    }

    /// Whose position is asked for: the address, or else the signer's.
    pub fn owner(&self, address: Option<Address>) -> Result<Address> {
        address.map_or_else(|| Ok(self.signer()?.pubkey()), Ok)
    }

    /// The pool that is meant.
    pub fn pool(&self) -> Result<At<Pool>> {
        if let Some(pool) = &self.pool {
            return Ok(self.client.fetch(pool)?);
        }
        let mut pools = self.client.list::<Pool>(&[])?;
        match pools.len() {
            0 => bail!("there is no pool of {ID} on {}", self.url),
            1 => pools.pop().context("a pool"),
            count => bail!(
                "there are {count} pools on {}: name one with --pool; `breakwater pool list` shows them",
                self.url
            ),
        }
    }

    /// The pool that is named, or else all of them.
    pub fn pools(&self) -> Result<Vec<Address>> {
        match self.pool {
            Some(pool) => Ok(vec![pool]),
            None => Ok(self.client.list::<Pool>(&[])?.iter().map(|pool| pool.address).collect()),
        }
    }

    /// The products of a pool in the order of their numbers.
    pub fn products(&self, pool: &At<Pool>) -> Result<Vec<At<Product>>> {
        let mut products = self.client.list::<Product>(&[Filter::address(offset_of!(Product, pool), &pool.address)])?;
        products.sort_by_key(|product| product.index);
        Ok(products)
    }

    /// A product by its number, its name or its address.
    pub fn product(&self, pool: &At<Pool>, which: &str) -> Result<At<Product>> {
        if let Ok(index) = which.parse::<u16>() {
            let address = coverage_client::product_address(&pool.address, index);
            return self.client.fetch(&address).with_context(|| format!("the pool has no product number {index}"));
        }
        if let Ok(address) = which.parse() {
            return Ok(self.client.fetch(&address)?);
        }
        let found = self.products(pool)?.into_iter().find(|product| text(&product.name).eq_ignore_ascii_case(which));
        found.with_context(|| format!("the pool has no product `{which}`; `breakwater product list` shows them"))
    }

    /// A policy and its pool.
    pub fn policy(&self, address: &Address) -> Result<(At<Policy>, At<Pool>)> {
        let policy: At<Policy> = self.client.fetch(address)?;
        let pool = self.client.fetch(&policy.pool)?;
        Ok((policy, pool))
    }

    /// A claim, its incident and its pool.
    pub fn claim(&self, address: &Address) -> Result<(At<Claim>, At<Incident>, At<Pool>)> {
        let claim: At<Claim> = self.client.fetch(address)?;
        let incident: At<Incident> = self.client.fetch(&claim.incident)?;
        let pool = self.client.fetch(&incident.pool)?;
        Ok((claim, incident, pool))
    }

    /// A ballot by its own address, or by that of the incident or claim it is about.
    pub fn ballot(&self, subject: &Address) -> Result<At<Ballot>> {
        if let Ok(Some(found)) = self.client.find::<Ballot>(subject) {
            return Ok(found);
        }
        let missing = || format!("{subject} is no ballot, and there is none about it");
        self.client.fetch(&ballot_address(subject)).with_context(missing)
    }

    /// The assembly of the pool.
    pub fn assembly(&self, pool: &At<Pool>) -> Result<At<Assembly>> {
        Ok(self.client.fetch(&pool.assembly)?)
    }

    /// The stake of somebody in an assembly, which must exist.
    pub fn voter(&self, assembly: &Address, owner: &Address) -> Result<At<Voter>> {
        let voter = self.client.find(&coverage_client::voter_address(assembly, owner))?;
        voter.with_context(|| format!("{owner} has staked nothing there; `breakwater stake add` does"))
    }

    /// All accounts of a kind that belong to a pool.
    pub fn of_pool<T: ZeroCopy>(&self, pool: &Address, offset: usize) -> Result<Vec<At<T>>> {
        Ok(self.client.list(&[Filter::address(offset, pool)])?)
    }

    /// Sends a transaction that `signer` signs and pays, or simulates it.
    pub fn send(&self, instructions: &[Instruction], signer: &Keypair) -> Result<Receipt> {
        let accounts = || instructions.iter().flat_map(|instruction| &instruction.accounts);
        if let Some(other) = accounts().find(|account| account.is_signer && account.pubkey != signer.pubkey()) {
            bail!("only {} may do this; --keypair names who signs, which is {}", other.pubkey, signer.pubkey());
        }
        let receipt = if self.dry_run {
            self.client.simulate(instructions, &[signer])?
        } else {
            self.client.send(instructions, &[signer])?
        };
        Ok(receipt)
    }

    /// Says what a transaction did.
    pub fn done(&self, sentence: &str, receipt: &Receipt, record: Record) {
        let record = record.number("compute_units", receipt.units.unwrap_or(0));
        if self.dry_run {
            self.output
                .done(&format!("Dry run, nothing was sent: {sentence}"), &record.text("transaction", "simulated"));
        } else {
            self.output.done(sentence, &record.text("transaction", receipt.signature));
        }
    }
}

/// The asset of a pool; what it is called stands nowhere on the chain.
pub fn asset(pool: &Pool) -> Token {
    Token { symbol: "the asset".into(), decimals: pool.decimals }
}

/// The shares of a pool.
pub fn shares(pool: &Pool) -> Token {
    Token { symbol: "the share".into(), decimals: pool.decimals.saturating_add(coverage_math::shares::SHARE_DECIMALS) }
}

/// The token that an assembly stakes.
pub fn governance(assembly: &Assembly) -> Token {
    Token { symbol: "the governance token".into(), decimals: assembly.decimals }
}

/// What prices of a product's feed are counted in.
pub fn feed(product: &Product) -> Token {
    let decimals = u8::try_from(product.price.exponent.unsigned_abs()).unwrap_or(0);
    Token { symbol: "the feed".into(), decimals }
}
