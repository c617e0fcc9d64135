//! What every command works with: the cluster, the signer, and how results are shown.

use crate::{
    Global,
    config::Config,
    output::{Output, Record},
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use coverage_client::{
    Assembly, At, Ballot, BreakwaterError, Claim, ExitEpoch, ID, Incident, Policy, Pool, Product, ShareWords,
    TOKEN_2022, Voter, ZeroCopy,
    amount::Token,
    ballot_address, build,
    crank::{self, Crank},
    rpc::{Client, Error, Filter, Receipt},
    text,
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{BaseStateWithExtensions as _, StateWithExtensions},
    state::Mint,
};
use spl_token_metadata_interface::state::TokenMetadata;
use std::{
    mem::offset_of,
    path::{Path, PathBuf},
};

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
    payer: Option<PathBuf>,
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
            payer: global.payer.clone(),
            pool: global.pool,
        })
    }

    /// Who signs.
    pub fn signer(&self) -> Result<Keypair> {
        read_key(self.keypair.as_deref().context("no keypair: name a file with --keypair")?, "--keypair")
    }

    /// Who pays rents and tips where `signer` signs: that of `--payer`, or else the signer.
    pub fn payer(&self, signer: &Keypair) -> Result<Address> {
        Ok(self.other_payer()?.map_or(signer.pubkey(), |payer| payer.pubkey()))
    }

    fn other_payer(&self) -> Result<Option<Keypair>> {
        self.payer.as_deref().map(|path| read_key(path, "--payer")).transpose()
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

    /// A pool's first exit epoch, if one waits.
    pub fn first_exit(&self, pool: &At<Pool>) -> Result<Option<At<ExitEpoch>>> {
        let address = pool.has_exits().then(|| coverage_client::exit_epoch_address(&pool.address, pool.exit_head));
        Ok(address.map(|address| self.client.fetch(&address)).transpose()?)
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

    /// The assembly that decides on what is sold of a product now.
    pub fn court_of_sale(&self, pool: &Pool, product: &Product, now: u64) -> Result<At<Assembly>> {
        Ok(self.client.fetch(product.court_of_sale(pool, now)?)?)
    }

    /// The assembly that decides on what a product covers.
    pub fn court(&self, pool: &Pool, product: &Product) -> Result<At<Assembly>> {
        Ok(self.client.fetch(product.court(pool))?)
    }

    /// Who may mint more of a token, if anybody may.
    pub fn mint_authority(&self, mint: &Address) -> Result<Option<Address>> {
        let account = self.client.account(mint)?.with_context(|| format!("there is no mint at {mint}"))?;
        let authority = StateWithExtensions::<Mint>::unpack(&account.data)?.base.mint_authority;
        Ok(authority.into())
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

    /// Sends a transaction that `signer` signs, and who pays if that is somebody else, or simulates it.
    pub fn send(&self, instructions: &[Instruction], signer: &Keypair) -> Result<Receipt> {
        self.send_with(instructions, signer, None)
    }

    /// Sends a transaction that somebody else signs too.
    pub fn send_with(
        &self,
        instructions: &[Instruction],
        signer: &Keypair,
        other: Option<&Keypair>,
    ) -> Result<Receipt> {
        let payer = self.other_payer()?;
        let instructions = build::opened_by(&self.payer(signer)?, instructions.to_vec());
        let accounts = || instructions.iter().flat_map(|instruction| &instruction.accounts);
        let signs = |key: &Address| accounts().any(|account| account.is_signer && account.pubkey == *key);
        // Who pays fees signs first; others only where they are asked to.
        let mut signers: Vec<&Keypair> = Vec::new();
        for key in [payer.as_ref(), Some(signer), other].into_iter().flatten() {
            let is_new = signers.iter().all(|signer| signer.pubkey() != key.pubkey());
            if is_new && (signers.is_empty() || signs(&key.pubkey())) {
                signers.push(key);
            }
        }
        let may = |key: &Address| signers.iter().any(|signer| signer.pubkey() == *key);
        if let Some(other) = accounts().find(|account| account.is_signer && !may(&account.pubkey)) {
            bail!("only {} may do this; --keypair names who signs, which is {}", other.pubkey, signer.pubkey());
        }
        let receipt = if self.dry_run {
            self.client.simulate(&instructions, &signers)?
        } else {
            self.client.send(&instructions, &signers)?
        };
        Ok(receipt)
    }

    /// Takes the steps that are due in a pool and that `wanted` picks, until there are none; those that it only simulates
    /// once.
    pub fn take(&self, pool: &Address, wanted: impl Fn(&Crank) -> bool) -> Result<Vec<(Crank, Receipt)>> {
        let signer = self.signer()?;
        let mut taken = Vec::new();
        loop {
            let due = crank::due(&self.client.snapshot(pool)?, &signer.pubkey());
            let mut due: Vec<_> = due.into_iter().filter(|crank| wanted(crank)).collect();
            if due.is_empty() {
                return Ok(taken);
            }
            // Each may make others due, or not due any more.
            due.truncate(1);
            for crank in due {
                let receipt = self.send(&crank.instructions, &signer)?;
                taken.push((crank, receipt));
            }
            if self.dry_run {
                return Ok(taken);
            }
        }
    }

    /// What wallets show of a pool's shares; none of a mint of SPL Token.
    pub fn share_words(&self, pool: &Pool) -> Result<ShareWords> {
        if pool.share_token_program != TOKEN_2022 {
            return Ok(ShareWords::NONE);
        }
        let mint = self.client.account(&pool.share_mint)?.context("the pool has no mint of shares")?;
        let mint = StateWithExtensions::<Mint>::unpack(&mint.data)?;
        let metadata = mint.get_variable_len_extension::<TokenMetadata>()?;
        Ok(ShareWords::new(&metadata.name, &metadata.symbol, &metadata.uri).map_err(refused)?)
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

/// A keypair, which an option names.
pub fn read_key(path: &Path, option: &str) -> Result<Keypair> {
    solana_keypair::read_keypair_file(path).map_err(|error| anyhow!("{error}")).with_context(|| {
        let path = path.display();
        format!("cannot read the keypair {path}; name another with {option}, or make one with `solana-keygen new`")
    })
}

/// The program's own error, which a quote has foreseen.
pub fn refused(error: BreakwaterError) -> Error {
    Error::Program { error, logs: Vec::new() }
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
