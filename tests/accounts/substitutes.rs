//! What is tried in a slot, by the names that the table has for it.
//!
//! | name | in the slot is |
//! | --- | --- |
//! | unsigned, read-only | the right account, without that flag |
//! | other user, other pool, ... | what the same call of that part has there |
//! | =slot | what another slot of the call has |
//! | the pool's vault, ... | that account of the right pool or assembly, where no slot of the call has it |
//! | Pool, Policy, ... | an account of another type of the program |
//! | tokens of another mint, mallory's tokens, mallory's mint | such a token account or mint |
//! | copy, foreign copy | the same bytes elsewhere, under the same owner or under another program |
//! | zeroed, emptied, seized, closed, retyped | the right address, with zeros, without data, under another program, with nothing there, with another type's first bytes: what a revived account could be |
//! | gift, taken, squatted | where an account is to be created: lamports, an account of ours, a token account |
//! | stranger, nothing | a wallet, and an address without an account |
//! | Breakwater (in an optional slot: none), System, Token, Token-2022, Clock | that program or sysvar |

use crate::{idl, life::Good};
use coverage_client::{
    ID, assembly_address, exit_escrow_address, pool_address, share_mint_address, stake_vault_address, vault_address,
};
use harness::{Chain, LiteChain, UNIT, actor, trials::TOKEN_2022};
use solana_account::Account;
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::state::{Account as TokenAccount, Mint};

/// The program of the built-in accounts.
const SYSTEM: Address = Address::new_from_array([0; 32]);
/// The token program.
const TOKEN: Address = spl_token_interface::ID;

/// A call with one thing wrong.
pub struct Substitute {
    /// What it is called in the table.
    pub name: String,
    /// The call.
    pub call: Instruction,
    /// An account that is put on the chain before it.
    pub put: Option<(Address, Account)>,
}

/// An account of every type of the program, as one stood somewhere in the stories.
pub struct Exemplars(Vec<(String, Account)>);

impl Exemplars {
    /// Looks for them; a type that no call touches is all zeros.
    pub fn of(goods: &[Good]) -> Self {
        let find = |discriminator: &[u8]| {
            let mut accounts = goods.iter().flat_map(|good| {
                let chain = std::cell::RefCell::new(good.chain.clone());
                good.call.accounts.iter().filter_map(move |meta| chain.borrow_mut().account(&meta.pubkey))
            });
            accounts.find(|account| account.owner == ID && account.data.starts_with(discriminator))
        };
        let exemplar = |(name, discriminator): (String, Vec<u8>)| {
            let blank = || ours([&discriminator[..], &[0; 1024]].concat());
            let account = find(&discriminator).unwrap_or_else(blank);
            (name, account)
        };
        Self(idl::account_types().into_iter().map(exemplar).collect())
    }

    /// The type of an account of the program.
    fn type_of(&self, account: &Account) -> Option<usize> {
        self.0.iter().position(|(_, exemplar)| account.owner == ID && account.data.starts_with(&exemplar.data[..8]))
    }
}

fn ours(data: Vec<u8>) -> Account {
    Account { lamports: UNIT * 10_000, data, owner: ID, ..Account::default() }
}

/// Everything that is tried in a slot of a call. `slots` are their names.
pub fn all(good: &Good, slot: usize, slots: &[String], exemplars: &Exemplars) -> Vec<Substitute> {
    let chain = &mut good.chain.clone();
    let right = good.call.accounts[slot].pubkey;
    let mut tries = Tries { good, slot, right, list: Vec::new() };
    tries.flags();
    for (name, other) in good.twins.iter().chain(&good.beside) {
        tries.address(name, other.accounts[slot].pubkey);
    }
    for (meta, name) in good.call.accounts.iter().zip(slots) {
        tries.address(&format!("={name}"), meta.pubkey);
    }
    let (pool, assembly) = (
        pool_address(&actor("founder").pubkey(), 0),
        assembly_address(&actor("governance mint").pubkey(), &actor("founder").pubkey()),
    );
    for (name, address) in [
        ("the pool's vault", vault_address(&pool)),
        ("the pool's escrow", exit_escrow_address(&pool, 0)),
        ("the share mint", share_mint_address(&pool, 0)),
        ("the stake vault", stake_vault_address(&assembly)),
    ] {
        if good.call.accounts.iter().all(|meta| meta.pubkey != address) {
            tries.address(name, address);
        }
    }
    let account = chain.account(&right);
    let kind = account.as_ref().and_then(|account| exemplars.type_of(account));
    for (index, (name, exemplar)) in exemplars.0.iter().enumerate() {
        if Some(index) != kind {
            tries.elsewhere(name, exemplar.clone());
        }
    }
    tries.tokens(chain);
    match &account {
        Some(account) if account.executable => {}
        Some(account) => tries.at_its_address(account, exemplars),
        None => tries.where_nothing_is(),
    }
    let stranger = Account { lamports: 10_000 * UNIT, ..Account::default() };
    tries.elsewhere("stranger", stranger);
    tries.address("nothing", actor("nothing").pubkey());
    let clock = Address::from_str_const("SysvarC1ock11111111111111111111111111111111");
    for (name, address) in
        [("Breakwater", ID), ("System", SYSTEM), ("Token", TOKEN), ("Token-2022", TOKEN_2022), ("Clock", clock)]
    {
        tries.address(name, address);
    }
    tries.list
}

/// The list as it grows.
struct Tries<'a> {
    good: &'a Good,
    slot: usize,
    right: Address,
    list: Vec<Substitute>,
}

impl Tries<'_> {
    fn push(&mut self, name: &str, put: Option<(Address, Account)>, change: impl FnOnce(&mut Instruction)) {
        let mut call = self.good.call.clone();
        change(&mut call);
        self.list.push(Substitute { name: name.into(), call, put });
    }

    /// Another address, whatever is there.
    fn address(&mut self, name: &str, address: Address) {
        if address != self.right {
            let (slot, meta) = self.meta(address);
            self.push(name, None, |call| call.accounts[slot] = meta);
        }
    }

    /// The slot with another address. Who fills an optional one that was left empty makes it writable.
    fn meta(&self, address: Address) -> (usize, AccountMeta) {
        let meta = &self.good.call.accounts[self.slot];
        let is_writable = meta.is_writable || self.right == ID;
        (self.slot, AccountMeta { pubkey: address, is_writable, ..meta.clone() })
    }

    /// An account at an address of its own.
    fn elsewhere(&mut self, name: &str, account: Account) {
        let address = actor(&format!("substitute {name}")).pubkey();
        let (slot, meta) = self.meta(address);
        self.push(name, Some((address, account)), |call| call.accounts[slot] = meta);
    }

    /// The right address, with something else there.
    fn instead(&mut self, name: &str, account: Account) {
        self.push(name, Some((self.right, account)), |_| {});
    }

    /// The right account, without its signature, or read-only.
    fn flags(&mut self) {
        let (right, meta) = (self.right, self.good.call.accounts[self.slot].clone());
        // A flag of one slot holds in every slot with the same address.
        let metas = |call: &mut Instruction, change: fn(&mut AccountMeta)| {
            call.accounts.iter_mut().filter(|meta| meta.pubkey == right).for_each(change);
        };
        if meta.is_signer {
            self.push("unsigned", None, |call| metas(call, |meta| meta.is_signer = false));
        }
        if meta.is_writable {
            self.push("read-only", None, |call| metas(call, |meta| meta.is_writable = false));
        }
    }

    /// Copies of the right account, and what else could be at its own address.
    fn at_its_address(&mut self, account: &Account, exemplars: &Exemplars) {
        // Both token programs read the same bytes.
        let foreign = match account.owner {
            owner if owner == TOKEN => TOKEN_2022,
            _ => TOKEN,
        };
        if !account.data.is_empty() {
            self.elsewhere("copy", account.clone());
            self.elsewhere("foreign copy", Account { owner: foreign, ..account.clone() });
            self.instead("zeroed", Account { data: vec![0; account.data.len()], ..account.clone() });
            self.instead("emptied", Account { data: Vec::new(), ..account.clone() });
        }
        self.instead("seized", Account { owner: foreign, ..account.clone() });
        self.instead("closed", Account::default());
        if let Some(kind) = exemplars.type_of(account) {
            let (_, other) = &exemplars.0[(kind + 1) % exemplars.0.len()];
            let data = [&other.data[..8], &account.data[8..]].concat();
            self.instead("retyped", Account { data, ..account.clone() });
        }
    }

    /// What could be at an address where an account is about to be created.
    fn where_nothing_is(&mut self) {
        self.instead("gift", Account { lamports: 1, ..Account::default() });
        self.instead("taken", ours(vec![0; 1024]));
        self.instead("squatted", Account { owner: TOKEN, ..ours(vec![0; TokenAccount::LEN]) });
    }

    /// Token accounts and mints: like the right one, except for one thing.
    fn tokens(&mut self, chain: &mut LiteChain) {
        let [asset, governance, mallory] =
            ["asset mint", "governance mint", "mallory"].map(|name| actor(name).pubkey());
        let right = chain.account(&self.right).filter(|account| account.owner == TOKEN);
        let right = right.and_then(|account| TokenAccount::unpack(&account.data).ok());
        let signer = self.good.call.accounts.iter().find(|meta| meta.is_signer).map(|meta| meta.pubkey);
        let mine =
            chain.account(&coverage_client::token_account_address(&actor("dora").pubkey(), &asset)).expect("dora's");
        let base = TokenAccount {
            mint: asset,
            owner: signer.unwrap_or(mallory),
            ..TokenAccount::unpack(&mine.data).expect("a token account")
        };
        let base = right.unwrap_or(base);
        let mint = if base.mint == asset { governance } else { asset };
        for (name, state) in [
            ("tokens of another mint", TokenAccount { mint, ..base }),
            ("mallory's tokens", TokenAccount { owner: mallory, ..base }),
        ] {
            let mut account = Account { data: vec![0; TokenAccount::LEN], ..mine.clone() };
            state.pack_into_slice(&mut account.data);
            self.elsewhere(name, account);
        }
        let mut account = chain.account(&asset).expect("the asset's mint");
        let state = Mint { mint_authority: Some(mallory).into(), ..Mint::unpack(&account.data).expect("a mint") };
        state.pack_into_slice(&mut account.data);
        self.elsewhere("mallory's mint", account);
    }
}
