//! A pool whose asset and whose assembly's token are both of Token-2022, with extensions: every command finds the token
//! program, the associated accounts and the balances by itself.

use crate::net::{Net, text};
use breakwater_localnet::{demo, key};
use coverage_client::{At, Pool, TOKEN_2022, build, rpc::Client, token_account_address_of};
use solana_address::Address;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, interest_bearing_mint, metadata_pointer, scaled_ui_amount},
    instruction as token,
    state::Mint,
};

const TOKEN: u64 = 1_000_000;
/// Lamports for a mint with room for its metadata.
const RENT: u64 = 10_000_000;

/// Creates a mint of Token-2022 with metadata, bearing interest or shown in other units, and gives people some.
fn create_mint(client: &Client, name: &str, second: ExtensionType, owners: &[&str]) -> Address {
    let (faucet, mint_key) = (demo::faucet(), key(name));
    let (payer, mint) = (faucet.pubkey(), mint_key.pubkey());
    let kinds = [ExtensionType::MetadataPointer, second];
    let size = ExtensionType::try_calculate_account_len::<Mint>(&kinds).expect("extensions of a mint");
    let size = u64::try_from(size).expect("a size");
    let second = match second {
        ExtensionType::InterestBearingConfig => {
            interest_bearing_mint::instruction::initialize(&TOKEN_2022, &mint, Some(payer), 500)
        }
        _ => scaled_ui_amount::instruction::initialize(&TOKEN_2022, &mint, Some(payer), 2.5),
    };
    let pointer = metadata_pointer::instruction::initialize(&TOKEN_2022, &mint, Some(payer), Some(mint));
    let metadata = spl_token_metadata_interface::instruction::initialize(
        &TOKEN_2022,
        &mint,
        &payer,
        &mint,
        &payer,
        name.into(),
        "T22".into(),
        "https://example.org/t22.json".into(),
    );
    let create = [
        solana_system_interface::instruction::create_account(&payer, &mint, RENT, size, &TOKEN_2022),
        pointer.expect("valid instruction"),
        second.expect("valid instruction"),
        token::initialize_mint2(&TOKEN_2022, &mint, &payer, None, 6).expect("valid instruction"),
        metadata,
    ];
    client.send(&create, &[&faucet, &mint_key]).expect("the mint is created");
    for owner in owners {
        let owner = key(owner).pubkey();
        let account = token_account_address_of(&owner, &mint, &TOKEN_2022);
        let give = [
            build::open_token_account(&payer, &owner, &mint, &TOKEN_2022),
            token::mint_to(&TOKEN_2022, &mint, &account, &payer, &[], 1_000_000 * TOKEN).expect("valid instruction"),
        ];
        client.send(&give, &[&faucet]).expect("the tokens are minted");
    }
    mint
}

/// The pool's life: founded, filled, sold, reported, disputed, paid, topped up, arbitrated, and left.
pub fn a_pool_of_token_2022_lives(net: &Net) {
    let client = net.client();
    let people = ["ada", "ben", "dora", "otto", "vera", "walt"];
    let asset = create_mint(&client, "dollar of 2022", ExtensionType::InterestBearingConfig, &people);
    let governance = create_mint(&client, "vote of 2022", ExtensionType::ScaledUiAmount, &people);
    let ben = key("ben").pubkey().to_string();

    let assembly = net.json("ben", &["assembly", "create", &governance.to_string()]);
    let assembly = text(&assembly, "assembly");
    let (asset_text, arbiter) = (asset.to_string(), ["--arbiter", &ben, "--id", "1", "--stake-floor", "2000"]);
    let create = ["pool", "create", "--asset", &asset_text, "--assembly", assembly, "--share-program", "spl-token"];
    let created = net.json("ben", &[&create[..], &arbiter].concat());
    let again = net.refused("ben", &[&create[..], &arbiter].concat());
    assert!(text(&again, "error").contains("--id takes another number"), "{again}");
    let pool = text(&created, "pool");
    let on = |arguments: &[&'static str]| -> Vec<String> {
        [arguments, &["--pool"]].concat().into_iter().map(Into::into).chain([pool.to_owned()]).collect()
    };
    let run = |who: &str, arguments: &[&'static str]| {
        let arguments = on(arguments);
        net.json(who, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(text(&run("ada", &["assembly", "show"]), "governance_mint"), governance.to_string());
    assert_eq!(text(&run("ada", &["pool", "show"]), "asset_mint"), asset.to_string());
    run(
        "ben",
        &[
            "product",
            "create",
            "Vault",
            "--terms",
            "https://example.org/vault",
            "--risk",
            "exploit",
            "--waiting-days",
            "0",
        ],
    );

    assert_eq!(text(&run("ada", &["lp", "deposit", "100500"]), "shares"), "100500");
    assert_eq!(text(&run("ada", &["product", "list"])[0], "status"), "not before the pool sells");
    assert_eq!(net.refused("ada", &["cover", "quote", "0", "10", "60", "--pool", pool])["name"], "PoolNotOpen");
    assert_eq!(text(&run("ada", &["lp", "withdraw", "400"]), "amount"), "400");
    let opened = run("ben", &["pool", "open"]);
    let time = |key: &str| opened[key].as_u64().expect("a time");
    // A season is a fortnight, and sales begin with a day.
    let wait = time("sells_from") - time("leave_at_once_until");
    assert!((7 * 86_400..=8 * 86_400).contains(&wait) && time("sells_from") % 86_400 == 0, "{opened}");
    run("ada", &["time", "travel", "6d"]);
    assert_eq!(text(&run("ada", &["lp", "withdraw", "100"]), "amount"), "100");
    run("ada", &["time", "travel", "2d"]);
    assert_eq!(net.refused("ada", &["lp", "withdraw", "--all", "--pool", pool])["name"], "LeavingTakesTime");
    let season = run("ada", &["pool", "show"])["season"].to_string();
    assert!(
        season.contains("not yet for sale: all 100,000 in the pool will carry cover from the first sale"),
        "{season}"
    );
    run("ada", &["time", "travel", "7d"]);
    assert_eq!(text(&run("ada", &["product", "list"])[0], "capacity"), "100000");
    let error = net.refused("ada", &["lp", "deposit", "9000000", "--pool", pool]);
    assert!(text(&error, "error").contains("the token program refused: Insufficient funds"), "{error}");
    run("vera", &["stake", "add", "5000"]);
    run("walt", &["stake", "add", "1000"]);
    run("vera", &["time", "travel", "2d"]);
    assert_eq!(text(&run("walt", &["stake", "show"]), "in_wallet"), "999000");

    assert_ne!(text(&run("dora", &["cover", "quote", "0", "10000", "60"]), "premium"), "0");
    let bought = run("dora", &["cover", "buy", "0", "10000", "60"]);
    let policy = text(&bought, "policy");
    net.json("otto", &["cover", "extend", policy, "5"]);
    let other = run(
        "otto",
        &["cover", "buy", "vault", "100", "30", "--holder", "3rGCbFCkMGhCAZSvqZ2Z9davmdnsm57pewuZzKVp8jRb"],
    );
    run("ben", &["time", "travel", "1d"]);
    net.json("ben", &["cover", "cancel", text(&other, "policy")]);
    assert_eq!(run("dora", &["cover", "list", "--all"]).as_array().map(Vec::len), Some(2));
    run("dora", &["time", "travel", "1h"]);

    let opened = run("otto", &["incident", "open", "0", "--occurred", "5m"]);
    let incident = text(&opened, "incident");
    let filed = net.json("dora", &["claim", "submit", policy, "4000"]);
    let claim = text(&filed, "claim");
    net.json("vera", &["vote", "for", incident]);
    run("walt", &["keeper", "--once"]);
    run("dora", &["time", "travel", "1d"]);
    run("walt", &["keeper", "--once"]);
    // Otto disputes it in vain: all of it stands, and half of his bond is dora's.
    net.json("otto", &["claim", "dispute", claim]);
    net.json("walt", &["vote", "against", claim]);
    net.json("vera", &["vote", "for", claim]);
    run("walt", &["keeper", "--once"]);
    run("dora", &["time", "travel", "3d"]);
    // He has nothing to collect, but the outcome is read.
    assert_eq!(net.refused("otto", &["claim", "collect", claim])["name"], "NothingDue");
    let shown = net.json("dora", &["claim", "show", claim]);
    assert_eq!((text(&shown, "dispute_bond_is"), text(&shown, "bond")), ("slashed", "75"), "{shown}");
    assert_eq!((text(&shown, "amount"), text(&shown, "due")), ("4000", "4000"));

    // Paid by hand before a keeper comes: to an account of ben's, to whom dora owes.
    let at: At<Pool> = client.fetch(&pool.parse().expect("an address")).expect("the pool");
    let receiver = build::asset_account(&at, &key("ben").pubkey());
    let before = client.balance(&receiver).expect("a balance");
    net.json("dora", &["claim", "redirect", claim, &receiver.to_string()]);
    // The claim ends, and what it has due waits until it is paid.
    let ended = net.json("walt", &["claim", "payout", claim, "--unpaid"]);
    assert_eq!((text(&ended, "amount"), text(&ended, "bond_returned")), ("0", "0"));
    assert_eq!(net.refused("walt", &["claim", "payout", claim, "--unpaid"])["name"], "NothingDue");
    let shown = net.json("dora", &["claim", "show", claim]);
    assert_eq!((text(&shown, "payment"), text(&shown, "due")), ("what it has due waits", "4000"));
    assert_eq!(text(&net.json("walt", &["claim", "payout", claim]), "amount"), "4000");
    let paid = client.balance(&receiver).expect("a balance") - before;
    assert!(paid >= 4_000 * TOKEN, "{paid} atoms came");
    run("dora", &["time", "travel", "18d"]);
    let steps = net.json("walt", &["incident", "settle", incident]);
    assert_eq!((&steps[0]["step"], &steps[1]["step"]), (&"end_filing".into(), &"settle_incident".into()), "{steps}");
    assert_eq!(net.refused("walt", &["claim", "payout", claim])["name"], "NothingDue");
    let back = net.json("ada", &["incident", "recover", incident, "50"]);
    assert_eq!((text(&back, "to_claims"), text(&back, "to_lps")), ("0", "50"));
    assert_eq!(text(&net.json("ada", &["incident", "show", incident]), "pay_factor"), "100.0000%");
    let steps = run("walt", &["keeper", "--once"]);
    assert!(steps.as_array().is_some_and(|steps| steps.iter().any(|step| step["step"] == "close_incident")), "{steps}");
    run("ada", &["verify"]);

    // Nobody votes on another one: the arbiter decides.
    let opened = run("otto", &["incident", "open", "vault"]);
    let incident = text(&opened, "incident");
    for days in ["4d", "7d"] {
        run("otto", &["time", "travel", days]);
        run("walt", &["keeper", "--once"]);
    }
    let early = net.refused("ada", &["vote", "arbitrate", incident, "against"]);
    assert!(text(&early, "error").contains("may do this"), "{early}");
    net.json("ben", &["vote", "arbitrate", incident, "against"]);

    // Nobody appeals that. Everybody leaves.
    run("ada", &["time", "travel", "3d"]);
    run("walt", &["keeper", "--once"]);
    run("ada", &["lp", "exit", "1000"]);
    run("walt", &["stake", "remove", "400"]);
    run("ada", &["time", "travel", "8d"]);
    // Anyone who collects takes the step that pays, too.
    let collected = run("walt", &["lp", "collect", "--owner", "soQvWXNhWaK3rG9FfQzHhiJEq6Sqb4K9DsdLC7CoZZ9"]);
    assert_eq!((text(&collected[0], "is_over"), &collected[0]["epoch"]), ("true", &0.into()));
    assert_eq!(text(&run("ada", &["lp", "position"])["position"], "shares"), "99000");
    run("walt", &["time", "travel", "53d"]);
    assert_eq!(text(&run("walt", &["stake", "withdraw"]), "amount"), "400");
    run("walt", &["keeper", "--once"]);
    run("ada", &["verify", "--history"]);
}
