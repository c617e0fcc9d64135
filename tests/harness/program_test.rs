use crate::{Chain, Receipt, START};
use solana_account::{Account, AccountSharedData};
use solana_address::Address;
use solana_clock::Clock;
use solana_compute_budget_interface::ComputeBudgetInstruction;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_program_test::{ProgramTest, ProgramTestContext};
use solana_signer::Signer;
use solana_transaction::Transaction;
use tokio::runtime::{Builder, Runtime};

/// solana-program-test with the bytecode loaded, driven from blocking code.
pub struct ProgramTestChain {
    // Dropped in this order: the context's tasks end before their runtime.
    context: ProgramTestContext,
    runtime: Runtime,
    sent: u32,
}

impl ProgramTestChain {
    /// Starts a chain.
    ///
    /// # Panics
    /// When the bytecode has not been built.
    #[must_use]
    pub fn start() -> Self {
        // program-test falls back to a native processor without a word when it finds no bytecode.
        let _ = crate::bytecode();
        // One thread: program-test's bank freezes under its own feet on a multi-threaded runtime.
        let runtime = Builder::new_current_thread().enable_all().build().expect("start tokio");
        let mut test = ProgramTest::default();
        test.prefer_bpf(true);
        test.add_program("breakwater", coverage_client::ID, None);
        let context = runtime.block_on(test.start_with_context());
        let mut chain = Self { context, runtime, sent: 0 };
        chain.set_now(START);
        chain
    }
}

impl Chain for ProgramTestChain {
    fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Receipt {
        // A limit that is never the same makes every transaction another one, so that none passes for a repetition.
        self.sent += 1;
        let limit = ComputeBudgetInstruction::set_compute_unit_limit(1_400_000 - self.sent);
        let instructions: Vec<_> = std::iter::once(limit).chain(instructions.iter().cloned()).collect();
        let payer = signers.first().map(|signer| signer.pubkey());
        // The one that the bank began with is too old after a minute or so.
        let blockhash =
            self.runtime.block_on(self.context.banks_client.get_latest_blockhash()).expect("the bank answers");
        let transaction =
            Transaction::new_signed_with_payer(&instructions, payer.as_ref(), &signers.to_vec(), blockhash);
        let outcome = self
            .runtime
            .block_on(self.context.banks_client.process_transaction_with_metadata(transaction))
            .expect("the bank answers");
        let logs = outcome.metadata.map(|metadata| metadata.log_messages).unwrap_or_default();
        Receipt { result: outcome.result, logs }
    }

    fn account(&mut self, address: &Address) -> Option<Account> {
        self.runtime.block_on(self.context.banks_client.get_account(*address)).expect("the bank answers")
    }

    fn set_account(&mut self, address: &Address, account: Account) {
        self.context.set_account(address, &AccountSharedData::from(account));
    }

    fn now(&mut self) -> u64 {
        let clock: Clock = self.runtime.block_on(self.context.banks_client.get_sysvar()).expect("the bank has a clock");
        u64::try_from(clock.unix_timestamp).expect("a time after 1970")
    }

    fn set_now(&mut self, unix_seconds: u64) {
        let mut clock: Clock =
            self.runtime.block_on(self.context.banks_client.get_sysvar()).expect("the bank has a clock");
        clock.unix_timestamp = i64::try_from(unix_seconds).expect("a time that fits");
        self.context.set_sysvar(&clock);
    }

    fn bank(&self) -> Keypair {
        self.context.payer.insecure_clone()
    }
}
