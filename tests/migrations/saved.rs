//! What lies in `migrations/accounts`.

use crate::life::Play;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use harness::{Chain as _, LiteChain, World};
use serde_json::{Value, json};
use solana_account::Account;
use solana_address::Address;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

/// The file of token accounts and mints.
const TOKENS: &str = "tokens";
/// Who needs lamports for what is still to come.
const PEOPLE: [&str; 10] = ["ada", "dora", "gwen", "venue", "otto", "keeper", "vera", "walt", "guardian", "founder"];

/// Every account type's name and first bytes, as the IDL has them.
pub fn types() -> Vec<(String, Vec<u8>)> {
    let idl: Value = serde_json::from_str(include_str!("../../idls/breakwater.json")).expect("the IDL is JSON");
    let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok()).expect("a byte");
    let first_bytes = |account: &Value| account["discriminator"].as_array().expect("bytes").iter().map(byte).collect();
    let accounts = idl["accounts"].as_array().expect("accounts");
    accounts.iter().map(|account| (account["name"].as_str().expect("a name").into(), first_bytes(account))).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../migrations/accounts")
}

/// The folders of all layouts, the oldest first.
pub fn folders() -> BTreeSet<String> {
    let entries = fs::read_dir(root()).expect("migrations/accounts");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect()
}

/// All accounts of the program at a moment, with the tokens beside them.
pub struct Moment {
    now: u64,
    /// By file, then by address.
    files: BTreeMap<String, BTreeMap<String, Account>>,
}

impl Moment {
    /// That of a world as it is.
    pub fn of(world: &mut Play) -> Self {
        let (now, types) = (world.now(), types());
        let mut files = BTreeMap::<String, BTreeMap<String, Account>>::new();
        for owner in [coverage_client::ID, spl_token_interface::ID] {
            for (address, account) in world.chain.owned_by(&owner) {
                let of =
                    types.iter().find(|(_, first)| owner == coverage_client::ID && account.data.starts_with(first));
                let file = of.map_or(TOKENS, |(name, _)| name);
                files.entry(file.into()).or_default().insert(address.to_string(), account);
            }
        }
        Self { now, files }
    }

    /// The types that are in it.
    pub fn types(&self) -> BTreeSet<String> {
        self.files.keys().filter(|file| *file != TOKENS).cloned().collect()
    }

    /// Writes it into a folder.
    pub fn write(&self, folder: &str) {
        let folder = root().join(folder);
        fs::create_dir_all(&folder).expect("the folder");
        for (file, accounts) in &self.files {
            let stored = |account: &Account| {
                json!({
                    "owner": account.owner.to_string(),
                    "lamports": account.lamports,
                    "data": BASE64_STANDARD.encode(&account.data),
                })
            };
            let accounts: BTreeMap<_, _> = accounts.iter().map(|(address, it)| (address, stored(it))).collect();
            let text = format!("{:#}\n", json!({ "now": self.now, "accounts": accounts }));
            fs::write(folder.join(format!("{file}.json")), text).expect("the file is written");
        }
    }

    /// Reads a folder.
    pub fn read(folder: &str) -> Self {
        let mut moment = Self { now: 0, files: BTreeMap::new() };
        for entry in fs::read_dir(root().join(folder)).expect("the folder") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a text");
            let value: Value = serde_json::from_str(&text).expect("JSON");
            let file = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            let accounts = value["accounts"].as_object().expect("accounts");
            let accounts = accounts.iter().map(|(address, it)| (address.clone(), account(it))).collect();
            moment.now = value["now"].as_u64().expect("a time");
            moment.files.insert(file.into(), accounts);
        }
        moment
    }

    /// Today's program on a chain with these accounts, at their time.
    pub fn world(&self) -> Play {
        let mut world = World::on(LiteChain::start());
        world.chain.set_now(self.now);
        for (address, account) in self.files.values().flatten() {
            world.chain.set_account(&address.parse().expect("an address"), account.clone());
        }
        for name in PEOPLE {
            world.give_lamports(name);
        }
        world
    }
}

/// An account as it was stored.
fn account(stored: &Value) -> Account {
    let text = |key: &str| stored[key].as_str().expect("a text");
    Account {
        owner: text("owner").parse::<Address>().expect("an address"),
        lamports: stored["lamports"].as_u64().expect("lamports"),
        data: BASE64_STANDARD.decode(text("data")).expect("base64"),
        ..Account::default()
    }
}
