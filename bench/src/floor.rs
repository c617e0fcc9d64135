//! What the runtime charges for what an instruction cannot do without.

use harness::Receipt;
use solana_program_runtime::execution_budget::SVMTransactionExecutionCost;

/// Compute units of any instruction of the System program (`DEFAULT_COMPUTE_UNITS` of solana-system-program).
const SYSTEM_UNITS: u64 = 150;
const SYSTEM: &str = "11111111111111111111111111111111";
/// Bytes of the Rent sysvar, which account creation reads.
const RENT_BYTES: u64 = 17;
/// Bytes that follow the seeds of an address into its hash: the bump, the program's address, the marker.
const SEED_TAIL: [usize; 3] = [1, 32, 21];

/// An account that an instruction creates.
pub struct Creation {
    /// Lengths of the seeds of its address.
    pub seeds: Vec<usize>,
    /// Its canonical bump: how often the search for the address had to hash is 256 less this.
    pub bump: u8,
}

/// The floor of an instruction: its calls, with what the called programs report; its signatures by program-derived
/// addresses; the search and the rent of what it creates; its log bytes.
pub fn floor(receipt: &Receipt, signatures: u64, created: &[Creation]) -> u64 {
    let cost = SVMTransactionExecutionCost::default();
    let calls: u64 = receipt
        .consumed()
        .iter()
        .filter(|call| call.depth == 2)
        .map(|call| cost.invoke_units + if call.program == SYSTEM { SYSTEM_UNITS } else { call.units })
        .sum();
    let signatures = signatures * cost.create_program_address_units;
    let creations: u64 = created
        .iter()
        .map(|creation| {
            let bytes = |len: usize| u64::try_from(len).unwrap_or(u64::MAX);
            let hash: u64 = creation
                .seeds
                .iter()
                .chain(&SEED_TAIL)
                .map(|len| cost.mem_op_base_cost.max(cost.sha256_byte_cost * (bytes(*len) / 2)))
                .sum();
            let step = cost.sha256_base_cost + hash + cost.curve25519_edwards_validate_point_cost;
            (256 - u64::from(creation.bump)) * step + cost.sysvar_base_cost + RENT_BYTES
        })
        .sum();
    let logs: u64 = receipt
        .logs
        .iter()
        .filter_map(|line| line.strip_prefix("Program data: "))
        .map(|data| {
            // Base64: four characters for three bytes, less the padding.
            let padding = data.bytes().rev().take_while(|byte| *byte == b'=').count();
            let bytes = data.len() / 4 * 3 - padding;
            2 * cost.syscall_base_cost + u64::try_from(bytes).unwrap_or(u64::MAX)
        })
        .sum();
    calls + signatures + creations + logs
}
