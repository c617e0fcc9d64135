use base64::{Engine, engine::general_purpose::STANDARD};
use borsh::BorshDeserialize;
use coverage_client::{BreakwaterError, Event, ID, Quote};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_transaction_error::TransactionError;

/// What became of a transaction.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Success, or why not.
    pub result: Result<(), TransactionError>,
    /// Its log lines.
    pub logs: Vec<String>,
}

impl Receipt {
    /// Whether it failed.
    #[must_use]
    pub fn is_err(&self) -> bool {
        self.result.is_err()
    }

    /// Asserts success.
    ///
    /// # Panics
    /// With the logs, when it failed.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.result.is_ok(), "{:?}\n{}", self.result, self.logs.join("\n"));
        self
    }

    /// Asserts that the program refused with exactly this error.
    #[track_caller]
    pub fn fails(self, error: BreakwaterError) {
        self.fails_with(InstructionError::Custom(error.code()));
    }

    /// Asserts that an instruction failed with exactly this error.
    #[track_caller]
    pub fn fails_with(self, error: InstructionError) {
        match self.result {
            Err(TransactionError::InstructionError(_, found)) => {
                let name = |error: &InstructionError| match error {
                    InstructionError::Custom(code) => BreakwaterError::from_code(*code)
                        .map_or_else(|| format!("custom error {code}"), |error| format!("{error:?}")),
                    other => format!("{other:?}"),
                };
                assert_eq!(name(&found), name(&error), "wrong error\n{}", self.logs.join("\n"));
            }
            other => panic!("expected {error:?}, found {other:?}\n{}", self.logs.join("\n")),
        }
    }

    /// Compute units that Breakwater's top-level instructions took, what they called included.
    #[must_use]
    pub fn units(&self) -> u64 {
        self.units_of(&ID)
    }

    /// Compute units that a program's top-level instructions took, what they called included.
    #[must_use]
    pub fn units_of(&self, program: &Address) -> u64 {
        let program = program.to_string();
        let calls = self.consumed().into_iter().filter(|call| call.depth == 1 && call.program == program);
        calls.map(|call| call.units).sum()
    }

    /// Bytes that were logged as events.
    #[must_use]
    pub fn logged_bytes(&self) -> usize {
        let data = self.logs.iter().filter_map(|line| line.strip_prefix("Program data: "));
        // Base64: four characters for three bytes, less the padding.
        data.map(|data| data.len() / 4 * 3 - data.bytes().rev().take_while(|byte| *byte == b'=').count()).sum()
    }

    /// Compute units of every call, in the order in which they ended.
    #[must_use]
    pub fn consumed(&self) -> Vec<Call> {
        let mut depth = 0;
        let mut calls = Vec::new();
        for line in &self.logs {
            let Some(rest) = line.strip_prefix("Program ") else { continue };
            let words: Vec<_> = rest.split(' ').collect();
            match words.as_slice() {
                [_, "invoke", level] => {
                    depth = level.trim_matches(['[', ']']).parse().unwrap_or(0);
                    // Builtin programs report no units of their own.
                    calls.push(Call { program: words[0].into(), depth, units: 0 });
                }
                [program, "consumed", units, ..] => {
                    let units = units.parse().unwrap_or(0);
                    if let Some(call) =
                        calls.iter_mut().rev().find(|call| call.program == *program && call.depth == depth)
                    {
                        call.units = units;
                    }
                }
                [_, "success"] | [_, "failed:", ..] => depth -= 1,
                _ => {}
            }
        }
        calls
    }

    /// The program's events.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        coverage_client::events(&self.logs)
    }

    /// What `quote_cover` returned.
    ///
    /// # Panics
    /// When nothing was returned.
    #[must_use]
    pub fn quote(&self) -> Quote {
        let prefix = format!("Program return: {ID} ");
        let data = self.logs.iter().find_map(|line| line.strip_prefix(&prefix)).expect("return data");
        let bytes = STANDARD.decode(data).expect("base64");
        Quote::try_from_slice(&bytes).expect("a quote")
    }
}

/// One call of a program within a transaction.
#[derive(Clone, Debug)]
pub struct Call {
    /// The program, base58.
    pub program: String,
    /// 1 for an instruction of the transaction, 2 for what it called.
    pub depth: usize,
    /// Compute units it took, what it called included; 0 for builtin programs, which report none.
    pub units: u64,
}
