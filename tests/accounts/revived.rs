//! What an instruction closes stays closed, though somebody sends lamports to it before the transaction ends.

use crate::{goods, outcome, title};
use coverage_client::ID;
use harness::Chain as _;
use solana_address::Address;
use solana_signer::Signer as _;

#[test]
fn nothing_that_is_closed_comes_back() {
    let mut closing = 0;
    for (declared, good) in goods() {
        let mut chain = good.chain.clone();
        let is_ours = |account: Option<solana_account::Account>| account.is_some_and(|account| account.owner == ID);
        let ours: Vec<Address> = good.call.accounts.iter().map(|meta| meta.pubkey).collect();
        let ours: Vec<_> = ours.into_iter().filter(|address| is_ours(chain.account(address))).collect();
        chain.send_signed_by_all(std::slice::from_ref(&good.call)).ok();
        let closed: Vec<_> = ours.into_iter().filter(|address| !is_ours(chain.account(address))).collect();
        for address in &closed {
            let bank = good.chain.bank().pubkey();
            let gift = solana_system_interface::instruction::transfer(&bank, address, 100_000_000);
            let mut chain = good.chain.clone();
            chain.send_signed_by_all(&[good.call.clone(), gift.clone()]).ok();
            let left = chain.account(address).expect("the lamports");
            assert_eq!((left.owner, left.data.len()), (Address::default(), 0), "{}", title(&declared, good));
            // Nor does it serve a second time.
            let again = good.chain.clone().send_signed_by_all(&[good.call.clone(), gift, good.call.clone()]);
            assert_eq!(outcome::name(&again), "AccountDataTooSmall", "{}", title(&declared, good));
        }
        closing += closed.len();
    }
    assert_ne!(closing, 0, "nothing is closed");
}
