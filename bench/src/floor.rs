//! What the runtime charges for what an instruction cannot do without, derived from its cost constants.

use harness::Receipt;
use solana_program_runtime::execution_budget::SVMTransactionExecutionCost;

/// Compute units of any instruction of the System program (`DEFAULT_COMPUTE_UNITS` of solana-system-program).
const SYSTEM_UNITS: u64 = 150;
const SYSTEM: &str = "11111111111111111111111111111111";
/// Bytes of the Rent sysvar, which account creation reads.
const RENT_BYTES: u64 = 17;
/// Bytes that follow the seeds of an address into its hash: the bump, the program's address, the marker.
const SEED_TAIL: [usize; 3] = [1, 32, 21];

/// An account whose address an instruction must search for: one that it creates, or one that nothing but its address
/// tells.
pub struct Derived {
    /// Lengths of the seeds of its address.
    pub seeds: Vec<usize>,
    /// Its canonical bump: how often the search for the address had to hash is 256 less this.
    pub bump: u8,
    /// Whether it is created, and its rent asked for.
    pub created: bool,
}

/// The floor of an instruction: its calls, with what the called programs report; the search for addresses and the rent
/// of what it creates; its log bytes. For a signature by a program-derived address within a call the runtime charges
/// nothing.
pub fn derive(receipt: &Receipt, addresses: &[Derived]) -> u64 {
    let cost = SVMTransactionExecutionCost::default();
    let searches: u64 = addresses
        .iter()
        .map(|derived| {
            let hash: u64 = derived
                .seeds
                .iter()
                .chain(&SEED_TAIL)
                .map(|len| cost.mem_op_base_cost.max(cost.sha256_byte_cost * (count(*len) / 2)))
                .sum();
            let step = cost.sha256_base_cost + hash + cost.curve25519_edwards_validate_point_cost;
            let rent = if derived.created { cost.sysvar_base_cost + RENT_BYTES } else { 0 };
            (256 - u64::from(derived.bump)) * step + rent
        })
        .sum();
    let lines = receipt.logs.iter().filter(|line| line.starts_with("Program data: ")).count();
    calls(receipt) + searches + 2 * cost.syscall_base_cost * count(lines) + count(receipt.logged_bytes())
}

/// What an instruction's calls cost, with what the called programs report.
pub fn calls(receipt: &Receipt) -> u64 {
    let cost = SVMTransactionExecutionCost::default();
    let calls = receipt.consumed().into_iter().filter(|call| call.depth == 2);
    calls.map(|call| cost.invoke_units + if call.program == SYSTEM { SYSTEM_UNITS } else { call.units }).sum()
}

fn count(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}
