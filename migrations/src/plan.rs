use anyhow::{Context, Result, bail, ensure};
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_loader_v3_interface::{get_program_data_address, state::UpgradeableLoaderState};
use solana_rpc_client::rpc_client::RpcClient;
use solana_sdk_ids::bpf_loader_upgradeable;

/// Least that a program's account grows by: the loader will refuse less (SIMD-0431).
const LEAST_GROWTH: usize = 10_240;

/// What a deployment would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing is at the address: it becomes a program.
    First,
    /// The program there is replaced; its account grows by so many bytes before.
    Upgrade {
        /// Bytes that it lacks, 0 when the new bytecode fits.
        growth: usize,
    },
    /// The program there has these bytes already.
    Nothing,
}

/// What is on chain about a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployed {
    /// Who may replace it; `None` when nobody can any more.
    pub authority: Option<Address>,
    /// When it was last replaced.
    pub slot: u64,
    /// Its bytecode, with the zeros that its account has to spare.
    pub bytecode: Vec<u8>,
}

impl Deployed {
    /// Reads a program; `None` when nothing is at the address.
    ///
    /// # Errors
    /// When something else is there.
    pub fn read(rpc: &RpcClient, program: &Address) -> Result<Option<Self>> {
        let Some(owner) = account(rpc, program)?.map(|account| account.owner) else { return Ok(None) };
        ensure!(owner == bpf_loader_upgradeable::ID, "{program} belongs to {owner}, not to the upgradeable loader");
        let address = get_program_data_address(program);
        let data = account(rpc, &address)?.with_context(|| format!("{program} has no bytecode: it was closed"))?.data;
        let state = bincode::deserialize(&data).with_context(|| format!("{address} is not of the loader"))?;
        let UpgradeableLoaderState::ProgramData { slot, upgrade_authority_address: authority } = state else {
            bail!("{address} holds no bytecode");
        };
        let head = UpgradeableLoaderState::size_of_programdata_metadata();
        let bytecode = data.get(head..).context("the account is too short")?.to_vec();
        Ok(Some(Self { authority, slot, bytecode }))
    }

    /// Whether it runs exactly these bytes.
    #[must_use]
    pub fn runs(&self, bytecode: &[u8]) -> bool {
        let spare = self.bytecode.strip_prefix(bytecode);
        spare.is_some_and(|spare| spare.iter().all(|byte| *byte == 0))
    }
}

impl Plan {
    /// What has to be done so that `program` runs `bytecode`, by `authority`.
    ///
    /// # Errors
    /// When it cannot: another may replace the program, or nobody.
    pub fn of(rpc: &RpcClient, program: &Address, authority: &Address, bytecode: &[u8]) -> Result<Self> {
        ensure!(bytecode.starts_with(b"\x7fELF"), "the bytecode is no ELF file");
        let Some(found) = Deployed::read(rpc, program)? else { return Ok(Self::First) };
        if found.runs(bytecode) {
            return Ok(Self::Nothing);
        }
        let may = found.authority.with_context(|| format!("{program} is final: nobody can replace it"))?;
        ensure!(may == *authority, "only {may} can replace {program}, not {authority}");
        let lacks = bytecode.len().saturating_sub(found.bytecode.len());
        Ok(Self::Upgrade { growth: if lacks == 0 { 0 } else { lacks.max(LEAST_GROWTH) } })
    }
}

/// An account as the network has confirmed it.
pub(crate) fn account(rpc: &RpcClient, address: &Address) -> Result<Option<solana_account::Account>> {
    let answer = rpc.get_account_with_commitment(address, CommitmentConfig::confirmed());
    Ok(answer.with_context(|| format!("cannot read {address}"))?.value)
}
