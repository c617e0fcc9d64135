//! The addresses that the program derives: the seeds of each, once.
//!
//! The program's account constraints, the Rust client's functions and the TypeScript client's (through [`TABLE`]) all come
//! from here.

#[cfg(feature = "addresses")]
use solana_address::Address;

/// A part of an address after its first seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedPart {
    /// What it is.
    pub name: &'static str,
    /// Its type: `Address`, or a little-endian integer.
    pub kind: &'static str,
}

/// How an address is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// What lies there.
    pub doc: &'static str,
    /// Its name: that of the function without `_address`.
    pub name: &'static str,
    /// The first seed.
    pub seed: &'static str,
    /// The others.
    pub parts: &'static [SeedPart],
    /// Of an address that is no program-derived one, but the System program's of a base and a seed: the part that is the base. The
    /// other one is the seed, without the highest bit of each byte: a seed is text.
    pub base: Option<&'static str>,
}

/// The seed that stands for `address` in an address of a base and a seed, which is text: its bytes without their highest bits. The 224
/// that are left say as much as anyone can find two addresses for.
#[must_use]
pub fn text_seed(address: &solana_address::Address) -> [u8; 32] {
    address.to_bytes().map(|byte| byte & 0x7f)
}

/// A seed as its bytes.
#[cfg(feature = "addresses")]
trait Seed {
    /// The bytes.
    type Bytes: AsRef<[u8]>;
    /// The bytes.
    fn bytes(&self) -> Self::Bytes;
}

#[cfg(feature = "addresses")]
macro_rules! integers {
    ($($integer:ty),*) => {
        $(impl Seed for $integer {
            type Bytes = [u8; size_of::<$integer>()];

            fn bytes(&self) -> Self::Bytes {
                self.to_le_bytes()
            }
        })*
    };
}

#[cfg(feature = "addresses")]
integers!(u8, u16, u32, u64);

#[cfg(feature = "addresses")]
impl Seed for &Address {
    type Bytes = [u8; 32];

    fn bytes(&self) -> Self::Bytes {
        self.to_bytes()
    }
}

/// The type of a part, as a function takes it.
#[cfg(feature = "addresses")]
macro_rules! parameter {
    (Address) => {
        &Address
    };
    ($integer:ident) => {
        $integer
    };
}

macro_rules! derivations {
    (
        $(#[doc = $doc:literal] $constant:ident $function:ident = $seed:literal, $($part:ident: $kind:ident),+;)*
        with_seed: $(#[doc = $seeded_doc:literal] $seeded:ident = $base:ident, $text:ident;)*
    ) => {
        $(
            #[doc = concat!("First seed.", $doc)]
            pub const $constant: &[u8] = $seed.as_bytes();

            #[doc = concat!("The address:", $doc)]
            #[cfg(feature = "addresses")]
            #[must_use]
            pub fn $function($($part: parameter!($kind)),+) -> Address {
                Address::find_program_address(&[$constant, $($part.bytes().as_ref()),+], &crate::ID).0
            }
        )*

        $(
            #[doc = concat!("The address:", $seeded_doc)]
            #[cfg(feature = "addresses")]
            #[must_use]
            pub fn $seeded($text: &Address, $base: &Address) -> Address {
                let seed = text_seed($text);
                let seed = core::str::from_utf8(&seed).unwrap_or_default();
                Address::create_with_seed($base, seed, &crate::ID).unwrap_or_default()
            }
        )*

        /// All of them.
        pub const TABLE: &[Derivation] = &[
            $(Derivation {
                doc: $doc,
                name: stringify!($function),
                seed: $seed,
                parts: &[$(SeedPart { name: stringify!($part), kind: stringify!($kind) }),+],
                base: None,
            },)*
            $(Derivation {
                doc: $seeded_doc,
                name: stringify!($seeded),
                seed: "",
                parts: &[
                    SeedPart { name: stringify!($text), kind: "Address" },
                    SeedPart { name: stringify!($base), kind: "Address" },
                ],
                base: Some(stringify!($base)),
            },)*
        ];
    };
}

derivations! {
    /// Assembly of a governance mint and its creator.
    ASSEMBLY assembly_address = "assembly", governance_mint: Address, creator: Address;
    /// Token account that holds an assembly's stakes.
    STAKE_VAULT stake_vault_address = "stake_vault", assembly: Address;
    /// Voter account of an owner in an assembly.
    VOTER voter_address = "voter", assembly: Address, owner: Address;
    /// Ballot on a subject, which is the account that is voted on.
    BALLOT ballot_address = "ballot", subject: Address;
    /// Pool number `id` of its creator.
    POOL pool_address = "pool", creator: Address, id: u64;
    /// Token account that holds a pool's assets.
    VAULT vault_address = "vault", pool: Address;
    /// Mint of a pool's LP shares: 0 the first, one more each time they were renewed.
    SHARE_MINT share_mint_address = "shares", pool: Address, generation: u32;
    /// Token account that holds a pool's shares on their way out.
    EXIT_ESCROW exit_escrow_address = "exit_escrow", pool: Address, generation: u32;
    /// Shares of a generation that were retired.
    RETIRED retired_address = "retired", pool: Address, generation: u32;
    /// Product number `index` of a pool.
    PRODUCT product_address = "product", pool: Address, index: u16;
    /// Policy number `id` of its payer.
    POLICY policy_address = "policy", product: Address, payer: Address, id: u64;
    /// Exit epoch of a pool by its number.
    EXIT_EPOCH exit_epoch_address = "exit_epoch", pool: Address, number: u64;
    /// Exit ticket number `id` of its owner.
    EXIT_TICKET exit_ticket_address = "exit_ticket", pool: Address, owner: Address, id: u64;
    /// Incident number `index` of a product.
    INCIDENT incident_address = "incident", product: Address, index: u32;
    /// Claim of a policy in an incident.
    CLAIM claim_address = "claim", incident: Address, policy: Address;
    /// Change number `id` of a pool by its proposer.
    CHANGE change_address = "change", pool: Address, proposer: Address, id: u64;

    with_seed:
    /// Record of a voter's vote in a ballot: of the voter and the ballot, so that nobody has to search for it.
    vote_record_address = voter, ballot;
}
