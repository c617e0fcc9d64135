use crate::Receipt;
use coverage_client::ZeroCopy;
use solana_account::Account;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_keypair::Keypair;

/// A chain that runs the bytecode.
pub trait Chain {
    /// Runs the instructions as one transaction; the first signer pays the fee.
    fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Receipt;

    /// An account, if it exists.
    fn account(&mut self, address: &Address) -> Option<Account>;

    /// Replaces an account: for states that no instruction can reach.
    fn set_account(&mut self, address: &Address, account: Account);

    /// Unix seconds of the Clock sysvar.
    fn now(&mut self) -> u64;

    /// Sets the Clock sysvar.
    fn set_now(&mut self, unix_seconds: u64);

    /// A key with plenty of lamports.
    fn bank(&self) -> Keypair;

    /// An account of the program, decoded.
    ///
    /// # Panics
    /// When it does not exist or is of another type.
    fn read<T: ZeroCopy>(&mut self, address: &Address) -> T {
        let account = self.account(address).unwrap_or_else(|| panic!("no {} at {address}", T::NAME));
        assert_eq!(account.owner, coverage_client::ID, "{address} is not the program's");
        assert_eq!(account.data.len(), T::SIZE, "{} has another size", T::NAME);
        T::decode(&account.data).unwrap_or_else(|| panic!("{address} is no {}", T::NAME))
    }
}

/// The bytecode under test.
///
/// # Panics
/// When it has not been built.
#[must_use]
pub fn bytecode() -> Vec<u8> {
    bytecode_of("breakwater")
}

/// The bytecode of a program of `programs/`, by its library's name.
///
/// # Panics
/// When it has not been built.
#[must_use]
pub fn bytecode_of(library: &str) -> Vec<u8> {
    let folder = std::env::var("SBF_OUT_DIR").unwrap_or_else(|_| "target/deploy".into());
    let path = std::path::Path::new(&folder).join(format!("{library}.so"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask build` first", path.display()))
}

/// When the worlds begin: 2027-01-01 00:00:00 UTC plus seven hours, so that nothing starts on a day boundary.
pub const START: u64 = 1_798_761_600 + 7 * 3_600;
