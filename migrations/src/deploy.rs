use crate::{Deployed, Plan, account, sha256};
use anyhow::{Context, Result, bail, ensure};
use solana_address::Address;
use solana_hash::Hash;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_loader_v3_interface::{instruction as loader, state::UpgradeableLoaderState};
use solana_rpc_client::rpc_client::RpcClient;
use solana_rpc_client_api::config::RpcSendTransactionConfig;
use solana_signature::Signature;
use solana_signer::Signer;
use solana_transaction::Transaction;
use solana_transaction_status_client_types::TransactionStatus;
use std::{
    thread,
    time::{Duration, Instant},
};

/// Bytes written by a transaction: what fits beside two signatures and the addresses.
const PIECE: usize = 900;
/// Pieces that are under way at once: as many as a node says the fate of in one answer.
const TOGETHER: usize = 256;
/// How often the pieces that are missing are sent again.
const ROUNDS: usize = 20;
/// How long pieces that are under way may take: as long as their blockhash lives.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long is waited before they are asked for again.
const PAUSE: Duration = Duration::from_millis(200);

/// Who deploys what, and where.
#[derive(Clone, Copy)]
pub struct Deployment<'a> {
    /// The network.
    pub rpc: &'a RpcClient,
    /// Pays fees and rents.
    pub payer: &'a Keypair,
    /// May replace the program, now and later.
    pub authority: &'a Keypair,
    /// Address of the program.
    pub program: Address,
    /// Its key: the first time it signs for its address.
    pub program_key: Option<&'a Keypair>,
    /// Key of the buffer. The same one again goes on where a broken-off deployment ended.
    pub buffer: &'a Keypair,
    /// The bytecode.
    pub bytecode: &'a [u8],
}

impl Deployment<'_> {
    /// Makes the program run the bytecode, and returns what is on chain then.
    ///
    /// # Errors
    /// As [`Plan::of`]; when the network refuses a transaction; when what it has afterwards is not the bytecode.
    pub fn run(&self) -> Result<Deployed> {
        let plan = Plan::of(self.rpc, &self.program, &self.authority.pubkey(), self.bytecode)?;
        match plan {
            Plan::Nothing => {}
            Plan::First => {
                let key = self.program_key.context("the first deployment needs the key of the program's address")?;
                ensure!(
                    key.pubkey() == self.program,
                    "the program's key is of {}, not of {}",
                    key.pubkey(),
                    self.program
                );
                self.fill_buffer()?;
                self.deploy(key)?;
            }
            Plan::Upgrade { growth } => {
                // First: a program that has grown cannot be replaced in the same slot.
                self.grow(growth)?;
                self.fill_buffer()?;
                self.upgrade()?;
            }
        }
        let found = Deployed::read(self.rpc, &self.program)?.context("the program is not there")?;
        ensure!(found.runs(self.bytecode), "what {} runs is not {}", self.program, sha256(self.bytecode));
        Ok(found)
    }

    fn deploy(&self, key: &Keypair) -> Result<()> {
        let rent = self.rent(UpgradeableLoaderState::size_of_program())?;
        let (payer, authority) = (self.payer.pubkey(), self.authority.pubkey());
        let instructions = loader::deploy_with_max_program_len(
            &payer,
            &self.program,
            &self.buffer.pubkey(),
            &authority,
            rent,
            self.bytecode.len(),
        );
        self.send(&instructions.context("cannot build the deployment")?, &[key, self.authority])
            .context("the loader refused the bytecode")
    }

    fn grow(&self, growth: usize) -> Result<()> {
        if growth == 0 {
            return Ok(());
        }
        let growth = u32::try_from(growth).context("the bytecode is too long")?;
        let extension = loader::extend_program(&self.program, Some(&self.payer.pubkey()), growth);
        self.send(&[extension], &[]).context("the program's account cannot grow")
    }

    fn upgrade(&self) -> Result<()> {
        let (payer, authority) = (self.payer.pubkey(), self.authority.pubkey());
        let instruction = loader::upgrade(&self.program, &self.buffer.pubkey(), &authority, &payer);
        self.send(&[instruction], &[self.authority]).context("the loader refused the upgrade")
    }

    /// Creates the buffer unless it is there, and writes what it lacks until it has every byte.
    fn fill_buffer(&self) -> Result<()> {
        let buffer = self.buffer.pubkey();
        if account(self.rpc, &buffer)?.is_none() {
            let rent = self.rent(UpgradeableLoaderState::size_of_buffer(self.bytecode.len()))?;
            let (payer, authority) = (self.payer.pubkey(), self.authority.pubkey());
            let create = loader::create_buffer(&payer, &buffer, &authority, rent, self.bytecode.len());
            self.send(&create.context("cannot build the buffer")?, &[self.buffer]).context("no buffer")?;
        }
        for _ in 0..ROUNDS {
            let missing = self.missing()?;
            if missing.is_empty() {
                return Ok(());
            }
            for offsets in missing.chunks(TOGETHER) {
                let blockhash = self.rpc.get_latest_blockhash().context("the network gave no blockhash")?;
                let sent = offsets.iter().map(|offset| self.send_piece(*offset, blockhash));
                self.wait_for(&sent.collect::<Result<Vec<_>>>()?)?;
            }
        }
        bail!("the buffer {buffer} is not complete: the same buffer key again goes on from here")
    }

    /// Sends a piece of the bytecode. Whether it arrived shows in the buffer.
    fn send_piece(&self, offset: usize, blockhash: Hash) -> Result<Signature> {
        let transaction = self.sign(&[self.piece(offset)?], &[self.authority], blockhash)?;
        self.rpc.send_transaction_with_config(&transaction, unchecked()).context("a piece was refused")
    }

    /// Waits until all of these have arrived, or for as long as any may take.
    fn wait_for(&self, sent: &[Signature]) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let statuses = self.rpc.get_signature_statuses(sent).context("cannot ask for the pieces")?.value;
            let arrived = |status: &TransactionStatus| status.satisfies_commitment(self.rpc.commitment());
            if statuses.iter().all(|status| status.as_ref().is_some_and(arrived)) {
                break;
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Where the pieces begin that the buffer lacks.
    fn missing(&self) -> Result<Vec<usize>> {
        let buffer = self.buffer.pubkey();
        let data = account(self.rpc, &buffer)?.with_context(|| format!("the buffer {buffer} is gone"))?.data;
        let written = data.get(UpgradeableLoaderState::size_of_buffer_metadata()..).unwrap_or_default();
        ensure!(written.len() == self.bytecode.len(), "the buffer {buffer} was made for other bytecode");
        let pieces = self.bytecode.chunks(PIECE).zip(written.chunks(PIECE)).enumerate();
        Ok(pieces
            .filter(|(_, (wanted, found))| wanted != found)
            .map(|(index, _)| index.saturating_mul(PIECE))
            .collect())
    }

    fn piece(&self, offset: usize) -> Result<Instruction> {
        let bytes = self.bytecode.get(offset..).unwrap_or_default();
        let bytes = bytes.get(..PIECE).unwrap_or(bytes).to_vec();
        let offset = u32::try_from(offset).context("the bytecode is too long")?;
        Ok(loader::write(&self.buffer.pubkey(), &self.authority.pubkey(), offset, bytes))
    }

    fn rent(&self, size: usize) -> Result<u64> {
        self.rpc.get_minimum_balance_for_rent_exemption(size).context("cannot ask for the rent")
    }

    /// Sends and waits for the confirmation. The payer signs besides.
    fn send(&self, instructions: &[Instruction], signers: &[&Keypair]) -> Result<()> {
        let blockhash = self.rpc.get_latest_blockhash().context("the network gave no blockhash")?;
        let transaction = self.sign(instructions, signers, blockhash)?;
        self.rpc.send_and_confirm_transaction(&transaction)?;
        Ok(())
    }

    fn sign(&self, instructions: &[Instruction], signers: &[&Keypair], blockhash: Hash) -> Result<Transaction> {
        let mut transaction = Transaction::new_with_payer(instructions, Some(&self.payer.pubkey()));
        let mut keys = vec![self.payer];
        keys.extend(signers.iter().filter(|key| key.pubkey() != self.payer.pubkey()));
        transaction.try_sign(&keys, blockhash).context("a key is missing")?;
        Ok(transaction)
    }
}

fn unchecked() -> RpcSendTransactionConfig {
    RpcSendTransactionConfig { skip_preflight: true, ..Default::default() }
}
