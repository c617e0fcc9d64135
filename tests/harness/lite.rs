use crate::{Chain, Receipt, START, actor};
use litesvm::LiteSVM;
use solana_account::Account;
use solana_address::Address;
use solana_clock::Clock;
use solana_instruction::Instruction;
use solana_keypair::Keypair;
use solana_message::Message;
use solana_signer::Signer;
use solana_transaction::Transaction;

/// LiteSVM with the bytecode loaded: no signatures checked, no blocks, thousands of runs a second.
///
/// A clone goes its own way from here: each thing that could happen next can be tried on one.
#[derive(Clone)]
pub struct LiteChain {
    svm: LiteSVM,
}

impl LiteChain {
    /// Starts a chain.
    ///
    /// # Panics
    /// When the bytecode has not been built.
    #[must_use]
    pub fn start() -> Self {
        let mut svm = LiteSVM::new().with_sigverify(false).with_transaction_history(0);
        svm.add_program(coverage_client::ID, &crate::bytecode()).expect("the bytecode loads");
        svm.airdrop(&actor("bank").pubkey(), 500_000_000_000_000).expect("the faucet pays");
        let mut chain = Self { svm };
        chain.set_now(START);
        chain
    }
}

impl LiteChain {
    /// Loads another program of `programs/`, by its library's name.
    ///
    /// # Panics
    /// When it has not been built.
    pub fn add_program(&mut self, id: &Address, library: &str) {
        self.svm.add_program(*id, &crate::bytecode_of(library)).expect("the bytecode loads");
    }

    /// All accounts of an owner.
    #[must_use]
    pub fn owned_by(&self, owner: &Address) -> Vec<(Address, Account)> {
        self.svm.get_program_accounts(owner)
    }

    /// Tries an instruction, signed by all of whom it asks it, and changes nothing. After a success, with the accounts as
    /// they would be.
    #[must_use]
    pub fn try_out(&self, instruction: &Instruction) -> (Receipt, Vec<(Address, Account)>) {
        match self.svm.simulate_transaction(self.signed_by_all(std::slice::from_ref(instruction))) {
            Ok(done) => {
                let accounts = done.post_accounts.into_iter().map(|(address, account)| (address, account.into()));
                (Receipt { result: Ok(()), logs: done.meta.logs }, accounts.collect())
            }
            Err(failed) => (Receipt { result: Err(failed.err), logs: failed.meta.logs }, Vec::new()),
        }
    }

    /// Sends instructions as one transaction, signed by all of whom they ask it.
    pub fn send_signed_by_all(&mut self, instructions: &[Instruction]) -> Receipt {
        let transaction = self.signed_by_all(instructions);
        self.receipt(transaction)
    }

    /// Nobody checks signatures here, so anybody can be said to sign; the bank pays the fee.
    fn signed_by_all(&self, instructions: &[Instruction]) -> Transaction {
        let mut message = Message::new(instructions, Some(&self.bank().pubkey()));
        message.recent_blockhash = self.svm.latest_blockhash();
        Transaction::new_unsigned(message)
    }

    fn receipt(&mut self, transaction: Transaction) -> Receipt {
        match self.svm.send_transaction(transaction) {
            Ok(done) => Receipt { result: Ok(()), logs: done.logs },
            Err(failed) => Receipt { result: Err(failed.err), logs: failed.meta.logs },
        }
    }
}

impl Chain for LiteChain {
    fn send(&mut self, instructions: &[Instruction], signers: &[&Keypair]) -> Receipt {
        let payer = signers.first().map(|signer| signer.pubkey());
        let transaction = Transaction::new_signed_with_payer(
            instructions,
            payer.as_ref(),
            &signers.to_vec(),
            self.svm.latest_blockhash(),
        );
        self.receipt(transaction)
    }

    fn account(&mut self, address: &Address) -> Option<Account> {
        self.svm.get_account(address)
    }

    fn set_account(&mut self, address: &Address, account: Account) {
        self.svm.set_account(*address, account).expect("the account is sound");
    }

    fn now(&mut self) -> u64 {
        u64::try_from(self.svm.get_sysvar::<Clock>().unix_timestamp).expect("a time after 1970")
    }

    fn set_now(&mut self, unix_seconds: u64) {
        let mut clock: Clock = self.svm.get_sysvar();
        clock.unix_timestamp = i64::try_from(unix_seconds).expect("a time that fits");
        self.svm.set_sysvar(&clock);
    }

    fn bank(&self) -> Keypair {
        actor("bank")
    }
}
