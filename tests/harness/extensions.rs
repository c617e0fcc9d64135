//! Mints of Token-2022 with extensions, by that program's own initialisers.

use crate::{Chain, Receipt, World, trials::TOKEN_2022};
use metadata_pointer::MetadataPointer;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_signer::Signer as _;
use spl_token_2022_interface::{
    extension::{
        BaseStateWithExtensions as _, ExtensionType as E, StateWithExtensions, confidential_mint_burn,
        confidential_transfer, confidential_transfer_fee, default_account_state, group_member_pointer, group_pointer,
        interest_bearing_mint, metadata_pointer, pausable, permissioned_burn, scaled_ui_amount, transfer_fee,
        transfer_hook,
    },
    instruction as token,
    state::{AccountState, Mint},
};
use spl_token_metadata_interface::state::TokenMetadata;

/// Extensions that Token-2022 makes room for itself, once the mint is there.
const LATER: [E; 3] = [E::TokenMetadata, E::TokenGroup, E::TokenGroupMember];

/// Gives a mint an extension whose authority is `authority`: ahead of the mint itself, but for [`LATER`] ones.
///
/// # Panics
/// For an extension that no mint has.
#[must_use]
pub fn initialiser(kind: E, mint: &Address, authority: &Address, group: &Address) -> Instruction {
    let (program, somebody) = (&TOKEN_2022, Some(*authority));
    let built = match kind {
        E::TransferFeeConfig => transfer_fee::instruction::initialize_transfer_fee_config(
            program,
            mint,
            Some(authority),
            Some(authority),
            100,
            u64::MAX,
        ),
        E::MintCloseAuthority => token::initialize_mint_close_authority(program, mint, Some(authority)),
        E::ConfidentialTransferMint => {
            confidential_transfer::instruction::initialize_mint(program, mint, somebody, true, None)
        }
        E::ConfidentialTransferFeeConfig => {
            confidential_transfer_fee::instruction::initialize_confidential_transfer_fee_config(
                program,
                mint,
                somebody,
                &Default::default(),
            )
        }
        E::ConfidentialMintBurn => confidential_mint_burn::instruction::initialize_mint(
            program,
            mint,
            &Default::default(),
            &Default::default(),
        ),
        E::DefaultAccountState => default_account_state::instruction::initialize_default_account_state(
            program,
            mint,
            &AccountState::Initialized,
        ),
        E::NonTransferable => token::initialize_non_transferable_mint(program, mint),
        E::InterestBearingConfig => interest_bearing_mint::instruction::initialize(program, mint, somebody, 500),
        E::PermanentDelegate => token::initialize_permanent_delegate(program, mint, authority),
        E::TransferHook => transfer_hook::instruction::initialize(program, mint, somebody, Some(coverage_client::ID)),
        E::MetadataPointer => metadata_pointer::instruction::initialize(program, mint, somebody, Some(*mint)),
        E::GroupPointer => group_pointer::instruction::initialize(program, mint, somebody, Some(*mint)),
        E::GroupMemberPointer => group_member_pointer::instruction::initialize(program, mint, somebody, Some(*mint)),
        E::ScaledUiAmount => scaled_ui_amount::instruction::initialize(program, mint, somebody, 1.25),
        E::Pausable => pausable::instruction::initialize(program, mint, authority),
        E::PermissionedBurn => permissioned_burn::instruction::initialize(program, mint, authority),
        E::TokenMetadata => Ok(spl_token_metadata_interface::instruction::initialize(
            program,
            mint,
            authority,
            mint,
            authority,
            "Dollar".into(),
            "USDX".into(),
            "https://example.org/usdx.json".into(),
        )),
        E::TokenGroup => {
            Ok(spl_token_group_interface::instruction::initialize_group(program, mint, mint, authority, somebody, 9))
        }
        E::TokenGroupMember => Ok(spl_token_group_interface::instruction::initialize_member(
            program, mint, mint, authority, group, authority,
        )),
        other => panic!("no mint has {other:?}"),
    };
    built.expect("valid instruction")
}

impl<C: Chain> World<C> {
    /// Creates a mint of Token-2022 at the actor key `name` with these extensions, in this order, of six decimals. The
    /// bank may do all that can be done with it. A member of a group is one of the actor key "group".
    pub fn create_extended_mint(&mut self, name: &str, kinds: &[E]) -> Receipt {
        let (bank, mint, group) = (self.chain.bank().pubkey(), self.key(name), self.key("group"));
        let init = |kind: &E| initialiser(*kind, &mint, &bank, &group);
        let (later, first): (Vec<E>, Vec<E>) = kinds.iter().partition(|kind| LATER.contains(kind));
        let before = first.iter().map(init).collect();
        let after = later.iter().map(init).collect();
        self.create_mint_with(name, &first, before, after)
    }

    /// Creates a mint of Token-2022 with room for some extensions, and these instructions around its initialisation.
    pub fn create_mint_with(
        &mut self,
        name: &str,
        room_for: &[E],
        before: Vec<Instruction>,
        after: Vec<Instruction>,
    ) -> Receipt {
        let (bank, mint) = (self.chain.bank().pubkey(), self.key(name));
        let size = E::try_calculate_account_len::<Mint>(room_for).expect("extensions of a mint");
        let create =
            solana_system_interface::instruction::create_account(&bank, &mint, 10_000_000, size as u64, &TOKEN_2022);
        let init = token::initialize_mint2(&TOKEN_2022, &mint, &bank, Some(&bank), 6).expect("valid instruction");
        let all: Vec<_> = std::iter::once(create).chain(before).chain([init]).chain(after).collect();
        self.send_all(&all, &[name])
    }

    /// A mint of shares of Token-2022, and what wallets show of it. Asserts that it has these two extensions alone, both in the
    /// pool's hands, and the rent for them.
    ///
    /// # Panics
    /// When it is another one.
    pub fn read_named_mint(&mut self, address: &Address) -> (Mint, TokenMetadata) {
        let pool = self.pool();
        let account = self.chain.account(address).expect("a mint");
        assert_eq!(account.owner, TOKEN_2022);
        let exempt = (128 + account.data.len() as u64) * 3_480 * 2;
        assert!(account.lamports >= exempt, "the mint is exempt from rent");
        let mint = StateWithExtensions::<Mint>::unpack(&account.data).expect("a mint");
        assert_eq!(mint.get_extension_types(), Ok(vec![E::MetadataPointer, E::TokenMetadata]));
        let of = |address: &Address| Some(*address).try_into().expect("not zero");
        let pointer = mint.get_extension::<MetadataPointer>().expect("a pointer");
        assert_eq!((pointer.authority, pointer.metadata_address), (of(&pool), of(address)));
        let metadata = mint.get_variable_len_extension::<TokenMetadata>().expect("metadata");
        assert_eq!((metadata.update_authority, metadata.mint), (of(&pool), *address));
        assert!(metadata.additional_metadata.is_empty());
        assert_eq!((mint.base.mint_authority, mint.base.freeze_authority), (Some(pool).into(), None.into()));
        (mint.base, metadata)
    }
}
