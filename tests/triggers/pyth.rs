//! Pyth's own bytes: the harness writes them and the program reads them as Pyth's crate does.
//!
//! That crate needs other versions of the Solana crates than the local networks, so what it wrote for these values is
//! kept in a file.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, PYTH_RECEIVER, PriceUpdate, actor, price_product};
use serde_json::Value;
use solana_account::Account;
use solana_address::Address;
use solana_signer::Signer as _;
use std::str::FromStr;

/// An update, and its bytes.
struct Golden {
    update: PriceUpdate,
    write_authority: [u8; 32],
    prev_publish_time: i64,
    ema_price: i64,
    ema_confidence: u64,
    posted_slot: u64,
    bytes: Vec<u8>,
}

fn file() -> Value {
    serde_json::from_str(include_str!("pyth_price_updates.json")).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn number<T: FromStr>(value: &Value) -> T {
    text(value).parse().unwrap_or_else(|_| panic!("{value} is no such number"))
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = text(value);
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal")).collect()
}

fn golden() -> Vec<Golden> {
    let read = |row: &Value| Golden {
        update: PriceUpdate {
            feed: Address::try_from(bytes(&row["feed"]).as_slice()).expect("an address"),
            price: number(&row["price"]),
            confidence: number(&row["confidence"]),
            exponent: row["exponent"].as_i64().and_then(|exponent| exponent.try_into().ok()).expect("an exponent"),
            publish_time: number(&row["publish_time"]),
            signatures: row["signatures"].as_u64().map(|count| count.try_into().expect("a byte")),
        },
        write_authority: bytes(&row["write_authority"]).try_into().expect("an address"),
        prev_publish_time: number(&row["prev_publish_time"]),
        ema_price: number(&row["ema_price"]),
        ema_confidence: number(&row["ema_confidence"]),
        posted_slot: number(&row["posted_slot"]),
        bytes: bytes(&row["bytes"]),
    };
    file()["updates"].as_array().expect("updates").iter().map(read).collect()
}

#[test]
fn the_receiver_is_pyths() {
    assert_eq!(text(&file()["receiver"]), PYTH_RECEIVER.to_string());
}

#[test]
fn the_harness_writes_pyths_bytes() {
    let golden = golden();
    assert_eq!(golden.len(), 11);
    for one in golden {
        assert_eq!(file()["length"], one.bytes.len());
        // What the harness does not choose, at its place: beside that, every byte is the same.
        let shift = usize::from(one.update.signatures.is_some());
        let others = [
            (8, one.write_authority.to_vec()),
            (101 + shift, one.prev_publish_time.to_le_bytes().to_vec()),
            (109 + shift, one.ema_price.to_le_bytes().to_vec()),
            (117 + shift, one.ema_confidence.to_le_bytes().to_vec()),
            (125 + shift, one.posted_slot.to_le_bytes().to_vec()),
        ];
        let mut expected = one.update.data();
        for (offset, field) in others {
            assert_eq!(one.bytes[offset..][..field.len()], field);
            expected[offset..][..field.len()].copy_from_slice(&field);
        }
        assert_eq!(one.bytes, expected, "{:?}", one.update);
    }
}

#[test]
fn the_program_reads_pyths_bytes() {
    let mut read = 0;
    for one in golden() {
        let PriceUpdate { feed, price, confidence, exponent, publish_time, signatures } = one.update;
        let mut world = covered();
        // A product of that feed and exponent, if there can be one.
        let price_params = PriceParams { exponent: exponent.clamp(-18, 0), ..price_product("").price };
        let source = if feed == Address::default() { actor("feed").pubkey() } else { feed };
        let params = ProductParams { trigger_source: source, price: price_params, ..price_product("Golden") };
        world.list_product(2, params).ok();
        if let Ok(time) = u64::try_from(publish_time)
            && time < 1 << 40
        {
            at(&mut world, time.max(2));
        }
        let address = actor("golden").pubkey();
        let account = Account { lamports: 1_825_020, data: one.bytes, owner: PYTH_RECEIVER, ..Account::default() };
        world.chain.set_account(&address, account);
        let observe = ObservePrice { pool: world.pool(), product: world.product(2), price_update: address };
        let receipt = world.send(observe.instruction(), &[]);
        let bad = price <= 0 || publish_time <= 0 || u64::try_from(price).unwrap().checked_add(confidence).is_none();
        if signatures.is_some() {
            receipt.fails(E::PriceNotVerified);
        } else if feed != source {
            receipt.fails(E::WrongFeed);
        } else if !(-18..=0).contains(&exponent) {
            receipt.fails(E::WrongExponent);
        } else if bad {
            receipt.fails(E::BadPrice);
        } else {
            let Event::PriceObserved(event) = only_event(&receipt.ok()) else { panic!("another event") };
            let price = price as u64;
            assert_eq!((event.low, event.high), (price.saturating_sub(confidence), price + confidence));
            assert_eq!(event.published_at, publish_time as u64);
            read += 1;
        }
    }
    assert_eq!(read, 3, "three are prices that can be taken");
}
