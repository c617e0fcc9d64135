//! Every command, its JSON and its errors.

use crate::{
    errors::{errors, poor_keepers_are_told},
    net::{Net, binary, text},
    token_2022::a_pool_of_token_2022_lives,
    wiped::a_pool_is_wiped_out_and_begins_anew,
};
use breakwater_localnet::{demo, key};
use coverage_client::{Assembly, Event, ExtensionRequest, Policy, Pool, Product, build, quote};
use serde_json::Value;
use solana_signer::Signer;
use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

#[test]
fn the_tool_does_what_it_says() {
    let net = Net::start();
    pools_and_products(&net);
    liquidity(&net);
    cover(&net);
    quotes_are_those_of_the_program(&net);
    changes_cost_what_is_quoted(&net);
    the_configuration_is_that_of_the_solana_tools(&net);
    stakes(&net);
    disputes(&net);
    errors(&net);
    events(&net);
    a_pool_of_token_2022_lives(&net);
    a_pool_is_wiped_out_and_begins_anew(&net);
    others_pay(&net);
    net.ran(RUNS);
}

/// What this story runs.
pub const RUNS: &[&str] = &[
    "assembly close",
    "assembly create",
    "assembly list",
    "assembly show",
    "claim collect",
    "claim dispute",
    "claim disputes",
    "claim payout",
    "claim redirect",
    "claim show",
    "claim submit",
    "completions",
    "cover buy",
    "cover cancel",
    "cover extend",
    "cover list",
    "cover quote",
    "cover reduce",
    "cover show",
    "cover transfer",
    "events",
    "evidence attach",
    "evidence list",
    "faucet",
    "incident list",
    "incident open",
    "incident recover",
    "incident settle",
    "incident show",
    "keeper",
    "localnet",
    "lp collect",
    "lp deposit",
    "lp exit",
    "lp position",
    "lp redeem",
    "lp withdraw",
    "pool close",
    "pool close-retired",
    "pool create",
    "pool list",
    "pool open",
    "pool retire-shares",
    "pool show",
    "product close",
    "product create",
    "product list",
    "product show",
    "stake add",
    "stake close",
    "stake remove",
    "stake show",
    "stake withdraw",
    "stress",
    "time show",
    "time travel",
    "verify",
    "vote against",
    "vote appeal",
    "vote arbitrate",
    "vote delegate",
    "vote for",
    "vote level",
    "vote list",
    "vote show",
    "wording check",
    "wording list",
    "wording show",
];

fn pools_and_products(net: &Net) {
    let faucet = net.json("ben", &["faucet", "5", "--governance", "7", "--sol", "200"]);
    assert_eq!(text(&faucet, "asset"), "1000005");
    assert_eq!(text(&faucet, "governance"), "100007");
    assert_eq!(text(&faucet, "sol"), "200");

    let assembly = net.json("ben", &["assembly", "create", &demo::governance().to_string()]);
    let create = ["pool", "create", "--asset", &demo::asset().to_string(), "--assembly", text(&assembly, "assembly")];
    let created = net.json("ben", &create);
    let pool = text(&created, "pool");
    // A hundredth of what can be staked, rounded up: seven wallets have a hundred thousand each, and ben seven more.
    assert_eq!(text(&created, "stake_floor"), "7000.07");
    let shown = net.json("ben", &["pool", "show", pool]);
    assert_eq!((text(&shown, "court"), text(&shown, "court_stake")), ("below the floor: nothing is sold", "0"));
    assert_eq!((&shown["court_carries"], &shown["cover_per_staked_token"]), (&Value::Null, &Value::Null));
    let faucet = format!("yes, by {}", demo::faucet().pubkey());
    assert_eq!(text(&shown, "governance_can_be_minted"), faucet);
    let create = ["product", "create", "Bridge", "--terms", "https://example.org/bridge", "--risk", "bridge"];
    let product = net.json("ben", &[&create[..], &["--pool", pool]].concat());
    assert_eq!(product["number"], 0);
    let shown = net.json("ben", &["product", "show", "bridge", "--pool", pool]);
    assert_eq!(text(&shown, "risk"), "bridge");
    assert_eq!(text(&shown, "min_amount"), "1");

    wordings(net, pool);

    let pools = net.json("ben", &["pool", "list"]);
    assert_eq!(pools.as_array().map(Vec::len), Some(2));
    assert_eq!(net.json("ben", &["assembly", "list"]).as_array().map(Vec::len), Some(2));
    assert_eq!(net.json("ben", &["assembly", "show", "--pool", pool])["voters"], 0);

    // The demo's is open and sells from the start.
    let demo = net.json("ben", &["pool", "show", &demo::pool_address().to_string()]);
    assert!(text(&demo, "pays_claims").starts_with("each in full once nobody can dispute it any more"), "{demo}");
    assert!(demo["sells_from"].as_u64() <= demo["as_of"].as_u64() && demo["opened"].is_u64(), "{demo}");
    // Its founder has staked a thousand tokens. A fifth of them must vote, and more than half of those for it.
    assert_eq!((text(&demo, "court_stake"), text(&demo, "stake_floor")), ("1000", "100"));
    assert_eq!(text(&demo, "wins_a_ballot_unopposed"), "100.000001");
    assert_eq!(text(&demo, "wins_it_against_all"), "500.000001");
    // With two pools one has to be named.
    let error = net.refused("ada", &["lp", "deposit", "1"]);
    assert!(text(&error, "error").contains("name one with --pool"), "{error}");
}

/// A command about the demo's pool.
pub fn on<'a>(pool: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--pool", pool]].concat()
}

/// A product is listed with one of the tool's wordings, and found out when it goes by other words.
fn wordings(net: &Net, pool: &str) {
    let list = net.json("ben", &["wording", "list"]);
    assert_eq!(list.as_array().map(Vec::len), Some(coverage_wordings::all().len()));
    let exploit = coverage_wordings::named("exploit@1").expect("a wording");
    let shown = net.json("ben", &["wording", "show", "exploit@1"]);
    assert_eq!(text(&shown, "text"), exploit.text);
    let printed = net.run(&["wording", "show", "exploit@1"]);
    assert_eq!(printed, exploit.text, "what is printed has the hash");

    let here = |arguments: &[&'static str]| [arguments, &["--pool", pool]].concat();
    let program = "KLend2g3cP87fffoy8q1mQqGKjrxjC8boSyAYavgmjD";
    let listed = ["product", "create", "Lender", "--wording", "exploit@1", "--subject", program];
    net.json("ben", &here(&listed));
    let shown = net.json("ben", &here(&["product", "show", "Lender"]));
    assert_eq!((text(&shown, "wording"), text(&shown, "risk")), ("exploit@1", "exploit"));
    assert_eq!(text(&shown, "terms"), format!("wording:exploit@1#{program}"));
    assert_eq!(text(&shown, "covers"), program);
    assert_eq!((&shown["dispute_window"], &shown["appeal_window"]), (&86_400.into(), &86_400.into()));
    assert_eq!((&shown["filing_window_days"], &shown["open_incidents"]), (&14.into(), &0.into()));
    assert_eq!(text(&net.json("ben", &here(&["wording", "check", "Lender"])), "wording"), "exploit@1");
    let hosted = ["product", "create", "Hosted", "--wording", "bridge@1", "--terms", "https://example.org/b.md"];
    net.json("ben", &here(&hosted));
    let hosted = net.json("ben", &here(&["product", "show", "Hosted"]));
    assert_eq!((text(&hosted, "wording"), text(&hosted, "terms")), ("bridge@1", "https://example.org/b.md"));

    // The one that was listed with the hash of its address.
    let unknown = net.json("ben", &here(&["product", "show", "bridge"]));
    assert_eq!((text(&unknown, "wording"), text(&unknown, "covers")), ("unknown wording", "what its name says"));
    let own = net.ledger.path().join("own.md");
    fs::write(&own, "https://example.org/bridge").expect("a file");
    let own = own.display().to_string();
    let checked = net.json("ben", &["wording", "check", "bridge", "--pool", pool, "--file", &own]);
    assert_eq!(text(&checked, "wording"), "unknown wording");
    let says = |arguments: &[&str], words: &str| {
        let error = net.refused("ben", arguments);
        assert!(text(&error, "error").contains(words), "{error}");
    };
    says(&here(&["wording", "check", "bridge"]), "none that this tool has; get them from https://example.org/bridge");
    says(&["wording", "check", "Lender", "--pool", pool, "--file", &own], "these are not the words of Lender");
    let create = |more: &[&'static str]| here(&[&["product", "create", "Other"], more].concat());
    says(&create(&["--wording", "exploit@1", "--risk", "bridge"]), "the words for exploit, not bridge");
    says(
        &create(&["--wording", "price-depeg@1"]),
        "for products with --trigger price, this is one with --trigger jury",
    );
    let long = "A".repeat(112);
    let arguments = ["product", "create", "Other", "--wording", "exploit@1", "--subject", &long, "--pool", pool];
    says(&arguments, "take 130 bytes, at most 128 fit");
    for (arguments, words) in [
        (vec!["wording", "show", "exploit"], "there is no wording `exploit`; there are exploit@1, depeg@1"),
        (create(&["--wording", "exploit@1", "--subject", "two words"]), "without spaces"),
        (create(&["--wording", "exploit@1", "--terms-file", "x"]), "cannot be used with"),
        (create(&["--risk", "bridge"]), "--terms <URI>"),
    ] {
        let output = binary().args(&arguments).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(words), "{arguments:?}: {said}");
    }
}

fn liquidity(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let dry = net.json("ada", &on(pool, &["lp", "deposit", "400000", "--dry-run"]));
    assert_eq!(text(&dry, "transaction"), "simulated");
    assert_eq!(text(&dry, "shares"), "400000");
    assert_eq!(text(&net.json("ada", &on(pool, &["lp", "position"]))["position"], "shares"), "0");

    let deposit = net.json("ada", &on(pool, &["lp", "deposit", "400000.000001"]));
    assert_eq!(text(&deposit, "deposited"), "400000.000001");

    assert_eq!((&deposit["terms"], text(&deposit, "set_aside")), (&3.into(), "0"));
    assert_eq!(net.refused("ada", &on(pool, &["lp", "deposit", "1", "--terms", "2"]))["name"], "TermsChanged");
    let error = net.refused("ada", &on(pool, &["lp", "withdraw", "1"]));
    assert_eq!(error["name"], "LeavingTakesTime");
    assert!(text(&error, "hint").contains("`breakwater lp exit`"), "{error}");

    let error = net.refused("ada", &on(pool, &["lp", "exit", "1000", "--receiver", pool]));
    assert!(text(&error, "error").contains("is no token account of the pool's asset"), "{error}");
    // It carries no cover for a season, and that is said where it matters.
    let shown = net.json("ada", &["pool", "show", pool]);
    assert_eq!((text(&shown, "carries_cover"), text(&shown, "free_capital")), ("0", "0"));
    let season = text(&shown, "season");
    assert!(season.starts_with("of 400,000 in the pool none carries cover; 400,000 will from "), "{season}");
    let error = net.refused("dora", &on(pool, &["cover", "buy", "1", "1000", "30"]));
    assert!(error["name"] == "ProductCapacity" && text(&error, "error").starts_with(season), "{error}");
    // Wherever it is paid to: here to her account, named.
    let receiver = coverage_client::token_account_address(&key("ada").pubkey(), &demo::asset()).to_string();
    let exit = net.json("ada", &on(pool, &["lp", "exit", "1000", "--receiver", &receiver]));
    assert_eq!(text(&exit, "receiver"), receiver);
    assert_eq!((text(&exit, "shares"), text(&exit, "contested_today"), &exit["epoch"]), ("1000", "0", &0.into()));
    let waits = net.json("ada", &on(pool, &["lp", "position"]));
    assert_eq!((text(&waits["exits"][0], "waiting"), text(&waits["exits"][0], "due")), ("1000", "0"));
    assert_eq!(net.json("ada", &on(pool, &["lp", "collect"])).as_array().map(Vec::len), Some(0));
    let now = net.json("ada", &["time", "show"])["unix"].as_u64();
    let then = net.json("ada", &["time", "travel", "8d"])["unix"].as_u64();
    assert!(then >= now.map(|now| now + 8 * 86_400), "{now:?} {then:?}");
    let error = net.refused("ada", &["time", "travel", "--to", "2020-01-01T00:00:00Z"]);
    assert!(text(&error, "error").contains("goes forward only"), "{error}");
    let shown = net.json("ada", &["pool", "show", pool]);
    assert_eq!(text(&shown, "carries_cover"), "399000.000001", "whom nobody has touched since");
    poor_keepers_are_told(net);
    let steps = net.json("walt", &on(pool, &["keeper", "--once"]));
    assert!(steps.as_array().is_some_and(|steps| steps.iter().any(|step| step["step"] == "collect_exit")), "{steps}");
    let position = &net.json("ada", &on(pool, &["lp", "position"]))["position"];
    assert_eq!(text(position, "asset_in_wallet"), "600999.999999");
    assert_eq!(text(position, "shares"), "399000.000001");
}

fn cover(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let ben = key("ben").pubkey().to_string();
    let bought = net.json(
        "dora",
        &on(pool, &["cover", "buy", "1", "1000", "30", "--commission-bps", "100", "--distributor", &ben]),
    );
    let policy = text(&bought, "policy");
    let shown = net.json("ben", &["cover", "show", policy]);
    assert_eq!(shown["terms_sha256"], net.json("ben", &on(pool, &["product", "show", "1"]))["terms_sha256"]);
    let extended = net.json("otto", &["cover", "extend", policy, "10"]);
    assert_eq!(extended["end"].as_u64(), bought["end"].as_u64().map(|end| end + 10 * 86_400));
    net.json("dora", &["cover", "transfer", policy, &ben]);
    let error = net.refused("ben", &["cover", "reduce", policy, "200"]);
    assert!(error["name"] == "BoughtToday" && text(&error, "hint").contains("the day"), "{error}");
    net.json("ben", &["time", "travel", "3d"]);
    for mine in [&["cover", "cancel", policy][..], &["cover", "reduce", policy, "200"]] {
        let error = net.refused("dora", mine);
        assert!(text(&error, "error").starts_with(&format!("only {ben} may do this")), "{error}");
    }
    let reduced = net.json("ben", &["cover", "reduce", policy, "200"]);
    assert_eq!(text(&reduced, "amount"), "800");
    assert_ne!(text(&reduced, "refund"), "0");
    assert_eq!(net.refused("ben", &["cover", "reduce", policy, "800"])["name"], "NotPartOfCover");
    let refused = net.refused("ben", &["cover", "reduce", policy, "100", "--min-refund", "100"]);
    assert_eq!(refused["name"], "RefundTooLow");
    let shown = net.json("ben", &["cover", "show", policy]);
    assert_eq!((text(&shown, "amount"), text(&shown, "bought_amount")), ("800", "1000"));
    let cancelled = net.json("ben", &["cover", "cancel", policy]);
    assert_ne!(text(&cancelled, "refund"), "0");
    let policies = net.json("ben", &on(pool, &["cover", "list"]));
    assert_eq!(policies[0]["state"], "cancelled");
    // Nobody is paid for collecting fees: those of a small premium wait, unless a keeper is told otherwise.
    let collects = |more: &[&'static str]| {
        let steps = net.json("walt", &on(pool, &[&["keeper", "--once"], more].concat()));
        steps.as_array().is_some_and(|steps| steps.iter().any(|step| step["step"] == "collect_fees"))
    };
    assert!(!collects(&[]) && collects(&["--min-fees", "0.000001"]) && !collects(&["--min-fees", "0.000001"]));
    assert_eq!(net.json("ben", &on(pool, &["cover", "list", "--all"])).as_array().map(Vec::len), Some(1));
}

/// The client's quote is the program's, to the atom and to the error.
fn quotes_are_those_of_the_program(net: &Net) {
    let client = net.client();
    let payer = key("ben");
    let pool = client.fetch::<Pool>(&demo::pool_address()).expect("the pool");
    let court = client.fetch::<Assembly>(&pool.assembly).expect("the assembly");
    let mut quotes = 0;
    for index in 0..3 {
        let product =
            client.fetch::<Product>(&coverage_client::product_address(&pool.address, index)).expect("a product");
        for amount in [0, 1, 1_000_000, 123_456_789, 250_000_000_000, 399_000_000_000, 400_000_000_000, 1 << 60] {
            for days in [0, 1, 90, 365, 366] {
                let now = client.now().expect("the time");
                let ours = quote::cover(&pool, &product, &court, amount, days, now);
                let theirs = client.simulate(&[build::quote_cover(&product, &court.address, amount, days)], &[&payer]);
                match (ours, theirs) {
                    (Ok(ours), Ok(theirs)) => {
                        let all = [ours.premium, ours.capacity, ours.cover_from, ours.end, ours.terms];
                        let bytes = all.map(u64::to_le_bytes).concat();
                        assert_eq!(theirs.returned, Some(bytes), "product {index}, {amount} for {days}");
                        quotes += 1;
                    }
                    (Err(ours), Err(theirs)) => assert_eq!(Some(ours), theirs.program(), "{amount} for {days}"),
                    (ours, theirs) => panic!("product {index}, {amount} for {days}: {ours:?}, {theirs:?}"),
                }
            }
        }
    }
    assert!(quotes > 20, "only {quotes} quotes were compared");
}

/// The same of what an extension costs and a cancellation refunds.
fn changes_cost_what_is_quoted(net: &Net) {
    let client = net.client();
    let bought = net.json("ben", &on(&demo::pool_address().to_string(), &["cover", "buy", "2", "7777.77", "33"]));
    // Nothing is given back on the day it was bought.
    assert_eq!(net.refused("ben", &["cover", "cancel", text(&bought, "policy")])["name"], "BoughtToday");
    net.json("ben", &["time", "travel", "1d"]);
    let pool = client.fetch::<Pool>(&demo::pool_address()).expect("the pool");
    let policy = client.fetch::<Policy>(&text(&bought, "policy").parse().expect("an address")).expect("the policy");
    let product = client.fetch::<Product>(&policy.product).expect("the product");
    let court = client.fetch::<Assembly>(product.court(&pool)).expect("the assembly");
    let (ben, now) = (key("ben"), client.now().expect("the time"));
    for days in [1, 100, 300, 365] {
        let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        let extend = build::extend_cover(&pool, &policy, &ben.pubkey(), &request, None);
        let theirs = client.simulate(&extend, &[&ben]);
        match (quote::extension(&pool, &product, &policy, None, days, now), theirs) {
            (Ok((premium, end)), Ok(theirs)) => {
                let found = theirs.event(|event| if let Event::CoverExtended(it) = event { Some(it) } else { None });
                assert_eq!(found.map(|event| (event.premium, event.end)).ok(), Some((premium, end)), "{days} days");
            }
            (Err(ours), Err(theirs)) => assert_eq!(Some(ours), theirs.program(), "{days} days"),
            (ours, theirs) => panic!("{days} days: {ours:?}, {theirs:?}"),
        }
    }
    for part in [0, 1, 777_777_000, policy.amount] {
        let theirs = client.simulate(&build::reduce_cover(&pool, &product, &policy, part, 0), &[&ben]);
        match (quote::reduction(&pool, &product, &court, &policy, part, now), theirs) {
            (Ok(refund), Ok(theirs)) => {
                let found = theirs.event(|event| if let Event::CoverReduced(it) = event { Some(it) } else { None });
                assert_eq!(found.map(|event| event.refund).ok(), Some(refund), "{part} atoms");
            }
            (Err(ours), Err(theirs)) => assert_eq!(Some(ours), theirs.program(), "{part} atoms"),
            (ours, theirs) => panic!("{part} atoms: {ours:?}, {theirs:?}"),
        }
    }
    let theirs =
        client.simulate(&build::cancel_cover(&pool, &product, &policy, 0), &[&ben]).expect("it can be cancelled");
    let refund = theirs.event(|event| if let Event::CoverCancelled(it) = event { Some(it.refund) } else { None });
    let product = client.fetch::<Product>(&policy.product).expect("the product");
    assert_eq!(refund.ok(), quote::refund(&pool, &product, &court, &policy, now).ok());
}

/// What the Solana tools are configured with is taken, unless an option says otherwise.
fn the_configuration_is_that_of_the_solana_tools(net: &Net) {
    let home = net.ledger.path().join("home");
    let folder = home.join(".config/solana/cli");
    fs::create_dir_all(&folder).expect("a folder");
    let config = format!(
        "---\njson_rpc_url: {}\nwebsocket_url: ''\nkeypair_path: {}\naddress_labels: {{}}\ncommitment: confirmed\n",
        net.url(),
        net.ledger.path().join("ben.json").display()
    );
    fs::write(folder.join("config.yml"), config).expect("a file");
    let pool = demo::pool_address().to_string();
    let output = binary().env("HOME", &home).args(["lp", "position", "--pool", &pool]).output().expect("it runs");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains(text(&net.about, "ben")), "{shown}{}", String::from_utf8_lossy(&output.stderr));
}

fn stakes(net: &Net) {
    let pool = &demo::pool_address().to_string();
    net.json("vera", &on(pool, &["stake", "add", "60000"]));
    net.json("walt", &on(pool, &["stake", "add", "10.5"]));
    net.json("walt", &on(pool, &["stake", "remove", "0.5"]));
    let stake = net.json("walt", &on(pool, &["stake", "show"]));
    assert_eq!((text(&stake, "staked"), text(&stake, "unstaking")), ("10", "0.5"));
    let error = net.refused("walt", &on(pool, &["stake", "withdraw"]));
    assert_eq!(error["name"], "UnstakeNotReady");
    let otto = text(&net.about, "otto");
    let set = net.json("walt", &on(pool, &["vote", "delegate", "--to", otto]));
    assert_eq!(text(&set, "delegate"), otto);
    assert_eq!(text(&net.json("walt", &on(pool, &["stake", "show"])), "delegate"), otto);
    let walt = text(&net.about, "walt");
    assert_eq!(net.refused("walt", &on(pool, &["vote", "delegate", "--to", walt]))["name"], "OwnDelegate");
    let none = net.json("vera", &on(pool, &["vote", "delegate", "--none"]));
    assert_eq!(none["delegate"], Value::Null);
}

/// An incident with a disputed claim, to the end.
fn disputes(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let bought = net.json("dora", &on(pool, &["cover", "buy", "lending exploit", "20000", "90"]));
    let policy = text(&bought, "policy");
    net.json("dora", &["time", "travel", "3d"]);
    let opened = net.json("otto", &on(pool, &["incident", "open", "0", "--occurred", "1h ago"]));
    let incident = text(&opened, "incident");
    let error = net.refused("dora", &["claim", "submit", policy, "10000", "--receiver", pool]);
    assert!(text(&error, "error").contains("is no token account of the pool's asset"), "{error}");
    let filed = net.json("dora", &["claim", "submit", policy, "10000"]);
    let claim = text(&filed, "claim");
    assert_eq!(text(&filed, "amount"), "9000");
    let shown = net.json("otto", &["claim", "show", claim]);
    assert_eq!(
        (text(&shown, "can_be_disputed"), &shown["disputable_until"]),
        ("once its incident counts", &Value::Null)
    );
    assert_eq!(
        (text(&shown, "payment"), &shown["payable_from"]),
        ("in full, once its incident counts and nobody can dispute it any more", &Value::Null)
    );
    let error = net.refused("otto", &["claim", "dispute", claim]);
    assert_eq!(error["name"], "IncidentUndecided", "nobody disputes what may come to nothing");
    let about = ["--evidence", "https://example.org/ledger"];
    let attached = net.json("ada", &[&["evidence", "attach", incident], &about[..]].concat());
    assert_eq!((text(&attached, "subject"), text(&attached, "evidence")), (incident, about[1]));
    let error = net.refused("ada", &["evidence", "attach", incident]);
    assert!(text(&error, "error").contains("there is nothing to attach"), "{error}");
    let error = net.refused("ada", &[&["evidence", "attach", &demo::asset().to_string()], &about[..]].concat());
    assert_eq!(error["name"], "BadSubject");
    let voted = net.json("vera", &["vote", "for", incident, "--reasons", "https://example.org/why"]);
    assert_eq!((text(&voted, "vote"), text(&voted, "leads"), text(&voted, "weight")), ("for", "for", "60000"));
    assert_eq!(net.refused("walt", &["vote", "level", incident, "9"])["name"], "BadLevel");
    let ballot = text(&net.json("vera", &["vote", "show", incident]), "ballot").to_owned();
    let reasons = net.json("ada", &["evidence", "list", &ballot]);
    assert_eq!(text(&reasons[0], "author"), key("vera").pubkey().to_string());
    assert_eq!(text(&net.json("ada", &["evidence", "list", incident])[0], "evidence"), about[1]);
    net.json("walt", &on(pool, &["keeper", "--once"]));
    let shown = net.json("dora", &["incident", "show", incident]);
    assert_eq!((text(&shown, "state"), text(&shown, "waits_for")), ("open", "The incident is not decided"));
    net.json("dora", &["time", "travel", "1d"]);
    assert_eq!(net.json("walt", &["incident", "settle", incident])[0]["step"], "decide_incident");
    let shown = net.json("dora", &["incident", "show", incident]);
    assert_eq!((text(&shown, "state"), text(&shown, "waits_for")), ("accepted", "Claims can still be filed"));
    assert_eq!(text(&shown, "claims_are_paid"), "each in full once nobody can dispute it any more");

    // Now it counts, and how much of the claim stands is for the jury: 9/16 of it.
    let shown = net.json("otto", &["claim", "show", claim]);
    assert_eq!(text(&shown, "can_be_disputed"), "yes");
    assert_eq!((text(&shown, "payment"), text(&shown, "due")), ("in full, once nobody can dispute it any more", "0"));
    assert_eq!(shown["payable_from"], shown["disputable_until"], "then it is paid");
    assert_eq!(net.refused("dora", &["claim", "payout", claim])["name"], "DisputeWindowOpen");
    assert_eq!(net.json("otto", &on(pool, &["claim", "disputes", "--all"])).as_array().map(Vec::len), Some(0));
    let disputed = net.json("otto", &["claim", "dispute", claim, "--evidence", "https://example.org/less"]);
    assert_eq!(text(&disputed, "bond"), "50", "half of the claim's, or a tenth of the product's");
    let shown = net.json("otto", &["claim", "show", claim]);
    assert_eq!((text(&shown, "state"), text(&shown, "can_be_disputed")), ("disputed", "no, it was"));
    assert_eq!(text(&shown, "disputed_by"), key("otto").pubkey().to_string());
    assert_eq!(text(&shown, "stands"), "a ballot decides how much of 9,000");
    assert_eq!(
        (text(&shown, "payment"), &shown["payable_from"]),
        ("in full, once a ballot has decided how much of it stands", &Value::Null)
    );
    assert_eq!(net.refused("dora", &["claim", "payout", claim])["name"], "DisputeOpen");
    assert_eq!(net.refused("ada", &["claim", "dispute", claim])["name"], "NotDisputable", "once");
    assert_eq!(net.json("vera", &on(pool, &["vote", "list"])).as_array().map(Vec::len), Some(2));
    let walt = text(&net.about, "walt");
    assert_eq!(net.refused("ben", &["vote", "level", claim, "12", "--owner", walt])["name"], "NotVoter");
    let voted = net.json("otto", &["vote", "level", claim, "12", "--owner", walt]);
    assert_eq!((text(&voted, "vote"), text(&voted, "leads")), ("12/16 of 9,000 stand: 6,750", "all of 9,000 stands"));
    net.json("vera", &["vote", "level", claim, "9/16"]);
    let ballot = net.json("vera", &["vote", "show", claim]);
    assert_eq!((text(&ballot, "without_votes"), text(&ballot, "cast")), ("all of 9,000 stands", "60010"));
    let answers = ballot["by_answer"].as_array().expect("a list").iter();
    let answers: Vec<_> = answers.map(|answer| (answer["level"].as_u64(), text(answer, "weight"))).collect();
    assert_eq!(answers, [(Some(9), "60000"), (Some(12), "10")]);
    net.json("walt", &on(pool, &["keeper", "--once"]));
    let listed = net.json("vera", &on(pool, &["vote", "list"]));
    assert_eq!(text(&listed[0], "state"), "9/16 of 9,000 stand: 5,062.50, can be appealed");
    // The loser asks again, in vain.
    let appealed = net.json("dora", &["vote", "appeal", claim]);
    assert_eq!(text(&appealed, "bond"), "180", "twice the claim's");
    net.json("vera", &["vote", "level", claim, "9"]);
    // The one who disputed it has the bond back, and half of what the claim's has lost.
    let collected = net.json("otto", &["claim", "collect", claim]);
    assert_eq!(text(&collected, "paid"), "95");
    assert_eq!(net.refused("otto", &["claim", "collect", claim])["name"], "NothingDue");
    let mine = net.json("otto", &on(pool, &["claim", "disputes"]));
    assert_eq!(text(&mine[0], "stands"), "9/16 of 9,000 stand: 5,062.50");
    assert_eq!((text(&mine[0], "bond_is"), text(&mine[0], "state")), ("collected", "decided"));
    let shown = net.json("otto", &["claim", "show", claim]);
    assert_eq!((text(&shown, "claimed"), text(&shown, "amount"), text(&shown, "bond")), ("9000", "5062.5", "0"));
    assert_eq!(net.refused("ada", &["claim", "dispute", claim])["name"], "NotDisputable", "nor once it is decided");

    // The pool has as much capital as it covers: it need not wait for others who may still claim.
    let decided = "in full: it is decided how much of it stands";
    assert_eq!((text(&shown, "due"), text(&shown, "payment")), ("5062.5", decided));
    assert!(shown["payable_from"].is_u64(), "{shown}");
    let steps = net.json("walt", &on(pool, &["keeper", "--once"]));
    assert!(steps.as_array().is_some_and(|steps| steps.iter().any(|step| step["step"] == "payout")), "{steps}");
    let shown = net.json("otto", &["claim", "show", claim]);
    assert_eq!((text(&shown, "due"), text(&shown, "paid"), text(&shown, "state")), ("0", "5062.5", "settled"));
    assert_eq!(text(&shown, "payment"), "it is paid in full, before the settlement");
    assert_eq!(net.refused("ada", &["claim", "dispute", claim])["name"], "NotDisputable", "nor once it is paid");
    let shown = net.json("dora", &["incident", "show", incident]);
    assert_eq!((text(&shown, "state"), text(&shown, "filed")), ("accepted", "0"));
    assert_eq!((text(&shown, "approved"), text(&shown, "settled")), ("5062.5", "5062.5"));
    net.json("dora", &["time", "travel", "18d"]);
    assert_eq!(net.json("vera", &on(pool, &["incident", "list"]))[0]["claims"], 1);
    let steps = net.json("walt", &on(pool, &["keeper", "--once"]));
    let taken: Vec<_> = steps.as_array().expect("a list").iter().map(|step| text(step, "step")).collect();
    for step in ["end_filing", "settle_incident", "close_claim", "close_incident"] {
        assert!(taken.contains(&step), "{step} is not among {taken:?}");
    }
    let policies = net.json("dora", &on(pool, &["cover", "list"]));
    assert_eq!(policies[0]["paid"], "5062.5");
    net.run(&on(pool, &["verify"]));
    let played = net.json("dora", &on(pool, &["stress", "--runs", "2000", "--days", "30"]));
    assert_eq!((played["played"]["days"].as_u64(), played["products"].as_array().map(Vec::len)), (Some(30), Some(3)));
}

/// Anyone who signs need not have anything: somebody else pays fees, rents, tips, and a claim's bond.
fn others_pay(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let victim = key("victim");
    solana_keypair::write_keypair_file(&victim, net.ledger.path().join("victim.json")).expect("the wallet is written");
    let of_victim = victim.pubkey().to_string();
    let bought = net.json("ben", &on(pool, &["cover", "buy", "2", "1000", "30", "--holder", &of_victim]));
    net.json("ben", &["time", "travel", "3d"]);
    net.json("otto", &on(pool, &["incident", "open", "2", "--payer", "ben.json"]));
    let submit = ["claim", "submit", text(&bought, "policy"), "500"];
    let error = net.refused("victim", &submit);
    assert!(text(&error, "error").contains("AccountNotFound") || error["hint"].is_string(), "{error}");
    // The account that is to be paid must be open.
    net.json("victim", &["faucet", "1"]);
    let filed = net.json("victim", &[&submit[..], &["--funder", "otto.json", "--payer", "ben.json"]].concat());
    let claim = net.json("victim", &["claim", "show", text(&filed, "claim")]);
    assert_eq!(text(&claim, "funder"), key("otto").pubkey().to_string());
    assert_eq!(text(&claim, "claimant"), of_victim);
    net.run(&on(pool, &["verify", "--history"]));
}

fn events(net: &Net) {
    let pool = &demo::pool_address().to_string();
    let of_pool = net.run(&on(pool, &["events"]));
    let of_all = net.run(&["events", "--all"]);
    let names = |lines: &str| -> Vec<String> {
        let events = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON line"));
        events.map(|event| text(&event, "event").to_owned()).collect()
    };
    assert_eq!(names(&of_pool)[..2], ["AssemblyCreated", "PoolCreated"], "one transaction created both");
    assert!(names(&of_pool).contains(&"ClaimPaid".into()));
    assert!(names(&of_all).contains(&"Voted".into()));
    for line in of_all.lines() {
        let line: Value = serde_json::from_str(line).expect("a JSON line");
        assert!(line["slot"].is_u64() && line["time"].is_i64(), "{line}");
        assert!(line["transaction"].is_string() && line["event"].is_string(), "{line}");
    }
    net.run(&["completions", "bash"]);
    // The reader has enough and goes.
    let mut proof = net.command(&on(pool, &["verify"])).stdout(Stdio::piped()).spawn().expect("it runs");
    drop(proof.stdout.take());
    assert_eq!(proof.wait().expect("it ends").code(), Some(0));
    // With --follow it goes on until nobody reads any more.
    let mut follow = net.command(&on(pool, &["events", "--follow"]));
    let mut follow = follow.stdout(Stdio::piped()).spawn().expect("it runs");
    let lines = BufReader::new(follow.stdout.take().expect("its output is piped")).lines();
    let deposit = lines.map_while(Result::ok).find(|line| line.contains("\"Deposited\""));
    assert!(deposit.is_some_and(|line| line.contains(text(&net.about, "ada"))));
    assert_eq!(follow.try_wait().expect("its state"), None, "it goes on");
    follow.kill().expect("it is still running");
    follow.wait().expect("it ends");
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let output = binary().args(["completions", shell]).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("keeper") && text.contains("verify"), "{shell}");
    }
}
